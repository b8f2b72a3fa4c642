/** Functions with references and changes at random (`accepted-cases.ts`, `shared-cases.ts`): what the compiler accepts of them reaches no dead value, frees all
 *  that it allocates once, and means the same when optimized. KILN_FUZZ_COUNT programs of 100 functions, from KILN_FUZZ_SEED on;
 *  `npm run fuzz:accepted` runs many. */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { after, before, test } from 'node:test';
import { makeWorkplace, type Workplace } from '../cli/kiln.ts';
import { compileFile, type ExecutorName, Executors } from '../language/executors.ts';
import { acceptedCases, programOf } from './accepted-cases.ts';
import type { Case } from './cases.ts';
import { SHARED_PRELUDE, sharedCases } from './shared-cases.ts';

const COUNT = Number(process.env['KILN_FUZZ_COUNT'] ?? 1);
const SEED = Number(process.env['KILN_FUZZ_SEED'] ?? 1);
const FUNCTIONS = 100;
/** They are longer. */
const SHARED_FUNCTIONS = 50;

let place: Workplace;
let executors: Executors;
before(() => {
  place = makeWorkplace();
  executors = new Executors({ checkHeap: true });
});
after(async () => {
  await executors.close();
  place.remove();
});

/** Those cases that the compiler accepts. */
function accepted(file: string, cases: readonly Case[], prelude?: string): readonly Case[] {
  const { text, caseOfLine } = programOf(cases, prelude);
  fs.writeFileSync(file, text);
  const { diagnostics, internalFailure } = compileFile(file, executors.optionsFor('interpreter', 0), true);
  assert.equal(internalFailure, null);
  const refused = new Set<number | undefined>();
  for (const { severity, primary, message } of diagnostics) {
    if (severity !== 'error') continue;
    const line = text.slice(0, primary?.span.start ?? 0).split('\n').length;
    assert.ok(caseOfLine.has(line), `outside the cases, line ${line}: ${message}`);
    refused.add(caseOfLine.get(line));
  }
  if (refused.size === 0) return cases;
  return accepted(
    file,
    cases.filter(({ number }) => !refused.has(number)),
    prelude,
  );
}

interface Outcome {
  readonly output: string;
  /** null: nothing was wrong. */
  readonly problem: string | null;
}

async function outcomeOf(file: string, cases: readonly Case[], executor: ExecutorName, level: 0 | 3): Promise<Outcome> {
  fs.writeFileSync(file, programOf(cases).text);
  try {
    const { status, stdout, stderr } = await executors.run(executor, file, level);
    const isSound = status === 0 && stderr === '' && !stdout.includes('DEAD');
    return { output: stdout, problem: isSound ? null : `status ${status}: ${stderr.slice(0, 400)}` };
  } catch (error) {
    // Freed memory that is used as an address stops the interpreter.
    return { output: '', problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Where two arguments turn out to be one value, the program ends on purpose. */
const APART = 'in use through another of its owners';

/** Runs the cases; one that ends the program on purpose is left out then. */
async function soundOf(file: string, cases: readonly Case[], prelude: string): Promise<readonly Case[]> {
  fs.writeFileSync(file, programOf(cases, prelude).text);
  const { stdout, stderr } = await executors.run('interpreter', file, 0);
  const last = [...stdout.matchAll(/^(?:\d+: )?case (\d+)$/gm)].at(-1)?.[1];
  if (stdout.includes('DEAD')) {
    const dead = /case (\d+)\n(?:(?!.*case ).*\n)*?.*DEAD/.exec(stdout)?.[1];
    assert.fail(`a dead value was used:\n${cases.find(({ number }) => String(number) === dead)?.text ?? stdout}`);
  }
  assert.doesNotMatch(stderr, /twice|after it was freed|not allocated|beyond its end/);
  if (!stdout.includes(APART)) return cases;
  return soundOf(
    file,
    cases.filter(({ number }) => String(number) !== last),
    prelude,
  );
}

/** The cases that fail alone. */
async function guilty(file: string, cases: readonly Case[], executor: ExecutorName, level: 0 | 3): Promise<string> {
  const found: string[] = [];
  const search = async (part: readonly Case[]): Promise<void> => {
    if ((await outcomeOf(file, part, executor, level)).problem === null) return;
    if (part.length === 1) {
      found.push(part[0]?.text ?? '');
      return;
    }
    const middle = part.length >> 1;
    await search(part.slice(0, middle));
    await search(part.slice(middle));
  };
  await search(cases);
  return found.length > 0 ? found.join('') : 'the cases only fail together';
}

/** LLVM takes most of the time: every fifth program. */
const native = Executors.available('native');
for (let seed = SEED; seed < SEED + COUNT; seed++) {
  test(`what is accepted of ${FUNCTIONS} functions is sound, seed ${seed}`, async () => {
    const file = path.join(place.folder, `accepted-${seed}.mojo`);
    const cases = accepted(file, acceptedCases(seed, FUNCTIONS));
    assert.ok(cases.length > FUNCTIONS / 3, `only ${cases.length} functions are accepted`);
    const interpreted = await outcomeOf(file, cases, 'interpreter', 0);
    if (interpreted.problem !== null)
      assert.fail(`${interpreted.problem}\n${await guilty(file, cases, 'interpreter', 0)}`);
    if (!native || seed % 5 !== 0) return;
    const optimized = await outcomeOf(file, cases, 'native', 3);
    if (optimized.problem !== null) assert.fail(`${optimized.problem}\n${await guilty(file, cases, 'native', 3)}`);
    assert.equal(optimized.output, interpreted.output);
  });
}

for (let seed = SEED; seed < SEED + COUNT; seed++) {
  test(`what is accepted of ${SHARED_FUNCTIONS} functions over values with several owners is sound, seed ${seed}`, async () => {
    const file = path.join(place.folder, `shared-${seed}.mojo`);
    const cases = accepted(file, sharedCases(seed, SHARED_FUNCTIONS), SHARED_PRELUDE);
    assert.ok(cases.length > SHARED_FUNCTIONS / 5, `only ${cases.length} functions are accepted`);
    await soundOf(file, cases, SHARED_PRELUDE);
  });
}
