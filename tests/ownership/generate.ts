/** Makes random ownership programs. The generator keeps a rough account of what has a value, so that most programs are right;
 *  `judge` (verdict.ts) has the word on each.
 *  In: a seed.  Out: a program of a few functions, the last of which starts it. */
import { Dice } from './random.ts';
import {
  type Argument,
  type Convention,
  type Expression,
  FIELDS,
  isDivided,
  type Parameter,
  type Path,
  type Program,
  type ProgramFunction,
  type Statement,
  type Type,
} from './tree.ts';

const RESOURCES: readonly Type[] = ['R', 'R', 'R', 'I', 'I', 'M'];
const TYPES: readonly Type[] = [...RESOURCES, 'R', 'P', 'P', 'N', 'D', 'W', 'L', 'L', 'O', 'T'];
/** Structs with a method that takes them apart, by what it gives. */
const OPENED_FOR: Readonly<Partial<Record<Type, readonly Type[]>>> = { R: ['P', 'N', 'D'], M: ['W'] };

interface Local {
  readonly name: string;
  readonly type: Type;
  /** A `read` argument, or a reference: cannot be moved or changed. */
  readonly fixed: boolean;
  filled: boolean;
  /** Declared outside the innermost loops: must have a value again at the end of a round. */
  readonly depth: number;
}

interface Place {
  readonly path: Path;
  readonly type: Type;
  readonly local: Local;
}

class FunctionMaker {
  private readonly dice: Dice;
  private readonly earlier: readonly ProgramFunction[];
  private readonly parameters: readonly Parameter[];
  private readonly raises: boolean;
  private readonly result: Type | null;
  /** Every fifth program nests deeper. */
  private readonly large: boolean;
  private locals: Local[] = [];
  private closures: { readonly name: string; readonly uses: readonly Local[] }[] = [];
  private names = 0;
  private numbers: number;
  private loops = 0;
  private tries = 0;
  /** In `finally` nothing leaves. */
  private sealed = 0;

  constructor(
    dice: Dice,
    earlier: readonly ProgramFunction[],
    shape: { readonly parameters: readonly Parameter[]; readonly raises: boolean; readonly result: Type | null },
    numbers: number,
    large: boolean,
  ) {
    this.large = large;
    this.dice = dice;
    this.earlier = earlier;
    this.parameters = shape.parameters;
    this.raises = shape.raises;
    this.result = shape.result;
    this.numbers = numbers;
    for (const { name, type, convention } of shape.parameters)
      this.locals.push({ name, type, fixed: convention === 'read', filled: true, depth: 0 });
  }

  make(): Statement[] {
    const body = this.statements(this.large ? 4 + this.dice.roll(6) : 3 + this.dice.roll(4), this.large ? 3 : 2);
    if (this.result !== null) body.push({ line: 0, kind: 'return', value: this.value(this.result, 1) });
    return body;
  }

  // ---- places

  private places(types: readonly Type[], wanted: { readonly owned: boolean }): Place[] {
    const found: Place[] = [];
    const visit = (local: Local, path: Path, type: Type): void => {
      if (types.includes(type)) found.push({ path, type, local });
      if (type === 'D') return;
      for (const field of FIELDS[type]) visit(local, [...path, field.name], field.type);
    };
    for (const local of this.locals) {
      if (!local.filled || (wanted.owned && local.fixed)) continue;
      visit(local, local.name.startsWith('q') ? [local.name, '[]'] : [local.name], local.type);
    }
    return found;
  }

  private readable(types: readonly Type[]): Place | null {
    return this.dice.pick(this.places(types, { owned: false }));
  }

  private changeable(types: readonly Type[]): Place | null {
    return this.dice.pick(this.places(types, { owned: true }));
  }

  /** A whole variable that may be moved away here. */
  private movable(types: readonly Type[]): Place | null {
    const found = this.places(types, { owned: true }).filter(
      ({ path, local }) => path.length === 1 && !this.mustStay(local),
    );
    return this.dice.pick(found);
  }

  /** Inside a loop an outer variable that is moved would be missing in the next round; a `mut` argument, at the end. */
  private mustStay(local: Local): boolean {
    return local.depth < this.loops || this.parameters.some((p) => p.name === local.name && p.convention === 'mut');
  }

  private fresh(prefix: string): string {
    return `${prefix}${this.names++}`;
  }

  private number(): number {
    return ++this.numbers;
  }

  // ---- expressions

  private value(type: Type, depth: number): Expression {
    const { dice } = this;
    if (depth > 0) {
      const choice = dice.roll(10);
      if (choice < 3) {
        const place = this.movable([type]);
        if (place !== null) {
          place.local.filled = false;
          return { kind: 'move', place: place.path, type };
        }
      }
      if (choice === 3) {
        const found = this.functionCall((fn) => fn.result === type);
        if (found !== null) return { kind: 'call', name: found.name, args: found.args, type };
      }
      const opened = choice === 8 ? (OPENED_FOR[type] ?? null) : null;
      const whole = opened === null ? null : this.movable(opened);
      if (whole !== null) {
        whole.local.filled = false;
        return { kind: 'open', place: whole.path, type };
      }
      if (type === 'I' && choice < 8) {
        const place = this.readable(['I']);
        if (place !== null && place.path.length === 1) return { kind: 'name', place: place.path, type };
      }
      if (type === 'R') {
        const found = this.resourceFrom(choice, depth);
        if (found !== null) return found;
      }
    }
    return this.construct(type, depth);
  }

  private resourceFrom(choice: number, depth: number): Expression | null {
    const { dice } = this;
    switch (choice) {
      case 4: {
        const place = this.readable(['R']);
        return place === null ? null : { kind: 'copy', place: place.path, type: 'R' };
      }
      case 5:
        return this.mayRaise() ? { kind: 'may', number: this.number(), type: 'R' } : null;
      case 6: {
        const place = this.readable(['R']);
        if (place === null) return null;
        const value = this.value('R', depth - 1);
        if (!place.local.filled) return value;
        return { kind: 'pass', place: place.path, value, type: 'R' };
      }
      case 7: {
        const place = this.changeable([dice.chance(60) ? 'L' : 'O']);
        if (place === null) return null;
        return { kind: place.type === 'L' ? 'pop' : 'take', place: place.path, number: this.number(), type: 'R' };
      }
      default:
        return null;
    }
  }

  private construct(type: Type, depth: number): Expression {
    if (type === 'L' || type === 'O') {
      const count = this.dice.roll(type === 'L' ? 4 : 2);
      const parts = Array.from({ length: count }, () => this.value('R', depth - 1));
      return { kind: 'new', type, number: 0, parts };
    }
    const parts = FIELDS[type].map((field) => this.value(field.type, depth - 1));
    return { kind: 'new', type, number: this.number(), parts };
  }

  private mayRaise(): boolean {
    return (this.raises || this.tries > 0) && this.sealed === 0;
  }

  private functionCall(
    wanted: (fn: ProgramFunction) => boolean,
  ): { readonly name: string; readonly args: Argument[] } | null {
    const choices = this.earlier.filter((fn) => wanted(fn) && (!fn.raises || this.mayRaise()));
    const fn = this.dice.pick(choices);
    if (fn === null) return null;
    const args: Argument[] = [];
    const taken: Local[] = [];
    for (const parameter of fn.parameters) {
      if (parameter.convention === 'var') {
        args.push({ kind: 'value', value: this.value(parameter.type, 1) });
        continue;
      }
      const mut = parameter.convention === 'mut';
      const choices = this.places([parameter.type], { owned: mut }).filter(({ local }) => !taken.includes(local));
      const place = this.dice.pick(choices);
      if (place === null) {
        if (mut) return null;
        args.push({ kind: 'value', value: this.construct(parameter.type, 0) });
        continue;
      }
      taken.push(place.local);
      args.push({ kind: 'place', mut, place: place.path });
    }
    return args.some((arg) => arg.kind === 'place' && !this.stillFilled(arg.place)) ? null : { name: fn.name, args };
  }

  private stillFilled(path: Path): boolean {
    return this.locals.find((local) => local.name === path[0])?.filled ?? false;
  }

  // ---- statements

  private statements(count: number, depth: number): Statement[] {
    const out: Statement[] = [];
    for (let i = 0; i < count; i++) {
      const made = this.statement(depth);
      out.push(...made);
      const last = made.at(-1)?.kind;
      if (last === 'break' || last === 'continue' || last === 'return' || last === 'raise') break;
    }
    return out;
  }

  /** A block with locals of its own. */
  private block(count: number, depth: number): Statement[] {
    const { locals, closures } = this;
    const known = locals.length;
    this.locals = [...locals];
    this.closures = [...closures];
    const out = this.statements(count, depth);
    this.locals = locals;
    this.locals.length = known;
    this.closures = closures;
    return out;
  }

  private filledNames(): Set<string> {
    return new Set(this.locals.filter((local) => local.filled).map((local) => local.name));
  }

  private setFilled(names: ReadonlySet<string>): void {
    for (const local of this.locals) local.filled = names.has(local.name);
  }

  private declare(type: Type, value: Expression | null): Statement {
    const name = this.fresh(type.toLowerCase());
    this.locals.push({ name, type, fixed: false, filled: value !== null, depth: this.loops });
    return { line: 0, kind: 'var', name, type, value };
  }

  private statement(depth: number): Statement[] {
    const { dice } = this;
    const choice = dice.roll(depth > 0 ? 100 : 66);
    if (choice < 18) return [this.declareSome()];
    if (choice < 24) return this.assign();
    if (choice < 32) return this.use();
    if (choice < 38) return this.consume();
    if (choice < 44) return this.change();
    if (choice < 48) return this.partial();
    if (choice < 52) return this.onList();
    if (choice < 55) return this.reference();
    if (choice < 58) return this.closure();
    if (choice < 62) return this.callProgram();
    if (choice < 66) return this.leave();
    if (choice < 82) return this.branch(depth);
    if (choice < 89) return this.loop(depth);
    if (choice < 93) return this.guarded(depth);
    return this.attempt(depth);
  }

  private declareSome(): Statement {
    const type = this.dice.pick(TYPES) ?? 'R';
    return this.declare(type, this.dice.chance(6) ? null : this.value(type, 2));
  }

  private assign(): Statement[] {
    const { dice } = this;
    const empty = this.locals.filter((local) => !local.filled && !local.fixed && !this.isReference(local));
    const target = dice.chance(50) ? dice.pick(empty) : null;
    if (target !== null) {
      const value = this.value(target.type, 2);
      target.filled = true;
      return [{ line: 0, kind: 'assign', place: [target.name], type: target.type, value }];
    }
    const place = this.changeable(TYPES);
    // An element of a tuple is set like one of a list, through a reference: not modelled.
    const inTuple = place?.local.type === 'T' && place.path.length > 1;
    if (place === null || inTuple || this.isReference(place.local)) return this.use();
    const value = this.value(place.type, 2);
    if (!place.local.filled && place.path.length > 1) return [{ line: 0, kind: 'discard', value }];
    place.local.filled = true;
    return [{ line: 0, kind: 'assign', place: place.path, type: place.type, value }];
  }

  private isReference(local: Local): boolean {
    return local.name.startsWith('q') || local.name.startsWith('y');
  }

  private use(): Statement[] {
    const { dice } = this;
    if (dice.chance(20)) {
      const values = Array.from({ length: 1 + dice.roll(2) }, () => this.value('R', 1));
      return [{ line: 0, kind: 'peek', values }];
    }
    const place = this.readable(TYPES);
    if (place === null) return [this.declareSome()];
    if (dice.chance(15)) return [{ line: 0, kind: 'keep', place: place.path }];
    const second = place.type === 'R' && dice.chance(40) ? this.readable(['R']) : null;
    return [{ line: 0, kind: 'use', places: second === null ? [place.path] : [place.path, second.path] }];
  }

  private consume(): Statement[] {
    const type = this.dice.pick(TYPES) ?? 'R';
    const value = this.value(type, 3);
    if (this.dice.chance(15) && value.kind !== 'move' && value.kind !== 'name')
      return [{ line: 0, kind: 'discard', value }];
    return [{ line: 0, kind: 'eat', value, ignored: this.dice.chance(25) }];
  }

  private change(): Statement[] {
    const place = this.changeable(['R']);
    if (place === null) return this.use();
    switch (this.dice.roll(3)) {
      case 0:
        return [{ line: 0, kind: 'touch', place: place.path }];
      case 1:
        return [{ line: 0, kind: 'reset', place: place.path, number: this.number() }];
      default: {
        const other = this.changeable(['R']);
        if (other === null || other.local === place.local) return this.use();
        return [{ line: 0, kind: 'swap', a: place.path, b: other.path }];
      }
    }
  }

  /** A field is moved out and comes back before anything can leave. */
  private partial(): Statement[] {
    const { dice } = this;
    const choices = this.places(['R', 'P', 'M'], { owned: true }).filter(
      ({ path, local }) => path.length > 1 && !this.isReference(local) && isDivided(local.type),
    );
    const place = dice.pick(choices);
    if (place === null) return [this.declare('P', this.construct('P', 1))];
    const out: Statement[] = [
      { line: 0, kind: 'eat', value: { kind: 'move', place: place.path, type: place.type }, ignored: dice.chance(30) },
    ];
    const siblings = this.places(['R', 'P', 'M'], { owned: true }).filter(
      ({ path, local }) =>
        local === place.local && !path.every((part, i) => i >= place.path.length || part === place.path[i]),
    );
    const sibling = dice.pick(siblings);
    if (sibling !== null && dice.chance(60) && !isPrefix(sibling.path, place.path))
      out.push({ line: 0, kind: 'use', places: [sibling.path] });
    const value = this.construct(place.type, 0);
    out.push({ line: 0, kind: 'assign', place: place.path, type: place.type, value });
    return out;
  }

  private onList(): Statement[] {
    const place = this.changeable(['L']);
    if (place === null) return [this.declare('L', this.construct('L', 1))];
    switch (this.dice.roll(4)) {
      case 0:
        return [{ line: 0, kind: 'clear', place: place.path }];
      case 1:
        return [{ line: 0, kind: 'each', place: place.path }];
      default:
        return [{ line: 0, kind: 'append', place: place.path, value: this.value('R', 1) }];
    }
  }

  private reference(): Statement[] {
    const { dice } = this;
    const list = dice.chance(35) ? this.changeable(['L']) : null;
    if (list !== null && !this.isReference(list.local)) {
      const value = this.construct('R', 0);
      const name = this.fresh('y');
      return [
        { line: 0, kind: 'append', place: list.path, value },
        { line: 0, kind: 'ref', name, place: list.path, how: 'element' },
        { line: 0, kind: 'use', places: [[name]] },
        ...(dice.chance(40) ? [{ line: 0, kind: 'touch', place: [name] } as const] : []),
      ];
    }
    const place = this.changeable(['R', 'P', 'N', 'I']);
    if (place === null || this.isReference(place.local)) return this.use();
    const pointer = dice.chance(40);
    const name = this.fresh(pointer ? 'q' : 'y');
    const path = pointer ? [name, '[]'] : [name];
    const after: Statement[] = [];
    if (dice.chance(50)) after.push(...this.use());
    if (!place.local.filled) return after;
    after.push({ line: 0, kind: 'use', places: [path] });
    return [{ line: 0, kind: 'ref', name, place: place.path, how: pointer ? 'pointer' : 'ref' }, ...after];
  }

  private closure(): Statement[] {
    const { dice } = this;
    const known = dice.pick(this.closures);
    if (known !== null && dice.chance(60) && known.uses.every((local) => local.filled))
      return [{ line: 0, kind: 'callClosure', name: known.name }];
    const choices = this.locals.filter(
      (local) => local.filled && !this.isReference(local) && (local.type === 'R' || local.type === 'P'),
    );
    const captured = [...new Set([dice.pick(choices), dice.pick(choices)])].filter((local) => local !== null);
    if (captured.length === 0) return this.use();
    const name = this.fresh('f');
    const uses: Local[] = [];
    const captures = captured.map((local) => {
      const how = local.fixed ? 'imm' : (dice.pick(['imm', 'imm', 'mut', 'move'] as const) ?? 'imm');
      if (how === 'move' && !this.mustStay(local)) {
        local.filled = false;
        return { how, name: local.name } as const;
      }
      uses.push(local);
      return { how: how === 'mut' && local.type === 'R' ? 'mut' : 'imm', name: local.name } as const;
    });
    this.closures.push({ name, uses });
    const out: Statement[] = [{ line: 0, kind: 'closure', name, captures }];
    if (dice.chance(80)) out.push({ line: 0, kind: 'callClosure', name });
    return out;
  }

  private callProgram(): Statement[] {
    const found = this.functionCall((fn) => fn.result === null);
    if (found === null) return this.use();
    return [{ line: 0, kind: 'callDo', name: found.name, args: found.args }];
  }

  private leave(): Statement[] {
    const { dice } = this;
    if (this.sealed > 0) return this.use();
    if (this.mayRaise() && dice.chance(50)) return [{ line: 0, kind: 'fail' }];
    return this.use();
  }

  /** What ends a branch early. */
  private departure(): Statement[] {
    const { dice } = this;
    if (this.sealed > 0) return [];
    const choices: ('break' | 'continue' | 'return' | 'raise')[] = ['return'];
    if (this.loops > 0) choices.push('break', 'break', 'continue', 'continue');
    if (this.mayRaise()) choices.push('raise', 'raise');
    const kind = dice.pick(choices) ?? 'return';
    if (kind === 'return') {
      return [{ line: 0, kind: 'return', value: this.result === null ? null : this.value(this.result, 1) }];
    }
    return [{ line: 0, kind }];
  }

  private branch(depth: number): Statement[] {
    const { dice } = this;
    const before = this.filledNames();
    const onTrue = this.block(1 + dice.roll(4), depth - 1);
    const left = dice.chance(30) ? this.departure() : [];
    onTrue.push(...left);
    const afterThen = left.length > 0 ? before : this.filledNames();
    const hasElse = dice.chance(50);
    const between = left.length > 0 ? before : this.filledNames();
    this.setFilled(before);
    const otherwise = hasElse ? this.block(1 + dice.roll(4), depth - 1) : null;
    const afterElse = this.filledNames();
    this.setFilled(new Set([...afterThen].filter((name) => afterElse.has(name) && between.has(name))));
    return [{ line: 0, kind: 'if', onTrue, otherwise }];
  }

  private loop(depth: number): Statement[] {
    const { dice } = this;
    const before = this.filledNames();
    this.loops++;
    const body = this.block(2 + dice.roll(4), depth - 1);
    if (dice.chance(40)) {
      const exit = dice.chance(50) ? 'break' : 'continue';
      const inner = this.block(dice.roll(3), 0);
      body.splice(dice.roll(body.length + 1), 0, {
        line: 0,
        kind: 'if',
        onTrue: [...inner, { line: 0, kind: exit }],
        otherwise: null,
      });
    }
    this.loops--;
    const after = this.filledNames();
    this.setFilled(new Set([...before].filter((name) => after.has(name))));
    const rounds = 1 + dice.roll(3);
    if (dice.chance(50)) return [{ line: 0, kind: 'for', rounds, body }];
    return [{ line: 0, kind: 'while', counter: this.fresh('w'), rounds, body }];
  }

  private guarded(depth: number): Statement[] {
    const number = this.number();
    const body = this.block(1 + this.dice.roll(4), depth - 1);
    if (this.dice.chance(25)) {
      const left = this.departure();
      if (left.length > 0)
        body.splice(this.dice.roll(body.length + 1), 0, { line: 0, kind: 'if', onTrue: left, otherwise: null });
    }
    return [{ line: 0, kind: 'with', name: this.fresh('g'), number, body }];
  }

  private attempt(depth: number): Statement[] {
    const { dice } = this;
    const before = this.filledNames();
    const hasLast = dice.chance(35);
    const hasHandler = !hasLast || dice.chance(70);
    if (hasHandler) this.tries++;
    const body = this.block(2 + dice.roll(4), depth - 1);
    if (this.mayRaise()) body.splice(dice.roll(body.length + 1), 0, { line: 0, kind: 'fail' });
    if (hasHandler) this.tries--;
    const otherwise = hasHandler && dice.chance(25) ? this.block(1 + dice.roll(2), 0) : null;
    const afterBody = this.filledNames();
    const kept = new Set([...before].filter((name) => afterBody.has(name)));
    this.setFilled(kept);
    const handler = hasHandler ? this.block(1 + dice.roll(3), depth - 1) : null;
    const afterHandler = this.filledNames();
    this.setFilled(new Set([...kept].filter((name) => afterHandler.has(name))));
    let last: Statement[] | null = null;
    if (hasLast) {
      this.sealed++;
      last = this.block(1 + dice.roll(2), 0);
      this.sealed--;
    }
    return [{ line: 0, kind: 'try', body, handler, otherwise, last }];
  }
}

function isPrefix(a: Path, b: Path): boolean {
  return a.every((part, i) => part === b[i]);
}

export function generateProgram(seed: number): Program {
  const dice = new Dice(Math.imul(seed, 2654435761));
  const functions: ProgramFunction[] = [];
  const count = 1 + dice.roll(3);
  for (let i = 0; i < count; i++) {
    const isStart = i === count - 1;
    const parameters: Parameter[] = [];
    const conventions: readonly Convention[] = ['read', 'mut', 'var', 'var'];
    if (!isStart)
      for (let p = dice.roll(3); p >= 0; p--) {
        const type = dice.pick(TYPES) ?? 'R';
        const convention = dice.pick(conventions) ?? 'read';
        parameters.push({ name: `a${p}`, type, convention });
      }
    const result = isStart || dice.chance(40) ? null : (dice.pick(TYPES) ?? 'R');
    const raises = !isStart && dice.chance(35);
    const shape = { parameters, raises, result };
    const maker = new FunctionMaker(dice, functions, shape, 100 * i, seed % 5 === 0);
    functions.push({ name: `f${i}`, ...shape, body: maker.make() });
  }
  return { seed, functions };
}
