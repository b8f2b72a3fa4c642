/** Random well-typed expressions over integers of all widths, floats and SIMD vectors, as one Mojo program: a function for each, called
 *  with several operands, whose results are printed bit for bit. There is no model: native code, wasm and the interpreter must agree,
 *  under `--fp-mode strict`.
 *  A NaN prints as such: which one an operation gives is not specified. */
import { Dice } from '../ownership/random.ts';

type Kind = 'signed' | 'unsigned' | 'float';

interface Scalar {
  readonly name: string;
  readonly kind: Kind;
  readonly bits: number;
}

const SCALARS: readonly Scalar[] = [
  { name: 'int8', kind: 'signed', bits: 8 },
  { name: 'uint8', kind: 'unsigned', bits: 8 },
  { name: 'int16', kind: 'signed', bits: 16 },
  { name: 'uint16', kind: 'unsigned', bits: 16 },
  { name: 'int32', kind: 'signed', bits: 32 },
  { name: 'uint32', kind: 'unsigned', bits: 32 },
  { name: 'int64', kind: 'signed', bits: 64 },
  { name: 'uint64', kind: 'unsigned', bits: 64 },
  { name: 'float32', kind: 'float', bits: 32 },
  { name: 'float64', kind: 'float', bits: 64 },
];

const WIDTHS = [1, 1, 2, 4, 8];

const PRELUDE = `from std.math import sqrt


@no_inline
def show[dtype: DType, width: SIMDLength](value: SIMD[dtype, width]):
    comptime for i in range(Int(width)):
        var lane = value[i]
        if lane != lane:
            print("nan", end=" ")
        else:
            comptime if dtype.is_floating_point():
                print(lane.to_bits(), end=" ")
            else:
                print(lane, end=" ")

`;

class ExpressionMaker {
  private readonly dice: Dice;
  private readonly width: number;
  private readonly operands: readonly { readonly name: string; readonly type: Scalar }[];

  constructor(dice: Dice, width: number, operands: readonly { readonly name: string; readonly type: Scalar }[]) {
    this.dice = dice;
    this.width = width;
    this.operands = operands;
  }

  make(type: Scalar, depth: number): string {
    const { dice } = this;
    if (depth === 0 || dice.chance(10)) return this.leaf(type);
    const other = (): string => this.make(type, depth - 1);
    switch (dice.roll(10)) {
      case 0:
        return this.cast(type, depth);
      case 1:
        return `${this.comparison(depth)}.select(${other()}, ${other()})`;
      case 2:
        return `${dice.pick(['min', 'max'])}(${other()}, ${other()})`;
      case 3:
        return `(-${other()})`;
      case 4:
        return this.special(type, depth);
      default:
        return this.binary(type, depth);
    }
  }

  private leaf(type: Scalar): string {
    const known = this.operands.filter((operand) => operand.type === type);
    const operand = this.dice.pick(known);
    return operand !== null && this.dice.chance(70) ? operand.name : this.constant(type);
  }

  constant(type: Scalar): string {
    return `SIMD[DType.${type.name}, ${this.width}](${literal(this.dice, type)})`;
  }

  private cast(type: Scalar, depth: number): string {
    const from = this.dice.pick(SCALARS) ?? type;
    return `${this.make(from, depth - 1)}.cast[DType.${type.name}]()`;
  }

  private comparison(depth: number): string {
    const type = this.dice.pick(SCALARS) ?? present(SCALARS[0]);
    const op = this.dice.pick(['lt', 'le', 'gt', 'ge', 'eq', 'ne']);
    return `${this.make(type, depth - 1)}.${op}(${this.make(type, depth - 1)})`;
  }

  private special(type: Scalar, depth: number): string {
    const a = this.make(type, depth - 1);
    if (type.kind === 'float') {
      if (this.dice.chance(50)) return `sqrt(abs(${a}))`;
      return `${a}.fma(${this.make(type, depth - 1)}, ${this.make(type, depth - 1)})`;
    }
    switch (this.dice.roll(3)) {
      case 0:
        return `(~${a})`;
      case 1:
        return `abs(${a})`;
      default:
        return `(${a} ${this.dice.pick(['<<', '>>'])} (${this.make(type, depth - 1)} & ${type.bits - 1}))`;
    }
  }

  private binary(type: Scalar, depth: number): string {
    const a = this.make(type, depth - 1);
    const b = this.make(type, depth - 1);
    if (type.kind === 'float') return `(${a} ${this.dice.pick(['+', '-', '*', '/'])} ${b})`;
    const op = this.dice.pick(['+', '-', '*', '&', '|', '^', '//', '%']);
    // A divisor of 0 is a matter of its own.
    return op === '//' || op === '%' ? `(${a} ${op} (${b} | 1))` : `(${a} ${op} ${b})`;
  }
}

function literal(dice: Dice, type: Scalar): string {
  if (type.kind === 'float')
    return dice.pick(['0.0', '-0.0', '1.0', '-1.5', '0.1', '3.0e10', '-7.25', '1.0e-30', '65536.5']) ?? '1.0';
  const top = (1n << BigInt(type.bits - (type.kind === 'signed' ? 1 : 0))) - 1n;
  const low = type.kind === 'signed' ? -top - 1n : 0n;
  const random = BigInt(dice.roll(2 ** 31)) % (top + 1n);
  return String(dice.pick([0n, 1n, 2n, 7n, top, low, top - 1n, random, random]) ?? 1n);
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('nothing there');
  return value;
}

/** A program of `count` expressions, each called three times; a line of output for each expression. */
export function expressionProgram(firstSeed: number, count: number): string {
  const functions: string[] = [];
  const calls: string[] = [];
  for (let seed = firstSeed; seed < firstSeed + count; seed++) {
    const dice = new Dice(Math.imul(seed, 40503) + 7);
    const width = dice.pick(WIDTHS) ?? 1;
    const operands = ['a', 'b', 'c'].map((name) => ({ name, type: dice.pick(SCALARS) ?? present(SCALARS[0]) }));
    const maker = new ExpressionMaker(dice, width, operands);
    const type = dice.pick(SCALARS) ?? present(SCALARS[0]);
    const vector = (scalar: Scalar): string => `SIMD[DType.${scalar.name}, ${width}]`;
    const parameters = operands.map((operand) => `${operand.name}: ${vector(operand.type)}`).join(', ');
    functions.push(
      '@no_inline',
      `def e${seed}(${parameters}) -> ${vector(type)}:`,
      `    return ${maker.make(type, 4)}`,
      '',
      '',
    );
    calls.push(`    print("${seed}", end=": ")`);
    for (let i = 0; i < 3; i++)
      calls.push(`    show(e${seed}(${operands.map((operand) => lanes(dice, operand.type, width)).join(', ')}))`);
    calls.push('    print()');
  }
  return `${PRELUDE}\n${functions.join('\n')}\ndef main():\n${calls.join('\n')}\n`;
}

function lanes(dice: Dice, type: Scalar, width: number): string {
  const values = Array.from({ length: width }, () => literal(dice, type));
  return `SIMD[DType.${type.name}, ${width}](${values.join(', ')})`;
}
