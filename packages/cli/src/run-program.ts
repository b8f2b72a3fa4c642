/** Starts a finished program with Kiln's own standard streams and reports how it ended.
 *  In: an artefact and its arguments.  Out: the exit status, signals as 128+N. The launcher uses this on every run. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Artefact } from './cache.ts';
import { CommandFailure, EXIT_ENVIRONMENT, EXIT_TRAP, say } from './exit-status.ts';

/** Ended by somebody's wish, or with a message of its own: no further words. */
const SILENT_SIGNALS: ReadonlySet<string> = new Set([
  'SIGINT',
  'SIGTERM',
  'SIGHUP',
  'SIGPIPE',
  'SIGILL',
  'SIGTRAP',
  'SIGKILL',
]);
const FORWARDED: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

export interface ProgramRequest {
  readonly artefact: Artefact;
  /** What the program sees as its own name. */
  readonly programName: string;
  readonly programArguments: readonly string[];
  /** The script that runs a wasm module, and Node's flags for it. */
  readonly wasmScript: string;
  readonly wasmFlags: readonly string[];
}

export async function runProgram(request: ProgramRequest): Promise<number> {
  const { artefact, programArguments } = request;
  if (artefact.kind === 'wasm') {
    const words = [...request.wasmFlags, request.wasmScript, artefact.path, request.programName, ...programArguments];
    return spawnAndWait(process.execPath, words, process.argv0);
  }
  // A file just written may still be open for writing in a process that another thread forked meanwhile.
  for (let attempt = 0; ; attempt++) {
    try {
      return await spawnAndWait(artefact.path, programArguments, request.programName);
    } catch (error) {
      const code = codeOf(error);
      if (code === 'ETXTBSY' && attempt < 20) await new Promise((resolve) => setTimeout(resolve, 5 + attempt * 5));
      else throw cannotStart(artefact.path, code, error);
    }
  }
}

function cannotStart(file: string, code: string, error: unknown): CommandFailure {
  if (code === 'EACCES') {
    return new CommandFailure(
      EXIT_ENVIRONMENT,
      `programs cannot be executed in the folder of ${file}; set KILN_CACHE_DIR to one where they can`,
    );
  }
  if (code === 'E2BIG')
    return new CommandFailure(EXIT_ENVIRONMENT, "the program's arguments are too long for this system");
  const detail = error instanceof Error ? error.message : String(error);
  return new CommandFailure(EXIT_ENVIRONMENT, `the program could not be started: ${detail}`);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function spawnAndWait(file: string, words: readonly string[], argv0: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, words, { stdio: 'inherit', argv0 });
    // A terminal sends Ctrl-C to both; Kiln waits for the program to decide. What reaches Kiln alone is passed on.
    const forward = (signal: NodeJS.Signals): void => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    };
    for (const signal of FORWARDED) process.on(signal, forward);
    const finish = (): void => {
      for (const signal of FORWARDED) process.off(signal, forward);
    };
    child.on('error', (error) => {
      finish();
      reject(error);
    });
    child.on('exit', (code, signal) => {
      finish();
      resolve(statusOf(code, signal));
    });
  });
}

function statusOf(code: number | null, signal: NodeJS.Signals | null): number {
  if (code !== null) return code;
  if (signal === null) return EXIT_TRAP;
  if (!SILENT_SIGNALS.has(signal)) say(`the program was ended by ${signal}`);
  // A trap instruction is SIGILL on x86 and SIGTRAP on Arm.
  if (signal === 'SIGTRAP') return EXIT_TRAP;
  return 128 + (constants.signals[signal] ?? 0);
}
