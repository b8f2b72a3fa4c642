/** The syntax tree: one readonly node per meaning, for the modern and the classic spelling alike.
 *  Out of the parser, into sema, the printer, the formatter and the language server.
 *  Invariants: every node begins `kind, id, start, end`; ids are dense per file (0 … `Module.nodeCount - 1`), so side
 *  tables are arrays; offsets are UTF-16 units and half open; a child's range lies inside its parent's. Absence is `null`.
 *  Left-nested chains (`a + b + …`, `x.f().g()…`) may be thousands deep: walk the left spine with a loop. */
import type { Id } from '../base/ids.ts';
import type { FileId } from '../base/span.ts';

export type NodeId = Id<'Node'>;

interface NodeBase<K extends string> {
  readonly kind: K;
  readonly id: NodeId;
  readonly start: number;
  readonly end: number;
}

/** A comment, `#` included, line end excluded. `ownLine`: nothing but blanks stands before it. */
export interface Comment {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly ownLine: boolean;
  /** Offset where its line begins. */
  readonly lineStart: number;
}

/** Replace the text between `start` and `end` (equal: insert). */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Which construct a mark belongs to: the key of the dialect notes (`dialect-notes.ts`). */
export type DialectConstruct =
  | 'fn'
  | 'let'
  | 'alias'
  | 'inout'
  | 'borrowed'
  | 'owned'
  | 'read'
  | 'value-decorator'
  | 'register-passable-decorator'
  | 'parameter-decorator'
  | 'unroll-decorator'
  | 'copyinit'
  | 'moveinit'
  | 'takeinit'
  | 'del'
  | 'self-literal'
  | 'dtype-pointer'
  | 'dynamic-vector'
  | 'std-import'
  | 'fn-type'
  | 'fn-lambda'
  | 'function-argument'
  | 'capturing'
  | 'escaping'
  | 'named-result'
  | 'removed-decorator'
  | 'loose-def'
  | 'returned-self'
  | 'modern';

/** A place that is evidence for an edition, or deprecated. `edits` is empty where no mechanical rewrite exists. */
export interface DialectMark {
  /** `deprecated`: an older spelling that is no evidence for the classic edition. */
  readonly kind: 'classic' | 'modern' | 'deprecated';
  readonly construct: DialectConstruct;
  /** As written, e.g. `inout`. */
  readonly spelling: string;
  readonly start: number;
  readonly end: number;
  readonly edits: readonly TextEdit[];
}

// ---------------------------------------------------------------------------------------------- module

export interface Module extends NodeBase<'Module'> {
  readonly file: FileId;
  readonly docstring: StringExpr | null;
  /** Everything at file scope in source order; the checker rejects what may not stand there. */
  readonly items: readonly Stmt[];
  readonly comments: readonly Comment[];
  readonly dialectMarks: readonly DialectMark[];
  /** Ids run from 0 to here, exclusive. */
  readonly nodeCount: number;
}

/** A name being introduced or selected. `name` has no backticks; `quoted` says that the source had them. */
export interface Identifier extends NodeBase<'Identifier'> {
  readonly name: string;
  readonly quoted: boolean;
}

/** An indented or one-line body. Its docstring, if any, is in the declaration. */
export interface Block extends NodeBase<'Block'> {
  readonly statements: readonly Stmt[];
}

// ---------------------------------------------------------------------------------------------- declarations

/** `@name`, `@name(arguments)`. `args` is null without parentheses. */
export interface Decorator extends NodeBase<'Decorator'> {
  /** `NameExpr`, or `MemberExpr` for a dotted name. */
  readonly name: Expr;
  readonly args: readonly CallArg[] | null;
}

/** `import a.b as x, c`. */
export interface ImportStmt extends NodeBase<'ImportStmt'> {
  readonly modules: readonly ImportModule[];
}

export interface ImportModule extends NodeBase<'ImportModule'> {
  readonly path: readonly Identifier[];
  readonly alias: Identifier | null;
}

/** `from ..a.b import (c as d, e)`; `from a import *` has `star` and no names. */
export interface FromImportStmt extends NodeBase<'FromImportStmt'> {
  /** Number of leading dots. */
  readonly level: number;
  readonly path: readonly Identifier[];
  readonly star: boolean;
  readonly names: readonly ImportName[];
}

export interface ImportName extends NodeBase<'ImportName'> {
  readonly name: Identifier;
  readonly alias: Identifier | null;
}

/** A function, method, trait requirement (body `...`) or nested closure. */
export interface FunctionDecl extends NodeBase<'FunctionDecl'> {
  readonly keyword: 'def' | 'fn';
  readonly isAsync: boolean;
  readonly decorators: readonly Decorator[];
  readonly name: Identifier;
  readonly parameters: ParameterList | null;
  readonly args: ArgumentList;
  readonly effects: Effects;
  /** null: no list was written. */
  readonly captures: CaptureList | null;
  readonly result: ResultType | null;
  /** The trailing `where` clauses. */
  readonly where: readonly Where[];
  readonly docstring: StringExpr | null;
  readonly body: Block;
}

/** `[…]` of a declaration, in order, with its markers. */
export interface ParameterList extends NodeBase<'ParameterList'> {
  readonly items: readonly (Parameter | ListMarker)[];
}

/** `//` ends the infer-only part, `/` the positional-only part, `*` begins the keyword-only part. */
export interface ListMarker extends NodeBase<'ListMarker'> {
  readonly marker: '//' | '/' | '*';
}

/** `name: type = default`, `*Ts: Trait`, `*ns: Int`. */
export interface Parameter extends NodeBase<'Parameter'> {
  readonly variadic: boolean;
  readonly name: Identifier;
  /** null: missing, which the checker rejects. */
  readonly type: Expr | null;
  readonly default: Expr | null;
}

/** `(…)` of a declaration or function type, in order, with its markers. */
export interface ArgumentList extends NodeBase<'ArgumentList'> {
  readonly items: readonly (Argument | ListMarker)[];
}

export type Convention = 'imm' | 'mut' | 'var' | 'ref' | 'out' | 'deinit';

/** As written; `inout` means `mut`, `owned` means `var`, `borrowed` and `read` mean `imm`. */
export type ConventionSpelling = Convention | 'inout' | 'owned' | 'borrowed' | 'read';

/** `mut x: T = d`, `*xs: T`, `*xs: *Ts`, `var **kws: T`; in a function type also just `T` (then `name` is null). */
export interface Argument extends NodeBase<'Argument'> {
  /** null: none was written. */
  readonly convention: Convention | null;
  readonly conventionSpelling: ConventionSpelling | null;
  /** `ref[a, b]`; null without brackets. */
  readonly origins: readonly Expr[] | null;
  readonly variadic: 'none' | 'positional' | 'keyword';
  readonly name: Identifier | null;
  readonly type: Expr | null;
  /** The type was written `*Ts`: the elements of a heterogeneous pack. */
  readonly packType: boolean;
  readonly default: Expr | null;
  /** Written `fn NAME(types) -> R` (classic article form): `type` is then that function type. */
  readonly functionForm: boolean;
}

/** What stands between `)` and `->`. */
export interface Effects extends NodeBase<'Effects'> {
  readonly raises: boolean;
  readonly raisesType: Expr | null;
  readonly thin: boolean;
  readonly abi: StringExpr | null;
  readonly capturing: boolean;
  /** `capturing[_]`, `capturing[a, b]`; null without brackets. */
  readonly capturingOrigins: readonly Expr[] | null;
  readonly escaping: boolean;
  readonly unified: boolean;
}

/** `{mut a, imm b, var c^, d^, mut}`. */
export interface CaptureList extends NodeBase<'CaptureList'> {
  readonly items: readonly Capture[];
}

/** Without a name it is the default for all names that are not listed. */
export interface Capture extends NodeBase<'Capture'> {
  readonly convention: 'imm' | 'mut' | 'ref' | 'var' | null;
  readonly name: Identifier | null;
  readonly transfer: boolean;
}

/** `-> T`, `-> ref[o] T`, and the 2024 form `-> T as name`. */
export interface ResultType extends NodeBase<'ResultType'> {
  readonly isRef: boolean;
  readonly origins: readonly Expr[] | null;
  readonly type: Expr;
  readonly name: Identifier | null;
}

export interface StructDecl extends NodeBase<'StructDecl'> {
  readonly decorators: readonly Decorator[];
  readonly name: Identifier;
  readonly parameters: ParameterList | null;
  readonly conformances: readonly Conformance[];
  readonly where: readonly Where[];
  readonly docstring: StringExpr | null;
  readonly body: Block;
}

/** One entry of a conformance list; `A & B` is one entry with a binary type. */
export interface Conformance extends NodeBase<'Conformance'> {
  readonly type: Expr;
  readonly where: readonly Where[];
}

/** `where condition`, `where (condition, "what it means")`. */
export interface Where extends NodeBase<'Where'> {
  readonly condition: Expr;
  readonly message: Expr | null;
}

export interface TraitDecl extends NodeBase<'TraitDecl'> {
  readonly decorators: readonly Decorator[];
  readonly name: Identifier;
  /** Always an error for the checker, kept for recovery. */
  readonly parameters: ParameterList | null;
  readonly conformances: readonly Conformance[];
  readonly where: readonly Where[];
  readonly docstring: StringExpr | null;
  readonly body: Block;
}

/** `__extension Type(Trait) where c:`. */
export interface ExtensionDecl extends NodeBase<'ExtensionDecl'> {
  readonly decorators: readonly Decorator[];
  readonly target: Expr;
  readonly conformances: readonly Conformance[];
  readonly where: readonly Where[];
  readonly docstring: StringExpr | null;
  readonly body: Block;
}

/** `comptime N[params]: T = e`, `alias N = e`; at file scope, in types and in functions. */
export interface ComptimeDecl extends NodeBase<'ComptimeDecl'> {
  readonly keyword: 'comptime' | 'alias';
  readonly decorators: readonly Decorator[];
  readonly name: Identifier;
  /** `comptime a, (b, _) = …`: all names, of which `name` is the first (`separate-comptime.ts`); null for a single one. */
  readonly pattern: TuplePattern | null;
  readonly parameters: ParameterList | null;
  readonly type: Expr | null;
  readonly where: readonly Where[];
  /** null: an associated member of a trait. */
  readonly value: Expr | null;
  readonly docstring: StringExpr | null;
}

/** `var name: type` in a struct. */
export interface FieldDecl extends NodeBase<'FieldDecl'> {
  readonly decorators: readonly Decorator[];
  readonly binding: 'var' | 'let';
  readonly name: Identifier;
  /** null: missing, and reported by the parser. */
  readonly type: Expr | null;
  /** A default is an error, reported by the parser. */
  readonly value: Expr | null;
  readonly docstring: StringExpr | null;
}

// ---------------------------------------------------------------------------------------------- statements

export type Binding = 'var' | 'ref' | 'let';

/** One declaration: `var x = 1`, `var (a, b): T = e`, `let x: Int`, `ref r = place`. */
export interface VarDecl extends NodeBase<'VarDecl'> {
  readonly binding: Binding;
  readonly pattern: Pattern;
  readonly type: Expr | null;
  readonly value: Expr | null;
}

/** `t1 = t2 = … = value`; `var x = var y = 5` has two `DeclTarget`s. */
export interface AssignStmt extends NodeBase<'AssignStmt'> {
  readonly targets: readonly AssignTarget[];
  readonly value: Expr;
}

/** An assignable expression (`TupleExpr` unpacks), or a declaration inside a chain. */
export type AssignTarget = Expr | DeclTarget;

export interface DeclTarget extends NodeBase<'DeclTarget'> {
  readonly binding: Binding;
  readonly pattern: Pattern;
  readonly type: Expr | null;
}

export interface AugAssignStmt extends NodeBase<'AugAssignStmt'> {
  /** Without the `=`. */
  readonly op: ArithmeticOp;
  readonly opStart: number;
  readonly target: Expr;
  readonly value: Expr;
}

/** `x: T = e` without `var`: always an error for the checker (`value` may be missing). */
export interface AnnotatedAssignStmt extends NodeBase<'AnnotatedAssignStmt'> {
  readonly target: Expr;
  readonly type: Expr;
  readonly value: Expr | null;
}

export interface ExprStmt extends NodeBase<'ExprStmt'> {
  readonly value: Expr;
}

export interface PassStmt extends NodeBase<'PassStmt'> {}
export interface BreakStmt extends NodeBase<'BreakStmt'> {}
export interface ContinueStmt extends NodeBase<'ContinueStmt'> {}
/** `...` as a statement. */
export interface EllipsisStmt extends NodeBase<'EllipsisStmt'> {}

export interface ReturnStmt extends NodeBase<'ReturnStmt'> {
  readonly value: Expr | null;
}

export interface RaiseStmt extends NodeBase<'RaiseStmt'> {
  readonly value: Expr | null;
}

/** `assert c, m` and `comptime assert c, m`. */
export interface AssertStmt extends NodeBase<'AssertStmt'> {
  readonly comptime: boolean;
  readonly condition: Expr;
  readonly message: Expr | null;
}

/** How a compile-time statement was written; null: it runs at run time. */
export type ComptimeSpelling = 'comptime' | '@parameter';

/** `if`, `comptime if`, `@parameter if`; `elif` arms are flat. */
export interface IfStmt extends NodeBase<'IfStmt'> {
  readonly comptime: ComptimeSpelling | null;
  readonly arms: readonly IfArm[];
  readonly orElse: Block | null;
}

export interface IfArm extends NodeBase<'IfArm'> {
  readonly condition: Expr;
  readonly body: Block;
}

export interface WhileStmt extends NodeBase<'WhileStmt'> {
  readonly unroll: UnrollHint | null;
  readonly condition: Expr;
  readonly body: Block;
  readonly orElse: Block | null;
}

/** `for`, `comptime for`, `@parameter for`; `@unroll for` runs at run time with a hint. */
export interface ForStmt extends NodeBase<'ForStmt'> {
  readonly comptime: ComptimeSpelling | null;
  readonly unroll: UnrollHint | null;
  readonly binding: 'var' | 'ref' | null;
  readonly target: Pattern;
  readonly iterable: Expr;
  readonly body: Block;
  readonly orElse: Block | null;
}

/** `@unroll` or `@unroll(4)`; the decorator's own line. */
export interface UnrollHint extends NodeBase<'UnrollHint'> {
  readonly factor: Expr | null;
}

export interface TryStmt extends NodeBase<'TryStmt'> {
  readonly body: Block;
  readonly handler: ExceptClause | null;
  readonly orElse: Block | null;
  readonly finallyBody: Block | null;
}

export interface ExceptClause extends NodeBase<'ExceptClause'> {
  readonly name: Identifier | null;
  readonly body: Block;
}

export interface WithStmt extends NodeBase<'WithStmt'> {
  readonly items: readonly WithItem[];
  readonly body: Block;
}

export interface WithItem extends NodeBase<'WithItem'> {
  readonly context: Expr;
  readonly binding: 'var' | 'ref' | null;
  readonly target: Pattern | null;
}

export interface MatchStmt extends NodeBase<'MatchStmt'> {
  readonly subject: Expr;
  readonly cases: readonly MatchCase[];
}

export interface MatchCase extends NodeBase<'MatchCase'> {
  readonly pattern: Pattern;
  readonly guard: Expr | null;
  readonly body: Block;
}

/** Text that could not be read; an error has been reported. */
export interface ErrorStmt extends NodeBase<'ErrorStmt'> {}

export type Stmt =
  | ImportStmt
  | FromImportStmt
  | FunctionDecl
  | StructDecl
  | TraitDecl
  | ExtensionDecl
  | ComptimeDecl
  | FieldDecl
  | VarDecl
  | AssignStmt
  | AugAssignStmt
  | AnnotatedAssignStmt
  | ExprStmt
  | PassStmt
  | BreakStmt
  | ContinueStmt
  | EllipsisStmt
  | ReturnStmt
  | RaiseStmt
  | AssertStmt
  | IfStmt
  | WhileStmt
  | ForStmt
  | TryStmt
  | WithStmt
  | MatchStmt
  | ErrorStmt;

// ---------------------------------------------------------------------------------------------- patterns

/** A name being bound. In `match` it captures; `binding` is what was written there (`var n`, `ref r`). */
export interface NamePattern extends NodeBase<'NamePattern'> {
  readonly binding: 'var' | 'ref' | null;
  readonly name: Identifier;
}

/** `_`. */
export interface WildcardPattern extends NodeBase<'WildcardPattern'> {}

/** `(p, q)` or `p, q`. A parenthesized single pattern has no node of its own. */
export interface TuplePattern extends NodeBase<'TuplePattern'> {
  readonly parenthesized: boolean;
  readonly elements: readonly Pattern[];
}

/** An unsigned number, a string, `True` or `False`. */
export interface LiteralPattern extends NodeBase<'LiteralPattern'> {
  readonly value: Expr;
}

/** `== expr`. */
export interface ValuePattern extends NodeBase<'ValuePattern'> {
  readonly value: Expr;
}

export interface OrPattern extends NodeBase<'OrPattern'> {
  readonly alternatives: readonly Pattern[];
}

export interface AsPattern extends NodeBase<'AsPattern'> {
  readonly pattern: Pattern;
  readonly name: Identifier;
}

/** `[p, q, *rest]`; at most one `StarPattern` among the elements. */
export interface SequencePattern extends NodeBase<'SequencePattern'> {
  readonly elements: readonly Pattern[];
}

/** `*rest`, `*_`; only inside a sequence. `name` is null for `*_`. */
export interface StarPattern extends NodeBase<'StarPattern'> {
  readonly name: Identifier | null;
}

/** `Type(field=p, …)`. */
export interface StructPattern extends NodeBase<'StructPattern'> {
  readonly type: Expr;
  readonly fields: readonly FieldPattern[];
}

export interface FieldPattern extends NodeBase<'FieldPattern'> {
  readonly name: Identifier;
  readonly pattern: Pattern;
}

export interface ErrorPattern extends NodeBase<'ErrorPattern'> {}

export type Pattern =
  | NamePattern
  | WildcardPattern
  | TuplePattern
  | LiteralPattern
  | ValuePattern
  | OrPattern
  | AsPattern
  | SequencePattern
  | StarPattern
  | StructPattern
  | ErrorPattern;

// ---------------------------------------------------------------------------------------------- expressions

/** A name in use; `Self` too. */
export interface NameExpr extends NodeBase<'NameExpr'> {
  readonly name: string;
  readonly quoted: boolean;
}

/** `_`: an unbound parameter, or the discard target of an assignment. */
export interface UnderscoreExpr extends NodeBase<'UnderscoreExpr'> {}

export interface IntExpr extends NodeBase<'IntExpr'> {
  readonly value: bigint;
  /** As written. */
  readonly text: string;
}

/** Exactly `mantissa * 10 ** exponent`. */
export interface FloatExpr extends NodeBase<'FloatExpr'> {
  readonly mantissa: bigint;
  readonly exponent: number;
  readonly text: string;
}

/** One or more adjacent plain literals. `value` is decoded text: every escape names a code point (`\\xff` is U+00FF), so
 *  the bytes of the literal are its UTF-8 encoding. */
export interface StringExpr extends NodeBase<'StringExpr'> {
  readonly value: string;
  /** The literals as written, prefix and quotes included. */
  readonly texts: readonly string[];
}

/** One or more adjacent t-strings. */
export interface TStringExpr extends NodeBase<'TStringExpr'> {
  readonly segments: readonly (TStringText | TStringField)[];
}

export interface TStringText extends NodeBase<'TStringText'> {
  readonly value: string;
  /** As written, without quotes. */
  readonly text: string;
  readonly raw: boolean;
}

export interface TStringField extends NodeBase<'TStringField'> {
  readonly value: Expr;
}

export interface BoolExpr extends NodeBase<'BoolExpr'> {
  readonly value: boolean;
}

export interface NoneExpr extends NodeBase<'NoneExpr'> {}

/** `...` where an expression stands: open parameters `V[3, ...]`, `b=...`. */
export interface EllipsisExpr extends NodeBase<'EllipsisExpr'> {}

export interface ParenExpr extends NodeBase<'ParenExpr'> {
  readonly value: Expr;
}

export interface TupleExpr extends NodeBase<'TupleExpr'> {
  readonly parenthesized: boolean;
  readonly elements: readonly Expr[];
}

export interface ListExpr extends NodeBase<'ListExpr'> {
  readonly elements: readonly Expr[];
}

/** `{a, b}`: a set, or a constructor call if the context is a struct. */
export interface SetExpr extends NodeBase<'SetExpr'> {
  readonly elements: readonly Expr[];
}

export interface DictExpr extends NodeBase<'DictExpr'> {
  readonly entries: readonly DictEntry[];
}

export interface DictEntry extends NodeBase<'DictEntry'> {
  readonly key: Expr;
  readonly value: Expr;
}

/** `{}`, `{k=v, …}`: a constructor call of the contextual type. */
export interface BraceExpr extends NodeBase<'BraceExpr'> {
  readonly args: readonly CallArg[];
}

/** Classic `Self {a: x, b: y}`. */
export interface StructLiteralExpr extends NodeBase<'StructLiteralExpr'> {
  readonly type: Expr;
  readonly fields: readonly FieldInit[];
}

export interface FieldInit extends NodeBase<'FieldInit'> {
  readonly name: Identifier;
  readonly value: Expr;
}

/** `key` is null except for `{k: v for …}`. The first clause is a `for`. */
export interface ComprehensionExpr extends NodeBase<'ComprehensionExpr'> {
  readonly form: 'list' | 'set' | 'dict';
  readonly key: Expr | null;
  readonly element: Expr;
  readonly clauses: readonly (ComprehensionFor | ComprehensionIf)[];
  /** Made by the checker, for the elements of a `comptime for`: nobody wrote it. */
  readonly implied: boolean;
}

export interface ComprehensionFor extends NodeBase<'ComprehensionFor'> {
  readonly binding: 'var' | 'ref' | null;
  readonly target: Pattern;
  readonly iterable: Expr;
}

export interface ComprehensionIf extends NodeBase<'ComprehensionIf'> {
  readonly condition: Expr;
}

export type ArithmeticOp = '+' | '-' | '*' | '/' | '//' | '%' | '**' | '@' | '<<' | '>>' | '&' | '|' | '^';

export type CompareOp = '<' | '<=' | '>' | '>=' | '==' | '!=' | 'in' | 'not in' | 'is' | 'is not';

export interface UnaryExpr extends NodeBase<'UnaryExpr'> {
  readonly op: '+' | '-' | '~' | 'not';
  readonly operand: Expr;
}

export interface BinaryExpr extends NodeBase<'BinaryExpr'> {
  readonly op: ArithmeticOp;
  readonly opStart: number;
  readonly left: Expr;
  readonly right: Expr;
}

/** Short-circuit `and`, `or`. */
export interface LogicalExpr extends NodeBase<'LogicalExpr'> {
  readonly op: 'and' | 'or';
  readonly opStart: number;
  readonly left: Expr;
  readonly right: Expr;
}

/** `first op1 e1 op2 e2 …`: one link, or a chain. */
export interface CompareExpr extends NodeBase<'CompareExpr'> {
  readonly first: Expr;
  readonly links: readonly CompareLink[];
}

export interface CompareLink extends NodeBase<'CompareLink'> {
  readonly op: CompareOp;
  readonly opStart: number;
  readonly right: Expr;
}

export interface TernaryExpr extends NodeBase<'TernaryExpr'> {
  readonly onTrue: Expr;
  readonly condition: Expr;
  readonly onFalse: Expr;
}

/** `name := e`, `var name := e`. */
export interface WalrusExpr extends NodeBase<'WalrusExpr'> {
  readonly declares: boolean;
  readonly name: Identifier;
  readonly value: Expr;
}

/** `lambda (x: Int) {mut a} -> Int: e`; `fn(a, b) => e` has form `fn`, untyped arguments and no result type. */
export interface LambdaExpr extends NodeBase<'LambdaExpr'> {
  readonly form: 'lambda' | 'fn';
  readonly parameters: ParameterList | null;
  /** null: no parentheses were written. */
  readonly args: ArgumentList | null;
  readonly effects: Effects;
  readonly captures: CaptureList | null;
  readonly result: ResultType | null;
  readonly body: Expr;
}

/** `def(Int) raises thin -> Int`, `fn (Int) capturing -> None`, `def[w: Int](i: Int) -> None`. */
export interface FunctionTypeExpr extends NodeBase<'FunctionTypeExpr'> {
  readonly keyword: 'def' | 'fn';
  readonly isAsync: boolean;
  readonly parameters: ParameterList | null;
  readonly args: ArgumentList;
  readonly effects: Effects;
  readonly captures: CaptureList | null;
  readonly result: ResultType | null;
}

export interface AwaitExpr extends NodeBase<'AwaitExpr'> {
  readonly operand: Expr;
}

/** Postfix `x^`. */
export interface TransferExpr extends NodeBase<'TransferExpr'> {
  readonly operand: Expr;
}

export interface CallExpr extends NodeBase<'CallExpr'> {
  readonly callee: Expr;
  /** Offset of `(`. */
  readonly open: number;
  readonly args: readonly CallArg[];
}

/** `e`, `name=e`, `*e`, `**e`; in calls, subscripts, decorators and brace constructors. */
export interface CallArg extends NodeBase<'CallArg'> {
  readonly star: 'none' | 'positional' | 'keyword';
  readonly name: Identifier | null;
  readonly value: Expr;
}

/** `a[i, lo:hi, name=e]`, `p[]`: run-time subscript or parameter binding, told apart by sema. */
export interface SubscriptExpr extends NodeBase<'SubscriptExpr'> {
  readonly base: Expr;
  /** Offset of `[`. */
  readonly open: number;
  readonly args: readonly CallArg[];
}

/** Only directly in a subscript. */
export interface SliceExpr extends NodeBase<'SliceExpr'> {
  readonly lower: Expr | null;
  readonly upper: Expr | null;
  readonly step: Expr | null;
}

export interface MemberExpr extends NodeBase<'MemberExpr'> {
  readonly base: Expr;
  /** Offset of `.`. */
  readonly dot: number;
  readonly name: Identifier;
}

/** `.float32`: a member of the contextual type. */
export interface ImplicitMemberExpr extends NodeBase<'ImplicitMemberExpr'> {
  readonly name: Identifier;
}

/** `*e` inside a tuple, list or set display. */
export interface StarExpr extends NodeBase<'StarExpr'> {
  readonly value: Expr;
}

/** `comptime (e)`. */
export interface ComptimeExpr extends NodeBase<'ComptimeExpr'> {
  readonly value: Expr;
}

/** Text that could not be read; an error has been reported, so the checker stays silent about it. */
export interface ErrorExpr extends NodeBase<'ErrorExpr'> {}

export type Expr =
  | NameExpr
  | UnderscoreExpr
  | IntExpr
  | FloatExpr
  | StringExpr
  | TStringExpr
  | BoolExpr
  | NoneExpr
  | EllipsisExpr
  | ParenExpr
  | TupleExpr
  | ListExpr
  | SetExpr
  | DictExpr
  | BraceExpr
  | StructLiteralExpr
  | ComprehensionExpr
  | UnaryExpr
  | BinaryExpr
  | LogicalExpr
  | CompareExpr
  | TernaryExpr
  | WalrusExpr
  | LambdaExpr
  | FunctionTypeExpr
  | AwaitExpr
  | TransferExpr
  | CallExpr
  | SubscriptExpr
  | SliceExpr
  | MemberExpr
  | ImplicitMemberExpr
  | StarExpr
  | ComptimeExpr
  | ErrorExpr;

/** Every node of the tree. */
export type Node =
  | Module
  | Stmt
  | Expr
  | Pattern
  | Identifier
  | Block
  | Decorator
  | ImportModule
  | ImportName
  | ParameterList
  | Parameter
  | ListMarker
  | ArgumentList
  | Argument
  | Effects
  | CaptureList
  | Capture
  | ResultType
  | Conformance
  | Where
  | DeclTarget
  | IfArm
  | UnrollHint
  | ExceptClause
  | WithItem
  | MatchCase
  | FieldPattern
  | DictEntry
  | FieldInit
  | ComprehensionFor
  | ComprehensionIf
  | CompareLink
  | TStringText
  | TStringField
  | CallArg;
