/** `a * b + c` of floats with one rounding, where no instruction does it: wasm, whose C library would be called for each lane.
 *  In: `float` values or vectors of them. Out: IR on `double`, in which the product is exact.
 *
 *  The sum in `double`, rounded once more, is what one rounding gives, unless it lies just between two `float`s or is tiny. Vectors of whole
 *  registers look for that and go on; only then, and for other shapes, the sum is rounded to odd, so that rounding it again is right. */
import { splatText } from './constants.ts';
import { typed, type Value, value, vectorOf } from './types.ts';
import { FunctionWriter } from './writer.ts';

/** Lanes of a register. */
const REGISTER = 4;

export function fusedFloat(w: FunctionWriter, a: Value, b: Value, c: Value, lanes: number): Value {
  if (lanes < REGISTER) return roundedToOdd(w, a, b, c, lanes);
  const [quick, slow, done] = [w.freshLabel('fma'), w.freshLabel('fma.exact'), w.freshLabel('fma.done')];
  w.effect(`br label %${quick}`);
  w.label(quick);
  const { sum } = wideSum(w, a, b, c, lanes);
  const result = w.convert('fptrunc', sum, a.type);
  const isDoubtful = w.op('i1', `icmp ne i32 ${doubts(w, sum, result, lanes).text}, 0`);
  w.effect(`br i1 ${isDoubtful.text}, label %${slow}, label %${done}${w.module.unlikely()}`);
  w.label(slow);
  const exact = w.op(a.type, `call ${a.type} ${exactHelper(w, a.type, lanes)}(${[a, b, c].map(typed).join(', ')})`);
  w.effect(`br label %${done}`);
  w.label(done);
  return w.op(a.type, `phi ${a.type} [ ${result.text}, %${quick} ], [ ${exact.text}, %${slow} ]`);
}

function wideSum(w: FunctionWriter, a: Value, b: Value, c: Value, lanes: number) {
  const double = vectorOf('double', lanes);
  const wide = (v: Value): Value => w.convert('fpext', v, double);
  const product = w.binary('fmul', wide(a), wide(b));
  const addend = wide(c);
  return { product, addend, sum: w.binary('fadd', product, addend) };
}

/** Not 0 if a sum in `double` may be halfway between two `float`s: by the bits that a `float` has not, or because the result has fewer. */
function doubts(w: FunctionWriter, sum: Value, result: Value, lanes: number): Value {
  const words = w.convert('bitcast', sum, vectorOf('i32', lanes * 2));
  const images = w.convert('bitcast', result, vectorOf('i32', lanes));
  const register = vectorOf('i32', REGISTER);
  const part = (v: Value, indices: readonly number[]): Value =>
    w.op(
      register,
      `shufflevector ${typed(v)}, ${v.type} poison, <4 x i32> <${indices.map((index) => `i32 ${index}`).join(', ')}>`,
    );
  const constant = (number: number): Value => splatText('i32', REGISTER, `${number}`);
  const flags = (comparison: string, v: Value, mask: number, number: number): Value => {
    const masked = w.binary('and', v, constant(mask));
    const flag = w.op(vectorOf('i1', REGISTER), `icmp ${comparison} ${typed(masked)}, ${constant(number).text}`);
    return w.convert('sext', flag, register);
  };
  const found: Value[] = [];
  for (let first = 0; first < lanes; first += REGISTER) {
    const indices = Array.from({ length: REGISTER }, (_, i) => first + i);
    const low = part(
      words,
      indices.map((index) => index * 2),
    );
    found.push(flags('eq', low, 0x1fffffff, 0x10000000));
    found.push(flags('slt', part(images, indices), 0x7fffffff, 0x00800001));
  }
  const all = found.reduce((sum, flag) => w.binary('or', sum, flag));
  return w.intrinsic('i32', 'llvm.wasm.anytrue.v4i32', [all]);
}

function exactHelper(w: FunctionWriter, type: string, lanes: number): string {
  const name = `__kiln_fma_${lanes}`;
  return w.module.helper(name, () => {
    const own = new FunctionWriter(w.module, false, 'strict');
    const result = roundedToOdd(own, value(type, '%a'), value(type, '%b'), value(type, '%c'), lanes);
    own.effect(`ret ${typed(result)}`);
    return `define internal ${type} @${name}(${type} %a, ${type} %b, ${type} %c) nounwind noinline cold {\n${own.finish()}}`;
  });
}

function roundedToOdd(w: FunctionWriter, a: Value, b: Value, c: Value, lanes: number): Value {
  const bits = vectorOf('i64', lanes);
  const mask = vectorOf('i1', lanes);
  const { product, addend, sum } = wideSum(w, a, b, c, lanes);
  // What the sum lost, exactly.
  const rest = w.binary('fsub', sum, product);
  const lost = w.binary('fadd', w.binary('fsub', product, w.binary('fsub', sum, rest)), w.binary('fsub', addend, rest));
  // Ordered: infinities and NaN lose nothing.
  const zero = splatText('double', lanes, '0.0');
  const isInexact = w.op(mask, `fcmp one ${typed(lost)}, ${zero.text}`);
  const image = w.convert('bitcast', sum, bits);
  const low = w.binary('and', image, splatText('i64', lanes, '1'));
  const isEven = w.op(mask, `icmp eq ${typed(low)}, ${splatText('i64', lanes, '0').text}`);
  const signs = w.binary('xor', image, w.convert('bitcast', lost, bits));
  const apart = w.op(mask, `icmp slt ${typed(signs)}, ${splatText('i64', lanes, '0').text}`);
  const step = w.select(apart, splatText('i64', lanes, '-1'), splatText('i64', lanes, '1'));
  const moved = w.binary('add', image, step);
  const odd = w.select(w.binary('and', isInexact, isEven), moved, image);
  return w.convert('fptrunc', w.convert('bitcast', odd, vectorOf('double', lanes)), a.type);
}
