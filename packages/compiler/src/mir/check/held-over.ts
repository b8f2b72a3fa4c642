/** Which references are held over which statements: of each statement of interest, the holders that are used after it before
 *  they are set anew, each with its next use.
 *  In: a built body, its holders, statements.  Out: pairs, for conditions that only callers can decide.
 *
 *  Backward may analysis with one bit for each holder, solved once for all statements; the next use of a pair is looked for
 *  on the ways from the statement, as few pairs remain. */
import { BitSet } from '../../base/bitset.ts';
import { present } from '../../base/invariant.ts';
import type { Span } from '../../base/span.ts';
import { successors } from '../cfg.ts';
import { solve } from '../dataflow/engine.ts';
import { edgeDefinition, forEachEvent } from '../events.ts';
import type { BlockId, Body, Place, Statement, Terminator } from '../mir.ts';
import type { InteriorHolders } from './interior-holders.ts';

export interface HeldOver {
  /** Number of the holder. */
  readonly index: number;
  readonly use: Span;
}

type Node = Statement | Terminator;

/** `wanted`: numbers of the holders that are asked about. */
export function heldOver(
  body: Body,
  holders: InteriorHolders,
  sites: ReadonlySet<Node>,
  wanted: BitSet,
): ReadonlyMap<Node, readonly HeldOver[]> {
  const size = holders.all.length;
  const set = (place: Place | null): number =>
    place === null || place.root.kind !== 'local' || place.projections.length > 0
      ? -1
      : holders.indexOf(place.root.local);
  const setBy = (node: Node): number =>
    set(node.kind === 'assign' ? node.place : node.kind === 'call' ? node.dest : null);
  const apply = (node: Node, state: BitSet): void => {
    const index = setBy(node);
    if (index >= 0) state.delete(index);
    forEachUse(node, holders, (used) => void state.add(used));
  };
  const solution = solve(body, {
    direction: 'backward',
    top: () => new BitSet(size),
    join: (into, from) => void into.unionWith(from),
    boundary: () => new BitSet(size),
    block: (_, block, state) => {
      apply(block.terminator, state);
      for (let i = block.statements.length - 1; i >= 0; i--) apply(present(block.statements[i], 'statement'), state);
    },
    edge: (_, block, index, state) => {
      const gone = set(edgeDefinition(block.terminator, index));
      if (gone >= 0) state.delete(gone);
    },
  });

  /** From behind a node of a block, block by block, what comes first. */
  const nextUse = (id: BlockId, behind: number, index: number): Span | null => {
    const seen = new Set<BlockId>();
    const work: { readonly id: BlockId; readonly from: number }[] = [{ id, from: behind + 1 }];
    for (let at = work.shift(); at !== undefined; at = work.shift()) {
      const block = body.blocks.get(at.id);
      const nodes: readonly Node[] = [...block.statements, block.terminator];
      let isSet = false;
      for (let i = at.from; i < nodes.length && !isSet; i++) {
        const node = present(nodes[i], 'node');
        let found: Span | null = null;
        forEachUse(node, holders, (used, span) => {
          if (used === index) found ??= span;
        });
        if (found !== null) return found;
        isSet = setBy(node) === index;
      }
      if (isSet) continue;
      successors(block.terminator).forEach((target, edge) => {
        if (seen.has(target) || set(edgeDefinition(block.terminator, edge)) === index) return;
        seen.add(target);
        work.push({ id: target, from: 0 });
      });
    }
    return null;
  };

  const pairs = new Map<Node, readonly HeldOver[]>();
  for (const id of body.blocks.ids()) {
    const block = body.blocks.get(id);
    const nodes: readonly Node[] = [...block.statements, block.terminator];
    if (!nodes.some((node) => sites.has(node))) continue;
    const state = present(solution.exit[id], 'exit state').clone();
    for (let i = nodes.length - 1; i >= 0; i--) {
      const node = present(nodes[i], 'node');
      if (sites.has(node)) {
        const own = setBy(node);
        const held: HeldOver[] = [];
        for (let index = 0; index < size; index++) {
          if (index === own || !wanted.has(index) || !state.has(index)) continue;
          const use = nextUse(id, i, index);
          if (use !== null) held.push({ index, use });
        }
        pairs.set(node, held);
      }
      apply(node, state);
    }
  }
  return pairs;
}

/** Holders that a node uses. A store into a part of one uses it too. */
export function forEachUse(node: Node, holders: InteriorHolders, visit: (index: number, span: Span) => void): void {
  const use = (place: Place, span: Span): void => {
    const index = place.root.kind === 'local' ? holders.indexOf(place.root.local) : -1;
    if (index >= 0) visit(index, span);
  };
  // Between a returned reference and the return stand `finally` and `__exit__`.
  const left = node.kind === 'return' ? holders.result : node.kind === 'raise' ? holders.error : -1;
  if (left >= 0) visit(left, node.span);
  forEachEvent(node, (event) => {
    if (event.kind === 'use' || event.kind === 'move') use(event.place, event.operand?.span ?? node.span);
    else if (event.kind === 'define' && event.place.projections.length > 0) use(event.place, node.span);
  });
}
