/** Expressions, and therefore types: precedence climbing, postfix forms, atoms.
 *  Left-associative chains are built in a loop, so only real nesting uses the stack; every recursive step is counted
 *  against the nesting limit. */
import { invariant } from '../base/invariant.ts';
import type {
  ArithmeticOp,
  CallArg,
  CompareLink,
  CompareOp,
  Expr,
  FieldInit,
  Identifier,
  StringExpr,
  TextEdit,
} from './ast.ts';
import * as errors from './errors.ts';
import { parseFloatLiteral, parseIntegerLiteral, parseStringLiteral } from './literals.ts';
import { PatternBase } from './pattern-base.ts';
import { isNameToken, Tok } from './token.ts';

const PREC_OR = 1;
const PREC_AND = 2;
const PREC_NOT = 3;
const PREC_COMPARE = 4;
const PREC_BIT_OR = 5;
const PREC_UNARY = 11;
const PREC_POWER = 12;

/** Binding power of each binary operator token; 0: none. */
const PRECEDENCE = (() => {
  const table = new Uint8Array(128);
  const set = (precedence: number, ...kinds: number[]): void => {
    for (const kind of kinds) table[kind] = precedence;
  };
  set(PREC_OR, Tok.Or);
  set(PREC_AND, Tok.And);
  set(PREC_COMPARE, Tok.Lt, Tok.Gt, Tok.Le, Tok.Ge, Tok.EqEq, Tok.NotEq, Tok.In, Tok.Is, Tok.Not);
  set(PREC_BIT_OR, Tok.Pipe);
  set(6, Tok.Caret);
  set(7, Tok.Amp);
  set(8, Tok.Shl, Tok.Shr);
  set(9, Tok.Plus, Tok.Minus);
  set(10, Tok.Star, Tok.At, Tok.Slash, Tok.SlashSlash, Tok.Percent);
  set(PREC_POWER, Tok.StarStar);
  return table;
})();

/** Operators from `Plus` to `Caret`, in token order; augmented assignments use it too. */
export const ARITHMETIC_OPS: readonly ArithmeticOp[] = [
  '+',
  '-',
  '*',
  '/',
  '//',
  '%',
  '**',
  '@',
  '<<',
  '>>',
  '&',
  '|',
  '^',
];

function arithmeticOp(kind: number): ArithmeticOp {
  const op = ARITHMETIC_OPS[kind - Tok.Plus];
  invariant(op !== undefined, `token ${kind} is no arithmetic operator`);
  return op;
}

export abstract class ExpressionParser extends PatternBase {
  /** `{` after a name does not begin a struct literal (the type after `raises`). */
  protected noBrace = false;

  // ------------------------------------------------------------------------------------------ entry points

  /** A full expression: ternary, lambda or walrus. */
  parseExpression(): Expr {
    if (this.panic) return this.errorExpr();
    if (!this.enter()) return this.errorExpr();
    const result = this.parseUnguarded();
    this.leave();
    return result;
  }

  private parseUnguarded(): Expr {
    if (this.kind === Tok.Var && isNameToken(this.peek(1)) && this.peek(2) === Tok.Walrus)
      return this.parseWalrus(true);
    if (isNameToken(this.kind) && this.kindAt(this.index + 1) === Tok.Walrus && this.peek(1) === Tok.Walrus) {
      return this.parseWalrus(false);
    }
    return this.parseTernary();
  }

  /** No walrus at this level: match subjects, subscripts. */
  protected parseTernary(): Expr {
    const value = this.parseBinary(PREC_OR);
    if (this.kind !== Tok.If || this.panic) return value;
    this.advance();
    this.crossLine();
    const condition = this.parseBinary(PREC_OR);
    if (this.panic) return value;
    if (this.kind !== Tok.Else) {
      this.fail(errors.missingElse({ span: this.here() }));
      return value;
    }
    this.advance();
    this.crossLine();
    if (!this.enter()) return value;
    const onFalse = this.parseTernary();
    this.leave();
    return {
      kind: 'TernaryExpr',
      id: this.id(),
      start: value.start,
      end: this.prevEnd,
      onTrue: value,
      condition,
      onFalse,
    };
  }

  private parseWalrus(declares: boolean): Expr {
    const start = this.tokenStart;
    if (declares) this.advance();
    const name = this.identifier();
    this.advance();
    this.crossLine();
    const value = this.parseExpression();
    return { kind: 'WalrusExpr', id: this.id(), start, end: this.prevEnd, declares, name, value };
  }

  /** `a, b`, `*a, b`, or a single expression. Ends before `=`, `:` and the like. */
  protected parseExpressionList(): Expr {
    const first = this.parseStarOrExpression();
    if (this.kind !== Tok.Comma || this.panic) {
      if (first.kind === 'StarExpr') this.complain(errors.misplacedStar({ span: this.span(first.start, first.end) }));
      return first;
    }
    const elements: Expr[] = [first];
    while (!this.panic && this.take(Tok.Comma)) {
      if (!this.startsExpression(this.kind)) break;
      elements.push(this.parseStarOrExpression());
    }
    return { kind: 'TupleExpr', id: this.id(), start: first.start, end: this.prevEnd, parenthesized: false, elements };
  }

  protected parseStarOrExpression(): Expr {
    if (this.kind !== Tok.Star) return this.parseExpression();
    const start = this.tokenStart;
    this.advance();
    const value = this.parseBinary(PREC_BIT_OR);
    return { kind: 'StarExpr', id: this.id(), start, end: this.prevEnd, value };
  }

  private startsExpression(kind: number): boolean {
    return (
      this.startsOperand(kind) || kind === Tok.Comptime || kind === Tok.Def || kind === Tok.Async || kind === Tok.Var
    );
  }

  parseTypeBeforeBrace(): Expr {
    const outer = this.noBrace;
    this.noBrace = true;
    const type = this.parsePostfix();
    this.noBrace = outer;
    return type;
  }

  protected errorExpr(): Expr {
    const at = this.prevEnd;
    return { kind: 'ErrorExpr', id: this.id(), start: at, end: at };
  }

  // ------------------------------------------------------------------------------------------ operators

  protected parseOperatorExpression(): Expr {
    return this.parseBinary(PREC_OR);
  }

  /** Precedence of an operand right of `==` in a pattern and the like: postfix level. */
  protected parsePostfixOperand(): Expr {
    this.crossLine();
    return this.parsePostfix();
  }

  private parseBinary(minimum: number): Expr {
    let left = this.parseUnary(minimum);
    for (;;) {
      if (this.panic) return left;
      const kind = this.kind;
      const precedence = PRECEDENCE[kind] ?? 0;
      if (precedence === 0 || precedence < minimum) return left;
      if (precedence === PREC_COMPARE) {
        if (kind === Tok.Not && this.peek(1) !== Tok.In) return left;
        left = this.parseComparison(left);
        continue;
      }
      const opStart = this.tokenStart;
      this.advance();
      this.crossLine();
      if (precedence === PREC_OR || precedence === PREC_AND) {
        const right = this.parseBinary(precedence + 1);
        const op = precedence === PREC_OR ? 'or' : 'and';
        left = { kind: 'LogicalExpr', id: this.id(), start: left.start, end: this.prevEnd, op, opStart, left, right };
      } else {
        let right: Expr;
        if (precedence === PREC_POWER) {
          // Right-associative, and its right operand may have a sign.
          if (!this.enter()) return left;
          right = this.parseBinary(PREC_UNARY);
          this.leave();
        } else {
          right = this.parseBinary(precedence + 1);
        }
        const op = arithmeticOp(kind);
        left = { kind: 'BinaryExpr', id: this.id(), start: left.start, end: this.prevEnd, op, opStart, left, right };
      }
    }
  }

  private parseComparison(first: Expr): Expr {
    const links: CompareLink[] = [];
    while (!this.panic) {
      const opStart = this.tokenStart;
      const op = this.takeCompareOp();
      if (op === null) break;
      this.crossLine();
      const right = this.parseBinary(PREC_BIT_OR);
      links.push({ kind: 'CompareLink', id: this.id(), start: opStart, end: this.prevEnd, op, opStart, right });
    }
    return { kind: 'CompareExpr', id: this.id(), start: first.start, end: this.prevEnd, first, links };
  }

  private takeCompareOp(): CompareOp | null {
    const kind = this.kind;
    let op: CompareOp;
    if (kind === Tok.Lt) op = '<';
    else if (kind === Tok.Gt) op = '>';
    else if (kind === Tok.Le) op = '<=';
    else if (kind === Tok.Ge) op = '>=';
    else if (kind === Tok.EqEq) op = '==';
    else if (kind === Tok.NotEq) op = '!=';
    else if (kind === Tok.In) op = 'in';
    else if (kind === Tok.Is) {
      this.advance();
      if (this.kind === Tok.Not) {
        this.advance();
        return 'is not';
      }
      return 'is';
    } else if (kind === Tok.Not && this.peek(1) === Tok.In) {
      this.advance();
      op = 'not in';
    } else return null;
    this.advance();
    return op;
  }

  private parseUnary(minimum: number): Expr {
    const kind = this.kind;
    if (kind === Tok.Minus || kind === Tok.Plus || kind === Tok.Tilde || kind === Tok.Not) {
      const start = this.tokenStart;
      if (!this.enter()) return this.errorExpr();
      this.advance();
      this.crossLine();
      const op = kind === Tok.Minus ? '-' : kind === Tok.Plus ? '+' : kind === Tok.Tilde ? '~' : 'not';
      // `a == not b` is accepted: there `not` takes what a comparison's operand may be.
      const operand =
        op === 'not'
          ? this.parseBinary(minimum > PREC_NOT ? Math.max(minimum, PREC_BIT_OR) : PREC_NOT)
          : this.parseBinary(PREC_UNARY);
      this.leave();
      return { kind: 'UnaryExpr', id: this.id(), start, end: this.prevEnd, op, operand };
    }
    return this.parsePostfix();
  }

  // ------------------------------------------------------------------------------------------ postfix

  private parsePostfix(): Expr {
    let base = this.parseAtom();
    for (;;) {
      if (this.panic) return base;
      const kind = this.kind;
      if (kind === Tok.LParen) {
        const open = this.tokenStart;
        const args = this.parseCallArgs(Tok.RParen, ')', 'in call argument list');
        base = { kind: 'CallExpr', id: this.id(), start: base.start, end: this.prevEnd, callee: base, open, args };
      } else if (kind === Tok.Dot) {
        const dot = this.tokenStart;
        this.advance();
        this.crossLine();
        if (!this.atMemberName) {
          this.fail(errors.expectedName({ span: this.here(), what: 'name in attribute reference' }));
          return base;
        }
        const name = this.identifier();
        base = { kind: 'MemberExpr', id: this.id(), start: base.start, end: name.end, base, dot, name };
      } else if (kind === Tok.LBracket) {
        const open = this.tokenStart;
        const args = this.parseSubscriptArgs();
        base = { kind: 'SubscriptExpr', id: this.id(), start: base.start, end: this.prevEnd, base, open, args };
      } else if (kind === Tok.Caret && !this.startsXorOperand(this.peek(1))) {
        this.advance();
        base = { kind: 'TransferExpr', id: this.id(), start: base.start, end: this.prevEnd, operand: base };
      } else if (kind === Tok.LBrace && !this.noBrace && this.isStructLiteral(base)) {
        base = this.parseStructLiteral(base);
      } else {
        return base;
      }
    }
  }

  /** After `^`: an operand makes it xor. A dot does not, so that `x^.take()` is a transfer. */
  private startsXorOperand(kind: number): boolean {
    return (
      (this.startsOperand(kind) &&
        kind !== Tok.Dot &&
        kind !== Tok.Not &&
        kind !== Tok.Ellipsis &&
        kind !== Tok.Star &&
        kind !== Tok.StarStar) ||
      kind === Tok.Comptime
    );
  }

  /** At `(` or another opener of a call-like list. */
  protected parseCallArgs(closer: number, token: string, where: string): CallArg[] {
    const args: CallArg[] = [];
    this.advance();
    const outer = this.noBrace;
    this.noBrace = false;
    let keywords: Map<string, Identifier> | null = null;
    let sawKeywordStar = false;
    let sawStar = false;
    while (!this.panic && !this.atCloser(closer)) {
      this.lenientLine();
      const before = this.index;
      const start = this.tokenStart;
      let star: CallArg['star'] = 'none';
      let name: Identifier | null = null;
      if (this.take(Tok.Star)) star = 'positional';
      else if (this.take(Tok.StarStar)) star = 'keyword';
      else if (isNameToken(this.kind) && this.peek(1) === Tok.Assign) {
        name = this.identifier();
        this.advance();
        this.crossLine();
      }
      const value = this.parseExpression();
      if (name !== null) {
        keywords ??= new Map();
        const first = keywords.get(name.name);
        if (first !== undefined) {
          const span = this.span(name.start, name.end);
          this.complain(errors.repeatedKeyword({ span, name: name.name, first: this.span(first.start, first.end) }));
        } else keywords.set(name.name, name);
      } else if (star === 'keyword') {
        if (sawKeywordStar) this.complain(errors.repeatedUnpacking({ span: this.span(start, start + 2) }));
        sawKeywordStar = true;
      } else if (star === 'positional' && sawStar) {
        this.complain(errors.repeatedUnpacking({ span: this.span(start, start + 1) }));
      } else if (sawKeywordStar || (sawStar && star === 'none')) {
        const unpacking = sawKeywordStar ? 'keyword unpacking' : 'an unpack';
        this.complain(errors.positionalAfterUnpacking({ span: this.span(start, this.prevEnd), unpacking }));
      } else if (keywords !== null && star === 'none') {
        this.complain(errors.positionalAfterKeyword({ span: this.span(start, this.prevEnd) }));
      }
      if (star === 'positional') sawStar = true;
      args.push({ kind: 'CallArg', id: this.id(), start, end: this.prevEnd, star, name, value });
      if (this.panic || !this.takeComma() || this.index === before) break;
    }
    this.close(closer, token, where);
    this.noBrace = outer;
    return args;
  }

  /** At `[`. */
  protected parseSubscriptArgs(): CallArg[] {
    const args: CallArg[] = [];
    this.advance();
    const outer = this.noBrace;
    this.noBrace = false;
    while (!this.panic && !this.atCloser(Tok.RBracket)) {
      this.lenientLine();
      const before = this.index;
      const start = this.tokenStart;
      let star: CallArg['star'] = 'none';
      let name: Identifier | null = null;
      if (this.take(Tok.Star)) star = 'positional';
      else if (this.take(Tok.StarStar)) star = 'keyword';
      else if (isNameToken(this.kind) && this.peek(1) === Tok.Assign) {
        name = this.identifier();
        this.advance();
        this.crossLine();
      }
      const value = this.parseSubscript();
      args.push({ kind: 'CallArg', id: this.id(), start, end: this.prevEnd, star, name, value });
      if (this.panic || !this.takeComma() || this.index === before) break;
    }
    this.close(Tok.RBracket, ']', 'in call argument list');
    this.noBrace = outer;
    return args;
  }

  private parseSubscript(): Expr {
    const start = this.tokenStart;
    let lower: Expr | null = null;
    if (this.kind !== Tok.Colon) {
      lower = this.parseExpression();
      if (this.kind !== Tok.Colon || this.panic) return lower;
    }
    this.advance();
    let upper: Expr | null = null;
    let step: Expr | null = null;
    if (!this.endsSlicePart()) upper = this.parseExpression();
    if (!this.panic && this.take(Tok.Colon) && !this.endsSlicePart()) step = this.parseExpression();
    return { kind: 'SliceExpr', id: this.id(), start, end: this.prevEnd, lower, upper, step };
  }

  private endsSlicePart(): boolean {
    return this.kind === Tok.Colon || this.kind === Tok.Comma || this.atCloser(Tok.RBracket);
  }

  /** `Self {a: …}`, `T[x] {a: …}` on one line; a colon after the first name tells it from anything else. */
  private isStructLiteral(base: Expr): boolean {
    if (base.kind !== 'NameExpr' && base.kind !== 'SubscriptExpr' && base.kind !== 'MemberExpr') return false;
    if (this.isFirst) return false;
    const next = this.kindAt(this.index + 1);
    if (next === Tok.RBrace) return base.kind === 'NameExpr' && base.name === 'Self';
    return isNameToken(next) && this.kindAt(this.index + 2) === Tok.Colon;
  }

  private parseStructLiteral(type: Expr): Expr {
    const fields: FieldInit[] = [];
    const edits: TextEdit[] = [{ start: this.tokenStart, end: this.tokenEnd, text: '(' }];
    const open = this.tokenStart;
    this.advance();
    while (!this.panic && !this.atCloser(Tok.RBrace)) {
      this.lenientLine();
      const before = this.index;
      const start = this.tokenStart;
      const name = this.expectIdentifier('field name');
      edits.push({ start: name.end, end: this.tokenEnd, text: '=' });
      this.expect(Tok.Colon, ':', 'after field name');
      if (!this.panic && this.tokenStart > this.prevEnd) {
        edits.push({ start: this.prevEnd, end: this.tokenStart, text: '' });
      }
      const value = this.parseExpression();
      fields.push({ kind: 'FieldInit', id: this.id(), start, end: this.prevEnd, name, value });
      if (this.panic || !this.takeComma() || this.index === before) break;
    }
    if (this.close(Tok.RBrace, '}', 'at end of struct literal')) {
      edits.push({ start: this.prevEnd - 1, end: this.prevEnd, text: ')' });
      // The blank before the brace goes too.
      if (open > type.end) edits[0] = { start: type.end, end: open + 1, text: '(' };
    }
    this.mark('classic', 'self-literal', type.start, type.end, edits);
    return { kind: 'StructLiteralExpr', id: this.id(), start: type.start, end: this.prevEnd, type, fields };
  }

  // ------------------------------------------------------------------------------------------ atoms

  private parseAtom(): Expr {
    const kind = this.kind;
    const start = this.tokenStart;
    const end = this.tokenEnd;
    if (kind === Tok.Name) {
      const quoted = this.text.charCodeAt(start) === 96;
      const name = quoted ? this.text.slice(start + 1, end - 1) : this.text.slice(start, end);
      this.advance();
      if (name.length === 12 ? name === 'DTypePointer' : name.length === 13 && name === 'DynamicVector') {
        const edits = [{ start, end, text: name === 'DTypePointer' ? 'UnsafePointer' : 'List' }];
        this.mark('classic', name === 'DTypePointer' ? 'dtype-pointer' : 'dynamic-vector', start, end, edits);
      }
      return { kind: 'NameExpr', id: this.id(), start, end, name, quoted };
    }
    if (kind === Tok.Fn) {
      const next = this.peek(1);
      if (next === Tok.LParen || (next === Tok.LBracket && this.startsParameters(this.index + 2))) {
        return this.parseFnExpression(false, start);
      }
    }
    if (isNameToken(kind) || kind === Tok.SelfType) {
      const name = this.text.slice(start, end);
      this.advance();
      return { kind: 'NameExpr', id: this.id(), start, end, name, quoted: false };
    }
    if (kind === Tok.Int) {
      const text = this.text.slice(start, end);
      this.advance();
      return { kind: 'IntExpr', id: this.id(), start, end, value: parseIntegerLiteral(text), text };
    }
    if (kind === Tok.Float) {
      const text = this.text.slice(start, end);
      const { mantissa, exponent } = parseFloatLiteral(text);
      this.advance();
      return { kind: 'FloatExpr', id: this.id(), start, end, mantissa, exponent, text };
    }
    if (kind === Tok.String) return this.parseStringLiteral();
    if (kind === Tok.TStringStart) return this.parseTString();
    if (kind === Tok.LParen) return this.parseParenthesized();
    if (kind === Tok.LBracket) return this.parseListDisplay();
    if (kind === Tok.LBrace) return this.parseBraceDisplay();
    if (kind === Tok.True || kind === Tok.False) {
      this.advance();
      return { kind: 'BoolExpr', id: this.id(), start, end, value: kind === Tok.True };
    }
    if (kind === Tok.None) {
      this.advance();
      return { kind: 'NoneExpr', id: this.id(), start, end };
    }
    if (kind === Tok.Underscore) {
      this.advance();
      return { kind: 'UnderscoreExpr', id: this.id(), start, end };
    }
    if (kind === Tok.Ellipsis) {
      this.advance();
      return { kind: 'EllipsisExpr', id: this.id(), start, end };
    }
    if (kind === Tok.Dot) {
      this.advance();
      if (!this.atMemberName) {
        this.fail(errors.expectedName({ span: this.here(), what: 'name in inferred attribute reference' }));
        return this.errorExpr();
      }
      const name = this.identifier();
      return { kind: 'ImplicitMemberExpr', id: this.id(), start, end: name.end, name };
    }
    if (kind === Tok.Def) {
      this.mark('modern', 'modern', start, end, []);
      this.advance();
      return this.parseFunctionTypeRest('def', false, start);
    }
    if (kind === Tok.Async) {
      const next = this.peek(1);
      if (next === Tok.Def) {
        this.advance();
        this.advance();
        return this.parseFunctionTypeRest('def', true, start);
      }
      if (next === Tok.Fn) {
        this.advance();
        return this.parseFnExpression(true, start);
      }
    }
    if (kind === Tok.Lambda) return this.parseLambda();
    if (kind === Tok.Comptime) {
      this.advance();
      if (this.kind !== Tok.LParen) {
        this.fail(errors.expectedToken({ span: this.here(), token: '(', where: "after 'comptime'" }));
        return this.errorExpr();
      }
      this.advance();
      this.mark('modern', 'modern', start, end, []);
      const value = this.parseExpression();
      this.close(Tok.RParen, ')', "after 'comptime' expression");
      return { kind: 'ComptimeExpr', id: this.id(), start, end: this.prevEnd, value };
    }
    if (kind === Tok.Await) {
      if (!this.enter()) return this.errorExpr();
      this.advance();
      this.crossLine();
      const operand = this.parsePostfix();
      this.leave();
      return { kind: 'AwaitExpr', id: this.id(), start, end: this.prevEnd, operand };
    }
    this.failUnexpected();
    return this.errorExpr();
  }

  /** `fn[w: Int](…)` is a type, `fn[0]` a subscript of a variable named `fn`. */
  private startsParameters(index: number): boolean {
    const kind = this.kindAt(index);
    return kind === Tok.Star || (isNameToken(kind) && this.kindAt(index + 1) === Tok.Colon);
  }

  parseStringLiteral(): StringExpr {
    const start = this.tokenStart;
    const first = this.tokenText();
    this.advance();
    if (this.kind !== Tok.String) {
      return {
        kind: 'StringExpr',
        id: this.id(),
        start,
        end: this.prevEnd,
        value: parseStringLiteral(first),
        texts: [first],
      };
    }
    const texts: string[] = [first];
    const values: string[] = [parseStringLiteral(first)];
    while (this.kind === Tok.String) {
      const text = this.tokenText();
      texts.push(text);
      values.push(parseStringLiteral(text));
      this.advance();
    }
    return { kind: 'StringExpr', id: this.id(), start, end: this.prevEnd, value: values.join(''), texts };
  }

  // ------------------------------------------------------------------------------------------ in `displays.ts`

  protected abstract parseParenthesized(): Expr;
  protected abstract parseListDisplay(): Expr;
  protected abstract parseBraceDisplay(): Expr;
  protected abstract parseLambda(): Expr;
  /** `fn` before `(` or `[`. */
  protected abstract parseFnExpression(isAsync: boolean, start: number): Expr;
  protected abstract parseTString(): Expr;
}
