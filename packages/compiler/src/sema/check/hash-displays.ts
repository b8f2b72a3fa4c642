/** `{…}`: sets, dictionaries, and constructor calls of the contextual type. */
import type { Span } from '../../base/span.ts';
import type { BraceExpr, CallArg, DictExpr, Expr, SetExpr } from '../../syntax/ast.ts';
import type { Term } from '../../terms/term.ts';
import type { StructEntity } from '../entities.ts';
import type { HirExpr, HirStatement } from '../hir.ts';
import { checkArguments, valueArgument } from './arguments.ts';
import type { BodyContext } from './body-context.ts';
import { holdsElements } from './display-bounds.ts';
import {
  again,
  built,
  call,
  commonElements,
  type CommonElements,
  displayArgument,
  elementOf,
  evaluated,
  intConstant,
  isMarked,
  noneValue,
  roleType,
  siteOf,
} from './display-elements.ts';
import { emptyInitializer, noMatching, unsupported } from './errors.ts';
import { defaultOf } from './parameters.ts';
import { isObserved, roleOf } from './type-facts.ts';
import { typeName } from './type-name.ts';
import { type Checked, ERROR_RESULT, valueResult } from './values.ts';

export function checkSet(cx: BodyContext, expr: SetExpr, expected: Term | null): Checked {
  const span = cx.span(expr);
  const role = expected === null ? null : roleOf(cx.sema, expected);
  if (expected !== null && expected.kind === 'struct' && role !== 'set') {
    const args = checkArguments(cx, expr.elements.map(displayArgument));
    if (isMarked(cx, expected, SET_MARKER)) args.push(valueArgument(noneValue(cx, span), SET_MARKER));
    return valueResult(cx.ops.construct(cx, expected, args, siteOf(span, 'initialization')));
  }
  return setDisplay(cx, expr.elements, expected, span);
}

export function setDisplay(cx: BodyContext, elements: readonly Expr[], expected: Term | null, span: Span): Checked {
  const common = commonElements(cx, elements, elementOf(expected, 0), span);
  const type = common === null ? null : setType(cx, common.type, expected);
  if (common === null) return ERROR_RESULT;
  if (type === null) {
    cx.report(unsupported(span, ['a set display']));
    return ERROR_RESULT;
  }
  if (!holdsElements(cx, type, 'display', span)) return ERROR_RESULT;
  // Officially the constructor copies what it is given.
  if (common.values.length > 0 && isObserved(cx.sema, common.type)) {
    const args = common.values.map((value) => valueArgument(value, null));
    return valueResult(cx.ops.construct(cx, type, args, siteOf(span, 'initialization')));
  }
  return valueResult(
    built(cx, type, [], [], common.values, span, (place, values, into) => {
      for (const value of values) call(cx, again(cx, place), 'add', [value], span, into);
    }),
  );
}

/** All keys first, then all values. */
export function checkDict(cx: BodyContext, expr: DictExpr, expected: Term | null): Checked {
  const span = cx.span(expr);
  const context = expected !== null && roleOf(cx.sema, expected) === 'dict' ? expected : null;
  const literal =
    expected === null || context !== null ? null : dictConstructor(cx, expr, expr.entries, expected, span);
  if (literal !== null) return literal;
  if (expected?.kind === 'struct' && context === null && !cx.isClassic) {
    cx.report(noMatching(span, [`function in initialization: '${typeName(expected)}' takes no dictionary display`]));
    return ERROR_RESULT;
  }
  const keys = commonElements(
    cx,
    expr.entries.map((entry) => entry.key),
    elementOf(context, 0),
    span,
  );
  const values = commonElements(
    cx,
    expr.entries.map((entry) => entry.value),
    elementOf(context, 1),
    span,
  );
  if (keys === null || values === null) return ERROR_RESULT;
  const type = dictType(cx, keys.type, values.type, context);
  if (type === null) {
    cx.report(unsupported(span, ['a dictionary display']));
    return ERROR_RESULT;
  }
  if (!holdsElements(cx, type, 'display', span)) return ERROR_RESULT;
  const observed = observedDict(cx, type, keys, values, span);
  if (observed !== null) return valueResult(observed);
  return valueResult(
    built(cx, type, [], [], [...keys.values, ...values.values], span, (place, elements, into) => {
      keys.values.forEach((_, index) => {
        const key = elements[index];
        const value = elements[keys.values.length + index];
        if (key !== undefined && value !== undefined)
          call(cx, again(cx, place), '__setitem__', [key, value], span, into);
      });
    }),
  );
}

/** Where copies can be seen, the display is made of lists of its keys and values, as officially. */
function observedDict(
  cx: BodyContext,
  type: Term,
  keys: CommonElements,
  values: CommonElements,
  span: Span,
): HirExpr | null {
  const copyable = cx.known.trait('Copyable');
  if (copyable === null || !(isObserved(cx.sema, keys.type) || isObserved(cx.sema, values.type))) return null;
  const bound = cx.store.trait(copyable.ref);
  if ([keys.type, values.type].some((part) => cx.sema.conforms(part, bound, cx.scope) !== true)) return null;
  const statements: HirStatement[] = [];
  const all = evaluated(cx, type, [...keys.values, ...values.values], statements);
  const listOf = (elements: readonly HirExpr[], element: Term): HirExpr | null => {
    const list = roleType(cx, 'list', [element]);
    if (list === null) return null;
    const capacity = intConstant(cx, elements.length, span);
    return built(cx, list, [capacity], ['capacity'], elements, span, (place, settled, into) => {
      for (const value of settled) call(cx, again(cx, place), 'append', [value], span, into);
    });
  };
  const keyList = listOf(all.slice(0, keys.values.length), keys.type);
  const valueList = listOf(all.slice(keys.values.length), values.type);
  if (keyList === null || valueList === null) return null;
  const args = [valueArgument(keyList), valueArgument(valueList), valueArgument(noneValue(cx, span), DICT_MARKER)];
  const result = cx.ops.construct(cx, type, args, siteOf(span, 'initialization'));
  return { kind: 'block', statements, result, type: result.type, span };
}

const SET_MARKER = '__set_literal__';

const DICT_MARKER = '__dict_literal__';

/** A type that takes dictionary displays has a constructor from lists of keys and values, marked by a `__dict_literal__` argument. */
function dictConstructor(
  cx: BodyContext,
  expr: DictExpr | BraceExpr,
  entries: DictExpr['entries'],
  expected: Term,
  span: Span,
): Checked | null {
  if (expected.kind !== 'struct' || roleOf(cx.sema, expected) === 'dict') return null;
  if (!isMarked(cx, expected, DICT_MARKER)) return null;
  const list = (part: 'key' | 'value'): CallArg => {
    const elements = entries.map((entry) => entry[part]);
    const { id, start, end } = expr;
    return {
      kind: 'CallArg',
      id,
      start,
      end,
      star: 'none',
      name: null,
      value: { kind: 'ListExpr', id, start, end, elements },
    };
  };
  const args = checkArguments(cx, [list('key'), list('value')]);
  args.push(valueArgument(noneValue(cx, span), DICT_MARKER));
  return valueResult(cx.ops.construct(cx, expected, args, siteOf(span, 'initialization')));
}

/** A container of these elements; what else it has, a hasher, comes from the context or is the default. */
function withRest(cx: BodyContext, entity: StructEntity, elements: readonly Term[], context: Term | null): Term {
  const args = [...elements];
  cx.sema.structParams(entity).forEach((param, index) => {
    if (index < elements.length) return;
    const given = context?.kind === 'struct' ? context.args[index] : undefined;
    args.push(given !== undefined && given.kind !== 'unbound' ? given : (defaultOf(cx, param) ?? cx.store.error));
  });
  return cx.store.struct(entity.ref, args);
}

export function setType(cx: BodyContext, element: Term, context: Term | null): Term | null {
  const entity = cx.known.struct('set');
  return entity === null ? null : withRest(cx, entity, [element], context);
}

export function dictType(cx: BodyContext, key: Term, value: Term, context: Term | null): Term | null {
  const entity = cx.known.struct('dict');
  if (entity === null) return null;
  return withRest(cx, entity, [key, value], context);
}

/** `{}` and `{k=v}`: a constructor call of the contextual type. */
export function checkBrace(cx: BodyContext, expr: BraceExpr, expected: Term | null): Checked {
  const span = cx.span(expr);
  if (expected === null || expected.kind !== 'struct') {
    if (expected?.kind === 'error') cx.hasErrors = true;
    else cx.report(emptyInitializer(span, []));
    return ERROR_RESULT;
  }
  const literal = expr.args.length > 0 ? null : dictConstructor(cx, expr, [], expected, span);
  if (literal !== null) return literal;
  return valueResult(cx.ops.construct(cx, expected, checkArguments(cx, expr.args), siteOf(span, 'initialization')));
}
