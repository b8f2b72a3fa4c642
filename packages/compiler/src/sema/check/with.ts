/** `with`: `__enter__` before the body, `__exit__` on every way out. A manager with `__exit__(self, e) -> Bool` sees the error of the
 *  body instead and may swallow it.
 *
 *      raised = False
 *      try:
 *          try: body  except e: raised = True; if not manager.__exit__(e): raise e
 *      finally: if not raised: manager.__exit__() */
import { present } from '../../base/invariant.ts';
import type { Span } from '../../base/span.ts';
import type { WithStmt } from '../../syntax/ast.ts';
import { type Term, TermFlags } from '../../terms/term.ts';
import type { HirExpr, HirLocalId, HirPlace, HirStatement } from '../hir.ts';
import { valueArgument } from './arguments.ts';
import type { BodyContext, CallSite } from './body-context.ts';
import { reportNotImplemented } from './bound-advice.ts';
import { boundTo } from './function-shape.ts';
import { boolExpr } from './literals.ts';
import { methodCandidates } from './members.ts';
import { negate, truth } from './operators.ts';
import { type BindingMode, bindPattern } from './patterns.ts';
import { isPlace, materializeLiteral, own } from './places.ts';
import { innermostFrame } from './raising.ts';
import { raisedAgain } from './raise-statement.ts';
import { consumingManager } from './statement-errors.ts';
import { catching } from './try.ts';
import { typeName } from './type-name.ts';
import type { Candidate } from './values.ts';

export function checkWith(cx: BodyContext, statement: WithStmt, into: HirStatement[]): void {
  into.push({ kind: 'block', label: null, body: withItem(cx, statement, 0), span: cx.span(statement) });
}

function withItem(cx: BodyContext, statement: WithStmt, index: number): readonly HirStatement[] {
  const item = statement.items[index];
  if (item === undefined) {
    const body: HirStatement[] = [];
    for (const inner of statement.body.statements) cx.ops.statement(cx, inner, body);
    return body;
  }
  return cx.inScope(() => {
    const span = cx.span(item.context);
    const into: HirStatement[] = [];
    const value = cx.ops.value(cx, item.context, null);
    const natural = value.type.kind === 'error' ? value : materializeLiteral(cx, value);
    // The manager is a value of its own: a variable is copied, and what `__enter__` lends is copied for the name.
    const owned = natural.type.kind === 'error' ? natural : own(cx, natural);
    const manager = owned.type.kind === 'error' ? null : cx.temporary(owned, into);
    if (manager !== null && entersByMoving(cx, manager) && exits(cx, manager, null).length > 0) {
      cx.report(consumingManager(span, [typeName(manager.type)]));
      return into;
    }
    const entered = manager === null ? cx.error(span) : enter(cx, manager, span);
    const before = into.length;
    if (manager !== null && entered.type.kind !== 'error' && keepsEntered(cx, manager)) {
      if (item.target !== null) bindPattern(cx, item.target, entered, BOUND, into);
      else cx.temporary(own(cx, entered), into);
      const held = into.slice(before).flatMap((bound) => (bound.kind === 'let' ? [bound.local] : []));
      const body = withItem(cx, statement, index + 1);
      into.push(keptUntilExit(cx, body, held, span));
      return into;
    }
    if (item.target !== null) bindPattern(cx, item.target, entered, BOUND, into);
    else if (entered.type.kind !== 'error') into.push(enteredStatement(entered, span));
    if (manager === null || entered.type.kind === 'error') {
      into.push(...withItem(cx, statement, index + 1));
      return into;
    }
    guard(cx, manager, statement, index, span, into);
    return into;
  });
}

/** A manager that gives itself to `__enter__` and has no `__exit__` acts by its destructor: what was entered lives until the
 *  block is left. */
function keepsEntered(cx: BodyContext, manager: HirPlace): boolean {
  return entersByMoving(cx, manager) && exits(cx, manager, null).length === 0;
}

function entersByMoving(cx: BodyContext, manager: HirPlace): boolean {
  const [first] = methodCandidates(cx, manager.type, '__enter__');
  const convention = first === undefined ? null : cx.sema.signature(first.fn).args[0]?.convention;
  return convention === 'var' || convention === 'deinit';
}

function keptUntilExit(
  cx: BodyContext,
  body: readonly HirStatement[],
  held: readonly HirLocalId[],
  span: Span,
): HirStatement {
  const final = held.map((local): HirStatement => {
    const entity = present(cx.entities[local], 'entity of a local');
    return { kind: 'use', place: cx.placeOf(entity, span), span };
  });
  const errorType = innermostFrame(cx).type;
  return { kind: 'try', body, errorType, errorLocal: null, handler: null, orElse: [], final, span };
}

const BOUND: BindingMode = { kind: 'value', mutability: 'mutable' };

function enteredStatement(entered: HirExpr, span: Span): HirStatement {
  return isPlace(entered) ? { kind: 'use', place: entered, span } : { kind: 'expr', expr: entered, span };
}

function renewed(cx: BodyContext, place: HirPlace): HirPlace {
  const entity = cx.state.localEntities.get(place);
  return entity === undefined ? place : cx.placeOf(entity, place.span);
}

function enter(cx: BodyContext, manager: HirPlace, span: Span): HirExpr {
  const candidates = methodCandidates(cx, manager.type, '__enter__');
  const first = candidates[0];
  if (first === undefined) {
    reportNotImplemented(cx, span, manager.type, '__enter__');
    return cx.error(span);
  }
  // A manager that gives itself away is consumed here.
  const convention = cx.sema.signature(first.fn).args[0]?.convention;
  const consumes = convention === 'var' || convention === 'deinit';
  const receiver: HirExpr = consumes
    ? { kind: 'transfer', place: renewed(cx, manager), type: manager.type, span }
    : renewed(cx, manager);
  const site: CallSite = { span, callee: span, open: span, what: `call to '__enter__'`, name: '__enter__' };
  return cx.ops.call(cx, { kind: 'functions', name: '__enter__', candidates, receiver, params: null }, [], site);
}

/** `count`: of arguments after `self`; null: any. */
function exits(cx: BodyContext, manager: HirPlace, count: number | null): Candidate[] {
  return methodCandidates(cx, manager.type, '__exit__').filter(
    (candidate) => count === null || cx.sema.signature(candidate.fn).args.length === count + 1,
  );
}

/** The type of error that an `__exit__` is called with; null where it takes errors of any type, which is called for none. */
function takenError(cx: BodyContext, candidate: Candidate): Term | null {
  const signature = cx.sema.signature(candidate.fn);
  const declared = signature.args[1];
  if (declared === undefined) return null;
  const type = boundTo(cx.sema, signature, candidate.inherited).applyWithHoles(declared.type);
  return (type.flags & TermFlags.hasUnbound) === 0 ? type : null;
}

function exit(
  cx: BodyContext,
  manager: HirPlace,
  candidates: readonly Candidate[],
  args: readonly HirExpr[],
  span: Span,
): HirExpr {
  const site: CallSite = { span, callee: span, open: span, what: `call to '__exit__'`, name: '__exit__' };
  return cx.ops.call(
    cx,
    { kind: 'functions', name: '__exit__', candidates, receiver: renewed(cx, manager), params: null },
    args.map((arg) => valueArgument(arg)),
    site,
  );
}

function guard(
  cx: BodyContext,
  manager: HirPlace,
  statement: WithStmt,
  index: number,
  span: Span,
  into: HirStatement[],
): void {
  const plain = exits(cx, manager, 0);
  // The library has managers that take any error.
  const takesErrors = (candidate: Candidate): boolean =>
    cx.isClassic || !candidate.fn.module.isUser || takenError(cx, candidate) !== null;
  const onError = exits(cx, manager, 1).filter(takesErrors);
  const all = methodCandidates(cx, manager.type, '__exit__');
  if (plain.length === 0 && all.length > 0 && !cx.isClassic) {
    // The call that a body without errors ends with: it says what is missing.
    exit(cx, manager, all, [], span);
    return;
  }
  if (onError.length === 0) {
    const body = withItem(cx, statement, index + 1);
    if (plain.length === 0) {
      into.push(...body);
      return;
    }
    const final: HirStatement[] = [{ kind: 'expr', expr: exit(cx, manager, plain, [], span), span }];
    into.push({
      kind: 'try',
      body,
      errorType: innermostFrame(cx).type,
      errorLocal: null,
      handler: null,
      orElse: [],
      final,
      span,
    });
    return;
  }
  const flag = cx.newLocal('', cx.known.bool, span);
  const raised = cx.localEntity(flag, 'mutable');
  into.push({ kind: 'let', local: flag.id, init: boolExpr(cx.sema, false, span), span });
  // Where nothing may raise, the body may not either, whatever the manager would do with the error.
  const frame = innermostFrame(cx);
  const mayRaise = frame.kind === 'try' || frame.type !== null;
  const inner = (): readonly HirStatement[] => withItem(cx, statement, index + 1);
  const [only, ...others] = onError;
  const wanted = only === undefined || others.length > 0 || cx.isClassic ? null : takenError(cx, only);
  const body = mayRaise ? catching(cx, inner, wanted) : { value: inner(), type: null };
  let guarded: readonly HirStatement[] = body.value;
  if (body.type !== null) {
    const error = cx.newLocal('', body.type, span);
    const entity = cx.localEntity(error, 'mutable');
    const handler: HirStatement[] = [
      { kind: 'assign', place: cx.placeOf(raised, span), value: boolExpr(cx.sema, true, span), span },
    ];
    const swallowed = truth(cx, exit(cx, manager, onError, [cx.placeOf(entity, span)], span), span);
    const again: HirStatement[] = [];
    const passed = raisedAgain(cx, cx.placeOf(entity, span), span);
    if (passed !== null) again.push({ kind: 'raise', value: passed, span });
    handler.push({ kind: 'if', condition: swallowed, onTrue: [], onFalse: again, span });
    guarded = [
      {
        kind: 'try',
        body: body.value,
        errorType: body.type,
        errorLocal: error.id,
        handler,
        orElse: [],
        final: [],
        span,
      },
    ];
  }
  if (plain.length === 0) {
    into.push(...guarded);
    return;
  }
  const condition = negate(cx, own(cx, cx.placeOf(raised, span)), span);
  const leave: HirStatement = { kind: 'expr', expr: exit(cx, manager, plain, [], span), span };
  const final: HirStatement[] = [{ kind: 'if', condition, onTrue: [leave], onFalse: [], span }];
  into.push({
    kind: 'try',
    body: guarded,
    errorType: innermostFrame(cx).type,
    errorLocal: null,
    handler: null,
    orElse: [],
    final,
    span,
  });
}
