/** The programs that the mission was written around, read where they lie beside the checkout; skipped by name in a checkout
 *  without that folder. `.out`: exact output; `.err`: line of the first error, then lower-case parts of the report (`a||b`: either). */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { after, describe, test } from 'node:test';
import { renderText } from '@kiln/render/text.ts';
import { compileFile, Executors, type ExecutorName, ROOT } from './executors.ts';
import { listPrograms } from './expectations.ts';

const SEED = path.join(ROOT, '..', 'shared', 'seed');
const executors = new Executors();
after(() => executors.close());

const EXECUTORS: readonly ExecutorName[] = ['native', 'wasm', 'interpreter'];

if (!fs.existsSync(SEED)) test('seed programs', { skip: `${path.relative(ROOT, SEED)} is not here` }, () => {});

for (const file of listPrograms(SEED)) {
  const name = path.basename(file, '.mojo');
  const base = file.slice(0, -'.mojo'.length);
  if (fs.existsSync(`${base}.out`)) {
    describe(`seed ${name}`, () => {
      for (const executor of EXECUTORS) {
        test(executor, { skip: Executors.available(executor) ? false : 'libLLVM 22 is not installed' }, async () => {
          const result = await executors.run(executor, file, 3);
          assert.equal(result.stdout, fs.readFileSync(`${base}.out`, 'utf8'), result.stderr);
          assert.equal(result.status, 0);
        });
      }
    });
  } else {
    test(`seed ${name} is rejected`, () => {
      const [line = '', ...parts] = fs.readFileSync(`${base}.err`, 'utf8').split('\n');
      const outcome = compileFile(file, executors.optionsFor('wasm', 0), false);
      assert.equal(outcome.internalFailure, null, outcome.internalFailure?.stack);
      const rendering = { color: false, width: 120, fallbackPath: path.basename(file) };
      const text = renderText(outcome.diagnostics, outcome.sources, rendering);
      assert.ok(text.includes(`${path.basename(file)}:${line.trim()}:`), text);
      for (const part of parts.filter((entry) => entry.trim() !== ''))
        assert.ok(
          part.split('||').some((choice) => text.toLowerCase().includes(choice.trim())),
          `"${part}" is missing in:\n${text}`,
        );
      assert.equal(outcome.errorCount, 1, text);
    });
  }
}
