/** Source positions. A `Span` is a half-open range of UTF-16 code units (string offsets) in one source file;
 *  lines and columns are computed on demand from a `LineTable`. */
import type { Id } from './ids.ts';

export type FileId = Id<'File'>;

export interface Span {
  readonly file: FileId;
  readonly start: number;
  readonly end: number;
}

/** One loaded source text. `path` is how the user names it; `text` has been decoded from UTF-8. */
export interface SourceFile {
  readonly id: FileId;
  readonly path: string;
  readonly text: string;
}

export function makeSpan(file: FileId, start: number, end: number): Span {
  return { file, start, end };
}

/** The smallest span that covers both; they must belong to one file. */
export function joinSpans(a: Span, b: Span): Span {
  return { file: a.file, start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}

/** Offsets of line starts, for turning an offset into a 1-based line and column. */
export interface LineTable {
  readonly starts: Uint32Array;
}

export function buildLineTable(text: string): LineTable {
  const starts: number[] = [0];
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) === 10) starts.push(i + 1);
  return { starts: Uint32Array.from(starts) };
}

/** 1-based line and column (in UTF-16 units) of an offset. */
export function lineAndColumn(table: LineTable, offset: number): { line: number; column: number } {
  let low = 0;
  let high = table.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((table.starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (table.starts[low] ?? 0) + 1 };
}
