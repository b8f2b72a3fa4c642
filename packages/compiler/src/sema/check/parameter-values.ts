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
  if (element === null || element.kind === 'primitive' || isTypeKind(element)) return null;
  if (cx.comptime || !cx.sema.isImplicitlyCopyable(element, cx.scope)) return null;
  const home = cx.known.struct('variadic-list')?.module.scope.names.get('_parameter_values')?.[0];
  if (home?.kind !== 'function') return null;
  const candidates = [cx.candidateOf(home, [element, pack])];
  return cx.ops.call(cx, { kind: 'functions', name: home.ref.name, candidates, receiver: null, params: null }, [], {
    span,
    callee: span,
    open: span,
    what: `call to '${home.ref.name}'`,
    name: home.ref.name,
  });
}
