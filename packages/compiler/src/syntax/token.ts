/** Token kinds as small numbers, their spellings, and the structure-of-arrays token list.
 *  There are no newline tokens: a token knows whether it is the first on its line and at which column it stands. */
import type { Comment } from './ast.ts';

/** `End` is also what the parser sees where the next line no longer belongs to the statement. */
const KINDS = {
  End: 0,
  /** Text that has been reported by the lexer. */
  Invalid: 1,
  Int: 2,
  Float: 3,
  String: 4,
  TStringStart: 5,
  TStringText: 6,
  TStringEnd: 7,
  FieldOpen: 8,
  FieldClose: 9,
  // ---- names: an ordinary one, then words with a meaning in some places
  Name: 10,
  Imm: 11,
  Mut: 12,
  Out: 13,
  Deinit: 14,
  Inout: 15,
  Borrowed: 16,
  Owned: 17,
  Read: 18,
  Raises: 19,
  Where: 20,
  Thin: 21,
  Abi: 22,
  Capturing: 23,
  Escaping: 24,
  Unified: 25,
  Alias: 26,
  Let: 27,
  Fn: 28,
  // ---- reserved words
  And: 30,
  As: 31,
  Assert: 32,
  Async: 33,
  Await: 34,
  Break: 35,
  Case: 36,
  Class: 37,
  Comptime: 38,
  Continue: 39,
  Def: 40,
  Del: 41,
  Elif: 42,
  Else: 43,
  Except: 44,
  False: 45,
  Finally: 46,
  For: 47,
  From: 48,
  Global: 49,
  If: 50,
  Import: 51,
  In: 52,
  Is: 53,
  Lambda: 54,
  Match: 55,
  None: 56,
  Nonlocal: 57,
  Not: 58,
  Or: 59,
  Pass: 60,
  Raise: 61,
  Ref: 62,
  Return: 63,
  SelfType: 64,
  Struct: 65,
  Trait: 66,
  True: 67,
  Try: 68,
  Var: 69,
  While: 70,
  With: 71,
  Yield: 72,
  Extension: 73,
  Underscore: 74,
  /** The indented body of a function, still to be read (`skip-body.ts`). */
  SkippedBody: 75,
  // ---- operators
  Plus: 80,
  Minus: 81,
  Star: 82,
  Slash: 83,
  SlashSlash: 84,
  Percent: 85,
  StarStar: 86,
  At: 87,
  Shl: 88,
  Shr: 89,
  Amp: 90,
  Pipe: 91,
  Caret: 92,
  Tilde: 93,
  Lt: 94,
  Gt: 95,
  Le: 96,
  Ge: 97,
  EqEq: 98,
  NotEq: 99,
  Assign: 100,
  // augmented assignments, in the order of the operators above from Plus to Caret
  PlusAssign: 101,
  MinusAssign: 102,
  StarAssign: 103,
  SlashAssign: 104,
  SlashSlashAssign: 105,
  PercentAssign: 106,
  StarStarAssign: 107,
  AtAssign: 108,
  ShlAssign: 109,
  ShrAssign: 110,
  AmpAssign: 111,
  PipeAssign: 112,
  CaretAssign: 113,
  // ---- punctuation
  Walrus: 114,
  Arrow: 115,
  FatArrow: 116,
  LParen: 117,
  RParen: 118,
  LBracket: 119,
  RBracket: 120,
  LBrace: 121,
  RBrace: 122,
  Comma: 123,
  Colon: 124,
  Semicolon: 125,
  Dot: 126,
  Ellipsis: 127,
} as const;

/** Plain numbers, not literal types: the parser's current kind changes behind the type checker's back. */
export const Tok: { readonly [K in keyof typeof KINDS]: number } = KINDS;

export const TOKEN_KIND_COUNT = 128;

/** Tokens that can stand where a name is declared or used. */
export function isNameToken(kind: number): boolean {
  return kind >= Tok.Name && kind <= Tok.Fn;
}

export function isReservedWord(kind: number): boolean {
  return kind >= Tok.And && kind <= Tok.Extension;
}

/** Words of the language with their kinds; contextual words first. */
export const WORDS: readonly (readonly [string, number])[] = [
  ['imm', Tok.Imm],
  ['mut', Tok.Mut],
  ['out', Tok.Out],
  ['deinit', Tok.Deinit],
  ['inout', Tok.Inout],
  ['borrowed', Tok.Borrowed],
  ['owned', Tok.Owned],
  ['read', Tok.Read],
  ['raises', Tok.Raises],
  ['where', Tok.Where],
  ['thin', Tok.Thin],
  ['abi', Tok.Abi],
  ['capturing', Tok.Capturing],
  ['escaping', Tok.Escaping],
  ['unified', Tok.Unified],
  ['alias', Tok.Alias],
  ['let', Tok.Let],
  ['fn', Tok.Fn],
  ['and', Tok.And],
  ['as', Tok.As],
  ['assert', Tok.Assert],
  ['async', Tok.Async],
  ['await', Tok.Await],
  ['break', Tok.Break],
  ['case', Tok.Case],
  ['class', Tok.Class],
  ['comptime', Tok.Comptime],
  ['continue', Tok.Continue],
  ['def', Tok.Def],
  ['del', Tok.Del],
  ['elif', Tok.Elif],
  ['else', Tok.Else],
  ['except', Tok.Except],
  ['False', Tok.False],
  ['finally', Tok.Finally],
  ['for', Tok.For],
  ['from', Tok.From],
  ['global', Tok.Global],
  ['if', Tok.If],
  ['import', Tok.Import],
  ['in', Tok.In],
  ['is', Tok.Is],
  ['lambda', Tok.Lambda],
  ['match', Tok.Match],
  ['None', Tok.None],
  ['nonlocal', Tok.Nonlocal],
  ['not', Tok.Not],
  ['or', Tok.Or],
  ['pass', Tok.Pass],
  ['raise', Tok.Raise],
  ['ref', Tok.Ref],
  ['return', Tok.Return],
  ['Self', Tok.SelfType],
  ['struct', Tok.Struct],
  ['trait', Tok.Trait],
  ['True', Tok.True],
  ['try', Tok.Try],
  ['var', Tok.Var],
  ['while', Tok.While],
  ['with', Tok.With],
  ['yield', Tok.Yield],
  ['__extension', Tok.Extension],
  ['_', Tok.Underscore],
];

const RESERVED = new Set(WORDS.filter(([, kind]) => !isNameToken(kind)).map(([word]) => word));

/** Whether a name needs backticks to be written. */
export function needsBackticks(name: string): boolean {
  return RESERVED.has(name) || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
}

/** The tokens of one file; index `count - 1` is the final `End`. */
export interface TokenList {
  readonly count: number;
  readonly kinds: Uint8Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** 0-based, in UTF-16 units from the line start. */
  readonly columns: Uint32Array;
  /** 1 where the token is the first on its line (a joined line counts as one). */
  readonly firsts: Uint8Array;
  readonly comments: readonly Comment[];
}

const KIND_NAMES: readonly string[] = (() => {
  const names: string[] = new Array<string>(TOKEN_KIND_COUNT).fill('?');
  for (const [name, kind] of Object.entries(Tok)) names[kind] = name;
  return names;
})();

/** For `--emit tokens`. */
export function tokenKindName(kind: number): string {
  return KIND_NAMES[kind] ?? '?';
}
