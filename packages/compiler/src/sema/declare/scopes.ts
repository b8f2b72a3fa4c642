/** Name lookup: lexical scopes, then wildcard imports, then the prelude, then the names that the checker itself understands.
 *  Invariant: no `ImportEntity` leaves this file unresolved. */
import type { Entity, ModuleEntity, ParamDecl, Scope } from '../entities.ts';
import { COMPILER_FUNCTIONS } from '../compiler-functions.ts';
import type { DeclareContext } from './context.ts';
import { importCycle } from './errors.ts';
import { CLASSIC_PRELUDE, classicCounterpart, loadModule } from './modules.ts';

const PRELUDE = ['std', 'prelude'];

/** Resolves the header that owns this scope, if that has not happened. */
export function forceHeader(cx: DeclareContext, scope: Scope): void {
  const pending = cx.pendingHeaders.get(scope);
  if (pending === undefined) return;
  cx.pendingHeaders.delete(scope);
  pending();
}

export function lookup(cx: DeclareContext, scope: Scope, name: string): readonly Entity[] | null {
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    forceHeader(cx, at);
    const found = scopeNames(cx, at, name);
    if (found !== null) return found;
    if (at.owner.kind === 'struct' && at.module.edition === 'classic') {
      const members = at.owner.struct.members.get(name)?.filter((member) => member.kind === 'comptime');
      if (members !== undefined && members.length > 0) return members;
    }
  }
  return preludeNames(cx, scope.module, name) ?? (name === 'std' ? libraryRoot(cx) : null);
}

/** `std.math.sqrt` needs no import. */
function libraryRoot(cx: DeclareContext): readonly Entity[] | null {
  const root = loadModule(cx, ['std']);
  return root === null ? null : [root];
}

/** Names whose older meaning takes all that today's takes, and more; or, of a bound, allows more. */
const WIDER_BEFORE: ReadonlySet<string> = new Set(['UnsafePointer', 'KeyElement', 'sort']);

function preludeNames(cx: DeclareContext, module: ModuleEntity, name: string): readonly Entity[] | null {
  // Where a name has an older meaning, a classic file means that one; a file of mixed spelling means today's.
  const order = !module.seesClassicNames
    ? [PRELUDE]
    : module.edition === 'classic' || WIDER_BEFORE.has(name)
      ? [CLASSIC_PRELUDE, PRELUDE]
      : [PRELUDE, CLASSIC_PRELUDE];
  for (const path of order) {
    const prelude = loadModule(cx, path);
    if (prelude === null || prelude === module) continue;
    const found = exportedName(cx, prelude, name);
    if (found !== null) return found;
  }
  return COMPILER_FUNCTIONS.has(name) ? [{ kind: 'compilerFunction', name }] : null;
}

/** Names of this scope alone, wildcard imports included. */
function scopeNames(cx: DeclareContext, scope: Scope, name: string): readonly Entity[] | null {
  const own = scope.names.get(name);
  if (own !== undefined) return resolveImports(cx, scope.module, own);
  const wildcards = cx.wildcards.get(scope);
  if (wildcards === undefined || name.startsWith('_')) return null;
  for (let i = wildcards.length - 1; i >= 0; i--) {
    const module = wildcards[i]?.module() ?? null;
    if (module === null) continue;
    const found = exportedName(cx, module, name);
    if (found !== null) return found;
  }
  return null;
}

/** Whether the meaning of a name is being looked for right now: asking again is a cycle. */
export function isResolving(cx: DeclareContext, module: ModuleEntity, name: string): boolean {
  return cx.resolving.has(`${module.path}#${name}`);
}

/** What another module sees under `name`. A chain of wildcard imports that leads back here finds nothing new. */
export function exportedName(cx: DeclareContext, module: ModuleEntity, name: string): readonly Entity[] | null {
  const key = `${module.path}#${name}`;
  if (cx.resolving.has(key)) return null;
  cx.resolving.add(key);
  try {
    return scopeNames(cx, module.scope, name);
  } finally {
    cx.resolving.delete(key);
  }
}

/** What `name` of a library module means to a file that sees older names, where that differs from today's meaning. */
export function classicName(
  cx: DeclareContext,
  module: ModuleEntity,
  name: string,
  user: ModuleEntity,
): readonly Entity[] | null {
  if (!user.seesClassicNames || !user.isUser || module.isUser) return null;
  const counterpart = classicCounterpart(cx, module.path.split('.'));
  return counterpart === null ? null : exportedName(cx, counterpart, name);
}

function resolveImports(cx: DeclareContext, module: ModuleEntity, entities: readonly Entity[]): readonly Entity[] {
  if (!entities.some((entity) => entity.kind === 'import')) return entities;
  const resolved: Entity[] = [];
  for (const entity of entities) {
    if (entity.kind !== 'import') {
      resolved.push(entity);
      continue;
    }
    const key = `import ${module.path}#${entity.name}#${entity.span.start}`;
    if (cx.resolving.has(key)) {
      cx.sink.report(importCycle({ span: entity.span, name: entity.name }));
      continue;
    }
    cx.resolving.add(key);
    try {
      resolved.push(...entity.resolve());
    } finally {
      cx.resolving.delete(key);
    }
  }
  return resolved;
}

/** `module.name` in the file `user`. */
export function moduleMember(
  cx: DeclareContext,
  module: ModuleEntity,
  name: string,
  user: ModuleEntity,
): readonly Entity[] | null {
  const found = classicName(cx, module, name, user) ?? exportedName(cx, module, name);
  if (found !== null) return found;
  const submodule =
    cx.submodules.get(module)?.get(name) ??
    (module.isPackage && !module.isUser ? loadModule(cx, [...module.path.split('.'), name]) : null);
  return submodule === undefined || submodule === null ? null : [submodule];
}

/** Modules whose names are suggested for import, most likely first. */
const SUGGESTED = (
  'math collections memory os sys time random algorithm utils testing pathlib itertools bit python ffi complex ' +
  'benchmark base64 tempfile subprocess'
).split(' ');

/** The library module that declares a name for others; looked for only after an error. */
export function importableFrom(cx: DeclareContext, name: string): string | null {
  if (name.startsWith('_')) return null;
  for (const module of SUGGESTED) {
    const loaded = loadModule(cx, ['std', module]);
    const found = loaded === null ? null : exportedName(cx, loaded, name);
    if (found !== null && found.length > 0 && found.every((entity) => entity.kind !== 'module')) return `std.${module}`;
  }
  return null;
}

export function* visibleNames(cx: DeclareContext, scope: Scope): Iterable<string> {
  for (let at: Scope | null = scope; at !== null; at = at.parent) yield* at.names.keys();
  const prelude = cx.modules.get(PRELUDE.join('.'));
  if (prelude === undefined || prelude === null) return;
  yield* prelude.scope.names.keys();
  for (const wildcard of cx.wildcards.get(prelude.scope) ?? []) yield* wildcard.module()?.scope.names.keys() ?? [];
}

/** Flat parameters visible in a scope, outermost first: of the struct or trait, of each enclosing function, and variables of
 *  `comptime for` around it. Parameters of one declaration keep its order, which may differ from order of names. */
export function paramsInScope(cx: DeclareContext, scope: Scope): readonly ParamDecl[] {
  const chain: Scope[] = [];
  for (let at: Scope | null = scope; at !== null; at = at.parent) chain.push(at);
  const params: ParamDecl[] = [];
  const seen = new Set<ParamDecl['term']>();
  const add = (decl: ParamDecl): void => {
    if (seen.has(decl.term)) return;
    seen.add(decl.term);
    params.push(decl.inherited ? decl : { ...decl, inherited: true });
  };
  for (let i = chain.length - 1; i >= 0; i--) {
    const at = chain[i];
    if (at === undefined) continue;
    switch (at.owner.kind) {
      case 'struct':
        for (const decl of cx.sema().structParams(at.owner.struct)) add(decl);
        break;
      case 'trait':
        add(plainParam(at.owner.trait.self, 'Self', at, at.owner.trait.span));
        break;
      case 'function':
        for (const decl of cx.partialParams.get(at)?.() ?? cx.sema().signature(at.owner.fn).params) add(decl);
        break;
      case 'module':
        break;
      case 'parameters':
      case 'block':
        for (const entities of at.names.values())
          for (const entity of entities)
            if (entity.kind === 'param') add(plainParam(entity.term, entity.name, at, entity.span));
        break;
    }
  }
  return params;
}

export function plainParam(term: ParamDecl['term'], name: string, scope: Scope, span: ParamDecl['span']): ParamDecl {
  return {
    term,
    name,
    passing: 'normal',
    variadic: term.variadic,
    defaultExpr: null,
    defaultScope: scope,
    inherited: true,
    commonTypeOf: null,
    typeExpr: null,
    span,
  };
}
