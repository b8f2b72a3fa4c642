/** Enters the declarations of a module into its scope. Nothing is resolved here: names are bound, entities created, decorators read.
 *  Two declarations of one name are reported, except functions, which overload. */
import type { Span } from '../../base/span.ts';
import type {
  Argument,
  Block,
  ComptimeDecl,
  ExtensionDecl,
  FunctionDecl,
  Identifier,
  Module,
  Pattern,
  Stmt,
  StructDecl,
  TraitDecl,
  VarDecl,
} from '../../syntax/ast.ts';
import { onlyInFunction, returnOutsideFunction } from '../../syntax/errors.ts';
import { separateDeclarations } from '../../syntax/separate-comptime.ts';
import type {
  GlobalEntity,
  Entity,
  FunctionEntity,
  Member,
  ModuleEntity,
  Scope,
  StructEntity,
  TraitEntity,
} from '../entities.ts';
import type { BuiltinStruct, FunctionKind } from '../hir.ts';
import { addMember, type DeclareContext, newFunction, newScope, noteOlderParameter, spanOf } from './context.ts';
import { checkDecorators, findDecorator, hasDecorator, stringArgument } from './decorators.ts';
import {
  asyncUnsupported,
  cannotDefineHere,
  extensionTarget,
  globalNotSupported,
  notAllowedHere,
  redefinition,
  selfMissing,
  staticOutsideStruct,
  statementAtFileScope,
  takeinitRemoved,
  traitParameters,
} from './errors.ts';
import { clausesIn, conditionIn } from './header-conditions.ts';
import { declareImports } from './imports.ts';

export function collectModule(cx: DeclareContext, module: ModuleEntity, tree: Module): void {
  for (const item of tree.items) collectItem(cx, module, item);
}

function collectItem(cx: DeclareContext, module: ModuleEntity, item: Stmt): void {
  const scope = module.scope;
  switch (item.kind) {
    case 'ImportStmt':
    case 'FromImportStmt':
      declareImports(cx, item, scope);
      break;
    case 'FunctionDecl':
      declare(cx, scope, item.name, collectFunction(cx, module, scope, item, null), 'function');
      break;
    case 'StructDecl':
      declare(cx, scope, item.name, collectStruct(cx, module, item), 'struct');
      break;
    case 'TraitDecl':
      declare(cx, scope, item.name, collectTrait(cx, module, item), 'trait');
      break;
    case 'ExtensionDecl':
      collectExtension(cx, module, item);
      break;
    case 'ComptimeDecl':
      for (const decl of separateDeclarations(item))
        declare(cx, scope, decl.name, comptimeEntity(cx, module, scope, decl, null), 'comptime');
      break;
    case 'VarDecl':
      // In a modern file it is an error, and the name exists all the same.
      if (module.edition !== 'classic') cx.sink.report(globalNotSupported({ span: spanOf(module, item) }));
      collectGlobals(cx, module, item);
      break;
    case 'ErrorStmt':
    case 'PassStmt':
    case 'EllipsisStmt':
      break;
    default:
      // A classic file runs statements in source order before `main`.
      if (module.edition !== 'classic') reportAtFileScope(cx, module, item);
  }
}

function reportAtFileScope(cx: DeclareContext, module: ModuleEntity, item: Stmt): void {
  const span = spanOf(module, item);
  const keyword = KEYWORDS[item.kind];
  if (item.kind === 'ReturnStmt') cx.sink.report(returnOutsideFunction({ span }));
  else if (keyword === undefined) cx.sink.report(statementAtFileScope({ span }));
  else {
    const comptime = 'comptime' in item && item.comptime !== null && item.comptime !== false ? 'comptime ' : '';
    cx.sink.report(
      onlyInFunction({ span: { ...span, end: span.start + keyword.length }, keyword: comptime + keyword }),
    );
  }
}

/** Statements that begin with a word. */
const KEYWORDS: Readonly<Partial<Record<Stmt['kind'], string>>> = {
  IfStmt: 'if',
  ForStmt: 'for',
  WhileStmt: 'while',
  TryStmt: 'try',
  WithStmt: 'with',
  MatchStmt: 'match',
  RaiseStmt: 'raise',
  AssertStmt: 'assert',
};

/** Binds a name, or reports that it is taken. */
function declare(cx: DeclareContext, scope: Scope, name: Identifier, entity: Entity, what: string): void {
  const known = scope.names.get(name.name);
  const previous = known?.[0];
  if (known === undefined || previous === undefined) {
    scope.names.set(name.name, [entity]);
    return;
  }
  if (entity.kind === 'function' && previous.kind === 'function') {
    known.push(entity);
    return;
  }
  const span = spanOf(scope.module, name);
  if (!('span' in previous)) return;
  if (what === 'struct' || what === 'trait') {
    cx.sink.report(cannotDefineHere({ span, name: name.name, what, previous: previous.span }));
  } else {
    const note =
      entity.kind === 'function' ? 'cannot overload with this non-function definition' : 'previous definition here';
    cx.sink.report(redefinition({ span, name: name.name, previous: previous.span, note }));
  }
}

// ---- functions

export function collectFunction(
  cx: DeclareContext,
  module: ModuleEntity,
  scope: Scope,
  decl: FunctionDecl,
  parent: StructEntity | TraitEntity | null,
): FunctionEntity {
  checkDecorators(cx, module, decl.decorators, 'function');
  const span = spanOf(module, decl.name);
  if (decl.isAsync) cx.sink.report(asyncUnsupported({ span }));
  if (decl.name.name === '__takeinit__') cx.sink.report(takeinitRemoved({ span }));
  // Asked of requirements only: it makes the parser read the body.
  const emptyBody = parent?.kind === 'trait' && isRequirementBody(decl.body, module);
  const isStatic = parent !== null && isStaticMethod(cx, module, decl, span);
  const staticmethod = parent === null ? findDecorator(decl.decorators, 'staticmethod') : null;
  if (staticmethod !== null) cx.sink.report(staticOutsideStruct({ span: spanOf(module, staticmethod.name) }));
  return newFunction(cx, {
    name: decl.name.name,
    decl,
    module,
    span,
    scope,
    parent,
    enclosing: null,
    functionKind: functionKind(decl, parent, emptyBody),
    isStatic,
    isDefault: parent?.kind === 'trait' && !emptyBody,
  });
}

function functionKind(decl: FunctionDecl, parent: StructEntity | TraitEntity | null, emptyBody: boolean): FunctionKind {
  const intrinsic = findDecorator(decl.decorators, '__intrinsic');
  if (intrinsic !== null) return { kind: 'intrinsic', name: stringArgument(intrinsic) ?? '' };
  const foreign = findDecorator(decl.decorators, '__foreign');
  if (foreign !== null) return { kind: 'foreign', symbol: stringArgument(foreign) ?? decl.name.name };
  const isBodiless = (parent?.kind === 'trait' && emptyBody) || hasDecorator(decl.decorators, 'unavailable');
  return isBodiless ? { kind: 'requirement' } : { kind: 'written' };
}

/** `...` alone; in classic files `pass` alone too. */
function isRequirementBody(body: Block, module: ModuleEntity): boolean {
  const [only, more] = body.statements;
  if (more !== undefined) return false;
  if (only === undefined || only.kind === 'EllipsisStmt') return true;
  return module.edition === 'classic' && only.kind === 'PassStmt';
}

export function firstArgument(decl: FunctionDecl): Argument | null {
  const first = decl.args.items[0];
  return first?.kind === 'Argument' ? first : null;
}

/** Elsewhere `out` makes the first argument a result, whatever its name. */
const BUILDS_SELF: ReadonlySet<string> = new Set(['__init__', '__copyinit__', '__moveinit__', '__takeinit__']);

/** Classic: static unless the first argument is called `self`. Edition 1: `@staticmethod`, otherwise `self` must be there. */
function isStaticMethod(cx: DeclareContext, module: ModuleEntity, decl: FunctionDecl, span: Span): boolean {
  if (hasDecorator(decl.decorators, 'staticmethod')) return true;
  const first = firstArgument(decl);
  const isResult =
    first?.convention === 'out' && module.isUser && module.edition !== 'classic' && !BUILDS_SELF.has(decl.name.name);
  if (first?.name?.name === 'self' && !isResult) return false;
  if (module.edition === 'classic') return true;
  // The constructor form of 2023, `__init__(x: T) -> Self`, and the article's static methods, in files of mixed spelling.
  if (decl.keyword === 'fn') return true;
  // Whatever comes first is `self`; its type is checked with the signature.
  if (first !== null && !isResult) return false;
  const insertAt = { ...span, start: decl.start, end: decl.start };
  cx.sink.report(selfMissing({ span, insertAt }));
  return true;
}

export function comptimeEntity(
  cx: DeclareContext,
  module: ModuleEntity,
  scope: Scope,
  decl: ComptimeDecl,
  parent: StructEntity | TraitEntity | null,
): Entity & Member & { readonly kind: 'comptime' } {
  checkDecorators(cx, module, decl.decorators, 'comptime declaration');
  return { kind: 'comptime', name: decl.name.name, decl, module, span: spanOf(module, decl.name), scope, parent };
}

// ---- structs and traits

function collectStruct(cx: DeclareContext, module: ModuleEntity, decl: StructDecl): StructEntity {
  checkDecorators(cx, module, decl.decorators, 'struct');
  const id = cx.structs.nextId();
  const headerScope = newScope(module.scope, module, { kind: 'parameters' });
  const holder: { scope: Scope | null } = { scope: null };
  const role = stringArgument(findDecorator(decl.decorators, '__builtin'));
  const struct: StructEntity = {
    kind: 'struct',
    ref: { id, name: decl.name.name, path: `${module.path}.${decl.name.name}` },
    decl,
    module,
    span: spanOf(module, decl.name),
    get scope(): Scope {
      const parent = module.seesClassicNames ? headerScope : module.scope;
      holder.scope ??= newScope(parent, module, { kind: 'struct', struct });
      return holder.scope;
    },
    headerScope,
    builtin: role !== null && isBuiltinRole(role) ? role : null,
    members: new Map(),
  };
  cx.structs.add(struct);
  if (struct.builtin !== null && !cx.builtins.has(struct.builtin)) cx.builtins.set(struct.builtin, struct);
  cx.pendingHeaders.set(headerScope, () => cx.sema().structParams(struct));
  collectBody(cx, module, struct.scope, decl.body, struct, struct.members);
  return struct;
}

function collectTrait(cx: DeclareContext, module: ModuleEntity, decl: TraitDecl): TraitEntity {
  checkDecorators(cx, module, decl.decorators, 'trait');
  if (decl.parameters !== null) cx.sink.report(traitParameters({ span: spanOf(module, decl.parameters) }));
  const id = cx.traits.nextId();
  const ref = { id, name: decl.name.name, path: `${module.path}.${decl.name.name}` };
  const holder: { scope: Scope | null } = { scope: null };
  const builtin = findDecorator(decl.decorators, '__builtin');
  const trait: TraitEntity = {
    kind: 'trait',
    ref,
    decl,
    module,
    span: spanOf(module, decl.name),
    get scope(): Scope {
      holder.scope ??= newScope(module.scope, module, { kind: 'trait', trait });
      return holder.scope;
    },
    self: cx.store.newParam('Self', cx.store.trait(ref)),
    members: new Map(),
    builtin: builtin === null ? null : (stringArgument(builtin) ?? decl.name.name),
  };
  cx.traits.add(trait);
  if (trait.builtin !== null) cx.builtinTraits.set(trait.builtin, trait);
  noteOlderParameter(cx, module, trait.self);
  collectBody(cx, module, trait.scope, decl.body, trait, trait.members);
  return trait;
}

function collectBody(
  cx: DeclareContext,
  module: ModuleEntity,
  scope: Scope,
  body: Block,
  owner: StructEntity | TraitEntity,
  members: Map<string, Member[]>,
): void {
  let fields = 0;
  for (const list of members.values()) for (const member of list) if (member.kind === 'field') fields++;
  for (const item of body.statements) {
    switch (item.kind) {
      case 'FieldDecl': {
        checkDecorators(cx, module, item.decorators, 'field');
        const span = spanOf(module, item.name);
        if (owner.kind === 'trait' || scope !== owner.scope) {
          cx.sink.report(
            notAllowedHere({ span, what: 'a field', where: owner.kind === 'trait' ? 'in a trait' : 'in an extension' }),
          );
          break;
        }
        declareMember(cx, members, { kind: 'field', index: fields++, name: item.name.name, decl: item, span }, span);
        break;
      }
      case 'FunctionDecl': {
        const fn = collectFunction(cx, module, scope, item, owner);
        declareMember(cx, members, fn, fn.span);
        break;
      }
      case 'ComptimeDecl': {
        const span = spanOf(module, item.name);
        declareMember(cx, members, comptimeEntity(cx, module, scope, item, owner), span);
        break;
      }
      case 'PassStmt':
      case 'EllipsisStmt':
      case 'ErrorStmt':
        break;
      default:
        cx.sink.report(
          notAllowedHere({ span: spanOf(module, item), what: 'a statement', where: `in a ${owner.kind} body` }),
        );
    }
  }
}

function declareMember(cx: DeclareContext, members: Map<string, Member[]>, member: Member, span: Span): void {
  const name = member.kind === 'function' ? member.ref.name : member.name;
  const previous = members.get(name)?.[0];
  if (previous !== undefined && !(previous.kind === 'function' && member.kind === 'function')) {
    cx.sink.report(redefinition({ span, name, previous: previous.span, note: 'previous definition here' }));
    return;
  }
  addMember(members, name, member);
}

const BUILTIN_ROLES: ReadonlySet<string> = new Set<BuiltinStruct>([
  'simd',
  'bool',
  'dtype',
  'pointer',
  'raw-array',
  'tuple',
  'pack',
  'variadic-list',
  'reflected',
  'int-literal',
  'float-literal',
  'string-literal',
  't-string',
  't-string-place',
  'none',
  'never',
  'list',
  'string',
  'error',
  'optional',
  'dict',
  'set',
  'array',
  'slice',
  'contiguous-slice',
  'strided-slice',
  'span',
]);

function isBuiltinRole(role: string): role is BuiltinStruct {
  return BUILTIN_ROLES.has(role);
}

// ---- extensions

function collectExtension(cx: DeclareContext, module: ModuleEntity, decl: ExtensionDecl): void {
  const apply = (): void => {
    const struct = extensionStruct(cx, module, decl);
    if (struct === null) {
      cx.sink.report(extensionTarget({ span: spanOf(module, decl.target) }));
      return;
    }
    const parent = module.edition === 'classic' ? struct.headerScope : module.scope;
    const scope = newScope(parent, module, { kind: 'struct', struct });
    if (decl.where.length > 0) {
      cx.pendingHeaders.set(scope, () => {
        const where = clausesIn(cx, decl.where, scope);
        for (const { term } of where) scope.facts.push(term);
        cx.memo.extensionWhere.set(scope, where);
      });
    }
    for (const conformance of decl.conformances) {
      const list = cx.memo.extensionConformances.get(struct) ?? [];
      cx.memo.extensionConformances.set(struct, list);
      cx.memo.conformances.delete(struct);
      list.push({
        scope,
        span: spanOf(module, conformance.type),
        trait: () => cx.sema().evaluateBound(conformance.type, scope),
        condition: () => {
          const conditions = (cx.memo.extensionWhere.get(scope) ?? []).map((where) => where.term);
          for (const { condition } of conformance.where) conditions.push(conditionIn(cx, condition, scope));
          return cx.store.and(conditions);
        },
      });
    }
    collectBody(cx, module, scope, decl.body, struct, struct.members);
  };
  cx.pendingExtensions.push({ apply });
}

/** The struct that an extension names: by its name, or through an alias. */
function extensionStruct(cx: DeclareContext, module: ModuleEntity, decl: ExtensionDecl): StructEntity | null {
  const sema = cx.sema();
  const target = decl.target;
  const name = target.kind === 'NameExpr' ? target.name : null;
  const found = name === null ? null : sema.lookup(module.scope, name);
  const entity = found?.[0];
  if (entity?.kind === 'struct') return entity;
  const type = sema.evaluateType(target, module.scope, { allowUnbound: true });
  return type.kind === 'struct' ? sema.structEntity(type.decl.id) : null;
}

// ---- file-scope variables

function collectGlobals(cx: DeclareContext, module: ModuleEntity, decl: VarDecl): void {
  for (const name of namesOf(decl.pattern)) {
    const id = cx.globals.nextId();
    const global: GlobalEntity = {
      kind: 'global',
      id,
      name: name.name,
      path: `${module.path}.${name.name}`,
      statement: decl,
      module,
      mutable: decl.binding !== 'let',
      origin: cx.store.newOriginRoot(),
      span: spanOf(module, name),
    };
    cx.globals.add(global);
    declare(cx, module.scope, name, global, 'variable');
  }
}

export function namesOf(pattern: Pattern): readonly Identifier[] {
  switch (pattern.kind) {
    case 'NamePattern':
      return [pattern.name];
    case 'TuplePattern':
      return pattern.elements.flatMap(namesOf);
    default:
      return [];
  }
}
