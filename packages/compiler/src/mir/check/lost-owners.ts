/** Owners that may lose their place while a reference leads through them: `ref child = node[].children[0]` is a reference to an
 *  `ArcPointer` that lies in a shared value, and what runs next may empty that list through another owner. Trees are walked
 *  like this, so it is no error: the reference gets an owner of its own, which lives as long as anything made from it.
 *
 *      _2 = __getitem__(borrow mut _1.*.children, const 0)     _3 = __getitem__(…)
 *                                                              _4 = copy _3.*          # one more owner
 *                                                              _2 = ref _4
 *  In: a built body.  Out: a plan, which `keepOwners` carries out; an error where a reference to an owner is also used to
 *  replace that owner.
 *
 *  Memory that others may change is what an `ArcPointer` shares, and what a caller lent, which may lie in such memory. The last owner
 *  on the way is enough: what it shares stays, whatever becomes of the way to it. */
import { BitSet } from '../../base/bitset.ts';
import { present } from '../../base/invariant.ts';
import type { Span } from '../../base/span.ts';
import type { Sink } from '../../diagnostics/sink.ts';
import type { Term } from '../../terms/term.ts';
import { forEachOperand } from '../cfg.ts';
import { isOwned } from '../dataflow/move-paths.ts';
import { forEachEvent } from '../events.ts';
import type { Body, LocalId, Operand, Place, Statement, Terminator } from '../mir.ts';
import type { TypeFacts } from '../type-facts.ts';
import { isPrefix, type Region, regionText, sameStep } from './accesses.ts';
import { isLibrary, mayRunUserCode, sharedBy } from './effects-of-body.ts';
import * as errors from './errors.ts';
import { heldOver } from './held-over.ts';
import { InteriorHolders } from './interior-holders.ts';
import { InteriorFlow, storedBy } from './interior-references.ts';
import type { SharedEffects } from './shared-effects.ts';
import { type Change, SHARED, type SharedPart } from './shared-values.ts';

type Node = Statement | Terminator;
type PlaceOperand = Exclude<Operand, { readonly kind: 'constant' }>;

/** An owner that gets a copy: of what the node's new reference designates, or of an operand's place, which the copy replaces. */
export interface KeptOwner {
  readonly node: Node;
  readonly change:
    | { readonly kind: 'reference'; readonly local: LocalId; readonly type: Term }
    | { readonly kind: 'operand'; readonly operand: PlaceOperand; readonly type: Term };
  /** As long as one of them is used, the copy lives. */
  readonly by: readonly LocalId[];
}

/** The place of an owner in memory that others may change. */
interface Slot {
  readonly region: Region;
  /** What the owner shares. */
  readonly shares: Term;
  /** Where it lies in a shared value; null: in memory that was lent. */
  readonly part: SharedPart | null;
}

interface Site {
  readonly span: Span;
  readonly changes: readonly Change[];
  /** Code of a type parameter runs. */
  readonly open: boolean;
}

interface Threat {
  readonly slot: Region;
  /** Through what the slot is reached: a local that holds a reference, and the operand where it is one. */
  readonly local: LocalId;
  readonly operand: PlaceOperand | null;
  readonly site: Span;
  readonly use: Span;
}

export function planKeptOwners(body: Body, types: TypeFacts, effects: SharedEffects, sink: Sink): readonly KeptOwner[] {
  if (isLibrary(types.program.function(body.function)) || !mentionsOwnerBehindReference(body)) return [];
  return new Planner(body, types, effects).run(sink);
}

/** A quick look: most bodies have none. */
function mentionsOwnerBehindReference(body: Body): boolean {
  if (body.locals.values().some(({ type }) => type.kind === 'ref' && sharedBy(type.pointee) !== null)) return true;
  let found = false;
  for (const block of body.blocks.values())
    for (const node of [...block.statements, block.terminator])
      forEachOperand(node, (operand) => {
        if (operand.kind === 'constant') return;
        const last = operand.place.projections.at(-1);
        found ||= last !== undefined && sharedBy(last.type) !== null;
      });
  return found;
}

class Planner {
  private readonly body: Body;
  private readonly types: TypeFacts;
  private readonly effects: SharedEffects;
  private readonly holders: InteriorHolders;
  private readonly flow: InteriorFlow;
  private readonly nodes: readonly Node[];

  constructor(body: Body, types: TypeFacts, effects: SharedEffects) {
    this.body = body;
    this.types = types;
    this.effects = effects;
    this.holders = new InteriorHolders(body, types, effects);
    this.flow = new InteriorFlow(body, types, this.holders, effects);
    this.nodes = body.blocks.values().flatMap((block) => [...block.statements, block.terminator]);
  }

  run(sink: Sink): readonly KeptOwner[] {
    const kept: KeptOwner[] = [];
    for (const threat of this.threats()) {
      const { slot, local, operand, use, site } = threat;
      const makers = this.makersOf(slot).filter(
        ({ change, by }) => by.includes(local) || (change.kind === 'operand' && change.operand === operand),
      );
      if (makers.length === 0 || makers.some((maker) => this.isReplaced(maker) || this.isCarried(maker))) {
        sink.report(
          errors.invalidatedReference({ origin: regionText(slot), use, invalidated: site, throughOwner: true }),
        );
        return [];
      }
      // One that was found for another threat serves this one too.
      kept.push(...makers.filter((maker) => !kept.some((one) => one.node === maker.node && sameMaker(one, maker))));
    }
    return kept;
  }

  // ------------------------------------------------------------------------------------------------ what may be lost

  /** Slots that may be changed while a reference leads through them. */
  private threats(): readonly Threat[] {
    const sites = new Map<Node, Site>();
    for (const node of this.nodes) {
      const site = this.siteOf(node);
      if (site !== null) sites.set(node, site);
    }
    const ends = this.endsOfLives();
    if (sites.size === 0 && ends === null) return [];
    const found: Threat[] = [];
    const add = (
      way: readonly Slot[],
      site: Site,
      changes: readonly Change[],
      at: Omit<Threat, 'slot' | 'site'>,
    ): void => {
      const slot = way.at(-1)?.region;
      if (slot === undefined) return;
      const isKnown = (known: Threat): boolean =>
        sameRegion(known.slot, slot) && known.local === at.local && known.operand === at.operand;
      if (found.some(isKnown)) return;
      if (way.some((on) => site.open || changes.some((change) => this.threatens(change, on))))
        found.push({ slot, site: site.span, ...at });
    };
    const { all, accesses } = this.holders;
    const wanted = new BitSet(all.length);
    for (let index = 0; index < all.length; index++) wanted.add(index);
    const uses = heldOver(this.body, this.holders, new Set(sites.keys()), wanted);
    // Where lives end is not known yet: any reference may be in use there.
    if (ends !== null)
      for (const { local, regions, isOwner } of all) {
        const { span } = this.body.locals.get(local);
        for (const region of regions)
          add(this.slotsOf(region, isOwner), ends, ends.changes, { local, operand: null, use: span });
      }
    for (const [node, site] of sites) {
      for (const { index, use } of uses.get(node) ?? []) {
        const { local, regions, isOwner } = present(all[index], 'holder');
        for (const region of regions)
          add(this.slotsOf(region, isOwner), site, site.changes, { local, operand: null, use });
      }
      forEachOperand(node, (argument) => {
        for (const operand of accesses.parts(argument)) {
          if (operand.kind === 'constant' || operand.place.root.kind !== 'local') continue;
          const at = { local: operand.place.root.local, operand, use: operand.span };
          const isOwner = sharedBy(accesses.typeOf(operand.place)) !== null;
          const changes = site.changes.filter(
            (change) => change.at === null || argument.kind === 'constant' || change.at.place !== argument.place,
          );
          for (const { region, embedded } of accesses.ofOperand(operand))
            add(this.slotsOf(region, !embedded && isOwner), site, changes, at);
        }
      });
    }
    return found;
  }

  private siteOf(node: Node): Site | null {
    const changes = [...this.flow.writesOf(node).shared, ...this.flow.changesByStore(node)];
    const isCall = node.kind === 'call' || node.kind === 'tryCall';
    const open = isCall && this.holders.shared.outcomeOf(node).open.length > 0;
    return changes.length > 0 || open ? { span: node.span, changes, open } : null;
  }

  /** What destructors may do in this body, of variables and of what is replaced. */
  private endsOfLives(): Site | null {
    const types = new Map<Term, Span>();
    const dies = (type: Term, span: Span): void => {
      if (!types.has(type) && mayRunUserCode(this.types, type)) types.set(type, span);
    };
    for (const local of this.body.locals.values())
      if (isOwned(local) && local.type.kind !== 'ref') dies(local.type, local.span);
    for (const node of this.nodes) {
      const replaced = storedBy(node);
      if (replaced !== null) dies(this.holders.accesses.typeOf(replaced), node.span);
    }
    for (const [type, span] of types) {
      if (this.effects.ofDeed({ kind: 'destroy', type }).open.length > 0) return { span, changes: [], open: true };
    }
    const changes: Change[] = [];
    let at: Span | null = null;
    for (const [type, span] of types)
      for (const { root, path, moves } of this.effects.ofDeed({ kind: 'destroy', type }).effects) {
        if (root.kind !== 'shared') continue;
        changes.push({ type: root.type, path, fresh: null, passed: [type], at: null, moves });
        at ??= span;
      }
    return at === null ? null : { span: at, changes, open: false };
  }

  /** The owners on the way of a region that others may change, the outermost first. */
  private slotsOf(region: Region, isOwner: boolean): readonly Slot[] {
    const slots: Slot[] = [];
    for (let length = 0; length <= region.path.length; length++) {
      const step = region.path[length];
      if (step === undefined ? !isOwner : !sameStep(step, SHARED)) continue;
      const slot = this.slotAt({ ...region, path: region.path.slice(0, length) });
      if (slot !== null) slots.push(slot);
    }
    return slots;
  }

  private slotAt(region: Region): Slot | null {
    const { accesses, shared } = this.holders;
    const owner = accesses.regionType(region);
    const shares = owner === null ? null : sharedBy(owner);
    if (shares === null) return null;
    const part = shared.partsOf(region).at(-1);
    if (part !== undefined) return shared.hasOtherOwners(part) ? { region, shares, part } : null;
    return this.isLent(region) ? { region, shares, part: null } : null;
  }

  /** Whether it is the caller's memory. An owner that is itself an argument stays: the caller sees to that. */
  private isLent(region: Region): boolean {
    if (!this.holders.shared.isLent(region)) return false;
    if (region.path.length > 0 || typeof region.root !== 'number') return true;
    const local = this.holders.localOf(region.root);
    const kind = local === undefined ? null : this.body.locals.get(local).kind;
    return kind?.kind === 'argument' && kind.convention !== 'imm';
  }

  private threatens(change: Change, slot: Slot): boolean {
    if (slot.part !== null) return this.holders.shared.mayWrite(change, slot.part);
    const changed = this.holders.accesses.typeBelow(change.type, change.path);
    return changed === null || this.effects.reaches(changed, slot.shares);
  }

  // ------------------------------------------------------------------------------------------------ who leads there

  /** Where references to this owner are made, or where it is passed on. */
  private makersOf(slot: Region): readonly KeptOwner[] {
    const makers: KeptOwner[] = [];
    for (const node of this.nodes) {
      const local = this.madeBy(node);
      if (local !== null) {
        const { type } = this.body.locals.get(local);
        if (type.kind === 'ref' && this.leadsTo(local, slot))
          makers.push(this.maker(node, { kind: 'reference', local, type: type.pointee }, local, slot));
      }
      forEachOperand(node, (operand) => {
        if (operand.kind !== 'borrow' && operand.kind !== 'borrowMut') return;
        const { root, projections } = operand.place;
        const type = this.holders.accesses.typeOf(operand.place);
        // Behind a reference alone: that is made elsewhere.
        const isDesignated = projections.length === 1 && projections[0]?.kind === 'deref';
        if (isDesignated || root.kind !== 'local' || sharedBy(type) === null) return;
        if (!this.holders.accesses.regionsOf(operand.place).some((region) => sameRegion(region, slot))) return;
        makers.push(this.maker(node, { kind: 'operand', operand, type }, this.destOf(node), slot));
      });
    }
    return makers;
  }

  private maker(node: Node, change: KeptOwner['change'], first: LocalId | null, slot: Region): KeptOwner {
    return { node, change, by: first === null ? [] : this.derived(first, slot) };
  }

  /** The local that a node sets to a new reference to an owner, unless it takes over another reference. */
  private madeBy(node: Node): LocalId | null {
    const dest = this.destOf(node);
    if (dest === null) return null;
    const { type } = this.body.locals.get(dest);
    if (type.kind !== 'ref' || sharedBy(type.pointee) === null) return null;
    if (node.kind !== 'assign') return dest;
    if (node.value.kind !== 'ref') return null;
    const { projections } = node.value.place;
    return projections.length === 1 && projections[0]?.kind === 'deref' ? null : dest;
  }

  private destOf(node: Node): LocalId | null {
    const place = storedBy(node);
    return place === null || place.root.kind !== 'local' || place.projections.length > 0 ? null : place.root.local;
  }

  private leadsTo(local: LocalId, slot: Region): boolean {
    const index = this.holders.indexOf(local);
    return index >= 0 && present(this.holders.all[index], 'holder').regions.some((region) => sameRegion(region, slot));
  }

  /** Locals that may hold what was made from `first` and leads through the slot. */
  private derived(first: LocalId, slot: Region): readonly LocalId[] {
    const found = new Set<LocalId>([first]);
    const leadsThrough = (local: LocalId): boolean =>
      (this.holders.all[this.holders.indexOf(local)]?.regions ?? []).some((region) => isPrefix(slot, region));
    for (let size = 0; size < found.size; ) {
      size = found.size;
      for (const node of this.nodes) {
        let reads = false;
        const stored: LocalId[] = [];
        forEachEvent(node, (event) => {
          const { root } = event.place;
          if (root.kind !== 'local') return;
          if (event.kind === 'define') stored.push(root.local);
          else if (event.kind === 'use' || event.kind === 'move') {
            reads ||= found.has(root.local);
            if (event.operand?.kind === 'borrowMut') stored.push(root.local);
          }
        });
        if (node.kind === 'tryCall' && node.dest.root.kind === 'local') stored.push(node.dest.root.local);
        if (reads) for (const local of stored) if (leadsThrough(local)) found.add(local);
      }
    }
    return [...found];
  }

  // ------------------------------------------------------------------------------------------------ what cannot be kept

  /** The reference is used to give the place another owner: a copy would not be that place. */
  private isReplaced({ change, by }: KeptOwner): boolean {
    if (change.kind === 'operand')
      return this.nodes.some((node) => this.writesOwner(node, (place) => place === change.operand.place));
    const among = new Set(by);
    const designates = ({ root, projections }: Place): boolean =>
      root.kind === 'local' &&
      among.has(root.local) &&
      projections.length === 1 &&
      projections[0]?.kind === 'deref' &&
      sharedBy(projections[0].type) !== null;
    return this.nodes.some((node) => this.writesOwner(node, designates));
  }

  private writesOwner(node: Node, isOwner: (place: Place) => boolean): boolean {
    const isCall = node.kind === 'call' || node.kind === 'tryCall';
    const dest = storedBy(node);
    if (dest !== null && isOwner(dest)) return true;
    let writes = false;
    forEachOperand(node, (operand) => {
      if (operand.kind !== 'borrowMut' && operand.kind !== 'move') return;
      const index = isCall ? node.args.indexOf(operand) : -1;
      writes ||= isOwner(operand.place) && !(isCall && this.flow.isAccessor(node.callee, index));
    });
    return writes;
  }

  /** In a loop: something made in one round is used after the next round has made the reference anew. */
  private isCarried({ node, by }: KeptOwner): boolean {
    const wanted = new BitSet(this.holders.all.length);
    for (const local of by) {
      const index = this.holders.indexOf(local);
      if (index >= 0) wanted.add(index);
    }
    return (heldOver(this.body, this.holders, new Set([node]), wanted).get(node) ?? []).length > 0;
  }
}

function sameMaker(a: KeptOwner, b: KeptOwner): boolean {
  return a.change.kind === 'operand'
    ? b.change.kind === 'operand' && a.change.operand === b.change.operand
    : b.change.kind === 'reference';
}

function sameRegion(a: Region, b: Region): boolean {
  return a.path.length === b.path.length && isPrefix(a, b);
}
