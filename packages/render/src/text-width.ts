/** How many terminal columns text takes, and how untrusted text is made safe to print.
 *  A source file may hold any characters: control characters become visible pictures, so that no escape sequence of the
 *  user's file reaches the terminal. */

const TAB_WIDTH = 4;

/** Ranges of code points that take two columns (East Asian wide and full-width forms, emoji), sorted. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x2329, 0x232a],
  [0x23e9, 0x23ec],
  [0x25fd, 0x25fe],
  [0x2614, 0x2615],
  [0x2648, 0x2653],
  [0x267f, 0x267f],
  [0x2693, 0x2693],
  [0x26a1, 0x26a1],
  [0x26aa, 0x26ab],
  [0x26bd, 0x26be],
  [0x26c4, 0x26c5],
  [0x26ce, 0x26ce],
  [0x26d4, 0x26d4],
  [0x26ea, 0x26ea],
  [0x26f2, 0x26f3],
  [0x26f5, 0x26f5],
  [0x26fa, 0x26fa],
  [0x26fd, 0x26fd],
  [0x2705, 0x2705],
  [0x270a, 0x270b],
  [0x2728, 0x2728],
  [0x274c, 0x274c],
  [0x274e, 0x274e],
  [0x2753, 0x2755],
  [0x2757, 0x2757],
  [0x2795, 0x2797],
  [0x27b0, 0x27b0],
  [0x27bf, 0x27bf],
  [0x2b1b, 0x2b1c],
  [0x2b50, 0x2b50],
  [0x2b55, 0x2b55],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xa960, 0xa97f],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f7e0, 0x1f7eb],
  [0x1f900, 0x1f9ff],
  [0x1fa70, 0x1faff],
  [0x20000, 0x3fffd],
];

/** Columns of one code point: 0 for marks that combine with what stands before them. */
function widthOf(codePoint: number): number {
  if (codePoint < 0x300) return codePoint === 0xad ? 0 : 1;
  if (
    codePoint <= 0x36f ||
    (codePoint >= 0x1ab0 && codePoint <= 0x1aff) ||
    (codePoint >= 0x20d0 && codePoint <= 0x20ff) ||
    (codePoint >= 0x200b && codePoint <= 0x200d) ||
    (codePoint >= 0xfe00 && codePoint <= 0xfe0f) ||
    (codePoint >= 0xfe20 && codePoint <= 0xfe2f) ||
    (codePoint >= 0xe0100 && codePoint <= 0xe01ef)
  ) {
    return 0;
  }
  if (codePoint < 0x1100) return 1;
  let low = 0;
  let high = WIDE.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = WIDE[middle] ?? [0, 0];
    if (codePoint < range[0]) high = middle - 1;
    else if (codePoint > range[1]) low = middle + 1;
    else return 2;
  }
  return 1;
}

/** A visible stand-in for a code point that must not reach a terminal as it is, or null. */
function pictureOf(codePoint: number): string | null {
  if (codePoint < 0x20) return String.fromCharCode(0x2400 + codePoint);
  if (codePoint === 0x7f) return '\u2421';
  if (codePoint >= 0x80 && codePoint < 0xa0) return '\ufffd';
  // Bidirectional controls can make a line look like other code than it is; a lone surrogate is no character.
  if ((codePoint >= 0x202a && codePoint <= 0x202e) || (codePoint >= 0x2066 && codePoint <= 0x2069)) return '\ufffd';
  if (codePoint === 0x2028 || codePoint === 0x2029 || codePoint === 0xfeff) return '\ufffd';
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return '\ufffd';
  return null;
}

/** One line of source as cells: what is printed for each UTF-16 offset, and at which column it starts. */
export interface DisplayLine {
  /** Per UTF-16 unit: the printed text ('' for the second half of a pair). */
  readonly cells: readonly string[];
  /** Per UTF-16 unit, and one more for the end: the column, from 0. */
  readonly columns: readonly number[];
}

export function layOutLine(line: string): DisplayLine {
  const cells: string[] = [];
  const columns: number[] = [];
  let column = 0;
  for (let i = 0; i < line.length; ) {
    const codePoint = line.codePointAt(i) ?? 0;
    const units = codePoint > 0xffff ? 2 : 1;
    columns.push(column);
    if (codePoint === 9) {
      const width = TAB_WIDTH - (column % TAB_WIDTH);
      cells.push(' '.repeat(width));
      column += width;
    } else {
      const picture = pictureOf(codePoint);
      cells.push(picture ?? String.fromCodePoint(codePoint));
      column += picture === null ? widthOf(codePoint) : 1;
    }
    if (units === 2) {
      cells.push('');
      columns.push(column);
    }
    i += units;
  }
  columns.push(column);
  return { cells, columns };
}

/** Text of the compiler's own sentences, which may quote the user's: one line or several, nothing but printable. */
export function printable(text: string): string {
  let out = '';
  for (const character of text) {
    if (character === '\n') out += character;
    else if (character === '\t') out += ' ';
    else out += pictureOf(character.codePointAt(0) ?? 0) ?? character;
  }
  return out;
}
