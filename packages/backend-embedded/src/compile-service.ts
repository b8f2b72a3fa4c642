/** What the compile process does, and what an in-process host may do itself.
 *  In: `CompileRequest`. Out: `CompileResponse`. LLVM is loaded by the first request. */
import { compileOptions, executableOptions, failed, type FailedArtefact } from '@kiln/compiler/backend/backend.ts';
import { DATA_LAYOUTS, WASM32, wasmTarget } from '@kiln/compiler/backend/target-info.ts';
import type { CompileRequest, CompileResponse } from './compile-protocol.ts';
import { loadToolchain } from './llvm-wasm.ts';
import { compileToWasmObject, linkWasm } from './toolchain.ts';

/** A vectorizable loop and a call: touches the passes nearly every program needs. */
const WARM_IR = `target datalayout = "${DATA_LAYOUTS[WASM32] ?? ''}"
target triple = "${WASM32}"
define void @scale(ptr noalias %to, ptr noalias %from, i64 %n) {
entry:
  br label %head
head:
  %i = phi i64 [ 0, %entry ], [ %next, %body ]
  %more = icmp ult i64 %i, %n
  br i1 %more, label %body, label %exit
body:
  %narrow = trunc i64 %i to i32
  %p = getelementptr float, ptr %from, i32 %narrow
  %q = getelementptr float, ptr %to, i32 %narrow
  %x = load float, ptr %p
  %y = fmul float %x, 2.0
  store float %y, ptr %q
  %next = add i64 %i, 1
  br label %head
exit:
  ret void
}
define i32 @main(i32 %n, ptr %p) {
  %wide = zext i32 %n to i64
  call void @scale(ptr %p, ptr %p, i64 %wide)
  ret i32 0
}
`;

export class CompileService {
  private readonly host = loadToolchain();

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
          const result = await compileToWasmObject(this.host, WARM_IR, compileOptions(wasmTarget(), 3, 'warm'));
          if (result.ok) await linkWasm(this.host, [result.bytes], executableOptions(null));
          return { kind: 'compiled', id, result };
        }
      }
    } catch (error) {
      const result = loadFailure(error);
      if (request.kind === 'link') return { kind: 'linked', id, result };
      if (request.kind === 'tool') {
        return { kind: 'ran', id, result: { status: 1, messages: result.failure.message, files: {} } };
      }
      return { kind: 'compiled', id, result };
    }
  }
}

function loadFailure(error: unknown): FailedArtefact {
  const message = error instanceof Error ? error.message : String(error);
  if (/Cannot find (package|module)|ERR_MODULE_NOT_FOUND/.test(message)) {
    return failed('environment', 'the embedded backend needs the npm package @yowasp/clang, which is not installed');
  }
  return failed('internal', `the embedded compiler failed: ${message}`);
}
