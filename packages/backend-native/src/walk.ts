/** One walk over an optimized function, for the decisions that are made after optimization (`finish.ts`).
 *  In: a function. Out: its instructions of the kinds that those decisions look at, each with its opcode and block. */
import type { LlvmFunctions, Pointer } from './libllvm.ts';

/** LLVMOpcode. */
export const Opcode = {
  FADD: 9,
  FSUB: 11,
  FMUL: 13,
  FDIV: 16,
  UITOFP: 35,
  SITOFP: 36,
  FPTRUNC: 37,
  FPEXT: 38,
  FCMP: 43,
  PHI: 44,
  CALL: 45,
  SELECT: 46,
  FNEG: 66,
} as const;

const LOOKED_AT: ReadonlySet<number> = new Set([
  Opcode.FADD,
  Opcode.FSUB,
  Opcode.FMUL,
  Opcode.FDIV,
  Opcode.FCMP,
  Opcode.PHI,
  Opcode.CALL,
  Opcode.SELECT,
]);

export interface Node {
  readonly instruction: Pointer;
  readonly opcode: number;
  readonly block: Pointer;
}

export function isSome(pointer: Pointer | null): pointer is Pointer {
  return pointer !== null && pointer !== 0n;
}

export function* functionsOf(llvm: LlvmFunctions, module: Pointer): Generator<Pointer> {
  for (let fn = llvm.GetFirstFunction(module); isSome(fn); fn = llvm.GetNextFunction(fn)) yield fn;
}

export function walk(llvm: LlvmFunctions, fn: Pointer): Node[] {
  const nodes: Node[] = [];
  for (let block = llvm.GetFirstBasicBlock(fn); isSome(block); block = llvm.GetNextBasicBlock(block)) {
    for (let at = llvm.GetFirstInstruction(block); isSome(at); at = llvm.GetNextInstruction(at)) {
      const opcode = llvm.GetInstructionOpcode(at);
      if (LOOKED_AT.has(opcode)) nodes.push({ instruction: at, opcode, block });
    }
  }
  return nodes;
}

export function operandsOf(llvm: LlvmFunctions, instruction: Pointer): Pointer[] {
  return Array.from({ length: llvm.GetNumOperands(instruction) }, (_, i) => llvm.GetOperand(instruction, i));
}

/** The number of the LLVM intrinsic that a call calls; 0 of other calls. */
export function calledIntrinsic(llvm: LlvmFunctions, call: Pointer): number {
  const callee = llvm.GetOperand(call, llvm.GetNumOperands(call) - 1);
  return isSome(llvm.IsAFunction(callee)) ? llvm.GetIntrinsicID(callee) : 0;
}

/** The strongly connected components of more than one node, along operands (Tarjan, without recursion): what loops carry. */
export function recurrences(llvm: LlvmFunctions, nodes: ReadonlyMap<Pointer, Node>): Node[][] {
  const index = new Map<Pointer, number>();
  const low = new Map<Pointer, number>();
  const open: Pointer[] = [];
  const isOpen = new Set<Pointer>();
  const found: Node[][] = [];
  for (const root of nodes.keys()) {
    if (index.has(root)) continue;
    const work: { readonly at: Pointer; readonly inputs: readonly Pointer[]; next: number }[] = [];
    const enter = (at: Pointer): void => {
      index.set(at, index.size);
      low.set(at, index.size - 1);
      open.push(at);
      isOpen.add(at);
      work.push({ at, inputs: operandsOf(llvm, at).filter((operand) => nodes.has(operand)), next: 0 });
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
