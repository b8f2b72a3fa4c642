/** Programs of `run/` on every executor: native at -O0 and -O3, wasm, interpreter. */
import assert from 'node:assert/strict';
import * as path from 'node:path';
import { after, describe, test } from 'node:test';
import { Executors, type ExecutorName, ROOT } from './executors.ts';
import { listPrograms, readRunExpectation } from './expectations.ts';

/** Programs that an executor cannot run, with the reason. This list may only shrink. */
const EXCEPTIONS: ReadonlyMap<string, { readonly executor: ExecutorName; readonly reason: string }> = new Map([]);

const executors = new Executors();
after(() => executors.close());

const WAYS: readonly { readonly executor: ExecutorName; readonly level: 0 | 3 }[] = [
  { executor: 'native', level: 0 },
  { executor: 'native', level: 3 },
  { executor: 'wasm', level: 0 },
  { executor: 'interpreter', level: 0 },
];

for (const file of listPrograms(path.join(ROOT, 'tests', 'language', 'run'))) {
  const name = path.basename(file, '.mojo');
  describe(name, () => {
    for (const { executor, level } of WAYS) {
      const exception = EXCEPTIONS.get(name);
      const skip = !Executors.available(executor)
        ? 'libLLVM 22 is not installed'
        : exception?.executor === executor
          ? exception.reason
          : false;
      test(`${executor} -O${level}`, { skip }, async () => {
        const expected = readRunExpectation(file);
        const result = await executors.run(executor, file, level);
        assert.equal(result.stdout, expected.output, result.stderr);
        assert.equal(result.status, expected.status);
      });
    }
  });
}
