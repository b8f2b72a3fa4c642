/** The token cursor under the parser: look-ahead, statement boundaries, errors, recovery, node ids, dialect marks.
 *  Layout rule: `kind` is `End` as soon as the next token begins a line at or left of `limit`, the column of the
 *  statement being read; where the grammar must have an operand, `crossLine` lifts that.
 *  Recovery: after an error `panic` is set, nothing more is reported, and every production returns at once, until a
 *  bracket's closer or the next statement is found. */
import { hintAt } from './hints.ts';
import { makeId } from '../base/ids.ts';
import { makeSpan, type SourceFile, type Span } from '../base/span.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Sink } from '../diagnostics/sink.ts';
import type { DialectConstruct, DialectMark, Identifier, NodeId, TextEdit } from './ast.ts';
import * as errors from './errors.ts';
import { isNameToken, isReservedWord, Tok, type TokenList } from './token.ts';

/** How deep expressions, patterns and blocks may nest. */
export const MAX_NESTING = 256;

/** Tokens that can begin an operand; statement keywords and closers cannot. */
const STARTS_OPERAND = (() => {
  const table = new Uint8Array(128);
  for (let kind = Tok.Name as number; kind <= Tok.Fn; kind++) table[kind] = 1;
  for (const kind of [
    Tok.Int,
    Tok.Float,
    Tok.String,
    Tok.TStringStart,
    Tok.False,
    Tok.True,
    Tok.None,
    Tok.SelfType,
    Tok.Underscore,
    Tok.LParen,
    Tok.LBracket,
    Tok.LBrace,
    Tok.Plus,
    Tok.Minus,
    Tok.Tilde,
    Tok.Not,
    Tok.Lambda,
    Tok.Await,
    Tok.Dot,
    Tok.Ellipsis,
    Tok.Star,
    Tok.StarStar,
  ]) {
    table[kind] = 1;
  }
  return table;
})();

/** Tokens that show that another statement has begun. */
const ENDS_SEARCH = (() => {
  const table = new Uint8Array(128);
  for (const kind of [
    Tok.Assign,
    Tok.Semicolon,
    Tok.Break,
    Tok.Continue,
    Tok.Def,
    Tok.Elif,
    Tok.Except,
    Tok.Finally,
    Tok.From,
    Tok.Import,
    Tok.Match,
    Tok.Pass,
    Tok.Raise,
    Tok.Return,
    Tok.Struct,
    Tok.Trait,
    Tok.Try,
    Tok.Var,
    Tok.While,
    Tok.With,
    Tok.Extension,
    Tok.Invalid,
  ]) {
    table[kind] = 1;
  }
  for (let kind = Tok.PlusAssign; kind <= Tok.CaretAssign; kind++) table[kind] = 1;
  return table;
})();

/** The next node id of a file. */
export interface IdCounter {
  next: number;
}

/** Errors that say only where the grammar was left. */
const HINTED_CODES: ReadonlySet<string> = new Set([
  errors.unexpectedToken.code,
  errors.expectedToken.code,
  errors.statementNotAtLineStart.code,
]);

export abstract class Cursor {
  protected readonly text: string;
  protected readonly file: SourceFile;
  protected readonly tokens: TokenList;
  protected readonly marks: DialectMark[] = [];
  protected readonly sink: Sink;
  private readonly kinds: Uint8Array;
  private readonly starts: Uint32Array;
  private readonly ends: Uint32Array;
  private readonly columns: Uint32Array;
  private readonly firsts: Uint8Array;
  private readonly last: number;
  /** Index of the current token. */
  protected index = 0;
  /** Kind of the current token, or `End` at a statement boundary. */
  protected kind: number;
  /** Offset after the last token that was taken. */
  protected prevEnd = 0;
  /** Column at or left of which a line's first token ends the statement; -1 while none is open. */
  protected limit = -1;
  protected panic = false;
  /** The nesting limit was hit: closers are no longer searched in this statement. */
  private abandoned = false;
  /** The limit has been reported for the nest that is being left. */
  private depthReported = false;
  private depth = 0;
  /** Shared by all who read parts of one file. */
  protected readonly ids: IdCounter;

  constructor(file: SourceFile, tokens: TokenList, sink: Sink, ids: IdCounter) {
    this.ids = ids;
    this.file = file;
    this.text = file.text;
    this.tokens = tokens;
    this.sink = sink;
    this.kinds = tokens.kinds;
    this.starts = tokens.starts;
    this.ends = tokens.ends;
    this.columns = tokens.columns;
    this.firsts = tokens.firsts;
    this.last = tokens.count - 1;
    this.kind = this.rawKind;
  }

  // ------------------------------------------------------------------------------------------ tokens

  protected get rawKind(): number {
    return this.kinds[this.index] ?? Tok.End;
  }

  protected get tokenStart(): number {
    return this.starts[this.index] ?? this.text.length;
  }

  protected get tokenEnd(): number {
    return this.ends[this.index] ?? this.text.length;
  }

  protected get column(): number {
    return this.columns[this.index] ?? 0;
  }

  protected get isFirst(): boolean {
    return this.firsts[this.index] === 1;
  }

  protected get atFileEnd(): boolean {
    return this.index >= this.last;
  }

  /** Kind of the token `distance` ahead, statement boundaries respected. */
  protected peek(distance: number): number {
    const at = this.index + distance;
    if (at >= this.last) return Tok.End;
    for (let i = this.index + 1; i <= at; i++) {
      if (this.firsts[i] === 1 && (this.columns[i] ?? 0) <= this.limit) return Tok.End;
    }
    return this.kinds[at] ?? Tok.End;
  }

  /** Kind at an absolute index, boundaries ignored. */
  protected kindAt(index: number): number {
    return index > this.last ? Tok.End : (this.kinds[index] ?? Tok.End);
  }

  protected startAt(index: number): number {
    return this.starts[Math.min(index, this.last)] ?? this.text.length;
  }

  protected firstAt(index: number): boolean {
    return this.firsts[Math.min(index, this.last)] === 1;
  }

  protected columnAt(index: number): number {
    return this.columns[Math.min(index, this.last)] ?? 0;
  }

  protected advance(): void {
    this.prevEnd = this.ends[this.index] ?? this.text.length;
    if (this.index < this.last) this.index++;
    this.refresh();
  }

  /** Recomputes `kind` after `limit` or `index` changed. */
  protected refresh(): void {
    const i = this.index;
    this.kind = this.firsts[i] === 1 && (this.columns[i] ?? 0) <= this.limit ? Tok.End : (this.kinds[i] ?? Tok.End);
  }

  protected setLimit(column: number): void {
    this.limit = column;
    this.refresh();
  }

  /** An operand must follow: it may stand at any column of the next line. */
  protected crossLine(): void {
    if (this.kind === Tok.End && STARTS_OPERAND[this.rawKind] === 1) this.kind = this.rawKind;
  }

  protected startsOperand(kind: number): boolean {
    return STARTS_OPERAND[kind] === 1;
  }

  protected isName(): boolean {
    return isNameToken(this.kind);
  }

  protected take(kind: number): boolean {
    if (this.kind !== kind) return false;
    this.advance();
    return true;
  }

  /** Closing brackets may stand at any column. */
  protected atCloser(kind: number): boolean {
    return this.rawKind === kind && !this.atFileEnd;
  }

  protected tokenText(): string {
    return this.text.slice(this.tokenStart, this.tokenEnd);
  }

  // ------------------------------------------------------------------------------------------ nodes

  protected id(): NodeId {
    return makeId<NodeId>(this.ids.next++);
  }

  protected span(start: number, end: number): Span {
    return makeSpan(this.file.id, start, end);
  }

  /** Where an error about the current token goes: behind the last token if the statement ends here. */
  protected here(): Span {
    if (this.atFileEnd || (this.isFirst && this.index > 0)) return this.span(this.prevEnd, this.prevEnd);
    return this.span(this.tokenStart, this.tokenEnd);
  }

  /** The current token itself, wherever it stands. */
  protected tokenSpan(): Span {
    if (this.atFileEnd) return this.here();
    return this.span(this.tokenStart, this.tokenEnd);
  }

  // ------------------------------------------------------------------------------------------ errors

  private lastErrorStart = -1;
  /** Syntax errors so far. */
  protected errorCount = 0;

  /** Reports one mistake and enters panic. Silent if one is being recovered from, or the lexer has spoken. */
  protected fail(diagnostic: Diagnostic): void {
    if (!this.panic && this.rawKind !== Tok.Invalid) this.reportOnce(diagnostic);
    this.panic = true;
  }

  /** Reports a mistake that does not disturb parsing. */
  protected complain(diagnostic: Diagnostic): void {
    if (!this.panic) this.reportOnce(diagnostic);
  }

  /** Two mistakes at one token are one: the first counts. */
  private reportOnce(diagnostic: Diagnostic): void {
    const at = diagnostic.primary?.span.start ?? -1;
    if (at >= 0 && at === this.lastErrorStart) return;
    this.lastErrorStart = at;
    this.errorCount++;
    this.sink.report(this.withHint(diagnostic));
  }

  /** What may have been meant, for those who come from another language. */
  private withHint(diagnostic: Diagnostic): Diagnostic {
    if (diagnostic.primary === null || !HINTED_CODES.has(diagnostic.code)) return diagnostic;
    const hint = hintAt(this.text, diagnostic.primary.span.start);
    return hint === null ? diagnostic : { ...diagnostic, notes: [...diagnostic.notes, hint] };
  }

  protected failUnexpected(): void {
    this.fail(errors.unexpectedToken({ span: this.tokenSpan() }));
  }

  /** Takes the token or fails with "expected 'token' where". */
  protected expect(kind: number, token: string, where: string): boolean {
    if (this.kind === kind) {
      this.advance();
      return true;
    }
    if (!this.panic) this.fail(errors.expectedToken({ span: this.here(), token, where }));
    return false;
  }

  /** Takes the closer of a bracket, skipping to it after an error, which stands at `span`. True if it was found. */
  protected close(closer: number, token: string, where: string, span: Span | null = null): boolean {
    if (this.panic) return this.recoverTo(closer);
    if (this.atCloser(closer)) {
      this.advance();
      return true;
    }
    this.fail(errors.expectedToken({ span: span ?? this.here(), token, where }));
    return this.recoverTo(closer);
  }

  /** Skips to `closer` on its nesting level and takes it; stops at the statement's end. */
  private recoverTo(closer: number): boolean {
    this.panic = true;
    if (this.abandoned) return false;
    let open = 0;
    let index = this.index;
    for (; index < this.last; index++) {
      const kind = this.kinds[index] ?? Tok.End;
      const isCloser = kind === Tok.RParen || kind === Tok.RBracket || kind === Tok.RBrace || kind === Tok.FieldClose;
      if (!isCloser && this.firsts[index] === 1 && (this.columns[index] ?? 0) <= this.limit) break;
      if (kind === Tok.LParen || kind === Tok.LBracket || kind === Tok.LBrace || kind === Tok.FieldOpen) open++;
      else if (isCloser) {
        if (open === 0) {
          if (kind !== closer) break;
          this.index = index;
          this.advance();
          this.panic = false;
          return true;
        }
        open--;
      }
    }
    const beyond = this.closerBeyond(index, closer, open);
    if (beyond < 0) return false;
    this.index = beyond;
    this.advance();
    this.panic = false;
    return true;
  }

  /** Elements that stand too far left are one mistake: finds the bracket's closer behind the boundary at `from`, if
   *  what lies between cannot be statements. -1: not there. */
  private closerBeyond(from: number, closer: number, depth: number): number {
    let open = depth;
    const stop = Math.min(this.last, from + 500);
    for (let index = from; index < stop; index++) {
      const kind = this.kinds[index] ?? Tok.End;
      if (kind === Tok.LParen || kind === Tok.LBracket || kind === Tok.LBrace || kind === Tok.FieldOpen) open++;
      else if (kind === Tok.RParen || kind === Tok.RBracket || kind === Tok.RBrace || kind === Tok.FieldClose) {
        if (open === 0) return kind === closer ? index : -1;
        open--;
      } else if (open === 0 && ENDS_SEARCH[kind] === 1) return -1;
    }
    return -1;
  }

  /** Skips to the next line that no longer belongs to the statement, and forgets the panic. */
  protected synchronize(): void {
    while (this.kind !== Tok.End && !this.atFileEnd) this.advance();
    // A token that was taken across the boundary may have left us in the middle of a later line.
    while (!this.atFileEnd && !this.isFirst) this.advance();
    this.panic = false;
    this.abandoned = false;
  }

  /** Skips the rest of a compound statement's header after an error in it. */
  protected synchronizeHeader(): void {
    let open = 0;
    while (this.kind !== Tok.End && !this.atFileEnd) {
      const kind = this.rawKind;
      if (this.isFirst && open <= 0) break;
      if (kind === Tok.LParen || kind === Tok.LBracket || kind === Tok.LBrace) open++;
      else if (kind === Tok.RParen || kind === Tok.RBracket || kind === Tok.RBrace) open--;
      this.advance();
    }
    while (!this.atFileEnd && !this.isFirst) this.advance();
    this.panic = false;
    this.abandoned = false;
  }

  /** Enters one level of nesting; false, with one report, when there are too many. */
  protected enter(): boolean {
    if (this.depth >= MAX_NESTING) {
      if (!this.depthReported) this.fail(errors.nestingTooDeep({ span: this.tokenSpan() }));
      this.panic = true;
      this.depthReported = true;
      this.abandoned = true;
      return false;
    }
    this.depth++;
    return true;
  }

  protected leave(): void {
    this.depth--;
    if (this.depth < MAX_NESTING - 4) this.depthReported = false;
  }

  // ------------------------------------------------------------------------------------------ marks

  protected mark(
    kind: DialectMark['kind'],
    construct: DialectConstruct,
    start: number,
    end: number,
    edits: readonly TextEdit[],
  ): void {
    this.marks.push({ kind, construct, spelling: this.text.slice(start, end), start, end, edits });
  }

  // ------------------------------------------------------------------------------------------ names

  /** The current name token as a declared name. */
  protected identifier(): Identifier {
    const start = this.tokenStart;
    const end = this.tokenEnd;
    const quoted = this.text.charCodeAt(start) === 96;
    const name = quoted ? this.text.slice(start + 1, end - 1) : this.text.slice(start, end);
    this.advance();
    return { kind: 'Identifier', id: this.id(), start, end, name, quoted };
  }

  /** Whether the current token can name a member: there, reserved words are names too (`route.match`). */
  protected get atMemberName(): boolean {
    return isNameToken(this.kind) || (isReservedWord(this.kind) && !this.isFirst);
  }

  /** A name, or a failure that says which one was expected. Reserved words get their own message. */
  protected expectIdentifier(what: string): Identifier {
    if (isNameToken(this.kind)) return this.identifier();
    const start = this.tokenStart;
    if (!this.panic) {
      if (isReservedWord(this.kind)) {
        this.fail(errors.reservedWord({ span: this.tokenSpan(), word: this.tokenText() }));
      } else {
        this.fail(errors.expectedName({ span: this.here(), what }));
      }
    }
    const at = Math.min(start, Math.max(this.prevEnd, 0));
    return { kind: 'Identifier', id: this.id(), start: at, end: at, name: '', quoted: false };
  }
}
