/** The interpreter's half of `--check-heap`: what `std/runtime/checked_heap.mojo` does for compiled programs, with the same
 *  block numbers, patterns and words, beside the memory instead of in it.
 *  In: every heap allocation and release of a program.  Out: findings as text. */

/** Exit status of a program with a finding. */
export const HEAP_FINDING_STATUS = 23;

export const GUARD_BYTES = 16;
const GUARD_BYTE = 0xfb;
const FRESH_BYTE = 0xcd;
const FREED_BYTE = 0xdd;

/** Ends the program at once: the heap cannot be trusted any more. */
export class HeapFinding extends Error {}

interface WatchedMemory {
  readonly bytes: Uint8Array;
  at(address: number, size: number): number;
}

interface Block {
  readonly number: number;
  readonly size: number;
}

export class HeapWatch {
  private count = 0;
  private readonly live = new Map<number, Block>();
  private readonly freed = new Map<number, Block>();

  allocated(m: WatchedMemory, address: number, size: number): void {
    const at = m.at(address, size + GUARD_BYTES);
    m.bytes.fill(FRESH_BYTE, at, at + size);
    m.bytes.fill(GUARD_BYTE, at + size, at + size + GUARD_BYTES);
    this.live.set(address, { number: ++this.count, size });
  }

  released(m: WatchedMemory, address: number, size: number): void {
    const before = this.freed.get(address);
    if (before !== undefined) throw new HeapFinding(say(before, 'was freed twice'));
    const block = this.live.get(address);
    if (block === undefined) throw new HeapFinding('an address that was not allocated was freed');
    const at = m.at(address, size + GUARD_BYTES);
    if (!isFilled(m.bytes, at + size, GUARD_BYTES, GUARD_BYTE))
      throw new HeapFinding(say(block, 'was written beyond its end'));
    m.bytes.fill(FREED_BYTE, at, at + size);
    this.live.delete(address);
    this.freed.set(address, block);
  }

  /** At the program's end. */
  findings(m: WatchedMemory): string[] {
    for (const [address, block] of this.freed)
      if (!isFilled(m.bytes, m.at(address, block.size), block.size, FREED_BYTE))
        return [say(block, 'was written after it was freed')];
    return [...this.live.values()].reverse().map((block) => say(block, 'was never freed'));
  }
}

function say(block: Block, what: string): string {
  return `block ${block.number} of ${block.size} bytes ${what}`;
}

function isFilled(bytes: Uint8Array, start: number, count: number, value: number): boolean {
  for (let i = start; i < start + count; i++) if (bytes[i] !== value) return false;
  return true;
}
