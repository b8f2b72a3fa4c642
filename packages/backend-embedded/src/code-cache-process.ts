/** Entry of the process that makes LLVM's code cache: `node thisFile CACHE IR-FILE`. In the background, once for each
 *  version of Node and of LLVM.
 *  In: the IR of a program, removed at the end. Out: the cache's file. Compiles the program until V8 has optimized what
 *  compiling it needs, or for some minutes on a busy machine. */
import * as fs from 'node:fs';
import { compileOptions, executableOptions, type OptLevel } from '@kiln/compiler/backend/backend.ts';
import { wasmTarget } from '@kiln/compiler/backend/target-info.ts';
import { isLlvmItself, setMakingFlags, writeCodeCache } from './code-cache.ts';
import { loadToolchain } from './llvm-wasm.ts';
import { compileToWasmObject, linkWasm } from './toolchain.ts';
import { WARM_IR } from './warm-ir.ts';
import { wasmApi, type WasmModule } from './webassembly.ts';

/** After that much time what has been optimized must do. */
const ENOUGH_MS = 4 * 60 * 1000;
/** The user's program runs first. */
const WAIT_MS = 1500;
const LEVELS: readonly OptLevel[] = [3, 0, 3];

const [, , file = '', work = ''] = process.argv;
makeCodeCache().finally(end);

async function makeCodeCache(): Promise<void> {
  await pause(WAIT_MS);
  setMakingFlags();
  const ir = fs.readFileSync(work, 'utf8');
  let llvm: WasmModule | null = null;
  const host = loadToolchain((bytes) => {
    const module = new wasmApi.Module(bytes);
    if (isLlvmItself(bytes)) llvm = module;
    return module;
  });
  for (const level of LEVELS) {
    for (const text of [ir, WARM_IR]) {
      const compiled = await compileToWasmObject(host, text, compileOptions(wasmTarget(), level, 'sample'));
      if (compiled.ok) await linkWasm(host, [compiled.bytes], executableOptions(null));
    }
  }
  await optimizationSettled();
  if (llvm !== null) writeCodeCache(file, llvm);
}

function end(): never {
  fs.rmSync(work, { force: true });
  process.exit(0);
}

/** V8 optimizes in threads of this process: done when they use no time any more. */
async function optimizationSettled(): Promise<void> {
  for (let quiet = 0; quiet < 2 && performance.now() < ENOUGH_MS; ) {
    const before = process.cpuUsage();
    await pause(500);
    const used = process.cpuUsage(before);
    quiet = used.user + used.system < 20_000 ? quiet + 1 : 0;
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
