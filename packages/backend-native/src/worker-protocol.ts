/** Messages between the native backend and its worker thread. Requests are answered in order. */
import type { CompileOptions, CompileResult } from '@kiln/compiler/backend/backend.ts';

export type WorkerRequest =
  | { readonly kind: 'compile'; readonly id: number; readonly ir: string; readonly options: CompileOptions }
  | { readonly kind: 'describe'; readonly id: number }
  | { readonly kind: 'startObject'; readonly id: number }
  /** Loads the library and touches the code generator, so that the first compilation finds warm pages. */
  | { readonly kind: 'warm'; readonly id: number };

export type WorkerResponse =
  | { readonly kind: 'compiled'; readonly id: number; readonly result: CompileResult }
  | { readonly kind: 'described'; readonly id: number; readonly text: string };
