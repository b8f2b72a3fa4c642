/** Every intrinsic of the table, at every element type its signature allows, gives IR that both LLVM builds accept. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { startEmbeddedCompiler } from '@kiln/backend-embedded/embedded-backend.ts';
import { startNativeCompiler } from '@kiln/backend-native/native-backend.ts';
import { type Backend, compileOptions, type OptLevel } from '@kiln/compiler/backend/backend.ts';
import { emitModule } from '@kiln/compiler/llvm/module.ts';
import { defaultEmitOptions } from '@kiln/compiler/llvm/types.ts';
import { allIntrinsics } from '@kiln/compiler/mir/intrinsics.ts';
import type { DTypeName, Term } from '@kiln/compiler/terms/term.ts';
import { ProgramBuilder, TestLibrary } from './program-builder.ts';

const native = startNativeCompiler({ workerScript: null, execArgv: null, fallbackLinker: null });
const embedded = startEmbeddedCompiler({
  compileScript: join(process.cwd(), 'packages/backend-embedded/src/compile-process.ts'),
  execArgv: ['--import', 'tsx'],
  warm: true,
});
after(async () => {
  await native.close();
  await embedded.close();
});

type Shape = readonly [DTypeName, number];
const INTEGERS: readonly Shape[] = [
  ['int', 1],
  ['uint8', 1],
  ['int16', 4],
  ['uint32', 8],
  ['int128', 1],
  ['uint256', 1],
  ['int64', 2],
];
const FLOATS: readonly Shape[] = [
  ['float64', 1],
  ['float32', 8],
  ['float16', 4],
  ['bfloat16', 1],
  ['float8_e5m2', 2],
  ['float8_e4m3fn', 1],
];
const MASKS: readonly Shape[] = [
  ['bool', 1],
  ['bool', 8],
];

/** Where a mask has no meaning. */
const NO_MASK = /^(simd\.(add|sub|mul|div|floordiv|mod|rem|neg|abs|fma|reduce_(add|mul))|atomic|bool\.to_int|literal)/;
const ONE_LANE = /^(scalar|atomic|literal|dtype|bool)/;
const ONLY_INTEGRAL = /^simd\.(and|or|xor|not|reduce_and|reduce_or)$/;
const WASM_ONLY = /^wasm\./;
/** Elaboration folds or lowers these; they take parameters that tests give elsewhere. */
const SKIPPED =
  /^(foreign|simd\.shuffle|simd\.bitcast|simd\.cast|type\.|target\.|value\.|raw_array|memory\.(stack|slot)|location|pointer\.(destroy|take|init|of|deref|relocate)|tuple\.from_pack|dtype\.param_code|literal\.)/;

function shapesFor(name: string, signature: string): readonly Shape[] {
  let shapes: readonly Shape[];
  if (/\bF\b/.test(signature)) shapes = FLOATS;
  else if (/\bI\b/.test(signature)) shapes = INTEGERS;
  else if (/\bV\b/.test(signature)) shapes = [...INTEGERS, ...FLOATS, ...MASKS];
  else return [['int', 1]];
  if (NO_MASK.test(name)) shapes = shapes.filter(([dtype]) => dtype !== 'bool');
  if (ONE_LANE.test(name)) shapes = shapes.filter(([, lanes]) => lanes === 1);
  if (ONLY_INTEGRAL.test(name)) shapes = shapes.filter(([dtype]) => !dtype.includes('float'));
  if (name.startsWith('atomic.')) shapes = shapes.filter(([dtype]) => ['int', 'uint8', 'float64'].includes(dtype));
  return shapes;
}

function everything(isWasm: boolean): ProgramBuilder {
  const lib = new TestLibrary();
  const builder = new ProgramBuilder(lib);
  for (const { name, signature } of allIntrinsics()) {
    if (SKIPPED.test(name) || (WASM_ONLY.test(name) && !isWasm)) continue;
    const match = /^\((.*)\)(?: -> (.*))?$/.exec(signature);
    assert.ok(match !== null, `signature of ${name}`);
    for (const [dtype, lanes] of shapesFor(name, signature)) {
      const typeOf = (text: string): Term => {
        const word = text.trim().split(' ')[0] ?? '';
        switch (word) {
          case 'V':
          case 'I':
          case 'F':
            return lib.simd(dtype, lanes);
          case 'V[1]':
            return lib.simd(dtype);
          case 'M':
            return lib.simd('bool', lanes);
          case 'M[1]':
            return lib.simd('bool');
          case 'B':
            return lib.bool;
          case 'P':
            return lib.pointer(lib.int);
          case 'I64':
            return lib.simd('int64', lanes);
          case 'UInt8':
          case 'DType':
            return lib.simd('uint8');
          case 'N':
            return lib.int;
          default:
            return lib.none;
        }
      };
      const args = (match[1] ?? '')
        .split(',')
        .filter((part) => part !== '')
        .map(typeOf);
      let result = match[2] === undefined ? lib.none : typeOf(match[2]);
      if (name.startsWith('simd.reduce_')) result = lib.simd(dtype);
      builder.define(
        `${name}.${dtype}.${lanes}`,
        args.map((type, i) => [`a${i}`, 'imm', type] as const),
        result,
        (b) => {
          const got = b.intrinsic(
            result,
            name,
            args.map((_, i) => b.copy(b.arg(i))),
          );
          if (name !== 'control.trap' && name !== 'control.unreachable') b.ret(b.copy(got));
        },
        { exported: true },
      );
    }
  }
  // Casts and bit casts between all pairs.
  const all = [...new Set([...INTEGERS, ...FLOATS, ...MASKS].map(([dtype]) => dtype))];
  for (const from of all)
    for (const to of all)
      for (const lanes of [1, 4])
        builder.define(
          `cast.${from}.${to}.${lanes}`,
          [['v', 'imm', lib.simd(from, lanes)]],
          lib.simd(to, lanes),
          (b) => b.ret(b.copy(b.intrinsic(lib.simd(to, lanes), 'simd.cast', [b.copy(b.arg(0))]))),
          { exported: true },
        );
  const bitcasts: readonly (readonly [Shape, Shape])[] = [
    [
      ['float64', 1],
      ['uint64', 1],
    ],
    [
      ['uint8', 8],
      ['uint64', 1],
    ],
    [
      ['bool', 8],
      ['uint8', 1],
    ],
    [
      ['bool', 8],
      ['uint8', 8],
    ],
    [
      ['uint8', 1],
      ['bool', 8],
    ],
    [
      ['float16', 4],
      ['uint64', 1],
    ],
  ];
  for (const [from, to] of bitcasts)
    builder.define(
      `bitcast.${from.join('x')}.${to.join('x')}`,
      [['v', 'imm', lib.simd(...from)]],
      lib.simd(...to),
      (b) => b.ret(b.copy(b.intrinsic(lib.simd(...to), 'simd.bitcast', [b.copy(b.arg(0))]))),
      { exported: true },
    );
  return builder;
}

async function accepts(backend: Backend, isWasm: boolean, level: OptLevel): Promise<void> {
  const target = backend.target('native', '');
  const builder = everything(isWasm);
  for (const fpMode of isWasm ? (['default'] as const) : (['strict', 'fast'] as const)) {
    const ir = emitModule(builder.program(), builder.lib.layouts(), target, { ...defaultEmitOptions('all'), fpMode });
    const result = await backend.compile(ir, compileOptions(target, level, 'all'));
    assert.ok(
      result.ok,
      result.ok ? '' : `${result.failure.message}\n${ir.split('\n')[(result.failure.irPosition?.line ?? 1) - 1] ?? ''}`,
    );
  }
}

test('native LLVM accepts every intrinsic', () => accepts(native, false, 0));
test('embedded LLVM accepts every intrinsic', () => accepts(embedded, true, 0));
