/** Readable text of a tree and of a token list, for `--emit ast` and `--emit tokens`. Tests snapshot these forms. */
import { buildLineTable, lineAndColumn, type SourceFile } from '../base/span.ts';
import type { Sink } from '../diagnostics/sink.ts';
import type { Module, Node } from './ast.ts';
import { tokenize } from './lexer.ts';
import { tokenKindName } from './token.ts';

/** Deeper levels are no longer indented: a chain of 10 000 terms is nested as deeply. */
const MAX_INDENT = 64;

interface Pending {
  readonly label: string;
  readonly value: Node | readonly unknown[];
  readonly depth: number;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'kind' in value && 'id' in value;
}

/** One line per node: field, kind, offsets, scalar fields; children below it. Null and empty fields are left out. */
export function dumpAst(module: Module): string {
  const lines: string[] = [];
  const pending: Pending[] = [{ label: '', value: module, depth: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { label, value, depth } = next;
    const indent = '  '.repeat(Math.min(depth, MAX_INDENT));
    const children: Pending[] = [];
    if (!isNode(value)) {
      lines.push(`${indent}${label}:`);
      for (const item of value) if (isNode(item)) children.push({ label: '', value: item, depth: depth + 1 });
    } else {
      const scalars: string[] = [];
      for (const [key, field] of Object.entries(value)) {
        if (key === 'kind' || key === 'id' || key === 'start' || key === 'end') continue;
        if (key === 'comments' || key === 'dialectMarks' || key === 'nodeCount' || key === 'file') continue;
        if (field === null || field === false) continue;
        if (isNode(field)) children.push({ label: key, value: field, depth: depth + 1 });
        else if (Array.isArray(field)) {
          if (field.length === 0) continue;
          if (isNode(field[0])) children.push({ label: key, value: field, depth: depth + 1 });
          else scalars.push(`${key}=${field.map(scalar).join(' ')}`);
        } else scalars.push(field === true ? key : `${key}=${scalar(field)}`);
      }
      const name = label === '' ? '' : `${label}: `;
      const suffix = scalars.length === 0 ? '' : ` ${scalars.join(' ')}`;
      lines.push(`${indent}${name}${value.kind} ${value.start}..${value.end}${suffix}`);
    }
    for (let i = children.length - 1; i >= 0; i--) {
      const child = children[i];
      if (child !== undefined) pending.push(child);
    }
  }
  lines.push('');
  return lines.join('\n');
}

function scalar(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

/** One line per token: `line:column kind text`, with `|` before the first of each line; then the comments. */
export function dumpTokens(file: SourceFile, sink: Sink): string {
  const tokens = tokenize(file, sink);
  const table = buildLineTable(file.text);
  const lines: string[] = [];
  for (let i = 0; i < tokens.count; i++) {
    const start = tokens.starts[i] ?? 0;
    const { line, column } = lineAndColumn(table, start);
    const mark = tokens.firsts[i] === 1 ? '|' : ' ';
    const text = JSON.stringify(file.text.slice(start, tokens.ends[i]));
    lines.push(`${mark} ${line}:${column} ${tokenKindName(tokens.kinds[i] ?? 0)} ${text}`);
  }
  for (const comment of tokens.comments) {
    const { line, column } = lineAndColumn(table, comment.start);
    lines.push(`# ${line}:${column} ${JSON.stringify(comment.text)}`);
  }
  lines.push('');
  return lines.join('\n');
}
