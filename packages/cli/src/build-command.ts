/** `kiln build`: one artefact of any stage. Text goes to standard output unless `-o` names a file; binaries are named
 *  after the source. Nothing is written when there are errors. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { type EmitStage, isTextStage } from '@kiln/compiler/driver/options.ts';
import { planBackend } from './backends.ts';
import { CommandFailure, EXIT_DIAGNOSTICS, EXIT_ENVIRONMENT, EXIT_INTERNAL, EXIT_USAGE } from './exit-status.ts';
import { reasonOf } from './node-host.ts';
import { asideOf, checkOutputPath, putInPlace, writeOutput } from './output.ts';
import { buildCHeader } from './module/c-command.ts';
import { buildJavaScript } from './module/javascript-command.ts';
import { stemOf } from './module/module-command.ts';
import { buildPythonModule } from './module/python-command.ts';
import { compileIr, linkTo, type Production, startProduction } from './produce.ts';
import { emitStage, explain, reportTimes, type Session, theFile } from './session.ts';

export async function buildCommand(session: Session): Promise<number> {
  const { line } = session;
  if (line.values.get('diagnostic-format') === 'json') {
    throw new CommandFailure(EXIT_USAGE, "--diagnostic-format json belongs to 'kiln check'");
  }
  const file = theFile(line);
  const emit = line.values.get('emit');
  if (emit === 'js') return buildJavaScript(session, file);
  if (emit === 'c-header') return buildCHeader(session, file);
  if (emit === 'python-module') return buildPythonModule(session, file);
  const asked = emitStage(line);
  const plan = planBackend(line.values.get('backend'), asked);
  const stage = asked ?? (plan.kind === 'wasm' ? 'wasm' : 'exe');
  const output = line.values.get('output') ?? defaultOutput(file, stage, plan.kind);
  checkOutputPath(output);
  if (line.values.has('report') && (isTextStage(stage) || plan.kind === 'wasm'))
    throw new CommandFailure(
      EXIT_USAGE,
      '--report vectorize needs native code generation: an exe, obj, asm or llvm-opt',
    );
  if (output !== '-' && sameFile(output, file))
    throw new CommandFailure(EXIT_USAGE, `'-o ${output}' would overwrite the source`);
  if (!isTextStage(stage)) explain(session, plan.reason);
  const production = startProduction(session, {
    file,
    plan,
    stopAt: isTextStage(stage) ? stage : null,
    requireMain: stage === 'exe' || stage === 'wasm',
  });
  try {
    if (production.outcome.errorCount > 0) return EXIT_DIAGNOSTICS;
    const written = await writeStage(production, stage, output);
    reportTimes(session, production.timings);
    if (written && output !== '-') explain(session, `wrote ${output}`);
    return written ? 0 : EXIT_DIAGNOSTICS;
  } finally {
    await production.backend?.close();
  }
}

async function writeStage(production: Production, stage: EmitStage, output: string): Promise<boolean> {
  switch (stage) {
    case 'tokens':
    case 'ast':
    case 'hir':
    case 'mir':
    case 'mir-concrete':
    case 'llvm': {
      const { printed } = production.outcome;
      if (printed === null) throw new CommandFailure(EXIT_INTERNAL, `--emit ${stage} is not supported yet`);
      writeOutput(output, printed);
      return true;
    }
    case 'llvm-opt':
    case 'asm':
    case 'obj':
      writeOutput(output, await compileIr(production, stage));
      return true;
    case 'exe':
    case 'wasm':
      return linkOutput(production, 'executable', output);
    case 'lib':
      return linkOutput(production, 'shared', output);
  }
}

async function linkOutput(production: Production, kind: 'executable' | 'shared', output: string): Promise<boolean> {
  const aside = output === '-' ? path.join(os.tmpdir(), `.kiln-${process.pid}`) : asideOf(output);
  try {
    if (!(await linkTo(production, kind, aside))) return false;
    if (output === '-') writeOutput('-', fs.readFileSync(aside));
    else putInPlace(aside, output);
    return true;
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    throw new CommandFailure(EXIT_ENVIRONMENT, `cannot write '${output}': ${reasonOf(error)}`);
  } finally {
    fs.rmSync(aside, { force: true });
  }
}

function defaultOutput(file: string, stage: EmitStage, kind: 'native' | 'wasm'): string {
  const stem = stemOf(file) || 'program';
  switch (stage) {
    case 'exe':
      return process.platform === 'win32' ? `${stem}.exe` : stem === path.basename(file) ? `${stem}.out` : stem;
    case 'wasm':
      return `${stem}.wasm`;
    case 'obj':
      return `${stem}.o`;
    case 'lib':
      return kind === 'wasm' ? `${stem}.wasm` : `lib${stem}.so`;
    default:
      return '-';
  }
}

function sameFile(a: string, b: string): boolean {
  const left = fs.statSync(a, { throwIfNoEntry: false });
  const right = fs.statSync(b, { throwIfNoEntry: false });
  return left !== undefined && right !== undefined && left.dev === right.dev && left.ino === right.ino;
}
