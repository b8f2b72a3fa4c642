/** Diagnostics as JSON, for tools. The schema is documented in docs/diagnostics-json.md and grows only by added fields;
 *  `version` changes if a field changes its meaning. */
import { lineAndColumn, type Span } from '@kiln/compiler/base/span.ts';
import type { Applicability, Diagnostic, Phase, Severity } from '@kiln/compiler/diagnostics/diagnostic.ts';
import type { Sources } from './frame.ts';

/** Lines and columns count from 1, columns and offsets in UTF-16 code units; the end is exclusive. */
export interface JsonRange {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly start: number;
  readonly end: number;
}

export interface JsonEdit extends JsonRange {
  readonly newText: string;
}

export interface JsonDiagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly phase: Phase;
  readonly message: string;
  readonly range: JsonRange;
  /** What stands at the underlined place; '' if the message says it all. */
  readonly label: string;
  readonly related: readonly { readonly range: JsonRange; readonly label: string }[];
  readonly notes: readonly string[];
  readonly fixes: readonly {
    readonly title: string;
    readonly applicability: Applicability;
    readonly edits: readonly JsonEdit[];
  }[];
}

export interface JsonReport {
  readonly version: 1;
  readonly diagnostics: readonly JsonDiagnostic[];
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
}

export function toJson(diagnostics: readonly Diagnostic[], sources: Sources, fallbackPath: string): JsonReport {
  const count = (severity: Severity) => diagnostics.filter((entry) => entry.severity === severity).length;
  return {
    version: 1,
    diagnostics: diagnostics.map((entry) => convert(entry, sources, fallbackPath)),
    errors: count('error'),
    warnings: count('warning'),
    notes: count('note'),
  };
}

export function renderJson(diagnostics: readonly Diagnostic[], sources: Sources, fallbackPath: string): string {
  return `${JSON.stringify(toJson(diagnostics, sources, fallbackPath), null, 2)}\n`;
}

function convert(diagnostic: Diagnostic, sources: Sources, fallbackPath: string): JsonDiagnostic {
  const nowhere: JsonRange = { path: fallbackPath, line: 1, column: 1, endLine: 1, endColumn: 1, start: 0, end: 0 };
  return {
    code: diagnostic.code,
    severity: diagnostic.severity,
    phase: diagnostic.phase,
    message: diagnostic.message,
    range: diagnostic.primary === null ? nowhere : rangeOf(diagnostic.primary.span, sources),
    label: diagnostic.primary?.text ?? '',
    related: diagnostic.secondary.map((label) => ({ range: rangeOf(label.span, sources), label: label.text })),
    notes: diagnostic.notes,
    fixes: diagnostic.fixes.map((fix) => ({
      title: fix.title,
      applicability: fix.applicability,
      edits: fix.edits.map((edit) => ({ ...rangeOf(edit.span, sources), newText: edit.text })),
    })),
  };
}

function rangeOf(span: Span, sources: Sources): JsonRange {
  const table = sources.lineTable(span.file);
  const from = lineAndColumn(table, span.start);
  const to = lineAndColumn(table, span.end);
  return {
    path: sources.get(span.file).path,
    line: from.line,
    column: from.column,
    endLine: to.line,
    endColumn: to.column,
    start: span.start,
    end: span.end,
  };
}
