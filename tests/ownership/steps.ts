/** The reference model's view of a function, as data: steps in the order in which things happen, in a tree of blocks, no control-flow graph.
 *  Made by `lower.ts`; read by `liveness.ts`, `verdict.ts` and `machine.ts`. */
import type { Capture, Path, ProgramFunction, Type } from './tree.ts';

/** What a step needs a value for. A result of null is a temporary of type Int or nothing. */
export type Operand =
  /** The place is read or changed during the step. */
  | { readonly kind: 'borrow'; readonly place: Path; readonly mut: boolean }
  /** The place or temporary is gone after the step. */
  | { readonly kind: 'move'; readonly place: Path };

export type Action =
  | { readonly kind: 'new'; readonly type: Type; readonly number: number }
  | { readonly kind: 'copyOrMove' }
  | { readonly kind: 'copy' }
  | { readonly kind: 'transfer' }
  | { readonly kind: 'may' | 'half' | 'close' | 'fail'; readonly number: number }
  | { readonly kind: 'error'; readonly number: number }
  | { readonly kind: 'through' }
  | { readonly kind: 'gather'; readonly number: number; readonly count: number; readonly filtered: boolean }
  | { readonly kind: 'copies' }
  /** The next element of a list that is taken apart. */
  | { readonly kind: 'next' }
  /** A new value for what a reference or element stands for: a new `R`, or the second operand. */
  | { readonly kind: 'set'; readonly number: number | null }
  | { readonly kind: 'hand' }
  | { readonly kind: 'open' }
  /** A context manager is entered or left. */
  | { readonly kind: 'enter' | 'leave' | 'told' }
  /** The manager is consumed and makes an `R`. */
  | { readonly kind: 'enterAs'; readonly number: number }
  | { readonly kind: 'pop' | 'take'; readonly number: number }
  | { readonly kind: 'call'; readonly name: string }
  | { readonly kind: 'use' }
  | { readonly kind: 'keep' }
  | { readonly kind: 'eat'; readonly type: Type; readonly ignored: boolean }
  | { readonly kind: 'touch' }
  | { readonly kind: 'reset'; readonly number: number }
  | { readonly kind: 'swap' }
  | { readonly kind: 'put'; readonly key: number }
  | { readonly kind: 'append' | 'insert' | 'clear' | 'reverse' | 'each' }
  | { readonly kind: 'ref' | 'pick'; readonly name: string }
  | { readonly kind: 'closure'; readonly name: string }
  | { readonly kind: 'keepClosure' }
  | { readonly kind: 'callClosure'; readonly name: string; readonly times: number }
  | { readonly kind: 'return' }
  | { readonly kind: 'test' };

export interface Step {
  readonly kind: 'step';
  readonly line: number;
  readonly action: Action;
  readonly operands: readonly Operand[];
  /** The place that gets the result: a variable, a field, or a temporary. */
  readonly dest: Path | null;
  readonly raises: boolean;
}

export type Node =
  | Step
  | { readonly kind: 'sequence'; readonly nodes: readonly Node[] }
  /** On a coin (null), on whether a list, optional or variant has an element, or always the same way, which the program does not know. */
  | { readonly kind: 'branch'; readonly test: Path | boolean | null; readonly onTrue: Node; readonly otherwise: Node }
  /** `body` runs a number of times, or while a list has elements, then `otherwise`, unless left. */
  | { readonly kind: 'loop'; readonly rounds: number | Path; readonly body: Node; readonly otherwise: Node }
  /** `error` holds what was raised in the body. */
  | {
      readonly kind: 'try';
      readonly body: Node;
      readonly error: string;
      readonly handler: Node;
      readonly otherwise: Node;
    }
  | {
      readonly kind: 'exit';
      readonly to: 'break' | 'continue' | 'return' | 'raise';
      readonly line: number;
      /** The variable whose error a `raise` takes away. */
      readonly error: string | null;
    };

export interface Variable {
  readonly name: string;
  readonly type: Type;
  /** Ties between drops are broken in reverse order. */
  readonly order: number;
}

export interface ModelFunction {
  readonly name: string;
  readonly parameters: ProgramFunction['parameters'];
  readonly result: Type | null;
  readonly raises: boolean;
  readonly variables: ReadonlyMap<string, Variable>;
  /** What a reference, pointer or reading closure stands for. */
  readonly aliases: ReadonlyMap<string, readonly Path[]>;
  readonly closures: ReadonlyMap<string, readonly Capture[]>;
  readonly body: Node;
}

/** Holds the result of `return` until the function has ended. */
export const RESULT = 'res';

export function moved(place: Path): Operand {
  return { kind: 'move', place };
}

export function read(place: Path): Operand {
  return { kind: 'borrow', place, mut: false };
}

export function changed(place: Path): Operand {
  return { kind: 'borrow', place, mut: true };
}
