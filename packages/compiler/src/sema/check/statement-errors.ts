/** Diagnostics of statements, patterns and closures. Wording follows the official compiler's. Codes M2450 … M2499. */
import { error, warning } from './errors.ts';

export const unpackCount = error(
  'M2450',
  (name: string) => `cannot declare '${name}' without a contextual type from its initializer`,
);
export const uncalledFunction = warning('M2451', () => `function is not called; add '()' after name`);
export const uncalledMethod = error(
  'M2460',
  (name: string) => `member method closures are not supported; add '()' to call '${name}'`,
);
export const structInFunction = error('M2452', (what: string) => `${what} inside a function not supported here`);
export const unknownCapture = error('M2453', (name: string) => `reference to an unknown value: ${name}`);
export const parameterCapture = error(
  'M2487',
  (name: string) => `value ${name} is a parameter and does not need a capture convention`,
);
export const constantCapture = error('M2492', (name: string) => `'${name}' does not name a capturable value`);
export const ambiguousCapture = error('M2491', (name: string) => `ambiguous captured value: '${name}'`);
export const immovableCapture = error(
  'M2488',
  (name: string) => `Cannot capture ${name} by move because the type is not movable`,
);
export const consumingManager = error(
  'M2489',
  (type: string) =>
    `context manager of type '${type}' defines a consuming __enter__ method as well as an __exit__ method; ` +
    `either remove 'var' from its '__enter__' method or remove the '__exit__' method`,
);
export const errorOfTryBody = error(
  'M2490',
  (type: string, origin: string) =>
    `inferred error type '${type}' captures origin ${origin} from within try body; it is not in scope in except body`,
);
export const recursiveClosure = error(
  'M2454',
  (name: string) => `recursive references to nested functions are not supported; define '${name}' at file scope`,
);
export const identicalOverload = error(
  'M2455',
  (name: string) => `redefinition of function '${name}' with identical signature`,
);
export const repeatedDefault = error(
  'M2459',
  () => 'default capture convention was already specified; remove the duplicate',
);
export const repeatedCapture = error(
  'M2481',
  (name: string) => `duplicate capture of '${name}'; remove the duplicate entry`,
);
export const transferOfBorrow = error(
  'M2482',
  (name: string) => `'^' requires 'var' convention; write 'var ${name}^' to move a capture`,
);
export const movedCapture = error(
  'M2483',
  (name: string) =>
    `captured value '${name}' is uninitialized at the end of this function: it was moved out, but the closure may be called again`,
);
export const importInBlock = error(
  'M2484',
  () => `'import' statements must be at module or function scope; move this to a valid location`,
);
export const orPatternNames = error(
  'M2456',
  (name: string) =>
    `or-pattern alternatives must bind the same names; '${name}' is bound in one alternative but not the other`,
);
export const tuplePatternLength = error(
  'M2457',
  (type: string, have: number, want: number) =>
    `cannot match value of '${type}' of ${have} elements against a pattern with ${want} elements`,
);
export const structPatternType = error(
  'M2458',
  (type: string, pattern: string) => `cannot match value of type '${type}' against pattern type '${pattern}'`,
);
