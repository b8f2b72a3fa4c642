/** Fixtures and sample programs: they parse, print and parse again to the same tree, and no part of them throws. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { DiagnosticSink } from '@kiln/compiler/diagnostics/sink.ts';
import type { Node } from '@kiln/compiler/syntax/ast.ts';
import { dumpAst, dumpTokens } from '@kiln/compiler/syntax/dump.ts';
import { printModule } from '@kiln/compiler/syntax/printer.ts';
import { forEachChild, walkTree } from '@kiln/compiler/syntax/walk.ts';
import { parse, readText, samplePrograms, shape, sourceFile } from './helpers.ts';

const FIXTURES = path.join(import.meta.dirname, 'fixtures');
const fixtures = readdirSync(FIXTURES)
  .filter((name) => name.endsWith('.mojo'))
  .map((name) => path.join(FIXTURES, name));

function checkRoundTrip(text: string): void {
  const first = parse(text);
  assert.deepEqual(first.errors, []);
  const printed = printModule(first.module);
  const second = parse(printed);
  assert.deepEqual(second.errors, []);
  const before = shape(first.module);
  const after = shape(second.module);
  if (before !== after) assert.equal(after, before);
  assert.equal(printModule(second.module), printed);
  assert.equal(second.module.comments.length, first.module.comments.length);
}

/** Ids are dense and unique, and a child lies inside its parent. */
function checkTree(text: string): void {
  const { module } = parse(text);
  const seen = new Set<number>();
  walkTree(module, (node: Node) => {
    assert.ok(!seen.has(node.id), `id ${node.id} twice`);
    assert.ok(node.id < module.nodeCount);
    assert.ok(node.start <= node.end, `${node.kind} ends before it starts`);
    seen.add(node.id);
    forEachChild(node, (child) => {
      assert.ok(
        child.start >= node.start && child.end <= node.end,
        `${child.kind} ${child.start}..${child.end} outside ${node.kind} ${node.start}..${node.end}`,
      );
    });
  });
}

test('fixtures', async (t) => {
  for (const file of fixtures) {
    const text = readText(file);
    await t.test(`${path.basename(file)}: round trip`, () => checkRoundTrip(text));
    await t.test(`${path.basename(file)}: tree`, () => checkTree(text));
    await t.test(`${path.basename(file)}: every sampled prefix and hole returns`, () => {
      for (let end = 0; end < text.length; end += 37) {
        parse(text.slice(0, end));
        parse(text.slice(0, end) + text.slice(end + 3));
      }
    });
    await t.test(`${path.basename(file)}: dumps`, () => {
      const { module } = parse(text);
      assert.ok(dumpAst(module).startsWith('Module 0..'));
      assert.ok(dumpTokens(sourceFile(text), new DiagnosticSink()).length > text.length);
    });
  }
});

test('everything in the repository that parses', () => {
  const root = path.resolve(import.meta.dirname, '../..');
  let count = 0;
  for (const folder of ['std', 'examples', 'tests']) {
    for (const name of readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.mojo') || name.includes('node_modules')) continue;
      const file = path.join(root, folder, name);
      const text = readText(file);
      // Programs that are rejected by the parser have tests of their own.
      if (parse(text).errors.length > 0) continue;
      count++;
      try {
        checkRoundTrip(text);
        checkTree(text);
      } catch (error) {
        throw new Error(`${path.relative(root, file)}: ${String(error).slice(0, 2000)}`);
      }
    }
  }
  assert.ok(count > 100, `${count} files`);
});

test('sample programs', async (t) => {
  for (const file of samplePrograms()) {
    await t.test(path.basename(file), () => {
      const text = readText(file);
      checkRoundTrip(text);
      checkTree(text);
    });
  }
});

test('every token may be missing or doubled', () => {
  // One long line of everything; a crash or a standstill fails the test.
  const text =
    'def f[T: A](mut x: Int = 3) raises -> T: return {1: [x for x in t"{y}"]}^ if not a else b[1:2, c=3]; x = 1\n';
  for (let at = 0; at < text.length; at++) {
    parse(text.slice(0, at) + text.slice(at + 1));
    parse(text.slice(0, at) + text.charAt(at) + text.slice(at));
    for (const inserted of ['(', ')', ':', '\n', ' def ', '"', '`', '\\', '{', '}']) {
      parse(text.slice(0, at) + inserted + text.slice(at));
    }
  }
});

test('line ends and a byte order mark', () => {
  const unix = 'def f():\n    x = """a\nb"""\n    return 1\n';
  const expected = shape(parse(unix).module).replaceAll('\\r\\n', '\\n');
  assert.equal(shape(parse(unix.replaceAll('\n', '\r\n')).module).replaceAll('\\r\\n', '\\n'), expected);
  assert.equal(shape(parse(`\ufeff${unix}`).module), expected);
  assert.deepEqual(parse('').errors, []);
  assert.deepEqual(parse('# only a comment').errors, []);
});

test('a long program is parsed', () => {
  const body = fixtures.map(readText).join('\n');
  const text = Array.from({ length: 40 }, () => body).join('\n');
  assert.deepEqual(parse(text).errors, []);
});
