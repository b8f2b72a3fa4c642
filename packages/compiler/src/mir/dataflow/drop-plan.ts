/** Where values die: the drop plan of a body, without changing it. Drop insertion carries it out; the check of types that
 *  have no destructor reads it.
 *
 *  Walks the blocks in reverse postorder, until stable, with the set of paths that hold a value. Right after each statement, and at the start
 *  of a block for what its only predecessor left, what holds a value and is needed no more dies: units that are not live, and
 *  inside live units the paths that are overwritten on each way on. Several at one point: in the order of `compareEnds`; the fields of
 *  a value that is taken apart in declaration order.
 *
 *  Invariants: critical edges are split, so at a join nothing can be left over: each predecessor has one successor and has
 *  dropped what is dead there. After the initialization check, what is live holds a value. */
import { BitSet } from '../../base/bitset.ts';
import { present } from '../../base/invariant.ts';
import type { Span } from '../../base/span.ts';
import { placeType, predecessors, reversePostorder, successors } from '../cfg.ts';
import { edgeDefinition, forEachEvent } from '../events.ts';
import type { BasicBlock, BlockId, Body, LocalId, Place, Statement } from '../mir.ts';
import type { TypeFacts } from '../type-facts.ts';
import type { Liveness } from './liveness.ts';
import { isLent, isOwned, type MovePaths } from './move-paths.ts';
import type { OwnershipFacts } from './ownership-facts.ts';

export interface PlannedDrop {
  readonly place: Place;
  /** Move path, or -1 for memory behind a reference. */
  readonly node: number;
  readonly span: Span;
}

/** A value that dies while a part of it is gone: the parts that hold a value die alone, which is an error outside of
 *  field-by-field values. */
export interface PartialDeath {
  readonly unit: number;
  /** What ends: the unit, or a part of it that is given a new value. */
  readonly replaced: number;
  /** A path below it that holds no value. */
  readonly missing: number;
  readonly span: Span;
}

export interface BlockPlan {
  readonly atStart: readonly PlannedDrop[];
  /** What a store replaces, right before each statement. */
  readonly before: readonly (readonly PlannedDrop[])[];
  readonly after: readonly (readonly PlannedDrop[])[];
}

export interface DropPlan {
  readonly blocks: readonly BlockPlan[];
  readonly partial: readonly PartialDeath[];
}

export function planDrops(body: Body, facts: OwnershipFacts, types: TypeFacts): DropPlan {
  return new Planner(body, facts, types).run();
}

const NOTHING: readonly PlannedDrop[] = [];

class Planner {
  private readonly body: Body;
  private readonly types: TypeFacts;
  private readonly paths: MovePaths;
  private readonly liveness: Liveness;
  /** By block: paths that hold a value before the terminator's edges; null: not visited yet. */
  private readonly exits: (BitSet | null)[];
  private readonly preds: readonly (readonly BlockId[])[];
  /** Initializing stores of file-scope variables replace nothing. */
  private readonly initializesGlobals: boolean;
  /** The path of an initializer's `self` whose type has a destructor of its own; else -1. */
  private readonly builtSelf: number;
  private partial: PartialDeath[] = [];

  constructor(body: Body, facts: OwnershipFacts, types: TypeFacts) {
    this.body = body;
    this.types = types;
    this.paths = facts.paths;
    this.liveness = facts.liveness;
    this.exits = body.blocks.values().map(() => null);
    this.preds = predecessors(body);
    const fn = types.program.function(body.function);
    this.initializesGlobals = fn.kind.kind === 'globals';
    const destroy = types.structOf(fn.result)?.destroy.kind;
    const hasDestructor = types.buildsSelf(fn) && destroy !== 'memberwise' && types.needsDrop(fn.result);
    this.builtSelf = hasDestructor ? (facts.paths.roots[body.result] ?? -1) : -1;
  }

  run(): DropPlan {
    const blocks: BlockPlan[] = this.body.blocks.values().map(() => ({ atStart: NOTHING, before: [], after: [] }));
    const partial: PartialDeath[][] = blocks.map(() => []);
    const entries: (BitSet | null)[] = blocks.map(() => null);
    const order = reversePostorder(this.body);
    // Back edges can only take values away; after the first round usually nothing changes.
    for (let changed = true; changed; ) {
      changed = false;
      for (const id of order) {
        const entry = this.entryState(id);
        if (entries[id]?.equals(entry) === true) continue;
        entries[id] = entry.clone();
        changed = true;
        this.partial = [];
        blocks[id] = this.block(id, this.body.blocks.get(id), entry);
        partial[id] = this.partial;
      }
    }
    for (const id of order) {
      const entry = entries[id];
      if (entry === null || entry === undefined) continue;
      for (const pred of this.preds[id] ?? []) this.endLeftOver(pred, entry, blocks);
    }
    return { blocks, partial: partial.flat() };
  }

  /** A field of a value that only has some of its fields may be set on one way into a join and not on another: there it ends. */
  private endLeftOver(pred: BlockId, entry: BitSet, blocks: BlockPlan[]): void {
    const exit = this.exits[pred];
    const block = this.body.blocks.get(pred);
    const plan = blocks[pred];
    if (exit === null || exit === undefined || plan === undefined || block.terminator.kind !== 'goto') return;
    const nodes: number[] = [];
    exit.forEach((node) => {
      const info = this.paths.node(node);
      if (entry.has(node) || !info.needsDrop || info.unit < 0 || this.holdsSome(node, entry)) return;
      if (this.isAssembled(info.unit, exit) || this.isAssembled(info.unit, entry)) nodes.push(node);
    });
    if (nodes.length === 0) return;
    const { span } = block.statements[block.statements.length - 1] ?? block.terminator;
    const largest = nodes.filter((node) => !nodes.some((other) => other < node && node < this.paths.node(other).end));
    const drops = this.ordered(largest).map((node) => ({ place: this.paths.node(node).place, node, span }));
    const after = [...plan.after];
    const last = after.length - 1;
    if (last >= 0) after[last] = [...present(after[last], 'drops'), ...drops];
    blocks[pred] = { ...plan, after, atStart: last >= 0 ? plan.atStart : [...plan.atStart, ...drops] };
  }

  private block(id: BlockId, block: BasicBlock, held: BitSet): BlockPlan {
    const first = this.entrySpan(id, block);
    const atStart = this.dropDead(held, this.liveness.entry(id), first);
    const live = this.liveness.afterEach(id);
    const last = block.statements.length - 1;
    const before: (readonly PlannedDrop[])[] = [];
    const after: (readonly PlannedDrop[])[] = [];
    block.statements.forEach((statement, index) => {
      before.push(this.beforeStore(statement, held));
      this.apply(statement, held);
      // Nothing after a call that never returns is ever run.
      const stops = index === last && block.terminator.kind === 'unreachable' && statement.kind !== 'declare';
      after.push(stops ? NOTHING : this.dropDead(held, present(live[index], 'live state'), statement.span));
    });
    this.apply(block.terminator, held);
    this.exits[id] = held;
    return { atStart, before, after };
  }

  /** Where control came from is where a value that only the other way needs was last needed. */
  private entrySpan(id: BlockId, block: BasicBlock): Span {
    const [only, more] = this.preds[id] ?? [];
    if (only !== undefined && more === undefined) return this.body.blocks.get(only).terminator.span;
    return block.statements[0]?.span ?? block.terminator.span;
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

  /** A path below `node` without a value, or -1. The rest bit of an expanded node means nothing. */
  private missing(node: number, held: BitSet): number {
    const end = this.paths.node(node).end;
    for (let i = node; i < end; i++) if (!held.has(i) && !this.paths.node(i).expanded) return i;
    return -1;
  }

  private holdsAll(node: number, held: BitSet): boolean {
    return this.missing(node, held) < 0;
  }

  private holdsSome(node: number, held: BitSet): boolean {
    const { end } = this.paths.node(node);
    for (let i = node; i < end; i++) if (held.has(i) && !this.paths.node(i).expanded) return true;
    return false;
  }

  /** What a store replaces is destroyed right before it, if nothing earlier could: something may still have looked at it. */
  private beforeStore(statement: Statement, held: BitSet): readonly PlannedDrop[] {
    if (statement.kind !== 'assign' && statement.kind !== 'call') return NOTHING;
    if (statement.store === 'init') return NOTHING;
    const place = statement.kind === 'assign' ? statement.place : statement.dest;
    const found = this.paths.lookup(place);
    const type = placeType(this.body, place, (global) => this.types.program.global(global).type);
    if (!this.types.needsDrop(type)) return NOTHING;
    if (found?.exact === true) {
      if (!this.holdsAll(found.node, held)) return NOTHING;
      const nodes: number[] = [];
      this.end(found.node, held, nodes);
      this.clear(found.node, held);
      return nodes.map((node) => ({ place: this.paths.node(node).place, node, span: statement.span }));
    }
    return this.mayHoldOld(place) ? [{ place, node: -1, span: statement.span }] : NOTHING;
  }

  /** Memory reached through a reference always holds a value; so does a local of the caller. */
  private mayHoldOld(place: Place): boolean {
    if (place.root.kind === 'global') return !(this.initializesGlobals && place.projections.length === 0);
    if (place.projections.length > 0) return true;
    return this.body.locals.get(place.root.local).kind.kind === 'argument';
  }

  private dropDead(held: BitSet, live: BitSet, span: Span): readonly PlannedDrop[] {
    const { paths } = this;
    const ends: number[] = [];
    held.forEach((node) => {
      const info = paths.node(node);
      if (info.unit < 0) {
        // Above the units nothing is destroyed as one.
        held.delete(node);
      } else if (!live.has(info.unit) || (node !== info.unit && !live.has(paths.size + node))) ends.push(node);
    });
    if (ends.length === 0) return NOTHING;
    const drops: number[] = [];
    const self = this.completeSelf(ends, held, live);
    if (self === 'dies') {
      this.clear(this.builtSelf, held);
      drops.push(this.builtSelf);
    }
    for (const node of ends) {
      if (!held.has(node) || (self === 'stays' && this.isBuiltSelf(node))) continue;
      const unit = paths.node(node).unit;
      if (!live.has(unit)) this.endUnit(unit, held, span, drops);
      else this.endPath(node, held, live, span, drops);
    }
    return this.ordered(drops).map((node) => ({ place: paths.node(node).place, node, span }));
  }

  private isBuiltSelf(node: number): boolean {
    return this.builtSelf >= 0 && this.paths.node(node).local === this.paths.node(this.builtSelf).local;
  }

  /** An initializer that fails with `self` complete destroys it as one, by its destructor, after its last use. */
  private completeSelf(ends: readonly number[], held: BitSet, live: BitSet): 'no' | 'stays' | 'dies' {
    if (!ends.some((node) => this.isBuiltSelf(node))) return 'no';
    const units = this.paths.unitsOf(this.builtSelf);
    if (!units.every((unit) => this.holdsAll(unit, held))) return 'no';
    if (units.some((unit) => this.liveness.isReplaced(live, unit))) return 'no';
    return units.some((unit) => live.has(unit)) ? 'stays' : 'dies';
  }

  private endUnit(unit: number, held: BitSet, span: Span, drops: number[]): void {
    const missing = this.isAssembled(unit, held) ? -1 : this.missing(unit, held);
    if (missing >= 0 && this.endsAsOne(unit)) this.partial.push({ unit, replaced: unit, missing, span });
    if (missing < 0) this.end(unit, held, drops);
    this.clear(unit, held);
  }

  /** A value of the program does even where nothing is left to do at its end. */
  private endsAsOne(node: number): boolean {
    const info = this.paths.node(node);
    return info.needsDrop || this.body.locals.get(info.local).name !== '';
  }

  /** Whether only fields of the value were set: no constructor made it, so that no destructor ends it. */
  private isAssembled(node: number, held: BitSet): boolean {
    return this.paths.node(node).expanded && !held.has(node);
  }

  /** What ends with a path: the value, or the fields that it has so far. */
  private end(node: number, held: BitSet, drops: number[]): void {
    const info = this.paths.node(node);
    if (!info.needsDrop) return;
    if (!this.isAssembled(node, held)) {
      if (this.holdsAll(node, held)) drops.push(node);
      return;
    }
    for (let child = node + 1; child < info.end; child = this.paths.node(child).end) this.end(child, held, drops);
  }

  /** The largest paths at and below `node` that are dead and hold a value. One that is replaced as a whole ends as a whole. */
  private endPath(node: number, held: BitSet, live: BitSet, span: Span, drops: number[]): void {
    const info = this.paths.node(node);
    if (this.liveness.isDead(live, node)) {
      const missing = this.isAssembled(node, held) ? -1 : this.missing(node, held);
      if (missing < 0) this.end(node, held, drops);
      if (missing >= 0 && this.endsAsOne(node) && this.holdsSome(node, held))
        this.partial.push({ unit: info.unit, replaced: node, missing, span });
      this.clear(node, held);
      return;
    }
    for (let child = node + 1; child < info.end; child = this.paths.node(child).end) {
      if (held.has(child) || this.paths.node(child).expanded) this.endPath(child, held, live, span, drops);
    }
  }

  /** Latest created local first; parts of one local in declaration order. */
  private ordered(nodes: readonly number[]): number[] {
    const local = (node: number): LocalId => this.paths.node(node).local;
    return [...nodes].sort((a, b) => compareEnds(this.body, local(a), local(b)) || a - b);
  }
}

/** The order of what dies at one point: the result, then arguments, then locals and temporaries, each from the last to the first. */
export function compareEnds(body: Body, a: LocalId, b: LocalId): number {
  return rankOf(body, b) - rankOf(body, a) || b - a;
}

function rankOf(body: Body, local: LocalId): number {
  const { kind } = body.locals.get(local).kind;
  return kind === 'result' ? 2 : kind === 'argument' ? 1 : 0;
}
