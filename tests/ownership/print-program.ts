/** Writes generated programs as Mojo, many into one file, and notes each statement's line in the tree. */
import { PRELUDE } from './prelude.ts';
import {
  type Argument,
  ELEMENT,
  type Expression,
  isClosure,
  type Path,
  type Program,
  type ProgramFunction,
  type Statement,
  type Type,
} from './tree.ts';

const TYPES: Readonly<Record<Type, string>> = {
  R: 'R',
  I: 'I',
  M: 'M',
  Q: 'Q',
  E: 'E',
  P: 'P',
  N: 'N',
  D: 'D',
  W: 'W',
  B: 'Box[R]',
  X: 'Box[M]',
  L: 'List[R]',
  O: 'Optional[R]',
  K: 'Dict[Int, R]',
  J: 'Variant[R, P]',
  U: 'Bag[R]',
  T: 'Tuple[R, R]',
  A: 'Array[R, 2]',
};

/** The name of a named result. */
const NAMED = 'res';

class Printer {
  readonly lines: string[];
  private readonly prefix: string;
  /** The function's result has a name. */
  private named = false;

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
    const effects = fn.raises ? ' raises E' : '';
    this.named = fn.named && fn.result !== null;
    if (this.named && fn.result !== null) params.push(`out ${NAMED}: ${TYPES[fn.result]}`);
    const result = fn.result === null || this.named ? '' : ` -> ${TYPES[fn.result]}`;
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
    if (s.kind === 'return' && s.value !== null && this.named) {
      s.line = this.put(depth, `${NAMED} = ${this.expression(s.value)}`);
      this.put(depth, 'return');
      return;
    }
    s.line = this.put(depth, this.head(s));
    switch (s.kind) {
      case 'if':
        this.block(depth + 1, s.onTrue);
        this.otherwise(depth, s.otherwise);
        return;
      case 'while':
        this.put(depth, `while ${s.counter} < ${s.rounds}:`);
        this.put(depth + 1, `${s.counter} += 1`);
        this.block(depth + 1, s.body);
        this.otherwise(depth, s.otherwise);
        return;
      case 'for':
        this.block(depth + 1, s.body);
        this.otherwise(depth, s.otherwise);
        return;
      case 'with':
      case 'drain':
      case 'present':
        this.block(depth + 1, s.body);
        return;
      case 'try':
        this.block(depth + 1, s.body);
        if (s.handler !== null) {
          this.put(depth, s.error === null ? 'except:' : `except ${s.error}:`);
          this.block(depth + 1, s.handler);
        }
        this.otherwise(depth, s.otherwise);
        if (s.last !== null) {
          this.put(depth, 'finally:');
          this.block(depth + 1, s.last);
        }
        return;
      case 'each':
        this.put(depth + 1, 'use(e)');
        return;
      case 'closure':
        for (const { how, name } of s.captures)
          this.put(
            depth + 1,
            isClosure(name) ? `${name}${keptCall(name)}()` : how === 'mut' ? `touch(${name})` : `use(${name})`,
          );
        if (s.parameter) this.put(depth + 1, 'eat(x^)');
        return;
      default:
        return;
    }
  }

  private otherwise(depth: number, body: readonly Statement[] | null): void {
    if (body === null) return;
    this.put(depth, 'else:');
    this.block(depth + 1, body);
  }

  private head(s: Statement): string {
    switch (s.kind) {
      case 'var':
        if (s.value === null) return `var ${s.name}: ${TYPES[s.type]}`;
        return `var ${s.name}${s.type === 'L' ? ': List[R]' : ''} = ${this.expression(s.value)}`;
      case 'assign':
        return `${place(s.place)} = ${this.expression(s.value)}`;
      case 'use':
        return `${isOverloaded(s.places) ? 'give' : 'use'}(${s.places.map(place).join(', ')})`;
      case 'keep':
        return `_ = ${place(s.place)}`;
      case 'peek':
        return `use(${s.values.map((value) => this.expression(value)).join(', ')})`;
      case 'eat':
        return `${s.ignored ? 'ignore' : (EATING[s.value.type] ?? 'eat')}(${this.expression(s.value)})`;
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
      case 'put':
        if (s.key === 0) return `${place(s.place)}.set(${this.expression(s.value)})`;
        return `${place(s.place)}[${s.key}] = ${this.expression(s.value)}`;
      case 'clear':
        return `${place(s.place)}.clear()`;
      case 'reverse':
        return `${place(s.place)}.reverse()`;
      case 'insert':
        return `${place(s.place)}.insert(0, ${this.expression(s.value)})`;
      case 'each':
        return `for ref e in ${place(s.place)}${s.place[0]?.startsWith('k') ? '.values()' : ''}:`;
      case 'drain':
        return `for var ${s.name} in ${place(s.place)}^:`;
      case 'present':
        if (s.type === 'J') return `if ${place(s.place)}.isa[R]():`;
        return s.type === 'L' ? `if len(${place(s.place)}) > 0:` : `if ${place(s.place)}:`;
      case 'ref':
        if (s.how === 'pointer') return `var ${s.name} = Pointer(to=${place(s.place)})`;
        if (s.how === 'view') return `var ${s.name} = View(Pointer(to=${place(s.place)}))`;
        return `ref ${s.name} = ${place(s.place)}`;
      case 'pick':
        return `ref ${s.name} = pick(k, ${place(s.a)}, ${place(s.b)})`;
      case 'closure': {
        const captures = s.captures.map((c) => (c.how === 'move' ? `var ${c.name}^` : `${c.how} ${c.name}`));
        return `def ${s.name}(${s.parameter ? 'var x: R' : ''}) {${captures.join(', ')}}:`;
      }
      case 'keepClosure':
        return `var ${s.name} = Keep(${s.closure}^)`;
      case 'callClosure':
        if (s.how === 'kept') return `${s.name}.call()`;
        if (s.how !== 'direct') return `${s.how}(${s.name})`;
        return `${s.name}(${s.argument === null ? '' : this.expression(s.argument)})`;
      case 'if':
        return 'if step(k):';
      case 'while':
        return `var ${s.counter} = 0`;
      case 'for':
        return `for _ in range(${s.rounds}):`;
      case 'with':
        if (s.how === 'entered') return `with Entered(${s.number}) as ${s.name}:`;
        return `with ${s.how === 'told' ? 'Told' : 'Guard'}(${s.number}):`;
      case 'try':
        return 'try:';
      case 'break':
      case 'continue':
        return s.kind;
      case 'return':
        return s.value === null ? 'return' : `return ${this.expression(s.value)}`;
      case 'raise':
        return `raise E(${s.number})`;
      case 'reraise':
        return `raise ${s.error}^`;
      case 'fail':
        return `fail(k, ${s.number})`;
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
        if (e.type === 'A') return `two(${parts(e.parts)})`;
        if (e.type === 'K') return e.parts.length === 0 ? 'Dict[Int, R]()' : `table(${parts(e.parts)})`;
        if (e.type === 'U') return e.parts.length === 0 ? 'Bag[R]()' : `bag(${parts(e.parts)})`;
        if (e.type === 'J') return `Variant[R, P](${parts(e.parts)})`;
        if (e.type === 'B' || e.type === 'X') return `Box(${parts(e.parts)})`;
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
      case 'half':
        return `P(half=k, n=${e.number})`;
      case 'close':
        return `${place(e.place)}^.close(k, ${e.number})`;
      case 'through':
        return `passed(${this.expression(e.value)})`;
      case 'either':
        return `(${this.expression(e.onTrue)} if step(k) else ${this.expression(e.otherwise)})`;
      case 'gather':
        return `[R(${e.number} + i) for i in range(${e.count})${e.filtered ? ' if step(k)' : ''}]`;
      case 'copies':
        return `[e.copy() for e in ${place(e.place)}]`;
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

/** Functions that take a value over, of types that need another. A display would be a list as well as an array. */
const EATING: Readonly<Partial<Record<Type, string>>> = { A: 'eat_two', M: 'give' };

/** Whether what is used is an `M` by itself: it goes to a function that another takes over from, by the convention alone. */
function isOverloaded(places: readonly Path[]): boolean {
  return places.length === 1 && places[0]?.length === 1 && places[0][0]?.startsWith('m') === true;
}

/** How the element of a variable is written, by the first letter of its name. */
const ELEMENTS: Readonly<Record<string, string>> = { o: '.value()', j: '[R]' };

/** A closure in a struct is called through a method. */
function keptCall(name: string): string {
  return name.startsWith('h') ? '.call' : '';
}

/** `z[]` is written as a path with the part `[]`, `v.get()` with `()`, `t[0]` with the part `0`. */
function place(path: Path): string {
  const step = (part: string): string => {
    if (part === ELEMENT) return ELEMENTS[path[0]?.[0] ?? ''] ?? '[0]';
    if (part === '()') return '.get()';
    return part === '[]' ? part : /^\d/.test(part) ? `[${part}]` : `.${part}`;
  };
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
