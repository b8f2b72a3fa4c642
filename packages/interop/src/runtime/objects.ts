/** The base of the classes that stand for Mojo structs: an address on Mojo's side, given back once. */
import { disposeSymbol, type Owner, track, untrack } from './arrays.ts';
import { badType } from './errors.ts';

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

  constructor(address: number, drop: (address: number) => void) {
    this.#address = address;
    this.#owner = { drop: () => drop(address) };
    track(this, this.#owner, this);
  }

  /** The address, for a call. `consume`: the call takes the object, which is gone for JavaScript then. */
  static address(
    object: unknown,
    type: new (...args: never[]) => KilnObject,
    fn: string,
    arg: string,
    consume: boolean,
  ): number {
    if (!(object instanceof type)) badType(fn, arg, `a ${type.name}`, object);
    if (object.#owner === null)
      throw new TypeError(
        `${fn}: ${arg === 'this' ? 'the object' : `argument '${arg}'`} was disposed of or given away`,
      );
    if (consume) object.#forget();
    return object.#address;
  }

  #forget(): void {
    this.#owner = null;
    untrack(this);
  }

  /** Destroys the Mojo object. A second call does nothing. */
  dispose(): void {
    const owner = this.#owner;
    if (owner === null) return;
    this.#forget();
    owner.drop();
  }

  [disposeSymbol](): void {
    this.dispose();
  }
}
