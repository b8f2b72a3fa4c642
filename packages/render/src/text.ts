/** Diagnostics as text for people.
 *  In: sorted diagnostics and the sources.  Out: one string. Each begins `path:line:col: severity[CODE]: message`, then
 *  code frames, notes and suggestions. The only place that knows colour. */
import { styleText } from 'node:util';
import { lineAndColumn } from '@kiln/compiler/base/span.ts';
import type { Diagnostic, Fix } from '@kiln/compiler/diagnostics/diagnostic.ts';
import { type FrameLabel, renderFrames, type Sources, type Style, type Tone } from './frame.ts';
import { printable } from './text-width.ts';

export interface TextOptions {
  readonly color: boolean;
  /** Columns available; long source lines are cut to it. */
  readonly width: number;
  /** Names the file of a diagnostic that has no place in the source. */
  readonly fallbackPath: string;
}

/** After this many errors the rest is counted, not shown: a page of consequences helps nobody. */
const SHOWN_ERRORS = 100;
const SHOWN_SUGGESTION_LINES = 12;

type StyleName = Parameters<typeof styleText>[0];

const TONES: Readonly<Record<Tone, StyleName | null>> = {
  error: ['bold', 'red'],
  warning: ['bold', 'yellow'],
  note: ['bold', 'cyan'],
  help: ['bold', 'green'],
  gutter: 'blue',
  strong: 'bold',
  plain: null,
};

const plainStyle: Style = (_, text) => text;

function colorStyle(tone: Tone, text: string): string {
  const name = TONES[tone];
  // `styleText` of newer Node looks at the stream and the environment itself; `renderText` was already told.
  return name === null ? text : forceStyle(name, text);
}

function forceStyle(name: StyleName, text: string): string {
  const call: (format: StyleName, text: string, options: object) => string = styleText;
  return call(name, text, { validateStream: false });
}

export function renderText(diagnostics: readonly Diagnostic[], sources: Sources, options: TextOptions): string {
  const style = options.color ? colorStyle : plainStyle;
  const out: string[] = [];
  let errors = 0;
  let hidden = 0;
  for (const diagnostic of diagnostics) {
    if (diagnostic.severity === 'error') errors++;
    if (errors > SHOWN_ERRORS) {
      hidden++;
      continue;
    }
    out.push(...renderOne(diagnostic, sources, options, style));
  }
  if (hidden > 0) out.push(style('gutter', `… and ${hidden} more`));
  const summary = summarize(diagnostics);
  if (summary !== '') out.push(style('strong', summary));
  return out.length === 0 ? '' : `${out.join('\n')}\n`;
}

/** `1 error, 2 notes`; empty when there is nothing to count. */
export function summarize(diagnostics: readonly Diagnostic[]): string {
  const counts = { error: 0, warning: 0, note: 0 };
  for (const diagnostic of diagnostics) counts[diagnostic.severity]++;
  return (['error', 'warning', 'note'] as const)
    .filter((severity) => counts[severity] > 0)
    .map((severity) => `${counts[severity]} ${severity}${counts[severity] === 1 ? '' : 's'}`)
    .join(', ');
}

function renderOne(diagnostic: Diagnostic, sources: Sources, options: TextOptions, style: Style): string[] {
  const tone = diagnostic.severity;
  const out: string[] = [];
  out.push(
    `${style('strong', `${placeOf(diagnostic, sources, options)}:`)} ${style(tone, `${tone}[${diagnostic.code}]:`)} ${style('strong', printable(diagnostic.message))}`,
  );
  const labels: FrameLabel[] = [];
  if (diagnostic.primary !== null) labels.push({ label: diagnostic.primary, tone, primary: true });
  for (const label of diagnostic.secondary) labels.push({ label, tone: 'gutter', primary: false });
  out.push(...renderFrames(labels, sources, style, options.width));
  for (const note of diagnostic.notes) out.push(...indented(style('note', 'note:'), note));
  for (const fix of diagnostic.fixes) out.push(...renderFix(fix, sources, style));
  return out;
}

function placeOf(diagnostic: Diagnostic, sources: Sources, options: TextOptions): string {
  if (diagnostic.primary === null) return `${printable(options.fallbackPath)}:1:1`;
  const { file, start } = diagnostic.primary.span;
  const { line, column } = lineAndColumn(sources.lineTable(file), start);
  return `${printable(sources.get(file).path)}:${line}:${column}`;
}

function indented(head: string, text: string): string[] {
  const [first = '', ...rest] = printable(text).split('\n');
  return [`  ${head} ${first}`, ...rest.map((line) => `    ${line}`)];
}

/** A suggestion: its title and the changed lines as they would read. */
function renderFix(fix: Fix, sources: Sources, style: Style): string[] {
  const out = indented(style('help', 'help:'), fix.title);
  // A rewrite in many places (a deprecated spelling) is described by its title.
  if (fix.edits.length === 0 || fix.edits.length > 3) return out;
  for (const edit of fix.edits) {
    const file = sources.get(edit.span.file);
    const table = sources.lineTable(edit.span.file);
    const first = lineAndColumn(table, edit.span.start).line;
    const last = lineAndColumn(table, edit.span.end).line;
    const from = table.starts[first - 1] ?? 0;
    const to = table.starts[last] ?? file.text.length;
    const before = file.text.slice(from, edit.span.start);
    const after = file.text.slice(edit.span.end, to);
    if (before.length + after.length > 300) continue;
    let lines = `${before}${edit.text}${after}`.replace(/\r?\n$/, '').split(/\r?\n/);
    if (edit.span.start === edit.span.end && edit.text.includes('\n'))
      lines = edit.text.replace(/^\n|\n$/g, '').split('\n');
    const shown = lines.slice(0, SHOWN_SUGGESTION_LINES);
    for (const line of shown)
      out.push(`    ${style('help', '+')} ${printable(line.replaceAll('\t', '    '))}`.trimEnd());
    if (shown.length < lines.length) out.push('    …');
  }
  return out;
}
