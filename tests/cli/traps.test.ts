/** How programs die: message on standard output, stack of Mojo calls on standard error, status. On every executor, at -O0 and -O3. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { after, before, test } from 'node:test';
import { TRAP_HANDLER_SOURCE_HASH } from '../../packages/backend-native/src/trap-handler-asm.ts';
import { makeWorkplace, ROOT, type Workplace } from './kiln.ts';

let place: Workplace;
before(() => {
  place = makeWorkplace();
});
after(() => place.remove());

const BOUNDS = `struct Shelf:
    var items: List[Int]
    def __init__(out self):
        self.items = [1, 2, 3]
    def pick(self, i: Int) -> Int:
        return self.items[i]

def describe[T: Writable](x: T, i: Int) -> Int:
    print("describing", x)
    return Shelf().pick(i) + 1

def main():
    print(describe("it", 7))
`;

const BOUNDS_STACK = ['at pick (bounds.mojo:6:', 'at describe[T=', '(bounds.mojo:10:', 'at main (bounds.mojo:13:'];

const EXECUTORS: readonly (readonly string[])[] = [
  ['--backend', 'native', '-O0'],
  ['--backend', 'native', '-O3'],
  ['--backend', 'wasm', '-O0'],
  ['--backend', 'wasm', '-O3'],
  ['--backend', 'interp'],
];

function inOrder(text: string, parts: readonly string[]): void {
  let at = 0;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    assert.ok(found >= 0, `${part} is missing, or out of order, in:\n${text}`);
    at = found + part.length;
  }
}

test('a failed bounds check names the caller and shows the stack, on every executor', () => {
  place.write('bounds.mojo', BOUNDS);
  for (const executor of EXECUTORS) {
    const { status, stdout, stderr } = place.kiln(['run', ...executor, 'bounds.mojo']);
    assert.equal(status, 132, `${executor.join(' ')}: ${stderr}`);
    assert.equal(
      stdout,
      'describing it\nAt: bounds.mojo:6:26: Assert Error: index 7 is out of bounds, valid range is 0 to 2\n',
    );
    inOrder(stderr, ['stack, innermost call first:', ...BOUNDS_STACK]);
    assert.doesNotMatch(stderr, /std\/|__run_main/, 'the library is not shown');
    if (!executor.includes('interp')) assert.match(stderr, / 6 \| {9}return self\.items\[i\]/);
  }
});

test('abort, an empty optional, no memory, and an uncaught error', () => {
  const program = `from std.os import abort
from std.sys import argv

def fail(kind: Int) raises:
    if kind == 0:
        abort("given up")
    if kind == 1:
        var nothing: Optional[Int] = None
        print(nothing.value())
    if kind == 3:
        var huge = List[Int](length=1 << 50, fill=1)
        print(huge[kind])
    raise Error("not caught")

def main() raises:
    fail(len(argv()) - 1)
`;
  const call = 'at main (ends.mojo:16:';
  place.write('ends.mojo', program);
  for (const backend of ['native', 'wasm']) {
    const run = (words: readonly string[]) => place.kiln(['run', '--backend', backend, 'ends.mojo', ...words]);
    const aborted = run([]);
    assert.equal(aborted.status, 132);
    assert.match(aborted.stdout, /^ABORT: .*: given up\n$/);
    inOrder(aborted.stderr, ['at fail (ends.mojo:6:', '6 |         abort("given up")', call]);
    const empty = run(['x']);
    assert.equal(empty.status, 132);
    assert.match(empty.stdout, /^ABORT: ends\.mojo:9:\d+: .*Optional\.value\(\).*empty/);
    inOrder(empty.stderr, ['at fail (ends.mojo:9:', call]);
    const exhausted = run(['x', 'y', 'z']);
    assert.equal(exhausted.status, 132);
    assert.match(exhausted.stdout, /^ABORT: out of memory: an allocation of 9007199254740992 bytes failed\n$/);
    inOrder(exhausted.stderr, ['at fail (ends.mojo:11:', call]);
    const uncaught = run(['x', 'y']);
    assert.deepEqual([uncaught.status, uncaught.stdout], [1, '']);
    assert.match(uncaught.stderr, /^Unhandled exception caught during execution: not caught\nstack, innermost/m);
    inOrder(uncaught.stderr, ['at fail (ends.mojo:13:', '13 |     raise Error("not caught")', call]);
  }
});

test('sizes that no memory has and positions that no text has end the program, whatever they come to in 64 bits', () => {
  const program = `from std.collections import Deque
from std.sys import argv

def end(kind: Int, n: Int):
    var words: List[String] = ["one", "two", "three"]
    var text = String("héllo")
    if kind == 0:
        words.resize(n, "more")
    elif kind == 1:
        words.shrink(n)
    elif kind == 2:
        print(len(words * n))
    elif kind == 3:
        print(len(List[Int](length=n, fill=1)))
    elif kind == 4:
        print((text * n).byte_length(), text.ascii_ljust(n))
    elif kind == 5:
        print(text[codepoint=n], text[grapheme=n])
    elif kind == 6:
        print(text[byte=n:])
    elif kind == 7:
        print(len(Deque[String]("a", "b") * n), len(Deque[Int](capacity=n)))
    elif kind == 8:
        print(len(Dict[Int, Int](capacity=n)))
    elif kind == 9:
        text.resize(n)
    print("went on")

def main() raises:
    end(Int(argv()[1]), Int(argv()[2]))
`;
  place.write('sizes.mojo', program);
  assert.equal(place.kiln(['build', 'sizes.mojo', '-o', 'sizes.exe']).status, 0);
  const wraps = String(2n ** 61n);
  const ends: readonly (readonly [string, string, RegExp])[] = [
    ['0', '-2', /Assert Error: slice end index -2/],
    ['1', '-2', /Assert Error: slice end index -2/],
    ['1', '4', /Assert Error: slice end index 4 is out of bounds, valid range is 0 to 3/],
    ['0', wraps, /out of memory/],
    ['2', wraps, /out of memory/],
    ['3', wraps, /out of memory/],
    ['3', '-1', /out of memory/],
    ['4', wraps, /out of memory/],
    ['5', String(2n ** 63n - 1n), /Assert Error: index 9223372036854775807 is out of bounds/],
    ['6', '2', /Assert Error: byte 2 is not a codepoint boundary/],
    ['7', wraps, /out of memory/],
    ['8', String(2n ** 62n), /out of memory/],
    ['9', '-1', /Assert Error: slice end index -1/],
  ];
  for (const [kind, n, message] of ends) {
    const run = spawnSync(path.join(place.folder, 'sizes.exe'), [kind, n], { encoding: 'utf8', timeout: 60_000 });
    assert.match(run.stdout, message, `kind ${kind}, ${n}: ${run.stdout}${run.stderr}`);
    assert.doesNotMatch(run.stdout, /went on/);
  }
});

test('a value that is changed while another of its owners leads to it in use ends the program, and two values do not', () => {
  const program = `from std.memory import ArcPointer
from std.sys import argv

trait Emptied:
    def empty(mut self): ...

struct Bag(Emptied, Movable):
    var words: List[String]
    var title: String

    def __init__(out self):
        self.words = ["a word that is too long to lie in the string itself"]
        self.title = "a title that is too long to lie in the string itself"

    def take(mut self, other: ArcPointer[Bag]):
        ref first = other[].words[0]
        self.words.clear()
        print("took", first)

    def set_title(mut self, title: String):
        self.title = title

    def empty(mut self):
        self.words.clear()

    def rename(mut self, other: ArcPointer[Bag]):
        var title = self.title^
        print(other[].words[0])
        print(other[].title)
        title += "!"
        self.title = title^

def replace(mut words: List[String], word: String):
    words[0] = "another word"
    print("replaced", word)

def merge(mut bag: Bag, other: ArcPointer[Bag]):
    replace(bag.words, other[].words[0])

struct Shelf(Movable):
    var bags: List[Bag]

    def __init__(out self):
        self.bags = [Bag(), Bag()]

def merge_within(mut bag: Bag, shelf: ArcPointer[Shelf]):
    replace(bag.words, shelf[].bags[0].words[0])

def take_within[T: Emptied](mut bag: T, shelf: ArcPointer[Shelf]):
    ref first = shelf[].bags[0].words[0]
    bag.empty()
    print("took", first)

def act_on_shelf(kind: Int, a: ArcPointer[Shelf], b: ArcPointer[Shelf]):
    if kind == 6:
        merge_within(a[].bags[0], b)
    elif kind == 7:
        take_within(a[].bags[0], b)
    merge_within(a[].bags[1], b)
    print("went on with", a[].bags[1].title)

def copy_first(source: ArcPointer[Bag], target: ArcPointer[Bag]):
    ref first = source[].words[0]
    target[].words.append("one more")
    print("copied", first)

def copy_all(source: ArcPointer[Bag], target: ArcPointer[Bag]):
    for ref word in source[].words:
        target[].words.append("one more")
        print("copied", word)

def replace_all(source: ArcPointer[Bag], target: ArcPointer[Bag]):
    var words = Span(source[].words)
    target[] = Bag()
    print("kept", words[0])

def act(kind: Int, a: ArcPointer[Bag], b: ArcPointer[Bag]):
    if kind == 0:
        replace(a[].words, b[].words[0])
    elif kind == 1:
        a[].take(b)
    elif kind == 2:
        a[].set_title(b[].title)
    elif kind == 3:
        merge(a[], b)
    elif kind == 4:
        a[].rename(b)
    elif kind == 8:
        copy_first(a, b)
    elif kind == 9:
        copy_all(a, b)
    elif kind == 10:
        replace_all(a, b)
    swap(a[].title, b[].title)
    a[].title = b[].title
    print("went on with", a[].title)

def main() raises:
    var kind = Int(argv()[1])
    if kind == 6 or kind == 7:
        var shelf = ArcPointer(Shelf())
        act_on_shelf(kind, shelf, shelf if len(argv()) > 2 else ArcPointer(Shelf()))
        return
    var a = ArcPointer(Bag())
    act(kind, a, a if len(argv()) > 2 else ArcPointer(Bag()))
`;
  place.write('owners.mojo', program);
  for (const backend of ['native', 'wasm'])
    for (const [kind, at] of [
      ['0', 'replace(a[].words, b[].words[0])'],
      ['1', 'self.words.clear()'],
      ['2', 'a[].set_title(b[].title)'],
      ['3', 'replace(bag.words, other[].words[0])'],
      ['4', 'print(other[].title)'],
      ['5', null],
      // What was lent lies in an element of a container.
      ['6', 'replace(bag.words, shelf[].bags[0].words[0])'],
      ['7', 'bag.empty()'],
      ['8', 'target[].words.append("one more")\n    print("copied", first)'],
      ['9', 'target[].words.append("one more")\n        print("copied", word)'],
      ['10', 'target[] = Bag()'],
    ] as const) {
      const run = (words: readonly string[]) =>
        place.kiln(['run', '--backend', backend, 'owners.mojo', kind, ...words]);
      assert.match(run([]).stdout, /went on with a title/, `${backend} ${kind}`);
      const same = run(['same']);
      const line = program.slice(0, program.indexOf(at ?? '')).split('\n').length;
      if (at === null) assert.match(same.stdout, /went on with a title/, backend);
      else
        assert.match(
          same.stdout,
          new RegExp(
            `^(?:a word.*\\n)?At: owners\\.mojo:${line}:\\d+: Assert Error: the value that is changed here is in use through another`,
          ),
        );
    }
});

test('a stack overflow says so', () => {
  const program = `def deep(n: Int) -> Int:
    var rest = [n, n + 1, n + 2]
    return deep(n + 1) + rest[n % 3]

def main():
    print("start")
    print(deep(0))
`;
  place.write('deep.mojo', program);
  const executors = [
    ['--backend', 'native', '-O0'],
    ['--backend', 'wasm', '-O3'],
    ['--backend', 'interp'],
  ];
  for (const executor of executors) {
    const { status, stdout, stderr } = place.kiln(['run', ...executor, 'deep.mojo']);
    assert.equal(status, 132, `${executor.join(' ')}: ${stderr.slice(0, 500)}`);
    assert.equal(stdout, 'start\n');
    inOrder(stderr, [
      'kiln: stack overflow: the calls nest deeper than the stack allows',
      'at deep (deep.mojo:',
      ' calls …',
    ]);
  }
});

test('a bad address is no riddle', () => {
  place.write(
    'bad.mojo',
    `def main():
    var x = 1
    print(Pointer(to=x).unsafe_offset(1 << 40)[])
`,
  );
  const { status, stderr } = place.kiln(['run', '--backend', 'native', '-O0', 'bad.mojo']);
  assert.equal(status, 139);
  inOrder(stderr, ['kiln: invalid memory access at address 0x', 'at main (bad.mojo:3:']);
});

test('the program is small, and its handler is the one of the source', () => {
  place.write('hello.mojo', 'def main():\n    print("hello")\n');
  assert.equal(place.kiln(['build', '--backend', 'native', 'hello.mojo', '-o', 'hello']).status, 0);
  assert.ok(fs.statSync(path.join(place.folder, 'hello')).size < 20_000);
  const sources = ['trap_handler.mojo', 'output_block.mojo'].map((name) =>
    fs.readFileSync(path.join(ROOT, 'std', 'runtime', name)),
  );
  const hash = createHash('sha256').update(Buffer.concat(sources)).digest('hex').slice(0, 16);
  assert.equal(hash, TRAP_HANDLER_SOURCE_HASH, 'run `node scripts/trap-handler.mjs`');
});

test('a program whose machine code is made in pieces, one in each thread, has one stack', () => {
  const program = `def pick(items: List[Int], i: Int) -> Int:
    return items[i]

def main():
    comptime text = "${'x'.repeat(2_200_000)}"
    print(text)
    print(pick([1, 2], 2))
`;
  place.write('pieces.mojo', program);
  const built = place.kiln(['build', '--time-report', 'pieces.mojo', '-o', 'pieces']);
  if (os.availableParallelism() > 1) assert.match(built.stdout + built.stderr, /llvm share/);
  const run = spawnSync(path.join(place.folder, 'pieces'), { encoding: 'utf8', maxBuffer: 8 << 20 });
  assert.match(run.stdout, /x\nAt: pieces\.mojo:2:17: /);
  inOrder(run.stderr, ['stack, innermost call first:', 'at pick (pieces.mojo:2:17)', 'at main (pieces.mojo:7:']);
  assert.doesNotMatch(run.stderr, /__getitem__|__run_main/, 'the paths of every piece are known');
});
