/** What may have been meant where the grammar was left: notes for those who come from Python, C or Rust.
 *  In: the source text and the place of a syntax error.  Out: one sentence, or null. Purely textual, and asked only after an error. */

interface Place {
  /** The line up to the error. */
  readonly before: string;
  /** The line from the error on. */
  readonly after: string;
  /** The end of the last line above that is not blank, when the error stands at the start of its line. */
  readonly above: string;
}

interface Hint {
  readonly test: (place: Place) => boolean;
  readonly note: string;
}

const QUOTE = /^['"]/;

/** The first that fits counts. */
const HINTS: readonly Hint[] = [
  {
    test: ({ before, after }) => /\b[fF]$/.test(before) && QUOTE.test(after),
    note: 'there are no f-strings; a t-string does the same: t"{name}" (without format specifiers)',
  },
  {
    test: ({ before, after }) => /\b[bBuU]$/.test(before) && QUOTE.test(after),
    note: "string literals have no such prefix; a String is UTF-8, and 's.as_bytes()' gives its bytes",
  },
  {
    test: ({ before, after }) => /^\s*(print|exec)\s+$/.test(before) && after !== '',
    note: "'print' is a function: write 'print(…)'",
  },
  {
    test: ({ before, after }) => /^\s*(def|fn)\b/.test(before) && /^\{\s*(#.*)?$/.test(after),
    note: "there are no braces around blocks: write ':' and indent what belongs to it",
  },
  {
    test: ({ before, after }) => before.endsWith('&') && after.startsWith('&'),
    note: "there is no '&&'; write 'and'",
  },
  {
    test: ({ before, after }) => before.endsWith('|') && after.startsWith('|'),
    note: "there is no '||'; write 'or'",
  },
  {
    test: ({ before, above }) => /\w(\+\+|--)\s*$/.test(before === '' ? above : before),
    note: "there is no '++' and no '--'; write '+= 1' or '-= 1'",
  },
  {
    test: ({ before, after }) => /\belse\s+$/.test(before) && /^if\b/.test(after),
    note: "'else if' is written 'elif'",
  },
  {
    test: ({ before, after }) => /\bexcept\b/.test(before) && /^(as\b|\(|,)/.test(after),
    note: "an 'except' has no type: 'except e:' handles every error of the body, and 'e' has the one type that they have",
  },
  {
    test: ({ before, after }) =>
      /\b(if|while|for|elif|else|def|struct|try|match)\b/.test(before) && after.startsWith('{'),
    note: "a block begins with ':' and is indented; there are no braces",
  },
  {
    test: ({ after }) => /^(then|do)\b/.test(after),
    note: "a block begins with ':'",
  },
  {
    test: ({ before, after }) => before.trim() === '' && /^(else|elif|except|finally|case)\b/.test(after),
    note: "it belongs to a statement that begins above at the same column: 'if', 'for', 'while', 'try' or 'match'",
  },
  {
    test: ({ before, after }) => before.trim() === '' && after.startsWith('}'),
    note: 'a block ends where its indentation ends; there are no braces',
  },
  {
    test: ({ before, after }) => /^\s*(if|elif|while)\b/.test(before) && /^=(?!=)/.test(after),
    note: "an assignment is no expression; '==' compares, and '(x := value)' assigns to a variable that exists",
  },
  {
    test: ({ before, after }) => /[([]/.test(before) && /^for\b/.test(after),
    note: 'there are no generator expressions; a comprehension stands in brackets: [x for x in xs]',
  },
  {
    test: ({ before }) => /\bnew\s+$/.test(before),
    note: "there is no 'new'; calling the type makes a value: 'Point(1, 2)'",
  },
  {
    test: ({ before, after }) =>
      /^\s*(const|val|auto|let|final|static|int|float|double|bool|char|string|str|long|mut|public|private)\s+$/.test(
        before,
      ) && /^[A-Za-z_]/.test(after),
    note: "a variable is declared with 'var', its type after a colon: 'var count: Int = 0'",
  },
  {
    test: ({ before, after }) => /\w$/.test(before) && after.startsWith('->'),
    note: "members are reached with '.'; '->' stands before a result type",
  },
  {
    test: ({ before, after }) => /^\s*(function|func|fun|function|sub|proc)\s+$/.test(before) && /^\w/.test(after),
    note: "functions are declared with 'def'",
  },
  {
    test: ({ before, after }) => /^\s*(switch)\b/.test(before) && after.startsWith('{'),
    note: "a choice by value is 'match x:' with 'case' lines",
  },
];

/** What may have been meant at `offset` of `text`. */
export function hintAt(text: string, offset: number): string | null {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = text.indexOf('\n', offset);
  const before = text.slice(lineStart, offset);
  const place: Place = {
    before: before.trim() === '' ? '' : before,
    after: text.slice(offset, lineEnd < 0 ? undefined : lineEnd),
    above: before.trim() === '' ? text.slice(0, lineStart).trimEnd().slice(-80) : '',
  };
  return HINTS.find(({ test }) => test(place))?.note ?? null;
}

/** For the keywords of Python that Mojo reserves and does not have. */
export const KEYWORD_HINTS: Readonly<Record<string, string>> = {
  del: "a value ends after its last use by itself; 'items.pop(i)' or 'd.pop(key)' removes an element",
  global: "there are no global variables: pass the value as a 'mut' argument",
  nonlocal: "a nested function lists what it changes: 'def step() {mut count}:'",
  yield: "there are no generators: return a List, or write a struct with '__iter__' and '__next__'",
};

/** For characters that no token begins with. */
export const CHARACTER_HINTS: Readonly<Record<string, string>> = {
  '!': "there is no '!'; write 'not x'",
  '?': "a choice is written 'a if condition else b'",
  $: "names are made of letters, digits and '_'",
};
