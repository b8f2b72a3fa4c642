/** Random ownership programs: native code at both levels, wasm and the interpreter print what the reference model says, with a balanced
 *  heap; and programs that are wrong on purpose are rejected where they are wrong. `npm run fuzz` does the same with many more seeds. */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { after, describe, test } from 'node:test';
import { Executors } from '../language/executors.ts';
import { makeBatch } from './batch.ts';
import { errorLines, makeMutants, missesOf } from './mutants.ts';
import { printPrograms } from './print-program.ts';
import { BatchRunner, WAYS } from './run-batch.ts';
import { wrongByTemplate } from './templates.ts';

const SEEDS = 150;
/** LLVM as WebAssembly takes its time. */
const SEEDS_ON_WASM = 50;
const MUTANTS = 100;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kiln-ownership-'));
const runner = new BatchRunner(folder);
after(async () => {
  await runner.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

describe(`${SEEDS} seeds of random ownership programs`, () => {
  const batch = makeBatch(1, SEEDS);
  const first = makeBatch(1, SEEDS_ON_WASM);
  for (const way of WAYS) {
    const skip = Executors.available(way.executor) ? false : 'libLLVM 22 is not installed';
    test(`${way.executor} -O${way.level}${way.checkHeap ? ', heap checked' : ''}${way.olderWords ? ', in older words' : ''}`, {
      skip,
    }, async () => {
      const problems = await runner.run(way.executor === 'wasm' ? first : batch, way);
      assert.equal(problems.length, 0, problems.slice(0, 3).join('\n'));
    });
  }

  test('what the model rejects is rejected', () => {
    assert.ok(batch.rejected.length < SEEDS / 4);
    const programs = batch.rejected.map((entry) => entry.program);
    const lines = errorLines(printPrograms(programs)).map((error) => error.line);
    for (const { seed, functions } of programs) {
      const text = JSON.stringify(functions);
      const own = [...text.matchAll(/"line":(\d+)/g)].map((match) => Number(match[1]));
      const [first, last] = [Math.min(...own) - 1, Math.max(...own) + 1];
      assert.ok(
        lines.some((line) => line >= first && line <= last),
        `seed ${seed} is accepted`,
      );
    }
  });
});

test(`${MUTANTS} mutants are rejected at their faults`, () => {
  const misses = missesOf(makeMutants(10_000, MUTANTS));
  assert.deepEqual(
    misses.map(({ mutant, why }) => `seed ${mutant.program.seed}, ${mutant.what}: ${why}`),
    [],
  );
});

test('mistakes by template are rejected at their lines, and only there', () => {
  for (const { what, text, wrong } of wrongByTemplate()) {
    const found = errorLines(text).map((error) => error.line);
    assert.deepEqual([...new Set(found)].sort(), [...wrong].sort(), what);
  }
});
