/** Operators as method calls: literals fold first, a literal adapts to the other operand, then `__op__`, then `__rop__`. Also
 *  comparisons and their chains, `and`/`or`/`not`, the ternary, and conditions. */
import type { Span } from '../../base/span.ts';
import type {
  ArithmeticOp,
  BinaryExpr,
  CompareExpr,
  CompareLink,
  CompareOp,
  Expr,
  LogicalExpr,
  TernaryExpr,
  UnaryExpr,
} from '../../syntax/ast.ts';
import type { Term } from '../../terms/term.ts';
import type { HirExpr, HirStatement } from '../hir.ts';
import { needsContext, valueArgument } from './arguments.ts';
import { reportNotImplemented } from './bound-advice.ts';
import type { BodyContext } from './body-context.ts';
import { planConversion } from './convert.ts';
import { methodNotImplemented, noMatching, notABound } from './errors.ts';
import { boolExpr, foldComparison, foldLiterals, foldUnary } from './literals.ts';
import { matchCandidate } from './match-candidate.ts';
import { mergeTypes } from './merge-types.ts';
import { methodCandidates } from './members.ts';
import { takesReceiver } from './overloads.ts';
import { derefResult, isLastingPlace, isLiteral, isPlace, materializeLiteral, own, placeFacts } from './places.ts';
import { defaultType, isLiteralType, isNever, isScalar, roleOf } from './type-facts.ts';
import { typeName } from './type-name.ts';
import { COMPARISONS, METHODS } from './operator-names.ts';
import { ternaryOfTypes, typeComparison } from './type-operators.ts';
import { type Checked, ERROR_RESULT, valueResult } from './values.ts';

export function inPlaceMethod(op: ArithmeticOp): string {
  return `__i${METHODS[op]}__`;
}

/** Left-nested chains may be long: the left spine is walked with a loop. */
export function checkBinary(cx: BodyContext, expr: BinaryExpr): Checked {
  const spine: BinaryExpr[] = [];
  let at: Expr = expr;
  while (at.kind === 'BinaryExpr') {
    spine.push(at);
    at = at.left;
  }
  const first = cx.ops.expr(cx, at, null);
  if (first.kind === 'bound') return composition(cx, first.term, spine);
  const link = spine.at(-1);
  const type = at.kind === 'NoneExpr' ? cx.known.none : first.kind === 'type' ? first.term : null;
  if (type !== null && link?.op === '&' && type.kind !== 'functionItem') {
    // `F: def(Int) -> Int & Copyable`: the result type takes what follows it.
    const notes = ["'&' composes traits; beside a function type write 'Copyable & (def(Int) -> Int)'"];
    cx.report(notABound(cx.span(at), [`'${typeName(type)}'`], { notes }));
    return ERROR_RESULT;
  }
  // The wrong operand may have been a trait: of the others only what is wrong in itself is said.
  if (first.kind === 'error' && link?.op === '&') {
    for (const node of spine) cx.ops.expr(cx, node.right, null);
    return ERROR_RESULT;
  }
  let left = cx.ops.asValue(cx, first, cx.span(at));
  for (let i = spine.length - 1; i >= 0; i--) {
    const node = spine[i];
    if (node === undefined) break;
    const right = cx.ops.value(cx, node.right, contextFrom(cx, left, node.right));
    left = binaryOperation(
      cx,
      node.op,
      left,
      right,
      cx.spanAt(node.opStart, node.opStart + node.op.length),
      cx.span(node),
    );
  }
  return valueResult(left);
}

/** A display on the right takes the type of the left operand. */
export function contextFrom(cx: BodyContext, left: HirExpr, right: Expr): Term | null {
  return needsContext(cx, right) && left.type.kind !== 'error' ? left.type : null;
}

/** `A & B & C` of traits. */
function composition(cx: BodyContext, first: Term, spine: readonly BinaryExpr[]): Checked {
  const members = [first];
  for (let i = spine.length - 1; i >= 0; i--) {
    const node = spine[i];
    if (node === undefined) break;
    const right = cx.ops.expr(cx, node.right, null);
    if (right.kind === 'error') return ERROR_RESULT;
    if (node.op !== '&' || right.kind !== 'bound') {
      cx.report(notABound(cx.span(node.right), ['this expression']));
      return ERROR_RESULT;
    }
    members.push(right.term);
  }
  return { kind: 'bound', term: cx.store.composition(members) };
}

export function binaryOperation(
  cx: BodyContext,
  op: ArithmeticOp,
  left: HirExpr,
  right: HirExpr,
  at: Span,
  whole: Span,
): HirExpr {
  if (left.type.kind === 'error' || right.type.kind === 'error') return cx.error(whole);
  const folded = foldLiterals(cx.sema, op, left, right, whole);
  if (folded !== null) return folded;
  const [a, b] = keepsFloat(cx, op, left, right)
    ? [materializeLiteral(cx, left), materializeLiteral(cx, right)]
    : adaptOperands(cx, left, right);
  const length = lengthOperation(cx, op, a, b, whole);
  if (length !== null) return length;
  if (cx.isClassic) {
    const mixed = classicArithmetic(cx, op, a, b, at);
    if (mixed !== null) return mixed;
  }
  const own = `__${METHODS[op]}__`;
  const reversed = `__r${METHODS[op]}__`;
  // A literal that the type of the right operand does not take as a value of its own may still be an argument of its method.
  const isRefused = a !== left && !accepts(cx, a, own, b) && !accepts(cx, b, reversed, a);
  if (isRefused && accepts(cx, b, reversed, left)) return cx.ops.method(cx, b, reversed, [left], at) ?? cx.error(whole);
  return callOperator(cx, own, reversed, a, b, at, whole);
}

/** Arithmetic and comparison of `SIMDLength` values: compile-time integers that no library function handles. */
function lengthOperation(
  cx: BodyContext,
  op: ArithmeticOp | CompareOp,
  left: HirExpr,
  right: HirExpr,
  span: Span,
): HirExpr | null {
  const { simdLength, int, bool } = cx.known;
  if (left.type !== simdLength && right.type !== simdLength) return null;
  // Beside an `Int` a length is an `Int`.
  const type = left.type === int || right.type === int ? int : simdLength;
  const a = planConversion(cx, left, type)?.build();
  const b = planConversion(cx, right, type)?.build();
  if (a?.kind !== 'constant' || b?.kind !== 'constant') return null;
  const { store } = cx;
  const [x, y] = [a.term, b.term];
  const value = (term: Term): HirExpr => ({ kind: 'constant', term, type, span });
  const truthOf = (term: Term): HirExpr => ({ kind: 'constant', term, type: bool, span });
  switch (op) {
    case '+':
      return value(store.add(x, y, type));
    case '-':
      return value(store.subtract(x, y, type));
    case '*':
      return value(store.multiply(x, y, type));
    case '//':
      return value(cx.sema.reduce(store.operation('floordiv', [x, y], type)));
    case '%':
      return value(cx.sema.reduce(store.operation('mod', [x, y], type)));
    case '==':
      return truthOf(store.equal(x, y));
    case '!=':
      return truthOf(store.not(store.equal(x, y)));
    case '<':
      return truthOf(store.less(x, y));
    case '<=':
      return truthOf(store.greaterEqual(y, x));
    case '>':
      return truthOf(store.less(y, x));
    case '>=':
      return truthOf(store.greaterEqual(x, y));
    default:
      return null;
  }
}

/** A literal takes the type of the other operand where it converts to it, else its own default. */
function adaptOperands(cx: BodyContext, left: HirExpr, right: HirExpr): readonly [HirExpr, HirExpr] {
  // A tuple of literals is one, too.
  const leftLiteral = defaultType(cx.sema, left.type) !== left.type;
  const rightLiteral = defaultType(cx.sema, right.type) !== right.type;
  if (leftLiteral && rightLiteral) return [materializeLiteral(cx, left), materializeLiteral(cx, right)];
  if (leftLiteral) {
    const plan = planConversion(cx, left, right.type);
    return [plan === null ? materializeLiteral(cx, left) : plan.build(), right];
  }
  return [left, right];
}

/** A float literal beside an Int that stays a Float64: the base of a power, and in classic files always. */
function keepsFloat(cx: BodyContext, op: ArithmeticOp | CompareOp, left: HirExpr, right: HirExpr): boolean {
  const isFloat = (value: HirExpr): boolean => roleOf(cx.sema, value.type) === 'float-literal';
  const { int } = cx.known;
  if (isFloat(left) && right.type === int) return cx.isClassic || op === '**';
  return cx.isClassic && left.type === int && isFloat(right);
}

/** Edition classic: `Int / Int` is a `Float64`, and an `Int` adapts to the number beside it. */
function classicArithmetic(cx: BodyContext, op: ArithmeticOp, left: HirExpr, right: HirExpr, at: Span): HirExpr | null {
  const { int, float64 } = cx.known;
  if (left.type === int && right.type === int) {
    if (op !== '/') return null;
    const site = { span: at, callee: at, open: at, what: 'initialization', name: 'Float64' };
    const a = cx.ops.construct(cx, float64, [valueArgument(left)], site);
    const b = cx.ops.construct(cx, float64, [valueArgument(right)], site);
    return callOperator(cx, '__truediv__', '__rtruediv__', a, b, at, at);
  }
  if (left.type === int && right.type !== int && roleOf(cx.sema, right.type) === 'simd') {
    const plan = planConversion(cx, left, right.type);
    if (plan !== null)
      return callOperator(cx, `__${METHODS[op]}__`, `__r${METHODS[op]}__`, plan.build(), right, at, at);
  }
  return null;
}

/** Whether `receiver.name(argument)` would be accepted. */
function accepts(cx: BodyContext, receiver: HirExpr, name: string, argument: HirExpr): boolean {
  return methodCandidates(cx, receiver.type, name).some((candidate) => {
    const self = takesReceiver(cx, candidate.fn) ? receiver : null;
    return (
      matchCandidate(cx, candidate, null, [valueArgument(argument)], self, { quiet: true, exact: false }).kind ===
      'match'
    );
  });
}

export function callOperator(
  cx: BodyContext,
  name: string,
  reversed: string | null,
  left: HirExpr,
  right: HirExpr,
  at: Span,
  whole: Span,
): HirExpr {
  const hasOwn = methodCandidates(cx, left.type, name).length > 0;
  if (reversed !== null && (!hasOwn || !accepts(cx, left, name, right)) && accepts(cx, right, reversed, left)) {
    const result = cx.ops.method(cx, right, reversed, [left], at);
    if (result !== null) return result;
  }
  if (hasOwn) {
    const result = cx.ops.method(cx, left, name, [right], at);
    if (result !== null) return result;
  }
  reportNotImplemented(cx, at, left.type, name);
  return cx.error(whole);
}

const UNARY = { '+': '__pos__', '-': '__neg__', '~': '__invert__' } as const;

export function checkUnary(cx: BodyContext, expr: UnaryExpr): Checked {
  const span = cx.span(expr);
  if (expr.op === 'not') return valueResult(negate(cx, cx.ops.bool(cx, expr.operand), span));
  const operand = cx.ops.value(cx, expr.operand, null);
  if (operand.type.kind === 'error') return valueResult(operand);
  const folded = foldUnary(cx.sema, expr.op, operand, span);
  if (folded !== null) return valueResult(folded);
  const value = isLiteral(cx, operand) ? materializeLiteral(cx, operand) : operand;
  const name = UNARY[expr.op];
  const result = cx.ops.method(cx, value, name, [], cx.spanAt(expr.start, expr.start + 1));
  if (result !== null) return valueResult(result);
  reportNotImplemented(cx, cx.spanAt(expr.start, expr.start + 1), value.type, name);
  return valueResult(cx.error(span));
}

/** `not` of a Bool. */
export function negate(cx: BodyContext, value: HirExpr, span: Span): HirExpr {
  if (value.type.kind === 'error') return value;
  if (value.kind === 'constant') return { kind: 'constant', term: cx.store.not(value.term), type: cx.known.bool, span };
  return {
    kind: 'intrinsic',
    name: 'bool.not',
    params: [],
    args: [{ mode: 'borrow', expr: value }],
    type: cx.known.bool,
    span,
  };
}

// ------------------------------------------------------------------------------------------------ comparisons

export function checkCompare(cx: BodyContext, expr: CompareExpr): Checked {
  const span = cx.span(expr);
  const checked = cx.ops.expr(cx, expr.first, null);
  const only = expr.links[0];
  const types = typeComparison(cx, checked, expr, span);
  if (types !== null) return types;
  const first = cx.ops.asValue(cx, checked, cx.span(expr.first));
  if (expr.links.length === 1 && only !== undefined) {
    const right = rightOfLink(cx, only, first);
    return valueResult(
      comparison(cx, only.op, first, right, cx.spanAt(only.opStart, only.opStart + only.op.length), span),
    );
  }
  const outer: HirStatement[] = [];
  const result = chain(cx, expr, 0, held(cx, first, outer), span);
  if (outer.length === 0) return valueResult(result);
  return valueResult({ kind: 'block', statements: outer, result, type: result.type, span });
}

/** An operand that is used twice is evaluated once. */
function held(cx: BodyContext, value: HirExpr, into: HirStatement[]): HirExpr {
  if (value.type.kind === 'error' || isPlace(value) || value.kind === 'constant') return value;
  return cx.temporary(own(cx, value), into, false);
}

/** The right side of a comparison. What is looked through for a member is not of the member's type. */
function rightOfLink(cx: BodyContext, link: CompareLink, left: HirExpr): HirExpr {
  const isMember = link.op === 'in' || link.op === 'not in';
  return cx.ops.value(cx, link.right, isMember ? null : contextFrom(cx, left, link.right));
}

function chain(cx: BodyContext, expr: CompareExpr, index: number, left: HirExpr, span: Span): HirExpr {
  const link = expr.links[index];
  if (link === undefined) return boolExpr(cx.sema, true, span);
  const inner: HirStatement[] = [];
  const isLast = index === expr.links.length - 1;
  const value = rightOfLink(cx, link, left);
  const right = isLast ? value : held(cx, value, inner);
  const here = comparison(cx, link.op, left, right, cx.spanAt(link.opStart, link.opStart + link.op.length), span);
  if (here.type.kind === 'error') return here;
  const condition = truth(cx, here, span);
  const rest = isLast ? null : chain(cx, expr, index + 1, right, span);
  const result: HirExpr =
    rest === null
      ? condition
      : conditional(cx, condition, truth(cx, rest, span), boolExpr(cx.sema, false, span), cx.known.bool, span);
  return inner.length === 0 ? result : { kind: 'block', statements: inner, result, type: result.type, span };
}

export function comparison(
  cx: BodyContext,
  op: CompareOp,
  left: HirExpr,
  right: HirExpr,
  at: Span,
  whole: Span,
): HirExpr {
  if (left.type.kind === 'error' || right.type.kind === 'error') return cx.error(whole);
  switch (op) {
    case 'in':
    case 'not in': {
      // A tuple of literals holds values of their types.
      const container = materializeLiteral(cx, right);
      // The call has the container first, but the item stands first.
      const before: HirStatement[] = [];
      const item = isPlace(right) || right.kind === 'constant' ? left : held(cx, left, before);
      const found = cx.ops.method(cx, container, '__contains__', [item], at);
      if (found === null) {
        reportNotImplemented(cx, at, right.type, '__contains__');
        return cx.error(whole);
      }
      const result = op === 'in' ? found : negate(cx, truth(cx, found, at), whole);
      return before.length === 0
        ? result
        : { kind: 'block', statements: before, result, type: result.type, span: whole };
    }
    case 'is':
    case 'is not': {
      const name = op === 'is' ? '__is__' : '__isnot__';
      const result = cx.ops.method(cx, left, name, [right], at);
      if (result !== null) return result;
      const type = typeName(left.type);
      const notes =
        right.type === cx.known.none
          ? [`a value of type '${type}' is never None; one that may be missing has the type 'Optional[${type}]'`]
          : ["values have no identity; compare them with '=='"];
      cx.report(methodNotImplemented(at, [type, name], { notes }));
      return cx.error(whole);
    }
    default: {
      const folded = foldComparison(cx.sema, op, left, right, whole);
      if (folded !== null) return folded;
      const [a, b] = keepsFloat(cx, op, left, right)
        ? [materializeLiteral(cx, left), materializeLiteral(cx, right)]
        : adaptOperands(cx, left, right);
      const lengths = lengthOperation(cx, op, a, b, whole);
      if (lengths !== null) return lengths;
      const names = COMPARISONS[op];
      if (names === undefined) return cx.error(whole);
      if (cx.isClassic && a.type === cx.known.int && b.type !== cx.known.int && isScalar(b.type)) {
        const plan = planConversion(cx, a, b.type);
        if (plan !== null) return callOperator(cx, names[0], null, plan.build(), b, at, whole);
      }
      // Each comparison is a method of the left side. Older programs also turned the sides round and made `!=` of `__eq__`.
      const isLoose = cx.acceptsOlder || cx.isLibrary;
      const role = roleOf(cx.sema, left.type);
      if (!isLoose && a !== left && (role === 'int-literal' || role === 'float-literal')) {
        const natural = defaultType(cx.sema, left.type);
        if (a.type !== natural && !isLiteralType(cx.sema, right.type)) {
          const notes = [
            `a literal on the left side is of type '${typeName(natural)}', whose '${names[0]}' takes no '${typeName(right.type)}'; turn the sides round`,
          ];
          cx.report(noMatching(at, [`method in call to '${names[0]}'`], { notes }));
          return cx.error(whole);
        }
      }
      if (
        isLoose &&
        op === '!=' &&
        methodCandidates(cx, a.type, '__ne__').length === 0 &&
        methodCandidates(cx, a.type, '__eq__').length > 0
      )
        return negate(cx, truth(cx, callOperator(cx, '__eq__', null, a, b, at, whole), at), whole);
      return callOperator(cx, names[0], isLoose ? names[1] : null, a, b, at, whole);
    }
  }
}

// ------------------------------------------------------------------------------------------------ truth

/** The truth of a value: itself when it is a Bool, else `__bool__`. */
export function truth(cx: BodyContext, value: HirExpr, span: Span): HirExpr {
  const type = value.type;
  if (type.kind === 'error' || type === cx.known.bool || isNever(cx, type)) return value;
  const plain = isLiteral(cx, value) ? materializeLiteral(cx, value) : value;
  const result = cx.ops.method(cx, plain, '__bool__', [], span);
  if (result !== null) return result;
  reportNotImplemented(cx, span, type, '__bool__');
  return cx.error(span);
}

function isBoolable(cx: BodyContext, type: Term): boolean {
  return type === cx.known.bool || isLiteralType(cx.sema, type) || methodCandidates(cx, type, '__bool__').length > 0;
}

/** A condition. `and`/`or` of conditions need no common type. */
export function checkBool(cx: BodyContext, expr: Expr): HirExpr {
  if (expr.kind === 'ParenExpr') return checkBool(cx, expr.value);
  if (expr.kind === 'LogicalExpr') {
    const left = checkBool(cx, expr.left);
    const right = checkBool(cx, expr.right);
    const span = cx.span(expr);
    if (left.type.kind === 'error' || right.type.kind === 'error') return cx.error(span);
    return expr.op === 'and'
      ? conditional(cx, left, right, boolExpr(cx.sema, false, span), cx.known.bool, span)
      : conditional(cx, left, boolExpr(cx.sema, true, span), right, cx.known.bool, span);
  }
  const value = cx.ops.value(cx, expr, null);
  return truth(cx, value, cx.span(expr));
}

/** `onTrue if condition else onFalse` of owned values; compile-time values fold. */
export function conditional(
  cx: BodyContext,
  condition: HirExpr,
  onTrue: HirExpr,
  onFalse: HirExpr,
  type: Term,
  span: Span,
): HirExpr {
  const constantArms = onTrue.kind === 'constant' && onFalse.kind === 'constant' && condition.kind === 'constant';
  if (constantArms) {
    const isBool = type === cx.known.bool;
    const term = isBool
      ? cx.store.or([
          cx.store.and([condition.term, onTrue.term]),
          cx.store.and([cx.store.not(condition.term), onFalse.term]),
        ])
      : cx.store.conditional(condition.term, onTrue.term, onFalse.term);
    if (isBool && onFalse.term === cx.store.false)
      return { kind: 'constant', term: cx.store.and([condition.term, onTrue.term]), type, span };
    if (isBool && onTrue.term === cx.store.true)
      return { kind: 'constant', term: cx.store.or([condition.term, onFalse.term]), type, span };
    return { kind: 'constant', term, type, span };
  }
  return { kind: 'conditional', condition, onTrue: own(cx, onTrue), onFalse: own(cx, onFalse), type, span };
}

/** Outside of conditions `and` and `or` yield one of their operands; their truth where these have no common type. */
export function checkLogical(cx: BodyContext, expr: LogicalExpr, expected: Term | null): Checked {
  const span = cx.span(expr);
  const left = cx.ops.value(cx, expr.left, expected);
  const right = cx.ops.value(cx, expr.right, expected);
  if (left.type.kind === 'error' || right.type.kind === 'error') return valueResult(cx.error(span));
  const isAnd = expr.op === 'and';
  if (left.type === cx.known.bool && right.type === cx.known.bool) {
    return valueResult(
      isAnd
        ? conditional(cx, left, right, boolExpr(cx.sema, false, span), cx.known.bool, span)
        : conditional(cx, left, boolExpr(cx.sema, true, span), right, cx.known.bool, span),
    );
  }
  const opSpan = cx.spanAt(expr.opStart, expr.opStart + expr.op.length);
  const merging = cx.trial(() => mergeTypes(cx, left, right, expected, opSpan));
  const haveTruth = [left, right].every(({ type }) => isBoolable(cx, type));
  if (merging.failed && haveTruth && expected === null) return valueResult(checkBool(cx, expr));
  const merged = merging.failed ? mergeTypes(cx, left, right, expected, opSpan) : merging.value;
  if (merged === null) return valueResult(cx.error(span));
  const [a, b] = merged;
  const statements: HirStatement[] = [];
  const first = isPlace(a) ? a : cx.temporary(own(cx, a), statements);
  const condition = truth(cx, first, span);
  if (condition.type.kind === 'error') return valueResult(condition);
  const kept: HirExpr = isPlace(a) ? own(cx, a) : { kind: 'transfer', place: first, type: first.type, span };
  const result: HirExpr = {
    kind: 'conditional',
    condition,
    onTrue: isAnd ? own(cx, b) : kept,
    onFalse: isAnd ? kept : own(cx, b),
    type: a.type,
    span,
  };
  return valueResult(statements.length === 0 ? result : { kind: 'block', statements, result, type: a.type, span });
}

// ------------------------------------------------------------------------------------------------ ternary

export function checkTernary(cx: BodyContext, expr: TernaryExpr, expected: Term | null): Checked {
  const span = cx.span(expr);
  if (cx.comptime && expected === null) {
    const types = ternaryOfTypes(cx, expr);
    if (types !== null) return types;
  }
  const condition = cx.ops.bool(cx, expr.condition);
  const left = cx.ops.value(cx, expr.onTrue, expected);
  const right = cx.ops.value(cx, expr.onFalse, expected);
  if (condition.type.kind === 'error' || left.type.kind === 'error' || right.type.kind === 'error')
    return valueResult(cx.error(span));
  const merged = mergeTypes(cx, left, right, expected, cx.spanAt(expr.onTrue.end, expr.onTrue.end));
  if (merged === null) return valueResult(cx.error(span));
  const [a, b] = merged;
  const type = isNever(cx, a.type) ? b.type : a.type;
  if (isLastingPlace(a) && isLastingPlace(b) && isPlace(a) && isPlace(b) && a.type === b.type) {
    const place = mergePlaces(cx, condition, a, b, span);
    if (place !== null) return valueResult(place);
  }
  if (a.kind === 'constant' && b.kind === 'constant' && condition.kind === 'constant')
    return valueResult(conditional(cx, condition, a, b, type, span));
  return valueResult({ kind: 'conditional', condition, onTrue: own(cx, a), onFalse: own(cx, b), type, span });
}

/** Two places of one type merge into a reference to either. */
function mergePlaces(cx: BodyContext, condition: HirExpr, a: HirExpr, b: HirExpr, span: Span): HirExpr | null {
  const left = placeFacts(cx, a);
  const right = placeFacts(cx, b);
  if (left === null || right === null || !isPlace(a) || !isPlace(b)) return null;
  const mut = cx.store.and([left.mut, right.mut]);
  const type = cx.store.ref(a.type, cx.store.unionOrigin([left.origin, right.origin]), mut);
  const mutable = mut === cx.store.true;
  return derefResult({
    kind: 'conditional',
    condition,
    onTrue: { kind: 'refOf', place: a, mutable, type, span },
    onFalse: { kind: 'refOf', place: b, mutable, type, span },
    type,
    span,
  });
}
