/** What names stand for, and the resolved signatures of declarations. Data shared by the halves of sema: `declare/` (modules,
 *  signatures, structs, traits, conformance), `check/` (expressions, calls, inference, statements). Declarations only.
 *  Entities are created when a module is loaded and resolve lazily: names → signatures → bodies, each at most once. */
import type { Span } from '../base/span.ts';
import type {
  Argument,
  ComptimeDecl,
  Expr,
  FieldDecl,
  FunctionDecl,
  LambdaExpr,
  Module,
  Stmt,
  StructDecl,
  TraitDecl,
} from '../syntax/ast.ts';
import type {
  Convention,
  FunctionId,
  FunctionRef,
  GlobalId,
  OriginRootId,
  ParamTerm,
  StructRef,
  Term,
  TraitRef,
} from '../terms/term.ts';
import type { BuiltinStruct, FunctionKind, HirLocal } from './hir.ts';

export type Edition = 'classic' | '1';

export interface ModuleEntity {
  readonly kind: 'module';
  /** Dotted, e.g. `std.memory.pointer`; the main file's is its base name. */
  readonly path: string;
  readonly tree: Module | null;
  readonly edition: Edition;
  /** Classic: a `def` may raise without saying so, and has its own copy of an argument that it assigns. */
  readonly looseDef: boolean;
  /** Whether names and members that only older programs use are visible: in classic files, and in those that mix spellings. */
  readonly seesClassicNames: boolean;
  readonly scope: Scope;
  /** One of the user's files: all bodies are checked. */
  readonly isUser: boolean;
  readonly isPackage: boolean;
}

/** A lexical scope. Overloaded functions share a name; other entities stand alone. */
export interface Scope {
  readonly parent: Scope | null;
  readonly module: ModuleEntity;
  readonly owner:
    | { readonly kind: 'module' }
    | { readonly kind: 'struct'; readonly struct: StructEntity }
    | { readonly kind: 'trait'; readonly trait: TraitEntity }
    | { readonly kind: 'function'; readonly fn: FunctionEntity }
    /** Header of a generic declaration: its parameters. */
    | { readonly kind: 'parameters' }
    | { readonly kind: 'block' };
  readonly names: Map<string, Entity[]>;
  /** Propositions assumed inside: `where` clauses, `comptime if` conditions, earlier `comptime assert`s (Bool terms). Grows in order. */
  readonly facts: Term[];
}

export type Entity =
  | ModuleEntity
  | StructEntity
  | TraitEntity
  | FunctionEntity
  | ComptimeEntity
  | ParamEntity
  | LocalEntity
  | GlobalEntity
  | CompilerFunctionEntity
  | ImportEntity;

/** A name bound by an import that is not resolved yet. `sema.lookup` never returns one: it resolves it. */
export interface ImportEntity {
  readonly kind: 'import';
  readonly name: string;
  readonly span: Span;
  readonly resolve: () => readonly Entity[];
}

export interface StructEntity {
  readonly kind: 'struct';
  readonly ref: StructRef;
  /** null for a struct that the compiler makes (closures). */
  readonly decl: StructDecl | null;
  readonly module: ModuleEntity;
  readonly span: Span;
  /** Scope inside the body: members by bare name are NOT in it (edition 1 writes `Self.T`); parameters are found through `headerScope`. */
  readonly scope: Scope;
  readonly headerScope: Scope;
  readonly builtin: BuiltinStruct | null;
  /** Direct members by name, extensions included. Fields are `FieldMember`s. */
  readonly members: Map<string, Member[]>;
}

export interface TraitEntity {
  readonly kind: 'trait';
  readonly ref: TraitRef;
  readonly decl: TraitDecl;
  readonly module: ModuleEntity;
  readonly span: Span;
  readonly scope: Scope;
  /** `Self` of the trait: a type parameter bounded by the trait. First flat parameter of every member. */
  readonly self: ParamTerm;
  readonly members: Map<string, Member[]>;
  /** Role of a trait that the compiler knows (`@__builtin("Copyable")`; the name is used as role), else null. */
  readonly builtin: string | null;
}

export type Member = FieldMember | FunctionEntity | ComptimeEntity;

export interface FieldMember {
  readonly kind: 'field';
  readonly index: number;
  readonly name: string;
  readonly decl: FieldDecl | null;
  readonly span: Span;
}

/** What the captures of a closure allow, besides moving and destroying it. */
export type ClosureRole = 'ImplicitlyCopyable' | 'RegisterPassable' | 'TrivialRegisterPassable';

export interface FunctionEntity {
  readonly kind: 'function';
  readonly ref: FunctionRef;
  readonly id: FunctionId;
  /** null for synthesized members and thunks. */
  readonly decl: FunctionDecl | LambdaExpr | null;
  readonly module: ModuleEntity;
  readonly span: Span;
  /** Scope of the declaration (struct, trait, module or enclosing block). */
  readonly scope: Scope;
  readonly parent: StructEntity | TraitEntity | null;
  /** The function it is nested in, for closures and thunks. */
  readonly enclosing: FunctionEntity | null;
  readonly functionKind: FunctionKind;
  readonly isStatic: boolean;
  /** A trait method with a body. */
  readonly isDefault: boolean;
}

/** `comptime X[params]: T = e` / `alias`, wherever it stands. */
export interface ComptimeEntity {
  readonly kind: 'comptime';
  readonly name: string;
  readonly decl: ComptimeDecl | null;
  readonly module: ModuleEntity;
  readonly span: Span;
  readonly scope: Scope;
  readonly parent: StructEntity | TraitEntity | null;
}

export interface ParamEntity {
  readonly kind: 'param';
  readonly name: string;
  readonly term: ParamTerm;
  readonly span: Span;
}

export interface LocalEntity {
  readonly kind: 'local';
  readonly name: string;
  readonly local: HirLocal;
  /** The function whose body declares it: a use from a nested function is a capture. */
  readonly fn: FunctionEntity;
  readonly mutability: 'mutable' | 'immutable' | 'bindOnce';
  readonly span: Span;
  /** Compile-time value of a local whose value is known to sema only (e.g. a pack's element type alias); usually null. */
  readonly constant: Term | null;
  /** Origin of the place where it is not simply the local's own: a `ref` argument seen from its header. Else null. */
  readonly place: Term | null;
}

export interface GlobalEntity {
  readonly kind: 'global';
  readonly id: GlobalId;
  readonly name: string;
  readonly path: string;
  readonly statement: Stmt;
  readonly module: ModuleEntity;
  readonly mutable: boolean;
  readonly origin: OriginRootId;
  readonly span: Span;
}

/** `type_of`, `origin_of`, `conforms_to`, `materialize`, `rebind`, `reflect`, … : checked by special rules in check/. */
export interface CompilerFunctionEntity {
  readonly kind: 'compilerFunction';
  readonly name: string;
}

// ------------------------------------------------------------------------------------------------ signatures

export interface ParamDecl {
  readonly term: ParamTerm;
  readonly name: string;
  readonly passing: 'inferOnly' | 'positionalOnly' | 'normal' | 'keywordOnly';
  readonly variadic: boolean;
  /** Evaluated in `defaultScope` with the bindings so far; null: required. */
  readonly defaultExpr: Expr | null;
  readonly defaultScope: Scope;
  /** Belongs to the enclosing struct, trait or function. */
  readonly inherited: boolean;
  /** Classic article form: an undeclared `T` beside a pack `*Ts` is the pack's common type; never given explicitly. Else null. */
  readonly commonTypeOf: ParamTerm | null;
  /** The annotation as written, for messages and fixes; null where the compiler added the parameter. */
  readonly typeExpr: Expr | null;
  readonly span: Span;
}

export interface ArgDecl {
  readonly name: string;
  readonly decl: Argument | null;
  readonly convention: Convention;
  /** Type of one value: for `*xs: T` the element type T; for `*xs: *Ts` the pack parameter term. */
  readonly type: Term;
  readonly variadic: 'none' | 'list' | 'pack' | 'keywords';
  readonly passing: 'positionalOnly' | 'normal' | 'keywordOnly';
  readonly defaultExpr: Expr | null;
  readonly defaultScope: Scope;
  /** How types of the signature name the place passed here. */
  readonly root: OriginRootId;
  /** Origin of a `ref [o]` argument; else `placeOrigin(root, name, [], mut)`. For `ref x` without origin `mut` is an added infer-only
   *  Bool parameter (`x_is_mut`): bind it to the mutability of the place that is passed. */
  readonly origin: Term;
  /** Classic `def`: the body may assign to its own copy. */
  readonly privateCopy: boolean;
  /** A classic closure parameter `[f: fn (Int) capturing -> None]` is a type parameter (of that name, bounded by the function type) and
   *  this hidden last argument of its type: the call passes the callable that was given in the brackets. Else null. */
  readonly closureOf: ParamTerm | null;
  readonly span: Span;
}

/** A `where` clause as a Bool term, with its source. */
export interface WhereClause {
  readonly term: Term;
  readonly text: string;
  /** What the declaration says about a violation; empty where it says nothing. */
  readonly message: string;
  readonly span: Span;
}

export interface Signature {
  readonly fn: FunctionEntity;
  /** Scope of the header: own parameters as `ParamEntity`s, arguments as `LocalEntity`s (for types that mention them; the body
   *  declares its own), facts: the `where` clauses. The scope of the body is its child. */
  readonly scope: Scope;
  /** Flat: inherited first. Includes parameters that auto-parameterization added (`x: SIMD`, `Some[Trait]`). */
  readonly params: readonly ParamDecl[];
  /** Without `out`. `self` is the first of an instance method. */
  readonly args: readonly ArgDecl[];
  /** Result value type, or a `ref` term. */
  readonly result: Term;
  readonly namedResult: { readonly name: string; readonly root: OriginRootId } | null;
  readonly raises: Term | null;
  readonly where: readonly WhereClause[];
  readonly isInit: boolean;
  /** `@implicit`, or the classic rule for one-argument constructors. */
  readonly implicitConversion: boolean;
  /** Had an error: calls through it stay silent. */
  readonly hasError: boolean;
}

/** A member found on a type, with what is needed to use it. */
export interface FoundMember {
  readonly member: Member;
  /** Where it was found. `trait`: through a bound of a symbolic type (a requirement or default). */
  readonly via:
    | { readonly kind: 'struct'; readonly struct: StructEntity; readonly args: readonly Term[] }
    | { readonly kind: 'trait'; readonly trait: TraitEntity; readonly self: Term };
}
