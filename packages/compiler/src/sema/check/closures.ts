/** Nested functions and lambdas. A nested function that captures becomes a struct of captures plus a function that takes the struct
 *  first; one that captures nothing is an ordinary function. What is captured is found by checking the body once without reporting. */
import { present } from '../../base/invariant.ts';
import type { Span } from '../../base/span.ts';
import { label } from '../../diagnostics/diagnostic.ts';
import type { CallExpr, Capture, CaptureList, Expr, FunctionDecl, LambdaExpr } from '../../syntax/ast.ts';
import { typedNote } from '../../syntax/dialect-notes.ts';
import type { Term } from '../../terms/term.ts';
import { functionBound } from './function-shape.ts';
import type { ArgDecl, ClosureRole, FunctionEntity, LocalEntity, ParamDecl, Signature } from '../entities.ts';
import type { HirExpr, HirField, HirStatement } from '../hir.ts';
import { BodyContext, type CaptureTracker } from './body-context.ts';
import { checkFunctionBody } from './body.ts';
import {
  cannotCopy,
  captureConvention,
  needsContext,
  notAValue,
  redefinition,
  requireMutableCapture,
} from './errors.ts';
import { declareLocal, fresh } from './patterns.ts';
import { canMove, isPlace, own, placeFacts } from './places.ts';
import {
  identicalOverload,
  repeatedCapture,
  repeatedDefault,
  transferOfBorrow,
  recursiveClosure,
  unknownCapture,
  immovableCapture,
  parameterCapture,
} from './statement-errors.ts';
import { isTrivialType } from './type-facts.ts';
import { typeName } from './type-name.ts';
import { type Checked, ERROR_RESULT, valueResult } from './values.ts';

type Convention = 'imm' | 'mut' | 'ref' | 'var' | 'transfer';

interface CapturePlan {
  readonly entity: LocalEntity;
  readonly outer: HirExpr;
  readonly convention: Convention;
  readonly span: Span;
}

/** `def f(…) {captures}: …` inside a body. */
export function checkNestedFunction(cx: BodyContext, decl: FunctionDecl, into: HirStatement[]): void {
  const span = cx.span(decl.name);
  const fn = newFunction(cx, decl.name.name, decl, null);
  const signature = cx.sema.signature(fn);
  if (signature.hasError) {
    cx.hasErrors = true;
    declareError(cx, decl.name.name, span);
    return;
  }
  const closure = refersToItself(cx, decl, signature)
    ? null
    : buildClosure(cx, fn, signature, decl.captures, implicitConvention(cx, decl), span);
  if (closure === null) {
    declareError(cx, decl.name.name, span);
    return;
  }
  if (closure.kind === 'plain') {
    declareOverload(cx, closure.fn, signature, span);
    return;
  }
  const local = cx.newLocal(decl.name.name, closure.value.type, span);
  into.push({ kind: 'let', local: local.id, init: closure.value, span });
  declareLocal(cx, decl.name.name, cx.localEntity(local, 'immutable'), span);
}

/** A function without captures overloads others of the block. */
function declareOverload(cx: BodyContext, fn: FunctionEntity, signature: Signature, span: Span): void {
  const { name } = fn.ref;
  const previous = cx.scope.names.get(name) ?? [];
  const functions: FunctionEntity[] = [];
  for (const entity of previous) {
    if (entity.kind !== 'function') {
      if ('span' in entity)
        cx.report(redefinition(span, [name], { secondary: [label(entity.span, 'previous definition here')] }));
      continue;
    }
    functions.push(entity);
    const types = cx.sema.signature(entity).args;
    if (types.length === signature.args.length && types.every((arg, index) => arg.type === signature.args[index]?.type))
      cx.report(identicalOverload(span, [name], { secondary: [label(entity.span, 'previous definition here')] }));
  }
  cx.scope.names.set(name, [...functions, fn]);
}

/** Reports a call of the function in its own body, where its name means nothing. */
function refersToItself(cx: BodyContext, decl: FunctionDecl, signature: Signature): boolean {
  const { name } = decl.name;
  if (signature.args.some((arg) => arg.name === name) || cx.sema.lookup(cx.scope, name) !== null) return false;
  const call = findCall(decl.body, name);
  if (call === null) return false;
  const declared = label(cx.span(decl.name), 'nested function declared here');
  cx.report(recursiveClosure(cx.span(call), [name], { secondary: [declared] }));
  return true;
}

/** The name in the first call of `name` in a tree. */
function findCall(node: unknown, name: string): Expr | null {
  if (typeof node !== 'object' || node === null) return null;
  if (!Array.isArray(node) && isCall(node) && node.callee.kind === 'NameExpr' && node.callee.name === name)
    return node.callee;
  for (const child of Object.values(node)) {
    const found = findCall(child, name);
    if (found !== null) return found;
  }
  return null;
}

function isCall(node: object): node is CallExpr {
  return 'kind' in node && node.kind === 'CallExpr';
}

/** Classic closures capture the frame by reference without saying so; `escaping` ones own what they use. */
function implicitConvention(cx: BodyContext, decl: FunctionDecl): Convention | null {
  if (decl.effects.escaping) return 'var';
  return isClassicClosure(cx, decl) ? 'ref' : null;
}

function isClassicClosure(cx: BodyContext, decl: FunctionDecl): boolean {
  const marked = decl.decorators.some(
    (decorator) => decorator.name.kind === 'NameExpr' && /^(__)?parameter$/.test(decorator.name.name),
  );
  return marked || decl.keyword === 'fn' || decl.effects.capturing || (cx.isClassic && decl.captures === null);
}

function declareError(cx: BodyContext, name: string, span: Span): void {
  const local = cx.newLocal(name, cx.store.error, span);
  cx.declare(name, cx.localEntity(local, 'immutable'));
}

function newFunction(
  cx: BodyContext,
  name: string,
  decl: FunctionDecl | LambdaExpr,
  signature: Signature | null,
): FunctionEntity {
  return cx.sema.addFunction(
    {
      name,
      decl,
      module: cx.scope.module,
      span: cx.span(decl.kind === 'FunctionDecl' ? decl.name : decl),
      scope: cx.scope,
      parent: null,
      enclosing: cx.fn,
      functionKind: { kind: 'written' },
      isStatic: true,
      isDefault: false,
    },
    signature,
  );
}

type Built =
  | { readonly kind: 'plain'; readonly fn: FunctionEntity }
  | { readonly kind: 'closure'; readonly value: HirExpr };

/** Finds the captures, decides how each is stored, and checks the body for good. Null after an error. */
function buildClosure(
  cx: BodyContext,
  fn: FunctionEntity,
  signature: Signature,
  list: CaptureList | null,
  implicit: Convention | null,
  span: Span,
): Built | null {
  const used = discoverCaptures(cx, fn, signature);
  const plans = planCaptures(cx, used, list, implicit);
  if (plans === null) return null;
  if (plans.length === 0) {
    const body = checkBodyIn(cx, fn, signature, strictTracker(fn));
    if (body === null) return null;
    return { kind: 'plain', fn };
  }
  return makeClosure(cx, fn, signature, plans, span);
}

/** A first, silent check of the body that only notes which outer locals it names. */
function discoverCaptures(
  cx: BodyContext,
  fn: FunctionEntity,
  signature: Signature,
): Map<LocalEntity, { outer: HirExpr; span: Span }> {
  const used = new Map<LocalEntity, { outer: HirExpr; span: Span }>();
  cx.trial(() => {
    const inner = new BodyContext(cx.state, fn, signature, cx, signature.scope, false);
    inner.captures = {
      fn,
      use: (entity, outer, span) => {
        if (!used.has(entity)) used.set(entity, { outer, span });
        return outer;
      },
    };
    checkFunctionBody(inner);
  });
  return used;
}

/** A tracker for a function without captures. */
function strictTracker(fn: FunctionEntity): CaptureTracker & { readonly strict: true } {
  return { fn, strict: true, use: (_entity, outer) => outer };
}

function conventionOf(entry: Capture): Convention {
  if (entry.transfer) return 'transfer';
  return entry.convention ?? 'imm';
}

function planCaptures(
  cx: BodyContext,
  used: ReadonlyMap<LocalEntity, { outer: HirExpr; span: Span }>,
  list: CaptureList | null,
  implicit: Convention | null,
): CapturePlan[] | null {
  const plans: CapturePlan[] = [];
  const seen = new Set<LocalEntity>();
  let fallback: Convention | null = list === null ? implicit : null;
  let hasDefault = false;
  const named = new Map<string, Capture>();
  for (const entry of list?.items ?? []) {
    if (entry.name !== null) {
      const { name } = entry.name;
      if (named.has(name)) cx.report(repeatedCapture(cx.span(entry.name), [name]));
      if (entry.transfer && entry.convention !== null && entry.convention !== 'var')
        cx.report(transferOfBorrow(cx.span(entry), [name]));
      named.set(name, entry);
    } else {
      if (hasDefault) cx.report(repeatedDefault(cx.span(entry), []));
      hasDefault = true;
      fallback = conventionOf(entry);
    }
  }
  for (const entry of named.values()) {
    const { name } = entry;
    const entity = name === null ? undefined : cx.sema.lookup(cx.scope, name.name)?.[0];
    if (name === null || (entity !== undefined && entity.kind !== 'param')) continue;
    const report = entity === undefined ? unknownCapture : parameterCapture;
    cx.report(report(cx.span(name), [name.name]));
    return null;
  }
  for (const [entity, { outer, span }] of used) {
    const entry = named.get(entity.name);
    // A closure that is called is lent, whatever the default says: it is bound immutably.
    const isCalled = entry === undefined && fallback === 'mut' && isClosureValue(cx, outer.type);
    // In older programs `{mut}` captures what cannot be written for reading.
    const byDefault = fallback === 'mut' && cx.acceptsOlder ? 'ref' : fallback;
    const convention = entry !== undefined ? conventionOf(entry) : isCalled ? 'imm' : byDefault;
    if (convention === null) {
      cx.report(captureConvention(span, [entity.name]));
      return null;
    }
    seen.add(entity);
    plans.push({ entity, outer, convention, span: entry === undefined ? span : cx.span(entry) });
  }
  for (const entry of named.values()) {
    const name = entry.name;
    if (name === null) continue;
    const entity = cx.sema.lookup(cx.scope, name.name)?.[0];
    if (entity?.kind !== 'local' || seen.has(entity)) continue;
    const span = cx.span(name);
    const outer = cx.state.owners.get(entity) === cx ? cx.placeOf(entity, span) : captureLocal(cx, entity, span);
    plans.push({ entity, outer, convention: conventionOf(entry), span: cx.span(entry) });
  }
  return plans;
}

/** What a closure owns in memory it may change, call by call; what it keeps in registers it may not. */
function isState(cx: BodyContext, type: Term): boolean {
  if (type.kind === 'ref' || isTrivialType(cx.sema, type)) return false;
  const trivial = cx.known.trait('TrivialRegisterPassable');
  return trivial === null || cx.sema.conforms(type, cx.store.trait(trivial.ref), cx.scope) !== true;
}

/** What a closure is besides movable. Whether it fits registers is asked of the captured values, however they are captured. */
function rolesOf(cx: BodyContext, plans: readonly CapturePlan[], copyable: boolean): ClosureRole[] {
  const allAre = (role: ClosureRole): boolean => {
    const trait = cx.known.trait(role);
    if (trait === null) return false;
    const bound = cx.store.trait(trait.ref);
    return plans.every(({ outer }) => cx.sema.conforms(outer.type, bound, cx.scope) === true);
  };
  const roles: ClosureRole[] = copyable ? ['ImplicitlyCopyable'] : [];
  if (allAre('RegisterPassable')) roles.push('RegisterPassable');
  if (copyable && allAre('TrivialRegisterPassable')) roles.push('TrivialRegisterPassable');
  return roles;
}

/** The struct of captures, its body function, and the value that is built where the function is declared. */
function makeClosure(
  cx: BodyContext,
  fn: FunctionEntity,
  signature: Signature,
  plans: readonly CapturePlan[],
  span: Span,
): Built | null {
  const { store } = cx;
  const inherited = signature.params.filter((param) => param.inherited);
  const own_ = signature.params.filter((param) => !param.inherited);
  const origins: ParamDecl[] = [];
  const originArgs: Term[] = [];
  const fields: HirField[] = [];
  const values: HirExpr[] = [];
  let copyable = true;
  for (const plan of plans) {
    const outer = fresh(cx, plan.outer);
    const facts = placeFacts(cx, outer);
    if (plan.convention === 'var' || plan.convention === 'transfer' || facts === null || !isPlace(outer)) {
      if (plan.convention === 'var' && isPlace(outer) && !cx.sema.isImplicitlyCopyable(outer.type, cx.scope)) {
        // The official compiler shows the variable, not the capture.
        const captured = label(plan.span, `captured by copy here; '${plan.entity.name}^' moves it in`);
        cx.report(cannotCopy(plan.entity.span, [typeName(outer.type)], { secondary: [captured] }));
        return null;
      }
      if (plan.convention === 'transfer' && !canMove(cx, outer.type)) {
        cx.report(immovableCapture(plan.span, [plan.entity.name]));
        return null;
      }
      const value: HirExpr =
        plan.convention === 'transfer' && isPlace(outer)
          ? { kind: 'transfer', place: outer, type: outer.type, span: plan.span }
          : capturedCopy(cx, outer);
      if (value.type.kind === 'error') return null;
      if (!cx.sema.isImplicitlyCopyable(outer.type, cx.scope)) copyable = false;
      fields.push({ name: plan.entity.name, type: outer.type, span: plan.span });
      values.push(value);
      continue;
    }
    const mut = plan.convention === 'imm' ? store.false : plan.convention === 'ref' ? facts.mut : store.true;
    if (plan.convention === 'mut' && facts.mut !== store.true) {
      cx.report(requireMutableCapture(plan.span, [plan.entity.name]));
      return null;
    }
    const param = store.newParam(`${plan.entity.name}_origin`, store.originType(mut));
    origins.push({
      term: param,
      name: param.name,
      passing: 'inferOnly',
      variadic: false,
      defaultExpr: null,
      defaultScope: cx.scope,
      inherited: true,
      commonTypeOf: null,
      typeExpr: null,
      span: plan.span,
    });
    originArgs.push(facts.origin);
    fields.push({ name: plan.entity.name, type: store.ref(outer.type, param, mut), span: plan.span });
    values.push({
      kind: 'refOf',
      place: outer,
      mutable: mut === store.true,
      type: store.ref(outer.type, facts.origin, mut),
      span: plan.span,
    });
  }
  const params = [...inherited, ...origins];
  // The body function takes the struct, and the struct names the function: the type of `self` is set when both exist.
  const self: { -readonly [K in keyof ArgDecl]: ArgDecl[K] } = {
    name: '',
    decl: null,
    convention: 'imm',
    type: store.error,
    variadic: 'none',
    passing: 'positionalOnly',
    defaultExpr: null,
    defaultScope: cx.scope,
    root: store.newOriginRoot(),
    origin: store.error,
    privateCopy: false,
    closureOf: null,
    span,
  };
  self.origin = store.placeOrigin(self.root, 'closure', [], store.false);
  const closureSignature: Signature = { ...signature, params: [...params, ...own_], args: [self, ...signature.args] };
  const body = newFunction(cx, fn.ref.name, present(fn.decl, 'closure declaration'), closureSignature);
  const struct = cx.sema.addStruct({
    name: fn.ref.name,
    module: cx.scope.module,
    span,
    scope: cx.scope,
    fields,
    params,
    closure: body,
    captured: origins.map(({ term }, i) => ({ param: term, origin: present(originArgs[i], 'captured origin') })),
    roles: rolesOf(cx, plans, copyable),
  });
  self.type = store.struct(
    struct.ref,
    params.map((param) => param.term),
  );
  const index = new Map(plans.map((plan, position) => [plan.entity, position]));
  const tracker: CaptureTracker = {
    fn: body,
    use: (entity, outer, at) => {
      const position = index.get(entity);
      const field = position === undefined ? undefined : fields[position];
      const context = tracked.context;
      if (position === undefined || field === undefined || context === null) return outer;
      const owner = isState(cx, field.type) ? context.closureState : context.closureSelf;
      const base = context.placeOf(present(owner, 'closure argument'), at);
      const place: HirExpr = { kind: 'field', base, index: position, name: field.name, type: field.type, span: at };
      return field.type.kind === 'ref'
        ? { kind: 'deref', reference: place, type: field.type.pointee, span: at }
        : place;
    },
  };
  const tracked: { context: BodyContext | null } = { context: null };
  const inner = new BodyContext(cx.state, body, cx.sema.signature(body), cx, signature.scope, false);
  inner.captures = tracker;
  tracked.context = inner;
  const checked = checkFunctionBody(inner);
  cx.state.bodies[body.id] = checked;
  if (checked === null) {
    cx.hasErrors = true;
    return null;
  }
  const type = store.struct(struct.ref, [...inherited.map((param) => param.term), ...originArgs]);
  return { kind: 'closure', value: { kind: 'aggregate', fields: values, type, span } };
}

function isClosureValue(cx: BodyContext, type: Term): boolean {
  return type.kind === 'struct' && cx.sema.hirStruct(cx.sema.structEntity(type.decl.id)).closure !== null;
}

/** A capture by copy. Where the user can tell, it goes through an argument, as in the official compiler. */
function capturedCopy(cx: BodyContext, place: HirExpr): HirExpr {
  const visible = place.type.kind === 'struct' && cx.sema.structEntity(place.type.decl.id).module.isUser;
  const copied =
    visible && !isTrivialType(cx.sema, place.type) ? cx.ops.method(cx, place, '_captured', [], place.span) : null;
  return copied ?? own(cx, place);
}

function checkBodyIn(
  cx: BodyContext,
  fn: FunctionEntity,
  signature: Signature,
  tracker: CaptureTracker,
): ReturnType<typeof checkFunctionBody> {
  const inner = new BodyContext(cx.state, fn, signature, cx, signature.scope, false);
  inner.captures = tracker;
  const body = checkFunctionBody(inner);
  cx.state.bodies[fn.id] = body;
  if (body === null) cx.hasErrors = true;
  return body;
}

/** A use of an outer local: seen from the nested function it is a capture, level by level. */
export function captureLocal(cx: BodyContext, entity: LocalEntity, span: Span): HirExpr {
  if (cx.state.owners.get(entity) === cx) return cx.placeOf(entity, span);
  const { parent } = cx;
  if (parent === null) return cx.placeOf(entity, span);
  if (cx.comptime) return captureLocal(parent, entity, span);
  const outer = captureLocal(parent, entity, span);
  const tracker = cx.captures;
  return tracker === null ? outer : tracker.use(entity, outer, span);
}

// ------------------------------------------------------------------------------------------------ lambdas

export function checkLambda(cx: BodyContext, expr: LambdaExpr, expected: Term | null): Checked {
  const span = cx.span(expr);
  if (expr.form === 'fn') return arrowLambda(cx, expr, expected);
  const fn = newFunction(cx, 'lambda', expr, null);
  const signature = cx.sema.signature(fn);
  if (signature.hasError) return ERROR_RESULT;
  return lambdaValue(cx, buildClosure(cx, fn, signature, expr.captures, 'imm', span), span);
}

function lambdaValue(cx: BodyContext, built: Built | null, span: Span): Checked {
  if (built === null) return ERROR_RESULT;
  if (built.kind === 'closure') return valueResult(built.value);
  const args = cx.sema.signature(built.fn).params.map((param) => (param.inherited ? param.term : cx.store.unbound));
  const term = cx.store.function(built.fn.ref, args);
  return valueResult({ kind: 'constant', term, type: cx.store.functionItem(term), span });
}

/** `fn(a, b) => e`: argument types come from the function type that is wanted. */
function arrowLambda(cx: BodyContext, expr: LambdaExpr, expected: Term | null): Checked {
  const span = cx.span(expr);
  const shape = expected === null ? null : functionBound(expected);
  if (shape === null) {
    cx.report(needsContext(span, ["'fn (…) => …'"]));
    return ERROR_RESULT;
  }
  const items = (expr.args?.items ?? []).flatMap((item) => (item.kind === 'Argument' ? [item] : []));
  if (items.length !== shape.args.length) {
    cx.report(notAValue(span, [`a lambda of ${items.length} arguments where ${shape.args.length} are wanted`]));
    return ERROR_RESULT;
  }
  const { store } = cx;
  const args = items.map((item, index): ArgDecl => {
    const formal = present(shape.args[index], 'argument of the wanted type');
    const root = store.newOriginRoot();
    const name = item.name?.name ?? '';
    return {
      name,
      decl: null,
      convention: formal.convention,
      type: formal.type,
      variadic: 'none',
      passing: 'positionalOnly',
      defaultExpr: null,
      defaultScope: cx.scope,
      root,
      origin: store.placeOrigin(root, name, [], store.bool(formal.convention !== 'imm')),
      privateCopy: false,
      closureOf: null,
      span: cx.span(item),
    };
  });
  const signature = (result: Term): Signature => ({
    // `addFunction` puts the new function here.
    fn: cx.fn as FunctionEntity,
    scope: cx.childScope(),
    params: cx.sema.paramsInScope(cx.scope),
    args,
    result,
    namedResult: null,
    raises: shape.raises,
    where: [],
    isInit: false,
    implicitConversion: false,
    hasError: false,
  });
  const result =
    shape.result.kind === 'unbound' || (shape.result.flags & 4) !== 0
      ? resultOf(cx, expr, signature(store.error))
      : shape.result;
  if (result.kind === 'error') return ERROR_RESULT;
  suggestLambda(cx, expr, args, result);
  const fn = newFunction(cx, 'lambda', expr, signature(result));
  return lambdaValue(cx, buildClosure(cx, fn, cx.sema.signature(fn), expr.captures, 'ref', span), span);
}

/** The modern spelling of `fn(a, b) => e`, now that its types are known. */
function suggestLambda(cx: BodyContext, expr: LambdaExpr, args: readonly ArgDecl[], result: Term): void {
  const spelled = args.map((arg) => {
    const convention = arg.convention === 'imm' ? '' : `${arg.convention} `;
    return `${convention}${arg.name}: ${typeName(arg.type)}`;
  });
  const text = `lambda (${spelled.join(', ')}) {ref} -> ${typeName(result)}: `;
  const span = { ...cx.span(expr), end: expr.body.start };
  // At a place of its own: the parser's note stands at the keyword.
  cx.report(typedNote('fn-lambda', cx.span(expr.body), [{ span, text }]));
}

/** The type of a lambda's body when the wanted type leaves it open. */
function resultOf(cx: BodyContext, expr: LambdaExpr, signature: Signature): Term {
  const attempt = cx.trial(() => {
    const inner = new BodyContext(cx.state, cx.fn, signature, cx, cx.childScope(), false);
    for (const arg of signature.args) {
      const local = inner.newLocal(arg.name, arg.type, arg.span);
      inner.declare(arg.name, inner.localEntity(local, arg.convention === 'imm' ? 'immutable' : 'mutable'));
    }
    return inner.ops.ownedValue(inner, expr.body, null, '').type;
  });
  return attempt.failed ? cx.known.none : attempt.value;
}
