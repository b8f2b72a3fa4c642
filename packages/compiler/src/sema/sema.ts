/** The context that every function of sema takes: state of one compilation, and the operations of the two halves, late-bound here
 *  so that files do not import each other in circles. `session.ts` assembles it: `createDeclarations(…)` of declare/declarations.ts and
 *  `createChecking(sema: Sema): Checking` of check/checking.ts.
 *  Diagnostic codes: declare/ M2001…M2299, check/ M2300…M2999. */
import type { Span } from '../base/span.ts';
import type { Sink } from '../diagnostics/sink.ts';
import type { Expr, FromImportStmt, ImportStmt } from '../syntax/ast.ts';
import type { Reducer } from '../terms/substitute.ts';
import type { TermStore } from '../terms/store.ts';
import type { FunctionId, ParamTerm, StructId, Term, TraitId, TraitRef, Variadic } from '../terms/term.ts';
import type {
  ClosureRole,
  ComptimeEntity,
  Entity,
  FoundMember,
  FunctionEntity,
  GlobalEntity,
  ModuleEntity,
  Scope,
  Signature,
  StructEntity,
  TraitEntity,
  WhereClause,
} from './entities.ts';
import type {
  BuiltinStruct,
  CapturedOrigin,
  HirBody,
  HirExpr,
  HirField,
  HirFunction,
  HirStruct,
  Witness,
} from './hir.ts';

/** Names of the scalar and literal types that the checker needs at every turn. */
export interface WellKnown {
  readonly int: Term;
  readonly uint: Term;
  readonly bool: Term;
  readonly float64: Term;
  readonly string: Term;
  readonly none: Term;
  readonly never: Term;
  readonly error: Term;
  readonly dtype: Term;
  readonly simdLength: Term;
  readonly anyType: Term;
  simd(dtype: Term, width: Term): Term;
  intLiteral(value: Term): Term;
  floatLiteral(value: Term): Term;
  stringLiteral(value: Term): Term;
  tuple(elements: readonly Term[]): Term;
  /** What a function sees of an argument that is declared with `type`: of `*xs: T` a list, of `**kws: T` a dictionary. */
  seen(type: Term, variadic: Variadic): Term;
  /** What destroys the elements of a `var` variadic argument of this type. */
  variadicOwner(variadic: Term): Term | null;
  /** A builtin struct by role, or null when the library lacks it. */
  struct(role: BuiltinStruct): StructEntity | null;
  /** A trait of the prelude by name, e.g. `Copyable`; null when the library lacks it. */
  trait(name: string): TraitEntity | null;
}

// ---- implemented by declare/
export interface Declarations {
  /** The entities that a name means in a scope (overloads together), innermost first; null when unknown. Imports are resolved. */
  lookup(scope: Scope, name: string): readonly Entity[] | null;
  /** What `module.name` means: own and imported names of the module, and explicitly imported submodules; null when it has none. */
  moduleMember(module: ModuleEntity, name: string, user: ModuleEntity): readonly Entity[] | null;
  /** Binds the names of an import statement in the scope of a function body. */
  declareImports(statement: ImportStmt | FromImportStmt, scope: Scope): void;
  /** Flat list of all parameters visible in a scope, outermost first (struct, function, `comptime for` variables in enclosing
   *  blocks): the flat parameters of a thunk or nested function declared there. */
  paramsInScope(scope: Scope): Signature['params'];
  /** The library module that a name which is not visible could be imported from. */
  importableFrom(name: string): string | null;
  /** Names visible in a scope, for "did you mean". */
  visibleNames(scope: Scope): Iterable<string>;
  structEntity(id: StructId): StructEntity;
  traitEntity(id: TraitId): TraitEntity;
  functionEntity(id: FunctionId): FunctionEntity;
  /** Registers a compiler-made function or struct (thunk, closure) and returns its entity. */
  addFunction(
    parts: Omit<FunctionEntity, 'kind' | 'ref' | 'id'> & { readonly name: string },
    signature: Signature | null,
  ): FunctionEntity;
  addStruct(parts: {
    readonly name: string;
    readonly module: ModuleEntity;
    readonly span: Span;
    readonly scope: Scope;
    readonly fields: readonly HirField[];
    readonly params: Signature['params'];
    readonly closure: FunctionEntity | null;
    readonly captured: readonly CapturedOrigin[];
    readonly roles: readonly ClosureRole[];
  }): StructEntity;
  signature(fn: FunctionEntity): Signature;
  /** Its declaration conflicts with another one and was reported. */
  isConflicting(fn: FunctionEntity): boolean;
  structParams(struct: StructEntity): Signature['params'];
  /** The `where` clauses of a struct, over its parameters. */
  structWhere(struct: StructEntity): readonly WhereClause[];
  comptimeWhere(entity: ComptimeEntity): readonly WhereClause[];
  /** The struct applied to its own parameters. */
  structSelf(struct: StructEntity): Term;
  fields(struct: StructEntity): readonly HirField[];
  hirStruct(struct: StructEntity): HirStruct;
  hirFunction(fn: FunctionEntity): HirFunction;
  /** Replaces each open parameter of a type (`Span[Int, _]`) by a parameter of its own. */
  fillHoles(type: Term, scope: Scope, span: Span, add: (param: ParamTerm) => void): Term;
  /** Type of a global (checks its initializer if the declaration has no annotation). */
  globalType(global: GlobalEntity): Term;
  /** Value of a non-parametric comptime declaration as written in its own scope (mentions parent parameters). */
  comptimeValue(entity: ComptimeEntity): { readonly value: Term; readonly type: Term };
  comptimeParams(entity: ComptimeEntity): Signature['params'];
  /** Members called `name` of a type: of a struct its own, then defaults of its traits; of a symbolic type those of its bounds and
   *  of facts in scope (`conforms_to(T, Tr)`). Overloads are returned together. */
  members(type: Term, name: string, scope: Scope): readonly FoundMember[];
  memberNames(type: Term, scope: Scope): Iterable<string>;
  /** Does `type` meet `bound` (trait, composition, function type), given the facts of `scope`? null: unknown. */
  conforms(type: Term, bound: Term, scope: Scope | null): boolean | null;
  /** Whether a type may have more traits and members than can be seen, since what says so was reported. */
  isPartlyUnknown(type: Term): boolean;
  /** Is a Bool proposition known: true / false by folding, true by the facts in scope, null: not known. */
  decide(proposition: Term, scope: Scope | null): boolean | null;
  witness(self: Term, trait: TraitRef, memberFn: FunctionEntity): Witness | null;
  /** The `__next__` of a library iterator that tests for the end, for programs that call it themselves. */
  checkedNext(struct: StructEntity): FunctionEntity | null;
  associated(self: Term, trait: TraitRef, member: string, args: readonly Term[]): Term | null;
  /** All traits of a type's conformance list or bounds, ancestors included. */
  traitsOf(type: Term, scope: Scope | null): readonly TraitEntity[];
  isCopyable(type: Term, scope: Scope): boolean;
  isImplicitlyCopyable(type: Term, scope: Scope): boolean;
  isMovable(type: Term, scope: Scope): boolean;
  isDestructible(type: Term, scope: Scope): boolean;
  /** Reduces projections, conformance tests, pack operations and foldable operations as far as sema may (runs no user code). */
  readonly reduce: Reducer;
}

// ---- implemented by check/
export interface Checking {
  /** A type expression to a type term; reports, and returns the error term, when it is none. Open parameters stay `unbound` when
   *  `allowUnbound`, else they take defaults or are reported. */
  evaluateType(expr: Expr, scope: Scope, options: { readonly allowUnbound: boolean }): Term;
  /** A trait or composition `A & B`, or a constraint function type. */
  evaluateBound(expr: Expr, scope: Scope): Term;
  /** The annotation of a parameter or associated member: a type, or a bound (trait, composition, function type without `thin`), returned
   *  as it is. The caller tells them apart by `isBound` (declare/bounds.ts). */
  evaluateAnnotation(expr: Expr, scope: Scope, options: { readonly allowUnbound: boolean }): Term;
  /** What stands in `ref[a, b]` or `origin_of(a, b)`: origins, or places, which mean their origin; several unite. Names of arguments
   *  are found in `Signature.scope` as locals. */
  evaluateOrigin(exprs: readonly Expr[], scope: Scope): Term;
  /** A compile-time expression converted to `expected` (null: its own type, literals materialized only when asked for). Foldable
   *  parts fold; everything else becomes an opaque `call` (of a thunk where needed). */
  evaluateParameter(expr: Expr, scope: Scope, expected: Term | null): { readonly value: Term; readonly type: Term };
  /** The same without a report: null where the expression does not convert. */
  tryParameter(expr: Expr, scope: Scope, expected: Term): { readonly value: Term; readonly type: Term } | null;
  /** The condition of a `where` clause, whose truth counts whatever its type is. */
  evaluateClause(expr: Expr, scope: Scope): Term;
  /** The type that the initializer of a file-scope variable has at run time: literals take their default type. */
  initializerType(expr: Expr, scope: Scope): Term;
  /** A value as an owned one of another type by an implicit conversion; null where there is none. */
  convertImplicitly(value: HirExpr, target: Term, scope: Scope): HirExpr | null;
  /** Checks the body of a written function, thunk or globals initializer; null when it has errors. */
  checkBody(fn: FunctionEntity): HirBody | null;
  /** What a requirement without a body can be wrong in. */
  checkRequirement(fn: FunctionEntity): void;
}

export interface Sema extends Declarations, Checking {
  readonly store: TermStore;
  readonly sink: Sink;
  readonly known: WellKnown;
  readonly options: SemaOptions;
}

export interface SemaOptions {
  /** `--edition`, or null: decided by evidence. */
  readonly edition: 'classic' | '1' | null;
  readonly isWasm: boolean;
}
