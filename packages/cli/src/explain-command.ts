/** `kiln explain CODE…`: the pages of diagnostics.
 *  In: codes, as written in brackets after `error`.  Out: their pages on standard output; an unknown code is wrong usage. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { nearest } from '@kiln/compiler/base/nearest.ts';
import { CommandFailure, EXIT_USAGE } from './exit-status.ts';
import { writeOutput } from './output.ts';
import type { Session } from './session.ts';

export function explainCommand({ line, installation }: Session): number {
  const folder = path.join(installation.root, 'docs', 'diagnostics');
  if (line.files.length === 0)
    throw new CommandFailure(EXIT_USAGE, "which diagnostic? For example 'kiln explain M2300'");
  const pages = line.files.map((word) => readPage(folder, word));
  writeOutput('-', pages.join('\n'));
  return 0;
}

function readPage(folder: string, word: string): string {
  const code = word.toUpperCase().replace(/^(?=\d{4}$)/, 'M');
  try {
    if (/^M\d{4}$/.test(code)) return forReading(fs.readFileSync(path.join(folder, `${code}.md`), 'utf8'));
  } catch {
    // No such page.
  }
  const known = fs.existsSync(folder) ? fs.readdirSync(folder).map((name) => name.replace(/\.md$/, '')) : [];
  const near = /^M\d+$/.test(code) ? nearest(code, known) : null;
  throw new CommandFailure(
    EXIT_USAGE,
    `there is no diagnostic '${word}'${near === null ? '; a code is M and four digits' : `; did you mean '${near}'?`}`,
  );
}

/** Markdown without what only its tests need. */
function forReading(page: string): string {
  return page.replace(/<!--.*?-->\n*/g, '');
}
