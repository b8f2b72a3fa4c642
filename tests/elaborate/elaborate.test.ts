/** Elaboration of hand-made generic programs: instances, compile-time regions, evaluation, lifecycle calls, failures. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wasmTarget } from '@kiln/compiler/backend/target-info.ts';
import { makeId } from '@kiln/compiler/base/ids.ts';
import { present } from '@kiln/compiler/base/invariant.ts';
import type { Diagnostic } from '@kiln/compiler/diagnostics/diagnostic.ts';
import { DiagnosticSink } from '@kiln/compiler/diagnostics/sink.ts';
import { DEFAULT_LIMITS, elaborate, type ElaborationResult } from '@kiln/compiler/elaborate/elaborate.ts';
import { createEvaluator, runProgram } from '@kiln/compiler/elaborate/interpreter/evaluator.ts';
import { printConcreteProgram } from '@kiln/compiler/elaborate/print-program.ts';
import type { BlockId, Body, RegionId } from '@kiln/compiler/mir/mir.ts';
import type { HirFunction, HirStruct, Lifecycle, Program } from '@kiln/compiler/sema/hir.ts';
import type { Convention, FunctionId, ParamTerm, StructId, Term } from '@kiln/compiler/terms/term.ts';
import { BodyBuilder, spanAt, TestLibrary } from '../llvm/program-builder.ts';

interface FunctionParts {
  readonly name: string;
  readonly params?: readonly ParamTerm[];
  readonly args: readonly (readonly [string, Convention, Term])[];
  readonly result: Term;
  readonly raises?: Term;
}

/** A generic program by hand. */
class Source {
  readonly lib = new TestLibrary();
  readonly store = this.lib.store;
  readonly functions: HirFunction[] = [];
  readonly bodies: Body[] = [];
  readonly lifecycles = new Map<string, { copy: Lifecycle; move: Lifecycle; destroy: Lifecycle }>();
  main: FunctionId | null = null;

  param(name: string, type: Term): ParamTerm {
    return this.store.newParam(name, type);
  }

  define(
    parts: FunctionParts,
    build: (b: BodyBuilder, self: FunctionId) => void,
    finish: (body: Body) => void = () => {},
  ): FunctionId {
    const id = makeId<FunctionId>(this.functions.length);
    const line = 100 + 10 * id;
    this.functions.push({
      ref: { id, name: parts.name, path: `test.${parts.name}` },
      id,
      kind: { kind: 'written' },
      span: spanAt(line),
      params: parts.params ?? [],
      args: parts.args.map(([name, convention, type]) => ({
        name,
        convention,
        type,
        variadic: 'none' as const,
        owner: null,
        origin: this.store.newOriginRoot(),
        refOrigin: null,
        span: spanAt(line),
      })),
      result: parts.result,
      namedResult: null,
      raises: parts.raises ?? null,
      attributes: {
        inline: 'auto',
        exportName: null,
        noReturn: false,
        cold: false,
        wantsCallLocation: false,
        callLocation: 'forwards',
        holdsOnly: false,
        keepsInteriors: false,
        onlyLends: false,
        freshResult: false,
        fpMode: null,
      },
      parentStruct: null,
    });
    const b = new BodyBuilder(this.lib, parts.args, parts.result, parts.raises ?? null);
    b.line = line + 1;
    build(b, id);
    const body = b.finish(id, parts.name);
    body.phase = 'dropped';
    finish(body);
    this.bodies[id] = body;
    return id;
  }

  call(fn: FunctionId, args: readonly Term[] = []) {
    return { kind: 'function', fn, args } as const;
  }

  program(): Program {
    const layouts = this.lib.layouts() as unknown as { program: { struct(id: StructId): HirStruct } };
    return {
      struct: (id: StructId) => {
        const struct = layouts.program.struct(id);
        const own = this.lifecycles.get(struct.ref.name);
        return own === undefined ? struct : { ...struct, ...own };
      },
      function: (id: FunctionId) => present(this.functions[id], 'function'),
      globals: () => [],
      exports: () => [],
      entry: () => ({ main: this.main, globals: null }),
      libraryFunction: () => null,
      witness: () => null,
      associated: () => null,
      conforms: () => null,
      callMethod: () => null,
    } as unknown as Program;
  }

  elaborate(limits = DEFAULT_LIMITS): { result: ElaborationResult | null; errors: readonly Diagnostic[] } {
    const sink = new DiagnosticSink();
    const result = elaborate(
      {
        program: this.program(),
        store: this.store,
        genericBody: (fn) => this.bodies[fn] ?? null,
        target: wasmTarget(),
        defines: new Map(),
        checkHeap: false,
        limits,
        sink,
        locate: (span) => ({ path: 'test.mojo', line: span.start, column: 1 }),
        isLibrary: () => false,
        output: () => {},
      },
      createEvaluator,
    );
    return { result, errors: sink.sorted() };
  }

  run(): number {
    const { result, errors } = this.elaborate();
    assert.deepEqual(
      errors.map((error) => error.message),
      [],
    );
    const { elaborator, entry } = present(result, 'program');
    return runProgram(elaborator, entry, { output: () => {}, input: () => null, now: () => 0 }, false);
  }
}

function inRegion(b: BodyBuilder, block: BlockId, region: number): void {
  const old = b.blocks.get(block);
  b.blocks.set(block, { statements: old.statements, terminator: old.terminator, region: makeId<RegionId>(region) });
}

test('an instance for each set of arguments, one for equal ones', () => {
  const s = new Source();
  const { lib, store } = s;
  const n = s.param('n', lib.int);
  const plus = s.define({ name: 'plus', params: [n], args: [['x', 'imm', lib.int]], result: lib.int }, (b) => {
    const term = store.multiply(n, store.int(2n, lib.int), lib.int);
    const constant = { kind: 'constant', term, type: lib.int, span: spanAt(1) } as const;
    b.ret(b.copy(b.intrinsic(lib.int, 'simd.add', [b.copy(b.arg(0)), constant])));
  });
  s.main = s.define({ name: 'main', args: [], result: lib.int }, (b) => {
    let x = b.local(lib.int);
    b.use(x, b.int(1));
    for (const value of [3n, 4n, 3n]) {
      const next = b.local(lib.int);
      b.call(next, s.call(plus, [store.int(value, lib.int)]), [b.copy(x)]);
      x = next;
    }
    b.ret(b.copy(x));
  });
  assert.equal(s.run(), 1 + 6 + 8 + 6);
  const first = present(s.elaborate().result, 'program').concrete;
  assert.deepEqual(
    first.instances
      .values()
      .map((instance) => instance.displayName)
      .sort(),
    ['main', 'plus[n=3]', 'plus[n=4]'],
  );
  const again = present(s.elaborate().result, 'program').concrete;
  assert.equal(printConcreteProgram(again, null), printConcreteProgram(first, null));
});

test('compile-time loops and branches expand; untaken arms are not looked at', () => {
  const s = new Source();
  const { lib, store } = s;
  const i = s.param('i', lib.int);
  s.main = s.define(
    { name: 'main', args: [], result: lib.int },
    (b) => {
      const total = b.local(lib.int);
      b.use(total, b.int(0));
      const head = b.block();
      const body = b.block();
      const even = b.block();
      const odd = b.block();
      const exit = b.block();
      b.goto(head);
      b.at(head);
      const list = store.list([1n, 2n, 3n, 4n].map((value) => store.int(value, lib.int)));
      b.terminate({ kind: 'comptimeFor', span: spanAt(1), param: i, iterable: list, body, exit });
      b.at(body);
      const isTwo = store.equal(i, store.int(2n, lib.int));
      b.terminate({ kind: 'comptimeBranch', span: spanAt(2), condition: isTwo, onTrue: even, onFalse: odd });
      b.at(even);
      // A type that no instance may ask for.
      const bad = b.local(store.error);
      b.blocks.get(even).statements.push({ kind: 'declare', span: spanAt(3), local: bad });
      b.locals.set(bad, { ...b.locals.get(bad), region: makeId<RegionId>(2), type: lib.int });
      b.goto(head);
      b.at(odd);
      const constant = { kind: 'constant', term: i, type: lib.int, span: spanAt(4) } as const;
      const sum = b.local(lib.int);
      b.intrinsicTo(sum, 'simd.add', [b.copy(total), constant]);
      b.use(total, b.copy(sum));
      b.goto(head);
      b.at(exit);
      b.ret(b.copy(total));
      inRegion(b, body, 1);
      inRegion(b, even, 2);
      inRegion(b, odd, 3);
    },
    (body) => {
      const root = makeId<RegionId>(0);
      const loop = body.regions.add({ parent: root, param: i });
      body.regions.add({ parent: loop, param: null });
      body.regions.add({ parent: loop, param: null });
    },
  );
  assert.equal(s.run(), 1 + 3 + 4);
});

test('calls in parameter positions run in the interpreter', () => {
  const s = new Source();
  const { lib, store } = s;
  const square = s.define({ name: 'square', args: [['x', 'imm', lib.int]], result: lib.int }, (b) =>
    b.ret(b.copy(b.intrinsic(lib.int, 'simd.mul', [b.copy(b.arg(0)), b.copy(b.arg(0))]))),
  );
  const n = s.param('n', lib.int);
  const value = s.define({ name: 'value', params: [n], args: [], result: lib.int }, (b) =>
    b.ret({ kind: 'constant', term: n, type: lib.int, span: spanAt(1) }),
  );
  s.main = s.define({ name: 'main', args: [], result: lib.int }, (b) => {
    const got = b.local(lib.int);
    const callee = store.function(present(s.functions[square], 'square').ref, []);
    b.call(got, s.call(value, [store.call(callee, [store.int(9n, lib.int)], lib.int)]), []);
    b.ret(b.copy(got));
  });
  assert.equal(s.run(), 81);
  const names = present(s.elaborate().result, 'program')
    .concrete.instances.values()
    .map((instance) => instance.displayName);
  // What only compile-time code needed is not in the program.
  assert.deepEqual([...names].sort(), ['main', 'value[n=81]']);
});

test('a failed assertion carries its message and the chain of calls', () => {
  const s = new Source();
  const { lib, store } = s;
  const n = s.param('n', lib.int);
  const inner = s.define({ name: 'inner', params: [n], args: [], result: lib.int }, (b) => {
    const condition = store.less(n, store.int(3n, lib.int));
    b.blocks.get(makeId<BlockId>(0)).statements.push({
      kind: 'comptimeAssert',
      span: spanAt(77),
      condition,
      message: store.string('n too large'),
    });
    b.ret(b.int(0));
  });
  const m = s.param('m', lib.int);
  const outer = s.define({ name: 'outer', params: [m], args: [], result: lib.int }, (b) => {
    const got = b.local(lib.int);
    b.call(got, s.call(inner, [store.add(m, store.int(1n, lib.int), lib.int)]), []);
    b.ret(b.copy(got));
  });
  s.main = s.define({ name: 'main', args: [], result: lib.int }, (b) => {
    const got = b.local(lib.int);
    b.call(got, s.call(outer, [store.int(5n, lib.int)]), []);
    b.ret(b.copy(got));
  });
  const { result, errors } = s.elaborate();
  assert.equal(result, null);
  assert.equal(errors.length, 1);
  const error = present(errors[0], 'error');
  assert.equal(error.code, 'M4001');
  assert.equal(error.message, 'constraint failed: n too large');
  assert.equal(error.primary?.span.start, 77);
  assert.deepEqual(
    error.secondary.map((link) => link.text),
    ['call expansion failed with parameter value(s): [m=5]', 'call expansion failed with parameter value(s): [n=6]'],
  );
});

test('endless instantiation stops with an error', () => {
  const s = new Source();
  const { lib, store } = s;
  const n = s.param('n', lib.int);
  const grow = s.define({ name: 'grow', params: [n], args: [], result: lib.int }, (b, self) => {
    const got = b.local(lib.int);
    b.call(got, s.call(self, [store.add(n, store.int(1n, lib.int), lib.int)]), []);
    b.ret(b.copy(got));
  });
  s.main = s.define({ name: 'main', args: [], result: lib.int }, (b) => {
    const got = b.local(lib.int);
    b.call(got, s.call(grow, [store.int(0n, lib.int)]), []);
    b.ret(b.copy(got));
  });
  const { errors } = s.elaborate({ ...DEFAULT_LIMITS, depth: 40 });
  assert.deepEqual(
    errors.map((error) => error.code),
    ['M4002'],
  );
});

test('copies, moves and drops of non-trivial types become calls', () => {
  const s = new Source();
  const { lib } = s;
  const counter = lib.struct('Counter', [lib.pointer(lib.int), lib.int]);
  const none: Lifecycle = { kind: 'trivial' };
  const count = (b: BodyBuilder, from: ReturnType<BodyBuilder['field']>, by: number): void => {
    const pointer = b.copy(from);
    const old = b.intrinsic(lib.int, 'pointer.load', [pointer]);
    const next = b.intrinsic(lib.int, 'simd.add', [b.copy(old), b.int(by)]);
    b.intrinsicTo(b.local(lib.none), 'pointer.store', [pointer, b.copy(next)]);
  };
  const field = lib.pointer(lib.int);
  const copy = s.define({ name: 'copy', args: [['existing', 'imm', counter]], result: counter }, (b) => {
    count(b, b.field(b.arg(0), 0, field), 1);
    b.assign(b.result, {
      kind: 'aggregate',
      operands: [b.copy(b.field(b.arg(0), 0, field)), b.copy(b.field(b.arg(0), 1, lib.int))],
    });
    b.ret();
  });
  const destroy = s.define({ name: 'destroy', args: [['self', 'deinit', counter]], result: lib.none }, (b) => {
    count(b, b.field(b.arg(0), 0, field), 10);
    b.ret();
  });
  s.lifecycles.set('Counter', {
    copy: { kind: 'written', fn: copy },
    move: none,
    destroy: { kind: 'written', fn: destroy },
  });
  const T = s.param('T', lib.none);
  // Copies its argument and drops the copy.
  const twice = s.define({ name: 'twice', params: [T], args: [['x', 'imm', T]], result: lib.none }, (b) => {
    const own = b.local(T);
    b.use(own, b.copy(b.arg(0)));
    b.blocks.get(makeId<BlockId>(0)).statements.push({ kind: 'drop', span: spanAt(1), place: b.place(own) });
    b.ret();
  });
  s.main = s.define({ name: 'main', args: [], result: lib.int }, (b) => {
    const events = b.local(lib.int);
    b.use(events, b.int(0));
    const pointer = b.intrinsic(field, 'pointer.of', [b.borrowMut(events)]);
    const value = b.local(counter);
    b.assign(value, { kind: 'aggregate', operands: [b.copy(pointer), b.int(5)] });
    b.call(b.local(lib.none), s.call(twice, [counter]), [b.borrow(value)]);
    const plain = b.local(lib.int);
    b.use(plain, b.int(1));
    b.call(b.local(lib.none), s.call(twice, [lib.int]), [b.borrow(plain)]);
    b.blocks.get(makeId<BlockId>(0)).statements.push({ kind: 'drop', span: spanAt(1), place: b.place(value) });
    b.ret(b.copy(events));
  });
  assert.equal(s.run(), 1 + 10 + 10);
});
