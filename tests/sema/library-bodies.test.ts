/** Checks the body of every function of the library, whether a program uses it or not: types and ownership of a generic body are
 *  checked where it is declared, so a mistake in one shows here and not in the program of the first who calls it. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { makeId } from '@kiln/compiler/base/ids.ts';
import type { FunctionEntity } from '@kiln/compiler/sema/entities.ts';
import { MirPipeline } from '@kiln/compiler/mir/pipeline.ts';
import type { DiagnosticSink } from '@kiln/compiler/diagnostics/sink.ts';
import type { Analysis } from '@kiln/compiler/sema/session.ts';
import type { Sema } from '@kiln/compiler/sema/sema.ts';
import type { FunctionId } from '@kiln/compiler/terms/term.ts';
import { check } from './harness.ts';

const STD = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..', 'std');

function modulesBelow(folder: string, name: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return modulesBelow(path.join(folder, entry.name), `${name}.${entry.name}`);
    if (!entry.name.endsWith('.mojo')) return [];
    return [entry.name === '__init__.mojo' ? name : `${name}.${entry.name.slice(0, -'.mojo'.length)}`];
  });
}

function functionAt(sema: Sema, index: number): FunctionEntity | null {
  try {
    return sema.functionEntity(makeId<FunctionId>(index));
  } catch {
    return null; // beyond the last one
  }
}

/** All functions that are declared by now, and those that checking them adds. */
function checkAll({ sema, program }: Analysis, sink: DiagnosticSink): number {
  const pipeline = new MirPipeline(program, sema.store);
  let count = 0;
  for (let i = 0; ; i++) {
    const fn = functionAt(sema, i);
    if (fn === null) return count;
    if (fn.functionKind.kind !== 'written' || fn.decl === null || fn.enclosing !== null) continue;
    if (sema.checkBody(fn) !== null) pipeline.lower(program.function(fn.id), sink);
    count++;
  }
}

test('every body of the library is right', () => {
  const imports = modulesBelow(STD, 'std')
    .filter((name) => name !== 'std')
    .map((name) => `import ${name}`);
  let count = 0;
  const { texts } = check(`${imports.join('\n')}\ndef main():\n    pass\n`, {}, false, (analysis, sink) => {
    count = checkAll(analysis, sink);
  });
  assert.deepEqual(texts, []);
  assert.ok(count > 2500, `only ${count} bodies`);
});
