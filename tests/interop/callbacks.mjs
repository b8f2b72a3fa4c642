/** Functions of JavaScript as arguments; the argument is the backend. */
import * as m from './callbacks.mojo';
import {
  all_kinds,
  apply,
  apply_plain,
  integrate,
  join,
  keep_going,
  kiln,
  scale,
  trap,
  Tree,
  wide,
} from './callbacks.mojo';

const wasm = process.argv[2] === 'wasm';
const show = (...values) => console.log(...values);
const fails = (f) => {
  try {
    return f();
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
};

show(
  apply((x) => x * 10, 4),
  apply_plain((x) => x + 1, 5),
);
show(
  all_kinds((...args) => args.map((x) => (ArrayBuffer.isView(x) ? `${x.constructor.name} ${x}` : typeof x + x)).join()),
);
show(integrate(Math.sin, 0, Math.PI, 1000).toFixed(6));
show(
  wide(
    (x) => x - 2n ** 62n,
    () => true,
  ),
  wide(
    () => 1n,
    () => false,
  ),
);

// What a callback throws comes out as the same object; Mojo may catch it.
const mine = new RangeError('mine');
try {
  apply(() => {
    throw mine;
  }, 1);
} catch (error) {
  show(error === mine);
}
show(
  keep_going((i) => {
    if (i % 2 === 1) throw new Error(`odd ${i}`);
  }, 5),
);
try {
  apply_plain(() => {
    throw mine;
  }, 1);
} catch (error) {
  show(error === mine);
}

// Calls inside calls, through both languages, and errors through all of them.
const nested = (depth) => (depth === 0 ? 0 : apply((x) => nested(x) + 1, depth - 1));
show(nested(50));
try {
  const deep = (depth) => {
    if (depth === 0) throw mine;
    return apply((x) => deep(x), depth - 1);
  };
  deep(20);
} catch (error) {
  show(error === mine);
}
if (wasm) {
  // A trap inside a callback ends the inner call only, and the outer one goes on.
  const got = apply((x) => {
    const inner = fails(() => trap(() => {}));
    if (!/index 0 is out of bounds/.test(inner)) throw new Error(inner);
    return x + 100;
  }, 1);
  if (got !== 102) throw new Error(String(got));
}

// Wrong results and arguments.
show(fails(() => apply((x) => x + 0.5, 1)));
show(fails(() => apply(() => 'text', 1)));
show(fails(() => all_kinds(() => 5)));
show(fails(() => apply(5, 1)));
show(
  fails(() =>
    wide(
      () => 5n,
      () => 1,
    ),
  ),
);

// While a call uses an object, its callback may read it and nothing else.
const tree = new Tree();
const seen = [];
tree.visit((value) => seen.push(value, tree.size()));
show(seen.join());
show(fails(() => tree.visit(() => tree.add(1))));
show(fails(() => tree.visit(() => tree.dispose())));
show(fails(() => tree.change(() => tree.size())));
tree.change((value) => value * 2);
show(
  tree.size(),
  fails(() => join(tree, tree)),
);
join(tree, new Tree());
show(tree.size());

// Arrays may be given away meanwhile; a KilnArray may not.
const values = Float64Array.of(1, 2, 3);
scale(values, (x) => x * 2);
show(values.join());
const lost = new Float64Array(1000).fill(1);
scale(lost, (x) => {
  if (lost.length > 0) structuredClone(lost.buffer, { transfer: [lost.buffer] });
  return x;
});
show(lost.length);
using_array();
function using_array() {
  const array = kiln.alloc(Float64Array, 2);
  array.array.set([1, 2]);
  show(fails(() => scale(array, (x) => array.dispose() ?? x)));
  scale(array, (x) => x + 1);
  show(wasm ? array.array.join() : '2,3');
  array.dispose();
}
// The memory grows inside a callback.
const grown = Float64Array.of(1, 2);
const kept = [];
scale(grown, (x) => {
  kept.push(kiln.alloc(Float64Array, 2e6));
  return x + 1;
});
show(grown.join(), 'thin_one' in m);

// To another thread goes no function, and the process ends all the same.
show(await apply.async((x) => x, 1).catch((error) => error.constructor.name));

// Callbacks that throw things which are no errors; too many calls in each other.
for (const thrown of [null, undefined, 'text'])
  try {
    apply(() => {
      throw thrown;
    }, 1);
  } catch (error) {
    show(error === thrown);
  }
const endless = (x) => apply(endless, x);
show(
  /stack/.test(fails(() => endless(1))),
  apply((x) => x, 1),
);

// A hundred thousand calls leave nothing behind.
globalThis.gc?.();
let sum = 0;
for (let i = 0; i < 100000; i++) sum += apply((x) => x, i);
show(sum);
