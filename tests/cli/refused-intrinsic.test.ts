/** A call of an LLVM intrinsic that LLVM does not know, or not with these types, or that the processor lacks, is an error at the call. */
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
  const file = place.write(
    'instruction.mojo',
    `from std.sys import llvm_intrinsic

def main():
    comptime Sums = SIMD[DType.int32, 16]
    print(llvm_intrinsic["llvm.x86.avx512.vpdpbusd.512", Sums](Sums(0), SIMD[DType.uint8, 64](2), SIMD[DType.int8, 64](3)))
`,
  );
  for (const target of [
    ['--target-cpu', 'x86-64-v2'],
    ['--backend', 'wasm'],
  ]) {
    const result = place.kiln(['build', ...target, '-o', 'instruction', file]);
    assert.equal(result.status, 1, result.stderr);
    assert.match(
      result.stderr,
      /mojo:5:\d+: error\[M5002\]: LLVM has no intrinsic 'llvm\.x86\.avx512\.vpdpbusd\.512' with/,
    );
    assert.doesNotMatch(result.stderr, /internal error/);
  }
  const known = place.kiln(['build', '--emit', 'asm', '--target-cpu', 'znver4', '-o', '-', file]);
  assert.equal(known.status, 0, known.stderr);
  assert.match(known.stdout, /vpdpbusd/);
  place.remove();
});
