/** `.debug_frame`, DWARF 4: how to get from a frame to its caller's, as much as x86-64 code of Kiln needs.
 *  In: the section.  Out: rows sorted by address. Registers other than the stack pointer, the frame pointer and the return address
 *  (always below the caller's frame) are not followed. */
import { ByteReader } from './byte-reader.ts';

export interface UnwindRow {
  readonly address: number;
  /** The caller's frame begins at this register plus `offset`; `none` after the end of a function. */
  readonly register: 'rsp' | 'rbp' | 'none';
  readonly offset: number;
  /** Where the caller's frame pointer is kept, from the start of the caller's frame; 0: still in the register. */
  readonly savedRbp: number;
}

const RBP = 6;
const RSP = 7;
const CIE_ID = 0xffffffff;
const ADDRESS_BYTES = 8;

interface State {
  register: number;
  offset: number;
  savedRbp: number;
}

interface CommonEntry {
  readonly codeFactor: number;
  readonly dataFactor: number;
  readonly initial: State;
}

export function readCallFrames(bytes: Uint8Array): UnwindRow[] {
  const rows: UnwindRow[] = [];
  const common = new Map<number, CommonEntry>();
  const reader = new ByteReader(bytes);
  while (!reader.atEnd) {
    const start = reader.offset;
    const length = reader.u32();
    const end = reader.offset + length;
    if (length === 0) continue;
    const id = reader.u32();
    if (id === CIE_ID) common.set(start, readCommonEntry(reader, end));
    else {
      const entry = common.get(id);
      const address = reader.address(ADDRESS_BYTES);
      const size = reader.address(ADDRESS_BYTES);
      if (entry !== undefined && size > 0) {
        runInstructions(reader, end, entry, { ...entry.initial }, address, rows);
        rows.push({ address: address + size, register: 'none', offset: 0, savedRbp: 0 });
      }
    }
    reader.offset = end;
  }
  return sorted(rows);
}

/** Of two rows at one address the end of a function gives way to the start of the next. */
function sorted(rows: UnwindRow[]): UnwindRow[] {
  rows.sort((a, b) => a.address - b.address || Number(b.register === 'none') - Number(a.register === 'none'));
  return rows.filter((row, index) => rows[index + 1]?.address !== row.address);
}

function readCommonEntry(reader: ByteReader, end: number): CommonEntry {
  const version = reader.u8();
  reader.terminatedText();
  if (version >= 4) reader.offset += 2;
  const codeFactor = reader.uleb();
  const dataFactor = reader.sleb();
  reader.uleb();
  const initial: State = { register: RSP, offset: 8, savedRbp: 0 };
  const entry = { codeFactor, dataFactor, initial };
  runInstructions(reader, end, entry, initial, 0, []);
  return entry;
}

/** Call frame instructions: DWARF 4, section 6.4.2. A row is made for each address that the state changes at. */
function runInstructions(
  reader: ByteReader,
  end: number,
  { codeFactor, dataFactor, initial }: Pick<CommonEntry, 'codeFactor' | 'dataFactor' | 'initial'>,
  state: State,
  start: number,
  rows: UnwindRow[],
): void {
  let address = start;
  const remembered: State[] = [];
  const flush = (): void => {
    const register = state.register === RSP ? 'rsp' : state.register === RBP ? 'rbp' : 'none';
    rows.push({ address, register, offset: state.offset, savedRbp: state.savedRbp });
  };
  const advance = (by: number): void => {
    flush();
    address += by * codeFactor;
  };
  const save = (register: number, offset: number): void => {
    if (register === RBP) state.savedRbp = offset;
  };
  while (reader.offset < end) {
    const opcode = reader.u8();
    const low = opcode & 0x3f;
    switch (opcode >> 6) {
      case 1:
        advance(low);
        continue;
      case 2:
        save(low, reader.uleb() * dataFactor);
        continue;
      case 3:
        save(low, initial.savedRbp);
        continue;
      default:
    }
    switch (low) {
      case 0x00: // nop
        break;
      case 0x02:
        advance(reader.u8());
        break;
      case 0x03:
        advance(reader.u16());
        break;
      case 0x04:
        advance(reader.u32());
        break;
      case 0x05: // offset_extended
        save(reader.uleb(), reader.uleb() * dataFactor);
        break;
      case 0x06: // restore_extended
      case 0x08: // same_value
        save(reader.uleb(), initial.savedRbp);
        break;
      case 0x0a: // remember_state
        remembered.push({ ...state });
        break;
      case 0x0b: // restore_state
        Object.assign(state, remembered.pop() ?? initial);
        break;
      case 0x0c: // def_cfa
        state.register = reader.uleb();
        state.offset = reader.uleb();
        break;
      case 0x0d: // def_cfa_register
        state.register = reader.uleb();
        break;
      case 0x0e: // def_cfa_offset
        state.offset = reader.uleb();
        break;
      case 0x12: // def_cfa_sf
        state.register = reader.uleb();
        state.offset = reader.sleb() * dataFactor;
        break;
      case 0x13: // def_cfa_offset_sf
        state.offset = reader.sleb() * dataFactor;
        break;
      case 0x2e: // GNU_args_size
        reader.uleb();
        break;
      default:
        // What is not understood ends the entry: nobody walks through such code.
        state.register = -1;
        reader.offset = end;
    }
  }
  flush();
}
