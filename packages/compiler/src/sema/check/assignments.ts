/** Variable declarations and assignment in all its forms: names, members, subscripts, tuples, calls that return references. */
import type { Span } from '../../base/span.ts';
import type {
  AnnotatedAssignStmt,
  AssignStmt,
  AssignTarget,
  DeclTarget,
  Expr,
  MemberExpr,
  NameExpr,
  SubscriptExpr,
  VarDecl,
} from '../../syntax/ast.ts';
import { type Term, TermFlags } from '../../terms/term.ts';
import type { LocalEntity } from '../entities.ts';
import type { HirExpr, HirPlace, HirStatement } from '../hir.ts';
import { needsContext, valueArgument } from './arguments.ts';
import type { BodyContext, CallSite } from './body-context.ts';
import { planConversion } from './convert.ts';
import {
  cannotConvert,
  cannotUnpack,
  implicitDeclaration,
  letReassigned,
  mustBeMutable,
  noContextualType,
  notAssignable,
  notConcrete,
  setterWithoutGetter,
  unknownName,
} from './errors.ts';
import { stringLiteralExpr } from './literals.ts';
import { memberOf, methodCandidates } from './members.ts';
import { entitiesResult, variableSlip } from './names.ts';
import { completeType } from './parameters.ts';
import { bindPattern, declareLocal, declareSilent, fresh, isBuiltWhole, requireReference, unpack } from './patterns.ts';
import { anchored, isLastingPlace, isLiteral, isMutable, isPlace, materializeLiteral, own } from './places.ts';
import { pointerField, subscriptArguments, subscriptSite, subscriptValue } from './subscripts.ts';
import { takeValues } from './take-values.ts';
import { roleOf, tupleElements, isNever } from './type-facts.ts';
import { typeName } from './type-name.ts';
import type { CallArgument, Candidate } from './values.ts';

// ------------------------------------------------------------------------------------------------ declarations

export function checkVarDecl(
  cx: BodyContext,
  decl: VarDecl | DeclTarget,
  value: Expr | null,
  into: HirStatement[],
): void {
  const span = cx.span(decl);
  const mutability: LocalEntity['mutability'] = decl.binding === 'let' ? 'bindOnce' : 'mutable';
  const type = decl.type === null ? null : completeType(cx, cx.ops.type(cx, decl.type, true));
  if (value === null) {
    declareWithout(cx, decl, type, mutability, into);
    return;
  }
  if (decl.binding === 'ref') {
    const natural = cx.ops.value(cx, value, type);
    const converted =
      type === null || natural.type.kind === 'error' ? natural : cx.ops.convert(cx, natural, type, cx.span(value), '');
    const place = anchored(cx, converted, into);
    const reference = requireReference(cx, place, cx.span(value));
    const pattern = decl.pattern;
    if (pattern.kind !== 'NamePattern') {
      bindPattern(cx, pattern, place, { kind: 'ref', mutable: true }, into);
      return;
    }
    const nameSpan = cx.span(pattern.name);
    const local = cx.newLocal(pattern.name.name, reference.type, nameSpan);
    into.push({ kind: 'let', local: local.id, init: reference, span });
    declareLocal(cx, pattern.name.name, cx.localEntity(local, 'mutable'), nameSpan);
    return;
  }
  const where = ` in '${decl.binding}' initializer`;
  const init = initializer(cx, decl, value, type, where);
  bindPattern(cx, decl.pattern, init, { kind: 'value', mutability }, into);
}

function initializer(
  cx: BodyContext,
  decl: VarDecl | DeclTarget,
  value: Expr,
  type: Term | null,
  where: string,
): HirExpr {
  if (type === null) {
    const checked = cx.ops.value(cx, value, null);
    if (decl.pattern.kind !== 'NamePattern') return checked;
    return commonTypeValue(cx, own(cx, materializeLiteral(cx, checked)));
  }
  if (type.kind === 'error') {
    if (!needsContext(cx, value)) cx.ops.value(cx, value, null);
    return cx.error(cx.span(value));
  }
  return cx.ops.ownedValue(cx, value, type, type.kind === 'functionType' ? where : '');
}

/** An element of a pack that has a common type is declared with that type. */
function commonTypeValue(cx: BodyContext, value: HirExpr): HirExpr {
  if (value.type.kind !== 'packElement') return value;
  const pack = value.type.pack;
  const common = cx.signature?.params.find((param) => param.commonTypeOf === pack);
  if (common === undefined) return value;
  const source = value.kind === 'copy' ? value.place : value;
  const plan = planConversion(cx, source, common.term);
  return plan === null ? value : own(cx, plan.build());
}

function declareWithout(
  cx: BodyContext,
  decl: VarDecl | DeclTarget,
  type: Term | null,
  mutability: LocalEntity['mutability'],
  into: HirStatement[],
): void {
  const { pattern } = decl;
  const span = cx.span(decl);
  if (pattern.kind !== 'NamePattern' || decl.binding === 'ref') {
    cx.report(noContextualType(cx.span(pattern), [pattern.kind === 'NamePattern' ? pattern.name.name : '']));
    return;
  }
  const { name } = pattern.name;
  const nameSpan = cx.span(pattern.name);
  if (type === null) cx.report(noContextualType(nameSpan, [name]));
  else if (decl.type !== null && (type.flags & TermFlags.hasUnbound) !== 0)
    cx.report(notConcrete(cx.span(decl.type), [typeName(type), 'open']));
  const local = cx.newLocal(name, type ?? cx.store.error, nameSpan, { kind: 'var' }, null, mutability === 'bindOnce');
  const entity = cx.localEntity(local, mutability);
  if (mutability === 'bindOnce') cx.unsetLets.add(entity);
  into.push({ kind: 'let', local: local.id, init: null, span });
  declareLocal(cx, name, entity, nameSpan);
}

// ------------------------------------------------------------------------------------------------ assignment

/** What is assigned, once the type of the target is known. */
type Source = (expected: Term | null) => HirExpr;

export function checkAssign(cx: BodyContext, statement: AssignStmt, into: HirStatement[]): void {
  const { targets, value } = statement;
  const only = targets[0];
  if (targets.length === 1 && only !== undefined) {
    assignTarget(cx, only, value, (expected) => cx.ops.ownedValue(cx, value, expected, ''), into);
    return;
  }
  // `x = y = e` is `y = e`, then `x = y`. What has no name is made once, for all targets on its left.
  let from: Expr = value;
  let held: HirPlace | null = null;
  for (const target of [...targets].reverse()) {
    const name = nameOfTarget(target);
    if (name === null && held === null)
      held = cx.temporary(own(cx, materializeLiteral(cx, cx.ops.value(cx, from, null))), into);
    const kept = held;
    if (kept !== null)
      assignTarget(cx, target, null, (expected) => heldValue(cx, kept, expected, cx.span(value)), into);
    else assignTarget(cx, target, from, (expected) => cx.ops.ownedValue(cx, from, expected, ''), into);
    if (name !== null) {
      from = name;
      held = null;
    }
  }
}

function nameOfTarget(target: AssignTarget): NameExpr | null {
  if (target.kind === 'NameExpr') return target;
  if (target.kind !== 'DeclTarget' || target.pattern.kind !== 'NamePattern') return null;
  return { ...target.pattern.name, kind: 'NameExpr' };
}

function heldValue(cx: BodyContext, held: HirPlace, expected: Term | null, span: Span): HirExpr {
  const place = fresh(cx, held);
  return own(cx, expected === null ? place : cx.ops.convert(cx, place, expected, span, ''));
}

function assignTarget(
  cx: BodyContext,
  target: Expr | DeclTarget,
  value: Expr | null,
  source: Source,
  into: HirStatement[],
): void {
  if (target.kind === 'DeclTarget') {
    if (value !== null) checkVarDecl(cx, target, value, into);
    else
      bindPattern(
        cx,
        target.pattern,
        source(target.type === null ? null : cx.ops.type(cx, target.type, false)),
        { kind: 'value', mutability: target.binding === 'let' ? 'bindOnce' : 'mutable' },
        into,
      );
    return;
  }
  assignTo(cx, target, value, source, into);
}

/** `value` is the source expression when there is one, for arguments that need context. */
export function assignTo(
  cx: BodyContext,
  target: Expr,
  value: Expr | null,
  source: Source,
  into: HirStatement[],
): void {
  const span = cx.span(target);
  switch (target.kind) {
    case 'ParenExpr':
      assignTo(cx, target.value, value, source, into);
      return;
    case 'UnderscoreExpr':
      discard(cx, value, source, span, into);
      return;
    case 'NameExpr':
      assignName(cx, target, source, into);
      return;
    case 'TupleExpr':
      assignTuple(cx, target.elements, value, source, span, into);
      return;
    case 'ListExpr':
      assignTuple(cx, target.elements, value, source, span, into);
      return;
    case 'MemberExpr':
      assignMember(cx, target, value, source, into);
      return;
    case 'SubscriptExpr':
      assignSubscript(cx, target, value, source, into);
      return;
    default: {
      const place = cx.ops.value(cx, target, null);
      store(cx, place, source, span, into);
    }
  }
}

function discard(cx: BodyContext, value: Expr | null, source: Source, span: Span, into: HirStatement[]): void {
  if (value === null) {
    into.push({ kind: 'expr', expr: source(null), span });
    return;
  }
  const checked = cx.ops.expr(cx, value, null);
  if (checked.kind === 'type' || checked.kind === 'bound' || checked.kind === 'functions') return;
  const result = cx.ops.asValue(cx, checked, cx.span(value));
  if (result.type.kind === 'error') return;
  // `_ = x^` moves nothing: it is a use of `x` like `_ = x`, after which it ends where nothing else needs it.
  if (result.kind === 'transfer') into.push({ kind: 'use', place: result.place, span });
  else if (isPlace(result) && isLastingPlace(result)) into.push({ kind: 'use', place: result, span });
  else if (isFreshValue(cx, result)) into.push({ kind: 'use', place: cx.temporary(result, into), span });
  else if (result.kind !== 'constant') into.push({ kind: 'expr', expr: result, span });
}

/** A value of its own, which `_` holds like a variable: it ends after what its making used for the last time. */
function isFreshValue(cx: BodyContext, value: HirExpr): boolean {
  return value.kind === 'call' && value.type.kind !== 'ref' && value.type !== cx.known.none && !isNever(cx, value.type);
}

/** Stores into a place of known type. */
function store(cx: BodyContext, place: HirExpr, source: Source, span: Span, into: HirStatement[]): void {
  if (place.type.kind === 'error') {
    source(place.type);
    return;
  }
  if (place.kind === 'block' && isPlace(place.result)) {
    into.push(...place.statements);
    store(cx, place.result, source, span, into);
    return;
  }
  if (!isPlace(place)) {
    cx.trial(() => source(null));
    cx.report(mustBeMutable(span, [' in assignment']));
    return;
  }
  if (!isLastingPlace(place) || !isMutable(cx, place)) {
    cx.report(mustBeMutable(span, [' in assignment']));
    return;
  }
  const value = source(place.type);
  if (value.type.kind === 'error') return;
  into.push({ kind: 'assign', place, value, span });
}

function assignName(cx: BodyContext, target: NameExpr, source: Source, into: HirStatement[]): void {
  const span = cx.span(target);
  const entities = cx.sema.lookup(cx.scope, target.name);
  const first = entities?.[0];
  if (first === undefined) {
    if (cx.implicitDeclarations) {
      declareImplicitly(cx, target.name, span, source, into);
      return;
    }
    source(null);
    if (entities === null)
      cx.report(
        cx.isClassic && cx.fn === null
          ? unknownName(span, [target.name, ''])
          : implicitDeclaration(span, [target.name], variableSlip(cx, target.name, span)),
      );
    if (entities === null) declareSilent(cx, target.name, span);
    return;
  }
  if (cx.implicitDeclarations && first.kind !== 'local' && first.kind !== 'global') {
    declareImplicitly(cx, target.name, span, source, into);
    return;
  }
  if (first.kind === 'local' && first.mutability === 'bindOnce') {
    assignLet(cx, first, source, span, into);
    return;
  }
  const checked = entitiesResult(cx, entities ?? [], target.name, span);
  if (checked.kind !== 'value') {
    source(null);
    if (checked.kind !== 'error') cx.report(mustBeMutable(span, [' in assignment']));
    return;
  }
  store(cx, checked.expr, source, span, into);
}

/** `x: T = e` without `var`: a declaration in classic files, an error otherwise. */
export function checkAnnotated(cx: BodyContext, statement: AnnotatedAssignStmt, into: HirStatement[]): void {
  const { target, type, value } = statement;
  const span = cx.span(target);
  if (target.kind === 'UnderscoreExpr' && value !== null) {
    // `_: T = value` checks the type of a value that nobody wants.
    const wanted = cx.ops.type(cx, type, false);
    if (wanted.kind === 'error') return;
    discard(cx, null, () => cx.ops.ownedValue(cx, value, wanted, ''), cx.span(statement), into);
    return;
  }
  if (target.kind !== 'NameExpr') {
    cx.report(notAssignable(span, []));
    return;
  }
  const isNew = cx.sema.lookup(cx.scope, target.name)?.[0]?.kind !== 'local';
  if (cx.implicitDeclarations && isNew) {
    const { id, start, end, name, quoted } = target;
    const pattern = {
      kind: 'NamePattern',
      id,
      start,
      end,
      binding: null,
      name: { kind: 'Identifier', id, start, end, name, quoted },
    } as const;
    checkVarDecl(cx, { kind: 'DeclTarget', id, start, end: statement.end, binding: 'var', pattern, type }, value, into);
    return;
  }
  if (!isNew && value !== null) {
    const local = cx.sema.lookup(cx.scope, target.name)?.[0];
    const written = cx.ops.type(cx, type, false);
    // Of a variable that is there, the type may be repeated.
    if (local?.kind === 'local' && written === local.local.type) {
      const { id, start, end } = statement;
      checkAssign(cx, { kind: 'AssignStmt', id, start, end, targets: [target], value }, into);
      return;
    }
    if (written.kind === 'error') return;
  }
  cx.report(implicitDeclaration(span, [target.name]));
  if (isNew) declareSilent(cx, target.name, span);
}

/** `let x: T` may be set once, later. */
function assignLet(cx: BodyContext, entity: LocalEntity, source: Source, span: Span, into: HirStatement[]): void {
  if (!cx.unsetLets.has(entity)) {
    source(null);
    cx.report(letReassigned(span, [entity.name]));
    return;
  }
  const value = source(entity.local.type);
  if (value.type.kind !== 'error') into.push({ kind: 'assign', place: cx.placeOf(entity, span), value, span });
}

/** Classic `def`: a new name is a variable of the whole function. */
function declareImplicitly(cx: BodyContext, name: string, span: Span, source: Source, into: HirStatement[]): void {
  const value = source(null);
  const local = cx.newLocal(name, value.type, span);
  const entity = cx.localEntity(local, 'mutable');
  const scope = cx.functionScope ?? cx.scope;
  scope.names.set(name, [entity]);
  cx.hoisted.push({ kind: 'let', local: local.id, init: null, span });
  if (value.type.kind !== 'error') into.push({ kind: 'assign', place: cx.placeOf(entity, span), value, span });
}

/** What `__getattr__` gives for a dynamic attribute: an assigned value is converted to that first. */
function attributeType(cx: BodyContext, base: HirExpr, name: string): Term | null {
  if (methodCandidates(cx, base.type, '__getattr__').length === 0) return null;
  const attempt = cx.trial(() => {
    cx.errorFrames.push({ kind: 'try', type: null });
    return cx.ops.method(cx, base, '__getattr__', [stringLiteralExpr(cx.sema, name, base.span)], base.span);
  });
  return attempt.failed || attempt.value === null || attempt.value.type.kind === 'error' ? null : attempt.value.type;
}

function assignMember(
  cx: BodyContext,
  target: MemberExpr,
  value: Expr | null,
  source: Source,
  into: HirStatement[],
): void {
  const span = cx.span(target);
  const base = cx.ops.expr(cx, target.base, null);
  if (base.kind === 'value' && base.expr.type.kind !== 'error') {
    const found = cx.sema.members(base.expr.type, target.name.name, cx.scope);
    if (found.length === 0 && methodCandidates(cx, base.expr.type, '__setattr__').length > 0) {
      if (
        cx.scope.module.isUser &&
        !cx.acceptsOlder &&
        methodCandidates(cx, base.expr.type, '__getattr__').length === 0
      ) {
        source(null);
        cx.report(setterWithoutGetter(span, [typeName(base.expr.type), '__setattr__', '__getattr__']));
        return;
      }
      const text = stringLiteralExpr(cx.sema, target.name.name, span);
      const expected = attributeType(cx, base.expr, target.name.name);
      const given = settable(cx, value, source, expected);
      if (expected !== null && given.type.kind !== 'error' && planConversion(cx, given, expected) === null) {
        cx.ops.convert(cx, given, expected, given.span, '');
        return;
      }
      const result = cx.ops.method(cx, base.expr, '__setattr__', [text, given], span);
      if (result !== null) into.push({ kind: 'expr', expr: result, span });
      return;
    }
  }
  const place = memberOf(cx, base, target.name, cx.spanAt(target.dot, target.dot + 1), span);
  if (place.kind !== 'value') {
    source(place.kind === 'error' ? cx.store.error : null);
    if (place.kind !== 'error') cx.report(mustBeMutable(span, [' in assignment']));
    return;
  }
  store(cx, place.expr, source, span, into);
}

/** `a[i] = v`: `__setitem__`, or through the reference that `__getitem__` returns. */
function assignSubscript(
  cx: BodyContext,
  target: SubscriptExpr,
  value: Expr | null,
  source: Source,
  into: HirStatement[],
): void {
  const span = cx.span(target);
  const checked = cx.ops.expr(cx, target.base, null);
  if (checked.kind !== 'value') {
    source(checked.kind === 'error' ? cx.store.error : null);
    if (checked.kind !== 'error') cx.report(notAssignable(span, []));
    return;
  }
  let base = checked.expr;
  if (base.type.kind === 'error') {
    source(base.type);
    return;
  }
  const role = roleOf(cx.sema, base.type);
  if (role === 'tuple' || role === 'pack') {
    store(cx, subscriptValue(cx, base, target), source, span, into);
    return;
  }
  let setters = methodCandidates(cx, base.type, '__setitem__');
  if (setters.length === 0 && methodCandidates(cx, base.type, '__getitem__').length === 0) {
    const inner = pointerField(cx, base);
    if (inner !== null) {
      base = inner;
      setters = methodCandidates(cx, base.type, '__setitem__');
    }
  }
  if (setters.length === 0) {
    store(cx, subscriptValue(cx, base, target), source, span, into);
    return;
  }
  const args = subscriptArguments(cx, base, target);
  const expected = getterType(cx, base, args);
  const last: CallArgument =
    value !== null && needsContext(cx, value) && expected === null
      ? { name: null, span: cx.span(value), star: 'none', contextual: value, checked: null }
      : valueArgument(settable(cx, value, source, expected));
  const site = subscriptSite(cx, target, '__setitem__');
  // The getter decides the type of the value: a setter for another one is out of reach.
  const isOwn = !cx.isClassic && base.type.kind === 'struct' && cx.sema.structEntity(base.type.decl.id).module.isUser;
  if (isOwn && methodCandidates(cx, base.type, '__getitem__').length === 0) {
    cx.report(setterWithoutGetter(site.open, [typeName(base.type), '__setitem__', '__getitem__']));
    return;
  }
  const isOutOfReach =
    isOwn || expected !== null || cx.trial(() => callSetter(cx, base, setters, args, last, site)).failed;
  if (isOutOfReach && explainSetter(cx, base, args, expected, last, target)) return;
  const call = callSetter(cx, base, setters, args, last, site);
  if (call.type.kind !== 'error') into.push({ kind: 'expr', expr: call, span });
}

/** Reports a subscript that cannot be read, or a value that is none of what reading gives; false: the setter's own mistake. */
function explainSetter(
  cx: BodyContext,
  base: HirExpr,
  args: readonly CallArgument[],
  expected: Term | null,
  value: CallArgument,
  target: SubscriptExpr,
): boolean {
  const given = value.checked?.kind === 'value' ? value.checked.expr : null;
  if (given === null || given.type.kind === 'error') return false;
  if (expected !== null) {
    if (planConversion(cx, given, expected) !== null) return false;
    cx.ops.convert(cx, given, expected, given.span, '');
    return true;
  }
  const getters = methodCandidates(cx, base.type, '__getitem__');
  if (getters.length === 0) return false;
  const hadErrors = cx.hasErrors;
  cx.hasErrors = false;
  cx.ops.call(
    cx,
    { kind: 'functions', name: '__getitem__', candidates: getters, receiver: base, params: null },
    args,
    subscriptSite(cx, target, '__getitem__'),
  );
  const isReported = cx.hasErrors;
  cx.hasErrors ||= hadErrors;
  return isReported;
}

/** The assigned value is the last argument, also where that one is keyword-only: then it goes by its name. */
export function callSetter(
  cx: BodyContext,
  base: HirExpr,
  setters: readonly Candidate[],
  args: readonly CallArgument[],
  value: CallArgument,
  site: CallSite,
): HirExpr {
  const call = (candidates: readonly Candidate[], last: CallArgument): HirExpr =>
    cx.ops.call(
      cx,
      { kind: 'functions', name: '__setitem__', candidates, receiver: base, params: null },
      [...args, last],
      site,
    );
  for (const candidate of setters) {
    const formal = cx.sema.signature(candidate.fn).args.at(-1);
    if (formal?.passing !== 'keywordOnly') continue;
    const named = { ...value, name: formal.name };
    if (!cx.trial(() => call([candidate], named)).failed) return call([candidate], named);
  }
  return call(setters, value);
}

/** The value of `a[i] = v`, converted first to what the getter returns. */
function settable(cx: BodyContext, value: Expr | null, source: Source, expected: Term | null): HirExpr {
  if (value === null) return source(expected);
  const checked = cx.ops.value(cx, value, expected);
  if (expected === null || checked.type.kind === 'error') return checked;
  const plan = planConversion(cx, checked, expected);
  return plan === null ? checked : plan.build();
}

function getterType(cx: BodyContext, base: HirExpr, args: readonly CallArgument[]): Term | null {
  const getters = methodCandidates(cx, base.type, '__getitem__');
  if (getters.length === 0) return null;
  const attempt = cx.trial(() => {
    cx.errorFrames.push({ kind: 'try', type: null });
    const span = base.span;
    const call = cx.ops.call(
      cx,
      { kind: 'functions', name: '__getitem__', candidates: getters, receiver: base, params: null },
      args,
      { span, callee: span, open: span, what: `call to '__getitem__'`, name: '__getitem__' },
    );
    return call.type;
  });
  return attempt.failed || attempt.value.kind === 'error' ? null : attempt.value;
}

function assignTuple(
  cx: BodyContext,
  targets: readonly Expr[],
  value: Expr | null,
  source: Source,
  span: Span,
  into: HirStatement[],
): void {
  const whole = value === null ? source(null) : cx.ops.value(cx, value, null);
  if (whole.type.kind === 'error') return;
  const elements = roleOf(cx.sema, whole.type) === 'tuple' ? tupleElements(whole.type) : null;
  if (elements === null || elements.length !== targets.length) {
    const natural = typeName(materializeLiteral(cx, whole).type);
    if (elements === null) cx.report(cannotUnpack(span, [natural, targets.length]));
    else cx.report(cannotConvert(whole.span, [natural, tupleOfTargets(cx, targets), '']));
    return;
  }
  if (whole.kind === 'aggregate' && !isBuiltWhole(cx, whole.fields)) {
    assignParts(cx, targets, whole.fields, span, into);
    return;
  }
  unpack(cx, targets, { value: whole, count: elements.length, span }, into, (target, part) => {
    assignTo(
      cx,
      target,
      null,
      (expected) =>
        own(cx, expected === null ? materializeLiteral(cx, part) : cx.ops.convert(cx, part, expected, part.span, '')),
      into,
    );
  });
}

/** The tuple type that the targets stand for, as far as they have types. */
function tupleOfTargets(cx: BodyContext, targets: readonly Expr[]): string {
  const types = targets.map((target) => {
    if (target.kind === 'UnderscoreExpr') return cx.store.unbound;
    const attempt = cx.trial(() => cx.ops.value(cx, target, null).type);
    return attempt.failed ? cx.store.unbound : attempt.value;
  });
  return typeName(cx.known.tuple(types));
}

/** `a, b = b, a`: every value is made before any is stored; literals wait for their target. */
function assignParts(
  cx: BodyContext,
  targets: readonly Expr[],
  fields: readonly HirExpr[],
  span: Span,
  into: HirStatement[],
): void {
  const stays = (field: HirExpr): boolean => isLiteral(cx, field) || field.kind === 'aggregate';
  const owned = fields.map((field) => (field.kind === 'constant' || stays(field) ? field : own(cx, field)));
  const held = takeValues(cx, owned, into, stays);
  targets.forEach((target, index) => {
    const part = held[index] ?? cx.error(span);
    assignTo(
      cx,
      target,
      null,
      (expected) =>
        own(cx, expected === null ? materializeLiteral(cx, part) : cx.ops.convert(cx, part, expected, part.span, '')),
      into,
    );
  });
}
