/** `try`: one error type for the body, fixed by the first thing in it that raises. */
import type { TryStmt } from '../../syntax/ast.ts';
import type { Term } from '../../terms/term.ts';
import type { HirStatement } from '../hir.ts';
import type { BodyContext, ErrorFrame } from './body-context.ts';
import { declareLocal } from './patterns.ts';
import { innermostFrame } from './raising.ts';

/** Checks `body` so that what it raises goes to a handler, as `wanted` where that is given. `type` is the error type, null when nothing
 *  raises. */
export function catching<T>(
  cx: BodyContext,
  body: () => T,
  wanted: Term | null = null,
): { readonly value: T; readonly type: Term | null } {
  const frame: ErrorFrame = { kind: 'try', type: null, wanted, firstLocal: cx.locals.length };
  const depth = cx.errorFrames.length;
  cx.errorFrames.push(frame);
  const value = body();
  // Trials put copies of the frames in place: the one on the stack counts.
  const type = cx.errorFrames[depth]?.type ?? null;
  cx.errorFrames.length = depth;
  return { value, type };
}

export function checkTry(cx: BodyContext, statement: TryStmt, into: HirStatement[]): void {
  const { handler, finallyBody } = statement;
  const span = cx.spanAt(statement.start, statement.start + 'try'.length);
  let guarded: HirStatement[];
  if (handler === null) {
    guarded = [...cx.ops.block(cx, statement.body)];
    if (statement.orElse !== null) guarded.push(...cx.ops.block(cx, statement.orElse));
  } else {
    const hadErrors = cx.hasErrors;
    cx.hasErrors = false;
    const body = catching(cx, () => cx.ops.block(cx, statement.body));
    // What is wrong in the body could have said what it raises.
    const type = body.type ?? (cx.hasErrors ? cx.store.error : cx.known.error);
    cx.hasErrors ||= hadErrors;
    const orElse = statement.orElse === null ? [] : cx.ops.block(cx, statement.orElse);
    const handled = cx.inScope(() => {
      const at = cx.span(handler.name ?? handler);
      const local = cx.newLocal(handler.name?.name ?? '', type, at);
      const entity = cx.localEntity(local, 'mutable');
      if (handler.name !== null) declareLocal(cx, handler.name.name, entity, at);
      cx.handlers.push(cx.placeOf(entity, at));
      const statements: HirStatement[] = [];
      for (const inner of handler.body.statements) cx.ops.statement(cx, inner, statements);
      cx.handlers.pop();
      return { local, statements };
    });
    guarded = [
      {
        kind: 'try',
        body: body.value,
        errorType: type,
        errorLocal: handled.local.id,
        handler: handled.statements,
        orElse,
        final: [],
        span,
      },
    ];
  }
  if (finallyBody === null) {
    into.push(...guarded);
    return;
  }
  const final = cx.ops.block(cx, finallyBody);
  into.push({
    kind: 'try',
    body: guarded,
    errorType: innermostFrame(cx).type,
    errorLocal: null,
    handler: null,
    orElse: [],
    final,
    span,
  });
}
