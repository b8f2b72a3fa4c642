/** LLVM in the browser: loads @yowasp/clang from beside the page, with progress, and keeps its files in the browser's cache.
 *  Out: a `ToolchainHost` for the embedded backend's toolchain. Runs in the compiler's worker. */
import { type Clang, runTool } from '@kiln/backend-embedded/run-tool.ts';
import type { ToolchainHost } from '@kiln/backend-embedded/toolchain.ts';

export type Progress = (done: number, total: number) => void;

const CACHE = 'kiln-llvm-1';
const FOLDER = new URL('./llvm/', import.meta.url).href;
const ARCHIVES = ['libc.a', 'libm.a', 'libclang_rt.builtins.a'];

/** LLVM's own fetches come here: from the cache, or counted from the network into it. */
async function cachedFetch(plain: typeof fetch, url: string, progress: Progress): Promise<Response> {
  // The archive of C headers is not needed: an empty one.
  if (url.endsWith('llvm-resources.tar')) return new Response(new Uint8Array(512));
  const cache = 'caches' in globalThis ? await caches.open(CACHE) : null;
  const known = await cache?.match(url);
  if (known !== undefined) return known;
  const response = await plain(url);
  if (!response.ok || response.body === null) throw new Error(`${url}: ${response.status} ${response.statusText}`);
  const total = Number(response.headers.get('content-length') ?? 0);
  let done = 0;
  const counted = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        done += chunk.length;
        if (total > 1_000_000) progress(done, total);
        controller.enqueue(chunk);
      },
    }),
  );
  const whole = new Response(counted, { headers: { 'content-type': response.headers.get('content-type') ?? '' } });
  if (cache === null) return whole;
  const kept = whole.clone();
  // A full disk only means that it is loaded again next time.
  void cache.put(url, kept).catch(() => {});
  return whole;
}

export function openToolchain(progress: Progress): ToolchainHost {
  let loading: Promise<Clang> | null = null;
  const plain = globalThis.fetch.bind(globalThis);
  const load = (): Promise<Clang> => {
    loading ??= (async () => {
      globalThis.fetch = (input) => {
        const url = String(input instanceof Request ? input.url : input);
        return url.startsWith(FOLDER) ? cachedFetch(plain, url, progress) : plain(input);
      };
      const clang = (await import(`${FOLDER}bundle.js`)) as Clang;
      await clang.runLLVM(null as unknown as string[], {}, { fetchProgress() {} });
      return clang;
    })();
    return loading;
  };
  return {
    run: async (args, files) => runTool(await load(), args, files),
    archives: async () => {
      const entries = ARCHIVES.map(async (name): Promise<[string, Uint8Array]> => {
        const response = await cachedFetch(plain, `${FOLDER}${name}`, progress);
        return [name, new Uint8Array(await response.arrayBuffer())];
      });
      return Object.fromEntries(await Promise.all(entries));
    },
  };
}
