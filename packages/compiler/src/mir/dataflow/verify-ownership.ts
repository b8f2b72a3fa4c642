/** Proves that the drops of a body are right; throws `InternalError`. In: phase `dropped`. Rules, for every owned value that
 *  needs a drop, path by path:
 *   1. What is read, moved or dropped holds a value on all ways to that point.
 *   2. What is stored to holds no value on any way: nothing is leaked by overwriting.
 *   3. At each return and raise nothing holds a value but the result, or the error.
 *  Run by tests and on request: it costs as much as the check of initialization. */
import { BitSet } from '../../base/bitset.ts';
import { InternalError, present } from '../../base/invariant.ts';
import { edgeDefinition, forEachEvent } from '../events.ts';
import type { BlockId, Body, Place, Statement, Terminator } from '../mir.ts';
import type { TypeFacts } from '../type-facts.ts';
import { solve } from './engine.ts';
import { isOwned, MovePaths } from './move-paths.ts';

export function verifyOwnership(body: Body, types: TypeFacts): void {
  new OwnershipVerifier(body, types).run();
}

class OwnershipVerifier {
  private readonly body: Body;
  private readonly paths: MovePaths;

  constructor(body: Body, types: TypeFacts) {
    this.body = body;
    this.paths = new MovePaths(body, types, (local) => isOwned(local) && types.needsDrop(local.type));
  }

  private fail(block: BlockId, what: string): never {
    throw new InternalError(`ownership in MIR of ${this.body.name}, bb${block}: ${what}`);
  }

  run(): void {
    const must = this.solve(true);
    const may = this.solve(false);
    for (const id of this.body.blocks.ids()) {
      const block = this.body.blocks.get(id);
      const certain = present(must.entry[id], 'state').clone();
      const possible = present(may.entry[id], 'state').clone();
      for (const statement of block.statements) this.check(id, statement, certain, possible);
      this.check(id, block.terminator, certain, possible);
      this.ends(id, block.terminator, certain, possible);
    }
  }

  private solve(must: boolean) {
    return solve(this.body, {
      direction: 'forward',
      top: () => {
        const state = new BitSet(this.paths.size);
        if (must) state.fill();
        return state;
      },
      join: (into, from) => void (must ? into.intersectWith(from) : into.unionWith(from)),
      boundary: () => {
        const state = new BitSet(this.paths.size);
        for (const arg of this.body.args) this.set(this.paths.roots[arg] ?? -1, state, true);
        return state;
      },
      block: (_, block, state) => {
        for (const statement of block.statements) this.transfer(statement, state);
        this.transfer(block.terminator, state);
      },
      edge: (_, block, index, state) => {
        const place = edgeDefinition(block.terminator, index);
        if (place !== null) this.store(place, state);
      },
    });
  }

  private set(node: number, state: BitSet, value: boolean): void {
    if (node < 0) return;
    const end = this.paths.node(node).end;
    for (let i = node; i < end; i++) {
      if (value) state.add(i);
      else state.delete(i);
    }
  }

  private store(place: Place, state: BitSet): void {
    const found = this.paths.lookup(place);
    if (found?.exact === true) this.set(found.node, state, true);
  }

  private transfer(node: Statement | Terminator, state: BitSet): void {
    forEachEvent(node, (event) => {
      const found = this.paths.lookup(event.place);
      if (event.kind === 'use' || found === null || !found.exact) return;
      this.set(found.node, state, event.kind === 'define');
    });
  }

  private check(id: BlockId, node: Statement | Terminator, certain: BitSet, possible: BitSet): void {
    forEachEvent(node, (event) => {
      const found = this.paths.lookup(event.place);
      if (found === null) return;
      const info = this.paths.node(found.node);
      const name = `_${info.local} (path ${found.node})`;
      for (let i = found.node; i < info.end; i++) {
        const node_ = this.paths.node(i);
        if (node_.expanded || !node_.needsDrop) continue;
        if ((event.kind === 'use' || event.kind === 'move') && !certain.has(i))
          this.fail(id, `${event.kind} of ${name} without a value`);
        if (event.kind === 'define' && found.exact && possible.has(i))
          this.fail(id, `store to ${name}, which may hold a value`);
      }
      if (event.kind === 'use' || !found.exact) return;
      if (event.kind === 'declare' && this.holdsAny(found.node, possible))
        this.fail(id, `declaration of ${name}, which may hold a value`);
      this.set(found.node, certain, event.kind === 'define');
      this.set(found.node, possible, event.kind === 'define');
    });
    if (node.kind !== 'tryCall') return;
    for (const place of [node.dest, node.errorDest]) {
      const found = this.paths.lookup(place);
      if (found?.exact === true && this.holdsAny(found.node, possible))
        this.fail(id, 'a raising call stores to what may hold a value');
    }
  }

  private holdsAny(node: number, state: BitSet): boolean {
    const end = this.paths.node(node).end;
    for (let i = node; i < end; i++) {
      const info = this.paths.node(i);
      if (!info.expanded && info.needsDrop && state.has(i)) return true;
    }
    return false;
  }

  private ends(id: BlockId, terminator: Terminator, certain: BitSet, possible: BitSet): void {
    if (terminator.kind !== 'return' && terminator.kind !== 'raise') return;
    const out = terminator.kind === 'return' ? this.body.result : this.body.error;
    for (const local of this.body.locals.ids()) {
      const root = this.paths.roots[local] ?? -1;
      if (root < 0) continue;
      if (local !== out && this.holdsAny(root, possible))
        this.fail(id, `_${local} may hold a value at the ${terminator.kind}`);
      if (local !== out) continue;
      const end = this.paths.node(root).end;
      for (let i = root; i < end; i++) {
        const info = this.paths.node(i);
        if (!info.expanded && info.needsDrop && !certain.has(i))
          this.fail(id, `${terminator.kind} without a complete value in _${local}`);
      }
    }
  }
}
