/** WASI preview 1 for Node: what a module compiled by Kiln may import.
 *  In: arguments, environment. Out: the import object's functions, an exit status. Synchronous throughout. Not a sandbox: the
 *  program sees the file system like a native one ('.' is descriptor 3, '/' descriptor 4).
 *
 *  Output to 1 is collected and written when 64 KB are there, at each write on a terminal, before anything that the
 *  outside could observe in another order (writes to 2, reads from 0, sleeps) and at the end, traps included.
 *
 *  A module with threads imports its memory; its helpers run in workers (`run-helper`), each with descriptors of its own. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { wasmDebugSections } from '@kiln/compiler/backend/debug-info/debug-sections.ts';
import { present } from '@kiln/compiler/base/invariant.ts';
import { stackText } from '@kiln/compiler/base/stack-text.ts';
import { Symbols } from '@kiln/compiler/backend/debug-info/symbols.ts';
import { makeSharedMemory, type MemoryLimits, sharedMemoryOf } from '@kiln/interop/runtime/shared-memory.ts';
import {
  HelperFailure,
  helperImports,
  type HelperSetup,
  type HelperStart,
  type HelperWorker,
  runHelper,
  Threads,
  withoutThreads,
} from '@kiln/interop/runtime/threads.ts';
import { OutputBuffer } from './output-buffer.ts';
import { WasiFiles } from './wasi-files.ts';
import { Errno, GuestMemory, OutputPipeClosed, writeFully } from './wasi-base.ts';
import { wasmApi, type WasmImports, type WasmInstance, type WasmMemory, type WasmModule } from './webassembly.ts';

/** The program called `proc_exit`. */
export class ProgramExit extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`exit ${status}`);
    this.status = status;
  }
}

export interface WasiOptions {
  /** `args[0]` is the program's name. */
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const CLOCK_REALTIME = 0;
const EVENT_CLOCK = 0;
const ABSOLUTE_TIME = 1;
const SUBSCRIPTION_BYTES = 48;
const EVENT_BYTES = 32;

export class WasiHost {
  private readonly memory = new GuestMemory();
  readonly options: WasiOptions;
  private readonly args: readonly Uint8Array[];
  private readonly environment: readonly Uint8Array[];
  private readonly files: WasiFiles;
  private readonly output: OutputBuffer;
  private readonly terminal: boolean;

  /** `shared`: the output of all threads. */
  constructor(options: WasiOptions, shared: SharedArrayBuffer | null) {
    this.options = options;
    this.output = new OutputBuffer(shared);
    const encode = (text: string): Uint8Array => new TextEncoder().encode(`${text}\0`);
    this.args = options.args.map(encode);
    this.environment = Object.entries(options.environment).map(([name, value]) => encode(`${name}=${value ?? ''}`));
    this.files = new WasiFiles(this.memory, () => this.flush());
    this.terminal = isTerminal(1);
  }

  attach(memory: WasmMemory): void {
    this.memory.attach(memory);
  }

  get sharedOutput(): SharedArrayBuffer | null {
    return this.output.shared;
  }

  /** Writes what is collected for descriptor 1. */
  flush(): void {
    this.output.flush();
  }

  /** The functions of `wasi_snapshot_preview1`. */
  imports(): Record<string, (...args: never[]) => number> {
    const { memory } = this;
    return {
      ...this.files.imports(),
      args_sizes_get: (count: number, size: number) => this.sizes(this.args, count, size),
      args_get: (table: number, text: number) => this.strings(this.args, table, text),
      environ_sizes_get: (count: number, size: number) => this.sizes(this.environment, count, size),
      environ_get: (table: number, text: number) => this.strings(this.environment, table, text),
      clock_res_get: (_clock: number, out: number) => memory.setU64(out, 1n),
      clock_time_get: (clock: number, _precision: bigint, out: number) => memory.setU64(out, now(clock)),
      random_get: (address: number, length: number) => {
        const bytes = memory.bytes(address, length);
        for (let start = 0; start < length; start += 65536) {
          globalThis.crypto.getRandomValues(bytes.subarray(start, Math.min(length, start + 65536)));
        }
        return Errno.SUCCESS;
      },
      sched_yield: () => Errno.SUCCESS,
      proc_exit: (status: number) => {
        throw new ProgramExit(status & 0xff);
      },
      proc_raise: (signal: number) => {
        throw new ProgramExit(128 + signal);
      },
      fd_write: (fd: number, vectors: number, count: number, written: number) =>
        fd === 1 && this.files.isStandard(1)
          ? this.writeStandardOutput(vectors, count, written)
          : this.files.write(fd, vectors, count, written),
      poll_oneoff: (subscriptions: number, events: number, count: number, ready: number) =>
        this.poll(subscriptions, events, count, ready),
      sock_accept: () => Errno.NOSYS,
      sock_recv: () => Errno.NOSYS,
      sock_send: () => Errno.NOSYS,
      sock_shutdown: () => Errno.NOSYS,
    };
  }

  private writeStandardOutput(vectors: number, count: number, written: number): number {
    const { memory } = this;
    let total = 0;
    const pieces: Uint8Array[] = [];
    for (let i = 0; i < count; i++) {
      const length = memory.u32(vectors + i * 8 + 4);
      pieces.push(memory.bytes(memory.u32(vectors + i * 8), length));
      total += length;
    }
    this.output.add(pieces, this.terminal);
    return memory.setU32(written, total);
  }

  private sizes(strings: readonly Uint8Array[], count: number, size: number): number {
    this.memory.setU32(count, strings.length);
    return this.memory.setU32(
      size,
      strings.reduce((sum, text) => sum + text.length, 0),
    );
  }

  private strings(strings: readonly Uint8Array[], table: number, text: number): number {
    for (const [index, bytes] of strings.entries()) {
      this.memory.setU32(table + 4 * index, text);
      this.memory.bytes(text, bytes.length).set(bytes);
      text += bytes.length;
    }
    return Errno.SUCCESS;
  }

  /** Descriptors are always ready (reads block instead); with clocks alone, sleeps for the shortest. */
  private poll(subscriptions: number, events: number, count: number, ready: number): number {
    const { memory } = this;
    if (count === 0) return Errno.INVAL;
    this.flush();
    let sleep: bigint | null = null;
    let descriptors = false;
    const deadlines: (bigint | null)[] = [];
    for (let i = 0; i < count; i++) {
      const at = subscriptions + i * SUBSCRIPTION_BYTES;
      if (memory.u8(at + 8) !== EVENT_CLOCK) {
        descriptors = true;
        deadlines.push(null);
        continue;
      }
      const timeout = memory.u64(at + 24);
      const absolute = (memory.u16(at + 40) & ABSOLUTE_TIME) !== 0;
      const left = absolute ? timeout - now(memory.u32(at + 16)) : timeout;
      deadlines.push(left);
      if (sleep === null || left < sleep) sleep = left;
    }
    if (descriptors) sleep = 0n;
    else if (sleep !== null && sleep > 0n) sleepNanoseconds(sleep);
    let written = 0;
    for (const [i, deadline] of deadlines.entries()) {
      if (deadline !== null && deadline > (sleep ?? 0n)) continue;
      const from = subscriptions + i * SUBSCRIPTION_BYTES;
      const to = events + written * EVENT_BYTES;
      memory.bytes(to, EVENT_BYTES).fill(0);
      memory.setU64(to, memory.u64(from));
      memory.bytes(to + 10, 1)[0] = memory.u8(from + 8);
      written++;
    }
    return memory.setU32(ready, written);
  }
}

/** A character device that is not /dev/null will do; the module `node:tty` costs start-up time. */
function isTerminal(fd: number): boolean {
  try {
    return fs.fstatSync(fd).isCharacterDevice();
  } catch {
    return false;
  }
}

function now(clock: number): bigint {
  if (clock !== CLOCK_REALTIME) return process.hrtime.bigint();
  // `Date.now` has milliseconds only; the performance clock adds the rest.
  return BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n;
}

function sleepNanoseconds(duration: bigint): void {
  const end = process.hrtime.bigint() + duration;
  const cell = new Int32Array(new SharedArrayBuffer(4));
  for (let left = duration; left > 0n; left = end - process.hrtime.bigint()) {
    // Waiting has about 0.1 ms of slack; shorter rests are spun.
    if (left > 200_000n) Atomics.wait(cell, 0, 0, Number(left) / 1e6 - 0.1);
  }
}

/** 128 + SIGILL: the status of a trap on every backend. */
export const TRAP_STATUS = 132;
const SIGPIPE_STATUS = 141;
const INTERNAL_ERROR_STATUS = 70;

/** Runs a module to its end and returns the exit status. Everything it wrote has been written by then. */
export function runWasm(file: string, bytes: Uint8Array, options: WasiOptions): number {
  const limits = sharedMemoryOf(bytes);
  const host = new WasiHost(options, limits === null ? null : OutputBuffer.makeShared());
  Error.stackTraceLimit = KEPT_CALLS;
  let status: number;
  try {
    status = runInstance(file, bytes, host, limits);
  } catch (error) {
    status = statusOfError(error);
    if (status === TRAP_STATUS && error instanceof Error && !(error instanceof HelperFailure))
      pendingReport += stackOf(error, bytes);
  }
  try {
    host.flush();
  } catch (error) {
    return error instanceof OutputPipeClosed ? SIGPIPE_STATUS : INTERNAL_ERROR_STATUS;
  }
  const report = pendingReport;
  pendingReport = '';
  if (report !== '') writeFully(2, Buffer.from(report));
  return status;
}

/** A line of our own that has to come after the program's output. */
let pendingReport = '';

/** More calls than this nobody reads. V8 keeps 10 unless told otherwise. */
const KEPT_CALLS = 64;

/** The Mojo calls on V8's stack, from the module's debug sections. */
function stackOf(error: Error, bytes: Uint8Array): string {
  const sections = wasmDebugSections(bytes);
  if (sections === null) return '';
  const symbols = new Symbols(sections);
  const calls = [...(error.stack ?? '').matchAll(/wasm-function\[\d+\]:0x([0-9a-f]+)/g)];
  const places = calls.flatMap(([, offset = '0']) =>
    symbols.placesOf(Number.parseInt(offset, 16) - sections.codeStart),
  );
  return stackText(places, (file) => {
    try {
      return fs.readFileSync(file, 'utf8');
    } catch {
      return null;
    }
  });
}

function runInstance(file: string, bytes: Uint8Array, host: WasiHost, limits: MemoryLimits | null): number {
  let module: WasmModule;
  try {
    module = new wasmApi.Module(bytes);
  } catch (error) {
    pendingReport = `kiln: internal error: the compiled module is invalid: ${(error as Error).message}\n`;
    return INTERNAL_ERROR_STATUS;
  }
  let instance: WasmInstance;
  try {
    const imports: WasmImports = { wasi_snapshot_preview1: host.imports() };
    if (limits === null) imports['kiln'] = withoutThreads(processorCount);
    else {
      const memory = makeSharedMemory(limits);
      imports['env'] = { memory };
      const worker = (setup: HelperSetup): HelperWorker => startHelper(file, host, setup);
      const processors = processorCount();
      const options = { processors, mayBlock: true, worker, log: null, beforeWait: null };
      imports['kiln'] = new Threads(module, memory, options).imports();
    }
    instance = new wasmApi.Instance(module, imports);
  } catch (error) {
    if (!(error instanceof wasmApi.LinkError || error instanceof TypeError)) throw error;
    pendingReport = `kiln: the program needs a host function that is not available here: ${(error as Error).message}\n`;
    return 3;
  }
  host.attach(instance.exports['memory'] as WasmMemory);
  const start = instance.exports['_start'] ?? instance.exports['_initialize'];
  if (typeof start === 'function') start();
  return 0;
}

function processorCount(): number {
  const os = process.getBuiltinModule('node:os');
  return os.availableParallelism();
}

/** What `run-helper` is given. */
export interface HelperData {
  readonly file: string;
  readonly options: WasiOptions;
  readonly output: SharedArrayBuffer;
  readonly setup: HelperSetup;
  readonly start: HelperStart;
}

/** A worker starts without the help of this thread, which may be busy with the program until its end. */
function startHelper(file: string, host: WasiHost, setup: HelperSetup): HelperWorker {
  return {
    start(start) {
      const { Worker } = process.getBuiltinModule('node:worker_threads');
      const output = present(host.sharedOutput, 'output of a program with threads');
      const workerData: HelperData = { file, options: host.options, output, setup, start };
      const script = path.join(path.dirname(fileURLToPath(import.meta.url)), 'run-helper.cjs');
      new Worker(script, { workerData, execArgv: [] }).unref();
    },
  };
}

/** A helper of a program with threads, in a worker; ends with the process. */
export function runHelperThread(data: HelperData): void {
  const { options, output, setup, start } = data;
  Error.stackTraceLimit = KEPT_CALLS;
  const host = new WasiHost(options, output);
  const instance = new wasmApi.Instance(setup.module, {
    wasi_snapshot_preview1: host.imports(),
    env: { memory: setup.memory },
    kiln: helperImports(setup),
  });
  host.attach(setup.memory);
  runHelper(instance, setup, start, (error) => {
    const status = statusOfError(error);
    if (status === TRAP_STATUS && error instanceof Error) pendingReport += stackOf(error, fs.readFileSync(data.file));
    const failure = new HelperFailure(status, pendingReport);
    pendingReport = '';
    return failure;
  });
}

function statusOfError(error: unknown): number {
  if (error instanceof ProgramExit) return error.status;
  if (error instanceof HelperFailure) {
    pendingReport = error.report;
    return error.status;
  }
  if (error instanceof OutputPipeClosed) return SIGPIPE_STATUS;
  if (error instanceof RangeError && /call stack/.test(error.message)) {
    pendingReport = 'kiln: stack overflow: the calls nest deeper than the stack allows\n';
    return TRAP_STATUS;
  }
  if (error instanceof wasmApi.RuntimeError) {
    // `unreachable` is how the runtime itself stops, after it has said why.
    if (!/unreachable/.test(error.message)) pendingReport = `kiln: trap: ${error.message}\n`;
    return TRAP_STATUS;
  }
  pendingReport = `kiln: internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`;
  return INTERNAL_ERROR_STATUS;
}
