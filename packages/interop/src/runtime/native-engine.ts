/** A module as a shared library, in a Node process.
 *  In: the library's path.  Out: an `Engine`. Arrays are passed in place, wherever they lie; results are copied. A failed run-time check ends the process,
 *  as in a program of its own. */
import { CALLBACK_SLOTS, RESULT_SLOTS } from '@kiln/compiler/interop/bridge-abi.ts';
import { KilnArray, type TypedArray, type TypedArrayType } from './arrays.ts';
import { Callbacks } from './callbacks.ts';
import type { Engine, MemoryToken, RawFunction } from './engine.ts';
import { raisedError } from './errors.ts';

/** What is used of the package koffi. */
export interface Koffi {
  load(path: string): { func(name: string, result: string, parameters: readonly string[]): RawFunction };
  proto(result: string, parameters: readonly string[]): unknown;
  pointer(type: unknown): unknown;
  /** Native code may call the function at the address that this returns. */
  register(callback: (...args: never[]) => unknown, type: unknown): unknown;
  /** Native memory as a buffer. */
  view(address: unknown, bytes: number): ArrayBuffer;
}

const LETTERS: Readonly<Record<string, string>> = { n: 'double', w: 'int64_t', m: 'void *' };
const RESULTS = { nothing: 'void', number: 'double', status: 'double', wide: 'int64_t' } as const;

export class NativeEngine implements Engine {
  readonly noMemory = null;
  readonly slots: Float64Array;
  textBytes = 0;
  private readonly library: ReturnType<Koffi['load']>;
  private readonly wideSlots: BigInt64Array;
  private readonly dropText: (owner: number) => void;
  /** Copies native memory into an array. */
  private readonly read: (address: number, target: Uint8Array, bytes: number) => void;
  private readonly koffi: Koffi;
  private readonly callbacks = new Callbacks();
  callbackAddress = 0;
  private readonly callbackSlots = new Float64Array(CALLBACK_SLOTS);
  private readonly callbackWideSlots = new BigInt64Array(this.callbackSlots.buffer);
  private allocateNative: ((bytes: number) => number) | null = null;
  private text = new Uint8Array(1024);
  private readonly encoder = new TextEncoder();
  private readonly decoder = new TextDecoder();

  constructor(koffi: Koffi, path: string) {
    this.koffi = koffi;
    this.library = koffi.load(path);
    this.slots = new Float64Array(RESULT_SLOTS);
    this.wideSlots = new BigInt64Array(this.slots.buffer);
    this.dropText = this.symbol('kiln_drop_text', 'n', 'nothing') as NativeEngine['dropText'];
    this.read = this.symbol('kiln_read', 'nmn', 'nothing') as NativeEngine['read'];
  }

  symbol(name: string, parameters: string, result: keyof typeof RESULTS): RawFunction {
    const types = [...parameters].map((letter) => LETTERS[letter] ?? 'double');
    const raw = this.library.func(name, RESULTS[result], types);
    // koffi gives small 64-bit integers as numbers.
    return result === 'wide' ? (...args) => BigInt(raw(...args) as number | bigint) : raw;
  }

  numbers(): Float64Array {
    return this.slots;
  }

  wides(): BigInt64Array {
    return this.wideSlots;
  }

  enter(array: TypedArray): MemoryToken {
    return array;
  }

  leave(token: MemoryToken, array: TypedArray | null, changed: boolean): void {
    // A copy of `enterHeld`. A callback may have given the array's memory away.
    if (token === array || !changed || array === null) return;
    const copy = token as Uint8Array;
    if (array.length >= copy.length) (array as Uint8Array).set(copy);
  }

  enterText(text: string): MemoryToken {
    const bytes = this.encoder.encode(text);
    this.textBytes = bytes.length;
    return bytes;
  }

  leaveText(): void {}

  takeText(owner: number, address: number, bytes: number): string {
    const text = this.readText(address, bytes);
    this.dropText(owner);
    return text;
  }

  takeArray<A extends TypedArray>(
    type: TypedArrayType<A>,
    owner: number,
    address: number,
    length: number,
    drop: (owner: number) => void,
  ): KilnArray<A> {
    // A copy: a view could outlive the list, and native memory has no walls.
    const view = new type(length);
    this.read(address, new Uint8Array(view.buffer), length * type.BYTES_PER_ELEMENT);
    drop(owner);
    return new KilnArray(type, () => view, { drop: () => {} });
  }

  allocate<A extends TypedArray>(type: TypedArrayType<A>, length: number): KilnArray<A> {
    const array = new type(length);
    return new KilnArray(type, () => array, { drop: () => {} });
  }

  openCallbacks(): void {
    const type = this.koffi.pointer(this.koffi.proto('double', ['double']));
    const call = (id: number): number => {
      const text = this.callbacks.call(id, false);
      if (text === null) return 0;
      // After what may not be raised the slots are zeros: no result.
      this.callbackSlots.fill(0);
      this.giveText(text);
      return 1;
    };
    this.callbackAddress = Number(this.koffi.register(call, type));
  }

  enterFunction(adapter: () => void, raises: boolean): number {
    return this.callbacks.add(adapter, raises);
  }

  leaveFunction(id: number): void {
    this.callbacks.remove(id);
  }

  get callbackMemory(): MemoryToken {
    return this.callbackSlots;
  }

  endCallbacks(): void {
    const pending = this.callbacks.takePending();
    // Native frames cannot be left from inside: the call has ended now.
    if (pending !== null) throw pending.error;
  }

  callbackNumbers(): Float64Array {
    return this.callbackSlots;
  }

  callbackWides(): BigInt64Array {
    return this.callbackWideSlots;
  }

  readText(address: number, bytes: number): string {
    if (bytes > this.text.length) this.text = new Uint8Array(bytes * 2);
    this.read(address, this.text, bytes);
    return this.decoder.decode(this.text.subarray(0, bytes));
  }

  readArray<A extends TypedArray>(type: TypedArrayType<A>, address: number, length: number): A {
    const copy = new type(length);
    this.read(address, new Uint8Array(copy.buffer), copy.byteLength);
    return copy;
  }

  giveText(text: string): void {
    const bytes = this.encoder.encode(text);
    this.allocateNative ??= this.symbol('kiln_alloc', 'n', 'number') as (bytes: number) => number;
    const address = bytes.length === 0 ? 0 : this.allocateNative(bytes.length);
    if (address !== 0) new Uint8Array(this.koffi.view(BigInt(address), bytes.length)).set(bytes);
    this.callbackSlots[0] = address;
    this.callbackSlots[1] = bytes.length;
  }

  enterHeld(array: TypedArray): MemoryToken {
    // JavaScript could give the array's memory away meanwhile.
    return array.slice();
  }

  raised(fn: string): unknown {
    return raisedError(this, this.callbacks, fn);
  }

  failure(error: unknown): unknown {
    return error;
  }
}
