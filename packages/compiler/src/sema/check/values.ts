/** What a checked expression can be, and candidates of a call. Declarations only. */
import type { Span } from '../../base/span.ts';
import type { CallArg, Expr } from '../../syntax/ast.ts';
import type { Term, TraitRef } from '../../terms/term.ts';
import type { ComptimeEntity, FunctionEntity, ModuleEntity } from '../entities.ts';
import type { HirExpr } from '../hir.ts';

/** A place or a run-time or compile-time value. Compile-time values are `constant` and `materialize` nodes. */
export interface ValueResult {
  readonly kind: 'value';
  readonly expr: HirExpr;
}

/** A type. `bare`: named without `[…]`, so parameters that have defaults may still be filled in. */
export interface TypeResult {
  readonly kind: 'type';
  readonly term: Term;
  readonly bare: boolean;
  /** `Name[…]` without a parameter that has no default: a call or a static member may still infer it. */
  readonly lacks?: { readonly struct: string; readonly param: string } | undefined;
}

/** A trait, composition or constraint function type. */
export interface BoundResult {
  readonly kind: 'bound';
  readonly term: Term;
}

/** A variadic parameter or a list of types or values. */
export interface PackResult {
  readonly kind: 'pack';
  readonly term: Term;
}

/** A function that a call may mean. */
export interface Candidate {
  readonly fn: FunctionEntity;
  /** Values of the inherited flat parameters; `unbound` ones are inferred. */
  readonly inherited: readonly Term[];
  /** Set when the member is reached through a bound of the symbolic type `self`. */
  readonly requirement: { readonly trait: TraitRef; readonly self: Term } | null;
}

export interface FunctionsResult {
  readonly kind: 'functions';
  readonly name: string;
  readonly candidates: readonly Candidate[];
  /** The value whose method this is. */
  readonly receiver: HirExpr | null;
  /** Explicit parameters, not bound yet. */
  readonly params: readonly CallArg[] | null;
}

/** A parametric `comptime` declaration without its parameters. */
export interface AliasResult {
  readonly kind: 'alias';
  readonly entity: ComptimeEntity;
  /** Values of the inherited parameters. */
  readonly inherited: readonly Term[];
}

export interface ModuleResult {
  readonly kind: 'module';
  readonly module: ModuleEntity;
}

/** The member of an origin that names memory which the value there owns. */
export const OWNED_INTERIOR = '_get_owned_interior';

export interface CompilerFunctionResult {
  readonly kind: 'compilerFunction';
  readonly name: string;
  /** The type that a member of `Reflected[T]` asks about, or the origin whose member it is; else null. */
  readonly subject: Term | null;
  readonly params: readonly CallArg[] | null;
}

/** A hole `_` or `...` in a parameter list. */
export interface HoleResult {
  readonly kind: 'hole';
}

/** Already reported. */
export interface ErrorResult {
  readonly kind: 'error';
}

export type Checked =
  | ValueResult
  | TypeResult
  | BoundResult
  | PackResult
  | FunctionsResult
  | AliasResult
  | ModuleResult
  | CompilerFunctionResult
  | HoleResult
  | ErrorResult;

/** One argument of a call. */
export interface CallArgument {
  readonly name: string | null;
  readonly span: Span;
  readonly star: 'none' | 'positional' | 'keyword';
  /** The source, for arguments whose meaning depends on the formal's type; else null. */
  readonly contextual: Expr | null;
  /** Checked without context; null for contextual ones. */
  readonly checked: Checked | null;
}

/** A way to turn a value into another type. */
export interface Conversion {
  /** Number of implicit conversions that count in ranking. */
  readonly rank: number;
  readonly type: Term;
  build(): HirExpr;
}

export const ERROR_RESULT: ErrorResult = { kind: 'error' };

export function valueResult(expr: HirExpr): ValueResult {
  return { kind: 'value', expr };
}
