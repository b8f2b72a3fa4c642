/** The reference model's view of a function: statements taken apart into steps, in the order in which things happen.
 *  Written from the language's rules and without regard to the compiler's own passes; it stays a tree, no control-flow graph.
 *  In: a function of a generated program.  Out: nodes of steps; every variable and temporary with its order of creation. */
import { ValueLowering } from './lower-values.ts';
import { changed, type ModelFunction, moved, type Node, type Operand, read, RESULT } from './steps.ts';
import { ELEMENT, type Expression, isClosure, type Path, type ProgramFunction, type Statement } from './tree.ts';

/** What an exit runs on its way: a block of `finally`, the leaving of a context manager, or only a look at what `with` bound. */
type Last = readonly Statement[] | { readonly manager: string } | { readonly bound: string; readonly line: number };

class Lowering extends ValueLowering {
  /** Blocks of `finally` that an exit runs, innermost last; loops in between. */
  private readonly pending: (Last | 'loop')[] = [];
  private readonly parameters: ProgramFunction['parameters'];

  constructor(functions: readonly ProgramFunction[], parameters: ProgramFunction['parameters']) {
    super(functions);
    this.parameters = parameters;
  }

  block(body: readonly Statement[]): Node {
    return this.sequence(() => {
      for (const statement of body) this.statement(statement);
    });
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
        else if (s.value.kind === 'copies') {
          // The old value stays until all elements are there: a loop over it, or an error, still needs it.
          const made = this.value(s.value, null);
          this.step({ kind: 'transfer' }, [moved(made)], s.place);
        } else this.value(s.value, s.place);
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
      case 'put': {
        const place = this.owned(s.value);
        this.step({ kind: 'put', key: s.key }, [changed(s.place), moved(place)], null);
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
        // What a captured closure leads to, this one leads to.
        this.aliases.set(s.name, [
          ...borrowed.map((capture) => [capture.name]),
          ...owned.flatMap(({ name }) => (isClosure(name) ? (this.aliases.get(name) ?? []) : [])),
        ]);
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
        const given = s.argument === null ? [] : [moved(this.owned(s.argument))];
        const times = s.how === 'twice' ? 2 : 1;
        const operands = [read([s.name]), ...this.capturedBy(s.name)];
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
    if ('bound' in last) return onlyStep(last.line, 'keep', read([last.bound]));
    if ('manager' in last) return onlyStep(this.line, 'leave', changed([last.manager]));
    return this.block(last);
  }

  /** What a call of a closure touches: calling one passes what it captures, and what closures in it capture. */
  private capturedBy(name: string): Operand[] {
    return (this.closures.get(name) ?? []).flatMap((capture): Operand[] => {
      const own: Operand = { kind: 'borrow', place: [capture.name], mut: capture.how === 'mut' };
      const inner = isClosure(capture.name) ? this.capturedBy(capture.name) : [];
      return capture.how === 'move' ? inner : [own, ...inner];
    });
  }

  /** The manager lives until it is left, on every way out. */
  private withStatement(s: Extract<Statement, { kind: 'with' }>): void {
    if (s.how === 'entered') {
      const manager = this.temporary('R');
      this.step({ kind: 'new', type: 'R', number: s.number }, [], manager);
      this.declare(s.name, 'R');
      this.step({ kind: 'enterAs', number: s.number + 1 }, [moved(manager)], [s.name]);
      this.guarded({ bound: s.name, line: s.line }, s.line, () => this.block(s.body));
      return;
    }
    this.declare(s.name, 'R');
    this.step({ kind: 'new', type: 'R', number: s.number }, [], [s.name]);
    this.step({ kind: 'enter' }, [changed([s.name])], null);
    if (s.how === 'plain') this.guarded({ manager: s.name }, s.line, () => this.block(s.body));
    else this.told(s);
  }

  /** The manager sees what is raised, and says whether it goes on. */
  private told({ name, number, line, body }: Extract<Statement, { kind: 'with' }>): void {
    const [error = ''] = this.temporary('E');
    const last: Last = { manager: name };
    this.pending.push(last);
    const inner = this.block(body);
    this.pending.pop();
    this.line = line;
    const handler = this.sequence(() => {
      this.step({ kind: 'told' }, [changed([name]), read([error])], null);
      // The manager lives until the error is on its way again.
      const otherwise = this.sequence(() => {
        this.step({ kind: 'keep' }, [read([name])], null);
        this.nodes.push({ kind: 'exit', to: 'raise', line, error });
      });
      this.nodes.push({
        kind: 'branch',
        test: number % 2 === 0,
        onTrue: this.block([]),
        otherwise,
      });
    });
    this.nodes.push({ kind: 'try', body: inner, error, handler, otherwise: this.lastly(last) });
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
    const [root = ''] = place;
    const type = this.variables.get(root)?.type;
    const isElement = place.includes(ELEMENT) || (place.length > 1 && (type === 'T' || type === 'A'));
    return isElement || this.aliases.has(root);
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

function onlyStep(line: number, kind: 'keep' | 'leave', operand: Operand): Node {
  return { kind: 'step', line, action: { kind }, operands: [operand], dest: null, raises: false };
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
