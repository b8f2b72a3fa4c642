/** The lifecycle methods that a struct writes, in every spelling. */
import type { FunctionDecl } from '../../syntax/ast.ts';
import type { FunctionEntity, StructEntity } from '../entities.ts';

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
