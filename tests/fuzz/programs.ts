/** Changed programs that still compile, on two executors: the interpreter, which checks each access to memory, and native code. They must print
 *  the same and end the same way, without a leak, a double free or a crash. Run by `npm run fuzz:programs`; KILN_FUZZ_COUNT and
 *  KILN_FUZZ_SEED choose how many and which. Programs are those of `tests/language/run` without unsafe names; what fails is kept in `.kiln`. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { describeErrors, compileFile, Executors, type ProgramResult, ROOT } from '../language/executors.ts';
import { listPrograms } from '../language/expectations.ts';
import { Dice } from '../ownership/random.ts';
import { changed } from './change-program.ts';

const COUNT = Number(process.env['KILN_FUZZ_COUNT'] ?? 200);
const SEED = Number(process.env['KILN_FUZZ_SEED'] ?? 1);

/** What may crash, or depends on the time, the machine or the order of threads. */
const EXCLUDED =
  /unsafe|UnsafePointer|untracked|Untracked|external_call|__intrinsic|_call_|parallelize|perf_counter|std\.time|std\.python|std\.os|std\.sys|argv|getenv|input\(|open\(|Atomic|random|address_of|Pointer\[/;

/** Statuses of a program that ended by itself: all well, an uncaught error, a trap. */
const ENDS: readonly (number | null)[] = [0, 1, 132];

interface Finding {
  readonly seed: number;
  readonly why: string;
}

const executors = new Executors({ checkHeap: true });
const programs = [path.join(ROOT, 'tests', 'language', 'run'), ...(process.env['KILN_FUZZ_FOLDERS']?.split(':') ?? [])]
  .flatMap((folder) => listPrograms(folder))
  .map((file) => fs.readFileSync(file, 'utf8'))
  .filter((text) => !EXCLUDED.test(text));
const folder = path.join(ROOT, '.kiln');
fs.mkdirSync(folder, { recursive: true });

async function tryOne(seed: number): Promise<'rejected' | 'skipped' | 'ran' | Finding> {
  const dice = new Dice(seed);
  const text = changed(dice.pick(programs) ?? '', dice);
  if (EXCLUDED.test(text)) return 'skipped';
  const file = path.join(folder, `program-${seed}.mojo`);
  fs.writeFileSync(file, text);
  const found = await verdictOf(file);
  if (typeof found === 'string') {
    fs.rmSync(file);
    return found;
  }
  return { seed, why: found.why };
}

async function verdictOf(file: string): Promise<'rejected' | 'skipped' | 'ran' | { readonly why: string }> {
  const outcome = compileFile(file, executors.optionsFor('native', 0), true);
  if (outcome.internalFailure !== null) return { why: `check: ${describeErrors(outcome)}` };
  if (outcome.diagnostics.some((entry) => entry.severity === 'error')) return 'rejected';
  let native: ProgramResult;
  try {
    native = await executors.run('native', file, 0, 5000);
  } catch (error) {
    const message = String(error);
    // What only elaboration can decide is an error of the program.
    return /internal|InternalError|position/.test(message) ? { why: `native: ${message}` } : 'rejected';
  }
  if (native.timedOut === true) return 'skipped';
  if (!ENDS.includes(native.status))
    return { why: `native ended with ${native.status}: ${native.stderr.slice(0, 400)}` };
  let interpreted: ProgramResult;
  try {
    interpreted = await executors.run('interpreter', file, 0);
  } catch (error) {
    return { why: `interpreter: ${String(error)}` };
  }
  if (interpreted.status !== native.status)
    return {
      why: `native ended with ${native.status}, the interpreter with ${interpreted.status}: ${interpreted.stderr.slice(0, 400)}`,
    };
  if (interpreted.stdout !== native.stdout) return { why: 'native code and the interpreter print differently' };
  return 'ran';
}

const counts = { rejected: 0, skipped: 0, ran: 0 };
const findings: Finding[] = [];
for (let i = 0; i < COUNT; i++) {
  const result = await tryOne(SEED * 1_000_000 + i);
  if (typeof result === 'string') counts[result]++;
  else {
    findings.push(result);
    console.log(`.kiln/program-${result.seed}.mojo: ${result.why}`);
  }
}
await executors.close();
console.log(
  `${COUNT} programs: ${counts.ran} ran alike, ${counts.rejected} rejected, ${counts.skipped} skipped, ${findings.length} failed`,
);
process.exitCode = findings.length === 0 ? 0 : 1;
