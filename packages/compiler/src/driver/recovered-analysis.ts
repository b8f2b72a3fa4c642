/** Analysis of a file whose syntax is broken in places: what stands elsewhere is checked all the same.
 *  In: what the parser and sema report.  Out: the reports that are worth reading.
 *  A *broken declaration* is a declaration at file scope with a syntax error in it. The tree of one is a guess, so reports of sema that point into it,
 *  and reports elsewhere that name something it declares, are held back: one mistake, one message. */
import type { FileId, Span } from '../base/span.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Sink } from '../diagnostics/sink.ts';
import { emptyBody, expectedToken, missingHandler, notAtLineStart, unexpectedToken } from '../syntax/errors.ts';
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

const MISSING: ReadonlySet<string> = new Set([
  unexpectedToken.code,
  expectedToken.code,
  notAtLineStart.code,
  missingHandler.code,
]);

interface BrokenFile {
  readonly regions: readonly Region[];
  /** What the broken declarations declare: functions, types, constants, and members under their names. */
  readonly names: ReadonlySet<string>;
}

/** Passes syntax errors on at once and holds the others until `settle`: an imported file is parsed in the middle of the analysis. */
export class RecoveringSink implements Sink {
  private readonly sink: Sink;
  private readonly sources: SourceSet;
  private readonly errors = new Map<string, { readonly file: FileId; readonly places: BrokenPlace[] }>();
  private readonly held: Diagnostic[] = [];
  private settled = false;

  constructor(sink: Sink, sources: SourceSet) {
    this.sink = sink;
    this.sources = sources;
  }

  report(diagnostic: Diagnostic): void {
    // Bodies that only elaboration asks for are checked after everything was settled.
    if (diagnostic.phase === 'types' && !this.settled) this.held.push(diagnostic);
    else {
      this.noteSyntaxError(diagnostic);
      this.sink.report(diagnostic);
    }
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
    const broken = new Map<string, BrokenFile>();
    for (const [key, { file, places }] of this.errors) {
      broken.set(key, brokenFile(this.sources.get(file).text, places));
    }
    const names = new Set([...broken.values()].flatMap((file) => [...file.names]));
    for (const diagnostic of this.held) {
      if (names.size > 0 && mentions(diagnostic.message, names)) continue;
      const labels = diagnostic.primary === null ? [] : [diagnostic.primary, ...diagnostic.secondary];
      if (!labels.some(({ span }) => isBroken(broken, span))) this.sink.report(diagnostic);
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
