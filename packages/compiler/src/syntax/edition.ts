/** Which edition a file has. The grammar is one; the edition decides only where the same text means two things. */
import type { DialectMark, Module } from './ast.ts';

export type Edition = 'classic' | '1';

export interface EditionOptions {
  /** The file's text, for the comment in its first lines. */
  readonly text: string;
  /** `--edition`. */
  readonly given: Edition | null;
  /** `edition` of the package the file belongs to. */
  readonly packageEdition: Edition | null;
}

const COMMENT_LINES = 10;

/** `def=strict`: what `kiln check --fix` writes when it has turned `fn` into `def`. All else keeps its classic meaning, but a
 *  `def` raises only where it says so, and does not assign its arguments. */
const EDITION_COMMENT = /^#\s*mojo:\s*edition\s*=\s*(?:(classic)(\s+def\s*=\s*strict)?|1(\s+names\s*=\s*classic)?)\s*$/;

/** The line that keeps the classic meaning of a file without `fn`. */
export const STRICT_CLASSIC_LINE = '# mojo: edition=classic def=strict';

/** The same for a file of mixed spellings, whose edition was 1: names that only older programs use stay visible. */
export const CLASSIC_NAMES_LINE = '# mojo: edition=1 names=classic';

/** In order: the comment, the option, the package, the evidence, edition 1. */
export function decideEdition(module: Module, options: EditionOptions): Edition {
  const stated = editionComment(module, options.text);
  if (stated !== null) return stated;
  if (options.given !== null) return options.given;
  if (options.packageEdition !== null) return options.packageEdition;
  const { classic, modern } = firstMarks(module);
  return classic !== null && modern === null ? 'classic' : '1';
}

/** `# mojo: edition=classic` or `# mojo: edition=1` in the first ten lines. */
export function editionComment(module: Module, text: string): Edition | null {
  const match = findEditionComment(module, text);
  if (match === null) return null;
  return match[1] === 'classic' ? 'classic' : '1';
}

/** Whether a `def` of a file of this edition may raise without saying so, and may assign its arguments. */
export function isLooseDef(module: Module, text: string, edition: Edition): boolean {
  return edition === 'classic' && findEditionComment(module, text)?.[2] === undefined;
}

/** Whether names that only older programs use are visible: evidence of any kind, or the comment, says so. */
export function seesClassicNames(module: Module, text: string, edition: Edition): boolean {
  return (
    edition === 'classic' || firstMarks(module).classic !== null || findEditionComment(module, text)?.[3] !== undefined
  );
}

/** A text without the line that states its edition, wherever that stands in the first lines. */
export function withoutEditionLine(text: string): string {
  const lines = text.split('\n');
  const at = lines.slice(0, COMMENT_LINES).findIndex((line) => EDITION_COMMENT.test(line.trimEnd()));
  return at < 0 ? text : lines.toSpliced(at, 1).join('\n');
}

function findEditionComment(module: Module, text: string): RegExpExecArray | null {
  let line = 1;
  let at = 0;
  for (const comment of module.comments) {
    for (; at < comment.start; at++) if (text.charCodeAt(at) === 10) line++;
    if (line > COMMENT_LINES) return null;
    const match = EDITION_COMMENT.exec(comment.text);
    if (match !== null) return match;
  }
  return null;
}

/** Special methods that no edition lets raise. */
export const NEVER_RAISING: ReadonlySet<string> = new Set(['__copyinit__', '__moveinit__', '__del__', '__deinit__']);

export interface FirstMarks {
  readonly classic: DialectMark | null;
  readonly modern: DialectMark | null;
}

/** The first mark of each kind, in source order. */
export function firstMarks(module: Module): FirstMarks {
  let classic: DialectMark | null = null;
  let modern: DialectMark | null = null;
  for (const mark of module.dialectMarks) {
    if (mark.kind === 'classic' && (classic === null || mark.start < classic.start)) classic = mark;
    if (mark.kind === 'modern' && (modern === null || mark.start < modern.start)) modern = mark;
  }
  return { classic, modern };
}
