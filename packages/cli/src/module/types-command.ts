/** `kiln types`: the TypeScript declarations of Mojo modules.
 *  In: files.  Out: `NAME.d.mojo.ts` beside each (or where `-o` says), and on standard error what was not exported and why. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { writeDeclarations } from '@kiln/interop/type-declarations.ts';
import { CommandFailure, EXIT_DIAGNOSTICS, EXIT_USAGE, say } from '../exit-status.ts';
import { writeOutput } from '../output.ts';
import { checkFile, type Session } from '../session.ts';
import { DEFAULT_MODULE_OPTIONS, ModuleErrors, readInterface } from './build-module.ts';

/** Where TypeScript looks for the types of `./NAME.mojo` (with `allowArbitraryExtensions`). */
export function declarationsPath(file: string): string {
  return file.replace(/\.(mojo|🔥)$/u, '') + (file.endsWith('.🔥') ? '.d.🔥.ts' : '.d.mojo.ts');
}

export function typesCommand(session: Session): number {
  const { line } = session;
  const output = line.values.get('output');
  if (line.files.length === 0)
    throw new CommandFailure(EXIT_USAGE, "'kiln types' needs a file, e.g. kiln types dot.mojo");
  if (output !== undefined && line.files.length > 1)
    throw new CommandFailure(EXIT_USAGE, "'-o' names one file; 'kiln types' was given several");
  const importPaths = (line.lists.get('include') ?? []).map((folder) => path.resolve(folder).replaceAll('\\', '/'));
  let status = 0;
  for (const file of line.files) {
    checkFile(file);
    try {
      const { exports, messages } = readInterface(file, { ...DEFAULT_MODULE_OPTIONS, importPaths });
      process.stderr.write(messages);
      writeOutput(output ?? declarationsPath(file), writeDeclarations(exports));
      for (const { name, reason, span } of exports.skipped)
        say(`${file}:${lineOf(file, span.start)}: '${name}' is not exported: ${reason}`);
    } catch (error) {
      if (!(error instanceof ModuleErrors)) throw error;
      process.stderr.write(`${error.report}\n`);
      status = EXIT_DIAGNOSTICS;
    }
  }
  return status;
}

function lineOf(file: string, offset: number): number {
  return fs.readFileSync(file, 'utf8').slice(0, offset).split('\n').length;
}
