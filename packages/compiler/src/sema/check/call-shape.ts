/** Calls through a function type: of a pointer where it is thin, else of whatever callable a parameter stands for.
 *  In: the callee and its shape.  Out: the call. Arguments go to the formals as in a call of a function by its name; only the type of
 *  a variable that was made of a function has defaults. */
import { present, unreachable } from '../../base/invariant.ts';
import type { Span } from '../../base/span.ts';
import type { CallArg } from '../../syntax/ast.ts';
import type { FunctionTypeArg, FunctionTypeTerm, OriginRootId, OriginStep, ParamTerm, Term } from '../../terms/term.ts';
import { TermFlags } from '../../terms/term.ts';
import { originMutability } from '../declare/origins.ts';
import { elementOf } from '../../terms/variadic.ts';
import type { HirArg, HirExpr, HirStatement } from '../hir.ts';
import { Bindings } from './bindings.ts';
import type { BodyContext, CallSite } from './body-context.ts';
import { planConversion, valueTypeName } from './convert.ts';
import { distribute, type Formal, type Slot } from './distribute-arguments.ts';
import { invalidCall } from './errors.ts';
import { keywordDictionary } from './overloads.ts';
import { inComptime } from './parameters.ts';
import { derefResult, isLastingPlace, isMutable, isPlace, own, placeFacts } from './places.ts';
import { noteRaise } from './raising.ts';
import { forEachOperand, someTerm } from './term-walk.ts';
import { constantExpr, constantTerm, defaultType, isTypeKind } from './type-facts.ts';
import { typeName } from './type-name.ts';
import type { CallArgument } from './values.ts';

interface ShapeFormal extends Formal {
  readonly arg: FunctionTypeArg;
  /** The type of one value: of `*xs: T`, T. */
  readonly element: Term;
}

export function callShape(
  cx: BodyContext,
  callee: HirExpr,
  shape: FunctionTypeTerm,
  args: readonly CallArgument[],
  site: CallSite,
  params: readonly CallArg[] | null,
): HirExpr {
  const slots = distribute(formalsOf(shape), args, cx.isClassic);
  if ('failure' in slots) {
    const { message, span } = slots.failure;
    cx.report(invalidCall(span ?? site.open, [site.what, message]));
    return cx.error(site.span);
  }
  const given = params === null ? [] : explicitParams(cx, shape, params, site);
  const values = given === null ? null : inferredParams(cx, shape, given, slots, site);
  if (values === null) return cx.error(site.span);
  const apply = (term: Term): Term => replaceBound(cx, term, values);
  // With parameters of its own, a function is known at compile time even where the type is thin: no pointer could hold all its instances.
  const known = shape.thin && values.length > 0 ? constantTerm(callee) : null;
  const out: HirArg[] = [];
  if (!shape.thin) out.push({ mode: 'borrow', expr: callee });
  else if (known !== null) out.push({ mode: 'own', expr: callee });
  const prelude: HirStatement[] = [];
  const passed = passArguments(cx, slots, apply, prelude, site);
  if (passed === null) return cx.error(site.span);
  const result = replaceBound(cx, shape.result, values, lentOrigins(cx, shape, passed, prelude));
  out.push(...passed);
  const raises = shape.raises === null ? null : apply(shape.raises);
  const raising = raises === null || raises === cx.known.never ? null : raises;
  const passedOn = raising === null ? null : noteRaise(cx, raising, site);
  const value = derefResult({
    kind: 'call',
    callee:
      shape.thin && known === null
        ? { kind: 'pointer', value: callee, type: shape }
        : { kind: 'callable', type: known ?? callee.type, signature: shape, params: values },
    args: out,
    raises: raising,
    passedOn,
    type: result,
    span: site.open,
  });
  if (prelude.length === 0) return value;
  return { kind: 'block', statements: prelude, result: value, type: value.type, span: site.span };
}

/** What stands behind `*xs` can only be given by name. */
function formalsOf(shape: FunctionTypeTerm): ShapeFormal[] {
  const variadic = shape.args.findIndex((arg) => arg.variadic === 'list' || arg.variadic === 'pack');
  return shape.args.map((arg, index) => ({
    arg,
    name: arg.name,
    variadic: arg.variadic,
    passing: passingOf(arg, variadic >= 0 && index > variadic),
    closureOf: null,
    defaultExpr: arg.default,
    element: elementOf(arg.type, arg.variadic) ?? arg.type,
  }));
}

function passingOf(arg: FunctionTypeArg, isBehindVariadic: boolean): Formal['passing'] {
  if (isBehindVariadic || arg.keywordOnly) return 'keywordOnly';
  return arg.name === '' ? 'positionalOnly' : 'normal';
}

/** Arguments in the order of the formals; evaluated in source order, through temporaries where the orders differ. Null after an error. */
function passArguments(
  cx: BodyContext,
  slots: readonly Slot<ShapeFormal>[],
  apply: (term: Term) => Term,
  prelude: HirStatement[],
  site: CallSite,
): HirArg[] | null {
  const given = slots.flatMap((slot) => slot.given.map((argument) => ({ formal: slot.formal, argument })));
  const inSource = [...given].sort((a, b) => a.argument.span.start - b.argument.span.start);
  const hoist = given.some((entry, index) => entry !== inSource[index]);
  const passed = new Map<CallArgument, HirArg>();
  for (const { formal, argument } of inSource) {
    const { name, arg } = formal;
    const value = converted(cx, argument, apply(formal.element), name, site);
    if (value === null) return null;
    const isHoisted = hoist && !isPlace(value) && value.kind !== 'constant';
    const expr = isHoisted ? cx.temporary(value, prelude) : value;
    if (arg.convention === 'var' || arg.convention === 'deinit') {
      const { type, span } = expr;
      const owned: HirExpr = isHoisted && isPlace(expr) ? { kind: 'transfer', place: expr, type, span } : own(cx, expr);
      passed.set(argument, { mode: 'own', expr: owned });
    } else if (arg.convention === 'mut') {
      if (!isLastingPlace(expr) || !isMutable(cx, expr)) {
        const message = `value passed to mutable argument '${name}' must be mutable`;
        cx.report(invalidCall(argument.span, [site.what, message]));
        return null;
      }
      passed.set(argument, { mode: 'borrowMut', expr });
    } else if (arg.origin !== null) {
      const isMut = originMutability(cx.store, apply(arg.origin)) === cx.store.true;
      passed.set(argument, { mode: isMut ? 'borrowMut' : 'borrow', expr });
    } else passed.set(argument, { mode: 'borrow', expr });
  }
  return slots.map((slot): HirArg => {
    const { arg } = slot.formal;
    const values = slot.given.map((argument) => present(passed.get(argument), 'passed argument'));
    const { span } = site;
    switch (arg.variadic) {
      case 'none':
        return values[0] ?? omitted(cx, arg, span);
      case 'keywords': {
        const entries = values.map(({ expr }, index) => ({ name: slot.given[index]?.name ?? '', value: expr }));
        return { mode: 'own', expr: keywordDictionary(cx, apply(arg.type), entries, span) };
      }
      case 'list':
        return { mode: 'own', expr: { kind: 'variadic', elements: values, type: apply(arg.type), span } };
      case 'pack': {
        const types = cx.store.list(values.map(({ expr }) => expr.type));
        return { mode: 'own', expr: { kind: 'variadic', elements: values, type: cx.known.seen(types, 'pack'), span } };
      }
      default:
        return unreachable(arg.variadic);
    }
  });
}

function omitted(cx: BodyContext, arg: FunctionTypeArg, span: Span): HirArg {
  const expr = constantExpr(cx.sema, present(arg.default, 'default'), arg.type, span);
  return { mode: arg.convention === 'imm' ? 'borrow' : 'own', expr };
}

/** Where the places lie that the result may lead to: those of arguments that the type names in it. A value that is named is kept. */
function lentOrigins(
  cx: BodyContext,
  shape: FunctionTypeTerm,
  passed: HirArg[],
  prelude: HirStatement[],
): ReadonlyMap<OriginRootId, Term> {
  const origins = new Map<OriginRootId, Term>();
  someTerm(shape.result, TermFlags.hasOrigin, (part) => {
    const index = part.kind === 'placeOrigin' ? cx.store.argumentIndex(part.root) : -1;
    const arg = passed[index];
    const formal = shape.args[index];
    if (part.kind !== 'placeOrigin' || arg === undefined || origins.has(part.root)) return false;
    const place = isPlace(arg.expr) ? arg.expr : cx.temporary(arg.expr, prelude);
    passed[index] = { ...arg, expr: place };
    const origin = placeFacts(cx, place)?.origin ?? cx.store.error;
    origins.set(part.root, formal?.convention === 'imm' ? cx.store.immutableOrigin(origin) : origin);
    return false;
  });
  return origins;
}

/** Null after an error. */
function converted(cx: BodyContext, arg: CallArgument, type: Term, name: string, site: CallSite): HirExpr | null {
  const checked = arg.checked ?? (arg.contextual === null ? null : cx.ops.expr(cx, arg.contextual, type));
  const value = checked === null ? cx.error(arg.span) : cx.ops.asValue(cx, checked, arg.span);
  if (value.type.kind === 'error') return null;
  if (arg.star !== 'none') {
    cx.report(invalidCall(arg.span, [site.what, 'a list can only be unpacked in the call of a function by its name']));
    return null;
  }
  const plan = planConversion(cx, value, type);
  if (plan !== null) return plan.build();
  const target = name === '' ? '' : ` passed to '${name}'`;
  const message = `value${target} cannot be converted from '${valueTypeName(cx, value)}' to '${typeName(type)}'`;
  cx.report(invalidCall(arg.span, [site.what, message]));
  return null;
}

/** The parameters that a call leaves out come from its arguments, as in a call of a generic function. */
function inferredParams(
  cx: BodyContext,
  shape: FunctionTypeTerm,
  explicit: readonly Term[],
  slots: readonly Slot<ShapeFormal>[],
  site: CallSite,
): Term[] | null {
  if (shape.params.length === explicit.length) return [...explicit];
  const open: ParamTerm[] = [];
  for (const param of shape.params) open.push(cx.store.newParam(param.name, replaceBound(cx, param.type, open)));
  const bindings = new Bindings(
    cx.sema,
    open.map((term) => ({ term })),
  );
  explicit.forEach((value, index) => {
    bindings.bind(present(open[index], 'parameter'), value);
  });
  for (const { formal, given } of slots) {
    const declared = replaceBound(cx, formal.element, open);
    for (const { checked, contextual, span } of given) {
      const value = cx.trial(() => {
        if (checked !== null) return cx.ops.asValue(cx, checked, span);
        return contextual === null ? null : cx.ops.value(cx, contextual, bindings.applyWithHoles(declared));
      }).value;
      if (value === null || value.type.kind === 'error') continue;
      infer(cx, bindings, declared, value);
      if (formal.arg.origin === null) continue;
      const facts = placeFacts(cx, value);
      const origin = replaceBound(cx, formal.arg.origin, open);
      const fits =
        origin.kind === 'placeOrigin' && cx.store.argumentIndex(origin.root) >= 0
          ? bindings.unify(origin.mut, facts?.mut ?? cx.store.false)
          : facts === null || bindings.unify(origin, facts.origin);
      if (!fits) {
        const target = formal.name === '' ? '' : ` '${formal.name}'`;
        const why = facts?.mut === cx.store.true ? 'has another origin than an argument before it' : 'must be mutable';
        cx.report(invalidCall(span, [site.what, `value passed to argument${target} ${why}`]));
        return null;
      }
    }
  }
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

/** From the type of the value, or from what it converts to: of a view that may be written, the one for reading. */
function infer(cx: BodyContext, bindings: Bindings, declared: Term, value: HirExpr): void {
  const saved = bindings.snapshot();
  if (bindings.unify(declared, defaultType(cx.sema, value.type))) return;
  bindings.restore(saved);
  const conversion = planConversion(cx, value, bindings.applyWithHoles(declared));
  if (conversion !== null) bindings.unify(declared, conversion.type);
}

function explicitParams(
  cx: BodyContext,
  shape: FunctionTypeTerm,
  params: readonly CallArg[] | null,
  site: CallSite,
): Term[] | null {
  const given = params ?? [];
  if (given.length > shape.params.length) {
    cx.report(invalidCall(site.callee, [site.what, 'unexpected parameter']));
    return null;
  }
  return given.map((arg, index) => {
    const param = present(shape.params[index], 'parameter');
    if (isTypeKind(param.type)) return cx.ops.type(cx, arg.value, false);
    return inComptime(cx, (inner) => inner.ops.parameter(inner, arg.value, param.type).value);
  });
}

const NO_ORIGINS: ReadonlyMap<OriginRootId, Term> = new Map();

/** Gives the own parameters of a function type their values, and its arguments the places that are passed. */
function replaceBound(
  cx: BodyContext,
  term: Term,
  values: readonly Term[],
  origins: ReadonlyMap<OriginRootId, Term> = NO_ORIGINS,
): Term {
  const relevant = (values.length > 0 ? TermFlags.hasBound : 0) | (origins.size > 0 ? TermFlags.hasOrigin : 0);
  const store = cx.store;
  const extended = (base: Term, path: readonly OriginStep[]): Term =>
    path.reduce((origin, step) => store.extendOrigin(origin, step), base);
  const walk = (part: Term): Term => {
    if ((part.flags & relevant) === 0) return part;
    switch (part.kind) {
      case 'bound':
        return part.depth === 0 ? (values[part.index] ?? part) : part;
      case 'struct':
        return store.struct(part.decl, part.args.map(walk));
      case 'ref':
        return store.ref(walk(part.pointee), walk(part.origin), walk(part.mut));
      case 'originType':
        return store.originType(walk(part.mut));
      case 'placeOrigin': {
        const place = origins.get(part.root);
        return place === undefined
          ? store.placeOrigin(part.root, part.name, part.path, walk(part.mut))
          : extended(place, part.path);
      }
      case 'derivedOrigin': {
        const origin = extended(walk(part.base), part.path);
        return part.imm ? store.immutableOrigin(origin) : origin;
      }
      case 'unionOrigin':
        return store.unionOrigin(part.members.map(walk));
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
