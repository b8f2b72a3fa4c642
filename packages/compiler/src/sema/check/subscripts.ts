/** `base[…]`: binding of parameters, tuple and pack elements, and `__getitem__`. */
import { isTextPack, parameterValues } from './parameter-values.ts';
import { unreachable } from '../../base/invariant.ts';
import type { Span } from '../../base/span.ts';
import type { CallArg, Expr, SubscriptExpr } from '../../syntax/ast.ts';
import type { Term } from '../../terms/term.ts';
import { originMutability } from '../declare/origins.ts';
import type { ParamDecl } from '../entities.ts';
import type { HirExpr } from '../hir.ts';
import { checkArguments, hasErrorArgument, valueArgument } from './arguments.ts';
import { holdsAnything } from '../declare/bounds.ts';
import { Bindings } from './bindings.ts';
import type { BodyContext, CallSite } from './body-context.ts';
import {
  arrayIndex,
  cannotMaterialize,
  indexOutOfRange,
  negativeIndex,
  notAValue,
  notParametric,
  notSubscriptable,
  stringIndex,
  structConstraint,
  unexpectedParameter,
  unmetBound,
  unsupported,
} from './errors.ts';
import { comptimeMemberValue, methodCandidates } from './members.ts';
import { termResult } from './names.ts';
import {
  asParameterMismatch,
  bindDefaults,
  bindExplicit,
  checkBounds,
  checkWhere,
  type ExplicitOutcome,
  type Failure,
  secondaryOf,
} from './parameters.ts';
import { materializeLiteral } from './places.ts';
import { listSubscript, makeList } from './parameter-lists.ts';
import { reflectSubscript, symbolicText } from './reflection.ts';
import {
  fieldsOf,
  isOriginTerm,
  isStringPart,
  isTypeKind,
  literalValue,
  partOf,
  roleOf,
  tupleElements,
  typeOfTerm,
} from './type-facts.ts';
import { typeName } from './type-name.ts';
import {
  type AliasResult,
  type CallArgument,
  type Checked,
  ERROR_RESULT,
  OWNED_INTERIOR,
  valueResult,
} from './values.ts';

export function checkSubscript(cx: BodyContext, expr: SubscriptExpr): Checked {
  const base = cx.ops.expr(cx, expr.base, null);
  switch (base.kind) {
    case 'error':
    case 'hole':
      return ERROR_RESULT;
    case 'type':
      return bindTypeParameters(cx, base.term, expr.args, expr);
    case 'functions':
      return { ...base, params: [...(base.params ?? []), ...expr.args] };
    case 'alias':
      return bindAlias(cx, base, expr);
    case 'compilerFunction':
      if (base.subject !== null && base.name === OWNED_INTERIOR) return ownedInterior(cx, base.subject, expr);
      if (base.subject?.kind === 'struct') return reflectSubscript(cx, base, expr);
      if (base.subject !== null) return listSubscript(cx, base, base.subject, expr.args);
      return compilerSubscript(cx, base.name, expr);
    case 'pack':
      return packElement(cx, base.term, expr);
    case 'value':
      return valueResult(subscriptValue(cx, base.expr, expr));
    case 'bound':
    case 'module':
      cx.report(notParametric(cx.span(expr.base), [base.kind === 'bound' ? typeName(base.term) : base.module.path]));
      return ERROR_RESULT;
    default:
      return unreachable(base);
  }
}

/** `Type[a, b=c, …]`. Open parameters that already were bound stay as they are. */
function bindTypeParameters(cx: BodyContext, type: Term, args: readonly CallArg[], node: SubscriptExpr): Checked {
  if (type.kind === 'error') return ERROR_RESULT;
  if (type.kind !== 'struct') {
    cx.report(notParametric(cx.span(node.base), [typeName(type)]));
    return ERROR_RESULT;
  }
  const entity = cx.sema.structEntity(type.decl.id);
  const params = cx.sema.structParams(entity);
  const bindings = new Bindings(cx.sema, params);
  params.forEach((param, index) => {
    const arg = type.args[index];
    if (arg !== undefined && arg.kind !== 'unbound') bindings.bind(param.term, arg);
  });
  const outcome = bindExplicit(cx, bindings, params, args, entity.ref.name);
  if (outcome.failure !== null) {
    const { message, span } = outcome.failure;
    cx.report({ ...unexpectedParameter(span ?? cx.span(node), []), message });
    return ERROR_RESULT;
  }
  if (!outcome.open) bindDefaults(cx, bindings, params, outcome.holes);
  const bad = checkBounds(cx, bindings, params, holdsAnything(entity) ? 'type' : 'call');
  if (bad !== null) {
    reportUnmet(cx, bad, entity.ref.name, cx.span(guiltyArgument(args, params, bad) ?? node));
    return ERROR_RESULT;
  }
  const unproven = checkWhere(cx, bindings, cx.sema.structWhere(entity));
  if (unproven !== null) {
    cx.report(
      structConstraint(cx.span(node), ['struct', entity.ref.name, unproven.message], {
        secondary: secondaryOf(unproven),
      }),
    );
    return ERROR_RESULT;
  }
  const open = params.find((param) => isLeftOut(bindings, param, outcome));
  const lacks =
    open === undefined || !cx.scope.module.isUser || cx.acceptsOlder
      ? undefined
      : { struct: entity.ref.name, param: open.name };
  return { kind: 'type', term: cx.store.struct(type.decl, bindings.flatArgs()), bare: false, lacks };
}

/** Neither given nor left open by `_` or `...`, and not for other parameters to tell. */
function isLeftOut(bindings: Bindings, param: ParamDecl, outcome: ExplicitOutcome): boolean {
  if (outcome.open || param.passing === 'inferOnly' || param.variadic) return false;
  return bindings.get(param.term) === null && !outcome.holes.has(param);
}

function reportUnmet(cx: BodyContext, failure: Failure, owner: string, span: Span): void {
  const { message, advice } = asParameterMismatch(failure, owner);
  cx.report(unmetBound(failure.span ?? span, [message], advice));
}

/** The argument in the brackets that binds the parameter whose bound is not met. */
function guiltyArgument(args: readonly CallArg[], params: readonly ParamDecl[], failure: Failure): CallArg | undefined {
  const param = failure.unmet?.param;
  if (param === undefined) return args[0];
  const named = args.find((arg) => arg.name?.name === param.name);
  if (named !== undefined) return named;
  const positional = params.filter((other) => other.passing !== 'inferOnly' && other.passing !== 'keywordOnly');
  return args[positional.indexOf(param)] ?? args[0];
}

function bindAlias(cx: BodyContext, alias: AliasResult, expr: SubscriptExpr): Checked {
  const { entity } = alias;
  const params = cx.sema.comptimeParams(entity);
  const bindings = new Bindings(cx.sema, params);
  params.forEach((param, index) => {
    const arg = alias.inherited[index];
    if (arg !== undefined) bindings.bind(param.term, arg);
  });
  const own = params.filter((param) => !param.inherited);
  const outcome = bindExplicit(cx, bindings, own, expr.args, entity.name);
  if (outcome.failure !== null) {
    cx.report({ ...unexpectedParameter(outcome.failure.span ?? cx.span(expr), []), message: outcome.failure.message });
    return ERROR_RESULT;
  }
  if (!outcome.open) bindDefaults(cx, bindings, own, outcome.holes);
  const bad = checkBounds(cx, bindings, own);
  if (bad !== null) {
    reportUnmet(cx, bad, entity.name, cx.span(guiltyArgument(expr.args, own, bad) ?? expr));
    return ERROR_RESULT;
  }
  const unproven = checkWhere(cx, bindings, cx.sema.comptimeWhere(entity));
  if (unproven !== null) {
    const secondary = secondaryOf(unproven);
    cx.report(structConstraint(cx.span(expr), ['comptime member', entity.name, unproven.message], { secondary }));
    return ERROR_RESULT;
  }
  const flat = bindings.flatArgs();
  if (entity.parent?.kind === 'trait') {
    const { value, type } = comptimeMemberValue(cx, entity, alias.inherited, flat.slice(alias.inherited.length));
    return termResult(cx, value, type, cx.span(expr));
  }
  const { value, type } = cx.sema.comptimeValue(entity);
  const result = termResult(cx, bindings.applyWithHoles(value), bindings.applyWithHoles(type), cx.span(expr));
  // A type may have open parameters, a value is one only when all are known.
  const isOpen = own.some((param) => bindings.get(param.term) === null && !param.variadic);
  if (result.kind === 'value' && isOpen) {
    cx.report(unsupported(cx.span(expr), ['a comptime value of which parameters are left open']));
    return ERROR_RESULT;
  }
  return result;
}

function compilerSubscript(cx: BodyContext, name: string, expr: SubscriptExpr): Checked {
  const { store } = cx;
  const first = expr.args[0];
  switch (name) {
    case 'Origin': {
      if (first === undefined) break;
      if (first.value.kind === 'UnderscoreExpr' || first.value.kind === 'EllipsisExpr')
        return { kind: 'type', term: store.originType(store.unbound), bare: false };
      const mut = cx.ops.parameter(cx, first.value, cx.known.bool).value;
      return mut.kind === 'error' ? ERROR_RESULT : { kind: 'type', term: store.originType(mut), bare: false };
    }
    case '__untracked_origin':
    case '__any_origin': {
      if (first === undefined) break;
      const mut = cx.ops.parameter(cx, first.value, cx.known.bool).value;
      const origin = store.specialOrigin(name === '__any_origin' ? 'any' : 'untracked', mut);
      return valueResult({ kind: 'constant', term: origin, type: store.originType(mut), span: cx.span(expr) });
    }
    case 'Some':
    case 'SomeTypeList': {
      const bounds = expr.args.map((arg) => cx.ops.bound(cx, arg.value));
      if (bounds.some((bound) => bound.kind === 'error')) return ERROR_RESULT;
      return { kind: 'bound', term: store.composition(bounds) };
    }
    default:
      return (
        makeList(cx, name, expr.args, cx.span(expr)) ?? {
          kind: 'compilerFunction',
          name,
          subject: null,
          params: expr.args,
        }
      );
  }
  cx.report(unsupported(cx.span(expr), [`this use of '${name}'`]));
  return ERROR_RESULT;
}

/** `o._get_owned_interior["name"]`: the memory of that name which the value at `o` owns. */
function ownedInterior(cx: BodyContext, owner: Term, expr: SubscriptExpr): Checked {
  const name = expr.args[0]?.value;
  if (name?.kind !== 'StringExpr' || expr.args.length !== 1) {
    cx.report(unsupported(cx.span(expr), [`'${OWNED_INTERIOR}' of what is no string literal`]));
    return ERROR_RESULT;
  }
  const { store } = cx;
  const term = store.extendOrigin(owner, { kind: 'interior', name: name.value });
  const type = store.originType(originMutability(store, term));
  return valueResult({ kind: 'constant', term, type, span: cx.span(expr) });
}

/** `Ts[i]`: a type or a value of the list. */
function packElement(cx: BodyContext, pack: Term, expr: SubscriptExpr): Checked {
  if (!cx.comptime && isTextPack(pack) && isNamed(expr.base) && cx.scope.module.isUser && !cx.acceptsOlder) {
    const notes = [`write 'comptime (names[i])' for one of them`];
    cx.report(cannotMaterialize(cx.span(expr.base), ['Array[StringSpan[ImmStaticOrigin], …]'], { notes }));
    return ERROR_RESULT;
  }
  if (!cx.comptime && cx.trial(() => parameterIndex(cx, expr)).failed) {
    const values = parameterValues(cx, pack, cx.span(expr.base));
    if (values !== null) return valueResult(subscriptValue(cx, values, expr));
  }
  const index = parameterIndex(cx, expr);
  if (index === null) return ERROR_RESULT;
  const elementType = pack.kind === 'param' ? pack.type : packElementType(cx, pack);
  if (elementType.kind === 'primitive' && elementType.name === 'string-literal-value')
    return symbolicText(cx, cx.sema.reduce(cx.store.packElement(pack, index, elementType)), cx.span(expr));
  const term = cx.sema.reduce(cx.store.packElement(pack, index, elementType));
  return termResult(cx, term, elementType, cx.span(expr));
}

/** A compile-time declaration, as opposed to a call that is evaluated here. */
function isNamed(base: Expr): boolean {
  return base.kind === 'ParenExpr' ? isNamed(base.value) : base.kind === 'NameExpr' || base.kind === 'MemberExpr';
}

function packElementType(cx: BodyContext, pack: Term): Term {
  if (pack.kind === 'operation' && pack.type.kind === 'list') return pack.type.elements[0] ?? cx.known.anyType;
  const first = pack.kind === 'list' ? pack.elements[0] : undefined;
  if (first === undefined) return cx.store.primitive('type');
  return isTypeKind(typeOfTerm(cx.sema, first)) ? cx.known.anyType : typeOfTerm(cx.sema, first);
}

function parameterIndex(cx: BodyContext, expr: SubscriptExpr): Term | null {
  const arg = expr.args[0];
  if (arg === undefined || expr.args.length !== 1) {
    cx.report(notAValue(cx.span(expr), ['this subscript']));
    return null;
  }
  const { value } = cx.ops.parameter(cx, arg.value, cx.known.int);
  return value.kind === 'error' ? null : value;
}

/** A run-time subscript as a place or value. */
export function subscriptValue(cx: BodyContext, base: HirExpr, expr: SubscriptExpr): HirExpr {
  const span = cx.span(expr);
  if (base.type.kind === 'error') return cx.error(span);
  const role = roleOf(cx.sema, base.type);
  if (role === 'tuple' || role === 'pack') return elementOf(cx, base, expr);
  const byParameter = methodCandidates(cx, base.type, '__getitem_param__');
  if (byParameter.length > 0) {
    const callee = {
      kind: 'functions',
      name: '__getitem_param__',
      candidates: byParameter,
      receiver: base,
      params: expr.args,
    } as const;
    return cx.ops.call(cx, callee, [], subscriptSite(cx, expr, '__getitem_param__'));
  }
  const args = subscriptArguments(cx, base, expr);
  return hasErrorArgument(args) ? cx.error(span) : getItem(cx, base, args, expr);
}

/** An element of a tuple or pack: the index is a compile-time value. */
function elementOf(cx: BodyContext, base: HirExpr, expr: SubscriptExpr): HirExpr {
  const span = cx.span(expr);
  const index = parameterIndex(cx, expr);
  if (index === null) return cx.error(span);
  const pack = base.type.kind === 'struct' ? (base.type.args[0] ?? cx.store.error) : cx.store.error;
  const elements = tupleElements(base.type);
  if (elements !== null && index.kind === 'int') {
    const at = Number(index.value);
    const type = elements[at];
    if (index.value < 0n || type === undefined) {
      cx.report(indexOutOfRange(span, [String(index.value), elements.length]));
      return cx.error(span);
    }
    return partOf(cx, base, at, { kind: 'element', base, index, type, span });
  }
  if (elements !== null) {
    // Literals are held as values of their types; where those are the same the index does not matter.
    const held = materializeLiteral(cx, base);
    const [first, ...others] = tupleElements(held.type) ?? [];
    if (first !== undefined && others.every((other) => other === first))
      return { kind: 'element', base: held, index, type: first, span };
  }
  const bound = pack.kind === 'param' ? pack.type : cx.known.anyType;
  const type = cx.sema.reduce(cx.store.packElement(pack, index, bound));
  return { kind: 'element', base, index, type, span };
}

/** Index arguments; a slice part becomes a slice object. */
export function subscriptArguments(cx: BodyContext, base: HirExpr, expr: SubscriptExpr): CallArgument[] {
  const plain: CallArgument[] = [];
  for (const arg of expr.args) {
    if (arg.value.kind === 'SliceExpr') {
      const slice = sliceObject(cx, arg.value, cx.span(arg));
      plain.push({ ...valueArgument(slice, arg.name?.name ?? null), span: cx.span(arg) });
      continue;
    }
    const negative = literalNegative(arg.value);
    if (negative !== null && (hasUnsignedIndex(cx, base.type) || (cx.acceptsOlder && isText(cx, base.type)))) {
      if (cx.acceptsOlder) {
        const fromEnd = negativeFromEnd(cx, base, arg.value);
        if (fromEnd !== null) {
          plain.push(valueArgument(fromEnd, arg.name?.name ?? null));
          continue;
        }
      } else cx.report(negativeIndex(cx.span(arg), [negative]));
    }
    const checked = checkArguments(cx, [arg]);
    if (negative === null) reportArrayIndex(cx, base.type, checked, cx.span(arg));
    plain.push(...checked);
  }
  return plain;
}

/** A literal index of an array whose length is known must be one of its elements. */
function reportArrayIndex(cx: BodyContext, type: Term, index: readonly CallArgument[], span: Span): void {
  if (type.kind !== 'struct' || roleOf(cx.sema, type) !== 'array' || cx.acceptsOlder) return;
  const length = type.args[1];
  const checked = index.length === 1 ? index[0]?.checked : null;
  if (length?.kind !== 'int' || checked?.kind !== 'value') return;
  const value = literalValue(cx.sema, checked.expr.type);
  if (value?.kind !== 'int') return;
  if (value.value < 0n) cx.report(negativeIndex(span, [String(value.value)]));
  else if (value.value >= length.value) cx.report(arrayIndex(span, [String(value.value), length.value]));
}

function literalNegative(expr: Expr): string | null {
  if (expr.kind === 'ParenExpr') return literalNegative(expr.value);
  if (expr.kind !== 'UnaryExpr' || expr.op !== '-' || expr.operand.kind !== 'IntExpr' || expr.operand.value === 0n)
    return null;
  return `-${expr.operand.value}`;
}

function hasUnsignedIndex(cx: BodyContext, type: Term): boolean {
  const role = roleOf(cx.sema, type);
  return role === 'list' || role === 'array' || role === 'span' || role === 'variadic-list';
}

/** Edition classic: `s[i]` and `s[a:b]` are new strings, by bytes. */
function classicText(cx: BodyContext, base: HirExpr, index: CallArgument, site: CallSite): HirExpr {
  const receiver = materializeLiteral(cx, base);
  const part = index.checked?.kind === 'value' ? index.checked.expr : null;
  const role = part === null ? null : roleOf(cx.sema, part.type);
  if (part !== null && (role === 'contiguous-slice' || role === 'strided-slice'))
    return cx.ops.method(cx, receiver, '_slice', [part], site.span) ?? cx.error(site.span);
  const candidates = methodCandidates(cx, receiver.type, '__getitem__');
  const view = cx.ops.call(
    cx,
    { kind: 'functions', name: '__getitem__', candidates, receiver, params: null },
    [{ ...index, name: 'byte' }],
    site,
  );
  if (view.type.kind === 'error') return view;
  return cx.ops.construct(cx, cx.known.string, [valueArgument(view)], {
    ...site,
    what: 'initialization',
    name: 'String',
  });
}

/** Edition classic: `x[-1]` counts from the end. */
function negativeFromEnd(cx: BodyContext, base: HirExpr, expr: Expr): HirExpr | null {
  const span = cx.span(expr);
  const length = cx.ops.method(cx, base, isText(cx, base.type) ? 'byte_length' : '__len__', [], span);
  if (length === null) return null;
  const offset = cx.ops.convert(cx, cx.ops.value(cx, expr, null), cx.known.int, span, '');
  return cx.ops.method(cx, length, '__add__', [offset], span);
}

function sliceObject(cx: BodyContext, slice: Expr & { readonly kind: 'SliceExpr' }, span: CallSite['span']): HirExpr {
  const entity = cx.known.struct(slice.step === null ? 'contiguous-slice' : 'strided-slice');
  if (entity === null) {
    cx.report(unsupported(span, ['slicing']));
    return cx.error(span);
  }
  const type = cx.sema.structSelf(entity);
  const part = (expr: Expr | null): CallArgument => {
    if (expr === null)
      return valueArgument({
        kind: 'constant',
        term: cx.store.structValue(cx.known.none, []),
        type: cx.known.none,
        span,
      });
    const value = cx.ops.convert(cx, cx.ops.value(cx, expr, cx.known.int), cx.known.int, cx.span(expr), '');
    return valueArgument(value);
  };
  const args = [part(slice.lower), part(slice.upper)];
  if (slice.step !== null) args.push(part(slice.step));
  return cx.ops.construct(cx, type, args, {
    span,
    callee: span,
    open: span,
    what: 'initialization',
    name: entity.ref.name,
  });
}

export function subscriptSite(cx: BodyContext, expr: SubscriptExpr, name: string): CallSite {
  const open = cx.spanAt(expr.open, expr.open + 1);
  return { span: cx.span(expr), callee: open, open, what: `call to '${name}'`, name };
}

/** Text is indexed by a named unit only. */
function isText(cx: BodyContext, type: Term): boolean {
  return type === cx.known.string || isStringPart(type);
}

function getItem(cx: BodyContext, base: HirExpr, args: readonly CallArgument[], expr: SubscriptExpr): HirExpr {
  const candidates = methodCandidates(cx, base.type, '__getitem__');
  const site = subscriptSite(cx, expr, '__getitem__');
  const first = args[0];
  if (
    cx.acceptsOlder &&
    first === undefined &&
    !candidates.some((candidate) => cx.sema.signature(candidate.fn).args.every((arg) => arg.name === 'self'))
  )
    // `x[]` of a loop variable, which was a reference object: the element itself.
    return base;
  const isOlderText = cx.acceptsOlder && roleOf(cx.sema, base.type) === 'string-literal';
  if ((isText(cx, base.type) || isOlderText) && args.length === 1 && first?.name === null) {
    if (cx.acceptsOlder) return classicText(cx, base, first, site);
    cx.report(stringIndex(site.open, [typeName(base.type)]));
    return cx.error(site.span);
  }
  if (candidates.length > 0)
    return cx.ops.call(cx, { kind: 'functions', name: '__getitem__', candidates, receiver: base, params: null }, args, {
      ...site,
      late: methodCandidates(cx, base.type, '__setitem__').length > 0,
    });
  const inner = pointerField(cx, base) ?? literalText(cx, base);
  if (inner !== null) return getItem(cx, inner, args, expr);
  cx.report(notSubscriptable(site.open, [typeName(base.type)]));
  return cx.error(site.span);
}

/** A string literal that is subscripted is a view of its static text. */
function literalText(cx: BodyContext, base: HirExpr): HirExpr | null {
  if (roleOf(cx.sema, base.type) !== 'string-literal') return null;
  const entity = cx.sema.lookup(cx.scope, 'StaticString')?.[0];
  const type = entity?.kind === 'comptime' ? cx.sema.comptimeValue(entity).value : null;
  return type === null ? null : (cx.ops.planConversion(cx, base, type)?.build() ?? null);
}

/** Edition classic: a struct without `__getitem__` whose only pointer field is what a subscript means. */
export function pointerField(cx: BodyContext, base: HirExpr): HirExpr | null {
  if (!cx.acceptsOlder || base.type.kind !== 'struct') return null;
  const fields = fieldsOf(cx.sema, base.type);
  const pointers = fields
    .map((field, index) => ({ field, index }))
    .filter(({ field }) => isPointerType(cx, field.type));
  const only = pointers[0];
  if (pointers.length !== 1 || only === undefined) return null;
  return { kind: 'field', base, index: only.index, name: only.field.name, type: only.field.type, span: base.span };
}

function isPointerType(cx: BodyContext, type: Term): boolean {
  if (roleOf(cx.sema, type) === 'pointer') return true;
  return type.kind === 'struct' && /Pointer$/.test(type.decl.name);
}

/** The origin in a view type, for tests of mutability. */
export function viewMutability(cx: BodyContext, type: Term): Term | null {
  if (type.kind !== 'struct') return null;
  const origin = type.args.find(isOriginTerm);
  return origin === undefined ? null : originMutability(cx.store, origin);
}
