/** The types and traits that the checker needs at every turn, found by their role in the library. A role that the library lacks is
 *  the error term: silent, so that a broken library shows one error and not thousands. */
import { unreachable } from '../../base/invariant.ts';
import type { Term } from '../../terms/term.ts';
import type { StructEntity, TraitEntity } from '../entities.ts';
import type { BuiltinStruct } from '../hir.ts';
import type { WellKnown } from '../sema.ts';
import type { DeclareContext } from './context.ts';
import { forceImports } from './imports.ts';
import { keywordsType } from './keyword-arguments.ts';
import { loadModule } from './modules.ts';
import { exportedName } from './scopes.ts';

/** Where the library declares what the compiler knows by role, so that a small program loads few modules. A role that is not here, or
 *  not there, is searched in everything that the prelude imports. */
const STRUCT_HOMES: Readonly<Record<BuiltinStruct, string>> = {
  simd: 'std.builtin.simd',
  bool: 'std.builtin.bool',
  dtype: 'std.builtin.dtype',
  pointer: 'std.memory.pointer',
  'raw-array': 'std.collections.optional',
  tuple: 'std.builtin.tuple',
  pack: 'std.builtin.variadics',
  'variadic-list': 'std.builtin.variadics',
  'int-literal': 'std.builtin.literals',
  'float-literal': 'std.builtin.literals',
  'string-literal': 'std.builtin.literals',
  't-string': 'std.format.tstring',
  't-string-place': 'std.format.tstring',
  none: 'std.builtin.none',
  never: 'std.builtin.none',
  list: 'std.collections.list',
  string: 'std.collections.string',
  error: 'std.builtin.error',
  optional: 'std.collections.optional',
  dict: 'std.collections.dict',
  set: 'std.collections.set',
  array: 'std.collections.array',
  slice: 'std.builtin.slice',
  'contiguous-slice': 'std.builtin.slice',
  'strided-slice': 'std.builtin.slice',
  span: 'std.memory.span',
  reflected: 'std.reflection.reflect',
};
const TRAIT_HOMES: Readonly<Record<string, string>> = {
  Hasher: 'std.hash.hashable',
  Hashable: 'std.hash.hashable',
  Writer: 'std.format.writable',
  Writable: 'std.format.writable',
};
const TRAIT_HOME = 'std.builtin.traits';

export function createKnown(cx: DeclareContext): WellKnown {
  const store = cx.store;
  let forced = false;
  /** Loads every module that the prelude imports: the built-in structs are declared there. */
  const forcePrelude = (): void => {
    if (forced) return;
    forced = true;
    const prelude = loadModule(cx, ['std', 'prelude']);
    if (prelude !== null) forceImports(cx, prelude.scope);
  };
  const struct = (role: BuiltinStruct): StructEntity | null => {
    if (!cx.builtins.has(role)) loadModule(cx, STRUCT_HOMES[role].split('.'));
    if (!cx.builtins.has(role)) forcePrelude();
    return cx.builtins.get(role) ?? null;
  };
  const applied = (role: BuiltinStruct, args: readonly Term[]): Term => {
    const entity = struct(role);
    return entity === null ? store.error : store.struct(entity.ref, args);
  };
  const preludeStruct = (name: string): Term => {
    const prelude = loadModule(cx, ['std', 'prelude']);
    const entity = prelude === null ? undefined : exportedName(cx, prelude, name)?.[0];
    return entity?.kind === 'struct' ? store.struct(entity.ref, []) : store.error;
  };
  const trait = (name: string): TraitEntity | null => {
    const byRole = cx.builtinTraits.get(name);
    if (byRole !== undefined) return byRole;
    loadModule(cx, (TRAIT_HOMES[name] ?? TRAIT_HOME).split('.'));
    if (!cx.builtinTraits.has(name)) forcePrelude();
    const late = cx.builtinTraits.get(name);
    if (late !== undefined) return late;
    const prelude = loadModule(cx, ['std', 'prelude']);
    const entity = prelude === null ? undefined : exportedName(cx, prelude, name)?.[0];
    return entity?.kind === 'trait' ? entity : null;
  };
  const lazy = (make: () => Term): (() => Term) => {
    let made: Term | null = null;
    return () => {
      // Not kept while the library is still being loaded.
      if (made === null || made.kind === 'error') made = make();
      return made;
    };
  };
  const simdLength = lazy(() => preludeStruct('SIMDLength'));
  const scalar = (dtype: 'int' | 'uint' | 'float64'): (() => Term) =>
    lazy(() => applied('simd', [store.dtype(dtype), store.int(1n, simdLength())]));
  const int = scalar('int');
  const uint = scalar('uint');
  const float64 = scalar('float64');
  const bool = lazy(() => applied('bool', []));
  const string = lazy(() => applied('string', []));
  const none = lazy(() => applied('none', []));
  const never = lazy(() => applied('never', []));
  const error = lazy(() => applied('error', []));
  const dtype = lazy(() => applied('dtype', []));
  const anyType = lazy(() => {
    const found = trait('AnyType');
    return found === null ? store.error : store.trait(found.ref);
  });
  return {
    get int() {
      return int();
    },
    get uint() {
      return uint();
    },
    get bool() {
      return bool();
    },
    get float64() {
      return float64();
    },
    get string() {
      return string();
    },
    get none() {
      return none();
    },
    get never() {
      return never();
    },
    get error() {
      return error();
    },
    get dtype() {
      return dtype();
    },
    get simdLength() {
      return simdLength();
    },
    get anyType() {
      return anyType();
    },
    simd: (element, width) => applied('simd', [element, width]),
    intLiteral: (value) => applied('int-literal', [value]),
    floatLiteral: (value) => applied('float-literal', [value]),
    stringLiteral: (value) => applied('string-literal', [value]),
    tuple: (elements) => applied('tuple', [store.list(elements)]),
    seen(type, variadic) {
      switch (variadic) {
        case 'none':
          return type;
        case 'list':
          return applied('variadic-list', [type, store.specialOrigin('untracked', store.true)]);
        case 'pack':
          return applied('pack', [type]);
        case 'keywords':
          return keywordsType(cx, type);
        default:
          return unreachable(variadic);
      }
    },
    variadicOwner(variadic) {
      if (variadic.kind !== 'struct') return null;
      const entity = struct('variadic-list')?.module;
      const name = `_Owned${variadic.decl.name}`;
      const owner = entity === undefined ? undefined : exportedName(cx, entity, name)?.[0];
      return owner?.kind === 'struct' ? store.struct(owner.ref, variadic.args.slice(0, 1)) : null;
    },
    struct,
    trait,
  };
}
