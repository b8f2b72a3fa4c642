/** Messages between the native backend and its worker thread. Requests are answered in order. */
import type { CompileOptions, CompileResult } from '@kiln/compiler/backend/backend.ts';
import type { Piece } from './pieces.ts';

export type WorkerRequest =
  /** With more than one piece, a `SharedModule` comes as soon as the module is optimized; the answer is the first object. */
  | {
      readonly kind: 'compile';
      readonly id: number;
      readonly ir: string;
      readonly options: CompileOptions;
      readonly pieces: number;
    }
  | {
      readonly kind: 'compilePiece';
      readonly id: number;
      readonly bitcode: Uint8Array;
      readonly piece: Piece;
      readonly options: CompileOptions;
    }
  | { readonly kind: 'describe'; readonly id: number }
  | { readonly kind: 'startObject'; readonly id: number }
  /** Loads the library and touches the code generator, so that the first compilation finds warm pages. */
  | { readonly kind: 'warm'; readonly id: number };

/** Comes before the answer to a `compile` of several pieces: the optimized module. */
export interface SharedModule {
  readonly kind: 'shared';
  readonly id: number;
  readonly bitcode: Uint8Array;
}

export type WorkerAnswer =
  | { readonly kind: 'compiled'; readonly id: number; readonly result: CompileResult }
  | { readonly kind: 'described'; readonly id: number; readonly text: string };

export type WorkerResponse = WorkerAnswer | SharedModule;
