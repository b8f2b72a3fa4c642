/** `kiln check --explain-copies`: the copies that the source does not spell; transfers that copy are warned of without asking. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeWorkplace, type Workplace } from './kiln.ts';

const MODERN = `@fieldwise_init
struct Point(ImplicitlyCopyable):
    var name: String
    var n: Int


def use(var p: Point) -> Int:
    return p.n


def generic[T: ImplicitlyCopyable & Deinitable](x: T) -> T:
    return x


def main():
    var p = Point("a", 1)
    print(use(p))
    var q = p.copy()
    print(use(p))
    var l: List[Point] = [q^]
    var e = l[0]
    print(e.n, len(l), generic(3))

    def kept() {var e} -> Int:
        print("kept")
        return e.n

    print(kept(), e.n)
    var last = Point("b", 2)

    def several() {var e, var last} -> Int:
        return e.n + last.n

    print(several(), e.n)
`;

/** Without a move constructor: the article's way out of memory. */
const CLASSIC = `struct Big:
    var data: List[Int]

    fn __init__(inout self):
        self.data = List[Int]()

    fn __copyinit__(inout self, existing: Self):
        self.data = existing.data.copy()


fn take(owned b: Big):
    print(len(b.data))


fn main():
    var b = Big()
    let c = b^
    take(c)
    var d = c
    take(d^)
`;

let place: Workplace;
before(() => {
  place = makeWorkplace();
});
after(() => place.remove());

const found = (text: string): string[] =>
  [...text.matchAll(/:(\d+):\d+: (\w+)\[(M304\d)\]: (.*)/g)].map((m) => `${m[1]} ${m[2]} ${m[3]} ${m[4]}`);

test('each implicit copy, with its size when that is known', () => {
  place.write('modern.mojo', MODERN);
  const result = place.kiln(['check', '--explain-copies', 'modern.mojo']);
  assert.equal(result.status, 0, result.stderr);
  assert.deepEqual(found(result.stderr), [
    "12 note M3041 implicit copy of 'x' of type 'T' (size known at instantiation)",
    "17 note M3041 implicit copy of 'p' of type 'Point' (32 bytes and what it owns)",
    "21 note M3041 implicit copy of a value of type 'Point' (32 bytes and what it owns)",
    "24 note M3041 implicit copy of 'e' of type 'Point' (32 bytes and what it owns)",
    "31 note M3041 implicit copy of 'e' of type 'Point' (32 bytes and what it owns)",
  ]);
  // The last use of `p` is a move, and a written `.copy()` hides nothing.
  assert.deepEqual(place.kiln(['check', 'modern.mojo']), { status: 0, stdout: '', stderr: '' });
});

test('a transfer of a type that can only be copied', () => {
  place.write('classic.mojo', CLASSIC);
  const warned = place.kiln(['check', '--no-dialect-notes', 'classic.mojo']);
  assert.equal(warned.status, 0, warned.stderr);
  const transfer =
    "17 warning M3040 transfer copies 'b' of type 'Big' (24 bytes and what it owns): " +
    'the type has a copy constructor and no move constructor';
  assert.deepEqual(found(warned.stderr), [transfer]);
  assert.match(warned.stderr, /__moveinit__/);
  const listed = place.kiln(['check', '--no-dialect-notes', '--explain-copies', 'classic.mojo']);
  assert.deepEqual(found(listed.stderr), [
    transfer,
    "18 note M3041 implicit copy of 'c' of type 'Big' (24 bytes and what it owns)",
    "19 note M3041 implicit copy of 'c' of type 'Big' (24 bytes and what it owns)",
  ]);
});

test('as JSON', () => {
  place.write('json.mojo', MODERN);
  const result = place.kiln(['check', '--explain-copies', '--diagnostic-format', 'json', 'json.mojo']);
  assert.equal(JSON.parse(result.stdout).notes, 5);
});
