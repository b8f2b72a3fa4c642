/** `kiln run` and `kiln build` end to end, on both backends: streams, statuses, the cache, outputs. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { libLlvmInstalled } from '../../packages/backend-native/src/libllvm.ts';
import { makeWorkplace, type Workplace } from './kiln.ts';

const HELLO = 'def main():\n    print("hi")\n';

let place: Workplace;
before(() => {
  place = makeWorkplace();
  place.write('hello.mojo', HELLO);
});
after(() => place.remove());

const native = process.platform === 'linux' && libLlvmInstalled();

for (const backend of ['native', 'wasm'] as const) {
  describe(`--backend ${backend}`, {
    skip: backend === 'native' && !native ? 'libLLVM 22 is not installed' : false,
  }, () => {
    test('runs, and runs again from the cache', () => {
      const words = ['run', '--backend', backend, 'hello.mojo'];
      assert.deepEqual(place.kiln(words), { status: 0, stdout: 'hi\n', stderr: '' });
      assert.deepEqual(place.kiln(words), { status: 0, stdout: 'hi\n', stderr: '' });
      const verbose = place.kiln(['run', '--backend', backend, '-v', 'hello.mojo']);
      assert.equal(verbose.stdout, 'hi\n');
      assert.match(verbose.stderr, /unchanged, from the cache/);
    });

    test('a damaged artefact is compiled again', () => {
      const objects = path.join(place.cache, 'objects');
      for (const name of fs.readdirSync(objects)) fs.writeFileSync(path.join(objects, name), 'damaged');
      const result = place.kiln(['run', '--backend', backend, 'hello.mojo']);
      assert.deepEqual(result, { status: 0, stdout: 'hi\n', stderr: '' });
    });

    test('a cache folder that cannot be written does not matter', () => {
      const blocked = place.write('blocked', '');
      const env = { KILN_CACHE_DIR: path.join(blocked, 'cache') };
      const result = place.kiln(['run', '--backend', backend, 'hello.mojo'], env);
      assert.deepEqual(result, { status: 0, stdout: 'hi\n', stderr: '' });
      const verbose = place.kiln(['run', '-v', '--backend', backend, 'hello.mojo'], env);
      assert.match(verbose.stderr, /cannot be written; not used/);
    });

    test('--no-cache leaves nothing behind', () => {
      const env = { KILN_CACHE_DIR: path.join(place.folder, 'unused') };
      const result = place.kiln(['run', '--no-cache', '--backend', backend, 'hello.mojo'], env);
      assert.deepEqual(result, { status: 0, stdout: 'hi\n', stderr: '' });
      assert.equal(fs.existsSync(path.join(place.folder, 'unused')), false);
    });

    test('an edit is seen', () => {
      place.write('edit.mojo', HELLO);
      assert.equal(place.kiln(['run', '--backend', backend, 'edit.mojo']).stdout, 'hi\n');
      place.write('edit.mojo', HELLO.replace('hi', 'ho'));
      assert.equal(place.kiln(['run', '--backend', backend, 'edit.mojo']).stdout, 'ho\n');
    });
  });
}

test('build writes an executable that runs', { skip: !native }, () => {
  assert.deepEqual(place.kiln(['build', '-o', 'hello', 'hello.mojo']), { status: 0, stdout: '', stderr: '' });
  const result = spawnSync(path.join(place.folder, 'hello'), { encoding: 'utf8' });
  assert.equal(result.stdout, 'hi\n');
});

test('every text stage goes to standard output', () => {
  for (const stage of ['tokens', 'ast', 'hir', 'mir', 'mir-concrete', 'llvm']) {
    const result = place.kiln(['build', '--emit', stage, 'hello.mojo']);
    assert.equal(result.status, 0, `${stage}: ${result.stderr}`);
    assert.notEqual(result.stdout, '');
    assert.equal(result.stderr, '');
  }
});

test('binary stages are written to files named after the source', () => {
  assert.equal(place.kiln(['build', '--emit', 'wasm', 'hello.mojo']).status, 0);
  const bytes = fs.readFileSync(path.join(place.folder, 'hello.wasm'));
  assert.equal(bytes.subarray(0, 4).toString('latin1'), '\0asm');
  assert.deepEqual(
    fs.readdirSync(place.folder).filter((name) => name.includes('.kiln-')),
    [],
  );
});

test('the interpreter nests as deeply as a native program, and says where that ends', () => {
  const depth = 'def depth(n: Int) -> Int:\n    return 0 if n == 0 else depth(n - 1) + 1\n\n\n';
  place.write('deep.mojo', `${depth}def main():\n    print(depth(100_000))\n`);
  const words = ['run', '--backend', 'interp'];
  assert.deepEqual(place.kiln([...words, 'deep.mojo']), { status: 0, stdout: '100000\n', stderr: '' });
  const endless =
    'def f(n: Int) -> Int:\n    return f(n + 1) + 1\n\n\ndef main():\n    print("start")\n    print(f(0))\n';
  place.write('endless.mojo', endless);
  const result = place.kiln([...words, 'endless.mojo']);
  assert.equal(result.status, 132);
  assert.equal(result.stdout, 'start\n');
  assert.match(
    result.stderr,
    /^kiln: more than 1000000 nested calls [^\n]*\nstack, innermost call first:\n {2}at f \(endless\.mojo:2:\d+\)\n/,
  );
});

test('the interpreter reports errors and its own status like the others', () => {
  place.write('status.mojo', 'from std.sys import exit\n\n\ndef main():\n    print("before")\n    exit(7)\n');
  const words = ['run', '--backend', 'interp'];
  assert.deepEqual(place.kiln([...words, 'status.mojo']), { status: 7, stdout: 'before\n', stderr: '' });
  place.write('wrong.mojo', 'def main():\n    print(missing)\n');
  assert.equal(place.kiln([...words, 'wrong.mojo']).status, 1);
  const missing = place.kiln([...words, 'nowhere.mojo']);
  assert.deepEqual([missing.status, missing.stdout], [2, '']);
  assert.match(missing.stderr, /^kiln: cannot read 'nowhere\.mojo'/);
});

test('a module without main does not run', () => {
  place.write('empty.mojo', '');
  const result = place.kiln(['run', 'empty.mojo']);
  assert.equal(result.status, 1);
  assert.match(result.stderr, /^empty\.mojo:1:1: error\[M\d{4}\]: .*main/);
});

test('--backend native without LLVM is one sentence that names what to install', {
  skip: process.platform !== 'linux',
}, () => {
  const env = { KILN_LLVM: path.join(place.folder, 'nowhere'), KILN_CACHE_DIR: path.join(place.folder, 'fresh') };
  const result = place.kiln(['run', '--backend', 'native', 'hello.mojo'], env);
  assert.equal(result.status, 3);
  assert.equal(result.stdout, '');
  assert.match(result.stderr, /^kiln: [^\n]*libLLVM 22[^\n]*\n$/);
});

test('lists that grew by appending start on a cache line', { skip: !native }, () => {
  const program = `@fieldwise_init
struct Single(TrivialRegisterPassable):
    var value: Float32

def main():
    for count in [300, 5_000, 20_000, 40_000, 300_000]:
        var wrapped = List[Single]()
        var plain = List[Float32]()
        for i in range(count):
            wrapped.append(Single(Float32(i)))
            plain.append(Float32(i))
        print(Int(wrapped.unsafe_ptr()) % 64, Int(plain.unsafe_ptr()) % 64, wrapped[count - 1].value == plain[count - 1])
`;
  place.write('lines.mojo', program);
  const { stdout, stderr } = place.kiln(['run', '--backend', 'native', 'lines.mojo']);
  assert.equal(stdout, '0 0 True\n'.repeat(5), stderr);
});
