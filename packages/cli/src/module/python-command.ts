/** `kiln build --emit python-module`. In: a session and the module's file.  Out: `NAME.so`, which CPython imports as NAME. */
import * as path from 'node:path';
import { skippedInPython, writePythonModule } from '@kiln/compiler/interop/python-source.ts';
import { CommandFailure, EXIT_DIAGNOSTICS, EXIT_USAGE } from '../exit-status.ts';
import { checkOutputPath } from '../output.ts';
import type { Session } from '../session.ts';
import { buildForLanguage, placeArtefact, refuseWasm, reportExports, stemOf } from './module-command.ts';

export async function buildPythonModule(session: Session, file: string): Promise<number> {
  const stem = stemOf(file);
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(stem))
    throw new CommandFailure(EXIT_USAGE, `Python cannot import a module called '${stem}'; rename the file`);
  refuseWasm(session, 'a Python module');
  const output = session.line.values.get('output') ?? `${stem}.so`;
  if (output === '-' || !path.basename(output).startsWith(`${stem}.`))
    throw new CommandFailure(EXIT_USAGE, `'-o ${output}': Python finds the module only in a file called ${stem}.so`);
  checkOutputPath(output);
  const built = await buildForLanguage(session, file, {
    backend: 'native',
    write: writePythonModule,
    kind: 'python',
  });
  if (built === null) return EXIT_DIAGNOSTICS;
  placeArtefact(built, output);
  const skippedHere = skippedInPython(built.exports);
  const skipped = [...built.exports.skipped, ...skippedHere];
  reportExports(session, file, { count: built.exports.functions.length, skipped }, 'Python', output);
  return 0;
}
