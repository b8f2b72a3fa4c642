/** Structs: parameters, the type applied to its own parameters, fields, and the HIR that later stages read. */
import { makeId } from '../../base/ids.ts';
import type { StructId, Term } from '../../terms/term.ts';
import type { ClosureRole, FieldMember, FunctionEntity, ParamDecl, StructEntity, WhereClause } from '../entities.ts';
import type { CapturedOrigin, HirField, HirStruct } from '../hir.ts';
import { isBound } from './bounds.ts';
import { type DeclareContext, newScope, spanOf } from './context.ts';
import { findDecorator, integerArgument, stringArgument } from './decorators.ts';
import { typeName } from '../check/type-name.ts';
import { containsItself, fieldOfTraitType, recursiveReference } from './errors.ts';
import { conformanceTable } from './conformance-table.ts';
import { headerClauses } from './header-conditions.ts';
import { lifecycleOf } from './lifecycle.ts';
import { applyBindings, bindArgs, declareParameters, selfArgs } from './parameters.ts';

export function structParams(cx: DeclareContext, struct: StructEntity): readonly ParamDecl[] {
  const known = cx.memo.structParams.get(struct);
  if (known !== undefined) return known;
  cx.pendingHeaders.delete(struct.headerScope);
  const partial: ParamDecl[] = [];
  cx.memo.structParams.set(struct, partial);
  const declared = declareParameters(cx, struct.decl?.parameters ?? null, struct.headerScope, null);
  partial.push(...declared.own);
  const where = headerClauses(cx, struct, struct.decl?.where ?? []);
  for (const { term } of where) struct.headerScope.facts.push(term);
  cx.memo.structWhere.set(struct, where);
  return partial;
}

/** What the arguments of the struct must satisfy wherever the type is written or constructed. */
export function structWhere(cx: DeclareContext, struct: StructEntity): readonly WhereClause[] {
  structParams(cx, struct);
  return cx.memo.structWhere.get(struct) ?? [];
}

export function structSelf(cx: DeclareContext, struct: StructEntity): Term {
  const known = cx.memo.structSelf.get(struct);
  if (known !== undefined) return known;
  const self = cx.store.struct(struct.ref, selfArgs(structParams(cx, struct)));
  cx.memo.structSelf.set(struct, self);
  return self;
}

export function structFields(cx: DeclareContext, struct: StructEntity): readonly HirField[] {
  const known = cx.memo.fields.get(struct);
  if (known === 'busy') {
    cx.sink.report(recursiveReference({ span: struct.span, name: struct.ref.name }));
    return [];
  }
  if (known !== undefined) return known;
  cx.memo.fields.set(struct, 'busy');
  structParams(cx, struct);
  const fields: HirField[] = [];
  for (const list of struct.members.values())
    for (const member of list)
      if (member.kind === 'field')
        fields.push({ name: member.name, type: fieldType(cx, struct, member), span: member.span });
  cx.memo.fields.set(struct, fields);
  return fields;
}

function fieldType(cx: DeclareContext, struct: StructEntity, field: FieldMember): Term {
  const expr = field.decl?.type ?? null;
  if (expr === null) return cx.store.error;
  const span = spanOf(struct.module, expr);
  const type = cx.sema().evaluateAnnotation(expr, struct.scope, { allowUnbound: false });
  if (type.kind === 'functionType' && !type.thin) {
    cx.sink.report(fieldOfTraitType({ span, name: typeName(type) }));
    return cx.store.error;
  }
  if (isBound(type)) {
    const name = type.kind === 'trait' ? type.decl.name : 'this composition';
    cx.sink.report(fieldOfTraitType({ span: field.span, name }));
    return cx.store.error;
  }
  return type;
}

export function hirStruct(cx: DeclareContext, struct: StructEntity): HirStruct {
  const known = cx.memo.hirStruct.get(struct);
  if (known !== undefined) return known;
  const decorators = struct.decl?.decorators ?? [];
  const closure = cx.memo.closures.get(struct) ?? null;
  const lifecycle = lifecycleOf(cx, struct);
  const table = conformanceTable(cx, struct);
  const has = (role: string): boolean => [...table.keys()].some((trait) => trait.builtin === role);
  // What a closure captures stays in memory, whatever generic code may ask of it; and so does what is in registers only if its parts are.
  const isInRegisters = (role: string): boolean =>
    closure === null &&
    [...table.values()].some((entry) => entry.trait.builtin === role && entry.condition() === cx.store.true);
  const hir: HirStruct = {
    ref: struct.ref,
    id: struct.ref.id,
    span: struct.span,
    params: selfArgs(structParams(cx, struct)),
    self: structSelf(cx, struct),
    fields: structFields(cx, struct),
    builtin: struct.builtin,
    align: integerArgument(findDecorator(decorators, 'align')),
    copy: lifecycle.copy,
    move: lifecycle.move,
    destroy: lifecycle.destroy,
    implicitlyCopyable: has('ImplicitlyCopyable'),
    registerPassable: isInRegisters('RegisterPassable') || isInRegisters('TrivialRegisterPassable'),
    trivialRegisterPassable: isInRegisters('TrivialRegisterPassable'),
    explicitDestroy: lifecycle.explicitDestroy ?? stringArgument(findDecorator(decorators, 'explicit_destroy')),
    sharedMutable: has('SharedMutable'),
    notShared: has('NotShared'),
    closure: closure?.closure?.id ?? null,
    captured: closure?.captured ?? [],
  };
  cx.memo.hirStruct.set(struct, hir);
  return hir;
}

/** Registers a struct that the checker makes: the captures of a closure. */
export function addStruct(
  cx: DeclareContext,
  parts: {
    readonly name: string;
    readonly module: StructEntity['module'];
    readonly span: StructEntity['span'];
    readonly scope: StructEntity['scope'];
    readonly fields: readonly HirField[];
    readonly params: readonly ParamDecl[];
    readonly closure: FunctionEntity | null;
    readonly captured: readonly CapturedOrigin[];
    readonly roles: readonly ClosureRole[];
  },
): StructEntity {
  const id = cx.structs.nextId();
  const headerScope = newScope(parts.scope, parts.module, { kind: 'parameters' });
  const holder: { scope: StructEntity['scope'] | null } = { scope: null };
  const struct: StructEntity = {
    kind: 'struct',
    ref: { id: makeId<StructId>(id), name: parts.name, path: `${parts.module.path}.${parts.name}.${id}` },
    decl: null,
    module: parts.module,
    span: parts.span,
    get scope(): StructEntity['scope'] {
      holder.scope ??= newScope(parts.scope, parts.module, { kind: 'struct', struct });
      return holder.scope;
    },
    headerScope,
    builtin: null,
    members: new Map(),
  };
  cx.structs.add(struct);
  cx.memo.structParams.set(struct, parts.params);
  cx.memo.fields.set(struct, parts.fields);
  // The checker completes the captures of a closure while it checks the closure's body.
  cx.memo.closures.set(struct, parts);
  parts.fields.forEach((field, index) => {
    struct.members.set(field.name, [{ kind: 'field', index, name: field.name, decl: null, span: field.span }]);
  });
  return struct;
}

// ---- structs that contain themselves

/** Parameters whose types need the struct itself to be known. */
export function checkRecursiveParameters(cx: DeclareContext, struct: StructEntity): void {
  if (!struct.module.isUser) return;
  const seen = new Set<StructEntity>();
  const needs = (owner: StructEntity): boolean => {
    if (seen.has(owner)) return false;
    seen.add(owner);
    return structParams(cx, owner).some(({ term }) => mentions(term.type));
  };
  const mentions = (type: Term): boolean => {
    if (type.kind !== 'struct') return false;
    const owner = cx.sema().structEntity(type.decl.id);
    return owner === struct || (owner.module.isUser && needs(owner));
  };
  if (needs(struct)) cx.sink.report(recursiveReference({ span: struct.span, name: struct.ref.name }));
}

/** Reports a struct whose values would contain a value of the same struct; of several that contain each other, the first. `apart`: fields
 *  of which the same cycle is reported in other words. */
export function checkContainment(cx: DeclareContext, struct: StructEntity, apart: readonly HirField[]): void {
  for (const field of structFields(cx, struct)) {
    if (apart.includes(field) || !holdsValueOf(cx, field.type, struct)) continue;
    const isSeen = [...cx.memo.containing].some((other) => holdsValueOf(cx, field.type, other));
    cx.memo.containing.add(struct);
    if (isSeen) return;
    cx.sink.report(containsItself({ span: struct.span, name: struct.ref.name, field: field.span }));
    return;
  }
}

/** Whether values of the type hold a value of the struct in themselves, and not behind a pointer. */
export function holdsValueOf(cx: DeclareContext, type: Term, target: StructEntity, seen = new Set<Term>()): boolean {
  if (type.kind === 'list') return type.elements.some((element) => holdsValueOf(cx, element, target, seen));
  if (type.kind !== 'struct' || seen.has(type)) return false;
  seen.add(type);
  if (type.decl === target.ref) return true;
  if (seen.size > 200) return false;
  const struct = cx.sema().structEntity(type.decl.id);
  switch (struct.builtin) {
    case 'pointer':
      return false;
    case 'tuple':
    case 'raw-array':
      return type.args.some((arg) => holdsValueOf(cx, arg, target, seen));
    default:
      return structFields(cx, struct).some((field) =>
        holdsValueOf(cx, applyBindings(cx, field.type, bindArgs(structParams(cx, struct), type.args)), target, seen),
      );
  }
}
