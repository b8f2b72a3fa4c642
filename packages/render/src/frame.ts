/** Code frames: source lines with the guilty tokens underlined.
 *  In: labels of one diagnostic and the sources.  Out: lines of text, styled through a `Style`.
 *  Lines too long for the width are cut to a window around what is underlined. */
import { lineAndColumn, type LineTable, type SourceFile } from '@kiln/compiler/base/span.ts';
import type { Label } from '@kiln/compiler/diagnostics/diagnostic.ts';
import { layOutLine, printable } from './text-width.ts';

/** Where rendering finds the text of a file. `SourceSet` of the driver is one. */
export interface Sources {
  get(id: Label['span']['file']): SourceFile;
  lineTable(id: Label['span']['file']): LineTable;
}

export type Tone = 'error' | 'warning' | 'note' | 'help' | 'gutter' | 'strong' | 'plain';

/** Gives text a tone; the plain style returns it unchanged. */
export type Style = (tone: Tone, text: string) => string;

export interface FrameLabel {
  readonly label: Label;
  readonly tone: Tone;
  readonly primary: boolean;
}

interface PlacedLabel extends FrameLabel {
  readonly line: number;
  /** Offsets within the line. */
  readonly from: number;
  readonly to: number;
}

/** Frames for all labels: those of the primary's file first, then each other file under its own heading. */
export function renderFrames(labels: readonly FrameLabel[], sources: Sources, style: Style, width: number): string[] {
  const byFile = new Map<string, FrameLabel[]>();
  for (const label of labels) {
    const key = `${label.label.span.file}`;
    const group = byFile.get(key);
    if (group === undefined) byFile.set(key, [label]);
    else group.push(label);
  }
  const out: string[] = [];
  let first = true;
  for (const group of byFile.values()) {
    const placed = place(group, sources);
    if (!first) {
      const lead = placed[0];
      if (lead !== undefined) {
        const file = sources.get(lead.label.span.file);
        out.push(style('gutter', `  --> ${printable(file.path)}:${lead.line}:${lead.from + 1}`));
      }
    }
    out.push(...renderGroup(placed, sources, style, width));
    first = false;
  }
  return out;
}

function place(labels: readonly FrameLabel[], sources: Sources): PlacedLabel[] {
  const placed = labels.map((entry) => {
    const { file, start, end } = entry.label.span;
    const table = sources.lineTable(file);
    const position = lineAndColumn(table, start);
    const lineStart = table.starts[position.line - 1] ?? 0;
    const lineEnd = endOfLine(sources.get(file).text, table, position.line);
    const from = Math.min(start, lineEnd) - lineStart;
    // A span over several lines is underlined to the end of its first.
    const to = Math.max(from, Math.min(end, lineEnd) - lineStart);
    return { ...entry, line: position.line, from, to };
  });
  return placed.sort((a, b) => a.line - b.line || Number(b.primary) - Number(a.primary) || a.from - b.from);
}

function endOfLine(text: string, table: LineTable, line: number): number {
  const next = table.starts[line];
  let end = next === undefined ? text.length : next - 1;
  if (end > 0 && text.charCodeAt(end - 1) === 13) end--;
  return Math.max(end, table.starts[line - 1] ?? 0);
}

function renderGroup(placed: readonly PlacedLabel[], sources: Sources, style: Style, width: number): string[] {
  const out: string[] = [];
  const lastLine = placed[placed.length - 1]?.line ?? 1;
  const digits = String(lastLine).length;
  const blank = style('gutter', `${' '.repeat(digits + 1)} |`);
  let previous = 0;
  for (let i = 0; i < placed.length; ) {
    const head = placed[i];
    if (head === undefined) break;
    const onLine = placed.filter((entry) => entry.line === head.line);
    if (previous !== 0 && head.line > previous + 1) out.push(style('gutter', `${' '.repeat(digits + 1)} ·`));
    const file = sources.get(head.label.span.file);
    const table = sources.lineTable(file.id);
    const start = table.starts[head.line - 1] ?? 0;
    const text = file.text.slice(start, endOfLine(file.text, table, head.line));
    const window = cutWindow(text, onLine, Math.max(30, width - digits - 4));
    out.push(`${style('gutter', ` ${String(head.line).padStart(digits)} |`)} ${window.text}`.trimEnd());
    for (const entry of onLine) {
      const from = window.column(entry.from);
      const length = Math.max(1, window.column(entry.to) - from);
      const mark = (entry.primary ? '^' : '-').repeat(length);
      const note = entry.label.text === '' ? '' : ` ${printable(entry.label.text)}`;
      out.push(`${blank} ${' '.repeat(from)}${style(entry.tone, mark + note)}`);
    }
    previous = head.line;
    i += onLine.length;
  }
  return out;
}

interface Window {
  readonly text: string;
  /** Column in the window of an offset in the line. */
  column(offset: number): number;
}

/** The part of a line that is shown. Short lines whole; of long ones what surrounds the first label. */
function cutWindow(line: string, labels: readonly PlacedLabel[], width: number): Window {
  const focus = labels.find((entry) => entry.primary) ?? labels[0];
  // Lines of megabytes (minified data) are not laid out whole.
  const origin = Math.max(0, (focus?.from ?? 0) - 4 * width);
  const part = line.slice(origin, origin + 8 * width);
  const layout = layOutLine(part);
  const at = (offset: number): number => {
    const index = Math.max(0, Math.min(offset - origin, layout.columns.length - 1));
    return layout.columns[index] ?? 0;
  };
  const total = layout.columns[layout.columns.length - 1] ?? 0;
  if (origin === 0 && part.length === line.length && total <= width) return { text: layout.cells.join(''), column: at };
  const focusColumn = at(focus?.from ?? 0);
  const left = focusColumn > width - 20 ? focusColumn - Math.floor(width / 3) : 0;
  const cutLeft = left > 0 || origin > 0;
  let text = '';
  let shown = -1;
  for (let i = 0; i < layout.cells.length; i++) {
    const column = layout.columns[i] ?? 0;
    if (column < left) continue;
    if (column >= left + width - 2) break;
    if (shown < 0) shown = column;
    text += layout.cells[i] ?? '';
  }
  const lead = cutLeft ? '…' : '';
  const base = Math.max(shown, 0) - lead.length;
  const more = total > left + width - 2 || origin + part.length < line.length;
  return {
    text: lead + text + (more ? '…' : ''),
    column: (offset) => Math.max(0, Math.min(at(offset) - base, width - 1)),
  };
}
