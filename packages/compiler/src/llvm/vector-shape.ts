/** Element type and lanes of a vector, and integer constants of that shape. */
import type { DTypeInfo } from '../terms/dtypes.ts';
import { splatInteger } from './constants.ts';
import { dtypeRegisterType, type Value, vectorOf } from './types.ts';

export interface VectorShape {
  readonly dtype: DTypeInfo;
  readonly lanes: number;
}

export function shapeType(shape: VectorShape): string {
  return vectorOf(dtypeRegisterType(shape.dtype), shape.lanes);
}

export function integer(shape: VectorShape, number: bigint): Value {
  return splatInteger(shape.dtype, shape.lanes, number);
}

/** The constant integer in every lane, or null. */
export function constantInteger(v: Value): bigint | null {
  const scalar = /^-?\d+$/.exec(v.text);
  if (scalar !== null) return BigInt(v.text);
  const splat = /^splat \(i\d+ (-?\d+)\)$/.exec(v.text);
  return splat === null ? null : BigInt(splat[1] ?? '0');
}
