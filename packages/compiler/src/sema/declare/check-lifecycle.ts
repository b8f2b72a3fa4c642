/** How values of a struct are made, copied, moved and destroyed must fit its fields and the traits that it lists.
 *  In: a struct whose header is known.  Out: errors at its fields and lifecycle methods. */
import type { Term } from '../../terms/term.ts';
import { typeName } from '../check/type-name.ts';
import type { FunctionEntity, Scope, Signature, StructEntity } from '../entities.ts';
import type { HirField } from '../hir.ts';
import { conforms } from './conformance.ts';
import { conformanceTable } from './conformance-table.ts';
import { type DeclareContext, newScope, spanOf } from './context.ts';
import { findDecorator, hasDecorator, stringArgument } from './decorators.ts';
import { selfDependentFields } from './deinit-cycles.ts';
import {
  cannotSynthesize,
  copyConvention,
  deinitArgument,
  fieldOfAnyOrigin,
  fieldTypeNotDestructible,
  fieldwiseInitTwice,
  implicitFieldwise,
  lifecycleRaises,
  registerFields,
  registerMove,
  trivialWithCopy,
  trivialWithDestructor,
} from './errors.ts';
import { lifecycleOf } from './lifecycle.ts';
import { signatureOf } from './signatures.ts';
import { holdsValueOf, structFields } from './structs.ts';
import { writtenLifecycle } from './written-lifecycle.ts';

/** Returns the fields that were reported for depending on their own struct. */
export function checkLifecycle(cx: DeclareContext, struct: StructEntity): readonly HirField[] {
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
  const isModern = struct.module.isUser && !struct.module.seesClassicNames;
  /** A value in registers has no parts in memory, and nobody notices when it moves. */
  const checkRegisterFields = (role: 'RegisterPassable' | 'TrivialRegisterPassable'): void => {
    const entry = struct.builtin === null && (isModern || role === 'TrivialRegisterPassable') ? entryOf(role) : null;
    if (entry === null || (role === 'RegisterPassable' && entry.condition !== cx.store.true)) return;
    const bad = lacking(role, entry.condition)[0];
    if (bad !== undefined)
      cx.sink.report(
        registerFields({
          span: struct.span,
          trait: role,
          field: bad.name,
          type: typeName(bad.type),
          fieldSpan: bad.span,
        }),
      );
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
  if (trivial === null) checkRegisterFields('RegisterPassable');
  if (trivial !== null && struct.builtin === null) {
    checkRegisterFields('TrivialRegisterPassable');
    if (written.destroy !== null)
      cx.sink.report(trivialWithDestructor({ span: written.destroy.span, name: written.destroy.ref.name }));
    if (written.copy !== null && isModern) cx.sink.report(trivialWithCopy({ span: written.copy.span }));
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
          recursion:
            lackingFields.length > 0 ? 'none' : holdsValueOf(cx, field.type, struct) ? 'byValue' : 'behindPointer',
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
  if (written.move !== null && isModern && (trivial !== null || entryOf('RegisterPassable') !== null))
    cx.sink.report(registerMove({ span: written.move.span }));
  if (isModern) for (const field of fields) checkFieldOrigins(cx, struct, field);
  if (written.copy !== null) {
    const [source] = signatureOf(cx, written.copy).args;
    if (source !== undefined && source.convention !== 'imm') cx.sink.report(copyConvention({ span: source.span }));
  }
  return recursive;
}

/** A field may not hide that what it points to may be anything: nobody could keep that alive. */
function checkFieldOrigins(cx: DeclareContext, struct: StructEntity, field: HirField): void {
  const isAny = (term: Term): boolean => {
    switch (term.kind) {
      case 'specialOrigin':
        return term.which === 'any';
      case 'unionOrigin':
        return term.members.some(isAny);
      case 'struct':
        return term.args.some(isAny);
      case 'list':
        return term.elements.some(isAny);
      default:
        return false;
    }
  };
  if (!isAny(field.type)) return;
  const decl = struct.members.get(field.name)?.[0];
  const span = decl?.kind === 'field' ? decl.span : field.span;
  cx.sink.report(fieldOfAnyOrigin({ span, field: field.name, type: typeName(field.type) }));
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
