/** Constructor calls and calls of callable values. */
import type { Span } from '../../base/span.ts';
import type { CallArg } from '../../syntax/ast.ts';
import type { FunctionTypeTerm, OriginTypeTerm, ParamTerm, Term } from '../../terms/term.ts';
import { TermFlags } from '../../terms/term.ts';
import { boundOf } from '../declare/bounds.ts';
import { originMutability } from '../declare/origins.ts';
import type { HirArg, HirExpr } from '../hir.ts';
import { valueArgument } from './arguments.ts';
import { Bindings } from './bindings.ts';
import { adviseMember } from './bound-advice.ts';
import type { BodyContext, CallSite } from './body-context.ts';
import { integerCast, planConversion, valueTypeName } from './convert.ts';
import { invalidCall, noAttribute, notCallable, notConcrete, noMatching } from './errors.ts';
import { functionBound } from './function-shape.ts';
import { literalAsScalar } from './literals.ts';
import { methodCandidates } from './members.ts';
import { buildCall, resolve } from './overloads.ts';
import { inComptime } from './parameters.ts';
import { derefResult, isLastingPlace, isMutable, own } from './places.ts';
import { noteRaise } from './raising.ts';
import {
  constantTerm,
  defaultType,
  isIntegerType,
  isOriginTerm,
  isTypeKind,
  literalValue,
  roleOf,
  scalarKind,
  tupleElements,
} from './type-facts.ts';
import { forEachOperand } from './term-walk.ts';
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

/** A call through a function type: a pointer where it is thin, else whatever callable the parameter stands for. */
function callShape(
  cx: BodyContext,
  callee: HirExpr,
  shape: FunctionTypeTerm,
  args: readonly CallArgument[],
  site: CallSite,
  params: readonly CallArg[] | null,
): HirExpr {
  if (
    args.length !== shape.args.length ||
    args.some((arg) => arg.name !== null && !shape.args.some((formal) => formal.name === arg.name))
  ) {
    const extra = args[shape.args.length];
    const missing = shape.args[args.length];
    cx.report(
      invalidCall(extra?.span ?? site.open, [
        site.what,
        missing !== undefined ? `missing required argument: '${missing.name}'` : 'unexpected argument',
      ]),
    );
    return cx.error(site.span);
  }
  const own_ = params === null ? inferredParams(cx, shape, args, site) : explicitParams(cx, shape, params, site);
  if (own_ === null) return cx.error(site.span);
  const values: Term[] = own_;
  const apply = (term: Term): Term => replaceBound(cx, term, values);
  const out: HirArg[] = [];
  // With parameters of its own, a function is known at compile time even where the type is thin: no pointer could hold all its instances.
  const known = shape.thin && values.length > 0 ? constantTerm(callee) : null;
  if (!shape.thin) out.push({ mode: 'borrow', expr: callee });
  else if (known !== null) out.push({ mode: 'own', expr: callee });
  for (let i = 0; i < shape.args.length; i++) {
    const formal = shape.args[i];
    const arg = args[i];
    if (formal === undefined || arg === undefined) continue;
    const type = apply(formal.type);
    const checked = arg.checked ?? (arg.contextual === null ? null : cx.ops.expr(cx, arg.contextual, type));
    const value = checked === null ? cx.error(arg.span) : cx.ops.asValue(cx, checked, arg.span);
    if (value.type.kind === 'error') return cx.error(site.span);
    const plan = planConversion(cx, value, type);
    if (plan === null) {
      cx.report(
        invalidCall(arg.span, [
          site.what,
          `value${formal.name === '' ? '' : ` passed to '${formal.name}'`} cannot be converted from '${valueTypeName(cx, value)}' to '${typeName(type)}'`,
        ]),
      );
      return cx.error(site.span);
    }
    const expr = plan.build();
    if (formal.convention === 'var' || formal.convention === 'deinit') out.push({ mode: 'own', expr: own(cx, expr) });
    else if (formal.convention === 'mut') {
      if (!isLastingPlace(expr) || !isMutable(cx, expr)) {
        cx.report(
          invalidCall(arg.span, [site.what, `value passed to mutable argument '${formal.name}' must be mutable`]),
        );
        return cx.error(site.span);
      }
      out.push({ mode: 'borrowMut', expr });
    } else out.push({ mode: 'borrow', expr });
  }
  const result = apply(shape.result);
  const raises = shape.raises === null ? null : apply(shape.raises);
  const raising = raises === null || raises === cx.known.never ? null : raises;
  const passedOn = raising === null ? null : noteRaise(cx, raising, site);
  const call: HirExpr =
    shape.thin && known === null
      ? {
          kind: 'call',
          callee: { kind: 'pointer', value: callee, type: shape },
          args: out,
          raises: raising,
          passedOn,
          type: result,
          span: site.open,
        }
      : {
          kind: 'call',
          callee: { kind: 'callable', type: known ?? callee.type, signature: shape, params: values },
          args: out,
          raises: raising,
          passedOn,
          type: result,
          span: site.open,
        };
  return derefResult(call);
}

/** The parameters that a call leaves out come from its arguments, as in a call of a generic function. */
function inferredParams(
  cx: BodyContext,
  shape: FunctionTypeTerm,
  args: readonly CallArgument[],
  site: CallSite,
): Term[] | null {
  if (shape.params.length === 0) return [];
  const open: ParamTerm[] = [];
  for (const param of shape.params) open.push(cx.store.newParam(param.name, replaceBound(cx, param.type, open)));
  const bindings = new Bindings(
    cx.sema,
    open.map((term) => ({ term })),
  );
  args.forEach((arg, index) => {
    const formal = shape.args[index];
    if (formal === undefined) return;
    const declared = replaceBound(cx, formal.type, open);
    const { checked, contextual } = arg;
    const value = cx.trial(() => {
      if (checked !== null) return cx.ops.asValue(cx, checked, arg.span);
      return contextual === null ? null : cx.ops.value(cx, contextual, bindings.applyWithHoles(declared));
    }).value;
    if (value !== null && value.type.kind !== 'error') bindings.unify(declared, defaultType(cx.sema, value.type));
  });
  const values: Term[] = [];
  for (const param of open) {
    const value = bindings.get(param);
    if (value === null) {
      cx.report(invalidCall(site.callee, [site.what, `failed to infer parameter '${param.name}'`]));
      return null;
    }
    const bound = replaceBound(cx, param.type, values);
    if (isTypeKind(bound) && cx.sema.conforms(value, bound, cx.scope) !== true) {
      const message = `argument type '${typeName(value)}' does not conform to trait '${typeName(bound)}'`;
      cx.report(invalidCall(site.open, [site.what, message]));
      return null;
    }
    values.push(value);
  }
  return values;
}

function explicitParams(
  cx: BodyContext,
  shape: FunctionTypeTerm,
  params: readonly CallArg[] | null,
  site: CallSite,
): Term[] | null {
  const given = params ?? [];
  if (given.length !== shape.params.length) {
    const missing = shape.params[given.length];
    cx.report(
      invalidCall(site.callee, [
        site.what,
        missing !== undefined ? `failed to infer parameter '${missing.name}'` : 'unexpected parameter',
      ]),
    );
    return null;
  }
  return shape.params.map((param, index) => {
    const arg = given[index];
    if (arg === undefined) return cx.store.error;
    if (isTypeKind(param.type)) return cx.ops.type(cx, arg.value, false);
    return inComptime(cx, (inner) => inner.ops.parameter(inner, arg.value, param.type).value);
  });
}

/** Gives the own parameters of a function type their values. */
function replaceBound(cx: BodyContext, term: Term, values: readonly Term[]): Term {
  if (values.length === 0 || (term.flags & TermFlags.hasBound) === 0) return term;
  const store = cx.store;
  const walk = (part: Term): Term => {
    if ((part.flags & TermFlags.hasBound) === 0) return part;
    switch (part.kind) {
      case 'bound':
        return part.depth === 0 ? (values[part.index] ?? part) : part;
      case 'struct':
        return store.struct(part.decl, part.args.map(walk));
      case 'ref':
        return store.ref(walk(part.pointee), walk(part.origin), walk(part.mut));
      case 'list':
        return store.list(part.elements.map(walk));
      case 'operation':
        return store.operation(part.op, part.operands.map(walk), walk(part.type));
      case 'packElement':
        return store.packElement(walk(part.pack), walk(part.index), walk(part.type));
      case 'polynomial': {
        let sum: Term = store.int(part.constant, part.type);
        for (const monomial of part.terms) {
          let product: Term = store.int(monomial.coefficient, part.type);
          for (const factor of monomial.factors) product = store.multiply(product, walk(factor), part.type);
          sum = store.add(sum, product, part.type);
        }
        return sum;
      }
      default:
        forEachOperand(part, () => undefined);
        return part;
    }
  };
  return walk(term);
}
