/** Which locals keep which places alive: a live value whose type mentions a place's origin counts as a use of that place.
 *  Temporaries whose origin no type can name are kept by what was made from them: a pack of arguments, a reference, the
 *  result of the call that borrowed them. The relation does not depend on the point in the program. */
import type { OriginRootId, OriginStep } from '../../terms/term.ts';
import type { Body, LocalId, Operand, Place, Statement, Terminator } from '../mir.ts';
import type { TypeFacts } from '../type-facts.ts';

/** A kept place: a local and the fields that lead into it. */
export interface Kept {
  readonly local: LocalId;
  readonly path: readonly OriginStep[];
  /** False for a value of `any` origin, which may point to everything and to nothing, and for what owners of shared values may lead to. */
  readonly certain: boolean;
}

export interface Holders {
  /** By local: what it keeps alive while it is itself alive (directly). */
  readonly keeps: readonly (readonly Kept[])[];
}

/** `mayReach`: places that no type names. */
export function analyzeHolders(
  body: Body,
  types: TypeFacts,
  mayReach: (local: LocalId) => readonly LocalId[] = () => [],
): Holders {
  const owners: LocalId[][] = [];
  for (const id of body.locals.ids()) {
    const root = body.locals.get(id).origin;
    const list = owners[root];
    if (list === undefined) owners[root] = [id];
    else list.push(id);
  }
  const keeps: Kept[][] = body.locals.values().map(() => []);
  const explicit: Kept[][] = body.locals.values().map(() => []);
  addTemporaries(body, types, owners, explicit);
  for (const id of body.locals.ids()) {
    const { kind } = body.locals.get(id);
    if (kind.kind === 'owner') addKept(explicit[kind.of], { local: id, path: [], certain: true });
    if (kind.kind === 'kept')
      for (const holder of kind.by) addKept(explicit[holder], { local: id, path: [], certain: true });
  }
  const named = body.locals.ids().filter((id) => body.locals.get(id).name !== '');
  for (const id of body.locals.ids()) {
    const list = keeps[id] ?? [];
    const facts = types.originsOf(body.locals.get(id).type);
    for (const origin of facts.places) {
      for (const owner of owners[origin.root] ?? [])
        if (owner !== id) list.push({ local: owner, path: origin.path, certain: true });
    }
    if (facts.any) for (const owner of named) if (owner !== id) list.push({ local: owner, path: [], certain: false });
    list.push(...(explicit[id] ?? []));
    for (const reached of mayReach(id)) list.push({ local: reached, path: [], certain: false });
  }
  return { keeps };
}

/** Holders of temporaries, from the statements that make them. */
function addTemporaries(body: Body, types: TypeFacts, owners: LocalId[][], explicit: readonly Kept[][]): void {
  const visit = (node: Statement | Terminator): void => {
    if (node.kind === 'assign') {
      const dest = rootLocal(node.place);
      if (dest === null) return;
      if (node.value.kind === 'ref') hold(explicit, dest, node.value.place);
      else if (node.value.kind === 'variadic')
        for (const operand of node.value.operands) holdOperand(body, explicit, dest, operand);
      else if (node.value.kind === 'use' || node.value.kind === 'aggregate') {
        // A value made from a holder holds the same temporaries: its type alone does not say so.
        const operands = node.value.kind === 'use' ? [node.value.operand] : node.value.operands;
        for (const operand of operands) inherit(body, types, explicit, dest, operand);
      } else if (node.value.kind === 'intrinsic') linkCall(body, types, owners, dest, node.value.operands, explicit);
    } else if (node.kind === 'call' || node.kind === 'tryCall') {
      const dest = rootLocal(node.dest);
      if (dest !== null) linkCall(body, types, owners, dest, node.args, explicit);
    }
  };
  for (const block of body.blocks.values()) {
    for (const statement of block.statements) visit(statement);
    visit(block.terminator);
  }
}

/** A result whose type names an origin that no local has: it must be that of a temporary that the call borrowed. */
function linkCall(
  body: Body,
  types: TypeFacts,
  owners: LocalId[][],
  dest: LocalId,
  operands: readonly Operand[],
  explicit: readonly Kept[][],
): void {
  const facts = types.originsOf(body.locals.get(dest).type);
  if (facts.places.length === 0) return;
  const temporaries: LocalId[] = [];
  for (const operand of operands) {
    if (operand.kind !== 'borrow' && operand.kind !== 'borrowMut') continue;
    const local = rootLocal(operand.place);
    if (local !== null && body.locals.get(local).kind.kind === 'temporary') temporaries.push(local);
  }
  if (temporaries.length === 0) return;
  for (const origin of facts.places) {
    const known: OriginRootId = origin.root;
    const list = owners[known];
    if (list === undefined) owners[known] = [...temporaries];
  }
  for (const temporary of temporaries) for (const kept of explicit[temporary] ?? []) addKept(explicit[dest], kept);
}

function inherit(body: Body, types: TypeFacts, explicit: readonly Kept[][], dest: LocalId, operand: Operand): void {
  if (operand.kind === 'constant') return;
  const from = rootLocal(operand.place);
  if (from === null || from === dest) return;
  const held = explicit[from];
  if (held === undefined || held.length === 0) return;
  const type = body.locals.get(dest).type;
  if (type.kind !== 'ref' && types.originsOf(type).places.length === 0) return;
  for (const kept of held) addKept(explicit[dest], kept);
}

function holdOperand(body: Body, explicit: readonly Kept[][], dest: LocalId, operand: Operand): void {
  // An undecided copy leaves nothing behind: the pack gets a value of its own, or the place itself.
  if (operand.kind === 'constant' || operand.kind === 'copyOrMove') return;
  if (operand.kind === 'move' && body.locals.get(dest).kind.kind !== 'temporary') return;
  hold(explicit, dest, operand.place);
}

/** `dest` points into the place; behind a reference it needs what the reference needs, which its type says, or the
 *  reference itself, which may hold a temporary. */
function hold(explicit: readonly Kept[][], dest: LocalId, place: Place): void {
  const local = rootLocal(place);
  if (local === null || local === dest) return;
  const path: OriginStep[] = [];
  for (const projection of place.projections) {
    if (projection.kind !== 'field') break;
    path.push({ kind: 'field', index: projection.index, name: projection.name });
  }
  addKept(explicit[dest], { local, path, certain: true });
}

function addKept(list: Kept[] | undefined, kept: Kept): void {
  if (list === undefined) return;
  const same = (path: readonly OriginStep[]): boolean =>
    path.length === kept.path.length &&
    path.every((step, index) => {
      const other = kept.path[index];
      return step.kind === 'field' && other?.kind === 'field' && step.index === other.index;
    });
  if (!list.some((other) => other.local === kept.local && same(other.path))) list.push(kept);
}

function rootLocal(place: Place): LocalId | null {
  return place.root.kind === 'local' ? place.root.local : null;
}
