/** The printed forms of tokens and trees, for `--emit tokens|ast` and snapshots.
 *  Trees may be thousands of levels deep on their left spine, so the walk keeps its own stack. */
import { buildLineTable, lineAndColumn, type SourceFile } from '../base/span.ts';
import type { Module } from '../syntax/ast.ts';
import { type TokenList, tokenKindName } from '../syntax/token.ts';

/** One line per token: `line:column kind "text"`. */
export function printTokens(tokens: TokenList, file: SourceFile): string {
  const table = buildLineTable(file.text);
  const out: string[] = [];
  for (let i = 0; i < tokens.count; i++) {
    const start = tokens.starts[i] ?? 0;
    const { line, column } = lineAndColumn(table, start);
    const text = file.text.slice(start, tokens.ends[i] ?? start);
    out.push(`${line}:${column} ${tokenKindName(tokens.kinds[i] ?? 0)} ${JSON.stringify(text)}\n`);
  }
  return out.join('');
}

/** What a node says elsewhere or what is of no use to a reader. */
const HIDDEN: ReadonlySet<string> = new Set(['kind', 'id', 'start', 'end', 'file', 'nodeCount']);

/** Deeper levels are indented no further: a chain of thousands must not print millions of blanks. */
const DEEPEST_INDENT = 60;

interface Pending {
  readonly label: string;
  readonly value: unknown;
  readonly depth: number;
}

/** One line per node, `field: Kind line:column name=value …`, children indented below it. */
export function printTree(module: Module, file: SourceFile): string {
  const table = buildLineTable(file.text);
  const out: string[] = [];
  const stack: Pending[] = [{ label: '', value: module, depth: 0 }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { label, value, depth } = next;
    const indent = '  '.repeat(Math.min(depth, DEEPEST_INDENT));
    const head = label === '' ? '' : `${label}: `;
    if (Array.isArray(value)) {
      pushAll(
        stack,
        value.map((item: unknown, index) => ({ label: `${label}[${index}]`, value: item, depth })),
      );
      continue;
    }
    if (!isRecord(value)) {
      out.push(`${indent}${head}${scalar(value)}\n`);
      continue;
    }
    const scalars: string[] = [];
    const children: Pending[] = [];
    for (const [name, field] of Object.entries(value)) {
      if (HIDDEN.has(name) || field === null || (Array.isArray(field) && field.length === 0)) continue;
      if (typeof field === 'object') children.push({ label: name, value: field, depth: depth + 1 });
      else if (field !== false) scalars.push(`${name}=${scalar(field)}`);
    }
    const place = typeof value['start'] === 'number' ? lineAndColumn(table, value['start']) : null;
    const words = [
      typeof value['kind'] === 'string' ? value['kind'] : '',
      place === null ? '' : `${place.line}:${place.column}`,
    ];
    out.push(`${indent}${head}${[...words, ...scalars].filter((word) => word !== '').join(' ')}\n`);
    pushAll(stack, children);
  }
  return out.join('');
}

function pushAll(stack: Pending[], items: readonly Pending[]): void {
  for (let i = items.length - 1; i >= 0; i--) {
    const item = items[i];
    if (item !== undefined) stack.push(item);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function scalar(value: unknown): string {
  return typeof value === 'bigint' ? value.toString() : (JSON.stringify(value) ?? String(value));
}
