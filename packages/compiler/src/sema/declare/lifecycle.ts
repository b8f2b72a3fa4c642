/** How values of a struct are copied, moved and destroyed: from its conformances and from the methods it writes, in all spellings. */
import type { StructEntity } from '../entities.ts';
import type { Lifecycle } from '../hir.ts';
import { conformanceTable } from './conformance-table.ts';
import { writtenLifecycle } from './written-lifecycle.ts';
import { addMember, type DeclareContext } from './context.ts';
import { findDecorator, hasDecorator, stringArgument } from './decorators.ts';
import { synthesizedMember } from './synthesized.ts';

export interface LifecycleFacts {
  readonly copy: Lifecycle;
  readonly move: Lifecycle;
  readonly destroy: Lifecycle;
  readonly explicitDestroy: string | null;
}

export function lifecycleOf(cx: DeclareContext, struct: StructEntity): LifecycleFacts {
  const table = conformanceTable(cx, struct);
  const has = (role: string): boolean => [...table.keys()].some((trait) => trait.builtin === role);
  const isInRegisters = [...table.values()].some(
    (entry) => entry.trait.builtin === 'RegisterPassable' && entry.condition() === cx.store.true,
  );
  const written = writtenLifecycle(struct);
  const decorators = struct.decl?.decorators ?? [];
  const isTrivial = has('TrivialRegisterPassable');
  const memberwise = (member: 'copy' | 'move' | 'destroy'): Lifecycle => ({
    kind: 'memberwise',
    fn: synthesizedMember(cx, struct, member).id,
  });
  const trivial: Lifecycle = { kind: 'trivial' };
  const none: Lifecycle = { kind: 'none' };
  const deinitable = [...table.values()].find((entry) => entry.trait.builtin === 'Deinitable');
  const never = deinitable?.condition().kind === 'bool' && deinitable.condition() === cx.store.false;
  const explicit = findDecorator(decorators, 'explicit_destroy');

  const copy: Lifecycle = isTrivial
    ? trivial
    : !has('Copyable')
      ? none
      : written.copy !== null
        ? { kind: 'written', fn: written.copy.id }
        : memberwise('copy');
  const copiesToMove =
    written.copy !== null &&
    written.move === null &&
    struct.module.edition === 'classic' &&
    !hasDecorator(decorators, 'value');
  const move: Lifecycle =
    isTrivial || isInRegisters
      ? trivial
      : !has('Movable')
        ? none
        : written.move !== null
          ? { kind: 'written', fn: written.move.id }
          : copiesToMove
            ? { kind: 'copyThenDestroy' }
            : memberwise('move');
  const destroy: Lifecycle = isTrivial
    ? trivial
    : never
      ? none
      : written.destroy !== null
        ? { kind: 'written', fn: written.destroy.id }
        : memberwise('destroy');
  const explicitDestroy = never
    ? (stringArgument(explicit) ??
      `type '${struct.ref.name}' does not conform to 'Deinitable' and must be explicitly destroyed`)
    : null;
  return { copy, move, destroy, explicitDestroy };
}

/** Adds the constructors and the destructor that the compiler supplies to the members of a struct, once. */
export function completeMembers(cx: DeclareContext, struct: StructEntity): void {
  if (cx.memo.membersCompleted.has(struct)) return;
  cx.memo.membersCompleted.add(struct);
  if (wantsFieldwiseInit(struct)) addMember(struct.members, '__init__', synthesizedMember(cx, struct, 'fieldwiseInit'));
  const facts = lifecycleOf(cx, struct);
  if (facts.copy.kind === 'memberwise' || facts.copy.kind === 'trivial')
    addMember(struct.members, '__init__', synthesizedMember(cx, struct, 'copy'));
  if (facts.move.kind === 'memberwise' || facts.move.kind === 'trivial')
    addMember(struct.members, '__init__', synthesizedMember(cx, struct, 'move'));
  if (facts.destroy.kind === 'memberwise')
    addMember(struct.members, '__deinit__', synthesizedMember(cx, struct, 'destroy'));
}

/** `@fieldwise_init`, `@value`, or (classic) a struct without any constructor. */
function wantsFieldwiseInit(struct: StructEntity): boolean {
  const decl = struct.decl;
  if (decl === null) return false;
  if (hasDecorator(decl.decorators, 'fieldwise_init')) return true;
  const inits = (struct.members.get('__init__') ?? []).filter((member) => member.kind === 'function');
  if (hasDecorator(decl.decorators, 'value')) {
    const fields = decl.body.statements.filter((statement) => statement.kind === 'FieldDecl').length;
    // A written constructor of as many arguments takes the place of the synthesized one.
    return !inits.some((init) => {
      const items = init.decl?.args?.items.filter((item) => item.kind === 'Argument') ?? [];
      return items.length - 1 === fields;
    });
  }
  return struct.module.edition === 'classic' && inits.length === 0 && struct.builtin === null;
}
