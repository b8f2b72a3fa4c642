/** `kiln check`: diagnostics of one or more files; `--fix` rewrites them.
 *  Out: text on standard error, or one JSON report on standard output. */
import * as fs from 'node:fs';
import type { Diagnostic, Fix } from '@kiln/compiler/diagnostics/diagnostic.ts';
import type { Host } from '@kiln/compiler/driver/host.ts';
import { isTextStage } from '@kiln/compiler/driver/options.ts';
import { type CompileOutcome, type CompileRequest, compile, isDialectCode } from '@kiln/compiler/driver/pipeline.ts';
import { CLASSIC_NAMES_LINE, STRICT_CLASSIC_LINE, withoutEditionLine } from '@kiln/compiler/syntax/edition.ts';
import { applyFixes } from '@kiln/render/apply-fixes.ts';
import { type JsonDiagnostic, type JsonReport, toJson } from '@kiln/render/json.ts';
import { compileAnyDepth } from './deep-programs.ts';
import { CommandFailure, EXIT_DIAGNOSTICS, EXIT_ENVIRONMENT, EXIT_USAGE, say } from './exit-status.ts';
import { reasonOf } from './node-host.ts';
import { writeOutput } from './output.ts';
import {
  checkFile,
  checkInternal,
  emitStage,
  optionsOf,
  report,
  reportTimes,
  type Session,
  targetOf,
} from './session.ts';

/** A fix can uncover another (nested rewrites overlap); real files settle in two or three rounds. */
const MOST_ROUNDS = 10;

export async function checkCommand(session: Session): Promise<number> {
  const { line } = session;
  if (line.files.length === 0)
    throw new CommandFailure(EXIT_USAGE, "'kiln check' needs a file, e.g. kiln check hello.mojo");
  const json = line.values.get('diagnostic-format') === 'json';
  const stage = emitStage(line);
  if (stage !== null && !isTextStage(stage)) {
    throw new CommandFailure(EXIT_USAGE, `'kiln check' makes no ${stage}; use kiln build --emit ${stage}`);
  }
  for (const file of line.files) checkFile(file);
  const reports: JsonReport[] = [];
  let status = 0;
  for (const file of line.files) {
    if (line.values.has('fix')) fixFile(session, file);
    const outcome = checkOne(session, file, session.host);
    if (json) {
      checkInternal(outcome, session.verbose);
      reports.push(toJson(outcome.diagnostics, outcome.sources, file));
    }
    report(outcome, file, session);
    reportTimes(session, outcome.timings);
    if (outcome.errorCount > 0) status = EXIT_DIAGNOSTICS;
    if (outcome.printed !== null) writeOutput(line.values.get('output') ?? '-', outcome.printed);
  }
  if (json) writeOutput('-', `${JSON.stringify(mergeReports(reports), null, 2)}\n`);
  return status;
}

function checkOne(session: Session, file: string, host: Host): CompileOutcome {
  return compileAnyDepth(requestOf(session, file), host);
}

function requestOf(session: Session, file: string): CompileRequest {
  const stage = emitStage(session.line);
  const target = targetOf(session.line, session.line.values.get('backend') === 'wasm' ? 'wasm' : 'native');
  return {
    path: file,
    displayPath: file,
    options: optionsOf(session.line, target, false),
    stopAt: stage !== null && isTextStage(stage) ? stage : null,
    checkOnly: stage === null,
  };
}

function mergeReports(reports: readonly JsonReport[]): JsonReport {
  const diagnostics: JsonDiagnostic[] = reports.flatMap((entry) => entry.diagnostics);
  const sum = (pick: (entry: JsonReport) => number) => reports.reduce((total, entry) => total + pick(entry), 0);
  return {
    version: 1,
    diagnostics,
    errors: sum((entry) => entry.errors),
    warnings: sum((entry) => entry.warnings),
    notes: sum((entry) => entry.notes),
  };
}

/** Applies the fixes of older spellings, and all others marked safe, until there are none, and writes the file once.
 *  A classic file that no longer looks like one gets a line that says so: the same text would mean something else. */
function fixFile(session: Session, file: string): void {
  const original = fs.readFileSync(file);
  const first = checkText(session, file, original);
  // Text that could not be decoded must not be written back.
  if (first.edition === null || !roundTrips(mainText(first), original)) return;
  let outcome = first;
  let bytes: Uint8Array = original;
  let applied = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const source = outcome.sources.all()[0];
    if (source === undefined || outcome.internalFailure !== null) break;
    const fixes = outcome.diagnostics
      .flatMap(fixesToApply)
      .filter((fix) => fix.edits.every((edit) => edit.span.file === source.id));
    const result = applyFixes(source.text, source.id, fixes);
    if (result.applied === 0 || result.text === source.text) break;
    const next = encode(result.text, hasMark(original));
    const checked = checkText(session, file, next);
    // A rewrite that no longer parses is a mistake in the fix: keep what came before it.
    if (checked.edition === null || syntaxErrors(checked) > syntaxErrors(outcome)) break;
    applied += result.applied;
    bytes = next;
    outcome = checked;
  }
  if (applied === 0) return;
  bytes = encode(withEdition(session, file, { original, first, outcome }), hasMark(original));
  try {
    fs.writeFileSync(file, bytes);
  } catch (error) {
    throw new CommandFailure(EXIT_ENVIRONMENT, `cannot write '${file}': ${reasonOf(error)}`);
  }
  say(`${file}: applied ${applied} ${applied === 1 ? 'fix' : 'fixes'}`);
}

interface Fixing {
  readonly original: Uint8Array;
  readonly first: CompileOutcome;
  readonly outcome: CompileOutcome;
}

/** The fixed text with the line that keeps its meaning, or without one where the checked program is the same without it. */
function withEdition(session: Session, file: string, { original, first, outcome }: Fixing): string {
  const bare = withoutEditionLine(mainText(outcome));
  const plain = checkText(session, file, encode(bare, hasMark(original)));
  if (first.edition === 'classic') {
    const isToday = plain.edition === '1' && plain.errorCount === 0 && !plain.diagnostics.some(isDialectNote);
    const same = isToday && sameProgram(session, file, original, encode(bare, hasMark(original)));
    return same ? bare : withFirstLine(bare, STRICT_CLASSIC_LINE);
  }
  // Without its older spellings the file may no longer see the library names that go with them.
  return plain.errorCount > first.errorCount ? withFirstLine(bare, CLASSIC_NAMES_LINE) : mainText(outcome);
}

/** Whether two texts lower to the same program. */
function sameProgram(session: Session, file: string, a: Uint8Array, b: Uint8Array): boolean {
  const [left, right] = [a, b].map((bytes) => {
    const host: Host = { ...session.host, readFile: (path) => (path === file ? bytes : session.host.readFile(path)) };
    const { printed } = compile({ ...requestOf(session, file), stopAt: 'mir', checkOnly: false }, host);
    // That a variable is never set again is checked, and then means nothing.
    return printed?.replace(/^( *)let (_\d+):/gm, '$1var $2:') ?? null;
  });
  return left != null && left === right;
}

function isDialectNote(diagnostic: Diagnostic): boolean {
  return isDialectCode(diagnostic.code);
}

function checkText(session: Session, file: string, bytes: Uint8Array): CompileOutcome {
  const overlay: Host = { ...session.host, readFile: (path) => (path === file ? bytes : session.host.readFile(path)) };
  return checkOne(session, file, overlay);
}

function fixesToApply(diagnostic: Diagnostic): readonly Fix[] {
  const dialect = isDialectCode(diagnostic.code);
  return diagnostic.fixes.filter((fix) => fix.applicability === 'safe' || (dialect && fix.applicability === 'review'));
}

function syntaxErrors(outcome: CompileOutcome): number {
  return outcome.diagnostics.filter((entry) => entry.severity === 'error' && entry.phase === 'syntax').length;
}

function mainText(outcome: CompileOutcome): string {
  return outcome.sources.all()[0]?.text ?? '';
}

/** First in the file, or second after a `#!` line. */
function withFirstLine(text: string, content: string): string {
  const line = `${content}${text.includes('\r\n') ? '\r\n' : '\n'}`;
  if (!text.startsWith('#!')) return line + text;
  const end = text.indexOf('\n') + 1;
  return end === 0 ? `${text}\n${line}` : text.slice(0, end) + line + text.slice(end);
}

function encode(text: string, mark: boolean): Uint8Array {
  return new TextEncoder().encode((mark ? '\ufeff' : '') + text);
}

function hasMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

function roundTrips(text: string, bytes: Uint8Array): boolean {
  const encoded = new TextEncoder().encode(text);
  return encoded.length === bytes.length - (hasMark(bytes) ? 3 : 0);
}
