/** `kiln run --backend interp`: runs a program in the compile-time interpreter, in this process, without generating code.
 *  It has no files and no network; another C function than the modelled ones is a diagnostic. */
import * as fs from 'node:fs';
import { interpretProgram } from '@kiln/compiler/driver/pipeline.ts';
import { EXIT_DIAGNOSTICS } from './exit-status.ts';
import { optionsOf, report, reportTimes, type Session, targetOf, theFile } from './session.ts';

export function interpretCommand(session: Session): number {
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
      // A pipe that is full for the moment.
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
    }
  }
}

/** Up to `size` bytes of standard input; null at its end. */
function readInput(size: number): Uint8Array | null {
  const bytes = new Uint8Array(size);
  const count = fs.readSync(0, bytes);
  return count === 0 ? null : bytes.subarray(0, count);
}
