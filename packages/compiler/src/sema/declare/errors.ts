/** Every diagnostic of the declarations half of sema: M2001…M2299. Wording follows the official compiler. */
import type { Span } from '../../base/span.ts';
import { defineError, type DiagnosticFactory, type Fix, label, replaceFix } from '../../diagnostics/diagnostic.ts';

export interface At {
  readonly span: Span;
}

function fixed(code: string, message: string): DiagnosticFactory<At> {
  return defineError(code, 'types', (a: At) => ({ message, primary: label(a.span) }));
}

// ---- modules and names

export const moduleNotFound = defineError('M2001', 'types', (a: At & { name: string; hint: string | null }) => ({
  message: `unable to locate module '${a.name}'`,
  primary: label(a.span),
  notes: a.hint === null ? [] : [a.hint],
}));
export const notInModule = defineError(
  'M2002',
  'types',
  (a: At & { module: string; name: string; isPackage: boolean; hint: string | null; fixes: readonly Fix[] }) => ({
    message: `${a.isPackage ? 'package' : 'module'} '${a.module}' does not contain '${a.name}'`,
    primary: label(a.span),
    notes: a.hint === null ? [] : [a.hint],
    fixes: a.fixes,
  }),
);
export const importCycle = defineError('M2003', 'types', (a: At & { name: string }) => ({
  message: `import cycle: the meaning of '${a.name}' depends on itself`,
  primary: label(a.span),
}));
export const redefinition = defineError('M2004', 'types', (a: At & { name: string; previous: Span; note: string }) => ({
  message: `invalid redefinition of '${a.name}'`,
  primary: label(a.span),
  secondary: [label(a.previous, a.note)],
}));
export const identicalSignature = defineError('M2005', 'types', (a: At & { name: string; previous: Span }) => ({
  message: `redefinition of function '${a.name}' with identical signature`,
  primary: label(a.span),
  secondary: [label(a.previous, 'previous definition here')],
}));
export const overloadOnResult = defineError('M2006', 'types', (a: At & { name: string; previous: Span }) => ({
  message: `redefinition of function '${a.name}', cannot overload on return type`,
  primary: label(a.span),
  secondary: [label(a.previous, 'previous definition here')],
}));
export const recursiveReference = defineError('M2007', 'types', (a: At & { name: string }) => ({
  message: `attempt to resolve a recursive reference to declaration '${a.name}'`,
  primary: label(a.span),
}));
export const relativeImportTooHigh = fixed('M2008', 'relative import goes above the top of the package');
export const globalNotSupported = fixed(
  'M2009',
  "global variables are not supported; move this into a function body or use 'comptime' to declare a constant",
);
export const statementAtFileScope = defineError('M2010', 'types', (a: At) => ({
  message: 'expressions must not appear at file scope; move this into a function body',
  primary: label(a.span),
  notes: ["a program begins with 'def main():'; importing a file runs nothing"],
}));
export const notAllowedHere = defineError('M2011', 'types', (a: At & { what: string; where: string }) => ({
  message: `${a.what} must not appear ${a.where}`,
  primary: label(a.span),
}));
export const cannotDefineHere = defineError(
  'M2012',
  'types',
  (a: At & { name: string; what: string; previous: Span }) => ({
    message: `cannot define a ${a.what} here with name '${a.name}'`,
    primary: label(a.span),
    secondary: [label(a.previous, 'conflicts with this previous declaration')],
  }),
);

// ---- decorators

const PYTHON_DECORATORS: Readonly<Record<string, string>> = {
  dataclass:
    "'@fieldwise_init' makes the initializer; list the traits that the struct shall have, e.g. (Copyable, Movable)",
  property: 'there are no computed attributes; call the method',
  classmethod: "write '@staticmethod'; 'Self' names the type",
  abstractmethod: "a trait lists the methods that a type must have: 'def area(self) -> Float64: ...'",
  override: 'a method that a trait asks for needs no mark',
  overload: 'overloads are written one after the other, without a mark',
  cache: 'there is no cache for calls; keep results in a Dict',
  lru_cache: 'there is no cache for calls; keep results in a Dict',
};

export const unknownDecorator = defineError('M2021', 'types', (a: At & { name: string; near: string | null }) => ({
  message: `use of unknown declaration '${a.name}'`,
  primary: label(a.span, 'unknown decorator'),
  notes: Object.hasOwn(PYTHON_DECORATORS, a.name)
    ? [PYTHON_DECORATORS[a.name] ?? '']
    : a.near === null
      ? []
      : [`did you mean '@${a.near}'?`],
}));
export const decoratorMisplaced = defineError('M2022', 'types', (a: At & { name: string; what: string }) => ({
  message: `'@${a.name}' does not apply to a ${a.what}`,
  primary: label(a.span),
}));
export const decoratorArgument = defineError('M2023', 'types', (a: At & { name: string; expected: string }) => ({
  message: `invalid argument of '@${a.name}': expected ${a.expected}`,
  primary: label(a.span),
}));
export const removedDecorator = defineError('M2024', 'types', (a: At & { name: string }) => ({
  message: `'@${a.name}' was removed from the language; use '@parameter if' or 'comptime if'`,
  primary: label(a.span),
}));
export const unknownIntrinsic = defineError('M2025', 'types', (a: At & { name: string }) => ({
  message: `unknown intrinsic '${a.name}'`,
  primary: label(a.span),
}));
export const explicitDestroyNeedsOptOut = fixed(
  'M2026',
  "'@explicit_destroy' requires the struct to opt out of implicit deletion: write 'Deinitable where False' in its conformance list",
);

export const explicitDestroyNeedsText = fixed(
  'M2027',
  `'@explicit_destroy' requires an argument: '@explicit_destroy("…")'; the conformance 'Deinitable where False' alone opts out`,
);

export const conflictingInline = defineError('M2028', 'types', (a: At & { name: string }) => ({
  message: `function has conflicting inline level from a previous '@${a.name}' decorator`,
  primary: label(a.span),
}));
export const builtinRaises = fixed(
  'M2020',
  `'@always_inline("builtin")' does not support functions that raise; such a function is an expression that the checker evaluates`,
);
export const exportedGeneric = fixed(
  'M2029',
  "'@export' cannot be applied to functions with parameters; export a function that calls one instance",
);
export const unavailableBody = fixed(
  'M2030',
  "unexpected function body in an '@unavailable' function declaration, use '...'",
);

// ---- signatures

export const parameterNeedsType = fixed('M2031', 'parameters must always have a type');
export const argumentNeedsType = defineError('M2032', 'types', (a: At) => ({
  message: 'argument type must be specified',
  primary: label(a.span),
  notes: [
    "write 'x: Int'; for arguments of any type that can be printed 'x: Some[Writable]', or a parameter 'def f[T: Writable](x: T)'",
  ],
}));
export const selfMissing = defineError('M2033', 'types', (a: At & { insertAt: Span | null }) => ({
  message: 'self argument must be present in instance method',
  primary: label(a.span),
  notes: ["a method without 'self' is written with '@staticmethod'"],
  fixes: a.insertAt === null ? [] : [replaceFix('make it static', a.insertAt, '@staticmethod\n    ', 'review')],
}));
export const selfType = fixed(
  'M2034',
  "'self' argument must have type 'Self'; use a 'where' clause to constrain the 'Self' type instead",
);
/** The primary span is the first use of a member, where there is one: that is what fails. */
export const traitAsArgument = defineError('M2035', 'types', (a: At & { name: string; declared: Span }) => ({
  message: `dynamic traits are not supported; '${a.name}' is a trait, use 'Some[${a.name}]' or a parameter bounded by it`,
  primary: label(a.span),
  secondary: a.span === a.declared ? [] : [label(a.declared, 'a trait is no type of values')],
  fixes: [replaceFix(`write 'Some[${a.name}]'`, a.declared, `Some[${a.name}]`, 'review')],
}));
export const callableAsArgument = defineError(
  'M2099',
  'types',
  (a: At & { name: string; type: string; declared: Span }) => ({
    message: `a value passed to '${a.name}' cannot be converted to '${a.type}': without 'thin' it is a constraint on callables, and no type of values`,
    primary: label(a.span),
    secondary: [label(a.declared, `'Some[${a.type}]' takes anything that can be called so`)],
    notes: ["'Some[…]' takes functions, lambdas and closures; a type with 'thin' takes functions that capture nothing"],
    fixes: [replaceFix(`write 'Some[${a.type}]'`, a.declared, `Some[${a.type}]`, 'review')],
  }),
);
export const traitAsResult = defineError('M2047', 'types', (a: At & { name: string; declared: Span }) => ({
  message: `cannot implicitly convert the result to '${a.name}': dynamic traits are not supported, return a concrete type or a parameter`,
  primary: label(a.span),
  secondary: a.span === a.declared ? [] : [label(a.declared, 'a trait is no type of values')],
}));
export const notConcreteType = defineError(
  'M2036',
  'types',
  (a: At & { type: string; returned: Span | null; isOpen?: boolean }) => ({
    message:
      a.isOpen === true
        ? `'${a.type}' is not concrete, use '[]' to bind missing parameters`
        : a.returned === null
          ? `'${a.type}' is not a concrete type`
          : `cannot implicitly convert what is returned to '${a.type}', which is not a concrete type`,
    primary: label(a.returned ?? a.span),
    secondary: a.returned === null ? [] : [label(a.span, "without 'thin' it is a constraint on callables")],
  }),
);
export const traitParameters = fixed(
  'M2037',
  'trait declarations do not support parameters; remove the parameter list',
);
export const deinitArgument = defineError('M2046', 'types', (a: At & { name: 'self' | 'move' }) => ({
  message: `'${a.name}' argument must be passed as 'deinit'`,
  primary: label(a.span),
  fixes: [replaceFix(`write 'deinit ${a.name}'`, a.span, `deinit ${a.name}`, 'safe')],
}));
export const deinitOutside = fixed(
  'M2049',
  "'deinit' convention is only valid on struct method arguments; a function that takes a value writes 'var'",
);
export const deinitOfOther = fixed(
  'M2063',
  "'deinit' must only be applied to arguments of Self type; a value of another type is taken over with 'var'",
);
export const implicitOnMethod = fixed('M2048', "'@implicit' may only be applied to '__init__' methods");
export const implicitArguments = fixed(
  'M2045',
  "'@implicit' initializers must accept a single positional argument value",
);
export const initNeedsSelf = defineError('M2039', 'types', (a: At) => ({
  message: "'__init__' method must return Self type with 'out' argument",
  primary: label(a.span),
  notes: ["an initializer makes the value: 'def __init__(out self, …)'"],
}));
export const refNeedsOrigin = fixed('M2040', "'ref' result requires an origin specifier");
export const parametricArgument = fixed(
  'M2090',
  'parametric functions must not be used as arguments; pass as a parameter instead',
);
export const selfVariadic = fixed('M2019', "'self' argument must not be variadic; remove '*' before 'self'");
export const outVariadic = fixed('M2050', "'out' convention must not be variadic; a function has one result");
export const whereMessage = fixed('M2089', "the message in a 'where' clause must be a string literal");
export const keywordsNeedVar = fixed(
  'M2098',
  "variadic keyword arguments only support the 'var' convention; add 'var' before '**'",
);
export const staticOutsideStruct = fixed('M2041', 'only methods on structs may be declared static');
export const registerFields = defineError(
  'M2060',
  'types',
  (a: At & { trait: string; field: string; type: string; fieldSpan: Span }) => ({
    message: `all members of '${a.trait}' struct must themselves be '${a.trait}'`,
    primary: label(a.span),
    secondary: [label(a.fieldSpan, `'${a.field}' declared with type '${a.type}'`)],
  }),
);
export const outAndResult = fixed('M2096', "functions must not declare both an 'out' argument and a return type");
export const resultOriginOpen = fixed('M2044', 'cannot infer origin for a function result');
export const asyncUnsupported = fixed('M9201', 'not supported yet: async functions');
export const takeinitRemoved = fixed(
  'M2042',
  "'__takeinit__' was removed from the language; write '__moveinit__(inout self, owned existing: Self)'",
);
export const repeatedOutArgument = fixed('M2043', "a function has at most one 'out' argument");

// ---- structs

export const fieldOfTraitType = defineError('M2051', 'types', (a: At & { name: string }) => ({
  message: `struct fields do not support trait types; '${a.name}' is a trait, use a concrete type or compile-time generic`,
  primary: label(a.span),
}));
export const containsItself = defineError('M2052', 'types', (a: At & { name: string; field: Span }) => ({
  message: `struct '${a.name}' has recursive reference to itself by value: attempt to resolve a recursive reference to declaration '${a.name}'`,
  primary: label(a.span),
  secondary: [label(a.field, 'through this field')],
  notes: ['a pointer, e.g. OwnedPointer or ArcPointer, breaks the recursion'],
}));
export const cannotSynthesize = defineError(
  'M2053',
  'types',
  (a: At & { member: string; field: string; lack: string; type: string }) => ({
    message: `cannot synthesize ${a.member} because field '${a.field}' has ${a.lack} type '${a.type}'`,
    primary: label(a.span),
  }),
);
export const notATrait = defineError('M2054', 'types', (a: At) => ({
  message: 'structs only conform to traits or trait compositions; remove the struct type from the conformance list',
  primary: label(a.span),
}));
export const severalCallables = defineError('M2097', 'types', (a: At & { first: string; second: string }) => ({
  message: `trait composition must not contain more than one closure type; remove '${a.first}' or '${a.second}'`,
  primary: label(a.span),
}));
export const fieldTypeNotDestructible = defineError(
  'M2055',
  'types',
  (a: At & { field: string; type: string; owner: string; recursion: 'none' | 'behindPointer' | 'byValue' }) => ({
    message: `field '${a.field}' has non-'Deinitable' type '${a.type}'`,
    primary: label(a.span),
    notes: {
      none: [],
      behindPointer: [
        `'${a.type}' can be destroyed if '${a.owner}' can, and that is being decided: hold '${a.owner}' by an 'ArcPointer', or write its '__deinit__'`,
      ],
      byValue: [
        `'${a.type}' holds its value itself, so a '${a.owner}' would lie in itself: hold it by an 'ArcPointer', or by an 'OwnedPointer' and write a '__deinit__'`,
      ],
    }[a.recursion],
  }),
);
export const implicitFieldwise = fixed(
  'M2062',
  '@fieldwise_init("implicit") is only valid on structs with a single field',
);
export const fieldwiseInitTwice = defineError('M2061', 'types', (a: At & { name: string; written: Span }) => ({
  message: `'${a.name}' has an explicitly declared fieldwise initializer`,
  primary: label(a.span),
  secondary: [label(a.written, 'declared here')],
  notes: ["remove '@fieldwise_init' or this '__init__'"],
}));
export const alignInvalid = fixed('M2056', '@align value must be a positive power of 2');
export const copyConvention = fixed('M2057', "the 'copy' argument of a copy constructor must use the read convention");
export const trivialWithDestructor = defineError('M2058', 'types', (a: At & { name: string }) => ({
  message: `trivial types must not declare '${a.name}' methods; they are trivially destroyable`,
  primary: label(a.span),
}));
export const trivialWithCopy = fixed(
  'M2069',
  'trivial types must not declare explicit copy constructors; they are trivially copyable',
);
export const registerMove = fixed(
  'M2070',
  "'RegisterPassable' types must not declare explicit move constructors; their values have no identity and move between registers freely",
);
export const fieldOfAnyOrigin = defineError('M2078', 'types', (a: At & { field: string; type: string }) => ({
  message: `struct fields cannot expose AnyOrigin in their type; ${a.field} has type '${a.type}'`,
  primary: label(a.span),
  notes: [
    "give the struct a parameter 'origin: Origin' and write 'Self.origin', or 'MutUntrackedOrigin' for memory that it looks after itself",
  ],
}));
export const lifecycleRaises = defineError('M2059', 'types', (a: At & { name: string }) => ({
  message: `${a.name} must not declare 'raises'; remove the 'raises' keyword`,
  primary: label(a.span),
}));

// ---- traits and conformance

export interface MissingRequirement {
  readonly text: string;
  readonly span: Span;
}
export const doesNotImplement = defineError(
  'M2071',
  'types',
  (
    a: At & {
      name: string;
      trait: string;
      /** Null for a function type, which nobody declared. */
      traitSpan: Span | null;
      missing: readonly MissingRequirement[];
      fixes: readonly Fix[];
    },
  ) => ({
    message: `'${a.name}' does not implement all requirements for '${a.trait}'`,
    primary: label(a.span),
    secondary: [
      ...a.missing.map((missing) => label(missing.span, missing.text)),
      ...(a.traitSpan === null ? [] : [label(a.traitSpan, `trait '${a.trait}' declared here`)]),
    ],
    notes: a.missing.map((missing) => missing.text),
    fixes: a.fixes,
  }),
);
export const weakerCondition = defineError('M2064', 'types', (a: At & { name: string; ancestor: string }) => ({
  message: `constraint for '${a.name}' does not imply constraint for ancestor trait '${a.ancestor}'; strengthen the derived constraint by adding the ancestor's constraint with 'and'`,
  primary: label(a.span),
}));
export const reachedTwice = defineError('M2065', 'types', (a: At & { ancestor: string }) => ({
  message: `ancestor trait '${a.ancestor}' is reached via multiple inheritance paths with different constraints; it must be explicitly listed in the conformance list with the desired constraint`,
  primary: label(a.span),
}));
export const conditionalTrivial = fixed(
  'M2066',
  "conditional conformance to 'TrivialRegisterPassable' is not supported",
);
export const conditionalRefinement = fixed(
  'M2067',
  "'where' clauses in conformance lists are only supported on structs",
);
export const parameterConflict = defineError(
  'M2068',
  'types',
  (a: At & { name: string; trait: string; method: string; methodSpan: Span }) => ({
    message: `name conflict between parameter '${a.name}' in the default trait method and a parameter in the struct`,
    primary: label(a.span),
    secondary: [label(a.methodSpan, `method '${a.method}' of trait '${a.trait}' declared here`)],
  }),
);
export const specialOperands = defineError(
  'M2082',
  'types',
  (a: At & { name: string; count: string; plural: boolean }) => ({
    message: `'${a.name}' requires ${a.count} operand${a.plural ? 's' : ''}`,
    primary: label(a.span),
    notes: ["'self' counts as an operand; defaults and '*' do not change the number"],
  }),
);
export const specialOutside = defineError('M2083', 'types', (a: At & { name: string }) => ({
  message: `'${a.name}' must be a method, not a global function`,
  primary: label(a.span),
}));
export const specialStatic = fixed(
  'M2084',
  'special method must not be a static method; remove the static method decorator',
);
export const inPlaceResult = defineError('M2085', 'types', (a: At & { name: string }) => ({
  message: `'${a.name}' result type must be elided (or None)`,
  primary: label(a.span),
}));
export const ownParameterOfResult = defineError('M2086', 'types', (a: At & { name: string; result: string }) => ({
  message: `cannot use Self parameter '${a.name}' in constructor whose result defines it to '${a.result}'`,
  primary: label(a.span),
}));
export const packOfNoList = fixed('M2087', 'pack argument type list must reference a variadic list');
export const unpackOfNoPack = fixed('M2088', "variadic unpacking with '*' requires a variadic argument");
export const conflictingDefaults = defineError(
  'M2072',
  'types',
  (a: At & { name: string; first: string; second: string; firstSpan: Span; secondSpan: Span }) => ({
    message: `trait method requirement '${a.name}' has conflicting default implementations in '${a.first}' and '${a.second}'; you must implement it manually`,
    primary: label(a.span),
    secondary: [
      label(a.firstSpan, `original default implementation from trait '${a.first}' here`),
      label(a.secondSpan, `conflicting implementation from trait '${a.second}' here`),
    ],
  }),
);
export const conflictingMember = defineError(
  'M2073',
  'types',
  (a: At & { name: string; first: string; second: string; firstSpan: Span; secondSpan: Span }) => ({
    message: `trait member '${a.name}' has conflicting default implementations in '${a.first}' and '${a.second}'; you must implement it manually`,
    primary: label(a.span),
    secondary: [
      label(a.firstSpan, `original default implementation from trait '${a.first}' here`),
      label(a.secondSpan, `conflicting implementation from trait '${a.second}' here`),
    ],
  }),
);
export const cannotDerive = defineError(
  'M2081',
  'types',
  (a: At & { name: string; trait: string; field: string; type: string; at: Span }) => ({
    message: `could not derive '${a.trait}' for '${a.name}': member field '${a.field}: ${a.type}' does not implement '${a.trait}'`,
    primary: label(a.span),
    secondary: [label(a.at, `'${a.field}' declared here`)],
  }),
);
export const refinesNoTrait = fixed(
  'M2074',
  'traits only refine other traits; remove the struct type from the refinement list',
);
export const traitCycle = defineError('M2075', 'types', (a: At & { name: string }) => ({
  message: `attempt to resolve a recursive reference to declaration '${a.name}'`,
  primary: label(a.span),
}));
export const traitWhere = fixed('M2076', "'where' clauses on trait methods are not supported");
export const extensionTarget = fixed('M2077', 'an extension extends a struct');
export const comptimeBound = defineError('M2079', 'types', (a: At & { name: string; type: string; bound: string }) => ({
  message: `comptime member '${a.name}' type '${a.type}' does not conform to the required type '${a.bound}'`,
  primary: label(a.span),
}));

export const classicNeed = defineError('M2080', 'types', (a: At & { type: string; callee: string; at: Span }) => ({
  message: `'${a.callee}' copies values of type '${a.type}', which cannot be copied`,
  primary: label(a.span),
  secondary: [label(a.at, 'copied here')],
  notes: [`'${a.type}' does not conform to trait 'Copyable'`],
}));

// ---- main

export const noMain = defineError('M2091', 'types', (_a: { name: string }) => ({
  message: 'module does not define a `main` function',
  primary: null,
}));
export const mainArguments = fixed('M2092', "'main()' does not accept arguments; remove them");
export const mainParameters = fixed('M2093', "'main()' does not accept parameters; remove them");
export const mainResult = fixed('M2094', "'main()' does not return a value; remove the return type");
export const mainRaises = fixed('M2095', "'main()' can only raise 'Error'; remove the explicit error type");
