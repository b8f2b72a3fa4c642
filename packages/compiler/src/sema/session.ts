/** One compilation's front end: assembles `Sema` from its two halves, checks the user's modules, and hands out `Program`.
 *  In: the main file and where modules come from.  Out: `Analysis`; everything wrong is in the sink.
 *  Invariant: no user code runs; library bodies are checked only when `Program.body` asks for them. */
import { present } from '../base/invariant.ts';
import type { SourceFile } from '../base/span.ts';
import { bodyOf, createProgram, hasInitializer, mainFunction } from './declare/program.ts';
import { checkClassicNeeds } from './declare/classic-needs.ts';
import { checkHeaders, writtenFunctions } from './declare/check-module.ts';
import { createDeclareContext, type DeclareContext, type SessionParts } from './declare/context.ts';
import { createDeclarations } from './declare/declarations.ts';
import { mainArguments, mainParameters, mainRaises, mainResult, noMain } from './declare/errors.ts';
import { createKnown } from './declare/known.ts';
import { addModule } from './declare/modules.ts';
import { signatureOf } from './declare/signatures.ts';
import type { FunctionEntity, ModuleEntity } from './entities.ts';
import type { HirBody, Program } from './hir.ts';
import type { Checking, Sema } from './sema.ts';

export type { SessionParts } from './declare/context.ts';

export interface AnalyzeOptions {
  /** Dotted name of the main module: the file's base name. */
  readonly name: string;
  /** The file is a package's `__init__.mojo`. */
  readonly isPackage: boolean;
  /** A program is wanted: report a missing `main`. */
  readonly requireMain: boolean;
}

export interface Analysis {
  readonly program: Program;
  /** For those who ask about declarations rather than bodies (interop/). */
  readonly sema: Sema;
  readonly main: ModuleEntity;
  /** The user's modules, main first. */
  readonly modules: readonly ModuleEntity[];
}

export interface Session {
  readonly sema: Sema;
  analyze(file: SourceFile, options: AnalyzeOptions): Analysis;
}

export function createSession(parts: SessionParts, createChecking: (sema: Sema) => Checking): Session {
  const bound: { sema: Sema | null; checking: Checking | null } = { sema: null, checking: null };
  const cx = createDeclareContext(parts, () => present(bound.sema, 'sema'));
  const checking = (): Checking => present(bound.checking, 'checker');
  const sema: Sema = {
    ...createDeclarations(cx),
    store: parts.store,
    sink: parts.sink,
    known: createKnown(cx),
    options: parts.options,
    evaluateType: (expr, scope, options) => checking().evaluateType(expr, scope, options),
    evaluateBound: (expr, scope) => checking().evaluateBound(expr, scope),
    evaluateAnnotation: (expr, scope, options) => checking().evaluateAnnotation(expr, scope, options),
    evaluateOrigin: (exprs, scope) => checking().evaluateOrigin(exprs, scope),
    evaluateParameter: (expr, scope, expected) => checking().evaluateParameter(expr, scope, expected),
    tryParameter: (expr, scope, expected) => checking().tryParameter(expr, scope, expected),
    evaluateClause: (expr, scope) => checking().evaluateClause(expr, scope),
    initializerType: (expr, scope) => checking().initializerType(expr, scope),
    convertImplicitly: (value, target, scope) => checking().convertImplicitly(value, target, scope),
    checkBody: (fn) => checking().checkBody(fn),
    checkRequirement: (fn) => checking().checkRequirement(fn),
  };
  bound.sema = sema;
  bound.checking = createChecking(sema);
  return {
    sema,
    analyze(file, options) {
      const main = addModule(cx, options.name, file, options.isPackage, true);
      return analyze(cx, main, options);
    },
  };
}

function analyze(cx: DeclareContext, main: ModuleEntity, options: AnalyzeOptions): Analysis {
  // Imports load further user modules while this runs.
  for (let i = 0; i < cx.userModules.length; i++) checkHeaders(cx, present(cx.userModules[i], 'module'));
  const program = createProgram(cx, main);
  const bodies = new Map<FunctionEntity, HirBody>();
  for (let i = 0; i < cx.userModules.length; i++)
    for (const fn of writtenFunctions(cx, present(cx.userModules[i], 'module'))) {
      const body = bodyOf(cx, fn);
      if (body !== null) bodies.set(fn, body);
    }
  checkClassicNeeds(cx, bodies);
  const { globals } = program.entry();
  if (globals !== null) program.body(globals);
  checkMain(cx, main, options.requireMain);
  return { program, sema: cx.sema(), main, modules: cx.userModules };
}

function checkMain(cx: DeclareContext, module: ModuleEntity, requireMain: boolean): void {
  const main = mainFunction(module);
  if (main === null) {
    if (requireMain && !hasInitializer(module)) cx.sink.report(noMain({ name: module.path }));
    return;
  }
  const signature = signatureOf(cx, main);
  if (signature.hasError) return;
  const known = cx.sema().known;
  if (signature.params.length > 0) cx.sink.report(mainParameters({ span: main.span }));
  if (signature.args.length > 0) cx.sink.report(mainArguments({ span: main.span }));
  if (signature.result !== known.none && signature.result !== known.never)
    cx.sink.report(mainResult({ span: main.span }));
  if (signature.raises !== null && signature.raises !== known.error) cx.sink.report(mainRaises({ span: main.span }));
}
