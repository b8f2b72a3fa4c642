/** Lists of other things than numbers cross by value. */
import { best, big, cheaper, deep, gaps, join, maybe, pairs, split, transpose, wide_items } from './sequences.mojo';

const show = (...values) => console.log(...values.map((value) => JSON.stringify(value, plain)));
function plain(_key, value) {
  if (typeof value === 'bigint') return `${value}n`;
  return typeof value?.array === 'object' ? [...value.array] : value;
}
const fails = (f) => {
  try {
    return f();
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
};

show(join(['a', 'grüße', '', '𝄞'], '-'), join([], ','), split('one two  three'));
const items = [
  { name: 'pen', price: 2, tags: ['blue', 'new'] },
  { name: 'book', price: 20.5, tags: [] },
  { name: 'ink', price: 1.25, tags: ['x'] },
];
show(cheaper(items, 5), best(items), best([]) === undefined);
show(transpose([Float64Array.of(1, 2, 3), Float64Array.of(4, 5, 6)]), transpose([]));
show(
  pairs([
    [1, 'a'],
    [2, 'b'],
  ]),
  gaps([1n, undefined, -5n]),
  wide_items(3),
);
show(deep([['a'], [], ['b', 'c']]), maybe(), maybe(['x', 'y']), maybe(undefined));
show(big(2));

show(fails(() => join(['a', 5], '-')));
show(fails(() => join('abc', '-')));
show(fails(() => cheaper([{ name: 'x', price: 1 }], 5)));
show(fails(() => cheaper([{ name: 'x', price: '1', tags: [] }], 5)));
show(fails(() => pairs([[1, 'a', 2]])));
show(fails(() => pairs([[1.5, 'a']])));
show(fails(() => transpose([[1, 2]])));
show(fails(() => transpose([new Float64Array(2), new Float64Array(3)])));

// Long lists, and nothing left behind.
const many = Array.from({ length: 20000 }, (_, i) => `word ${i}`);
show(join(many, '').length, split(many.join(' ')).length);
globalThis.gc?.();
for (let i = 0; i < 2000; i++) cheaper(items, 5);
const before = process.memoryUsage().rss;
for (let i = 0; i < 30000; i++) {
  cheaper(items, 5);
  fails(() => transpose([new Float64Array(2), new Float64Array(3)]));
}
globalThis.gc?.();
show(process.memoryUsage().rss - before < 60e6);
show(
  await join.async(['a', 'b'], '+'),
  await split.async('x y'),
  await transpose.async([Float64Array.of(1, 2)]),
  await best.async(items),
);
