/** Expressions taken apart into the steps that make their values.
 *  In: an expression.  Out: steps in the current block, and where the value is afterwards. */
import { type Action, changed, moved, type Node, type Operand, read, type Variable } from './steps.ts';
import type { Argument, Capture, Expression, Path, ProgramFunction, Type } from './tree.ts';

export class ValueLowering {
  readonly variables = new Map<string, Variable>();
  readonly aliases = new Map<string, readonly Path[]>();
  readonly closures = new Map<string, readonly Capture[]>();
  private temporaries = 0;
  protected line = 0;
  protected nodes: Node[] = [];
  private readonly functions: readonly ProgramFunction[];

  constructor(functions: readonly ProgramFunction[]) {
    this.functions = functions;
  }

  declare(name: string, type: Type): void {
    if (this.variables.has(name)) return;
    this.variables.set(name, { name, type, order: this.variables.size });
  }

  protected step(action: Action, operands: readonly Operand[], dest: Path | null, raises = false): void {
    this.nodes.push({ kind: 'step', line: this.line, action, operands, dest, raises });
  }

  protected temporary(type: Type): Path {
    const name = `%${this.temporaries++}`;
    this.declare(name, type);
    return [name];
  }

  /** Makes the value of an expression; where it is afterwards. */
  protected value(e: Expression, dest: Path | null): Path {
    switch (e.kind) {
      case 'new': {
        const parts = this.operands(e.parts.map((part) => () => this.given(part)));
        return this.into(dest, e.type, { kind: 'new', type: e.type, number: e.number }, parts);
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

  protected into(dest: Path | null, type: Type, action: Action, operands: readonly Operand[], raises = false): Path {
    const place = dest ?? this.temporary(type);
    this.step(action, operands, place, raises);
    return place;
  }

  protected either(e: Extract<Expression, { kind: 'either' }>, dest: Path | null): Path {
    const result = this.temporary(e.type);
    this.step({ kind: 'test' }, [], null);
    const branch = (value: Expression): Node => this.sequence(() => void this.value(value, result));
    this.nodes.push({ kind: 'branch', test: null, onTrue: branch(e.onTrue), otherwise: branch(e.otherwise) });
    return dest === null ? result : this.into(dest, e.type, { kind: 'transfer' }, [moved(result)]);
  }

  /** A place that the next step may consume: `x^` itself, without a move of its own. */
  protected owned(e: Expression): Path {
    return e.kind === 'move' ? e.place : this.value(e, null);
  }

  protected arguments(name: string, args: readonly Argument[]): Operand[] {
    return this.operands(
      args.map((arg, i) => () => {
        if (arg.kind === 'place') return { kind: 'borrow', place: arg.place, mut: arg.mut };
        if (this.function(name).parameters[i]?.convention === 'var') return this.given(arg.value);
        return read(this.value(arg.value, null));
      }),
    );
  }

  /** An argument that the callee owns. A variable is copied, or moved, when all other arguments are there. */
  private given(e: Expression): Operand | (() => Operand) {
    if (e.kind === 'name') return () => moved(this.value(e, null));
    return moved(this.owned(e));
  }

  /** What stays a function is made after all others. */
  private operands(makers: readonly (() => Operand | (() => Operand))[]): Operand[] {
    return makers.map((make) => make()).map((made) => (typeof made === 'function' ? made() : made));
  }

  protected function(name: string): ProgramFunction {
    const found = this.functions.find((fn) => fn.name === name);
    if (found === undefined) throw new Error(`no function ${name}`);
    return found;
  }

  protected sequence(fill: () => void): Node {
    const saved = this.nodes;
    this.nodes = [];
    fill();
    const node: Node = { kind: 'sequence', nodes: this.nodes };
    this.nodes = saved;
    return node;
  }
}
