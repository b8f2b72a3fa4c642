/** Makes the table of std/format/powers_of_ten_table.mojo and proves it.
 *  In: nothing.  Out: that file. For every exponent the power that `power_of_ten` computes is compared with the exact one. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const OUTPUT = path.join(ROOT, 'std', 'format', 'powers_of_ten_table.mojo');
const STEP = 27;
const FIRST = -351;
const LAST = 350;
const LOW = (1n << 64n) - 1n;

const bitLength = (n) => n.toString(2).length;

/** The first `bits` bits of 10 ** k, and whether anything is behind them. */
function leading(k, bits) {
  const wanted = BigInt(bits);
  if (k >= 0) {
    const n = 10n ** BigInt(k);
    const length = BigInt(bitLength(n));
    if (length <= wanted) return { value: n << (wanted - length), exact: true };
    const rest = length - wanted;
    return { value: n >> rest, exact: (n & ((1n << rest) - 1n)) === 0n };
  }
  const divisor = 10n ** BigInt(-k);
  const shift = wanted + BigInt(bitLength(divisor)) - 1n;
  const quotient = (1n << shift) / divisor;
  return bitLength(quotient) === bits ? { value: quotient, exact: false } : leadingOfNext(divisor, shift);
}

const leadingOfNext = (divisor, shift) => ({ value: (1n << (shift + 1n)) / divisor, exact: false });

const bases = [];
for (let k = FIRST; k <= LAST; k += STEP) bases.push(leading(k, 192).value);
const fives = [];
for (let r = 0; r < STEP; r++) fives.push(leading(r, 64).value);

/** What `power_of_ten` does. */
function computed(k) {
  const base = bases[Math.floor((k - FIRST) / STEP)];
  const product = base * fives[(k - FIRST) % STEP];
  const shift = BigInt(bitLength(product) - 128);
  return (product >> shift) + (k >= 0 && k <= 55 ? 0n : 1n);
}

for (let k = FIRST; k < FIRST + bases.length * STEP; k++) {
  const { value, exact } = leading(k, 128);
  if (exact !== (k >= 0 && k <= 55)) throw new Error(`10 ** ${k}: exact or not?`);
  if (computed(k) !== value + (exact ? 0n : 1n)) throw new Error(`10 ** ${k} is not right`);
}

const words = (numbers, count) =>
  numbers.flatMap((n) => Array.from({ length: count }, (_, i) => (n >> BigInt(64 * (count - 1 - i))) & LOW));
const rows = (numbers) => {
  const texts = numbers.map((n) => `0x${n.toString(16).toUpperCase().padStart(16, '0')},`);
  const lines = [];
  for (let i = 0; i < texts.length; i += 6) lines.push(`    ${texts.slice(i, i + 6).join(' ')}`);
  return lines.join('\n');
};

fs.writeFileSync(
  OUTPUT,
  `"""Powers of ten, made by scripts/powers-of-ten.mjs."""

comptime FIRST_POWER = ${FIRST}
comptime POWER_STEP = ${STEP}

comptime POWERS: Array[UInt64, ${bases.length * 3}] = [
${rows(words(bases, 3))}
]
"""The first 192 bits of every 27th power of ten, from the lowest one on."""

comptime SMALL_POWERS: Array[UInt64, ${STEP}] = [
${rows(fives)}
]
"""10 ** 0 to 10 ** 26, each shifted to fill a word (the powers of five in them have at most 61 bits)."""
`,
);
