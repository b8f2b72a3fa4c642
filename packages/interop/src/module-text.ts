/** The whole ES module that stands for a Mojo module.
 *  In: the generated `bind` and how to open the machine code.  Out: JavaScript text. */
import type { JavaScriptModule } from './javascript-module.ts';

export interface ModuleTextOptions {
  /** What the runtime is imported from. */
  readonly runtime: string;
  /** Statements before, e.g. imports. */
  readonly prologue: readonly string[];
  /** A call of `$open…` without its last two arguments: `$rt.openWasm(bytes`. */
  readonly open: string;
  /** An expression for a promise of where a worker imports the runtime from. */
  readonly workerRuntime: string;
}

export function writeModuleText(module: JavaScriptModule, options: ModuleTextOptions): string {
  const names = [...module.names, 'kiln'].filter((name, i, all) => all.indexOf(name) === i);
  return [
    '// Made by Kiln from a Mojo module.',
    `import * as $rt from ${JSON.stringify(options.runtime)};`,
    ...options.prologue,
    `const $module = await ${options.open}, bind, async () => ${options.workerRuntime});`,
    ...names.map((name, i) => `const $${i} = $module[${JSON.stringify(name)}];`),
    `export { ${names.map((name, i) => `$${i} as ${name}`).join(', ')} };`,
    module.bind,
    '',
  ].join('\n');
}
