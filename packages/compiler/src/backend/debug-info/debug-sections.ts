/** The debug sections of a linked file.
 *  In: the bytes of an ELF executable or of a WebAssembly module.  Out: its sections `.debug_…` by name, or null for another file. */
import { ByteReader, textAt } from './byte-reader.ts';

export interface DebugSections {
  readonly byName: ReadonlyMap<string, Uint8Array>;
  /** What is added to an address of the debug information to get an offset in the module: 0 for ELF. */
  readonly codeStart: number;
}

const NONE = new Uint8Array(0);

export function section(sections: DebugSections, name: string): Uint8Array {
  return sections.byName.get(name) ?? NONE;
}

const ELF_MAGIC = 0x464c457f;
const ELF_SECTION_TABLE = 40;
const ELF_SECTION_ENTRY_BYTES = 58;
/** SHT_NOBITS: no bytes in the file. */
const ELF_NO_BITS = 8;

export function elfDebugSections(file: Uint8Array): DebugSections | null {
  const reader = new ByteReader(file);
  if (reader.u32() !== ELF_MAGIC) return null;
  reader.offset = ELF_SECTION_TABLE;
  const table = reader.u64();
  reader.offset = ELF_SECTION_ENTRY_BYTES;
  const entryBytes = reader.u16();
  const count = reader.u16();
  const namesIndex = reader.u16();
  const headers = Array.from({ length: count }, (_, index) => {
    reader.offset = table + index * entryBytes;
    const name = reader.u32();
    const type = reader.u32();
    reader.offset += 16;
    return { name, type, offset: reader.u64(), size: reader.u64() };
  });
  const names = headers[namesIndex];
  if (names === undefined) return null;
  const nameBytes = file.subarray(names.offset, names.offset + names.size);
  const byName = new Map<string, Uint8Array>();
  for (const { name, type, offset, size } of headers) {
    if (type !== ELF_NO_BITS) byName.set(textAt(nameBytes, name), file.subarray(offset, offset + size));
  }
  return { byName, codeStart: 0 };
}

const WASM_MAGIC = 0x6d736100;
const WASM_CUSTOM = 0;
const WASM_CODE = 10;

export function wasmDebugSections(file: Uint8Array): DebugSections | null {
  const reader = new ByteReader(file);
  if (reader.u32() !== WASM_MAGIC) return null;
  reader.offset = 8;
  const byName = new Map<string, Uint8Array>();
  let codeStart = 0;
  while (!reader.atEnd) {
    const id = reader.u8();
    const size = reader.uleb();
    const end = reader.offset + size;
    if (id === WASM_CODE) codeStart = reader.offset;
    else if (id === WASM_CUSTOM) {
      const name = reader.text(reader.uleb());
      byName.set(name, file.subarray(reader.offset, end));
    }
    reader.offset = end;
  }
  return { byName, codeStart };
}
