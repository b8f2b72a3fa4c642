/** Which declarations of imported files a program can reach, judged by the names that are written.
 *  In: the main file and the user's files that it imports.  Out: `isUsed(span)`, an upper bound: a name that is mentioned anywhere in what is
 *  used counts as used, under whatever owner it is declared.
 *
 *  A *unit* is a declaration at file scope or a method of a struct, trait or extension. As in the official compiler, what a program does not
 *  use of a module need not be right: a program may import one function of a file that was written for another library. */
import type { FileId, SourceFile, Span } from '../base/span.ts';

interface Unit {
  readonly start: number;
  readonly end: number;
  /** What it declares; empty: it declares nothing by a name, and is always used. */
  readonly names: readonly string[];
  /** The declaration around a method. */
  readonly owner: Unit | null;
  readonly words: ReadonlySet<string>;
}

const DECLARED = /^(?:@[^\n]*\n\s*)*(?:async\s+)?(?:def|fn|struct|trait|comptime|alias|__extension|var|let)\s+`?(\w+)/;
/** `import a.b` mentions what it binds; `from a import b` has units for its names. */
const IMPORT = /^from\b/;
const SPECIAL = /^__\w+__$/;

export class DeclaredUnits {
  private readonly byFile = new Map<FileId, readonly Unit[]>();
  private readonly used = new Set<Unit>();

  constructor(main: SourceFile, imported: readonly SourceFile[]) {
    for (const file of imported) this.byFile.set(file.id, unitsOf(file.text));
    const mentioned = wordsOf(main.text);
    let waiting = [...this.byFile.values()].flat();
    for (let before = -1; before !== this.used.size; ) {
      before = this.used.size;
      waiting = waiting.filter((unit) => {
        if (!this.isReached(unit, mentioned)) return true;
        this.used.add(unit);
        for (const word of unit.words) mentioned.add(word);
        return false;
      });
    }
  }

  /** Whether the place belongs to something that may be used; places of other files always do. */
  isUsed({ file, start }: Span): boolean {
    const unit = this.byFile.get(file)?.findLast((candidate) => candidate.start <= start && start < candidate.end);
    return unit === undefined || this.used.has(unit);
  }

  private isReached({ names, owner }: Unit, mentioned: ReadonlySet<string>): boolean {
    if (owner !== null && !this.used.has(owner)) return false;
    return names.length === 0 || names.some((name) => mentioned.has(name) || (owner !== null && SPECIAL.test(name)));
  }
}

/** Every unit of a file, methods behind the head of their owner. */
function unitsOf(text: string): Unit[] {
  const units: Unit[] = [];
  const starts = startsAt(text, /^[A-Za-z_`@]/gm);
  for (const [index, start] of starts.entries()) {
    const end = starts[index + 1] ?? text.length + 1;
    const part = text.slice(start, end);
    const members = /^(?:@[^\n]*\n)*(?:struct|trait|__extension)\b/.test(part)
      ? startsAt(part, /^(?: {4}|\t)(?:def|fn|@)/gm)
      : [];
    const headEnd = members[0] ?? part.length;
    const head = unit(part.slice(0, headEnd), start, null);
    units.push(head, ...importedNames(part, start));
    for (const [at, from] of members.entries()) {
      const to = members[at + 1] ?? part.length;
      units.push(unit(part.slice(from, to), start + from, head));
    }
  }
  return units;
}

function unit(text: string, start: number, owner: Unit | null): Unit {
  const trimmed = text.trimStart();
  const declared = DECLARED.exec(trimmed)?.[1];
  return {
    start,
    end: start + text.length,
    names: declared === undefined ? boundBy(trimmed) : [declared],
    owner,
    words: IMPORT.test(trimmed) ? new Set(trimmed.split(/\bimport\b/)[0]?.match(/\w+/g)) : wordsOf(text),
  };
}

/** The names that an import binds; none where they are not written, or where it is no import. */
function boundBy(text: string): readonly string[] {
  const list = /^(?:from\s+[.\w]+\s+)?import\s+([^*]*)$/.exec(text)?.[1];
  return list === undefined ? [] : [...wordsOf(list)].filter((word) => word !== 'as');
}

/** The names of `from a import b, c as d` one by one: of those that are wrong only the used ones matter. */
function importedNames(text: string, start: number): Unit[] {
  const list = /^from\s+[.\w]+\s+import\s+([^*]*)$/.exec(text)?.[1];
  if (list === undefined) return [];
  const offset = start + text.length - list.length;
  return [
    ...list.replace(/#[^\n]*/g, (comment) => ' '.repeat(comment.length)).matchAll(/(\w+)(?:\s+as\s+(\w+))?/g),
  ].map(({ index, 0: item, 1: name = '', 2: alias }) => ({
    start: offset + index,
    end: offset + index + item.length,
    names: [alias ?? name],
    owner: null,
    words: new Set([name]),
  }));
}

/** Offsets of lines that begin so; a decorator belongs to what follows it. */
function startsAt(text: string, line: RegExp): number[] {
  const starts: number[] = [];
  let decorated = false;
  for (const match of text.matchAll(line)) {
    if (!decorated) starts.push(match.index);
    decorated = match[0].endsWith('@');
  }
  return starts;
}

/** The names in a text, without those in comments and docstrings. */
function wordsOf(text: string): Set<string> {
  const code = text.replace(/"""(?:.|\n)*?"""|#[^\n]*/g, (piece, at: number) =>
    /[tT]/.test(text[at - 1] ?? '') ? piece : ' ',
  );
  return new Set(code.match(/\w+/g) ?? []);
}
