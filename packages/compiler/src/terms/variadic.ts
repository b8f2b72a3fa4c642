/** Variadic arguments of function types: from what the callee sees to what a caller passes. */
import type { Term, Variadic } from './term.ts';

/** The type of one value that a variadic argument gathers, from the type that the callee sees; of a pack, the list of the types. */
export function elementOf(type: Term, variadic: Variadic): Term | null {
  if (type.kind !== 'struct' || variadic === 'none') return null;
  // `Dict[String, T]` holds keyword arguments.
  return type.args[variadic === 'keywords' ? 1 : 0] ?? null;
}
