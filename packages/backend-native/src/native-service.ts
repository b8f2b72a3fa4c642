/** What the worker thread does, and what an in-process host may do itself: one libLLVM, requests in, results out.
 *  In: `WorkerRequest`. Out: `WorkerResponse`. The library is loaded by the first request. */
import { compileOptions, failed, type CompileResult } from '@kiln/compiler/backend/backend.ts';
import { hostTarget } from './host-target.ts';
import { loadLibLlvm } from './libllvm.ts';
import { LlvmCompiler } from './llvm-compile.ts';
import { startModuleIr } from './start-object.ts';
import type { SharedModule, WorkerAnswer, WorkerRequest } from './worker-protocol.ts';

export class NativeService {
  private compiler: Promise<LlvmCompiler | string> | null = null;
  private startObject: CompileResult | null = null;

  /** `interim` gets what comes before the answer. */
  async answer(request: WorkerRequest, interim: (shared: SharedModule) => void): Promise<WorkerAnswer> {
    const { id } = request;
    switch (request.kind) {
      case 'compile':
        return { kind: 'compiled', id, result: await this.withCompiler((c) => compileRequest(c, request, interim)) };
      case 'compilePiece': {
        const { bitcode, piece, options } = request;
        return {
          kind: 'compiled',
          id,
          result: await this.withCompiler((c) => c.compilePiece(bitcode, piece, options)),
        };
      }
      case 'startObject':
      case 'warm':
        return { kind: 'compiled', id, result: await this.withCompiler((c) => this.compileStartObject(c)) };
      case 'describe': {
        const library = await loadLibLlvm();
        if (!library.ok) return { kind: 'described', id, text: library.message };
        const compiler = await this.load();
        const cpu = typeof compiler === 'string' ? '' : compiler.host().cpu;
        return { kind: 'described', id, text: `LLVM ${library.version} (${library.path}), CPU ${cpu}` };
      }
    }
  }

  private async withCompiler(action: (compiler: LlvmCompiler) => CompileResult): Promise<CompileResult> {
    const compiler = await this.load();
    return typeof compiler === 'string' ? failed('environment', compiler) : action(compiler);
  }

  /** The compiler, or the sentence that says why there is none. */
  private load(): Promise<LlvmCompiler | string> {
    this.compiler ??= loadLibLlvm().then((library) => (library.ok ? new LlvmCompiler(library) : library.message));
    return this.compiler;
  }

  private compileStartObject(compiler: LlvmCompiler): CompileResult {
    const target = hostTarget('generic', '');
    this.startObject ??= compiler.compile(startModuleIr(target.arch), compileOptions(target, 0, 'start'));
    return this.startObject;
  }
}

function compileRequest(
  compiler: LlvmCompiler,
  request: WorkerRequest & { readonly kind: 'compile' },
  interim: (shared: SharedModule) => void,
): CompileResult {
  const { id, ir, options, pieces } = request;
  const hand = (bitcode: Uint8Array): void => interim({ kind: 'shared', id, bitcode });
  return compiler.compile(ir, options, pieces > 1 ? { pieces, hand } : null);
}
