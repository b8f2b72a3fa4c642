/** Chooses and starts backends.
 *  In: `--backend` and what is installed.  Out: a started `Backend` and the reason for the choice.
 *  A backend that is started loads LLVM in another thread or process while the front end works here. */
import { type EmbeddedBackend, startEmbeddedCompiler } from '@kiln/backend-embedded/embedded-backend.ts';
import { libLlvmInstalled } from '@kiln/backend-native/libllvm.ts';
import { startNativeCompiler } from '@kiln/backend-native/native-backend.ts';
import type { Backend, BackendFailure } from '@kiln/compiler/backend/backend.ts';
import { defineError } from '@kiln/compiler/diagnostics/diagnostic.ts';
import type { ArtefactKind } from './cache.ts';
import { CommandFailure, EXIT_ENVIRONMENT, EXIT_INTERNAL, EXIT_USAGE } from './exit-status.ts';
import { scriptFlags, scriptPath } from './installation.ts';

export interface BackendPlan {
  readonly kind: ArtefactKind;
  /** For `-v`. */
  readonly reason: string;
  /** `auto` found no LLVM: that it is installed later changes the answer. */
  readonly dependsOnAbsence: boolean;
}

/** `emit` 'wasm' decides by itself; otherwise `auto` takes native where libLLVM seems to be installed. */
export function planBackend(choice: string | undefined, emit: string | null): BackendPlan {
  if (choice === 'interp') {
    throw new CommandFailure(EXIT_USAGE, '--backend interp runs programs and builds nothing; use kiln run');
  }
  if (emit === 'wasm') {
    if (choice === 'native')
      throw new CommandFailure(EXIT_USAGE, 'the native backend makes no wasm; leave out --backend native');
    return { kind: 'wasm', reason: 'backend wasm: --emit wasm', dependsOnAbsence: false };
  }
  if (choice === 'wasm') {
    if (emit === 'exe') throw new CommandFailure(EXIT_USAGE, 'the wasm backend makes no executable; use --emit wasm');
    return { kind: 'wasm', reason: 'backend wasm: --backend wasm', dependsOnAbsence: false };
  }
  if (choice === 'native')
    return { kind: 'native', reason: 'backend native: --backend native', dependsOnAbsence: false };
  if (process.platform === 'linux' && libLlvmInstalled()) {
    return { kind: 'native', reason: 'backend native: libLLVM 22 is installed', dependsOnAbsence: false };
  }
  if (emit === 'exe') return { kind: 'native', reason: 'backend native: --emit exe', dependsOnAbsence: false };
  const why =
    process.platform === 'linux' ? 'libLLVM 22 was not found' : `native code is not tested on ${process.platform} yet`;
  return { kind: 'wasm', reason: `backend wasm: ${why} ('kiln doctor' says how to get it)`, dependsOnAbsence: true };
}

const started = new Set<Backend>();

/** Ends what `startBackend` started and nobody has closed, e.g. because the program had errors. */
export async function closeBackends(): Promise<void> {
  await Promise.all([...started].map((backend) => backend.close()));
  started.clear();
}

export function startBackend(kind: ArtefactKind): Backend {
  const backend = kind === 'wasm' ? startEmbedded(true) : startNative();
  started.add(backend);
  return backend;
}

function startNative(): Backend {
  // The linker inside the embedded backend serves where the system has none; its process is started only then.
  let embedded: EmbeddedBackend | null = null;
  const native = startNativeCompiler({
    workerScript: scriptPath('native-worker'),
    execArgv: scriptFlags(),
    fallbackLinker: (words, files, output) => {
      embedded ??= startEmbedded(false);
      return embedded.runLinker(words, files, output);
    },
  });
  return {
    ...native,
    close: async () => {
      await Promise.all([native.close(), embedded?.close()]);
    },
  };
}

function startEmbedded(warm: boolean): EmbeddedBackend {
  return startEmbeddedCompiler({ compileScript: scriptPath('compile-process'), execArgv: scriptFlags(), warm });
}

export const undefinedSymbol = defineError('M5001', 'target', (a: { symbols: readonly string[]; message: string }) => ({
  message: a.message,
  primary: null,
  notes: [
    'no library on the link line defines it; declare only functions of the C library and of libraries given to the linker',
  ],
}));

/** What a backend's failure means for the command. Undefined symbols are the program's fault: the caller reports those. */
export function failureOf(failure: BackendFailure): CommandFailure {
  switch (failure.kind) {
    case 'environment':
      return new CommandFailure(EXIT_ENVIRONMENT, failure.message);
    case 'internal':
    case 'undefined-symbols': {
      const place =
        failure.irPosition === null ? '' : ` (LLVM IR ${failure.irPosition.line}:${failure.irPosition.column})`;
      return new CommandFailure(EXIT_INTERNAL, `internal error in the backend${place}: ${failure.message}`);
    }
  }
}
