/** `[…]` and tuples: an `Array` unless the context wants a `List`, a vector or another type that takes displays. */
import type { Span } from '../../base/span.ts';
import type { ListExpr, TupleExpr } from '../../syntax/ast.ts';
import type { Term } from '../../terms/term.ts';
import type { HirExpr } from '../hir.ts';
import { checkArguments, valueArgument } from './arguments.ts';
import type { BodyContext } from './body-context.ts';
import { planConversion } from './convert.ts';
import {
  again,
  built,
  call,
  commonElements,
  displayArgument,
  elementOf,
  intConstant,
  isContext,
  noneValue,
  reportEmpty,
  roleType,
  siteOf,
} from './display-elements.ts';
import { unsupported } from './errors.ts';
import { setDisplay } from './hash-displays.ts';
import { methodCandidates } from './members.ts';
import { own } from './places.ts';
import { roleOf, tupleElements } from './type-facts.ts';
import { type Checked, ERROR_RESULT, valueResult } from './values.ts';

export function checkList(cx: BodyContext, expr: ListExpr, expected: Term | null): Checked {
  const span = cx.span(expr);
  const role = expected === null ? null : roleOf(cx.sema, expected);
  if (role === 'list') {
    if (expr.elements.length === 0) {
      const element = elementOf(expected, 0);
      if (element === null || expected === null) return reportEmpty(cx, span, 'list', expected);
      return valueResult(cx.ops.construct(cx, expected, [], siteOf(span, 'List')));
    }
    const common = commonElements(cx, expr.elements, elementOf(expected, 0), span);
    const type = common === null ? null : roleType(cx, 'list', [common.type]);
    if (common === null || type === null) return ERROR_RESULT;
    return valueResult(
      built(
        cx,
        type,
        [intConstant(cx, common.values.length, span)],
        ['capacity'],
        common.values,
        span,
        (place, values, into) => {
          for (const value of values) call(cx, again(cx, place), 'append', [value], span, into);
        },
      ),
    );
  }
  if (role === 'set') return setDisplay(cx, expr.elements, expected, span);
  const vector = expected === null ? null : vectorDisplay(cx, expr, expected, span);
  if (vector !== null) return vector;
  const literal = expected === null || role !== null ? null : listConstructor(cx, expr, expected, span);
  if (literal !== null) return literal;
  if (cx.isClassic && role !== null && role !== 'array' && expected?.kind === 'struct') {
    const alternative = cx.trial(() => listForImplicit(cx, expr, expected));
    if (!alternative.failed && alternative.value !== null)
      return valueResult(listForImplicit(cx, expr, expected) ?? cx.error(span));
  }
  const element = role === 'array' ? elementOf(expected, 0) : null;
  if (expr.elements.length === 0 && element !== null) {
    const none = cx.store.int(0n, cx.known.int);
    const empty = roleType(cx, 'array', [element, none]);
    return empty === null ? ERROR_RESULT : valueResult({ kind: 'aggregate', fields: [], type: empty, span });
  }
  if (expr.elements.length === 0) return reportEmpty(cx, span, 'list', expected);
  const common = commonElements(cx, expr.elements, element, span);
  const type =
    common === null
      ? null
      : roleType(cx, 'array', [common.type, cx.store.int(BigInt(common.values.length), cx.known.int)]);
  if (common === null || type === null) return ERROR_RESULT;
  const unit: HirExpr = { kind: 'aggregate', fields: [], type: cx.known.tuple([]), span };
  return valueResult(
    built(cx, type, [unit], ['unsafe_uninitialized'], common.values, span, (place, values, into) => {
      values.forEach((value, index) => {
        call(cx, again(cx, place), '_initialize', [intConstant(cx, index, span), value], span, into);
      });
    }),
  );
}

/** A type that takes list displays says so by a `__list_literal__` argument; containers of the library by a variadic constructor. */
function listConstructor(cx: BodyContext, expr: ListExpr, expected: Term, span: Span): Checked | null {
  if (expected.kind !== 'struct') return null;
  const takes = methodCandidates(cx, expected, '__init__').map((candidate) => {
    const { args } = cx.sema.signature(candidate.fn);
    const isMarked = args.some((arg) => arg.name === LIST_MARKER);
    return {
      isMarked,
      accepts: args.some((arg) => arg.variadic === 'list') && (isMarked || !candidate.fn.module.isUser),
    };
  });
  const found = takes.find((constructor_) => constructor_.accepts);
  if (found === undefined) return null;
  if (!found.isMarked && methodCandidates(cx, expected, 'append').length > 0) return appended(cx, expr, expected, span);
  const args = checkArguments(cx, expr.elements.map(displayArgument));
  if (found.isMarked) args.push(valueArgument(noneValue(cx, span), LIST_MARKER));
  return valueResult(cx.ops.construct(cx, expected, args, siteOf(span, 'initialization')));
}

/** The library's sequences get the elements of a display one by one. */
function appended(cx: BodyContext, expr: ListExpr, expected: Term, span: Span): Checked {
  const common = commonElements(cx, expr.elements, elementOf(expected, 0), span);
  if (common === null) return ERROR_RESULT;
  return valueResult(
    built(cx, expected, [], [], common.values, span, (place, values, into) => {
      for (const value of values) call(cx, again(cx, place), 'append', [value], span, into);
    }),
  );
}

/** `[…]` where a vector is wanted gives its lanes; a scalar, a vector of one lane, is the first of them. */
function vectorDisplay(cx: BodyContext, expr: ListExpr, expected: Term, span: Span): Checked | null {
  const width = roleOf(cx.sema, expected) === 'simd' && expected.kind === 'struct' ? expected.args[1] : undefined;
  if (width?.kind !== 'int' || expr.elements.length === 0 || cx.isClassic) return null;
  const lanes = width.value === 1n ? expr.elements.slice(0, 1) : expr.elements;
  if (BigInt(lanes.length) !== width.value) return null;
  const args = checkArguments(cx, lanes.map(displayArgument));
  return valueResult(cx.ops.construct(cx, expected, args, siteOf(span, 'initialization')));
}

const LIST_MARKER = '__list_literal__';

/** Classic: `[…]` where a type wants a `List` in an implicit constructor, e.g. `Optional[List[Int]]`. */
function listForImplicit(
  cx: BodyContext,
  expr: ListExpr,
  expected: Term & { readonly kind: 'struct' },
): HirExpr | null {
  for (const arg of expected.args) {
    if (roleOf(cx.sema, arg) !== 'list') continue;
    const list = checkList(cx, expr, arg);
    if (list.kind !== 'value') return null;
    const plan = planConversion(cx, list.expr, expected);
    if (plan !== null) return plan.build();
  }
  return null;
}

export function checkTuple(cx: BodyContext, expr: TupleExpr, expected: Term | null): Checked {
  const span = cx.span(expr);
  const wanted = expected !== null && roleOf(cx.sema, expected) === 'tuple' ? tupleElements(expected) : null;
  const fields: HirExpr[] = [];
  for (let i = 0; i < expr.elements.length; i++) {
    const element = expr.elements[i];
    if (element === undefined) continue;
    if (element.kind === 'StarExpr') {
      cx.report(unsupported(cx.span(element), ['unpacking in a display']));
      return ERROR_RESULT;
    }
    const context = wanted?.[i] ?? null;
    const value = cx.ops.value(cx, element, context === null || !isContext(cx, context) ? null : context);
    if (value.type.kind === 'error') return ERROR_RESULT;
    fields.push(own(cx, value));
  }
  if (fields.some((field) => field.type.kind === 'error')) return ERROR_RESULT;
  return valueResult({ kind: 'aggregate', fields, type: cx.known.tuple(fields.map((field) => field.type)), span });
}
