/** A module as a shared library, in a Node process.
 *  In: the library's path.  Out: an `Engine`. Arrays are passed in place, wherever they lie; results are copied. A failed run-time check ends the process,
 *  as in a program of its own. */
import { RESULT_SLOTS } from '@kiln/compiler/interop/bridge-abi.ts';
import { KilnArray, type TypedArray, type TypedArrayType } from './arrays.ts';
import type { Engine, MemoryToken, RawFunction } from './engine.ts';
import { KilnError } from './errors.ts';

/** What is used of the package koffi. */
export interface Koffi {
  load(path: string): { func(name: string, result: string, parameters: readonly string[]): RawFunction };
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
  private text = new Uint8Array(1024);
  private readonly encoder = new TextEncoder();
  private readonly decoder = new TextDecoder();

  constructor(koffi: Koffi, path: string) {
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

  leave(): void {}

  enterText(text: string): MemoryToken {
    const bytes = this.encoder.encode(text);
    this.textBytes = bytes.length;
    return bytes;
  }

  leaveText(): void {}

  takeText(owner: number, address: number, bytes: number): string {
    if (bytes > this.text.length) this.text = new Uint8Array(bytes * 2);
    this.read(address, this.text, bytes);
    this.dropText(owner);
    return this.decoder.decode(this.text.subarray(0, bytes));
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

  raised(fn: string): Error {
    const [owner = 0, address = 0, bytes = 0] = this.slots;
    return new KilnError(this.takeText(owner, address, bytes), fn, false);
  }

  failure(error: unknown): unknown {
    return error;
  }
}
