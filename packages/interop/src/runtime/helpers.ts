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
  type ThreadOptions,
  Threads,
} from './threads.ts';
import { SharedLog } from './shared-log.ts';
import { READY, whenReady, workerCode, workerFactory, workerPort } from './workers.ts';
import { ProgramExit, reasonOfEnd, TRAP_STATUS, WasiShim } from './wasi-shim.ts';

/** A page has better things to do than to start more. */
const MOST_IN_BROWSER = 16;

/** Where helpers print: into the console, or into a log that the caller empties. */
export type HelperOutput = Pick<ThreadOptions, 'log' | 'beforeWait'>;
const NO_LOG: HelperOutput = { log: null, beforeWait: null };

let saidAlone = false;

/** `runtime`: where workers import `help` from. */
export async function openThreads(
  module: WasmModule,
  memory: WasmMemory,
  runtime: () => Promise<string>,
  output: HelperOutput = NO_LOG,
): Promise<Threads> {
  if (isNode) {
    const factory = await workerFactory();
    const code = workerCode(await runtime(), 'help');
    return new Threads(module, memory, {
      processors: await processorsOfNode(),
      mayBlock: true,
      ...output,
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
    return new Threads(module, memory, { ...output, processors: 1, mayBlock, worker: () => null });
  }
  const processors = Math.min(platform.navigator?.hardwareConcurrency ?? 1, MOST_IN_BROWSER);
  const idle: HelperWorker[] = [];
  const threads = new Threads(module, memory, { ...output, processors, mayBlock, worker: () => idle.pop() ?? null });
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

/** A helper's message when it has an instance of the module. */
const OPENED = 'kiln-opened';

async function browserHelper(code: string, setup: HelperSetup): Promise<HelperWorker> {
  const worker = (await workerFactory())(code);
  await new Promise<void>((resolve, reject) => {
    whenReady(worker, (message) => (message === OPENED ? resolve() : reject(new Error(String(message)))), reject).then(
      () => worker.postMessage(setup),
      reject,
    );
  });
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
      opened.then(
        () => port.post(OPENED),
        (error) => port.post(String(error)),
      );
      return;
    }
    void opened.then((run) => run(message as HelperStart));
  });
  port.post(READY);
}

async function openHelper(setup: HelperSetup): Promise<(message: HelperStart) => void> {
  const log = setup.log === null ? null : new SharedLog(setup.log);
  const wasi = new WasiShim(log === null ? await directOutput() : (fd, text) => log.append(fd, text));
  wasi.attach(setup.memory);
  const instance = await platform.WebAssembly.instantiate(setup.module, {
    wasi_snapshot_preview1: wasi.imports(setup.module),
    env: { memory: setup.memory },
    kiln: helperImports(setup),
  });
  return (message) =>
    runHelper(instance, setup, message, (error) => {
      const reason = reasonOfEnd(error, wasi.takeComplaint());
      return new HelperFailure(error instanceof ProgramExit ? error.status : TRAP_STATUS, reason ?? String(error));
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
