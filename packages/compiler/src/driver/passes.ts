/** Every pass of the front end as one readable list; `pipeline.ts` runs it. */
import { present } from '../base/invariant.ts';
import type { Span } from '../base/span.ts';
import { DEFAULT_LIMITS, elaborate, type ElaborationLimits, type Elaborator } from '../elaborate/elaborate.ts';
import { qualifiedName } from '../elaborate/fold.ts';
import { createEvaluator } from '../elaborate/interpreter/evaluator.ts';
import { printConcreteProgram } from '../elaborate/print-program.ts';
import { describeModule } from '../interop/describe-module.ts';
import { emitModule } from '../llvm/module.ts';
import { intrinsicInfo } from '../mir/intrinsics.ts';
import { namesOf, printBody } from '../mir/print.ts';
import { createChecking } from '../sema/check/checking.ts';
import { printHir } from '../sema/print-hir.ts';
import { type Analysis, createSession, type Session } from '../sema/session.ts';
import { dialectNotes, looseDefs } from '../syntax/dialect-notes.ts';
import { decideEdition, isLooseDef } from '../syntax/edition.ts';
import { mixedEditions } from '../syntax/errors.ts';
import { tokenize } from '../syntax/lexer.ts';
import { parseLibraryModule, parseModule } from '../syntax/parser.ts';
import { reportCopies } from './hidden-copies.ts';
import { Lowering } from './lowering.ts';
import { createModuleSource } from './module-source.ts';
import { type ComptimeLimits, definesOf } from './options.ts';
import { findPackageEdition } from './package-edition.ts';
import type { BridgeWriter, Pass, PipelineState } from './pipeline-state.ts';
import { RecoveringSink } from './recovered-analysis.ts';
import { printTokens, printTree } from './print-syntax.ts';

/** Every pass, in order. The names serve `--time-report`, dumping and internal errors. */
export const PASSES: readonly Pass[] = [
  {
    name: 'tokenize',
    stage: 'tokens',
    checks: false,
    // The parser reads tokens as it goes; a list of its own is made only to be looked at.
    run: () => {},
    print: (state) => printTokens(tokenize(state.root, state.sink), state.root),
  },
  {
    name: 'parse',
    stage: 'ast',
    checks: true,
    run: (state) => {
      const module = parseModule(state.root, state.sink);
      state.module = module;
      const packageEdition = findPackageEdition(state.host, state.host.directoryOf(state.request.path));
      state.edition = decideEdition(module, { text: state.root.text, given: state.options.edition, packageEdition });
      // Beside syntax errors the notes would only distract.
      if (state.sink.errorCount > 0) return;
      const loose = isLooseDef(module, state.root.text, state.edition) ? looseDefs(module) : [];
      for (const note of [...dialectNotes(module), ...loose]) {
        // That a file mixes spellings matters where that decided its edition.
        if (note.code !== mixedEditions.code || state.edition === '1') state.sink.report(note);
      }
    },
    print: (state) => printTree(present(state.module, 'syntax tree'), state.root),
  },
  {
    name: 'analyze',
    stage: 'hir',
    checks: true,
    run: analyzeModules,
    print: (state) => {
      const { program } = present(state.analysis, 'analysis');
      const printed: string[] = [];
      for (const id of program.userFunctions()) {
        const body = program.body(id);
        if (body !== null) printed.push(printHir(program.function(id), body, program));
      }
      return printed.join('\n');
    },
  },
  {
    name: 'lower',
    stage: 'mir',
    checks: true,
    // All of the main file's functions, and of imported files those that are mentioned; others only when elaboration asks for them.
    run: (state) => {
      const { program } = present(state.analysis, 'analysis');
      const lowering = new Lowering(program, state.store, state.sink);
      state.lowering = lowering;
      for (const id of program.userFunctions()) {
        const { span } = program.function(id);
        state.position = span;
        if (present(state.reports, 'analysis').isUsed(span)) lowering.bodyOf(id);
      }
      const { globals } = program.entry();
      if (globals !== null) lowering.bodyOf(globals);
      lowering.finish();
      reportCopies(lowering.copies, state.options.explainCopies, program, state.store, state.sink);
    },
    print: (state) => {
      const { program } = present(state.analysis, 'analysis');
      const names = namesOf(program, null);
      const bodies = program.userFunctions().map((id) => present(state.lowering, 'lowering').bodyOf(id));
      return bodies.map((body) => (body === null ? '' : printBody(body, names))).join('\n');
    },
  },
  {
    name: 'elaborate',
    stage: 'mir-concrete',
    checks: true,
    run: elaborateProgram,
    print: (state) =>
      printConcreteProgram(present(state.elaborated, 'program').concrete, present(state.analysis, 'analysis').program),
  },
  {
    name: 'emit',
    stage: 'llvm',
    checks: false,
    run: (state) => {
      const { concrete, layouts, elaborator } = present(state.elaborated, 'program');
      const { options } = state;
      state.llvm = emitModule(concrete, layouts, options.target, {
        fpMode: options.fpMode,
        debug: options.debugInfo,
        optLevel: options.optLevel,
        moduleName: state.root.path,
        locate: (span) => locate(state, span),
        sourceLine: (span) => sourceLine(state, span),
        typeName: (type) => qualifiedName(elaborator.folding, type),
        defines: definesOf(options),
      });
    },
    print: (state) => present(state.llvm, 'LLVM IR'),
  },
];

function sourceLine(state: PipelineState, span: Span): string {
  const { text } = state.sources.get(span.file);
  const start = text.lastIndexOf('\n', span.start - 1) + 1;
  const end = text.indexOf('\n', span.start);
  return text.slice(start, end < 0 ? text.length : end);
}

function locate(state: PipelineState, span: Span): { path: string; line: number; column: number } {
  return { path: state.sources.get(span.file).path, ...state.sources.position(span.file, span.start) };
}

function analyzeModules(state: PipelineState): void {
  const { request, host, sources, options, root } = state;
  const hasMain = present(state.module, 'syntax tree').items.some(
    (item) => item.kind === 'FunctionDecl' && item.name.name === 'main',
  );
  const sink = new RecoveringSink(state.sink, sources, { root, hasMain });
  state.reports = sink;
  for (const diagnostic of state.sink.all()) sink.noteSyntaxError(diagnostic);
  const mainFolder = host.directoryOf(request.path);
  const session = createSession(
    {
      store: state.store,
      sink,
      options: { edition: options.edition, isWasm: options.target.isWasm },
      source: createModuleSource(host, sources, sink, { mainFolder, importPaths: options.importPaths }),
      parse: (file) => {
        if (file === root) return present(state.module, 'syntax tree');
        return sources.isLibrary(file.id) ? parseLibraryModule(file, sink) : parseModule(file, sink);
      },
      isIntrinsic: (name) => intrinsicInfo(name) !== null,
      packageEdition: (file) => findPackageEdition(host, file === root ? mainFolder : host.directoryOf(file.path)),
    },
    createChecking,
  );
  const fileName = root.path.slice(root.path.lastIndexOf('/') + 1);
  const name = fileName.replace(/\.(mojo|🔥)$/u, '');
  state.analysis = session.analyze(root, {
    name,
    isPackage: fileName.startsWith('__init__.'),
    requireMain: options.requireMain,
  });
  // In the same session: the module is not read a second time.
  if (state.writeBridge !== null && state.sink.errorCount === 0)
    state.analysis = analyzeBridge(state, session, state.analysis, state.writeBridge, name);
  sink.settle();
}

function analyzeBridge(
  state: PipelineState,
  session: Session,
  module: Analysis,
  write: BridgeWriter,
  name: string,
): Analysis {
  const exports = describeModule(module.sema, module.main);
  const bridge = { exports, ...write(exports, name) };
  state.bridge = bridge;
  // Named like the library, so that stacks leave it out.
  const file = state.sources.addText(`std/bridge of ${state.root.path}`, bridge.text);
  return session.analyze(file, { name: `${name}.bridge`, isPackage: false, requireMain: false });
}

function elaborateProgram(state: PipelineState): void {
  const { program } = present(state.analysis, 'analysis');
  const lowering = present(state.lowering, 'lowering');
  const { host, options, sources } = state;
  let elaborator: Elaborator | null = null;
  const result = elaborate(
    {
      program,
      store: state.store,
      genericBody: (id, values) => {
        const { span } = program.function(id);
        state.position = span;
        return present(state.reports, 'analysis').release(span) ? null : lowering.bodyFor(id, values);
      },
      target: options.target,
      defines: definesOf(options),
      checkHeap: options.checkHeap,
      limits: limitsOf(options.limits),
      sink: state.sink,
      locate: (span) => locate(state, span),
      isLibrary: (file) => sources.isLibrary(file),
      output: (descriptor, bytes) => host.write(descriptor, bytes),
    },
    (made) => {
      elaborator = made;
      return createEvaluator(made);
    },
  );
  if (result !== null) state.elaborated = { ...result, elaborator: present<Elaborator>(elaborator, 'elaborator') };
}

function limitsOf(given: ComptimeLimits): ElaborationLimits {
  return {
    depth: given.depth ?? DEFAULT_LIMITS.depth,
    instances: given.instances ?? DEFAULT_LIMITS.instances,
    steps: given.steps ?? DEFAULT_LIMITS.steps,
    // The interpreter's addresses have 31 bits.
    memoryBytes: Math.min(given.memoryBytes ?? DEFAULT_LIMITS.memoryBytes, 2 ** 31 - 1),
    callDepth: given.callDepth ?? DEFAULT_LIMITS.callDepth,
  };
}
