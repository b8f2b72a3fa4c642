/** `--check-heap`: each finding, in the same words and with the same block numbers on native code, wasm and the interpreter. */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { after, describe, test } from 'node:test';
import { Executors, type ExecutorName } from './executors.ts';

const executors = new Executors({ checkHeap: true });
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kiln-heap-'));
after(async () => {
  fs.rmSync(folder, { recursive: true, force: true });
  await executors.close();
});

interface Case {
  readonly name: string;
  readonly body: readonly string[];
  readonly findings: readonly string[];
}

const CASES: readonly Case[] = [
  {
    name: 'balanced',
    body: ['comptime known: List[Int] = [4, 5, 6]', 'var m = materialize[known]()', 'm.append(3)', 'print(len(m))'],
    findings: [],
  },
  {
    name: 'leak',
    body: ['var p = unsafe_alloc[Int](3)', 'var q = unsafe_alloc[UInt8](5)', 'print(Int(p) != Int(q))'],
    findings: ['block 2 of 5 bytes was never freed', 'block 1 of 24 bytes was never freed'],
  },
  {
    name: 'double-free',
    body: ['var p = unsafe_alloc[Int](3)', 'p.unsafe_free()', 'p.unsafe_free()'],
    findings: ['block 1 of 24 bytes was freed twice'],
  },
  {
    name: 'foreign-free',
    body: ['var p = unsafe_alloc[Int](30)', 'p.unsafe_offset(10).unsafe_free()'],
    findings: ['an address that was not allocated was freed'],
  },
  {
    name: 'overrun',
    body: ['var p = unsafe_alloc[Int](3)', 'p.unsafe_offset(3)[] = 4', 'p.unsafe_free()'],
    findings: ['block 1 of 24 bytes was written beyond its end'],
  },
  {
    name: 'late-write',
    body: ['var p = unsafe_alloc[Int](3)', 'p.unsafe_free()', 'p[] = 4'],
    findings: ['block 1 of 24 bytes was written after it was freed'],
  },
];

const ALL: readonly ExecutorName[] = ['native', 'wasm', 'interpreter'];
/** The allocator is the same code on wasm; two cases show that it works there. */
const WITHOUT_WASM: readonly ExecutorName[] = ['native', 'interpreter'];

for (const { name, body, findings } of CASES)
  describe(`heap check: ${name}`, () => {
    for (const executor of name === 'balanced' || name === 'leak' ? ALL : WITHOUT_WASM)
      test(executor, { skip: Executors.available(executor) ? false : 'libLLVM 22 is not installed' }, async () => {
        const file = path.join(folder, `${name}.mojo`);
        const lines = ['from std.memory import unsafe_alloc', 'def main():', ...body.map((line) => `    ${line}`), ''];
        fs.writeFileSync(file, lines.join('\n'));
        const result = await executors.run(executor, file, 0);
        assert.equal(result.stderr, findings.map((finding) => `kiln: heap check: ${finding}\n`).join(''));
        assert.equal(result.status, findings.length === 0 ? 0 : 23);
      });
  });
