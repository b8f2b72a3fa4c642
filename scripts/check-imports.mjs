/** Enforces who may import whom inside packages/compiler/src, that no file imports itself through others, and that the
 *  compiler touches no platform.
 *  In: the sources.  Out: one line per violation on stderr and exit status 1, or nothing.
 *  `import type` counts for the direction and not for cycles: types vanish when the program is loaded. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const COMPILER = path.join(ROOT, 'packages', 'compiler', 'src');

/** Per folder, what it may import besides itself and base: folders (without the folders in them) or single files. */
const ALLOWED = {
  base: [],
  diagnostics: [],
  syntax: ['diagnostics'],
  terms: [],
  sema: ['syntax', 'terms', 'diagnostics'],
  // The declarations that bodies refer to (functions, structs, witnesses) are the data of sema/hir.ts.
  mir: ['sema/hir.ts', 'terms'],
  'mir/build': ['sema/hir.ts', 'mir', 'terms', 'diagnostics'],
  'mir/dataflow': ['sema/hir.ts', 'mir', 'terms'],
  'mir/check': ['sema/hir.ts', 'mir', 'mir/dataflow', 'terms', 'diagnostics'],
  // Carries out what checks plan.
  'mir/transform': ['sema/hir.ts', 'mir', 'mir/dataflow', 'mir/check', 'terms'],
  'mir/pipeline.ts': [
    'sema/hir.ts',
    'mir',
    'mir/build',
    'mir/dataflow',
    'mir/check',
    'mir/transform',
    'terms',
    'diagnostics',
  ],
  layout: ['sema/hir.ts', 'mir/type-facts.ts', 'terms'],
  // Compile-time code may ask about the target.
  elaborate: ['sema/hir.ts', 'mir', 'terms', 'layout', 'diagnostics', 'backend/backend.ts'],
  llvm: ['sema/hir.ts', 'mir', 'terms', 'layout', 'diagnostics', 'backend/backend.ts'],
  backend: [],
  'backend/debug-info': [],
  // Asks sema about declarations; the bridge is source text again.
  interop: ['sema', 'sema/declare', 'sema/check', 'terms'],
  driver: null,
};

/** Packages outside the compiler: what they may import of other packages. */
const PACKAGES = {
  compiler: [],
  render: ['@kiln/compiler/base', '@kiln/compiler/diagnostics'],
  'backend-native': ['@kiln/compiler/backend', '@kiln/compiler/base'],
  'backend-embedded': ['@kiln/compiler/backend', '@kiln/compiler/base', '@kiln/interop/runtime'],
  interop: ['@kiln/compiler/interop', '@kiln/compiler/base'],
  cli: null,
};

const violations = [];

function listSources(folder) {
  const found = [];
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) found.push(...listSources(full));
    else if (entry.name.endsWith('.ts')) found.push(full);
  }
  return found.sort();
}

/** The import and re-export specifiers of a file. Comments and strings are no concern: only line beginnings count. */
function importsOf(file) {
  const text = fs.readFileSync(file, 'utf8');
  const found = [];
  const statement = /^(import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;
  for (const match of text.matchAll(statement)) {
    found.push({ target: match[3], isType: match[2] !== undefined });
  }
  for (const match of text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)) {
    found.push({ target: match[1], isType: true });
  }
  return found;
}

/** The longest listed folder a file lies in: 'mir/build' before 'mir'. A file that ties folders together is listed itself. */
function folderOf(relative) {
  if (relative in ALLOWED) return relative;
  const parts = relative.split('/').slice(0, -1);
  for (let length = parts.length; length > 0; length--) {
    const name = parts.slice(0, length).join('/');
    if (name in ALLOWED) return name;
  }
  return null;
}

function report(file, message) {
  violations.push(`${path.relative(ROOT, file)}: ${message}`);
}

function checkCompilerFile(file, edges) {
  const relative = path.relative(COMPILER, file).replaceAll('\\', '/');
  const folder = folderOf(relative);
  if (folder === null) {
    report(
      file,
      'lies in no folder that scripts/check-imports.mjs knows; add the folder there and to docs/architecture.md',
    );
    return;
  }
  const code = fs.readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$|'(?:[^'\\\n]|\\.)*'|`[^`]*`/gm, '');
  const platform = /\b(process\.\w+|Buffer\.\w+|require\(|__dirname|document\.\w+|window\.\w+)/.exec(code);
  if (platform !== null) report(file, `uses '${platform[0]}'; the compiler touches no platform (see driver/host.ts)`);
  for (const { target, isType } of importsOf(file)) {
    if (!target.startsWith('.')) {
      if (target.startsWith('@kiln/compiler/'))
        report(file, `imports '${target}'; inside the compiler imports are relative`);
      else report(file, `imports '${target}'; the compiler touches no platform and no package`);
      continue;
    }
    const resolved = path.resolve(path.dirname(file), target);
    const to = path.relative(COMPILER, resolved).replaceAll('\\', '/');
    if (to.startsWith('..')) {
      report(file, `imports '${target}', outside the compiler`);
      continue;
    }
    if (!fs.existsSync(resolved)) report(file, `imports '${target}', which does not exist`);
    if (!isType) edges.get(file).push(resolved);
    const toFolder = folderOf(to);
    const allowed = ALLOWED[folder];
    if (allowed === null || toFolder === folder || toFolder === 'base') continue;
    if (!allowed.includes(toFolder) && !allowed.includes(to)) {
      report(file, `imports '${to}'; ${folder} may import ${['base', ...allowed].join(', ')}`);
    }
  }
}

/** Depth-first search; a file met again on the current path closes a cycle. */
function checkCycles(edges) {
  const state = new Map();
  const reported = new Set();
  const visit = (file, trail) => {
    state.set(file, 'open');
    for (const next of edges.get(file) ?? []) {
      if (state.get(next) === 'open') {
        const cycle = [...trail.slice(trail.indexOf(next)), next].map((name) => path.relative(COMPILER, name));
        const key = [...cycle].sort().join();
        if (!reported.has(key)) report(file, `import cycle: ${cycle.join(' → ')}`);
        reported.add(key);
      } else if (!state.has(next)) visit(next, [...trail, next]);
    }
    state.set(file, 'done');
  };
  for (const file of edges.keys()) if (!state.has(file)) visit(file, [file]);
}

function checkPackage(name) {
  const source = path.join(ROOT, 'packages', name, 'src');
  if (!fs.existsSync(source)) return;
  const allowed = PACKAGES[name];
  if (allowed === undefined) {
    report(source, 'is a package that scripts/check-imports.mjs does not know; add it there');
    return;
  }
  for (const file of listSources(source)) {
    for (const { target } of importsOf(file)) {
      if (target.startsWith('.') && path.relative(source, path.resolve(path.dirname(file), target)).startsWith('..')) {
        report(file, `imports '${target}'; across packages write @kiln/…`);
      }
      if (!target.startsWith('@kiln/') || allowed === null) continue;
      if (!allowed.some((prefix) => target.startsWith(`${prefix}/`))) {
        report(file, `imports '${target}'; ${name} may import ${allowed.join(', ')}`);
      }
    }
  }
}

const files = listSources(COMPILER);
const edges = new Map(files.map((file) => [file, []]));
for (const file of files) checkCompilerFile(file, edges);
checkCycles(edges);
for (const name of fs.readdirSync(path.join(ROOT, 'packages')).sort()) if (name !== 'compiler') checkPackage(name);

for (const violation of violations) process.stderr.write(`${violation}\n`);
if (violations.length > 0) {
  process.stderr.write(`${violations.length} import ${violations.length === 1 ? 'violation' : 'violations'}\n`);
  process.exitCode = 1;
}
