/** Random expressions on vectors give the same bits on native code at -O0 and -O3, on wasm and on the interpreter, in strict mode.
 *  KILN_FUZZ_COUNT and KILN_FUZZ_SEED choose other numbers (`npm run fuzz:simd`). */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { after, test } from 'node:test';
import type { OptLevel } from '@kiln/compiler/backend/backend.ts';
import { type ExecutorName, Executors } from '../language/executors.ts';
import { simdProgram } from './simd-expressions.ts';

const COUNT = Number(process.env['KILN_FUZZ_COUNT'] ?? 60);
const SEED = Number(process.env['KILN_FUZZ_SEED'] ?? 20260101);
/** Expressions in one program. */
const BATCH = 100;

const WAYS: readonly { readonly executor: ExecutorName; readonly level: OptLevel }[] = [
  { executor: 'interpreter', level: 0 },
  { executor: 'native', level: 0 },
  { executor: 'native', level: 3 },
  { executor: 'wasm', level: 0 },
  // Slow, and its lowering is that of the levels above.
  ...(COUNT > BATCH ? [{ executor: 'wasm', level: 3 } as const] : []),
];

const executors = new Executors();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kiln-simd-'));
after(async () => {
  await executors.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

test(`${COUNT} expressions on vectors, seed ${SEED}: the same bits everywhere`, async () => {
  for (let done = 0; done < COUNT; done += BATCH) {
    const seed = (SEED + done * 7919) >>> 0;
    const { source, expressions } = simdProgram(seed, Math.min(BATCH, COUNT - done));
    const file = path.join(folder, `simd-${seed}.mojo`);
    fs.writeFileSync(file, source);
    let wanted: readonly string[] | null = null;
    for (const { executor, level } of WAYS.filter((way) => Executors.available(way.executor))) {
      const result = await executors.run(executor, file, level);
      assert.equal(result.status, 0, `${executor} -O${level}, seed ${seed}: ${result.stderr}`);
      const lines = result.stdout.trimEnd().split('\n');
      wanted ??= lines;
      const wrong = wanted.findIndex((line, i) => line !== lines[i]);
      if (wrong >= 0)
        assert.equal(lines[wrong], wanted[wrong], `${executor} -O${level}, seed ${seed}: ${expressions[wrong] ?? ''}`);
      assert.equal(lines.length, expressions.length);
    }
  }
});
