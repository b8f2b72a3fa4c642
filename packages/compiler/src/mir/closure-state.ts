/** The state of a closure: what it owns and changes from one call to the next, although it is called through an immutable reference.
 *  In: the struct of its captures and the HIR of its body.  Out: whether there is such state, for aliasing facts and argument
 *  passing. Every mutable borrow counts, whether it is written through or not. */
import type { HirBody, HirExpr, HirLocalId, HirStruct } from '../sema/hir.ts';
import { walkStatements } from './hir-walk.ts';

export function changesState(struct: HirStruct, body: HirBody): boolean {
  const self = body.locals.find((local) => local.kind.kind === 'argument' && local.kind.index === 0)?.id;
  if (self === undefined) return false;
  let found = false;
  const reach = (expr: HirExpr): void => {
    if (isOwnedBy(self, struct, expr)) found = true;
  };
  walkStatements(
    body.statements,
    (expr) => {
      if (expr.kind === 'refOf' && expr.mutable) reach(expr.place);
      const args = expr.kind === 'call' || expr.kind === 'intrinsic' ? expr.args : [];
      for (const arg of expr.kind === 'variadic' ? expr.elements : args) if (arg.mode === 'borrowMut') reach(arg.expr);
      return !found;
    },
    (statement) => {
      if (statement.kind === 'assign') reach(statement.place);
    },
  );
  return found;
}

/** Whether a place lies in a value that the closure owns: not behind a reference. */
export function isOwnedBy(self: HirLocalId, struct: HirStruct, place: HirExpr): boolean {
  let at = place;
  while (at.kind === 'field' || at.kind === 'element') {
    const { base } = at;
    if (at.kind === 'field' && base.kind === 'local' && base.local === self)
      return struct.fields[at.index]?.type.kind !== 'ref';
    at = base;
  }
  return false;
}
