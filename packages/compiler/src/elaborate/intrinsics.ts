/** Lowers intrinsics in concrete bodies: what is known at compile time becomes a constant, what concerns the life of values
 *  becomes calls, and the rest stays with plain operands, so that the executors see only bytes. */
import { InternalError } from '../base/invariant.ts';
import type { Span } from '../base/span.ts';
import { listArgument } from '../layout/layout.ts';
import { POINTER_SYMBOL, type Callee, type Operand, type Place } from '../mir/mir.ts';
import type { Term } from '../terms/term.ts';
import { project } from './body-writer.ts';
import { cannotEvaluate, constraintFailed, conversionFails, TermFailure } from './errors.ts';
import { WASM_RUNTIME, WASM_SYSTEM } from './interpreter/foreign.ts';
import { convert, definedText, derivedName, fold, functionText, qualifiedName, textOf } from './fold.ts';
import type { BodyLowering } from './lower-body.ts';
import { scalarInfo } from './numbers.ts';
import { violatedCondition } from './simd-operands.ts';

/** Operands of these designate places; all others are values. */
const TAKES_ADDRESS = new Set(['pointer.of', 'raw_array.pointer']);

export function lowerIntrinsic(
  cx: BodyLowering,
  name: string,
  params: readonly Term[],
  operands: readonly Operand[],
  dest: Place,
  span: Span,
): void {
  const { writer } = cx;
  const family = name.slice(0, name.indexOf('.'));
  if (family === 'type' || family === 'target' || name === 'dtype.param_code') {
    lowerQuery(cx, name, params, dest, span);
    return;
  }
  switch (name) {
    case 'literal.int':
    case 'literal.float':
      lowerLiteral(cx, name, params, dest, span);
      return;
    case 'literal.string_pointer':
    case 'literal.string_length':
      lowerStringLiteral(cx, name, params, dest, span);
      return;
    case 'value.copy':
      writer.storeOwned(dest, asCopy(only(operands, name)), span);
      return;
    case 'value.destroy': {
      const operand = only(operands, name);
      if (operand.kind !== 'constant') writer.destroy(operand.place, span);
      return;
    }
    case 'value.forget':
      return;
    case 'tuple.from_pack': {
      const pack = only(operands, name);
      if (pack.kind === 'constant') throw new InternalError('a constant pack of arguments');
      for (let i = 0; i < cx.services.layouts.memberTypes(writer.typeOf(dest)).length; i++)
        writer.storeOwned(writer.member(dest, i), { kind: 'move', place: writer.member(pack.place, i), span }, span);
      return;
    }
    case 'pointer.destroy': {
      const pointer = cx.owned(only(operands, name), span);
      const pointee = pointeeOf(cx, pointer);
      if (!cx.services.layouts.isTrivialDestroy(pointee))
        writer.destroy(writer.dereference(pointer, pointee, span), span);
      return;
    }
    case 'pointer.take': {
      const pointer = cx.owned(only(operands, name), span);
      const pointee = pointeeOf(cx, pointer);
      if (writer.moveAction(pointee).kind === 'bytes')
        writer.assign(dest, { kind: 'intrinsic', name, params, operands: [pointer] }, span);
      else writer.storeOwned(dest, { kind: 'move', place: writer.dereference(pointer, pointee, span), span }, span);
      return;
    }
    case 'pointer.init': {
      const [address, value] = operands;
      if (address === undefined || value === undefined) throw new InternalError('pointer.init takes two operands');
      const pointer = cx.owned(address, span);
      if (writer.needsCall(value)) {
        const target = writer.dereference(pointer, pointeeOf(cx, pointer), span);
        writer.storeOwned(target, value, span);
      } else writer.assign(dest, { kind: 'intrinsic', name, params, operands: [pointer, cx.owned(value, span)] }, span);
      return;
    }
    case 'pointer.relocate':
    case 'pointer.init_copy': {
      const [address, value] = operands;
      if (address === undefined || value === undefined) throw new InternalError(`${name} takes two operands`);
      const pointer = cx.owned(address, span);
      const target = writer.dereference(pointer, pointeeOf(cx, pointer), span);
      if (name === 'pointer.init_copy') writer.storeOwned(target, asCopy(value), span);
      else {
        const from = cx.owned(value, span);
        const place = writer.dereference(from, pointeeOf(cx, from), span);
        writer.storeOwned(target, { kind: 'move', place, span }, span);
      }
      return;
    }
    case 'foreign.call':
      lowerForeign(cx, foreignSymbol(cx, params), operands, dest, span);
      return;
    case 'foreign.call_pointer':
      lowerForeign(cx, POINTER_SYMBOL, operands, dest, span);
      return;
  }
  const types = operands.map((operand) => writer.operandType(operand));
  const violated = violatedCondition(name, params, types, writer.typeOf(dest));
  if (violated !== null) throw new TermFailure((at) => constraintFailed({ ...at, text: violated }));
  const lowered = operands.map((operand) =>
    TAKES_ADDRESS.has(name) ? cx.addressed(operand, span) : cx.owned(operand, span),
  );
  writer.assign(dest, { kind: 'intrinsic', name, params, operands: lowered }, span);
}

function only(operands: readonly Operand[], name: string): Operand {
  const [operand] = operands;
  if (operand === undefined) throw new InternalError(`${name} takes an operand`);
  return operand;
}

function asCopy(operand: Operand): Operand {
  return operand.kind === 'constant' ? operand : { kind: 'copy', place: operand.place, span: operand.span };
}

function pointeeOf(cx: BodyLowering, pointer: Operand): Term {
  const type = cx.writer.operandType(pointer);
  const pointee = cx.services.layouts.pointee(type);
  if (pointee === null) throw new InternalError(`${cx.services.text.describe(type)} is no pointer`);
  return pointee;
}

function storeConstant(cx: BodyLowering, term: Term, dest: Place, span: Span): void {
  const type = cx.writer.typeOf(dest);
  cx.writer.assign(dest, { kind: 'use', operand: { kind: 'constant', term, type, span } }, span);
}

/** What a query for the address of a name points to; null of other queries. */
function queriedText({ services }: BodyLowering, name: string, params: readonly Term[]): string | null {
  switch (name) {
    case 'type.name_pointer':
      return qualifiedName(services.folding, last(params));
    case 'type.derived_name_pointer':
      return derivedName(services.folding, last(params));
    case 'type.function_name_pointer':
    case 'type.function_symbol_pointer':
      return functionText(services.folding, name, last(params));
    case 'target.define_pointer': {
      const defined = params.map(textOf).find((text) => text !== null) ?? null;
      return defined === null ? null : definedText(services.folding, defined);
    }
    default:
      return null;
  }
}

function lowerQuery(cx: BodyLowering, name: string, params: readonly Term[], dest: Place, span: Span): void {
  const { services, writer } = cx;
  const shown = queriedText(cx, name, params);
  if (shown !== null) {
    const text = services.store.string(shown);
    writer.assign(dest, { kind: 'intrinsic', name: 'literal.string_pointer', params: [text], operands: [] }, span);
    return;
  }
  const value = fold(services.folding, name, params, writer.typeOf(dest));
  if (value === null) {
    const { text } = services;
    throw new TermFailure((at) => cannotEvaluate({ ...at, what: `${name}[${text.list(params)}]` }));
  }
  storeConstant(cx, value, dest, span);
}

function last(params: readonly Term[]): Term {
  const term = params[params.length - 1];
  if (term === undefined) throw new InternalError('an intrinsic without its parameter');
  return term;
}

/** The exact value of a literal parameter: the number itself, or what a literal struct's value carries. */
function literalValue(params: readonly Term[]): Term | null {
  for (let i = params.length - 1; i >= 0; i--) {
    const param = params[i];
    if (param?.kind === 'int' || param?.kind === 'float') {
      if (param.type.kind === 'primitive') return param;
    }
    if (param?.kind === 'struct' || param?.kind === 'structValue') {
      const inner = param.kind === 'struct' ? param.args : param.type.kind === 'struct' ? param.type.args : [];
      const found = literalValue(inner);
      if (found !== null) return found;
    }
  }
  const end = params[params.length - 1];
  return end?.kind === 'int' || end?.kind === 'float' ? end : null;
}

function lowerLiteral(cx: BodyLowering, name: string, params: readonly Term[], dest: Place, span: Span): void {
  const { services, writer } = cx;
  const type = writer.typeOf(dest);
  const value = literalValue(params);
  if (value === null) throw new InternalError(`${name} without a literal`);
  const info = scalarInfo(elementType(cx, type));
  const integral = info !== null && info.kind !== 'float';
  const { text } = services;
  // Not even where it is whole.
  if (name === 'literal.float' && integral) {
    const shown = text.describe(value);
    const written = /^-?\d+$/.test(shown) ? `${shown}.0` : shown;
    throw new TermFailure((at) => conversionFails({ ...at, value: written, type: text.describe(type) }));
  }
  const layout = services.layouts.layout(type);
  const element = elementType(cx, type);
  const converted = convert(services.folding, value, element);
  if (converted === null)
    throw new TermFailure((at) => conversionFails({ ...at, value: text.describe(value), type: text.describe(type) }));
  if (layout.kind !== 'vector') {
    storeConstant(cx, converted, dest, span);
    return;
  }
  const operand: Operand = { kind: 'constant', term: converted, type: element, span };
  writer.assign(dest, { kind: 'intrinsic', name: 'simd.splat', params: [], operands: [operand] }, span);
}

/** The scalar type of a vector's lanes; other types as they are. */
function elementType(cx: BodyLowering, type: Term): Term {
  const { layouts, store } = cx.services;
  if (type.kind !== 'struct' || layouts.declaration(type)?.builtin !== 'simd') return type;
  const [dtype, width] = type.args;
  if (dtype === undefined || width?.kind !== 'int') return type;
  return store.struct(type.decl, [dtype, store.int(1n, width.type), ...type.args.slice(2)]);
}

function lowerStringLiteral(cx: BodyLowering, name: string, params: readonly Term[], dest: Place, span: Span): void {
  const { services, writer } = cx;
  const text = [...params]
    .reverse()
    .map(textOf)
    .find((found) => found !== null);
  if (text === undefined || text === null) throw new InternalError(`${name} without a string`);
  if (name === 'literal.string_length') {
    const value = fold(services.folding, 'string_length', [services.store.string(text)], writer.typeOf(dest));
    if (value === null) throw new InternalError('the length of a literal');
    storeConstant(cx, value, dest, span);
    return;
  }
  writer.assign(dest, { kind: 'intrinsic', name, params: [services.store.string(text)], operands: [] }, span);
}

/** The name of a C function: a literal, or a `StaticString` that was computed. */
function foreignSymbol(cx: BodyLowering, params: readonly Term[]): string {
  const symbol = params.map((param) => cx.services.messageText(param)).find((text) => text !== null);
  if (symbol === undefined || symbol === null) throw new InternalError('foreign.call without a name');
  return symbol;
}

/** A C call: the operands as they are; a pack stands for its elements. */
function lowerForeign(cx: BodyLowering, symbol: string, operands: readonly Operand[], dest: Place, span: Span): void {
  const { services, writer } = cx;
  const args: Operand[] = [];
  for (const operand of operands) {
    const type = writer.operandType(operand);
    const isPack = services.layouts.declaration(type)?.builtin === 'pack';
    if (!isPack || type.kind !== 'struct' || operand.kind === 'constant') {
      args.push(cx.owned(operand, span));
      continue;
    }
    listArgument(type).forEach((element, i) => {
      const index = services.store.int(BigInt(i), services.store.primitive('int-literal-value'));
      const place = project(operand.place, { kind: 'element', index, type: element });
      args.push(cx.owned({ kind: 'copy', place, span }, span));
    });
  }
  const own = services.folding.target.isWasm
    ? (services.program.libraryFunction(`${WASM_RUNTIME}${symbol}`) ??
      services.program.libraryFunction(`${WASM_SYSTEM}${symbol}`))
    : null;
  const callee: Callee =
    own === null ? { kind: 'foreign', symbol } : { kind: 'instance', instance: services.request(own, [], span) };
  writer.emit({ kind: 'call', span, callee, args, dest, store: 'init' });
}
