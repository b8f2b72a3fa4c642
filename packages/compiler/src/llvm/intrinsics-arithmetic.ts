/** Elementwise arithmetic, comparisons and float functions.
 *  In: register values with their element type and lane count. Out: register values.
 *  Invariants: no operation here can trap or make poison for any operand; shift counts are taken modulo the width; division
 *  is guarded. Floating-point flags follow `FpMode`: in the default mode products carry `contract`; the back end
 *  decides for sums, when it sees the final loops. */
import { InternalError, present } from '../base/invariant.ts';
import type { DTypeInfo } from '../terms/dtypes.ts';
import { constantText, splatText } from './constants.ts';
import { floatText, roundRational } from './numbers.ts';
import { shiftCount, shiftRight } from './shifts.ts';
import { doubleToFloatOdd, narrowSmall, widenSmall } from './small-floats.ts';
import { fusedFloat } from './wasm-fma.ts';
import { dtypeRegisterType, isSmallFloat, type Value, value, vectorOf } from './types.ts';
import { constantInteger, integer, type VectorShape } from './vector-shape.ts';
import type { FunctionWriter } from './writer.ts';

/** Suffix of an overloaded LLVM intrinsic. */
export function overloadSuffix(type: string): string {
  const vector = /^<(\d+) x (.*)>$/.exec(type);
  if (vector !== null) return `v${vector[1] ?? ''}${overloadSuffix(vector[2] ?? '')}`;
  switch (type) {
    case 'float':
      return 'f32';
    case 'double':
      return 'f64';
    case 'ptr':
      return 'p0';
    default:
      return type;
  }
}

export function unaryIntrinsic(w: FunctionWriter, name: string, v: Value, flags = ''): Value {
  return w.intrinsic(v.type, `llvm.${name}.${overloadSuffix(v.type)}`, [v], flags);
}

function binaryIntrinsic(w: FunctionWriter, name: string, a: Value, b: Value): Value {
  return w.intrinsic(a.type, `llvm.${name}.${overloadSuffix(a.type)}`, [a, b]);
}

function maskType(shape: VectorShape): string {
  return vectorOf('i1', shape.lanes);
}

export function fpFlags(w: FunctionWriter, operation: 'add' | 'mul' | 'other'): string {
  switch (w.fpMode) {
    case 'strict':
      return '';
    case 'default':
      // What `afn` on a sum means is in the back end's contraction.ts.
      return operation === 'other' ? '' : operation === 'mul' ? 'contract ' : 'afn ';
    case 'fast':
      return 'reassoc nsz arcp contract afn ';
  }
}

const FLOAT_OPERATIONS: Readonly<Record<string, readonly [string, 'add' | 'mul' | 'other']>> = {
  'simd.add': ['fadd', 'add'],
  'simd.sub': ['fsub', 'add'],
  'simd.mul': ['fmul', 'mul'],
  'simd.div': ['fdiv', 'other'],
  'simd.rem': ['frem', 'other'],
};

const INTEGER_OPERATIONS: Readonly<Record<string, string>> = {
  'simd.add': 'add',
  'simd.sub': 'sub',
  'simd.mul': 'mul',
  'simd.and': 'and',
  'simd.or': 'or',
  'simd.xor': 'xor',
};

const PREDICATES: Readonly<Record<string, readonly [signed: string, unsigned: string, float: string]>> = {
  eq: ['eq', 'eq', 'oeq'],
  ne: ['ne', 'ne', 'une'],
  lt: ['slt', 'ult', 'olt'],
  le: ['sle', 'ule', 'ole'],
  gt: ['sgt', 'ugt', 'ogt'],
  ge: ['sge', 'uge', 'oge'],
};

/** Runs a float computation in `float`, for formats that have no arithmetic. `exact`: in `double`, for fused operations. */
function inFloat(
  w: FunctionWriter,
  shape: VectorShape,
  operands: readonly Value[],
  compute: (wide: readonly Value[]) => Value,
): Value {
  if (!isSmallFloat(shape.dtype)) return compute(operands);
  const result = compute(operands.map((operand) => widenSmall(w, operand, shape.dtype, shape.lanes)));
  return narrowSmall(w, result, shape.dtype, shape.lanes);
}

export function compareValues(w: FunctionWriter, predicate: string, a: Value, b: Value, shape: VectorShape): Value {
  const names = present(PREDICATES[predicate], 'predicate');
  const { dtype, lanes } = shape;
  if (dtype.kind === 'float') {
    const [x, y] = isSmallFloat(dtype) ? [widenSmall(w, a, dtype, lanes), widenSmall(w, b, dtype, lanes)] : [a, b];
    return w.op(maskType(shape), `fcmp ${names[2]} ${x.type} ${x.text}, ${y.text}`);
  }
  const name = dtype.kind === 'signed' ? names[0] : names[1];
  return w.op(maskType(shape), `icmp ${name} ${a.type} ${a.text}, ${b.text}`);
}

export function reduceMask(w: FunctionWriter, mask: Value, lanes: number, operation: 'and' | 'or'): Value {
  return lanes === 1 ? mask : w.intrinsic('i1', `llvm.vector.reduce.${operation}.v${lanes}i1`, [mask]);
}

/** `simd.add` … `simd.bitreverse`, comparisons, `float.*`. Null: not one of these. */
export function emitArithmetic(
  w: FunctionWriter,
  name: string,
  operands: readonly Value[],
  shape: VectorShape,
): Value | null {
  const { dtype } = shape;
  const first = (): Value => present(operands[0], 'first operand');
  const second = (): Value => present(operands[1], 'second operand');
  const isFloat = dtype.kind === 'float';

  const floatOperation = FLOAT_OPERATIONS[name];
  if (isFloat && floatOperation !== undefined) {
    const flags = fpFlags(w, floatOperation[1]);
    return inFloat(w, shape, operands, ([a, b]) =>
      w.binary(`${floatOperation[0]} ${flags}`.trimEnd(), present(a, 'operand'), present(b, 'operand')),
    );
  }
  const integerOperation = INTEGER_OPERATIONS[name];
  if (integerOperation !== undefined) return w.binary(integerOperation, first(), second());

  switch (name) {
    case 'simd.div':
      return divide(w, first(), second(), shape).quotient;
    case 'simd.rem':
      return divide(w, first(), second(), shape).remainder();
    case 'simd.floordiv':
      return isFloat ? floatFloorDiv(w, operands, shape) : floorDivide(w, first(), second(), shape, 'quotient');
    case 'simd.mod':
      return isFloat ? floatMod(w, operands, shape) : floorDivide(w, first(), second(), shape, 'remainder');
    case 'simd.neg':
      if (!isFloat) return w.binary('sub', integer(shape, 0n), first());
      if (isSmallFloat(dtype)) return w.binary('xor', first(), signBit(shape));
      return w.op(first().type, `fneg ${first().type} ${first().text}`);
    case 'simd.not':
      return w.binary(
        'xor',
        first(),
        splatText(dtypeRegisterType(dtype), shape.lanes, dtype.kind === 'bool' ? 'true' : '-1'),
      );
    case 'simd.shl':
      return w.binary('shl', first(), shiftCount(w, second(), shape));
    case 'simd.shr':
      return shiftRight(w, first(), shiftCount(w, second(), shape), shape);
    case 'simd.rotl':
      return w.intrinsic(first().type, `llvm.fshl.${overloadSuffix(first().type)}`, [first(), first(), second()]);
    case 'simd.min':
      return minMax(w, 'min', first(), second(), shape);
    case 'simd.max':
      return minMax(w, 'max', first(), second(), shape);
    case 'simd.abs':
      return absolute(w, first(), shape);
    case 'simd.fma':
      return fusedMultiplyAdd(w, operands, shape);
    case 'simd.ctpop':
      return unaryIntrinsic(w, 'ctpop', first());
    case 'simd.ctlz':
    case 'simd.cttz':
      return w.intrinsic(first().type, `llvm.${name.slice(5)}.${overloadSuffix(first().type)}`, [
        first(),
        value('i1', 'false'),
      ]);
    case 'simd.bswap':
      return dtype.bits === 8 ? first() : unaryIntrinsic(w, 'bswap', first());
    case 'simd.bitreverse':
      return unaryIntrinsic(w, 'bitreverse', first());
    case 'simd.eq':
    case 'simd.ne':
    case 'simd.lt':
    case 'simd.le':
    case 'simd.gt':
    case 'simd.ge':
      return compareValues(w, name.slice(5), first(), second(), shape);
    case 'scalar.lt':
    case 'scalar.le':
    case 'scalar.gt':
    case 'scalar.ge':
      return compareValues(w, name.slice(7), first(), second(), shape);
    case 'simd.all_eq':
      return reduceMask(w, compareValues(w, 'eq', first(), second(), shape), shape.lanes, 'and');
    case 'simd.any_ne':
      return reduceMask(w, compareValues(w, 'ne', first(), second(), shape), shape.lanes, 'or');
    case 'float.sqrt':
    case 'float.floor':
    case 'float.ceil':
    case 'float.trunc':
    case 'float.round_even': {
      const llvmName = name === 'float.round_even' ? 'roundeven' : name.slice(6);
      if (!isFloat) {
        if (name === 'float.sqrt') throw new InternalError('float.sqrt of an integer');
        return first();
      }
      return inFloat(w, shape, operands, ([x]) => unaryIntrinsic(w, llvmName, present(x, 'operand')));
    }
    case 'float.copysign':
      return inFloat(w, shape, operands, ([a, b]) =>
        binaryIntrinsic(w, 'copysign', present(a, 'operand'), present(b, 'operand')),
      );
    default:
      return null;
  }
}

function signBit(shape: VectorShape): Value {
  return splatText(dtypeRegisterType(shape.dtype), shape.lanes, `${-(1 << (shape.dtype.bits - 1))}`);
}

interface Division {
  readonly quotient: Value;
  remainder(): Value;
}

/** Truncated division: x / 0 is 0, MIN / -1 is MIN; the remainders of both are 0. */
function divide(w: FunctionWriter, a: Value, b: Value, shape: VectorShape): Division {
  const { dtype, lanes } = shape;
  if (dtype.kind === 'bool') throw new InternalError('division of booleans');
  const signed = dtype.kind === 'signed';
  const [quotientOp, remainderOp] = signed ? ['sdiv', 'srem'] : ['udiv', 'urem'];
  const constant = constantInteger(b);
  if (constant !== null && constant !== 0n && constant !== -1n) {
    return {
      quotient: w.binary(quotientOp ?? '', a, b),
      remainder: () => w.binary(remainderOp ?? '', a, b),
    };
  }
  const mask = maskType(shape);
  const zero = integer(shape, 0n);
  const one = integer(shape, 1n);
  const isZero = w.op(mask, `icmp eq ${b.type} ${b.text}, ${zero.text}`);
  let bad = isZero;
  if (signed) {
    const lowest = w.op(
      mask,
      `icmp eq ${a.type} ${a.text}, ${splatText(`i${dtype.bits}`, lanes, `${-(1n << BigInt(dtype.bits - 1))}`).text}`,
    );
    const minusOne = w.op(mask, `icmp eq ${b.type} ${b.text}, ${integer(shape, -1n).text}`);
    bad = w.binary('or', isZero, w.binary('and', lowest, minusOne));
  }
  const divisor = w.select(bad, one, b);
  return {
    get quotient() {
      return w.select(isZero, zero, w.binary(quotientOp ?? '', a, divisor));
    },
    // A remainder by the substituted 1 is 0 already.
    remainder: () => w.binary(remainderOp ?? '', a, divisor),
  };
}

function floorDivide(w: FunctionWriter, a: Value, b: Value, shape: VectorShape, want: 'quotient' | 'remainder'): Value {
  const { dtype } = shape;
  const constant = constantInteger(b);
  const powerOfTwo = constant !== null && constant > 0n && (constant & (constant - 1n)) === 0n;
  if (powerOfTwo) {
    if (want === 'remainder') return w.binary('and', a, integer(shape, constant - 1n));
    const shift = BigInt(constant.toString(2).length - 1);
    return w.binary(dtype.kind === 'signed' ? 'ashr' : 'lshr', a, integer(shape, shift));
  }
  if (dtype.kind !== 'signed') {
    const division = divide(w, a, b, shape);
    return want === 'quotient' ? division.quotient : division.remainder();
  }
  const mask = maskType(shape);
  const zero = integer(shape, 0n);
  const division = divide(w, a, b, shape);
  const remainder = division.remainder();
  const nonZero = w.op(mask, `icmp ne ${a.type} ${remainder.text}, ${zero.text}`);
  const differs = w.op(mask, `icmp slt ${a.type} ${w.binary('xor', remainder, b).text}, ${zero.text}`);
  const adjust = w.binary('and', nonZero, differs);
  if (want === 'remainder') return w.select(adjust, w.binary('add', remainder, b), remainder);
  return w.binary('add', division.quotient, w.convert('sext', adjust, a.type));
}

/** The quotient is rounded to its own format before it is floored. */
function floatFloorDiv(w: FunctionWriter, operands: readonly Value[], shape: VectorShape): Value {
  const quotient = present(emitArithmetic(w, 'simd.div', operands, shape), 'quotient');
  return present(emitArithmetic(w, 'float.floor', [quotient], shape), 'floor');
}

/** The C remainder moved to the divisor's sign. */
function floatMod(w: FunctionWriter, operands: readonly Value[], shape: VectorShape): Value {
  return inFloat(w, shape, operands, ([x, y]) => {
    const a = present(x, 'operand');
    const b = present(y, 'operand');
    const mask = maskType(shape);
    const remainder = w.binary('frem', a, b);
    const zero = splatText(a.type.includes('double') ? 'double' : 'float', shape.lanes, '0.0');
    const nonZero = w.op(mask, `fcmp one ${a.type} ${remainder.text}, ${zero.text}`);
    const negative = w.op(mask, `fcmp olt ${a.type} ${remainder.text}, ${zero.text}`);
    const divisorNegative = w.op(mask, `fcmp olt ${a.type} ${b.text}, ${zero.text}`);
    const differs = w.binary('xor', negative, divisorNegative);
    const adjusted = w.binary('fadd', remainder, b);
    return w.select(w.binary('and', nonZero, differs), adjusted, remainder);
  });
}

/** With one NaN the other operand; equal operands (also zeros of either sign) give the second. Written as compare and select:
 *  `llvm.minnum` is a library call on wasm. */
export function minMax(w: FunctionWriter, which: 'min' | 'max', a: Value, b: Value, shape: VectorShape): Value {
  const { dtype } = shape;
  if (dtype.kind === 'bool') return w.binary(which === 'min' ? 'and' : 'or', a, b);
  if (dtype.kind !== 'float') return binaryIntrinsic(w, `${dtype.kind === 'signed' ? 's' : 'u'}${which}`, a, b);
  return inFloat(w, shape, [a, b], ([p, q]) => {
    const x = present(p, 'operand');
    const y = present(q, 'operand');
    const mask = maskType(shape);
    if (w.fpMode === 'fast') {
      const name = which === 'min' ? 'minnum' : 'maxnum';
      if (!w.module.target.isWasm) return w.intrinsic(x.type, `llvm.${name}.${overloadSuffix(x.type)}`, [x, y], 'nsz ');
    }
    const wins = w.op(mask, `fcmp ${which === 'min' ? 'olt' : 'ogt'} ${x.type} ${x.text}, ${y.text}`);
    const otherIsNan = w.op(mask, `fcmp uno ${y.type} ${y.text}, ${y.text}`);
    return w.select(w.binary('or', wins, otherIsNan), x, y);
  });
}

function absolute(w: FunctionWriter, v: Value, shape: VectorShape): Value {
  switch (shape.dtype.kind) {
    case 'signed':
      return w.intrinsic(v.type, `llvm.abs.${overloadSuffix(v.type)}`, [v, value('i1', 'false')]);
    case 'float': {
      if (!isSmallFloat(shape.dtype)) return unaryIntrinsic(w, 'fabs', v);
      const bits = shape.dtype.bits;
      return w.binary('and', v, splatText(`i${bits}`, shape.lanes, `${(1 << (bits - 1)) - 1}`));
    }
    default:
      return v;
  }
}

function fusedMultiplyAdd(w: FunctionWriter, operands: readonly Value[], shape: VectorShape): Value {
  const { dtype, lanes } = shape;
  const [a, b, c] = [present(operands[0], 'a'), present(operands[1], 'b'), present(operands[2], 'c')];
  if (dtype.kind !== 'float') return w.binary('add', w.binary('mul', a, b), c);
  if (dtype.name === 'float32' && w.module.target.isWasm) return fusedFloat(w, a, b, c, lanes);
  if (!isSmallFloat(dtype)) return w.intrinsic(a.type, `llvm.fma.${overloadSuffix(a.type)}`, [a, b, c]);
  // The product is exact in double; the sum is rounded once there and, with a sticky bit, once more on the way down.
  const double = vectorOf('double', lanes);
  const wide = [a, b, c].map((v) => w.convert('fpext', widenSmall(w, v, dtype, lanes), double));
  const [x, y, z] = [present(wide[0], 'a'), present(wide[1], 'b'), present(wide[2], 'c')];
  const sum = w.binary('fadd', w.binary('fmul', x, y), z);
  return narrowSmall(w, doubleToFloatOdd(w, sum, lanes), dtype, lanes);
}

/** To another element type, lane by lane. */
export function castValue(w: FunctionWriter, v: Value, from: VectorShape, to: DTypeInfo): Value {
  const { dtype, lanes } = from;
  if (dtype.name === to.name) return v;
  const target = vectorOf(dtypeRegisterType(to), lanes);
  if (dtype.kind === 'float') {
    const single = isSmallFloat(dtype) ? widenSmall(w, v, dtype, lanes) : v;
    if (to.kind === 'bool') {
      const zero = splatText(single.type.includes('double') ? 'double' : 'float', lanes, '0.0');
      return w.op(target, `fcmp une ${single.type} ${single.text}, ${zero.text}`);
    }
    if (to.kind === 'float') return floatToFloat(w, single, to, lanes);
    if (to.bits >= 128) return wideFromFloat(w, single, to, lanes);
    if (w.module.target.arch === 'x86_64') return saturate(w, single, to, lanes);
    const name = to.kind === 'signed' ? 'fptosi' : 'fptoui';
    return w.intrinsic(target, `llvm.${name}.sat.${overloadSuffix(target)}.${overloadSuffix(single.type)}`, [single]);
  }
  if (to.kind === 'bool')
    return w.op(target, `icmp ne ${v.type} ${v.text}, ${splatText(dtypeRegisterType(dtype), lanes, '0').text}`);
  if (to.kind === 'float') {
    const operation = dtype.kind === 'signed' ? 'sitofp' : 'uitofp';
    if (dtype.bits >= 128) return floatToFloat(w, wideToDouble(w, v, from, to.bits === 64 ? 63 : 52), to, lanes);
    if (!isSmallFloat(to)) return w.convert(operation, v, target);
    const wide = w.convert(operation, v, vectorOf('double', lanes));
    return floatToFloat(w, wide, to, lanes);
  }
  const fromBits = dtype.kind === 'bool' ? 1 : dtype.bits;
  if (fromBits === to.bits) return v;
  if (fromBits > to.bits) return w.convert('trunc', v, target);
  return w.convert(dtype.kind === 'signed' ? 'sext' : 'zext', v, target);
}

/** Saturating conversion in plain steps: on x86 LLVM takes vectors of `llvm.fptosi.sat` apart lane by lane. */
function saturate(w: FunctionWriter, v: Value, to: DTypeInfo, lanes: number): Value {
  const element = v.type.includes('double') ? 'double' : 'float';
  const format = element === 'double' ? DOUBLE : SINGLE;
  const constant = (number: bigint): Value =>
    splatText(element, lanes, floatText(roundRational(number, 1n, format), format));
  const mask = vectorOf('i1', lanes);
  const result = vectorOf(`i${to.bits}`, lanes);
  const whole = (number: bigint): Value => splatText(`i${to.bits}`, lanes, number.toString());
  const signed = to.kind === 'signed';
  const end = 1n << BigInt(signed ? to.bits - 1 : to.bits);
  const lowest = constant(signed ? -end : 0n);
  const inside = w.select(w.op(mask, `fcmp ogt ${v.type} ${v.text}, ${lowest.text}`), v, lowest);
  // Poison where the value is too large: frozen, then replaced.
  const converted = w.convert(signed ? 'fptosi' : 'fptoui', inside, result);
  const frozen = w.op(result, `freeze ${result} ${converted.text}`);
  const isTooLarge = w.op(mask, `fcmp oge ${v.type} ${v.text}, ${constant(end).text}`);
  const saturated = w.select(isTooLarge, whole(signed ? end - 1n : -1n), frozen);
  if (!signed) return saturated;
  return w.select(w.op(mask, `fcmp uno ${v.type} ${v.text}, ${v.text}`), whole(0n), saturated);
}

const SINGLE = { bits: 32, exponentBits: 8, mantissaBits: 23, finiteOnly: false };
const DOUBLE = { bits: 64, exponentBits: 11, mantissaBits: 52, finiteOnly: false };

/** An integer of 128 or 256 bits as `double`: its upper `keep` bits, the last one sticky, times a power of two. With 63 bits
 *  the one rounding is right for `double`; 52 are exact, for a rounding to fewer bits that follows. */
function wideToDouble(w: FunctionWriter, v: Value, from: VectorShape, keep: number): Value {
  const { lanes } = from;
  const { bits } = from.dtype;
  const word = vectorOf('i64', lanes);
  const double = vectorOf('double', lanes);
  const zero = integer(from, 0n);
  const negative = w.op(maskType(from), `icmp slt ${v.type} ${v.text}, ${zero.text}`);
  const signed = from.dtype.kind === 'signed';
  const magnitude = signed ? w.select(negative, w.binary('sub', zero, v), v) : v;
  const leading = w.intrinsic(v.type, `llvm.ctlz.${overloadSuffix(v.type)}`, [magnitude, value('i1', 'false')]);
  const length = w.binary('sub', integer(from, BigInt(bits)), leading);
  const shift = w.intrinsic(v.type, `llvm.usub.sat.${overloadSuffix(v.type)}`, [length, integer(from, BigInt(keep))]);
  const kept = w.binary('lshr', magnitude, shift);
  const lost = w.op(maskType(from), `icmp ne ${v.type} ${w.binary('shl', kept, shift).text}, ${magnitude.text}`);
  const upper = w.binary('or', w.convert('trunc', kept, word), w.convert('zext', lost, word));
  const exponent = w.binary('add', w.convert('trunc', shift, word), splatText('i64', lanes, '1023'));
  const scale = w.convert('bitcast', w.binary('shl', exponent, splatText('i64', lanes, '52')), double);
  const result = w.binary('fmul', w.convert('sitofp', upper, double), scale);
  return signed ? w.select(negative, w.op(double, `fneg ${double} ${result.text}`), result) : result;
}

/** Saturating conversion to 128 or 256 bits without a library call. */
function wideFromFloat(w: FunctionWriter, v: Value, to: DTypeInfo, lanes: number): Value {
  const double = vectorOf('double', lanes);
  const mask = vectorOf('i1', lanes);
  const x = v.type === double ? v : w.convert('fpext', v, double);
  const signed = to.kind === 'signed';
  const format = { bits: 64, exponentBits: 11, mantissaBits: 52, finiteOnly: false };
  const power = 1n << BigInt(signed ? to.bits - 1 : to.bits);
  const limit = splatText('double', lanes, floatText(roundRational(power, 1n, format), format));
  const lowest = splatText('double', lanes, signed ? floatText(roundRational(-power, 1n, format), format) : '0.0');
  const tooLarge = w.op(mask, `fcmp oge ${double} ${x.text}, ${limit.text}`);
  const tooSmall = w.op(mask, `fcmp olt ${double} ${x.text}, ${lowest.text}`);
  const result = vectorOf(`i${to.bits}`, lanes);
  const word = vectorOf('i64', lanes);
  // Below 2^62 a machine conversion does; above, the mantissa is shifted into place.
  const narrow = w.intrinsic(word, `llvm.fptosi.sat.${overloadSuffix(word)}.${overloadSuffix(double)}`, [x]);
  const small = w.convert('sext', narrow, result);
  const bits = w.convert('bitcast', x, word);
  const constant = (n: bigint): Value => splatText('i64', lanes, n.toString());
  const mantissa = w.binary('or', w.binary('and', bits, constant((1n << 52n) - 1n)), constant(1n << 52n));
  const exponent = w.binary('and', w.binary('lshr', bits, constant(52n)), constant(0x7ffn));
  const distance = w.binary('and', w.binary('sub', exponent, constant(1075n)), constant(BigInt(to.bits - 1)));
  const magnitude = w.binary('shl', w.convert('zext', mantissa, result), w.convert('zext', distance, result));
  const negative = w.op(mask, `icmp slt ${word} ${bits.text}, ${constant(0n).text}`);
  const negated = w.binary('sub', splatText(`i${to.bits}`, lanes, '0'), magnitude);
  const isLarge = w.op(mask, `icmp uge ${word} ${exponent.text}, ${constant(1085n).text}`);
  const isNan = w.op(mask, `fcmp uno ${double} ${x.text}, ${x.text}`);
  let converted = w.select(isLarge, w.select(negative, negated, magnitude), small);
  converted = w.select(isNan, splatText(`i${to.bits}`, lanes, '0'), converted);
  converted = w.select(tooLarge, splatText(`i${to.bits}`, lanes, (power - 1n).toString()), converted);
  return w.select(tooSmall, splatText(`i${to.bits}`, lanes, signed ? (-power).toString() : '0'), converted);
}

function floatToFloat(w: FunctionWriter, v: Value, to: DTypeInfo, lanes: number): Value {
  const isDouble = v.type.includes('double');
  if (isSmallFloat(to)) return narrowSmall(w, isDouble ? doubleToFloatOdd(w, v, lanes) : v, to, lanes);
  const target = vectorOf(dtypeRegisterType(to), lanes);
  if (v.type === target) return v;
  return w.convert(isDouble ? 'fptrunc' : 'fpext', v, target);
}

/** A literal in the destination's element type. */
export function literalValue(bits: bigint, shape: VectorShape): Value {
  return splatText(dtypeRegisterType(shape.dtype), shape.lanes, constantText(bits, shape.dtype));
}
