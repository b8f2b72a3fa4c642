/** Methods of literals by their names, which are operators: `(1 << 80).__add__(1)` and `IntLiteral.__add__(1 << 80, 1)` keep the exact value, as
 *  `(1 << 80) + 1` does; and `FloatLiteral(4)`.
 *  In: a call.  Out: the expression it stands for, or null if it is another call. */
import type { ArithmeticOp, CallExpr, CompareOp, Expr, MemberExpr } from '../../syntax/ast.ts';
import type { BodyContext } from './body-context.ts';
import { COMPARISONS, METHODS } from './operator-names.ts';
import { isLiteralType, roleOf } from './type-facts.ts';

// Literals are no matrices.
const ARITHMETIC: ReadonlyMap<string, ArithmeticOp> = new Map(
  (Object.keys(METHODS) as ArithmeticOp[]).filter((op) => op !== '@').map((op) => [`__${METHODS[op]}__`, op]),
);
const COMPARED: ReadonlyMap<string, CompareOp> = new Map(
  (Object.keys(COMPARISONS) as CompareOp[]).map((op) => [COMPARISONS[op]?.[0] ?? '', op]),
);

export function literalMethod(cx: BodyContext, expr: CallExpr): Expr | null {
  const { callee } = expr;
  if (callee.kind === 'NameExpr' && callee.name === 'FloatLiteral') return asFloat(cx, expr);
  if (cx.isLibrary || callee.kind !== 'MemberExpr' || !callee.name.name.startsWith('__')) return null;
  const args: Expr[] = [];
  for (const arg of expr.args) {
    if (arg.star !== 'none' || arg.name !== null) return null;
    args.push(arg.value);
  }
  const base = cx.trial(() => cx.ops.expr(cx, callee.base, null));
  if (base.failed) return null;
  if (base.value.kind === 'value')
    return isLiteralType(cx.sema, base.value.expr.type) ? operator(callee, callee.base, args) : null;
  if (base.value.kind !== 'type' || !isLiteralType(cx.sema, base.value.term)) return null;
  const [self, ...rest] = args;
  if (self === undefined) return null;
  return operator(callee, self, rest) ?? { ...expr, callee: { ...callee, base: self }, args: expr.args.slice(1) };
}

/** `self.name(args)` as an operator. */
function operator(callee: MemberExpr, self: Expr, args: readonly Expr[]): Expr | null {
  const { name } = callee.name;
  const { id, start, end } = callee;
  const at = { id, start, end };
  const [other] = args;
  if (other === undefined || args.length > 1) return null;
  const arithmetic = ARITHMETIC.get(name);
  if (arithmetic !== undefined)
    return { kind: 'BinaryExpr', ...at, op: arithmetic, opStart: callee.dot, left: self, right: other };
  const comparison = COMPARED.get(name);
  if (comparison === undefined) return null;
  const link = { kind: 'CompareLink' as const, ...at, op: comparison, opStart: callee.dot, right: other };
  return { kind: 'CompareExpr', ...at, first: self, links: [link] };
}

/** `FloatLiteral(4)` as a quotient of literals, which is a float. */
function asFloat(cx: BodyContext, expr: CallExpr): Expr | null {
  const [arg, ...rest] = expr.args;
  if (arg === undefined || rest.length > 0 || arg.name !== null || arg.star !== 'none') return null;
  const value = cx.trial(() => cx.ops.value(cx, arg.value, null));
  if (value.failed || roleOf(cx.sema, value.value.type) !== 'int-literal') return null;
  const { id, start, end } = arg;
  const one: Expr = { kind: 'IntExpr', id, start, end, value: 1n, text: '1' };
  return { kind: 'BinaryExpr', id, start, end, op: '/', opStart: start, left: arg.value, right: one };
}
