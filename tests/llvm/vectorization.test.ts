/** What code of a newcomer becomes for a named processor: facts of the optimized IR and of the assembly, never times. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { libLlvmInstalled } from '../../packages/backend-native/src/libllvm.ts';
import { makeWorkplace, type Workplace } from '../cli/kiln.ts';

const native = process.platform === 'linux' && process.arch === 'x64' && libLlvmInstalled();
const options = { skip: native ? false : 'needs libLLVM 22 on x86-64' } as const;

const SOURCE = `from std.math import exp, tanh

@export
def product(mut c: List[Float32], a: List[Float32], b: List[Float32]):
    for i in range(len(c)):
        c[i] = a[i] * b[i]

@export
def in_order(a: List[Float32], b: List[Float32]) -> Float32:
    var sum = Float32(0)
    for i in range(len(a)):
        sum += a[i] * b[i]
    return sum

@fp_mode("fast")
@export
def in_any_order(a: List[Float32], b: List[Float32]) -> Float32:
    var sum = Float32(0)
    for i in range(len(a)):
        sum += a[i] * b[i]
    return sum

@export
def polynomial(mut x: List[Float32]):
    for i in range(len(x)):
        x[i] = (x[i] * 3 + 2) * x[i] + 1

@export
def bytes_dot(a: List[Int8], b: List[Int8]) -> Int32:
    var sum = Int32(0)
    for i in range(min(len(a), len(b))):
        sum += Int32(a[i]) * Int32(b[i])
    return sum

@export
def to_integers(mut c: List[Int32], a: List[Float32]):
    for i in range(len(c)):
        c[i] = Int32(a[i])

@export
def activation(mut c: List[Float32], a: List[Float32]):
    for i in range(len(c)):
        c[i] = tanh(a[i]) + exp(a[i])

@export
def flat_product(mut c: List[Float32], a: List[Float32], b: List[Float32], n: Int):
    for i in range(n):
        for k in range(n):
            for j in range(n):
                c[i * n + j] += a[i * n + k] * b[k * n + j]

@export
def flat_sums(mut c: List[Int32], a: List[Int32], n: Int):
    for i in range(n):
        var sum = Int32(0)
        for j in range(n):
            sum += a[i * n + j]
        c[i] = sum

@export
def flat_float_sums(mut c: List[Float32], a: List[Float32], n: Int):
    for i in range(n):
        var sum = Float32(0)
        for j in range(n):
            sum += a[i * n + j]
        c[i] = sum

@export
def rows_product(a: List[List[Float64]], b: List[List[Float64]], mut c: List[List[Float64]]):
    for i in range(len(a)):
        for k in range(len(b)):
            for j in range(len(c[0])):
                c[i][j] += a[i][k] * b[k][j]

@export
def bytes_in_vectors(a: Pointer[UInt8, MutUntrackedOrigin], b: Pointer[Int8, MutUntrackedOrigin], n: Int) -> Int32:
    var sum = Int32(0)
    for i in range(0, n, 64):
        var products = a.unsafe_load[width=64](i).cast[DType.int32]() * b.unsafe_load[width=64](i).cast[DType.int32]()
        sum += products.reduce_add()
    return sum

@export
def to_bytes(mut c: List[UInt8], a: List[Float32]):
    for i in range(min(len(c), len(a))):
        c[i] = (min(max(a[i] * 255, Float32(0)), Float32(255)) + 0.5).cast[DType.uint8]()

@export
def iterate(z: Float64) -> Float64:
    var x = SIMD[DType.float64, 8](z)
    for _ in range(1000):
        x = x * x - 0.5 + z
    return x.reduce_max()

@export
def many_sums(p: Pointer[Float64, MutUntrackedOrigin], n: Int) -> Float64:
    var x = SIMD[DType.float64, 8](0)
    for i in range(0, n, 8):
        x += p.unsafe_load[width=8](i) * p.unsafe_load[width=8](n - i) - p.unsafe_load[width=8](2 * n - i)
    return x.reduce_max()

trait Source(Deinitable, ImplicitlyCopyable):
    def at(self, i: Int) -> Float32:
        ...

@fieldwise_init
struct Whole(Source):
    var p: Pointer[Float32, MutUntrackedOrigin]

    def at(self, i: Int) -> Float32:
        return self.p[unsafe_offset=i]

@fieldwise_init
struct Constant(Source):
    var value: Float32

    def at(self, i: Int) -> Float32:
        return self.value

@no_inline
def sum_of[*Ts: Source](y: Pointer[Float32, MutUntrackedOrigin], n: Int, *ts: *Ts):
    for i in range(n):
        var sum = Float32(0)
        comptime for k in range(ts.__len__()):
            sum += ts[k].at(i)
        y[unsafe_offset=i] = sum

@export
def three_sources(p: Pointer[Float32, MutUntrackedOrigin], q: Pointer[Float32, MutUntrackedOrigin], n: Int):
    sum_of(q, n, Whole(p), Constant(0.5), Whole(q))

@fieldwise_init
struct Meters(TrivialRegisterPassable):
    var value: Float32

@no_inline
def scale_rows(target: Pointer[Meters, MutUntrackedOrigin], source: Pointer[Meters, MutUntrackedOrigin], rows: Int, columns: Int):
    def scale_row(row: Int) {imm}:
        for column in range(columns):
            var at = row * columns + column
            target[unsafe_offset=at] = Meters(source[unsafe_offset=at].value * 2)

    call_for_each(scale_row, rows)

@no_inline
def call_for_each[F: def(Int) -> None](f: F, count: Int):
    for i in range(count):
        f(i)

@export
def scale(target: Pointer[Meters, MutUntrackedOrigin], source: Pointer[Meters, MutUntrackedOrigin], rows: Int, columns: Int):
    scale_rows(target, source, rows, columns)

@export
def any_inside(x: SIMD[DType.float64, 8]) -> Bool:
    return x.le(4).reduce_or()

from std.benchmark import keep
from std.memory.alloc import unsafe_alloc

@export
def two_new_arrays(n: Int) -> Float32:
    var a = unsafe_alloc[Float32](n)
    var b = unsafe_alloc[Float32](n)
    for i in range(n):
        a[unsafe_offset=i] = Float32(i)
        b[unsafe_offset=i] = 1
    for i in range(n):
        a[unsafe_offset=i] += b[unsafe_offset=i] * 3
    var last = a[unsafe_offset = n - 1]
    a.unsafe_free()
    b.unsafe_free()
    return last

@export
def kept(n: Int):
    for i in range(n):
        keep(i)
`;

let place: Workplace;
let file = '';
before(() => {
  place = makeWorkplace();
  file = place.write('loops.mojo', SOURCE);
});
after(() => place.remove());

const emitted = new Map<string, string>();

function emit(stage: 'llvm-opt' | 'asm', cpu: string): string {
  const key = `${stage} ${cpu}`;
  const known = emitted.get(key);
  if (known !== undefined) return known;
  const result = place.kiln(['build', '--emit', stage, '--target-cpu', cpu, file]);
  assert.equal(result.status, 0, result.stderr);
  emitted.set(key, result.stdout);
  return result.stdout;
}

/** The optimized body of an exported function. */
function bodyOf(name: string, cpu = 'x86-64-v4'): string {
  const match = new RegExp(`^define [^\\n]*@${name}\\([\\s\\S]*?^\\}`, 'm').exec(emit('llvm-opt', cpu));
  assert.ok(match !== null, `no function ${name}`);
  return match[0];
}

test('checked lists in a loop: checks leave the loop, registers are full', options, () => {
  assert.match(bodyOf('product'), /fmul (\w+ )*<16 x float>/);
  assert.match(bodyOf('product', 'x86-64-v3'), /fmul (\w+ )*<8 x float>/);
});

test('a row of a checked matrix leaves few rounds to scalar code, and a sum of a row is interleaved', options, () => {
  assert.match(bodyOf('flat_product'), /vector\.body[\s\S]*add nuw i64 %index\d*, 16\b/);
  assert.match(bodyOf('flat_sums'), /add nuw i64 %index\d*, 64\b/);
});

test('an inner sum of floats in order is not unrolled: its rounds wait for each other', options, () => {
  assert.equal([...bodyOf('flat_float_sums').matchAll(/fadd /g)].length, 1);
});

test('lists of lists: what a store of a number cannot change is read before the loop', options, () => {
  assert.match(bodyOf('rows_product'), /fadd (\w+ )*<8 x double>/);
});

test('a sum of floats keeps its order and is not fused, unless the source allows it', options, () => {
  const strict = bodyOf('in_order');
  assert.doesNotMatch(strict, /fadd [^\n]*<\d+ x float>/);
  assert.doesNotMatch(strict, /fadd (\w+ )*contract/);
  assert.match(bodyOf('in_any_order'), /fadd (\w+ )*<16 x float>/);
});

test('products fuse into sums that no loop carries', options, () => {
  assert.match(bodyOf('polynomial'), /fadd (\w+ )*contract (\w+ )*<16 x float>/);
  assert.match(emit('asm', 'x86-64-v4'), /vfmadd\w+ps\s[^\n]*%zmm/);
});

test('products of bytes are added in pairs', options, () => {
  assert.match(bodyOf('bytes_dot'), /mul (\w+ )*<\d+ x i(16|32)>/);
  assert.match(emit('asm', 'x86-64-v4'), /vpmaddwd/);
});

test('the sum of the products of a vector of bytes is one instruction where the processor has it', options, () => {
  assert.match(emit('asm', 'icelake-server'), /vpdpbusd\s[^\n]*%zmm/);
});

test('saturating conversions are vector code', options, () => {
  assert.match(bodyOf('to_integers'), /fptosi <16 x float>/);
  assert.match(emit('asm', 'x86-64-v4'), /vcvttps2dq\s[^\n]*%zmm/);
});

test('a conversion after a limit does not look at the ends of the range again', options, () => {
  const body = bodyOf('to_bytes');
  assert.match(body, /fptoui <16 x float>/);
  assert.doesNotMatch(body, /fcmp oge <16 x float> [^\n]*2\.560000e\+02/);
  assert.doesNotMatch(body, /select <16 x i1> [^\n]*<16 x i8>/);
});

test('a chain of sums is kept in half registers where those add faster, other vectors in whole ones', options, () => {
  const attributes = (name: string, cpu: string): string => {
    const group = /#\d+/.exec(bodyOf(name, cpu).split('\n')[0] ?? '')?.[0] ?? 'none';
    return new RegExp(`^attributes ${group} = .*`, 'm').exec(emit('llvm-opt', cpu))?.[0] ?? '';
  };
  assert.match(attributes('iterate', 'sapphirerapids'), /"prefer-vector-width"="256"/);
  assert.doesNotMatch(attributes('iterate', 'znver5'), /prefer-vector-width/);
  assert.doesNotMatch(attributes('many_sums', 'sapphirerapids'), /prefer-vector-width/);
});

test('a loop does not fetch the elements of a pack anew', options, () => {
  const definition = /^define internal [^\n]*sum_of[\s\S]*?^}/m.exec(emit('llvm-opt', 'x86-64-v4'));
  assert.ok(definition !== null);
  const loop = /^vector\.body:[\s\S]*?br i1/m.exec(definition[0]);
  assert.ok(loop !== null, definition[0]);
  assert.doesNotMatch(loop[0], /load ptr|load float,/);
});

test(
  'a loop does not fetch anew what its closure captures, however often it writes numbers or structs around a number',
  options,
  () => {
    const definition = /^define internal [^\n]*call_for_each[\s\S]*?^}/m.exec(emit('llvm-opt', 'x86-64-v4'));
    assert.ok(definition !== null);
    const loop = /^vector\.body[^:\n]*:[\s\S]*?br i1/m.exec(definition[0]);
    assert.ok(loop !== null, definition[0]);
    assert.match(loop[0], /store <16 x float>/);
    assert.doesNotMatch(loop[0], /load (ptr|i64)/);
  },
);

test('arrays that were just allocated are known to be apart', options, () => {
  const body = bodyOf('two_new_arrays');
  assert.match(body, /^vector\.body/m);
  assert.doesNotMatch(body, /found\.conflict/);
});

test('a value that is kept for a measurement stays in its register', options, () => {
  const body = bodyOf('kept');
  assert.match(body, /asm sideeffect "", "=r,0/);
  assert.doesNotMatch(body, /alloca/);
});

test('elementary functions are vector code without calls', options, () => {
  const body = bodyOf('activation');
  assert.match(body, /@llvm\.fma\.v16f32/);
  assert.doesNotMatch(body, /call [^\n]*@(tanhf?|expf?)\(/);
});

test('whether any lane of a mask is set is one instruction', options, () => {
  assert.match(bodyOf('any_inside'), /bitcast <8 x i1>|vector\.reduce\.or\.v8i1/);
});

test('the report says of each loop what became of it', options, () => {
  const result = place.kiln([
    'build',
    '--report',
    'vectorize',
    '--emit',
    'obj',
    '--target-cpu',
    'x86-64-v4',
    file,
    '-o',
    `${file}.o`,
  ]);
  assert.equal(result.status, 0, result.stderr);
  assert.match(result.stderr, /^loops\.mojo:5:5: loop vectorized: 16 lanes/m);
  assert.match(result.stderr, /^loops\.mojo:11:5: loop not vectorized: a floating-point sum keeps its order/m);
  assert.match(result.stderr, /^loops\.mojo:19:5: loop vectorized: 16 lanes/m);
});
