/** `kiln run --backend interp`: runs a program in the compile-time interpreter, without generating code. It has no files
 *  and no network; another C function than the modelled ones is a diagnostic.
 *  A call of the program is a call of the host here, and Node's main thread has 1 MB of stack, enough for some 4,000: the
 *  program runs in a thread whose stack is as deep as that of a native program and more. */
import * as fs from 'node:fs';
import { Worker } from 'node:worker_threads';
import { interpretProgram } from '@kiln/compiler/driver/pipeline.ts';
import type { CommandLine } from './command-line.ts';
import { CommandFailure, EXIT_DIAGNOSTICS, EXIT_INTERNAL } from './exit-status.ts';
import { compilerScript } from './installation.ts';
import { optionsOf, report, reportTimes, type Session, stderrWantsColor, targetOf, theFile } from './session.ts';

/** Of address space; memory is used as the program nests. About a million calls. */
const STACK_MB = 512;

/** What a shell says of a program that wrote where nobody reads. */
const SIGPIPE_STATUS = 141;

/** What the thread gets. `interpretLine` of `main.ts` is its entry. */
export interface InterpreterJob {
  readonly line: CommandLine;
}

const THREAD = `
const { parentPort, workerData } = require('node:worker_threads');
require(workerData.script).interpretLine(workerData.job).then((status) => parentPort.postMessage(status));
`;

export function interpretCommand(session: Session): Promise<number> {
  const script = compilerScript();
  // From sources (tests) there is no script that a thread could load.
  if (script === null) return Promise.resolve(interpretHere(session));
  const job: InterpreterJob = { line: session.line };
  const color = stderrWantsColor() ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };
  return new Promise((resolve, reject) => {
    const worker = new Worker(THREAD, {
      eval: true,
      workerData: { script, job },
      env: { ...process.env, ...color },
      resourceLimits: { stackSizeMb: STACK_MB },
    });
    let status: number | null = null;
    worker.on('message', (message: number) => {
      status = message;
    });
    worker.on('error', (error) => reject(new CommandFailure(EXIT_INTERNAL, `the interpreter ended: ${error.message}`)));
    // What it wrote to its standard error has arrived by then.
    worker.on('exit', (code) => resolve(status ?? code));
  });
}

/** Compiles and runs the program in this thread. */
export function interpretHere(session: Session): number {
  const { line } = session;
  const file = theFile(line);
  const options = optionsOf(line, targetOf(line, 'native'), true);
  const request = { path: file, displayPath: file, options, stopAt: null, checkOnly: true };
  const result = interpretProgram(request, session.host, {
    output: (descriptor, bytes) => writeAll(descriptor, bytes),
    input: readInput,
    now: () => Number(process.hrtime.bigint()),
  });
  report(result.outcome, file, session);
  reportTimes(session, result.outcome.timings);
  return result.status ?? EXIT_DIAGNOSTICS;
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let start = 0; start < bytes.length; ) {
    try {
      start += fs.writeSync(descriptor, bytes, start);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null;
      // Nobody reads any more: the end of this thread, as of a native program.
      if (code === 'EPIPE') process.exit(SIGPIPE_STATUS);
      // A pipe that is full for the moment.
      if (code !== 'EAGAIN') throw error;
    }
  }
}

/** Up to `size` bytes of standard input; null at its end. */
function readInput(size: number): Uint8Array | null {
  const bytes = new Uint8Array(size);
  const count = fs.readSync(0, bytes);
  return count === 0 ? null : bytes.subarray(0, count);
}
