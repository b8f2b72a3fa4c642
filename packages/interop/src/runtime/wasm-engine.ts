/** A module as WebAssembly, in this thread.
 *  In: the module's bytes.  Out: an `Engine`. Arrays outside the module's memory are copied in, and out if they may have changed. */
import { RESULT_SLOTS } from '@kiln/compiler/interop/bridge-abi.ts';
import { KilnArray, type Owner, type TypedArray, type TypedArrayType } from './arrays.ts';
import type { Engine, MemoryToken, RawFunction } from './engine.ts';
import { KilnError } from './errors.ts';
import { platform, type WasmInstance, type WasmMemory, type WasmModule } from './platform.ts';
import { ProgramExit, WasiShim } from './wasi-shim.ts';

const WASI = 'wasi_snapshot_preview1';

/** Small arguments are copied here instead of asking the module's allocator. */
const SCRATCH_BYTES = 16384;

interface StackPointer {
  value: number;
}

function bytesOf(array: TypedArray): Uint8Array {
  return array instanceof Uint8Array ? array : new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

export class WasmEngine implements Engine {
  readonly noMemory = 0;
  readonly slots: number;
  textBytes = 0;
  private readonly exports: Readonly<Record<string, unknown>>;
  private readonly memory: WasmMemory;
  private readonly wasi: WasiShim;
  private readonly allocateBytes: (bytes: number) => number;
  private readonly free: (address: number) => void;
  private readonly dropText: (owner: number) => void;
  private readonly stack: StackPointer | null;
  private readonly stackStart: number;
  private readonly scratch: number;
  private scratchTop = 0;
  /** Arguments that lie in the scratch memory now: it is empty again when the last one leaves. */
  private scratchUsers = 0;
  private buffer: ArrayBuffer;
  private bytes: Uint8Array;
  private numberSlots: Float64Array;
  private wideSlots: BigInt64Array;
  private readonly encoder = new TextEncoder();
  private readonly decoder = new TextDecoder();

  private constructor(instance: WasmInstance, wasi: WasiShim) {
    this.exports = instance.exports;
    this.memory = instance.exports['memory'] as WasmMemory;
    this.wasi = wasi;
    this.allocateBytes = instance.exports['kiln_alloc'] as (bytes: number) => number;
    this.free = instance.exports['kiln_free'] as (address: number) => void;
    this.dropText = instance.exports['kiln_drop_text'] as (owner: number) => void;
    this.stack = (instance.exports['__stack_pointer'] as StackPointer | undefined) ?? null;
    this.stackStart = this.stack?.value ?? 0;
    this.slots = this.allocateBytes(RESULT_SLOTS * 8);
    this.scratch = this.allocateBytes(SCRATCH_BYTES);
    this.buffer = this.memory.buffer;
    this.bytes = new Uint8Array(this.buffer);
    this.numberSlots = new Float64Array(this.buffer, this.slots, RESULT_SLOTS);
    this.wideSlots = new BigInt64Array(this.buffer, this.slots, RESULT_SLOTS);
  }

  static async open(source: Uint8Array | WasmModule): Promise<WasmEngine> {
    const module = source instanceof Uint8Array ? await platform.WebAssembly.compile(source) : source;
    const wasi = new WasiShim();
    const instance = await platform.WebAssembly.instantiate(module, { [WASI]: wasi.imports(module) as never });
    wasi.attach(instance.exports['memory'] as WasmMemory);
    (instance.exports['_initialize'] as (() => void) | undefined)?.();
    return new WasmEngine(instance, wasi);
  }

  symbol(name: string): RawFunction {
    const found = this.exports[name];
    if (typeof found !== 'function') throw new Error(`the compiled module lacks ${name}`);
    return found as RawFunction;
  }

  /** Growing the memory replaces its buffer and detaches the old one; asking for the buffer itself is slow. */
  private refresh(): void {
    if (this.bytes.byteLength !== 0) return;
    this.buffer = this.memory.buffer;
    this.bytes = new Uint8Array(this.buffer);
    this.numberSlots = new Float64Array(this.buffer, this.slots, RESULT_SLOTS);
    this.wideSlots = new BigInt64Array(this.buffer, this.slots, RESULT_SLOTS);
  }

  numbers(): Float64Array {
    this.refresh();
    return this.numberSlots;
  }

  wides(): BigInt64Array {
    this.refresh();
    return this.wideSlots;
  }

  private reserve(bytes: number): number {
    const address = this.allocateBytes(bytes);
    if (address === 0) throw new RangeError(`the module's memory has no room for ${bytes} bytes`);
    this.refresh();
    return address;
  }

  /** Room for an argument until `leaveRoom`. */
  private enterRoom(bytes: number): number {
    const size = (bytes + 63) & ~63;
    if (bytes > SCRATCH_BYTES || this.scratchTop + size > SCRATCH_BYTES) return this.reserve(bytes);
    const address = this.scratch + this.scratchTop;
    this.scratchTop += size;
    this.scratchUsers++;
    this.refresh();
    return address;
  }

  private leaveRoom(address: number): void {
    if (address < this.scratch || address >= this.scratch + SCRATCH_BYTES) this.free(address);
    else if (--this.scratchUsers === 0) this.scratchTop = 0;
  }

  enter(array: TypedArray): number {
    this.refresh();
    if (array.buffer === this.buffer) return array.byteOffset;
    const address = this.enterRoom(array.byteLength);
    this.bytes.set(bytesOf(array), address);
    return address;
  }

  leave(token: MemoryToken, array: TypedArray | null, changed: boolean): void {
    // An array in the module's memory may have lost its buffer since; its own view then says nothing.
    if (array === null || typeof token !== 'number' || token === 0 || array.byteOffset === token) return;
    this.refresh();
    if (changed) bytesOf(array).set(this.bytes.subarray(token, token + array.byteLength));
    this.leaveRoom(token);
  }

  enterText(text: string): number {
    const room = text.length * 3;
    const address = this.enterRoom(room);
    this.textBytes = this.encoder.encodeInto(text, this.bytes.subarray(address, address + room)).written;
    return address;
  }

  leaveText(token: MemoryToken): void {
    if (typeof token === 'number' && token !== 0) this.leaveRoom(token);
  }

  takeText(owner: number, address: number, bytes: number): string {
    this.refresh();
    const text = this.decoder.decode(this.bytes.subarray(address, address + bytes));
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
    return this.viewOf(type, address, length, { drop: () => drop(owner) });
  }

  allocate<A extends TypedArray>(type: TypedArrayType<A>, length: number): KilnArray<A> {
    const address = this.reserve(length * type.BYTES_PER_ELEMENT);
    this.bytes.fill(0, address, address + length * type.BYTES_PER_ELEMENT);
    const { free } = this;
    return this.viewOf(type, address, length, { drop: () => free(address) });
  }

  private viewOf<A extends TypedArray>(
    type: TypedArrayType<A>,
    address: number,
    length: number,
    owner: Owner,
  ): KilnArray<A> {
    const { memory } = this;
    let view: A | null = null;
    const current = (): A => {
      if (view === null || (view.byteLength === 0 && length > 0))
        view = new type(memory.buffer, length === 0 ? 0 : address, length);
      return view;
    };
    return new KilnArray(type, current, owner);
  }

  raised(fn: string): Error {
    const slots = this.numbers();
    return new KilnError(this.takeText(slots[0] ?? 0, slots[1] ?? 0, slots[2] ?? 0), fn, false);
  }

  failure(error: unknown, fn: string): unknown {
    const overflow = error instanceof RangeError && /call stack/.test(error.message);
    if (!(error instanceof platform.WebAssembly.RuntimeError || error instanceof ProgramExit || overflow)) return error;
    // The code did not get to put its stack pointer back.
    if (this.stack !== null) this.stack.value = this.stackStart;
    const complaint = this.wasi.takeComplaint().trim();
    const why = overflow
      ? 'stack overflow'
      : complaint !== ''
        ? complaint
        : error instanceof Error
          ? error.message
          : '';
    const failure = new KilnError(why, fn, true);
    failure.cause = error;
    return failure;
  }
}
