/** `kiln check`: notes on older spellings, and `--fix`, which rewrites them. */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { after, before, test } from 'node:test';
import { makeWorkplace, type Workplace } from './kiln.ts';

const CLASSIC = `# what a program of 2023 looks like
struct Counter:
    var count: Int

    fn __init__(inout self, count: Int):
        self.count = count

    fn bump(inout self, borrowed by: Int):
        self.count += by

fn main():
    let step = 2
    alias LIMIT = 3
    var c = Counter(1)
    c.bump(step)
    print(c.count, LIMIT)
`;

let place: Workplace;
before(() => {
  place = makeWorkplace();
});
after(() => place.remove());

const codes = (text: string): string[] =>
  [...text.matchAll(/ (?:note|error)\[(M\d+)\]/g)].map((match) => match[1] ?? '');

test('one note per construct; silenced, or made errors', () => {
  place.write('old.mojo', CLASSIC);
  const plain = place.kiln(['check', 'old.mojo']);
  assert.equal(plain.status, 0);
  assert.deepEqual(codes(plain.stderr).sort(), ['M1801', 'M1802', 'M1803', 'M1804', 'M1805']);
  assert.match(plain.stderr, /\n5 notes\n$/);
  assert.deepEqual(place.kiln(['check', '--no-dialect-notes', 'old.mojo']), { status: 0, stdout: '', stderr: '' });
  const denied = place.kiln(['check', '--deny=classic', 'old.mojo']);
  assert.equal(denied.status, 1);
  assert.match(denied.stderr, /\n5 errors\n$/);
});

test('--fix writes modern spellings, keeps comments and the edition, and is then done', () => {
  const file = place.write('fix.mojo', CLASSIC.replaceAll('\n', '\r\n'));
  const first = place.kiln(['check', '--fix', 'fix.mojo']);
  assert.equal(first.status, 0, first.stderr);
  assert.match(first.stderr, /^kiln: fix\.mojo: applied \d+ fixes\n$/);
  const text = fs.readFileSync(file, 'utf8');
  assert.equal(
    text.replaceAll('\r\n', '\n'),
    `# mojo: edition=classic\n${CLASSIC}`
      .replaceAll('fn ', 'def ')
      .replace('__init__(inout', '__init__(out')
      .replaceAll('inout', 'mut')
      .replace('borrowed ', '')
      .replace('let ', 'var ')
      .replace('alias ', 'comptime '),
  );
  assert.deepEqual(place.kiln(['check', '--fix', 'fix.mojo']), { status: 0, stdout: '', stderr: '' });
  assert.equal(fs.readFileSync(file, 'utf8'), text);
});

test('a modern file is left alone', () => {
  const file = place.write('modern.mojo', 'def main():\n    var x = 1\n    print(x)\n');
  const before = fs.statSync(file).mtimeMs;
  assert.deepEqual(place.kiln(['check', '--fix', 'modern.mojo']), { status: 0, stdout: '', stderr: '' });
  assert.equal(fs.statSync(file).mtimeMs, before);
});

test('bytes that are not UTF-8 are never written back', () => {
  const bytes = Buffer.concat([Buffer.from('fn main():\n    pass # '), Buffer.from([0xe9, 0x0a])]);
  const file = place.write('latin.mojo', bytes);
  assert.equal(place.kiln(['check', '--fix', 'latin.mojo']).status, 1);
  assert.deepEqual(fs.readFileSync(file), bytes);
});

test('kiln.toml states the edition of a folder', () => {
  place.write('pack/kiln.toml', 'name = "pack"\nedition = "classic"\n');
  place.write('pack/sub/mixed.mojo', 'fn f(mut x: Int):\n    x = 1\n');
  assert.doesNotMatch(place.kiln(['check', 'pack/sub/mixed.mojo']).stderr, /M1800/);
  fs.rmSync(path.join(place.folder, 'pack', 'kiln.toml'));
  assert.match(place.kiln(['check', 'pack/sub/mixed.mojo']).stderr, /note\[M1800\]/);
});
