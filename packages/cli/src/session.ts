/** What every command shares: the installation, the host, options as the compiler wants them, and reporting.
 *  In: a `CommandLine`.  Out: `CompilationOptions`, rendered diagnostics on the right stream. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { knownCpus } from '@kiln/backend-native/cpu-names.ts';
import { hostTarget } from '@kiln/backend-native/host-target.ts';
import type { FpMode, OptLevel, TargetInfo } from '@kiln/compiler/backend/backend.ts';
import { nearest } from '@kiln/compiler/base/nearest.ts';
import { wasmTarget } from '@kiln/compiler/backend/target-info.ts';
import type { Host } from '@kiln/compiler/driver/host.ts';
import {
  type CompilationOptions,
  type Edition,
  EMIT_STAGES,
  type EmitStage,
  FP_MODES,
  type ComptimeLimits,
} from '@kiln/compiler/driver/options.ts';
import type { CompileOutcome, PassTiming } from '@kiln/compiler/driver/pipeline.ts';
import { wantsColor } from '@kiln/render/color.ts';
import { renderText } from '@kiln/render/text.ts';
import type { CommandLine } from './command-line.ts';
import { CommandFailure, EXIT_DIAGNOSTICS, EXIT_INTERNAL, EXIT_USAGE, say } from './exit-status.ts';
import type { Installation } from './installation.ts';
import { createNodeHost, reasonOf } from './node-host.ts';

export interface Session {
  readonly line: CommandLine;
  readonly installation: Installation;
  readonly host: Host;
  readonly verbose: boolean;
  /** Called once while the process has nothing else to do: the launcher writes its code cache then. */
  readonly onIdle: () => void;
}

export function createSession(line: CommandLine, installation: Installation, onIdle: () => void): Session {
  return {
    line,
    installation,
    host: createNodeHost(installation.stdRoot),
    verbose: line.values.has('verbose'),
    onIdle,
  };
}

/** The one file of `run` and `build`. */
export function theFile(line: CommandLine): string {
  const [file, second] = line.files;
  if (file === undefined)
    throw new CommandFailure(EXIT_USAGE, `'kiln ${line.command}' needs a file, e.g. kiln ${line.command} hello.mojo`);
  if (second !== undefined) {
    throw new CommandFailure(EXIT_USAGE, `'kiln ${line.command}' takes one file; '${second}' is one too many`);
  }
  checkFile(file);
  return file;
}

/** Mistakes in naming a file are mistakes in the command, not in a program. */
export function checkFile(file: string): void {
  try {
    const stat = fs.statSync(file);
    if (stat.isDirectory()) throw new CommandFailure(EXIT_USAGE, `'${file}' is a folder; name a .mojo file`);
    if (!stat.isFile()) throw new CommandFailure(EXIT_USAGE, `'${file}' is not a regular file`);
    fs.closeSync(fs.openSync(file, 'r'));
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    const similar = similarFile(file);
    const hint = similar === null ? '' : `; did you mean '${similar}'?`;
    throw new CommandFailure(EXIT_USAGE, `cannot read '${file}': ${reasonOf(error)}${hint}`);
  }
}

function similarFile(file: string): string | null {
  for (const ending of ['.mojo', '.🔥'])
    if (!file.endsWith(ending) && fs.existsSync(`${file}${ending}`)) return `${file}${ending}`;
  return null;
}

export function emitStage(line: CommandLine): EmitStage | null {
  const value = line.values.get('emit');
  return EMIT_STAGES.find((stage) => stage === value) ?? null;
}

export function targetOf(line: CommandLine, kind: 'native' | 'wasm'): TargetInfo {
  // A module that is kept may run on any host of WASI, which has no threads. Kiln's own host has them.
  if (kind === 'wasm') return wasmTarget({ threads: line.command !== 'build' });
  const cpu = line.values.get('target-cpu') ?? 'native';
  const known = knownCpus();
  if (known !== null && !known.includes(cpu)) {
    const near = nearest(cpu, known);
    const hint = near === null ? `e.g. ${known.slice(0, 6).join(', ')}` : `did you mean '${near}'?`;
    throw new CommandFailure(EXIT_USAGE, `'${cpu}' is no CPU that '--target-cpu' knows; ${hint}`);
  }
  return hostTarget(cpu, line.values.get('target-features') ?? '');
}

export function optionsOf(line: CommandLine, target: TargetInfo, requireMain: boolean): CompilationOptions {
  const defines = new Map<string, string>();
  for (const definition of line.lists.get('define') ?? []) {
    const equals = definition.indexOf('=');
    if (equals < 0) defines.set(definition, '');
    else defines.set(definition.slice(0, equals), definition.slice(equals + 1));
  }
  const includes = line.lists.get('include') ?? [];
  for (const folder of includes) {
    if (fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
      throw new CommandFailure(EXIT_USAGE, `'-I ${folder}': there is no such folder`);
    }
  }
  return {
    target,
    optLevel: optLevel(line),
    fpMode: fpMode(line),
    edition: edition(line),
    importPaths: includes.map((folder) => path.resolve(folder).replaceAll('\\', '/')),
    defines,
    dialectNotes: !line.values.has('no-dialect-notes'),
    denyClassic: line.values.get('deny') === 'classic',
    limits: limits(line),
    explainCopies: line.values.has('explain-copies'),
    debugInfo: line.values.has('debug'),
    requireMain,
    checkHeap: line.values.has('check-heap'),
  };
}

const MEBIBYTE = 1 << 20;

function limits(line: CommandLine): ComptimeLimits {
  const given = (name: string, unit = 1): number | null => {
    const text = line.values.get(name);
    return text === undefined ? null : Number(text) * unit;
  };
  return {
    steps: given('max-steps'),
    memoryBytes: given('max-memory', MEBIBYTE),
    callDepth: given('max-call-depth'),
    depth: given('max-depth'),
    instances: given('max-instances'),
  };
}

function optLevel(line: CommandLine): OptLevel {
  switch (line.values.get('optimize')) {
    case '0':
      return 0;
    case '1':
      return 1;
    case '2':
      return 2;
    default:
      return 3;
  }
}

function fpMode(line: CommandLine): FpMode {
  return FP_MODES.find((mode) => mode === line.values.get('fp-mode')) ?? 'default';
}

function edition(line: CommandLine): Edition | null {
  const value = line.values.get('edition');
  return value === 'classic' || value === '1' ? value : null;
}

/** The diagnostics as text, for a terminal or for a file. */
export function renderOutcome(outcome: CompileOutcome, displayPath: string, color: boolean): string {
  const columns = process.stderr.columns;
  return renderText(outcome.diagnostics, outcome.sources, {
    color,
    width: Math.min(Math.max(columns === undefined ? 120 : columns, 40), 160),
    fallbackPath: displayPath,
  });
}

export function stderrWantsColor(): boolean {
  return wantsColor(process.stderr.isTTY, process.env);
}

/** Reports what the front end found on standard error and stops the command if it found a bug in itself. */
export function report(outcome: CompileOutcome, displayPath: string, session: Session): void {
  if (outcome.unreadable !== null)
    throw new CommandFailure(EXIT_USAGE, `cannot read '${displayPath}': ${outcome.unreadable}`);
  if (session.line.values.get('diagnostic-format') !== 'json') {
    process.stderr.write(renderOutcome(outcome, displayPath, stderrWantsColor()));
  }
  checkInternal(outcome, session.verbose);
}

export function checkInternal(outcome: CompileOutcome, verbose: boolean): void {
  const failure = outcome.internalFailure;
  if (failure === null) return;
  if (verbose) process.stderr.write(`${failure.stack}\n`);
  if (failure.isTooDeep)
    throw new CommandFailure(
      EXIT_DIAGNOSTICS,
      `${failure.position}: something in here nests deeper than Kiln can follow (in pass '${failure.pass}'): make several statements of it`,
    );
  throw new CommandFailure(
    EXIT_INTERNAL,
    `internal error in pass '${failure.pass}' while compiling ${failure.position}: ${failure.message} (a bug in Kiln, not in the program${verbose ? '' : '; -v shows where'})`,
  );
}

/** `--time-report`: a table on standard error. */
export function reportTimes(session: Session, timings: readonly PassTiming[]): void {
  if (!session.line.values.has('time-report')) return;
  const all: PassTiming[] = [{ name: 'start', milliseconds: startupMilliseconds() }, ...timings];
  const width = Math.max(...all.map((entry) => entry.name.length), 5);
  for (const entry of all)
    process.stderr.write(`${entry.name.padEnd(width)} ${entry.milliseconds.toFixed(1).padStart(8)} ms\n`);
  const total = all.reduce((sum, entry) => sum + entry.milliseconds, 0);
  process.stderr.write(`${'total'.padEnd(width)} ${total.toFixed(1).padStart(8)} ms\n`);
}

let startup = 0;

/** Process start to the first command code: Node itself and loading the compiler. */
export function markStartup(): void {
  startup = performance.now();
}

function startupMilliseconds(): number {
  return startup;
}

export function explain(session: Session, message: string): void {
  if (session.verbose) say(message);
}
