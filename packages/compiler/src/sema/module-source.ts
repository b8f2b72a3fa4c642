/** How sema asks for the text of modules. The driver implements it over its host; tests over a map.
 *  Paths are dotted names split at the dots, relative to the directory of the main file; the first segment `std` means the library.
 *  Leading '..' segments (from relative imports) climb above that directory. Invariant: answers do not change during a session. */
import type { SourceFile } from '../base/span.ts';

export interface LoadedSource {
  readonly file: SourceFile;
  /** The file is the `__init__.mojo` of a package. */
  readonly isPackage: boolean;
}

export interface ModuleSource {
  /** The module at `path`, searched beside the main file, in the include paths, then in the library; null if there is none. */
  readModule(path: readonly string[]): LoadedSource | null;
  /** Whether a directory without `__init__.mojo` stands at `path`: dotted imports may pass through it. */
  isDirectory(path: readonly string[]): boolean;
}
