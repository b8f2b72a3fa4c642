/** Statements and calls of a concrete body.
 *  In: MIR statements. Out: instructions through the `BodyEmitter`.
 *  Invariants: a callee's result storage never overlaps its operands; on the error edge of a call the destination keeps its
 *  old value (errors and results go through temporaries unless the local is assigned only there). */
import { InternalError, present, unreachable } from '../base/invariant.ts';
import {
  type Callee,
  forwardsCallLocation,
  type Operand,
  type Place,
  type Rvalue,
  type Statement,
  type Terminator,
} from '../mir/mir.ts';
import type { FunctionTypeTerm, Term } from '../terms/term.ts';
import { type Abi, extensionAttribute } from './abi.ts';
import { type BodyEmitter, dangling, type Resolved } from './emitter.ts';
import { emitIntrinsic } from './intrinsics.ts';
import { emitPassed } from './error-trace.ts';
import { emitForeignCall } from './foreign.ts';
import { materialize } from './materialize.ts';
import { piecesOf, registerType, typed, type Value, value } from './types.ts';
import type { Address } from './writer.ts';

export type AnyCall = Extract<Statement, { kind: 'call' }> | Extract<Terminator, { kind: 'tryCall' }>;

export function emitStatement(e: BodyEmitter, statement: Statement): void {
  e.w.at(statement.span);
  switch (statement.kind) {
    case 'assign':
      emitAssign(e, statement.place, statement.value);
      return;
    case 'call':
      emitCall(e, statement);
      return;
    case 'declare':
    case 'use':
    case 'comptimeAssert':
    // What is still a drop in a concrete body destroys nothing.
    case 'drop':
      return;
    default:
      unreachable(statement);
  }
}

function emitAssign(e: BodyEmitter, place: Place, rvalue: Rvalue): void {
  switch (rvalue.kind) {
    case 'use':
      assignOperand(e, place, rvalue.operand);
      return;
    case 'ref': {
      const address = e.address(e.resolve(rvalue.place));
      e.write(e.resolve(place), [value('ptr', address.pointer)]);
      return;
    }
    case 'aggregate':
      assignAggregate(e, place, rvalue.operands);
      return;
    case 'variadic':
      assignVariadic(e, place, rvalue.operands);
      return;
    case 'intrinsic':
      emitIntrinsic(e, rvalue, place);
      return;
    case 'materialize':
      materialize(e, rvalue.term, e.resolve(place));
      return;
    default:
      unreachable(rvalue);
  }
}

function assignOperand(e: BodyEmitter, place: Place, operand: Operand): void {
  const type = e.placeType(place);
  const layout = e.layout(type);
  if (layout.size === 0) return;
  if (piecesOf(layout) !== null) {
    const values = e.values(operand);
    e.write(e.resolve(place), values);
    return;
  }
  const from = e.readAddress(operand);
  e.storeFrom(e.resolve(place), from);
}

function mentions(operand: Operand, local: number): boolean {
  return operand.kind !== 'constant' && operand.place.root.kind === 'local' && operand.place.root.local === local;
}

/** Whether a place can be written while the operands are still being read. */
function isFresh(e: BodyEmitter, place: Place, operands: readonly Operand[]): boolean {
  const root = e.ownRoot(place);
  return root !== null && !operands.some((operand) => mentions(operand, root));
}

function assignAggregate(e: BodyEmitter, place: Place, operands: readonly Operand[]): void {
  const type = e.placeType(place);
  const layout = e.layout(type);
  if (layout.size === 0) return;
  if (piecesOf(layout) !== null) {
    const values = operands.flatMap((operand) => e.values(operand));
    // A one-lane vector built from its field is that field.
    e.write(e.resolve(place), layout.kind === 'aggregate' ? values : values.slice(0, 1));
    return;
  }
  const fresh = isFresh(e, place, operands);
  const target = e.resolve(place);
  const storage = fresh ? e.address(target) : e.w.storage(layout.size, layout.align);
  operands.forEach((operand, i) => {
    const field = present(layout.fields[i], 'field of an aggregate');
    const inner = e.layout(field.type);
    if (inner.size === 0) return;
    const pointer = e.w.offset(storage.pointer, field.offset);
    e.storeOperand(operand, { pointer, align: Math.min(inner.align, storage.align) });
  });
  if (!fresh) e.storeFrom(target, storage);
}

const POINTER_PIECE = { offset: 0, scalar: { kind: 'pointer', size: 8 }, lanes: 1 } as const;

/** A pack holds the addresses themselves; a variadic list the address of an array of them, and the count. */
function assignVariadic(e: BodyEmitter, place: Place, operands: readonly Operand[]): void {
  const type = e.placeType(place);
  const layout = e.layout(type);
  const addresses = operands.map((operand) => {
    const address = operand.kind === 'constant' ? e.readAddress(operand) : e.address(e.resolve(operand.place));
    return value('ptr', address.pointer);
  });
  if (e.module.layouts.declaration(type)?.builtin === 'pack') {
    if (layout.size === 0) return;
    const target = e.resolve(place);
    if (piecesOf(layout) !== null) e.write(target, addresses);
    else {
      const base = e.address(target);
      for (const [i, address] of addresses.entries()) e.w.storePiece(address, POINTER_PIECE, base, i * 8);
    }
    return;
  }
  let array: Address = dangling(8);
  if (addresses.length > 0) {
    array = e.w.storage(addresses.length * 8, 8);
    for (const [i, address] of addresses.entries()) e.w.storePiece(address, POINTER_PIECE, array, i * 8);
  }
  const header: Value[] = [value('ptr', array.pointer), value('i64', `${addresses.length}`)];
  const target = e.resolve(place);
  const pieces = piecesOf(layout);
  if (pieces !== null) e.write(target, header.slice(0, pieces.length));
  else {
    const base = e.address(target);
    e.w.storePiece(present(header[0], 'array'), POINTER_PIECE, base, 0);
    e.w.effect(`store i64 ${addresses.length}, ptr ${e.w.offset(base.pointer, 8)}, align 8`);
  }
}

// ---------------------------------------------------------------------------------------------------------- calls

export interface ResolvedCallee {
  readonly abi: Abi;
  readonly reference: string;
  /** C extension attributes on small integers. */
  readonly isC: boolean;
}

export function calleeAbi(e: Pick<BodyEmitter, 'module'>, callee: Callee): Abi | null {
  switch (callee.kind) {
    case 'instance':
      return e.module.abiOf(callee.instance);
    case 'pointer':
      if (callee.type.kind !== 'functionType') throw new InternalError('a pointer call without a function type');
      return e.module.rules.pointerAbi(callee.type);
    case 'foreign':
      return null;
    case 'function':
    case 'requirement':
    case 'callable':
      throw new InternalError(`a ${callee.kind} callee in a concrete body`);
    default:
      return unreachable(callee);
  }
}

function resolveCallee(e: BodyEmitter, callee: Callee): ResolvedCallee {
  const abi = present(calleeAbi(e, callee), 'convention of a callee');
  if (callee.kind === 'instance') {
    const { exported } = e.module.program.instances.get(callee.instance).attributes;
    return { abi, reference: e.module.instanceReference(callee.instance, e.w.fpMode), isC: exported };
  }
  if (callee.kind !== 'pointer') throw new InternalError('no such callee');
  const type = callee.type as FunctionTypeTerm;
  return { abi, reference: e.single(callee.value).text, isC: type.cAbi };
}

/** Writes one argument group. */
function pushArgument(
  e: BodyEmitter,
  out: string[],
  operand: Operand,
  passing: Abi['args'][number],
  isC: boolean,
): void {
  if (passing.passing.kind === 'pieces') {
    const values = e.values(operand);
    passing.passing.pieces.forEach((piece, i) => {
      const v = present(values[i], 'piece of an argument');
      out.push(isC ? `${v.type} ${extensionAttribute(piece)}${v.text}` : typed(v));
    });
    return;
  }
  // Callees may change or consume what they own and what they borrow mutably; a copy must not be seen to change.
  const address = operand.kind === 'copy' ? e.ownedAddress(operand) : ownedOrBorrowed(e, operand, passing.convention);
  out.push(`ptr ${address.pointer}`);
}

function ownedOrBorrowed(e: BodyEmitter, operand: Operand, convention: string): Address {
  const consumed = convention === 'var' || convention === 'deinit' || convention === 'mut';
  return consumed ? e.ownedAddress(operand) : e.readAddress(operand);
}

function locationArgument(e: BodyEmitter, callee: Callee): string {
  const isForwarded =
    e.abi.wantsLocation &&
    callee.kind === 'instance' &&
    forwardsCallLocation(e.instance.attributes, e.module.program.instances.get(callee.instance).attributes);
  if (isForwarded) return '%location';
  return e.module.locationDescriptor(e.w.span);
}

interface CallOutcome {
  readonly flag: Value | null;
  /** Null: already in place, or through `resultStorage`. */
  readonly pieces: readonly Value[] | null;
  readonly resultStorage: Address | null;
  readonly errorStorage: Address | null;
}

/** The call itself. Memory-class results go to `directResult`, or to a temporary. */
function performCall(
  e: BodyEmitter,
  call: AnyCall,
  callee: ResolvedCallee,
  directResult: Address | null,
  directError: Address | null,
): CallOutcome {
  const { abi } = callee;
  const args: string[] = [];
  let resultStorage: Address | null = null;
  if (abi.resultPieces === null) {
    const layout = e.layout(abi.resultType);
    resultStorage = directResult ?? e.w.storage(layout.size, layout.align);
    args.push(`ptr ${resultStorage.pointer}`);
  }
  call.args.forEach((operand, i) => {
    const arg = present(abi.args[i], `formal argument ${i}`);
    pushArgument(e, args, operand, arg, callee.isC);
  });
  if (abi.wantsLocation) args.push(`ptr ${locationArgument(e, call.callee)}`);
  let errorStorage: Address | null = null;
  if (abi.errorAttributes !== null) {
    const layout = e.layout(present(abi.errorType, 'error type'));
    errorStorage = directError ?? e.w.storage(layout.size, layout.align);
    args.push(`ptr ${errorStorage.pointer}`);
  }
  const text = `call ${abi.returnType} ${callee.reference}(${args.join(', ')})`;
  const pieces = abi.resultPieces;
  if (abi.returnType === 'void') {
    e.w.effect(text);
    return { flag: null, pieces: pieces === null ? null : [], resultStorage, errorStorage };
  }
  const returned = e.w.op(abi.returnType, text);
  const types = (pieces ?? []).map(registerType);
  if (abi.raises) types.unshift('i1');
  const parts =
    types.length === 1 ? [returned] : types.map((type, i) => e.w.op(type, `extractvalue ${typed(returned)}, ${i}`));
  const flag = abi.raises ? present(parts.shift(), 'error flag') : null;
  return { flag, pieces: pieces === null ? null : parts, resultStorage, errorStorage };
}

function finishResult(e: BodyEmitter, target: Resolved, outcome: CallOutcome): void {
  if (outcome.pieces !== null) {
    if (outcome.pieces.length > 0) e.write(target, outcome.pieces);
    return;
  }
  e.storeFrom(target, present(outcome.resultStorage, 'result storage'));
}

function directStorage(
  e: BodyEmitter,
  place: Place,
  type: Term,
  operands: readonly Operand[],
  once: boolean,
): Address | null {
  const layout = e.layout(type);
  if (piecesOf(layout) !== null || !isFresh(e, place, operands)) return null;
  if (place.root.kind !== 'local') return null;
  const facts = e.facts.locals[place.root.local];
  if (once && (facts === undefined || facts.defs > 1 || facts.partial || place.projections.length > 0)) return null;
  // A reference to the destination may be among the operands, hidden in a value.
  if (facts?.addressed === true && facts.defs > 1) return null;
  const target = e.resolve(place);
  return target.kind === 'memory' ? target.address : null;
}

function emitCall(e: BodyEmitter, call: Extract<Statement, { kind: 'call' }>): void {
  if (call.callee.kind === 'foreign') {
    emitForeignCall(e, call.callee.symbol, call.args, call.dest);
    return;
  }
  const callee = resolveCallee(e, call.callee);
  const outcome = performCall(
    e,
    call,
    callee,
    directStorage(e, call.dest, callee.abi.resultType, call.args, false),
    null,
  );
  if (hasBytes(e, call.dest)) finishResult(e, e.resolve(call.dest), outcome);
}

function hasBytes(e: BodyEmitter, place: Place): boolean {
  return e.layout(e.placeType(place)).size > 0;
}

/** A call with an error edge. `blockLabel` names MIR blocks. */
export function emitTryCall(
  e: BodyEmitter,
  call: Extract<Terminator, { kind: 'tryCall' }>,
  blockLabel: (block: number) => string,
): void {
  e.w.at(call.span);
  if (call.callee.kind === 'foreign') {
    emitForeignCall(e, call.callee.symbol, call.args, call.dest);
    e.w.effect(`br label %${blockLabel(call.target)}`);
    return;
  }
  const callee = resolveCallee(e, call.callee);
  const { abi } = callee;
  const directResult = directStorage(e, call.dest, abi.resultType, call.args, true);
  const directError = abi.errorType === null ? null : directErrorStorage(e, call.errorDest, call.args);
  const outcome = performCall(e, call, callee, directResult, directError);
  if (outcome.flag === null) {
    if (hasBytes(e, call.dest)) finishResult(e, e.resolve(call.dest), outcome);
    e.w.effect(`br label %${blockLabel(call.target)}`);
    return;
  }
  const ok = e.w.freshLabel('ok');
  const failed = e.w.freshLabel('failed');
  e.w.effect(`br i1 ${outcome.flag.text}, label %${failed}, label %${ok}${e.module.unlikely()}`);
  e.w.label(ok);
  if (hasBytes(e, call.dest)) finishResult(e, e.resolve(call.dest), outcome);
  e.w.effect(`br label %${blockLabel(call.target)}`);
  e.w.label(failed);
  if (abi.errorType !== null) emitPassed(e, call.span, abi.errorType);
  if (outcome.errorStorage !== null) e.storeFrom(e.resolve(call.errorDest), outcome.errorStorage);
  e.w.effect(`br label %${blockLabel(call.onError)}`);
}

/** The error's own local, when nothing else can be in it. */
function directErrorStorage(e: BodyEmitter, place: Place, operands: readonly Operand[]): Address | null {
  if (!isFresh(e, place, operands) || place.root.kind !== 'local') return null;
  const { kind } = e.body.locals.get(place.root.local);
  if (kind.kind === 'result') return null;
  const target = e.resolve(place);
  return target.kind === 'memory' && place.projections.length === 0 ? target.address : null;
}
