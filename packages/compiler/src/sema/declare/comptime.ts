/** Values of comptime declarations and types of file-scope variables. */
import type { Pattern } from '../../syntax/ast.ts';
import type { Term } from '../../terms/term.ts';
import type { ComptimeEntity, GlobalEntity, ParamDecl, Scope, WhereClause } from '../entities.ts';
import { typeName } from '../check/type-name.ts';
import { isBound } from './bounds.ts';
import { type DeclareContext, newScope, spanOf } from './context.ts';
import { comptimeBound, recursiveReference } from './errors.ts';
import { clausesIn } from './header-conditions.ts';
import { declareParameters, fillHoles, selfArgs } from './parameters.ts';
import { plainParam } from './scopes.ts';

export function comptimeHeader(cx: DeclareContext, entity: ComptimeEntity): Scope {
  comptimeParams(cx, entity);
  return cx.memo.comptimeHeader.get(entity) ?? entity.scope;
}

/** Flat: parameters of the struct or trait, then own ones. */
export function comptimeParams(cx: DeclareContext, entity: ComptimeEntity): readonly ParamDecl[] {
  const known = cx.memo.comptimeParams.get(entity);
  if (known !== undefined) return known;
  const params: ParamDecl[] = [];
  cx.memo.comptimeParams.set(entity, params);
  const parent = entity.parent;
  if (parent?.kind === 'trait') params.push(plainParam(parent.self, 'Self', entity.scope, parent.span));
  else if (parent !== null)
    params.push(
      ...cx
        .sema()
        .structParams(parent)
        .map((param) => ({ ...param, inherited: true })),
    );
  const header = newScope(entity.scope, entity.module, { kind: 'parameters' });
  cx.memo.comptimeHeader.set(entity, header);
  params.push(...declareParameters(cx, entity.decl?.parameters ?? null, header, null).own);
  const where = clausesIn(cx, entity.decl?.where ?? [], header);
  for (const { term } of where) header.facts.push(term);
  cx.memo.comptimeWhere.set(entity, where);
  return params;
}

/** What the parameters must satisfy wherever the member is named. */
export function comptimeWhere(cx: DeclareContext, entity: ComptimeEntity): readonly WhereClause[] {
  comptimeParams(cx, entity);
  return cx.memo.comptimeWhere.get(entity) ?? [];
}

/** The value as written. An associated member of a trait is a projection of `Self`, whether it has a default or not. */
export function comptimeValue(
  cx: DeclareContext,
  entity: ComptimeEntity,
): { readonly value: Term; readonly type: Term } {
  const known = cx.memo.comptimeValue.get(entity);
  if (known === 'busy') {
    cx.sink.report(recursiveReference({ span: entity.span, name: entity.name }));
    return { value: cx.store.error, type: cx.store.error };
  }
  if (known !== undefined) return known;
  cx.memo.comptimeValue.set(entity, 'busy');
  const resolved = entity.parent?.kind === 'trait' ? traitMember(cx, entity) : evaluate(cx, entity);
  cx.memo.comptimeValue.set(entity, resolved);
  return resolved;
}

/** The value in its declaration, also of a trait's member with a default. */
export function comptimeDefault(
  cx: DeclareContext,
  entity: ComptimeEntity,
): { readonly value: Term; readonly type: Term } {
  if (entity.parent?.kind !== 'trait') return comptimeValue(cx, entity);
  const known = cx.memo.comptimeDefault.get(entity);
  if (known !== undefined) return known;
  const value = evaluate(cx, entity);
  cx.memo.comptimeDefault.set(entity, value);
  return value;
}

function evaluate(cx: DeclareContext, entity: ComptimeEntity): { readonly value: Term; readonly type: Term } {
  const sema = cx.sema();
  const error = { value: cx.store.error, type: cx.store.error };
  const decl = entity.decl;
  if (decl === null || decl.value === null) return error;
  const header = comptimeHeader(cx, entity);
  if (decl.type === null) return sema.evaluateParameter(decl.value, header, null);
  const annotation = annotationOf(cx, entity, header);
  if (annotation.kind === 'error') return error;
  if (!isBound(annotation)) return sema.evaluateParameter(decl.value, header, annotation);
  const value = sema.evaluateType(decl.value, header, { allowUnbound: false });
  if (value.kind === 'error') return error;
  if (sema.conforms(value, annotation, header) !== true) {
    const span = spanOf(entity.module, decl.value);
    cx.sink.report(comptimeBound({ span, name: entity.name, type: typeName(value), bound: typeName(annotation) }));
    return error;
  }
  return { value, type: annotation };
}

function annotationOf(cx: DeclareContext, entity: ComptimeEntity, header: Scope): Term {
  const expr = entity.decl?.type ?? null;
  if (expr === null) return cx.store.error;
  return cx.sema().evaluateAnnotation(expr, header, { allowUnbound: false });
}

function traitMember(cx: DeclareContext, entity: ComptimeEntity): { readonly value: Term; readonly type: Term } {
  const trait = entity.parent;
  if (trait?.kind !== 'trait') return { value: cx.store.error, type: cx.store.error };
  const params = comptimeParams(cx, entity);
  const header = comptimeHeader(cx, entity);
  let type: Term;
  if (entity.decl?.type !== null) type = annotationOf(cx, entity, header);
  else if (entity.decl.value !== null) type = evaluate(cx, entity).type;
  else {
    // The parser has said that the value is missing.
    type = cx.store.error;
  }
  if (type.kind === 'error') return { value: cx.store.error, type };
  return { value: cx.store.projection(trait.ref, entity.name, trait.self, selfArgs(params.slice(1)), type), type };
}

export function globalType(cx: DeclareContext, global: GlobalEntity): Term {
  const known = cx.memo.globalType.get(global);
  if (known === 'busy') {
    cx.sink.report(recursiveReference({ span: global.span, name: global.name }));
    return cx.store.error;
  }
  if (known !== undefined) return known;
  cx.memo.globalType.set(global, 'busy');
  const statement = global.statement;
  let type: Term = cx.store.error;
  if (statement.kind === 'VarDecl') {
    const annotation = statement.type;
    if (annotation !== null && statement.pattern.kind === 'NamePattern') {
      const open = cx.sema().evaluateType(annotation, global.module.scope, { allowUnbound: false });
      type = fillHoles(cx, open, global.module.scope, global.span, () => undefined);
    } else if (statement.value !== null) {
      const whole =
        annotation === null
          ? cx.sema().initializerType(statement.value, global.module.scope)
          : cx.sema().evaluateType(annotation, global.module.scope, { allowUnbound: false });
      type = patternPart(cx, statement.pattern, global.name, whole);
    }
  }
  cx.memo.globalType.set(global, type);
  return type;
}

/** The type of the part of a tuple that a pattern binds to `name`. */
function patternPart(cx: DeclareContext, pattern: Pattern, name: string, type: Term): Term {
  if (pattern.kind === 'NamePattern') return pattern.name.name === name ? type : cx.store.error;
  if (pattern.kind !== 'TuplePattern' || type.kind !== 'struct') return cx.store.error;
  const elements = type.args[0];
  if (elements?.kind !== 'list') return cx.store.error;
  for (let i = 0; i < pattern.elements.length; i++) {
    const part = pattern.elements[i];
    const element = elements.elements[i];
    if (part === undefined || element === undefined) continue;
    const found = patternPart(cx, part, name, element);
    if (found.kind !== 'error') return found;
  }
  return cx.store.error;
}
