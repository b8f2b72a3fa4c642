/** Facts about the element types of SIMD vectors: width, kind, printing alias. One table, used by every stage. */
import type { DTypeName } from './term.ts';

export interface DTypeInfo {
  readonly name: DTypeName;
  /** Run-time number of a `DType` value (one byte). */
  readonly code: number;
  readonly kind: 'bool' | 'signed' | 'unsigned' | 'float' | 'none';
  readonly bits: number;
  /** Bytes in memory. */
  readonly size: number;
  /** Scalar alias that diagnostics print, e.g. `Int32`. */
  readonly alias: string;
}

function row(name: DTypeName, code: number, kind: DTypeInfo['kind'], bits: number, alias: string): DTypeInfo {
  return { name, code, kind, bits, size: Math.max(1, bits >> 3), alias };
}

const TABLE: Readonly<Record<DTypeName, DTypeInfo>> = {
  invalid: row('invalid', 0, 'none', 0, 'Scalar[DType.invalid]'),
  bool: row('bool', 1, 'bool', 1, 'Scalar[DType.bool]'),
  int: row('int', 2, 'signed', 64, 'Int'),
  uint: row('uint', 3, 'unsigned', 64, 'UInt'),
  int8: row('int8', 4, 'signed', 8, 'Int8'),
  uint8: row('uint8', 5, 'unsigned', 8, 'UInt8'),
  int16: row('int16', 6, 'signed', 16, 'Int16'),
  uint16: row('uint16', 7, 'unsigned', 16, 'UInt16'),
  int32: row('int32', 8, 'signed', 32, 'Int32'),
  uint32: row('uint32', 9, 'unsigned', 32, 'UInt32'),
  int64: row('int64', 10, 'signed', 64, 'Int64'),
  uint64: row('uint64', 11, 'unsigned', 64, 'UInt64'),
  int128: row('int128', 12, 'signed', 128, 'Int128'),
  uint128: row('uint128', 13, 'unsigned', 128, 'UInt128'),
  int256: row('int256', 14, 'signed', 256, 'Int256'),
  uint256: row('uint256', 15, 'unsigned', 256, 'UInt256'),
  float8_e4m3fn: row('float8_e4m3fn', 16, 'float', 8, 'Float8_e4m3fn'),
  float8_e5m2: row('float8_e5m2', 17, 'float', 8, 'Float8_e5m2'),
  bfloat16: row('bfloat16', 18, 'float', 16, 'BFloat16'),
  float16: row('float16', 19, 'float', 16, 'Float16'),
  float32: row('float32', 20, 'float', 32, 'Float32'),
  float64: row('float64', 21, 'float', 64, 'Float64'),
  index: row('index', 22, 'signed', 64, 'Scalar[DType.index]'),
};

export function dtypeInfo(name: DTypeName): DTypeInfo {
  return TABLE[name];
}

export function isDTypeName(name: string): name is DTypeName {
  return Object.hasOwn(TABLE, name);
}

export function allDTypes(): readonly DTypeInfo[] {
  return Object.values(TABLE);
}

/** Wraps an integer to the width and signedness of a dtype (two's complement). */
export function wrapToDType(value: bigint, dtype: DTypeInfo): bigint {
  if (dtype.kind === 'bool') return value === 0n ? 0n : 1n;
  return dtype.kind === 'signed' ? BigInt.asIntN(dtype.bits, value) : BigInt.asUintN(dtype.bits, value);
}
