/** `where` clauses: of functions, comptime declarations and extensions, and in the header of a struct, whose trailing clauses and entries of
 *  the conformance list stand over the struct's parameters. A condition on the struct itself has no value: the struct is what
 *  the condition decides about.
 *  In: the clauses as written.  Out: Bool terms with their text. */
import type { Expr, Where } from '../../syntax/ast.ts';
import { printExpression } from '../../syntax/print-expression.ts';
import { walkTree } from '../../syntax/walk.ts';
import type { Term } from '../../terms/term.ts';
import type { ModuleEntity, Scope, StructEntity, WhereClause } from '../entities.ts';
import { type DeclareContext, spanOf } from './context.ts';
import { recursiveReference, whereMessage } from './errors.ts';

/** Clauses evaluated in a scope. */
export function clausesIn(cx: DeclareContext, clauses: readonly Where[], scope: Scope): WhereClause[] {
  return describe(cx, scope.module, clauses, (condition) => conditionIn(cx, condition, scope));
}

/** The trailing clauses of a struct. */
export function headerClauses(cx: DeclareContext, struct: StructEntity, clauses: readonly Where[]): WhereClause[] {
  return describe(cx, struct.module, clauses, (condition) => headerCondition(cx, struct, condition));
}

/** What an entry of a conformance list depends on; true where nothing is said. */
export function conformanceCondition(cx: DeclareContext, struct: StructEntity, clauses: readonly Where[]): Term {
  return cx.store.and(clauses.map(({ condition }) => headerCondition(cx, struct, condition)));
}

export function conditionIn(cx: DeclareContext, condition: Expr, scope: Scope): Term {
  return cx.sema().evaluateClause(condition, scope);
}

function describe(
  cx: DeclareContext,
  module: ModuleEntity,
  clauses: readonly Where[],
  evaluate: (expr: Expr) => Term,
): WhereClause[] {
  for (const { message } of clauses)
    if (message !== null && message.kind !== 'StringExpr')
      cx.sink.report(whereMessage({ span: spanOf(module, message) }));
  return clauses.map(({ condition, message }) => ({
    term: evaluate(condition),
    text: printExpression(condition),
    message: message === null ? '' : message.kind === 'StringExpr' ? message.value : printExpression(message),
    span: spanOf(module, condition),
  }));
}

function headerCondition(cx: DeclareContext, struct: StructEntity, condition: Expr): Term {
  if (struct.module.isUser && mentions(condition, struct.ref.name)) {
    cx.sink.report(recursiveReference({ span: struct.span, name: struct.ref.name }));
    return cx.store.true;
  }
  return conditionIn(cx, condition, struct.headerScope);
}

function mentions(expr: Expr, name: string): boolean {
  let found = false;
  walkTree(expr, (node) => {
    if (node.kind === 'NameExpr' && node.name === name) found = true;
  });
  return found;
}
