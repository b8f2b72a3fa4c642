/** Statements, blocks and layout. Each line of a block is one turn of a loop that always consumes a token, whatever
 *  happened in it; recovery therefore needs no exceptions. */
import { invariant } from '../base/invariant.ts';
import type {
  Block,
  Decorator,
  ExceptClause,
  Expr,
  IfArm,
  MatchCase,
  Pattern,
  Stmt,
  StringExpr,
  UnrollHint,
  WithItem,
} from './ast.ts';
import type { Context, ParsedBody } from './function-declarations.ts';
import * as errors from './errors.ts';
import { SimpleStatementParser } from './simple-statements.ts';
import { isNameToken, Tok } from './token.ts';

const COMPOUND_KEYWORDS = new Set<number>([
  Tok.If,
  Tok.While,
  Tok.For,
  Tok.Try,
  Tok.With,
  Tok.Match,
  Tok.Def,
  Tok.Struct,
  Tok.Trait,
  Tok.Extension,
  Tok.Class,
  Tok.At,
]);

/** What a decorator may stand before, apart from names that classic Mojo reads as keywords. */
const DECORATED_KEYWORDS = new Set<number>([...COMPOUND_KEYWORDS, Tok.Async, Tok.Fn, Tok.Alias, Tok.Comptime]);

/** Words that only continue another statement. */
const CLAUSE_KEYWORDS = new Set<number>([Tok.Elif, Tok.Else, Tok.Except, Tok.Finally, Tok.Case]);

function isClassicPrefix({ name }: Decorator): boolean {
  return name.kind === 'NameExpr' && (name.name === 'parameter' || name.name === 'unroll');
}

export abstract class StatementParser extends SimpleStatementParser {
  /** Leading blanks of the last statement's line, as offsets; -1: none yet. */
  private indentStart = -1;
  private indentEnd = -1;
  private indentBroken = false;
  /** The last line was a header without a body: the next one's column is no mistake of its own. */
  private bodyMissing = false;

  // ------------------------------------------------------------------------------------------ blocks

  /** The lines of a file or an indented body: everything deeper than `headerColumn`. */
  protected parseLines(headerColumn: number, context: Context): Stmt[] {
    const outerLimit = this.limit;
    const statements: Stmt[] = [];
    const blockColumn = this.column;
    const errorsBefore = this.errorCount;
    let misaligned = false;
    while (!this.atFileEnd && (this.column > headerColumn || this.isBrokenIndent())) {
      const before = this.index;
      this.checkIndentStyle();
      const column = this.column;
      if (column === blockColumn) misaligned = false;
      else if (!misaligned) {
        if (!this.indentBroken && !this.bodyMissing) {
          this.complain(errors.misalignedStatement({ span: this.tokenSpan() }));
        }
        misaligned = true;
        // A stray `else` is the same mistake.
        if (CLAUSE_KEYWORDS.has(this.rawKind)) this.panic = true;
      }
      // An `else` or `except` whose statement was not understood is the same mistake.
      if (CLAUSE_KEYWORDS.has(this.rawKind) && this.errorCount > errorsBefore) this.panic = true;
      // Outside of functions lines in the wrong column belong to something that was lost.
      if (misaligned && context !== 'function' && column > blockColumn) this.panic = true;
      this.bodyMissing = false;
      this.limit = column;
      this.refreshAt();
      this.parseLine(statements, context, column);
      invariant(this.index > before, 'the parser stands still');
    }
    this.setLimit(outerLimit);
    return statements;
  }

  /** A line whose indentation mixes styles is taken as part of the block: its column says nothing. */
  private isBrokenIndent(): boolean {
    return this.indentBroken && this.text.charCodeAt(this.tokenStart - 1) === 9;
  }

  /** The leading blanks of two statement lines must be prefixes of each other. */
  private checkIndentStyle(): void {
    if (!this.isFirst) return;
    const end = this.tokenStart;
    const start = end - this.column;
    if (this.indentStart >= 0 && !this.indentBroken) {
      const common = Math.min(end - start, this.indentEnd - this.indentStart);
      for (let i = 0; i < common; i++) {
        if (this.text.charCodeAt(start + i) === this.text.charCodeAt(this.indentStart + i)) continue;
        this.complain(errors.mixedIndentation({ span: this.tokenSpan() }));
        this.indentBroken = true;
        break;
      }
    }
    this.indentStart = start;
    this.indentEnd = end;
  }

  /** One line: a compound statement, or simple ones with semicolons. */
  private parseLine(statements: Stmt[], context: Context, column: number): void {
    const statement = this.parseStatement(context, column);
    statements.push(statement);
    while (!this.panic && this.take(Tok.Semicolon)) {
      if (this.kind === Tok.End || this.isFirst) break;
      if (this.isCompound()) {
        this.fail(errors.notOnOwnLine({ span: this.tokenSpan(), keyword: this.tokenText() }));
        break;
      }
      statements.push(this.parseStatement(context, column));
    }
    if (!this.panic && this.kind !== Tok.End && !this.isFirst) {
      this.fail(errors.statementNotAtLineStart({ span: this.tokenSpan() }));
    }
    if (this.panic) this.synchronize();
  }

  private isCompound(): boolean {
    const kind = this.kind;
    if (COMPOUND_KEYWORDS.has(kind)) return true;
    const next = this.peek(1);
    if (kind === Tok.Fn) return isNameToken(next);
    if (kind === Tok.Async) return true;
    return kind === Tok.Comptime && (next === Tok.If || next === Tok.For);
  }

  /** From the `:` of a header on. `where` completes "expected ':' …". */
  protected override parseBody(column: number, context: Context, where: string): ParsedBody {
    const start = this.tokenStart;
    let found = false;
    if (!this.panic) {
      if (this.kind === Tok.Colon) {
        this.advance();
        found = true;
      } else if (this.isFirst && !this.atFileEnd && this.column > column) {
        // Only the colon is missing: the block can be read all the same.
        this.complain(errors.expectedToken({ span: this.here(), token: ':', where }));
        return this.finishBody(start, this.parseIndented(column, context));
      } else this.fail(errors.expectedToken({ span: this.here(), token: ':', where }));
    }
    if (!found) {
      this.synchronizeHeader();
      if (this.isFirst && !this.atFileEnd && this.column > column) {
        return this.finishBody(start, this.parseIndented(column, context));
      }
      return this.makeBody(start, []);
    }
    if (!this.isFirst && !this.atFileEnd) return this.finishBody(start, this.parseInline(context, column));
    const colonEnd = this.prevEnd;
    if (!this.atFileEnd) this.checkIndentStyle();
    if (this.atFileEnd || (this.column <= column && !this.isBrokenIndent())) {
      this.complain(errors.emptyBody({ span: this.span(colonEnd, colonEnd) }));
      this.bodyMissing = true;
      return this.makeBody(start, []);
    }
    return this.finishBody(start, this.parseIndented(column, context));
  }

  /** The lines of a function's body, which are all there is to read. */
  parseFunctionBody(headerColumn: number, blockStart: number): ParsedBody {
    return this.finishBody(blockStart, this.parseIndented(headerColumn, 'function'));
  }

  private parseIndented(column: number, context: Context): Stmt[] {
    if (!this.enter()) {
      this.synchronize();
      return [];
    }
    const statements = this.parseLines(column, context);
    this.leave();
    return statements;
  }

  /** `header: a; b`. */
  private parseInline(context: Context, column: number): Stmt[] {
    const statements: Stmt[] = [];
    do {
      if (this.kind === Tok.End || (this.isFirst && statements.length > 0)) break;
      if (this.isCompound()) {
        this.fail(errors.notOnOwnLine({ span: this.tokenSpan(), keyword: this.tokenText() }));
        break;
      }
      statements.push(this.parseStatement(context, column));
    } while (!this.panic && this.take(Tok.Semicolon));
    if (this.panic) this.synchronize();
    return statements;
  }

  /** Takes the docstring off; a body that holds nothing else is empty. */
  private finishBody(start: number, statements: Stmt[]): ParsedBody {
    const first = statements[0];
    if (first?.kind === 'ExprStmt' && first.value.kind === 'StringExpr') {
      if (statements.length === 1) this.complain(errors.emptyBody({ span: this.span(first.end, first.end) }));
      return { docstring: first.value, block: this.makeBody(start, statements.slice(1)).block };
    }
    return this.makeBody(start, statements);
  }

  private makeBody(start: number, statements: readonly Stmt[]): ParsedBody {
    const end = Math.max(this.prevEnd, start);
    return { docstring: null, block: { kind: 'Block', id: this.id(), start: Math.min(start, end), end, statements } };
  }

  /** A body without docstring, for everything but declarations. */
  private parseBlock(column: number, where: string): Block {
    const { docstring, block } = this.parseBody(column, 'function', where);
    if (docstring === null) return block;
    // Outside declarations a string is an ordinary statement.
    const { start, end } = docstring;
    const statement: Stmt = { kind: 'ExprStmt', id: this.id(), start, end, value: docstring };
    return { ...block, statements: [statement, ...block.statements] };
  }

  protected override parseTrailingDocstring(column: number): StringExpr | null {
    if (this.panic || this.rawKind !== Tok.String || !this.isFirst || this.column !== column) return null;
    // Nothing else may stand in that statement.
    let after = this.index;
    while (this.kindAt(after) === Tok.String) {
      after++;
      if (this.firstAt(after) && this.columnAt(after) <= column) break;
    }
    if (this.kindAt(after) !== Tok.End && !this.firstAt(after)) return null;
    this.kind = Tok.String;
    return this.parseStringLiteral();
  }

  // ------------------------------------------------------------------------------------------ dispatch

  private parseStatement(context: Context, column: number): Stmt {
    const statement = this.parseAnyStatement(context, column);
    if (context === 'module' || context === 'function') return statement;
    return this.checkInType(statement, context);
  }

  /** What may not stand in a type's body is reported here and dropped. */
  private checkInType(statement: Stmt, context: Context): Stmt {
    const span = this.span(statement.start, statement.end);
    switch (statement.kind) {
      case 'FunctionDecl':
      case 'FieldDecl':
      case 'ComptimeDecl':
      case 'PassStmt':
      case 'EllipsisStmt':
      case 'ErrorStmt':
      case 'ImportStmt':
      case 'FromImportStmt':
        return statement;
      case 'ExprStmt':
        if (statement.value.kind === 'StringExpr') return statement;
        break;
      case 'StructDecl':
        this.complain(errors.nestedType({ span: this.span(statement.name.start, statement.name.end), what: 'struct' }));
        return this.errorStmt(statement.start);
      case 'TraitDecl':
        this.complain(errors.nestedType({ span: this.span(statement.name.start, statement.name.end), what: 'trait' }));
        return this.errorStmt(statement.start);
      case 'ExtensionDecl':
        this.complain(errors.nestedType({ span, what: 'extension' }));
        return this.errorStmt(statement.start);
      case 'ReturnStmt':
        this.complain(errors.returnOutsideFunction({ span }));
        return this.errorStmt(statement.start);
      case 'IfStmt':
      case 'ForStmt':
      case 'WhileStmt':
      case 'TryStmt':
      case 'WithStmt':
      case 'MatchStmt':
      case 'RaiseStmt':
      case 'AssertStmt':
      case 'BreakStmt':
      case 'ContinueStmt': {
        const word = /^(comptime +)?[a-z]+/.exec(this.text.slice(statement.start, statement.start + 40));
        const keyword = word?.[0] ?? 'statement';
        this.complain(
          errors.onlyInFunction({ span: this.span(statement.start, statement.start + keyword.length), keyword }),
        );
        return this.errorStmt(statement.start);
      }
      default:
    }
    const container = context === 'trait' ? 'trait' : context === 'extension' ? 'extension' : 'struct';
    this.complain(errors.expressionInType({ span, container }));
    return this.errorStmt(statement.start);
  }

  private parseAnyStatement(context: Context, column: number): Stmt {
    const start = this.tokenStart;
    const kind = this.kind;
    if (this.panic) return this.errorStmt(start);
    switch (kind) {
      case Tok.Var:
        if (context === 'module' || context === 'function') return this.parseVar('var');
        return this.parseField(column, context);
      case Tok.Ref:
        return this.parseVar('ref');
      case Tok.Let:
        if (!isNameToken(this.peek(1)) && this.peek(1) !== Tok.Underscore) break;
        if (context === 'module' || context === 'function') return this.parseLet();
        return this.parseField(column, context);
      case Tok.Alias:
        if (!isNameToken(this.peek(1))) break;
        return this.parseAlias([], column, context);
      case Tok.Fn:
        if (!isNameToken(this.peek(1))) break;
        return this.parseFunction([], column, context);
      case Tok.Async:
        if (this.peek(1) === Tok.Def || this.peek(1) === Tok.Fn) return this.parseFunction([], column, context);
        break;
      case Tok.Def:
        return this.parseFunction([], column, context);
      case Tok.Struct:
        return this.parseStruct([], column);
      case Tok.Trait:
        return this.parseTrait([], column);
      case Tok.Extension:
        return this.parseExtension([], column);
      case Tok.Comptime:
        if (this.peek(1) === Tok.LParen && !this.startsComptimePattern()) break;
        return this.parseComptime([], column, context);
      case Tok.At:
        return this.parseDecorated(column, context);
      case Tok.If:
        return this.parseIf(null, start, column);
      case Tok.For:
        return this.parseFor(null, null, start, column);
      case Tok.While:
        return this.parseWhile(null, start, column);
      case Tok.Try:
        return this.parseTry(column);
      case Tok.With:
        return this.parseWith(column);
      case Tok.Match:
        return this.parseMatch(column);
      case Tok.Import:
        return this.parseImport();
      case Tok.From:
        return this.parseFromImport();
      case Tok.Pass:
        this.advance();
        return { kind: 'PassStmt', id: this.id(), start, end: this.prevEnd };
      case Tok.Break:
        this.advance();
        return { kind: 'BreakStmt', id: this.id(), start, end: this.prevEnd };
      case Tok.Continue:
        this.advance();
        return { kind: 'ContinueStmt', id: this.id(), start, end: this.prevEnd };
      case Tok.Return: {
        this.advance();
        const value = this.endsStatement() ? null : this.parseExpressionList();
        return { kind: 'ReturnStmt', id: this.id(), start, end: this.prevEnd, value };
      }
      case Tok.Raise: {
        this.advance();
        const value = this.endsStatement() ? null : this.parseExpression();
        return { kind: 'RaiseStmt', id: this.id(), start, end: this.prevEnd, value };
      }
      case Tok.Assert:
        return this.parseAssert(false, start);
      case Tok.Class:
        this.fail(errors.classUnsupported({ span: this.tokenSpan() }));
        this.advance();
        return this.errorStmt(start);
      case Tok.Del:
      case Tok.Global:
      case Tok.Nonlocal:
      case Tok.Yield:
        this.fail(errors.keywordUnsupported({ span: this.tokenSpan(), word: this.tokenText() }));
        this.advance();
        return this.errorStmt(start);
      default:
        if (kind === Tok.Ellipsis && this.endsStatementAt(1)) {
          this.advance();
          return { kind: 'EllipsisStmt', id: this.id(), start, end: this.prevEnd };
        }
    }
    if (this.startsDeclaredParts()) return this.parseDeclared('var', start);
    return this.parseExpressionStatement();
  }

  private endsStatement(): boolean {
    return this.endsStatementAt(0);
  }

  private endsStatementAt(distance: number): boolean {
    const kind = distance === 0 ? this.kind : this.peek(distance);
    return kind === Tok.End || kind === Tok.Semicolon || kind === Tok.Else || kind === Tok.Elif;
  }

  // ------------------------------------------------------------------------------------------ comptime, decorators

  private parseAlias(decorators: readonly Decorator[], column: number, context: Context): Stmt {
    const start = this.tokenStart;
    const end = this.tokenEnd;
    this.mark('classic', 'alias', start, end, [{ start, end, text: 'comptime' }]);
    this.advance();
    return this.parseComptimeDecl('alias', start, decorators, column, context);
  }

  /** At `comptime`, which begins a declaration, `if`, `for` or `assert`. */
  private parseComptime(decorators: readonly Decorator[], column: number, context: Context): Stmt {
    const start = this.tokenStart;
    this.mark('modern', 'modern', start, this.tokenEnd, []);
    this.advance();
    const kind = this.kind;
    if (kind === Tok.If) return this.parseIf('comptime', start, column);
    if (kind === Tok.For) return this.parseFor('comptime', null, start, column);
    if (kind === Tok.Assert) return this.parseAssert(true, start);
    if (isNameToken(kind) || kind === Tok.LParen)
      return this.parseComptimeDecl('comptime', start, decorators, column, context);
    if (kind === Tok.End || kind < Tok.And || kind > Tok.Extension) {
      this.failUnexpected();
      return this.errorStmt(start);
    }
    this.fail(errors.comptimeCannotPrecede({ span: this.tokenSpan(), keyword: this.tokenText() }));
    return this.errorStmt(start);
  }

  /** At `comptime (`: whether `=`, `,` or `:` follows the parenthesis, as behind `(a, b)`, or it is an expression. */
  private startsComptimePattern(): boolean {
    let depth = 0;
    for (let distance = 1; ; distance++) {
      const kind = this.peek(distance);
      if (kind === Tok.End) return false;
      if (kind === Tok.LParen) depth++;
      else if (kind === Tok.RParen && --depth === 0) {
        const next = this.peek(distance + 1);
        return next === Tok.Assign || next === Tok.Comma || next === Tok.Colon;
      }
    }
  }

  /** At `@`: decorators, then what they decorate on a line of its own in the same column. */
  private parseDecorated(column: number, context: Context): Stmt {
    const start = this.tokenStart;
    const decorators: Decorator[] = [];
    let sameLine = false;
    while (this.rawKind === Tok.At && !this.panic && !this.atFileEnd) {
      if (decorators.length > 0 && this.isFirst && this.column !== column) break;
      this.refreshAt();
      decorators.push(this.parseDecorator());
      if (!this.isFirst && !this.atFileEnd) sameLine = true;
    }
    if (this.panic) return this.errorStmt(start);
    if (this.isFirst && this.column !== column) {
      this.fail(errors.decoratorNeedsDefinition({ span: this.span(start, this.prevEnd) }));
      // The next line is not part of this mistake.
      return this.errorStmt(start);
    }
    this.refreshAt();
    const kind = this.kind;
    const next = this.kindAt(this.index + 1);
    // Classic texts write `@parameter if` on one line, where it cannot be misread.
    if (sameLine && DECORATED_KEYWORDS.has(kind) && !decorators.every(isClassicPrefix)) {
      this.complain(errors.decoratorOwnLine({ span: this.span(start, this.prevEnd) }));
    }
    if (kind === Tok.Def || (kind === Tok.Fn && isNameToken(next)))
      return this.parseFunction(decorators, column, context);
    if (kind === Tok.Async && (next === Tok.Def || next === Tok.Fn)) {
      return this.parseFunction(decorators, column, context);
    }
    if (kind === Tok.Struct) return this.parseStruct(decorators, column);
    if (kind === Tok.Trait) return this.parseTrait(decorators, column);
    if (kind === Tok.Extension) return this.parseExtension(decorators, column);
    if (kind === Tok.Alias && isNameToken(next)) return this.parseAlias(decorators, column, context);
    if (kind === Tok.Comptime && isNameToken(next)) return this.parseComptime(decorators, column, context);
    if (kind === Tok.Var && context === 'struct') return this.parseField(column, context, decorators);
    if (kind === Tok.If || kind === Tok.For || kind === Tok.While || kind === Tok.Comptime) {
      return this.parseDecoratedStatement(decorators, start, column);
    }
    if (this.isFirst && !this.atFileEnd) {
      const keyword = kind >= Tok.And && kind <= Tok.Extension ? this.tokenText() : '';
      this.complain(errors.decoratorUnsupported({ span: this.tokenSpan(), keyword }));
      // The line behind it is sound: read it as if the decorator were not there.
      return this.parseAnyStatement(context, column);
    }
    this.fail(errors.decoratorNeedsDefinition({ span: this.span(start, this.prevEnd) }));
    return this.errorStmt(start);
  }

  /** The statement's first token, and the line behind a decorator, belong to it although they stand at `limit`. */
  private refreshAt(): void {
    this.kind = this.rawKind;
  }

  /** `@parameter if`, `@parameter for`, `@unroll for`, `@unroll(4) for`. */
  private parseDecoratedStatement(decorators: readonly Decorator[], start: number, column: number): Stmt {
    const keyword = this.kind;
    const keywordStart = this.tokenStart;
    let comptime: '@parameter' | null = null;
    let unroll: UnrollHint | null = null;
    for (const decorator of decorators) {
      const name = decorator.name.kind === 'NameExpr' ? decorator.name.name : '';
      if (name === 'parameter' && decorator.args === null && keyword !== Tok.While && keyword !== Tok.Comptime) {
        comptime = '@parameter';
        const edits = [{ start: decorator.start, end: keywordStart, text: 'comptime ' }];
        this.mark('classic', 'parameter-decorator', decorator.start, decorator.end, edits);
      } else if (name === 'unroll' && (keyword === Tok.For || keyword === Tok.While)) {
        const factor = decorator.args?.[0]?.value ?? null;
        unroll = { kind: 'UnrollHint', id: this.id(), start: decorator.start, end: decorator.end, factor };
        const edits = [{ start: decorator.start, end: keywordStart, text: '' }];
        this.mark('classic', 'unroll-decorator', decorator.start, decorator.end, edits);
      } else {
        const word = this.tokenText();
        this.complain(errors.decoratorUnsupported({ span: this.tokenSpan(), keyword: word }));
      }
    }
    if (keyword === Tok.Comptime) return this.parseComptime([], column, 'function');
    if (keyword === Tok.If) return this.parseIf(comptime, start, column);
    if (keyword === Tok.While) return this.parseWhile(unroll, start, column);
    return this.parseFor(comptime, unroll, start, column);
  }

  // ------------------------------------------------------------------------------------------ compound statements

  /** A clause keyword that continues the statement in `column`. */
  private atClause(kind: number, column: number, sameLine: boolean): boolean {
    if (this.rawKind !== kind || this.panic) return false;
    if (this.isFirst ? this.column === column : sameLine) {
      this.kind = kind;
      return true;
    }
    return false;
  }

  private parseElse(column: number, sameLine: boolean): Block | null {
    if (!this.atClause(Tok.Else, column, sameLine)) return null;
    this.advance();
    return this.parseBlock(column, "after 'else'");
  }

  /** At `if`. */
  private parseIf(comptime: 'comptime' | '@parameter' | null, start: number, column: number): Stmt {
    const arms: IfArm[] = [];
    let word = 'if';
    let armStart = this.tokenStart;
    do {
      this.advance();
      const condition = this.parseExpression();
      const body = this.parseBlock(column, `after '${word}' condition`);
      arms.push({ kind: 'IfArm', id: this.id(), start: armStart, end: this.prevEnd, condition, body });
      word = 'elif';
      armStart = this.tokenStart;
    } while (this.atClause(Tok.Elif, column, true));
    const orElse = this.parseElse(column, true);
    return { kind: 'IfStmt', id: this.id(), start, end: this.prevEnd, comptime, arms, orElse };
  }

  /** At `while`. */
  private parseWhile(unroll: UnrollHint | null, start: number, column: number): Stmt {
    this.advance();
    const condition = this.parseExpression();
    const body = this.parseBlock(column, "after 'while' condition");
    const orElse = this.parseElse(column, false);
    return { kind: 'WhileStmt', id: this.id(), start, end: this.prevEnd, unroll, condition, body, orElse };
  }

  /** At `for`. */
  private parseFor(
    comptime: 'comptime' | '@parameter' | null,
    unroll: UnrollHint | null,
    start: number,
    column: number,
  ): Stmt {
    this.advance();
    const binding = this.takeBinding();
    const target = this.parseBindingPattern("'for'");
    let iterable: Expr;
    if (!this.panic && this.kind !== Tok.In) this.fail(errors.expectedIn({ span: this.here(), where: 'identifier' }));
    if (this.panic) iterable = this.errorExpr();
    else {
      this.advance();
      this.crossLine();
      iterable = this.parseExpression();
    }
    const body = this.parseBlock(column, 'after expression');
    const orElse = this.parseElse(column, false);
    return {
      kind: 'ForStmt',
      id: this.id(),
      start,
      end: this.prevEnd,
      comptime,
      unroll,
      binding,
      target,
      iterable,
      body,
      orElse,
    };
  }

  /** At `try`. */
  private parseTry(column: number): Stmt {
    const start = this.tokenStart;
    const keyword = this.tokenSpan();
    this.advance();
    const body = this.parseBlock(column, "after 'try'");
    let handler: ExceptClause | null = null;
    if (this.atClause(Tok.Except, column, false)) {
      const from = this.tokenStart;
      this.advance();
      const name = isNameToken(this.kind) ? this.identifier() : null;
      if (name === null) this.take(Tok.Underscore);
      const handlerBody = this.parseBlock(column, "after 'except'");
      handler = { kind: 'ExceptClause', id: this.id(), start: from, end: this.prevEnd, name, body: handlerBody };
    }
    const orElse = this.parseElse(column, false);
    let finallyBody: Block | null = null;
    if (this.atClause(Tok.Finally, column, false)) {
      this.advance();
      finallyBody = this.parseBlock(column, "after 'finally'");
    }
    if (handler === null && finallyBody === null)
      this.complain(errors.missingHandler({ span: this.tokenSpan(), keyword }));
    return { kind: 'TryStmt', id: this.id(), start, end: this.prevEnd, body, handler, orElse, finallyBody };
  }

  /** At `with`. */
  private parseWith(column: number): Stmt {
    const start = this.tokenStart;
    this.advance();
    const items: WithItem[] = [];
    do {
      const from = this.tokenStart;
      const context = this.parseExpression();
      let binding: 'var' | 'ref' | null = null;
      let target: Pattern | null = null;
      if (!this.panic && this.take(Tok.As)) {
        binding = this.takeBinding();
        target = this.parseWithTarget();
      }
      items.push({ kind: 'WithItem', id: this.id(), start: from, end: this.prevEnd, context, binding, target });
    } while (!this.panic && this.take(Tok.Comma));
    const body = this.parseBlock(column, "after 'with' items");
    return { kind: 'WithStmt', id: this.id(), start, end: this.prevEnd, items, body };
  }

  /** One name, or a tuple in parentheses: a comma begins the next manager. */
  private parseWithTarget(): Pattern {
    if (this.kind === Tok.LParen || this.kind === Tok.Underscore) return this.parseBindingPattern("'with'");
    const start = this.tokenStart;
    if (isNameToken(this.kind)) return this.namePattern(start, null);
    this.expectIdentifier("name after 'as'");
    return this.errorPattern();
  }

  /** At `match`. */
  private parseMatch(column: number): Stmt {
    const start = this.tokenStart;
    const keyword = this.tokenSpan();
    this.advance();
    const subject = this.parseMatchSubject();
    const cases: MatchCase[] = [];
    if (!this.panic && this.kind !== Tok.Colon) {
      this.fail(errors.expectedToken({ span: this.here(), token: ':', where: 'after match subject' }));
    }
    const broken = this.panic;
    if (broken) this.synchronizeHeader();
    else this.advance();
    // Cases may stand in the column of `match` itself.
    if (this.isFirst && this.rawKind === Tok.Case && this.column >= column) {
      this.parseCases(cases, column);
    } else if (!broken) {
      this.complain(errors.missingCase({ span: keyword }));
      // What stands there instead belongs to the same mistake.
      if (!this.atFileEnd && (!this.isFirst || this.column > column)) this.panic = true;
    }
    return { kind: 'MatchStmt', id: this.id(), start, end: this.prevEnd, subject, cases };
  }

  private parseMatchSubject(): Expr {
    const first = this.parseTernary();
    if (this.kind !== Tok.Comma || this.panic) return first;
    const elements: Expr[] = [first];
    while (!this.panic && this.take(Tok.Comma)) {
      if (this.kind === Tok.Colon) break;
      elements.push(this.parseTernary());
    }
    return { kind: 'TupleExpr', id: this.id(), start: first.start, end: this.prevEnd, parenthesized: false, elements };
  }

  private parseCases(cases: MatchCase[], column: number): void {
    if (!this.enter()) return;
    const outerLimit = this.limit;
    const caseColumn = this.column;
    while (!this.atFileEnd && this.isFirst) {
      const at = this.column;
      if (this.rawKind === Tok.Case ? at < column : at <= column) break;
      if (at !== caseColumn || this.rawKind !== Tok.Case) {
        // Anything else inside a `match` is misplaced; skip it with its block.
        this.complain(errors.misalignedStatement({ span: this.tokenSpan() }));
        this.setLimit(at);
        this.advance();
        this.synchronize();
        continue;
      }
      this.checkIndentStyle();
      this.setLimit(at);
      const start = this.tokenStart;
      this.advance();
      const pattern = this.parseCasePattern();
      let guard: Expr | null = null;
      if (!this.panic && this.take(Tok.If)) guard = this.parseExpression();
      const body = this.parseBlock(at, 'after case pattern');
      cases.push({ kind: 'MatchCase', id: this.id(), start, end: this.prevEnd, pattern, guard, body });
      if (!this.isFirst && !this.atFileEnd && this.kind !== Tok.End) {
        this.fail(errors.statementNotAtLineStart({ span: this.tokenSpan() }));
        this.synchronize();
      }
    }
    this.leave();
    this.setLimit(outerLimit);
  }
}
