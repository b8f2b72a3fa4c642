/** Which pointers and references a type holds inside views and iterators of the library: with each, the type of what it points to.
 *  In: a type.  Out: pairs of origin and pointee, each once. Containers are seen through by their element types. A pointer that
 *  stands for itself, or in a user's struct, is listed as such: one into a list came from an unsafe name. */
import type { Term } from '../../terms/term.ts';
import { TermFlags } from '../../terms/term.ts';
import type { NamedOrigin, TypeFacts } from '../type-facts.ts';

export interface HeldPointer {
  readonly origin: NamedOrigin;
  readonly pointee: Term;
  /** A reference, or a pointer that a type of the library keeps. */
  readonly inView: boolean;
}

const NONE: readonly HeldPointer[] = [];

/** Memoized on types; one per compilation. */
const memos = new WeakMap<TypeFacts, Map<Term, readonly HeldPointer[]>>();

export function pointersIn(types: TypeFacts, type: Term): readonly HeldPointer[] {
  if ((type.flags & TermFlags.hasOrigin) === 0) return NONE;
  let memo = memos.get(types);
  if (memo === undefined) {
    memo = new Map();
    memos.set(types, memo);
  }
  const known = memo.get(type);
  if (known !== undefined) return known;
  const found: HeldPointer[] = [];
  collect(types, type, false, new Set(), found);
  memo.set(type, found);
  return found;
}

function collect(types: TypeFacts, type: Term, inView: boolean, seen: Set<Term>, found: HeldPointer[]): void {
  if ((type.flags & TermFlags.hasOrigin) === 0 || seen.has(type)) return;
  seen.add(type);
  switch (type.kind) {
    case 'ref':
      add(types, type.origin, type.pointee, true, found);
      collect(types, type.pointee, false, seen, found);
      return;
    case 'list':
      for (const element of type.elements) collect(types, element, false, seen, found);
      return;
    case 'struct': {
      if (types.builtinOf(type) === 'pointer') {
        const pointee = type.args.find((arg) => isType(arg));
        const origin = type.args.find((arg) => arg.kind === 'placeOrigin' || arg.kind === 'unionOrigin');
        if (pointee === undefined) return;
        if (origin !== undefined) add(types, origin, pointee, inView, found);
        collect(types, pointee, inView, seen, found);
        return;
      }
      const isLibrary = type.decl.path.startsWith('std.');
      for (const field of types.fieldTypes(type)) collect(types, field, isLibrary, seen, found);
      // Elements behind untracked memory of a container, or of a tuple.
      for (const arg of type.args) if (isType(arg) || arg.kind === 'list') collect(types, arg, false, seen, found);
      return;
    }
    default:
      return;
  }
}

function isType(term: Term): boolean {
  return term.kind === 'struct' || term.kind === 'ref' || term.kind === 'param' || term.kind === 'projection';
}

function add(types: TypeFacts, origin: Term, pointee: Term, inView: boolean, found: HeldPointer[]): void {
  for (const place of types.originsOf(origin).places) {
    if (!found.some((held) => held.origin === place && held.pointee === pointee && held.inView === inView))
      found.push({ origin: place, pointee, inView });
  }
}
