/** Lists of types and of values at compile time: variadic parameters (`*Ts: Bound`, `*ns: Int`) and what `TypeList.of[…]` and
 *  `ParameterList.of[…]` make. `TypeList.of[…]` is officially a type and `…()` its one value; here both are the list.
 *  In: members, subscripts and calls of such lists.  Out: their meaning as terms. */
import type { Span } from '../../base/span.ts';
import type { ListOperation } from '../../terms/fold-lists.ts';
import type { CallArg, Identifier } from '../../syntax/ast.ts';
import type { Term } from '../../terms/term.ts';
import type { BodyContext } from './body-context.ts';
import { notAValue, unsupported } from './errors.ts';
import { materializeLiteral } from './places.ts';
import { inComptime } from './parameters.ts';
import { isTypeKind, isTypeTerm, typeOfTerm } from './type-facts.ts';
import { type Checked, type CompilerFunctionResult, ERROR_RESULT, valueResult } from './values.ts';

/** What makes a list: `TypeList.of[…]`. */
const MAKERS: ReadonlySet<string> = new Set(['of', 'splat', 'empty_of']);
const METHODS: ReadonlySet<string> = new Set(['contains', 'all_conforms_to', 'slice']);
const UNSUPPORTED: ReadonlySet<string> = new Set([
  'map',
  'map_to_type',
  'map_to_values',
  'filter_idx',
  'reduce',
  'reduce_idx',
  'tabulate',
  'get_span',
]);

export function isListMaker(name: string): boolean {
  return name === 'TypeList' || name === 'ParameterList';
}

/** `TypeList.of`, not subscripted yet. */
export function makerMember(cx: BodyContext, maker: string, name: Identifier, dot: Span): Checked {
  if (MAKERS.has(name.name))
    return { kind: 'compilerFunction', name: `${maker}.${name.name}`, subject: null, params: null };
  if (UNSUPPORTED.has(name.name)) cx.report(unsupported(cx.span(name), [`'${maker}.${name.name}'`]));
  else cx.report(notAValue(dot, [`'${maker}'`]));
  return ERROR_RESULT;
}

/** `TypeList.of[Int, String]`, `ParameterList.of[1, 2]`, `TypeList.splat[3, Int]`; null for other names. */
export function makeList(cx: BodyContext, name: string, args: readonly CallArg[], span: Span): Checked | null {
  const [maker = '', form = ''] = name.split('.');
  if (!isListMaker(maker) || form === '') return null;
  const { store, known } = cx;
  const given = args.filter((arg) => arg.name === null);
  if (form === 'splat') {
    const [count, value] = given;
    if (count === undefined || value === undefined) {
      cx.report(unsupported(span, [`this use of '${name}'`]));
      return ERROR_RESULT;
    }
    const times = cx.ops.parameter(cx, count.value, known.int).value;
    const [element] = elementsOf(cx, maker, [value]);
    if (element === undefined || times.kind === 'error') return ERROR_RESULT;
    return operation(cx, 'list.splat', [times, element], elementKind(cx, element));
  }
  const elements = form === 'of' ? elementsOf(cx, maker, given) : [];
  return elements.some((element) => element.kind === 'error')
    ? ERROR_RESULT
    : { kind: 'pack', term: store.list(elements) };
}

/** Types, or values of the type of the first one. */
function elementsOf(cx: BodyContext, maker: string, args: readonly CallArg[]): Term[] {
  if (maker === 'TypeList') return args.map((arg) => cx.ops.type(cx, arg.value, false));
  return inComptime(cx, (inner) => {
    let type: Term | null = null;
    return args.map((arg) => {
      const wanted: Term = type ?? materializeLiteral(inner, inner.ops.value(inner, arg.value, null)).type;
      type = wanted;
      return wanted.kind === 'error' ? wanted : cx.ops.parameter(cx, arg.value, wanted).value;
    });
  });
}

/** A member of a list; null where there is none of that name. */
export function listMember(cx: BodyContext, pack: Term, name: string, span: Span): Checked | null {
  switch (name) {
    case 'size':
    case 'length': {
      // A list of types has a length, one of values a size.
      const isNamed = (name === 'length') === isTypeKind(listKind(cx, pack));
      if (!isNamed && !cx.isLibrary && !cx.acceptsOlder) return null;
      const term = cx.store.packLength(pack, cx.known.int);
      return valueResult({ kind: 'constant', term, type: cx.known.int, span });
    }
    case 'values':
      return { kind: 'pack', term: pack };
    case 'reverse':
      return operation(cx, 'list.reverse', [pack], listKind(cx, pack));
    default:
      if (METHODS.has(name)) return { kind: 'compilerFunction', name, subject: pack, params: null };
      if (!UNSUPPORTED.has(name)) return null;
      cx.report(unsupported(span, [`'${name}' of a list of parameters`]));
      return ERROR_RESULT;
  }
}

/** `Ts.slice[a, b]` is a list; the parameters of a method wait for its call. */
export function listSubscript(
  cx: BodyContext,
  base: CompilerFunctionResult,
  pack: Term,
  args: readonly CallArg[],
): Checked {
  if (base.name !== 'slice') return { ...base, params: [...(base.params ?? []), ...args] };
  const { known, store } = cx;
  const named = (name: string, index: number): CallArg | undefined =>
    args.find((arg) => arg.name?.name === name) ?? args.filter((arg) => arg.name === null)[index];
  const bound = (arg: CallArg | undefined, otherwise: Term): Term =>
    arg === undefined ? otherwise : cx.ops.parameter(cx, arg.value, known.int).value;
  const start = bound(named('start', 0), store.int(0n, known.int));
  const end = bound(named('end', 1), store.packLength(pack, known.int));
  if (start.kind === 'error' || end.kind === 'error') return ERROR_RESULT;
  return operation(cx, 'list.slice', [pack, start, end], listKind(cx, pack));
}

/** `Ts.contains[T]()`, `Ts.all_conforms_to[Trait]()`. */
export function listCall(
  cx: BodyContext,
  name: string,
  pack: Term,
  params: readonly CallArg[],
  args: readonly CallArg[],
  span: Span,
): Checked {
  const [param, more] = params;
  if (param === undefined || more !== undefined || args.length > 0) {
    cx.report(unsupported(span, [`this use of '${name}'`]));
    return ERROR_RESULT;
  }
  const { store, known } = cx;
  if (name === 'all_conforms_to') {
    const bound = cx.ops.bound(cx, param.value);
    if (bound.kind === 'error') return ERROR_RESULT;
    const members = bound.kind === 'composition' ? bound.members : [bound];
    const term = store.and(members.map((member) => cx.sema.reduce(store.conforms(pack, member))));
    return valueResult({ kind: 'constant', term, type: known.bool, span });
  }
  const kind = listKind(cx, pack);
  const wanted = isTypeKind(kind) ? cx.ops.type(cx, param.value, false) : cx.ops.parameter(cx, param.value, kind).value;
  if (wanted.kind === 'error') return ERROR_RESULT;
  const term = cx.sema.reduce(store.operation('list.contains', [pack, wanted], known.bool));
  return valueResult({ kind: 'constant', term, type: known.bool, span });
}

function operation(cx: BodyContext, op: ListOperation, operands: readonly Term[], element: Term): Checked {
  return { kind: 'pack', term: cx.sema.reduce(cx.store.operation(op, operands, cx.store.list([element]))) };
}

/** The bound of the types, or the type of the values, in a list. */
export function listKind(cx: BodyContext, pack: Term): Term {
  if (pack.kind === 'param') return pack.type;
  if (pack.kind === 'operation' && pack.type.kind === 'list') return pack.type.elements[0] ?? cx.known.anyType;
  const first = pack.kind === 'list' ? pack.elements[0] : undefined;
  return first === undefined ? cx.known.anyType : elementKind(cx, first);
}

function elementKind(cx: BodyContext, element: Term): Term {
  return isTypeTerm(element) ? cx.known.anyType : typeOfTerm(cx.sema, element);
}
