/** Machine code of LLVM's wasm, kept in a file from one process to the next.
 *  In: the 75 MB module and a folder that belongs to the installation. Out: a `WasmModule` whose functions need no
 *  compilation, or null. V8 would otherwise compile some 10,000 functions of LLVM anew in every process, 0.5 s each time.
 *
 *  Browsers keep such code by themselves; Node has no API for it, but V8 has two functions, meant for its own tests
 *  (`src/runtime/runtime-test-wasm.cc`). A V8 that lacks or rejects something means no cache and a slower start.
 *  V8 compares its version, its flags and the processor's features; that the file belongs to the module and is whole,
 *  which V8 does not check, is checked here. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as v8 from 'node:v8';
import { wasmApi, type WasmModule } from './webassembly.ts';

/** Flags of the processes that use the cache, and of the one that makes it while it writes: V8 wants them equal. They
 *  halve compile time on two cores for what is not in the cache, but would slow the user's wasm. */
const COMPILER_FLAGS = ['--liftoff-only', '--no-wasm-dynamic-tiering'];
const LAZY_FLAGS = ['--wasm-lazy-compilation', '--wasm-lazy-validation'];
/** Only optimized code can be kept. So low a budget (V8's unit; the default is a thousand times that) has every function
 *  optimized that a compilation calls more than a few times. */
const TIERING_FLAG = '--wasm-tiering-budget=2000';

const DIGEST_BYTES = 32;
/** A lock older than this was left behind by a process that died. */
const STALE_LOCK_MS = 5 * 60 * 1000;
/** A cache that V8 rejects is made anew no sooner than this: programs under other flags for V8 would take turns. */
const KEEP_REJECTED_MS = 24 * 60 * 60 * 1000;

export function setUsingFlags(): void {
  setFlags([...LAZY_FLAGS, TIERING_FLAG, ...COMPILER_FLAGS]);
}

export function setMakingFlags(): void {
  setFlags([...LAZY_FLAGS, TIERING_FLAG]);
}

/** Whether these bytes are LLVM, the one large module of its package. */
export function isLlvmItself(bytes: Uint8Array): boolean {
  return bytes.length > 1 << 20;
}

/** The cache's file in `folder` for a module of that many bytes, under this Node on this kind of processor. */
export function codeCacheFile(folder: string, moduleBytes: number): string {
  return path.join(folder, `llvm-${moduleBytes}-${process.version}-${process.arch}.v8`);
}

/** The module with its machine code; null if there is none or V8 does not take it. */
export function moduleFromCache(file: string, bytes: Uint8Array): WasmModule | null {
  try {
    const stored = fs.readFileSync(file);
    const code = stored.subarray(DIGEST_BYTES);
    if (!digestOf(code).equals(stored.subarray(0, DIGEST_BYTES))) return null;
    const deserialize = v8Function('code', 'bytes', 'return %DeserializeWasmModule(code, bytes)');
    const buffer = code.buffer.slice(code.byteOffset, code.byteOffset + code.byteLength);
    const module: unknown = deserialize(buffer, bytes);
    return module instanceof wasmApi.Module ? (module as WasmModule) : null;
  } catch {
    return null;
  }
}

/** Writes the machine code that `module` has by now. In a process with `setMakingFlags`. */
export function writeCodeCache(file: string, module: WasmModule): void {
  setFlags(COMPILER_FLAGS);
  const serialize = v8Function('module', 'return %SerializeWasmModule(module)');
  const code = Buffer.from(serialize(module) as ArrayBuffer);
  const temporary = `${file}.${process.pid}`;
  try {
    fs.writeFileSync(temporary, Buffer.concat([digestOf(code), code]));
    fs.renameSync(temporary, file);
  } finally {
    fs.rmSync(temporary, { force: true });
  }
}

/** Starts `script` in the background, at the lowest priority, to make `file` from the compilation of `ir`; at most one at
 *  a time. A folder that cannot be written to means no cache. */
export function makeCodeCacheInBackground(script: string, file: string, ir: string): void {
  try {
    const lock = `${file}.lock`;
    if (ageOf(lock) < STALE_LOCK_MS || ageOf(file) < KEEP_REJECTED_MS) return;
    // Holds the work for the process that makes the cache, which removes it.
    fs.writeFileSync(lock, ir);
    const words = [process.execPath, script, file, lock];
    if (process.platform !== 'win32') words.unshift('nice', '-n', '19');
    const [command = '', ...rest] = words;
    const child = spawn(command, rest, { detached: true, stdio: 'ignore', windowsHide: true });
    child.on('error', () => fs.rmSync(lock, { force: true }));
    child.unref();
  } catch {
    // As above.
  }
}

/** In milliseconds; of what does not exist, the time since 1970. */
function ageOf(file: string): number {
  return Date.now() - (fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
}

function digestOf(code: Uint8Array): Buffer {
  return createHash('sha256').update(code).digest();
}

/** A function that calls one of V8's, which only code parsed under a flag may name. */
function v8Function(...parametersAndBody: string[]): (...values: unknown[]) => unknown {
  v8.setFlagsFromString('--allow-natives-syntax');
  try {
    return new Function(...parametersAndBody) as (...values: unknown[]) => unknown;
  } finally {
    v8.setFlagsFromString('--no-allow-natives-syntax');
  }
}

function setFlags(flags: readonly string[]): void {
  for (const flag of flags) v8.setFlagsFromString(flag);
}
