/** What the compiler needs from its surroundings. Node, a browser page, the language server (with unsaved buffers) and
 *  tests each supply one; the compiler itself touches no file and no process.
 *  Invariant: answers do not change during one compilation. */

export interface Host {
  /** The bytes of a file, or null if there is none or it cannot be read (`describe` says why). */
  readFile(path: string): Uint8Array | null;
  /** What stands at a path; import resolution asks this about many paths that do not exist. */
  kindOf(path: string): 'file' | 'directory' | null;
  /** Why `readFile` returned null, in a few words for the user: 'no such file', 'permission denied', … */
  describe(path: string): string;
  /** Joins and normalizes; an absolute `relative` replaces `base`. The result uses '/' on every platform. */
  join(base: string, relative: string): string;
  /** The folder part of a path. */
  directoryOf(path: string): string;
  /** The folder of the standard library: `std.memory` is `<stdRoot>/memory.mojo` or `<stdRoot>/memory/__init__.mojo`. */
  readonly stdRoot: string;
  /** A content hash for cache keys: lower-case hex. */
  hash(bytes: Uint8Array): string;
  /** Milliseconds on a monotonic clock, for `--time-report` only. */
  now(): number;
  /** What compile-time code prints while compiling, to standard output (1) or error (2). */
  write(descriptor: 1 | 2, bytes: Uint8Array): void;
}

/** One answer that a compilation depended on. `hash` is null for a path that was looked for and was not there:
 *  a file that appears there later changes the meaning of an import. */
export interface RecordedInput {
  readonly path: string;
  readonly hash: string | null;
}

/** Wraps a host so that what the compilation depends on is known afterwards. */
export class RecordingHost implements Host {
  readonly stdRoot: string;
  private readonly inner: Host;
  private readonly recorded = new Map<string, string | null>();

  constructor(inner: Host) {
    this.inner = inner;
    this.stdRoot = inner.stdRoot;
  }

  readFile(path: string): Uint8Array | null {
    const bytes = this.inner.readFile(path);
    this.recorded.set(path, bytes === null ? null : this.inner.hash(bytes));
    return bytes;
  }

  kindOf(path: string): 'file' | 'directory' | null {
    const kind = this.inner.kindOf(path);
    if (kind === null && !this.recorded.has(path)) this.recorded.set(path, null);
    return kind;
  }

  describe(path: string): string {
    return this.inner.describe(path);
  }

  join(base: string, relative: string): string {
    return this.inner.join(base, relative);
  }

  directoryOf(path: string): string {
    return this.inner.directoryOf(path);
  }

  hash(bytes: Uint8Array): string {
    return this.inner.hash(bytes);
  }

  now(): number {
    return this.inner.now();
  }

  write(descriptor: 1 | 2, bytes: Uint8Array): void {
    this.inner.write(descriptor, bytes);
  }

  inputs(): RecordedInput[] {
    return [...this.recorded].map(([path, hash]) => ({ path, hash }));
  }
}

/** A host over files held in memory, for tests and the playground. Paths are '/'-separated. */
export function createMemoryHost(files: ReadonlyMap<string, string | Uint8Array>, stdRoot = '/std'): Host {
  const encoder = new TextEncoder();
  return {
    stdRoot,
    readFile(path) {
      const content = files.get(path);
      if (content === undefined) return null;
      return typeof content === 'string' ? encoder.encode(content) : content;
    },
    kindOf(path) {
      if (files.has(path)) return 'file';
      for (const name of files.keys()) if (name.startsWith(`${path}/`)) return 'directory';
      return null;
    },
    describe: () => 'no such file',
    join: joinPaths,
    directoryOf(path) {
      const slash = path.lastIndexOf('/');
      return slash <= 0 ? (slash === 0 ? '/' : '.') : path.slice(0, slash);
    },
    hash: fnvHash,
    now: () => 0,
    write: () => undefined,
  };
}

/** '/'-separated join with '.' and '..' resolved. */
export function joinPaths(base: string, relative: string): string {
  const whole = relative.startsWith('/') ? relative : `${base}/${relative}`;
  const parts: string[] = [];
  for (const part of whole.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts[parts.length - 1] !== '..') parts.pop();
    else parts.push(part);
  }
  return (whole.startsWith('/') ? '/' : '') + (parts.join('/') || (whole.startsWith('/') ? '' : '.'));
}

/** FNV-1a, 32 bits: enough to notice a change in memory, never a key of the cache on disk. */
function fnvHash(bytes: Uint8Array): string {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
