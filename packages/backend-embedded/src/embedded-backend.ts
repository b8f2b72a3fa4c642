/** The embedded `Backend`: LLVM in WebAssembly, in a process of its own (or in this one).
 *  In: IR text. Out: wasm modules. `startEmbeddedCompiler` starts the process at once, so that loading LLVM overlaps the
 *  front end; one process serves any number of compilations. */
import { fork, type ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import {
  compileOptions,
  executableOptions,
  failed,
  type Backend,
  type CompileOptions,
  type CompileResult,
  type LinkOptions,
  type LinkResult,
  type OptLevel,
  type TargetInfo,
} from '@kiln/compiler/backend/backend.ts';
import { wasmTarget } from '@kiln/compiler/backend/target-info.ts';
import type { CompileRequest, CompileResponse } from './compile-protocol.ts';
import { CompileService } from './compile-service.ts';
import { wasmApi } from './webassembly.ts';

export interface EmbeddedBackendOptions {
  /** Path of the bundled `compile-process` script; null compiles in this process, without its V8 flags. */
  readonly compileScript: string | null;
  /** Node flags for it, e.g. a TypeScript loader in tests. */
  readonly execArgv: readonly string[];
  /** Compile something small at once; worth it when a compilation is sure to come. */
  readonly warm: boolean;
}

/** The backend, and the lld inside for other formats. */
export interface EmbeddedBackend extends Backend {
  /** Runs `ld.lld` on files in memory: the native backend's fallback where the system has no linker. */
  runLinker(
    args: readonly string[],
    files: Readonly<Record<string, Uint8Array>>,
    output: string,
  ): Promise<{ readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly message: string }>;
}

type Body<R> = R extends CompileRequest ? Omit<R, 'id'> : never;

interface Channel {
  request(body: Body<CompileRequest>): Promise<CompileResponse>;
  close(): Promise<void>;
}

export function startEmbeddedCompiler(options: EmbeddedBackendOptions): EmbeddedBackend {
  const channel =
    options.compileScript === null ? localChannel() : processChannel(options.compileScript, options.execArgv);
  if (options.warm) void channel.request({ kind: 'warm' });
  return {
    name: 'embedded',
    describe: () => Promise.resolve('LLVM 22 in WebAssembly (@yowasp/clang)'),
    target(_cpu: string, _features: string): TargetInfo {
      return wasmTarget();
    },
    async compile(ir: string, compile: CompileOptions): Promise<CompileResult> {
      const response = await channel.request({ kind: 'compile', ir, options: compile });
      return response.kind === 'compiled' ? response.result : unexpected(response);
    },
    async link(objects: readonly Uint8Array[], link: LinkOptions): Promise<LinkResult> {
      const { outputPath, ...rest } = link;
      const response = await channel.request({ kind: 'link', objects, options: rest });
      if (response.kind !== 'linked') return unexpected(response);
      const { result } = response;
      if (!result.ok || outputPath === null || result.bytes === null) return result;
      return writeOutput(outputPath, result.bytes) ?? { ...result, bytes: null };
    },
    async runLinker(args, files, output) {
      const response = await channel.request({ kind: 'tool', args, files });
      if (response.kind !== 'ran') return { ok: false, message: unexpected(response).failure.message };
      const bytes = response.result.files[output];
      return response.result.status === 0 && bytes instanceof Uint8Array
        ? { ok: true, bytes }
        : { ok: false, message: response.result.messages };
    },
    close: () => channel.close(),
  };
}

/** IR text to a runnable module in one call. */
export async function compileEmbedded(backend: Backend, ir: string, optLevel: OptLevel): Promise<LinkResult> {
  const compiled = await backend.compile(ir, compileOptions(backend.target('generic', ''), optLevel, 'module'));
  return compiled.ok ? backend.link([compiled.bytes], executableOptions(null)) : compiled;
}

/** Node flags for the `run-process` script: as much stack as the system grants its main thread, since V8's default of
 *  1 MB ends recursion that a native program survives. */
export function runProcessFlags(): string[] {
  let limitKb = 0;
  try {
    const limits = fs.readFileSync('/proc/self/limits', 'latin1');
    const soft = /^Max stack size\s+(\d+|unlimited)/m.exec(limits)?.[1] ?? '0';
    limitKb = soft === 'unlimited' ? 65536 : Math.min(65536, Math.floor(Number(soft) / 1024));
  } catch {
    // Other systems keep V8's default.
  }
  const stackKb = limitKb - 512;
  return stackKb > 1024 ? [`--stack-size=${stackKb}`] : [];
}

function unexpected(response: CompileResponse): ReturnType<typeof failed> {
  if (response.kind !== 'ran' && !response.result.ok) return response.result;
  return failed('internal', `unexpected answer ${response.kind}`);
}

function writeOutput(file: string, bytes: Uint8Array): ReturnType<typeof failed> | null {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    fs.writeFileSync(temporary, bytes);
    fs.renameSync(temporary, file);
    return null;
  } catch (error) {
    fs.rmSync(temporary, { force: true });
    return failed('environment', `cannot write ${file}: ${(error as Error).message}`);
  }
}

function localChannel(): Channel {
  const service = new CompileService(
    (bytes) => new wasmApi.Module(bytes),
    () => false,
  );
  let last: Promise<unknown> = Promise.resolve();
  return {
    request(body) {
      const answer = last.then(() => service.answer({ ...body, id: 0 }));
      last = answer;
      return answer;
    },
    close: () => Promise.resolve(),
  };
}

function processChannel(script: string, execArgv: readonly string[]): Channel {
  const child: ChildProcess = fork(script, [], {
    execArgv: [...execArgv],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, (response: CompileResponse) => void>();
  let nextId = 1;
  let dead: string | null = null;
  let closing = false;
  const failure = (id: number, message: string): CompileResponse => ({
    kind: 'compiled',
    id,
    result: failed('internal', message),
  });
  const die = (message: string): void => {
    dead ??= message;
    for (const [id, resolve] of waiting) resolve(failure(id, dead));
    waiting.clear();
  };
  child.on('message', (response: CompileResponse) => {
    waiting.get(response.id)?.(response);
    waiting.delete(response.id);
    // An idle compile process does not keep this one alive.
    if (waiting.size === 0) child.channel?.unref();
  });
  child.on('error', (error) => {
    if (child.pid === undefined) {
      die(`the compile process could not be started: ${error.message}`);
      return;
    }
    // A request did not reach it. Why it ended says more than that, and is known soon.
    child.ref();
    setTimeout(() => child.kill('SIGKILL'), 1000).unref();
  });
  // Its end is what the waiting requests wait for now; the channel no longer keeps this process alive until then.
  child.on('disconnect', () => {
    if (waiting.size > 0) child.ref();
  });
  child.on('exit', (status, signal) => {
    if (closing) return;
    const memory = signal === 'SIGKILL' || signal === 'SIGABRT' ? '; is there enough memory?' : '';
    die(`the compile process ended (${signal ?? `status ${status}`})${memory}`);
  });
  child.unref();
  child.channel?.unref();
  return {
    request(body) {
      const id = nextId++;
      if (dead !== null) return Promise.resolve(failure(id, dead));
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        // Warming up must not delay the end of a process that found errors in the source.
        if (body.kind !== 'warm') child.channel?.ref();
        child.send({ ...body, id });
      });
    },
    async close() {
      closing = true;
      die('the backend is closed');
      if (child.exitCode !== null || child.signalCode !== null) return;
      // Without this nothing would keep the process alive to see the end.
      child.ref();
      child.kill('SIGTERM');
      await new Promise<void>((resolve) => child.once('exit', () => resolve()));
    },
  };
}
