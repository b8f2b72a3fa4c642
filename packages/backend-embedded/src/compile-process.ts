/** Entry of the embedded backend's compile process: `fork(thisFile)` with advanced serialization. Bundled as a script of
 *  its own. Ends with its parent.
 *  Takes LLVM's machine code from the code cache of its installation, and has one made where there is none. */
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  codeCacheFile,
  isLlvmItself,
  makeCodeCacheInBackground,
  moduleFromCache,
  setUsingFlags,
} from './code-cache.ts';
import type { CompileRequest } from './compile-protocol.ts';
import { CompileService } from './compile-service.ts';
import { wasmApi, type WasmModule } from './webassembly.ts';

const here = path.dirname(fileURLToPath(import.meta.url));
const bundled = import.meta.url.endsWith('.cjs');

setUsingFlags();
let cached: WasmModule | null = null;
/** The file of a cache that is still to be made; null if that is not needed or not known yet. */
let missingCache: string | null = null;
let lastIr = '';
const service = new CompileService(compileModule, () => cached !== null);

function compileModule(bytes: Uint8Array): WasmModule {
  if (!bundled || !isLlvmItself(bytes)) return new wasmApi.Module(bytes);
  // Beside the folders of the builds: most builds of Kiln have the same LLVM.
  const file = codeCacheFile(path.dirname(here), bytes.length);
  cached = moduleFromCache(file, bytes);
  if (cached === null) missingCache = file;
  return cached ?? new wasmApi.Module(bytes);
}

// LLVM's calls interleave badly with each other in memory: 0.4 GB each.
let last: Promise<void> = Promise.resolve();
process.on('message', (request: CompileRequest) => {
  last = last.then(async () => {
    const response = await service.answer(request);
    if (request.kind === 'compile') lastIr = request.ir;
    if (response.kind === 'linked' && response.result.ok && missingCache !== null && lastIr !== '') {
      // Before the answer: the parent may end this process as soon as it has that.
      makeCodeCacheInBackground(path.join(here, 'code-cache-process.cjs'), missingCache, lastIr);
      missingCache = null;
    }
    if (process.connected) process.send?.(response);
  });
});
process.on('disconnect', () => process.exit(0));
// The terminal's Ctrl-C is the parent's to handle.
process.on('SIGINT', () => {});
