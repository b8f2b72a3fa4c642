/** Facts about one concrete body that decide where its locals live.
 *  In: a body. Out: for each local how often it is assigned and whether its address is taken.
 *  Invariant relied on: MIR is definitely initialized, so a local with one assignment dominates its uses. */
import type { BlockId, Body, LocalId, Operand, Place, Rvalue, Statement, Terminator } from '../mir/mir.ts';
import type { Abi } from './abi.ts';
import type { Layouts } from './types.ts';

export interface LocalFacts {
  /** Assignments of the whole local. */
  defs: number;
  /** A part of it is assigned by itself. */
  partial: boolean;
  /** Something may hold its address. */
  addressed: boolean;
}

export interface BodyFacts {
  readonly locals: readonly LocalFacts[];
  /** Reachable blocks, each after every block that dominates it. */
  readonly order: readonly BlockId[];
}

export type CalleeAbi = (
  call: Extract<Statement, { kind: 'call' }> | Extract<Terminator, { kind: 'tryCall' }>,
) => Abi | null;

const ADDRESS_INTRINSICS: ReadonlySet<string> = new Set(['pointer.of', 'raw_array.pointer']);

/** The local whose own storage a place is inside, or null when the place lies behind a reference. */
export function ownRoot(place: Place, isPackElement: (place: Place, index: number) => boolean): LocalId | null {
  if (place.root.kind !== 'local') return null;
  for (let i = 0; i < place.projections.length; i++) {
    const projection = place.projections[i];
    if (projection?.kind === 'deref') return null;
    if (projection?.kind === 'element' && isPackElement(place, i)) return null;
  }
  return place.root.local;
}

export function successors(terminator: Terminator): readonly BlockId[] {
  switch (terminator.kind) {
    case 'goto':
      return [terminator.target];
    case 'branch':
      return [terminator.onTrue, terminator.onFalse];
    case 'tryCall':
      return [terminator.target, terminator.onError];
    case 'comptimeBranch':
      return [terminator.onTrue, terminator.onFalse];
    case 'comptimeFor':
      return [terminator.body, terminator.exit];
    case 'return':
    case 'raise':
    case 'unreachable':
      return [];
  }
}

function reversePostorder(body: Body): BlockId[] {
  const seen = new Set<number>();
  const postorder: BlockId[] = [];
  const stack: { readonly block: BlockId; next: number }[] = [{ block: body.entry, next: 0 }];
  seen.add(body.entry);
  while (stack.length > 0) {
    const top = stack[stack.length - 1];
    if (top === undefined) break;
    const targets = successors(body.blocks.get(top.block).terminator);
    const target = targets[targets.length - 1 - top.next];
    if (target === undefined) {
      postorder.push(top.block);
      stack.pop();
      continue;
    }
    top.next++;
    if (!seen.has(target)) {
      seen.add(target);
      stack.push({ block: target, next: 0 });
    }
  }
  return postorder.reverse();
}

/** Whether control can come back to a block. */
export function hasLoop(facts: BodyFacts, body: Body): boolean {
  const seen = new Set<BlockId>();
  return facts.order.some((id) => {
    seen.add(id);
    return successors(body.blocks.get(id).terminator).some((target) => seen.has(target));
  });
}

export function analyzeBody(body: Body, layouts: Layouts, calleeAbi: CalleeAbi): BodyFacts {
  const locals: LocalFacts[] = body.locals.values().map(() => ({ defs: 0, partial: false, addressed: false }));
  const order = reversePostorder(body);

  const isPackElement = (place: Place, index: number): boolean => {
    const before = index === 0 ? rootType(body, place) : place.projections[index - 1]?.type;
    return before !== undefined && before !== null && layouts.declaration(before)?.builtin === 'pack';
  };
  const defined = (place: Place): void => {
    const root = ownRoot(place, isPackElement);
    const facts = root === null ? undefined : locals[root];
    if (facts === undefined) return;
    if (place.projections.length === 0) facts.defs++;
    else facts.partial = true;
  };
  const addressed = (place: Place): void => {
    const root = ownRoot(place, isPackElement);
    const facts = root === null ? undefined : locals[root];
    if (facts !== undefined) facts.addressed = true;
  };
  const operandAddressed = (operand: Operand | undefined): void => {
    if (operand !== undefined && operand.kind !== 'constant') addressed(operand.place);
  };
  const visitCall = (call: Extract<Statement, { kind: 'call' }> | Extract<Terminator, { kind: 'tryCall' }>): void => {
    const abi = calleeAbi(call);
    if (abi !== null)
      call.args.forEach((operand, i) => {
        const byAddress = abi.args[i]?.passing.kind !== 'pieces';
        if (byAddress && (operand.kind === 'borrow' || operand.kind === 'borrowMut')) addressed(operand.place);
      });
    defined(call.dest);
  };
  const visitRvalue = (value: Rvalue): void => {
    switch (value.kind) {
      case 'ref':
        addressed(value.place);
        return;
      case 'variadic':
        for (const operand of value.operands) operandAddressed(operand);
        return;
      case 'intrinsic':
        if (ADDRESS_INTRINSICS.has(value.name)) operandAddressed(value.operands[0]);
        return;
      case 'use':
      case 'aggregate':
      case 'materialize':
        return;
    }
  };

  for (const arg of body.args) {
    const facts = locals[arg];
    if (facts !== undefined) facts.defs++;
  }
  for (const id of order) {
    const block = body.blocks.get(id);
    for (const statement of block.statements) {
      if (statement.kind === 'assign') {
        visitRvalue(statement.value);
        defined(statement.place);
      } else if (statement.kind === 'call') visitCall(statement);
    }
    if (block.terminator.kind === 'tryCall') {
      visitCall(block.terminator);
      defined(block.terminator.errorDest);
    }
  }
  return { locals, order };
}

function rootType(body: Body, place: Place) {
  return place.root.kind === 'local' ? body.locals.get(place.root.local).type : null;
}
