/** Entry of the embedded backend's compile process: `fork(thisFile)` with advanced serialization. Bundled as a script of
 *  its own. Ends with its parent. */
import { CompileService } from './compile-service.ts';
import type { CompileRequest } from './compile-protocol.ts';
import { setCompilerFlags } from './llvm-wasm.ts';

setCompilerFlags();
const service = new CompileService();
// LLVM's calls interleave badly with each other in memory: 0.4 GB each.
let last: Promise<void> = Promise.resolve();
process.on('message', (request: CompileRequest) => {
  last = last.then(async () => {
    const response = await service.answer(request);
    if (process.connected) process.send?.(response);
  });
});
process.on('disconnect', () => process.exit(0));
// The terminal's Ctrl-C is the parent's to handle.
process.on('SIGINT', () => {});
