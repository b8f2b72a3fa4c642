/** Binding of compile-time parameters: explicit ones in order and by name, defaults, bounds.
 *  Failures are data, so that overload resolution can list them. */
import { typedNote } from '../../syntax/dialect-notes.ts';
import { unreachable } from '../../base/invariant.ts';
import type { Span } from '../../base/span.ts';
import { type Label, label } from '../../diagnostics/diagnostic.ts';
import type { CallArg } from '../../syntax/ast.ts';
import { type ParamTerm, type Term, TermFlags } from '../../terms/term.ts';
import type { ParamDecl, WhereClause } from '../entities.ts';
import { recursiveReference } from '../declare/errors.ts';
import { boundMembers } from '../declare/bounds.ts';
import { Bindings } from './bindings.ts';
import { BodyContext } from './body-context.ts';
import { adviseBound, boundName } from './bound-advice.ts';
import { valueTypeName } from './convert.ts';
import { type Extras, leftOutText } from './errors.ts';
import { functionBound, selectByType, thinTypeOf } from './function-shape.ts';
import { defaultType, isTypeKind, isTypeTerm } from './type-facts.ts';
import { collectParams, someTerm } from './term-walk.ts';
import { typeName } from './type-name.ts';
import type { AliasResult, Checked } from './values.ts';

export interface Failure {
  readonly message: string;
  /** null: the callee. */
  readonly span: Span | null;
  readonly secondary?: { readonly span: Span; readonly text: string };
  /** Notes and fixes: which bound is missing. */
  readonly advice?: Extras;
  /** The type that does not meet the bound of the parameter. */
  readonly unmet?: { readonly param: ParamDecl; readonly type: Term; readonly bound: Term };
}

/** A context for a parameter expression that stands in `cx`. */
export function comptimeContext(cx: BodyContext): BodyContext {
  const inner = new BodyContext(cx.state, cx.fn, cx.signature, cx, cx.scope, true);
  inner.errorFrames = [{ kind: 'function', type: null }];
  inner.unevaluated = cx.unevaluated;
  inner.part = cx.part;
  return inner;
}

/** Runs a check in compile-time mode; errors count for the outer body. */
export function inComptime<T>(cx: BodyContext, check: (inner: BodyContext) => T): T {
  const inner = comptimeContext(cx);
  const result = check(inner);
  if (inner.hasErrors) cx.hasErrors = true;
  return result;
}

export interface ExplicitOutcome {
  readonly failure: Failure | null;
  /** `...` was written: open parameters stay open instead of taking defaults. */
  readonly open: boolean;
  /** Parameters bound to `_`. */
  readonly holes: ReadonlySet<ParamDecl>;
}

/** Binds `[…]` to `params` (own ones, in order). */
export function bindExplicit(
  cx: BodyContext,
  bindings: Bindings,
  params: readonly ParamDecl[],
  given: readonly CallArg[],
  owner: string,
  later: LateParameter[] | null = null,
): ExplicitOutcome {
  const args = namedLast(cx.isClassic && owner === 'StaticTuple' ? typeFirst(cx, given) : given);
  const holes = new Set<ParamDecl>();
  let open = false;
  const fail = (message: string, span: Span): ExplicitOutcome => ({ failure: { message, span }, open, holes });
  // Classic programs spell out element type and width where today's functions only infer them: `sqrt[DType.float32, 4](x)`.
  const isSpelledOut = cx.isClassic && params.every((param) => param.passing === 'inferOnly');
  const positional = params.filter(
    (param) => isSpelledOut || (param.passing !== 'inferOnly' && param.passing !== 'keywordOnly'),
  );
  const isGiven = new Set<ParamDecl>();
  const surplus = positional.some((param) => param.variadic) ? undefined : args.filter(isPositional)[positional.length];
  if (surplus !== undefined) return fail('unexpected parameter', cx.span(surplus));
  let next = 0;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === undefined) break;
    if (arg.name === null && arg.value.kind === 'EllipsisExpr') {
      open = true;
      continue;
    }
    if (arg.star === 'keyword') {
      open = true;
      continue;
    }
    if (isStarHole(arg)) {
      if (!cx.isClassic) return fail("'*_' is not supported in a parameter list; use '...' instead", cx.span(arg));
      for (const rest of positional.slice(next)) if (bindings.get(rest.term) === null) holes.add(rest);
      next = positional.length;
      continue;
    }
    let param: ParamDecl | undefined;
    if (arg.name !== null) {
      const name = arg.name.name;
      param = params.find(
        (candidate) => candidate.name === name && candidate.passing !== 'positionalOnly' && !candidate.variadic,
      );
      if (param === undefined || isGiven.has(param))
        return fail(`unexpected keyword parameter '${name}'`, cx.span(arg.name));
      if (arg.value.kind === 'EllipsisExpr') {
        holes.add(param);
        continue;
      }
    } else {
      if (open && !cx.isClassic) return fail('parameter after `...` must be passed by keyword', cx.span(arg));
      while (next < positional.length) {
        param = positional[next];
        if (param !== undefined && (param.variadic || bindings.get(param.term) === null)) break;
        next++;
        param = undefined;
      }
      if (param === undefined) return fail('unexpected parameter', cx.span(arg));
      if (param.variadic) {
        const rest: CallArg[] = [];
        while (i < args.length) {
          const item = args[i];
          if (item === undefined || item.name !== null) break;
          rest.push(item);
          i++;
        }
        i--;
        next++;
        const failure = bindVariadic(cx, bindings, param, rest, owner);
        if (failure !== null) return { failure, open, holes };
        continue;
      }
      next++;
      if (arg.star === 'positional' || arg.value.kind === 'StarExpr')
        return fail('invalid unpack in non-variadic parameter binding', cx.span(arg));
    }
    isGiven.add(param);
    if (arg.value.kind === 'UnderscoreExpr') {
      holes.add(param);
      continue;
    }
    if (later !== null && waitsForArguments(bindings, param.term.type)) {
      later.push({ param, arg });
      continue;
    }
    const value = evaluateFor(cx, bindings, param, arg, owner);
    if ('message' in value) return { failure: value, open, holes };
    if (value.term.kind === 'unbound') {
      holes.add(param);
      continue;
    }
    if (!bindings.unify(param.term, value.term) && bindings.get(param.term) === null)
      bindings.bind(param.term, value.term);
  }
  return { failure: null, open, holes };
}

/** A parameter whose type the arguments tell: in `[S: Strategy, //, f: def(var S.Value) -> None](var strategy: S)` what `f` is called
 *  with depends on `S`, and says nothing about it. */
export interface LateParameter {
  readonly param: ParamDecl;
  readonly arg: CallArg;
}

function waitsForArguments(bindings: Bindings, type: Term): boolean {
  if (type.kind !== 'functionType') return false;
  return someTerm(type, TermFlags.hasParam, (part) => part.kind === 'projection' && bindings.isOpen(part));
}

/** Evaluates a parameter that was given, when the arguments have told its type. */
export function bindLate(cx: BodyContext, bindings: Bindings, late: LateParameter, owner: string): Failure | null {
  const value = evaluateFor(cx, bindings, late.param, late.arg, owner);
  if ('message' in value) return value;
  if (!bindings.unify(late.param.term, value.term)) bindings.bind(late.param.term, value.term);
  return null;
}

/** What stands without a name is bound first, wherever it stands. */
function namedLast(args: readonly CallArg[]): readonly CallArg[] {
  const firstNamed = args.findIndex((arg) => arg.name !== null);
  if (firstNamed < 0 || args.slice(firstNamed).every((arg) => arg.name !== null)) return args;
  return [...args.filter((arg) => arg.name === null), ...args.filter((arg) => arg.name !== null)];
}

function isPositional(arg: CallArg): boolean {
  return arg.name === null && arg.star === 'none' && arg.value.kind !== 'EllipsisExpr' && arg.value.kind !== 'StarExpr';
}

/** `*_`: all positional parameters that are left stay open. */
function isStarHole(arg: CallArg): boolean {
  const { value } = arg;
  if (arg.star === 'positional') return value.kind === 'UnderscoreExpr';
  return value.kind === 'StarExpr' && value.value.kind === 'UnderscoreExpr';
}

/** Classic: `StaticTuple[n, T]` of 2023 is `StaticTuple[T, n]` of 2024; what stands first tells them apart. */
function typeFirst(cx: BodyContext, args: readonly CallArg[]): readonly CallArg[] {
  const [first, second, more] = args;
  if (first === undefined || second === undefined || more !== undefined || first.name !== null || second.name !== null)
    return args;
  const kind = inComptime(cx, (inner) => inner.trial(() => inner.ops.expr(inner, first.value, null))).value?.kind;
  return kind === 'value' ? [second, first] : args;
}

function bindVariadic(
  cx: BodyContext,
  bindings: Bindings,
  param: ParamDecl,
  args: readonly CallArg[],
  owner: string,
): Failure | null {
  const elements: Term[] = [];
  for (const arg of args) {
    const expr = arg.value.kind === 'StarExpr' ? arg.value.value : arg.value;
    if (arg.star === 'positional' || arg.value.kind === 'StarExpr') {
      const checked = inComptime(cx, (inner) => inner.ops.expr(inner, expr, null));
      if (checked.kind === 'error') return null;
      const pack = checked.kind === 'pack' ? checked.term : null;
      if (pack === null) return { message: 'unpack needs a variadic parameter', span: cx.span(arg) };
      if (pack.kind === 'list') elements.push(...pack.elements);
      else if (args.length === 1) {
        bindings.bind(param.term, pack);
        return null;
      } else return { message: 'a symbolic pack cannot be mixed with other parameters', span: cx.span(arg) };
      continue;
    }
    if (arg.value.kind === 'UnderscoreExpr' && !cx.isClassic)
      return { message: 'unbound syntax (i.e. `_`) cannot be passed as a variadic parameter', span: cx.span(arg) };
    const value = evaluateFor(cx, bindings, param, arg, owner);
    if ('message' in value) return value;
    elements.push(value.term);
  }
  bindings.bind(param.term, cx.store.list(elements));
  return null;
}

/** Evaluates one explicit parameter against its declared type. */
function evaluateFor(
  cx: BodyContext,
  bindings: Bindings,
  param: ParamDecl,
  arg: CallArg,
  owner: string,
): { readonly term: Term } | Failure {
  const span = cx.span(arg.value);
  const declared = param.term.type;
  // What the header has wrong was reported there.
  if ((declared.flags & TermFlags.hasError) !== 0) return { term: cx.store.error };
  const mismatch = (actual: string): Failure => ({
    message: `'${owner}' parameter '${param.name}' has '${boundName(param, bindings.applyWithHoles(declared))}' type, but value has type '${actual}'`,
    span,
  });
  if (isTypeKind(declared)) {
    const checked = inComptime(cx, (inner) => inner.ops.expr(inner, arg.value, null));
    if (checked.kind === 'type' && checked.lacks !== undefined)
      return { message: leftOutText(checked.lacks.struct, checked.lacks.param), span };
    const term = typeArgument(cx, checked, bindings.applyWithHoles(declared));
    if (term?.kind === 'functionType' && !term.thin && functionBound(declared) === null && !cx.isClassic)
      return mismatch(`AnyTrait[${typeName(term)}]`);
    if (term !== null) {
      // The closure itself travels as a hidden argument: checked again where captures count.
      if (checked.kind === 'value' && functionBound(declared) !== null)
        bindings.callables.set(param.term, cx.ops.value(cx, arg.value, null));
      return { term };
    }
    if (checked.kind === 'value') {
      if (checked.expr.type.kind === 'error') return { term: cx.store.error };
      // Classic: the element of a `DTypePointer` is named by its dtype or, as the mission's article does, by its type.
      if (owner === 'DTypePointer' && checked.expr.type === cx.known.dtype) {
        const before = { ...span, end: span.start };
        const after = { ...span, start: span.end };
        const edits = [
          { span: before, text: 'Scalar[' },
          { span: after, text: ']' },
        ];
        cx.report(typedNote('dtype-pointer', span, edits));
        const dtype = cx.ops.parameter(cx, arg.value, cx.known.dtype).value;
        return { term: cx.known.simd(dtype, cx.store.int(1n, cx.known.simdLength)) };
      }
      return mismatch(typeName(checked.expr.type));
    }
    return { message: `'${owner}' parameter '${param.name}' needs a type`, span };
  }
  if (declared.kind === 'originType') {
    const origin = cx.ops.parameter(cx, arg.value, null);
    if (origin.value.kind === 'error' || origin.value.kind === 'unbound') return { term: origin.value };
    if (origin.type.kind !== 'originType') return mismatch(typeName(origin.type));
    return { term: origin.value };
  }
  if (bindings.isOpen(declared)) {
    const value = cx.ops.parameter(cx, arg.value, null);
    if (bindings.isOpenParam(declared) && isTypeKind(value.type)) return mismatch(metatypeName(value.value));
    const natural = defaultType(cx.sema, value.type);
    if (bindings.isOpenParam(declared) && natural !== value.type && bindings.unify(declared, natural))
      return { term: cx.ops.parameter(cx, arg.value, natural).value };
    // A function tells what its own type's parameters are: `[T: AnyType, //, f: def(T) thin -> Bool]`.
    if (declared.kind === 'functionType' && value.value.kind === 'function') {
      const shape = thinTypeOf(cx.sema, cx.sema.functionEntity(value.value.decl.id), value.value.args);
      if (bindings.unify(declared, shape))
        return { term: cx.ops.parameter(cx, arg.value, bindings.apply(declared)).value };
    }
    if (value.value.kind === 'error' || bindings.unify(param.term, value.value)) return { term: value.value };
    const holes = bindings.applyWithHoles(declared);
    // Another overload may take a function of this shape.
    if (declared.kind === 'functionType' && cx.trial(() => cx.ops.parameter(cx, arg.value, holes)).failed)
      return mismatch(typeName(value.type));
    return { term: cx.ops.parameter(cx, arg.value, holes).value };
  }
  const expected = bindings.apply(declared);
  const attempt = cx.trial(() => cx.ops.parameter(cx, arg.value, expected));
  if (!attempt.failed) return { term: cx.ops.parameter(cx, arg.value, expected).value };
  const plain = cx.trial(() => cx.ops.parameter(cx, arg.value, null));
  if (plain.failed) {
    // A function or closure where a value is wanted: another overload may take it (classic `vectorize`).
    const shape = cx.trial(() => inComptime(cx, (inner) => inner.ops.expr(inner, arg.value, null)));
    if (!shape.failed && shape.value.kind === 'functions') return mismatch(shape.value.name);
    if (!shape.failed && shape.value.kind === 'value' && isCallableValue(cx, shape.value.expr.type))
      return mismatch(typeName(shape.value.expr.type));
    // The expression itself is wrong: let it report.
    cx.ops.parameter(cx, arg.value, expected);
    return { term: cx.store.error };
  }
  if (plain.value.value.kind === 'unbound') return { term: plain.value.value };
  const { value, type } = plain.value;
  if (isTypeKind(type)) return mismatch(metatypeName(value));
  return mismatch(valueTypeName(cx, { kind: 'constant', term: value, type, span }));
}

function isCallableValue(cx: BodyContext, type: Term): boolean {
  return (
    type.kind === 'functionItem' ||
    (type.kind === 'struct' && cx.sema.hirStruct(cx.sema.structEntity(type.decl.id)).closure !== null)
  );
}

/** What a checked expression gives to a type parameter; null when it is no type. */
export function typeArgument(cx: BodyContext, checked: Checked, bound: Term): Term | null {
  switch (checked.kind) {
    case 'type':
      return checked.bare ? completeType(cx, checked.term) : checked.term;
    case 'error':
      return cx.store.error;
    case 'hole':
      return cx.store.unbound;
    case 'pack':
      return checked.term;
    case 'bound':
      return checked.term;
    case 'alias': {
      const term = openAlias(cx, checked);
      return isTypeTerm(term) ? completeType(cx, term) : null;
    }
    case 'functions': {
      const shape = functionBound(bound);
      if (shape === null || checked.receiver !== null) return null;
      const selected = selectByType(cx.sema, checked.candidates, shape);
      if (selected !== null) return cx.store.functionItem(selected);
      const only = checked.candidates.length === 1 ? checked.candidates[0] : undefined;
      if (only === undefined) return null;
      const args = cx.sema.signature(only.fn).params.map((_, index) => only.inherited[index] ?? cx.store.unbound);
      return cx.store.functionItem(cx.store.function(only.fn.ref, args));
    }
    case 'value': {
      const type = checked.expr.type;
      if (type === cx.known.none && checked.expr.kind === 'constant') return type;
      const isCallable =
        type.kind === 'functionItem' ||
        (type.kind === 'struct' && cx.sema.hirStruct(cx.sema.structEntity(type.decl.id)).closure !== null);
      return functionBound(bound) !== null && isCallable ? type : null;
    }
    case 'module':
    case 'compilerFunction':
      return null;
    default:
      return unreachable(checked);
  }
}

/** A parametric alias named without its parameters: they become holes. */
export function openAlias(cx: BodyContext, alias: AliasResult): Term {
  const params = cx.sema.comptimeParams(alias.entity);
  const bindings = new Bindings(cx.sema, params);
  params.forEach((param, index) => {
    const arg = alias.inherited[index];
    if (arg !== undefined) bindings.bind(param.term, arg);
  });
  return bindings.applyWithHoles(cx.sema.comptimeValue(alias.entity).value);
}

/** Fills open arguments of a type that was named without `[…]` by the defaults of its parameters, where all have them. */
export function completeType(cx: BodyContext, term: Term): Term {
  if (term.kind !== 'struct' || !term.args.some((arg) => arg.kind === 'unbound')) return term;
  const params = cx.sema.structParams(cx.sema.structEntity(term.decl.id));
  const bindings = new Bindings(cx.sema, params);
  params.forEach((param, index) => {
    const arg = term.args[index];
    if (arg !== undefined && arg.kind !== 'unbound') bindings.bind(param.term, arg);
  });
  bindDefaults(cx, bindings, params, new Set());
  return cx.store.struct(term.decl, bindings.flatArgs());
}

/** The declared default of a parameter as a term over the declaration's parameters. It tells what is `open` in the parameter's
 *  type: in `[shape: Grid = Grid[2, 3]()]` what `Grid` leaves open. */
export function defaultOf(cx: BodyContext, param: ParamDecl, open: readonly ParamDecl[] = []): Term | null {
  const expr = param.defaultExpr;
  if (expr === null) return null;
  const { busyDefaults } = cx.state;
  if (busyDefaults.has(expr)) {
    cx.report(recursiveReference({ span: param.span, name: param.name }));
    return cx.store.error;
  }
  busyDefaults.add(expr);
  try {
    if (isTypeKind(param.term.type)) return cx.sema.evaluateType(expr, param.defaultScope, { allowUnbound: false });
    const told = new Bindings(cx.sema, open);
    return cx.sema.evaluateParameter(expr, param.defaultScope, told.applyWithHoles(param.term.type)).value;
  } finally {
    busyDefaults.delete(expr);
  }
}

function mentionsAny(term: Term, params: readonly ParamDecl[]): boolean {
  const used = new Set<ParamTerm>();
  collectParams(term, used);
  return params.some((param) => used.has(param.term));
}

/** Gives open parameters their defaults, in order; `skip` stay open. */
export function bindDefaults(
  cx: BodyContext,
  bindings: Bindings,
  params: readonly ParamDecl[],
  skip: ReadonlySet<ParamDecl>,
): void {
  for (const param of params) {
    if (bindings.get(param.term) !== null || skip.has(param)) continue;
    if (param.variadic) {
      // What a type leaves open the default of its parameter may tell.
      if (param.passing !== 'inferOnly') bindings.bind(param.term, cx.store.list([]));
      continue;
    }
    const value = defaultOf(
      cx,
      param,
      params.filter((other) => bindings.get(other.term) === null),
    );
    if (value === null) continue;
    const given = bindings.isOpen(value) ? value : bindings.apply(value);
    // A function was matched with the type of its parameter where the default stands.
    if (given.kind === 'function') bindings.bind(param.term, given);
    else if (!bindings.isOpen(value)) bindings.unify(param.term, given);
    else if (mentionsAny(value, params.slice(params.indexOf(param)))) bindings.bind(param.term, cx.store.error); // It names a later parameter, which the declaration reports.
  }
  for (const param of params)
    if (param.variadic && bindings.get(param.term) === null && !skip.has(param))
      bindings.bind(param.term, cx.store.list([]));
}

/** What a bound of the library may ask of a symbolic type without that being its bound: the flow checks find out whether values are
 *  destroyed at all, and a container of what cannot be moved can be named, though nothing can be put into it. */
export interface Lenience {
  readonly roles: ReadonlySet<string>;
}
export const STRICT: Lenience = { roles: new Set() };
export const LIBRARY_CALL: Lenience = { roles: new Set(['Deinitable']) };
const LIBRARY_TYPE: Lenience = { roles: new Set(['Deinitable', 'Movable']) };

/** Whether a type meets a bound. */
export function meetsBound(cx: BodyContext, type: Term, bound: Term, lenience: Lenience): boolean {
  if (cx.sema.conforms(type, bound, cx.scope) === true) return true;
  if (lenience.roles.size === 0 || (type.flags & TermFlags.hasParam) === 0) return false;
  return boundMembers(bound).every(
    (member) =>
      (member.kind === 'trait' && lenience.roles.has(cx.sema.traitEntity(member.decl.id).builtin ?? '')) ||
      cx.sema.conforms(type, member, cx.scope) === true,
  );
}

/** The first parameter whose value does not meet its bound. */
export function checkBounds(
  cx: BodyContext,
  bindings: Bindings,
  params: readonly ParamDecl[],
  of: 'call' | 'type' = 'call',
): Failure | null {
  const library = of === 'call' ? LIBRARY_CALL : LIBRARY_TYPE;
  for (const param of params) {
    const bound = param.term.type;
    if (!isTypeKind(bound) || bound.kind === 'primitive') continue;
    const value = bindings.get(param.term);
    if (value === null || value.kind === 'unbound' || value.kind === 'error') continue;
    const applied = bindings.apply(bound);
    const elements = param.variadic && value.kind === 'list' ? value.elements : [value];
    for (const element of elements) {
      if (param.variadic && element.kind === 'param' && element.variadic) continue;
      if (!isTypeTerm(element) || element.kind === 'error') continue;
      if (meetsBound(cx, element, applied, param.defaultScope.module.isUser ? STRICT : library)) continue;
      // A trailing `where` of the library may say so later.
      if (cx.isLibrary && cx.fn === null && (element.flags & TermFlags.hasParam) !== 0) continue;
      return {
        message: `argument type '${typeName(element)}' does not conform to trait '${boundName(param, applied)}'`,
        span: null,
        advice: adviseBound(cx, element, applied),
        unmet: { param, type: element, bound: applied },
      };
    }
  }
  return null;
}

/** What messages call the type of a type. */
function metatypeName(type: Term): string {
  return `${type.kind === 'trait' || type.kind === 'composition' ? 'AnyTrait' : 'AnyStruct'}[${typeName(type)}]`;
}

/** The same failure where the parameter was given in brackets: the message names the declaration and its parameter. */
export function asParameterMismatch(failure: Failure, owner: string): Failure {
  if (failure.unmet === undefined) return failure;
  const { param, type, bound } = failure.unmet;
  return {
    ...failure,
    message: `'${owner}' parameter '${param.name}' has '${boundName(param, bound)}' type, but value has type '${metatypeName(type)}'`,
  };
}

/** The reason of a condition that neither holds nor fails for all the caller knows. */
export const LACKING_EVIDENCE = 'lacking evidence to prove correctness';

/** The first `where` clause that does not follow from the bindings and the facts in scope; clauses over open parameters wait. */
export function checkWhere(cx: BodyContext, bindings: Bindings, clauses: readonly WhereClause[]): Failure | null {
  for (const clause of clauses) {
    if (bindings.isOpen(clause.term)) continue;
    const term = bindings.apply(clause.term);
    const known = isOpaque(clause.term) && !mentionsParameter(term) ? null : cx.sema.decide(term, cx.scope);
    if (known === true) continue;
    const values = valuesIn(bindings, clause.term);
    const said = clause.message === '' ? '' : `: ${clause.message}`;
    const text =
      known === false
        ? `constraint declared here evaluated to False, expected '${clause.text}'${values}${said}`
        : `constraint declared here needs evidence for '${clause.text}'${values}${said}`;
    return {
      message: known === false ? 'violated constraint' : LACKING_EVIDENCE,
      span: null,
      secondary: { span: clause.span, text },
    };
  }
  return null;
}

export function secondaryOf(failure: Failure): Label[] {
  return failure.secondary === undefined ? [] : [label(failure.secondary.span, failure.secondary.text)];
}

/** `, where n is 3 and T is Int`: what the parameters of a condition were bound to. */
function valuesIn(bindings: Bindings, condition: Term): string {
  const found = new Set<ParamTerm>();
  collectParams(condition, found);
  const texts: string[] = [];
  for (const param of found) {
    const value = bindings.get(param);
    if (value !== null && valueText(value) !== param.name) texts.push(`${param.name} is ${valueText(value)}`);
  }
  return texts.length === 0 ? '' : `, where ${texts.join(' and ')}`;
}

function valueText(value: Term): string {
  return value.kind === 'int' ? String(value.value) : typeName(value);
}

/** A condition with `%`, `//` or the length of a pack, which are ordinary calls to the checker: no constant proves it, only the same
 *  condition does. */
function isOpaque(condition: Term): boolean {
  return someTerm(
    condition,
    TermFlags.hasParam,
    (part) =>
      part.kind === 'packLength' || (part.kind === 'operation' && (part.op === 'mod' || part.op === 'floordiv')),
  );
}

function mentionsParameter(term: Term): boolean {
  return (term.flags & TermFlags.hasParam) !== 0;
}
