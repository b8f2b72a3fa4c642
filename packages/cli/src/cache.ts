/** The cache on disk: artefacts by key, and per `kiln run` request what it depended on and which artefact answered it.
 *  In: keys and bytes.  Out: paths of intact artefacts, or null.
 *  Invariants: files appear under their name whole (written aside, then renamed); an entry whose checksum does not fit is
 *  a miss; nothing here throws for a folder that cannot be used. The launcher uses this file on every run: keep it small. */
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const FORMAT = 4;
const LIMIT_BYTES = 512 * 1024 * 1024;
/** Entries are re-dated at most this often, and the folder is searched for old ones as rarely. */
const TOUCH_MS = 60 * 60 * 1000;

export type ArtefactKind = 'native' | 'wasm';

export interface Artefact {
  readonly kind: ArtefactKind;
  readonly path: string;
}

/** An artefact that lies in the cache. */
export interface KeptArtefact extends Artefact {
  readonly checksum: string;
}

/** What a request's answer depended on: (path, hash of its bytes or null for absent). */
export type InputList = readonly (readonly [string, string | null])[];

export interface RequestEntry {
  readonly format: number;
  readonly inputs: InputList;
  readonly kind: ArtefactKind;
  readonly artefact: string;
  readonly checksum: string;
  /** Notes and warnings of the compilation, to be said again: without and with colour. */
  readonly messages: string;
  readonly coloredMessages: string;
  /** Why this backend was taken, for `-v`. */
  readonly reason: string;
  /** For a module: what it exports, as JSON. */
  readonly exports: string | null;
}

export function hashBytes(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}

/** A key from parts that cannot run into one another. */
export function keyOf(parts: readonly string[]): string {
  return hashBytes(JSON.stringify(parts));
}

function platformFolder(env: NodeJS.ProcessEnv): string {
  const own = env['KILN_CACHE_DIR'];
  if (own !== undefined && own !== '') return path.resolve(own);
  const home = os.homedir();
  switch (process.platform) {
    case 'darwin':
      return path.join(home, 'Library', 'Caches', 'kiln');
    case 'win32':
      return path.join(env['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'), 'kiln', 'cache');
    default: {
      const base = env['XDG_CACHE_HOME'];
      return path.join(base !== undefined && path.isAbsolute(base) ? base : path.join(home, '.cache'), 'kiln');
    }
  }
}

export class Cache {
  readonly folder: string;
  private readonly objects: string;
  private readonly requests: string;

  constructor(env: NodeJS.ProcessEnv) {
    this.folder = platformFolder(env);
    this.objects = path.join(this.folder, 'objects');
    this.requests = path.join(this.folder, 'requests');
  }

  /** Makes the folders; false if nothing can be written there. */
  prepare(): boolean {
    try {
      makeFolder(this.objects);
      makeFolder(this.requests);
      // Permission bits say nothing to root or about a read-only file system.
      const probe = path.join(this.objects, `.probe-${process.pid}`);
      fs.writeFileSync(probe, '');
      fs.rmSync(probe);
      return true;
    } catch {
      return false;
    }
  }

  /** The answer to an unchanged request: every recorded input has its recorded hash and the artefact is whole. */
  lookUpRequest(key: string): { entry: RequestEntry; artefact: Artefact } | null {
    const file = path.join(this.requests, key);
    const entry = readEntry(file);
    if (entry === null) return null;
    for (const [input, expected] of entry.inputs) {
      if (expected === null ? fs.existsSync(input) : hashFile(input) !== expected) return null;
    }
    const artefact = this.intact(entry.artefact, entry.kind, entry.checksum);
    if (artefact === null) return null;
    touch(file);
    return { entry, artefact };
  }

  /** An artefact by its key; its checksum lies beside it. */
  lookUpArtefact(key: string, kind: ArtefactKind): KeptArtefact | null {
    try {
      return this.intact(key, kind, fs.readFileSync(`${this.artefactPath(key, kind)}.sum`, 'utf8'));
    } catch {
      return null;
    }
  }

  private intact(key: string, kind: ArtefactKind, checksum: string): KeptArtefact | null {
    const file = this.artefactPath(key, kind);
    if (hashFile(file) !== checksum) return null;
    touch(file);
    return { kind, path: file, checksum };
  }

  artefactPath(key: string, kind: ArtefactKind): string {
    return path.join(this.objects, kind === 'wasm' ? `${key}.wasm` : key);
  }

  /** Where to write an artefact before `keepArtefact` renames it into place. */
  temporaryPath(): string {
    return path.join(this.objects, `.new-${process.pid}-${Date.now().toString(36)}`);
  }

  /** Moves a finished file into the cache; returns its checksum, or null if that failed. */
  keepArtefact(temporary: string, key: string, kind: ArtefactKind): KeptArtefact | null {
    try {
      const file = this.artefactPath(key, kind);
      const checksum = hashFile(temporary);
      if (checksum === null) return null;
      writeWhole(`${file}.sum`, checksum);
      fs.renameSync(temporary, file);
      return { kind, path: file, checksum };
    } catch {
      return null;
    }
  }

  keepRequest(key: string, entry: Omit<RequestEntry, 'format'>): void {
    try {
      const text = JSON.stringify({ format: FORMAT, ...entry });
      writeWhole(path.join(this.requests, key), `${hashBytes(text)}\n${text}`);
      this.prune();
    } catch {
      // A full or read-only disk: the next run compiles again.
    }
  }

  /** Removes what was used longest ago until the rest is below the limit; at most once an hour. */
  private prune(): void {
    const stamp = path.join(this.folder, 'pruned');
    const last = fs.statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (Date.now() - last < TOUCH_MS) return;
    fs.writeFileSync(stamp, '');
    pruneFolders([this.objects, this.requests], LIMIT_BYTES);
  }
}

/** Oldest use first, until at most `limit` bytes remain. Exported for its test. */
export function pruneFolders(folders: readonly string[], limit: number): void {
  const files: { path: string; bytes: number; used: number }[] = [];
  for (const folder of folders) {
    for (const name of fs.readdirSync(folder)) {
      const full = path.join(folder, name);
      const stat = fs.statSync(full, { throwIfNoEntry: false });
      if (stat?.isFile() !== true) continue;
      // What a killed process left half written.
      if (name.startsWith('.') && Date.now() - stat.mtimeMs > TOUCH_MS) fs.rmSync(full, { force: true });
      else files.push({ path: full, bytes: stat.size, used: stat.mtimeMs });
    }
  }
  let total = files.reduce((sum, file) => sum + file.bytes, 0);
  files.sort((a, b) => a.used - b.used);
  for (const file of files) {
    if (total <= limit) return;
    fs.rmSync(file.path, { force: true });
    total -= file.bytes;
  }
}

/** An entry is its checksum, a line end, and JSON: what passes the checksum was written by this code. */
function readEntry(file: string): RequestEntry | null {
  try {
    const text = fs.readFileSync(file, 'utf8');
    const body = text.slice(33);
    if (text.slice(0, 32) !== hashBytes(body)) return null;
    const entry: RequestEntry = JSON.parse(body);
    return entry.format === FORMAT ? entry : null;
  } catch {
    return null;
  }
}

function hashFile(file: string): string | null {
  try {
    return hashBytes(fs.readFileSync(file));
  } catch {
    return null;
  }
}

function writeWhole(file: string, text: string): void {
  const aside = path.join(path.dirname(file), `.new-${process.pid}-${path.basename(file)}`);
  fs.writeFileSync(aside, text);
  fs.renameSync(aside, file);
}

/** Notes a use, for "oldest use out"; seldom enough not to matter. */
function touch(file: string): void {
  try {
    const now = Date.now();
    if (now - fs.statSync(file).mtimeMs > TOUCH_MS) fs.utimesSync(file, now / 1000, now / 1000);
  } catch {
    // A read-only cache is still good to read from.
  }
}

/** `mkdir -p`, but not Node's: that one never returns where a file system answers ENOENT below an existing folder (/proc). */
function makeFolder(folder: string): void {
  if (fs.existsSync(folder)) return;
  const parent = path.dirname(folder);
  if (parent !== folder) makeFolder(parent);
  try {
    fs.mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process may have made it just now.
    if (!fs.existsSync(folder)) throw error;
  }
}
