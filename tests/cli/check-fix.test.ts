/** `kiln check`: notes on older spellings, and `--fix`, which rewrites them. */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { after, before, test } from 'node:test';
import { makeWorkplace, ROOT, type Workplace } from './kiln.ts';

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

test('--fix writes modern spellings, keeps comments and line ends, and is then done', () => {
  const file = place.write('fix.mojo', CLASSIC.replaceAll('\n', '\r\n'));
  const first = place.kiln(['check', '--fix', 'fix.mojo']);
  assert.equal(first.status, 0, first.stderr);
  assert.match(first.stderr, /^kiln: fix\.mojo: applied \d+ fixes\n$/);
  const text = fs.readFileSync(file, 'utf8');
  assert.equal(
    text.replaceAll('\r\n', '\n'),
    CLASSIC.replaceAll('fn ', 'def ')
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

/** Programs of the older dialect: our own, one per group of constructs, and those beside the checkout, where they are. */
function classicPrograms(): string[] {
  const folders = [
    path.join(ROOT, 'tests/cli/classic'),
    ...['seed', 'programs/classic'].map((name) => path.join(ROOT, '../shared', name)),
  ];
  return folders
    .filter((folder) => fs.existsSync(folder))
    .flatMap((folder) => fs.readdirSync(folder).map((name) => path.join(folder, name)))
    .filter((file) => file.endsWith('.mojo'));
}

for (const program of classicPrograms()) {
  test(`${path.basename(program)}: fixed, it runs as before and no note is left`, () => {
    place.write('program.mojo', fs.readFileSync(program));
    const words = ['run', '--backend', 'interp', 'program.mojo'];
    const before = place.kiln(['run', '--no-dialect-notes', ...words.slice(1)]);
    const fixed = place.kiln(['check', '--fix', 'program.mojo']);
    assert.match(fixed.stderr, /^kiln: program\.mojo: applied \d+ fix(es)?\n/);
    const after = place.kiln(words);
    assert.equal(after.stdout, before.stdout);
    assert.equal(after.status, before.status);
    if (before.status === 0) assert.equal(after.stderr, '');
    else assert.deepEqual(errorsOf(after.stderr), errorsOf(before.stderr));
    assert.equal(place.kiln(['check', '--fix', 'program.mojo']).stderr.includes('applied'), false);
  });
}

/** Codes of the errors, in order; lines move when a line is inserted. */
function errorsOf(text: string): string[] {
  return [...text.matchAll(/: error\[(M\d+)\]/g)].map((match) => match[1] ?? '');
}

test('a fixed file that means the same in edition 1 needs no line about its edition', () => {
  const file = place.write(
    'plain.mojo',
    'fn add(borrowed a: Int, b: Int) -> Int:\n    let c = a + b\n    return c\n\n\nfn main():\n    print(add(1, 2))\n',
  );
  assert.equal(place.kiln(['check', '--fix', 'plain.mojo']).status, 0);
  assert.equal(
    fs.readFileSync(file, 'utf8'),
    'def add(a: Int, b: Int) -> Int:\n    var c = a + b\n    return c\n\n\ndef main():\n    print(add(1, 2))\n',
  );
});
