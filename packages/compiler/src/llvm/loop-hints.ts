/** Which loops LLVM should not interleave. In: a concrete body. Out: the blocks that end a round of such a loop.
 *
 *  Why: a loop with checks of indexes leaves its last rounds, up to as many as it takes at a time, to scalar code, because each of them may
 *  be the one that fails. Four vectors of 16 floats at a time are 64 slow rounds in each row of a matrix, as many as a row of 256
 *  saves. A loop that only stores needs no interleaving: its rounds do not wait for each other. One with a sum does. */
import type { BlockId, Body, LocalId, Place, Statement } from '../mir/mir.ts';
import { innermostLoops, type Loop } from './natural-loops.ts';
import type { Layouts } from './types.ts';

export function calmLatches(body: Body, layouts: Layouts): ReadonlySet<BlockId> {
  const loops = innermostLoops(body).filter(
    (loop) => loop.isNested && storesElements(body, loop) && !carries(body, loop, layouts),
  );
  return new Set(loops.flatMap((loop) => loop.latches));
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

/** Whether a number goes from round to round in a variable of the source. */
function carries(body: Body, loop: Loop, layouts: Layouts): boolean {
  const statements = statementsOf(body, loop);
  const own = new Set<LocalId>();
  for (const statement of statements) if (statement.kind === 'declare') own.add(statement.local);
  const isOuter = (place: Place): boolean => {
    if (place.root.kind !== 'local' || own.has(place.root.local)) return false;
    const { kind, type } = body.locals.get(place.root.local);
    return kind.kind !== 'temporary' && layouts.layout(type).scalar !== null;
  };
  return statements.some((statement) => {
    if (statement.kind === 'assign') return isOuter(statement.place);
    if (statement.kind !== 'call') return false;
    return (
      isOuter(statement.dest) ||
      statement.args.some((operand) => operand.kind === 'borrowMut' && isOuter(operand.place))
    );
  });
}
