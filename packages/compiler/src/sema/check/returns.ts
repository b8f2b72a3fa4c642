/** `return`: conversion to the declared result, references, named results. Serves statements and lambdas. */
import type { Span } from '../../base/span.ts';
import type { Expr } from '../../syntax/ast.ts';
import type { Term } from '../../terms/term.ts';
import type { HirExpr, HirStatement } from '../hir.ts';
import type { BodyContext } from './body-context.ts';
import { originSubsumes } from './convert.ts';
import { cannotConvert, incompatibleOrigin, returnInInit } from './errors.ts';
import { isPlace, placeFacts } from './places.ts';
import { returnAtFileScope } from './statement-errors.ts';
import { typeName } from './type-name.ts';

const IN_RETURN = ' in return value';

export function checkReturn(cx: BodyContext, value: Expr | null, span: Span, into: HirStatement[]): void {
  const signature = cx.signature;
  if (signature === null || cx.fn?.functionKind.kind === 'globals') {
    cx.report(returnAtFileScope(span, []));
    return;
  }
  if (value === null) {
    if (signature.namedResult === null && signature.result !== cx.known.none && signature.result.kind !== 'error') {
      cx.report(cannotConvert(span, [typeName(cx.known.none), typeName(resultValueType(signature.result)), '']));
      return;
    }
    into.push({ kind: 'return', value: null, span });
    return;
  }
  if (signature.namedResult !== null) {
    returnNamed(cx, value, span, into);
    return;
  }
  returnExpression(cx, value, signature.result, span, into);
}

function resultValueType(result: Term): Term {
  return result.kind === 'ref' ? result.pointee : result;
}

/** A classic named result (`-> T as name`) may also be returned; a constructor returns nothing. */
function returnNamed(cx: BodyContext, value: Expr, span: Span, into: HirStatement[]): void {
  const local = cx.resultLocal;
  if (local === null || cx.signature?.isInit === true || !cx.isClassic) {
    cx.report(returnInInit(cx.span(value), []));
    return;
  }
  const result = cx.ops.ownedValue(cx, value, local.local.type, IN_RETURN);
  if (result.type.kind === 'error') return;
  into.push({ kind: 'assign', place: cx.placeOf(local, span), value: result, span });
  into.push({ kind: 'return', value: null, span });
}

/** `value` becomes the result; a `None` result may be given by any expression of type `None`. */
export function returnExpression(cx: BodyContext, value: Expr, result: Term, span: Span, into: HirStatement[]): void {
  if (result.kind === 'ref') {
    const place = cx.ops.value(cx, value, result.pointee);
    const reference = returnReference(cx, place, result, cx.span(value));
    if (reference.type.kind !== 'error') into.push({ kind: 'return', value: reference, span });
    return;
  }
  if (result.kind === 'error') {
    cx.ops.expr(cx, value, null);
    return;
  }
  const returned = cx.ops.ownedValue(cx, value, result, IN_RETURN);
  if (returned.type.kind === 'error') return;
  if (result === cx.known.none) {
    if (returned.kind !== 'constant') into.push({ kind: 'expr', expr: returned, span });
    into.push({ kind: 'return', value: null, span });
    return;
  }
  into.push({ kind: 'return', value: returned, span });
}

function returnReference(cx: BodyContext, value: HirExpr, result: Term & { readonly kind: 'ref' }, span: Span): HirExpr {
  if (value.type.kind === 'error') return value;
  if (value.type !== result.pointee) {
    const converted = cx.ops.convert(cx, value, result.pointee, span, IN_RETURN);
    if (converted.type.kind === 'error') return converted;
  }
  const place = value.kind === 'block' ? value.result : value;
  const facts = placeFacts(cx, value);
  if (facts === null || !isPlace(place) || !originSubsumes(cx, result.origin, facts.origin)) {
    cx.report(incompatibleOrigin(span, []));
    return cx.error(span);
  }
  const reference: HirExpr = { kind: 'refOf', place, mutable: result.mut === cx.store.true, type: result, span };
  return value.kind === 'block' ? { ...value, result: reference, type: result } : reference;
}

