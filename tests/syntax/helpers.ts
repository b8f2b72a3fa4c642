/** Shared by the syntax tests: parsing a text, comparing trees, finding sample programs. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { makeId } from '@kiln/compiler/base/ids.ts';
import { buildLineTable, type FileId, lineAndColumn, type SourceFile } from '@kiln/compiler/base/span.ts';
import type { Diagnostic } from '@kiln/compiler/diagnostics/diagnostic.ts';
import { DiagnosticSink } from '@kiln/compiler/diagnostics/sink.ts';
import type { Module } from '@kiln/compiler/syntax/ast.ts';
import { parseModule } from '@kiln/compiler/syntax/parser.ts';

export function sourceFile(text: string): SourceFile {
  return { id: makeId<FileId>(0), path: 'test.mojo', text };
}

export interface Parsed {
  readonly module: Module;
  readonly diagnostics: readonly Diagnostic[];
  /** `line code` of each error, in order of position. */
  readonly errors: readonly string[];
}

export function parse(text: string): Parsed {
  const sink = new DiagnosticSink();
  const module = parseModule(sourceFile(text), sink);
  const diagnostics = sink.sorted();
  const table = buildLineTable(text);
  const errors = diagnostics.map((d) => `${lineAndColumn(table, d.primary?.span.start ?? 0).line} ${d.code}`);
  return { module, diagnostics, errors };
}

const POSITION_FIELDS = new Set(['id', 'start', 'end', 'open', 'dot', 'opStart']);
const FILE_FIELDS = new Set(['comments', 'dialectMarks', 'nodeCount', 'file']);

/** A tree without ids and offsets, as indented text, for comparison. */
export function shape(root: unknown): string {
  const lines: string[] = [];
  const visit = (label: string, value: unknown, depth: number): void => {
    const indent = ' '.repeat(Math.min(depth, 100));
    if (Array.isArray(value)) {
      lines.push(`${indent}${label} [${value.length}]`);
      for (const item of value) visit('-', item, depth + 1);
    } else if (typeof value === 'object' && value !== null) {
      const kind: unknown = Reflect.get(value, 'kind');
      lines.push(`${indent}${label} ${String(kind)}`);
      for (const [key, field] of Object.entries(value)) {
        if (key === 'kind' || POSITION_FIELDS.has(key) || (kind === 'Module' && FILE_FIELDS.has(key))) continue;
        // A t-string is printed with other quotes; its meaning is its value.
        if (kind === 'TStringText' && key !== 'value') continue;
        visit(key, field, depth + 1);
      }
    } else lines.push(`${indent}${label} ${typeof value === 'bigint' ? `${value}n` : JSON.stringify(value)}`);
  };
  visit('', root, 0);
  return lines.join('\n');
}

/** Sample programs beside the repository; none where that folder does not exist. */
export function samplePrograms(): readonly string[] {
  const root = path.resolve(import.meta.dirname, '../../../shared');
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.mojo'))
    .sort()
    .map((name) => path.join(root, name));
}

export function readText(file: string): string {
  return readFileSync(file, 'utf8');
}
