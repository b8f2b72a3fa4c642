/** Two values of different types where one type is needed, as in the arms of a conditional and the elements of a display: literals, Never,
 *  functions, structs that differ in origins, and types of which one converts to the other.  In: checked values.  Out: both, converted. */
import type { Span } from '../../base/span.ts';
import type { Term } from '../../terms/term.ts';
import type { HirExpr } from '../hir.ts';
import type { BodyContext } from './body-context.ts';
import { isMutabilityParam, planConversion, valueTypeName } from './convert.ts';
import { ambiguousMerge, incompatible } from './errors.ts';
import { ownTypeOf } from './function-shape.ts';
import { isLiteral, materializeLiteral } from './places.ts';
import { isNever, roleOf } from './type-facts.ts';
import { typeName } from './type-name.ts';

/** One struct with different origins, as pointers to two variables are: the struct with both. Null where more differs. */
function withBothOrigins(cx: BodyContext, left: Term, right: Term): Term | null {
  if (left.kind !== 'struct' || right.kind !== 'struct' || left.decl !== right.decl) return null;
  const params = cx.sema.structParams(cx.sema.structEntity(left.decl.id));
  const args: Term[] = [];
  let mutabilityDiffers = false;
  for (const [i, a] of left.args.entries()) {
    const b = right.args[i];
    const param = params[i];
    if (b === undefined || param === undefined) return null;
    if (a === b) args.push(a);
    else if (isMutabilityParam(params, param.term)) {
      args.push(cx.store.and([a, b]));
      mutabilityDiffers = true;
    } else if (param.term.type.kind === 'originType') {
      const union = cx.store.unionOrigin([a, b]);
      args.push(mutabilityDiffers ? cx.store.immutableOrigin(union) : union);
    } else return null;
  }
  return cx.store.struct(left.decl, args);
}

/** Brings two values to one type; null after reporting. */
export function mergeTypes(
  cx: BodyContext,
  left: HirExpr,
  right: HirExpr,
  expected: Term | null,
  at: Span,
): readonly [HirExpr, HirExpr] | null {
  if (expected !== null && expected.kind !== 'unbound') {
    const a = planConversion(cx, left, expected);
    const b = planConversion(cx, right, expected);
    if (a !== null && b !== null && a.type === b.type) return [a.build(), b.build()];
  }
  if (isNever(cx, left.type) || isNever(cx, right.type)) {
    return [
      isLiteral(cx, left) ? materializeLiteral(cx, left) : left,
      isLiteral(cx, right) ? materializeLiteral(cx, right) : right,
    ];
  }
  if (left.type === right.type) {
    // A value that is chosen at run time has a run-time type.
    if (expected !== null || cx.comptime) return [left, right];
    return [materializeLiteral(cx, left), materializeLiteral(cx, right)];
  }
  const joined = withBothOrigins(cx, left.type, right.type);
  if (joined !== null) {
    const a = planConversion(cx, left, joined);
    const b = planConversion(cx, right, joined);
    if (a !== null && b !== null) return [a.build(), b.build()];
  }
  if (isLiteral(cx, left) && isLiteral(cx, right)) {
    const a = roleOf(cx.sema, left.type);
    const b = roleOf(cx.sema, right.type);
    if (a === b) return [materializeLiteral(cx, left), materializeLiteral(cx, right)];
    const numeric = (role: string | null): boolean => role === 'int-literal' || role === 'float-literal';
    const factory = numeric(a) && numeric(b) ? ambiguousMerge : incompatible;
    cx.report(factory(at, [typeName(left.type), typeName(right.type)]));
    return null;
  }
  // Each function is of a type of its own: as pointers, they are of one type if their calls look the same.
  const a = asPointer(cx, left);
  const b = asPointer(cx, right);
  if (a.type === b.type) return [a, b];
  const toRight = planConversion(cx, left, b.type);
  const toLeft = planConversion(cx, right, a.type);
  if (toRight !== null && toLeft === null) return [toRight.build(), b];
  if (toLeft !== null && toRight === null) return [a, toLeft.build()];
  const factory = toLeft !== null && toRight !== null ? ambiguousMerge : incompatible;
  // What a variable takes whose type is written tells nothing but the shape.
  const shape = a.type.kind === 'functionType' ? typeName(cx.store.plainFunctionType(a.type)) : null;
  const notes = shape === null || factory !== ambiguousMerge ? [] : [`a type that is written decides: '${shape}' takes both`];
  cx.report(factory(at, [valueTypeName(cx, left), valueTypeName(cx, right)], { notes }));
  return null;
}

/** A function as a value that may be replaced by another one of its shape; other values are returned as they are. */
export function asPointer(cx: BodyContext, value: HirExpr): HirExpr {
  const { type } = value;
  if (type.kind !== 'functionItem' || type.func.kind !== 'function') return value;
  const own = ownTypeOf(cx.sema, cx.sema.functionEntity(type.func.decl.id), type.func.args);
  return planConversion(cx, value, own)?.build() ?? value;
}
