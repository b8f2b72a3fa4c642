/** The errors that calls into Mojo end with, and the checks that come before them. */
import type { Callbacks } from './callbacks.ts';
import type { Engine } from './engine.ts';

/** A Mojo function raised, or stopped at a run-time check. */
export class KilnError extends Error {
  /** The Mojo function that was called. */
  readonly function: string;
  /** A failed run-time check (bounds, `abort`, …) rather than a raised error. */
  readonly isTrap: boolean;
  /** Where the error was raised and the calls of user code that it came through, innermost first: `at f (file:line:column)` lines. Empty
   *  for a failed check and for errors of other types than `Error`. `stack` begins with them. */
  readonly mojoStack: string;

  constructor(message: string, fn: string, isTrap: boolean, mojoStack: string) {
    super(message);
    this.name = 'KilnError';
    this.function = fn;
    this.isTrap = isTrap;
    this.mojoStack = mojoStack;
    if (mojoStack !== '') {
      const { stack = '' } = this;
      // V8 puts the message first; elsewhere the stack is the calls alone.
      const calls = stack.slice(Math.max(0, stack.indexOf('\n    at ') + 1));
      this.stack = `${this.name}: ${message}\n${mojoStack.replace(/^/gm, '    ')}\n${calls}`;
    }
  }
}

/** The error that a function raised: its text and its stack are in the result slots. */
export function raisedError(engine: Pick<Engine, 'numbers' | 'takeText'>, callbacks: Callbacks, fn: string): unknown {
  const [owner = 0, address = 0, bytes = 0, stackOwner = 0, stackAddress = 0, stackBytes = 0] = engine.numbers();
  const text = engine.takeText(owner, address, bytes);
  const stack = engine.takeText(stackOwner, stackAddress, stackBytes).trimEnd();
  const thrown = callbacks.takeThrown(text);
  return thrown === null ? new KilnError(text, fn, false, stack) : thrown.error;
}

/** A value in a few words, for messages. */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'string':
      return value.length > 40 ? 'a string' : `the string ${JSON.stringify(value)}`;
    case 'number':
    case 'boolean':
      return `${typeof value} ${String(value)}`;
    case 'bigint':
      return `bigint ${value}n`;
    case 'object':
      return `${/^[aeiou]/i.test(value.constructor?.name ?? 'object') ? 'an' : 'a'} ${value.constructor?.name ?? 'object'}`;
    default:
      return typeof value;
  }
}

export function badType(fn: string, arg: string, expected: string, value: unknown): never {
  throw new TypeError(`${fn}: argument '${arg}' must be ${expected}, not ${describe(value)}`);
}

/** Called when a number is no integer between `min` and `max`. */
export function badInteger(fn: string, arg: string, type: string, min: number, max: number, value: unknown): never {
  if (typeof value === 'bigint') badType(fn, arg, 'a number (Int64 takes a bigint)', value);
  if (typeof value !== 'number') badType(fn, arg, 'an integer', value);
  if (!Number.isInteger(value)) badType(fn, arg, 'an integer', value);
  throw new RangeError(`${fn}: argument '${arg}' is a Mojo ${type}, from ${min} to ${max}; ${value} does not fit`);
}

export function badWide(fn: string, arg: string, type: string, value: unknown): never {
  if (typeof value !== 'bigint') badType(fn, arg, `a bigint (a Mojo ${type})`, value);
  throw new RangeError(`${fn}: argument '${arg}' is a Mojo ${type}; ${value} does not fit into 64 bits`);
}

export function badCount(fn: string, least: number, most: number, given: number): never {
  const wanted = least === most ? String(least) : `${least} to ${most}`;
  throw new TypeError(`${fn} takes ${wanted} ${most === 1 ? 'argument' : 'arguments'}, not ${given}`);
}

export function badOverlap(fn: string, a: string, b: string): never {
  throw new TypeError(`${fn}: arguments '${a}' and '${b}' share memory, and the function writes to one of them`);
}

export function badAlias(fn: string, a: string, b: string): never {
  const which = b === 'this' ? `argument '${a}' is the object itself` : `arguments '${a}' and '${b}' are one object`;
  throw new TypeError(`${fn}: ${which}, and the function changes it`);
}

/** What a function that was given as an argument returned. */
export function badCallback(fn: string, arg: string, expected: string, value: unknown): never {
  throw new TypeError(`${fn}: the function given as '${arg}' must return ${expected}, not ${describe(value)}`);
}

/** An object or array is wanted for something else while a call uses it. */
export function inUse(what: string): never {
  throw new TypeError(`${what} is in use by a call that has not ended`);
}

/** An `Int` result that JavaScript's numbers cannot hold. */
export function wideResult(fn: string): never {
  throw new RangeError(
    `${fn}: the result does not fit into a number (beyond ±(2^53 - 1)); return an Int64 to get a bigint`,
  );
}

export function overlap(a: ArrayBufferView, b: ArrayBufferView): boolean {
  return (
    a.buffer === b.buffer &&
    a.byteLength > 0 &&
    b.byteLength > 0 &&
    a.byteOffset < b.byteOffset + b.byteLength &&
    b.byteOffset < a.byteOffset + a.byteLength
  );
}
