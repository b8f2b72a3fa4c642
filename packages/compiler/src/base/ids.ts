/** Branded dense numbers that name an entity of one table, and the table that owns them.
 *  A name ending in `Id` indexes a `Table`; it never keys a `Map`. */
import { InternalError } from './invariant.ts';

declare const brand: unique symbol;

/** A dense index, distinct per entity kind. */
export type Id<T extends string> = number & { readonly [brand]: T };

/** The one place where a number becomes an id. */
export function makeId<I extends Id<string>>(index: number): I {
  return index as I;
}

/** A growable array indexed by one id type. Iteration is in creation order. */
export class Table<I extends Id<string>, V> {
  private readonly items: V[] = [];

  get size(): number {
    return this.items.length;
  }

  /** The id that the next `add` will return. */
  nextId(): I {
    return makeId<I>(this.items.length);
  }

  add(value: V): I {
    this.items.push(value);
    return makeId<I>(this.items.length - 1);
  }

  get(id: I): V {
    const value = this.items[id];
    if (value === undefined) throw new InternalError(`no entry ${id} in a table of ${this.items.length}`);
    return value;
  }

  has(id: I): boolean {
    return id >= 0 && id < this.items.length;
  }

  set(id: I, value: V): void {
    if (!this.has(id)) throw new InternalError(`no entry ${id} to replace`);
    this.items[id] = value;
  }

  values(): readonly V[] {
    return this.items;
  }

  ids(): I[] {
    return this.items.map((_, index) => makeId<I>(index));
  }
}
