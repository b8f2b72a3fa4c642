/** In-place operators `place op= value`: the in-place method of the place's type, or get, change and set where there is no place. */
import { reportUnknown } from './names.ts';
import type { Span } from '../../base/span.ts';
import type { AugAssignStmt, MemberExpr, SubscriptExpr } from '../../syntax/ast.ts';
import type { HirExpr, HirPlace, HirStatement } from '../hir.ts';
import { valueArgument } from './arguments.ts';
import { callSetter } from './assignments.ts';
import { reportNotImplemented } from './bound-advice.ts';
import type { BodyContext } from './body-context.ts';
import { planConversion } from './convert.ts';
import { mustBeMutable, notAssignable } from './errors.ts';
import { stringLiteralExpr } from './literals.ts';
import { methodCandidates } from './members.ts';
import { binaryOperation, callOperator, contextFrom, inPlaceMethod } from './operators.ts';
import { fresh } from './patterns.ts';
import { fieldsOver, isLastingPlace, isMutable, isPlace, own, reachedOnce, requireMutable, valueUnderFields } from './places.ts';
import { subscriptArguments, subscriptSite, subscriptValue } from './subscripts.ts';
import { roleOf } from './type-facts.ts';
import { type CallArgument, valueResult } from './values.ts';

export function checkAugAssign(cx: BodyContext, statement: AugAssignStmt, into: HirStatement[]): void {
  const span = cx.span(statement);
  const at = cx.spanAt(statement.opStart, statement.opStart + statement.op.length + 1);
  const { target } = statement;
  if (target.kind === 'SubscriptExpr') {
    const checked = cx.ops.expr(cx, target.base, null);
    if (checked.kind !== 'value') {
      if (checked.kind !== 'error') cx.report(notAssignable(cx.span(target), []));
      return;
    }
    augmentSubscript(cx, statement, target, checked.expr, at, into);
    return;
  }
  if (target.kind === 'NameExpr' && cx.sema.lookup(cx.scope, target.name) === null) {
    reportUnknown(cx, target.name, cx.span(target));
    return;
  }
  if (target.kind === 'MemberExpr' && augmentAttribute(cx, statement, target, at, into)) return;
  const checked = cx.ops.expr(cx, target, null);
  if (checked.kind === 'error') return;
  const place = checked.kind === 'value' ? checked.expr : null;
  if (place === null || (place.kind === 'constant' && place.type.kind !== 'error')) {
    cx.report(mustBeMutable(cx.span(target), [' for in-place operator destination']));
    return;
  }
  augment(cx, statement, place, at, span, into);
}

/** A dynamic attribute is read by `__getattr__`, changed, and written by `__setattr__`. */
function augmentAttribute(
  cx: BodyContext,
  statement: AugAssignStmt,
  target: MemberExpr,
  at: Span,
  into: HirStatement[],
): boolean {
  const attempt = cx.trial(() => cx.ops.value(cx, target.base, null));
  if (attempt.failed) return false;
  const { type } = attempt.value;
  const name = target.name.name;
  if (cx.sema.members(type, name, cx.scope).length > 0 || methodCandidates(cx, type, '__setattr__').length === 0)
    return false;
  const span = cx.span(statement);
  const base = cx.ops.value(cx, target.base, null);
  const text = (): HirExpr => stringLiteralExpr(cx.sema, name, cx.span(target.name));
  const current = cx.ops.method(cx, base, '__getattr__', [text()], span);
  if (current === null) return false;
  if (current.type.kind === 'error') return true;
  const held = cx.temporary(own(cx, current), into);
  const value = cx.ops.value(cx, statement.value, contextFrom(cx, held, statement.value));
  if (value.type.kind === 'error') return true;
  inPlace(cx, statement, held, value, at, span, into);
  const moved: HirExpr = { kind: 'transfer', place: fresh(cx, held) as HirPlace, type: held.type, span };
  const call = cx.ops.method(cx, fresh(cx, base), '__setattr__', [text(), moved], span);
  if (call !== null && call.type.kind !== 'error') into.push({ kind: 'expr', expr: call, span });
  return true;
}

/** `place op= value` on a mutable place. */
function augment(
  cx: BodyContext,
  statement: AugAssignStmt,
  place: HirExpr,
  at: Span,
  span: Span,
  into: HirStatement[],
): void {
  if (place.type.kind === 'error') return;
  if (place.kind === 'block' && isPlace(place.result)) {
    into.push(...place.statements);
    augment(cx, statement, place.result, at, span, into);
    return;
  }
  if (!isPlace(place) || !isLastingPlace(place)) {
    cx.report(mustBeMutable(place.span, [' for in-place operator destination']));
    return;
  }
  if (!requireMutable(cx, place, place.span, ' for in-place operator destination')) return;
  const value = cx.ops.value(cx, statement.value, contextFrom(cx, place, statement.value));
  if (value.type.kind === 'error') return;
  // The place is reached once, before the value is computed.
  const isPlain = value.kind === 'constant' || value.kind === 'local';
  const reached = place.kind === 'deref' && isPlain ? place : reachedOnce(cx, place, into);
  inPlace(cx, statement, reached, value, at, span, into);
}

function inPlace(
  cx: BodyContext,
  statement: AugAssignStmt,
  place: HirPlace,
  value: HirExpr,
  at: Span,
  span: Span,
  into: HirStatement[],
): void {
  const name = inPlaceMethod(statement.op);
  if (roleOf(cx.sema, place.type) === 'simd' && place.kind !== 'deref') {
    // Numbers: `x op= v` is `x = x op v`, without a call for each.
    const plan = planConversion(cx, value, place.type);
    const isClassicDivision = cx.isClassic && statement.op === '/' && place.type === cx.known.int;
    if (plan !== null && plan.type === place.type && !isClassicDivision) {
      const result = binaryOperation(cx, statement.op, fresh(cx, place), plan.build(), at, span);
      if (result.type === place.type) into.push({ kind: 'assign', place, value: own(cx, result), span });
      return;
    }
  }
  if (methodCandidates(cx, place.type, name).length === 0) {
    if (cx.isClassic) {
      const result = binaryOperation(cx, statement.op, fresh(cx, place), value, at, span);
      if (result.type.kind === 'error') return;
      const converted = cx.ops.convert(cx, result, place.type, span, '');
      if (converted.type.kind !== 'error') into.push({ kind: 'assign', place, value: own(cx, converted), span });
      return;
    }
    reportNotImplemented(cx, at, place.type, name);
    return;
  }
  const call = callOperator(cx, name, null, place, value, at, span);
  if (call.type.kind !== 'error') into.push({ kind: 'expr', expr: call, span });
}

/** Through the reference of `__getitem__`, or get, change, and set. */
function augmentSubscript(
  cx: BodyContext,
  statement: AugAssignStmt,
  target: SubscriptExpr,
  base: HirExpr,
  at: Span,
  into: HirStatement[],
): void {
  const span = cx.span(statement);
  if (base.type.kind === 'error') return;
  const role = roleOf(cx.sema, base.type);
  const setters = role === 'tuple' || role === 'pack' ? [] : methodCandidates(cx, base.type, '__setitem__');
  if (setters.length === 0) {
    augment(cx, statement, subscriptValue(cx, base, target), at, span, into);
    return;
  }
  const owner = reachedOnce(cx, anchoredValue(cx, base, into), into);
  const args = subscriptArguments(cx, base, target).map((arg): CallArgument => {
    if (arg.checked?.kind !== 'value' || arg.checked.expr.kind === 'constant') return arg;
    const place = isPlace(arg.checked.expr) ? arg.checked.expr : cx.temporary(own(cx, arg.checked.expr), into);
    return { ...arg, checked: valueResult(place) };
  });
  const site = subscriptSite(cx, target, '__getitem__');
  const getters = methodCandidates(cx, base.type, '__getitem__');
  if (getters.length === 0) {
    reportNotImplemented(cx, site.open, base.type, '__getitem__');
    return;
  }
  const current = cx.ops.call(
    cx,
    { kind: 'functions', name: '__getitem__', candidates: getters, receiver: owner, params: null },
    args,
    site,
  );
  if (current.type.kind === 'error') return;
  if (isLastingPlace(current) && isMutable(cx, current)) {
    augment(cx, statement, current, at, span, into);
    return;
  }
  const raw = cx.ops.value(cx, statement.value, contextFrom(cx, current, statement.value));
  if (raw.type.kind === 'error') return;
  // The value is computed before the element is read.
  const value =
    isPlace(raw) || raw.kind === 'constant' || raw.kind === 'materialize' ? raw : cx.temporary(own(cx, raw), into);
  const element = cx.temporary(own(cx, current), into);
  inPlace(cx, statement, element, value, at, span, into);
  const moved: HirExpr = { kind: 'transfer', place: fresh(cx, element) as HirPlace, type: element.type, span };
  const again = args.map((arg) =>
    arg.checked?.kind === 'value' ? { ...arg, checked: valueResult(fresh(cx, arg.checked.expr)) } : arg,
  );
  const call = callSetter(
    cx,
    fresh(cx, owner),
    setters,
    again,
    valueArgument(moved),
    subscriptSite(cx, target, '__setitem__'),
  );
  if (call.type.kind !== 'error') into.push({ kind: 'expr', expr: call, span });
}

/** What is read and written by two calls is computed once. A value that no variable holds stays one: no method changes it. */
function anchoredValue(cx: BodyContext, base: HirExpr, into: HirStatement[]): HirPlace {
  const root = valueUnderFields(base) ?? base;
  if (isPlace(root)) return root;
  return fieldsOver(base, cx.temporary(own(cx, root), into, false));
}
