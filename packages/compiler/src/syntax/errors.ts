/** Every diagnostic of the syntax stage: lexical errors M1001…, errors of the parser M1101…. The notes about older
 *  spellings (M18xx) are in `dialect-notes.ts`. Wording follows the official compiler where it has a counterpart. */
import type { Span } from '../base/span.ts';
import { CHARACTER_HINTS, KEYWORD_HINTS } from './hints.ts';
import { type DiagnosticFactory, defineError, defineNote, label, replaceFix } from '../diagnostics/diagnostic.ts';

export interface At {
  readonly span: Span;
}

/** An error whose text never changes. */
function fixed(code: string, message: string): DiagnosticFactory<At> {
  return defineError(code, 'syntax', (a: At) => ({ message, primary: label(a.span) }));
}

// ---- lexical

export const unexpectedCharacter = defineError('M1001', 'syntax', (a: At & { character: string }) => ({
  message: 'unexpected character',
  primary: label(a.span),
  notes: Object.hasOwn(CHARACTER_HINTS, a.character) ? [CHARACTER_HINTS[a.character] ?? ''] : [],
}));
export const unterminatedString = fixed('M1002', 'unterminated string');
export const unterminatedTString = fixed('M1003', 'unterminated t-string (missing closing quote)');
export const invalidEscape = fixed('M1004', 'invalid escape sequence');
export const invalidHexEscape = fixed('M1005', 'invalid hex escape sequence: exactly two hex digits needed');
export const invalidUnicodeEscape = defineError('M1006', 'syntax', (a: At & { letter: string; digits: string }) => ({
  message: `invalid unicode escape sequence: \\${a.letter} requires exactly ${a.digits} hex digits`,
  primary: label(a.span),
}));
export const surrogateEscape = fixed(
  'M1007',
  "unicode escape sequences do not support surrogate code points (U+D800 to U+DFFF); use '\\U' with the full code point",
);
export const escapeOutOfRange = fixed('M1008', 'unicode escape sequence out of range: value must not exceed U+10FFFF');
export const leadingZeros = fixed(
  'M1009',
  "decimal integer literals must not use leading zeros; add '0o' for octal literals",
);
export const noDigits = defineError('M1010', 'syntax', (a: At & { base: string }) => ({
  message: `no digits specified for ${a.base} literal`,
  primary: label(a.span),
}));
export const noExponentDigits = fixed('M1011', 'expected a digit after the exponent');
export const unterminatedBacktick = fixed('M1012', 'unterminated backtick identifier');
export const emptyBacktick = fixed('M1013', 'backtick identifier must not be empty; add content between the backticks');
export const singleBraceInTString = fixed(
  'M1014',
  "single '}' is not allowed in a t-string; write '}}' for a literal brace",
);
export const octalEscapeOutOfRange = fixed('M1015', 'octal escape sequence out of range: value must not exceed \\377');
export const tStringTooDeep = fixed('M1016', 't-strings are nested too deeply (limit: 256 levels)');

// ---- layout

export const mixedIndentation = fixed('M1101', 'indentation must not mix tabs and spaces; select one style');
export const misalignedStatement = fixed(
  'M1102',
  'statement indentation must match the rest of the block; adjust to align',
);
export const emptyBody = fixed(
  'M1103',
  "body must not be empty; use 'pass' or check that the lines below are indented",
);
export const statementNotAtLineStart = fixed('M1104', 'statements must start at the beginning of a line');
export const notOnOwnLine = defineError('M1105', 'syntax', (a: At & { keyword: string }) => ({
  message: `'${a.keyword}' statement must be on its own line`,
  primary: label(a.span),
}));
export const nestingTooDeep = fixed('M1106', 'nesting is too deep (limit: 256 levels)');

// ---- general

export const unexpectedToken = fixed('M1111', 'unexpected token in expression');
export const expectedToken = defineError('M1112', 'syntax', (a: At & { token: string; where: string }) => ({
  message: `expected '${a.token}' ${a.where}`,
  primary: label(a.span),
}));
export const expectedName = defineError('M1113', 'syntax', (a: At & { what: string }) => ({
  message: `expected ${a.what}`,
  primary: label(a.span),
}));
export const reservedWord = defineError('M1114', 'syntax', (a: At & { word: string }) => ({
  message: `'${a.word}' is a reserved word; write it in backticks to use it as a name`,
  primary: label(a.span),
  fixes: [replaceFix('add backticks', a.span, `\`${a.word}\``, 'review')],
}));
export const assignNeedsValue = fixed('M1115', "'=' must be followed by an expression on the same line");
export const classUnsupported = defineError('M1116', 'syntax', (a: At) => ({
  message: 'classes are not supported yet',
  primary: label(a.span),
  notes: [
    "write a struct: its fields are declared with types ('var name: String'), '__init__' takes 'out self', and traits stand in for base classes",
  ],
}));
export const keywordUnsupported = defineError('M1117', 'syntax', (a: At & { word: string }) => ({
  message: `'${a.word}' is not supported`,
  primary: label(a.span),
  notes: Object.hasOwn(KEYWORD_HINTS, a.word) ? [KEYWORD_HINTS[a.word] ?? ''] : [],
}));

// ---- expressions

export const missingElse = fixed('M1121', "expected 'else' clause in ternary; add 'else' and the false branch");
export const positionalAfterKeyword = fixed(
  'M1122',
  'positional argument must not follow a keyword argument; move it before or convert to a keyword argument',
);
export const positionalAfterUnpacking = defineError('M1123', 'syntax', (a: At & { unpacking: string }) => ({
  message: `positional argument must not follow ${a.unpacking}; move it before or convert to a keyword argument`,
  primary: label(a.span),
}));
export const repeatedKeyword = defineError('M1124', 'syntax', (a: At & { name: string; first: Span }) => ({
  message: `keyword argument '${a.name}' was already used; remove the duplicate`,
  primary: label(a.span),
  secondary: [label(a.first, 'previously specified here')],
}));
export const expectedDictEntry = fixed('M1125', "expected 'key: value' in dictionary expression");
export const dictEntryInSet = fixed('M1126', "cannot have a 'key: value' pair in set initializer");
export const lambdaNeedsParentheses = fixed(
  'M1127',
  'unparenthesized lambda arguments are not supported; write them in parentheses, with types, e.g. `lambda (x: Int, y: Int) -> Int: x + y`',
);
export const emptyTStringField = fixed(
  'M1128',
  't-string expression must not be empty; add an expression or remove these braces',
);
export const formatSpecifier = fixed(
  'M1129',
  'format specifiers are not supported in t-strings; format the value manually before interpolating',
);
export const repeatedUnpacking = fixed(
  'M1130',
  'unpack markers (*name syntax) must not appear more than once in a call; remove the second unpack',
);
export const misplacedStar = fixed('M1131', "can't use starred expression here");

// ---- declarations

export const decoratorNeedsDefinition = fixed(
  'M1141',
  'decorator must be followed by a definition on the next line; remove any blank lines between them',
);
export const decoratorUnsupported = defineError('M1142', 'syntax', (a: At & { keyword: string }) => ({
  message: `${a.keyword === '' ? '' : `'${a.keyword}' `}statement does not support decorators; remove the decorator`,
  primary: label(a.span),
}));
export const unknownEffect = defineError('M1143', 'syntax', (a: At & { word: string }) => ({
  message: `unknown function effect '${a.word}', expected 'raises', 'capturing', or 'thin'`,
  primary: label(a.span),
}));
export const unknownAbi = defineError('M1190', 'syntax', (a: At & { name: string }) => ({
  message: `unsupported calling convention "${a.name}", expected "C" or "Mojo"`,
  primary: label(a.span),
}));
export const unnamedAfterNamed = fixed('M1192', 'unnamed argument cannot follow named argument; name it, too');
export const foreignRaises = fixed(
  'M1191',
  `'abi("C")' function may not be marked 'raises'; remove 'raises' or use 'abi("Mojo")'`,
);
export const repeatedEffect = defineError('M1144', 'syntax', (a: At & { word: string }) => ({
  message: `function effect '${a.word}' was already specified; remove the duplicate`,
  primary: label(a.span),
}));
export const captureNeedsName = fixed('M1145', 'capture lists expect references to variables');
export const repeatedMarker = defineError('M1146', 'syntax', (a: At & { marker: string; list: string }) => ({
  message: `cannot have two '${a.marker}' markers in the same ${a.list} list`,
  primary: label(a.span),
}));
export const markerOrder = defineError(
  'M1147',
  'syntax',
  (a: At & { marker: string; after: string; list: string }) => ({
    message: `cannot specify '${a.marker}' marker after '${a.after}' marker in ${a.list} list`,
    primary: label(a.span),
  }),
);
export const markerAtStart = defineError('M1148', 'syntax', (a: At & { marker: string; list: string }) => ({
  message: `'${a.marker}' marker cannot be used at the start of the ${a.list} list`,
  primary: label(a.span),
}));
export const markerAtEnd = defineError('M1149', 'syntax', (a: At & { marker: string; list: string }) => ({
  message: `'${a.marker}' marker is not allowed at end of ${a.list} list`,
  primary: label(a.span),
}));
export const inferOnlyMarkerInArguments = fixed(
  'M1150',
  "'//' is reserved for parameter lists; it marks the end of 'infer-only' parameter listings",
);
export const keywordPackNotLast = fixed('M1151', "'**' marker must be at end of argument list");
export const keywordPackConvention = fixed(
  'M1152',
  "variadic keyword arguments only support the 'var' convention; add 'var' before '**'",
);
export const conventionDefault = defineError('M1153', 'syntax', (a: At & { convention: string }) => ({
  message: `'${a.convention}' arguments must not have defaults`,
  primary: label(a.span),
}));
export const variadicDefault = fixed('M1154', 'variadic arguments must not have defaults');
export const requiredAfterOptional = defineError('M1155', 'syntax', (a: At & { list: 'argument' | 'parameter' }) => ({
  message: `required positional ${a.list} follows optional positional ${a.list}; change the ordering`,
  primary: label(a.span),
}));
export const whereInParameters = fixed(
  'M1156',
  "'where' clauses inside parameter lists are no longer supported; use a trailing 'where' clause after the signature instead",
);
export const whereInArguments = fixed(
  'M1157',
  "'where' clauses must be used with parameters and cannot be used with arguments",
);
export const comptimeNeedsValue = fixed('M1158', "expected '=' after comptime declaration");
export const comptimeOnlyInTraits = fixed('M1187', 'only traits may contain a comptime member without an initializer');
export const comptimeCannotPrecede = defineError('M1159', 'syntax', (a: At & { keyword: string }) => ({
  message: `'comptime' cannot be used with '${a.keyword}'`,
  primary: label(a.span),
}));
export const notAtLineStart = defineError('M1160', 'syntax', (a: At & { what: string }) => ({
  message: `${a.what} may not appear at the start of the line`,
  primary: label(a.span),
}));
export const emptyImport = fixed('M1161', 'expected construct name to import');
export const repeatedConvention = fixed('M1162', 'an argument has only one convention; remove the second');
export const decoratorOwnLine = fixed(
  'M1164',
  'decorators must be on their own line; add a newline after the decorator',
);

// ---- statements

/** The statement is whole all the same: what is wrong in it is reported beside this, in source order. */
export const missingHandler = defineError('M1171', 'types', (a: At & { keyword: Span }) => ({
  message: "expected 'except' or 'finally' block",
  primary: label(a.span),
  secondary: [label(a.keyword, "this 'try' has neither")],
}));
export const missingCase = fixed('M1172', "'match' statement must have at least one 'case' block");
export const invalidPattern = fixed(
  'M1173',
  "expression is not a valid match pattern; use '==' to compare against its value",
);
export const invalidDeclarationPattern = defineError('M1174', 'syntax', (a: At & { keyword: string }) => ({
  message: `'${a.keyword}' patterns are only valid on the left side of an assignment`,
  primary: label(a.span),
}));
export const expectedIn = defineError('M1175', 'syntax', (a: At & { where: string }) => ({
  message: `expected 'in' after target ${a.where}`,
  primary: label(a.span),
}));
export const onlyInFunction = defineError('M1176', 'syntax', (a: At & { keyword: string }) => ({
  message: `'${a.keyword}' must be contained in a function`,
  primary: label(a.span),
}));
export const returnOutsideFunction = fixed(
  'M1177',
  "'return' must be inside a function; move this into a function body",
);
export const expressionInType = defineError('M1178', 'syntax', (a: At & { container: string }) => ({
  message: `bare expressions must not appear within ${a.container}s; use 'var' for a field or move this into a method body`,
  primary: label(a.span),
}));
export const nestedType = defineError('M1179', 'syntax', (a: At & { what: string }) => ({
  message: `nested ${a.what} not supported here`,
  primary: label(a.span),
}));
export const fieldInTrait = fixed(
  'M1180',
  "traits do not support 'var' fields; use 'comptime' to declare associated types",
);
export const fieldNeedsType = fixed('M1181', 'struct field declaration must have a type');
export const fieldDefault = fixed('M1182', 'struct fields must not have a default value; set it in the initializer');
export const twoStarPatterns = fixed('M1183', 'a sequence pattern must not have two starred parts');
export const positionalFieldPattern = fixed('M1184', 'struct patterns name their fields; write `field=pattern`');
export const comptimeSeparately = fixed(
  'M1188',
  "'comptime' constants inside structs must be declared separately; break this into individual declarations",
);

export const thinFunction = fixed(
  'M1196',
  "function effect 'thin' must only be used on function types; a function that captures nothing is thin by itself",
);
export const tooManyErrors = fixed('M1199', 'too many syntax errors; the rest of this file is not reported');

/** Both kinds of marks in one file: says which edition is read, and why. */
export const mixedEditions = defineNote(
  'M1800',
  'syntax',
  (a: { modern: string; modernSpan: Span; classic: string; classicSpan: Span }) => ({
    message: `this file mixes modern Mojo ('${a.modern}') with classic Mojo ('${a.classic}'); it is read as edition 1`,
    primary: label(a.classicSpan, 'classic spelling'),
    secondary: [label(a.modernSpan, 'modern spelling')],
  }),
);
