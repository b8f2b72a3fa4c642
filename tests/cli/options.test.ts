/** Every option of the command line does something that can be seen. */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { after, before, test } from 'node:test';
import { libLlvmInstalled } from '../../packages/backend-native/src/libllvm.ts';
import { makeWorkplace, type Workplace } from './kiln.ts';

let place: Workplace;
before(() => {
  place = makeWorkplace();
});
after(() => place.remove());

const native = process.platform === 'linux' && libLlvmInstalled();
const needsLlvm = { skip: native ? false : 'libLLVM 22 is not installed' };

/** What `kiln WORDS` prints when all is well. */
function output(words: readonly string[]): string {
  const { status, stdout, stderr } = place.kiln(words);
  assert.equal(stderr, '', words.join(' '));
  assert.equal(status, 0);
  return stdout;
}

test('-I finds modules; it can be repeated', () => {
  place.write('lib/one/alpha.mojo', 'def alpha() -> Int:\n    return 1\n');
  place.write('lib/two/beta/__init__.mojo', 'def beta() -> Int:\n    return 2\n');
  place.write(
    'uses.mojo',
    'from alpha import alpha\nfrom beta import beta\n\n\ndef main():\n    print(alpha() + beta())\n',
  );
  const words = ['run', '--backend', 'interp', '-I', 'lib/one', '--include=lib/two', 'uses.mojo'];
  assert.equal(output(words), '3\n');
  const missing = place.kiln(['check', '-I', 'lib/one', 'uses.mojo']);
  assert.match(missing.stderr, /unable to locate module 'beta'/);
});

test('-D is seen by the program', () => {
  place.write(
    'define.mojo',
    'from std.sys import get_defined_int, is_defined\n\n\ndef main():\n    print(is_defined["FAST"](), get_defined_int["SIZE", 7]())\n',
  );
  const run = (...defines: string[]) => output(['run', '--backend', 'interp', ...defines, 'define.mojo']);
  assert.equal(run(), 'False 7\n');
  assert.equal(run('-D', 'FAST', '-DSIZE=32'), 'True 32\n');
  assert.match(place.kiln(['run', '-D', '=1', 'define.mojo']).stderr, /defines no name/);
  const names = 'get_defined_bool, get_defined_dtype, get_defined_int, get_defined_string';
  const shown =
    'get_defined_string["NAME", "none"](), get_defined_bool["ON", False](), get_defined_dtype["DT", DType.int8]()';
  place.write(
    'texts.mojo',
    `from std.sys import ${names}\n\n\ndef main():\n    print(${shown}, get_defined_int["N", 1]())\n`,
  );
  const texts = (...defines: string[]) => place.kiln(['run', '--backend', 'interp', ...defines, 'texts.mojo']);
  assert.equal(texts().stdout, 'none False int8 1\n');
  assert.equal(texts('-D', 'NAME=a b', '-DON=True', '-DDT=float32', '-DN=-5').stdout, 'a b True float32 -5\n');
  assert.match(texts('-D', 'N=0x10').stderr, /is not an integer/);
  assert.match(texts('-D', 'NAME').stderr, /no text/);
  assert.match(texts('-D', 'DT=float').stderr, /not a DType/);
});

test('--edition decides where a file does not', () => {
  place.write('half.mojo', 'def main():\n    var a = 7\n    var b = 2\n    print(a / b)\n');
  assert.equal(output(['run', '--backend', 'interp', '--edition=1', 'half.mojo']), '3\n');
  const classic = ['run', '--backend', 'interp', '--edition', 'classic', '--no-dialect-notes', 'half.mojo'];
  assert.equal(output(classic), '3.5\n');
});

const SUM = 'def total(a: Float32, b: Float32, c: Float32) -> Float32:\n    return a * b + c\n\n\n';
const MAIN = 'def main():\n    print(total(1.5, 2.0, 3.0))\n';

test('--fp-mode decides about contraction', () => {
  place.write('sum.mojo', SUM + MAIN);
  const flags = (mode: string) => output(['build', '--emit', 'llvm', `--fp-mode=${mode}`, 'sum.mojo']);
  assert.doesNotMatch(flags('strict'), /contract|reassoc|\bfast\b/);
  assert.match(flags('default'), /contract/);
  assert.match(flags('fast'), /reassoc|\bfast\b/);
});

test('-O0 to -O3 and -g reach the backend', needsLlvm, () => {
  place.write('opt.mojo', SUM + MAIN);
  const optimized = (level: string) => output(['build', '--emit', 'llvm-opt', level, 'opt.mojo']);
  const unoptimized = optimized('-O0');
  assert.match(unoptimized, /alloca/);
  for (const level of ['-O1', '-O2', '-O3']) assert.ok(optimized(level).length < unoptimized.length, level);
  assert.match(output(['build', '--emit', 'llvm', '-g', 'opt.mojo']), /DILocalVariable/);
  assert.doesNotMatch(output(['build', '--emit', 'llvm', 'opt.mojo']), /DILocalVariable/);
});

test('--target-cpu and --target-features', needsLlvm, () => {
  place.write(
    'cpu.mojo',
    'from std.sys import simd_width_of\n\n\ndef main():\n    print(simd_width_of[DType.float32]())\n',
  );
  if (process.arch === 'x64') {
    const width = (...words: string[]) => output(['run', '--backend', 'native', ...words, 'cpu.mojo']);
    assert.equal(width('--target-cpu', 'x86-64'), '4\n');
    // The vectors of a CPU and of a feature are known at compile time; this machine may lack them.
    const code = (...words: string[]) => output(['build', '--emit', 'llvm', ...words, 'cpu.mojo']);
    const least = code('--target-cpu=x86-64');
    assert.notEqual(code('--target-cpu=x86-64-v3'), least);
    assert.notEqual(code('--target-cpu=x86-64', '--target-features', '+avx2'), least);
  }
  if (process.arch !== 'x64') return;
  const wrong = place.kiln(['build', '--emit', 'asm', '--target-cpu', 'znver55', 'cpu.mojo']);
  assert.equal(wrong.status, 2);
  assert.match(wrong.stderr, /^kiln: 'znver55' is no CPU that '--target-cpu' knows; did you mean 'znver5'\?\n$/);
});

test('-o writes there, or to standard output', () => {
  place.write('out.mojo', MAIN.replace('total(1.5, 2.0, 3.0)', '1'));
  assert.equal(output(['build', '--emit', 'llvm', '-o', 'out.ll', 'out.mojo']), '');
  const written = fs.readFileSync(path.join(place.folder, 'out.ll'), 'utf8');
  assert.equal(output(['build', '--emit', 'llvm', '-o', '-', 'out.mojo']), written);
  assert.equal(output(['check', '--emit', 'ast', 'out.mojo']).startsWith('Module'), true);
});

test('--time-report names every pass, on standard error', () => {
  place.write('time.mojo', 'def main():\n    print(1)\n');
  const result = place.kiln(['run', '--backend', 'interp', '--time-report', 'time.mojo']);
  assert.equal(result.stdout, '1\n');
  for (const name of ['start', 'parse', 'analyze', 'lower', 'elaborate', 'total'])
    assert.match(result.stderr, new RegExp(`^${name} +\\d+\\.\\d ms$`, 'm'));
});

test('-v says which backend and why; --version what is here', () => {
  place.write('v.mojo', 'def main():\n    print(1)\n');
  const result = place.kiln(['run', '-v', 'v.mojo']);
  assert.equal(result.stdout, '1\n');
  assert.match(result.stderr, /^kiln: backend (native|wasm): /);
  assert.match(
    output(['--version']),
    /^kiln \d+\.\d+\.\d+ \(build [0-9a-f]+\)\nNode\.js .*\n.*backend.*\n.*backend.*\n$/,
  );
});

test('doctor: one line for each part, and what to do about what is missing', () => {
  const fine = place.kiln(['doctor']);
  for (const part of ['Node.js', 'native backend', 'wasm backend', 'library', 'cache'])
    assert.match(fine.stdout, new RegExp(`^(ok|--|!!) ${part}`, 'm'));
  if (process.platform !== 'linux') return;
  const without = place.kiln(['doctor'], { KILN_LLVM: path.join(place.folder, 'nowhere'), KILN_CACHE_DIR: '/proc/no' });
  assert.match(without.stdout, /^-- native backend .*\n +→ apt install libllvm22/m);
  assert.match(without.stdout, /^-- cache .*cannot be written.*\n +→ set KILN_CACHE_DIR/m);
  assert.equal(without.status, 0);
});

test('help shows examples for every command', () => {
  for (const command of ['run', 'build', 'check', 'doctor']) {
    const text = output([command, '--help']);
    assert.match(text, /^Examples:\n( {2}kiln .*\n)+/m);
  }
});
