/** Compilation in a process of its own, for modules that name instructions of one processor.
 *  In: the worker's script and a request. Out: its answer; where LLVM has ended the process, the reason that it gave.
 *
 *  Asked for an instruction that the target lacks, LLVM ends its process: in a thread it would take the whole command with it. */
import { fork } from 'node:child_process';
import { type CompileResult, failed } from '@kiln/compiler/backend/backend.ts';
import { workerEntry } from './channel.ts';
import type { WorkerRequest, WorkerResponse } from './worker-protocol.ts';

const TARGET_INTRINSIC = /\bcall [^\n]*@llvm\.(x86|aarch64|arm|wasm)\./;

export function namesInstructions(ir: string): boolean {
  return TARGET_INTRINSIC.test(ir);
}

export function compileApart(
  script: string,
  execArgv: readonly string[] | null,
  request: WorkerRequest,
): Promise<CompileResult> {
  const { entry, options } = workerEntry(script, execArgv);
  const child = fork(entry, [], {
    ...options,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  return new Promise((resolve) => {
    child.on('message', (response: WorkerResponse) => {
      if (response.kind !== 'compiled') return;
      resolve(response.result);
      child.disconnect();
    });
    child.on('close', () => {
      const reason = /internal error: LLVM: ([^\n]*)/.exec(said)?.[1] ?? said.trim();
      resolve(failed('internal', `LLVM gave up: ${reason}`));
    });
    child.send(request);
  });
}
