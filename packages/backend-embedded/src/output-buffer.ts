/** What is collected for descriptor 1 until it is worth a write.
 *  In a program with threads it lies in shared memory, where a lock keeps each write whole and all of them in order. */
import { writeFully } from './wasi-base.ts';

const BUFFER_BYTES = 65536;
const HEAD_BYTES = 8;
const LOCK = 0;
const LENGTH = 1;

export class OutputBuffer {
  /** For other threads; null: only this thread writes. */
  readonly shared: SharedArrayBuffer | null;
  /** The lock (0 free, 1 taken) and the number of bytes. */
  private readonly words: Int32Array;
  private readonly bytes: Uint8Array;

  constructor(shared: SharedArrayBuffer | null) {
    this.shared = shared;
    const memory = shared ?? new ArrayBuffer(HEAD_BYTES + BUFFER_BYTES);
    this.words = new Int32Array(memory, 0, 2);
    this.bytes = new Uint8Array(memory, HEAD_BYTES);
  }

  static makeShared(): SharedArrayBuffer {
    return new SharedArrayBuffer(HEAD_BYTES + BUFFER_BYTES);
  }

  /** Adds pieces as one write. */
  add(pieces: readonly Uint8Array[], flush: boolean): void {
    this.locked(() => {
      for (const piece of pieces) {
        if (piece.length > BUFFER_BYTES - this.length) this.writeAll();
        if (piece.length > BUFFER_BYTES) writeFully(1, piece);
        else {
          this.bytes.set(piece, this.length);
          this.length += piece.length;
        }
      }
      if (flush) this.writeAll();
    });
  }

  flush(): void {
    this.locked(() => this.writeAll());
  }

  private get length(): number {
    return this.words[LENGTH] ?? 0;
  }

  private set length(bytes: number) {
    this.words[LENGTH] = bytes;
  }

  private writeAll(): void {
    const { length } = this;
    this.length = 0;
    if (length > 0) writeFully(1, this.bytes.subarray(0, length));
  }

  private locked(action: () => void): void {
    if (this.shared === null) {
      action();
      return;
    }
    while (Atomics.compareExchange(this.words, LOCK, 0, 1) !== 0) Atomics.wait(this.words, LOCK, 1);
    try {
      action();
    } finally {
      Atomics.store(this.words, LOCK, 0);
      Atomics.notify(this.words, LOCK, 1);
    }
  }
}
