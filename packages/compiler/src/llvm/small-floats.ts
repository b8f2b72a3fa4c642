/** The float formats of 16 and 8 bits on machines without arithmetic for them: widened to `float` by integer operations,
 *  computed there, rounded back to nearest even. For + - * / sqrt the double rounding is harmless (24 >= 2 * 11 + 2 bits).
 *  Works on vectors of any width; no library call is made. */
import type { DTypeInfo } from '../terms/dtypes.ts';
import { splatText } from './constants.ts';
import { floatFormat, floatText, roundRational } from './numbers.ts';
import { type Value, vectorOf } from './types.ts';
import type { FunctionWriter } from './writer.ts';

const F32 = { bits: 32, exponentBits: 8, mantissaBits: 23, finiteOnly: false };

function i32(lanes: number, number: number): Value {
  return splatText('i32', lanes, `${number}`);
}

/** The power of two 2^exponent as a `float` constant. */
function powerOfTwo(lanes: number, exponent: number): Value {
  const top = exponent >= 0 ? 1n << BigInt(exponent) : 1n;
  const bottom = exponent >= 0 ? 1n : 1n << BigInt(-exponent);
  return splatText('float', lanes, floatText(roundRational(top, bottom, F32), F32));
}

function compare(w: FunctionWriter, lanes: number, predicate: string, a: Value, b: Value): Value {
  return w.op(vectorOf('i1', lanes), `icmp ${predicate} ${a.type} ${a.text}, ${b.text}`);
}

/** To `float`, exactly. */
export function widenSmall(w: FunctionWriter, v: Value, dtype: DTypeInfo, lanes: number): Value {
  const word = vectorOf('i32', lanes);
  const float = vectorOf('float', lanes);
  if (dtype.name === 'float16' && w.module.hasHalfConversion)
    return w.convert('fpext', w.convert('bitcast', v, vectorOf('half', lanes)), float);
  const wide = w.convert('zext', v, word);
  if (dtype.name === 'bfloat16') return w.convert('bitcast', w.binary('shl', wide, i32(lanes, 16)), float);
  const { bits, exponentBits, mantissaBits, finiteOnly } = floatFormat(dtype);
  const bias = (1 << (exponentBits - 1)) - 1;
  const sign = w.binary('shl', w.binary('and', wide, i32(lanes, 1 << (bits - 1))), i32(lanes, 32 - bits));
  const magnitude = w.binary('and', wide, i32(lanes, (1 << (bits - 1)) - 1));
  const shifted = w.binary('shl', magnitude, i32(lanes, 23 - mantissaBits));
  const rebase = (127 - bias) << 23;
  const normal = w.binary('add', shifted, i32(lanes, rebase));
  // A denormal read as if it had the hidden bit, minus that bit: exact in the wider format.
  const unit = i32(lanes, (127 - bias + 1) << 23);
  const raised = w.convert('bitcast', w.binary('add', shifted, unit), float);
  const denormal = w.convert('bitcast', w.binary('fsub', raised, powerOfTwo(lanes, 1 - bias)), word);
  const isDenormal = compare(w, lanes, 'ult', magnitude, i32(lanes, 1 << mantissaBits));
  let result = w.select(isDenormal, denormal, normal);
  const special = finiteOnly ? (1 << (bits - 1)) - 1 : ((1 << exponentBits) - 1) << mantissaBits;
  const isSpecial = compare(w, lanes, 'uge', magnitude, i32(lanes, special));
  const extended = finiteOnly ? i32(lanes, 0x7fc00000) : w.binary('or', shifted, i32(lanes, 0x7f800000));
  result = w.select(isSpecial, extended, result);
  return w.convert('bitcast', w.binary('or', result, sign), float);
}

/** From `float`, to nearest even. */
export function narrowSmall(w: FunctionWriter, v: Value, dtype: DTypeInfo, lanes: number): Value {
  const word = vectorOf('i32', lanes);
  const float = vectorOf('float', lanes);
  const narrow = vectorOf(`i${dtype.bits}`, lanes);
  if (dtype.name === 'float16' && w.module.hasHalfConversion)
    return w.convert('bitcast', w.convert('fptrunc', v, vectorOf('half', lanes)), narrow);
  const { bits, exponentBits, mantissaBits, finiteOnly } = floatFormat(dtype);
  const bias = (1 << (exponentBits - 1)) - 1;
  const shift = 23 - mantissaBits;
  const image = w.convert('bitcast', v, word);
  const sign = w.binary('lshr', w.binary('and', image, splatText('i32', lanes, '-2147483648')), i32(lanes, 32 - bits));
  const magnitude = w.binary('and', image, i32(lanes, 0x7fffffff));
  const odd = w.binary('and', w.binary('lshr', magnitude, i32(lanes, shift)), i32(lanes, 1));
  const biased = w.binary('add', w.binary('add', magnitude, i32(lanes, (1 << (shift - 1)) - 1)), odd);
  const normal = w.binary('sub', w.binary('lshr', biased, i32(lanes, shift)), i32(lanes, (127 - bias) << mantissaBits));
  let result = normal;
  if (bias !== 127) {
    // Adding a number whose last bit has the weight of the denormals' last bit rounds there.
    const magic = powerOfTwo(lanes, 1 - bias - mantissaBits + 23);
    const sum = w.binary('fadd', w.convert('bitcast', magnitude, float), magic);
    const denormal = w.binary('sub', w.convert('bitcast', sum, word), w.convert('bitcast', magic, word));
    const isDenormal = compare(w, lanes, 'ult', magnitude, i32(lanes, (127 - bias + 1) << 23));
    result = w.select(isDenormal, denormal, normal);
  }
  const infinity = ((1 << exponentBits) - 1) << mantissaBits;
  const nan = finiteOnly ? (1 << (bits - 1)) - 1 : infinity | (1 << (mantissaBits - 1));
  const limit = finiteOnly ? nan : infinity;
  const overflows = compare(w, lanes, 'uge', magnitude, i32(lanes, ((127 + bias + (finiteOnly ? 2 : 1)) << 23) >>> 0));
  const tooLarge = compare(w, lanes, 'ugt', result, i32(lanes, limit));
  result = w.select(w.binary('or', overflows, tooLarge), i32(lanes, limit), result);
  const isNan = compare(w, lanes, 'ugt', magnitude, i32(lanes, 0x7f800000));
  result = w.select(isNan, i32(lanes, nan), result);
  return w.convert('trunc', w.binary('or', result, sign), narrow);
}

/** `double` to `float` so that a later rounding to fewer bits is right: the last bit remembers that something was lost. */
export function doubleToFloatOdd(w: FunctionWriter, v: Value, lanes: number): Value {
  const word = vectorOf('i32', lanes);
  const float = vectorOf('float', lanes);
  const mask = vectorOf('i1', lanes);
  const rounded = w.convert('fptrunc', v, float);
  const back = w.convert('fpext', rounded, v.type);
  const inexact = w.op(mask, `fcmp one ${v.type} ${back.text}, ${v.text}`);
  const suffix = lanes === 1 ? 'f64' : `v${lanes}f64`;
  const larger = w.op(
    mask,
    `fcmp ogt ${v.type} ${w.intrinsic(v.type, `llvm.fabs.${suffix}`, [back]).text}, ${w.intrinsic(v.type, `llvm.fabs.${suffix}`, [v]).text}`,
  );
  const bits = w.binary('sub', w.convert('bitcast', rounded, word), w.convert('zext', larger, word));
  const sticky = w.binary('or', bits, w.convert('zext', inexact, word));
  return w.convert('bitcast', sticky, float);
}
