/** LLVM emission: hand-made programs through libLLVM, linked and run; shapes of the IR where the shape is the point. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { compileEmbedded, startEmbeddedCompiler } from '@kiln/backend-embedded/embedded-backend.ts';
import { wasmApi } from '@kiln/backend-embedded/webassembly.ts';
import { startNativeCompiler } from '@kiln/backend-native/native-backend.ts';
import { compileOptions, executableOptions, type FpMode, type OptLevel } from '@kiln/compiler/backend/backend.ts';
import { emitModule } from '@kiln/compiler/llvm/module.ts';
import { defaultEmitOptions, type EmitOptions } from '@kiln/compiler/llvm/types.ts';
import type { LocalId, Operand } from '@kiln/compiler/mir/mir.ts';
import { PLAIN_ARG, type Term } from '@kiln/compiler/terms/term.ts';
import { type BodyBuilder, ProgramBuilder, TestLibrary } from './program-builder.ts';

const backend = startNativeCompiler({ workerScript: null, execArgv: null, fallbackLinker: null });
const target = backend.target('native', '');
const embedded = startEmbeddedCompiler({
  compileScript: join(process.cwd(), 'packages/backend-embedded/src/compile-process.ts'),
  execArgv: ['--import', 'tsx'],
  warm: true,
});
const wasm = embedded.target('generic', '');
const folder = mkdtempSync(join(tmpdir(), 'kiln-llvm-'));
after(async () => {
  rmSync(folder, { recursive: true, force: true });
  await backend.close();
  await embedded.close();
});

function emit(builder: ProgramBuilder, options: Partial<EmitOptions> = {}, on = target): string {
  const all = {
    ...defaultEmitOptions('test.mojo'),
    locate: (span: { start: number }) => ({ path: 'test.mojo', line: span.start, column: 1 }),
    ...options,
  };
  return emitModule(builder.program(), builder.lib.layouts(), on, all);
}

async function optimized(ir: string, optLevel: OptLevel = 3): Promise<string> {
  const result = await backend.compile(ir, { ...compileOptions(target, optLevel, 'test'), emit: 'llvm-opt' });
  assert.ok(result.ok, result.ok ? '' : `${result.failure.message}\n${numbered(ir)}`);
  return new TextDecoder().decode(result.bytes);
}

function numbered(ir: string): string {
  return ir
    .split('\n')
    .map((line, i) => `${i + 1}: ${line}`)
    .join('\n');
}

async function run(
  builder: ProgramBuilder,
  optLevel: OptLevel = 2,
): Promise<{ status: number | null; signal: string | null; out: string }> {
  const ir = emit(builder);
  const object = await backend.compile(ir, compileOptions(target, optLevel, 'test'));
  assert.ok(object.ok, object.ok ? '' : `${object.failure.message}\n${numbered(ir)}`);
  const path = join(folder, `program${Math.floor(performance.now() * 1000)}`);
  const linked = await backend.link([object.bytes], executableOptions(path));
  assert.ok(linked.ok, linked.ok ? '' : linked.failure.message);
  const child = spawnSync(path, [], { encoding: 'utf8' });
  return { status: child.status, signal: child.signal, out: child.stdout };
}

/** Status of the program as a wasm module, on a WASI that knows how to end. */
async function runWasm(builder: ProgramBuilder): Promise<number> {
  const ir = emit(builder, {}, wasm);
  const linked = await compileEmbedded(embedded, ir, 1);
  assert.ok(linked.ok && linked.bytes !== null, linked.ok ? '' : `${linked.failure.message}\n${numbered(ir)}`);
  class Exit {
    readonly status: number;
    constructor(status: number) {
      this.status = status;
    }
  }
  const wasi = {
    proc_exit: (status: number) => {
      throw new Exit(status);
    },
    args_get: () => 0,
    args_sizes_get: () => 0,
  };
  const instance = new wasmApi.Instance(new wasmApi.Module(linked.bytes), { wasi_snapshot_preview1: wasi });
  try {
    (instance.exports['_start'] as () => void)();
    return 0;
  } catch (error) {
    if (error instanceof Exit) return error.status;
    throw error;
  }
}

async function bothSucceed(builder: ProgramBuilder): Promise<void> {
  const { status, signal } = await run(builder);
  assert.deepEqual({ status, signal }, { status: 0, signal: null });
  assert.equal(await runWasm(builder), 0, 'on wasm');
}

/** A program whose `main` returns 0 if every check holds, else the number of the first check that fails. */
function checker(lib: TestLibrary): {
  builder: ProgramBuilder;
  check: (make: (b: BodyBuilder) => LocalId) => void;
  finish: () => ProgramBuilder;
} {
  const builder = new ProgramBuilder(lib);
  const makers: ((b: BodyBuilder) => LocalId)[] = [];
  return {
    builder,
    check: (make) => makers.push(make),
    finish: () => {
      builder.entry = builder.define('entry', [], lib.int, (b) => {
        makers.forEach((make, i) => {
          const condition = make(b);
          const good = b.block();
          const bad = b.block();
          b.branch(condition, good, bad);
          b.at(bad);
          b.ret(b.int(i + 1));
          b.at(good);
        });
        b.ret(b.int(0));
      });
      return builder;
    },
  };
}

/** Constants that the optimizer cannot see through. */
function opaque(b: BodyBuilder, operand: Operand, type: Term): LocalId {
  return b.intrinsic(type, 'value.black_box', [operand]);
}

test('integer division is guarded and floors', async () => {
  const lib = new TestLibrary();
  const { check, finish } = checker(lib);
  const cases: readonly (readonly [
    op: string,
    dtype: 'int8' | 'int' | 'uint8' | 'int128',
    a: bigint,
    b: bigint,
    expected: bigint,
  ])[] = [
    ['div', 'int8', 7n, -2n, -3n],
    ['div', 'int8', 7n, 0n, 0n],
    ['div', 'int8', -128n, -1n, -128n],
    ['floordiv', 'int', -7n, 2n, -4n],
    ['floordiv', 'int', 7n, -2n, -4n],
    ['floordiv', 'int', 7n, 0n, 0n],
    ['floordiv', 'int', -(1n << 63n), -1n, -(1n << 63n)],
    ['mod', 'int', -7n, 2n, 1n],
    ['mod', 'int', 7n, -2n, -1n],
    ['mod', 'int', 7n, 0n, 0n],
    ['mod', 'int8', -128n, -1n, 0n],
    ['rem', 'int', -7n, 2n, -1n],
    ['mod', 'uint8', 200n, 7n, 4n],
    ['shl', 'int8', 1n, 9n, 2n],
    ['shr', 'int8', -128n, 7n, -1n],
    ['floordiv', 'int128', -7n, 2n, -4n],
    ['div', 'int128', 1n << 100n, 3n, (1n << 100n) / 3n],
    ['mul', 'int128', 1n << 70n, 3n << 40n, 3n << 110n],
    ['shl', 'int128', 5n, 100n, 5n << 100n],
    ['shr', 'int128', -1n << 100n, 90n, -1n << 10n],
    ['min', 'int8', -5n, 5n, -5n],
    ['max', 'uint8', 200n, 5n, 200n],
  ];
  for (const [op, dtype, a, c, expected] of cases)
    for (const hidden of [true, false])
      check((b) => {
        const type = lib.simd(dtype);
        const left = opaque(b, b.constant(a, type), type);
        const right = hidden ? b.copy(opaque(b, b.constant(c, type), type)) : b.constant(c, type);
        const got = b.intrinsic(type, `simd.${op}`, [b.copy(left), right]);
        return b.intrinsic(lib.bool, 'simd.all_eq', [b.copy(got), b.constant(expected, type)]);
      });
  await bothSucceed(finish());
});

test('floats: small formats, saturating casts, min and max of NaN', async () => {
  const lib = new TestLibrary();
  const { check, finish } = checker(lib);
  const f64 = lib.float64;
  const nan: Operand = {
    kind: 'constant',
    term: lib.store.specialFloat('nan', f64),
    type: f64,
    span: { file: 0 as never, start: 1, end: 1 },
  };
  const casts: readonly (readonly [
    to: 'float16' | 'bfloat16' | 'float8_e5m2' | 'float8_e4m3fn',
    numerator: bigint,
    denominator: bigint,
    n: bigint,
    d: bigint,
  ])[] = [
    ['float16', 1n, 3n, 1365n, 4096n],
    ['float16', 65504n, 1n, 65504n, 1n],
    ['float16', 1n, 1n << 24n, 1n, 1n << 24n],
    ['float16', 2049n, 1n, 2048n, 1n],
    ['float16', 2051n, 1n, 2052n, 1n],
    ['bfloat16', 257n, 1n, 256n, 1n],
    ['bfloat16', 3n, 2n, 3n, 2n],
    ['float8_e5m2', 9n, 1n, 8n, 1n],
    ['float8_e4m3fn', 17n, 1n, 16n, 1n],
    ['float8_e4m3fn', 448n, 1n, 448n, 1n],
    ['float8_e4m3fn', 1n, 512n, 1n, 512n],
  ];
  for (const [to, numerator, denominator, n, d] of casts)
    check((b) => {
      const narrow = b.intrinsic(lib.simd(to), 'simd.cast', [
        b.copy(opaque(b, b.float(numerator, denominator, f64), f64)),
      ]);
      const wide = b.intrinsic(f64, 'simd.cast', [b.copy(opaque(b, b.copy(narrow), lib.simd(to)))]);
      return b.intrinsic(lib.bool, 'simd.all_eq', [b.copy(wide), b.float(n, d, f64)]);
    });
  check((b) => {
    // Just above a tie of float16: a float in between would round down.
    const x = b.float((2049n << 40n) + 1n, 1n << 40n, f64);
    const narrow = b.intrinsic(lib.simd('float16'), 'simd.cast', [b.copy(opaque(b, x, f64))]);
    const wide = b.intrinsic(f64, 'simd.cast', [b.copy(narrow)]);
    return b.intrinsic(lib.bool, 'simd.all_eq', [b.copy(wide), b.float(2050n, 1n, f64)]);
  });
  check((b) => {
    const to = b.intrinsic(lib.simd('int8'), 'simd.cast', [b.copy(opaque(b, b.float(1000n, 1n, f64), f64))]);
    return b.intrinsic(lib.bool, 'simd.all_eq', [b.copy(to), b.constant(127n, lib.simd('int8'))]);
  });
  for (const dtype of ['int128', 'uint256'] as const)
    check((b) => {
      const wide = lib.simd(dtype);
      const to = b.intrinsic(wide, 'simd.cast', [b.copy(opaque(b, b.float(3n << 100n, 1n, f64), f64))]);
      const same = b.intrinsic(lib.bool, 'simd.all_eq', [b.copy(to), b.constant(3n << 100n, wide)]);
      const back = b.intrinsic(f64, 'simd.cast', [b.copy(opaque(b, b.copy(to), wide))]);
      const again = b.intrinsic(lib.bool, 'simd.all_eq', [b.copy(back), b.float(3n << 100n, 1n, f64)]);
      return b.intrinsic(lib.bool, 'bool.and', [b.copy(same), b.copy(again)]);
    });
  check((b) => {
    const to = b.intrinsic(lib.simd('int128'), 'simd.cast', [b.copy(opaque(b, b.float(-1n << 200n, 1n, f64), f64))]);
    return b.intrinsic(lib.bool, 'simd.all_eq', [b.copy(to), b.constant(-1n << 127n, lib.simd('int128'))]);
  });
  check((b) => {
    const to = b.intrinsic(lib.int, 'simd.cast', [b.copy(opaque(b, nan, f64))]);
    return b.intrinsic(lib.bool, 'simd.all_eq', [b.copy(to), b.int(0)]);
  });
  for (const order of [0, 1])
    check((b) => {
      const x = opaque(b, nan, f64);
      const operands = order === 0 ? [b.copy(x), b.float(2n, 1n, f64)] : [b.float(2n, 1n, f64), b.copy(x)];
      const least = b.intrinsic(f64, 'simd.min', operands);
      return b.intrinsic(lib.bool, 'simd.all_eq', [b.copy(least), b.float(2n, 1n, f64)]);
    });
  check((b) => {
    const r = b.intrinsic(f64, 'simd.mod', [b.copy(opaque(b, b.float(-15n, 2n, f64), f64)), b.float(2n, 1n, f64)]);
    return b.intrinsic(lib.bool, 'simd.all_eq', [b.copy(r), b.float(1n, 2n, f64)]);
  });
  await bothSucceed(finish());
});

test('lanes, masks, memory and atomics', async () => {
  const lib = new TestLibrary();
  const { check, finish } = checker(lib);
  const v4 = lib.simd('float32', 4);
  const f32 = lib.simd('float32');
  const m4 = lib.simd('bool', 4);
  const iota = (b: BodyBuilder): LocalId => opaque(b, b.copy(b.intrinsic(v4, 'simd.iota', [])), v4);
  const equalsFloat = (b: BodyBuilder, v: LocalId, n: bigint): LocalId =>
    b.intrinsic(lib.bool, 'simd.all_eq', [b.copy(v), b.float(n, 1n, f32)]);
  check((b) => equalsFloat(b, b.intrinsic(f32, 'simd.reduce_add', [b.copy(iota(b))]), 6n));
  check((b) => equalsFloat(b, b.intrinsic(f32, 'simd.reduce_max', [b.copy(iota(b))]), 3n));
  check((b) =>
    equalsFloat(b, b.intrinsic(f32, 'simd.extract', [b.copy(iota(b)), b.copy(opaque(b, b.int(6), lib.int))]), 2n),
  );
  check((b) => {
    const mask = lib.store.list([3n, 2n, 1n, 0n].map((n) => lib.store.int(n, lib.int)));
    const turned = b.intrinsic(v4, 'simd.shuffle', [b.copy(iota(b)), b.copy(iota(b))], [mask]);
    return equalsFloat(b, b.intrinsic(f32, 'simd.extract', [b.copy(turned), b.int(0)]), 3n);
  });
  // Mask to memory and back: one byte for each lane.
  check((b) => {
    const two = b.intrinsic(v4, 'simd.splat', [b.float(2n, 1n, f32)]);
    const less = b.intrinsic(m4, 'simd.lt', [b.copy(iota(b)), b.copy(two)]);
    const stored = b.local(m4);
    b.use(stored, b.copy(less));
    const pointer = b.intrinsic(lib.pointer(m4), 'pointer.of', [b.borrow(stored)]);
    const bytes = b.intrinsic(lib.simd('uint8', 4), 'pointer.load', [b.copy(pointer)]);
    const sum = b.intrinsic(lib.simd('uint8'), 'simd.reduce_add', [b.copy(bytes)]);
    return b.intrinsic(lib.bool, 'simd.all_eq', [b.copy(sum), b.constant(2n, lib.simd('uint8'))]);
  });
  check((b) => {
    const one = b.intrinsic(v4, 'simd.splat', [b.float(1n, 1n, f32)]);
    const mask = b.intrinsic(m4, 'simd.le', [b.copy(iota(b)), b.copy(one)]);
    const memory = b.intrinsic(lib.pointer(f32), 'memory.stack', [], [f32, lib.store.int(4n, lib.int)]);
    b.intrinsicTo(b.local(lib.none), 'pointer.store', [b.copy(memory), b.copy(iota(b))]);
    const minus = b.intrinsic(v4, 'simd.splat', [b.float(-1n, 1n, f32)]);
    const loaded = b.intrinsic(v4, 'pointer.masked_load', [b.copy(memory), b.copy(mask), b.copy(minus)]);
    b.intrinsicTo(b.local(lib.none), 'pointer.masked_store', [b.copy(memory), b.copy(mask), b.copy(minus)]);
    const after = b.intrinsic(v4, 'pointer.load', [b.copy(memory)]);
    const sum = b.intrinsic(v4, 'simd.add', [b.copy(loaded), b.copy(after)]);
    // (0, 1, -1, -1) + (-1, -1, 2, 3)
    return equalsFloat(b, b.intrinsic(f32, 'simd.reduce_add', [b.copy(sum)]), 2n);
  });
  check((b) => {
    const memory = b.intrinsic(lib.pointer(f32), 'memory.stack', [], [f32, lib.store.int(4n, lib.int)]);
    b.intrinsicTo(b.local(lib.none), 'pointer.store', [b.copy(memory), b.copy(iota(b))]);
    const base = b.intrinsic(lib.int, 'pointer.to_int', [b.copy(memory)]);
    const i4 = lib.simd('int64', 4);
    const lanes = b.intrinsic(i4, 'simd.iota', []);
    const four = b.intrinsic(i4, 'simd.splat', [b.constant(4n, lib.simd('int64'))]);
    const offsets = b.intrinsic(i4, 'simd.mul', [b.copy(lanes), b.copy(four)]);
    const bases = b.intrinsic(i4, 'simd.splat', [b.copy(base)]);
    const addresses = b.intrinsic(i4, 'simd.add', [b.copy(bases), b.copy(offsets)]);
    const all = b.intrinsic(m4, 'simd.eq', [b.copy(iota(b)), b.copy(iota(b))]);
    const zero = b.intrinsic(v4, 'simd.zero', []);
    const got = b.intrinsic(v4, 'pointer.gather', [b.copy(addresses), b.copy(all), b.copy(zero)]);
    return equalsFloat(b, b.intrinsic(f32, 'simd.reduce_add', [b.copy(got)]), 6n);
  });
  check((b) => {
    const counter = b.local(lib.int);
    b.use(counter, b.int(5));
    const pointer = b.intrinsic(lib.pointer(lib.int), 'pointer.of', [b.borrow(counter)]);
    const old = b.intrinsic(lib.int, 'atomic.add', [b.copy(pointer), b.int(3)]);
    const swapped = b.intrinsic(lib.int, 'atomic.compare_exchange', [b.copy(pointer), b.int(8), b.int(40)]);
    const now = b.intrinsic(lib.int, 'atomic.load', [b.copy(pointer)]);
    const a = b.intrinsic(lib.int, 'simd.add', [b.copy(old), b.copy(swapped)]);
    const total = b.intrinsic(lib.int, 'simd.add', [b.copy(a), b.copy(now)]);
    return b.intrinsic(lib.bool, 'simd.all_eq', [b.copy(total), b.int(53)]);
  });
  await bothSucceed(finish());
});

test('calls: raising, memory class, by address, variadics', async () => {
  const lib = new TestLibrary();
  const { builder, check, finish } = checker(lib);
  const big = lib.struct('Big', [lib.int, lib.int, lib.float64], true);
  const makeBig = builder.define(
    'makeBig',
    [['n', 'imm', lib.int]],
    big,
    (b) => {
      b.assign(b.result, { kind: 'aggregate', operands: [b.copy(b.arg(0)), b.int(2), b.float(3n, 1n, lib.float64)] });
      b.terminate({ kind: 'return', span: { file: 0 as never, start: 2, end: 2 } });
    },
    { inline: 'never' },
  );
  const increment = builder.define(
    'increment',
    [['b', 'mut', big]],
    lib.none,
    (b) => {
      const f = b.field(b.arg(0), 0, lib.int);
      const next = b.intrinsic(lib.int, 'simd.add', [b.copy(f), b.int(1)]);
      b.use(f, b.copy(next));
      b.ret();
    },
    { inline: 'never' },
  );
  const first = builder.define(
    'first',
    [['b', 'imm', big]],
    lib.int,
    (b) => b.ret(b.copy(b.field(b.arg(0), 0, lib.int))),
    { inline: 'never' },
  );
  check((b) => {
    const value = b.local(big);
    b.call(value, makeBig, [b.int(41)]);
    b.call(b.local(lib.none), increment, [b.borrowMut(value)]);
    const got = b.local(lib.int);
    b.call(got, first, [b.borrow(value)]);
    return b.intrinsic(lib.bool, 'simd.all_eq', [b.copy(got), b.int(42)]);
  });
  const mayRaise = builder.define(
    'mayRaise',
    [['n', 'imm', lib.int]],
    lib.int,
    (b) => {
      const negative = b.intrinsic(lib.bool, 'scalar.lt', [b.copy(b.arg(0)), b.int(0)]);
      const bad = b.block();
      const good = b.block();
      b.branch(negative, bad, good);
      b.at(bad);
      const error = b.local(big);
      b.call(error, makeBig, [b.int(99)]);
      b.raise(b.move(error));
      b.at(good);
      b.ret(b.copy(b.arg(0)));
    },
    { raises: big, inline: 'never' },
  );
  const caught = builder.define(
    'caught',
    [['n', 'imm', lib.int]],
    lib.int,
    (b) => {
      const got = b.local(lib.int);
      const error = b.local(big);
      b.use(got, b.int(7));
      const good = b.block();
      const bad = b.block();
      b.tryCall(got, error, mayRaise, [b.copy(b.arg(0))], good, bad);
      b.at(good);
      b.ret(b.copy(got));
      b.at(bad);
      const sum = b.intrinsic(lib.int, 'simd.add', [b.copy(b.field(error, 0, lib.int)), b.copy(got)]);
      b.ret(b.copy(sum));
    },
    { inline: 'never' },
  );
  for (const [n, expected] of [
    [5, 5],
    [-5, 106],
  ] as const)
    check((b) => {
      const got = b.local(lib.int);
      b.call(got, caught, [b.int(n)]);
      return b.intrinsic(lib.bool, 'simd.all_eq', [b.copy(got), b.int(expected)]);
    });
  // A reference to a register argument needs the caller's place.
  const same = builder.define(
    'same',
    [['n', 'imm', lib.int]],
    lib.ref(lib.int),
    (b) => {
      b.assign(b.result, { kind: 'ref', place: b.place(b.arg(0)), mutable: false });
      b.terminate({ kind: 'return', span: { file: 0 as never, start: 2, end: 2 } });
    },
    { inline: 'never' },
  );
  check((b) => {
    const x = b.local(lib.int);
    b.use(x, b.int(1));
    const r = b.local(lib.ref(lib.int));
    b.call(r, same, [b.borrow(x)]);
    b.use(x, b.int(23));
    return b.intrinsic(lib.bool, 'simd.all_eq', [b.copy(b.deref(r, lib.int)), b.int(23)]);
  });
  const pack = lib.pack([lib.int, big]);
  const sumPack = builder.define(
    'sumPack',
    [['p', 'imm', pack]],
    lib.int,
    (b) => {
      const element = (i: number, type: Term) =>
        ({ kind: 'element', index: lib.store.int(BigInt(i), lib.int), type }) as const;
      const x = b.copy(b.place(b.arg(0), [element(0, lib.int)]));
      const y = b.copy(b.place(b.arg(0), [element(1, big), { kind: 'field', index: 1, name: 'f1', type: lib.int }]));
      b.ret(b.copy(b.intrinsic(lib.int, 'simd.add', [x, y])));
    },
    { inline: 'never' },
  );
  check((b) => {
    const value = b.local(big);
    b.call(value, makeBig, [b.int(1)]);
    const n = b.local(lib.int);
    b.use(n, b.int(30));
    const p = b.local(pack);
    b.assign(p, { kind: 'variadic', operands: [b.borrow(n), b.borrow(value)] });
    const got = b.local(lib.int);
    b.call(got, sumPack, [b.copy(p)]);
    return b.intrinsic(lib.bool, 'simd.all_eq', [b.copy(got), b.int(32)]);
  });
  await bothSucceed(finish());
});

test('string constants and C calls', async () => {
  const lib = new TestLibrary();
  const { check, finish } = checker(lib);
  check((b) => {
    const text = b.intrinsic(
      lib.pointer(lib.simd('uint8')),
      'literal.string_pointer',
      [],
      [lib.store.string('hällo\n')],
    );
    const length = b.intrinsic(lib.int, 'literal.string_length', [], [lib.store.string('hällo\n')]);
    const written = b.intrinsic(
      lib.int,
      'foreign.call',
      [b.constant(1n, lib.simd('int32')), b.copy(text), b.copy(length)],
      [lib.store.string('write'), lib.int],
    );
    return b.intrinsic(lib.bool, 'simd.all_eq', [b.copy(written), b.int(7)]);
  });
  const { status, out } = await run(finish());
  assert.equal(status, 0);
  assert.equal(out, 'hällo\n');
});

test('function pointers, thunks, source positions, packs in memory', async () => {
  const lib = new TestLibrary();
  const { builder, check, finish } = checker(lib);
  const fnType = lib.store.functionType({
    params: [],
    args: [{ ...PLAIN_ARG, convention: 'imm', type: lib.int, origin: null, variadic: 'none' }],
    result: lib.int,
    raises: null,
    thin: true,
    cAbi: false,
  });
  const raisingType = lib.store.functionType({
    params: [],
    args: [{ ...PLAIN_ARG, convention: 'imm', type: lib.int, origin: null, variadic: 'none' }],
    result: lib.int,
    raises: lib.int,
    thin: true,
    cAbi: false,
  });
  const named = (id: number): Term => lib.store.function({ id: id as never, name: `f${id}`, path: `f${id}` }, []);
  const double = builder.define('double', [['n', 'imm', lib.int]], lib.int, (b) =>
    b.ret(b.copy(b.intrinsic(lib.int, 'simd.add', [b.copy(b.arg(0)), b.copy(b.arg(0))]))),
  );
  // Its line and the argument: the position is that of the call.
  const where = builder.define(
    'where',
    [['n', 'imm', lib.int]],
    lib.int,
    (b) => {
      const line = b.intrinsic(lib.int, 'location.line', []);
      const length = b.intrinsic(lib.int, 'location.file_length', []);
      const sum = b.intrinsic(lib.int, 'simd.add', [b.copy(line), b.copy(length)]);
      b.ret(b.copy(b.intrinsic(lib.int, 'simd.add', [b.copy(sum), b.copy(b.arg(0))])));
    },
    { wantsLocation: true, inline: 'never' },
  );
  const forward = builder.define(
    'forward',
    [['n', 'imm', lib.int]],
    lib.int,
    (b) => {
      const got = b.local(lib.int);
      b.line = 77;
      b.call(got, where, [b.copy(b.arg(0))]);
      b.ret(b.copy(got));
    },
    { wantsLocation: true, inline: 'never' },
  );
  builder.functionValues.set(named(double), double);
  builder.functionValues.set(named(where), where);
  const pointerTo = (id: number, type: Term): Operand => ({
    kind: 'constant',
    term: named(id),
    type,
    span: { file: 0 as never, start: 1, end: 1 },
  });
  check((b) => {
    const pointer = opaque(b, pointerTo(double, fnType), fnType);
    const got = b.local(lib.int);
    b.call(got, { kind: 'pointer', value: b.copy(pointer), type: fnType }, [b.int(21)]);
    return b.intrinsic(lib.bool, 'simd.all_eq', [b.copy(got), b.int(42)]);
  });
  check((b) => {
    const pointer = opaque(b, pointerTo(double, raisingType), raisingType);
    const got = b.local(lib.int);
    const error = b.local(lib.int);
    const good = b.block();
    const bad = b.block();
    b.terminate({
      kind: 'tryCall',
      span: { file: 0 as never, start: 1, end: 1 },
      callee: { kind: 'pointer', value: b.copy(pointer), type: raisingType },
      args: [b.int(4)],
      dest: b.place(got),
      errorDest: b.place(error),
      store: 'init',
      target: good,
      onError: bad,
    });
    b.at(bad);
    b.ret(b.int(100));
    b.at(good);
    return b.intrinsic(lib.bool, 'simd.all_eq', [b.copy(got), b.int(8)]);
  });
  check((b) => {
    const pointer = opaque(b, pointerTo(where, fnType), fnType);
    const got = b.local(lib.int);
    b.call(got, { kind: 'pointer', value: b.copy(pointer), type: fnType }, [b.int(0)]);
    // Through a pointer nobody says where: the function's own position.
    return b.intrinsic(lib.bool, 'simd.all_eq', [b.copy(got), b.int(1 + 9)]);
  });
  for (const callee of [where, forward])
    check((b) => {
      const got = b.local(lib.int);
      b.line = 50;
      b.call(got, callee, [b.int(1000)]);
      return b.intrinsic(lib.bool, 'simd.all_eq', [b.copy(got), b.int(50 + 9 + 1000)]);
    });
  check((b) => {
    const int = lib.int;
    const pack = lib.pack([int, int, int, int, int]);
    const n = b.local(int);
    b.use(n, b.int(6));
    const p = b.local(pack);
    b.assign(p, { kind: 'variadic', operands: [b.borrow(n), b.borrow(n), b.borrow(n), b.borrow(n), b.borrow(n)] });
    const last = b.copy(b.place(p, [{ kind: 'element', index: lib.store.int(4n, int), type: int }]));
    return b.intrinsic(lib.bool, 'simd.all_eq', [last, b.int(6)]);
  });
  await bothSucceed(finish());
});

test('a trap ends the process by SIGILL', async () => {
  const lib = new TestLibrary();
  const builder = new ProgramBuilder(lib);
  builder.entry = builder.define('entry', [], lib.int, (b) => {
    b.intrinsicTo(b.local(lib.none), 'control.trap', []);
  });
  const { signal } = await run(builder, 0);
  assert.equal(signal, 'SIGILL');
});

/** `sum += p[i] * q[i]` or `p[i] = p[i] * 2 + q[i]` over a range. */
function loopProgram(kind: 'dot' | 'axpy'): ProgramBuilder {
  const lib = new TestLibrary();
  const builder = new ProgramBuilder(lib);
  const f32 = lib.simd('float32');
  const pointer = lib.pointer(f32);
  builder.define(
    kind,
    [
      ['p', 'imm', pointer],
      ['q', 'imm', pointer],
      ['n', 'imm', lib.int],
    ],
    f32,
    (b) => {
      const i = b.local(lib.int, 'i');
      const total = b.local(f32, 'total');
      b.use(i, b.int(0));
      b.use(total, b.float(0n, 1n, f32));
      const head = b.block();
      const body = b.block();
      const done = b.block();
      b.goto(head);
      b.at(head);
      b.branch(b.intrinsic(lib.bool, 'scalar.lt', [b.copy(i), b.copy(b.arg(2))]), body, done);
      b.at(body);
      const pp = b.intrinsic(pointer, 'pointer.offset', [b.copy(b.arg(0)), b.copy(i)]);
      const qq = b.intrinsic(pointer, 'pointer.offset', [b.copy(b.arg(1)), b.copy(i)]);
      const x = b.intrinsic(f32, 'pointer.load', [b.copy(pp)]);
      const y = b.intrinsic(f32, 'pointer.load', [b.copy(qq)]);
      if (kind === 'dot') {
        const product = b.intrinsic(f32, 'simd.mul', [b.copy(x), b.copy(y)]);
        const sum = b.intrinsic(f32, 'simd.add', [b.copy(total), b.copy(product)]);
        b.use(total, b.copy(sum));
      } else {
        const product = b.intrinsic(f32, 'simd.mul', [b.copy(x), b.float(2n, 1n, f32)]);
        const sum = b.intrinsic(f32, 'simd.add', [b.copy(product), b.copy(y)]);
        b.intrinsicTo(b.local(lib.none), 'pointer.store', [b.copy(pp), b.copy(sum)]);
      }
      const next = b.intrinsic(lib.int, 'simd.add', [b.copy(i), b.int(1)]);
      b.use(i, b.copy(next));
      b.goto(head);
      b.at(done);
      b.ret(b.copy(total));
    },
    { exported: true },
  );
  return builder;
}

test('loops over ranges vectorize', async () => {
  const text = await optimized(emit(loopProgram('axpy')));
  assert.match(text, /<(4|8|16) x float>/);
});

test('contraction follows the mode and spares accumulators', async () => {
  const flagged = (kind: 'dot' | 'axpy', fpMode: FpMode): string => emit(loopProgram(kind), { fpMode });
  assert.match(flagged('axpy', 'default'), /fadd afn float/);
  assert.match(flagged('dot', 'default'), /fmul contract float/);
  assert.doesNotMatch(flagged('axpy', 'strict'), /contract/);
  assert.match(flagged('dot', 'fast'), /fadd reassoc nsz arcp contract afn float/);
  // What the loop carries is known only when it is optimized.
  const dot = await optimized(flagged('dot', 'default'));
  assert.match(dot, /fadd afn float/);
  assert.doesNotMatch(dot, /fadd (\w+ )*contract/);
  assert.match(await optimized(flagged('axpy', 'default')), /fadd (\w+ )*contract/);
});

test('variables in the debug information', async () => {
  const lib = new TestLibrary();
  const builder = new ProgramBuilder(lib);
  const pair = lib.struct('Pair', [lib.int, lib.bool]);
  const big = lib.struct('Big', [pair, lib.simd('float32', 4), lib.pointer(lib.int)], true);
  builder.define(
    'debugged',
    [
      ['n', 'imm', lib.int],
      ['b', 'mut', big],
    ],
    pair,
    (b) => {
      const count = b.local(lib.int, 'count');
      b.use(count, b.int(1));
      b.use(count, b.copy(b.arg(0)));
      const p = b.local(pair, 'p');
      b.use(p, b.copy(b.field(b.arg(1), 0, pair)));
      b.use(b.field(p, 0, lib.int), b.copy(count));
      b.ret(b.copy(p));
    },
    { exported: true },
  );
  const ir = emit(builder, { debug: true });
  assert.match(ir, /#dbg_declare/);
  assert.match(ir, /name: "count"/);
  const text = await optimized(ir);
  assert.match(text, /DILocalVariable\(name: "p"/);
});

test('equal bodies are written once', () => {
  const lib = new TestLibrary();
  const builder = new ProgramBuilder(lib);
  const make = (symbol: string, exported: boolean): void => {
    builder.define(
      symbol,
      [['n', 'imm', lib.int]],
      lib.int,
      (b) => b.ret(b.copy(b.intrinsic(lib.int, 'simd.add', [b.copy(b.arg(0)), b.int(1)]))),
      { exported },
    );
  };
  make('one', false);
  make('two', false);
  make('three', true);
  const ir = emit(builder);
  assert.equal(ir.match(/^define /gm)?.length, 2);
});

test('compile-time values come back with memory of their own', async () => {
  const lib = new TestLibrary();
  const { check, finish } = checker(lib);
  const list = lib.struct('IntList', [lib.pointer(lib.int), lib.int], true);
  const bytes = new Uint8Array(16);
  new DataView(bytes.buffer).setBigInt64(8, 2n, true);
  const data = new Uint8Array(16);
  new DataView(data.buffer).setBigInt64(0, 11n, true);
  new DataView(data.buffer).setBigInt64(8, 31n, true);
  const term = lib.store.memoryValue(list, {
    key: 'test-list',
    allocations: [
      {
        bytes,
        align: 8,
        relocations: [{ offset: 0, target: { kind: 'allocation', index: 1 }, addend: 0 }],
        constant: false,
      },
      { bytes: data, align: 8, relocations: [], constant: false },
    ],
  });
  check((b) => {
    const value = b.local(list);
    b.assign(value, { kind: 'materialize', term });
    const pointer = b.field(value, 0, lib.pointer(lib.int));
    const last = b.intrinsic(lib.pointer(lib.int), 'pointer.offset', [b.copy(pointer), b.int(1)]);
    b.intrinsicTo(b.local(lib.none), 'pointer.store', [b.copy(last), b.int(32)]);
    const x = b.intrinsic(lib.int, 'pointer.load', [b.copy(pointer)]);
    const y = b.intrinsic(lib.int, 'pointer.load', [b.copy(last)]);
    const sum = b.intrinsic(lib.int, 'simd.add', [b.copy(x), b.copy(y)]);
    return b.intrinsic(lib.bool, 'simd.all_eq', [b.copy(sum), b.int(43)]);
  });
  const { status } = await run(finish());
  assert.equal(status, 0);
});
