/** Programs of `run/`, and the examples that state their output, on every executor: native at -O0 and -O3, wasm, interpreter; each under
 *  the heap check, so that a leak or a double free fails too. Other tests run programs without it. */
import assert from 'node:assert/strict';
import * as path from 'node:path';
import { after, describe, test } from 'node:test';
import { Executors, type ExecutorName, ROOT } from './executors.ts';
import { listPrograms, readRunExpectation, statesOutput } from './expectations.ts';

/** Programs that an executor cannot run, with the reason. This list may only shrink. */
const EXCEPTIONS: ReadonlyMap<string, { readonly executor: ExecutorName; readonly reason: string }> = new Map([]);

/** Programs that leak on purpose, with the reason. */
const LEAKS: ReadonlyMap<string, string> = new Map([]);

const checking = new Executors({ checkHeap: true });
const plain = new Executors();
after(() => Promise.all([checking.close(), plain.close()]));

const WAYS: readonly { readonly executor: ExecutorName; readonly level: 0 | 3 }[] = [
  { executor: 'native', level: 0 },
  { executor: 'native', level: 3 },
  { executor: 'wasm', level: 0 },
  { executor: 'interpreter', level: 0 },
];

const programs = [
  ...listPrograms(path.join(ROOT, 'tests', 'language', 'run')),
  ...listPrograms(path.join(ROOT, 'examples')).filter(statesOutput),
];

for (const file of programs) {
  const name = path.basename(file, '.mojo');
  describe(name, () => {
    for (const { executor, level } of WAYS) {
      const exception = EXCEPTIONS.get(name);
      const skip = !Executors.available(executor)
        ? 'libLLVM 22 is not installed'
        : exception?.executor === executor
          ? exception.reason
          : false;
      const leak = LEAKS.get(name);
      const executors = leak === undefined ? checking : plain;
      test(`${executor} -O${level}${leak === undefined ? '' : ` (heap not checked: ${leak})`}`, { skip }, async () => {
        const expected = readRunExpectation(file);
        const result = await executors.run(executor, file, level);
        assert.equal(result.stdout, expected.output, result.stderr);
        assert.equal(result.status, expected.status, result.stderr);
      });
    }
  });
}
