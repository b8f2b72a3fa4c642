/** What the operations on vectors ask of their types: generic code is checked before they are known, so some of it is wrong at some.
 *  In: an intrinsic with the concrete types of its operands and its result. Out: what does not hold, in the library's words. */
import { shuffleIndices } from '../mir/shuffle-mask.ts';
import { type DTypeInfo, dtypeInfo } from '../terms/dtypes.ts';
import type { Term } from '../terms/term.ts';

type Kind = 'integer' | 'integerOrMask' | 'number' | 'float';

const WORDS: Readonly<Record<Kind, string>> = {
  integer: 'must be an integral type',
  integerOrMask: 'must be an integral or bool type',
  number: 'the SIMD type must be numeric',
  float: 'must be a floating point type',
};

const COMPARISONS: ReadonlyMap<string, string> = new Map([
  ['scalar.lt', 'Strict inequality is only defined for `Scalar`s; did you mean to use `SIMD.lt(...)`?'],
  ['scalar.le', 'Less than or equal is only defined for `Scalar`s; did you mean to use `SIMD.le(...)`?'],
  ['scalar.gt', 'Greater than is only defined for `Scalar`s; did you mean to use `SIMD.gt(...)`?'],
  ['scalar.ge', 'Greater than or equal is only defined for `Scalar`s; did you mean to use `SIMD.ge(...)`?'],
]);

function wanted(names: readonly string[], kind: Kind): readonly (readonly [string, Kind])[] {
  return names.map((name) => [`simd.${name}`, kind]);
}

const KINDS: ReadonlyMap<string, Kind> = new Map([
  ...wanted(['shl', 'shr', 'rotl', 'ctpop', 'ctlz', 'cttz', 'bswap', 'bitreverse'], 'integer'),
  ...wanted(['and', 'or', 'xor', 'not', 'reduce_and', 'reduce_or'], 'integerOrMask'),
  ...wanted(
    ['add', 'sub', 'mul', 'div', 'floordiv', 'mod', 'rem', 'neg', 'abs', 'fma', 'reduce_add', 'reduce_mul'],
    'number',
  ),
]);

/** The first condition that does not hold, or null. */
export function violatedCondition(
  name: string,
  params: readonly Term[],
  operands: readonly Term[],
  result: Term,
): string | null {
  const vector = operands[0] === undefined ? null : vectorOf(operands[0]);
  if (vector === null) return null;
  const comparison = COMPARISONS.get(name);
  if (comparison !== undefined) return vector.lanes === 1 ? null : comparison;
  const kind = name.startsWith('float.') ? 'float' : KINDS.get(name);
  if (kind !== undefined && !isOfKind(vector.dtype, kind)) return WORDS[kind];
  const made = vectorOf(result);
  if (name.startsWith('simd.reduce_') && made !== null && made.lanes > vector.lanes)
    return 'reduction cannot increase simd width';
  return name === 'simd.shuffle' && made !== null ? badMask(params, vector.lanes, made.lanes) : null;
}

function badMask(params: readonly Term[], lanes: number, made: number): string | null {
  const mask = shuffleIndices(params[params.length - 1]);
  if (mask === null) return null;
  if (mask.length !== made) return 'size of the mask must match the output SIMD size';
  return mask.every((index) => index >= 0 && index < 2 * lanes) ? null : 'invalid index in the shuffle operation';
}

function isOfKind(dtype: DTypeInfo, kind: Kind): boolean {
  switch (kind) {
    case 'integer':
      return dtype.kind === 'signed' || dtype.kind === 'unsigned';
    case 'integerOrMask':
      return dtype.kind !== 'float';
    case 'number':
      return dtype.kind !== 'bool';
    case 'float':
      return dtype.kind === 'float';
  }
}

function vectorOf(type: Term): { readonly dtype: DTypeInfo; readonly lanes: number } | null {
  if (type.kind !== 'struct' || type.decl.name !== 'SIMD') return null;
  const [dtype, width] = type.args;
  if (dtype?.kind !== 'dtype' || width?.kind !== 'int') return null;
  return { dtype: dtypeInfo(dtype.name), lanes: Number(width.value) };
}
