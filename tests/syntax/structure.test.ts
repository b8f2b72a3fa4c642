/** What a text means: precedence, layout, literals, one node for both spellings, marks, editions, notes. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { DiagnosticSink } from '@kiln/compiler/diagnostics/sink.ts';
import type { Expr, Stmt } from '@kiln/compiler/syntax/ast.ts';
import { dialectNotes } from '@kiln/compiler/syntax/dialect-notes.ts';
import { dumpAst, dumpTokens } from '@kiln/compiler/syntax/dump.ts';
import { decideEdition, type Edition } from '@kiln/compiler/syntax/edition.ts';
import { parse, readText, shape, sourceFile } from './helpers.ts';

function firstItem(text: string): Stmt {
  const { module, errors } = parse(text);
  assert.deepEqual(errors, []);
  const item = module.items[0];
  assert.ok(item !== undefined);
  return item;
}

/** An expression in fully bracketed form. */
function bracketed(e: Expr): string {
  switch (e.kind) {
    case 'NameExpr':
      return e.name;
    case 'IntExpr':
      return String(e.value);
    case 'BinaryExpr':
    case 'LogicalExpr':
      return `(${bracketed(e.left)} ${e.op} ${bracketed(e.right)})`;
    case 'UnaryExpr':
      return `(${e.op} ${bracketed(e.operand)})`;
    case 'CompareExpr':
      return `(${bracketed(e.first)}${e.links.map((l) => ` ${l.op} ${bracketed(l.right)}`).join('')})`;
    case 'TernaryExpr':
      return `(${bracketed(e.onTrue)} ? ${bracketed(e.condition)} : ${bracketed(e.onFalse)})`;
    case 'TransferExpr':
      return `(${bracketed(e.operand)} ^)`;
    case 'MemberExpr':
      return `(${bracketed(e.base)} . ${e.name.name})`;
    case 'CallExpr':
      return `(${bracketed(e.callee)} call ${e.args.map((a) => bracketed(a.value)).join(' ')})`;
    case 'SubscriptExpr':
      return `(${bracketed(e.base)} at ${e.args.map((a) => bracketed(a.value)).join(' ')})`;
    case 'ListExpr':
      return `[${e.elements.map(bracketed).join(' ')}]`;
    case 'TupleExpr':
      return `<${e.elements.map(bracketed).join(' ')}>`;
    case 'ParenExpr':
      return bracketed(e.value);
    default:
      return e.kind;
  }
}

function expression(text: string): string {
  const item = firstItem(`_ = ${text}\n`);
  assert.equal(item.kind, 'AssignStmt');
  return item.kind === 'AssignStmt' ? bracketed(item.value) : '';
}

test('precedence', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['a + b * c', '(a + (b * c))'],
    ['a - b - c', '((a - b) - c)'],
    ['-a ** 2', '(- (a ** 2))'],
    ['a ** -b ** c', '(a ** (- (b ** c)))'],
    ['a ** b ** c', '(a ** (b ** c))'],
    ['a | b ^ c & d << e + f', '(a | (b ^ (c & (d << (e + f)))))'],
    ['not a == b', '(not (a == b))'],
    ['not a and b or c', '(((not a) and b) or c)'],
    ['a < b <= c in d', '(a < b <= c in d)'],
    ['a is not b not in c', '(a is not b not in c)'],
    ['a if b else c if d else e', '(a ? b : (c ? d : e))'],
    ['a == not b', '(a == (not b))'],
    ['a < b | c', '(a < (b | c))'],
    ['a, b + c', '<a (b + c)>'],
  ];
  for (const [text, expected] of cases) assert.equal(expression(text), expected, text);
});

test('the caret is a transfer where no operand follows', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['a^', '(a ^)'],
    ['a ^ b', '(a ^ b)'],
    ['a ^b', '(a ^ b)'],
    ['a^ - b', '(a ^ (- b))'],
    ['a^ (b)', '(a ^ b)'],
    ['a^[b]', '(a ^ [b])'],
    ['a^.b()', '(((a ^) . b) call )'],
    ['f(a^, b^)', '(f call (a ^) (b ^))'],
    ['a^ if b else c^', '((a ^) ? b : (c ^))'],
    ['a^ and b', '((a ^) and b)'],
    ['a ^ b^', '(a ^ (b ^))'],
  ];
  for (const [text, expected] of cases) assert.equal(expression(text), expected, text);
});

test('lines go on by column', () => {
  const statements = (text: string): number => parse(`def f():\n${text}`).module.items.flatMap(bodyOf).length;
  assert.equal(statements('    var x = a\n      + b\n      + c\n'), 1);
  assert.equal(statements('    var x = a\n    + b\n'), 2);
  assert.equal(statements('    a; b; c;\n    d\n'), 4);
  assert.equal(statements('    # x\n  # y\n    a\n        # z\n# w\n    b\n'), 2);
});

function bodyOf(item: Stmt): readonly Stmt[] {
  return item.kind === 'FunctionDecl' ? item.body.statements : [];
}

test('literals', () => {
  const value = (text: string): unknown => {
    const item = firstItem(`_ = ${text}\n`);
    if (item.kind !== 'AssignStmt') return null;
    const { value: e } = item;
    if (e.kind === 'IntExpr' || e.kind === 'StringExpr') return e.value;
    if (e.kind === 'FloatExpr') return [e.mantissa, e.exponent];
    return e.kind;
  };
  assert.equal(value('1__0_'), 10n);
  assert.equal(value('0xFF_FF'), 65535n);
  assert.equal(value('0b_1010'), 10n);
  assert.equal(value('0o17'), 15n);
  assert.equal(value('00'), 0n);
  assert.deepEqual(value('1.50'), [150n, -2]);
  assert.deepEqual(value('.5e1_0'), [5n, 9]);
  assert.deepEqual(value('5.'), [5n, 0]);
  assert.deepEqual(value('12e-3'), [12n, -3]);
  assert.equal(value('"a\\x41\\u00e9\\101\\0\\n" \'"\''), 'aA\u00e9A\0\n"');
  assert.equal(value('r"\\n\\""'), '\\n\\"');
  assert.equal(value('"""a\n"b" \\\nc"""'), 'a\n"b" c');
  assert.equal(value('"\\U0001F600"'), '\u{1f600}');
});

test('a classic form is the same node as its modern one', () => {
  const same = (classic: string, modern: string): void => {
    const strip = (text: string): string =>
      shape(parse(text).module)
        .split('\n')
        .filter((line) => !/ (keyword|binding|comptime|conventionSpelling|unroll) /.test(line))
        .join('\n');
    assert.deepEqual(parse(classic).errors, []);
    assert.equal(strip(classic), strip(modern));
  };
  same(
    'fn f(inout a: Int, owned b: Int, borrowed c: Int): pass\n',
    'def f(mut a: Int, var b: Int, imm c: Int): pass\n',
  );
  same('alias N: Int = 3\n', 'comptime N: Int = 3\n');
  same('fn f():\n    let x = 1\n', 'def f():\n    var x = 1\n');
  same('fn f():\n    @parameter\n    if a: pass\n', 'def f():\n    comptime if a: pass\n');
  same('fn f():\n    @parameter\n    for i in a: pass\n', 'def f():\n    comptime for i in a: pass\n');
  same('alias F = fn (Int) -> Int\n', 'comptime F = def(Int) -> Int\n');
});

test('classic words stay names', () => {
  const text =
    'fn f(let: Int, fn: Int, owned: Int, read: Int, out: Int):\n    let = fn + owned\n    alias(let)\n    fn[0] = read.out\n';
  const { module, errors } = parse(text);
  assert.deepEqual(errors, []);
  const body = module.items.flatMap(bodyOf);
  assert.deepEqual(
    body.map((s) => s.kind),
    ['AssignStmt', 'ExprStmt', 'AssignStmt'],
  );
});

test('the article forms', () => {
  const { module, errors } = parse(
    'fn r[*Ts: N](*ts: *Ts, fn reducer(T, T) -> T) -> T: ...\nlet x = r(a, fn(a, b) => a.add(b))\nlet y: fn (Int) -> Int = z\n',
  );
  assert.deepEqual(errors, []);
  const dump = dumpAst(module);
  assert.match(dump, /Argument \d+\.\.\d+ variadic="positional" packType\n/);
  assert.match(dump, /Argument \d+\.\.\d+ variadic="none" functionForm\n/);
  assert.match(dump, /LambdaExpr \d+\.\.\d+ form="fn"/);
  assert.match(dump, /type: FunctionTypeExpr \d+\.\.\d+ keyword="fn"/);
});

test('editions', () => {
  const edition = (text: string, given: Edition | null = null, packageEdition: Edition | null = null): Edition =>
    decideEdition(parse(text).module, { text, given, packageEdition });
  assert.equal(edition('def main(): pass\n'), '1');
  for (const classic of [
    'fn main(): pass\n',
    'let x = 1\n',
    'alias N = 1\n',
    'def f(inout x: Int): pass\n',
    'def f(borrowed x: Int): pass\n',
    '@value\nstruct S: pass\n',
    'struct S:\n    def __del__(owned self): pass\n',
    'struct S:\n    def __copyinit__(self, existing: Self): pass\n',
    'import math\n',
    'from memory.unsafe import DTypePointer\n',
    'def f() -> S: return Self {a: 1}\n',
    'def f(p: DTypePointer[x]): pass\n',
  ]) {
    assert.equal(edition(classic), 'classic', classic);
    assert.equal(edition(`import std.math\n${classic}`), '1', classic);
    assert.equal(edition(classic, '1'), '1');
    assert.equal(edition(classic, null, '1'), '1');
    assert.equal(edition(`# mojo: edition=1\n${classic}`, 'classic'), '1');
  }
  for (const modern of [
    'comptime N = 1\n',
    'def f(out x: Int): pass\n',
    'def f():\n    def g() {mut a}: pass\n',
    'def f(): print(t"x")\n',
  ]) {
    assert.equal(edition(`alias A = 1\n${modern}`), '1', modern);
  }
  assert.equal(edition('def f(): pass\n', 'classic', '1'), 'classic');
  assert.equal(edition('\n\n# mojo: edition=classic\ndef f(): pass\n'), 'classic');
  assert.equal(edition(`${'\n'.repeat(10)}# mojo: edition=classic\n`), '1');
});

test('notes: one per construct, with edits that make the file modern', () => {
  const text = readText(path.join(import.meta.dirname, 'fixtures/classic.mojo'));
  const notes = dialectNotes(parse(text).module);
  assert.equal(new Set(notes.map((n) => n.code)).size, notes.length);
  assert.ok(notes.every((n) => n.severity === 'note'));
  const inout = notes.find((n) => n.code === 'M1804');
  assert.equal(inout?.message, "'inout' is classic Mojo; write 'mut'");
  const edits = notes.flatMap((n) => n.fixes).flatMap((f) => f.edits);
  // Applied from the end; of two at one place the replacement goes first.
  edits.sort((a, b) => b.span.start - a.span.start || b.span.end - a.span.end);
  let fixed = text;
  for (const { span, text: replacement } of edits) {
    fixed = fixed.slice(0, span.start) + replacement + fixed.slice(span.end);
  }
  const again = parse(fixed);
  assert.deepEqual(again.errors, []);
  const left = new Set(again.module.dialectMarks.filter((m) => m.kind === 'classic').map((m) => m.construct));
  // Its types are known to the checker only.
  assert.deepEqual([...left].sort(), ['fn-lambda']);
  assert.match(fixed, /def __init__\(out self, \*, deinit move: Self\):\n {8}self\.data = move\.data\n/);
  assert.match(fixed, /@fieldwise_init\nstruct Named\(Stringable, Copyable, Movable, ImplicitlyCopyable\):/);
  assert.match(fixed, /\n\nstruct Word\(TrivialRegisterPassable\):/);
  assert.match(fixed, /\(out self, bits: \w+\):\n {8}self\.bits = bits\n {8}return\n/);
});

test('a file of both kinds gets one note that names the first of each', () => {
  const notes = dialectNotes(parse('comptime A = 1\nfn f(): pass\nalias B = 2\n').module);
  const mixed = notes.filter((n) => n.code === 'M1800');
  assert.equal(mixed.length, 1);
  assert.match(mixed[0]?.message ?? '', /'comptime'.*'fn'/);
});

test('dumps', () => {
  const text = 'def f(mut x: Int):\n    x += 1  # more\n';
  assert.equal(
    dumpAst(parse(text).module),
    [
      'Module 0..38',
      '  items:',
      '    FunctionDecl 0..29 keyword="def"',
      '      name: Identifier 4..5 name="f"',
      '      args: ArgumentList 5..17',
      '        items:',
      '          Argument 6..16 convention="mut" conventionSpelling="mut" variadic="none"',
      '            name: Identifier 10..11 name="x"',
      '            type: NameExpr 13..16 name="Int"',
      '      effects: Effects 17..17',
      '      body: Block 17..29',
      '        statements:',
      '          AugAssignStmt 23..29 op="+" opStart=25',
      '            target: NameExpr 23..24 name="x"',
      '            value: IntExpr 28..29 value=1 text="1"',
      '',
    ].join('\n'),
  );
  assert.equal(
    dumpTokens(sourceFile('x = t"a{1}"\n'), new DiagnosticSink()),
    [
      '| 1:1 Name "x"',
      '  1:3 Assign "="',
      '  1:5 TStringStart "t\\""',
      '  1:7 TStringText "a"',
      '  1:8 FieldOpen "{"',
      '  1:9 Int "1"',
      '  1:10 FieldClose "}"',
      '  1:11 TStringEnd "\\""',
      '| 2:1 End ""',
      '',
    ].join('\n'),
  );
});
