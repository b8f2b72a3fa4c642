/** T-strings: values of `TString`. */
import type { Span } from '../../base/span.ts';
import type { TStringExpr } from '../../syntax/ast.ts';
import type { HirExpr } from '../hir.ts';
import { valueArgument } from './arguments.ts';
import type { BodyContext } from './body-context.ts';
import { roleType, siteOf } from './display-elements.ts';
import { stringLiteralExpr } from './literals.ts';
import { isLiteral, isPlace, materializeLiteral, own, placeFacts } from './places.ts';
import { roleOf } from './type-facts.ts';
import { type Checked, ERROR_RESULT, valueResult } from './values.ts';

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
