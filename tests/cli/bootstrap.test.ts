/** The bootstrap in a copy of the checkout, with the installed packages linked in: no network is touched. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { after, before, test } from 'node:test';
import { type KilnResult, ROOT } from './kiln.ts';

const posix = { skip: process.platform === 'win32' ? 'sh' : false };
let copy: string;

before(() => {
  copy = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'kiln-bootstrap-')));
  for (const name of ['kiln', 'package.json', 'package-lock.json', 'scripts', 'std']) {
    fs.cpSync(path.join(ROOT, name), path.join(copy, name), { recursive: true });
  }
  for (const name of fs.readdirSync(path.join(ROOT, 'packages'))) {
    for (const part of ['package.json', 'src']) {
      fs.cpSync(path.join(ROOT, 'packages', name, part), path.join(copy, 'packages', name, part), { recursive: true });
    }
  }
  fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
});
after(() => fs.rmSync(copy, { recursive: true, force: true }));

function start(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<KilnResult> {
  return new Promise((resolve) => {
    const child: ChildProcess = spawn(path.join(copy, 'kiln'), words, {
      cwd: os.tmpdir(),
      env: { ...process.env, ...env },
    });
    let stdout = '';
    let stderr = '';
    child.stdout?.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });
}

const lockFile = () => path.join(copy, '.kiln', 'bootstrap.lock');

test('three at once: one builds, the others wait, all answer', posix, async () => {
  const results = await Promise.all([start(['help']), start(['help']), start(['help'])]);
  for (const result of results) {
    assert.equal(result.status, 0, result.stderr);
    assert.match(result.stdout, /^kiln – /);
    assert.match(result.stderr, /^(kiln: [^\n]+ …\n){0,2}$/);
  }
  assert.equal(results.filter((result) => result.stderr.includes('building')).length, 1);
  assert.equal(fs.existsSync(lockFile()), false);
});

test('a second start builds nothing and says nothing', posix, async () => {
  const result = await start(['help']);
  assert.equal(result.stderr, '');
});

test('a changed source builds again; a lock left by a dead process is taken over', posix, async () => {
  fs.appendFileSync(path.join(copy, 'packages', 'cli', 'src', 'help.ts'), '\n');
  // A process number beyond what Linux gives out.
  fs.writeFileSync(lockFile(), '99999999');
  const result = await start(['help']);
  assert.equal(result.status, 0);
  assert.match(result.stderr, /building/);
  assert.equal(fs.existsSync(lockFile()), false);
});

test('a symbolic link to kiln finds its checkout', posix, async () => {
  const link = path.join(copy, 'link');
  fs.symlinkSync('kiln', link);
  const child = spawn(link, ['help'], { cwd: os.tmpdir(), stdio: 'ignore' });
  assert.equal(await new Promise((resolve) => child.on('close', resolve)), 0);
});

test('when npm fails: one sentence, status 3, nothing on standard output', posix, async () => {
  fs.rmSync(path.join(copy, 'node_modules'));
  const bin = path.join(copy, 'fake-bin');
  fs.mkdirSync(bin);
  const script = "echo noise; echo 'npm error code ENOTFOUND' >&2; echo 'npm error network request failed' >&2; exit 1";
  fs.writeFileSync(path.join(bin, 'npm'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const result = await start(['help'], { PATH: `${bin}:${process.env['PATH'] ?? ''}` });
  assert.equal(result.status, 3);
  assert.equal(result.stdout, '');
  const lines = result.stderr.trimEnd().split('\n');
  assert.equal(lines.length, 2);
  assert.match(lines[1] ?? '', /^kiln: cannot install the npm packages .*ENOTFOUND: network request failed$/);
  assert.equal(fs.existsSync(lockFile()), false);
});
