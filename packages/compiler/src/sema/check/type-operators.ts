/** Operators on types: `T == Int` and the choice between two types are compile-time values.
 *  In: an expression whose first operand may be a type.  Out: null where it is none. */
import type { Span } from '../../base/span.ts';
import type { CompareExpr, TernaryExpr } from '../../syntax/ast.ts';
import { type Term, TermFlags } from '../../terms/term.ts';
import type { BodyContext } from './body-context.ts';
import { notConcrete } from './errors.ts';
import { completeType } from './parameters.ts';
import { typeName } from './type-name.ts';
import { type Checked, ERROR_RESULT, type TypeResult, valueResult } from './values.ts';

/** `T == Int` of two types: a compile-time truth, symbolic where a type is. */
export function typeComparison(cx: BodyContext, left: Checked, expr: CompareExpr, span: Span): Checked | null {
  const link = expr.links[0];
  if (left.kind !== 'type' || link === undefined || expr.links.length > 1) return null;
  if (left.term.kind === 'functionItem' || (link.op !== '==' && link.op !== '!=')) return null;
  const right = cx.ops.expr(cx, link.right, null);
  if (right.kind === 'error') return ERROR_RESULT;
  if (right.kind !== 'type') return null;
  const one = wholeType(cx, left, cx.span(expr.first));
  const other = wholeType(cx, right, cx.span(link.right));
  if (one === null || other === null) return ERROR_RESULT;
  const same = cx.store.equal(one, other);
  const term = link.op === '==' ? same : cx.store.not(same);
  return valueResult({ kind: 'constant', term, type: cx.known.bool, span });
}

/** A compile-time choice between two types. */
export function ternaryOfTypes(cx: BodyContext, expr: TernaryExpr): Checked | null {
  const attempt = cx.trial(() => cx.ops.expr(cx, expr.onTrue, null));
  if (attempt.failed || attempt.value.kind !== 'type') return null;
  const other = cx.ops.expr(cx, expr.onFalse, null);
  if (other.kind !== 'type') return other.kind === 'error' ? ERROR_RESULT : null;
  const onTrue = wholeType(cx, attempt.value, cx.span(expr.onTrue));
  const onFalse = wholeType(cx, other, cx.span(expr.onFalse));
  if (onTrue === null || onFalse === null) return ERROR_RESULT;
  const condition = cx.ops.parameter(cx, expr.condition, cx.known.bool).value;
  return { kind: 'type', term: cx.store.conditional(condition, onTrue, onFalse), bare: false };
}

/** A type as a compile-time value: nothing of it is left open. */
function wholeType(cx: BodyContext, side: TypeResult, span: Span): Term | null {
  const term = side.bare ? completeType(cx, side.term) : side.term;
  if ((term.flags & TermFlags.hasUnbound) === 0) return term;
  cx.report(notConcrete(span, [typeName(term), 'open']));
  return null;
}
