/** The parser's entry: a file to its tree.
 *  In: source text.  Out: always a `Module`; mistakes are in the sink, at most one per mistake, and unreadable text is
 *  in error nodes. Never throws, for any input. */
import { type FileId, makeSpan, type SourceFile } from '../base/span.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Sink } from '../diagnostics/sink.ts';
import type { Module, Stmt, StringExpr } from './ast.ts';
import type { ParsedBody } from './function-declarations.ts';
import { tooManyErrors } from './errors.ts';
import { type TextPart, tokenize, tokenizeHeaders, tokenizePart } from './lexer.ts';
import { StatementParser } from './statements.ts';

class Parser extends StatementParser {
  /** Reads the rest of a function whose body was skipped, when somebody asks for it. */
  protected override readSkippedBody(part: TextPart, headerColumn: number, blockStart: number): ParsedBody {
    const { file, sink, ids } = this;
    return new Parser(file, tokenizePart(file, part, sink), sink, ids).parseFunctionBody(headerColumn, blockStart);
  }

  parse(): Module {
    let items: Stmt[] = this.parseLines(-1, 'module');
    let docstring: StringExpr | null = null;
    const first = items[0];
    if (first?.kind === 'ExprStmt' && first.value.kind === 'StringExpr') {
      docstring = first.value;
      items = items.slice(1);
    }
    const id = this.id();
    const { ids } = this;
    return {
      kind: 'Module',
      id,
      start: 0,
      end: this.text.length,
      file: this.file.id,
      docstring,
      items,
      comments: this.tokens.comments,
      dialectMarks: this.marks,
      get nodeCount(): number {
        return ids.next;
      },
    };
  }
}

/** More errors than this in one file help nobody: it is hardly a program. */
const MAX_ERRORS = 200;

class CappedSink implements Sink {
  private readonly sink: Sink;
  private readonly file: FileId;
  private left = MAX_ERRORS;

  constructor(sink: Sink, file: FileId) {
    this.sink = sink;
    this.file = file;
  }

  report(diagnostic: Diagnostic): void {
    if (this.left > 0) this.sink.report(diagnostic);
    else if (this.left === 0) {
      const span = diagnostic.primary?.span ?? makeSpan(this.file, 0, 0);
      this.sink.report(tooManyErrors({ span }));
    }
    this.left--;
  }
}

/** Parses one file. */
export function parseModule(file: SourceFile, sink: Sink): Module {
  const capped = new CappedSink(sink, file.id);
  return new Parser(file, tokenize(file, capped), capped, { next: 0 }).parse();
}

/** The same for a file of the library, whose function bodies are parsed when they are first looked at; comments and
 *  dialect marks in them are lost. */
export function parseLibraryModule(file: SourceFile, sink: Sink): Module {
  const capped = new CappedSink(sink, file.id);
  return new Parser(file, tokenizeHeaders(file, capped), capped, { next: 0 }).parse();
}
