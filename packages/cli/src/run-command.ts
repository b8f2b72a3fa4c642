/** `kiln run`: compiles into the cache, starts the program, and leaves behind what the launcher needs to skip all that
 *  next time. Where the cache cannot be written the program still runs, from a folder that is removed afterwards. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { isTextStage } from '@kiln/compiler/driver/options.ts';
import { planBackend } from './backends.ts';
import { buildCommand } from './build-command.ts';
import { type Artefact, Cache, type InputList } from './cache.ts';
import { CommandFailure, EXIT_DIAGNOSTICS, EXIT_ENVIRONMENT } from './exit-status.ts';
import { scriptFlags, scriptPath } from './installation.ts';
import { interpretCommand } from './interpret-command.ts';
import { artefactKey, linkTo, type Production, startProduction } from './produce.ts';
import { runProgram } from './run-program.ts';
import { runRequestKey } from './run-request.ts';
import { emitStage, explain, renderOutcome, reportTimes, type Session, theFile } from './session.ts';

export async function runCommand(session: Session): Promise<number> {
  const { line } = session;
  const stage = emitStage(line);
  // With a stage to stop at there is nothing to run: the stage's output is what was asked for.
  if (stage !== null && (isTextStage(stage) || stage === 'llvm-opt' || stage === 'asm')) return buildCommand(session);
  if (stage !== null || line.values.has('output')) {
    throw new CommandFailure(2, "'kiln run' writes no files; use kiln build");
  }
  if (line.values.get('backend') === 'interp') return interpretCommand(session);
  const file = theFile(line);
  const plan = planBackend(line.values.get('backend'), null);
  explain(session, plan.reason);
  const production = startProduction(session, { file, plan, stopAt: null, requireMain: true });
  if (production.outcome.errorCount > 0) return EXIT_DIAGNOSTICS;
  const cache = new Cache(process.env);
  const useCache = !line.values.has('no-cache') && cache.prepare();
  if (!useCache && !line.values.has('no-cache'))
    explain(session, `the cache folder ${cache.folder} cannot be written; not used`);
  const temporaryFolder = useCache ? null : makeTemporaryFolder();
  try {
    const artefact =
      temporaryFolder === null
        ? await cachedArtefact(production, cache)
        : await temporaryArtefact(production, temporaryFolder);
    reportTimes(session, production.timings);
    if (artefact === null) return EXIT_DIAGNOSTICS;
    explain(session, `running ${artefact.path}`);
    const running = runProgram({
      artefact,
      programName: file,
      programArguments: line.programArguments,
      wasmScript: scriptPath('run-process'),
      wasmFlags: scriptFlags(),
    });
    const closing = production.backend?.close();
    session.onIdle();
    const status = await running;
    await closing;
    return status;
  } finally {
    if (temporaryFolder !== null) fs.rmSync(temporaryFolder, { recursive: true, force: true });
  }
}

function makeTemporaryFolder(): string {
  try {
    return fs.mkdtempSync(path.join(os.tmpdir(), 'kiln-'));
  } catch {
    throw new CommandFailure(
      EXIT_ENVIRONMENT,
      `neither the cache folder nor ${os.tmpdir()} can be written; set KILN_CACHE_DIR`,
    );
  }
}

async function temporaryArtefact(production: Production, folder: string): Promise<Artefact | null> {
  const { kind } = production.plan;
  const file = path.join(folder, kind === 'wasm' ? 'program.wasm' : 'program');
  return (await linkTo(production, 'executable', file)) ? { kind, path: file } : null;
}

async function cachedArtefact(production: Production, cache: Cache): Promise<Artefact | null> {
  const { session, plan } = production;
  const key = artefactKey(production, 'executable');
  const known = cache.lookUpArtefact(key, plan.kind);
  if (known !== null) {
    explain(session, 'an equal program is in the cache');
    keepRequest(production, cache, key, known.checksum);
    return known;
  }
  const temporary = cache.temporaryPath();
  if (!(await linkTo(production, 'executable', temporary))) return null;
  const kept = cache.keepArtefact(temporary, key, plan.kind);
  if (kept === null)
    throw new CommandFailure(EXIT_ENVIRONMENT, `cannot write to the cache folder ${cache.folder}; try --no-cache`);
  keepRequest(production, cache, key, kept.checksum);
  return kept;
}

function keepRequest(production: Production, cache: Cache, artefact: string, checksum: string): void {
  const { session, outcome, file, plan } = production;
  const key = runRequestKey(session.line, session.installation.buildFolder);
  if (key === null || session.installation.buildId === 'sources') return;
  cache.keepRequest(key, {
    inputs: inputsOf(production),
    kind: plan.kind,
    artefact,
    checksum,
    messages: renderOutcome(outcome, file, false),
    coloredMessages: renderOutcome(outcome, file, true),
    reason: plan.reason,
    exports: null,
  });
}

function inputsOf(production: Production): InputList {
  return production.outcome.inputs.map((input): readonly [string, string | null] => [input.path, input.hash]);
}
