/** Questions about origin terms. */
import type { TermStore } from '../../terms/store.ts';
import type { Term } from '../../terms/term.ts';

/** Whether a place of this origin may be written through: a Bool term. */
export function originMutability(store: TermStore, origin: Term): Term {
  switch (origin.kind) {
    case 'placeOrigin':
    case 'specialOrigin':
      return origin.mut;
    case 'derivedOrigin':
      return origin.imm ? store.false : originMutability(store, origin.base);
    case 'unionOrigin':
      return store.and(origin.members.map((member) => originMutability(store, member)));
    case 'param':
    case 'call':
    case 'projection':
    case 'fieldValue':
    case 'packElement':
    case 'operation':
      return origin.type.kind === 'originType' ? origin.type.mut : store.false;
    case 'conditional':
      return store.and([originMutability(store, origin.onTrue), originMutability(store, origin.onFalse)]);
    default:
      return store.false;
  }
}
