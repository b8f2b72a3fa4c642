/** The editor: Mojo highlighting, indentation, and the compiler's diagnostics. */
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import {
  bracketMatching,
  defaultHighlightStyle,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  StreamLanguage,
  type StringStream,
  syntaxHighlighting,
} from '@codemirror/language';
import { type Diagnostic, lintGutter, linter } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { Mark } from './protocol.ts';

const KEYWORDS = new Set(
  (
    'alias and as break class comptime continue def deinit elif else except False finally fn for from if import in inout is lambda let ' +
    'match case mut None not or out owned borrowed pass raise raises read ref return self Self struct trait True try var where while with'
  ).split(' '),
);

interface Mode {
  /** The quotes that end the string that a line began in; null outside. */
  string: string | null;
}

const mojo = StreamLanguage.define<Mode>({
  name: 'mojo',
  startState: () => ({ string: null }),
  token(stream: StringStream, mode: Mode): string | null {
    if (mode.string !== null) return inString(stream, mode, mode.string);
    if (stream.eatSpace()) return null;
    if (stream.match(/^#.*/)) return 'comment';
    const quotes = stream.match(/^[rRtT]{0,2}("""|'''|"|')/);
    if (Array.isArray(quotes)) {
      mode.string = quotes[1] ?? '"';
      return inString(stream, mode, mode.string);
    }
    if (stream.match(/^@\w+/)) return 'meta';
    if (stream.match(/^0[xXbBoO][\da-fA-F_]+|^\d[\d_]*(\.\d[\d_]*)?([eE][+-]?\d+)?/)) return 'number';
    const word = stream.match(/^[A-Za-z_]\w*/);
    if (Array.isArray(word)) {
      const [name = ''] = word;
      if (KEYWORDS.has(name)) return 'keyword';
      if (/^[A-Z]/.test(name)) return 'typeName';
      return stream.peek() === '(' ? 'variableName.function' : 'variableName';
    }
    stream.next();
    return 'operator';
  },
  languageData: { commentTokens: { line: '#' } },
});

function inString(stream: StringStream, mode: Mode, quotes: string): string {
  while (!stream.eol()) {
    if (stream.match(quotes)) {
      mode.string = null;
      return 'string';
    }
    if (stream.next() === '\\') stream.next();
  }
  if (quotes.length === 1) mode.string = null;
  return 'string';
}

const dark = HighlightStyle.define([
  { tag: tags.keyword, color: '#fb923c' },
  { tag: tags.string, color: '#a3d977' },
  { tag: tags.number, color: '#7dd3fc' },
  { tag: tags.comment, color: '#8a877f', fontStyle: 'italic' },
  { tag: tags.typeName, color: '#f0c674' },
  { tag: tags.function(tags.variableName), color: '#93b4ff' },
  { tag: tags.meta, color: '#c4a7e7' },
]);

export interface Editor {
  text(): string;
  setText(text: string): void;
}

/** `check` is asked some time after each change. */
export function createEditor(
  parent: HTMLElement,
  options: {
    readonly check: (text: string) => Promise<readonly Mark[]>;
    readonly changed: () => void;
    readonly run: () => void;
  },
): Editor {
  const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
  const view = new EditorView({
    parent,
    state: EditorState.create({
      extensions: [
        lineNumbers(),
        history(),
        highlightActiveLine(),
        bracketMatching(),
        indentOnInput(),
        indentUnit.of('    '),
        mojo,
        syntaxHighlighting(isDark ? dark : defaultHighlightStyle),
        EditorView.theme({}, { dark: isDark }),
        lintGutter(),
        linter(
          async (current): Promise<Diagnostic[]> =>
            (await options.check(current.state.doc.toString())).map((mark) => ({ ...mark })),
          { delay: 400 },
        ),
        keymap.of([
          {
            key: 'Mod-Enter',
            run: () => {
              options.run();
              return true;
            },
          },
          indentWithTab,
          ...defaultKeymap,
          ...historyKeymap,
        ]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.changed();
        }),
      ],
    }),
  });
  return {
    text: () => view.state.doc.toString(),
    setText: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
  };
}
