/** `npm run fuzz:library [-- ROUNDS]`: the properties of the library against their model, a million rounds each unless told otherwise, from a
 *  seed that the clock gives (KILN_FUZZ_SEED chooses another). */
import { spawnSync } from 'node:child_process';

const rounds = process.argv[2] ?? '1000000';
const seed = process.env.KILN_FUZZ_SEED ?? String(Date.now() % 1_000_000_007);
process.stdout.write(`${rounds} rounds, seed ${seed}\n`);
const result = spawnSync(process.execPath, ['scripts/test.mjs', 'fuzz/library'], {
  stdio: 'inherit',
  env: { ...process.env, KILN_FUZZ_COUNT: rounds, KILN_FUZZ_SEED: seed },
});
process.exitCode = result.status ?? 1;
