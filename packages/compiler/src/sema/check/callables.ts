/** Callables given in brackets: a type parameter bounded by a function type, and the value that is called through it. */
import type { Span } from '../../base/span.ts';
import type { Term } from '../../terms/term.ts';
import { boundOf } from '../declare/bounds.ts';
import type { HirExpr } from '../hir.ts';
import type { BodyContext } from './body-context.ts';
import { functionBound } from './function-shape.ts';

export function isCallableType(cx: BodyContext, type: Term): boolean {
  if (type.kind === 'functionItem' || type.kind === 'functionType') return true;
  const bound = boundOf(type);
  if (bound !== null && functionBound(bound) !== null) return true;
  return type.kind === 'struct' && cx.sema.hirStruct(cx.sema.structEntity(type.decl.id)).closure !== null;
}

/** A value of a type that only stands for a callable: the hidden argument of a classic closure parameter, a function item, or the
 *  function that a parameter is bound to (no captures). Null when the type is no such thing. */
export function callableValue(cx: BodyContext, type: Term, span: Span): HirExpr | null {
  if (type.kind === 'functionItem') return { kind: 'constant', term: type.func, type, span };
  const bound = boundOf(type);
  if (bound === null || functionBound(bound) === null) return null;
  for (let at: BodyContext | null = cx; at !== null; at = at.parent) {
    const entity = at.hiddenArguments.get(type);
    if (entity === undefined) continue;
    return at === cx || cx.comptime ? cx.placeOf(entity, span) : cx.ops.capture(cx, entity, span);
  }
  return { kind: 'constant', term: type, type, span };
}
