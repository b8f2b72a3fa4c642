/** Programs that nest deeper than V8's usual stack of 1 MB lets a pass follow, such as a sum of a thousand terms: the command starts again,
 *  once, with as much stack as the system grants. Most programs do not pay for that. */
import { spawnSync } from 'node:child_process';
import { runProcessFlags } from '@kiln/backend-embedded/embedded-backend.ts';
import { compile, type CompileOutcome, type CompileRequest } from '@kiln/compiler/driver/pipeline.ts';
import type { Host } from '@kiln/compiler/driver/host.ts';
import { EXIT_INTERNAL } from './exit-status.ts';

export class NeedsMoreStack extends Error {
  override readonly name = 'NeedsMoreStack';
}

/** The front end; throws `NeedsMoreStack` where starting again may help. */
export function compileAnyDepth(request: CompileRequest, host: Host): CompileOutcome {
  const outcome = compile(request, host);
  // Standard input can be read only once.
  const mayStartAgain = request.path !== '-' && !process.execArgv.some((word) => word.startsWith('--stack-size'));
  if (outcome.internalFailure?.isTooDeep === true && mayStartAgain && runProcessFlags().length > 0)
    throw new NeedsMoreStack();
  return outcome;
}

/** The same command in a process with more stack; its exit status. */
export function startAgain(): number {
  const words = [...runProcessFlags(), ...process.execArgv, ...process.argv.slice(1)];
  return spawnSync(process.execPath, words, { stdio: 'inherit' }).status ?? EXIT_INTERNAL;
}
