/** What the commands that build modules for other languages share: options from the command line, and reports.
 *  In: a session, the module's file, and what the language needs.  Out: the built module, or null after its errors were reported. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BridgeWriter } from '@kiln/compiler/driver/module-bridge.ts';
import { CommandFailure, EXIT_ENVIRONMENT, EXIT_USAGE, say } from '../exit-status.ts';
import { reasonOf } from '../node-host.ts';
import { asideOf, putInPlace } from '../output.ts';
import { explain, optionsOf, type Session, targetOf } from '../session.ts';
import { type BuiltModule, buildModule, ModuleErrors } from './build-module.ts';

export interface ModuleTarget {
  readonly backend: 'native' | 'wasm';
  readonly write: BridgeWriter;
  /** Names the kind of artefact in the cache. */
  readonly kind: string;
}

/** The file's name without its ending. */
export function stemOf(file: string): string {
  return path.basename(file).replace(/\.(mojo|🔥)$/u, '');
}

export function refuseWasm(session: Session, what: string): void {
  if (session.line.values.get('backend') === 'wasm')
    throw new CommandFailure(EXIT_USAGE, `${what} is native code; leave out --backend wasm`);
}

export async function buildForLanguage(
  session: Session,
  file: string,
  target: ModuleTarget,
): Promise<BuiltModule | null> {
  const { line } = session;
  const { optLevel, fpMode, importPaths, defines } = optionsOf(line, targetOf(line, target.backend), false);
  const cpu = line.values.get('target-cpu') ?? 'native';
  try {
    const options = { backend: target.backend, optLevel, fpMode, cpu, importPaths, defines };
    const built = await buildModule(path.resolve(file), options, target.write, target.kind);
    process.stderr.write(built.messages);
    return built;
  } catch (error) {
    if (!(error instanceof ModuleErrors)) throw error;
    process.stderr.write(`${error.report}\n`);
    return null;
  }
}

/** Copies the machine code to where the user wants it. A program may have the old file mapped: a new one takes its name. */
export function placeArtefact(built: BuiltModule, output: string): void {
  const aside = asideOf(output);
  try {
    fs.copyFileSync(built.artefact, aside);
    putInPlace(aside, output);
  } catch (error) {
    fs.rmSync(aside, { force: true });
    throw new CommandFailure(EXIT_ENVIRONMENT, `cannot write '${output}': ${reasonOf(error)}`);
  }
}

/** Says under `-v` what was written and what was left out; without, only that nothing is there to be called. */
export function reportExports(
  session: Session,
  file: string,
  found: { readonly count: number; readonly skipped: readonly { readonly name: string; readonly reason: string }[] },
  language: string,
  wrote: string,
): void {
  for (const { name, reason } of found.skipped) explain(session, `'${name}' is not exported: ${reason}`);
  if (found.count === 0) say(`${file} exports nothing to ${language} (-v says why)`);
  explain(session, `wrote ${wrote}`);
}
