/** Runs a lowered program and writes down every event: the reference model's answer to what the program prints.
 *  A value ends as soon as nothing needs it: after every step and on every way into a block, what has a value and is not needed is
 *  dropped, the youngest first. */
import { Liveness, type Need } from './liveness.ts';
import { type ModelFunction, type Node, RESULT, type Step } from './lower.ts';
import { partsOf, resolve } from './places.ts';
import { ELEMENT, FIELDS, OPENED, type Path, type Type } from './tree.ts';

/** A value; `parts` of a struct, list, optional or closure. `number` of a resource changes when it is touched. */
interface Value {
  type: Type | 'closure';
  number: number;
  /** null: moved out. */
  parts: (Value | null)[];
}

type Ending = 'normal' | 'break' | 'continue' | 'return' | 'raise';

const RESOURCES: ReadonlySet<string> = new Set(['R', 'I', 'M', 'Q']);

/** A run-away program is a mistake of the generator. */
const MAX_EVENTS = 20_000;

interface Slot {
  value: Value | null;
}

interface Frame {
  readonly fn: ModelFunction;
  readonly live: Liveness;
  /** Owned variables and temporaries; `mut` and `read` arguments share the caller's slots. */
  readonly slots: Map<string, Slot>;
  readonly borrowed: ReadonlySet<string>;
  /** Which place of a union a reference was bound to. */
  readonly picked: Map<string, number>;
  /** What was raised and is not caught yet. */
  error: Value | null;
}

/** How a function ended. */
interface Outcome {
  readonly result: Value | null;
  readonly error: Value | null;
}

export class Machine {
  readonly events: string[] = [];
  private readonly functions: ReadonlyMap<string, ModelFunction>;
  private readonly liveness = new Map<ModelFunction, Liveness>();
  private k: number;

  constructor(functions: ReadonlyMap<string, ModelFunction>, k: number) {
    this.functions = functions;
    this.k = k;
  }

  private say(what: string, n: number): void {
    this.events.push(`${what}${n}`);
    if (this.events.length > MAX_EVENTS) throw new Error('too many events');
  }

  private coin(): boolean {
    this.k = (this.k * 13 + 7) % 64;
    return this.k >= 32;
  }

  run(name: string, args: readonly Slot[]): Outcome {
    const fn = this.functions.get(name);
    if (fn === undefined) throw new Error(`no function ${name}`);
    const live = this.liveness.get(fn) ?? new Liveness(fn);
    this.liveness.set(fn, live);
    const slots = new Map<string, Slot>();
    fn.parameters.forEach((parameter, i) => {
      slots.set(parameter.name, args[i] ?? { value: null });
    });
    // `read` arguments are never dropped here; `mut` ones can lose a value that is overwritten.
    const borrowed = new Set(fn.parameters.filter((p) => p.convention === 'read').map((p) => p.name));
    const frame: Frame = { fn, live, slots, borrowed, picked: new Map(), error: null };
    this.settle(frame, this.needBefore(frame, fn.body));
    const ending = this.node(frame, fn.body);
    if (ending === 'raise') this.settle(frame, live.atEnd);
    const result = slots.get(RESULT)?.value ?? null;
    return { result, error: frame.error };
  }

  private needBefore(frame: Frame, node: Node): Need {
    const need = frame.live.before.get(node);
    if (need === undefined) throw new Error('no liveness');
    return need;
  }

  // ---- control

  private node(frame: Frame, node: Node): Ending {
    switch (node.kind) {
      case 'step':
        return this.step(frame, node);
      case 'sequence':
        for (const item of node.nodes) {
          const ending = this.node(frame, item);
          if (ending !== 'normal') return ending;
        }
        return 'normal';
      case 'branch':
        return this.enter(frame, this.isTaken(frame, node.test) ? node.onTrue : node.otherwise);
      case 'loop': {
        const { rounds } = node;
        for (let i = 0; typeof rounds === 'number' ? i < rounds : this.look(frame, rounds).parts.length > 0; i++) {
          const ending = this.enter(frame, node.body);
          if (ending === 'break') return 'normal';
          if (ending === 'return' || ending === 'raise') return ending;
        }
        return this.enter(frame, node.otherwise);
      }
      case 'try': {
        const ending = this.node(frame, node.body);
        if (ending === 'raise') {
          frame.slots.set(node.error, { value: frame.error });
          frame.error = null;
          return this.enter(frame, node.handler);
        }
        return ending === 'normal' ? this.enter(frame, node.otherwise) : ending;
      }
      case 'exit':
        this.settle(frame, this.needBefore(frame, node));
        if (node.error !== null) frame.error = this.takeOut(frame, [node.error]);
        return node.to;
    }
  }

  private isTaken(frame: Frame, test: Path | null): boolean {
    return test === null ? this.coin() : this.look(frame, test).parts.length > 0;
  }

  private enter(frame: Frame, node: Node): Ending {
    this.settle(frame, this.needBefore(frame, node));
    return this.node(frame, node);
  }

  // ---- ends of life

  private settle(frame: Frame, need: Need): void {
    const names = [...frame.slots.keys()].filter((name) => !frame.borrowed.has(name));
    names.sort((a, b) => this.order(frame, b) - this.order(frame, a));
    for (const name of names) {
      const slot = frame.slots.get(name);
      if (slot === undefined || slot.value === null) continue;
      if (!need.variables.has(name)) {
        const { value } = slot;
        slot.value = null;
        this.drop(value);
        continue;
      }
      const stale = [...need.stale].filter((place) => place.startsWith(`${name}.`));
      stale.sort((one, other) => this.position(frame, one) - this.position(frame, other));
      for (const place of stale) this.dropPart(frame, place.split('.'));
    }
  }

  /** Parts of one variable end in the order in which they are declared. */
  private position(frame: Frame, place: string): number {
    return partsOf(frame.fn, place.split('.').slice(0, 1)).findIndex(
      (part) => part === place || part.startsWith(`${place}.`),
    );
  }

  private order(frame: Frame, name: string): number {
    return frame.fn.variables.get(name)?.order ?? -1;
  }

  private drop(value: Value | null): void {
    if (value === null) return;
    switch (value.type) {
      case 'R':
      case 'I':
      case 'M':
      case 'Q':
        this.say('-', value.number);
        return;
      case 'E':
        this.say('y', value.number);
        return;
      case 'D':
        for (const part of value.parts) this.drop(part);
        this.say('~', 0);
        return;
      default:
        for (const part of value.parts) this.drop(part);
    }
  }

  private dropPart(frame: Frame, place: Path): void {
    // A part of what was moved out went with it.
    for (let length = 1; length < place.length; length++)
      if (this.holder(frame, place.slice(0, length)).get() === null) return;
    this.drop(this.takeOut(frame, place));
  }

  // ---- places

  /** What a path stands for at this moment. */
  private target(frame: Frame, path: Path): Path {
    const [root = '', ...rest] = path;
    const { aliases, closures } = frame.fn;
    const targets = closures.has(root) ? undefined : aliases.get(root);
    const target = targets?.[frame.picked.get(root) ?? 0];
    if (target === undefined) return path;
    return this.target(frame, [...target, ...rest.filter((part) => part !== '[]' && part !== '()')]);
  }

  private holder(frame: Frame, place: Path): { get(): Value | null; set(value: Value | null): void } {
    const [root = '', ...rest] = this.target(frame, place);
    let slot = frame.slots.get(root);
    if (slot === undefined) {
      slot = { value: null };
      frame.slots.set(root, slot);
    }
    const found = slot;
    let get = (): Value | null => found.value;
    let set = (value: Value | null): void => {
      found.value = value;
    };
    for (const name of rest) {
      const parent = get();
      if (parent === null || parent.type === 'closure') throw new Error(`${place.join('.')} has no value`);
      const index = name === ELEMENT ? 0 : FIELDS[parent.type].findIndex((field) => field.name === name);
      get = () => parent.parts[index] ?? null;
      set = (value) => {
        parent.parts[index] = value;
      };
    }
    return { get, set };
  }

  private look(frame: Frame, place: Path): Value {
    const value = this.holder(frame, place).get();
    if (value === null) throw new Error(`${frame.fn.name}: ${place.join('.')} has no value`);
    return value;
  }

  private takeOut(frame: Frame, place: Path): Value | null {
    const holder = this.holder(frame, place);
    const value = holder.get();
    holder.set(null);
    return value;
  }

  // ---- steps

  private step(frame: Frame, step: Step): Ending {
    const after = frame.live.after.get(step);
    if (after === undefined) throw new Error('no liveness');
    const outcome = this.perform(frame, step, after);
    if (outcome?.type === 'E' && step.action.kind !== 'error') {
      frame.error = outcome;
      return 'raise';
    }
    if (step.dest !== null) {
      if (outcome !== null && this.replacesItself(frame, step)) this.traceMove(outcome);
      const holder = this.holder(frame, step.dest);
      if (holder.get() !== null) {
        // What else ends here ends before the value that is replaced.
        const [root = ''] = resolve(frame.fn, step.dest);
        this.settle(frame, { variables: new Set([...after.variables, root]), stale: after.stale });
        const old = holder.get();
        holder.set(null);
        this.drop(old);
      }
      holder.set(outcome);
    }
    this.settle(frame, after);
    return 'normal';
  }

  /** `m = f(m^)`: what was given away makes room only after the call, so that the result moves there. `m = m^` says so itself. */
  private replacesItself(frame: Frame, { action, operands, dest }: Step): boolean {
    if (dest === null || action.kind === 'transfer') return false;
    const place = this.target(frame, dest).join('.');
    return operands.some((operand) => operand.kind === 'move' && this.target(frame, operand.place).join('.') === place);
  }

  /** The step's result, or the error that it raised. */
  private perform(frame: Frame, step: Step, after: Need): Value | null {
    const places = step.operands.map((operand) => operand.place);
    const value = (index: number): Value => this.look(frame, places[index] ?? []);
    const owned = (index: number): Value => {
      const taken = this.takeOut(frame, places[index] ?? []);
      if (taken === null) throw new Error(`${frame.fn.name}: nothing to move at line ${step.line}`);
      return taken;
    };
    const { action } = step;
    switch (action.kind) {
      case 'new': {
        const made: Value = { type: action.type, number: action.number, parts: places.map((_, i) => owned(i)) };
        if (RESOURCES.has(action.type)) this.say('+', action.number);
        // The constructor takes its arguments over.
        if (action.type === 'W' || action.type === 'X') this.traceMove(made);
        return made;
      }
      case 'transfer': {
        const moved = owned(0);
        // `m = m^` goes through a temporary.
        const rounds = step.dest?.join('.') === places[0]?.join('.') ? 2 : 1;
        for (let i = 0; i < rounds; i++) this.traceMove(moved);
        return moved;
      }
      case 'copyOrMove': {
        const place = this.target(frame, places[0] ?? []);
        const [root = ''] = place;
        // A variable that nothing looks at before its next value gets none.
        const [dest = ''] = step.dest ?? [];
        if (step.dest?.length === 1 && !dest.startsWith('%') && !after.variables.has(dest)) return null;
        // The value itself is needed no more if the step's own result replaces it.
        const needed = after.variables.has(root) && step.dest?.join('.') !== root;
        if (!needed && !frame.borrowed.has(root) && place.length === 1) return owned(0);
        return this.copy(value(0));
      }
      case 'copy':
        return this.copy(value(0));
      case 'may':
        return this.coin() ? this.raised(action.number) : this.made(action.number);
      case 'fail':
        return this.coin() ? this.raised(action.number) : null;
      case 'error':
        return this.raised(action.number);
      case 'half': {
        const a = this.made(action.number);
        if (!this.coin()) return { type: 'P', number: 0, parts: [a, this.made(action.number + 50)] };
        const error = this.raised(action.number);
        this.drop(a);
        return error;
      }
      case 'close': {
        const [a = null, b = null] = owned(0).parts;
        if (a !== null) this.observe(a);
        this.drop(a);
        if (!this.coin()) return b;
        const error = this.raised(action.number);
        this.drop(b);
        return error;
      }
      case 'through': {
        const given = owned(0);
        this.traceMove(given);
        return given;
      }
      case 'gather': {
        const parts: Value[] = [];
        for (let i = 0; i < action.count; i++)
          if (!action.filtered || this.coin()) parts.push(this.made(action.number + i));
        return { type: 'L', number: 0, parts };
      }
      case 'copies':
        return this.copy(value(0));
      case 'next':
        return value(0).parts.shift() ?? null;
      case 'set': {
        const holder = this.holder(frame, places[0] ?? []);
        const given = action.number === null ? owned(1) : null;
        this.drop(holder.get());
        holder.set(given ?? this.made(action.number ?? 0));
        return null;
      }
      case 'open': {
        const { type, parts } = owned(0);
        const given = type === 'closure' ? undefined : parts[OPENED[type] ?? 0];
        if (given === null || given === undefined) throw new Error('nothing to give away');
        for (const part of parts) if (part !== given) this.drop(part);
        this.traceMove(given);
        return given;
      }
      case 'enter':
        this.say('[', value(0).number);
        return null;
      case 'leave':
        this.say(']', value(0).number);
        return null;
      case 'hand': {
        const given = owned(1);
        this.say('h', value(0).number);
        return given;
      }
      case 'pop': {
        const last = value(0).parts.pop();
        return last ?? this.made(action.number);
      }
      case 'take': {
        const last = value(0).parts.pop();
        return last ?? this.made(action.number);
      }
      case 'use':
        for (const [i] of places.entries()) this.observe(value(i));
        return null;
      case 'each':
        for (const element of value(0).parts) if (element !== null) this.observe(element);
        return null;
      case 'eat':
        this.eat(owned(0), action.ignored);
        return null;
      case 'touch':
        this.touch(value(0));
        return null;
      case 'reset': {
        const target = value(0);
        this.drop({ ...target });
        this.say('+', action.number);
        target.number = action.number;
        return null;
      }
      case 'swap': {
        const a = this.holder(frame, places[0] ?? []);
        const b = this.holder(frame, places[1] ?? []);
        const first = a.get();
        a.set(b.get());
        b.set(first);
        return null;
      }
      case 'append':
        value(0).parts.push(owned(1));
        return null;
      case 'insert':
        value(0).parts.unshift(owned(1));
        return null;
      case 'reverse':
        value(0).parts.reverse();
        return null;
      case 'clear': {
        const { parts } = value(0);
        for (const part of parts.splice(0)) this.drop(part);
        return null;
      }
      case 'closure': {
        const parts = step.operands.flatMap((operand, i) => (operand.kind === 'move' ? [owned(i)] : []));
        return { type: 'closure', number: 0, parts };
      }
      case 'keepClosure':
        return owned(0);
      case 'callClosure': {
        for (let i = 0; i < action.times; i++) this.callClosure(frame, action.name, value(0));
        const last = step.operands.length - 1;
        if (step.operands[last]?.kind === 'move') this.eat(owned(last), false);
        return null;
      }
      case 'pick':
        frame.picked.set(action.name, this.coin() ? 0 : 1);
        return null;
      case 'call': {
        const args = step.operands.map((operand, i): Slot => {
          if (operand.kind === 'move') return { value: owned(i) };
          return slotOf(this.holder(frame, operand.place));
        });
        const { error, result } = this.run(action.name, args);
        return error ?? result;
      }
      case 'keep':
      case 'ref':
      case 'test':
      case 'return':
        return null;
    }
  }

  private made(number: number): Value {
    this.say('+', number);
    return { type: 'R', number, parts: [] };
  }

  private raised(number: number): Value {
    this.say('x', number);
    return { type: 'E', number, parts: [] };
  }

  private copy(value: Value): Value {
    if (value.type === 'B' || value.type === 'L') {
      const parts = value.parts.map((part) => (part === null ? null : this.copy(part)));
      return { type: value.type, number: 0, parts };
    }
    const number = value.number + 1000;
    this.say('c', number);
    return { type: value.type, number, parts: [] };
  }

  private traceMove(value: Value): void {
    if (value.type === 'M') this.say('m', value.number);
    else if (value.type === 'W' || value.type === 'X')
      for (const part of value.parts) if (part !== null) this.traceMove(part);
  }

  private touch(value: Value): void {
    value.number += 100;
    this.say('t', value.number);
  }

  private observe(value: Value): void {
    switch (value.type) {
      case 'R':
      case 'I':
      case 'M':
      case 'Q':
      case 'E':
        this.say('u', value.number);
        return;
      case 'P':
      case 'N':
      case 'W':
      case 'B':
      case 'X':
      case 'T':
        for (const part of value.parts) if (part !== null) this.observe(part);
        return;
      case 'D':
        this.say('u', value.parts[0]?.number ?? -1);
        return;
      case 'L':
        this.say('l', value.parts.length);
        if (value.parts[0] !== null && value.parts[0] !== undefined) this.say('u', value.parts[0].number);
        return;
      case 'O':
        if (value.parts[0] === undefined || value.parts[0] === null) this.say('o', 0);
        else this.say('u', value.parts[0].number);
        return;
      case 'closure':
        throw new Error('a closure is not observed');
    }
  }

  /** `eat` reads one number of its argument, after which the argument ends before `say` is called. `ignore` reads nothing. */
  private eat(value: Value, ignored: boolean): void {
    if (ignored) {
      this.drop(value);
      this.say('i', 0);
      return;
    }
    const said = saidOf(value);
    this.drop(value);
    this.say('e', said);
  }

  private callClosure(frame: Frame, name: string, closure: Value): void {
    const captures = frame.fn.closures.get(name) ?? [];
    let owned = 0;
    for (const capture of captures) {
      const held = capture.how === 'move' ? closure.parts[owned++] : this.look(frame, [capture.name]);
      if (held === null || held === undefined) throw new Error('a captured value is gone');
      if (capture.how === 'mut') this.touch(held);
      else this.observe(held);
    }
  }
}

/** The number that `eat` says. */
function saidOf({ type, number, parts }: Value): number {
  switch (type) {
    case 'L':
    case 'O':
      return parts.length;
    case 'N':
      return parts[1]?.number ?? -1;
    case 'P':
    case 'D':
    case 'W':
    case 'T':
    case 'B':
    case 'X':
      return parts[0]?.number ?? -1;
    default:
      return number;
  }
}

/** The caller's place as a slot of the callee. */
function slotOf(holder: { get(): Value | null; set(value: Value | null): void }): Slot {
  return {
    get value(): Value | null {
      return holder.get();
    },
    set value(value: Value | null) {
      holder.set(value);
    },
  };
}
