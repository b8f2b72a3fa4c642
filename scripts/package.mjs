/** Makes the one published package, `kiln-lang`, in dist/npm: the bundles, the library, the pages of diagnostics, the licence.
 *  In: a checkout.  Out: a folder for `npm pack` or `npm publish`; its path on standard output. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bootstrap, reportFailure } from './bootstrap.mjs';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const DIST = path.join(ROOT, 'dist');
const OUT = path.join(DIST, 'npm');

/** The build that the launcher starts. */
function currentBuild() {
  const launcher = fs.readFileSync(path.join(DIST, 'kiln.cjs'), 'utf8');
  for (const [, id] of launcher.matchAll(/"([0-9a-f]{16})"/g)) if (fs.existsSync(path.join(DIST, id))) return id;
  throw new Error('dist/kiln.cjs names no build');
}

const BUNDLERS = ['vite', 'rollup', 'esbuild'];

/** The parts that programs import: `kiln-lang/register`, `/runtime`, and one for each bundler. */
function writeEntries(build) {
  fs.cpSync(path.join(ROOT, 'packages', 'interop', 'types'), path.join(OUT, 'types'), { recursive: true });
  fs.cpSync(path.join(ROOT, 'packages', 'cli', 'types'), path.join(OUT, 'types'), { recursive: true });
  const exports = {
    './register': `./dist/${build}/register.cjs`,
    './runtime': { types: './types/runtime.d.ts', default: `./dist/${build}/runtime.mjs` },
  };
  for (const name of BUNDLERS) {
    const text = `import tools from './${build}/module-tools.cjs';\nexport default tools.${name};\n`;
    fs.writeFileSync(path.join(OUT, 'dist', `${name}.mjs`), text);
    exports[`./${name}`] = { types: `./types/${name}.d.ts`, default: `./dist/${name}.mjs` };
  }
  return exports;
}

function makePackage() {
  fs.rmSync(OUT, { recursive: true, force: true });
  fs.mkdirSync(path.join(OUT, 'dist'), { recursive: true });
  const build = currentBuild();
  fs.cpSync(path.join(DIST, build), path.join(OUT, 'dist', build), {
    recursive: true,
    // V8's code cache belongs to one Node on one machine.
    filter: (file) => !file.endsWith('.v8'),
  });
  const launcher = fs.readFileSync(path.join(DIST, 'kiln.cjs'), 'utf8');
  fs.writeFileSync(path.join(OUT, 'dist', 'kiln.cjs'), `#!/usr/bin/env node\n${launcher}`, { mode: 0o755 });
  fs.cpSync(path.join(ROOT, 'std'), path.join(OUT, 'std'), { recursive: true });
  fs.cpSync(path.join(ROOT, 'docs', 'diagnostics'), path.join(OUT, 'docs', 'diagnostics'), { recursive: true });
  for (const file of ['LICENSE', 'README.md']) fs.copyFileSync(path.join(ROOT, file), path.join(OUT, file));
  const entries = writeEntries(build);
  const { name, version, license, description, engines, dependencies } = JSON.parse(
    fs.readFileSync(path.join(ROOT, 'packages', 'cli', 'package.json'), 'utf8'),
  );
  const manifest = {
    name,
    version,
    license,
    description,
    engines,
    dependencies,
    bin: { kiln: 'dist/kiln.cjs' },
    exports: entries,
  };
  fs.writeFileSync(path.join(OUT, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

try {
  await bootstrap();
  makePackage();
  process.stdout.write(`${OUT}\n`);
} catch (error) {
  process.exitCode = reportFailure(error);
}
