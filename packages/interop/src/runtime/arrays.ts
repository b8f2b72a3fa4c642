/** Arrays that live in Mojo's memory, seen from JavaScript without a copy. */
import { badType, inUse } from './errors.ts';

export type TypedArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

export interface TypedArrayType<A extends TypedArray = TypedArray> {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, offset: number, length: number): A;
  new (length: number): A;
}

// Not there in every browser yet; the same symbol for everyone who asks.
const disposeSymbol: unique symbol = ((Symbol as { dispose?: symbol }).dispose ??
  Symbol.for('Symbol.dispose')) as typeof disposeSymbol;
(Symbol as { dispose?: symbol }).dispose ??= disposeSymbol;
export { disposeSymbol };

/** What holds a resource of Mojo's side: how to give it back, once. */
export interface Owner {
  drop(): void;
}

/** Gives back what JavaScript forgot to dispose of. */
const forgotten = new FinalizationRegistry<Owner>((owner) => owner.drop());

export function track(object: object, owner: Owner, token: object): void {
  forgotten.register(object, owner, token);
}

export function untrack(token: object): void {
  forgotten.unregister(token);
}

/** Elements in Mojo's memory: the `List` that a function returned, or memory of `kiln.alloc`. `array` is a view of them; take it
 *  afresh after calls into Mojo, because a WebAssembly memory that grows detaches older views. */
export class KilnArray<A extends TypedArray = TypedArray> {
  readonly #view: () => A;
  readonly #type: TypedArrayType<A>;
  #owner: Owner | null;
  /** Calls that use it and call back. */
  #holds = 0;

  constructor(type: TypedArrayType<A>, view: () => A, owner: Owner) {
    this.#type = type;
    this.#view = view;
    this.#owner = owner;
    track(this, owner, this);
  }

  get array(): A {
    if (this.#owner === null) throw new TypeError('this array was disposed of: its memory belongs to Mojo again');
    return this.#view();
  }

  get type(): TypedArrayType<A> {
    return this.#type;
  }

  get length(): number {
    return this.array.length;
  }

  [Symbol.iterator](): IterableIterator<A[number]> {
    return this.array[Symbol.iterator]() as IterableIterator<A[number]>;
  }

  hold(count: 1 | -1): void {
    this.#holds += count;
  }

  /** Gives the memory back. A second call does nothing. */
  dispose(): void {
    const owner = this.#owner;
    if (owner === null) return;
    if (this.#holds > 0) inUse('this array');
    this.#owner = null;
    untrack(this);
    owner.drop();
  }

  [disposeSymbol](): void {
    this.dispose();
  }
}

/** An array that is JavaScript's own, with the face of those in Mojo's memory. */
export function ownArray<A extends TypedArray>(array: A): KilnArray<A> {
  return new KilnArray(array.constructor as TypedArrayType<A>, () => array, { drop: () => {} });
}

/** A typed array of the wanted type, from itself or from a `KilnArray`. */
export function arrayOf<A extends TypedArray>(value: unknown, type: TypedArrayType<A>, fn: string, arg: string): A {
  if (value instanceof type) return value as A;
  if (value instanceof KilnArray && (value.type as unknown) === type) return value.array as A;
  if ((type as unknown) === Uint8Array && value instanceof Uint8ClampedArray) return value as unknown as A;
  const name = (type as unknown as { readonly name: string }).name;
  return badType(fn, arg, `a ${name}`, value);
}
