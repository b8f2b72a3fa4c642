/** Assembles the declarations half of sema: the operations of `Declarations` over one context. */
import type { Term } from '../../terms/term.ts';
import type { StructEntity } from '../entities.ts';
import type { Declarations } from '../sema.ts';
import { collectModule } from './collect.ts';
import { comptimeDefault, comptimeParams, comptimeValue, comptimeWhere, globalType } from './comptime.ts';
import { checkedNext } from './adapter.ts';
import { associated, conforms, isPartlyUnknown, traitsOf, witness } from './conformance.ts';
import { type DeclareContext, newFunction } from './context.ts';
import { decide } from './facts.ts';
import { hirFunction } from './hir-functions.ts';
import { declareImports } from './imports.ts';
import { memberNames, members } from './members.ts';
import { fillHoles } from './parameters.ts';
import { reduceDeep, reduceTerm } from './reduce.ts';
import { importableFrom, lookup, moduleMember, paramsInScope, visibleNames } from './scopes.ts';
import { signatureOf } from './signatures.ts';
import { addStruct, hirStruct, structFields, structParams, structSelf, structWhere } from './structs.ts';

export function createDeclarations(cx: DeclareContext): Declarations {
  const sema = cx.sema;
  cx.late.collectModule = (module, tree) => collectModule(cx, module, tree);
  cx.late.comptimeDefault = (entity) => comptimeDefault(cx, entity);
  cx.late.reduceDeep = (term) => reduceDeep(cx, term);
  cx.late.applyExtensions = () => {
    while (cx.pendingExtensions.length > 0) cx.pendingExtensions.shift()?.apply();
  };
  const hasTrait = (type: Term, role: string, scope: Parameters<Declarations['isCopyable']>[1]): boolean => {
    const trait = sema().known.trait(role);
    return trait === null || conforms(cx, type, cx.store.trait(trait.ref), scope) === true;
  };
  return {
    lookup: (scope, name) => lookup(cx, scope, name),
    moduleMember: (module, name, user) => moduleMember(cx, module, name, user),
    declareImports: (statement, scope) => declareImports(cx, statement, scope),
    paramsInScope: (scope) => paramsInScope(cx, scope),
    importableFrom: (name) => importableFrom(cx, name),
    visibleNames: (scope) => visibleNames(cx, scope),
    structEntity: (id) => cx.structs.get(id),
    traitEntity: (id) => cx.traits.get(id),
    functionEntity: (id) => cx.functions.get(id),
    addFunction: (parts, signature) => {
      const fn = newFunction(cx, parts);
      if (signature !== null) cx.memo.signature.set(fn, { ...signature, fn });
      return fn;
    },
    addStruct: (parts): StructEntity => addStruct(cx, parts),
    signature: (fn) => signatureOf(cx, fn),
    isConflicting: (fn) => cx.conflicting.has(fn),
    structParams: (struct) => structParams(cx, struct),
    structWhere: (struct) => structWhere(cx, struct),
    comptimeWhere: (entity) => comptimeWhere(cx, entity),
    structSelf: (struct) => structSelf(cx, struct),
    fields: (struct) => structFields(cx, struct),
    hirStruct: (struct) => hirStruct(cx, struct),
    hirFunction: (fn) => hirFunction(cx, fn),
    fillHoles: (type, scope, span, add) => fillHoles(cx, type, scope, span, (decl) => add(decl.term)),
    globalType: (global) => globalType(cx, global),
    comptimeValue: (entity) => comptimeValue(cx, entity),
    comptimeParams: (entity) => comptimeParams(cx, entity),
    members: (type, name, scope) => members(cx, type, name, scope),
    memberNames: (type, scope) => memberNames(cx, type, scope),
    conforms: (type, bound, scope) => conforms(cx, type, bound, scope),
    isPartlyUnknown: (type) => isPartlyUnknown(cx, type),
    decide: (proposition, scope) => decide(cx, proposition, scope),
    witness: (self, trait, memberFn) => witness(cx, self, trait, memberFn),
    checkedNext: (struct) => checkedNext(cx, struct),
    associated: (self, trait, member, args) => associated(cx, self, trait, member, args),
    traitsOf: (type, scope) => traitsOf(cx, type, scope),
    isCopyable: (type, scope) => hasTrait(type, 'Copyable', scope),
    // What can be copied at all, older programs copy without a word.
    isImplicitlyCopyable: (type, scope) =>
      hasTrait(type, 'ImplicitlyCopyable', scope) ||
      (scope.module.isUser && scope.module.seesClassicNames && hasTrait(type, 'Copyable', scope)),
    isMovable: (type, scope) => hasTrait(type, 'Movable', scope),
    isDestructible: (type, scope) => hasTrait(type, 'Deinitable', scope),
    reduce: (term) => reduceTerm(cx, term),
  };
}
