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
  let line = 1;
  let at = 0;
  for (const comment of module.comments) {
    for (; at < comment.start; at++) if (text.charCodeAt(at) === 10) line++;
    if (line > COMMENT_LINES) return null;
    const match = /^#\s*mojo:\s*edition\s*=\s*(classic|1)\s*$/.exec(comment.text);
    if (match !== null) return match[1] === 'classic' ? 'classic' : '1';
  }
  return null;
}

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
