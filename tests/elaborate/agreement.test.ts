/** The interpreter and native code agree on every arithmetic intrinsic, bit for bit, at interesting operands.
 *  The interpreter's result is compiled into the native program as a constant, which compares and reports the first difference. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { startNativeCompiler } from '@kiln/backend-native/native-backend.ts';
import { compileOptions, executableOptions } from '@kiln/compiler/backend/backend.ts';
import { present } from '@kiln/compiler/base/invariant.ts';
import { floatTerm } from '@kiln/compiler/elaborate/numbers.ts';
import { emitModule } from '@kiln/compiler/llvm/module.ts';
import { defaultEmitOptions } from '@kiln/compiler/llvm/types.ts';
import type { LocalId, Operand } from '@kiln/compiler/mir/mir.ts';
import { dtypeInfo } from '@kiln/compiler/terms/dtypes.ts';
import type { DTypeName, Term } from '@kiln/compiler/terms/term.ts';
import { roundToFormat, floatFormat } from '@kiln/compiler/elaborate/numbers.ts';
import { type BodyBuilder, ProgramBuilder, spanAt, TestLibrary } from '../llvm/program-builder.ts';
import { interpreterFor } from './interpreter-harness.ts';

const backend = startNativeCompiler({ workerScript: null, execArgv: null, fallbackLinker: null });
const target = backend.target('native', '');
const folder = mkdtempSync(join(tmpdir(), 'kiln-agree-'));
after(async () => {
  rmSync(folder, { recursive: true, force: true });
  await backend.close();
});

/** A small generator with a fixed seed (xorshift32). */
let state = 0x2545f491;
function random(limit: number): number {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % limit;
}

const INTEGERS: readonly DTypeName[] = ['int', 'uint8', 'int16', 'uint32', 'int32', 'uint64', 'int128', 'uint256'];
const FLOATS: readonly DTypeName[] = ['float64', 'float32', 'float16', 'bfloat16'];

const BINARY_INT = [
  'add',
  'sub',
  'mul',
  'div',
  'floordiv',
  'mod',
  'rem',
  'and',
  'or',
  'xor',
  'shl',
  'shr',
  'rotl',
  'min',
  'max',
  'eq',
  'ne',
  'lt',
  'le',
  'gt',
  'ge',
];
const UNARY_INT = ['neg', 'not', 'abs', 'ctpop', 'ctlz', 'cttz', 'bswap', 'bitreverse'];
const BINARY_FLOAT = [
  'add',
  'sub',
  'mul',
  'div',
  'floordiv',
  'mod',
  'rem',
  'min',
  'max',
  'eq',
  'ne',
  'lt',
  'le',
  'gt',
  'ge',
];
const UNARY_FLOAT = ['neg', 'abs'];

function integerOperand(lib: TestLibrary, type: Term, bits: number): Term {
  const one = 1n;
  const interesting = [
    0n,
    one,
    -one,
    2n,
    7n,
    -7n,
    100n,
    one << BigInt(bits - 1),
    (one << BigInt(bits - 1)) - one,
    (one << BigInt(bits - 1)) + one,
  ];
  const pick = interesting[random(interesting.length + 4)];
  return lib.store.int(pick ?? (BigInt(random(2 ** 31)) << BigInt(random(bits))) - BigInt(random(2 ** 31)), type);
}

function floatOperand(lib: TestLibrary, type: Term, name: DTypeName): Term {
  const interesting = [
    0,
    -0,
    1,
    -1,
    0.5,
    1.5,
    2.5,
    -7.25,
    1e-3,
    100,
    65504,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NaN,
    5e-324,
    1e300,
  ];
  const value = interesting[random(interesting.length + 6)] ?? (random(2 ** 31) - 2 ** 30) / 2 ** random(40);
  return floatTerm(lib.store, roundToFormat(value, floatFormat(name)), type);
}

interface Case {
  readonly name: string;
  readonly build: (b: BodyBuilder) => LocalId;
  readonly type: Term;
}

function operand(term: Term, type: Term): Operand {
  return { kind: 'constant', term, type, span: spanAt(1) };
}

/** The bits of a float or mask, so that results compare exactly. */
function bits(lib: TestLibrary, b: BodyBuilder, value: LocalId, dtype: DTypeName): { value: LocalId; type: Term } {
  const info = dtypeInfo(dtype);
  if (info.kind === 'bool') {
    const type = lib.simd('uint8');
    return { value: b.intrinsic(type, 'simd.cast', [b.copy(value)]), type };
  }
  if (info.kind !== 'float') return { value, type: lib.simd(dtype) };
  const type = lib.simd(`uint${info.bits}` as DTypeName);
  return { value: b.intrinsic(type, 'simd.bitcast', [b.copy(value)]), type };
}

function makeCases(lib: TestLibrary): Case[] {
  const cases: Case[] = [];
  const add = (
    name: string,
    dtype: DTypeName,
    result: DTypeName,
    operands: readonly Term[],
    operandTypes: readonly Term[],
  ): void => {
    const resultInfo = dtypeInfo(result);
    const type =
      resultInfo.kind === 'bool'
        ? lib.simd('uint8')
        : resultInfo.kind === 'float'
          ? lib.simd(`uint${resultInfo.bits}` as DTypeName)
          : lib.simd(result);
    cases.push({
      name: `${name} ${dtype} ${operands.map((term) => (term.kind === 'int' ? term.value : term.kind === 'float' ? (term.special === 'finite' ? Number(term.numerator) / Number(term.denominator) : term.special) : '?')).join(' ')}`,
      type,
      build: (b) => {
        const values = operands.map((term, i) =>
          b.intrinsic(present(operandTypes[i], 'type'), 'value.black_box', [
            operand(term, present(operandTypes[i], 'type')),
          ]),
        );
        const got = b.intrinsic(
          lib.simd(result),
          name,
          values.map((value) => b.copy(value)),
        );
        return bits(lib, b, got, result).value;
      },
    });
  };
  const COMPARES = new Set(['eq', 'ne', 'lt', 'le', 'gt', 'ge']);
  for (const dtype of INTEGERS) {
    const type = lib.simd(dtype);
    const info = dtypeInfo(dtype);
    for (const op of BINARY_INT)
      for (let i = 0; i < 6; i++)
        add(
          `simd.${op}`,
          dtype,
          COMPARES.has(op) ? 'bool' : dtype,
          [integerOperand(lib, type, info.bits), integerOperand(lib, type, info.bits)],
          [type, type],
        );
    for (const op of UNARY_INT)
      for (let i = 0; i < 4; i++) add(`simd.${op}`, dtype, dtype, [integerOperand(lib, type, info.bits)], [type]);
    for (const to of [...INTEGERS, ...FLOATS])
      for (let i = 0; i < 3; i++) add('simd.cast', dtype, to, [integerOperand(lib, type, info.bits)], [type]);
  }
  for (const dtype of FLOATS) {
    const type = lib.simd(dtype);
    for (const op of BINARY_FLOAT)
      for (let i = 0; i < 8; i++)
        add(
          `simd.${op}`,
          dtype,
          COMPARES.has(op) ? 'bool' : dtype,
          [floatOperand(lib, type, dtype), floatOperand(lib, type, dtype)],
          [type, type],
        );
    for (const op of UNARY_FLOAT)
      for (let i = 0; i < 4; i++) add(`simd.${op}`, dtype, dtype, [floatOperand(lib, type, dtype)], [type]);
    for (const op of ['sqrt', 'floor', 'ceil', 'trunc', 'round_even'])
      for (let i = 0; i < 6; i++) add(`float.${op}`, dtype, dtype, [floatOperand(lib, type, dtype)], [type]);
    for (let i = 0; i < 6; i++)
      add(
        'float.copysign',
        dtype,
        dtype,
        [floatOperand(lib, type, dtype), floatOperand(lib, type, dtype)],
        [type, type],
      );
    if (dtype === 'float64' || dtype === 'float32')
      for (let i = 0; i < 16; i++)
        add(
          'simd.fma',
          dtype,
          dtype,
          [0, 1, 2].map(() => floatOperand(lib, type, dtype)),
          [type, type, type],
        );
    for (const to of [...INTEGERS, ...FLOATS, 'float8_e5m2', 'float8_e4m3fn'] as const)
      for (let i = 0; i < 5; i++) add('simd.cast', dtype, to, [floatOperand(lib, type, dtype)], [type]);
  }
  return cases;
}

/** A NaN's sign and payload are never compared. */
function isNanBits(term: Term, name: string): boolean {
  if (term.kind !== 'int') return false;
  const result = name.startsWith('simd.cast') || /float/.test(name);
  if (!result) return false;
  const { value } = term;
  return [
    [64n, 52n],
    [32n, 23n],
    [16n, 10n],
    [16n, 7n],
    [8n, 2n],
    [8n, 3n],
  ].some(([width = 0n, fraction = 0n]) => {
    const top = ((1n << (width - 1n - fraction)) - 1n) << fraction;
    return value < 1n << width && (value & top) === top && (value & ((1n << fraction) - 1n)) !== 0n;
  });
}

test('interpreter and native code compute the same bits', { timeout: 300_000 }, async () => {
  const lib = new TestLibrary();
  const builder = new ProgramBuilder(lib);
  const cases = makeCases(lib);
  const ids = cases.map((one, i) =>
    builder.define(`case${i}`, [], one.type, (b) => b.ret(b.copy(one.build(b))), { inline: 'never' }),
  );
  const { interpreter } = interpreterFor(builder);
  const expected = ids.map((id, i) => interpreter.evaluate(id, [], present(cases[i], 'case').type));
  // Each check prints its number when it fails.
  const checks = ids.map((id, i) =>
    builder.define(`check${i}`, [], lib.int, (b) => {
      const { type } = present(cases[i], 'case');
      const want = present(expected[i], 'expected');
      const got = b.local(type);
      b.call(got, id, []);
      const same = b.intrinsic(lib.bool, 'simd.all_eq', [b.copy(got), operand(want, type)]);
      const good = b.block();
      const bad = b.block();
      b.branch(same, good, bad);
      b.at(good);
      b.ret(b.int(0));
      b.at(bad);
      const text = b.intrinsic(
        lib.pointer(lib.simd('uint8')),
        'literal.string_pointer',
        [],
        [lib.store.string(`${i}\n`)],
      );
      const n = b.local(lib.int);
      b.call(n, { kind: 'foreign', symbol: 'write' }, [
        b.constant(1n, lib.simd('int32')),
        b.copy(text),
        b.int(`${i}\n`.length),
      ]);
      b.ret(b.int(1));
    }),
  );
  const skipped = new Set(
    cases.flatMap((one, i) => (isNanBits(present(expected[i], 'expected'), one.name) ? [i] : [])),
  );
  builder.entry = builder.define('entry', [], lib.int, (b) => {
    const got = b.local(lib.int);
    checks.forEach((check, i) => {
      if (!skipped.has(i)) b.call(got, check, []);
    });
    b.ret(b.int(0));
  });
  const ir = emitModule(builder.program(), lib.layouts(), target, {
    ...defaultEmitOptions('test.mojo'),
    fpMode: 'strict',
  });
  const object = await backend.compile(ir, { ...compileOptions(target, 0, 'test'), fpMode: 'strict' });
  assert.ok(object.ok, object.ok ? '' : object.failure.message);
  const path = join(folder, 'agree');
  const linked = await backend.link([object.bytes], executableOptions(path));
  assert.ok(linked.ok, linked.ok ? '' : linked.failure.message);
  const child = spawnSync(path, [], { encoding: 'utf8' });
  assert.equal(child.status, 0);
  const differing = child.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const i = Number(line);
      const want = present(expected[i], 'expected');
      return `${present(cases[i], 'case').name}: interpreter ${want.kind === 'int' ? want.value : want.kind}`;
    });
  assert.deepEqual(differing, []);
  assert.ok(cases.length - skipped.size > 2000, `${cases.length} cases, ${skipped.size} skipped`);
});
