/** Small changes to a program after which it may still compile: what a person mistypes, moves or forgets. In: the text and a random source. Out: the text. */

import type { Dice } from '../ownership/random.ts';

/** Words that can stand for each other. */
const EXCHANGES: readonly (readonly string[])[] = [
  ['mut ', 'var ', 'read ', 'ref ', ''],
  ['^', '.copy()', ''],
  ['+', '-', '*', '//', '%'],
  ['<', '<=', '>', '>=', '==', '!='],
  ['and', 'or'],
  ['True', 'False'],
  ['break', 'continue', 'return', 'pass', 'raise Error("x")'],
  ['if', 'while'],
  ['Int', 'String', 'List[Int]', 'Optional[Int]', 'Float64'],
];

export function changed(text: string, dice: Dice): string {
  let lines = text.split('\n').filter((line) => !line.startsWith('#'));
  const rounds = 1 + dice.roll(3);
  for (let i = 0; i < rounds; i++) lines = change(lines, dice);
  return lines.join('\n');
}

function change(lines: readonly string[], dice: Dice): string[] {
  const out = [...lines];
  const at = dice.roll(out.length);
  const line = out[at] ?? '';
  switch (dice.roll(8)) {
    case 0:
      out.splice(at, 1);
      break;
    case 1:
      out.splice(at, 0, line);
      break;
    case 2: {
      // Two neighbours of one block change places.
      const next = out[at + 1] ?? '';
      if (indentOf(line) === indentOf(next)) out.splice(at, 2, next, line);
      break;
    }
    case 3: {
      // A statement goes elsewhere, into another block.
      const to = dice.roll(out.length);
      const moved = ' '.repeat(indentOf(out[to] ?? '')) + line.trim();
      out.splice(at, 1);
      out.splice(to, 0, moved);
      break;
    }
    case 4:
    case 5: {
      // A name becomes another one of the program's.
      const names =
        out
          .slice(Math.max(0, at - 12), at + 12)
          .join(' ')
          .match(/\b[A-Za-z_]\w*\b/g) ?? [];
      out[at] = replaceOne(line, /\b[A-Za-z_]\w*\b/g, () => names[dice.roll(names.length)] ?? '', dice);
      break;
    }
    case 6:
      out[at] = replaceOne(line, /\b\d+\b/g, () => String([0, 1, 2, 3, 7, 64, -1][dice.roll(7)]), dice);
      break;
    default: {
      const group = EXCHANGES[dice.roll(EXCHANGES.length)] ?? [];
      const present = group.filter((word) => word !== '' && line.includes(word));
      const from = present[dice.roll(present.length)];
      if (from === undefined) {
        // A transfer where there was none.
        out[at] = replaceOne(line, /\b[a-z]\w*(?=[,)])/g, (word) => `${word}^`, dice);
        break;
      }
      const pieces = line.split(from);
      const place = 1 + dice.roll(pieces.length - 1);
      out[at] =
        pieces.slice(0, place).join(from) + (group[dice.roll(group.length)] ?? '') + pieces.slice(place).join(from);
    }
  }
  return out;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function replaceOne(line: string, pattern: RegExp, by: (word: string) => string, dice: Dice): string {
  const matches = [...line.matchAll(pattern)];
  const match = matches[dice.roll(matches.length)];
  if (match === undefined) return line;
  return line.slice(0, match.index) + by(match[0]) + line.slice(match.index + match[0].length);
}
