/** Matches functions against function types: what converts to a `thin` pointer, and which function an overload set means. */
import { Substituter } from '../../terms/substitute.ts';
import type { FunctionTypeTerm, Term } from '../../terms/term.ts';
import { PLAIN_ARG } from '../../terms/term.ts';
import { argumentOrigins, takesAs } from '../declare/function-types.ts';
import type { FunctionEntity, Signature } from '../entities.ts';
import type { Sema } from '../sema.ts';
import { Bindings } from './bindings.ts';
import { namedFunctionType } from './type-name.ts';
import type { Candidate } from './values.ts';

/** The type of a function with complete arguments, as a thin function type; of a closure without the struct of its captures. */
export function thinTypeOf(sema: Sema, fn: FunctionEntity, args: readonly Term[], dropsFirst = false): Term {
  const signature = sema.signature(fn);
  const shown = dropsFirst ? signature.args.slice(1) : signature.args;
  const bindings = boundTo(sema, signature, args);
  const origins = argumentOrigins(sema.store, shown, (term) => bindings.apply(term));
  for (const [root, origin] of origins) bindings.bindOrigin(root, origin);
  return sema.store.functionType({
    params: [],
    args: shown.map((arg) => ({
      ...PLAIN_ARG,
      name: arg.name,
      convention: arg.convention,
      type: bindings.apply(sema.known.seen(arg.type, arg.variadic)),
      origin: arg.convention === 'ref' ? bindings.apply(arg.origin) : null,
      variadic: arg.variadic,
    })),
    result: bindings.apply(signature.result),
    raises: signature.raises === null ? null : bindings.apply(signature.raises),
    thin: true,
    cAbi: false,
  });
}

/** The type that a variable has which holds the function, or another one of its shape later: its calls still see the defaults and the
 *  keyword-only arguments of the function that it was made of. */
export function ownTypeOf(sema: Sema, fn: FunctionEntity, args: readonly Term[]): Term {
  const type = thinTypeOf(sema, fn, args);
  if (type.kind !== 'functionType') return type;
  const signature = sema.signature(fn);
  const bindings = boundTo(sema, signature, args);
  return sema.store.functionType({
    ...type,
    args: type.args.map((arg, index) => {
      const declared = signature.args[index];
      if (declared === undefined) return arg;
      const { defaultExpr, defaultScope } = declared;
      const value =
        defaultExpr === null ? null : sema.evaluateParameter(defaultExpr, defaultScope, declared.type).value;
      return {
        ...arg,
        default: value === null ? null : bindings.apply(value),
        keywordOnly: declared.passing === 'keywordOnly',
      };
    }),
  });
}

/** The parameters of a signature with the leading ones given. */
export function boundTo(sema: Sema, signature: Signature, args: readonly Term[]): Bindings {
  const bindings = new Bindings(sema, signature.params);
  signature.params.forEach((param, index) => {
    const arg = args[index];
    if (arg !== undefined && arg.kind !== 'unbound') bindings.bind(param.term, arg);
  });
  return bindings;
}

/** The type of a closure as its users call it; null for other types. */
export function closureShape(sema: Sema, type: Term): FunctionTypeTerm | null {
  if (type.kind !== 'struct') return null;
  const { closure } = sema.hirStruct(sema.structEntity(type.decl.id));
  if (closure === null) return null;
  const shape = thinTypeOf(sema, sema.functionEntity(closure), type.args, true);
  return shape.kind === 'functionType' ? { ...shape, thin: false } : null;
}

/** What messages call the type of a closure: its shape, with the names of its arguments. */
export function closureTypeName(sema: Sema, type: Term): string | null {
  const shape = closureShape(sema, type);
  return shape === null ? null : namedFunctionType(shape, ' ').replace('def  ', 'def');
}

/** The function term of `candidate` that has exactly the shape `target`; null when it has not. A function with open parameters has a
 *  shape with as many parameters: nothing is inferred from a plain one. */
export function matchFunctionType(
  sema: Sema,
  signature: Signature,
  inherited: readonly Term[],
  target: FunctionTypeTerm,
): Term | null {
  if (signature.args.length !== target.args.length || signature.hasError) return null;
  const bindings = boundTo(sema, signature, inherited);
  const open = signature.params.filter((param) => bindings.get(param.term) === null);
  // Those of `Some` arguments can only be inferred, and count where the type has as many.
  const explicit = open.filter((param) => param.passing !== 'inferOnly');
  const own = explicit.length === target.params.length ? explicit : open;
  if (target.params.length === 0 && open.some((param) => !param.inherited)) return null;
  if (target.params.length > 0) {
    if (own.length !== target.params.length) return null;
    for (const [index, param] of own.entries()) {
      bindings.bind(param.term, sema.store.bound(0, index));
      if (bindings.apply(param.term.type) !== target.params[index]?.type) return null;
    }
  }
  const origins = argumentOrigins(sema.store, signature.args, (term) => term);
  const named = new Substituter(sema.store, { params: new Map(), origins }, sema.reduce);
  for (let i = 0; i < target.args.length; i++) {
    const formal = signature.args[i];
    const actual = target.args[i];
    if (formal === undefined || actual === undefined) return null;
    if (!takesAs(formal.convention, actual.convention, signature.raises !== null)) return null;
    if (formal.variadic !== actual.variadic) return null;
    if (!bindings.unify(sema.known.seen(named.apply(formal.type), formal.variadic), actual.type)) return null;
    if (actual.origin !== null && !unifyOrigins(bindings, named.apply(formal.origin), actual.origin)) return null;
  }
  if (!bindings.unify(named.apply(signature.result), target.result)) return null;
  if (signature.raises !== null && bindings.apply(signature.raises) !== sema.known.never) {
    if (target.raises === null || !bindings.unify(signature.raises, target.raises)) return null;
  }
  const args = signature.params.map((param) => {
    const value = bindings.get(param.term) ?? sema.store.unbound;
    return target.params.length > 0 && value.kind === 'bound' ? sema.store.unbound : value;
  });
  if (target.params.length === 0 && args.some((arg) => arg.kind === 'unbound')) return null;
  return sema.store.function(signature.fn.ref, args);
}

/** A `ref` argument without a declared origin is a place of its own, of a mutability that is a parameter. */
export function unifyOrigins(bindings: Bindings, formal: Term, actual: Term): boolean {
  return formal.kind === 'placeOrigin' && actual.kind === 'placeOrigin'
    ? formal.root === actual.root && bindings.unify(formal.mut, actual.mut)
    : bindings.unify(formal, actual);
}

/** The only function among candidates that has the shape. */
export function selectByType(sema: Sema, candidates: readonly Candidate[], target: FunctionTypeTerm): Term | null {
  let found: Term | null = null;
  for (const candidate of candidates) {
    if (candidate.requirement !== null) continue;
    const match = matchFunctionType(sema, sema.signature(candidate.fn), candidate.inherited, target);
    if (match === null) continue;
    if (found !== null) return null;
    found = match;
  }
  return found;
}

/** The function type in a bound, if it has one. */
export function functionBound(bound: Term): FunctionTypeTerm | null {
  if (bound.kind === 'functionType') return bound;
  if (bound.kind !== 'composition') return null;
  for (const member of bound.members) if (member.kind === 'functionType') return member;
  return null;
}
