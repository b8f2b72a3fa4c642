/** A sample of the language's programs and of the random ones under valgrind; `npm run sanitize` takes all. */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { after, test } from 'node:test';
import { Executors, ROOT } from '../language/executors.ts';
import { makeBatch } from '../ownership/batch.ts';
import { findingsOf, valgrindMissing } from './valgrind.ts';

const SAMPLE = ['collections', 'closure_captures', 'drops_try_finally', 'strings'];
const SEEDS = 30;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kiln-sanitize-'));
const executors = new Executors({ checkHeap: false, cpu: 'x86-64-v2' });
after(async () => {
  fs.rmSync(folder, { recursive: true, force: true });
  await executors.close();
});
const skip = valgrindMissing() ?? false;

for (const name of SAMPLE)
  test(`valgrind: ${name}`, { skip }, async () => {
    assert.equal(await findingsOf(executors, path.join(ROOT, 'tests', 'language', 'run', `${name}.mojo`), 0), null);
  });

test(`valgrind: ${SEEDS} random ownership programs`, { skip }, async () => {
  const file = path.join(folder, 'batch.mojo');
  fs.writeFileSync(file, makeBatch(1, SEEDS).text);
  assert.equal(await findingsOf(executors, file, 3), null);
});
