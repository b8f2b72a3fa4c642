/** Declarations of types and what their bodies hold: structs, traits, extensions, `comptime`, fields.
 *  In: the cursor at the declaration's keyword, its decorators already read.  Out: one node; marks of older spellings
 *  get their rewrites here, where the whole head is known. */
import type {
  Block,
  ComptimeDecl,
  Conformance,
  Decorator,
  Expr,
  Identifier,
  NamePattern,
  Pattern,
  Stmt,
  TextEdit,
  TuplePattern,
} from './ast.ts';
import * as errors from './errors.ts';
import { type Context, FunctionParser } from './function-declarations.ts';
import { firstName } from './separate-comptime.ts';
import { Tok } from './token.ts';
import { walkTree } from './walk.ts';

export abstract class DeclarationParser extends FunctionParser {
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
    let target = this.nameExpr(first);
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
