/** Call expressions: what the callee is decides how they are checked. Also the functions that the compiler itself understands. */
import { unreachable } from '../../base/invariant.ts';
import type { CallArg, CallExpr, Expr, ImplicitMemberExpr, StructLiteralExpr } from '../../syntax/ast.ts';
import type { Term } from '../../terms/term.ts';
import { originMutability } from '../declare/origins.ts';
import { isBound } from '../declare/bounds.ts';
import type { HirExpr } from '../hir.ts';
import { checkArguments } from './arguments.ts';
import type { BodyContext, CallSite } from './body-context.ts';
import { callableValue, isCallableType } from './callables.ts';
import { callValue, construct } from './construct.ts';
import {
  calledType,
  dynamicValue,
  invalidCall,
  noMemoryOrigin,
  noSuchField,
  notAType,
  notAValue,
  notConcrete,
  stringLength,
  unsupported,
} from './errors.ts';
import { literalMethod } from './literal-methods.ts';
import { memberOf, methodCandidates } from './members.ts';
import { isTextPack, parameterValues } from './parameter-values.ts';
import { completeType, inComptime, openAlias, typeArgument } from './parameters.ts';
import { isLiteral, materializeLiteral, placeFacts, rebound } from './places.ts';
import { listCall } from './parameter-lists.ts';
import { reflectCall } from './reflection.ts';
import { discoveredTests, functionsInModule } from './test-discovery.ts';
import {
  constantExpr,
  fieldsOf,
  isStringPart,
  isTrivialType,
  isTypeTerm,
  roleOf,
  tupleElements,
} from './type-facts.ts';
import { typeName } from './type-name.ts';
import { type Checked, ERROR_RESULT, valueResult } from './values.ts';

export function checkCall(cx: BodyContext, expr: CallExpr, expected: Term | null): Checked {
  const open = cx.spanAt(expr.open, expr.open + 1);
  const special = callWithParams(cx, expr, open);
  if (special !== null) return special;
  const packed = packLengthCall(cx, expr);
  if (packed !== null) return packed;
  const tests = discoveredTests(cx, expr);
  if (tests !== null) return cx.ops.expr(cx, tests, expected);
  const literal = literalMethod(cx, expr);
  if (literal !== null) return cx.ops.expr(cx, literal, expected);
  const callee = checkCallee(cx, expr.callee, expected);
  const calleeSpan = cx.span(calleeName(expr.callee));
  const name = nameOf(callee, expr.callee);
  const site: CallSite = { span: cx.span(expr), callee: calleeSpan, open, what: `call to '${name}'`, name };
  switch (callee.kind) {
    case 'error':
    case 'hole':
      checkArguments(cx, expr.args);
      return ERROR_RESULT;
    case 'functions': {
      const length = lengthOfPack(cx, callee.name, expr);
      if (length !== null) return length;
      const args = checkArguments(cx, expr.args);
      const value = args[0]?.checked?.kind === 'value' ? args[0].checked.expr : null;
      const isLen = callee.name === 'len' && callee.candidates.every((candidate) => !candidate.fn.module.isUser);
      if (isLen && value !== null && args.length === 1 && isTextType(cx, value.type)) {
        // In older programs strings count bytes.
        const bytes = cx.acceptsOlder
          ? cx.ops.method(cx, materializeLiteral(cx, value), 'byte_length', [], site.span)
          : null;
        if (bytes !== null) return valueResult(bytes);
        cx.report(stringLength(open, []));
        return ERROR_RESULT;
      }
      return valueResult(cx.ops.call(cx, callee, args, site));
    }
    case 'type':
      return constructed(cx, callee.term, expr, site);
    case 'alias': {
      const term = openAlias(cx, callee);
      if (isTypeTerm(term)) return constructed(cx, term, expr, site);
      cx.report(notAValue(calleeSpan, [`'${callee.entity.name}'`]));
      return ERROR_RESULT;
    }
    case 'value':
      return calledValue(cx, callee.expr, expr, site);
    case 'compilerFunction':
      if (callee.subject !== null && callee.subject.kind !== 'struct')
        return listCall(cx, callee.name, callee.subject, callee.params ?? [], expr.args, site.span);
      return callee.subject !== null
        ? reflectCall(cx, callee.name, callee.subject, callee.params ?? [], expr.args, site.span)
        : compilerCall(cx, callee.name, callee.params, expr, site);
    case 'bound':
      checkArguments(cx, expr.args);
      cx.report(notConcrete(calleeSpan, [typeName(callee.term)]));
      return ERROR_RESULT;
    case 'pack':
      // The value of the type that `TypeList.of[…]` is.
      if (expr.args.length === 0) return callee;
      cx.report(notAValue(calleeSpan, [`'${name}'`]));
      return ERROR_RESULT;
    case 'module':
      cx.report(notAValue(calleeSpan, [`'${name}'`]));
      return ERROR_RESULT;
    default:
      return unreachable(callee);
  }
}

/** Text has no length without a unit. */
function isTextType(cx: BodyContext, type: Term): boolean {
  if (type === cx.known.string || roleOf(cx.sema, type) === 'string-literal') return true;
  return isStringPart(type);
}

/** The smallest token of a callee: the last name. */
function calleeName(expr: Expr): { readonly start: number; readonly end: number } {
  switch (expr.kind) {
    case 'MemberExpr':
      return expr.name;
    case 'SubscriptExpr':
      return calleeName(expr.base);
    default:
      return expr;
  }
}

function nameOf(callee: Checked, expr: Expr): string {
  if (callee.kind === 'functions') return callee.name;
  const at = expr.kind === 'SubscriptExpr' ? expr.base : expr;
  if (at.kind === 'NameExpr') return at.name;
  return at.kind === 'MemberExpr' ? at.name.name : 'function';
}

function checkCallee(cx: BodyContext, callee: Expr, expected: Term | null): Checked {
  if (callee.kind === 'ImplicitMemberExpr') return implicitMember(cx, callee, expected);
  return cx.ops.expr(cx, callee, null);
}

/** `.name` means a member of the contextual type. */
export function implicitMember(cx: BodyContext, expr: ImplicitMemberExpr, expected: Term | null): Checked {
  if (expected === null || expected.kind === 'unbound') {
    cx.report(notAValue(cx.span(expr), [`'.${expr.name.name}' without a contextual type`]));
    return ERROR_RESULT;
  }
  return memberOf(
    cx,
    { kind: 'type', term: expected, bare: false },
    expr.name,
    cx.spanAt(expr.start, expr.start + 1),
    cx.span(expr),
  );
}

/** `f[4](i)` where `f` is a callable value with parameters of its own, or a lambda in parentheses. */
function callWithParams(cx: BodyContext, expr: CallExpr, open: CallSite['open']): Checked | null {
  const callee = expr.callee;
  if (callee.kind !== 'SubscriptExpr') return null;
  const isLambda = callee.base.kind === 'ParenExpr' && callee.base.value.kind === 'LambdaExpr';
  if (!isLambda) {
    const entity = callee.base.kind === 'NameExpr' ? cx.sema.lookup(cx.scope, callee.base.name)?.[0] : undefined;
    if (entity?.kind !== 'local' && entity?.kind !== 'param') return null;
  }
  const base = cx.ops.expr(cx, callee.base, null);
  const name = callee.base.kind === 'NameExpr' ? callee.base.name : 'lambda';
  const site: CallSite = { span: cx.span(expr), callee: cx.span(callee.base), open, what: `call to '${name}'`, name };
  if (base.kind === 'type') {
    const value = callableValue(cx, base.term, site.callee);
    return value === null ? null : valueResult(callValue(cx, value, checkArguments(cx, expr.args), site, callee.args));
  }
  if (base.kind !== 'value' || !isCallableType(cx, base.expr.type)) return null;
  return valueResult(callValue(cx, base.expr, checkArguments(cx, expr.args), site, callee.args));
}

function constructed(cx: BodyContext, term: Term, expr: CallExpr, site: CallSite): Checked {
  const callable = callableValue(cx, term, site.callee);
  const args = checkArguments(cx, expr.args);
  if (callable !== null) return valueResult(callValue(cx, callable, args, site));
  if (isCallableType(cx, term)) {
    cx.report(calledType(site.callee, [typeName(term), expr.callee.kind === 'MemberExpr']));
    return ERROR_RESULT;
  }
  return valueResult(construct(cx, term, args, { ...site, what: 'initialization' }));
}

function calledValue(cx: BodyContext, value: HirExpr, expr: CallExpr, site: CallSite): Checked {
  // Edition classic: `a.size()` of a field that is no function reads the field.
  if (
    cx.isClassic &&
    value.kind === 'field' &&
    expr.args.length === 0 &&
    !isCallableType(cx, value.type) &&
    methodCandidates(cx, value.type, '__call__').length === 0
  )
    return valueResult(value);
  return valueResult(callValue(cx, value, checkArguments(cx, expr.args), site));
}

/** `classic`: `Self {a: x, b: y}` builds the value field by field. */
export function checkStructLiteral(cx: BodyContext, expr: StructLiteralExpr): Checked {
  const checked = cx.ops.expr(cx, expr.type, null);
  const type = typeArgument(cx, checked, cx.store.error);
  const span = cx.span(expr);
  if (type === null || type.kind !== 'struct') {
    if (type === null) cx.report(notAValue(cx.span(expr.type), ['this expression']));
    return ERROR_RESULT;
  }
  const fields = fieldsOf(cx.sema, type);
  const values: (HirExpr | undefined)[] = [];
  for (const field of expr.fields) {
    const index = fields.findIndex((candidate) => candidate.name === field.name.name);
    const target = fields[index];
    if (target === undefined) {
      cx.report(noSuchField(cx.span(field.name), [typeName(type), field.name.name]));
      return ERROR_RESULT;
    }
    values[index] = cx.ops.ownedValue(cx, field.value, target.type, '');
  }
  const complete: HirExpr[] = [];
  for (let i = 0; i < fields.length; i++) {
    const value = values[i];
    if (value === undefined) {
      cx.report(invalidCall(span, ['initialization', `missing required argument: '${fields[i]?.name ?? ''}'`]));
      return ERROR_RESULT;
    }
    complete.push(value);
  }
  return valueResult({ kind: 'aggregate', fields: complete, type, span });
}

// ------------------------------------------------------------------------------------------------ compiler functions

/** The number of elements of a pack or list term, as `Int`. */
export function packLengthOf(cx: BodyContext, type: Term): Term | null {
  const role = roleOf(cx.sema, type);
  if (role !== 'pack' && role !== 'tuple') return null;
  const elements = tupleElements(type);
  if (elements !== null) return cx.store.int(BigInt(elements.length), cx.known.int);
  const pack = type.kind === 'struct' ? type.args[0] : undefined;
  return pack === undefined ? null : cx.store.packLength(pack, cx.known.int);
}

/** `xs.__len__()` of a pack: a compile-time value. */
function packLengthCall(cx: BodyContext, expr: CallExpr): Checked | null {
  const callee = expr.callee;
  if (callee.kind !== 'MemberExpr' || callee.name.name !== '__len__' || expr.args.length > 0) return null;
  if (callee.base.kind !== 'NameExpr' && callee.base.kind !== 'MemberExpr') return null;
  const base = cx.ops.expr(cx, callee.base, null);
  const length = lengthTerm(cx, base);
  return length === null
    ? null
    : valueResult({ kind: 'constant', term: length, type: cx.known.int, span: cx.span(expr) });
}

function lengthTerm(cx: BodyContext, base: Checked): Term | null {
  if (base.kind === 'pack') return cx.store.packLength(base.term, cx.known.int);
  if (base.kind === 'value' && roleOf(cx.sema, base.expr.type) === 'pack') return packLengthOf(cx, base.expr.type);
  return null;
}

function lengthOfPack(cx: BodyContext, name: string, expr: CallExpr): Checked | null {
  const arg = expr.args[0];
  if (name !== 'len' || expr.args.length !== 1 || arg === undefined || arg.name !== null) return null;
  const counted = cx.acceptsOlder ? (listedTypes(arg.value) ?? arg.value) : arg.value;
  const isNamed = counted.kind === 'NameExpr' || counted.kind === 'MemberExpr';
  if (!isNamed && !(counted.kind === 'CallExpr' && counted.args.length === 0)) return null;
  const attempt = cx.trial(() => cx.ops.expr(cx, counted, null));
  if (attempt.failed) return null;
  const length = lengthTerm(cx, attempt.value);
  if (length !== null && attempt.value.kind === 'value' && cx.comptime && cx.scope.module.isUser && !cx.acceptsOlder) {
    const notes = [
      "the number of arguments is known as 'args.__len__()'; 'len(args)' looks at the arguments themselves",
    ];
    cx.report(dynamicValue(cx.span(arg.value), ['call argument'], { notes }));
    return ERROR_RESULT;
  }
  return length === null
    ? null
    : valueResult({ kind: 'constant', term: length, type: cx.known.int, span: cx.span(expr) });
}

/** Older files count types as `len(VariadicList(Ts))`. */
function listedTypes(expr: Expr): Expr | null {
  if (expr.kind !== 'CallExpr' || expr.callee.kind !== 'NameExpr' || expr.callee.name !== 'VariadicList') return null;
  return expr.args.length === 1 ? (expr.args[0]?.value ?? null) : null;
}

/** Checks an operand that is never evaluated. */
export function unevaluated<T>(cx: BodyContext, check: () => T): T {
  cx.unevaluated++;
  try {
    return check();
  } finally {
    cx.unevaluated--;
  }
}

/** The union of the origins of several expressions (places or origins). */
export function originOf(cx: BodyContext, exprs: readonly Expr[]): Term {
  const origins: Term[] = [];
  for (const expr of exprs) {
    const checked = unevaluated(cx, () => cx.ops.expr(cx, expr, null));
    if (checked.kind === 'error') return cx.store.error;
    if (checked.kind === 'hole') return cx.store.unbound;
    if (checked.kind !== 'value') {
      cx.report(notAValue(cx.span(expr), ['this expression']));
      return cx.store.error;
    }
    const value = checked.expr;
    if (value.type.kind === 'originType' && value.kind === 'constant') {
      origins.push(value.term);
      continue;
    }
    if (isInRegister(cx, value) || (isLiteral(cx, value) && cx.scope.module.isUser)) {
      cx.report(noMemoryOrigin(cx.span(expr), [typeName(value.type)]));
      return cx.store.error;
    }
    const facts = placeFacts(cx, value);
    if (facts === null) {
      const embedded = embeddedOrigin(cx, value.type);
      if (embedded !== null) origins.push(embedded);
      continue;
    }
    origins.push(facts.origin);
  }
  return origins.length === 0 ? cx.store.specialOrigin('static', cx.store.false) : cx.store.unionOrigin(origins);
}

/** An argument that travels in a register has no place of its own. Of results `result-origins` speaks. */
function isInRegister(cx: BodyContext, value: HirExpr): boolean {
  if (value.kind !== 'local' || cx.isClassic || cx.isLibrary) return false;
  let body = cx;
  while (body.comptime && body.parent !== null) body = body.parent;
  const local = body.locals[value.local];
  if (local?.kind.kind !== 'argument') return false;
  const arg = body.signature?.args[local.kind.index];
  return arg?.convention === 'imm' && arg.variadic === 'none' && isTrivialType(cx.sema, arg.type);
}

/** The origin that a view (pointer, span) carries. */
function embeddedOrigin(cx: BodyContext, type: Term): Term | null {
  if (type.kind !== 'struct') return null;
  const params = cx.sema.structParams(cx.sema.structEntity(type.decl.id));
  const index = params.findIndex((param) => param.term.type.kind === 'originType');
  return index < 0 ? null : (type.args[index] ?? null);
}

function compilerCall(
  cx: BodyContext,
  name: string,
  params: readonly CallArg[] | null,
  expr: CallExpr,
  site: CallSite,
): Checked {
  const { store } = cx;
  const first = expr.args[0];
  switch (name) {
    case 'type_of':
    case '__type_of': {
      if (first === undefined) break;
      const checked = unevaluated(cx, () => cx.ops.expr(cx, first.value, null));
      if (checked.kind === 'error') return ERROR_RESULT;
      if (checked.kind === 'type') return checked;
      const value = cx.ops.asValue(cx, checked, cx.span(first));
      return value.type.kind === 'error' ? ERROR_RESULT : { kind: 'type', term: value.type, bare: false };
    }
    case 'origin_of':
    case '__origin_of':
    case '__lifetime_of': {
      const origin = originOf(
        cx,
        expr.args.map((arg) => arg.value),
      );
      if (origin.kind === 'error') return ERROR_RESULT;
      return valueResult({
        kind: 'constant',
        term: origin,
        type: store.originType(originMutability(store, origin)),
        span: site.span,
      });
    }
    // In a result's `ref[…]` (declare/signatures.ts): the same place, which may be written through whatever its own mutability.
    case '__writable': {
      if (first === undefined) break;
      const origin = originOf(cx, [first.value]);
      if (origin.kind === 'error') return ERROR_RESULT;
      const type = store.originType(originMutability(store, origin));
      return valueResult({ kind: 'constant', term: origin, type, span: site.span });
    }
    case 'conforms_to': {
      const second = expr.args[1];
      if (first === undefined || second === undefined) break;
      const type = inComptime(cx, (inner) => conformanceSubject(inner, first.value));
      const bound = cx.ops.bound(cx, second.value);
      if (type.kind === 'error' || bound.kind === 'error') return ERROR_RESULT;
      const members = bound.kind === 'composition' ? bound.members : [bound];
      const term = store.and(members.map((member) => cx.sema.reduce(store.conforms(type, member))));
      return valueResult({ kind: 'constant', term, type: cx.known.bool, span: site.span });
    }
    case 'materialize': {
      const param = params?.[0];
      if (param === undefined) break;
      const { value, type } = cx.ops.parameter(cx, param.value, null);
      if (value.kind === 'error') return ERROR_RESULT;
      const texts = isTextPack(value) ? parameterValues(cx, value, site.span) : null;
      if (texts !== null) return valueResult(texts);
      const result = constantExpr(cx.sema, value, type, site.span);
      return valueResult({ kind: 'block', statements: [], result, type, span: site.span });
    }
    case 'rebind':
    case 'rebind_var':
    case 'trait_downcast':
    case 'trait_downcast_var': {
      const param = params?.[0];
      if (param === undefined || first === undefined) break;
      const target = cx.ops.type(cx, param.value, false);
      const value = cx.ops.value(cx, first.value, null);
      if (target.kind === 'error' || value.type.kind === 'error') return ERROR_RESULT;
      return valueResult(rebound(cx, value, target, site.span));
    }
    case '__functions_in_module':
      return cx.ops.expr(cx, functionsInModule(cx, expr), null);
    case 'Origin':
    case 'Some':
    case 'SomeTypeList':
      cx.report(notConcrete(site.callee, [name]));
      return ERROR_RESULT;
    default:
      break;
  }
  checkArguments(cx, expr.args);
  cx.report(unsupported(site.callee, [`this use of '${name}'`]));
  return ERROR_RESULT;
}

const ASK_ELEMENTS = ["it is a list of types; ask of each element, 'conforms_to(Ts[i], …)' in a 'comptime for'"];

/** The type (or list of types) that `conforms_to` asks about. */
function conformanceSubject(cx: BodyContext, expr: Expr): Term {
  const checked = cx.ops.expr(cx, expr, null);
  if (checked.kind === 'error') return cx.store.error;
  if (checked.kind === 'type') return checked.bare ? completeType(cx, checked.term) : checked.term;
  if (checked.kind === 'pack') {
    if (cx.isLibrary || cx.acceptsOlder) return checked.term;
    cx.report(notAType(cx.span(expr), [`'${typeName(checked.term)}'`], { notes: ASK_ELEMENTS }));
    return cx.store.error;
  }
  const term = typeArgument(cx, checked, cx.store.error);
  if (term !== null && !isBound(term)) return term;
  cx.report(notAValue(cx.span(expr), ['this expression']));
  return cx.store.error;
}
