/** Decides each implicit copy: a move where the source is dead afterwards, else a copy; nothing but a use of the source where the
 *  variable that would get it is dead at once (`var unused = x`). Decided once, on the generic body, the same for every instance.
 *  In: a checked body.  Out: no `copyOrMove` operand is left.
 *  A move needs a source that the function owns or that is a `mut` argument (not behind a reference), that nothing live points into, and whose type is
 *  not a bare type parameter (those are copied and destroyed even at their last use). */
import { present } from '../../base/invariant.ts';
import type { BitSet } from '../../base/bitset.ts';
import { forEachOperand, mapStatementOperands, mapTerminatorOperands } from '../cfg.ts';
import { isLent, isOwned } from '../dataflow/move-paths.ts';
import type { OwnershipFacts } from '../dataflow/ownership-facts.ts';
import type { BasicBlock, Body, Operand, Place, Statement, Terminator } from '../mir.ts';
import type { TypeFacts } from '../type-facts.ts';

export function decideCopies(body: Body, facts: OwnershipFacts, types: TypeFacts): void {
  if (!hasUndecided(body)) return;
  for (const id of body.blocks.ids()) {
    const block = body.blocks.get(id);
    if (!blockHasUndecided(block)) continue;
    const after = facts.liveness.afterEach(id);
    block.statements.forEach((statement, index) => {
      if (!nodeHasUndecided(statement)) return;
      const source = uselessCopy(body, types, facts, statement, present(after[index], 'live state'));
      if (source !== null) {
        block.statements[index] = { kind: 'use', span: statement.span, place: source };
        return;
      }
      const state = facts.liveness.beforeStore(statement, present(after[index], 'live state'));
      const decide = decision(body, types, facts, statement, state);
      block.statements[index] = mapStatementOperands(statement, decide);
    });
    if (nodeHasUndecided(block.terminator)) {
      const decide = decision(body, types, facts, block.terminator, facts.liveness.exit(id));
      block.terminator = mapTerminatorOperands(block.terminator, decide);
    }
  }
}

/** The source of an implicit copy into a variable, or a field of one, that nothing looks at before its next value. */
function uselessCopy(
  body: Body,
  types: TypeFacts,
  facts: OwnershipFacts,
  statement: Statement,
  after: BitSet,
): Place | null {
  if (statement.kind !== 'assign' || statement.value.kind !== 'use') return null;
  const { operand } = statement.value;
  const { root } = statement.place;
  if (operand.kind !== 'copyOrMove' || root.kind !== 'local') return null;
  const local = body.locals.get(root.local);
  const isVariable = local.kind.kind === 'var' || (local.kind.kind === 'argument' && isOwned(local));
  if (!isVariable) return null;
  return isSpent(types, facts, statement.place, after) ? operand.place : null;
}

function nodeHasUndecided(node: Statement | Terminator): boolean {
  let found = false;
  forEachOperand(node, (operand) => {
    if (operand.kind === 'copyOrMove') found = true;
  });
  return found;
}

function blockHasUndecided(block: BasicBlock): boolean {
  return block.statements.some(nodeHasUndecided) || nodeHasUndecided(block.terminator);
}

function hasUndecided(body: Body): boolean {
  return body.blocks.values().some(blockHasUndecided);
}

function decision(
  body: Body,
  types: TypeFacts,
  facts: OwnershipFacts,
  node: Statement | Terminator,
  after: BitSet,
): (operand: Operand) => Operand {
  const operands: Operand[] = [];
  forEachOperand(node, (operand) => operands.push(operand));
  const store =
    node.kind === 'assign' ? node.place : node.kind === 'call' || node.kind === 'tryCall' ? node.dest : null;
  return (operand) => {
    if (operand.kind !== 'copyOrMove') return operand;
    const movable =
      isMovable(body, types, facts, operand.place, after) &&
      // Another operand of the same node still reads the place during the call.
      !operands.some(
        (other, index) => other !== operand && conflicts(other, index > operands.indexOf(operand), operand.place),
      ) &&
      !(store !== null && sharesRoot(store, operand.place));
    return { kind: movable ? 'move' : 'copy', place: operand.place, span: operand.span };
  };
}

function conflicts(other: Operand, later: boolean, place: Place): boolean {
  if (other.kind === 'constant' || !sharesRoot(other.place, place)) return false;
  return later || other.kind === 'borrow' || other.kind === 'borrowMut';
}

function sharesRoot(a: Place, b: Place): boolean {
  return a.root.kind === 'local' && b.root.kind === 'local' && a.root.local === b.root.local;
}

function isMovable(body: Body, types: TypeFacts, facts: OwnershipFacts, place: Place, after: BitSet): boolean {
  if (place.root.kind !== 'local') return false;
  const local = body.locals.get(place.root.local);
  // A `mut` argument is live where control leaves: it gives its value away only where it gets another one first.
  if (!isOwned(local) && !isLent(local)) return false;
  return isSpent(types, facts, place, after);
}

/** The value is not looked at again, whatever becomes of the rest of what it is a part of. */
function isSpent(types: TypeFacts, facts: OwnershipFacts, place: Place, after: BitSet): boolean {
  const found = facts.paths.lookup(place);
  if (found === null || !found.exact) return false;
  const node = facts.paths.node(found.node);
  if (types.isBareParameter(node.type)) return false;
  if (node.unit < 0 || node.unit === found.node)
    return facts.paths.unitsOf(found.node).every((unit) => !facts.liveness.isLive(after, unit));
  return facts.liveness.isLive(after, node.unit) && facts.liveness.isDead(after, found.node);
}
