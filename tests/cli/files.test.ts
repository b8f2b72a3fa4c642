/** Files, paths, temporary files, the environment and the clock: the same program natively and under WASI. */
import assert from 'node:assert/strict';
import * as path from 'node:path';
import { after, before, test } from 'node:test';
import { makeWorkplace, ROOT, type Workplace } from './kiln.ts';

let place: Workplace;
before(() => {
  place = makeWorkplace();
});
after(() => place.remove());

const OUTPUT = `True
line 1 True 2 two
17
[line 1, 2 two, last, more]
True True True False 22 a.txt
True True 22
none: True
True True True
[a.txt, link, x, z]
False False True
via path True True False b.tar.gz .gz 8
[1, 2, 3] a/b/c True [, usr, lib, x]
2 True
a/b/c a/b /b /x/y  b.c
.gz True //
True True False
False
abc
False
value default
True
True True
`;

for (const backend of ['native', 'wasm']) {
  test(`files, paths and the environment: ${backend}`, () => {
    const program = path.join(ROOT, 'tests', 'cli', 'files.mojo');
    const result = place.kiln(['run', '--backend', backend, program]);
    assert.equal(result.stdout, `${OUTPUT}> informed 1\n`, result.stderr);
    assert.equal(result.status, 0);
  });
}
