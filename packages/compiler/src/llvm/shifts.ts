/** Shifts of integers: counts are taken modulo the width.
 *  In: values of a vector's register type. Out: IR in which no lane is poison. */
import { constantInteger, integer, type VectorShape } from './vector-shape.ts';
import { type Value, vectorOf } from './types.ts';
import type { FunctionWriter } from './writer.ts';

export function shiftCount(w: FunctionWriter, count: Value, shape: VectorShape): Value {
  const constant = constantInteger(count);
  if (constant !== null && constant >= 0n && constant < BigInt(shape.dtype.bits)) return count;
  return w.binary('and', count, integer(shape, BigInt(shape.dtype.bits - 1)));
}

/** LLVM 22 for wasm takes lanes of a vector of less than a register with what was above them before a truncation: such lanes are
 *  shifted with four bytes each. */
export function shiftRight(w: FunctionWriter, v: Value, count: Value, shape: VectorShape): Value {
  const { dtype, lanes } = shape;
  if (dtype.kind === 'signed') return w.binary('ashr', v, count);
  const isNarrow = dtype.bits < 32 && lanes > 1 && lanes * dtype.bits < 128;
  if (!w.module.target.isWasm || !isNarrow || constantInteger(count) !== null) return w.binary('lshr', v, count);
  const wide = vectorOf('i32', lanes);
  return w.convert('trunc', w.binary('lshr', w.convert('zext', v, wide), w.convert('zext', count, wide)), v.type);
}
