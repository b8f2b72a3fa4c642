/** Comparisons of floating-point numbers whose outcome follows from where the numbers come from are replaced by it.
 *  In: an optimized function. Out: no `fcmp` with a constant that is always true or always false, and no choice by one.
 *
 *  Why: a conversion to an integer saturates, which costs a comparison at each end of the range. After `x.clamp(0, 255)` or in an
 *  exponential with a limited argument both are superfluous, but LLVM bounds integers only. */
import type { LlvmFunctions, Pointer } from './libllvm.ts';
import type { ValueTypes } from './value-types.ts';
import { calledIntrinsic, isSome, type Node, Opcode, operandsOf } from './walk.ts';

/** All numbers that a value can be, and whether it can be NaN. */
interface Range {
  readonly low: number;
  readonly high: number;
  readonly nan: boolean;
}

const ANYTHING: Range = { low: -Infinity, high: Infinity, nan: true };

/** Instructions between a comparison and the limits that decide it. */
const DEPTH = 8;

/** Rounding, fused or not, moves a result by less than this part of it. */
const SLACK = 2 ** -20;

/** LLVMRealPredicate: bits for equal, greater, less and unordered. */
const EQUAL = 1;
const GREATER = 2;
const LESS = 4;
const UNORDERED = 8;

export class FloatRanges {
  private readonly llvm: LlvmFunctions;
  private readonly types: ValueTypes;
  private readonly roundings: ReadonlySet<number>;

  constructor(llvm: LlvmFunctions, types: ValueTypes) {
    this.llvm = llvm;
    this.types = types;
    const names = ['floor', 'ceil', 'trunc', 'rint', 'nearbyint', 'roundeven', 'round'].map((name) => `llvm.${name}`);
    this.roundings = new Set(names.map((name) => llvm.LookupIntrinsicID(name, name.length)));
  }

  /** The instructions that are left. */
  fold(nodes: readonly Node[]): readonly Node[] {
    const { llvm } = this;
    const outcomes = new Map<Pointer, boolean>();
    for (const { instruction, opcode } of nodes) {
      if (opcode !== Opcode.FCMP) continue;
      const outcome = this.outcome(instruction);
      if (outcome !== null) outcomes.set(instruction, outcome);
    }
    if (outcomes.size === 0) return nodes;
    const gone = new Set<Pointer>();
    for (const { instruction, opcode } of nodes) {
      if (opcode !== Opcode.SELECT) continue;
      const outcome = outcomes.get(llvm.GetOperand(instruction, 0));
      if (outcome === undefined) continue;
      llvm.ReplaceAllUsesWith(instruction, llvm.GetOperand(instruction, outcome ? 1 : 2));
      gone.add(instruction);
    }
    for (const [comparison, outcome] of outcomes) {
      const type = llvm.TypeOf(comparison);
      llvm.ReplaceAllUsesWith(comparison, outcome ? llvm.ConstAllOnes(type) : llvm.ConstNull(type));
      gone.add(comparison);
    }
    for (const instruction of gone) llvm.InstructionEraseFromParent(instruction);
    return nodes.filter((node) => !gone.has(node.instruction));
  }

  /** What a comparison always gives, or null. */
  private outcome(comparison: Pointer): boolean | null {
    const { llvm } = this;
    const limit = this.constant(llvm.GetOperand(comparison, 1));
    if (limit === null) return null;
    return decide(llvm.GetFCmpPredicate(comparison), this.range(llvm.GetOperand(comparison, 0), DEPTH), limit);
  }

  private range(value: Pointer, depth: number): Range {
    const { llvm } = this;
    if (depth === 0) return ANYTHING;
    const constant = this.constant(value);
    if (constant !== null) return { low: constant, high: constant, nan: false };
    switch (llvm.GetInstructionOpcode(value)) {
      case Opcode.SELECT:
        return this.selected(value, depth);
      case Opcode.FADD:
      case Opcode.FSUB:
      case Opcode.FMUL:
        return this.computed(value, depth);
      case Opcode.FNEG: {
        const { low, high, nan } = this.range(llvm.GetOperand(value, 0), depth - 1);
        return { low: -high, high: -low, nan };
      }
      case Opcode.FPEXT:
        return this.range(llvm.GetOperand(value, 0), depth - 1);
      case Opcode.FPTRUNC:
        return widened(this.range(llvm.GetOperand(value, 0), depth - 1));
      case Opcode.SITOFP:
      case Opcode.UITOFP:
        return this.fromInteger(value);
      case Opcode.CALL:
        return this.rounded(value, depth);
      default:
        return ANYTHING;
    }
  }

  /** `a < b ? a : b` and its like with a constant; of other choices, both. */
  private selected(value: Pointer, depth: number): Range {
    const { llvm } = this;
    const [condition, onTrue, onFalse] = operandsOf(llvm, value);
    if (condition === undefined || onTrue === undefined || onFalse === undefined) return ANYTHING;
    if (llvm.GetInstructionOpcode(condition) === Opcode.FCMP) {
      const [left, right] = operandsOf(llvm, condition);
      const limit = right === undefined ? null : this.constant(right);
      if (left !== undefined && limit !== null) {
        const predicate = llvm.GetFCmpPredicate(condition);
        const keepsOnTrue = left === onTrue && this.constant(onFalse) === limit;
        const keepsOnFalse = left === onFalse && this.constant(onTrue) === limit;
        if (keepsOnTrue || keepsOnFalse) {
          const range = this.range(left, depth - 1);
          const kept = keepsOnTrue ? predicate : 15 - predicate;
          const nan = range.nan && (kept & UNORDERED) !== 0;
          const isGreatest = (kept & (GREATER | LESS)) === GREATER;
          const isLeast = (kept & (GREATER | LESS)) === LESS;
          if (isGreatest) return { low: Math.max(range.low, limit), high: Math.max(range.high, limit), nan };
          if (isLeast) return { low: Math.min(range.low, limit), high: Math.min(range.high, limit), nan };
        }
      }
    }
    const a = this.range(onTrue, depth - 1);
    const b = this.range(onFalse, depth - 1);
    return { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high), nan: a.nan || b.nan };
  }

  private computed(value: Pointer, depth: number): Range {
    const { llvm } = this;
    const a = this.range(llvm.GetOperand(value, 0), depth - 1);
    if (!isBounded(a)) return ANYTHING;
    const b = this.range(llvm.GetOperand(value, 1), depth - 1);
    if (!isBounded(b)) return ANYTHING;
    const opcode = llvm.GetInstructionOpcode(value);
    const ends =
      opcode === Opcode.FADD
        ? [a.low + b.low, a.high + b.high]
        : opcode === Opcode.FSUB
          ? [a.low - b.high, a.high - b.low]
          : [a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high];
    return widened({ low: Math.min(...ends), high: Math.max(...ends), nan: false });
  }

  private fromInteger(value: Pointer): Range {
    const { bits } = this.types.of(this.llvm.GetOperand(value, 0));
    const end = 2 ** bits;
    if (this.llvm.GetInstructionOpcode(value) === Opcode.UITOFP) return { low: 0, high: end, nan: false };
    return { low: -end / 2, high: end / 2, nan: false };
  }

  private rounded(call: Pointer, depth: number): Range {
    const { llvm } = this;
    if (!this.roundings.has(calledIntrinsic(llvm, call))) return ANYTHING;
    const { low, high, nan } = this.range(llvm.GetOperand(call, 0), depth - 1);
    return { low: Math.floor(low), high: Math.ceil(high), nan };
  }

  /** The number that a constant is in all lanes, or null. */
  private constant(value: Pointer): number | null {
    const { llvm, types } = this;
    if (llvm.IsConstant(value) === 0) return null;
    const { kind, lanes } = types.of(value);
    if (kind !== 'float' && kind !== 'double') return null;
    if (llvm.IsNull(value) !== 0) return 0;
    let scalar = value;
    if (lanes > 1) {
      const first = llvm.GetAggregateElement(value, 0);
      if (!isSome(first)) return null;
      for (let lane = 1; lane < lanes; lane++) if (llvm.GetAggregateElement(value, lane) !== first) return null;
      scalar = first;
    }
    if (!isSome(llvm.IsAConstantFP(scalar))) return null;
    const number = llvm.ConstRealGetDouble(scalar, [0]);
    return Number.isNaN(number) ? null : number;
  }
}

function isBounded(range: Range): boolean {
  return !range.nan && Number.isFinite(range.low) && Number.isFinite(range.high);
}

function widened({ low, high, nan }: Range): Range {
  return { low: low - Math.abs(low) * SLACK, high: high + Math.abs(high) * SLACK, nan };
}

/** Whether `value <predicate> limit` holds for all values of the range (true), for none (false), or for some (null). */
function decide(predicate: number, { low, high, nan }: Range, limit: number): boolean | null {
  let possible = nan ? UNORDERED : 0;
  if (low < limit) possible |= LESS;
  if (high > limit) possible |= GREATER;
  if (low <= limit && limit <= high) possible |= EQUAL;
  if ((possible & ~predicate) === 0) return true;
  if ((possible & predicate) === 0) return false;
  return null;
}
