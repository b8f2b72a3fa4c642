/** A requirement that several traits of a struct offer a default for belongs to none of them: the struct must write it. A trait may
 *  fill in a requirement that it inherits, but not replace a default, nor what the compiler derives (`write_to`, `__eq__`).
 *  In the classic edition the most derived trait wins. */
import type { ComptimeEntity, FunctionEntity, StructEntity, TraitEntity } from '../entities.ts';
import type { Term } from '../../terms/term.ts';
import { matchesRequirement, structWitness } from './conformance.ts';
import { refines } from './conformance-table.ts';
import type { DeclareContext } from './context.ts';
import { conflictingDefaults, conflictingMember, doesNotImplement } from './errors.ts';

export function checkConflictingDefaults(
  cx: DeclareContext,
  struct: StructEntity,
  traits: readonly TraitEntity[],
): void {
  checkConflictingMembers(cx, struct, traits);
  checkShadowedDerivations(cx, struct, traits);
  const self = cx.sema().structSelf(struct);
  const reported = new Set<string>();
  for (let i = 0; i < traits.length; i++) {
    const first = traits[i];
    if (first === undefined) continue;
    for (const [name, members] of first.members) {
      if (reported.has(name)) continue;
      for (const member of members) {
        if (member.kind !== 'function' || !member.isDefault || !inherits(cx, struct, member)) continue;
        const rival = findRival(cx, traits.slice(i + 1), first, member, self);
        if (rival === null || !inherits(cx, struct, rival)) continue;
        const other = rival.parent?.kind === 'trait' ? rival.parent : first;
        reported.add(name);
        cx.conflicting.add(member).add(rival);
        cx.sink.report(
          conflictingDefaults({
            span: struct.span,
            name,
            first: first.ref.name,
            second: other.ref.name,
            firstSpan: member.span,
            secondSpan: rival.span,
          }),
        );
      }
    }
  }
}

/** Whether the struct leaves a requirement to the defaults of its traits. */
function inherits(cx: DeclareContext, struct: StructEntity, member: FunctionEntity): boolean {
  return structWitness(cx, struct, member)?.parent?.kind === 'trait';
}

/** A default for the same method. A trait may replace the default of one that it refines only where the library does so, or in
 *  the classic edition. */
function findRival(
  cx: DeclareContext,
  traits: readonly TraitEntity[],
  first: TraitEntity,
  member: FunctionEntity,
  self: Term,
): FunctionEntity | null {
  for (const trait of traits) {
    const isRefined = refines(cx, trait, first) || refines(cx, first, trait);
    if (isRefined && (trait.module.edition === 'classic' || !(trait.module.isUser && first.module.isUser))) continue;
    for (const candidate of trait.members.get(member.ref.name) ?? []) {
      if (candidate.kind !== 'function' || !candidate.isDefault) continue;
      if (matchesRequirement(cx, cx.sema().signature(member), cx.sema().signature(candidate), self)) return candidate;
    }
  }
  return null;
}

/** `comptime k: Int = 5` in two traits of one struct. */
function checkConflictingMembers(cx: DeclareContext, struct: StructEntity, traits: readonly TraitEntity[]): void {
  const offered = new Map<string, { readonly trait: TraitEntity; readonly member: ComptimeEntity }>();
  for (const trait of traits) {
    if (!trait.module.isUser || trait.module.edition === 'classic') continue;
    for (const [name, members] of trait.members) {
      const member = members.find(
        (entry) => entry.kind === 'comptime' && entry.decl !== null && entry.decl.value !== null,
      );
      if (member?.kind !== 'comptime' || struct.members.has(name)) continue;
      const other = offered.get(name);
      offered.set(name, { trait, member });
      if (other === undefined) continue;
      cx.sink.report(
        conflictingMember({
          span: struct.span,
          name,
          first: other.trait.ref.name,
          second: trait.ref.name,
          firstSpan: other.member.span,
          secondSpan: member.span,
        }),
      );
    }
  }
}

/** A default that stands beside a method which the compiler derives for a library trait. */
function checkShadowedDerivations(cx: DeclareContext, struct: StructEntity, traits: readonly TraitEntity[]): void {
  const self = cx.sema().structSelf(struct);
  for (const trait of traits) {
    if (!trait.module.isUser || trait.module.edition === 'classic') continue;
    for (const [name, members] of trait.members) {
      for (const member of members) {
        if (member.kind !== 'function' || !member.isDefault || !inherits(cx, struct, member)) continue;
        if (!derivesBeside(cx, struct, traits, trait, member, self)) continue;
        const text = `'${name}' is ambiguous: '${trait.ref.name}' has a default for what the compiler derives; implement it in '${struct.ref.name}'`;
        const missing = [{ span: member.span, text }];
        const { name: traitName } = trait.ref;
        cx.sink.report(
          doesNotImplement({
            span: struct.span,
            name: struct.ref.name,
            trait: traitName,
            traitSpan: trait.span,
            missing,
            fixes: [],
          }),
        );
        cx.conflicting.add(member);
      }
    }
  }
}

function derivesBeside(
  cx: DeclareContext,
  struct: StructEntity,
  traits: readonly TraitEntity[],
  trait: TraitEntity,
  member: FunctionEntity,
  self: Term,
): boolean {
  return traits.some((base) => {
    if (base.builtin === null || !refines(cx, trait, base)) return false;
    return (base.members.get(member.ref.name) ?? []).some((required) => {
      if (required.kind !== 'function') return false;
      const witness = structWitness(cx, struct, required);
      if (witness === null || witness.parent !== struct || struct.members.get(required.ref.name)?.includes(witness))
        return false;
      return matchesRequirement(cx, cx.sema().signature(required), cx.sema().signature(member), self);
    });
  });
}
