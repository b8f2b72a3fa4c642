/** Adapters between a requirement and a more lenient implementation: a method that only reads an argument which the trait hands over
 *  or lends for change, that cannot raise where the trait's may, that lends its result, or whose result converts to the trait's. The library's iterators leave the test for the end to their caller
 *  (`__has_next__`); as an `Iterator`, their adapter makes the test and raises. The adapter has exactly the requirement's signature, so that
 *  a call through the trait and the function it reaches always agree. */
import { makeId } from '../../base/ids.ts';
import { Substituter } from '../../terms/substitute.ts';
import type { OriginRootId, ParamId, Term } from '../../terms/term.ts';
import type { ArgDecl, FunctionEntity, ParamDecl, Signature, StructEntity } from '../entities.ts';
import type { HirArg, HirBody, HirExpr, HirLocal, HirLocalId, HirPlace, HirStatement } from '../hir.ts';
import { type DeclareContext, newFunction, newScope } from './context.ts';

/** Whether `candidate` can stand for the requirement as it is. */
export function needsAdapter(requirement: Signature, candidate: Signature): boolean {
  if ((requirement.raises === null) !== (candidate.raises === null)) return true;
  if (copiesResult(requirement, candidate)) return true;
  return requirement.args.some((arg, index) => arg.convention !== candidate.args[index]?.convention);
}

/** A method may lend what the trait wants a value of (the library's iterators do): the adapter copies. */
export function copiesResult(requirement: Signature, candidate: Signature): boolean {
  return candidate.result.kind === 'ref' && requirement.result.kind !== 'ref';
}

export function pointeeOf(type: Term): Term {
  return type.kind === 'ref' ? type.pointee : type;
}

/** What a program calls as `it.__next__()` of a library iterator: it tests for the end, and lends what the iterator lends. */
export function checkedNext(cx: DeclareContext, struct: StructEntity): FunctionEntity | null {
  const known = cx.memo.checkedNext.get(struct);
  if (known !== undefined) return known;
  const requirement = cx.sema().known.trait('Iterator')?.members.get('__next__')?.[0];
  const method = struct.members.get('__next__')?.[0];
  let found: FunctionEntity | null = null;
  if (requirement?.kind === 'function' && method?.kind === 'function') {
    const candidate = cx.sema().signature(method);
    if (candidate.raises === null) found = adapterFor(cx, struct, cx.sema().signature(requirement), candidate, true);
  }
  cx.memo.checkedNext.set(struct, found);
  return found;
}

/** `lends`: the result is the candidate's, a reference where it has one. */
export function adapterFor(
  cx: DeclareContext,
  struct: StructEntity,
  requirement: Signature,
  candidate: Signature,
  lends = false,
): FunctionEntity {
  const fn = newFunction(cx, {
    name: requirement.fn.ref.name,
    decl: null,
    module: struct.module,
    span: candidate.fn.span,
    scope: struct.scope,
    parent: struct,
    enclosing: null,
    functionKind: { kind: 'written' },
    isStatic: requirement.fn.isStatic,
    isDefault: false,
  });
  const inherited = cx
    .sema()
    .structParams(struct)
    .map((param) => ({ ...param, inherited: true }));
  const params = new Map<ParamId, Term>();
  const origins = new Map<OriginRootId, Term>();
  const requiredSelf = requirement.params[0];
  if (requiredSelf !== undefined) params.set(requiredSelf.term.param, cx.sema().structSelf(struct));
  const scope = newScope(struct.scope, struct.module, { kind: 'function', fn });
  const own: ParamDecl[] = [];
  const apply = (term: Term): Term => new Substituter(cx.store, { params, origins }, cx.sema().reduce).apply(term);
  for (const param of requirement.params) {
    if (param.inherited) continue;
    const term = cx.store.newParam(param.name, apply(param.term.type), param.variadic);
    params.set(param.term.param, term);
    own.push({ ...param, term, defaultScope: scope });
  }
  const args: ArgDecl[] = [];
  for (const arg of requirement.args) {
    const root = cx.store.newOriginRoot();
    const isPlace = arg.origin.kind === 'placeOrigin' && arg.origin.root === arg.root;
    const mut = isPlace && arg.origin.kind === 'placeOrigin' ? apply(arg.origin.mut) : cx.store.true;
    const origin = isPlace ? cx.store.placeOrigin(root, arg.name, [], mut) : apply(arg.origin);
    origins.set(arg.root, origin);
    args.push({ ...arg, decl: null, type: apply(arg.type), root, origin, defaultExpr: null, defaultScope: scope });
  }
  const allParams = [...inherited, ...own];
  const signature: Signature = {
    fn,
    scope,
    params: allParams,
    args,
    result: lends ? callOf(cx, struct, { params: allParams, args }, candidate).result : apply(requirement.result),
    namedResult: null,
    raises: requirement.raises === null ? null : apply(requirement.raises),
    where: [],
    isInit: requirement.isInit,
    implicitConversion: false,
    hasError: false,
  };
  cx.memo.signature.set(fn, signature);
  cx.adapters.add(fn);
  cx.memo.derivedBodies.set(fn, () => adapterBody(cx, struct, signature, candidate));
  return fn;
}

/** The parameters that the adapter passes to the candidate, and what it gets from it. */
function callOf(
  cx: DeclareContext,
  struct: StructEntity,
  signature: Pick<Signature, 'params' | 'args'>,
  candidate: Signature,
): { readonly inherited: readonly Term[]; readonly passed: readonly Term[]; readonly result: Term } {
  const own = signature.params.filter((param) => !param.inherited);
  // A default of another trait has the struct as its `Self`.
  const self = cx.sema().structSelf(struct);
  const inherited = candidate.fn.parent?.kind === 'trait' ? [self] : inheritedTerms(signature);
  const needed = candidate.params.length - inherited.length;
  // A `ref` argument of the requirement may have brought a mutability that the candidate does not ask for.
  const passed = own
    .filter((param) => needed === own.length || !isMutability(signature, param))
    .map((param) => param.term);
  const origins = new Map<OriginRootId, Term>();
  candidate.args.forEach((arg, index) => {
    const given = signature.args[index];
    if (given !== undefined) origins.set(arg.root, given.origin);
  });
  const params = new Map<ParamId, Term>();
  candidate.params
    .filter((param) => !param.inherited)
    .forEach((param, index) => {
      const term = passed[index];
      if (term !== undefined) params.set(param.term.param, term);
    });
  const ownSelf = candidate.fn.parent?.kind === 'trait' ? candidate.params[0] : undefined;
  if (ownSelf !== undefined) params.set(ownSelf.term.param, self);
  const result = new Substituter(cx.store, { params, origins }, cx.sema().reduce).apply(candidate.result);
  return { inherited, passed, result };
}

function inheritedTerms(signature: Pick<Signature, 'params'>): readonly Term[] {
  return signature.params.filter((param) => param.inherited).map((param) => param.term);
}

function adapterBody(
  cx: DeclareContext,
  struct: StructEntity,
  signature: Signature,
  candidate: Signature,
): HirBody {
  const span = signature.fn.span;
  const hir = cx.sema().hirFunction(signature.fn);
  const locals = hir.args.map(
    (arg, index): HirLocal => ({
      id: makeId<HirLocalId>(index),
      name: arg.name,
      type: arg.type,
      span,
      kind: { kind: 'argument', index },
      origin: arg.origin,
      bindOnce: false,
    }),
  );
  const args = locals.map((local, index): HirArg => {
    const place: HirPlace = { kind: 'local', local: local.id, type: local.type, span };
    switch (candidate.args[index]?.convention) {
      case 'mut':
        return { mode: 'borrowMut', expr: place };
      case 'ref':
        return { mode: signature.args[index]?.convention === 'imm' ? 'borrow' : 'borrowMut', expr: place };
      case 'var':
      case 'deinit': {
        const kind = signature.args[index]?.convention === 'imm' ? 'copy' : 'transfer';
        return { mode: 'own', expr: { kind, place, type: local.type, span } };
      }
      default:
        return { mode: 'borrow', expr: place };
    }
  });
  const { inherited, passed, result: lent } = callOf(cx, struct, signature, candidate);
  const lends = candidate.result.kind === 'ref' && signature.result.kind !== 'ref';
  const converts = !lends && lent !== signature.result && lent.kind === 'struct' && candidate.fn.module.isUser;
  const call: HirExpr = {
    kind: 'call',
    type: lends || converts ? lent : signature.result,
    span,
    callee: { kind: 'function', fn: candidate.fn.id, args: [...inherited, ...passed] },
    args,
    raises: candidate.raises === null ? null : signature.raises,
  };
  const returnsNothing = signature.result === cx.sema().known.none;
  const type = signature.result;
  const converted = converts ? cx.sema().convertImplicitly(call, type, candidate.fn.scope) : null;
  const value: HirExpr = lends
    ? { kind: 'copy', place: { kind: 'deref', reference: call, type, span }, type, span }
    : (converted ?? { ...call, type });
  return {
    function: signature.fn.id,
    locals,
    statements: [
      ...endOfIteration(cx, struct, signature, candidate, locals[0]),
      ...(returnsNothing ? [{ kind: 'expr' as const, span, expr: call }] : [{ kind: 'return' as const, span, value }]),
    ],
    endSpan: span,
  };
}

/** `if self.__has_next__(): … else: raise StopIteration()` before the `__next__` of a library iterator that does not test. */
function endOfIteration(
  cx: DeclareContext,
  struct: StructEntity,
  signature: Signature,
  candidate: Signature,
  self: HirLocal | undefined,
): readonly HirStatement[] {
  const isNext = candidate.fn.ref.name === '__next__' && !candidate.fn.module.isUser && candidate.raises === null;
  const test = isNext ? struct.members.get('__has_next__')?.[0] : undefined;
  if (signature.raises === null || self === undefined || test?.kind !== 'function') return [];
  const span = signature.fn.span;
  const place: HirPlace = { kind: 'local', local: self.id, type: self.type, span };
  const condition: HirExpr = {
    kind: 'call',
    type: cx.sema().known.bool,
    span,
    callee: { kind: 'function', fn: test.id, args: inheritedTerms(signature) },
    args: [{ mode: 'borrow', expr: place }],
    raises: null,
  };
  const value: HirExpr = { kind: 'aggregate', fields: [], type: signature.raises, span };
  return [{ kind: 'if', condition, onTrue: [], onFalse: [{ kind: 'raise', value, span }], span }];
}

/** Whether a parameter is the added mutability of a `ref` argument. */
export function isMutability(signature: Pick<Signature, 'args'>, param: ParamDecl): boolean {
  return signature.args.some((arg) => arg.origin.kind === 'placeOrigin' && arg.origin.mut === param.term);
}
