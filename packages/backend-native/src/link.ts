/** Objects → executable or shared library, with whatever ELF linker there is.
 *  In: object bytes, `LinkOptions`, the start object. Out: a file or its bytes, or a `BackendFailure`.
 *
 *  The link contract:
 *  - The program's IR defines `i32 @main(i32 argc, ptr argv)`, visible; everything else may be internal. The C library
 *    calls it, so `stdout` buffering, `atexit` and `environ` work, and its result is the exit status.
 *  - `_start` comes from `start-object.ts`; no crt file and no C compiler take part.
 *  - The link line is the objects, `libc.so.6` and `libm.so.6` by path (threads and `dlopen` are inside libc; on C
 *    libraries before 2.34 the separate files are added), then the user's libraries. Result: position independent,
 *    dynamic, a few KB.
 *  - A shared library keeps every definition of default visibility; it has no `_start`.
 *  The linker is `KILN_LINKER`, else `ld.lld-22`, `ld.lld`, `ld`; where none exists, a fallback given by the host (the
 *  lld inside @yowasp/clang). */
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import {
  failed,
  undefinedSymbols,
  type FailedArtefact,
  type LinkOptions,
  type LinkResult,
} from '@kiln/compiler/backend/backend.ts';
import { elfDebugSections } from '@kiln/compiler/backend/debug-info/debug-sections.ts';
import { makeTraceTable } from '@kiln/compiler/backend/debug-info/trace-table.ts';

/** Runs an ELF linker on files in memory; `args` names them by their keys and writes `output`. */
export type FallbackLinker = (
  args: readonly string[],
  files: Readonly<Record<string, Uint8Array>>,
  output: string,
) => Promise<{ readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly message: string }>;

export interface LinkInput {
  readonly objects: readonly Uint8Array[];
  /** null for shared libraries. */
  readonly startObject: Uint8Array | null;
  readonly options: LinkOptions;
  readonly fallback: FallbackLinker | null;
}

interface SystemLibraries {
  readonly dynamicLinker: string;
  readonly files: readonly string[];
}

const INSTALL_LINKER = 'install one with `apt-get install lld-22` (or binutils)';

export async function linkNative(input: LinkInput): Promise<LinkResult> {
  if (process.platform !== 'linux') {
    return failed('environment', 'the native backend builds executables on Linux only; use `--backend embedded`');
  }
  const system = systemLibraries();
  if (system === null) return failed('environment', 'the C library (libc.so.6) was not found in the usual folders');
  const started = performance.now();
  const { options } = input;
  const wanted = options.outputPath;
  // Beside the output (whose folder must exist), so that the final rename stays on one file system.
  const directory = wanted === null ? os.tmpdir() : path.dirname(wanted);
  let work: string;
  try {
    work = fs.mkdtempSync(path.join(directory, '.kiln-link-'));
  } catch (error) {
    return failed('environment', `cannot write to ${directory}: ${(error as Error).message}`);
  }
  try {
    const output = path.join(work, 'out');
    const failure = await linkInto(work, output, input, system);
    if (failure !== null) return failure;
    if (options.kind === 'executable') appendTraceTable(output);
    const timings = { link: performance.now() - started };
    if (wanted === null) return { ok: true, bytes: new Uint8Array(fs.readFileSync(output)), timings };
    fs.renameSync(output, wanted);
    return { ok: true, bytes: null, timings };
  } catch (error) {
    return failed('environment', `cannot write ${wanted ?? directory}: ${(error as Error).message}`);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

/** For the handler of traps: what stands behind the last section of the file is not loaded. */
function appendTraceTable(file: string): void {
  if (process.arch !== 'x64') return;
  const sections = elfDebugSections(new Uint8Array(fs.readFileSync(file)));
  if (sections !== null) fs.appendFileSync(file, makeTraceTable(sections));
}

async function linkInto(
  work: string,
  output: string,
  input: LinkInput,
  system: SystemLibraries,
): Promise<FailedArtefact | null> {
  const objects = input.startObject === null ? input.objects : [input.startObject, ...input.objects];
  const names = objects.map((bytes, index) => {
    const file = path.join(work, `${index}.o`);
    fs.writeFileSync(file, bytes);
    return file;
  });
  const linker = findLinker();
  if (linker !== null) {
    const args = linkArguments(names, output, input.options, system, linker.isLld);
    const run = await runLinker(linker.path, args);
    return run.status === 0 ? null : explainFailure(run.stderr, path.basename(linker.path));
  }
  if (input.fallback === null)
    return failed('environment', `no linker (ld.lld-22, ld.lld or ld) was found; ${INSTALL_LINKER}`);
  return linkWithFallback(input.fallback, objects, output, input.options, system);
}

/** The lld in WebAssembly sees only files handed to it. */
async function linkWithFallback(
  fallback: FallbackLinker,
  objects: readonly Uint8Array[],
  output: string,
  options: LinkOptions,
  system: SystemLibraries,
): Promise<FailedArtefact | null> {
  const files: Record<string, Uint8Array> = {};
  const names = objects.map((bytes, index) => {
    files[`${index}.o`] = bytes;
    return `${index}.o`;
  });
  const include = (file: string): string => {
    const name = path.basename(file);
    files[name] = fs.readFileSync(file);
    return name;
  };
  const virtual = { dynamicLinker: system.dynamicLinker, files: system.files.map(include) };
  const libraries = options.libraries.map((library) => resolveLibrary(library, options.librarySearchPaths));
  const missing = libraries.find((file) => !fs.existsSync(file));
  if (missing !== undefined) return failed('environment', `library ${missing} was not found`);
  const localOptions = { ...options, libraries: libraries.map((file) => `./${include(file)}`), librarySearchPaths: [] };
  const args = linkArguments(names, 'out', localOptions, virtual, true);
  const result = await fallback(['ld.lld', ...args], files, 'out');
  if (!result.ok) return explainFailure(result.message, 'ld.lld');
  fs.writeFileSync(output, result.bytes, { mode: 0o755 });
  return null;
}

function linkArguments(
  objects: readonly string[],
  output: string,
  options: LinkOptions,
  system: SystemLibraries,
  isLld: boolean,
): string[] {
  const args = ['-o', output, '--hash-style=gnu', '--gc-sections', '-z', 'noexecstack', '-z', 'relro'];
  // Starting lld's thread pool costs more than it gains on small inputs.
  if (isLld) args.push('--threads=1', '-O0');
  if (options.stripDebug) args.push('--strip-debug');
  if (options.kind === 'executable') {
    args.push('-pie', '-e', '_start', '-dynamic-linker', system.dynamicLinker);
    for (const name of options.exports) args.push(`--export-dynamic-symbol=${name}`);
  } else {
    args.push('-shared', '-z', 'defs');
  }
  args.push(...objects);
  for (const directory of options.librarySearchPaths) args.push(`-L${directory}`, '-rpath', path.resolve(directory));
  for (const library of options.libraries) args.push(library.includes('/') ? library : `-l${library}`);
  args.push('--as-needed', ...system.files);
  return args;
}

function resolveLibrary(library: string, searchPaths: readonly string[]): string {
  if (library.includes('/')) return library;
  const directories = [...searchPaths, ...libraryDirectories()];
  const files = directories.flatMap((d) => [path.join(d, `lib${library}.so`), path.join(d, `lib${library}.a`)]);
  return files.find((file) => fs.existsSync(file)) ?? `lib${library}.so`;
}

/** `KILN_LINKER`, then the usual names along PATH and LLVM's own folders. */
function findLinker(): { readonly path: string; readonly isLld: boolean } | null {
  const setting = process.env['KILN_LINKER'] ?? '';
  if (setting === 'embedded') return null;
  const names = setting === '' ? ['ld.lld-22', 'ld.lld', 'ld'] : [setting];
  const directories = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/lib/llvm-22/bin', '/usr/bin'];
  for (const name of names) {
    const files = name.includes('/') ? [name] : directories.filter((d) => d !== '').map((d) => path.join(d, name));
    const found = files.find((file) => fs.existsSync(file));
    if (found !== undefined) return { path: found, isLld: path.basename(found).includes('lld') };
  }
  return null;
}

function runLinker(linker: string, args: readonly string[]): Promise<{ status: number; stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(linker, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    const chunks: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', (error) => resolve({ status: -1, stderr: error.message }));
    child.on('close', (status) => resolve({ status: status ?? -1, stderr: Buffer.concat(chunks).toString('utf8') }));
  });
}

/** Both lld and GNU ld name undefined symbols, in different words. */
function explainFailure(stderr: string, linker: string): FailedArtefact {
  const symbols = new Set<string>();
  for (const match of stderr.matchAll(/undefined symbol: (\S+)|undefined reference to [`']([^']+)'/g)) {
    symbols.add(match[1] ?? match[2] ?? '');
  }
  if (symbols.has('main')) return failed('internal', 'the module defines no main function');
  if (symbols.size > 0) return undefinedSymbols([...symbols].sort());
  const library = /(?:unable to find library|cannot find) -l(\S+?):?(?:\s|$)/.exec(stderr);
  if (library !== null) return failed('environment', `library ${library[1]} was not found`);
  return failed('internal', `${linker} failed: ${stderr.trim()}`);
}

function libraryDirectories(): string[] {
  const multiarch = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
  return [`/lib/${multiarch}`, `/usr/lib/${multiarch}`, '/lib64', '/usr/lib64', '/lib', '/usr/lib'];
}

let cachedSystem: SystemLibraries | null = null;

function systemLibraries(): SystemLibraries | null {
  if (cachedSystem !== null) return cachedSystem;
  const directories = libraryDirectories();
  const find = (name: string): string | null =>
    directories.map((directory) => path.join(directory, name)).find((file) => fs.existsSync(file)) ?? null;
  const arm = process.arch === 'arm64';
  const libc = find('libc.so.6');
  if (libc !== null) {
    // Before 2.34 these were libraries of their own; after it they are empty and `--as-needed` drops them.
    const others = ['libm.so.6', 'libpthread.so.0', 'libdl.so.2'].map(find).filter((file) => file !== null);
    const dynamicLinker = arm ? '/lib/ld-linux-aarch64.so.1' : '/lib64/ld-linux-x86-64.so.2';
    cachedSystem = { dynamicLinker, files: [libc, ...others] };
    return cachedSystem;
  }
  const musl = `/lib/ld-musl-${arm ? 'aarch64' : 'x86_64'}.so.1`;
  if (!fs.existsSync(musl)) return null;
  cachedSystem = { dynamicLinker: musl, files: [musl] };
  return cachedSystem;
}
