/** `kiln build --emit c-header`: a C and a C++ compiler take the header without a warning, and the calls give what they should. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { after, before, test } from 'node:test';
import { libLlvmInstalled } from '@kiln/backend-native/libllvm.ts';
import { makeWorkplace, ROOT, type Workplace } from '../cli/kiln.ts';

const HERE = path.join(ROOT, 'tests', 'interop');
const EXPECTED = [
  '1 32',
  'lengths differ: 3 and 2',
  '2 4 6',
  '3 1152921504606846976',
  '-6000000 18446744073709551613 0',
  'hello, C 8',
  '4 9',
  '1 2',
  '0 2.5 0',
  '1 3 2',
  '1 2 ab',
  '5 7 7',
  '3',
  '',
].join('\n');

let place: Workplace;
before(() => {
  place = makeWorkplace();
});
after(() => place.remove());

for (const [compiler, standard] of [
  ['gcc', '-std=c99'],
  ['g++', '-std=c++11'],
] as const) {
  const skip =
    process.platform !== 'linux' || !libLlvmInstalled()
      ? 'needs the native backend'
      : spawnSync(compiler, ['--version']).error !== undefined
        ? `there is no ${compiler}`
        : false;
  test(`calls from ${compiler}`, { skip }, () => {
    const built = place.kiln(['build', '--emit', 'c-header', path.join(HERE, 'kernels.mojo')]);
    assert.equal(built.status, 0, built.stderr);
    const language = compiler === 'g++' ? ['-x', 'c++'] : [];
    const words = [
      standard,
      '-Wall',
      '-Wextra',
      '-Werror',
      '-O2',
      `-I${place.folder}`,
      `-L${place.folder}`,
      ...language,
    ];
    const made = spawnSync(
      compiler,
      [...words, path.join(HERE, 'caller.c'), '-lkernels', '-Wl,-rpath,$ORIGIN', '-o', 'caller'],
      {
        cwd: place.folder,
        encoding: 'utf8',
      },
    );
    assert.equal(made.status, 0, made.stderr);
    const run = spawnSync(path.join(place.folder, 'caller'), { encoding: 'utf8' });
    assert.equal(run.stdout, EXPECTED);
  });
}
