/** Variable declarations, assignments and in-place operators.
 *  In: statements. Out: HIR. A target is resolved first (its base and index are evaluated before the value), then the value is checked
 *  against the target's type. Unpacking evaluates the whole right side before anything is stored. */
import type { Span } from '../../base/span.ts';
import type {
  AssignStmt,
  AssignTarget,
  AugAssignStmt,
  Binding,
  CallArg,
  Expr,
  Identifier,
  MemberExpr,
  NameExpr,
  Pattern,
  SubscriptExpr,
} from '../../syntax/ast.ts';
import type { Term } from '../../terms/term.ts';
import { TermFlags } from '../../terms/term.ts';
import type { HirExpr, HirPlace, HirStatement } from '../hir.ts';
import { checkArguments, valueArgument } from './arguments.ts';
import type { BodyContext, CallSite } from './body-context.ts';
import { cannotUnpack, implicitDeclaration, methodNotImplemented, mustBeMutable, noContextualType, notAssignable, unknownName } from './errors.ts';
import { stringLiteralExpr } from './literals.ts';
import { memberOf, methodCandidates } from './members.ts';
import { binaryOperation, inPlaceMethod } from './operators.ts';
import { type BindingMode, bindPattern, declareLocal, requireReference, unpack } from './patterns.ts';
import { isLastingPlace, isMutable, isPlace, materializeLiteral, own, requireMutable } from './places.ts';
import { unpackCount } from './statement-errors.ts';
import { pointerField, subscriptArguments, subscriptSite, subscriptValue } from './subscripts.ts';
import { roleOf, tupleElements } from './type-facts.ts';
import { typeName } from './type-name.ts';
import type { CallArgument } from './values.ts';

// ------------------------------------------------------------------------------------------------ declarations

/** `var p: T = e` and its kin. */
export function declareVariable(
  cx: BodyContext,
  binding: Binding,
  pattern: Pattern,
  typeExpr: Expr | null,
  value: Expr | null,
  into: HirStatement[],
): void {
  const span = cx.span(pattern);
  const mode: BindingMode = { kind: 'value', mutability: binding === 'let' ? 'bindOnce' : 'mutable' };
  if (binding === 'ref') {
    declareReference(cx, pattern, typeExpr, value, into);
    return;
  }
  if (value === null) {
    if (typeExpr === null) {
      reportUndetermined(cx, pattern);
      bindPattern(cx, pattern, cx.error(span), mode, into);
      return;
    }
    declareUninitialized(cx, pattern, cx.ops.type(cx, typeExpr, false), binding === 'let', into);
    return;
  }
  if (typeExpr === null) {
    const init = cx.ops.value(cx, value, null);
    bindInitializer(cx, pattern, init, mode, into);
    return;
  }
  const type = cx.ops.type(cx, typeExpr, true);
  const init = type.kind === 'error' ? quietly(cx, value) : cx.ops.ownedValue(cx, value, type, '');
  bindInitializer(cx, pattern, init, mode, into);
}

/** Checks a value whose target is wrong already. */
function quietly(cx: BodyContext, value: Expr): HirExpr {
  cx.ops.expr(cx, value, null);
  return cx.error(cx.span(value));
}

export function bindInitializer(cx: BodyContext, pattern: Pattern, init: HirExpr, mode: BindingMode, into: HirStatement[]): void {
  if (pattern.kind === 'TuplePattern' && init.type.kind !== 'error') {
    const elements = roleOf(cx.sema, init.type) === 'tuple' ? tupleElements(init.type) : null;
    if (elements !== null && elements.length !== pattern.elements.length) {
      reportUndetermined(cx, pattern);
      bindPattern(cx, pattern, cx.error(init.span), mode, into);
      return;
    }
    bindPattern(cx, pattern, elements === null ? materializeLiteral(cx, init) : init, mode, into);
    return;
  }
  bindPattern(cx, pattern, init, mode, into);
}

function firstName(pattern: Pattern): Identifier | null {
  if (pattern.kind === 'NamePattern') return pattern.name;
  if (pattern.kind !== 'TuplePattern') return null;
  for (const element of pattern.elements) {
    const name = firstName(element);
    if (name !== null) return name;
  }
  return null;
}

function reportUndetermined(cx: BodyContext, pattern: Pattern): void {
  const name = firstName(pattern);
  if (pattern.kind === 'TuplePattern') cx.report(unpackCount(cx.span(name ?? pattern), [name?.name ?? '_']));
  else cx.report(noContextualType(cx.span(name ?? pattern), [name?.name ?? '_']));
}

function declareReference(cx: BodyContext, pattern: Pattern, typeExpr: Expr | null, value: Expr | null, into: HirStatement[]): void {
  if (value === null) {
    reportUndetermined(cx, pattern);
    bindPattern(cx, pattern, cx.error(cx.span(pattern)), { kind: 'ref', mutable: true }, into);
    return;
  }
  const type = typeExpr === null ? null : cx.ops.type(cx, typeExpr, true);
  let place = cx.ops.value(cx, value, type);
  if (type !== null && type.kind !== 'error' && place.type.kind !== 'error') place = cx.ops.convert(cx, place, type, cx.span(value), '');
  if (pattern.kind !== 'NamePattern') {
    bindPattern(cx, pattern, place, { kind: 'ref', mutable: true }, into);
    return;
  }
  const span = cx.span(pattern.name);
  const reference = requireReference(cx, place, cx.span(value));
  const local = cx.newLocal(pattern.name.name, reference.type, span);
  into.push({ kind: 'let', local: local.id, init: reference, span });
  declareLocal(cx, pattern.name.name, cx.localEntity(local, 'mutable'), span);
}

function declareUninitialized(cx: BodyContext, pattern: Pattern, type: Term, bindOnce: boolean, into: HirStatement[]): void {
  const span = cx.span(pattern);
  switch (pattern.kind) {
    case 'NamePattern': {
      const local = cx.newLocal(pattern.name.name, type, cx.span(pattern.name), { kind: 'var' }, null, bindOnce);
      into.push({ kind: 'let', local: local.id, init: null, span });
      declareLocal(cx, pattern.name.name, cx.localEntity(local, bindOnce ? 'bindOnce' : 'mutable'), cx.span(pattern.name));
      return;
    }
    case 'TuplePattern': {
      // `var a, b: Int` gives each name the type; a tuple type of the same length is taken apart.
      const elements = roleOf(cx.sema, type) === 'tuple' ? tupleElements(type) : null;
      pattern.elements.forEach((element, index) => {
        const part = elements !== null && elements.length === pattern.elements.length ? (elements[index] ?? type) : type;
        declareUninitialized(cx, element, part, bindOnce, into);
      });
      return;
    }
    default:
      return;
  }
}

// ------------------------------------------------------------------------------------------------ targets

type Target =
  | { readonly kind: 'place'; readonly place: HirPlace }
  /** `__setitem__` and `__setattr__`. `load` gives the present value, for in-place operators. */
  | { readonly kind: 'setter'; readonly span: Span; readonly load: () => HirExpr | null; readonly store: (value: CallArgument) => HirExpr }
  /** A name that a classic file declares by assigning to it. */
  | { readonly kind: 'declare'; readonly name: string; readonly span: Span }
  | { readonly kind: 'pattern'; readonly binding: Binding; readonly pattern: Pattern; readonly type: Expr | null }
  | { readonly kind: 'discard'; readonly span: Span }
  | { readonly kind: 'tuple'; readonly targets: readonly Target[]; readonly span: Span }
  | { readonly kind: 'error' };

const ERROR_TARGET: Target = { kind: 'error' };
const IN_ASSIGNMENT = ' in assignment';
const IN_PLACE = ' for in-place operator destination';

function resolveTarget(cx: BodyContext, target: AssignTarget, where: string, into: HirStatement[]): Target {
  switch (target.kind) {
    case 'DeclTarget':
      return { kind: 'pattern', binding: target.binding, pattern: target.pattern, type: target.type };
    case 'UnderscoreExpr':
      return { kind: 'discard', span: cx.span(target) };
    case 'ParenExpr':
      return resolveTarget(cx, target.value, where, into);
    case 'TupleExpr':
    case 'ListExpr':
      return { kind: 'tuple', targets: target.elements.map((element) => resolveTarget(cx, element, where, into)), span: cx.span(target) };
    case 'NameExpr':
      return resolveName(cx, target, where);
    case 'MemberExpr':
      return resolveMember(cx, target, where);
    case 'SubscriptExpr':
      return resolveSubscript(cx, target, where, into);
    default:
      return resolveExpression(cx, target, where);
  }
}

function resolveExpression(cx: BodyContext, target: Expr, where: string): Target {
  const checked = cx.ops.expr(cx, target, null);
  if (checked.kind === 'error') return ERROR_TARGET;
  if (checked.kind === 'value') return placeTarget(cx, checked.expr, cx.span(target), where);
  cx.report(mustBeMutable(cx.span(target), [where]));
  return ERROR_TARGET;
}

/** A place that may be written; a `let` variable as a whole is left to the flow checks. */
function placeTarget(cx: BodyContext, expr: HirExpr, span: Span, where: string): Target {
  if (expr.type.kind === 'error') return ERROR_TARGET;
  if (!isPlace(expr)) {
    if (expr.kind === 'block' && isPlace(expr.result) && isMutable(cx, expr)) {
      // The statements of the block are evaluated before the place is used.
      return { kind: 'place', place: { kind: 'deref', reference: refOfBlock(cx, expr, expr.result), type: expr.type, span } };
    }
    cx.report(mustBeMutable(span, [where]));
    return ERROR_TARGET;
  }
  if (where === IN_ASSIGNMENT && expr.kind === 'local' && cx.state.localEntities.get(expr)?.mutability === 'bindOnce')
    return { kind: 'place', place: expr };
  return requireMutable(cx, expr, span, where) ? { kind: 'place', place: expr } : ERROR_TARGET;
}

function refOfBlock(cx: BodyContext, block: HirExpr & { readonly kind: 'block' }, place: HirPlace): HirExpr {
  const type = cx.store.ref(place.type, cx.store.specialOrigin('untracked', cx.store.true), cx.store.true);
  return { ...block, result: { kind: 'refOf', place, mutable: true, type, span: place.span }, type };
}

function resolveName(cx: BodyContext, target: NameExpr, where: string): Target {
  const span = cx.span(target);
  const entity = cx.sema.lookup(cx.scope, target.name)?.[0] ?? null;
  const declares = cx.isClassic && cx.functionScope !== null && where === IN_ASSIGNMENT;
  if (entity === null) {
    if (declares) return { kind: 'declare', name: target.name, span };
    if (where === IN_ASSIGNMENT) {
      cx.report(implicitDeclaration(span, [target.name]));
      // Later uses of the name are no mistakes of their own.
      const local = cx.newLocal(target.name, cx.store.error, span);
      cx.declare(target.name, cx.localEntity(local, 'mutable'));
    } else cx.report(unknownName(span, [target.name]));
    return ERROR_TARGET;
  }
  if (declares && (entity.kind === 'global' ? !entity.mutable : entity.kind !== 'local' && entity.kind !== 'param'))
    return { kind: 'declare', name: target.name, span };
  return resolveExpression(cx, target, where);
}

function resolveMember(cx: BodyContext, target: MemberExpr, where: string): Target {
  const base = cx.ops.expr(cx, target.base, null);
  const span = cx.span(target);
  const dot = cx.spanAt(target.dot, target.dot + 1);
  if (base.kind === 'value' && base.expr.type.kind !== 'error') {
    const name = target.name.name;
    const receiver = base.expr;
    if (cx.sema.members(receiver.type, name, cx.scope).length === 0) {
      const candidates = methodCandidates(cx, receiver.type, '__setattr__');
      if (candidates.length > 0) {
        const text = valueArgument(stringLiteralExpr(cx.sema, name, cx.span(target.name)));
        const site: CallSite = { span, callee: dot, open: dot, what: `call to '__setattr__'`, name: '__setattr__' };
        return {
          kind: 'setter',
          span,
          load: () => cx.ops.method(cx, receiver, '__getattr__', [stringLiteralExpr(cx.sema, name, span)], span),
          store: (value) => cx.ops.call(cx, { kind: 'functions', name: '__setattr__', candidates, receiver, params: null }, [text, value], site),
        };
      }
    }
  }
  const checked = memberOf(cx, base, target.name, dot, span);
  if (checked.kind === 'error') return ERROR_TARGET;
  if (checked.kind === 'value') return placeTarget(cx, checked.expr, span, where);
  cx.report(mustBeMutable(span, [where]));
  return ERROR_TARGET;
}

function resolveSubscript(cx: BodyContext, target: SubscriptExpr, where: string, into: HirStatement[]): Target {
  const base = cx.ops.expr(cx, target.base, null);
  const span = cx.span(target);
  if (base.kind === 'error') return ERROR_TARGET;
  if (base.kind !== 'value') {
    cx.report(mustBeMutable(span, [where]));
    return ERROR_TARGET;
  }
  return resolveItem(cx, base.expr, target, span, where, into);
}

function resolveItem(cx: BodyContext, base: HirExpr, target: SubscriptExpr, span: Span, where: string, into: HirStatement[]): Target {
  if (base.type.kind === 'error') return ERROR_TARGET;
  const setters = methodCandidates(cx, base.type, '__setitem__');
  if (setters.length === 0) {
    const inner = methodCandidates(cx, base.type, '__getitem__').length === 0 ? pointerField(cx, base) : null;
    if (inner !== null) return resolveItem(cx, inner, target, span, where, into);
    return placeTarget(cx, subscriptValue(cx, base, target), span, where);
  }
  const plain = subscriptArguments(cx, base, target);
  // An in-place operator reads and writes: each index is evaluated once.
  const args = where === IN_PLACE ? plain.map((arg) => heldArgument(cx, arg, into)) : plain;
  return {
    kind: 'setter',
    span,
    load: () => {
      const candidates = methodCandidates(cx, base.type, '__getitem__');
      if (candidates.length === 0) return null;
      const site = subscriptSite(cx, target, '__getitem__');
      return cx.ops.call(cx, { kind: 'functions', name: '__getitem__', candidates, receiver: base, params: null }, args, site);
    },
    store: (value) => {
      const site = subscriptSite(cx, target, '__setitem__');
      return cx.ops.call(cx, { kind: 'functions', name: '__setitem__', candidates: setters, receiver: base, params: null }, [...args, value], site);
    },
  };
}

function heldArgument(cx: BodyContext, arg: CallArgument, into: HirStatement[]): CallArgument {
  if (arg.checked?.kind !== 'value') return arg;
  const value = arg.checked.expr;
  if (value.type.kind === 'error' || value.kind === 'constant' || isPlace(value)) return arg;
  return { ...arg, checked: { kind: 'value', expr: cx.temporary(own(cx, value), into, false) } };
}

// ------------------------------------------------------------------------------------------------ assignment

/** What is stored: source still to be checked, or a value. */
type Source = { readonly kind: 'expr'; readonly expr: Expr } | { readonly kind: 'value'; readonly value: HirExpr };

export function checkAssign(cx: BodyContext, statement: AssignStmt, into: HirStatement[]): void {
  const span = cx.span(statement);
  const targets = statement.targets.map((target) => resolveTarget(cx, target, IN_ASSIGNMENT, into));
  const [only] = targets;
  if (only !== undefined && targets.length === 1) {
    store(cx, only, { kind: 'expr', expr: statement.value }, span, into);
    return;
  }
  // `a = b = e`: e once. Constants go to each target as they are, so that literals take each target's type.
  const value = cx.ops.value(cx, statement.value, null);
  if (value.type.kind === 'error') {
    for (const target of targets) store(cx, target, { kind: 'value', value }, span, into);
    return;
  }
  const repeated = value.kind === 'constant' ? value : cx.temporary(own(cx, value), into);
  targets.forEach((target, index) => {
    const isLast = index === targets.length - 1;
    const part: HirExpr =
      isPlace(repeated) && isLast ? { kind: 'transfer', place: repeated, type: repeated.type, span } : { ...repeated };
    if (repeated.kind === 'local' && part.kind === 'local') {
      const entity = cx.state.localEntities.get(repeated);
      if (entity !== undefined) cx.state.localEntities.set(part, entity);
    }
    store(cx, target, { kind: 'value', value: part }, span, into);
  });
}

function store(cx: BodyContext, target: Target, source: Source, span: Span, into: HirStatement[]): void {
  switch (target.kind) {
    case 'error':
      if (source.kind === 'expr') cx.ops.expr(cx, source.expr, null);
      return;
    case 'place': {
      const value = convertSource(cx, source, target.place.type);
      if (value.type.kind !== 'error') into.push({ kind: 'assign', place: target.place, value, span });
      return;
    }
    case 'setter': {
      const arg = source.kind === 'expr' ? sourceArgument(cx, source.expr) : valueArgument(source.value);
      const result = target.store(arg);
      if (result.type.kind !== 'error') into.push({ kind: 'expr', expr: result, span });
      return;
    }
    case 'declare': {
      const value = own(cx, materializeLiteral(cx, source.kind === 'expr' ? cx.ops.value(cx, source.expr, null) : source.value));
      declareImplicitly(cx, target.name, value, target.span, span, into);
      return;
    }
    case 'pattern': {
      const mode: BindingMode =
        target.binding === 'ref' ? { kind: 'ref', mutable: true } : { kind: 'value', mutability: target.binding === 'let' ? 'bindOnce' : 'mutable' };
      const type = target.type === null ? null : cx.ops.type(cx, target.type, true);
      const value =
        type !== null ? convertSource(cx, source, type) : source.kind === 'expr' ? cx.ops.value(cx, source.expr, null) : source.value;
      bindInitializer(cx, target.pattern, value, mode, into);
      return;
    }
    case 'discard':
      discard(cx, source.kind === 'expr' ? cx.ops.value(cx, source.expr, null) : source.value, span, into);
      return;
    case 'tuple':
      storeTuple(cx, target.targets, source, target.span, span, into);
      return;
  }
}

export function discard(cx: BodyContext, value: HirExpr, span: Span, into: HirStatement[]): void {
  if (value.type.kind === 'error') return;
  if (isPlace(value) && isLastingPlace(value)) into.push({ kind: 'use', place: value, span });
  else into.push({ kind: 'expr', expr: value, span });
}

function convertSource(cx: BodyContext, source: Source, type: Term): HirExpr {
  if (source.kind === 'expr') return cx.ops.ownedValue(cx, source.expr, type, '');
  const converted = cx.ops.convert(cx, source.value, type, source.value.span, '');
  return converted.type.kind === 'error' ? converted : own(cx, converted);
}

/** An expression as an argument of a call that the checker makes. */
export function sourceArgument(cx: BodyContext, expr: Expr): CallArgument {
  const arg: CallArg = { kind: 'CallArg', id: expr.id, start: expr.start, end: expr.end, star: 'none', name: null, value: expr };
  const [checked] = checkArguments(cx, [arg]);
  return checked ?? valueArgument(cx.error(cx.span(expr)));
}

function declareImplicitly(cx: BodyContext, name: string, value: HirExpr, at: Span, span: Span, into: HirStatement[]): void {
  const scope = cx.functionScope ?? cx.scope;
  const known = scope.names.get(name)?.[0];
  if (known?.kind === 'local') {
    // Declared meanwhile: by the other half of an unpacking.
    const converted = cx.ops.convert(cx, value, known.local.type, value.span, '');
    if (converted.type.kind !== 'error') into.push({ kind: 'assign', place: cx.placeOf(known, at), value: own(cx, converted), span });
    return;
  }
  const local = cx.newLocal(name, value.type, at);
  const entity = cx.localEntity(local, 'mutable');
  scope.names.set(name, [entity]);
  if (value.type.kind === 'error') return;
  cx.hoisted.push({ kind: 'let', local: local.id, init: null, span: at });
  into.push({ kind: 'assign', place: cx.placeOf(entity, at), value, span });
}

function typeOfTarget(cx: BodyContext, target: Target): Term {
  switch (target.kind) {
    case 'place':
      return target.place.type;
    case 'tuple':
      return cx.known.tuple(target.targets.map((part) => typeOfTarget(cx, part)));
    default:
      return cx.store.unbound;
  }
}

function storeTuple(cx: BodyContext, targets: readonly Target[], source: Source, at: Span, span: Span, into: HirStatement[]): void {
  const type = cx.known.tuple(targets.map((target) => typeOfTarget(cx, target)));
  const raw = source.kind === 'expr' ? cx.ops.value(cx, source.expr, type) : source.value;
  if (raw.type.kind === 'error') {
    for (const target of targets) store(cx, target, { kind: 'value', value: raw }, span, into);
    return;
  }
  const elements = roleOf(cx.sema, raw.type) === 'tuple' ? tupleElements(raw.type) : null;
  if (elements === null) {
    cx.report(cannotUnpack(at, [typeName(materializeLiteral(cx, raw).type), targets.length]));
    return;
  }
  const fits = (type.flags & TermFlags.hasError) !== 0;
  const value = fits ? raw : cx.ops.convert(cx, raw, type, raw.span, '');
  if (value.type.kind === 'error') return;
  if (elements.length !== targets.length) return;
  unpack(cx, targets, value, targets.length, span, into, (target, part) => store(cx, target, { kind: 'value', value: part }, span, into));
}

// ------------------------------------------------------------------------------------------------ in-place operators

export function checkAugAssign(cx: BodyContext, statement: AugAssignStmt, into: HirStatement[]): void {
  const span = cx.span(statement);
  const at = cx.spanAt(statement.opStart, statement.opStart + statement.op.length + 1);
  const target = resolveTarget(cx, statement.target, IN_PLACE, into);
  switch (target.kind) {
    case 'error':
      cx.ops.expr(cx, statement.value, null);
      return;
    case 'place': {
      const result = inPlace(cx, statement, target.place, at);
      if (result.type.kind !== 'error') into.push({ kind: 'expr', expr: result, span });
      return;
    }
    case 'setter': {
      const present = target.load();
      if (present === null || present.type.kind === 'error') {
        if (present === null) cx.report(mustBeMutable(target.span, [IN_PLACE]));
        cx.ops.expr(cx, statement.value, null);
        return;
      }
      if (isPlace(present) && isLastingPlace(present) && isMutable(cx, present)) {
        const result = inPlace(cx, statement, present, at);
        if (result.type.kind !== 'error') into.push({ kind: 'expr', expr: result, span });
        return;
      }
      const held = cx.temporary(own(cx, present), into);
      const result = inPlace(cx, statement, held, at);
      if (result.type.kind === 'error') return;
      into.push({ kind: 'expr', expr: result, span });
      const stored = target.store(valueArgument({ kind: 'transfer', place: held, type: held.type, span }));
      if (stored.type.kind !== 'error') into.push({ kind: 'expr', expr: stored, span });
      return;
    }
    default:
      cx.report(notAssignable(cx.span(statement.target), []));
  }
}

function inPlace(cx: BodyContext, statement: AugAssignStmt, place: HirPlace, at: Span): HirExpr {
  const name = inPlaceMethod(statement.op);
  const candidates = methodCandidates(cx, place.type, name);
  if (candidates.length === 0) {
    if (cx.isClassic && methodCandidates(cx, place.type, name.replace('__i', '__')).length > 0) return classicInPlace(cx, statement, place, at);
    cx.ops.expr(cx, statement.value, null);
    cx.report(methodNotImplemented(at, [typeName(place.type), name]));
    return cx.error(at);
  }
  const site: CallSite = { span: cx.span(statement), callee: at, open: at, what: `call to '${name}'`, name };
  return cx.ops.call(cx, { kind: 'functions', name, candidates, receiver: place, params: null }, [sourceArgument(cx, statement.value)], site);
}

/** Edition classic: a type without the in-place method takes the result of the operator. */
function classicInPlace(cx: BodyContext, statement: AugAssignStmt, place: HirPlace, at: Span): HirExpr {
  const right = cx.ops.value(cx, statement.value, null);
  const span = cx.span(statement);
  const result = binaryOperation(cx, statement.op, place, right, at, span);
  const value = result.type.kind === 'error' ? result : own(cx, cx.ops.convert(cx, result, place.type, span, ''));
  if (value.type.kind === 'error') return value;
  const none: HirExpr = { kind: 'constant', term: cx.store.structValue(cx.known.none, []), type: cx.known.none, span };
  return { kind: 'block', statements: [{ kind: 'assign', place, value, span }], result: none, type: cx.known.none, span };
}
