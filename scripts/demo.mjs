/** `npm run demo`: builds the browser demo (examples/browser) and serves it on this machine. `--build` only builds: the folder dist/demo is
 *  all that a web server needs, if it sends the headers that threads want. `--port N` chooses the port. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bootstrap, reportFailure } from './bootstrap.mjs';
import { serve } from './serve.mjs';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const SOURCE = path.join(ROOT, 'examples', 'browser');
const OUT = path.join(ROOT, 'dist', 'demo');

/** The Mojo module as a package of its own, which the page's script imports. */
function buildKernels() {
  const words = ['build', '--emit', 'js', path.join(SOURCE, 'kernels.mojo'), '-o', path.join(OUT, 'kernels')];
  const result = spawnSync(process.execPath, [path.join(ROOT, 'dist', 'kiln.cjs'), ...words], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (result.status !== 0) throw new Error('the kernels of the demo could not be built');
}

async function buildPage() {
  const { build } = await import('esbuild');
  await build({
    entryPoints: [path.join(SOURCE, 'main.ts')],
    outdir: OUT,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'warning',
    plugins: [
      {
        name: 'kernels',
        setup(bundler) {
          bundler.onResolve({ filter: /kernels\.mojo$/ }, () => ({ path: './kernels/index.js', external: true }));
        },
      },
    ],
  });
  for (const file of ['index.html', 'demo.css']) fs.copyFileSync(path.join(SOURCE, file), path.join(OUT, file));
}

async function main(words) {
  try {
    await bootstrap();
    fs.mkdirSync(OUT, { recursive: true });
    buildKernels();
    await buildPage();
    if (words.includes('--build')) {
      process.stdout.write(`${path.relative(process.cwd(), OUT)}\n`);
      return 0;
    }
    const at = words.indexOf('--port');
    const server = await serve(OUT, at < 0 ? 8421 : Number(words[at + 1]));
    process.stdout.write(`demo: http://localhost:${server.address().port}/ (Ctrl+C ends it)\n`);
    await new Promise(() => {});
    return 0;
  } catch (error) {
    return reportFailure(error);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main(process.argv.slice(2));
