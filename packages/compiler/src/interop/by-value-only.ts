/** For callers that take only what has a fixed form: functions with callbacks or with lists of other things than numbers are skipped, and so are
 *  records that hold such lists.
 *  In: a `ModuleInterface`.  Out: the same without them. */
import { mentions } from './bridge-abi.ts';
import type { ExportedFunction, InteropType, ModuleInterface, SkippedExport } from './interface.ts';

export function byValueOnly(module: ModuleInterface, language: string): ModuleInterface {
  const skipped: SkippedExport[] = [...module.skipped];
  const span = { file: 0, start: 0, end: 0 } as SkippedExport['span'];
  const keep = (fn: ExportedFunction, prefix = ''): boolean => {
    const reason = reasonToSkip(fn, language);
    if (reason !== null) skipped.push({ name: `${prefix}${fn.name}`, reason, span });
    return reason === null;
  };
  return {
    ...module,
    functions: module.functions.filter((fn) => keep(fn)),
    records: module.records.filter((record) => !record.fields.some((field) => mentions(field.type, isSequence))),
    classes: module.classes.map((type) => ({
      ...type,
      init: type.init !== null && keep(type.init, `${type.name}.`) ? type.init : null,
      methods: type.methods.filter((method) => keep(method, `${type.name}.`)),
    })),
    skipped,
  };
}

function reasonToSkip(fn: ExportedFunction, language: string): string | null {
  const types = [fn.result, ...fn.args.map((arg) => arg.type)];
  if (types.some((type) => mentions(type, (inner) => inner.kind === 'function')))
    return `functions as arguments are not supported in ${language} yet`;
  if (types.some((type) => mentions(type, isSequence)))
    return `lists of anything but numbers are not supported in ${language} yet`;
  return null;
}

function isSequence(type: InteropType): boolean {
  return type.kind === 'sequence';
}
