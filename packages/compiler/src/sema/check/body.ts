/** Checks a whole body: declares arguments and the named result in one scope with the outermost block, then its statements. */
import type { FunctionDecl, LambdaExpr, Stmt } from '../../syntax/ast.ts';
import { originMutability } from '../declare/origins.ts';
import type { ArgDecl, GlobalEntity } from '../entities.ts';
import type { HirBody, HirStatement } from '../hir.ts';
import { label } from '../../diagnostics/diagnostic.ts';
import type { BodyContext } from './body-context.ts';
import { traitPass } from './errors.ts';
import { checkDefault } from './overloads.ts';
import { bindPattern } from './patterns.ts';
import { own } from './places.ts';
import { checkResultOrigins } from './result-origins.ts';

/** `cx` is fresh: no scope of its own yet. Null when the body has errors. */
export function checkFunctionBody(cx: BodyContext): HirBody | null {
  const { fn, signature } = cx;
  if (fn === null || signature === null || fn.decl === null) return null;
  const statements: HirStatement[] = [];
  const { decl } = fn;
  cx.errorFrames = [{ kind: 'function', type: signature.raises }];
  cx.implicitDeclarations = cx.isClassic && decl.kind === 'FunctionDecl';
  cx.inScope((scope) => {
    cx.functionScope = scope;
    const changed = cx.isClassic && decl.kind === 'FunctionDecl' ? assignedNames(decl) : new Set<string>();
    for (const [index, arg] of signature.args.entries()) {
      checkDefault(cx, arg);
      declareArgument(cx, arg, index, changed, statements);
    }
    declareResult(cx);
    checkResultOrigins(cx);
    if (decl.kind === 'LambdaExpr') lambdaBody(cx, decl, statements);
    else {
      const [only] = decl.body.statements;
      if (fn.parent?.kind === 'trait' && only?.kind === 'PassStmt' && signature.result !== cx.known.none)
        cx.report(traitPass(cx.span(only), [], { secondary: [label(fn.span, `in '${fn.ref.name}'`)] }));
      for (const statement of decl.body.statements) cx.ops.statement(cx, statement, statements);
    }
  });
  if (cx.hasErrors) return null;
  const end = decl.kind === 'LambdaExpr' ? cx.span(decl.body) : fn.span;
  return { function: fn.id, locals: cx.locals, statements: [...cx.hoisted, ...statements], endSpan: end };
}

function lambdaBody(cx: BodyContext, decl: LambdaExpr, into: HirStatement[]): void {
  const result = cx.signature?.result ?? cx.known.none;
  const span = cx.span(decl.body);
  const value = cx.ops.ownedValue(cx, decl.body, result, ' in return value');
  if (value.type.kind === 'error') return;
  if (result === cx.known.none) into.push({ kind: 'expr', expr: value, span }, { kind: 'return', value: null, span });
  else into.push({ kind: 'return', value, span });
}

function declareArgument(
  cx: BodyContext,
  arg: ArgDecl,
  index: number,
  changed: ReadonlySet<string>,
  into: HirStatement[],
): void {
  const hir = cx.fn === null ? undefined : cx.sema.hirFunction(cx.fn).args[index];
  const type = hir?.type ?? arg.type;
  const local = cx.newLocal(arg.name, type, arg.span, { kind: 'argument', index }, arg.root);
  const mutable = arg.convention !== 'imm';
  const facts = arg.convention === 'ref' ? { origin: arg.origin, mut: originMutability(cx.store, arg.origin) } : null;
  const entity = cx.localEntity(local, mutable ? 'mutable' : 'immutable', facts);
  if (arg.closureOf !== null) {
    cx.hiddenArguments.set(arg.closureOf, entity);
    return;
  }
  // The struct of captures is the first, nameless argument of a closure.
  if (index === 0 && arg.name === '' && arg.decl === null) {
    cx.closureSelf = entity;
    cx.closureState = cx.localEntity(local, 'mutable');
    return;
  }
  if (arg.name === '' || arg.name === '_') return;
  if (
    (arg.privateCopy || cx.isClassic) &&
    !mutable &&
    arg.variadic === 'none' &&
    changed.has(arg.name) &&
    arg.privateCopy
  ) {
    const init = own(cx, cx.placeOf(entity, arg.span));
    const copy = cx.newLocal(arg.name, type, arg.span);
    into.push({ kind: 'let', local: copy.id, init, span: arg.span });
    cx.declare(arg.name, cx.localEntity(copy, 'mutable'));
    return;
  }
  cx.declare(arg.name, entity);
}

function declareResult(cx: BodyContext): void {
  const { signature } = cx;
  const named = signature?.namedResult ?? null;
  if (signature === null || named === null) return;
  const local = cx.newLocal(
    named.name,
    signature.result,
    cx.fn?.span ?? cx.spanAt(0, 0),
    { kind: 'result' },
    named.root,
  );
  const entity = cx.localEntity(local, 'mutable');
  cx.resultLocal = entity;
  cx.declare(named.name, entity);
}

/** Names that a body assigns: a classic `def` has its own copy of such an argument. */
function assignedNames(decl: FunctionDecl): Set<string> {
  const names = new Set<string>();
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if (Array.isArray(node)) {
      for (const item of node) walk(item);
      return;
    }
    if (!('kind' in node)) return;
    const statement = node as Stmt;
    if (statement.kind === 'AssignStmt') for (const target of statement.targets) addRoot(target, names);
    if (statement.kind === 'AugAssignStmt') addRoot(statement.target, names);
    for (const child of Object.values(node)) walk(child);
  };
  walk(decl.body);
  return names;
}

function addRoot(target: { readonly kind: string }, names: Set<string>): void {
  let at: { readonly kind: string } = target;
  while ('base' in at && (at.kind === 'MemberExpr' || at.kind === 'SubscriptExpr'))
    at = at.base as { readonly kind: string };
  if (at.kind === 'NameExpr' && 'name' in at && typeof at.name === 'string') names.add(at.name);
  if (at.kind === 'TupleExpr' && 'elements' in at)
    for (const element of at.elements as readonly { readonly kind: string }[]) addRoot(element, names);
}

/** The initializer of a module's file-scope variables, in source order, with its other file-scope statements. */
export function checkGlobals(cx: BodyContext): HirBody | null {
  const { fn } = cx;
  const tree = cx.scope.module.tree;
  if (fn === null || tree === null) return null;
  const moduleScope = cx.scope.module.scope;
  const statements: HirStatement[] = [];
  cx.errorFrames = [{ kind: 'function', type: cx.signature?.raises ?? null }];
  for (const item of tree.items) {
    switch (item.kind) {
      case 'ImportStmt':
      case 'FromImportStmt':
      case 'FunctionDecl':
      case 'StructDecl':
      case 'TraitDecl':
      case 'ExtensionDecl':
      case 'ComptimeDecl':
        continue;
      case 'VarDecl':
        if (item.value !== null)
          globalVariable(
            cx,
            item,
            statements,
            (name) => moduleScope.names.get(name)?.find((entity) => entity.kind === 'global') ?? null,
          );
        continue;
      default:
        cx.ops.statement(cx, item, statements);
    }
  }
  if (cx.hasErrors) return null;
  return { function: fn.id, locals: cx.locals, statements, endSpan: fn.span };
}

function globalVariable(
  cx: BodyContext,
  item: Stmt & { readonly kind: 'VarDecl' },
  into: HirStatement[],
  find: (name: string) => GlobalEntity | null,
): void {
  const { value, pattern } = item;
  if (value === null) return;
  const span = cx.span(item);
  if (pattern.kind === 'NamePattern') {
    const global = find(pattern.name.name);
    if (global === null) return;
    const type = cx.sema.globalType(global);
    if (type.kind === 'error') {
      cx.hasErrors = true;
      return;
    }
    const init = cx.ops.ownedValue(cx, value, type, '');
    if (init.type.kind !== 'error')
      into.push({ kind: 'assign', place: { kind: 'global', global: global.id, type, span }, value: init, span });
    return;
  }
  cx.inScope((scope) => {
    bindPattern(cx, pattern, cx.ops.value(cx, value, null), { kind: 'value', mutability: 'mutable' }, into);
    for (const [name, entities] of scope.names) {
      const local = entities[0];
      const global = find(name);
      if (local?.kind !== 'local' || global === null) continue;
      const place = cx.placeOf(local, span);
      into.push({
        kind: 'assign',
        place: { kind: 'global', global: global.id, type: place.type, span },
        value: { kind: 'transfer', place, type: place.type, span },
        span,
      });
    }
  });
}
