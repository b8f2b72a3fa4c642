/** `try`: error edges go to the innermost landing block; `finally` is lowered once for each way out, because each way has
 *  its own drops.
 *
 *      try: body  except e: handler  else: orElse  finally: final
 *
 *  An error of the body lands in the handler; an error of the handler or of `orElse` lands in a block that runs `final` and
 *  passes it on. `return`, `break` and `continue` run the finals of the scopes they leave, innermost first. */
import type { Span } from '../../base/span.ts';
import type { HirStatement } from '../../sema/hir.ts';
import type { Place } from '../mir.ts';
import { localPlace } from './body-builder.ts';
import { LandingPad, type LowerContext } from './context.ts';

type TryStatement = HirStatement & { readonly kind: 'try' };

/** Runs the `finally` bodies of the scopes above `depth`, each with the scopes outside it. */
export function leaveScopes(cx: LowerContext, depth: number): void {
  const saved = cx.scopes;
  for (let i = saved.length - 1; i >= depth; i--) {
    const scope = saved[i];
    if (scope?.kind !== 'final') continue;
    cx.scopes = saved.slice(0, i);
    cx.lowerings.statements(cx, scope.statements);
  }
  cx.scopes = saved;
}

export function lowerTry(cx: LowerContext, statement: TryStatement): void {
  const builder = cx.builder;
  const span = statement.span;
  const region = builder.region;
  const join = builder.newBlock(span);

  let outer: LandingPad | null = null;
  if (statement.final.length > 0) {
    outer = new LandingPad(builder.newBlock(span), null);
    cx.scopes.push({ kind: 'final', statements: statement.final, pad: outer });
  }

  let inner: LandingPad | null = null;
  if (statement.handler !== null) {
    const local = statement.errorLocal === null ? null : cx.declareLocal(statement.errorLocal);
    inner = new LandingPad(builder.newBlock(span), local === null ? null : localPlace(local));
    cx.scopes.push({ kind: 'handler', pad: inner });
  }
  cx.lowerings.statements(cx, statement.body);
  if (inner !== null) cx.scopes.pop();
  cx.lowerings.statements(cx, statement.orElse);
  builder.goto(join, span);

  if (inner !== null && statement.handler !== null) {
    builder.switchTo(inner.block);
    cx.lowerings.statements(cx, statement.handler);
    builder.goto(join, span);
  }

  if (outer !== null) {
    cx.scopes.pop();
    builder.switchTo(outer.block);
    if (outer.place !== null) {
      cx.lowerings.statements(cx, statement.final);
      passOn(cx, outer.place, span);
    }
  }

  builder.region = region;
  builder.switchTo(join);
  cx.lowerings.statements(cx, statement.final);
}

/** Raises the error at `place` again, to the next target outside. */
function passOn(cx: LowerContext, place: Place, span: Span): void {
  if (place.root.kind !== 'local') return;
  const next = cx.errorTarget(cx.builder.localType(place.root.local), span);
  cx.builder.assignOperand(next.place, { kind: 'move', place, span }, span);
  cx.builder.goto(next.block, span);
}
