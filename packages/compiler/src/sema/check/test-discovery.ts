/** `__functions_in_module()` and `TestSuite.discover_tests[…]()`: the functions of the module, as a tuple of values, and those whose names
 *  begin with `test_` as the tests of a suite. Parameters hold values of one type each, and functions have types of their own; so
 *  both are spelled out here, as a display and as a suite to which each function is added by name.
 *  In: a call. Out: the expression it stands for, or null if it is another call. */
import type { CallExpr, Expr, FunctionDecl } from '../../syntax/ast.ts';
import type { FunctionEntity, Signature } from '../entities.ts';
import type { BodyContext } from './body-context.ts';

const LISTING = '__functions_in_module';

/** `__functions_in_module()` as a display of the functions. Generic and overloaded ones are no values and left out. */
export function functionsInModule(cx: BodyContext, expr: CallExpr): Expr {
  const at = { id: expr.id, start: expr.start, end: expr.end };
  const names: string[] = [];
  for (const { name } of declaredFunctions(cx)) {
    const overloads = overloadsOf(cx, name.name);
    const [only] = overloads;
    if (only === undefined || overloads.length > 1) continue;
    if (cx.sema.signature(only).params.length === 0) names.push(name.name);
  }
  const elements = names.map((name): Expr => ({ kind: 'NameExpr', ...at, name, quoted: false }));
  return { kind: 'TupleExpr', ...at, parenthesized: true, elements };
}

export function discoveredTests(cx: BodyContext, expr: CallExpr): Expr | null {
  const { callee } = expr;
  if (callee.kind !== 'SubscriptExpr' || callee.base.kind !== 'MemberExpr') return null;
  if (callee.base.name.name !== 'discover_tests') return null;
  const list = callee.args.length === 1 ? callee.args[0]?.value : undefined;
  if (list === undefined || !isListing(cx, list)) return null;
  const at = { id: expr.id, start: expr.start, end: expr.end };
  const call = (target: Expr, args: CallExpr['args']): Expr => ({
    kind: 'CallExpr',
    ...at,
    callee: target,
    open: expr.open,
    args,
  });
  const method = (base: Expr, name: string): Expr => ({
    kind: 'MemberExpr',
    ...at,
    base,
    dot: expr.start,
    name: { kind: 'Identifier', ...at, name, quoted: false },
  });
  const plain = (value: Expr): CallExpr['args'][number] => ({
    kind: 'CallArg',
    ...at,
    star: 'none',
    name: null,
    value,
  });
  let suite = call(callee.base.base, expr.args);
  for (const { name } of declaredFunctions(cx)) {
    if (!name.name.startsWith('test_')) continue;
    const text: Expr = { kind: 'StringExpr', ...at, value: name.name, texts: [JSON.stringify(name.name)] };
    if (!overloadsOf(cx, name.name).every((fn) => isTest(cx, cx.sema.signature(fn)))) {
      suite = call(method(suite, '_with_nonconforming'), [plain(text)]);
      continue;
    }
    const added: Expr = {
      kind: 'SubscriptExpr',
      ...at,
      base: method(suite, '_with_test'),
      open: expr.open,
      args: [plain({ kind: 'NameExpr', ...at, name: name.name, quoted: false })],
    };
    suite = call(added, [plain(text)]);
  }
  return suite;
}

/** The call itself, or the name of a compile-time value that it was given to. */
function isListing(cx: BodyContext, expr: Expr): boolean {
  if (expr.kind === 'CallExpr') return expr.callee.kind === 'NameExpr' && expr.callee.name === LISTING;
  if (expr.kind !== 'NameExpr') return false;
  const entity = cx.sema.lookup(cx.scope, expr.name)?.[0];
  const value = entity?.kind === 'comptime' ? entity.decl?.value : undefined;
  return value?.kind === 'CallExpr' && isListing(cx, value);
}

function declaredFunctions(cx: BodyContext): readonly FunctionDecl[] {
  const items = cx.scope.module.tree?.items ?? [];
  return items.filter((item): item is FunctionDecl => item.kind === 'FunctionDecl' && item.name.name !== 'main');
}

function overloadsOf(cx: BodyContext, name: string): readonly FunctionEntity[] {
  const entities = cx.sema.lookup(cx.scope.module.scope, name) ?? [];
  return entities.filter((entity): entity is FunctionEntity => entity.kind === 'function');
}

/** `def() raises`, and nothing else. A header with a mistake of its own counts as one: the mistake is reported where it stands. */
function isTest(cx: BodyContext, signature: Signature): boolean {
  if (signature.hasError) return true;
  const isPlain = signature.params.length === 0 && signature.args.length === 0;
  return isPlain && signature.raises === cx.known.error && signature.result === cx.known.none;
}
