/** Places: where an expression designates memory, its origin and mutability, and how an owned value is obtained from it. */
import { present } from '../../base/invariant.ts';
import type { Span } from '../../base/span.ts';
import { substitute } from '../../terms/substitute.ts';
import type { OriginRootId, Term } from '../../terms/term.ts';
import { originMutability } from '../declare/origins.ts';
import type { LocalEntity } from '../entities.ts';
import type { HirExpr, HirPlace, HirStatement } from '../hir.ts';
import type { BodyContext, PlaceFacts } from './body-context.ts';
import { cannotCopy, cannotMaterialize, cannotMove, mustBeMutable } from './errors.ts';
import { closureTypeName } from './function-shape.ts';
import { defaultType, isLiteralType, roleOf } from './type-facts.ts';
import { typeName } from './type-name.ts';

type HirPart = Extract<HirExpr, { readonly kind: 'field' | 'element' }>;

export function isPlace(expr: HirExpr): expr is HirPlace {
  switch (expr.kind) {
    case 'local':
    case 'global':
    case 'deref':
      return true;
    case 'field':
    case 'element':
      return true;
    default:
      return false;
  }
}

/** What an origin that belongs to no variable is called. */
export const TEMPORARY = 'temporary';

/** Whether the expression designates memory that outlives it: a place whose root is not a temporary. */
export function isLastingPlace(expr: HirExpr): boolean {
  switch (expr.kind) {
    case 'local':
    case 'global':
    case 'deref':
      return true;
    case 'field':
    case 'element':
      return isLastingPlace(expr.base) || (expr.kind === 'element' && isPackType(expr.base.type));
    case 'block':
      return isLastingPlace(expr.result);
    default:
      return false;
  }
}

/** The value under the fields of a place that does not last: `make()` of `make().a.b`; null for all else. */
export function valueUnderFields(expr: HirExpr): HirExpr | null {
  if ((expr.kind !== 'field' && expr.kind !== 'element') || isLastingPlace(expr)) return null;
  return valueUnderFields(expr.base) ?? expr.base;
}

/** The same fields of another place of the root's type. */
export function fieldsOver(expr: HirExpr, root: HirPlace): HirPlace {
  if (expr.kind !== 'field' && expr.kind !== 'element') return root;
  return { ...expr, base: fieldsOver(expr.base, root) };
}

/** The same place, with the calls on the way to it made now: naming it twice calls nothing twice. */
export function reachedOnce(cx: BodyContext, place: HirPlace, into: HirStatement[]): HirPlace {
  switch (place.kind) {
    case 'field':
    case 'element':
      return isPlace(place.base) ? { ...place, base: reachedOnce(cx, place.base, into) } : place;
    case 'deref':
      return place.reference.kind === 'call' || place.reference.kind === 'block'
        ? cx.temporary(place.reference, into)
        : place;
    default:
      return place;
  }
}

/** `make().a` as a field of a variable of the compiler, so that it may be referred to; any other expression as it is. */
export function anchored(cx: BodyContext, expr: HirExpr, into: HirStatement[]): HirExpr {
  const root = valueUnderFields(expr);
  return root === null || root.type.kind === 'error' ? expr : fieldsOver(expr, cx.temporary(own(cx, root), into));
}

function isPackType(type: Term): boolean {
  return type.kind === 'struct' && type.decl.name === 'VariadicPack';
}

export function localFacts(cx: BodyContext, entity: LocalEntity): PlaceFacts {
  const known = cx.state.placeFacts.get(entity);
  if (known !== undefined) return known;
  if (entity.place !== null) return { origin: entity.place, mut: originMutability(cx.store, entity.place) };
  const mut = cx.store.bool(entity.mutability === 'mutable');
  return { origin: cx.store.placeOrigin(entity.local.origin, entity.name, [], mut), mut };
}

/** Origin and mutability of a place; null for a value. */
export function placeFacts(cx: BodyContext, expr: HirExpr): PlaceFacts | null {
  switch (expr.kind) {
    case 'local':
      return localFacts(cx, present(cx.state.localEntities.get(expr) ?? cx.entities[expr.local], 'entity of a local'));
    case 'global': {
      const mut = cx.store.bool(cx.state.globalMutability.get(expr) ?? true);
      const origin = present(cx.state.globalOrigins.get(expr), 'origin of a global');
      return { origin: cx.store.placeOrigin(origin.root, origin.name, [], mut), mut };
    }
    case 'field':
    case 'element': {
      const base = placeFacts(cx, expr.base);
      return base === null ? null : { origin: partOrigin(cx, expr, base.origin), mut: base.mut };
    }
    case 'deref': {
      const type = expr.reference.type;
      return type.kind === 'ref' ? { origin: type.origin, mut: type.mut } : null;
    }
    case 'block':
      return isPlace(expr.result) ? placeFacts(cx, expr.result) : null;
    default:
      return null;
  }
}

function partOrigin(cx: BodyContext, part: HirPart, base: Term): Term {
  if (part.kind === 'field') return cx.store.extendOrigin(base, { kind: 'field', index: part.index, name: part.name });
  if (roleOf(cx.sema, part.base.type) === 'pack' || part.index.kind !== 'int')
    return cx.store.extendOrigin(base, { kind: 'interior', name: 'element' });
  const index = Number(part.index.value);
  return cx.store.extendOrigin(base, { kind: 'field', index, name: String(index) });
}

/** The origin of `expr` where the value under its fields has the origin `root`. */
export function originOverRoot(cx: BodyContext, expr: HirExpr, root: Term): Term {
  if (expr.kind !== 'field' && expr.kind !== 'element') return root;
  return partOrigin(cx, expr, originOverRoot(cx, expr.base, root));
}

/** Whether a place may be written through, as far as the checker knows. */
export function isMutable(cx: BodyContext, expr: HirExpr): boolean {
  const facts = placeFacts(cx, expr);
  return facts !== null && (facts.mut === cx.store.true || (facts.mut.flags & 2) !== 0);
}

/** Reports unless the place can be assigned. */
export function requireMutable(cx: BodyContext, place: HirExpr, span: Span, where: string): boolean {
  if (place.type.kind === 'error') return true;
  if (isMutable(cx, place)) return true;
  const notes = isOfTemporary(cx, place) ? ['it belongs to a value that nobody keeps: store that in a variable first'] : [];
  cx.report(mustBeMutable(span, [where], { notes }));
  return false;
}

/** Handed out by a call that looked at a value of no variable. */
function isOfTemporary(cx: BodyContext, place: HirExpr): boolean {
  const origin = placeFacts(cx, place)?.origin;
  return origin?.kind === 'placeOrigin' && origin.name === TEMPORARY;
}

/** An owned value: a fresh value as it is, a place by an implicit copy where its type allows one. */
export function own(cx: BodyContext, expr: HirExpr): HirExpr {
  if (expr.type.kind === 'error') return expr;
  if (expr.kind === 'materialize' && !cx.comptime && expr.term.kind !== 'error') {
    if (!cx.sema.isImplicitlyCopyable(expr.type, cx.scope)) {
      cx.report(
        cannotMaterialize(expr.span, [typeName(expr.type)], {
          notes: [`use 'materialize' to explicitly materialize the value`],
        }),
      );
      return cx.error(expr.span);
    }
    return expr;
  }
  if (expr.kind === 'block' && isPlace(expr.result)) return { ...expr, result: own(cx, expr.result) };
  if (!isPlace(expr)) return expr;
  if (!cx.sema.isImplicitlyCopyable(expr.type, cx.scope)) {
    const closure = closureTypeName(cx.sema, expr.type);
    const notes = [`consider transferring the value with '^'`];
    if (closure === null) notes.push(`you can copy it explicitly with '.copy()'`);
    cx.report(cannotCopy(expr.span, [closure ?? typeName(expr.type)], { notes }));
    return cx.error(expr.span);
  }
  return { kind: 'copy', place: expr, type: expr.type, span: expr.span };
}

/** An owned value for a place of its own (a variable, a field, a result): what is transferred there has to move. */
export function stored(cx: BodyContext, expr: HirExpr): HirExpr {
  const value = own(cx, expr);
  if (value.kind !== 'transfer' || canMove(cx, value.type)) return value;
  cx.report(cannotMove(value.span, [typeName(value.type)]));
  return cx.error(value.span);
}

/** Whether values of a type may be transferred to another place. */
export function canMove(cx: BodyContext, type: Term): boolean {
  const movable = cx.isLibrary ? null : cx.known.trait('Movable');
  return movable === null || cx.sema.conforms(type, cx.store.trait(movable.ref), cx.scope) === true;
}

/** A literal that no context has typed takes its default type (`Int`, `Float64`, `String`); tuples elementwise. */
export function materializeLiteral(cx: BodyContext, expr: HirExpr): HirExpr {
  const target = defaultType(cx.sema, expr.type);
  return target === expr.type ? expr : cx.ops.convert(cx, expr, target, expr.span, '');
}

export function isLiteral(cx: BodyContext, expr: HirExpr): boolean {
  return isLiteralType(cx.sema, expr.type);
}

/** The place that a reference value designates; other values are returned as they are. */
export function derefResult(expr: HirExpr): HirExpr {
  return expr.type.kind === 'ref' ? { kind: 'deref', reference: expr, type: expr.type.pointee, span: expr.span } : expr;
}

/** Replaces origins named by roots inside a type. */
export function replaceOrigins(cx: BodyContext, term: Term, origins: ReadonlyMap<OriginRootId, Term>): Term {
  return substitute(cx.store, term, { params: new Map(), origins }, cx.sema.reduce);
}

/** The place seen as another type that elaboration proves equal (`rebind`), or the value. */
export function rebound(cx: BodyContext, value: HirExpr, target: Term, span: Span): HirExpr {
  const facts = isLastingPlace(value) ? placeFacts(cx, value) : null;
  if (facts === null || !isPlace(value)) return { kind: 'rebind', value: own(cx, value), type: target, span };
  const from = cx.store.ref(value.type, facts.origin, facts.mut);
  const to = cx.store.ref(target, facts.origin, facts.mut);
  const reference: HirExpr = { kind: 'refOf', place: value, mutable: facts.mut === cx.store.true, type: from, span };
  return { kind: 'deref', reference: { kind: 'rebind', value: reference, type: to, span }, type: target, span };
}

/** Whether a place is `var *args`: its elements belong to the function. */
export function ownsElements(cx: BodyContext, place: HirExpr): boolean {
  const entity = cx.state.localEntities.get(place);
  if (entity === undefined || entity.local.kind.kind !== 'argument') return false;
  const arg = cx.sema.hirFunction(entity.fn).args[entity.local.kind.index];
  return arg !== undefined && arg.owner !== null;
}
