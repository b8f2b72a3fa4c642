/** From a file to an artefact: front end, backend, linker, with the cache before the backend.
 *  In: a session and what is wanted.  Out: bytes, or a linked file. Shared by `run` and `build`. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type {
  Backend,
  BackendFailure,
  CompiledArtefact,
  CompileOptions,
  EmitKind,
  LinkOptions,
} from '@kiln/compiler/backend/backend.ts';
import { compileOptions } from '@kiln/compiler/backend/backend.ts';
import type { CompilationOptions, TextStage } from '@kiln/compiler/driver/options.ts';
import type { CompileOutcome, PassTiming } from '@kiln/compiler/driver/pipeline.ts';
import { renderText } from '@kiln/render/text.ts';
import { compileAnyDepth } from './deep-programs.ts';
import { type BackendPlan, failureOf, startBackend, undefinedSymbol } from './backends.ts';
import { keyOf } from './cache.ts';
import { CommandFailure, EXIT_DIAGNOSTICS, EXIT_INTERNAL } from './exit-status.ts';
import { explainRefusal } from './refused-intrinsic.ts';
import { vectorizeReport } from './vectorize-report.ts';
import { optionsOf, report, type Session, stderrWantsColor, targetOf } from './session.ts';

/** One command's compilation. `close` ends the backend's thread or process. */
export interface Production {
  readonly session: Session;
  readonly file: string;
  readonly plan: BackendPlan;
  readonly options: CompilationOptions;
  readonly backend: Backend | null;
  readonly outcome: CompileOutcome;
  readonly timings: PassTiming[];
}

export interface ProductionRequest {
  readonly file: string;
  readonly plan: BackendPlan;
  /** A stage the front end prints: no backend is started. */
  readonly stopAt: TextStage | null;
  readonly requireMain: boolean;
}

/** Runs the front end, with the backend warming up beside it, and reports its diagnostics. */
export function startProduction(session: Session, request: ProductionRequest): Production {
  const { plan, file } = request;
  const backend = request.stopAt === null ? startBackend(plan.kind) : null;
  const options = optionsOf(session.line, targetOf(session.line, plan.kind), request.requireMain);
  const outcome = compileAnyDepth(
    {
      path: file,
      displayPath: file,
      options,
      stopAt: request.stopAt,
      checkOnly: false,
    },
    session.host,
  );
  report(outcome, file, session);
  return { session, file, plan, options, backend, outcome, timings: [...outcome.timings] };
}

/** The IR of a program without errors. */
function irOf(production: Production): string {
  const ir = production.outcome.llvm;
  if (ir === null) throw new CommandFailure(EXIT_INTERNAL, 'internal error: code generation is not supported yet');
  return ir;
}

/** The key of what `link` makes of this program: the IR stands for all inputs that reached it. */
export function artefactKey(production: Production, link: 'executable' | 'shared'): string {
  const { session, options, plan } = production;
  const parts = [session.installation.buildId, plan.kind, options.target.fingerprint, link];
  return keyOf([...parts, String(options.optLevel), options.fpMode, irOf(production)]);
}

function backendOf(production: Production): Backend {
  if (production.backend === null) throw new CommandFailure(EXIT_INTERNAL, 'internal error: no backend was started');
  return production.backend;
}

/** Object, assembly or optimized IR. */
export async function compileIr(production: Production, emit: EmitKind): Promise<Uint8Array> {
  const { bytes } = await compileWith(production, { emit, inPieces: false });
  return bytes;
}

type Wanted = Pick<CompileOptions, 'emit' | 'inPieces'>;

async function compileWith(production: Production, wanted: Wanted): Promise<CompiledArtefact> {
  const { options, file, timings } = production;
  const started = performance.now();
  const result = await backendOf(production).compile(irOf(production), {
    ...compileOptions(options.target, options.optLevel, file),
    fpMode: options.fpMode,
    ...wanted,
    remarks: production.session.line.values.get('report') === 'vectorize',
  });
  if (!result.ok) throw refusalOf(production, result.failure) ?? failureOf(result.failure);
  const steps = Object.entries(result.timings).map(([name, milliseconds]) => ({ name: `llvm ${name}`, milliseconds }));
  const working = steps.reduce((sum, step) => sum + step.milliseconds, 0);
  // LLVM loads while the front end works; what is left of that is waited for here.
  timings.push({ name: 'llvm load', milliseconds: Math.max(0, performance.now() - started - working) }, ...steps);
  if (production.session.line.values.get('report') === 'vectorize')
    process.stderr.write(vectorizeReport(result.remarks, isUsersFile(production), production.session.verbose));
  return result;
}

/** Reports a call that LLVM refuses. */
function refusalOf(production: Production, failure: BackendFailure): CommandFailure | null {
  const { sources } = production.outcome;
  const diagnostic = explainRefusal(irOf(production), failure, sources.all());
  if (diagnostic === null) return null;
  const rendering = { color: stderrWantsColor(), width: 120, fallbackPath: production.file };
  process.stderr.write(renderText([diagnostic], sources, rendering));
  return new CommandFailure(EXIT_DIAGNOSTICS, '');
}

/** Debug locations name files without their folders. */
function isUsersFile(production: Production): (name: string) => boolean {
  const library = production.session.installation.stdRoot;
  const own = production.outcome.inputs.filter((input) => !input.path.startsWith(library));
  const names = new Set(own.map((input) => path.basename(input.path)));
  return (name) => names.has(path.basename(name));
}

/** Links to `outputPath`; false after a diagnostic. */
export async function linkTo(production: Production, kind: LinkOptions['kind'], outputPath: string): Promise<boolean> {
  const { bytes, furtherObjects } = await compileWith(production, { emit: 'obj', inPieces: true });
  const result = await backendOf(production).link([bytes, ...furtherObjects], {
    kind,
    exports: [],
    libraries: [],
    librarySearchPaths: [],
    outputPath,
    stripDebug: false,
  });
  if (!result.ok) {
    fs.rmSync(outputPath, { force: true });
    if (result.failure.kind !== 'undefined-symbols') throw failureOf(result.failure);
    const { sources } = production.outcome;
    const diagnostic = undefinedSymbol({ symbols: result.failure.symbols, message: result.failure.message });
    const rendering = { color: stderrWantsColor(), width: 120, fallbackPath: production.file };
    process.stderr.write(renderText([diagnostic], sources, rendering));
    return false;
  }
  for (const [name, milliseconds] of Object.entries(result.timings))
    production.timings.push({ name: `link ${name}`, milliseconds });
  return true;
}
