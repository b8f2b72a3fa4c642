/** Lowers calls, intrinsics and variadic arguments: how each argument travels, which calls may raise, which never return. */
import type { Span } from '../../base/span.ts';
import type { HirArg, HirCallee, HirExpr } from '../../sema/hir.ts';
import type { Term } from '../../terms/term.ts';
import { intrinsicInfo } from '../intrinsics.ts';
import type { Callee, Operand, Place } from '../mir.ts';
import type { ErrorTarget, LowerContext } from './context.ts';
import { localPlace, project } from './body-builder.ts';
import { elementArguments, withCopies } from './element-arguments.ts';
import {
  isPlace,
  isSimple,
  lowerOperand,
  lowerPlace,
  lowerRead,
  lowerToTemporary,
  movedResult,
  ownedPlace,
  seenElement,
  settle,
} from './expressions.ts';

type CallExpr = HirExpr & { readonly kind: 'call' };
type IntrinsicExpr = HirExpr & { readonly kind: 'intrinsic' };
type VariadicExpr = HirExpr & { readonly kind: 'variadic' };

/** Type of formal `index` as declared when an `imm` argument; null when it always goes by address. */
type ImmFormal = (index: number) => Term | null;

export function lowerCallLike(cx: LowerContext, expr: CallExpr | IntrinsicExpr | VariadicExpr, dest: Place): void {
  switch (expr.kind) {
    case 'call':
      lowerCall(cx, expr, dest);
      return;
    case 'intrinsic':
      prepareIntrinsic(cx, expr, []).emit(dest);
      return;
    case 'variadic': {
      const operands = lowerArgs(cx, expr.elements, () => null, []).map((operand) => ownedElement(cx, operand));
      cx.builder.assign(dest, { kind: 'variadic', operands }, expr.span);
      return;
    }
  }
}

/** An element that the callee consumes stands in a temporary: a variable is moved there. */
function ownedElement(cx: LowerContext, operand: Operand): Operand {
  if (operand.kind !== 'move' && operand.kind !== 'copyOrMove') return operand;
  const { root, projections } = operand.place;
  const local = root.kind === 'local' ? cx.builder.locals.get(root.local) : null;
  if (local?.kind.kind === 'temporary' && projections.length === 0) return operand;
  const last = projections[projections.length - 1];
  const type = last?.type ?? local?.type;
  if (type === undefined) return operand;
  const temporary = localPlace(cx.builder.newTemporary(type, operand.span));
  cx.builder.assignOperand(temporary, operand, operand.span);
  return { kind: 'move', place: temporary, span: operand.span };
}

/** A call whose arguments were evaluated; `emit` makes it, once. */
export interface PreparedCall {
  emit(dest: Place): void;
}

function lowerCall(cx: LowerContext, expr: CallExpr, dest: Place): void {
  const { root, projections } = dest;
  const local = root.kind === 'local' && projections.length === 0 ? cx.builder.locals.get(root.local) : null;
  const isNameless = local !== null && local.name === '' && local.kind.kind !== 'result';
  if (isNameless || !isConverted(cx, expr)) {
    prepareCall(cx, expr, []).emit(dest);
    return;
  }
  cx.builder.assignOperand(dest, movedResult(cx, expr), expr.span);
}

/** A call whose error is converted. Officially its result reaches a variable by a move. */
export function isConverted(cx: LowerContext, expr: HirExpr): expr is CallExpr {
  return expr.kind === 'call' && (expr.passedOn ?? null) !== null && !cx.types.isTrivialCopy(expr.type);
}

/** Evaluates callee and arguments; `later` is what else is evaluated before the call is made. */
export function prepareCall(cx: LowerContext, expr: CallExpr, later: readonly HirExpr[]): PreparedCall {
  const program = cx.types.program;
  const callee = expr.callee;
  if (callee.kind === 'function') {
    const fn = program.function(callee.fn);
    if (fn.kind.kind === 'intrinsic') {
      const name = fn.kind.name;
      const operands = intrinsicOperands(cx, name, expr.args, later);
      return { emit: (dest) => emitIntrinsic(cx, expr, name, callee.args, operands, dest) };
    }
  }
  const lowered = lowerCallee(cx, callee);
  const args = lowerArgs(cx, expr.args, immFormals(cx, callee), later);
  return { emit: (dest) => emitCall(cx, expr, lowered, args, dest) };
}

function prepareIntrinsic(cx: LowerContext, expr: IntrinsicExpr, later: readonly HirExpr[]): PreparedCall {
  const operands = intrinsicOperands(cx, expr.name, expr.args, later);
  return { emit: (dest) => emitIntrinsic(cx, expr, expr.name, expr.params, operands, dest) };
}

function emitCall(cx: LowerContext, expr: CallExpr, lowered: Callee, operands: readonly Operand[], dest: Place): void {
  const program = cx.types.program;
  const builder = cx.builder;
  const callee = expr.callee;
  const span = expr.span;
  const elements = elementArguments(cx, callee, expr.args);
  const copied = elements.length === 0 ? null : withCopies(cx, operands, expr.args, elements, span);
  const args = readParts(cx, copied?.operands ?? operands);
  if (expr.raises === null || cx.types.isNever(expr.raises)) {
    builder.emit({ kind: 'call', span, callee: lowered, args, dest, store: 'unknown' });
    copied?.writeBack();
  } else {
    const error = errorTarget(cx, expr, expr.raises);
    const target = builder.newBlock(span);
    const onError = copied === null ? error.block : builder.newBlock(span);
    builder.terminate({
      kind: 'tryCall',
      span,
      callee: lowered,
      args,
      dest,
      errorDest: error.place,
      store: 'unknown',
      target,
      onError,
    });
    if (copied !== null) {
      builder.switchTo(onError);
      copied.writeBack();
      builder.goto(error.block, span);
    }
    if (expr.passedOn !== undefined && expr.passedOn !== null) {
      builder.switchTo(error.block);
      raiseValue(cx, expr.passedOn.value, span);
    }
    builder.switchTo(target);
    copied?.writeBack();
  }
  const noReturn = callee.kind === 'function' && program.function(callee.fn).attributes.noReturn;
  if (noReturn || cx.types.isNever(expr.type)) builder.terminate({ kind: 'unreachable', span });
}

/** Where the error of a call goes; one that is converted first, into a block of its own. */
function errorTarget(cx: LowerContext, expr: CallExpr, type: Term): ErrorTarget {
  const conversion = expr.passedOn ?? null;
  if (conversion === null) return cx.errorTarget(type, expr.span);
  return { block: cx.builder.newBlock(expr.span), place: localPlace(cx.declareLocal(conversion.local)) };
}

/** Raises a value to the innermost target. */
export function raiseValue(cx: LowerContext, value: HirExpr, span: Span): void {
  const error = cx.errorTarget(value.type, span);
  // The value is complete before the error local is touched: computing it may itself raise.
  const operand = lowerOperand(cx, value);
  cx.builder.assignOperand(error.place, operand, span);
  // Only an `Error` leaves `main`.
  if (cx.types.builtinOf(value.type) === 'error') markRaise(cx, span);
  cx.builder.goto(error.block, span);
}

/** Where an error begins its way, for the stack of one that nobody catches. */
function markRaise(cx: LowerContext, span: Span): void {
  const { program } = cx.types;
  const none = program.builtin('none');
  if (none === null) return;
  const nothing = localPlace(cx.builder.newTemporary(program.struct(none).self, span));
  cx.builder.assign(nothing, { kind: 'intrinsic', name: 'error.raised', params: [], operands: [] }, span);
}

function lowerCallee(cx: LowerContext, callee: HirCallee): Callee {
  switch (callee.kind) {
    case 'pointer':
      return { kind: 'pointer', value: trivialOperand(cx, callee.value), type: callee.type };
    case 'function':
    case 'requirement':
    case 'callable':
      return callee;
  }
}

/** A value of trivial type, read where it stands; `later`: what is evaluated before it is read. */
function trivialOperand(cx: LowerContext, expr: HirExpr, later: readonly HirExpr[] = []): Operand {
  const read = later.every(isSimple) ? lowerRead : lowerPlace;
  if (isPlace(expr)) return { kind: 'copy', place: read(cx, expr), span: expr.span };
  return lowerOperand(cx, expr);
}

/** Which formals are `imm`, with their declared types. */
function immFormals(cx: LowerContext, callee: HirCallee): ImmFormal {
  switch (callee.kind) {
    case 'function':
    case 'requirement':
      return (index) => {
        const arg = cx.types.formal(callee, index);
        return arg !== null && arg.convention === 'imm' && arg.variadic === 'none' ? arg.type : null;
      };
    case 'pointer':
      return signatureFormals(callee.type, 0);
    case 'callable':
      // The callable itself comes first and is always borrowed.
      return signatureFormals(callee.signature, 1);
  }
}

function signatureFormals(signature: Term, offset: number): ImmFormal {
  return (index) => {
    if (signature.kind !== 'functionType') return null;
    const arg = signature.args[index - offset];
    return arg !== undefined && arg.convention === 'imm' && arg.variadic === 'none' ? arg.type : null;
  };
}

/** Operands in order. An argument that is a place stays one until the call is made: its value is read when the other arguments are
 *  there. `after` is evaluated before the call as well, but belongs to what the call is part of: it reads what it finds.
 *  A place that a call designates (`xs[i] += f()`) is computed last, its index first: the other arguments may change what
 *  holds it. */
function lowerArgs(cx: LowerContext, args: readonly HirArg[], formal: ImmFormal, after: readonly HirExpr[]): Operand[] {
  const operands: (Operand | (() => Operand))[] = args.map((arg, index) => {
    const later = [...args.slice(index + 1).map((other) => other.expr), ...after];
    const isLast = later.every(isSimple);
    const place = arg.mode !== 'borrowMut' ? deferRead(cx, arg.expr) : isLast ? null : deferPlace(cx, arg.expr, later);
    if (place !== null) return () => argumentAt(cx, arg, formal(index), place());
    return lowerArg(cx, arg, formal(index), after, isLast ? lowerRead : lowerPlace);
  });
  return operands.map((operand) => (typeof operand === 'function' ? operand() : operand));
}

/** Of a part that is read late: evaluates its own parts now, what it reads when asked. */
export function deferRead(cx: LowerContext, expr: HirExpr): (() => Place) | null {
  switch (expr.kind) {
    case 'copy':
      return deferRead(cx, expr.place);
    case 'field': {
      const base = deferRead(cx, expr.base);
      if (base === null) return null;
      const { index, name, type } = expr;
      return () => project(base(), { kind: 'field', index, name, type });
    }
    case 'deref': {
      const { reference, type } = expr;
      const holder = reference.kind === 'call' ? deferRead(cx, reference) : null;
      return holder === null ? null : () => project(holder(), { kind: 'deref', type });
    }
    case 'materialize':
      return () => lowerToTemporary(cx, expr);
    case 'call':
    case 'intrinsic': {
      if (expr.late !== true) return null;
      const prepared = expr.kind === 'call' ? prepareCall(cx, expr, []) : prepareIntrinsic(cx, expr, []);
      return () => {
        const made = localPlace(cx.builder.newTemporary(expr.type, expr.span));
        prepared.emit(made);
        return made;
      };
    }
    default:
      return null;
  }
}

function argumentAt(cx: LowerContext, arg: HirArg, formal: Term | null, place: Place): Operand {
  const { expr, mode } = arg;
  if (mode === 'own') return ownedPlace(cx, expr, place);
  if (mode === 'borrow' && formal !== null && cx.types.isRegisterTrivial(formal))
    return { kind: 'copy', place, span: expr.span };
  return { kind: mode, place, span: expr.span };
}

/** A place behind the reference that a call returns: evaluates the call's arguments now, the call when asked. */
export function deferPlace(cx: LowerContext, expr: HirExpr, later: readonly HirExpr[]): (() => Place) | null {
  switch (expr.kind) {
    case 'field': {
      const base = deferPlace(cx, expr.base, later);
      if (base === null) return null;
      const { index, name, type } = expr;
      return () => project(base(), { kind: 'field', index, name, type });
    }
    case 'deref': {
      const { reference, type } = expr;
      if (reference.kind !== 'call') return null;
      const prepared = prepareCall(cx, reference, later);
      return () => {
        const holder = localPlace(cx.builder.newTemporary(reference.type, reference.span));
        prepared.emit(holder);
        return project(holder, { kind: 'deref', type });
      };
    }
    default:
      return null;
  }
}

function lowerArg(
  cx: LowerContext,
  arg: HirArg,
  formal: Term | null,
  after: readonly HirExpr[],
  read: typeof lowerRead,
): Operand {
  const expr = arg.expr;
  switch (arg.mode) {
    case 'own':
      return settle(cx, lowerOperand(cx, expr), expr, after);
    case 'borrowMut':
      return { kind: 'borrowMut', place: lowerPlace(cx, expr), span: expr.span };
    case 'borrow': {
      if (formal === null || !cx.types.isRegisterTrivial(formal))
        return { kind: 'borrow', place: lowerPlace(cx, expr), span: expr.span };
      if (expr.kind === 'constant') return { kind: 'constant', term: expr.term, type: expr.type, span: expr.span };
      const copy: Operand = {
        kind: 'copy',
        place: read(cx, expr.kind === 'copy' ? expr.place : expr),
        span: expr.span,
      };
      return settle(cx, copy, expr, after);
    }
  }
}

/** Operand shapes come from the intrinsic's signature text: `borrow T` asks for an address, everything else for a value. */
function intrinsicOperands(
  cx: LowerContext,
  name: string,
  args: readonly HirArg[],
  after: readonly HirExpr[],
): Operand[] {
  const borrows = borrowedOperands(name);
  const operands = args.map((arg, index): Operand | (() => Operand) => {
    const late = borrows.has(index) ? null : deferRead(cx, arg.expr);
    if (late !== null)
      return (): Operand => {
        const place = late();
        return arg.mode === 'own' ? ownedPlace(cx, arg.expr, place) : { kind: 'copy', place, span: arg.expr.span };
      };
    if (borrows.has(index)) {
      const kind: 'borrow' | 'borrowMut' = arg.mode === 'borrowMut' ? 'borrowMut' : 'borrow';
      return { kind, place: lowerPlace(cx, arg.expr), span: arg.expr.span };
    }
    const later = args.slice(index + 1).map((other) => other.expr);
    const operand = arg.mode === 'own' ? lowerOperand(cx, arg.expr) : trivialOperand(cx, arg.expr, later);
    return settle(cx, operand, arg.expr, after);
  });
  return operands.map((operand) => (typeof operand === 'function' ? operand() : operand));
}

/** What is copied out of a larger value is read one by one just before the call, so that its owner may die there. */
function readParts(cx: LowerContext, operands: readonly Operand[]): readonly Operand[] {
  return operands.map((operand) => {
    const seen = operand.kind === 'copyOrMove' ? seenElement(operand.place) : null;
    if (seen !== null && operand.kind !== 'constant') {
      // Copied when all arguments are there; what the element belongs to may end before the call.
      const copy = localPlace(cx.builder.newTemporary(seen, operand.span));
      cx.builder.assignOperand(copy, operand, operand.span);
      return { kind: 'move', place: copy, span: operand.span };
    }
    if (operand.kind !== 'copy' || operand.place.projections.length === 0) return operand;
    const { root } = operand.place;
    if (root.kind !== 'local') return operand;
    const local = cx.builder.locals.get(root.local);
    const { kind } = local;
    const isOwner = kind.kind !== 'argument' || kind.convention === 'var' || kind.convention === 'deinit';
    if (!isOwner || (local.type.kind !== 'ref' && !cx.types.needsDrop(local.type))) return operand;
    const last = operand.place.projections[operand.place.projections.length - 1];
    if (last === undefined || !cx.types.isRegisterTrivial(last.type)) return operand;
    const temporary = localPlace(cx.builder.newTemporary(last.type, operand.span));
    cx.builder.assignOperand(temporary, operand, operand.span);
    return { kind: 'copy', place: temporary, span: operand.span };
  });
}

function emitIntrinsic(
  cx: LowerContext,
  expr: HirExpr,
  name: string,
  params: readonly Term[],
  args: readonly Operand[],
  dest: Place,
): void {
  const operands = readParts(cx, args);
  cx.builder.assign(dest, { kind: 'intrinsic', name, params, operands }, expr.span);
  if (cx.types.isNever(expr.type)) cx.builder.terminate({ kind: 'unreachable', span: expr.span });
}

const borrowTable = new Map<string, ReadonlySet<number>>();

function borrowedOperands(name: string): ReadonlySet<number> {
  const known = borrowTable.get(name);
  if (known !== undefined) return known;
  const result = new Set<number>();
  const signature = intrinsicInfo(name)?.signature ?? '';
  const list = signature.slice(signature.indexOf('(') + 1, signature.indexOf(')'));
  list.split(',').forEach((operand, index) => {
    if (operand.trim().startsWith('borrow ')) result.add(index);
  });
  borrowTable.set(name, result);
  return result;
}
