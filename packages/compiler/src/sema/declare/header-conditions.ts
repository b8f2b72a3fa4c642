/** Conditions in the header of a struct: its trailing `where`, and the `where` of an entry of its conformance list.
 *  In: the expression.  Out: a Bool term over the struct's parameters. A condition on the struct itself has no value: the struct is what
 *  the condition decides about. */
import type { Expr } from '../../syntax/ast.ts';
import { walkTree } from '../../syntax/walk.ts';
import type { Term } from '../../terms/term.ts';
import type { StructEntity } from '../entities.ts';
import type { DeclareContext } from './context.ts';
import { recursiveReference } from './errors.ts';

export function headerCondition(cx: DeclareContext, struct: StructEntity, condition: Expr): Term {
  if (struct.module.isUser && mentions(condition, struct.ref.name)) {
    cx.sink.report(recursiveReference({ span: struct.span, name: struct.ref.name }));
    return cx.store.true;
  }
  return cx.sema().evaluateParameter(condition, struct.headerScope, cx.sema().known.bool).value;
}

function mentions(expr: Expr, name: string): boolean {
  let found = false;
  walkTree(expr, (node) => {
    if (node.kind === 'NameExpr' && node.name === name) found = true;
  });
  return found;
}
