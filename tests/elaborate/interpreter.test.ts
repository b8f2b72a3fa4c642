/** The interpreter on hand-made concrete programs: control flow, calls, memory, values in and out. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LocalId, Operand } from '@kiln/compiler/mir/mir.ts';
import { PLAIN_ARG, type Term } from '@kiln/compiler/terms/term.ts';
import { type BodyBuilder, ProgramBuilder, TestLibrary } from '../llvm/program-builder.ts';
import { interpreterFor } from './interpreter-harness.ts';

function evaluateInt(builder: ProgramBuilder, make: (b: BodyBuilder) => LocalId, type: Term): Term {
  const id = builder.define('entry', [], type, (b) => b.ret(b.copy(make(b))));
  return interpreterFor(builder).interpreter.evaluate(id, [], type);
}

function intValue(term: Term): bigint {
  assert.equal(term.kind, 'int');
  return term.kind === 'int' ? term.value : 0n;
}

test('recursion and branches', () => {
  const lib = new TestLibrary();
  const builder = new ProgramBuilder(lib);
  const fib = builder.define('fib', [['n', 'imm', lib.int]], lib.int, (b) => {
    const small = b.intrinsic(lib.bool, 'scalar.lt', [b.copy(b.arg(0)), b.int(2)]);
    const base = b.block();
    const rest = b.block();
    b.branch(small, base, rest);
    b.at(base);
    b.ret(b.copy(b.arg(0)));
    b.at(rest);
    const one = b.local(lib.int);
    const two = b.local(lib.int);
    b.call(one, 0 as never, [b.copy(b.intrinsic(lib.int, 'simd.sub', [b.copy(b.arg(0)), b.int(1)]))]);
    b.call(two, 0 as never, [b.copy(b.intrinsic(lib.int, 'simd.sub', [b.copy(b.arg(0)), b.int(2)]))]);
    b.ret(b.copy(b.intrinsic(lib.int, 'simd.add', [b.copy(one), b.copy(two)])));
  });
  const { interpreter } = interpreterFor(builder);
  assert.equal(intValue(interpreter.evaluate(fib, [lib.store.int(20n, lib.int)], lib.int)), 6765n);
});

test('integers wrap, divide and shift as at run time', () => {
  const cases: readonly (readonly [
    string,
    'int8' | 'uint8' | 'int' | 'uint64' | 'int128' | 'uint32',
    bigint,
    bigint,
    bigint,
  ])[] = [
    ['add', 'int8', 127n, 1n, -128n],
    ['mul', 'uint8', 200n, 3n, 88n],
    ['mul', 'uint32', 0xffffffffn, 0xffffffffn, 1n],
    ['add', 'int', (1n << 63n) - 1n, 1n, -(1n << 63n)],
    ['mul', 'int', 3037000500n, 3037000500n, 9223372037000250000n - (1n << 64n)],
    ['sub', 'uint64', 0n, 1n, (1n << 64n) - 1n],
    ['floordiv', 'int', -7n, 2n, -4n],
    ['mod', 'int', -7n, 2n, 1n],
    ['div', 'int8', -128n, -1n, -128n],
    ['div', 'int', 5n, 0n, 0n],
    ['shl', 'int8', 1n, 9n, 2n],
    ['shr', 'int', -8n, 1n, -4n],
    ['shr', 'uint64', 1n << 63n, 63n, 1n],
    ['rotl', 'uint8', 0x81n, 1n, 0x03n],
    ['and', 'int', -1n, 0xff00ff00ff00n, 0xff00ff00ff00n],
    ['xor', 'uint64', (1n << 64n) - 1n, 1n, (1n << 64n) - 2n],
    ['mul', 'int128', 1n << 64n, 1n << 62n, 1n << 126n],
    ['min', 'int', -3n, 4n, -3n],
  ];
  for (const [op, dtype, a, b2, expected] of cases) {
    const lib = new TestLibrary();
    const type = lib.simd(dtype);
    const got = evaluateInt(
      new ProgramBuilder(lib),
      (b) => b.intrinsic(type, `simd.${op}`, [b.constant(a, type), b.constant(b2, type)]),
      type,
    );
    assert.equal(intValue(got), expected, `${op} ${dtype} ${a} ${b2}`);
  }
});

test('vectors, masks and reductions', () => {
  const lib = new TestLibrary();
  const v4 = lib.simd('float32', 4);
  const f32 = lib.simd('float32');
  const got = evaluateInt(
    new ProgramBuilder(lib),
    (b) => {
      const iota = b.intrinsic(v4, 'simd.iota', []);
      const two = b.intrinsic(v4, 'simd.splat', [b.float(2n, 1n, f32)]);
      const mask = b.intrinsic(lib.simd('bool', 4), 'simd.lt', [b.copy(iota), b.copy(two)]);
      const chosen = b.intrinsic(v4, 'simd.select', [b.copy(mask), b.copy(two), b.copy(iota)]);
      const sum = b.intrinsic(f32, 'simd.reduce_add', [b.copy(chosen)]);
      return b.intrinsic(lib.int, 'simd.cast', [b.copy(sum)]);
    },
    lib.int,
  );
  assert.equal(intValue(got), 9n);
});

test('raising calls write their error', () => {
  const lib = new TestLibrary();
  const builder = new ProgramBuilder(lib);
  const pair = lib.struct('Pair', [lib.int, lib.int, lib.int]);
  const mayRaise = builder.define(
    'mayRaise',
    [['n', 'imm', lib.int]],
    lib.int,
    (b) => {
      const bad = b.block();
      const good = b.block();
      b.branch(b.intrinsic(lib.bool, 'scalar.lt', [b.copy(b.arg(0)), b.int(0)]), bad, good);
      b.at(bad);
      const error = b.local(pair);
      b.assign(error, { kind: 'aggregate', operands: [b.int(99), b.int(1), b.int(2)] });
      b.raise(b.move(error));
      b.at(good);
      b.ret(b.copy(b.arg(0)));
    },
    { raises: pair },
  );
  const caught = builder.define('caught', [['n', 'imm', lib.int]], lib.int, (b) => {
    const got = b.local(lib.int);
    const error = b.local(pair);
    const good = b.block();
    const bad = b.block();
    b.tryCall(got, error, mayRaise, [b.copy(b.arg(0))], good, bad);
    b.at(good);
    b.ret(b.copy(got));
    b.at(bad);
    b.ret(b.copy(b.field(error, 0, lib.int)));
  });
  const { interpreter } = interpreterFor(builder);
  assert.equal(intValue(interpreter.evaluate(caught, [lib.store.int(5n, lib.int)], lib.int)), 5n);
  assert.equal(intValue(interpreter.evaluate(caught, [lib.store.int(-5n, lib.int)], lib.int)), 99n);
});

test('heap values become images and come back', () => {
  const lib = new TestLibrary();
  const builder = new ProgramBuilder(lib);
  const pointer = lib.pointer(lib.int);
  const list = lib.struct('IntList', [pointer, lib.int], true);
  const make = builder.define('make', [], list, (b) => {
    const raw = b.local(pointer);
    b.call(raw, { kind: 'foreign', symbol: 'malloc' }, [b.int(16)]);
    b.intrinsicTo(b.local(lib.none), 'pointer.store', [b.copy(raw), b.int(11)]);
    const second = b.intrinsic(pointer, 'pointer.offset', [b.copy(raw), b.int(1)]);
    b.intrinsicTo(b.local(lib.none), 'pointer.store', [b.copy(second), b.int(31)]);
    b.assign(b.result, { kind: 'aggregate', operands: [b.copy(raw), b.int(2)] });
    b.ret();
  });
  const total = builder.define('total', [['l', 'imm', list]], lib.int, (b) => {
    const raw = b.copy(b.field(b.arg(0), 0, pointer));
    const second = b.intrinsic(pointer, 'pointer.offset', [raw, b.int(1)]);
    const x = b.intrinsic(lib.int, 'pointer.load', [raw]);
    const y = b.intrinsic(lib.int, 'pointer.load', [b.copy(second)]);
    b.ret(b.copy(b.intrinsic(lib.int, 'simd.add', [b.copy(x), b.copy(y)])));
  });
  const { interpreter } = interpreterFor(builder);
  const value = interpreter.evaluate(make, [], list);
  assert.equal(value.kind, 'memoryValue');
  // Two values computed apart are one term.
  assert.equal(interpreter.evaluate(make, [], list), value);
  assert.equal(intValue(interpreter.evaluate(total, [value], lib.int)), 42n);
});

test('mistakes of the program are errors with a call stack', () => {
  const lib = new TestLibrary();
  const builder = new ProgramBuilder(lib);
  const pointer = lib.pointer(lib.int);
  const load = builder.define('load', [['p', 'imm', pointer]], lib.int, (b) => {
    b.line = 12;
    b.ret(b.copy(b.intrinsic(lib.int, 'pointer.load', [b.copy(b.arg(0))])));
  });
  const outer = builder.define('outer', [], lib.int, (b) => {
    b.line = 20;
    const p = b.intrinsic(pointer, 'pointer.null', []);
    const got = b.local(lib.int);
    b.call(got, load, [b.copy(p)]);
    b.ret(b.copy(got));
  });
  const { interpreter, written } = interpreterFor(builder);
  assert.equal(interpreter.run(outer, false), 132);
  assert.match(
    written(),
    /null pointer\nstack, innermost call first:\n {2}at load \(test\.mojo:12:1\)\n {2}at outer \(test\.mojo:20:1\)/,
  );
});

test('unbounded recursion stops', () => {
  const lib = new TestLibrary();
  const builder = new ProgramBuilder(lib);
  const forever = builder.define('forever', [], lib.int, (b) => {
    const got = b.local(lib.int);
    b.call(got, 0 as never, []);
    b.ret(b.copy(got));
  });
  const { interpreter, written } = interpreterFor(builder);
  assert.equal(interpreter.run(forever, false), 132);
  assert.match(written(), /nested calls/);
});

test('function pointers and source positions', () => {
  const lib = new TestLibrary();
  const builder = new ProgramBuilder(lib);
  const type = lib.store.functionType({
    params: [],
    args: [{ ...PLAIN_ARG, convention: 'imm', type: lib.int, origin: null, variadic: 'none' }],
    result: lib.int,
    raises: null,
    thin: true,
    cAbi: false,
  });
  const double = builder.define('double', [['n', 'imm', lib.int]], lib.int, (b) =>
    b.ret(b.copy(b.intrinsic(lib.int, 'simd.add', [b.copy(b.arg(0)), b.copy(b.arg(0))]))),
  );
  const where = builder.define('where', [], lib.int, (b) => b.ret(b.copy(b.intrinsic(lib.int, 'location.line', []))), {
    wantsLocation: true,
  });
  const named = lib.store.function({ id: 900 as never, name: 'double', path: 'double' }, []);
  builder.functionValues.set(named, double);
  const entry = builder.define('entry', [], lib.int, (b) => {
    const pointer = b.local(type);
    const constant: Operand = { kind: 'constant', term: named, type, span: { file: 0 as never, start: 1, end: 1 } };
    b.use(pointer, constant);
    const got = b.local(lib.int);
    b.call(got, { kind: 'pointer', value: b.copy(pointer), type }, [b.int(21)]);
    b.line = 58;
    const line = b.local(lib.int);
    b.call(line, where, []);
    b.ret(b.copy(b.intrinsic(lib.int, 'simd.add', [b.copy(got), b.copy(line)])));
  });
  assert.equal(intValue(interpreterFor(builder).interpreter.evaluate(entry, [], lib.int)), 100n);
});

test('output and input of C functions', () => {
  const lib = new TestLibrary();
  const builder = new ProgramBuilder(lib);
  const entry = builder.define('entry', [], lib.int, (b) => {
    const text = b.intrinsic(
      lib.pointer(lib.simd('uint8')),
      'literal.string_pointer',
      [],
      [lib.store.string('hällo\n')],
    );
    const n = b.local(lib.int);
    b.call(n, { kind: 'foreign', symbol: 'write' }, [b.constant(1n, lib.simd('int32')), b.copy(text), b.int(7)]);
    b.ret(b.copy(n));
  });
  const { interpreter, written } = interpreterFor(builder);
  assert.equal(interpreter.run(entry, false), 7);
  assert.equal(written(), 'hällo\n');
});
