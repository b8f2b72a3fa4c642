/** Mulberry32: the same numbers for the same seed, everywhere. */
export class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** 0 ≤ result < sides. */
  roll(sides: number): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * sides);
  }

  chance(percent: number): boolean {
    return this.roll(100) < percent;
  }

  /** One of them; null if there is none. */
  pick<T>(choices: readonly T[]): T | null {
    return choices[this.roll(choices.length)] ?? null;
  }
}
