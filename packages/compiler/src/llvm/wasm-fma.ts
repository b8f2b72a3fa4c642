/** `a * b + c` of floats with one rounding, where no instruction does it: wasm, whose C library would be called for each lane.
 *  In: `float` values or vectors of them. Out: IR on `double`, in which the product is exact; the sum is rounded to odd, so that rounding it once
 *  more gives what one rounding would. */
import { type Value, value, vectorOf } from './types.ts';
import type { FunctionWriter } from './writer.ts';

export function fusedFloat(w: FunctionWriter, a: Value, b: Value, c: Value, lanes: number): Value {
  const double = vectorOf('double', lanes);
  const bits = vectorOf('i64', lanes);
  const mask = vectorOf('i1', lanes);
  const wide = (v: Value): Value => w.convert('fpext', v, double);
  const product = w.binary('fmul', wide(a), wide(b));
  const addend = wide(c);
  const sum = w.binary('fadd', product, addend);
  // What the sum lost, exactly.
  const rest = w.binary('fsub', sum, product);
  const lost = w.binary('fadd', w.binary('fsub', product, w.binary('fsub', sum, rest)), w.binary('fsub', addend, rest));
  // Ordered: infinities and NaN lose nothing.
  const zero = lanes === 1 ? '0.0' : 'zeroinitializer';
  const isInexact = w.op(mask, `fcmp one ${double} ${lost.text}, ${zero}`);
  const image = w.convert('bitcast', sum, bits);
  const low = w.binary('and', image, splat(bits, lanes, 1));
  const isEven = w.op(mask, `icmp eq ${bits} ${low.text}, ${splat(bits, lanes, 0).text}`);
  const signs = w.binary('xor', image, w.convert('bitcast', lost, bits));
  const apart = w.op(mask, `icmp slt ${bits} ${signs.text}, ${splat(bits, lanes, 0).text}`);
  const step = w.select(apart, splat(bits, lanes, -1), splat(bits, lanes, 1));
  const moved = w.binary('add', image, step);
  const odd = w.select(w.binary('and', isInexact, isEven), moved, image);
  return w.convert('fptrunc', w.convert('bitcast', odd, double), a.type);
}

function splat(type: string, lanes: number, number: number): Value {
  return value(type, lanes === 1 ? `${number}` : `splat (i64 ${number})`);
}
