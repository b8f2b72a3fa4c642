/** Can one candidate take these arguments? Distributes arguments over formals, infers parameters from left to right, plans
 *  conversions, then defaults, bounds and `where`. Nothing is reported: a failure is data. */
import { unreachable } from '../../base/invariant.ts';
import type { Span } from '../../base/span.ts';
import type { CallArg } from '../../syntax/ast.ts';
import type { Term } from '../../terms/term.ts';
import { TermFlags } from '../../terms/term.ts';
import { holdsAnything } from '../declare/bounds.ts';
import { originMutability } from '../declare/origins.ts';
import type { ArgDecl, Signature } from '../entities.ts';
import type { HirExpr, HirLocal } from '../hir.ts';
import { takesContext } from './arguments.ts';
import { Bindings } from './bindings.ts';
import type { BodyContext } from './body-context.ts';
import { adviseBound, boundName } from './bound-advice.ts';
import { callableShape, callableValue } from './callables.ts';
import { originSubsumes, planConversion, valueTypeName } from './convert.ts';
import { distribute, type Slot } from './distribute-arguments.ts';
import { functionBound, selectByType } from './function-shape.ts';
import {
  asParameterMismatch,
  bindDefaults,
  bindExplicit,
  bindLate,
  checkBounds,
  checkWhere,
  type Failure,
  LACKING_EVIDENCE,
  type LateParameter,
  LIBRARY_CALL,
  meetsBound,
  STRICT,
} from './parameters.ts';
import { isLastingPlace, isMutable, originOverRoot, ownsElements, placeFacts, TEMPORARY, valueUnderFields } from './places.ts';
import { someTerm } from './term-walk.ts';
import { defaultType, isTrivialType, isTypeKind, listElements, literalValue, roleOf } from './type-facts.ts';
import { typeName } from './type-name.ts';
import type { CallArgument, Candidate, Conversion } from './values.ts';

export interface PlannedValue {
  readonly argument: CallArgument;
  readonly conversion: Conversion;
  /** Holds a temporary that the result's type refers to; for `make().a`, the value of `make()`. */
  readonly temporary: HirLocal | null;
  /** The place is passed mutably. */
  readonly mutable: boolean;
}

export type PlannedArgument =
  | { readonly kind: 'single'; readonly value: PlannedValue }
  | { readonly kind: 'variadic'; readonly values: readonly PlannedValue[]; readonly type: Term }
  /** What `**kws` gathers: each value with its name. */
  | { readonly kind: 'keywords'; readonly values: readonly PlannedValue[] }
  /** `*args` handed on as it is. */
  | { readonly kind: 'forward'; readonly expr: HirExpr }
  | { readonly kind: 'default'; readonly formal: ArgDecl };

export interface Match {
  readonly candidate: Candidate;
  readonly signature: Signature;
  readonly bindings: Bindings;
  readonly args: readonly PlannedArgument[];
  readonly ranking: readonly number[];
  /** `ranking[0]`. */
  readonly conversions: number;
  /** A condition of the function that neither holds nor fails for all the caller knows; only where `keepUnproven` asks for such. */
  readonly unproven: Failure | null;
}

export type MatchOutcome =
  | { readonly kind: 'match'; readonly match: Match }
  | { readonly kind: 'failure'; readonly failure: Failure }
  /** The declaration or an argument is wrong and was reported. */
  | { readonly kind: 'silent' };

function fail(message: string, span: Span | null = null): MatchOutcome {
  return { kind: 'failure', failure: { message, span } };
}

export interface MatchOptions {
  /** Contextual arguments are tried without reporting. */
  readonly quiet: boolean;
  /** No implicit conversions at all: inside an implicit construction. */
  readonly exact: boolean;
  /** A function of a program whose condition cannot be decided is a candidate that stands in the way of others. */
  readonly keepUnproven?: boolean;
}

export function matchCandidate(
  cx: BodyContext,
  candidate: Candidate,
  params: readonly CallArg[] | null,
  args: readonly CallArgument[],
  receiver: HirExpr | null,
  options: MatchOptions,
): MatchOutcome {
  const signature = cx.sema.signature(candidate.fn);
  if (signature.hasError) return { kind: 'silent' };
  const bindings = new Bindings(cx.sema, signature.params);
  signature.params.forEach((param, index) => {
    const value = candidate.inherited[index];
    // What has holes (`Scalar[_]`) is left to the arguments; `implicitConstruction` compares afterwards.
    if (value !== undefined && (value.flags & TermFlags.hasUnbound) === 0) bindings.bind(param.term, value);
  });
  const late: LateParameter[] = [];
  if (params !== null) {
    const own = signature.params.filter((param) => !param.inherited);
    const outcome = bindExplicit(cx, bindings, own, params, candidate.fn.ref.name, late);
    if (outcome.failure !== null) return { kind: 'failure', failure: outcome.failure };
    for (const param of own) {
      // What a bound leaves open the arguments say: `sort[less](numbers)` with `less: def(T, T) -> Bool`.
      if (bindings.isOpen(param.term.type)) continue;
      const bad = bindings.get(param.term) === null ? null : checkBounds(cx, bindings, [param]);
      if (bad !== null) return { kind: 'failure', failure: asParameterMismatch(bad, candidate.fn.ref.name) };
    }
  }
  const all = receiver === null ? args : [receiverArgument(receiver), ...args];
  const slots = distribute(signature.args, all, signature.fn.module.edition === 'classic');
  if ('failure' in slots) return { kind: 'failure', failure: slots.failure };
  const matcher = new ArgumentMatcher(cx, signature, bindings, options);
  const planned = new Map<Slot, PlannedArgument>();
  // Lambdas get their argument types from what the other arguments bind.
  const order = [...slots.filter((slot) => !isDeferred(slot)), ...slots.filter(isDeferred)];
  for (const slot of order) {
    if (isDeferred(slot)) matcher.bindCommonTypes();
    const outcome = matcher.slot(slot, receiver !== null && slot === slots[0]);
    if ('failure' in outcome) return { kind: 'failure', failure: outcome.failure };
    planned.set(slot, outcome);
  }
  for (const parameter of late) {
    const failure = bindLate(cx, bindings, parameter, candidate.fn.ref.name);
    if (failure !== null) return { kind: 'failure', failure };
  }
  const conflict = bindFromResult(candidate, signature, bindings);
  if (conflict !== null) return fail(conflict);
  bindFromDefaultArguments(cx, bindings, planned.values());
  bindDefaults(cx, bindings, signature.params, new Set());
  const isWrong = signature.params.some((param) => bindings.get(param.term)?.kind === 'error');
  for (const param of signature.params) {
    if (bindings.get(param.term) !== null) continue;
    // A parameter or an argument that was reported could have told the value of this one.
    if (isWrong || [...planned.values()].some(isBroken)) return { kind: 'silent' };
    const parent = candidate.fn.parent;
    return fail(
      param.inherited && parent !== null && parent.kind === 'struct'
        ? `failed to infer parameter '${param.name}' of parent struct '${parent.ref.name}'`
        : `failed to infer parameter '${param.name}'`,
    );
  }
  const bad = checkBounds(
    cx,
    bindings,
    signature.params.filter((param) => !param.inherited),
  );
  if (bad !== null) return { kind: 'failure', failure: bad };
  const parent = candidate.fn.parent;
  const unproven =
    checkWhere(cx, bindings, signature.where) ??
    (parent?.kind === 'struct' ? checkWhere(cx, bindings, cx.sema.structWhere(parent)) : null);
  if (!isOfferedTo(cx, candidate)) return fail(LACKING_EVIDENCE);
  const isUndecided = unproven?.message === LACKING_EVIDENCE && candidate.fn.module.isUser;
  if (unproven !== null && !(isUndecided && options.keepUnproven === true))
    return { kind: 'failure', failure: unproven };
  if (parent?.kind === 'struct' && holdsAnything(parent) && !cx.isLibrary && signature.args[0]?.convention === 'mut') {
    const lacking = checkBounds(
      cx,
      bindings,
      signature.params.filter((param) => param.inherited),
    );
    if (lacking !== null) return { kind: 'failure', failure: { ...lacking, message: LACKING_EVIDENCE } };
  }
  const plannedArgs: PlannedArgument[] = [];
  for (const slot of slots) {
    const entry = planned.get(slot);
    if (entry !== undefined) plannedArgs.push(entry);
  }
  const own = signature.params.filter((param) => !param.inherited);
  const ownParams = own.length;
  const literalParams = own.filter((param) => param.term.type.kind === 'primitive').length;
  const bareFormals = signature.args.filter((arg) => arg.type.kind === 'param').length;
  const ranking = [
    matcher.conversions,
    // A formal that takes the literal itself is better than one that takes its natural type.
    matcher.materialized,
    matcher.variadicValues > 0 ? 1 : 0,
    2 * matcher.copied + matcher.lent,
    // The library's overloads for vectors beside those for any type: the formal that says more wins; so does the overload with more
    // conditions, the one that cannot raise, and the one whose parameters take literals as they are.
    candidate.fn.module.isUser ? 0 : bareFormals,
    candidate.fn.module.isUser ? 0 : -signature.where.length,
    candidate.fn.module.isUser || signature.raises === null ? 0 : 1,
    candidate.fn.module.isUser ? 0 : -literalParams,
    ownParams,
    candidate.fn.isStatic ? 1 : 0,
    signature.implicitConversion ? 1 : 0,
  ];
  return {
    kind: 'match',
    match: { candidate, signature, bindings, args: plannedArgs, ranking, conversions: matcher.conversions, unproven },
  };
}

/** A trait's default is a method of a struct only where the struct is known to conform. */
function isOfferedTo(cx: BodyContext, candidate: Candidate): boolean {
  const { parent } = candidate.fn;
  const [self] = candidate.inherited;
  if (parent?.kind !== 'trait' || candidate.requirement !== null || self?.kind !== 'struct' || cx.isLibrary)
    return true;
  if ((self.flags & TermFlags.hasParam) === 0) return true;
  return cx.sema.conforms(self, cx.store.trait(parent.ref), cx.scope) === true;
}

/** A constructor with a typed `out self: S[A]` makes exactly that type: it settles the struct's parameters. */
function bindFromResult(candidate: Candidate, signature: Signature, bindings: Bindings): string | null {
  const { result } = signature;
  if (!signature.isInit || result.kind !== 'struct' || candidate.fn.parent?.kind !== 'struct') return null;
  for (let i = 0; i < result.args.length; i++) {
    const param = signature.params[i];
    const arg = result.args[i];
    if (param === undefined || arg === undefined || !param.inherited || arg === param.term || bindings.isOpen(arg))
      continue;
    const value = bindings.apply(arg);
    const bound = bindings.get(param.term);
    if (bound === null) bindings.bind(param.term, value);
    else if (bound !== value) return `'self' has type '${typeName(bindings.apply(result))}'`;
  }
  return null;
}

/** `def f(mode: StringLiteral = "auto")`: what an omitted argument's type leaves open comes from the type of its default. */
function bindFromDefaultArguments(cx: BodyContext, bindings: Bindings, planned: Iterable<PlannedArgument>): void {
  for (const argument of planned) {
    if (argument.kind !== 'default') continue;
    const { type, defaultExpr, defaultScope } = argument.formal;
    if (defaultExpr === null || takesContext(defaultExpr) || !bindings.isOpen(type)) continue;
    const saved = bindings.snapshot();
    const actual =
      type.kind === 'param'
        ? cx.sema.initializerType(defaultExpr, defaultScope)
        : cx.sema.evaluateParameter(defaultExpr, defaultScope, null).type;
    if (!bindings.unify(type, actual)) bindings.restore(saved);
  }
}

/** An argument that is wrong in itself was reported, and tells nothing about parameters. */
function isBroken(argument: PlannedArgument): boolean {
  switch (argument.kind) {
    case 'single':
      return argument.value.conversion.type.kind === 'error';
    case 'variadic':
    case 'keywords':
      return argument.values.some((value) => value.conversion.type.kind === 'error');
    case 'forward':
      return argument.expr.type.kind === 'error';
    case 'default':
      return false;
    default:
      return unreachable(argument);
  }
}

/** A function by its name is a callable for one argument, not for an element of a pack; closures and structs are. */
function isNamedCallable(cx: BodyContext, type: Term, bound: Term): boolean {
  if (type.kind !== 'functionItem' || cx.isLibrary || cx.acceptsOlder) return false;
  return functionBound(bound) !== null;
}

/** Whether an expression is the `**` argument of the function around it, or its transfer. */
function isOwnKeywords(cx: BodyContext, expr: HirExpr): boolean {
  return argumentBehind(cx, expr.kind === 'transfer' ? expr.place : expr)?.variadic === 'keywords';
}

/** The argument of the function around a place that is one. */
function argumentBehind(cx: BodyContext, place: HirExpr): ArgDecl | null {
  const kind = cx.state.localEntities.get(place)?.local.kind;
  return kind?.kind === 'argument' ? (cx.signature?.args[kind.index] ?? null) : null;
}

function receiverArgument(receiver: HirExpr): CallArgument {
  return {
    name: null,
    span: receiver.span,
    star: 'none',
    contextual: null,
    checked: { kind: 'value', expr: receiver },
  };
}

function isDeferred(slot: Slot): boolean {
  return slot.given.some((arg) => arg.contextual?.kind === 'LambdaExpr' || functionsWithoutContext(arg));
}

function functionsWithoutContext(arg: CallArgument): boolean {
  return arg.checked?.kind === 'functions';
}

type SlotOutcome = PlannedArgument | { readonly failure: Failure };
type ValueOutcome = PlannedValue | { readonly failure: Failure };

function countText(wanted: number, given: number): string {
  const plural = (count: number): string => (count === 1 ? '' : 's');
  return `expected ${wanted} element${plural(wanted)} in variadic pack, got ${given} argument value${plural(given)}`;
}

class ArgumentMatcher {
  conversions = 0;
  materialized = 0;
  /** Variables that would be copied for an owned argument. */
  copied = 0;
  /** Values that nobody keeps, lent where they might be handed over: half as bad. */
  lent = 0;
  variadicValues = 0;
  private readonly cx: BodyContext;
  private readonly signature: Signature;
  private readonly bindings: Bindings;
  private readonly options: MatchOptions;

  constructor(cx: BodyContext, signature: Signature, bindings: Bindings, options: MatchOptions) {
    this.cx = cx;
    this.signature = signature;
    this.bindings = bindings;
    this.options = options;
  }

  slot(slot: Slot, isReceiver: boolean): SlotOutcome {
    const { formal, given } = slot;
    switch (formal.variadic) {
      case 'none': {
        const arg = given[0] ?? this.hidden(formal);
        if (arg === undefined) {
          // A default whose type depends on parameters counts like a conversion.
          if (this.signature.fn.module.isUser && (formal.type.flags & TermFlags.hasParam) !== 0) this.conversions++;
          this.bindConstantOrigins(formal.type);
          return { kind: 'default', formal };
        }
        const value = this.value(formal, formal.type, arg, isReceiver);
        return 'failure' in value ? value : { kind: 'single', value };
      }
      case 'list':
        return this.list(formal, given);
      case 'pack':
        return this.pack(formal, given);
      case 'keywords':
        return this.keywords(formal, given);
    }
  }

  /** A default is a constant: what it refers to lives forever and is never written. */
  private bindConstantOrigins(type: Term): void {
    const { bindings } = this;
    if (!bindings.isOpen(type)) return;
    const { store } = this.cx;
    for (const { term } of this.signature.params) {
      if (term.type.kind !== 'originType' || !bindings.isOpenParam(term)) continue;
      if (!someTerm(type, TermFlags.hasParam, (part) => part === term)) continue;
      const { mut } = term.type;
      if (bindings.isOpenParam(mut)) bindings.bind(mut, store.false);
      bindings.bind(term, store.specialOrigin('static', store.false));
    }
  }

  /** The callable of a classic closure parameter, as an argument. */
  private hidden(formal: ArgDecl): CallArgument | undefined {
    const param = formal.closureOf;
    const type = param === null ? null : this.bindings.get(param);
    if (param === null || type === null) return undefined;
    const span = this.cx.spanAt(0, 0);
    const expr = this.bindings.callables.get(param) ?? callableValue(this.cx, type, span);
    return expr === null ? undefined : receiverArgument(expr);
  }

  private forwarded(given: readonly CallArgument[]): HirExpr | null {
    const only = given[0];
    if (given.length !== 1 || only === undefined || only.star !== 'positional' || only.checked?.kind !== 'value')
      return null;
    return only.checked.expr;
  }

  /** `**kws: T`: what no formal takes, by name. */
  private keywords(formal: ArgDecl, given: readonly CallArgument[]): SlotOutcome {
    const [only] = given;
    if (only?.star === 'keyword') return this.passedOn(formal, only);
    const values: PlannedValue[] = [];
    for (const arg of given) {
      const value = this.value({ ...formal, convention: 'var' }, formal.type, arg, false);
      if ('failure' in value) return value;
      values.push(value);
    }
    return { kind: 'keywords', values };
  }

  /** `**kws` hands over what the caller got by `**kws` itself. */
  private passedOn(formal: ArgDecl, arg: CallArgument): SlotOutcome {
    const { cx, signature } = this;
    const declared = cx.sema.hirFunction(signature.fn).args[signature.args.indexOf(formal)]?.type ?? cx.store.error;
    const expr = arg.checked?.kind === 'value' ? arg.checked.expr : null;
    if (expr !== null && expr.type.kind !== 'error' && !isOwnKeywords(cx, expr)) {
      const message = `value passed to '${formal.name}' cannot be converted from '${valueTypeName(cx, expr)}' to the keyword arguments of another function`;
      return { failure: { message, span: arg.span } };
    }
    const value = this.value({ ...formal, convention: 'var' }, declared, arg, false);
    return 'failure' in value ? value : { kind: 'single', value };
  }

  private list(formal: ArgDecl, given: readonly CallArgument[]): SlotOutcome {
    const forward = this.forwarded(given);
    if (forward !== null) {
      const element =
        roleOf(this.cx.sema, forward.type) === 'variadic-list' && forward.type.kind === 'struct'
          ? forward.type.args[0]
          : undefined;
      if (element === undefined || !this.bindings.unify(formal.type, element))
        return this.mismatch(
          formal,
          forward,
          typeName(this.bindings.applyWithHoles(formal.type)),
          given[0]?.span ?? null,
        );
      return this.forward(formal, forward, given[0]?.span ?? null);
    }
    if (given.length === 0) this.conversions++;
    this.variadicValues += given.length;
    const values: PlannedValue[] = [];
    for (const arg of given) {
      const value = this.value(formal, formal.type, arg, false);
      if ('failure' in value) return value;
      values.push(value);
    }
    return { kind: 'variadic', values, type: formal.type };
  }

  /** Elements that the caller owns go to a callee that takes them over, borrowed ones to a callee that borrows. */
  private forward(formal: ArgDecl, expr: HirExpr, span: Span | null): SlotOutcome {
    const place = expr.kind === 'transfer' ? expr.place : expr;
    const owned = ownsElements(this.cx, place);
    const wanted = formal.convention === 'var';
    if (owned !== wanted) {
      const text = (value: boolean): string => (value ? 'True' : 'False');
      const message = `cannot unpack a variadic pack into a call that requires a different ownership. Expected '${text(wanted)}', got '${text(owned)}'`;
      return { failure: { message, span } };
    }
    if (owned && expr.kind !== 'transfer') {
      const message = `value of type '${typeName(expr.type)}' cannot be implicitly copied, it does not conform to 'ImplicitlyCopyable'; consider transferring the value with '^'`;
      return { failure: { message, span } };
    }
    return { kind: 'forward', expr };
  }

  private pack(formal: ArgDecl, given: readonly CallArgument[]): SlotOutcome {
    const pack = formal.type;
    const forward = this.forwarded(given);
    if (forward !== null) {
      const types =
        roleOf(this.cx.sema, forward.type) === 'pack' && forward.type.kind === 'struct'
          ? forward.type.args[0]
          : undefined;
      if (types === undefined || !this.bindings.unify(pack, types))
        return this.mismatch(formal, forward, typeName(pack), given[0]?.span ?? null);
      if (formal.convention === 'mut' && argumentBehind(this.cx, forward)?.convention === 'imm') {
        const message = 'cannot unpack a variadic pack into a call that requires a stricter mutability';
        return { failure: { message, span: given[0]?.span ?? null } };
      }
      return this.forward(formal, forward, given[0]?.span ?? null);
    }
    if (given.length === 0) this.conversions++;
    this.variadicValues += given.length;
    const known = this.bindings.owns(pack) ? this.bindings.get(pack) : this.bindings.apply(pack);
    const wanted = known === null ? null : listElements(known);
    const types: Term[] = [];
    const values: PlannedValue[] = [];
    for (let i = 0; i < given.length; i++) {
      const arg = given[i];
      if (arg === undefined) continue;
      const declared = wanted?.[i];
      if (wanted !== null && declared === undefined)
        return { failure: { message: countText(wanted.length, given.length), span: arg.span } };
      const expr = this.expression(arg, declared ?? null);
      if ('failure' in expr) return expr;
      const target = declared ?? defaultType(this.cx.sema, expr.type);
      const conversion = planConversion(this.cx, expr, target);
      if (conversion === null) return this.mismatch(formal, expr, typeName(target), arg.span);
      if (pack.kind === 'param' && isTypeKind(pack.type) && conversion.type.kind !== 'error') {
        const bound = this.bindings.applyWithHoles(pack.type);
        const isBareNone = expr.kind === 'constant' && expr.type === this.cx.known.none;
        if (
          isBareNone ||
          isNamedCallable(this.cx, conversion.type, bound) ||
          this.cx.sema.conforms(conversion.type, bound, this.cx.scope) !== true
        )
          return {
            failure: {
              message: `an element of '${formal.name}' with type '${typeName(expr.type)}' does not conform to trait '${typeName(bound)}'; either prove the conformance with 'conforms_to', or add conformance`,
              span: arg.span,
              advice: adviseBound(this.cx, expr.type, bound),
            },
          };
      }
      this.conversions += conversion.rank;
      types.push(conversion.type);
      const place = this.lend(formal, expr, conversion, arg, false);
      if ('failure' in place) return place;
      values.push(place);
    }
    if (wanted !== null && given.length < wanted.length)
      return { failure: { message: countText(wanted.length, given.length), span: null } };
    const common = this.commonType(pack, types);
    if (common !== null) {
      if (common.type === null) {
        const message = `the elements of '${formal.name}' have no common type '${common.name}': ${types.map(typeName).join(', ')}`;
        return { failure: { message, span: null } };
      }
      const target = common.type;
      const converted = values.map((value) => this.toCommon(value, target));
      const list = this.cx.store.list(types.map(() => target));
      if (this.bindings.isOpenParam(pack)) this.bindings.bind(pack, list);
      return { kind: 'variadic', values: converted, type: list };
    }
    const list = this.cx.store.list(types);
    if (this.bindings.isOpenParam(pack)) this.bindings.bind(pack, list);
    return { kind: 'variadic', values, type: list };
  }

  /** The pack's declared common type: the leftmost element type to which every element converts. Null: none is declared. */
  private commonType(pack: Term, types: readonly Term[]): { readonly name: string; readonly type: Term | null } | null {
    const param = this.signature.params.find((candidate) => candidate.commonTypeOf === pack);
    if (param === undefined) return null;
    const { cx } = this;
    const span = cx.spanAt(0, 0);
    const sample = (type: Term): HirExpr => ({ kind: 'rebind', value: cx.error(span), type, span });
    const type =
      types.find((target) => types.every((other) => planConversion(cx, sample(other), target)?.type === target)) ??
      null;
    if (type !== null) this.bindings.bind(param.term, type);
    return { name: param.name, type };
  }

  private toCommon(value: PlannedValue, target: Term): PlannedValue {
    if (value.conversion.type === target) return value;
    const { cx } = this;
    const { conversion } = value;
    return {
      ...value,
      conversion: {
        rank: conversion.rank,
        type: target,
        build: () => cx.ops.convert(cx, conversion.build(), target, value.argument.span, ''),
      },
    };
  }

  /** A common type of an empty pack stays open and is reported as not inferred. */
  bindCommonTypes(): void {
    for (const param of this.signature.params) {
      if (param.commonTypeOf === null || this.bindings.get(param.term) !== null) continue;
      const elements = this.bindings.get(param.commonTypeOf);
      const types = elements === null ? null : listElements(elements);
      if (types !== null && types.length > 0) this.commonType(param.commonTypeOf, types);
    }
  }

  /** The value of an argument; contextual ones are checked against `expected`. */
  private expression(arg: CallArgument, expected: Term | null): HirExpr | { readonly failure: Failure } {
    const { cx } = this;
    let checked = arg.checked;
    if (checked === null && arg.contextual !== null) {
      const source = arg.contextual;
      if (this.options.quiet) {
        const attempt = cx.trial(() => cx.ops.expr(cx, source, expected));
        if (attempt.failed) return { failure: { message: 'the argument does not fit', span: arg.span } };
        checked = attempt.value;
      } else checked = cx.ops.expr(cx, source, expected);
    }
    if (checked === null || checked.kind === 'error') return cx.error(arg.span);
    if (checked.kind === 'value') return checked.expr;
    if (checked.kind === 'functions') {
      const shape = expected === null ? null : functionBound(expected);
      // What a parameter is inferred from cannot choose among overloads.
      const isInferred = shape !== null && !shape.thin && checked.candidates.length > 1 && cx.scope.module.isUser;
      if (shape !== null && checked.receiver === null && !isInferred) {
        const selected = selectByType(cx.sema, checked.candidates, shape);
        if (selected !== null)
          return { kind: 'constant', term: selected, type: cx.store.functionItem(selected), span: arg.span };
      }
      const attempt = cx.trial(() => cx.ops.asValue(cx, checked, arg.span));
      if (!attempt.failed) return attempt.value;
      return {
        failure: { message: `'${checked.name}' does not name one function of the wanted type`, span: arg.span },
      };
    }
    if (checked.kind === 'type') {
      // A closure that was given in brackets, passed on as a value.
      const closure = callableValue(cx, checked.term, arg.span);
      if (closure !== null && closure.kind !== 'constant') return closure;
    }
    if (checked.kind === 'type' || checked.kind === 'bound')
      return {
        failure: { message: `cannot use type '${typeName(checked.term)}' as an argument value`, span: arg.span },
      };
    const attempt = cx.trial(() => cx.ops.asValue(cx, checked, arg.span));
    if (!attempt.failed) return attempt.value;
    return { failure: { message: 'the argument is not a value', span: arg.span } };
  }

  private value(formal: ArgDecl, declared: Term, arg: CallArgument, isReceiver: boolean): ValueOutcome {
    const { cx, bindings } = this;
    const expected = this.expectation(declared);
    const expr = this.expression(arg, expected);
    if ('failure' in expr) return expr;
    if (expr.type.kind === 'error') {
      return {
        argument: arg,
        conversion: { rank: 0, type: expr.type, build: () => expr },
        temporary: null,
        mutable: false,
      };
    }
    const conversion = this.plan(declared, expr);
    if (conversion === null) {
      const open = bindings.isOpen(declared);
      const outcome = this.mismatch(formal, expr, typeName(bindings.apply(declared)), arg.span);
      return open ? this.withReason(outcome, declared, expr) : outcome;
    }
    if (this.options.exact && conversion.rank > 0)
      return this.mismatch(formal, expr, typeName(bindings.apply(declared)), arg.span);
    this.conversions += conversion.rank;
    if (conversion.type !== expr.type && literalValue(cx.sema, expr.type) !== null) this.materialized++;
    return this.lend(formal, expr, conversion, arg, isReceiver);
  }

  /** What an argument without a type of its own is checked against. */
  private expectation(declared: Term): Term | null {
    const { bindings } = this;
    if (bindings.isOpenParam(declared)) {
      const shape = functionBound(declared.type);
      return shape === null ? null : bindings.applyWithHoles(shape);
    }
    const applied = bindings.applyWithHoles(declared);
    if (applied.kind === 'param' && functionBound(applied.type) !== null) return applied.type;
    return applied;
  }

  private plan(declared: Term, expr: HirExpr): Conversion | null {
    const { cx, bindings } = this;
    if (!bindings.isOpen(declared)) return planConversion(cx, expr, bindings.apply(declared));
    if (bindings.isOpenParam(declared)) {
      const natural = defaultType(cx.sema, expr.type);
      // Literal parameters of the library (`IntLiteral[value]`) are applications, never a parameter alone.
      if (isTypeKind(declared.type) && declared.type.kind !== 'primitive') {
        const bound = bindings.applyWithHoles(declared.type);
        const shape = functionBound(bound);
        if (shape === null || !bindings.isOpen(declared.type)) {
          if (!meetsBound(cx, natural, bound, this.signature.fn.module.isUser ? STRICT : LIBRARY_CALL)) return null;
        } else this.unifyShape(declared.type, natural);
      }
      if (!bindings.unify(declared, natural)) return null;
      return planConversion(cx, expr, natural);
    }
    const saved = bindings.snapshot();
    if (roleOf(cx.sema, expr.type) === 'tuple') {
      // A display of literals stands for the tuple of their natural types.
      const natural = defaultType(cx.sema, expr.type);
      if (natural !== expr.type && bindings.unify(declared, natural)) return planConversion(cx, expr, natural);
      bindings.restore(saved);
    }
    if (bindings.unify(declared, expr.type)) {
      return { rank: 0, type: expr.type, build: () => expr };
    }
    bindings.restore(saved);
    if (literalValue(cx.sema, expr.type) !== null) {
      const natural = defaultType(cx.sema, expr.type);
      if (bindings.unify(declared, natural)) return planConversion(cx, expr, natural);
      bindings.restore(saved);
    }
    // A function as `def(T) thin -> U` tells what `U` is.
    if (declared.kind === 'functionType') this.unifyShape(declared, expr.type);
    const wanted = bindings.applyWithHoles(declared);
    if ((wanted.flags & TermFlags.hasUnbound) === 0) return planConversion(cx, expr, wanted);
    const conversion = planConversion(cx, expr, wanted);
    if (conversion === null) return null;
    if (bindings.unify(declared, conversion.type)) return conversion;
    bindings.restore(saved);
    return null;
  }

  /** Infers parameters that stand inside a function bound (`F: def(T) -> U`) from the function that is passed. */
  private unifyShape(bound: Term, actual: Term): void {
    const shape = functionBound(bound);
    const given = callableShape(this.cx, actual);
    if (shape === null || given === null || given.kind !== 'functionType') return;
    shape.args.forEach((arg, index) => {
      const other = given.args[index];
      if (other !== undefined) this.bindings.unify(arg.type, other.type);
    });
    this.bindings.unify(shape.result, given.result);
    if (shape.raises !== null && this.bindings.isOpen(shape.raises))
      this.bindings.unify(shape.raises, given.raises ?? this.cx.known.never);
  }

  /** `f(x^)` where `f` only borrows: `x` is lent as it is and stays, as in the official compiler. */
  private lend(
    formal: ArgDecl,
    expr: HirExpr,
    conversion: Conversion,
    arg: CallArgument,
    isReceiver: boolean,
  ): ValueOutcome {
    const borrows = formal.convention === 'imm' || formal.convention === 'ref';
    const isSame = conversion.type === expr.type && conversion.rank === 0;
    if (!borrows || !isSame || expr.kind !== 'transfer' || !isLastingPlace(expr.place))
      return this.place(formal, expr, conversion, arg, isReceiver);
    // Still rather for a function that takes it over.
    if (formal.convention === 'imm' && !isTrivialType(this.cx.sema, expr.type)) this.lent++;
    const { place } = expr;
    return this.place(formal, place, { ...conversion, build: () => place }, arg, isReceiver);
  }

  /** Ownership and mutability demands of the formal's convention, and the origin that it stands for. */
  private place(
    formal: ArgDecl,
    expr: HirExpr,
    conversion: Conversion,
    arg: CallArgument,
    isReceiver: boolean,
  ): ValueOutcome {
    const { cx, bindings } = this;
    const converted = conversion.type !== expr.type || conversion.rank > 0;
    const lasting = !converted && isLastingPlace(expr);
    const facts = lasting ? placeFacts(cx, expr) : null;
    // A value that no variable holds is lent for reading: what is written there would be lost. Older programs do it all the same.
    const isTemporaryMutable = cx.isClassic;
    let temporary: HirLocal | null = null;
    let mutable = false;
    switch (formal.convention) {
      case 'mut':
        if (!lasting || !isMutable(cx, expr)) {
          if (isReceiver && !lasting)
            return {
              failure: {
                message: `invalid use of mutating method on rvalue of type '${typeName(expr.type)}'`,
                span: arg.span,
              },
            };
          return {
            failure: {
              message: isReceiver
                ? `invalid use of mutating method on rvalue of type '${typeName(expr.type)}'`
                : `value passed to mutable argument '${formal.name}' must be mutable`,
              span: arg.span,
            },
          };
        }
        mutable = true;
        break;
      case 'imm':
        // A value that nobody keeps is better handed over than lent; a vector that a display makes counts as one.
        if (!lasting && !converted && (arg.contextual?.kind === 'ListExpr' || !isTrivialType(cx.sema, conversion.type)))
          this.lent++;
        break;
      case 'ref':
        if (facts === null && isMutableOrigin(cx, formal.origin) && !cx.isClassic)
          return this.mismatch(formal, expr, `ref ${typeName(formal.type)}`, arg.span);
        mutable = facts === null ? isTemporaryMutable : facts.mut === cx.store.true;
        // `ref[o]` with `o: ImmOrigin` reads, whatever it is given.
        if (originMutability(cx.store, formal.origin) === cx.store.false) mutable = false;
        break;
      case 'var':
      case 'deinit':
        if (lasting || (converted && isTrivialType(cx.sema, conversion.type))) this.copied++;
        break;
      case 'out':
        break;
    }
    const owned = formal.convention === 'var' || formal.convention === 'deinit';
    const isNamed = this.mentionsRoot(formal);
    if (!owned && (isNamed || formal.convention === 'ref')) {
      let origin = facts?.origin ?? null;
      const mutOfTemporary = cx.store.bool(isTemporaryMutable);
      let mut = facts?.mut ?? mutOfTemporary;
      if (origin === null) {
        const root = converted ? null : valueUnderFields(expr);
        temporary = cx.newLocal('', root?.type ?? conversion.type, arg.span);
        origin = cx.store.placeOrigin(temporary.origin, TEMPORARY, [], mutOfTemporary);
        if (root !== null) origin = originOverRoot(cx, expr, origin);
        mut = mutOfTemporary;
      }
      if (formal.convention === 'imm') {
        // A symbolic origin stays: what the callee hands out may stand where the caller's own `ref[o]` is declared.
        if (origin.kind !== 'param' && origin.kind !== 'derivedOrigin') origin = cx.store.immutableOrigin(origin);
        mut = cx.store.false;
      }
      if (formal.convention === 'ref') {
        if (formal.origin.kind === 'placeOrigin' && formal.origin.root === formal.root)
          bindings.unify(formal.origin.mut, mut);
        else if (bindings.isOpen(formal.origin)) bindings.unify(formal.origin, origin);
        else if (!originSubsumes(cx, bindings.apply(formal.origin), origin))
          return {
            failure: { message: `value passed to '${formal.name}' has an incompatible origin`, span: arg.span },
          };
      }
      bindings.bindOrigin(formal.root, origin);
    }
    return { argument: arg, conversion, temporary, mutable };
  }

  /** Whether types of the signature refer to the place that is passed here. */
  private mentionsRoot(formal: ArgDecl): boolean {
    const names = (term: Term): boolean =>
      someTerm(term, TermFlags.hasOrigin, (part) => part.kind === 'placeOrigin' && part.root === formal.root);
    if (names(this.signature.result)) return true;
    return this.signature.args.some((other) => other !== formal && names(other.type));
  }

  /** The second half of a mismatch message, where a bound is the reason. */
  private withReason(outcome: { readonly failure: Failure }, declared: Term, expr: HirExpr): ValueOutcome {
    if (declared.kind !== 'param' || !isTypeKind(declared.type) || functionBound(declared.type) !== null)
      return outcome;
    const bound = this.bindings.applyWithHoles(declared.type);
    const param = this.signature.params.find((candidate) => candidate.term === declared);
    const name = param === undefined ? typeName(bound) : boundName(param, bound);
    const message = `${outcome.failure.message}, argument type '${valueTypeName(this.cx, expr)}' does not conform to trait '${name}'`;
    return { failure: { ...outcome.failure, message, advice: adviseBound(this.cx, expr.type, bound) } };
  }

  private mismatch(formal: ArgDecl, expr: HirExpr, target: string, span: Span | null): { readonly failure: Failure } {
    return {
      failure: {
        message: `value${formal.name === '' ? '' : ` passed to '${formal.name}'`} cannot be converted from '${valueTypeName(this.cx, expr)}' to '${target}'`,
        span,
      },
    };
  }
}

/** An origin parameter that only a variable can be given: a value that nobody keeps is not mutable. */
function isMutableOrigin(cx: BodyContext, origin: Term): boolean {
  return origin.kind === 'param' && origin.type.kind === 'originType' && origin.type.mut === cx.store.true;
}
