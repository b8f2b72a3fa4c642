/** Binding patterns of `var`, `for`, `with`: names, `_`, and tuples taken apart. */
import type { Span } from '../../base/span.ts';
import type { NamePattern, Pattern } from '../../syntax/ast.ts';
import { type Term, TermFlags } from '../../terms/term.ts';
import type { LocalEntity } from '../entities.ts';
import { firstName } from '../../syntax/separate-comptime.ts';
import type { HirExpr, HirStatement } from '../hir.ts';
import type { BodyContext } from './body-context.ts';
import { addressSpaceless, cannotCopy, cannotUnpack, parametricClosure, redefinition, unsupported } from './errors.ts';
import { asPointer } from './merge-types.ts';
import { isLastingPlace, isPlace, materializeLiteral, own, placeFacts, reachedOnce, stored } from './places.ts';
import { unpackCount } from './statement-errors.ts';
import { takeValues } from './take-values.ts';
import { defaultType, isObserved, isTrivialType, roleOf, tupleElements } from './type-facts.ts';
import { typeName } from './type-name.ts';
import { label } from '../../diagnostics/diagnostic.ts';

export type BindingMode =
  /** An own variable. */
  | { readonly kind: 'value'; readonly mutability: LocalEntity['mutability'] }
  /** A reference to the place. `mutable`: with the place's own mutability. */
  | { readonly kind: 'ref'; readonly mutable: boolean };

/** Declares a name in the current scope, unless the same scope has it. */
export function declareLocal(cx: BodyContext, name: string, entity: LocalEntity, span: Span): void {
  if (name === '_') return;
  const existing = cx.scope.names.get(name)?.[0];
  if (existing !== undefined && 'span' in existing)
    cx.report(redefinition(span, [name], { secondary: [label(existing.span, 'previous definition here')] }));
  cx.declare(name, entity);
}

/** A name that was reported: its uses, in the whole function unless a scope is given, are no mistakes of their own. */
export function declareSilent(cx: BodyContext, name: string, span: Span, scope = cx.functionScope ?? cx.scope): void {
  const unknown = cx.localEntity(cx.newLocal(name, cx.store.error, span), 'mutable');
  scope.names.set(name, [unknown]);
}

/** Binds `pattern` to `value`. */
export function bindPattern(
  cx: BodyContext,
  pattern: Pattern,
  value: HirExpr,
  mode: BindingMode,
  into: HirStatement[],
): void {
  const span = cx.span(pattern);
  switch (pattern.kind) {
    case 'NamePattern':
      bindName(cx, pattern.name.name, cx.span(pattern.name), value, writtenMode(pattern, mode), into);
      return;
    case 'WildcardPattern':
      discard(value, into, span);
      return;
    case 'TuplePattern': {
      if (value.type.kind === 'error') {
        for (const element of pattern.elements) bindPattern(cx, element, cx.error(span), mode, into);
        return;
      }
      const elements = roleOf(cx.sema, value.type) === 'tuple' ? tupleElements(value.type) : null;
      if (elements === null || elements.length !== pattern.elements.length) {
        const first = elements === null ? null : firstName(pattern);
        if (first !== null) cx.report(unpackCount(cx.span(first), [first.name]));
        else {
          const type = typeName(materializeLiteral(cx, value).type);
          const notes = type.startsWith('DictEntry[')
            ? ["'items()' gives entries: 'for e in d.items()', then 'e.key' and 'e.value'"]
            : [];
          cx.report(cannotUnpack(span, [type, pattern.elements.length], { notes }));
        }
        for (const element of pattern.elements) bindPattern(cx, element, cx.error(span), mode, into);
        return;
      }
      const unpacked = { value, count: elements.length, span };
      const inner = elementMode(cx, mode);
      unpack(cx, pattern.elements, unpacked, into, (element, part) => bindPattern(cx, element, part, inner, into));
      return;
    }
    case 'ErrorPattern':
      return;
    default:
      cx.report(unsupported(span, ['this pattern here']));
  }
}

/** `for i, var x in …`: a name with a binding of its own. */
function writtenMode(pattern: NamePattern, outer: BindingMode): BindingMode {
  if (pattern.binding === 'var') return { kind: 'value', mutability: 'mutable' };
  return pattern.binding === 'ref' && outer.kind === 'value' ? { kind: 'ref', mutable: false } : outer;
}

/** Who takes a tuple apart by reference only reads its elements. */
function elementMode(cx: BodyContext, mode: BindingMode): BindingMode {
  return mode.kind === 'ref' && !cx.isClassic ? { kind: 'ref', mutable: false } : mode;
}

function discard(value: HirExpr, into: HirStatement[], span: Span): void {
  if (value.type.kind === 'error') return;
  if (isPlace(value) && isLastingPlace(value)) into.push({ kind: 'use', place: value, span });
  else into.push({ kind: 'expr', expr: value, span });
}

export interface Unpacked {
  readonly value: HirExpr;
  readonly count: number;
  readonly span: Span;
}

/** Hands each element of a tuple to `each`: a tuple being built is taken apart as values, any other by element. */
export function unpack<P>(
  cx: BodyContext,
  targets: readonly P[],
  unpacked: Unpacked,
  into: HirStatement[],
  each: (target: P, part: HirExpr) => void,
): void {
  const { value, count, span } = unpacked;
  if (value.kind === 'aggregate' && !isBuiltWhole(cx, value.fields)) {
    // All parts are evaluated before any is stored.
    const values = value.fields.map((field) => {
      const natural = own(cx, materializeLiteral(cx, field));
      if (natural.kind === 'constant' || natural.type.kind === 'error') return natural;
      if (!cx.sema.isImplicitlyCopyable(natural.type, cx.scope)) {
        const notes = ['unpacking copies the elements of the tuple; declare the variables one by one'];
        cx.report(cannotCopy(natural.span, [typeName(natural.type)], { notes }));
        return cx.error(natural.span);
      }
      return natural;
    });
    const parts = takeValues(cx, values, into, () => false);
    for (const [index, target] of targets.entries()) each(target, parts[index] ?? cx.error(span));
    return;
  }
  // `a, b = t^` reads the elements where they stand, as `a, b = t` does.
  const source = value.kind === 'transfer' && isLastingPlace(value.place) ? value.place : value;
  const base =
    isPlace(source) && isLastingPlace(source) ? reachedOnce(cx, source, into) : cx.temporary(own(cx, source), into);
  const elements = tupleElements(value.type);
  for (let i = 0; i < count; i++) {
    const target = targets[i];
    const type = elements?.[i];
    if (target === undefined || type === undefined) continue;
    const place: HirExpr = {
      kind: 'element',
      base: fresh(cx, base),
      index: cx.store.int(BigInt(i), cx.known.int),
      type,
      span,
    };
    each(target, place);
  }
}

/** Whether a tuple that is only taken apart has to be built all the same: unpacking copies its elements, and somebody may see it. */
export function isBuiltWhole(cx: BodyContext, fields: readonly HirExpr[]): boolean {
  if (cx.isClassic || cx.isLibrary) return false;
  return fields.some(
    ({ type }) =>
      type.kind !== 'error' &&
      (isObserved(cx.sema, type) || !cx.sema.isImplicitlyCopyable(defaultType(cx.sema, type), cx.scope)),
  );
}

/** A node of its own for a local that is named several times. */
export function fresh(cx: BodyContext, place: HirExpr, span = place.span): HirExpr {
  if (place.kind !== 'local') return place;
  const entity = cx.state.localEntities.get(place);
  return entity === undefined ? place : cx.placeOf(entity, span);
}

/** A variable holds one function, not all that a generic one stands for, and may hold another one of its shape later. */
function oneFunction(cx: BodyContext, value: HirExpr): HirExpr {
  if (value.type.kind !== 'functionItem' || (value.type.flags & TermFlags.hasUnbound) === 0) return asPointer(cx, value);
  const { func } = value.type;
  cx.report(parametricClosure(value.span, [func.kind === 'function' ? func.decl.name : 'the function']));
  return cx.error(value.span);
}

export function bindName(
  cx: BodyContext,
  name: string,
  span: Span,
  value: HirExpr,
  mode: BindingMode,
  into: HirStatement[],
): LocalEntity {
  if (mode.kind === 'ref') {
    const reference = referenceTo(cx, value, mode.mutable, span);
    if (reference !== null) {
      const local = cx.newLocal(name, reference.type, span);
      const entity = cx.localEntity(local, 'mutable');
      into.push({ kind: 'let', local: local.id, init: reference, span });
      declareLocal(cx, name, entity, span);
      return entity;
    }
  }
  const init = value.type.kind === 'error' ? value : stored(cx, materializeLiteral(cx, oneFunction(cx, value)));
  const local = cx.newLocal(
    name,
    init.type,
    span,
    { kind: 'var' },
    null,
    mode.kind === 'value' && mode.mutability === 'bindOnce',
  );
  const entity = cx.localEntity(
    local,
    mode.kind === 'value' ? mode.mutability : mode.mutable ? 'mutable' : 'immutable',
  );
  into.push({ kind: 'let', local: local.id, init, span });
  declareLocal(cx, name, entity, span);
  return entity;
}

/** A reference value to a place; null for a value without a place. */
export function referenceTo(cx: BodyContext, value: HirExpr, mutable: boolean, span: Span): HirExpr | null {
  if (value.kind === 'block' && isPlace(value.result)) {
    const inner = referenceTo(cx, value.result, mutable, span);
    return inner === null ? null : { ...value, result: inner, type: inner.type };
  }
  if (!isPlace(value) || !isLastingPlace(value)) return null;
  const facts = placeFacts(cx, value);
  if (facts === null) return null;
  const mut = mutable ? facts.mut : cx.store.false;
  return {
    kind: 'refOf',
    place: value,
    mutable: mut === cx.store.true,
    type: cx.store.ref(value.type, facts.origin, mut),
    span,
  };
}

function isInMemory(cx: BodyContext, type: Term): boolean {
  if (type.kind !== 'struct' || isTrivialType(cx.sema, type)) return false;
  const struct = cx.sema.hirStruct(cx.sema.structEntity(type.decl.id));
  return !struct.registerPassable && !struct.trivialRegisterPassable && struct.builtin !== 'tuple';
}

/** `ref r = place`. A fresh value in memory lives as long as the name; one in registers has no place. */
export function requireReference(cx: BodyContext, value: HirExpr, span: Span): HirExpr {
  if (value.type.kind === 'error') return value;
  const reference = referenceTo(cx, value, true, span);
  if (reference !== null) return reference;
  if (!isPlace(value) && isInMemory(cx, value.type)) return value;
  cx.report(addressSpaceless(span, [typeName(materializeLiteral(cx, value).type)]));
  return cx.error(span);
}
