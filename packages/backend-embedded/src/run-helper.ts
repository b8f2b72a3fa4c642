/** Entry of a thread of a compiled module: a worker that `wasm-host` starts with a `HelperData`. Bundled as a script of its own. */
import { workerData } from 'node:worker_threads';
import { runHelperThread } from './wasm-host.ts';

runHelperThread(workerData);
