/** The loops of a concrete body, as passes before LLVM need them. */
import { predecessors, reversePostorder } from '../mir/cfg.ts';
import type { BlockId, Body } from '../mir/mir.ts';

export interface Loop {
  readonly header: BlockId;
  /** The blocks from which control goes back to the header. */
  readonly latches: readonly BlockId[];
  readonly blocks: readonly BlockId[];
  /** Whether it is inside another loop. */
  readonly isNested: boolean;
}

/** Natural loops without a loop inside, by their back edges. */
export function innermostLoops(body: Body): readonly Loop[] {
  const order = reversePostorder(body);
  const position: number[] = [];
  for (const [at, block] of order.entries()) position[block] = at;
  const before = predecessors(body);
  const loops: Loop[] = [];
  for (const header of order) {
    const own = position[header] ?? 0;
    const latches = (before[header] ?? []).filter((block) => (position[block] ?? -1) >= own);
    if (latches.length === 0) continue;
    const inside = new Set<BlockId>([header]);
    const work = [...latches];
    for (let block = work.pop(); block !== undefined; block = work.pop()) {
      if (inside.has(block)) continue;
      inside.add(block);
      work.push(...(before[block] ?? []).filter((other) => position[other] !== undefined));
    }
    loops.push({ header, latches, blocks: order.filter((block) => inside.has(block)), isNested: false });
  }
  const headers = new Set(loops.map((loop) => loop.header));
  return loops
    .filter(({ header, blocks }) => blocks.every((block) => block === header || !headers.has(block)))
    .map((loop) => ({
      ...loop,
      isNested: loops.some(({ header, blocks }) => header !== loop.header && blocks.includes(loop.header)),
    }));
}
