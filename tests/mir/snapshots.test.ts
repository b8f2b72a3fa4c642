/** Each pass over MIR, before and after, on a function of a few lines: `snapshots/NAME.mojo` says `# pass: NAME` and `# function: NAME`,
 *  and `NAME.mir` beside it holds the body before the pass, and the body after it or what was reported.
 *  `KILN_UPDATE_SNAPSHOTS=1 npm test -- mir/snapshots` writes the files; review the difference before committing. */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { DiagnosticSink } from '@kiln/compiler/diagnostics/sink.ts';
import { MIR_PASSES, MirPipeline } from '@kiln/compiler/mir/pipeline.ts';
import { namesOf, printBody } from '@kiln/compiler/mir/print.ts';
import { check } from '../sema/harness.ts';

const FOLDER = path.join(path.dirname(fileURLToPath(import.meta.url)), 'snapshots');
const update = process.env.KILN_UPDATE_SNAPSHOTS === '1';

function header(text: string, key: string): string {
  return new RegExp(`^# ${key}: (.+)$`, 'm').exec(text)?.[1] ?? '';
}

function snapshot(text: string): string {
  const checked = check(text);
  assert.deepEqual(checked.texts, [], 'the program must pass sema');
  const { program } = checked.analysis;
  const names = namesOf(program, null);
  const wanted = header(text, 'function');
  const id = program.userFunctions().find((fn) => program.function(fn).ref.name === wanted);
  assert.ok(id !== undefined, `no function '${wanted}'`);
  const pass = header(text, 'pass');
  const index = MIR_PASSES.findIndex((entry) => entry.name === pass);
  assert.ok(index >= 0, `no pass '${pass}'`);
  const previous = MIR_PASSES[index - 1]?.name ?? 'build';
  const printed = new Map<string, string>();
  const observer = {
    after: (name: string, body: Parameters<typeof printBody>[0]) => void printed.set(name, printBody(body, names)),
  };
  const sink = new DiagnosticSink();
  new MirPipeline(program, checked.sema.store, observer).lower(program.function(id), sink);
  const before = printed.get(previous) ?? '';
  const after = printed.get(pass) ?? '';
  const reported = sink.sorted().map((diagnostic) => {
    const line = text.slice(0, diagnostic.primary?.span.start ?? 0).split('\n').length;
    return `${line}: ${diagnostic.severity}[${diagnostic.code}] ${diagnostic.message}\n`;
  });
  const outcome =
    reported.length > 0
      ? `== reported\n${reported.join('')}`
      : after === before
        ? '== after: unchanged\n'
        : `== after\n${after}`;
  return `== before ${pass}\n${before}${outcome}`;
}

const covered = new Set<string>();
for (const file of fs.readdirSync(FOLDER).sort()) {
  if (!file.endsWith('.mojo')) continue;
  const source = path.join(FOLDER, file);
  const text = fs.readFileSync(source, 'utf8');
  covered.add(header(text, 'pass'));
  test(path.basename(file, '.mojo'), () => {
    const stored = source.replace(/\.mojo$/, '.mir');
    const now = snapshot(text);
    if (update) fs.writeFileSync(stored, now);
    assert.equal(now, fs.readFileSync(stored, 'utf8'));
  });
}

test('every pass has a snapshot', () => {
  assert.deepEqual(
    MIR_PASSES.map((pass) => pass.name).filter((name) => !covered.has(name)),
    [],
  );
});
