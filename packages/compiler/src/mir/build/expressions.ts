/** Lowers HIR expressions: as a place, as an owned operand, into a destination, or as a jump.
 *  Rule of the whole file: a value that must outlive its own statement stands in a temporary, so that drop insertion can
 *  end its life at its last use. Results are built in place: no temporary between a call and the variable it initializes. */
import { unreachable } from '../../base/invariant.ts';
import type { Span } from '../../base/span.ts';
import type { HirExpr, HirPlace } from '../../sema/hir.ts';
import type { Term } from '../../terms/term.ts';
import type { BlockId, LocalId, Operand, Place } from '../mir.ts';
import { localPlace, project } from './body-builder.ts';
import type { LowerContext } from './context.ts';

export function isPlace(expr: HirExpr): expr is HirPlace {
  switch (expr.kind) {
    case 'local':
    case 'global':
    case 'field':
    case 'element':
    case 'deref':
      return true;
    default:
      return false;
  }
}

/** The place that an expression designates; a value is put into a temporary first. */
export function lowerPlace(cx: LowerContext, expr: HirExpr): Place {
  switch (expr.kind) {
    case 'local':
      return localPlace(cx.localOf(expr.local));
    case 'global':
      return { root: { kind: 'global', global: expr.global }, projections: [] };
    case 'field':
      return project(lowerPlace(cx, expr.base), {
        kind: 'field',
        index: expr.index,
        name: expr.name,
        type: expr.type,
      });
    case 'element':
      return project(lowerPlace(cx, expr.base), { kind: 'element', index: expr.index, type: expr.type });
    case 'deref':
      return lowerDeref(cx, expr.reference, expr.type);
    case 'block':
      cx.lowerings.statements(cx, expr.statements);
      return lowerPlace(cx, expr.result);
    default:
      return lowerToTemporary(cx, expr);
  }
}

function lowerDeref(cx: LowerContext, reference: HirExpr, type: HirExpr['type']): Place {
  // Reading the address out of a reference needs no copy of the reference, and `ref p` followed at once is `p`.
  const source = reference.kind === 'copy' ? reference.place : reference;
  if (source.kind === 'refOf') return lowerPlace(cx, source.place);
  const base = lowerPlace(cx, source);
  return project(base, { kind: 'deref', type });
}

export function lowerToTemporary(cx: LowerContext, expr: HirExpr): Place {
  const place = localPlace(cx.builder.newTemporary(expr.type, expr.span));
  if (expr.kind === 'conditional') lowerConditional(cx, expr, place);
  else lowerInto(cx, expr, place);
  return place;
}

type Conditional = HirExpr & { readonly kind: 'conditional' };

/** Arms that give the destination its value each. */
function lowerConditional(
  cx: LowerContext,
  expr: Conditional,
  dest: Place,
  lowerArm: (cx: LowerContext, arm: HirExpr, dest: Place) => void = lowerInto,
): void {
  const builder = cx.builder;
  const onTrue = builder.newBlock(expr.span);
  const onFalse = builder.newBlock(expr.span);
  const join = builder.newBlock(expr.span);
  lowerBranch(cx, expr.condition, onTrue, onFalse);
  builder.switchTo(onTrue);
  lowerArm(cx, expr.onTrue, dest);
  builder.goto(join, expr.span);
  builder.switchTo(onFalse);
  lowerArm(cx, expr.onFalse, dest);
  builder.goto(join, expr.span);
  builder.switchTo(join);
}

function isGiven(expr: HirExpr): boolean {
  return expr.kind === 'transfer' && isPlace(expr.place);
}

/** An arm that moves its value to the destination: a fresh one from where it was made. */
function lowerMovedArm(cx: LowerContext, arm: HirExpr, dest: Place): void {
  if (isGiven(arm)) {
    lowerInto(cx, arm, dest);
    return;
  }
  cx.builder.assignOperand(dest, movedResult(cx, arm), arm.span);
}

/** What an expression makes, in a local that `forward-results` leaves alone. */
export function movedResult(cx: LowerContext, expr: HirExpr): Operand {
  const made = localPlace(
    cx.builder.newLocal({
      name: '',
      type: expr.type,
      span: expr.span,
      kind: { kind: 'var' },
      origin: cx.types.store.newOriginRoot(),
      bindOnce: false,
    }),
  );
  lowerInto(cx, expr, made);
  return { kind: 'move', place: made, span: expr.span };
}

/** The place to copy bits from. Of `a if c else b` that is a temporary, which each arm gives its value: nothing takes an address. */
export function lowerRead(cx: LowerContext, expr: HirExpr): Place {
  const value = cx.types.isRegisterTrivial(expr.type) ? chosenValue(expr) : null;
  return value === null ? lowerPlace(cx, expr) : lowerToTemporary(cx, value);
}

/** `a.f if c else b.f` for `(a if c else b).f`; null for other places. */
function chosenValue(expr: HirExpr): Conditional | null {
  const reference = expr.kind === 'deref' ? expr.reference : null;
  if (reference?.kind === 'conditional') {
    const { onTrue, onFalse } = reference;
    if (onTrue.kind !== 'refOf' || onFalse.kind !== 'refOf') return null;
    return { ...reference, onTrue: onTrue.place, onFalse: onFalse.place, type: expr.type };
  }
  if (expr.kind !== 'field') return null;
  const base = chosenValue(expr.base);
  if (base === null) return null;
  const part = (arm: HirExpr): HirExpr => ({ ...expr, base: arm });
  return { ...base, onTrue: part(base.onTrue), onFalse: part(base.onFalse), type: expr.type };
}

/** An operand that owns its value. */
export function lowerOperand(cx: LowerContext, expr: HirExpr): Operand {
  switch (expr.kind) {
    case 'constant':
      return { kind: 'constant', term: expr.term, type: expr.type, span: expr.span };
    case 'copy':
      return copyOperand(cx, lowerRead(cx, expr.place), expr.type, expr.span);
    case 'transfer': {
      const place = lowerPlace(cx, expr.place);
      return transferVariadic(cx, place, expr.span) ?? moveOperand(cx, place, expr.type, expr.span);
    }
    case 'block':
      cx.lowerings.statements(cx, expr.statements);
      return lowerOperand(cx, expr.result);
    case 'rebind': {
      const operand = lowerOperand(cx, expr.value);
      assertSameType(cx, expr.value, expr);
      // The operand's place has the unproved type; only a constant can simply change its type.
      if (operand.kind === 'constant') return { ...operand, type: expr.type };
      const temporary = localPlace(cx.builder.newTemporary(expr.type, expr.span));
      cx.builder.assignOperand(temporary, operand, expr.span);
      return { kind: 'move', place: temporary, span: expr.span };
    }
    default:
      if (isPlace(expr)) return copyOperand(cx, lowerRead(cx, expr), expr.type, expr.span);
      return { kind: 'move', place: lowerToTemporary(cx, expr), span: expr.span };
  }
}

/** An implicit copy: decided after liveness unless copying is copying bytes. */
export function copyOperand(cx: LowerContext, place: Place, type: HirExpr['type'], span: Span): Operand {
  const trivial = cx.types.isTrivialCopy(type);
  return { kind: trivial ? 'copy' : 'copyOrMove', place, span };
}

/** `x^`; on a register-trivial type it changes nothing, and `x` stays usable. */
export function moveOperand(cx: LowerContext, place: Place, type: HirExpr['type'], span: Span): Operand {
  return { kind: cx.types.isRegisterTrivial(type) ? 'copy' : 'move', place, span };
}

/** `xs^` of `var *xs`: whoever gets it destroys the elements, not this function. Null for any other place. */
function transferVariadic(cx: LowerContext, place: Place, span: Span): Operand | null {
  if (place.root.kind !== 'local' || place.projections.length > 0) return null;
  const owner = cx.variadicOwners.get(place.root.local);
  if (owner === undefined) return null;
  const { builder } = cx;
  const elements: Operand = { kind: 'move', place, span };
  const { type } = builder.locals.get(place.root.local);
  const taken = localPlace(builder.newTemporary(type, span));
  builder.assignOperand(taken, elements, span);
  // `value.forget` gives nothing; its destination may be of any type.
  builder.assign(
    localPlace(builder.newTemporary(type, span)),
    {
      kind: 'intrinsic',
      name: 'value.forget',
      params: [],
      operands: [{ kind: 'move', place: localPlace(owner), span }],
    },
    span,
  );
  return { kind: 'move', place: taken, span };
}

/** Evaluates straight into `dest`, which holds no value. */
export function lowerInto(cx: LowerContext, expr: HirExpr, dest: Place): void {
  const builder = cx.builder;
  switch (expr.kind) {
    case 'constant':
    case 'copy':
    case 'transfer':
      builder.assignOperand(dest, lowerOperand(cx, expr), expr.span);
      return;
    case 'materialize':
      builder.assign(dest, { kind: 'materialize', term: expr.term }, expr.span);
      return;
    case 'refOf':
      builder.assign(dest, { kind: 'ref', place: lowerPlace(cx, expr.place), mutable: expr.mutable }, expr.span);
      return;
    case 'call':
    case 'intrinsic':
    case 'variadic':
      cx.lowerings.call(cx, expr, dest);
      return;
    case 'aggregate': {
      if (capturesInPlace(cx, expr, dest)) return;
      const operands = lowerOwnedSequence(cx, expr.fields);
      if (cx.types.builtinOf(expr.type) === 'tuple') settleTupleCopies(cx, expr.fields, operands);
      builder.assign(dest, { kind: 'aggregate', operands }, expr.span);
      return;
    }
    case 'conditional': {
      if (cx.types.isRegisterTrivial(expr.type) || cx.types.isNever(expr.type)) {
        lowerConditional(cx, expr, dest);
        return;
      }
      // The arms meet in a temporary, which is then moved: one observable move, as in the official compiler. What is handed over by
      // `^` is moved once as well.
      const given = isGiven(expr.onTrue) || isGiven(expr.onFalse);
      if (given && dest.root.kind === 'local' && dest.projections.length === 0) {
        lowerConditional(cx, expr, dest, lowerMovedArm);
        return;
      }
      const merged = localPlace(builder.newTemporary(expr.type, expr.span));
      lowerConditional(cx, expr, merged);
      builder.assignOperand(dest, { kind: 'move', place: merged, span: expr.span }, expr.span);
      return;
    }
    case 'block':
      if (builtInPlace(cx, expr, dest)) return;
      cx.lowerings.statements(cx, expr.statements);
      lowerInto(cx, expr.result, dest);
      return;
    case 'rebind': {
      const operand = lowerOperand(cx, expr.value);
      assertSameType(cx, expr.value, expr);
      builder.assignOperand(dest, operand, expr.span);
      return;
    }
    case 'error':
      builder.terminate({ kind: 'unreachable', span: expr.span });
      return;
    case 'local':
    case 'global':
    case 'field':
    case 'element':
    case 'deref':
      builder.assignOperand(dest, lowerOperand(cx, expr), expr.span);
      return;
    default:
      unreachable(expr);
  }
}

/** A variable in a tuple display is copied, or moved at its last use, before the tuple is built from all elements: whoever traces
 *  moves sees both. */
function settleTupleCopies(cx: LowerContext, fields: readonly HirExpr[], operands: Operand[]): void {
  fields.forEach(({ type, span }, index) => {
    const operand = operands[index];
    if (operand?.kind !== 'copyOrMove' || type.kind !== 'struct' || type.decl.path.startsWith('std.')) return;
    const place = localPlace(cx.builder.newTemporary(type, span));
    cx.builder.assignOperand(place, operand, span);
    operands[index] = { kind: 'move', place, span };
  });
}

/** A closure with captures that a call makes (copies): they are built where they stay. Nothing of it may raise. */
function capturesInPlace(cx: LowerContext, expr: HirExpr & { readonly kind: 'aggregate' }, dest: Place): boolean {
  const closure = cx.types.structOf(expr.type);
  if ((closure?.closure ?? null) === null || closure === null || dest.root.kind !== 'local') return false;
  if (dest.projections.length > 0 || !expr.fields.some((field) => field.kind === 'call')) return false;
  expr.fields.forEach((field, index) => {
    const name = closure.fields[index]?.name ?? '';
    lowerInto(cx, field, project(dest, { kind: 'field', index, name, type: field.type }));
  });
  return true;
}

/** `var a = [f(), g()]`: the container that a block makes and hands out is the variable itself. */
function builtInPlace(cx: LowerContext, expr: HirExpr & { readonly kind: 'block' }, dest: Place): boolean {
  const { result, statements } = expr;
  if (result.kind !== 'transfer' || result.place.kind !== 'local') return false;
  if (dest.root.kind !== 'local' || dest.projections.length > 0) return false;
  const { local } = result.place;
  const made = cx.hirLocal(local);
  if (made.name !== '' || made.kind.kind !== 'var' || made.type !== cx.builder.localType(dest.root.local)) return false;
  const at = statements.findIndex((statement) => statement.kind === 'let' && statement.local === local);
  const declaration = statements[at];
  if (declaration?.kind !== 'let' || declaration.init === null) return false;
  cx.lowerings.statements(cx, statements.slice(0, at));
  cx.standFor(local, dest.root.local);
  lowerInto(cx, declaration.init, dest);
  cx.lowerings.statements(cx, statements.slice(at + 1));
  return true;
}

function assertSameType(cx: LowerContext, from: HirExpr, to: HirExpr): void {
  if (from.type === to.type || differInOriginsOnly(cx, from.type, to.type)) return;
  const store = cx.types.store;
  cx.builder.emit({
    kind: 'comptimeAssert',
    span: to.span,
    condition: store.equal(from.type, to.type),
    message: store.string('rebind input type does not match result type'),
  });
}

/** One view type over two origins or mutabilities: what sema converts without asking elaboration. */
function differInOriginsOnly(cx: LowerContext, from: HirExpr['type'], to: HirExpr['type']): boolean {
  if (from.kind !== 'struct' || to.kind !== 'struct' || from.decl !== to.decl) return false;
  const { params } = cx.types.program.struct(from.decl.id);
  return from.args.every((arg, index) => {
    if (arg === to.args[index]) return true;
    const param = params[index];
    if (param === undefined) return false;
    return (
      param.type.kind === 'originType' ||
      params.some((other) => other.type.kind === 'originType' && other.type.mut === param)
    );
  });
}

/** Owned operands of one node, left to right. One that reads a place stays a place: the value is read when all are there. */
export function lowerOwnedSequence(cx: LowerContext, exprs: readonly HirExpr[]): Operand[] {
  const operands = exprs.map((expr) => {
    const late = cx.lowerings.late(cx, expr);
    return late === null ? lowerOperand(cx, expr) : () => ownedPlace(cx, expr, late());
  });
  return operands.map((operand) => (typeof operand === 'function' ? operand() : operand));
}

/** The value of `expr`, which was evaluated to `place`: what a call made is in a temporary. */
export function ownedPlace(cx: LowerContext, expr: HirExpr, place: Place): Operand {
  if (expr.kind === 'call' || expr.kind === 'intrinsic' || expr.kind === 'materialize')
    return { kind: 'move', place, span: expr.span };
  return copyOperand(cx, place, expr.type, expr.span);
}

/** Takes the value out now when one of the later expressions might disturb its place. */
export function settle(cx: LowerContext, operand: Operand, expr: HirExpr, later: readonly HirExpr[]): Operand {
  if (operand.kind === 'constant' || later.length === 0) return operand;
  const root = operand.place.root;
  const local = root.kind === 'local' ? cx.builder.locals.get(root.local) : null;
  const direct = operand.place.projections.length === 0;
  if (local !== null && local.name === '' && local.kind.kind === 'temporary' && direct) return operand;
  if (expr.kind === 'transfer' && operand.kind === 'move' && local !== null && direct) return operand;
  const indirect = local === null || operand.place.projections.some((projection) => projection.kind === 'deref');
  const disturbed = later.some((other) => (indirect ? !isSimple(other) : mentionsInEffect(cx, other, operand.place)));
  if (!disturbed) return operand;
  const temporary = localPlace(cx.builder.newTemporary(expr.type, expr.span));
  cx.builder.assignOperand(temporary, operand, expr.span);
  const kind = operand.kind === 'copy' ? 'copy' : 'move';
  return { kind, place: temporary, span: expr.span };
}

/** The type of a place behind a reference whose copy the user's code may see, or null. */
export function seenElement(place: Place): Term | null {
  if (!place.projections.some((projection) => projection.kind === 'deref')) return null;
  const last = place.projections[place.projections.length - 1];
  return last !== undefined && isUsers(last.type) ? last.type : null;
}

function isUsers(type: Term): boolean {
  if (type.kind !== 'struct') return false;
  return !type.decl.path.startsWith('std.') || type.args.some(isUsers);
}

/** Reads places and constants only. */
export function isSimple(expr: HirExpr): boolean {
  switch (expr.kind) {
    case 'constant':
    case 'local':
    case 'global':
      return true;
    case 'field':
    case 'element':
      return isSimple(expr.base);
    case 'deref':
      return isSimple(expr.reference);
    case 'copy':
    case 'transfer':
    case 'refOf':
      return isSimple(expr.place);
    case 'rebind':
      return isSimple(expr.value);
    default:
      return false;
  }
}

/** Whether an expression that does more than read mentions the local at the root of `place`. */
function mentionsInEffect(cx: LowerContext, expr: HirExpr, place: Place): boolean {
  if (isSimple(expr) || place.root.kind !== 'local') return false;
  return mentions(cx, expr, place.root.local);
}

export function mentions(cx: LowerContext, expr: HirExpr, local: LocalId): boolean {
  switch (expr.kind) {
    case 'local':
      return cx.localOf(expr.local) === local;
    case 'constant':
    case 'materialize':
    case 'global':
    case 'error':
      return false;
    case 'field':
    case 'element':
      return mentions(cx, expr.base, local);
    case 'deref':
      return mentions(cx, expr.reference, local);
    case 'copy':
    case 'transfer':
    case 'refOf':
      return mentions(cx, expr.place, local);
    case 'rebind':
      return mentions(cx, expr.value, local);
    case 'call':
      return (
        (expr.callee.kind === 'pointer' && mentions(cx, expr.callee.value, local)) ||
        expr.args.some((arg) => mentions(cx, arg.expr, local))
      );
    case 'intrinsic':
      return expr.args.some((arg) => mentions(cx, arg.expr, local));
    case 'aggregate':
      return expr.fields.some((field) => mentions(cx, field, local));
    case 'variadic':
      return expr.elements.some((element) => mentions(cx, element.expr, local));
    case 'conditional':
      return [expr.condition, expr.onTrue, expr.onFalse].some((part) => mentions(cx, part, local));
    case 'block':
      // Statements are not searched: assume the worst, the price is one copy.
      return true;
    default:
      return unreachable(expr);
  }
}

/** Control goes to `onTrue` or `onFalse`; both blocks are given. Short-circuit operators become jumps. */
export function lowerBranch(cx: LowerContext, expr: HirExpr, onTrue: BlockId, onFalse: BlockId): void {
  const builder = cx.builder;
  const known = constantBool(expr);
  if (known !== null) {
    builder.goto(known ? onTrue : onFalse, expr.span);
    return;
  }
  if (expr.kind === 'conditional') {
    const whenTrue = constantBool(expr.onTrue);
    const whenFalse = constantBool(expr.onFalse);
    if (whenTrue !== null || whenFalse !== null) {
      const first = whenTrue === null ? builder.newBlock(expr.span) : whenTrue ? onTrue : onFalse;
      const second = whenFalse === null ? builder.newBlock(expr.span) : whenFalse ? onTrue : onFalse;
      lowerBranch(cx, expr.condition, first, second);
      if (whenTrue === null) {
        builder.switchTo(first);
        lowerBranch(cx, expr.onTrue, onTrue, onFalse);
      }
      if (whenFalse === null) {
        builder.switchTo(second);
        lowerBranch(cx, expr.onFalse, onTrue, onFalse);
      }
      return;
    }
  }
  if (expr.kind === 'block') {
    cx.lowerings.statements(cx, expr.statements);
    lowerBranch(cx, expr.result, onTrue, onFalse);
    return;
  }
  const condition = lowerOperand(cx, expr);
  builder.terminate({ kind: 'branch', span: expr.span, condition, onTrue, onFalse });
}

/** The value of a literal condition, or null. */
export function constantBool(expr: HirExpr): boolean | null {
  if (expr.kind !== 'constant') return null;
  if (expr.term.kind === 'bool') return expr.term.value;
  // A literal that went through the library's Bool struct.
  if (expr.term.kind === 'structValue' && expr.term.fields.length === 1) {
    const [only] = expr.term.fields;
    if (only?.kind === 'bool') return only.value;
  }
  return null;
}

/** Evaluates for its effects; a result is left in a temporary, which dies at once. */
export function lowerEffect(cx: LowerContext, expr: HirExpr): void {
  if (isPlace(expr)) {
    cx.builder.emit({ kind: 'use', span: expr.span, place: lowerPlace(cx, expr) });
    return;
  }
  if (expr.kind === 'constant') return;
  if (expr.kind === 'block') {
    cx.lowerings.statements(cx, expr.statements);
    lowerEffect(cx, expr.result);
    return;
  }
  lowerToTemporary(cx, expr);
}
