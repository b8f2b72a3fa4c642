/** Lowers HIR statements: straight-line code, branches, loops, labelled blocks, and compile-time regions. */
import { unreachable } from '../../base/invariant.ts';
import type { Span } from '../../base/span.ts';
import type { HirExpr, HirPlace, HirStatement, LabelId } from '../../sema/hir.ts';
import type { OriginRootId, OriginStep, Term } from '../../terms/term.ts';
import type { Operand, Place } from '../mir.ts';
import { localPlace, project } from './body-builder.ts';
import type { LowerContext } from './context.ts';
import { deferPlace, isConverted, raiseValue } from './calls.ts';
import {
  isSimple,
  mentions,
  lowerBranch,
  lowerEffect,
  lowerInto,
  lowerOperand,
  lowerPlace,
  movedResult,
} from './expressions.ts';
import { leaveScopes, lowerTry } from './try.ts';

type StatementOf<K extends HirStatement['kind']> = HirStatement & { readonly kind: K };

/** Code after a statement that never completes is lowered too: what it calls is checked. */
export function lowerStatements(cx: LowerContext, statements: readonly HirStatement[]): void {
  for (const statement of statements) lowerStatement(cx, statement);
}

function lowerStatement(cx: LowerContext, statement: HirStatement): void {
  const builder = cx.builder;
  switch (statement.kind) {
    case 'let': {
      const local = cx.declareLocal(statement.local);
      builder.emit({ kind: 'declare', span: statement.span, local });
      if (statement.init !== null) lowerInto(cx, statement.init, localPlace(local));
      return;
    }
    case 'assign':
      lowerAssign(cx, statement.place, statement.value, statement.span);
      return;
    case 'expr':
      lowerEffect(cx, statement.expr);
      return;
    case 'use':
      builder.emit({ kind: 'use', span: statement.span, place: lowerPlace(cx, statement.place) });
      return;
    case 'if':
      lowerIf(cx, statement);
      return;
    case 'loop':
      lowerLoop(cx, statement);
      return;
    case 'block':
      lowerBlock(cx, statement);
      return;
    case 'break':
      jump(cx, statement.label, 'break', statement.span);
      return;
    case 'continue':
      jump(cx, statement.label, 'continue', statement.span);
      return;
    case 'return':
      if (statement.value !== null) lowerResult(cx, statement.value, statement.span);
      leaveScopes(cx, 0);
      builder.terminate({ kind: 'return', span: statement.span });
      return;
    case 'raise':
      raiseValue(cx, statement.value, statement.span);
      return;
    case 'try':
      lowerTry(cx, statement);
      return;
    case 'comptimeIf':
      lowerComptimeIf(cx, statement);
      return;
    case 'comptimeFor':
      lowerComptimeFor(cx, statement);
      return;
    case 'comptimeAssert':
      builder.emit({
        kind: 'comptimeAssert',
        span: statement.span,
        condition: statement.condition,
        message: statement.message,
      });
      return;
    case 'unreachable':
      builder.terminate({ kind: 'unreachable', span: statement.span });
      return;
    default:
      unreachable(statement);
  }
}

/** Indices of the place come first, then the value, then the place itself, then the store. A computed value stands in a
 *  temporary until the old one was destroyed; `forward-results` removes the temporary where nothing lies between. */
function lowerAssign(cx: LowerContext, target: HirPlace, value: HirExpr, span: Span): void {
  const origin = cx.types.needsDrop(target.type) ? tupleElementOrigin(cx, target) : null;
  if (origin !== null) {
    storeInTuple(cx, target, origin, value, span);
    return;
  }
  if (!isSimple(value) && mayDisturb(cx, target, value)) {
    const deferred = deferPlace(cx, target, [value]);
    if (deferred !== null) {
      const operand = readNow(cx, lowerOperand(cx, value), target, span);
      storeOperand(cx, deferred(), operand, target, span);
      return;
    }
  }
  const place = lowerPlace(cx, target);
  if (isBareLocal(place) && cx.types.isRegisterTrivial(target.type)) {
    lowerInto(cx, value, place);
    return;
  }
  if (place.root.kind === 'local' && place.root.local === cx.resultLocal && isCaughtCall(cx, value)) {
    moveCaught(cx, value, place, span);
    return;
  }
  const operand = isConverted(cx, value) ? movedResult(cx, value) : lowerOperand(cx, value);
  storeOperand(cx, place, operand, target, span);
}

/** `m[i] = m[j]` through references that a `__getitem__` of the user's returns: asking for the place to store to may end the reference to what
 *  is read, so that is read before. */
function readNow(cx: LowerContext, operand: Operand, target: HirPlace, span: Span): Operand {
  if (operand.kind === 'constant' || isDirect(cx, operand.place) || !isUsersElement(cx, target)) return operand;
  const temporary = localPlace(cx.builder.newTemporary(target.type, span));
  cx.builder.assignOperand(temporary, operand, span);
  return { kind: 'move', place: temporary, span };
}

/** Behind a reference that a function outside of the library returns. */
function isUsersElement(cx: LowerContext, target: HirPlace): boolean {
  let at: HirExpr = target;
  while (at.kind === 'field') at = at.base;
  if (at.kind !== 'deref' || at.reference.kind !== 'call') return false;
  const { callee } = at.reference;
  return callee.kind !== 'function' || !cx.types.program.function(callee.fn).ref.path.startsWith('std.');
}

/** An element of a tuple is set like one of a list, through a reference: the old value lives until the new one is stored. */
function storeInTuple(cx: LowerContext, target: HirPlace, origin: Term, value: HirExpr, span: Span): void {
  const { store } = cx.types;
  const reference = (): Place => {
    const holder = localPlace(cx.builder.newTemporary(store.ref(target.type, origin, store.true), span));
    cx.builder.assign(holder, { kind: 'ref', place: lowerPlace(cx, target), mutable: true }, span);
    return project(holder, { kind: 'deref', type: target.type });
  };
  if (!isSimple(value) && mayDisturb(cx, target, value)) {
    const operand = lowerOperand(cx, value);
    storeOperand(cx, reference(), operand, target, span);
    return;
  }
  const place = reference();
  storeOperand(cx, place, lowerOperand(cx, value), target, span);
}

/** Of an element at a known index of a tuple that lies in a variable; null for other places. */
function tupleElementOrigin(cx: LowerContext, target: HirPlace): Term | null {
  if (target.kind !== 'element' || cx.types.builtinOf(target.base.type) !== 'tuple') return null;
  const path: OriginStep[] = [];
  let at: HirExpr = target;
  while (at.kind === 'field' || at.kind === 'element') {
    if (at.kind === 'field') path.unshift({ kind: 'field', index: at.index, name: at.name });
    else if (at.index.kind !== 'int') return null;
    else path.unshift({ kind: 'field', index: Number(at.index.value), name: String(at.index.value) });
    at = at.base;
  }
  if (at.kind !== 'local') return null;
  const local = cx.builder.locals.get(cx.localOf(at.local));
  return cx.types.store.placeOrigin(local.origin, local.name, path, cx.types.store.true);
}

/** Whether evaluating `value` may change what the place is reached through: it does something and mentions the same variable. */
function mayDisturb(cx: LowerContext, target: HirPlace, value: HirExpr): boolean {
  let at: HirExpr = target;
  for (;;) {
    switch (at.kind) {
      case 'local':
        return mentions(cx, value, cx.localOf(at.local));
      case 'field':
      case 'element':
        at = at.base;
        continue;
      case 'deref':
        at = at.reference;
        continue;
      case 'copy':
      case 'transfer':
      case 'refOf':
        at = at.place;
        continue;
      case 'call': {
        const receiver: HirExpr | undefined = at.args[0]?.expr;
        if (receiver === undefined) return true;
        at = receiver;
        continue;
      }
      default:
        return true;
    }
  }
}

/** The old value may be destroyed between reading the operand and the store, so an operand inside it is taken out first. */
function storeOperand(cx: LowerContext, place: Place, operand: Operand, target: HirPlace, span: Span): void {
  const aliases =
    operand.kind !== 'constant' && cx.types.needsDrop(target.type) && mayOverlap(cx, place, operand.place);
  if (!aliases) {
    cx.builder.assignOperand(place, operand, span);
    return;
  }
  const temporary = localPlace(cx.builder.newTemporary(target.type, span));
  cx.builder.assignOperand(temporary, operand, span);
  cx.builder.assignOperand(place, { kind: 'move', place: temporary, span }, span);
}

/** Two places of one root overlap unless their paths part; behind a reference, unless its origin names other variables. */
function mayOverlap(cx: LowerContext, target: Place, source: Place): boolean {
  if (source.root.kind === 'local' && isDirect(cx, source)) {
    const local = cx.builder.locals.get(source.root.local);
    if (local.kind.kind === 'temporary' && local.name === '') return false;
  }
  if (target.root.kind !== 'local' || source.root.kind !== 'local') return true;
  if (isDirect(cx, target) && isDirect(cx, source) && target.root.local !== source.root.local) return false;
  if (waysPart(wayTo(cx, target), wayTo(cx, source))) return false;
  if (isDirect(cx, target) && isDirect(cx, source)) return true;
  const [direct, indirect] = isDirect(cx, target) ? [target, source] : [source, target];
  if (!isDirect(cx, direct) || direct.root.kind !== 'local' || indirect.root.kind !== 'local') return true;
  const own = cx.builder.locals.get(direct.root.local);
  const facts = cx.types.originsOf(cx.builder.locals.get(indirect.root.local).type);
  const reference = cx.builder.locals.get(indirect.root.local).type.kind === 'ref';
  return !reference || facts.any || facts.places.some((origin) => origin.root === own.origin);
}

/** In a variable itself. What an element of a pack designates lies elsewhere, an element of a tuple in the tuple. */
function isDirect(cx: LowerContext, place: Place): boolean {
  if (place.root.kind !== 'local') return false;
  let { type } = cx.builder.locals.get(place.root.local);
  for (const projection of place.projections) {
    if (projection.kind === 'deref') return false;
    if (projection.kind === 'element' && cx.types.builtinOf(type) !== 'tuple') return false;
    type = projection.type;
  }
  return true;
}

/** Where a place lies: in a variable, or in what a reference leads to whose origin is known; and the fields on the way from there. */
interface Way {
  readonly root: OriginRootId;
  /** Of the last reference on the way; null: there is none. */
  readonly reference: { readonly path: readonly OriginStep[]; readonly pointee: Term } | null;
  readonly fields: readonly number[];
}

function wayTo(cx: LowerContext, place: Place): Way | null {
  if (place.root.kind !== 'local') return null;
  const local = cx.builder.locals.get(place.root.local);
  let way: Way = { root: local.origin, reference: null, fields: [] };
  let { type } = local;
  for (const projection of place.projections) {
    if (projection.kind === 'deref') {
      if (type.kind !== 'ref' || type.origin.kind !== 'placeOrigin') return null;
      const { root, path } = type.origin;
      way = { root, reference: { path, pointee: type.pointee }, fields: [] };
    } else if (projection.kind === 'field') {
      way = { ...way, fields: [...way.fields, projection.index] };
    } else return null;
    type = projection.type;
  }
  return way;
}

/** Different fields of one value, or of two values that one container holds: `l[i].a` and `l[j].b`. Ways that differ before the last reference
 *  tell nothing: an owner may lead back (`n[].name` and `n[].next[].name`), and one value may lie in what the other owns. */
function waysPart(a: Way | null, b: Way | null): boolean {
  if (a === null || b === null || a.root !== b.root) return false;
  if (a.reference?.pointee !== b.reference?.pointee || !isSamePath(a.reference?.path ?? [], b.reference?.path ?? []))
    return false;
  const at = a.fields.findIndex((field, index) => field !== b.fields[index]);
  return at >= 0 && at < b.fields.length;
}

function isSamePath(a: readonly OriginStep[], b: readonly OriginStep[]): boolean {
  return (
    a.length === b.length && a.every((step, index) => step.kind === b[index]?.kind && step.name === b[index]?.name)
  );
}

function isBareLocal(place: Place): boolean {
  return place.root.kind === 'local' && place.projections.length === 0;
}

/** A named result may hold a value already, which must live until the new one is complete. */
function lowerResult(cx: LowerContext, value: HirExpr, span: Span): void {
  const result = localPlace(cx.resultLocal);
  if (isCaughtCall(cx, value)) moveCaught(cx, value, result, span);
  else if (cx.fn.namedResult === null) lowerInto(cx, value, result);
  else cx.builder.assignOperand(result, lowerOperand(cx, value), value.span);
}

/** A call that may raise into this function. What it makes is not built in the caller's memory, where the handler would find it,
 *  but moved there. */
function isCaughtCall(cx: LowerContext, value: HirExpr): boolean {
  if (value.kind !== 'call' || value.raises === null || cx.types.isRegisterTrivial(value.type)) return false;
  return cx.scopes.some((scope) => scope.kind !== 'label');
}

function moveCaught(cx: LowerContext, value: HirExpr, target: Place, span: Span): void {
  cx.builder.assignOperand(target, movedResult(cx, value), span);
}

function lowerIf(cx: LowerContext, statement: StatementOf<'if'>): void {
  const builder = cx.builder;
  const span = statement.span;
  const onTrue = builder.newBlock(span);
  const onFalse = builder.newBlock(span);
  const join = builder.newBlock(span);
  lowerBranch(cx, statement.condition, onTrue, onFalse);
  builder.switchTo(onTrue);
  lowerStatements(cx, statement.onTrue);
  builder.goto(join, span);
  builder.switchTo(onFalse);
  lowerStatements(cx, statement.onFalse);
  builder.goto(join, span);
  builder.switchTo(join);
}

function lowerLoop(cx: LowerContext, statement: StatementOf<'loop'>): void {
  const builder = cx.builder;
  const span = statement.span;
  const header = builder.newBlock(span);
  const exit = builder.newBlock(span);
  const step = statement.step.length === 0 ? header : builder.newBlock(span);
  builder.goto(header, span);
  builder.switchTo(header);
  cx.scopes.push({ kind: 'label', label: statement.label, onBreak: exit, onContinue: step });
  lowerStatements(cx, statement.body);
  builder.goto(step, span);
  if (step !== header) {
    builder.switchTo(step);
    lowerStatements(cx, statement.step);
    builder.goto(header, span);
  }
  cx.scopes.pop();
  builder.switchTo(exit);
}

function lowerBlock(cx: LowerContext, statement: StatementOf<'block'>): void {
  if (statement.label === null) {
    lowerStatements(cx, statement.body);
    return;
  }
  const builder = cx.builder;
  const exit = builder.newBlock(statement.span);
  cx.scopes.push({ kind: 'label', label: statement.label, onBreak: exit, onContinue: null });
  lowerStatements(cx, statement.body);
  cx.scopes.pop();
  builder.goto(exit, statement.span);
  builder.switchTo(exit);
}

function jump(cx: LowerContext, label: LabelId, how: 'break' | 'continue', span: Span): void {
  for (let depth = cx.scopes.length - 1; depth >= 0; depth--) {
    const scope = cx.scopes[depth];
    if (scope?.kind !== 'label' || scope.label !== label) continue;
    const target = how === 'break' ? scope.onBreak : scope.onContinue;
    if (target === null) continue;
    leaveScopes(cx, depth);
    cx.builder.goto(target, span);
    return;
  }
  // Outside of a loop: sema has reported it.
  cx.builder.terminate({ kind: 'unreachable', span });
}

function lowerComptimeIf(cx: LowerContext, statement: StatementOf<'comptimeIf'>): void {
  const builder = cx.builder;
  const span = statement.span;
  if (statement.condition.kind === 'bool') {
    const { onTrue, onFalse } = statement;
    lowerStatements(cx, statement.condition.value ? onTrue : onFalse);
    const end = builder.current;
    builder.switchTo(builder.newBlock(span));
    lowerStatements(cx, statement.condition.value ? onFalse : onTrue);
    builder.switchTo(end);
    return;
  }
  const join = builder.newBlock(span);
  const onTrue = builder.newBlock(span, builder.newRegion(null));
  const onFalse = builder.newBlock(span, builder.newRegion(null));
  builder.terminate({ kind: 'comptimeBranch', span, condition: statement.condition, onTrue, onFalse });
  for (const [block, body] of [
    [onTrue, statement.onTrue],
    [onFalse, statement.onFalse],
  ] as const) {
    builder.switchTo(block);
    lowerStatements(cx, body);
    builder.goto(join, span);
  }
  builder.switchTo(join);
}

/** `header: comptimeFor body, exit`; the body's end and `continue` go back to the header, `break` to the exit. */
function lowerComptimeFor(cx: LowerContext, statement: StatementOf<'comptimeFor'>): void {
  const builder = cx.builder;
  const span = statement.span;
  const header = builder.newBlock(span);
  const exit = builder.newBlock(span);
  const body = builder.newBlock(span, builder.newRegion(statement.param));
  builder.goto(header, span);
  builder.switchTo(header);
  builder.terminate({ kind: 'comptimeFor', span, param: statement.param, iterable: statement.iterable, body, exit });
  builder.switchTo(body);
  cx.scopes.push({ kind: 'label', label: statement.label, onBreak: exit, onContinue: header });
  lowerStatements(cx, statement.body);
  cx.scopes.pop();
  builder.goto(header, span);
  builder.switchTo(exit);
}
