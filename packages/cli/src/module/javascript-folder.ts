/** `kiln build --emit js`: a folder that npm and bundlers understand: an ES module, its types, the machine code, the runtime.
 *  In: a built module.  Out: the files of the folder. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeJavaScript } from '@kiln/interop/javascript-module.ts';
import { writeModuleText } from '@kiln/interop/module-text.ts';
import { writeDeclarations } from '@kiln/interop/type-declarations.ts';
import { CommandFailure, EXIT_ENVIRONMENT, EXIT_USAGE } from '../exit-status.ts';
import { findInstallation } from '../installation.ts';
import { reasonOf } from '../node-host.ts';
import type { BuiltModule } from './build-module.ts';
import { stemOf } from './module-command.ts';

const HERE = path.dirname(fileURLToPath(import.meta.url));

/** Node reads the file, browsers fetch it; bundlers see the URL and copy the file. */
const READ_WASM = (name: string): readonly string[] => [
  `const $url = new URL('./${name}', import.meta.url);`,
  "const $bytes = $url.protocol === 'file:'",
  "  ? globalThis.process.getBuiltinModule('node:fs').readFileSync($url)",
  '  : new Uint8Array(await (await fetch($url)).arrayBuffer());',
];

export function writeJavaScriptFolder(built: BuiltModule, file: string, folder: string): void {
  const stem = stemOf(file);
  const native = built.kind === 'native';
  const code = native ? `${stem}.so` : `${stem}.wasm`;
  const text = writeModuleText(writeJavaScript(built.exports), {
    runtime: './runtime.js',
    prologue: native
      ? [
          "import { fileURLToPath as $path } from 'node:url';",
          `const $file = $path(new URL('./${code}', import.meta.url));`,
        ]
      : READ_WASM(code),
    open: native ? "$rt.openNative($file, import.meta.resolve('koffi')" : '$rt.openWasm($bytes',
    workerRuntime: "new URL('./runtime.js', import.meta.url).href",
  });
  const { version, root } = findInstallation();
  const manifest = {
    name: stem.toLowerCase().replaceAll(/[^a-z0-9._-]/g, '-'),
    version: '0.0.0',
    private: true,
    type: 'module',
    exports: { '.': { types: './index.d.ts', default: './index.js' } },
    files: ['index.js', 'index.d.ts', 'runtime.js', 'runtime.d.ts', code],
    description: `${stem}.mojo, compiled by Kiln ${version}`,
    ...(native ? { os: [process.platform], cpu: [process.arch], dependencies: { koffi: koffiVersion(root) } } : {}),
  };
  try {
    fs.mkdirSync(folder, { recursive: true });
    const put = (name: string, content: string): void => fs.writeFileSync(path.join(folder, name), content);
    put('index.js', text);
    put('index.d.ts', writeDeclarations(built.exports).replace("'kiln-lang/runtime'", "'./runtime.js'"));
    put('package.json', `${JSON.stringify(manifest, null, 2)}\n`);
    fs.copyFileSync(path.join(HERE, 'runtime.mjs'), path.join(folder, 'runtime.js'));
    fs.copyFileSync(runtimeTypes(root), path.join(folder, 'runtime.d.ts'));
    fs.copyFileSync(built.artefact, path.join(folder, code));
  } catch (error) {
    throw new CommandFailure(EXIT_ENVIRONMENT, `cannot write the folder '${folder}': ${reasonOf(error)}`);
  }
}

/** A folder may be written over if it is empty or was written by this command before. */
export function checkFolder(folder: string): void {
  const stat = fs.statSync(folder, { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (!stat.isDirectory())
    throw new CommandFailure(EXIT_USAGE, `'-o ${folder}': there is a file of that name; --emit js writes a folder`);
  const names = fs.readdirSync(folder);
  if (names.length > 0 && !names.includes('runtime.js'))
    throw new CommandFailure(EXIT_USAGE, `'-o ${folder}': the folder holds other files; name a new one`);
}

function runtimeTypes(root: string): string {
  const places = [
    path.join(root, 'types', 'runtime.d.ts'),
    path.join(root, 'packages', 'interop', 'types', 'runtime.d.ts'),
  ];
  return places.find((place) => fs.existsSync(place)) ?? path.join(root, 'types', 'runtime.d.ts');
}

function koffiVersion(root: string): string {
  for (const file of [path.join(root, 'packages', 'cli', 'package.json'), path.join(root, 'package.json')]) {
    if (!fs.existsSync(file)) continue;
    const { dependencies }: { dependencies?: { koffi?: string } } = JSON.parse(fs.readFileSync(file, 'utf8'));
    if (dependencies?.koffi !== undefined) return dependencies.koffi;
  }
  return '*';
}
