/** A module as WebAssembly, in this thread.
 *  In: the compiled module.  Out: an `Engine`. Arrays outside the module's memory are copied in, and out if they may have changed. */
import { CALLBACK_SLOTS, RESULT_SLOTS } from '@kiln/compiler/interop/bridge-abi.ts';
import { KilnArray, type Owner, type TypedArray, type TypedArrayType } from './arrays.ts';
import { Callbacks } from './callbacks.ts';
import type { Engine, MemoryToken, RawFunction } from './engine.ts';
import { KilnError, raisedError } from './errors.ts';
import { platform, type WasmInstance, type WasmMemory, type WasmModule } from './platform.ts';
import { makeSharedMemory, type MemoryLimits } from './shared-memory.ts';
import { openThreads } from './helpers.ts';
import { HelperFailure, type Threads, withoutThreads } from './threads.ts';
import { reasonOfEnd, WasiShim } from './wasi-shim.ts';

const WASI = 'wasi_snapshot_preview1';

/** Small arguments are copied here instead of asking the module's allocator. */
const SCRATCH_BYTES = 16384;

/** A compiled module, as workers get it, too. */
export interface WasmSource {
  readonly module: WasmModule;
  /** Of a module with threads. */
  readonly sharedMemory: MemoryLimits | null;
}

interface StackPointer {
  value: number;
}

function bytesOf(array: TypedArray): Uint8Array {
  return array instanceof Uint8Array ? array : new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

export class WasmEngine implements Engine {
  readonly noMemory = 0;
  /** The host's function is an import. */
  readonly callbackAddress = 0;
  readonly slots: number;
  textBytes = 0;
  private readonly exports: Readonly<Record<string, unknown>>;
  private readonly memory: WasmMemory;
  private readonly wasi: WasiShim;
  /** Null: the memory is this thread's alone. */
  private readonly threads: Threads | null;
  /** Buffers of the memory, which gets another one when it grows. Those of a shared memory stay usable. */
  private readonly ownBuffers = new WeakSet<object>();
  private readonly allocateBytes: (bytes: number) => number;
  private readonly free: (address: number) => void;
  private readonly dropText: (owner: number) => void;
  private readonly stack: StackPointer | null;
  /** Where the stack pointer is before a call: deeper while a callback runs. */
  private stackStart: number;
  private readonly callbacks: Callbacks;
  private callbackSlots = 0;
  private readonly scratch: number;
  private scratchTop = 0;
  /** Arguments that lie in the scratch memory now: it is empty again when the last one leaves. */
  private scratchUsers = 0;
  private buffer: ArrayBuffer;
  private bytes: Uint8Array;
  /** The memory as each type of elements: making a view costs more than copying a short array. */
  private readonly views = new Map<unknown, TypedArray>();
  private numberSlots: Float64Array;
  private wideSlots: BigInt64Array;
  private callbackNumberSlots: Float64Array;
  private callbackWideSlots: BigInt64Array;
  private readonly encoder = new TextEncoder();
  private readonly decoder = new TextDecoder();

  private constructor(instance: WasmInstance, wasi: WasiShim, threads: Threads | null, callbacks: Callbacks) {
    this.threads = threads;
    this.callbacks = callbacks;
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
    this.ownBuffers.add(this.buffer);
    this.bytes = new Uint8Array(this.buffer);
    this.numberSlots = new Float64Array(this.buffer, this.slots, RESULT_SLOTS);
    this.wideSlots = new BigInt64Array(this.buffer, this.slots, RESULT_SLOTS);
    this.callbackNumberSlots = this.numberSlots;
    this.callbackWideSlots = this.wideSlots;
  }

  /** `runtime`: where workers import this runtime from. */
  static async open(source: WasmSource, runtime: () => Promise<string>): Promise<WasmEngine> {
    const { module, sharedMemory } = source;
    const wasi = new WasiShim();
    const imports: Record<string, Record<string, unknown>> = { [WASI]: wasi.imports(module) };
    let threads: Threads | null = null;
    if (sharedMemory === null) imports['kiln'] = withoutThreads(() => platform.navigator?.hardwareConcurrency ?? 1);
    else {
      const memory = makeSharedMemory(sharedMemory);
      threads = await openThreads(module, memory, runtime);
      imports['env'] = { memory };
      imports['kiln'] = threads.imports();
    }
    // The engine exists only when the instance does.
    const engine: { callBack: (id: number) => number } = { callBack: () => 0 };
    imports['kiln'] = { ...imports['kiln'], call: (id: number) => engine.callBack(id) };
    const instance = await platform.WebAssembly.instantiate(module, imports);
    threads?.attach(instance);
    wasi.attach(instance.exports['memory'] as WasmMemory);
    (instance.exports['_initialize'] as (() => void) | undefined)?.();
    const made = new WasmEngine(instance, wasi, threads, new Callbacks());
    engine.callBack = (id) => made.callBack(id);
    return made;
  }

  symbol(name: string): RawFunction {
    const found = this.exports[name];
    if (typeof found !== 'function') throw new Error(`the compiled module lacks ${name}`);
    return found as RawFunction;
  }

  /** Growing the memory replaces its buffer and detaches the old one, unless it is shared; asking for the buffer itself is slow. */
  private refresh(): void {
    if (this.threads === null ? this.bytes.byteLength !== 0 : this.memory.buffer === this.buffer) return;
    this.buffer = this.memory.buffer;
    this.ownBuffers.add(this.buffer);
    this.bytes = new Uint8Array(this.buffer);
    this.views.clear();
    this.numberSlots = new Float64Array(this.buffer, this.slots, RESULT_SLOTS);
    this.wideSlots = new BigInt64Array(this.buffer, this.slots, RESULT_SLOTS);
    if (this.callbackSlots !== 0) this.viewCallbackSlots();
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

  enter(array: TypedArray, type: TypedArrayType): number {
    this.refresh();
    if (array.buffer === this.buffer || (this.threads !== null && this.ownBuffers.has(array.buffer)))
      return array.byteOffset;
    const address = this.enterRoom(array.byteLength);
    this.copyIn(array, type, address);
    return address;
  }

  /** `address` suits every element type. */
  private copyIn(array: TypedArray, type: TypedArrayType, address: number): void {
    let view = this.views.get(type);
    if (view === undefined) {
      view = new type(this.buffer, 0, Math.floor(this.buffer.byteLength / type.BYTES_PER_ELEMENT));
      this.views.set(type, view);
    }
    (view as Uint8Array).set(array as Uint8Array, address / type.BYTES_PER_ELEMENT);
  }

  leave(token: MemoryToken, array: TypedArray | null, changed: boolean): void {
    // An array in the module's memory may have lost its buffer since; its own view then says nothing.
    if (array === null || typeof token !== 'number' || token === 0 || array.byteOffset === token) return;
    this.refresh();
    // A callback may have given the array's memory away.
    if (changed && array.byteLength > 0) bytesOf(array).set(this.bytes.subarray(token, token + array.byteLength));
    this.leaveRoom(token);
  }

  enterText(text: string): number {
    const room = text.length * 3;
    const address = this.enterRoom(room);
    if (this.threads === null) {
      this.textBytes = this.encoder.encodeInto(text, this.bytes.subarray(address, address + room)).written;
      return address;
    }
    // Encoders and decoders refuse shared memory.
    const bytes = this.encoder.encode(text);
    this.bytes.set(bytes, address);
    this.textBytes = bytes.length;
    return address;
  }

  leaveText(token: MemoryToken): void {
    if (typeof token === 'number' && token !== 0) this.leaveRoom(token);
  }

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
      if (view === null || (view.byteLength === 0 && length > 0)) {
        this.refresh();
        view = new type(memory.buffer, length === 0 ? 0 : address, length);
      }
      return view;
    };
    return new KilnArray(type, current, owner);
  }

  openCallbacks(): void {
    this.callbackSlots = this.allocateBytes(CALLBACK_SLOTS * 8);
    this.refresh();
    this.viewCallbackSlots();
  }

  private viewCallbackSlots(): void {
    this.callbackNumberSlots = new Float64Array(this.buffer, this.callbackSlots, CALLBACK_SLOTS);
    this.callbackWideSlots = new BigInt64Array(this.buffer, this.callbackSlots, CALLBACK_SLOTS);
  }

  enterFunction(adapter: () => void, raises: boolean): number {
    return this.callbacks.add(adapter, raises);
  }

  leaveFunction(id: number): void {
    this.callbacks.remove(id);
  }

  get callbackMemory(): number {
    return this.callbackSlots;
  }

  endCallbacks(): void {}

  callbackNumbers(): Float64Array {
    this.refresh();
    return this.callbackNumberSlots;
  }

  callbackWides(): BigInt64Array {
    this.refresh();
    return this.callbackWideSlots;
  }

  readText(address: number, bytes: number): string {
    this.refresh();
    const view = this.bytes.subarray(address, address + bytes);
    return this.decoder.decode(this.threads === null ? view : view.slice());
  }

  readArray<A extends TypedArray>(type: TypedArrayType<A>, address: number, length: number): A {
    this.refresh();
    const copy = new type(length);
    bytesOf(copy).set(this.bytes.subarray(address, address + copy.byteLength));
    return copy;
  }

  giveText(text: string): void {
    const bytes = this.encoder.encode(text);
    const address = bytes.length === 0 ? 0 : this.reserve(bytes.length);
    this.bytes.set(bytes, address);
    const slots = this.callbackNumbers();
    slots[0] = address;
    slots[1] = bytes.length;
  }

  enterHeld(array: TypedArray, type: TypedArrayType): number {
    return this.enter(array, type);
  }

  /** The module calls a function of JavaScript, from a frame that stays while that runs. */
  private callBack(id: number): number {
    const start = this.stackStart;
    if (this.stack !== null) this.stackStart = this.stack.value;
    try {
      const text = this.callbacks.call(id, true);
      if (text === null) return 0;
      this.giveText(text);
      return 1;
    } finally {
      this.stackStart = start;
    }
  }

  raised(fn: string): unknown {
    return raisedError(this, this.callbacks, fn);
  }

  failure(error: unknown, fn: string): unknown {
    const reason = error instanceof HelperFailure ? error.report : reasonOfEnd(error, this.wasi.takeComplaint());
    // The code did not get to put its stack pointer back, whether it stopped or a callback threw through it.
    if (this.stack !== null) this.stack.value = this.stackStart;
    this.threads?.abandon(this.stackStart);
    if (reason === null) return error;
    const failure = new KilnError(reason, fn, true, '');
    failure.cause = error;
    return failure;
  }
}
