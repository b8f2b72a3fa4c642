/** Programs of `check/`: the exact set of errors, by line and code. */
import assert from 'node:assert/strict';
import * as path from 'node:path';
import { describe, test } from 'node:test';
import { buildLineTable, lineAndColumn } from '@kiln/compiler/base/span.ts';
import { compileFile, Executors, ROOT } from './executors.ts';
import { listPrograms, readExpectedErrors } from './expectations.ts';

const options = new Executors().optionsFor('wasm', 0);

describe('rejected programs', () => {
  for (const file of listPrograms(path.join(ROOT, 'tests', 'language', 'check'))) {
    test(path.basename(file, '.mojo'), () => {
      const outcome = compileFile(file, options, false);
      assert.equal(outcome.internalFailure, null, outcome.internalFailure?.stack);
      const found = outcome.diagnostics
        .filter((diagnostic) => diagnostic.severity === 'error')
        .map((diagnostic) => {
          const span = diagnostic.primary?.span;
          const text = span === undefined ? '' : (outcome.sources.get(span.file)?.text ?? '');
          const line = span === undefined ? 0 : lineAndColumn(buildLineTable(text), span.start).line;
          // What helps is part of what is said.
          const message = [diagnostic.message, ...diagnostic.notes].join('\n');
          return { line, code: diagnostic.code, message };
        });
      const expected = readExpectedErrors(file);
      assert.deepEqual(
        found.map((entry) => `${entry.line} ${entry.code}`).sort(),
        expected.map((entry) => `${entry.line} ${entry.code}`).sort(),
        found.map((entry) => `${entry.line}: ${entry.code} ${entry.message}`).join('\n'),
      );
      for (const want of expected)
        assert.ok(
          found.some((entry) => entry.line === want.line && entry.message.includes(want.text)),
          `line ${want.line} should say "${want.text}"`,
        );
    });
  }
});
