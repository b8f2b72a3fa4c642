/** The one dataflow engine: facts are bitsets, blocks are visited from a worklist in reverse postorder (backward: postorder)
 *  until nothing changes. An analysis gives the join, the boundary and the transfer of a block and of an edge; what a raising
 *  call stores depends on the edge, so edges have transfer functions of their own. */
import { present } from '../../base/invariant.ts';
import type { BitSet } from '../../base/bitset.ts';
import { predecessors, reversePostorder, successors } from '../cfg.ts';
import type { BasicBlock, BlockId, Body } from '../mir.ts';

export interface Analysis {
  readonly direction: 'forward' | 'backward';
  /** A fresh set in the optimistic start state: empty for a may analysis, full for a must analysis. */
  top(): BitSet;
  /** Combines what comes from another edge into `into`. */
  join(into: BitSet, from: BitSet): void;
  /** The state outside the body: at the entry, or at a block without successors. */
  boundary(): BitSet;
  /** Forward: entry state to the state before the edges. Backward: state after the edges were joined to the entry state. */
  block(id: BlockId, block: BasicBlock, state: BitSet): void;
  /** Effect of edge number `index` of the block, which alters `state`. */
  edge(id: BlockId, block: BasicBlock, index: number, state: BitSet): void;
}

export interface Solution {
  /** State at the start of each block, in program order. */
  readonly entry: readonly BitSet[];
  /** Forward: state before the edge effects. Backward: joined over the edges, after their effects. */
  readonly exit: readonly BitSet[];
}

export function solve(body: Body, analysis: Analysis): Solution {
  const forward = analysis.direction === 'forward';
  const order = reversePostorder(body);
  if (!forward) order.reverse();
  const preds = predecessors(body);
  const entry = body.blocks.values().map(() => analysis.top());
  const exit = body.blocks.values().map(() => analysis.top());
  const position = new Int32Array(body.blocks.size).fill(-1);
  order.forEach((id, index) => {
    position[id] = index;
  });
  const pending = new Uint8Array(order.length).fill(1);
  let first = 0;
  while (first < order.length) {
    if (pending[first] === 0) {
      first++;
      continue;
    }
    const at = first;
    pending[at] = 0;
    first++;
    const id = present(order[at], 'block in order');
    const block = body.blocks.get(id);
    const state = forward
      ? joinPredecessors(body, analysis, id, preds, exit)
      : joinSuccessors(analysis, id, block, entry);
    const near = present(forward ? entry[id] : exit[id], 'near state');
    const far = present(forward ? exit[id] : entry[id], 'far state');
    near.copyFrom(state);
    analysis.block(id, block, state);
    if (state.equals(far)) continue;
    far.copyFrom(state);
    for (const next of forward ? successors(block.terminator) : (preds[id] ?? [])) {
      const index = position[next] ?? -1;
      if (index < 0) continue;
      pending[index] = 1;
      if (index < first) first = index;
    }
  }
  return { entry, exit };
}

function joinPredecessors(
  body: Body,
  analysis: Analysis,
  id: BlockId,
  preds: readonly (readonly BlockId[])[],
  exit: readonly BitSet[],
): BitSet {
  if (id === body.entry) return analysis.boundary();
  const state = analysis.top();
  for (const pred of preds[id] ?? []) {
    const block = body.blocks.get(pred);
    successors(block.terminator).forEach((target, index) => {
      if (target !== id) return;
      const from = present(exit[pred], 'exit state').clone();
      analysis.edge(pred, block, index, from);
      analysis.join(state, from);
    });
  }
  return state;
}

function joinSuccessors(analysis: Analysis, id: BlockId, block: BasicBlock, entry: readonly BitSet[]): BitSet {
  const targets = successors(block.terminator);
  if (targets.length === 0) return analysis.boundary();
  const state = analysis.top();
  targets.forEach((target, index) => {
    const from = present(entry[target], 'entry state').clone();
    analysis.edge(id, block, index, from);
    analysis.join(state, from);
  });
  return state;
}
