/** The base of the classes that stand for Mojo structs: an address on Mojo's side, given back once. */
import { disposeSymbol, KilnArray, type Owner, track, untrack } from './arrays.ts';
import { badType, inUse } from './errors.ts';

/** Passed to a class's constructor to wrap an object that exists. */
export class Handle {
  readonly address: number;
  constructor(address: number) {
    this.address = address;
  }
}

export class KilnObject {
  #address: number;
  #owner: Owner | null;
  /** Calls that use it now and call back: how many read it, or -1 for one that may change it. */
  #holds = 0;

  constructor(address: number, drop: (address: number) => void) {
    this.#address = address;
    this.#owner = { drop: () => drop(address) };
    track(this, this.#owner, this);
  }

  /** The address, for a call that uses the object so. `var`: the call takes it, and it is gone for JavaScript then. */
  static address(
    object: unknown,
    type: new (...args: never[]) => KilnObject,
    fn: string,
    arg: string,
    use: 'read' | 'mut' | 'var',
  ): number {
    if (!(object instanceof type)) badType(fn, arg, `a ${type.name}`, object);
    const what = arg === 'this' ? 'the object' : `argument '${arg}'`;
    if (object.#owner === null) throw new TypeError(`${fn}: ${what} was disposed of or given away`);
    // Mojo's rule of exclusive access, for a callback of a call that is not over.
    if (object.#holds !== 0 && (object.#holds < 0 || use !== 'read')) inUse(`${fn}: ${what}`);
    if (use === 'var') object.#forget();
    return object.#address;
  }

  static hold(object: KilnObject, exclusive: boolean): void {
    object.#holds += exclusive ? -1 : 1;
  }

  static release(object: KilnObject, exclusive: boolean): void {
    object.#holds += exclusive ? 1 : -1;
  }

  #forget(): void {
    this.#owner = null;
    untrack(this);
  }

  /** Destroys the Mojo object. A second call does nothing. */
  dispose(): void {
    const owner = this.#owner;
    if (owner === null) return;
    if (this.#holds !== 0) inUse('this object');
    this.#forget();
    owner.drop();
  }

  [disposeSymbol](): void {
    this.dispose();
  }
}

/** Keeps an object or array as it is while a call uses it that calls back. Returns what `release` takes. */
export function hold(value: unknown, exclusive: boolean): unknown {
  if (value instanceof KilnObject) KilnObject.hold(value, exclusive);
  else if (value instanceof KilnArray) value.hold(1);
  return value;
}

export function release(value: unknown, exclusive: boolean): void {
  if (value instanceof KilnObject) KilnObject.release(value, exclusive);
  else if (value instanceof KilnArray) value.hold(-1);
}
