/** Loads @yowasp/clang in Node, quickly, and wraps it as a `ToolRunner`.
 *  In: the npm package. Out: `ToolchainHost`. The package reads its files through `fetch`-like streams and unpacks 29 MB
 *  of headers nobody needs here: 0.4 s. `loadQuickly` replaces the two functions it calls for that for the time of loading
 *  (0.15 s). If a later version loads differently the replacements are not called and loading is merely slower. */
import * as fs from 'node:fs';
import { promises as fsPromises } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { fileURLToPath } from 'node:url';
import { wasmApi, type WasmModule } from './webassembly.ts';
import { runTool } from './run-tool.ts';
import type { ToolchainHost } from './toolchain.ts';

type Clang = typeof import('@yowasp/clang');

const ARCHIVES = ['libc.a', 'libm.a', 'libclang_rt.builtins.a'];

interface Loaded {
  readonly clang: Clang;
  /** Path of the package's archive of headers and libraries; null when it was unpacked the usual way. */
  readonly resources: string | null;
}

export type CompileModule = (bytes: Uint8Array) => WasmModule;

let loading: Promise<Loaded> | null = null;

/** LLVM is loaded once in a process, when it is first used; `compileModule` of the first caller makes its modules. */
export function loadToolchain(compileModule: CompileModule): ToolchainHost {
  let archives: Promise<Readonly<Record<string, Uint8Array>>> | null = null;
  const load = (): Promise<Loaded> => (loading ??= loadQuickly(compileModule));
  return {
    run: async (args, files) => runTool((await load()).clang, args, files),
    archives: () => {
      archives ??= load().then(readArchives);
      return archives;
    },
  };
}

async function loadQuickly(compileModule: CompileModule): Promise<Loaded> {
  let resources: string | null = null;
  const readFile = fsPromises.readFile;
  const response = globalThis.Response;
  const compileStreaming = wasmApi.compileStreaming;
  const mutable = { fs: fsPromises as { readFile: unknown } };
  // Reading at once instead of in 512 KB pieces; the archive of headers reads as empty.
  mutable.fs.readFile = async (file: string | URL, ...rest: never[]): Promise<Buffer> => {
    const name = file instanceof URL ? fileURLToPath(file) : String(file);
    if (name.endsWith('llvm-resources.tar')) {
      resources = name;
      return Buffer.from(new ArrayBuffer(512));
    }
    return name.endsWith('.wasm') ? fs.readFileSync(name) : await readFile(file, ...rest);
  };
  // A response that just holds its bytes, however often it is "streamed".
  class BytesResponse {
    readonly bytes: Uint8Array;
    readonly headers = {};
    readonly body = { pipeThrough: (): BytesResponse => this };
    constructor(source: Uint8Array | BytesResponse) {
      this.bytes = source instanceof BytesResponse ? source.bytes : source;
    }
    async arrayBuffer(): Promise<ArrayBufferLike> {
      return this.bytes.buffer;
    }
  }
  globalThis.Response = BytesResponse as unknown as typeof Response;
  wasmApi.compileStreaming = async (source: BytesResponse | Promise<BytesResponse>) =>
    compileModule((await source).bytes);
  syncBuiltinESMExports();
  try {
    const clang = await import('@yowasp/clang');
    await clang.runLLVM(null as unknown as string[], {}, { fetchProgress() {} });
    return { clang, resources };
  } finally {
    mutable.fs.readFile = readFile;
    globalThis.Response = response;
    wasmApi.compileStreaming = compileStreaming;
    syncBuiltinESMExports();
  }
}

/** Takes the archives out of the package's tar file: 512-byte headers, name at 0, octal size at 124. */
function readArchives(loaded: Loaded): Readonly<Record<string, Uint8Array>> {
  const found: Record<string, Uint8Array> = {};
  if (loaded.resources === null) return found;
  const descriptor = fs.openSync(loaded.resources, 'r');
  try {
    const header = Buffer.alloc(512);
    for (let offset = 0; fs.readSync(descriptor, header, 0, 512, offset) === 512; ) {
      const name = header.toString('latin1', 0, 100).replace(/\0[\s\S]*$/, '');
      if (name === '') break;
      const size = Number.parseInt(header.toString('latin1', 124, 136), 8);
      const base = name.slice(name.lastIndexOf('/') + 1);
      if (ARCHIVES.includes(base) && name.includes('lib/wasm32-')) {
        const bytes = new Uint8Array(size);
        fs.readSync(descriptor, bytes, 0, size, offset + 512);
        found[base] = bytes;
        if (Object.keys(found).length === ARCHIVES.length) break;
      }
      offset += 512 + Math.ceil(size / 512) * 512;
    }
  } finally {
    fs.closeSync(descriptor);
  }
  return found;
}
