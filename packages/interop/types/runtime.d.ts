/** What the JavaScript made from Mojo modules shares. */

/** Elements in Mojo's memory: a `List` that a function returned, or memory from `kiln.alloc`. Dispose of it (`using`, or `dispose()`)
 *  to give the memory back at once; otherwise that happens when JavaScript has forgotten the object. */
export class KilnArray<A> {
  private constructor();
  /** A view of the elements. Take it afresh after calls into Mojo: a WebAssembly memory that grows detaches older views. */
  readonly array: A;
  readonly length: number;
  [Symbol.iterator](): IterableIterator<A extends BigInt64Array | BigUint64Array ? bigint : number>;
  dispose(): void;
  [Symbol.dispose](): void;
}

/** A Mojo struct that stays on Mojo's side. */
export class KilnObject {
  protected constructor(...args: never[]);
  /** Destroys it. Using it afterwards is a TypeError. */
  dispose(): void;
  [Symbol.dispose](): void;
}

/** A Mojo function raised an error, or stopped at a run-time check. */
export class KilnError extends Error {
  /** The Mojo function that was called. */
  readonly function: string;
  /** A failed run-time check (bounds, `abort`, …) rather than a raised error. */
  readonly isTrap: boolean;
  /** Where the error was raised and the calls of Mojo that it came through, innermost first: `at f (file:line:column)` lines, with which
   *  `stack` begins too. Empty for a failed check and for errors of other types than `Error`. */
  readonly mojoStack: string;
}

type ElementArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

/** The memory of one module. */
export interface Kiln {
  /** `length` zeros that calls into this module see in place, without a copy. */
  alloc<A extends ElementArray>(type: new (length: number) => A, length: number): KilnArray<A>;
}
