/** Compile-time terms: types and compile-time values are one family. Terms are hash-consed by `TermStore`, so two equal
 *  terms are the same object and equality is `===`. This file holds declarations only.
 *
 *  Flat parameter lists: every declaration has ONE list of parameters that includes those of its parents (a method of
 *  `struct S[T]` with own parameter `n` has the list `T, n`; a trait member has `Self` first; a nested function begins with
 *  the parameters of the enclosing function). `args` of a term are complete, in that order. */
import type { Id } from '../base/ids.ts';

export type StructId = Id<'Struct'>;
export type TraitId = Id<'Trait'>;
export type FunctionId = Id<'Function'>;
export type GlobalId = Id<'Global'>;
/** One declared parameter, unique in a compilation session. */
export type ParamId = Id<'Param'>;
/** One variable or argument that origins can name, unique in a compilation session. */
export type OriginRootId = Id<'OriginRoot'>;

/** What terms know of a declaration; everything else is asked from `Program` (sema/hir.ts). One object per declaration. */
export interface DeclRef<I> {
  readonly id: I;
  readonly name: string;
  /** Dotted path with the module, e.g. `std.collections.list.List`. */
  readonly path: string;
}
export type StructRef = DeclRef<StructId>;
export type TraitRef = DeclRef<TraitId>;
export type FunctionRef = DeclRef<FunctionId>;

/** Facts that hold of a term or of anything inside it. */
export const TermFlags = {
  none: 0,
  /** Mentions a declared parameter (`param`): not concrete. */
  hasParam: 1,
  /** Contains an error term: stay silent. */
  hasError: 2,
  /** Contains an unbound hole (`_`). */
  hasUnbound: 4,
  /** Contains an origin that is not erased. */
  hasOrigin: 8,
  /** Contains something that only elaboration can reduce: `call`, `proj`, `packElement`, `conforms`, … */
  needsEvaluation: 16,
  /** Mentions a function type's own parameter (`bound`). */
  hasBound: 32,
  /** Contains a function type that names its arguments. */
  hasNames: 64,
} as const;

interface Header {
  /** Dense creation number, for keys and deterministic ordering. */
  readonly id: number;
  readonly flags: number;
}

/** Argument conventions, modern names. `imm` is the default read-only reference. */
export type Convention = 'imm' | 'mut' | 'var' | 'ref' | 'out' | 'deinit';

/** What an argument gathers: `*xs: T`, `*xs: *Ts`, `**kws: T`. */
export type Variadic = 'none' | 'list' | 'pack' | 'keywords';

export interface FunctionTypeArg {
  /** '' when the type does not name it. Function types that differ only in names, defaults and `keywordOnly`, which calls alone look at,
   *  convert to one another. */
  readonly name: string;
  /** What a call that leaves it out passes: of a variable that was made of a function with defaults. */
  readonly default: Term | null;
  readonly keywordOnly: boolean;
  readonly convention: Convention;
  /** Of the value that the callee sees: of `*xs: T`, the list. */
  readonly type: Term;
  /** Origin of a `ref` argument, else null. */
  readonly origin: Term | null;
  readonly variadic: Variadic;
}

/** How an interior origin is reached from its root. */
export type OriginStep =
  /** A field of a struct, by index. */
  | { readonly kind: 'field'; readonly index: number; readonly name: string }
  /** Memory owned through a place, e.g. the elements of a list: all elements share one interior origin. */
  | { readonly kind: 'interior'; readonly name: string };

export type PrimitiveName =
  /** Parameter types of the literal structs: exact compile-time values. */
  | 'int-literal-value'
  | 'float-literal-value'
  | 'string-literal-value'
  /** `Origin[mut=M]` has its own kind `originType`. */
  | 'type';

export type ErrorTerm = Header & { readonly kind: 'error' };
/** A hole: `_` in `Dict[String, _]`. */
export type UnboundTerm = Header & { readonly kind: 'unbound' };

// ---- parameters
/** A reference to a declared parameter. Its identity is `param` alone; `type` is its bound (trait or composition, or a
 *  function type without `thin`) for a type parameter, else the type of its value. A variadic parameter stands for a list. */
export type ParamTerm = Header & {
  readonly kind: 'param';
  readonly param: ParamId;
  readonly name: string;
  readonly type: Term;
  readonly variadic: boolean;
};
/** A parameter of an enclosing function *type*, by nesting depth (0 = innermost) and position: alpha-equivalence for free. */
export type BoundTerm = Header & { readonly kind: 'bound'; readonly depth: number; readonly index: number };

// ---- types
export type StructTerm = Header & { readonly kind: 'struct'; readonly decl: StructRef; readonly args: readonly Term[] };
/** An argument of which nothing is said that only calls look at. */
export const PLAIN_ARG = { name: '', default: null, keywordOnly: false };

export type TraitTerm = Header & { readonly kind: 'trait'; readonly decl: TraitRef };
/** `A & B`: at least two traits (or constraint function types), sorted by id, no duplicates. */
export type CompositionTerm = Header & { readonly kind: 'composition'; readonly members: readonly Term[] };
/** A function type. With `thin` it is a run-time code pointer; without, it is a constraint that any callable of this shape meets. */
export type FunctionTypeTerm = Header & {
  readonly kind: 'functionType';
  /** Types of its own parameters (mentioned as `bound`). */
  readonly params: readonly { readonly name: string; readonly type: Term }[];
  readonly args: readonly FunctionTypeArg[];
  readonly result: Term;
  /** Error type, or null when it cannot raise. */
  readonly raises: Term | null;
  readonly thin: boolean;
  /** `abi("C")`. */
  readonly cAbi: boolean;
};
/** The zero-sized type of one particular function (possibly with bound parameters); converts to a thin function type. */
export type FunctionItemTerm = Header & { readonly kind: 'functionItem'; readonly func: Term };
/** A reference to a place: what `ref` bindings, `-> ref[o] T` results and captures by reference hold. Layout: a pointer. */
export type RefTerm = Header & {
  readonly kind: 'ref';
  readonly pointee: Term;
  readonly origin: Term;
  readonly mut: Term;
};
export type PrimitiveTerm = Header & { readonly kind: 'primitive'; readonly name: PrimitiveName };
/** `Origin[mut=M]`: the type of an origin parameter. */
export type OriginTypeTerm = Header & { readonly kind: 'originType'; readonly mut: Term };

// ---- values
/** An integer of any integral type (`Int`, `UInt8`, `SIMDLength`, the literal primitive). Wrapped to the type's width. */
export type IntTerm = Header & { readonly kind: 'int'; readonly value: bigint; readonly type: Term };
export type BoolTerm = Header & { readonly kind: 'bool'; readonly value: boolean };
/** An exact float literal value `numerator / denominator` (denominator > 0, lowest terms; 0 denominators: see `special`). */
export type FloatTerm = Header & {
  readonly kind: 'float';
  readonly numerator: bigint;
  readonly denominator: bigint;
  readonly special: 'finite' | 'nan' | 'inf' | '-inf' | '-0';
  /** The literal primitive, or a scalar float type (then the value is representable in it). */
  readonly type: Term;
};
export type StringTerm = Header & { readonly kind: 'string'; readonly value: string };
export type DTypeTerm = Header & { readonly kind: 'dtype'; readonly name: DTypeName };
/** A function with complete (or partly unbound) arguments, as a value. Its type is its `functionItem`. */
export type FunctionTerm = Header & {
  readonly kind: 'function';
  readonly decl: FunctionRef;
  readonly args: readonly Term[];
};
/** A trait's required or default method on a symbolic type: resolved to a `function` when `self` is concrete.
 *  `args`: own parameters of the method only. */
export type RequirementTerm = Header & {
  readonly kind: 'requirement';
  readonly trait: TraitRef;
  /** The requirement's own declaration (its function id in the trait; overloads are told apart by it). */
  readonly member: FunctionRef;
  readonly self: Term;
  readonly args: readonly Term[];
};
/** A struct value known field by field (also tuples). */
export type StructValueTerm = Header & {
  readonly kind: 'structValue';
  readonly type: Term;
  readonly fields: readonly Term[];
};
/** A value computed by the interpreter that is not decomposed: its bytes and what its pointers reach. */
export type MemoryValueTerm = Header & {
  readonly kind: 'memoryValue';
  readonly type: Term;
  readonly image: MemoryImage;
};
/** A variadic parameter's value. */
export type ListTerm = Header & { readonly kind: 'list'; readonly elements: readonly Term[] };

// ---- symbolic
/** Integer sum of products, canonical: `constant + Σ coefficient · Π factors`; factors sorted by id, terms by factors. */
export type PolynomialTerm = Header & {
  readonly kind: 'polynomial';
  readonly type: Term;
  readonly constant: bigint;
  readonly terms: readonly { readonly coefficient: bigint; readonly factors: readonly Term[] }[];
};
/** Boolean structure over symbolic operands. `ge`/`gt`: two integers; nothing is moved from one side to the other. `and`/`or`: flattened,
 *  sorted. `eq`: any two values. */
export type LogicTerm = Header & {
  readonly kind: 'logic';
  readonly op: 'ge' | 'gt' | 'and' | 'or' | 'not' | 'eq';
  readonly operands: readonly Term[];
};
/** A call that only elaboration can run. Equal to another only if callee and arguments are. A comptime expression that is
 *  no plain call becomes a thunk: a parametric function without arguments, called here. */
export type CallTerm = Header & {
  readonly kind: 'call';
  readonly callee: Term;
  readonly args: readonly Term[];
  readonly type: Term;
};
/** An associated member `T.Element` of a symbolic type. */
export type ProjectionTerm = Header & {
  readonly kind: 'projection';
  readonly trait: TraitRef;
  readonly member: string;
  readonly self: Term;
  /** Arguments of a parametric associated member. */
  readonly args: readonly Term[];
  /** Bound of an associated type, or type of an associated value. */
  readonly type: Term;
};
/** A field of a compile-time struct value. */
export type FieldValueTerm = Header & {
  readonly kind: 'fieldValue';
  readonly base: Term;
  readonly index: number;
  readonly type: Term;
};
export type PackElementTerm = Header & {
  readonly kind: 'packElement';
  readonly pack: Term;
  readonly index: Term;
  /** Bound (or type) of an element. */
  readonly type: Term;
};
export type PackLengthTerm = Header & { readonly kind: 'packLength'; readonly pack: Term; readonly type: Term };
export type ConditionalTerm = Header & {
  readonly kind: 'conditional';
  readonly condition: Term;
  readonly onTrue: Term;
  readonly onFalse: Term;
};
/** `conforms_to(type, trait)` while `type` is symbolic. */
export type ConformsTerm = Header & { readonly kind: 'conforms'; readonly type: Term; readonly trait: Term };
/** A pure compile-time operation on terms, folded when all operands are concrete (table in fold.ts): e.g. `size_of`,
 *  `align_of`, `simd_width_of`, `is_trivial`, `type_name`, `floordiv`, `mod`, `pow`, `shl`, target queries, reflection. */
export type OperationTerm = Header & {
  readonly kind: 'operation';
  readonly op: string;
  readonly operands: readonly Term[];
  readonly type: Term;
};

// ---- origins (values of `originType`)
/** A place: a root variable and a path. `mut`: whether the place may be written through (a Bool term). */
export type PlaceOriginTerm = Header & {
  readonly kind: 'placeOrigin';
  readonly root: OriginRootId;
  readonly name: string;
  readonly path: readonly OriginStep[];
  readonly mut: Term;
};
/** A symbolic origin parameter extended by a path (`o["element"]`), or seen for reading only (`ImmOrigin(o)`). */
export type DerivedOriginTerm = Header & {
  readonly kind: 'derivedOrigin';
  readonly base: Term;
  readonly path: readonly OriginStep[];
  /** For reading only, whatever `base` allows. */
  readonly imm: boolean;
};
export type UnionOriginTerm = Header & { readonly kind: 'unionOrigin'; readonly members: readonly Term[] };
/** `static`: whole program, immutable. `untracked`: aliases nothing. `any`: may alias everything. `erased`: after elaboration. */
export type SpecialOriginTerm = Header & {
  readonly kind: 'specialOrigin';
  readonly which: 'static' | 'untracked' | 'any' | 'erased';
  readonly mut: Term;
};

export type Term =
  | ErrorTerm
  | UnboundTerm
  | ParamTerm
  | BoundTerm
  | StructTerm
  | TraitTerm
  | CompositionTerm
  | FunctionTypeTerm
  | FunctionItemTerm
  | RefTerm
  | PrimitiveTerm
  | OriginTypeTerm
  | IntTerm
  | BoolTerm
  | FloatTerm
  | StringTerm
  | DTypeTerm
  | FunctionTerm
  | RequirementTerm
  | StructValueTerm
  | MemoryValueTerm
  | ListTerm
  | PolynomialTerm
  | LogicTerm
  | CallTerm
  | ProjectionTerm
  | FieldValueTerm
  | PackElementTerm
  | PackLengthTerm
  | ConditionalTerm
  | ConformsTerm
  | OperationTerm
  | PlaceOriginTerm
  | DerivedOriginTerm
  | UnionOriginTerm
  | SpecialOriginTerm;

export type DTypeName =
  | 'bool'
  | 'int'
  | 'uint'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'int128'
  | 'int256'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'uint128'
  | 'uint256'
  | 'float8_e4m3fn'
  | 'float8_e5m2'
  | 'bfloat16'
  | 'float16'
  | 'float32'
  | 'float64'
  | 'index'
  | 'invalid';

/** One allocation of a compile-time value: bytes in the target's layout, which of them are initialized, and where pointers stand. */
export interface ImageAllocation {
  readonly bytes: Uint8Array;
  /** Alignment in bytes. */
  readonly align: number;
  /** Pointers inside: at `offset` stands the address of `target` allocation plus `addend`, or a function. */
  readonly relocations: readonly {
    readonly offset: number;
    readonly target:
      | { readonly kind: 'allocation'; readonly index: number }
      | { readonly kind: 'function'; readonly func: Term };
    readonly addend: number;
  }[];
  /** A static string or constant (never freed), else heap memory that materialization must allocate. */
  readonly constant: boolean;
}

/** Allocation 0 is the value itself; the others in order of first visit. `key` identifies equal images. */
export interface MemoryImage {
  readonly key: string;
  readonly allocations: readonly ImageAllocation[];
}
