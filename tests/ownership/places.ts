/** Places of the reference model: references resolved to what they refer to, parts of divided types.
 *  A part is named by its path joined with dots; `n` alone is the whole variable `n`. */
import type { ModelFunction, Operand, Step } from './steps.ts';
import { leavesOf, type Path, typeAt } from './tree.ts';

/** What a path may stand for, through references and pointers: more than one place behind a reference into a union. */
export function resolveAll(fn: ModelFunction, path: Path): readonly Path[] {
  const [root = '', ...rest] = path;
  const targets = fn.closures.has(root) ? undefined : fn.aliases.get(root);
  if (targets === undefined) return [path];
  const behind = rest.filter((part) => part !== '[]' && part !== '()');
  return targets.flatMap((target) => resolveAll(fn, [...target, ...behind]));
}

/** What a path stands for that leads to one place. */
export function resolve(fn: ModelFunction, path: Path): Path {
  return resolveAll(fn, path)[0] ?? path;
}

/** The separately tracked parts of a place. */
export function partsOf(fn: ModelFunction, place: Path): string[] {
  const [root = '', ...rest] = place;
  const variable = fn.variables.get(root);
  if (variable === undefined) throw new Error(`${fn.name}: unknown ${root}`);
  return leavesOf(variable.type)
    .filter((leaf) => leaf.every((part, i) => i >= rest.length || part === rest[i]))
    .map((leaf) => [root, ...leaf].join('.'));
}

export function typeOf(fn: ModelFunction, place: Path): ReturnType<typeof typeAt> {
  const [root = '', ...rest] = place;
  const variable = fn.variables.get(root);
  if (variable === undefined) throw new Error(`${fn.name}: unknown ${root}`);
  return typeAt(variable.type, rest);
}

export function overlap(a: Path, b: Path): boolean {
  return a.every((part, i) => i >= b.length || part === b[i]);
}

/** Operands with references resolved. */
export function operandsOf(fn: ModelFunction, step: Step): Operand[] {
  return step.operands.flatMap((operand) =>
    resolveAll(fn, operand.place).map((place): Operand => ({ ...operand, place })),
  );
}
