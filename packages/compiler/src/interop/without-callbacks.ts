/** For callers that cannot be called back: functions and methods that take functions are skipped.
 *  In: a `ModuleInterface`.  Out: the same without them. */
import { hasCallbacks } from './bridge-abi.ts';
import type { ModuleInterface, SkippedExport } from './interface.ts';

export function withoutCallbacks(module: ModuleInterface, language: string): ModuleInterface {
  const skipped: SkippedExport[] = [...module.skipped];
  const reason = `functions as arguments are not supported in ${language} yet`;
  const span = { file: 0, start: 0, end: 0 } as SkippedExport['span'];
  const keep = (fn: Parameters<typeof hasCallbacks>[0] & { readonly name: string }, prefix = ''): boolean => {
    if (!hasCallbacks(fn)) return true;
    skipped.push({ name: `${prefix}${fn.name}`, reason, span });
    return false;
  };
  return {
    ...module,
    functions: module.functions.filter((fn) => keep(fn)),
    classes: module.classes.map((type) => ({
      ...type,
      init: type.init !== null && keep(type.init, `${type.name}.`) ? type.init : null,
      methods: type.methods.filter((method) => keep(method, `${type.name}.`)),
    })),
    skipped,
  };
}
