/** The pipeline of the front end: the passes of `passes.ts`, run in order until one reports an error, the requested
 *  stage is reached, or the list ends with LLVM IR. Also the third executor, which stops at concrete MIR and interprets it.
 *  In: a `CompileRequest` and a `Host`.  Out: a `CompileOutcome`; backends take it from there.
 *  Invariant: never throws. A broken assumption becomes an `InternalFailure` that names the pass. */
import { InternalError } from '../base/invariant.ts';
import type { Diagnostic, Edit, Fix } from '../diagnostics/diagnostic.ts';
import { DiagnosticSink } from '../diagnostics/sink.ts';
import { type RunIo, runProgram } from '../elaborate/interpreter/evaluator.ts';
import { TermStore } from '../terms/store.ts';
import { type Host, type RecordedInput, RecordingHost } from './host.ts';
import type { CompilationOptions, Edition } from './options.ts';
import { PASSES } from './passes.ts';
import type { BridgeWriter, CompileRequest, PipelineState } from './pipeline-state.ts';
import { SourceSet } from './sources.ts';

export type { CompileRequest } from './pipeline-state.ts';

/** A bug in the compiler, as data. */
export interface InternalFailure {
  readonly pass: string;
  readonly message: string;
  /** `path:line:col` of what was being compiled, as far as known. */
  readonly position: string;
  readonly stack: string;
  /** The pass ran out of stack. */
  readonly isTooDeep: boolean;
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

/** How an interpreted program ended. */
export interface InterpretedResult {
  /** null: it was not started, because of errors. */
  readonly status: number | null;
  readonly outcome: CompileOutcome;
}

/** The third executor: compiles to concrete MIR and runs it in this process. */
export function interpretProgram(request: CompileRequest, host: Host, io: RunIo): InterpretedResult {
  // The interpreter checks its heap itself; the library's checked allocator stays out.
  const options = { ...request.options, checkHeap: false };
  const { outcome, state } = runPasses({ ...request, options, checkOnly: true }, host);
  if (outcome.errorCount > 0 || outcome.internalFailure !== null || state === null || state.elaborated === null)
    return { status: null, outcome };
  const { elaborator } = state.elaborated;
  return { status: runProgram(elaborator, elaborator.entry, io, request.options.checkHeap), outcome };
}

export function compile(request: CompileRequest, host: Host): CompileOutcome {
  return runPasses(request, host).outcome;
}

export function runPasses(
  request: CompileRequest,
  host: Host,
  writeBridge: BridgeWriter | null = null,
): { readonly outcome: CompileOutcome; readonly state: PipelineState | null } {
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
  if (root === null) return { outcome: outcome(recording.describe(request.path)), state: null };
  if (sink.errorCount > 0) return { outcome: outcome(null), state: null };
  const state: PipelineState = {
    request,
    options: request.options,
    host: recording,
    sink,
    sources,
    root,
    writeBridge,
    position: null,
    module: null,
    edition: null,
    store: new TermStore(),
    analysis: null,
    reports: null,
    bridge: null,
    lowering: null,
    elaborated: null,
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
    if (printed !== null || internalFailure !== null) break;
    // Declarations without syntax errors are analyzed all the same; nothing later is.
    if (sink.errorCount > 0 && !(pass.name === 'parse' && request.stopAt !== 'ast')) break;
  }
  llvm = state.llvm;
  edition = state.edition;
  return { outcome: outcome(null), state };
}

/** Dialect notes are dropped or become errors as the options say. */
function finishDiagnostics(diagnostics: readonly Diagnostic[], options: CompilationOptions): Diagnostic[] {
  const finished: Diagnostic[] = [];
  for (const diagnostic of joinDialectNotes(diagnostics)) {
    if (!isDialectCode(diagnostic.code)) finished.push(diagnostic);
    else if (options.denyClassic) finished.push({ ...diagnostic, severity: 'error' });
    else if (options.dialectNotes) finished.push(diagnostic);
  }
  return finished;
}

/** One note per construct, whichever stages found its uses: the first one, with everybody's edits. */
function joinDialectNotes(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const joined: Diagnostic[] = [];
  const places = new Map<string, number>();
  for (const diagnostic of diagnostics) {
    const place = places.get(diagnostic.code);
    const known = place === undefined ? undefined : joined[place];
    if (!isDialectCode(diagnostic.code)) joined.push(diagnostic);
    else if (place === undefined || known === undefined) places.set(diagnostic.code, joined.push(diagnostic) - 1);
    else joined[place] = { ...known, fixes: joinFixes(known.fixes, diagnostic.fixes) };
  }
  return joined;
}

function joinFixes(left: readonly Fix[], right: readonly Fix[]): readonly Fix[] {
  const [first] = left.length === 0 ? right : left;
  if (first === undefined) return [];
  const edits = new Map<string, Edit>();
  for (const edit of [...left, ...right].flatMap((fix) => fix.edits)) {
    edits.set(`${edit.span.file}:${edit.span.start}:${edit.span.end}:${edit.text}`, edit);
  }
  const sorted = [...edits.values()].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  return [{ ...first, edits: sorted }];
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
    isTooDeep: overflow,
  };
}

function placeOf(state: PipelineState): string {
  if (state.position === null) return `${state.root.path}:1:1`;
  const { line, column } = state.sources.position(state.position.file, state.position.start);
  return `${state.sources.get(state.position.file).path}:${line}:${column}`;
}
