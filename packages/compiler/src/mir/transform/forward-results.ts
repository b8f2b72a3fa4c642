/** Builds a result in the place it is assigned to: `T = f(…); P = move T` becomes `P = f(…)`, so that no move happens between
 *  a call and the variable it is assigned to, as when it initializes one.
 *  In: phase `dropped`.  Out: fewer temporaries; nothing else changes.
 *
 *  `T` must be made and moved exactly once, with only drops of other places between; and nothing that the producer reads may
 *  be, or point into, the root of `P`, except another field of it, nor lead to an owner of a value that `P` may lie in. When the old value behind a reference is dropped in between (`l[0] = make()`), the drop
 *  goes first, under the same condition and only for a producer that cannot raise: a raise would leave a hole. */

import type { OriginRootId, Term } from '../../terms/term.ts';
import { forEachOperand, placeType, predecessors } from '../cfg.ts';
import { isLibrary } from '../check/effects-of-body.ts';
import { homeOf } from '../check/lent-in-shared.ts';
import type { SharedEffects } from '../check/shared-effects.ts';
import { compareEnds } from '../dataflow/drop-plan.ts';
import type { Holders } from '../dataflow/holders.ts';
import { forEachEvent } from '../events.ts';
import type { BlockId, Body, LocalId, Place, Statement, Terminator } from '../mir.ts';
import type { TypeFacts } from '../type-facts.ts';

/** `expected`: type parameters stand for types that lead to owners of anything (`check/lent-in-shared.ts`). */
export function forwardResults(
  body: Body,
  holders: Holders,
  types: TypeFacts,
  effects: SharedEffects,
  expected: boolean,
): void {
  new Forwarding(body, holders, types, effects, expected).run();
}

interface Assignment {
  readonly index: number;
  readonly place: Place;
  /** Destroys what the place held before, or null. */
  readonly oldDrop: Statement | null;
}

class Forwarding {
  private readonly body: Body;
  private readonly mentions: Uint32Array;
  private readonly holders: Holders;
  private readonly types: TypeFacts;
  private readonly effects: SharedEffects;
  private readonly expected: boolean;
  private readonly isLibrary: boolean;
  private readonly roots: ReadonlySet<OriginRootId>;

  constructor(body: Body, holders: Holders, types: TypeFacts, effects: SharedEffects, expected: boolean) {
    this.body = body;
    this.holders = holders;
    this.types = types;
    this.effects = effects;
    this.expected = expected;
    this.roots = new Set(body.locals.values().map((local) => local.origin));
    this.isLibrary = isLibrary(types.program.function(body.function));
    this.mentions = new Uint32Array(body.locals.size);
    const count = (place: Place): void => {
      if (place.root.kind === 'local') this.mentions[place.root.local] = (this.mentions[place.root.local] ?? 0) + 1;
    };
    for (const block of body.blocks.values()) {
      for (const statement of block.statements) forEachEvent(statement, (event) => count(event.place));
      forEachEvent(block.terminator, (event) => count(event.place));
      if (block.terminator.kind === 'tryCall') {
        count(block.terminator.dest);
        count(block.terminator.errorDest);
      }
    }
  }

  run(): void {
    const preds = predecessors(this.body);
    for (const id of this.body.blocks.ids()) {
      this.straight(id);
      const terminator = this.body.blocks.get(id).terminator;
      if (terminator.kind === 'tryCall' && (preds[terminator.target] ?? []).length === 1)
        this.acrossCall(id, terminator);
    }
  }

  private straight(id: BlockId): void {
    const statements = this.body.blocks.get(id).statements;
    for (let index = 0; index < statements.length; index++) {
      const statement = statements[index];
      if (statement === undefined) continue;
      const made = statement.kind === 'assign' ? statement.place : statement.kind === 'call' ? statement.dest : null;
      const temporary = made === null ? null : this.temporaryOf(made);
      if (temporary === null) continue;
      const found = this.assignmentOf(temporary, statements, index + 1);
      if (found === null || !this.independent(statement, found)) continue;
      const moved = redirect(statement, found.place);
      if (moved === null) continue;
      const between = statements.slice(index + 1, found.index);
      const old = between.filter((drop) => drop === found.oldDrop);
      const replaced = [...old, moved, ...between.filter((drop) => drop !== found.oldDrop)];
      statements.splice(index, found.index - index + 1, ...replaced);
      this.joinDrops(statements, index + old.length + 1);
    }
  }

  /** What dies with the producer's operands and what dies with the target now die at one point. */
  private joinDrops(statements: Statement[], from: number): void {
    let end = from;
    const order: { readonly drop: Statement; readonly local: LocalId }[] = [];
    for (let drop = statements[end]; drop?.kind === 'drop'; drop = statements[++end]) {
      if (drop.place.root.kind !== 'local' || this.reached(drop.place).size > 1) return;
      order.push({ drop, local: drop.place.root.local });
    }
    order.sort((a, b) => compareEnds(this.body, a.local, b.local));
    statements.splice(from, end - from, ...order.map(({ drop }) => drop));
  }

  private acrossCall(id: BlockId, terminator: Terminator & { readonly kind: 'tryCall' }): void {
    const temporary = this.temporaryOf(terminator.dest);
    if (temporary === null) return;
    const target = this.body.blocks.get(terminator.target).statements;
    const found = this.assignmentOf(temporary, target, 0);
    if (found === null || found.oldDrop !== null || !this.independent(terminator, found)) return;
    target.splice(found.index, 1);
    this.joinDrops(target, 0);
    this.body.blocks.get(id).terminator = { ...terminator, dest: found.place };
  }

  /** A temporary that is made once and moved once. */
  private temporaryOf(place: Place): LocalId | null {
    if (place.root.kind !== 'local' || place.projections.length > 0) return null;
    const local = place.root.local;
    return this.body.locals.get(local).kind.kind === 'temporary' && this.mentions[local] === 2 ? local : null;
  }

  /** `P = move T`, with only drops before it. */
  private assignmentOf(temporary: LocalId, statements: readonly Statement[], from: number): Assignment | null {
    const drops: (Statement & { readonly kind: 'drop' })[] = [];
    for (let index = from; index < statements.length; index++) {
      const statement = statements[index];
      if (statement?.kind === 'drop') {
        drops.push(statement);
        continue;
      }
      if (statement?.kind !== 'assign' || statement.value.kind !== 'use') return null;
      const operand = statement.value.operand;
      if (operand.kind !== 'move' || operand.place.projections.length > 0) return null;
      if (operand.place.root.kind !== 'local' || operand.place.root.local !== temporary) return null;
      const type = this.body.locals.get(temporary).type;
      const target = statement.place;
      const last = target.projections[target.projections.length - 1];
      const targetType =
        last === undefined
          ? target.root.kind === 'local'
            ? this.body.locals.get(target.root.local).type
            : null
          : last.type;
      // `rebind` assigns between types that only elaboration proves equal.
      if (targetType !== type) return null;
      const overlapping = drops.filter(({ place }) => sharesRoot(place, target) && !areDisjoint(place, target));
      if (overlapping.length > 1) return null;
      const [old] = overlapping;
      if (old !== undefined && !samePlace(old.place, statement.place)) return null;
      return { index, place: statement.place, oldDrop: old ?? null };
    }
    return null;
  }

  /** Nothing that the producer reads is or reaches the target. */
  private independent(node: Statement | Terminator, target: Assignment): boolean {
    if (target.place.root.kind !== 'local') return false;
    if (target.oldDrop !== null && node.kind === 'tryCall') return false;
    // Where there is no old value, nothing can be read out of it; only the memory of what is handed over must be another.
    const isFree = target.oldDrop === null && this.isDestroyed(target.place);
    const forbidden = this.reached(target.place);
    const home = this.isLibrary ? null : homeOf(this.body, target.place);
    let independent = true;
    const check = (place: Place): void => {
      if (place.root.kind === 'global') independent = false;
      else if (areDisjoint(place, target.place)) return;
      else if (sharesRoot(place, target.place)) independent = false;
      else if (isFree) return;
      else if (forbidden.has(place.root.local)) independent = false;
      else
        for (const local of this.reached(place))
          if (forbidden.has(local) || (home !== null && this.mayLeadTo(local, home))) independent = false;
    };
    forEachOperand(node, (operand) => {
      if (operand.kind !== 'constant') check(operand.place);
    });
    if (node.kind === 'assign' && node.value.kind === 'ref') check(node.value.place);
    return independent;
  }

  /** A value of this place is destroyed before another one is stored. */
  private isDestroyed(place: Place): boolean {
    const type = placeType(this.body, place, (global) => this.types.program.global(global).type);
    return this.types.needsDrop(type);
  }

  /** What the producer reads may be the target: through an owner of a value with this in it, as in `m[].text = n[].text`, or through a
   *  reference to something outside of the function. */
  private mayLeadTo(local: LocalId, home: Term): boolean {
    const { type } = this.body.locals.get(local);
    const { effects } = this;
    if (effects.leadsBack(type, home, this.expected)) return true;
    if (type.kind !== 'ref' || !(effects.contains(type.pointee, home) || effects.contains(home, type.pointee)))
      return false;
    const { places, symbolic } = this.types.originsOf(type.origin);
    return symbolic.length > 0 || places.some(({ root }) => !this.roots.has(root));
  }

  /** The root of a place and all that its value, or the way to it, may point into. */
  private reached(place: Place): ReadonlySet<LocalId> {
    const result = new Set<LocalId>();
    if (place.root.kind !== 'local') return result;
    const pending: LocalId[] = [place.root.local];
    for (let local = pending.pop(); local !== undefined; local = pending.pop()) {
      if (result.has(local)) continue;
      result.add(local);
      for (const kept of this.holders.keeps[local] ?? []) pending.push(kept.local);
    }
    return result;
  }
}

function sharesRoot(a: Place, b: Place): boolean {
  if (a.root.kind === 'local') return b.root.kind === 'local' && a.root.local === b.root.local;
  return b.root.kind === 'global' && a.root.global === b.root.global;
}

function samePlace(a: Place, b: Place): boolean {
  if (!sharesRoot(a, b) || a.projections.length !== b.projections.length) return false;
  return a.projections.every((x, index) => {
    const y = b.projections[index];
    if (y === undefined || x.kind !== y.kind) return false;
    if (x.kind === 'field') return y.kind === 'field' && x.index === y.index;
    if (x.kind === 'element') return y.kind === 'element' && x.index === y.index;
    return true;
  });
}

/** Different fields of one variable: `p.a = f(p.b)`. */
function areDisjoint(a: Place, b: Place): boolean {
  if (!sharesRoot(a, b)) return false;
  for (const [index, x] of a.projections.entries()) {
    const y = b.projections[index];
    if (y === undefined || x.kind !== 'field' || y.kind !== 'field') return false;
    if (x.index !== y.index) return true;
  }
  return false;
}

function redirect(statement: Statement, place: Place): Statement | null {
  if (statement.kind === 'assign') return { ...statement, place };
  if (statement.kind === 'call') return { ...statement, dest: place };
  return null;
}
