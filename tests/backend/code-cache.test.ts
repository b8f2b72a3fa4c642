/** The machine code of LLVM that one process keeps for the next, on a module of one function. */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import test from 'node:test';
import {
  codeCacheFile,
  moduleFromCache,
  setMakingFlags,
  writeCodeCache,
} from '@kiln/backend-embedded/code-cache.ts';
import { wasmApi } from '@kiln/backend-embedded/webassembly.ts';

/** `(func (export "f") (result i32) (i32.const 42))` */
const FORTY_TWO = new Uint8Array([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 5, 1, 0x60, 0, 1, 0x7f, 3, 2, 1, 0, 7, 5, 1, 1, 0x66, 0, 0, 10, 6, 1, 4, 0, 0x41,
  42, 0x0b,
]);

// The flags hold for the process: this file's own.
setMakingFlags();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kiln-code-cache-'));
test.after(() => fs.rmSync(folder, { recursive: true, force: true }));

function run(module: ConstructorParameters<typeof wasmApi.Instance>[0]): unknown {
  return (new wasmApi.Instance(module, {}).exports['f'] as () => unknown)();
}

test('a module comes back from the cache; a damaged or cut file counts as none', () => {
  const file = codeCacheFile(folder, FORTY_TWO.length);
  assert.equal(moduleFromCache(file, FORTY_TWO), null, 'there is none yet');
  const module = new wasmApi.Module(FORTY_TWO);
  for (let call = 0; call < 10_000; call++) run(module);
  writeCodeCache(file, module);
  assert.deepEqual(fs.readdirSync(folder), [path.basename(file)], 'no temporary file stays');
  const cached = moduleFromCache(file, FORTY_TWO);
  assert.ok(cached !== null);
  assert.equal(run(cached), 42);

  const whole = fs.readFileSync(file);
  const flipped = Buffer.from(whole);
  flipped[whole.length - 1] = (whole[whole.length - 1] ?? 0) ^ 1;
  for (const damaged of [flipped, whole.subarray(0, whole.length / 2), Buffer.alloc(0), Buffer.alloc(100)]) {
    fs.writeFileSync(file, damaged);
    assert.equal(moduleFromCache(file, FORTY_TWO), null);
  }
});

test('another Node or another LLVM has another file', () => {
  assert.notEqual(codeCacheFile(folder, 1), codeCacheFile(folder, 2));
  assert.ok(codeCacheFile(folder, 1).includes(process.version));
});
