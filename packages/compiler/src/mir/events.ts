/** What a statement or terminator does to places: the one view that all ownership passes and the verifier share. */
import { forEachOperand } from './cfg.ts';
import type { Body, Operand, Place, Statement, Terminator } from './mir.ts';

export type PlaceEvent =
  /** Read, lent, or addressed. `operand` is null for `ref` and `use`. */
  | { readonly kind: 'use'; readonly place: Place; readonly operand: Operand | null }
  | { readonly kind: 'move'; readonly place: Place; readonly operand: Operand }
  | { readonly kind: 'define'; readonly place: Place }
  | { readonly kind: 'declare'; readonly place: Place };

/** What a statement does to places, in order. A raising call's destinations belong to its edges (`edgeDefinition`). */
export function forEachEvent(node: Statement | Terminator, visit: (event: PlaceEvent) => void): void {
  forEachOperand(node, (operand) => {
    if (operand.kind === 'constant') return;
    if (operand.kind === 'move') visit({ kind: 'move', place: operand.place, operand });
    else visit({ kind: 'use', place: operand.place, operand });
  });
  switch (node.kind) {
    case 'assign':
      if (node.value.kind === 'ref') visit({ kind: 'use', place: node.value.place, operand: null });
      visit({ kind: 'define', place: node.place });
      return;
    case 'call':
      visit({ kind: 'define', place: node.dest });
      return;
    case 'use':
      visit({ kind: 'use', place: node.place, operand: null });
      return;
    case 'drop':
      visit({ kind: 'move', place: node.place, operand: { kind: 'move', place: node.place, span: node.span } });
      return;
    case 'declare':
      visit({ kind: 'declare', place: { root: { kind: 'local', local: node.local }, projections: [] } });
      return;
    default:
      return;
  }
}

/** What edge `index` of a terminator stores. */
export function edgeDefinition(terminator: Terminator, index: number): Place | null {
  if (terminator.kind !== 'tryCall') return null;
  return index === 0 ? terminator.dest : terminator.errorDest;
}

/** Every place that the body mentions, once for each mention. */
export function forEachPlace(body: Body, visit: (place: Place) => void): void {
  for (const block of body.blocks.values()) {
    for (const statement of block.statements) forEachEvent(statement, (event) => visit(event.place));
    forEachEvent(block.terminator, (event) => visit(event.place));
    if (block.terminator.kind === 'tryCall') {
      visit(block.terminator.dest);
      visit(block.terminator.errorDest);
    }
  }
}
