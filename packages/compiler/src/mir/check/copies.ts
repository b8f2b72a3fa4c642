/** Copies that the source does not spell: implicit ones that were not made moves, and transfers of types that can only be copied.
 *  In: a body before and after its copies are decided.  Out: one event for each; nothing is reported here, because sizes are
 *  known to a later stage.
 *
 *      var b = a            # implicit, if `a` is used later
 *      var c = b^           # a transfer that copies, if the type writes a copy constructor and no move constructor (classic) */
import type { Span } from '../../base/span.ts';
import type { Term } from '../../terms/term.ts';
import { forEachOperand, placeType } from '../cfg.ts';
import type { Body, Operand, Place, Statement, Terminator } from '../mir.ts';
import type { TypeFacts } from '../type-facts.ts';
import { placeName } from './names.ts';

export interface HiddenCopy {
  readonly kind: 'implicit' | 'transfer';
  readonly span: Span;
  /** As the source names it; '' for what a call designates. */
  readonly name: string;
  readonly type: Term;
}

/** Before copies are decided: what is moved was transferred by `^`. */
export function collectTransfers(body: Body, types: TypeFacts, found: HiddenCopy[]): void {
  forEachUserOperand(body, (node, operand) => {
    if (isCopiedMove(body, types, node, operand)) found.push(hiddenCopy('transfer', body, types, operand));
  });
}

/** After copies are decided: also a copy that became a move, which copies all the same. */
export function collectImplicitCopies(body: Body, types: TypeFacts, found: HiddenCopy[]): void {
  const transfers = new Set(found.filter((copy) => copy.kind === 'transfer').map((copy) => copy.span.start));
  forEachUserOperand(body, (node, operand) => {
    const copied =
      operand.kind === 'copy'
        ? !types.isTrivialCopy(typeOf(body, types, operand.place))
        : isCopiedMove(body, types, node, operand) && !transfers.has(operand.span.start);
    if (copied) found.push(hiddenCopy('implicit', body, types, operand));
  });
}

type PlaceOperand = Exclude<Operand, { readonly kind: 'constant' }>;

function forEachUserOperand(body: Body, visit: (node: Statement | Terminator, operand: PlaceOperand) => void): void {
  const inNode = (node: Statement | Terminator): void =>
    forEachOperand(node, (operand) => {
      if (operand.kind !== 'constant') visit(node, operand);
    });
  for (const block of body.blocks.values()) {
    for (const statement of block.statements) inNode(statement);
    inNode(block.terminator);
  }
}

function hiddenCopy(kind: HiddenCopy['kind'], body: Body, types: TypeFacts, operand: PlaceOperand): HiddenCopy {
  const name = isNamed(body, operand.place) ? placeName(body, operand.place, () => '') : '';
  return { kind, span: operand.span, name, type: typeOf(body, types, operand.place) };
}

function typeOf(body: Body, types: TypeFacts, place: Place): Term {
  return placeType(body, place, (global) => types.program.global(global).type);
}

/** An argument that is handed over is not moved: its address is passed. */
function isCopiedMove(body: Body, types: TypeFacts, node: Statement | Terminator, operand: PlaceOperand): boolean {
  if (operand.kind !== 'move' || node.kind !== 'assign' || !isNamed(body, operand.place)) return false;
  return movesByCopy(types, typeOf(body, types, operand.place), 0);
}

/** What the user wrote, not the compiler's own. */
function isNamed(body: Body, place: Place): boolean {
  return place.root.kind === 'local' && body.locals.get(place.root.local).name !== '';
}

/** Whether moving a value copies it or a part of it. */
function movesByCopy(types: TypeFacts, type: Term, depth: number): boolean {
  const move = types.structOf(type)?.move.kind;
  if (move === 'copyThenDestroy') return true;
  if (move !== 'memberwise' || depth > 8) return false;
  return types.fieldTypes(type).some((field) => movesByCopy(types, field, depth + 1));
}
