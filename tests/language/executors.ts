/** The three ways to run a program, in one process for many programs: native code, wasm, and the interpreter. */
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProcessFlags, startEmbeddedCompiler } from '@kiln/backend-embedded/embedded-backend.ts';
import { libLlvmInstalled } from '@kiln/backend-native/libllvm.ts';
import { startNativeCompiler } from '@kiln/backend-native/native-backend.ts';
import { hostTarget } from '@kiln/backend-native/host-target.ts';
import { type Backend, compileOptions, executableOptions, type OptLevel } from '@kiln/compiler/backend/backend.ts';
import { wasmTarget } from '@kiln/compiler/backend/target-info.ts';
import { type CompilationOptions, defaultOptions } from '@kiln/compiler/driver/options.ts';
import { compile, type CompileOutcome, interpretProgram } from '@kiln/compiler/driver/pipeline.ts';
import { createNodeHost } from 'kiln-lang/node-host.ts';
import { currentBuildId } from '../cli/kiln.ts';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The scripts of processes come from the bundle: a TypeScript loader for each program would cost more than the program. */
const SCRIPTS = path.join(ROOT, 'dist', currentBuildId());

export type ExecutorName = 'native' | 'wasm' | 'interpreter';

/** How a program ended, and what it printed. */
export interface ProgramResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** It was stopped after `patience` milliseconds. */
  readonly timedOut?: boolean;
}

export function compileFile(file: string, options: CompilationOptions, checkOnly: boolean): CompileOutcome {
  const host = createNodeHost(path.join(ROOT, 'std'));
  return compile({ path: file, displayPath: path.basename(file), options, stopAt: null, checkOnly }, host);
}

/** Error texts of a compilation, one a line. */
export function describeErrors(outcome: CompileOutcome): string {
  const errors = outcome.diagnostics
    .filter((entry) => entry.severity === 'error')
    .map((entry) => `${entry.code}: ${entry.message}`);
  if (outcome.internalFailure !== null)
    errors.push(`internal: ${outcome.internalFailure.pass}: ${outcome.internalFailure.stack}`);
  return errors.join('\n');
}

export class Executors {
  private readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kiln-language-'));
  private native: Backend | null = null;
  private embedded: Backend | null = null;
  private count = 0;
  /** The IR made last: both optimization levels of a program take the same. */
  private emitted: { readonly file: string; readonly target: string; readonly llvm: string } | null = null;
  /** Every program counts its allocations and fails with status 23 if they do not balance. */
  private readonly checkHeap: boolean;
  private readonly cpu: string;

  constructor({ checkHeap = false, cpu = 'native' }: { readonly checkHeap?: boolean; readonly cpu?: string } = {}) {
    this.checkHeap = checkHeap;
    this.cpu = cpu;
  }

  static available(name: ExecutorName): boolean {
    return name !== 'native' || libLlvmInstalled();
  }

  optionsFor(name: ExecutorName, optLevel: OptLevel): CompilationOptions {
    const target = name === 'wasm' ? wasmTarget() : hostTarget(this.cpu, '');
    return { ...defaultOptions(target), optLevel, fpMode: 'strict', dialectNotes: false, checkHeap: this.checkHeap };
  }

  /** `patience`: milliseconds after which a process is stopped. */
  async run(name: ExecutorName, file: string, optLevel: OptLevel, patience = 30_000): Promise<ProgramResult> {
    const options = this.optionsFor(name, optLevel);
    if (name === 'interpreter') {
      const host = createNodeHost(path.join(ROOT, 'std'));
      const request = { path: file, displayPath: path.basename(file), options, stopAt: null, checkOnly: false };
      const printed: [Buffer[], Buffer[]] = [[], []];
      const result = interpretProgram(request, host, {
        output: (descriptor, bytes) => printed[descriptor - 1]?.push(Buffer.from(bytes)),
        input: () => null,
        now: () => Number(process.hrtime.bigint()),
      });
      if (result.status === null) throw new Error(describeErrors(result.outcome));
      const [stdout, stderr] = printed.map((chunks) => Buffer.concat(chunks).toString('utf8'));
      return { status: result.status, stdout: stdout ?? '', stderr: stderr ?? '' };
    }
    const program = await this.build(name, file, optLevel);
    const script = path.join(SCRIPTS, 'run-process.cjs');
    const words = name === 'wasm' ? [...runProcessFlags(), script, program, file] : [];
    const result = spawnSync(name === 'wasm' ? process.execPath : program, words, {
      cwd: ROOT,
      encoding: 'utf8',
      maxBuffer: 1 << 29,
      timeout: patience,
    });
    const status = result.status ?? (result.signal === 'SIGILL' || result.signal === 'SIGTRAP' ? 132 : null);
    const timedOut = result.error !== undefined && 'code' in result.error && result.error.code === 'ETIMEDOUT';
    return { status, stdout: result.stdout, stderr: result.stderr, timedOut };
  }

  /** The path of the program, which is there until `close`. */
  async build(name: 'native' | 'wasm', file: string, optLevel: OptLevel): Promise<string> {
    const options = this.optionsFor(name, optLevel);
    const llvm = this.emit(file, options);
    const backend = name === 'native' ? this.nativeBackend() : this.embeddedBackend();
    const object = await backend.compile(llvm, {
      ...compileOptions(options.target, optLevel, path.basename(file)),
      fpMode: options.fpMode,
    });
    if (!object.ok) throw new Error(`${object.failure.message}\n${JSON.stringify(object.failure.irPosition)}`);
    const program = path.join(this.folder, `p${this.count++}${name === 'wasm' ? '.wasm' : ''}`);
    const linked = await backend.link([object.bytes], executableOptions(program));
    if (!linked.ok) throw new Error(linked.failure.message);
    return program;
  }

  async close(): Promise<void> {
    await Promise.all([this.native?.close(), this.embedded?.close()]);
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private emit(file: string, options: CompilationOptions): string {
    const target = options.target.triple;
    if (this.emitted?.file === file && this.emitted.target === target) return this.emitted.llvm;
    const outcome = compileFile(file, options, false);
    if (outcome.llvm === null) throw new Error(describeErrors(outcome));
    this.emitted = { file, target, llvm: outcome.llvm };
    return outcome.llvm;
  }

  private nativeBackend(): Backend {
    this.native ??= startNativeCompiler({ workerScript: null, execArgv: null, fallbackLinker: null });
    return this.native;
  }

  private embeddedBackend(): Backend {
    const compileScript = path.join(SCRIPTS, 'compile-process.cjs');
    this.embedded ??= startEmbeddedCompiler({ compileScript, execArgv: [], warm: true });
    return this.embedded;
  }
}
