/** Ownership and race diagnostics on real source text, through sema. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DiagnosticSink } from '@kiln/compiler/diagnostics/sink.ts';
import { MirPipeline } from '@kiln/compiler/mir/pipeline.ts';
import { check } from '../sema/harness.ts';

/** `line code` of each flow error, in order. */
function flowErrors(text: string): string[] {
  const checked = check(text);
  assert.deepEqual(checked.texts, [], 'the program must pass sema');
  const sink = new DiagnosticSink();
  const pipeline = new MirPipeline(checked.analysis.program, checked.sema.store);
  for (const id of checked.analysis.program.userFunctions())
    pipeline.lower(checked.analysis.program.function(id), sink);
  return sink.sorted().map((diagnostic) => {
    const line = text.slice(0, diagnostic.primary?.span.start ?? 0).split('\n').length;
    return `${line} ${diagnostic.code}`;
  });
}

const PARALLEL = `@__builtin("Concurrent")
trait Concurrent:
    pass
def parallelize[F: Concurrent & def(Int) -> None](func: F, n: Int):
    for i in range(n):
        func(i)
def wrap[F: def(Int) -> None](func: F, n: Int):
    parallelize(func, n)
`;

test('tasks that keep to their own elements', () => {
  const text = `${PARALLEL}def main():
    var cells: List[Int] = [1, 2, 3, 4]
    var out: List[Int] = [1, 2, 3, 4, 5, 6, 7, 8]
    var k = 3
    def good(i: Int) {mut cells, imm k}:
        cells[i] = i * k
        cells[i] += 1
    parallelize(good, 4)
    def pairs(i: Int) {mut out, imm cells}:
        var b = i * 2
        out[b] = cells[i]
        out[2 * i + 1] = cells[(i + 1) % 4]
    wrap(pairs, 4)
`;
  assert.deepEqual(flowErrors(text), []);
});

test('races: a neighbour, a total, an append, two strides, through a wrapper', () => {
  const text = `${PARALLEL}def main():
    var cells: List[Int] = [1, 2, 3, 4]
    def work(i: Int) {mut cells}:
        cells[i] = cells[(i + 1) % 4]
    parallelize(work, 4)
    var total = 0
    def sum(i: Int) {mut total}:
        total += i
    wrap(sum, 4)
    def app(i: Int) {mut cells}:
        cells.append(i)
    parallelize(app, 4)
    def mixed(i: Int) {mut cells}:
        cells[i] = 1
        cells[2 * i] = 2
    parallelize(mixed, 4)
`;
  assert.deepEqual(flowErrors(text), ['12 M3030', '16 M3030', '19 M3030', '23 M3030']);
});

test('a reference into a list or a dictionary is invalid after a change of shape', () => {
  const text = `def main():
    var l: List[Int] = [1]
    ref r = l[0]
    l.append(2)
    print(r)
    var d = Dict[String, Int]()
    d["a"] = 1
    try:
        ref v = d["a"]
        d["b"] = 2
        print(v)
    except e:
        print("missing")
`;
  assert.deepEqual(flowErrors(text), ['5 M3021', '11 M3021']);
});

test('a span of a list counts as a reference to its elements', () => {
  const text = `def main():
    var l: List[Int] = [1]
    var s = Span(l)
    l.append(2)
    print(s[0])
`;
  assert.deepEqual(flowErrors(text), ['5 M3021']);
});

test('aliasing arguments', () => {
  const text = `def two(mut a: Int, mut b: Int):
    a += b
def main():
    var x = 1
    two(x, x)
    var p = Pointer(to=x)
    two(x, p[])
    var y = 2
    two(x, y)
`;
  assert.deepEqual(flowErrors(text), ['5 M3020', '7 M3020']);
});
