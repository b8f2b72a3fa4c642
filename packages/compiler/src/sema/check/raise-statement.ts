/** `raise`: to the innermost handler or the caller. */
import type { Span } from '../../base/span.ts';
import type { RaiseStmt } from '../../syntax/ast.ts';
import type { HirExpr, HirPlace, HirStatement } from '../hir.ts';
import type { BodyContext } from './body-context.ts';
import { bareRaise, raiseOutside } from './errors.ts';
import { fresh } from './patterns.ts';
import { isPlace, materializeLiteral, own } from './places.ts';
import { carriedType, errorFrom, innermostFrame, noteRaise } from './raising.ts';

export function raiseStatement(cx: BodyContext, statement: RaiseStmt, into: HirStatement[]): void {
  const span = cx.span(statement);
  if (statement.value === null) {
    const current = cx.handlers[cx.handlers.length - 1];
    if (current === undefined) {
      const frame = innermostFrame(cx);
      cx.report(frame.type === null && frame.kind === 'function' ? raiseOutside(span, []) : bareRaise(span, []));
      return;
    }
    const place = fresh(cx, current);
    const value = isPlace(place) ? raisedAgain(cx, place, span) : null;
    if (value !== null) into.push({ kind: 'raise', value, span });
    return;
  }
  const frame = innermostFrame(cx);
  if (frame.type === null && frame.kind === 'function') {
    cx.report(raiseOutside(span, []));
    return;
  }
  const carried = carriedType(frame);
  if (carried !== null) {
    const value = raisedValue(cx, statement.value, carried);
    if (value.type.kind !== 'error') into.push({ kind: 'raise', value, span });
    return;
  }
  const natural = cx.ops.value(cx, statement.value, null);
  if (natural.type.kind === 'error') return;
  const text = materializeLiteral(cx, natural);
  // The type of what is raised first is that of the handler. In older programs a text was always an `Error`.
  const isText = cx.acceptsOlder && (text.type === cx.known.string || natural.type !== text.type);
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
  const converted = errorFrom(cx, value, type, span);
  if (converted !== null) return converted;
  return cx.ops.convert(cx, value, type, span, '');
}

/** The error at a place as the context carries it; null, with a report, where it may not leave. */
export function raisedAgain(cx: BodyContext, place: HirPlace, span: Span): HirExpr | null {
  const value: HirExpr = { kind: 'transfer', place, type: place.type, span };
  const type = carriedType(innermostFrame(cx));
  if (type !== null && type !== place.type && type.kind !== 'error') {
    const converted = errorFrom(cx, value, type, span);
    if (converted !== null) return converted;
  }
  return raises(cx, place.type, span) ? value : null;
}

/** Whether an error of this type may leave here; reports where not. */
function raises(cx: BodyContext, type: HirExpr['type'], span: Span): boolean {
  const frame = innermostFrame(cx);
  if (frame.type === null && frame.kind === 'function') {
    cx.report(raiseOutside(span, []));
    return false;
  }
  const before = cx.hasErrors;
  noteRaise(cx, type, { span, callee: span, open: span, what: 'raise', name: 'raise' });
  return before || !cx.hasErrors;
}
