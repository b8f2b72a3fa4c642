/** Runs a batch of generated programs on an executor and compares with the reference model. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { type ExecutorName, Executors } from '../language/executors.ts';
import { type Batch, batchOf, differences } from './batch.ts';
import { inOlderWords } from './older-words.ts';
import type { Program } from './tree.ts';

export interface Way {
  readonly executor: ExecutorName;
  readonly level: 0 | 3;
  /** With the heap check, or as users run programs. */
  readonly checkHeap: boolean;
  /** The programs in the words of 2023. */
  readonly olderWords: boolean;
}

export const WAYS: readonly Way[] = [
  { executor: 'interpreter', level: 0, checkHeap: true, olderWords: false },
  { executor: 'native', level: 0, checkHeap: true, olderWords: true },
  { executor: 'native', level: 3, checkHeap: false, olderWords: false },
  { executor: 'wasm', level: 0, checkHeap: true, olderWords: false },
];

export class BatchRunner {
  private readonly plain = new Executors();
  private readonly checking = new Executors({ checkHeap: true });
  private readonly folder: string;
  private count = 0;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** What went wrong, as lines; none if model and executor agree. */
  async run(batch: Batch, way: Way): Promise<string[]> {
    const file = path.join(this.folder, `batch-${this.count++}.mojo`);
    fs.writeFileSync(file, way.olderWords ? inOlderWords(batch.text) : batch.text);
    const executors = way.checkHeap ? this.checking : this.plain;
    const result = await executors.run(way.executor, file, way.level);
    fs.rmSync(file);
    const problems = differences(batch, result.stdout).map(
      ({ seed, expected, found }) => `seed ${seed}\n  model: ${expected}\n  found: ${found}`,
    );
    if (result.status !== 0) problems.push(`status ${result.status}: ${result.stderr.slice(0, 500)}`);
    return problems;
  }

  /** How a program alone fails in a way: it prints something else, or is refused; null: not at all. */
  async failure(program: Program, way: Way): Promise<'differs' | 'refused' | null> {
    try {
      return (await this.run(batchOf([program]), way)).length > 0 ? 'differs' : null;
    } catch {
      return 'refused';
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.plain.close(), this.checking.close()]);
  }
}
