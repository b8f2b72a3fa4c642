/** Threads of programs, natively and on wasm: how output, traps and exits in another thread look from outside, and which modules
 *  have threads at all. */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { libLlvmInstalled } from '@kiln/backend-native/libllvm.ts';
import { wasmTarget } from '@kiln/compiler/backend/target-info.ts';
import { defaultOptions } from '@kiln/compiler/driver/options.ts';
import { compile } from '@kiln/compiler/driver/pipeline.ts';
import { createNodeHost } from '../../packages/cli/src/node-host.ts';
import { makeWorkplace, ROOT, type Workplace } from './kiln.ts';

let place: Workplace;
before(() => {
  place = makeWorkplace();
  fs.copyFileSync(path.join(ROOT, 'tests', 'cli', 'threads.mojo'), path.join(place.folder, 'threads.mojo'));
});
after(() => place.remove());

describe('threads', () => {
  for (const backend of ['wasm', 'native'] as const) {
    const skip = backend === 'native' && !libLlvmInstalled() ? 'libLLVM 22 is not installed' : false;
    test(backend, { skip }, () => {
      const run = (mode: string) => place.kiln(['run', '--backend', backend, 'threads.mojo', mode]);
      const plain = run('plain');
      assert.deepEqual([plain.stdout, plain.stderr, plain.status], ['start\ninside\nend\n', '', 0]);
      const trap = run('trap');
      const why = 'At: threads.mojo:32:29: Assert Error: index 14 is out of bounds, valid range is 0 to 2\n';
      assert.equal(trap.stdout, `start\n${why}`);
      assert.match(trap.stderr, /^stack, innermost call first:\n {2}at work \(threads\.mojo:32:29\)\n/);
      assert.equal(trap.status, 132);
      const exit = run('exit');
      assert.deepEqual([exit.stdout, exit.stderr, exit.status], ['start\nleaving\n', '', 3]);
      const deep = run('deep');
      assert.equal(deep.stdout, 'start\n');
      assert.equal(deep.status, 132);
      if (backend === 'wasm') assert.match(deep.stderr, /^kiln: stack overflow: .*\nstack.*\n {2}at deep /);
    });
  }

  test('shared memory is for those who need it', () => {
    place.write('hello.mojo', 'def main():\n    print("hello")\n');
    const llvm = (command: string, file: string): string => {
      const made = place.kiln([command, '--backend', 'wasm', '--emit', 'llvm', file, '-o', 'out.ll']);
      assert.equal(made.status, 0, made.stderr);
      return fs.readFileSync(path.join(place.folder, 'out.ll'), 'utf8');
    };
    // A module that is kept runs on any host of WASI.
    assert.doesNotMatch(llvm('build', 'threads.mojo'), /atomics|kiln\.spawn/);
    // Code without threads is the same where they are allowed, and what needs them is not even declared.
    const request = (file: string, threads: boolean) => {
      const options = { ...defaultOptions(wasmTarget({ threads })), requireMain: true };
      const full = path.join(place.folder, file);
      const host = createNodeHost(path.join(ROOT, 'std'));
      return compile({ path: full, displayPath: file, options, stopAt: null, checkOnly: false }, host).llvm ?? '';
    };
    assert.match(request('threads.mojo', true), /"target-features"="[^"]*\+atomics"/);
    assert.doesNotMatch(request('hello.mojo', true), /atomics|kiln\.spawn/);
  });
});
