/** Displays: `[…]` is an `Array` unless the context wants a `List`; `{…}` a set, dictionary or constructor call; tuples; t-strings;
 *  comprehensions. All become calls of library methods on a temporary. */
import type { Span } from '../../base/span.ts';
import type {
  BraceExpr,
  CallArg,
  ComprehensionExpr,
  DictExpr,
  Expr,
  ListExpr,
  SetExpr,
  TStringExpr,
  TupleExpr,
} from '../../syntax/ast.ts';
import { type Term, TermFlags } from '../../terms/term.ts';
import type { BuiltinStruct, HirExpr, HirPlace, HirStatement } from '../hir.ts';
import type { StructEntity } from '../entities.ts';
import { checkArguments, isClosedTernary, valueArgument } from './arguments.ts';
import type { BodyContext, CallSite } from './body-context.ts';
import { planConversion } from './convert.ts';
import { holdsElements } from './display-bounds.ts';
import { comprehensionAtCompileTime, emptyDisplay, emptyInitializer, noMatching, unsupported } from './errors.ts';
import { stringLiteralExpr } from './literals.ts';
import { defaultOf } from './parameters.ts';
import { forLoop } from './loops.ts';
import { methodCandidates } from './members.ts';
import { mergeTypes } from './merge-types.ts';
import { isLiteral, isPlace, materializeLiteral, own, placeFacts } from './places.ts';
import { constantExpr, defaultType, isObserved, roleOf, tupleElements } from './type-facts.ts';
import { isPart, takeValues } from './take-values.ts';
import { typeName } from './type-name.ts';
import { type Checked, ERROR_RESULT, valueResult } from './values.ts';

function siteOf(span: Span, name: string): CallSite {
  return { span, callee: span, open: span, what: 'initialization', name };
}

/** The argument `index` of an expected container type when it is known. */
function elementOf(expected: Term | null, index: number): Term | null {
  const arg = expected?.kind === 'struct' ? expected.args[index] : undefined;
  return arg === undefined || arg.kind === 'unbound' ? null : arg;
}

/** Whether elements adapt to a wanted type. One with open parts is inferred from what the elements are by themselves: for
 *  `List[List[T]]` the inner displays of `[[1], [2]]` are arrays. */
function isContext(cx: BodyContext, wanted: Term): boolean {
  return (wanted.flags & TermFlags.hasUnbound) === 0 || cx.acceptsOlder || cx.isLibrary;
}

/** Values of one type: converted to `wanted`, or merged with each other. */
function commonElements(
  cx: BodyContext,
  exprs: readonly Expr[],
  wanted: Term | null,
  span: Span,
): { values: HirExpr[]; type: Term } | null {
  if (wanted !== null && isContext(cx, wanted)) {
    // What `wanted` leaves open is what the first element says.
    let type = wanted;
    const values = exprs.map((expr) => {
      const value = isClosedTernary(cx, expr)
        ? own(cx, cx.ops.convert(cx, cx.ops.value(cx, expr, null), type, cx.span(expr), ''))
        : cx.ops.ownedValue(cx, expr, type, '');
      if ((type.flags & TermFlags.hasUnbound) !== 0 && value.type.kind !== 'error') type = value.type;
      return value;
    });
    return values.some((value) => value.type.kind === 'error') ? null : { values, type };
  }
  const checked: HirExpr[] = [];
  for (const expr of exprs) {
    if (expr.kind === 'StarExpr') {
      cx.report(unsupported(cx.span(expr), ['unpacking in a display']));
      return null;
    }
    const first = checked[0];
    const value = cx.ops.value(cx, expr, first === undefined || isLiteral(cx, first) ? null : first.type);
    if (value.type.kind === 'error') return null;
    checked.push(value);
  }
  let target = checked[0];
  if (target === undefined) return null;
  for (const value of checked.slice(1)) {
    if (value.type === target.type) continue;
    // Tuples of literals merge as what they become.
    const natural = defaultType(cx.sema, target.type);
    if (natural === defaultType(cx.sema, value.type) && tupleElements(natural) !== null) continue;
    const merged = mergeTypes(cx, target, value, null, span);
    if (merged === null) return null;
    target = merged[0];
  }
  const type = defaultType(cx.sema, target.type);
  const values = checked.map((value) => own(cx, cx.ops.convert(cx, value, type, value.span, '')));
  return values.some((value) => value.type.kind === 'error') ? null : { values, type };
}

/** All elements are evaluated before the first is stored. Where nobody can tell, they are stored one by one; not into an array,
 *  which would be half-built when an element raises, nor into a dictionary, all of whose keys come before its values.
 *
 *  As with the arguments of a call, an element that is a place is copied or handed over when everything else is there. */
function evaluated(
  cx: BodyContext,
  container: Term,
  values: readonly HirExpr[],
  into: HirStatement[],
): readonly HirExpr[] {
  const role = roleOf(cx.sema, container);
  const visible =
    role === 'array' ||
    role === 'dict' ||
    values.some((value, index) => isObserved(cx.sema, value.type) || isOvertaken(value, values.slice(index + 1)));
  if (!visible || values.every((value) => value.kind === 'constant')) return values;
  return takeValues(cx, values, into, (value) => value.kind === 'transfer' && isPart(value.place));
}

/** A copy that is followed by an element which does something. */
function isOvertaken(value: HirExpr, later: readonly HirExpr[]): boolean {
  return value.kind === 'copy' && later.some((other) => other.kind !== 'constant' && other.kind !== 'copy');
}

/** Builds a container in a temporary and moves it out. `elements` are evaluated first. */
function built(
  cx: BodyContext,
  type: Term,
  args: readonly HirExpr[],
  names: readonly string[],
  elements: readonly HirExpr[],
  span: Span,
  fill: (place: HirPlace, values: readonly HirExpr[], into: HirStatement[]) => void,
): HirExpr {
  const init = cx.ops.construct(
    cx,
    type,
    args.map((arg, index) => valueArgument(arg, names[index] ?? null)),
    siteOf(span, 'display'),
  );
  if (init.type.kind === 'error') return init;
  const statements: HirStatement[] = [];
  const values = evaluated(cx, type, elements, statements);
  const place = cx.temporary(init, statements);
  fill(place, values, statements);
  return {
    kind: 'block',
    statements,
    result: { kind: 'transfer', place, type: init.type, span },
    type: init.type,
    span,
  };
}

function call(
  cx: BodyContext,
  place: HirPlace,
  method: string,
  args: readonly HirExpr[],
  span: Span,
  into: HirStatement[],
): void {
  const result = cx.ops.method(cx, { ...place }, method, args, span);
  if (result === null) cx.report(unsupported(span, [`a display of this type (no '${method}')`]));
  else into.push({ kind: 'expr', expr: result, span });
}

function intConstant(cx: BodyContext, value: number, span: Span): HirExpr {
  return { kind: 'constant', term: cx.store.int(BigInt(value), cx.known.int), type: cx.known.int, span };
}

/** A fresh node for a place: facts of places hang on nodes. */
function again(cx: BodyContext, place: HirPlace): HirPlace {
  const entity = cx.state.localEntities.get(place);
  return entity === undefined ? place : cx.placeOf(entity, place.span);
}

function roleType(cx: BodyContext, role: BuiltinStruct, args: readonly Term[]): Term | null {
  const entity = cx.known.struct(role);
  return entity === null ? null : cx.store.struct(entity.ref, args);
}

export function checkList(cx: BodyContext, expr: ListExpr, expected: Term | null): Checked {
  const span = cx.span(expr);
  const role = expected === null ? null : roleOf(cx.sema, expected);
  if (role === 'list') {
    if (expr.elements.length === 0) {
      const element = elementOf(expected, 0);
      if (element === null || expected === null) return reportEmpty(cx, span, 'list', expected);
      return valueResult(cx.ops.construct(cx, expected, [], siteOf(span, 'List')));
    }
    const common = commonElements(cx, expr.elements, elementOf(expected, 0), span);
    const type = common === null ? null : roleType(cx, 'list', [common.type]);
    if (common === null || type === null) return ERROR_RESULT;
    return valueResult(
      built(
        cx,
        type,
        [intConstant(cx, common.values.length, span)],
        ['capacity'],
        common.values,
        span,
        (place, values, into) => {
          for (const value of values) call(cx, again(cx, place), 'append', [value], span, into);
        },
      ),
    );
  }
  if (role === 'set') return setDisplay(cx, expr.elements, expected, span);
  const vector = expected === null ? null : vectorDisplay(cx, expr, expected, span);
  if (vector !== null) return vector;
  const literal = expected === null || role !== null ? null : listConstructor(cx, expr, expected, span);
  if (literal !== null) return literal;
  if (cx.isClassic && role !== null && role !== 'array' && expected?.kind === 'struct') {
    const alternative = cx.trial(() => listForImplicit(cx, expr, expected));
    if (!alternative.failed && alternative.value !== null)
      return valueResult(listForImplicit(cx, expr, expected) ?? cx.error(span));
  }
  const element = role === 'array' ? elementOf(expected, 0) : null;
  if (expr.elements.length === 0 && element !== null) {
    const none = cx.store.int(0n, cx.known.int);
    const empty = roleType(cx, 'array', [element, none]);
    return empty === null ? ERROR_RESULT : valueResult({ kind: 'aggregate', fields: [], type: empty, span });
  }
  if (expr.elements.length === 0) return reportEmpty(cx, span, 'list', expected);
  const common = commonElements(cx, expr.elements, element, span);
  const type =
    common === null
      ? null
      : roleType(cx, 'array', [common.type, cx.store.int(BigInt(common.values.length), cx.known.int)]);
  if (common === null || type === null) return ERROR_RESULT;
  const unit: HirExpr = { kind: 'aggregate', fields: [], type: cx.known.tuple([]), span };
  return valueResult(
    built(cx, type, [unit], ['unsafe_uninitialized'], common.values, span, (place, values, into) => {
      values.forEach((value, index) => {
        call(cx, again(cx, place), '_initialize', [intConstant(cx, index, span), value], span, into);
      });
    }),
  );
}

/** A type that takes list displays says so by a `__list_literal__` argument; containers of the library by a variadic constructor. */
function listConstructor(cx: BodyContext, expr: ListExpr, expected: Term, span: Span): Checked | null {
  if (expected.kind !== 'struct') return null;
  const takes = methodCandidates(cx, expected, '__init__').map((candidate) => {
    const { args } = cx.sema.signature(candidate.fn);
    const isMarked = args.some((arg) => arg.name === LIST_MARKER);
    return {
      isMarked,
      accepts: args.some((arg) => arg.variadic === 'list') && (isMarked || !candidate.fn.module.isUser),
    };
  });
  const found = takes.find((constructor_) => constructor_.accepts);
  if (found === undefined) return null;
  if (!found.isMarked && methodCandidates(cx, expected, 'append').length > 0) return appended(cx, expr, expected, span);
  const args = checkArguments(cx, expr.elements.map(displayArgument));
  if (found.isMarked) args.push(valueArgument(noneValue(cx, span), LIST_MARKER));
  return valueResult(cx.ops.construct(cx, expected, args, siteOf(span, 'initialization')));
}

/** The library's sequences get the elements of a display one by one. */
function appended(cx: BodyContext, expr: ListExpr, expected: Term, span: Span): Checked {
  const common = commonElements(cx, expr.elements, elementOf(expected, 0), span);
  if (common === null) return ERROR_RESULT;
  return valueResult(
    built(cx, expected, [], [], common.values, span, (place, values, into) => {
      for (const value of values) call(cx, again(cx, place), 'append', [value], span, into);
    }),
  );
}

/** `[…]` where a vector is wanted gives its lanes; a scalar, a vector of one lane, is the first of them. */
function vectorDisplay(cx: BodyContext, expr: ListExpr, expected: Term, span: Span): Checked | null {
  const width = roleOf(cx.sema, expected) === 'simd' && expected.kind === 'struct' ? expected.args[1] : undefined;
  if (width?.kind !== 'int' || expr.elements.length === 0 || cx.isClassic) return null;
  const lanes = width.value === 1n ? expr.elements.slice(0, 1) : expr.elements;
  if (BigInt(lanes.length) !== width.value) return null;
  const args = checkArguments(cx, lanes.map(displayArgument));
  return valueResult(cx.ops.construct(cx, expected, args, siteOf(span, 'initialization')));
}

/** An element of a display as an argument of a constructor. */
function displayArgument(value: Expr): CallArg {
  return { kind: 'CallArg', id: value.id, start: value.start, end: value.end, star: 'none', name: null, value };
}

const LIST_MARKER = '__list_literal__';

/** Classic: `[…]` where a type wants a `List` in an implicit constructor, e.g. `Optional[List[Int]]`. */
function listForImplicit(
  cx: BodyContext,
  expr: ListExpr,
  expected: Term & { readonly kind: 'struct' },
): HirExpr | null {
  for (const arg of expected.args) {
    if (roleOf(cx.sema, arg) !== 'list') continue;
    const list = checkList(cx, expr, arg);
    if (list.kind !== 'value') return null;
    const plan = planConversion(cx, list.expr, expected);
    if (plan !== null) return plan.build();
  }
  return null;
}

function reportEmpty(cx: BodyContext, span: Span, what: string, expected: Term | null): Checked {
  if (expected?.kind === 'error') cx.hasErrors = true;
  else cx.report(emptyDisplay(span, [what]));
  return ERROR_RESULT;
}

export function checkSet(cx: BodyContext, expr: SetExpr, expected: Term | null): Checked {
  const span = cx.span(expr);
  const role = expected === null ? null : roleOf(cx.sema, expected);
  if (expected !== null && expected.kind === 'struct' && role !== 'set') {
    const args = checkArguments(cx, expr.elements.map(displayArgument));
    if (isMarked(cx, expected, SET_MARKER)) args.push(valueArgument(noneValue(cx, span), SET_MARKER));
    return valueResult(cx.ops.construct(cx, expected, args, siteOf(span, 'initialization')));
  }
  return setDisplay(cx, expr.elements, expected, span);
}

function setDisplay(cx: BodyContext, elements: readonly Expr[], expected: Term | null, span: Span): Checked {
  const common = commonElements(cx, elements, elementOf(expected, 0), span);
  const type = common === null ? null : setType(cx, common.type, expected);
  if (common === null) return ERROR_RESULT;
  if (type === null) {
    cx.report(unsupported(span, ['a set display']));
    return ERROR_RESULT;
  }
  if (!holdsElements(cx, type, 'display', span)) return ERROR_RESULT;
  // Officially the constructor copies what it is given.
  if (common.values.length > 0 && isObserved(cx.sema, common.type)) {
    const args = common.values.map((value) => valueArgument(value, null));
    return valueResult(cx.ops.construct(cx, type, args, siteOf(span, 'initialization')));
  }
  return valueResult(
    built(cx, type, [], [], common.values, span, (place, values, into) => {
      for (const value of values) call(cx, again(cx, place), 'add', [value], span, into);
    }),
  );
}

/** All keys first, then all values. */
export function checkDict(cx: BodyContext, expr: DictExpr, expected: Term | null): Checked {
  const span = cx.span(expr);
  const context = expected !== null && roleOf(cx.sema, expected) === 'dict' ? expected : null;
  const literal =
    expected === null || context !== null ? null : dictConstructor(cx, expr, expr.entries, expected, span);
  if (literal !== null) return literal;
  if (expected?.kind === 'struct' && context === null && !cx.isClassic) {
    cx.report(noMatching(span, [`function in initialization: '${typeName(expected)}' takes no dictionary display`]));
    return ERROR_RESULT;
  }
  const keys = commonElements(
    cx,
    expr.entries.map((entry) => entry.key),
    elementOf(context, 0),
    span,
  );
  const values = commonElements(
    cx,
    expr.entries.map((entry) => entry.value),
    elementOf(context, 1),
    span,
  );
  if (keys === null || values === null) return ERROR_RESULT;
  const type = dictType(cx, keys.type, values.type, context);
  if (type === null) {
    cx.report(unsupported(span, ['a dictionary display']));
    return ERROR_RESULT;
  }
  if (!holdsElements(cx, type, 'display', span)) return ERROR_RESULT;
  const observed = observedDict(cx, type, keys, values, span);
  if (observed !== null) return valueResult(observed);
  return valueResult(
    built(cx, type, [], [], [...keys.values, ...values.values], span, (place, elements, into) => {
      keys.values.forEach((_, index) => {
        const key = elements[index];
        const value = elements[keys.values.length + index];
        if (key !== undefined && value !== undefined)
          call(cx, again(cx, place), '__setitem__', [key, value], span, into);
      });
    }),
  );
}

interface CommonElements {
  readonly values: readonly HirExpr[];
  readonly type: Term;
}

/** Where copies can be seen, the display is made of lists of its keys and values, as officially. */
function observedDict(
  cx: BodyContext,
  type: Term,
  keys: CommonElements,
  values: CommonElements,
  span: Span,
): HirExpr | null {
  const copyable = cx.known.trait('Copyable');
  if (copyable === null || !(isObserved(cx.sema, keys.type) || isObserved(cx.sema, values.type))) return null;
  const bound = cx.store.trait(copyable.ref);
  if ([keys.type, values.type].some((part) => cx.sema.conforms(part, bound, cx.scope) !== true)) return null;
  const statements: HirStatement[] = [];
  const all = evaluated(cx, type, [...keys.values, ...values.values], statements);
  const listOf = (elements: readonly HirExpr[], element: Term): HirExpr | null => {
    const list = roleType(cx, 'list', [element]);
    if (list === null) return null;
    const capacity = intConstant(cx, elements.length, span);
    return built(cx, list, [capacity], ['capacity'], elements, span, (place, settled, into) => {
      for (const value of settled) call(cx, again(cx, place), 'append', [value], span, into);
    });
  };
  const keyList = listOf(all.slice(0, keys.values.length), keys.type);
  const valueList = listOf(all.slice(keys.values.length), values.type);
  if (keyList === null || valueList === null) return null;
  const args = [valueArgument(keyList), valueArgument(valueList), valueArgument(noneValue(cx, span), DICT_MARKER)];
  const result = cx.ops.construct(cx, type, args, siteOf(span, 'initialization'));
  return { kind: 'block', statements, result, type: result.type, span };
}

const SET_MARKER = '__set_literal__';
const DICT_MARKER = '__dict_literal__';

function isMarked(cx: BodyContext, type: Term, marker: string): boolean {
  return methodCandidates(cx, type, '__init__').some((candidate) =>
    cx.sema.signature(candidate.fn).args.some((arg) => arg.name === marker),
  );
}

/** A type that takes dictionary displays has a constructor from lists of keys and values, marked by a `__dict_literal__` argument. */
function dictConstructor(
  cx: BodyContext,
  expr: DictExpr | BraceExpr,
  entries: DictExpr['entries'],
  expected: Term,
  span: Span,
): Checked | null {
  if (expected.kind !== 'struct' || roleOf(cx.sema, expected) === 'dict') return null;
  if (!isMarked(cx, expected, DICT_MARKER)) return null;
  const list = (part: 'key' | 'value'): CallArg => {
    const elements = entries.map((entry) => entry[part]);
    const { id, start, end } = expr;
    return {
      kind: 'CallArg',
      id,
      start,
      end,
      star: 'none',
      name: null,
      value: { kind: 'ListExpr', id, start, end, elements },
    };
  };
  const args = checkArguments(cx, [list('key'), list('value')]);
  args.push(valueArgument(noneValue(cx, span), DICT_MARKER));
  return valueResult(cx.ops.construct(cx, expected, args, siteOf(span, 'initialization')));
}

/** A container of these elements; what else it has, a hasher, comes from the context or is the default. */
function withRest(cx: BodyContext, entity: StructEntity, elements: readonly Term[], context: Term | null): Term {
  const args = [...elements];
  cx.sema.structParams(entity).forEach((param, index) => {
    if (index < elements.length) return;
    const given = context?.kind === 'struct' ? context.args[index] : undefined;
    args.push(given !== undefined && given.kind !== 'unbound' ? given : (defaultOf(cx, param) ?? cx.store.error));
  });
  return cx.store.struct(entity.ref, args);
}

function setType(cx: BodyContext, element: Term, context: Term | null): Term | null {
  const entity = cx.known.struct('set');
  return entity === null ? null : withRest(cx, entity, [element], context);
}

function dictType(cx: BodyContext, key: Term, value: Term, context: Term | null): Term | null {
  const entity = cx.known.struct('dict');
  if (entity === null) return null;
  return withRest(cx, entity, [key, value], context);
}

/** `{}` and `{k=v}`: a constructor call of the contextual type. */
export function checkBrace(cx: BodyContext, expr: BraceExpr, expected: Term | null): Checked {
  const span = cx.span(expr);
  if (expected === null || expected.kind !== 'struct') {
    if (expected?.kind === 'error') cx.hasErrors = true;
    else cx.report(emptyInitializer(span, []));
    return ERROR_RESULT;
  }
  const literal = expr.args.length > 0 ? null : dictConstructor(cx, expr, [], expected, span);
  if (literal !== null) return literal;
  return valueResult(cx.ops.construct(cx, expected, checkArguments(cx, expr.args), siteOf(span, 'initialization')));
}

export function checkTuple(cx: BodyContext, expr: TupleExpr, expected: Term | null): Checked {
  const span = cx.span(expr);
  const wanted = expected !== null && roleOf(cx.sema, expected) === 'tuple' ? tupleElements(expected) : null;
  const fields: HirExpr[] = [];
  for (let i = 0; i < expr.elements.length; i++) {
    const element = expr.elements[i];
    if (element === undefined) continue;
    if (element.kind === 'StarExpr') {
      cx.report(unsupported(cx.span(element), ['unpacking in a display']));
      return ERROR_RESULT;
    }
    const context = wanted?.[i] ?? null;
    const value = cx.ops.value(cx, element, context === null || !isContext(cx, context) ? null : context);
    if (value.type.kind === 'error') return ERROR_RESULT;
    fields.push(own(cx, value));
  }
  if (fields.some((field) => field.type.kind === 'error')) return ERROR_RESULT;
  return valueResult({ kind: 'aggregate', fields, type: cx.known.tuple(fields.map((field) => field.type)), span });
}

/** A t-string: a `TString` of its texts and values. Places are lent to it, and read when it is written. */
export function checkTString(cx: BodyContext, expr: TStringExpr): Checked {
  const span = cx.span(expr);
  const fields: HirExpr[] = [];
  for (const segment of expr.segments) {
    const at = cx.span(segment);
    if (segment.kind === 'TStringText') fields.push(stringLiteralExpr(cx.sema, segment.value, at));
    else fields.push(templateValue(cx, cx.ops.value(cx, segment.value, null), at));
  }
  if (fields.some((field) => field.type.kind === 'error')) return ERROR_RESULT;
  const types = cx.store.list(fields.map((field) => field.type));
  const type = roleType(cx, 't-string', [types]);
  if (type === null) return ERROR_RESULT;
  const parts: HirExpr = { kind: 'aggregate', fields, type: cx.known.tuple(fields.map((field) => field.type)), span };
  return valueResult(cx.ops.construct(cx, type, [valueArgument(parts, '_parts')], siteOf(span, 'TString')));
}

/** A value of a t-string: what a place holds is lent, immutably; all else is owned. */
function templateValue(cx: BodyContext, value: HirExpr, span: Span): HirExpr {
  if (value.type.kind === 'error') return value;
  if (isLiteral(cx, value) && roleOf(cx.sema, value.type) === 'string-literal') return value;
  const natural = materializeLiteral(cx, value);
  const facts = isPlace(natural) && !cx.comptime ? placeFacts(cx, natural) : null;
  const entity = cx.known.struct('t-string-place');
  if (facts === null || entity === null) return own(cx, natural);
  const type = cx.store.struct(entity.ref, [natural.type, cx.store.immutableOrigin(facts.origin)]);
  return cx.ops.construct(cx, type, [valueArgument(natural)], siteOf(span, 'TString'));
}

/** `[e for x in xs if c]` and the like, with any number of clauses. */
export function checkComprehension(cx: BodyContext, expr: ComprehensionExpr, expected: Term | null): Checked {
  const span = cx.span(expr);
  if (cx.comptime && !expr.implied && !cx.isLibrary) {
    cx.report(comprehensionAtCompileTime(span, [expr.form]));
    return ERROR_RESULT;
  }
  const role: BuiltinStruct = expr.form;
  const context = expected !== null && roleOf(cx.sema, expected) === role ? expected : null;
  const found: { container: HirPlace | null } = { container: null };
  const statements: HirStatement[] = [];
  const element = (source: Expr, wanted: Term | null): HirExpr => {
    if (wanted !== null) return cx.ops.ownedValue(cx, source, wanted, '');
    const value = materializeLiteral(cx, cx.ops.value(cx, source, null));
    // The list that `comptime for` walks over holds copies of what the iterator refers to.
    const copied = expr.implied && isPlace(value) ? explicitCopy(cx, value) : null;
    return copied ?? own(cx, value);
  };
  const innermost = (into: HirStatement[]): void => {
    const key = expr.key === null ? null : element(expr.key, elementOf(context, 0));
    const value = element(expr.element, elementOf(context, expr.key === null ? 0 : 1));
    if (value.type.kind === 'error' || key?.type.kind === 'error') return;
    const type =
      role === 'list'
        ? roleType(cx, role, [value.type])
        : key === null
          ? setType(cx, value.type, context)
          : dictType(cx, key.type, value.type, context);
    if (type === null) {
      cx.report(unsupported(span, [`a ${role} comprehension`]));
      return;
    }
    if (!holdsElements(cx, type, 'comprehension', span)) return;
    const container = cx.newLocal('', type, span);
    const entity = cx.localEntity(container, 'mutable');
    found.container = cx.placeOf(entity, span);
    const place = cx.placeOf(entity, span);
    if (key !== null) call(cx, place, '__setitem__', [key, value], span, into);
    else call(cx, place, role === 'list' ? 'append' : 'add', [value], span, into);
  };
  const clause = (index: number, into: HirStatement[]): void => {
    const at = expr.clauses[index];
    if (at === undefined) {
      innermost(into);
      return;
    }
    if (at.kind === 'ComprehensionIf') {
      const condition = cx.ops.bool(cx, at.condition);
      const onTrue: HirStatement[] = [];
      clause(index + 1, onTrue);
      into.push({ kind: 'if', condition, onTrue, onFalse: [], span: cx.span(at) });
      return;
    }
    forLoop(
      cx,
      { binding: at.binding, target: at.target, iterable: at.iterable, span: cx.span(at), unroll: null },
      into,
      (body) => clause(index + 1, body),
      null,
    );
  };
  const loops: HirStatement[] = [];
  cx.inScope(() => clause(0, loops));
  const container = found.container;
  if (container === null || container.kind !== 'local') return ERROR_RESULT;
  const init = cx.ops.construct(cx, container.type, [], siteOf(span, 'display'));
  statements.push({ kind: 'let', local: container.local, init, span }, ...loops);
  return valueResult({
    kind: 'block',
    statements,
    result: { kind: 'transfer', place: container, type: container.type, span },
    type: container.type,
    span,
  });
}

/** `value.copy()` where the type is copied explicitly only; else null. */
function explicitCopy(cx: BodyContext, value: HirExpr): HirExpr | null {
  const copyable = cx.known.trait('Copyable');
  if (copyable === null || cx.sema.isImplicitlyCopyable(value.type, cx.scope)) return null;
  if (cx.sema.conforms(value.type, cx.store.trait(copyable.ref), cx.scope) !== true) return null;
  return cx.ops.method(cx, value, 'copy', [], value.span);
}

export function noneValue(cx: BodyContext, span: Span): HirExpr {
  return constantExpr(cx.sema, cx.store.structValue(cx.known.none, []), cx.known.none, span);
}
