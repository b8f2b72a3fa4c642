/** `npm test`: makes the checkout ready, then type check, lint, import check, and every tests/**\/*.test.ts.
 *  Arguments are parts of test paths: only those tests run then, without the static checks.
 *  As root with apt, where LLVM 22 is missing, it installs libllvm22 and lld-22 (KILN_NO_INSTALL=1 forbids that). */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bootstrap, reportFailure } from './bootstrap.mjs';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const filters = process.argv.slice(2);

/** Runs a program on our streams; the status, 127 if it does not exist. */
function run(title, program, words, env = {}) {
  process.stdout.write(`── ${title}\n`);
  const result = spawnSync(program, words, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } });
  if (result.error !== undefined) process.stderr.write(`kiln: cannot start ${program}: ${result.error.message}\n`);
  return result.status ?? (result.signal === null ? 127 : 1);
}

function hasLlvm() {
  const setting = process.env.KILN_LLVM;
  if (setting !== undefined && setting !== '') return true;
  const folders = [
    '/usr/lib/x86_64-linux-gnu',
    '/usr/lib/aarch64-linux-gnu',
    '/usr/lib/llvm-22/lib',
    '/usr/lib64',
    '/usr/lib',
    '/usr/local/lib',
  ];
  return folders.some((folder) => fs.existsSync(path.join(folder, 'libLLVM.so.22.1')));
}

function onPath(program) {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => fs.existsSync(path.join(folder, program)));
}

/** The native half of the tests needs libLLVM 22. */
function provideLlvm() {
  if (hasLlvm()) return;
  const mayInstall =
    process.platform === 'linux' &&
    process.getuid?.() === 0 &&
    onPath('apt-get') &&
    process.env.KILN_NO_INSTALL !== '1';
  if (mayInstall) {
    process.stdout.write(
      'LLVM 22 is missing: installing libllvm22 and lld-22 with apt (KILN_NO_INSTALL=1 forbids it)\n',
    );
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const apt = (...words) =>
      spawnSync('apt-get', ['-qq', '-o', 'Dpkg::Use-Pty=0', ...words], { stdio: ['ignore', 'ignore', 'inherit'], env });
    apt('update');
    apt('install', '-y', '--no-install-recommends', 'libllvm22', 'lld-22');
    if (hasLlvm()) return;
  }
  process.stdout.write(
    'skipped: the tests of the native backend, because libLLVM 22 is not installed; get it with: apt install libllvm22 lld-22\n',
  );
}

function listTests(folder) {
  const found = [];
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) found.push(...listTests(full));
    else if (entry.name.endsWith('.test.ts')) found.push(path.relative(ROOT, full).replaceAll('\\', '/'));
  }
  return found.sort();
}

async function main() {
  try {
    await bootstrap();
  } catch (error) {
    return reportFailure(error);
  }
  provideLlvm();
  const tests = listTests(path.join(ROOT, 'tests')).filter(
    (file) => filters.length === 0 || filters.some((part) => file.includes(part)),
  );
  if (tests.length === 0) {
    process.stderr.write(
      `kiln: no test file${filters.length === 0 ? ' under tests/' : ` matches ${filters.join(' ')}`}\n`,
    );
    return 1;
  }
  const failed = [];
  const step = (title, ...words) => {
    const status = run(title, process.execPath, words);
    if (status !== 0) failed.push(title);
  };
  if (filters.length === 0) {
    step('type check', 'node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json');
    step('lint', 'node_modules/@biomejs/biome/bin/biome', 'lint', '--diagnostic-level=warn', '.');
    step('import directions', 'scripts/check-imports.mjs');
  }
  process.stdout.write(`── ${tests.length} test ${tests.length === 1 ? 'file' : 'files'}\n`);
  // A test that hangs fails instead of stopping everything.
  const reporter = ['--test-timeout=1500000', '--test-reporter=spec', '--test-reporter-destination=stdout'];
  const words = ['--import', 'tsx', '--test', '--test-concurrency=2', ...reporter, ...tests];
  const cache = process.env.KILN_CACHE_DIR ?? path.join(ROOT, '.kiln', 'test-cache');
  const result = spawnSync(process.execPath, words, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, KILN_CACHE_DIR: cache },
  });
  if (result.status !== 0) failed.push('tests');
  if (failed.length > 0) process.stderr.write(`kiln: failed: ${failed.join(', ')}\n`);
  return failed.length === 0 ? 0 : (result.status ?? 1) || 1;
}

process.exitCode = await main();
