/** Applies fixes to a text.
 *  In: the text of one file and fixes for it.  Out: the new text and how many fixes went in.
 *  Invariant: a fix is applied whole or not at all; of two that overlap the earlier in the list wins. */
import type { FileId } from '@kiln/compiler/base/span.ts';
import type { Edit, Fix } from '@kiln/compiler/diagnostics/diagnostic.ts';

export interface AppliedFixes {
  readonly text: string;
  readonly applied: number;
  /** Fixes that overlapped an applied one or edit another file; a second round may take them. */
  readonly skipped: number;
}

export function applyFixes(text: string, file: FileId, fixes: readonly Fix[]): AppliedFixes {
  const accepted: Edit[] = [];
  let applied = 0;
  let skipped = 0;
  for (const fix of fixes) {
    const edits = fix.edits.filter((edit) => !accepted.some((other) => sameEdit(edit, other)));
    const fits =
      fix.edits.length > 0 &&
      edits.every((edit) => edit.span.file === file && edit.span.end <= text.length) &&
      edits.every((edit) => !accepted.some((other) => overlap(edit, other))) &&
      edits.every((edit, index) => !edits.slice(0, index).some((other) => overlap(edit, other)));
    if (!fits) {
      skipped++;
      continue;
    }
    accepted.push(...edits);
    applied++;
  }
  accepted.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const chunks: string[] = [];
  let position = 0;
  for (const edit of accepted) {
    chunks.push(text.slice(position, edit.span.start), edit.text);
    position = edit.span.end;
  }
  chunks.push(text.slice(position));
  return { text: chunks.join(''), applied, skipped };
}

function sameEdit(a: Edit, b: Edit): boolean {
  return a.span.start === b.span.start && a.span.end === b.span.end && a.text === b.text;
}

/** Touching ranges do not overlap, but two insertions at one place do: their order would be arbitrary. */
function overlap(a: Edit, b: Edit): boolean {
  if (a.span.start === a.span.end && b.span.start === b.span.end) return a.span.start === b.span.start;
  return a.span.start < b.span.end && b.span.start < a.span.end;
}
