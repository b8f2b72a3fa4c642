/** Code frames, JSON and fixes, on diagnostics made by hand. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeSpan } from '../../packages/compiler/src/base/span.ts';
import { type Diagnostic, defineError, label, replaceFix } from '../../packages/compiler/src/diagnostics/diagnostic.ts';
import { createMemoryHost } from '../../packages/compiler/src/driver/host.ts';
import { SourceSet } from '../../packages/compiler/src/driver/sources.ts';
import { applyFixes } from '../../packages/render/src/apply-fixes.ts';
import { wantsColor } from '../../packages/render/src/color.ts';
import { toJson } from '../../packages/render/src/json.ts';
import { renderText } from '../../packages/render/src/text.ts';

const moved = defineError('M0001', 'flow', (a: Pick<Diagnostic, 'primary' | 'secondary' | 'notes' | 'fixes'>) => ({
  message: "use of 'a' after it was moved",
  ...a,
}));

function setUp(text: string) {
  const sources = new SourceSet(createMemoryHost(new Map()));
  const file = sources.addText('a.mojo', text);
  const at = (part: string, from = 0) => {
    const start = text.indexOf(part, from);
    return makeSpan(file.id, start, start + part.length);
  };
  const render = (diagnostic: Diagnostic, width = 100) =>
    renderText([diagnostic], sources, { color: false, width, fallbackPath: 'a.mojo' });
  return { sources, file, at, render };
}

test('primary, secondary, notes, a suggestion and the summary', () => {
  const { at, render } = setUp('def main():\n    var a = f()\n    consume(a^)\n\n\n    print(a)\n');
  const use = at('a)', 50);
  const text = render(
    moved({
      primary: label(makeSpan(use.file, use.start, use.start + 1), 'used here'),
      secondary: [label(at('a^'), 'moved here')],
      notes: ["'a' is not copyable"],
      fixes: [replaceFix('copy the value', at('a^'), 'a.copy()', 'review')],
    }),
  );
  assert.equal(
    text,
    [
      "a.mojo:6:11: error[M0001]: use of 'a' after it was moved",
      ' 3 |     consume(a^)',
      '   |             -- moved here',
      '   ·',
      ' 6 |     print(a)',
      '   |           ^ used here',
      "  note: 'a' is not copyable",
      '  help: copy the value',
      '    +     consume(a.copy())',
      '1 error',
      '',
    ].join('\n'),
  );
});

test('tabs, wide characters and control characters keep the marks in place', () => {
  const { at, render } = setUp('\tx = "日本🔥" + y\u001b\n');
  const text = render(moved({ primary: label(at('y')), secondary: [], notes: [], fixes: [] }));
  assert.equal(text.split('\n')[1], ' 1 |     x = "日本🔥" + y␛');
  // 4 (tab) + 5 (`x = "`) + 6 (three wide characters) + 4 (`" + `)
  assert.equal(text.split('\n')[2], `   | ${' '.repeat(19)}^`);
});

test('a long line is cut to a window around the mark', () => {
  const { at, render } = setUp(`x = ${'a + '.repeat(5000)}BAD${' + b'.repeat(5000)}\n`);
  const lines = render(moved({ primary: label(at('BAD'), 'here'), secondary: [], notes: [], fixes: [] }), 80).split(
    '\n',
  );
  for (const line of lines) assert.ok([...line].length <= 90, line);
  const source = lines[1] ?? '';
  assert.equal(source.indexOf('BAD'), (lines[2] ?? '').indexOf('^^^'));
});

test('another file gets its own heading; no place gives path:1:1', () => {
  const { sources, at, render } = setUp('x\n');
  const other = sources.addText('b.mojo', 'trait T:\n    fn mul(self): ...\n');
  const secondary = [label(makeSpan(other.id, 16, 19), 'required here')];
  const text = render(moved({ primary: label(at('x')), secondary, notes: [], fixes: [] }));
  assert.match(text, / {2}--> b\.mojo:2:8\n 2 | {5}fn mul\(self\): \.\.\.\n {3}\| {8}--- required here/);
  const nowhere = render(moved({ primary: null, secondary: [], notes: [], fixes: [] }));
  assert.equal(nowhere.split('\n')[0], "a.mojo:1:1: error[M0001]: use of 'a' after it was moved");
});

test('an empty file and a span at the very end do not break the frame', () => {
  const { file, render } = setUp('');
  const text = render(moved({ primary: label(makeSpan(file.id, 0, 0)), secondary: [], notes: [], fixes: [] }));
  assert.match(text, /^a\.mojo:1:1: error/);
});

test('JSON carries ranges and edits', () => {
  const { sources, at } = setUp('let x = 1\n');
  const diagnostic = moved({
    primary: label(at('let'), 'here'),
    secondary: [],
    notes: ['n'],
    fixes: [replaceFix('t', at('let'), 'var', 'safe')],
  });
  const report = toJson([diagnostic], sources, 'a.mojo');
  assert.equal(report.errors, 1);
  const range = { path: 'a.mojo', line: 1, column: 1, endLine: 1, endColumn: 4, start: 0, end: 3 };
  assert.deepEqual(report.diagnostics[0]?.range, range);
  assert.deepEqual(report.diagnostics[0]?.fixes[0]?.edits[0], { ...range, newText: 'var' });
});

test('fixes apply whole or not at all; overlapping ones wait', () => {
  const { file, at } = setUp('fn f(inout x: Int):\n');
  const outer = replaceFix('a', at('fn f'), 'def f', 'safe');
  const inner = replaceFix('b', at('f('), 'g(', 'safe');
  const other = replaceFix('c', at('inout'), 'mut', 'safe');
  const result = applyFixes(file.text, file.id, [outer, inner, other, other]);
  assert.deepEqual(result, { text: 'def f(mut x: Int):\n', applied: 3, skipped: 1 });
});

test('colour follows the terminal, NO_COLOR and FORCE_COLOR', () => {
  assert.equal(wantsColor(true, {}), true);
  assert.equal(wantsColor(false, {}), false);
  assert.equal(wantsColor(true, { NO_COLOR: '1' }), false);
  assert.equal(wantsColor(false, { FORCE_COLOR: '1' }), true);
  assert.equal(wantsColor(true, { TERM: 'dumb' }), false);
});
