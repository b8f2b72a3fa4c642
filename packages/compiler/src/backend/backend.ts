/** The interface between the compiler and what turns LLVM IR into programs.
 *  In: LLVM IR text. Out: objects, assembly, optimized IR, linked artefacts, or a `BackendFailure` as data.
 *  Two implementations: `@kiln/backend-native` (libLLVM through its C API, system linker) and
 *  `@kiln/backend-embedded` (LLVM and lld as WebAssembly). Neither throws for bad input or a missing part of the
 *  environment; an exception from a backend is a bug. */

export type BackendName = 'native' | 'embedded';

export type OptLevel = 0 | 1 | 2 | 3;

/** See design.md, "Floating point". The IR carries the meaning in per-instruction flags; a backend never adds any. */
export type FpMode = 'strict' | 'default' | 'fast';

export type OperatingSystem = 'linux' | 'macos' | 'windows' | 'wasi';

/** What has to be known of the machine before IR is generated. */
export interface TargetInfo {
  readonly backend: BackendName;
  readonly triple: string;
  readonly dataLayout: string;
  /** Width of the widest vector register in bytes: what `simd_width_of` divides. */
  readonly simdByteWidth: number;
  /** Whether the widest registers have products of four bytes each, summed (AVX512-VNNI). */
  readonly hasVnni: boolean;
  /** LLVM's name of the CPU, or 'native' for the one this process runs on. */
  readonly cpu: string;
  /** LLVM feature string (`+avx2,-fma`) on top of the CPU's; '' for none. On wasm it belongs on every function. */
  readonly features: string;
  /** Size of a machine address. In memory a pointer takes 8 bytes on every target (design.md, "One layout"). */
  readonly pointerBytes: 4 | 8;
  readonly arch: string;
  readonly os: OperatingSystem;
  readonly isWasm: boolean;
  /** Identifies the CPU in cache keys, also where `cpu` is 'native'. */
  readonly fingerprint: string;
}

/** 'obj' relocatable object; 'asm' assembly text; 'llvm-opt' IR text after optimization. */
export type EmitKind = 'obj' | 'asm' | 'llvm-opt';

export interface CompileOptions {
  readonly optLevel: OptLevel;
  readonly cpu: string;
  readonly features: string;
  readonly emit: EmitKind;
  readonly fpMode: FpMode;
  /** Names the module in messages: the source path, or a test's name. */
  readonly debugName: string;
  /** Collect optimization remarks (vectorization report). */
  readonly remarks: boolean;
  /** Objects may come in several pieces, made side by side: for a caller who only links them. */
  readonly inPieces: boolean;
}

/** One message of the optimizer: `pass` may be '' where LLVM does not tell it. */
export interface OptimizationRemark {
  readonly message: string;
  /** `path:line:column` as in the IR's debug locations, or null. */
  readonly place: { readonly path: string; readonly line: number; readonly column: number } | null;
}

/** 'environment': a part of the machine is missing or too old (exit status 3); `message` is one sentence that says what
 *  to install. 'internal': the IR was invalid or LLVM failed (exit status 70). 'undefined-symbols': the program refers to
 *  functions that no library on the link line defines (a target diagnostic). */
export type BackendFailureKind = 'environment' | 'internal' | 'undefined-symbols';

export interface BackendFailure {
  readonly kind: BackendFailureKind;
  readonly message: string;
  /** Position in the IR text when the IR is at fault. */
  readonly irPosition: { readonly line: number; readonly column: number } | null;
  /** For 'undefined-symbols'. */
  readonly symbols: readonly string[];
}

export interface CompiledArtefact {
  readonly ok: true;
  /** Object bytes, or UTF-8 text for 'asm' and 'llvm-opt'. */
  readonly bytes: Uint8Array;
  /** The objects beside `bytes` that make up a large program, where `inPieces` allowed them. */
  readonly furtherObjects: readonly Uint8Array[];
  readonly remarks: readonly OptimizationRemark[];
  /** LLVM's warnings about the module, rare. */
  readonly warnings: readonly string[];
  /** Milliseconds per step (parse, optimize, emit): shown by `--timings`. */
  readonly timings: Readonly<Record<string, number>>;
}

export interface FailedArtefact {
  readonly ok: false;
  readonly failure: BackendFailure;
}

export type CompileResult = CompiledArtefact | FailedArtefact;

export interface LinkOptions {
  /** 'executable': enters at the IR's `i32 @main(i32, ptr)`. 'shared': a shared library natively, a reactor module
   *  (no entry; `_initialize` is exported if defined) on wasm. */
  readonly kind: 'executable' | 'shared';
  /** Names kept visible besides the entry. Natively every `default`-visibility definition of a shared library is. */
  readonly exports: readonly string[];
  /** Extra libraries by name (`m`, `cblas`) or path. */
  readonly libraries: readonly string[];
  readonly librarySearchPaths: readonly string[];
  /** Where to write the result (through a temporary name and a rename); null asks for the bytes. */
  readonly outputPath: string | null;
  readonly stripDebug: boolean;
}

export interface LinkedArtefact {
  readonly ok: true;
  /** null when `outputPath` was given. */
  readonly bytes: Uint8Array | null;
  readonly timings: Readonly<Record<string, number>>;
}

export type LinkResult = LinkedArtefact | FailedArtefact;

export interface Backend {
  readonly name: BackendName;
  /** One line for `kiln --version`; may load LLVM. */
  describe(): Promise<string>;
  /** Cheap and synchronous: loads nothing. */
  target(cpu: string, features: string): TargetInfo;
  compile(ir: string, options: CompileOptions): Promise<CompileResult>;
  link(objects: readonly Uint8Array[], options: LinkOptions): Promise<LinkResult>;
  /** Ends worker threads and child processes. Further calls fail. */
  close(): Promise<void>;
}

export function failed(kind: BackendFailureKind, message: string): FailedArtefact {
  return { ok: false, failure: { kind, message, irPosition: null, symbols: [] } };
}

export function undefinedSymbols(symbols: readonly string[]): FailedArtefact {
  const list = symbols.map((name) => `'${name}'`).join(', ');
  const message = `undefined ${symbols.length === 1 ? 'symbol' : 'symbols'}: ${list}`;
  return { ok: false, failure: { kind: 'undefined-symbols', message, irPosition: null, symbols } };
}

/** Options for an object at the given level; callers override fields with a spread. */
export function compileOptions(target: TargetInfo, optLevel: OptLevel, debugName: string): CompileOptions {
  return {
    optLevel,
    cpu: target.cpu,
    features: target.features,
    emit: 'obj',
    fpMode: 'default',
    debugName,
    remarks: false,
    inPieces: false,
  };
}

export function executableOptions(outputPath: string | null): LinkOptions {
  return { kind: 'executable', exports: [], libraries: [], librarySearchPaths: [], outputPath, stripDebug: false };
}

/** LLVM's remark text as printed by its diagnostics: `path:line:column: message`, `<unknown>:0:0: …` without a place. */
export function parseRemark(text: string): OptimizationRemark {
  const match = /^(.*?):(\d+):(\d+): ([\s\S]*)$/.exec(text);
  if (match === null) return { message: text, place: null };
  const [, path = '', line = '0', column = '0', message = ''] = match;
  const place = path.startsWith('<unknown>') ? null : { path, line: Number(line), column: Number(column) };
  return { message, place };
}
