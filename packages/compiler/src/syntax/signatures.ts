/** The parts of a callable's head: parameter and argument lists, conventions, effects, captures, result.
 *  Shared by declarations, function types and lambdas; leaves expressions to the class that extends it. */
import type {
  Argument,
  ArgumentList,
  Capture,
  CaptureList,
  Convention,
  ConventionSpelling,
  DialectConstruct,
  Effects,
  Expr,
  FunctionTypeExpr,
  Identifier,
  ListMarker,
  Parameter,
  ParameterList,
  ResultType,
  StringExpr,
  TextEdit,
} from './ast.ts';
import { Cursor } from './cursor.ts';
import * as errors from './errors.ts';
import { isNameToken, Tok } from './token.ts';

/** `untyped`: the names of `fn(a, b) => e`. */
export type ArgumentListMode = 'declaration' | 'type' | 'untyped';

interface ConventionWord {
  readonly spelling: ConventionSpelling;
  readonly convention: Convention;
}

const CONVENTIONS: ReadonlyMap<number, ConventionWord> = new Map<number, ConventionWord>([
  [Tok.Imm, { spelling: 'imm', convention: 'imm' }],
  [Tok.Mut, { spelling: 'mut', convention: 'mut' }],
  [Tok.Out, { spelling: 'out', convention: 'out' }],
  [Tok.Deinit, { spelling: 'deinit', convention: 'deinit' }],
  [Tok.Inout, { spelling: 'inout', convention: 'mut' }],
  [Tok.Borrowed, { spelling: 'borrowed', convention: 'imm' }],
  [Tok.Owned, { spelling: 'owned', convention: 'var' }],
  [Tok.Read, { spelling: 'read', convention: 'imm' }],
  [Tok.Var, { spelling: 'var', convention: 'var' }],
  [Tok.Ref, { spelling: 'ref', convention: 'ref' }],
]);

/** Order rules of `//`, `/`, `*` and variadics within one list. */
interface ListState {
  readonly list: 'argument' | 'parameter';
  sawInfer: boolean;
  sawSlash: boolean;
  sawStar: boolean;
  sawKeywordPack: boolean;
  sawDefault: boolean;
  /** A required parameter after an optional one: wrong unless `//` follows, before which nothing is positional. */
  misplaced: Identifier | null;
  /** A bare `*` that nothing follows yet. */
  openStar: ListMarker | null;
}

export abstract class SignatureParser extends Cursor {
  abstract parseExpression(): Expr;
  abstract parseStringLiteral(): StringExpr;
  /** A type after `raises`: a `{` behind it begins the captures. */
  abstract parseTypeBeforeBrace(): Expr;

  // ------------------------------------------------------------------------------------------ parameters

  /** At `[`. */
  protected parseParameterList(): ParameterList {
    const start = this.tokenStart;
    const items: (Parameter | ListMarker)[] = [];
    const state = newListState('parameter');
    this.advance();
    while (!this.panic && !this.atCloser(Tok.RBracket)) {
      this.lenientLine();
      const before = this.index;
      const marker = this.parseMarker(state, items.length === 0, Tok.RBracket);
      if (marker !== null) items.push(marker);
      else items.push(this.parseParameter(state));
      if (this.panic) break;
      if (this.kind === Tok.Where) {
        this.complain(errors.whereInParameters({ span: this.tokenSpan() }));
        this.advance();
        this.parseExpression();
      }
      if (!this.takeComma() || this.index === before) break;
    }
    this.close(Tok.RBracket, ']', 'for parameter list');
    this.finishList(state);
    return { kind: 'ParameterList', id: this.id(), start, end: this.prevEnd, items };
  }

  private parseParameter(state: ListState): Parameter {
    const start = this.tokenStart;
    const variadic = this.take(Tok.Star);
    if (variadic) {
      if (state.sawStar)
        this.complain(errors.repeatedMarker({ span: this.span(start, start + 1), marker: '*', list: 'parameter' }));
      state.sawStar = true;
    }
    state.openStar = null;
    const name = this.expectIdentifier('parameter name');
    let type: Expr | null = null;
    let value: Expr | null = null;
    if (!this.panic && this.take(Tok.Colon)) type = this.parseExpression();
    if (!this.panic && this.take(Tok.Assign)) value = this.parseExpression();
    if (!state.sawStar && !this.panic) {
      if (value !== null) state.sawDefault = true;
      else if (state.sawDefault) state.misplaced ??= name;
    }
    return { kind: 'Parameter', id: this.id(), start, end: this.prevEnd, variadic, name, type, default: value };
  }

  // ------------------------------------------------------------------------------------------ arguments

  /** At `(`. */
  protected parseArgumentList(mode: ArgumentListMode): ArgumentList {
    const start = this.tokenStart;
    const items: (Argument | ListMarker)[] = [];
    const state = newListState('argument');
    this.advance();
    while (!this.panic && !this.atCloser(Tok.RParen)) {
      this.lenientLine();
      const before = this.index;
      const marker = this.parseMarker(state, items.length === 0, Tok.RParen);
      if (marker !== null) items.push(marker);
      else items.push(this.parseArgument(mode, state));
      if (this.panic) break;
      if (this.kind === Tok.Where) {
        this.complain(errors.whereInArguments({ span: this.tokenSpan() }));
        this.advance();
        this.parseExpression();
      }
      if (!this.takeComma() || this.index === before) break;
    }
    this.close(Tok.RParen, ')', 'in argument list');
    this.finishList(state);
    if (mode === 'type') this.checkUnnamed(items);
    return { kind: 'ArgumentList', id: this.id(), start, end: this.prevEnd, items };
  }

  /** In a function type, what has no name is known by its position. */
  private checkUnnamed(items: readonly (Argument | ListMarker)[]): void {
    let named = false;
    for (const item of items) {
      if (item.kind !== 'Argument') continue;
      if (item.name !== null) named = true;
      else if (named) {
        this.complain(errors.unnamedAfterNamed({ span: this.span(item.start, item.end) }));
        return;
      }
    }
  }

  private parseArgument(mode: ArgumentListMode, state: ListState): Argument {
    const start = this.tokenStart;
    if (mode === 'declaration' && this.kind === Tok.Fn && isNameToken(this.peek(1))) {
      const form = this.peek(2);
      if (form === Tok.LParen || form === Tok.LBracket) return this.parseFunctionArgument(start);
    }
    const word = this.parseConvention();
    let origins: Expr[] | null = null;
    if (word?.convention === 'ref' && this.kind === Tok.LBracket) origins = this.parseOrigins();
    if (word !== null && this.parseConvention() !== null) {
      this.complain(errors.repeatedConvention({ span: this.span(start, this.prevEnd) }));
    }
    let variadic: Argument['variadic'] = 'none';
    const starStart = this.tokenStart;
    if (this.take(Tok.Star)) variadic = 'positional';
    else if (this.take(Tok.StarStar)) variadic = 'keyword';
    this.checkVariadic(variadic, word, starStart, state);

    let name: Identifier | null = null;
    let type: Expr | null = null;
    let packType = false;
    const named = mode !== 'type' || (this.isName() && this.peek(1) === Tok.Colon);
    if (named) {
      name = this.expectIdentifier('argument name');
      if (!this.panic && this.take(Tok.Colon)) {
        packType = this.take(Tok.Star);
        type = this.parseExpression();
      }
    } else {
      type = this.parseExpression();
    }
    let value: Expr | null = null;
    if (!this.panic && this.kind === Tok.Assign) {
      const at = this.tokenSpan();
      this.advance();
      value = this.parseExpression();
      if (variadic !== 'none') this.complain(errors.variadicDefault({ span: at }));
      else if (word !== null && (word.convention === 'mut' || word.convention === 'out')) {
        this.complain(errors.conventionDefault({ span: at, convention: word.spelling }));
      }
    }
    // A result slot takes no part in calls, so it has no place in their order.
    if (variadic === 'none' && !state.sawStar && word?.convention !== 'out' && !this.panic) {
      if (value !== null) state.sawDefault = true;
      else if (state.sawDefault && name !== null) {
        this.complain(errors.requiredAfterOptional({ span: this.span(name.start, name.end), list: state.list }));
      }
    }
    return {
      kind: 'Argument',
      id: this.id(),
      start,
      end: this.prevEnd,
      convention: word?.convention ?? null,
      conventionSpelling: word?.spelling ?? null,
      origins,
      variadic,
      name,
      type,
      packType,
      default: value,
      functionForm: false,
    };
  }

  /** `fn reducer(T, T) -> T`, the classic article's way to declare an argument of function type. */
  private parseFunctionArgument(start: number): Argument {
    const keywordEnd = this.tokenEnd;
    this.advance();
    const name = this.identifier();
    const type = this.parseFunctionTypeRest('fn', false, start);
    const edits: TextEdit[] = [{ start, end: name.end, text: `${this.text.slice(name.start, name.end)}: def ` }];
    this.mark('classic', 'function-argument', start, keywordEnd, edits);
    return {
      kind: 'Argument',
      id: this.id(),
      start,
      end: this.prevEnd,
      convention: null,
      conventionSpelling: null,
      origins: null,
      variadic: 'none',
      name,
      type,
      packType: false,
      default: null,
      functionForm: true,
    };
  }

  /** A convention word, unless it is the argument's own name (`out: Int`, `f(read)`). */
  private parseConvention(): ConventionWord | null {
    const word = CONVENTIONS.get(this.kind);
    if (word === undefined) return null;
    if (this.isName()) {
      const next = this.peek(1);
      if (
        !isNameToken(next) &&
        next !== Tok.Star &&
        next !== Tok.StarStar &&
        next !== Tok.SelfType &&
        next !== Tok.LParen &&
        next !== Tok.Def &&
        next !== Tok.Underscore &&
        !CONVENTIONS.has(next)
      ) {
        return null;
      }
    }
    const start = this.tokenStart;
    const end = this.tokenEnd;
    this.advance();
    this.markConvention(word, start, end);
    return word;
  }

  private markConvention(word: ConventionWord, start: number, end: number): void {
    const replace = (text: string): TextEdit[] => [{ start, end, text }];
    switch (word.spelling) {
      case 'inout':
        this.mark('classic', 'inout', start, end, replace('mut'));
        break;
      case 'borrowed':
        this.mark('classic', 'borrowed', start, end, [{ start, end: this.tokenStart, text: '' }]);
        break;
      case 'owned':
        this.mark('classic', 'owned', start, end, replace('var'));
        break;
      case 'read':
        this.mark('deprecated', 'read', start, end, replace('imm'));
        break;
      case 'out':
      case 'mut':
      case 'imm':
      case 'deinit':
      case 'var':
        this.mark('modern', 'modern', start, end, []);
        break;
      case 'ref':
        break;
    }
  }

  private checkVariadic(
    variadic: Argument['variadic'],
    word: ConventionWord | null,
    start: number,
    state: ListState,
  ): void {
    state.openStar = null;
    if (state.sawKeywordPack) {
      this.complain(errors.keywordPackNotLast({ span: this.span(start, this.tokenEnd) }));
      return;
    }
    if (variadic === 'positional') {
      if (state.sawStar) {
        this.complain(errors.repeatedMarker({ span: this.span(start, start + 1), marker: '*', list: 'argument' }));
      }
      state.sawStar = true;
    } else if (variadic === 'keyword') {
      // Without a convention this was classic Mojo, whose conventions default to owned here.
      if (word !== null && word.convention !== 'var') {
        this.complain(errors.keywordPackConvention({ span: this.span(start, start + 2) }));
      }
      state.sawKeywordPack = true;
    }
  }

  /** At `[`: `ref[a, b]`. */
  protected parseOrigins(): Expr[] {
    const origins: Expr[] = [];
    this.advance();
    while (!this.panic && !this.atCloser(Tok.RBracket)) {
      this.lenientLine();
      origins.push(this.parseExpression());
      if (!this.takeComma()) break;
    }
    this.close(Tok.RBracket, ']', 'in origin list');
    return origins;
  }

  // ------------------------------------------------------------------------------------------ markers

  private parseMarker(state: ListState, atStart: boolean, closer: number): ListMarker | null {
    const kind = this.kind;
    const start = this.tokenStart;
    const end = this.tokenEnd;
    if (kind === Tok.Star) {
      const next = this.peek(1);
      if (next !== Tok.Comma && this.kindAt(this.index + 1) !== closer) return null;
    } else if (kind !== Tok.Slash && kind !== Tok.SlashSlash) {
      return null;
    }
    const marker = kind === Tok.Star ? '*' : kind === Tok.Slash ? '/' : '//';
    const span = this.span(start, end);
    const list = state.list;
    this.advance();
    if (marker === '*') {
      if (state.sawStar) this.complain(errors.repeatedMarker({ span, marker, list }));
      else if (state.sawKeywordPack) this.complain(errors.keywordPackNotLast({ span }));
      state.sawStar = true;
    } else if (marker === '/') {
      if (state.sawSlash) this.complain(errors.repeatedMarker({ span, marker, list }));
      else if (state.sawStar) this.complain(errors.markerOrder({ span, marker, after: '*', list }));
      else if (atStart) this.complain(errors.markerAtStart({ span, marker, list }));
      state.sawSlash = true;
    } else {
      if (list === 'argument') this.complain(errors.inferOnlyMarkerInArguments({ span }));
      else if (state.sawInfer) this.complain(errors.repeatedMarker({ span, marker, list }));
      else if (state.sawStar) this.complain(errors.markerOrder({ span, marker, after: '*', list }));
      else if (state.sawSlash) this.complain(errors.markerOrder({ span, marker, after: '/', list }));
      else if (atStart) this.complain(errors.markerAtStart({ span, marker, list }));
      state.sawInfer = true;
      state.sawDefault = false;
      state.misplaced = null;
    }
    const node: ListMarker = { kind: 'ListMarker', id: this.id(), start, end, marker };
    if (marker === '*') state.openStar = node;
    return node;
  }

  private finishList(state: ListState): void {
    const { misplaced } = state;
    if (misplaced !== null)
      this.complain(
        errors.requiredAfterOptional({ span: this.span(misplaced.start, misplaced.end), list: state.list }),
      );
    const star = state.openStar;
    if (star === null) return;
    this.complain(errors.markerAtEnd({ span: this.span(star.start, star.end), marker: '*', list: state.list }));
  }

  /** Entries of a call's or a declaration's list may stand at any column of the next line. */
  protected lenientLine(): void {
    if (this.kind !== Tok.End || this.atFileEnd) return;
    const raw = this.rawKind;
    if (this.startsOperand(raw) || raw === Tok.Slash || raw === Tok.SlashSlash || raw === Tok.Var || raw === Tok.Ref) {
      // Only a list whose entries look like entries: an unclosed bracket must not swallow the next statement.
      const next = this.kindAt(this.index + 1);
      if (raw === Tok.Var && this.kindAt(this.index + 2) !== Tok.Colon) return;
      if (next === Tok.Assign && this.limit === this.column) {
        const after = this.kindAt(this.index + 3);
        if (after !== Tok.Comma && after !== Tok.RParen && after !== Tok.RBracket) return;
      }
      this.kind = raw;
    }
  }

  protected takeComma(): boolean {
    return this.take(Tok.Comma);
  }

  // ------------------------------------------------------------------------------------------ effects

  /** Everything between `)` and `{`, `->`, `where` or `:`. */
  protected parseEffects(inType: boolean): Effects {
    const start = this.prevEnd;
    let from = -1;
    let raises = false;
    let raisesType: Expr | null = null;
    let thin = false;
    let abi: StringExpr | null = null;
    let capturing = false;
    let capturingOrigins: Expr[] | null = null;
    let escaping = false;
    let unified = false;
    while (!this.panic && this.isName()) {
      const kind = this.kind;
      if (kind === Tok.Where) break;
      const at = this.tokenStart;
      const word = this.tokenText();
      const span = this.tokenSpan();
      let repeated = false;
      const previousEnd = this.prevEnd;
      if (kind === Tok.Raises) {
        repeated = raises;
        raises = true;
        this.advance();
        if (!this.isFirst && this.startsRaisesType()) raisesType = this.parseTypeBeforeBrace();
      } else if (kind === Tok.Thin) {
        repeated = thin;
        thin = true;
        this.mark('modern', 'modern', at, this.tokenEnd, []);
        if (!inType) this.complain(errors.thinFunction({ span }));
        this.advance();
      } else if (kind === Tok.Abi && this.peek(1) === Tok.LParen) {
        repeated = abi !== null;
        this.advance();
        this.advance();
        const text = this.tokenSpan();
        if (this.kind === Tok.String) abi = this.parseStringLiteral();
        else this.fail(errors.expectedName({ span: this.here(), what: "a string in 'abi'" }));
        if (abi !== null && abi.value !== 'C' && abi.value !== 'Mojo')
          this.complain(errors.unknownAbi({ span: text, name: abi.value }));
        this.close(Tok.RParen, ')', "after 'abi'");
      } else if (kind === Tok.Capturing) {
        repeated = capturing;
        capturing = true;
        const { tokenEnd } = this;
        this.advance();
        if (this.kind === Tok.LBracket) capturingOrigins = this.parseOrigins();
        // A type says nothing about captures; a function lists them.
        const edit = { start: inType ? previousEnd : at, end: this.prevEnd, text: inType ? '' : '{ref}' };
        this.mark('deprecated', 'capturing', at, tokenEnd, [edit]);
      } else if (kind === Tok.Escaping) {
        repeated = escaping;
        escaping = true;
        const { tokenEnd } = this;
        this.advance();
        const edit = { start: inType ? previousEnd : at, end: this.prevEnd, text: inType ? '' : '{var}' };
        this.mark('deprecated', 'escaping', at, tokenEnd, [edit]);
      } else if (kind === Tok.Unified) {
        repeated = unified;
        unified = true;
        this.advance();
      } else {
        // In a type the next name may belong to whoever holds the type; a name on a line of its own is the body's: the ':' is missing.
        if (inType || this.isFirst) break;
        this.fail(errors.unknownEffect({ span, word }));
        break;
      }
      if (from < 0) from = at;
      if (repeated) this.complain(errors.repeatedEffect({ span, word }));
    }
    if (raises && abi?.value === 'C') this.complain(errors.foreignRaises({ span: this.span(from, this.prevEnd) }));
    return {
      kind: 'Effects',
      id: this.id(),
      start: from < 0 ? start : from,
      end: from < 0 ? start : this.prevEnd,
      raises,
      raisesType,
      thin,
      abi,
      capturing,
      capturingOrigins,
      escaping,
      unified,
    };
  }

  private startsRaisesType(): boolean {
    const kind = this.kind;
    if (kind === Tok.SelfType || kind === Tok.Dot) return true;
    if (!isNameToken(kind)) return false;
    return (
      kind !== Tok.Where &&
      kind !== Tok.Thin &&
      kind !== Tok.Raises &&
      kind !== Tok.Capturing &&
      kind !== Tok.Escaping &&
      kind !== Tok.Unified &&
      !(kind === Tok.Abi && this.peek(1) === Tok.LParen)
    );
  }

  // ------------------------------------------------------------------------------------------ captures, result

  /** At `{`. */
  protected parseCaptureList(): CaptureList {
    const start = this.tokenStart;
    const items: Capture[] = [];
    this.mark('modern', 'modern', start, this.tokenEnd, []);
    this.advance();
    while (!this.panic && !this.atCloser(Tok.RBrace)) {
      this.lenientLine();
      const before = this.index;
      items.push(this.parseCapture());
      if (!this.takeComma() || this.index === before) break;
    }
    this.close(Tok.RBrace, '}', 'in capture list');
    return { kind: 'CaptureList', id: this.id(), start, end: this.prevEnd, items };
  }

  private parseCapture(): Capture {
    const start = this.tokenStart;
    const kind = this.kind;
    let convention: Capture['convention'] = null;
    if (kind === Tok.Imm || kind === Tok.Read) convention = 'imm';
    else if (kind === Tok.Mut) convention = 'mut';
    else if (kind === Tok.Ref) convention = 'ref';
    else if (kind === Tok.Var) convention = 'var';
    if (convention !== null) {
      const end = this.tokenEnd;
      this.advance();
      if (kind === Tok.Read) this.mark('deprecated', 'read', start, end, [{ start, end, text: 'imm' }]);
    }
    let name: Identifier | null = null;
    if (this.isName()) name = this.identifier();
    else if (convention === null) this.fail(errors.captureNeedsName({ span: this.tokenSpan() }));
    const transfer = this.take(Tok.Caret);
    if (!this.panic && this.kind !== Tok.Comma && !this.atCloser(Tok.RBrace)) {
      this.fail(errors.captureNeedsName({ span: this.here() }));
    }
    return { kind: 'Capture', id: this.id(), start, end: this.prevEnd, convention, name, transfer };
  }

  /** `-> T` if there is one. */
  protected parseResult(): ResultType | null {
    if (this.panic) {
      // The header was not understood: nobody knows what the function gives.
      const start = this.prevEnd;
      const end = start;
      const type: Expr = { kind: 'ErrorExpr', id: this.id(), start, end };
      return { kind: 'ResultType', id: this.id(), start, end, isRef: false, origins: null, type, name: null };
    }
    if (this.kind !== Tok.Arrow) return null;
    const start = this.tokenStart;
    this.advance();
    this.crossLine();
    let isRef = false;
    let origins: Expr[] | null = null;
    if (this.kind === Tok.Ref) {
      isRef = true;
      this.advance();
      if (this.kind === Tok.LBracket) origins = this.parseOrigins();
    }
    const type = this.parseExpression();
    let name: Identifier | null = null;
    if (!this.panic && this.kind === Tok.As) {
      this.advance();
      name = this.expectIdentifier('result name');
    }
    return { kind: 'ResultType', id: this.id(), start, end: this.prevEnd, isRef, origins, type, name };
  }

  /** A function type from its `[` or `(` on; `start` is that of the keyword. */
  protected parseFunctionTypeRest(keyword: 'def' | 'fn', isAsync: boolean, start: number): FunctionTypeExpr {
    const parameters = this.kind === Tok.LBracket ? this.parseParameterList() : null;
    let args: ArgumentList;
    if (this.kind === Tok.LParen) args = this.parseArgumentList('type');
    else {
      this.expect(Tok.LParen, '(', 'for argument list');
      args = { kind: 'ArgumentList', id: this.id(), start: this.prevEnd, end: this.prevEnd, items: [] };
    }
    const effects = this.parseEffects(true);
    const captures = !this.panic && this.kind === Tok.LBrace ? this.parseCaptureList() : null;
    const result = this.parseResult();
    return {
      kind: 'FunctionTypeExpr',
      id: this.id(),
      start,
      end: this.prevEnd,
      keyword,
      isAsync,
      parameters,
      args,
      effects,
      captures,
      result,
    };
  }

  /** Marks an older construct that has no rewrite of its own. */
  protected markClassic(construct: DialectConstruct, start: number, end: number): void {
    this.mark('classic', construct, start, end, []);
  }
}

function newListState(list: ListState['list']): ListState {
  return {
    list,
    sawInfer: false,
    sawSlash: false,
    sawStar: false,
    sawKeywordPack: false,
    sawDefault: false,
    misplaced: null,
    openStar: null,
  };
}
