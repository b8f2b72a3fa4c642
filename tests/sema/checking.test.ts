/** The checker rejects exactly the annotated lines of `rejected.mojo`, with the annotated messages, and accepts what it must. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { check } from './harness.ts';

const HERE = path.dirname(fileURLToPath(import.meta.url));

function annotations(text: string): string[] {
  const expected: string[] = [];
  text.split('\n').forEach((line, index) => {
    for (const part of line.split('  #~ ').slice(1)) expected.push(`${index + 1}: ${part.trim()}`);
  });
  return expected;
}

describe('checker', () => {
  it('reports exactly the annotated errors', () => {
    const text = readFileSync(path.join(HERE, 'rejected.mojo'), 'utf8');
    const expected = annotations(text);
    const { texts } = check(text);
    const actual = texts.map((line) => {
      const wanted = expected.find((entry) => line.startsWith(entry));
      return wanted ?? line;
    });
    assert.deepEqual([...actual].sort(), [...expected].sort());
  });

  it('reads the bodies of methods after the functions of a file', () => {
    const method = 'struct S:\n    def m(self) -> Int:\n        return "m"\n';
    const { texts } = check(`${method}def f() -> Int:\n    return "f"\n`);
    assert.deepEqual(
      texts.map((text) => Number.parseInt(text, 10)),
      [5, 3],
    );
  });

  const rejected: readonly (readonly [name: string, source: string, line: number, words: string])[] = [
    ['a missing argument', 'def f(a: Int): pass\ndef main():\n    f()\n', 3, "missing required argument: 'a'"],
    [
      'a symbolic pack element of the wrong type',
      'def f[*Ts: Writable](*xs: *Ts) -> Int:\n    return xs[0]\n',
      2,
      'cannot implicitly convert',
    ],
    [
      'a run-time value as a parameter',
      'def f[n: Int](): pass\ndef main():\n    var k = 1\n    f[k]()\n',
      4,
      'dynamic value',
    ],
    ['two implicit conversions', 'def main():\n    var e: Optional[Float64] = 1\n', 2, "to 'Optional[Float64]'"],
    ['an error in a lambda body', 'def main():\n    var f = lambda (x: Int) -> Int: y\n', 2, "unknown declaration 'y'"],
    [
      'an unbounded member in a branch without the fact',
      'def f[T: AnyType](x: T):\n    comptime if conforms_to(T, Writable):\n        pass\n    else:\n        print(x)\n',
      5,
      'does not conform',
    ],
  ];
  for (const [name, source, line, words] of rejected) {
    it(`rejects ${name}`, () => {
      const { texts } = check(source);
      assert.equal(texts.length, 1, texts.join('\n'));
      assert.ok(texts[0]?.startsWith(`${line}:`) && texts[0].includes(words), texts[0]);
    });
  }

  const accepted: readonly (readonly [name: string, source: string])[] = [
    [
      'a recursive generic call',
      'def fact[n: Int]() -> Int:\n    comptime if n < 2:\n        return 1\n    else:\n        return n * fact[n - 1]()\n',
    ],
    [
      'equal integer expressions',
      'struct V[n: Int]:\n    pass\ndef f[n: Int](v: V[n + n]): pass\ndef g[n: Int](v: V[2 * n]):\n    f[n](v)\n',
    ],
    [
      'facts of an assert',
      'def need[n: Int]() where n > 2: pass\ndef f[n: Int]():\n    comptime assert n > 2\n    need[n]()\n',
    ],
    ['a display beside an operator', 'def f(l: List[Int]) -> Bool:\n    return l == [1, 2]\n'],
    [
      'reflection',
      'def f[T: AnyType](v: T):\n    comptime for i in range(reflect[T].field_count()):\n        comptime if conforms_to(reflect[T].field_types()[i], Writable):\n            print(reflect[T].field_ref[i](v))\n',
    ],
  ];
  for (const [name, source] of accepted) {
    it(`accepts ${name}`, () => {
      const { texts } = check(source);
      assert.deepEqual(texts, []);
    });
  }
});
