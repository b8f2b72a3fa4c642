/** The published package: what `npm run package` makes starts from its own folder and finds its library there. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { test } from 'node:test';
import { makeWorkplace, ROOT } from './kiln.ts';

test('the npm package runs a program', () => {
  const made = spawnSync(process.execPath, [path.join(ROOT, 'scripts', 'package.mjs')], { encoding: 'utf8' });
  assert.equal(made.status, 0, made.stderr);
  const folder = made.stdout.trim();
  const manifest: { name?: unknown; bin?: { kiln?: string } } = JSON.parse(
    fs.readFileSync(path.join(folder, 'package.json'), 'utf8'),
  );
  assert.equal(manifest.name, 'kiln-lang');
  const workplace = makeWorkplace();
  try {
    const file = workplace.write('hello.mojo', 'def main():\n    print("packaged")\n');
    const program = path.join(folder, manifest.bin?.kiln ?? '');
    const result = spawnSync(process.execPath, [program, 'run', '--backend', 'interp', file], { encoding: 'utf8' });
    assert.equal(result.stdout, 'packaged\n', result.stderr);
    assert.ok(fs.existsSync(path.join(folder, 'docs', 'diagnostics', 'M2300.md')));
    assert.equal(result.status, 0);
  } finally {
    workplace.remove();
  }
});
