/** `.debug_info`, DWARF 4: functions, and the calls that were inlined into them.
 *  In: the sections.  Out: a tree a function. Everything but names, ranges and call places is skipped. */
import { ByteReader, textAt } from './byte-reader.ts';
import { type DebugSections, section } from './debug-sections.ts';

export interface FunctionNode {
  name: string;
  readonly ranges: readonly (readonly [number, number])[];
  /** Where the line table of its unit begins: `callFile` is one of that table's numbers. */
  readonly lineTable: number;
  /** Of an inlined call: where it stands. 0 for a function of its own. */
  readonly callFile: number;
  readonly callLine: number;
  readonly callColumn: number;
  readonly inlined: FunctionNode[];
}

export interface UnitInfo {
  readonly functions: readonly FunctionNode[];
  readonly compilationFolder: string;
}

const TAG = { compileUnit: 0x11, inlinedSubroutine: 0x1d, subprogram: 0x2e } as const;
const AT = {
  name: 0x03,
  lineTable: 0x10,
  lowPc: 0x11,
  highPc: 0x12,
  compilationFolder: 0x1b,
  abstractOrigin: 0x31,
  ranges: 0x55,
  callColumn: 0x57,
  callFile: 0x58,
  callLine: 0x59,
} as const;
const FORM_ADDRESS = 0x01;

interface Abbreviation {
  readonly tag: number;
  readonly hasChildren: boolean;
  readonly attributes: readonly (readonly [number, number])[];
}

/** The attributes that matter, as read. */
interface Entry {
  readonly tag: number;
  readonly numbers: ReadonlyMap<number, number>;
  readonly name: string;
  readonly folder: string;
  readonly highIsAddress: boolean;
}

export function readFunctions(sections: DebugSections): UnitInfo {
  const info = new ByteReader(section(sections, '.debug_info'));
  const functions: FunctionNode[] = [];
  let compilationFolder = '';
  while (!info.atEnd) {
    const unitStart = info.offset;
    const length = info.u32();
    const end = info.offset + length;
    if (length > 0 && info.u16() === 4) {
      const abbreviations = readAbbreviations(section(sections, '.debug_abbrev'), info.u32());
      const reader = new UnitReader(sections, info, unitStart, info.u8(), abbreviations);
      functions.push(...reader.read(end));
      if (compilationFolder === '') compilationFolder = reader.compilationFolder;
    }
    info.offset = end;
  }
  return { functions, compilationFolder };
}

function readAbbreviations(bytes: Uint8Array, offset: number): ReadonlyMap<number, Abbreviation> {
  const reader = new ByteReader(bytes, offset);
  const found = new Map<number, Abbreviation>();
  for (let code = reader.uleb(); code !== 0; code = reader.uleb()) {
    const tag = reader.uleb();
    const hasChildren = reader.u8() !== 0;
    const attributes: (readonly [number, number])[] = [];
    for (;;) {
      const attribute = reader.uleb();
      const form = reader.uleb();
      if (attribute === 0 && form === 0) break;
      attributes.push([attribute, form]);
    }
    found.set(code, { tag, hasChildren, attributes });
  }
  return found;
}

class UnitReader {
  compilationFolder = '';
  private base = 0;
  private lineTable = 0;
  private readonly sections: DebugSections;
  private readonly info: ByteReader;
  private readonly unitStart: number;
  private readonly addressBytes: number;
  private readonly abbreviations: ReadonlyMap<number, Abbreviation>;
  /** Names of entries by offset, and the nodes that wait for the name of such an entry. */
  private readonly names = new Map<number, string>();
  private readonly waiting: { readonly node: FunctionNode; readonly origin: number }[] = [];

  constructor(
    sections: DebugSections,
    info: ByteReader,
    unitStart: number,
    addressBytes: number,
    abbreviations: ReadonlyMap<number, Abbreviation>,
  ) {
    this.sections = sections;
    this.info = info;
    this.unitStart = unitStart;
    this.addressBytes = addressBytes;
    this.abbreviations = abbreviations;
  }

  read(end: number): FunctionNode[] {
    const { info } = this;
    const functions: FunctionNode[] = [];
    // Per open entry with children, the list that inlined calls in it belong to.
    const open: FunctionNode[][] = [];
    while (info.offset < end) {
      const at = info.offset - this.unitStart;
      const abbreviation = this.abbreviations.get(info.uleb());
      if (abbreviation === undefined) {
        open.pop();
        continue;
      }
      const entry = this.readEntry(abbreviation);
      let list = open[open.length - 1] ?? functions;
      if (entry.tag === TAG.compileUnit) {
        this.base = entry.numbers.get(AT.lowPc) ?? 0;
        this.lineTable = entry.numbers.get(AT.lineTable) ?? 0;
        this.compilationFolder = entry.folder;
      } else if (entry.tag === TAG.subprogram || entry.tag === TAG.inlinedSubroutine) {
        if (entry.name !== '') this.names.set(at, entry.name);
        const node = this.nodeOf(entry);
        if (node.ranges.length > 0) list.push(node);
        list = node.inlined;
      }
      if (abbreviation.hasChildren) open.push(list);
    }
    for (const { node, origin } of this.waiting) node.name = this.names.get(origin) ?? '';
    return functions;
  }

  private nodeOf(entry: Entry): FunctionNode {
    const { numbers } = entry;
    const node: FunctionNode = {
      name: entry.name,
      ranges: this.rangesOf(entry),
      lineTable: this.lineTable,
      callFile: numbers.get(AT.callFile) ?? 0,
      callLine: numbers.get(AT.callLine) ?? 0,
      callColumn: numbers.get(AT.callColumn) ?? 0,
      inlined: [],
    };
    const origin = numbers.get(AT.abstractOrigin);
    if (origin !== undefined) this.waiting.push({ node, origin });
    return node;
  }

  private rangesOf({ numbers, highIsAddress }: Entry): (readonly [number, number])[] {
    const low = numbers.get(AT.lowPc);
    const high = numbers.get(AT.highPc);
    if (low !== undefined && high !== undefined) return [[low, highIsAddress ? high : low + high]];
    const list = numbers.get(AT.ranges);
    if (list === undefined) return [];
    const reader = new ByteReader(section(this.sections, '.debug_ranges'), list);
    const ranges: (readonly [number, number])[] = [];
    const largest = this.addressBytes === 8 ? Number(0xffffffffffffffffn) : 0xffffffff;
    let { base } = this;
    while (!reader.atEnd) {
      const start = reader.address(this.addressBytes);
      const end = reader.address(this.addressBytes);
      if (start === 0 && end === 0) break;
      if (start === largest) base = end;
      else if (start < end) ranges.push([base + start, base + end]);
    }
    return ranges;
  }

  private readEntry({ tag, attributes }: Abbreviation): Entry {
    const numbers = new Map<number, number>();
    let name = '';
    let folder = '';
    let highIsAddress = false;
    for (const [attribute, form] of attributes) {
      const value = this.readForm(form);
      if (typeof value === 'number') numbers.set(attribute, value);
      else if (attribute === AT.name) name = value;
      else if (attribute === AT.compilationFolder) folder = value;
      if (attribute === AT.highPc) highIsAddress = form === FORM_ADDRESS;
    }
    return { tag, numbers, name, folder, highIsAddress };
  }

  /** The forms of DWARF 4: section 7.5.4. */
  private readForm(form: number): number | string {
    const { info } = this;
    switch (form) {
      case FORM_ADDRESS:
        return info.address(this.addressBytes);
      case 0x0b: // data1
      case 0x11: // ref1
      case 0x0c: // flag
        return info.u8();
      case 0x05: // data2
      case 0x12: // ref2
        return info.u16();
      case 0x06: // data4
      case 0x13: // ref4
      case 0x17: // sec_offset
        return info.u32();
      case 0x07: // data8
      case 0x14: // ref8
      case 0x20: // ref_sig8
        return info.u64();
      case 0x0d: // sdata
        return info.sleb();
      case 0x0f: // udata
      case 0x15: // ref_udata
        return info.uleb();
      case 0x08: // string
        return info.terminatedText();
      case 0x0e: // strp
        return textAt(section(this.sections, '.debug_str'), info.u32());
      case 0x10: // ref_addr
        return info.u32();
      case 0x19: // flag_present
        return 1;
      case 0x18: // exprloc
      case 0x09: // block
        info.offset += info.uleb();
        return 0;
      case 0x0a: // block1
        info.offset += info.u8();
        return 0;
      case 0x03: // block2
        info.offset += info.u16();
        return 0;
      case 0x04: // block4
        info.offset += info.u32();
        return 0;
      default:
        // An unknown form has an unknown length: nothing behind it can be read.
        info.offset = info.bytes.length;
        return 0;
    }
  }
}
