/** `raise`: to the innermost handler or the caller. */
import type { Span } from '../../base/span.ts';
import type { RaiseStmt } from '../../syntax/ast.ts';
import type { HirExpr, HirStatement } from '../hir.ts';
import { valueArgument } from './arguments.ts';
import type { BodyContext } from './body-context.ts';
import { bareRaise, raiseOutside } from './errors.ts';
import { fresh } from './patterns.ts';
import { isPlace, materializeLiteral, own } from './places.ts';
import { innermostFrame, noteRaise } from './raising.ts';

export function raiseStatement(cx: BodyContext, statement: RaiseStmt, into: HirStatement[]): void {
  const span = cx.span(statement);
  if (statement.value === null) {
    const current = cx.handlers[cx.handlers.length - 1];
    if (current === undefined) {
      const frame = innermostFrame(cx);
      cx.report(frame.type === null && frame.kind === 'function' ? raiseOutside(span, []) : bareRaise(span, []));
      return;
    }
    if (!raises(cx, current.type, span)) return;
    const place = fresh(cx, current);
    if (isPlace(place)) into.push({ kind: 'raise', value: { kind: 'transfer', place, type: place.type, span }, span });
    return;
  }
  const frame = innermostFrame(cx);
  if (frame.type === null && frame.kind === 'function') {
    cx.report(raiseOutside(span, []));
    return;
  }
  if (frame.type !== null) {
    const value = raisedValue(cx, statement.value, frame.type);
    if (value.type.kind !== 'error') into.push({ kind: 'raise', value, span });
    return;
  }
  const natural = cx.ops.value(cx, statement.value, null);
  if (natural.type.kind === 'error') return;
  const text = materializeLiteral(cx, natural);
  const isText = text.type === cx.known.string || natural.type !== text.type;
  const value = isText ? raisedValue(cx, statement.value, cx.known.error) : own(cx, text);
  if (value.type.kind === 'error') return;
  if (!raises(cx, value.type, span)) return;
  into.push({ kind: 'raise', value, span });
}

/** Converts to the error type; `Error` also takes anything printable. */
function raisedValue(cx: BodyContext, expr: NonNullable<RaiseStmt['value']>, type: HirExpr['type']): HirExpr {
  const span = cx.span(expr);
  const value = cx.ops.value(cx, expr, type);
  if (value.type.kind === 'error') return value;
  const plan = cx.ops.planConversion(cx, value, type);
  if (plan !== null) return own(cx, plan.build());
  const writable = cx.known.trait('Writable');
  if (type === cx.known.error && writable !== null) {
    const printable = materializeLiteral(cx, value);
    if (cx.sema.conforms(printable.type, cx.store.trait(writable.ref), cx.scope) === true)
      return cx.ops.construct(cx, type, [valueArgument(printable)], {
        span,
        callee: span,
        open: span,
        what: 'initialization',
        name: 'Error',
      });
  }
  return cx.ops.convert(cx, value, type, span, '');
}

/** Whether an error of this type may leave here; reports where not. */
export function raises(cx: BodyContext, type: HirExpr['type'], span: Span): boolean {
  const frame = innermostFrame(cx);
  if (frame.type === null && frame.kind === 'function') {
    cx.report(raiseOutside(span, []));
    return false;
  }
  const before = cx.hasErrors;
  noteRaise(cx, type, { span, callee: span, open: span, what: 'raise', name: 'raise' });
  return before || !cx.hasErrors;
}
