/** Source text to tokens, in one pass over UTF-16 code units.
 *  In: a file.  Out: a `TokenList`; every lexical mistake is reported once and leaves a usable token, or `Invalid`.
 *  Invariants: never throws; tokens are in source order and do not overlap; the last one is `End`. A t-string becomes
 *  `TStringStart (TStringText | FieldOpen … FieldClose)* TStringEnd`, so the parser needs no second lexer. */
import type { FileId, SourceFile } from '../base/span.ts';
import { makeSpan } from '../base/span.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Sink } from '../diagnostics/sink.ts';
import type { Comment } from './ast.ts';
import * as errors from './errors.ts';
import { skipBody } from './skip-body.ts';
import { Tok, type TokenList, WORDS } from './token.ts';

const MAX_TSTRING_DEPTH = 256;

const CHAR_OTHER = 0;
const CHAR_NAME = 1;
const CHAR_DIGIT = 2;

/** Class of each ASCII character within a name or number. */
const CHAR_CLASS = (() => {
  const table = new Uint8Array(128);
  for (let c = 97; c <= 122; c++) table[c] = CHAR_NAME;
  for (let c = 65; c <= 90; c++) table[c] = CHAR_NAME;
  for (let c = 48; c <= 57; c++) table[c] = CHAR_DIGIT;
  table[95] = CHAR_NAME;
  return table;
})();

const WORD_TABLE_SIZE = 4096;
const WORD_TABLE = (() => {
  const table = new Int16Array(WORD_TABLE_SIZE).fill(-1);
  WORDS.forEach(([word], index) => {
    let hash = 0;
    for (let i = 0; i < word.length; i++) hash = (Math.imul(hash, 31) + word.charCodeAt(i)) | 0;
    let slot = hash & (WORD_TABLE_SIZE - 1);
    while (table[slot] !== -1) slot = (slot + 1) & (WORD_TABLE_SIZE - 1);
    table[slot] = index;
  });
  return table;
})();

/** Characters that begin no token at all. */
function isForeign(c: number): boolean {
  return c >= 127 || (c < 32 && c !== 9 && c !== 10 && c !== 12 && c !== 13) || c === 36 || c === 63 || c === 33;
}

/** A t-string whose field is being read. */
interface TStringMode {
  readonly quote: number;
  readonly triple: boolean;
  readonly raw: boolean;
  readonly start: number;
  braces: number;
}

class Lexer {
  private readonly text: string;
  private readonly file: FileId;
  private readonly sink: Sink;
  private readonly comments: Comment[] = [];
  private readonly modes: TStringMode[] = [];
  private kinds: Uint8Array;
  private starts: Uint32Array;
  private ends: Uint32Array;
  private columns: Uint32Array;
  private firsts: Uint8Array;
  private capacity: number;
  private count = 0;
  private pos = 0;
  private lineStart = 0;
  private first = 1;
  private readonly skipBodies: boolean;
  /** Column of the function whose header is being read, if its body is to be skipped; -1: none. */
  private header = -1;
  /** Open brackets of that header. */
  private headerDepth = 0;

  constructor(file: SourceFile, sink: Sink, part: TextPart | null, skipBodies: boolean) {
    this.text = part === null ? file.text : file.text.slice(0, part.end);
    this.file = file.id;
    this.sink = sink;
    this.skipBodies = skipBodies;
    if (part !== null) {
      this.pos = part.start;
      this.lineStart = part.start - part.column;
    }
    this.capacity = Math.max(64, Math.ceil((this.text.length - this.pos) / (skipBodies ? 6 : 3)));
    this.kinds = new Uint8Array(this.capacity);
    this.starts = new Uint32Array(this.capacity);
    this.ends = new Uint32Array(this.capacity);
    this.columns = new Uint32Array(this.capacity);
    this.firsts = new Uint8Array(this.capacity);
  }

  private add(kind: number, start: number, end: number): void {
    if (this.count === this.capacity) this.grow();
    const i = this.count++;
    this.kinds[i] = kind;
    this.starts[i] = start;
    this.ends[i] = end;
    this.columns[i] = start - this.lineStart;
    this.firsts[i] = this.first;
    this.first = 0;
    this.pos = end;
  }

  private grow(): void {
    this.capacity *= 2;
    const kinds = new Uint8Array(this.capacity);
    kinds.set(this.kinds);
    this.kinds = kinds;
    const starts = new Uint32Array(this.capacity);
    starts.set(this.starts);
    this.starts = starts;
    const ends = new Uint32Array(this.capacity);
    ends.set(this.ends);
    this.ends = ends;
    const columns = new Uint32Array(this.capacity);
    columns.set(this.columns);
    this.columns = columns;
    const firsts = new Uint8Array(this.capacity);
    firsts.set(this.firsts);
    this.firsts = firsts;
  }

  private report(factory: (at: errors.At) => Diagnostic, start: number, end: number): void {
    this.sink.report(factory({ span: makeSpan(this.file, start, end) }));
  }

  run(): TokenList {
    const text = this.text;
    const length = text.length;
    if (this.pos === 0 && text.charCodeAt(0) === 0xfeff) {
      this.pos = 1;
      this.lineStart = 1;
    }
    while (this.pos < length) {
      const start = this.pos;
      const c = text.charCodeAt(start);
      if (c === 32 || c === 9 || c === 13 || c === 12) {
        this.pos = start + 1;
      } else if (c === 10) {
        this.newline(start + 1);
      } else if (c < 128 && CHAR_CLASS[c] === CHAR_NAME) {
        this.word(start, c);
      } else if (c >= 48 && c <= 57) {
        this.number(start, c);
      } else if (c === 35) {
        this.comment(start);
      } else if (c === 34 || c === 39) {
        this.string(start, start, c, false, false);
      } else if (c === 92 && this.joinsLine(start)) {
        // A joined line: the next token is no first one, and its column is counted from its own line.
        const end = text.charCodeAt(start + 1) === 13 ? start + 3 : start + 2;
        this.pos = end;
        this.lineStart = end;
      } else if (c === 96) {
        this.backtick(start);
      } else {
        this.operator(start, c);
      }
    }
    for (let i = this.modes.length - 1; i >= 0; i--) {
      const mode = this.modes[i];
      if (mode !== undefined && i === 0) this.report(errors.unterminatedTString, mode.start, mode.start + 1);
    }
    this.first = 1;
    this.add(Tok.End, length, length);
    this.columns[this.count - 1] = 0;
    return {
      count: this.count,
      kinds: this.kinds,
      starts: this.starts,
      ends: this.ends,
      columns: this.columns,
      firsts: this.firsts,
      comments: this.comments,
    };
  }

  private newline(next: number): void {
    this.pos = next;
    this.lineStart = next;
    this.first = 1;
  }

  private joinsLine(start: number): boolean {
    const next = this.text.charCodeAt(start + 1);
    return next === 10 || (next === 13 && this.text.charCodeAt(start + 2) === 10);
  }

  private comment(start: number): void {
    const text = this.text;
    let end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    this.pos = end;
    if (text.charCodeAt(end - 1) === 13) end--;
    this.comments.push({
      start,
      end,
      text: text.slice(start, end),
      ownLine: this.first === 1,
      lineStart: this.lineStart,
    });
  }

  private word(start: number, firstChar: number): void {
    const text = this.text;
    let hash = firstChar;
    let end = start + 1;
    for (;;) {
      const c = text.charCodeAt(end);
      if (!(c < 128) || CHAR_CLASS[c] === CHAR_OTHER) break;
      hash = (Math.imul(hash, 31) + c) | 0;
      end++;
    }
    const length = end - start;
    if (length <= 2) {
      const next = text.charCodeAt(end);
      if (next === 34 || next === 39) {
        const a = firstChar | 32;
        const b = length === 2 ? text.charCodeAt(start + 1) | 32 : 0;
        const raw = a === 114 || b === 114;
        const template = a === 116 || b === 116;
        if ((length === 1 && (raw || template)) || (length === 2 && raw && template)) {
          this.string(start, end, next, raw, template);
          return;
        }
      }
    }
    let kind: number = Tok.Name;
    if (length <= 11) {
      let slot = hash & (WORD_TABLE_SIZE - 1);
      for (;;) {
        const index = WORD_TABLE[slot] ?? -1;
        if (index < 0) break;
        const entry = WORDS[index];
        if (entry !== undefined && entry[0].length === length && text.startsWith(entry[0], start)) {
          kind = entry[1];
          break;
        }
        slot = (slot + 1) & (WORD_TABLE_SIZE - 1);
      }
    }
    const first = this.first;
    this.add(kind, start, end);
    if (this.skipBodies && (kind === Tok.Def || kind === Tok.Fn)) {
      this.header = first === 1 ? start - this.lineStart : -1;
      this.headerDepth = 0;
    }
  }

  private backtick(start: number): void {
    const text = this.text;
    let end = start + 1;
    for (;;) {
      const c = text.charCodeAt(end);
      if (c === 96) break;
      if (Number.isNaN(c) || c === 10 || c === 13) {
        this.report(errors.unterminatedBacktick, start, end);
        this.add(Tok.Invalid, start, end);
        return;
      }
      end++;
    }
    if (end === start + 1) {
      this.report(errors.emptyBacktick, start, end + 1);
      this.add(Tok.Invalid, start, end + 1);
      return;
    }
    this.add(Tok.Name, start, end + 1);
  }

  // ------------------------------------------------------------------------------------------ numbers

  /** End of a run of digits and underscores from `from`. */
  private digits(from: number): number {
    const text = this.text;
    let end = from;
    for (;;) {
      const c = text.charCodeAt(end);
      if (!((c >= 48 && c <= 57) || c === 95)) return end;
      end++;
    }
  }

  private number(start: number, c: number): void {
    const text = this.text;
    if (c === 48) {
      const base = text.charCodeAt(start + 1) | 32;
      if (base === 120 || base === 111 || base === 98) {
        this.basedNumber(start, base);
        return;
      }
    }
    let end = this.digits(start + 1);
    let float = false;
    if (text.charCodeAt(end) === 46 && !(text.charCodeAt(end + 1) === 46 && text.charCodeAt(end + 2) === 46)) {
      float = true;
      end++;
      const d = text.charCodeAt(end);
      if (d >= 48 && d <= 57) end = this.digits(end);
    }
    this.finishDecimal(start, end, float);
  }

  /** The exponent, then the token. */
  private finishDecimal(start: number, from: number, isFloat: boolean): void {
    const text = this.text;
    let end = from;
    let float = isFloat;
    if ((text.charCodeAt(end) | 32) === 101) {
      let digit = end + 1;
      const sign = text.charCodeAt(digit);
      if (sign === 43 || sign === 45) digit++;
      const d = text.charCodeAt(digit);
      if (d >= 48 && d <= 57) {
        float = true;
        end = this.digits(digit);
      } else {
        const after = text.charCodeAt(end + 1);
        const isName = after < 128 && CHAR_CLASS[after] === CHAR_NAME;
        if (!isName) {
          this.report(errors.noExponentDigits, end + 1, end + 1);
          float = true;
          end = digit;
        }
      }
    }
    if (!float && text.charCodeAt(start) === 48) {
      for (let i = start + 1; i < end; i++) {
        const c = text.charCodeAt(i);
        if (c !== 48 && c !== 95) {
          this.report(errors.leadingZeros, start, end);
          break;
        }
      }
    }
    this.add(float ? Tok.Float : Tok.Int, start, end);
  }

  private basedNumber(start: number, base: number): void {
    const text = this.text;
    let end = start + 2;
    let any = false;
    for (;;) {
      const c = text.charCodeAt(end);
      const low = c | 32;
      const isDigit =
        base === 120
          ? (c >= 48 && c <= 57) || (low >= 97 && low <= 102)
          : base === 111
            ? c >= 48 && c <= 55
            : c === 48 || c === 49;
      if (isDigit) any = true;
      else if (c !== 95) break;
      end++;
    }
    if (!any) {
      const name = base === 120 ? 'hex' : base === 111 ? 'octal' : 'binary';
      this.sink.report(errors.noDigits({ span: makeSpan(this.file, end, end), base: name }));
      // The wrong digits belong to the same mistake.
      for (;;) {
        const c = text.charCodeAt(end);
        if (!(c < 128) || CHAR_CLASS[c] === CHAR_OTHER) break;
        end++;
      }
      this.add(Tok.Invalid, start, end);
      return;
    }
    this.add(Tok.Int, start, end);
  }

  // ------------------------------------------------------------------------------------------ strings

  /** `open` is the offset of the first quote; `start` that of the prefix. */
  private string(start: number, open: number, quote: number, raw: boolean, template: boolean): void {
    const text = this.text;
    const triple = text.charCodeAt(open + 1) === quote && text.charCodeAt(open + 2) === quote;
    if (template) {
      const from = open + (triple ? 3 : 1);
      if (this.modes.length >= MAX_TSTRING_DEPTH) {
        this.report(errors.tStringTooDeep, start, from);
        const end = text.indexOf('\n', from);
        this.modes.length = 0;
        this.add(Tok.Invalid, start, end < 0 ? text.length : end);
        return;
      }
      this.add(Tok.TStringStart, start, from);
      this.templateText({ quote, triple, raw, start, braces: 0 }, false);
      return;
    }
    let end = open + (triple ? 3 : 1);
    // Lines inside a triple-quoted string still count for the column of what follows.
    let lineStart = this.lineStart;
    let closed = false;
    for (;;) {
      const c = text.charCodeAt(end);
      if (Number.isNaN(c)) break;
      if (c === quote) {
        if (!triple) {
          end++;
          closed = true;
          break;
        }
        if (text.charCodeAt(end + 1) === quote && text.charCodeAt(end + 2) === quote) {
          end += 3;
          closed = true;
          break;
        }
        end++;
      } else if (c === 92) {
        if (raw) {
          const next = text.charCodeAt(end + 1);
          end += next === quote || next === 92 ? 2 : 1;
        } else {
          end = this.escape(end);
          if (text.charCodeAt(end - 1) === 10) lineStart = end;
        }
      } else if (c === 10) {
        if (!triple) break;
        end++;
        lineStart = end;
      } else {
        end++;
      }
    }
    if (!closed) {
      this.unterminated(start, end);
      return;
    }
    this.add(Tok.String, start, end);
    this.lineStart = lineStart;
  }

  /** A string without its end. Within a t-string on one line the t-string is what lacks its end. */
  private unterminated(start: number, end: number): void {
    const outer = this.modes.find((mode) => !mode.triple);
    if (outer === undefined) this.report(errors.unterminatedString, start, start + 1);
    else {
      this.report(errors.unterminatedTString, outer.start, outer.start + 1);
      this.modes.length = 0;
    }
    const stop = this.text.charCodeAt(end - 1) === 13 ? end - 1 : end;
    this.add(Tok.Invalid, start, Math.max(stop, start + 1));
    const lastLine = this.text.lastIndexOf('\n', this.pos - 1) + 1;
    if (lastLine > this.lineStart) this.lineStart = lastLine;
  }

  /** Checks the escape at `slash` and returns the offset after it. */
  private escape(slash: number): number {
    const text = this.text;
    const c = text.charCodeAt(slash + 1);
    switch (c) {
      case 92:
      case 39:
      case 34:
      case 97:
      case 98:
      case 102:
      case 110:
      case 114:
      case 116:
      case 118:
      case 10:
        return slash + 2;
      case 13:
        if (text.charCodeAt(slash + 2) === 10) return slash + 3;
        break;
      case 120:
        return this.hexEscape(slash, 2);
      case 117:
        return this.hexEscape(slash, 4);
      case 85:
        return this.hexEscape(slash, 8);
      default:
        if (c >= 48 && c <= 55) {
          let end = slash + 2;
          while (end < slash + 4) {
            const d = text.charCodeAt(end);
            if (!(d >= 48 && d <= 55)) break;
            end++;
          }
          if (end === slash + 4 && c > 51) this.report(errors.octalEscapeOutOfRange, slash, end);
          return end;
        }
    }
    this.report(errors.invalidEscape, slash, Math.min(slash + 2, text.length));
    // Only the backslash: what follows may be the quote or the line end.
    return slash + 1;
  }

  private hexEscape(slash: number, width: number): number {
    const text = this.text;
    let end = slash + 2;
    let value = 0;
    while (end < slash + 2 + width) {
      const c = text.charCodeAt(end);
      const low = c | 32;
      if (c >= 48 && c <= 57) value = value * 16 + c - 48;
      else if (low >= 97 && low <= 102) value = value * 16 + low - 87;
      else break;
      end++;
    }
    if (end !== slash + 2 + width) {
      if (width === 2) this.report(errors.invalidHexEscape, slash, end);
      else {
        this.sink.report(
          errors.invalidUnicodeEscape({
            span: makeSpan(this.file, slash, end),
            letter: width === 4 ? 'u' : 'U',
            digits: width === 4 ? 'four' : 'eight',
          }),
        );
      }
    } else if (value >= 0xd800 && value <= 0xdfff) {
      this.report(errors.surrogateEscape, slash, end);
    } else if (value > 0x10ffff) {
      this.report(errors.escapeOutOfRange, slash, end);
    }
    return end;
  }

  /** Reads on from `pos` in the text part of a t-string, up to its end or its next field. */
  private templateText(mode: TStringMode, resumed: boolean): void {
    const text = this.text;
    const start = this.pos;
    let end = start;
    let lineStart = this.lineStart;
    for (;;) {
      const c = text.charCodeAt(end);
      if (Number.isNaN(c) || (c === 10 && !mode.triple)) {
        const outer = this.modes.find((other) => !other.triple) ?? mode;
        this.report(errors.unterminatedTString, outer.start, outer.start + 1);
        if (resumed) this.modes.pop();
        this.modes.length = 0;
        // `Invalid` keeps the parser silent about the rest of the statement.
        this.add(Tok.Invalid, start, end);
        this.lineStart = lineStart;
        return;
      }
      if (c === mode.quote) {
        const width = mode.triple ? 3 : 1;
        if (!mode.triple || (text.charCodeAt(end + 1) === c && text.charCodeAt(end + 2) === c)) {
          if (end > start) this.add(Tok.TStringText, start, end);
          this.add(Tok.TStringEnd, end, end + width);
          if (resumed) this.modes.pop();
          this.lineStart = lineStart;
          return;
        }
        end++;
      } else if (c === 123) {
        if (text.charCodeAt(end + 1) === 123) {
          end += 2;
          continue;
        }
        if (end > start) this.add(Tok.TStringText, start, end);
        this.add(Tok.FieldOpen, end, end + 1);
        this.lineStart = lineStart;
        mode.braces = 0;
        if (!resumed) this.modes.push(mode);
        return;
      } else if (c === 125) {
        if (text.charCodeAt(end + 1) === 125) end += 2;
        else {
          this.report(errors.singleBraceInTString, end, end + 1);
          end++;
        }
      } else if (c === 92) {
        if (mode.raw) {
          const next = text.charCodeAt(end + 1);
          end += next === mode.quote || next === 92 ? 2 : 1;
        } else {
          end = this.escape(end);
          if (text.charCodeAt(end - 1) === 10) lineStart = end;
        }
      } else {
        end++;
        if (c === 10) lineStart = end;
      }
    }
  }

  // ------------------------------------------------------------------------------------------ operators

  private operator(start: number, c: number): void {
    const text = this.text;
    const next = text.charCodeAt(start + 1);
    if (c === 46 && next >= 48 && next <= 57) {
      this.finishDecimal(start, this.digits(start + 1), true);
      return;
    }
    if (c === 123 || c === 125) {
      this.brace(start, c);
      return;
    }
    const code = operatorCode(c, next, text.charCodeAt(start + 2));
    if (code !== 0) {
      this.add(code >> 2, start, start + (code & 3));
      if (this.header >= 0) this.inHeader(code >> 2);
      return;
    }
    // One report for a run of foreign characters.
    let end = start + 1;
    while (end < text.length && isForeign(text.charCodeAt(end))) end++;
    const character = text.slice(start, end);
    this.report((at) => errors.unexpectedCharacter({ ...at, character }), start, end);
    this.add(Tok.Invalid, start, end);
  }

  /** Counts the brackets of a function's header; behind its `:` the body becomes one token, if it can. */
  private inHeader(kind: number): void {
    if (kind === Tok.LParen || kind === Tok.LBracket) this.headerDepth++;
    else if (kind === Tok.RParen || kind === Tok.RBracket) this.headerDepth--;
    else if (kind === Tok.Colon && this.headerDepth === 0) {
      const body = skipBody(this.text, this.pos, this.header);
      this.header = -1;
      if (body === null) return;
      this.newline(body.start - body.column);
      this.add(Tok.SkippedBody, body.start, body.end);
      this.newline(body.next);
    }
  }

  private brace(start: number, c: number): void {
    if (this.header >= 0) this.headerDepth += c === 123 ? 1 : -1;
    const mode = this.modes[this.modes.length - 1];
    if (c === 123) {
      if (mode !== undefined) mode.braces++;
      this.add(Tok.LBrace, start, start + 1);
    } else if (mode === undefined) {
      this.add(Tok.RBrace, start, start + 1);
    } else if (mode.braces > 0) {
      mode.braces--;
      this.add(Tok.RBrace, start, start + 1);
    } else {
      this.add(Tok.FieldClose, start, start + 1);
      this.templateText(mode, true);
    }
  }
}

/** Kind and width of the operator that begins with these characters, as `kind * 4 + width`; 0: there is none. */
function operatorCode(c: number, next: number, third: number): number {
  const eq = next === 61;
  switch (c) {
    case 40:
      return Tok.LParen * 4 + 1;
    case 41:
      return Tok.RParen * 4 + 1;
    case 91:
      return Tok.LBracket * 4 + 1;
    case 93:
      return Tok.RBracket * 4 + 1;
    case 44:
      return Tok.Comma * 4 + 1;
    case 59:
      return Tok.Semicolon * 4 + 1;
    case 126:
      return Tok.Tilde * 4 + 1;
    case 58:
      return eq ? Tok.Walrus * 4 + 2 : Tok.Colon * 4 + 1;
    case 61:
      if (eq) return Tok.EqEq * 4 + 2;
      return next === 62 ? Tok.FatArrow * 4 + 2 : Tok.Assign * 4 + 1;
    case 33:
      return eq ? Tok.NotEq * 4 + 2 : 0;
    case 43:
      return eq ? Tok.PlusAssign * 4 + 2 : Tok.Plus * 4 + 1;
    case 45:
      if (eq) return Tok.MinusAssign * 4 + 2;
      return next === 62 ? Tok.Arrow * 4 + 2 : Tok.Minus * 4 + 1;
    case 37:
      return eq ? Tok.PercentAssign * 4 + 2 : Tok.Percent * 4 + 1;
    case 38:
      return eq ? Tok.AmpAssign * 4 + 2 : Tok.Amp * 4 + 1;
    case 124:
      return eq ? Tok.PipeAssign * 4 + 2 : Tok.Pipe * 4 + 1;
    case 94:
      return eq ? Tok.CaretAssign * 4 + 2 : Tok.Caret * 4 + 1;
    case 64:
      return eq ? Tok.AtAssign * 4 + 2 : Tok.At * 4 + 1;
    case 42:
      if (next === 42) return third === 61 ? Tok.StarStarAssign * 4 + 3 : Tok.StarStar * 4 + 2;
      return eq ? Tok.StarAssign * 4 + 2 : Tok.Star * 4 + 1;
    case 47:
      if (next === 47) return third === 61 ? Tok.SlashSlashAssign * 4 + 3 : Tok.SlashSlash * 4 + 2;
      return eq ? Tok.SlashAssign * 4 + 2 : Tok.Slash * 4 + 1;
    case 60:
      if (next === 60) return third === 61 ? Tok.ShlAssign * 4 + 3 : Tok.Shl * 4 + 2;
      return eq ? Tok.Le * 4 + 2 : Tok.Lt * 4 + 1;
    case 62:
      if (next === 62) return third === 61 ? Tok.ShrAssign * 4 + 3 : Tok.Shr * 4 + 2;
      return eq ? Tok.Ge * 4 + 2 : Tok.Gt * 4 + 1;
    case 46:
      return next === 46 && third === 46 ? Tok.Ellipsis * 4 + 3 : Tok.Dot * 4 + 1;
    default:
      return 0;
  }
}

/** A stretch of a file that begins at a token. */
export interface TextPart {
  readonly start: number;
  readonly end: number;
  /** Of `start` in its line. */
  readonly column: number;
}

/** Tokens of a file. */
export function tokenize(file: SourceFile, sink: Sink): TokenList {
  return new Lexer(file, sink, null, false).run();
}

/** Tokens of a file in which the body of each function is one `SkippedBody` token wherever that is possible. */
export function tokenizeHeaders(file: SourceFile, sink: Sink): TokenList {
  return new Lexer(file, sink, null, true).run();
}

/** Tokens of one stretch of a file, at their places in the file. */
export function tokenizePart(file: SourceFile, part: TextPart, sink: Sink): TokenList {
  return new Lexer(file, sink, part, false).run();
}
