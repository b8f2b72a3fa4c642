/** Makes a checkout ready to run: installs the npm packages when the lock file changed and bundles the compiler.
 *  In: a checkout and plain Node (this file and bundle.mjs import nothing from npm before it is installed).
 *  Out: node_modules/ and dist/. One line of progress on stderr, nothing on stdout.
 *  Invariant: several may start at once; one works, the others wait for it, and dist/ changes by renames only. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const DIST = path.join(ROOT, 'dist');
const LOCK = path.join(ROOT, '.kiln', 'bootstrap.lock');
const OLDEST_LOCK_MS = 15 * 60 * 1000;
const EXIT_ENVIRONMENT = 3;

/** A failure whose one sentence the user reads. */
class BootstrapError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new BootstrapError(
      `Node.js 20.19 or newer is needed, this is ${process.versions.node}; see https://nodejs.org`,
      EXIT_ENVIRONMENT,
    );
  }
}

function lockFileHash() {
  return createHash('sha256')
    .update(fs.readFileSync(path.join(ROOT, 'package-lock.json')))
    .digest('hex');
}

const installStamp = () => path.join(ROOT, 'node_modules', '.kiln-lock-hash');

function readText(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

export function packagesAreInstalled() {
  return readText(installStamp()) === lockFileHash();
}

/** Every path whose change makes the bundle out of date: the same list as in ./kiln. */
function* bundleInputs() {
  yield path.join(ROOT, 'package-lock.json');
  yield path.join(ROOT, 'scripts', 'bootstrap.mjs');
  yield path.join(ROOT, 'scripts', 'bundle.mjs');
  const packages = path.join(ROOT, 'packages');
  for (const name of fs.readdirSync(packages)) {
    const directories = [path.join(packages, name, 'src')];
    yield path.join(packages, name, 'package.json');
    for (let directory = directories.pop(); directory !== undefined; directory = directories.pop()) {
      if (!fs.existsSync(directory)) continue;
      yield directory;
      for (const entry of fs.readdirSync(directory, { withFileTypes: true })) {
        const full = path.join(directory, entry.name);
        if (entry.isDirectory()) directories.push(full);
        else yield full;
      }
    }
  }
}

function bundleIsFresh() {
  const built = fs.statSync(path.join(DIST, 'kiln.cjs'), { throwIfNoEntry: false });
  if (built === undefined) return false;
  for (const input of bundleInputs()) {
    const found = fs.statSync(input, { throwIfNoEntry: false });
    if (found !== undefined && found.mtimeMs > built.mtimeMs) return false;
  }
  return true;
}

const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Takes a lock left by a process that is gone (or hung for very long). The rename is atomic; if it caught a newer lock
 *  than the one judged stale, that one is put back. */
function breakStaleLock() {
  const text = readText(LOCK);
  if (text === null) return;
  const age = Date.now() - (fs.statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
  const pid = Number(text);
  // An empty lock is one whose owner has created it and not yet written its pid.
  const dead = text === '' ? age > 2000 : !isAlive(pid);
  if (!dead && age < OLDEST_LOCK_MS) return;
  const aside = `${LOCK}.${process.pid}`;
  try {
    fs.renameSync(LOCK, aside);
    if (readText(aside) !== text) fs.linkSync(aside, LOCK);
    fs.rmSync(aside, { force: true });
  } catch {
    // Somebody else was quicker.
  }
}

function acquireLock() {
  fs.mkdirSync(path.dirname(LOCK), { recursive: true });
  let waited = false;
  for (;;) {
    try {
      fs.writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') {
        throw new BootstrapError(
          `cannot write to ${ROOT} (${error.code}), so Kiln cannot be built there`,
          EXIT_ENVIRONMENT,
        );
      }
    }
    if (!waited) {
      waited = true;
      sleep(20);
      if (readText(LOCK) !== null) process.stderr.write('kiln: waiting for another bootstrap of this checkout …\n');
    }
    breakStaleLock();
    sleep(50);
  }
}

function releaseLock() {
  if (readText(LOCK) === String(process.pid)) fs.rmSync(LOCK, { force: true });
}

/** `npm ci`; its own report goes nowhere unless it fails, and then as one sentence. */
function installPackages() {
  const options = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const patience = ['--fetch-retries=2', '--fetch-retry-mintimeout=500', '--fetch-retry-maxtimeout=3000'];
  const windows = process.platform === 'win32';
  const result = spawnSync('npm', [...options, ...patience], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    shell: windows,
  });
  if (result.error !== undefined) {
    throw new BootstrapError(
      `cannot start npm (${result.error.code ?? result.error.message}); it comes with Node.js`,
      EXIT_ENVIRONMENT,
    );
  }
  if (result.status !== 0) {
    const reasons = (result.stderr ?? '')
      .split('\n')
      .map((line) => line.replace(/^npm (error|ERR!)\s*/, '').trim())
      .filter((line) => line !== '' && !line.startsWith('code ') && !/complete log|_logs/.test(line));
    const code = /code (E[A-Z]+)/.exec(result.stderr ?? '')?.[1];
    const reason = [code, reasons[0]].filter(Boolean).join(': ') || `npm ci ended with status ${result.status}`;
    throw new BootstrapError(
      `cannot install the npm packages (is the network reachable?): ${reason.slice(0, 200)}`,
      EXIT_ENVIRONMENT,
    );
  }
  fs.writeFileSync(installStamp(), lockFileHash());
}

/** Brings the checkout up to date. `bundle: false` installs only (the test runner needs no bundle to start). */
export async function bootstrap({ bundle = true } = {}) {
  requireNode();
  if (packagesAreInstalled() && (!bundle || bundleIsFresh())) return;
  acquireLock();
  const onSignal = (signal) => {
    releaseLock();
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  try {
    const install = !packagesAreInstalled();
    const build = bundle && (install || !bundleIsFresh());
    if (install)
      process.stderr.write('kiln: installing npm packages and building the compiler (once; about a minute) …\n');
    else if (build) process.stderr.write('kiln: building the compiler …\n');
    if (install) installPackages();
    if (build) {
      const started = new Date();
      const { buildBundles } = await import('./bundle.mjs');
      await buildBundles({ root: ROOT, dist: DIST, started });
    }
  } finally {
    releaseLock();
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  }
}

export function reportFailure(error) {
  const status = error instanceof BootstrapError ? error.status : 70;
  const detail = status === 70 ? `building the compiler failed: ${String(error?.message ?? error)}` : error.message;
  process.stderr.write(`kiln: ${detail}\n`);
  return status;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(fs.realpathSync(process.argv[1])).href) {
  try {
    await bootstrap();
  } catch (error) {
    process.exitCode = reportFailure(error);
  }
}
