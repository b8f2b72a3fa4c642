/** Compile-time values as LLVM constants.
 *  In: a closed value term and its type. Out: register pieces, or a byte image with relocations in the one layout.
 *  Both go through the same encoding, so a value has the same bits in a register and in memory. */
import { InternalError, present } from '../base/invariant.ts';
import type { AbiPiece, TypeLayout } from '../layout/layout.ts';
import { type DTypeInfo, dtypeInfo } from '../terms/dtypes.ts';
import type { MemoryImage, Term } from '../terms/term.ts';
import type { ConstantImage, ModuleContext } from './context.ts';
import { floatFormat, floatTermBits, floatText, roundRational } from './numbers.ts';
import {
  dtypeRegisterType,
  isBoolScalar,
  isSmallFloat,
  piecesOf,
  registerType,
  scalarRegisterType,
  utf8Bytes,
  type Value,
  value,
} from './types.ts';

interface Relocation {
  readonly offset: number;
  readonly symbol: string;
  readonly addend: number;
}

interface Encoder {
  readonly module: ModuleContext;
  readonly bytes: Uint8Array;
  readonly relocations: Relocation[];
}

function writeInteger(encoder: Encoder, offset: number, size: number, number: bigint): void {
  let rest = BigInt.asUintN(size * 8, number);
  for (let i = 0; i < size; i++) {
    encoder.bytes[offset + i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
}

/** The bits of a scalar constant in `dtype`, wrapped or rounded. */
export function scalarBits(term: Term, dtype: DTypeInfo): bigint | null {
  switch (term.kind) {
    case 'int':
      if (dtype.kind === 'float') return roundRational(term.value, 1n, floatFormat(dtype));
      return dtype.kind === 'bool'
        ? term.value === 0n
          ? 0n
          : 1n
        : BigInt.asUintN(Math.max(dtype.bits, 8), term.value);
    case 'bool':
      if (dtype.kind === 'float') return roundRational(term.value ? 1n : 0n, 1n, floatFormat(dtype));
      return term.value ? 1n : 0n;
    case 'float':
      if (dtype.kind === 'float') return floatTermBits(term, floatFormat(dtype));
      return BigInt.asUintN(Math.max(dtype.bits, 8), term.numerator / term.denominator);
    case 'dtype':
      return BigInt(dtypeInfo(term.name).code);
    default:
      return null;
  }
}

function encode(encoder: Encoder, offset: number, term: Term, layout: TypeLayout): void {
  const { module } = encoder;
  if (term.kind === 'memoryValue') {
    encodeImage(encoder, offset, term.image, layout.size);
    return;
  }
  if (layout.size === 0) return;
  const { scalar } = layout;
  if (scalar === null) {
    if (term.kind !== 'structValue') throw new InternalError(`a ${term.kind} term is no constant of an aggregate type`);
    if (layout.elements !== null) {
      const inner = module.layouts.layout(layout.elements.type);
      for (const [i, field] of term.fields.entries()) encode(encoder, offset + i * inner.size, field, inner);
      return;
    }
    layout.fields.forEach((field, i) => {
      const inner = module.layouts.layout(field.type);
      const fieldTerm = term.fields[i];
      if (fieldTerm !== undefined) encode(encoder, offset + field.offset, fieldTerm, inner);
    });
    return;
  }
  const lanes = term.kind === 'structValue' ? term.fields : Array.from({ length: layout.lanes }, () => term);
  for (const [i, lane] of lanes.entries()) encodeScalar(encoder, offset + i * scalar.size, lane, layout);
}

function encodeScalar(encoder: Encoder, offset: number, term: Term, layout: TypeLayout): void {
  const scalar = present(layout.scalar, 'scalar of a scalar layout');
  if (term.kind === 'structValue') {
    const inner = term.fields[0];
    if (inner !== undefined) encodeScalar(encoder, offset, inner, layout);
    return;
  }
  if (scalar.kind === 'pointer') {
    if (term.kind === 'int') writeInteger(encoder, offset, 8, term.value);
    else if (term.kind === 'function') {
      const expected = layout.type.kind === 'functionType' ? layout.type : null;
      encoder.relocations.push({ offset, symbol: encoder.module.functionAddress(term, expected), addend: 0 });
    } else throw new InternalError(`a ${term.kind} term is no constant address`);
    return;
  }
  const dtype = scalar.kind === 'bool' ? dtypeInfo('bool') : scalar.dtype;
  const bits = scalarBits(term, dtype);
  if (bits === null) throw new InternalError(`a ${term.kind} term is no constant of a scalar type`);
  writeInteger(encoder, offset, scalar.size, bits);
}

function encodeImage(encoder: Encoder, offset: number, image: MemoryImage, size: number): void {
  const own = present(image.allocations[0], 'allocation of a constant');
  encoder.bytes.set(own.bytes.subarray(0, size), offset);
  encoder.relocations.push(
    ...imageRelocations(encoder.module, image, 0).map((r) => ({ ...r, offset: r.offset + offset })),
  );
}

/** Relocations of one allocation; targets that live on the heap are left to materialization (symbol ''). */
export function imageRelocations(module: ModuleContext, image: MemoryImage, index: number): Relocation[] {
  const out: Relocation[] = [];
  for (const relocation of present(image.allocations[index], 'allocation').relocations) {
    const { target } = relocation;
    if (target.kind === 'function')
      out.push({
        offset: relocation.offset,
        symbol: module.functionAddress(target.func, null),
        addend: relocation.addend,
      });
    else if (image.allocations[target.index]?.constant === true)
      out.push({
        offset: relocation.offset,
        symbol: module.imageConstant(image, target.index),
        addend: relocation.addend,
      });
  }
  return out;
}

/** A value as bytes, for a constant global. */
export function constantImage(module: ModuleContext, term: Term, type: Term): ConstantImage {
  const layout = module.layouts.layout(type);
  const encoder: Encoder = { module, bytes: new Uint8Array(layout.size), relocations: [] };
  encode(encoder, 0, unwrap(term), layout);
  return { bytes: encoder.bytes, align: layout.align, relocations: encoder.relocations };
}

/** A value of a direct class as register pieces. */
export function constantPieces(module: ModuleContext, term: Term, type: Term): Value[] {
  const layout = module.layouts.layout(type);
  const pieces = present(piecesOf(layout), 'pieces of a direct type');
  if (pieces.length === 0) return [];
  const image = constantImage(module, term, type);
  return pieces.map((piece) => decodePiece(image, piece));
}

/** A function item stands for its function when an address is wanted. */
function unwrap(term: Term): Term {
  return term.kind === 'functionItem' ? term.func : term;
}

function readInteger(bytes: Uint8Array, offset: number, size: number): bigint {
  let out = 0n;
  for (let i = size - 1; i >= 0; i--) out = (out << 8n) | BigInt(bytes[offset + i] ?? 0);
  return out;
}

function decodePiece(image: ConstantImage, piece: AbiPiece): Value {
  const type = registerType(piece);
  const { scalar } = piece;
  if (scalar.kind === 'pointer') {
    const relocation = image.relocations.find((r) => r.offset === piece.offset);
    if (relocation === undefined) {
      const address = readInteger(image.bytes, piece.offset, 8);
      return value('ptr', address === 0n ? 'null' : `inttoptr (i64 ${address} to ptr)`);
    }
    return value('ptr', withAddend(relocation.symbol, relocation.addend));
  }
  const element = scalarRegisterType(scalar);
  const texts: string[] = [];
  for (let lane = 0; lane < piece.lanes; lane++) {
    const bits = readInteger(image.bytes, piece.offset + lane * scalar.size, scalar.size);
    if (isBoolScalar(scalar)) texts.push(bits === 0n ? 'false' : 'true');
    else texts.push(scalar.kind === 'dtype' ? constantText(bits, scalar.dtype) : '0');
  }
  const first = texts[0] ?? '0';
  if (piece.lanes === 1) return value(type, first);
  if (texts.every((text) => text === first)) return value(type, `splat (${element} ${first})`);
  return value(type, `<${texts.map((text) => `${element} ${text}`).join(', ')}>`);
}

/** The text of a scalar constant from its bits. */
export function constantText(bits: bigint, dtype: DTypeInfo): string {
  if (dtype.kind === 'bool') return bits === 0n ? 'false' : 'true';
  if (dtype.kind === 'float' && !isSmallFloat(dtype)) return floatText(bits, floatFormat(dtype));
  const width = Math.max(dtype.bits, 8);
  return (dtype.kind === 'unsigned' ? BigInt.asUintN(width, bits) : BigInt.asIntN(width, bits)).toString();
}

/** `dtype` vector with all lanes equal to an integer. */
export function splatInteger(dtype: DTypeInfo, lanes: number, number: bigint): Value {
  const element = dtypeRegisterType(dtype);
  const bits = present(
    dtype.kind === 'float'
      ? roundRational(number, 1n, floatFormat(dtype))
      : BigInt.asUintN(Math.max(dtype.bits, 8), number),
    'bits',
  );
  return splatText(element, lanes, constantText(bits, dtype));
}

export function splatText(element: string, lanes: number, text: string): Value {
  return lanes === 1 ? value(element, text) : value(`<${lanes} x ${element}>`, `splat (${element} ${text})`);
}

function withAddend(symbol: string, addend: number): string {
  return addend === 0 ? symbol : `getelementptr (i8, ptr ${symbol}, i64 ${addend})`;
}

/** The initializer of a constant global: `[type, text]`. An 8-byte slot on wasm32 is an address and four zero bytes. */
export function initializer(
  image: ConstantImage,
  wide: boolean,
  escapeText: (bytes: Uint8Array) => string,
): [string, string] {
  const size = image.bytes.length;
  if (image.relocations.length === 0) {
    if (image.bytes.every((byte) => byte === 0)) return [`[${size} x i8]`, 'zeroinitializer'];
    return [`[${size} x i8]`, `c"${escapeText(image.bytes)}"`];
  }
  const types: string[] = [];
  const texts: string[] = [];
  const plain = (from: number, to: number): void => {
    if (to <= from) return;
    types.push(`[${to - from} x i8]`);
    texts.push(`[${to - from} x i8] c"${escapeText(image.bytes.subarray(from, to))}"`);
  };
  let at = 0;
  for (const relocation of [...image.relocations].sort((a, b) => a.offset - b.offset)) {
    plain(at, relocation.offset);
    types.push('ptr');
    texts.push(`ptr ${withAddend(relocation.symbol, relocation.addend)}`);
    if (wide) {
      types.push('i32');
      texts.push('i32 0');
    }
    at = relocation.offset + 8;
  }
  plain(at, size);
  return [`<{ ${types.join(', ')} }>`, `<{ ${texts.join(', ')} }>`];
}

export function stringImage(text: string): ConstantImage {
  const bytes = utf8Bytes(text);
  const withNul = new Uint8Array(bytes.length + 1);
  withNul.set(bytes);
  return { bytes: withNul, align: 1, relocations: [] };
}
