/** Values of the reference model, and what the program's own types and functions say about them: constructors, copies, moves, ends.
 *  The counterpart of `prelude.ts`. */
import type { Type } from './tree.ts';

/** A value; `parts` of a struct, list, optional or closure. `number` of a resource changes when it is touched. */
export interface Value {
  type: Type | 'closure';
  number: number;
  /** null: moved out. */
  parts: (Value | null)[];
  /** Of the parts of a dictionary. */
  keys?: number[];
}

export const RESOURCES: ReadonlySet<string> = new Set(['R', 'I', 'M', 'Q']);

/** A run-away program is a mistake of the generator. */
const MAX_EVENTS = 20_000;

export class Tracer {
  readonly events: string[] = [];
  private k: number;

  constructor(k: number) {
    this.k = k;
  }

  protected say(what: string, n: number): void {
    this.events.push(`${what}${n}`);
    if (this.events.length > MAX_EVENTS) throw new Error('too many events');
  }

  protected coin(): boolean {
    this.k = (this.k * 13 + 7) % 64;
    return this.k >= 32;
  }

  protected drop(value: Value | null): void {
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
        this.dropParts(value);
    }
  }

  /** The entries of a dictionary end in the order of its slots: that of these small keys. */
  protected dropParts({ parts, keys }: Value): void {
    const order = keys === undefined ? [...parts.keys()] : [...keys].sort().map((key) => keys.indexOf(key));
    for (const at of order) this.drop(parts[at] ?? null);
  }

  protected made(number: number): Value {
    this.say('+', number);
    return { type: 'R', number, parts: [] };
  }

  protected raised(number: number): Value {
    this.say('x', number);
    return { type: 'E', number, parts: [] };
  }

  protected copy(value: Value): Value {
    if (value.type === 'B' || value.type === 'L' || value.type === 'A' || value.type === 'K') {
      const parts = value.parts.map((part) => (part === null ? null : this.copy(part)));
      const made: Value = { type: value.type, number: 0, parts };
      if (value.keys !== undefined) made.keys = [...value.keys];
      return made;
    }
    const number = value.number + 1000;
    this.say('c', number);
    return { type: value.type, number, parts: [] };
  }

  protected traceMove(value: Value): void {
    if (value.type === 'M') this.say('m', value.number);
    else if (value.type === 'W' || value.type === 'X')
      for (const part of value.parts) if (part !== null) this.traceMove(part);
  }

  protected touch(value: Value): void {
    value.number += 100;
    this.say('t', value.number);
  }

  protected observe(value: Value): void {
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
      case 'A':
      case 'J':
        for (const part of value.parts) if (part !== null) this.observe(part);
        return;
      case 'D':
        this.say('u', value.parts[0]?.number ?? -1);
        return;
      case 'K':
        this.say('l', value.parts.length);
        for (const part of value.parts) if (part !== null) this.observe(part);
        return;
      case 'L':
      case 'U':
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
  protected eat(value: Value, ignored: boolean): void {
    if (ignored) {
      this.drop(value);
      this.say('i', 0);
      return;
    }
    const said = saidOf(value);
    this.drop(value);
    this.say('e', said);
  }
}

/** The number that `eat` says. */
function saidOf({ type, number, parts }: Value): number {
  switch (type) {
    case 'L':
    case 'O':
    case 'K':
    case 'U':
      return parts.length;
    case 'J':
      return parts[0]?.type === 'R' ? 1 : 0;
    case 'N':
      return parts[1]?.number ?? -1;
    case 'P':
    case 'D':
    case 'W':
    case 'T':
    case 'A':
    case 'B':
    case 'X':
      return parts[0]?.number ?? -1;
    default:
      return number;
  }
}
