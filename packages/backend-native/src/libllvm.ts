/** Finds and binds libLLVM 22 through koffi.
 *  In: the environment (`KILN_LLVM`, else the usual places). Out: `LibLlvm`, typed functions of LLVM's C API, or a
 *  `MissingLibrary` with one sentence for the user. Loading takes 12–150 ms, so it happens on request only; koffi itself
 *  is imported then too. Pointers are bigint. One library per process and thread; nothing is ever unloaded. */
import * as fs from 'node:fs';
import * as path from 'node:path';

/** Address in this process; 0n is null (koffi also gives and takes null). */
export type Pointer = bigint;
export type OutPointer = [Pointer | null];

/** The slice of LLVM's C API in use. Names and argument order are LLVM's, without the prefix. */
export interface LlvmFunctions {
  GetHostCPUName(): Pointer;
  GetHostCPUFeatures(): Pointer;
  GetDefaultTargetTriple(): Pointer;
  DisposeMessage(message: Pointer): void;
  GetTargetFromTriple(triple: string, target: OutPointer, error: OutPointer): number;
  CreateTargetMachine(
    target: Pointer,
    triple: string,
    cpu: string,
    features: string,
    level: number,
    reloc: number,
    codeModel: number,
  ): Pointer;
  DisposeTargetMachine(machine: Pointer): void;
  CreateTargetDataLayout(machine: Pointer): Pointer;
  CopyStringRepOfTargetData(layout: Pointer): Pointer;
  DisposeTargetData(layout: Pointer): void;
  ContextCreate(): Pointer;
  ContextDispose(context: Pointer): void;
  ContextSetDiagnosticHandler(context: Pointer, handler: bigint, data: Pointer | null): void;
  GetDiagInfoDescription(info: Pointer): Pointer;
  GetDiagInfoSeverity(info: Pointer): number;
  InstallFatalErrorHandler(handler: bigint): void;
  ParseCommandLineOptions(argc: number, argv: readonly string[], overview: string | null): void;
  CreateMemoryBufferWithMemoryRangeCopy(data: Uint8Array, length: number, name: string): Pointer;
  GetBufferStart(buffer: Pointer): Pointer;
  GetBufferSize(buffer: Pointer): number;
  DisposeMemoryBuffer(buffer: Pointer): void;
  ParseIRInContext(context: Pointer, buffer: Pointer, module: OutPointer, error: OutPointer): number;
  VerifyModule(module: Pointer, action: number, error: OutPointer): number;
  DisposeModule(module: Pointer): void;
  SetTarget(module: Pointer, triple: string): void;
  SetModuleDataLayout(module: Pointer, layout: Pointer): void;
  PrintModuleToString(module: Pointer): Pointer;
  CreatePassBuilderOptions(): Pointer;
  DisposePassBuilderOptions(options: Pointer): void;
  PassBuilderOptionsSetLoopVectorization(options: Pointer, on: number): void;
  PassBuilderOptionsSetSLPVectorization(options: Pointer, on: number): void;
  PassBuilderOptionsSetLoopInterleaving(options: Pointer, on: number): void;
  PassBuilderOptionsSetLoopUnrolling(options: Pointer, on: number): void;
  RunPasses(module: Pointer, passes: string, machine: Pointer, options: Pointer): Pointer | null;
  GetFirstFunction(module: Pointer): Pointer | null;
  GetNextFunction(fn: Pointer): Pointer | null;
  CountBasicBlocks(fn: Pointer): number;
  GetFirstGlobal(module: Pointer): Pointer | null;
  GetNextGlobal(variable: Pointer): Pointer | null;
  IsDeclaration(symbol: Pointer): number;
  GetLinkage(symbol: Pointer): number;
  SetLinkage(symbol: Pointer, linkage: number): void;
  SetVisibility(symbol: Pointer, visibility: number): void;
  /** The name stays LLVM's. */
  GetValueName(value: Pointer): Pointer;
  SetValueName2(value: Pointer, name: string, length: number): void;
  WriteBitcodeToMemoryBuffer(module: Pointer): Pointer;
  ParseBitcodeInContext2(context: Pointer, buffer: Pointer, module: OutPointer): number;
  GetFirstBasicBlock(fn: Pointer): Pointer | null;
  GetNextBasicBlock(block: Pointer): Pointer | null;
  GetFirstInstruction(block: Pointer): Pointer | null;
  GetNextInstruction(instruction: Pointer): Pointer | null;
  GetInstructionOpcode(instruction: Pointer): number;
  GetNumOperands(instruction: Pointer): number;
  GetOperand(instruction: Pointer, index: number): Pointer;
  GetFastMathFlags(instruction: Pointer): number;
  SetFastMathFlags(instruction: Pointer, flags: number): void;
  GetFCmpPredicate(instruction: Pointer): number;
  TypeOf(value: Pointer): Pointer;
  GetTypeKind(type: Pointer): number;
  GetIntTypeWidth(type: Pointer): number;
  GetElementType(type: Pointer): Pointer;
  GetVectorSize(type: Pointer): number;
  GetReturnType(type: Pointer): Pointer;
  GlobalGetValueType(global: Pointer): Pointer;
  GetFirstParam(fn: Pointer): Pointer | null;
  GetNextParam(parameter: Pointer): Pointer | null;
  IsConstant(value: Pointer): number;
  IsNull(value: Pointer): number;
  IsAConstantFP(value: Pointer): Pointer | null;
  GetAggregateElement(constant: Pointer, index: number): Pointer | null;
  ConstRealGetDouble(constant: Pointer, losesInfo: [number]): number;
  ConstAllOnes(type: Pointer): Pointer;
  ConstNull(type: Pointer): Pointer;
  ReplaceAllUsesWith(old: Pointer, replacement: Pointer): void;
  InstructionEraseFromParent(instruction: Pointer): void;
  IsAFunction(value: Pointer): Pointer | null;
  /** Of a function only. */
  GetIntrinsicID(fn: Pointer): number;
  LookupIntrinsicID(name: string, length: number): number;
  AddTargetDependentFunctionAttr(fn: Pointer, name: string, value: string): void;
  GetErrorMessage(error: Pointer): Pointer;
  DisposeErrorMessage(message: Pointer): void;
  TargetMachineEmitToMemoryBuffer(
    machine: Pointer,
    module: Pointer,
    fileType: number,
    error: OutPointer,
    buffer: OutPointer,
  ): number;
  OrcCreateLLJITBuilder(): Pointer;
  OrcLLJITBuilderSetJITTargetMachineBuilder(builder: Pointer, machineBuilder: Pointer): void;
  OrcJITTargetMachineBuilderCreateFromTargetMachine(machine: Pointer): Pointer;
  OrcCreateLLJIT(jit: OutPointer, builder: Pointer): Pointer | null;
  OrcDisposeLLJIT(jit: Pointer): Pointer | null;
  OrcLLJITGetMainJITDylib(jit: Pointer): Pointer;
  OrcLLJITGetGlobalPrefix(jit: Pointer): number;
  OrcCreateDynamicLibrarySearchGeneratorForProcess(
    generator: OutPointer,
    prefix: number,
    filter: Pointer | null,
    data: Pointer | null,
  ): Pointer | null;
  OrcJITDylibAddGenerator(dylib: Pointer, generator: Pointer): void;
  OrcLLJITAddObjectFile(jit: Pointer, dylib: Pointer, buffer: Pointer): Pointer | null;
  OrcLLJITLookup(jit: Pointer, address: OutAddress, name: string): Pointer | null;
}

export type OutAddress = [bigint | number | null];

/** C signatures, without the `LLVM` prefix. */
const SIGNATURES: Readonly<Record<keyof LlvmFunctions, string>> = {
  GetHostCPUName: 'void *()',
  GetHostCPUFeatures: 'void *()',
  GetDefaultTargetTriple: 'void *()',
  DisposeMessage: 'void(void *)',
  GetTargetFromTriple: 'int(const char *, _Out_ void **, _Out_ void **)',
  CreateTargetMachine: 'void *(void *, const char *, const char *, const char *, int, int, int)',
  DisposeTargetMachine: 'void(void *)',
  CreateTargetDataLayout: 'void *(void *)',
  CopyStringRepOfTargetData: 'void *(void *)',
  DisposeTargetData: 'void(void *)',
  ContextCreate: 'void *()',
  ContextDispose: 'void(void *)',
  ContextSetDiagnosticHandler: 'void(void *, void *, void *)',
  GetDiagInfoDescription: 'void *(void *)',
  GetDiagInfoSeverity: 'int(void *)',
  InstallFatalErrorHandler: 'void(void *)',
  ParseCommandLineOptions: 'void(int, const char **, const char *)',
  CreateMemoryBufferWithMemoryRangeCopy: 'void *(const void *, size_t, const char *)',
  GetBufferStart: 'void *(void *)',
  GetBufferSize: 'size_t(void *)',
  DisposeMemoryBuffer: 'void(void *)',
  ParseIRInContext: 'int(void *, void *, _Out_ void **, _Out_ void **)',
  VerifyModule: 'int(void *, int, _Out_ void **)',
  DisposeModule: 'void(void *)',
  SetTarget: 'void(void *, const char *)',
  SetModuleDataLayout: 'void(void *, void *)',
  PrintModuleToString: 'void *(void *)',
  CreatePassBuilderOptions: 'void *()',
  DisposePassBuilderOptions: 'void(void *)',
  PassBuilderOptionsSetLoopVectorization: 'void(void *, int)',
  PassBuilderOptionsSetSLPVectorization: 'void(void *, int)',
  PassBuilderOptionsSetLoopInterleaving: 'void(void *, int)',
  PassBuilderOptionsSetLoopUnrolling: 'void(void *, int)',
  RunPasses: 'void *(void *, const char *, void *, void *)',
  GetFirstFunction: 'void *(void *)',
  GetNextFunction: 'void *(void *)',
  CountBasicBlocks: 'uint32_t(void *)',
  GetFirstGlobal: 'void *(void *)',
  GetNextGlobal: 'void *(void *)',
  IsDeclaration: 'int(void *)',
  GetLinkage: 'int(void *)',
  SetLinkage: 'void(void *, int)',
  SetVisibility: 'void(void *, int)',
  GetValueName: 'void *(void *)',
  SetValueName2: 'void(void *, const char *, size_t)',
  WriteBitcodeToMemoryBuffer: 'void *(void *)',
  ParseBitcodeInContext2: 'int(void *, void *, _Out_ void **)',
  GetFirstBasicBlock: 'void *(void *)',
  GetNextBasicBlock: 'void *(void *)',
  GetFirstInstruction: 'void *(void *)',
  GetNextInstruction: 'void *(void *)',
  GetInstructionOpcode: 'int(void *)',
  GetNumOperands: 'int(void *)',
  GetOperand: 'void *(void *, uint32_t)',
  GetFastMathFlags: 'uint32_t(void *)',
  SetFastMathFlags: 'void(void *, uint32_t)',
  GetFCmpPredicate: 'int(void *)',
  TypeOf: 'void *(void *)',
  GetTypeKind: 'int(void *)',
  GetIntTypeWidth: 'uint32_t(void *)',
  GetElementType: 'void *(void *)',
  GetVectorSize: 'uint32_t(void *)',
  GetReturnType: 'void *(void *)',
  GlobalGetValueType: 'void *(void *)',
  GetFirstParam: 'void *(void *)',
  GetNextParam: 'void *(void *)',
  IsConstant: 'int(void *)',
  IsNull: 'int(void *)',
  IsAConstantFP: 'void *(void *)',
  GetAggregateElement: 'void *(void *, uint32_t)',
  ConstRealGetDouble: 'double(void *, _Out_ int *)',
  ConstAllOnes: 'void *(void *)',
  ConstNull: 'void *(void *)',
  ReplaceAllUsesWith: 'void(void *, void *)',
  InstructionEraseFromParent: 'void(void *)',
  IsAFunction: 'void *(void *)',
  GetIntrinsicID: 'uint32_t(void *)',
  LookupIntrinsicID: 'uint32_t(const char *, size_t)',
  AddTargetDependentFunctionAttr: 'void(void *, const char *, const char *)',
  GetErrorMessage: 'void *(void *)',
  DisposeErrorMessage: 'void(void *)',
  TargetMachineEmitToMemoryBuffer: 'int(void *, void *, int, _Out_ void **, _Out_ void **)',
  OrcCreateLLJITBuilder: 'void *()',
  OrcLLJITBuilderSetJITTargetMachineBuilder: 'void(void *, void *)',
  OrcJITTargetMachineBuilderCreateFromTargetMachine: 'void *(void *)',
  OrcCreateLLJIT: 'void *(_Out_ void **, void *)',
  OrcDisposeLLJIT: 'void *(void *)',
  OrcLLJITGetMainJITDylib: 'void *(void *)',
  OrcLLJITGetGlobalPrefix: 'char(void *)',
  OrcCreateDynamicLibrarySearchGeneratorForProcess: 'void *(_Out_ void **, char, void *, void *)',
  OrcJITDylibAddGenerator: 'void(void *, void *)',
  OrcLLJITAddObjectFile: 'void *(void *, void *, void *)',
  OrcLLJITLookup: 'void *(void *, _Out_ uint64_t *, const char *)',
};

type Koffi = typeof import('koffi')['default'];

export interface LibLlvm {
  readonly ok: true;
  readonly functions: LlvmFunctions;
  readonly koffi: Koffi;
  readonly version: string;
  readonly path: string;
  /** Reads a C string that stays LLVM's. */
  readString(pointer: Pointer | null): string;
  /** Reads a C string and frees it with `LLVMDisposeMessage`. */
  takeString(pointer: Pointer | null): string;
  /** Takes the message out of an `LLVMErrorRef`. */
  takeError(error: Pointer): string;
  copyBytes(pointer: Pointer, length: number): Uint8Array;
}

export interface MissingLibrary {
  readonly ok: false;
  readonly message: string;
}

const INSTALL_HINT: Readonly<Record<string, string>> = {
  linux: 'install it with `apt-get install libllvm22 lld-22` (apt.llvm.org has packages for Debian and Ubuntu)',
  darwin: 'install it with `brew install llvm@22 lld`',
};

/** Names in the order of trying; names without a slash go through the system's library search. */
function candidates(): string[] {
  if (process.platform === 'darwin') {
    return ['/opt/homebrew/opt/llvm@22/lib/libLLVM.dylib', '/usr/local/opt/llvm@22/lib/libLLVM.dylib', 'libLLVM.dylib'];
  }
  const directories = [
    '/usr/lib/llvm-22/lib',
    '/usr/lib64/llvm22/lib',
    '/usr/lib/llvm22/lib',
    '/usr/lib/llvm/22/lib64',
    '/usr/lib64',
    '/usr/lib',
    '/usr/local/lib',
  ];
  const names = ['libLLVM.so.22.1', 'libLLVM-22.so'];
  return [...names, ...directories.flatMap((directory) => names.map((name) => path.join(directory, name)))];
}

/** `KILN_LLVM` names the library file or a directory that holds it (or its `lib`). */
function fromEnvironment(setting: string): string[] {
  if (setting.includes('.so') || setting.endsWith('.dylib')) return [setting];
  const names = process.platform === 'darwin' ? ['libLLVM.dylib'] : ['libLLVM.so.22.1', 'libLLVM-22.so', 'libLLVM.so'];
  return [setting, path.join(setting, 'lib')].flatMap((directory) => names.map((name) => path.join(directory, name)));
}

/** LLVM recurses deeply on large functions and a JIT runs user code on koffi's stack: its 1 MB is too little. */
const CALL_STACK_BYTES = 16 << 20;

const REQUIRED_MAJOR = 22;

let loaded: Promise<LibLlvm | MissingLibrary> | null = null;

/** Loads the library once per thread. */
export function loadLibLlvm(environment: NodeJS.ProcessEnv = process.env): Promise<LibLlvm | MissingLibrary> {
  loaded ??= load(environment);
  return loaded;
}

/** Whether libLLVM seems to be installed, without loading it: for choosing the default backend. */
export function libLlvmInstalled(environment: NodeJS.ProcessEnv = process.env): boolean {
  const setting = environment['KILN_LLVM'];
  const multiarch = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
  const system = ['/usr/lib', '/lib'].map((root) => path.join(root, multiarch, 'libLLVM.so.22.1'));
  const files = setting === undefined || setting === '' ? [...system, ...candidates()] : fromEnvironment(setting);
  return files.some((file) => file.includes('/') && fs.existsSync(file));
}

async function load(environment: NodeJS.ProcessEnv): Promise<LibLlvm | MissingLibrary> {
  const setting = environment['KILN_LLVM'] ?? '';
  const hint = INSTALL_HINT[process.platform] ?? 'install it from https://releases.llvm.org';
  let koffi: Koffi;
  try {
    koffi = (await import('koffi')).default;
  } catch (error) {
    return { ok: false, message: `the npm package koffi does not load on this platform: ${messageOf(error)}` };
  }
  try {
    koffi.config({ sync_stack_size: CALL_STACK_BYTES });
  } catch {
    // The host has called koffi before us and keeps its own setting (2 MB by default).
  }
  let reason = '';
  for (const file of setting === '' ? candidates() : fromEnvironment(setting)) {
    if (file.includes('/') && !fs.existsSync(file)) continue;
    try {
      return bind(koffi, file);
    } catch (error) {
      reason = messageOf(error);
    }
  }
  if (setting !== '') {
    return {
      ok: false,
      message: `KILN_LLVM=${setting} holds no usable libLLVM ${REQUIRED_MAJOR}${reason && `: ${reason}`}`,
    };
  }
  return { ok: false, message: `the native backend needs libLLVM ${REQUIRED_MAJOR}, which was not found; ${hint}` };
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}

function bind(koffi: Koffi, file: string): LibLlvm {
  const library = koffi.load(file);
  const versionParts = [new Uint32Array(1), new Uint32Array(1), new Uint32Array(1)] as const;
  library.func('void LLVMGetVersion(void *, void *, void *)')(...versionParts);
  const version = versionParts.map((part) => part[0]).join('.');
  if (versionParts[0][0] !== REQUIRED_MAJOR) throw new Error(`${file} is LLVM ${version}`);
  const functions: Record<string, (...args: unknown[]) => unknown> = {};
  for (const [name, signature] of Object.entries(SIGNATURES)) {
    const paren = signature.indexOf('(');
    const declaration = `${signature.slice(0, paren)} LLVM${name}${signature.slice(paren)}`;
    // Bound at first use: most programs never touch the JIT's functions.
    let bound: ((...args: unknown[]) => unknown) | null = null;
    functions[name] = (...args) => {
      bound ??= library.func(declaration);
      return bound(...args);
    };
  }
  const arch = process.arch === 'arm64' ? 'AArch64' : 'X86';
  for (const part of ['TargetInfo', 'Target', 'TargetMC', 'AsmPrinter', 'AsmParser']) {
    library.func(`void LLVMInitialize${arch}${part}()`)();
  }
  // The table's keys and the interface's are the same type, so every member is present.
  const typed = functions as unknown as LlvmFunctions;
  const readString = (pointer: Pointer | null): string =>
    pointer === null || pointer === 0n ? '' : koffi.decode.string(pointer);
  installFatalHandler(koffi, typed, readString);
  return {
    ok: true,
    functions: typed,
    koffi,
    version,
    path: file,
    readString,
    takeString(pointer) {
      const text = readString(pointer);
      if (pointer !== null && pointer !== 0n) typed.DisposeMessage(pointer);
      return text;
    },
    takeError(error) {
      const message = typed.GetErrorMessage(error);
      const text = readString(message);
      typed.DisposeErrorMessage(message);
      return text;
    },
    copyBytes(pointer, length) {
      return length === 0 ? new Uint8Array(0) : new Uint8Array(koffi.view(pointer, length)).slice();
    },
  };
}

/** LLVM calls exit(1) after this handler returns, from whatever thread; the process must end with 70 and a line that
 *  says whose fault it is. `_exit` skips destructors that would wait for the thread we are on. */
function installFatalHandler(koffi: Koffi, functions: LlvmFunctions, readString: (pointer: Pointer) => string): void {
  const exitNow =
    process.platform === 'darwin'
      ? koffi.load('libSystem.dylib').func('void _exit(int)')
      : koffi.load('libc.so.6').func('void _exit(int)');
  const type = koffi.pointer(koffi.proto('void', ['void *']));
  const handler = koffi.register((reason: Pointer) => {
    try {
      fs.writeSync(2, `kiln: internal error: LLVM: ${readString(reason)}\n`);
    } finally {
      exitNow(70);
    }
  }, type);
  functions.InstallFatalErrorHandler(handler);
}
