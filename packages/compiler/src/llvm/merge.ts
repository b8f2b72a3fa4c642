/** Finds definitions with the same text.
 *  In: definitions whose callees are placeholders `«index»`. Out: for each the index of the one that stands for it.
 *  Invariant: exported definitions keep a symbol of their own; rounds are few because only equal callees make more equal. */
import type { FunctionText } from './functions.ts';

const MAX_ROUNDS = 4;

export function mergeIdentical(
  definitions: readonly { readonly text: FunctionText; readonly exported: boolean }[],
): number[] {
  const canonical = definitions.map((_, i) => i);
  const fixed = definitions.map(({ text }) => {
    const locations = text.locations.map(({ line, column }) => `${line}:${column}`).join(',');
    return `${text.returnText}|${text.parameters}|${text.attributes}|${locations}|`;
  });
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const first = new Map<string, number>();
    let changed = false;
    definitions.forEach(({ text, exported }, i) => {
      if (canonical[i] !== i) return;
      const body = text.body.replace(/«(\d+)»/g, (_, id: string) => {
        const target = canonical[Number(id)] ?? Number(id);
        return target === i ? '«self»' : `«${target}»`;
      });
      const key = (fixed[i] ?? '') + body;
      const known = first.get(key);
      if (known === undefined) first.set(key, i);
      else if (!exported) {
        canonical[i] = known;
        changed = true;
      }
    });
    if (!changed) break;
    // A chain made in an earlier round ends at one representative.
    for (let i = 0; i < canonical.length; i++) {
      let target = canonical[i] ?? i;
      while (canonical[target] !== target) target = canonical[target] ?? target;
      canonical[i] = target;
    }
  }
  return canonical;
}
