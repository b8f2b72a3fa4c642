/** Functions that wait for a chain of additions keep their vectors in half registers.
 *  In: an optimized function for a processor that adds faster in half registers. Out: attributes on it.
 *
 *  Such processors (Golden Cove and later) add 32 bytes in two or three cycles but 64 bytes in four. Where every round of a loop waits
 *  for a sum of the round before it (an iteration such as `z * z + c`), two halves side by side are done sooner than one whole; where
 *  a loop has enough to do at a time, whole registers are better, and stay. */
import type { LlvmFunctions, Pointer } from './libllvm.ts';
import { bitsOf, type ValueTypes } from './value-types.ts';
import { calledIntrinsic, isSome, type Node, Opcode, operandsOf, recurrences } from './walk.ts';

/** Processors of that kind, by LLVM's names. */
const FAST_HALF_ADDITION = /^(sapphirerapids|emeraldrapids|graniterapids.*|diamondrapids)$/;

export function addsFasterInHalves(cpu: string): boolean {
  return FAST_HALF_ADDITION.test(cpu);
}

/** A chain of fewer operations is not what a round waits for. */
const SHORTEST_CHAIN = 3;
/** With more operations for each one of the chain the units are busy, and halves would double their work. */
const MOST_WORK = 3;

const WHOLE = 512;

export function narrowVectors(llvm: LlvmFunctions, types: ValueTypes, fn: Pointer, nodes: readonly Node[]): void {
  const wide = nodes.filter(({ instruction }) => isWideFloat(types, instruction));
  const work = wide.filter(isOperation);
  if (work.length === 0) return;
  const chains = recurrences(llvm, new Map(wide.map((node) => [node.instruction, node])));
  const slow = new Set<Pointer>();
  for (const members of chains) {
    const sums = members.filter(isSum).length;
    const length = longestPath(llvm, members);
    const blocks = new Set(members.map((node) => node.block));
    const inLoop = work.filter((node) => blocks.has(node.block)).length;
    if (length < SHORTEST_CHAIN || sums * 3 < length || inLoop > MOST_WORK * length) continue;
    for (const block of blocks) slow.add(block);
  }
  if (work.filter((node) => slow.has(node.block)).length * 2 <= work.length) return;
  if (passesWideVectors(llvm, types, fn, nodes)) return;
  llvm.AddTargetDependentFunctionAttr(fn, 'prefer-vector-width', '256');
  llvm.AddTargetDependentFunctionAttr(fn, 'min-legal-vector-width', '256');
}

function isWideFloat(types: ValueTypes, instruction: Pointer): boolean {
  const type = types.of(instruction);
  return (type.kind === 'float' || type.kind === 'double') && bitsOf(type) >= WHOLE;
}

function isSum(node: Node): boolean {
  return node.opcode === Opcode.FADD || node.opcode === Opcode.FSUB;
}

function isOperation(node: Node): boolean {
  return node.opcode !== Opcode.PHI && node.opcode !== Opcode.SELECT;
}

/** Operations on the longest way through one round of a recurrence. */
function longestPath(llvm: LlvmFunctions, members: readonly Node[]): number {
  const inside = new Map(members.map((node) => [node.instruction, node]));
  const lengths = new Map<Pointer, number>();
  const lengthOf = (node: Node): number => {
    const known = lengths.get(node.instruction);
    if (known !== undefined) return known;
    lengths.set(node.instruction, 0);
    const before = node.opcode === Opcode.PHI ? [] : operandsOf(llvm, node.instruction);
    const longest = before.reduce((most, operand) => {
      const next = inside.get(operand);
      return next === undefined ? most : Math.max(most, lengthOf(next));
    }, 0);
    const own = longest + (isOperation(node) ? 1 : 0);
    lengths.set(node.instruction, own);
    return own;
  };
  return members.reduce((most, node) => Math.max(most, lengthOf(node)), 0);
}

/** Whether a vector of a whole register goes in or out, which both sides must agree on. */
function passesWideVectors(llvm: LlvmFunctions, types: ValueTypes, fn: Pointer, nodes: readonly Node[]): boolean {
  const isWide = (value: Pointer): boolean => bitsOf(types.of(value)) >= WHOLE;
  for (let parameter = llvm.GetFirstParam(fn); isSome(parameter); parameter = llvm.GetNextParam(parameter))
    if (isWide(parameter)) return true;
  if (bitsOf(types.describe(llvm.GetReturnType(llvm.GlobalGetValueType(fn)))) >= WHOLE) return true;
  return nodes.some(({ instruction, opcode }) => {
    if (opcode !== Opcode.CALL || calledIntrinsic(llvm, instruction) !== 0) return false;
    return isWide(instruction) || operandsOf(llvm, instruction).some(isWide);
  });
}
