/** IR text → functions in this process, through ORC's LLJIT: for TypeScript imports and the REPL.
 *  In: IR text, options. Out: addresses of exported functions, for koffi to call. The object is made by the same
 *  `LlvmCompiler` as ahead-of-time code, so both behave alike. C functions resolve to this process's own libc and libm.
 *  The user's code runs on koffi's 16 MB call stack; a trap in it ends the process. */
import {
  compileOptions,
  failed,
  type BackendFailure,
  type FailedArtefact,
  type OptLevel,
} from '@kiln/compiler/backend/backend.ts';
import { hostTarget } from './host-target.ts';
import { loadLibLlvm, type LibLlvm, type OutAddress, type OutPointer, type Pointer } from './libllvm.ts';
import { LlvmCompiler } from './llvm-compile.ts';

export interface JitModule {
  readonly ok: true;
  /** Address of a function or variable of default visibility, or the reason why there is none. */
  lookup(name: string): bigint | BackendFailure;
  /** Frees the code: no address may be used afterwards. */
  dispose(): void;
}

export class JitSession {
  private readonly library: LibLlvm;
  readonly compiler: LlvmCompiler;

  private constructor(library: LibLlvm) {
    this.library = library;
    this.compiler = new LlvmCompiler(library);
  }

  static async open(): Promise<JitSession | FailedArtefact> {
    const library = await loadLibLlvm();
    return library.ok ? new JitSession(library) : failed('environment', library.message);
  }

  /** For declaring prototypes and calling addresses: `koffi.call(address, prototype, …)`. */
  get koffi(): LibLlvm['koffi'] {
    return this.library.koffi;
  }

  /** Compiles and loads a module. Several live side by side and do not see each other's symbols. */
  jitModule(ir: string, optLevel: OptLevel): JitModule | FailedArtefact {
    const compiled = this.compiler.compile(ir, compileOptions(hostTarget('native', ''), optLevel, 'jit'));
    return compiled.ok ? this.loadObject(compiled.bytes) : compiled;
  }

  /** Loads object bytes, e.g. from the cache. */
  loadObject(bytes: Uint8Array): JitModule | FailedArtefact {
    const llvm = this.library.functions;
    const machine = this.compiler.createMachine('native', '', 2);
    if (typeof machine === 'string') return failed('internal', machine);
    const builder = llvm.OrcCreateLLJITBuilder();
    // Takes the machine.
    const machineBuilder = llvm.OrcJITTargetMachineBuilderCreateFromTargetMachine(machine);
    llvm.OrcLLJITBuilderSetJITTargetMachineBuilder(builder, machineBuilder);
    const jitOut: OutPointer = [null];
    const created = this.message(llvm.OrcCreateLLJIT(jitOut, builder));
    const jit = jitOut[0];
    if (created !== null || jit === null) return failed('internal', `cannot create the JIT: ${created ?? ''}`);
    const dylib = llvm.OrcLLJITGetMainJITDylib(jit);
    const problem = this.addProcessSymbols(jit, dylib) ?? this.addObject(jit, dylib, bytes);
    if (problem !== null) {
      this.message(llvm.OrcDisposeLLJIT(jit));
      return failed('internal', problem);
    }
    let alive = true;
    return {
      ok: true,
      lookup: (name) => (alive ? this.lookup(jit, name) : failed('internal', 'the JIT module is disposed').failure),
      dispose: () => {
        if (alive) this.message(llvm.OrcDisposeLLJIT(jit));
        alive = false;
      },
    };
  }

  private addProcessSymbols(jit: Pointer, dylib: Pointer): string | null {
    const llvm = this.library.functions;
    const generator: OutPointer = [null];
    const prefix = llvm.OrcLLJITGetGlobalPrefix(jit);
    const error = this.message(llvm.OrcCreateDynamicLibrarySearchGeneratorForProcess(generator, prefix, null, null));
    if (error !== null || generator[0] === null) return error ?? 'no access to this process’s symbols';
    llvm.OrcJITDylibAddGenerator(dylib, generator[0]);
    return null;
  }

  private addObject(jit: Pointer, dylib: Pointer, bytes: Uint8Array): string | null {
    const llvm = this.library.functions;
    const buffer = llvm.CreateMemoryBufferWithMemoryRangeCopy(bytes, bytes.length, 'module.o');
    return this.message(llvm.OrcLLJITAddObjectFile(jit, dylib, buffer));
  }

  /** Linking happens here, so undefined symbols surface here. */
  private lookup(jit: Pointer, name: string): bigint | BackendFailure {
    const out: OutAddress = [null];
    const error = this.message(this.library.functions.OrcLLJITLookup(jit, out, name));
    if (error === null && out[0] !== null) return BigInt(out[0]);
    return { kind: 'undefined-symbols', message: error ?? `no function ${name}`, irPosition: null, symbols: [name] };
  }

  private message(error: Pointer | null): string | null {
    return error === null || error === 0n ? null : this.library.takeError(error);
  }
}
