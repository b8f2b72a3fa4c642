/** Checks every declaration of a user's module, whether anything uses it or not: headers, conformances, lifecycles, overloads, bodies. */
import { Substituter } from '../../terms/substitute.ts';
import type { OriginRootId, ParamId, Term } from '../../terms/term.ts';
import type {
  Entity,
  FunctionEntity,
  Member,
  ModuleEntity,
  ParamDecl,
  Signature,
  StructEntity,
  TraitEntity,
} from '../entities.ts';
import { checkConformances } from './check-conformance.ts';
import { comptimeDefault, comptimeParams, comptimeValue, globalType } from './comptime.ts';
import { traitClosure } from './conformance-table.ts';
import type { DeclareContext } from './context.ts';
import { checkFunctionDecorators, checkStructDecorators } from './check-decorators.ts';
import { checkLifecycle } from './check-lifecycle.ts';
import { hasDecorator } from './decorators.ts';
import { identicalSignature, implicitArguments, initNeedsSelf, overloadOnResult, redefinition } from './errors.ts';
import { checkOutsideOfTypes, checkSpecialMethod } from './special-methods.ts';
import { forceImports } from './imports.ts';
import { checkArgumentDefaults, checkParameterDefaults } from './parameter-defaults.ts';
import { checkRestated } from './restated-members.ts';
import { forceHeader } from './scopes.ts';
import { signatureOf } from './signatures.ts';
import { lifecycleKeyword } from './written-lifecycle.ts';
import { checkContainment, checkRecursiveParameters, hirStruct, structFields, structParams } from './structs.ts';

/** Everything but bodies. */
export function checkHeaders(cx: DeclareContext, module: ModuleEntity): void {
  forceImports(cx, module.scope);
  cx.late.applyExtensions();
  for (const entities of [...module.scope.names.values()]) {
    for (const entity of entities) if (belongsTo(entity, module)) checkHeader(cx, entity);
    checkOverloads(cx, entities);
  }
}

function belongsTo(entity: Entity, module: ModuleEntity): boolean {
  return 'module' in entity && entity.module === module;
}

function checkHeader(cx: DeclareContext, entity: Entity): void {
  switch (entity.kind) {
    case 'struct':
      checkStruct(cx, entity);
      break;
    case 'trait':
      checkTraitHeader(cx, entity);
      break;
    case 'function':
      checkParameterDefaults(cx, signatureOf(cx, entity).params);
      checkOutsideOfTypes(cx, entity);
      checkFunctionDecorators(cx, entity);
      break;
    case 'comptime':
      checkParameterDefaults(cx, comptimeParams(cx, entity));
      comptimeValue(cx, entity);
      break;
    case 'global':
      globalType(cx, entity);
      break;
    case 'module':
    case 'param':
    case 'local':
    case 'compilerFunction':
    case 'import':
      break;
  }
}

/** The functions of a module whose bodies are written, in the order of declaration. */
export function writtenFunctions(cx: DeclareContext, module: ModuleEntity): FunctionEntity[] {
  return cx.functions
    .values()
    .filter(
      (fn) => fn.module === module && fn.enclosing === null && fn.functionKind.kind === 'written' && fn.decl !== null,
    );
}

/** Nested functions and lambdas that have a body, which they get with the body around them. */
export function nestedFunctions(cx: DeclareContext, module: ModuleEntity): FunctionEntity[] {
  return cx.functions
    .values()
    .filter(
      (fn) =>
        fn.module === module &&
        fn.enclosing !== null &&
        fn.functionKind.kind === 'written' &&
        fn.decl !== null &&
        cx.sema().checkBody(fn) !== null,
    );
}

// ---- structs and traits

function checkTraitHeader(cx: DeclareContext, trait: TraitEntity): void {
  traitClosure(cx, trait);
  for (const members of trait.members.values()) {
    for (const member of members) {
      checkMember(cx, member);
      checkRestated(cx, trait, member);
    }
    checkOverloads(cx, members);
  }
}

function checkMember(cx: DeclareContext, member: Member): void {
  if (member.kind === 'function') {
    checkParameterDefaults(cx, signatureOf(cx, member).params);
    checkSpecialMethod(cx, member, signatureOf(cx, member));
    if (member.functionKind.kind === 'requirement' && member.parent?.kind === 'trait') {
      checkArgumentDefaults(cx, signatureOf(cx, member).args);
      cx.sema().checkRequirement(member);
    }
    checkFunctionDecorators(cx, member);
  } else if (member.kind === 'comptime') {
    comptimeParams(cx, member);
    comptimeValue(cx, member);
    const isDefault = member.parent?.kind === 'trait' && member.decl?.type !== null && member.decl?.value !== null;
    if (isDefault && member.parent?.module.isUser === true) comptimeDefault(cx, member);
  }
}

/** Members share their names with the parameters of the struct: `value.name` reads both. */
function checkParameterNames(cx: DeclareContext, struct: StructEntity): void {
  if (!struct.module.isUser || struct.module.seesClassicNames) return;
  for (const { name, span } of cx.sema().structParams(struct)) {
    const member = struct.members.get(name)?.[0];
    if (member !== undefined)
      cx.sink.report(redefinition({ span: member.span, name, previous: span, note: 'a parameter of the struct' }));
  }
}

function checkStruct(cx: DeclareContext, struct: StructEntity): void {
  forceHeader(cx, struct.headerScope);
  checkParameterDefaults(cx, structParams(cx, struct));
  checkRecursiveParameters(cx, struct);
  structFields(cx, struct);
  for (const members of [...struct.members.values()]) for (const member of members) checkMember(cx, member);
  checkStructDecorators(cx, struct);
  checkParameterNames(cx, struct);
  checkContainment(cx, struct, checkLifecycle(cx, struct));
  hirStruct(cx, struct);
  checkConformances(cx, struct);
  for (const members of struct.members.values()) {
    checkOverloads(cx, members);
    for (const member of members) if (member.kind === 'function') checkInit(cx, member);
  }
}

/** `__init__` returns the new value through `out self`. */
function checkInit(cx: DeclareContext, fn: FunctionEntity): void {
  if (fn.ref.name !== '__init__' || fn.decl === null) return;
  const signature = signatureOf(cx, fn);
  if (
    fn.decl.kind === 'FunctionDecl' &&
    hasDecorator(fn.decl.decorators, 'implicit') &&
    !signature.hasError &&
    lifecycleKeyword(fn.decl) !== 'copy'
  ) {
    const positional = signature.args.filter((arg) => arg.passing !== 'keywordOnly');
    const required = signature.args.filter((arg) => arg.defaultExpr === null && arg.variadic === 'none');
    if (positional.length === 0 || required.length > 1) cx.sink.report(implicitArguments({ span: fn.span }));
  }
  if (signature.hasError || signature.namedResult !== null) return;
  if (fn.isStatic && signature.result !== cx.sema().known.none) return;
  cx.sink.report(initNeedsSelf({ span: fn.span }));
}

// ---- overloads

function checkOverloads(cx: DeclareContext, entities: readonly (Entity | Member)[]): void {
  const functions = entities.filter(
    (entity): entity is FunctionEntity => entity.kind === 'function' && entity.module.isUser,
  );
  for (let i = 1; i < functions.length; i++) {
    for (let j = 0; j < i; j++) {
      const later = functions[i];
      const earlier = functions[j];
      if (later === undefined || earlier === undefined || later.decl === null || earlier.decl === null) continue;
      const conflict = overloadConflict(cx, signatureOf(cx, earlier), signatureOf(cx, later));
      if (conflict === null) continue;
      cx.conflicting.add(later).add(earlier);
      const where = { span: later.span, name: later.ref.name, previous: earlier.span };
      cx.sink.report(conflict === 'identical' ? identicalSignature(where) : overloadOnResult(where));
      break;
    }
  }
}

/** Whether two functions of one name cannot be told apart by any call. */
function overloadConflict(cx: DeclareContext, a: Signature, b: Signature): 'identical' | 'result' | null {
  if (a.hasError || b.hasError || a.fn.isStatic !== b.fn.isStatic || a.isInit !== b.isInit) return null;
  if (a.args.length !== b.args.length) return null;
  const ownA = a.params.filter((param) => !param.inherited);
  const ownB = b.params.filter((param) => !param.inherited);
  if (ownA.length !== ownB.length) return null;
  const params = new Map<ParamId, Term>();
  const origins = new Map<OriginRootId, Term>();
  ownA.forEach((param, index) => {
    const other = ownB[index];
    if (other !== undefined) params.set(param.term.param, other.term);
  });
  a.args.forEach((arg, index) => {
    const other = b.args[index];
    if (other !== undefined) origins.set(arg.root, other.origin);
  });
  const substituter = new Substituter(cx.store, { params, origins }, cx.sema().reduce);
  const same = (left: Term, right: Term): boolean => substituter.apply(left) === right;
  for (let i = 0; i < ownA.length; i++) {
    const left = ownA[i];
    const right = ownB[i];
    if (left === undefined || right === undefined) return null;
    if (left.variadic !== right.variadic || !same(left.term.type, right.term.type)) return null;
    if (passingOf(left) !== passingOf(right) || (left.passing === 'keywordOnly' && left.name !== right.name))
      return null;
  }
  for (let i = 0; i < a.args.length; i++) {
    const left = a.args[i];
    const right = b.args[i];
    if (left === undefined || right === undefined) return null;
    const isKeyword = left.passing === 'keywordOnly' || right.passing === 'keywordOnly';
    if (isKeyword && (left.name !== right.name || left.passing !== right.passing)) return null;
    if (left.variadic !== right.variadic || !same(left.type, right.type)) return null;
    if (left.convention !== right.convention && !isReadOrMut(left.convention, right.convention)) return null;
  }
  const conditions = (signature: Signature): Term => cx.store.and(signature.where.map((clause) => clause.term));
  if (!same(conditions(a), conditions(b))) return null;
  return same(a.result, b.result) ? 'identical' : 'result';
}

/** What an argument's type leaves open (`x: Some[A]`, `x: SIMD`) is a parameter like any other. */
function passingOf(param: ParamDecl): ParamDecl['passing'] {
  const isNamed = param.defaultScope.names
    .get(param.name)
    ?.some((entity) => entity.kind === 'param' && entity.term === param.term);
  return param.passing === 'inferOnly' && isNamed !== true ? 'normal' : param.passing;
}

function isReadOrMut(a: string, b: string): boolean {
  return (a === 'imm' && b === 'mut') || (a === 'mut' && b === 'imm');
}
