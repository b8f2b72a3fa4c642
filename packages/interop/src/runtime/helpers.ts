/** The helpers of a module in this process: how many there may be, and the workers that run them.
 *  In: the module and its memory.  Out: `Threads`.
 *
 *  Node starts a worker when the pool asks for one, even while this thread is busy. A browser does not, so there the workers are
 *  made before the module is used, and listen. */
import { isNode, platform, type WasmMemory, type WasmModule } from './platform.ts';
import {
  HelperFailure,
  helperImports,
  type HelperSetup,
  type HelperStart,
  type HelperWorker,
  runHelper,
  Threads,
} from './threads.ts';
import { READY, whenReady, workerCode, workerFactory, workerPort } from './workers.ts';
import { reasonOfEnd, WasiShim } from './wasi-shim.ts';

/** A page has better things to do than to start more. */
const MOST_IN_BROWSER = 16;

let saidAlone = false;

export async function openThreads(
  module: WasmModule,
  memory: WasmMemory,
  runtime: () => Promise<string>,
): Promise<Threads> {
  if (isNode) {
    const factory = await workerFactory();
    const code = workerCode(await runtime(), 'help');
    return new Threads(module, memory, {
      processors: await processorsOfNode(),
      mayBlock: true,
      worker: (setup) => {
        const worker = factory(code);
        worker.setIdle(true);
        worker.postMessage(setup);
        return { start: (message) => worker.postMessage(message) };
      },
    });
  }
  const mayBlock = platform.document === undefined;
  if (platform.crossOriginIsolated !== true) {
    sayAlone();
    return new Threads(module, memory, { processors: 1, mayBlock, worker: () => null });
  }
  const processors = Math.min(platform.navigator?.hardwareConcurrency ?? 1, MOST_IN_BROWSER);
  const idle: HelperWorker[] = [];
  const threads = new Threads(module, memory, { processors, mayBlock, worker: () => idle.pop() ?? null });
  if (processors > 1) {
    const code = workerCode(await runtime(), 'help');
    const made = Array.from({ length: processors - 1 }, () => browserHelper(code, threads.setup));
    idle.push(...(await Promise.all(made)));
  }
  return threads;
}

async function processorsOfNode(): Promise<number> {
  const name = 'node:os';
  const os = (await import(name)) as { availableParallelism(): number };
  return os.availableParallelism();
}

function sayAlone(): void {
  if (saidAlone) return;
  saidAlone = true;
  const { console } = globalThis as unknown as { readonly console: { warn(text: string): void } };
  console.warn(
    'kiln: parallelize runs on one thread here: memory is shared only in a page that is cross-origin isolated (headers Cross-Origin-Opener-Policy: same-origin, Cross-Origin-Embedder-Policy: require-corp)',
  );
}

async function browserHelper(code: string, setup: HelperSetup): Promise<HelperWorker> {
  const worker = (await workerFactory())(code);
  const ready = whenReady(
    worker,
    () => {},
    () => {},
  );
  worker.postMessage(setup);
  await ready;
  return { start: (message) => worker.postMessage(message) };
}

/** A worker's side: becomes a helper when told to. It listens at once, so that the messages find it. */
export async function help(): Promise<void> {
  const port = await workerPort();
  let setup: HelperSetup | null = null;
  let opened: Promise<(message: HelperStart) => void> | null = null;
  port.listen((message) => {
    if (setup === null || opened === null) {
      setup = message as HelperSetup;
      opened = openHelper(setup);
      void opened.then(() => port.post(READY));
      return;
    }
    void opened.then((run) => run(message as HelperStart));
  });
}

async function openHelper(setup: HelperSetup): Promise<(message: HelperStart) => void> {
  const wasi = new WasiShim(await directOutput());
  wasi.attach(setup.memory);
  const instance = await platform.WebAssembly.instantiate(setup.module, {
    wasi_snapshot_preview1: wasi.imports(setup.module),
    env: { memory: setup.memory },
    kiln: helperImports(setup),
  });
  return (message) =>
    runHelper(instance, setup, message, (error) => {
      const reason = reasonOfEnd(error, wasi.takeComplaint());
      return new HelperFailure(1, reason ?? String(error));
    });
}

/** Node passes what a worker writes to `process.stdout` on to the main thread, which may be busy. */
async function directOutput(): Promise<((fd: 1 | 2, text: string) => void) | null> {
  if (!isNode) return null;
  const name = 'node:fs';
  const fs = (await import(name)) as { writeSync(fd: number, text: string): void };
  return (fd, text) => {
    if (fd === 1) fs.writeSync(fd, text);
  };
}
