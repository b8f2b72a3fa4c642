/** The parts of Node and the browser that the runtime uses, typed here because it runs in both. */

export interface WasmModule {
  readonly __wasmModule: never;
}

export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

export interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>;
}

export interface WasmApi {
  readonly Module: {
    new (bytes: Uint8Array): WasmModule;
    imports(module: WasmModule): readonly { readonly module: string; readonly name: string; readonly kind: string }[];
  };
  readonly Memory: new (limits: {
    readonly initial: number;
    readonly maximum: number;
    readonly shared: boolean;
  }) => WasmMemory;
  readonly RuntimeError: new (message?: string) => Error;
  compile(bytes: Uint8Array): Promise<WasmModule>;
  instantiate(module: WasmModule, imports: Record<string, Record<string, unknown>>): Promise<WasmInstance>;
}

interface Globals {
  readonly WebAssembly: WasmApi;
  readonly process?: {
    readonly versions?: { readonly node?: string };
    readonly stdout: { write(text: string): void };
    readonly stderr: { write(text: string): void };
    getBuiltinModule?(name: string): unknown;
  };
  /** Of a page and its workers: whether memory may be shared. */
  readonly crossOriginIsolated?: boolean;
  readonly navigator?: { readonly hardwareConcurrency?: number };
  /** Only the main thread of a page has it. */
  readonly document?: unknown;
}

export const platform = globalThis as unknown as Globals;

export const isNode = platform.process?.versions?.node !== undefined;
