/** Messages between the embedded backend and its compile process. Requests are answered in order. */
import type { CompileOptions, CompileResult, LinkOptions, LinkResult } from '@kiln/compiler/backend/backend.ts';
import type { ToolResult } from './toolchain.ts';

export type CompileRequest =
  | { readonly kind: 'compile'; readonly id: number; readonly ir: string; readonly options: CompileOptions }
  | {
      readonly kind: 'link';
      readonly id: number;
      readonly objects: readonly Uint8Array[];
      readonly options: Omit<LinkOptions, 'outputPath'>;
    }
  | {
      readonly kind: 'tool';
      readonly id: number;
      readonly args: readonly string[];
      readonly files: Readonly<Record<string, Uint8Array>>;
    }
  /** Loads LLVM and compiles something small, so that its functions are compiled by V8 when the program arrives. */
  | { readonly kind: 'warm'; readonly id: number };

export type CompileResponse =
  | { readonly kind: 'compiled'; readonly id: number; readonly result: CompileResult }
  | { readonly kind: 'linked'; readonly id: number; readonly result: LinkResult }
  | { readonly kind: 'ran'; readonly id: number; readonly result: ToolResult };
