/** Small values that come into a function with a loop by address, as elements of a pack or as captures of a closure, are copied when it is
 *  entered. In: a body whose arguments are bound. Out: the homes of such arguments hold addresses of copies.
 *
 *  Why: what stands at an address could change with every store through an untracked pointer, for all that LLVM knows, and a loop
 *  would fetch it anew in every round. Copies it keeps in registers. Nobody else may change the value during the call: the argument
 *  borrows it immutably. An argument by itself travels by value under the same rule (`AbiRules.travelsByValue`). */
import { present } from '../base/invariant.ts';
import type { AbiPiece } from '../layout/layout.ts';
import type { LocalId } from '../mir/mir.ts';
import type { Term } from '../terms/term.ts';
import { hasLoop } from './analysis.ts';
import type { BodyEmitter } from './emitter.ts';
import { piecesOf, type Value } from './types.ts';

/** Copies of more would cost more than they save. */
const MOST_VALUES = 16;
const MOST_BYTES = 64;
const POINTER: AbiPiece = { offset: 0, scalar: { kind: 'pointer', size: 8 }, lanes: 1 };

/** An address in an argument, and the type of what stands there. */
interface Held {
  readonly offset: number;
  readonly type: Term;
}

export function holdSmallValues(e: BodyEmitter): void {
  const { body, abi } = e;
  if (!hasLoop(e.facts, body)) return;
  for (const [i, local] of body.args.entries()) {
    const { convention, type } = present(abi.args[i], 'argument');
    if (convention !== 'imm') continue;
    const candidates = addressesIn(e, type);
    if (candidates.length > MOST_VALUES) continue;
    const held = candidates.filter((candidate) => isHeld(e, candidate.type));
    if (held.length > 0) hold(e, local, type, held);
  }
}

/** The elements of a pack, or what a closure captures by immutable reference. */
function addressesIn(e: BodyEmitter, type: Term): readonly Held[] {
  const declaration = e.module.layouts.declaration(type);
  const { fields } = e.layout(type);
  if (declaration?.builtin === 'pack')
    return fields.map((field, i) => ({
      offset: i * 8,
      type: field.type.kind === 'ref' ? field.type.pointee : field.type,
    }));
  // A closure with state is called where it lies.
  if (declaration === null || declaration.closure === null || e.module.layouts.changesState(type)) return [];
  return fields.flatMap((field) =>
    field.type.kind === 'ref' && isFalse(field.type.mut) ? [{ offset: field.offset, type: field.type.pointee }] : [],
  );
}

const isFalse = (term: Term): boolean => term.kind === 'bool' && !term.value;

function isHeld(e: BodyEmitter, type: Term): boolean {
  const { size } = e.layout(type);
  return size > 0 && size <= MOST_BYTES && e.module.rules.travelsByValue(type, e.abi.resultType);
}

function hold(e: BodyEmitter, local: LocalId, type: Term, held: readonly Held[]): void {
  const { w } = e;
  const home = e.home(local);
  // Assigned again, it is not the argument any more.
  if (home.kind === 'slots') return;
  const copyOf = (original: Value, target: Term): Value => {
    const pieces = present(piecesOf(e.layout(target)), 'pieces of a small value');
    const { size, align } = e.layout(target);
    const copy = w.storage(size, align);
    w.storePieces(w.loadPieces(pieces, { pointer: original.text, align }), pieces, copy);
    return { ...original, text: copy.pointer };
  };
  if (home.kind === 'ssa') {
    const values = present(home.values, 'values of an argument').map((original, i) => {
      const found = held.find(({ offset }) => offset === home.pieces[i]?.offset);
      return found === undefined ? original : copyOf(original, found.type);
    });
    e.setHome(local, { ...home, values });
    return;
  }
  const layout = e.layout(type);
  const argument = w.storage(layout.size, layout.align);
  w.copyBytes(argument, home.address, layout.size);
  for (const { offset, type: target } of held)
    w.storePiece(copyOf(w.loadPiece(POINTER, home.address, offset), target), POINTER, argument, offset);
  e.setHome(local, { kind: 'memory', address: argument });
}
