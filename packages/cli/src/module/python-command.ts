/** `kiln build --emit python-module`. In: a session and the module's file.  Out: `NAME.so`, which CPython imports as NAME. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { skippedInPython, writePythonModule } from '@kiln/compiler/interop/python-source.ts';
import { CommandFailure, EXIT_DIAGNOSTICS, EXIT_ENVIRONMENT, EXIT_USAGE, say } from '../exit-status.ts';
import { reasonOf } from '../node-host.ts';
import { asideOf, checkOutputPath, putInPlace } from '../output.ts';
import { explain, optionsOf, type Session, targetOf } from '../session.ts';
import { buildModule, ModuleErrors } from './build-module.ts';

export async function buildPythonModule(session: Session, file: string): Promise<number> {
  const { line } = session;
  const stem = path.basename(file).replace(/\.(mojo|🔥)$/u, '');
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(stem))
    throw new CommandFailure(EXIT_USAGE, `Python cannot import a module called '${stem}'; rename the file`);
  if (line.values.get('backend') === 'wasm')
    throw new CommandFailure(EXIT_USAGE, 'a Python module is native code; leave out --backend wasm');
  const output = line.values.get('output') ?? `${stem}.so`;
  if (output === '-' || !path.basename(output).startsWith(`${stem}.`))
    throw new CommandFailure(EXIT_USAGE, `'-o ${output}': Python finds the module only in a file called ${stem}.so`);
  checkOutputPath(output);
  const { optLevel, fpMode, importPaths, defines } = optionsOf(line, targetOf(line, 'native'), false);
  const cpu = line.values.get('target-cpu') ?? 'native';
  try {
    const options = { backend: 'native', optLevel, fpMode, cpu, importPaths, defines } as const;
    const built = await buildModule(path.resolve(file), options, writePythonModule, 'python');
    process.stderr.write(built.messages);
    // Python may have the old file mapped: a new one takes its name.
    const aside = asideOf(output);
    fs.copyFileSync(built.artefact, aside);
    putInPlace(aside, output);
    const skipped = [...built.exports.skipped, ...skippedInPython(built.exports)];
    for (const { name, reason } of skipped) explain(session, `'${name}' is not exported: ${reason}`);
    if (built.exports.functions.length === 0) say(`${file} exports nothing to Python (-v says why)`);
    explain(session, `wrote ${output}`);
    return 0;
  } catch (error) {
    if (error instanceof ModuleErrors) {
      process.stderr.write(`${error.report}\n`);
      return EXIT_DIAGNOSTICS;
    }
    if (error instanceof CommandFailure) throw error;
    throw new CommandFailure(EXIT_ENVIRONMENT, `cannot write '${output}': ${reasonOf(error)}`);
  }
}
