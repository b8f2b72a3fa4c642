/** JavaScript source of scalar operations, by element type: operators where one operator is exact, helper calls elsewhere.
 *  In: operand source texts.  Out: an expression whose value is canonical (see scalars.ts).
 *  Invariant: an operand text is used as often as the operation needs it, so callers pass names or literals. */
import { InternalError } from '../../base/invariant.ts';
import { type DTypeInfo, dtypeInfo } from '../../terms/dtypes.ts';

/** Key of an element type in helper names: `i64`, `u8`, `f32`, `b`. */
export function typeKey(info: DTypeInfo): string {
  switch (info.kind) {
    case 'bool':
      return 'b';
    case 'signed':
      return `i${info.bits}`;
    case 'unsigned':
      return `u${info.bits}`;
    case 'float':
      return info.name === 'float64' ? 'f64' : info.name === 'float32' ? 'f32' : info.name;
    case 'none':
      return 'u8';
  }
}

/** Every helper is reached through this, so that a function's prelude binds only what it uses. */
export interface HelperNames {
  use(name: string): string;
}

function wrapSmall(info: DTypeInfo, text: string): string {
  switch (typeKey(info)) {
    case 'i8':
      return `(${text}<<24>>24)`;
    case 'u8':
      return `(${text}&255)`;
    case 'i16':
      return `(${text}<<16>>16)`;
    case 'u16':
      return `(${text}&65535)`;
    case 'i32':
      return `(${text}|0)`;
    default:
      return `(${text}>>>0)`;
  }
}

function round(h: HelperNames, info: DTypeInfo, text: string): string {
  if (info.name === 'float64') return `(${text})`;
  if (info.name === 'float32') return `${h.use('fround')}(${text})`;
  return `${h.use(`round_${info.name}`)}(${text})`;
}

const COMPARISONS: Readonly<Record<string, string>> = { eq: '===', ne: '!==', lt: '<', le: '<=', gt: '>', ge: '>=' };

export function binaryCode(h: HelperNames, op: string, info: DTypeInfo, x: string, y: string): string {
  const comparison = COMPARISONS[op];
  if (comparison !== undefined) return `(${x}${comparison}${y}?1:0)`;
  switch (info.kind) {
    case 'bool':
      return boolCode(op, x, y);
    case 'float':
      return floatCode(h, op, info, x, y);
    default:
      return info.bits <= 32 ? smallCode(h, op, info, x, y) : bigCode(h, op, info, x, y);
  }
}

function boolCode(op: string, x: string, y: string): string {
  switch (op) {
    case 'and':
    case 'mul':
    case 'min':
      return `(${x}&${y})`;
    case 'or':
    case 'max':
      return `(${x}|${y})`;
    case 'xor':
    case 'add':
    case 'sub':
      return `(${x}^${y})`;
    default:
      throw new InternalError(`${op} of booleans`);
  }
}

function floatCode(h: HelperNames, op: string, info: DTypeInfo, x: string, y: string): string {
  switch (op) {
    case 'add':
      return round(h, info, `${x}+${y}`);
    case 'sub':
      return round(h, info, `${x}-${y}`);
    case 'mul':
      return round(h, info, `${x}*${y}`);
    case 'div':
      return round(h, info, `${x}/${y}`);
    case 'floordiv':
      return `Math.floor(${round(h, info, `${x}/${y}`)})`;
    case 'mod':
      return round(h, info, `${h.use('floatMod')}(${x},${y})`);
    case 'rem':
      return `(${x}%${y})`;
    case 'min':
      return `(${x}<${y}||${y}!==${y}?${x}:${y})`;
    case 'max':
      return `(${x}>${y}||${y}!==${y}?${x}:${y})`;
    case 'copysign':
      return `${h.use('copySign')}(${x},${y})`;
    default:
      throw new InternalError(`${op} of floats`);
  }
}

function smallCode(h: HelperNames, op: string, info: DTypeInfo, x: string, y: string): string {
  const mask = info.bits - 1;
  switch (op) {
    case 'add':
      return wrapSmall(info, `(${x}+${y})`);
    case 'sub':
      return wrapSmall(info, `(${x}-${y})`);
    case 'mul':
      return info.bits === 32 ? wrapSmall(info, `Math.imul(${x},${y})`) : wrapSmall(info, `(${x}*${y})`);
    case 'and':
      return wrapSmall(info, `(${x}&${y})`);
    case 'or':
      return wrapSmall(info, `(${x}|${y})`);
    case 'xor':
      return wrapSmall(info, `(${x}^${y})`);
    case 'shl':
      return wrapSmall(info, `(${x}<<(${y}&${mask}))`);
    case 'shr':
      return info.kind === 'signed' ? `(${x}>>(${y}&${mask}))` : `(${x}>>>(${y}&${mask}))`;
    case 'min':
      return `(${x}<${y}?${x}:${y})`;
    case 'max':
      return `(${x}>${y}?${x}:${y})`;
    default:
      return `${h.use(`${op}_${typeKey(info)}`)}(${x},${y})`;
  }
}

function bigCode(h: HelperNames, op: string, info: DTypeInfo, x: string, y: string): string {
  switch (op) {
    case 'min':
      return `(${x}<${y}?${x}:${y})`;
    case 'max':
      return `(${x}>${y}?${x}:${y})`;
    default:
      return `${h.use(`${op}_${typeKey(info)}`)}(${x},${y})`;
  }
}

export function unaryCode(h: HelperNames, op: string, info: DTypeInfo, x: string): string {
  if (info.kind === 'float') {
    switch (op) {
      case 'neg':
        return `(-${x})`;
      case 'abs':
        return `Math.abs(${x})`;
      case 'sqrt':
        return round(h, info, `Math.sqrt(${x})`);
      case 'floor':
      case 'ceil':
      case 'trunc':
        return `Math.${op}(${x})`;
      case 'round_even':
        return `${h.use('roundEven')}(${x})`;
      default:
        throw new InternalError(`${op} of floats`);
    }
  }
  if (info.kind === 'bool') {
    if (op === 'not') return `(${x}^1)`;
    return x;
  }
  switch (op) {
    case 'floor':
    case 'ceil':
    case 'trunc':
    case 'round_even':
      return x;
    case 'not':
      if (info.bits <= 32) return wrapSmall(info, `(~${x})`);
      break;
    case 'neg':
      if (info.bits <= 32) return wrapSmall(info, `(-${x})`);
      break;
    case 'bswap':
      if (info.bits === 8) return x;
      break;
  }
  return `${h.use(`${op}_${typeKey(info)}`)}(${x})`;
}

export function fmaCode(h: HelperNames, info: DTypeInfo, x: string, y: string, z: string): string {
  return `${h.use(`fma_${typeKey(info)}`)}(${x},${y},${z})`;
}

export function castCode(h: HelperNames, from: DTypeInfo, to: DTypeInfo, x: string): string {
  if (to.kind === 'bool') return from.kind === 'bool' ? x : `(${x}===0?0:1)`;
  if (from.kind === 'float') {
    if (to.kind !== 'float') return `${h.use(`fromFloat_${typeKey(to)}`)}(${x})`;
    return to.name === from.name || to.name === 'float64' ? x : round(h, to, x);
  }
  if (to.kind === 'float') {
    if (from.kind === 'bool' || from.bits <= 32) return to.name === 'float64' ? x : round(h, to, x);
    return `${h.use(`fromInt_${typeKey(to)}`)}(${x})`;
  }
  if (from.kind === 'bool') return x;
  const keeps = from.kind === to.kind ? from.bits <= to.bits : from.kind === 'unsigned' && from.bits < to.bits;
  if (keeps) return x;
  if (to.bits > 32) return `${h.use(`wrap_${typeKey(to)}`)}(${x})`;
  return wrapSmall(to, from.bits <= 32 ? x : `${h.use('low32')}(${x})`);
}

export const INT64 = dtypeInfo('int64');
export const UINT64 = dtypeInfo('uint64');
export const BOOL = dtypeInfo('bool');
