/** Turns the builder's blocks into the graph that passes rely on: only reachable blocks, straight lines merged, critical
 *  edges split, numbered in reverse postorder. */
import { makeId, Table } from '../../base/ids.ts';
import { present } from '../../base/invariant.ts';
import { mapSuccessors, predecessors, reversePostorder, successors } from '../cfg.ts';
import type { BasicBlock, BlockId, Body } from '../mir.ts';

/** Replaces `body.blocks` by the finished graph. */
export function finishGraph(body: Body): Body {
  mergeChains(body);
  splitCriticalEdges(body);
  return renumber(body);
}

/** `A: goto B` with B entered only from A, in one region: B's contents move into A. */
function mergeChains(body: Body): void {
  const reachable = reversePostorder(body);
  const counts = new Uint32Array(body.blocks.size);
  for (const id of reachable) {
    for (const target of successors(body.blocks.get(id).terminator)) counts[target] = (counts[target] ?? 0) + 1;
  }
  const gone = new Uint8Array(body.blocks.size);
  for (const id of reachable) {
    if (gone[id] === 1) continue;
    const block = body.blocks.get(id);
    for (;;) {
      const terminator = block.terminator;
      if (terminator.kind !== 'goto' || terminator.target === id || counts[terminator.target] !== 1) break;
      const next = body.blocks.get(terminator.target);
      if (next.region !== block.region || next.terminator.kind === 'comptimeFor') break;
      block.statements.push(...next.statements);
      block.terminator = next.terminator;
      gone[terminator.target] = 1;
    }
  }
}

function splitCriticalEdges(body: Body): void {
  const preds = predecessors(body);
  const reachable = new Set(reversePostorder(body));
  for (const id of reachable) {
    const block = body.blocks.get(id);
    const targets = successors(block.terminator);
    if (targets.length < 2) continue;
    block.terminator = mapSuccessors(block.terminator, (target, edge) => {
      const count = (preds[target] ?? []).filter((pred) => reachable.has(pred)).length;
      const repeated = edge === 1 && targets[0] === target;
      if (count < 2 && !repeated) return target;
      return body.blocks.add({
        statements: [],
        terminator: { kind: 'goto', span: block.terminator.span, target },
        region: block.region,
      });
    });
  }
}

function renumber(body: Body): Body {
  const order = reversePostorder(body);
  const numbers: (BlockId | undefined)[] = [];
  order.forEach((id, index) => {
    numbers[id] = makeId<BlockId>(index);
  });
  const blocks = new Table<BlockId, BasicBlock>();
  for (const id of order) {
    const block = body.blocks.get(id);
    blocks.add({
      statements: block.statements,
      terminator: mapSuccessors(block.terminator, (target) => present(numbers[target], 'block number')),
      region: block.region,
    });
  }
  return { ...body, blocks, entry: makeId<BlockId>(0) };
}
