/** `packages/interop/types/runtime.d.ts` is written by hand, for those who use modules: it must promise nothing that the runtime lacks.
 *  The type checker is the test. */
import type { memoryOf } from '@kiln/interop/runtime/runtime.ts';
import type * as runtime from '@kiln/interop/runtime/runtime.ts';
import type * as declared from '../../packages/interop/types/runtime.d.ts';

/** Members with names; those with symbols are in neither library here. */
type Named<T> = Pick<T, keyof T & string>;
type Keeps<Made, Promised> =
  Made extends Named<Promised> ? true : { readonly lacks: Exclude<keyof Promised, keyof Made> };
type Assert<T extends true> = T;

export type Promises = [
  Assert<Keeps<runtime.KilnArray<Float32Array>, declared.KilnArray<Float32Array>>>,
  Assert<Keeps<runtime.KilnObject, declared.KilnObject>>,
  Assert<Keeps<runtime.KilnError, declared.KilnError>>,
  // The type of an element array is asked for more here than a caller has to know.
  Assert<keyof declared.Kiln extends keyof ReturnType<typeof memoryOf> ? true : false>,
  // Every exported name exists.
  Assert<Exclude<keyof typeof declared, keyof typeof runtime> extends never ? true : false>,
];
