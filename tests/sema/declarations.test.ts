/** Declarations: modules and imports, signatures, structs, lifecycles, traits and conformance, `main`. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { check } from './harness.ts';

function expectErrors(text: string, expected: readonly string[], others: Readonly<Record<string, string>> = {}): void {
  const checked = check(text, others);
  assert.deepEqual([...checked.errors].sort(), [...expected].sort(), checked.texts.join('\n'));
}

function says(text: string, line: number, message: string, others: Readonly<Record<string, string>> = {}): void {
  const { texts } = check(text, others);
  assert.ok(
    texts.some((entry) => entry.startsWith(`${line}:`) && entry.includes(message)),
    `wanted line ${line}: ${message}\ngot ${texts.join('\n')}`,
  );
}

describe('modules', () => {
  const files = {
    'a.mojo': 'def f() -> Int:\n    return 1\ndef _hidden() -> Int:\n    return 2\n',
    'pkg/__init__.mojo': 'from .sub import g\n',
    'pkg/sub.mojo': 'from ..a import f\ndef g() -> Int:\n    return f()\n',
  };
  test('forms of import', () => {
    const text = [
      'import a',
      'import a as b',
      'import std.math',
      'from a import f as h, _hidden',
      'from pkg import g, sub',
      'import pkg.sub',
      'from . import a as sibling',
      'def main():',
      '    from a import f as inner',
      '    var x = a.f() + b.f() + h() + _hidden() + g() + sub.g() + pkg.sub.g() + sibling.f() + inner()',
      '    print(x)',
    ];
    expectErrors(`${text.join('\n')}\n`, [], files);
  });
  test('wildcards leave out hidden names', () => {
    expectErrors('from a import *\ndef main():\n    print(f())\n', [], files);
    assert.equal(check('from a import *\ndef main():\n    print(_hidden())\n', files).errors.length, 1);
  });
  test('what is not there', () => {
    says('import nowhere\n', 1, "unable to locate module 'nowhere'");
    says('from a import g\n', 1, "module 'a' does not contain 'g'", files);
    says('from std.math import nothing\n', 1, "does not contain 'nothing'");
  });
  test('modules may import each other', () => {
    const cyclic = {
      'x.mojo': 'from y import g\ndef f() -> Int:\n    return g()\n',
      'y.mojo': 'from x import f\ndef g() -> Int:\n    return 1\n',
    };
    expectErrors('from x import f\ndef main():\n    print(f())\n', [], cyclic);
  });
  test('names that depend on themselves', () => {
    const cyclic = { 'x.mojo': 'from y import f\n', 'y.mojo': 'from x import f\n' };
    assert.ok(check('from x import f\n', cyclic).texts.some((text) => text.includes('import cycle')));
  });
  test('redefinition', () => {
    expectErrors('from a import f\ndef f() -> Int:\n    return 2\n', ['2 M2004'], files);
    expectErrors('def f():\n    pass\ncomptime f = 3\n', ['3 M2004']);
    expectErrors('def f(x: Int):\n    pass\ndef f(x: Int):\n    pass\n', ['3 M2005']);
    expectErrors('def f(x: Int) -> Int:\n    return 1\ndef f(x: Int) -> Bool:\n    return True\n', ['3 M2006']);
    expectErrors('struct print:\n    pass\n', []);
  });
});

describe('signatures', () => {
  test('what they report', () => {
    expectErrors('def f(x):\n    pass\n', ['1 M2032']);
    expectErrors('def f(x: Int, x: Int):\n    pass\n', ['1 M2004']);
    expectErrors('def f[T](x: T):\n    pass\n', ['1 M2031']);
    expectErrors('@foo\ndef f():\n    pass\n', ['1 M2021']);
    expectErrors('struct S:\n    def f() -> Int:\n        return 1\n', ['2 M2033']);
    expectErrors('struct S:\n    def f(self: Int):\n        pass\n', ['2 M2034']);
    expectErrors('struct S:\n    def __init__(self):\n        pass\n', ['2 M2039']);
  });
  test('a name after its declaration', () => {
    expectErrors('def f[n: Int](x: SIMD[DType.int32, 4], y: Scalar[x.dtype]) -> SIMD[y.dtype, 4]:\n    return x\n', []);
  });
  test('open types add parameters', () => {
    const { sema, analysis } = check(
      'def f(x: SIMD, y: List[_], z: Some[Sized], w: Some[def(Int) -> Int], ref r: Int):\n    pass\n',
    );
    const f = analysis.main.scope.names.get('f')?.[0];
    assert.ok(f?.kind === 'function');
    const names = sema.signature(f).params.map((param) => param.name);
    assert.deepEqual(names, ['dtype', 'length', 'T', 'Some[Sized]', 'Some[def(Int) -> Int]', 'r_is_mut']);
  });
  test('cycles', () => {
    says('comptime A = B\ncomptime B = A\n', 1, 'recursive reference');
  });
});

describe('structs', () => {
  test('fields', () => {
    expectErrors('struct Node:\n    var n: Node\n', ['1 M2052']);
    expectErrors('struct Node:\n    var n: List[Int]\n    var n: Int\n', ['3 M2004']);
    expectErrors('trait T:\n    pass\nstruct S:\n    var t: T\n', ['4 M2051']);
    expectErrors('struct S[T: Movable]:\n    var t: Self.T\n', ['2 M2055']);
  });
  test('lifecycles that cannot be synthesized', () => {
    const lines =
      'struct P:\n    var a: Int\nstruct Q(Copyable):\n    var p: P\nstruct R(ImplicitlyCopyable):\n    var a: List[Int]\n';
    expectErrors(lines, ['4 M2053', '6 M2053']);
    expectErrors('struct G(TrivialRegisterPassable):\n    var a: String\n', ['1 M2060']);
  });
  test('classic lifecycles', () => {
    const text = [
      'struct Plain:',
      '    var x: Int',
      'struct Owner:',
      '    var x: Int',
      '    fn __init__(inout self):',
      '        self.x = 1',
      '    fn __copyinit__(inout self, existing: Self):',
      '        self.x = existing.x',
      '    fn __del__(owned self):',
      '        pass',
    ];
    const { analysis, sema, texts } = check(`${text.join('\n')}\n`);
    assert.deepEqual(texts, []);
    const struct = (name: string) => {
      const entity = analysis.main.scope.names.get(name)?.[0];
      assert.ok(entity?.kind === 'struct');
      return sema.hirStruct(entity);
    };
    assert.equal(struct('Plain').copy.kind, 'memberwise');
    assert.equal(struct('Plain').implicitlyCopyable, true);
    assert.equal(struct('Owner').copy.kind, 'written');
    assert.equal(struct('Owner').move.kind, 'copyThenDestroy');
    assert.equal(struct('Owner').destroy.kind, 'written');
  });
});

describe('traits', () => {
  const shape = 'trait Shape:\n    def area(self) -> Int: ...\n    def name(self) -> Int:\n        return 1\n';
  test('missing methods are one error at the name', () => {
    const checked = check(`${shape}struct S(Shape):\n    var x: Int\n`);
    assert.deepEqual(checked.errors, ['5 M2071'], checked.texts.join('\n'));
    const [error] = checked.diagnostics;
    assert.ok(error?.notes.some((note) => note.includes("required function 'area' is not implemented")));
    assert.equal(error?.fixes.length, 1);
  });
  test('signatures are compared strictly', () => {
    expectErrors(`${shape}struct S(Shape):\n    def area(self) -> Float64:\n        return 1.0\n`, ['5 M2071']);
    expectErrors(`${shape}struct S(Shape):\n    def area(mut self) -> Int:\n        return 1\n`, ['5 M2071']);
    expectErrors(`${shape}struct S(Shape):\n    def area(self) -> Int:\n        return 1\n`, []);
  });
  test('more lenient methods', () => {
    const sink = 'trait Sink:\n    def put(self, var s: String) raises: ...\n    def bump(mut self): ...\n';
    expectErrors(
      `${sink}struct S(Sink):\n    def put(self, s: String):\n        pass\n    def bump(self):\n        pass\n`,
      [],
    );
    const plain = 'trait Plain:\n    def put(self, s: String): ...\n';
    expectErrors(`${plain}struct S(Plain):\n    def put(self, var s: String):\n        pass\n`, ['3 M2071']);
    expectErrors(`${plain}struct S(Plain):\n    def put(self, s: String) raises:\n        pass\n`, ['3 M2071']);
  });
  test('what classic generic code needs', () => {
    const generic = [
      'trait N:',
      '    fn f(self): ...',
      'struct U(N):',
      '    var x: Int',
      '    fn __init__(inout self):',
      '        self.x = 1',
      '    fn __del__(owned self):',
      '        pass',
      '    fn f(self):',
      '        pass',
      'fn dup[T: N](x: T):',
      '    var y = x',
      '    y.f()',
      'fn outer[T: N](x: T):',
      '    dup(x)',
      'fn only_reads[T: N](x: T):',
      '    x.f()',
      'fn main():',
      '    let u = U()',
      '    only_reads(u)',
      '    outer(u)',
    ];
    expectErrors(`${generic.join('\n')}\n`, ['21 M2080']);
  });
  test('associated members', () => {
    const box = 'trait Boxed:\n    comptime E: Copyable\n    def get(self) -> Self.E: ...\n';
    expectErrors(`${box}struct S(Boxed):\n    comptime E = Int\n    def get(self) -> Int:\n        return 1\n`, []);
    expectErrors(`${box}struct S(Boxed):\n    def get(self) -> Int:\n        return 1\n`, ['4 M2071']);
    expectErrors(`${box}struct S(Boxed):\n    comptime E = 3\n    def get(self) -> Int:\n        return 1\n`, [
      '4 M2071',
    ]);
  });
  test('conflicting defaults', () => {
    const two = 'trait A:\n    def m(self):\n        pass\ntrait B:\n    def m(self):\n        pass\n';
    expectErrors(`${two}struct S(A, B):\n    pass\n`, ['7 M2072']);
    expectErrors(`${two}struct S(A, B):\n    def m(self):\n        pass\n`, []);
  });
  test('what is no trait', () => {
    expectErrors('struct S(Int):\n    pass\n', ['1 M2054']);
    expectErrors('trait T(Int):\n    pass\n', ['1 M2074']);
  });
  test('extensions add methods and conformances', () => {
    const text =
      'struct S:\n    pass\n__extension S(Sized):\n    def __len__(self) -> Int:\n        return 2\ndef f(s: S) -> Int:\n    return len(s)\n';
    expectErrors(text, []);
  });
  test('derived members', () => {
    const text =
      '@fieldwise_init\nstruct P(Equatable, Writable, Hashable):\n    var a: Int\n    var b: String\ndef f(p: P) -> Bool:\n    print(p)\n    return p == p\n';
    expectErrors(text, []);
  });
  test('classic static requirements', () => {
    const text =
      'trait N:\n    fn zero() -> Self: ...\nstruct F(N):\n    var v: Float32\n    fn zero() -> Self:\n        return Self(0.0)\nfn f[T: N]() -> T:\n    return T.zero()\n';
    expectErrors(text, []);
  });
});

describe('main', () => {
  test('its rules', () => {
    says('def main(x: Int):\n    pass\n', 1, "'main()' does not accept arguments");
    says('def main() -> Int:\n    return 1\n', 1, "'main()' does not return a value");
    const { texts } = check('def f():\n    pass\n', {}, true);
    assert.ok(texts[0]?.includes('module does not define a `main` function'));
  });
  test('file-scope statements', () => {
    expectErrors('var x = 1\n', ['1 M2009']);
    expectErrors('print(1)\n', ['1 M2010']);
    expectErrors('return\n', ['1 M1177']);
    for (const head of ['if True', 'for i in x', 'while True', 'try', 'comptime if True', 'with x'])
      expectErrors(`${head}:\n    pass\n${head === 'try' ? 'except:\n    pass\n' : ''}`, ['1 M1176']);
    expectErrors('let x = 1\nfn main():\n    print(x)\n', []);
  });
});
