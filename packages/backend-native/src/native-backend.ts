/** The native `Backend`: libLLVM in a worker thread (or in this thread) and the system's linker.
 *  In: IR text. Out: objects, executables, shared libraries. Creating it starts nothing but the worker; the worker starts
 *  loading libLLVM at once, so that loading overlaps the front end. */
import * as os from 'node:os';
import type {
  Backend,
  CompileOptions,
  CompileResult,
  LinkOptions,
  LinkResult,
  TargetInfo,
} from '@kiln/compiler/backend/backend.ts';
import { failed } from '@kiln/compiler/backend/backend.ts';
import { compileApart, namesInstructions } from './apart.ts';
import { type Channel, type Interim, localChannel, type RequestBody, workerChannel } from './channel.ts';
import { hostTarget } from './host-target.ts';
import { linkNative, type FallbackLinker } from './link.ts';
import { piecesFor } from './pieces.ts';
import type { SharedModule } from './worker-protocol.ts';

export interface NativeBackendOptions {
  /** Path of the bundled `native-worker` script, or of `native-worker.ts`; null compiles in this thread. */
  readonly workerScript: string | null;
  /** Node flags for the worker, e.g. a TypeScript loader in tests; null inherits them. */
  readonly execArgv: readonly string[] | null;
  readonly fallbackLinker: FallbackLinker | null;
}

/** Starts the worker and tells it to load libLLVM. Never fails: a missing library is reported by `compile`. */
export function startNativeCompiler(options: NativeBackendOptions): Backend {
  const { workerScript, execArgv } = options;
  const start = (script: string): Channel => {
    const channel = workerChannel(script, execArgv);
    void channel.request({ kind: 'warm' });
    return channel;
  };
  const channel = workerScript === null ? localChannel() : start(workerScript);
  return {
    name: 'native',
    async describe(): Promise<string> {
      const response = await channel.request({ kind: 'describe' });
      if (response.kind === 'described') return response.text;
      return response.result.ok ? '' : response.result.failure.message;
    },
    target(cpu: string, features: string): TargetInfo {
      return hostTarget(cpu, features);
    },
    compile(ir: string, compile: CompileOptions): Promise<CompileResult> {
      if (workerScript !== null && namesInstructions(ir))
        return compileApart(workerScript, execArgv, { kind: 'compile', id: 0, ir, options: compile, pieces: 1 });
      const wanted = compile.inPieces && compile.emit === 'obj' && workerScript !== null;
      const pieces = wanted ? piecesFor(ir.length, os.availableParallelism()) : 1;
      if (workerScript === null || pieces === 1)
        return ask(channel, { kind: 'compile', ir, options: compile, pieces: 1 });
      const helpers = Array.from({ length: pieces - 1 }, () => start(workerScript));
      return compileInPieces(channel, helpers, ir, compile);
    },
    async link(objects: readonly Uint8Array[], link: LinkOptions): Promise<LinkResult> {
      let startObject: Uint8Array | null = null;
      if (link.kind === 'executable') {
        const start = await ask(channel, { kind: 'startObject' });
        if (!start.ok) return start;
        startObject = start.bytes;
      }
      return linkNative({ objects, startObject, options: link, fallback: options.fallbackLinker });
    },
    close: () => channel.close(),
  };
}

async function ask(channel: Channel, body: RequestBody, interim?: Interim): Promise<CompileResult> {
  const answer = await channel.request(body, interim);
  return answer.kind === 'compiled' ? answer.result : failed('internal', `unexpected answer ${answer.kind}`);
}

/** One thread optimizes; then it and each helper generate the code of one piece. Ends the helpers. */
async function compileInPieces(
  channel: Channel,
  helpers: readonly Channel[],
  ir: string,
  options: CompileOptions,
): Promise<CompileResult> {
  const of = helpers.length + 1;
  let others: Promise<CompileResult>[] = [];
  const distribute = ({ bitcode }: SharedModule): void => {
    others = helpers.map((helper, i) =>
      ask(helper, { kind: 'compilePiece', bitcode, piece: { index: i + 1, of }, options }),
    );
  };
  try {
    const first = await ask(channel, { kind: 'compile', ir, options, pieces: of }, distribute);
    const rest = await Promise.all(others);
    if (!first.ok) return first;
    const furtherObjects: Uint8Array[] = [];
    for (const piece of rest) {
      if (!piece.ok) return piece;
      furtherObjects.push(piece.bytes);
    }
    return { ...first, furtherObjects };
  } finally {
    await Promise.all(helpers.map((helper) => helper.close()));
  }
}
