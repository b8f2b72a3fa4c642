/** `for` loops: the iteration protocol spelled out. An iterator whose `__next__` does not raise is asked `__has_next__` before each; any other is
 *  called until it raises. */
import type { Span } from '../../base/span.ts';
import type { Expr, Pattern } from '../../syntax/ast.ts';
import type { HirExpr, HirStatement } from '../hir.ts';
import { reportNotImplemented } from './bound-advice.ts';
import { isObserved, roleOf } from './type-facts.ts';
import type { BodyContext, CallSite } from './body-context.ts';
import { methodCandidates } from './members.ts';
import { negate, truth } from './operators.ts';
import { type BindingMode, bindPattern, referenceTo } from './patterns.ts';
import { anchored, isLastingPlace, isLiteral, isPlace, materializeLiteral, own, rebound } from './places.ts';
import type { Candidate } from './values.ts';

export interface ForHeader {
  readonly binding: 'var' | 'ref' | null;
  readonly target: Pattern;
  readonly iterable: Expr;
  readonly span: Span;
  readonly unroll: number | null;
}

/** Emits the loop. `body` checks what is inside; `orElse` runs when the iterator is exhausted. */
export function forLoop(
  cx: BodyContext,
  header: ForHeader,
  into: HirStatement[],
  body: (into: HirStatement[]) => void,
  orElse: (() => readonly HirStatement[]) | null,
): void {
  const { span } = header;
  const iterableSpan = cx.span(header.iterable);
  const statements: HirStatement[] = [];
  const iterator = makeIterator(cx, header.iterable, iterableSpan, statements);
  const breakLabel = cx.newLabel();
  const loopLabel = cx.newLabel();
  const inner: HirStatement[] = [];
  const exhausted: HirStatement[] = [];
  if (orElse !== null) exhausted.push(...orElse());
  exhausted.push({ kind: 'break', label: breakLabel, span });
  cx.inScope(() => {
    const next = iterator === null ? cx.error(iterableSpan) : nextItem(cx, iterator, span, inner, exhausted);
    const item = asElement(cx, next);
    bindPattern(cx, header.target, handedOver(cx, header, item, inner), modeOf(cx, header.binding), inner);
    cx.loops.push({ breakLabel, continueLabel: loopLabel });
    body(inner);
    cx.loops.pop();
  });
  statements.push({ kind: 'loop', label: loopLabel, body: inner, step: [], unroll: header.unroll, span });
  into.push({ kind: 'block', label: breakLabel, body: statements, span });
}

/** What an iterator gives is officially known as its `Element` alone, which for a function is nothing that could be called. */
function asElement(cx: BodyContext, item: HirExpr): HirExpr {
  if (item.type.kind !== 'functionType' || cx.isLibrary || cx.acceptsOlder) return item;
  const element = cx.store.operation('type.element', [item.type], cx.store.primitive('type'));
  return rebound(cx, item, element, item.span);
}

/** The item comes out of the iterator and is then moved into the `x` of `for var x`; that of `for x` only names it: whoever traces moves
 *  sees it. */
function handedOver(cx: BodyContext, header: ForHeader, item: HirExpr, into: HirStatement[]): HirExpr {
  if (header.target.kind !== 'NamePattern' || item.type.kind !== 'struct' || !isObserved(cx.sema, item.type)) return item;
  if (header.binding !== 'var') return item.kind === 'transfer' ? item.place : item;
  if (item.kind !== 'call') return item;
  return { kind: 'transfer', place: cx.temporary(item, into), type: item.type, span: item.span };
}

function modeOf(cx: BodyContext, binding: ForHeader['binding']): BindingMode {
  if (binding === 'var') return { kind: 'value', mutability: 'mutable' };
  if (binding === 'ref') return { kind: 'ref', mutable: true };
  return { kind: 'ref', mutable: cx.isClassic };
}

/** The place of the iterator; null after reporting. */
function makeIterator(cx: BodyContext, iterable: Expr, span: Span, into: HirStatement[]): HirExpr | null {
  const value = cx.ops.value(cx, iterable, null);
  if (value.type.kind === 'error') return null;
  const natural = isLiteral(cx, value) ? materializeLiteral(cx, value) : value;
  const candidates = methodCandidates(cx, natural.type, '__iter__');
  if (candidates.length === 0) {
    const shown = roleOf(cx.sema, value.type) === 'tuple' ? materializeLiteral(cx, value) : value;
    reportNotImplemented(cx, span, shown.type, '__iter__');
    return null;
  }
  const owning = isPlace(natural) && isLastingPlace(natural) ? null : owningIterator(cx, natural, candidates, span);
  if (owning !== null) return cx.temporary(own(cx, owning), into);
  // A fresh iterable lives as long as the loop.
  const source = isPlace(natural) ? anchored(cx, natural, into) : cx.temporary(own(cx, natural), into);
  const iterator = cx.ops.method(cx, source, '__iter__', [], span);
  if (iterator === null || iterator.type.kind === 'error') return null;
  return cx.temporary(own(cx, iterator), into);
}

/** The iterator of a value that nobody keeps, where it can give itself up: `__iter__(var self)`. */
function owningIterator(cx: BodyContext, value: HirExpr, candidates: readonly Candidate[], span: Span): HirExpr | null {
  const owning = candidates.filter((candidate) => {
    const convention = cx.sema.signature(candidate.fn).args[0]?.convention;
    return convention === 'var' || convention === 'deinit';
  });
  if (owning.length === 0) return null;
  const site: CallSite = { span, callee: span, open: span, what: `call to '__iter__'`, name: '__iter__' };
  const call = (): HirExpr =>
    cx.ops.call(
      cx,
      { kind: 'functions', name: '__iter__', candidates: owning, receiver: value, params: null },
      [],
      site,
    );
  return cx.trial(call).failed ? null : call();
}

/** Asks for the next item; leaves the loop through `exhausted` when there is none. */
function nextItem(
  cx: BodyContext,
  iterator: HirExpr,
  span: Span,
  into: HirStatement[],
  exhausted: readonly HirStatement[],
): HirExpr {
  const place = (): HirExpr => {
    const entity = cx.state.localEntities.get(iterator);
    return entity === undefined ? iterator : cx.placeOf(entity, span);
  };
  const frame = { kind: 'try' as const, type: null };
  cx.errorFrames.push(frame);
  const next = cx.ops.method(cx, place(), '__next__', [], span);
  cx.errorFrames.pop();
  if (next === null) return missingNext(cx, iterator, span);
  if (next.type.kind === 'error') return next;
  const raised: { readonly type: HirExpr['type'] | null } = frame;
  // Older code says 'may raise' of every 'def', and has no protocol but the question.
  if ((raised.type === null || cx.acceptsOlder) && methodCandidates(cx, iterator.type, '__has_next__').length > 0) {
    const more = cx.ops.method(cx, place(), '__has_next__', [], span);
    const condition = more === null ? cx.error(span) : negate(cx, truth(cx, more, span), span);
    into.push({ kind: 'if', condition, onTrue: exhausted, onFalse: [], span });
    return next;
  }
  if (raised.type === null) {
    // Nothing says when to end: neither an error nor a question.
    if (cx.isLibrary || cx.acceptsOlder) return next;
    reportNotImplemented(cx, span, iterator.type, '__has_next__');
    return cx.error(span);
  }
  // try: item = it.__next__()  except: leave the loop
  const reference = referenceTo(cx, next, true, span);
  const value = reference ?? own(cx, next);
  const local = cx.newLocal('', value.type, span);
  const entity = cx.localEntity(local, 'mutable');
  const error = cx.newLocal('', raised.type, span);
  into.push({
    kind: 'try',
    body: [{ kind: 'let', local: local.id, init: value, span }],
    errorType: raised.type,
    errorLocal: error.id,
    handler: exhausted,
    orElse: [],
    final: [],
    span,
  });
  const item = cx.placeOf(entity, span);
  return reference === null ? { kind: 'transfer', place: item, type: value.type, span } : item;
}

function missingNext(cx: BodyContext, iterator: HirExpr, span: Span): HirExpr {
  reportNotImplemented(cx, span, iterator.type, '__next__');
  return cx.error(span);
}
