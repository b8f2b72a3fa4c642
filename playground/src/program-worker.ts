/** Runs a compiled program in a worker of its own, which the page ends to stop it.
 *  In: the module's bytes.  Out: output as it comes, then the exit status. */
import { ProgramExit, WasiShim } from '@kiln/interop/runtime/wasi-shim.ts';
import type { WasmMemory, WasmModule } from '@kiln/interop/runtime/platform.ts';
import type { Output } from './protocol.ts';

/** A program that prints more is not worth reading on. */
const MOST_OUTPUT = 2_000_000;
const TRAP_STATUS = 132;

const say = (output: Output): void => postMessage(output);

addEventListener('message', (event: MessageEvent<Uint8Array>) => {
  const started = performance.now();
  let left = MOST_OUTPUT;
  const wasi = new WasiShim((descriptor, text) => {
    left -= text.length;
    if (left < 0) throw new ProgramExit(1);
    say({ kind: 'output', descriptor, text });
  });
  const end = (status: number): void => say({ kind: 'ended', status, milliseconds: performance.now() - started });
  WebAssembly.compile(event.data as BufferSource)
    .then(async (module) => {
      const imports = { wasi_snapshot_preview1: wasi.imports(module as unknown as WasmModule) } as WebAssembly.Imports;
      const instance = await WebAssembly.instantiate(module, imports);
      wasi.attach(instance.exports['memory'] as unknown as WasmMemory);
      (instance.exports['_start'] as () => void)();
      end(0);
    })
    .catch((error: unknown) => {
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
