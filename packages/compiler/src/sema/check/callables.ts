/** Callables given in brackets: a type parameter bounded by a function type, and the value that is called through it. */
import type { Span } from '../../base/span.ts';
import type { Term } from '../../terms/term.ts';
import { PLAIN_ARG } from '../../terms/term.ts';
import { boundOf } from '../declare/bounds.ts';
import type { Signature } from '../entities.ts';
import type { HirExpr } from '../hir.ts';
import { Bindings } from './bindings.ts';
import type { BodyContext } from './body-context.ts';
import { functionBound } from './function-shape.ts';

export function isCallableType(cx: BodyContext, type: Term): boolean {
  if (type.kind === 'functionItem' || type.kind === 'functionType') return true;
  const bound = boundOf(type);
  if (bound !== null && functionBound(bound) !== null) return true;
  return type.kind === 'struct' && cx.sema.hirStruct(cx.sema.structEntity(type.decl.id)).closure !== null;
}

/** A value of a type that only stands for a callable: the hidden argument of a classic closure parameter, a function item, or the
 *  function that a parameter is bound to (no captures). Null when the type is no such thing. */
export function callableValue(cx: BodyContext, type: Term, span: Span): HirExpr | null {
  if (type.kind === 'functionItem') return { kind: 'constant', term: type.func, type, span };
  const bound = boundOf(type);
  if (bound === null || functionBound(bound) === null) return null;
  for (let at: BodyContext | null = cx; at !== null; at = at.parent) {
    const entity = at.hiddenArguments.get(type);
    if (entity === undefined) continue;
    return at === cx || cx.comptime ? cx.placeOf(entity, span) : cx.ops.capture(cx, entity, span);
  }
  // Elsewhere the type alone is no callable: a closure has captures, which an argument must bring.
  return cx.isClassic || cx.isLibrary ? { kind: 'constant', term: type, type, span } : null;
}

/** The function type of something callable, where it is known without its arguments. */
export function callableShape(cx: BodyContext, type: Term): Term | null {
  if (type.kind === 'functionType') return type;
  if (type.kind === 'functionItem' && type.func.kind === 'function') {
    const fn = cx.sema.functionEntity(type.func.decl.id);
    const args = type.func.args;
    const signature = cx.sema.signature(fn);
    const bindings = new Bindings(cx.sema, signature.params);
    signature.params.forEach((param, index) => {
      const arg = args[index];
      if (arg !== undefined && arg.kind !== 'unbound') bindings.bind(param.term, arg);
    });
    return shapeOf(cx, signature, bindings, 0);
  }
  if (type.kind === 'struct') {
    const closure = cx.sema.hirStruct(cx.sema.structEntity(type.decl.id)).closure;
    if (closure === null) return null;
    const signature = cx.sema.signature(cx.sema.functionEntity(closure));
    const bindings = new Bindings(cx.sema, signature.params);
    type.args.forEach((arg, index) => {
      const param = signature.params[index];
      if (param !== undefined) bindings.bind(param.term, arg);
    });
    return shapeOf(cx, signature, bindings, 1);
  }
  return null;
}

function shapeOf(cx: BodyContext, signature: Signature, bindings: Bindings, skip: number): Term {
  return cx.store.functionType({
    params: [],
    args: signature.args.slice(skip).map((arg) => ({
      ...PLAIN_ARG,
      name: arg.name,
      convention: arg.convention,
      type: bindings.applyWithHoles(cx.known.seen(arg.type, arg.variadic)),
      origin: null,
      variadic: arg.variadic,
    })),
    result: bindings.applyWithHoles(signature.result),
    raises: signature.raises === null ? null : bindings.applyWithHoles(signature.raises),
    thin: false,
    cAbi: false,
  });
}
