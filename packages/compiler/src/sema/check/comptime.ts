/** Compile-time evaluation as far as the checker goes: a checked expression becomes a term. Constants and foldable operators fold;
 *  a call of terms becomes a `call`; everything else a thunk: a function without arguments that elaboration runs. */
import type { Expr } from '../../syntax/ast.ts';
import type { ParamTerm, Term } from '../../terms/term.ts';
import { plainParam } from '../declare/scopes.ts';
import type { FunctionEntity, ParamDecl, Signature } from '../entities.ts';
import type { HirBody, HirExpr } from '../hir.ts';
import type { BodyContext } from './body-context.ts';
import { expandCall } from './builtin-functions.ts';
import { integerCast, planConversion } from './convert.ts';
import { capturingLambda, dynamicValue, leftOut, notAValue } from './errors.ts';
import { closureShape, functionBound, selectByType } from './function-shape.ts';
import { comptimeContext, openAlias } from './parameters.ts';
import { truth } from './operators.ts';
import { materializeLiteral, own } from './places.ts';
import { foldQuestion, isIntegerType, isLiteralType, isScalar, typeOfTerm } from './type-facts.ts';
import { collectParams, forEachTermInTree } from './term-walk.ts';

/** A parameter expression, converted to `expected` when it is given. */
export function evaluateParameter(
  cx: BodyContext,
  expr: Expr,
  expected: Term | null,
): { readonly value: Term; readonly type: Term } {
  const inner = comptimeContext(cx);
  const result = evaluateIn(inner, expr, expected);
  if (inner.hasErrors) cx.hasErrors = true;
  return result;
}

/** The condition of a `where` clause: whatever has a truth value. */
export function evaluateClause(cx: BodyContext, expr: Expr): Term {
  const inner = comptimeContext(cx);
  const value = cx.ops.value(inner, expr, cx.known.bool);
  const plain = value.type.kind === 'error' ? value : materializeLiteral(inner, value);
  const isNumber = isIntegerType(cx.sema, plain.type);
  const asBool = isNumber ? null : planConversion(inner, plain, cx.known.bool);
  const condition = isNumber ? plain : (asBool?.build() ?? truth(inner, plain, plain.span));
  const term = condition.type.kind === 'error' ? cx.store.error : termOf(inner, condition);
  if (inner.hasErrors) cx.hasErrors = true;
  return isNumber ? cx.store.not(cx.store.equal(term, cx.store.int(0n, plain.type))) : term;
}

/** A condition known at compile time. Numbers are no conditions here; other values are asked through `__bool__`. */
export function evaluateCondition(cx: BodyContext, expr: Expr): Term {
  const { bool } = cx.known;
  const inner = comptimeContext(cx);
  const value = cx.ops.value(inner, expr, bool);
  const isPlain = value.type === bool || isScalar(value.type) || isLiteralType(cx.sema, value.type);
  const condition = isPlain ? cx.ops.convert(inner, value, bool, value.span, '') : truth(inner, value, value.span);
  const term = condition.type.kind === 'error' ? cx.store.error : termOf(inner, condition);
  if (inner.hasErrors) cx.hasErrors = true;
  return term;
}

function evaluateIn(cx: BodyContext, expr: Expr, expected: Term | null): { readonly value: Term; readonly type: Term } {
  const { store } = cx;
  const error = { value: store.error, type: store.error };
  const context = expected !== null && expected.kind === 'originType' ? null : expected;
  const checked = cx.ops.expr(cx, expr, context);
  const isTypeContext = context !== null && context.kind === 'primitive' && context.name === 'type';
  switch (checked.kind) {
    case 'error':
      return error;
    case 'hole':
      return { value: store.unbound, type: expected ?? store.unbound };
    case 'type':
      if (checked.lacks !== undefined) {
        cx.report(leftOut(cx.span(expr), [checked.lacks.struct, checked.lacks.param]));
        return error;
      }
      if (context !== null && !isTypeContext && checked.term.kind !== 'functionItem')
        return wrongKind(cx, expr, 'a type');
      // Named without brackets it stays open, defaults included, like the name itself.
      return { value: checked.term, type: store.primitive('type') };
    case 'bound':
      if (context !== null && !isTypeContext) return wrongKind(cx, expr, 'a trait');
      return { value: checked.term, type: store.primitive('type') };
    case 'pack':
      return { value: checked.term, type: store.primitive('type') };
    case 'alias': {
      const value = openAlias(cx, checked);
      return { value, type: typeOfTerm(cx.sema, value) };
    }
    case 'functions': {
      const shape = expected === null ? null : functionBound(expected);
      if (shape !== null && checked.receiver === null && checked.params === null) {
        const selected = selectByType(cx.sema, checked.candidates, shape);
        if (selected !== null) return { value: selected, type: expected ?? store.functionItem(selected) };
      }
      const value = cx.ops.asValue(cx, checked, cx.span(expr));
      if (value.kind !== 'constant') return error;
      // No candidate has the wanted type as it stands: what its own parameters leave open may still fit.
      if (
        shape !== null &&
        expected !== null &&
        cx.ops.convert(cx, value, expected, value.span, '').type.kind === 'error'
      )
        return error;
      return { value: value.term, type: value.type };
    }
    case 'value': {
      const value = expected === null && isTupleDisplay(expr) ? materializeLiteral(cx, checked.expr) : checked.expr;
      if (value.type.kind === 'error') return error;
      if (expected !== null && expected.kind === 'originType') {
        const term = foldTerm(cx, value);
        return { value: term ?? store.error, type: value.type };
      }
      const { int, simdLength } = cx.known;
      if ((value.type === int && expected === simdLength) || (value.type === simdLength && expected === int)) {
        // Lengths and integers are one thing at compile time, whatever computes them.
        const term = termOf(cx, value);
        return term.kind === 'error' ? error : { value: integerCast(cx, term, expected), type: expected };
      }
      const converted = expected === null ? value : cx.ops.convert(cx, value, expected, value.span, '');
      if (converted.type.kind === 'error') return error;
      return { value: termOf(cx, converted), type: converted.type };
    }
    case 'module':
    case 'compilerFunction': {
      const value = cx.ops.asValue(cx, checked, cx.span(expr));
      return { value: store.error, type: value.type };
    }
  }
}

/** The elements of a tuple are values: its literals have the types that they have in variables. */
function isTupleDisplay(expr: Expr): boolean {
  return expr.kind === 'ParenExpr' ? isTupleDisplay(expr.value) : expr.kind === 'TupleExpr';
}

function wrongKind(cx: BodyContext, expr: Expr, what: string): { readonly value: Term; readonly type: Term } {
  cx.report(notAValue(cx.span(expr), [what]));
  return { value: cx.store.error, type: cx.store.error };
}

/** The term of a checked value. Reports names that exist only at run time. */
export function termOf(cx: BodyContext, expr: HirExpr): Term {
  if (expr.type.kind === 'error') return cx.store.error;
  const folded = foldTerm(cx, expr);
  if (folded !== null) return folded;
  const foreign = findForeignLocal(cx, expr);
  if (foreign !== null) {
    const isCapture = closureShape(cx.sema, expr.type) !== null;
    cx.report((isCapture ? capturingLambda : dynamicValue)(foreign.span, [cx.part]));
    return cx.store.error;
  }
  return makeThunk(cx, expr);
}

/** A local of the surrounding body inside a compile-time expression. */
function findForeignLocal(cx: BodyContext, root: HirExpr): HirExpr | null {
  const seen = new Set<object>();
  const walk = (value: unknown): HirExpr | null => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return null;
    seen.add(value);
    if (Array.isArray(value)) {
      for (const item of value) {
        const found = walk(item);
        if (found !== null) return found;
      }
      return null;
    }
    if ('flags' in value && 'id' in value) return null;
    const node = value as HirExpr;
    const entity = cx.state.localEntities.get(node);
    if (entity !== undefined && cx.state.owners.get(entity) !== cx) return node;
    if (node.kind === 'global') return node;
    for (const item of Object.values(value)) {
      const found = walk(item);
      if (found !== null) return found;
    }
    return null;
  };
  return walk(root);
}

/** A term without running anything, or null. */
export function foldTerm(cx: BodyContext, expr: HirExpr): Term | null {
  const { store, known } = cx;
  switch (expr.kind) {
    case 'constant':
    case 'materialize':
      return expr.term;
    case 'copy':
      return foldTerm(cx, expr.place);
    case 'field': {
      const base = foldTerm(cx, expr.base);
      return base === null ? null : store.fieldValue(base, expr.index, expr.type);
    }
    case 'element': {
      const base = foldTerm(cx, expr.base);
      if (base === null || expr.index.kind !== 'int') return null;
      return store.fieldValue(base, Number(expr.index.value), expr.type);
    }
    case 'aggregate': {
      const fields = expr.fields.map((field) => foldTerm(cx, field));
      if (fields.some((field) => field === null)) return null;
      return store.structValue(
        expr.type,
        fields.flatMap((field) => (field === null ? [] : [field])),
      );
    }
    case 'conditional': {
      const condition = foldTerm(cx, expr.condition);
      const onTrue = foldTerm(cx, expr.onTrue);
      const onFalse = foldTerm(cx, expr.onFalse);
      if (condition === null || onTrue === null || onFalse === null) return null;
      if (expr.type === known.bool) {
        if (onFalse === store.false) return store.and([condition, onTrue]);
        if (onTrue === store.true) return store.or([condition, onFalse]);
        if (onTrue === store.false && onFalse === store.true) return store.not(condition);
      }
      return store.conditional(condition, onTrue, onFalse);
    }
    case 'block':
      return expr.statements.length === 0 ? foldTerm(cx, expr.result) : null;
    case 'intrinsic': {
      // Questions about types and the target are operations that elaboration answers from its tables.
      if (expr.args.length === 0 && /^(type|target)\./.test(expr.name))
        return store.operation(expr.name, expr.params, expr.type);
      const args = foldArgs(cx, expr);
      return args === null ? null : foldIntrinsic(cx, expr.name, args, expr.type);
    }
    case 'call': {
      if (expr.raises !== null) return null;
      const args = foldArgs(cx, expr);
      if (args === null || expr.type.kind === 'ref') return null;
      if (expr.callee.kind === 'requirement') {
        const { trait, member, self } = expr.callee;
        const callee = cx.sema.reduce(store.requirement(trait, member, self, expr.callee.args));
        return store.noteSpan(store.call(callee, args, expr.type), expr.span);
      }
      if (expr.callee.kind !== 'function') return null;
      const fn = cx.sema.functionEntity(expr.callee.fn);
      if (cx.sema.signature(fn).args.length !== args.length) return null;
      return (
        foldQuestion(cx.sema, fn, args) ??
        expandCall(cx, fn, expr.callee.args, args) ??
        store.noteSpan(store.call(store.function(fn.ref, expr.callee.args), args, expr.type), expr.span)
      );
    }
    default:
      return null;
  }
}

function foldArgs(cx: BodyContext, expr: HirExpr & { readonly kind: 'call' | 'intrinsic' }): Term[] | null {
  const args: Term[] = [];
  for (const arg of expr.args) {
    if (arg.mode === 'borrowMut' || arg.expr.kind === 'variadic') return null;
    const term = foldTerm(cx, arg.expr);
    if (term === null) return null;
    args.push(term);
  }
  return args;
}

/** Integer intrinsics that stay symbolic as operations, so that equal expressions are equal terms. */
const INTEGER_OPERATIONS: ReadonlyMap<string, string> = new Map([
  ['simd.floordiv', 'floordiv'],
  ['simd.mod', 'mod'],
  ['simd.and', 'and'],
  ['simd.or', 'or'],
  ['simd.xor', 'xor'],
  ['simd.shl', 'shl'],
  ['simd.shr', 'shr'],
  ['simd.min', 'min'],
  ['simd.max', 'max'],
]);

/** The foldable operators: `+ - *` and comparisons of integers, logic, casts of constants. */
function foldIntrinsic(cx: BodyContext, name: string, args: readonly Term[], type: Term): Term | null {
  const { store } = cx;
  const [a, b] = args;
  if (a === undefined) return null;
  if (name === 'bool.not') return store.not(a);
  if (name === 'bool.from_mask') return isPowerOfTwo(cx, a);
  const operandType = typeOfTerm(cx.sema, a);
  if (b === undefined) {
    if (name === 'simd.neg' && isIntegerType(cx.sema, operandType)) return store.negate(a, operandType);
    // `~a` is `-1 - a`.
    if (name === 'simd.not' && isIntegerType(cx.sema, operandType))
      return store.subtract(store.int(-1n, operandType), a, operandType);
    if (name === 'simd.cast' && isIntegerType(cx.sema, operandType) && isIntegerType(cx.sema, type)) {
      if (operandType === type) return a;
      return a.kind === 'int' ? integerCast(cx, a, type) : null;
    }
    return null;
  }
  switch (name) {
    case 'bool.and':
      return store.and([a, b]);
    case 'bool.or':
      return store.or([a, b]);
    case 'bool.eq':
      return store.equal(a, b);
    case 'bool.xor':
      return store.not(store.equal(a, b));
    default:
      break;
  }
  if (!isIntegerType(cx.sema, operandType) || operandType !== typeOfTerm(cx.sema, b)) return null;
  switch (name) {
    case 'simd.add':
      return store.add(a, b, operandType);
    case 'simd.sub':
      return store.subtract(a, b, operandType);
    case 'simd.mul':
      return store.multiply(a, b, operandType);
    case 'simd.all_eq':
      return store.equal(a, b);
    case 'simd.any_ne':
      return store.not(store.equal(a, b));
    case 'scalar.lt':
      return store.less(a, b);
    case 'scalar.le':
      return store.greaterEqual(b, a);
    case 'scalar.gt':
      return store.less(b, a);
    case 'scalar.ge':
      return store.greaterEqual(a, b);
    default: {
      const op = INTEGER_OPERATIONS.get(name);
      return op === undefined ? null : cx.sema.reduce(store.operation(op, [a, b], operandType));
    }
  }
}

/** `n.is_power_of_two()` as a truth value: `n >= 1 and n & (n - 1) == 0`, which conditions can fold and compare. */
function isPowerOfTwo(cx: BodyContext, mask: Term): Term | null {
  const { store } = cx;
  const [n] = mask.kind === 'call' ? mask.args : [];
  if (mask.kind === 'bool') return mask;
  if (n === undefined || mask.kind !== 'call' || mask.callee.kind !== 'function') return null;
  const fn = cx.sema.functionEntity(mask.callee.decl.id);
  const isAsked = fn.ref.name === 'is_power_of_two' && fn.parent?.kind === 'struct' && fn.parent.builtin === 'simd';
  const type = typeOfTerm(cx.sema, n);
  if (!isAsked || !isIntegerType(cx.sema, type)) return null;
  const one = store.int(1n, type);
  const rest = cx.sema.reduce(store.operation('and', [n, store.subtract(n, one, type)], type));
  return store.and([store.greaterEqual(n, one), store.equal(rest, store.int(0n, type))]);
}

// ------------------------------------------------------------------------------------------------ thunks

/** A function without arguments whose body is the expression; its parameters are those that the expression mentions. */
function makeThunk(cx: BodyContext, expr: HirExpr): Term {
  const value = own(cx, expr);
  if (value.type.kind === 'error') return cx.store.error;
  const terms = new Set<ParamTerm>();
  forEachTermInTree(value, (term) => collectParams(term, terms));
  for (const local of cx.locals) collectParams(local.type, terms);
  const span = expr.span;
  const params = [...terms]
    .sort((a, b) => a.param - b.param)
    .map((term) => plainParam(term, term.name, cx.scope, span));
  const fn = cx.sema.addFunction(
    {
      name: 'comptime',
      decl: null,
      module: cx.scope.module,
      span,
      scope: cx.scope,
      parent: null,
      enclosing: cx.fn,
      functionKind: { kind: 'thunk' },
      isStatic: true,
      isDefault: false,
    },
    thunkSignature(cx, params, value.type),
  );
  const body: HirBody = {
    function: fn.id,
    locals: cx.locals,
    statements: [{ kind: 'return', value, span }],
    endSpan: span,
  };
  cx.state.bodies[fn.id] = body;
  const call = cx.store.call(
    cx.store.function(
      fn.ref,
      params.map((param) => param.term),
    ),
    [],
    value.type,
  );
  return cx.store.noteSpan(call, span);
}

function thunkSignature(cx: BodyContext, params: readonly ParamDecl[], result: Term): Signature {
  return {
    // `addFunction` puts the new function here.
    fn: cx.fn as FunctionEntity,
    scope: cx.scope,
    params,
    args: [],
    result,
    namedResult: null,
    raises: null,
    where: [],
    isInit: false,
    implicitConversion: false,
    hasError: false,
  };
}
