/** Shared by the sema tests: checks sources held in memory against the library on disk. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildLineTable, lineAndColumn } from '@kiln/compiler/base/span.ts';
import type { Diagnostic } from '@kiln/compiler/diagnostics/diagnostic.ts';
import { DiagnosticSink } from '@kiln/compiler/diagnostics/sink.ts';
import type { Host } from '@kiln/compiler/driver/host.ts';
import { createMemoryHost } from '@kiln/compiler/driver/host.ts';
import { createModuleSource } from '@kiln/compiler/driver/module-source.ts';
import { SourceSet } from '@kiln/compiler/driver/sources.ts';
import { intrinsicInfo } from '@kiln/compiler/mir/intrinsics.ts';
import { createChecking } from '@kiln/compiler/sema/check/checking.ts';
import { type Analysis, createSession } from '@kiln/compiler/sema/session.ts';
import type { Sema } from '@kiln/compiler/sema/sema.ts';
import { parseModule } from '@kiln/compiler/syntax/parser.ts';
import { TermStore } from '@kiln/compiler/terms/store.ts';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const STD = path.join(ROOT, 'std');

export interface Checked {
  readonly analysis: Analysis;
  readonly sema: Sema;
  readonly diagnostics: readonly Diagnostic[];
  /** `line code` of each error, sorted by position; files other than the main one are prefixed by their name. */
  readonly errors: readonly string[];
  /** `line:message` of each error, for assertion messages. */
  readonly texts: readonly string[];
}

/** A host whose library is the one on disk and whose other files are `files`. */
function hostOf(files: ReadonlyMap<string, string>): Host {
  const memory = createMemoryHost(files, STD);
  return {
    ...memory,
    readFile: (name) => (name.startsWith(STD) && existsSync(name) ? readFileSync(name) : memory.readFile(name)),
    kindOf: (name) => {
      if (!name.startsWith(STD)) return memory.kindOf(name);
      if (!existsSync(name)) return null;
      return statSync(name).isDirectory() ? 'directory' : 'file';
    },
  };
}

/** Checks `text` as the main file; `others` are further files by path, e.g. `pkg/__init__.mojo`. `also` may look at more. */
export function check(
  text: string,
  others: Readonly<Record<string, string>> = {},
  requireMain = false,
  also: (analysis: Analysis, sink: DiagnosticSink) => void = () => {},
): Checked {
  const files = new Map<string, string>([['/project/main.mojo', text]]);
  for (const [name, content] of Object.entries(others)) files.set(`/project/${name}`, content);
  const host = hostOf(files);
  const sink = new DiagnosticSink();
  const sources = new SourceSet(host);
  const file = sources.load('/project/main.mojo', 'main.mojo', sink);
  if (file === null) throw new Error('no main file');
  const session = createSession(
    {
      store: new TermStore(),
      sink,
      options: { edition: null, isWasm: false },
      source: createModuleSource(host, sources, sink, { mainFolder: '/project', importPaths: [] }),
      parse: (source) => parseModule(source, sink),
      isIntrinsic: (name) => intrinsicInfo(name) !== null,
      packageEdition: () => null,
    },
    createChecking,
  );
  const analysis = session.analyze(file, { name: 'main', isPackage: false, requireMain });
  also(analysis, sink);
  const diagnostics = sink.sorted();
  const errors: string[] = [];
  const texts: string[] = [];
  for (const diagnostic of diagnostics) {
    if (diagnostic.severity !== 'error') continue;
    const span = diagnostic.primary?.span ?? null;
    const source = span === null ? file : sources.get(span.file);
    const line = span === null ? 0 : lineAndColumn(buildLineTable(source.text), span.start).line;
    const prefix = source === file ? '' : `${source.path}:`;
    errors.push(`${prefix}${line} ${diagnostic.code}`);
    texts.push(`${prefix}${line}: ${diagnostic.code} ${diagnostic.message}`);
  }
  return { analysis, sema: session.sema, diagnostics, errors, texts };
}
