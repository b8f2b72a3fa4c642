/** Where the parts of Kiln lie: the library, and the scripts of the processes and threads it starts.
 *  From a bundle the scripts are its siblings; from sources (tests) they are the TypeScript files themselves. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Scripts that run as a process or thread of their own, with their source relative to packages/. */
const SCRIPTS = {
  'native-worker': 'backend-native/src/native-worker.ts',
  'compile-process': 'backend-embedded/src/compile-process.ts',
  'run-process': 'backend-embedded/src/run-process.ts',
} as const;

export type ScriptName = keyof typeof SCRIPTS;

export interface Installation {
  /** The folder that holds `std/`. */
  readonly root: string;
  readonly version: string;
  /** Stands for the whole compiler in cache keys; 'sources' when it runs from them. */
  readonly buildId: string;
  /** The folder of the bundles that run, or of the sources. */
  readonly buildFolder: string;
  readonly stdRoot: string;
  readonly bundled: boolean;
}

const HERE = path.dirname(fileURLToPath(import.meta.url));
const BUNDLED = import.meta.url.endsWith('.cjs');

export function findInstallation(): Installation {
  let root = HERE;
  while (!fs.existsSync(path.join(root, 'std')) && path.dirname(root) !== root) root = path.dirname(root);
  const buildId = BUNDLED ? path.basename(HERE) : 'sources';
  return {
    root,
    version: readVersion(root),
    buildId,
    buildFolder: HERE,
    stdRoot: path.join(root, 'std'),
    bundled: BUNDLED,
  };
}

export function scriptPath(name: ScriptName): string {
  return BUNDLED ? path.join(HERE, `${name}.cjs`) : path.join(HERE, '..', '..', SCRIPTS[name]);
}

/** The bundle of the compiler's side of the command line; null where it runs from sources. */
export function compilerScript(): string | null {
  return BUNDLED ? path.join(HERE, 'compiler.cjs') : null;
}

/** Node flags that a script needs: sources need the TypeScript loader that tests run under. */
export function scriptFlags(): readonly string[] {
  return BUNDLED ? [] : ['--import', 'tsx'];
}

function readVersion(root: string): string {
  for (const file of [path.join(root, 'packages', 'cli', 'package.json'), path.join(root, 'package.json')]) {
    try {
      const parsed: { version?: unknown } = JSON.parse(fs.readFileSync(file, 'utf8'));
      if (typeof parsed.version === 'string') return parsed.version;
    } catch {
      // The next place.
    }
  }
  return 'unknown';
}
