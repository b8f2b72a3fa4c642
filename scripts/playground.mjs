/** `npm run playground`: builds the playground and serves it on this machine. `--build` only builds: the folder dist/playground is
 *  all that a web server needs. `--port N` chooses the port. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bootstrap, reportFailure } from './bootstrap.mjs';
import { serve } from './serve.mjs';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const FOLDER = path.join(ROOT, 'playground');

/** The editor's packages are the playground's own: nobody else waits for them. */
function installPackages() {
  if (fs.existsSync(path.join(FOLDER, 'node_modules', '@codemirror', 'view'))) return;
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const words = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const result = spawnSync(npm, words, {
    cwd: FOLDER,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (result.status !== 0)
    throw new Error('the packages of the playground could not be installed (is there a network?)');
}

async function main(words) {
  try {
    await bootstrap();
    installPackages();
    const { buildPlayground, OUT } = await import('../playground/build.mjs');
    await buildPlayground();
    if (words.includes('--build')) {
      process.stdout.write(`${path.relative(process.cwd(), OUT)}\n`);
      return 0;
    }
    const at = words.indexOf('--port');
    const server = await serve(OUT, at < 0 ? 8420 : Number(words[at + 1]));
    process.stdout.write(`playground: http://localhost:${server.address().port}/ (Ctrl+C ends it)\n`);
    await new Promise(() => {});
    return 0;
  } catch (error) {
    return reportFailure(error);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main(process.argv.slice(2));
