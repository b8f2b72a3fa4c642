/** Exact compile-time numbers to machine bits.
 *  In: a rational `numerator / denominator` or a special value. Out: the bits of the nearest value (ties to even) of a float format. */
import type { DTypeInfo } from '../terms/dtypes.ts';
import type { FloatTerm } from '../terms/term.ts';
import { InternalError } from '../base/invariant.ts';

export interface FloatFormat {
  readonly bits: number;
  readonly exponentBits: number;
  readonly mantissaBits: number;
  /** No infinities: all ones is NaN, everything else finite (E4M3FN). */
  readonly finiteOnly: boolean;
}

export function floatFormat(dtype: DTypeInfo): FloatFormat {
  switch (dtype.name) {
    case 'float64':
      return { bits: 64, exponentBits: 11, mantissaBits: 52, finiteOnly: false };
    case 'float32':
      return { bits: 32, exponentBits: 8, mantissaBits: 23, finiteOnly: false };
    case 'float16':
      return { bits: 16, exponentBits: 5, mantissaBits: 10, finiteOnly: false };
    case 'bfloat16':
      return { bits: 16, exponentBits: 8, mantissaBits: 7, finiteOnly: false };
    case 'float8_e5m2':
      return { bits: 8, exponentBits: 5, mantissaBits: 2, finiteOnly: false };
    case 'float8_e4m3fn':
      return { bits: 8, exponentBits: 4, mantissaBits: 3, finiteOnly: true };
    default:
      throw new InternalError(`${dtype.name} is no float format`);
  }
}

function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length;
}

/** Bits of the value nearest to `numerator / denominator`. */
export function roundRational(numerator: bigint, denominator: bigint, format: FloatFormat): bigint {
  const { exponentBits, mantissaBits, bits } = format;
  const negative = numerator < 0n;
  const sign = negative ? 1n << BigInt(bits - 1) : 0n;
  const top = negative ? -numerator : numerator;
  if (top === 0n) return sign;
  const bias = (1 << (exponentBits - 1)) - 1;
  const minExponent = 1 - bias;
  // Floor of the binary logarithm: the estimate is exact or one too large.
  let exponent = bitLength(top) - bitLength(denominator);
  const below = exponent >= 0 ? top < denominator << BigInt(exponent) : top << BigInt(-exponent) < denominator;
  if (below) exponent--;
  const unit = Math.max(exponent, minExponent) - mantissaBits;
  const scaledTop = unit < 0 ? top << BigInt(-unit) : top;
  const scaledBottom = unit > 0 ? denominator << BigInt(unit) : denominator;
  let mantissa = scaledTop / scaledBottom;
  const twiceRest = (scaledTop % scaledBottom) * 2n;
  if (twiceRest > scaledBottom || (twiceRest === scaledBottom && (mantissa & 1n) === 1n)) mantissa++;
  // With the hidden bit kept, encoding is one addition: a carry moves into the exponent by itself.
  const field = BigInt(Math.max(exponent, minExponent) + bias - 1);
  const encoded = exponent < minExponent ? mantissa : (field << BigInt(mantissaBits)) + mantissa;
  const infinity = ((1n << BigInt(exponentBits)) - 1n) << BigInt(mantissaBits);
  if (format.finiteOnly)
    return sign | (encoded >= (1n << BigInt(bits - 1)) - 1n ? (1n << BigInt(bits - 1)) - 1n : encoded);
  return sign | (encoded >= infinity ? infinity : encoded);
}

export function floatTermBits(term: FloatTerm, format: FloatFormat): bigint {
  const sign = 1n << BigInt(format.bits - 1);
  const infinity = ((1n << BigInt(format.exponentBits)) - 1n) << BigInt(format.mantissaBits);
  const nan = format.finiteOnly ? sign - 1n : infinity | (1n << BigInt(format.mantissaBits - 1));
  switch (term.special) {
    case 'finite':
      return roundRational(term.numerator, term.denominator, format);
    case 'nan':
      return nan;
    case 'inf':
      return format.finiteOnly ? nan : infinity;
    case '-inf':
      return format.finiteOnly ? nan : sign | infinity;
    case '-0':
      return sign;
  }
}

const scratch = new DataView(new ArrayBuffer(8));

/** LLVM spells `float` constants as the bits of the equal `double`. */
export function floatText(bits: bigint, format: FloatFormat): string {
  if (format.bits === 64) return `0x${bits.toString(16).toUpperCase().padStart(16, '0')}`;
  if (format.bits !== 32) return bits.toString();
  const exponent = (bits >> 23n) & 0xffn;
  if (exponent === 0xffn) {
    // Widening by hand keeps NaN payloads, which a JavaScript number may not.
    const wide = ((bits >> 31n) << 63n) | (0x7ffn << 52n) | ((bits & 0x7fffffn) << 29n);
    return `0x${wide.toString(16).toUpperCase().padStart(16, '0')}`;
  }
  scratch.setUint32(0, Number(bits));
  scratch.setFloat64(0, scratch.getFloat32(0));
  return `0x${scratch.getBigUint64(0).toString(16).toUpperCase().padStart(16, '0')}`;
}
