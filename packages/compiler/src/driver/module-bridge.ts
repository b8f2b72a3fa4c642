/** Compiles a module for callers in other languages: the module itself, and a bridge in Mojo over what it exports.
 *  In: a request for the module.  Out: what it exports, and LLVM IR of both with C functions as entries.
 *  The bridge is analyzed in the session of the module, which is analyzed once. */
import { describeModule } from '../interop/describe-module.ts';
import type { ModuleInterface } from '../interop/interface.ts';
import type { Host } from './host.ts';
import { type CompileOutcome, type CompileRequest, runPasses } from './pipeline.ts';
import type { BridgeWriter } from './pipeline-state.ts';

export type { BridgeWriter } from './pipeline-state.ts';

export interface ModuleCompilation {
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

export function compileModule(request: CompileRequest, host: Host, write: BridgeWriter): ModuleCompilation {
  const options = { ...request.options, requireMain: false };
  const { outcome, state } = runPasses({ ...request, options, stopAt: null, checkOnly: false }, host, write);
  const bridge = state?.bridge ?? null;
  if (bridge === null || outcome.errorCount > 0) return { outcome, exports: null, symbols: [], bridge: '' };
  return { outcome, exports: bridge.exports, symbols: bridge.symbols, bridge: bridge.text };
}
