/** Compile-time statements: `comptime if`, `comptime for`, `comptime assert`, and their `@parameter` spellings.
 *  Conditions become terms and are facts inside the arms; a loop's values are a list term, computed by elaboration where need be. */
import type { AssertStmt, ComprehensionExpr, Expr, ForStmt, IfStmt } from '../../syntax/ast.ts';
import type { ParamTerm, Term } from '../../terms/term.ts';
import type { HirStatement } from '../hir.ts';
import type { BodyContext } from './body-context.ts';
import { methodNotImplemented, unsupported } from './errors.ts';
import { declareLocal } from './patterns.ts';
import { checkBlock, checkStatements } from './blocks.ts';
import { isTypeKind, roleOf } from './type-facts.ts';
import { typeName } from './type-name.ts';

/** The Bool term of a compile-time condition. */
function conditionTerm(cx: BodyContext, expr: Expr): Term {
  const plain = cx.trial(() => cx.ops.parameter(cx, expr, cx.known.bool));
  if (!plain.failed) return cx.ops.parameter(cx, expr, cx.known.bool).value;
  // A value with `__bool__`.
  const open = cx.trial(() => cx.ops.parameter(cx, expr, null));
  if (!open.failed && open.value.type !== cx.known.bool && open.value.value.kind !== 'error') {
    const { value, type } = cx.ops.parameter(cx, expr, null);
    const truth = cx.ops.method(cx, { kind: 'constant', term: value, type, span: cx.span(expr) }, '__bool__', [], cx.span(expr));
    if (truth !== null && truth.type.kind !== 'error') return cx.ops.termOf(cx, truth);
  }
  return cx.ops.parameter(cx, expr, cx.known.bool).value;
}

export function checkComptimeIf(cx: BodyContext, statement: IfStmt, index: number, into: HirStatement[], facts: readonly Term[] = []): void {
  const arm = statement.arms[index];
  if (arm === undefined) {
    if (statement.orElse !== null) into.push(...checkBlock(cx, statement.orElse, facts));
    return;
  }
  const condition = cx.inScope(() => conditionTerm(cx, arm.condition), facts);
  if (condition.kind === 'error') cx.hasErrors = true;
  const usable = condition.kind !== 'error';
  const onTrue = checkBlock(cx, arm.body, usable ? [...facts, condition] : facts);
  const onFalse: HirStatement[] = [];
  checkComptimeIf(cx, statement, index + 1, onFalse, usable ? [...facts, cx.store.not(condition)] : facts);
  if (usable) into.push({ kind: 'comptimeIf', condition, onTrue, onFalse, span: cx.span(arm.condition) });
}

/** What is asserted holds for the rest of the block. */
export function checkComptimeAssert(cx: BodyContext, statement: AssertStmt, into: HirStatement[]): void {
  const condition = conditionTerm(cx, statement.condition);
  const message = statement.message === null ? null : cx.ops.parameter(cx, statement.message, null).value;
  if (condition.kind === 'error' || message?.kind === 'error') {
    cx.hasErrors = true;
    return;
  }
  into.push({ kind: 'comptimeAssert', condition, message, span: cx.span(statement.condition) });
  cx.scope.facts.push(condition);
}

const MAX_SPELLED_OUT = 4096;

export function checkComptimeFor(cx: BodyContext, statement: ForStmt, into: HirStatement[]): void {
  const span = cx.spanAt(statement.start, statement.iterable.end);
  const { target } = statement;
  const values = iterationValues(cx, statement);
  const breakLabel = cx.newLabel();
  const label = cx.newLabel();
  const elementType = values?.type ?? cx.store.error;
  const name = target.kind === 'NamePattern' ? target.name.name : '_';
  const param: ParamTerm = cx.store.newParam(name, elementType);
  const body = cx.inScope((scope) => {
    const inner: HirStatement[] = [];
    const at = cx.span(target);
    if (elementType.kind === 'error') {
      if (target.kind === 'NamePattern') declareLocal(cx, name, cx.localEntity(cx.newLocal(name, elementType, at), 'immutable'), at);
    } else if (target.kind === 'NamePattern' || target.kind === 'WildcardPattern') {
      scope.names.set(name === '_' ? '' : name, [{ kind: 'param', name, term: param, span: at }]);
    } else {
      cx.report(unsupported(at, ['unpacking in a compile-time loop']));
      return inner;
    }
    cx.loops.push({ breakLabel, continueLabel: label });
    checkStatements(cx, statement.body, inner);
    cx.loops.pop();
    return inner;
  });
  const statements: HirStatement[] = [];
  if (values !== null) statements.push({ kind: 'comptimeFor', label, param, iterable: values.list, body, span });
  if (statement.orElse !== null) statements.push(...cx.ops.block(cx, statement.orElse));
  into.push({ kind: 'block', label: breakLabel, body: statements, span });
}

/** The values of a compile-time loop as a list: spelled out for a `range` of known integers, a pack as it is, anything else as the
 *  list comprehension that elaboration runs. */
function iterationValues(cx: BodyContext, statement: ForStmt): { readonly list: Term; readonly type: Term } | null {
  const { iterable } = statement;
  const range = rangeValues(cx, iterable);
  if (range !== null) return { list: range, type: cx.known.int };
  const plain = cx.trial(() => cx.ops.expr(cx, iterable, null));
  if (!plain.failed && plain.value.kind === 'pack') {
    const pack = plain.value.term;
    const first = pack.kind === 'list' ? pack.elements[0] : undefined;
    const type = pack.kind === 'param' ? pack.type : first === undefined || isTypeKind(first) ? cx.known.anyType : cx.known.int;
    return { list: pack, type };
  }
  if (!plain.failed && plain.value.kind === 'value') {
    const { type } = plain.value.expr;
    if (type.kind !== 'error' && cx.sema.members(type, '__iter__', cx.scope).length === 0) {
      cx.report(methodNotImplemented(cx.span(iterable), [typeName(type), '__iter__']));
      return null;
    }
  }
  const { id, start, end } = iterable;
  const name = { kind: 'NameExpr', id, start, end, name: '__item', quoted: true } as const;
  const identifier = { kind: 'Identifier', id, start, end, name: '__item', quoted: true } as const;
  const pattern = { kind: 'NamePattern', id, start, end, binding: null, name: identifier } as const;
  const clause = { kind: 'ComprehensionFor', id, start, end, binding: null, target: pattern, iterable } as const;
  const display: ComprehensionExpr = { kind: 'ComprehensionExpr', id, start, end, form: 'list', key: null, element: name, clauses: [clause] };
  const { value, type } = cx.ops.parameter(cx, display, null);
  if (value.kind === 'error') {
    cx.hasErrors = true;
    return null;
  }
  const element = roleOf(cx.sema, type) === 'list' && type.kind === 'struct' ? type.args[0] : undefined;
  return element === undefined ? null : { list: value, type: element };
}

/** The integers of `range(…)` when its bounds are known numbers. */
function rangeValues(cx: BodyContext, expr: Expr): Term | null {
  if (expr.kind !== 'CallExpr' || expr.callee.kind !== 'NameExpr' || expr.callee.name !== 'range') return null;
  if (expr.args.length === 0 || expr.args.length > 3 || expr.args.some((arg) => arg.name !== null || arg.star !== 'none')) return null;
  const meaning = cx.sema.lookup(cx.scope, 'range')?.[0];
  if (meaning?.kind !== 'function' || !meaning.ref.path.startsWith('std.')) return null;
  const bounds: bigint[] = [];
  for (const arg of expr.args) {
    const attempt = cx.trial(() => cx.ops.parameter(cx, arg.value, cx.known.int));
    if (attempt.failed || attempt.value.value.kind !== 'int') return null;
    bounds.push(attempt.value.value.value);
  }
  const [first = 0n, second, third = 1n] = bounds;
  const from = second === undefined ? 0n : first;
  const to = second ?? first;
  const step = third;
  if (step === 0n) return null;
  const values: Term[] = [];
  for (let at = from; step > 0n ? at < to : at > to; at += step) {
    if (values.length >= MAX_SPELLED_OUT) return null;
    values.push(cx.store.int(at, cx.known.int));
  }
  return cx.store.list(values);
}
