/** Declarations: functions, structs, traits, extensions, `comptime`, fields, imports, decorators.
 *  In: the cursor at the declaration's keyword, its decorators already read.  Out: one node; marks of older spellings
 *  get their rewrites here, where the whole head is known. */
import type {
  Argument,
  ArgumentList,
  Block,
  ComptimeDecl,
  Conformance,
  Where,
  Decorator,
  Effects,
  Expr,
  Identifier,
  ImportModule,
  ImportName,
  NamePattern,
  Pattern,
  ResultType,
  Stmt,
  StringExpr,
  TextEdit,
  TuplePattern,
} from './ast.ts';
import * as errors from './errors.ts';
import type { TextPart } from './lexer.ts';
import { PatternParser } from './patterns.ts';
import { firstName } from './separate-comptime.ts';
import { isNameToken, Tok } from './token.ts';
import { walkTree } from './walk.ts';

/** What a statement stands in. */
export type Context = 'module' | 'function' | 'struct' | 'trait' | 'extension';

export interface ParsedBody {
  readonly docstring: StringExpr | null;
  readonly block: Block;
}

/** First segments that classic programs import without `std.`. */
const STD_MODULES: ReadonlySet<string> = new Set([
  'algorithm',
  'autotune',
  'base64',
  'benchmark',
  'bit',
  'buffer',
  'builtin',
  'collections',
  'complex',
  'gpu',
  'hashlib',
  'io',
  'itertools',
  'logger',
  'math',
  'memory',
  'os',
  'pathlib',
  'python',
  'pwd',
  'random',
  'runtime',
  'stat',
  'string',
  'subprocess',
  'sys',
  'tempfile',
  'tensor',
  'testing',
  'time',
  'utils',
]);

export abstract class DeclarationParser extends PatternParser {
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

  // ------------------------------------------------------------------------------------------ decorators

  /** At `@`. */
  protected parseDecorator(): Decorator {
    const start = this.tokenStart;
    this.advance();
    const nameStart = this.tokenStart;
    const first = this.expectIdentifier('decorator name');
    let name: Expr = {
      kind: 'NameExpr',
      id: this.id(),
      start: nameStart,
      end: this.prevEnd,
      name: first.name,
      quoted: first.quoted,
    };
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

  // ------------------------------------------------------------------------------------------ types

  /** At `struct`. */
  protected parseStruct(decorators: readonly Decorator[], column: number): Stmt {
    const start = decorators[0]?.start ?? this.tokenStart;
    this.advance();
    const name = this.parseDeclaredName('struct name');
    const parameters = !this.panic && this.kind === Tok.LBracket ? this.parseParameterList() : null;
    const headEnd = this.prevEnd;
    const conformances = this.parseConformances();
    const listEnd = this.prevEnd;
    for (const decorator of decorators) this.markStructDecorator(decorator, conformances, headEnd, listEnd);
    const where = this.parseWhere();
    const firstMark = this.marks.length;
    const { docstring, block: body } = this.parseBody(column, 'struct', 'in struct definition');
    this.markImplicitCopies(decorators, body, conformances, { headEnd, listEnd }, firstMark);
    return {
      kind: 'StructDecl',
      id: this.id(),
      start,
      end: this.prevEnd,
      decorators,
      name,
      parameters,
      conformances,
      where,
      docstring,
      body,
    };
  }

  /** `(A, B & C, D where cond)` if there is one. */
  private parseConformances(): Conformance[] {
    const list: Conformance[] = [];
    if (this.panic || this.kind !== Tok.LParen) return list;
    this.advance();
    while (!this.panic && !this.atCloser(Tok.RParen)) {
      this.lenientLine();
      const start = this.tokenStart;
      const type = this.parseExpression();
      const where = this.parseWhere();
      list.push({ kind: 'Conformance', id: this.id(), start, end: this.prevEnd, type, where });
      if (this.panic || !this.takeComma()) break;
    }
    this.close(Tok.RParen, ')', 'for conformance list');
    return list;
  }

  private markStructDecorator(
    decorator: Decorator,
    conformances: readonly Conformance[],
    headEnd: number,
    listEnd: number,
  ): void {
    if (decorator.name.kind !== 'NameExpr') return;
    const { start, end } = decorator;
    const addTraits = (names: readonly string[]) => traitEdits(names, conformances, headEnd, listEnd);
    if (decorator.name.name === 'value') {
      const traits = addTraits(['Copyable', 'Movable', 'ImplicitlyCopyable']);
      this.mark('classic', 'value-decorator', start, end, [{ start, end, text: '@fieldwise_init' }, ...traits]);
    } else if (decorator.name.name === 'register_passable') {
      const argument = decorator.args?.[0]?.value;
      const trivial = argument?.kind === 'StringExpr' && argument.value === 'trivial';
      const traits = addTraits([trivial ? 'TrivialRegisterPassable' : 'RegisterPassable']);
      const edits = [{ start, end: this.lineEndAfter(end), text: '' }, ...traits];
      this.mark('classic', 'register-passable-decorator', start, end, edits);
    }
  }

  /** Where `__copyinit__` was, plain assignment copies: today a trait says so. */
  private markImplicitCopies(
    decorators: readonly Decorator[],
    body: Block,
    conformances: readonly Conformance[],
    head: { readonly headEnd: number; readonly listEnd: number },
    firstMark: number,
  ): void {
    const isValue = decorators.some(({ name }) => name.kind === 'NameExpr' && name.name === 'value');
    if (isValue || !body.statements.some((item) => item.kind === 'FunctionDecl' && item.name.name === '__copyinit__'))
      return;
    const added = traitEdits(['ImplicitlyCopyable'], conformances, head.headEnd, head.listEnd);
    for (let i = firstMark; i < this.marks.length; i++) {
      const mark = this.marks[i];
      if (mark?.construct !== 'copyinit' || mark.edits.length === 0) continue;
      this.marks[i] = { ...mark, edits: [...mark.edits, ...added] };
      return;
    }
  }

  /** Offset where the next token's line begins to matter: the decorator's own line and indentation go together. */
  private lineEndAfter(end: number): number {
    let at = end;
    for (;;) {
      const c = this.text.charCodeAt(at);
      if (c !== 32 && c !== 9 && c !== 13 && c !== 10) return at;
      at++;
    }
  }

  /** At `trait`. */
  protected parseTrait(decorators: readonly Decorator[], column: number): Stmt {
    const start = decorators[0]?.start ?? this.tokenStart;
    this.advance();
    const name = this.parseDeclaredName('trait name');
    const parameters = !this.panic && this.kind === Tok.LBracket ? this.parseParameterList() : null;
    const conformances = this.parseConformances();
    const where = this.parseWhere();
    const { docstring, block: body } = this.parseBody(column, 'trait', 'in trait definition');
    return {
      kind: 'TraitDecl',
      id: this.id(),
      start,
      end: this.prevEnd,
      decorators,
      name,
      parameters,
      conformances,
      where,
      docstring,
      body,
    };
  }

  /** At `__extension`. */
  protected parseExtension(decorators: readonly Decorator[], column: number): Stmt {
    const start = decorators[0]?.start ?? this.tokenStart;
    this.advance();
    const nameStart = this.tokenStart;
    const first = this.parseDeclaredName('type name');
    let target: Expr = {
      kind: 'NameExpr',
      id: this.id(),
      start: nameStart,
      end: this.prevEnd,
      name: first.name,
      quoted: first.quoted,
    };
    while (!this.panic && (this.kind === Tok.Dot || this.kind === Tok.LBracket)) {
      if (this.kind === Tok.Dot) {
        const dot = this.tokenStart;
        this.advance();
        const name = this.expectIdentifier('type name');
        target = { kind: 'MemberExpr', id: this.id(), start: nameStart, end: this.prevEnd, base: target, dot, name };
      } else {
        const open = this.tokenStart;
        const args = this.parseSubscriptArgs();
        target = {
          kind: 'SubscriptExpr',
          id: this.id(),
          start: nameStart,
          end: this.prevEnd,
          base: target,
          open,
          args,
        };
      }
    }
    const conformances = this.parseConformances();
    const where = this.parseWhere();
    const { docstring, block: body } = this.parseBody(column, 'extension', 'in extension definition');
    return {
      kind: 'ExtensionDecl',
      id: this.id(),
      start,
      end: this.prevEnd,
      decorators,
      target,
      conformances,
      where,
      docstring,
      body,
    };
  }

  // ------------------------------------------------------------------------------------------ comptime, fields

  /** At the name behind `comptime` or `alias`, or at the parenthesis of a pattern. */
  protected parseComptimeDecl(
    keyword: 'comptime' | 'alias',
    start: number,
    decorators: readonly Decorator[],
    column: number,
    context: Context,
  ): ComptimeDecl {
    const keywordSpan = this.span(start, this.prevEnd);
    const at = this.tokenStart;
    const isPattern = this.kind === Tok.LParen;
    const first: Pattern = isPattern ? this.parseBindingElement('comptime') : this.parsePatternName();
    const parameters = !isPattern && !this.panic && this.kind === Tok.LBracket ? this.parseParameterList() : null;
    const isTuple = first.kind === 'TuplePattern' || (parameters === null && this.kind === Tok.Comma);
    if (!this.panic && isTuple && (context === 'struct' || context === 'trait'))
      this.fail(errors.comptimeSeparately({ span: keywordSpan }));
    const pattern = isTuple ? this.parseFurtherNames(first, at) : null;
    const name = first.kind === 'NamePattern' && pattern === null ? first.name : this.nameOf(pattern ?? first, at);
    const type = !isPattern && !this.panic && this.take(Tok.Colon) ? this.parseExpression() : null;
    const where = this.parseWhere();
    let value: Expr | null = null;
    if (!this.panic) {
      if (this.kind === Tok.Assign) value = this.parseInitializer();
      else if (context === 'struct' && type !== null)
        this.fail(errors.comptimeOnlyInTraits({ span: { ...keywordSpan, start: name.start, end: name.end } }));
      else if (context !== 'trait' || type === null) this.fail(errors.comptimeNeedsValue({ span: keywordSpan }));
    }
    const end = this.prevEnd;
    const docstring = this.parseTrailingDocstring(column);
    return {
      kind: 'ComptimeDecl',
      id: this.id(),
      start: decorators[0]?.start ?? start,
      end: docstring?.end ?? end,
      keyword,
      decorators,
      name,
      pattern,
      parameters,
      type,
      where,
      value,
      docstring,
    };
  }

  /** What stands behind the first name or pattern of a comptime declaration. */
  private parseFurtherNames(first: Pattern, start: number): TuplePattern {
    const elements: Pattern[] = [first];
    while (!this.panic && this.take(Tok.Comma)) {
      const isElement = this.kind === Tok.Underscore || this.kind === Tok.LParen;
      elements.push(isElement ? this.parseBindingElement('comptime') : this.parsePatternName());
    }
    if (elements.length === 1 && first.kind === 'TuplePattern') return first;
    return { kind: 'TuplePattern', id: this.id(), start, end: this.prevEnd, parenthesized: false, elements };
  }

  private parsePatternName(): NamePattern {
    const name = this.parseDeclaredName('name in comptime declaration');
    return { kind: 'NamePattern', id: this.id(), start: name.start, end: name.end, binding: null, name };
  }

  /** The name that stands for a whole pattern: a node of its own, with the first name's text. */
  private nameOf(pattern: Pattern, start: number): Identifier {
    const first = firstName(pattern);
    const at = first ?? { start, end: start, name: '_', quoted: false };
    return { kind: 'Identifier', id: this.id(), start: at.start, end: at.end, name: at.name, quoted: at.quoted };
  }

  /** At `=`: the value of a declaration. */
  protected parseInitializer(): Expr {
    const at = this.tokenSpan();
    this.advance();
    if (this.kind === Tok.End) {
      this.fail(errors.assignNeedsValue({ span: at }));
      return this.errorExpr();
    }
    return this.parseExpressionList();
  }

  /** At `var` or `let` in a type's body. */
  protected parseField(column: number, context: Context, decorators: readonly Decorator[] = []): Stmt {
    const start = this.tokenStart;
    const binding = this.kind === Tok.Var ? 'var' : 'let';
    const end = this.tokenEnd;
    if (binding === 'let') this.mark('classic', 'let', start, end, [{ start, end, text: 'var' }]);
    if (context === 'trait') this.fail(errors.fieldInTrait({ span: this.tokenSpan() }));
    this.advance();
    const name = this.expectIdentifier('field name');
    let type: Expr | null = null;
    let value: Expr | null = null;
    if (!this.panic) {
      if (this.take(Tok.Colon)) type = this.parseExpression();
      else this.fail(errors.fieldNeedsType({ span: this.span(name.end, name.end) }));
    }
    if (!this.panic && this.kind === Tok.Assign) {
      this.complain(errors.fieldDefault({ span: this.tokenSpan() }));
      value = this.parseInitializer();
    }
    const nodeEnd = this.prevEnd;
    const docstring = this.parseTrailingDocstring(column);
    return {
      kind: 'FieldDecl',
      id: this.id(),
      start: decorators[0]?.start ?? start,
      end: docstring?.end ?? nodeEnd,
      decorators,
      binding,
      name,
      type,
      value,
      docstring,
    };
  }

  // ------------------------------------------------------------------------------------------ imports

  /** At `import`. */
  protected parseImport(): Stmt {
    const start = this.tokenStart;
    this.advance();
    const modules: ImportModule[] = [];
    do {
      const from = this.tokenStart;
      const path = this.parseModulePath();
      const alias = this.parseImportAlias();
      this.markModulePath(path, from, alias === null);
      modules.push({ kind: 'ImportModule', id: this.id(), start: from, end: this.prevEnd, path, alias });
    } while (!this.panic && this.take(Tok.Comma));
    return { kind: 'ImportStmt', id: this.id(), start, end: this.prevEnd, modules };
  }

  private parseModulePath(): Identifier[] {
    const path: Identifier[] = [];
    do {
      if (!this.panic && this.isFirst) {
        this.fail(errors.notAtLineStart({ span: this.tokenSpan(), what: 'module path' }));
      }
      path.push(this.expectIdentifier('module name'));
    } while (!this.panic && this.take(Tok.Dot));
    return path;
  }

  private parseImportAlias(): Identifier | null {
    if (this.panic || this.kind !== Tok.As) return null;
    if (this.isFirst) this.fail(errors.notAtLineStart({ span: this.tokenSpan(), what: "'as' keyword" }));
    this.advance();
    return this.expectIdentifier("name after 'as'");
  }

  /** `bindsFirst`: the program goes on to say `math.sqrt`, so the rewrite must keep that name. */
  private markModulePath(path: readonly Identifier[], start: number, bindsFirst: boolean): void {
    const first = path[0];
    if (first === undefined) return;
    if (first.name === 'std') this.mark('modern', 'modern', start, first.end, []);
    else if (STD_MODULES.has(first.name)) {
      const edits: TextEdit[] = [{ start: first.start, end: first.start, text: 'std.' }];
      if (bindsFirst && path.length === 1) edits.push({ start: first.end, end: first.end, text: ` as ${first.name}` });
      this.mark('classic', 'std-import', first.start, first.end, bindsFirst && path.length > 1 ? [] : edits);
    }
  }

  /** At `from`. */
  protected parseFromImport(): Stmt {
    const start = this.tokenStart;
    this.advance();
    let level = 0;
    for (;;) {
      if (this.take(Tok.Dot)) level++;
      else if (this.take(Tok.Ellipsis)) level += 3;
      else break;
    }
    const pathStart = this.tokenStart;
    const path = level > 0 && this.kind === Tok.Import ? [] : this.parseModulePath();
    if (level === 0) this.markModulePath(path, pathStart, false);
    if (!this.panic && this.kind === Tok.Import && this.isFirst) {
      this.fail(errors.notAtLineStart({ span: this.tokenSpan(), what: "'import' keyword" }));
    }
    if (!this.panic && this.kind !== Tok.Import) {
      this.fail(errors.expectedToken({ span: this.here(), token: 'import', where: 'after module path' }));
    }
    const names: ImportName[] = [];
    let star = false;
    if (!this.panic) {
      this.advance();
      if (this.take(Tok.Star)) star = true;
      else if (this.kind === Tok.LParen) {
        this.advance();
        while (!this.panic && !this.atCloser(Tok.RParen)) {
          if (this.kind === Tok.End && isNameToken(this.rawKind)) this.kind = this.rawKind;
          names.push(this.parseImportName());
          if (this.panic || !this.take(Tok.Comma)) break;
        }
        if (names.length === 0 && !this.panic) this.complain(errors.emptyImport({ span: this.tokenSpan() }));
        this.close(Tok.RParen, ')', 'after import list');
      } else {
        do {
          // A trailing comma is accepted.
          if (names.length > 0 && this.kind === Tok.End) break;
          if (this.isFirst || !isNameToken(this.kind)) {
            this.fail(errors.emptyImport({ span: this.here() }));
            break;
          }
          names.push(this.parseImportName());
        } while (!this.panic && this.take(Tok.Comma));
      }
    }
    return { kind: 'FromImportStmt', id: this.id(), start, end: this.prevEnd, level, path, star, names };
  }

  private parseImportName(): ImportName {
    const start = this.tokenStart;
    const name = this.expectIdentifier('construct name to import');
    if (name.name === 'DTypePointer') {
      const edits = [{ start: name.start, end: name.end, text: 'UnsafePointer' }];
      this.mark('classic', 'dtype-pointer', name.start, name.end, edits);
    }
    let alias: Identifier | null = null;
    if (!this.panic && this.take(Tok.As)) alias = this.expectIdentifier("name after 'as'");
    return { kind: 'ImportName', id: this.id(), start, end: this.prevEnd, name, alias };
  }
}

/** Adds traits to a struct's head: behind the last entry, or as a list of its own. */
function traitEdits(
  names: readonly string[],
  conformances: readonly Conformance[],
  headEnd: number,
  listEnd: number,
): TextEdit[] {
  const present = new Set<string>();
  for (const { type } of conformances) walkTree(type, (node) => node.kind === 'NameExpr' && present.add(node.name));
  const missing = names.filter((name) => !present.has(name)).join(', ');
  if (missing === '') return [];
  if (conformances.length > 0) return [{ start: listEnd - 1, end: listEnd - 1, text: `, ${missing}` }];
  return [{ start: headEnd, end: listEnd, text: `(${missing})` }];
}
