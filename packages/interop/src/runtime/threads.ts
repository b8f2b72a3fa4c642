/** Threads of a WebAssembly module: workers that run its helpers (`std/algorithm/_pool.mojo`) on the shared memory.
 *  In: the module, its memory, and how to get a worker.  Out: the functions that the module imports from `kiln`.
 *
 *  A run that traps or exits in a worker ends there: the worker writes why into the failure record, tells the pool, and waits for
 *  work again. The thread that called `parallelize` finds the pool's mark when all runs are over and throws a `HelperFailure`. */
import type { WasmInstance, WasmMemory, WasmModule } from './platform.ts';

/** The first message of a worker. */
export interface HelperSetup {
  readonly module: WasmModule;
  readonly memory: WasmMemory;
  readonly failure: SharedArrayBuffer;
  /** Where helpers print; null: where they are. */
  readonly log: SharedArrayBuffer | null;
}

/** The second one: functions by their place in the module's table, and addresses. */
export interface HelperStart {
  readonly start: number;
  readonly abandon: number;
  readonly pool: number;
  readonly stack: number;
}

export interface HelperWorker {
  start(message: HelperStart): void;
}

export interface ThreadOptions {
  readonly processors: number;
  /** The main thread of a page may not sleep: there the module looks again and again. */
  readonly mayBlock: boolean;
  /** Null: there are no more. */
  readonly worker: (setup: HelperSetup) => HelperWorker | null;
  readonly log: SharedArrayBuffer | null;
  /** Called before this thread sleeps. */
  readonly beforeWait: (() => void) | null;
}

export type ThreadImports = Readonly<Record<string, (...args: never[]) => unknown>>;

/** The program ended in another thread. */
export class HelperFailure extends Error {
  readonly status: number;
  /** What `status` and the program's own words leave unsaid. */
  readonly report: string;

  constructor(status: number, report: string) {
    super(report === '' ? `exit ${status}` : report);
    this.status = status;
    this.report = report;
  }
}

export class Threads {
  readonly setup: HelperSetup;
  readonly memory: WasmMemory;
  private readonly options: ThreadOptions;
  private readonly failure: FailureRecord;
  private instance: WasmInstance | null = null;
  /** The pool's address and how to end a job, known since the first helper. */
  private job: { readonly abandon: number; readonly pool: number } | null = null;

  constructor(module: WasmModule, memory: WasmMemory, options: ThreadOptions) {
    this.options = options;
    this.memory = memory;
    this.failure = new FailureRecord(new SharedArrayBuffer(FAILURE_BYTES));
    this.setup = { module, memory, failure: this.failure.buffer, log: options.log };
  }

  attach(instance: WasmInstance): void {
    this.instance = instance;
  }

  imports(): ThreadImports {
    return {
      ...waitImports(this.memory, this.options.mayBlock, this.options.beforeWait),
      processors: () => this.options.processors,
      spawn: (start: number, abandon: number, pool: number, stack: number) => {
        this.job = { abandon, pool };
        const worker = this.options.worker(this.setup);
        worker?.start({ start, abandon, pool, stack });
        return worker === null ? 0 : 1;
      },
      fail: () => {
        throw this.failure.take();
      },
    };
  }

  /** After a trap in this thread, which goes on at that stack address: waits until no worker uses what lay above it. */
  abandon(stack: number): void {
    if (this.job === null || this.instance === null) return;
    functionAt(this.instance, this.job.abandon)(BigInt(this.job.pool), BigInt(stack));
  }
}

/** For a module without threads that asks for the number of processors all the same. */
export function withoutThreads(processors: () => number): ThreadImports {
  return { processors, wait: () => {}, wake: () => {}, spawn: () => 0, fail: () => {}, call: foreignCallback };
}

function foreignCallback(): never {
  throw new Error('a function of JavaScript can be called in its own thread only');
}

/** In a worker: what the module imports there. It starts no threads: its own calls of `parallelize` are nested ones. */
export function helperImports(setup: HelperSetup): ThreadImports {
  return { ...withoutThreads(() => 1), ...waitImports(setup.memory, true, null) };
}

/** In a worker: runs a helper. `explain` says what an exception means. Returns never, except by an exception of the host itself. */
export function runHelper(
  instance: WasmInstance,
  setup: HelperSetup,
  message: HelperStart,
  explain: (error: unknown) => HelperFailure,
): void {
  const record = new FailureRecord(setup.failure);
  const pool = BigInt(message.pool);
  const stack = instance.exports['__stack_pointer'] as { value: number };
  stack.value = initializeLocals(instance, message.stack);
  const top = stack.value;
  for (;;) {
    try {
      functionAt(instance, message.start)(pool);
      return;
    } catch (error) {
      record.put(explain(error));
      stack.value = top;
      functionAt(instance, message.abandon)(pool, 0n);
    }
  }
}

/** Thread-local variables, if a C library brings some, lie at the top of the stack; returns where the stack begins then. */
function initializeLocals(instance: WasmInstance, top: number): number {
  const initialize = instance.exports['__wasm_init_tls'] as ((address: number) => void) | undefined;
  const size = (instance.exports['__tls_size'] as { readonly value: number } | undefined)?.value ?? 0;
  if (initialize === undefined || size === 0) return top;
  const address = (top - size) & ~63;
  initialize(address);
  return address;
}

function functionAt(instance: WasmInstance, index: number): (...args: bigint[]) => unknown {
  const table = instance.exports['__indirect_function_table'] as {
    get(index: number): (...args: bigint[]) => unknown;
  };
  return table.get(index);
}

function waitImports(memory: WasmMemory, mayBlock: boolean, before: (() => void) | null): ThreadImports {
  let words = new Int32Array(memory.buffer);
  const at = (address: number): number => {
    const index = address >>> 2;
    // The memory has grown.
    if (index >= words.length) words = new Int32Array(memory.buffer);
    return index;
  };
  return {
    wait: (address: number, value: number) => {
      const index = at(address);
      before?.();
      if (mayBlock) Atomics.wait(words, index, value);
    },
    wake: (address: number, count: number) => {
      const index = at(address);
      Atomics.notify(words, index, count);
    },
  };
}

const FAILURE_BYTES = 65536;
const EMPTY = 0;
const WRITING = 1;
const WRITTEN = 2;
const HEAD_BYTES = 12;

/** Why a run in a worker ended the program; the first one counts. Three words: state, status, bytes of the report. */
class FailureRecord {
  readonly buffer: SharedArrayBuffer;
  private readonly words: Int32Array;
  private readonly text: Uint8Array;

  constructor(buffer: SharedArrayBuffer) {
    this.buffer = buffer;
    this.words = new Int32Array(buffer, 0, 3);
    this.text = new Uint8Array(buffer, HEAD_BYTES);
  }

  put(failure: HelperFailure): void {
    if (Atomics.compareExchange(this.words, 0, EMPTY, WRITING) !== EMPTY) return;
    const bytes = new TextEncoder().encode(failure.report).subarray(0, this.text.length);
    this.text.set(bytes);
    this.words[1] = failure.status;
    this.words[2] = bytes.length;
    Atomics.store(this.words, 0, WRITTEN);
  }

  /** Another thread may still be writing it. */
  take(): HelperFailure {
    while (Atomics.load(this.words, 0) === WRITING);
    const [, status = 1, length = 0] = this.words;
    const report = new TextDecoder().decode(this.text.slice(0, length));
    Atomics.store(this.words, 0, EMPTY);
    return new HelperFailure(status, report);
  }
}
