/** A program with errors ends with status 1 whatever the backend, also while the backend is still starting. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { libLlvmInstalled } from '@kiln/backend-native/libllvm.ts';
import { makeWorkplace } from './kiln.ts';

const workplace = makeWorkplace();
after(() => workplace.remove());
workplace.write('bad.mojo', 'def main():\n    missing\n');

for (const backend of ['native', 'wasm', 'interp']) {
  const skip = backend === 'native' && !libLlvmInstalled() ? 'libLLVM 22 is not installed' : false;
  test(`errors end with status 1 under --backend ${backend}`, { skip }, () => {
    const result = workplace.kiln(['run', '--backend', backend, 'bad.mojo']);
    assert.equal(result.status, 1, result.stderr);
    assert.match(result.stderr, /^bad\.mojo:2:5: error\[M2300\]/);
    assert.equal(result.stdout, '');
  });
}
