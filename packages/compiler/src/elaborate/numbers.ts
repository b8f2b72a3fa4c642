/** Exact numbers of terms: rationals for literals, IEEE values for float types, and the way between them.
 *  Rounding is to nearest, ties to even, done once on exact integers, for every float format. */
import type { DTypeInfo } from '../terms/dtypes.ts';
import { scalarDType, type TermStore } from '../terms/store.ts';
import type { Term } from '../terms/term.ts';
import { dtypeInfo } from '../terms/dtypes.ts';

/** Precision (bits of the significand, the hidden one included) and exponent range of the finite numbers of a format. */
export interface FloatFormat {
  readonly precision: number;
  /** Exponent of the smallest normal number. */
  readonly minExponent: number;
  readonly maxExponent: number;
  /** Largest finite value is not all ones (e4m3fn has no infinity and keeps one code for NaN). */
  readonly hasInfinity: boolean;
}

const FORMATS: Readonly<Record<string, FloatFormat>> = {
  float64: { precision: 53, minExponent: -1022, maxExponent: 1023, hasInfinity: true },
  float32: { precision: 24, minExponent: -126, maxExponent: 127, hasInfinity: true },
  float16: { precision: 11, minExponent: -14, maxExponent: 15, hasInfinity: true },
  bfloat16: { precision: 8, minExponent: -126, maxExponent: 127, hasInfinity: true },
  float8_e5m2: { precision: 3, minExponent: -14, maxExponent: 15, hasInfinity: true },
  float8_e4m3fn: { precision: 4, minExponent: -6, maxExponent: 8, hasInfinity: false },
};

export function floatFormat(name: string): FloatFormat {
  return FORMATS[name] ?? { precision: 53, minExponent: -1022, maxExponent: 1023, hasInfinity: true };
}

function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length;
}

/** 2^exponent as a double; exact for the exponents of doubles, subnormal ones included. */
function power2(exponent: number): number {
  if (exponent >= -1022) return 2 ** exponent;
  return 2 ** -1022 * 2 ** (exponent + 1022);
}

/** `numerator / denominator` rounded to a format, as a double (which holds every value of every format). */
export function roundRational(numerator: bigint, denominator: bigint, format: FloatFormat): number {
  if (numerator === 0n) return 0;
  const negative = numerator < 0n;
  const top = negative ? -numerator : numerator;
  let exponent = bitLength(top) - bitLength(denominator);
  // Now 2^(exponent-1) < value < 2^(exponent+1); make exponent the one of the leading bit.
  const atLeast = exponent >= 0 ? top >= denominator << BigInt(exponent) : top << BigInt(-exponent) >= denominator;
  if (!atLeast) exponent--;
  const scale = Math.max(exponent, format.minExponent) - (format.precision - 1);
  const scaledTop = scale < 0 ? top << BigInt(-scale) : top;
  const scaledBottom = scale > 0 ? denominator << BigInt(scale) : denominator;
  let significand = scaledTop / scaledBottom;
  const rest = (scaledTop % scaledBottom) * 2n;
  if (rest > scaledBottom || (rest === scaledBottom && (significand & 1n) === 1n)) significand += 1n;
  const magnitude = overflowChecked(significand, scale, format);
  return negative ? -magnitude : magnitude;
}

function overflowChecked(significand: bigint, scale: number, format: FloatFormat): number {
  const length = bitLength(significand);
  const exponent = length - 1 + scale;
  if (exponent > format.maxExponent) return format.hasInfinity ? Number.POSITIVE_INFINITY : Number.NaN;
  if (!format.hasInfinity && exponent === format.maxExponent) {
    const top = BigInt(2 ** format.precision - 2);
    const aligned =
      length > format.precision
        ? significand >> BigInt(length - format.precision)
        : significand << BigInt(format.precision - length);
    if (aligned > top) return Number.NaN;
  }
  const value = Number(significand);
  return scale >= -1000 ? value * power2(scale) : value * power2(-1000) * power2(scale + 1000);
}

/** A double rounded to a narrower format. */
export function roundToFormat(value: number, format: FloatFormat): number {
  if (format.precision === 53 || value === 0 || Number.isNaN(value)) return value;
  if (!Number.isFinite(value)) return format.hasInfinity ? value : Number.NaN;
  if (format.precision === 24) return Math.fround(value);
  const exact = doubleToRational(value);
  return roundRational(exact.numerator, exact.denominator, format);
}

const scratch = new DataView(new ArrayBuffer(8));

/** A finite double as `significand · 2^exponent`. */
export function decompose(value: number): { significand: bigint; exponent: number } {
  scratch.setFloat64(0, value);
  const bits = scratch.getBigUint64(0);
  const fraction = bits & 0xfffffffffffffn;
  const biased = Number((bits >> 52n) & 0x7ffn);
  const magnitude = biased === 0 ? fraction : fraction | 0x10000000000000n;
  const exponent = (biased === 0 ? 1 : biased) - 1075;
  return { significand: bits >> 63n === 1n ? -magnitude : magnitude, exponent };
}

export function doubleToRational(value: number): { numerator: bigint; denominator: bigint } {
  const { significand, exponent } = decompose(value);
  return exponent >= 0
    ? { numerator: significand << BigInt(exponent), denominator: 1n }
    : { numerator: significand, denominator: 1n << BigInt(-exponent) };
}

/** a · b + c with one rounding. */
export function fusedMultiplyAdd(a: number, b: number, c: number, format: FloatFormat): number {
  if (!Number.isFinite(a) || !Number.isFinite(b) || !Number.isFinite(c)) return a * b + c;
  if (a === 0 || b === 0) return a * b + c;
  const x = decompose(a);
  const y = decompose(b);
  const z = decompose(c);
  const productExponent = x.exponent + y.exponent;
  const exponent = Math.min(productExponent, z.exponent);
  const sum =
    ((x.significand * y.significand) << BigInt(productExponent - exponent)) +
    (z.significand << BigInt(z.exponent - exponent));
  if (sum === 0n) return 0;
  return exponent >= 0
    ? roundRational(sum << BigInt(exponent), 1n, format)
    : roundRational(sum, 1n << BigInt(-exponent), format);
}

/** The term of a float value of a scalar float type. */
export function floatTerm(store: TermStore, value: number, type: Term): Term {
  if (Number.isNaN(value)) return store.specialFloat('nan', type);
  if (value === Number.POSITIVE_INFINITY) return store.specialFloat('inf', type);
  if (value === Number.NEGATIVE_INFINITY) return store.specialFloat('-inf', type);
  if (Object.is(value, -0)) return store.specialFloat('-0', type);
  const exact = doubleToRational(value);
  return store.float(exact.numerator, exact.denominator, type);
}

/** The double that a float (or integer) term stands for, rounded to `info`'s format. */
export function termToNumber(term: Term, info: DTypeInfo): number | null {
  if (term.kind === 'int') return roundRational(term.value, 1n, floatFormat(info.name));
  if (term.kind !== 'float') return null;
  switch (term.special) {
    case 'nan':
      return Number.NaN;
    case 'inf':
      return Number.POSITIVE_INFINITY;
    case '-inf':
      return Number.NEGATIVE_INFINITY;
    case '-0':
      return -0;
    case 'finite':
      return roundRational(term.numerator, term.denominator, floatFormat(info.name));
  }
}

/** The dtype of a SIMD scalar type, with its facts. */
export function scalarInfo(type: Term): DTypeInfo | null {
  const name = scalarDType(type);
  return name === null ? null : dtypeInfo(name);
}
