/** Folds pure operations on concrete terms: `operation` terms of sema and compile-time intrinsics of MIR share this table.
 *  In: the operation's name (with or without its family: `simd.add`, `add`), concrete operands, the result type.
 *  Out: the value, or null when the operation or its operands are not known here (the caller then runs code or reports).
 *  Invariant: the results are those of the run-time intrinsics (wrapping, x / 0 = 0), or exact for the literal types. */
import type { TargetInfo } from '../backend/backend.ts';
import type { LayoutEngine } from '../layout/layout.ts';
import type { Program } from '../sema/hir.ts';
import { foldParameterList } from '../terms/fold-lists.ts';
import { type DTypeInfo, dtypeInfo } from '../terms/dtypes.ts';
import { scalarDType, type TermStore } from '../terms/store.ts';
import type { StructTerm, Term } from '../terms/term.ts';
import { cannotEvaluate, TermFailure } from './errors.ts';
import {
  doubleToRational,
  floatFormat,
  floatTerm,
  roundRational,
  roundToFormat,
  scalarInfo,
  termToNumber,
} from './numbers.ts';
import { instanceHash, linkerSymbol, type TermText } from './term-text.ts';

/** A longer `comptime for` makes code that nobody waits for. */
const MAX_LOOP_ROUNDS = 1 << 20;

export interface FoldContext {
  readonly store: TermStore;
  readonly program: Program;
  readonly layouts: LayoutEngine;
  readonly target: TargetInfo;
  /** `-D` definitions. */
  readonly defines: ReadonlyMap<string, string>;
  readonly text: TermText;
}

export function fold(cx: FoldContext, op: string, operands: readonly Term[], type: Term): Term | null {
  return (
    foldParameterList(cx.store, op, operands) ??
    foldTypeQuery(cx, op, operands, type) ??
    foldTarget(cx, op, operands, type) ??
    foldValue(cx, bareName(op), operands, type)
  );
}

function bareName(op: string): string {
  return op.slice(op.lastIndexOf('.') + 1);
}

// ------------------------------------------------------------------------------------------------ types

function foldTypeQuery(cx: FoldContext, op: string, operands: readonly Term[], type: Term): Term | null {
  const { store, layouts } = cx;
  const last = operands[operands.length - 1];
  const integer = (value: number): Term => makeInt(cx, BigInt(value), type);
  switch (op) {
    case 'pack_indices':
      if (last?.kind !== 'list') return null;
      return store.list(last.elements.map((_, index) => store.int(BigInt(index), type)));
    case 'int_range': {
      const [start, end, step] = operands;
      if (start?.kind !== 'int' || end?.kind !== 'int' || step?.kind !== 'int' || step.value === 0n) return null;
      const rounds = (end.value - start.value) / step.value;
      if (rounds > BigInt(MAX_LOOP_ROUNDS)) {
        const what = `a loop of ${rounds} rounds, with a copy of its body for each (${MAX_LOOP_ROUNDS} are possible)`;
        throw new TermFailure((at) => cannotEvaluate({ ...at, what }));
      }
      return store.intRange(start.value, end.value, step.value, type);
    }
    case 'type.element':
      return last ?? null;
    case 'text.concat':
      return operands[0]?.kind === 'string' && last?.kind === 'string'
        ? store.string(operands[0].value + last.value)
        : null;
    case 'dtype.param_code':
      return last?.kind === 'dtype' ? integer(dtypeInfo(last.name).code) : null;
    case 'dtype.code':
    case 'dtype.from_code':
      return null;
  }
  if (last === undefined) return null;
  switch (op) {
    case 'size_of':
    case 'type.size_of':
      return last.kind === 'dtype'
        ? integer(dtypeInfo(last.name).size)
        : isType(last)
          ? integer(layouts.sizeOf(last))
          : null;
    case 'align_of':
    case 'type.align_of':
      return last.kind === 'dtype'
        ? integer(dtypeInfo(last.name).size)
        : isType(last)
          ? integer(layouts.alignOf(last))
          : null;
    case 'is_trivial_copy':
    case 'type.is_trivial_copy':
      return store.bool(eachType(last, (one) => layouts.isTrivialCopy(one)));
    case 'is_trivial_move':
    case 'type.is_trivial_move':
      return store.bool(eachType(last, (one) => layouts.isTrivialMove(one)));
    case 'is_trivial_destroy':
    case 'type.is_trivial_destroy':
      return store.bool(eachType(last, (one) => layouts.isTrivialDestroy(one)));
    case 'is_trivial':
    case 'type.is_trivial':
      return store.bool(
        eachType(
          last,
          (one) => layouts.isTrivialCopy(one) && layouts.isTrivialMove(one) && layouts.isTrivialDestroy(one),
        ),
      );
    case 'type.same':
    case 'same':
    case 'same_type': {
      const other = operands[operands.length - 2];
      return other === undefined ? null : store.bool(other === last);
    }
    case 'type.name':
    case 'type_name':
      return literal(cx, reflectedName(cx, last), type);
    case 'type.qualified_name':
      return literal(cx, qualifiedName(cx, last), type);
    case 'type.base_name':
    case 'base_name':
      return last.kind === 'struct' ? literal(cx, last.decl.name, type) : null;
    case 'type.name_length':
      return integer(new TextEncoder().encode(qualifiedName(cx, last)).length);
    case 'type.derived_name_length':
      return integer(new TextEncoder().encode(derivedName(cx, last)).length);
    case 'type.function_name_length':
    case 'type.function_symbol_length': {
      const text = functionText(cx, op, last);
      return text === null ? null : integer(new TextEncoder().encode(text).length);
    }
    case 'type.field_count':
    case 'field_count':
      return integer(layouts.memberTypes(last).length);
    case 'type.field_names':
    case 'field_names':
      return store.list(layouts.memberTypes(last).map((member) => store.string(member.name)));
    case 'type.field_types':
    case 'field_types':
      return store.list(layouts.memberTypes(last).map((member) => member.type));
  }
  const first = operands[0];
  if (first === undefined) return null;
  switch (op) {
    case 'type.field_name':
    case 'field_name':
      return last.kind === 'int'
        ? orNull(layouts.memberTypes(first)[Number(last.value)], (member) => literal(cx, member.name, type))
        : null;
    case 'type.field_type':
    case 'field_type':
      if (last.kind === 'int') return layouts.memberTypes(first)[Number(last.value)]?.type ?? null;
      if (last.kind === 'string')
        return layouts.memberTypes(first).find((member) => member.name === last.value)?.type ?? null;
      return null;
    case 'type.field_index':
    case 'field_index': {
      if (last.kind !== 'string') return null;
      const index = layouts.memberTypes(first).findIndex((member) => member.name === last.value);
      return index < 0 ? null : integer(index);
    }
    case 'type.field_offset':
    case 'field_offset': {
      const fields = layouts.layout(first).fields;
      const field =
        last.kind === 'int'
          ? fields[Number(last.value)]
          : last.kind === 'string'
            ? fields.find((one) => one.name === last.value)
            : undefined;
      return field === undefined ? null : integer(field.offset);
    }
    default:
      return null;
  }
}

function orNull<T, R>(value: T | undefined, map: (value: T) => R): R | null {
  return value === undefined ? null : map(value);
}

function isType(term: Term): boolean {
  switch (term.kind) {
    case 'struct':
    case 'ref':
    case 'functionType':
    case 'functionItem':
      return true;
    default:
      return false;
  }
}

function eachType(term: Term, test: (type: Term) => boolean): boolean {
  return term.kind === 'list' ? term.elements.every((element) => eachType(element, test)) : test(term);
}

/** Library types that `reflect[T].name()` calls by their plain name. */
const PLAINLY_NAMED: ReadonlySet<string> = new Set(['Bool', 'List', 'SIMD', 'String']);

/** What `reflect[T].name()` says: the path, and parameters of which numbers show their type (`g.Ring[3 : SIMD[DType.int, 1]]`). */
function reflectedName(cx: FoldContext, term: Term): string {
  if (term.kind !== 'struct') return cx.text.describe(term);
  const { name, path } = term.decl;
  const isPlain = path.startsWith('std.') && PLAINLY_NAMED.has(name);
  return `${isPlain ? name : path}${reflectedArguments(cx, term)}`;
}

/** The name that the derived text of a generic struct begins with. */
export function derivedName(cx: FoldContext, term: Term): string {
  return term.kind === 'struct' ? `${term.decl.name}${reflectedArguments(cx, term)}` : cx.text.describe(term);
}

/** What stands in the brackets of a type's name; the types of a tuple like any others. */
function shownArguments({ args }: StructTerm): readonly Term[] {
  return args
    .filter((arg) => arg.kind !== 'specialOrigin')
    .flatMap((arg) => (arg.kind === 'list' ? arg.elements : [arg]));
}

function reflectedArguments(cx: FoldContext, type: StructTerm): string {
  const shown = shownArguments(type);
  return shown.length === 0 ? '' : `[${shown.map((arg) => reflectedArgument(cx, arg)).join(', ')}]`;
}

function reflectedArgument(cx: FoldContext, term: Term): string {
  switch (term.kind) {
    case 'struct':
      return reflectedName(cx, term);
    case 'int':
    case 'float':
      return scalarDType(term.type) === null
        ? cx.text.describe(term)
        : `${cx.text.describe(term)} : ${reflectedName(cx, term.type)}`;
    case 'structValue':
      return `{${term.fields.map((field) => reflectedArgument(cx, field)).join(', ')}}`;
    default:
      return cx.text.describe(term);
  }
}

/** The name of a function as it is written, or (`…symbol…`) its linker symbol. */
export function functionText(cx: FoldContext, query: string, term: Term): string | null {
  if (term.kind !== 'function') return null;
  if (!query.startsWith('type.function_symbol')) return term.decl.name;
  const decl = cx.program.function(term.decl.id);
  return linkerSymbol(decl, instanceHash(decl, term.args, cx.text));
}

/** A type with its parameters, every struct with its path; scalar aliases are spelled out. */
export function qualifiedName(cx: FoldContext, type: Term): string {
  if (type.kind !== 'struct') return cx.text.describe(type);
  const shown = shownArguments(type);
  if (shown.length === 0) return type.decl.path;
  return `${type.decl.path}[${shown.map((arg) => (arg.kind === 'struct' ? qualifiedName(cx, arg) : cx.text.describe(arg))).join(', ')}]`;
}

// ------------------------------------------------------------------------------------------------ target

function foldTarget(cx: FoldContext, op: string, operands: readonly Term[], type: Term): Term | null {
  const { store, target } = cx;
  const name = operands.map(textOf).find((text) => text !== null) ?? null;
  switch (op) {
    case 'target.simd_bytes':
    case 'simd_bytes':
    case 'simd_byte_width':
      return makeInt(cx, BigInt(target.simdByteWidth), type);
    case 'simd_width_of': {
      const last = operands[operands.length - 1];
      const size = last === undefined ? 0 : last.kind === 'dtype' ? dtypeInfo(last.name).size : cx.layouts.sizeOf(last);
      return size === 0 ? null : makeInt(cx, BigInt(Math.max(1, Math.floor(target.simdByteWidth / size))), type);
    }
    case 'target.is_wasm':
      return store.bool(target.isWasm);
    case 'target.os':
      return name === null ? null : store.bool(target.os === name);
    case 'target.arch':
      return name === null ? null : store.bool(target.arch === name);
    case 'target.has_feature':
      return name === null ? null : store.bool(hasFeature(target, name));
    case 'target.assert_mode': {
      const mode = cx.defines.get('ASSERT');
      return makeInt(cx, mode === 'none' ? 0n : mode === 'all' || mode === 'warn' ? 2n : 1n, type);
    }
    case 'target.is_defined':
      return name === null ? null : store.bool(cx.defines.has(name));
    case 'target.is_defined_as_text':
      return name === null ? null : store.bool(definedText(cx, name) !== '');
    case 'target.define_length':
      return name === null ? null : makeInt(cx, BigInt(new TextEncoder().encode(definedText(cx, name)).length), type);
    default:
      return null;
  }
}

/** What `-D name=…` says; empty for `-D name` and where the name is not defined. */
export function definedText(cx: FoldContext, name: string): string {
  return cx.defines.get(name) ?? '';
}

/** Named features, and what the width of the vector registers tells of the CPU. */
function hasFeature(target: TargetInfo, name: string): boolean {
  const given = target.features.split(',');
  if (given.includes(`+${name}`)) return true;
  if (given.includes(`-${name}`)) return false;
  const { arch, simdByteWidth } = target;
  if (arch === 'aarch64') return name === 'neon';
  if (arch !== 'x86_64') return false;
  if (name === 'sse' || name === 'sse2') return true;
  if (name === 'avx' || name === 'avx2' || name === 'fma') return simdByteWidth >= 32;
  if (name === 'avx512vnni') return target.hasVnni;
  return name === 'avx512f' && simdByteWidth >= 64;
}

/** The text of a string term, or of a `StringLiteral` type or value. */
export function textOf(term: Term): string | null {
  switch (term.kind) {
    case 'string':
      return term.value;
    case 'structValue':
      return textOf(term.type);
    case 'struct': {
      const [value] = term.args;
      return term.decl.name === 'StringLiteral' && value?.kind === 'string' ? value.value : null;
    }
    default:
      return null;
  }
}

/** A string result: of the literal primitive, or of the literal struct if that is what is asked for. */
function literal(cx: FoldContext, text: string, type: Term): Term {
  const value = cx.store.string(text);
  return type.kind === 'struct' ? cx.store.structValue(type, []) : value;
}

// ------------------------------------------------------------------------------------------------ values

/** `SIMDLength`: its values are integer terms, although it is a struct of one field. */
export function isIntegerWrapper(type: Term): boolean {
  return type.kind === 'struct' && type.decl.name === 'SIMDLength';
}

/** An integer constant of a type: of a scalar float type a float, of a wrapper struct of one field a value of it. */
export function makeInt(cx: FoldContext, value: bigint, type: Term): Term {
  const info = scalarInfo(type);
  if (info === null && type.kind === 'struct' && !isIntegerWrapper(type)) {
    const members = cx.layouts.memberTypes(type);
    const only = members[0];
    if (members.length === 1 && only !== undefined) return cx.store.structValue(type, [makeInt(cx, value, only.type)]);
  }
  if (info?.kind === 'float') return floatTerm(cx.store, roundRational(value, 1n, floatFormat(info.name)), type);
  if (info?.kind === 'bool') return cx.store.int(value, type);
  return cx.store.int(value, type);
}

const MAX_EXACT_BITS = 1 << 20;

function foldValue(cx: FoldContext, op: string, operands: readonly Term[], type: Term): Term | null {
  const [a, b] = operands;
  if (a === undefined) return null;
  if (op === 'int' || op === 'float' || op === 'cast' || op === 'convert' || op === 'int_cast')
    return convert(cx, operands[operands.length - 1] ?? a, type);
  if (a.kind === 'bool') return foldBool(cx, op, a.value, b);
  if (a.kind === 'dtype') return foldDType(cx, op, dtypeInfo(a.name), b, type);
  if (a.kind === 'string') return foldString(cx, op, a.value, b, type);
  if (a.kind === 'list') return foldList(cx, op, a.elements, b, type);
  if (b === undefined) return foldUnary(cx, op, a, type);
  if (a.kind === 'int' && b.kind === 'int') return foldIntegers(cx, op, a.value, b.value, operandType(a, type), type);
  if ((a.kind === 'float' || a.kind === 'int') && (b.kind === 'float' || b.kind === 'int'))
    return foldFloats(cx, op, a, b, type);
  return null;
}

function operandType(term: Term, fallback: Term): Term {
  return term.kind === 'int' || term.kind === 'float' ? term.type : fallback;
}

function foldBool(cx: FoldContext, op: string, a: boolean, other: Term | undefined): Term | null {
  const { store } = cx;
  if (op === 'not' || op === 'invert') return store.bool(!a);
  if (other?.kind !== 'bool') return null;
  const b = other.value;
  switch (op) {
    case 'and':
      return store.bool(a && b);
    case 'or':
      return store.bool(a || b);
    case 'xor':
    case 'ne':
      return store.bool(a !== b);
    case 'eq':
      return store.bool(a === b);
    default:
      return null;
  }
}

function foldDType(cx: FoldContext, op: string, info: DTypeInfo, other: Term | undefined, type: Term): Term | null {
  const { store } = cx;
  switch (op) {
    case 'eq':
      return other?.kind === 'dtype' ? store.bool(other.name === info.name) : null;
    case 'ne':
      return other?.kind === 'dtype' ? store.bool(other.name !== info.name) : null;
    case 'is_floating_point':
      return store.bool(info.kind === 'float');
    case 'is_integral':
      return store.bool(info.kind === 'signed' || info.kind === 'unsigned');
    case 'is_signed':
      return store.bool(info.kind === 'signed' || info.kind === 'float');
    case 'is_unsigned':
      return store.bool(info.kind === 'unsigned');
    case 'is_bool':
      return store.bool(info.kind === 'bool');
    case 'size_of':
      return makeInt(cx, BigInt(info.size), type);
    case 'bit_width':
    case 'bitwidth':
      return makeInt(cx, BigInt(info.bits), type);
    case 'name':
      return literal(cx, info.name, type);
    default:
      return null;
  }
}

function foldString(cx: FoldContext, op: string, a: string, other: Term | undefined, type: Term): Term | null {
  const { store } = cx;
  if (op === 'byte_length' || op === 'length' || op === 'len' || op === 'string_length')
    return makeInt(cx, BigInt(new TextEncoder().encode(a).length), type);
  const b = other === undefined ? null : textOf(other);
  if (b === null) return null;
  switch (op) {
    case 'add':
    case 'concat':
      return store.string(a + b);
    case 'eq':
      return store.bool(a === b);
    case 'ne':
      return store.bool(a !== b);
    case 'lt':
      return store.bool(a < b);
    default:
      return null;
  }
}

function foldList(cx: FoldContext, op: string, a: readonly Term[], other: Term | undefined, type: Term): Term | null {
  switch (op) {
    case 'length':
    case 'len':
      return makeInt(cx, BigInt(a.length), type);
    case 'element':
    case 'get':
      return other?.kind === 'int' ? (a[Number(other.value)] ?? null) : null;
    case 'concat':
    case 'add':
      return other?.kind === 'list' ? cx.store.list([...a, ...other.elements]) : null;
    default:
      return null;
  }
}

function foldUnary(cx: FoldContext, op: string, a: Term, type: Term): Term | null {
  const { store } = cx;
  if (a.kind === 'int') {
    const info = scalarInfo(a.type);
    switch (op) {
      case 'neg':
        return makeInt(cx, -a.value, type);
      case 'pos':
        return a;
      case 'abs':
        return makeInt(cx, a.value < 0n ? -a.value : a.value, type);
      case 'not':
      case 'invert':
        return makeInt(cx, info?.kind === 'bool' ? 1n - a.value : -a.value - 1n, type);
      case 'ctpop':
        return info === null ? null : makeInt(cx, BigInt(bitText(a.value, info).replaceAll('0', '').length), type);
      case 'ctlz':
        return info === null ? null : makeInt(cx, BigInt(leading(bitText(a.value, info))), type);
      case 'cttz':
        return info === null
          ? null
          : makeInt(cx, BigInt(leading([...bitText(a.value, info)].reverse().join(''))), type);
      case 'is_power_of_two':
        return store.bool(a.value > 0n && (a.value & (a.value - 1n)) === 0n);
      default:
        return null;
    }
  }
  if (a.kind !== 'float') return null;
  const info = scalarInfo(a.type);
  switch (op) {
    case 'neg':
      if (a.special === 'finite' && a.numerator !== 0n) return store.float(-a.numerator, a.denominator, type);
      if (info === null)
        return a.special === 'inf'
          ? store.specialFloat('-inf', type)
          : a.special === '-inf'
            ? store.specialFloat('inf', type)
            : a;
      return floatTerm(store, -(termToNumber(a, info) ?? 0), type);
    case 'pos':
      return a;
    case 'abs':
      return a.special === 'finite' && a.numerator < 0n ? store.float(-a.numerator, a.denominator, type) : a;
    default:
      return null;
  }
}

function bitText(value: bigint, info: DTypeInfo): string {
  return BigInt.asUintN(info.bits, value).toString(2).padStart(info.bits, '0');
}

function leading(bits: string): number {
  const one = bits.indexOf('1');
  return one < 0 ? bits.length : one;
}

export function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

function foldIntegers(cx: FoldContext, op: string, a: bigint, b: bigint, operand: Term, type: Term): Term | null {
  const { store } = cx;
  const info = scalarInfo(operand);
  const result = (value: bigint): Term => makeInt(cx, value, type);
  // Shift counts are taken modulo the width; literals have none.
  const count = info === null ? b : BigInt.asUintN(64, b) % BigInt(Math.max(1, info.bits));
  switch (op) {
    case 'add':
      return result(a + b);
    case 'sub':
      return result(a - b);
    case 'mul':
      return result(a * b);
    case 'floordiv':
      return result(b === 0n ? 0n : floorDivide(a, b));
    case 'mod':
      return result(b === 0n ? 0n : a - b * floorDivide(a, b));
    case 'rem':
      return result(b === 0n ? 0n : a % b);
    case 'div':
    case 'truediv':
      if (info === null) return b === 0n ? null : literalFloat(cx, a, b, type);
      return result(b === 0n ? 0n : a / b);
    case 'pow':
      return b < 0n || tooLarge(a, b, info) ? null : result(info === null ? a ** b : modularPower(a, b, info));
    case 'shl':
    case 'lshift':
      return count < 0n || count > BigInt(MAX_EXACT_BITS) ? null : result(a << count);
    case 'shr':
    case 'rshift':
      return count < 0n ? null : result(a >> count);
    case 'min':
      return result(a < b ? a : b);
    case 'max':
      return result(a > b ? a : b);
    case 'and':
      return result(a & b);
    case 'or':
      return result(a | b);
    case 'xor':
      return result(a ^ b);
    case 'eq':
    case 'all_eq':
      return truth(cx, a === b, type);
    case 'ne':
    case 'any_ne':
      return truth(cx, a !== b, type);
    case 'lt':
      return truth(cx, a < b, type);
    case 'le':
      return truth(cx, a <= b, type);
    case 'gt':
      return truth(cx, a > b, type);
    case 'ge':
      return truth(cx, a >= b, type);
    case 'ceildiv':
      return result(b === 0n ? 0n : -floorDivide(-a, b));
    case 'gcd':
      return result(greatestCommonDivisor(a, b));
    case 'range_list': {
      const elements: Term[] = [];
      for (let i = a; i < b; i++) elements.push(store.int(i, operand));
      return store.list(elements);
    }
    default:
      return null;
  }
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** A comparison's result: `Bool`, or a mask lane. */
function truth(cx: FoldContext, value: boolean, type: Term): Term {
  return scalarInfo(type) !== null ? cx.store.int(value ? 1n : 0n, type) : cx.store.bool(value);
}

function tooLarge(a: bigint, b: bigint, info: DTypeInfo | null): boolean {
  return info === null && (a < -1n || a > 1n) && b * BigInt(a.toString(2).length) > BigInt(MAX_EXACT_BITS);
}

function modularPower(base: bigint, exponent: bigint, info: DTypeInfo): bigint {
  let result = 1n;
  let factor = BigInt.asUintN(info.bits, base);
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = BigInt.asUintN(info.bits, result * factor);
    factor = BigInt.asUintN(info.bits, factor * factor);
  }
  return result;
}

function literalFloat(cx: FoldContext, numerator: bigint, denominator: bigint, type: Term): Term {
  return cx.store.float(numerator, denominator, type);
}

function exact(term: Term): { numerator: bigint; denominator: bigint } | null {
  if (term.kind === 'int') return { numerator: term.value, denominator: 1n };
  if (term.kind === 'float' && term.special === 'finite')
    return { numerator: term.numerator, denominator: term.denominator };
  return null;
}

function foldFloats(cx: FoldContext, op: string, a: Term, b: Term, type: Term): Term | null {
  const info = scalarInfo(operandType(a, type)) ?? scalarInfo(operandType(b, type));
  if (info !== null) return foldRounded(cx, op, termToNumber(a, info), termToNumber(b, info), info, type);
  const x = exact(a);
  const y = exact(b);
  if (x === null || y === null) return null;
  const { store } = cx;
  const left = x.numerator * y.denominator;
  const right = y.numerator * x.denominator;
  const bottom = x.denominator * y.denominator;
  switch (op) {
    case 'add':
      return store.float(left + right, bottom, type);
    case 'sub':
      return store.float(left - right, bottom, type);
    case 'mul':
      return store.float(x.numerator * y.numerator, bottom, type);
    case 'div':
    case 'truediv':
      return right === 0n ? null : store.float(left, right, type);
    case 'floordiv':
      return right === 0n ? null : store.float(floorDivide(left, right), 1n, type);
    case 'mod':
      return right === 0n ? null : store.float(left - right * floorDivide(left, right), bottom, type);
    case 'pow': {
      if (y.denominator !== 1n || y.numerator < -4096n || y.numerator > 4096n) return null;
      const n = y.numerator < 0n ? -y.numerator : y.numerator;
      if (y.numerator < 0n && x.numerator === 0n) return null;
      return y.numerator < 0n
        ? store.float(x.denominator ** n, x.numerator ** n, type)
        : store.float(x.numerator ** n, x.denominator ** n, type);
    }
    case 'min':
      return left < right ? a : b;
    case 'max':
      return left > right ? a : b;
    case 'eq':
      return truth(cx, left === right, type);
    case 'ne':
      return truth(cx, left !== right, type);
    case 'lt':
      return truth(cx, left < right, type);
    case 'le':
      return truth(cx, left <= right, type);
    case 'gt':
      return truth(cx, left > right, type);
    case 'ge':
      return truth(cx, left >= right, type);
    default:
      return null;
  }
}

function foldRounded(
  cx: FoldContext,
  op: string,
  x: number | null,
  y: number | null,
  info: DTypeInfo,
  type: Term,
): Term | null {
  if (x === null || y === null) return null;
  const result = (value: number): Term => floatTerm(cx.store, roundToFormat(value, floatFormat(info.name)), type);
  switch (op) {
    case 'add':
      return result(x + y);
    case 'sub':
      return result(x - y);
    case 'mul':
      return result(x * y);
    case 'div':
    case 'truediv':
      return result(x / y);
    case 'eq':
      return truth(cx, x === y, type);
    case 'ne':
      return truth(cx, x !== y, type);
    case 'lt':
      return truth(cx, x < y, type);
    case 'le':
      return truth(cx, x <= y, type);
    case 'gt':
      return truth(cx, x > y, type);
    case 'ge':
      return truth(cx, x >= y, type);
    default:
      return null;
  }
}

/** A number as a value of another number type: what a literal becomes, and what `cast` does. */
export function convert(cx: FoldContext, value: Term, type: Term): Term | null {
  const info = scalarInfo(type);
  if (value.kind === 'structValue') {
    const [inner] = value.type.kind === 'struct' ? value.type.args : [];
    return inner !== undefined && (inner.kind === 'int' || inner.kind === 'float') ? convert(cx, inner, type) : null;
  }
  if (value.kind === 'bool')
    return info?.kind === 'float'
      ? floatTerm(cx.store, value.value ? 1 : 0, type)
      : makeInt(cx, value.value ? 1n : 0n, type);
  if (value.kind === 'int') return makeInt(cx, info?.kind === 'bool' && value.value !== 0n ? 1n : value.value, type);
  if (value.kind !== 'float') return null;
  if (info === null)
    return type.kind === 'primitive' && value.special === 'finite' && type.name === 'float-literal-value'
      ? cx.store.float(value.numerator, value.denominator, type)
      : null;
  if (info.kind === 'float') {
    const number = termToNumber(value, info);
    return number === null ? null : floatTerm(cx.store, number, type);
  }
  return makeInt(cx, saturate(termToNumber(value, dtypeInfo('float64')) ?? 0, info), type);
}

/** Float to integer: toward zero, saturating, NaN gives 0. */
export function saturate(value: number, info: DTypeInfo): bigint {
  if (Number.isNaN(value)) return 0n;
  if (info.kind === 'bool') return value === 0 ? 0n : 1n;
  const low = info.kind === 'signed' ? -(1n << BigInt(info.bits - 1)) : 0n;
  const high = info.kind === 'signed' ? (1n << BigInt(info.bits - 1)) - 1n : (1n << BigInt(info.bits)) - 1n;
  if (value === Number.POSITIVE_INFINITY) return high;
  if (value === Number.NEGATIVE_INFINITY) return low;
  const { numerator, denominator } = doubleToRational(value);
  const whole = numerator / denominator;
  return whole < low ? low : whole > high ? high : whole;
}
