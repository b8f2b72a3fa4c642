/** Random expressions on vectors: typed trees over the operators and methods whose results are exact, as Mojo source.
 *  In: a seed and a number of expressions. Out: a program that prints, for each, a number that all lanes of its value go into. */

export interface SimdProgram {
  readonly source: string;
  /** The text of each expression, for messages. */
  readonly expressions: readonly string[];
}

type Kind = 'signed' | 'unsigned' | 'float' | 'bool';

interface Lanes {
  readonly dtype: string;
  readonly kind: Kind;
  readonly bits: number;
  readonly width: number;
}

const DTYPES: readonly (readonly [dtype: string, kind: Kind, bits: number])[] = [
  ['int8', 'signed', 8],
  ['uint8', 'unsigned', 8],
  ['int16', 'signed', 16],
  ['uint16', 'unsigned', 16],
  ['int32', 'signed', 32],
  ['uint32', 'unsigned', 32],
  ['int64', 'signed', 64],
  ['uint64', 'unsigned', 64],
  ['float32', 'float', 32],
  ['float64', 'float', 64],
  ['float16', 'float', 16],
  ['bfloat16', 'float', 16],
  ['float8_e4m3fn', 'float', 8],
  ['float8_e5m2', 'float', 8],
];

const WIDTHS = [1, 2, 4, 8, 16, 32];
const DEPTH = 4;

/** Small, fast, the same everywhere. */
class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0 || 1;
  }

  below(limit: number): number {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return (this.state >>> 0) % limit;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }
}

const typeText = (lanes: Lanes): string => `SIMD[DType.${lanes.dtype}, ${lanes.width}]`;

const INTEGER_BINARY = ['+', '-', '*', '//', '%', '&', '|', '^', '<<', '>>', '/'];
const FLOAT_BINARY = ['+', '-', '*', '/', '//', '%'];
const COMPARISONS = ['eq', 'ne', 'lt', 'le', 'gt', 'ge'];

class Generator {
  private readonly random: Random;

  constructor(random: Random) {
    this.random = random;
  }

  lanes(): Lanes {
    const [dtype, kind, bits] = this.random.pick(DTYPES);
    return { dtype, kind, bits, width: this.random.pick(WIDTHS) };
  }

  value(lanes: Lanes, depth: number): string {
    if (lanes.kind === 'bool') return this.mask(lanes.width, depth);
    if (depth === 0 || this.random.below(8) === 0) return this.leaf(lanes);
    const { random } = this;
    const again = (): string => this.value(lanes, depth - 1);
    switch (random.below(12)) {
      case 0:
      case 1:
      case 2:
      case 3:
        return `(${again()} ${random.pick(lanes.kind === 'float' ? FLOAT_BINARY : INTEGER_BINARY)} ${again()})`;
      case 4:
        return this.unary(lanes, again());
      case 5:
        return `${random.pick(['min', 'max'])}(${again()}, ${again()})`;
      case 6:
        return `${this.mask(lanes.width, depth - 1)}.select(${again()}, ${again()})`;
      case 7:
        return this.converted(lanes, depth);
      case 8:
      case 9:
        return this.moved(lanes, depth);
      case 10: {
        const names = lanes.kind === 'float' ? ['min', 'max', 'add'] : ['min', 'max', 'add', 'mul', 'and', 'or'];
        return `${typeText(lanes)}(${again()}.reduce_${random.pick(names)}())`;
      }
      default:
        return `${again()}.fma(${again()}, ${again()})`;
    }
  }

  private leaf(lanes: Lanes): string {
    return `input[DType.${lanes.dtype}, ${lanes.width}](words, ${this.random.below(1000)})`;
  }

  private unary(lanes: Lanes, inner: string): string {
    if (lanes.kind === 'float') {
      const name = this.random.pick(['abs', 'round', 'floor', 'ceil', 'trunc', 'sqrt', '-']);
      return name === '-' ? `(-${inner})` : `${name}(${inner})`;
    }
    const name = this.random.pick(['abs', 'pop_count', 'count_leading_zeros', 'count_trailing_zeros', '-', '~']);
    return name.length === 1 ? `(${name}${inner})` : `${name}(${inner})`;
  }

  private converted(lanes: Lanes, depth: number): string {
    const [dtype, kind, bits] = this.random.pick(DTYPES);
    const from: Lanes = { dtype, kind, bits, width: lanes.width };
    // What overflows this one is no number, whose sign says nothing.
    const isOftenNaN = dtype === 'float8_e4m3fn';
    if (this.random.below(3) > 0 || bits !== lanes.bits || isOftenNaN)
      return `${this.value(from, depth - 1)}.cast[DType.${lanes.dtype}]()`;
    return `bitcast[DType.${lanes.dtype}, ${lanes.width}](${this.value(from, depth - 1)})`;
  }

  private moved(lanes: Lanes, depth: number): string {
    const { random } = this;
    const { width } = lanes;
    const inner = this.value(lanes, depth - 1);
    if (width === 1) return `${inner}.reversed()`;
    switch (random.below(7)) {
      case 0:
        return `${inner}.rotate_left[${random.below(width)}]()`;
      case 1:
        return `${inner}.rotate_right[${random.below(width)}]()`;
      case 2:
        return `${inner}.shift_${random.pick(['left', 'right'])}[${random.below(width)}]()`;
      case 3:
        return `${inner}.reversed()`;
      case 4: {
        const indices = Array.from({ length: width }, () => random.below(2 * width));
        return `${inner}.shuffle[${indices.join(', ')}](${this.value(lanes, depth - 1)})`;
      }
      case 5: {
        const half = `${inner}.slice[${width / 2}, offset=${random.below(2) * (width / 2)}]()`;
        const other = this.value({ ...lanes, width: width / 2 }, depth - 1);
        return `${half}.${random.pick(['join', 'interleave'])}(${other})`;
      }
      default:
        return `${inner}.insert[offset=${width / 2}](${this.value({ ...lanes, width: width / 2 }, depth - 1)})`;
    }
  }

  private mask(width: number, depth: number): string {
    const { random } = this;
    if (depth > 0 && random.below(3) === 0) {
      const one = this.mask(width, depth - 1);
      return random.below(4) === 0
        ? `(~${one})`
        : `(${one} ${random.pick(['&', '|', '^'])} ${this.mask(width, depth - 1)})`;
    }
    const [dtype, kind, bits] = random.pick(DTYPES);
    const operand: Lanes = { dtype, kind, bits, width };
    const inner = Math.max(depth - 1, 0);
    return `${this.value(operand, inner)}.${random.pick(COMPARISONS)}(${this.value(operand, inner)})`;
  }
}

const PRELUDE = `from std.bit import count_leading_zeros, count_trailing_zeros, pop_count
from std.math import ceil, floor, sqrt, trunc
from std.memory import bitcast


@no_inline
def scramble(i: Int) -> UInt64:
    var x = UInt64(i + 1) * 0x9E3779B97F4A7C15
    x = (x ^ (x >> 29)) * 0xBF58476D1CE4E5B9
    return x ^ (x >> 32)


def input[dt: DType, n: SIMDLength](words: List[UInt64], at: Int) -> SIMD[dt, n]:
    """Lanes of all kinds: ends of the range, zeros of both signs, infinities, small and random numbers."""
    var result = SIMD[dt, n]()
    for i in range(Int(n)):
        var word = words[(at + i * 7) % len(words)]
        comptime if dt.is_floating_point():
            var x = (Float64(Int(word % 4001)) - 2000.0) / 16.0
            if word >> 60 == 0:
                x = [0.0, -0.0, 1.0e300 * 1.0e300, -1.0e300 * 1.0e300, 65504.0, 6.1e-5, 3.0e38, 1.0e-42][Int((word >> 50) % 8)]
            result[i] = x.cast[dt]()
        else:
            if word >> 61 == 0:
                result[i] = [Scalar[dt].MIN, Scalar[dt].MAX, Scalar[dt](0), Scalar[dt](1)][Int((word >> 50) % 4)]
            elif word >> 62 == 1:
                result[i] = (word % 9).cast[dt]()
            else:
                result[i] = word.cast[dt]()
    return result


def fold[dt: DType, n: SIMDLength](value: SIMD[dt, n]) -> UInt64:
    """All bits; any NaN counts as the same."""
    var sum = UInt64(n)
    for i in range(Int(n)):
        var bits: UInt64
        comptime if dt.is_floating_point():
            bits = 0x7FF if value[i] != value[i] else value[i].to_bits().cast[DType.uint64]()
        else:
            bits = value[i].cast[DType.uint64]()
        sum = (sum ^ bits) * 0x100000001B3
        sum ^= sum >> 31
    return sum

`;

/** Expressions in a function: few enough that no function is large. */
const GROUP = 10;

export function simdProgram(seed: number, count: number): SimdProgram {
  const generator = new Generator(new Random(seed));
  const expressions = Array.from({ length: count }, () => generator.value(generator.lanes(), DEPTH));
  const parts = [PRELUDE];
  for (let first = 0; first < count; first += GROUP) {
    parts.push(`\n@no_inline\ndef group${first / GROUP}(words: List[UInt64]):\n`);
    for (const expression of expressions.slice(first, first + GROUP)) parts.push(`    print(fold(${expression}))\n`);
  }
  parts.push(
    '\n\ndef main():\n    var words = List[UInt64]()\n    for i in range(1000):\n        words.append(scramble(i))\n',
  );
  for (let group = 0; group * GROUP < count; group++) parts.push(`    group${group}(words)\n`);
  return { source: parts.join(''), expressions };
}
