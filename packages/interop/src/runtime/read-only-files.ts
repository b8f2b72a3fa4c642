/** Files that a module in a page may read: the part of WASI that opens, reads, asks for sizes and closes. Nothing can be written.
 *  In: a way to get the bytes of a path. Out: import functions that go before those of `WasiShim`. */

const SUCCESS = 0;
const BADF = 8;
const INVAL = 28;
const NOENT = 44;
const ROFS = 69;

const OPEN_CREATE = 1;
const OPEN_TRUNCATE = 8;
const RIGHT_WRITE = 1n << 6n;
const TYPE_REGULAR = 4;
const STATUS_BYTES = 64;
/** Standard streams, then the directories `.` and `/`. */
const FIRST_FREE = 5;

interface OpenFile {
  readonly bytes: Uint8Array;
  position: number;
}

/** The bytes of a file whose path is relative to the module's folder, or null. */
export type ReadFile = (path: string) => Uint8Array | null;

export class ReadOnlyFiles {
  private readonly read: ReadFile;
  private readonly open = new Map<number, OpenFile>();

  constructor(read: ReadFile) {
    this.read = read;
  }

  /** `view`: the module's memory, asked for at each call. */
  calls(view: () => DataView): Record<string, unknown> {
    const pathAt = (address: number, length: number): string =>
      new TextDecoder().decode(new Uint8Array(view().buffer, address >>> 0, length).slice());
    return {
      path_open: (
        _folder: number,
        _lookup: number,
        path: number,
        length: number,
        how: number,
        rights: bigint,
        _inherited: bigint,
        _flags: number,
        out: number,
      ) => {
        if ((how & (OPEN_CREATE | OPEN_TRUNCATE)) !== 0 || (rights & RIGHT_WRITE) !== 0n) return ROFS;
        const bytes = this.read(pathAt(path, length));
        if (bytes === null) return NOENT;
        let fd = FIRST_FREE;
        while (this.open.has(fd)) fd++;
        this.open.set(fd, { bytes, position: 0 });
        view().setUint32(out >>> 0, fd, true);
        return SUCCESS;
      },
      path_filestat_get: (_folder: number, _flags: number, path: number, length: number, out: number) => {
        const bytes = this.read(pathAt(path, length));
        return bytes === null ? NOENT : writeStatus(view(), out >>> 0, bytes.length);
      },
      fd_filestat_get: (fd: number, out: number) => {
        const file = this.open.get(fd);
        return file === undefined ? BADF : writeStatus(view(), out >>> 0, file.bytes.length);
      },
      fd_read: (fd: number, vectors: number, count: number, out: number) => {
        const file = this.open.get(fd);
        if (file === undefined) return BADF;
        const memory = view();
        let total = 0;
        for (let i = 0; i < count; i++) {
          const at = memory.getUint32((vectors >>> 0) + i * 8, true);
          const part = file.bytes.subarray(
            file.position,
            file.position + memory.getUint32((vectors >>> 0) + i * 8 + 4, true),
          );
          new Uint8Array(memory.buffer, at, part.length).set(part);
          file.position += part.length;
          total += part.length;
        }
        memory.setUint32(out >>> 0, total, true);
        return SUCCESS;
      },
      fd_seek: (fd: number, offset: bigint, whence: number, out: number) => {
        const file = this.open.get(fd);
        if (file === undefined) return BADF;
        const target = Number(offset) + ([0, file.position, file.bytes.length][whence] ?? -1);
        if (target < 0) return INVAL;
        file.position = target;
        view().setBigUint64(out >>> 0, BigInt(target), true);
        return SUCCESS;
      },
      fd_close: (fd: number) => (this.open.delete(fd) ? SUCCESS : BADF),
    };
  }
}

/** `filestat` of WASI preview 1 (witx, 2020): kind at 16, links at 24, size at 32; no times. */
function writeStatus(view: DataView, out: number, size: number): number {
  for (let i = 0; i < STATUS_BYTES; i += 8) view.setBigUint64(out + i, 0n, true);
  view.setUint8(out + 16, TYPE_REGULAR);
  view.setBigUint64(out + 24, 1n, true);
  view.setBigUint64(out + 32, BigInt(size), true);
  return SUCCESS;
}
