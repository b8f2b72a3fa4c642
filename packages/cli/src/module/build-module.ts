/** A Mojo module for callers in other languages, built and kept in the cache.
 *  In: a file and how to build it.  Out: the machine code's path in the cache, what the module exports, and what that depends on.
 *  Errors in the module are a `ModuleErrors` with the rendered diagnostics. */
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { hostTarget } from '@kiln/backend-native/host-target.ts';
import { type Backend, compileOptions, type FpMode, type OptLevel } from '@kiln/compiler/backend/backend.ts';
import { wasmTarget } from '@kiln/compiler/backend/target-info.ts';
import { type BridgeWriter, compileModule, describeExports } from '@kiln/compiler/driver/module-bridge.ts';
import { type CompilationOptions, defaultOptions } from '@kiln/compiler/driver/options.ts';
import type { CompileOutcome } from '@kiln/compiler/driver/pipeline.ts';
import { writeBridge } from '@kiln/compiler/interop/bridge-source.ts';
import type { ModuleInterface } from '@kiln/compiler/interop/interface.ts';
import { renderText } from '@kiln/render/text.ts';
import { type BackendPlan, failureOf, planBackend, startBackend } from '../backends.ts';
import { type ArtefactKind, Cache, type KeptArtefact, keyOf } from '../cache.ts';
import { CommandFailure, EXIT_ENVIRONMENT, EXIT_INTERNAL } from '../exit-status.ts';
import { findInstallation } from '../installation.ts';
import { createNodeHost } from '../node-host.ts';

export interface ModuleOptions {
  readonly backend: 'auto' | 'native' | 'wasm';
  readonly optLevel: OptLevel;
  readonly fpMode: FpMode;
  readonly cpu: string;
  readonly importPaths: readonly string[];
  readonly defines: ReadonlyMap<string, string>;
}

export const DEFAULT_MODULE_OPTIONS: ModuleOptions = {
  backend: 'auto',
  optLevel: 3,
  fpMode: 'default',
  cpu: 'native',
  importPaths: [],
  defines: new Map(),
};

export interface BuiltModule {
  readonly kind: ArtefactKind;
  /** The WebAssembly module or shared library. */
  readonly artefact: string;
  readonly exports: ModuleInterface;
  /** Files that it was made from: for watchers. */
  readonly dependencies: readonly string[];
  /** Warnings and notes, rendered. */
  readonly messages: string;
}

/** The module has errors: `message` is the rendered report. */
export class ModuleErrors extends Error {
  readonly report: string;

  constructor(file: string, report: string) {
    super(`${file} has errors:\n${report.trimEnd()}`);
    this.name = 'ModuleErrors';
    this.report = report.trimEnd();
  }
}

/** What the module exports, without building it. */
export function readInterface(file: string, options: ModuleOptions): { exports: ModuleInterface; messages: string } {
  const { outcome, exports } = describeExports(
    requestFor(file, 'wasm', options),
    createNodeHost(findInstallation().stdRoot),
  );
  const messages = checkOutcome(outcome, file);
  if (exports === null) throw new CommandFailure(EXIT_INTERNAL, `internal error: ${file} was not described`);
  return { exports, messages };
}

/** `write` makes the code over the module, and `kind` names it in the cache. */
export async function buildModule(
  file: string,
  options: ModuleOptions,
  write: BridgeWriter = writeBridge,
  kind = 'module',
): Promise<BuiltModule> {
  const plan = planBackend(options.backend === 'auto' ? undefined : options.backend, 'lib');
  const { buildId, stdRoot } = findInstallation();
  const request = requestFor(file, plan.kind, options);
  const cache = new Cache(process.env);
  const requestKey = keyOf([buildId, kind, process.cwd(), file, plan.kind, JSON.stringify(request.options, plainMap)]);
  const known = buildId === 'sources' ? null : knownModule(cache, requestKey);
  if (known !== null) return known;
  const backend = startBackend(plan.kind);
  try {
    const { outcome, exports, symbols } = compileModule(request, createNodeHost(stdRoot), write);
    const messages = checkOutcome(outcome, file);
    if (exports === null || outcome.llvm === null)
      throw new CommandFailure(EXIT_INTERNAL, `internal error: no code was generated for ${file}`);
    const build = { plan, backend, symbols, ir: outcome.llvm, options: request.options, file };
    const artefact = await makeArtefact(build, cache, buildId);
    if (artefact.kept !== null)
      cache.keepRequest(requestKey, {
        inputs: outcome.inputs.map((input): readonly [string, string | null] => [input.path, input.hash]),
        kind: plan.kind,
        artefact: artefact.key,
        checksum: artefact.kept.checksum,
        messages,
        coloredMessages: '',
        reason: plan.reason,
        exports: JSON.stringify(exports),
      });
    const dependencies = outcome.inputs.filter((input) => input.hash !== null).map((input) => input.path);
    return { kind: plan.kind, artefact: artefact.path, exports, dependencies, messages };
  } finally {
    await backend.close();
  }
}

function plainMap(_key: string, value: unknown): unknown {
  return value instanceof Map ? [...value] : value;
}

/** The answer of an earlier build whose inputs have not changed. */
function knownModule(cache: Cache, key: string): BuiltModule | null {
  const found = cache.lookUpRequest(key);
  if (found === null || found.entry.exports === null) return null;
  const { entry, artefact } = found;
  // The checksum of the entry says that this code wrote it.
  const exports: ModuleInterface = JSON.parse(entry.exports ?? '');
  const dependencies = entry.inputs.filter(([, hash]) => hash !== null).map(([input]) => input);
  return { kind: artefact.kind, artefact: artefact.path, exports, dependencies, messages: entry.messages };
}

function requestFor(file: string, kind: ArtefactKind, options: ModuleOptions): Parameters<typeof compileModule>[0] {
  const target = kind === 'wasm' ? wasmTarget() : hostTarget(options.cpu, '');
  return {
    path: file.replaceAll('\\', '/'),
    displayPath: path.relative(process.cwd(), file) || file,
    options: {
      ...defaultOptions(target),
      optLevel: options.optLevel,
      fpMode: options.fpMode,
      importPaths: options.importPaths,
      defines: options.defines,
      requireMain: false,
    },
    stopAt: null,
    checkOnly: false,
  };
}

/** Rendered notes and warnings; throws on errors. */
function checkOutcome(outcome: CompileOutcome, file: string): string {
  if (outcome.unreadable !== null)
    throw new CommandFailure(EXIT_ENVIRONMENT, `cannot read ${file}: ${outcome.unreadable}`);
  const failure = outcome.internalFailure;
  if (failure !== null)
    throw new CommandFailure(
      EXIT_INTERNAL,
      `internal error in pass '${failure.pass}' while compiling ${failure.position}: ${failure.message}`,
    );
  const text = renderText(outcome.diagnostics, outcome.sources, { color: false, width: 120, fallbackPath: file });
  if (outcome.errorCount > 0) throw new ModuleErrors(file, text);
  return text;
}

interface ModuleBuild {
  readonly plan: BackendPlan;
  readonly backend: Backend;
  readonly symbols: readonly string[];
  readonly ir: string;
  readonly options: CompilationOptions;
  readonly file: string;
}

interface ModuleArtefact {
  readonly path: string;
  readonly key: string;
  /** Null where there is no cache. */
  readonly kept: KeptArtefact | null;
}

/** Compiles and links into the cache, or into a temporary folder where there is none. */
async function makeArtefact(build: ModuleBuild, cache: Cache, buildId: string): Promise<ModuleArtefact> {
  const { plan, options, ir } = build;
  const key = keyOf([
    buildId,
    plan.kind,
    options.target.fingerprint,
    'module',
    String(options.optLevel),
    options.fpMode,
    ir,
  ]);
  const usable = cache.prepare();
  const known = usable ? cache.lookUpArtefact(key, plan.kind) : null;
  if (known !== null) return { path: known.path, key, kept: known };
  const temporary = usable
    ? cache.temporaryPath()
    : path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'kiln-')), plan.kind === 'wasm' ? 'module.wasm' : 'module.so');
  await linkModule(build, temporary);
  if (!usable) return { path: temporary, key, kept: null };
  const kept = cache.keepArtefact(temporary, key, plan.kind);
  if (kept === null) throw new CommandFailure(EXIT_ENVIRONMENT, `cannot write to the cache folder ${cache.folder}`);
  return { path: kept.path, key, kept };
}

async function linkModule(build: ModuleBuild, output: string): Promise<void> {
  const { backend, options, ir, file, symbols } = build;
  const object = await backend.compile(ir, {
    ...compileOptions(options.target, options.optLevel, file),
    fpMode: options.fpMode,
  });
  if (!object.ok) throw failureOf(object.failure);
  const linked = await backend.link([object.bytes], {
    kind: 'shared',
    exports: [...symbols, '__stack_pointer'],
    libraries: [],
    librarySearchPaths: [],
    outputPath: output,
    stripDebug: true,
  });
  if (!linked.ok) throw failureOf(linked.failure);
}
