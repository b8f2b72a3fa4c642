/** What a symbolic type is known to conform to, and how bounds are told from types. */
import type { Term } from '../../terms/term.ts';
import type { StructEntity } from '../entities.ts';

/** A trait, a composition, or a function type that only constrains: what bounds a type parameter instead of typing a value. */
export function isBound(term: Term): boolean {
  return term.kind === 'trait' || term.kind === 'composition' || (term.kind === 'functionType' && !term.thin);
}

/** The declared bound of a symbolic type; null for concrete types and for symbolic values. */
export function boundOf(type: Term): Term | null {
  switch (type.kind) {
    case 'param':
    case 'projection':
    case 'packElement':
    case 'call':
    case 'fieldValue':
    case 'operation':
      return isBound(type.type) ? type.type : null;
    default:
      return null;
  }
}

/** Library types that may be named with elements of any kind; what changes their elements asks for more. */
export function holdsAnything(struct: StructEntity): boolean {
  return !struct.module.isUser && (ownsElements(struct) || struct.builtin === 'span');
}

/** Those that destroy their elements: they can be destroyed if the elements can. */
export function ownsElements(struct: StructEntity): boolean {
  return struct.builtin === 'list' || struct.builtin === 'array' || struct.builtin === 'optional';
}

/** Members of a bound: the traits and constraint function types of a composition, or the bound alone. */
export function boundMembers(bound: Term): readonly Term[] {
  return bound.kind === 'composition' ? bound.members : [bound];
}

/** Classic: a type that says its text by `__str__` alone is printed by that. */
export function isPrintedByStr(struct: StructEntity): boolean {
  if (struct.module.edition !== 'classic' || struct.members.has('write_to')) return false;
  return struct.members.get('__str__')?.some((member) => member.kind === 'function') === true;
}
