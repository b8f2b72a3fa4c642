/** Loads modules: text from the injected source, parsed once, its declarations collected. A module that is being loaded is
 *  already in the table, so modules may import each other. */
import type { SourceFile } from '../../base/span.ts';
import type { Module } from '../../syntax/ast.ts';
import { decideEdition, isLooseDef, seesClassicNames } from '../../syntax/edition.ts';
import type { ModuleEntity, Scope } from '../entities.ts';
import type { DeclareContext } from './context.ts';

/** Names that classic programs use without importing them. */
export const CLASSIC_PRELUDE: readonly string[] = ['std', 'classic', 'prelude'];

/** Modules whose extensions give older members to today's types. */
const CLASSIC_EXTENSIONS: readonly string[] = ['members', 'pointers'];

/** What stands beside a library module for older programs: `std.memory` has `std.classic.memory`. */
export function classicCounterpart(cx: DeclareContext, path: readonly string[]): ModuleEntity | null {
  const inLibrary = path[0] === 'std' ? path.slice(1) : path;
  if (inLibrary.length === 0 || inLibrary[0] === 'classic') return null;
  return loadModule(cx, ['std', 'classic', ...inLibrary]);
}

/** The module at an absolute dotted path, or null if there is none. */
export function loadModule(cx: DeclareContext, path: readonly string[]): ModuleEntity | null {
  const key = path.join('.');
  const known = cx.modules.get(key);
  if (known !== undefined) return known;
  const loaded = cx.source.readModule(path);
  if (loaded !== null && path[0] !== 'std') {
    // The source searches the library last: one file is one module, under its library name.
    const library = ['std', ...path];
    if (cx.source.readModule(library)?.file.id === loaded.file.id) {
      const module = loadModule(cx, library);
      cx.modules.set(key, module);
      return module;
    }
  }
  if (loaded === null) {
    const directory = cx.source.isDirectory(path) ? makeModule(key, null, '1', path[0] !== 'std', true) : null;
    cx.modules.set(key, directory);
    return directory;
  }
  return addModule(cx, key, loaded.file, loaded.isPackage, path[0] !== 'std');
}

/** Parses a file and enters it as the module `path`. */
export function addModule(
  cx: DeclareContext,
  path: string,
  file: SourceFile,
  isPackage: boolean,
  isUser: boolean,
): ModuleEntity {
  const tree = cx.parse(file);
  const edition = decideEdition(tree, {
    text: file.text,
    given: isUser ? cx.options.edition : '1',
    packageEdition: isUser ? cx.packageEdition(file) : null,
  });
  const module = makeModule(path, tree, edition, isUser, isPackage, isLooseDef(tree, file.text, edition), file.text);
  cx.modules.set(path, module);
  if (isUser) cx.userModules.push(module);
  cx.late.collectModule(module, tree);
  if (module.seesClassicNames && isUser)
    for (const name of CLASSIC_EXTENSIONS) loadModule(cx, ['std', 'classic', name]);
  return module;
}

function makeModule(
  path: string,
  tree: Module | null,
  edition: ModuleEntity['edition'],
  isUser: boolean,
  isPackage: boolean,
  looseDef = false,
  text = '',
): ModuleEntity {
  const seesOlderNames = isUser
    ? tree !== null && seesClassicNames(tree, text, edition)
    : path.startsWith('std.classic');
  const holder: { scope: Scope | null } = { scope: null };
  const module: ModuleEntity = {
    kind: 'module',
    path,
    tree,
    edition,
    looseDef,
    seesClassicNames: seesOlderNames,
    get scope(): Scope {
      holder.scope ??= { parent: null, module, owner: { kind: 'module' }, names: new Map(), facts: [] };
      return holder.scope;
    },
    isUser,
    isPackage,
  };
  return module;
}
