/** Functions, and the decorators in front of any declaration.
 *  In: the cursor at `@`, `def`, `fn` or `async`.  Out: one node; marks of older spellings get their rewrites here, where the whole head is known. */
import type {
  Argument,
  ArgumentList,
  Block,
  Decorator,
  Effects,
  Expr,
  Identifier,
  ResultType,
  Stmt,
  StringExpr,
  TextEdit,
  Where,
} from './ast.ts';
import * as errors from './errors.ts';
import { ImportParser } from './import-statements.ts';
import type { TextPart } from './lexer.ts';
import { isNameToken, Tok } from './token.ts';
import { walkTree } from './walk.ts';

/** What a statement stands in. */
export type Context = 'module' | 'function' | 'struct' | 'trait' | 'extension';

export interface ParsedBody {
  readonly docstring: StringExpr | null;
  readonly block: Block;
}

export abstract class FunctionParser extends ImportParser {
  protected abstract parseBody(column: number, context: Context, where: string): ParsedBody;
  /** Parses a body that the lexer left as one token. */
  protected abstract readSkippedBody(part: TextPart, headerColumn: number, blockStart: number): ParsedBody;
  /** A string literal alone on the next line of the block, at `column`. */
  protected abstract parseTrailingDocstring(column: number): StringExpr | null;

  /** The name behind a declaration's keyword must stand on its line. */
  protected parseDeclaredName(what: string): Identifier {
    if (!this.panic && this.isFirst && isNameToken(this.rawKind) && !this.atFileEnd) {
      this.fail(errors.notAtLineStart({ span: this.tokenSpan(), what: 'identifier' }));
    }
    return this.expectIdentifier(what);
  }

  /** A name that was just read, as an expression. */
  protected nameExpr({ start, name, quoted }: Identifier): Expr {
    return { kind: 'NameExpr', id: this.id(), start, end: this.prevEnd, name, quoted };
  }

  // ------------------------------------------------------------------------------------------ decorators

  /** At `@`. */
  protected parseDecorator(): Decorator {
    const start = this.tokenStart;
    this.advance();
    const nameStart = this.tokenStart;
    const first = this.expectIdentifier('decorator name');
    let name = this.nameExpr(first);
    while (!this.panic && this.kind === Tok.Dot) {
      const dot = this.tokenStart;
      this.advance();
      const member = this.expectIdentifier('decorator name');
      name = { kind: 'MemberExpr', id: this.id(), start: nameStart, end: this.prevEnd, base: name, dot, name: member };
    }
    const args = !this.panic && this.kind === Tok.LParen ? this.parseCallArgs(Tok.RParen, ')', 'in decorator') : null;
    return { kind: 'Decorator', id: this.id(), start, end: this.prevEnd, name, args };
  }

  // ------------------------------------------------------------------------------------------ functions

  /** At `def`, `fn` or `async`. */
  protected parseFunction(decorators: readonly Decorator[], column: number, context: Context): Stmt {
    const start = decorators[0]?.start ?? this.tokenStart;
    const isAsync = this.take(Tok.Async);
    const keyword = this.kind === Tok.Fn ? 'fn' : 'def';
    const keywordStart = this.tokenStart;
    const keywordEnd = this.tokenEnd;
    this.advance();
    const fnMark = this.marks.length;
    if (keyword === 'fn') {
      this.mark('classic', 'fn', keywordStart, keywordEnd, [{ start: keywordStart, end: keywordEnd, text: 'def' }]);
    }
    for (const decorator of decorators) this.markFunctionDecorator(decorator);
    const isMethod = context !== 'module' && context !== 'function';
    const name = isMethod && this.atMemberName ? this.identifier() : this.parseDeclaredName('function name');
    const parameters = !this.panic && this.kind === Tok.LBracket ? this.parseParameterList() : null;
    const firstMark = this.marks.length;
    let args: ArgumentList;
    if (!this.panic && this.kind === Tok.LParen) args = this.parseArgumentList('declaration');
    else {
      if (!this.panic) this.fail(errors.expectedToken({ span: this.here(), token: '(', where: 'for argument list' }));
      args = { kind: 'ArgumentList', id: this.id(), start: this.prevEnd, end: this.prevEnd, items: [] };
    }
    const effects = this.parseEffects(false);
    const isBlock = context !== 'function' && this.kind === Tok.LBrace && this.opensBlock();
    const captures = !this.panic && this.kind === Tok.LBrace && !isBlock ? this.parseCaptureList() : null;
    if (context === 'function' && captures === null) this.listCaptures(keyword, effects, fnMark);
    const result = this.parseResult();
    if (result?.name != null) this.markNamedResult(args, result, result.name);
    const where = this.parseWhere();
    const body = this.bodyReader(column);
    if (context !== 'module' && context !== 'function') this.markMethod(name, args, result, body, firstMark);
    return {
      kind: 'FunctionDecl',
      id: this.id(),
      start,
      end: this.prevEnd,
      keyword,
      isAsync,
      decorators,
      name,
      parameters,
      args,
      effects,
      captures,
      result,
      where,
      get docstring(): StringExpr | null {
        return body().docstring;
      },
      get body(): Block {
        return body().block;
      },
    };
  }

  /** The body at the header's `:`, read now or, where the lexer skipped it, when it is first asked for. */
  private bodyReader(column: number): () => ParsedBody {
    if (this.panic || this.kind !== Tok.Colon || this.kindAt(this.index + 1) !== Tok.SkippedBody) {
      const read = this.parseBody(column, 'function', 'in function definition');
      return () => read;
    }
    const blockStart = this.tokenStart;
    this.advance();
    const part = { start: this.tokenStart, end: this.tokenEnd, column: this.column };
    this.advance();
    let read: ParsedBody | null = null;
    return () => {
      read ??= this.readSkippedBody(part, column, blockStart);
      return read;
    };
  }

  /** `def f() {` with nothing behind it: the block of another language, no capture list. */
  private opensBlock(): boolean {
    const end = this.text.indexOf('\n', this.tokenEnd);
    return end >= 0 && /^\s*(?:#.*)?$/.test(this.text.slice(this.tokenEnd, end));
  }

  /** A nested `fn` and `@parameter` capture the frame by reference; today's spelling says so. */
  private listCaptures(keyword: 'def' | 'fn', effects: Effects, firstMark: number): void {
    if (effects.capturing || effects.escaping) return;
    for (let i = firstMark; i < this.marks.length; i++) {
      const mark = this.marks[i];
      if (mark?.construct !== (keyword === 'fn' ? 'fn' : 'parameter-decorator')) continue;
      const at = this.prevEnd;
      this.marks[i] = { ...mark, edits: [...mark.edits, { start: at, end: at, text: ' {ref}' }] };
      return;
    }
  }

  /** `f(…) -> T as name` to `f(…, out name: T)`. */
  private markNamedResult(args: ArgumentList, result: ResultType, name: Identifier): void {
    const type = this.text.slice(result.type.start, result.type.end);
    const comma = args.items.length === 0 ? '' : ', ';
    const edits: TextEdit[] = [
      { start: args.end - 1, end: args.end - 1, text: `${comma}out ${name.name}: ${type}` },
      { start: result.start, end: result.end, text: '' },
    ];
    this.mark('classic', 'named-result', result.type.end, result.end, result.isRef ? [] : edits);
  }

  protected parseWhere(): Where[] {
    const clauses: Where[] = [];
    while (!this.panic && this.kind === Tok.Where) {
      const start = this.tokenStart;
      this.advance();
      this.crossLine();
      const expr = this.parseExpression();
      const [condition, message, ...more] = expr.kind === 'TupleExpr' && expr.parenthesized ? expr.elements : [expr];
      const isExplained = condition !== undefined && message !== undefined && more.length === 0;
      clauses.push({
        kind: 'Where',
        id: this.id(),
        start,
        end: this.prevEnd,
        condition: isExplained ? condition : expr,
        message: isExplained ? message : null,
      });
    }
    return clauses;
  }

  private markFunctionDecorator(decorator: Decorator): void {
    if (decorator.name.kind !== 'NameExpr') return;
    const { start, end } = decorator;
    switch (decorator.name.name) {
      case 'parameter':
        this.mark('classic', 'parameter-decorator', start, end, [{ start, end: this.lineEndAfter(end), text: '' }]);
        break;
      case 'closure':
      case 'noncapturing':
      case 'adaptive':
        this.mark('deprecated', 'removed-decorator', start, end, []);
        break;
      default:
    }
  }

  /** Special methods: their older names, and the conventions that go with them. */
  private markMethod(
    name: Identifier,
    args: ArgumentList,
    result: ResultType | null,
    body: () => ParsedBody,
    firstMark: number,
  ): void {
    const plain = args.items.filter((item): item is Argument => item.kind === 'Argument');
    const self = plain[0] ?? null;
    const existing = plain[1] ?? null;
    switch (name.name) {
      case '__init__':
        this.retargetConvention(self, 'inout', 'out', firstMark);
        if (result !== null && self?.name?.name !== 'self')
          this.markReturnedSelf(args, result, body().block, firstMark);
        break;
      case '__copyinit__':
        this.retargetConvention(self, 'inout', 'out', firstMark);
        this.mark('classic', 'copyinit', name.start, name.end, this.renameToInit(name, existing, 'copy', body().block));
        break;
      case '__moveinit__':
        this.retargetConvention(self, 'inout', 'out', firstMark);
        this.retargetConvention(existing, 'owned', 'deinit', firstMark);
        this.mark('classic', 'moveinit', name.start, name.end, this.renameToInit(name, existing, 'move', body().block));
        break;
      case '__takeinit__':
        this.mark('deprecated', 'takeinit', name.start, name.end, []);
        break;
      case '__del__': {
        this.retargetConvention(self, 'owned', 'deinit', firstMark);
        const classic = self?.conventionSpelling === 'owned';
        const edits: TextEdit[] = [{ start: name.start, end: name.end, text: '__deinit__' }];
        this.mark(classic ? 'classic' : 'deprecated', 'del', name.start, name.end, edits);
        break;
      }
      default:
    }
  }

  /** The constructor of 2023, `fn __init__(x: Int) -> Self: return Self {a: x}`, to one that sets the fields of `out self`. */
  private markReturnedSelf(args: ArgumentList, result: ResultType, body: Block, firstMark: number): void {
    const comma = args.items.length === 0 ? '' : ', ';
    const edits: TextEdit[] = [
      { start: args.start + 1, end: args.start + 1, text: `out self${comma}` },
      { start: this.blankBefore(result.start), end: result.end, text: '' },
    ];
    const replaced: { readonly start: number; readonly end: number }[] = [];
    walkTree(body, (node) => {
      if (node.kind !== 'ReturnStmt' || node.value === null) return;
      const { value } = node;
      const text = (part: Expr) => this.text.slice(part.start, part.end);
      const lines =
        value.kind === 'StructLiteralExpr'
          ? value.fields.map((field) => `self.${field.name.name} = ${text(field.value)}`)
          : [`self = ${text(value)}`];
      const indent = ' '.repeat(node.start - (this.text.lastIndexOf('\n', node.start) + 1));
      edits.push({ start: node.start, end: node.end, text: [...lines, 'return'].join(`\n${indent}`) });
      replaced.push(value);
    });
    // A literal that is spelled out needs no other rewrite.
    for (let i = firstMark; i < this.marks.length; i++) {
      const mark = this.marks[i];
      if (mark?.construct !== 'self-literal') continue;
      if (replaced.some((part) => part.start === mark.start)) this.marks[i] = { ...mark, edits: [] };
    }
    this.mark('classic', 'returned-self', result.start, result.end, edits);
  }

  private blankBefore(offset: number): number {
    let at = offset;
    while (this.text.charCodeAt(at - 1) === 32) at--;
    return at;
  }

  /** Changes the rewrite of an argument's convention that the argument list had already marked. */
  private retargetConvention(argument: Argument | null, spelling: string, text: string, firstMark: number): void {
    if (argument === null || argument.conventionSpelling !== spelling) return;
    for (let i = firstMark; i < this.marks.length; i++) {
      const mark = this.marks[i];
      if (mark === undefined || mark.start !== argument.start || mark.spelling !== spelling) continue;
      this.marks[i] = { ...mark, edits: [{ start: mark.start, end: mark.end, text }] };
      return;
    }
  }

  /** `__copyinit__(inout self, existing: Self)` to `__init__(out self, *, copy: Self)`, uses in the body included. */
  private renameToInit(name: Identifier, existing: Argument | null, keyword: string, body: Block): TextEdit[] {
    if (existing === null || existing.name === null) return [];
    const old = existing.name.name;
    const edits: TextEdit[] = [
      { start: name.start, end: name.end, text: '__init__' },
      { start: existing.start, end: existing.start, text: '*, ' },
      { start: existing.name.start, end: existing.name.end, text: keyword },
    ];
    let clash = false;
    walkTree(body, (node) => {
      if (node.kind !== 'NameExpr') return;
      if (node.name === keyword) clash = true;
      if (node.name === old) edits.push({ start: node.start, end: node.end, text: keyword });
    });
    return clash ? [] : edits;
  }

  /** Offset where the next token's line begins to matter: the decorator's own line and indentation go together. */
  protected lineEndAfter(end: number): number {
    let at = end;
    for (;;) {
      const c = this.text.charCodeAt(at);
      if (c !== 32 && c !== 9 && c !== 13 && c !== 10) return at;
      at++;
    }
  }
}
