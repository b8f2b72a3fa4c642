/** What the compiler does when its own assumptions are broken: an `InternalError`, never a user diagnostic.
 *  The driver catches it, names the pass and the source position being compiled, and exits 70. */

/** A bug in the compiler. `detail` says which assumption failed. */
export class InternalError extends Error {
  override readonly name = 'InternalError';
}

/** Throws `InternalError` unless `condition` holds. */
export function invariant(condition: unknown, detail: string): asserts condition {
  if (!condition) throw new InternalError(detail);
}

/** The default arm of an exhaustive `switch`: the type checker proves that it is never reached. */
export function unreachable(value: never): never {
  throw new InternalError(`unhandled variant: ${JSON.stringify((value as { kind?: unknown } | null)?.kind ?? value)}`);
}

/** Unwraps a value that the caller knows to be present. */
export function present<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new InternalError(`missing ${what}`);
  return value;
}
