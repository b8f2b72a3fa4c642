/** Sets the compiler on invalid programs: many mutants as one file, checked in process.
 *  In: mutants.  Out: those that it accepts, or rejects somewhere else than where the model says. */
import * as path from 'node:path';
import { buildLineTable, lineAndColumn } from '@kiln/compiler/base/span.ts';
import type { Host } from '@kiln/compiler/driver/host.ts';
import { defaultOptions } from '@kiln/compiler/driver/options.ts';
import { compile } from '@kiln/compiler/driver/pipeline.ts';
import { wasmTarget } from '@kiln/compiler/backend/target-info.ts';
import { createNodeHost } from 'kiln-lang/node-host.ts';
import { ROOT } from '../language/executors.ts';
import { faultsOf } from './batch.ts';
import { generateProgram } from './generate.ts';
import { type Mutant, mutantOf } from './mutate.ts';
import { printPrograms } from './print-program.ts';
import type { Fault } from './verdict.ts';

export interface Miss {
  readonly mutant: Mutant;
  readonly why: string;
}

/** The first `count` mutants of valid programs from a seed on. */
export function makeMutants(firstSeed: number, count: number): Mutant[] {
  const mutants: Mutant[] = [];
  for (let seed = firstSeed; mutants.length < count; seed++) {
    const program = generateProgram(seed);
    printPrograms([program]);
    if (faultsOf(program).length > 0) continue;
    const mutant = mutantOf(program, seed);
    if (mutant !== null) mutants.push(mutant);
  }
  return mutants;
}

/** Error lines of a source text, by the checks alone. */
export function errorLines(text: string): { readonly line: number; readonly message: string }[] {
  const name = 'mutants.mojo';
  const node = createNodeHost(path.join(ROOT, 'std'));
  const bytes = new TextEncoder().encode(text);
  const host: Host = { ...node, readFile: (file) => (file === name ? bytes : node.readFile(file)) };
  const options = { ...defaultOptions(wasmTarget()), dialectNotes: false };
  const outcome = compile({ path: name, displayPath: name, options, stopAt: null, checkOnly: true }, host);
  if (outcome.internalFailure !== null) throw new Error(outcome.internalFailure.stack);
  const table = buildLineTable(text);
  return outcome.diagnostics
    .filter((entry) => entry.severity === 'error')
    .map((entry) => {
      // What a closure captures is reported where the function begins, as officially; the label says where the fault is.
      const place = entry.secondary.find((label) => label.text === 'a closure captures it here') ?? entry.primary;
      return {
        line: place === null ? 0 : lineAndColumn(table, place.span.start).line,
        message: `${entry.code} ${entry.message}`,
      };
    });
}

export function missesOf(mutants: readonly Mutant[]): Miss[] {
  const text = printPrograms(mutants.map((mutant) => mutant.program));
  const errors = errorLines(text);
  const misses: Miss[] = [];
  for (const mutant of mutants) {
    // The lines are those of the common file now.
    const faults = faultsOf(mutant.program);
    const { first, last } = extentOf(mutant);
    const found = errors.filter((error) => error.line >= first && error.line <= last);
    const why = judge(faults, found);
    if (why !== null) misses.push({ mutant, why });
  }
  return misses;
}

function judge(faults: readonly Fault[], found: readonly { line: number; message: string }[]): string | null {
  const wanted = faults.map((fault) => `${fault.line} (${fault.kind})`).join(', ');
  if (found.length === 0) return `accepted, but wrong at ${wanted}`;
  // Where a value that lacks a part ends is a matter of taste, and so is where a function ends (line 0).
  if (faults.some((fault) => fault.kind === 'partial' || fault.line === 0)) return null;
  if (found.every((error) => !faults.some((fault) => fault.line === error.line)))
    return `wrong at ${wanted}, rejected at ${found.map((error) => `${error.line}: ${error.message}`).join('; ')}`;
  return null;
}

function extentOf(mutant: Mutant): { first: number; last: number } {
  const lines: number[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const entry of value) visit(entry);
    else if (typeof value === 'object' && value !== null) {
      if ('line' in value && typeof value.line === 'number') lines.push(value.line);
      for (const entry of Object.values(value)) visit(entry);
    }
  };
  visit(mutant.program.functions);
  return { first: Math.min(...lines) - 1, last: Math.max(...lines) + 1 };
}
