/** The stack of a program that died, as text: what the handler of traps prints natively, for WebAssembly and the interpreter.
 *  In: places, innermost first, and a way to read source files.  Out: lines, or '' when no place is known. */

/** A call on the stack. */
export interface SourcePlace {
  readonly name: string;
  readonly path: string;
  readonly line: number;
  /** 0: not known. */
  readonly column: number;
}

/** Files of the library are named `std/…`. */
export function isLibraryPath(path: string): boolean {
  return path.startsWith('std/');
}

const PLACES_AT_TOP = 16;
const PLACES_AT_BOTTOM = 4;
const LONGEST_LINE = 200;

/** The library's functions before the first and after the last of the user's own are left out. */
export function stackText(places: readonly SourcePlace[], readText: (path: string) => string | null): string {
  const isOwn = (place: SourcePlace): boolean => !isLibraryPath(place.path);
  const first = places.findIndex(isOwn);
  const shown = first < 0 ? places : places.slice(first, places.findLastIndex(isOwn) + 1);
  const lines: string[] = [];
  for (const [index, place] of shown.entries()) {
    const { name, path, line, column } = place;
    if (index < PLACES_AT_TOP || index >= shown.length - PLACES_AT_BOTTOM)
      lines.push(`  at ${name} (${path}:${line}${column === 0 ? '' : `:${column}`})`);
    else if (index === PLACES_AT_TOP) lines.push(`  … ${shown.length - PLACES_AT_TOP - PLACES_AT_BOTTOM} calls …`);
    const source = index === 0 ? (readText(path)?.split('\n')[line - 1] ?? '') : '';
    if (source !== '') lines.push(`${String(line).padStart(7)} | ${source.slice(0, LONGEST_LINE)}`);
  }
  return lines.length === 0 ? '' : `stack, innermost call first:\n${lines.join('\n')}\n`;
}
