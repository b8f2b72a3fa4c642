/** `kiln build --emit js`. In: a session and the module's file.  Out: a folder; see javascript-folder.ts. */
import * as path from 'node:path';
import { CommandFailure, EXIT_DIAGNOSTICS, EXIT_USAGE, say } from '../exit-status.ts';
import { explain, optionsOf, type Session, targetOf } from '../session.ts';
import { buildModule, type ModuleOptions, ModuleErrors } from './build-module.ts';
import { checkFolder, writeJavaScriptFolder } from './javascript-folder.ts';

export async function buildJavaScript(session: Session, file: string): Promise<number> {
  const { line } = session;
  const stem = path.basename(file).replace(/\.(mojo|🔥)$/u, '');
  const folder = line.values.get('output') ?? `${stem}-js`;
  if (folder === '-') throw new CommandFailure(EXIT_USAGE, '--emit js writes a folder, not standard output');
  checkFolder(folder);
  const backend = line.values.get('backend') === 'native' ? 'native' : 'wasm';
  const { optLevel, fpMode, importPaths, defines } = optionsOf(line, targetOf(line, backend), false);
  const cpu = line.values.get('target-cpu') ?? 'native';
  const options: ModuleOptions = { backend, optLevel, fpMode, cpu, importPaths, defines };
  try {
    const built = await buildModule(path.resolve(file), options);
    process.stderr.write(built.messages);
    writeJavaScriptFolder(built, file, folder);
    for (const { name, reason } of built.exports.skipped) explain(session, `'${name}' is not exported: ${reason}`);
    const count = built.exports.functions.length + built.exports.classes.length;
    if (count === 0) say(`${file} exports nothing to JavaScript ('kiln types ${file}' says why)`);
    explain(session, `wrote ${folder}`);
    return 0;
  } catch (error) {
    if (!(error instanceof ModuleErrors)) throw error;
    process.stderr.write(`${error.report}\n`);
    return EXIT_DIAGNOSTICS;
  }
}
