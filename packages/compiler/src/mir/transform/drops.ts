/** Inserts a drop after the last use of each owned value: as soon as possible, always at a static place, never behind a flag.
 *  In: a checked body without undecided copies, and its drop plan.  Out: phase `dropped`; every store is `init`. */
import { present } from '../../base/invariant.ts';
import type { DropPlan, PlannedDrop } from '../dataflow/drop-plan.ts';
import type { Body, Statement } from '../mir.ts';

export function insertDrops(body: Body, plan: DropPlan): void {
  for (const id of body.blocks.ids()) {
    const block = body.blocks.get(id);
    const planned = present(plan.blocks[id], 'block plan');
    const out: Statement[] = [];
    const drop = (drops: readonly PlannedDrop[] | undefined): void => {
      for (const { place, span } of drops ?? []) out.push({ kind: 'drop', span, place });
    };
    drop(planned.atStart);
    block.statements.forEach((statement, index) => {
      drop(planned.before[index]);
      out.push(initialized(statement));
      drop(planned.after[index]);
    });
    block.statements.length = 0;
    for (const statement of out) block.statements.push(statement);
    if (block.terminator.kind === 'tryCall') block.terminator = { ...block.terminator, store: 'init' };
  }
  body.phase = 'dropped';
}

function initialized(statement: Statement): Statement {
  if (statement.kind !== 'assign' && statement.kind !== 'call') return statement;
  return statement.store === 'init' ? statement : { ...statement, store: 'init' };
}
