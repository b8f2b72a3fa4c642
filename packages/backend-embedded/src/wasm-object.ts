/** Reads the import section of wasm objects.
 *  In: object bytes from LLVM. Out: the functions that linking or the host has to supply. */

const MAGIC_BYTES = 8;
const IMPORT_SECTION = 2;
const FUNCTION = 0;
const TABLE = 1;
const MEMORY = 2;
const GLOBAL = 3;

/** A function that an object wants from outside. */
export interface FunctionImport {
  readonly module: string;
  readonly name: string;
}

/** LLVM puts every undefined function into the module `env` unless the IR names another one with `wasm-import-module`. A symbol
 *  that another object defines is included. */
export function functionImports(bytes: Uint8Array): readonly FunctionImport[] {
  const found: FunctionImport[] = [];
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
  const limits = (): void => {
    const flags = varint();
    varint();
    if ((flags & 1) !== 0) varint();
  };
  while (offset < bytes.length) {
    const id = bytes[offset++];
    const size = varint();
    if (id !== IMPORT_SECTION) {
      offset += size;
      continue;
    }
    for (let count = varint(); count > 0; count--) {
      const module = text();
      const name = text();
      switch (bytes[offset++]) {
        case FUNCTION:
          varint();
          found.push({ module, name });
          break;
        case TABLE:
          offset++;
          limits();
          break;
        case MEMORY:
          limits();
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
