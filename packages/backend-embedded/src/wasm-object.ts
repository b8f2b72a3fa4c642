/** What wasm objects from LLVM want from outside.
 *  In: their bytes. Out: the functions that linking or the host has to supply. */
import { readImports } from '@kiln/interop/runtime/wasm-imports.ts';

/** A function that an object wants from outside. */
export interface FunctionImport {
  readonly module: string;
  readonly name: string;
}

/** LLVM puts every undefined function into the module `env` unless the IR names another one with `wasm-import-module`. A symbol
 *  that another object defines is included. */
export function functionImports(bytes: Uint8Array): readonly FunctionImport[] {
  return readImports(bytes).filter((item) => item.kind === 'function');
}
