/** IR text → object, assembly or optimized IR, in this thread, through libLLVM.
 *  In: a bound library, IR text, options. Out: `CompileResult`. Synchronous: one compilation at a time per instance.
 *  Target machines and the diagnostic handler live as long as the instance; each compilation has its own context.
 *  Floating-point contraction beyond the IR's own flags does not happen: the C API leaves `AllowFPOpFusion` at
 *  `Standard`, which fuses `llvm.fmuladd` and `contract`-flagged operations only. */
import {
  failed,
  parseRemark,
  type CompileOptions,
  type CompileResult,
  type EmitKind,
  type FailedArtefact,
  type OptimizationRemark,
} from '@kiln/compiler/backend/backend.ts';
import { simdByteWidthOf } from '@kiln/compiler/backend/target-info.ts';
import { finishModule } from './finish.ts';
import type { LibLlvm, OutPointer, Pointer } from './libllvm.ts';
import { keepPiece, type Piece, readSharedModule, shareModule } from './pieces.ts';

/** LLVMDiagnosticSeverity. */
const SEVERITY_ERROR = 0;
const SEVERITY_WARNING = 1;
const SEVERITY_REMARK = 2;

const RELOC_PIC = 2;
const CODE_MODEL_DEFAULT = 0;
const FILE_ASSEMBLY = 0;
const FILE_OBJECT = 1;
/** LLVMReturnStatusAction: report, do not print or abort. */
const VERIFY_RETURN_STATUS = 2;

export interface HostCpu {
  readonly triple: string;
  readonly cpu: string;
  readonly features: string;
}

/** The program was told that registers have 64 bytes (`simd_width_of`), so its vectors are not split in two, as LLVM does for
 *  processors that once slowed down for wide registers. */
const WIDE_REGISTERS = '-prefer-256-bit';

/** Who else emits pieces of a module. */
export interface Sharing {
  readonly pieces: number;
  hand(bitcode: Uint8Array): void;
}

interface Messages {
  readonly errors: string[];
  readonly warnings: string[];
  readonly remarks: OptimizationRemark[];
}

export class LlvmCompiler {
  private readonly library: LibLlvm;
  private readonly machines = new Map<string, Pointer>();
  private readonly diagnosticHandler: bigint;
  private hostCpu: HostCpu | null = null;
  private messages: Messages = { errors: [], warnings: [], remarks: [] };
  private wantsRemarks = false;
  private remarksEnabled = false;

  constructor(library: LibLlvm) {
    this.library = library;
    const { koffi } = library;
    const type = koffi.pointer(koffi.proto('void', ['void *', 'void *']));
    this.diagnosticHandler = koffi.register((info: Pointer) => this.receiveDiagnostic(info), type);
  }

  host(): HostCpu {
    const { library } = this;
    const llvm = library.functions;
    this.hostCpu ??= {
      triple: library.takeString(llvm.GetDefaultTargetTriple()),
      cpu: library.takeString(llvm.GetHostCPUName()),
      features: library.takeString(llvm.GetHostCPUFeatures()),
    };
    return this.hostCpu;
  }

  /** The data layout LLVM computes for the host. */
  hostDataLayout(): string {
    const machine = this.machine('generic', '', 0);
    if (typeof machine === 'string') return '';
    const llvm = this.library.functions;
    const layout = llvm.CreateTargetDataLayout(machine);
    const text = this.library.takeString(llvm.CopyStringRepOfTargetData(layout));
    llvm.DisposeTargetData(layout);
    return text;
  }

  /** With `sharing`, an object comes in pieces: this call emits the first one, and hands out the bitcode of the module as soon
   *  as it is optimized. */
  compile(ir: string, options: CompileOptions, sharing: Sharing | null = null): CompileResult {
    return this.inContext(options, (context, machine) => this.compileText(context, machine, ir, options, sharing));
  }

  /** Emits one piece of a module that another thread has optimized. */
  compilePiece(bitcode: Uint8Array, piece: Piece, options: CompileOptions): CompileResult {
    return this.inContext(options, (context, machine) => {
      const module = readSharedModule(this.library, context, bitcode);
      if (module === null) return failed('internal', 'a piece of the module could not be read');
      try {
        keepPiece(this.library.functions, module, piece);
        return this.finish(this.emit(module, machine, options.emit), {});
      } finally {
        this.library.functions.DisposeModule(module);
      }
    });
  }

  private inContext(
    options: CompileOptions,
    action: (context: Pointer, machine: Pointer) => CompileResult,
  ): CompileResult {
    const machine = this.machine(options.cpu, options.features, options.optLevel);
    if (typeof machine === 'string') return failed('internal', machine);
    if (options.remarks) this.enableRemarks();
    this.messages = { errors: [], warnings: [], remarks: [] };
    this.wantsRemarks = options.remarks;
    const llvm = this.library.functions;
    const context = llvm.ContextCreate();
    // Without a handler a code generation error would call exit(1).
    llvm.ContextSetDiagnosticHandler(context, this.diagnosticHandler, null);
    try {
      return action(context, machine);
    } finally {
      llvm.ContextDispose(context);
    }
  }

  private compileText(
    context: Pointer,
    machine: Pointer,
    ir: string,
    options: CompileOptions,
    sharing: Sharing | null,
  ): CompileResult {
    const { library } = this;
    const llvm = library.functions;
    const timings: Record<string, number> = {};
    let last = performance.now();
    const lap = (step: string): void => {
      const now = performance.now();
      timings[step] = now - last;
      last = now;
    };

    const bytes = new TextEncoder().encode(ir);
    const buffer = llvm.CreateMemoryBufferWithMemoryRangeCopy(bytes, bytes.length, options.debugName);
    const moduleOut: OutPointer = [null];
    const error: OutPointer = [null];
    if (llvm.ParseIRInContext(context, buffer, moduleOut, error) !== 0 || moduleOut[0] === null) {
      return irFailure(library.takeString(error[0]));
    }
    const module = moduleOut[0];
    try {
      const layout = llvm.CreateTargetDataLayout(machine);
      llvm.SetModuleDataLayout(module, layout);
      llvm.DisposeTargetData(layout);
      llvm.SetTarget(module, this.host().triple);
      lap('parse');

      if (llvm.VerifyModule(module, VERIFY_RETURN_STATUS, error) !== 0) {
        return failed('internal', `invalid IR: ${library.takeString(error[0]).trim()}`);
      }
      library.takeString(error[0]);
      lap('verify');

      const passError = this.runPasses(module, machine, options);
      if (passError !== null) return failed('internal', `optimization failed: ${passError}`);
      if (options.optLevel > 0)
        finishModule(llvm, module, ir, options.cpu === 'native' ? this.host().cpu : options.cpu);
      lap('optimize');

      if (sharing !== null) {
        sharing.hand(shareModule(library, module));
        keepPiece(llvm, module, { index: 0, of: sharing.pieces });
        lap('share');
      }
      const output = this.emit(module, machine, options.emit);
      lap('emit');
      return this.finish(output, timings);
    } finally {
      llvm.DisposeModule(module);
    }
  }

  private finish(output: Uint8Array | string, timings: Readonly<Record<string, number>>): CompileResult {
    const { errors, remarks, warnings } = this.messages;
    if (errors.length > 0) return failed('internal', errors.join('\n'));
    if (typeof output === 'string') return failed('internal', output);
    return { ok: true, bytes: output, furtherObjects: [], remarks, warnings, timings };
  }

  /** Returns LLVM's message, or null. */
  private runPasses(module: Pointer, machine: Pointer, options: CompileOptions): string | null {
    const llvm = this.library.functions;
    const passOptions = llvm.CreatePassBuilderOptions();
    const vectorize = options.optLevel >= 2 ? 1 : 0;
    llvm.PassBuilderOptionsSetLoopVectorization(passOptions, vectorize);
    llvm.PassBuilderOptionsSetLoopInterleaving(passOptions, vectorize);
    llvm.PassBuilderOptionsSetSLPVectorization(passOptions, vectorize);
    llvm.PassBuilderOptionsSetLoopUnrolling(passOptions, options.optLevel >= 1 ? 1 : 0);
    const error = llvm.RunPasses(module, `default<O${options.optLevel}>`, machine, passOptions);
    llvm.DisposePassBuilderOptions(passOptions);
    return error === null || error === 0n ? null : this.library.takeError(error);
  }

  /** Bytes, or an error message. */
  private emit(module: Pointer, machine: Pointer, kind: EmitKind): Uint8Array | string {
    const { library } = this;
    const llvm = library.functions;
    if (kind === 'llvm-opt') return new TextEncoder().encode(library.takeString(llvm.PrintModuleToString(module)));
    const error: OutPointer = [null];
    const out: OutPointer = [null];
    const fileType = kind === 'obj' ? FILE_OBJECT : FILE_ASSEMBLY;
    const status = llvm.TargetMachineEmitToMemoryBuffer(machine, module, fileType, error, out);
    if (status !== 0 || out[0] === null) return `code generation failed: ${library.takeString(error[0])}`;
    const bytes = library.copyBytes(llvm.GetBufferStart(out[0]), llvm.GetBufferSize(out[0]));
    llvm.DisposeMemoryBuffer(out[0]);
    return bytes;
  }

  /** A cached target machine, or an error message. */
  private machine(cpu: string, features: string, level: number): Pointer | string {
    const key = `${cpu}\0${features}\0${level}`;
    const cached = this.machines.get(key);
    if (cached !== undefined) return cached;
    const machine = this.createMachine(cpu, features, level);
    if (typeof machine !== 'string') this.machines.set(key, machine);
    return machine;
  }

  /** A machine that the caller owns. */
  createMachine(cpu: string, features: string, level: number): Pointer | string {
    const { library } = this;
    const llvm = library.functions;
    const host = this.host();
    const targetOut: OutPointer = [null];
    const error: OutPointer = [null];
    if (llvm.GetTargetFromTriple(host.triple, targetOut, error) !== 0 || targetOut[0] === null) {
      return `no code generator for ${host.triple}: ${library.takeString(error[0])}`;
    }
    const native = cpu === 'native';
    const simdWidth = simdByteWidthOf(
      process.arch === 'x64' ? 'x86_64' : process.arch,
      cpu,
      `${native ? host.features : ''},${features}`,
    );
    const allFeatures = [native ? host.features : '', features, simdWidth === 64 ? WIDE_REGISTERS : '']
      .filter((text) => text !== '')
      .join(',');
    const machine = llvm.CreateTargetMachine(
      targetOut[0],
      host.triple,
      native ? host.cpu : cpu,
      allFeatures,
      level,
      RELOC_PIC,
      CODE_MODEL_DEFAULT,
    );
    return machine === 0n || machine === null ? `no target machine for ${cpu}` : machine;
  }

  private receiveDiagnostic(info: Pointer): void {
    const llvm = this.library.functions;
    const severity = llvm.GetDiagInfoSeverity(info);
    if (severity === SEVERITY_REMARK && !this.wantsRemarks) return;
    const text = this.library.takeString(llvm.GetDiagInfoDescription(info));
    if (severity === SEVERITY_ERROR) this.messages.errors.push(text);
    else if (severity === SEVERITY_WARNING) this.messages.warnings.push(text);
    else if (severity === SEVERITY_REMARK) this.messages.remarks.push(parseRemark(text));
  }

  /** Remarks are off unless asked for on LLVM's command line, which can be set only once per process. */
  private enableRemarks(): void {
    if (this.remarksEnabled) return;
    this.remarksEnabled = true;
    const passes = 'loop-vectorize|slp-vectorizer|inline|loop-unroll';
    const argv = [
      'kiln',
      `-pass-remarks=${passes}`,
      '-pass-remarks-missed=loop-vectorize|slp-vectorizer',
      '-pass-remarks-analysis=loop-vectorize',
    ];
    this.library.functions.ParseCommandLineOptions(argv.length, argv, null);
  }
}

/** `name:LINE:COLUMN: error: text` followed by the line and a caret. */
function irFailure(message: string): FailedArtefact {
  const match = /:(\d+):(\d+): error: ([^\n]*)/.exec(message);
  if (match === null) return failed('internal', `invalid IR: ${message.trim()}`);
  const [, line = '0', column = '0', text = ''] = match;
  const irPosition = { line: Number(line), column: Number(column) };
  return {
    ok: false,
    failure: { kind: 'internal', message: `invalid IR at line ${line}:${column}: ${text}`, irPosition, symbols: [] },
  };
}
