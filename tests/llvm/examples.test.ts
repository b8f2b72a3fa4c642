/** What the optimizer makes of `examples/dot_product.mojo`: one generic function, two specializations, no call left in
 *  their loops, and the Int8 loop on vector registers. And of `examples/fast_matmul.mojo`: a tile that stays in registers. */
import assert from 'node:assert/strict';
import * as path from 'node:path';
import { after, before, test } from 'node:test';
import { libLlvmInstalled } from '../../packages/backend-native/src/libllvm.ts';
import { makeWorkplace, ROOT, type Workplace } from '../cli/kiln.ts';

const DOT = path.join(ROOT, 'examples', 'dot_product.mojo');
const MATMUL = path.join(ROOT, 'examples', 'fast_matmul.mojo');
const native = process.platform === 'linux' && process.arch === 'x64' && libLlvmInstalled();

let place: Workplace;
before(() => {
  place = makeWorkplace();
});
after(() => place.remove());

function emit(stage: 'llvm' | 'llvm-opt' | 'asm', example = DOT, cpu = 'x86-64-v3'): string {
  const result = place.kiln(['build', '--emit', stage, '--target-cpu', cpu, example]);
  assert.equal(result.status, 0, result.stderr);
  return result.stdout;
}

/** The basic blocks of every function that branch to themselves: the innermost loops after optimization. */
function innermostLoops(ir: string): string[] {
  return ir.split(/\n(?=[\w.$]+:)|\n\n|\n\}/).filter((block) => {
    const name = /^([\w.$]+):/.exec(block)?.[1];
    return name !== undefined && block.slice(block.lastIndexOf('br ')).includes(`label %${name}`);
  });
}

/** Calls of a block that reach code; intrinsics with a machine instruction of their own do not. */
function realCalls(block: string): string[] {
  return [...block.matchAll(/\bcall [^@\n]*(@[\w.$]+|%[\w.$]+)\(/g)]
    .map((match) => match[1] ?? '')
    .filter((callee) => !callee.startsWith('@llvm.'));
}

test('a generic function used at two types is two specializations, without indirect calls', () => {
  const ir = emit('llvm');
  const found = [...ir.matchAll(/^define [^\n]*@(_Kdot_product\.dot_product_[0-9a-f]{16})\([\s\S]*?^\}/gm)];
  assert.equal(new Set(found.map((match) => match[1])).size, 2);
  for (const [body] of found) assert.doesNotMatch(body, /\bcall [^@\n]*%[\w.$]+\(/);
});

test('the trait calls of dot_product are inlined', { skip: native ? false : 'needs libLLVM 22 on x86-64' }, () => {
  const loops = innermostLoops(emit('llvm-opt'));
  const floats = loops.filter((block) => /\bfmul (\w+ )*float/.test(block) && /\bfadd (\w+ )*float/.test(block));
  const bytes = loops.filter((block) => /\bmul <\d+ x i8>/.test(block));
  assert.ok(floats.length > 0, 'no loop multiplies and adds Float32');
  assert.ok(bytes.length > 0, 'no loop multiplies Int8 vectors');
  for (const block of [...floats, ...bytes]) assert.deepEqual(realCalls(block), []);
});

test('the Int8 loop is vectorized', { skip: native ? false : 'needs libLLVM 22 on x86-64' }, () => {
  const lanes = innermostLoops(emit('llvm-opt'))
    .filter((block) => /\badd <\d+ x i8>/.test(block))
    .flatMap((block) => [...block.matchAll(/\bmul <(\d+) x i8>/g)])
    .map((match) => Number(match[1]));
  assert.ok(Math.max(0, ...lanes) >= 4, `lanes: ${lanes.join(', ')}`);
});

for (const cpu of ['x86-64-v3', 'x86-64-v4'])
  test(`the sums of a matrix tile stay in registers: ${cpu}`, {
    skip: native ? false : 'needs libLLVM 22 on x86-64',
  }, () => {
    const blocks = emit('asm', MATMUL, cpu).split(/^(?=\.LBB)/m);
    const tiles = blocks.filter((block) => (block.match(/\bvfmadd\w+ps\s/g) ?? []).length >= 12);
    assert.ok(tiles.length > 0, 'no loop multiplies and adds a tile');
    for (const tile of tiles) assert.doesNotMatch(tile, /\bvmov\w+\s+%[yz]mm\d+, -?\d*\(%rsp\)/);
  });
