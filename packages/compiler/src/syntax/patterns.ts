/** The patterns of `match`. */
import type { Expr, FieldPattern, Pattern } from './ast.ts';
import { DisplayParser } from './displays.ts';
import * as errors from './errors.ts';
import { isNameToken, Tok } from './token.ts';

export abstract class PatternParser extends DisplayParser {
  /** After `case`: alternatives, `as`, and a tuple without parentheses. */
  protected parseCasePattern(): Pattern {
    const first = this.parseAsPattern();
    if (this.kind !== Tok.Comma || this.panic) return first;
    const elements: Pattern[] = [first];
    while (!this.panic && this.take(Tok.Comma)) {
      if (this.kind === Tok.Colon || this.kind === Tok.If) break;
      elements.push(this.parseAsPattern());
    }
    return {
      kind: 'TuplePattern',
      id: this.id(),
      start: first.start,
      end: this.prevEnd,
      parenthesized: false,
      elements,
    };
  }

  private parseAsPattern(): Pattern {
    let pattern = this.parseOrPattern();
    while (!this.panic && this.take(Tok.As)) {
      const name = this.expectIdentifier("name after 'as'");
      pattern = { kind: 'AsPattern', id: this.id(), start: pattern.start, end: this.prevEnd, pattern, name };
    }
    return pattern;
  }

  private parseOrPattern(): Pattern {
    const first = this.parsePrimaryPattern();
    if (this.kind !== Tok.Pipe || this.panic) return first;
    const alternatives: Pattern[] = [first];
    while (!this.panic && this.take(Tok.Pipe)) {
      this.crossLine();
      alternatives.push(this.parsePrimaryPattern());
    }
    return { kind: 'OrPattern', id: this.id(), start: first.start, end: this.prevEnd, alternatives };
  }

  private parsePrimaryPattern(): Pattern {
    if (this.panic) return this.errorPattern();
    if (!this.enter()) return this.errorPattern();
    const pattern = this.parseUncountedPattern();
    this.leave();
    return pattern;
  }

  private parseUncountedPattern(): Pattern {
    const start = this.tokenStart;
    const kind = this.kind;
    if (kind === Tok.Var || kind === Tok.Ref) {
      const binding = this.takeBinding();
      if (isNameToken(this.kind)) return this.namePattern(start, binding);
      this.expectIdentifier('name in pattern');
      return this.errorPattern();
    }
    if (isNameToken(kind) || kind === Tok.SelfType) return this.parseNamedPattern(start);
    if (kind === Tok.Underscore) {
      this.advance();
      return { kind: 'WildcardPattern', id: this.id(), start, end: this.prevEnd };
    }
    if (kind === Tok.EqEq) {
      this.advance();
      const value = this.parsePostfixOperand();
      this.rejectOperator();
      return { kind: 'ValuePattern', id: this.id(), start, end: this.prevEnd, value };
    }
    if (kind === Tok.Int || kind === Tok.Float || kind === Tok.String || kind === Tok.True || kind === Tok.False) {
      const value = this.parsePostfixOperand();
      const isLiteral =
        value.kind === 'IntExpr' ||
        value.kind === 'FloatExpr' ||
        value.kind === 'StringExpr' ||
        value.kind === 'BoolExpr';
      if (!isLiteral) this.fail(errors.invalidPattern({ span: this.span(value.start, value.end) }));
      this.rejectOperator();
      return { kind: 'LiteralPattern', id: this.id(), start, end: this.prevEnd, value };
    }
    if (kind === Tok.LParen) {
      this.advance();
      const { elements, comma } = this.parsePatternElements(Tok.RParen);
      this.close(Tok.RParen, ')', 'in pattern');
      const only = elements[0];
      if (!comma && elements.length === 1 && only !== undefined) return only;
      return { kind: 'TuplePattern', id: this.id(), start, end: this.prevEnd, parenthesized: true, elements };
    }
    if (kind === Tok.LBracket) {
      this.advance();
      const { elements } = this.parsePatternElements(Tok.RBracket);
      this.close(Tok.RBracket, ']', 'in sequence pattern');
      return { kind: 'SequencePattern', id: this.id(), start, end: this.prevEnd, elements };
    }
    if (this.startsOperand(kind)) {
      const value = this.parseOperatorExpression();
      this.fail(errors.invalidPattern({ span: this.span(value.start, value.end) }));
    } else this.failUnexpected();
    return this.errorPattern();
  }

  /** `case 1 + 2`, `case == a + b`: only a postfix-level or parenthesized operand may stand there. */
  private rejectOperator(): void {
    const kind = this.kind;
    if (kind >= Tok.Plus && kind <= Tok.NotEq && kind !== Tok.Pipe && !this.panic) {
      this.fail(errors.invalidPattern({ span: this.tokenSpan() }));
    }
  }

  private parsePatternElements(closer: number): { readonly elements: Pattern[]; readonly comma: boolean } {
    const elements: Pattern[] = [];
    let comma = false;
    let sawStar = false;
    while (!this.panic && !this.atCloser(closer)) {
      if (this.kind === Tok.End) break;
      const start = this.tokenStart;
      if (closer === Tok.RBracket && this.take(Tok.Star)) {
        if (sawStar) this.complain(errors.twoStarPatterns({ span: this.span(start, start + 1) }));
        sawStar = true;
        const discard = this.take(Tok.Underscore);
        const name = discard ? null : this.expectIdentifier("name after '*'");
        elements.push({ kind: 'StarPattern', id: this.id(), start, end: this.prevEnd, name });
      } else elements.push(this.parseAsPattern());
      if (this.panic || !this.take(Tok.Comma)) break;
      comma = true;
    }
    return { elements, comma };
  }

  /** A capture, or `Type(field=p, …)` with a dotted, subscripted type. */
  private parseNamedPattern(start: number): Pattern {
    const next = this.peek(1);
    if (this.kind !== Tok.SelfType && next !== Tok.LParen && next !== Tok.Dot && next !== Tok.LBracket) {
      const pattern = this.namePattern(start, null);
      this.rejectOperator();
      return pattern;
    }
    const first = this.tokenText();
    const quoted = first.charCodeAt(0) === 96;
    this.advance();
    let type: Expr = {
      kind: 'NameExpr',
      id: this.id(),
      start,
      end: this.prevEnd,
      name: quoted ? first.slice(1, -1) : first,
      quoted,
    };
    while (!this.panic) {
      if (this.kind === Tok.Dot) {
        const dot = this.tokenStart;
        this.advance();
        const name = this.expectIdentifier('name in attribute reference');
        type = { kind: 'MemberExpr', id: this.id(), start, end: this.prevEnd, base: type, dot, name };
      } else if (this.kind === Tok.LBracket) {
        const open = this.tokenStart;
        const args = this.parseSubscriptArgs();
        type = { kind: 'SubscriptExpr', id: this.id(), start, end: this.prevEnd, base: type, open, args };
      } else break;
    }
    if (this.kind !== Tok.LParen) {
      this.fail(errors.invalidPattern({ span: this.span(start, this.prevEnd) }));
      return this.errorPattern();
    }
    this.advance();
    const fields: FieldPattern[] = [];
    while (!this.panic && !this.atCloser(Tok.RParen)) {
      if (this.kind === Tok.End) break;
      const from = this.tokenStart;
      if (!isNameToken(this.kind) || this.peek(1) !== Tok.Assign) {
        this.fail(errors.positionalFieldPattern({ span: this.tokenSpan() }));
        break;
      }
      const name = this.identifier();
      this.advance();
      const pattern = this.parseAsPattern();
      fields.push({ kind: 'FieldPattern', id: this.id(), start: from, end: this.prevEnd, name, pattern });
      if (this.panic || !this.take(Tok.Comma)) break;
    }
    this.close(Tok.RParen, ')', 'in struct pattern');
    return { kind: 'StructPattern', id: this.id(), start, end: this.prevEnd, type, fields };
  }
}
