/** `kiln build --emit c-header`. In: a session and the module's file.  Out: `NAME.h` and `libNAME.so` in one folder. */
import * as path from 'node:path';
import { writeBridge } from '@kiln/compiler/interop/bridge-source.ts';
import type { ModuleInterface } from '@kiln/compiler/interop/interface.ts';
import { widenIntegers } from '@kiln/compiler/interop/widen-integers.ts';
import { byValueOnly } from '@kiln/compiler/interop/by-value-only.ts';
import { writeCHeader } from '@kiln/interop/c-header.ts';
import { CommandFailure, EXIT_DIAGNOSTICS, EXIT_USAGE } from '../exit-status.ts';
import { checkOutputPath, writeOutput } from '../output.ts';
import type { Session } from '../session.ts';
import { buildForLanguage, placeArtefact, refuseWasm, reportExports, stemOf } from './module-command.ts';

export async function buildCHeader(session: Session, file: string): Promise<number> {
  const stem = stemOf(file);
  refuseWasm(session, 'a C library');
  const output = session.line.values.get('output') ?? `${stem}.h`;
  if (output === '-')
    throw new CommandFailure(EXIT_USAGE, '--emit c-header writes a header and a library; name the header with -o');
  checkOutputPath(output);
  const library = path.join(path.dirname(output), `lib${stem}.so`);
  const built = await buildForLanguage(session, file, {
    backend: 'native',
    write: (exports, name) => writeBridge(forC(exports), name),
    kind: 'c',
  });
  if (built === null) return EXIT_DIAGNOSTICS;
  writeOutput(output, writeCHeader(forC(built.exports), stem));
  placeArtefact(built, library);
  const { functions, classes, skipped } = forC(built.exports);
  const found = { count: functions.length + classes.length, skipped };
  reportExports(session, file, found, 'C', `${output} and ${library}`);
  return 0;
}

function forC(exports: ModuleInterface): ModuleInterface {
  return widenIntegers(byValueOnly(exports, 'C'));
}
