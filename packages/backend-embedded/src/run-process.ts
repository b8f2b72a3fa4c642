/** Entry that runs a compiled module: `node run-process.js MODULE.wasm PROGRAM-NAME ARGUMENTS…`. Bundled as a script of
 *  its own; start it with `RUN_PROCESS_FLAGS` and inherited standard streams. Its exit status is the program's; 132 for a
 *  trap. Imports nothing but the WASI layer: V8 runs the program with its default, optimizing settings. */
import * as fs from 'node:fs';
import { runWasm } from './wasm-host.ts';

const [, , file = '', ...args] = process.argv;
let bytes: Uint8Array | null = null;
try {
  bytes = fs.readFileSync(file);
} catch (error) {
  fs.writeSync(2, `kiln: cannot read ${file}: ${(error as Error).message}\n`);
}
process.exit(bytes === null ? 3 : runWasm(file, bytes, { args, environment: process.env }));
