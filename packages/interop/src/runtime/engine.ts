/** What the generated code of a module needs from the place where the module's machine code runs. */
import type { KilnArray, TypedArray, TypedArrayType } from './arrays.ts';

/** What a memory parameter takes: an address, or natively the array itself. */
export type MemoryToken = number | TypedArray | null;

export type RawFunction = (...args: readonly unknown[]) => unknown;

export interface Engine {
  /** The C function of a symbol. `parameters`: one letter a slot (`n`umber, `w`ide, `m`emory). */
  symbol(name: string, parameters: string, result: 'nothing' | 'number' | 'wide' | 'status'): RawFunction;
  /** The argument that stands for the result slots. */
  readonly slots: MemoryToken;
  /** Result slots as numbers and as 64-bit integers; asked for after each call. */
  numbers(): Float64Array;
  wides(): BigInt64Array;
  readonly noMemory: MemoryToken;
  /** Makes an array readable for Mojo until `leave`, which copies back what may have changed. */
  enter(array: TypedArray): MemoryToken;
  leave(token: MemoryToken, array: TypedArray | null, changed: boolean): void;
  /** The same for text; the number of bytes is in `textBytes` then. */
  enterText(text: string): MemoryToken;
  readonly textBytes: number;
  leaveText(token: MemoryToken): void;
  /** Text that a function gave away. */
  takeText(owner: number, address: number, bytes: number): string;
  takeArray<A extends TypedArray>(
    type: TypedArrayType<A>,
    owner: number,
    address: number,
    length: number,
    drop: (owner: number) => void,
  ): KilnArray<A>;
  allocate<A extends TypedArray>(type: TypedArrayType<A>, length: number): KilnArray<A>;
  /** The error that a function raised: its text is in the result slots. */
  raised(fn: string): Error;
  /** What an exception that came out of the machine code means. */
  failure(error: unknown, fn: string): unknown;
}
