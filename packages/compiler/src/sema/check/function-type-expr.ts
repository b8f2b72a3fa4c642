/** Function type expressions: `def(Int) thin -> Int` is a type, without `thin` a bound. The classic `fn (Int) -> Int` is a code
 *  pointer, unless it captures. Own parameters are numbered, so names do not matter. */
import type { Argument, Expr, FunctionTypeExpr, Identifier } from '../../syntax/ast.ts';
import { Substituter } from '../../terms/substitute.ts';
import type { FunctionTypeArg, ParamId, ParamTerm, Term, Variadic } from '../../terms/term.ts';
import { PLAIN_ARG } from '../../terms/term.ts';
import { originMutability } from '../declare/origins.ts';
import { someBound } from '../declare/some-type.ts';
import type { BodyContext } from './body-context.ts';
import { deinitInType } from './errors.ts';
import { inComptime } from './parameters.ts';
import { type Checked, ERROR_RESULT } from './values.ts';

export function functionTypeResult(cx: BodyContext, expr: FunctionTypeExpr): Checked {
  const own: ParamTerm[] = [];
  const capturing = expr.effects.capturing || expr.effects.escaping || expr.effects.unified;
  const thin =
    expr.effects.thin || expr.effects.abi !== null || (expr.keyword === 'fn' && !capturing && expr.parameters === null);
  const parts = inComptime(cx, (inner) =>
    inner.inScope((scope) => {
      for (const item of expr.parameters?.items ?? []) {
        if (item.kind !== 'Parameter') continue;
        const type =
          item.type === null
            ? inner.known.anyType
            : closed(inner, inner.sema.evaluateAnnotation(item.type, scope, { allowUnbound: true }), item.type, own);
        const term = inner.store.newParam(item.name.name, type, item.variadic);
        own.push(term);
        scope.names.set(item.name.name, [{ kind: 'param', name: item.name.name, term, span: inner.span(item.name) }]);
      }
      const args: FunctionTypeArg[] = [];
      let failed = false;
      let keywordOnly = false;
      for (const item of expr.args.items) {
        if (item.kind !== 'Argument') {
          if (item.marker === '*') keywordOnly = true;
          continue;
        }
        if (item.convention === 'deinit' && inner.scope.module.isUser && !inner.acceptsOlder)
          inner.report(deinitInType(inner.span(item), []));
        const type = argumentType(inner, item, own, thin);
        if (type.kind === 'error') failed = true;
        const variadic = gathers(item);
        const origin = originOf(inner, item, args.length, own);
        if (origin.kind === 'error') failed = true;
        const seen = inner.known.seen(type, variadic);
        args.push({
          ...PLAIN_ARG,
          name: item.name?.name ?? '',
          default: item.default === null ? null : inner.sema.evaluateParameter(item.default, scope, type).value,
          keywordOnly,
          convention: item.convention ?? 'imm',
          type: seen,
          origin: item.convention === 'ref' ? origin : null,
          variadic,
        });
        if (item.name !== null) bindArgument(inner, item.name, seen, origin);
      }
      const result = resultType(inner, expr);
      const raises =
        expr.effects.raisesType !== null
          ? inner.ops.type(inner, expr.effects.raisesType, false)
          : expr.effects.raises
            ? inner.known.error
            : null;
      if (failed || result.kind === 'error') return null;
      return { args, result, raises };
    }),
  );
  if (parts === null) return ERROR_RESULT;
  const numbered = new Map<ParamId, Term>(own.map((param, index) => [param.param, cx.store.bound(0, index)]));
  const substituter = new Substituter(cx.store, { params: numbered, origins: null }, cx.sema.reduce);
  const term = cx.store.functionType({
    params: own.map((param) => ({ name: param.name, type: substituter.apply(param.type) })),
    args: parts.args.map((arg) => ({
      ...arg,
      type: substituter.apply(arg.type),
      origin: arg.origin === null ? null : substituter.apply(arg.origin),
      default: arg.default === null ? null : substituter.apply(arg.default),
    })),
    result: substituter.apply(parts.result),
    raises: parts.raises === null ? null : substituter.apply(parts.raises),
    thin,
    cAbi: expr.effects.abi?.value === 'C',
  });
  return thin ? { kind: 'type', term, bare: false } : { kind: 'bound', term };
}

/** In a function type a lone name may be the type itself: `def(Int)`, or a name with a type: `def(x: Int)`. `Some[Bound]` is a
 *  parameter of the type, and so is what a bound leaves open: `def(Span[Int, _])`. */
function argumentType(cx: BodyContext, item: Argument, own: ParamTerm[], thin: boolean): Term {
  if (item.type === null) return cx.store.error;
  const some = someBound(cx.sema, cx.scope, item.type);
  if (some !== null && some.bound.kind !== 'error') {
    const param = cx.store.newParam(item.name?.name ?? '', some.bound);
    own.push(param);
    return param;
  }
  if (thin) return cx.ops.type(cx, item.type, false);
  return closed(cx, cx.ops.type(cx, item.type, true), item.type, own);
}

/** What a type leaves open becomes parameters of the function type. */
function closed(cx: BodyContext, type: Term, written: Expr, own: ParamTerm[]): Term {
  return cx.sema.fillHoles(type, cx.scope, cx.span(written), (param) => own.push(param));
}

/** The origin of what an argument is as a place; a `ref` argument may say it, else its mutability is a parameter of the type. */
function originOf(cx: BodyContext, item: Argument, index: number, own: ParamTerm[]): Term {
  const { convention, origins } = item;
  if (convention !== 'ref')
    return cx.store.argumentOrigin(index, cx.store.bool(convention !== null && convention !== 'imm'));
  if (origins !== null && !origins.every((origin) => origin.kind === 'UnderscoreExpr'))
    return cx.sema.evaluateOrigin(origins, cx.scope);
  const mut = cx.store.newParam('_', cx.known.bool);
  own.push(mut);
  return cx.store.argumentOrigin(index, mut);
}

/** The result may name what an argument lends: `-> ref[xs[0]] T`, `-> Span[T, origin_of(xs)]`. */
function bindArgument(cx: BodyContext, name: Identifier, type: Term, origin: Term): void {
  if (type.kind === 'error' || origin.kind === 'error') return;
  const local = cx.newLocal(name.name, type, cx.span(name));
  const entity = cx.localEntity(local, 'immutable', { origin, mut: originMutability(cx.store, origin) });
  cx.scope.names.set(name.name, [entity]);
}

function gathers(item: Argument): Variadic {
  if (item.variadic === 'none') return 'none';
  if (item.variadic === 'keyword') return 'keywords';
  return item.packType ? 'pack' : 'list';
}

function resultType(cx: BodyContext, expr: FunctionTypeExpr): Term {
  const result = expr.result;
  if (result === null) return cx.known.none;
  const type = cx.ops.type(cx, result.type, false);
  if (!result.isRef || type.kind === 'error') return type;
  const origin = cx.sema.evaluateOrigin(result.origins ?? [], cx.scope);
  return cx.store.ref(type, origin, originMutability(cx.store, origin));
}
