/** Places of the reference model: references resolved to what they refer to, parts of divided types.
 *  A part is named by its path joined with dots; `n` alone is the whole variable `n`. */
import type { ModelFunction, Operand, Step } from './lower.ts';
import { leavesOf, type Path, typeAt } from './tree.ts';

/** What a path stands for, through references and pointers. A reference into a list stands for the list. */
export function resolve(fn: ModelFunction, path: Path): Path {
  const [root = '', ...rest] = path;
  if (fn.closures.has(root)) return path;
  const target = fn.aliases.get(root)?.[0];
  if (target === undefined) return path;
  const behind = rest.filter((part) => part !== '[]');
  return resolve(fn, fn.interior.has(root) ? target : [...target, ...behind]);
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
  return step.operands.map((operand) => ({ ...operand, place: resolve(fn, operand.place) }));
}
