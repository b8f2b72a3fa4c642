/** Visits the statements and expressions of a checked body.  In: HIR.  Out: nothing; the visitors keep what they look for. */
import type { HirExpr, HirStatement } from '../sema/hir.ts';

/** Visits every expression of a tree of statements, outermost first; `visit` returns false to skip what is inside. */
export function walkStatements(
  statements: readonly HirStatement[],
  visit: (expr: HirExpr) => boolean,
  each: (statement: HirStatement) => void,
): void {
  const walk = (list: readonly HirStatement[]): void => walkStatements(list, visit, each);
  for (const statement of statements) {
    each(statement);
    switch (statement.kind) {
      case 'let':
        if (statement.init !== null) walkExpr(statement.init, visit, each);
        break;
      case 'assign':
        walkExpr(statement.place, visit, each);
        walkExpr(statement.value, visit, each);
        break;
      case 'expr':
        walkExpr(statement.expr, visit, each);
        break;
      case 'use':
        walkExpr(statement.place, visit, each);
        break;
      case 'return':
        if (statement.value !== null) walkExpr(statement.value, visit, each);
        break;
      case 'raise':
        walkExpr(statement.value, visit, each);
        break;
      case 'if':
        walkExpr(statement.condition, visit, each);
        walk(statement.onTrue);
        walk(statement.onFalse);
        break;
      case 'comptimeIf':
        walk(statement.onTrue);
        walk(statement.onFalse);
        break;
      case 'loop':
        walk(statement.body);
        walk(statement.step);
        break;
      case 'block':
      case 'comptimeFor':
        walk(statement.body);
        break;
      case 'try':
        walk(statement.body);
        walk(statement.handler ?? []);
        walk(statement.orElse);
        walk(statement.final);
        break;
      case 'break':
      case 'continue':
      case 'comptimeAssert':
      case 'unreachable':
        break;
    }
  }
}

export function walkExpr(
  expr: HirExpr,
  visit: (expr: HirExpr) => boolean,
  each: (statement: HirStatement) => void,
): void {
  if (!visit(expr)) return;
  const walk = (inner: HirExpr): void => walkExpr(inner, visit, each);
  switch (expr.kind) {
    case 'field':
    case 'element':
      walk(expr.base);
      break;
    case 'deref':
      walk(expr.reference);
      break;
    case 'copy':
    case 'transfer':
    case 'refOf':
      walk(expr.place);
      break;
    case 'rebind':
      walk(expr.value);
      break;
    case 'call':
      if (expr.callee.kind === 'pointer') walk(expr.callee.value);
      for (const arg of expr.args) walk(arg.expr);
      break;
    case 'intrinsic':
      for (const arg of expr.args) walk(arg.expr);
      break;
    case 'variadic':
      for (const element of expr.elements) walk(element.expr);
      break;
    case 'aggregate':
      for (const field of expr.fields) walk(field);
      break;
    case 'conditional':
      walk(expr.condition);
      walk(expr.onTrue);
      walk(expr.onFalse);
      break;
    case 'block':
      walkStatements(expr.statements, visit, each);
      walk(expr.result);
      break;
    case 'local':
    case 'global':
    case 'constant':
    case 'materialize':
    case 'error':
      break;
  }
}
