/** Files and directories of the WASI layer: descriptors, paths, metadata.
 *  In: guest calls. Out: WASI error numbers; results in the guest's memory. Paths are resolved against the directory
 *  descriptor and not confined to it. Positions are kept here for regular files; pipes and terminals have none. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Errno, errnoOf, retryWhileBusy, writeFully, type GuestMemory } from './wasi-base.ts';

interface Descriptor {
  /** Node's descriptor; null for directories. */
  readonly file: number | null;
  /** Absolute path of a directory. */
  readonly directory: string | null;
  /** Name under which WASI lists it, for preopened directories. */
  readonly preopen: string | null;
  readonly append: boolean;
  /** Next byte of a regular file, or null where position has no meaning. */
  position: bigint | null;
  entries: readonly fs.Dirent[] | null;
}

type Call = (...args: never[]) => number;

const OPEN_CREATE = 1;
const OPEN_DIRECTORY = 2;
const OPEN_EXCLUSIVE = 4;
const OPEN_TRUNCATE = 8;
const FLAG_APPEND = 1;
const FOLLOW_SYMLINKS = 1;
const RIGHT_READ = 1n << 1n;
const RIGHT_WRITE = 1n << 6n;
const ALL_RIGHTS = (1n << 30n) - 1n;
const SEEK_SET = 0;
const SEEK_CURRENT = 1;
const FILETYPE = { unknown: 0, blockDevice: 1, characterDevice: 2, directory: 3, regular: 4, socket: 6, symlink: 7 };
const DIRENT_BYTES = 24;

export class WasiFiles {
  private readonly memory: GuestMemory;
  private readonly flushOutput: () => void;
  private readonly table = new Map<number, Descriptor>();

  constructor(memory: GuestMemory, flushOutput: () => void) {
    this.memory = memory;
    this.flushOutput = flushOutput;
    for (const fd of [0, 1, 2]) this.table.set(fd, stream(fd));
    this.table.set(3, directoryOf(process.cwd(), '.'));
    this.table.set(4, directoryOf('/', '/'));
  }

  /** Whether the descriptor is still the process's own standard stream. */
  isStandard(fd: number): boolean {
    return this.table.get(fd)?.file === fd;
  }

  imports(): Record<string, Call> {
    const { memory } = this;
    const nothing = (): number => Errno.SUCCESS;
    const calls: Record<string, Call> = {
      fd_advise: nothing,
      fd_allocate: () => Errno.NOTSUP,
      fd_datasync: (fd: number) => this.onFile(fd, (file) => fs.fdatasyncSync(file)),
      fd_sync: (fd: number) => this.onFile(fd, (file) => fs.fsyncSync(file)),
      fd_close: (fd: number) => this.close(fd),
      fd_fdstat_get: (fd: number, out: number) => this.descriptorStatus(fd, out),
      fd_fdstat_set_flags: nothing,
      fd_fdstat_set_rights: nothing,
      fd_filestat_get: (fd: number, out: number) => {
        const { file, directory } = this.descriptor(fd);
        this.writeStatus(out, file === null ? fs.statSync(directory ?? '.', BIG) : fs.fstatSync(file, BIG));
        return Errno.SUCCESS;
      },
      fd_filestat_set_size: (fd: number, size: bigint) =>
        this.onFile(fd, (file) => fs.ftruncateSync(file, Number(size))),
      fd_filestat_set_times: () => Errno.NOTSUP,
      fd_read: (fd: number, vectors: number, count: number, out: number) => this.read(fd, vectors, count, out, null),
      fd_pread: (fd: number, vectors: number, count: number, offset: bigint, out: number) =>
        this.read(fd, vectors, count, out, offset),
      fd_pwrite: (fd: number, vectors: number, count: number, offset: bigint, out: number) =>
        this.writeAt(fd, vectors, count, out, offset),
      fd_prestat_get: (fd: number, out: number) => {
        const { preopen } = this.descriptor(fd);
        if (preopen === null) return Errno.BADF;
        memory.setU32(out, 0);
        return memory.setU32(out + 4, Buffer.byteLength(preopen));
      },
      fd_prestat_dir_name: (fd: number, address: number, length: number) => {
        const { preopen } = this.descriptor(fd);
        if (preopen === null) return Errno.BADF;
        memory.bytes(address, length).set(Buffer.from(preopen).subarray(0, length));
        return Errno.SUCCESS;
      },
      fd_readdir: (fd: number, address: number, length: number, cookie: bigint, out: number) =>
        this.readDirectory(fd, address, length, cookie, out),
      fd_renumber: (from: number, to: number) => {
        const descriptor = this.descriptor(from);
        if (from !== to) this.close(to);
        this.table.delete(from);
        this.table.set(to, descriptor);
        return Errno.SUCCESS;
      },
      fd_seek: (fd: number, offset: bigint, whence: number, out: number) => this.seek(fd, offset, whence, out),
      fd_tell: (fd: number, out: number) => this.seek(fd, 0n, SEEK_CURRENT, out),
      path_create_directory: (fd: number, p: number, n: number) => done(() => fs.mkdirSync(this.path(fd, p, n))),
      path_remove_directory: (fd: number, p: number, n: number) => done(() => fs.rmdirSync(this.path(fd, p, n))),
      path_unlink_file: (fd: number, p: number, n: number) => done(() => fs.unlinkSync(this.path(fd, p, n))),
      path_rename: (fd: number, p: number, n: number, toFd: number, toP: number, toN: number) =>
        done(() => fs.renameSync(this.path(fd, p, n), this.path(toFd, toP, toN))),
      path_link: (fd: number, _flags: number, p: number, n: number, toFd: number, toP: number, toN: number) =>
        done(() => fs.linkSync(this.path(fd, p, n), this.path(toFd, toP, toN))),
      path_symlink: (p: number, n: number, fd: number, toP: number, toN: number) =>
        done(() => fs.symlinkSync(memory.text(p, n), this.path(fd, toP, toN))),
      path_readlink: (fd: number, p: number, n: number, address: number, length: number, out: number) => {
        const target = Buffer.from(fs.readlinkSync(this.path(fd, p, n))).subarray(0, length);
        memory.bytes(address, target.length).set(target);
        return memory.setU32(out, target.length);
      },
      path_filestat_get: (fd: number, flags: number, p: number, n: number, out: number) => {
        const file = this.path(fd, p, n);
        const follow = (flags & FOLLOW_SYMLINKS) !== 0;
        this.writeStatus(out, follow ? fs.statSync(file, BIG) : fs.lstatSync(file, BIG));
        return Errno.SUCCESS;
      },
      path_filestat_set_times: () => Errno.NOTSUP,
      path_open: (
        fd: number,
        flags: number,
        p: number,
        n: number,
        open: number,
        rights: bigint,
        _inherited: bigint,
        fdFlags: number,
        out: number,
      ) => this.open(this.path(fd, p, n), flags, open, rights, fdFlags, out),
    };
    return Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, guarded(call)]));
  }

  /** `fd_write` for everything but collected standard output. */
  write(fd: number, vectors: number, count: number, out: number): number {
    try {
      return this.writeAt(fd, vectors, count, out, null);
    } catch (error) {
      return errnoOf(error);
    }
  }

  private descriptor(fd: number): Descriptor {
    const descriptor = this.table.get(fd);
    if (descriptor === undefined) throw Object.assign(new Error('bad descriptor'), { code: 'EBADF' });
    return descriptor;
  }

  private path(fd: number, address: number, length: number): string {
    const { directory } = this.descriptor(fd);
    if (directory === null) throw Object.assign(new Error('not a directory'), { code: 'ENOTDIR' });
    return path.resolve(directory, this.memory.text(address, length));
  }

  private onFile(fd: number, action: (file: number) => void): number {
    const { file } = this.descriptor(fd);
    if (file === null) return Errno.BADF;
    action(file);
    return Errno.SUCCESS;
  }

  private close(fd: number): number {
    const { file } = this.descriptor(fd);
    if (fd === 1) this.flushOutput();
    this.table.delete(fd);
    if (file !== null && file > 2) fs.closeSync(file);
    return Errno.SUCCESS;
  }

  private open(file: string, flags: number, open: number, rights: bigint, fdFlags: number, out: number): number {
    let status: fs.Stats | undefined;
    if ((open & OPEN_CREATE) === 0 || (open & OPEN_EXCLUSIVE) === 0) {
      status = fs.statSync(file, { throwIfNoEntry: false });
    }
    if ((open & OPEN_DIRECTORY) !== 0 && status !== undefined && !status.isDirectory()) return Errno.NOTDIR;
    if (status?.isDirectory() === true && (open & (OPEN_CREATE | OPEN_TRUNCATE)) === 0) {
      return this.memory.setU32(out, this.add(directoryOf(file, null)));
    }
    const { constants } = fs;
    const writes = (rights & RIGHT_WRITE) !== 0n;
    let mode = writes ? ((rights & RIGHT_READ) !== 0n ? constants.O_RDWR : constants.O_WRONLY) : constants.O_RDONLY;
    if ((open & OPEN_CREATE) !== 0) mode |= constants.O_CREAT;
    if ((open & OPEN_EXCLUSIVE) !== 0) mode |= constants.O_EXCL;
    if ((open & OPEN_TRUNCATE) !== 0) mode |= constants.O_TRUNC;
    if ((fdFlags & FLAG_APPEND) !== 0) mode |= constants.O_APPEND;
    if ((flags & FOLLOW_SYMLINKS) === 0) mode |= constants.O_NOFOLLOW ?? 0;
    const opened = fs.openSync(file, mode, 0o666);
    const regular = fs.fstatSync(opened).isFile();
    const append = (fdFlags & FLAG_APPEND) !== 0;
    const position = regular ? 0n : null;
    const descriptor = { file: opened, directory: null, preopen: null, append, position, entries: null };
    return this.memory.setU32(out, this.add(descriptor));
  }

  private add(descriptor: Descriptor): number {
    let fd = 5;
    while (this.table.has(fd)) fd++;
    this.table.set(fd, descriptor);
    return fd;
  }

  private read(fd: number, vectors: number, count: number, out: number, at: bigint | null): number {
    const descriptor = this.descriptor(fd);
    const { file } = descriptor;
    if (file === null) return Errno.BADF;
    if (fd === 0) this.flushOutput();
    let total = 0;
    for (let i = 0; i < count; i++) {
      const length = this.memory.u32(vectors + i * 8 + 4);
      if (length === 0) continue;
      const bytes = this.memory.bytes(this.memory.u32(vectors + i * 8), length);
      const base = at ?? descriptor.position;
      const position = base === null ? null : base + (at === null ? 0n : BigInt(total));
      const got = retryWhileBusy(() => readSome(file, bytes, position));
      total += got;
      if (at === null && descriptor.position !== null) descriptor.position += BigInt(got);
      if (got < length) break;
    }
    return this.memory.setU32(out, total);
  }

  private writeAt(fd: number, vectors: number, count: number, out: number, at: bigint | null): number {
    const descriptor = this.descriptor(fd);
    const { file } = descriptor;
    if (file === null) return Errno.BADF;
    if (file <= 2) this.flushOutput();
    let total = 0;
    for (let i = 0; i < count; i++) {
      const length = this.memory.u32(vectors + i * 8 + 4);
      const bytes = this.memory.bytes(this.memory.u32(vectors + i * 8), length);
      const base = descriptor.append ? null : (at ?? descriptor.position);
      if (base === null) {
        writeFully(file, bytes);
      } else {
        const start = Number(base) + (at === null ? 0 : total);
        for (let done = 0; done < length; ) done += fs.writeSync(file, bytes, done, length - done, start + done);
      }
      total += length;
      if (at === null && descriptor.position !== null) {
        descriptor.position = descriptor.append ? fs.fstatSync(file, BIG).size : descriptor.position + BigInt(length);
      }
    }
    return this.memory.setU32(out, total);
  }

  private seek(fd: number, offset: bigint, whence: number, out: number): number {
    const descriptor = this.descriptor(fd);
    if (descriptor.position === null || descriptor.file === null) return Errno.SPIPE;
    const from =
      whence === SEEK_SET
        ? 0n
        : whence === SEEK_CURRENT
          ? descriptor.position
          : fs.fstatSync(descriptor.file, BIG).size;
    const target = from + BigInt.asIntN(64, offset);
    if (target < 0n) return Errno.INVAL;
    descriptor.position = target;
    return this.memory.setU64(out, target);
  }

  private descriptorStatus(fd: number, out: number): number {
    const descriptor = this.descriptor(fd);
    const type = descriptor.file === null ? FILETYPE.directory : typeOf(fs.fstatSync(descriptor.file));
    this.memory.bytes(out, 24).fill(0);
    this.memory.setU8(out, type);
    this.memory.setU16(out + 2, descriptor.append ? FLAG_APPEND : 0);
    // Without the right to seek, C libraries take a character device for a terminal.
    const rights = type === FILETYPE.characterDevice ? ALL_RIGHTS & ~0x24n : ALL_RIGHTS;
    this.memory.setU64(out + 8, rights);
    return this.memory.setU64(out + 16, ALL_RIGHTS);
  }

  private writeStatus(out: number, status: fs.BigIntStats): void {
    const { memory } = this;
    memory.setU64(out, status.dev);
    memory.setU64(out + 8, status.ino);
    memory.setU64(out + 16, 0n);
    memory.setU8(out + 16, typeOf(status));
    memory.setU64(out + 24, status.nlink);
    memory.setU64(out + 32, status.size);
    memory.setU64(out + 40, status.atimeNs);
    memory.setU64(out + 48, status.mtimeNs);
    memory.setU64(out + 56, status.ctimeNs);
  }

  private readDirectory(fd: number, address: number, length: number, cookie: bigint, out: number): number {
    const descriptor = this.descriptor(fd);
    if (descriptor.directory === null) return Errno.NOTDIR;
    if (cookie === 0n || descriptor.entries === null) {
      descriptor.entries = fs.readdirSync(descriptor.directory, { withFileTypes: true });
    }
    const target = this.memory.bytes(address, length);
    let used = 0;
    for (let index = Number(cookie); index < descriptor.entries.length && used < length; index++) {
      const entry = descriptor.entries[index];
      if (entry === undefined) break;
      const name = Buffer.from(entry.name);
      const record = Buffer.alloc(DIRENT_BYTES + name.length);
      record.writeBigUInt64LE(BigInt(index + 1), 0);
      record.writeUInt32LE(name.length, 16);
      record.writeUInt8(typeOf(entry), 20);
      record.set(name, DIRENT_BYTES);
      // A record that does not fit is cut; the caller sees a full buffer and asks again from its cookie.
      const part = record.subarray(0, length - used);
      target.set(part, used);
      used += part.length;
    }
    return this.memory.setU32(out, used);
  }
}

const BIG = { bigint: true } as const;

/** The position of a redirected standard stream is the kernel's, shared with whoever opened it. */
function stream(fd: number): Descriptor {
  return { file: fd, directory: null, preopen: null, append: false, position: null, entries: null };
}

function directoryOf(directory: string, preopen: string | null): Descriptor {
  return { file: null, directory, preopen, append: false, position: null, entries: null };
}

function typeOf(status: fs.Stats | fs.BigIntStats | fs.Dirent): number {
  if (status.isFile()) return FILETYPE.regular;
  if (status.isDirectory()) return FILETYPE.directory;
  if (status.isSymbolicLink()) return FILETYPE.symlink;
  if (status.isCharacterDevice()) return FILETYPE.characterDevice;
  if (status.isBlockDevice()) return FILETYPE.blockDevice;
  if (status.isSocket()) return FILETYPE.socket;
  return FILETYPE.unknown;
}

function readSome(file: number, bytes: Uint8Array, position: bigint | null): number {
  try {
    return fs.readSync(file, bytes, 0, bytes.length, position === null ? null : Number(position));
  } catch (error) {
    // What a closed terminal or console gives at its end.
    if ((error as { code?: unknown }).code === 'EOF') return 0;
    throw error;
  }
}

function done(action: () => void): number {
  action();
  return Errno.SUCCESS;
}

function guarded(call: Call): Call {
  return (...args) => {
    try {
      return call(...args);
    } catch (error) {
      return errnoOf(error);
    }
  };
}
