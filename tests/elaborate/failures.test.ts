/** What goes wrong in elaboration: the code, the line that is named, and the words, from source. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { hostTarget } from '@kiln/backend-native/host-target.ts';
import { present } from '@kiln/compiler/base/invariant.ts';
import { type ComptimeLimits, defaultOptions, NO_LIMITS_GIVEN } from '@kiln/compiler/driver/options.ts';
import { compile } from '@kiln/compiler/driver/pipeline.ts';
import { createNodeHost } from 'kiln-lang/node-host.ts';

const folder = mkdtempSync(join(tmpdir(), 'kiln-elaborate-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const std = fileURLToPath(new URL('../../std', import.meta.url));

interface Failure {
  readonly name: string;
  readonly source: string;
  readonly code: string;
  readonly line: number;
  readonly message: RegExp;
  /** Texts of notes and labels, in order; a part of each. */
  readonly trail: readonly RegExp[];
}

const FAILURES: readonly Failure[] = [
  {
    name: 'a compile-time assertion',
    source: `
def inner[n: Int]() -> Int:
    comptime assert n < 3, "n too large"
    return n

def outer[m: Int]() -> Int:
    return inner[m + 1]()

def main():
    print(outer[1]())
    print(outer[5]())
`,
    code: 'M4001',
    line: 3,
    message: /^constraint failed: n too large$/,
    trail: [/\[m=5\]/, /\[n=6\]/],
  },
  {
    name: 'endless instantiation',
    source: `
def grow[n: Int]() -> Int:
    return grow[n + 1]()

def main():
    print(grow[0]())
`,
    code: 'M4002',
    line: 3,
    message: /more than \d+ nested instantiations/,
    trail: [/\[n=0\]/, /\[n=1\]/, /\[n=2\]/, /\[n=3\]/, /more instantiations/, /n=/, /n=/, /n=/, /n=/],
  },
  {
    name: 'a vector of three lanes',
    source: `
def main():
    var v = SIMD[DType.float32, 3](0)
    print(v)
`,
    code: 'M4003',
    line: 3,
    message: /power of two between 1 and 2\^15/,
    trail: [],
  },
  {
    name: 'bits of another number',
    source: `
from std.memory import bitcast

def main():
    print(bitcast[DType.uint8](SIMD[DType.float32, 4](1)))
`,
    code: 'M4001',
    line: 5,
    message: /must have the same bitwidth/,
    trail: [],
  },
  {
    name: 'a choice by what is no mask',
    source: `
def main():
    var x = SIMD[DType.float32, 4](1)
    print(x.select(x, x))
`,
    code: 'M4001',
    line: 4,
    message: /must be bool/,
    trail: [],
  },
  {
    name: 'what a function demands is told before the size of an array',
    source: `
struct Ring[capacity: Int]:
    var items: Array[Int, Self.capacity]

    def __init__(out self):
        comptime assert Self.capacity > 0, "a ring needs room"
        self.items = Array[Int, Self.capacity](fill=0)


def main():
    var ring = Ring[-1]()
    print(len(ring.items))
`,
    code: 'M4001',
    line: 6,
    message: /a ring needs room/,
    trail: [/capacity=-1/],
  },
  {
    name: 'an array of negative size',
    source: `
def main():
    var array = Array[Int, 2 - 3](fill=0)
    print(len(array))
`,
    code: 'M4003',
    line: 3,
    message: /number of elements in `Array` must be >= 0, not -1/,
    trail: [],
  },
  {
    name: 'a value that needs itself',
    source: `
def f[n: Int]() -> Int:
    comptime m = f[n]()
    return m

def main():
    print(f[3]())
`,
    code: 'M4006',
    line: 3,
    message: /needs its own result/,
    trail: [/\[n=3\]/],
  },
  {
    name: 'an index out of range, in code that runs at compile time',
    source: `
def boom(n: Int) -> Int:
    var l = [1, 2, 3]
    return l[n]

def main():
    comptime x = boom(7)

    print(x)
`,
    code: 'M4009',
    line: 7,
    message: /^failed to compile-time evaluate function call 'boom'/,
    trail: [/in '_fail_at/, /index_out_of_range/, /_check_index/, /__getitem__/, /in 'boom' at .*:4:/],
  },
  {
    name: 'a loop without end',
    source: `
def spin(n: Int) -> Int:
    var i = n
    while i > 0:
        i += 1
        if i > 1000:
            i = 1
    return i

def main():
    comptime x = spin(7)
    print(x)
`,
    code: 'M4009',
    line: 11,
    message: /steps \(--max-steps=N raises the limit\)$/,
    trail: [/in 'spin'/],
  },
  {
    name: 'a C function that compile-time code may not call',
    source: `
from std.ffi import external_call

def main():
    comptime x = external_call["getuid", Int32]()
    print(x)
`,
    code: 'M4009',
    line: 5,
    message: /'getuid' cannot be called at compile time/,
    trail: [],
  },
  {
    name: 'a parameter of more than a megabyte',
    source: `
def big() -> List[Int]:
    return List[Int](length=200000, fill=1)

def use[l: List[Int]]() -> Int:
    comptime n = len(l)
    return n

def main():
    print(use[big()]())
`,
    code: 'M4014',
    line: 10,
    message: /more than 1048576 bytes/,
    trail: [],
  },
  {
    name: 'a fraction for an integer type',
    source: `
def half[dt: DType]() -> Scalar[dt]:
    return 2.5

def main():
    print(half[DType.float64]())
    print(half[DType.int32]())
`,
    code: 'M4015',
    line: 3,
    message: /2\.5 cannot be converted to 'Int32'/,
    trail: [/dt=DType\.int32/],
  },
  {
    name: 'an order of vectors',
    source: `
def generic[dt: DType, n: SIMDLength](x: SIMD[dt, n]) -> Bool:
    return x < x

def main():
    print(generic(SIMD[DType.int32, 4](1)))
`,
    code: 'M4001',
    line: 3,
    message: /Strict inequality is only defined for `Scalar`s; did you mean to use `SIMD\.lt\(\.\.\.\)`\?/,
    trail: [/dt=DType/],
  },
  {
    name: 'bits of floats',
    source: `
def generic[dt: DType, n: SIMDLength](x: SIMD[dt, n]) -> Bool:
    return any((x & x).gt(0))

def main():
    print(generic(SIMD[DType.float32, 4](1)))
`,
    code: 'M4001',
    line: 3,
    message: /must be an integral or bool type/,
    trail: [/dt=DType/],
  },
  {
    name: 'shifts of floats',
    source: `
def generic[dt: DType, n: SIMDLength](x: SIMD[dt, n]) -> Bool:
    return any((x << 1).gt(0))

def main():
    print(generic(Float32(1)))
`,
    code: 'M4001',
    line: 3,
    message: /must be an integral type/,
    trail: [/dt=DType/],
  },
  {
    name: 'sums of masks',
    source: `
def generic[dt: DType, n: SIMDLength](x: SIMD[dt, n]) -> Bool:
    return Bool((x + x).reduce_or())

def main():
    print(generic(SIMD[DType.bool, 4](fill=True)))
`,
    code: 'M4001',
    line: 3,
    message: /the SIMD type must be numeric/,
    trail: [/dt=DType/],
  },
  {
    name: 'a reduction to more lanes',
    source: `
def generic[dt: DType, n: SIMDLength](x: SIMD[dt, n]) -> Bool:
    return len(x.reduce_max[8]()) == 8

def main():
    print(generic(SIMD[DType.int32, 4](1)))
`,
    code: 'M4001',
    line: 3,
    message: /reduction cannot increase simd width/,
    trail: [/dt=DType/],
  },
  {
    name: 'a shuffle with too few lanes',
    source: `
def generic[dt: DType, n: SIMDLength](x: SIMD[dt, n]) -> Bool:
    return len(x.shuffle[0, 1]()) == 2

def main():
    print(generic(SIMD[DType.int32, 4](1)))
`,
    code: 'M4001',
    line: 3,
    message: /size of the mask must match the output SIMD size/,
    trail: [/dt=DType/],
  },
  {
    name: 'a shuffle of a lane that is not there',
    source: `
def generic[dt: DType, n: SIMDLength](x: SIMD[dt, n]) -> Bool:
    return len(x.shuffle[0, 9]()) == 2

def main():
    print(generic(SIMD[DType.int32, 2](1)))
`,
    code: 'M4001',
    line: 3,
    message: /invalid index in the shuffle operation/,
    trail: [/dt=DType/],
  },
  {
    name: 'rebind to another type',
    source: `
def wrong[T: AnyType]() -> Int:
    var x = 3.5
    return rebind[Int](x)

def main():
    print(wrong[Int]())
`,
    code: 'M4001',
    line: 4,
    message: /rebind input type does not match result type/,
    trail: [/T=Int/],
  },
  {
    name: 'a failed check says why, and where the program began',
    source: `
def third(xs: List[Int]) -> Int:
    return xs[3]

def main():
    comptime l: List[Int] = [1, 2, 3]
    comptime x = third(l)
    print(x)
`,
    code: 'M4009',
    line: 7,
    message: /'third': stopped at test\.mojo:3:14: .*index 3 is out of bounds, valid range is 0 to 2/,
    trail: [
      /_fail_at/,
      /_index_out_of_range/,
      /_check_index/,
      /__getitem__/,
      /in 'third' at .*:3:/,
      /instantiated from 'main' at .*:5:5/,
    ],
  },
  {
    name: 'recursion is shown as one frame',
    source: `
def deep(n: Int) -> Int:
    return 0 if n == 0 else deep(n - 1) + 1

def main():
    comptime x = deep(100000)
    print(x)
`,
    code: 'M4009',
    line: 6,
    message: /more than 3000 nested calls \(--max-call-depth=N raises the limit\)/,
    trail: [/in 'deep' .*\(\d+ times\)/, /instantiated from 'main'/],
  },
  {
    name: 'the memory limit',
    source: `
def hog() -> Int:
    var l = List[Int](capacity=1 << 20)
    return len(l)

def main():
    comptime x = hog()
    print(x)
`,
    code: 'M4009',
    line: 7,
    message: /out of memory: the limit is 4194304 bytes \(--max-memory=MIB raises it\)/,
    trail: [],
  },
];

const LIMITS: ComptimeLimits = { ...NO_LIMITS_GIVEN, steps: 5_000_000, memoryBytes: 4 << 20 };

for (const [i, failure] of FAILURES.entries()) {
  test(failure.name, { skip: failure.source.includes('std.ffi') ? 'the library has no std.ffi yet' : false }, () => {
    const path = join(folder, `failure${i}.mojo`);
    writeFileSync(path, failure.source);
    const options = { ...defaultOptions(hostTarget('native', '')), limits: LIMITS };
    const outcome = compile(
      { path, displayPath: 'test.mojo', options, stopAt: null, checkOnly: true },
      createNodeHost(std),
    );
    assert.equal(outcome.internalFailure, null);
    const errors = outcome.diagnostics.filter((entry) => entry.severity === 'error');
    assert.deepEqual(
      errors.map((error) => error.code),
      [failure.code],
      errors.map((error) => error.message).join('\n'),
    );
    const error = present(errors[0], 'error');
    assert.match(error.message, failure.message);
    const { span } = present(error.primary, 'place');
    assert.equal(outcome.sources.position(span.file, span.start).line, failure.line);
    const trail = [...error.secondary.map((link) => link.text), ...error.notes];
    for (const [k, pattern] of failure.trail.entries()) assert.match(trail[k] ?? '', pattern);
  });
}
