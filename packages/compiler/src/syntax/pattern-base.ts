/** Patterns of declarations, loops and comprehensions: names, `_`, and tuples of them. The patterns of `match`, which
 *  contain expressions, are in `patterns.ts`. */
import type { Binding, NamePattern, Pattern } from './ast.ts';
import * as errors from './errors.ts';
import { SignatureParser } from './signatures.ts';
import { isNameToken, Tok } from './token.ts';

export abstract class PatternBase extends SignatureParser {
  /** `var` or `ref` in front of a loop target. */
  protected takeBinding(): 'var' | 'ref' | null {
    if (this.take(Tok.Var)) return 'var';
    if (this.take(Tok.Ref)) return 'ref';
    return null;
  }

  /** `a`, `_`, `(a, b)`, `a, b`, `a,`. `keyword` is what the pattern belongs to, quotes included. */
  protected parseBindingPattern(keyword: string): Pattern {
    const first = this.parseBindingElement(keyword);
    if (this.kind !== Tok.Comma || this.panic) return first;
    const elements: Pattern[] = [first];
    while (!this.panic && this.take(Tok.Comma)) {
      if (!isNameToken(this.kind) && !this.startsBindingElement()) break;
      elements.push(this.parseBindingElement(keyword));
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

  private startsBindingElement(): boolean {
    const kind = this.kind;
    return kind === Tok.Underscore || kind === Tok.LParen || kind === Tok.Var || kind === Tok.Ref;
  }

  protected parseBindingElement(keyword: string): Pattern {
    const start = this.tokenStart;
    const binding = this.takeBinding();
    if (isNameToken(this.kind)) return this.namePattern(start, binding);
    if (this.kind === Tok.Underscore) {
      this.advance();
      return { kind: 'WildcardPattern', id: this.id(), start, end: this.prevEnd };
    }
    if (this.kind === Tok.LParen) {
      if (!this.enter()) return this.errorPattern();
      this.advance();
      const elements: Pattern[] = [];
      let comma = false;
      while (!this.panic && !this.atCloser(Tok.RParen)) {
        elements.push(this.parseBindingElement(keyword));
        if (this.panic || !this.take(Tok.Comma)) break;
        comma = true;
      }
      this.close(Tok.RParen, ')', 'in pattern');
      this.leave();
      const only = elements[0];
      if (!comma && elements.length === 1 && only !== undefined) return only;
      return { kind: 'TuplePattern', id: this.id(), start, end: this.prevEnd, parenthesized: true, elements };
    }
    if (!this.panic) {
      const kind = this.kind;
      if (kind === Tok.End) this.fail(errors.unexpectedToken({ span: this.here() }));
      else if (kind >= Tok.And && kind <= Tok.Extension) {
        this.fail(errors.reservedWord({ span: this.tokenSpan(), word: this.tokenText() }));
      } else
        this.fail(errors.invalidDeclarationPattern({ span: this.tokenSpan(), keyword: keyword.replaceAll("'", '') }));
    }
    return this.errorPattern();
  }

  protected namePattern(start: number, binding: Binding | null): NamePattern {
    const name = this.identifier();
    return {
      kind: 'NamePattern',
      id: this.id(),
      start,
      end: this.prevEnd,
      binding: binding === 'let' ? null : binding,
      name,
    };
  }

  protected errorPattern(): Pattern {
    const at = this.prevEnd;
    return { kind: 'ErrorPattern', id: this.id(), start: at, end: at };
  }
}
