/** Makes random ownership programs, most of them right; `judge` (verdict.ts) has the word on each. Here: functions, blocks and what leaves
 *  them; the statements without blocks come from `generate-changes.ts` and `generate-references.ts`, values from `generate-values.ts`.
 *  In: a seed.  Out: a program of a few functions, the last of which starts it. */
import { ReferenceMaker } from './generate-references.ts';
import { type Local, type Shape, TYPES } from './generate-values.ts';
import { Dice } from './random.ts';
import {
  type Convention,
  ELEMENT,
  type Parameter,
  type Path,
  type Program,
  type ProgramFunction,
  type Statement,
} from './tree.ts';

type Departure = 'break' | 'continue' | 'return' | 'raise';

class FunctionMaker extends ReferenceMaker {
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

  /** The element of a list or optional is looked at where it is there. */
  private whenPresent(): Statement[] {
    const place = this.changeable(['L', 'O', 'J']);
    if (place === null || (place.type !== 'L' && place.type !== 'O' && place.type !== 'J')) return this.use();
    const element: Path = [...place.path, ELEMENT];
    const first = this.onElement(element, place.local);
    const before = this.filledNames();
    const body = this.block(this.dice.roll(3), 0);
    const after = this.filledNames();
    this.setFilled(new Set([...before].filter((name) => after.has(name))));
    return [{ line: 0, kind: 'present', place: place.path, type: place.type, body: [first, ...body] }];
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

  private leave(): Statement[] {
    const { dice } = this;
    if (this.sealed > 0) return this.use();
    if (this.mayRaise() && dice.chance(50)) return [{ line: 0, kind: 'fail', number: this.number() }];
    return this.use();
  }

  /** What ends a branch early. */
  private departure(choices = this.departures()): Statement[] {
    const { dice } = this;
    if (choices.length === 0) return [];
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

  private departures(): readonly Departure[] {
    if (this.sealed > 0) return [];
    const choices: Departure[] = ['return'];
    if (this.loops > 0) choices.push('break', 'break', 'continue', 'continue');
    if (this.mayRaise()) choices.push('raise', 'raise');
    return choices;
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
    const how = this.dice.pick(['plain', 'plain', 'told', 'entered'] as const) ?? 'plain';
    if (how === 'entered') return this.entered(depth);
    const number = this.number();
    const before = this.filledNames();
    const body = this.block(1 + this.dice.roll(4), depth - 1);
    if (how === 'told' && this.mayRaise())
      body.splice(this.dice.roll(body.length + 1), 0, { line: 0, kind: 'fail', number: this.number() });
    // Where the error is swallowed, only a part of the body has run.
    const after = this.filledNames();
    if (how === 'told') this.setFilled(new Set([...before].filter((name) => after.has(name))));
    if (this.dice.chance(25)) {
      const left = this.departure();
      if (left.length > 0)
        body.splice(this.dice.roll(body.length + 1), 0, { line: 0, kind: 'if', onTrue: left, otherwise: null });
    }
    return [{ line: 0, kind: 'with', how, name: this.fresh('g'), number, body }];
  }

  /** What `__enter__` made must have a value at the end of the block. */
  private entered(depth: number): Statement[] {
    const number = this.numbersOf(2);
    const name = this.fresh('r');
    const saved = this.locals;
    this.locals = [...saved, { name, type: 'R', fixed: false, filled: true, depth: -1 }];
    const body = this.block(1 + this.dice.roll(4), depth - 1);
    this.locals = saved;
    return [{ line: 0, kind: 'with', how: 'entered', name, number, body }];
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
      if (dice.chance(30)) {
        // What leaves here drops the error, or the result, that was on its way.
        const onTrue = this.departure(['return', ...(this.loops > 0 ? (['break', 'continue'] as const) : [])]);
        last.push({ line: 0, kind: 'if', onTrue, otherwise: null });
      }
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
