/** Compiles a module for callers in other languages: the module itself, and a bridge in Mojo over what it exports.
 *  In: a request for the module.  Out: what it exports, and LLVM IR of both with C functions as entries.
 *  The bridge stands beside the module as a file that exists only here. */
import { describeModule } from '../interop/describe-module.ts';
import type { ModuleInterface } from '../interop/interface.ts';
import type { Host } from './host.ts';
import { type CompileOutcome, compile, type CompileRequest, runPasses } from './pipeline.ts';

export interface ModuleCompilation {
  /** Of the last step that ran: its diagnostics are all there are. */
  readonly outcome: CompileOutcome;
  /** Null after errors. */
  readonly exports: ModuleInterface | null;
  /** Symbols that the linked module has to keep. */
  readonly symbols: readonly string[];
  /** The bridge, for those who want to read it. */
  readonly bridge: string;
}

/** What a module exports; nothing is generated. */
export function describeExports(request: CompileRequest, host: Host): Pick<ModuleCompilation, 'outcome' | 'exports'> {
  const options = { ...request.options, requireMain: false };
  const { outcome, state } = runPasses({ ...request, options, stopAt: null, checkOnly: true }, host);
  const analysis = state?.analysis ?? null;
  const failed = outcome.errorCount > 0 || outcome.internalFailure !== null || outcome.unreadable !== null;
  return { outcome, exports: failed || analysis === null ? null : describeModule(analysis.sema, analysis.main) };
}

/** Writes the code over a module for one kind of caller: `writeBridge`, `writePythonModule`. `name` is what imports call the module. */
export type BridgeWriter = (
  exports: ModuleInterface,
  name: string,
) => { readonly text: string; readonly symbols: readonly string[] };

export function compileModule(request: CompileRequest, host: Host, write: BridgeWriter): ModuleCompilation {
  const { outcome, exports } = describeExports(request, host);
  if (exports === null) return { outcome, exports, symbols: [], bridge: '' };
  const fileName = request.path.slice(request.path.lastIndexOf('/') + 1);
  const stem = fileName.replace(/\.(mojo|🔥)$/u, '');
  const { text, symbols } = write(exports, stem);
  const folder = host.directoryOf(request.path);
  const path = host.join(folder, `${stem}.bridge.mojo`);
  const options = { ...request.options, requireMain: false, edition: null };
  const displayPath = `${request.displayPath} (bridge)`;
  const result = compile({ path, displayPath, options, stopAt: null, checkOnly: false }, withFile(host, path, text));
  // Notes on the module's own spellings were made by the first step.
  const diagnostics = [...outcome.diagnostics, ...result.diagnostics.filter((entry) => entry.severity === 'error')];
  const inputs = [...outcome.inputs, ...result.inputs.filter((input) => input.path !== path)];
  return { outcome: { ...result, diagnostics, inputs }, exports, symbols, bridge: text };
}

/** A host with one more file. */
function withFile(host: Host, path: string, text: string): Host {
  const bytes = new TextEncoder().encode(text);
  return {
    stdRoot: host.stdRoot,
    readFile: (file) => (file === path ? bytes : host.readFile(file)),
    kindOf: (file) => (file === path ? 'file' : host.kindOf(file)),
    describe: (file) => host.describe(file),
    join: (base, relative) => host.join(base, relative),
    directoryOf: (file) => host.directoryOf(file),
    hash: (content) => host.hash(content),
    now: () => host.now(),
    write: (descriptor, content) => host.write(descriptor, content),
  };
}
