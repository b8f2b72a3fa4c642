/** Many generated programs as one file, with what the reference model says each prints.
 *  Seeds whose program the model rejects are left out here; `rejected` holds them, with the model's reasons. */
import { generateProgram } from './generate.ts';
import { lowerProgram } from './lower.ts';
import { Machine } from './machine.ts';
import { printPrograms } from './print-program.ts';
import type { Program } from './tree.ts';
import { type Fault, judge } from './verdict.ts';

export interface Batch {
  readonly programs: readonly Program[];
  /** By seed: the line that the program prints. */
  readonly expected: ReadonlyMap<number, string>;
  readonly text: string;
  readonly rejected: readonly { readonly program: Program; readonly faults: readonly Fault[] }[];
}

/** What is wrong with a program, by lines of the text that was printed last. */
export function faultsOf(program: Program): Fault[] {
  return [...lowerProgram(program.functions).values()].flatMap(judge);
}

/** The events of a program that the model accepts. */
export function eventsOf(program: Program): readonly string[] {
  const machine = new Machine(lowerProgram(program.functions), program.seed % 64);
  machine.run(program.functions.at(-1)?.name ?? '', []);
  return machine.events;
}

export function batchOf(candidates: readonly Program[]): Batch {
  const programs: Program[] = [];
  const rejected: { program: Program; faults: Fault[] }[] = [];
  const expected = new Map<number, string>();
  for (const program of candidates) {
    const faults = faultsOf(program);
    if (faults.length > 0) {
      rejected.push({ program, faults });
      continue;
    }
    programs.push(program);
    expected.set(
      program.seed,
      `${program.seed}: ${eventsOf(program)
        .map((event) => `${event} `)
        .join('')}`,
    );
  }
  return { programs, expected, text: printPrograms(programs), rejected };
}

export function makeBatch(firstSeed: number, count: number): Batch {
  return batchOf(Array.from({ length: count }, (_, i) => generateProgram(firstSeed + i)));
}

/** Seeds whose line is not what the model expects, with both. */
export function differences(batch: Batch, output: string): { seed: number; expected: string; found: string }[] {
  const found = new Map(output.split('\n').map((line) => [line.slice(0, Math.max(0, line.indexOf(':'))), line]));
  return [...batch.expected]
    .map(([seed, expected]) => ({ seed, expected, found: found.get(String(seed)) ?? '' }))
    .filter((entry) => entry.expected !== entry.found);
}
