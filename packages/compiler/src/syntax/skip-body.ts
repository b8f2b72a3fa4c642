/** Finds where the indented body of a function ends without reading its tokens: library bodies are parsed only when they
 *  are reached.
 *  In: text and the offset behind the header's `:`.  Out: the body's place, or null where it must be read at once: it
 *  stands on the header's line, is a requirement (`...`), is not indented, or holds a t-string, whose nested quotes need
 *  the lexer. Only for text that keeps each line of a body deeper than its header, as the library does. */

export interface SkippedBody {
  /** Of its first token. */
  readonly start: number;
  readonly column: number;
  /** Behind its last token. */
  readonly end: number;
  /** Start of the first line that is no longer part of it. */
  readonly next: number;
}

const SPACE = 32;
const NEWLINE = 10;
const QUOTE = 34;
const APOSTROPHE = 39;
const HASH = 35;
const BACKSLASH = 92;

export function skipBody(text: string, from: number, headerColumn: number): SkippedBody | null {
  const length = text.length;
  let at = skipBlanks(text, from);
  const inline = text.charCodeAt(at);
  if (inline !== NEWLINE && inline !== HASH) return null;
  at = lineAfter(text, at);
  let start = -1;
  let column = 0;
  let end = -1;
  for (;;) {
    const first = skipBlanks(text, at);
    if (first >= length) break;
    const c = text.charCodeAt(first);
    if (c === NEWLINE || c === HASH) {
      at = lineAfter(text, first);
      continue;
    }
    if (c === 9 || c === 13) return null;
    if (first - at <= headerColumn) break;
    if (start < 0) {
      start = first;
      column = first - at;
      if (text.startsWith('...', first)) return null;
    }
    const line = skipLine(text, first);
    if (line < 0) return null;
    end = line;
    at = lineAfter(text, line);
    // A docstring may stand above the `...` of a requirement.
    if (first === start && (c === QUOTE || c === APOSTROPHE) && text.startsWith('...', skipBlanks(text, at)))
      return null;
  }
  return start < 0 ? null : { start, column, end, next: at };
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === SPACE) at++;
  return at;
}

function lineAfter(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline < 0 ? text.length : newline + 1;
}

/** Offset behind the last token of the line at `from` (of a later line where a string ends there); -1 at a t-string. */
function skipLine(text: string, from: number): number {
  let end = from;
  let at = from;
  while (at < text.length) {
    const c = text.charCodeAt(at);
    if (c === NEWLINE || c === HASH) return end;
    if (c === 9 || c === 13) return -1;
    if (c === QUOTE || c === APOSTROPHE) {
      if (isPrefix(text, at)) return -1;
      at = skipString(text, at, c);
      if (at < 0) return -1;
      end = at;
      continue;
    }
    if (c === BACKSLASH) return -1;
    at++;
    if (c !== SPACE) end = at;
  }
  return end;
}

/** Whether a letter stands right before the quote: of a raw or t-string. */
function isPrefix(text: string, quote: number): boolean {
  const before = text.charCodeAt(quote - 1) | 32;
  return before >= 97 && before <= 122;
}

/** Offset behind the string whose first quote is at `open`; -1 without its end. */
function skipString(text: string, open: number, quote: number): number {
  const triple = text.charCodeAt(open + 1) === quote && text.charCodeAt(open + 2) === quote;
  for (let at = open + (triple ? 3 : 1); at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c === BACKSLASH) at++;
    else if (c === NEWLINE && !triple) return -1;
    else if (c === quote) {
      if (!triple) return at + 1;
      if (text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote) return at + 3;
    }
  }
  return -1;
}
