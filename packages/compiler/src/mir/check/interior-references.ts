/** Interior references: a reference into memory that a container owns (`xs["element"]`) must not be used after the container
 *  was passed mutably to something that may move that memory.
 *  In: a built body; once more, for what ends of lives do, the body with drops.  Out: diagnostics at later uses, one for each
 *  reference; and conditions, where it depends on the caller whether a reference is invalidated.
 *
 *  Forward may analysis with one bit for each local whose type mentions an interior origin: "may have been invalidated".
 *  Set by a call that gets a prefix of the path mutably, or by assigning the container; cleared when the local is set.
 *  The library's own element access hands out references without moving anything, and sets nothing.
 *
 *  Stricter than the type system: `InteriorHolders` says what else counts as such a reference; calling a closure counts as
 *  passing what it captured mutably, and calling a function as passing what it restructures through a pointer that it gets.
 *  A change of a value that an `ArcPointer` shares counts for references into every shared value of that type
 *  (`SharedEffects` says what calls change), but not for references to the owners themselves, of which trees are made. */
import { BitSet } from '../../base/bitset.ts';
import { present } from '../../base/invariant.ts';
import type { Span } from '../../base/span.ts';
import type { Sink } from '../../diagnostics/sink.ts';
import type { OriginStep } from '../../terms/term.ts';
import { placeType, reversePostorder } from '../cfg.ts';
import { solve } from '../dataflow/engine.ts';
import { edgeDefinition } from '../events.ts';
import type { Body, Callee, Operand, Place, Statement, Terminator } from '../mir.ts';
import type { TypeFacts } from '../type-facts.ts';
import { type Accesses, isPrefix, type Region, regionText, sameStep } from './accesses.ts';
import { mayRunUserCode, sharedBy } from './effects-of-body.ts';
import * as errors from './errors.ts';
import { forEachUse } from './held-over.ts';
import { type Holder, InteriorHolders, isPayload } from './interior-holders.ts';
import { conditionsOf, type SharedConditions } from './shared-conditions.ts';
import type { SharedEffects } from './shared-effects.ts';
import { type Call, type Change, type LentChange, SHARED, type SharedValues, type Writes } from './shared-values.ts';

export function checkInteriorReferences(
  body: Body,
  types: TypeFacts,
  effects: SharedEffects,
  conditions: SharedConditions,
  sink: Sink,
): void {
  const holders = new InteriorHolders(body, types, effects);
  const flow = new InteriorFlow(body, types, holders, effects);
  if (holders.all.length > 0) flow.reportUses(sink, (node, state) => flow.disturb(node, state), true);
  flow.reportAlongside(sink);
  conditions.add(body.function, conditionsOf(body, types, holders, flow));
}

/** The ends of lives: what destructors do to shared values and through pointers.  In: a body in phase `dropped`. */
export function checkDestructorEffects(
  body: Body,
  types: TypeFacts,
  effects: SharedEffects,
  conditions: SharedConditions,
  sink: Sink,
): void {
  const runs = (node: Statement): boolean => node.kind === 'drop' && runsUserDestructor(types, effects, body, node);
  if (![...body.blocks.values()].some((block) => block.statements.some(runs))) return;
  const holders = new InteriorHolders(body, types, effects);
  if (holders.all.length === 0) return;
  const flow = new InteriorFlow(body, types, holders, effects);
  flow.reportUses(sink, (node, state) => {
    if (node.kind === 'drop') flow.disturb(node, state);
  });
  conditions.add(body.function, conditionsOf(body, types, holders, flow));
}

function runsUserDestructor(
  types: TypeFacts,
  effects: SharedEffects,
  body: Body,
  node: Statement & { readonly kind: 'drop' },
): boolean {
  const type = placeType(body, node.place, (global) => types.program.global(global).type);
  if (!mayRunUserCode(types, type)) return false;
  const { effects: done, open } = effects.ofDeed({ kind: 'destroy', type });
  return done.length > 0 || open.length > 0;
}

interface Finding {
  readonly holder: Holder;
  readonly use: Span;
  readonly invalidated: Span;
  readonly throughOwner: boolean;
}

/** Sets the bits of holders that a statement invalidates. */
export type Disturbance = (node: Statement | Terminator, state: BitSet) => void;

export class InteriorFlow {
  private readonly body: Body;
  private readonly types: TypeFacts;
  private readonly effects: SharedEffects;
  private readonly holders: InteriorHolders;
  private readonly accesses: Accesses;
  private readonly shared: SharedValues;
  /** By holder: where it was invalidated. */
  private sites: Span[][] = [];
  /** Starts of the sites where another owner was used. */
  private readonly throughOwners = new Set<number>();
  readonly hasShared: boolean;

  constructor(body: Body, types: TypeFacts, holders: InteriorHolders, effects: SharedEffects) {
    this.body = body;
    this.types = types;
    this.effects = effects;
    this.holders = holders;
    this.accesses = holders.accesses;
    this.shared = holders.shared;
    this.hasShared = holders.all.some((holder) => holder.shared.length > 0);
  }

  reportUses(sink: Sink, disturb: Disturbance, storesOnEdges = false): void {
    const found = this.usesAfter(disturb, storesOnEdges);
    for (const finding of found) {
      if (isEcho(finding, found)) continue;
      const { regions } = finding.holder;
      const region = regions.find((held) => held.name !== '') ?? regions[0];
      sink.report(errors.invalidatedReference({ ...finding, origin: region === undefined ? '' : regionText(region) }));
    }
  }

  /** Of each holder that `disturb` invalidates, the first use after that. `storesOnEdges`: what raising calls store counts too. */
  private usesAfter(disturb: Disturbance, storesOnEdges = false): readonly Finding[] {
    const size = this.holders.all.length;
    this.sites = this.holders.all.map(() => []);
    const transfer = (node: Statement | Terminator, state: BitSet): void => {
      disturb(node, state);
      if (node.kind === 'assign') this.refresh(node.place, state);
      else if (node.kind === 'call') this.refresh(node.dest, state);
    };
    const solution = solve(this.body, {
      direction: 'forward',
      top: () => new BitSet(size),
      join: (into, from) => void into.unionWith(from),
      boundary: () => new BitSet(size),
      block: (_, block, state) => {
        for (const statement of block.statements) transfer(statement, state);
        transfer(block.terminator, state);
      },
      edge: (_, block, index, state) => {
        const place = edgeDefinition(block.terminator, index);
        if (place === null) return;
        if (storesOnEdges) this.store(place, state, block.terminator.span);
        this.refresh(place, state);
      },
    });
    const found: Finding[] = [];
    const reported = new BitSet(size);
    for (const id of reversePostorder(this.body)) {
      const block = this.body.blocks.get(id);
      const state = present(solution.entry[id], 'state').clone();
      for (const statement of block.statements) {
        this.find(statement, state, reported, found);
        transfer(statement, state);
      }
      this.find(block.terminator, state, reported, found);
    }
    return found;
  }

  private find(node: Statement | Terminator, state: BitSet, reported: BitSet, found: Finding[]): void {
    if (state.isEmpty()) return;
    forEachUse(node, this.holders, (index, span) => {
      const holder = this.holders.all[index];
      if (holder === undefined || !state.has(index) || reported.has(index)) return;
      reported.add(index);
      const invalidated = this.siteOf(holder, index, span);
      found.push({ holder, use: span, invalidated, throughOwner: this.throughOwners.has(invalidated.start) });
    });
  }

  /** The change that is meant: the last one before the use, but not one from before the reference was made. */
  private siteOf(holder: Holder, index: number, use: Span): Span {
    const made = this.body.locals.get(holder.local).span.start;
    const all = this.sites[index] ?? [];
    const since = all.filter((site) => site.start > made);
    const sites = since.length > 0 ? since : all;
    const before = sites.filter((site) => site.start <= use.start);
    return before[before.length - 1] ?? sites[0] ?? use;
  }

  private mark(index: number, state: BitSet, span: Span, throughOwner: boolean): void {
    const fresh = !state.has(index);
    state.add(index);
    const sites = this.sites[index];
    if (sites === undefined || sites.some((site) => site.start === span.start)) return;
    sites.push(span);
    if (throughOwner && fresh) this.throughOwners.add(span.start);
  }

  private refresh(place: Place, state: BitSet): void {
    if (place.root.kind !== 'local' || place.projections.length > 0) return;
    const index = this.holders.indexOf(place.root.local);
    if (index >= 0) state.delete(index);
  }

  // ---------------------------------------------------------------------------------------------- what invalidates

  /** Of calls, stores and drops in a body. */
  disturb(node: Statement | Terminator, state: BitSet): void {
    if (node.kind === 'call' || node.kind === 'tryCall') this.call(node, state);
    if (node.kind === 'drop') this.throughPointers(node, state);
    if (this.hasShared) this.changeShared(this.changesOf(node), state, node.span);
    if (node.kind === 'assign') this.store(node.place, state, node.span);
    else if (node.kind === 'call') this.store(node.dest, state, node.span);
  }

  private call(node: Call, state: BitSet): void {
    let holdsPointers = false;
    node.args.forEach((operand, index) => {
      if (operand.kind === 'constant') return;
      const accesses = this.accesses.ofOperand(operand);
      holdsPointers ||= accesses.some((access) => access.mutable && access.embedded && !access.captured);
      if (!this.mayRestructure(node.callee, operand, index) || this.isUpdate(node, operand)) return;
      const replaces = !this.isAccessor(node.callee, index);
      const onlyLends =
        node.callee.kind === 'function' && this.types.program.function(node.callee.fn).attributes.onlyLends;
      for (const access of accesses) {
        // What lies behind a pointer or span that is passed keeps its shape, unless the function's effects say otherwise.
        if (!access.mutable || ((access.embedded || onlyLends) && !access.captured)) continue;
        const parts = access.captured ? null : this.changedParts(node.callee, index, access.region);
        this.invalidate(access.region, state, operand.span, replaces, parts);
      }
    });
    if (holdsPointers) this.throughPointers(node, state);
  }

  /** What code restructures behind pointers that it gets. */
  private throughPointers(node: Statement | Terminator, state: BitSet): void {
    for (const { root, path, moves } of this.shared.outcomeOf(node).effects) {
      if (!moves || root.kind !== 'origin') continue;
      for (const region of this.holders.regionsOfOrigin(root.origin))
        this.invalidate({ ...region, path: [...region.path, ...path] }, state, node.span, true);
    }
  }

  /** What a user's function restructures of an argument that it may change. Null: nothing is known. */
  private changedParts(callee: Callee, index: number, region: Region): readonly Region[] | null {
    if (callee.kind !== 'function' || !this.shared.isUsers(callee)) return null;
    return this.effects
      .ofCall(callee.fn, callee.args)
      .effects.filter(({ root, moves }) => root.kind === 'argument' && root.index === index && moves)
      .map((effect) => ({ ...region, path: [...region.path, ...effect.path] }));
  }

  /** What a statement may restructure in shared values. */
  changesOf(node: Statement | Terminator): readonly Change[] {
    return this.writesOf(node).shared.filter((change) => change.moves);
  }

  /** The same with what it writes in place, and what it restructures in lent memory. */
  writesOf(node: Statement | Terminator): Writes {
    return this.shared.writesOf(node, (callee, operand, index) => {
      if (this.isAccessor(callee, index)) return 'nothing';
      if (this.mayRestructure(callee, operand, index)) return 'moves';
      return this.setsElement(callee) ? 'inPlace' : 'nothing';
    });
  }

  /** A change of one shared value may be one of any other of its type. Where both are places of this function, that shows when it runs. */
  private changeShared(changes: readonly Change[], state: BitSet, span: Span): void {
    for (const change of changes) {
      this.holders.all.forEach((holder, index) => {
        if (!holder.shared.some((part) => this.shared.meets(change, part))) return;
        if (!holder.regions.every((held) => this.shared.isCompared(change, held))) this.mark(index, state, span, true);
      });
    }
  }

  /** A place of a shared value that is assigned. */
  changesByStore(node: Statement | Terminator): readonly Change[] {
    const place = storedBy(node);
    return place === null ? [] : this.changesAt(place);
  }

  /** What a statement restructures in lent memory. */
  lentChangesOf(node: Statement | Terminator): readonly LentChange[] {
    const place = storedBy(node);
    const { lent } = this.writesOf(node);
    if (place === null || place.root.kind !== 'local') return lent;
    const stored = this.accesses
      .regionsOf(place)
      .filter((region) => this.shared.partsOf(region).length === 0 && this.shared.isLent(region))
      .map((region) => ({ region, place }));
    return [...lent, ...stored];
  }

  private changesAt(place: Place): readonly Change[] {
    if (place.root.kind !== 'local' || place.projections.length === 0) return [];
    return this.accesses.regionsOf(place).flatMap((region) => {
      const last = this.shared.partsOf(region).at(-1);
      return last === undefined ? [] : [{ ...last, passed: null, at: { region, place }, moves: true }];
    });
  }

  private store(place: Place, state: BitSet, span: Span): void {
    if (place.root.kind !== 'local') return;
    for (const region of this.accesses.regionsOf(place)) this.invalidate(region, state, span, true);
    if (this.hasShared) this.changeShared(this.changesAt(place), state, span);
  }

  /** What lies inside memory that the region owns is gone; the region's own elements stay. */
  private invalidate(
    region: Region,
    state: BitSet,
    span: Span,
    replaces: boolean,
    parts: readonly Region[] | null = null,
  ): void {
    const ends = (step: OriginStep): boolean =>
      step.kind === 'interior' && (replaces || !(isPayload(step) || sameStep(step, SHARED)));
    this.holders.all.forEach((holder, index) => {
      for (const held of holder.regions) {
        // A view is not invalid officially: what a function does to it can be looked at more closely.
        for (const changed of parts !== null && this.holders.views.has(held) ? parts : [region]) {
          if (isPrefix(changed, held) && held.path.slice(changed.path.length).some(ends))
            this.mark(index, state, span, false);
        }
      }
    });
  }

  /** `d[k] = v` for a key `k` that was taken from `d`: the entry is there, so none is added. */
  private isUpdate(node: Call, operand: Operand): boolean {
    if (node.callee.kind !== 'function' || operand.kind === 'constant') return false;
    if (this.types.program.function(node.callee.fn).ref.name !== '__setitem__') return false;
    const [receiver, key] = node.args;
    if (receiver !== operand || key === undefined || key.kind === 'constant') return false;
    const holder = key.place.root.kind === 'local' ? this.holders.indexOf(key.place.root.local) : -1;
    const held = this.holders.all[holder]?.regions ?? [];
    const containers = this.accesses.regionsOf(operand.place);
    return held.length > 0 && held.every((inside) => containers.some((outer) => isPrefix(outer, inside)));
  }

  /** Element access of the library leaves the memory where it is. */
  private mayRestructure(callee: Callee, operand: Operand, index: number): boolean {
    if (callee.kind !== 'function') return true;
    const fn = this.types.program.function(callee.fn);
    if (operand.kind === 'constant') return false;
    if (fn.attributes.keepsInteriors) return false;
    if (operand.kind === 'move' || !fn.ref.path.startsWith('std.')) return true;
    if (fn.args[index]?.convention === 'ref') return false;
    if (fn.ref.name === '__setitem__') {
      const role = this.types.builtinOf(this.accesses.typeOf(operand.place));
      // A new key may move all entries.
      return role === 'dict' || role === 'set';
    }
    return !fn.ref.name.startsWith('__getitem') && fn.ref.name !== '__iter__';
  }

  private setsElement(callee: Callee): boolean {
    return callee.kind === 'function' && this.types.program.function(callee.fn).ref.name === '__setitem__';
  }

  /** A `ref` argument of open mutability cannot be written: what an `Optional` or a pointer holds stays. */
  isAccessor(callee: Callee, index: number): boolean {
    return callee.kind === 'function' && this.types.program.function(callee.fn).args[index]?.convention === 'ref';
  }

  // ---------------------------------------------------------------------------------------------- during one call

  /** A reference into a shared value goes to a function that may change the value through an owner. */
  reportAlongside(sink: Sink): void {
    if (!this.hasShared && this.types.program.function(this.body.function).ref.path.startsWith('std.')) return;
    for (const block of this.body.blocks.values())
      for (const node of [...block.statements, block.terminator])
        if (node.kind === 'call' || node.kind === 'tryCall') this.alongside(node, sink);
  }

  private alongside(node: Call, sink: Sink): void {
    if (node.args.length < 2) return;
    const isLibrary = node.callee.kind === 'function' && !this.shared.isUsers(node.callee);
    // A library function changes shared values only through members of what it is given.
    if (!this.hasShared && !(isLibrary && this.shared.outcomeOf(node).effects.length > 0)) return;
    for (const operand of node.args) {
      if (operand.kind === 'constant' || sharedBy(this.accesses.typeOf(operand.place)) !== null) continue;
      for (const { region } of this.accesses.ofOperand(operand)) {
        const parts = this.shared.partsOf(region);
        if (parts.length === 0) continue;
        // What lies behind another owner in the shared value is that owner's: trees are walked so.
        const own = parts.filter((part) => !part.path.some((step) => sameStep(step, SHARED)));
        // The library may be in the middle of a container.
        const held = isLibrary ? own.map((part) => ({ ...part, path: [...part.path, ELEMENT] })) : own;
        const change = this.changesOf(node).find(
          (one) =>
            one.at?.place !== operand.place &&
            (isLibrary && one.passed === null ? own : held).some((part) => this.shared.meets(one, part)),
        );
        if (change === undefined) continue;
        sink.report(errors.sharedValueChanged({ origin: regionText(region), at: operand.span, call: node.span }));
        return;
      }
    }
  }
}

const ELEMENT: OriginStep = { kind: 'interior', name: 'element' };

/** The place that a statement sets; of a call that may raise, when it does not. */
export function storedBy(node: Statement | Terminator): Place | null {
  const isCall = node.kind === 'call' || node.kind === 'tryCall';
  return node.kind === 'assign' ? node.place : isCall ? node.dest : null;
}

/** A use in the next round of a loop says nothing new when there is one after the same change in this round. */
function isEcho(finding: Finding, all: readonly Finding[]): boolean {
  if (finding.use.start > finding.invalidated.start) return false;
  return all.some(
    (other) => other.invalidated.start === finding.invalidated.start && other.use.start > finding.invalidated.start,
  );
}
