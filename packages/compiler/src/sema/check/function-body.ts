/** What every body starts with: locals for the arguments and the named result, hidden callables, the error context. */
import { originMutability } from '../declare/origins.ts';
import type { ArgDecl, LocalEntity, Signature } from '../entities.ts';
import type { HirFunction, HirStatement } from '../hir.ts';
import type { BodyContext } from './body-context.ts';

/** Declares the arguments in the current scope. `skip`: leading arguments that have no name in the body (captures). */
export function declareArguments(cx: BodyContext, signature: Signature, hir: HirFunction, skip: number, into: HirStatement[]): void {
  const assigned = assignedNames(signature);
  signature.args.forEach((arg, index) => {
    if (index < skip) return;
    const type = hir.args[index]?.type ?? arg.type;
    const local = cx.newLocal(arg.name, type, arg.span, { kind: 'argument', index }, arg.root);
    const facts = { origin: arg.origin, mut: originMutability(cx.store, arg.origin) };
    const entity = cx.localEntity(local, arg.convention === 'imm' ? 'immutable' : 'mutable', facts);
    if (arg.closureOf !== null) {
      cx.hiddenArguments.set(arg.closureOf, entity);
      return;
    }
    if (arg.name === '' || arg.name === '_') return;
    cx.declare(arg.name, needsPrivateCopy(cx, arg, entity, assigned) ? privateCopy(cx, arg, entity, into) : entity);
  });
  if (signature.namedResult !== null) {
    const { name, root } = signature.namedResult;
    const local = cx.newLocal(name, signature.result, signature.fn.span, { kind: 'result' }, root);
    const entity = cx.localEntity(local, 'mutable');
    cx.resultLocal = entity;
    cx.declare(name, entity);
  }
  const raises = signature.raises;
  cx.errorFrames = [{ kind: 'function', type: raises === cx.known.never ? null : raises }];
}

/** Classic `def`: an argument that the body assigns to is the body's own copy. */
function needsPrivateCopy(cx: BodyContext, arg: ArgDecl, entity: LocalEntity, assigned: ReadonlySet<string>): boolean {
  return arg.privateCopy && assigned.has(arg.name) && entity.local.type.kind !== 'error' && cx.sema.isImplicitlyCopyable(entity.local.type, cx.scope);
}

function privateCopy(cx: BodyContext, arg: ArgDecl, original: LocalEntity, into: HirStatement[]): LocalEntity {
  const { type } = original.local;
  const local = cx.newLocal(arg.name, type, arg.span);
  into.push({ kind: 'let', local: local.id, init: { kind: 'copy', place: cx.placeOf(original, arg.span), type, span: arg.span }, span: arg.span });
  return cx.localEntity(local, 'mutable');
}

function assignedNames(signature: Signature): ReadonlySet<string> {
  const names = new Set<string>();
  const { decl } = signature.fn;
  if (decl?.kind === 'FunctionDecl' && signature.args.some((arg) => arg.privateCopy)) collectAssigned(decl.body, names);
  return names;
}

/** Names that stand at the root of an assignment target, a transfer or a method's receiver. */
function collectAssigned(node: unknown, names: Set<string>): void {
  if (typeof node !== 'object' || node === null) return;
  if (Array.isArray(node)) {
    for (const child of node) collectAssigned(child, names);
    return;
  }
  if (!('kind' in node)) return;
  if (node.kind === 'AssignStmt' && 'targets' in node && Array.isArray(node.targets)) for (const target of node.targets) addRoot(target, names);
  if (node.kind === 'AugAssignStmt' && 'target' in node) addRoot(node.target, names);
  for (const child of Object.values(node)) collectAssigned(child, names);
}

function addRoot(target: unknown, names: Set<string>): void {
  let at: unknown = target;
  while (typeof at === 'object' && at !== null && 'kind' in at) {
    if (at.kind === 'NameExpr' && 'name' in at && typeof at.name === 'string') {
      names.add(at.name);
      return;
    }
    if (at.kind === 'TupleExpr' && 'elements' in at && Array.isArray(at.elements)) {
      for (const element of at.elements) addRoot(element, names);
      return;
    }
    if ((at.kind === 'MemberExpr' || at.kind === 'SubscriptExpr') && 'base' in at) at = at.base;
    else if (at.kind === 'ParenExpr' && 'value' in at) at = at.value;
    else return;
  }
}
