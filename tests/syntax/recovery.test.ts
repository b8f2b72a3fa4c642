/** Every syntax error, by the exact set of (line, code) that a text reports: one mistake, one error. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as errors from '@kiln/compiler/syntax/errors.ts';
import { parse } from './helpers.ts';

/** Statements of a function body (line 2 on) and what they report. */
const IN_FUNCTION: readonly (readonly [source: string, ...expected: string[]])[] = [
  // layout
  ['a = 1 b = 2', '2 M1104'],
  ['a(); b();'],
  ['a(); ; b()', '2 M1111'],
  ['var x = 1\n      var y = 2', '3 M1102'],
  ['  var x = 1\n    var y = 2', '3 M1102'],
  ['f()\n      g()\n      h()\n    i j', '3 M1102', '5 M1104'],
  ['if True:', '2 M1103'],
  ['if True:\n    f()', '2 M1103'],
  ['if True:\n        f()\n      else:\n        g()', '4 M1102'],
  ['if a:\n        f()\n     g()', '4 M1102'],
  ['var x = 1\n\tf()', '3 M1101'],
  ['if a: if b: f()', '2 M1105'],
  ['f(); while True: break', '2 M1105'],
  ['if a: f() else: g()'],
  ['while a: f() else: g()', '2 M1104'],
  // continuation lines
  ['var x = a\n      + b\n      .c'],
  ['var x =\n      3'],
  ['var x =\n    3', '2 M1115'],
  ['var x = 1 +\n    3'],
  ['var x = (\n      1,\n    )'],
  ['var x = (1,\n   2)', '2 M1112'],
  ['var x = (\n  1, 2)'],
  ['var x = [\n1, 2]'],
  ['var x = {\n 1: 2}'],
  ['var x = [1,\n    2]', '3 M1112'],
  ['f(1,\n    2)'],
  ['var s = "a" \\\n"b"'],
  ['a\n    .b'],
  ['a\n    - b'],
  // brackets
  ['x = (1, 2\n    y z', '2 M1112', '3 M1104'],
  ['f(1 2)', '2 M1112'],
  ['f(1, 2\n    g(3)', '2 M1112'],
  ['a[1 2] = b[1:2:3:4]', '2 M1112', '2 M1112'],
  ['x = {1, 2', '2 M1112'],
  ['x = {1: 2', '2 M1112'],
  ['x = {1: 2, 3}', '2 M1125'],
  ['x = {1, 3: 4}', '2 M1126'],
  ['x = (,)', '2 M1111'],
  ['f(,)', '2 M1111'],
  [')', '2 M1111'],
  ['x = (a for b in c)', '2 M1112'],
  ['x = [a for b]', '2 M1175'],
  ['x = [a for b in c d]', '2 M1112'],
  // operands and operators
  ['x = ', '2 M1115'],
  ['x = y =', '2 M1115'],
  ['x = *', '2 M1111'],
  ['x = 1 + )', '2 M1111'],
  ['x++', '2 M1111'],
  ['x = a && b', '2 M1111'],
  ['x = a.', '2 M1113'],
  ['x = a if b', '2 M1121'],
  ['x = a not b', '2 M1104'],
  ['x = *a', '2 M1131'],
  ['x = (*a,)'],
  ['f(a=1, 2)', '2 M1122'],
  ['f(**k, 2)', '2 M1123'],
  ['f(*k, 2)', '2 M1123'],
  ['f(a=1, a=2)', '2 M1124'],
  ['f(*a, *b, **c)', '2 M1130'],
  ['x = lambda a: a', '2 M1127'],
  ['x = lambda (a: Int) b', '2 M1143'],
  ['def g() abi("X"): pass', '2 M1190'],
  ['comptime T = def(a: Int, Int) thin -> Int', '2 M1192'],
  ['def g() abi("C") raises: pass', '2 M1191'],
  ['x = comptime 3', '2 M1112'],
  ['print "hello"', '2 M1104'],
  ['x = yield', '2 M1111'],
  ['del x', '2 M1117'],
  ['class A: pass', '2 M1116'],
  ['var for = 3', '2 M1114'],
  // literals
  ['x = ?', '2 M1001'],
  ['x = é + naïve', '2 M1001', '2 M1001'],
  ['print("abc\n    y()', '2 M1002'],
  ['x = """abc', '2 M1002'],
  ['x = "a\\qb\\w"', '2 M1004', '2 M1004'],
  ['x = "\\x1"', '2 M1005'],
  ['x = "\\u12"', '2 M1006'],
  ['x = "\\ud800"', '2 M1007'],
  ['x = "\\U00110000"', '2 M1008'],
  ['x = "\\400"', '2 M1015'],
  ['x = 0123', '2 M1009'],
  ['x = 0xZ + 1', '2 M1010'],
  ['x = 1e + 1', '2 M1011'],
  ['x = `a b', '2 M1012'],
  ['x = ``', '2 M1013'],
  ['x = t"a } b"', '2 M1014'],
  ['x = t"{x"\n    y z', '2 M1003', '3 M1104'],
  ['x = t"{x!r}"', '2 M1001'],
  ['x = t"{x:>5}"', '2 M1129'],
  ['x = t"{}"', '2 M1128'],
  ['f(t"a" "b")', '2 M1112'],
  // statements
  ['if x = 2: pass\n    else: f()', '2 M1112'],
  ['while True pass', '2 M1112'],
  ['while True\n        f()\n        g()', '2 M1112'],
  ['for x f: pass', '2 M1175'],
  ['for 3 in f: pass', '2 M1174'],
  ['try: pass', '2 M1171'],
  ['try: pass\n    except e: pass\n    except: pass', '4 M1111'],
  ['else:\n        f()\n    g h', '2 M1111', '4 M1104'],
  ['match x:\n        pass', '2 M1172'],
  ['match x:\n    case 1: pass'],
  ['match x := f():\n        case 1: pass', '2 M1112'],
  ['match x:\n        case -1: pass\n        case None: pass\n        case a.b: pass', '3 M1173', '4 M1173', '5 M1173'],
  ['match x:\n        case == 1 + 2: pass', '3 M1173'],
  ['match x:\n        case 1: pass\n        f()', '4 M1102'],
  ['match x:\n        case [*a, *b]: pass', '3 M1183'],
  ['match x:\n        case P(1): pass', '3 M1184'],
  ['assert', '2 M1111'],
  ['x: Int = 3'],
  // declarations
  ['var 3 = 4', '2 M1174'],
  ['comptime X', '2 M1158'],
  ['comptime = 3', '2 M1111'],
  ['comptime while x: pass', '2 M1159'],
  ['comptime a, 3 = 1, 2', '2 M1113'],
  ['import', '2 M1160'],
  ['import a\n      as b', '3 M1160'],
  ['from a import', '2 M1161'],
  ['from a import (b', '2 M1112'],
  ['@foo\n    x = 3 4', '3 M1142', '3 M1104'],
  ['@foo x = 3', '2 M1141'],
  ['@foo def f(): pass', '2 M1164'],
  ['@foo\n    if a: pass', '3 M1142'],
];

/** Whole files. */
const FILES: readonly (readonly [source: string, ...expected: string[]])[] = [
  ['struct S:\n  comptime A: Int\n', '2 M1187'],
  ['struct S:\n  comptime a, b = 1, 2\n', '2 M1188'],
  ['def', '1 M1113'],
  ['struct S:\n  var x: Int\n  comptime y: Int', '3 M1187'],
  ['def\n  f(): pass', '2 M1160'],
  ['def 3(): pass', '1 M1113'],
  ['def f: pass', '1 M1112'],
  ['def f()\ndef g(): pass', '1 M1112'],
  ['def f() -> :\n  x y', '1 M1111', '2 M1104'],
  ['def f(): """Doc."""', '1 M1103'],
  ['def f():\n  """Doc."""\ndef g(): pass', '2 M1103'],
  ['def f(a Int):\n  x y\ndef g(x: Int, y Int) -> Int:\n  return 3 4', '1 M1112', '2 M1104', '3 M1112', '4 M1104'],
  ['def f(a Int,\n    b: Int,\n) -> Int:\n  return 1', '1 M1112'],
  ['def f() {mut a imm b}: pass', '1 M1145'],
  ['def f() raises raises: pass', '1 M1144'],
  ['def f() thin: pass', '1 M1196'],
  ['def f(x: Int = 3, mut y: Int = 4): pass', '1 M1153'],
  ['def f(x: Int = 3, y: Int): pass', '1 M1155'],
  ['def f[a: Int = 3, b: Int](): pass', '1 M1155'],
  ['def f[a: Int = 3, //, b: Int, *, c: Int](): pass'],
  ['def f(x: Int = 3, *, y: Int, out r: Int): pass'],
  ['def f(*a: Int, *b: Int): pass', '1 M1146'],
  ['def f(*a: Int = 3): pass', '1 M1154'],
  ['def f(*, a: Int, /): pass', '1 M1147'],
  ['def f(/, x: Int): pass', '1 M1148'],
  ['def f(x: Int, *): pass', '1 M1149'],
  ['def f(x: Int, //, y: Int): pass', '1 M1150'],
  ['def f(var **a: Int, b: Int): pass', '1 M1151'],
  ['def f(mut **a: Int): pass', '1 M1152'],
  ['def f(mut mut x: Int): pass', '1 M1162'],
  ['def f[n: Int where n > 3](): pass', '1 M1156'],
  ['def f(n: Int where n > 3): pass', '1 M1157'],
  ['def f[x: Int y: Int](): pass', '1 M1112'],
  ['struct S(A\n  B): pass', '1 M1112'],
  [
    'struct S:\n  var a, b: Int\n  var c: Int = 3\n  x = 3\n  if a: pass\n  return\n  struct B: pass',
    '2 M1181',
    '3 M1182',
    '4 M1178',
    '5 M1176',
    '6 M1177',
    '7 M1179',
  ],
  ['trait T:\n  var x: Int\n  def f(self)\n  comptime y: Int\n  comptime z', '2 M1180', '3 M1112', '5 M1158'],
];

function check(source: string, expected: readonly string[]): void {
  assert.deepEqual(parse(source).errors, expected);
}

test('errors in statements', async (t) => {
  for (const [source, ...expected] of IN_FUNCTION) {
    await t.test(source, () => check(`def main():\n    ${source}\n`, expected));
  }
});

test('errors in declarations', async (t) => {
  for (const [source, ...expected] of FILES) await t.test(source, () => check(`${source}\n`, expected));
});

test('what follows a mistake is still read', () => {
  const text = 'def f(:\n  pass\ndef g() -> Int:\n  return (1\nstruct S:\n  var x Int\n  var y: Int\n';
  const { module, errors: found } = parse(text);
  assert.deepEqual(found, ['1 M1113', '4 M1112', '6 M1181']);
  assert.deepEqual(
    module.items.map((item) => item.kind),
    ['FunctionDecl', 'FunctionDecl', 'StructDecl'],
  );
});

const NESTING: readonly (readonly [name: string, text: string])[] = [
  ['parentheses', `x = ${'('.repeat(10_000)}1${')'.repeat(10_000)}`],
  ['open brackets', `x = ${'['.repeat(10_000)}`],
  ['braces', `x = ${'{'.repeat(10_000)}`],
  ['calls', `x = ${'f('.repeat(10_000)}`],
  ['subscripts', `x = ${'f['.repeat(10_000)}`],
  ['unary minus', `x = ${'-'.repeat(10_000)}1`],
  ['not', `x = ${'not '.repeat(10_000)}1`],
  ['powers', `x = ${'2 ** '.repeat(10_000)}1`],
  ['ternaries', `x = ${'a if b else '.repeat(10_000)}1`],
  ['lambdas', `x = ${'lambda: '.repeat(10_000)}1`],
  ['function types', `x = ${'def() -> '.repeat(10_000)}Int`],
  ['patterns', `match x:\n  case ${'('.repeat(10_000)}a: pass`],
  ['declaration patterns', `var ${'('.repeat(10_000)}a`],
  ['blocks', Array.from({ length: 1_000 }, (_, depth) => `${' '.repeat(depth)}if a:\n`).join('')],
];

test('nesting beyond the limit is one error', async (t) => {
  for (const [name, text] of NESTING) {
    await t.test(name, () => {
      const { errors: found } = parse(`${text}\n`);
      assert.equal(found.length, 1);
      assert.match(found[0] ?? '', /M1106$/);
    });
  }
  await t.test('t-strings', () => {
    assert.match(parse(`x = ${'t"{'.repeat(10_000)}a\n`).errors.join(), /^\d+ M1016$/);
  });
  await t.test('twenty nested t-strings are fine', () => {
    assert.deepEqual(parse(`x = ${'t"{'.repeat(20)}a${'}"'.repeat(20)}\n`).errors, []);
  });
});

test('long chains are no nesting', () => {
  for (const text of [
    `x = ${'a + '.repeat(10_000)}b`,
    `x = ${'a and '.repeat(10_000)}b`,
    `x = ${'a < '.repeat(10_000)}b`,
    `x = a${'.b'.repeat(10_000)}`,
    `x = a${'()'.repeat(10_000)}`,
    `${'x = '.repeat(10_000)}1`,
    `if a: pass\n${'elif a: pass\n'.repeat(10_000)}`,
  ]) {
    assert.deepEqual(parse(`${text}\n`).errors, []);
  }
});

test('a file of garbage stops reporting after a while', () => {
  const { errors: found } = parse(')]}\n'.repeat(10_000));
  assert.equal(found.length, 201);
  assert.match(found[200] ?? '', /M1199$/);
});

test('every syntax error has an entry above', () => {
  const seen = new Set<string>(['M1016', 'M1106', 'M1199', 'M1800']);
  for (const [, ...expected] of [...IN_FUNCTION, ...FILES]) {
    for (const entry of expected) seen.add(entry.split(' ')[1] ?? '');
  }
  const codes = Object.values(errors).map((factory) => factory.code);
  assert.deepEqual(
    codes.filter((code) => !seen.has(code)),
    [],
  );
  assert.equal(new Set(codes).size, codes.length);
});
