/** Conditions in a conformance list fit together: a trait holds only where the traits that it refines hold, and a trait that several
 *  entries reach under different conditions is an entry of its own.
 *  In: the list of a struct as written.  Out: errors at the entries. */
import type { Term } from '../../terms/term.ts';
import type { StructEntity, TraitEntity } from '../entities.ts';
import { traitClosure, traitsOfBound } from './conformance-table.ts';
import { boundMembers } from './bounds.ts';
import { type DeclareContext, newScope, spanOf } from './context.ts';
import { conditionalTrivial, reachedTwice, weakerCondition } from './errors.ts';
import type { Span } from '../../base/span.ts';
import { conformanceCondition } from './header-conditions.ts';

interface Entry {
  readonly trait: TraitEntity;
  readonly condition: Term;
  readonly span: Span;
}

export function checkConformanceConditions(cx: DeclareContext, struct: StructEntity): void {
  const written = struct.decl?.conformances ?? [];
  if (!struct.module.isUser || written.every((conformance) => conformance.where.length === 0)) return;
  const entries = written.flatMap((conformance): Entry[] => {
    const bound = cx.sema().evaluateAnnotation(conformance.type, struct.headerScope, { allowUnbound: false });
    const condition = conformanceCondition(cx, struct, conformance.where);
    const span = spanOf(struct.module, conformance.type);
    return boundMembers(bound).flatMap((member) =>
      member.kind === 'trait' ? [{ trait: cx.sema().traitEntity(member.decl.id), condition, span }] : [],
    );
  });
  const listed = new Map<TraitEntity, Term>();
  for (const { trait, condition } of entries)
    listed.set(trait, cx.store.or([listed.get(trait) ?? cx.store.false, condition]));
  const reached = new Map<TraitEntity, Entry>();
  const reported = new Set<TraitEntity>();
  for (const entry of entries) {
    if (entry.trait.builtin === 'TrivialRegisterPassable' && entry.condition.kind !== 'bool') {
      cx.sink.report(conditionalTrivial({ span: entry.span }));
      continue;
    }
    for (const ancestor of traitClosure(cx, entry.trait)) {
      if (ancestor === entry.trait || ancestor.builtin === 'AnyType' || reported.has(ancestor)) continue;
      const stated = listed.get(ancestor);
      if (stated !== undefined) {
        if (follows(cx, struct, stated, entry.condition)) continue;
        cx.sink.report(weakerCondition({ span: entry.span, name: entry.trait.ref.name, ancestor: ancestor.ref.name }));
        break;
      }
      const other = reached.get(ancestor);
      if (other === undefined) reached.set(ancestor, entry);
      else if (other.condition !== entry.condition) {
        for (const base of traitsOfBound(cx, cx.store.trait(ancestor.ref))) reported.add(base);
        cx.sink.report(reachedTwice({ span: other.span, ancestor: ancestor.ref.name }));
      }
    }
  }
}

function follows(cx: DeclareContext, struct: StructEntity, condition: Term, from: Term): boolean {
  if (condition === from || from === cx.store.false) return true;
  const scope = newScope(struct.scope, struct.module, { kind: 'block' });
  scope.facts.push(from);
  return cx.sema().decide(condition, scope) === true;
}
