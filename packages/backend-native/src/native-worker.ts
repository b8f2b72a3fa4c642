/** Entry of the native backend's worker thread: `new Worker(thisFile)`. Bundled as a script of its own.
 *  LLVM runs synchronously here, so requests queue in the message port and are answered in order. */
import { parentPort } from 'node:worker_threads';
import { NativeService } from './native-service.ts';
import type { WorkerRequest, WorkerResponse } from './worker-protocol.ts';

const service = new NativeService();
parentPort?.on('message', (request: WorkerRequest) => {
  const interim = (response: WorkerResponse): void => parentPort?.postMessage(response);
  void service.answer(request, interim).then((response) => {
    const isObject = request.kind === 'compile' || request.kind === 'compilePiece';
    const transfer = response.kind === 'compiled' && isObject && response.result.ok;
    parentPort?.postMessage(response, transfer ? [response.result.bytes.buffer as ArrayBuffer] : []);
  });
});
