/** What the command line makes of bad input: one clear sentence or a diagnostic, the right status, the right stream. */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { after, before, test } from 'node:test';
import { type KilnResult, makeWorkplace, type Workplace } from './kiln.ts';

let place: Workplace;
before(() => {
  place = makeWorkplace();
});
after(() => place.remove());

/** A failure in Kiln's own words: nothing on stdout, one `kiln:` line on stderr. */
function assertSentence(result: KilnResult, status: number, pattern: RegExp): void {
  assert.equal(result.stdout, '');
  assert.match(result.stderr, /^kiln: [^\n]+\n$/);
  assert.match(result.stderr, pattern);
  assert.equal(result.status, status);
}

/** No crash, no stack trace, no internal error. */
function assertOrderly(result: KilnResult): void {
  assert.ok(result.status === 0 || result.status === 1, `status ${result.status}: ${result.stderr.slice(0, 400)}`);
  assert.doesNotMatch(result.stderr, /internal error|^\s+at .*:\d+:\d+\)?$/m);
}

test('a missing file', () => {
  assertSentence(place.kiln(['run', 'missing.mojo']), 2, /cannot read 'missing.mojo': no such file/);
  assertSentence(place.kiln(['check', 'no/such/folder.mojo']), 2, /no such file/);
  place.write('there.mojo', '');
  assertSentence(place.kiln(['build', 'there']), 2, /did you mean 'there.mojo'\?/);
});

test('a folder, a device', { skip: process.platform === 'win32' }, () => {
  fs.mkdirSync(path.join(place.folder, 'folder'));
  assertSentence(place.kiln(['run', 'folder']), 2, /'folder' is a folder/);
  assertSentence(place.kiln(['check', '/dev/null']), 2, /not a regular file/);
});

const unprivileged = { skip: process.getuid?.() === 0 ? 'root reads everything' : process.platform === 'win32' };
test('a file without read permission', unprivileged, () => {
  const file = place.write('secret.mojo', '');
  fs.chmodSync(file, 0o000);
  assertSentence(place.kiln(['run', 'secret.mojo']), 2, /permission denied/);
});

test('an empty file is a module without main', () => {
  place.write('empty.mojo', '');
  const checked = place.kiln(['check', 'empty.mojo']);
  assert.deepEqual(checked, { status: 0, stdout: '', stderr: '' });
});

test('invalid UTF-8 is reported at its place', () => {
  place.write('latin1.mojo', Buffer.from('# ok \u{1F525}\nvar x = "caf\xe9"\n', 'latin1'));
  place.write('bad.mojo', Buffer.concat([Buffer.from('# 🔥\nvar x = "caf'), Buffer.from([0xe9]), Buffer.from('"\n')]));
  const result = place.kiln(['check', 'bad.mojo']);
  assert.equal(result.status, 1);
  assert.match(result.stderr, /^bad\.mojo:2:13: error\[M1901\]: the file is not valid UTF-8: byte 0xe9/);
  for (const [name, bytes] of [
    ['overlong.mojo', [0xc0, 0xaf]],
    ['surrogate.mojo', [0xed, 0xa0, 0x80]],
    ['truncated.mojo', [0x23, 0xf0, 0x9f]],
    ['utf16.mojo', [0xff, 0xfe, 0x64, 0x00]],
  ] as const) {
    place.write(name, Uint8Array.from(bytes));
    const found = place.kiln(['check', name]);
    assert.equal(found.status, 1);
    assert.match(found.stderr, /error\[M1901\]/);
  }
});

test('a byte order mark, NUL bytes, terminal escapes', () => {
  place.write('bom.mojo', '\ufeff# nothing\n');
  assert.equal(place.kiln(['check', 'bom.mojo']).status, 0);
  place.write('nul.mojo', 'var x\0 = 1\n');
  assertOrderly(place.kiln(['check', 'nul.mojo']));
  place.write('esc.mojo', 'var x = \u001b[31m1 ) "\n');
  const result = place.kiln(['check', 'esc.mojo']);
  assertOrderly(result);
  assert.ok(!result.stderr.includes('\u001b'));
});

test('10 MB of source: a million statements run, one endless line is one error', () => {
  place.write('large.mojo', `def main():\n${'    pass\n'.repeat(1_100_000)}    print("end")\n`);
  const started = process.hrtime.bigint();
  assert.deepEqual(place.kiln(['run', '--backend', 'interp', 'large.mojo']), {
    status: 0,
    stdout: 'end\n',
    stderr: '',
  });
  assert.ok(process.hrtime.bigint() - started < 30_000_000_000n);
  place.write('line.mojo', `var x = ${'1 + '.repeat(2_500_000)}\n`);
  const result = place.kiln(['check', 'line.mojo']);
  assert.equal(result.status, 1);
  assert.match(result.stderr, /^line\.mojo:1:10000008: error\[M1111\]/);
  assert.match(result.stderr, /\n1 error\n$/);
  assert.ok(result.stderr.length < 10_000);
});

test('the same mistake ten thousand times is not ten thousand reports', () => {
  place.write('again.mojo', 'def f():\n    pass\n\n\n'.repeat(10_000));
  const result = place.kiln(['check', 'again.mojo']);
  assert.equal(result.status, 1);
  assert.match(result.stderr, /… and \d+ more\n9999 errors\n$/);
  assert.ok(result.stderr.length < 100_000);
});

test('a sum of 2,000 terms, and one that no stack is deep enough for', () => {
  const sum = (terms: number): string =>
    `def main():\n    var x = 1\n    print(${Array(terms).fill('x').join(' + ')})\n`;
  place.write('long.mojo', sum(2000));
  assert.deepEqual(place.kiln(['run', 'long.mojo']), { status: 0, stdout: '2000\n', stderr: '' });
  place.write('endless.mojo', sum(20_000));
  assertSentence(
    place.kiln(['check', 'endless.mojo']),
    1,
    /^kiln: endless\.mojo:1:\d+: something in here nests deeper/,
  );
});

test('10,000 nested parentheses', () => {
  place.write('deep.mojo', `def main():\n    var x = ${'('.repeat(10_000)}1${')'.repeat(10_000)}\n`);
  const result = place.kiln(['check', 'deep.mojo']);
  assertOrderly(result);
  assert.ok(result.stderr.length < 10_000);
  place.write('open.mojo', '('.repeat(10_000));
  assertOrderly(place.kiln(['check', 'open.mojo']));
});

/** `run` and `check` say the same: one error, at this place. */
function assertError(file: string, pattern: RegExp): void {
  for (const command of ['run', 'check']) {
    const result = place.kiln([command, file]);
    assert.equal(result.status, 1, result.stderr);
    assert.equal(result.stdout, '');
    assert.match(result.stderr, pattern);
    assert.match(result.stderr, /\n1 error\n$/);
  }
}

test('tabs mixed with spaces', () => {
  place.write('tabs.mojo', 'def main():\n    if True:\n\tprint(1)\n        print(2)\n');
  assertError('tabs.mojo', /^tabs\.mojo:3:2: error\[M1101\]: indentation must not mix tabs and spaces/);
  place.write('only-tabs.mojo', 'def main():\n\tif True:\n\t\tprint(1)\n\tprint(2)\n');
  assert.equal(place.kiln(['check', 'only-tabs.mojo']).status, 0);
});

test('modules that import each other work; values that need each other do not', () => {
  place.write(
    'ping.mojo',
    'from pong import g\n\n\ndef f(n: Int) -> Int:\n    return 0 if n == 0 else g(n)\n\n\ndef main():\n    print(f(3))\n',
  );
  place.write('pong.mojo', 'from ping import f\n\n\ndef g(n: Int) -> Int:\n    return 1 + f(n - 1)\n');
  assert.deepEqual(place.kiln(['run', '--backend', 'interp', 'ping.mojo']), { status: 0, stdout: '3\n', stderr: '' });
  place.write('itself.mojo', 'import itself\n\n\ndef main():\n    pass\n');
  assert.equal(place.kiln(['check', 'itself.mojo']).status, 0);
  place.write('left.mojo', 'from right import X\n\ncomptime Y = X + 1\n\n\ndef main():\n    print(Y)\n');
  place.write('right.mojo', 'from left import Y\n\ncomptime X = Y + 1\n');
  assertError('left.mojo', /^left\.mojo:3:10: error\[M2007\]: .*recursive reference to declaration 'Y'/);
});

test('what a program does not use of an imported file need not be right', () => {
  place.write(
    'parts.mojo',
    `"""Helpers: 'unused', 'broken'."""
from nowhere_at_all import thing
from std.math import gone, sqrt

def used() -> Int:
    return inner() + Int(sqrt(0.0))

def inner() -> Int:
    return 1

def unused() -> Int:
    var a: List[Int] = [1]
    var b = a^
    return len(a) + len(b) + nothing_here + thing

def cut() -> Int:
    return 1 +

struct Used:
    var x: Int

    def __init__(out self):
        self.x = 2

    def broken(self) -> Int:
        return self.zz

struct Unused:
    var x: NoSuchType
`,
  );
  place.write('some.mojo', 'from parts import Used, used\n\n\ndef main():\n    print(used(), Used().x)\n');
  const result = place.kiln(['run', '--backend', 'interp', 'some.mojo']);
  assert.equal(result.status, 0);
  assert.equal(result.stdout, '1 2\n');
  assert.match(result.stderr, /^parts\.mojo:\d+:\d+: warning\[M/);
  assert.match(result.stderr, /the program does not use what stands here, so this is no error; .* \d+ more places/);
  place.write('more.mojo', 'from parts import Used\n\n\ndef main():\n    print(Used().broken())\n');
  assert.match(place.kiln(['check', 'more.mojo']).stderr, /parts\.mojo:\d+:\d+: error\[M2330\]: .*zz/);
  // Of a file without main everything may be used.
  place.write('whole.mojo', 'from parts import used\n\n\ndef f() -> Int:\n    return used()\n');
  const whole = place.kiln(['check', 'whole.mojo']);
  assert.equal(whole.status, 1);
  assert.match(whole.stderr, /error\[M2001\]: unable to locate module 'nowhere_at_all'/);
});

test('a module or a name that is not there', () => {
  place.write('nowhere.mojo', 'import nowhere_at_all\n\n\ndef main():\n    pass\n');
  assertError('nowhere.mojo', /^nowhere\.mojo:1:8: error\[M2001\]: unable to locate module 'nowhere_at_all'/);
  place.write('noname.mojo', 'from std.math import sqroot\n\n\ndef main():\n    pass\n');
  assertError('noname.mojo', /^noname\.mojo:1:22: error\[M2002\]: .*'sqroot'/);
});

test('main is missing, or takes or returns what it cannot', () => {
  place.write('no-main.mojo', 'def helper():\n    pass\n');
  assert.equal(place.kiln(['check', 'no-main.mojo']).status, 0);
  for (const command of ['run', 'build']) {
    const result = place.kiln([command, 'no-main.mojo']);
    assert.equal(result.status, 1);
    assert.match(result.stderr, /^no-main\.mojo:1:1: error\[M2091\]: module does not define a `main` function/);
  }
  place.write('argument.mojo', 'def main(x: Int):\n    print(x)\n');
  assertError('argument.mojo', /^argument\.mojo:1:5: error\[M2092\]: 'main\(\)' does not accept arguments/);
  place.write('parameter.mojo', 'def main[n: Int]():\n    pass\n');
  assertError('parameter.mojo', /^parameter\.mojo:1:5: error\[M2093\]: 'main\(\)' does not accept parameters/);
  place.write('result.mojo', 'def main() -> Int:\n    return 1\n');
  assertError('result.mojo', /^result\.mojo:1:5: error\[M2094\]: 'main\(\)' does not return a value/);
});

test('endless instantiation', () => {
  place.write(
    'values.mojo',
    'def f[n: Int]() -> Int:\n    return f[n + 1]() + 1\n\n\ndef main():\n    print(f[0]())\n',
  );
  assertError('values.mojo', /^values\.mojo:2:\d+: error\[M4002\]: .*'f' needs more than \d+ nested instantiations/);
  const struct = 'struct W[T: AnyType]:\n    pass\n\n\n';
  place.write(
    'types.mojo',
    `${struct}def f[T: AnyType](n: Int):\n    if n > 0:\n        f[W[T]](n - 1)\n\n\ndef main():\n    f[Int](3)\n`,
  );
  assertError('types.mojo', /^types\.mojo:7:\d+: error\[M4002\]: /);
});

test('endless compile-time code', () => {
  place.write(
    'loop.mojo',
    'def f() -> Int:\n    var n = 0\n    while True:\n        n += 1\n    return n\n\n\ndef main():\n    comptime x = f()\n    print(x)\n',
  );
  const result = place.kiln(['check', '--max-steps', '100000', 'loop.mojo']);
  assert.equal(result.status, 1);
  assert.match(result.stderr, /^loop\.mojo:\d+:\d+: error\[M4\d+\]: .*step/);
});

test('unknown commands and options get a suggestion', () => {
  assertSentence(place.kiln(['biuld', 'a.mojo']), 2, /did you mean 'build'\?/);
  assertSentence(place.kiln(['a.mojo']), 2, /did you mean 'kiln run a.mojo'\?/);
  assertSentence(place.kiln(['run', '--no-cahce', 'a.mojo']), 2, /did you mean '--no-cache'\?/);
  assertSentence(place.kiln(['run', '--backend', 'natve', 'a.mojo']), 2, /did you mean 'native'\?/);
  assertSentence(place.kiln(['run', '--edition=2', 'a.mojo']), 2, /'2' is no value of '--edition'/);
  assertSentence(place.kiln(['run', '-O9', 'a.mojo']), 2, /'9' is no value of '-O'/);
  assertSentence(place.kiln(['check', '-o']), 2, /needs a value/);
  assertSentence(place.kiln(['run', '--fix', 'a.mojo']), 2, /does not belong to 'kiln run'/);
  assertSentence(place.kiln(['run', '--max-steps=-3', 'a.mojo']), 2, /positive whole number/);
  assertSentence(place.kiln(['run']), 2, /needs a file/);
  assertSentence(place.kiln(['build', 'there.mojo', 'there.mojo']), 2, /one file/);
  assertSentence(place.kiln([]), 2, /kiln --help/);
  assertSentence(place.kiln(['check', '-I', 'nowhere', 'there.mojo']), 2, /no such folder/);
});

test('help and version go to standard output', () => {
  for (const words of [
    ['--help'],
    ['help'],
    ['run', '--help'],
    ['check', '-h'],
    ['build', '--help'],
    ['doctor', '--help'],
  ]) {
    const result = place.kiln(words);
    assert.equal(result.status, 0);
    assert.equal(result.stderr, '');
    assert.match(result.stdout, /kiln/);
    for (const line of result.stdout.split('\n')) assert.ok(line.length <= 120, line);
  }
  assert.match(place.kiln(['--version']).stdout, /^kiln \d+\.\d+\.\d+ /);
});

test('an output path that cannot be written is said before any work', () => {
  place.write('fine.mojo', 'def main():\n    pass\n');
  fs.mkdirSync(path.join(place.folder, 'out'));
  assertSentence(place.kiln(['build', '-o', 'out', 'fine.mojo']), 2, /'out' is a folder/);
  assertSentence(place.kiln(['build', '-o', 'no/where', 'fine.mojo']), 2, /there is no folder 'no'/);
  assertSentence(place.kiln(['build', '-o', 'fine.mojo', 'fine.mojo']), 2, /would overwrite the source/);
});

test('with errors, build writes nothing', () => {
  place.write('wrong.mojo', 'def main(:\n');
  const result = place.kiln(['build', '-o', 'wrong.out', 'wrong.mojo']);
  assert.equal(result.status, 1);
  assert.equal(fs.existsSync(path.join(place.folder, 'wrong.out')), false);
});

test('check --diagnostic-format json writes one object to standard output', () => {
  place.write('bad2.mojo', Uint8Array.from([0x23, 0xff]));
  const result = place.kiln(['check', '--diagnostic-format', 'json', 'bad2.mojo', 'empty.mojo']);
  assert.equal(result.status, 1);
  assert.equal(result.stderr, '');
  const parsed = JSON.parse(result.stdout);
  assert.equal(parsed.version, 1);
  assert.equal(parsed.errors, 1);
  assert.deepEqual(parsed.diagnostics[0].range, {
    path: 'bad2.mojo',
    line: 1,
    column: 2,
    endLine: 1,
    endColumn: 3,
    start: 1,
    end: 2,
  });
});
