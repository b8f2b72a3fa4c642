/** The WASI functions that a module in a page or in Node may call: text output, clocks, random bytes. There are no arguments or variables
 *  here, and files only where the host gives some (`read-only-files.ts`); functions for them answer that there are none.
 *  In: the module's memory.  Out: import functions. What is written to 1 and 2 goes to the console, by lines in a browser. */
import type { ReadOnlyFiles } from './read-only-files.ts';
import { isNode, platform, type WasmMemory, type WasmModule } from './platform.ts';

const SUCCESS = 0;
const BADF = 8;
const NOSYS = 52;

/** 128 + SIGILL: how a program ends that a failed check stopped. */
export const TRAP_STATUS = 132;

/** The module called `proc_exit`, as `abort` and failed checks do. */
export class ProgramExit extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`exit ${status}`);
    this.status = status;
  }
}

/** Why the module stopped, from an exception that came out of it and what it said last; null: the exception is none of its ends. */
export function reasonOfEnd(error: unknown, complaint: string): string | null {
  if (error instanceof RangeError && /call stack/.test(error.message)) return 'stack overflow';
  if (!(error instanceof platform.WebAssembly.RuntimeError || error instanceof ProgramExit)) return null;
  const said = complaint.trim();
  return said === '' ? error.message : said;
}

export class WasiShim {
  private memory: WasmMemory | null = null;
  private readonly decoder = new TextDecoder();
  private readonly pending = { 1: '', 2: '' };
  /** What was written last: the reason, when a check stops the program right after. */
  private complaint = '';

  private readonly print: (fd: 1 | 2, text: string) => void;

  /** `print` gets what the module writes to 1 and 2 (default: the console, or Node's standard output). */
  constructor(print: ((fd: 1 | 2, text: string) => void) | null = null) {
    this.print = print ?? ((fd, text) => this.show(fd, text));
  }

  attach(memory: WasmMemory): void {
    this.memory = memory;
  }

  takeComplaint(): string {
    const text = this.complaint;
    this.complaint = '';
    return text;
  }

  /** Import functions for everything that a module asks of WASI. */
  imports(module: WasmModule, files: ReadOnlyFiles | null = null): Record<string, unknown> {
    const known: Record<string, unknown> = {
      fd_write: (fd: number, vectors: number, count: number, written: number) =>
        this.write(fd, vectors, count, written),
      fd_fdstat_get: () => BADF,
      fd_prestat_get: () => BADF,
      clock_time_get: (clock: number, _precision: bigint, out: number) => {
        const milliseconds = clock === 0 ? performance.timeOrigin + performance.now() : performance.now();
        this.view().setBigUint64(out >>> 0, BigInt(Math.round(milliseconds * 1000)) * 1000n, true);
        return SUCCESS;
      },
      clock_res_get: (_clock: number, out: number) => {
        this.view().setBigUint64(out >>> 0, 1000n, true);
        return SUCCESS;
      },
      random_get: (address: number, length: number) => {
        const bytes = new Uint8Array(this.view().buffer, address >>> 0, length);
        // The browser gives at most 65536 bytes at once, and none into shared memory.
        for (let start = 0; start < length; start += 65536)
          bytes.set(globalThis.crypto.getRandomValues(new Uint8Array(Math.min(65536, length - start))), start);
        return SUCCESS;
      },
      args_sizes_get: (count: number, size: number) => this.none(count, size),
      environ_sizes_get: (count: number, size: number) => this.none(count, size),
      args_get: () => SUCCESS,
      environ_get: () => SUCCESS,
      sched_yield: () => SUCCESS,
      proc_exit: (status: number) => {
        throw new ProgramExit(status);
      },
      ...files?.calls(() => this.view()),
    };
    const imports: Record<string, unknown> = {};
    for (const { module: from, name } of platform.WebAssembly.Module.imports(module))
      if (from === 'wasi_snapshot_preview1') imports[name] = known[name] ?? (() => NOSYS);
    return imports;
  }

  private view(): DataView {
    if (this.memory === null) throw new Error('the module has no memory yet');
    return new DataView(this.memory.buffer);
  }

  private none(count: number, size: number): number {
    const view = this.view();
    view.setUint32(count >>> 0, 0, true);
    view.setUint32(size >>> 0, 0, true);
    return SUCCESS;
  }

  private write(fd: number, vectors: number, count: number, written: number): number {
    if (fd !== 1 && fd !== 2) return BADF;
    const view = this.view();
    let total = 0;
    let text = '';
    for (let i = 0; i < count; i++) {
      const length = view.getUint32((vectors >>> 0) + i * 8 + 4, true);
      const bytes = new Uint8Array(view.buffer, view.getUint32((vectors >>> 0) + i * 8, true), length);
      // A copy: decoders refuse shared memory.
      text += this.decoder.decode(bytes.slice());
      total += length;
    }
    this.complaint = fd === 2 || text.startsWith('At: ') ? text : '';
    this.print(fd, text);
    view.setUint32(written >>> 0, total, true);
    return SUCCESS;
  }

  private show(fd: 1 | 2, text: string): void {
    if (isNode) {
      // What fails is reported by the error.
      if (fd === 1) platform.process?.stdout.write(text);
      return;
    }
    const lines = (this.pending[fd] + text).split('\n');
    this.pending[fd] = lines.pop() ?? '';
    const console = (globalThis as unknown as { readonly console: Record<'log' | 'error', (text: string) => void> })
      .console;
    for (const line of lines) console[fd === 1 ? 'log' : 'error'](line);
  }
}
