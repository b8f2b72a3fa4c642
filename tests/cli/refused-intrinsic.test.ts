/** A call of an LLVM intrinsic that LLVM does not know, or not with these types, is an error at the call. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { libLlvmInstalled } from '../../packages/backend-native/src/libllvm.ts';
import { makeWorkplace } from './kiln.ts';

const program = (name: string, type: string): string =>
  `from std.sys import llvm_intrinsic\n\ndef main():\n    print(llvm_intrinsic["${name}", ${type}](${type}(255)))\n`;

const options = { skip: libLlvmInstalled() ? false : 'needs libLLVM 22' } as const;

test('an intrinsic that LLVM refuses is an error at its call', options, () => {
  const place = makeWorkplace();
  for (const [name, type] of [
    ['llvm.nonsense', 'Int32'],
    ['llvm.ctpop', 'Float32'],
  ] as const) {
    const file = place.write(`${name}.mojo`, program(name, type));
    const result = place.kiln(['run', '--backend', 'native', file]);
    assert.equal(result.status, 1, result.stderr);
    assert.match(result.stderr, new RegExp(`mojo:4:\\d+: error\\[M5002\\]: LLVM has no intrinsic '${name}' with`));
    assert.doesNotMatch(result.stderr, /internal error/);
  }
  place.remove();
});
