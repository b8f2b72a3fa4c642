/** LLVM and lld in WebAssembly: IR text → wasm object → wasm module. Uses no Node API: the caller supplies the runner
 *  and the C library's archives, so that the browser can too.
 *  In: IR text whose functions carry `WASM_FEATURES`. Out: `CompileResult`, `LinkResult`. See ../README.md for the
 *  contract with the IR's author. */
import {
  failed,
  parseRemark,
  undefinedSymbols,
  type CompileOptions,
  type CompileResult,
  type EmitKind,
  type FailedArtefact,
  type LinkOptions,
  type LinkResult,
  type OptimizationRemark,
} from '@kiln/compiler/backend/backend.ts';
import { WASM32 } from '@kiln/compiler/backend/target-info.ts';
import { functionImports } from './wasm-object.ts';
import { withStart } from './wasm-start.ts';

export type Files = Readonly<Record<string, Uint8Array | string | Readonly<Record<string, Uint8Array>>>>;

export interface ToolResult {
  readonly status: number;
  /** What it wrote to standard output. */
  readonly output: Uint8Array;
  /** What it wrote to standard error. */
  readonly messages: string;
  readonly files: Readonly<Record<string, unknown>>;
}

/** Runs one LLVM tool (`clang`, `wasm-ld`, `ld.lld`) on files in memory. */
export type ToolRunner = (args: readonly string[], files: Files) => Promise<ToolResult>;

export interface ToolchainHost {
  readonly run: ToolRunner;
  /** `libc.a`, `libm.a` and `libclang_rt.builtins.a` for wasm32. */
  readonly archives: () => Promise<Readonly<Record<string, Uint8Array>>>;
}

/** The stack lies below the data, so that overflow hits address 0's end and traps instead of overwriting data. */
const STACK_BYTES = 8 << 20;
/** Memory that is there from the start, beyond stack and data; more comes by growing, up to 4 GB. */
const INITIAL_HEAP_BYTES = 8 << 20;

/** A program that imports this has threads: its memory is shared. A host may give less than the most. */
const THREAD_START = { module: 'kiln', name: 'spawn' };
const MOST_MEMORY_BYTES = 2 ** 32;

const EMIT_FLAGS: Readonly<Record<EmitKind, readonly string[]>> = {
  obj: ['-emit-obj'],
  asm: ['-S'],
  'llvm-opt': ['-emit-llvm'],
};

export async function compileToWasmObject(
  host: ToolchainHost,
  ir: string,
  options: CompileOptions,
): Promise<CompileResult> {
  const started = performance.now();
  const args = ['clang', '-cc1', '-triple', WASM32, ...EMIT_FLAGS[options.emit], `-O${options.optLevel}`];
  args.push('-mrelocation-model', 'static', '-target-cpu', options.cpu, '-ffp-contract=on');
  for (const feature of options.features.split(',')) {
    // What the IR's functions say decides: declarations would take atomic instructions from here.
    if (feature !== '' && feature !== '+atomics') args.push('-target-feature', feature);
  }
  if (options.optLevel >= 2) args.push('-vectorize-loops', '-vectorize-slp');
  if (options.remarks) {
    // The last of several equal options counts.
    for (const kind of ['-Rpass', '-Rpass-missed']) args.push(`${kind}=loop-vectorize|slp-vectorizer`);
    args.push('-Rpass-analysis=loop-vectorize');
  }
  // Not to a file: the package copies all of a file for every few bytes that are written to it.
  args.push('-o', '-', '-x', 'ir', 'in.ll');
  const result = await host.run(args, { 'in.ll': withStart(ir) });
  const bytes = result.output;
  if (result.status !== 0) return compileFailure(result);
  return {
    ok: true,
    bytes,
    furtherObjects: [],
    remarks: remarksIn(result.messages),
    warnings: linesWith(result.messages, 'warning: '),
    timings: { compile: performance.now() - started },
  };
}

export async function linkWasm(
  host: ToolchainHost,
  objects: readonly Uint8Array[],
  options: Omit<LinkOptions, 'outputPath'>,
): Promise<LinkResult> {
  const started = performance.now();
  const files: Record<string, Uint8Array | Readonly<Record<string, Uint8Array>>> = {};
  const names = objects.map((bytes, index) => {
    files[`${index}.o`] = bytes;
    return `${index}.o`;
  });
  const args = ['wasm-ld', '-o', 'out', '--no-demangle', '--stack-first', '-z', `stack-size=${STACK_BYTES}`];
  args.push(`--initial-heap=${INITIAL_HEAP_BYTES}`);
  if (options.stripDebug) args.push('--strip-debug');
  if (options.kind === 'executable') args.push('--entry=_start');
  else args.push('--no-entry', '--export-table', '--export-if-defined=_initialize');
  for (const name of options.exports) args.push(`--export-if-defined=${name}`);
  args.push(...names);
  // The archives take 40–300 ms to search, so they are on the line only when something is missing.
  const imports = objects.flatMap(functionImports);
  if (imports.some((wanted) => wanted.module === THREAD_START.module && wanted.name === THREAD_START.name)) {
    args.push('--shared-memory', '--import-memory', '--export-memory', `--max-memory=${MOST_MEMORY_BYTES}`);
    args.push('--export=__stack_pointer', '--export-if-defined=__wasm_init_tls', '--export-if-defined=__tls_size');
    // The helpers' entries are called through the table. The archives know no atomic instructions, and need none.
    args.push('--export-table', '--no-check-features');
  }
  if (imports.some((wanted) => wanted.module === 'env')) {
    files['lib'] = await host.archives();
    args.push('-L/lib', '-lm', '-lc', '-l:libclang_rt.builtins.a');
  }
  const result = await host.run(args, files);
  const bytes = result.files['out'];
  if (result.status !== 0 || !(bytes instanceof Uint8Array)) return linkFailure(result);
  return { ok: true, bytes, timings: { link: performance.now() - started } };
}

/** `in.ll:LINE:COLUMN: error: text`. */
function compileFailure(result: ToolResult): FailedArtefact {
  const match = /in\.ll:(\d+):(\d+): error: ([^\n]*)/.exec(result.messages);
  if (match === null) {
    const first = linesWith(result.messages, 'error: ')[0] ?? result.messages.trim();
    return failed('internal', `LLVM failed (status ${result.status}): ${first}`);
  }
  const [, line = '0', column = '0', text = ''] = match;
  const irPosition = { line: Number(line), column: Number(column) };
  return {
    ok: false,
    failure: { kind: 'internal', message: `invalid IR at line ${line}:${column}: ${text}`, irPosition, symbols: [] },
  };
}

function linkFailure(result: ToolResult): FailedArtefact {
  const symbols = new Set([...result.messages.matchAll(/undefined symbol: (\S+)/g)].map((match) => match[1] ?? ''));
  if (symbols.has('_start') || /entry symbol not defined/.test(result.messages)) {
    return failed('internal', 'the module defines no main function');
  }
  if (symbols.size > 0) return undefinedSymbols([...symbols].sort());
  return failed('internal', `wasm-ld failed (status ${result.status}): ${result.messages.trim()}`);
}

function linesWith(text: string, marker: string): string[] {
  return text.split('\n').filter((line) => line.includes(marker));
}

/** `remark: path:line:column: text` or `path:line:column: remark: text`, with the option's name in brackets. */
function remarksIn(text: string): OptimizationRemark[] {
  return linesWith(text, 'remark: ').map((line) =>
    parseRemark(line.replace('remark: ', '').replace(/ \[-Rpass[^\]]*\]$/, '')),
  );
}
