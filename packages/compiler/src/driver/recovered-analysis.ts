/** Analysis of a file whose syntax is broken in places: what stands elsewhere is checked all the same.
 *  In: what the parser and sema report.  Out: the reports that are worth reading.
 *  What is wrong in parts of imported files that the program does not use is one warning a file (`declared-units.ts`).
 *  A *broken declaration* is a declaration at file scope with a syntax error in it. The tree of one is a guess, so reports of sema that point into it,
 *  and reports elsewhere that name something it declares, are held back: one mistake, one message. */
import type { FileId, SourceFile, Span } from '../base/span.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Sink } from '../diagnostics/sink.ts';
import { emptyBody, expectedToken, notAtLineStart, unexpectedToken } from '../syntax/errors.ts';
import { DeclaredUnits } from './declared-units.ts';
import type { SourceSet } from './sources.ts';

interface Region {
  readonly start: number;
  readonly end: number;
}

interface BrokenPlace {
  readonly offset: number;
  /** The error says what was expected: it stands behind what is wrong. */
  readonly isMissing: boolean;
  /** A declaration without a body: statements at file scope right below were to be it. */
  readonly isEmptyBody: boolean;
}

const MISSING: ReadonlySet<string> = new Set([unexpectedToken.code, expectedToken.code, notAtLineStart.code]);

interface BrokenFile {
  readonly regions: readonly Region[];
  /** What the broken declarations declare: functions, types, constants, and members under their names. */
  readonly names: ReadonlySet<string>;
}

/** Passes syntax errors of the main file on at once and holds the others until `settle`: an imported file is parsed in the middle of the analysis. */
export class RecoveringSink implements Sink {
  private readonly sink: Sink;
  private readonly sources: SourceSet;
  private readonly root: SourceFile;
  /** Whether the main file is a program: of a library everything is used. */
  private readonly isProgram: boolean;
  private readonly errors = new Map<string, { readonly file: FileId; readonly places: BrokenPlace[] }>();
  private readonly held: Diagnostic[] = [];
  /** Errors in what the program does not use. */
  private readonly withheld: Diagnostic[] = [];
  private units: DeclaredUnits | null = null;
  private settled = false;

  constructor(sink: Sink, sources: SourceSet, program: { readonly root: SourceFile; readonly hasMain: boolean }) {
    this.sink = sink;
    this.sources = sources;
    this.root = program.root;
    this.isProgram = program.hasMain;
  }

  report(diagnostic: Diagnostic): void {
    const isImported = this.isProgram && diagnostic.primary !== null && diagnostic.primary.span.file !== this.root.id;
    // Bodies that only elaboration asks for are checked after everything was settled.
    const waits = diagnostic.phase === 'types' || (diagnostic.phase === 'syntax' && isImported);
    if (waits && !this.settled) {
      this.held.push(diagnostic);
      return;
    }
    this.noteSyntaxError(diagnostic);
    this.sink.report(diagnostic);
  }

  /** Whether the program may use what stands there. */
  isUsed(span: Span): boolean {
    if (!this.isProgram || span.file === this.root.id) return true;
    this.units ??= new DeclaredUnits(
      this.root,
      this.sources.all().filter(({ id }) => id !== this.root.id && !this.sources.isLibrary(id)),
    );
    return this.units.isUsed(span);
  }

  /** What was withheld about a part that is used after all becomes errors; whether there was any. */
  release({ file, start, end }: Span): boolean {
    const found = this.withheld.filter((diagnostic) => {
      const at = diagnostic.primary?.span;
      return at !== undefined && at.file === file && start <= at.start && at.start < end;
    });
    for (const diagnostic of found) this.sink.report(diagnostic);
    return found.length > 0;
  }

  noteSyntaxError({ code, phase, severity, primary }: Diagnostic): void {
    if (phase !== 'syntax' || severity !== 'error' || primary === null) return;
    const { file, start } = primary.span;
    const known = this.errors.get(`${file}`);
    const place = { offset: start, isMissing: MISSING.has(code), isEmptyBody: code === emptyBody.code };
    if (known === undefined) this.errors.set(`${file}`, { file, places: [place] });
    else known.places.push(place);
  }

  settle(): void {
    this.settled = true;
    const wanted = this.held.filter((diagnostic) => !this.withhold(diagnostic));
    for (const diagnostic of wanted) this.noteSyntaxError(diagnostic);
    const broken = new Map<string, BrokenFile>();
    for (const [key, { file, places }] of this.errors) {
      broken.set(key, brokenFile(this.sources.get(file).text, places));
    }
    const names = new Set([...broken.values()].flatMap((file) => [...file.names]));
    for (const diagnostic of wanted) {
      if (diagnostic.phase !== 'syntax' && names.size > 0 && mentions(diagnostic.message, names)) continue;
      const labels = diagnostic.primary === null ? [] : [diagnostic.primary, ...diagnostic.secondary];
      if (diagnostic.phase === 'syntax' || !labels.some(({ span }) => isBroken(broken, span)))
        this.sink.report(diagnostic);
    }
    this.warnOfWithheld();
  }

  private withhold(diagnostic: Diagnostic): boolean {
    // A file that cannot be read as text is wrong as a whole.
    const isOfDeclaration = diagnostic.severity === 'error' && !diagnostic.code.startsWith('M19');
    if (!isOfDeclaration || diagnostic.primary === null) return false;
    const { span } = diagnostic.primary;
    // What is missing at the end of a declaration is reported where the next one begins.
    const { text } = this.sources.get(span.file);
    const isBehind = MISSING.has(diagnostic.code) && span.start > 0 && text[span.start - 1] === '\n';
    const end = isBehind ? text.slice(0, span.start).trimEnd().length - 1 : span.start;
    if (this.isUsed({ ...span, start: end })) return false;
    this.withheld.push(diagnostic);
    return true;
  }

  /** The first error of each file says that there are some. */
  private warnOfWithheld(): void {
    const byFile = new Map<FileId, Diagnostic[]>();
    for (const diagnostic of this.withheld) {
      if (diagnostic.primary === null) continue;
      const { file } = diagnostic.primary.span;
      const known = byFile.get(file);
      if (known === undefined) byFile.set(file, [diagnostic]);
      else known.push(diagnostic);
    }
    for (const diagnostics of byFile.values()) {
      const [first, ...others] = diagnostics;
      if (first === undefined) continue;
      const more =
        others.length === 0 ? '' : `; neither does it use ${others.length} more places with errors in this file`;
      const notes = [...first.notes, `the program does not use what stands here, so this is no error${more}`];
      this.sink.report({ ...first, severity: 'warning', notes, fixes: [] });
    }
  }
}

function isBroken(broken: ReadonlyMap<string, BrokenFile>, span: Span): boolean {
  const regions = broken.get(`${span.file}`)?.regions ?? [];
  return regions.some(({ start, end }) => start <= span.start && span.start < end);
}

function brokenFile(text: string, places: readonly BrokenPlace[]): BrokenFile {
  const starts = declarationStarts(text);
  const regions = new Map<number, Region>();
  const names = new Set<string>();
  const add = (index: number): void => {
    const start = starts[index] ?? 0;
    const region = { start, end: starts[index + 1] ?? text.length + 1 };
    if (regions.has(start)) return;
    regions.set(start, region);
    declaredNames(text.slice(region.start, region.end), names);
  };
  for (const { offset, isMissing, isEmptyBody } of places) {
    let index = 0;
    while (index + 1 < starts.length && (starts[index + 1] ?? 0) <= offset) index++;
    add(index);
    // What is missing at the end of a declaration is reported where the next one begins.
    if (isMissing && index > 0 && starts[index] === offset) add(index - 1);
    for (let next = index + 1; isEmptyBody && next < starts.length; next++) {
      if (DECLARATION.test(text.slice(starts[next]))) break;
      add(next);
    }
  }
  return { regions: [...regions.values()], names };
}

const DECLARATION = /^(?:def|fn|struct|trait|class|comptime|alias|from|import|async|__extension)\b|^@/;

/** Where the declarations at file scope begin: lines that begin with a word at the first column, or with the decorators before them. */
function declarationStarts(text: string): number[] {
  const starts: number[] = [0];
  let decorated = false;
  for (const match of text.matchAll(/^[A-Za-z_`@]/gm)) {
    if (!decorated && match.index > 0) starts.push(match.index);
    decorated = match[0] === '@';
  }
  return starts;
}

function declaredNames(text: string, into: Set<string>): void {
  for (const match of text.matchAll(/\b(?:def|fn|struct|trait|class|comptime|alias|var|let)\s+`?(\w+)/g)) {
    into.add(match[1] ?? '');
  }
  // `defx main():` was to declare something.
  const misspelt = /^\w+ +(\w+) *[([]/.exec(text)?.[1];
  if (misspelt !== undefined) into.add(misspelt);
  if (/^(?:from|import)\b/.test(text)) for (const [word] of text.matchAll(/\w+/g)) into.add(word);
}

/** Does a message quote one of the names? */
function mentions(message: string, names: ReadonlySet<string>): boolean {
  for (const [quoted] of message.matchAll(/'[^']*'|`[^`]*`/g)) {
    for (const [word] of quoted.matchAll(/\w+/g)) if (names.has(word)) return true;
  }
  return false;
}
