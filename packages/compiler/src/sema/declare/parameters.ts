/** Parameter lists of structs, functions and comptime declarations, and the parameters that open types add by themselves.
 *  In: a list in source order and the flat list of the surroundings.  Out: the flat list; names are bound in `scope` one by one,
 *  so that later parameters see earlier ones. */
import type { Span } from '../../base/span.ts';
import type { Expr, Parameter, ParameterList } from '../../syntax/ast.ts';
import { Substituter } from '../../terms/substitute.ts';
import { type ParamId, type ParamTerm, type Term, TermFlags } from '../../terms/term.ts';
import type { Entity, ParamDecl, Scope } from '../entities.ts';
import { type DeclareContext, noteOlderParameter, spanOf } from './context.ts';
import { parameterNeedsType, redefinition } from './errors.ts';

export interface ParameterResult {
  /** Own parameters only. */
  readonly own: ParamDecl[];
  /** Classic closure parameters, which need a hidden argument. */
  readonly closures: ParamDecl[];
  readonly hasError: boolean;
}

/** `[origins: OriginSet, //, f: def(Int) capturing[origins] -> None]`: what a callable captured. Its type says that here, so that
 *  nothing is left for such a parameter to say. */
function isOriginSet(type: Expr | null): boolean {
  return type?.kind === 'NameExpr' && (type.name === 'OriginSet' || type.name === 'LifetimeSet');
}

export function declareParameters(
  cx: DeclareContext,
  list: ParameterList | null,
  scope: Scope,
  /** Names that the types of the arguments mention; null where no closure can be taken. */
  typeNames: ReadonlySet<string> | null,
): ParameterResult {
  const own: ParamDecl[] = [];
  const closures: ParamDecl[] = [];
  let hasError = false;
  if (list === null) return { own, closures, hasError };
  const inferOnlyEnd = list.items.findIndex((item) => item.kind === 'ListMarker' && item.marker === '//');
  const positionalEnd = list.items.findIndex((item) => item.kind === 'ListMarker' && item.marker === '/');
  let keywordOnly = false;
  list.items.forEach((item, index) => {
    if (item.kind === 'ListMarker') {
      if (item.marker === '*') keywordOnly = true;
      return;
    }
    const passing =
      index < inferOnlyEnd
        ? 'inferOnly'
        : index < positionalEnd
          ? 'positionalOnly'
          : keywordOnly
            ? 'keywordOnly'
            : 'normal';
    if (passing === 'inferOnly' && isOriginSet(item.type)) return;
    const span = spanOf(scope.module, item.name);
    const previous = scope.names.get(item.name.name)?.[0] ?? parameterOfStruct(scope, item.name.name);
    if (previous !== undefined && 'span' in previous) {
      cx.sink.report(
        redefinition({ span, name: item.name.name, previous: previous.span, note: 'previous definition here' }),
      );
      hasError = true;
    }
    const type = parameterType(cx, item, scope, own);
    if (type.kind === 'error') hasError = true;
    const term = cx.store.newParam(item.name.name, type, item.variadic);
    noteOlderParameter(cx, scope.module, term);
    const decl: ParamDecl = {
      term,
      name: item.name.name,
      passing,
      variadic: item.variadic,
      defaultExpr: item.default,
      defaultScope: scope,
      inherited: false,
      commonTypeOf: null,
      typeExpr: item.type,
      span,
    };
    own.push(decl);
    bindParam(scope, decl);
    if (type.kind === 'functionType' && !type.thin && takesCallable(item, scope, typeNames)) closures.push(decl);
    if (item.variadic) keywordOnly = true;
  });
  return { own, closures, hasError };
}

/** The parameter of the struct around a method, which the method's own parameters and arguments must not hide. */
export function parameterOfStruct(scope: Scope, name: string): Entity | undefined {
  const owner = scope.owner.kind === 'function' ? scope.parent?.owner : undefined;
  return owner?.kind === 'struct' && owner.struct.module.edition === '1' && owner.struct.module.isUser
    ? owner.struct.headerScope.names.get(name)?.[0]
    : undefined;
}

/** `[f: fn (Int) capturing -> None]`: the callable, not its type, is what the brackets take. In a classic file the same is
 *  meant without `capturing` where no argument has that type. */
function takesCallable(item: Parameter, scope: Scope, typeNames: ReadonlySet<string> | null): boolean {
  if (typeNames === null || item.type?.kind !== 'FunctionTypeExpr') return false;
  const { capturing, escaping } = item.type.effects;
  return capturing || escaping || (scope.module.edition === 'classic' && !typeNames.has(item.name.name));
}

function parameterType(cx: DeclareContext, item: Parameter, scope: Scope, own: ParamDecl[]): Term {
  if (item.type === null) {
    cx.sink.report(parameterNeedsType({ span: spanOf(scope.module, item.name) }));
    return cx.sema().known.anyType;
  }
  const type = cx.sema().evaluateAnnotation(item.type, scope, { allowUnbound: true });
  return fillHoles(cx, type, scope, spanOf(scope.module, item.type), (decl) => own.push(decl));
}

export function bindParam(scope: Scope, decl: ParamDecl): void {
  scope.names.set(decl.name, [{ kind: 'param', name: decl.name, term: decl.term, span: decl.span }]);
}

/** A parameter that the signature adds by itself: infer-only, without a name in the scope. */
export function addedParam(
  cx: DeclareContext,
  name: string,
  type: Term,
  scope: Scope,
  span: Span,
  variadic = false,
  typeExpr: Expr | null = null,
): ParamDecl {
  const term = cx.store.newParam(name, type, variadic);
  noteOlderParameter(cx, scope.module, term);
  return {
    term,
    name,
    passing: 'inferOnly',
    variadic,
    defaultExpr: null,
    defaultScope: scope,
    inherited: false,
    commonTypeOf: null,
    typeExpr,
    span,
  };
}

/** Replaces each open parameter (`List[_]`, bare `SIMD`) by an added infer-only parameter. */
export function fillHoles(
  cx: DeclareContext,
  type: Term,
  scope: Scope,
  span: Span,
  add: (decl: ParamDecl) => void,
): Term {
  if ((type.flags & TermFlags.hasUnbound) === 0) return type;
  const store = cx.store;
  const fill = (term: Term): Term => fillHoles(cx, term, scope, span, add);
  switch (type.kind) {
    case 'unbound': {
      const decl = addedParam(cx, '_', cx.sema().known.anyType, scope, span);
      add(decl);
      return decl.term;
    }
    case 'struct': {
      const params = cx.sema().structParams(cx.sema().structEntity(type.decl.id));
      const bindings = new Map<ParamId, Term>();
      const args: Term[] = [];
      type.args.forEach((arg, index) => {
        const param = params[index];
        let value = arg;
        if (param !== undefined) {
          const expected = applyBindings(cx, param.term.type, bindings);
          if (arg.kind === 'unbound') {
            const decl = addedParam(cx, param.name, expected, scope, span, param.variadic);
            add(decl);
            value = decl.term;
          } else if (arg.kind === 'list') {
            value = store.list(
              arg.elements.map((element) => {
                if (element.kind !== 'unbound') return fill(element);
                const decl = addedParam(cx, param.name, expected, scope, span);
                add(decl);
                return decl.term;
              }),
            );
          } else value = fill(arg);
          bindings.set(param.term.param, value);
        }
        args.push(value);
      });
      return store.struct(type.decl, args);
    }
    case 'ref':
      return store.ref(fill(type.pointee), fill(type.origin), fill(type.mut));
    case 'originType': {
      const decl = addedParam(cx, 'mut', cx.sema().known.bool, scope, span);
      add(decl);
      return store.originType(type.mut.kind === 'unbound' ? decl.term : type.mut);
    }
    case 'functionType':
      return store.functionType({
        ...type,
        args: type.args.map((arg) => ({ ...arg, type: fill(arg.type) })),
        result: fill(type.result),
      });
    default:
      return type;
  }
}

export function applyBindings(cx: DeclareContext, term: Term, params: ReadonlyMap<ParamId, Term>): Term {
  if (params.size === 0) return term;
  return new Substituter(cx.store, { params, origins: null }, cx.sema().reduce).apply(term);
}

export function bindArgs(params: readonly ParamDecl[], args: readonly Term[]): Map<ParamId, Term> {
  const map = new Map<ParamId, Term>();
  params.forEach((param, index) => {
    const arg = args[index];
    if (arg !== undefined) map.set(param.term.param, arg);
  });
  return map;
}

/** The parameters of a flat list as arguments: the declaration applied to itself. */
export function selfArgs(params: readonly ParamDecl[]): ParamTerm[] {
  return params.map((param) => param.term);
}
