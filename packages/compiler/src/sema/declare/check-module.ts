/** Checks every declaration of a user's module, whether anything uses it or not: headers, conformances, lifecycles, overloads, bodies. */
import { Substituter } from '../../terms/substitute.ts';
import type { OriginRootId, ParamId, Term } from '../../terms/term.ts';
import { typeName } from '../check/type-name.ts';
import type {
  Entity,
  FunctionEntity,
  Member,
  ModuleEntity,
  ParamDecl,
  Scope,
  Signature,
  StructEntity,
  TraitEntity,
} from '../entities.ts';
import type { HirField } from '../hir.ts';
import { checkConformances } from './check-conformance.ts';
import { comptimeParams, comptimeValue, globalType } from './comptime.ts';
import { conforms } from './conformance.ts';
import { conformanceTable, traitClosure } from './conformance-table.ts';
import { type DeclareContext, newScope, spanOf } from './context.ts';
import { findDecorator, hasDecorator, integerArgument, stringArgument } from './decorators.ts';
import {
  alignInvalid,
  cannotSynthesize,
  copyConvention,
  deinitArgument,
  explicitDestroyNeedsOptOut,
  explicitDestroyNeedsText,
  fieldTypeNotDestructible,
  fieldwiseInitTwice,
  identicalSignature,
  implicitArguments,
  implicitOnMethod,
  implicitFieldwise,
  initNeedsSelf,
  lifecycleRaises,
  overloadOnResult,
  redefinition,
  trivialFields,
  trivialWithDestructor,
} from './errors.ts';
import { checkOutsideOfTypes, checkSpecialMethod } from './special-methods.ts';
import { selfDependentFields } from './deinit-cycles.ts';
import { forceImports } from './imports.ts';
import { checkArgumentDefaults, checkParameterDefaults } from './parameter-defaults.ts';
import { lifecycleOf } from './lifecycle.ts';
import { writtenLifecycle } from './written-lifecycle.ts';
import { checkRestated } from './restated-members.ts';
import { forceHeader } from './scopes.ts';
import { signatureOf } from './signatures.ts';
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
      checkImplicit(cx, entity);
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
    if (member.functionKind.kind === 'requirement') {
      checkArgumentDefaults(cx, signatureOf(cx, member).args);
      cx.sema().checkRequirement(member);
    }
    checkImplicit(cx, member);
  } else if (member.kind === 'comptime') {
    comptimeParams(cx, member);
    comptimeValue(cx, member);
  }
}

/** `@implicit` makes a conversion of an initializer, and says nothing of other functions. */
function checkImplicit(cx: DeclareContext, fn: FunctionEntity): void {
  if (fn.decl?.kind !== 'FunctionDecl' || (fn.ref.name === '__init__' && fn.parent !== null)) return;
  const implicit = findDecorator(fn.decl.decorators, 'implicit');
  if (implicit !== null) cx.sink.report(implicitOnMethod({ span: spanOf(fn.module, implicit) }));
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
  checkDecoratorRules(cx, struct);
  checkParameterNames(cx, struct);
  checkContainment(cx, struct, checkLifecycle(cx, struct));
  hirStruct(cx, struct);
  checkConformances(cx, struct);
  for (const members of struct.members.values()) {
    checkOverloads(cx, members);
    for (const member of members) if (member.kind === 'function') checkInit(cx, member);
  }
}

function checkDecoratorRules(cx: DeclareContext, struct: StructEntity): void {
  const decorators = struct.decl?.decorators ?? [];
  const align = findDecorator(decorators, 'align');
  const amount = integerArgument(align);
  if (align !== null && amount !== null && (amount <= 0 || (amount & (amount - 1)) !== 0)) {
    const value = align.args?.[0];
    cx.sink.report(alignInvalid({ span: spanOf(struct.module, value ?? align) }));
  }
  const explicit = findDecorator(decorators, 'explicit_destroy');
  if (explicit !== null && struct.module.edition !== 'classic' && lifecycleOf(cx, struct).explicitDestroy === null)
    cx.sink.report(explicitDestroyNeedsOptOut({ span: spanOf(struct.module, explicit.name) }));
  else if (explicit !== null && struct.module.edition !== 'classic' && (explicit.args ?? []).length === 0)
    cx.sink.report(explicitDestroyNeedsText({ span: spanOf(struct.module, explicit.name) }));
}

/** `__init__` returns the new value through `out self`. */
function checkInit(cx: DeclareContext, fn: FunctionEntity): void {
  if (fn.ref.name !== '__init__' || fn.decl === null) return;
  const signature = signatureOf(cx, fn);
  if (fn.decl.kind === 'FunctionDecl' && hasDecorator(fn.decl.decorators, 'implicit') && !signature.hasError) {
    const positional = signature.args.filter((arg) => arg.passing !== 'keywordOnly');
    const required = signature.args.filter((arg) => arg.defaultExpr === null && arg.variadic === 'none');
    if (positional.length === 0 || required.length > 1) cx.sink.report(implicitArguments({ span: fn.span }));
  }
  if (signature.hasError || signature.namedResult !== null) return;
  if (fn.isStatic && signature.result !== cx.sema().known.none) return;
  cx.sink.report(initNeedsSelf({ span: fn.span }));
}

/** Returns the fields that were reported for depending on their own struct. */
function checkLifecycle(cx: DeclareContext, struct: StructEntity): readonly HirField[] {
  let recursive: readonly HirField[] = [];
  const table = conformanceTable(cx, struct);
  const written = writtenLifecycle(struct);
  const facts = lifecycleOf(cx, struct);
  const entryOf = (role: string): { readonly condition: Term; readonly stated: boolean } | null => {
    for (const entry of table.values())
      if (entry.trait.builtin === role) return { condition: entry.condition(), stated: entry.span !== null };
    return null;
  };
  const fields = structFields(cx, struct);
  /** Fields that lack a trait while `condition` is assumed. */
  const lacking = (role: string, condition: Term): typeof fields => {
    const trait = cx.sema().known.trait(role);
    if (trait === null) return [];
    const scope: Scope = newScope(struct.scope, struct.module, { kind: 'block' });
    scope.facts.push(condition);
    return fields.filter((field) => conforms(cx, field.type, cx.store.trait(trait.ref), scope) !== true);
  };
  const report = (role: string, member: string, lack: string): boolean => {
    const entry = entryOf(role);
    const isStated =
      entry?.stated === true ||
      hasDecorator(struct.decl?.decorators ?? [], 'value') ||
      (role === 'Movable' && struct.module.edition !== 'classic');
    if (entry === null || !isStated) return false;
    const bad = lacking(role, entry.condition);
    for (const field of bad)
      cx.sink.report(
        cannotSynthesize({ span: field.span, member, field: field.name, lack, type: typeName(field.type) }),
      );
    return bad.length > 0;
  };
  const trivial = entryOf('TrivialRegisterPassable');
  if (trivial !== null && struct.builtin === null) {
    const bad = lacking('TrivialRegisterPassable', trivial.condition)[0];
    if (bad !== undefined)
      cx.sink.report(
        trivialFields({ span: struct.span, field: bad.name, type: typeName(bad.type), fieldSpan: bad.span }),
      );
    if (written.destroy !== null) cx.sink.report(trivialWithDestructor({ span: written.destroy.span }));
  } else {
    const copyFailed = facts.copy.kind === 'memberwise' && report('Copyable', 'copy constructor', 'non-copyable');
    if (facts.copy.kind === 'memberwise' && !copyFailed)
      report('ImplicitlyCopyable', 'implicit copy constructor', 'non-implicitly-copyable');
    const deinitable = entryOf('Deinitable');
    const diesMemberwise =
      facts.destroy.kind === 'memberwise' && deinitable !== null && deinitable.condition === cx.store.true;
    const lackingFields = diesMemberwise ? lacking('Deinitable', cx.store.true) : [];
    const undying = diesMemberwise && lackingFields.length === 0 ? selfDependentFields(cx, struct) : lackingFields;
    if (lackingFields.length === 0) recursive = undying;
    for (const field of undying)
      cx.sink.report(
        fieldTypeNotDestructible({
          span: field.span,
          field: field.name,
          type: typeName(field.type),
          owner: struct.ref.name,
          isRecursive: lackingFields.length === 0,
        }),
      );
    const initFailed = undying.length > 0 || checkFieldwiseInit(cx, struct, fields);
    if (facts.move.kind === 'memberwise' && !copyFailed && !initFailed)
      report('Movable', 'move constructor', 'non-movable and non-implicitly-copyable');
  }
  checkLifecycleSignature(cx, written.copy, 'copy constructor');
  checkLifecycleSignature(cx, written.move, 'move constructor');
  checkLifecycleSignature(cx, written.destroy, 'destructor');
  checkMoveArgument(cx, struct);
  if (written.copy !== null) {
    const [source] = signatureOf(cx, written.copy).args;
    if (source !== undefined && source.convention !== 'imm') cx.sink.report(copyConvention({ span: source.span }));
  }
  return recursive;
}

/** A move constructor takes its source apart: `*, deinit move: Self`. */
function checkMoveArgument(cx: DeclareContext, struct: StructEntity): void {
  if (struct.module.seesClassicNames) return;
  for (const member of struct.members.get('__init__') ?? []) {
    if (member.kind !== 'function' || member.functionKind.kind === 'synthesized') continue;
    const { args } = signatureOf(cx, member);
    const [source] = args;
    if (args.length !== 1 || source?.name !== 'move' || source.passing !== 'keywordOnly') continue;
    if (source.convention !== 'imm' || source.type !== cx.sema().structSelf(struct)) continue;
    cx.sink.report(deinitArgument({ span: source.span, name: 'move' }));
  }
}

/** A fieldwise initializer moves or copies its arguments into the fields, whatever the arguments of the struct are. */
function checkFieldwiseInit(
  cx: DeclareContext,
  struct: StructEntity,
  fields: ReturnType<typeof structFields>,
): boolean {
  const movable = cx.sema().known.trait('Movable');
  if (movable === null || struct.module.edition === 'classic' || !struct.module.isUser) return false;
  const decorator = findDecorator(struct.decl?.decorators ?? [], 'fieldwise_init');
  if (decorator === null) return false;
  if (stringArgument(decorator) === 'implicit' && fields.length !== 1)
    cx.sink.report(implicitFieldwise({ span: spanOf(struct.module, decorator) }));
  const written = (struct.members.get('__init__') ?? []).find(
    (member) => member.kind === 'function' && member.decl !== null && takesFields(signatureOf(cx, member), fields),
  );
  if (written !== undefined) {
    cx.sink.report(
      fieldwiseInitTwice({ span: spanOf(struct.module, decorator), name: struct.ref.name, written: written.span }),
    );
    return true;
  }
  const bad = fields.filter((field) => conforms(cx, field.type, cx.store.trait(movable.ref), struct.scope) !== true);
  for (const field of bad) {
    const [member, lack] = ['fieldwise init', 'non-copyable and non-movable'];
    cx.sink.report(cannotSynthesize({ span: field.span, member, field: field.name, lack, type: typeName(field.type) }));
  }
  return bad.length > 0;
}

/** Whether a constructor takes just what a fieldwise one would. */
function takesFields(signature: Signature, fields: ReturnType<typeof structFields>): boolean {
  if (signature.hasError || signature.params.some((param) => !param.inherited)) return false;
  return (
    signature.args.length === fields.length &&
    signature.args.every(
      (arg, index) => arg.type === fields[index]?.type && arg.variadic === 'none' && arg.passing !== 'keywordOnly',
    )
  );
}

function checkLifecycleSignature(cx: DeclareContext, fn: FunctionEntity | null, name: string): void {
  if (fn === null) return;
  const signature = signatureOf(cx, fn);
  if (!signature.hasError && signature.raises !== null) cx.sink.report(lifecycleRaises({ span: fn.span, name }));
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
