/** `base.name`: fields, methods, compile-time members, parameters as members, `__getattr__`; members of types and modules. */
import { hintForMember } from '../python-names.ts';
import { nearest } from '../../base/nearest.ts';
import { unreachable } from '../../base/invariant.ts';
import type { Span } from '../../base/span.ts';
import type { Identifier, MemberExpr } from '../../syntax/ast.ts';
import { isDTypeName } from '../../terms/dtypes.ts';
import { makeSubstitution, substitute } from '../../terms/substitute.ts';
import type { ParamTerm, Term } from '../../terms/term.ts';
import type { ComptimeEntity, FoundMember, ParamDecl } from '../entities.ts';
import type { HirExpr } from '../hir.ts';
import { adviseMember } from './bound-advice.ts';
import type { BodyContext, CallSite } from './body-context.ts';
import {
  type Extras,
  fieldOfType,
  nearFix,
  noAttribute,
  noModuleMember,
  notAValue,
  traitMemberAccess,
  unboundMember,
} from './errors.ts';
import { valueTypeName } from './convert.ts';
import { closureShape } from './function-shape.ts';
import { stringLiteralExpr } from './literals.ts';
import { entitiesResult, isOffered, termResult } from './names.ts';
import { isListMaker, listMember, makerMember } from './parameter-lists.ts';
import { completeType, openAlias } from './parameters.ts';
import { materializeLiteral } from './places.ts';
import { reflectMember } from './reflection.ts';
import { collectParams } from './term-walk.ts';
import { defaultType, fieldsOf, isLiteralType, isTypeTerm, partOf, roleOf, substituteStruct } from './type-facts.ts';
import { typeName } from './type-name.ts';
import { type Candidate, type Checked, ERROR_RESULT, OWNED_INTERIOR, valueResult } from './values.ts';

export function checkMember(cx: BodyContext, expr: MemberExpr): Checked {
  const base = cx.ops.expr(cx, expr.base, null);
  return memberOf(cx, base, expr.name, cx.spanAt(expr.dot, expr.dot + 1), cx.span(expr));
}

/** `dot`: where a missing member is reported. */
export function memberOf(cx: BodyContext, base: Checked, name: Identifier, dot: Span, span: Span): Checked {
  switch (base.kind) {
    case 'error':
    case 'hole':
      return ERROR_RESULT;
    case 'value':
      return valueMember(cx, base.expr, name, dot, span);
    case 'type':
      return typeMember(cx, base.bare ? completeType(cx, base.term) : base.term, name, dot, span);
    case 'alias': {
      const term = openAlias(cx, base);
      return isTypeTerm(term) ? typeMember(cx, term, name, dot, span) : missing(cx, base.entity.name, name, dot);
    }
    case 'module': {
      const found = cx.sema.moduleMember(base.module, name.name, cx.scope.module);
      if (found !== null) return entitiesResult(cx, found, name.name, span);
      cx.report(noModuleMember(cx.span(name), [base.module.path, name.name]));
      return ERROR_RESULT;
    }
    case 'pack':
      return listMember(cx, base.term, name.name, span) ?? missing(cx, typeName(base.term), name, dot);
    case 'bound': {
      const trait = base.term.kind === 'trait' ? cx.sema.traitEntity(base.term.decl.id) : null;
      if (trait?.members.has(name.name) !== true) return missing(cx, typeName(base.term), name, dot);
      cx.report(
        traitMemberAccess(dot, [], {
          notes: [`use a type that conforms to '${trait.ref.name}', or a parameter bounded by it`],
        }),
      );
      return ERROR_RESULT;
    }
    case 'functions':
      return missing(cx, base.name, name, dot);
    case 'compilerFunction':
      if (isListMaker(base.name)) return makerMember(cx, base.name, name, dot);
      cx.report(notAValue(dot, [`'${base.name}'`]));
      return ERROR_RESULT;
    default:
      return unreachable(base);
  }
}

const FIELDS_ARE_DECLARED = ["fields are declared in the struct, 'var name: Type'; assigning to one does not make it"];

/** For a member that is near no other: a bound to add, or where fields come from. */
function adviseMissing(cx: BodyContext, owner: Term | null, name: string): Extras {
  if (owner === null) return {};
  const advice = adviseMember(cx, owner, name);
  const isOwn = owner.kind === 'struct' && cx.sema.structEntity(owner.decl.id).module.isUser;
  return isOwn && !name.startsWith('__') ? { notes: FIELDS_ARE_DECLARED } : advice;
}

/** `owner`: the type whose members may be what was meant. */
function missing(cx: BodyContext, type: string, name: Identifier, dot: Span, owner: Term | null = null): Checked {
  if (owner !== null && cx.sema.isPartlyUnknown(owner)) {
    cx.hasErrors = true;
    return ERROR_RESULT;
  }
  const known =
    owner === null || name.name.length < 3 ? [] : [...cx.sema.memberNames(owner, cx.scope)].filter(isOffered);
  const similar = nearest(name.name, known);
  const hint = hintForMember(type, name.name, similar !== null);
  const near = hint === null ? similar : null;
  const extras =
    hint !== null
      ? { notes: [hint] }
      : near !== null
        ? nearFix(cx.span(name), near)
        : adviseMissing(cx, owner, name.name);
  cx.report(noAttribute(dot, [type, name.name, near], extras));
  return ERROR_RESULT;
}

/** The function member as a candidate, with what the type gives to its inherited parameters. */
export function candidateFrom(found: FoundMember): Candidate | null {
  if (found.member.kind !== 'function') return null;
  if (found.via.kind === 'struct') return { fn: found.member, inherited: found.via.args, requirement: null };
  const { self, trait } = found.via;
  const requirement = self.kind === 'struct' ? null : { trait: trait.ref, self };
  return { fn: found.member, inherited: [self], requirement };
}

export function methodCandidates(cx: BodyContext, type: Term, name: string): Candidate[] {
  const candidates: Candidate[] = [];
  for (const found of cx.sema.members(type, name, cx.scope)) {
    const candidate = candidateFrom(found);
    if (candidate !== null) candidates.push(candidate);
  }
  return candidates;
}

/** A literal has fewer methods than the type that it becomes. */
function ofNatural(type: Term, name: string): string {
  const natural = typeName(type);
  return `'${natural}' has '${name}', its literals do not: write '${natural}(…)' around the literal, or store it in a variable first`;
}

function valueMember(cx: BodyContext, written: HirExpr, name: Identifier, dot: Span, span: Span): Checked {
  // The elements of a tuple of literals are values of their types for its methods.
  const base = roleOf(cx.sema, written.type) === 'tuple' ? materializeLiteral(cx, written) : written;
  const type = base.type;
  if (type.kind === 'error') return ERROR_RESULT;
  if (name.name === 'copy' && !cx.isLibrary && closureShape(cx.sema, type) !== null) {
    const notes = ["a closure is copied where a copy is needed, 'var g = f', if all that it captures by copy is"];
    cx.report(noAttribute(dot, [valueTypeName(cx, base), name.name, null], { notes }));
    return ERROR_RESULT;
  }
  const found = lookupValueMember(cx, base, name.name, span);
  if (found !== null) return found;
  if (isLiteralType(cx.sema, type)) {
    const value = materializeLiteral(cx, base);
    const natural = value.type === type ? null : lookupValueMember(cx, value, name.name, span);
    if (natural !== null) {
      if (cx.acceptsOlder || cx.isLibrary || /^(?:__|write_(?:repr_)?to$)/.test(name.name)) return natural;
      cx.report(noAttribute(dot, [typeName(type), name.name, null], { notes: [ofNatural(value.type, name.name)] }));
      return ERROR_RESULT;
    }
  }
  const dynamic = getAttribute(cx, base, name.name, span);
  if (dynamic !== null) return dynamic;
  return missing(cx, typeName(type), name, dot, type);
}

function lookupValueMember(cx: BodyContext, base: HirExpr, name: string, span: Span): Checked | null {
  const type = base.type;
  const found = cx.sema.members(type, name, cx.scope);
  const first = found[0];
  if (first === undefined) return originMember(base, name) ?? parameterMember(cx, type, name, span);
  switch (first.member.kind) {
    case 'field': {
      if (type.kind !== 'struct') return null;
      const index = first.member.index;
      const field = fieldsOf(cx.sema, type)[index];
      if (field === undefined || field.type.kind === 'error') return ERROR_RESULT;
      return valueResult(partOf(cx, base, index, { kind: 'field', base, index, name, type: field.type, span }));
    }
    case 'comptime':
      return comptimeMember(cx, first.member, first, span);
    case 'function': {
      const candidates = checkedNext(cx, type, name) ?? methodCandidates(cx, type, name);
      return { kind: 'functions', name, candidates, receiver: base, params: null };
    }
    default:
      return unreachable(first.member);
  }
}

/** `it.__next__()` of a library iterator, called by a program. */
function checkedNext(cx: BodyContext, type: Term, name: string): Candidate[] | null {
  if (name !== '__next__' || !cx.scope.module.isUser || type.kind !== 'struct') return null;
  const struct = cx.sema.structEntity(type.decl.id);
  const fn = struct.module.isUser ? null : cx.sema.checkedNext(struct);
  return fn === null ? null : [{ fn, inherited: type.args, requirement: null }];
}

/** `o._get_owned_interior`, not applied yet. */
function originMember(base: HirExpr, name: string): Checked | null {
  if (base.type.kind !== 'originType' || base.kind !== 'constant' || name !== OWNED_INTERIOR) return null;
  return { kind: 'compilerFunction', name, subject: base.term, params: null };
}

/** Every parameter of a type is readable as a member: `v.n`, `V[4].n`. */
function parameterMember(cx: BodyContext, type: Term, name: string, span: Span): Checked | null {
  if (type.kind === 'originType' && name === 'mut') return termResult(cx, type.mut, cx.known.bool, span);
  if (type.kind !== 'struct') return null;
  const params = cx.sema.structParams(cx.sema.structEntity(type.decl.id));
  const index = params.findIndex((param) => param.name === name);
  const param = params[index];
  const value = type.args[index];
  if (param === undefined || value === undefined) return null;
  if (value.kind === 'unbound' && cx.scope.module.isUser && !cx.acceptsOlder) {
    cx.report(unboundMember(span, ['parameter', name, typeName(type)]));
    return ERROR_RESULT;
  }
  return termResult(cx, value, substituteStruct(cx.sema, param.term.type, type), span);
}

function comptimeMember(cx: BodyContext, entity: ComptimeEntity, found: FoundMember, span: Span): Checked {
  const params = cx.sema.comptimeParams(entity);
  const own = params.filter((param) => !param.inherited);
  const inherited = found.via.kind === 'struct' ? found.via.args : [found.via.self];
  if (own.length > 0) return { kind: 'alias', entity, inherited };
  const value = comptimeMemberValue(cx, entity, inherited, []);
  const open = found.via.kind === 'struct' ? openParameterOf(cx, entity, params, inherited) : null;
  if (open !== null && found.via.kind === 'struct') {
    cx.report(unboundMember(span, ['member', entity.name, `${found.via.struct.ref.name}.${open}`]));
    return ERROR_RESULT;
  }
  return termResult(cx, value.value, value.type, span);
}

/** A parameter of the struct that the member's value depends on and that nothing binds. */
function openParameterOf(
  cx: BodyContext,
  entity: ComptimeEntity,
  params: readonly ParamDecl[],
  inherited: readonly Term[],
): string | null {
  if (!cx.scope.module.isUser || cx.acceptsOlder || !inherited.some((arg) => arg.kind === 'unbound')) return null;
  const used = new Set<ParamTerm>();
  collectParams(cx.sema.comptimeValue(entity).value, used);
  const index = inherited.findIndex((arg, at) => {
    const param = params[at];
    return arg.kind === 'unbound' && param !== undefined && used.has(param.term);
  });
  return params[index]?.name ?? null;
}

/** A compile-time member of a type with `inherited` (struct arguments, or `Self` of a trait) and its own arguments. */
export function comptimeMemberValue(
  cx: BodyContext,
  entity: ComptimeEntity,
  inherited: readonly Term[],
  own: readonly Term[],
): { readonly value: Term; readonly type: Term } {
  const params = cx.sema.comptimeParams(entity).map((param) => param.term);
  const { value, type } = cx.sema.comptimeValue(entity);
  const substitution = makeSubstitution(params, [...inherited, ...own]);
  const apply = (term: Term): Term =>
    params.length === 0 ? term : substitute(cx.store, term, substitution, cx.sema.reduce);
  const self = inherited[0];
  if (entity.parent?.kind === 'trait' && self !== undefined) {
    const projection = cx.store.projection(entity.parent.ref, entity.name, self, own, apply(type));
    const reduced = cx.sema.reduce(projection);
    return { value: reduced, type: apply(type) };
  }
  return { value: apply(value), type: apply(type) };
}

function typeMember(cx: BodyContext, type: Term, name: Identifier, dot: Span, span: Span): Checked {
  if (type.kind === 'error') return ERROR_RESULT;
  if (roleOf(cx.sema, type) === 'dtype' && isDTypeName(name.name))
    return valueResult({ kind: 'constant', term: cx.store.dtype(name.name), type: cx.known.dtype, span });
  const reflected = reflectMember(cx, type, name.name);
  if (reflected !== null) return reflected;
  const found = cx.sema.members(type, name.name, cx.scope);
  const first = found[0];
  if (first === undefined) {
    const parameter = parameterMember(cx, type, name.name, span);
    return parameter ?? missing(cx, typeName(type), name, dot, type);
  }
  switch (first.member.kind) {
    case 'field':
      cx.report(fieldOfType(dot, [typeName(type), name.name]));
      return ERROR_RESULT;
    case 'comptime':
      return comptimeMember(cx, first.member, first, span);
    case 'function':
      return {
        kind: 'functions',
        name: name.name,
        candidates: methodCandidates(cx, type, name.name),
        receiver: null,
        params: null,
      };
    default:
      return unreachable(first.member);
  }
}

/** `value.name` through `__getattr__(self, name)`. */
function getAttribute(cx: BodyContext, base: HirExpr, name: string, span: Span): Checked | null {
  const value = isLiteralType(cx.sema, base.type) && defaultType(cx.sema, base.type) !== base.type ? null : base;
  if (value === null) return null;
  const text = stringLiteralExpr(cx.sema, name, span);
  const late = methodCandidates(cx, base.type, '__setattr__').length > 0;
  const result = callMethod(cx, value, '__getattr__', [text], span, late);
  return result === null ? null : valueResult(result);
}

/** Calls `receiver.name(args…)` with checked arguments; null when there is no such method. */
export function callMethod(
  cx: BodyContext,
  receiver: HirExpr,
  name: string,
  args: readonly HirExpr[],
  span: Span,
  late = false,
): HirExpr | null {
  if (receiver.type.kind === 'error') return cx.error(span);
  const candidates = methodCandidates(cx, receiver.type, name);
  if (candidates.length === 0) return null;
  const site: CallSite = { span, callee: span, open: span, what: `call to '${name}'`, name, late };
  return cx.ops.call(
    cx,
    { kind: 'functions', name, candidates, receiver, params: null },
    args.map((expr) => ({
      name: null,
      span: expr.span,
      star: 'none' as const,
      contextual: null,
      checked: valueResult(expr),
    })),
    site,
  );
}
