/** The accuracy of the elementary functions in vectors: a Mojo program prints arguments and results by their bits, and each result
 *  is compared with the value that exact arithmetic on large integers gives. Limits are in units of the last place. */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { after, before, test } from 'node:test';
import { libLlvmInstalled } from '../../packages/backend-native/src/libllvm.ts';
import { makeWorkplace, type Workplace } from '../cli/kiln.ts';

let place: Workplace;
before(() => {
  place = makeWorkplace();
});
after(() => place.remove());

/** Fixed-point numbers with this many bits behind the point. */
const POINT = 900n;
const ONE = 1n << POINT;

const multiply = (a: bigint, b: bigint): bigint => (a * b) >> POINT;
const divide = (a: bigint, b: bigint): bigint => (a << POINT) / b;
const magnitude = (a: bigint): bigint => (a < 0n ? -a : a);

/** The sum of a series whose terms follow from one another, until they vanish. */
function series(first: bigint, next: (term: bigint, index: bigint) => bigint): bigint {
  let sum = first;
  let term = first;
  for (let index = 1n; term !== 0n && term !== -1n; index++) {
    term = next(term, index);
    sum += term;
  }
  return sum;
}

function atanhOf(x: bigint): bigint {
  const square = multiply(x, x);
  let power = x;
  let sum = 0n;
  for (let n = 1n; power !== 0n && power !== -1n; n += 2n) {
    sum += power / n;
    power = multiply(power, square);
  }
  return sum;
}

const LN2 = 2n * atanhOf(ONE / 3n);
const LN10 = 3n * LN2 + 2n * atanhOf(ONE / 9n);

function arctanInverse(n: bigint): bigint {
  let power = ONE / n;
  let sum = 0n;
  for (let k = 0n; power !== 0n; k++) {
    sum += (k % 2n === 0n ? power : -power) / (2n * k + 1n);
    power /= n * n;
  }
  return sum;
}
const PI = 4n * (4n * arctanInverse(5n) - arctanInverse(239n));

function exp(x: bigint): bigint {
  const k = (x + LN2 / 2n) / LN2 - (x + LN2 / 2n < 0n ? 1n : 0n);
  const r = x - k * LN2;
  const e = series(ONE, (term, n) => multiply(term, r) / n);
  return k >= 0n ? e << k : e >> -k;
}
function log(x: bigint): bigint {
  let k = 0n;
  let m = x;
  while (m >= 2n * ONE) {
    m >>= 1n;
    k++;
  }
  // Small arguments lose no bits: they are multiplied.
  while (m < ONE) {
    m <<= 1n;
    k--;
  }
  return 2n * atanhOf(divide(m - ONE, m + ONE)) + k * LN2;
}
function sin(x: bigint): bigint {
  const r = x % (2n * PI);
  const square = multiply(r, r);
  return series(r, (term, n) => -multiply(term, square) / (2n * n * (2n * n + 1n)));
}
function erf(x: bigint): bigint {
  const square = multiply(x, x);
  let term = x;
  let sum = x;
  for (let n = 1n; term !== 0n && term !== -1n; n++) {
    term = -multiply(term, square) / n;
    sum += term / (2n * n + 1n);
  }
  return divide(2n * sum, squareRoot(PI));
}
function squareRoot(x: bigint): bigint {
  const wanted = x << POINT;
  let root = 1n << (POINT + 8n);
  for (;;) {
    const next = (root + wanted / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
function tanh(x: bigint): bigint {
  const e = exp(2n * x);
  return divide(e - ONE, e + ONE);
}

interface Case {
  readonly name: string;
  readonly exact: (x: bigint) => bigint;
  /** Range of the arguments. */
  readonly from: number;
  readonly to: number;
  /** Largest error in units of the last place, of `Float32` and of `Float64`. */
  readonly limits: readonly [number, number];
}

const CASES: readonly Case[] = [
  { name: 'exp', exact: exp, from: -80, to: 80, limits: [1.1, 1.6] },
  { name: 'exp2', exact: (x) => exp(multiply(x, LN2)), from: -120, to: 120, limits: [1.1, 1.6] },
  { name: 'expm1', exact: (x) => exp(x) - ONE, from: -15, to: 80, limits: [1.6, 2] },
  { name: 'log', exact: log, from: 1e-9, to: 12, limits: [1, 1.6] },
  { name: 'log2', exact: (x) => divide(log(x), LN2), from: 1e-9, to: 12, limits: [1.1, 2] },
  { name: 'log10', exact: (x) => divide(log(x), LN10), from: 1e-9, to: 12, limits: [1.1, 2] },
  { name: 'sin', exact: sin, from: -200, to: 200, limits: [1.6, 1.6] },
  { name: 'cos', exact: (x) => sin(x + PI / 2n), from: -200, to: 200, limits: [1.6, 1.6] },
  { name: 'tanh', exact: tanh, from: -9, to: 9, limits: [1.75, 1.9] },
  { name: 'erf', exact: erf, from: -4, to: 4, limits: [1.6, 1.6] },
];

const ROUNDS = 24;

const PROGRAM = `from std.math import ${CASES.map(({ name }) => name).join(', ')}
from std.memory import bitcast

def next(mut state: UInt64) -> Float64:
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return (state >> 11).cast[DType.float64]() / 9007199254740992.0

def main():
    var state = UInt64(88172645463325252)
    for round in range(${ROUNDS}):
${CASES.flatMap(({ name, from, to }) =>
  [32, 64].map(
    (width) => `        var ${name}_x${width} = SIMD[DType.float${width}, ${512 / width}]()
        for lane in range(${512 / width}):
            var value = ${from.toString()} + next(state) * ${(to - from).toString()}
            if round % 3 == 0 and ${from < 0 ? 'True' : 'False'}:
                value = value / 1024
            ${name}_x${width}[lane] = value.cast[DType.float${width}]()
        var ${name}_y${width} = ${name}(${name}_x${width})
        for lane in range(${512 / width}):
            print("${name}", ${width}, bitcast[DType.uint${width}](${name}_x${width}[lane]), bitcast[DType.uint${width}](${name}_y${width}[lane]))
`,
  ),
).join('')}`;

/** A number's exact value. */
function fixed(bits: bigint, isSingle: boolean): { readonly value: bigint; readonly lastPlace: bigint } {
  const [mantissaBits, bias, exponentMask] = isSingle ? [23n, 127n, 0xffn] : [52n, 1023n, 0x7ffn];
  const exponent = (bits >> mantissaBits) & exponentMask;
  assert.notEqual(exponent, exponentMask, 'a finite number');
  const mantissa = (bits & ((1n << mantissaBits) - 1n)) | (exponent === 0n ? 0n : 1n << mantissaBits);
  const power = (exponent === 0n ? 1n : exponent) - bias - mantissaBits + POINT;
  const value = power >= 0n ? mantissa << power : mantissa >> -power;
  const negative = bits >> (isSingle ? 31n : 63n) === 1n;
  return { value: negative ? -value : value, lastPlace: power >= 0n ? 1n << power : 1n };
}

for (const backend of ['native', 'wasm'] as const) {
  const skip = backend === 'native' && !libLlvmInstalled() ? 'needs libLLVM 22' : false;
  test(`elementary functions are accurate, ${backend}`, { skip }, () => {
    const file = path.join(place.folder, 'accuracy.mojo');
    fs.writeFileSync(file, PROGRAM);
    const result = place.kiln(['run', '--backend', backend, file]);
    assert.equal(result.status, 0, result.stderr);
    const worst = new Map<string, number>();
    for (const line of result.stdout.trim().split('\n')) {
      const [name = '', width, argument = '', value = ''] = line.split(' ');
      const known = CASES.find((entry) => entry.name === name);
      assert.ok(known !== undefined, line);
      const isSingle = width === '32';
      const exact = known.exact(fixed(BigInt(argument), isSingle).value);
      const got = fixed(BigInt(value), isSingle);
      const error = Number((magnitude(got.value - exact) * 1000n) / got.lastPlace) / 1000;
      const key = `${name} ${isSingle ? 'Float32' : 'Float64'}`;
      worst.set(key, Math.max(worst.get(key) ?? 0, error));
    }
    for (const { name, limits } of CASES) {
      assert.ok((worst.get(`${name} Float32`) ?? 99) <= limits[0], `${name} Float32: ${worst.get(`${name} Float32`)}`);
      assert.ok((worst.get(`${name} Float64`) ?? 99) <= limits[1], `${name} Float64: ${worst.get(`${name} Float64`)}`);
    }
  });
}
