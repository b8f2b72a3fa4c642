/** Where a request to LLVM is answered: in a worker thread, or in this one.
 *  In: `WorkerRequest` without its number. Out: the answer; a dead worker answers with a failure. */
import { Worker } from 'node:worker_threads';
import { failed } from '@kiln/compiler/backend/backend.ts';
import { NativeService } from './native-service.ts';
import type { SharedModule, WorkerAnswer, WorkerRequest, WorkerResponse } from './worker-protocol.ts';

type Body<R> = R extends WorkerRequest ? Omit<R, 'id'> : never;

export type RequestBody = Body<WorkerRequest>;

export type Interim = (shared: SharedModule) => void;

export interface Channel {
  /** `interim` gets what comes before the answer. */
  request(body: RequestBody, interim?: Interim): Promise<WorkerAnswer>;
  close(): Promise<void>;
}

export function localChannel(): Channel {
  const service = new NativeService();
  return {
    request: (body, interim = () => {}) => service.answer({ ...body, id: 0 }, interim),
    close: () => Promise.resolve(),
  };
}

/** What to start for the worker's script, as a thread or a process. A script in TypeScript has a loader of its own; without flags the
 *  worker inherits those of this process. */
export function workerEntry(
  script: string,
  execArgv: readonly string[] | null,
): { readonly entry: string; readonly options: { execArgv?: string[] } } {
  const entry = script.replace(/\.ts$/, '-from-source.mjs');
  const flags = entry !== script ? [] : execArgv;
  return { entry, options: flags === null ? {} : { execArgv: [...flags] } };
}

export function workerChannel(script: string, execArgv: readonly string[] | null): Channel {
  const { entry, options } = workerEntry(script, execArgv);
  const worker = new Worker(entry, options);
  const waiting = new Map<number, { resolve(answer: WorkerAnswer): void; readonly interim: Interim }>();
  let nextId = 1;
  let dead: string | null = null;
  let warm: Promise<unknown> = Promise.resolve();
  const failure = (id: number, message: string): WorkerAnswer => ({
    kind: 'compiled',
    id,
    result: failed('internal', message),
  });
  const die = (message: string): void => {
    dead ??= message;
    for (const [id, { resolve }] of waiting) resolve(failure(id, dead));
    waiting.clear();
  };
  worker.on('message', (response: WorkerResponse) => {
    const waiter = waiting.get(response.id);
    if (response.kind === 'shared') return waiter?.interim(response);
    waiter?.resolve(response);
    waiting.delete(response.id);
    // An idle worker does not keep the process alive.
    if (waiting.size === 0) worker.unref();
  });
  worker.on('error', (error) => die(`the compiler thread failed: ${error.message}`));
  worker.on('exit', () => die('the compiler thread has ended'));
  worker.unref();
  return {
    request(body, interim = () => {}) {
      const id = nextId++;
      if (dead !== null) return Promise.resolve(failure(id, dead));
      const answer = new Promise<WorkerAnswer>((resolve) => {
        waiting.set(id, { resolve, interim });
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
