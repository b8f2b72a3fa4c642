/** Builds the playground: a folder of static files that any web server can serve.
 *  In: a checkout with npm packages.  Out: dist/playground. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const ROOT = path.dirname(HERE);
export const OUT = path.join(ROOT, 'dist', 'playground');
const LLAMA = path.join(ROOT, 'examples', 'llama');
/** What the program of that folder reads: its path is the same there. */
const LLAMA_FILES = ['tiny.bin', 'tiny-tokenizer.bin'];
const ARCHIVES = ['libc.a', 'libm.a', 'libclang_rt.builtins.a'];

export async function buildPlayground() {
  fs.mkdirSync(path.join(OUT, 'llvm'), { recursive: true });
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['page', 'compiler-worker', 'program-worker', 'thread-worker'].map((name) =>
      path.join(HERE, 'src', `${name}.ts`),
    ),
    outdir: OUT,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'warning',
    external: ['fs', 'crypto', 'path'],
    alias: { 'node:util': path.join(HERE, 'src', 'no-color.ts') },
  });
  for (const file of ['index.html', 'page.css']) fs.copyFileSync(path.join(HERE, file), path.join(OUT, file));
  const modules = {
    ...readModules(path.join(ROOT, 'std'), '/std'),
    ...readModules(path.join(ROOT, 'kernels'), 'kernels'),
  };
  // The parts of the example of several files stand beside the program.
  for (const [name, text] of Object.entries(readModules(LLAMA, ''))) modules[name.slice(1)] = text;
  fs.writeFileSync(path.join(OUT, 'modules.json'), JSON.stringify(modules));
  for (const name of LLAMA_FILES) {
    const target = path.join(OUT, 'files', 'examples', 'llama', name);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.copyFileSync(path.join(LLAMA, name), target);
  }
  fs.writeFileSync(path.join(OUT, 'examples.json'), JSON.stringify(readExamples()));
  copyLlvm(path.join(OUT, 'llvm'));
}

/** The texts below a folder, by their paths in the compiler's host. */
function readModules(folder, name, files = {}) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) readModules(full, `${name}/${entry.name}`, files);
    else if (entry.name.endsWith('.mojo')) files[`${name}/${entry.name}`] = fs.readFileSync(full, 'utf8');
  }
  return files;
}

function readExamples() {
  const folder = path.join(ROOT, 'examples');
  const names = fs.readdirSync(folder).filter((name) => name.endsWith('.mojo'));
  // The first is what a visitor sees.
  const first = 'dot_product.mojo';
  const order = [first, ...names.filter((name) => name !== first).sort()];
  const texts = order.map((name) => [name.slice(0, -5), fs.readFileSync(path.join(folder, name), 'utf8')]);
  return Object.fromEntries([...texts, ['llama', fs.readFileSync(path.join(LLAMA, 'llama.mojo'), 'utf8')]]);
}

/** LLVM and the archives that programs may need; of the C headers nothing. */
function copyLlvm(folder) {
  const source = path.dirname(createRequire(import.meta.url).resolve('@yowasp/clang'));
  for (const name of fs.readdirSync(source)) {
    if (!name.endsWith('.wasm') && name !== 'bundle.js') continue;
    const target = path.join(folder, name);
    const from = fs.statSync(path.join(source, name));
    if (fs.statSync(target, { throwIfNoEntry: false })?.size !== from.size)
      fs.copyFileSync(path.join(source, name), target);
  }
  if (ARCHIVES.every((name) => fs.existsSync(path.join(folder, name)))) return;
  // A tar file: heads of 512 bytes, the name at 0, the size in octal at 124.
  const tar = fs.readFileSync(path.join(source, 'llvm-resources.tar'));
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0; ) {
    const name = tar.toString('latin1', at, at + 100).replace(/\0[\s\S]*$/, '');
    const size = Number.parseInt(tar.toString('latin1', at + 124, at + 136), 8);
    const base = path.posix.basename(name);
    if (ARCHIVES.includes(base) && name.includes('lib/wasm32-'))
      fs.writeFileSync(path.join(folder, base), tar.subarray(at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
}
