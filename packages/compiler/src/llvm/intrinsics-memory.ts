/** Pointer, memory, value and atomic intrinsics.
 *  In: operands of a concrete body. Out: instructions; results of any class are stored into the destination place.
 *  Invariant: a vector in memory is accessed at the alignment of its element; addresses that the program computed carry no
 *  alignment or range fact beyond their type. */
import { present } from '../base/invariant.ts';
import type { AbiPiece } from '../layout/layout.ts';
import type { Operand, Place, Rvalue } from '../mir/mir.ts';
import type { Term } from '../terms/term.ts';
import { overloadSuffix } from './intrinsics-arithmetic.ts';
import { type BodyEmitter, dangling } from './emitter.ts';
import { isBoolScalar, memoryType, piecesOf, registerType, strideType, typed, type Value, value } from './types.ts';
import type { Address } from './writer.ts';

export type IntrinsicRvalue = Extract<Rvalue, { kind: 'intrinsic' }>;

/** Returns whether the name was one of these. */
export function emitMemory(e: BodyEmitter, rvalue: IntrinsicRvalue, place: Place): boolean {
  const { w } = e;
  const operand = (i: number): Operand => present(rvalue.operands[i], `operand ${i} of ${rvalue.name}`);
  const scalar = (i: number): Value => e.single(operand(i));
  const result = (v: Value): void => e.write(e.resolve(place), [v]);
  const resultPiece = (): AbiPiece => onlyPiece(e, e.placeType(place));
  const elementAddress = (i: number, type: Term, piece: AbiPiece): Address => ({
    ...e.valueAt(scalar(i).text, type),
    align: piece.scalar.size,
  });

  switch (rvalue.name) {
    case 'pointer.null':
      result(value('ptr', 'null'));
      return true;
    case 'pointer.from_int':
      result(w.convert('inttoptr', scalar(0), 'ptr'));
      return true;
    case 'pointer.to_int':
      result(w.convert('ptrtoint', scalar(0), 'i64'));
      return true;
    case 'pointer.cast':
    case 'pointer.deref':
      result(scalar(0));
      return true;
    case 'pointer.offset': {
      const pointee = e.module.layouts.pointee(e.operandType(operand(0)));
      const stride = pointee === null ? 1 : e.layout(pointee).size;
      if (stride === 0) result(scalar(0));
      else result(w.op('ptr', `getelementptr ${strideType(stride)}, ptr ${scalar(0).text}, ${typed(scalar(1))}`));
      return true;
    }
    case 'pointer.offset_bytes':
      result(w.op('ptr', `getelementptr i8, ptr ${scalar(0).text}, ${typed(scalar(1))}`));
      return true;
    case 'pointer.eq':
      result(w.op('i1', `icmp eq ptr ${scalar(0).text}, ${scalar(1).text}`));
      return true;
    case 'pointer.lt':
      result(w.op('i1', `icmp ult ptr ${scalar(0).text}, ${scalar(1).text}`));
      return true;
    case 'pointer.of':
    case 'raw_array.pointer': {
      const target = operand(0);
      result(value('ptr', e.readAddress(target).pointer));
      return true;
    }
    case 'pointer.take': {
      e.storeFrom(e.resolve(place), e.valueAt(scalar(0).text, e.placeType(place)));
      return true;
    }
    case 'pointer.init': {
      const source = operand(1);
      e.storeOperand(source, e.valueAt(scalar(0).text, e.operandType(source)));
      return true;
    }
    // What elaboration left of these concerns trivial types.
    case 'pointer.destroy':
    case 'value.forget':
    case 'value.destroy':
      return true;
    case 'value.uninitialized':
    case 'raw_array.uninitialized':
      uninitialized(e, place);
      return true;
    case 'value.copy': {
      const type = e.placeType(place);
      if (piecesOf(e.layout(type)) !== null) e.write(e.resolve(place), e.values(operand(0)));
      else e.storeFrom(e.resolve(place), e.readAddress(operand(0)));
      return true;
    }
    case 'value.black_box':
      blackBox(e, operand(0), place);
      return true;
    case 'pointer.load':
    case 'pointer.load_volatile': {
      const piece = resultPiece();
      result(w.loadPiece(piece, elementAddress(0, e.placeType(place), piece), 0, rvalue.name !== 'pointer.load'));
      return true;
    }
    case 'pointer.store':
    case 'pointer.store_volatile': {
      const piece = onlyPiece(e, e.operandType(operand(1)));
      w.storePiece(
        scalar(1),
        piece,
        elementAddress(0, e.operandType(operand(1)), piece),
        0,
        rvalue.name !== 'pointer.store',
      );
      return true;
    }
    case 'pointer.masked_load': {
      const piece = resultPiece();
      result(maskedLoad(e, 'load', scalar(0), scalar(1), scalar(2), piece));
      return true;
    }
    case 'pointer.gather': {
      const piece = resultPiece();
      result(maskedLoad(e, 'gather', scalar(0), scalar(1), scalar(2), piece));
      return true;
    }
    case 'pointer.masked_store': {
      const piece = onlyPiece(e, e.operandType(operand(2)));
      maskedStore(e, 'store', scalar(0), scalar(1), scalar(2), piece);
      return true;
    }
    case 'pointer.scatter': {
      const piece = onlyPiece(e, e.operandType(operand(2)));
      maskedStore(e, 'scatter', scalar(0), scalar(1), scalar(2), piece);
      return true;
    }
    case 'pointer.prefetch':
      w.intrinsicVoid('llvm.prefetch.p0', [scalar(0), value('i32', '0'), value('i32', '3'), value('i32', '1')]);
      return true;
    case 'memory.copy':
    case 'memory.move': {
      const name = rvalue.name === 'memory.copy' ? 'llvm.memcpy.p0.p0.i64' : 'llvm.memmove.p0.p0.i64';
      w.intrinsicVoid(name, [scalar(0), scalar(1), scalar(2), value('i1', 'false')]);
      return true;
    }
    case 'memory.set':
      w.intrinsicVoid('llvm.memset.p0.i64', [scalar(0), scalar(1), scalar(2), value('i1', 'false')]);
      return true;
    case 'memory.compare':
      result(compareBytes(e, scalar(0), scalar(1), scalar(2)));
      return true;
    case 'memory.stack': {
      const params = rvalue.params.slice(-2);
      const type = present(params[0], 'element type');
      const count = params[1]?.kind === 'structValue' ? params[1].fields[0] : params[1];
      const layout = e.layout(type);
      const size = count?.kind === 'int' ? layout.size * Number(count.value) : layout.size;
      result(value('ptr', size > 0 ? w.storage(size, layout.align).pointer : dangling(layout.align).pointer));
      return true;
    }
    default:
      return emitAtomic(e, rvalue, place);
  }
}

function onlyPiece(e: BodyEmitter, type: Parameters<BodyEmitter['layout']>[0]): AbiPiece {
  return present(piecesOf(e.layout(type))?.[0], 'a vector or scalar type');
}

/** Registers get zeros, so that no undefined value can spread; memory is left as it is. */
function uninitialized(e: BodyEmitter, place: Place): void {
  const pieces = piecesOf(e.layout(e.placeType(place)));
  if (pieces === null || pieces.length === 0) return;
  const target = e.resolve(place);
  if (target.kind === 'memory') return;
  e.write(
    target,
    pieces.map((piece) => value(registerType(piece), 'zeroinitializer')),
  );
}

/** A round trip that the optimizer must keep: through a register where that holds the value, so that measuring a loop writes no memory,
 *  else through the stack. */
function blackBox(e: BodyEmitter, operand: Operand, place: Place): void {
  const type = e.operandType(operand);
  const layout = e.layout(type);
  if (layout.size === 0) return;
  const [piece, ...others] = piecesOf(layout) ?? [];
  if (piece !== undefined && others.length === 0 && isGeneralRegister(registerType(piece)) && !e.module.target.isWasm) {
    const [v] = e.values(operand);
    const known = present(v, 'value');
    const asm = `call ${known.type} asm sideeffect "", "=r,0,~{memory}"(${typed(known)})`;
    e.write(e.resolve(place), [e.w.op(known.type, asm)]);
    return;
  }
  const storage = e.w.storage(layout.size, layout.align);
  e.storeOperand(operand, storage);
  // An opaque use of the address: the value, and everything reachable from it, may have changed.
  e.w.effect(`call void asm sideeffect "", "r,~{memory}"(ptr ${storage.pointer})`);
  e.storeFrom(e.resolve(place), storage);
}

const isGeneralRegister = (type: string): boolean => /^(ptr|i8|i16|i32|i64)$/.test(type);

function vectorise(e: BodyEmitter, v: Value, lanes: number): Value {
  if (lanes > 1) return v;
  const type = `<1 x ${v.type}>`;
  return e.w.op(type, `insertelement ${type} poison, ${typed(v)}, i64 0`);
}

/** Addresses of a gather: a vector of integers to a vector of pointers. */
function addressVector(e: BodyEmitter, addresses: Value, lanes: number): Value {
  return e.w.convert('inttoptr', vectorise(e, addresses, lanes), `<${lanes} x ptr>`);
}

function memoryVector(e: BodyEmitter, v: Value, piece: AbiPiece): Value {
  return vectorise(e, e.w.toMemory(v, piece), piece.lanes);
}

function maskedLoad(
  e: BodyEmitter,
  kind: 'load' | 'gather',
  address: Value,
  mask: Value,
  passThrough: Value,
  piece: AbiPiece,
): Value {
  const { w } = e;
  const { lanes } = piece;
  const element = memoryType({ ...piece, lanes: 1 }, e.module.wide);
  const type = `<${lanes} x ${element}>`;
  const suffix = `v${lanes}${overloadSuffix(element)}`;
  const size = piece.scalar.size;
  const maskVector = vectorise(e, mask, lanes);
  const other = memoryVector(e, passThrough, piece);
  let loaded: Value;
  if (kind === 'load') {
    const name = `llvm.masked.load.${suffix}.p0`;
    e.module.declareIntrinsic(type, name, ['ptr', maskVector.type, type]);
    loaded = w.op(
      type,
      `call ${type} @${name}(ptr align ${size} ${address.text}, ${typed(maskVector)}, ${typed(other)})`,
    );
  } else {
    const name = `llvm.masked.gather.${suffix}.v${lanes}p0`;
    const pointers = addressVector(e, address, lanes);
    e.module.declareIntrinsic(type, name, [pointers.type, maskVector.type, type]);
    loaded = w.op(
      type,
      `call ${type} @${name}(${pointers.type} align ${size} ${pointers.text}, ${typed(maskVector)}, ${typed(other)})`,
    );
  }
  const scalar = lanes === 1 ? w.op(element, `extractelement ${typed(loaded)}, i64 0`) : loaded;
  return w.toRegister(scalar, piece, registerType(piece));
}

function maskedStore(
  e: BodyEmitter,
  kind: 'store' | 'scatter',
  address: Value,
  mask: Value,
  v: Value,
  piece: AbiPiece,
): void {
  const { w } = e;
  const { lanes } = piece;
  const element = memoryType({ ...piece, lanes: 1 }, e.module.wide);
  const suffix = `v${lanes}${overloadSuffix(element)}`;
  const size = piece.scalar.size;
  const maskVector = vectorise(e, mask, lanes);
  const stored = memoryVector(e, v, piece);
  if (kind === 'store') {
    const name = `llvm.masked.store.${suffix}.p0`;
    e.module.declareIntrinsic('void', name, [stored.type, 'ptr', maskVector.type]);
    w.effect(`call void @${name}(${typed(stored)}, ptr align ${size} ${address.text}, ${typed(maskVector)})`);
    return;
  }
  const name = `llvm.masked.scatter.${suffix}.v${lanes}p0`;
  const pointers = addressVector(e, address, lanes);
  e.module.declareIntrinsic('void', name, [stored.type, pointers.type, maskVector.type]);
  w.effect(
    `call void @${name}(${typed(stored)}, ${pointers.type} align ${size} ${pointers.text}, ${typed(maskVector)})`,
  );
}

const COMPARE_LOOP = (name: string): string => `define internal i32 ${name}(ptr %a, ptr %b, i64 %n) nounwind {
entry:
  br label %head
head:
  %i = phi i64 [ 0, %entry ], [ %next, %same ]
  %more = icmp ult i64 %i, %n
  br i1 %more, label %body, label %equal
body:
  %pa = getelementptr i8, ptr %a, i64 %i
  %pb = getelementptr i8, ptr %b, i64 %i
  %x = load i8, ptr %pa, align 1
  %y = load i8, ptr %pb, align 1
  %next = add i64 %i, 1
  %eq = icmp eq i8 %x, %y
  br i1 %eq, label %same, label %differ
same:
  br label %head
differ:
  %wx = zext i8 %x to i32
  %wy = zext i8 %y to i32
  %d = sub i32 %wx, %wy
  ret i32 %d
equal:
  ret i32 0
}
`;

function compareBytes(e: BodyEmitter, a: Value, b: Value, n: Value): Value {
  const { w } = e;
  const callee = e.module.target.isWasm
    ? e.module.helper('__kiln_compare_bytes', () => COMPARE_LOOP('@__kiln_compare_bytes'))
    : e.module.declareForeign('memcmp', 'i32', ['ptr', 'ptr', 'i64'], null);
  const difference = w.call('i32', callee, [a, b, n]);
  const positive = w.convert('zext', w.op('i1', `icmp sgt i32 ${difference.text}, 0`), 'i64');
  const negative = w.convert('zext', w.op('i1', `icmp slt i32 ${difference.text}, 0`), 'i64');
  return w.binary('sub', positive, negative);
}

// -------------------------------------------------------------------------------------------------------- atomics

function emitAtomic(e: BodyEmitter, rvalue: IntrinsicRvalue, place: Place): boolean {
  const { w } = e;
  const { name } = rvalue;
  if (name === 'atomic.fence') {
    w.effect('fence seq_cst');
    return true;
  }
  if (name === 'atomic.pause') {
    const { arch } = e.module.target;
    if (arch === 'x86_64') w.intrinsicVoid('llvm.x86.sse2.pause', []);
    else if (arch === 'aarch64') w.intrinsicVoid('llvm.aarch64.hint', [value('i32', '1')]);
    return true;
  }
  if (!name.startsWith('atomic.')) return false;
  const operand = (i: number): Operand => present(rvalue.operands[i], `operand ${i} of ${name}`);
  const pointer = e.single(operand(0)).text;
  const type = name === 'atomic.load' ? e.placeType(place) : e.operandType(operand(1));
  const piece = onlyPiece(e, type);
  const memory = memoryType(piece, e.module.wide);
  const register = registerType(piece);
  const align = piece.scalar.size;
  const argument = (i: number): Value => w.toMemory(e.single(operand(i)), piece);
  const result = (v: Value): void => e.write(e.resolve(place), [w.toRegister(v, piece, register)]);
  switch (name) {
    case 'atomic.load':
      result(w.op(memory, `load atomic ${memory}, ptr ${pointer} seq_cst, align ${align}`));
      return true;
    case 'atomic.store':
      w.effect(`store atomic ${typed(argument(1))}, ptr ${pointer} seq_cst, align ${align}`);
      return true;
    case 'atomic.compare_exchange': {
      // Floats are compared by bits.
      const word = memory === 'float' ? 'i32' : memory === 'double' ? 'i64' : memory;
      const expected = w.convert('bitcast', argument(1), word);
      const desired = w.convert('bitcast', argument(2), word);
      const pair = w.op(
        `{ ${word}, i1 }`,
        `cmpxchg ptr ${pointer}, ${typed(expected)}, ${typed(desired)} seq_cst seq_cst, align ${align}`,
      );
      result(w.convert('bitcast', w.op(word, `extractvalue ${typed(pair)}, 0`), memory));
      return true;
    }
    case 'atomic.exchange':
    case 'atomic.add':
    case 'atomic.sub':
    case 'atomic.max':
    case 'atomic.min': {
      const operation = atomicOperation(name.slice(7), piece);
      result(w.op(memory, `atomicrmw ${operation} ptr ${pointer}, ${typed(argument(1))} seq_cst, align ${align}`));
      return true;
    }
    default:
      return false;
  }
}

function atomicOperation(name: string, piece: AbiPiece): string {
  if (name === 'exchange') return 'xchg';
  const kind = piece.scalar.kind === 'dtype' && !isBoolScalar(piece.scalar) ? piece.scalar.dtype.kind : 'unsigned';
  if (kind === 'float') return `f${name}`;
  if (name === 'add' || name === 'sub') return name;
  return kind === 'signed' ? name : `u${name}`;
}
