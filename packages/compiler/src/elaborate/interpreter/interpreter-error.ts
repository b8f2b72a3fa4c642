/** Why compile-time code stopped. Frames are added as the call stack is unwound, innermost first. */
import type { Span } from '../../base/span.ts';
import { POINTER_SYMBOL } from '../../mir/mir.ts';

export const STACK_OVERFLOW = 'stack overflow: the calls nest deeper than the stack allows';

export interface Frame {
  readonly name: string;
  readonly span: Span;
}

export class InterpreterError extends Error {
  override readonly name = 'InterpreterError';
  readonly reason: string;
  readonly frames: Frame[] = [];
  constructor(reason: string) {
    super(reason);
    this.reason = reason;
  }
}

/** A trap of a whole program: its message has been written already. */
export class ProgramTrap extends InterpreterError {
  constructor() {
    super('the program stopped with a trap');
  }
}

/** The program called `exit`. */
export class ProgramExit extends Error {
  override readonly name = 'ProgramExit';
  readonly status: number;
  constructor(status: number) {
    super('exit');
    this.status = status;
  }
}

/** A construct that the interpreter cannot run: its own diagnostic. */
export class UnsupportedForeign extends InterpreterError {
  readonly symbol: string;
  constructor(symbol: string) {
    const what = symbol === POINTER_SYMBOL ? 'a C function' : `the C function '${symbol}'`;
    super(`${what} cannot be called at compile time`);
    this.symbol = symbol;
  }
}
