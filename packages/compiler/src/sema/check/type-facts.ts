/** Small questions about types and compile-time values: roles, literals, triviality, the type of a term. */
import type { Span } from '../../base/span.ts';
import type { DTypeName, StructTerm, Term } from '../../terms/term.ts';
import { dtypeInfo } from '../../terms/dtypes.ts';
import { scalarDType } from '../../terms/store.ts';
import { makeSubstitution, substitute } from '../../terms/substitute.ts';
import { isBound } from '../declare/bounds.ts';
import { originMutability } from '../declare/origins.ts';
import type { FunctionEntity } from '../entities.ts';
import type { BuiltinStruct, HirExpr, HirField } from '../hir.ts';
import type { Sema } from '../sema.ts';
import type { BodyContext } from './body-context.ts';

export function roleOf(sema: Sema, type: Term): BuiltinStruct | null {
  return type.kind === 'struct' ? sema.structEntity(type.decl.id).builtin : null;
}

export function isLiteralType(sema: Sema, type: Term): boolean {
  const role = roleOf(sema, type);
  return role === 'int-literal' || role === 'float-literal' || role === 'string-literal';
}

/** The exact value in a literal type (`5` of `IntLiteral[5]`), or null for other types. */
export function literalValue(sema: Sema, type: Term): Term | null {
  return type.kind === 'struct' && isLiteralType(sema, type) ? (type.args[0] ?? null) : null;
}

/** What a literal becomes when nothing else fixes its type; other types are returned as they are. */
export function defaultType(sema: Sema, type: Term): Term {
  switch (roleOf(sema, type)) {
    case 'int-literal':
      return sema.known.int;
    case 'float-literal':
      return sema.known.float64;
    case 'string-literal':
      return sema.known.string;
    case 'tuple': {
      const elements = tupleElements(type);
      return elements === null ? type : sema.known.tuple(elements.map((element) => defaultType(sema, element)));
    }
    default:
      return type;
  }
}

/** Element types of a tuple when they are spelled out. */
export function tupleElements(type: Term): readonly Term[] | null {
  const pack = type.kind === 'struct' ? type.args[0] : undefined;
  return pack?.kind === 'list' ? pack.elements : null;
}

export function isScalar(type: Term): boolean {
  return scalarDType(type) !== null;
}

export function scalarKind(type: Term): 'bool' | 'signed' | 'unsigned' | 'float' | 'none' | null {
  const name: DTypeName | null = scalarDType(type);
  return name === null ? null : dtypeInfo(name).kind;
}

export function isIntegerType(sema: Sema, type: Term): boolean {
  const kind = scalarKind(type);
  return kind === 'signed' || kind === 'unsigned' || type === sema.known.simdLength;
}

/** Whether a term stands for a type (or a bound) instead of a value. */
export function isTypeTerm(term: Term): boolean {
  switch (term.kind) {
    case 'struct':
    case 'trait':
    case 'composition':
    case 'functionType':
    case 'functionItem':
    case 'ref':
    case 'primitive':
    case 'originType':
    case 'bound':
      return true;
    case 'param':
    case 'projection':
    case 'packElement':
    case 'call':
    case 'fieldValue':
    case 'operation':
      return isTypeKind(term.type);
    case 'conditional':
      return isTypeTerm(term.onTrue);
    default:
      return false;
  }
}

/** Whether values of this "type" are types themselves: bounds and the type of types. */
export function isTypeKind(type: Term): boolean {
  return isBound(type) || (type.kind === 'primitive' && type.name === 'type');
}

/** The type of a compile-time value; of a type, the type of types. */
export function typeOfTerm(sema: Sema, term: Term): Term {
  const store = sema.store;
  if (isTypeTerm(term)) return store.primitive('type');
  switch (term.kind) {
    case 'int':
    case 'float':
    case 'polynomial':
    case 'param':
    case 'call':
    case 'projection':
    case 'fieldValue':
    case 'packElement':
    case 'packLength':
    case 'operation':
    case 'structValue':
    case 'memoryValue':
      return term.type;
    case 'bool':
    case 'logic':
    case 'conforms':
      return sema.known.bool;
    case 'string':
      return store.primitive('string-literal-value');
    case 'dtype':
      return sema.known.dtype;
    case 'function':
    case 'requirement':
      return store.functionItem(term);
    case 'conditional':
      return typeOfTerm(sema, term.onTrue);
    case 'placeOrigin':
    case 'derivedOrigin':
    case 'unionOrigin':
    case 'specialOrigin':
      return store.originType(originMutability(store, term));
    default:
      return store.error;
  }
}

export function isOriginTerm(term: Term): boolean {
  switch (term.kind) {
    case 'placeOrigin':
    case 'derivedOrigin':
    case 'unionOrigin':
    case 'specialOrigin':
      return true;
    case 'param':
    case 'call':
    case 'projection':
    case 'fieldValue':
    case 'packElement':
    case 'operation':
      return term.type.kind === 'originType';
    default:
      return false;
  }
}

/** Whether copying a value is copying its bytes, so that a compile-time value is a plain constant. */
export function isTrivialType(sema: Sema, type: Term): boolean {
  switch (type.kind) {
    case 'struct': {
      if (isLiteralType(sema, type)) return true;
      const entity = sema.structEntity(type.decl.id);
      if (entity.builtin === 'tuple')
        return tupleElements(type)?.every((element) => isTrivialType(sema, element)) ?? false;
      const struct = sema.hirStruct(entity);
      return struct.trivialRegisterPassable && entity.builtin !== 'pointer';
    }
    case 'functionItem':
      return true;
    case 'functionType':
      return type.thin;
    case 'originType':
    case 'primitive':
      return true;
    default:
      return false;
  }
}

/** Passed in registers and copied by copying bits: a tuple is not. */
export function isTrivialRegister(cx: BodyContext, type: Term): boolean {
  if (isTrivialType(cx.sema, type)) return type.kind !== 'struct' || tupleElements(type) === null;
  const trait = cx.known.trait('TrivialRegisterPassable');
  return trait !== null && cx.sema.conforms(type, cx.store.trait(trait.ref), cx.scope) === true;
}

/** The node for a compile-time value. */
export function constantExpr(sema: Sema, term: Term, type: Term, span: Span): HirExpr {
  const kind = isTrivialType(sema, type) && term.kind !== 'memoryValue' ? 'constant' : 'materialize';
  return { kind, term, type, span };
}

/** A literal struct carries its value in its type; the value itself has no fields. */
export function literalExpr(sema: Sema, type: Term, span: Span): HirExpr {
  return { kind: 'constant', term: sema.store.structValue(type, []), type, span };
}

export function intLiteralExpr(sema: Sema, value: bigint, span: Span): HirExpr {
  const type = sema.known.intLiteral(sema.store.int(value, sema.store.primitive('int-literal-value')));
  return literalExpr(sema, type, span);
}

/** The compile-time value of an expression, if it is one. */
export function constantTerm(expr: HirExpr): Term | null {
  return expr.kind === 'constant' || expr.kind === 'materialize' ? expr.term : null;
}

/** A part of a value: of a compile-time value, where such values are wanted, its term; else a place in it. */
export function partOf(cx: BodyContext, base: HirExpr, index: number, part: HirExpr): HirExpr {
  const whole = cx.comptime ? constantTerm(base) : null;
  if (whole === null) return part;
  return constantExpr(cx.sema, cx.sema.reduce(cx.store.fieldValue(whole, index, part.type)), part.type, part.span);
}

/** Fields of a struct type at its arguments. */
export function fieldsOf(sema: Sema, type: StructTerm): readonly HirField[] {
  const entity = sema.structEntity(type.decl.id);
  const params = sema.structParams(entity).map((param) => param.term);
  const fields = sema.fields(entity);
  if (params.length === 0) return fields;
  const substitution = makeSubstitution(params, type.args);
  return fields.map((field) => ({ ...field, type: substitute(sema.store, field.type, substitution, sema.reduce) }));
}

/** Replaces a struct's parameters by the arguments of `type`. */
export function substituteStruct(sema: Sema, term: Term, type: StructTerm): Term {
  const params = sema.structParams(sema.structEntity(type.decl.id)).map((param) => param.term);
  return params.length === 0 ? term : substitute(sema.store, term, makeSubstitution(params, type.args), sema.reduce);
}

export function isNever(cx: BodyContext, type: Term): boolean {
  return type === cx.known.never;
}

/** The members of a list type or pack parameter `Ts`, if they are spelled out. */
export function listElements(term: Term): readonly Term[] | null {
  return term.kind === 'list' ? term.elements : null;
}

/** Questions about `DType` values, answered by the table, and about constant integers. */
export function foldQuestion(sema: Sema, fn: FunctionEntity, args: readonly Term[]): Term | null {
  const [a, b] = args;
  if (fn.parent?.kind !== 'struct') return null;
  if (fn.parent.builtin === 'simd' && fn.ref.name === 'is_power_of_two' && a?.kind === 'int')
    return sema.store.bool(a.value > 0n && (a.value & (a.value - 1n)) === 0n);
  if (fn.parent.builtin !== 'dtype') return null;
  if (a === undefined) return null;
  const name = fn.ref.name;
  if (b !== undefined) {
    if (name === '__eq__' || name === '__is__') return sema.store.equal(a, b);
    if (name === '__ne__' || name === '__isnot__') return sema.store.not(sema.store.equal(a, b));
    return null;
  }
  if (a.kind !== 'dtype') return null;
  const { kind } = dtypeInfo(a.name);
  const integral = kind === 'signed' || kind === 'unsigned';
  switch (name) {
    case 'is_floating_point':
      return sema.store.bool(kind === 'float');
    case 'is_integral':
      return sema.store.bool(integral);
    case 'is_signed':
      return sema.store.bool(kind === 'signed' || kind === 'float');
    case 'is_unsigned':
      return sema.store.bool(kind === 'unsigned');
    case 'is_numeric':
      return sema.store.bool(integral || kind === 'float');
    default:
      return null;
  }
}

/** Whether moving a value may run code of the user's, so that the order of moves and evaluations is seen. */
export function isObserved(sema: Sema, type: Term): boolean {
  if (type.kind !== 'struct') return true;
  const { module } = sema.structEntity(type.decl.id);
  return module.isUser || type.args.some((arg) => isTypeValued(arg) && isObserved(sema, arg));
}

function isTypeValued(term: Term): boolean {
  return term.kind === 'struct' || term.kind === 'param' || term.kind === 'projection';
}

/** A part of a string: `StringSpan`, whatever it borrows from. */
export function isStringPart(type: Term): boolean {
  return type.kind === 'struct' && type.decl.path.startsWith('std.') && type.decl.name === 'StringSpan';
}
