/** What a test program says of itself in its comments.
 *  `run/`: `# output:` followed by lines `#   text` is the exact standard output; `# status: N` if it is not 0.
 *  `check/`: `#~ error[CODE] "part of the message"` on the guilty line; the set of errors must match exactly. */
import * as fs from 'node:fs';
import * as path from 'node:path';

export interface RunExpectation {
  readonly output: string;
  readonly status: number;
}

export function statesOutput(file: string): boolean {
  return fs.readFileSync(file, 'utf8').split('\n').includes('# output:');
}

export function readRunExpectation(file: string): RunExpectation {
  const lines = fs.readFileSync(file, 'utf8').split('\n');
  const start = lines.indexOf('# output:');
  if (start < 0) throw new Error(`${file} states no output`);
  const output: string[] = [];
  for (const line of lines.slice(start + 1)) {
    if (line.startsWith('#   ')) output.push(line.slice(4));
    else if (line === '#') output.push('');
    else break;
  }
  const status = lines.map((line) => /^# status: (\d+)$/.exec(line)?.[1]).find((text) => text !== undefined);
  return { output: output.map((line) => `${line}\n`).join(''), status: Number(status ?? 0) };
}

export interface ExpectedError {
  readonly line: number;
  readonly code: string;
  readonly text: string;
}

export function readExpectedErrors(file: string): ExpectedError[] {
  const expected: ExpectedError[] = [];
  fs.readFileSync(file, 'utf8')
    .split('\n')
    .forEach((line, index) => {
      for (const match of line.matchAll(/#~ error\[(M\d{4})\] "([^"]*)"/g))
        expected.push({ line: index + 1, code: match[1] ?? '', text: match[2] ?? '' });
    });
  return expected;
}

/** The `.mojo` files of a folder, sorted; an absent folder has none. */
export function listPrograms(folder: string): string[] {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.mojo'))
    .sort()
    .map((name) => path.join(folder, name));
}
