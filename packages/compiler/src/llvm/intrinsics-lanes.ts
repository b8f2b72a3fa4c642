/** Operations that move lanes: splat, extract, insert, shuffle, select, bitcast, reductions.
 *  Invariant: widths are powers of two, so an index is taken modulo the width by a mask. */
import { InternalError, present } from '../base/invariant.ts';
import type { Term } from '../terms/term.ts';
import { shuffleIndices } from '../mir/shuffle-mask.ts';
import { splatText } from './constants.ts';
import { castValue, emitArithmetic, minMax } from './intrinsics-arithmetic.ts';
import { shapeType, type VectorShape } from './vector-shape.ts';
import { dtypeRegisterType, typed, type Value, value, vectorOf } from './types.ts';
import type { FunctionWriter } from './writer.ts';

export interface LaneCall {
  readonly operands: readonly Value[];
  readonly shapes: readonly (VectorShape | null)[];
  readonly destination: VectorShape | null;
  readonly params: readonly Term[];
}

export function splatLanes(w: FunctionWriter, scalar: Value, lanes: number): Value {
  if (lanes === 1) return scalar;
  if (!scalar.text.startsWith('%')) return splatText(scalar.type, lanes, scalar.text);
  const type = vectorOf(scalar.type, lanes);
  const one = w.op(type, `insertelement ${type} poison, ${typed(scalar)}, i64 0`);
  return shuffle(
    w,
    one,
    one,
    lanes,
    Array.from({ length: lanes }, () => 0),
  );
}

/** Lanes of the concatenation of two vectors (of `lanes` lanes each) picked by constant indices. */
export function shuffle(w: FunctionWriter, a: Value, b: Value, lanes: number, indices: readonly number[]): Value {
  const element = lanes === 1 ? a.type : (/^<\d+ x (.*)>$/.exec(a.type)?.[1] ?? a.type);
  const from = lanes === 1 ? [asVector(w, a), asVector(w, b)] : [a, b];
  const [x, y] = [present(from[0], 'vector'), present(from[1], 'vector')];
  if (indices.length === 1) {
    const index = indices[0] ?? 0;
    const source = index < lanes ? x : y;
    return w.op(element, `extractelement ${typed(source)}, i64 ${index % lanes}`);
  }
  const type = vectorOf(element, indices.length);
  const mask = `<${indices.length} x i32> <${indices.map((index) => `i32 ${index}`).join(', ')}>`;
  return w.op(type, `shufflevector ${typed(x)}, ${typed(y)}, ${mask}`);
}

function asVector(w: FunctionWriter, scalar: Value): Value {
  const type = `<1 x ${scalar.type}>`;
  return w.op(type, `insertelement ${type} poison, ${typed(scalar)}, i64 0`);
}

function laneIndex(w: FunctionWriter, index: Value, lanes: number): Value {
  if (/^\d+$/.test(index.text)) return value(index.type, `${Number(index.text) % lanes}`);
  return w.binary('and', index, value(index.type, `${lanes - 1}`));
}

const REDUCTIONS: ReadonlySet<string> = new Set(['add', 'mul', 'min', 'max', 'and', 'or']);

export function emitLanes(w: FunctionWriter, name: string, call: LaneCall): Value | null {
  const operand = (i: number): Value => present(call.operands[i], `operand ${i} of ${name}`);
  const shape = (i: number): VectorShape => present(call.shapes[i], `vector operand ${i} of ${name}`);
  const destination = (): VectorShape => present(call.destination, `vector result of ${name}`);
  switch (name) {
    case 'simd.splat':
      return splatLanes(w, operand(0), destination().lanes);
    case 'simd.zero':
      return value(shapeType(destination()), 'zeroinitializer');
    case 'simd.iota': {
      const { dtype, lanes } = destination();
      const numbers = Array.from({ length: lanes }, (_, i) => i);
      const int32: VectorShape = { dtype: { ...dtype, name: 'int32', kind: 'signed', bits: 32, size: 4 }, lanes };
      const text = lanes === 1 ? '0' : `<${numbers.map((i) => `i32 ${i}`).join(', ')}>`;
      return castValue(w, value(vectorOf('i32', lanes), text), int32, dtype);
    }
    case 'simd.extract': {
      const { lanes } = shape(0);
      if (lanes === 1) return operand(0);
      const element = dtypeRegisterType(shape(0).dtype);
      return w.op(element, `extractelement ${typed(operand(0))}, ${typed(laneIndex(w, operand(1), lanes))}`);
    }
    case 'simd.insert': {
      const { lanes } = shape(0);
      if (lanes === 1) return operand(2);
      return w.op(
        operand(0).type,
        `insertelement ${typed(operand(0))}, ${typed(operand(2))}, ${typed(laneIndex(w, operand(1), lanes))}`,
      );
    }
    case 'simd.shuffle': {
      const mask = shuffleIndices(call.params[call.params.length - 1]);
      if (mask === null) throw new InternalError('simd.shuffle with a mask that is not constant');
      const { lanes } = shape(0);
      const modulus = lanes * 2;
      const indices = mask.map((index) => ((index % modulus) + modulus) % modulus);
      return shuffle(w, operand(0), operand(1), lanes, indices);
    }
    case 'simd.select':
      return w.select(operand(0), operand(1), operand(2));
    case 'simd.cast':
      return castValue(w, operand(0), shape(0), destination().dtype);
    case 'simd.bitcast':
      return bitcast(w, operand(0), shape(0), destination());
    default:
      break;
  }
  const reduction = /^simd\.reduce_(\w+)$/.exec(name)?.[1];
  if (reduction !== undefined && REDUCTIONS.has(reduction))
    return reduce(w, reduction, operand(0), shape(0), destination().lanes);
  return null;
}

/** Same bits. A mask converts by bits or, if the other side has a byte for each lane, by bytes. */
function bitcast(w: FunctionWriter, v: Value, from: VectorShape, to: VectorShape): Value {
  const target = shapeType(to);
  if (v.type === target) return v;
  const bitsOf = (shape: VectorShape): number =>
    shape.lanes * (shape.dtype.kind === 'bool' ? 1 : Math.max(shape.dtype.bits, 8));
  if (from.dtype.kind === 'bool' && bitsOf(to) === from.lanes * 8)
    return w.convert('bitcast', w.convert('zext', v, vectorOf('i8', from.lanes)), target);
  if (to.dtype.kind === 'bool' && bitsOf(from) === to.lanes * 8)
    return w.convert('trunc', w.convert('bitcast', v, vectorOf('i8', to.lanes)), target);
  if (from.dtype.kind === 'bool' && isTooLong(w, from))
    return w.convert('bitcast', gatheredBits(w, v, from.lanes), target);
  return w.convert('bitcast', v, target);
}

/** LLVM 22 for wasm gathers the bits of a comparison of more lanes than this as if its lanes were bytes; and it makes gathered bits of
 *  every reduction of a mask, also of one in the shape of numbers. */
const MOST_LANES = 16;

function isTooLong(w: FunctionWriter, { lanes }: VectorShape): boolean {
  return w.module.target.isWasm && lanes > MOST_LANES;
}

/** A mask as an integer: the sum of a bit for each lane, which LLVM does not recognize. */
function gatheredBits(w: FunctionWriter, v: Value, lanes: number): Value {
  const type = `i${lanes}`;
  const vector = vectorOf(type, lanes);
  const bits = Array.from({ length: lanes }, (_, i) => `${type} ${BigInt.asIntN(lanes, 1n << BigInt(i))}`);
  const chosen = w.select(v, value(vector, `<${bits.join(', ')}>`), splatText(type, lanes, '0'));
  return w.intrinsic(type, `llvm.vector.reduce.or.v${lanes}${type}`, [chosen]);
}

function halves(w: FunctionWriter, v: Value, lanes: number): readonly [low: Value, high: Value] {
  const half = lanes >> 1;
  const part = (offset: number): Value =>
    shuffle(
      w,
      v,
      v,
      lanes,
      Array.from({ length: half }, (_, i) => i + offset),
    );
  return [part(0), part(half)];
}

/** Halving: lane i with lane i + half, down to `width` lanes. Where the order has no effect, LLVM knows better ones. */
function reduce(w: FunctionWriter, operation: string, v: Value, from: VectorShape, width: number): Value {
  if (width === 1 && from.lanes > 1 && from.dtype.kind !== 'float' && !isTooLong(w, from)) {
    const isOrdered = operation === 'min' || operation === 'max';
    const prefix = !isOrdered ? '' : from.dtype.kind === 'signed' ? 's' : 'u';
    const element = dtypeRegisterType(from.dtype);
    return w.intrinsic(element, `llvm.vector.reduce.${prefix}${operation}.v${from.lanes}${element}`, [v]);
  }
  let current = v;
  let { lanes } = from;
  while (lanes > width) {
    const half = lanes >> 1;
    const [low, high] = halves(w, current, lanes);
    const shape: VectorShape = { dtype: from.dtype, lanes: half };
    // The order is part of the meaning: no contraction into these sums.
    const isPlainSum =
      operation === 'add' && from.dtype.kind === 'float' && from.dtype.bits >= 32 && w.fpMode !== 'fast';
    current = isPlainSum
      ? w.binary('fadd', low, high)
      : operation === 'min' || operation === 'max'
        ? minMax(w, operation, low, high, shape)
        : present(emitArithmetic(w, `simd.${operation}`, [low, high], shape), 'reduction');
    lanes = half;
    // What LLVM can do by itself again.
    if (width === 1 && from.dtype.kind !== 'float' && lanes === MOST_LANES)
      return reduce(w, operation, current, shape, width);
  }
  return current;
}
