/** What each step does to the values in a frame.
 *  In: a step, what is needed after it.  Out: its result, or the error that it raised. */
import type { Liveness, Need } from './liveness.ts';
import type { ModelFunction, Step } from './steps.ts';
import { ELEMENT, FIELDS, isClosure, keyOf, OPENED, type Path } from './tree.ts';
import { RESOURCES, Tracer, type Value } from './values.ts';

export interface Slot {
  value: Value | null;
}

export interface Frame {
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
export interface Outcome {
  readonly result: Value | null;
  readonly error: Value | null;
}

export abstract class StepMachine extends Tracer {
  abstract run(name: string, args: readonly Slot[]): Outcome;

  /** The step's result, or the error that it raised. */
  protected perform(frame: Frame, step: Step, after: Need): Value | null {
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
        if (action.type === 'K') made.keys = [1, 2].slice(0, made.parts.length);
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
      case 'told':
        this.say('!', value(1).number);
        this.say(']', value(0).number);
        return null;
      case 'enterAs': {
        const manager = owned(0);
        this.say('[', manager.number);
        this.drop(manager);
        return this.made(action.number);
      }
      case 'hand': {
        const given = owned(1);
        this.say('h', value(0).number);
        return given;
      }
      case 'pop': {
        const { parts, keys } = value(0);
        const at = keys === undefined ? parts.length - 1 : keys.indexOf(keyOf(action.number));
        keys?.splice(at, at < 0 ? 0 : 1);
        const [last] = parts.splice(at, at < 0 ? 0 : 1);
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
      case 'put':
        this.put(value(0), action.key, owned(1));
        return null;
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
        const whole = value(0);
        const { parts, keys } = whole;
        this.dropParts({ ...whole, parts: parts.splice(0), ...(keys === undefined ? {} : { keys: keys.splice(0) }) });
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

  /** An entry of a dictionary is replaced in its place; a variant has one part. */
  private put(whole: Value, key: number, value: Value): void {
    const { parts, keys = [] } = whole;
    const at = key === 0 ? 0 : keys.indexOf(key);
    if (at < 0) {
      keys.push(key);
      parts.push(value);
      return;
    }
    this.drop(parts[at] ?? null);
    parts[at] = value;
  }

  protected callClosure(frame: Frame, name: string, closure: Value): void {
    const captures = frame.fn.closures.get(name) ?? [];
    let owned = 0;
    for (const capture of captures) {
      const held = capture.how === 'move' ? closure.parts[owned++] : this.look(frame, [capture.name]);
      if (held === null || held === undefined) throw new Error('a captured value is gone');
      if (isClosure(capture.name)) this.callClosure(frame, capture.name, held);
      else if (capture.how === 'mut') this.touch(held);
      else this.observe(held);
    }
  }

  // ---- places

  /** What a path stands for at this moment. */
  protected target(frame: Frame, path: Path): Path {
    const [root = '', ...rest] = path;
    const { aliases, closures } = frame.fn;
    const targets = closures.has(root) ? undefined : aliases.get(root);
    const target = targets?.[frame.picked.get(root) ?? 0];
    if (target === undefined) return path;
    return this.target(frame, [...target, ...rest.filter((part) => part !== '[]' && part !== '()')]);
  }

  protected holder(frame: Frame, place: Path): { get(): Value | null; set(value: Value | null): void } {
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

  protected look(frame: Frame, place: Path): Value {
    const value = this.holder(frame, place).get();
    if (value === null) throw new Error(`${frame.fn.name}: ${place.join('.')} has no value`);
    return value;
  }

  protected takeOut(frame: Frame, place: Path): Value | null {
    const holder = this.holder(frame, place);
    const value = holder.get();
    holder.set(null);
    return value;
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
