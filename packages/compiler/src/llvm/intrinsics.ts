/** Intrinsics of mir/intrinsics.ts as LLVM IR: finds the family by name, evaluates operands, stores the result.
 *  Families: intrinsics-arithmetic, intrinsics-lanes, intrinsics-memory; the rest (Bool, DType, literals, types, target,
 *  control, source positions, foreign calls, wasm) is here. */
import { InternalError, present } from '../base/invariant.ts';
import { dtypeInfo } from '../terms/dtypes.ts';
import type { Operand, Place } from '../mir/mir.ts';
import type { Term } from '../terms/term.ts';
import { scalarBits } from './constants.ts';
import type { BodyEmitter } from './emitter.ts';
import { emitRaised, traceReference } from './error-trace.ts';
import { emitForeignCall } from './foreign.ts';
import { castValue, emitArithmetic, literalValue } from './intrinsics-arithmetic.ts';
import type { VectorShape } from './vector-shape.ts';
import { emitLanes } from './intrinsics-lanes.ts';
import { emitMemory, type IntrinsicRvalue } from './intrinsics-memory.ts';
import { hasSharedMemory } from './threads.ts';
import { globalName, utf8Bytes, type Value, value } from './types.ts';

export function shapeOf(e: BodyEmitter, type: Term): VectorShape | null {
  const { scalar, lanes } = e.layout(type);
  if (scalar === null || scalar.kind === 'pointer') return null;
  return { dtype: scalar.kind === 'bool' ? dtypeInfo('bool') : scalar.dtype, lanes };
}

export function emitIntrinsic(e: BodyEmitter, rvalue: IntrinsicRvalue, place: Place): void {
  const { name } = rvalue;
  if (name.startsWith('simd.') || name.startsWith('scalar.') || name.startsWith('float.')) {
    const operands = rvalue.operands.map((operand) => e.single(operand));
    const shapes = rvalue.operands.map((operand) => shapeOf(e, e.operandType(operand)));
    const destination = shapeOf(e, e.placeType(place));
    const lane = emitLanes(e.w, name, { operands, shapes, destination, params: rvalue.params });
    const result =
      lane ?? emitArithmetic(e.w, name, operands, present(shapes[0] ?? destination, `vector operand of ${name}`));
    if (result === null) throw new InternalError(`intrinsic ${name} has no LLVM form`);
    e.write(e.resolve(place), [result]);
    return;
  }
  if (emitMemory(e, rvalue, place)) return;
  if (!emitOther(e, rvalue, place)) throw new InternalError(`intrinsic ${name} has no LLVM form`);
}

/** A parameter's value; literal structs wrap theirs. */
function parameterValue(term: Term | undefined): Term {
  if (term === undefined) throw new InternalError('an intrinsic lacks a parameter');
  const inner = term.kind === 'structValue' && term.fields.length === 1 ? term.fields[0] : undefined;
  return inner === undefined ? term : parameterValue(inner);
}

/** The string among the parameters: the last one that is one. */
function stringParameter(params: readonly Term[]): string {
  for (let i = params.length - 1; i >= 0; i--) {
    const param = parameterValue(params[i]);
    if (param.kind === 'string') return param.value;
  }
  throw new InternalError('an intrinsic lacks its string parameter');
}

function firstString(params: readonly Term[]): string {
  for (const param of params) {
    const inner = parameterValue(param);
    if (inner.kind === 'string') return inner.value;
  }
  throw new InternalError('foreign.call lacks a name');
}

const ASSERT_MODES: Readonly<Record<string, number>> = { none: 0, safe: 1, warn: 1, all: 2 };

function emitOther(e: BodyEmitter, rvalue: IntrinsicRvalue, place: Place): boolean {
  const { w, module } = e;
  const { params } = rvalue;
  const { target, options, layouts } = module;
  const operand = (i: number): Operand => present(rvalue.operands[i], `operand ${i} of ${rvalue.name}`);
  const scalar = (i: number): Value => e.single(operand(i));
  const result = (v: Value): void => e.write(e.resolve(place), [v]);
  const bool = (v: boolean): void => result(value('i1', v ? 'true' : 'false'));
  const number = (n: number | bigint): void => {
    const shape = shapeOf(e, e.placeType(place)) ?? { dtype: dtypeInfo('int'), lanes: 1 };
    result(literalValue(BigInt.asUintN(Math.max(shape.dtype.bits, 8), BigInt(n)), shape));
  };
  const lastType = (): Term => present(params[params.length - 1], 'type parameter');
  switch (rvalue.name) {
    case 'bool.not':
      result(w.binary('xor', scalar(0), value('i1', 'true')));
      return true;
    case 'bool.and':
    case 'bool.or':
    case 'bool.xor':
      result(w.binary(rvalue.name.slice(5), scalar(0), scalar(1)));
      return true;
    case 'bool.eq':
      result(w.op('i1', `icmp eq i1 ${scalar(0).text}, ${scalar(1).text}`));
      return true;
    case 'bool.to_mask':
    case 'bool.from_mask':
      result(scalar(0));
      return true;
    case 'bool.to_int': {
      const shape = present(shapeOf(e, e.placeType(place)), 'number type');
      result(castValue(w, scalar(0), { dtype: dtypeInfo('bool'), lanes: 1 }, shape.dtype));
      return true;
    }
    case 'dtype.code':
    case 'dtype.from_code':
      result(scalar(0));
      return true;
    case 'dtype.param_code': {
      const dtype = parameterValue(lastType());
      if (dtype.kind !== 'dtype') throw new InternalError('dtype.param_code without a dtype');
      number(dtypeInfo(dtype.name).code);
      return true;
    }
    case 'literal.string_pointer':
      result(value('ptr', module.stringConstant(stringParameter(params))));
      return true;
    case 'literal.string_length':
      number(utf8Bytes(stringParameter(params)).length);
      return true;
    case 'literal.int':
    case 'literal.float': {
      const shape = present(shapeOf(e, e.placeType(place)), 'number type');
      const bits = scalarBits(parameterValue(lastType()), shape.dtype);
      if (bits === null) throw new InternalError('a literal without a value');
      result(literalValue(bits, shape));
      return true;
    }
    case 'type.size_of':
      number(layouts.layout(lastType()).size);
      return true;
    case 'type.align_of':
      number(layouts.layout(lastType()).align);
      return true;
    case 'type.is_trivial_copy':
      bool(layouts.isTrivialCopy(lastType()));
      return true;
    case 'type.is_trivial_move':
      bool(layouts.isTrivialMove(lastType()));
      return true;
    case 'type.is_trivial_destroy':
      bool(layouts.isTrivialDestroy(lastType()));
      return true;
    case 'type.name_pointer':
      result(value('ptr', module.stringConstant(options.typeName?.(lastType()) ?? '')));
      return true;
    case 'type.name_length':
      number(utf8Bytes(options.typeName?.(lastType()) ?? '').length);
      return true;
    case 'type.same':
      bool(params[params.length - 1] === params[params.length - 2]);
      return true;
    case 'target.simd_bytes':
      number(target.simdByteWidth);
      return true;
    case 'target.is_wasm':
      bool(target.isWasm);
      return true;
    case 'process.is_strict':
      bool(e.w.fpMode === 'strict');
      return true;
    case 'process.has_threads':
      bool(!target.isWasm || hasSharedMemory(target));
      return true;
    case 'target.os': {
      const name = stringParameter(params);
      bool(name === target.os || (name === 'darwin' && target.os === 'macos'));
      return true;
    }
    case 'target.has_feature':
      bool(target.features.split(',').includes(`+${stringParameter(params)}`));
      return true;
    case 'target.assert_mode':
      number(ASSERT_MODES[options.defines.get('ASSERT') ?? 'safe'] ?? 1);
      return true;
    case 'target.is_defined':
      bool(options.defines.has(stringParameter(params)));
      return true;
    case 'target.define_int': {
      const text = options.defines.get(stringParameter(params)) ?? '';
      number(/^-?\d+$/.test(text) ? BigInt(text) : 0n);
      return true;
    }
    case 'control.trap':
    case 'control.unreachable':
      w.trap();
      w.label(w.freshLabel('dead'));
      return true;
    case 'control.assume':
      w.intrinsicVoid('llvm.assume', [scalar(0)]);
      return true;
    case 'control.likely':
      result(w.intrinsic('i1', 'llvm.expect.i1', [scalar(0), value('i1', 'true')]));
      return true;
    case 'control.is_compile_time':
      bool(false);
      return true;
    case 'location.file_pointer':
    case 'location.file_length':
    case 'location.line':
    case 'location.column':
      result(location(e, rvalue.name));
      return true;
    case 'foreign.call':
      emitForeignCall(e, firstString(params), rvalue.operands, place);
      return true;
    case 'error.raised':
      if (w.span !== null) emitRaised(e, w.span);
      return true;
    case 'error.trace':
      result(value('ptr', traceReference(module)));
      return true;
    case 'memory.slot': {
      const slot = stringParameter(params);
      // The start code of an executable sees slots of this spelling.
      const isShared = slot.startsWith('__kiln_');
      const name = isShared ? slot : `kiln.slot.${slot}`;
      const line = `${globalName(name)} = ${isShared ? 'hidden' : 'internal'} global i64 0, align 8`;
      result(
        value(
          'ptr',
          module.helper(name, () => line),
        ),
      );
      return true;
    }
    case 'process.argument_count':
      result(w.convert('sext', w.op('i32', 'load i32, ptr @__kiln_argc, align 4'), 'i64'));
      return true;
    case 'process.arguments':
      result(w.op('ptr', 'load ptr, ptr @__kiln_argv, align 8'));
      return true;
    case 'wasm.memory_size':
      result(w.convert('zext', w.intrinsic('i32', 'llvm.wasm.memory.size.i32', [value('i32', '0')]), 'i64'));
      return true;
    case 'wasm.memory_grow': {
      const pages = w.convert('trunc', scalar(0), 'i32');
      result(w.convert('sext', w.intrinsic('i32', 'llvm.wasm.memory.grow.i32', [value('i32', '0'), pages]), 'i64'));
      return true;
    }
    case 'wasm.heap_base':
      result(w.convert('ptrtoint', value('ptr', module.globalSymbol('__heap_base')), 'i64'));
      return true;
    default:
      return false;
  }
}

/** Reads the caller's position from the hidden argument. */
function location(e: BodyEmitter, name: string): Value {
  const { w } = e;
  // An exported function has no hidden argument: it reports its own position.
  const pointer = e.abi.wantsLocation ? '%location' : e.module.locationDescriptor(e.instance.span);
  const base = { pointer, align: 8 };
  if (name === 'location.file_pointer')
    return w.loadPiece({ offset: 0, scalar: { kind: 'pointer', size: 8 }, lanes: 1 }, base, 0);
  const offset = name === 'location.file_length' ? 8 : name === 'location.line' ? 16 : 24;
  return w.op('i64', `load i64, ptr ${w.offset(pointer, offset)}, align 8`);
}
