/** Decides which sums take up a product (`a * b + c` in one step).
 *  In: an optimized module, in which sums that may do so carry `afn` (it says nothing about a sum, and unlike `contract` it can
 *  stand until the decision: the C API adds flags but takes none away). Out: those sums carry `contract`, as their products do
 *  already, except where they are the recurrence of a loop that carries at most `FEW_CHAINS` of them.
 *
 *  Fused, each step of such a sum waits for a whole multiply-add; apart, only for an addition. With more chains side by side
 *  the units are busy anyway, and fusing halves the work. It is decided here because only after inlining and unrolling is it
 *  known what a loop carries. Recurrences through a product (Horner, `z * z + c`) are not sums: fusing shortens them. */
import type { LlvmFunctions, Pointer } from './libllvm.ts';

/** LLVMOpcode. */
const FADD = 9;
const FSUB = 11;
const PHI = 44;
const SELECT = 46;

/** LLVMFastMathFlags. */
const ALLOW_CONTRACT = 1 << 5;
const APPROXIMATE = 1 << 6;

const FEW_CHAINS = 3;

interface Node {
  readonly instruction: Pointer;
  readonly opcode: number;
  readonly block: Pointer;
}

export function allowContraction(llvm: LlvmFunctions, module: Pointer): void {
  for (let fn = llvm.GetFirstFunction(module); isSome(fn); fn = llvm.GetNextFunction(fn)) allowInFunction(llvm, fn);
}

function isSome(pointer: Pointer | null): pointer is Pointer {
  return pointer !== null && pointer !== 0n;
}

function allowInFunction(llvm: LlvmFunctions, fn: Pointer): void {
  const nodes = new Map<Pointer, Node>();
  const candidates = new Set<Pointer>();
  for (let block = llvm.GetFirstBasicBlock(fn); isSome(block); block = llvm.GetNextBasicBlock(block)) {
    for (let at = llvm.GetFirstInstruction(block); isSome(at); at = llvm.GetNextInstruction(at)) {
      const opcode = llvm.GetInstructionOpcode(at);
      if (opcode !== FADD && opcode !== FSUB && opcode !== PHI && opcode !== SELECT) continue;
      nodes.set(at, { instruction: at, opcode, block });
      if ((opcode === FADD || opcode === FSUB) && (llvm.GetFastMathFlags(at) & APPROXIMATE) !== 0) candidates.add(at);
    }
  }
  if (candidates.size === 0) return;
  const chains = recurrences(llvm, nodes)
    .filter((members) => members.some(isSum))
    .map((members) => ({ members, header: members.find((node) => node.opcode === PHI)?.block ?? null }));
  for (const { members, header } of chains) {
    if (chains.filter((chain) => chain.header === header).length > FEW_CHAINS) continue;
    for (const { instruction } of members) candidates.delete(instruction);
  }
  for (const sum of candidates) llvm.SetFastMathFlags(sum, ALLOW_CONTRACT);
}

function isSum(node: Node): boolean {
  return node.opcode === FADD || node.opcode === FSUB;
}

/** The strongly connected components of more than one node, along operands (Tarjan, without recursion). */
function recurrences(llvm: LlvmFunctions, nodes: ReadonlyMap<Pointer, Node>): Node[][] {
  const index = new Map<Pointer, number>();
  const low = new Map<Pointer, number>();
  const open: Pointer[] = [];
  const isOpen = new Set<Pointer>();
  const found: Node[][] = [];
  const operands = (at: Pointer): Pointer[] => {
    const list: Pointer[] = [];
    const count = llvm.GetNumOperands(at);
    for (let i = 0; i < count; i++) {
      const operand = llvm.GetOperand(at, i);
      if (nodes.has(operand)) list.push(operand);
    }
    return list;
  };
  for (const root of nodes.keys()) {
    if (index.has(root)) continue;
    const work: { readonly at: Pointer; readonly inputs: readonly Pointer[]; next: number }[] = [];
    const enter = (at: Pointer): void => {
      index.set(at, index.size);
      low.set(at, index.size - 1);
      open.push(at);
      isOpen.add(at);
      work.push({ at, inputs: operands(at), next: 0 });
    };
    enter(root);
    for (let top = work.at(-1); top !== undefined; top = work.at(-1)) {
      const input = top.inputs[top.next++];
      if (input !== undefined) {
        if (!index.has(input)) enter(input);
        else if (isOpen.has(input)) lower(low, top.at, index.get(input) ?? 0);
        continue;
      }
      work.pop();
      const parent = work.at(-1);
      if (parent !== undefined) lower(low, parent.at, low.get(top.at) ?? 0);
      if (low.get(top.at) !== index.get(top.at)) continue;
      const members: Node[] = [];
      for (let at = open.pop(); at !== undefined; at = open.pop()) {
        isOpen.delete(at);
        const node = nodes.get(at);
        if (node !== undefined) members.push(node);
        if (at === top.at) break;
      }
      if (members.length > 1) found.push(members);
    }
  }
  return found;
}

function lower(low: Map<Pointer, number>, at: Pointer, to: number): void {
  low.set(at, Math.min(low.get(at) ?? to, to));
}
