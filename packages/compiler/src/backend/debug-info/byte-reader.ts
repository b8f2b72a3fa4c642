/** Little-endian bytes read one after the other: what DWARF, ELF and WebAssembly files are made of.
 *  Reads beyond the end give zeros, so a damaged file gives wrong answers and no exception. */
export class ByteReader {
  readonly bytes: Uint8Array;
  private readonly view: DataView;
  offset: number;

  constructor(bytes: Uint8Array, offset = 0) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.offset = offset;
  }

  get atEnd(): boolean {
    return this.offset >= this.bytes.length;
  }

  private has(count: number): boolean {
    const start = this.offset;
    this.offset += count;
    return start >= 0 && start + count <= this.bytes.length;
  }

  u8(): number {
    return this.has(1) ? this.view.getUint8(this.offset - 1) : 0;
  }

  u16(): number {
    return this.has(2) ? this.view.getUint16(this.offset - 2, true) : 0;
  }

  u32(): number {
    return this.has(4) ? this.view.getUint32(this.offset - 4, true) : 0;
  }

  /** Addresses and sizes: below 2^53. */
  u64(): number {
    return this.has(8) ? Number(this.view.getBigUint64(this.offset - 8, true)) : 0;
  }

  uleb(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.u8();
      value += (byte & 0x7f) * scale;
      scale *= 128;
      if (byte < 0x80) return value;
    }
  }

  sleb(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.u8();
      value += (byte & 0x7f) * scale;
      scale *= 128;
      if (byte < 0x80) return (byte & 0x40) === 0 ? value : value - scale;
    }
  }

  /** An address of 4 or 8 bytes. */
  address(size: number): number {
    return size === 8 ? this.u64() : this.u32();
  }

  text(length: number): string {
    const start = this.offset;
    this.offset += length;
    return new TextDecoder().decode(this.bytes.subarray(start, start + length));
  }

  terminatedText(): string {
    let end = this.offset;
    while (end < this.bytes.length && this.bytes[end] !== 0) end++;
    const text = this.text(end - this.offset);
    this.offset = end + 1;
    return text;
  }
}

export function textAt(bytes: Uint8Array, offset: number): string {
  return new ByteReader(bytes, offset).terminatedText();
}
