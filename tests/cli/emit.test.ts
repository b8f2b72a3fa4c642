/** Every stage of an example, the last ones of all of them, and the fix of a missing trait method: what `--emit` and fix-its promise. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { after, before, test } from 'node:test';
import { libLlvmInstalled } from '@kiln/backend-native/libllvm.ts';
import type { JsonReport } from '@kiln/render/json.ts';
import { makeWorkplace, ROOT, type Workplace } from './kiln.ts';

let place: Workplace;
before(() => {
  place = makeWorkplace();
});
after(() => place.remove());

/** How the output of each stage begins or what it must contain. */
const STAGES: Readonly<Record<string, RegExp>> = {
  tokens: /^\d+:\d+ [A-Z]\w+ "/,
  ast: /^Module/,
  hir: /main/,
  mir: /bb0:/,
  'mir-concrete': /^entry _K/,
  llvm: /^define /m,
  'llvm-opt': /^define /m,
  asm: /\.text/,
  wasm: /^\0asm/,
  obj: /^\x7fELF/,
  exe: /^\x7fELF/,
  lib: /^\x7fELF/,
};
const NATIVE: ReadonlySet<string> = new Set(['llvm-opt', 'asm', 'obj', 'exe', 'lib']);

const examples = fs.readdirSync(path.join(ROOT, 'examples')).filter((name) => name.endsWith('.mojo'));
const native = process.platform === 'linux' && libLlvmInstalled();

/** Of the other examples: what the rest is made from. */
const LAST: ReadonlySet<string> = new Set(['mir', 'wasm', 'lib']);

for (const [index, example] of examples.entries()) {
  test(`stages of ${example}`, () => {
    for (const [stage, pattern] of Object.entries(STAGES)) {
      if ((index > 0 && !LAST.has(stage)) || (NATIVE.has(stage) && !native)) continue;
      const words = ['build', '--emit', stage, '-o', stage, path.join(ROOT, 'examples', example)];
      assert.deepEqual(place.kiln(words), { status: 0, stdout: '', stderr: '' }, stage);
      assert.match(fs.readFileSync(path.join(place.folder, stage), 'latin1'), pattern, stage);
    }
  });
}

const TRAIT = `trait Shape:
    def area(self) -> Float64:
        ...

    def scaled(mut self, by: Float64, *, twice: Bool) raises -> Self:
        ...

    @staticmethod
    def unit() -> Self:
        ...
`;
const MAIN = `

@fieldwise_init
struct Square(Shape):
    var side: Float64

    def area(self) -> Float64:
        return self.side * self.side


def main():
    print(Square(3).area())
`;

test('a missing trait method: names, places, and a stub that compiles', () => {
  const file = place.write('shape.mojo', TRAIT + MAIN);
  const shown = place.kiln(['check', 'shape.mojo']);
  assert.equal(shown.status, 1);
  assert.match(
    shown.stderr,
    /^shape\.mojo:14:8: error\[M2071\]: 'Square' does not implement all requirements for 'Shape'/,
  );
  for (const name of ['scaled', 'unit']) {
    assert.ok(shown.stderr.includes(`required function '${name}' is not implemented`));
    assert.ok(shown.stderr.includes(`help: add a stub of '${name}'`), shown.stderr);
  }
  assert.match(shown.stderr, /\n1 error\n$/);
  let text = TRAIT + MAIN;
  const report: JsonReport = JSON.parse(place.kiln(['check', '--diagnostic-format', 'json', 'shape.mojo']).stdout);
  const edits = report.diagnostics.flatMap((entry) => entry.fixes).flatMap((fix) => fix.edits);
  assert.equal(edits.length, 2);
  for (const edit of edits.toReversed()) text = text.slice(0, edit.start) + edit.newText + text.slice(edit.end);
  fs.writeFileSync(file, text);
  assert.deepEqual(
    place.kiln(['run', '--backend', 'interp', 'shape.mojo']),
    { status: 0, stdout: '9.0\n', stderr: '' },
    text,
  );
});

test('with errors no output appears under -o, not even an old one is touched', () => {
  place.write('broken.mojo', TRAIT + MAIN);
  const output = place.write('kept', 'old');
  assert.equal(place.kiln(['build', '-o', 'kept', 'broken.mojo']).status, 1);
  assert.equal(fs.readFileSync(output, 'utf8'), 'old');
  assert.equal(place.kiln(['build', '-o', 'absent', 'broken.mojo']).status, 1);
  assert.equal(fs.existsSync(path.join(place.folder, 'absent')), false);
});

test('a device or pipe is written to, not replaced', { skip: process.platform === 'win32' }, () => {
  place.write('tiny.mojo', 'def main():\n    pass\n');
  const script = [
    'mkfifo pipe && cat pipe > got &',
    'while [ ! -p pipe ]; do sleep 0.05; done',
    `"${process.execPath}" "${path.join(ROOT, 'dist', 'kiln.cjs')}" build --emit tokens -o pipe tiny.mojo && wait && test -p pipe && cat got`,
  ].join('\n');
  const result = spawnSync('sh', ['-c', script], { cwd: place.folder, encoding: 'utf8', timeout: 60_000 });
  assert.match(result.stdout, /^1:1 Def "def"/, result.stderr);
});
