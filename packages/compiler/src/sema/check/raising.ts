/** The error context: may a raising call stand here, and which error type does the context carry? */
import { label } from '../../diagnostics/diagnostic.ts';
import { type Term, TermFlags } from '../../terms/term.ts';
import type { Span } from '../../base/span.ts';
import type { ErrorConversion, HirExpr } from '../hir.ts';
import { valueArgument } from './arguments.ts';
import { materializeLiteral, own } from './places.ts';
import type { BodyContext, CallSite, ErrorFrame } from './body-context.ts';
import { cannotRaise, wrongErrorType } from './errors.ts';
import { errorOfTryBody } from './statement-errors.ts';
import { someTerm } from './term-walk.ts';
import { typeName } from './type-name.ts';

export function innermostFrame(cx: BodyContext): ErrorFrame {
  return cx.errorFrames[cx.errorFrames.length - 1] ?? { kind: 'function', type: null };
}

/** The error type that the context carries for something that raises: fixed by now where `wanted` says it. */
export function carriedType(frame: ErrorFrame): Term | null {
  if (frame.kind === 'try') frame.type ??= frame.wanted ?? null;
  return frame.type;
}

/** A call at `site` may raise `type`. Where the context carries another type that errors of this one convert to, the result says
 *  how; else null. */
export function noteRaise(cx: BodyContext, type: Term, site: CallSite): ErrorConversion | null {
  if (type.kind === 'error') return null;
  if (cx.unevaluated > 0) return null;
  const frame = innermostFrame(cx);
  const carried = carriedType(frame);
  if (carried === null) {
    if (frame.kind === 'try') {
      // The older library raised nothing but `Error`: errors of several kinds met in one `try`.
      const isLibrary = type.kind === 'struct' && type.decl.path.startsWith('std.');
      if (!cx.isClassic || !isLibrary || type === cx.known.error) {
        frame.type = errorThatLasts(cx, type, frame.firstLocal ?? null, site.open) ? type : cx.store.error;
        return null;
      }
      frame.type = cx.known.error;
      return noteRaise(cx, type, site);
    }
    cx.report(
      cannotRaise(site.open, [cx.comptime], {
        notes: [
          cx.comptime
            ? 'call it in a function that catches its errors, and that function here'
            : `try surrounding the call in a 'try' block`,
        ],
        secondary: cx.fn === null || cx.comptime ? [] : [label(cx.fn.span, `or mark surrounding function as 'raises'`)],
      }),
    );
    return null;
  }
  if (carried === type || carried.kind === 'error') return null;
  const local = cx.newLocal('', type, site.open);
  const place = cx.placeOf(cx.localEntity(local, 'mutable'), site.open);
  const value = errorFrom(cx, { kind: 'transfer', place, type, span: site.open }, carried, site.open);
  if (value !== null) return { local: local.id, value };
  const notes =
    carried === cx.known.string
      ? ["a text raised before made the errors of this 'try' texts; 'raise Error(\"…\")' there makes them Errors"]
      : [];
  cx.report(wrongErrorType(site.open, [typeName(type), typeName(carried)], { notes }));
  return null;
}

/** Whether an error outlives the body of the `try` that gives it its type: it must not refer to a variable of that body. */
function errorThatLasts(cx: BodyContext, type: Term, firstLocal: number | null, span: Span): boolean {
  if (firstLocal === null || (type.flags & TermFlags.hasOrigin) === 0) return true;
  const inner = cx.locals.slice(firstLocal);
  let short: string | null = null;
  someTerm(type, TermFlags.hasOrigin, (part) => {
    const local = part.kind === 'placeOrigin' ? inner.find(({ origin }) => origin === part.root) : undefined;
    if (local === undefined) return false;
    short = local.name === '' ? 'of a temporary' : `'${local.name}'`;
    return true;
  });
  if (short === null) return true;
  cx.report(errorOfTryBody(span, [typeName(type), short]));
  return false;
}

/** A value as an error of the given type, or null: an implicit conversion, and `Error` also takes anything printable. */
export function errorFrom(cx: BodyContext, value: HirExpr, type: Term, span: Span): HirExpr | null {
  const plan = cx.ops.planConversion(cx, value, type);
  if (plan !== null) return own(cx, plan.build());
  const writable = cx.known.trait('Writable');
  if (type !== cx.known.error || writable === null) return null;
  const printable = materializeLiteral(cx, value);
  if (cx.sema.conforms(printable.type, cx.store.trait(writable.ref), cx.scope) !== true) return null;
  const site: CallSite = { span, callee: span, open: span, what: 'initialization', name: 'Error' };
  return cx.ops.construct(cx, type, [valueArgument(printable)], site);
}
