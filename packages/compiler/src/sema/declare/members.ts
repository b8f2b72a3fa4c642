/** Members by name: of a struct its own and the defaults of its traits; of a symbolic type those of its bounds and of facts in scope. */
import type { Term } from '../../terms/term.ts';
import type { FoundMember, FunctionEntity, Member, Scope, StructEntity, TraitEntity } from '../entities.ts';
import { conforms, matchesRequirement, structWitness, traitsOf } from './conformance.ts';
import { conformanceTable, refines } from './conformance-table.ts';
import type { DeclareContext } from './context.ts';
import { completeMembers } from './lifecycle.ts';

export function members(cx: DeclareContext, type: Term, name: string, scope: Scope): readonly FoundMember[] {
  switch (type.kind) {
    case 'struct':
      return structMembers(cx, type, name, scope);
    case 'ref':
      return members(cx, type.pointee, name, scope);
    case 'error':
      return [];
    default:
      return boundMembersByName(cx, type, name, scope);
  }
}

function structMembers(
  cx: DeclareContext,
  type: Term & { readonly kind: 'struct' },
  name: string,
  scope: Scope,
): readonly FoundMember[] {
  const struct = cx.sema().structEntity(type.decl.id);
  cx.late.applyExtensions();
  completeMembers(cx, struct);
  const found: FoundMember[] = [];
  const own = visibleMembers(struct.members.get(name) ?? [], scope);
  for (const member of own) found.push({ member, via: { kind: 'struct', struct, args: type.args } });
  if (own.some((member) => member.kind === 'field')) return found;
  for (const entry of conformanceTable(cx, struct).values()) {
    const candidates = entry.trait.members.get(name);
    if (candidates === undefined) continue;
    for (const member of candidates) {
      if (!isInherited(cx, struct, own, member)) continue;
      if (conforms(cx, type, cx.store.trait(entry.trait.ref), scope) === false) continue;
      addInherited(cx, struct, found, member, entry.trait, type);
    }
  }
  return found;
}

/** Members that extensions add for older programs are there for those alone. */
function visibleMembers(members: readonly Member[], scope: Scope): readonly Member[] {
  if (scope.module.seesClassicNames) return members;
  return members.some(isForClassicFiles) ? members.filter((member) => !isForClassicFiles(member)) : members;
}

function isForClassicFiles(member: Member): boolean {
  return (
    member.kind !== 'field' &&
    !member.module.isUser &&
    member.module.seesClassicNames &&
    member.parent?.kind === 'struct' &&
    member.parent.module !== member.module
  );
}

/** A default that the struct does not replace; a requirement that the compiler derives. */
function isInherited(cx: DeclareContext, struct: StructEntity, own: readonly Member[], member: Member): boolean {
  if (member.kind === 'comptime') return member.decl?.value !== null && own.length === 0;
  if (member.kind === 'field') return false;
  if (member.isDefault && own.length === 0) return true;
  const fn = structWitness(cx, struct, member);
  return fn !== null && !own.includes(fn) && !cx.adapters.has(fn);
}

function addInherited(
  cx: DeclareContext,
  struct: StructEntity,
  found: FoundMember[],
  member: Member,
  trait: TraitEntity,
  type: Term & { readonly kind: 'struct' },
): void {
  if (member.kind === 'function') {
    const fn = structWitness(cx, struct, member);
    if (fn === null || found.some((entry) => entry.member === fn)) return;
    const owner = fn.parent;
    if (owner?.kind === 'trait') found.push({ member: fn, via: { kind: 'trait', trait: owner, self: type } });
    else found.push({ member: fn, via: { kind: 'struct', struct, args: type.args } });
    return;
  }
  if (found.some((entry) => entry.member === member || overrides(cx, entry, trait))) return;
  found.push({ member, via: { kind: 'trait', trait, self: type } });
}

function overrides(cx: DeclareContext, entry: FoundMember, trait: TraitEntity): boolean {
  return entry.via.kind === 'trait' && entry.via.trait !== trait && refines(cx, entry.via.trait, trait);
}

function boundMembersByName(cx: DeclareContext, type: Term, name: string, scope: Scope): readonly FoundMember[] {
  const found: FoundMember[] = [];
  for (const trait of traitsOf(cx, type, scope)) {
    for (const member of trait.members.get(name) ?? []) {
      if (found.some((entry) => hides(cx, entry, trait, member) || serves(cx, entry.member, member, type))) continue;
      // A member of a refining trait replaces the one it restates.
      for (let i = found.length - 1; i >= 0; i--) {
        const entry = found[i];
        if (
          entry !== undefined &&
          entry.via.kind === 'trait' &&
          refines(cx, trait, entry.via.trait) &&
          restates(cx, member, entry.member)
        )
          found.splice(i, 1);
      }
      for (let i = found.length - 1; i >= 0; i--) {
        const entry = found[i];
        if (entry !== undefined && serves(cx, member, entry.member, type)) found.splice(i, 1);
      }
      found.push({ member, via: { kind: 'trait', trait, self: type } });
    }
  }
  return found;
}

/** Whether a method that one bound promises does for what another asks under the same name: they are one method of the type. */
function serves(cx: DeclareContext, offered: Member, required: Member, type: Term): boolean {
  if (offered.kind !== 'function' || required.kind !== 'function' || offered.parent === required.parent) return false;
  return matchesRequirement(cx, cx.sema().signature(required), cx.sema().signature(offered), type);
}

function hides(cx: DeclareContext, entry: FoundMember, trait: TraitEntity, member: Member): boolean {
  if (entry.via.kind !== 'trait') return false;
  if (entry.member === member) return true;
  return refines(cx, entry.via.trait, trait) && restates(cx, entry.member, member);
}

/** Two declarations of one requirement in a trait and one that it refines. */
function restates(cx: DeclareContext, derived: Member, base: Member): boolean {
  if (derived.kind !== base.kind) return false;
  if (derived.kind !== 'function' || base.kind !== 'function') return true;
  return sameRequirement(cx, base, derived);
}

function sameRequirement(cx: DeclareContext, base: FunctionEntity, derived: FunctionEntity): boolean {
  const trait = derived.parent;
  if (trait?.kind !== 'trait') return false;
  return matchesRequirement(cx, cx.sema().signature(base), cx.sema().signature(derived), trait.self);
}

export function* memberNames(cx: DeclareContext, type: Term, scope: Scope): Iterable<string> {
  if (type.kind === 'ref') {
    yield* memberNames(cx, type.pointee, scope);
    return;
  }
  if (type.kind === 'struct') {
    const struct = cx.sema().structEntity(type.decl.id);
    yield* struct.members.keys();
    for (const param of cx.sema().structParams(struct)) yield param.name;
  }
  for (const trait of traitsOf(cx, type, scope)) yield* trait.members.keys();
}
