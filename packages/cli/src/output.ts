/** Writing results: to standard output for '-', else to a temporary name and then into place, so that a failed or
 *  interrupted build leaves no half file. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { CommandFailure, EXIT_ENVIRONMENT, EXIT_USAGE } from './exit-status.ts';
import { reasonOf } from './node-host.ts';

export function writeOutput(target: string, content: string | Uint8Array): void {
  if (target === '-') {
    writeAll(1, typeof content === 'string' ? Buffer.from(content) : content);
    return;
  }
  checkOutputPath(target);
  const aside = asideOf(target);
  try {
    fs.writeFileSync(aside, content);
    putInPlace(aside, target);
  } catch (error) {
    fs.rmSync(aside, { force: true });
    throw new CommandFailure(EXIT_ENVIRONMENT, `cannot write '${target}': ${reasonOf(error)}`);
  }
}

/** A device or pipe, such as /dev/null: it is written to, never replaced by a file. */
function isSpecial(target: string): boolean {
  const stat = fs.statSync(target, { throwIfNoEntry: false });
  return stat !== undefined && !stat.isFile();
}

/** Where to make a file that `putInPlace` moves to `target`. */
export function asideOf(target: string): string {
  return path.join(
    isSpecial(target) ? os.tmpdir() : path.dirname(target),
    `.${path.basename(target)}.kiln-${process.pid}`,
  );
}

/** Gives a finished file its name. */
export function putInPlace(aside: string, target: string): void {
  if (!isSpecial(target)) {
    fs.renameSync(aside, target);
    return;
  }
  fs.writeFileSync(target, fs.readFileSync(aside));
  fs.rmSync(aside, { force: true });
}

/** Said before any work is done. */
export function checkOutputPath(target: string): void {
  if (target === '-') return;
  if (fs.statSync(target, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw new CommandFailure(EXIT_USAGE, `'${target}' is a folder; -o names the file to write`);
  }
  const folder = path.dirname(target);
  if (!fs.existsSync(folder))
    throw new CommandFailure(EXIT_USAGE, `there is no folder '${folder}' to write '${target}' to`);
}

/** Large results on a pipe need several writes; a reader that has gone away ends the writing quietly. */
function writeAll(descriptor: number, bytes: Uint8Array): void {
  let offset = 0;
  while (offset < bytes.length) {
    try {
      offset += fs.writeSync(descriptor, bytes, offset);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : '';
      if (code === 'EPIPE') return;
      if (code !== 'EAGAIN') throw error;
    }
  }
}
