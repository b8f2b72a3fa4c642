/** `npm run fuzz -- [--seeds N] [--from SEED] [--mutants N] [--on native,wasm,interpreter]`: random ownership programs and mutants at length. A program on which an
 *  executor and the reference model differ is made smaller and kept under .kiln/. Default: 2,000 seeds and 1,000 mutants. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { Executors, ROOT } from '../language/executors.ts';
import { type Batch, batchOf, makeBatch } from './batch.ts';
import { minimize } from './minimize.ts';
import { errorLines, makeMutants, missesOf } from './mutants.ts';
import { printPrograms } from './print-program.ts';
import { BatchRunner, type Way, WAYS } from './run-batch.ts';
import { wrongByTemplate } from './templates.ts';

const BATCH = 100;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '2000' },
    from: { type: 'string', default: '1' },
    mutants: { type: 'string', default: '1000' },
    on: { type: 'string', default: 'native,wasm,interpreter' },
  },
});
const seeds = Number(values.seeds);
const from = Number(values.from);
const mutants = Number(values.mutants);
const chosen = values.on.split(',');
const ways = WAYS.filter(({ executor }) => chosen.includes(executor) && Executors.available(executor));

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kiln-fuzz-'));
const kept = path.join(ROOT, '.kiln');
const runner = new BatchRunner(folder);
let failures = 0;

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** The smallest program found that still fails this way. */
async function keep(batch: Batch, seed: number, way: Way): Promise<void> {
  const program = batch.programs.find((entry) => entry.seed === seed);
  const failure = program === undefined ? null : await runner.failure(program, way);
  if (program === undefined || failure === null) {
    say(`  seed ${seed} does not fail alone`);
    return;
  }
  // The same kind of failure: leaving out what catches an error makes a program that is refused for other reasons.
  const small = await minimize(program, async (candidate) => (await runner.failure(candidate, way)) === failure);
  fs.mkdirSync(kept, { recursive: true });
  const file = path.join(kept, `ownership-${seed}-${way.executor}-O${way.level}.mojo`);
  const { expected } = batchOf([small]);
  fs.writeFileSync(file, `# expected: ${expected.get(seed) ?? ''}\n${printPrograms([small])}`);
  say(`  made smaller: ${path.relative(ROOT, file)}`);
}

async function runBatch(batch: Batch, way: Way): Promise<void> {
  let problems: string[];
  try {
    problems = await runner.run(batch, way);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    problems = [`the whole batch fails: ${message.slice(0, 1000)}`];
    fs.mkdirSync(kept, { recursive: true });
    fs.writeFileSync(path.join(kept, 'ownership-batch.mojo'), batch.text);
  }
  for (const problem of problems) {
    failures++;
    say(`${way.executor} -O${way.level}: ${problem}`);
    const seed = /^seed (\d+)/.exec(problem)?.[1];
    if (seed !== undefined) await keep(batch, Number(seed), way);
  }
}

try {
  let accepted = 0;
  for (let first = from; first < from + seeds; first += BATCH) {
    const batch = makeBatch(first, Math.min(BATCH, from + seeds - first));
    accepted += batch.programs.length;
    for (const way of ways) await runBatch(batch, way);
    say(`seeds ${first} to ${first + BATCH - 1}: ${batch.programs.length} valid programs, ${failures} failures so far`);
  }
  say(`${accepted} valid programs of ${seeds} seeds in ${ways.length} ways, ${failures} failures`);
  for (let done = 0; done < mutants; done += BATCH) {
    const misses = missesOf(makeMutants(100_000 + from + done * 3, Math.min(BATCH, mutants - done)));
    for (const { mutant, why } of misses) {
      failures++;
      say(`mutant of seed ${mutant.program.seed} (${mutant.what}): ${why}`);
    }
  }
  let templates = 0;
  for (const { what, text, wrong } of wrongByTemplate()) {
    const found = [...new Set(errorLines(text).map((error) => error.line))];
    templates += wrong.length;
    if (wrong.every((line) => found.includes(line))) continue;
    failures++;
    say(`${what}: errors at ${found.join(', ')} instead of ${wrong.join(', ')}`);
  }
  say(`${mutants} mutants and ${templates} mistakes by template; ${failures} failures in all`);
} finally {
  await runner.close();
  fs.rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failures === 0 ? 0 : 1;
