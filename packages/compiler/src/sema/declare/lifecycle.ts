/** How values of a struct are copied, moved and destroyed: from its conformances and from the methods it writes, in all spellings. */
import type { FunctionDecl } from '../../syntax/ast.ts';
import type { FunctionEntity, StructEntity } from '../entities.ts';
import type { Lifecycle } from '../hir.ts';
import { conformanceTable } from './conformance-table.ts';
import { addMember, type DeclareContext } from './context.ts';
import { findDecorator, hasDecorator, stringArgument } from './decorators.ts';
import { synthesizedMember } from './synthesized.ts';

export interface LifecycleFacts {
  readonly copy: Lifecycle;
  readonly move: Lifecycle;
  readonly destroy: Lifecycle;
  readonly explicitDestroy: string | null;
}

/** Lifecycle methods that the source writes. */
export interface WrittenLifecycle {
  readonly copy: FunctionEntity | null;
  readonly move: FunctionEntity | null;
  readonly destroy: FunctionEntity | null;
}

export function writtenLifecycle(struct: StructEntity): WrittenLifecycle {
  return {
    copy: method(struct, '__copyinit__') ?? keywordInit(struct, 'copy'),
    move: method(struct, '__moveinit__') ?? keywordInit(struct, 'move'),
    destroy: method(struct, '__deinit__') ?? method(struct, '__del__'),
  };
}

function method(struct: StructEntity, name: string): FunctionEntity | null {
  for (const member of struct.members.get(name) ?? [])
    if (member.kind === 'function' && member.functionKind.kind !== 'synthesized') return member;
  return null;
}

/** `def __init__(out self, *, copy: Self)`, `def __init__(out self, *, deinit move: Self)`. */
function keywordInit(struct: StructEntity, keyword: 'copy' | 'move'): FunctionEntity | null {
  for (const member of struct.members.get('__init__') ?? []) {
    if (member.kind !== 'function' || member.decl?.kind !== 'FunctionDecl') continue;
    if (lifecycleKeyword(member.decl) === keyword) return member;
  }
  return null;
}

/** The keyword of a copy or move constructor, or null for any other function. */
export function lifecycleKeyword(decl: FunctionDecl): 'copy' | 'move' | null {
  const [self, marker, argument, more] = decl.args.items;
  if (self?.kind !== 'Argument' || marker?.kind !== 'ListMarker' || marker.marker !== '*' || more !== undefined)
    return null;
  if (argument?.kind !== 'Argument' || argument.variadic !== 'none' || argument.default !== null) return null;
  const name = argument.name?.name;
  if (name === 'copy') return 'copy';
  return name === 'move' && (argument.convention === 'deinit' || argument.convention === 'var') ? 'move' : null;
}

export function lifecycleOf(cx: DeclareContext, struct: StructEntity): LifecycleFacts {
  const table = conformanceTable(cx, struct);
  const has = (role: string): boolean => [...table.keys()].some((trait) => trait.builtin === role);
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
    isTrivial || has('RegisterPassable')
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
