/** What a compilation can be asked for. Plain data; the command line, the language server and bundler plugins fill it in. */
import type { FpMode, OptLevel, TargetInfo } from '../backend/backend.ts';

export const EMIT_STAGES = [
  'tokens',
  'ast',
  'hir',
  'mir',
  'mir-concrete',
  'llvm',
  'llvm-opt',
  'asm',
  'obj',
  'wasm',
  'exe',
  'lib',
] as const;

/** A stage whose output can be asked for. From 'llvm-opt' on a backend makes it. */
export type EmitStage = (typeof EMIT_STAGES)[number];

/** The stages that the front end itself prints, as text. */
export type TextStage = Extract<EmitStage, 'tokens' | 'ast' | 'hir' | 'mir' | 'mir-concrete' | 'llvm'>;

export function isTextStage(stage: EmitStage): stage is TextStage {
  return EMIT_STAGES.indexOf(stage) <= EMIT_STAGES.indexOf('llvm');
}

export const BACKENDS = ['auto', 'native', 'wasm', 'interp'] as const;
export type BackendChoice = (typeof BACKENDS)[number];

export const FP_MODES: readonly FpMode[] = ['strict', 'default', 'fast'];

export const EDITIONS = ['classic', '1'] as const;
export type Edition = (typeof EDITIONS)[number];

/** Limits of compile-time work; null: the default of elaboration. */
export interface ComptimeLimits {
  /** Steps of one evaluation. */
  readonly steps: number | null;
  /** Bytes that the interpreter may use. */
  readonly memoryBytes: number | null;
  /** Calls inside one another in the interpreter. */
  readonly callDepth: number | null;
  /** Instances that ask for one another. */
  readonly depth: number | null;
  readonly instances: number | null;
}

export const NO_LIMITS_GIVEN: ComptimeLimits = {
  steps: null,
  memoryBytes: null,
  callDepth: null,
  depth: null,
  instances: null,
};

export interface CompilationOptions {
  /** Elaboration is per target; the interpreter takes the layout of the native one. */
  readonly target: TargetInfo;
  readonly optLevel: OptLevel;
  readonly fpMode: FpMode;
  /** The edition of files that do not state theirs; null: decided from evidence in each file. */
  readonly edition: Edition | null;
  /** `-I`: folders searched for imports, after the importing file's own and before the library. */
  readonly importPaths: readonly string[];
  /** `-D NAME=VALUE`; a bare `-D NAME` has the value ''. */
  readonly defines: ReadonlyMap<string, string>;
  /** Notes on classic spellings. */
  readonly dialectNotes: boolean;
  /** `--deny=classic`: those notes are errors. */
  readonly denyClassic: boolean;
  readonly limits: ComptimeLimits;
  /** `--explain-copies`: a note on each implicit copy. */
  readonly explainCopies: boolean;
  /** Variables in the debug information, besides line tables. */
  readonly debugInfo: boolean;
  /** An executable needs `main`; a library or a check does not. */
  readonly requireMain: boolean;
  /** `--check-heap`: the program counts and watches its allocations and reports at its end. */
  readonly checkHeap: boolean;
}

/** By this definition the library takes its checked allocator. */
const CHECK_HEAP = 'KILN_CHECK_HEAP';

/** All definitions that compile-time code sees. */
export function definesOf(options: CompilationOptions): ReadonlyMap<string, string> {
  return options.checkHeap ? new Map([...options.defines, [CHECK_HEAP, '']]) : options.defines;
}

export function defaultOptions(target: TargetInfo): CompilationOptions {
  return {
    target,
    optLevel: 3,
    fpMode: 'default',
    edition: null,
    importPaths: [],
    defines: new Map(),
    dialectNotes: true,
    denyClassic: false,
    limits: NO_LIMITS_GIVEN,
    explainCopies: false,
    debugInfo: false,
    requireMain: true,
    checkHeap: false,
  };
}
