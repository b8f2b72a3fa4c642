/** Properties of the library against a model: random operations in a Mojo program, the same operations here, the same lines expected.
 *  A fixed seed, printed; KILN_FUZZ_COUNT and KILN_FUZZ_SEED choose others. */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { after, test } from 'node:test';
import { Executors, ROOT } from '../language/executors.ts';
import { containerLines, numberLines, textLines } from './library-model.ts';

const COUNT = Number(process.env['KILN_FUZZ_COUNT'] ?? 1000);
const SEED = Number(process.env['KILN_FUZZ_SEED'] ?? 20260101);

const executors = new Executors();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kiln-library-'));
after(async () => {
  await executors.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

const TOPICS: readonly (readonly [name: string, model: (seed: number, count: number) => string[]])[] = [
  ['containers', containerLines],
  ['text', textLines],
  ['numbers', numberLines],
];

for (const [name, model] of TOPICS) {
  const skip = Executors.available('native') ? false : 'libLLVM 22 is not installed';
  test(`${name}: ${COUNT} rounds, seed ${SEED}`, { skip }, async () => {
    const source = fs.readFileSync(path.join(ROOT, 'tests', 'fuzz', 'library', `${name}.mojo`), 'utf8');
    // A million rounds are many programs with other seeds.
    for (let done = 0; done < COUNT; done += 20_000) {
      const count = Math.min(COUNT - done, 20_000);
      const seed = ((SEED + done) >>> 0) | 1;
      const file = path.join(folder, `${name}-${seed}.mojo`);
      fs.writeFileSync(
        file,
        source.replace('SEED: UInt32 = 1', `SEED: UInt32 = ${seed}`).replace('COUNT = 1000', `COUNT = ${count}`),
      );
      const result = await executors.run('native', file, 3);
      assert.equal(result.status, 0, result.stderr);
      const lines = result.stdout.split('\n');
      const wanted = model(seed, count);
      const wrong = wanted.findIndex((line, index) => line !== lines[index]);
      if (wrong >= 0) assert.equal(lines[wrong], wanted[wrong], `line ${wrong + 1} of ${name}, seed ${seed}`);
      assert.equal(lines.length, wanted.length + 1, 'number of lines');
    }
  });
}
