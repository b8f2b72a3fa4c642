/** Sets the executors on cases of which nobody says whether they are right: what the compiler accepts of them reaches no dead value, frees
 *  what it allocates once, and means the same everywhere. Traps that the language specifies (an empty optional that is looked into, two
 *  arguments that turn out to be one value) are no failure: such a case is left out.
 *  In: cases, with the types that they use.  Out: what they print, or an error that shows the guilty ones. */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { compileFile, type ExecutorName, type Executors } from '../language/executors.ts';
import { type Case, programOfCases } from './cases.ts';

export interface Way {
  readonly executor: ExecutorName;
  readonly level: 0 | 3;
}

/** What cases are made of. */
export interface CaseSort {
  readonly prelude: string;
  /** Values may own each other in a ring, and stay. */
  readonly hasRings: boolean;
}

interface Outcome {
  readonly output: string;
  /** null: nothing was wrong. */
  readonly problem: string | null;
  /** The case in which the program stopped on purpose. */
  readonly trapped: number | null;
}

/** What a check of the library says before it stops the program. */
const TRAP = /(?:ABORT|At|Assert Error): ?.*\s*$/;

const NEVER_FREED = /^kiln: heap check: block .* was never freed\n/gm;

export class CaseRunner {
  private readonly executors: Executors;
  private readonly file: string;
  private readonly sort: CaseSort;

  constructor(executors: Executors, file: string, sort: CaseSort) {
    this.executors = executors;
    this.file = file;
    this.sort = sort;
  }

  /** Those cases that the compiler accepts. */
  accepted(cases: readonly Case[]): readonly Case[] {
    const { text, caseOfLine } = this.program(cases);
    fs.writeFileSync(this.file, text);
    const { diagnostics, internalFailure } = compileFile(this.file, this.executors.optionsFor('interpreter', 0), true);
    assert.equal(internalFailure, null);
    const refused = new Set<number | undefined>();
    for (const { severity, primary, message } of diagnostics) {
      if (severity !== 'error') continue;
      const line = text.slice(0, primary?.span.start ?? 0).split('\n').length;
      assert.ok(caseOfLine.has(line), `outside the cases, line ${line}: ${message}`);
      refused.add(caseOfLine.get(line));
    }
    if (refused.size === 0) return cases;
    return this.accepted(cases.filter(({ number }) => !refused.has(number)));
  }

  /** Runs the cases on the interpreter: those that come to their end, those that stop on purpose, and what the first print. */
  async sound(cases: readonly Case[]): Promise<{
    readonly ended: readonly Case[];
    readonly trapped: readonly Case[];
    readonly output: string;
  }> {
    const trapped: Case[] = [];
    for (let ended = cases; ; ) {
      const { output, problem, trapped: number } = await this.run(ended, INTERPRETER);
      if (problem !== null) assert.fail(`${problem}\n${await this.guilty(ended, INTERPRETER)}`);
      if (number === null) return { ended, trapped, output };
      trapped.push(...ended.filter((one) => one.number === number));
      ended = ended.filter((one) => one.number !== number);
    }
  }

  /** Whether the cases print the same in another way. */
  async compare(cases: readonly Case[], wanted: string, way: Way): Promise<void> {
    const { output, problem, trapped } = await this.run(cases, way);
    if (problem !== null || trapped !== null)
      assert.fail(`${way.executor} -O${way.level}: ${problem ?? 'a trap'}\n${await this.guilty(cases, way)}`);
    const lines = output.split('\n');
    const wrong = wanted.split('\n').findIndex((line, i) => line !== lines[i]);
    if (wrong < 0) return;
    const [number] = /^\d+/.exec(lines[wrong] ?? '') ?? [];
    const text = cases.find((one) => String(one.number) === number)?.text ?? '';
    assert.equal(lines[wrong], wanted.split('\n')[wrong], `${way.executor} -O${way.level} prints otherwise:\n${text}`);
  }

  private program(cases: readonly Case[]): ReturnType<typeof programOfCases> {
    return programOfCases(this.sort.prelude, cases, (number) => `    print(${number}, end=": ")\n`);
  }

  private async run(cases: readonly Case[], { executor, level }: Way): Promise<Outcome> {
    fs.writeFileSync(this.file, this.program(cases).text);
    try {
      const { status, stdout, stderr } = await this.executors.run(executor, this.file, level);
      const last = [...stdout.matchAll(/^(\d+): /gm)].at(-1)?.[1];
      if (stdout.includes('DEAD')) return { output: stdout, problem: 'a dead value was used', trapped: null };
      if (status === 132 && TRAP.test(stdout)) return { output: stdout, problem: null, trapped: Number(last) };
      const found = this.sort.hasRings ? stderr.replaceAll(NEVER_FREED, '') : stderr;
      const isSound = found === '' && (status === 0 || found !== stderr);
      const problem = isSound ? null : `status ${status}: ${stdout.slice(-200)}${found.slice(0, 400)}`;
      return { output: stdout, problem, trapped: null };
    } catch (error) {
      // Freed memory that is used as an address stops the interpreter.
      return { output: '', problem: error instanceof Error ? error.message : String(error), trapped: null };
    }
  }

  /** The cases that fail alone. */
  private async guilty(cases: readonly Case[], way: Way): Promise<string> {
    const found: string[] = [];
    const search = async (part: readonly Case[]): Promise<void> => {
      if ((await this.run(part, way)).problem === null) return;
      if (part.length === 1) {
        found.push(part[0]?.text ?? '');
        return;
      }
      const middle = part.length >> 1;
      await search(part.slice(0, middle));
      await search(part.slice(middle));
    };
    await search(cases);
    return found.length > 0 ? found.join('') : 'the cases only fail together';
  }
}

const INTERPRETER: Way = { executor: 'interpreter', level: 0 };
