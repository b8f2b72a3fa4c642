/** `comptime for`: the iterable becomes a list of values, the loop variable a parameter of the body. */
import { elementDeclarations } from '../../syntax/separate-comptime.ts';
import type { ComprehensionExpr, Expr, ForStmt } from '../../syntax/ast.ts';
import type { Term } from '../../terms/term.ts';
import type { HirStatement } from '../hir.ts';
import type { BodyContext } from './body-context.ts';
import { methodNotImplemented, unsupported } from './errors.ts';
import { listKind } from './parameter-lists.ts';
import { isTextPack } from './parameter-values.ts';
import { inComptime } from './parameters.ts';
import { isTypeKind, isTypeTerm, roleOf, typeOfTerm } from './type-facts.ts';
import { typeName } from './type-name.ts';

/** The element that a pattern takes apart: no name that can be written. */
const WHOLE = '(element)';
/** Longer constant ranges are computed by elaboration. */
const MAX_FOLDED_RANGE = 4096;

export function comptimeFor(cx: BodyContext, statement: ForStmt, into: HirStatement[]): void {
  const span = cx.spanAt(statement.start, statement.iterable.end);
  const { target } = statement;
  const parts = target.kind === 'TuplePattern' ? elementDeclarations(target, WHOLE) : [];
  const name =
    target.kind === 'NamePattern'
      ? target.name.name
      : target.kind === 'TuplePattern'
        ? WHOLE
        : target.kind === 'WildcardPattern'
          ? '_'
          : null;
  if (name === null || parts === null) {
    cx.report(unsupported(cx.span(target), ["a pattern as the target of 'comptime for'"]));
    return;
  }
  const values = cx.inPart("'for' iterator expression", () => iterableValues(cx, statement.iterable));
  const label = cx.newLabel();
  const { orElse } = statement;
  // With `else` a `break` leaves a block around both.
  const breakLabel = orElse === null ? label : cx.newLabel();
  const elementType = values?.type ?? cx.store.error;
  const param = cx.store.newParam(name, elementType);
  const body: HirStatement[] = [];
  cx.inScope((scope) => {
    if (name !== '_') scope.names.set(name, [{ kind: 'param', name, term: param, span: cx.span(target) }]);
    cx.loops.push({ breakLabel, continueLabel: label });
    for (const part of parts) cx.ops.statement(cx, part, body);
    for (const inner of statement.body.statements) cx.ops.statement(cx, inner, body);
    cx.loops.pop();
  });
  const rest: HirStatement[] = [];
  if (orElse !== null)
    cx.inScope(() => {
      for (const inner of orElse.statements) cx.ops.statement(cx, inner, rest);
    });
  if (values === null) return;
  const loop: HirStatement = { kind: 'comptimeFor', label, param, iterable: values.list, body, span };
  if (orElse === null) into.push(loop);
  else into.push({ kind: 'block', label: breakLabel, body: [loop, ...rest], span });
}

function iterableValues(cx: BodyContext, iterable: Expr): { readonly list: Term; readonly type: Term } | null {
  const range = foldedRange(cx, iterable);
  if (range !== null) return { list: range, type: cx.known.int };
  const pack = inComptime(cx, (inner) => inner.trial(() => inner.ops.expr(inner, iterable, null)));
  if (!pack.failed && pack.value.kind === 'pack' && !isTextPack(pack.value.term)) {
    const { term } = pack.value;
    const kind = listKind(cx, term);
    if (isTypeKind(kind) && cx.scope.module.isUser && !cx.acceptsOlder) {
      const notes = ["count the types: 'comptime for i in range(len(Ts))', and name one of them 'Ts[i]'"];
      cx.report(methodNotImplemented(cx.span(iterable), [typeName(term), '__iter__'], { notes }));
      return null;
    }
    if (term.kind === 'param') return { list: term, type: term.type };
    const first = term.kind === 'list' ? term.elements[0] : undefined;
    const type = first === undefined ? cx.known.int : isTypeTerm(first) ? cx.known.anyType : typeOfTerm(cx.sema, first);
    return { list: term, type };
  }
  const outer = cx.part;
  cx.part = iterable.kind === 'CallExpr' ? "'comptime for' sequence initializer" : "'for' iterator expression";
  const list = cx.ops.parameter(cx, asComprehension(iterable), null);
  cx.part = outer;
  if (list.value.kind === 'error') return null;
  const element = roleOf(cx.sema, list.type) === 'list' && list.type.kind === 'struct' ? list.type.args[0] : undefined;
  return element === undefined ? null : { list: list.value, type: element };
}

/** `[x for x in iterable]`. */
function asComprehension(iterable: Expr): ComprehensionExpr {
  const at = { id: iterable.id, start: iterable.start, end: iterable.end };
  const name = { kind: 'Identifier' as const, ...at, name: 'element', quoted: false };
  return {
    kind: 'ComprehensionExpr',
    ...at,
    form: 'list',
    implied: true,
    key: null,
    element: { kind: 'NameExpr', ...at, name: 'element', quoted: false },
    clauses: [
      {
        kind: 'ComprehensionFor',
        ...at,
        binding: null,
        target: { kind: 'NamePattern', ...at, binding: null, name },
        iterable,
      },
    ],
  };
}

/** `range(a, b, step)` of `Int`s as a list: a constant one at once, one over parameters as an operation that elaboration folds. Either
 *  way no code of the library has to be compiled and run. */
function foldedRange(cx: BodyContext, expr: Expr): Term | null {
  if (expr.kind !== 'CallExpr' || expr.callee.kind !== 'NameExpr' || expr.callee.name !== 'range') return null;
  const entity = cx.sema.lookup(cx.scope, 'range')?.[0];
  if (entity?.kind !== 'function' || entity.module.isUser || expr.args.length === 0 || expr.args.length > 3)
    return null;
  const bounds: Term[] = [];
  for (const arg of expr.args) {
    if (arg.name !== null || arg.star !== 'none') return null;
    const attempt = cx.trial(() => cx.ops.parameter(cx, arg.value, cx.known.int).value);
    if (attempt.failed || attempt.value.kind === 'error') return null;
    bounds.push(attempt.value);
  }
  const { store, known } = cx;
  const [first, second, step = store.int(1n, known.int)] = bounds;
  if (first === undefined || step.kind !== 'int' || step.value === 0n) return null;
  const start = second === undefined ? store.int(0n, known.int) : first;
  const end = second ?? first;
  if (start.kind !== 'int' || end.kind !== 'int') return store.operation('int_range', [start, end, step], known.int);
  if ((end.value - start.value) / step.value > BigInt(MAX_FOLDED_RANGE)) return null;
  return store.intRange(start.value, end.value, step.value, known.int);
}
