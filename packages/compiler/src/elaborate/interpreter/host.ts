/** What the interpreter asks of elaboration. */
import type { Span } from '../../base/span.ts';
import type { LayoutEngine } from '../../layout/layout.ts';
import type { Instance, InstanceId } from '../../mir/mir.ts';
import type { Program } from '../../sema/hir.ts';
import type { TermStore } from '../../terms/store.ts';
import type { GlobalId, Term } from '../../terms/term.ts';
import type { SourcePosition } from '../elaborate.ts';
import type { InstanceRecord } from '../instances.ts';
import type { TermText } from '../term-text.ts';

export interface InterpreterHost {
  readonly program: Program;
  readonly store: TermStore;
  readonly layouts: LayoutEngine;
  readonly text: TermText;
  record(id: InstanceId): InstanceRecord;
  /** The C function that the library's wasm runtime defines by this instance, e.g. `malloc`; else null. */
  cFunction(id: InstanceId): string | null;
  /** Lowered on demand; throws `ElaborationFailure` after a reported error. */
  bodyOf(id: InstanceId): Instance;
  instanceOfFunction(term: Term): InstanceId;
  globalType(global: GlobalId): Term;
  locate(span: Span): SourcePosition;
  output(descriptor: 1 | 2, bytes: Uint8Array): void;
}

export interface InterpreterLimits {
  readonly steps: number;
  readonly memoryBytes: number;
  readonly callDepth: number;
}
