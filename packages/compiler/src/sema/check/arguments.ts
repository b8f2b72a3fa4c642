/** Arguments of a call as overload resolution wants them: checked once, unless their meaning depends on the formal. */
import type { CallArg, Expr } from '../../syntax/ast.ts';
import type { HirExpr } from '../hir.ts';
import type { BodyContext } from './body-context.ts';
import { type CallArgument, valueResult } from './values.ts';

/** Whether an expression has a meaning only in the context of an expected type. The arms of a ternary as an argument do not see that
 * type; in older programs, and in the library, its literals adapt to it. */
export function needsContext(cx: BodyContext, expr: Expr): boolean {
  switch (expr.kind) {
    case 'ParenExpr':
      return needsContext(cx, expr.value);
    case 'ListExpr':
    case 'SetExpr':
    case 'DictExpr':
    case 'BraceExpr':
    case 'ImplicitMemberExpr':
      return true;
    case 'ComprehensionExpr':
      return needsContext(cx, expr.element);
    case 'LambdaExpr':
      return expr.form === 'fn';
    case 'TupleExpr':
      return expr.elements.some((element) => needsContext(cx, element));
    case 'TernaryExpr':
      return !isClosedTernary(cx, expr) && (isLiteralLike(cx, expr.onTrue) || isLiteralLike(cx, expr.onFalse));
    case 'CallExpr':
    case 'MemberExpr': {
      const root = expr.kind === 'CallExpr' ? expr.callee : expr.base;
      return root.kind === 'ImplicitMemberExpr';
    }
    default:
      return false;
  }
}

/** Whether an expression is a ternary whose type comes from its arms alone, whatever type is wanted. */
export function isClosedTernary(cx: BodyContext, expr: Expr): boolean {
  if (expr.kind === 'ParenExpr') return isClosedTernary(cx, expr.value);
  return expr.kind === 'TernaryExpr' && !cx.acceptsOlder && !cx.isLibrary;
}

function isLiteralLike(cx: BodyContext, expr: Expr): boolean {
  switch (expr.kind) {
    case 'ParenExpr':
      return isLiteralLike(cx, expr.value);
    case 'IntExpr':
    case 'FloatExpr':
    case 'StringExpr':
      return true;
    case 'UnaryExpr':
      return isLiteralLike(cx, expr.operand);
    default:
      return needsContext(cx, expr);
  }
}

/** `{}` and `[]` are what the declared type makes of them, and tell nothing about it. */
export function takesContext(expr: Expr): boolean {
  return expr.kind === 'BraceExpr' || (expr.kind === 'ListExpr' && expr.elements.length === 0);
}

export function checkArguments(cx: BodyContext, args: readonly CallArg[]): CallArgument[] {
  const seen = new Set<string>();
  const out: CallArgument[] = [];
  for (const arg of args) {
    if (arg.name !== null) {
      if (seen.has(arg.name.name)) {
        // The parser has reported it.
        cx.hasErrors = true;
        continue;
      }
      seen.add(arg.name.name);
    }
    const star = arg.value.kind === 'StarExpr' ? 'positional' : arg.star;
    const value = arg.value.kind === 'StarExpr' ? arg.value.value : arg.value;
    const contextual = needsContext(cx, value) ? value : null;
    const span = arg.name !== null ? cx.span(arg.name) : cx.span(value);
    out.push({
      name: arg.name?.name ?? null,
      span: arg.name === null ? span : cx.spanAt(arg.name.start, arg.value.end),
      star,
      contextual,
      checked: contextual === null ? cx.ops.expr(cx, value, null) : null,
    });
  }
  return out;
}

export function valueArgument(expr: HirExpr, name: string | null = null): CallArgument {
  return { name, span: expr.span, star: 'none', contextual: null, checked: valueResult(expr) };
}

export function hasErrorArgument(args: readonly CallArgument[]): boolean {
  return args.some((arg) => {
    const checked = arg.checked;
    if (checked === null) return false;
    return checked.kind === 'error' || (checked.kind === 'value' && checked.expr.type.kind === 'error');
  });
}
