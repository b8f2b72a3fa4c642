/** The package `kernels` and what stands on it, `examples/llama`: right on odd shapes, the same story on every backend and any number of threads,
 *  and no allocation once a text is under way. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { libLlvmInstalled } from '@kiln/backend-native/libllvm.ts';
import { BUNDLE, type KilnResult, makeWorkplace, ROOT, type Workplace } from '../cli/kiln.ts';

const HERE = path.join(ROOT, 'tests', 'kernels');
const LLAMA = path.join(ROOT, 'examples', 'llama');
const TINY = [path.join(LLAMA, 'tiny.bin'), '-z', path.join(LLAMA, 'tiny-tokenizer.bin')];
const native = process.platform === 'linux' && libLlvmInstalled();
const noNative = native ? false : 'libLLVM 22 is not installed';

/** A model that a checkout does not have: KILN_MODELS, or a folder beside the checkout. */
const models = [process.env.KILN_MODELS ?? '', '../shared/models', '../../shared/models']
  .map((folder) => path.resolve(ROOT, folder))
  .find((folder) => fs.existsSync(path.join(folder, 'stories260K.bin')));

let place: Workplace;
before(() => {
  place = makeWorkplace();
});
after(() => place.remove());

/** Large programs: they may take longer than other tests. */
function kiln(...words: string[]): KilnResult {
  const options = words.map((word) => (word.endsWith('.mojo') ? path.resolve(HERE, word) : word));
  const [command = '', ...rest] = options;
  const result = spawnSync(process.execPath, [BUNDLE, command, '-I', ROOT, '-I', LLAMA, ...rest], {
    cwd: place.folder,
    encoding: 'utf8',
    timeout: 900_000,
    env: { ...process.env, KILN_CACHE_DIR: place.cache, NO_COLOR: '1' },
  });
  return { status: result.status, stdout: result.stdout, stderr: result.stderr };
}

function llama(backend: string, mode: string, ...words: string[]): string {
  const program = path.join(LLAMA, 'llama.mojo');
  const result = kiln('run', '--backend', backend, '--fp-mode', mode, program, ...words);
  assert.equal(result.status, 0, result.stderr);
  assert.match(result.stderr, /tokens\/s/);
  return result.stdout;
}

test('shapes and tables', { skip: noNative }, () => {
  const result = kiln('run', '--check-heap', 'shapes.mojo');
  assert.deepEqual(result, { status: 0, stdout: '82210 comparisons\n', stderr: '' });
});

test('a tile of a product stays in registers', { skip: noNative }, () => {
  const file = place.write(
    'tile.mojo',
    `from kernels.lanes import Floats, LANES, Vector
from kernels.matmul import COLUMNS, ROWS, VECTORS, multiply_tile

@export
def tile(target: Floats, left: Floats, right: Floats, steps: Int):
    var sums = Array[Vector, ROWS * VECTORS](fill=0)
    multiply_tile[ROWS, VECTORS](sums, left, 1, ROWS, right, COLUMNS, steps)
    comptime for i in range(ROWS * VECTORS):
        target.unsafe_store(i * LANES, sums[i])
`,
  );
  for (const [cpu, register, sums] of [
    ['x86-64-v4', 'zmm', 24],
    ['x86-64-v3', 'ymm', 12],
  ] as const) {
    const result = kiln('build', '--emit', 'asm', '--target-cpu', cpu, '-o', '-', file);
    assert.equal(result.status, 0, result.stderr);
    const blocks = result.stdout.split(/^\.LBB\w+:/m);
    const loop = blocks.find((block) => (block.match(/vfmadd\w+ps/g) ?? []).length === sums);
    assert.ok(loop !== undefined, 'one multiply-add for each sum');
    assert.match(loop, new RegExp(`%${register}`));
    assert.doesNotMatch(loop, /\(%r[sb]p\)/);
  }
});

const numpy = spawnSync('python3', ['-c', 'import numpy']).status === 0;
test('against NumPy', { skip: noNative || (numpy ? false : 'python3 has no NumPy') }, () => {
  const result = kiln('run', 'numpy.mojo');
  assert.deepEqual(result, { status: 0, stdout: '25 tensors\n', stderr: '' });
});

describe('the tiny model', () => {
  const begin = ['-i', 'Luna was a', '-t', '0'];
  const story = fs.readFileSync(path.join(HERE, 'tiny-greedy.txt'), 'utf8');
  for (const backend of ['native', 'wasm'])
    test(`tells its story: ${backend}`, { skip: backend === 'native' && noNative }, () => {
      assert.equal(llama(backend, 'strict', ...TINY, ...begin, '--threads', '1'), story);
      if (backend === 'native') assert.equal(llama(backend, 'strict', ...TINY, ...begin, '--threads', '3'), story);
    });

  test('by chance', { skip: noNative }, () => {
    const words = ['-t', '0.9', '-p', '0.95', '-k', '20', '-s', '7', '--threads', '1'];
    const one = llama('native', 'strict', ...TINY, ...words);
    assert.equal(llama('native', 'strict', ...TINY, ...words), one);
    assert.ok(one.length > 100);
  });

  test('in eight bits', { skip: noNative }, () => {
    const small = path.join(place.folder, 'tiny-int8.bin');
    const made = kiln('run', path.join(LLAMA, 'quantize.mojo'), TINY[0] ?? '', small, '32');
    assert.equal(made.status, 0, made.stderr);
    assert.ok(fs.statSync(small).size < 0.3 * fs.statSync(TINY[0] ?? '').size);
    const told = llama('native', 'strict', small, ...TINY.slice(1), ...begin);
    assert.equal(told.slice(0, 60), story.slice(0, 60));
  });

  test('as a module of JavaScript', () => {
    const folder = path.join(place.folder, 'storyteller');
    const made = kiln('build', '--emit', 'js', path.join(LLAMA, 'storyteller.mojo'), '-o', folder);
    assert.equal(made.status, 0, made.stderr);
    const told = spawnSync(process.execPath, [path.join(HERE, 'storyteller.mjs'), folder, LLAMA], { encoding: 'utf8' });
    assert.equal(told.stdout, story + story, told.stderr);
  });

  test('allocates nothing once it talks', { skip: noNative }, () => {
    const blocks = [10, 60].map((steps) => {
      const result = kiln(
        'run',
        '--check-heap',
        'allocations.mojo',
        ...TINY,
        '-t',
        '0',
        '-n',
        `${steps}`,
        '--threads',
        '1',
      );
      assert.equal(result.status, 23, result.stderr);
      return /block (\d+) of 1 bytes was never freed/.exec(result.stderr)?.[1];
    });
    assert.ok(blocks[0] !== undefined);
    assert.equal(blocks[0], blocks[1]);
  });
});

describe('a model that learned from people', {
  skip: models === undefined ? 'stories260K.bin is not here (KILN_MODELS names its folder)' : false,
}, () => {
  const folder = models ?? '';
  const words = [path.join(folder, 'stories260K.bin'), '-z', path.join(folder, 'tok512.bin'), '-t', '0'];
  test('strict: every byte', { skip: noNative }, () => {
    const story = fs.readFileSync(path.join(folder, 'stories260K.greedy.txt'), 'utf8');
    for (const threads of ['1', '2']) assert.equal(llama('native', 'strict', ...words, '--threads', threads), story);
    assert.equal(llama('wasm', 'strict', ...words), story);
  });

  test('default: the first fifty tokens', { skip: noNative }, () => {
    const story = fs.readFileSync(path.join(folder, 'stories260K.greedy.txt'), 'utf8');
    const told = llama('native', 'default', ...words, '-n', '50').trimEnd();
    assert.ok(told.length > 100 && story.startsWith(told));
  });
});
