/** Node's module hooks: `import { dot } from './dot.mojo'`. `register.ts` puts them in.
 *  In: the URL of a Mojo file.  Out: an ES module that opens the compiled code. */
import * as path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createRequire } from 'node:module';
import { writeJavaScript } from '@kiln/interop/javascript-module.ts';
import { writeModuleText } from '@kiln/interop/module-text.ts';
import { buildModule, DEFAULT_MODULE_OPTIONS, type ModuleOptions } from './build-module.ts';

interface LoadResult {
  readonly format: string;
  readonly source: string;
  readonly shortCircuit: true;
}

type NextLoad = (url: string, context: object) => Promise<LoadResult>;

const HERE = path.dirname(fileURLToPath(import.meta.url));

export async function load(url: string, context: object, nextLoad: NextLoad): Promise<LoadResult> {
  const plain = url.replace(/[?#].*$/, '');
  if (!plain.startsWith('file:') || !/\.(mojo|%F0%9F%94%A5)$/iu.test(plain)) return nextLoad(url, context);
  const built = await buildModule(fileURLToPath(plain), optionsOfEnvironment());
  if (built.messages !== '') process.stderr.write(built.messages);
  const runtime = pathToFileURL(path.join(HERE, 'runtime.mjs')).href;
  const artefact = JSON.stringify(built.artefact);
  const source = writeModuleText(writeJavaScript(built.exports), {
    runtime,
    prologue: built.kind === 'wasm' ? ["import { readFileSync as $read } from 'node:fs';"] : [],
    open:
      built.kind === 'wasm'
        ? `$rt.openWasm($read(${artefact})`
        : `$rt.openNative(${artefact}, ${JSON.stringify(koffiUrl())}`,
    workerRuntime: JSON.stringify(runtime),
  });
  return { format: 'module', source, shortCircuit: true };
}

function koffiUrl(): string {
  return pathToFileURL(createRequire(import.meta.url).resolve('koffi')).href;
}

/** `KILN_BACKEND=native|wasm`, `KILN_FP_MODE`; Node gives hooks no other options. */
function optionsOfEnvironment(): ModuleOptions {
  const backend = process.env['KILN_BACKEND'];
  const fpMode = process.env['KILN_FP_MODE'];
  return {
    ...DEFAULT_MODULE_OPTIONS,
    backend: backend === 'native' || backend === 'wasm' ? backend : 'auto',
    fpMode: fpMode === 'strict' || fpMode === 'fast' ? fpMode : 'default',
  };
}
