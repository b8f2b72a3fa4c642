/** `kiln doctor` and `kiln --version`: what is installed, and how to mend what is not. */
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { libLlvmInstalled } from '@kiln/backend-native/libllvm.ts';
import { startNativeCompiler } from '@kiln/backend-native/native-backend.ts';
import { Cache } from './cache.ts';
import { EXIT_ENVIRONMENT } from './exit-status.ts';
import { writeOutput } from './output.ts';
import type { Session } from './session.ts';

interface Finding {
  readonly name: string;
  readonly state: 'ok' | 'optional' | 'missing';
  readonly text: string;
  /** What to do about it; '' when there is nothing to do. */
  readonly mend: string;
}

export async function doctorCommand(session: Session): Promise<number> {
  const findings = [
    nodeFinding(),
    ...(await nativeFindings()),
    embeddedFinding(),
    libraryFinding(session),
    cacheFinding(),
    pythonFinding(),
  ];
  const width = Math.max(...findings.map((finding) => finding.name.length));
  const marks = { ok: 'ok', optional: '--', missing: '!!' } as const;
  for (const finding of findings) {
    writeOutput('-', `${marks[finding.state]} ${finding.name.padEnd(width)}  ${finding.text}\n`);
    if (finding.mend !== '') writeOutput('-', `${' '.repeat(width + 5)}→ ${finding.mend}\n`);
  }
  return findings.some((finding) => finding.state === 'missing') ? EXIT_ENVIRONMENT : 0;
}

export async function versionText(session: Session): Promise<string> {
  const { version, buildId } = session.installation;
  const lines = [
    `kiln ${version} (build ${buildId})`,
    `Node.js ${process.versions.node}, ${process.platform} ${process.arch}`,
  ];
  lines.push(libLlvmInstalled() ? await describeNative() : 'native backend: libLLVM 22 is not installed');
  const embedded = embeddedVersion();
  lines.push(embedded === null ? 'wasm backend: not installed' : `wasm backend: @yowasp/clang ${embedded}`);
  return `${lines.join('\n')}\n`;
}

async function describeNative(): Promise<string> {
  const backend = startNativeCompiler({ workerScript: null, execArgv: null, fallbackLinker: null });
  try {
    return `native backend: ${await backend.describe()}`;
  } finally {
    await backend.close();
  }
}

function nodeFinding(): Finding {
  return { name: 'Node.js', state: 'ok', text: `${process.versions.node} (${process.execPath})`, mend: '' };
}

async function nativeFindings(): Promise<Finding[]> {
  if (process.platform !== 'linux') {
    const text = `native code is not tested on ${process.platform} yet; programs run through WebAssembly`;
    return [{ name: 'native backend', state: 'optional', text, mend: '' }];
  }
  const mend = 'apt install libllvm22 lld-22 (Debian, Ubuntu), or set KILN_LLVM to a libLLVM.so.22.1';
  if (!libLlvmInstalled()) {
    const text = 'libLLVM 22 was not found; programs run through WebAssembly';
    return [{ name: 'native backend', state: 'optional', text, mend }];
  }
  const text = await describeNative();
  const works = text.includes('LLVM 22');
  const native: Finding = {
    name: 'native backend',
    state: works ? 'ok' : 'missing',
    text: text.replace('native backend: ', ''),
    mend: works ? '' : mend,
  };
  return [native, linkerFinding()];
}

function linkerFinding(): Finding {
  const wanted = process.env['KILN_LINKER'];
  const names = wanted !== undefined && wanted !== '' ? [wanted] : ['ld.lld-22', 'ld.lld', 'ld'];
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), '/usr/lib/llvm-22/bin'];
  for (const name of names) {
    for (const folder of name.includes('/') ? [''] : folders) {
      const full = folder === '' ? name : path.join(folder, name);
      if (fs.existsSync(full)) return { name: 'linker', state: 'ok', text: full, mend: '' };
    }
  }
  return {
    name: 'linker',
    state: 'optional',
    text: 'none found; the one in @yowasp/clang is used (slower)',
    mend: 'apt install lld-22',
  };
}

function embeddedVersion(): string | null {
  try {
    const require = createRequire(import.meta.url);
    let folder = path.dirname(require.resolve('@yowasp/clang'));
    while (!fs.existsSync(path.join(folder, 'package.json'))) folder = path.dirname(folder);
    const parsed: { version?: unknown } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
    return typeof parsed.version === 'string' ? parsed.version : 'unknown';
  } catch {
    return embeddedVersionFromFolder();
  }
}

/** The package exports only an ES module, which `require.resolve` may refuse. */
function embeddedVersionFromFolder(): string | null {
  for (const folder of createRequire(import.meta.url).resolve.paths('@yowasp/clang') ?? []) {
    try {
      const file = path.join(folder, '@yowasp', 'clang', 'package.json');
      const parsed: { version?: unknown } = JSON.parse(fs.readFileSync(file, 'utf8'));
      return typeof parsed.version === 'string' ? parsed.version : 'unknown';
    } catch {
      // The next folder.
    }
  }
  return null;
}

function embeddedFinding(): Finding {
  const version = embeddedVersion();
  if (version === null) {
    return { name: 'wasm backend', state: 'missing', text: 'the npm package @yowasp/clang is missing', mend: 'npm ci' };
  }
  return { name: 'wasm backend', state: 'ok', text: `@yowasp/clang ${version}`, mend: '' };
}

function libraryFinding(session: Session): Finding {
  const { stdRoot } = session.installation;
  const found = fs.existsSync(stdRoot);
  return {
    name: 'library',
    state: found ? 'ok' : 'missing',
    text: found ? stdRoot : `no folder ${stdRoot}`,
    mend: found ? '' : 'install Kiln again: its std folder is missing',
  };
}

function cacheFinding(): Finding {
  const cache = new Cache(process.env);
  if (cache.prepare()) return { name: 'cache', state: 'ok', text: cache.folder, mend: '' };
  return {
    name: 'cache',
    state: 'optional',
    text: `${cache.folder} cannot be written; every run compiles again`,
    mend: 'set KILN_CACHE_DIR to a folder that can be written',
  };
}

function pythonFinding(): Finding {
  for (const name of ['python3', 'python']) {
    const result = spawnSync(name, ['--version'], { encoding: 'utf8', timeout: 5000 });
    const text = `${result.stdout ?? ''}${result.stderr ?? ''}`.trim();
    if (result.status === 0) return { name: 'Python', state: 'ok', text, mend: '' };
  }
  return {
    name: 'Python',
    state: 'optional',
    text: 'not found; only programs that import Python modules need it',
    mend: 'apt install python3 libpython3-dev (Debian, Ubuntu)',
  };
}
