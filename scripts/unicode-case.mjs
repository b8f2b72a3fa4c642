/** Writes the tables of `std/collections/unicode_case_tables.mojo`, from the case mappings of the Unicode version that this Node has.
 *  A range is 16 hexadecimal digits: first and last code point (5 each), what the first becomes (5), and the step (1 or 2).
 *  An expansion is 16 digits too: the code point and the up to three that replace it, 4 each. */
import { writeFileSync } from 'node:fs';

const hex = (value, width) => value.toString(16).padStart(width, '0');

function tables(map) {
  const ranges = [];
  const expansions = [];
  for (let point = 0x80; point < 0x1ffff; point++) {
    if (point >= 0xd800 && point < 0xe000) continue;
    const mapped = [...map(String.fromCodePoint(point))].map((character) => character.codePointAt(0));
    if (mapped.length > 1) {
      expansions.push([point, ...mapped, 0, 0].slice(0, 4));
      continue;
    }
    const delta = mapped[0] - point;
    if (delta === 0) continue;
    const last = ranges.at(-1);
    const gap = last === undefined ? 0 : point - last.end;
    if (
      last !== undefined &&
      last.delta === delta &&
      (gap === 1 || gap === 2) &&
      (last.end === last.start || gap === last.step)
    ) {
      last.step = gap;
      last.end = point;
    } else ranges.push({ start: point, end: point, delta, step: 1 });
  }
  return {
    ranges: ranges.map(
      (range) => hex(range.start, 5) + hex(range.end, 5) + hex(range.start + range.delta, 5) + range.step,
    ),
    expansions: expansions.map((points) => points.map((point) => hex(point, 4)).join('')),
  };
}

function constant(name, entries) {
  const lines = [];
  for (let i = 0; i < entries.length; i += 8) lines.push(`    "${entries.slice(i, i + 8).join('')}"`);
  return `comptime ${name}: StaticString = (\n${lines.join('\n')}\n)\n`;
}

const upper = tables((text) => text.toUpperCase());
const lower = tables((text) => text.toLowerCase());
writeFileSync(
  new URL('../std/collections/unicode_case_tables.mojo', import.meta.url),
  `"""Case mappings of Unicode ${process.versions.unicode}, made by scripts/unicode-case.mjs, which says what the digits mean."""\n\n${[
    constant('_UPPER', upper.ranges),
    constant('_UPPER_EXPANSIONS', upper.expansions),
    constant('_LOWER', lower.ranges),
    constant('_LOWER_EXPANSIONS', lower.expansions),
  ].join('\n')}`,
);
