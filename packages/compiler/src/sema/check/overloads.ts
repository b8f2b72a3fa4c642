/** Chooses among candidates, reports why none or several fit, and builds the call in HIR. */
import { present } from '../../base/invariant.ts';
import type { Span } from '../../base/span.ts';
import { type Label, label } from '../../diagnostics/diagnostic.ts';
import type { CallArg, Expr } from '../../syntax/ast.ts';
import { type Term, TermFlags } from '../../terms/term.ts';
import type { ArgDecl, FunctionEntity } from '../entities.ts';
import type { HirArg, HirCallee, HirExpr, HirStatement } from '../hir.ts';
import { hasErrorArgument, takesContext } from './arguments.ts';
import type { BodyContext, CallSite } from './body-context.ts';
import { holesMatch } from './convert.ts';
import { ambiguousCall, invalidCall, noMatching } from './errors.ts';
import { stringLiteralExpr } from './literals.ts';
import { type Match, matchCandidate, type PlannedValue } from './match-candidate.ts';
import { type Failure, secondaryOf } from './parameters.ts';
import { derefResult, fieldsOver, isPlace, own, valueUnderFields } from './places.ts';
import { noteRaise } from './raising.ts';
import { isPart, madeBy, takeValues } from './take-values.ts';
import { reportUnavailable } from './unavailable.ts';
import { constantExpr, defaultType, isLiteralType } from './type-facts.ts';
import type { CallArgument, Candidate, Conversion, FunctionsResult } from './values.ts';

/** Resolves and builds a call of one of several functions. */
export function callFunctions(
  cx: BodyContext,
  callee: FunctionsResult,
  args: readonly CallArgument[],
  site: CallSite,
): HirExpr {
  const match = resolve(cx, callee.candidates, callee.params, args, callee.receiver, site);
  return match === null ? cx.error(site.span) : buildCall(cx, match, site);
}

/** The best match, or null after reporting. */
export function resolve(
  cx: BodyContext,
  candidates: readonly Candidate[],
  params: readonly CallArg[] | null,
  args: readonly CallArgument[],
  receiver: HirExpr | null,
  site: CallSite,
): Match | null {
  const receiverFor = (candidate: Candidate): HirExpr | null => (takesReceiver(cx, candidate.fn) ? receiver : null);
  const only = candidates[0];
  if (candidates.length === 1 && only !== undefined) {
    const outcome = matchCandidate(cx, only, params, args, receiverFor(only), { quiet: false, exact: false });
    switch (outcome.kind) {
      case 'match':
        return outcome.match;
      case 'silent':
        cx.hasErrors = true;
        return null;
      case 'failure': {
        if (hasErrorArgument(args)) {
          cx.hasErrors = true;
          return null;
        }
        const span = outcome.failure.span ?? missingSpan(outcome.failure, site);
        cx.report(
          invalidCall(span, [site.what, outcome.failure.message], {
            ...outcome.failure.advice,
            secondary: [...secondaryOf(outcome.failure), declaredHere(only.fn)],
          }),
        );
        return null;
      }
    }
  }
  const viable: Match[] = [];
  const failures: { readonly candidate: Candidate; readonly failure: Failure }[] = [];
  let isAnyBroken = false;
  for (const candidate of candidates) {
    const outcome = matchCandidate(cx, candidate, params, args, receiverFor(candidate), {
      quiet: true,
      exact: false,
      keepUnproven: true,
    });
    if (outcome.kind === 'match') viable.push(outcome.match);
    else if (outcome.kind === 'failure') failures.push({ candidate, failure: outcome.failure });
    else isAnyBroken = true;
  }
  const first = viable[0];
  if (first === undefined) {
    cx.hasErrors = true;
    // A candidate whose own declaration is wrong might have been the one.
    if (hasErrorArgument(args) || isAnyBroken) return null;
    if (reportInsideArguments(cx, args)) return null;
    const secondary: Label[] = failures.map(({ candidate, failure }) =>
      label(candidate.fn.span, `candidate not viable: ${failure.message}`),
    );
    cx.report(
      noMatching(
        site.what.startsWith('call') ? site.callee : site.open,
        [`${functionWord(candidates)} in ${site.what}`],
        { ...failures.find(({ failure }) => (failure.advice?.fixes ?? []).length > 0)?.failure.advice, secondary },
      ),
    );
    return null;
  }
  const best = viable.filter((match) => viable.every((other) => other === match || compareRanking(match, other) < 0));
  const winner = best[0];
  if (winner?.unproven != null) {
    cx.report(
      invalidCall(site.callee, [site.what, winner.unproven.message], {
        secondary: [...secondaryOf(winner.unproven), declaredHere(winner.candidate.fn)],
      }),
    );
    return null;
  }
  if (winner === undefined) {
    cx.hasErrors = true;
    if (hasErrorArgument(args) || viable.some(hasErrorParameter)) return null;
    const tied = viable.filter((match) => viable.every((other) => compareRanking(match, other) <= 0));
    const undecided = tied.flatMap((match) => (match.unproven === null ? [] : secondaryOf(match.unproven)));
    if (undecided.length > 0) {
      cx.report(ambiguousCall(site.callee, [site.name, 'undecided'], { secondary: undecided }));
      return null;
    }
    if (tied.some((match) => cx.sema.isConflicting(match.candidate.fn))) return null;
    const least = (tied[0] ?? first).conversions;
    cx.report(
      ambiguousCall(site.callee, [first.signature.isInit ? '__init__' : site.name, least], {
        secondary: (tied.length > 0 ? tied : viable).map((match) =>
          label(match.candidate.fn.span, 'candidate declared here'),
        ),
      }),
    );
    return null;
  }
  if (!args.some((arg) => arg.contextual !== null)) return winner;
  const again = matchCandidate(cx, winner.candidate, params, args, receiverFor(winner.candidate), {
    quiet: false,
    exact: false,
  });
  return again.kind === 'match' ? again.match : null;
}

function functionWord(candidates: readonly Candidate[]): string {
  const parent = candidates[0]?.fn.parent ?? null;
  return parent !== null && candidates[0]?.fn.ref.name !== '__init__' ? 'method' : 'function';
}

/** A contextual argument that is wrong in itself reports its own mistake instead of "no matching function". */
function reportInsideArguments(cx: BodyContext, args: readonly CallArgument[]): boolean {
  for (const arg of args) {
    const source = arg.contextual;
    if (
      source === null ||
      source.kind === 'LambdaExpr' ||
      source.kind === 'ImplicitMemberExpr' ||
      source.kind === 'BraceExpr'
    )
      continue;
    const attempt = cx.trial(() => cx.ops.expr(cx, source, null));
    if (!attempt.failed || isEmptyDisplay(source)) continue;
    cx.ops.expr(cx, source, null);
    return true;
  }
  return false;
}

function isEmptyDisplay(expr: Expr): boolean {
  return expr.kind === 'ListExpr' && expr.elements.length === 0;
}

export function takesReceiver(cx: BodyContext, fn: FunctionEntity): boolean {
  return fn.parent !== null && !fn.isStatic && !cx.sema.signature(fn).isInit;
}

function missingSpan(failure: Failure, site: CallSite): Span {
  return failure.message.startsWith('missing') ? site.open : site.callee;
}

function declaredHere(fn: FunctionEntity): Label {
  return label(fn.span, 'function declared here');
}

/** Lexicographic: the first difference wins. */
function compareRanking(a: Match, b: Match): number {
  for (let i = 0; i < a.ranking.length; i++) {
    const difference = (a.ranking[i] ?? 0) - (b.ranking[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

// ------------------------------------------------------------------------------------------------ building

/** The HIR of a matched call. The result of a function that returns a reference is the place. */
export function buildCall(cx: BodyContext, match: Match, site: CallSite): HirExpr {
  const { signature, bindings, candidate } = match;
  if (reportUnavailable(cx, candidate.fn, site.callee)) return cx.error(site.span);
  const result = bindings.apply(signature.result);
  if ((result.flags & TermFlags.hasError) !== 0) return cx.error(site.span);
  const raises = signature.raises === null ? null : bindings.apply(signature.raises);
  const raising = raises === null || raises === cx.known.never ? null : raises;
  const passedOn = raising === null ? null : noteRaise(cx, raising, site);
  const prelude: HirStatement[] = [];
  const args = buildArguments(cx, match, prelude, site.span);
  const late = site.late === true;
  let expr: HirExpr;
  if (candidate.fn.functionKind.kind === 'intrinsic' && candidate.requirement === null) {
    expr = {
      kind: 'intrinsic',
      name: candidate.fn.functionKind.name,
      params: bindings.flatArgs(),
      args,
      type: result,
      span: site.open,
      late,
    };
  } else {
    expr = {
      kind: 'call',
      callee: calleeOf(match),
      args,
      raises: raising,
      passedOn,
      type: result,
      span: site.open,
      late,
    };
  }
  const value = derefResult(expr);
  if (prelude.length === 0) return value;
  return { kind: 'block', statements: prelude, result: value, type: value.type, span: site.span };
}

function calleeOf(match: Match): HirCallee {
  const { candidate, signature, bindings } = match;
  const flat = bindings.flatArgs();
  if (candidate.requirement !== null) {
    const { trait, self } = candidate.requirement;
    const own = flat.filter((_, index) => signature.params[index]?.inherited === false);
    return { kind: 'requirement', trait, member: candidate.fn.ref, self, args: own };
  }
  return { kind: 'function', fn: candidate.fn.id, args: flat };
}

/** Arguments in the order of the formals; evaluated in source order, through temporaries where the orders differ. */
function buildArguments(cx: BodyContext, match: Match, prelude: HirStatement[], span: Span): HirArg[] {
  const { signature, bindings } = match;
  const hoist = isOutOfOrder(match);
  const built = new Map<PlannedValue, HirExpr>();
  const hoisted = new Set<HirExpr>();
  const handOver = (expr: HirExpr): HirExpr =>
    hoisted.has(expr) && expr.kind === 'local'
      ? { kind: 'transfer', place: expr, type: expr.type, span: expr.span }
      : own(cx, expr);
  const values = match.args.flatMap((arg) =>
    arg.kind === 'single' ? [arg.value] : arg.kind === 'variadic' || arg.kind === 'keywords' ? arg.values : [],
  );
  const inSource = hoist ? [...values].sort((a, b) => a.argument.span.start - b.argument.span.start) : values;
  for (const value of inSource) {
    let expr = value.conversion.build();
    if (value.temporary !== null) {
      const entity = cx.localEntity(value.temporary, 'mutable');
      const root = valueUnderFields(expr);
      const init = own(cx, root ?? expr);
      const statement: HirStatement = { kind: 'let', local: value.temporary.id, init, span: expr.span };
      const held = cx.placeOf(entity, expr.span);
      const place = root === null ? held : fieldsOver(expr, held);
      expr = { kind: 'block', statements: [statement], result: place, type: place.type, span: expr.span };
    }
    if (hoist && !isPlace(expr) && expr.kind !== 'constant') {
      expr = cx.temporary(expr, prelude);
      hoisted.add(expr);
    }
    built.set(value, expr);
  }
  const out: HirArg[] = [];
  match.args.forEach((arg, index) => {
    const formal = present(signature.args[index], 'formal argument');
    const owned = formal.convention === 'var' || formal.convention === 'deinit';
    const pass = (value: PlannedValue): HirArg => {
      const expr = present(built.get(value), 'built argument');
      if (owned) return { mode: 'own', expr: handOver(expr) };
      return { mode: value.mutable ? 'borrowMut' : 'borrow', expr: runtimeBorrow(cx, expr) };
    };
    switch (arg.kind) {
      case 'single':
        out.push(pass(arg.value));
        break;
      case 'variadic': {
        const elements = arg.values.map(pass);
        const type = cx.known.seen(formal.variadic === 'pack' ? arg.type : bindings.apply(arg.type), formal.variadic);
        out.push({ mode: 'own', expr: { kind: 'variadic', elements, type, span } });
        break;
      }
      case 'keywords': {
        const declared = cx.sema.hirFunction(signature.fn).args[index]?.type ?? cx.store.error;
        const entries = arg.values.map((value) => ({
          name: value.argument.name ?? '',
          value: handOver(present(built.get(value), 'built argument')),
        }));
        out.push({ mode: 'own', expr: keywordDictionary(cx, bindings.apply(declared), entries, span) });
        break;
      }
      case 'forward':
        out.push({
          mode: 'own',
          expr: isPlace(arg.expr)
            ? { kind: 'copy', place: arg.expr, type: arg.expr.type, span: arg.expr.span }
            : arg.expr,
        });
        break;
      case 'default': {
        const type = bindings.apply(formal.type);
        const expr = defaultValue(cx, formal.defaultExpr, formal.defaultScope, formal.type, type, span, (term) =>
          bindings.apply(term),
        );
        out.push({ mode: owned ? 'own' : 'borrow', expr });
        break;
      }
    }
  });
  return out;
}

/** The dictionary that `**kws` is inside the callee, in the order of the call. */
export function keywordDictionary(
  cx: BodyContext,
  type: Term,
  entries: readonly { readonly name: string; readonly value: HirExpr }[],
  span: Span,
): HirExpr {
  const site: CallSite = { span, callee: span, open: span, what: 'initialization', name: 'Dict' };
  const init = cx.ops.construct(cx, type, [], site);
  if (entries.length === 0 || init.type.kind === 'error') return init;
  const statements: HirStatement[] = [];
  const values = takeValues(
    cx,
    entries.map(({ value }) => value),
    statements,
    (value) => value.kind === 'copy' || (value.kind === 'transfer' && isPart(value.place)),
  );
  const place = cx.temporary(init, statements);
  for (const [index, { name }] of entries.entries()) {
    const value = present(values[index], 'value');
    const key = cx.ops.convert(cx, stringLiteralExpr(cx.sema, name, span), cx.known.string, span, '');
    const call = cx.ops.method(cx, { ...place }, '__setitem__', [key, value], span);
    if (call !== null) statements.push({ kind: 'expr', expr: call, span });
  }
  return madeBy(statements, place, span);
}

/** A compile-time value that is borrowed at run time must be materializable all the same. */
function runtimeBorrow(cx: BodyContext, expr: HirExpr): HirExpr {
  return expr.kind === 'materialize' ? own(cx, expr) : expr;
}

function isOutOfOrder(match: Match): boolean {
  let last = -1;
  for (const arg of match.args) {
    const values = arg.kind === 'single' ? [arg.value] : 'values' in arg ? arg.values : [];
    for (const value of values) {
      const { start } = value.argument.span;
      if (value.argument.name !== null && start < last) return true;
      last = Math.max(last, start);
    }
  }
  return false;
}

/** The value of an omitted argument: literals in place, anything else as the compile-time value it is. */
function defaultValue(
  cx: BodyContext,
  expr: Expr | null,
  scope: BodyContext['scope'],
  declared: Term,
  type: Term,
  span: Span,
  apply: (term: Term) => Term,
): HirExpr {
  if (expr === null) return cx.error(span);
  if (isPlainLiteral(expr) || takesContext(expr))
    return cx.withScope(scope, () => cx.ops.ownedValue(cx, expr, type, ''));
  // Where the default itself decides what the declared type leaves open, it has that type and does not convert to it.
  const own = declared === type ? null : cx.sema.evaluateParameter(expr, scope, null);
  const value = own?.type === type ? own : cx.sema.evaluateParameter(expr, scope, declared);
  const term = apply(value.value);
  return constantExpr(cx.sema, term, type, span);
}

/** Whether a default fits its argument's type, before anybody omits the argument. */
export function checkDefault(cx: BodyContext, arg: ArgDecl): void {
  const { defaultExpr, defaultScope, type } = arg;
  if (defaultExpr === null || cx.isLibrary) return;
  // A literal fits what parameters decide or does not: that is seen at calls.
  const isOpen = (type.flags & (TermFlags.hasParam | TermFlags.hasUnbound)) !== 0;
  if (takesContext(defaultExpr)) {
    if (!isOpen) cx.withScope(defaultScope, () => cx.ops.ownedValue(cx, defaultExpr, type, ''));
  } else if (!isPlainLiteral(defaultExpr)) cx.sema.evaluateParameter(defaultExpr, defaultScope, isOpen ? null : type);
  else if (!isOpen) cx.withScope(defaultScope, () => cx.ops.ownedValue(cx, defaultExpr, type, ''));
}

function isPlainLiteral(expr: Expr): boolean {
  switch (expr.kind) {
    case 'IntExpr':
    case 'FloatExpr':
    case 'StringExpr':
    case 'BoolExpr':
    case 'NoneExpr':
      return true;
    case 'UnaryExpr':
      return isPlainLiteral(expr.operand);
    case 'ParenExpr':
      return isPlainLiteral(expr.value);
    default:
      return false;
  }
}

/** A parameter that was given wrongly fits every overload; the mistake was reported where it stands. */
function hasErrorParameter(match: Match): boolean {
  return match.signature.params.some((param) => {
    const value = match.bindings.get(param.term);
    return value !== null && (value.flags & TermFlags.hasError) !== 0;
  });
}

// ------------------------------------------------------------------------------------------------ implicit construction

/** The one implicit conversion that a value may take: an `@implicit` constructor of the target. */
export function implicitConstruction(cx: BodyContext, target: Term, value: HirExpr): Conversion | null {
  if (target.kind !== 'struct') return null;
  const natural = isLiteralType(cx.sema, value.type) && defaultType(cx.sema, value.type) === target;
  // A literal's own type inside another construction, once: its constructors may take literals that are not known yet.
  if (cx.state.constructing > (natural ? 1 : 0)) return null;
  const candidates: Candidate[] = [];
  for (const found of cx.sema.members(target, '__init__', cx.scope)) {
    if (found.member.kind !== 'function' || found.via.kind !== 'struct') continue;
    if (cx.sema.signature(found.member).implicitConversion)
      candidates.push({ fn: found.member, inherited: found.via.args, requirement: null });
  }
  if (candidates.length === 0) return null;
  const argument: CallArgument = {
    name: null,
    span: value.span,
    star: 'none',
    contextual: null,
    checked: { kind: 'value', expr: value },
  };
  const matches: Match[] = [];
  cx.state.constructing++;
  try {
    for (const candidate of candidates) {
      const outcome = matchCandidate(cx, candidate, null, [argument], null, { quiet: true, exact: true });
      if (outcome.kind !== 'match') continue;
      const made = outcome.match.bindings.apply(outcome.match.signature.result);
      if ((target.flags & TermFlags.hasUnbound) === 0 || holesMatch(cx, target, made)) matches.push(outcome.match);
    }
  } finally {
    cx.state.constructing--;
  }
  const best =
    matches.find((match) => matches.every((other) => other === match || compareRanking(match, other) < 0)) ??
    (matches.length === 1 ? matches[0] : undefined);
  if (best === undefined) return null;
  const type = best.bindings.apply(best.signature.result);
  const site: CallSite = {
    span: value.span,
    callee: value.span,
    open: value.span,
    what: 'initialization',
    name: '__init__',
    late: true,
  };
  return { rank: natural ? 0 : 1, type, build: () => buildCall(cx, best, site) };
}
