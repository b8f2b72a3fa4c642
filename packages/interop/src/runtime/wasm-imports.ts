/** Reads the import section of WebAssembly modules and objects.
 *  In: their bytes. Out: what they want from outside, in order. */

const MAGIC_BYTES = 8;
const IMPORT_SECTION = 2;
const FUNCTION = 0;
const TABLE = 1;
const MEMORY = 2;
const GLOBAL = 3;
const HAS_MAXIMUM = 1;
const SHARED = 2;

export interface MemoryLimits {
  /** Pages of 64 KiB. */
  readonly initial: number;
  readonly maximum: number;
}

export type WasmImport =
  | { readonly kind: 'function' | 'other'; readonly module: string; readonly name: string }
  /** `maximum` is `initial` where none is stated. */
  | {
      readonly kind: 'memory';
      readonly module: string;
      readonly name: string;
      readonly shared: boolean;
      readonly limits: MemoryLimits;
    };

export function readImports(bytes: Uint8Array): readonly WasmImport[] {
  const found: WasmImport[] = [];
  let offset = MAGIC_BYTES;
  const varint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[offset++] ?? 0;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  const text = (): string => {
    const length = varint();
    offset += length;
    return new TextDecoder().decode(bytes.subarray(offset - length, offset));
  };
  const memory = (): { readonly shared: boolean; readonly limits: MemoryLimits } => {
    const flags = varint();
    const initial = varint();
    const maximum = (flags & HAS_MAXIMUM) === 0 ? initial : varint();
    return { shared: (flags & SHARED) !== 0, limits: { initial, maximum } };
  };
  while (offset < bytes.length) {
    const id = bytes[offset++] ?? 0;
    const size = varint();
    // The sections stand in the order of their numbers, custom ones (0) anywhere.
    if (id > IMPORT_SECTION) return found;
    if (id !== IMPORT_SECTION) {
      offset += size;
      continue;
    }
    for (let count = varint(); count > 0; count--) {
      const module = text();
      const name = text();
      const kind = bytes[offset++];
      if (kind === MEMORY) {
        found.push({ kind: 'memory', module, name, ...memory() });
        continue;
      }
      found.push({ kind: kind === FUNCTION ? 'function' : 'other', module, name });
      switch (kind) {
        case FUNCTION:
          varint();
          break;
        case TABLE:
          offset++;
          memory();
          break;
        case GLOBAL:
          offset += 2;
          break;
        default:
          // A tag: attribute and type.
          offset++;
          varint();
      }
    }
    return found;
  }
  return found;
}
