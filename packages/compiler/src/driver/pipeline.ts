/** The pipeline of the front end: one readable list of passes, run in order until one reports an error, the requested
 *  stage is reached, or the list ends with LLVM IR.
 *  In: a `CompileRequest` and a `Host`.  Out: a `CompileOutcome`; backends take it from there.
 *  Invariant: never throws. A broken assumption becomes an `InternalFailure` that names the pass. */
import { InternalError, present } from '../base/invariant.ts';
import type { SourceFile, Span } from '../base/span.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { DiagnosticSink, type Sink } from '../diagnostics/sink.ts';
import type { Module } from '../syntax/ast.ts';
import { dialectNotes } from '../syntax/dialect-notes.ts';
import { decideEdition } from '../syntax/edition.ts';
import { mixedEditions } from '../syntax/errors.ts';
import { tokenize } from '../syntax/lexer.ts';
import { parseModule } from '../syntax/parser.ts';
import { type Host, type RecordedInput, RecordingHost } from './host.ts';
import type { CompilationOptions, Edition, TextStage } from './options.ts';
import { findPackageEdition } from './package-edition.ts';
import { printTokens, printTree } from './print-syntax.ts';
import { SourceSet } from './sources.ts';

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

/** A bug in the compiler, as data. */
export interface InternalFailure {
  readonly pass: string;
  readonly message: string;
  /** `path:line:col` of what was being compiled, as far as known. */
  readonly position: string;
  readonly stack: string;
}

export interface PassTiming {
  readonly name: string;
  readonly milliseconds: number;
}

export interface CompileOutcome {
  /** Sorted for the user. */
  readonly diagnostics: readonly Diagnostic[];
  readonly errorCount: number;
  readonly sources: SourceSet;
  /** What the result depends on: for cache keys and watchers. */
  readonly inputs: readonly RecordedInput[];
  /** The printed form of `stopAt`, or null if that stage was not reached. */
  readonly printed: string | null;
  /** Of the main file; null if it could not be parsed. */
  readonly edition: Edition | null;
  /** LLVM IR, if the list was run to its end. */
  readonly llvm: string | null;
  /** Why the file could not be read at all; nothing else happened then. */
  readonly unreadable: string | null;
  readonly internalFailure: InternalFailure | null;
  readonly timings: readonly PassTiming[];
}

/** What the passes hand on. Each field is written by the pass named after it and read by later ones. */
export interface PipelineState {
  readonly request: CompileRequest;
  readonly options: CompilationOptions;
  readonly host: Host;
  readonly sink: Sink & { readonly errorCount: number };
  readonly sources: SourceSet;
  readonly root: SourceFile;
  /** What is being compiled right now, for internal errors: passes set it as they go from function to function. */
  position: Span | null;
  module: Module | null;
  /** Of the main file. */
  edition: Edition | null;
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

/** Every pass, in order. The names serve `--time-report`, dumping and internal errors. */
export const PASSES: readonly Pass[] = [
  {
    name: 'tokenize',
    stage: 'tokens',
    checks: false,
    // The parser reads tokens as it goes; a list of its own is made only to be looked at.
    run: () => {},
    print: (state) => printTokens(tokenize(state.root, state.sink), state.root),
  },
  {
    name: 'parse',
    stage: 'ast',
    checks: true,
    run: (state) => {
      const module = parseModule(state.root, state.sink);
      state.module = module;
      const packageEdition = findPackageEdition(state.host, state.host.directoryOf(state.request.path));
      state.edition = decideEdition(module, { text: state.root.text, given: state.options.edition, packageEdition });
      // Beside syntax errors the notes would only distract.
      if (state.sink.errorCount > 0) return;
      for (const note of dialectNotes(module)) {
        // That a file mixes spellings matters where that decided its edition.
        if (note.code !== mixedEditions.code || state.edition === '1') state.sink.report(note);
      }
    },
    print: (state) => printTree(present(state.module, 'syntax tree'), state.root),
  },
];

export function compile(request: CompileRequest, host: Host): CompileOutcome {
  const recording = new RecordingHost(host);
  const sources = new SourceSet(recording);
  const sink = new DiagnosticSink();
  const timings: PassTiming[] = [];
  let printed: string | null = null;
  let llvm: string | null = null;
  let edition: Edition | null = null;
  let internalFailure: InternalFailure | null = null;
  const outcome = (unreadable: string | null): CompileOutcome => {
    const diagnostics = finishDiagnostics(sink.sorted(), request.options);
    return {
      diagnostics,
      errorCount: diagnostics.filter((entry) => entry.severity === 'error').length,
      sources,
      inputs: recording.inputs(),
      printed,
      edition,
      llvm,
      unreadable,
      internalFailure,
      timings,
    };
  };
  const root = sources.load(request.path, request.displayPath, sink);
  if (root === null) return outcome(recording.describe(request.path));
  if (sink.errorCount > 0) return outcome(null);
  const state: PipelineState = {
    request,
    options: request.options,
    host: recording,
    sink,
    sources,
    root,
    position: null,
    module: null,
    edition: null,
    llvm: null,
  };
  for (const pass of PASSES) {
    if (request.checkOnly && !pass.checks) continue;
    const started = recording.now();
    try {
      pass.run(state);
      if (pass.stage !== null && pass.stage === request.stopAt) printed = pass.print(state);
    } catch (error) {
      internalFailure = describeFailure(pass.name, error, state);
    }
    timings.push({ name: pass.name, milliseconds: recording.now() - started });
    if (printed !== null || internalFailure !== null || sink.errorCount > 0) break;
  }
  llvm = state.llvm;
  edition = state.edition;
  return outcome(null);
}

/** Dialect notes are dropped or become errors as the options say. */
function finishDiagnostics(diagnostics: readonly Diagnostic[], options: CompilationOptions): Diagnostic[] {
  const finished: Diagnostic[] = [];
  for (const diagnostic of diagnostics) {
    if (!isDialectCode(diagnostic.code)) finished.push(diagnostic);
    else if (options.denyClassic) finished.push({ ...diagnostic, severity: 'error' });
    else if (options.dialectNotes) finished.push(diagnostic);
  }
  return finished;
}

/** The codes M1800 to M1899 are about older spellings and mixed editions. */
export function isDialectCode(code: string): boolean {
  return code.startsWith('M18');
}

function describeFailure(pass: string, error: unknown, state: PipelineState): InternalFailure {
  const thrown = error instanceof Error ? error : new InternalError(String(error));
  const overflow = thrown instanceof RangeError && thrown.message.includes('call stack');
  return {
    pass,
    message: overflow ? 'the program nests deeper than this pass can follow' : thrown.message,
    position: placeOf(state),
    stack: thrown.stack ?? '',
  };
}

function placeOf(state: PipelineState): string {
  if (state.position === null) return `${state.root.path}:1:1`;
  const { line, column } = state.sources.position(state.position.file, state.position.start);
  return `${state.sources.get(state.position.file).path}:${line}:${column}`;
}
