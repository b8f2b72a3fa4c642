/** Two places that may be the same memory through different owners: of a call like `merge(a[], b[])`, where both `ArcPointer`s may own one
 *  value; and in a function that was lent a value, where another one leads to an owner of it:
 *
 *      def merge(mut self, other: ArcPointer[Bag]):
 *          ref first = other[].items[0]
 *          self.items.clear()          # 'self' and 'other[]' may be one
 *          print(first)
 *
 *  What the types say leaves that open, and such code is common where the two are different values, so it is decided when the program
 *  runs: a check in front of the call or the change, which ends the program (`__check_apart` of `std/memory/arc_pointer.mojo`).
 *  In: a built body.  Out: a plan, which `checkApart` carries out; an error where nothing is there to compare.
 *
 *  The same goes for what is reached through an owner while a part of lent memory holds no value (`taken-out.ts`).
 *
 *  Only calls of the user's functions: those of the library cope. Places that lie behind each other in memory (`f(a[].rows, b[].rows[0])`)
 *  are compared where the ways part: the list with the list that the element was taken from. Nobody knows where in a shared value lies
 *  what was lent: there the end of each way is compared with every piece of memory that the other one passes. */
import { BitSet } from '../../base/bitset.ts';
import { present } from '../../base/invariant.ts';
import type { Sink } from '../../diagnostics/sink.ts';
import type { OriginStep, Term } from '../../terms/term.ts';
import { forEachOperand } from '../cfg.ts';
import { isLent } from '../dataflow/move-paths.ts';
import { forEachEvent } from '../events.ts';
import type { Body, LocalId, Operand, Place, Statement, Terminator } from '../mir.ts';
import type { TypeFacts } from '../type-facts.ts';
import { ARRAY_ELEMENT, isPrefix, type Region, regionText, samePath, sameStep } from './accesses.ts';
import { isLibrary, sharedBy } from './effects-of-body.ts';
import * as errors from './errors.ts';
import { heldOver } from './held-over.ts';
import { InteriorHolders } from './interior-holders.ts';
import { InteriorFlow } from './interior-references.ts';
import { mayBeSame, type SharedEffects } from './shared-effects.ts';
import { takenOut } from './taken-out.ts';
import { type Call, type Change, hasSameOwner, type LentChange, SHARED, type SharedPart } from './shared-values.ts';

type PlaceOperand = Exclude<Operand, { readonly kind: 'constant' }>;

/** Two places that must not overlap when the call is made. */
export interface ApartCheck {
  readonly node: Statement | Terminator;
  readonly a: Place;
  readonly b: Place;
}

type Pair = readonly [Place, Place];

/** What a statement restructures. */
interface Changes {
  readonly lent: readonly LentChange[];
  /** Of places in shared values. */
  readonly shared: readonly Change[];
}

/** A place that an argument designates. */
interface Designated {
  readonly operand: PlaceOperand;
  readonly region: Region;
  /** Where it lies in a shared value; null: in memory that was lent. */
  readonly part: SharedPart | null;
  /** Of the whole that was lent, or that is shared. */
  readonly home: Term;
  /** From the home on. */
  readonly path: Region['path'];
}

export function planApartChecks(
  body: Body,
  types: TypeFacts,
  effects: SharedEffects,
  sink: Sink,
): readonly ApartCheck[] {
  if (isLibrary(types.program.function(body.function)) || !leadsToOwner(body, effects)) return [];
  const planner = new Planner(body, types, effects);
  const checks: ApartCheck[] = [];
  for (const block of body.blocks.values())
    for (const node of [...block.statements, block.terminator])
      if ((node.kind === 'call' || node.kind === 'tryCall') && planner.mayMatter(node))
        checks.push(...planner.ofCall(node));
  checks.push(...planner.ofReferences(sink));
  if (body.locals.values().some(isLent)) checks.push(...planner.ofTakenOut());
  return checks;
}

/** A quick look: most bodies have nothing to do with shared values. What the library's types lead to their arguments say. */
function leadsToOwner(body: Body, effects: SharedEffects): boolean {
  const leads = (type: Term): boolean => {
    switch (type.kind) {
      case 'struct':
        if (sharedBy(type) !== null) return true;
        return type.decl.path.startsWith('std.') ? type.args.some(leads) : effects.sharedFrom(type).size > 0;
      case 'ref':
        return leads(type.pointee);
      case 'list':
        return type.elements.some(leads);
      default:
        return type.kind === 'param' || type.kind === 'projection';
    }
  };
  return body.locals.values().some(({ type }) => leads(type));
}

class Planner {
  private readonly body: Body;
  private readonly types: TypeFacts;
  private readonly effects: SharedEffects;
  private lazy: InteriorHolders | null = null;
  private definitions: ReadonlyMap<LocalId, Statement | Terminator | null> | null = null;

  constructor(body: Body, types: TypeFacts, effects: SharedEffects) {
    this.body = body;
    this.types = types;
    this.effects = effects;
  }

  private get holders(): InteriorHolders {
    this.lazy ??= new InteriorHolders(this.body, this.types, this.effects);
    return this.lazy;
  }

  /** A quick look: something is changed, and something else looked at, and one of them lies behind a reference. */
  mayMatter(node: Call): boolean {
    const { callee } = node;
    if (callee.kind === 'function' && isLibrary(this.types.program.function(callee.fn))) return false;
    const lent = node.args.filter((operand) => operand.kind === 'borrow' || operand.kind === 'borrowMut');
    return (
      lent.length > 1 &&
      lent.some((operand) => operand.kind === 'borrowMut') &&
      lent.some((operand) => operand.place.projections.some((projection) => projection.kind === 'deref'))
    );
  }

  ofCall(node: Call): readonly ApartCheck[] {
    const designated = node.args.flatMap((operand) => this.designatedBy(operand));
    const checks: ApartCheck[] = [];
    designated.forEach((a, i) => {
      for (const b of designated.slice(i + 1)) {
        if (a.operand === b.operand || (a.operand.kind !== 'borrowMut' && b.operand.kind !== 'borrowMut')) continue;
        for (const [first, second] of this.placesToCompare(a, b)) {
          const isKnown = (check: ApartCheck): boolean => check.a === first && check.b === second;
          if (!checks.some(isKnown)) checks.push({ node, a: first, b: second });
        }
      }
    });
    return checks;
  }

  /** References into shared values that are held while lent memory, or what another owner leads to, is restructured. */
  ofReferences(sink: Sink): readonly ApartCheck[] {
    const { all, shared } = this.holders;
    const wanted = new BitSet(all.length);
    all.forEach((holder, index) => {
      if (holder.shared.some(({ path }) => path.some(isInside))) wanted.add(index);
    });
    if (wanted.isEmpty()) return [];
    const flow = new InteriorFlow(this.body, this.types, this.holders, this.effects);
    const changes = new Map<Statement | Terminator, Changes>();
    for (const block of this.body.blocks.values())
      for (const node of [...block.statements, block.terminator]) {
        const lent = flow.lentChangesOf(node);
        const shared = [...flow.changesOf(node), ...flow.changesByStore(node)].filter(({ at }) => at !== null);
        if (lent.length > 0 || shared.length > 0) changes.set(node, { lent, shared });
      }
    if (changes.size === 0) return [];
    const checks: ApartCheck[] = [];
    const uses = heldOver(this.body, this.holders, new Set(changes.keys()), wanted);
    for (const [node, { lent, shared: places }] of changes) {
      for (const { index, use } of uses.get(node) ?? []) {
        const holder = present(all[index], 'holder');
        for (const held of holder.regions) {
          const part = shared.partsOf(held).at(-1);
          if (part === undefined || !part.path.some(isInside)) continue;
          const met = [
            ...lent.filter((change) => this.mayMeetLent(change, part)),
            ...places.flatMap((change) =>
              change.at !== null && shared.meets(change, part) && shared.isCompared(change, held) ? [change.at] : [],
            ),
          ];
          for (const { region, place } of met) {
            const pairs = place === null ? null : this.alongHeld(place, region, holder.local, held, part);
            if (pairs !== null) checks.push(...pairs.map(([a, b]) => ({ node, a, b })));
            else
              sink.report(
                errors.invalidatedReference({
                  origin: regionText(held),
                  use,
                  invalidated: node.span,
                  throughOwner: true,
                }),
              );
          }
        }
      }
    }
    return checks;
  }

  private mayMeetLent({ region }: LentChange, part: SharedPart): boolean {
    const { accesses, shared } = this.holders;
    const home = accesses.regionType({ ...region, path: [] });
    if (home === null || !shared.hasOtherOwners(part)) return false;
    return this.effects.mayContain(part.type, home) && !isApart(part, home, region.path);
  }

  /** What is reached through an owner while something is moved out of lent memory. */
  ofTakenOut(): readonly ApartCheck[] {
    const checks: ApartCheck[] = [];
    for (const [node, places] of takenOut(this.body))
      forEachEvent(node, ({ place }) => {
        if (!place.projections.some((projection) => projection.kind === 'deref')) return;
        for (const taken of places) checks.push(...this.alongUse(taken, place).map(([a, b]) => ({ node, a, b })));
      });
    return checks;
  }

  private alongUse(taken: Place, used: Place): readonly Pair[] {
    const { accesses, shared } = this.holders;
    const home = accesses.typeOf({ root: taken.root, projections: [] });
    return accesses.regionsOf(used).flatMap((region) => {
      const part = shared.partsOf(region).at(-1);
      if (part === undefined || !shared.hasOtherOwners(part) || !this.effects.mayContain(part.type, home)) return [];
      const start = region.path.length - part.path.length;
      return piecesOf(part.path).flatMap((length) => this.pair(taken, this.wayTo(used, region, start, length)));
    });
  }

  private designatedBy(operand: Operand): readonly Designated[] {
    if (operand.kind !== 'borrow' && operand.kind !== 'borrowMut') return [];
    const { accesses, shared } = this.holders;
    const type = accesses.typeOf(operand.place);
    if (operand.kind === 'borrow' && this.types.isRegisterTrivial(type)) return [];
    return accesses.regionsOf(operand.place).flatMap((region): readonly Designated[] => {
      const part = shared.partsOf(region).at(-1) ?? null;
      if (part !== null)
        return shared.hasOtherOwners(part) ? [{ operand, region, part, home: part.type, path: part.path }] : [];
      const home = accesses.regionType({ ...region, path: [] });
      if (home === null || !shared.isLent(region)) return [];
      return [{ operand, region, part, home, path: region.path }];
    });
  }

  /** None where they cannot be the same memory, or that is the business of others. */
  private placesToCompare(a: Designated, b: Designated): readonly Pair[] {
    // The caller of this function has made sure that what it lent lies apart.
    if (a.part === null && b.part === null) return [];
    if (a.part === null || b.part === null) return this.inShared(a, b);
    if (!mayBeSame(a.home, b.home) || !this.mayMeet(a.part, b.part) || hasSameOwner(a.region, b.region)) return [];
    const length = Math.min(a.path.length, b.path.length);
    for (let i = 0; i < length; i++) {
      const [x, y] = [a.path[i], b.path[i]];
      if (x === undefined || y === undefined || !sameStep(x, y)) return [];
    }
    return this.pair(this.placeAt(a, length), this.placeAt(b, length));
  }

  private inShared(a: Designated, b: Designated): readonly Pair[] {
    const [lent, owned] = a.part === null ? [a, b] : [b, a];
    if (!this.effects.mayContain(owned.home, lent.home)) return [];
    const along = (end: Designated, way: Designated, lengths: readonly number[]): readonly Pair[] =>
      lengths.flatMap((length) => this.pair(this.placeAt(end, end.path.length), this.placeAt(way, length)));
    return [...along(a, b, piecesOf(b.path)), ...along(b, a, piecesOf(a.path).slice(0, -1))];
  }

  /** What is restructured, with the pieces of memory on the way to what a reference is held to. Null: there is no place to compare. */
  private alongHeld(
    place: Place,
    changed: Region,
    holder: LocalId,
    held: Region,
    part: SharedPart,
  ): readonly Pair[] | null {
    const a = this.wayInto(place, changed);
    if (a === null) return null;
    const pairs: Pair[] = [];
    for (const length of piecesOf(part.path).slice(0, -1)) {
      const b = this.wayTo(whole(holder), held, held.path.length - part.path.length, length);
      if (b === null) return null;
      pairs.push(...this.pair(a, b));
    }
    return pairs;
  }

  private pair(a: Place | null, b: Place | null): readonly Pair[] {
    if (a === null || b === null) return [];
    const { accesses } = this.holders;
    const [x, y] = [accesses.typeOf(a), accesses.typeOf(b)];
    return this.effects.mayContain(x, y) || this.effects.mayContain(y, x) ? [[a, b]] : [];
  }

  private mayMeet(a: SharedPart, b: SharedPart): boolean {
    return a.fresh === null || b.fresh === null || a.fresh === b.fresh;
  }

  /** The place of an argument, or one on the way to it, that many steps from its home. */
  private placeAt({ operand, region, path }: Designated, length: number): Place | null {
    return this.wayTo(operand.place, region, region.path.length - path.length, length);
  }

  /** What of a place is changed, as far as that lies in one piece of memory. */
  private wayInto(place: Place, changed: Region): Place | null {
    const { accesses } = this.holders;
    const at = accesses.regionsOf(place).find((region) => isPrefix(region, changed));
    if (at === undefined) return null;
    const projections = [...place.projections];
    for (let length = at.path.length; length < changed.path.length; length++) {
      const step = changed.path[length];
      const type = accesses.regionType({ ...changed, path: changed.path.slice(0, length + 1) });
      if (step?.kind !== 'field' || step === ARRAY_ELEMENT || type === null) break;
      projections.push({ ...step, type });
    }
    return { root: place.root, projections };
  }

  /** From a place back to the one that lies `length` steps from its home, which is `start` steps from the root of its region. */
  private wayTo(from: Place, region: Region, start: number, length: number): Place | null {
    const wanted = region.path.slice(0, start + length);
    let place: Place | null = from;
    for (let tries = 0; place !== null && tries < 100; tries++) {
      const found = this.holders.accesses.regionsOf(place);
      if (found.some((at) => at.root === region.root && samePath(at.path, wanted))) return place;
      const shorter = this.withoutFields(place, region, wanted);
      if (shorter !== null) return shorter;
      place = this.before(place);
    }
    return null;
  }

  /** `x.*.rows` for `x.*.rows.first`. */
  private withoutFields(place: Place, region: Region, wanted: Region['path']): Place | null {
    for (let count = place.projections.length - 1; count > 0; count--) {
      if (place.projections[count]?.kind === 'deref') return null;
      const shorter = { ...place, projections: place.projections.slice(0, count) };
      const found = this.holders.accesses.regionsOf(shorter);
      if (found.some((at) => at.root === region.root && samePath(at.path, wanted))) return shorter;
    }
    return null;
  }

  /** What the reference that a place lies behind was made from; null where that is not plain. */
  private before(place: Place): Place | null {
    if (place.root.kind !== 'local') return null;
    const node = this.definitionOf(place.root.local);
    if (node === null) return null;
    if (node.kind === 'assign') {
      const { value } = node;
      if (value.kind === 'ref') return value.place;
      if (value.kind !== 'use' || value.operand.kind === 'constant') return null;
      const type = this.holders.accesses.typeOf(value.operand.place);
      if (type.kind !== 'ref') return null;
      const { root, projections } = value.operand.place;
      return { root, projections: [...projections, { kind: 'deref', type: type.pointee }] };
    }
    if (node.kind !== 'call' && node.kind !== 'tryCall') return null;
    const [receiver] = node.args;
    return receiver === undefined || receiver.kind === 'constant' ? null : receiver.place;
  }

  /** The one statement that sets a local; null if there are several, or none. */
  private definitionOf(local: LocalId): Statement | Terminator | null {
    this.definitions ??= definitionsIn(this.body, this.types);
    return this.definitions.get(local) ?? null;
  }
}

function definitionsIn(body: Body, types: TypeFacts): ReadonlyMap<LocalId, Statement | Terminator | null> {
  const found = new Map<LocalId, Statement | Terminator | null>();
  const note = (place: Place, node: Statement | Terminator): void => {
    if (place.root.kind !== 'local' || place.projections.length > 0) return;
    found.set(place.root.local, found.has(place.root.local) ? null : node);
  };
  for (const block of body.blocks.values()) {
    for (const node of [...block.statements, block.terminator]) {
      if (node.kind === 'assign') note(node.place, node);
      else if (node.kind === 'call' || node.kind === 'tryCall') note(node.dest, node);
      if (isStep(node, types)) continue;
      forEachOperand(node, (operand) => {
        if (operand.kind === 'borrowMut') note(operand.place, node);
      });
    }
  }
  return found;
}

/** An iterator of the library goes on through what it was made for. */
function isStep(node: Statement | Terminator, types: TypeFacts): boolean {
  if ((node.kind !== 'call' && node.kind !== 'tryCall') || node.callee.kind !== 'function') return false;
  const fn = types.program.function(node.callee.fn);
  return fn.ref.name === '__next__' && isLibrary(fn);
}

/** The pieces of memory that a way passes, by how far it is to them: each owner of the next one, and where the way ends. */
function piecesOf(path: Region['path']): readonly number[] {
  const owners = path.flatMap((step, index) => (step.kind === 'interior' ? [index] : []));
  return [...owners, path.length];
}

function isInside(step: OriginStep): boolean {
  return step.kind === 'interior' && !sameStep(step, SHARED);
}

/** The whole value was lent, and another part of it is restructured than the reference leads into. */
function isApart(part: SharedPart, home: Term, changed: Region['path']): boolean {
  if (part.type !== home) return false;
  return changed.some((step, index) => {
    const other = part.path[index];
    return other === undefined || !sameStep(step, other);
  });
}

function whole(local: LocalId): Place {
  return { root: { kind: 'local', local }, projections: [] };
}
