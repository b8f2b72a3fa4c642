/** The self-contained atoms: brackets of all kinds, comprehensions, t-strings, lambdas. */
import type {
  CallArg,
  ComprehensionFor,
  ComprehensionIf,
  DictEntry,
  Expr,
  TextEdit,
  TStringField,
  TStringText,
} from './ast.ts';
import * as errors from './errors.ts';
import { ExpressionParser } from './expressions.ts';
import { parseTStringText } from './literals.ts';
import { isNameToken, Tok } from './token.ts';

export abstract class DisplayParser extends ExpressionParser {
  protected override parseParenthesized(): Expr {
    const start = this.tokenStart;
    this.advance();
    // Behind the bracket an operand is wanted, at whatever column the next line has it.
    this.crossLine();
    const outer = this.noBrace;
    this.noBrace = false;
    const elements: Expr[] = [];
    let comma = false;
    while (!this.panic && !this.atCloser(Tok.RParen)) {
      if (this.kind === Tok.End) break;
      elements.push(this.parseStarOrExpression());
      if (this.panic || !this.take(Tok.Comma)) break;
      comma = true;
    }
    this.close(Tok.RParen, ')', 'in parenthesized expression');
    this.noBrace = outer;
    const only = elements[0];
    if (!comma && elements.length === 1 && only !== undefined) {
      if (only.kind === 'StarExpr') this.complain(errors.misplacedStar({ span: this.span(only.start, only.end) }));
      return { kind: 'ParenExpr', id: this.id(), start, end: this.prevEnd, value: only };
    }
    return { kind: 'TupleExpr', id: this.id(), start, end: this.prevEnd, parenthesized: true, elements };
  }

  protected override parseListDisplay(): Expr {
    const start = this.tokenStart;
    this.advance();
    // Behind the bracket an operand is wanted, at whatever column the next line has it.
    this.crossLine();
    const outer = this.noBrace;
    this.noBrace = false;
    const elements: Expr[] = [];
    while (!this.panic && !this.atCloser(Tok.RBracket)) {
      if (this.kind === Tok.End) break;
      const element = this.parseStarOrExpression();
      elements.push(element);
      if (elements.length === 1 && this.kind === Tok.For && !this.panic) {
        const clauses = this.parseClauses();
        this.close(Tok.RBracket, ']', 'in list comprehension');
        this.noBrace = outer;
        return {
          kind: 'ComprehensionExpr',
          id: this.id(),
          start,
          end: this.prevEnd,
          form: 'list',
          key: null,
          element,
          clauses,
          implied: false,
        };
      }
      if (this.panic || !this.take(Tok.Comma)) break;
    }
    // The official compiler looks for this bracket where the next token stands, even on another line.
    this.close(Tok.RBracket, ']', 'in list expression', this.tokenSpan());
    this.noBrace = outer;
    return { kind: 'ListExpr', id: this.id(), start, end: this.prevEnd, elements };
  }

  /** A set, a dictionary, a comprehension of either, or a brace constructor. */
  protected override parseBraceDisplay(): Expr {
    const start = this.tokenStart;
    // A keyword decides for the constructor as soon as it appears; until then `a` may be an element of a set.
    let entries: DictEntry[] | null = null;
    const outer = this.noBrace;
    this.noBrace = false;
    this.advance();
    this.crossLine();
    const args: CallArg[] = [];
    let keyword = false;
    while (!this.panic && !this.atCloser(Tok.RBrace)) {
      if (this.kind === Tok.End) break;
      const from = this.tokenStart;
      if (isNameToken(this.kind) && this.peek(1) === Tok.Assign && entries === null) {
        const name = this.identifier();
        this.advance();
        this.crossLine();
        const value = this.parseExpression();
        args.push({ kind: 'CallArg', id: this.id(), start: from, end: this.prevEnd, star: 'none', name, value });
        keyword = true;
      } else {
        const star = this.kind === Tok.Star;
        const element = this.parseStarOrExpression();
        if (this.panic) break;
        if (this.kind === Tok.Colon) {
          if (args.length > 0) {
            this.fail(errors.dictEntryInSet({ span: this.span(from, this.prevEnd) }));
            break;
          }
          this.advance();
          const value = this.parseExpression();
          if (entries === null && this.kind === Tok.For && !this.panic) {
            const clauses = this.parseClauses();
            this.close(Tok.RBrace, '}', 'in dictionary comprehension');
            this.noBrace = outer;
            return {
              kind: 'ComprehensionExpr',
              id: this.id(),
              start,
              end: this.prevEnd,
              form: 'dict',
              key: element,
              element: value,
              clauses,
              implied: false,
            };
          }
          entries ??= [];
          entries.push({ kind: 'DictEntry', id: this.id(), start: from, end: this.prevEnd, key: element, value });
        } else if (entries !== null) {
          this.fail(errors.expectedDictEntry({ span: this.span(from, this.prevEnd) }));
          break;
        } else {
          if (args.length === 0 && this.kind === Tok.For) {
            const clauses = this.parseClauses();
            this.close(Tok.RBrace, '}', 'in set comprehension');
            this.noBrace = outer;
            return {
              kind: 'ComprehensionExpr',
              id: this.id(),
              start,
              end: this.prevEnd,
              form: 'set',
              key: null,
              element,
              clauses,
              implied: false,
            };
          }
          const value = star && element.kind === 'StarExpr' ? element.value : element;
          args.push({
            kind: 'CallArg',
            id: this.id(),
            start: from,
            end: this.prevEnd,
            star: star ? 'positional' : 'none',
            name: null,
            value,
          });
        }
      }
      if (this.panic || !this.take(Tok.Comma)) break;
    }
    this.close(Tok.RBrace, '}', entries === null ? 'at end of set' : 'at end of dictionary');
    this.noBrace = outer;
    if (entries !== null) return { kind: 'DictExpr', id: this.id(), start, end: this.prevEnd, entries };
    if (keyword || args.length === 0) return { kind: 'BraceExpr', id: this.id(), start, end: this.prevEnd, args };
    const elements = args.map(
      (arg): Expr =>
        arg.star === 'none'
          ? arg.value
          : { kind: 'StarExpr', id: this.id(), start: arg.start, end: arg.end, value: arg.value },
    );
    return { kind: 'SetExpr', id: this.id(), start, end: this.prevEnd, elements };
  }

  private parseClauses(): (ComprehensionFor | ComprehensionIf)[] {
    const clauses: (ComprehensionFor | ComprehensionIf)[] = [];
    while (!this.panic) {
      const start = this.tokenStart;
      if (this.take(Tok.For)) {
        const binding = this.takeBinding();
        const target = this.parseBindingPattern("'for'");
        if (this.panic) break;
        if (this.kind !== Tok.In) {
          this.fail(errors.expectedIn({ span: this.here(), where: "for 'for'" }));
          break;
        }
        this.advance();
        this.crossLine();
        const iterable = this.parseOperatorExpression();
        clauses.push({ kind: 'ComprehensionFor', id: this.id(), start, end: this.prevEnd, binding, target, iterable });
      } else if (this.take(Tok.If)) {
        this.crossLine();
        const condition = this.parseOperatorExpression();
        clauses.push({ kind: 'ComprehensionIf', id: this.id(), start, end: this.prevEnd, condition });
      } else break;
    }
    return clauses;
  }

  /** `fn (…) => e` or `fn (…) -> T`: the token after the closing bracket decides. */
  protected override parseFnExpression(isAsync: boolean, start: number): Expr {
    const keywordStart = this.tokenStart;
    const keywordEnd = this.tokenEnd;
    this.advance();
    if (!isAsync && this.kind === Tok.LParen && this.isArrowLambda()) {
      const args = this.parseArgumentList('untyped');
      const effects = this.parseEffects(true);
      this.expect(Tok.FatArrow, '=>', 'in function expression');
      this.crossLine();
      const body = this.parseExpression();
      this.markClassic('fn-lambda', keywordStart, keywordEnd);
      return {
        kind: 'LambdaExpr',
        id: this.id(),
        start,
        end: this.prevEnd,
        form: 'fn',
        parameters: null,
        args,
        effects,
        captures: null,
        result: null,
        body,
      };
    }
    const type = this.parseFunctionTypeRest('fn', isAsync, start);
    const edits: TextEdit[] = [{ start: keywordStart, end: keywordEnd, text: 'def' }];
    // A plain code pointer, which today's spelling calls thin.
    const { thin, abi, capturing, escaping } = type.effects;
    if (!thin && abi === null && !capturing && !escaping && type.parameters === null) {
      edits.push({ start: type.args.end, end: type.args.end, text: ' thin' });
    }
    this.mark('classic', 'fn-type', keywordStart, keywordEnd, edits);
    return type;
  }

  private isArrowLambda(): boolean {
    let open = 0;
    for (let i = this.index; ; i++) {
      const kind = this.kindAt(i);
      if (kind === Tok.End) return false;
      if (kind === Tok.LParen || kind === Tok.LBracket || kind === Tok.LBrace) open++;
      else if (kind === Tok.RParen || kind === Tok.RBracket || kind === Tok.RBrace) {
        open--;
        if (open === 0) return this.kindAt(i + 1) === Tok.FatArrow;
        if (open < 0) return false;
      } else if (kind === Tok.Semicolon || kind === Tok.Invalid) return false;
    }
  }

  protected override parseLambda(): Expr {
    const start = this.tokenStart;
    this.advance();
    if (isNameToken(this.kind) && (this.peek(1) === Tok.Colon || this.peek(1) === Tok.Comma)) {
      this.fail(errors.lambdaNeedsParentheses({ span: this.tokenSpan() }));
      return this.errorExpr();
    }
    const parameters = this.kind === Tok.LBracket ? this.parseParameterList() : null;
    const args = !this.panic && this.kind === Tok.LParen ? this.parseArgumentList('declaration') : null;
    const effects = this.parseEffects(false);
    const captures = !this.panic && this.kind === Tok.LBrace ? this.parseCaptureList() : null;
    const result = this.parseResult();
    this.expect(Tok.Colon, ':', 'in lambda expression');
    this.crossLine();
    const body = this.parseExpression();
    return {
      kind: 'LambdaExpr',
      id: this.id(),
      start,
      end: this.prevEnd,
      form: 'lambda',
      parameters,
      args,
      effects,
      captures,
      result,
      body,
    };
  }

  // ------------------------------------------------------------------------------------------ t-strings

  /** Adjacent t-strings join; a plain literal behind one does not. */
  protected override parseTString(): Expr {
    const start = this.tokenStart;
    const segments: (TStringText | TStringField)[] = [];
    this.mark('modern', 'modern', start, this.tokenEnd, []);
    while (!this.panic && this.kind === Tok.TStringStart) this.parseTStringPart(segments);
    return { kind: 'TStringExpr', id: this.id(), start, end: this.prevEnd, segments };
  }

  private parseTStringPart(segments: (TStringText | TStringField)[]): void {
    const prefix = this.tokenText();
    const raw = prefix.includes('r') || prefix.includes('R');
    this.advance();
    while (!this.panic) {
      // The parts belong together whatever the columns say.
      const kind = this.rawKind;
      const start = this.tokenStart;
      if (kind === Tok.TStringText) {
        const text = this.tokenText();
        this.advance();
        segments.push({
          kind: 'TStringText',
          id: this.id(),
          start,
          end: this.prevEnd,
          value: parseTStringText(text, raw),
          text,
          raw,
        });
      } else if (kind === Tok.FieldOpen) {
        this.advance();
        segments.push(this.parseTStringField(start));
      } else if (kind === Tok.TStringEnd) {
        this.advance();
        return;
      } else {
        this.fail(errors.unterminatedTString({ span: this.here() }));
      }
    }
  }

  private parseTStringField(start: number): TStringField {
    const outer = this.noBrace;
    this.noBrace = false;
    let value: Expr;
    if (this.rawKind === Tok.FieldClose) {
      this.complain(errors.emptyTStringField({ span: this.span(start, this.tokenEnd) }));
      value = this.errorExpr();
    } else {
      if (this.kind === Tok.End && !this.atFileEnd) this.kind = this.rawKind;
      value = this.parseExpression();
      if (!this.panic && this.kind === Tok.Colon) this.fail(errors.formatSpecifier({ span: this.tokenSpan() }));
    }
    this.close(Tok.FieldClose, '}', 'in t-string');
    this.noBrace = outer;
    return { kind: 'TStringField', id: this.id(), start, end: this.prevEnd, value };
  }
}
