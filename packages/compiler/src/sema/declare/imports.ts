/** Import statements: binds names to `ImportEntity`s, which load their module when they are first looked up.
 *  User files force all of theirs when they are checked, so that errors are found in imports that nothing uses. */
import { present } from '../../base/invariant.ts';
import type { Span } from '../../base/span.ts';
import type { FromImportStmt, Identifier, ImportStmt } from '../../syntax/ast.ts';
import type { Entity, ImportEntity, ModuleEntity, Scope } from '../entities.ts';
import { type DeclareContext, spanOf } from './context.ts';
import { type Fix, replaceFix } from '../../diagnostics/diagnostic.ts';
import { nearest } from '../../base/nearest.ts';
import { COMPILER_FUNCTIONS } from '../compiler-functions.ts';
import { formerModule, formerName } from '../former-names.ts';
import { hintForModule } from '../python-names.ts';
import { importCycle, moduleNotFound, notInModule, redefinition, relativeImportTooHigh } from './errors.ts';
import { classicCounterpart, loadModule } from './modules.ts';
import { classicName, exportedName, importableFrom, isResolving } from './scopes.ts';

export function declareImports(cx: DeclareContext, statement: ImportStmt | FromImportStmt, scope: Scope): void {
  if (statement.kind === 'ImportStmt') declareModuleImports(cx, statement, scope);
  else declareNameImports(cx, statement, scope);
}

/** `import a.b as x`, `import a.b`. */
function declareModuleImports(cx: DeclareContext, statement: ImportStmt, scope: Scope): void {
  for (const item of statement.modules) {
    const path = item.path.map((part) => part.name);
    const first = present(item.path[0], 'import path');
    if (item.alias !== null) {
      bindImport(cx, scope, item.alias, () => {
        const module = resolveAbsolute(cx, path, item.path, scope.module);
        return module === null ? [] : [module];
      });
    } else {
      bindImport(cx, scope, first, () => {
        const chain = loadChain(cx, path, item.path, scope.module);
        return chain === null ? [] : [chain];
      });
    }
  }
}

/** `from ..a import b as c`, `from a import *`. */
function declareNameImports(cx: DeclareContext, statement: FromImportStmt, scope: Scope): void {
  let resolved: ModuleEntity | null | undefined;
  const base = (): ModuleEntity | null => {
    if (resolved === undefined) resolved = resolveFrom(cx, statement, scope.module);
    return resolved;
  };
  if (statement.star) {
    const list = cx.wildcards.get(scope) ?? [];
    list.push({ module: base });
    if (scope.module.seesClassicNames && scope.module.isUser && statement.level === 0)
      list.push({
        module: () => {
          const module = base();
          return module === null || module.isUser ? null : classicCounterpart(cx, pathOf(module));
        },
      });
    cx.wildcards.set(scope, list);
    return;
  }
  for (const item of statement.names) {
    bindImport(cx, scope, item.alias ?? item.name, () => {
      const module = base();
      if (module === null) return [];
      if (isResolving(cx, module, item.name.name)) {
        // `from . import part` in the package's own file: the name is being bound, and means the submodule.
        const own = module.isPackage ? submoduleFor(cx, [...pathOf(module), item.name.name], scope.module) : null;
        if (own !== null) return [own];
        cx.sink.report(importCycle({ span: spanOf(scope.module, item.name), name: item.name.name }));
        return [];
      }
      const found = classicName(cx, module, item.name.name, scope.module) ?? exportedName(cx, module, item.name.name);
      if (found !== null) return found;
      // A library file may take a name that the compiler itself understands from any other: so it stands at the path of the 1.x library.
      if (!scope.module.isUser && COMPILER_FUNCTIONS.has(item.name.name))
        return [{ kind: 'compilerFunction', name: item.name.name }];
      const submodule = module.isPackage ? submoduleFor(cx, [...pathOf(module), item.name.name], scope.module) : null;
      if (submodule !== null) return [submodule];
      const span = spanOf(scope.module, item.name);
      const shown = pathOf(module).at(-1) ?? module.path;
      const { name } = item.name;
      cx.sink.report(
        notInModule({ span, module: shown, name, isPackage: module.isPackage, ...suggest(cx, module, name, span) }),
      );
      return [];
    });
  }
}

/** A near name of the module, or the module of the library that has this one. */
function suggest(
  cx: DeclareContext,
  module: ModuleEntity,
  name: string,
  span: Span,
): { readonly hint: string | null; readonly fixes: readonly Fix[] } {
  const former = module.isUser ? null : formerName(name);
  if (former !== null) return { hint: former.note, fixes: [] };
  const other = module.isUser ? null : importableFrom(cx, name);
  if (other !== null) return { hint: `'${name}' is in '${other}'`, fixes: [] };
  const names = [...module.scope.names.keys()];
  for (const wildcard of cx.wildcards.get(module.scope) ?? [])
    names.push(...(wildcard.module()?.scope.names.keys() ?? []));
  const near = nearest(
    name,
    names.filter((candidate) => !candidate.startsWith('_')),
  );
  if (near === null) return { hint: null, fixes: [] };
  return { hint: `did you mean '${near}'?`, fixes: [replaceFix(`write '${near}'`, span, near, 'review')] };
}

/** A module for the file `user`; older programs also find library modules that are gone today. */
function submoduleFor(cx: DeclareContext, path: readonly string[], user: ModuleEntity): ModuleEntity | null {
  return loadModule(cx, path) ?? (user.seesClassicNames && user.isUser ? classicCounterpart(cx, path) : null);
}

function pathOf(module: ModuleEntity): readonly string[] {
  return module.path === '' ? [] : module.path.split('.');
}

/** Forces every import that stands in a scope, reporting what cannot be found. */
export function forceImports(cx: DeclareContext, scope: Scope): void {
  for (const entities of [...scope.names.values()])
    for (const entity of entities) if (entity.kind === 'import') entity.resolve();
  for (const wildcard of cx.wildcards.get(scope) ?? []) wildcard.module();
}

function bindImport(cx: DeclareContext, scope: Scope, name: Identifier, load: () => readonly Entity[]): void {
  let resolved: readonly Entity[] | null = null;
  const entity: ImportEntity = {
    kind: 'import',
    name: name.name,
    span: spanOf(scope.module, name),
    resolve: () => {
      resolved ??= load();
      return resolved;
    },
  };
  const known = scope.names.get(name.name);
  if (known === undefined) {
    scope.names.set(name.name, [entity]);
    return;
  }
  const previous = known[0];
  if (previous?.kind === 'import') {
    // `import a.b` after `import a` reaches more of the same package; any other repetition: the later import counts.
    const both: ImportEntity = { ...entity, resolve: () => mergeImports(previous, entity) };
    scope.names.set(name.name, [both]);
  } else if (previous !== undefined && 'span' in previous) {
    const note = previous.kind === 'function' ? 'cannot overload with this function' : 'previous definition here';
    cx.sink.report(redefinition({ span: entity.span, name: name.name, previous: previous.span, note }));
  }
}

function mergeImports(previous: ImportEntity, entity: ImportEntity): readonly Entity[] {
  const earlier = previous.resolve();
  const later = entity.resolve();
  return later.length === 0 ? earlier : later;
}

// ---- finding modules

function resolveFrom(cx: DeclareContext, statement: FromImportStmt, importer: ModuleEntity): ModuleEntity | null {
  const path = statement.path.map((part) => part.name);
  if (statement.level === 0) return resolveAbsolute(cx, path, statement.path, importer);
  const base = relativeBase(importer, statement.level);
  if (base === null) {
    cx.sink.report(relativeImportTooHigh({ span: spanOf(importer, statement) }));
    return null;
  }
  const full = [...base, ...path];
  if (full.length === 0) return rootPackage(cx, importer);
  const module = loadModule(cx, full);
  if (module === null) {
    const last = statement.path.at(-1);
    const span = last === undefined ? spanOf(importer, statement) : { ...spanOf(importer, last) };
    const first = statement.path[0];
    const whole = first === undefined || last === undefined ? span : { ...span, start: first.start };
    cx.sink.report(moduleNotFound({ span: whole, name: path.join('.'), hint: null }));
  }
  return module;
}

/** The package that one dot means: the directory of the file. Main file `prog.mojo` and its siblings have the path ''. */
function relativeBase(importer: ModuleEntity, level: number): readonly string[] | null {
  const own = pathOf(importer);
  const directory = importer.isPackage ? own : own.slice(0, -1);
  const up = level - 1;
  if (up <= directory.length && directory[0] !== '..') return directory.slice(0, directory.length - up);
  if (own[0] === 'std') return null;
  return [...Array.from({ length: up - directory.length }, () => '..'), ...[]];
}

/** `from . import x` beside the main file: the directory itself, as a package without `__init__`. */
function rootPackage(cx: DeclareContext, importer: ModuleEntity): ModuleEntity {
  const known = cx.modules.get('');
  if (known !== undefined && known !== null) return known;
  const scope: Scope = { parent: null, module: importer, owner: { kind: 'module' }, names: new Map(), facts: [] };
  const root: ModuleEntity = {
    kind: 'module',
    path: '',
    tree: null,
    edition: '1',
    looseDef: false,
    seesClassicNames: false,
    scope,
    isUser: true,
    isPackage: true,
  };
  cx.modules.set('', root);
  return root;
}

/** `a.b.c` searched as written, then (older spelling) in the standard library. */
function resolveAbsolute(
  cx: DeclareContext,
  path: readonly string[],
  parts: readonly Identifier[],
  importer: ModuleEntity,
): ModuleEntity | null {
  const module =
    loadModule(cx, path) ??
    (path[0] === 'std' ? null : loadModule(cx, ['std', ...path])) ??
    (importer.seesClassicNames && importer.isUser ? classicCounterpart(cx, path) : null);
  if (module !== null) return module;
  reportMissing(cx, path, parts, importer);
  return null;
}

const LIBRARY_MODULES =
  'algorithm atomic base64 benchmark bit builtin collections complex ffi format hash io iter itertools logger math memory os pathlib python random reflection runtime simd stat subprocess sys tempfile testing time traits utils'.split(
    ' ',
  );

function reportMissing(
  cx: DeclareContext,
  path: readonly string[],
  parts: readonly Identifier[],
  importer: ModuleEntity,
): void {
  const first = present(parts[0], 'module path');
  const last = parts.at(-1) ?? first;
  const rootFound = path.length > 1 && loadModule(cx, path.slice(0, 1)) !== null;
  const span = rootFound ? spanOf(importer, last) : spanOf(importer, first);
  const name = (rootFound ? path.at(-1) : path[0]) ?? '';
  const inLibrary = path.length === 1 || (path.length === 2 && path[0] === 'std');
  const near = inLibrary ? nearest(name, LIBRARY_MODULES) : null;
  const suggestion = near === null ? null : `did you mean 'std.${near}'?`;
  cx.sink.report(
    moduleNotFound({ span, name, hint: formerModule(path) ?? (rootFound ? null : hintForModule(name)) ?? suggestion }),
  );
}

/** `import a.b.c`: the entity of `a`, with `b` and `c` made reachable through it. */
function loadChain(
  cx: DeclareContext,
  path: readonly string[],
  parts: readonly Identifier[],
  importer: ModuleEntity,
): ModuleEntity | null {
  const whole = resolveAbsolute(cx, path, parts, importer);
  if (whole === null) return null;
  const full = whole.path.split('.');
  const skip = full.length - path.length;
  let parent = loadModule(cx, full.slice(0, skip + 1));
  const root = parent;
  for (let i = skip + 1; i < full.length && parent !== null; i++) {
    const child = loadModule(cx, full.slice(0, i + 1));
    if (child === null) break;
    const table = cx.submodules.get(parent) ?? new Map<string, ModuleEntity>();
    table.set(present(full[i], 'segment'), child);
    cx.submodules.set(parent, table);
    parent = child;
  }
  return root;
}
