/** Values that `ArcPointer`s share, as the check of interior references sees them: where a region lies in such a value, what a call
 *  may change in one, and whether the two may be the same memory. Types decide: an owner may share its value with any other owner of
 *  the type, unless it is a variable with a value of its own.
 *  In: a built body, the effects of functions.  Out: answers. */
import type { OriginRootId, OriginStep, Term } from '../../terms/term.ts';
import { forEachOperand } from '../cfg.ts';
import { forEachEvent } from '../events.ts';
import type { Body, Callee, LocalId, Operand, Place, Statement, Terminator } from '../mir.ts';
import type { TypeFacts } from '../type-facts.ts';
import { type Accesses, type Region, samePath, sameStep } from './accesses.ts';
import { type Deed, type Effect, givenTypes, mayRunUserCode, sharedBy } from './effects-of-body.ts';
import { mayBeSame, type Outcome, type SharedEffects } from './shared-effects.ts';

export type Call = (Statement & { readonly kind: 'call' }) | (Terminator & { readonly kind: 'tryCall' });

/** From an owner to the value that it shares. */
export const SHARED: OriginStep = { kind: 'interior', name: 'shared' };

/** A way into a value that an `ArcPointer` shares. */
export interface SharedPart {
  /** Type of the shared value. */
  readonly type: Term;
  readonly path: readonly OriginStep[];
  /** The owner, where it is a variable that got a value of its own. */
  readonly fresh: LocalId | null;
}

/** What is restructured: a place that a call was given or that is assigned, or something below it. */
export interface ChangedPlace {
  readonly region: Region;
  readonly place: Place;
}

export interface Change extends SharedPart {
  /** What a call was given that makes the change: types, or variables that are fresh owners. Null: the place itself. */
  readonly passed: readonly (Term | LocalId)[] | null;
  /** Where the change is one of a place: of that. */
  readonly at: ChangedPlace | null;
  /** False: elements are written in place, and references to them stay good. */
  readonly moves: boolean;
}

/** A change of memory that was lent. */
export interface LentChange {
  readonly region: Region;
  /** What the call was given, or what is assigned; null: memory that an origin names. */
  readonly place: Place | null;
}

export interface Writes {
  readonly shared: readonly Change[];
  /** Only those that move memory. */
  readonly lent: readonly LentChange[];
}

/** What a call does to an operand that it may change. */
export type Writing = 'moves' | 'inPlace' | 'nothing';

export class SharedValues {
  private readonly body: Body;
  private readonly types: TypeFacts;
  private readonly effects: SharedEffects;
  private readonly accesses: Accesses;
  private readonly regionsOfOrigin: (origin: Term) => readonly Region[];
  private readonly outcomes = new Map<Statement | Terminator, Outcome>();
  private readonly writes = new Map<Statement | Terminator, Writes>();
  /** Owners that got values of their own; with each whether it is ever copied, moved or passed on. */
  private owners: ReadonlyMap<LocalId, boolean> | null = null;

  /** By origin of a variable: that of the variable which it is a copy of. */
  private copies: ReadonlyMap<OriginRootId, OriginRootId> | null = null;

  constructor(
    body: Body,
    types: TypeFacts,
    effects: SharedEffects,
    accesses: Accesses,
    regionsOfOrigin: (origin: Term) => readonly Region[],
  ) {
    this.body = body;
    this.types = types;
    this.effects = effects;
    this.accesses = accesses;
    this.regionsOfOrigin = regionsOfOrigin;
  }

  private get freshOwners(): ReadonlyMap<LocalId, boolean> {
    this.owners ??= freshOwners(this.body, this.types);
    return this.owners;
  }

  /** For each `ArcPointer` on the way of a region: what it shares, and the rest of the way. */
  partsOf(region: Region): SharedPart[] {
    const parts: SharedPart[] = [];
    region.path.forEach((step, index) => {
      if (!sameStep(step, SHARED)) return;
      const owner = this.accesses.regionType({ ...region, path: region.path.slice(0, index) });
      const type = owner === null ? null : sharedBy(owner);
      if (type === null) return;
      const root = typeof region.root === 'number' ? this.accesses.localOf(region.root) : undefined;
      const fresh = index === 0 && root !== undefined && this.freshOwners.has(root) ? root : null;
      parts.push({ type, path: region.path.slice(index + 1), fresh });
    });
    return parts;
  }

  /** What a call, or the end of a life, does beyond what its operands say. */
  outcomeOf(node: Statement | Terminator): Outcome {
    const known = this.outcomes.get(node);
    if (known !== undefined) return known;
    const effects: Effect[] = [];
    const open: Deed[] = [];
    for (const deed of this.deedsOf(node)) {
      const outcome = this.effects.ofDeed(deed);
      effects.push(...outcome.effects);
      open.push(...outcome.open);
    }
    const result = { effects, open };
    this.outcomes.set(node, result);
    return result;
  }

  private deedsOf(node: Statement | Terminator): readonly Deed[] {
    if (node.kind === 'drop') return [{ kind: 'destroy', type: this.accesses.typeOf(node.place) }];
    if (node.kind !== 'call' && node.kind !== 'tryCall') return this.copiesIn(node);
    const deeds: Deed[] = [...this.copiesIn(node)];
    const { callee } = node;
    const types = node.args.flatMap((operand) =>
      operand.kind === 'constant' ? [] : [this.accesses.typeOf(operand.place)],
    );
    const called = deedOf(callee);
    if (called !== null && (called.kind !== 'function' || this.isUsers(callee))) deeds.push(called);
    else if (callee.kind === 'function')
      for (const type of givenTypes(callee.args, types))
        if (mayRunUserCode(this.types, type)) deeds.push({ kind: 'members', type });
    for (const type of types) {
      const value = type.kind === 'ref' ? type.pointee : type;
      const closure = this.types.structOf(value)?.closure ?? null;
      if (closure !== null && value.kind === 'struct') deeds.push({ kind: 'function', fn: closure, args: value.args });
    }
    return deeds;
  }

  private copiesIn(node: Statement | Terminator): readonly Deed[] {
    const deeds: Deed[] = [];
    forEachOperand(node, (operand) => {
      if (operand.kind !== 'copy') return;
      const type = this.accesses.typeOf(operand.place);
      if (mayRunUserCode(this.types, type)) deeds.push({ kind: 'copy', type });
    });
    return deeds;
  }

  isUsers(callee: Callee): boolean {
    if (callee.kind !== 'function') return false;
    const fn = this.types.program.function(callee.fn);
    return fn.kind.kind === 'written' && !fn.ref.path.startsWith('std.');
  }

  /** What a statement may write in shared values, in place or by moving memory, and in memory that was lent. */
  writesOf(
    node: Statement | Terminator,
    writing: (callee: Callee, operand: Operand, index: number) => Writing,
  ): Writes {
    const known = this.writes.get(node);
    if (known !== undefined) return known;
    const changes: Change[] = [];
    const lent: LentChange[] = [];
    const isCall = node.kind === 'call' || node.kind === 'tryCall';
    const args = isCall ? node.args : [];
    const passed = isCall
      ? this.ownersPassed(node)
      : node.kind === 'drop'
        ? [this.accesses.typeOf(node.place)]
        : this.copiesIn(node).flatMap((deed) => (deed.kind === 'copy' ? [deed.type] : []));
    const inRegion = (region: Region, below: readonly OriginStep[], operand: Operand | null, moves: boolean): void => {
      const last = this.partsOf(region).at(-1);
      const place = operand === null || operand.kind === 'constant' ? null : operand.place;
      const whole = { ...region, path: [...region.path, ...below] };
      const at = place === null ? null : { region: whole, place };
      if (last !== undefined) changes.push({ ...last, path: [...last.path, ...below], passed: null, at, moves });
      else if (moves && this.isLent(region)) lent.push({ region: whole, place });
    };
    const inOperand = (operand: Operand | undefined, below: readonly OriginStep[], moves: boolean): void => {
      if (operand === undefined || operand.kind === 'constant') return;
      for (const { region, mutable, embedded, captured } of this.accesses.ofOperand(operand))
        if (mutable && (!embedded || captured)) inRegion(region, below, operand, moves);
    };
    const isUsers = isCall && this.isUsers(node.callee);
    for (const { root, path, moves } of this.outcomeOf(node).effects) {
      switch (root.kind) {
        case 'argument':
          if (isUsers) inOperand(args[root.index], path, moves);
          break;
        case 'origin':
          for (const region of this.regionsOfOrigin(root.origin)) inRegion(region, path, null, moves);
          break;
        case 'shared':
          changes.push({ type: root.type, path, fresh: null, passed, at: null, moves });
          break;
      }
    }
    if (isCall && !isUsers)
      args.forEach((operand, index) => {
        if (operand.kind === 'constant') return;
        const kind = writing(node.callee, operand, index);
        if (kind !== 'nothing') inOperand(operand, [], kind === 'moves');
      });
    const result = { shared: changes, lent };
    this.writes.set(node, result);
    return result;
  }

  /** Whether it is the caller's memory. */
  isLent(region: Region): boolean {
    if (typeof region.root !== 'number') return true;
    const local = this.accesses.localOf(region.root);
    const kind = local === undefined ? null : this.body.locals.get(local).kind;
    return kind?.kind === 'argument' && kind.convention !== 'var' && kind.convention !== 'deinit';
  }

  /** Types of what a call is given, or of the value that dies. */
  typesPassed(node: Statement | Terminator): readonly Term[] {
    if (node.kind === 'drop') return [this.accesses.typeOf(node.place)];
    if (node.kind !== 'call' && node.kind !== 'tryCall') return [];
    return node.args.flatMap((operand) => (operand.kind === 'constant' ? [] : [this.accesses.typeOf(operand.place)]));
  }

  /** Types of what a call is given; of an owner that is a variable, the variable. */
  private ownersPassed(node: Call): readonly (Term | LocalId)[] {
    const passed: (Term | LocalId)[] = [];
    for (const operand of node.args) {
      if (operand.kind === 'constant') continue;
      const { root, projections } = operand.place;
      if (root.kind === 'local' && projections.length === 0 && this.freshOwners.has(root.local))
        passed.push(root.local);
      else passed.push(this.accesses.typeOf(operand.place));
    }
    return passed;
  }

  /** Whether a reference to `part` is good no more after the change: something that holds it was restructured. */
  meets(change: Change, part: SharedPart): boolean {
    const rest = part.path.slice(change.path.length);
    return rest.some((step) => step.kind === 'interior' && !sameStep(step, SHARED)) && this.mayWrite(change, part);
  }

  /** Whether the change may be one of `part` or of something around it. */
  mayWrite(change: Change, part: SharedPart): boolean {
    if (!mayBeSame(change.type, part.type)) return false;
    if (part.fresh !== null && part.fresh !== change.fresh) {
      if (change.fresh !== null || !this.freshOwners.get(part.fresh)) return false;
    }
    if (!change.path.every((step, index) => isSame(step, part.path[index]))) return false;
    return change.passed === null || change.passed.some((owner) => this.leadsTo(owner, part));
  }

  /** Whether the change is one of a place that different owners lead to than to what is held: whether the two are the same memory shows
   *  when the program runs (`shared-arguments.ts`). */
  isCompared(change: Change, held: Region): boolean {
    if (change.at === null) return false;
    const { region } = change.at;
    return (
      !hasSameOwner(region, held) &&
      !hasSameOwner({ ...region, root: this.copied(region) }, { ...held, root: this.copied(held) })
    );
  }

  /** The root of a region; of an owner that is a copy of another variable: that one. */
  private copied({ root }: Region): Region['root'] {
    this.copies ??= copiesOfOwners(this.body);
    return (typeof root === 'number' ? this.copies.get(root) : undefined) ?? root;
  }

  /** Not so where the one owner is a variable that keeps its value for itself. */
  hasOtherOwners(part: SharedPart): boolean {
    return part.fresh === null || this.freshOwners.get(part.fresh) === true;
  }

  /** A fresh variable leads to its own value, and to others only if values of that type own others. */
  private leadsTo(owner: Term | LocalId, part: SharedPart): boolean {
    if (typeof owner !== 'number') return this.effects.reaches(owner, part.type);
    if (owner === part.fresh || part.fresh === null) return true;
    const shared = sharedBy(this.body.locals.get(owner).type);
    return shared === null || this.effects.reaches(shared, part.type);
  }
}

/** One owner leads to both regions: no other one than that of the variable or field that both name. */
export function hasSameOwner(a: Region, b: Region): boolean {
  const [wayToA, wayToB] = [wayToOwner(a), wayToOwner(b)];
  return (
    a.root === b.root &&
    samePath(wayToA, wayToB) &&
    !wayToA.some((step) => step.kind === 'interior' && !sameStep(step, SHARED))
  );
}

/** From the root of a region to the last owner on its way. */
function wayToOwner({ path }: Region): readonly OriginStep[] {
  return path.slice(
    0,
    path.findLastIndex((step) => sameStep(step, SHARED)),
  );
}

/** The code that a call runs; null: none of the program's. */
export function deedOf(callee: Callee): Deed | null {
  switch (callee.kind) {
    case 'function':
    case 'requirement':
    case 'callable':
      return callee;
    case 'pointer':
      return { kind: 'pointer', type: callee.type };
    case 'instance':
    case 'foreign':
      return null;
  }
}

function isSame(step: OriginStep, other: OriginStep | undefined): boolean {
  return other !== undefined && sameStep(step, other);
}

/** Variables of owners that are copies of others: `var b = a`, `var b = a.copy()`. */
function copiesOfOwners(body: Body): ReadonlyMap<OriginRootId, OriginRootId> {
  const copies = new Map<OriginRootId, OriginRootId>();
  const originOf = (place: Place): OriginRootId | null => {
    if (place.root.kind !== 'local' || place.projections.length > 0) return null;
    const { type, origin } = body.locals.get(place.root.local);
    return sharedBy(type) === null ? null : origin;
  };
  for (const block of body.blocks.values())
    for (const node of [...block.statements, block.terminator]) {
      const operands =
        node.kind === 'assign' && node.value.kind === 'use'
          ? [node.value.operand]
          : node.kind === 'call'
            ? node.args
            : [];
      const [from, more] = operands;
      if (from === undefined || from.kind === 'constant' || more !== undefined) continue;
      const place = node.kind === 'assign' ? node.place : node.kind === 'call' ? node.dest : null;
      const [copy, original] = [place === null ? null : originOf(place), originOf(from.place)];
      if (copy !== null && original !== null) copies.set(copy, copies.get(original) ?? original);
    }
  return copies;
}

/** Variables that are only ever given a new `ArcPointer` to a value of their own, and whether others may become owners. */
function freshOwners(body: Body, types: TypeFacts): ReadonlyMap<LocalId, boolean> {
  const fresh = new Map<LocalId, boolean>();
  const other = new Set<LocalId>();
  const isOwner = (place: Place): boolean =>
    place.root.kind === 'local' &&
    place.projections.length === 0 &&
    sharedBy(body.locals.get(place.root.local).type) !== null;
  const memberOf = (node: Call): string | null => {
    if (node.callee.kind !== 'function') return null;
    const { ref, args } = types.program.function(node.callee.fn);
    if (!ref.path.startsWith(ARC_MODULE)) return null;
    return ref.name === '__init__' ? `__init__(${args[0]?.name ?? ''})` : ref.name;
  };
  const visit = (node: Statement | Terminator): void => {
    const isCall = node.kind === 'call' || node.kind === 'tryCall';
    const member = isCall ? memberOf(node) : null;
    const dest = node.kind === 'assign' ? node.place : isCall ? node.dest : null;
    if (dest !== null && dest.root.kind === 'local' && isOwner(dest)) {
      if (member !== '__init__(value)') other.add(dest.root.local);
      else if (!fresh.has(dest.root.local)) fresh.set(dest.root.local, false);
    }
    // The members that hand out the value or look at the count make no owner.
    if (member === '__getitem__' || member === 'count') return;
    forEachEvent(node, (event) => {
      if (event.kind !== 'use' && event.kind !== 'move') return;
      if (event.place.root.kind !== 'local' || !isOwner(event.place)) return;
      fresh.set(event.place.root.local, true);
    });
  };
  for (const block of body.blocks.values()) {
    for (const statement of block.statements) visit(statement);
    visit(block.terminator);
  }
  for (const id of other) fresh.delete(id);
  // Arguments and the like are never given a value here.
  for (const id of [...fresh.keys()]) if (body.locals.get(id).kind.kind === 'argument') fresh.delete(id);
  return fresh;
}

const ARC_MODULE = 'std.memory.arc_pointer.';
