/** Bundles the command line into dist/: one CommonJS file per process or thread that Kiln starts.
 *  In: the packages' src folders.  Out: dist/kiln.cjs (the launcher) and dist/BUILD-ID/NAME.cjs.
 *  Invariant: dist/kiln.cjs is renamed into place last and dated before the build began, so that a source edited
 *  meanwhile is newer than it. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { build } from 'esbuild';

/** Native or large packages stay in node_modules and are loaded only by the process that needs them. */
const EXTERNAL = ['koffi', '@yowasp/clang'];

/** `import.meta.url` keeps its meaning in a CommonJS bundle: the URL of the file that runs. */
const FILE_URL = {
  define: { 'import.meta.url': '__kilnFileUrl', 'import.meta.dirname': '__dirname' },
  banner: { js: "const __kilnFileUrl = require('node:url').pathToFileURL(__filename).href;" },
};

/** One script for each process and thread, by its name in dist/. */
const SCRIPTS = {
  compiler: 'packages/cli/src/main.ts',
  'native-worker': 'packages/backend-native/src/native-worker.ts',
  'compile-process': 'packages/backend-embedded/src/compile-process.ts',
  'code-cache-process': 'packages/backend-embedded/src/code-cache-process.ts',
  'run-process': 'packages/backend-embedded/src/run-process.ts',
  'run-helper': 'packages/backend-embedded/src/run-helper.ts',
  register: 'packages/cli/src/module/register.ts',
  'module-tools': 'packages/cli/src/module/module-tools.ts',
};
/** What modules made from Mojo run on, in Node and in browsers. */
const RUNTIME = 'packages/interop/src/runtime/runtime.ts';
const LAUNCHER = 'packages/cli/src/launcher.ts';

/** Old builds stay this long: a process that runs from one may still start its scripts. */
const KEEP_MS = 60 * 60 * 1000;

/** A namespace import of a built-in module needs no copy of all its properties, which esbuild makes per importing file:
 *  4 ms of every start. */
function requireBuiltinsDirectly(file) {
  const text = fs.readFileSync(file, 'utf8');
  const direct = text.replace(
    /(\w+) = __toESM\((require\("(?:node:)?([\w/]+)"\))(?:, 1)?\)/g,
    (whole, name, call, module) =>
      isBuiltin(module) && !text.includes(`${name}.default`) ? `${name} = ${call}` : whole,
  );
  fs.writeFileSync(file, asciiOnly(direct));
}

/** The launcher reads bundles as one-byte text, which is faster. esbuild escapes strings but not regular expressions. */
function asciiOnly(text) {
  let out = '';
  let done = 0;
  for (const match of text.matchAll(/[^\0-\x7f]/g)) {
    out += `${text.slice(done, match.index)}\\u${match[0].charCodeAt(0).toString(16).padStart(4, '0')}`;
    done = match.index + 1;
  }
  return out + text.slice(done);
}

export async function buildBundles({ root, dist, started }) {
  const staging = path.join(dist, `.staging-${process.pid}`);
  const common = {
    bundle: true,
    platform: 'node',
    format: 'cjs',
    absWorkingDir: root,
    logLevel: 'silent',
    outExtension: { '.js': '.cjs' },
  };
  const { compiler, ...others } = Object.fromEntries(
    Object.entries(SCRIPTS).filter(([, source]) => fs.existsSync(path.join(root, source))),
  );
  try {
    const script = { ...common, ...FILE_URL, target: 'node20.19', external: EXTERNAL, outdir: staging };
    // Code that comes from V8's code cache cannot `import()`: there it is `require`.
    const supported = { 'dynamic-import': false };
    await Promise.all([
      build({ ...script, entryPoints: { compiler }, supported }),
      build({ ...script, entryPoints: others }),
      build({
        ...common,
        platform: 'neutral',
        format: 'esm',
        target: 'es2022',
        entryPoints: { runtime: RUNTIME },
        outdir: staging,
        outExtension: { '.js': '.mjs' },
      }),
    ]);
    for (const file of fs.readdirSync(staging)) requireBuiltinsDirectly(path.join(staging, file));
    // The build id stands for the whole compiler in cache keys, and names the folder of one consistent set of scripts.
    const hash = createHash('sha256');
    for (const file of fs.readdirSync(staging).sort()) {
      hash.update(`${file}\0`).update(fs.readFileSync(path.join(staging, file)));
    }
    hash.update(fs.readFileSync(path.join(root, 'package-lock.json')));
    const buildId = hash.digest('hex').slice(0, 16);
    const launcher = `${staging}.kiln`;
    // The launcher must at least parse on an old Node, to say that it is too old.
    await build({
      ...common,
      target: 'node12',
      outfile: launcher,
      entryPoints: [LAUNCHER],
      define: { __KILN_BUILD_ID__: JSON.stringify(buildId) },
    });
    requireBuiltinsDirectly(launcher);
    const folder = path.join(dist, buildId);
    if (fs.existsSync(folder)) fs.utimesSync(folder, new Date(), new Date());
    else fs.renameSync(staging, folder);
    fs.utimesSync(launcher, started, started);
    fs.renameSync(launcher, path.join(dist, 'kiln.cjs'));
    removeOldBuilds(dist, buildId);
  } finally {
    fs.rmSync(staging, { recursive: true, force: true });
    fs.rmSync(`${staging}.kiln`, { force: true });
  }
}

function removeOldBuilds(dist, current) {
  for (const name of fs.readdirSync(dist)) {
    const full = path.join(dist, name);
    if (name === current || name === 'kiln.cjs') continue;
    // LLVM's code cache outlives builds, until another Node makes it useless.
    if (name.startsWith('llvm-') && name.includes(`-${process.version}-`)) continue;
    const stat = fs.statSync(full, { throwIfNoEntry: false });
    if (stat !== undefined && Date.now() - stat.mtimeMs > KEEP_MS) fs.rmSync(full, { recursive: true, force: true });
  }
}
