/** The library is parsed with its function bodies left for later: the tree must be the one of an ordinary parse. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { DiagnosticSink } from '@kiln/compiler/diagnostics/sink.ts';
import { dumpAst } from '@kiln/compiler/syntax/dump.ts';
import { tokenize, tokenizeHeaders } from '@kiln/compiler/syntax/lexer.ts';
import { parseLibraryModule, parseModule } from '@kiln/compiler/syntax/parser.ts';
import { readText, sourceFile } from './helpers.ts';

const STD = path.resolve(import.meta.dirname, '../../std');

function assertSameTree(text: string): void {
  const sink = new DiagnosticSink();
  const whole = dumpAst(parseModule(sourceFile(text), sink));
  const later = dumpAst(parseLibraryModule(sourceFile(text), sink));
  assert.equal(sink.errorCount, 0);
  if (whole !== later) assert.equal(later, whole);
}

test('every library file gives the same tree, and most of its bodies are skipped', () => {
  let all = 0;
  let read = 0;
  for (const name of readdirSync(STD, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.mojo')) continue;
    const text = readText(path.join(STD, name));
    assertSameTree(text);
    const sink = new DiagnosticSink();
    all += tokenize(sourceFile(text), sink).count;
    read += tokenizeHeaders(sourceFile(text), sink).count;
  }
  assert.ok(read < all * 0.75, `${read} of ${all} tokens are read`);
});

/** What a program can name: no name of it, of what it is in, or of its file begins with `_`. */
const isPublic = (name: string): boolean => !name.startsWith('_');

test('every public function, struct and trait of the library says what it is', () => {
  const silent: string[] = [];
  for (const file of readdirSync(STD, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.mojo')) continue;
    const tree = parseModule(sourceFile(readText(path.join(STD, file))), new DiagnosticSink());
    if (tree.docstring === null) silent.push(file);
    // `runtime/` is what the compiler and its bridges call, not what programs import.
    if (!isPublic(path.basename(file)) || file.startsWith(`runtime${path.sep}`)) continue;
    for (const item of tree.items) {
      if (item.kind !== 'FunctionDecl' && item.kind !== 'StructDecl' && item.kind !== 'TraitDecl') continue;
      if (!isPublic(item.name.name)) continue;
      if (item.docstring === null) silent.push(`${file}: ${item.name.name}`);
      if (item.kind === 'FunctionDecl') continue;
      for (const member of item.body.statements) {
        if (member.kind === 'FunctionDecl' && isPublic(member.name.name) && member.docstring === null)
          silent.push(`${file}: ${item.name.name}.${member.name.name}`);
      }
    }
  }
  assert.deepEqual(silent, []);
});

test('bodies that end or begin in unusual ways', () => {
  for (const body of [
    'def f(): return 1\n',
    'def f():\n    """Only text."""\n    ...\ndef g():\n    ...\n',
    'def f():\n    """Text: "quoted".\n\nAt any column.\n    """\n    g("a # b", \'"\')  # "comment\n\n# comment\n    g(2)\n\n\ndef g(x: Int): pass\n',
    'def f() -> Int:\n    # first a comment\n\n    var a = [\n        1,\n    ]\n    return a[0]',
    'def f():\n    print(t"{"a" + "b"}")\n    print(1)\nstruct S:\n    def g(self):\n        pass\n    def h(self):\n        pass\n',
    'def f[a: Int = {1: 2}[1]](x: def(Int) -> Int = lambda(y: Int): y):\n    pass\n',
    'trait T:\n    def f(self):\n        ...\n    def g(self) -> Int:\n        return 1\n',
    "def f():\n    var s = r'\\d'\n    var u = 'it\\'s'\n    return\ndef g():\n    return\n",
  ]) {
    assertSameTree(body);
  }
});
