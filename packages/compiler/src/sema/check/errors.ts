/** Every diagnostic of the checker. Wording follows the official compiler's. Codes M2300 … M2999, and M94xx for what is not built. */
import type { Span } from '../../base/span.ts';
import {
  type Diagnostic,
  defineError,
  defineWarning,
  type Fix,
  type Label,
  label,
  replaceFix,
} from '../../diagnostics/diagnostic.ts';

/** What a use may add to the message. */
export interface Extras {
  readonly secondary?: readonly Label[];
  readonly notes?: readonly string[];
  readonly fixes?: readonly Fix[];
}

type Factory<A extends unknown[]> = (span: Span, args: A, extras?: Extras) => Diagnostic;

export function error<A extends unknown[]>(code: string, describe: (...args: A) => string): Factory<A> {
  const factory = defineError(code, 'types', (use: { span: Span; args: A; extras: Extras }) => ({
    message: describe(...use.args),
    primary: label(use.span),
    ...use.extras,
  }));
  return (span, args, extras = {}) => factory({ span, args, extras });
}

export function warning<A extends unknown[]>(code: string, describe: (...args: A) => string): Factory<A> {
  const factory = defineWarning(code, 'types', (use: { span: Span; args: A; extras: Extras }) => ({
    message: describe(...use.args),
    primary: label(use.span),
    ...use.extras,
  }));
  return (span, args, extras = {}) => factory({ span, args, extras });
}

// ---- names
export function didYouMean(near: string | null): string {
  return near === null ? '' : `; did you mean '${near}'?`;
}

/** The fix that goes with a suggestion. */
export function nearFix(span: Span, near: string | null): Extras {
  return near === null ? {} : { fixes: [replaceFix(`write '${near}'`, span, near, 'review')] };
}

export const unknownName = error(
  'M2300',
  (name: string, suggestion: string) => `use of unknown declaration '${name}'${suggestion}`,
);
export const implicitDeclaration = error(
  'M2301',
  (name: string) => `implicit declaration of '${name}' is not allowed; add 'var' to declare a new name`,
);
export const deinitInType = error('M2331', () => "function types do not support 'deinit'; write 'var'");
export const unavailable = error('M2307', (text: string) => text);
export const unqualifiedParameter = error(
  'M2308',
  (name: string) => `unqualified access to struct parameter '${name}'; use 'Self.${name}' instead`,
);
export const redefinition = error('M2302', (name: string) => `invalid redefinition of '${name}'`);
export const readDiscard = error('M2303', () => `cannot read from discard pattern '_'`);
export const noModuleMember = error(
  'M2304',
  (module: string, name: string) => `module '${module}' has no declaration '${name}'`,
);
export const selfOutside = error('M2305', () => `'Self' type may only be used inside a struct, trait, or extension`);
export const noContextualType = error(
  'M2306',
  (name: string) => `cannot declare '${name}' without a contextual type from its initializer`,
);

// ---- types and conversions
export const cannotConvert = error(
  'M2310',
  (from: string, to: string, where: string) => `cannot implicitly convert '${from}' value to '${to}'${where}`,
);
export const cannotCopy = error(
  'M2311',
  (type: string) => `value of type '${type}' cannot be implicitly copied, it does not conform to 'ImplicitlyCopyable'`,
);
export const cannotMaterialize = error(
  'M2312',
  (type: string) =>
    `cannot materialize comptime value of type '${type}' to runtime because it is not 'ImplicitlyCopyable'`,
);
export const notAType = error('M2313', (what: string) => `${what} is not a type`);
export const expectedType = error('M2309', () => 'expected a type, not a value');
export const notABound = error('M2314', (what: string) => `${what} is not a trait`);
export const typeAsValue = error(
  'M2315',
  () => `dynamic type values not permitted yet; try creating a 'comptime' instead of a 'var'`,
);
export const notConcrete = error('M2316', (type: string, reason: 'trait' | 'open' = 'trait') =>
  reason === 'open'
    ? `'${type}' is not concrete, use '[]' to bind missing parameters`
    : `'${type}' is not a concrete type`,
);
export const incompatible = error(
  'M2317',
  (left: string, right: string) => `value of type '${left}' is not compatible with value of type '${right}'`,
);
export const ambiguousMerge = error(
  'M2318',
  (left: string, right: string) =>
    `ambiguous merge: left value has type '${left}' and right value has type '${right}', and both convert to each other`,
);
export const emptyDisplay = error('M2319', (what: string) => `cannot emit an empty ${what} without a contextual type`);
export const emptyInitializer = error('M2329', () => 'cannot emit initializer list without a contextual type');
export const needsContext = error('M2320', (what: string) => `${what} needs a contextual type`);
export const notAValue = error('M2322', (what: string) => `${what} cannot be used as a value`);
export const addressSpaceless = error(
  'M2323',
  (type: string) => `value of type '${type}' doesn't have a memory origin in 'ref' binding`,
);
export const noMemoryOrigin = error(
  'M2485',
  (type: string) => `value of type '${type}' doesn't have a memory origin in origin specifier`,
);
export const registerResultOrigin = error(
  'M2486',
  (name: string, reason: string) => `cannot return '${name}'s origin, because ${reason}`,
);
export const incompatibleOrigin = error(
  'M2324',
  (given: string | null, wanted: string) =>
    `cannot return reference with incompatible origin${given === null ? '' : `: '${given}' vs '${wanted}'`}`,
);
export const methodNotImplemented = error(
  'M2325',
  (type: string, method: string) => `'${type}' does not implement the '${method}' method`,
);

export const notSubscriptable = error(
  'M2326',
  (type: string) => `'${type}' is not subscriptable, it does not implement the \`__getitem__\`/\`__setitem__\` methods`,
);
export const setterWithoutGetter = error(
  'M2334',
  (type: string, setter: string, getter: string) => `'${type}' has '${setter}' but no '${getter}' method`,
);
export const stringIndex = error(
  'M2327',
  (type: string) =>
    `${type} does not support direct positional indexing like \`s[i]\`: a position could count UTF-8 bytes, code points or characters. Use \`s[byte=i]\`, \`s[codepoint=i]\` or \`s[grapheme=i]\``,
);
export const stringLength = error(
  'M2328',
  () =>
    '`len(String/StringSlice)` is not supported: a length could count UTF-8 bytes, code points or characters. Use `s.byte_length()`, `len(s.codepoints())` or `len(s.graphemes())`',
);

// ---- members
export const noAttribute = error(
  'M2330',
  (type: string, name: string, near: string | null) => `'${type}' value has no attribute '${name}'${didYouMean(near)}`,
);
/** `Type.field`. */
export const fieldOfType = error(
  'M2333',
  (type: string, name: string) => `cannot access instance field '${name}' without an instance of '${type}'`,
);
export const traitMemberAccess = error('M2332', () => 'direct access of trait members is not supported');

// ---- parameters
export const unexpectedParameter = error('M2340', () => 'unexpected parameter');
/** A parameter of a type or alias that does not meet its bound. */
export const unmetBound = error('M2342', (message: string) => message);
export const failedToInfer = error(
  'M2343',
  (name: string, type: string) =>
    `failed to infer parameter '${name}': '${type}' is not concrete, use '[]' to bind missing parameters`,
);
export const unboundMember = error('M2335', (what: 'parameter' | 'member', name: string, of: string) =>
  what === 'parameter'
    ? `'${name}' refers to an unbound parameter in '${of}'`
    : `cannot access comptime member '${name}' with unbound parameter '${of}'`,
);
export const leftOutText = (struct: string, param: string): string =>
  `'${struct}' failed to infer parameter '${param}', specify the parameter or use '_' or '...' to unbind the parameter explicitly`;
export const leftOut = error('M2344', leftOutText);
export const dynamicValue = error('M2345', (where: string) => `cannot use a dynamic value in ${where}`);
export const capturingLambda = error('M2348', (where: string) => `cannot use a capturing lambda in ${where}`);
export const notParametric = error('M2346', (what: string) => `'${what}' does not take parameters`);

// ---- calls
export const invalidCall = error('M2350', (what: string, reason: string) => `invalid ${what}: ${reason}`);
export const noMatching = error('M2351', (what: string) => `no matching ${what}`);
export const ambiguousCall = error('M2352', (name: string, conversions: number | 'undecided') =>
  conversions === 0
    ? `ambiguous call to '${name}'`
    : conversions === 'undecided'
      ? `ambiguous call to '${name}': lacking evidence to select candidate`
      : `ambiguous call to '${name}', each candidate requires ${conversions} implicit conversion${conversions === 1 ? '' : 's'}, disambiguate with an explicit cast`,
);
export const notCallable = error('M2353', (type: string) => `'${type}' does not implement the '__call__' method`);
export const calledType = error(
  'M2358',
  (name: string, ofStruct: boolean) =>
    `'${name}' is the type of a callable, not a value to call; ${ofStruct ? `keep the callable in a field: 'var f: Self.${name}'` : `take the callable as an argument: 'f: ${name}'`}`,
);
export const cannotRaise = error('M2354', (comptime: boolean) =>
  comptime
    ? 'cannot call raising function in comptime initializer'
    : 'cannot call function that may raise in a context that cannot raise',
);
export const wrongErrorType = error(
  'M2355',
  (actual: string, expected: string) =>
    `cannot call function that may raise '${actual}' in context that supports an error type of '${expected}'`,
);
export const raiseOutside = error(
  'M2356',
  () => `'raise' requires a surrounding 'try' block or the enclosing function to declare 'raises'`,
);
export const bareRaise = error(
  'M2357',
  () => `'raise' must live within an 'except' block or a function marked 'raises' when it has no value`,
);
export const structConstraint = error(
  'M2359',
  (kind: 'struct' | 'comptime member', name: string, reason: string) => `invalid use of ${kind} '${name}': ${reason}`,
);

export const traitPass = error(
  'M2399',
  () => `trait method with a return type must not use 'pass'; use '...' to declare the method as required`,
);

// ---- places
export const mustBeMutable = error('M2370', (where: string) => `expression must be mutable${where}`);
export const notAssignable = error('M2371', () => 'expression is not assignable');
export const noOriginToTransfer = error(
  'M2372',
  () => 'cannot transfer this expression: it does not designate a value with an origin',
);
export const transferImmutable = error('M2377', () => 'cannot transfer out of immutable reference');
export const cannotMove = error(
  'M2378',
  (type: string) => `cannot transfer value into destination, because '${type}' doesn't conform to 'Movable'`,
);
export const transferParameter = error(
  'M2373',
  () => `cannot transfer from a parameter expression; did you want to introduce a local 'var'?`,
);
export const captureConvention = error(
  'M2374',
  (name: string) => `Could not infer capture convention of the captured value ${name}`,
);
export const requireMutableCapture = error(
  'M2376',
  (name: string) => `expression must be mutable: cannot capture ${name} by mut because it could be immutable`,
);
export const parameterNotGiven = error(
  'M2347',
  (name: string) =>
    `failed to infer parameter '${name}', specify the parameter or use '_' or '...' to unbind the parameter explicitly`,
);
export const parametricClosure = error(
  'M2379',
  (name: string) => `cannot use parametric function as a runtime closure; bind the parameters of '${name}' first`,
);
export const letReassigned = error('M2375', (name: string) => `'${name}' is declared with 'let' and cannot be changed`);

// ---- statements
export const cannotUnpack = error(
  'M2381',
  (type: string, count: number) => `cannot unpack value of type '${type}' into ${count} values`,
);
export const outsideLoop = error('M2382', (word: string) => `'${word}' is not inside a loop`);
export const comptimeTuple = error('M2384', (type: string) => `expected a tuple type to match against, got '${type}'`);
export const matchType = error(
  'M2385',
  (pattern: string, type: string) => `cannot match pattern of type '${pattern}' against '${type}'`,
);
export const comprehensionAtCompileTime = error(
  'M2386',
  (form: string) => `${form} comprehension must execute in runtime contexts; call a function that returns it instead`,
);
export const noSuchField = error('M2387', (type: string, name: string) => `'${type}' has no field '${name}'`);
export const sequenceSubject = error('M2388', (type: string) => `cannot match a sequence pattern against '${type}'`);
export const transferOfTrivial = warning(
  'M2393',
  (type: string) => `'^' has no effect on a value of trivial register type '${type}', which is copied; remove it`,
);
export const unusedValue = warning(
  'M2392',
  (type: string) => `'${type}' value is unused; assign to '_' to discard the result`,
);
export const negativeIndex = error(
  'M2396',
  (index: string) => `index ${index} is negative; negative indexing is not supported`,
);
export const arrayIndex = error(
  'M2395',
  (index: string, length: bigint) => `index ${index} is out of bounds of an array of ${length} elements`,
);
export const indexOutOfRange = error(
  'M2397',
  (index: string, length: number) => `tuple index ${index} is out of range for a tuple of ${length} elements`,
);
export const overloadedValue = error(
  'M2398',
  (name: string) => `'${name}' is overloaded; its use as a value is ambiguous`,
);

// ---- not supported yet
export const unsupported = error('M9400', (what: string) => `${what} is not supported yet`);
