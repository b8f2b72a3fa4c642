/** What a user sees when the process that holds LLVM in WebAssembly ends too early: a sentence, at once, never silence. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { after, before, test } from 'node:test';
import { startEmbeddedCompiler } from '@kiln/backend-embedded/embedded-backend.ts';
import { compileOptions, executableOptions } from '@kiln/compiler/backend/backend.ts';
import { currentBuildId, installAt, type KilnResult, makeWorkplace, type Workplace } from './kiln.ts';

let place: Workplace;
before(() => {
  place = makeWorkplace();
  place.write('hello.mojo', 'def main():\n    print("hi")\n');
});
after(() => place.remove());

/** `kiln run --backend wasm` of an installation whose compile process is the given script. */
function runWith(name: string, script: string): KilnResult {
  const root = path.join(place.folder, name);
  const launcher = installAt(root, 'linked');
  fs.writeFileSync(path.join(root, 'dist', currentBuildId(), 'compile-process.cjs'), script);
  const words = [launcher, 'run', '--backend', 'wasm', 'hello.mojo'];
  const env = { ...process.env, KILN_CACHE_DIR: path.join(root, 'cache'), NO_COLOR: '1' };
  return spawnSync(process.execPath, words, { cwd: place.folder, encoding: 'utf8', timeout: 60_000, env });
}

const posix = { skip: process.platform === 'win32' ? 'signals' : false };

test('killed while it compiles', posix, () => {
  const result = runWith('killed', "process.on('message', () => process.kill(process.pid, 'SIGKILL'));\n");
  assert.equal(result.stdout, '');
  assert.match(result.stderr, /^kiln: [^\n]*the compile process ended \(SIGKILL\); is there enough memory\?\n$/);
  assert.equal(result.status, 70);
});

test('ended before it was asked', () => {
  const result = runWith('ended', 'process.exit(7);\n');
  assert.match(result.stderr, /^kiln: [^\n]*the compile process ended \(status 7\)\n$/);
  assert.equal(result.status, 70);
});

test('closed its channel and only then ended', () => {
  const result = runWith(
    'closed',
    // The timer does not wait for the event 'disconnect', which Node holds back as long as half a message has come.
    "process.once('message', () => {\n  setTimeout(() => process.exit(0), 200);\n  process.disconnect();\n});\n",
  );
  assert.match(result.stderr, /^kiln: [^\n]*the compile process ended \(status 0\)\n$/);
  assert.equal(result.status, 70);
});

test('every request made before or after its end is answered', async () => {
  const script = place.write('dies.cjs', "process.on('message', () => process.exit(3));\n");
  const backend = startEmbeddedCompiler({ compileScript: script, execArgv: [], warm: true });
  const options = compileOptions(backend.target('generic', ''), 0, 'test');
  const first = [backend.compile('', options), backend.compile('', options), backend.link([], executableOptions(null))];
  for (const result of await Promise.all(first)) {
    assert.ok(!result.ok);
    assert.match(result.failure.message, /the compile process ended \(status 3\)/);
  }
  const late = await backend.compile('', options);
  assert.ok(!late.ok);
  const linker = await backend.runLinker([], {}, 'a');
  assert.ok(!linker.ok);
  assert.match(linker.message, /the compile process ended \(status 3\)/);
  await backend.close();
});
