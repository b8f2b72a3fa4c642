/** The cache on disk and the launcher's way through it. The "compiled programs" here are shell scripts: what they do is
 *  not the point. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { after, before, test } from 'node:test';
import { Cache, hashBytes, pruneFolders } from '../../packages/cli/src/cache.ts';
import { isUsageError, parseCommandLine } from '../../packages/cli/src/command-line.ts';
import { runRequestKey } from '../../packages/cli/src/run-request.ts';
import { currentBuildId, installAt, makeWorkplace, ROOT, type Workplace } from './kiln.ts';

let place: Workplace;
let cache: Cache;

before(() => {
  place = makeWorkplace();
  cache = new Cache({ KILN_CACHE_DIR: place.cache });
  assert.equal(cache.prepare(), true);
});
after(() => place.remove());

/** Stores a script as the answer to `kiln WORDS` in the workplace, as `kiln run` would after compiling. */
function store(words: readonly string[], script: string, messages = '', absent: readonly string[] = []): string {
  const line = parseCommandLine(words);
  assert.ok(!isUsageError(line));
  const file = line.files[0] ?? '';
  const original = process.cwd();
  process.chdir(place.folder);
  try {
    const key = runRequestKey(line, path.join(ROOT, 'dist', currentBuildId()));
    assert.notEqual(key, null);
    const temporary = cache.temporaryPath();
    fs.writeFileSync(temporary, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const artefact = hashBytes(script);
    const kept = cache.keepArtefact(temporary, artefact, 'native');
    assert.ok(kept !== null);
    const inputs: [string, string | null][] = [[file, hashBytes(fs.readFileSync(file))]];
    for (const name of absent) inputs.push([name, null]);
    cache.keepRequest(key ?? '', {
      inputs,
      kind: 'native',
      artefact,
      checksum: kept.checksum,
      messages,
      coloredMessages: messages,
      reason: 'backend native: test',
      exports: null,
    });
    return kept.path;
  } finally {
    process.chdir(original);
  }
}

const posix = { skip: process.platform === 'win32' ? 'shell scripts' : false };

test('an unchanged program is started by the launcher with its arguments, streams and status', posix, () => {
  place.write('a.mojo', 'def main():\n    pass\n');
  store(['run', 'a.mojo'], 'echo "out:$1:$2"; echo err >&2; exit 7', 'a note\n');
  const result = place.kiln(['run', 'a.mojo', 'x y', '--help']);
  assert.deepEqual(result, { status: 7, stdout: 'out:x y:--help\n', stderr: 'a note\nerr\n' });
});

test('-v says where the answer came from', posix, () => {
  const result = place.kiln(['run', '-v', 'a.mojo']);
  assert.equal(result.status, 7);
  assert.match(result.stderr, /^kiln: backend native: test; unchanged, from the cache \(/);
});

test('a signal gives 128 + N, a trap 132', posix, () => {
  place.write('sig.mojo', '');
  store(['run', 'sig.mojo'], 'kill -SEGV $$');
  const killed = place.kiln(['run', 'sig.mojo']);
  assert.equal(killed.status, 139);
  assert.match(killed.stderr, /^kiln: the program was ended by SIGSEGV\n$/);
  place.write('trap.mojo', '');
  store(['run', 'trap.mojo'], 'kill -ILL $$');
  assert.deepEqual(place.kiln(['run', 'trap.mojo']), { status: 132, stdout: '', stderr: '' });
});

test('other options, another file, a changed input, an input that appeared: all are misses', posix, () => {
  place.write('b.mojo', 'def main(:\n');
  const marker = 'echo CACHED';
  store(['run', 'b.mojo'], marker, '', ['util.mojo']);
  const hit = (words: readonly string[]) => place.kiln(words).stdout.includes('CACHED');
  assert.equal(hit(['run', 'b.mojo']), true);
  assert.equal(hit(['run', '-O0', 'b.mojo']), false);
  assert.equal(hit(['run', '--no-cache', 'b.mojo']), false);
  place.write('util.mojo', '');
  assert.equal(hit(['run', 'b.mojo']), false);
  fs.rmSync(path.join(place.folder, 'util.mojo'));
  assert.equal(hit(['run', 'b.mojo']), true);
  place.write('b.mojo', 'def main( :\n');
  assert.equal(hit(['run', 'b.mojo']), false);
});

test('a damaged artefact or entry is a miss, not a crash', posix, () => {
  place.write('c.mojo', 'def main(:\n');
  const artefact = store(['run', 'c.mojo'], 'echo DAMAGED');
  const stdout = () => place.kiln(['run', 'c.mojo']).stdout;
  assert.match(stdout(), /DAMAGED/);
  fs.appendFileSync(artefact, '\n');
  assert.doesNotMatch(stdout(), /DAMAGED/);
  store(['run', 'c.mojo'], 'echo DAMAGED');
  assert.match(stdout(), /DAMAGED/);
  const requests = path.join(place.cache, 'requests');
  const damages: ((text: string) => string)[] = [
    () => '',
    (text) => text.slice(0, text.length / 2),
    (text) => text.replace('"inputs":[', '"inputs":[null,'),
    () => `${hashBytes('null')}\nnull`,
  ];
  for (const damage of damages) {
    store(['run', 'c.mojo'], 'echo DAMAGED');
    for (const name of fs.readdirSync(requests)) {
      const file = path.join(requests, name);
      fs.writeFileSync(file, damage(fs.readFileSync(file, 'utf8')));
    }
    const result = place.kiln(['run', 'c.mojo']);
    assert.doesNotMatch(result.stdout, /DAMAGED/);
    assert.doesNotMatch(result.stderr, /internal error: /);
  }
});

test('the oldest use goes first when the cache is full', () => {
  const folder = path.join(place.folder, 'full');
  fs.mkdirSync(folder);
  for (const [name, age] of [
    ['old', 3000],
    ['middle', 2000],
    ['new', 1000],
  ] as const) {
    const file = path.join(folder, name);
    fs.writeFileSync(file, Buffer.alloc(1000));
    const when = Date.now() / 1000 - age;
    fs.utimesSync(file, when, when);
  }
  pruneFolders([folder], 2000);
  assert.deepEqual(fs.readdirSync(folder).sort(), ['middle', 'new']);
});

test('a folder that cannot be used is no cache', () => {
  const file = place.write('not-a-folder', '');
  assert.equal(new Cache({ KILN_CACHE_DIR: path.join(file, 'cache') }).prepare(), false);
  assert.equal(new Cache({ KILN_CACHE_DIR: path.join(file, 'cache') }).lookUpRequest('0'), null);
});

test('what one installation made is no answer of another one with its compiler and another library', () => {
  place.write('hello.mojo', 'from std.greeting import greeting\n\n\ndef main():\n    print(greeting())\n');
  for (const name of ['first', 'second']) {
    const root = path.join(place.folder, name);
    const launcher = installAt(root, 'copied');
    fs.writeFileSync(path.join(root, 'std', 'greeting.mojo'), `def greeting() -> String:\n    return "${name}"\n`);
    for (let times = 0; times < 2; times++) {
      const env = { ...process.env, KILN_CACHE_DIR: place.cache, NO_COLOR: '1' };
      const result = spawnSync(process.execPath, [launcher, 'run', 'hello.mojo'], {
        cwd: place.folder,
        encoding: 'utf8',
        env,
      });
      assert.equal(result.stdout, `${name}\n`, result.stderr);
    }
  }
});

test("V8's code is kept of a run that compiled a program, also when the first one did not", () => {
  const root = path.join(place.folder, 'coded');
  const launcher = installAt(root, 'linked');
  const folder = path.join(root, 'dist', currentBuildId());
  const caches = (): string[] => fs.readdirSync(folder).filter((name) => /^compiler-.*\.v8$/.test(name));
  for (const name of caches()) fs.rmSync(path.join(folder, name));
  place.write('coded.mojo', 'def main():\n    print("hello")\n');
  const sizeAfter = (...words: string[]): number => {
    const { status, stderr } = spawnSync(process.execPath, [launcher, ...words], {
      cwd: place.folder,
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
    const [name] = caches();
    assert.ok(name !== undefined);
    return fs.statSync(path.join(folder, name)).size;
  };
  const small = sizeAfter('--version');
  const whole = sizeAfter('check', 'coded.mojo');
  assert.ok(whole > 1.5 * small, `${whole} after ${small} bytes`);
  assert.equal(sizeAfter('check', 'coded.mojo'), whole);
});
