/** The order in which several values are made that are all there before the first is used: elements of displays, parts of a tuple that
 *  is taken apart. As with the arguments of a call, a part that is a place, or is computed late (`late` of calls), is read when
 *  everything else is there.
 *  In: expressions.  Out: statements, and expressions that only hand over what the statements made. */
import type { Span } from '../../base/span.ts';
import type { HirArg, HirExpr, HirPlace, HirStatement } from '../hir.ts';
import type { BodyContext } from './body-context.ts';
import { isPlace } from './places.ts';

type CallExpr = HirExpr & { readonly kind: 'call' };

/** `stays`: what is left as it is. Constants always are. */
export function takeValues(
  cx: BodyContext,
  values: readonly HirExpr[],
  into: HirStatement[],
  stays: (value: HirExpr) => boolean,
): readonly HirExpr[] {
  const settle = (value: HirExpr): HirExpr => {
    const place = cx.temporary(value, into);
    return { kind: 'transfer', place, type: value.type, span: value.span };
  };
  const waiting = new Set<HirExpr>();
  const first = values.map((value) => {
    if (value.kind === 'constant' || value.type.kind === 'error' || stays(value)) return value;
    let late: HirExpr | null = null;
    if (value.kind === 'copy') late = { ...value, place: designated(cx, value.place, into) };
    else if (value.kind === 'transfer' && isPart(value.place)) late = value;
    else if (value.kind === 'call' && value.late === true) late = withArguments(cx, value, into);
    if (late === null) return settle(value);
    waiting.add(late);
    return late;
  });
  return first.map((value) => (waiting.has(value) ? settle(value) : value));
}

/** The value that statements made in a place. */
export function madeBy(statements: readonly HirStatement[], place: HirPlace, span: Span): HirExpr {
  const { type } = place;
  return { kind: 'block', statements, result: { kind: 'transfer', place, type, span }, type, span };
}

/** A variable, or a field of one. */
export function isPart(place: HirExpr): boolean {
  return place.kind === 'field' ? isPart(place.base) : place.kind === 'local';
}

/** The place, with calls on the way made: which place it is is settled, its value is not. */
function designated(cx: BodyContext, place: HirPlace, into: HirStatement[]): HirPlace {
  switch (place.kind) {
    case 'field':
    case 'element':
      return isPlace(place.base) ? { ...place, base: designated(cx, place.base, into) } : place;
    case 'deref':
      return place.reference.kind === 'call'
        ? place.reference.late === true
          ? { ...place, reference: withArguments(cx, place.reference, into) }
          : cx.temporary(place.reference, into, false)
        : place;
    default:
      return place;
  }
}

/** The call with its arguments evaluated. */
function withArguments(cx: BodyContext, call: CallExpr, into: HirStatement[]): CallExpr {
  const args = call.args.map((arg): HirArg => {
    if (arg.expr.kind === 'constant' || isPlace(arg.expr) || arg.expr.kind === 'copy') return arg;
    const place = cx.temporary(arg.expr, into);
    if (arg.mode !== 'own') return { ...arg, expr: place };
    return { ...arg, expr: { kind: 'transfer', place, type: arg.expr.type, span: arg.expr.span } };
  });
  return { ...call, args };
}
