/** Entry of the native backend's worker thread: `new Worker(thisFile)`. Bundled as a script of its own.
 *  LLVM runs synchronously here, so requests queue in the message port and are answered in order. */
import { parentPort } from 'node:worker_threads';
import { NativeService } from './native-service.ts';
import type { WorkerRequest } from './worker-protocol.ts';

const service = new NativeService();
parentPort?.on('message', (request: WorkerRequest) => {
  void service.answer(request).then((response) => {
    const transfer = response.kind === 'compiled' && request.kind === 'compile' && response.result.ok;
    parentPort?.postMessage(response, transfer ? [response.result.bytes.buffer as ArrayBuffer] : []);
  });
});
