/** The small elements of a pack that comes into a function with a loop are copied when it is entered.
 *  In: a body whose arguments are bound. Out: the homes of such packs hold addresses of copies.
 *
 *  Why: a pack is addresses. What stands there could change with every store through an untracked pointer, for all that LLVM knows,
 *  and a loop would fetch each element anew in every round. Copies it keeps in registers. An argument by itself travels by value
 *  under the same rule (`AbiRules.travelsByValue`). */
import { present } from '../base/invariant.ts';
import type { AbiPiece } from '../layout/layout.ts';
import type { LocalId } from '../mir/mir.ts';
import type { Term } from '../terms/term.ts';
import { hasLoop } from './analysis.ts';
import type { BodyEmitter } from './emitter.ts';
import { piecesOf, type Value } from './types.ts';

/** Copies of more would cost more than they save. */
const MOST_ELEMENTS = 16;
const MOST_BYTES = 64;
const POINTER: AbiPiece = { offset: 0, scalar: { kind: 'pointer', size: 8 }, lanes: 1 };

export function holdPackValues(e: BodyEmitter): void {
  const { module, body, abi } = e;
  for (const [i, local] of body.args.entries()) {
    const { convention, type } = present(abi.args[i], 'argument');
    if (convention !== 'imm' || module.layouts.declaration(type)?.builtin !== 'pack') continue;
    const elements = e
      .layout(type)
      .fields.map((field) => (field.type.kind === 'ref' ? field.type.pointee : field.type));
    if (elements.length <= MOST_ELEMENTS && elements.some((element) => isHeld(e, element)) && hasLoop(e.facts, body))
      hold(e, local, elements);
  }
}

function isHeld(e: BodyEmitter, element: Term): boolean {
  const { size } = e.layout(element);
  return size > 0 && size <= MOST_BYTES && e.module.rules.travelsByValue(element, e.abi.resultType);
}

function hold(e: BodyEmitter, local: LocalId, elements: readonly Term[]): void {
  const { w } = e;
  const home = e.home(local);
  // Assigned again, it is not the argument any more.
  if (home.kind === 'slots') return;
  const address = (i: number): Value =>
    home.kind === 'memory'
      ? w.loadPiece(POINTER, home.address, i * 8)
      : present(home.values?.[i], 'address of an element');
  const addresses = elements.map((element, i): Value => {
    const original = address(i);
    if (!isHeld(e, element)) return original;
    const pieces = present(piecesOf(e.layout(element)), 'pieces of a small element');
    const { size, align } = e.layout(element);
    const copy = w.storage(size, align);
    w.storePieces(w.loadPieces(pieces, { pointer: original.text, align }), pieces, copy);
    return { ...original, text: copy.pointer };
  });
  if (home.kind === 'ssa') {
    e.setHome(local, { ...home, values: addresses });
    return;
  }
  const array = w.storage(elements.length * 8, 8);
  for (const [i, held] of addresses.entries()) w.storePiece(held, POINTER, array, i * 8);
  e.setHome(local, { kind: 'memory', address: array });
}
