/** Makes random ownership programs, most of them right; `judge` (verdict.ts) has the word on each.
 *  In: a seed.  Out: a program of a few functions, the last of which starts it. */
import { type Local, pathOf, type Place, type Shape, TYPES, ValueMaker } from './generate-values.ts';
import { Dice } from './random.ts';
import {
  type Capture,
  type Convention,
  type Expression,
  ELEMENT,
  isDivided,
  type Parameter,
  type Path,
  type Program,
  type ProgramFunction,
  type Statement,
  type Type,
} from './tree.ts';

interface Closure {
  readonly name: string;
  readonly uses: readonly Local[];
  readonly parameter: boolean;
  readonly kept: boolean;
  gone: boolean;
}

class FunctionMaker extends ValueMaker {
  private closures: Closure[] = [];
  /** Errors that handlers around here have caught. */
  private errors: Local[] = [];

  make(): Statement[] {
    const body = this.statements(this.large ? 4 + this.dice.roll(6) : 3 + this.dice.roll(4), this.large ? 3 : 2);
    if (this.result !== null) body.push({ line: 0, kind: 'return', value: this.value(this.result, 1) });
    return body;
  }

  // ---- statements

  private statements(count: number, depth: number): Statement[] {
    const out: Statement[] = [];
    for (let i = 0; i < count; i++) {
      const made = this.statement(depth);
      out.push(...made);
      const last = made.at(-1)?.kind;
      if (last === 'break' || last === 'continue' || last === 'return' || last === 'raise' || last === 'reraise') break;
    }
    return out;
  }

  /** A block with locals of its own. */
  private block(count: number, depth: number): Statement[] {
    const { locals, closures } = this;
    const known = locals.length;
    this.locals = [...locals];
    this.closures = [...closures];
    const gone = closures.filter((closure) => closure.gone);
    const out = this.statements(count, depth);
    this.locals = locals;
    this.locals.length = known;
    this.closures = closures;
    for (const closure of closures) closure.gone &&= gone.includes(closure);
    return out;
  }

  private declare(type: Type, value: Expression | null): Statement {
    const name = this.fresh(type.toLowerCase());
    this.locals.push({ name, type, fixed: false, filled: value !== null, depth: this.loops });
    return { line: 0, kind: 'var', name, type, value };
  }

  private statement(depth: number): Statement[] {
    const { dice } = this;
    const choice = dice.roll(depth > 0 ? 108 : 66);
    if (choice < 18) return [this.declareSome()];
    if (choice < 24) return this.assign();
    if (choice < 32) return this.use();
    if (choice < 38) return this.consume();
    if (choice < 44) return this.change();
    if (choice < 48) return this.partial();
    if (choice < 51) return this.onList();
    if (choice < 56) return this.reference();
    if (choice < 60) return this.closure();
    if (choice < 62) return this.callProgram();
    if (choice < 66) return this.leave();
    if (choice < 82) return this.branch(depth);
    if (choice < 89) return this.loop(depth);
    if (choice < 93) return this.guarded(depth);
    if (choice < 101) return this.attempt(depth);
    return choice < 104 ? this.drain(depth) : this.whenPresent();
  }

  /** A variable that a construct declares. */
  private introduce(name: string, type: Type, fixed: boolean): Local {
    const local: Local = { name, type, fixed, filled: true, depth: this.loops };
    this.locals.push(local);
    return local;
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
    if (place === null || inTuple) return this.use();
    if (place.path.includes(ELEMENT) || this.isReference(place.local)) return this.assignBehind(place);
    const value = this.value(place.type, 2);
    if (!place.local.filled && place.path.length > 1) return [{ line: 0, kind: 'discard', value }];
    place.local.filled = true;
    return [{ line: 0, kind: 'assign', place: place.path, type: place.type, value }];
  }

  /** What is stored through a reference: a new value, a copy, or what is moved there. */
  private assignBehind({ path, type, local }: Place): Statement[] {
    if (type !== 'R') return this.use();
    const from = this.dice.chance(40) ? this.movable(['R']) : null;
    if (from !== null && from.local !== local) {
      from.local.filled = false;
      return [{ line: 0, kind: 'assign', place: path, type, value: { kind: 'move', place: from.path, type } }];
    }
    return [{ line: 0, kind: 'assign', place: path, type, value: this.construct('R', 0) }];
  }

  private isReference(local: Local): boolean {
    return /^[yzv]/.test(local.name);
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
    switch (this.dice.roll(7)) {
      case 0:
        return [{ line: 0, kind: 'clear', place: place.path }];
      case 1:
        return [{ line: 0, kind: 'each', place: place.path }];
      case 2:
        return [{ line: 0, kind: 'reverse', place: place.path }];
      case 3:
        return [{ line: 0, kind: 'insert', place: place.path, value: this.value('R', 1) }];
      default:
        return [{ line: 0, kind: 'append', place: place.path, value: this.value('R', 1) }];
    }
  }

  /** The element of a list or optional is looked at where it is there. */
  private whenPresent(): Statement[] {
    const place = this.changeable(['L', 'O']);
    if (place === null || (place.type !== 'L' && place.type !== 'O')) return this.use();
    const element: Path = [...place.path, ELEMENT];
    const first = this.onElement(element, place.local);
    const before = this.filledNames();
    const body = this.block(this.dice.roll(3), 0);
    const after = this.filledNames();
    this.setFilled(new Set([...before].filter((name) => after.has(name))));
    return [{ line: 0, kind: 'present', place: place.path, type: place.type, body: [first, ...body] }];
  }

  private onElement(element: Path, owner: Local): Statement {
    const { dice } = this;
    const other = this.changeable(['R']);
    const value = this.construct('R', 0);
    const copy: Expression = { kind: 'copy', place: element, type: 'R' };
    switch (dice.roll(6)) {
      case 0:
        return { line: 0, kind: 'touch', place: element };
      case 1:
        return { line: 0, kind: 'assign', place: element, type: 'R', value };
      case 2:
        return { line: 0, kind: 'reset', place: element, number: this.number() };
      case 3:
        return { line: 0, kind: 'peek', values: [copy, { kind: 'pass', place: element, value, type: 'R' }] };
      case 4:
        if (other !== null && other.local !== owner) return { line: 0, kind: 'swap', a: element, b: other.path };
        return { line: 0, kind: 'use', places: [element] };
      default:
        return { line: 0, kind: 'use', places: [element] };
    }
  }

  private drain(depth: number): Statement[] {
    const { dice } = this;
    const place = this.movable(['L']);
    if (place === null) return [this.declare('L', this.construct('L', 1))];
    place.local.filled = false;
    const before = this.filledNames();
    const name = this.fresh('r');
    const saved = this.locals;
    this.locals = [...saved];
    this.loops++;
    this.introduce(name, 'R', false);
    const body = this.block(1 + dice.roll(3), depth - 1);
    this.leaveEarly(body, 30);
    this.loops--;
    this.locals = saved;
    const after = this.filledNames();
    this.setFilled(new Set([...before].filter((known) => after.has(known))));
    return [{ line: 0, kind: 'drain', name, place: place.path, body }];
  }

  private reference(): Statement[] {
    const { dice } = this;
    if (dice.chance(40)) return this.pick();
    const list = dice.chance(35) ? this.changeable(['L']) : null;
    if (list !== null && !this.isReference(list.local)) {
      const value = this.construct('R', 0);
      const name = this.fresh('y');
      return [
        { line: 0, kind: 'append', place: list.path, value },
        { line: 0, kind: 'ref', name, place: [...list.path, ELEMENT], how: 'ref' },
        { line: 0, kind: 'use', places: [[name]] },
        ...(dice.chance(40) ? [{ line: 0, kind: 'touch', place: [name] } as const] : []),
      ];
    }
    const place = this.changeable(['R', 'P', 'N', 'I']);
    if (place === null || this.isReference(place.local) || place.path.includes(ELEMENT)) return this.use();
    const how = dice.chance(50) ? 'ref' : place.type === 'R' && dice.chance(40) ? 'view' : 'pointer';
    const name = this.fresh(how === 'ref' ? 'y' : how === 'view' ? 'v' : 'z');
    const after = this.whileReferred(name, place.type);
    if (!place.local.filled) return withoutName(after, name);
    return [{ line: 0, kind: 'ref', name, place: place.path, how }, ...after];
  }

  /** A reference to one of two places. */
  private pick(): Statement[] {
    const usable = this.places(['R'], { owned: true }).filter(
      // Behind a reference into a union the elements of a tuple are not told apart.
      ({ local, path }) => !this.isReference(local) && !path.includes(ELEMENT) && local.type !== 'T',
    );
    const a = this.dice.pick(usable);
    const b = this.dice.pick(usable.filter(({ local }) => local !== a?.local));
    if (a === null || b === null) return [this.declare('R', this.construct('R', 0))];
    const name = this.fresh('y');
    const after = this.whileReferred(name, 'R');
    if (!a.local.filled || !b.local.filled) return withoutName(after, name);
    return [{ line: 0, kind: 'pick', name, a: a.path, b: b.path }, ...after];
  }

  /** Statements of which the last, and maybe others, look through a reference. */
  private whileReferred(name: string, type: Type): Statement[] {
    const { dice } = this;
    const out: Statement[] = [];
    const local = this.introduce(name, type, false);
    const path = pathOf(local);
    if (dice.chance(50)) out.push(...this.use());
    if (type === 'R' && dice.chance(50)) {
      if (dice.chance(50)) out.push({ line: 0, kind: 'touch', place: path });
      else out.push({ line: 0, kind: 'assign', place: path, type, value: this.construct('R', 0) });
    }
    local.filled = false;
    this.locals = this.locals.filter((entry) => entry !== local);
    out.push({ line: 0, kind: 'use', places: [path] });
    return out;
  }

  private closure(): Statement[] {
    const { dice } = this;
    const known = dice.pick(this.closures);
    if (known !== null && !known.gone && dice.chance(60) && known.uses.every((local) => local.filled)) {
      if (dice.chance(60) && !known.kept && !known.parameter && this.loops === 0) return this.keepClosure(known);
      return [this.callClosure(known)];
    }
    const choices = this.locals.filter(
      (local) => local.filled && !this.isReference(local) && (local.type === 'R' || local.type === 'P'),
    );
    const captured = [...new Set([dice.pick(choices), dice.pick(choices)])].filter((local) => local !== null);
    if (captured.length === 0) return this.use();
    const name = this.fresh('f');
    const uses: Local[] = [];
    const captures = captured.map((local): Capture => {
      const how = local.fixed ? 'imm' : (dice.pick(['imm', 'imm', 'mut', 'ref', 'move'] as const) ?? 'imm');
      if (how === 'move' && !this.mustStay(local)) {
        local.filled = false;
        return { how, name: local.name };
      }
      uses.push(local);
      if (how === 'ref') return { how, name: local.name };
      return { how: how === 'mut' && local.type === 'R' ? 'mut' : 'imm', name: local.name };
    });
    const made: Closure = { name, uses, parameter: dice.chance(25), kept: false, gone: false };
    this.closures.push(made);
    const out: Statement[] = [{ line: 0, kind: 'closure', name, captures, parameter: made.parameter }];
    if (dice.chance(80)) out.push(this.callClosure(made));
    return out;
  }

  private callClosure({ name, parameter, kept, uses }: Closure): Statement {
    if (kept) return { line: 0, kind: 'callClosure', name, how: 'kept', argument: null };
    if (!parameter) {
      const how = this.dice.pick(['direct', 'direct', 'run', 'twice'] as const) ?? 'direct';
      return { line: 0, kind: 'callClosure', name, how, argument: null };
    }
    // The argument leaves alone what the closure uses.
    const argument = this.construct('R', 0);
    const from = this.dice.chance(50) ? this.movable(['R']) : null;
    if (from === null || uses.includes(from.local))
      return { line: 0, kind: 'callClosure', name, how: 'direct', argument };
    from.local.filled = false;
    return {
      line: 0,
      kind: 'callClosure',
      name,
      how: 'direct',
      argument: { kind: 'move', place: from.path, type: 'R' },
    };
  }

  private keepClosure(closure: Closure): Statement[] {
    const name = this.fresh('h');
    closure.gone = true;
    const made: Closure = { name, uses: closure.uses, parameter: false, kept: true, gone: false };
    this.closures.push(made);
    return [{ line: 0, kind: 'keepClosure', name, closure: closure.name }, this.callClosure(made)];
  }

  private callProgram(): Statement[] {
    const found = this.functionCall((fn) => fn.result === null);
    if (found === null) return this.use();
    return [{ line: 0, kind: 'callDo', name: found.name, args: found.args }];
  }

  private leave(): Statement[] {
    const { dice } = this;
    if (this.sealed > 0) return this.use();
    if (this.mayRaise() && dice.chance(50)) return [{ line: 0, kind: 'fail', number: this.number() }];
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
    if (kind === 'raise') {
      const caught = dice.chance(70) ? dice.pick(this.errors.filter((local) => local.filled)) : null;
      if (caught === null) return [{ line: 0, kind, number: this.number() }];
      return [{ line: 0, kind: 'reraise', error: caught.name }];
    }
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
    this.leaveEarly(body, 40);
    this.loops--;
    const after = this.filledNames();
    this.setFilled(new Set([...before].filter((name) => after.has(name))));
    const rounds = 1 + dice.roll(3);
    const otherwise = dice.chance(20) ? this.block(1 + dice.roll(2), 0) : null;
    const ended = this.filledNames();
    this.setFilled(new Set([...before].filter((name) => after.has(name) && ended.has(name))));
    if (dice.chance(50)) return [{ line: 0, kind: 'for', rounds, body, otherwise }];
    return [{ line: 0, kind: 'while', counter: this.fresh('w'), rounds, body, otherwise }];
  }

  /** Somewhere in a loop, a way out of the round. */
  private leaveEarly(body: Statement[], percent: number): void {
    const { dice } = this;
    if (!dice.chance(percent)) return;
    const exit = dice.chance(50) ? 'break' : 'continue';
    const inner = this.block(dice.roll(3), 0);
    const onTrue: Statement[] = [...inner, { line: 0, kind: exit }];
    body.splice(dice.roll(body.length + 1), 0, { line: 0, kind: 'if', onTrue, otherwise: null });
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
    if (this.mayRaise()) body.splice(dice.roll(body.length + 1), 0, { line: 0, kind: 'fail', number: this.number() });
    if (hasHandler) this.tries--;
    const otherwise = hasHandler && dice.chance(25) ? this.block(1 + dice.roll(2), 0) : null;
    const afterBody = this.filledNames();
    const kept = new Set([...before].filter((name) => afterBody.has(name)));
    this.setFilled(kept);
    const error = hasHandler && dice.chance(60) ? this.fresh('e') : null;
    const handler = hasHandler ? this.handler(error, depth) : null;
    const afterHandler = this.filledNames();
    this.setFilled(new Set([...kept].filter((name) => afterHandler.has(name))));
    let last: Statement[] | null = null;
    if (hasLast) {
      this.sealed++;
      last = this.block(1 + dice.roll(2), 0);
      this.sealed--;
    }
    return [{ line: 0, kind: 'try', body, error, handler, otherwise, last }];
  }

  private handler(error: string | null, depth: number): Statement[] {
    const { dice } = this;
    if (error === null) return this.block(1 + dice.roll(3), depth - 1);
    const { locals, errors } = this;
    this.locals = [...locals];
    const local = this.introduce(error, 'E', true);
    this.errors = [...errors, local];
    const body = this.block(dice.roll(3), depth - 1);
    if (dice.chance(60)) body.push({ line: 0, kind: 'use', places: [[error]] });
    if (this.mayRaise() && dice.chance(40)) body.push(...this.departure());
    this.locals = locals;
    this.errors = errors;
    return body;
  }
}

/** Statements that do without a reference whose place turned out to be moved away. */
function withoutName(statements: readonly Statement[], name: string): Statement[] {
  return statements.filter((statement) => !JSON.stringify(statement).includes(`"${name}"`));
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
        parameters.push({ name: `${type.toLowerCase()}a${p}`, type, convention });
      }
    const result = isStart || dice.chance(40) ? null : (dice.pick(TYPES) ?? 'R');
    const raises = !isStart && dice.chance(35);
    const shape: Shape = { parameters, raises, result, named: result !== null && dice.chance(30) };
    const maker = new FunctionMaker(dice, functions, shape, 100 * i, seed % 5 === 0);
    functions.push({ name: `f${i}`, ...shape, body: maker.make() });
  }
  return { seed, functions };
}
