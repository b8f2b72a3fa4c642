/** The locals of a body that hold references into memory which a container owns, and which regions those are.
 *  In: a built body.  Out: holders.
 *
 *  Beyond what types say: a span of a growable container counts as a reference into its elements, and what `Optional`
 *  and `ArcPointer` hold is a region inside them. */
import type { OriginRootId, OriginStep, Term } from '../../terms/term.ts';
import type { Body, LocalId } from '../mir.ts';
import type { NamedOrigin, TypeFacts } from '../type-facts.ts';
import { Accesses, ARRAY_ELEMENT, type Region, sameStep } from './accesses.ts';
import { isLibrary, sharedBy } from './effects-of-body.ts';
import { pointersIn, symbolicOrigin, type SymbolicOrigin } from './pointers-in.ts';
import { safePointers } from './safe-pointers.ts';
import type { SharedEffects } from './shared-effects.ts';
import { SHARED, type SharedPart, SharedValues } from './shared-values.ts';

export interface Holder {
  readonly local: LocalId;
  readonly regions: readonly Region[];
  /** Where the regions lie in the last shared value on their way: the owner of that one is kept (`lost-owners.ts`). */
  readonly shared: readonly SharedPart[];
  /** A reference to an owner: it is led to a kept one where changes through other owners might be its end. */
  readonly isOwner: boolean;
}

export class InteriorHolders {
  readonly all: readonly Holder[];
  /** Numbers of the holders that the result and the error are, or -1: leaving the function is their last use. */
  readonly result: number;
  readonly error: number;
  readonly accesses: Accesses;
  readonly shared: SharedValues;
  /** Regions that views and loop variables are held to, beyond what their types say. */
  readonly views = new Set<Region>();
  private readonly types: TypeFacts;
  private readonly byLocal: Int32Array;

  constructor(body: Body, types: TypeFacts, effects: SharedEffects) {
    this.types = types;
    // An element that an iterator hands out has the container's own origin.
    this.accesses = new Accesses(body, types, (origin, pointee) => {
      const region = this.throughPayloads(origin, pointee);
      return this.inside(region, pointee) ?? region;
    });
    this.byLocal = new Int32Array(body.locals.size).fill(-1);
    this.shared = new SharedValues(body, types, effects, this.accesses, (origin) => this.regionsOfOrigin(origin));
    const all: Holder[] = [];
    const safe = isLibrary(types.program.function(body.function)) ? NONE : safePointers(body, types);
    for (const id of body.locals.ids()) {
      const { type } = body.locals.get(id);
      const regions = this.interiorRegions(type, safe.has(id));
      if (regions.length === 0) continue;
      this.byLocal[id] = all.length;
      const isOwner = type.kind === 'ref' && sharedBy(type.pointee) !== null;
      const shared = isOwner ? [] : regions.flatMap((held) => this.shared.partsOf(held).slice(-1));
      all.push({ local: id, regions, shared, isOwner });
    }
    this.all = all;
    this.result = this.indexOf(body.result);
    this.error = body.error === null ? -1 : this.indexOf(body.error);
  }

  /** Number of the holder that a local is, or -1. */
  indexOf(local: LocalId): number {
    return this.byLocal[local] ?? -1;
  }

  /** The local that an origin root names. */
  localOf(root: OriginRootId): LocalId | undefined {
    return this.accesses.localOf(root);
  }

  /** The memory that an origin names. */
  regionsOfOrigin(origin: Term): readonly Region[] {
    return this.accesses.regionsOfOrigin(origin).map((region) => this.throughPayloads(region, null));
  }

  /** A pointer of the container's own origin leads to an element if a view handed it out, which no type says. */
  private interiorRegions(type: Term, isSafe: boolean): Region[] {
    const regions: Region[] = [];
    for (const { origin, pointee, inView } of pointersIn(this.types, type)) {
      const region = this.throughPayloads(regionOf(origin), pointee);
      const inside = inView || isSafe ? this.inside(region, pointee) : null;
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

  /** The region with a step into each value on its way that holds another one which can be replaced or taken out, and into each
   *  array: its elements have its own origin, since they lie in it. */
  private throughPayloads(region: Region, pointee: Term | null): Region {
    const path: OriginStep[] = [];
    let rest = region.path;
    let type = this.accesses.regionType({ ...region, path });
    while (type !== null) {
      const [step] = rest;
      const isDesignated = step === undefined && (pointee === null || type === pointee);
      if (isPayloadOwner(type) && !isDesignated) {
        path.push(sharedBy(type) === null ? PAYLOAD : SHARED);
        // The value of an `Optional` is one of its fields; the pointers give their own origin.
        if (step?.kind === 'field' && step.name === '_value') rest = rest.slice(1);
      } else if (this.types.builtinOf(type) === 'array' && !isDesignated) {
        path.push(ARRAY_ELEMENT);
      } else {
        if (step === undefined) break;
        path.push(step);
        rest = rest.slice(1);
      }
      type = this.accesses.regionType({ ...region, path });
    }
    return { ...region, path: [...path, ...rest] };
  }

  /** The origin names a growable container, and what is pointed to is not the container itself: it is memory that it owns, as many
   *  levels down as element types say. Null: it is the container, or something that does not grow. */
  private inside(region: Region, pointee: Term): Region | null {
    let type = this.accesses.regionType(region);
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
}

function regionOf(origin: NamedOrigin | SymbolicOrigin): Region {
  return { root: origin.root, name: origin.name, path: origin.path };
}

export function isPayload(step: OriginStep): boolean {
  return sameStep(step, PAYLOAD);
}

function isPayloadOwner(type: Term): boolean {
  return type.kind === 'struct' && PAYLOAD_OWNERS.has(type.decl.path);
}

const NONE: ReadonlySet<LocalId> = new Set();

/** Growable containers of the library that the compiler knows by no role. */
const GROWABLE: ReadonlySet<string> = new Set(['Deque', 'LinkedList', 'Counter', 'BinaryHeap']);

/** What they hold goes when they are assigned or passed mutably. */
const PAYLOAD_OWNERS: ReadonlySet<string> = new Set([
  'std.collections.optional.Optional',
  'std.memory.arc_pointer.ArcPointer',
]);

const PAYLOAD: OriginStep = { kind: 'interior', name: 'contents' };
const ELEMENT: OriginStep = { kind: 'interior', name: 'element' };
