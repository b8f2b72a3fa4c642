/** The compiler's `Host` on Node's file system. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { type Host, joinPaths } from '@kiln/compiler/driver/host.ts';
import { hashBytes } from './cache.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  ELOOP: 'too many symbolic links',
  ENAMETOOLONG: 'the name is too long',
  EMFILE: 'too many open files',
  ERR_FS_FILE_TOO_LARGE: 'the file is too large',
};

/** Why a system call failed, in a few words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  return REASONS[code] ?? (code || String(error));
}

export function createNodeHost(stdRoot: string): Host {
  const windows = path.sep === '\\';
  const unify = (file: string): string => (windows ? file.replaceAll('\\', '/') : file);
  return {
    stdRoot: unify(stdRoot),
    readFile(file) {
      try {
        // A pipe or device could block or never end.
        if (!fs.statSync(file).isFile()) return null;
        return fs.readFileSync(file);
      } catch {
        return null;
      }
    },
    kindOf(file) {
      const stat = fs.statSync(file, { throwIfNoEntry: false });
      return stat === undefined ? null : stat.isDirectory() ? 'directory' : stat.isFile() ? 'file' : null;
    },
    describe(file) {
      try {
        const stat = fs.statSync(file);
        if (stat.isDirectory()) return 'it is a folder, not a file';
        if (!stat.isFile()) return 'it is not a regular file';
        fs.closeSync(fs.openSync(file, 'r'));
        return stat.size > 2 ** 31 ? 'the file is too large' : 'it cannot be read';
      } catch (error) {
        return reasonOf(error);
      }
    },
    join: (base, relative) => (windows ? unify(path.resolve(base, relative)) : joinPaths(base, relative)),
    directoryOf: (file) => unify(path.dirname(file)),
    hash: hashBytes,
    now: () => performance.now(),
    write: (descriptor, bytes) => {
      fs.writeSync(descriptor, bytes);
    },
  };
}
