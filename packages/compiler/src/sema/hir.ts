/** HIR: what sema hands to the rest. Typed and desugared: names are resolved, overloads chosen, parameters inferred,
 *  implicit conversions, operators, `for`, `with`, comprehensions, chained comparisons, `match` and t-strings are spelled out.
 *  Bodies are generic: types mention the parameters of their function. Declarations only; `Program` is how later stages ask.
 *
 *  Conventions of the tree
 *  - An expression is a *place* (it designates memory: `local`, `global`, `field`, `element`, `deref`) or a *value*.
 *    A place never stands where a value is wanted without `copy`, `transfer` or a borrow (`HirArg.mode`, `refOf`).
 *  - Evaluation order is the order of the fields below, left to right.
 *  - A node of type `Never` does not return. */
import type { Id } from '../base/ids.ts';
import type { Span } from '../base/span.ts';
import type {
  Convention,
  FunctionId,
  FunctionRef,
  GlobalId,
  OriginRootId,
  ParamTerm,
  StructId,
  StructRef,
  Term,
  TraitId,
  TraitRef,
} from '../terms/term.ts';

// ------------------------------------------------------------------------------------------------ declarations

/** Structs that the compiler knows by role; the library marks them with `@__builtin("role")`. */
export type BuiltinStruct =
  /** `SIMD[dtype, width]`: storage is the vector itself, no fields. */
  | 'simd'
  | 'bool'
  /** `DType`: one byte, the dtype's code. */
  | 'dtype'
  /** `Pointer[mut, T, origin]`: one address of 8 bytes. */
  | 'pointer'
  /** `__RawArray[T, n]`: room for n values of T, moved as bytes, never destroyed by itself. */
  | 'raw-array'
  /** `Tuple[*Ts]`: the elements in order, each an owned field; reached by `element` projections. */
  | 'tuple'
  /** `VariadicPack[*Ts]`: what `*args: *Ts` is inside the callee: one reference for each element. */
  | 'pack'
  /** `VariadicList[T]`: what `*args: T` is: address of an array of references, and a count. Fields written in the library. */
  | 'variadic-list'
  | 'int-literal'
  | 'float-literal'
  | 'string-literal'
  /** `TString`: what a t-string is until `String(…)` or `print` writes it. */
  | 't-string'
  /** A place in a t-string, which is read when the text is written. */
  | 't-string-place'
  | 'none'
  | 'never'
  | 'list'
  | 'string'
  | 'error'
  | 'optional'
  | 'dict'
  | 'set'
  | 'array'
  | 'slice'
  | 'contiguous-slice'
  | 'strided-slice'
  | 'span'
  /** `Reflected[T]`: a handle without storage; its members answer questions about `T`. */
  | 'reflected';

/** How values of a struct are copied, moved or destroyed. */
export type Lifecycle =
  /** The operation does not exist for this type. */
  | { readonly kind: 'none' }
  /** Bit copy / nothing to do, whatever the parameters are. */
  | { readonly kind: 'trivial' }
  /** Field by field (`fn` is the synthesized function). */
  | { readonly kind: 'memberwise'; readonly fn: FunctionId }
  /** A method written by the user. Its flat parameters are the struct's. */
  | { readonly kind: 'written'; readonly fn: FunctionId }
  /** Move only: copy the source, then destroy it (classic struct with `__copyinit__` and no `__moveinit__`). */
  | { readonly kind: 'copyThenDestroy' };

export interface HirField {
  readonly name: string;
  readonly type: Term;
  readonly span: Span;
}

export interface HirStruct {
  readonly ref: StructRef;
  readonly id: StructId;
  readonly span: Span;
  /** Flat parameter list. */
  readonly params: readonly ParamTerm[];
  /** The struct applied to its own parameters. */
  readonly self: Term;
  readonly fields: readonly HirField[];
  readonly builtin: BuiltinStruct | null;
  /** Minimum alignment from `@align(n)`, or null. */
  readonly align: number | null;
  readonly copy: Lifecycle;
  readonly move: Lifecycle;
  readonly destroy: Lifecycle;
  /** Plain assignment may copy (ImplicitlyCopyable, or the classic rule). */
  readonly implicitlyCopyable: boolean;
  /** Declared (Trivial)RegisterPassable: passed by value, address has no identity. */
  readonly registerPassable: boolean;
  readonly trivialRegisterPassable: boolean;
  /** `@explicit_destroy("text")` or `Deinitable where False`: text for the "abandoned" error, or null. */
  readonly explicitDestroy: string | null;
  /** Several threads may change it at once, says its author (`SharedMutable`): no aliasing facts. */
  readonly sharedMutable: boolean;
  /** Only one thread may use it, says its author (`NotShared`). */
  readonly notShared: boolean;
  /** The struct that holds a closure's captures: its body function, else null. */
  readonly closure: FunctionId | null;
  /** Of a closure: its origin parameters and the origins that they stand for where it is made. */
  readonly captured: readonly CapturedOrigin[];
}

export interface CapturedOrigin {
  readonly param: ParamTerm;
  readonly origin: Term;
}

export interface HirArgDecl {
  readonly name: string;
  readonly convention: Convention;
  /** Type of the value; for a variadic argument the type of the pack or list as seen in the body. */
  readonly type: Term;
  readonly variadic: 'none' | 'list' | 'pack' | 'keywords';
  /** Of a `var` variadic: the type whose destructor ends the lives of the elements, made from the argument's bytes. */
  readonly owner: Term | null;
  /** The origin that names this argument in types: references into it carry it. */
  readonly origin: OriginRootId;
  /** Of `ref[o] x`: the origin that names it instead. */
  readonly refOrigin: Term | null;
  readonly span: Span;
}

export type FunctionKind =
  | { readonly kind: 'written' }
  /** `@__intrinsic("name")`: every call becomes the intrinsic (mir/intrinsics.ts). */
  | { readonly kind: 'intrinsic'; readonly name: string }
  /** A C function called by its symbol. */
  | { readonly kind: 'foreign'; readonly symbol: string }
  /** A trait requirement without default, or an `@unavailable` function: never instantiated itself. */
  | { readonly kind: 'requirement' }
  /** Synthesized by the compiler; `mir/build/synthesize.ts` makes the body from the struct. */
  | {
      readonly kind: 'synthesized';
      readonly member: 'copy' | 'move' | 'destroy' | 'fieldwiseInit';
      readonly struct: StructId;
    }
  /** A comptime expression: no arguments, evaluated by elaboration. */
  | { readonly kind: 'thunk' }
  /** Initializes all file-scope variables of a module, in source order. */
  | { readonly kind: 'globals' };

export interface FunctionAttributes {
  readonly inline: 'auto' | 'always' | 'never';
  /** Plain symbol name of an exported function, else null. */
  readonly exportName: string | null;
  /** The result type is `Never`: it ends the program, or does nothing but raise. */
  readonly noReturn: boolean;
  /** Rarely executed (error and trap paths). */
  readonly cold: boolean;
  /** The library function wants the caller's source position as a hidden constant (`call_location()` in its body). */
  readonly wantsCallLocation: boolean;
  /** How a function that wants the position passes it on. */
  readonly callLocation: CallLocationUse;
  /** The library function only stores or compares the pointers in its arguments: what they point to does not count in exclusivity. */
  readonly holdsOnly: boolean;
  /** `@__unsafe_nested_origins_read_only`: references into memory that the arguments own stay valid, as the author promises. */
  readonly keepsInteriors: boolean;
  /** An accessor of an older file, which cannot write what it lends a part of: references into what that owns stay valid. */
  readonly onlyLends: boolean;
  /** The library function allocates: its result is a pointer to memory that nothing else points to. */
  readonly freshResult: boolean;
  /** Floating-point mode of the body and of what it calls (`@fp_mode`); null: the caller's, at the root the program's. */
  readonly fpMode: 'strict' | 'default' | 'fast' | null;
}

export type CallLocationUse =
  /** Library code: every callee that wants a position gets the caller's own one, so that errors name the user's line. */
  | 'forwards'
  /** A user's function whose body calls `call_location()`: only that callee gets it. */
  | 'keeps'
  /** `call_location` itself. */
  | 'asks';

/** What a caller must know. `args` excludes the `out` result. */
export interface HirFunction {
  readonly ref: FunctionRef;
  readonly id: FunctionId;
  readonly kind: FunctionKind;
  readonly span: Span;
  /** Flat parameter list. */
  readonly params: readonly ParamTerm[];
  readonly args: readonly HirArgDecl[];
  /** Type of the result; a `ref` term when it returns a reference; `NoneType` when it returns nothing. */
  readonly result: Term;
  /** `__init__` and named results: the body assigns this local instead of returning a value. */
  readonly namedResult: { readonly name: string; readonly origin: OriginRootId } | null;
  /** Error type, or null. */
  readonly raises: Term | null;
  readonly attributes: FunctionAttributes;
  /** The struct whose method it is, or null. */
  readonly parentStruct: StructId | null;
}

/** A file-scope variable (classic dialect). */
export interface HirGlobal {
  readonly id: GlobalId;
  readonly name: string;
  readonly path: string;
  readonly type: Term;
  readonly mutable: boolean;
  readonly origin: OriginRootId;
  readonly span: Span;
}

// ------------------------------------------------------------------------------------------------ bodies

export type HirLocalId = Id<'HirLocal'>;
/** Target of `break` and `continue`. */
export type LabelId = Id<'Label'>;

export interface HirLocal {
  readonly id: HirLocalId;
  /** '' for a temporary of the compiler. */
  readonly name: string;
  /** A `ref` term for reference bindings (`ref r = place`, loop variables by reference); then uses go through `deref`. */
  readonly type: Term;
  readonly span: Span;
  readonly kind:
    | { readonly kind: 'var' }
    /** Index into `HirFunction.args`. */
    | { readonly kind: 'argument'; readonly index: number }
    | { readonly kind: 'result' };
  /** How types name the place that it is. */
  readonly origin: OriginRootId;
  /** Classic `let`: assigned exactly once. */
  readonly bindOnce: boolean;
}

export interface HirBody {
  readonly function: FunctionId;
  readonly locals: readonly HirLocal[];
  readonly statements: readonly HirStatement[];
  /** End of the body, for "return expected". */
  readonly endSpan: Span;
}

/** How an argument reaches the callee. `borrow`, `borrowMut`: expr is a place or a value (then a temporary is borrowed).
 *  `own`: expr is a value (possibly `copy` or `transfer`) that becomes the callee's. */
export interface HirArg {
  readonly mode: 'borrow' | 'borrowMut' | 'own';
  readonly expr: HirExpr;
}

export type HirCallee =
  /** A known function with complete flat arguments. */
  | { readonly kind: 'function'; readonly fn: FunctionId; readonly args: readonly Term[] }
  /** A trait member on a symbolic type: resolved at elaboration. `args`: own parameters only. */
  | {
      readonly kind: 'requirement';
      readonly trait: TraitRef;
      readonly member: FunctionRef;
      readonly self: Term;
      readonly args: readonly Term[];
    }
  /** A thin function pointer value. */
  | { readonly kind: 'pointer'; readonly value: HirExpr; readonly type: Term }
  /** A callable of a type that is a parameter bounded by a function type (`F: def(Int) -> Int`): `type` is that parameter (or
   *  the concrete closure struct / function item), `signature` the bound, `params` the arguments of the signature's own
   *  parameters. The callable itself is the first HirArg of the call (borrowed). */
  | { readonly kind: 'callable'; readonly type: Term; readonly signature: Term; readonly params: readonly Term[] };

interface ExprBase {
  readonly type: Term;
  readonly span: Span;
}

export type HirPlace =
  | (ExprBase & { readonly kind: 'local'; readonly local: HirLocalId })
  | (ExprBase & { readonly kind: 'global'; readonly global: GlobalId })
  | (ExprBase & { readonly kind: 'field'; readonly base: HirExpr; readonly index: number; readonly name: string })
  /** Element of a builtin `tuple` or `pack` by a compile-time index. Of a pack: the place that its reference designates. */
  | (ExprBase & { readonly kind: 'element'; readonly base: HirExpr; readonly index: Term })
  /** The place that a reference value (type `ref`) designates. */
  | (ExprBase & { readonly kind: 'deref'; readonly reference: HirExpr });

export type HirExpr =
  | HirPlace
  /** A compile-time value of a trivial type, a literal struct, or a function item / thin function. */
  | (ExprBase & { readonly kind: 'constant'; readonly term: Term })
  /** A compile-time value of any other type, rebuilt at run time. */
  | (ExprBase & { readonly kind: 'materialize'; readonly term: Term })
  /** An implicit copy (may become a move where the source is dead). */
  | (ExprBase & { readonly kind: 'copy'; readonly place: HirPlace })
  /** `place^`. */
  | (ExprBase & { readonly kind: 'transfer'; readonly place: HirPlace })
  /** Makes a reference value (type `ref`) to a place. */
  | (ExprBase & { readonly kind: 'refOf'; readonly place: HirPlace; readonly mutable: boolean })
  /** A raising callee makes this expression raise: the enclosing `try` or the function takes the error edge. Where errors there
   *  have another type, `passedOn` (absent: null) says how this one is converted. */
  | (ExprBase & {
      readonly kind: 'call';
      readonly callee: HirCallee;
      readonly args: readonly HirArg[];
      readonly raises: Term | null;
      readonly passedOn?: ErrorConversion | null;
      /** Reading a place that is computed (`__getitem__` beside `__setitem__`), or an implicit conversion: among the parts of one
       *  expression its own parts come in order, the call when all parts are there. */
      readonly late?: boolean;
    })
  /** An intrinsic of mir/intrinsics.ts. */
  | (ExprBase & {
      readonly kind: 'intrinsic';
      readonly name: string;
      readonly params: readonly Term[];
      readonly args: readonly HirArg[];
      readonly late?: boolean;
    })
  /** Builds a struct (capture struct, tuple) field by field from owned values. */
  | (ExprBase & { readonly kind: 'aggregate'; readonly fields: readonly HirExpr[] })
  /** The run-time form of variadic arguments: `type` is the builtin pack or variadic list. */
  | (ExprBase & { readonly kind: 'variadic'; readonly elements: readonly HirArg[] })
  /** `cond` is a Bool value; also `and`/`or`. One arm may be of type Never. */
  | (ExprBase & {
      readonly kind: 'conditional';
      readonly condition: HirExpr;
      readonly onTrue: HirExpr;
      readonly onFalse: HirExpr;
    })
  /** Statements, then a value (or place) that may use the locals they declare. */
  | (ExprBase & { readonly kind: 'block'; readonly statements: readonly HirStatement[]; readonly result: HirExpr })
  /** Equal layout, proved by elaboration (`rebind`): fails there if the types differ. */
  | (ExprBase & { readonly kind: 'rebind'; readonly value: HirExpr })
  /** Already reported. */
  | (ExprBase & { readonly kind: 'error' });

interface StatementBase {
  readonly span: Span;
}

/** How an error becomes one of another type: it is stored to `local`, from which `value` is computed. */
export interface ErrorConversion {
  readonly local: HirLocalId;
  readonly value: HirExpr;
}

export type HirStatement =
  /** Declares a local; `init` null: declared, not yet initialized. */
  | (StatementBase & { readonly kind: 'let'; readonly local: HirLocalId; readonly init: HirExpr | null })
  /** Stores into a place; an old value there is destroyed first (at its last use), if there is one. */
  | (StatementBase & { readonly kind: 'assign'; readonly place: HirPlace; readonly value: HirExpr })
  /** Evaluates; the result, if any, is destroyed. */
  | (StatementBase & { readonly kind: 'expr'; readonly expr: HirExpr })
  /** `_ = place`: counts as a use, nothing else. */
  | (StatementBase & { readonly kind: 'use'; readonly place: HirPlace })
  | (StatementBase & {
      readonly kind: 'if';
      readonly condition: HirExpr;
      readonly onTrue: readonly HirStatement[];
      readonly onFalse: readonly HirStatement[];
    })
  /** Endless; left by `break`. `continue` jumps to the start of `step` (then the body again). `unroll`/`vectorize` hints. */
  | (StatementBase & {
      readonly kind: 'loop';
      readonly label: LabelId;
      readonly body: readonly HirStatement[];
      readonly step: readonly HirStatement[];
      readonly unroll: number | null;
    })
  /** A labelled block: `break` jumps behind it (desugared `match`, `for … else`). */
  | (StatementBase & { readonly kind: 'block'; readonly label: LabelId | null; readonly body: readonly HirStatement[] })
  | (StatementBase & { readonly kind: 'break'; readonly label: LabelId })
  | (StatementBase & { readonly kind: 'continue'; readonly label: LabelId })
  /** `value` null: nothing to return, or the named result is complete. */
  | (StatementBase & { readonly kind: 'return'; readonly value: HirExpr | null })
  | (StatementBase & { readonly kind: 'raise'; readonly value: HirExpr })
  /** `errorLocal` receives the error on entry of `handler`; null handler: errors pass on after `final`. `orElse` runs when the body
   *  ended normally. `final` runs on every way out (also return, break, continue). */
  | (StatementBase & {
      readonly kind: 'try';
      readonly body: readonly HirStatement[];
      readonly errorType: Term | null;
      readonly errorLocal: HirLocalId | null;
      readonly handler: readonly HirStatement[] | null;
      readonly orElse: readonly HirStatement[];
      readonly final: readonly HirStatement[];
    })
  | (StatementBase & {
      readonly kind: 'comptimeIf';
      readonly condition: Term;
      readonly onTrue: readonly HirStatement[];
      readonly onFalse: readonly HirStatement[];
    })
  /** `iterable` evaluates to a list of values (a `list` term, or a call that elaboration runs to a `List`); each round binds `param`. */
  | (StatementBase & {
      readonly kind: 'comptimeFor';
      readonly label: LabelId;
      readonly param: ParamTerm;
      readonly iterable: Term;
      readonly body: readonly HirStatement[];
    })
  | (StatementBase & { readonly kind: 'comptimeAssert'; readonly condition: Term; readonly message: Term | null })
  /** Cannot be reached (after a call that never returns). */
  | (StatementBase & { readonly kind: 'unreachable' });

// ------------------------------------------------------------------------------------------------ the queries

/** A resolved trait member of a concrete or partly symbolic type. */
export interface Witness {
  readonly fn: FunctionId;
  /** Complete flat arguments of `fn` up to the member's own parameters, which follow. */
  readonly args: readonly Term[];
}

/** What later stages ask of sema. Answers are lazy and memoized: a declaration is resolved, a body checked, when asked. */
export interface Program {
  struct(id: StructId): HirStruct;
  function(id: FunctionId): HirFunction;
  /** The checked body of a `written`, `thunk` or `globals` function; null if it has errors (already reported). */
  body(id: FunctionId): HirBody | null;
  global(id: GlobalId): HirGlobal;
  globals(): readonly HirGlobal[];
  traitName(id: TraitId): string;
  /** The function that implements `member` of `trait` for `self` (a concrete type), or null when it does not conform. */
  witness(self: Term, trait: TraitRef, member: FunctionRef): Witness | null;
  /** Value of an associated member for a concrete `self`, or null. */
  associated(self: Term, trait: TraitRef, member: string, args: readonly Term[]): Term | null;
  /** Whether a type meets a bound (trait, composition, function type); null: cannot be decided for a symbolic type. */
  conforms(type: Term, bound: Term): boolean | null;
  /** Whether values of a type may be destroyed implicitly in the body of `fn`, whose `where` clauses count. */
  destructible(type: Term, fn: FunctionId): boolean;
  /** Structs by role; absent when the library lacks it. */
  builtin(role: BuiltinStruct): StructId | null;
  /** The method `__call__` of a closure struct or callable struct. */
  callMethod(type: Term): Witness | null;
  /** All functions of the user's files, to be checked whether reached or not. */
  userFunctions(): readonly FunctionId[];
  /** `main`, or null; with the globals' initializer, if any. */
  entry(): { readonly main: FunctionId | null; readonly globals: FunctionId | null };
  exports(): readonly FunctionId[];
  /** Functions of the library that the driver calls by name, e.g. the start-up wrapper. */
  libraryFunction(path: string): FunctionId | null;
}
