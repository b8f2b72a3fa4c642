/** Interior references: a reference into memory that a container owns (`xs["element"]`) must not be used after the container
 *  was passed mutably to something that may move that memory.
 *  In: a built body.  Out: diagnostics at later uses, one for each reference.
 *
 *  Forward may analysis with one bit for each local whose type mentions an interior origin: "may have been invalidated".
 *  Set by a call that gets a prefix of the path mutably, or by assigning the container; cleared when the local is set.
 *  The library's own element access hands out references without moving anything, and sets nothing.
 *
 *  Stricter than the type system: a span of a growable container has the container's own origin in its type, but counts as a
 *  reference into its elements; what `Optional`, `OwnedPointer` and `ArcPointer` hold is a reference into them; and calling a
 *  closure counts as passing what it captured mutably. A change of a value that an `ArcPointer` shares counts for references into
 *  every shared value of that type (`SharedEffects` says what calls change), but not for references to the owners
 *  themselves, of which trees are made. */
import { BitSet } from '../../base/bitset.ts';
import { present } from '../../base/invariant.ts';
import type { Span } from '../../base/span.ts';
import type { Sink } from '../../diagnostics/sink.ts';
import type { OriginRootId, OriginStep, Term } from '../../terms/term.ts';
import { reversePostorder } from '../cfg.ts';
import { solve } from '../dataflow/engine.ts';
import { edgeDefinition, forEachEvent } from '../events.ts';
import type { Body, Callee, LocalId, Operand, Place, Statement, Terminator } from '../mir.ts';
import type { NamedOrigin, TypeFacts } from '../type-facts.ts';
import { Accesses, isPrefix, type Region, regionText, sameStep } from './accesses.ts';
import * as errors from './errors.ts';
import { pointersIn, symbolicOrigin, type SymbolicOrigin } from './pointers-in.ts';
import { type SharedEffects, sharedBy } from './shared-effects.ts';
import { type Call, type Change, SHARED, type SharedPart, SharedValues } from './shared-values.ts';

export function checkInteriorReferences(body: Body, types: TypeFacts, effects: SharedEffects, sink: Sink): void {
  const check = new InteriorCheck(body, types, effects, sink);
  if (check.hasHolders) check.run();
}

interface Holder {
  readonly local: LocalId;
  readonly regions: readonly Region[];
  /** Where the regions lie in shared values. */
  readonly shared: readonly SharedPart[];
}

interface Finding {
  readonly origin: string;
  readonly use: Span;
  readonly invalidated: Span;
  readonly throughOwner: boolean;
}

/** A use in the next round of a loop says nothing new when there is one after the same change in this round. */
function isEcho(finding: Finding, all: readonly Finding[]): boolean {
  if (finding.use.start > finding.invalidated.start) return false;
  return all.some(
    (other) => other.invalidated.start === finding.invalidated.start && other.use.start > finding.invalidated.start,
  );
}

class InteriorCheck {
  private readonly body: Body;
  private readonly types: TypeFacts;
  private readonly shared: SharedValues;
  private readonly effects: SharedEffects;
  /** Regions that views and loop variables are held to, beyond what their types say. */
  private readonly views = new Set<Region>();
  private readonly sink: Sink;
  private readonly accesses: Accesses;
  private readonly holders: Holder[] = [];
  private readonly byLocal: Int32Array;
  private readonly locals = new Map<OriginRootId, LocalId>();
  /** By holder: where it was invalidated. */
  private readonly sites: Span[][] = [];
  /** Starts of the sites where another owner was used. */
  private readonly throughOwners = new Set<number>();
  private readonly hasShared: boolean;

  constructor(body: Body, types: TypeFacts, effects: SharedEffects, sink: Sink) {
    this.body = body;
    this.types = types;
    this.sink = sink;
    this.effects = effects;
    // An element that an iterator hands out has the container's own origin.
    this.accesses = new Accesses(body, types, (origin, pointee) => {
      const region = this.throughPayloads(origin, pointee);
      return this.inside(region, pointee) ?? region;
    });
    this.byLocal = new Int32Array(body.locals.size).fill(-1);
    for (const id of body.locals.ids()) this.locals.set(body.locals.get(id).origin, id);
    this.shared = new SharedValues(body, types, effects, this.accesses, this.locals);
    for (const id of body.locals.ids()) {
      const { type } = body.locals.get(id);
      const regions = this.interiorRegions(type);
      if (regions.length === 0) continue;
      this.byLocal[id] = this.holders.length;
      const isOwner = type.kind === 'ref' && sharedBy(type.pointee) !== null;
      this.holders.push({
        local: id,
        regions,
        shared: isOwner ? [] : regions.flatMap((held) => this.shared.partsOf(held)),
      });
      this.sites.push([]);
    }
    this.hasShared = this.holders.some((holder) => holder.shared.length > 0);
  }

  get hasHolders(): boolean {
    return this.holders.length > 0;
  }

  private interiorRegions(type: Term): Region[] {
    const regions: Region[] = [];
    for (const { origin, pointee, inView } of pointersIn(this.types, type)) {
      const region = this.throughPayloads(regionOf(origin), pointee);
      const inside = inView ? this.inside(region, pointee) : null;
      if (inside !== null) {
        regions.push(inside);
        this.views.add(inside);
      } else if (region.path.some((step) => step.kind === 'interior')) regions.push(region);
    }
    const { places, symbolic } = this.types.originsOf(type);
    for (const origin of [...places.map(regionOf), ...symbolic.flatMap((term) => symbolicOrigin(term) ?? [])]) {
      if (origin.path.some((step) => step.kind === 'interior')) regions.push(this.throughPayloads(origin, null));
    }
    return regions;
  }

  /** The region with a step into each value on its way that holds another one which can be replaced or taken out. */
  private throughPayloads(region: Region, pointee: Term | null): Region {
    const path: OriginStep[] = [];
    let rest = region.path;
    let type = this.accesses.regionType({ ...region, path }, this.locals);
    while (type !== null) {
      const [step] = rest;
      const isDesignated = step === undefined && (pointee === null || type === pointee);
      if (isPayloadOwner(type) && !isDesignated) {
        path.push(sharedBy(type) === null ? PAYLOAD : SHARED);
        // The storage of an `Optional` is one of its fields; the pointers give their own origin.
        if (step?.kind === 'field' && step.name === '_storage') rest = rest.slice(1);
      } else {
        if (step === undefined) break;
        path.push(step);
        rest = rest.slice(1);
      }
      type = this.accesses.regionType({ ...region, path }, this.locals);
    }
    return { ...region, path: [...path, ...rest] };
  }

  /** The origin names a growable container, and what is pointed to is not the container itself: it is memory that it owns, as many
   *  levels down as element types say. Null: it is the container, or something that does not grow. */
  private inside(region: Region, pointee: Term): Region | null {
    let type = this.accesses.regionType(region, this.locals);
    const path = [...region.path];
    while (type !== null && type !== pointee && this.isGrowable(type)) {
      path.push(ELEMENT);
      const elements: readonly Term[] = type.kind === 'struct' ? type.args : [];
      if (elements.includes(pointee)) break;
      type = elements.find((element) => this.isGrowable(element)) ?? null;
    }
    return path.length === region.path.length ? null : { ...region, path };
  }

  private isGrowable(type: Term): boolean {
    if (type.kind !== 'struct') return false;
    const role = this.types.builtinOf(type);
    if (role === 'list' || role === 'string' || role === 'dict' || role === 'set') return true;
    return type.decl.path.startsWith('std.collections.') && GROWABLE.has(type.decl.name);
  }

  run(): void {
    const size = this.holders.length;
    const solution = solve(this.body, {
      direction: 'forward',
      top: () => new BitSet(size),
      join: (into, from) => void into.unionWith(from),
      boundary: () => new BitSet(size),
      block: (_, block, state) => {
        for (const statement of block.statements) this.transfer(statement, state);
        this.transfer(block.terminator, state);
      },
      edge: (_, block, index, state) => {
        const place = edgeDefinition(block.terminator, index);
        if (place !== null) this.define(place, state, block.terminator.span);
      },
    });
    const found: Finding[] = [];
    const reported = new BitSet(size);
    for (const id of reversePostorder(this.body)) {
      const block = this.body.blocks.get(id);
      const state = present(solution.entry[id], 'state').clone();
      for (const statement of block.statements) {
        this.find(statement, state, reported, found);
        if (this.hasShared) this.findAlongside(statement);
        this.transfer(statement, state);
      }
      this.find(block.terminator, state, reported, found);
      if (this.hasShared) this.findAlongside(block.terminator);
    }
    for (const finding of found) if (!isEcho(finding, found)) this.sink.report(errors.invalidatedReference(finding));
  }

  /** A reference into a shared value goes to a function that may change the value through an owner. */
  private findAlongside(node: Statement | Terminator): void {
    if (node.kind !== 'call' && node.kind !== 'tryCall') return;
    if (node.args.length < 2) return;
    let changes: readonly Change[] | null = null;
    for (const operand of node.args) {
      if (operand.kind === 'constant' || sharedBy(this.accesses.typeOf(operand.place)) !== null) continue;
      for (const { region } of this.accesses.ofOperand(operand)) {
        const parts = this.shared.partsOf(region);
        if (parts.length === 0) continue;
        changes ??= this.changesOf(node);
        // What lies behind another owner in the shared value is that owner's: trees are walked so.
        const own = parts.filter((part) => !part.path.some((step) => sameStep(step, SHARED)));
        const change = changes.find(
          (one) => one.operand !== operand && own.some((part) => this.shared.meets(one, part)),
        );
        if (change === undefined) continue;
        this.sink.report(errors.sharedValueChanged({ origin: regionText(region), at: operand.span, call: node.span }));
        return;
      }
    }
  }

  private find(node: Statement | Terminator, state: BitSet, reported: BitSet, found: Finding[]): void {
    if (state.isEmpty()) return;
    const use = (place: Place, span: Span): void => {
      const holder = place.root.kind === 'local' ? (this.byLocal[place.root.local] ?? -1) : -1;
      if (holder < 0 || !state.has(holder) || reported.has(holder)) return;
      reported.add(holder);
      const regions = this.holders[holder]?.regions ?? [];
      const region = regions.find((held) => held.name !== '') ?? regions[0];
      const site = this.siteOf(holder, span);
      const throughOwner = this.throughOwners.has(site.start);
      const origin = region === undefined ? '' : regionText(region);
      found.push({ origin, use: span, invalidated: site, throughOwner });
    };
    forEachEvent(node, (event) => {
      if (event.kind === 'use' || event.kind === 'move') use(event.place, event.operand?.span ?? node.span);
      else if (event.kind === 'define' && event.place.projections.length > 0) use(event.place, node.span);
    });
  }

  /** The change that is meant: the last one before the use, but not one from before the reference was made. */
  private siteOf(holder: number, use: Span): Span {
    const local = this.holders[holder]?.local;
    const made = local === undefined ? 0 : this.body.locals.get(local).span.start;
    const all = this.sites[holder] ?? [];
    const since = all.filter((site) => site.start > made);
    const sites = since.length > 0 ? since : all;
    const before = sites.filter((site) => site.start <= use.start);
    return before[before.length - 1] ?? sites[0] ?? use;
  }

  private transfer(node: Statement | Terminator, state: BitSet): void {
    if (node.kind === 'call' || node.kind === 'tryCall') this.call(node, state);
    if (node.kind === 'assign') this.define(node.place, state, node.span);
    else if (node.kind === 'call') this.define(node.dest, state, node.span);
  }

  private call(node: Call, state: BitSet): void {
    node.args.forEach((operand, index) => {
      if (operand.kind === 'constant' || !this.mayRestructure(node.callee, operand, index)) return;
      if (this.isUpdate(node, operand)) return;
      const replaces = !this.isAccessor(node.callee, index);
      for (const access of this.accesses.ofOperand(operand)) {
        // What lies behind a pointer or span that is passed keeps its shape.
        if (!access.mutable || (access.embedded && !access.captured)) continue;
        const parts = access.captured ? null : this.changedParts(node.callee, index, access.region);
        this.invalidate(access.region, state, operand.span, replaces, parts);
      }
    });
    if (this.hasShared) this.changeShared(this.changesOf(node), state, node.span);
  }

  /** What a user's function restructures of an argument that it may change. Null: nothing is known. */
  private changedParts(callee: Callee, index: number, region: Region): readonly Region[] | null {
    if (callee.kind !== 'function') return null;
    const fn = this.types.program.function(callee.fn);
    if (fn.kind.kind !== 'written' || fn.ref.path.startsWith('std.')) return null;
    return this.effects
      .of(callee.fn)
      .filter((effect) => effect.root === index && effect.moves)
      .map((effect) => ({ ...region, path: [...region.path, ...effect.path] }));
  }

  private changesOf(node: Call): readonly Change[] {
    return this.shared.changesOf(
      node,
      (callee, operand, index) => this.mayRestructure(callee, operand, index) && !this.isAccessor(callee, index),
    );
  }

  /** A change of one shared value may be one of any other of its type. */
  private changeShared(changes: readonly Change[], state: BitSet, span: Span): void {
    for (const change of changes) {
      this.holders.forEach((holder, index) => {
        if (holder.shared.some((part) => this.shared.meets(change, part))) this.mark(index, state, span, true);
      });
    }
  }

  /** `d[k] = v` for a key `k` that was taken from `d`: the entry is there, so none is added. */
  private isUpdate(node: Call, operand: Operand): boolean {
    if (node.callee.kind !== 'function' || operand.kind === 'constant') return false;
    if (this.types.program.function(node.callee.fn).ref.name !== '__setitem__') return false;
    const [receiver, key] = node.args;
    if (receiver !== operand || key === undefined || key.kind === 'constant') return false;
    const holder = key.place.root.kind === 'local' ? (this.byLocal[key.place.root.local] ?? -1) : -1;
    const held = this.holders[holder]?.regions ?? [];
    const containers = this.accesses.regionsOf(operand.place);
    return held.length > 0 && held.every((inside) => containers.some((outer) => isPrefix(outer, inside)));
  }

  /** Element access of the library leaves the memory where it is. */
  private mayRestructure(callee: Callee, operand: Operand, index: number): boolean {
    if (callee.kind !== 'function') return true;
    const fn = this.types.program.function(callee.fn);
    if (operand.kind === 'constant') return false;
    if (operand.kind === 'move' || !fn.ref.path.startsWith('std.')) return true;
    if (fn.args[index]?.convention === 'ref') return false;
    if (fn.ref.name === '__setitem__') {
      const role = this.types.builtinOf(this.accesses.typeOf(operand.place));
      // A new key may move all entries.
      return role === 'dict' || role === 'set';
    }
    return !fn.ref.name.startsWith('__getitem') && fn.ref.name !== '__iter__';
  }

  /** A `ref` argument of open mutability cannot be written: what an `Optional` or a pointer holds stays. */
  private isAccessor(callee: Callee, index: number): boolean {
    return callee.kind === 'function' && this.types.program.function(callee.fn).args[index]?.convention === 'ref';
  }

  private define(place: Place, state: BitSet, span: Span): void {
    if (place.root.kind !== 'local') return;
    for (const region of this.accesses.regionsOf(place)) {
      this.invalidate(region, state, span, true);
      const last = this.hasShared ? this.shared.partsOf(region).at(-1) : undefined;
      if (last !== undefined) this.changeShared([{ ...last, passed: null, operand: null }], state, span);
    }
    const holder = this.byLocal[place.root.local] ?? -1;
    if (holder >= 0 && place.projections.length === 0) state.delete(holder);
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
      step.kind === 'interior' && (replaces || !(sameStep(step, PAYLOAD) || sameStep(step, SHARED)));
    this.holders.forEach((holder, index) => {
      for (const held of holder.regions) {
        // A view is not invalid officially: what a function does to it can be looked at more closely.
        for (const changed of parts !== null && this.views.has(held) ? parts : [region]) {
          if (isPrefix(changed, held) && held.path.slice(changed.path.length).some(ends))
            this.mark(index, state, span, false);
        }
      }
    });
  }

  private mark(holder: number, state: BitSet, span: Span, throughOwner: boolean): void {
    const fresh = !state.has(holder);
    state.add(holder);
    const sites = this.sites[holder];
    if (sites === undefined || sites.some((site) => site.start === span.start)) return;
    sites.push(span);
    if (throughOwner && fresh) this.throughOwners.add(span.start);
  }
}

function regionOf(origin: NamedOrigin | SymbolicOrigin): Region {
  return { root: origin.root, name: origin.name, path: origin.path };
}

function isPayloadOwner(type: Term): boolean {
  return type.kind === 'struct' && PAYLOAD_OWNERS.has(type.decl.path);
}

/** Growable containers of the library that the compiler knows by no role. */
const GROWABLE: ReadonlySet<string> = new Set(['Deque', 'LinkedList', 'Counter', 'BinaryHeap']);

/** What they hold goes when they are assigned or passed mutably. */
const PAYLOAD_OWNERS: ReadonlySet<string> = new Set([
  'std.collections.optional.Optional',
  'std.memory.owned_pointer.OwnedPointer',
  'std.memory.arc_pointer.ArcPointer',
]);

const PAYLOAD: OriginStep = { kind: 'interior', name: 'contents' };
const ELEMENT: OriginStep = { kind: 'interior', name: 'element' };
