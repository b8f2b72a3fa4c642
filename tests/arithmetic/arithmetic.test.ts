/** Random expressions: the interpreter, native code at both levels and wasm print the same bits. */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { after, test } from 'node:test';
import { Executors } from '../language/executors.ts';
import { expressionProgram } from './expressions.ts';

const COUNT = 100;
/** LLVM as WebAssembly takes its time. */
const COUNT_ON_WASM = 30;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kiln-arithmetic-'));
const executors = new Executors();
after(async () => {
  fs.rmSync(folder, { recursive: true, force: true });
  await executors.close();
});

function programOf(count: number): string {
  const file = path.join(folder, `expressions-${count}.mojo`);
  if (!fs.existsSync(file)) fs.writeFileSync(file, expressionProgram(1, count));
  return file;
}

async function outputOf(name: 'native' | 'wasm' | 'interpreter', count: number, level: 0 | 3): Promise<string> {
  const result = await executors.run(name, programOf(count), level);
  assert.equal(result.status, 0, result.stderr);
  return result.stdout;
}

const native = Executors.available('native') ? false : 'libLLVM 22 is not installed';

for (const level of [0, 3] as const)
  test(`${COUNT} expressions: interpreter and native -O${level}`, { skip: native }, async () => {
    assert.equal(await outputOf('native', COUNT, level), await outputOf('interpreter', COUNT, 0));
  });

test(`${COUNT_ON_WASM} expressions: interpreter and wasm`, async () => {
  assert.equal(await outputOf('wasm', COUNT_ON_WASM, 0), await outputOf('interpreter', COUNT_ON_WASM, 0));
});
