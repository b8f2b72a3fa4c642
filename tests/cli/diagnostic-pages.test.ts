/** Every diagnostic has a page, and the page tells the truth: its failing example gives exactly its code, its mended example nothing. */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { describe, test } from 'node:test';
import { hostTarget } from '../../packages/backend-native/src/host-target.ts';
import { createNodeHost } from '../../packages/cli/src/node-host.ts';
import type { Host } from '../../packages/compiler/src/driver/host.ts';
import { defaultOptions } from '../../packages/compiler/src/driver/options.ts';
import { compile } from '../../packages/compiler/src/driver/pipeline.ts';
import { PAGES, pagedCodes, pageProblems } from '../../scripts/diagnostic-pages.mjs';
import { makeWorkplace, ROOT } from './kiln.ts';

const ENCODER = new TextEncoder();
const FOLDER = '/pages';

/** The library from disk; the example and the files it comes with from memory. */
function hostOf(files: ReadonlyMap<string, string>): Host {
  const real = createNodeHost(path.join(ROOT, 'std'));
  return {
    ...real,
    kindOf: (file) => (files.has(file) ? 'file' : file.startsWith(FOLDER) ? null : real.kindOf(file)),
    readFile: (file) => {
      const text = files.get(file);
      return text === undefined ? (file.startsWith(FOLDER) ? null : real.readFile(file)) : ENCODER.encode(text);
    },
  };
}

interface Page {
  /** Files by name, `example.mojo` the main one; null where the page has no such section. */
  readonly example: ReadonlyMap<string, string> | null;
  readonly mended: ReadonlyMap<string, string> | null;
  readonly options: {
    readonly main: boolean;
    readonly edition: '1' | null;
    readonly steps: number | null;
    readonly also: readonly string[];
  };
}

/** Blocks ```mojo are files; `file=NAME` names one beside the example. `<!-- check: main -->` asks for a whole program,
 *  `also M1804` for a second code that the example cannot avoid. */
function readPage(code: string): Page {
  const text = fs.readFileSync(path.join(PAGES, `${code}.md`), 'utf8');
  const section = (title: string): ReadonlyMap<string, string> | null => {
    const start = text.indexOf(`\n## ${title}\n`);
    if (start < 0) return null;
    const next = text.indexOf('\n## ', start + 4);
    const part = text.slice(start, next < 0 ? undefined : next);
    const files = new Map<string, string>();
    for (const [, name = 'example.mojo', body = ''] of part.matchAll(/```mojo(?: file=(\S+))?\n([\s\S]*?)```/g)) {
      files.set(`${FOLDER}/${name}`, body);
    }
    return files.size === 0 ? null : files;
  };
  const check = /<!-- check: (.*?) -->/.exec(text)?.[1] ?? '';
  return {
    example: section('Example'),
    mended: section('Mended'),
    options: {
      main: /\bmain\b/.test(check),
      edition: /\bedition-1\b/.test(check) ? '1' : null,
      steps: Number(/steps=(\d+)/.exec(check)?.[1] ?? 0) || null,
      also: check.match(/M\d{4}/g) ?? [],
    },
  };
}

/** The codes that a compilation reports, each once. */
function codesOf(files: ReadonlyMap<string, string>, { main, edition, steps }: Page['options']): string[] {
  const request = {
    path: `${FOLDER}/example.mojo`,
    displayPath: 'example.mojo',
    options: {
      ...defaultOptions(hostTarget('native', '')),
      requireMain: main,
      dialectNotes: true,
      ...(edition === null ? {} : { edition }),
      ...(steps === null ? {} : { maxSteps: steps }),
    },
    // Without `main` there is nothing to elaborate.
    stopAt: main ? null : ('mir' as const),
    checkOnly: true,
  };
  const outcome = compile(request, hostOf(files));
  if (outcome.internalFailure !== null) return [`internal failure: ${outcome.internalFailure.message}`];
  return [...new Set(outcome.diagnostics.map((entry) => entry.code))].sort();
}

/** Pages without an example that can be compiled, with the reason. */
const NOT_COMPILED: ReadonlyMap<string, string> = new Map([
  ['M1016', 'takes 256 nested strings'],
  ['M1106', 'takes 256 nested brackets'],
  ['M1199', 'takes two hundred mistakes'],
  ['M1901', 'is about bytes that are no text'],
  ['M1902', 'takes a file of 64 MB'],
  ['M2008', 'only the library can be left upwards'],
  ['M2091', 'is about a missing declaration'],
  ['M3007', 'the checks before it say more'],
  ['M3040', 'explain-copies.test.ts has its programs'],
  ['M3041', 'is asked for by an option'],
  ['M4004', 'a well-typed program does not lead there'],
  ['M4005', 'a well-typed program does not lead there'],
  ['M4007', 'a well-typed program does not lead there'],
  ['M4008', 'takes hundreds of thousands of instances'],
  ['M4010', 'a well-typed program does not lead there'],
  ['M4011', 'the library says the same with M4001'],
  ['M4012', 'takes a million rounds'],
  ['M4013', 'a well-typed program does not lead there'],
  ['M5001', 'comes from the linker'],
  ['M5002', 'comes from LLVM; refused-intrinsic.test.ts has its programs'],
  ['M9401', 'nothing known leads there'],
]);

test('every code has a page', () => {
  assert.deepEqual(pageProblems(), []);
});

test('kiln explain prints pages', () => {
  const place = makeWorkplace();
  const page = place.kiln(['explain', 'm2311']);
  assert.equal(page.status, 0);
  assert.match(page.stdout, /^# M2311: .*[\s\S]*## Mended/);
  assert.doesNotMatch(place.kiln(['explain', 'M2375']).stdout, /<!--/);
  const unknown = place.kiln(['explain', 'M2312x']);
  assert.deepEqual([unknown.status, unknown.stdout], [2, '']);
  assert.match(unknown.stderr, /^kiln: there is no diagnostic 'M2312x'/);
  place.remove();
});

describe('pages', () => {
  const wrong: string[] = [];
  test('examples give their code, mended ones nothing', () => {
    const only = process.env['KILN_PAGE'];
    for (const code of pagedCodes()) {
      if (only !== undefined && !only.split(',').includes(code)) continue;
      const { example, mended, options } = readPage(code);
      if (example === null) {
        if (!NOT_COMPILED.has(code)) wrong.push(`${code}: no example`);
        continue;
      }
      const found = codesOf(example, options);
      if (found.join() !== [code, ...options.also].sort().join())
        wrong.push(`${code}: the example gives ${found.join(', ') || 'nothing'}`);
      const left = mended === null ? ['no mended example'] : codesOf(mended, options);
      if (left.length > 0) wrong.push(`${code}: the mended example gives ${left.join(', ')}`);
    }
    assert.deepEqual(wrong, []);
  });
});
