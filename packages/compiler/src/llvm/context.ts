/** What the writers of one function need of the module: layouts, conventions, and tables of declarations, constants and
 *  helpers that are emitted once at the end. Declarations only; module.ts implements it. */
import type { Span } from '../base/span.ts';
import type { FpMode, TargetInfo } from '../backend/backend.ts';
import type { ConcreteProgram, InstanceId } from '../mir/mir.ts';
import type { FunctionTypeTerm, GlobalId, MemoryImage, Term } from '../terms/term.ts';
import type { Abi, AbiRules } from './abi.ts';
import type { AliasClass, AliasClasses } from './alias-classes.ts';
import type { LoopHint } from './loop-hints.ts';
import type { EmitOptions, Layouts } from './types.ts';

/** Bytes with addresses inside, to become a constant global. */
export interface ConstantImage {
  readonly bytes: Uint8Array;
  readonly align: number;
  /** `symbol`: an LLVM global reference (`@…`). */
  readonly relocations: readonly { readonly offset: number; readonly symbol: string; readonly addend: number }[];
}

export interface ModuleContext {
  readonly program: ConcreteProgram;
  readonly layouts: Layouts;
  readonly target: TargetInfo;
  readonly options: EmitOptions;
  readonly rules: AbiRules;
  /** Pointers in memory take 8 bytes but an address has 4 (wasm32). */
  readonly wide: boolean;
  /** Half precision converts in hardware; else by integer arithmetic. */
  readonly hasHalfConversion: boolean;

  /** The places that errors come from and pass through are recorded. */
  readonly showsErrorStacks: boolean;

  abiOf(instance: InstanceId): Abi;
  /** Reference to an instance's symbol, compiled for callers of a mode; a placeholder until merging is decided. */
  instanceReference(instance: InstanceId, fpMode: FpMode): string;
  /** Address of a function term, as a value of the thin type `expected` (a thunk where the conventions differ). */
  functionAddress(func: Term, expected: FunctionTypeTerm | null): string;
  globalReference(global: GlobalId): string;
  globalType(global: GlobalId): Term;
  /** A data symbol that the linker defines. */
  globalSymbol(symbol: string): string;
  readonly aliases: AliasClasses;

  /** Metadata of an access of that class, or empty text. */
  /** For the branch at the end of a loop's round. */
  loopHint(hint: LoopHint | null): string;
  aliasTag(alias: AliasClass | null): string;
  /** Branch-weight metadata, or empty text: the true edge is rarely taken. */
  unlikely(): string;
  /** Address of static UTF-8 bytes with a NUL behind them. */
  stringConstant(text: string): string;
  constant(image: ConstantImage): string;
  /** Address of a constant allocation graph: static allocations of a compile-time value. */
  imageConstant(image: MemoryImage, index: number): string;
  /** Declares an LLVM intrinsic or helper-library function of our own choice of types. */
  declareIntrinsic(result: string, name: string, params: readonly string[]): void;
  /** Declares a C function; the first use decides the type. Returns the callee's reference. */
  declareForeign(symbol: string, result: string, params: readonly string[], variadicAfter: number | null): string;
  /** A helper function written in IR, defined once. `make` returns the whole definition. */
  helper(name: string, make: () => string): string;
  /** Allocates like the program does: `size` bytes, for rebuilt compile-time values. Takes an `i64`, returns
   *  an address or its integer. */
  allocator(): { readonly reference: string; readonly result: string };
  /** The constant that tells a callee where it is called: see abi.ts. */
  locationDescriptor(span: Span | null): string;
}
