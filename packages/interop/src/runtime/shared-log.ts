/** What helpers print where only one thread can show it: records in shared memory, in the order of the writes.
 *  A record: descriptor (1 byte), length (4 bytes), bytes. What does not fit is dropped, and `isFull` says so. */

const HEAD_BYTES = 12;
const RECORD_BYTES = 5;
const LOCK = 0;
const LENGTH = 1;
const FULL = 2;

export class SharedLog {
  readonly buffer: SharedArrayBuffer;
  private readonly words: Int32Array;
  private readonly bytes: Uint8Array;
  private readonly view: DataView;

  constructor(buffer: SharedArrayBuffer) {
    this.buffer = buffer;
    this.words = new Int32Array(buffer, 0, 3);
    this.bytes = new Uint8Array(buffer, HEAD_BYTES);
    this.view = new DataView(buffer, HEAD_BYTES);
  }

  static withRoomFor(bytes: number): SharedLog {
    return new SharedLog(new SharedArrayBuffer(HEAD_BYTES + bytes));
  }

  get isFull(): boolean {
    return Atomics.load(this.words, FULL) !== 0;
  }

  append(descriptor: 1 | 2, text: string): void {
    const encoded = new TextEncoder().encode(text);
    this.locked(() => {
      const at = this.words[LENGTH] ?? 0;
      const end = at + RECORD_BYTES + encoded.length;
      if (end > this.bytes.length) {
        this.words[FULL] = 1;
        return;
      }
      this.view.setUint8(at, descriptor);
      this.view.setUint32(at + 1, encoded.length);
      this.bytes.set(encoded, at + RECORD_BYTES);
      this.words[LENGTH] = end;
    });
  }

  /** Takes out all that is there. */
  drain(show: (descriptor: 1 | 2, text: string) => void): void {
    if (Atomics.load(this.words, LENGTH) === 0) return;
    let taken = new Uint8Array(0);
    this.locked(() => {
      taken = this.bytes.slice(0, this.words[LENGTH]);
      this.words[LENGTH] = 0;
    });
    const view = new DataView(taken.buffer);
    const decoder = new TextDecoder();
    for (let at = 0; at < taken.length; ) {
      const start = at + RECORD_BYTES;
      const end = start + view.getUint32(at + 1);
      show(view.getUint8(at) === 1 ? 1 : 2, decoder.decode(taken.subarray(start, end)));
      at = end;
    }
  }

  /** Short, and never while the thread sleeps: whoever wants it tries again. */
  private locked(action: () => void): void {
    while (Atomics.compareExchange(this.words, LOCK, 0, 1) !== 0);
    try {
      action();
    } finally {
      Atomics.store(this.words, LOCK, 0);
    }
  }
}
