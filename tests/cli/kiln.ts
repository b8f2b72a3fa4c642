/** Runs the bundled command line as a user would, in a folder and with a cache of its own. */
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
export const BUNDLE = path.join(ROOT, 'dist', 'kiln.cjs');

export interface KilnResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Workplace {
  readonly folder: string;
  readonly cache: string;
  write(name: string, content: string | Uint8Array): string;
  kiln(words: readonly string[], env?: Readonly<Record<string, string>>): KilnResult;
  remove(): void;
}

export function makeWorkplace(): Workplace {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'kiln-test-')));
  const cache = path.join(folder, '.cache');
  return {
    folder,
    cache,
    write(name, content) {
      const file = path.join(folder, name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, content);
      return file;
    },
    kiln(words, env = {}) {
      const result = spawnSync(process.execPath, [BUNDLE, ...words], {
        cwd: folder,
        encoding: 'utf8',
        timeout: 60_000,
        maxBuffer: 64 * 1024 * 1024,
        env: { ...process.env, KILN_CACHE_DIR: cache, NO_COLOR: '1', ...env },
      });
      return { status: result.status, stdout: result.stdout, stderr: result.stderr };
    },
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}

/** The build that `dist/kiln.cjs` belongs to: what the launcher puts into its keys. */
export function currentBuildId(): string {
  for (const [, id = ''] of fs.readFileSync(BUNDLE, 'utf8').matchAll(/"([0-9a-f]{16})"/g)) {
    if (fs.existsSync(path.join(ROOT, 'dist', id))) return id;
  }
  throw new Error('no build id in dist/kiln.cjs');
}

/** Puts a whole installation into a folder, its library linked or copied; returns its launcher. */
export function installAt(root: string, library: 'linked' | 'copied'): string {
  const dist = path.join(root, 'dist');
  fs.cpSync(path.join(ROOT, 'dist', currentBuildId()), path.join(dist, currentBuildId()), { recursive: true });
  fs.copyFileSync(BUNDLE, path.join(dist, 'kiln.cjs'));
  if (library === 'linked') fs.symlinkSync(path.join(ROOT, 'std'), path.join(root, 'std'));
  else fs.cpSync(path.join(ROOT, 'std'), path.join(root, 'std'), { recursive: true });
  fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(root, 'node_modules'));
  return path.join(dist, 'kiln.cjs');
}
