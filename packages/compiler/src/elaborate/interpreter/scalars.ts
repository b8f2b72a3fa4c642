/** Scalar operations of the interpreter. Integers of every width are numbers when they are safe integers and bigints
 *  otherwise (one canonical form, so `===` is equality and `<` works across both); floats are numbers rounded to their
 *  format; booleans and mask lanes are 0 or 1; addresses are integers.
 *  Up to 32 bits the code generator writes operators inline; this file has the rest. */
import type { DTypeInfo } from '../../terms/dtypes.ts';
import { floorDivide, saturate } from '../fold.ts';
import { floatFormat, fusedMultiplyAdd, roundRational, roundToFormat } from '../numbers.ts';

export type Int = number | bigint;

const MAX_SAFE = Number.MAX_SAFE_INTEGER;
const BIG_MAX = BigInt(Number.MAX_SAFE_INTEGER);

/** Canonical form of a bigint that is already in range. */
export function canonical(value: bigint): Int {
  return value <= BIG_MAX && value >= -BIG_MAX ? Number(value) : value;
}

export interface IntegerOps {
  readonly add: (a: Int, b: Int) => Int;
  readonly sub: (a: Int, b: Int) => Int;
  readonly mul: (a: Int, b: Int) => Int;
  readonly div: (a: Int, b: Int) => Int;
  readonly rem: (a: Int, b: Int) => Int;
  readonly floordiv: (a: Int, b: Int) => Int;
  readonly mod: (a: Int, b: Int) => Int;
  readonly neg: (a: Int) => Int;
  readonly and: (a: Int, b: Int) => Int;
  readonly or: (a: Int, b: Int) => Int;
  readonly xor: (a: Int, b: Int) => Int;
  readonly not: (a: Int) => Int;
  readonly shl: (a: Int, b: Int) => Int;
  readonly shr: (a: Int, b: Int) => Int;
  readonly rotl: (a: Int, b: Int) => Int;
  readonly abs: (a: Int) => Int;
  readonly ctpop: (a: Int) => Int;
  readonly ctlz: (a: Int) => Int;
  readonly cttz: (a: Int) => Int;
  readonly bswap: (a: Int) => Int;
  readonly bitreverse: (a: Int) => Int;
  readonly fma: (a: Int, b: Int, c: Int) => Int;
  /** Any integer (or in-range bigint arithmetic result) wrapped to the type. */
  readonly wrap: (a: Int) => Int;
  readonly fromFloat: (a: number) => Int;
}

export function makeIntegerOps(bits: number, signed: boolean): IntegerOps {
  const wrapBig = (value: bigint): Int => canonical(signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value));
  const fits = bits >= 64;
  // For 64 bits and more every safe integer of the right sign is in range.
  const wrap = (a: Int): Int => {
    if (typeof a === 'number' && fits && (signed || a >= 0)) return a;
    return wrapBig(BigInt(a));
  };
  const inRange = (r: number): boolean => r <= MAX_SAFE && r >= (signed ? -MAX_SAFE : 0);
  const add = (a: Int, b: Int): Int => {
    if (typeof a === 'number' && typeof b === 'number') {
      const r = a + b;
      if (fits && inRange(r)) return r;
    }
    return wrapBig(BigInt(a) + BigInt(b));
  };
  const sub = (a: Int, b: Int): Int => {
    if (typeof a === 'number' && typeof b === 'number') {
      const r = a - b;
      if (fits && inRange(r)) return r;
    }
    return wrapBig(BigInt(a) - BigInt(b));
  };
  const mul = (a: Int, b: Int): Int => {
    if (typeof a === 'number' && typeof b === 'number') {
      const r = a * b + 0;
      if (fits && inRange(r)) return r;
    }
    return wrapBig(BigInt(a) * BigInt(b));
  };
  const div = (a: Int, b: Int): Int => {
    if (b === 0) return 0;
    if (typeof a === 'number' && typeof b === 'number') return wrap((a - (a % b)) / b + 0);
    return wrapBig(BigInt(a) / BigInt(b));
  };
  const rem = (a: Int, b: Int): Int => {
    if (b === 0) return 0;
    if (typeof a === 'number' && typeof b === 'number') return (a % b) + 0;
    return wrapBig(BigInt(a) % BigInt(b));
  };
  const floordiv = (a: Int, b: Int): Int => {
    if (b === 0) return 0;
    if (typeof a === 'number' && typeof b === 'number') {
      const r = a % b;
      const q = (a - r) / b;
      return wrap((r !== 0 && r < 0 !== b < 0 ? q - 1 : q) + 0);
    }
    return wrapBig(floorDivide(BigInt(a), BigInt(b)));
  };
  const mod = (a: Int, b: Int): Int => {
    if (b === 0) return 0;
    if (typeof a === 'number' && typeof b === 'number') {
      const r = a % b;
      return (r !== 0 && r < 0 !== b < 0 ? r + b : r) + 0;
    }
    const x = BigInt(a);
    const y = BigInt(b);
    return wrapBig(x - y * floorDivide(x, y));
  };
  const isInt32 = (a: Int): a is number => typeof a === 'number' && (a | 0) === a;
  const count = (b: Int): number =>
    typeof b === 'number' && b >= 0 ? b % bits : Number(BigInt.asUintN(64, BigInt(b)) % BigInt(bits));
  const and = (a: Int, b: Int): Int => {
    if (isInt32(a) && isInt32(b)) return a & b;
    return wrapBig(BigInt(a) & BigInt(b));
  };
  const or = (a: Int, b: Int): Int => {
    if (isInt32(a) && isInt32(b)) return a | b;
    return wrapBig(BigInt(a) | BigInt(b));
  };
  const xor = (a: Int, b: Int): Int => {
    if (isInt32(a) && isInt32(b)) return a ^ b;
    return wrapBig(BigInt(a) ^ BigInt(b));
  };
  const not = (a: Int): Int => (signed && fits && typeof a === 'number' && a < MAX_SAFE ? -a - 1 : wrapBig(~BigInt(a)));
  const shl = (a: Int, b: Int): Int => {
    const n = count(b);
    if (typeof a === 'number' && n < 53 && fits) {
      const r = a * 2 ** n;
      if (inRange(r)) return r;
    }
    return wrapBig(BigInt(a) << BigInt(n));
  };
  const shr = (a: Int, b: Int): Int => {
    const n = count(b);
    return typeof a === 'number' ? Math.floor(a / 2 ** n) : wrapBig(a >> BigInt(n));
  };
  const unsigned = (a: Int): bigint => BigInt.asUintN(bits, BigInt(a));
  const rotl = (a: Int, b: Int): Int => {
    const n = BigInt(count(b));
    const u = unsigned(a);
    return wrapBig((u << n) | (u >> (BigInt(bits) - n)));
  };
  const text = (a: Int): string => unsigned(a).toString(2);
  return {
    add,
    sub,
    mul,
    div,
    rem,
    floordiv,
    mod,
    neg: (a) => (typeof a === 'number' && signed && fits ? 0 - a : wrapBig(-BigInt(a))),
    and,
    or,
    xor,
    not,
    shl,
    shr,
    rotl,
    abs: (a) => (a < 0 ? (typeof a === 'number' && fits ? -a : wrapBig(-BigInt(a))) : a),
    ctpop: (a) => {
      let n = 0;
      for (const digit of text(a)) if (digit === '1') n++;
      return n;
    },
    ctlz: (a) => {
      const u = text(a);
      return u === '0' ? bits : bits - u.length;
    },
    cttz: (a) => {
      const u = text(a);
      return u === '0' ? bits : u.length - 1 - u.lastIndexOf('1');
    },
    bswap: (a) => {
      let u = unsigned(a);
      let r = 0n;
      for (let i = 0; i < bits; i += 8) {
        r = (r << 8n) | (u & 255n);
        u >>= 8n;
      }
      return wrapBig(r);
    },
    bitreverse: (a) => wrapBig(BigInt(`0b${[...text(a).padStart(bits, '0')].reverse().join('')}`)),
    fma: (a, b, c) => wrapBig(BigInt(a) * BigInt(b) + BigInt(c)),
    wrap,
    fromFloat: (a) => {
      const t = Math.trunc(a) + 0;
      if (fits && inRange(t)) return t;
      return canonical(saturate(a, { kind: signed ? 'signed' : 'unsigned', bits } as DTypeInfo));
    },
  };
}

export interface FloatOps {
  readonly round: (a: number) => number;
  readonly fma: (a: number, b: number, c: number) => number;
  readonly fromInt: (a: Int) => number;
}

export function makeFloatOps(name: string): FloatOps {
  const format = floatFormat(name);
  const round = (a: number): number => roundToFormat(a, format);
  return {
    round,
    fma: (a, b, c) =>
      Number.isFinite(a) && Number.isFinite(b) && Number.isFinite(c)
        ? fusedMultiplyAdd(a, b, c, format)
        : round(a * b + c),
    fromInt: (a) => (typeof a === 'number' ? round(a) : roundRational(a, 1n, format)),
  };
}

/** Floored remainder, as the run-time sequence computes it: C remainder, then one addition. */
export function floatMod(a: number, b: number): number {
  const r = a % b;
  return r !== 0 && r < 0 !== b < 0 ? r + b : r;
}

export function roundEven(a: number): number {
  if (!Number.isFinite(a) || Math.abs(a) >= 2 ** 52) return a;
  const floor = Math.floor(a);
  const rest = a - floor;
  const up = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0);
  const result = up ? floor + 1 : floor;
  return result === 0 && (a < 0 || Object.is(a, -0)) ? -0 : result;
}

export function copySign(a: number, b: number): number {
  const magnitude = Math.abs(a);
  return b < 0 || Object.is(b, -0) ? -magnitude : magnitude;
}

// ---- bits of the small formats

const scratch = new DataView(new ArrayBuffer(8));

function fieldsOf(name: string): { exponentBits: number; fractionBits: number; bias: number } {
  switch (name) {
    case 'float16':
      return { exponentBits: 5, fractionBits: 10, bias: 15 };
    case 'bfloat16':
      return { exponentBits: 8, fractionBits: 7, bias: 127 };
    case 'float8_e5m2':
      return { exponentBits: 5, fractionBits: 2, bias: 15 };
    default:
      return { exponentBits: 4, fractionBits: 3, bias: 7 };
  }
}

/** The bits of a value that is representable in one of the 8 and 16 bit formats. */
export function smallFloatBits(value: number, name: string): number {
  const { exponentBits, fractionBits, bias } = fieldsOf(name);
  const width = 1 + exponentBits + fractionBits;
  const top = (1 << exponentBits) - 1;
  const sign = value < 0 || Object.is(value, -0) ? 1 << (width - 1) : 0;
  if (Number.isNaN(value)) return name === 'float8_e4m3fn' ? 0x7f : (top << fractionBits) | (1 << (fractionBits - 1));
  const magnitude = Math.abs(value);
  if (magnitude === 0) return sign;
  if (magnitude === Number.POSITIVE_INFINITY) return sign | (name === 'float8_e4m3fn' ? 0x7f : top << fractionBits);
  scratch.setFloat64(0, magnitude);
  let exponent = ((scratch.getUint32(0) >>> 20) & 0x7ff) - 1023;
  if (exponent < 1 - bias) exponent = 1 - bias;
  const significand = Math.round(magnitude / 2 ** (exponent - fractionBits));
  const normal = significand >= 1 << fractionBits;
  return sign | ((normal ? exponent + bias : 0) << fractionBits) | (significand & ((1 << fractionBits) - 1));
}

export function smallFloatValue(bits: number, name: string): number {
  const { exponentBits, fractionBits, bias } = fieldsOf(name);
  const width = 1 + exponentBits + fractionBits;
  const sign = (bits >>> (width - 1)) & 1 ? -1 : 1;
  const top = (1 << exponentBits) - 1;
  const exponent = (bits >>> fractionBits) & top;
  const fraction = bits & ((1 << fractionBits) - 1);
  if (exponent === top) {
    if (name === 'float8_e4m3fn') {
      if (fraction === (1 << fractionBits) - 1) return Number.NaN;
    } else return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  }
  const significand = exponent === 0 ? fraction : fraction + (1 << fractionBits);
  return sign * significand * 2 ** ((exponent === 0 ? 1 : exponent) - bias - fractionBits);
}
