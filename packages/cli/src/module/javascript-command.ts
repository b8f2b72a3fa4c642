/** `kiln build --emit js`. In: a session and the module's file.  Out: a folder; see javascript-folder.ts. */
import { writeBridge } from '@kiln/compiler/interop/bridge-source.ts';
import { CommandFailure, EXIT_DIAGNOSTICS, EXIT_USAGE } from '../exit-status.ts';
import type { Session } from '../session.ts';
import { checkFolder, writeJavaScriptFolder } from './javascript-folder.ts';
import { buildForLanguage, reportExports, stemOf } from './module-command.ts';

export async function buildJavaScript(session: Session, file: string): Promise<number> {
  const { line } = session;
  const folder = line.values.get('output') ?? `${stemOf(file)}-js`;
  if (folder === '-') throw new CommandFailure(EXIT_USAGE, '--emit js writes a folder, not standard output');
  checkFolder(folder);
  const built = await buildForLanguage(session, file, {
    backend: line.values.get('backend') === 'native' ? 'native' : 'wasm',
    write: writeBridge,
    kind: 'module',
  });
  if (built === null) return EXIT_DIAGNOSTICS;
  writeJavaScriptFolder(built, file, folder);
  const { functions, classes, skipped } = built.exports;
  reportExports(session, file, { count: functions.length + classes.length, skipped }, 'JavaScript', folder);
  return 0;
}
