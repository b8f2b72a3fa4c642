/** Random calls whose arguments may overlap: places of one value and parts of it, passed in every convention, to functions that read and
 *  write them in a random order. What is accepted must mean the same however far it is optimized: a callee counts on what its
 *  arguments promise.
 *  In: a seed.  Out: the parts of a program, one function and one call for each case. */
import { type Case, programOfCases } from '../ownership/cases.ts';
import { Dice } from '../ownership/random.ts';

type Kind = 'Int' | 'List[Int]' | 'Part' | 'Whole' | 'List[List[Int]]' | 'Optional[Int]' | 'span' | 'pointer';

const PRELUDE = `from std.memory import ArcPointer, OwnedPointer, Span


struct Part(Copyable):
    var a: Int
    var b: List[Int]

    def __init__(out self):
        self.a = 5
        self.b = [6, 7, 8]


struct Whole(Copyable):
    var n: Int
    var xs: List[Int]
    var ys: List[List[Int]]
    var arr: Array[Int, 3]
    var o: Optional[Int]
    var d: Dict[Int, Int]
    var part: Part
    var t: Tuple[Int, Int]

    def __init__(out self):
        self.n = 1
        self.xs = [2, 3, 4]
        self.ys = [[1, 2], [3, 4]]
        self.arr = [7, 8, 9]
        self.o = 11
        self.d = {1: 12, 2: 13}
        self.part = Part()
        self.t = (14, 15)


def seen(x: Int) -> Int:
    return x


def seen(x: List[Int]) -> Int:
    return x[0] + 3 * x[1] + 5 * len(x)


def seen(x: Part) -> Int:
    return x.a + 3 * x.b[0] + 5 * x.b[1]


def seen(x: Whole) raises -> Int:
    var lists = 2 * x.xs[0] + 3 * x.xs[1] + 5 * x.ys[0][0] + 7 * x.arr[0] + 29 * x.arr[1] + 37 * len(x.xs)
    return x.n + lists + 11 * x.o.value() + 13 * x.d[1] + 17 * x.part.a + 19 * x.part.b[0] + 23 * x.t[0]


def seen(x: List[List[Int]]) -> Int:
    return x[0][0] + 3 * x[1][0] + 5 * len(x) + 7 * x[0][1]


def seen(x: Optional[Int]) -> Int:
    return x.value()


def seen(x: Span[mut=True, Int, _]) -> Int:
    return x[0] + 3 * x[1]


def seen(x: Pointer[mut=True, Int, _]) -> Int:
    return x[]


`;

const PLACES: Readonly<Record<Kind, readonly string[]>> = {
  Int: [
    ...['s.n', 's.xs[0]', 's.xs[1]', 's.ys[0][0]', 's.arr[0]', 's.arr[1]', 's.o.value()', 's.d[1]', 's.part.a'],
    ...['s.part.b[0]', 's.t[0]', 'p[]', 'r', 'shared[].n', 'shared[].xs[0]', 'own[].xs[0]', 'list[0]', 'element'],
  ],
  'List[Int]': ['s.xs', 's.ys[0]', 's.part.b', 'shared[].xs', 'own[].xs', 'list'],
  Part: ['s.part', 'shared[].part', 'own[].part'],
  Whole: ['s', 's', 'shared[]', 'own[]'],
  'List[List[Int]]': ['s.ys'],
  'Optional[Int]': ['s.o'],
  span: ['Span(s.xs)', 's.xs[0:2]', 'Span(s.ys[0])', 'Span(list)'],
  pointer: ['Pointer(to=s.n)', 'Pointer(to=s.xs[0])', 'p', 'Pointer(to=s.arr[0])', 'Pointer(to=s.o.value())'],
};

/** What a callee does to an argument; `@` stands for it. */
const WRITES: Readonly<Record<Kind, readonly string[]>> = {
  Int: ['@ += 100'],
  'List[Int]': ['@[0] += 50', '@[1] = 77', '@.append(5)', '@ = [1, 9]'],
  Part: ['@.a = 90', '@.b[0] = 91', '@.b.append(1)', '@ = Part()'],
  Whole: [
    ...[
      '@.n = 70',
      '@.xs[0] = 71',
      '@.xs.append(3)',
      '@.ys[0][0] = 72',
      '@.arr[0] = 73',
      '@.o.value() = 74',
      '@.o = 33',
    ],
    ...['@.d[1] = 75', '@.part.a = 76', '@.part.b[0] = 79', '@.t[0] = 78', '@.xs = [8, 8]'],
  ],
  'List[List[Int]]': ['@[0][0] = 60', '@[0] = [5, 5]', '@.append([1])'],
  'Optional[Int]': ['@.value() += 4', '@ = 9'],
  span: ['@[0] = 55', '@[1] += 2'],
  pointer: ['@[] += 13'],
};

const KINDS = Object.keys(PLACES) as Kind[];
const WHOLES: readonly Kind[] = ['Whole', 'List[Int]', 'Part', 'List[List[Int]]', 'span'];

const CONVENTIONS = ['mut', 'mut', '', '', 'var', 'ref'] as const;

/** Values beside `s` that a place may need. */
const OTHERS: Readonly<Record<string, string>> = {
  p: 'var p = Pointer(to=s.n)',
  r: 'ref r = s.xs[0]',
  list: 'ref list = s.xs',
  element: 'ref element = s.xs[1]',
  shared: 'var shared = ArcPointer(Whole())',
  own: 'var own = OwnedPointer(Whole())',
};

interface Argument {
  readonly kind: Kind;
  readonly convention: (typeof CONVENTIONS)[number];
  readonly name: string;
  readonly passed: string;
}

export function aliasCases(seed: number, count: number): readonly Case[] {
  const dice = new Dice(seed);
  return Array.from({ length: count }, (_, number) => ({ number, text: oneCase(dice, number) }));
}

/** A program of the cases, and the case of each of its lines. */
export function aliasProgram(cases: readonly Case[]): ReturnType<typeof programOfCases> {
  return programOfCases(PRELUDE, cases);
}

function oneCase(dice: Dice, number: number): string {
  const names = dice.chance(70) ? ['a', 'b'] : ['a', 'b', 'c'];
  // Half of the calls read a whole while they write a part.
  const isWhole = dice.chance(50);
  const args = names.map((name, i) =>
    isWhole && i === 0
      ? argument(dice, name, dice.pick(WHOLES) ?? 'Whole', '')
      : isWhole && i === 1
        ? argument(dice, name, 'Int', 'mut')
        : argument(dice, name, dice.pick(KINDS) ?? 'Int', dice.pick(CONVENTIONS) ?? ''),
  );
  const body = ['var sum = 0'];
  for (let step = 3 + dice.roll(4); step > 0; step--) {
    const arg = args[dice.roll(args.length)];
    if (arg === undefined) continue;
    const mayWrite =
      arg.convention === 'mut' || arg.convention === 'var' || arg.kind === 'span' || arg.kind === 'pointer';
    const write = mayWrite && dice.chance(55) ? dice.pick(WRITES[arg.kind]) : null;
    body.push(write === null ? `sum = sum * 3 + seen(${arg.name})` : write.replaceAll('@', arg.name));
  }
  body.push(...names.map((name) => `sum = sum * 7 + seen(${name})`), 'return sum % 1000003');
  const call = args.map(({ passed }) => passed).join(', ');
  const others = Object.keys(OTHERS).filter((name) => new RegExp(`\\b${name}\\b`).test(call));
  const shown = ['s', ...others.filter((name) => name === 'shared' || name === 'own').map((name) => `${name}[]`)];
  const test = [
    'var s = Whole()',
    ...others.map((name) => OTHERS[name]),
    `var result = callee_${number}(${call})`,
    `print(${number}, result, ${shown.map((name) => `seen(${name})`).join(', ')})`,
  ];
  const lines = (statements: readonly (string | undefined)[]): string =>
    statements.map((line) => `    ${line}\n`).join('');
  const callee = `@no_inline\ndef callee_${number}(${args.map(formal).join(', ')}) raises -> Int:\n${lines(body)}`;
  return `${callee}\n\ndef case_${number}() raises:\n${lines(test)}\n\n`;
}

function argument(dice: Dice, name: string, kind: Kind, wanted: Argument['convention']): Argument {
  const convention = kind === 'span' || kind === 'pointer' ? '' : wanted;
  const place = dice.pick(PLACES[kind]) ?? 's';
  const isCopied = convention === 'var' && kind !== 'Int' && dice.chance(70);
  return { kind, convention, name, passed: isCopied ? `${place}.copy()` : place };
}

function formal({ kind, convention, name }: Argument): string {
  if (kind === 'span') return `${name}: Span[mut=True, Int, _]`;
  if (kind === 'pointer') return `${name}: Pointer[mut=True, Int, _]`;
  return `${convention} ${name}: ${kind}`.trim();
}
