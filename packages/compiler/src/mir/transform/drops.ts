/** Inserts a drop after the last use of each owned value: as soon as possible, always at a static place, never behind a flag.
 *  In: a checked body without undecided copies.  Out: phase `dropped`; every store is `init`.
 *
 *  Walks the blocks in reverse postorder with the set of paths that hold a value. Right after each statement, and at the start
 *  of a block for what its only predecessor left, it destroys what holds a value and is needed no more: units that are not
 *  live, and inside live units the paths that are overwritten on each way on. Several at one point: latest created first; the
 *  fields of a value that is taken apart in declaration order.
 *
 *  Invariants: critical edges are split, so at a join nothing can be left over: each predecessor has one successor and has
 *  dropped what is dead there. After the checks, what is live holds a value. */
import { BitSet } from '../../base/bitset.ts';
import { present } from '../../base/invariant.ts';
import type { Span } from '../../base/span.ts';
import { predecessors, reversePostorder, successors } from '../cfg.ts';
import type { Liveness } from '../dataflow/liveness.ts';
import { edgeDefinition, forEachEvent } from '../events.ts';
import { isLent, isOwned, type MovePaths } from '../dataflow/move-paths.ts';
import type { BasicBlock, BlockId, Body, LocalId, Place, Statement } from '../mir.ts';
import { placeType } from '../cfg.ts';
import type { TypeFacts } from '../type-facts.ts';
import { analyzeOwnership } from './ownership-facts.ts';

export function insertDrops(body: Body, types: TypeFacts): void {
  new DropInsertion(body, types).run();
  body.phase = 'dropped';
}

class DropInsertion {
  private readonly body: Body;
  private readonly types: TypeFacts;
  private readonly paths: MovePaths;
  private readonly liveness: Liveness;
  /** By block: paths that hold a value before the terminator's edges; null: not visited yet. */
  private readonly exits: (BitSet | null)[];
  private readonly preds: readonly (readonly BlockId[])[];
  /** Initializing stores of file-scope variables replace nothing. */
  private readonly initializesGlobals: boolean;

  constructor(body: Body, types: TypeFacts) {
    this.body = body;
    this.types = types;
    const facts = analyzeOwnership(body, types);
    this.paths = facts.paths;
    this.liveness = facts.liveness;
    this.exits = body.blocks.values().map(() => null);
    this.preds = predecessors(body);
    this.initializesGlobals = types.program.function(body.function).kind.kind === 'globals';
  }

  run(): void {
    for (const id of reversePostorder(this.body)) this.block(id, this.body.blocks.get(id));
  }

  private block(id: BlockId, block: BasicBlock): void {
    const held = this.entryState(id);
    const out: Statement[] = [];
    const first = block.statements[0]?.span ?? block.terminator.span;
    this.dropDead(held, this.liveness.entry(id), first, out);
    const after = this.liveness.afterEach(id);
    const last = block.statements.length - 1;
    block.statements.forEach((statement, index) => {
      this.beforeStore(statement, held, out);
      out.push(initialized(statement));
      this.apply(statement, held);
      // Nothing after a call that never returns is ever run.
      if (index === last && block.terminator.kind === 'unreachable' && statement.kind !== 'declare') return;
      this.dropDead(held, present(after[index], 'live state'), statement.span, out);
    });
    this.apply(block.terminator, held);
    if (block.terminator.kind === 'tryCall') block.terminator = { ...block.terminator, store: 'init' };
    this.exits[id] = held;
    block.statements.length = 0;
    for (const statement of out) block.statements.push(statement);
  }

  private entryState(id: BlockId): BitSet {
    if (id === this.body.entry) {
      const held = new BitSet(this.paths.size);
      for (const local of this.body.args) {
        const info = this.body.locals.get(local);
        if (isOwned(info) || isLent(info)) this.fill(this.paths.roots[local] ?? -1, held);
      }
      return held;
    }
    let state: BitSet | null = null;
    for (const pred of this.preds[id] ?? []) {
      const exit = this.exits[pred];
      if (exit === null || exit === undefined) continue;
      const from = exit.clone();
      const terminator = this.body.blocks.get(pred).terminator;
      successors(terminator).forEach((target, index) => {
        const place = target === id ? edgeDefinition(terminator, index) : null;
        if (place !== null) this.define(place, from);
      });
      if (state === null) state = from;
      else state.intersectWith(from);
    }
    return state ?? new BitSet(this.paths.size);
  }

  private fill(node: number, held: BitSet): void {
    if (node < 0) return;
    const end = this.paths.node(node).end;
    for (let i = node; i < end; i++) held.add(i);
  }

  private clear(node: number, held: BitSet): void {
    const end = this.paths.node(node).end;
    for (let i = node; i < end; i++) held.delete(i);
  }

  private define(place: Place, held: BitSet): void {
    const found = this.paths.lookup(place);
    if (found?.exact === true) this.fill(found.node, held);
  }

  private apply(node: Statement | BasicBlock['terminator'], held: BitSet): void {
    forEachEvent(node, (event) => {
      if (event.kind === 'use') return;
      const found = this.paths.lookup(event.place);
      if (found === null || !found.exact) return;
      if (event.kind === 'define') this.fill(found.node, held);
      else this.clear(found.node, held);
    });
  }

  /** Whether all of a node holds a value. The rest bit of an expanded node means nothing. */
  private holdsAll(node: number, held: BitSet): boolean {
    const end = this.paths.node(node).end;
    for (let i = node; i < end; i++) if (!held.has(i) && !this.paths.node(i).expanded) return false;
    return true;
  }

  /** What a store replaces is destroyed right before it, if nothing earlier could: something may still have looked at it. */
  private beforeStore(statement: Statement, held: BitSet, out: Statement[]): void {
    if (statement.kind !== 'assign' && statement.kind !== 'call') return;
    if (statement.store === 'init') return;
    const place = statement.kind === 'assign' ? statement.place : statement.dest;
    const found = this.paths.lookup(place);
    const type = placeType(this.body, place, (global) => this.types.program.global(global).type);
    if (!this.types.needsDrop(type)) return;
    if (found?.exact === true) {
      if (!this.holdsAll(found.node, held)) return;
      this.clear(found.node, held);
    } else if (!this.mayHoldOld(place)) return;
    out.push({ kind: 'drop', span: statement.span, place });
  }

  /** Memory reached through a reference always holds a value; so does a local of the caller. */
  private mayHoldOld(place: Place): boolean {
    if (place.root.kind === 'global') return !(this.initializesGlobals && place.projections.length === 0);
    if (place.projections.length > 0) return true;
    const kind = this.body.locals.get(place.root.local).kind;
    return kind.kind === 'argument';
  }

  private dropDead(held: BitSet, live: BitSet, span: Span, out: Statement[]): void {
    const { paths } = this;
    const ends: number[] = [];
    held.forEach((node) => {
      const info = paths.node(node);
      // Above the units nothing is destroyed as one.
      if (info.unit < 0) return;
      if (!live.has(info.unit)) {
        if (node === info.unit || !held.has(info.unit)) ends.push(node);
      } else if (node !== info.unit && !live.has(paths.size + node)) ends.push(node);
    });
    if (ends.length === 0) return;
    const done = new BitSet(paths.size);
    const drops: number[] = [];
    for (const node of ends) {
      if (done.has(node)) continue;
      this.collect(node, held, live, drops, done);
    }
    for (const node of this.ordered(drops)) out.push({ kind: 'drop', span, place: paths.node(node).place });
  }

  /** The largest values to destroy at and below `node`; marks and clears what it covers. */
  private collect(node: number, held: BitSet, live: BitSet, drops: number[], done: BitSet): void {
    const { paths } = this;
    const info = paths.node(node);
    const unitDead = !live.has(info.unit);
    for (let i = node; i < info.end; i++) done.add(i);
    if (unitDead) {
      const unit = paths.node(info.unit);
      if (this.holdsAll(info.unit, held)) {
        for (let i = info.unit; i < unit.end; i++) done.add(i);
        this.clear(info.unit, held);
        if (unit.needsDrop) drops.push(info.unit);
        return;
      }
    } else if (!this.liveness.isDead(live, node) || !this.holdsAll(node, held)) {
      // Part of the path is still wanted, or already gone: look at its own parts.
      for (let child = node + 1; child < info.end; child = paths.node(child).end) this.collect(child, held, live, drops, done);
      return;
    }
    if (!this.holdsAll(node, held)) {
      held.delete(node);
      for (let child = node + 1; child < info.end; child = paths.node(child).end) this.collect(child, held, live, drops, done);
      return;
    }
    this.clear(node, held);
    if (info.needsDrop) drops.push(node);
  }

  /** Latest created local first; parts of one local in declaration order. */
  private ordered(nodes: readonly number[]): number[] {
    const local = (node: number): LocalId => this.paths.node(node).local;
    return [...nodes].sort((a, b) => local(b) - local(a) || a - b);
  }
}

function initialized(statement: Statement): Statement {
  if (statement.kind !== 'assign' && statement.kind !== 'call') return statement;
  return statement.store === 'init' ? statement : { ...statement, store: 'init' };
}
