/** Diagnostics as data. Checks create them; `render` alone knows colour, width, JSON and the language server.
 *  Codes by stage, never reused: 1xxx syntax, 2xxx names and types, 3xxx ownership, 4xxx compile time, 5xxx target,
 *  9xxx not supported yet. */
import type { Span } from '../base/span.ts';

export type Severity = 'error' | 'warning' | 'note';

/** Order of the report: all of an earlier phase before any of a later one. */
export type Phase = 'syntax' | 'types' | 'flow' | 'instantiation' | 'target';

export interface Label {
  readonly span: Span;
  readonly text: string;
}

export type Applicability = 'safe' | 'review' | 'placeholder';

/** Replace the text of `span` (empty span: insert) by `text`. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

export interface Fix {
  readonly title: string;
  readonly applicability: Applicability;
  readonly edits: readonly Edit[];
}

export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly phase: Phase;
  readonly message: string;
  /** The smallest guilty token; null when the cause has no place in the source (`path:1:1:` is shown). */
  readonly primary: Label | null;
  readonly secondary: readonly Label[];
  /** Facts without a place, in order. */
  readonly notes: readonly string[];
  readonly fixes: readonly Fix[];
  /** It stands in the body of a method. */
  readonly inMethod?: boolean;
}

/** What one use of a diagnostic supplies. */
export interface DiagnosticParts {
  readonly message: string;
  readonly primary: Label | null;
  readonly secondary?: readonly Label[];
  readonly notes?: readonly string[];
  readonly fixes?: readonly Fix[];
}

/** A registered diagnostic: call it with its arguments to get the data. */
export interface DiagnosticFactory<A> {
  (args: A): Diagnostic;
  readonly code: string;
}

function define<A>(
  code: string,
  severity: Severity,
  phase: Phase,
  describe: (args: A) => DiagnosticParts,
): DiagnosticFactory<A> {
  const factory = (args: A): Diagnostic => {
    const parts = describe(args);
    return {
      code,
      severity,
      phase,
      message: parts.message,
      primary: parts.primary,
      secondary: parts.secondary ?? [],
      notes: parts.notes ?? [],
      fixes: parts.fixes ?? [],
    };
  };
  return Object.assign(factory, { code });
}

/** Registers an error, e.g. `defineError('M3104', 'flow', (a: {…}) => ({ message, primary }))`. */
export function defineError<A>(
  code: string,
  phase: Phase,
  describe: (args: A) => DiagnosticParts,
): DiagnosticFactory<A> {
  return define(code, 'error', phase, describe);
}

export function defineWarning<A>(
  code: string,
  phase: Phase,
  describe: (args: A) => DiagnosticParts,
): DiagnosticFactory<A> {
  return define(code, 'warning', phase, describe);
}

export function defineNote<A>(
  code: string,
  phase: Phase,
  describe: (args: A) => DiagnosticParts,
): DiagnosticFactory<A> {
  return define(code, 'note', phase, describe);
}

export function label(span: Span, text = ''): Label {
  return { span, text };
}

export function replaceFix(title: string, span: Span, text: string, applicability: Applicability): Fix {
  return { title, applicability, edits: [{ span, text }] };
}
