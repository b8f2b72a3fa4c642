/** The answers that later stages get from sema: `Program` over the declarations and the checker. */
import type { HirBody, Program } from '../hir.ts';
import type { FunctionEntity, ModuleEntity } from '../entities.ts';
import { associated, conforms, witness } from './conformance.ts';
import { type DeclareContext, fileOf, newFunction } from './context.ts';
import { hasDecorator } from './decorators.ts';
import { callMethodOf } from './function-types.ts';
import { globalType } from './comptime.ts';
import { loadModule } from './modules.ts';
import { hirFunction } from './hir-functions.ts';
import { signatureOf } from './signatures.ts';
import { hirStruct } from './structs.ts';
import { nestedFunctions, writtenFunctions } from './check-module.ts';

export function createProgram(cx: DeclareContext, main: ModuleEntity): Program {
  const initializer = globalsInitializer(cx, main);
  return {
    struct: (id) => hirStruct(cx, cx.structs.get(id)),
    function: (id) => hirFunction(cx, cx.functions.get(id)),
    body: (id) => bodyOf(cx, cx.functions.get(id)),
    global: (id) => {
      const global = cx.globals.get(id);
      return {
        id,
        name: global.name,
        path: global.path,
        type: globalType(cx, global),
        mutable: global.mutable,
        origin: global.origin,
        span: global.span,
      };
    },
    globals() {
      return cx.globals.ids().map((id) => this.global(id));
    },
    traitName: (id) => cx.traits.get(id).ref.name,
    witness: (self, trait, member) => witness(cx, self, trait, cx.functions.get(member.id)),
    associated: (self, trait, member, args) => associated(cx, self, trait, member, args),
    conforms: (type, bound) => conforms(cx, type, bound, null),
    destructible: (type, fn) => cx.sema().isDestructible(type, signatureOf(cx, cx.functions.get(fn)).scope),
    builtin: (role) => cx.sema().known.struct(role)?.ref.id ?? null,
    callMethod: (type) => {
      if (type.kind === 'functionItem' && type.func.kind === 'function')
        return { fn: type.func.decl.id, args: type.func.args };
      if (type.kind === 'function') return { fn: type.decl.id, args: type.args };
      if (type.kind !== 'struct') return null;
      const call = callMethodOf(cx, type);
      return call === null ? null : { fn: call.fn.id, args: call.args };
    },
    userFunctions: () =>
      cx.userModules.flatMap((module) =>
        [...writtenFunctions(cx, module), ...nestedFunctions(cx, module)].map((fn) => fn.id),
      ),
    entry: () => ({ main: mainFunction(main)?.id ?? null, globals: initializer?.id ?? null }),
    exports: () =>
      cx.userModules.flatMap((module) =>
        writtenFunctions(cx, module)
          .filter((fn) => fn.decl?.kind === 'FunctionDecl' && hasDecorator(fn.decl.decorators, 'export'))
          .map((fn) => fn.id),
      ),
    libraryFunction: (path) => {
      const parts = path.split('.');
      const module = loadModule(cx, parts.slice(0, -1));
      const entity = module?.scope.names.get(parts.at(-1) ?? '')?.[0];
      return entity?.kind === 'function' ? entity.id : null;
    },
  };
}

export function mainFunction(module: ModuleEntity): FunctionEntity | null {
  const entity = module.scope.names.get('main')?.[0];
  return entity?.kind === 'function' ? entity : null;
}

/** The checked body, at most once. */
export function bodyOf(cx: DeclareContext, fn: FunctionEntity): HirBody | null {
  const known = cx.memo.body.get(fn);
  if (known === 'busy') return null;
  if (known !== undefined) return known;
  cx.memo.body.set(fn, 'busy');
  const made = cx.memo.derivedBodies.get(fn);
  const body = made === undefined ? cx.sema().checkBody(fn) : made();
  cx.memo.body.set(fn, body);
  return body;
}

/** Whether a module has file-scope variables to initialize or (classic) statements to run. */
export function hasInitializer(module: ModuleEntity): boolean {
  if (module.edition !== 'classic' || module.tree === null) return false;
  return module.tree.items.some((item) => {
    switch (item.kind) {
      case 'ImportStmt':
      case 'FromImportStmt':
      case 'FunctionDecl':
      case 'StructDecl':
      case 'TraitDecl':
      case 'ExtensionDecl':
      case 'ComptimeDecl':
      case 'ErrorStmt':
      case 'PassStmt':
      case 'EllipsisStmt':
        return false;
      default:
        return true;
    }
  });
}

/** The function that initializes all file-scope variables: imported modules first, then the main file's. */
function globalsInitializer(cx: DeclareContext, main: ModuleEntity): FunctionEntity | null {
  const modules = [...cx.userModules.filter((module) => module !== main), main].filter(hasInitializer);
  const make = (module: ModuleEntity, name: string): FunctionEntity =>
    newFunction(cx, {
      name,
      decl: null,
      module,
      span: { file: fileOf(module), start: 0, end: 0 },
      scope: module.scope,
      parent: null,
      enclosing: null,
      functionKind: { kind: 'globals' },
      isStatic: false,
      isDefault: false,
    });
  const parts = modules.map((module) => make(module, '__initialize_globals'));
  const [only, more] = parts;
  if (only === undefined || more === undefined) return only ?? null;
  const all = make(main, '__initialize_all_globals');
  cx.memo.derivedBodies.set(all, () => ({
    function: all.id,
    locals: [],
    statements: parts.map((part) => ({
      kind: 'expr',
      span: part.span,
      expr: {
        kind: 'call',
        type: cx.sema().known.none,
        span: part.span,
        callee: { kind: 'function', fn: part.id, args: [] },
        args: [],
        raises: null,
      },
    })),
    endSpan: all.span,
  }));
  return all;
}
