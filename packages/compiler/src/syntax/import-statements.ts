/** `import` and `from … import`. In: the cursor at the keyword.  Out: one node; modules without `std.` are marked as older spelling. */
import type { Identifier, ImportModule, ImportName, Stmt, TextEdit } from './ast.ts';
import * as errors from './errors.ts';
import { PatternParser } from './patterns.ts';
import { isNameToken, Tok } from './token.ts';

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

export abstract class ImportParser extends PatternParser {
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
