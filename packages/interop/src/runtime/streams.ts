/** Values one after the other, in slots of 8 bytes and in bytes that slots point into (bridge-abi.ts): lists of other things than numbers. */
import type { TypedArray, TypedArrayType } from './arrays.ts';
import type { Engine } from './engine.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class StreamWriter {
  private numbers = new Float64Array(64);
  private wides = new BigInt64Array(this.numbers.buffer);
  private count = 0;
  private memory = new Uint8Array(256);
  private used = 0;
  private finished: { readonly slots: Float64Array; readonly bytes: Uint8Array } | null = null;

  number(value: number): void {
    if (this.count === this.numbers.length) this.grow();
    this.numbers[this.count++] = value;
  }

  wide(value: bigint): void {
    if (this.count === this.numbers.length) this.grow();
    this.wides[this.count++] = value;
  }

  text(value: string): void {
    this.reserve(value.length * 3);
    const { written } = encoder.encodeInto(value, this.memory.subarray(this.used));
    this.add(written);
  }

  array(value: TypedArray): void {
    this.reserve(value.byteLength);
    this.memory.set(new Uint8Array(value.buffer, value.byteOffset, value.byteLength), this.used);
    this.add(value.byteLength);
  }

  slots(): Float64Array {
    return this.finish().slots;
  }

  bytes(): Uint8Array {
    return this.finish().bytes;
  }

  private finish(): { readonly slots: Float64Array; readonly bytes: Uint8Array } {
    this.finished ??= { slots: this.numbers.subarray(0, this.count), bytes: this.memory.subarray(0, this.used) };
    return this.finished;
  }

  private add(bytes: number): void {
    this.number(this.used);
    this.number(bytes);
    this.used += bytes;
  }

  private grow(): void {
    const larger = new Float64Array(this.numbers.length * 2);
    // As bits: a 64-bit integer may look like a number that copying changes.
    new BigInt64Array(larger.buffer).set(this.wides);
    this.numbers = larger;
    this.wides = new BigInt64Array(larger.buffer);
  }

  private reserve(bytes: number): void {
    if (this.used + bytes <= this.memory.length) return;
    const larger = new Uint8Array(Math.max(this.memory.length * 2, this.used + bytes));
    larger.set(this.memory);
    this.memory = larger;
  }
}

export class StreamReader {
  private readonly numbers: Float64Array;
  private readonly wides: BigInt64Array;
  private readonly bytes: Uint8Array;
  private at = 0;

  /** Copies, which are the reader's own. */
  constructor(numbers: Float64Array, bytes: Uint8Array) {
    this.numbers = numbers;
    this.wides = new BigInt64Array(numbers.buffer);
    this.bytes = bytes;
  }

  number(): number {
    return this.numbers[this.at++] ?? 0;
  }

  wide(): bigint {
    return this.wides[this.at++] ?? 0n;
  }

  text(): string {
    const start = this.number();
    return decoder.decode(this.bytes.subarray(start, start + this.number()));
  }

  array<A extends TypedArray>(type: TypedArrayType<A>): A {
    const start = this.number();
    return new type(this.bytes.slice(start, start + this.number()).buffer, 0, this.lastLength(type));
  }

  private lastLength(type: TypedArrayType): number {
    return (this.numbers[this.at - 1] ?? 0) / type.BYTES_PER_ELEMENT;
  }
}

/** A stream that a function gave away: read out of the memory, which is given back. */
export function takeStream(
  engine: Engine,
  owner: number,
  slots: number,
  slotCount: number,
  bytes: number,
  byteCount: number,
  drop: (owner: number) => void,
): StreamReader {
  const reader = new StreamReader(
    engine.readArray<Float64Array>(Float64Array, slots, slotCount),
    engine.readArray<Uint8Array>(Uint8Array, bytes, byteCount),
  );
  drop(owner);
  return reader;
}
