/** The interpreter's memory: one growing byte array that holds stack, static data and heap.
 *  Addresses are numbers above `BASE`, far from any number that programs compute. Which words hold one is written down when it
 *  is stored and forgotten when anything else is: when a value is taken out of memory (images are found without static types),
 *  data that looks like an address is data, and what is left of a pointer under another value is no pointer. Function
 *  addresses have a range of their own. Address 0 and everything outside is an error on access.
 *  Invariant: a fresh allocation is all zeros, so that what a program leaves unwritten is the same in every run. */
import { GUARD_BYTES, type HeapWatch } from './heap-watch.ts';
import { InterpreterError } from './interpreter-error.ts';
import type { Int } from './scalars.ts';

/** Beyond any plausible integer of a program, and exact as a double. */
export const BASE = 0x5a17_0000_0000;
/** 16 bytes for each instance. */
export const FUNCTION_BASE = 0x5a18_0000_0000;
const FUNCTION_END = 0x5a19_0000_0000;

const GUARD = 1 << 16;
export const STACK_BYTES = 1 << 23;
const HEAP_START = GUARD + STACK_BYTES;
const INITIAL = HEAP_START + (1 << 18);

export interface Allocation {
  /** Address. */
  readonly start: number;
  readonly size: number;
  readonly align: number;
  readonly kind: 'heap' | 'static';
}

export class Memory {
  view: DataView;
  bytes: Uint8Array;
  /** 1 for each aligned word of 8 bytes that holds an address. */
  tags: Uint8Array;
  /** Next free stack address. */
  sp = BASE + GUARD;
  readonly stackLimit = BASE + HEAP_START;
  private top = HEAP_START;
  private readonly limit: number;
  private readonly allocations = new Map<number, Allocation>();
  private readonly heap = new Set<number>();
  /** Freed blocks by rounded size. */
  private readonly free = new Map<number, number[]>();
  /** Live allocations by address, rebuilt when asked for after a change. */
  private sorted: Allocation[] | null = null;
  /** Set before the program starts, if its heap is to be checked. */
  watch: HeapWatch | null = null;

  constructor(limitBytes: number) {
    const buffer = new ArrayBuffer(INITIAL);
    this.view = new DataView(buffer);
    this.bytes = new Uint8Array(buffer);
    this.tags = new Uint8Array(INITIAL >>> 3);
    this.limit = Math.min(limitBytes + HEAP_START, 2 ** 31 - 1);
  }

  get heapBytes(): number {
    return this.top - HEAP_START;
  }

  private grow(needed: number): void {
    if (needed > this.limit)
      throw new InterpreterError(
        `out of memory: the limit is ${this.limit - HEAP_START} bytes (--max-memory=MIB raises it)`,
      );
    const size = Math.min(this.limit, Math.max(needed, this.bytes.length * 2));
    const buffer = new ArrayBuffer(size);
    const bytes = new Uint8Array(buffer);
    bytes.set(this.bytes);
    this.bytes = bytes;
    this.view = new DataView(buffer);
    const tags = new Uint8Array((size + 7) >>> 3);
    tags.set(this.tags);
    this.tags = tags;
  }

  allocate(size: number, align: number, kind: Allocation['kind']): number {
    if (!(size >= 0) || size > this.limit)
      throw new InterpreterError(`out of memory: an allocation of ${size} bytes (--max-memory=MIB raises the limit)`);
    const alignment = Math.max(16, align);
    // One spare byte keeps the addresses of neighbours apart from one-past-the-end pointers.
    const rounded = Math.ceil((size + (this.watch === null ? 1 : GUARD_BYTES)) / 16) * 16;
    const reuse = alignment === 16 ? this.free.get(rounded) : undefined;
    const recycled = reuse?.pop();
    let start: number;
    if (recycled !== undefined) {
      start = recycled;
      this.clear(start - BASE, start - BASE + rounded);
    } else {
      const at = Math.ceil(this.top / alignment) * alignment;
      if (at + rounded > this.bytes.length) this.grow(at + rounded);
      this.top = at + rounded;
      start = BASE + at;
    }
    this.allocations.set(start, { start, size, align, kind });
    if (kind === 'heap') {
      this.heap.add(start);
      this.watch?.allocated(this, start, size);
    }
    this.sorted = null;
    return start;
  }

  release(address: number): void {
    if (address === 0) return;
    const allocation = this.allocations.get(address);
    if (this.watch !== null) this.watch.released(this, address, allocation?.size ?? 0);
    if (allocation === undefined || allocation.kind === 'static')
      throw new InterpreterError('free of an address that was not allocated');
    this.allocations.delete(address);
    this.heap.delete(address);
    this.sorted = null;
    // A watched block is not used again: whoever still uses it shall be seen.
    if (this.watch !== null) return;
    const rounded = Math.ceil((allocation.size + 1) / 16) * 16;
    const list = this.free.get(rounded);
    if (list === undefined) this.free.set(rounded, [address]);
    else list.push(address);
  }

  /** Frees all heap memory. */
  releaseHeap(): void {
    for (const start of [...this.heap]) this.release(start);
  }

  sizeOf(address: number): number | null {
    return this.allocations.get(address)?.size ?? null;
  }

  /** The live allocation that an address points into (or one past the end of). */
  find(address: number): Allocation | null {
    this.sorted ??= [...this.allocations.values()].sort((a, b) => a.start - b.start);
    let low = 0;
    let high = this.sorted.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const entry = this.sorted[middle];
      if (entry === undefined) return null;
      if (address < entry.start) high = middle - 1;
      else if (address > entry.start + entry.size) low = middle + 1;
      else return entry;
    }
    return null;
  }

  isStack(address: number): boolean {
    return address >= BASE + GUARD && address < this.stackLimit;
  }

  /** The offset of `size` bytes at an address; throws outside of memory. */
  at(address: number | bigint, size: number): number {
    const offset = Number(address) - BASE;
    if (!(offset >= GUARD && offset + size <= this.bytes.length)) throw badAccess(address);
    return offset;
  }

  copy(to: number, from: number, size: number): void {
    if (size === 0) return;
    const source = this.at(from, size);
    const target = this.at(to, size);
    this.bytes.copyWithin(target, source, source + size);
    this.copyTags(target, source, size);
  }

  /** Whole words take their tags along; words that are covered in part hold no address any more. */
  private copyTags(target: number, source: number, size: number): void {
    const { tags } = this;
    if (((target ^ source) & 7) !== 0) {
      this.forget(target, size);
      return;
    }
    const first = (target + 7) >>> 3;
    const end = (target + size) >>> 3;
    if (end > first) {
      const from = (source + 7) >>> 3;
      tags.copyWithin(first, from, from + end - first);
    }
    if ((target & 7) !== 0) tags[target >>> 3] = 0;
    if (((target + size) & 7) !== 0) tags[end] = 0;
  }

  writeBytes(to: number, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const target = this.at(to, bytes.length);
    this.bytes.set(bytes, target);
    this.forget(target, bytes.length);
  }

  /** Zeros between two aligned offsets. */
  clear(start: number, end: number): void {
    this.bytes.fill(0, start, end);
    this.tags.fill(0, start >>> 3, (end + 7) >>> 3);
  }

  /** The bytes at an offset hold no address any more. */
  forget(offset: number, size: number): void {
    this.tags.fill(0, offset >>> 3, (offset + size + 7) >>> 3);
  }

  /** Before a part of the word at an offset is written: an address ends as a whole. */
  endAddress(offset: number): void {
    const word = offset >>> 3;
    this.tags[word] = 0;
    this.view.setBigUint64(word << 3, 0n, true);
  }

  /** Stores 8 bytes at an offset. */
  storeWord(offset: number, value: Int): void {
    const { view, tags } = this;
    let isAddress = false;
    if (typeof value === 'number') {
      view.setUint32(offset, value >>> 0, true);
      view.setInt32(offset + 4, Math.floor(value / 4294967296), true);
      isAddress = value >= BASE && value < FUNCTION_END;
    } else view.setBigUint64(offset, BigInt.asUintN(64, value), true);
    if ((offset & 7) === 0) tags[offset >>> 3] = isAddress ? 1 : 0;
    else this.forget(offset, 8);
  }

  /** The address that was stored at an address, or null. */
  addressAt(at: number): number | null {
    const offset = at - BASE;
    if ((offset & 7) !== 0 || this.tags[offset >>> 3] !== 1) return null;
    return this.view.getUint32(offset + 4, true) * 4294967296 + this.view.getUint32(offset, true);
  }

  readBytes(from: number, size: number): Uint8Array {
    if (size === 0) return new Uint8Array(0);
    const start = this.at(from, size);
    return this.bytes.slice(start, start + size);
  }
}

export function badAccess(address: number | bigint): InterpreterError {
  if (Number(address) === 0) return new InterpreterError('access through a null pointer');
  return new InterpreterError(`access to an invalid address 0x${BigInt(address).toString(16)}`);
}

export function isFunctionAddress(address: number): boolean {
  return address >= FUNCTION_BASE && address < FUNCTION_END;
}
