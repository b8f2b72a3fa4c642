/** The memory that a WebAssembly module with threads imports.
 *  In: the module's bytes.  Out: the limits that it states, and a memory within them. */
import { platform, type WasmMemory } from './platform.ts';

export interface MemoryLimits {
  /** Pages of 64 KiB. */
  readonly initial: number;
  readonly maximum: number;
}

const IMPORT_SECTION = 2;
const MAGIC_BYTES = 8;
const FUNCTION = 0;
const TABLE = 1;
const MEMORY = 2;
const GLOBAL = 3;
const HAS_MAXIMUM = 1;
const SHARED = 2;

/** Limits of the shared memory that the module imports; null: it has a memory of its own, and no threads. */
export function sharedMemoryOf(bytes: Uint8Array): MemoryLimits | null {
  let offset = MAGIC_BYTES;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[offset++] ?? 0;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  const skipText = (): void => {
    const length = varint();
    offset += length;
  };
  const limits = (): { readonly flags: number; readonly initial: number; readonly maximum: number } => {
    const flags = varint();
    const initial = varint();
    return { flags, initial, maximum: (flags & HAS_MAXIMUM) === 0 ? initial : varint() };
  };
  while (offset < bytes.length) {
    const id = bytes[offset++] ?? 0;
    const size = varint();
    if (id > IMPORT_SECTION) return null;
    if (id !== IMPORT_SECTION) {
      offset += size;
      continue;
    }
    for (let count = varint(); count > 0; count--) {
      skipText();
      skipText();
      switch (bytes[offset++]) {
        case FUNCTION:
          varint();
          break;
        case TABLE:
          offset++;
          limits();
          break;
        case MEMORY: {
          const { flags, initial, maximum } = limits();
          if ((flags & SHARED) !== 0) return { initial, maximum };
          break;
        }
        case GLOBAL:
          offset += 2;
          break;
        default:
          // A tag: attribute and type.
          offset++;
          varint();
      }
    }
    return null;
  }
  return null;
}

/** A shared memory, with less room to grow where the system refuses to reserve all of it. */
export function makeSharedMemory(limits: MemoryLimits): WasmMemory {
  for (let { maximum } = limits; ; maximum >>>= 1) {
    try {
      return new platform.WebAssembly.Memory({ initial: limits.initial, maximum, shared: true });
    } catch (error) {
      if (maximum >>> 1 < limits.initial) throw error;
    }
  }
}
