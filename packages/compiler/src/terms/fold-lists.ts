/** Operations on lists of parameters: `Ts.contains[T]()`, `Ts.reverse`, `Ts.slice[a, b]`, `TypeList.splat[n, T]`.
 *  In: operands, of which the list and the numbers must be known.  Out: the value; null where they are not. */
import type { TermStore } from './store.ts';
import { type Term, TermFlags } from './term.ts';

export type ListOperation = 'list.contains' | 'list.reverse' | 'list.slice' | 'list.splat';

export function foldParameterList(store: TermStore, op: string, operands: readonly Term[]): Term | null {
  const [first, second, third] = operands;
  if (op === 'list.splat') {
    if (first?.kind !== 'int' || second === undefined) return null;
    return store.list(Array.from({ length: Math.max(0, Number(first.value)) }, () => second));
  }
  if (first?.kind !== 'list') return null;
  const { elements } = first;
  switch (op) {
    case 'list.reverse':
      return store.list([...elements].reverse());
    case 'list.slice':
      if (second?.kind !== 'int' || third?.kind !== 'int') return null;
      return store.list(elements.slice(Number(second.value), Math.max(Number(second.value), Number(third.value))));
    case 'list.contains': {
      if (second === undefined) return null;
      if (elements.includes(second)) return store.true;
      const isOpen = [second, ...elements].some((term) => (term.flags & TermFlags.hasParam) !== 0);
      return isOpen ? null : store.false;
    }
    default:
      return null;
  }
}
