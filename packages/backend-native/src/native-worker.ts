/** Entry of the native backend's worker thread, `new Worker(thisFile)`, or process, `fork(thisFile)`. Bundled as a script of its own.
 *  LLVM runs synchronously here, so requests queue in the message port and are answered in order. */
import { parentPort } from 'node:worker_threads';
import { NativeService } from './native-service.ts';
import type { WorkerRequest, WorkerResponse } from './worker-protocol.ts';

const service = new NativeService();

function send(response: WorkerResponse, transfer: readonly ArrayBuffer[]): void {
  if (parentPort === null) process.send?.(response);
  else parentPort.postMessage(response, [...transfer]);
}

(parentPort ?? process).on('message', (request: WorkerRequest) => {
  void service
    .answer(request, (shared) => send(shared, []))
    .then((response) => {
      const isObject = request.kind === 'compile' || request.kind === 'compilePiece';
      const transfer = response.kind === 'compiled' && isObject && response.result.ok;
      send(response, transfer ? [response.result.bytes.buffer as ArrayBuffer] : []);
    });
});
