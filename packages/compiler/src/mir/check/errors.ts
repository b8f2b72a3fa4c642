/** The diagnostics of the ownership checks. Wording follows the official compiler; a moved value is called both. */
import type { Span } from '../../base/span.ts';
import { defineError, defineNote, defineWarning, label, type Label } from '../../diagnostics/diagnostic.ts';

interface UninitializedArgs {
  readonly place: string;
  readonly use: Span;
  readonly name: string;
  readonly declared: Span | null;
  /** Where the value went, when it was moved away. */
  readonly moved: Span | null;
  /** Some ways to the use set the value, others do not. */
  readonly maybe: boolean;
  readonly copyable: boolean;
  /** Where a closure captures the place: the use is somewhere else then. */
  readonly captured: Span | null;
}

function declaredHere(name: string, span: Span | null): Label[] {
  return span === null ? [] : [label(span, `'${name}' declared here`)];
}

function samePosition(a: Span, b: Span): boolean {
  return a.file === b.file && a.start === b.start;
}

export const uninitializedUse = defineError('M3001', 'flow', (a: UninitializedArgs) => {
  const secondary = a.declared !== null && samePosition(a.declared, a.use) ? [] : declaredHere(a.name, a.declared);
  const notes: string[] = [];
  if (a.captured !== null) secondary.push(label(a.captured, 'a closure captures it here'));
  if (a.moved !== null) {
    const again = samePosition(a.moved, a.use);
    if (!again) secondary.push(label(a.moved, 'moved here'));
    notes.push(
      again
        ? `'${a.place}' was moved here in an earlier round of the loop; a moved value is uninitialized until it is assigned again`
        : `'${a.place}' was moved by '^' before this use; a moved value is uninitialized until it is assigned again`,
      a.copyable
        ? `to keep it, move a copy: '${a.place}.copy()'`
        : `to keep it, lend it instead of moving it, or assign '${a.name}' again before this use`,
    );
  } else if (a.maybe) notes.push(`'${a.place}' is not initialized on every path that leads here`);
  return { message: `use of uninitialized value '${a.place}'`, primary: label(a.use), secondary, notes };
});

export const missingReturn = defineError('M3002', 'flow', (a: { readonly fn: Span; readonly end: Span }) => ({
  message: 'return expected at end of function with results',
  primary: label(a.fn),
  secondary: [label(a.end, 'control reaches the end of the function here')],
}));

export const uninitializedAtReturn = defineError(
  'M3003',
  'flow',
  (a: {
    readonly place: string;
    readonly name: string;
    readonly declared: Span;
    readonly at: Span;
    readonly implicit: boolean;
  }) => ({
    message: `'${a.place}' is uninitialized at ${a.implicit ? 'the implicit return' : 'return'} from this function`,
    primary: label(a.at),
    secondary: declaredHere(a.name, a.declared),
  }),
);

export const consumedButUsedLater = defineError(
  'M3004',
  'flow',
  (a: {
    readonly field: string;
    readonly whole: string;
    readonly at: Span;
    readonly later: Span | null;
    /** The whole was moved, and only fields are set afterwards. */
    readonly refilled: boolean;
  }) => ({
    message: `value '${a.field}' cannot be consumed, because '${a.whole}' is used later`,
    primary: label(a.at),
    secondary: a.later === null ? [] : [label(a.later, `'${a.whole}' is used here`)],
    notes: [
      a.refilled
        ? `setting fields one by one does not make a value: assign '${a.field}' as a whole`
        : `a part that was moved must be assigned again before '${a.whole}' is destroyed`,
    ],
  }),
);

export const destroyedOutOfMiddle = defineError(
  'M3005',
  'flow',
  (a: { readonly field: string; readonly at: Span; readonly moved: Span | null }) => ({
    message: `field '${a.field}' destroyed out of the middle of a value, preventing the overall value from being destroyed`,
    primary: label(a.at),
    secondary: a.moved === null ? [] : [label(a.moved, 'moved here')],
    notes: [
      `a value is destroyed as a whole: set '${a.field}' again, or take the value apart in a method with 'deinit self'`,
    ],
  }),
);

export const letBoundTwice = defineError(
  'M3006',
  'flow',
  (a: { readonly name: string; readonly at: Span; readonly declared: Span }) => ({
    message: `expression must be mutable in assignment: 'let' value '${a.name}' is already initialized`,
    primary: label(a.at),
    secondary: declaredHere(a.name, a.declared),
    notes: ["a 'let' is immutable: it is assigned exactly once; declare it with 'var' to assign it again"],
  }),
);

export const moveOutOfReference = defineError('M3007', 'flow', (a: { readonly place: string; readonly at: Span }) => ({
  message: `expression does not designate a value with an origin: '${a.place}' cannot be moved (transferred) out of a reference`,
  primary: label(a.at),
}));

export const abandoned = defineError(
  'M3010',
  'flow',
  (a: {
    /** Of the variable; empty for a temporary, null for memory behind a reference. */
    readonly name: string | null;
    readonly reason: string;
    readonly at: Span;
    readonly onError: boolean;
    readonly traitNote: boolean;
  }) => ({
    message: `${a.name === null ? 'value' : `'${a.name === '' ? '(expression temporary)' : a.name}'`} abandoned without being explicitly destroyed: ${a.reason}`,
    primary: label(a.at),
    notes: [
      ...(a.onError ? ['value was not consumed when an error is thrown'] : []),
      ...(a.traitNote ? ['consider adding trait conformance to Deinitable'] : []),
    ],
  }),
);

export const aliasingArguments = defineError(
  'M3020',
  'types',
  (a: {
    readonly first: { readonly span: Span; readonly how: string; readonly name: string };
    readonly second: { readonly span: Span; readonly how: string; readonly name: string };
    readonly callee: string;
    readonly origin: string;
  }) => ({
    // What a closure captured it gets first, in an argument without a name.
    message:
      (a.first.name === ''
        ? `aliasing values captured ${a.first.how} and passed ${a.second.how} to `
        : `aliasing values passed ${a.first.how} to '${a.first.name}' argument and passed ${a.second.how} to `) +
      `'${a.second.name}' argument in ${a.callee === '' ? 'call' : `'${a.callee}' call`}`,
    primary: label(a.first.span),
    secondary: [
      label(a.second.span, `'origin_of(${a.origin})' value is passed through aliasing argument '${a.second.name}'`),
    ],
  }),
);

export const invalidatedReference = defineError(
  'M3021',
  'flow',
  (a: {
    readonly origin: string;
    readonly use: Span;
    readonly invalidated: Span;
    /** Changed through another `ArcPointer` to the same type. */
    readonly throughOwner: boolean;
  }) => ({
    message: `use of invalidated interior reference '${a.origin}'`,
    primary: label(a.use),
    secondary: [
      label(
        a.invalidated,
        a.throughOwner ? 'another owner may change the shared value here' : 'origin was invalidated here',
      ),
    ],
    notes: a.throughOwner
      ? [
          "several 'ArcPointer's may own this value: copy what is needed from it before the change, or use it only afterwards",
        ]
      : [],
  }),
);

export const sharedValueChanged = defineError(
  'M3026',
  'flow',
  (a: { readonly origin: string; readonly at: Span; readonly call: Span }) => ({
    message: `reference '${a.origin}' is passed to a function that may change the shared value through an 'ArcPointer'`,
    primary: label(a.at),
    secondary: samePosition(a.at, a.call) ? [] : [label(a.call, 'another owner may change the shared value here')],
    notes: ["pass a copy of the element, or only the 'ArcPointer'"],
  }),
);

export const sharedValueChangedInside = defineError(
  'M3027',
  'flow',
  (a: {
    readonly callee: string;
    readonly origin: string;
    readonly call: Span;
    readonly use: Span;
    readonly site: Span;
  }) => ({
    message: `'${a.callee}' uses reference '${a.origin}' after the shared value around it may have been changed through an 'ArcPointer'`,
    primary: label(a.call),
    secondary: samePosition(a.use, a.site)
      ? [label(a.site, 'what this call leads to here may change the shared value')]
      : [
          label(a.site, 'what this leads to here may change the shared value'),
          label(a.use, 'the reference is used here'),
        ],
    notes: ['copy what is needed from the value before the change, or give the function an owner of another value'],
  }),
);

export const ownerMovedWhileReferenced = defineError(
  'M3023',
  'flow',
  (a: { readonly owner: string; readonly use: Span; readonly moved: Span | null; readonly declared: Span }) => ({
    message: `use of uninitialized value '${a.owner}'`,
    primary: label(a.use),
    secondary: [...declaredHere(a.owner, a.declared), ...(a.moved === null ? [] : [label(a.moved, 'moved here')])],
    notes: [`this value refers to '${a.owner}', which was moved away or is not initialized`],
  }),
);

export const ownerConsumed = defineError(
  'M3025',
  'flow',
  (a: { readonly owner: string; readonly use: Span; readonly consumed: Span }) => ({
    message: `use of uninitialized value '${a.owner}'`,
    primary: label(a.use),
    secondary: [label(a.consumed, 'the call takes this value, which ends there')],
    notes: [
      'this value refers to an argument that the call owned and destroyed: lend the argument instead of moving it',
    ],
  }),
);

interface CopyArgs {
  readonly name: string;
  readonly at: Span;
  readonly type: string;
  /** Of the value itself, where it is known before elaboration. */
  readonly bytes: number | null;
}

function copied(a: CopyArgs): string {
  const size = a.bytes === null ? 'size known at instantiation' : `${a.bytes} bytes and what it owns`;
  return `${a.name === '' ? 'a value' : `'${a.name}'`} of type '${a.type}' (${size})`;
}

export const transferCopies = defineWarning('M3040', 'flow', (a: CopyArgs) => ({
  message: `transfer copies ${copied(a)}: the type has a copy constructor and no move constructor`,
  primary: label(a.at),
  notes: [
    'both values are alive at once; a move constructor makes this a move: `fn __moveinit__(inout self, owned other: Self)`, today `def __init__(out self, *, deinit move: Self)`',
  ],
}));

export const implicitCopy = defineNote('M3041', 'flow', (a: CopyArgs) => ({
  message: `implicit copy of ${copied(a)}`,
  primary: label(a.at),
  notes: ["the original stays in use or belongs to somebody else; '.copy()' says that a copy is meant, '^' moves"],
}));

export const builtByHand = defineError(
  'M3024',
  'flow',
  (a: { readonly place: string; readonly use: Span; readonly declared: Span }) => ({
    message: `'${a.place}' used with all fields manually initialized but without calling an '__init__' method`,
    primary: label(a.use),
    secondary: declaredHere(a.place, a.declared),
    notes: ['setting fields one by one does not make a value: call a constructor'],
  }),
);

export const racingValue = defineError(
  'M3031',
  'flow',
  (a: { readonly type: string; readonly name: string; readonly at: Span }) => ({
    message: `data race: this call hands a value of type '${a.type}' to tasks that run in parallel, and through it each of them may change '${a.name}'`,
    primary: label(a.at),
    notes: [
      'what tasks share must only be read: give the value a view that cannot be written, or pass the index on to a closure that writes its own slot',
      "to share a counter or a state use 'Atomic' or a lock",
    ],
  }),
);

export const racingGlobal = defineError('M3032', 'flow', (a: { readonly name: string; readonly at: Span }) => ({
  message: `data race: tasks that run in parallel change the variable '${a.name}' of the file`,
  primary: label(a.at),
  notes: [
    "give each task a slot of its own, 'out[i]', and combine the results afterwards, or use 'parallel_reduce'",
    "to share a counter or a state use 'Atomic' or a lock",
  ],
}));

export const unsharedCapture = defineError(
  'M3033',
  'flow',
  (a: { readonly name: string; readonly type: string; readonly held: string; readonly at: Span }) => ({
    message:
      a.held === a.type
        ? `'${a.name}' of type '${a.type}' is used by tasks that run in parallel, but values of its type are for one thread alone ('NotShared')`
        : `'${a.name}' of type '${a.type}' is used by tasks that run in parallel, but it holds a value of type '${a.held}', which is for one thread alone ('NotShared')`,
    primary: label(a.at),
    notes: ['take what the tasks need out of it before they start, and give them that'],
  }),
);

export const racingAccess = defineError(
  'M3030',
  'flow',
  (a: {
    readonly name: string;
    readonly type: string;
    readonly indexed: boolean;
    /** The function that hands the closure to tasks which call it with other numbers than their own. */
    readonly caller: string | null;
    readonly at: Span;
  }) => ({
    message:
      `data race: '${a.name}' of type '${a.type}' is captured mutably by tasks that run in parallel, ` +
      "and this access may meet another task's",
    primary: label(a.at),
    notes: [
      ...(a.caller !== null
        ? [
            `'${a.caller}' calls this with other numbers than each task's own index, so no element belongs to one task; where two of its tasks never use the same number, bound its parameter with 'Concurrent': 'F: Concurrent & def(Int)'`,
          ]
        : []),
      ...(a.indexed && a.caller === null
        ? [
            `a task may use '${a.name}' only by its own index: '${a.name}[i]', or '${a.name}[i * k + c]' with 0 <= c < k`,
          ]
        : []),
      "to combine results use 'parallel_reduce'; to give each task a part of a list use 'parallelize_chunks'",
      "to share a counter or a state use 'Atomic' or a lock",
    ],
  }),
);
