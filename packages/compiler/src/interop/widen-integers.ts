/** For callers whose integers have 64 bits: `Int` and `UInt` cross as they are instead of as doubles.
 *  In: a `ModuleInterface`.  Out: the same with other types. */
import type { ExportedFunction, InteropType, ModuleInterface } from './interface.ts';

export function widenIntegers(module: ModuleInterface): ModuleInterface {
  return {
    ...module,
    functions: module.functions.map(widenFunction),
    records: module.records.map((record) => ({ ...record, fields: record.fields.map(widenField) })),
    classes: module.classes.map((type) => ({
      ...type,
      init: type.init === null ? null : widenFunction(type.init),
      methods: type.methods.map(widenFunction),
      fields: type.fields.map(widenField),
    })),
  };
}

function widenFunction<F extends ExportedFunction>(fn: F): F {
  return { ...fn, args: fn.args.map(widenField), result: widen(fn.result) };
}

function widenField<F extends { readonly type: InteropType }>(field: F): F {
  return { ...field, type: widen(field.type) };
}

function widen(type: InteropType): InteropType {
  switch (type.kind) {
    case 'integer':
      return type.name === 'Int' || type.name === 'UInt' ? { kind: 'wide', name: type.name } : type;
    case 'sequence':
      return { ...type, element: widen(type.element) };
    case 'optional':
      return { ...type, value: widen(type.value) };
    case 'tuple':
      return { ...type, elements: type.elements.map(widen) };
    case 'record':
      return { ...type, fields: type.fields.map(widenField) };
    default:
      return type;
  }
}
