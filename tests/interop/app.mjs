// Calls each export once and prints what comes back; the test compares the lines. Run with Kiln's hooks.
import * as k from './kernels.mojo';

const show = (value) => console.log(value);
const fails = (call) => {
  try {
    show(`no error: ${call()}`);
  } catch (error) {
    show(`${error.name}: ${error.message}`);
  }
};

const a = Float32Array.of(1, 2, 3);
const b = Float32Array.of(4, 5, 6);
show(k.dot(a, b));
fails(() => k.dot(a, b.subarray(1)));
const values = Float64Array.of(1, 2, 3);
k.scale(values, 2);
show(values.join());
const part = new Float64Array([1, 2, 3, 4]);
k.scale(part.subarray(1, 3), 10);
show(part.join());
k.axpy(2, a, b);
show(b.join());
fails(() => k.axpy(1, b, b));
fails(() => k.axpy(1, b.subarray(0, 2), b.subarray(1)));
show([k.add(1), k.add(1, 2), k.add(1, undefined)].join());
show([k.small(-100, 60000), k.wide(-1n, 3n), k.flip(true)].join());
show(k.greet('Ünïcode 🔥'));
show(k.greet(''));
show(k.count_bytes('é'));
const list = k.squares(4);
show([...list].join());
list.dispose();
list.dispose();
fails(() => list.array);
show([...k.squares(0)].length);
show([k.total(Int32Array.of(1, 2, 3)), k.find(Int32Array.of(5, 6, 7), 7), k.find(new Int32Array(0), 7)].join());
show([k.or_zero(2.5), k.or_zero(undefined)].join());
show(k.quotient(17, 5).join());
fails(() => k.quotient(1, 0));
show(JSON.stringify(k.middle({ x: 0, y: 0, label: 'a' }, { x: 2, y: 4, label: 'b' })));
fails(() => k.middle({ x: 0, y: 0, label: 'a' }, { x: 2, y: '4', label: 'b' }));
const counter = new k.Counter('clicks');
show([counter.bump(), counter.bump(5), counter.count, counter.name, counter.describe(), k.Counter.twice(5n)].join());
k.bump_twice(counter);
show([k.read_counter(counter), k.read_counter(k.make_counter(7))].join());
show(k.end_counter(counter));
fails(() => counter.bump());
fails(() => k.read_counter({}));
fails(() => k.read_counter(counter));
const other = k.make_counter(1);
show(other.finish());
fails(() => other.count);
fails(() => new k.Counter());
fails(() => new k.Counter(1));
fails(() => k.beyond());
fails(() => k.add(1.5));
fails(() => k.add(2 ** 53));
fails(() => k.add('1'));
fails(() => k.add(1n));
fails(() => k.small(128, 0));
fails(() => k.small(0, -1));
fails(() => k.wide(1, 1n));
fails(() => k.wide(1n << 63n, 1n));
fails(() => k.wide(0n, -1n));
fails(() => k.flip(0));
fails(() => k.greet(null));
fails(() => k.dot(a));
fails(() => k.dot(a, [1, 2, 3]));
fails(() => k.dot(a, new Float64Array(3)));
show(k.delete(3));
const own = k.kiln.alloc(Float32Array, 3);
own.array.set([1, 2, 3]);
show(k.dot(own, own));
k.axpy(1, a, own);
show(own.array.join());
own.dispose();
fails(() => k.dot(own, own));
show(await k.dot.async(a, a));
show(await k.greet.async('worker'));
const remote = Float64Array.of(1, 2);
await k.scale.async(remote, 3);
show(remote.join());
show([...(await k.squares.async(3))].join());
await k.quotient.async(1, 0).catch((error) => {
  show(`${error.name}: ${error.message}`);
  show(error.mojoStack.replaceAll(/\(.*\//g, '('));
});
try {
  k.quotient(1, 0);
} catch (error) {
  show(error.stack.split('\n', 3).join('\n').replaceAll(/\(.*\//g, '('));
  show(error.stack.split('\n').some((line) => line.includes('app.mjs')));
}
await k.add.async('1').catch((error) => show(`${error.name}: ${error.message}`));
show((await Promise.all([1, 2, 3].map((n) => k.add.async(n)))).join());
show(Object.keys(k).sort().join());

if (process.argv[2] === 'wasm') fails(() => k.out_of_bounds(Int32Array.of(1), 5));
show(k.out_of_bounds(Int32Array.of(1), 0));
// Calls leave nothing behind. Each thing that would leak takes about a kilobyte, so that 50,000 calls would show above the
// noise of the garbage collector; the first rounds fill its pools.
const long = 'nobody '.repeat(150);
function round() {
  for (let i = 0; i < 50_000; i++) {
    k.dot(a, a);
    k.greet(long);
    k.squares(100).dispose();
    if (i % 2 === 0) new k.Counter(long).dispose();
  }
  globalThis.gc();
  return process.memoryUsage().rss;
}
round();
const before = Math.max(round(), round());
const grown = round() - before;
show(grown < 20e6 ? 'nothing leaks' : `grew by ${grown}`);
