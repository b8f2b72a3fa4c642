/** Which pointers and references a type holds inside views and iterators of the library: with each, the type of what it points to.
 *  In: a type.  Out: pairs of origin and pointee, each once. Containers are seen through by their element types. A pointer that
 *  stands for itself, or in a user's struct, is listed as such: one into a list came from an unsafe name. */
import type { OriginStep, Term } from '../../terms/term.ts';
import { TermFlags } from '../../terms/term.ts';
import type { NamedOrigin, TypeFacts } from '../type-facts.ts';

/** A path from an origin parameter. */
export interface SymbolicOrigin {
  readonly root: Term;
  readonly name: string;
  readonly path: readonly OriginStep[];
}

export interface HeldPointer {
  readonly origin: NamedOrigin | SymbolicOrigin;
  readonly pointee: Term;
  /** A reference, or a pointer that a type of the library keeps. */
  readonly inView: boolean;
}

const NONE: readonly HeldPointer[] = [];

const MAY_NAME_ORIGIN = TermFlags.hasOrigin | TermFlags.hasParam;

/** Memoized on types; one per compilation. */
const memos = new WeakMap<TypeFacts, Map<Term, readonly HeldPointer[]>>();

export function pointersIn(types: TypeFacts, type: Term): readonly HeldPointer[] {
  if ((type.flags & MAY_NAME_ORIGIN) === 0) return NONE;
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
  if ((type.flags & MAY_NAME_ORIGIN) === 0 || seen.has(type)) return;
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
        const origin = type.args.find((arg) => isOrigin(arg));
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

function isOrigin(term: Term): boolean {
  if (term.kind === 'param') return term.type.kind === 'originType';
  return term.kind === 'placeOrigin' || term.kind === 'unionOrigin' || term.kind === 'derivedOrigin';
}

/** The path that an origin parameter, or what is derived from one, stands for. */
export function symbolicOrigin(origin: Term): SymbolicOrigin | null {
  if (origin.kind === 'param') return { root: origin, name: origin.name, path: [] };
  if (origin.kind === 'derivedOrigin' && origin.base.kind === 'param')
    return { root: origin.base, name: origin.base.name, path: origin.path };
  return null;
}

function isType(term: Term): boolean {
  return term.kind === 'struct' || term.kind === 'ref' || term.kind === 'param' || term.kind === 'projection';
}

function add(types: TypeFacts, origin: Term, pointee: Term, inView: boolean, found: HeldPointer[]): void {
  const { places, symbolic } = types.originsOf(origin);
  for (const place of places) {
    if (!found.some((held) => held.origin === place && held.pointee === pointee && held.inView === inView))
      found.push({ origin: place, pointee, inView });
  }
  for (const term of symbolic) {
    const derived = symbolicOrigin(term);
    if (derived !== null) found.push({ origin: derived, pointee, inView });
  }
}
