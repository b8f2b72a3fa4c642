/** Runs a compiled program in a worker of its own, which the page ends to stop it.
 *  In: the module's bytes.  Out: output as it comes, then the exit status. */
import { openThreads } from '@kiln/interop/runtime/helpers.ts';
import { ReadOnlyFiles } from '@kiln/interop/runtime/read-only-files.ts';
import { SharedLog } from '@kiln/interop/runtime/shared-log.ts';
import { makeSharedMemory, sharedMemoryOf } from '@kiln/interop/runtime/shared-memory.ts';
import { HelperFailure, withoutThreads } from '@kiln/interop/runtime/threads.ts';
import { ProgramExit, TRAP_STATUS, WasiShim } from '@kiln/interop/runtime/wasi-shim.ts';
import type { WasmMemory, WasmModule } from '@kiln/interop/runtime/platform.ts';
import type { Output } from './protocol.ts';

/** A program that prints more is not worth reading on. */
const MOST_OUTPUT = 2_000_000;
/** What the workers of a program with threads import. */
const HELPER = new URL('./thread-worker.js', import.meta.url).href;

/** What lies beside the page for programs, by the path that they open. A program waits for it, so this waits too. */
function readBeside(file: string): Uint8Array | null {
  const request = new XMLHttpRequest();
  request.open('GET', new URL(`./files/${file.replace(/^\/+/, '')}`, import.meta.url), false);
  request.responseType = 'arraybuffer';
  try {
    request.send();
  } catch {
    return null;
  }
  return request.status === 200 ? new Uint8Array(request.response as ArrayBuffer) : null;
}

const say = (output: Output): void => postMessage(output);

addEventListener('message', (event: MessageEvent<Uint8Array>) => {
  let started = performance.now();
  let left = MOST_OUTPUT;
  const show = (descriptor: 1 | 2, text: string): void => {
    left -= text.length;
    if (left < 0) throw new ProgramExit(1);
    say({ kind: 'output', descriptor, text });
  };
  let log: SharedLog | null = null;
  /** What other threads printed. */
  const drain = (): void => {
    log?.drain(show);
    if (log?.isFull === true) left = -1;
  };
  const wasi = new WasiShim((descriptor, text) => {
    drain();
    show(descriptor, text);
  });
  const known = new Map<string, Uint8Array | null>();
  const files = new ReadOnlyFiles((file) => {
    if (!known.has(file)) known.set(file, readBeside(file));
    return known.get(file) ?? null;
  });
  const end = (status: number): void => say({ kind: 'ended', status, milliseconds: performance.now() - started });
  WebAssembly.compile(event.data as BufferSource)
    .then(async (module) => {
      const own = module as unknown as WasmModule;
      const imports = { wasi_snapshot_preview1: wasi.imports(own, files) } as WebAssembly.Imports;
      const limits = sharedMemoryOf(event.data);
      if (limits === null) imports['kiln'] = withoutThreads(() => navigator.hardwareConcurrency) as never;
      else {
        const memory = makeSharedMemory(limits);
        if (crossOriginIsolated) log = SharedLog.withRoomFor(4 * MOST_OUTPUT);
        const output = { log: log?.buffer ?? null, beforeWait: drain };
        const threads = await openThreads(own, memory, async () => HELPER, output);
        imports['env'] = { memory } as never;
        imports['kiln'] = threads.imports() as never;
        started = performance.now();
      }
      const instance = await WebAssembly.instantiate(module, imports);
      wasi.attach(instance.exports['memory'] as unknown as WasmMemory);
      try {
        (instance.exports['_start'] as () => void)();
      } finally {
        drain();
      }
      end(0);
    })
    .catch((error: unknown) => {
      if (error instanceof HelperFailure) {
        const said = error.status !== TRAP_STATUS || /^At: |unreachable/.test(error.report);
        if (!said) say({ kind: 'output', descriptor: 2, text: `trap: ${error.report}\n` });
        end(error.status);
        return;
      }
      if (error instanceof ProgramExit) {
        if (left < 0)
          say({ kind: 'output', descriptor: 2, text: `\nstopped: more than ${MOST_OUTPUT / 1e6} MB of output\n` });
        end(error.status);
        return;
      }
      const message = error instanceof Error ? error.message : String(error);
      // `unreachable` is how the program itself stops, after it has said why.
      if (!message.includes('unreachable')) say({ kind: 'output', descriptor: 2, text: `trap: ${message}\n` });
      end(TRAP_STATUS);
    });
});
