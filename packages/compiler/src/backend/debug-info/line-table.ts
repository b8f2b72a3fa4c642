/** `.debug_line`, DWARF 4: which source place each address comes from.
 *  In: the section.  Out: rows sorted by address; the last of a sequence has line 0. */
import { ByteReader } from './byte-reader.ts';

export interface LineRow {
  readonly address: number;
  readonly path: string;
  /** 0: no place. */
  readonly line: number;
  readonly column: number;
}

interface Header {
  readonly minimumLength: number;
  readonly lineBase: number;
  readonly lineRange: number;
  readonly opcodeBase: number;
  readonly operandCounts: readonly number[];
  readonly paths: readonly string[];
}

const STANDARD = {
  copy: 1,
  advancePc: 2,
  advanceLine: 3,
  setFile: 4,
  setColumn: 5,
  constAddPc: 8,
  fixedAdvancePc: 9,
} as const;
const EXTENDED = { endSequence: 1, setAddress: 2 } as const;
const VERSION = 4;

export interface LineTable {
  readonly rows: readonly LineRow[];
  /** Of the unit whose table begins at an offset of the section: paths by the numbers that `DW_AT_call_file` holds. Number 0
   *  is not used. */
  readonly paths: ReadonlyMap<number, readonly string[]>;
}

export function readLineTable(bytes: Uint8Array, compilationFolder: string): LineTable {
  const rows: LineRow[] = [];
  const paths = new Map<number, readonly string[]>();
  const reader = new ByteReader(bytes);
  while (!reader.atEnd) {
    const start = reader.offset;
    const length = reader.u32();
    const end = reader.offset + length;
    if (length > 0 && reader.u16() === VERSION) {
      const headerLength = reader.u32();
      const program = reader.offset + headerLength;
      const header = readHeader(reader, compilationFolder);
      paths.set(start, header.paths);
      reader.offset = program;
      runProgram(reader, end, header, rows);
    }
    reader.offset = end;
  }
  return { rows: rows.sort((a, b) => a.address - b.address), paths };
}

function readHeader(reader: ByteReader, compilationFolder: string): Header {
  const minimumLength = reader.u8();
  reader.u8();
  reader.u8();
  const lineBase = (reader.u8() << 24) >> 24;
  const lineRange = Math.max(1, reader.u8());
  const opcodeBase = reader.u8();
  const operandCounts = Array.from({ length: Math.max(0, opcodeBase - 1) }, () => reader.u8());
  const folders = [compilationFolder];
  for (let name = reader.terminatedText(); name !== ''; name = reader.terminatedText()) folders.push(name);
  const paths = [''];
  for (let name = reader.terminatedText(); name !== ''; name = reader.terminatedText()) {
    const folder = folders[reader.uleb()] ?? '';
    reader.uleb();
    reader.uleb();
    paths.push(folder === '' ? name : `${folder}/${name}`);
  }
  return { minimumLength, lineBase, lineRange, opcodeBase, operandCounts, paths };
}

/** The line number program: DWARF 4, section 6.2.5. */
function runProgram(reader: ByteReader, end: number, header: Header, rows: LineRow[]): void {
  let address = 0;
  let file = 1;
  let line = 1;
  let column = 0;
  const emit = (place: number): void => {
    rows.push({ address, path: header.paths[file] ?? '', line: place, column });
  };
  const advanceSpecial = (opcode: number): number => {
    const adjusted = opcode - header.opcodeBase;
    address += Math.floor(adjusted / header.lineRange) * header.minimumLength;
    return header.lineBase + (adjusted % header.lineRange);
  };
  while (reader.offset < end) {
    const opcode = reader.u8();
    if (opcode >= header.opcodeBase) {
      line += advanceSpecial(opcode);
      emit(line);
    } else if (opcode === 0) {
      const length = reader.uleb();
      const next = reader.offset + length;
      const extended = reader.u8();
      if (extended === EXTENDED.endSequence) {
        emit(0);
        address = 0;
        file = 1;
        line = 1;
        column = 0;
      } else if (extended === EXTENDED.setAddress) address = reader.address(length - 1);
      reader.offset = next;
    } else if (opcode === STANDARD.copy) emit(line);
    else if (opcode === STANDARD.advancePc) address += reader.uleb() * header.minimumLength;
    else if (opcode === STANDARD.advanceLine) line += reader.sleb();
    else if (opcode === STANDARD.setFile) file = reader.uleb();
    else if (opcode === STANDARD.setColumn) column = reader.uleb();
    else if (opcode === STANDARD.constAddPc) advanceSpecial(255);
    else if (opcode === STANDARD.fixedAdvancePc) address += reader.u16();
    else for (let left = header.operandCounts[opcode - 1] ?? 0; left > 0; left--) reader.uleb();
  }
}
