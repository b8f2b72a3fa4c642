/** Reports copies that the source does not spell: transfers that copy always, implicit copies when `--explain-copies` asks.
 *  In: the copies that lowering found in the user's functions.  Out: a warning or note for each, with the size where it is known. */
import type { Sink } from '../diagnostics/sink.ts';
import { LayoutEngine, LayoutError } from '../layout/layout.ts';
import type { HiddenCopy } from '../mir/check/copies.ts';
import { implicitCopy, transferCopies } from '../mir/check/errors.ts';
import type { Program } from '../sema/hir.ts';
import type { TermStore } from '../terms/store.ts';
import { type Term, TermFlags } from '../terms/term.ts';
import { typeName } from '../terms/type-name.ts';

export function reportCopies(
  copies: readonly HiddenCopy[],
  explain: boolean,
  program: Program,
  store: TermStore,
  sink: Sink,
): void {
  const shown = explain ? copies : copies.filter((copy) => copy.kind === 'transfer');
  if (shown.length === 0) return;
  const layouts = new LayoutEngine(program, store);
  for (const copy of shown) {
    const args = { name: copy.name, at: copy.span, type: typeName(copy.type), bytes: sizeOf(layouts, copy.type) };
    sink.report(copy.kind === 'transfer' ? transferCopies(args) : implicitCopy(args));
  }
}

/** Null for what depends on parameters. */
function sizeOf(layouts: LayoutEngine, type: Term): number | null {
  if ((type.flags & (TermFlags.hasParam | TermFlags.needsEvaluation | TermFlags.hasError)) !== 0) return null;
  try {
    return layouts.sizeOf(type);
  } catch (error) {
    if (error instanceof LayoutError) return null;
    throw error;
  }
}
