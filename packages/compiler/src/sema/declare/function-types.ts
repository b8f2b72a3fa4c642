/** Function types of callables: what a function item, closure or callable struct looks like as a function type, and when one shape
 *  satisfies another. */
import type { TermStore } from '../../terms/store.ts';
import { Substituter } from '../../terms/substitute.ts';
import type { FunctionTypeArg, FunctionTypeTerm, OriginRootId, ParamId, Term } from '../../terms/term.ts';
import { PLAIN_ARG } from '../../terms/term.ts';
import type { ArgDecl, FunctionEntity, Signature, StructEntity } from '../entities.ts';
import { conformanceTable } from './conformance-table.ts';
import type { DeclareContext } from './context.ts';
import { bindArgs } from './parameters.ts';

/** The function type of anything that can be called, without `self`; null for other types. */
export function callableType(cx: DeclareContext, type: Term): FunctionTypeTerm | null {
  switch (type.kind) {
    case 'functionType':
      return type;
    case 'functionItem':
      return callableType(cx, type.func);
    case 'function':
      return functionTypeOf(cx, cx.sema().signature(cx.sema().functionEntity(type.decl.id)), type.args, false);
    case 'struct': {
      const call = callMethodOf(cx, type);
      return call === null ? null : functionTypeOf(cx, cx.sema().signature(call.fn), call.args, call.dropsFirst);
    }
    default:
      return null;
  }
}

/** The function behind a struct as a callable: a closure's body, or the `__call__` of the function type that the struct says it is. */
export function callMethodOf(
  cx: DeclareContext,
  type: Term & { readonly kind: 'struct' },
): { readonly fn: FunctionEntity; readonly args: readonly Term[]; readonly dropsFirst: boolean } | null {
  const struct = cx.sema().structEntity(type.decl.id);
  const closure = cx.memo.closures.get(struct)?.closure ?? null;
  if (closure !== null) return { fn: closure, args: type.args, dropsFirst: true };
  const [bound] = callableBoundsOf(cx, struct);
  const fn = bound === undefined ? null : callMethodFor(cx, struct, bound);
  return fn === null ? null : { fn, args: type.args, dropsFirst: !fn.isStatic };
}

/** The function types in the conformance list of a struct, over the struct's parameters; more than one was reported. */
export function callableBoundsOf(cx: DeclareContext, struct: StructEntity): readonly FunctionTypeTerm[] {
  conformanceTable(cx, struct);
  return cx.memo.callableBounds.get(struct) ?? [];
}

/** The `__call__` of a struct that has the shape `bound`: a callable is called through an immutable reference. */
export function callMethodFor(
  cx: DeclareContext,
  struct: StructEntity,
  bound: FunctionTypeTerm,
): FunctionEntity | null {
  const self = cx.sema().structSelf(struct);
  const args = self.kind === 'struct' ? self.args : [];
  for (const member of struct.members.get('__call__') ?? []) {
    if (member.kind !== 'function') continue;
    const signature = cx.sema().signature(member);
    if (!member.isStatic && signature.args[0]?.convention !== 'imm') continue;
    const shape = functionTypeOf(cx, signature, args, !member.isStatic);
    if (shape !== null && matchesFunctionType(cx, shape, bound)) return member;
  }
  return null;
}

/** A signature with its leading flat parameters bound to `args`; parameters left over become the type's own. */
export function functionTypeOf(
  cx: DeclareContext,
  signature: Signature,
  args: readonly Term[],
  dropsFirst: boolean,
): FunctionTypeTerm | null {
  const store = cx.store;
  const params = new Map<ParamId, Term>(bindArgs(signature.params, args));
  const open = signature.params.filter((_, index) => (args[index]?.kind ?? 'unbound') === 'unbound');
  open.forEach((param, index) => {
    params.set(param.term.param, store.bound(0, index));
  });
  const shown = dropsFirst ? signature.args.slice(1) : signature.args;
  const values = new Substituter(store, { params, origins: null }, cx.sema().reduce);
  const origins = argumentOrigins(store, shown, (term) => values.apply(term));
  const substituter = new Substituter(store, { params, origins }, cx.sema().reduce);
  const type = store.functionType({
    params: open.map((param) => ({ name: param.name, type: substituter.apply(param.term.type) })),
    args: shown.map((arg) => ({
      ...PLAIN_ARG,
      name: arg.name,
      convention: arg.convention,
      type: substituter.apply(cx.sema().known.seen(arg.type, arg.variadic)),
      origin: arg.convention === 'ref' ? substituter.apply(arg.origin) : null,
      variadic: arg.variadic,
    })),
    result: substituter.apply(signature.result),
    raises: signature.raises === null ? null : substituter.apply(signature.raises),
    thin: true,
    cAbi: false,
  });
  return type.kind === 'functionType' ? type : null;
}

/** How a function type names the arguments of a function; `apply` gives values to the function's parameters. */
export function argumentOrigins(
  store: TermStore,
  args: readonly ArgDecl[],
  apply: (term: Term) => Term,
): Map<OriginRootId, Term> {
  return new Map(
    args.map(({ root, origin }, index) => {
      const isOwn = origin.kind === 'placeOrigin' && origin.root === root;
      return [root, isOwn ? store.argumentOrigin(index, apply(origin.mut)) : apply(origin)];
    }),
  );
}

/** Whether a function that takes an argument one way can be called as one that takes it another way: one that only reads can be lent
 *  more, or be handed a value that it leaves to be destroyed; one that takes a value apart owns it. */
export function takesAs(
  given: FunctionTypeArg['convention'],
  wanted: FunctionTypeArg['convention'],
  raises: boolean,
): boolean {
  if (given === 'deinit' && wanted === 'var') return true;
  return given === wanted || (given === 'imm' && (wanted === 'mut' || (wanted === 'var' && !raises)));
}

/** Whether a callable of type `given` can stand where `wanted` is asked for: equal but for `thin`; it may raise less and only read. */
export function matchesFunctionType(cx: DeclareContext, given: FunctionTypeTerm, wanted: FunctionTypeTerm): boolean {
  if (given.args.length !== wanted.args.length) return false;
  const raises = given.raises === null ? wanted.raises : given.raises;
  const isTaken = given.args.every((arg, i) => {
    const convention = wanted.args[i]?.convention;
    return convention !== undefined && takesAs(arg.convention, convention, given.raises !== null);
  });
  if (!isTaken) return false;
  const normal = (type: FunctionTypeTerm, error: Term | null): Term =>
    cx.store.functionType({
      ...type,
      args: type.args.map((arg, i) => ({
        ...arg,
        ...PLAIN_ARG,
        convention: wanted.args[i]?.convention ?? arg.convention,
      })),
      raises: error,
      thin: true,
    });
  return normal(given, raises) === normal(wanted, wanted.raises);
}
