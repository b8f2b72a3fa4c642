/** What a thread of a program runs: it waits for work of the program's pool. */
export { help } from '@kiln/interop/runtime/helpers.ts';
