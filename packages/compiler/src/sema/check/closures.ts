/** Closures: a nested function that captures becomes a struct of captures plus a function that takes the struct first; one that captures
 *  nothing is an ordinary function.
 *  In: the function and its capture list.  Out: the value that is built where the function is declared; its body is checked. */
import { present } from '../../base/invariant.ts';
import type { Span } from '../../base/span.ts';
import { label } from '../../diagnostics/diagnostic.ts';
import type { CaptureList, FunctionDecl, LambdaExpr } from '../../syntax/ast.ts';
import { Substituter } from '../../terms/substitute.ts';
import { type ParamTerm, type PlaceOriginTerm, type Term, TermFlags } from '../../terms/term.ts';
import { fieldTypeNotDestructible } from '../declare/errors.ts';
import { plainParam } from '../declare/scopes.ts';
import type { ArgDecl, ClosureRole, FunctionEntity, ParamDecl, Signature } from '../entities.ts';
import type { HirExpr, HirField, HirPlace, HirStatement } from '../hir.ts';
import { checkFunctionBody } from './body.ts';
import { BodyContext, type CaptureTracker } from './body-context.ts';
import { type CaptureConvention, type CapturePlan, discoverCaptures, planCaptures } from './captures.ts';
import { cannotCopy, requireMutableCapture } from './errors.ts';
import { again } from './display-elements.ts';
import { fresh } from './patterns.ts';
import { canMove, isPlace, own, placeFacts } from './places.ts';
import { immovableCapture } from './statement-errors.ts';
import { madeBy } from './take-values.ts';
import { forEachOperand } from './term-walk.ts';
import { isTrivialRegister, isTrivialType } from './type-facts.ts';
import { typeName } from './type-name.ts';

/** A function in the scope of a body. */
export function newFunction(
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

export type Built =
  | { readonly kind: 'plain'; readonly fn: FunctionEntity }
  | { readonly kind: 'closure'; readonly value: HirExpr };

/** Finds the captures, decides how each is stored, and checks the body for good. Null after an error. */
export function buildClosure(
  cx: BodyContext,
  fn: FunctionEntity,
  signature: Signature,
  list: CaptureList | null,
  implicit: CaptureConvention | null,
  span: Span,
  isAlwaysClosure = false,
): Built | null {
  const used = discoverCaptures(cx, fn, signature);
  const plans = planCaptures(cx, signature, used, list, implicit);
  if (plans === null) return null;
  if (plans.length === 0 && !isAlwaysClosure) {
    const body = checkBodyIn(cx, fn, signature, strictTracker(fn));
    if (body === null) return null;
    return { kind: 'plain', fn };
  }
  return makeClosure(cx, fn, signature, plans, span);
}

/** A tracker for a function without captures. */
function strictTracker(fn: FunctionEntity): CaptureTracker & { readonly strict: true } {
  return { fn, strict: true, use: (_entity, outer) => outer };
}

/** What a closure owns in memory it may change, call by call; what it keeps in registers it may not. */
function isState(cx: BodyContext, type: Term): boolean {
  return type.kind !== 'ref' && !isTrivialType(cx.sema, type) && !isTrivialRegister(cx, type);
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

/** What the struct of captures holds: fields, and the values for them; an origin parameter for each capture by reference, and for each
 *  origin in the type of one by value. */
interface Stored {
  readonly fields: readonly HirField[];
  readonly values: readonly HirExpr[];
  /** What is done before, and what lives until the values are there. */
  readonly statements: HirStatement[];
  readonly kept: readonly HirPlace[];
  readonly origins: readonly ParamDecl[];
  readonly originArgs: readonly Term[];
  readonly copyable: boolean;
}

/** Null after an error. */
function storeCaptures(cx: BodyContext, plans: readonly CapturePlan[], span: Span): Stored | null {
  const { store } = cx;
  const origins: ParamDecl[] = [];
  const originArgs: Term[] = [];
  const fields: HirField[] = [];
  const values: HirExpr[] = [];
  const statements: HirStatement[] = [];
  const kept: HirPlace[] = [];
  const copied = plans.filter(({ convention, outer }) => convention === 'var' && isCopySeen(cx, outer));
  // Where moves can be seen as well, a variable of its own would be one move too many.
  const asArguments = copied.length > 1 && !copied.some(({ outer }) => isMoveSeen(cx, outer));
  let copyable = true;
  const originParam = (name: string, mut: Term, origin: Term, span: Span): ParamTerm => {
    const term = store.newParam(name, store.originType(mut));
    origins.push({ ...plainParam(term, name, cx.scope, span), passing: 'inferOnly' });
    originArgs.push(origin);
    return term;
  };
  /** The type of an owned value with a parameter for each origin that it names: who holds the closure sees what it leads to. */
  const overOrigins = (type: Term, span: Span): Term => {
    const places = new Map<Term, Term>();
    forEachPlaceOrigin(type, (origin) => {
      if (!places.has(origin)) places.set(origin, originParam(origin.name, origin.mut, origin, span));
    });
    if (places.size === 0) return type;
    return new Substituter(store, { params: new Map(), origins: null }, cx.sema.reduce, places).apply(type);
  };
  for (const plan of plans) {
    const outer = fresh(cx, plan.outer, plan.span);
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
      // A closure ends by itself, and what it owns with it.
      if (!cx.isLibrary && !cx.sema.isDestructible(outer.type, cx.scope)) {
        const type = typeName(outer.type);
        cx.report(fieldTypeNotDestructible({ span, field: plan.entity.name, type, owner: '', recursion: 'none' }));
        return null;
      }
      const value: HirExpr =
        plan.convention === 'transfer' && isPlace(outer)
          ? { kind: 'transfer', place: outer, type: outer.type, span: plan.span }
          : capturedCopy(cx, outer, asArguments ? { statements, kept } : null);
      if (value.type.kind === 'error') return null;
      if (!cx.sema.isImplicitlyCopyable(outer.type, cx.scope)) copyable = false;
      fields.push({ name: plan.entity.name, type: overOrigins(outer.type, plan.span), span: plan.span });
      values.push(value);
      continue;
    }
    const mut = plan.convention === 'imm' ? store.false : plan.convention === 'ref' ? facts.mut : store.true;
    if (plan.convention === 'mut' && facts.mut !== store.true) {
      cx.report(requireMutableCapture(plan.span, [plan.entity.name]));
      return null;
    }
    const param = originParam(plan.entity.name, mut, facts.origin, plan.span);
    fields.push({ name: plan.entity.name, type: store.ref(outer.type, param, mut), span: plan.span });
    values.push({
      kind: 'refOf',
      place: outer,
      mutable: mut === store.true,
      type: store.ref(outer.type, facts.origin, mut),
      span: plan.span,
    });
  }
  return { fields, values, statements, kept, origins, originArgs, copyable };
}

function forEachPlaceOrigin(type: Term, visit: (origin: PlaceOriginTerm) => void): void {
  if ((type.flags & TermFlags.hasOrigin) === 0) return;
  if (type.kind === 'placeOrigin') visit(type);
  else forEachOperand(type, (operand) => forEachPlaceOrigin(operand, visit));
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
  const stored = storeCaptures(cx, plans, span);
  if (stored === null) return null;
  const { fields, values, statements, kept, origins, originArgs, copyable } = stored;
  const inherited = signature.params.filter((param) => param.inherited);
  const own_ = signature.params.filter((param) => !param.inherited);
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
  const value: HirExpr = { kind: 'aggregate', fields: values, type, span };
  if (kept.length === 0) return { kind: 'closure', value };
  const place = cx.temporary(value, statements);
  for (const argument of kept.toReversed()) statements.push({ kind: 'use', place: again(cx, argument), span });
  return { kind: 'closure', value: madeBy(statements, place, span) };
}

/** Whether the user can tell how often a value is copied. */
function isCopySeen(cx: BodyContext, { type }: HirExpr): boolean {
  return type.kind === 'struct' && cx.sema.structEntity(type.decl.id).module.isUser && !isTrivialType(cx.sema, type);
}

function isMoveSeen(cx: BodyContext, { type }: HirExpr): boolean {
  if (type.kind !== 'struct') return true;
  const { move } = cx.sema.hirStruct(cx.sema.structEntity(type.decl.id));
  return move.kind !== 'trivial' && move.kind !== 'memberwise';
}

/** A capture by copy. Where the user can tell, it goes through an argument, as in the official compiler; several are all there before the
 *  first is copied, and end, last first, when the last is. */
function capturedCopy(
  cx: BodyContext,
  place: HirExpr,
  arguments_: { readonly statements: HirStatement[]; readonly kept: HirPlace[] } | null,
): HirExpr {
  if (!isCopySeen(cx, place) || !isPlace(place)) return own(cx, place);
  if (arguments_ === null) return cx.ops.method(cx, place, '_captured', [], place.span) ?? own(cx, place);
  const argument: HirPlace = cx.temporary(own(cx, place), arguments_.statements);
  arguments_.kept.push(argument);
  return cx.ops.method(cx, argument, '_captured_one_of_several', [], place.span) ?? own(cx, argument);
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
