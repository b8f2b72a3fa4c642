/** A variadic parameter of values where a run-time value is wanted: `for n in ns`, `ns[i]` with a run-time index.
 *  In: the pack.  Out: a call of the library's `_parameter_values`, an array of the values; null where the pack holds types, or values that no
 *  array can hold copies of. */
import type { Span } from '../../base/span.ts';
import type { Term } from '../../terms/term.ts';
import type { HirExpr } from '../hir.ts';
import type { BodyContext } from './body-context.ts';
import { isTypeKind, typeOfTerm } from './type-facts.ts';

export function parameterValues(cx: BodyContext, pack: Term, span: Span): HirExpr | null {
  const first = pack.kind === 'list' ? pack.elements[0] : undefined;
  const element = pack.kind === 'param' ? pack.type : first === undefined ? null : typeOfTerm(cx.sema, first);
  if (isTextPack(pack)) return libraryCall(cx, '_parameter_texts', [pack], span);
  if (element === null || element.kind === 'primitive' || isTypeKind(element)) return null;
  if (cx.comptime || !cx.sema.isImplicitlyCopyable(element, cx.scope)) return null;
  return libraryCall(cx, '_parameter_values', [element, pack], span);
}

/** The names that reflection gives: texts that are values only at compile time. */
export function isTextPack(pack: Term): boolean {
  const element = pack.kind === 'operation' && pack.type.kind === 'list' ? pack.type.elements[0] : undefined;
  return element?.kind === 'primitive' && element.name === 'string-literal-value';
}

function libraryCall(cx: BodyContext, name: string, params: readonly Term[], span: Span): HirExpr | null {
  const home = cx.known.struct('variadic-list')?.module.scope.names.get(name)?.[0];
  if (home?.kind !== 'function') return null;
  const candidates = [cx.candidateOf(home, params)];
  return cx.ops.call(cx, { kind: 'functions', name: home.ref.name, candidates, receiver: null, params: null }, [], {
    span,
    callee: span,
    open: span,
    what: `call to '${home.ref.name}'`,
    name: home.ref.name,
  });
}
