/** Type expressions, bounds and origins: the same expression checker, asked for something that is no value. */
import type { CallArg, Expr } from '../../syntax/ast.ts';
import { printExpression } from '../../syntax/print-expression.ts';
import type { Term } from '../../terms/term.ts';
import { TermFlags } from '../../terms/term.ts';
import { someBound } from '../declare/some-type.ts';
import type { BodyContext } from './body-context.ts';
import { originOf } from './calls.ts';
import { expectedType, failedToInfer, leftOut, notABound, notAType, notConcrete } from './errors.ts';
import { inComptime, openAlias, typeArgument } from './parameters.ts';
import { isTypeTerm } from './type-facts.ts';
import { typeName } from './type-name.ts';
import type { Checked } from './values.ts';

/** A type; holes stay only where they are allowed. */
export function evaluateType(cx: BodyContext, written: Expr, allowUnbound: boolean): Term {
  return inComptime(cx, (inner) => {
    const expr = olderTuple(inner, written);
    const checked = inner.ops.expr(inner, expr, null);
    if (checked.kind === 'bound') {
      inner.report(notConcrete(inner.span(expr), [typeName(checked.term)]));
      return inner.store.error;
    }
    return typeFrom(inner, checked, expr, allowUnbound);
  });
}

/** A type, or a bound as it is. */
export function evaluateAnnotation(cx: BodyContext, written: Expr, allowUnbound: boolean): Term {
  return inComptime(cx, (inner) => {
    const expr = olderTuple(inner, written);
    if (isSome(inner, expr)) {
      inner.report(notConcrete(inner.span(expr), [printExpression(expr)]));
      return inner.store.error;
    }
    const checked = inner.ops.expr(inner, expr, null);
    return checked.kind === 'bound' ? checked.term : typeFrom(inner, checked, expr, allowUnbound);
  });
}

/** Older files write the type of a tuple as the tuple of its types: `-> (Int, String)`. */
function olderTuple(cx: BodyContext, expr: Expr): Expr {
  if (!cx.acceptsOlder || expr.kind !== 'TupleExpr' || expr.elements.length === 0) return expr;
  const { id, start, end } = expr;
  const args = expr.elements.map(
    (value): CallArg => ({ ...value, kind: 'CallArg', star: 'none', name: null, value: olderTuple(cx, value) }),
  );
  return {
    kind: 'SubscriptExpr',
    id,
    start,
    end,
    base: { kind: 'NameExpr', id, start, end, name: 'Tuple', quoted: false },
    open: start,
    args,
  };
}

function typeFrom(cx: BodyContext, checked: Checked, expr: Expr, allowUnbound: boolean): Term {
  if (checked.kind === 'error') {
    cx.hasErrors = true;
    return cx.store.error;
  }
  if (checked.kind === 'type' && checked.lacks !== undefined) {
    cx.report(leftOut(cx.span(expr), [checked.lacks.struct, checked.lacks.param]));
    return cx.store.error;
  }
  // A bare name in an argument's type leaves everything open; elsewhere defaults fill what they can.
  let term: Term | null;
  if (checked.kind === 'compilerFunction' && checked.name === 'Origin' && allowUnbound)
    term = cx.store.originType(cx.store.unbound);
  else if (allowUnbound && checked.kind === 'type') term = checked.term;
  else if (allowUnbound && checked.kind === 'alias') {
    term = openAlias(cx, checked);
    if (!isTypeTerm(term)) term = null;
  } else term = typeArgument(cx, checked, cx.store.error);
  if (term === null) {
    if (checked.kind === 'value') {
      if (checked.expr.type.kind !== 'error') cx.report(expectedType(cx.span(expr), []));
    } else cx.report(notAType(cx.span(expr), ['this expression']));
    return cx.store.error;
  }
  if (term.kind === 'unbound' && !allowUnbound) {
    cx.report(notAType(cx.span(expr), ["'_'"]));
    return cx.store.error;
  }
  // Who meets a type of which a part is wrong can say nothing about it.
  if ((term.flags & TermFlags.hasError) !== 0) {
    cx.hasErrors = true;
    return cx.store.error;
  }
  if (!allowUnbound && (term.flags & TermFlags.hasUnbound) !== 0) {
    cx.report(failedToInfer(cx.span(expr), [openParameter(cx, term), typeName(term)]));
    return cx.store.error;
  }
  return term;
}

function openParameter(cx: BodyContext, term: Term): string {
  if (term.kind !== 'struct') return '_';
  const params = cx.sema.structParams(cx.sema.structEntity(term.decl.id));
  for (let i = 0; i < term.args.length; i++) {
    const arg = term.args[i];
    if (arg?.kind === 'unbound') return params[i]?.name ?? '_';
    if (arg !== undefined && (arg.flags & TermFlags.hasUnbound) !== 0) return openParameter(cx, arg);
  }
  return '_';
}

export function evaluateBound(cx: BodyContext, expr: Expr): Term {
  return inComptime(cx, (inner) => {
    if (isSome(inner, expr)) {
      inner.report(expectedType(inner.span(expr), []));
      return inner.store.error;
    }
    const checked = inner.ops.expr(inner, expr, null);
    if (checked.kind === 'bound') return checked.term;
    if (checked.kind !== 'error')
      inner.report(
        notABound(inner.span(expr), [checked.kind === 'type' ? `'${typeName(checked.term)}'` : 'this expression']),
      );
    else inner.hasErrors = true;
    return inner.store.error;
  });
}

/** `Some[Trait]`, the type of an argument, is no trait itself. */
function isSome(cx: BodyContext, expr: Expr): boolean {
  return cx.scope.module.isUser && !cx.acceptsOlder && someBound(cx.sema, cx.scope, expr) !== null;
}

export function evaluateOrigin(cx: BodyContext, exprs: readonly Expr[]): Term {
  return inComptime(cx, (inner) => originOf(inner, exprs));
}
