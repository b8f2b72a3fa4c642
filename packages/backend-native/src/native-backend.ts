/** The native `Backend`: libLLVM in a worker thread (or in this thread) and the system's linker.
 *  In: IR text. Out: objects, executables, shared libraries. Creating it starts nothing but the worker; the worker starts
 *  loading libLLVM at once, so that loading overlaps the front end. */
import { Worker } from 'node:worker_threads';
import type {
  Backend,
  CompileOptions,
  CompileResult,
  LinkOptions,
  LinkResult,
  TargetInfo,
} from '@kiln/compiler/backend/backend.ts';
import { failed } from '@kiln/compiler/backend/backend.ts';
import { hostTarget } from './host-target.ts';
import { linkNative, type FallbackLinker } from './link.ts';
import { NativeService } from './native-service.ts';
import type { WorkerRequest, WorkerResponse } from './worker-protocol.ts';

export interface NativeBackendOptions {
  /** Path of the bundled `native-worker` script, or of `native-worker.ts`; null compiles in this thread. */
  readonly workerScript: string | null;
  /** Node flags for the worker, e.g. a TypeScript loader in tests; null inherits them. */
  readonly execArgv: readonly string[] | null;
  readonly fallbackLinker: FallbackLinker | null;
}

type Body<R> = R extends WorkerRequest ? Omit<R, 'id'> : never;

interface Channel {
  request(body: Body<WorkerRequest>): Promise<WorkerResponse>;
  close(): Promise<void>;
}

/** Starts the worker and tells it to load libLLVM. Never fails: a missing library is reported by `compile`. */
export function startNativeCompiler(options: NativeBackendOptions): Backend {
  const channel =
    options.workerScript === null ? localChannel() : workerChannel(options.workerScript, options.execArgv);
  if (options.workerScript !== null) void channel.request({ kind: 'warm' });
  const compiled = async (body: Body<WorkerRequest>): Promise<CompileResult> => {
    const response = await channel.request(body);
    return response.kind === 'compiled' ? response.result : failed('internal', `unexpected answer ${response.kind}`);
  };
  return {
    name: 'native',
    async describe(): Promise<string> {
      const response = await channel.request({ kind: 'describe' });
      if (response.kind === 'described') return response.text;
      return response.result.ok ? '' : response.result.failure.message;
    },
    target(cpu: string, features: string): TargetInfo {
      return hostTarget(cpu, features);
    },
    compile(ir: string, compile: CompileOptions): Promise<CompileResult> {
      return compiled({ kind: 'compile', ir, options: compile });
    },
    async link(objects: readonly Uint8Array[], link: LinkOptions): Promise<LinkResult> {
      let startObject: Uint8Array | null = null;
      if (link.kind === 'executable') {
        const start = await compiled({ kind: 'startObject' });
        if (!start.ok) return start;
        startObject = start.bytes;
      }
      return linkNative({ objects, startObject, options: link, fallback: options.fallbackLinker });
    },
    close: () => channel.close(),
  };
}

function localChannel(): Channel {
  const service = new NativeService();
  return {
    request: (body) => service.answer({ ...body, id: 0 }),
    close: () => Promise.resolve(),
  };
}

function workerChannel(script: string, execArgv: readonly string[] | null): Channel {
  const entry = script.replace(/\.ts$/, '-from-source.mjs');
  const flags = entry !== script ? [] : execArgv;
  const worker = new Worker(entry, flags === null ? {} : { execArgv: [...flags] });
  const waiting = new Map<number, (response: WorkerResponse) => void>();
  let nextId = 1;
  let dead: string | null = null;
  let warm: Promise<unknown> = Promise.resolve();
  const failure = (id: number, message: string): WorkerResponse => ({
    kind: 'compiled',
    id,
    result: failed('internal', message),
  });
  const die = (message: string): void => {
    dead ??= message;
    for (const [id, resolve] of waiting) resolve(failure(id, dead));
    waiting.clear();
  };
  worker.on('message', (response: WorkerResponse) => {
    waiting.get(response.id)?.(response);
    waiting.delete(response.id);
    // An idle worker does not keep the process alive.
    if (waiting.size === 0) worker.unref();
  });
  worker.on('error', (error) => die(`the compiler thread failed: ${error.message}`));
  worker.on('exit', () => die('the compiler thread has ended'));
  worker.unref();
  return {
    request(body) {
      const id = nextId++;
      if (dead !== null) return Promise.resolve(failure(id, dead));
      const answer = new Promise<WorkerResponse>((resolve) => {
        waiting.set(id, resolve);
        // Warming up must not delay the end of a process that found errors in the source.
        if (body.kind !== 'warm') worker.ref();
        worker.postMessage({ ...body, id });
      });
      if (body.kind === 'warm') warm = answer;
      return answer;
    },
    async close() {
      // A thread that is ended while it loads the library takes the process down with it.
      worker.ref();
      await warm;
      die('the backend is closed');
      await worker.terminate();
    },
  };
}
