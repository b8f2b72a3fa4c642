/** The pages of docs/diagnostics against the codes that the sources define.
 *  In: the sources under packages/ and docs/diagnostics.  Out: one line per code without page and page without code, and exit status 1; or nothing. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
export const PAGES = path.join(ROOT, 'docs', 'diagnostics');

/** Codes that the sources register: the first argument of a definition. */
export function definedCodes() {
  const codes = new Set();
  const packages = path.join(ROOT, 'packages');
  for (const entry of fs.readdirSync(packages, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.ts') || entry.parentPath.includes('node_modules')) continue;
    const text = fs.readFileSync(path.join(entry.parentPath, entry.name), 'utf8');
    for (const [, code] of text.matchAll(/\w(?:<[^>]*>)?\(\s*'(M\d{4})'/g)) codes.add(code);
  }
  codes.delete('M3104');
  return [...codes].sort();
}

export function pagedCodes() {
  return fs
    .readdirSync(PAGES)
    .filter((name) => /^M\d{4}\.md$/.test(name))
    .map((name) => name.slice(0, 5))
    .sort();
}

/** What is missing, as lines. */
export function pageProblems() {
  const defined = definedCodes();
  const paged = pagedCodes();
  return [
    ...defined.filter((code) => !paged.includes(code)).map((code) => `${code} has no page docs/diagnostics/${code}.md`),
    ...paged.filter((code) => !defined.includes(code)).map((code) => `docs/diagnostics/${code}.md is about no code`),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = pageProblems();
  for (const line of problems) console.log(line);
  process.exit(problems.length === 0 ? 0 : 1);
}
