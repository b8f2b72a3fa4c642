/** What LLVM cannot see of a loop's rounds. In: a concrete body. Out: by block that ends a round of an innermost loop inside another, a hint.
 *
 *  `calm`: not to be interleaved. A loop with checks of indexes leaves its last rounds, up to as many as it takes at a time, to scalar code,
 *  because each of them may be the one that fails. Four vectors of 16 floats at a time are 64 slow rounds in each row of a matrix, as
 *  many as a row of 256 saves. A loop that only stores needs no interleaving: its rounds do not wait for each other.
 *
 *  `waiting`: not to be unrolled unless the number of rounds is known. The rounds of a sum of floats in order wait for each other, so
 *  that unrolling gains nothing, and what is left of a short loop is slow. */
import type { FpMode } from '../backend/backend.ts';
import type { BlockId, Body, LocalId, Place, Statement } from '../mir/mir.ts';
import type { Term } from '../terms/term.ts';
import { innermostLoops, type Loop } from './natural-loops.ts';
import { type Layouts, piecesOf } from './types.ts';

export type LoopHint = 'calm' | 'waiting';

export function loopHints(body: Body, layouts: Layouts, fpMode: FpMode): ReadonlyMap<BlockId, LoopHint> {
  const hints = new Map<BlockId, LoopHint>();
  for (const loop of innermostLoops(body)) {
    if (!loop.isNested) continue;
    const carried = carriedTypes(body, loop, layouts);
    let hint: LoopHint | null = null;
    if (carried.length === 0) hint = storesElements(body, loop) ? 'calm' : null;
    else if (fpMode !== 'fast' && carried.some((type) => isFloat(type, layouts))) hint = 'waiting';
    if (hint !== null) for (const latch of loop.latches) hints.set(latch, hint);
  }
  return hints;
}

function isFloat(type: Term, layouts: Layouts): boolean {
  const [only] = piecesOf(layouts.layout(type)) ?? [];
  return only?.scalar.kind === 'dtype' && only.scalar.dtype.kind === 'float';
}

function statementsOf(body: Body, loop: Loop): readonly Statement[] {
  return loop.blocks.flatMap((id) => body.blocks.get(id).statements);
}

/** Whether the loop gets references to elements from calls, which check indexes, and changes what is behind one. */
function storesElements(body: Body, loop: Loop): boolean {
  const statements = statementsOf(body, loop);
  const references = new Set<LocalId>();
  for (const statement of statements) {
    if (statement.kind !== 'call' || statement.dest.root.kind !== 'local') continue;
    const { local } = statement.dest.root;
    if (body.locals.get(local).type.kind === 'ref') references.add(local);
  }
  const isElement = (place: Place): boolean =>
    place.root.kind === 'local' && references.has(place.root.local) && place.projections[0]?.kind === 'deref';
  return statements.some((statement) => {
    if (statement.kind === 'assign') return isElement(statement.place);
    if (statement.kind !== 'call') return false;
    return (
      isElement(statement.dest) ||
      statement.args.some((operand) => operand.kind === 'borrowMut' && isElement(operand.place))
    );
  });
}

/** The types of the numbers and vectors that go from round to round in variables of the source. */
function carriedTypes(body: Body, loop: Loop, layouts: Layouts): readonly Term[] {
  const statements = statementsOf(body, loop);
  const own = new Set<LocalId>();
  for (const statement of statements) if (statement.kind === 'declare') own.add(statement.local);
  const carried: Term[] = [];
  const write = (place: Place): void => {
    if (place.root.kind !== 'local' || own.has(place.root.local)) return;
    const { kind, type } = body.locals.get(place.root.local);
    if (kind.kind !== 'temporary' && piecesOf(layouts.layout(type))?.length === 1) carried.push(type);
  };
  for (const statement of statements) {
    if (statement.kind === 'assign') write(statement.place);
    if (statement.kind !== 'call') continue;
    write(statement.dest);
    for (const operand of statement.args) if (operand.kind === 'borrowMut') write(operand.place);
  }
  return carried;
}
