/** Liveness for drop insertion: two backward facts per move path.
 *
 *  `live` (may, by unit): the value, or a part of it, is mentioned again before it is replaced as a whole. Each use of a value
 *  is a use of the places whose origins its type holds. Storing into a field mentions the whole.
 *  `dead` (must, by path inside a unit): on each way on, the path is overwritten before it is read and before its unit dies. A
 *  unit that dies is destroyed as a whole, which needs all of it; so a path that is neither overwritten nor read again is
 *  not dead, its unit simply ends.
 *
 *  Both are kept in one bitset of 2n bits: bit p is `live` of path p, bit n + p is *not dead*, so that union is the join of both.
 *  Where a unit dies is known when `live` is: a body with paths inside units is solved twice. */
import { BitSet } from '../../base/bitset.ts';
import { present } from '../../base/invariant.ts';
import { successors } from '../cfg.ts';
import type { BasicBlock, BlockId, Body, Place, Statement, Terminator } from '../mir.ts';
import type { TypeFacts } from '../type-facts.ts';
import { type Analysis, type Solution, solve } from './engine.ts';
import type { Holders } from './holders.ts';
import { edgeDefinition, forEachEvent, type PlaceEvent } from '../events.ts';
import { isLent, type MovePaths } from './move-paths.ts';

interface KeptPath {
  readonly node: number;
  readonly units: readonly number[];
}

export class Liveness {
  readonly paths: MovePaths;
  private readonly body: Body;
  private readonly returnsValue: boolean;
  private readonly lent: readonly number[];
  /** By root node of a holder: what it keeps, transitively. */
  private readonly kept: (readonly KeptPath[] | undefined)[] = [];
  private readonly entries: readonly BitSet[];
  private readonly exits: readonly BitSet[];
  /** `live` alone, once it is solved. */
  private known: Solution | null = null;

  constructor(body: Body, paths: MovePaths, holders: Holders, types: TypeFacts) {
    this.body = body;
    this.paths = paths;
    this.returnsValue = !types.isNone(body.locals.get(body.result).type);
    this.lent = body.args
      .filter((id) => isLent(body.locals.get(id)))
      .map((id) => paths.roots[id] ?? -1)
      .filter((n) => n >= 0);
    this.prepareKept(holders);
    const analysis: Analysis = {
      direction: 'backward',
      top: () => new BitSet(paths.size * 2),
      join: (into, from) => void into.unionWith(from),
      boundary: () => this.boundary(),
      block: (id, block, state) => {
        if (this.known !== null) state.unionWith(present(this.known.exit[id], 'live exit'));
        this.transferBlock(block, state);
      },
      edge: (_, block, index, state) => {
        const target = present(successors(block.terminator)[index], 'successor');
        if (this.known !== null) state.unionWith(present(this.known.entry[target], 'live entry'));
        this.transferEdge(block, index, state);
      },
    };
    let solution = solve(body, analysis);
    if (paths.nodes.some((node, index) => node.unit >= 0 && node.unit !== index)) {
      for (const state of [...solution.entry, ...solution.exit]) this.forgetDeaths(state);
      this.known = solution;
      solution = solve(body, analysis);
    }
    this.entries = solution.entry;
    this.exits = solution.exit;
  }

  /** Facts at the start of a block. */
  entry(block: BlockId): BitSet {
    return present(this.entries[block], 'live entry');
  }

  /** Facts after each statement of a block; the last of them is the state before the terminator. */
  afterEach(id: BlockId): BitSet[] {
    const block = this.body.blocks.get(id);
    const state = present(this.exits[id], 'live exit').clone();
    this.apply(block.terminator, state);
    const result: BitSet[] = [];
    for (let i = block.statements.length - 1; i >= 0; i--) {
      result[i] = state.clone();
      const statement = block.statements[i];
      if (statement !== undefined) this.apply(statement, state);
    }
    return result;
  }

  /** Facts after a terminator, over all its edges. */
  exit(id: BlockId): BitSet {
    return present(this.exits[id], 'live exit');
  }

  /** Facts between the operands of a statement and its store: what is still needed of the old values. */
  beforeStore(statement: Statement, after: BitSet): BitSet {
    const state = after.clone();
    const place = statement.kind === 'assign' ? statement.place : statement.kind === 'call' ? statement.dest : null;
    if (place !== null) this.define(place, state);
    return state;
  }

  isLive(state: BitSet, unit: number): boolean {
    return state.has(unit);
  }

  /** Whether a unit that is not live is given a new value on each way on. */
  isReplaced(state: BitSet, unit: number): boolean {
    return !state.has(unit) && !state.has(this.paths.size + unit);
  }

  /** Of a path inside a live unit: overwritten on each way on, in all its parts. */
  isDead(state: BitSet, node: number): boolean {
    const end = this.paths.node(node).end;
    for (let i = node; i < end; i++) if (state.has(this.paths.size + i)) return false;
    return true;
  }

  private forgetDeaths(state: BitSet): void {
    for (let i = 0; i < this.paths.size; i++) state.delete(this.paths.size + i);
  }

  private boundary(): BitSet {
    const state = new BitSet(this.paths.size * 2);
    // Beyond the end every path is as good as needed: nothing overwrites it.
    for (let i = 0; i < this.paths.size; i++) state.add(this.paths.size + i);
    return state;
  }

  private transferBlock(block: BasicBlock, state: BitSet): void {
    this.apply(block.terminator, state);
    for (let i = block.statements.length - 1; i >= 0; i--) {
      const statement = block.statements[i];
      if (statement !== undefined) this.apply(statement, state);
    }
  }

  private transferEdge(block: BasicBlock, index: number, state: BitSet): void {
    const place = edgeDefinition(block.terminator, index);
    if (place !== null) this.define(place, state);
  }

  /** One statement or terminator, backward: its stores first, then what it reads. */
  private apply(node: Statement | Terminator, state: BitSet): void {
    if (node.kind === 'return') {
      if (this.returnsValue) this.useLocal(this.body.result, state);
      for (const lent of this.lent) this.useNode(lent, state);
      return;
    }
    if (node.kind === 'raise') {
      if (this.body.error !== null) this.useLocal(this.body.error, state);
      for (const lent of this.lent) this.useNode(lent, state);
      return;
    }
    // Definitions come last in event order, so they are first here; the uses commute.
    const uses: PlaceEvent[] = [];
    forEachEvent(node, (event) => {
      if (event.kind === 'define') this.define(event.place, state);
      else if (event.kind === 'declare') this.forget(event.place, state);
      else uses.push(event);
    });
    for (const event of uses) this.usePlace(event.place, state);
  }

  private usePlace(place: Place, state: BitSet): void {
    const found = this.paths.lookup(place);
    if (found !== null) this.useNode(found.node, state);
  }

  private useLocal(local: number, state: BitSet): void {
    const root = this.paths.roots[local] ?? -1;
    if (root >= 0) this.useNode(root, state);
  }

  private useNode(node: number, state: BitSet): void {
    for (const unit of this.paths.unitsOf(node)) this.gen(unit, state);
    this.need(node, state);
    this.keep(node, state);
  }

  /** Using a value uses what it holds. */
  private keep(node: number, state: BitSet): void {
    const root = this.paths.roots[this.paths.node(node).local] ?? -1;
    for (const kept of this.kept[root] ?? []) {
      for (const unit of kept.units) this.gen(unit, state);
      this.need(kept.node, state);
    }
  }

  /** Live bits are set for the whole unit, so that they can be combined with path bits word by word. What is mentioned here for
   *  the last time dies here as a whole, so all of it is needed. */
  private gen(unit: number, state: BitSet): void {
    if (state.has(unit)) return;
    const end = this.paths.node(unit).end;
    for (let i = unit; i < end; i++) {
      state.add(i);
      if (this.known !== null) state.add(this.paths.size + i);
    }
  }

  /** Setting a part needs the rest of what is overwritten as a whole later. */
  private mention(node: number, state: BitSet): void {
    const { paths } = this;
    let top = -1;
    for (let i = node; i >= 0 && paths.node(i).unit !== i && paths.node(i).unit >= 0; i = paths.node(i).parent)
      if (!state.has(paths.size + i)) top = i;
    if (top >= 0) this.need(top, state);
  }

  /** What will be overwritten as a whole is needed as a whole: its bit, apart from those of its parts, says so. */
  private need(node: number, state: BitSet): void {
    const { paths } = this;
    let top = node;
    for (let i = node; i >= 0 && paths.node(i).unit !== i && paths.node(i).unit >= 0; i = paths.node(i).parent)
      if (!state.has(paths.size + i)) top = i;
    const end = paths.node(top).end;
    for (let i = top; i < end; i++) state.add(paths.size + i);
  }

  private define(place: Place, state: BitSet): void {
    const found = this.paths.lookup(place);
    if (found === null) return;
    const { node, exact } = found;
    if (!exact) {
      this.useNode(node, state);
      return;
    }
    const info = this.paths.node(node);
    const whole = info.unit < 0 || info.unit === node;
    if (whole) {
      this.forget(place, state);
      return;
    }
    this.gen(info.unit, state);
    this.keep(node, state);
    if (info.parent >= 0) this.mention(info.parent, state);
    for (let i = node; i < info.end; i++) state.delete(this.paths.size + i);
  }

  /** The old value is not needed from here back, whatever points to the place: a reference sees the new one. */
  private forget(place: Place, state: BitSet): void {
    const found = this.paths.lookup(place);
    if (found === null) return;
    const info = this.paths.node(found.node);
    for (let i = found.node; i < info.end; i++) {
      const { unit } = this.paths.node(i);
      state.delete(i);
      // The unit itself is overwritten. What it holds dies with it before that, where another way still needs the unit.
      if (unit < 0 || unit === i) state.delete(this.paths.size + i);
      else state.add(this.paths.size + i);
    }
  }

  private prepareKept(holders: Holders): void {
    const paths = this.paths;
    for (const local of this.body.locals.ids()) {
      const root = paths.roots[local] ?? -1;
      if (root < 0 || (holders.keeps[local] ?? []).length === 0) continue;
      const reached = new Set<number>();
      const list: KeptPath[] = [];
      const seen = new Set<number>([local]);
      const pending = [...(holders.keeps[local] ?? [])];
      for (let kept = pending.pop(); kept !== undefined; kept = pending.pop()) {
        let node = paths.roots[kept.local] ?? -1;
        if (!seen.has(kept.local)) {
          seen.add(kept.local);
          pending.push(...(holders.keeps[kept.local] ?? []));
        }
        if (node < 0) continue;
        for (const step of kept.path) {
          const child = step.kind === 'field' ? paths.childByField(node, step.index) : null;
          if (child === null) break;
          node = child;
        }
        if (reached.has(node)) continue;
        reached.add(node);
        list.push({ node, units: paths.unitsOf(node) });
      }
      this.kept[root] = list;
    }
  }
}
