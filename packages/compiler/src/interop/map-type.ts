/** Which types cross to other languages, and as what.
 *  In: a type term.  Out: an `InteropType`, or null when it has no counterpart. */
import type { StructEntity } from '../sema/entities.ts';
import type { Sema } from '../sema/sema.ts';
import { typeName } from '../sema/check/type-name.ts';
import { mentions } from './bridge-abi.ts';
import { dtypeInfo } from '../terms/dtypes.ts';
import { scalarDType } from '../terms/store.ts';
import type { DTypeName, StructTerm, Term } from '../terms/term.ts';
import type { ElementName, InteropType } from './interface.ts';

export interface TypeMapping {
  readonly sema: Sema;
  /** The module's own structs that are exported. */
  readonly structs: Map<StructEntity, 'record' | 'object'>;
}

const ELEMENTS: ReadonlySet<string> = new Set([
  'int',
  'uint',
  'int8',
  'int16',
  'int32',
  'int64',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
  'float32',
  'float64',
] satisfies ElementName[]);

export function showType(type: Term): string {
  return `'${typeName(type)}'`;
}

export function mapType(mapping: TypeMapping, type: Term): InteropType | null {
  const { known } = mapping.sema;
  if (type === known.none) return { kind: 'none' };
  if (type === known.bool) return { kind: 'bool' };
  if (type.kind === 'ref') return mapType(mapping, type.pointee);
  if (type.kind !== 'struct') return null;
  const scalar = scalarDType(type);
  if (scalar !== null) return mapScalar(scalar);
  const struct = mapping.sema.structEntity(type.decl.id);
  switch (struct.builtin) {
    case 'string':
      return { kind: 'string', view: false };
    case 'list': {
      const element = elementOf(type.args[0]);
      return element === null ? mapSequence(mapping, type.args[0]) : { kind: 'list', element };
    }
    case 'span':
      return mapSpan(type);
    case 'optional': {
      const [inner] = type.args;
      const value = inner === undefined ? null : mapType(mapping, inner);
      // `undefined` cannot tell an empty outer optional from an empty inner one.
      return value === null || value.kind === 'none' || value.kind === 'optional' ? null : { kind: 'optional', value };
    }
    case 'tuple': {
      const elements = tupleElements(type).map((element) => mapType(mapping, element));
      return elements.every((element) => element !== null && element.kind !== 'none')
        ? { kind: 'tuple', elements: elements.filter((element) => element !== null) }
        : null;
    }
    case null:
      return type.decl.name === 'StringSpan' && !struct.module.isUser
        ? { kind: 'string', view: true }
        : mapOwnStruct(mapping, struct);
    default:
      return null;
  }
}

function mapScalar(name: DTypeName): InteropType | null {
  const { kind, bits, alias } = dtypeInfo(name);
  if (name === 'float32' || name === 'float64')
    return { kind: 'float', name: name === 'float32' ? 'Float32' : 'Float64' };
  if (name === 'int64' || name === 'uint64') return { kind: 'wide', name: name === 'int64' ? 'Int64' : 'UInt64' };
  if (kind !== 'signed' && kind !== 'unsigned') return null;
  const signed = kind === 'signed';
  if (name === 'int' || name === 'uint' || name === 'index') {
    const max = Number.MAX_SAFE_INTEGER;
    return { kind: 'integer', name: name === 'uint' ? 'UInt' : 'Int', min: signed ? -max : 0, max };
  }
  if (bits > 32) return null;
  return {
    kind: 'integer',
    name: alias,
    min: signed ? -(2 ** (bits - 1)) : 0,
    max: 2 ** (signed ? bits - 1 : bits) - 1,
  };
}

function elementOf(type: Term | undefined): ElementName | null {
  const name = type === undefined ? null : scalarDType(type);
  return name !== null && isElement(name) ? name : null;
}

function isElement(name: string): name is ElementName {
  return ELEMENTS.has(name);
}

/** `Span[mut, T, origin]`; where the mutability is open, the call passes an immutable one. */
function mapSpan(type: StructTerm): InteropType | null {
  const [mut, elementType] = type.args;
  const element = elementOf(elementType);
  return element === null ? null : { kind: 'span', element, mutable: mut?.kind === 'bool' && mut.value };
}

/** Elements are copied one by one: what crosses by value, and owns what it holds. */
function mapSequence(mapping: TypeMapping, type: Term | undefined): InteropType | null {
  const element = type === undefined ? null : mapType(mapping, type);
  if (element === null || element.kind === 'none') return null;
  const stays = (inner: InteropType): boolean =>
    inner.kind === 'object' || inner.kind === 'span' || (inner.kind === 'string' && inner.view);
  return mentions(element, stays) ? null : { kind: 'sequence', element };
}

function tupleElements(type: StructTerm): readonly Term[] {
  return type.args.flatMap((arg) => (arg.kind === 'list' ? arg.elements : [arg]));
}

function mapOwnStruct(mapping: TypeMapping, struct: StructEntity): InteropType | null {
  const kind = mapping.structs.get(struct);
  const { name } = struct.ref;
  if (kind === undefined) return null;
  if (kind === 'object') return { kind: 'object', name };
  const fields: { name: string; type: InteropType }[] = [];
  for (const field of mapping.sema.fields(struct)) {
    const type = mapType(mapping, field.type);
    // A field of a result is read by copy; an object cannot be.
    if (type === null || type.kind === 'none' || type.kind === 'object' || type.kind === 'span') return null;
    fields.push({ name: field.name, type });
  }
  return { kind: 'record', name, fields };
}
