/** Calls through a function type: of a pointer where it is thin, else of whatever callable a parameter stands for.
 *  In: the callee and its shape.  Out: the call. Arguments go to the formals as in a call of a function by its name; only the type of
 *  a variable that was made of a function has defaults. */
import { present, unreachable } from '../../base/invariant.ts';
import type { Span } from '../../base/span.ts';
import type { CallArg } from '../../syntax/ast.ts';
import type { FunctionTypeArg, FunctionTypeTerm, ParamTerm, Term } from '../../terms/term.ts';
import { TermFlags } from '../../terms/term.ts';
import { elementOf } from '../../terms/variadic.ts';
import type { HirArg, HirExpr, HirStatement } from '../hir.ts';
import { Bindings } from './bindings.ts';
import type { BodyContext, CallSite } from './body-context.ts';
import { planConversion, valueTypeName } from './convert.ts';
import { distribute, type Formal, type Slot } from './distribute-arguments.ts';
import { invalidCall } from './errors.ts';
import { keywordDictionary } from './overloads.ts';
import { inComptime } from './parameters.ts';
import { derefResult, isLastingPlace, isMutable, isPlace, own } from './places.ts';
import { noteRaise } from './raising.ts';
import { forEachOperand } from './term-walk.ts';
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
  const values = params === null ? inferredParams(cx, shape, slots, site) : explicitParams(cx, shape, params, site);
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
  out.push(...passed);
  const result = apply(shape.result);
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
  slots: readonly Slot<ShapeFormal>[],
  site: CallSite,
): Term[] | null {
  if (shape.params.length === 0) return [];
  const open: ParamTerm[] = [];
  for (const param of shape.params) open.push(cx.store.newParam(param.name, replaceBound(cx, param.type, open)));
  const bindings = new Bindings(
    cx.sema,
    open.map((term) => ({ term })),
  );
  for (const { formal, given } of slots) {
    const declared = replaceBound(cx, formal.element, open);
    for (const { checked, contextual, span } of given) {
      const value = cx.trial(() => {
        if (checked !== null) return cx.ops.asValue(cx, checked, span);
        return contextual === null ? null : cx.ops.value(cx, contextual, bindings.applyWithHoles(declared));
      }).value;
      if (value !== null && value.type.kind !== 'error') bindings.unify(declared, defaultType(cx.sema, value.type));
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
