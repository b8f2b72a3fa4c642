/** Workers of Node and of browsers, behind one face. */
import { isNode } from './platform.ts';

export interface MessageWorker {
  postMessage(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onError(listener: (error: unknown) => void): void;
  /** An idle worker does not keep a Node process alive. */
  setIdle(idle: boolean): void;
}

/** A worker's first message: a browser's worker drops what comes before it listens. */
export const READY = 'kiln-ready';

/** What a worker runs: a function of this runtime. */
export function workerCode(runtime: string, entry: 'serve' | 'help'): string {
  return `import(${JSON.stringify(runtime)}).then((rt) => rt.${entry}());`;
}

interface NodeWorker {
  postMessage(message: unknown): void;
  on(event: string, listener: (value: unknown) => void): void;
  ref(): void;
  unref(): void;
}

interface WebWorker {
  postMessage(message: unknown): void;
  addEventListener(
    event: string,
    listener: (event: { readonly data?: unknown; readonly message?: string }) => void,
  ): void;
}

/** Makes workers from code, at once. */
export type WorkerFactory = (code: string) => MessageWorker;

export async function workerFactory(): Promise<WorkerFactory> {
  if (isNode) {
    const name = 'node:worker_threads';
    const threads = (await import(name)) as { readonly Worker: new (code: string, options: object) => NodeWorker };
    return (code) => {
      const worker = new threads.Worker(code, { eval: true, execArgv: [] });
      return {
        postMessage: (message) => worker.postMessage(message),
        onMessage: (listener) => worker.on('message', listener),
        onError: (listener) => worker.on('error', listener),
        setIdle: (idle) => (idle ? worker.unref() : worker.ref()),
      };
    };
  }
  const globals = globalThis as unknown as {
    readonly Worker: new (url: string, options: object) => WebWorker;
    readonly Blob: new (parts: readonly string[], options: object) => object;
    readonly URL: { createObjectURL(blob: object): string };
  };
  return (code) => {
    const url = globals.URL.createObjectURL(new globals.Blob([code], { type: 'text/javascript' }));
    const worker = new globals.Worker(url, { type: 'module' });
    return {
      postMessage: (message) => worker.postMessage(message),
      onMessage: (listener) => worker.addEventListener('message', (event) => listener(event.data)),
      onError: (listener) =>
        worker.addEventListener('error', (event) => listener(new Error(event.message ?? 'the worker failed'))),
      setIdle: () => {},
    };
  };
}

/** Resolves when the worker listens. Later messages and errors go to the listeners. */
export function whenReady(
  worker: MessageWorker,
  onMessage: (message: unknown) => void,
  onError: (error: unknown) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.onMessage((message) => (message === READY ? resolve() : onMessage(message)));
    worker.onError((error) => {
      reject(error);
      onError(error);
    });
  });
}

/** The message port of the thread that this runs in, as a worker. */
export async function workerPort(): Promise<{
  post(message: unknown): void;
  listen(listener: (message: unknown) => void): void;
}> {
  if (isNode) {
    const name = 'node:worker_threads';
    const { parentPort } = (await import(name)) as { readonly parentPort: NodeWorker };
    return {
      post: (message) => parentPort.postMessage(message),
      listen: (listener) => parentPort.on('message', listener),
    };
  }
  const scope = globalThis as unknown as WebWorker;
  return {
    post: (message) => scope.postMessage(message),
    listen: (listener) => scope.addEventListener('message', (event) => listener(event.data)),
  };
}
