/** Nested functions: `def f(…) {captures}: …` inside a body. One with captures is a local that holds a closure; one without is a
 *  function that overloads others of its block.
 *  In: the declaration.  Out: names in the scope, and the statement that builds the closure. */
import type { Span } from '../../base/span.ts';
import { label } from '../../diagnostics/diagnostic.ts';
import type { CallExpr, Expr, FunctionDecl } from '../../syntax/ast.ts';
import type { FunctionEntity, Signature } from '../entities.ts';
import type { HirStatement } from '../hir.ts';
import type { BodyContext } from './body-context.ts';
import type { CaptureConvention } from './captures.ts';
import { buildClosure, newFunction } from './closures.ts';
import { redefinition } from './errors.ts';
import { declareLocal } from './patterns.ts';
import { identicalOverload, recursiveClosure } from './statement-errors.ts';

/** `def f(…) {captures}: …` inside a body. */
export function checkNestedFunction(cx: BodyContext, decl: FunctionDecl, into: HirStatement[]): void {
  const span = cx.span(decl.name);
  const fn = newFunction(cx, decl.name.name, decl, null);
  const signature = cx.sema.signature(fn);
  if (signature.hasError) {
    cx.hasErrors = true;
    declareError(cx, decl.name.name, span);
    return;
  }
  const closure = refersToItself(cx, decl, signature)
    ? null
    : buildClosure(
        cx,
        fn,
        signature,
        decl.captures,
        implicitConvention(cx, decl),
        span,
        (decl.captures?.items.length ?? 0) > 0,
      );
  if (closure === null) {
    declareError(cx, decl.name.name, span);
    return;
  }
  if (closure.kind === 'plain') {
    declareOverload(cx, closure.fn, signature, span);
    return;
  }
  const local = cx.newLocal(decl.name.name, closure.value.type, span);
  into.push({ kind: 'let', local: local.id, init: closure.value, span });
  declareLocal(cx, decl.name.name, cx.localEntity(local, 'mutable'), span);
}

/** A function without captures overloads others of the block. */
function declareOverload(cx: BodyContext, fn: FunctionEntity, signature: Signature, span: Span): void {
  const { name } = fn.ref;
  const previous = cx.scope.names.get(name) ?? [];
  const functions: FunctionEntity[] = [];
  for (const entity of previous) {
    if (entity.kind !== 'function') {
      if ('span' in entity)
        cx.report(redefinition(span, [name], { secondary: [label(entity.span, 'previous definition here')] }));
      continue;
    }
    functions.push(entity);
    const types = cx.sema.signature(entity).args;
    if (types.length === signature.args.length && types.every((arg, index) => arg.type === signature.args[index]?.type))
      cx.report(identicalOverload(span, [name], { secondary: [label(entity.span, 'previous definition here')] }));
  }
  cx.scope.names.set(name, [...functions, fn]);
}

/** Reports a call of the function in its own body, where its name means nothing. */
function refersToItself(cx: BodyContext, decl: FunctionDecl, signature: Signature): boolean {
  const { name } = decl.name;
  if (signature.args.some((arg) => arg.name === name) || cx.sema.lookup(cx.scope, name) !== null) return false;
  const call = findCall(decl.body, name);
  if (call === null) return false;
  const declared = label(cx.span(decl.name), 'nested function declared here');
  cx.report(recursiveClosure(cx.span(call), [name], { secondary: [declared] }));
  return true;
}

/** The name in the first call of `name` in a tree. */
function findCall(node: unknown, name: string): Expr | null {
  if (typeof node !== 'object' || node === null) return null;
  if (!Array.isArray(node) && isCall(node) && node.callee.kind === 'NameExpr' && node.callee.name === name)
    return node.callee;
  for (const child of Object.values(node)) {
    const found = findCall(child, name);
    if (found !== null) return found;
  }
  return null;
}

function isCall(node: object): node is CallExpr {
  return 'kind' in node && node.kind === 'CallExpr';
}

/** Classic closures capture the frame by reference without saying so; `escaping` ones own what they use. */
function implicitConvention(cx: BodyContext, decl: FunctionDecl): CaptureConvention | null {
  if (decl.effects.escaping) return 'var';
  return isClassicClosure(cx, decl) ? 'ref' : null;
}

function isClassicClosure(cx: BodyContext, decl: FunctionDecl): boolean {
  const marked = decl.decorators.some(
    (decorator) => decorator.name.kind === 'NameExpr' && /^(__)?parameter$/.test(decorator.name.name),
  );
  return marked || decl.keyword === 'fn' || decl.effects.capturing || (cx.isClassic && decl.captures === null);
}

function declareError(cx: BodyContext, name: string, span: Span): void {
  const local = cx.newLocal(name, cx.store.error, span);
  cx.declare(name, cx.localEntity(local, 'mutable'));
}
