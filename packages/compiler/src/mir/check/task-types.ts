/** What types say about tasks that run in parallel and use their values.  In: types.  Out: answers. */
import type { Term } from '../../terms/term.ts';
import type { TypeFacts } from '../type-facts.ts';
import { isMutable } from './task-parts.ts';

/** Types whose use by several tasks is their author's business. */
export function isFree(types: TypeFacts, type: Term): boolean {
  return types.structOf(type)?.sharedMutable === true || isUntracked(types, type);
}

/** A pointer without an origin, or what works through one, has left the checked part of the language: a user's type, or a view of the
 *  library's. What the library's containers own is theirs, however they reach it. */
function isUntracked(types: TypeFacts, type: Term, depth = 0): boolean {
  const struct = types.structOf(type);
  if (struct === null || struct.sharedMutable || depth > 4) return false;
  if (struct.builtin !== null) return struct.builtin === 'pointer' && types.originsOf(type).places.length === 0;
  if (struct.ref.path.startsWith('std.') && types.needsDrop(type)) return false;
  return types.fieldTypes(type).some((field) => isUntracked(types, field, depth + 1));
}

/** A type that is not to be used by several threads, and of which a value may be reached from this one. */
export function notSharedIn(types: TypeFacts, type: Term, seen = new Set<Term>()): Term | null {
  if (type.kind === 'ref') return notSharedIn(types, type.pointee, seen);
  if (type.kind !== 'struct' || seen.has(type)) return null;
  seen.add(type);
  if (types.structOf(type)?.notShared === true) return type;
  const args = type.args.flatMap((arg) => (arg.kind === 'list' ? arg.elements : [arg]));
  for (const part of [...types.fieldTypes(type), ...args]) {
    const found = notSharedIn(types, part, seen);
    if (found !== null) return found;
  }
  return null;
}

/** The name of what the methods of a user's type may write through a value of it; null: nothing, or that is its author's business. What a type
 *  leads to with a mutability that is a parameter its methods only read. */
export function writableView(types: TypeFacts, type: Term): string | null {
  const struct = types.structOf(type);
  if (struct === null || isFree(types, type)) return null;
  const { places, symbolic } = types.originsOf(struct.self);
  const yes = types.store.true;
  if (!places.some(({ mut }) => mut === yes) && !symbolic.some((origin) => isMutable(origin, yes))) return null;
  return types.originsOf(type).places.find(({ mut }) => mut === yes)?.name ?? null;
}
