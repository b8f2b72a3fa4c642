/** Calls with overlapping arguments (`alias-calls.ts`): the interpreter, which passes places and optimizes nothing, and optimized native code
 *  print the same. KILN_FUZZ_COUNT programs of 60 calls, from KILN_FUZZ_SEED on; `npm run fuzz:aliases` runs many. */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { after, before, test } from 'node:test';
import { libLlvmInstalled } from '../../packages/backend-native/src/libllvm.ts';
import { makeWorkplace, type Workplace } from '../cli/kiln.ts';
import { compileFile, Executors } from '../language/executors.ts';
import type { Case } from '../ownership/cases.ts';
import { aliasCases, aliasProgram } from './alias-calls.ts';

const COUNT = Number(process.env['KILN_FUZZ_COUNT'] ?? 1);
const SEED = Number(process.env['KILN_FUZZ_SEED'] ?? 1);
const CALLS = 60;

let place: Workplace;
let executors: Executors;
before(() => {
  place = makeWorkplace();
  executors = new Executors();
});
after(async () => {
  await executors.close();
  place.remove();
});

/** The program of those cases that the compiler accepts. */
function acceptedProgram(file: string, cases: readonly Case[]): readonly Case[] {
  const { text, caseOfLine } = aliasProgram(cases);
  fs.writeFileSync(file, text);
  const { diagnostics, internalFailure } = compileFile(file, executors.optionsFor('native', 3), true);
  assert.equal(internalFailure, null);
  const refused = new Set<number | undefined>();
  for (const { severity, primary } of diagnostics)
    if (severity === 'error') refused.add(caseOfLine.get(text.slice(0, primary?.span.start ?? 0).split('\n').length));
  if (refused.size === 0) return cases;
  assert.ok(!refused.has(undefined), 'an error outside the cases');
  return acceptedProgram(
    file,
    cases.filter(({ number }) => !refused.has(number)),
  );
}

const options = { skip: libLlvmInstalled() ? false : 'needs libLLVM 22' } as const;
for (let seed = SEED; seed < SEED + COUNT; seed++) {
  test(`calls with overlapping arguments, seed ${seed}`, options, async () => {
    const file = path.join(place.folder, `aliases-${seed}.mojo`);
    const accepted = acceptedProgram(file, aliasCases(seed, CALLS));
    assert.ok(accepted.length > CALLS / 3, `only ${accepted.length} calls are accepted`);
    const native = await executors.run('native', file, 3);
    const interpreted = await executors.run('interpreter', file, 0);
    assert.equal(native.status, 0, native.stderr);
    assert.equal(native.stdout, interpreted.stdout);
  });
}
