/** Functions with references and changes at random (`accepted-cases.ts`, `shared-cases.ts`): what the compiler accepts of them is sound
 *  (`sound-cases.ts`). KILN_FUZZ_COUNT programs of 100 functions, from KILN_FUZZ_SEED on; `npm run fuzz:accepted` runs many. */
import assert from 'node:assert/strict';
import * as path from 'node:path';
import { after, before, test } from 'node:test';
import { makeWorkplace, type Workplace } from '../cli/kiln.ts';
import { Executors } from '../language/executors.ts';
import { acceptedCases } from './accepted-cases.ts';
import { PRELUDE } from './accepted-prelude.ts';
import type { Case } from './cases.ts';
import { SHARED_PRELUDE, sharedCases } from './shared-cases.ts';
import { CaseRunner, type CaseSort, type Way } from './sound-cases.ts';

const COUNT = Number(process.env['KILN_FUZZ_COUNT'] ?? 1);
const SEED = Number(process.env['KILN_FUZZ_SEED'] ?? 1);

/** LLVM takes most of the time: every fifth program is optimized, every twentieth runs on the other ways too. */
const WAYS: readonly { readonly way: Way; readonly every: number }[] = [
  { way: { executor: 'native', level: 3 }, every: 5 },
  { way: { executor: 'native', level: 0 }, every: 20 },
  { way: { executor: 'wasm', level: 0 }, every: 20 },
];

interface Sort extends CaseSort {
  readonly what: string;
  readonly functions: number;
  /** Of the functions, so many at least are accepted. */
  readonly least: number;
  readonly cases: (seed: number, count: number) => readonly Case[];
}

const SORTS: readonly Sort[] = [
  { what: 'functions', functions: 100, prelude: PRELUDE, hasRings: false, least: 33, cases: acceptedCases },
  {
    what: 'functions over values with several owners',
    functions: 50,
    prelude: SHARED_PRELUDE,
    hasRings: true,
    least: 10,
    cases: sharedCases,
  },
];

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

for (const sort of SORTS) {
  const { what, functions, least, cases } = sort;
  for (let seed = SEED; seed < SEED + COUNT; seed++)
    test(`what is accepted of ${functions} ${what} is sound, seed ${seed}`, async (t) => {
      const runner = new CaseRunner(executors, path.join(place.folder, `${functions}-${seed}.mojo`), sort);
      const accepted = runner.accepted(cases(seed, functions));
      assert.ok(accepted.length >= least, `only ${accepted.length} functions are accepted`);
      const { ended, trapped, output } = await runner.sound(accepted);
      t.diagnostic(`${accepted.length} accepted, ${trapped.length} of which stop on purpose`);
      assert.ok(ended.length >= least / 2, `${trapped.length} functions stop on purpose`);
      for (const { way, every } of WAYS)
        if (seed % every === 0 && Executors.available(way.executor)) await runner.compare(ended, output, way);
    });
}
