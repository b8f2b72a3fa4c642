/** `match`: cases become nested labelled blocks. A failing test leaves the block of its case; a body leaves the whole statement. */
import type { Span } from '../../base/span.ts';
import type { MatchStmt, Pattern } from '../../syntax/ast.ts';
import type { HirExpr, HirStatement, LabelId } from '../hir.ts';
import { valueArgument } from './arguments.ts';
import type { BodyContext } from './body-context.ts';
import { comptimeTuple, matchType, noSuchField, sequenceSubject } from './errors.ts';
import { methodCandidates } from './members.ts';
import { comparison, negate, truth } from './operators.ts';
import { bindName, type BindingMode, declareSilent, fresh } from './patterns.ts';
import { isLastingPlace, isLiteral, isPlace, materializeLiteral, own, reachedOnce } from './places.ts';
import { orPatternNames, structPatternType, tuplePatternLength } from './statement-errors.ts';
import { fieldsOf, roleOf, tupleElements } from './type-facts.ts';
import { typeName } from './type-name.ts';

export function checkMatch(cx: BodyContext, statement: MatchStmt, into: HirStatement[]): void {
  const span = cx.span(statement);
  const value = materializeLiteral(cx, cx.ops.value(cx, statement.subject, null));
  const done = cx.newLabel();
  const body: HirStatement[] = [];
  const subject =
    value.type.kind === 'error'
      ? value
      : isPlace(value) && isLastingPlace(value)
        ? reachedOnce(cx, value, body)
        : cx.temporary(own(cx, value), body, false);
  const covered = new Set<boolean>();
  for (const matchCase of statement.cases) {
    const at = cx.span(matchCase);
    const failed = cx.newLabel();
    const inner: HirStatement[] = [];
    const literal = matchCase.guard === null ? boolLiteral(matchCase.pattern) : null;
    if (literal !== null) covered.add(literal);
    const completesBool = literal !== null && covered.size === 2 && subject.type === cx.known.bool;
    cx.inScope(() => {
      if (!completesBool) test(cx, matchCase.pattern, again(cx, subject), failed, inner);
      if (matchCase.guard !== null) {
        const guard = cx.ops.bool(cx, matchCase.guard);
        inner.push({
          kind: 'if',
          condition: negate(cx, guard, guard.span),
          onTrue: [{ kind: 'break', label: failed, span: at }],
          onFalse: [],
          span: at,
        });
      }
      for (const part of cx.ops.block(cx, matchCase.body)) inner.push(part);
    });
    inner.push({ kind: 'break', label: done, span: at });
    body.push({ kind: 'block', label: failed, body: inner, span: at });
  }
  into.push({ kind: 'block', label: done, body, span });
}

function boolLiteral(pattern: Pattern): boolean | null {
  return pattern.kind === 'LiteralPattern' && pattern.value.kind === 'BoolExpr' ? pattern.value.value : null;
}

function again(cx: BodyContext, place: HirExpr): HirExpr {
  return fresh(cx, place);
}

function leaveUnless(cx: BodyContext, condition: HirExpr, failed: LabelId, span: Span, into: HirStatement[]): void {
  if (condition.type.kind === 'error') return;
  into.push({
    kind: 'if',
    condition: negate(cx, condition, span),
    onTrue: [{ kind: 'break', label: failed, span }],
    onFalse: [],
    span,
  });
}

/** Tests `subject` (a place) against a pattern and binds its names; leaves through `failed`. */
function test(cx: BodyContext, pattern: Pattern, subject: HirExpr, failed: LabelId, into: HirStatement[]): void {
  const span = cx.span(pattern);
  switch (pattern.kind) {
    case 'WildcardPattern':
      return;
    case 'NamePattern': {
      const mode: BindingMode =
        pattern.binding === 'var'
          ? { kind: 'value', mutability: 'mutable' }
          : { kind: 'ref', mutable: pattern.binding === 'ref' };
      bindName(cx, pattern.name.name, cx.span(pattern.name), subject, mode, into);
      return;
    }
    case 'LiteralPattern':
    case 'ValuePattern': {
      const value = cx.ops.value(cx, pattern.value, subject.type);
      if (value.type.kind === 'error' || subject.type.kind === 'error') return;
      if (
        methodCandidates(cx, subject.type, '__eq__').length === 0 &&
        methodCandidates(cx, subject.type, '__is__').length === 0
      ) {
        cx.report(matchType(span, [typeName(value.type), typeName(subject.type)]));
        return;
      }
      const isNone = value.type === cx.known.none && methodCandidates(cx, subject.type, '__is__').length > 0;
      leaveUnless(
        cx,
        truth(cx, comparison(cx, isNone ? 'is' : '==', subject, value, span, span), span),
        failed,
        span,
        into,
      );
      return;
    }
    case 'OrPattern':
      alternatives(cx, pattern.alternatives, subject, failed, span, into);
      return;
    case 'AsPattern':
      test(cx, pattern.pattern, subject, failed, into);
      bindName(cx, pattern.name.name, cx.span(pattern.name), again(cx, subject), { kind: 'ref', mutable: false }, into);
      return;
    case 'TuplePattern':
      tuple(cx, pattern.elements, subject, failed, span, into);
      return;
    case 'SequencePattern':
      sequence(cx, pattern.elements, subject, failed, span, into);
      return;
    case 'StructPattern': {
      const type = cx.ops.type(cx, pattern.type, true);
      const fields = pattern.fields.map((field) => field.pattern);
      if (type.kind === 'error' || subject.type.kind === 'error') {
        bindAsErrors(cx, fields);
        return;
      }
      if (type.kind !== 'struct' || subject.type.kind !== 'struct' || type.decl !== subject.type.decl) {
        cx.report(structPatternType(cx.span(pattern.type), [typeName(subject.type), typeName(type)]));
        bindAsErrors(cx, fields);
        return;
      }
      const declaredFields = fieldsOf(cx.sema, subject.type);
      for (const field of pattern.fields) {
        const index = declaredFields.findIndex((candidate) => candidate.name === field.name.name);
        const declared = declaredFields[index];
        if (declared === undefined) {
          cx.report(noSuchField(cx.span(field.name), [typeName(type), field.name.name]));
          bindAsErrors(cx, [field.pattern]);
          continue;
        }
        test(
          cx,
          field.pattern,
          { kind: 'field', base: again(cx, subject), index, name: declared.name, type: declared.type, span },
          failed,
          into,
        );
      }
      return;
    }
    // The parser has reported a star outside of a sequence.
    case 'StarPattern':
    case 'ErrorPattern':
      cx.hasErrors = true;
  }
}

/** Names of patterns whose subject is not known after a mistake: their uses are no mistakes of their own. */
function bindAsErrors(cx: BodyContext, patterns: readonly Pattern[]): void {
  for (const pattern of patterns) {
    const names = pattern.kind === 'OrPattern' ? pattern.alternatives.flatMap(boundNames) : boundNames(pattern);
    for (const name of names) declareSilent(cx, name, cx.span(pattern), cx.scope);
  }
}

function tuple(
  cx: BodyContext,
  patterns: readonly Pattern[],
  subject: HirExpr,
  failed: LabelId,
  span: Span,
  into: HirStatement[],
): void {
  if (subject.type.kind === 'error') {
    bindAsErrors(cx, patterns);
    return;
  }
  const elements = roleOf(cx.sema, subject.type) === 'tuple' ? tupleElements(subject.type) : null;
  if (elements === null || elements.length !== patterns.length) {
    const type = typeName(subject.type);
    if (elements === null) cx.report(comptimeTuple(span, [type]));
    else cx.report(tuplePatternLength(span, [type, elements.length, patterns.length]));
    bindAsErrors(cx, patterns);
    return;
  }
  patterns.forEach((pattern, index) => {
    const type = elements[index];
    if (type === undefined) return;
    const place: HirExpr = {
      kind: 'element',
      base: again(cx, subject),
      index: cx.store.int(BigInt(index), cx.known.int),
      type,
      span,
    };
    test(cx, pattern, place, failed, into);
  });
}

/** Each alternative in a block of its own; the first that holds leaves for the end. Bound names become variables set by each. */
function alternatives(
  cx: BodyContext,
  patterns: readonly Pattern[],
  subject: HirExpr,
  failed: LabelId,
  span: Span,
  into: HirStatement[],
): void {
  const matched = cx.newLabel();
  const body: HirStatement[] = [];
  const [names, ...others] = patterns.map(boundNames);
  for (const other of others) {
    const missing =
      other.find((name) => names?.includes(name) === false) ?? names?.find((name) => !other.includes(name));
    if (missing === undefined) continue;
    cx.report(orPatternNames(span, [missing]));
    bindAsErrors(cx, patterns);
    return;
  }
  if (names !== undefined && names.length > 0) {
    bindingAlternatives(cx, patterns, subject, failed, span, into);
    return;
  }
  for (const pattern of patterns) {
    const next = cx.newLabel();
    const inner: HirStatement[] = [];
    test(cx, pattern, again(cx, subject), next, inner);
    inner.push({ kind: 'break', label: matched, span });
    body.push({ kind: 'block', label: next, body: inner, span });
  }
  body.push({ kind: 'break', label: failed, span });
  into.push({ kind: 'block', label: matched, body, span });
}

/** Alternatives that bind names: each binds copies into common variables. */
function bindingAlternatives(
  cx: BodyContext,
  patterns: readonly Pattern[],
  subject: HirExpr,
  failed: LabelId,
  span: Span,
  into: HirStatement[],
): void {
  const matched = cx.newLabel();
  const body: HirStatement[] = [];
  const first = patterns[0];
  if (first === undefined) return;
  const shared = new Map<string, ReturnType<BodyContext['localEntity']>>();
  for (const pattern of patterns) {
    const next = cx.newLabel();
    const inner: HirStatement[] = [];
    cx.inScope((scope) => {
      test(cx, pattern, again(cx, subject), next, inner);
      for (const name of boundNames(pattern)) {
        const entity = scope.names.get(name)?.[0];
        if (entity?.kind !== 'local') continue;
        const place = cx.placeOf(entity, span);
        let target = shared.get(name);
        if (target === undefined) {
          const local = cx.newLocal(name, place.type, span);
          target = cx.localEntity(local, 'immutable');
          shared.set(name, target);
          into.push({ kind: 'let', local: local.id, init: null, span });
        }
        const value = cx.ops.convert(cx, place, target.local.type, span, '');
        if (value.type.kind !== 'error')
          inner.push({ kind: 'assign', place: cx.placeOf(target, span), value: own(cx, value), span });
      }
    });
    inner.push({ kind: 'break', label: matched, span });
    body.push({ kind: 'block', label: next, body: inner, span });
  }
  body.push({ kind: 'break', label: failed, span });
  into.push({ kind: 'block', label: matched, body, span });
  for (const [name, entity] of shared) cx.declare(name, entity);
}

function boundNames(pattern: Pattern): string[] {
  switch (pattern.kind) {
    case 'NamePattern':
      return [pattern.name.name];
    case 'AsPattern':
      return [...boundNames(pattern.pattern), pattern.name.name];
    case 'TuplePattern':
    case 'SequencePattern':
      return pattern.elements.flatMap(boundNames);
    case 'OrPattern':
      return pattern.alternatives[0] === undefined ? [] : boundNames(pattern.alternatives[0]);
    case 'StructPattern':
      return pattern.fields.flatMap((field) => boundNames(field.pattern));
    case 'StarPattern':
      return pattern.name === null ? [] : [pattern.name.name];
    default:
      return [];
  }
}

/** `[p, q, *rest]`: by length, then element by element; `rest` is the slice between. */
function sequence(
  cx: BodyContext,
  patterns: readonly Pattern[],
  subject: HirExpr,
  failed: LabelId,
  span: Span,
  into: HirStatement[],
): void {
  if (subject.type.kind === 'error') {
    bindAsErrors(cx, patterns);
    return;
  }
  const { store, known } = cx;
  const length = cx.ops.method(cx, again(cx, subject), '__len__', [], span);
  if (length === null || methodCandidates(cx, subject.type, '__getitem__').length === 0) {
    cx.report(sequenceSubject(span, [typeName(subject.type)]));
    bindAsErrors(cx, patterns);
    return;
  }
  const int = (value: number): HirExpr => ({
    kind: 'constant',
    term: store.int(BigInt(value), known.int),
    type: known.int,
    span,
  });
  const count = isPlace(length) ? length : cx.temporary(own(cx, length), into, false);
  const star = patterns.findIndex((pattern) => pattern.kind === 'StarPattern');
  const fixed = star < 0 ? patterns.length : patterns.length - 1;
  leaveUnless(
    cx,
    truth(cx, comparison(cx, star < 0 ? '==' : '>=', again(cx, count), int(fixed), span, span), span),
    failed,
    span,
    into,
  );
  patterns.forEach((pattern, index) => {
    if (pattern.kind === 'StarPattern') {
      if (pattern.name === null) return;
      const after = patterns.length - 1 - index;
      const end = cx.ops.method(cx, again(cx, count), '__sub__', [int(after)], span) ?? int(0);
      const rest = sliceOf(cx, again(cx, subject), int(index), end, span);
      if (rest !== null)
        bindName(cx, pattern.name.name, cx.span(pattern.name), rest, { kind: 'value', mutability: 'immutable' }, into);
      return;
    }
    const fromEnd = star >= 0 && index > star;
    const position = fromEnd
      ? (cx.ops.method(cx, again(cx, count), '__sub__', [int(patterns.length - index)], span) ?? int(0))
      : int(index);
    const element = cx.ops.method(cx, again(cx, subject), '__getitem__', [position], span);
    if (element === null || element.type.kind === 'error') return;
    const plain = isLiteral(cx, element) ? materializeLiteral(cx, element) : element;
    const place = isPlace(plain) ? heldReference(cx, plain, span, into) : cx.temporary(own(cx, plain), into, false);
    test(cx, pattern, place, failed, into);
  });
}

/** A reference to an element, formed once. */
function heldReference(cx: BodyContext, place: HirExpr, span: Span, into: HirStatement[]): HirExpr {
  return cx.placeOf(bindName(cx, '_', span, place, { kind: 'ref', mutable: true }, into), span);
}

function sliceOf(cx: BodyContext, subject: HirExpr, lower: HirExpr, upper: HirExpr, span: Span): HirExpr | null {
  const entity = cx.known.struct('contiguous-slice');
  if (entity === null) return null;
  const site = { span, callee: span, open: span, what: 'initialization', name: 'ContiguousSlice' };
  const slice = cx.ops.construct(cx, cx.sema.structSelf(entity), [valueArgument(lower), valueArgument(upper)], site);
  return cx.ops.method(cx, subject, '__getitem__', [slice], span);
}
