/** What lowering a body asks of elaboration. One object per instance, so that failures carry its chain. */
import type { Span } from '../base/span.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { LayoutError } from '../layout/layout.ts';
import type { InstanceId } from '../mir/mir.ts';
import type { FunctionId, FunctionTypeTerm, Term } from '../terms/term.ts';
import type { WriterServices } from './body-writer.ts';
import type { TermServices } from './concretize.ts';
import type { ChainLink } from './errors.ts';
import type { FoldContext } from './fold.ts';
import type { InstanceRecord } from './instances.ts';

export interface LoweringServices extends TermServices, WriterServices {
  readonly store: TermServices['store'];
  readonly program: TermServices['program'];
  readonly text: TermServices['text'];
  readonly folding: FoldContext;
  /** Reports and gives the instance up. */
  fail(span: Span, describe: (at: { readonly span: Span; readonly chain: readonly ChainLink[] }) => Diagnostic): never;
  /** Reports when everything is elaborated, unless something else is wrong. */
  postpone(span: Span, error: LayoutError): void;
  request(fn: FunctionId, args: readonly Term[], span: Span): InstanceId;
  record(instance: InstanceId): InstanceRecord;
  /** A constant as executors see it: function items become `function` terms whose instances exist. */
  constant(term: Term, type: Term, span: Span): Term;
  /** The text of a compile-time message, or null if the term is no text. */
  messageText(term: Term): string | null;
  /** How a pointer of this type passes its arguments. */
  passing(type: FunctionTypeTerm): readonly boolean[];
}
