/** Does a type meet a bound; which function implements a requirement; what an associated member is.
 *  `null` from `conforms` means that a symbolic type leaves it open. */
import { Substituter } from '../../terms/substitute.ts';
import type { Convention, FunctionTypeTerm, OriginRootId, ParamId, Term, TraitRef } from '../../terms/term.ts';
import { TermFlags } from '../../terms/term.ts';
import type { ComptimeEntity, FunctionEntity, Scope, Signature, StructEntity, TraitEntity } from '../entities.ts';
import type { HirExpr, Witness } from '../hir.ts';
import { isLiteralType } from '../check/type-facts.ts';
import { adapterFor, copiesResult, isMutability, needsAdapter, pointeeOf } from './adapter.ts';
import { boundMembers, boundOf, isBound, ownsElements } from './bounds.ts';
import {
  conformanceTable,
  hasUnknownTrait,
  isUnknownBound,
  refines,
  traitClosure,
  traitsOfBound,
} from './conformance-table.ts';
import { type DeclareContext, newScope, type OlderSpelling } from './context.ts';
import { derivedMember } from './derive.ts';
import { eachWay, factsOf } from './facts.ts';
import { callableBoundsOf, callableType, matchesFunctionType } from './function-types.ts';
import { completeMembers } from './lifecycle.ts';
import { lifecycleKeyword, writtenLifecycle } from './written-lifecycle.ts';
import { applyBindings, bindArgs } from './parameters.ts';

// ------------------------------------------------------------------------------------------------ bounds

export function conforms(cx: DeclareContext, type: Term, bound: Term, scope: Scope | null): boolean | null {
  if (((type.flags | bound.flags) & TermFlags.hasError) !== 0) return true;
  if (type.kind === 'param' && type.type.kind === 'error') return true;
  let result: boolean | null = true;
  for (const member of boundMembers(bound)) {
    const one = conformsToOne(cx, type, member, scope);
    if (one === false) return false;
    if (one === null) result = null;
  }
  return result;
}

function conformsToOne(cx: DeclareContext, type: Term, bound: Term, scope: Scope | null): boolean | null {
  if (bound.kind === 'functionType') return callableConforms(cx, type, bound, scope);
  if (bound.kind !== 'trait') return false;
  const trait = cx.sema().traitEntity(bound.decl.id);
  // `Concurrent` marks a formal that runs its argument in parallel; the race check (mir/check/races.ts) judges the argument.
  if (trait.builtin === 'AnyType' || trait.builtin === 'Concurrent') return true;
  switch (type.kind) {
    case 'struct':
      return structConforms(cx, type.decl.id, type.args, trait, scope);
    case 'list': {
      let result: boolean | null = true;
      for (const element of type.elements) {
        const one = conformsToOne(cx, element, bound, scope);
        if (one === false) return false;
        if (one === null) result = null;
      }
      return result;
    }
    case 'conditional': {
      const onTrue = conformsToOne(cx, type.onTrue, bound, scope);
      const onFalse = conformsToOne(cx, type.onFalse, bound, scope);
      return onTrue === onFalse ? onTrue : null;
    }
    case 'functionItem':
    case 'functionType':
    case 'ref':
    case 'function':
      return PLAIN_ROLES.has(trait.builtin ?? '');
    case 'primitive':
    case 'originType':
      return PLAIN_ROLES.has(trait.builtin ?? '');
    case 'unbound':
    case 'bound':
      return null;
    case 'operation': {
      // A function out of an iterator is no callable, and else what it was.
      const [element] = type.operands;
      if (type.op === 'type.element' && element !== undefined) return conformsToOne(cx, element, bound, scope);
      return symbolicConforms(cx, type, trait, scope);
    }
    default:
      return symbolicConforms(cx, type, trait, scope);
  }
}

/** What function items, code pointers and references are: bits without owners. */
const PLAIN_ROLES: ReadonlySet<string> = new Set([
  'Copyable',
  'Movable',
  'ImplicitlyCopyable',
  'Deinitable',
  'RegisterPassable',
  'TrivialRegisterPassable',
]);

/** What older generic code may do to a value of a parameter type without saying so. */
const OLDER_ROLES: { readonly [S in OlderSpelling]: ReadonlySet<string> } = {
  classic: new Set(['Copyable', 'Movable', 'ImplicitlyCopyable', 'Deinitable']),
  mixed: new Set(['Deinitable']),
};

/** Whether a type may have more traits and members than can be seen, since what says so was reported. */
export function isPartlyUnknown(cx: DeclareContext, type: Term): boolean {
  if (type.kind === 'struct') return hasUnknownTrait(cx, cx.sema().structEntity(type.decl.id));
  if (type.kind === 'param' && type.type.kind === 'error') return true;
  const bound = boundOf(type);
  return bound !== null && isUnknownBound(cx, bound);
}

function structConforms(
  cx: DeclareContext,
  id: StructEntity['ref']['id'],
  args: readonly Term[],
  trait: TraitEntity,
  scope: Scope | null,
): boolean | null {
  const struct = cx.sema().structEntity(id);
  cx.late.applyExtensions();
  const entry = conformanceTable(cx, struct).get(trait);
  if (entry === undefined) return hasUnknownTrait(cx, struct);
  const element = args[0];
  if (trait.builtin === 'Deinitable' && (ownsElements(struct) || struct.builtin === 'tuple') && element !== undefined)
    return conformsToOne(cx, element, cx.store.trait(trait.ref), scope);
  const condition = entry.condition();
  if (condition.kind === 'bool') return condition.value;
  const params = cx.sema().structParams(struct);
  return cx.sema().decide(applyBindings(cx, condition, bindArgs(params, args)), scope);
}

/** What must hold of the arguments of a struct type for it to conform to a trait; null where that says no more than the question. */
export function conformanceCondition(cx: DeclareContext, type: Term, bound: Term): Term | null {
  if (type.kind !== 'struct' || bound.kind !== 'trait') return null;
  const trait = cx.sema().traitEntity(bound.decl.id);
  if (trait.builtin === 'Deinitable') return null;
  const struct = cx.sema().structEntity(type.decl.id);
  const condition = conformanceTable(cx, struct).get(trait)?.condition() ?? null;
  return condition === null ? null : applyBindings(cx, condition, bindArgs(cx.sema().structParams(struct), type.args));
}

function symbolicConforms(cx: DeclareContext, type: Term, trait: TraitEntity, scope: Scope | null): boolean | null {
  const bound = boundOf(type);
  if (bound !== null) {
    if (traitsOfBound(cx, bound).includes(trait) || isUnknownBound(cx, bound)) return true;
    // A constraint function type alone: closures and functions can be moved and destroyed.
    if (boundMembers(bound).some((member) => member.kind === 'functionType') && CALLABLE_ROLES.has(trait.builtin ?? ''))
      return true;
  }
  if (olderRoles(cx, type).has(trait.builtin ?? '')) return true;
  // Where nothing can be reached everything holds.
  const says = (fact: Term): boolean =>
    fact === cx.store.false ||
    (fact.kind === 'conforms' && sameOrPackOf(fact.type, type) && traitsOfBound(cx, fact.trait).includes(trait));
  for (const fact of factsOf(cx, scope)) if (says(fact) || eachWay(fact, says)) return true;
  return null;
}

const CALLABLE_ROLES: ReadonlySet<string> = new Set(['Movable', 'Deinitable']);

/** A fact about a whole pack holds of each of its elements. */
function sameOrPackOf(fact: Term, type: Term): boolean {
  return fact === type || (type.kind === 'packElement' && type.pack === fact);
}

function olderRoles(cx: DeclareContext, type: Term): ReadonlySet<string> {
  switch (type.kind) {
    case 'param': {
      const spelling = cx.olderParams.get(type);
      return spelling === undefined ? EMPTY : OLDER_ROLES[spelling];
    }
    case 'projection':
      return olderRoles(cx, type.self);
    case 'packElement':
      return olderRoles(cx, type.pack);
    default:
      return EMPTY;
  }
}

function callableConforms(
  cx: DeclareContext,
  type: Term,
  bound: FunctionTypeTerm,
  scope: Scope | null,
): boolean | null {
  const declared = boundOf(type);
  if (declared !== null) {
    for (const member of boundMembers(declared))
      if (member.kind === 'functionType' && matchesFunctionType(cx, member, bound)) return true;
    for (const fact of factsOf(cx, scope))
      if (fact.kind === 'conforms' && fact.type === type && boundMembers(fact.trait).includes(bound)) return true;
    return null;
  }
  // A pointer is a value, which may change; what is called through a constraint is known.
  if (type.kind === 'functionType' && scope?.module.isUser === true && !scope.module.seesClassicNames) return false;
  const callable = callableType(cx, type);
  if (callable !== null && matchesFunctionType(cx, callable, bound)) return true;
  // What the struct says of itself counts, also where it lacks the method: that is an error of its own.
  if (type.kind !== 'struct') return false;
  const struct = cx.sema().structEntity(type.decl.id);
  const params = bindArgs(cx.sema().structParams(struct), type.args);
  return callableBoundsOf(cx, struct).some((declared) => {
    const applied = applyBindings(cx, declared, params);
    return applied.kind === 'functionType' && matchesFunctionType(cx, applied, bound);
  });
}

/** All traits of a type, ancestors included. */
export function traitsOf(cx: DeclareContext, type: Term, scope: Scope | null): readonly TraitEntity[] {
  if (type.kind === 'struct') {
    cx.late.applyExtensions();
    return [...conformanceTable(cx, cx.sema().structEntity(type.decl.id)).keys()];
  }
  const traits: TraitEntity[] = [];
  const add = (bound: Term): void => {
    for (const trait of traitsOfBound(cx, bound)) if (!traits.includes(trait)) traits.push(trait);
  };
  const bound = boundOf(type);
  if (bound !== null) add(bound);
  for (const fact of factsOf(cx, scope)) if (fact.kind === 'conforms' && sameOrPackOf(fact.type, type)) add(fact.trait);
  const implied = PLAIN_KINDS.has(type.kind) ? PLAIN_ROLES : olderRoles(cx, type);
  for (const role of implied) {
    const trait = cx.sema().known.trait(role);
    if (trait !== null) add(cx.store.trait(trait.ref));
  }
  return traits;
}

const PLAIN_KINDS: ReadonlySet<Term['kind']> = new Set(['functionItem', 'functionType', 'function', 'ref']);
const EMPTY: ReadonlySet<string> = new Set();

// ------------------------------------------------------------------------------------------------ witnesses

/** The function that implements `member` for a concrete type or a struct with symbolic arguments; null when there is none. */
export function witness(cx: DeclareContext, self: Term, trait: TraitRef, member: FunctionEntity): Witness | null {
  const entity = cx.sema().traitEntity(trait.id);
  if (self.kind === 'struct') {
    const struct = cx.sema().structEntity(self.decl.id);
    cx.late.applyExtensions();
    if (!conformanceTable(cx, struct).has(entity)) return null;
    const fn = structWitness(cx, struct, member);
    if (fn === null) return null;
    return { fn: fn.id, args: fn.parent?.kind === 'trait' ? [self] : self.args };
  }
  if (boundOf(self) !== null || self.kind === 'param') return null;
  if (conforms(cx, self, cx.store.trait(trait), null) !== true) return null;
  return member.isDefault ? { fn: member.id, args: [self] } : null;
}

export function structWitness(cx: DeclareContext, struct: StructEntity, member: FunctionEntity): FunctionEntity | null {
  const table = cx.memo.witness.get(struct) ?? new Map<FunctionEntity, FunctionEntity | null>();
  cx.memo.witness.set(struct, table);
  const known = table.get(member);
  if (known !== undefined) return known;
  const found = findWitness(cx, struct, member);
  table.set(member, found);
  return found;
}

function findWitness(cx: DeclareContext, struct: StructEntity, member: FunctionEntity): FunctionEntity | null {
  completeMembers(cx, struct);
  const self = cx.sema().structSelf(struct);
  const requirement = cx.sema().signature(member);
  const lifecycle =
    member.decl?.kind === 'FunctionDecl' && member.ref.name === '__init__' ? lifecycleKeyword(member.decl) : null;
  const written = writtenLifecycle(struct);
  if (lifecycle === 'copy' && written.copy !== null) return written.copy;
  if (lifecycle === 'move' && written.move !== null) return written.move;
  if (isDestructor(member.ref.name) && written.destroy !== null) return written.destroy;
  for (const candidate of struct.members.get(member.ref.name) ?? []) {
    if (candidate.kind !== 'function') continue;
    const offered = cx.sema().signature(candidate);
    const match = matchRequirement(cx, requirement, offered, self);
    if (match === 'no') continue;
    if (!isOpenTo(cx, struct, member, offered)) return null;
    const exact = match === 'fits' && (requirement.hasError || offered.hasError || !needsAdapter(requirement, offered));
    return exact ? candidate : adapterFor(cx, struct, requirement, offered);
  }
  return derivedMember(cx, struct, member) ?? defaultFor(cx, struct, member) ?? otherDefault(cx, struct, member);
}

/** The default of another trait of the struct serves like a method of its own. */
function otherDefault(cx: DeclareContext, struct: StructEntity, member: FunctionEntity): FunctionEntity | null {
  const self = cx.sema().structSelf(struct);
  const requirement = cx.sema().signature(member);
  for (const trait of conformanceTable(cx, struct).keys()) {
    for (const candidate of trait.members.get(member.ref.name) ?? []) {
      if (candidate.kind !== 'function' || !candidate.isDefault || candidate === member) continue;
      const offered = cx.sema().signature(candidate);
      if (matchRequirement(cx, requirement, offered, self) !== 'fits') continue;
      return needsAdapter(requirement, offered) ? adapterFor(cx, struct, requirement, offered) : candidate;
    }
  }
  return null;
}

/** Whether the `where` clauses of a method follow from the condition under which the struct conforms to the trait. */
function isOpenTo(cx: DeclareContext, struct: StructEntity, member: FunctionEntity, offered: Signature): boolean {
  const trait = member.parent;
  if (offered.where.length === 0 || !struct.module.isUser || trait?.kind !== 'trait') return true;
  const condition = conformanceTable(cx, struct).get(trait)?.condition() ?? cx.store.true;
  const scope = newScope(struct.scope, struct.module, { kind: 'block' });
  scope.facts.push(condition);
  return offered.where.every((clause) => cx.sema().decide(clause.term, scope) === true);
}

function isDestructor(name: string): boolean {
  return name === '__deinit__' || name === '__del__';
}

/** The default that applies: of the requirement's own trait or of one that refines it; the most derived one wins. */
export function defaultFor(cx: DeclareContext, struct: StructEntity, member: FunctionEntity): FunctionEntity | null {
  const owner = member.parent;
  if (owner?.kind !== 'trait') return null;
  let best: FunctionEntity | null = member.isDefault ? member : null;
  const self = cx.sema().structSelf(struct);
  const requirement = cx.sema().signature(member);
  for (const trait of conformanceTable(cx, struct).keys()) {
    if (trait === owner || !refines(cx, trait, owner)) continue;
    const current = best?.parent;
    if (current?.kind === 'trait' && !refines(cx, trait, current)) continue;
    for (const candidate of trait.members.get(member.ref.name) ?? []) {
      if (candidate.kind !== 'function' || !candidate.isDefault) continue;
      if (matchesRequirement(cx, requirement, cx.sema().signature(candidate), self)) best = candidate;
    }
  }
  return best;
}

/** Whether a candidate's signature equals the requirement's for `self`. The candidate may be more lenient: not raise where the
 *  requirement may, only read what the requirement lends for change or hands over. */
export function matchesRequirement(
  cx: DeclareContext,
  requirement: Signature,
  candidate: Signature,
  self: Term,
): boolean {
  return matchRequirement(cx, requirement, candidate, self) !== 'no';
}

/** `converts`: the same but for the result, which converts to the requirement's. */
function matchRequirement(
  cx: DeclareContext,
  requirement: Signature,
  candidate: Signature,
  self: Term,
): 'no' | 'fits' | 'converts' {
  if (requirement.hasError || candidate.hasError) return 'fits';
  if (requirement.fn.isStatic !== candidate.fn.isStatic || requirement.isInit !== candidate.isInit) return 'no';
  if (requirement.args.length !== candidate.args.length) return 'no';
  const ownGiven = candidate.params.filter((param) => !param.inherited);
  let ownRequired = requirement.params.filter((param) => !param.inherited);
  // The mutability of a `ref` argument is no parameter where the candidate only reads that argument.
  if (ownRequired.length !== ownGiven.length)
    ownRequired = ownRequired.filter((param) => !isMutability(requirement, param));
  if (ownRequired.length !== ownGiven.length) return 'no';
  const params = new Map<ParamId, Term>();
  const origins = new Map<OriginRootId, Term>();
  const requiredSelf = requirement.params[0];
  if (requiredSelf !== undefined) params.set(requiredSelf.term.param, self);
  // A default of another trait is compared as seen from the same type.
  const given = new Map<ParamId, Term>();
  const givenSelf = candidate.fn.parent?.kind === 'trait' ? candidate.params[0] : undefined;
  if (givenSelf !== undefined) given.set(givenSelf.term.param, self);
  for (let i = 0; i < ownRequired.length; i++) {
    const required = ownRequired[i];
    const offered = ownGiven[i];
    if (required === undefined || offered === undefined || required.variadic !== offered.variadic) return 'no';
    params.set(required.term.param, offered.term);
  }
  for (let i = 0; i < requirement.args.length; i++) {
    const required = requirement.args[i];
    const offered = candidate.args[i];
    if (required === undefined || offered === undefined) return 'no';
    origins.set(required.root, offered.origin);
  }
  if (requirement.namedResult !== null && candidate.namedResult !== null)
    origins.set(
      requirement.namedResult.root,
      cx.store.placeOrigin(candidate.namedResult.root, candidate.namedResult.name, [], cx.store.true),
    );
  const reduce = cx.sema().reduce;
  const wanted = new Substituter(cx.store, { params, origins }, reduce);
  const offer = new Substituter(cx.store, { params: given, origins: null }, reduce);
  const same = (a: Term, b: Term): boolean => {
    const left = wanted.apply(a);
    const right = offer.apply(b);
    return left === right || ((left.flags | right.flags) & TermFlags.hasError) !== 0;
  };
  for (let i = 0; i < ownRequired.length; i++) {
    const required = ownRequired[i];
    const offered = ownGiven[i];
    if (required === undefined || offered === undefined || !same(required.term.type, offered.term.type)) return 'no';
  }
  for (let i = 0; i < requirement.args.length; i++) {
    const required = requirement.args[i];
    const offered = candidate.args[i];
    if (required === undefined || offered === undefined) return 'no';
    // A fieldwise constructor owns what it is given; a value that copies by itself may be lent to it.
    const copied =
      candidate.fn.functionKind.kind === 'synthesized' &&
      required.convention === 'imm' &&
      offered.convention === 'var' &&
      cx.sema().isImplicitlyCopyable(offered.type, candidate.scope);
    if (!(copied || conventionFits(required.convention, offered.convention)) || required.variadic !== offered.variadic)
      return 'no';
    if (!same(required.type, offered.type)) return 'no';
    if (required.passing === 'keywordOnly' && offered.name !== required.name) return 'no';
  }
  const fits =
    same(requirement.result, candidate.result) ||
    (copiesResult(requirement, candidate) &&
      same(requirement.result, pointeeOf(candidate.result)) &&
      isCopied(cx, candidate));
  if (!fits && !convertsResult(cx, wanted.apply(requirement.result), candidate)) return 'no';
  const raisesLess =
    candidate.raises === null || (requirement.raises !== null && same(requirement.raises, candidate.raises));
  if (!raisesLess) return 'no';
  return fits ? 'fits' : 'converts';
}

/** Whether a copy can be made of what a method lends. */
function isCopied(cx: DeclareContext, candidate: Signature): boolean {
  const copyable = cx.sema().known.trait('Copyable');
  if (copyable === null || !candidate.fn.module.isUser) return true;
  return conforms(cx, pointeeOf(candidate.result), cx.store.trait(copyable.ref), candidate.scope) === true;
}

/** Whether what a user's method returns becomes what the trait asks for by an implicit conversion, as in a `return`. */
function convertsResult(cx: DeclareContext, target: Term, candidate: Signature): boolean {
  const { fn, result } = candidate;
  if (!fn.module.isUser || fn.parent?.kind !== 'struct' || fn.functionKind.kind !== 'written') return false;
  if (target.kind !== 'struct' || result.kind !== 'struct' || result === cx.sema().known.none) return false;
  const given: HirExpr = {
    kind: 'call',
    callee: { kind: 'function', fn: fn.id, args: [] },
    args: [],
    raises: null,
    type: result,
    span: fn.span,
  };
  return cx.sema().convertImplicitly(given, target, fn.scope) !== null;
}

/** A method that only reads an argument serves where the trait lends or hands it over; what is handed over it may keep or dismantle. */
export function conventionFits(required: Convention, offered: Convention): boolean {
  if (required === offered || offered === 'imm') return true;
  return (required === 'var' && offered === 'deinit') || (required === 'deinit' && offered === 'var');
}

// ------------------------------------------------------------------------------------------------ associated members

/** The value of an associated member for a struct type (its arguments may be symbolic); null for other types. */
export function associated(
  cx: DeclareContext,
  self: Term,
  trait: TraitRef,
  member: string,
  args: readonly Term[],
): Term | null {
  if (self.kind !== 'struct') return null;
  const struct = cx.sema().structEntity(self.decl.id);
  cx.late.applyExtensions();
  const params = cx.sema().structParams(struct);
  for (const entity of struct.members.get(member) ?? []) {
    if (entity.kind !== 'comptime') continue;
    return literalMember(cx, entity, trait, member) ?? applyComptime(cx, entity, [...self.args, ...args]);
  }
  const index = params.findIndex((param) => param.name === member);
  if (index >= 0) return self.args[index] ?? null;
  const declared = associatedDefault(cx, struct, cx.sema().traitEntity(trait.id), member);
  return declared === null ? null : applyComptime(cx, declared, [self, ...args]);
}

/** `comptime k = 6` in a struct for `comptime k: Int` of its trait: the literal takes the declared type. */
function literalMember(cx: DeclareContext, entity: ComptimeEntity, trait: TraitRef, member: string): Term | null {
  const expr = entity.decl?.value ?? null;
  if (expr === null || entity.decl?.type !== null || entity.decl.parameters !== null) return null;
  const sema = cx.sema();
  if (!isLiteralType(sema, sema.comptimeValue(entity).type)) return null;
  for (const required of sema.traitEntity(trait.id).members.get(member) ?? []) {
    if (required.kind !== 'comptime') continue;
    const { type } = sema.comptimeValue(required);
    if ((type.flags & TermFlags.hasParam) !== 0 || isBound(type) || isLiteralType(sema, type)) return null;
    // A value of another type is reported with the conformance.
    return sema.tryParameter(expr, entity.scope, type)?.value ?? cx.store.error;
  }
  return null;
}

export function applyComptime(cx: DeclareContext, entity: ComptimeEntity, args: readonly Term[]): Term {
  const params = cx.sema().comptimeParams(entity);
  const { value } = cx.late.comptimeDefault(entity);
  return applyBindings(cx, value, bindArgs(params, args));
}

/** The comptime member with a value that a trait, or one refining it, offers. */
function associatedDefault(
  cx: DeclareContext,
  struct: StructEntity,
  trait: TraitEntity,
  member: string,
): ComptimeEntity | null {
  let best: ComptimeEntity | null = null;
  for (const candidate of [...conformanceTable(cx, struct).keys(), ...traitClosure(cx, trait)]) {
    if (candidate !== trait && !refines(cx, candidate, trait) && !refines(cx, trait, candidate)) continue;
    for (const entity of candidate.members.get(member) ?? []) {
      if (entity.kind !== 'comptime' || entity.decl?.value === null) continue;
      const current = best?.parent;
      if (current === undefined || current === null || (current.kind === 'trait' && refines(cx, candidate, current)))
        best = entity;
    }
  }
  return best ?? otherMember(cx, struct, trait, member);
}

/** The value that another trait of the struct has for a member of that name. */
function otherMember(
  cx: DeclareContext,
  struct: StructEntity,
  trait: TraitEntity,
  member: string,
): ComptimeEntity | null {
  const required = trait.members.get(member)?.find((entry) => entry.kind === 'comptime');
  if (required?.kind !== 'comptime') return null;
  for (const candidate of conformanceTable(cx, struct).keys()) {
    for (const entity of candidate.members.get(member) ?? []) {
      if (entity.kind !== 'comptime' || entity.decl === null || entity.decl.value === null) continue;
      if (cx.sema().comptimeValue(entity).type === cx.sema().comptimeValue(required).type) return entity;
    }
  }
  return null;
}
