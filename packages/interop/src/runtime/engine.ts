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
  /** Makes an array of the type, or of a class on it, readable for Mojo until `leave`, which copies back what may have changed. */
  enter(array: TypedArray, type: TypedArrayType): MemoryToken;
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
  raised(fn: string): unknown;
  /** What an exception that came out of the machine code means. */
  failure(error: unknown, fn: string): unknown;

  // ---- functions of JavaScript that Mojo calls back

  /** For a module that takes functions. */
  openCallbacks(): void;
  /** The callback slots, and the address of what calls functions. */
  readonly callbackMemory: MemoryToken;
  readonly callbackAddress: number;
  /** A number for a function that takes its arguments from the callback slots and puts its result there. `raises`: what it throws becomes
   *  a Mojo error; otherwise the whole call ends with it. */
  enterFunction(adapter: () => void, raises: boolean): number;
  leaveFunction(id: number): void;
  /** Last of all: throws what a callback threw where it could neither be raised nor leave the machine code. */
  endCallbacks(): void;
  callbackNumbers(): Float64Array;
  callbackWides(): BigInt64Array;
  readText(address: number, bytes: number): string;
  readArray<A extends TypedArray>(type: TypedArrayType<A>, address: number, length: number): A;
  /** The result of a callback. */
  giveText(text: string): void;
  /** As `enter`, for a call during which JavaScript runs: nothing that it does takes the memory away. */
  enterHeld(array: TypedArray, type: TypedArrayType): MemoryToken;
}
