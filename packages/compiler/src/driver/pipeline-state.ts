/** What a compilation is asked for and what its passes hand on. */
import type { SourceFile, Span } from '../base/span.ts';
import type { DiagnosticSink } from '../diagnostics/sink.ts';
import type { ElaborationResult, Elaborator } from '../elaborate/elaborate.ts';
import type { ModuleInterface } from '../interop/interface.ts';
import type { Analysis } from '../sema/session.ts';
import type { Module } from '../syntax/ast.ts';
import type { TermStore } from '../terms/store.ts';
import type { Host } from './host.ts';
import type { Lowering } from './lowering.ts';
import type { CompilationOptions, Edition, TextStage } from './options.ts';
import type { RecoveringSink } from './recovered-analysis.ts';
import type { SourceSet } from './sources.ts';

export interface CompileRequest {
  /** The file as the host finds it. */
  readonly path: string;
  /** The file as the user named it: what diagnostics show. */
  readonly displayPath: string;
  readonly options: CompilationOptions;
  /** Print the output of this stage and stop; null: go on to LLVM IR. */
  readonly stopAt: TextStage | null;
  /** `check`: stop before code is generated. */
  readonly checkOnly: boolean;
}

/** Writes the code over a module for one kind of caller: `writeBridge`, `writePythonModule`. `name` is what imports call the module. */
export type BridgeWriter = (
  exports: ModuleInterface,
  name: string,
) => { readonly text: string; readonly symbols: readonly string[] };

/** What a module exports to other languages, and the code over it that is compiled with it. */
export interface Bridge {
  readonly exports: ModuleInterface;
  readonly text: string;
  /** Symbols that the linked module has to keep. */
  readonly symbols: readonly string[];
}

/** What the passes hand on. Each field is written by the pass named after it and read by later ones. */
export interface PipelineState {
  readonly request: CompileRequest;
  readonly options: CompilationOptions;
  readonly host: Host;
  readonly sink: DiagnosticSink;
  readonly sources: SourceSet;
  readonly root: SourceFile;
  /** Null: the file is compiled as it is. Otherwise the code that this writes over it is the program. */
  readonly writeBridge: BridgeWriter | null;
  /** What is being compiled right now, for internal errors: passes set it as they go from function to function. */
  position: Span | null;
  module: Module | null;
  /** Of the main file. */
  edition: Edition | null;
  readonly store: TermStore;
  analysis: Analysis | null;
  /** What the analysis withheld about parts that the program does not use. */
  reports: RecoveringSink | null;
  bridge: Bridge | null;
  lowering: Lowering | null;
  elaborated: (ElaborationResult & { readonly elaborator: Elaborator }) | null;
  llvm: string | null;
}

export interface Pass {
  readonly name: string;
  /** The `--emit` stage whose output this pass completes. */
  readonly stage: TextStage | null;
  /** Still wanted by `check`. */
  readonly checks: boolean;
  run(state: PipelineState): void;
  print(state: PipelineState): string;
}
