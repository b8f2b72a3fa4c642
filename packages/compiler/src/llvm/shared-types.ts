/** Which memory a value leads to through owners of shared values: `ArcPointer`s in it, in what it points to, or in its elements.
 *  In: concrete types and layouts.  Out: sets of types. A function that gets such a value is not alone with its other arguments of these
 *  types, which may lie in the shared value as well. */
import type { Instance } from '../mir/mir.ts';
import type { Term } from '../terms/term.ts';
import type { Layouts } from './types.ts';

/** The block that an `ArcPointer` or a `WeakPointer` points to. */
const BLOCK = 'std.memory.arc_pointer._Shared';

export class SharedTypes {
  private readonly layouts: Layouts;
  private readonly known = new Map<Term, ReadonlySet<Term>>();

  constructor(layouts: Layouts) {
    this.layouts = layouts;
  }

  /** Types of the memory that belongs to shared values which a value of this type leads to. */
  throughOwners(type: Term): ReadonlySet<Term> {
    let found = this.known.get(type);
    if (found === undefined) {
      found = this.walk(type);
      this.known.set(type, found);
    }
    return found;
  }

  private walk(start: Term): ReadonlySet<Term> {
    const shared = new Set<Term>();
    const own = new Set<Term>();
    const work: { readonly type: Term; readonly isShared: boolean }[] = [{ type: start, isShared: false }];
    for (let next = work.pop(); next !== undefined; next = work.pop()) {
      const { type, isShared } = next;
      if ((isShared ? shared : own).has(type)) continue;
      (isShared ? shared : own).add(type);
      for (const part of this.partsOf(type)) work.push({ type: part, isShared: isShared || isBlock(part) });
    }
    return shared;
  }

  private partsOf(type: Term): readonly Term[] {
    const pointee = this.layouts.pointee(type);
    if (pointee !== null) return [pointee];
    const layout = this.layouts.layout(type);
    const parts = layout.fields.map((field) => field.type);
    if (layout.elements !== null) parts.push(layout.elements.type);
    // A `Variant` keeps its values as bytes.
    if (type.kind === 'struct' && type.decl.path.startsWith('std.') && !type.decl.path.startsWith('std.memory.arc_'))
      parts.push(...type.args.filter((arg) => arg.kind === 'struct'));
    return parts;
  }
}

/** No program has owners without a function of theirs. */
export function makesOwners({ symbol }: Instance): boolean {
  return symbol.startsWith('_Kstd.memory.arc_pointer.');
}

function isBlock(type: Term): boolean {
  return type.kind === 'struct' && type.decl.path === BLOCK;
}
