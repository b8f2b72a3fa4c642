/** `kiln-lang/runtime`: what the JavaScript made from a Mojo module runs on, in Node and in browsers.
 *  The generated code calls `open…` for an engine and then its own `bind($rt, $e)`, where `$rt` is this module. */
import { KilnArray, type TypedArray, type TypedArrayType } from './arrays.ts';
import type { Engine } from './engine.ts';
import { type Koffi, NativeEngine } from './native-engine.ts';
import { KilnObject } from './objects.ts';
import { platform } from './platform.ts';
import { type CallMessage, Remote, type RemoteSource, sendError, withParts } from './remote.ts';
import { sharedMemoryOf } from './shared-memory.ts';
import { WasmEngine, type WasmSource } from './wasm-engine.ts';
import { READY, workerPort } from './workers.ts';

export { arrayOf, KilnArray, ownArray } from './arrays.ts';
export {
  badAlias,
  badCallback,
  badCount,
  badInteger,
  badOverlap,
  badType,
  badWide,
  KilnError,
  overlap,
  wideResult,
} from './errors.ts';
export { help } from './helpers.ts';
export { StreamWriter, takeStream } from './streams.ts';
export { Handle, hold, KilnObject, release } from './objects.ts';

type Bound = Record<string, unknown>;
export type Bind = (runtime: unknown, engine: Engine) => Bound;

/** Opens WebAssembly: bytes, or base64 of them. */
export async function openWasm(
  source: Uint8Array | string,
  bind: Bind,
  runtime: RemoteSource['runtime'],
): Promise<Bound> {
  const bytes = typeof source === 'string' ? fromBase64(source) : source;
  const compiled = { module: await platform.WebAssembly.compile(bytes), sharedMemory: sharedMemoryOf(bytes) };
  const engine = await WasmEngine.open(compiled, runtime);
  return finish(bind, engine, { module: compiled, bind: bind.toString(), runtime });
}

/** Opens a shared library; Node only. `koffi` is where that package can be imported from. */
export async function openNative(
  path: string,
  koffi: string,
  bind: Bind,
  runtime: RemoteSource['runtime'],
): Promise<Bound> {
  const library = { path, koffi };
  return finish(bind, await nativeEngine(library), { module: library, bind: bind.toString(), runtime });
}

interface NativeLibrary {
  readonly path: string;
  readonly koffi: string;
}

async function nativeEngine(library: NativeLibrary): Promise<NativeEngine> {
  const loaded = (await import(library.koffi)) as { readonly default?: Koffi } & Koffi;
  return new NativeEngine(loaded.default ?? loaded, library.path);
}

function finish(bind: Bind, engine: Engine, source: RemoteSource): Bound {
  const bound = bind(self, engine);
  const remote = new Remote(source);
  for (const [name, value] of Object.entries(bound)) {
    if (typeof value !== 'function' || value.prototype instanceof KilnObject) continue;
    Object.defineProperty(value, 'async', {
      value: (...args: readonly unknown[]) => remote.call(name, args),
      configurable: true,
    });
  }
  return { ...bound, kiln: memoryOf(engine) };
}

/** What a module exports as `kiln`. */
export function memoryOf(engine: Engine) {
  return {
    /** Zeroed elements in the module's memory, which calls see in place. */
    alloc: <A extends TypedArray>(type: TypedArrayType<A>, length: number): KilnArray<A> => {
      if (!Number.isSafeInteger(length) || length < 0) throw new RangeError(`kiln.alloc: ${length} is no length`);
      return engine.allocate(type, length);
    },
  };
}

function fromBase64(text: string): Uint8Array {
  const { atob } = globalThis as unknown as { atob(text: string): string };
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** The worker's side of `.async`: opens the module that the first message names, then answers calls one by one. */
export async function serve(): Promise<void> {
  const port = await workerPort();
  let ready: Promise<Bound> | null = null;
  port.listen((message) => {
    if (ready === null) {
      const source = message as {
        readonly module: WasmSource | NativeLibrary;
        readonly bind: string;
        readonly runtime: string;
      };
      // The text is that of a function that our own code generator wrote.
      const bind = new Function(`return ${source.bind}`)() as Bind;
      ready = (
        'koffi' in source.module
          ? nativeEngine(source.module)
          : WasmEngine.open(source.module, async () => source.runtime)
      ).then((engine) => bind(self, engine));
      return;
    }
    void answer(ready, message as CallMessage, port);
  });
  port.post(READY);
}

async function answer(ready: Promise<Bound>, call: CallMessage, port: { post(message: unknown): void }): Promise<void> {
  try {
    const bound = await ready;
    const value = (bound[call.fn] as (...args: readonly unknown[]) => unknown)(...call.args);
    port.post({ id: call.id, ok: true, value: flatten(value), args: call.args });
  } catch (error) {
    port.post({ id: call.id, ok: false, value: sendError(error), args: call.args });
  }
}

/** Arrays in this thread's memory as copies. */
function flatten(value: unknown): unknown {
  return withParts(value, (part) => {
    if (part instanceof KilnObject) throw new TypeError('a Mojo object cannot leave the thread that it lives in');
    if (!(part instanceof KilnArray)) return part;
    const copy = part.array.slice();
    part.dispose();
    return copy;
  });
}

/** This module, as the generated code sees it. */
import * as self from './runtime.ts';
