/** The model for `library.test.ts`: what the programs of `library/` must print, from JavaScript's own maps, arrays, texts and numbers.
 *  In: seed and number of rounds.  Out: the lines. */

class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  next(): number {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    this.state >>>= 0;
    return this.state;
  }

  below(limit: number): number {
    return this.next() % limit;
  }

  word(): bigint {
    const high = BigInt(this.next());
    return (high << 32n) | BigInt(this.next());
  }
}

const bool = (value: boolean): string => (value ? 'True' : 'False');
const list = (values: readonly (string | number)[]): string => `[${values.join(', ')}]`;
const set = (values: Iterable<number>): string => `{${[...values].join(', ')}}`;
const table = (entries: ReadonlyMap<string | number, number>): string =>
  `{${[...entries].map(([key, value]) => `${key}: ${value}`).join(', ')}}`;

// ---- containers

export function containerLines(seed: number, count: number): string[] {
  const random = new Random(seed);
  const lines: string[] = [];
  dictLines(random, count, lines);
  textKeyLines(random, count, lines);
  setLines(random, count, lines);
  listLines(random, count, lines);
  return lines;
}

function dictLines(random: Random, count: number, lines: string[]): void {
  const map = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    const key = random.below(60);
    const operation = random.below(9);
    if (operation < 3) {
      map.set(key, i);
      lines.push(`set ${map.size}`);
    } else if (operation === 3) lines.push(`get ${map.get(key) ?? -1} ${bool(map.has(key))}`);
    else if (operation === 4) {
      lines.push(`pop ${map.get(key) ?? -1}`);
      map.delete(key);
    } else if (operation === 5 && map.size > 0) {
      const [last, value] = [...map].at(-1) ?? [0, 0];
      lines.push(`popitem ${last} ${value}`);
      map.delete(last);
    } else if (operation === 6) {
      if (!map.has(key)) map.set(key, i);
      lines.push(`setdefault ${map.get(key)}`);
    } else if (operation === 7 && random.below(40) === 0) {
      map.clear();
      lines.push('clear');
    } else lines.push(`all ${table(map)}`);
  }
}

function textKeyLines(random: Random, count: number, lines: string[]): void {
  const map = new Map<string, number>();
  for (let i = 0; i < count; i++) {
    const head = 'k'.repeat(random.below(3));
    const middle = String(random.below(200));
    const key = head + middle + 'x'.repeat(random.below(30));
    if (random.below(3) === 0) {
      lines.push(`pop ${map.get(key) ?? -1}`);
      map.delete(key);
    } else {
      map.set(key, i);
      lines.push(`set ${map.size} ${key}`);
    }
  }
  lines.push(`all ${table(map)}`);
}

function setLines(random: Random, count: number, lines: string[]): void {
  const a = new Set<number>();
  const b = new Set<number>();
  const minus = (x: Set<number>, y: Set<number>): number[] => [...x].filter((value) => !y.has(value));
  for (let i = 0; i < count; i++) {
    const value = random.below(40);
    const operation = random.below(8);
    if (operation < 2) {
      a.add(value);
      lines.push(`add ${a.size}`);
    } else if (operation === 2) {
      b.add(value);
      lines.push(`add ${b.size}`);
    } else if (operation === 3) {
      a.delete(value);
      lines.push(`discard ${bool(a.has(value))}`);
    } else if (operation === 4) lines.push(`or ${set(new Set([...a, ...b]))}`);
    else if (operation === 5) lines.push(`and ${set([...a].filter((item) => b.has(item)))}`);
    else if (operation === 6) {
      lines.push(`minus ${set(minus(a, b))}`);
      b.delete(value);
    } else {
      const isSubset = minus(a, b).length === 0;
      const isDisjoint = minus(a, b).length === a.size;
      lines.push(`xor ${set([...minus(a, b), ...minus(b, a)])} ${bool(isSubset)} ${bool(isDisjoint)}`);
    }
  }
}

function listLines(random: Random, count: number, lines: string[]): void {
  let values: number[] = [];
  for (let i = 0; i < count; i++) {
    const operation = random.below(12);
    const value = random.below(100);
    if (operation < 3) {
      values.push(value);
      lines.push(`append ${values.length}`);
    } else if (operation === 3) {
      values.splice(random.below(values.length + 1), 0, value);
      lines.push(`insert ${values.length}`);
    } else if (operation === 4 && values.length > 0)
      lines.push(`pop ${values.splice(random.below(values.length), 1).join()}`);
    else if (operation === 5) {
      values.reverse();
      lines.push('reverse');
    } else if (operation === 6) {
      values.sort((x, y) => x - y);
      lines.push(`sort ${list(values)}`);
    } else if (operation === 7) {
      const found = values.filter((item) => item === value).length;
      lines.push(`find ${found} ${bool(found > 0)} ${values.indexOf(value)}`);
    } else if (operation === 8) {
      const start = random.below(values.length + 1);
      lines.push(`part ${list(values.slice(start, start + random.below(values.length - start + 1)))}`);
    } else if (operation === 9) {
      values.push(value, i);
      lines.push(`extend ${values.length}`);
    } else if (operation === 10 && values.length > 40) {
      values = values.slice(0, random.below(20));
      lines.push(`shrink ${list(values)}`);
    } else lines.push(`sum ${values.length}`);
  }
  const many = Array.from({ length: count * 3 }, () => random.below(500) - 250);
  lines.push(list(many.sort((x, y) => x - y)));
}

// ---- text

const LETTERS = ['a', 'b', 'A', 'B', ' ', 'é', 'Σ', '日', '🔥', '-'];

function randomText(random: Random, longest: number): string {
  let result = '';
  for (let left = random.below(longest + 1); left > 0; left--) result += LETTERS[random.below(LETTERS.length)];
  return result;
}

export function textLines(seed: number, count: number): string[] {
  const random = new Random(seed);
  const lines: string[] = [];
  for (let round = 0; round < count; round++) {
    const text = randomText(random, random.below(8) === 0 ? 60 : 12);
    const part = randomText(random, 2);
    const other = randomText(random, 3);
    lines.push(...methodLines(random, text, part, other));
  }
  return lines;
}

const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');

function methodLines(random: Random, text: string, part: string, other: string): string[] {
  const whole = bytes(text);
  const needle = bytes(part);
  const pieces = part === '' ? [] : text.split(part);
  const occurrences = part === '' ? whole.length + 1 : pieces.length - 1;
  const spaces = (value: string): string[] => value.split(' ').filter((word) => word !== '');
  const trimmed = (characters: string): string => {
    const points = [...text];
    while (points.length > 0 && characters.includes(points[0] ?? '')) points.shift();
    while (points.length > 0 && characters.includes(points.at(-1) ?? '')) points.pop();
    return points.join('');
  };
  const cased = [...text].filter((point) => point.toLowerCase() !== point.toUpperCase());
  const isUpper = cased.length > 0 && cased.every((point) => point === point.toUpperCase());
  const isLower = cased.length > 0 && cased.every((point) => point === point.toLowerCase());
  const fill = '.'.repeat(Math.max(0, 20 - whole.length));
  const replaced = part === '' ? [...text].map((point) => other + point).join('') : pieces.join(other);
  // JavaScript writes a final sigma of its own; the mapping of single characters has none.
  const lower = [...text].map((point) => point.toLowerCase()).join('');
  const lines = [
    `${whole.length} ${[...text].length}`,
    `${part === '' ? 0 : whole.indexOf(needle)} ${part === '' ? whole.length : whole.lastIndexOf(needle)} ${occurrences} ${bool(text.includes(part))}`,
    `${bool(text.startsWith(part))} ${bool(text.endsWith(part))} ${bool(Buffer.compare(whole, bytes(other)) < 0)} ${bool(text === other)}`,
    `${text.toUpperCase()} ${lower} ${bool(isUpper)} ${bool(isLower)}`,
    `[${trimmed(' ')}]${text.replace(/^ +/, '')}]${text.replace(/ +$/, '')}]`,
    `[${trimmed('ab')}]${text.startsWith(part) ? text.slice(part.length) : text}]${text.endsWith(part) ? text.slice(0, text.length - part.length) : text}]`,
    replaced,
  ];
  if (part !== '') lines.push(`${list(pieces)} ${Math.min(pieces.length, 3)}`);
  lines.push(
    list(spaces(text)),
    text.split('-').join(other),
    `${fill}${text} ${text}${fill} '${text}'`,
    `${text}${part}${text} ${text.repeat(random.below(3))}`,
    [...text].map((point) => `${point.codePointAt(0)} `).join(''),
  );
  return lines;
}

// ---- numbers

const view = new DataView(new ArrayBuffer(8));

function doubleOf(word: bigint): number {
  view.setBigUint64(0, word);
  return view.getFloat64(0);
}

function bitsOf(value: number): bigint {
  view.setFloat64(0, value);
  return view.getBigUint64(0);
}

/** Halfway between two shortest decimals JavaScript takes the even one, Mojo the upper one. */
function upperOfTie(digits: string, value: number): string {
  const exact = value.toExponential(40).replace(/e.*/, '').replace('.', '').replace(/0+$/, '');
  return exact === `${digits}5` ? String(BigInt(digits) + 1n) : digits;
}

/** A double as Mojo prints it: the shortest digits, an exponent below -4 and from 16 on. */
function mojoText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  if (value === 0) return `${sign}0.0`;
  const [mantissa = '', exponentText = '0'] = Math.abs(value).toExponential().split('e');
  const digits = upperOfTie(mantissa.replace('.', ''), Math.abs(value));
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
    return `${sign}${digits[0]}${fraction}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`;
}

function randomDigits(random: Random): string {
  let text = random.below(4) === 0 ? '-' : '';
  const count = 1 + random.below(30);
  const point = random.below(count);
  for (let i = 0; i < count; i++) {
    if (i === point && i > 0) text += '.';
    text += random.below(10);
  }
  if (random.below(2) === 0) text += `e${random.below(640) - 330}`;
  return text;
}

export function numberLines(seed: number, count: number): string[] {
  const random = new Random(seed);
  const lines: string[] = [];
  for (let round = 0; round < count; round++) {
    lines.push(mojoText(doubleOf(random.word())));
    const dividend = random.below(2000000) - 1000000;
    lines.push(mojoText(dividend / (random.below(1000) + 1)));
    const text = randomDigits(random);
    lines.push(`${text} ${bitsOf(Number(text))}`);
    const word = random.word();
    const shifted = word >> BigInt(random.below(64));
    lines.push(`${BigInt.asIntN(64, shifted)} True ${BigInt.asIntN(16, shifted)} ${shifted}`);
    lines.push('True');
    lines.push(`0x${shifted.toString(16)} 0b${(word >> 40n).toString(2)} 0o${(word >> 30n).toString(8)}`);
  }
  return lines;
}
