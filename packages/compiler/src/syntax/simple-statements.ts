/** Statements on one line that are more than a keyword: expressions, assignments, declarations of variables, `assert`. */
import { invariant } from '../base/invariant.ts';
import type { AssignTarget, Binding, DeclTarget, Stmt } from './ast.ts';
import { DeclarationParser } from './declarations.ts';
import * as errors from './errors.ts';
import { ARITHMETIC_OPS } from './expressions.ts';
import { isNameToken, Tok } from './token.ts';

export abstract class SimpleStatementParser extends DeclarationParser {
  protected errorStmt(start: number): Stmt {
    return { kind: 'ErrorStmt', id: this.id(), start, end: Math.max(start, this.prevEnd) };
  }

  protected parseExpressionStatement(): Stmt {
    const start = this.tokenStart;
    const before = this.index;
    const first = this.parseExpressionList();
    if (this.panic) {
      // Progress, even where nothing could be read.
      if (this.index === before && !this.atFileEnd) this.advance();
      return first.kind === 'ErrorExpr'
        ? this.errorStmt(start)
        : { kind: 'ExprStmt', id: this.id(), start, end: this.prevEnd, value: first };
    }
    const kind = this.kind;
    if (kind === Tok.Assign) return this.parseAssignment([first], start);
    if (kind >= Tok.PlusAssign && kind <= Tok.CaretAssign) {
      const op = ARITHMETIC_OPS[kind - Tok.PlusAssign];
      invariant(op !== undefined, 'augmented assignments follow the operators');
      const opStart = this.tokenStart;
      this.advance();
      this.crossLine();
      const value = this.parseExpressionList();
      return { kind: 'AugAssignStmt', id: this.id(), start, end: this.prevEnd, op, opStart, target: first, value };
    }
    if (kind === Tok.Colon && !this.isFirst) {
      this.advance();
      const type = this.parseExpression();
      const value = !this.panic && this.kind === Tok.Assign ? this.parseInitializer() : null;
      return { kind: 'AnnotatedAssignStmt', id: this.id(), start, end: this.prevEnd, target: first, type, value };
    }
    return { kind: 'ExprStmt', id: this.id(), start, end: this.prevEnd, value: first };
  }

  /** At the `=` behind the targets read so far. */
  private parseAssignment(targets: AssignTarget[], start: number): Stmt {
    for (;;) {
      const at = this.tokenSpan();
      this.advance();
      if (this.kind === Tok.End) {
        this.fail(errors.assignNeedsValue({ span: at }));
        return { kind: 'AssignStmt', id: this.id(), start, end: this.prevEnd, targets, value: this.errorExpr() };
      }
      const declared = this.takeDeclTarget();
      if (declared !== null) {
        targets.push(declared);
        if (this.panic) break;
        if (this.kind === Tok.Assign) continue;
        this.fail(errors.expectedToken({ span: this.here(), token: '=', where: 'in declaration' }));
        break;
      }
      const value = this.parseExpressionList();
      if (this.kind === Tok.Assign && !this.panic) {
        targets.push(value);
        continue;
      }
      return { kind: 'AssignStmt', id: this.id(), start, end: this.prevEnd, targets, value };
    }
    return { kind: 'AssignStmt', id: this.id(), start, end: this.prevEnd, targets, value: this.errorExpr() };
  }

  /** `var p: T` inside an assignment chain. */
  private takeDeclTarget(): DeclTarget | null {
    const start = this.tokenStart;
    const isLet = this.kind === Tok.Let && isNameToken(this.peek(1));
    if (this.kind !== Tok.Var && this.kind !== Tok.Ref && !isLet) return null;
    // `x = var y := 3` is a walrus.
    if (this.kind === Tok.Var && this.peek(2) === Tok.Walrus) return null;
    const binding: Binding = isLet ? 'let' : this.kind === Tok.Var ? 'var' : 'ref';
    this.advance();
    const pattern = this.parseBindingPattern(`'${binding}'`);
    const type = !this.panic && this.take(Tok.Colon) ? this.parseExpression() : null;
    return { kind: 'DeclTarget', id: this.id(), start, end: this.prevEnd, binding, pattern, type };
  }

  protected parseLet(): Stmt {
    const start = this.tokenStart;
    const end = this.tokenEnd;
    this.mark('classic', 'let', start, end, [{ start, end, text: 'var' }]);
    return this.parseVar('let');
  }

  /** At `var`, `ref` or `let`. */
  protected parseVar(binding: Binding): Stmt {
    const start = this.tokenStart;
    if (binding === 'var' && isNameToken(this.peek(1)) && this.peek(2) === Tok.Walrus) {
      return this.parseExpressionStatement();
    }
    this.advance();
    return this.parseDeclared(binding, start);
  }

  /** At `(var a), (ref b) = …`: each part says how it is bound. */
  protected startsDeclaredParts(): boolean {
    const inner = this.peek(1);
    return this.kind === Tok.LParen && (inner === Tok.Var || inner === Tok.Ref) && this.peek(3) !== Tok.Walrus;
  }

  /** A pattern and its value, behind `var` and the like. */
  protected parseDeclared(binding: Binding, start: number): Stmt {
    const pattern = this.parseBindingPattern(`'${binding}'`);
    const type = !this.panic && this.take(Tok.Colon) ? this.parseExpression() : null;
    const targetEnd = this.prevEnd;
    if (this.panic || this.kind !== Tok.Assign) {
      return { kind: 'VarDecl', id: this.id(), start, end: this.prevEnd, binding, pattern, type, value: null };
    }
    const at = this.tokenSpan();
    const assign = this.index;
    this.advance();
    if (this.kind === Tok.End) {
      this.fail(errors.assignNeedsValue({ span: at }));
      return {
        kind: 'VarDecl',
        id: this.id(),
        start,
        end: this.prevEnd,
        binding,
        pattern,
        type,
        value: this.errorExpr(),
      };
    }
    const chained =
      this.kind === Tok.Var || this.kind === Tok.Ref || (this.kind === Tok.Let && isNameToken(this.peek(1)));
    if (!chained || (this.kind === Tok.Var && this.peek(2) === Tok.Walrus)) {
      const value = this.parseExpressionList();
      if (this.kind !== Tok.Assign || this.panic) {
        return { kind: 'VarDecl', id: this.id(), start, end: this.prevEnd, binding, pattern, type, value };
      }
      const target: DeclTarget = { kind: 'DeclTarget', id: this.id(), start, end: targetEnd, binding, pattern, type };
      return this.parseAssignment([target, value], start);
    }
    const target: DeclTarget = { kind: 'DeclTarget', id: this.id(), start, end: targetEnd, binding, pattern, type };
    this.index = assign;
    this.refresh();
    return this.parseAssignment([target], start);
  }

  protected parseAssert(comptime: boolean, start: number): Stmt {
    this.advance();
    const condition = this.parseExpression();
    const message = !this.panic && this.take(Tok.Comma) ? this.parseExpression() : null;
    return { kind: 'AssertStmt', id: this.id(), start, end: this.prevEnd, comptime, condition, message };
  }
}
