/** The error context: may a raising call stand here, and which error type does the context carry? */
import { label } from '../../diagnostics/diagnostic.ts';
import type { Term } from '../../terms/term.ts';
import type { BodyContext, CallSite, ErrorFrame } from './body-context.ts';
import { cannotRaise, wrongErrorType } from './errors.ts';
import { typeName } from './type-name.ts';

export function innermostFrame(cx: BodyContext): ErrorFrame {
  return cx.errorFrames[cx.errorFrames.length - 1] ?? { kind: 'function', type: null };
}

/** A call at `site` may raise `type`. */
export function noteRaise(cx: BodyContext, type: Term, site: CallSite): void {
  if (type.kind === 'error') return;
  if (cx.unevaluated > 0) return;
  const frame = innermostFrame(cx);
  if (frame.type === null) {
    if (frame.kind === 'try') {
      frame.type = type;
      return;
    }
    cx.report(
      cannotRaise(site.open, [], {
        notes: [`try surrounding the call in a 'try' block`],
        secondary: cx.fn === null ? [] : [label(cx.fn.span, `or mark surrounding function as 'raises'`)],
      }),
    );
    return;
  }
  if (frame.type !== type && frame.type.kind !== 'error')
    cx.report(wrongErrorType(site.open, [typeName(type), typeName(frame.type)]));
}
