/** `kiln build --emit c-header`. In: a session and the module's file.  Out: `NAME.h` and `libNAME.so` in one folder. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { writeBridge } from '@kiln/compiler/interop/bridge-source.ts';
import { widenIntegers } from '@kiln/compiler/interop/widen-integers.ts';
import { writeCHeader } from '@kiln/interop/c-header.ts';
import { CommandFailure, EXIT_DIAGNOSTICS, EXIT_ENVIRONMENT, EXIT_USAGE, say } from '../exit-status.ts';
import { reasonOf } from '../node-host.ts';
import { asideOf, checkOutputPath, putInPlace, writeOutput } from '../output.ts';
import { explain, optionsOf, type Session, targetOf } from '../session.ts';
import { buildModule, ModuleErrors } from './build-module.ts';

export async function buildCHeader(session: Session, file: string): Promise<number> {
  const { line } = session;
  const stem = path.basename(file).replace(/\.(mojo|🔥)$/u, '');
  if (line.values.get('backend') === 'wasm')
    throw new CommandFailure(EXIT_USAGE, 'a C library is native code; leave out --backend wasm');
  const output = line.values.get('output') ?? `${stem}.h`;
  if (output === '-')
    throw new CommandFailure(EXIT_USAGE, '--emit c-header writes a header and a library; name the header with -o');
  checkOutputPath(output);
  const library = path.join(path.dirname(output), `lib${stem}.so`);
  const { optLevel, fpMode, importPaths, defines } = optionsOf(line, targetOf(line, 'native'), false);
  const cpu = line.values.get('target-cpu') ?? 'native';
  try {
    const options = { backend: 'native', optLevel, fpMode, cpu, importPaths, defines } as const;
    const built = await buildModule(
      path.resolve(file),
      options,
      (exports, name) => writeBridge(widenIntegers(exports), name),
      'c',
    );
    process.stderr.write(built.messages);
    writeOutput(output, writeCHeader(widenIntegers(built.exports), stem));
    const aside = asideOf(library);
    fs.copyFileSync(built.artefact, aside);
    putInPlace(aside, library);
    for (const { name, reason } of built.exports.skipped) explain(session, `'${name}' is not exported: ${reason}`);
    if (built.exports.functions.length + built.exports.classes.length === 0)
      say(`${file} exports nothing to C (-v says why)`);
    explain(session, `wrote ${output} and ${library}`);
    return 0;
  } catch (error) {
    if (error instanceof ModuleErrors) {
      process.stderr.write(`${error.report}\n`);
      return EXIT_DIAGNOSTICS;
    }
    if (error instanceof CommandFailure) throw error;
    throw new CommandFailure(EXIT_ENVIRONMENT, `cannot write '${library}': ${reasonOf(error)}`);
  }
}
