/** What the page, the compiler's worker and the program's worker say to each other. */

/** A diagnostic for the editor: UTF-16 offsets into the program. */
export interface Mark {
  readonly from: number;
  readonly to: number;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
}

export type Executor = 'llvm' | 'interpreter';
export type TextTab = 'mir' | 'llvm' | 'wat';

export type Request =
  | { readonly kind: 'check'; readonly id: number; readonly text: string }
  | { readonly kind: 'show'; readonly id: number; readonly text: string; readonly tab: TextTab }
  | { readonly kind: 'build'; readonly id: number; readonly text: string }
  /** Runs in the worker itself, which the page ends to stop it. */
  | { readonly kind: 'interpret'; readonly id: number; readonly text: string };

export type Answer =
  | { readonly kind: 'checked'; readonly id: number; readonly marks: readonly Mark[]; readonly milliseconds: number }
  /** `report`: rendered diagnostics; then there is no text. */
  | { readonly kind: 'shown'; readonly id: number; readonly text: string | null; readonly report: string }
  | {
      readonly kind: 'built';
      readonly id: number;
      readonly module: Uint8Array | null;
      readonly report: string;
      readonly milliseconds: number;
    }
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | Output
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };

export type Output =
  | { readonly kind: 'output'; readonly descriptor: 1 | 2; readonly text: string }
  | { readonly kind: 'ended'; readonly status: number; readonly milliseconds: number };
