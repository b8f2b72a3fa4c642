/** Uses a module with threads; the argument is the backend. Prints one line for each thing that was looked at. */
import { cores, fill, kiln, leave, letters, say, total, trap } from './threads.mojo';

const wasm = process.argv[2] === 'wasm';
console.log(cores() > 0);
const out = new Float64Array(16);
for (let round = 0; round < 20; round++) fill(out, 100000);
console.log(out.every((x, i) => x === i));
const numbers = Float64Array.from({ length: 100000 }, (_, i) => i);
console.log(total(numbers), letters(1000).length, letters(2));

// A failed check in any thread ends the call, and the module is as good as before.
for (const at of wasm ? [3, 15, 9, 14] : []) {
  try {
    console.log(trap(at));
  } catch (error) {
    if (error.name !== 'KilnError' || !error.isTrap || !error.message.includes(`index ${at} is out of bounds`))
      throw error;
  }
  if (total(numbers) !== 4999950000 || letters(100).length !== 1000) throw new Error('wrong after a trap');
}
if (wasm) {
  try {
    leave(12);
    throw new Error('not left');
  } catch (error) {
    if (error.message !== 'exit 5' || !error.isTrap) throw error;
  }
}
console.log(trap(99));
say(2);

// The memory grows, and views made before still lie in it.
const early = kiln.alloc(Float64Array, 1000);
early.array.fill(1);
const view = early.array;
const late = kiln.alloc(Float64Array, 4e6);
late.array.fill(2);
view.fill(3);
console.log(total(early), total(late), total(view));
late.dispose();
console.log(await total.async(numbers), await letters.async(3), (await cores.async()) === cores());
