/** Values that would have to be destroyed and cannot be: types without a destructor that were not consumed.
 *  Reads the drop plan: each planned drop of such a value is an error where it would stand. */
import type { Sink } from '../../diagnostics/sink.ts';
import type { DropPlan, PlannedDrop } from '../dataflow/drop-plan.ts';
import type { OwnershipFacts } from '../dataflow/ownership-facts.ts';
import type { HirFunction } from '../../sema/hir.ts';
import { placeType } from '../cfg.ts';
import type { Body, LocalId } from '../mir.ts';
import type { TypeFacts } from '../type-facts.ts';
import * as errors from './errors.ts';
import { placeName } from './names.ts';

export function checkAbandoned(body: Body, plan: DropPlan, facts: OwnershipFacts, types: TypeFacts, sink: Sink): void {
  const reported = new Set<LocalId>();
  const fn = types.program.function(body.function);
  const visit = (drops: readonly PlannedDrop[], onError: boolean, atEntry = false): void => {
    for (const drop of drops) {
      if (drop.node < 0) {
        checkReplaced(body, drop, types, fn, sink);
        continue;
      }
      const node = facts.paths.node(drop.node);
      const reason = types.undestroyable(node.type, fn);
      if (reason === null || reported.has(node.local)) continue;
      reported.add(node.local);
      const local = body.locals.get(node.local);
      const name = local.name === '' ? '' : placeName(body, drop.place, () => '');
      const at = atEntry && local.kind.kind === 'argument' ? local.span : drop.span;
      sink.report(errors.abandoned({ name, reason: reason.text, at, onError, traitNote: reason.missingTrait }));
    }
  };
  const errorBlocks = new Set<number>();
  for (const block of body.blocks.values())
    if (block.terminator.kind === 'tryCall') errorBlocks.add(block.terminator.onError);
  for (const id of body.blocks.ids()) {
    const block = plan.blocks[id];
    if (block === undefined) continue;
    visit(block.atStart, errorBlocks.has(id), id === body.entry);
    for (const [index, drops] of block.before.entries()) visit(drops, false, id === body.entry && index === 0);
    for (const drops of block.after) visit(drops, false);
  }
}

/** What a store behind a reference replaces. */
function checkReplaced(body: Body, drop: PlannedDrop, types: TypeFacts, fn: HirFunction, sink: Sink): void {
  const type = placeType(body, drop.place, (global) => types.program.global(global).type);
  const reason = types.undestroyable(type, fn);
  if (reason === null) return;
  sink.report(
    errors.abandoned({
      name: null,
      reason: reason.text,
      at: drop.span,
      onError: false,
      traitNote: reason.missingTrait,
    }),
  );
}
