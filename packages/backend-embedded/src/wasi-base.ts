/** What both halves of the WASI layer share: error numbers, access to the guest's memory, writes that do not lose bytes. */
import * as fs from 'node:fs';
import type { WasmMemory } from './webassembly.ts';

/** WASI's error numbers. */
export const Errno = {
  SUCCESS: 0,
  BADF: 8,
  EXIST: 20,
  FAULT: 21,
  INVAL: 28,
  IO: 29,
  NOENT: 44,
  NOSYS: 52,
  NOTDIR: 54,
  NOTSUP: 58,
  PIPE: 64,
  SPIPE: 70,
} as const;

const BY_NAME: Readonly<Record<string, number>> = {
  EACCES: 2,
  EAGAIN: 6,
  EBADF: 8,
  EBUSY: 10,
  EEXIST: 20,
  EFBIG: 22,
  EINTR: 27,
  EINVAL: 28,
  EIO: 29,
  EISDIR: 31,
  ELOOP: 32,
  EMFILE: 33,
  EMLINK: 34,
  ENAMETOOLONG: 37,
  ENFILE: 41,
  ENODEV: 43,
  ENOENT: 44,
  ENOMEM: 48,
  ENOSPC: 51,
  ENOTDIR: 54,
  ENOTEMPTY: 55,
  ENXIO: 60,
  EPERM: 63,
  EPIPE: 64,
  EROFS: 69,
  ESPIPE: 70,
  ETXTBSY: 74,
  EXDEV: 75,
};

/** The WASI number of a Node system error or of an address outside memory; rethrows everything else. */
export function errnoOf(error: unknown): number {
  if (error instanceof RangeError && !/call stack/.test(error.message)) return Errno.FAULT;
  const code = (error as { code?: unknown }).code;
  if (typeof code !== 'string') throw error;
  return BY_NAME[code] ?? Errno.IO;
}

/** Standard output's reader has gone: the program ends like one killed by SIGPIPE. */
export class OutputPipeClosed extends Error {}

const pause = new Int32Array(new SharedArrayBuffer(4));

/** Repeats `action` while a non-blocking pipe is full or empty. */
export function retryWhileBusy<T>(action: () => T): T {
  for (;;) {
    try {
      return action();
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      if (code !== 'EAGAIN' && code !== 'EINTR') throw error;
      Atomics.wait(pause, 0, 0, 1);
    }
  }
}

export function writeFully(fd: number, bytes: Uint8Array): void {
  for (let offset = 0; offset < bytes.length; ) {
    const start = offset;
    try {
      offset += retryWhileBusy(() => fs.writeSync(fd, bytes, start, bytes.length - start));
    } catch (error) {
      if ((error as { code?: unknown }).code === 'EPIPE') throw new OutputPipeClosed();
      throw error;
    }
  }
}

/** The guest's memory; follows its growth, which replaces the buffer. Setters return SUCCESS, so that calls can end in one. */
export class GuestMemory {
  private memory: WasmMemory | null = null;
  private view = new DataView(new ArrayBuffer(0));

  attach(memory: WasmMemory): void {
    this.memory = memory;
  }

  private current(): DataView {
    const buffer = this.memory?.buffer ?? this.view.buffer;
    if (this.view.buffer !== buffer) this.view = new DataView(buffer);
    return this.view;
  }

  /** Addresses arrive as signed 32-bit numbers. */
  bytes(address: number, length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.current().buffer as ArrayBuffer, address >>> 0, length >>> 0);
  }

  text(address: number, length: number): string {
    return new TextDecoder().decode(this.bytes(address, length));
  }

  u8(address: number): number {
    return this.current().getUint8(address >>> 0);
  }

  u16(address: number): number {
    return this.current().getUint16(address >>> 0, true);
  }

  u32(address: number): number {
    return this.current().getUint32(address >>> 0, true);
  }

  u64(address: number): bigint {
    return this.current().getBigUint64(address >>> 0, true);
  }

  setU8(address: number, value: number): number {
    this.current().setUint8(address >>> 0, value);
    return Errno.SUCCESS;
  }

  setU16(address: number, value: number): number {
    this.current().setUint16(address >>> 0, value, true);
    return Errno.SUCCESS;
  }

  setU32(address: number, value: number): number {
    this.current().setUint32(address >>> 0, value, true);
    return Errno.SUCCESS;
  }

  setU64(address: number, value: bigint): number {
    this.current().setBigUint64(address >>> 0, BigInt.asUintN(64, value), true);
    return Errno.SUCCESS;
  }
}
