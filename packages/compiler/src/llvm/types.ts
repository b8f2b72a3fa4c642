/** How layouts become LLVM types. A value is a list of *pieces*, each one LLVM first-class value; a piece has a register form
 *  and a memory form, which differ for booleans (`i1` / `i8`), masks (`<n x i1>` / `<n x i8>`) and, on wasm32, pointers
 *  (`ptr` / the low half of an `i64`). A scalar is never a vector of one.
 *  Invariant: the small float formats (16 and 8 bits) are integers here; arithmetic on them widens to `float` (small-floats.ts). */
import type { FpMode, OptLevel } from '../backend/backend.ts';
import type { Span } from '../base/span.ts';
import type { AbiPiece, LayoutEngine, Scalar, TypeLayout } from '../layout/layout.ts';
import type { DTypeInfo } from '../terms/dtypes.ts';
import type { Term } from '../terms/term.ts';

/** What emission asks of the layout engine. */
export type Layouts = Pick<
  LayoutEngine,
  'layout' | 'pointee' | 'declaration' | 'changesState' | 'isTrivialCopy' | 'isTrivialMove' | 'isTrivialDestroy'
>;

export interface SourcePlace {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

export interface EmitOptions {
  readonly fpMode: FpMode;
  /** Variables in the debug information (`-g`). Line tables are made whenever `locate` is given. */
  readonly debug: boolean;
  readonly optLevel: OptLevel;
  /** Names the module: the path of the main source file. */
  readonly moduleName: string;
  /** Position of a span; null: no line tables, and `location.*` reports line 0. */
  readonly locate: ((span: Span) => SourcePlace) | null;
  /** The text of the line in which a span begins. */
  readonly sourceLine: ((span: Span) => string) | null;
  /** Qualified name of a type, for `type.name_*`. */
  readonly typeName: ((type: Term) => string) | null;
  /** `-D` definitions; ASSERT decides `target.assert_mode`. */
  readonly defines: ReadonlyMap<string, string>;
}

export function defaultEmitOptions(moduleName: string): EmitOptions {
  return {
    fpMode: 'default',
    debug: false,
    optLevel: 3,
    moduleName,
    locate: null,
    sourceLine: null,
    typeName: null,
    defines: new Map(),
  };
}

/** One register value: an LLVM type and the text of an operand of that type. */
export interface Value {
  readonly type: string;
  readonly text: string;
}

export function value(type: string, text: string): Value {
  return { type, text };
}

/** `type text`, as operands are written. */
export function typed(v: Value): string {
  return `${v.type} ${v.text}`;
}

export function scalarRegisterType(scalar: Scalar): string {
  switch (scalar.kind) {
    case 'bool':
      return 'i1';
    case 'pointer':
      return 'ptr';
    case 'dtype':
      return dtypeRegisterType(scalar.dtype);
  }
}

export function dtypeRegisterType(dtype: DTypeInfo): string {
  if (dtype.kind === 'bool') return 'i1';
  if (dtype.name === 'float32') return 'float';
  if (dtype.name === 'float64') return 'double';
  return `i${dtype.bits === 0 ? 8 : dtype.bits}`;
}

/** A float format without LLVM arithmetic here: held in an integer. */
export function isSmallFloat(dtype: DTypeInfo): boolean {
  return dtype.kind === 'float' && dtype.bits < 32;
}

export function vectorOf(element: string, lanes: number): string {
  return lanes === 1 ? element : `<${lanes} x ${element}>`;
}

export function registerType(piece: AbiPiece): string {
  return vectorOf(scalarRegisterType(piece.scalar), piece.lanes);
}

export function memoryType(piece: AbiPiece, wide: boolean): string {
  const { scalar } = piece;
  if (scalar.kind === 'pointer') return vectorOf(wide ? 'i64' : 'ptr', piece.lanes);
  if (isBoolScalar(scalar)) return vectorOf('i8', piece.lanes);
  return registerType(piece);
}

export function isBoolScalar(scalar: Scalar): boolean {
  return scalar.kind === 'bool' || (scalar.kind === 'dtype' && scalar.dtype.kind === 'bool');
}

const NO_PIECES: readonly AbiPiece[] = [];

/** The pieces of a value that lives in registers; null: it lives in memory. */
export function piecesOf(layout: TypeLayout): readonly AbiPiece[] | null {
  switch (layout.abi.kind) {
    case 'empty':
      return NO_PIECES;
    case 'direct':
      return layout.abi.pieces;
    case 'memory':
      return null;
  }
}

/** The alignment that is known at `offset` from an address aligned to `align`. */
export function alignAt(align: number, offset: number): number {
  if (offset === 0) return align;
  let low = 1;
  while (low < align && offset % (low * 2) === 0) low *= 2;
  return Math.min(low, align);
}

/** A type of `size` bytes for address arithmetic: an integer where one fits, so that the IR reads like other front ends'. */
export function strideType(size: number): string {
  switch (size) {
    case 1:
      return 'i8';
    case 2:
      return 'i16';
    case 4:
      return 'i32';
    case 8:
      return 'i64';
    default:
      return `[${size} x i8]`;
  }
}

/** An LLVM global name. */
export function globalName(symbol: string): string {
  return /^[A-Za-z_.$][A-Za-z0-9_.$]*$/.test(symbol) ? `@${symbol}` : `@"${escapeText(symbol)}"`;
}

/** Text inside double quotes: anything but plain ASCII as `\XX` of its UTF-8 bytes. */
export function escapeText(text: string): string {
  return /^[ !#-[\]-~]*$/.test(text) ? text : escapeBytes(utf8Bytes(text));
}

const HEX = '0123456789ABCDEF';

export function escapeBytes(bytes: Uint8Array): string {
  let out = '';
  for (const byte of bytes) {
    if (byte >= 32 && byte < 127 && byte !== 34 && byte !== 92) out += String.fromCharCode(byte);
    else out += `\\${HEX[byte >> 4] ?? ''}${HEX[byte & 15] ?? ''}`;
  }
  return out;
}

/** UTF-8 without the host's encoder; a lone surrogate becomes U+FFFD. */
export function utf8Bytes(text: string): Uint8Array {
  const out: number[] = [];
  for (const character of text) {
    let code = character.codePointAt(0) ?? 0;
    if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
    if (code < 0x80) out.push(code);
    else if (code < 0x800) out.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) out.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else out.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }
  return Uint8Array.from(out);
}
