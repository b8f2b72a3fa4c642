/** Where parts of what was lent hold no value: between `var old = self.item^` and the store that gives `self.item` a new one. Code
 *  there may reach them through an owner of what they lie in (`shared-arguments.ts`).
 *  In: a built body.  Out: the statements for which that may be so, with the parts.
 *
 *  Forward may analysis with one bit for each place that is moved out of. */
import { BitSet } from '../../base/bitset.ts';
import { present } from '../../base/invariant.ts';
import { solve } from '../dataflow/engine.ts';
import { isLent } from '../dataflow/move-paths.ts';
import { edgeDefinition, forEachEvent } from '../events.ts';
import type { Body, Place, Statement, Terminator } from '../mir.ts';

type Node = Statement | Terminator;

export function takenOut(body: Body): ReadonlyMap<Node, readonly Place[]> {
  const found = new Map<Node, readonly Place[]>();
  const places = movedFromLent(body);
  if (places.length === 0) return found;
  const fill = (place: Place | null, state: BitSet): void => {
    places.forEach((taken, index) => {
      if (place !== null && isWithin(taken, place)) state.delete(index);
    });
  };
  const apply = (node: Node, state: BitSet): void =>
    forEachEvent(node, (event) => {
      if (event.kind === 'define') fill(event.place, state);
      if (event.kind !== 'move') return;
      const index = places.findIndex((taken) => isSame(taken, event.place));
      if (index >= 0) state.add(index);
    });
  const solution = solve(body, {
    direction: 'forward',
    top: () => new BitSet(places.length),
    join: (into, from) => void into.unionWith(from),
    boundary: () => new BitSet(places.length),
    block: (_, block, state) => {
      for (const statement of block.statements) apply(statement, state);
      apply(block.terminator, state);
    },
    edge: (_, block, index, state) => fill(edgeDefinition(block.terminator, index), state),
  });
  for (const id of body.blocks.ids()) {
    const state = present(solution.entry[id], 'state').clone();
    const block = body.blocks.get(id);
    for (const node of [...block.statements, block.terminator]) {
      if (!state.isEmpty())
        found.set(
          node,
          places.filter((_, index) => state.has(index)),
        );
      apply(node, state);
    }
  }
  return found;
}

function movedFromLent(body: Body): readonly Place[] {
  const places: Place[] = [];
  for (const block of body.blocks.values())
    for (const node of [...block.statements, block.terminator])
      forEachEvent(node, ({ kind, place }) => {
        if (kind !== 'move' || place.root.kind !== 'local' || !isLent(body.locals.get(place.root.local))) return;
        if (place.projections.every((step) => step.kind === 'field') && !places.some((other) => isSame(other, place)))
          places.push(place);
      });
  return places;
}

/** Whether the place is `whole`, or a field in it. */
function isWithin(place: Place, whole: Place): boolean {
  if (place.root.kind !== 'local' || whole.root.kind !== 'local' || place.root.local !== whole.root.local) return false;
  return whole.projections.every((step, index) => {
    const other = place.projections[index];
    return step.kind === 'field' && other?.kind === 'field' && step.index === other.index;
  });
}

function isSame(a: Place, b: Place): boolean {
  return a.projections.length === b.projections.length && isWithin(a, b);
}
