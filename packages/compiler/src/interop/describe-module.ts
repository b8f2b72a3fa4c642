/** Finds what a module exports to other languages: every public top-level function and struct whose signature maps.
 *  In: the analyzed main module.  Out: a `ModuleInterface`; what does not map is listed with the reason.
 *  Public: the name does not begin with `_`; `main` is not exported, nor are imported names. */
import { hasDecorator } from '../sema/declare/decorators.ts';
import type { ArgDecl, FunctionEntity, ModuleEntity, Signature, StructEntity } from '../sema/entities.ts';
import type { Sema } from '../sema/sema.ts';
import type { FunctionTypeTerm, Term } from '../terms/term.ts';
import type {
  ExportedArgument,
  ExportedClass,
  ExportedFunction,
  ExportedMethod,
  ExportedRecord,
  InteropType,
  ModuleInterface,
  SkippedExport,
} from './interface.ts';
import { mapType, showType, type TypeMapping } from './map-type.ts';

/** A reason why something is not exported. */
class Unmapped {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

export function describeModule(sema: Sema, main: ModuleEntity): ModuleInterface {
  const structs = new Map<StructEntity, 'record' | 'object'>();
  const skipped: SkippedExport[] = [];
  const functions: ExportedFunction[] = [];
  const entities = [...main.scope.names.values()].map((overloads) =>
    overloads.filter((entity) => 'module' in entity && entity.module === main),
  );
  const skip = (name: string, reason: string, span: SkippedExport['span']): void => {
    skipped.push({ name, reason, span });
  };
  for (const [entity] of entities) {
    if (entity?.kind !== 'struct' || isPrivate(entity.ref.name)) continue;
    const kind = structKind(sema, entity);
    if (kind instanceof Unmapped) skip(entity.ref.name, kind.reason, entity.span);
    else structs.set(entity, kind);
  }
  const mapping: TypeMapping = { sema, structs };
  demoteRecords(mapping);
  for (const overloads of entities) {
    const [entity, second] = overloads;
    if (entity?.kind !== 'function' || isPrivate(entity.ref.name) || entity.ref.name === 'main') continue;
    if (second !== undefined) {
      skip(
        entity.ref.name,
        'it is overloaded; give the overload that others shall call a name of its own',
        entity.span,
      );
      continue;
    }
    const made = describeFunction(mapping, entity, `kiln_${entity.ref.name}`, false);
    if (made instanceof Unmapped) skip(entity.ref.name, made.reason, entity.span);
    else functions.push(made);
  }
  const records: ExportedRecord[] = [];
  const classes: ExportedClass[] = [];
  for (const [struct, kind] of structs) {
    if (kind === 'object') classes.push(describeClass(mapping, struct, skip));
    else {
      const type = mapType(mapping, sema.structSelf(struct));
      if (type?.kind === 'record')
        records.push({ name: struct.ref.name, docs: docsOf(struct.decl), fields: type.fields });
    }
  }
  return { docs: main.tree?.docstring?.value ?? null, functions, records, classes, skipped };
}

function isPrivate(name: string): boolean {
  return name.startsWith('_');
}

/** Fieldwise structs cross by value; the others stay where they are. A struct with parameters has no one layout. */
function structKind(sema: Sema, struct: StructEntity): 'record' | 'object' | Unmapped {
  if (struct.decl === null || sema.structParams(struct).length > 0)
    return new Unmapped('it has parameters; export functions that use it at one set of them');
  const { decorators } = struct.decl;
  const fieldwise = hasDecorator(decorators, 'fieldwise_init') || hasDecorator(decorators, 'value');
  const self = sema.structSelf(struct);
  if (fieldwise && sema.isCopyable(self, struct.scope)) return 'record';
  if (!sema.isMovable(self, struct.scope)) return new Unmapped('it cannot be moved');
  if (!sema.isDestructible(self, struct.scope)) return new Unmapped('it must be destroyed explicitly');
  return 'object';
}

/** A record whose fields do not all map is an object after all; that can reach records that hold it. */
function demoteRecords(mapping: TypeMapping & { readonly structs: Map<StructEntity, 'record' | 'object'> }): void {
  for (let changed = true; changed; ) {
    changed = false;
    for (const [struct, kind] of mapping.structs) {
      if (kind === 'object' || mapType(mapping, mapping.sema.structSelf(struct)) !== null) continue;
      mapping.structs.set(struct, 'object');
      changed = true;
    }
  }
}

function describeFunction(
  mapping: TypeMapping,
  fn: FunctionEntity,
  symbol: string,
  isMethod: boolean,
): ExportedFunction | Unmapped {
  const signature = mapping.sema.signature(fn);
  if (signature.hasError) return new Unmapped('it has errors');
  const open = signature.params.find(
    (param) => !isOriginParameter(param.term.type, mapping) && !isCallableParameter(param.term, signature),
  );
  if (open !== undefined) return new Unmapped(`it has parameters ('${open.name}'); export a function that fixes them`);
  const args: ExportedArgument[] = [];
  for (const arg of isMethod ? signature.args.slice(1) : signature.args) {
    const made = describeArgument(arg, mapping);
    if (made instanceof Unmapped) return made;
    args.push(made);
  }
  const result = describeResult(mapping, signature);
  if (result instanceof Unmapped) return result;
  return { name: fn.ref.name, symbol, docs: docsOf(fn.decl), args, result, raises: signature.raises !== null };
}

/** Origins and their mutability are gone at run time: a function open in nothing else is one function. */
function isOriginParameter(type: Term, mapping: TypeMapping): boolean {
  return type.kind === 'originType' || type === mapping.sema.known.bool;
}

/** Bounded by a function type, and the type of an argument: the call infers it. */
function isCallableParameter(param: Term, signature: Signature): boolean {
  return callableType(param) !== null && signature.args.some((arg) => arg.type === param && arg.closureOf === null);
}

function callableType(type: Term): FunctionTypeTerm | null {
  return type.kind === 'param' && type.type.kind === 'functionType' && !type.type.thin ? type.type : null;
}

function describeCallback(named: string, type: FunctionTypeTerm, mapping: TypeMapping): InteropType | Unmapped {
  const args: InteropType[] = [];
  for (const arg of type.args) {
    const mapped = arg.convention === 'imm' && arg.variadic === 'none' ? mapType(mapping, arg.type) : null;
    if (mapped === null || !(isSimple(mapped) || mapped.kind === 'list' || (mapped.kind === 'span' && !mapped.mutable)))
      return new Unmapped(
        `${named} is a function that takes a ${showType(arg.type)}, which cannot be passed to a callback`,
      );
    args.push(mapped);
  }
  const result = mapType(mapping, type.result);
  if (type.params.length > 0 || result === null || !(isSimple(result) || result.kind === 'none') || isView(result))
    return new Unmapped(`${named} is a function that returns a ${showType(type.result)}, which a callback cannot give`);
  return { kind: 'function', args, result, raises: type.raises !== null };
}

function isView(type: InteropType): boolean {
  return type.kind === 'string' && type.view;
}

function describeArgument(arg: ArgDecl, mapping: TypeMapping): ExportedArgument | Unmapped {
  const named = `argument '${arg.name}'`;
  if (arg.variadic !== 'none') return new Unmapped(`${named} is variadic; take a Span instead`);
  if (arg.closureOf !== null) return new Unmapped(`${named} is a function, which is not supported yet`);
  const callable = callableType(arg.type);
  if (arg.type.kind === 'functionType')
    return new Unmapped(
      `${named} is a thin function, which holds nothing but code; write it without 'thin' to take functions of other languages`,
    );
  const type = callable === null ? mapType(mapping, arg.type) : describeCallback(named, callable, mapping);
  if (type instanceof Unmapped) return type;
  if (type === null) return new Unmapped(`${named} has the type ${showType(arg.type)}, which has no counterpart`);
  if (type.kind === 'none') return new Unmapped(`${named} is None`);
  const convention = arg.convention === 'imm' || arg.convention === 'ref' ? 'read' : arg.convention;
  if (convention !== 'read' && convention !== 'mut' && convention !== 'var')
    return new Unmapped(`${named} is '${arg.convention}'`);
  if (convention === 'mut' && type.kind !== 'object')
    return new Unmapped(
      `${named} is 'mut', and a ${showType(arg.type)} crosses by value; return the new value instead`,
    );
  if (convention === 'var' && type.kind === 'optional' && type.value.kind === 'object')
    return new Unmapped(`${named} may own an object or nothing, which is not supported yet`);
  if (holdsObject(type))
    return new Unmapped(`${named} holds an object inside another type, which is not supported yet`);
  return {
    name: arg.name,
    convention,
    type,
    hasDefault: arg.defaultExpr !== null,
    keywordOnly: arg.passing === 'keywordOnly',
  };
}

function describeResult(mapping: TypeMapping, signature: Signature): InteropType | Unmapped {
  const { result } = signature;
  if (result === mapping.sema.known.never) return new Unmapped('it never returns');
  const type = mapType(mapping, result);
  if (type === null) return new Unmapped(`its result ${showType(result)} has no counterpart`);
  const borrowed = findBorrowed(type);
  if (borrowed !== null) return new Unmapped(`its result is ${borrowed}, which would outlive the call`);
  if (holdsObject(type))
    return new Unmapped('its result holds an object inside another type, which is not supported yet');
  return type;
}

/** Results are given away; a view of something that the call borrowed cannot be. A view of text is copied. */
function findBorrowed(type: InteropType): string | null {
  switch (type.kind) {
    case 'span':
      return 'a Span';
    case 'optional':
      return findBorrowed(type.value);
    case 'tuple':
      return type.elements.map(findBorrowed).find((found) => found !== null) ?? null;
    case 'record':
      return type.fields.map((field) => findBorrowed(field.type)).find((found) => found !== null) ?? null;
    default:
      return null;
  }
}

/** Whether an object stands inside (not: is) the type. */
function holdsObject(type: InteropType): boolean {
  const inside = (inner: InteropType): boolean => inner.kind === 'object' || holdsObject(inner);
  switch (type.kind) {
    case 'optional':
      return inside(type.value);
    case 'tuple':
      return type.elements.some(inside);
    case 'record':
      return type.fields.some((field) => inside(field.type));
    default:
      return false;
  }
}

function describeClass(
  mapping: TypeMapping,
  struct: StructEntity,
  skip: (name: string, reason: string, span: SkippedExport['span']) => void,
): ExportedClass {
  const { name } = struct.ref;
  let init: ExportedFunction | null = null;
  const methods: ExportedMethod[] = [];
  const fields: ExportedClass['fields'][number][] = [];
  for (const members of struct.members.values()) {
    const written = members.filter((member) => member.kind !== 'comptime');
    const [member] = written;
    if (member === undefined) continue;
    if (member.kind === 'field') {
      const term = mapping.sema.fields(struct)[member.index]?.type;
      const type = term === undefined ? null : mapType(mapping, term);
      const copyable = term !== undefined && mapping.sema.isImplicitlyCopyable(term, struct.scope);
      if (!isPrivate(member.name) && type !== null && copyable && isSimple(type))
        fields.push({ name: member.name, type, symbol: `kiln_${name}_get_${member.name}` });
      continue;
    }
    if (member.ref.name === '__init__') {
      const own = written.filter((fn): fn is FunctionEntity => fn.kind === 'function' && isConstructor(mapping, fn));
      const [only, more] = own;
      if (only === undefined) continue;
      if (more !== undefined) {
        skip(
          `${name}.__init__`,
          'there are several; write a static method for the one that others shall call',
          only.span,
        );
        continue;
      }
      const made = describeInit(mapping, only, name);
      if (made instanceof Unmapped) skip(`${name}.__init__`, made.reason, only.span);
      else init = made;
      continue;
    }
    if (isPrivate(member.ref.name) || member.decl === null) continue;
    const full = `${name}.${member.ref.name}`;
    if (written.length > 1) {
      skip(full, 'it is overloaded; give the overload that others shall call a name of its own', member.span);
      continue;
    }
    const made = describeFunction(mapping, member, `kiln_${name}_${member.ref.name}`, !member.isStatic);
    const self = member.isStatic ? null : selfConvention(mapping.sema.signature(member).args[0]);
    if (made instanceof Unmapped) skip(full, made.reason, member.span);
    else if (self === undefined) skip(full, 'of how it takes self', member.span);
    else methods.push({ ...made, self });
  }
  return { name, docs: docsOf(struct.decl), init, methods, fields };
}

function isConstructor(mapping: TypeMapping, fn: FunctionEntity): boolean {
  if (fn.decl === null) return false;
  const names = mapping.sema.signature(fn).args.map((arg) => arg.name);
  return !(names.length === 1 && (names[0] === 'copy' || names[0] === 'move'));
}

/** The `__init__` of a struct as a function that returns the object. */
function describeInit(mapping: TypeMapping, fn: FunctionEntity, struct: string): ExportedFunction | Unmapped {
  const made = describeFunction(mapping, fn, `kiln_${struct}_init`, false);
  return made instanceof Unmapped ? made : { ...made, result: { kind: 'object', name: struct } };
}

function selfConvention(self: ArgDecl | undefined): 'read' | 'mut' | 'var' | undefined {
  switch (self?.convention) {
    case 'imm':
    case 'ref':
      return 'read';
    case 'mut':
      return 'mut';
    case 'var':
    case 'deinit':
      return 'var';
    default:
      return undefined;
  }
}

/** What a property gives: a value without parts of its own. */
function isSimple(type: InteropType): boolean {
  return ['bool', 'integer', 'wide', 'float', 'string'].includes(type.kind);
}

function docsOf(decl: FunctionEntity['decl'] | StructEntity['decl']): string | null {
  return decl === null || !('docstring' in decl) ? null : (decl.docstring?.value ?? null);
}
