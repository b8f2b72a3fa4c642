/** Bundles the command line into dist/: one CommonJS file per process or thread that Kiln starts.
 *  In: the packages' src folders.  Out: dist/NAME.cjs for each src/NAME.entry.ts; launcher.entry.ts becomes dist/kiln.cjs.
 *  Invariant: dist/kiln.cjs is renamed into place last and dated before the build began, so that a source edited
 *  meanwhile is newer than it. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

/** Native or large packages stay in node_modules and are loaded only by the process that needs them. */
const EXTERNAL = ['koffi', '@yowasp/clang'];

/** `import.meta.url` keeps its meaning in a CommonJS bundle: the URL of the file that runs. */
const FILE_URL = {
  define: { 'import.meta.url': '__kilnFileUrl' },
  banner: { js: "const __kilnFileUrl = require('node:url').pathToFileURL(__filename).href;" },
};

function listEntries(root) {
  const entries = {};
  const packages = path.join(root, 'packages');
  for (const name of fs.readdirSync(packages).sort()) {
    const source = path.join(packages, name, 'src');
    if (!fs.existsSync(source)) continue;
    for (const file of fs.readdirSync(source).sort()) {
      if (file.endsWith('.entry.ts')) entries[file.slice(0, -'.entry.ts'.length)] = path.join(source, file);
    }
  }
  return entries;
}

export async function buildBundles({ root, dist, started }) {
  const staging = path.join(dist, `.staging-${process.pid}`);
  const common = { bundle: true, platform: 'node', format: 'cjs', absWorkingDir: root, logLevel: 'silent', outExtension: { '.js': '.cjs' } };
  const { launcher, ...entries } = listEntries(root);
  try {
    await build({ ...common, ...FILE_URL, target: 'node20.19', external: EXTERNAL, outdir: staging, entryPoints: entries });
    // The build id stands for the whole compiler in cache keys.
    const hash = createHash('sha256');
    const built = fs.readdirSync(staging).sort();
    for (const file of built) hash.update(`${file}\0`).update(fs.readFileSync(path.join(staging, file)));
    hash.update(fs.readFileSync(path.join(root, 'package-lock.json')));
    const buildId = hash.digest('hex').slice(0, 16);
    // The launcher must at least parse on an old Node, to say that it is too old.
    await build({
      ...common,
      target: 'node12',
      outdir: staging,
      entryPoints: { kiln: launcher },
      define: { __KILN_BUILD_ID__: JSON.stringify(buildId) },
    });
    for (const file of built) fs.renameSync(path.join(staging, file), path.join(dist, file));
    const main = path.join(staging, 'kiln.cjs');
    fs.utimesSync(main, started, started);
    fs.renameSync(main, path.join(dist, 'kiln.cjs'));
  } finally {
    fs.rmSync(staging, { recursive: true, force: true });
  }
}
