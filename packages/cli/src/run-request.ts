/** The key of a `kiln run` request: everything that decides its answer besides the contents of files.
 *  Shared by the launcher, which looks requests up, and the `run` command, which stores them. */
import { hostTarget } from '@kiln/backend-native/host-target.ts';
import { keyOf } from './cache.ts';
import type { CommandLine } from './command-line.ts';

/** Options that change what is said, not what is built; the answer is stored without them. */
const WITHOUT_EFFECT: ReadonlySet<string> = new Set(['verbose', 'diagnostic-format']);

/** Options that must see the compiler at work. */
const NEEDS_COMPILER = ['emit', 'output', 'no-cache', 'time-report', 'help', 'version'];

/** The key, or null if this command line is not to be answered from the cache. The folder of the bundles stands for the compiler
 *  and for the library beside it: the files that an answer lists are those of its own installation. */
export function runRequestKey(line: CommandLine, buildFolder: string): string | null {
  const [file, ...more] = line.files;
  if (line.command !== 'run' || file === undefined || more.length > 0) return null;
  if (NEEDS_COMPILER.some((name) => line.values.has(name)) || line.values.get('backend') === 'interp') return null;
  const options = [...line.values]
    .filter(([name]) => !WITHOUT_EFFECT.has(name))
    .map(([name, value]) => `${name}=${(line.lists.get(name) ?? [value]).join('\0')}`)
    .sort();
  const cpu = hostTarget(line.values.get('target-cpu') ?? 'native', line.values.get('target-features') ?? '');
  const environment = ['KILN_LLVM', 'KILN_LINKER'].map((name) => process.env[name] ?? '');
  return keyOf([buildFolder, process.cwd(), file, cpu.fingerprint, process.platform, ...environment, ...options]);
}
