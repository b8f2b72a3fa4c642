/** Implicit conversions. Identity, literals, subsumption of origins and mutability, functions to `thin` pointers, tuples by
 *  element, at most one `@implicit` constructor, and what the classic edition adds. A plan is made first (overloads compare plans)
 *  and built once. */
import type { Span } from '../../base/span.ts';
import { scalarDType } from '../../terms/store.ts';
import type { OriginStep, StructTerm, Term } from '../../terms/term.ts';
import { TermFlags } from '../../terms/term.ts';
import { originMutability } from '../declare/origins.ts';
import type { HirExpr } from '../hir.ts';
import { Bindings } from './bindings.ts';
import type { BodyContext } from './body-context.ts';
import { cannotConvert, parametricClosure } from './errors.ts';
import { closureTypeName, matchFunctionType, thinTypeOf } from './function-shape.ts';
import { literalAsScalar } from './literals.ts';
import { own, rebound } from './places.ts';
import {
  constantExpr,
  constantTerm,
  defaultType,
  isLiteralType,
  isOriginTerm,
  isStringPart,
  literalExpr,
  literalValue,
  roleOf,
  tupleElements,
} from './type-facts.ts';
import { namedFunctionType, typeName } from './type-name.ts';
import type { Conversion } from './values.ts';

function identity(expr: HirExpr, type: Term = expr.type): Conversion {
  return { rank: 0, type, build: () => expr };
}

/** How `expr` becomes a value of `target`, or null. `target` may have holes; the result's type has none that the value fills. */
export function planConversion(cx: BodyContext, expr: HirExpr, target: Term): Conversion | null {
  const source = expr.type;
  if (source === target || source.kind === 'error' || target.kind === 'error') return identity(expr, target);
  if (target.kind === 'unbound') return planDefault(cx, expr);
  if (source === cx.known.never) return identity(expr, target);
  if (source.kind === 'packElement' && isCommonType(cx, target, source.pack))
    return { rank: 0, type: target, build: () => rebound(cx, expr, target, expr.span) };
  const literal = literalValue(cx.sema, source);
  if (literal !== null) {
    const plan = planLiteral(cx, expr, literal, target);
    if (plan !== null) return plan;
  }
  if (target.kind === 'struct' && source.kind === 'struct' && source.decl === target.decl) {
    const plan = planSameStruct(cx, expr, source, target);
    if (plan !== null) return plan;
  }
  const integer = planIntegerTerm(cx, expr, target);
  if (integer !== null) return integer;
  if (target.kind === 'functionType') return planFunction(cx, expr, target);
  if (target.kind === 'struct') {
    if (isBareNone(cx, expr) && cx.sema.structEntity(target.decl.id).module.isUser) return null;
    const implicit = cx.ops.implicitConstruction(cx, target, expr);
    if (implicit !== null) return implicit;
    if (cx.acceptsOlder) return planOlder(cx, expr, target);
  }
  return null;
}

/** The word `None`: becoming a `NoneType` is a conversion of its own, after which no constructor of the program's applies. */
function isBareNone(cx: BodyContext, expr: HirExpr): boolean {
  return !cx.isClassic && expr.kind === 'constant' && expr.type === cx.known.none;
}

/** Whether `type` is the common type of a pack: every call converts the elements to it. */
function isCommonType(cx: BodyContext, type: Term, pack: Term): boolean {
  for (let at: BodyContext | null = cx; at !== null; at = at.parent)
    if (at.signature?.params.some((param) => param.term === type && param.commonTypeOf === pack) === true) return true;
  return false;
}

/** The natural type of a literal; anything else as it is. */
export function planDefault(cx: BodyContext, expr: HirExpr): Conversion | null {
  const target = defaultType(cx.sema, expr.type);
  return target === expr.type ? identity(expr) : planConversion(cx, expr, target);
}

function planLiteral(cx: BodyContext, expr: HirExpr, literal: Term, target: Term): Conversion | null {
  const scalar = literalAsScalar(cx.sema, literal, target);
  if (scalar !== null) {
    const rank = target === defaultType(cx.sema, expr.type) ? 0 : 1;
    return { rank, type: target, build: () => ({ kind: 'constant', term: scalar, type: target, span: expr.span }) };
  }
  if (target.kind === 'primitive') {
    const fits =
      (target.name === 'int-literal-value' && literal.kind === 'int') ||
      (target.name === 'float-literal-value' && literal.kind === 'float') ||
      (target.name === 'string-literal-value' && literal.kind === 'string');
    return fits
      ? { rank: 0, type: target, build: () => ({ kind: 'constant', term: literal, type: target, span: expr.span }) }
      : null;
  }
  if (target.kind !== 'struct') return null;
  // `FloatLiteral[_]` takes integer literals as well.
  if (roleOf(cx.sema, target) === 'float-literal' && literal.kind === 'int') {
    const exact = cx.known.floatLiteral(cx.store.float(literal.value, 1n, cx.store.primitive('float-literal-value')));
    if (exact !== target && (target.flags & TermFlags.hasUnbound) === 0) return null;
    return { rank: 1, type: exact, build: () => literalExpr(cx.sema, exact, expr.span) };
  }
  // A vector type with an open element type takes the literal's own one.
  if (roleOf(cx.sema, target) === 'simd' && (target.flags & TermFlags.hasUnbound) !== 0) {
    const natural = defaultType(cx.sema, expr.type);
    if (natural !== expr.type && holesMatch(cx, target, natural)) return planConversion(cx, expr, natural);
  }
  return null;
}

/** Whether `actual` is `target` with its holes filled. */
export function holesMatch(cx: BodyContext, target: Term, actual: Term): boolean {
  if ((target.flags & TermFlags.hasUnbound) === 0) return target === actual;
  return new Bindings(cx.sema, []).unify(target, actual);
}

/** One struct with different arguments: holes, tuples, and origins or mutability that the target may forget. */
function planSameStruct(cx: BodyContext, expr: HirExpr, source: StructTerm, target: StructTerm): Conversion | null {
  if (roleOf(cx.sema, target) === 'tuple') return planTuple(cx, expr, target);
  const params = cx.sema.structParams(cx.sema.structEntity(target.decl.id));
  const filled: Term[] = [];
  let changed = false;
  for (let i = 0; i < target.args.length; i++) {
    const wanted = target.args[i] ?? cx.store.error;
    const given = source.args[i] ?? cx.store.error;
    if (wanted === given || holesMatch(cx, wanted, given)) {
      filled.push(given);
      continue;
    }
    const param = params[i];
    if (param === undefined) return null;
    if (param.term.type.kind === 'originType') {
      if (!originSubsumes(cx, wanted, given)) return null;
    } else if (!(isMutabilityParam(params, param.term) && cx.store.and([wanted, given]) === wanted)) return null;
    changed = true;
    filled.push(wanted);
  }
  if (!changed) return identity(expr);
  if (!target.decl.path.startsWith('std.')) return null;
  const type = cx.store.struct(target.decl, filled);
  return {
    rank: 1,
    type,
    build: () => ({ kind: 'rebind', value: own(cx, expr), type, span: expr.span }),
  };
}

export function isMutabilityParam(params: readonly { readonly term: Term }[], param: Term): boolean {
  return params.some(
    (other) => other.term.kind === 'param' && other.term.type.kind === 'originType' && other.term.type.mut === param,
  );
}

/** May a reference of origin `given` stand where `wanted` is declared? */
export function originSubsumes(cx: BodyContext, wanted: Term, given: Term): boolean {
  if (wanted === given || wanted.kind === 'unbound' || given.kind === 'unbound') return true;
  if (wanted.kind === 'error' || given.kind === 'error') return true;
  if (!isOriginTerm(wanted) || !isOriginTerm(given)) return false;
  const store = cx.store;
  const wantsMut = originMutability(store, wanted);
  const givenMut = originMutability(store, given);
  const mutabilityFits = wantsMut === givenMut || wantsMut === store.false || givenMut === store.true;
  if (given.kind === 'specialOrigin' && given.which === 'untracked') return mutabilityFits;
  if (given.kind === 'specialOrigin' && given.which === 'static') return wantsMut !== store.true;
  if (given.kind === 'specialOrigin' && given.which === 'any') return mutabilityFits;
  if (wanted.kind === 'specialOrigin' && wanted.which === 'any') return mutabilityFits;
  if (wanted.kind === 'unionOrigin') {
    const parts = given.kind === 'unionOrigin' ? given.members : [given];
    return parts.every((part) => wanted.members.some((member) => sameOrigin(member, part)));
  }
  if (sameOrigin(wanted, given) || sameOrigin(wanted, wholeTuple(cx, given))) return mutabilityFits;
  // The library may hand out a part under the origin of the whole.
  return cx.isLibrary && mutabilityFits && isPartOf(wanted, given);
}

/** The elements of a tuple have no names of their own: a reference to one is a reference to the tuple. */
function wholeTuple(cx: BodyContext, origin: Term): Term {
  if (origin.kind !== 'placeOrigin') return origin;
  const end = origin.path.findLastIndex((step) => step.kind !== 'field' || !/^\d/.test(step.name)) + 1;
  return end === origin.path.length
    ? origin
    : cx.store.placeOrigin(origin.root, origin.name, origin.path.slice(0, end), origin.mut);
}

/** Whether `given` is a field or interior of `wanted`. */
function isPartOf(wanted: Term, given: Term): boolean {
  if (given.kind === 'derivedOrigin')
    return given.base === wanted || (wanted.kind === 'derivedOrigin' && wanted.base === given.base);
  return (
    given.kind === 'placeOrigin' &&
    wanted.kind === 'placeOrigin' &&
    given.root === wanted.root &&
    given.path.length > wanted.path.length
  );
}

/** Equal but for mutability. */
function sameOrigin(a: Term, b: Term): boolean {
  if (a === b) return true;
  if (a.kind === 'placeOrigin' && b.kind === 'placeOrigin') {
    return a.root === b.root && samePath(a.path, b.path);
  }
  if (!isImmutableView(a) && !isImmutableView(b)) return false;
  const [baseA, pathA] = symbolicParts(a);
  const [baseB, pathB] = symbolicParts(b);
  return baseA === baseB && samePath(pathA, pathB);
}

function samePath(a: readonly OriginStep[], b: readonly OriginStep[]): boolean {
  return (
    a.length === b.length &&
    a.every((step, index) => {
      const other = b[index];
      if (other === undefined || other.kind !== step.kind) return false;
      return step.kind === 'field' && other.kind === 'field' ? step.index === other.index : step.name === other.name;
    })
  );
}

/** `ImmOrigin(o)` of a symbolic `o`. */
function isImmutableView(origin: Term): boolean {
  return origin.kind === 'derivedOrigin' && origin.imm;
}

function symbolicParts(origin: Term): readonly [Term, readonly OriginStep[]] {
  return origin.kind === 'derivedOrigin' ? [origin.base, origin.path] : [origin, []];
}

/** The elements of a tuple that is just being built, or of a compile-time one; null for places. */
function tupleFields(cx: BodyContext, expr: HirExpr, types: readonly Term[]): readonly HirExpr[] | null {
  if (expr.kind === 'aggregate') return expr.fields;
  if (expr.kind !== 'constant' && expr.kind !== 'materialize') return null;
  const { term, span } = expr;
  return types.map((type, i) => constantExpr(cx.sema, cx.sema.reduce(cx.store.fieldValue(term, i, type)), type, span));
}

/** Elements convert one by one; a tuple that is just being built converts before it is built. */
function planTuple(cx: BodyContext, expr: HirExpr, target: StructTerm): Conversion | null {
  const wanted = tupleElements(target);
  const given = tupleElements(expr.type);
  if (given === null) return null;
  if (wanted === null) {
    if (!holesMatch(cx, target, expr.type)) return null;
    return planDefault(cx, expr);
  }
  const fields = tupleFields(cx, expr, given);
  if (given.length !== wanted.length || fields === null) {
    return given.length === wanted.length && holesMatch(cx, target, expr.type) ? identity(expr) : null;
  }
  const plans: Conversion[] = [];
  for (let i = 0; i < wanted.length; i++) {
    const field = fields[i];
    const type = wanted[i];
    const plan = field === undefined || type === undefined ? null : planConversion(cx, field, type);
    if (plan === null) return null;
    plans.push(plan);
  }
  const type = cx.known.tuple(plans.map((plan) => plan.type));
  return {
    rank: plans.reduce((most, plan) => Math.max(most, plan.rank), 0),
    type,
    build: () => ({ kind: 'aggregate', fields: plans.map((plan) => own(cx, plan.build())), type, span: expr.span }),
  };
}

/** `Int` to `SIMDLength` and back where both are compile-time values. */
function planIntegerTerm(cx: BodyContext, expr: HirExpr, target: Term): Conversion | null {
  const { int, simdLength } = cx.known;
  if (!((expr.type === int && target === simdLength) || (expr.type === simdLength && target === int))) return null;
  const term = constantTerm(expr);
  if (term === null) return null;
  return {
    rank: 1,
    type: target,
    build: () => ({ kind: 'constant', term: integerCast(cx, term, target), type: target, span: expr.span }),
  };
}

/** A compile-time integer in another integer type. */
export function integerCast(cx: BodyContext, term: Term, target: Term): Term {
  if (term.kind === 'int') return cx.store.int(term.value, target);
  if (term.kind === 'operation' && term.op === 'int_cast') {
    const inner = term.operands[0];
    if (
      inner !== undefined &&
      cx.store.operation('int_cast', [inner], term.type) === term &&
      typeOfOperand(inner) === target
    )
      return inner;
  }
  return cx.store.operation('int_cast', [term], target);
}

function typeOfOperand(term: Term): Term | null {
  return 'type' in term && term.kind !== 'conforms' ? term.type : null;
}

function planFunction(cx: BodyContext, expr: HirExpr, target: Term): Conversion | null {
  if (target.kind !== 'functionType') return null;
  const source = expr.type;
  if (!target.thin) {
    return cx.sema.conforms(source, target, cx.scope) === true ? identity(expr) : null;
  }
  if (source.kind === 'functionItem' && source.func.kind === 'function') {
    const { decl, args } = source.func;
    const matched = matchFunctionType(cx.sema, cx.sema.signature(cx.sema.functionEntity(decl.id)), args, target);
    if (matched === null) return null;
    const build = (): HirExpr => {
      // A pointer leads to one instance; origins make no other.
      if (!cx.comptime && target.params.some((param) => param.type.kind !== 'originType')) {
        cx.report(parametricClosure(expr.span, [decl.name]));
        return cx.error(expr.span);
      }
      return { kind: 'constant', term: matched, type: target, span: expr.span };
    };
    return { rank: 0, type: target, build };
  }
  if (source.kind !== 'functionType' || cx.store.plainFunctionType(source) !== cx.store.plainFunctionType(target))
    return null;
  return {
    rank: 0,
    type: target,
    build: () => ({ kind: 'rebind', value: own(cx, expr), type: target, span: expr.span }),
  };
}

/** In older programs a run-time `Int` serves as any number (a `Bool` never does), a part of a string as a `String`, and a hash is a
 *  `UInt`. */
function planOlder(cx: BodyContext, expr: HirExpr, target: StructTerm): Conversion | null {
  const isHash = scalarDType(expr.type) === 'uint64' && scalarDType(target) === 'uint';
  const isNumber = isHash || (expr.type === cx.known.int && roleOf(cx.sema, target) === 'simd');
  const isText = target === cx.known.string && isStringPart(expr.type);
  if (!isNumber && !isText) return null;
  if ((target.flags & TermFlags.hasUnbound) !== 0) return null;
  return {
    rank: 1,
    type: target,
    build: () =>
      cx.ops.construct(
        cx,
        target,
        [{ name: null, span: expr.span, star: 'none', contextual: null, checked: { kind: 'value', expr } }],
        { span: expr.span, callee: expr.span, open: expr.span, what: 'initialization', name: typeName(target) },
      ),
  };
}

/** Converts or reports. The result may still be a place of the target type. */
export function convert(cx: BodyContext, expr: HirExpr, target: Term, span: Span, where: string): HirExpr {
  const plan = planConversion(cx, expr, target);
  if (plan !== null) return plan.build();
  // What is wrong with a type was reported where it stands.
  if (((expr.type.flags | target.flags) & TermFlags.hasError) !== 0) return cx.error(span);
  const element = failingElement(cx, expr, target);
  if (element !== null) return convert(cx, element.value, element.target, element.value.span, where);
  const context = where === ' in return value' && target !== cx.known.none ? '' : where;
  const isTemplate = roleOf(cx.sema, expr.type) === 't-string' && target === cx.known.string;
  const notes = isTemplate ? ["a t-string is what 'print' writes; 'String(t\"…\")' makes a text of it"] : [];
  cx.report(cannotConvert(span, [valueTypeName(cx, expr), typeName(target), context], { notes }));
  return cx.error(span);
}

/** The first element of a tuple display that does not fit. */
function failingElement(
  cx: BodyContext,
  expr: HirExpr,
  target: Term,
): { readonly value: HirExpr; readonly target: Term } | null {
  if (expr.kind !== 'aggregate' || roleOf(cx.sema, target) !== 'tuple' || roleOf(cx.sema, expr.type) !== 'tuple')
    return null;
  const wanted = tupleElements(target);
  if (wanted === null || wanted.length !== expr.fields.length) return null;
  for (let i = 0; i < wanted.length; i++) {
    const value = expr.fields[i];
    const type = wanted[i];
    if (value !== undefined && type !== undefined && planConversion(cx, value, type) === null)
      return { value, target: type };
  }
  return null;
}

/** The type of a value as messages name it: functions with their signature, tuples as what their literals become. */
export function valueTypeName(cx: BodyContext, expr: HirExpr): string {
  const type = expr.type;
  if (type.kind === 'functionItem' && type.func.kind === 'function') {
    const fn = cx.sema.functionEntity(type.func.decl.id);
    const shape = thinTypeOf(cx.sema, fn, type.func.args);
    return namedFunctionType(shape, fn.ref.name);
  }
  const closure = closureTypeName(cx.sema, type);
  if (closure !== null) return closure;
  // A tuple of literals is shown as what it becomes.
  return typeName(roleOf(cx.sema, type) === 'tuple' ? defaultType(cx.sema, type) : type);
}

/** Whether a literal's type still has to be chosen. */
export function isUntypedLiteral(cx: BodyContext, expr: HirExpr): boolean {
  return isLiteralType(cx.sema, expr.type);
}
