/** `Some[A & B]`: the type of an argument of which only a bound is said, in a signature or in a function type; `*SomeTypeList[A]`:
 *  the types of a pack of them. */
import type { Expr } from '../../syntax/ast.ts';
import type { Term } from '../../terms/term.ts';
import type { Scope } from '../entities.ts';
import type { Sema } from '../sema.ts';

/** The bound in the brackets; null for any other type. */
export function someBound(
  sema: Sema,
  scope: Scope,
  expr: Expr,
  name: 'Some' | 'SomeTypeList' = 'Some',
): { readonly bound: Term; readonly written: Expr | null } | null {
  if (expr.kind !== 'SubscriptExpr' || expr.base.kind !== 'NameExpr' || expr.base.name !== name) return null;
  const meaning = sema.lookup(scope, name)?.[0];
  if (meaning !== undefined && meaning.kind !== 'compilerFunction') return null;
  const bounds = expr.args.map((arg) => sema.evaluateBound(arg.value, scope));
  const written = expr.args.length === 1 ? (expr.args[0]?.value ?? null) : null;
  return { bound: sema.store.composition(bounds), written };
}
