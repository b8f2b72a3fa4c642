/** What the compile process does, and what an in-process host may do itself.
 *  In: `CompileRequest`. Out: `CompileResponse`. LLVM is loaded by the first request. */
import { compileOptions, executableOptions, failed, type FailedArtefact } from '@kiln/compiler/backend/backend.ts';
import { wasmTarget } from '@kiln/compiler/backend/target-info.ts';
import type { CompileRequest, CompileResponse } from './compile-protocol.ts';
import { type CompileModule, loadToolchain } from './llvm-wasm.ts';
import { compileToWasmObject, linkWasm, type ToolchainHost } from './toolchain.ts';
import { WARM_IR } from './warm-ir.ts';

export class CompileService {
  private readonly host: ToolchainHost;
  private readonly isOptimized: () => boolean;

  /** `isOptimized`: whether LLVM, once loaded, has its machine code, so that warming up would be a waste. */
  constructor(compileModule: CompileModule, isOptimized: () => boolean) {
    this.host = loadToolchain(compileModule);
    this.isOptimized = isOptimized;
  }

  async answer(request: CompileRequest): Promise<CompileResponse> {
    const { id } = request;
    try {
      switch (request.kind) {
        case 'compile':
          return { kind: 'compiled', id, result: await compileToWasmObject(this.host, request.ir, request.options) };
        case 'link':
          return { kind: 'linked', id, result: await linkWasm(this.host, request.objects, request.options) };
        case 'tool':
          return { kind: 'ran', id, result: await this.host.run(request.args, request.files) };
        case 'warm': {
          const loaded = await this.host.run(['wasm-ld', '--version'], {});
          if (!this.isOptimized()) await this.warmUp();
          return { kind: 'ran', id, result: loaded };
        }
      }
    } catch (error) {
      const result = loadFailure(error);
      if (request.kind === 'link') return { kind: 'linked', id, result };
      if (request.kind === 'tool' || request.kind === 'warm') {
        return {
          kind: 'ran',
          id,
          result: { status: 1, output: new Uint8Array(), messages: result.failure.message, files: {} },
        };
      }
      return { kind: 'compiled', id, result };
    }
  }

  /** Has V8 compile what nearly every program needs of LLVM, before the program's own IR is there. */
  private async warmUp(): Promise<void> {
    const compiled = await compileToWasmObject(this.host, WARM_IR, compileOptions(wasmTarget(), 3, 'warm'));
    if (compiled.ok) await linkWasm(this.host, [compiled.bytes], executableOptions(null));
  }
}

function loadFailure(error: unknown): FailedArtefact {
  const message = error instanceof Error ? error.message : String(error);
  if (/Cannot find (package|module)|ERR_MODULE_NOT_FOUND/.test(message)) {
    return failed('environment', 'the embedded backend needs the npm package @yowasp/clang, which is not installed');
  }
  return failed('internal', `the embedded compiler failed: ${message}`);
}
