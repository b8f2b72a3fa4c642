/** Comprehensions: loops that fill a container. */
import type { ComprehensionExpr, Expr } from '../../syntax/ast.ts';
import type { Term } from '../../terms/term.ts';
import type { BuiltinStruct, HirExpr, HirPlace, HirStatement } from '../hir.ts';
import type { BodyContext } from './body-context.ts';
import { holdsElements } from './display-bounds.ts';
import { call, elementOf, roleType, siteOf } from './display-elements.ts';
import { comprehensionAtCompileTime, unsupported } from './errors.ts';
import { dictType, setType } from './hash-displays.ts';
import { forLoop } from './loops.ts';
import { isPlace, materializeLiteral, own } from './places.ts';
import { madeBy } from './take-values.ts';
import { roleOf } from './type-facts.ts';
import { type Checked, ERROR_RESULT, valueResult } from './values.ts';

/** `[e for x in xs if c]` and the like, with any number of clauses. */
export function checkComprehension(cx: BodyContext, expr: ComprehensionExpr, expected: Term | null): Checked {
  const span = cx.span(expr);
  if (cx.comptime && !expr.implied && !cx.isLibrary) {
    cx.report(comprehensionAtCompileTime(span, [expr.form]));
    return ERROR_RESULT;
  }
  const role: BuiltinStruct = expr.form;
  const context = expected !== null && roleOf(cx.sema, expected) === role ? expected : null;
  const found: { container: HirPlace | null } = { container: null };
  const statements: HirStatement[] = [];
  const element = (source: Expr, wanted: Term | null): HirExpr => {
    if (wanted !== null) return cx.ops.ownedValue(cx, source, wanted, '');
    const value = materializeLiteral(cx, cx.ops.value(cx, source, null));
    // The list that `comptime for` walks over holds copies of what the iterator refers to.
    const copied = expr.implied && isPlace(value) ? explicitCopy(cx, value) : null;
    return copied ?? own(cx, value);
  };
  const innermost = (into: HirStatement[]): void => {
    const key = expr.key === null ? null : element(expr.key, elementOf(context, 0));
    const value = element(expr.element, elementOf(context, expr.key === null ? 0 : 1));
    if (value.type.kind === 'error' || key?.type.kind === 'error') return;
    const type =
      role === 'list'
        ? roleType(cx, role, [value.type])
        : key === null
          ? setType(cx, value.type, context)
          : dictType(cx, key.type, value.type, context);
    if (type === null) {
      cx.report(unsupported(span, [`a ${role} comprehension`]));
      return;
    }
    if (!holdsElements(cx, type, 'comprehension', span)) return;
    const container = cx.newLocal('', type, span);
    const entity = cx.localEntity(container, 'mutable');
    found.container = cx.placeOf(entity, span);
    const place = cx.placeOf(entity, span);
    if (key !== null) call(cx, place, '__setitem__', [key, value], span, into);
    else call(cx, place, role === 'list' ? 'append' : 'add', [value], span, into);
  };
  const clause = (index: number, into: HirStatement[]): void => {
    const at = expr.clauses[index];
    if (at === undefined) {
      innermost(into);
      return;
    }
    if (at.kind === 'ComprehensionIf') {
      const condition = cx.ops.bool(cx, at.condition);
      const onTrue: HirStatement[] = [];
      clause(index + 1, onTrue);
      into.push({ kind: 'if', condition, onTrue, onFalse: [], span: cx.span(at) });
      return;
    }
    forLoop(
      cx,
      { binding: at.binding, target: at.target, iterable: at.iterable, span: cx.span(at), unroll: null },
      into,
      (body) => clause(index + 1, body),
      null,
    );
  };
  const loops: HirStatement[] = [];
  cx.inScope(() => clause(0, loops));
  const container = found.container;
  if (container === null || container.kind !== 'local') return ERROR_RESULT;
  const init = cx.ops.construct(cx, container.type, [], siteOf(span, 'display'));
  statements.push({ kind: 'let', local: container.local, init, span }, ...loops);
  return valueResult(madeBy(statements, container, span));
}

/** `value.copy()` where the type is copied explicitly only; else null. */
function explicitCopy(cx: BodyContext, value: HirExpr): HirExpr | null {
  const copyable = cx.known.trait('Copyable');
  if (copyable === null || cx.sema.isImplicitlyCopyable(value.type, cx.scope)) return null;
  if (cx.sema.conforms(value.type, cx.store.trait(copyable.ref), cx.scope) !== true) return null;
  return cx.ops.method(cx, value, 'copy', [], value.span);
}
