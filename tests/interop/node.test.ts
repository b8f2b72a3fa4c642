/** Mojo modules imported in Node, on both backends: `app.mjs` calls every kind of export, and this file says what it must print. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { libLlvmInstalled } from '@kiln/backend-native/libllvm.ts';
import { currentBuildId, makeWorkplace, ROOT, type Workplace } from '../cli/kiln.ts';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const REGISTER = path.join(ROOT, 'dist', currentBuildId(), 'register.cjs');
const TRAP = 'index 5 is out of bounds, valid range is 0 to 0';

let place: Workplace;
before(() => {
  place = makeWorkplace();
});
after(() => place.remove());

function node(words: readonly string[], env: Readonly<Record<string, string>> = {}): ReturnType<typeof spawnSync> {
  return spawnSync(process.execPath, ['--import', REGISTER, ...words], {
    encoding: 'utf8',
    cwd: place.folder,
    timeout: 120_000,
    env: { ...process.env, KILN_CACHE_DIR: place.cache, ...env },
  });
}

describe('a module in Node', () => {
  for (const backend of ['wasm', 'native'] as const) {
    const skip = backend === 'native' && !libLlvmInstalled() ? 'libLLVM 22 is not installed' : false;
    test(backend, { skip }, () => {
      const result = node(['--expose-gc', path.join(HERE, 'app.mjs'), backend], { KILN_BACKEND: backend });
      const expected = fs.readFileSync(path.join(HERE, 'expected.txt'), 'utf8').trimEnd().split('\n');
      const printed = String(result.stdout).trimEnd().split('\n');
      // A failed check stops the call in wasm, and the process natively: only there it is tried.
      const traps = printed.filter((line) => line.includes(TRAP));
      assert.deepEqual(
        printed.filter((line) => !line.includes(TRAP)),
        expected,
        String(result.stderr),
      );
      if (backend === 'wasm')
        assert.ok(
          traps.some((line) => line.startsWith('KilnError: ')),
          traps.join('\n'),
        );
      assert.equal(result.status, 0);
    });
  }

  for (const backend of ['wasm', 'native'] as const) {
    const skip = backend === 'native' && !libLlvmInstalled() ? 'libLLVM 22 is not installed' : false;
    for (const topic of ['threads', 'callbacks', 'sequences'])
      test(`${topic}, ${backend}`, { skip }, () => {
        const result = node(['--expose-gc', path.join(HERE, `${topic}.mjs`), backend], { KILN_BACKEND: backend });
        // Checks say in the program's output why they failed.
        const printed = String(result.stdout).replace(/^At: .*\n/gm, '');
        assert.equal(printed, fs.readFileSync(path.join(HERE, `${topic}.txt`), 'utf8'), String(result.stderr));
        assert.equal(result.status, 0, String(result.stderr));
      });
  }

  test('errors in the module are the error of the import', () => {
    place.write('bad.mojo', 'def f(a: Int) -> Int:\n    return a + b\n');
    const file = place.write('bad.mjs', "await import('./bad.mojo').catch((error) => console.log(error.message));\n");
    const result = node([file], { KILN_BACKEND: 'wasm' });
    assert.match(String(result.stdout), /bad\.mojo:2:16: error\[M\d+\]/);
  });

  test('a module that changes is built again, one that does not is not', () => {
    const file = place.write('again.mjs', "import { f } from './again.mojo';\nconsole.log(f());\n");
    place.write('again.mojo', 'from part import g\n\ndef f() -> Int:\n    return g()\n');
    place.write('part.mojo', 'def g() -> Int:\n    return 1\n');
    assert.equal(node([file], { KILN_BACKEND: 'wasm' }).stdout, '1\n');
    place.write('part.mojo', 'def g() -> Int:\n    return 2\n');
    assert.equal(node([file], { KILN_BACKEND: 'wasm' }).stdout, '2\n');
    assert.equal(node([file], { KILN_BACKEND: 'wasm' }).stdout, '2\n');
  });
});

describe('kiln types', () => {
  const options = ['--noEmit', '--strict', '--allowArbitraryExtensions', '--target', 'es2022', '--module', 'nodenext'];
  const tsc = (file: string): ReturnType<typeof spawnSync> =>
    spawnSync(
      process.execPath,
      [
        path.join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'),
        ...options,
        '--lib',
        'es2023,esnext.disposable',
        file,
      ],
      { encoding: 'utf8', cwd: place.folder },
    );

  test('TypeScript takes right calls and rejects wrong ones', () => {
    fs.copyFileSync(path.join(HERE, 'kernels.mojo'), path.join(place.folder, 'kernels.mojo'));
    const result = place.kiln(['types', 'kernels.mojo']);
    assert.equal(result.status, 0, result.stderr);
    for (const [name, reason] of [
      ['generic', 'it has parameters'],
      ['over', 'it is overloaded'],
      ['pointer', "argument 'p' has the type"],
    ])
      assert.match(result.stderr, new RegExp(`kernels\\.mojo:\\d+: '${name}' is not exported: ${reason}`));
    const types = path.join(ROOT, 'packages', 'interop', 'types', 'runtime.d.ts');
    place.write(
      'node_modules/kiln-lang/package.json',
      '{"name":"kiln-lang","exports":{"./runtime":{"types":"./runtime.d.ts"}}}',
    );
    fs.copyFileSync(types, path.join(place.folder, 'node_modules', 'kiln-lang', 'runtime.d.ts'));
    const right = place.write(
      'right.mts',
      [
        "import { Counter, delete as remove, dot, find, kiln, middle, squares, wide } from './kernels.mojo';",
        'const a = new Float32Array(3);',
        'const n: number = dot(a, kiln.alloc(Float32Array, 3)) + remove(1);',
        'const later: Promise<number> = dot.async(a, a);',
        'const at: number | undefined = find(new Int32Array(2), 1);',
        "const label: string = middle({ x: 1, y: 2, label: 'a' }, { x: 1, y: 2, label: 'b' }).label;",
        'using list = squares(3);',
        'const all: number[] = [...list];',
        "const counter = new Counter('x');",
        'const big: bigint = wide(1n, 2n);',
        'console.log(n, later, at, label, all, counter.bump(), big);',
        'declare const console: { log(...values: unknown[]): void };',
        '',
      ].join('\n'),
    );
    const good = tsc(right);
    assert.equal(good.status, 0, String(good.stdout));
    const wrong = place.write(
      'wrong.mts',
      [
        "import { add, Counter, dot, wide } from './kernels.mojo';",
        "dot('a', new Float32Array(1));",
        'add();',
        'wide(1, 2n);',
        'const name: number = new Counter("x").name;',
        '',
      ].join('\n'),
    );
    const bad = String(tsc(wrong).stdout);
    for (const line of [2, 3, 4, 5]) assert.match(bad, new RegExp(`wrong\\.mts\\(${line},\\d+\\): error TS`));
  });
});

describe('kiln build --emit js', () => {
  test('makes a folder that runs in Node', () => {
    fs.copyFileSync(path.join(HERE, 'kernels.mojo'), path.join(place.folder, 'kernels.mojo'));
    const result = place.kiln(['build', '--emit', 'js', 'kernels.mojo', '-o', 'out']);
    assert.equal(result.status, 0, result.stderr);
    const program = place.write(
      'use.mjs',
      [
        "import { dot, greet } from './out/index.js';",
        'const a = Float32Array.of(1, 2);',
        "console.log(dot(a, a), await dot.async(a, a), greet('you'));",
        '',
      ].join('\n'),
    );
    const run = spawnSync(process.execPath, [program], { encoding: 'utf8', cwd: place.folder });
    assert.equal(run.stdout, '5 5 hello, you\n', run.stderr);
    const again = place.kiln(['build', '--emit', 'js', 'kernels.mojo', '-o', 'out']);
    assert.equal(again.status, 0, again.stderr);
    place.write('full/other.txt', '');
    const refused = place.kiln(['build', '--emit', 'js', 'kernels.mojo', '-o', 'full']);
    assert.equal(refused.status, 2);
    assert.match(refused.stderr, /the folder holds other files/);
  });
});
