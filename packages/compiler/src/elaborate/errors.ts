/** Diagnostics of elaboration and of compile-time evaluation, and how they carry the chain of instantiations. */
import type { Span } from '../base/span.ts';
import { type Diagnostic, defineError, label } from '../diagnostics/diagnostic.ts';

/** One step from the root to the place of an error: the instance and the call in it that asked for the next one. */
export interface ChainLink {
  readonly span: Span;
  readonly text: string;
}

interface At {
  readonly span: Span;
  readonly chain: readonly ChainLink[];
}

function parts(at: At, message: string, notes: readonly string[] = []) {
  return { message, primary: label(at.span), secondary: at.chain.map((link) => label(link.span, link.text)), notes };
}

export const constraintFailed = defineError('M4001', 'instantiation', (a: At & { text: string }) =>
  parts(a, a.text === '' ? 'constraint failed' : `constraint failed: ${a.text}`),
);

export const instantiationTooDeep = defineError('M4002', 'instantiation', (a: At & { name: string; limit: number }) =>
  parts(
    a,
    `function instantiation failed: '${a.name}' needs more than ${a.limit} nested instantiations (--max-depth=N raises the limit)`,
  ),
);

export const layoutFailed = defineError('M4003', 'instantiation', (a: At & { type: string; reason: string }) =>
  parts(a, `${a.reason}, found '${a.type}'`),
);

export const noConformance = defineError(
  'M4004',
  'instantiation',
  (a: At & { type: string; trait: string; member: string }) =>
    parts(a, `'${a.type}' does not implement '${a.member}' of '${a.trait}'`),
);

export const notCopyable = defineError('M4005', 'instantiation', (a: At & { type: string; operation: string }) =>
  parts(a, `a value of type '${a.type}' cannot be ${a.operation}`),
);

export const cannotEvaluate = defineError('M4006', 'instantiation', (a: At & { what: string }) =>
  parts(a, `cannot evaluate at compile time: ${a.what}`),
);

export const indexOutOfRange = defineError('M4007', 'instantiation', (a: At & { index: bigint; count: number }) =>
  parts(a, `index ${a.index} is out of bounds, valid range is 0 to ${a.count - 1}`),
);

export const tooManyInstances = defineError('M4008', 'instantiation', (a: At & { limit: number }) =>
  parts(a, `the program needs more than ${a.limit} instances (--max-instances=N raises the limit)`),
);

export const evaluationFailed = defineError(
  'M4009',
  'instantiation',
  (a: At & { name: string; reason: string; frames: readonly string[] }) =>
    parts(a, `failed to compile-time evaluate function call '${a.name}': ${a.reason}`, a.frames),
);

export const evaluationRaised = defineError('M4010', 'instantiation', (a: At & { name: string }) =>
  parts(a, `the compile-time call of '${a.name}' raised an error`),
);

export const rebindMismatch = defineError('M4011', 'instantiation', (a: At & { from: string; to: string }) =>
  parts(a, `rebind: the type '${a.from}' is not '${a.to}'`),
);

export const regionTooLarge = defineError('M4012', 'instantiation', (a: At & { limit: number }) =>
  parts(a, `the compile-time loops of this function expand to more than ${a.limit} blocks`),
);

export const notAList = defineError('M4013', 'instantiation', (a: At & { type: string }) =>
  parts(a, `a value of type '${a.type}' cannot be iterated over at compile time`),
);

export const valueTooLarge = defineError('M4014', 'instantiation', (a: At & { limit: number }) =>
  parts(a, `a compile-time value of more than ${a.limit} bytes cannot be a parameter`),
);

export const conversionFails = defineError('M4015', 'instantiation', (a: At & { value: string; type: string }) =>
  parts(a, `the value ${a.value} cannot be converted to '${a.type}'`),
);

export const notSupportedHere = defineError('M9401', 'instantiation', (a: At & { what: string }) =>
  parts(a, `${a.what} is not supported yet`),
);

/** Thrown after the diagnostic was reported: the instance or evaluation at hand is given up. */
export class ElaborationFailure extends Error {
  override readonly name = 'ElaborationFailure';
}

/** A mistake found deep inside term reduction, turned into a diagnostic by whoever knows the place. */
export class TermFailure extends Error {
  override readonly name = 'TermFailure';
  readonly describe: (at: At) => Diagnostic;
  /** Whether the place is known already: where the failing call is written, not where its value was wanted. */
  readonly located: boolean;
  constructor(describe: (at: At) => Diagnostic, located = false) {
    super('term failure');
    this.describe = describe;
    this.located = located;
  }

  /** The same failure at the place of the call that failed. */
  locate(span: Span): TermFailure {
    const { describe } = this;
    return this.located ? this : new TermFailure((at) => describe({ ...at, span }), true);
  }
}
