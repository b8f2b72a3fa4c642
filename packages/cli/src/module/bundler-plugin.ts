/** `import { dot } from './dot.mojo'` through a bundler: Vite, Rollup, esbuild. The module becomes WebAssembly inside the bundle.
 *  In: the bundler's requests for `.mojo` files.  Out: JavaScript. Errors in the Mojo source are the bundler's errors. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeJavaScript } from '@kiln/interop/javascript-module.ts';
import { writeModuleText } from '@kiln/interop/module-text.ts';
import { writeDeclarations } from '@kiln/interop/type-declarations.ts';
import { createUnplugin } from 'unplugin';
import { buildModule, DEFAULT_MODULE_OPTIONS, type ModuleOptions } from './build-module.ts';
import { declarationsPath } from './types-command.ts';

export interface KilnPluginOptions {
  readonly optLevel?: ModuleOptions['optLevel'];
  readonly fpMode?: ModuleOptions['fpMode'];
  /** Folders that imports are searched in, like `-I`. */
  readonly include?: readonly string[];
  /** Also write `NAME.d.mojo.ts` beside each module, for TypeScript (default false). */
  readonly types?: boolean;
}

const HERE = path.dirname(fileURLToPath(import.meta.url));
const RUNTIME = 'kiln-lang/runtime';
/** The runtime as a string, for workers: loaded only by a program that calls something with `.async`. */
const RUNTIME_TEXT = 'kiln-lang/runtime-text';
const OURS = /\.(?:mojo|🔥)$|[\\/]runtime\.mjs$|kiln-lang\/runtime-text$/u;

export const kiln = createUnplugin<KilnPluginOptions | undefined>((options = {}) => {
  const runtimeFile = path.join(HERE, 'runtime.mjs');
  const moduleOptions: ModuleOptions = {
    ...DEFAULT_MODULE_OPTIONS,
    backend: 'wasm',
    optLevel: options.optLevel ?? 3,
    fpMode: options.fpMode ?? 'default',
    importPaths: (options.include ?? []).map((folder) => path.resolve(folder).replaceAll('\\', '/')),
  };
  return {
    name: 'kiln',
    enforce: 'pre',
    resolveId(id) {
      if (id === RUNTIME) return runtimeFile;
      return id === RUNTIME_TEXT ? RUNTIME_TEXT : null;
    },
    load: {
      filter: { id: OURS },
      async handler(id) {
        if (id === runtimeFile) return fs.readFileSync(runtimeFile, 'utf8');
        if (id.endsWith('.mjs')) return null;
        if (id === RUNTIME_TEXT) return `export default ${JSON.stringify(fs.readFileSync(runtimeFile, 'utf8'))};`;
        const built = await buildModule(id, moduleOptions);
        for (const file of built.dependencies) this.addWatchFile(path.resolve(file));
        if (built.messages !== '') this.warn(built.messages);
        if (options.types === true) fs.writeFileSync(declarationsPath(id), writeDeclarations(built.exports));
        const bytes = fs.readFileSync(built.artefact).toString('base64');
        return writeModuleText(writeJavaScript(built.exports), {
          runtime: RUNTIME,
          prologue: [],
          open: `$rt.openWasm(${JSON.stringify(bytes)}`,
          workerRuntime: `URL.createObjectURL(new Blob([(await import(${JSON.stringify(RUNTIME_TEXT)})).default], { type: 'text/javascript' }))`,
        });
      },
    },
  };
});
