/** The trace table that stands at the end of a native executable's file: what `std/runtime/trap_handler.mojo` reads when the program dies.
 *  In: the linked file's debug sections.  Out: the bytes to append.
 *
 *  Little-endian; addresses are distances from the image's first byte, other offsets from the table's.
 *    header    3 × { u32 count, u32 offset }                                                   rows of the sections that follow
 *    unwind    { u32 address, u32 register (0 rsp, 1 rbp, 2 unknown), i32 offset, i32 saved rbp }   sorted by address
 *    lines     { u32 address, u32 place }                                                      sorted by address
 *    places    { u32 function name, u32 path, u32 line, u32 column, u32 caller's place, u32 of the library }
 *    strings   each with a zero byte
 *    trailer   { u64 size of all before, "KILNTRC1" }
 *  A place that was inlined names the place of the call; 0xffffffff is none. */
import { isLibraryPath, type SourcePlace } from '../../base/stack-text.ts';
import { readCallFrames } from './call-frames.ts';
import { type DebugSections, section } from './debug-sections.ts';
import type { FunctionNode } from './functions.ts';
import { Symbols } from './symbols.ts';

const NOTHING = 0xffffffff;
const HEADER_BYTES = 24;
const UNWIND_BYTES = 16;
const LINE_BYTES = 8;
const PLACE_BYTES = 24;
const TRAILER_BYTES = 16;
const REGISTERS = { rsp: 0, rbp: 1, none: 2 } as const;

export function makeTraceTable(sections: DebugSections): Uint8Array {
  const symbols = new Symbols(sections);
  const unwind = readCallFrames(section(sections, '.debug_frame'));
  const table = new Places();
  const lines = boundaries(symbols)
    .map((address) => ({ address, place: table.chain(symbols.placesOf(address)) }))
    .filter((line, index, all) => line.place !== all[index - 1]?.place);

  const unwindAt = HEADER_BYTES;
  const linesAt = unwindAt + unwind.length * UNWIND_BYTES;
  const placesAt = linesAt + lines.length * LINE_BYTES;
  const stringsAt = placesAt + table.rows.length * PLACE_BYTES;
  const size = stringsAt + table.stringBytes;
  const bytes = new Uint8Array(size + TRAILER_BYTES);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const put = (...values: readonly number[]): void => {
    for (const value of values) {
      view.setUint32(at, value >>> 0, true);
      at += 4;
    }
  };
  put(unwind.length, unwindAt, lines.length, linesAt, table.rows.length, placesAt);
  for (const row of unwind) put(row.address, REGISTERS[row.register], row.offset, row.savedRbp);
  for (const { address, place } of lines) put(address, place);
  for (const { name, path, line, column, caller, library } of table.rows) {
    put(stringsAt + name, stringsAt + path, line, column, caller, library ? 1 : 0);
  }
  for (const text of table.strings) {
    bytes.set(text, at);
    at += text.length + 1;
  }
  put(size, 0);
  bytes.set(new TextEncoder().encode('KILNTRC1'), at);
  return bytes;
}

/** Every address at which the place may change, ascending. */
function boundaries(symbols: Symbols): number[] {
  const found = new Set<number>(symbols.rows.map((row) => row.address));
  const visit = (node: FunctionNode): void => {
    for (const [start, end] of node.ranges) found.add(start).add(end);
    node.inlined.forEach(visit);
  };
  symbols.functions.forEach(visit);
  return [...found].sort((a, b) => a - b);
}

interface PlaceRow {
  readonly name: number;
  readonly path: number;
  readonly line: number;
  readonly column: number;
  readonly caller: number;
  readonly library: boolean;
}

/** Places and strings, each once. */
class Places {
  readonly rows: PlaceRow[] = [];
  readonly strings: Uint8Array[] = [];
  stringBytes = 0;
  private readonly known = new Map<string, number>();
  private readonly knownStrings = new Map<string, number>();

  /** The number of the innermost place of a chain. */
  chain(places: readonly SourcePlace[]): number {
    let caller = NOTHING;
    for (const place of [...places].reverse()) caller = this.add(place, caller);
    return caller;
  }

  private add({ name, path, line, column }: SourcePlace, caller: number): number {
    const key = `${name}\0${path}\0${line}\0${column}\0${caller}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const row = {
      name: this.string(name),
      path: this.string(path),
      line,
      column,
      caller,
      library: isLibraryPath(path),
    };
    this.known.set(key, this.rows.length);
    return this.rows.push(row) - 1;
  }

  private string(text: string): number {
    const known = this.knownStrings.get(text);
    if (known !== undefined) return known;
    const bytes = new TextEncoder().encode(text);
    const at = this.stringBytes;
    this.strings.push(bytes);
    this.stringBytes += bytes.length + 1;
    this.knownStrings.set(text, at);
    return at;
  }
}
