/** Shifts of integers: counts are taken modulo the width.
 *  In: values of a vector's register type. Out: IR in which no lane is poison. */

import { splatText } from './constants.ts';
import { type Value, vectorOf } from './types.ts';
import { constantInteger, integer, type VectorShape } from './vector-shape.ts';
import type { FunctionWriter } from './writer.ts';

export function shiftCount(w: FunctionWriter, count: Value, shape: VectorShape): Value {
  const constant = constantInteger(count);
  if (constant !== null && constant >= 0n && constant < BigInt(shape.dtype.bits)) return count;
  return w.binary('and', count, integer(shape, BigInt(shape.dtype.bits - 1)));
}

/** LLVM 22 for wasm shifts lanes of one or two bytes with whatever an operation before left above them. So they are moved up in lanes of
 *  four bytes and down again by their width: in that form LLVM neither sees a narrow shift nor makes one. */
export function shiftRight(w: FunctionWriter, v: Value, count: Value, shape: VectorShape): Value {
  const { dtype, lanes } = shape;
  if (dtype.kind === 'signed') return w.binary('ashr', v, count);
  const isNarrow = dtype.bits < 32 && lanes > 1;
  if (!w.module.target.isWasm || !isNarrow || constantInteger(count) !== null) return w.binary('lshr', v, count);
  const wide = vectorOf('i32', lanes);
  const width = splatText('i32', lanes, `${dtype.bits}`);
  const up = w.binary('sub', width, w.convert('zext', count, wide));
  const moved = w.binary('shl', w.convert('zext', v, wide), up);
  return w.convert('trunc', w.binary('lshr', moved, width), v.type);
}
