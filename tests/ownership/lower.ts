/** The reference model's view of a function: statements taken apart into steps, in the order in which things happen.
 *  Written from the language's rules and without regard to the compiler's own passes; it stays a tree, no control-flow graph.
 *  In: a function of a generated program.  Out: nodes of steps; every variable and temporary with its order of creation. */
import {
  type Argument,
  type Capture,
  ELEMENT,
  type Expression,
  type Path,
  type ProgramFunction,
  type Statement,
  type Type,
} from './tree.ts';

/** What a step needs a value for. A result of null is a temporary of type Int or nothing. */
export type Operand =
  /** The place is read or changed during the step. */
  | { readonly kind: 'borrow'; readonly place: Path; readonly mut: boolean }
  /** The place or temporary is gone after the step. */
  | { readonly kind: 'move'; readonly place: Path };

export type Action =
  | { readonly kind: 'new'; readonly type: Type; readonly number: number }
  | { readonly kind: 'copyOrMove' }
  | { readonly kind: 'copy' }
  | { readonly kind: 'transfer' }
  | { readonly kind: 'may' | 'half' | 'close' | 'fail'; readonly number: number }
  | { readonly kind: 'error'; readonly number: number }
  | { readonly kind: 'through' }
  | { readonly kind: 'gather'; readonly number: number; readonly count: number; readonly filtered: boolean }
  | { readonly kind: 'copies' }
  /** The next element of a list that is taken apart. */
  | { readonly kind: 'next' }
  /** A new value for what a reference or element stands for: a new `R`, or the second operand. */
  | { readonly kind: 'set'; readonly number: number | null }
  | { readonly kind: 'hand' }
  | { readonly kind: 'open' }
  /** A context manager is entered or left. */
  | { readonly kind: 'enter' | 'leave' }
  | { readonly kind: 'pop' | 'take'; readonly number: number }
  | { readonly kind: 'call'; readonly name: string }
  | { readonly kind: 'use' }
  | { readonly kind: 'keep' }
  | { readonly kind: 'eat'; readonly type: Type; readonly ignored: boolean }
  | { readonly kind: 'touch' }
  | { readonly kind: 'reset'; readonly number: number }
  | { readonly kind: 'swap' }
  | { readonly kind: 'append' | 'insert' | 'clear' | 'reverse' | 'each' }
  | { readonly kind: 'ref' | 'pick'; readonly name: string }
  | { readonly kind: 'closure'; readonly name: string }
  | { readonly kind: 'keepClosure' }
  | { readonly kind: 'callClosure'; readonly name: string; readonly times: number }
  | { readonly kind: 'return' }
  | { readonly kind: 'test' };

export interface Step {
  readonly kind: 'step';
  readonly line: number;
  readonly action: Action;
  readonly operands: readonly Operand[];
  /** The place that gets the result: a variable, a field, or a temporary. */
  readonly dest: Path | null;
  readonly raises: boolean;
}

export type Node =
  | Step
  | { readonly kind: 'sequence'; readonly nodes: readonly Node[] }
  /** On a coin, or on whether a list or optional has an element. */
  | { readonly kind: 'branch'; readonly test: Path | null; readonly onTrue: Node; readonly otherwise: Node }
  /** `body` runs a number of times, or while a list has elements, then `otherwise`, unless left. */
  | { readonly kind: 'loop'; readonly rounds: number | Path; readonly body: Node; readonly otherwise: Node }
  /** `error` holds what was raised in the body. */
  | {
      readonly kind: 'try';
      readonly body: Node;
      readonly error: string;
      readonly handler: Node;
      readonly otherwise: Node;
    }
  | {
      readonly kind: 'exit';
      readonly to: 'break' | 'continue' | 'return' | 'raise';
      readonly line: number;
      /** The variable whose error a `raise` takes away. */
      readonly error: string | null;
    };

export interface Variable {
  readonly name: string;
  readonly type: Type;
  /** Ties between drops are broken in reverse order. */
  readonly order: number;
}

export interface ModelFunction {
  readonly name: string;
  readonly parameters: ProgramFunction['parameters'];
  readonly result: Type | null;
  readonly raises: boolean;
  readonly variables: ReadonlyMap<string, Variable>;
  /** What a reference, pointer or reading closure stands for. */
  readonly aliases: ReadonlyMap<string, readonly Path[]>;
  readonly closures: ReadonlyMap<string, readonly Capture[]>;
  readonly body: Node;
}

/** What an exit runs on its way: a block of `finally`, or the leaving of a context manager. */
type Last = readonly Statement[] | { readonly manager: string };

/** Holds the result of `return` until the function has ended. */
export const RESULT = 'res';

class Lowering {
  readonly variables = new Map<string, Variable>();
  readonly aliases = new Map<string, readonly Path[]>();
  readonly closures = new Map<string, readonly Capture[]>();
  private temporaries = 0;
  private line = 0;
  private nodes: Node[] = [];
  /** Blocks of `finally` that an exit runs, innermost last; loops in between. */
  private readonly pending: (Last | 'loop')[] = [];

  private readonly functions: readonly ProgramFunction[];
  private readonly parameters: ProgramFunction['parameters'];

  constructor(functions: readonly ProgramFunction[], parameters: ProgramFunction['parameters']) {
    this.functions = functions;
    this.parameters = parameters;
  }

  declare(name: string, type: Type): void {
    if (this.variables.has(name)) return;
    this.variables.set(name, { name, type, order: this.variables.size });
  }

  private step(action: Action, operands: readonly Operand[], dest: Path | null, raises = false): void {
    this.nodes.push({ kind: 'step', line: this.line, action, operands, dest, raises });
  }

  private temporary(type: Type): Path {
    const name = `%${this.temporaries++}`;
    this.declare(name, type);
    return [name];
  }

  /** Makes the value of an expression; where it is afterwards. */
  private value(e: Expression, dest: Path | null): Path {
    switch (e.kind) {
      case 'new': {
        const parts = e.parts.map((part) => this.owned(part));
        return this.into(dest, e.type, { kind: 'new', type: e.type, number: e.number }, parts.map(moved));
      }
      case 'move':
        return this.into(dest, e.type, { kind: 'transfer' }, [moved(e.place)]);
      case 'name':
        return this.into(dest, e.type, { kind: 'copyOrMove' }, [read(e.place)]);
      case 'copy':
        return this.into(dest, e.type, { kind: 'copy' }, [read(e.place)]);
      case 'may':
        return this.into(dest, 'R', { kind: 'may', number: e.number }, [], true);
      case 'half':
        return this.into(dest, e.type, { kind: 'half', number: e.number }, [], true);
      case 'close':
        return this.into(dest, e.type, { kind: 'close', number: e.number }, [moved(e.place)], true);
      case 'through':
        return this.into(dest, e.type, { kind: 'through' }, [moved(this.owned(e.value))]);
      case 'gather':
        return this.into(dest, e.type, e, []);
      case 'copies':
        return this.into(dest, e.type, { kind: 'copies' }, [read(e.place)]);
      case 'either':
        return this.either(e, dest);
      case 'pass': {
        const value = this.owned(e.value);
        return this.into(dest, 'R', { kind: 'hand' }, [read(e.place), moved(value)]);
      }
      case 'open':
        return this.into(dest, e.type, { kind: 'open' }, [moved(e.place)]);
      case 'pop':
      case 'take':
        return this.into(dest, 'R', { kind: e.kind, number: e.number }, [changed(e.place)]);
      case 'call': {
        const operands = this.arguments(e.name, e.args);
        return this.into(dest, e.type, { kind: 'call', name: e.name }, operands, this.function(e.name).raises);
      }
    }
  }

  private into(dest: Path | null, type: Type, action: Action, operands: readonly Operand[], raises = false): Path {
    const place = dest ?? this.temporary(type);
    this.step(action, operands, place, raises);
    return place;
  }

  private either(e: Extract<Expression, { kind: 'either' }>, dest: Path | null): Path {
    const result = this.temporary(e.type);
    this.step({ kind: 'test' }, [], null);
    const branch = (value: Expression): Node => this.sequence(() => void this.value(value, result));
    this.nodes.push({ kind: 'branch', test: null, onTrue: branch(e.onTrue), otherwise: branch(e.otherwise) });
    return dest === null ? result : this.into(dest, e.type, { kind: 'transfer' }, [moved(result)]);
  }

  /** A place that the next step may consume: `x^` itself, without a move of its own. */
  private owned(e: Expression): Path {
    return e.kind === 'move' ? e.place : this.value(e, null);
  }

  private arguments(name: string, args: readonly Argument[]): Operand[] {
    return args.map((arg, i): Operand => {
      if (arg.kind === 'place') return { kind: 'borrow', place: arg.place, mut: arg.mut };
      if (this.function(name).parameters[i]?.convention === 'var') return moved(this.owned(arg.value));
      return read(this.value(arg.value, null));
    });
  }

  private function(name: string): ProgramFunction {
    const found = this.functions.find((fn) => fn.name === name);
    if (found === undefined) throw new Error(`no function ${name}`);
    return found;
  }

  block(body: readonly Statement[]): Node {
    return this.sequence(() => {
      for (const statement of body) this.statement(statement);
    });
  }

  private sequence(fill: () => void): Node {
    const saved = this.nodes;
    this.nodes = [];
    fill();
    const node: Node = { kind: 'sequence', nodes: this.nodes };
    this.nodes = saved;
    return node;
  }

  private statement(s: Statement): void {
    this.line = s.line;
    switch (s.kind) {
      case 'var':
        this.declare(s.name, s.type);
        if (s.value !== null) this.value(s.value, [s.name]);
        return;
      case 'assign':
        if (this.isBehind(s.place)) this.setBehind(s.place, s.value);
        else this.value(s.value, s.place);
        return;
      case 'use':
        this.step({ kind: 'use' }, s.places.map(read), null);
        return;
      case 'keep':
        this.step({ kind: 'keep' }, [read(s.place)], null);
        return;
      case 'peek': {
        // A transfer to what only borrows has no effect.
        const places = s.values.map((value) => this.owned(value));
        this.step({ kind: 'use' }, places.map(read), null);
        return;
      }
      case 'eat': {
        const place = this.owned(s.value);
        this.step({ kind: 'eat', type: s.value.type, ignored: s.ignored }, [moved(place)], null);
        return;
      }
      case 'touch':
        this.step({ kind: 'touch' }, [changed(s.place)], null);
        return;
      case 'reset':
        this.step({ kind: 'reset', number: s.number }, [changed(s.place)], null);
        return;
      case 'swap':
        this.step({ kind: 'swap' }, [changed(s.a), changed(s.b)], null);
        return;
      case 'discard': {
        // `_` is older than the temporaries of its value, and looks at it: what the value needed last ends before.
        const value = this.value(s.value, this.temporary(s.value.type));
        this.step({ kind: 'keep' }, [read(value)], null);
        return;
      }
      case 'callDo':
        this.step({ kind: 'call', name: s.name }, this.arguments(s.name, s.args), null, this.function(s.name).raises);
        return;
      case 'append':
      case 'insert': {
        const place = this.owned(s.value);
        this.step({ kind: s.kind }, [changed(s.place), moved(place)], null);
        return;
      }
      case 'clear':
      case 'reverse':
        this.step({ kind: s.kind }, [changed(s.place)], null);
        return;
      case 'each':
        this.step({ kind: 'each' }, [read(s.place)], null);
        return;
      case 'ref':
        this.aliases.set(s.name, [s.place]);
        this.step({ kind: 'ref', name: s.name }, [read(s.place)], null);
        return;
      case 'pick':
        this.step({ kind: 'pick', name: s.name }, [this.lent(s.a), this.lent(s.b)], null);
        this.aliases.set(s.name, [s.a, s.b]);
        return;
      case 'drain':
        this.drain(s);
        return;
      case 'present':
        this.step({ kind: 'test' }, [read(s.place)], null);
        this.nodes.push({ kind: 'branch', test: s.place, onTrue: this.block(s.body), otherwise: this.block([]) });
        return;
      case 'keepClosure':
        this.closures.set(s.name, this.closures.get(s.closure) ?? []);
        this.aliases.set(s.name, this.aliases.get(s.closure) ?? []);
        this.declare(s.name, 'R');
        this.step({ kind: 'keepClosure' }, [moved([s.closure])], [s.name]);
        return;
      case 'closure': {
        this.closures.set(s.name, s.captures);
        const borrowed = s.captures.filter((capture) => capture.how !== 'move');
        const owned = s.captures.filter((capture) => capture.how === 'move');
        this.aliases.set(
          s.name,
          borrowed.map((capture) => [capture.name]),
        );
        this.declare(s.name, 'R');
        const operands = [
          ...borrowed.map((capture) => ({
            kind: 'borrow' as const,
            place: [capture.name],
            mut: capture.how === 'mut',
          })),
          ...owned.map((capture) => moved([capture.name])),
        ];
        this.step({ kind: 'closure', name: s.name }, operands, [s.name]);
        return;
      }
      case 'callClosure': {
        const captures = this.closures.get(s.name) ?? [];
        const given = s.argument === null ? [] : [moved(this.owned(s.argument))];
        const operands: Operand[] = [read([s.name])];
        for (const { how, name } of captures)
          if (how !== 'move') operands.push({ kind: 'borrow', place: [name], mut: how === 'mut' });
        const times = s.how === 'twice' ? 2 : 1;
        this.step({ kind: 'callClosure', name: s.name, times }, [...operands, ...given], null);
        return;
      }
      case 'if':
        this.step({ kind: 'test' }, [], null);
        this.nodes.push({
          kind: 'branch',
          test: null,
          onTrue: this.block(s.onTrue),
          otherwise: this.block(s.otherwise ?? []),
        });
        return;
      case 'while':
      case 'for': {
        this.pending.push('loop');
        const body = this.block(s.body);
        this.pending.pop();
        this.nodes.push({ kind: 'loop', rounds: s.rounds, body, otherwise: this.block(s.otherwise ?? []) });
        return;
      }
      case 'try':
        this.tryStatement(s);
        return;
      case 'with':
        this.withStatement(s);
        return;
      case 'break':
      case 'continue':
        this.exit(s.kind);
        return;
      case 'return':
        if (s.value !== null) this.value(s.value, [RESULT]);
        this.exit('return');
        return;
      case 'raise': {
        const error = this.temporary('E');
        this.step({ kind: 'error', number: s.number }, [], error);
        this.exit('raise', error[0]);
        return;
      }
      case 'reraise':
        this.exit('raise', s.error);
        return;
      case 'fail':
        this.step({ kind: 'fail', number: s.number }, [], null, true);
        return;
    }
  }

  /** `finally` runs on every way out: it is written out on each of them. */
  private tryStatement(s: Extract<Statement, { kind: 'try' }>): void {
    this.guarded(s.last, s.line, () => {
      if (s.handler === null) return this.block(s.body);
      const error = s.error ?? this.temporary('E')[0] ?? '';
      this.declare(error, 'E');
      const body = this.block(s.body);
      const otherwise = this.block(s.otherwise ?? []);
      return { kind: 'try', body, error, handler: this.block(s.handler), otherwise };
    });
  }

  private guarded(last: Last | null, line: number, inner: () => Node): void {
    if (last === null) {
      this.nodes.push(inner());
      return;
    }
    const [error = ''] = this.temporary('E');
    this.pending.push(last);
    const node = inner();
    this.pending.pop();
    const raised: Node = {
      kind: 'sequence',
      nodes: [this.lastly(last), { kind: 'exit', to: 'raise', line, error }],
    };
    this.nodes.push({ kind: 'try', body: node, error, handler: raised, otherwise: this.lastly(last) });
  }

  private lastly(last: Last): Node {
    if (!('manager' in last)) return this.block(last);
    const place: Path = [last.manager];
    const { line } = this;
    return { kind: 'step', line, action: { kind: 'leave' }, operands: [changed(place)], dest: null, raises: false };
  }

  /** The manager lives until it is left, on every way out. */
  private withStatement(s: Extract<Statement, { kind: 'with' }>): void {
    this.declare(s.name, 'R');
    this.step({ kind: 'new', type: 'R', number: s.number }, [], [s.name]);
    this.step({ kind: 'enter' }, [changed([s.name])], null);
    this.guarded({ manager: s.name }, s.line, () => this.block(s.body));
  }

  /** The elements are taken out one by one; what is left ends where the loop is left. */
  private drain(s: Extract<Statement, { kind: 'drain' }>): void {
    const rest = this.temporary('L');
    this.step({ kind: 'transfer' }, [moved(s.place)], rest);
    this.pending.push('loop');
    const body = this.sequence(() => {
      this.declare(s.name, 'R');
      this.step({ kind: 'next' }, [changed(rest)], [s.name]);
      this.nodes.push(this.block(s.body));
    });
    this.pending.pop();
    this.nodes.push({ kind: 'loop', rounds: rest, body, otherwise: this.block([]) });
  }

  /** Whether a place is reached through a reference: its old value ends at the store. */
  private isBehind(place: Path): boolean {
    return place.includes(ELEMENT) || this.aliases.has(place[0] ?? '');
  }

  /** A new value is built in place, after the old one has ended; others are there first. */
  private setBehind(place: Path, value: Expression): void {
    if (value.kind === 'new') this.step({ kind: 'set', number: value.number }, [changed(place)], null);
    else this.step({ kind: 'set', number: null }, [changed(place), moved(this.owned(value))], null);
  }

  /** An argument by `ref`: mutable if the place is. */
  private lent(place: Path): Operand {
    const owner = this.parameters.find(({ name }) => name === place[0]);
    return { kind: 'borrow', place, mut: owner?.convention !== 'read' };
  }

  private exit(to: 'break' | 'continue' | 'return' | 'raise', error: string | null = null): void {
    const { line } = this;
    // A raise is caught by the try around it, whose handler runs the block.
    if (to !== 'raise') {
      const saved = [...this.pending];
      for (let entry = this.pending.pop(); entry !== undefined; entry = this.pending.pop()) {
        if (entry !== 'loop') this.nodes.push(this.lastly(entry));
        else if (to !== 'return') break;
      }
      this.pending.length = 0;
      this.pending.push(...saved);
    }
    this.nodes.push({ kind: 'exit', to, line, error });
  }
}

function moved(place: Path): Operand {
  return { kind: 'move', place };
}

function read(place: Path): Operand {
  return { kind: 'borrow', place, mut: false };
}

function changed(place: Path): Operand {
  return { kind: 'borrow', place, mut: true };
}

export function lowerProgram(functions: readonly ProgramFunction[]): Map<string, ModelFunction> {
  const lowered = new Map<string, ModelFunction>();
  for (const fn of functions) {
    const lowering = new Lowering(functions, fn.parameters);
    for (const parameter of fn.parameters) lowering.declare(parameter.name, parameter.type);
    if (fn.result !== null) lowering.declare(RESULT, fn.result);
    const body = lowering.block(fn.body);
    const { variables, aliases, closures } = lowering;
    const { name, parameters, result, raises } = fn;
    lowered.set(name, { name, parameters, result, raises, variables, aliases, closures, body });
  }
  return lowered;
}
