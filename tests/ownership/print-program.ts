/** Writes generated programs as Mojo, many into one file, and notes each statement's line in the tree. */
import type { Argument, Expression, Path, Program, ProgramFunction, Statement, Type } from './tree.ts';

const TYPES: Readonly<Record<Type, string>> = {
  R: 'R',
  I: 'I',
  M: 'M',
  P: 'P',
  N: 'N',
  D: 'D',
  W: 'W',
  L: 'List[R]',
  O: 'Optional[R]',
  T: 'Tuple[R, R]',
};

/** Types that tell of their lives on standard output, and the functions that programs call. None is inlined, which would make the
 *  optimizer work for minutes on the same code again and again. */
export const PRELUDE = `from std.memory import Pointer


@no_inline
def say(what: StaticString, n: Int):
    print(what, n, sep="", end=" ")


def step(mut k: Int) -> Bool:
    k = (k * 13 + 7) % 64
    return k >= 32


struct R(Copyable):
    var n: Int
    var text: String

    @no_inline
    def __init__(out self, n: Int):
        self.n = n
        self.text = String("a resource that owns memory, number ", n)
        say("+", n)

    @no_inline
    def __init__(out self, *, copy: Self):
        self.n = copy.n + 1000
        self.text = copy.text
        say("c", self.n)

    @no_inline
    def __init__(out self, *, deinit move: Self):
        self.n = move.n
        self.text = move.text^

    @no_inline
    def __deinit__(deinit self):
        say("-", self.n)


struct I(ImplicitlyCopyable):
    var n: Int
    var text: String

    @no_inline
    def __init__(out self, n: Int):
        self.n = n
        self.text = String("implicitly copied, number ", n)
        say("+", n)

    @no_inline
    def __init__(out self, *, copy: Self):
        self.n = copy.n + 1000
        self.text = copy.text
        say("c", self.n)

    @no_inline
    def __init__(out self, *, deinit move: Self):
        self.n = move.n
        self.text = move.text^

    @no_inline
    def __deinit__(deinit self):
        say("-", self.n)


struct M(Movable):
    var n: Int

    @no_inline
    def __init__(out self, n: Int):
        self.n = n
        say("+", n)

    @no_inline
    def __init__(out self, *, deinit move: Self):
        self.n = move.n
        say("m", self.n)

    @no_inline
    def __deinit__(deinit self):
        say("-", self.n)


@fieldwise_init
struct P(Movable):
    var a: R
    var b: R

    @no_inline
    def open(deinit self) -> R:
        return self.b^


@fieldwise_init
struct N(Movable):
    var p: P
    var r: R

    @no_inline
    def open(deinit self) -> R:
        return self.r^


@fieldwise_init
struct W(Movable):
    var a: M
    var b: M

    @no_inline
    def open(deinit self) -> M:
        return self.b^


struct D(Movable):
    var a: R
    var b: R

    @no_inline
    def __init__(out self, var a: R, var b: R):
        self.a = a^
        self.b = b^

    @no_inline
    def open(deinit self) -> R:
        return self.a^

    @no_inline
    def __deinit__(deinit self):
        say("~", 0)


struct Guard(Movable):
    var n: Int
    var text: String

    @no_inline
    def __init__(out self, n: Int):
        self.n = n
        self.text = String("a context manager, number ", n)
        say("+", n)

    @no_inline
    def __enter__(mut self):
        say("[", self.n)

    @no_inline
    def __exit__(mut self):
        say("]", self.n)

    @no_inline
    def __deinit__(deinit self):
        say("-", self.n)


@no_inline
def use(x: R):
    say("u", x.n)


@no_inline
def use(x: R, y: R):
    say("u", x.n)
    say("u", y.n)


@no_inline
def use(x: I):
    say("u", x.n)


@no_inline
def use(x: M):
    say("u", x.n)


@no_inline
def use(x: P):
    say("u", x.a.n)
    say("u", x.b.n)


@no_inline
def use(x: N):
    use(x.p)
    use(x.r)


@no_inline
def use(x: D):
    say("u", x.a.n)


@no_inline
def use(x: W):
    say("u", x.a.n)
    say("u", x.b.n)


@no_inline
def use(x: List[R]):
    say("l", len(x))
    if len(x) > 0:
        say("u", x[0].n)


@no_inline
def use(x: Optional[R]):
    if x:
        say("u", x.value().n)
    else:
        say("o", 0)


@no_inline
def use(x: Tuple[R, R]):
    say("u", x[0].n)
    say("u", x[1].n)


@no_inline
def eat(var x: R):
    say("e", x.n)


@no_inline
def eat(var x: I):
    say("e", x.n)


@no_inline
def eat(var x: M):
    say("e", x.n)


@no_inline
def eat(var x: P):
    say("e", x.a.n)


@no_inline
def eat(var x: N):
    say("e", x.r.n)


@no_inline
def eat(var x: D):
    say("e", x.a.n)


@no_inline
def eat(var x: W):
    say("e", x.a.n)


@no_inline
def eat(var x: List[R]):
    say("e", len(x))


@no_inline
def eat(var x: Optional[R]):
    say("e", 1 if x else 0)


@no_inline
def eat(var x: Tuple[R, R]):
    say("e", x[0].n)


@no_inline
def ignore[T: Movable & Deinitable](var x: T):
    say("i", 0)


@no_inline
def touch(mut x: R):
    x.n += 100
    say("t", x.n)


@no_inline
def reset(mut x: R, n: Int):
    x = R(n)


@no_inline
def may(mut k: Int, n: Int) raises -> R:
    if step(k):
        say("!", n)
        raise Error("may")
    return R(n)


@no_inline
def fail(mut k: Int) raises:
    if step(k):
        say("!", 0)
        raise Error("fail")


@no_inline
def hand(x: R, var y: R) -> R:
    say("h", x.n)
    return y^


@no_inline
def popped(mut l: List[R], n: Int) -> R:
    if len(l) > 0:
        return l.pop()
    return R(n)


@no_inline
def taken(mut o: Optional[R], n: Int) -> R:
    if o:
        return o.take()
    return R(n)

`;

/** Lines before the first program. */
export const PRELUDE_LINES = PRELUDE.split('\n').length - 1;

class Printer {
  readonly lines: string[];
  private readonly prefix: string;

  constructor(lines: string[], prefix: string) {
    this.lines = lines;
    this.prefix = prefix;
  }

  private put(depth: number, text: string): number {
    this.lines.push(`${'    '.repeat(depth)}${text}`);
    return this.lines.length;
  }

  function(fn: ProgramFunction): void {
    const params = ['mut k: Int', ...fn.parameters.map((p) => this.parameter(p.convention, p.name, p.type))];
    const effects = fn.raises ? ' raises' : '';
    const result = fn.result === null ? '' : ` -> ${TYPES[fn.result]}`;
    this.put(0, `def ${this.prefix}${fn.name}(${params.join(', ')})${effects}${result}:`);
    this.block(1, fn.body);
    this.put(0, '');
    this.put(0, '');
  }

  private parameter(convention: string, name: string, type: Type): string {
    return `${convention === 'read' ? '' : `${convention} `}${name}: ${TYPES[type]}`;
  }

  private block(depth: number, body: readonly Statement[]): void {
    if (body.length === 0) this.put(depth, 'pass');
    for (const statement of body) this.statement(depth, statement);
  }

  private statement(depth: number, s: Statement): void {
    s.line = this.put(depth, this.head(s));
    switch (s.kind) {
      case 'if':
        this.block(depth + 1, s.onTrue);
        if (s.otherwise !== null) {
          this.put(depth, 'else:');
          this.block(depth + 1, s.otherwise);
        }
        return;
      case 'while':
        this.put(depth, `while ${s.counter} < ${s.rounds}:`);
        this.put(depth + 1, `${s.counter} += 1`);
        this.block(depth + 1, s.body);
        return;
      case 'for':
      case 'with':
        this.block(depth + 1, s.body);
        return;
      case 'try':
        this.block(depth + 1, s.body);
        if (s.handler !== null) {
          this.put(depth, 'except:');
          this.block(depth + 1, s.handler);
        }
        if (s.otherwise !== null) {
          this.put(depth, 'else:');
          this.block(depth + 1, s.otherwise);
        }
        if (s.last !== null) {
          this.put(depth, 'finally:');
          this.block(depth + 1, s.last);
        }
        return;
      case 'each':
        this.put(depth + 1, 'use(e)');
        return;
      case 'closure':
        for (const capture of s.captures)
          this.put(depth + 1, capture.how === 'mut' ? `touch(${capture.name})` : `use(${capture.name})`);
        return;
      default:
        return;
    }
  }

  private head(s: Statement): string {
    switch (s.kind) {
      case 'var':
        if (s.value === null) return `var ${s.name}: ${TYPES[s.type]}`;
        return `var ${s.name}${s.type === 'L' ? ': List[R]' : ''} = ${this.expression(s.value)}`;
      case 'assign':
        return `${place(s.place)} = ${this.expression(s.value)}`;
      case 'use':
        return `use(${s.places.map(place).join(', ')})`;
      case 'keep':
        return `_ = ${place(s.place)}`;
      case 'peek':
        return `use(${s.values.map((value) => this.expression(value)).join(', ')})`;
      case 'eat':
        return `${s.ignored ? 'ignore' : 'eat'}(${this.expression(s.value)})`;
      case 'touch':
        return `touch(${place(s.place)})`;
      case 'reset':
        return `reset(${place(s.place)}, ${s.number})`;
      case 'swap':
        return `swap(${place(s.a)}, ${place(s.b)})`;
      case 'discard':
        return `_ = ${this.expression(s.value)}`;
      case 'callDo':
        return this.call(s.name, s.args);
      case 'append':
        return `${place(s.place)}.append(${this.expression(s.value)})`;
      case 'clear':
        return `${place(s.place)}.clear()`;
      case 'each':
        return `for ref e in ${place(s.place)}:`;
      case 'ref':
        if (s.how === 'pointer') return `var ${s.name} = Pointer(to=${place(s.place)})`;
        return `ref ${s.name} = ${place(s.place)}${s.how === 'element' ? '[0]' : ''}`;
      case 'closure': {
        const captures = s.captures.map((c) => (c.how === 'move' ? `var ${c.name}^` : `${c.how} ${c.name}`));
        return `def ${s.name}() {${captures.join(', ')}}:`;
      }
      case 'callClosure':
        return `${s.name}()`;
      case 'if':
        return 'if step(k):';
      case 'while':
        return `var ${s.counter} = 0`;
      case 'for':
        return `for _ in range(${s.rounds}):`;
      case 'with':
        return `with Guard(${s.number}):`;
      case 'try':
        return 'try:';
      case 'break':
      case 'continue':
        return s.kind;
      case 'return':
        return s.value === null ? 'return' : `return ${this.expression(s.value)}`;
      case 'raise':
        return 'raise Error("raised")';
      case 'fail':
        return 'fail(k)';
    }
  }

  private call(name: string, args: readonly Argument[]): string {
    const texts = args.map((arg) => (arg.kind === 'place' ? place(arg.place) : this.expression(arg.value)));
    return `${this.prefix}${name}(${['k', ...texts].join(', ')})`;
  }

  private expression(e: Expression): string {
    const parts = (list: readonly Expression[]): string => list.map((part) => this.expression(part)).join(', ');
    switch (e.kind) {
      case 'new':
        if (e.type === 'L') return e.parts.length === 0 ? 'List[R]()' : `[${parts(e.parts)}]`;
        if (e.type === 'O') return `Optional[R](${e.parts.length === 0 ? 'None' : parts(e.parts)})`;
        if (e.type === 'T') return `(${parts(e.parts)})`;
        return `${e.type}(${e.parts.length === 0 ? e.number : parts(e.parts)})`;
      case 'move':
        return `${place(e.place)}^`;
      case 'name':
        return place(e.place);
      case 'copy':
        return `${place(e.place)}.copy()`;
      case 'may':
        return `may(k, ${e.number})`;
      case 'pass':
        return `hand(${place(e.place)}, ${this.expression(e.value)})`;
      case 'open':
        return `${place(e.place)}^.open()`;
      case 'pop':
        return `popped(${place(e.place)}, ${e.number})`;
      case 'take':
        return `taken(${place(e.place)}, ${e.number})`;
      case 'call':
        return this.call(e.name, e.args);
    }
  }
}

/** `q[]` is written as a path with the part `[]`, `t[0]` with the part `0`. */
function place(path: Path): string {
  const step = (part: string): string => (part === '[]' ? part : /^\d/.test(part) ? `[${part}]` : `.${part}`);
  return path.map((part, i) => (i === 0 ? part : step(part))).join('');
}

/** One file with all programs; its output is a line for each: the seed, then the events. */
export function printPrograms(programs: readonly Program[]): string {
  const lines = PRELUDE.split('\n').slice(0, -1);
  for (const program of programs) {
    const printer = new Printer(lines, `s${program.seed}_`);
    for (const fn of program.functions) printer.function(fn);
  }
  lines.push('def main():');
  for (const program of programs) {
    const start = program.functions.at(-1);
    lines.push(
      `    print(${program.seed}, end=": ")`,
      `    var k${program.seed} = ${program.seed % 64}`,
      `    s${program.seed}_${start?.name ?? ''}(k${program.seed})`,
      '    print()',
    );
  }
  return `${lines.join('\n')}\n`;
}
