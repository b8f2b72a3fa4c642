/** Constructor calls and calls of callable values. */
import type { Span } from '../../base/span.ts';
import type { CallArg } from '../../syntax/ast.ts';
import type { OriginTypeTerm, Term } from '../../terms/term.ts';
import { TermFlags } from '../../terms/term.ts';
import { boundOf } from '../declare/bounds.ts';
import { originMutability } from '../declare/origins.ts';
import type { HirExpr } from '../hir.ts';
import { valueArgument } from './arguments.ts';
import { adviseMember } from './bound-advice.ts';
import type { BodyContext, CallSite } from './body-context.ts';
import { integerCast, planConversion, valueTypeName } from './convert.ts';
import { invalidCall, noAttribute, notCallable, notConcrete, noMatching } from './errors.ts';
import { functionBound } from './function-shape.ts';
import { literalAsScalar } from './literals.ts';
import { methodCandidates } from './members.ts';
import { callShape } from './call-shape.ts';
import { buildCall, resolve } from './overloads.ts';
import { own } from './places.ts';
import {
  constantTerm,
  isIntegerType,
  isOriginTerm,
  literalValue,
  roleOf,
  scalarKind,
  tupleElements,
} from './type-facts.ts';
import { typeName } from './type-name.ts';
import type { CallArgument, Candidate } from './values.ts';

/** A type argument that has open parameters itself: nothing infers those. */
function isOpenType(arg: Term): boolean {
  return arg.kind === 'struct' && (arg.flags & TermFlags.hasUnbound) !== 0;
}

/** `Type(args…)`. Open parameters of the type are inferred from the arguments. */
export function construct(cx: BodyContext, type: Term, args: readonly CallArgument[], site: CallSite): HirExpr {
  if ((type.flags & TermFlags.hasError) !== 0) return cx.error(site.span);
  const open = type.kind === 'struct' ? type.args.find(isOpenType) : undefined;
  if (open !== undefined) {
    cx.report(notConcrete(site.callee, [typeName(open)], { notes: ["use '[]' to bind missing parameters"] }));
    return cx.error(site.span);
  }
  const direct = constructDirectly(cx, type, args, site);
  if (direct !== null) return direct;
  const candidates = methodCandidates(cx, type, '__init__').filter(
    (candidate) => cx.sema.signature(candidate.fn).isInit,
  );
  if (candidates.length === 0) {
    if (boundOf(type) !== null)
      cx.report(noAttribute(site.open, [typeName(type), '__init__', null], adviseMember(cx, type, '__init__')));
    else cx.report(noMatching(site.open, [`function in initialization: '${typeName(type)}' has no constructor`]));
    return cx.error(site.span);
  }
  const at: CallSite = { ...site, what: 'initialization' };
  const match = resolve(cx, candidates, null, args, null, at);
  return match === null ? cx.error(site.span) : buildCall(cx, match, at);
}

/** `Tuple(*args^)` of `var *args`: the elements move over. */
function tupleFromPack(cx: BodyContext, type: Term, args: readonly CallArgument[], site: CallSite): HirExpr | null {
  const [only] = args;
  if (args.length !== 1 || only?.star !== 'positional' || only.checked?.kind !== 'value' || type.kind !== 'struct')
    return null;
  const pack = only.checked.expr;
  if (pack.kind !== 'transfer' || roleOf(cx.sema, pack.type) !== 'pack' || pack.type.kind !== 'struct') return null;
  const [types] = pack.type.args;
  const [wanted] = type.args;
  if (types === undefined || wanted === undefined || (wanted.kind !== 'unbound' && wanted !== types)) return null;
  return {
    kind: 'intrinsic',
    name: 'tuple.from_pack',
    params: [types],
    args: [{ mode: 'own', expr: pack }],
    type: cx.store.struct(type.decl, [types]),
    span: site.span,
  };
}

/** Scalars of literals and of lengths, and tuples, which no library function makes. */
function constructDirectly(cx: BodyContext, type: Term, args: readonly CallArgument[], site: CallSite): HirExpr | null {
  const first = args[0];
  const value =
    first?.checked?.kind === 'value' && first.name === null && first.star === 'none' ? first.checked.expr : null;
  if (roleOf(cx.sema, type) === 'tuple') {
    const unpacked = tupleFromPack(cx, type, args, site);
    if (unpacked !== null) return unpacked;
    const elements = args.length === 0 ? tupleElements(type) : null;
    if (elements !== null) {
      const fields = elements.map((element) => cx.ops.construct(cx, element, [], site));
      return { kind: 'aggregate', fields, type, span: site.span };
    }
    const values = args.map((arg) => {
      if (arg.name !== null || arg.star !== 'none') return null;
      if (arg.checked?.kind === 'functions') return cx.ops.asValue(cx, arg.checked, arg.span);
      return arg.checked?.kind === 'value' ? arg.checked.expr : null;
    });
    if (values.some((item) => item?.type.kind === 'error')) return cx.error(site.span);
    if (values.some((item) => item === null)) return null;
    const fields = values.flatMap((item) => (item === null ? [] : [item]));
    const tuple: HirExpr = {
      kind: 'aggregate',
      fields,
      type: cx.known.tuple(fields.map((field) => field.type)),
      span: site.span,
    };
    const open = (type.flags & TermFlags.hasUnbound) !== 0;
    const plan = planConversion(cx, tuple, open ? cx.store.unbound : type);
    return plan === null ? null : own(cx, plan.build());
  }
  if (args.length !== 1 || value === null) return null;
  const literal = literalValue(cx.sema, value.type);
  if (literal !== null && (type.flags & TermFlags.hasUnbound) === 0) {
    const scalar = literalAsScalar(cx.sema, literal, type);
    if (scalar !== null) return { kind: 'constant', term: scalar, type, span: site.span };
    if (literal.kind === 'float' && isIntegerType(cx.sema, type)) {
      cx.report(
        invalidCall(value.span, [
          'initialization',
          `value passed to 'value' cannot be converted from '${typeName(value.type)}' to '${typeName(type)}'`,
        ]),
      );
      return cx.error(site.span);
    }
  }
  const term = constantTerm(value);
  if (term === null) return null;
  if (type.kind === 'originType') return originAs(cx, term, type, site.span);
  if (value.type === cx.known.simdLength && isIntegerType(cx.sema, type))
    return { kind: 'constant', term: integerCast(cx, term, type), type, span: site.span };
  const kind = scalarKind(type);
  if (term.kind === 'int' && (kind === 'signed' || kind === 'unsigned') && isIntegerType(cx.sema, value.type))
    return { kind: 'constant', term: cx.store.int(term.value, type), type, span: site.span };
  return null;
}

/** `ImmOrigin(o)`: the same origin for reading only. `MutOrigin(o)` is `o`, which must be mutable as it stands. */
function originAs(cx: BodyContext, origin: Term, type: OriginTypeTerm, span: Span): HirExpr | null {
  if (!isOriginTerm(origin)) return null;
  const term = type.mut === cx.store.false ? cx.store.immutableOrigin(origin) : origin;
  const mut = originMutability(cx.store, term);
  return mut === type.mut || type.mut.kind === 'unbound'
    ? { kind: 'constant', term, type: cx.store.originType(mut), span }
    : null;
}

/** Calls a value: a function item, a `thin` pointer, a closure, a value of a type bounded by a function type, or `__call__`. */
export function callValue(
  cx: BodyContext,
  callee: HirExpr,
  args: readonly CallArgument[],
  site: CallSite,
  params: readonly CallArg[] | null = null,
): HirExpr {
  const type = callee.type;
  if (type.kind === 'error') return callee;
  if (type.kind === 'functionItem' && type.func.kind === 'function') {
    const fn = cx.sema.functionEntity(type.func.decl.id);
    const candidate: Candidate = { fn, inherited: type.func.args, requirement: null };
    return cx.ops.call(
      cx,
      { kind: 'functions', name: fn.ref.name, candidates: [candidate], receiver: null, params },
      args,
      site,
    );
  }
  if (type.kind === 'functionType') return callShape(cx, callee, type, args, site, params);
  if (type.kind === 'struct') {
    const closure = cx.sema.hirStruct(cx.sema.structEntity(type.decl.id)).closure;
    if (closure !== null) {
      const fn = cx.sema.functionEntity(closure);
      const candidate: Candidate = { fn, inherited: type.args, requirement: null };
      const all = [valueArgument(callee), ...args];
      return cx.ops.call(
        cx,
        { kind: 'functions', name: site.name, candidates: [candidate], receiver: null, params },
        all,
        site,
      );
    }
  }
  const bound = boundOf(type);
  const shape = bound === null ? null : functionBound(bound);
  if (shape !== null) return callShape(cx, callee, shape, args, site, params);
  const candidates = methodCandidates(cx, type, '__call__');
  if (candidates.length > 0)
    return cx.ops.call(cx, { kind: 'functions', name: '__call__', candidates, receiver: callee, params }, args, site);
  const isElement = type.kind === 'operation' && type.op === 'type.element';
  const notes = isElement ? ["take the function by its index: 'for i in range(len(table)): table[i](…)'"] : [];
  cx.report(notCallable(site.open, [valueTypeName(cx, callee)], { notes }));
  return cx.error(site.span);
}
