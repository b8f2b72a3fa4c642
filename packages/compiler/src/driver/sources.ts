/** Loads source files: bytes from the host, decoded strictly as UTF-8, each path once.
 *  In: a host and a sink.  Out: `SourceFile`s with dense ids, line tables on demand.
 *  Invariant: a file that cannot be decoded is still registered (with U+FFFD for what is wrong), so that its
 *  diagnostics have a place; `load` reports it once. */
import { Table } from '../base/ids.ts';
import { buildLineTable, type FileId, type LineTable, lineAndColumn, makeSpan, type SourceFile } from '../base/span.ts';
import { defineError, label } from '../diagnostics/diagnostic.ts';
import type { Sink } from '../diagnostics/sink.ts';
import type { Host } from './host.ts';

export const invalidUtf8 = defineError('M1901', 'syntax', (a: { file: FileId; offset: number; byte: number }) => ({
  message: `the file is not valid UTF-8: byte 0x${a.byte.toString(16).padStart(2, '0')} cannot stand here`,
  primary: label(makeSpan(a.file, a.offset, a.offset + 1), 'not UTF-8'),
  notes: ['Mojo source files are encoded in UTF-8; save the file in that encoding'],
}));

export const sourceTooLarge = defineError('M1902', 'syntax', (a: { file: FileId; bytes: number; limit: number }) => ({
  message: `the file has ${a.bytes} bytes, more than the ${a.limit} that one source file may have`,
  primary: label(makeSpan(a.file, 0, 0)),
}));

/** Offsets are kept in 32-bit tables and every node costs memory; beyond this a file is data, not a program. */
const LARGEST_SOURCE = 64 * 1024 * 1024;

export class SourceSet {
  private readonly files = new Table<FileId, SourceFile>();
  private readonly byPath = new Map<string, FileId>();
  private readonly lineTables = new Map<string, LineTable>();
  private readonly library = new Set<FileId>();
  private readonly host: Host;

  constructor(host: Host) {
    this.host = host;
  }

  /** The file at `path` (as `displayPath` names it to the user), or null if it cannot be read. */
  load(path: string, displayPath: string, sink: Sink): SourceFile | null {
    const known = this.byPath.get(path);
    if (known !== undefined) return this.files.get(known);
    const bytes = this.host.readFile(path);
    if (bytes === null) return null;
    const id = this.files.nextId();
    const text = bytes.length > LARGEST_SOURCE ? '' : decode(bytes);
    const file: SourceFile = { id, path: displayPath, text };
    this.files.add(file);
    this.byPath.set(path, id);
    if (path.startsWith(`${this.host.stdRoot}/`)) this.library.add(id);
    if (bytes.length > LARGEST_SOURCE)
      sink.report(sourceTooLarge({ file: id, bytes: bytes.length, limit: LARGEST_SOURCE }));
    else reportInvalid(file, bytes, sink);
    return file;
  }

  /** Registers text that has no file: an editor's buffer, a test. */
  addText(path: string, text: string): SourceFile {
    const file: SourceFile = { id: this.files.nextId(), path, text };
    this.files.add(file);
    this.byPath.set(path, file.id);
    return file;
  }

  get(id: FileId): SourceFile {
    return this.files.get(id);
  }

  /** Whether the file belongs to the library that Kiln brings along. */
  isLibrary(id: FileId): boolean {
    return this.library.has(id);
  }

  all(): readonly SourceFile[] {
    return this.files.values();
  }

  lineTable(id: FileId): LineTable {
    const file = this.files.get(id);
    const key = `${id}`;
    const known = this.lineTables.get(key);
    if (known !== undefined) return known;
    const table = buildLineTable(file.text);
    this.lineTables.set(key, table);
    return table;
  }

  /** 1-based line and column of an offset. */
  position(id: FileId, offset: number): { line: number; column: number } {
    return lineAndColumn(this.lineTable(id), offset);
  }
}

/** A byte order mark is not part of the text. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes);
}

/** Finds the first byte that cannot be decoded and reports it at its offset in the decoded text. */
function reportInvalid(file: SourceFile, bytes: Uint8Array, sink: Sink): void {
  if (!file.text.includes('\ufffd')) return;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return;
  } catch {
    const at = firstInvalidByte(bytes);
    const offset = decode(bytes.subarray(0, at)).length;
    sink.report(invalidUtf8({ file: file.id, offset, byte: bytes[at] ?? 0 }));
  }
}

/** RFC 3629: lead byte, then as many continuation bytes as it announces, no surrogates, no overlong forms. */
function firstInvalidByte(bytes: Uint8Array): number {
  let i = 0;
  while (i < bytes.length) {
    const lead = bytes[i] ?? 0;
    if (lead < 0x80) {
      i++;
      continue;
    }
    const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || i + length > bytes.length) return i;
    const second = bytes[i + 1] ?? 0;
    const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    if (second < lowest || second > highest) return i;
    for (let k = 2; k < length; k++) if (((bytes[i + k] ?? 0) & 0xc0) !== 0x80) return i;
    i += length;
  }
  return bytes.length;
}
