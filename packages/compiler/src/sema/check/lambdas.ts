/** Lambdas: `lambda (x: Int) {captures} -> Int: e`, and the classic `fn(a, b) => e`, whose types come from the function type that is wanted.
 *  In: the expression.  Out: a closure, or a function as a value where it captures nothing. */
import { present } from '../../base/invariant.ts';
import type { Span } from '../../base/span.ts';
import type { LambdaExpr } from '../../syntax/ast.ts';
import { typedNote } from '../../syntax/dialect-notes.ts';
import { type Term, TermFlags } from '../../terms/term.ts';
import type { ArgDecl, FunctionEntity, Signature } from '../entities.ts';
import { BodyContext } from './body-context.ts';
import { buildClosure, type Built, newFunction } from './closures.ts';
import { needsContext, notAValue } from './errors.ts';
import { functionBound } from './function-shape.ts';
import { typeName } from './type-name.ts';
import { type Checked, ERROR_RESULT, valueResult } from './values.ts';

export function checkLambda(cx: BodyContext, expr: LambdaExpr, expected: Term | null): Checked {
  const span = cx.span(expr);
  if (expr.form === 'fn') return arrowLambda(cx, expr, expected);
  const fn = newFunction(cx, 'lambda', expr, null);
  const signature = cx.sema.signature(fn);
  if (signature.hasError) return ERROR_RESULT;
  // A list with a convention, or parameters of its own, make a closure of it, whether it captures anything or not.
  const isClosure = (expr.captures?.items.length ?? 0) > 0 || signature.params.some((param) => !param.inherited);
  return lambdaValue(cx, buildClosure(cx, fn, signature, expr.captures, 'imm', span, isClosure), span);
}

function lambdaValue(cx: BodyContext, built: Built | null, span: Span): Checked {
  if (built === null) return ERROR_RESULT;
  if (built.kind === 'closure') return valueResult(built.value);
  const args = cx.sema.signature(built.fn).params.map((param) => (param.inherited ? param.term : cx.store.unbound));
  const term = cx.store.function(built.fn.ref, args);
  return valueResult({ kind: 'constant', term, type: cx.store.functionItem(term), span });
}

/** `fn(a, b) => e`: argument types come from the function type that is wanted. */
function arrowLambda(cx: BodyContext, expr: LambdaExpr, expected: Term | null): Checked {
  const span = cx.span(expr);
  const shape = expected === null ? null : functionBound(expected);
  if (shape === null) {
    cx.report(needsContext(span, ["'fn (…) => …'"]));
    return ERROR_RESULT;
  }
  const items = (expr.args?.items ?? []).flatMap((item) => (item.kind === 'Argument' ? [item] : []));
  if (items.length !== shape.args.length) {
    cx.report(notAValue(span, [`a lambda of ${items.length} arguments where ${shape.args.length} are wanted`]));
    return ERROR_RESULT;
  }
  const { store } = cx;
  const args = items.map((item, index): ArgDecl => {
    const formal = present(shape.args[index], 'argument of the wanted type');
    const root = store.newOriginRoot();
    const name = item.name?.name ?? '';
    return {
      name,
      decl: null,
      convention: formal.convention,
      type: formal.type,
      variadic: 'none',
      passing: 'positionalOnly',
      defaultExpr: null,
      defaultScope: cx.scope,
      root,
      origin: store.placeOrigin(root, name, [], store.bool(formal.convention !== 'imm')),
      privateCopy: false,
      closureOf: null,
      span: cx.span(item),
    };
  });
  const signature = (result: Term): Signature => ({
    // `addFunction` puts the new function here.
    fn: cx.fn as FunctionEntity,
    scope: cx.childScope(),
    params: cx.sema.paramsInScope(cx.scope),
    args,
    result,
    namedResult: null,
    raises: shape.raises,
    where: [],
    isInit: false,
    implicitConversion: false,
    hasError: false,
  });
  const result =
    shape.result.kind === 'unbound' || (shape.result.flags & TermFlags.hasUnbound) !== 0
      ? resultOf(cx, expr, signature(store.error))
      : shape.result;
  if (result.kind === 'error') return ERROR_RESULT;
  suggestLambda(cx, expr, args, result);
  const fn = newFunction(cx, 'lambda', expr, signature(result));
  return lambdaValue(cx, buildClosure(cx, fn, cx.sema.signature(fn), expr.captures, 'ref', span), span);
}

/** The modern spelling of `fn(a, b) => e`, now that its types are known. */
function suggestLambda(cx: BodyContext, expr: LambdaExpr, args: readonly ArgDecl[], result: Term): void {
  const spelled = args.map((arg) => {
    const convention = arg.convention === 'imm' ? '' : `${arg.convention} `;
    return `${convention}${arg.name}: ${typeName(arg.type)}`;
  });
  const text = `lambda (${spelled.join(', ')}) {ref} -> ${typeName(result)}: `;
  const span = { ...cx.span(expr), end: expr.body.start };
  // At a place of its own: the parser's note stands at the keyword.
  cx.report(typedNote('fn-lambda', cx.span(expr.body), [{ span, text }]));
}

/** The type of a lambda's body when the wanted type leaves it open. */
function resultOf(cx: BodyContext, expr: LambdaExpr, signature: Signature): Term {
  const attempt = cx.trial(() => {
    const inner = new BodyContext(cx.state, cx.fn, signature, cx, cx.childScope(), false);
    for (const arg of signature.args) {
      const local = inner.newLocal(arg.name, arg.type, arg.span);
      inner.declare(arg.name, inner.localEntity(local, arg.convention === 'imm' ? 'immutable' : 'mutable'));
    }
    return inner.ops.ownedValue(inner, expr.body, null, '').type;
  });
  return attempt.failed ? cx.known.none : attempt.value;
}
