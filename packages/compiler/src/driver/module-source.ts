/** Finds the text of imported modules through the host.
 *  In: dotted names as sema asks for them.  Out: loaded files; each path is read once, whatever names lead to it.
 *  Order: beside the main file, the `-I` folders, the library. `std` is always the library; without that prefix the
 *  library comes last, as classic programs write `from memory import memcpy`. */
import type { Sink } from '../diagnostics/sink.ts';
import type { LoadedSource, ModuleSource } from '../sema/module-source.ts';
import type { Host } from './host.ts';
import type { SourceSet } from './sources.ts';

const ENDINGS = ['.mojo', '.🔥'] as const;

export interface ModuleSourceOptions {
  /** The folder of the main file, as the user names it. */
  readonly mainFolder: string;
  readonly importPaths: readonly string[];
}

/** A folder to search, and how diagnostics name what lies in it. */
interface Root {
  readonly folder: string;
  readonly display: string;
}

export function createModuleSource(
  host: Host,
  sources: SourceSet,
  sink: Sink,
  options: ModuleSourceOptions,
): ModuleSource {
  const main: Root = { folder: options.mainFolder, display: options.mainFolder };
  const library: Root = { folder: host.stdRoot, display: 'std' };
  const roots: readonly Root[] = [main, ...options.importPaths.map((folder) => ({ folder, display: folder })), library];

  /** Where a dotted name may stand, best first, with the segments below each folder. */
  const places = (path: readonly string[]): { root: Root; segments: readonly string[] }[] => {
    // A name in backticks may hold anything; what would leave the folder is no module.
    if (path.some((segment) => segment === '' || segment === '.' || /[/\\\0]/.test(segment))) return [];
    if (path[0] === 'std') return [{ root: library, segments: path.slice(1) }];
    if (path[0] === '..') return [{ root: main, segments: path }];
    return roots.map((root) => ({ root, segments: path }));
  };

  const load = (root: Root, relative: string): LoadedSource['file'] | null => {
    const file = host.join(root.folder, relative);
    if (host.kindOf(file) !== 'file') return null;
    const display = root.display === '.' ? relative : host.join(root.display, relative);
    return sources.load(file, display, sink);
  };

  return {
    readModule(path) {
      for (const { root, segments } of places(path)) {
        const name = segments.join('/');
        for (const ending of ENDINGS) {
          if (segments.length > 0 && segments[segments.length - 1] !== '..') {
            const file = load(root, `${name}${ending}`);
            if (file !== null) return { file, isPackage: false };
          }
          const init = load(root, `${name === '' ? '' : `${name}/`}__init__${ending}`);
          if (init !== null) return { file: init, isPackage: true };
        }
      }
      return null;
    },
    isDirectory(path) {
      return places(path).some(
        ({ root, segments }) => host.kindOf(host.join(root.folder, segments.join('/'))) === 'directory',
      );
    },
  };
}
