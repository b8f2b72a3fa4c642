/** Decides which sums take up a product (`a * b + c` in one step).
 *  In: an optimized function, in which sums that may do so carry `afn` (it says nothing about a sum, and unlike `contract` it can
 *  stand until the decision: the C API adds flags but takes none away). Out: those sums carry `contract`, as their products do
 *  already, except where they are the recurrence of a loop that carries at most `FEW_CHAINS` of them.
 *
 *  Fused, each step of such a sum waits for a whole multiply-add; apart, only for an addition. With more chains side by side
 *  the units are busy anyway, and fusing halves the work. It is decided here because only after inlining and unrolling is it
 *  known what a loop carries. Recurrences through a product (Horner, `z * z + c`) are not sums: fusing shortens them. */
import type { LlvmFunctions } from './libllvm.ts';
import { type Node, Opcode, recurrences } from './walk.ts';

/** LLVMFastMathFlags. */
const ALLOW_CONTRACT = 1 << 5;
const APPROXIMATE = 1 << 6;

const FEW_CHAINS = 3;

export function allowContraction(llvm: LlvmFunctions, nodes: readonly Node[]): void {
  const candidates = new Set(
    nodes
      .filter((node) => isSum(node) && (llvm.GetFastMathFlags(node.instruction) & APPROXIMATE) !== 0)
      .map((node) => node.instruction),
  );
  if (candidates.size === 0) return;
  const sums = nodes.filter((node) => isSum(node) || node.opcode === Opcode.PHI || node.opcode === Opcode.SELECT);
  const chains = recurrences(llvm, new Map(sums.map((node) => [node.instruction, node])))
    .filter((members) => members.some(isSum))
    .map((members) => ({ members, header: members.find((node) => node.opcode === Opcode.PHI)?.block ?? null }));
  for (const { members, header } of chains) {
    if (chains.filter((chain) => chain.header === header).length > FEW_CHAINS) continue;
    for (const { instruction } of members) candidates.delete(instruction);
  }
  for (const sum of candidates) llvm.SetFastMathFlags(sum, ALLOW_CONTRACT);
}

function isSum(node: Node): boolean {
  return node.opcode === Opcode.FADD || node.opcode === Opcode.FSUB;
}
