/** `TestSuite.discover_tests[__functions_in_module()]()`: the functions of the module whose names begin with `test_` become the tests of a
 *  suite. Parameters hold values of one type each, and functions have types of their own; so the call is spelled out here, as a
 *  suite to which each function is added by name.
 *  In: a call. Out: the expression it stands for, or null if it is another call. */
import type { CallExpr, Expr } from '../../syntax/ast.ts';
import type { BodyContext } from './body-context.ts';

export function discoveredTests(cx: BodyContext, expr: CallExpr): Expr | null {
  const { callee } = expr;
  if (callee.kind !== 'SubscriptExpr' || callee.base.kind !== 'MemberExpr' || expr.args.length > 0) return null;
  const list = callee.args.length === 1 ? callee.args[0]?.value : undefined;
  if (list?.kind !== 'CallExpr' || list.callee.kind !== 'NameExpr' || list.callee.name !== '__functions_in_module')
    return null;
  const at = { id: expr.id, start: expr.start, end: expr.end };
  const call = (target: Expr, args: readonly Expr[]): Expr => ({
    kind: 'CallExpr',
    ...at,
    callee: target,
    open: expr.open,
    args: args.map((value) => ({ kind: 'CallArg', ...at, star: 'none', name: null, value })),
  });
  let suite = call(callee.base.base, []);
  for (const declaration of cx.scope.module.tree?.items ?? []) {
    if (declaration.kind !== 'FunctionDecl' || !declaration.name.name.startsWith('test_')) continue;
    const { name } = declaration.name;
    const added: Expr = {
      kind: 'SubscriptExpr',
      ...at,
      base: {
        kind: 'MemberExpr',
        ...at,
        base: suite,
        dot: expr.start,
        name: { kind: 'Identifier', ...at, name: '_with_test', quoted: false },
      },
      open: expr.open,
      args: [
        { kind: 'CallArg', ...at, star: 'none', name: null, value: { kind: 'NameExpr', ...at, name, quoted: false } },
      ],
    };
    suite = call(added, [{ kind: 'StringExpr', ...at, value: name, texts: [JSON.stringify(name)] }]);
  }
  return suite;
}
