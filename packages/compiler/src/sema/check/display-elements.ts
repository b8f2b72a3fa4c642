/** What displays and comprehensions have in common: elements of one type, and the container that is filled with them in a temporary. */
import type { Span } from '../../base/span.ts';
import type { CallArg, Expr } from '../../syntax/ast.ts';
import { type Term, TermFlags } from '../../terms/term.ts';
import type { BuiltinStruct, HirExpr, HirPlace, HirStatement } from '../hir.ts';
import { isClosedTernary, valueArgument } from './arguments.ts';
import type { BodyContext, CallSite } from './body-context.ts';
import { emptyDisplay, unsupported } from './errors.ts';
import { methodCandidates } from './members.ts';
import { asPointer, mergeTypes } from './merge-types.ts';
import { isLiteral, own } from './places.ts';
import { isPart, madeBy, takeValues } from './take-values.ts';
import { constantExpr, defaultType, isObserved, roleOf, tupleElements } from './type-facts.ts';
import { type Checked, ERROR_RESULT } from './values.ts';

export function siteOf(span: Span, name: string): CallSite {
  return { span, callee: span, open: span, what: 'initialization', name };
}

/** The argument `index` of an expected container type when it is known. */
export function elementOf(expected: Term | null, index: number): Term | null {
  const arg = expected?.kind === 'struct' ? expected.args[index] : undefined;
  return arg === undefined || arg.kind === 'unbound' ? null : arg;
}

/** Whether elements adapt to a wanted type. One with open parts is inferred from what the elements are by themselves: for
 *  `List[List[T]]` the inner displays of `[[1], [2]]` are arrays. */
export function isContext(cx: BodyContext, wanted: Term): boolean {
  return (wanted.flags & TermFlags.hasUnbound) === 0 || cx.acceptsOlder || cx.isLibrary;
}

/** Values of one type: converted to `wanted`, or merged with each other. */
export function commonElements(
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
  const type = defaultType(cx.sema, asPointer(cx, target).type);
  const values = checked.map((value) => own(cx, cx.ops.convert(cx, value, type, value.span, '')));
  return values.some((value) => value.type.kind === 'error') ? null : { values, type };
}

/** All elements are evaluated before the first is stored. Where nobody can tell, they are stored one by one; not into an array,
 *  which would be half-built when an element raises, nor into a dictionary, all of whose keys come before its values.
 *
 *  As with the arguments of a call, an element that is a place is copied or handed over when everything else is there. */
export function evaluated(
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
export function built(
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
  return madeBy(statements, place, span);
}

export function call(
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

export function intConstant(cx: BodyContext, value: number, span: Span): HirExpr {
  return { kind: 'constant', term: cx.store.int(BigInt(value), cx.known.int), type: cx.known.int, span };
}

/** A fresh node for a place: facts of places hang on nodes. */
export function again(cx: BodyContext, place: HirPlace): HirPlace {
  const entity = cx.state.localEntities.get(place);
  return entity === undefined ? place : cx.placeOf(entity, place.span);
}

export function roleType(cx: BodyContext, role: BuiltinStruct, args: readonly Term[]): Term | null {
  const entity = cx.known.struct(role);
  return entity === null ? null : cx.store.struct(entity.ref, args);
}

export interface CommonElements {
  readonly values: readonly HirExpr[];
  readonly type: Term;
}

export function isMarked(cx: BodyContext, type: Term, marker: string): boolean {
  return methodCandidates(cx, type, '__init__').some((candidate) =>
    cx.sema.signature(candidate.fn).args.some((arg) => arg.name === marker),
  );
}

/** An element of a display as an argument of a constructor. */
export function displayArgument(value: Expr): CallArg {
  return { kind: 'CallArg', id: value.id, start: value.start, end: value.end, star: 'none', name: null, value };
}

export function reportEmpty(cx: BodyContext, span: Span, what: string, expected: Term | null): Checked {
  if (expected?.kind === 'error') cx.hasErrors = true;
  else cx.report(emptyDisplay(span, [what]));
  return ERROR_RESULT;
}

export function noneValue(cx: BodyContext, span: Span): HirExpr {
  return constantExpr(cx.sema, cx.store.structValue(cx.known.none, []), cx.known.none, span);
}
