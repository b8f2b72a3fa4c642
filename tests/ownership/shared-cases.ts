/** Functions over values that have several owners: random places in a graph of `ArcPointer`s, references to them, and changes through
 *  other owners, in the function itself, in the functions that it calls, in closures and in destructors. What the compiler accepts of
 *  them may end by the check that arguments lie apart, and reaches no dead value.
 *  In: a seed.  Out: cases for the harness of `accepted.test.ts`. */
import type { Case } from './cases.ts';
import { Dice } from './random.ts';

/** A resource knows whether it is alive: its end and its move clear the tag. */
export const SHARED_PRELUDE = `from std.memory import ArcPointer


struct R(Copyable):
    var id: Int
    var tag: Int

    def __init__(out self, id: Int):
        self.id = id
        self.tag = ~id

    def __init__(out self, *, copy: Self):
        copy.check()
        self.id = copy.id
        self.tag = ~copy.id

    def __init__(out self, *, deinit move: Self):
        move.check()
        self.id = move.id
        self.tag = ~move.id
        move.tag = 0

    def __deinit__(deinit self):
        self.check()
        self.tag = 0

    def check(self):
        if self.tag != ~self.id:
            print("DEAD")


struct Leaf(Movable):
    var r: R
    var list: List[R]

    def __init__(out self, id: Int):
        self.r = R(id)
        self.list = [R(id + 1), R(id + 2)]


struct Node(Movable):
    var r: R
    var leaf: ArcPointer[Leaf]
    var kids: List[ArcPointer[Node]]
    var one: Optional[ArcPointer[Node]]
    var list: List[R]

    def __init__(out self, id: Int, depth: Int = 0):
        self.r = R(id)
        self.leaf = ArcPointer(Leaf(id * 3))
        self.kids = []
        self.one = None
        self.list = [R(id + 1)]
        if depth > 0:
            self.kids.append(ArcPointer(Node(id * 2, depth - 1)))
            self.one = ArcPointer(Node(id * 2 + 1, depth - 1))


comptime A = ArcPointer[Node]
comptime L = ArcPointer[Leaf]


struct Emptying(Movable):
    var a: A

    def __init__(out self, a: A):
        self.a = a

    def __deinit__(deinit self):
        self.a[].kids.clear()
        self.a[].list.clear()
        self.a[].leaf = ArcPointer(Leaf(77))


struct Box[F: def() -> None](Movable):
    var f: Self.F

    def __init__(out self, var f: Self.F):
        self.f = f^

    def call(self):
        self.f()


def run[F: def() -> None](f: F):
    f()


def use_R(x: R):
    x.check()


def use_rs(x: List[R]):
    for r in x:
        r.check()


def use_view(x: Span[R, _]):
    for r in x:
        r.check()


def use_Leaf(x: Leaf):
    x.r.check()
    use_rs(x.list)


def use_L(x: L):
    use_Leaf(x[])


def use_Node(x: Node):
    x.r.check()
    use_L(x.leaf)
    use_rs(x.list)


def use_A(x: A):
    use_Node(x[])


def use_kids(x: List[A]):
    for a in x:
        use_A(a)


def use_one(x: Optional[A]):
    if x:
        use_A(x.value())


`;

type Kind = 'R' | 'rs' | 'view' | 'Leaf' | 'L' | 'Node' | 'A' | 'kids' | 'one';

const KINDS: readonly Kind[] = ['R', 'rs', 'Leaf', 'L', 'Node', 'A', 'kids', 'one'];

const TYPES: Readonly<Record<Kind, string>> = {
  R: 'R',
  rs: 'List[R]',
  view: 'Span[R, _]',
  Leaf: 'Leaf',
  L: 'L',
  Node: 'Node',
  A: 'A',
  kids: 'List[A]',
  one: 'Optional[A]',
};

/** How a place is reached from one of another kind; `guard`: where it is not, the function returns. */
const WAYS: Readonly<Record<Kind, readonly { from: Kind; way: string; guard?: (base: string) => string }[]>> = {
  R: [
    { from: 'Node', way: '.r' },
    { from: 'Leaf', way: '.r' },
    { from: 'rs', way: '[0]', guard: (base) => `len(${base}) == 0` },
    { from: 'view', way: '[0]', guard: (base) => `len(${base}) == 0` },
  ],
  rs: [
    { from: 'Node', way: '.list' },
    { from: 'Leaf', way: '.list' },
  ],
  view: [],
  Leaf: [{ from: 'L', way: '[]' }],
  L: [{ from: 'Node', way: '.leaf' }],
  Node: [{ from: 'A', way: '[]' }],
  A: [
    { from: 'kids', way: '[0]', guard: (base) => `len(${base}) == 0` },
    { from: 'one', way: '.value()', guard: (base) => `not ${base}` },
  ],
  kids: [{ from: 'Node', way: '.kids' }],
  one: [{ from: 'Node', way: '.one' }],
};

interface Variable {
  readonly name: string;
  readonly kind: Kind;
  readonly writable: boolean;
  /** A reference or view, worth looking at later. */
  readonly isReference: boolean;
  /** A pointer is followed by `[]`. */
  readonly isPointer: boolean;
}

interface Place {
  readonly text: string;
  readonly guards: readonly string[];
}

interface Helper {
  readonly name: string;
  readonly parameters: readonly { readonly kind: Kind; readonly isMut: boolean }[];
}

type Action = 'bind' | 'use' | 'change' | 'copy' | 'view' | 'point' | 'loop' | 'close' | 'empty' | 'swap' | 'call';

const ACTIONS: readonly Action[] = [
  ...(['bind', 'bind', 'bind', 'use', 'use', 'change', 'change', 'change', 'call', 'call'] as const),
  ...(['copy', 'view', 'point', 'loop', 'close', 'empty', 'swap'] as const),
];

class GraphMaker {
  private readonly dice: Dice;
  private readonly helpers: Helper[] = [];
  private names = 0;

  constructor(dice: Dice) {
    this.dice = dice;
  }

  make(number: number): string {
    const { dice } = this;
    let text = '';
    for (let i = 1 + dice.roll(3); i > 0; i--) text += this.helper(`helper_${number}_${i}`);
    const scope = ['a0', 'a1', 'a2'].map((name) => variable(name, 'A'));
    const lines = ['var a0 = ArcPointer(Node(1, 2))', 'var a1 = a0', 'var a2 = a0'];
    if (dice.chance(30)) lines.push('a0[].kids[0][].kids.append(a0)');
    if (dice.chance(40)) {
      lines.push('var v = Node(9, 2)');
      scope.push(variable('v', 'Node'));
    }
    if (dice.chance(60)) lines.push(...this.block(scope, 4 + dice.roll(5), 0));
    else {
      for (let i = 1 + dice.roll(2); i > 0; i--) lines.push(...this.surely('call', scope, 0));
      lines.push(...this.heldOver(scope), ...this.surely('call', scope, 0));
    }
    return `${text}def case_${number}() raises:\n${indented([`print("case ${number}")`, ...lines])}\n\n`;
  }

  private helper(name: string): string {
    const parameters = Array.from({ length: 1 + this.dice.roll(3) }, () => ({
      kind: this.dice.pick(KINDS) ?? 'A',
      isMut: this.dice.chance(35),
    }));
    const scope = parameters.map(({ kind, isMut }, i) => ({ ...variable(`m${i}`, kind), writable: isMut }));
    const body = this.dice.chance(60) ? this.heldOver(scope) : this.block(scope, 2 + this.dice.roll(4), 1);
    this.helpers.push({ name, parameters });
    const list = parameters.map(({ kind, isMut }, i) => `${isMut ? 'mut ' : ''}m${i}: ${TYPES[kind]}`);
    return `def ${name}(${list.join(', ')}):\n${indented(body)}\n\n`;
  }

  /** A reference, a change of something else, a use of the reference. */
  private heldOver(scope: readonly Variable[]): string[] {
    const { dice } = this;
    const first = dice.pick(scope);
    const second = dice.pick(scope.filter((other) => other !== first)) ?? first;
    if (first === null || second === null) return [];
    const held = [first];
    const lines = this.surely(dice.pick(['bind', 'bind', 'bind', 'view', 'point'] as const) ?? 'bind', held, 1);
    const action = dice.pick(['change', 'change', 'change', 'swap', 'call', 'empty', 'close'] as const) ?? 'change';
    lines.push(...this.surely(action, [second], 1));
    for (const made of held.slice(1)) lines.push(look(made));
    return lines;
  }

  private surely(action: Action, scope: Variable[], level: number): string[] {
    for (let tries = 0; tries < 20; tries++) {
      const lines = this.statement(action, scope, level, 'return');
      if (lines.length > 0) return lines;
    }
    return [];
  }

  private block(outer: readonly Variable[], count: number, level: number, leave = 'return'): string[] {
    const scope = [...outer];
    const lines: string[] = [];
    for (let i = 0; i < count; i++)
      lines.push(...this.statement(this.dice.pick(ACTIONS) ?? 'use', scope, level, leave));
    return lines;
  }

  private statement(action: Action, scope: Variable[], level: number, leave: string): string[] {
    const { dice } = this;
    const kind = dice.pick(KINDS) ?? 'A';
    const at = (place: Place, ...lines: string[]): string[] => [
      ...new Set(place.guards.map((guard) => `if ${guard}: ${leave}`)),
      ...lines,
    ];
    const bind = (
      of: Kind,
      write: (name: string, place: Place) => string,
      kindOf: Partial<Variable> = {},
    ): string[] => {
      const place = this.place(of, scope, 3, false);
      if (place === null) return [];
      const name = this.name();
      scope.push({ ...variable(name, of), isReference: true, ...kindOf });
      return at(place, write(name, place));
    };
    switch (action) {
      case 'bind':
        return bind(kind, (name, { text }) => `ref ${name} = ${text}`);
      case 'point':
        return bind(kind, (name, { text }) => `var ${name} = Pointer(to=${text})`, { isPointer: true });
      case 'view':
        return bind('rs', (name, { text }) => `var ${name} = Span(${text})`, { kind: 'view' });
      case 'copy':
        return bind('A', (name, { text }) => `var ${name} = ${text}`, { isReference: false });
      case 'use': {
        const reference = dice.chance(70) ? dice.pick(scope.filter((known) => known.isReference)) : null;
        if (reference !== null) return [look(reference)];
        const place = this.place(kind, scope, 3, false);
        return place === null ? [] : at(place, `use_${kind}(${place.text})`);
      }
      case 'change': {
        const place = this.place(kind, scope, 3, true);
        return place === null ? [] : at(place, ...this.changed(kind, place.text, scope, leave));
      }
      case 'swap': {
        const [one, other] = [this.place(kind, scope, 3, true), this.place(kind, scope, 3, true)];
        return one === null || other === null ? [] : [...at(one), ...at(other, `swap(${one.text}, ${other.text})`)];
      }
      case 'empty': {
        const place = this.place('A', scope, 2, false);
        const name = this.name();
        return place === null ? [] : at(place, `var ${name} = Emptying(${place.text})`, `_ = ${name}.a.count()`);
      }
      case 'loop': {
        const of = dice.pick(['kids', 'rs'] as const) ?? 'kids';
        const place = level > 2 ? null : this.place(of, scope, 3, false);
        if (place === null) return [];
        const item = { ...variable(this.name(), of === 'kids' ? 'A' : 'R'), isReference: true };
        const body = this.block(
          [...scope, item],
          1 + dice.roll(4),
          level + 1,
          dice.pick(['break', 'continue']) ?? 'break',
        );
        return at(place, `for ${dice.chance(50) ? 'ref ' : ''}${item.name} in ${place.text}:`, ...nested(body));
      }
      case 'close':
        return level > 1 ? [] : this.closure(scope, level);
      case 'call': {
        const helper = dice.pick(this.helpers);
        if (helper === null) return [];
        // Mostly each argument through another owner.
        const owners = dice.chance(80) ? scope.filter((known) => !known.isReference) : [];
        const places = helper.parameters.map(({ kind: wanted, isMut }, i) => {
          const only = owners[(i + dice.roll(2)) % Math.max(owners.length, 1)];
          return this.place(wanted, only === undefined ? scope : [only], 3, isMut);
        });
        if (places.some((place) => place === null)) return [];
        const all = places.filter((place) => place !== null);
        return [...all.flatMap((place) => at(place)), `${helper.name}(${all.map(({ text }) => text).join(', ')})`];
      }
    }
  }

  private closure(scope: Variable[], level: number): string[] {
    const { dice } = this;
    const captured = dice.pick(scope.filter((known) => known.kind !== 'view' && !known.isPointer));
    if (captured === null) return [];
    const how = dice.pick(captured.kind === 'A' ? ['imm', 'mut', 'ref', 'var'] : ['imm', 'mut', 'ref']) ?? 'imm';
    const inside = { ...captured, writable: how !== 'imm', isReference: false };
    const name = this.name();
    const body = this.block([inside], 1 + dice.roll(3), level + 1);
    const lines = [`def ${name}() {${how} ${captured.name}}:`, ...nested(body)];
    const held = [...scope];
    if (dice.chance(60)) lines.push(...this.surely('bind', held, level));
    lines.push(
      ...(dice.pick([[`${name}()`], [`run(${name})`], [`var b${name} = Box(${name})`, `b${name}.call()`]]) ?? []),
    );
    return [...lines, ...held.slice(scope.length).map(look)];
  }

  private changed(kind: Kind, text: string, scope: readonly Variable[], leave: string): string[] {
    const { dice } = this;
    const n = 1 + dice.roll(50);
    const owner = this.place('A', scope, 2, false);
    const guards = (owner?.guards ?? []).map((guard) => `if ${guard}: ${leave}`);
    const fresh = `ArcPointer(Node(${n}, 1))`;
    const node = dice.chance(50) ? [...guards, owner?.text ?? fresh] : [fresh];
    const before = node.slice(0, -1);
    const value = node.at(-1) ?? fresh;
    const choices: Readonly<Record<Kind, readonly (readonly string[])[]>> = {
      R: [[`${text} = R(${n})`]],
      rs: [
        [`${text}.clear()`],
        [`${text}.append(R(${n}))`],
        [`if len(${text}) > 0: _ = ${text}.pop()`],
        [`${text} = [R(${n})]`],
      ],
      view: [],
      Leaf: [[`${text} = Leaf(${n})`]],
      L: [[`${text} = ArcPointer(Leaf(${n}))`]],
      Node: [[`${text} = Node(${n}, 1)`]],
      A: [[...before, `${text} = ${value}`]],
      kids: [
        [`${text}.clear()`],
        [...before, `${text}.append(${value})`],
        [`if len(${text}) > 0: _ = ${text}.pop()`],
        [...before, `if len(${text}) > 0: ${text}[0] = ${value}`],
      ],
      one: [[`${text} = None`], [...before, `${text} = ${value}`]],
    };
    return [...(dice.pick(choices[kind]) ?? [])];
  }

  /** A place of a kind, at most so many steps from a variable. */
  private place(kind: Kind, scope: readonly Variable[], depth: number, writable: boolean): Place | null {
    const { dice } = this;
    const here = dice.pick(scope.filter((known) => known.kind === kind && (known.writable || !writable)));
    if (here !== null && (depth === 0 || dice.chance(60)))
      return { text: here.isPointer ? `${here.name}[]` : here.name, guards: [] };
    if (depth === 0) return null;
    const first = dice.roll(8);
    const ways = WAYS[kind];
    for (let i = 0; i < ways.length; i++) {
      const step = ways[(first + i) % ways.length];
      if (step === undefined) continue;
      const base = this.place(step.from, scope, depth - 1, writable && step.way !== '[]');
      if (base === null) continue;
      return {
        text: base.text + step.way,
        guards: step.guard === undefined ? base.guards : [...base.guards, step.guard(base.text)],
      };
    }
    return null;
  }

  private name(): string {
    return `x${this.names++}`;
  }
}

function variable(name: string, kind: Kind): Variable {
  return { name, kind, writable: true, isReference: false, isPointer: false };
}

function look({ name, kind, isPointer }: Variable): string {
  return `use_${kind}(${name}${isPointer ? '[]' : ''})`;
}

function nested(lines: readonly string[]): string[] {
  return (lines.length === 0 ? ['pass'] : lines).map((line) => `    ${line}`);
}

function indented(lines: readonly string[]): string {
  return nested(lines).join('\n');
}

export function sharedCases(seed: number, count: number): readonly Case[] {
  const dice = new Dice(Math.imul(seed, 0x9e3779b1));
  return Array.from({ length: count }, (_, number) => ({ number, text: new GraphMaker(dice).make(number) }));
}
