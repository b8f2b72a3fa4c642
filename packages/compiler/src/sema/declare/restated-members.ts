/** A member of a trait with the name of one that the trait refines is of its kind, and a value has its type.
 *  In: the member.  Out: an error at its declaration. */
import { type Term, TermFlags } from '../../terms/term.ts';
import { typeName } from '../check/type-name.ts';
import type { Member, TraitEntity } from '../entities.ts';
import { isBound } from './bounds.ts';
import { comptimeValue } from './comptime.ts';
import { traitClosure } from './conformance-table.ts';
import type { DeclareContext } from './context.ts';
import { redefinition } from './errors.ts';

export function checkRestated(cx: DeclareContext, trait: TraitEntity, member: Member): void {
  if (member.kind === 'field' || !trait.module.isUser) return;
  const name = member.kind === 'comptime' ? member.name : member.ref.name;
  for (const base of traitClosure(cx, trait)) {
    if (base === trait) continue;
    for (const other of base.members.get(name) ?? []) {
      if (other.kind === 'field') continue;
      const at = { span: member.span, name, previous: other.span };
      if (other.kind !== member.kind) {
        cx.sink.report(redefinition({ ...at, note: `declared in '${base.ref.name}' as something else` }));
        return;
      }
      if (member.kind !== 'comptime' || other.kind !== 'comptime') continue;
      const type = comptimeValue(cx, member).type;
      const wanted = comptimeValue(cx, other).type;
      if (type === wanted || isOpenMember(type) || isOpenMember(wanted)) continue;
      const note = `'${trait.ref.name}' declares it with type '${typeName(type)}', which is not '${typeName(wanted)}'`;
      cx.sink.report(redefinition({ span: other.span, name, previous: member.span, note }));
      return;
    }
  }
}

/** A bound, or a type that depends on `Self`. */
function isOpenMember(type: Term): boolean {
  return type.kind === 'error' || isBound(type) || (type.flags & TermFlags.hasParam) !== 0;
}
