/** Native programs under valgrind: no invalid access, no use of uninitialized memory, no wrong free, no leak.
 *  Valgrind knows no AVX-512: programs are built for x86-64-v2. Threads are left out, which valgrind runs one at a time. */
import { spawnSync } from 'node:child_process';
import { Executors } from '../language/executors.ts';

/** Status of a program in which valgrind found something. */
const FOUND = 97;

/** Reports by stack of a finding, not by our own stacks; a leak is a block that nothing points to at the end. */
const FLAGS = [
  '-q',
  '--leak-check=full',
  '--errors-for-leak-kinds=definite,indirect',
  `--error-exitcode=${FOUND}`,
  '--num-callers=12',
];

/** Why there is no valgrind run here; null: it can. */
export function valgrindMissing(): string | null {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'valgrind is used on x86-64 Linux only';
  if (!Executors.available('native')) return 'libLLVM 22 is not installed';
  const found = spawnSync('valgrind', ['--version'], { encoding: 'utf8' });
  return found.status === 0 ? null : 'valgrind is not installed; get it with: apt install valgrind';
}

/** What valgrind says of a program; null: nothing. */
export async function findingsOf(executors: Executors, file: string, level: 0 | 3): Promise<string | null> {
  const program = await executors.build('native', file, level);
  const result = spawnSync('valgrind', [...FLAGS, program], { encoding: 'utf8', timeout: 300_000 });
  if (result.error !== undefined) return result.error.message;
  return result.status === FOUND ? result.stderr : null;
}
