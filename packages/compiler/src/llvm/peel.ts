/** Innermost loops that look through references into a container of containers (`rows[i][j]`) get their first round in front of them.
 *  In: a concrete body. Out: the same body, or a new one with copies of the blocks of such loops.
 *
 *  Why: where `rows[i]` stands still while the loop runs, its bounds check and the fields of the inner container are the same in
 *  every round, but LLVM may read them before the loop only if it knows that the first round reaches them. After a round that
 *  has happened, it does. */
import { mapSuccessors, successors } from '../mir/cfg.ts';
import type { BasicBlock, BlockId, Body } from '../mir/mir.ts';
import { Table } from '../base/ids.ts';
import type { Term } from '../terms/term.ts';
import { innermostLoops, type Loop } from './natural-loops.ts';
import type { Layouts } from './types.ts';

const MOST_BLOCKS = 16;
const MOST_STATEMENTS = 80;

export function peelReferenceLoops(body: Body, layouts: Layouts): Body {
  if (!body.locals.values().some((local) => isContainerReference(local.type, layouts))) return body;
  const loops = innermostLoops(body).filter((loop) => isWorthwhile(body, loop, layouts));
  return loops.reduce(peel, body);
}

function isContainerReference(type: Term, layouts: Layouts): boolean {
  if (type.kind !== 'ref') return false;
  return layouts.layout(type.pointee).fields.some((field) => layouts.pointee(field.type) !== null);
}

function isWorthwhile(body: Body, loop: Loop, layouts: Layouts): boolean {
  if (loop.blocks.length > MOST_BLOCKS) return false;
  const statements = loop.blocks.flatMap((id) => body.blocks.get(id).statements);
  return (
    statements.length <= MOST_STATEMENTS &&
    statements.some((statement) => {
      if (statement.kind !== 'call' || statement.dest.root.kind !== 'local') return false;
      return isContainerReference(body.locals.get(statement.dest.root.local).type, layouts);
    })
  );
}

function peel(body: Body, loop: Loop): Body {
  const blocks = new Table<BlockId, BasicBlock>();
  for (const block of body.blocks.values()) blocks.add(block);
  const copies: (BlockId | undefined)[] = [];
  for (const id of loop.blocks) copies[id] = blocks.add(body.blocks.get(id));
  const inside = new Set(loop.blocks);
  // The first round goes on in the loop itself.
  for (const id of loop.blocks) {
    const copy = copies[id];
    if (copy === undefined) continue;
    const { terminator, ...rest } = body.blocks.get(id);
    const to = (target: BlockId): BlockId => (target === loop.header ? target : (copies[target] ?? target));
    blocks.set(copy, { ...rest, terminator: mapSuccessors(terminator, to) });
  }
  for (const id of body.blocks.ids()) {
    const block = body.blocks.get(id);
    if (inside.has(id) || !successors(block.terminator).includes(loop.header)) continue;
    const to = (target: BlockId): BlockId => (target === loop.header ? (copies[target] ?? target) : target);
    blocks.set(id, { ...block, terminator: mapSuccessors(block.terminator, to) });
  }
  return { ...body, blocks };
}
