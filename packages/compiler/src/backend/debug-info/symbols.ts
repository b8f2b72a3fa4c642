/** From a code address to the source places that it stands for: the innermost function first, then the calls it was inlined into.
 *  In: the debug sections of a linked file.  Out: `SourcePlace` chains. */
import type { SourcePlace } from '../../base/stack-text.ts';
import type { DebugSections } from './debug-sections.ts';
import { section } from './debug-sections.ts';
import { type FunctionNode, readFunctions } from './functions.ts';
import { type LineRow, readLineTable } from './line-table.ts';

export class Symbols {
  readonly rows: readonly LineRow[];
  readonly functions: readonly FunctionNode[];
  private readonly paths: ReadonlyMap<number, readonly string[]>;
  private readonly byStart: readonly { readonly start: number; readonly end: number; readonly node: FunctionNode }[];

  constructor(sections: DebugSections) {
    const { functions, compilationFolder } = readFunctions(sections);
    const { rows, paths } = readLineTable(section(sections, '.debug_line'), compilationFolder);
    this.rows = rows;
    this.paths = paths;
    this.functions = functions;
    this.byStart = functions
      .flatMap((node) => node.ranges.map(([start, end]) => ({ start, end, node })))
      .sort((a, b) => a.start - b.start);
  }

  /** Innermost first; empty where nothing is known. */
  placesOf(address: number): SourcePlace[] {
    const row = this.rows[lastAtOrBefore(this.rows, address, (entry) => entry.address)];
    const range = this.byStart[lastAtOrBefore(this.byStart, address, (entry) => entry.start)];
    if (row === undefined || range === undefined || address >= range.end) return [];
    const chain = inlinedAt(range.node, address);
    const places: SourcePlace[] = [];
    let { path, line, column } = row;
    for (const node of chain.reverse()) {
      if (line > 0) places.push({ name: node.name, path, line, column });
      path = this.paths.get(node.lineTable)?.[node.callFile] ?? '';
      line = node.callLine;
      column = node.callColumn;
    }
    return places;
  }
}

/** A function and the inlined calls around an address, outermost first. */
function inlinedAt(node: FunctionNode, address: number): FunctionNode[] {
  const chain = [node];
  for (let inner: FunctionNode | undefined = node; inner !== undefined; ) {
    inner = inner.inlined.find(({ ranges }) => ranges.some(([start, end]) => start <= address && address < end));
    if (inner !== undefined) chain.push(inner);
  }
  return chain;
}

/** -1 when all come later. */
function lastAtOrBefore<T>(entries: readonly T[], address: number, of: (entry: T) => number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const entry = entries[middle];
    if (entry !== undefined && of(entry) <= address) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
