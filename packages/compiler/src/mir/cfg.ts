/** The control-flow graph of a body: successors, predecessors, reverse postorder, and the shared walks over operands and
 *  places that every pass uses instead of its own switch. */
import { unreachable } from '../base/invariant.ts';
import type { Span } from '../base/span.ts';
import type { GlobalId, Term } from '../terms/term.ts';
import type { BlockId, Body, Callee, Operand, Place, Rvalue, Statement, Terminator } from './mir.ts';

export function successors(terminator: Terminator): readonly BlockId[] {
  switch (terminator.kind) {
    case 'goto':
      return [terminator.target];
    case 'branch':
    case 'comptimeBranch':
      return [terminator.onTrue, terminator.onFalse];
    case 'tryCall':
      return [terminator.target, terminator.onError];
    case 'comptimeFor':
      return [terminator.body, terminator.exit];
    case 'return':
    case 'raise':
    case 'unreachable':
      return [];
    default:
      return unreachable(terminator);
  }
}

/** The same terminator with each successor replaced; `edge` numbers them as `successors` does. */
export function mapSuccessors(terminator: Terminator, map: (target: BlockId, edge: number) => BlockId): Terminator {
  switch (terminator.kind) {
    case 'goto':
      return { ...terminator, target: map(terminator.target, 0) };
    case 'branch':
    case 'comptimeBranch':
      return { ...terminator, onTrue: map(terminator.onTrue, 0), onFalse: map(terminator.onFalse, 1) };
    case 'tryCall':
      return { ...terminator, target: map(terminator.target, 0), onError: map(terminator.onError, 1) };
    case 'comptimeFor':
      return { ...terminator, body: map(terminator.body, 0), exit: map(terminator.exit, 1) };
    case 'return':
    case 'raise':
    case 'unreachable':
      return terminator;
    default:
      return unreachable(terminator);
  }
}

/** Predecessors of each block, by block number; one entry per edge. */
export function predecessors(body: Body): BlockId[][] {
  const result: BlockId[][] = body.blocks.values().map(() => []);
  for (const id of body.blocks.ids()) {
    for (const target of successors(body.blocks.get(id).terminator)) result[target]?.push(id);
  }
  return result;
}

/** Reachable blocks, each before its successors except along back edges. */
export function reversePostorder(body: Body): BlockId[] {
  const seen = new Uint8Array(body.blocks.size);
  const order: BlockId[] = [];
  const stack: { block: BlockId; targets: readonly BlockId[]; next: number }[] = [];
  const push = (block: BlockId): void => {
    seen[block] = 1;
    stack.push({ block, targets: successors(body.blocks.get(block).terminator), next: 0 });
  };
  push(body.entry);
  for (let top = stack[stack.length - 1]; top !== undefined; top = stack[stack.length - 1]) {
    // The last successor is visited first so that the first one comes first in the order.
    const target = top.targets[top.targets.length - 1 - top.next];
    if (target === undefined) {
      order.push(top.block);
      stack.pop();
      continue;
    }
    top.next++;
    if (seen[target] === 0) push(target);
  }
  return order.reverse();
}

export function rvalueOperands(value: Rvalue): readonly Operand[] {
  switch (value.kind) {
    case 'use':
      return [value.operand];
    case 'aggregate':
    case 'variadic':
    case 'intrinsic':
      return value.operands;
    case 'ref':
    case 'materialize':
      return [];
    default:
      return unreachable(value);
  }
}

export function calleeOperand(callee: Callee): Operand | null {
  return callee.kind === 'pointer' ? callee.value : null;
}

/** Operands in evaluation order. `ref` rvalues and destinations are not operands. */
export function forEachOperand(node: Statement | Terminator, visit: (operand: Operand) => void): void {
  switch (node.kind) {
    case 'assign':
      for (const operand of rvalueOperands(node.value)) visit(operand);
      return;
    case 'call':
    case 'tryCall': {
      const value = calleeOperand(node.callee);
      if (value !== null) visit(value);
      for (const operand of node.args) visit(operand);
      return;
    }
    case 'branch':
      visit(node.condition);
      return;
    default:
      return;
  }
}

export function mapRvalue(value: Rvalue, map: (operand: Operand) => Operand): Rvalue {
  switch (value.kind) {
    case 'use':
      return { ...value, operand: map(value.operand) };
    case 'aggregate':
    case 'variadic':
    case 'intrinsic':
      return { ...value, operands: value.operands.map(map) };
    case 'ref':
    case 'materialize':
      return value;
    default:
      return unreachable(value);
  }
}

function mapCallee(callee: Callee, map: (operand: Operand) => Operand): Callee {
  return callee.kind === 'pointer' ? { ...callee, value: map(callee.value) } : callee;
}

export function mapStatementOperands(statement: Statement, map: (operand: Operand) => Operand): Statement {
  switch (statement.kind) {
    case 'assign':
      return { ...statement, value: mapRvalue(statement.value, map) };
    case 'call':
      return { ...statement, callee: mapCallee(statement.callee, map), args: statement.args.map(map) };
    default:
      return statement;
  }
}

export function mapTerminatorOperands(terminator: Terminator, map: (operand: Operand) => Operand): Terminator {
  switch (terminator.kind) {
    case 'tryCall':
      return { ...terminator, callee: mapCallee(terminator.callee, map), args: terminator.args.map(map) };
    case 'branch':
      return { ...terminator, condition: map(terminator.condition) };
    default:
      return terminator;
  }
}

export function operandPlace(operand: Operand): Place | null {
  return operand.kind === 'constant' ? null : operand.place;
}

export function operandSpan(operand: Operand): Span {
  return operand.span;
}

/** Type of a place, from its last projection or its root. */
export function placeType(body: Body, place: Place, globalType: (global: GlobalId) => Term): Term {
  const last = place.projections[place.projections.length - 1];
  if (last !== undefined) return last.type;
  return place.root.kind === 'local' ? body.locals.get(place.root.local).type : globalType(place.root.global);
}
