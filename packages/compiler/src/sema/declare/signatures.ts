/** Resolves the signature of a function: flat parameters, arguments with conventions, result, error type, `where` clauses.
 *  Each at most once; a signature that needs itself is reported and becomes an error signature. */
import { NEVER_RAISING } from '../../syntax/edition.ts';
import { collectParams } from '../check/term-walk.ts';
import { typeName } from '../check/type-name.ts';
import type { Span } from '../../base/span.ts';
import type { Argument, ArgumentList, Expr, FunctionDecl, LambdaExpr, Node } from '../../syntax/ast.ts';
import { printExpression } from '../../syntax/print-expression.ts';
import { walkTree } from '../../syntax/walk.ts';
import { makeId } from '../../base/ids.ts';
import { type Convention, type OriginRootId, type ParamTerm, type Term, TermFlags } from '../../terms/term.ts';
import type { ArgDecl, FunctionEntity, ParamDecl, Scope, Signature, WhereClause } from '../entities.ts';
import type { HirLocalId } from '../hir.ts';
import { isBound } from './bounds.ts';
import { type DeclareContext, newScope, spanOf } from './context.ts';
import { hasDecorator } from './decorators.ts';
import {
  argumentNeedsType,
  callableAsArgument,
  deinitOfOther,
  deinitOutside,
  deinitArgument,
  initNeedsSelf,
  notConcreteType,
  outAndResult,
  outVariadic,
  parametricArgument,
  ownParameterOfResult,
  packOfNoList,
  recursiveReference,
  redefinition,
  keywordsNeedVar,
  refNeedsOrigin,
  repeatedOutArgument,
  resultOriginOpen,
  selfType,
  selfVariadic,
  traitAsArgument,
  traitAsResult,
  traitWhere,
  unpackOfNoPack,
} from './errors.ts';
import { clausesIn, conditionIn } from './header-conditions.ts';
import { originOfElements } from './lent-elements.ts';
import { originMutability } from './origins.ts';
import { addedParam, bindParam, declareParameters, fillHoles, parameterOfStruct } from './parameters.ts';
import { paramsInScope, plainParam } from './scopes.ts';
import { someBound } from './some-type.ts';
import { synthesizedSignature } from './synthesized.ts';

export function signatureOf(cx: DeclareContext, fn: FunctionEntity): Signature {
  const known = cx.memo.signature.get(fn);
  if (known === 'busy') {
    cx.sink.report(recursiveReference({ span: fn.span, name: fn.ref.name }));
    return errorSignature(cx, fn);
  }
  if (known !== undefined) return known;
  cx.memo.signature.set(fn, 'busy');
  const signature = resolveSignature(cx, fn);
  cx.memo.signature.set(fn, signature);
  return signature;
}

function resolveSignature(cx: DeclareContext, fn: FunctionEntity): Signature {
  if (fn.functionKind.kind === 'synthesized') return synthesizedSignature(cx, fn);
  if (fn.decl === null) return emptySignature(cx, fn);
  return new SignatureBuilder(cx, fn, fn.decl).build();
}

export function errorSignature(cx: DeclareContext, fn: FunctionEntity): Signature {
  return { ...emptySignature(cx, fn), result: cx.store.error, hasError: true };
}

/** Flat parameters of the surroundings of a function. */
function inheritedParams(cx: DeclareContext, fn: FunctionEntity): readonly ParamDecl[] {
  if (fn.enclosing !== null) return paramsInScope(cx, fn.scope);
  const parent = fn.parent;
  if (parent === null) return [];
  if (parent.kind === 'trait') return [plainParam(parent.self, 'Self', fn.scope, parent.span)];
  return cx
    .sema()
    .structParams(parent)
    .map((param) => ({ ...param, inherited: true }));
}

/** No arguments, no result: globals initializers, thunks whose maker gave no signature. */
function emptySignature(cx: DeclareContext, fn: FunctionEntity): Signature {
  return {
    fn,
    scope: newScope(fn.scope, fn.module, { kind: 'function', fn }),
    params: inheritedParams(cx, fn),
    args: [],
    result: cx.sema().known.none,
    namedResult: null,
    raises: null,
    where: [],
    isInit: false,
    implicitConversion: false,
    hasError: false,
  };
}

const LIFECYCLE_INITS: ReadonlySet<string> = new Set(['__init__', '__copyinit__', '__moveinit__']);

class SignatureBuilder {
  private readonly cx: DeclareContext;
  private readonly fn: FunctionEntity;
  private readonly decl: FunctionDecl | LambdaExpr;
  private readonly scope: Scope;
  private readonly params: ParamDecl[] = [];
  private readonly added: ParamDecl[] = [];
  private readonly args: ArgDecl[] = [];
  /** The written type of a constructor's `out self`, where it is not `Self`. */
  private selfParts: Term | null = null;
  private readonly isClassic: boolean;
  private hasError = false;
  private namedResult: { name: string; root: OriginRootId; type: Term } | null = null;

  constructor(cx: DeclareContext, fn: FunctionEntity, decl: FunctionDecl | LambdaExpr) {
    this.cx = cx;
    this.fn = fn;
    this.decl = decl;
    this.isClassic = fn.module.edition === 'classic';
    this.scope = newScope(fn.scope, fn.module, { kind: 'function', fn });
  }

  build(): Signature {
    const { cx, fn, decl } = this;
    const known = cx.sema().known;
    cx.partialParams.set(this.scope, () => [...this.params, ...this.added]);
    this.params.push(...inheritedParams(cx, fn));
    const declared = declareParameters(cx, decl.parameters, this.scope, namesIn(decl.args));
    this.params.push(...declared.own);
    this.hasError = declared.hasError || this.params.some((param) => param.term.type.kind === 'error');
    this.declareCommonType();
    this.assumeConditions(false);
    if (decl.args !== null) this.declareArguments(decl.args);
    for (const closure of declared.closures) this.addClosureArgument(closure);
    this.assumeConditions(true);
    const isInit = fn.parent?.kind !== undefined && LIFECYCLE_INITS.has(fn.ref.name);
    const result = this.resultType();
    this.params.push(...this.added);
    const raises = this.raisesType();
    const signature: Signature = {
      fn,
      scope: this.scope,
      params: this.params,
      args: this.args,
      result,
      namedResult: this.namedResult === null ? null : { name: this.namedResult.name, root: this.namedResult.root },
      raises,
      where: [],
      isInit,
      implicitConversion: isInit && this.isImplicit(),
      hasError: this.hasError || result.kind === 'error',
    };
    // Clauses may call what is being declared here: they are evaluated when everything else is known.
    cx.partialParams.delete(this.scope);
    cx.memo.signature.set(fn, signature);
    const where = this.whereClauses();
    this.checkSelfParts(where);
    if (where.length === 0) return signature;
    for (const clause of where) this.scope.facts.push(clause.term);
    const complete: Signature = { ...signature, where };
    if (known.bool.kind === 'error') return signature;
    return complete;
  }

  private span(node: { readonly start: number; readonly end: number }): Span {
    return spanOf(this.fn.module, node);
  }

  /** A clause over parameters alone needs nothing of the signature, and types of the arguments may rely on it; on one that also
   *  names arguments (`origin_of(x)`), the result's type. */
  private assumeConditions(ofArguments: boolean): void {
    const clauses = this.decl.kind === 'FunctionDecl' ? this.decl.where : [];
    const items = this.decl.args?.items ?? [];
    for (const { condition } of clauses) {
      if (!isParameterCondition(condition)) continue;
      const names = items.some(
        (item) => item.kind === 'Argument' && item.name !== null && mentionsName(condition, item.name.name),
      );
      if (names === ofArguments) this.scope.facts.push(conditionIn(this.cx, condition, this.scope));
    }
  }

  private whereClauses(): WhereClause[] {
    const { cx, fn, decl } = this;
    const clauses = [...(cx.memo.extensionWhere.get(fn.scope) ?? [])];
    if (decl.kind === 'FunctionDecl') {
      const first = decl.where[0];
      if (first !== undefined && fn.parent?.kind === 'trait')
        cx.sink.report(traitWhere({ span: this.span(first.condition) }));
      clauses.push(...clausesIn(cx, decl.where, this.scope));
    }
    return clauses;
  }

  /** `@implicit`; in classic files every constructor that takes one argument. */
  private isImplicit(): boolean {
    if (this.decl.kind === 'LambdaExpr') return false;
    if (hasDecorator(this.decl.decorators, 'implicit')) return true;
    if (!this.isClassic || this.fn.ref.name !== '__init__') return false;
    const required = this.args.filter((arg) => arg.defaultExpr === null && arg.variadic === 'none');
    const [only] = this.args;
    return required.length === 1 && only !== undefined && only.defaultExpr === null && only.passing !== 'keywordOnly';
  }

  private raisesType(): Term | null {
    const { cx, decl } = this;
    const effects = decl.effects;
    if (effects.raisesType !== null)
      return cx.sema().evaluateType(effects.raisesType, this.scope, { allowUnbound: false });
    if (effects.raises) return cx.sema().known.error;
    const impliedByDef =
      this.fn.module.looseDef &&
      decl.kind === 'FunctionDecl' &&
      decl.keyword === 'def' &&
      !NEVER_RAISING.has(decl.name.name);
    return impliedByDef ? cx.sema().known.error : null;
  }

  // ---- results

  private resultType(): Term {
    const { cx, decl } = this;
    const sema = cx.sema();
    const result = decl.result;
    if (this.namedResult !== null) {
      const isPlainInit =
        decl.kind === 'FunctionDecl' && decl.name.name === '__init__' && result?.type.kind === 'NoneExpr';
      if (result !== null && decl.kind === 'FunctionDecl' && !(isPlainInit || this.isClassic))
        cx.sink.report(outAndResult({ span: this.span(result) }));
      return this.namedResult.type;
    }
    if (result === null)
      return this.isClassic && this.returnsObject() ? (this.objectType() ?? sema.known.none) : sema.known.none;
    const type = this.valueType(result.type, null);
    if (type.kind === 'error') this.hasError = true;
    if (result.name !== null) {
      const root = cx.store.newOriginRoot();
      this.namedResult = { name: result.name.name, root, type };
      this.bindLocal(result.name.name, type, root, this.span(result.name), this.args.length, false, null);
    }
    if (!result.isRef) return type;
    if (result.origins === null) {
      cx.sink.report(refNeedsOrigin({ span: this.span(result) }));
      this.hasError = true;
      return cx.store.error;
    }
    if (result.origins.some((origin) => origin.kind === 'UnderscoreExpr')) {
      cx.sink.report(resultOriginOpen({ span: this.span(result) }));
      this.hasError = true;
      return cx.store.error;
    }
    const named = sema.evaluateOrigin(result.origins, this.scope);
    if (named.kind === 'error') {
      this.hasError = true;
      return cx.store.error;
    }
    const { isUser, seesClassicNames } = this.fn.module;
    const origin = isUser && seesClassicNames ? originOfElements(cx, named, type, this.args) : named;
    const [only] = result.origins;
    const isWritable =
      only?.kind === 'CallExpr' && only.callee.kind === 'NameExpr' && only.callee.name === '__writable';
    return cx.store.ref(type, origin, isWritable ? cx.store.true : originMutability(cx.store, origin));
  }

  /** The type of a result: concrete, no holes. */
  private valueType(expr: Expr, hint: Term | null): Term {
    const type = hint ?? this.cx.sema().evaluateAnnotation(expr, this.scope, { allowUnbound: true });
    if (isBound(type) && expr.kind === 'NameExpr' && type.kind === 'trait') {
      const declared = this.span(expr);
      this.cx.sink.report(traitAsResult({ span: this.firstReturn() ?? declared, name: expr.name, declared }));
      return this.cx.store.error;
    }
    if (isBound(type)) {
      const returned = type.kind === 'functionType' && expr.kind !== 'SubscriptExpr' ? this.firstReturn() : null;
      this.cx.sink.report(notConcreteType({ span: this.span(expr), type: printExpression(expr), returned }));
      return this.cx.store.error;
    }
    if ((type.flags & TermFlags.hasUnbound) !== 0 && this.fn.module.isUser && !this.fn.module.seesClassicNames) {
      this.cx.sink.report(
        notConcreteType({ span: this.span(expr), type: typeName(type), returned: null, isOpen: true }),
      );
      return this.cx.store.error;
    }
    return fillHoles(this.cx, type, this.scope, this.span(expr), (decl) => this.added.push(decl));
  }

  // ---- arguments

  private declareArguments(list: ArgumentList): void {
    const { cx, fn } = this;
    const items = list.items;
    const positionalEnd = items.findIndex((item) => item.kind === 'ListMarker' && item.marker === '/');
    let keywordOnly = false;
    const outs = items.filter((item) => item.kind === 'Argument' && item.convention === 'out');
    items.forEach((item, index) => {
      if (item.kind === 'ListMarker') {
        if (item.marker === '*') keywordOnly = true;
        return;
      }
      const isSelf = index === 0 && fn.parent !== null && !fn.isStatic && !hasReturnedSelf(this.decl, fn.ref.name);
      const span = this.span(item.name ?? item);
      const name = item.name?.name ?? '';
      const previous = this.scope.names.get(name)?.[0] ?? parameterOfStruct(this.scope, name);
      if (name !== '' && name !== '_' && previous !== undefined && 'span' in previous) {
        cx.sink.report(redefinition({ span, name, previous: previous.span, note: 'previous definition here' }));
        this.hasError = true;
      }
      if (isSelf && item.variadic !== 'none' && fn.module.isUser && !fn.module.seesClassicNames) {
        cx.sink.report(selfVariadic({ span }));
        this.hasError = true;
      }
      const convention = this.convention(item, isSelf);
      if (convention === 'out') {
        this.declareOut(item, isSelf, span, outs[0] === item || isSelf);
        return;
      }
      const passing = index < positionalEnd ? 'positionalOnly' : keywordOnly ? 'keywordOnly' : 'normal';
      this.declareArgument(item, convention, isSelf, passing, span);
      if (item.variadic !== 'none') keywordOnly = true;
    });
  }

  private declareOut(item: Argument, isSelf: boolean, span: Span, isFirstOut: boolean): void {
    const { cx } = this;
    const name = item.name?.name ?? '';
    if (item.variadic !== 'none') {
      cx.sink.report(outVariadic({ span }));
      this.hasError = true;
    } else if (!isFirstOut) {
      cx.sink.report(repeatedOutArgument({ span }));
      this.hasError = true;
    }
    let type: Term;
    if (isSelf) type = this.argumentType(item, true, span);
    else if (item.type !== null) type = this.valueType(item.type, null);
    // `out self` of a method that is no initializer was reported.
    else type = name === 'self' && this.fn.parent !== null ? this.selfTerm() : this.missingType(span);
    const root = cx.store.newOriginRoot();
    if (!isSelf && this.fn.ref.name === '__init__' && type !== this.selfTerm() && this.isTypeOfStruct(type))
      this.selfParts = type;
    this.namedResult = { name, root, type };
    if (type.kind === 'error') this.hasError = true;
    this.bindLocal(name, type, root, span, 0, false, null);
  }

  private declareArgument(
    item: Argument,
    convention: Convention,
    isSelf: boolean,
    passing: ArgDecl['passing'],
    span: Span,
  ): void {
    const { cx } = this;
    const name = item.name?.name ?? '';
    const root = cx.store.newOriginRoot();
    const type = this.argumentType(item, isSelf, span);
    if (type.kind === 'error') this.hasError = true;
    const { parent } = this.fn;
    if (item.convention === 'deinit' && parent?.kind === 'struct' && this.fn.module.isUser) {
      const isSelfType = type.kind !== 'struct' || type.decl.id === parent.ref.id;
      if (!isSelfType) cx.sink.report(deinitOfOther({ span }));
    }
    const origin = this.argumentOrigin(item, convention, name, root, span);
    if (item.variadic === 'keyword' && item.convention !== 'var' && !this.isClassic) {
      cx.sink.report(keywordsNeedVar({ span }));
      this.hasError = true;
    }
    if (item.packType && type.kind !== 'error') {
      const isList = type.kind !== 'struct' && !isBound(type) && (type.kind !== 'param' || type.variadic);
      if (item.variadic === 'none') cx.sink.report(unpackOfNoPack({ span }));
      else if (!isList) cx.sink.report(packOfNoList({ span: this.span(item.type ?? item) }));
      if (item.variadic === 'none' || !isList) this.hasError = true;
    }
    const variadic =
      item.variadic === 'none' ? 'none' : item.variadic === 'keyword' ? 'keywords' : this.packOrList(item, type);
    const classicDef =
      this.fn.module.looseDef &&
      !isSelf &&
      this.decl.kind === 'FunctionDecl' &&
      this.decl.keyword === 'def' &&
      item.convention === null;
    this.args.push({
      name,
      decl: item,
      convention,
      type,
      variadic,
      passing,
      defaultExpr: item.default,
      defaultScope: this.scope,
      root,
      origin,
      privateCopy: classicDef,
      closureOf: null,
      span,
    });
    const seen = cx.sema().known.seen(type, variadic);
    this.bindLocal(name, seen, root, span, this.args.length - 1, convention !== 'imm', origin);
  }

  private packOrList(item: Argument, type: Term): 'pack' | 'list' {
    return item.packType || (type.kind === 'param' && type.variadic) ? 'pack' : 'list';
  }

  private addClosureArgument(closure: ParamDecl): void {
    const root = this.cx.store.newOriginRoot();
    const mut = this.cx.store.false;
    this.args.push({
      name: closure.name,
      decl: null,
      convention: 'imm',
      type: closure.term,
      variadic: 'none',
      passing: 'keywordOnly',
      defaultExpr: null,
      defaultScope: this.scope,
      root,
      origin: this.cx.store.placeOrigin(root, closure.name, [], mut),
      privateCopy: false,
      closureOf: closure.term,
      span: closure.span,
    });
  }

  private convention(item: Argument, isSelf: boolean): Convention {
    const name = this.fn.ref.name;
    if (isSelf) {
      const isOld = item.convention === 'mut' && (name !== '__init__' || this.fn.module.seesClassicNames);
      if (LIFECYCLE_INITS.has(name) && (isOld || item.convention === 'out' || !this.fn.module.isUser)) return 'out';
      if (name === '__init__' && item.name?.name === 'self' && this.fn.module.isUser) {
        // The body and the calls are checked as if it were there.
        this.cx.sink.report(initNeedsSelf({ span: this.fn.span }));
        return 'out';
      }
      if (name === '__del__' || name === '__deinit__') {
        // `owned self`, as it was written before `deinit`, has its dialect note.
        const ends = item.convention === 'deinit' || item.convention === 'var';
        if (!ends && !this.isClassic && this.fn.module.isUser)
          this.cx.sink.report(deinitArgument({ span: this.span(item), name: 'self' }));
        return 'deinit';
      }
      return item.convention ?? 'imm';
    }
    if (this.fn.parent !== null && name === '__moveinit__' && item.convention === 'var') return 'deinit';
    if (item.convention === 'deinit' && this.fn.parent === null && this.fn.module.isUser)
      this.cx.sink.report(deinitOutside({ span: this.span(item.name ?? item) }));
    if (item.convention !== null) return item.convention;
    return item.variadic === 'keyword' ? 'var' : 'imm';
  }

  private argumentType(item: Argument, isSelf: boolean, span: Span): Term {
    const { cx } = this;
    if (isSelf) {
      const self = this.selfTerm();
      if (item.type === null) return self;
      const written = cx.sema().evaluateType(item.type, this.scope, { allowUnbound: true });
      if (written.kind === 'error') return self;
      if (written !== self && this.fn.module.isUser && !this.isClassic) {
        if (item.convention !== 'out' || !this.isTypeOfStruct(written)) this.checkSelfType(item.type);
        else this.selfParts = written;
      }
      return fillHoles(cx, written, this.scope, span, (decl) => this.added.push(decl));
    }
    if (item.type === null) {
      // A static method may call an argument `self`, too; it has the same type.
      if (this.fn.isStatic && this.fn.parent !== null && item.name?.name === 'self') return this.selfTerm();
      if (!this.isClassic) return this.missingType(span);
      return this.objectType() ?? this.missingType(span);
    }
    const some = someBound(this.cx.sema(), this.scope, item.type);
    if (some !== null) return this.addType(printExpression(item.type), some.bound, span, some.written);
    const many = item.packType ? someBound(cx.sema(), this.scope, item.type, 'SomeTypeList') : null;
    if (many !== null) return this.addType(printExpression(item.type), many.bound, span, many.written, true);
    let type = cx.sema().evaluateAnnotation(item.type, this.scope, { allowUnbound: true });
    if (item.functionForm && type.kind === 'functionType') type = cx.store.functionType({ ...type, thin: false });
    // What a pointer's own parameters are must not matter to the code behind it.
    const isParametric = (param: { readonly type: Term }): boolean => param.type.kind !== 'originType';
    if (type.kind === 'functionType' && type.thin && type.params.some(isParametric) && this.fn.module.isUser) {
      cx.sink.report(parametricArgument({ span: this.span(item.type) }));
      return cx.store.error;
    }
    if (type.kind === 'functionType' && !type.thin && item.variadic !== 'none' && this.fn.module.isUser) {
      cx.sink.report(notConcreteType({ span: this.span(item.type), type: printExpression(item.type), returned: null }));
      return cx.store.error;
    }
    if (type.kind === 'functionType' && !type.thin) {
      this.checkCallableArgument(item, item.type);
      return this.addType(item.name?.name ?? 'F', type, span);
    }
    if (isBound(type)) {
      const declared = this.span(item.type);
      const use = this.firstMemberUse(item.name?.name ?? '') ?? this.firstCall();
      cx.sink.report(traitAsArgument({ span: use ?? declared, name: printExpression(item.type), declared }));
      return cx.store.error;
    }
    return fillHoles(cx, type, this.scope, this.span(item.type), (decl) => this.added.push(decl));
  }

  /** `f: def(Int) -> Int`: without `thin` a constraint, as which older files take it. Edition 1 lets it stand as long as nobody uses it. */
  private checkCallableArgument(item: Argument, type: Expr): void {
    const { module } = this.fn;
    const isConstraint =
      type.kind === 'FunctionTypeExpr' &&
      type.keyword === 'def' &&
      !(type.effects.capturing || type.effects.escaping || item.functionForm);
    if (!isConstraint || !module.isUser || module.edition !== '1' || module.seesClassicNames) return;
    const inBody = this.firstUse(item.name?.name ?? '');
    const use = this.fn.parent === null ? (inBody ?? this.firstCall()) : (this.firstMethodCall() ?? inBody);
    if (use === null) return;
    const declared = this.span(type);
    this.cx.sink.report(
      callableAsArgument({ span: use, name: item.name?.name ?? '', type: printExpression(type), declared }),
    );
    this.hasError = true;
  }

  /** The first call of an argument in the body. */
  private firstUse(name: string): Span | null {
    const body = this.decl.kind === 'FunctionDecl' ? this.decl.body : null;
    if (body === null) return null;
    const found: Span[] = [];
    walkTree(body, (node) => {
      if (
        found.length === 0 &&
        node.kind === 'CallExpr' &&
        node.callee.kind === 'NameExpr' &&
        node.callee.name === name
      )
        found.push(this.span(node));
    });
    return found[0] ?? null;
  }

  /** The dynamic type of classic files. */
  private objectType(): Term | null {
    const entity = this.cx.sema().lookup(this.scope, 'object')?.[0];
    const object = entity?.kind === 'import' ? entity.resolve()[0] : entity;
    return object?.kind === 'struct' ? this.cx.sema().structSelf(object) : null;
  }

  /** A classic `def` that does not state the type of what it returns. */
  private returnsObject(): boolean {
    const { decl, fn } = this;
    if (decl.kind !== 'FunctionDecl' || decl.keyword !== 'def' || !fn.module.isUser) return false;
    if (decl.name.name.startsWith('__') || decl.name.name === 'main') return false;
    const nested: FunctionDecl[] = [];
    let returns = false;
    walkTree(decl.body, (node) => {
      if (node.kind === 'FunctionDecl') nested.push(node);
      if (node.kind === 'ReturnStmt' && node.value !== null && node.value.kind !== 'NoneExpr')
        returns ||= !nested.some((inner) => inner.start <= node.start && node.end <= inner.end);
    });
    return returns;
  }

  /** Where the body first uses a member of an argument: what a trait as the type of that argument does not give. */
  private firstMemberUse(name: string): Span | null {
    const body = this.decl.kind === 'FunctionDecl' ? this.decl.body : null;
    if (body === null || !this.fn.module.isUser) return null;
    const found: Span[] = [];
    walkTree(body, (node) => {
      if (found.length === 0 && node.kind === 'MemberExpr' && node.base.kind === 'NameExpr' && node.base.name === name)
        found.push(this.span(node));
    });
    return found[0] ?? null;
  }

  /** The first call of a free function by its name in its own file. */
  private firstCall(): Span | null {
    const { tree } = this.fn.module;
    if (tree === null || this.fn.parent !== null || !this.fn.module.isUser) return null;
    const found: Span[] = [];
    for (const item of tree.items)
      walkTree(item, (node) => {
        if (found.length > 0 || node.kind !== 'CallExpr' || node.callee.kind !== 'NameExpr') return;
        if (node.callee.name === this.fn.ref.name) found.push(this.span(node.args[0] ?? node));
      });
    return found[0] ?? null;
  }

  /** The first argument of the first call of a method by its name in its own file. */
  private firstMethodCall(): Span | null {
    const found: Span[] = [];
    for (const item of this.fn.module.tree?.items ?? [])
      walkTree(item, (node) => {
        if (found.length > 0 || node.kind !== 'CallExpr' || node.callee.kind !== 'MemberExpr') return;
        if (node.callee.name.name === this.fn.ref.name) found.push(this.span(node.args[0] ?? node));
      });
    return found[0] ?? null;
  }

  /** The first value that the body returns. */
  private firstReturn(): Span | null {
    const body = this.decl.kind === 'FunctionDecl' ? this.decl.body : null;
    if (body === null || !this.fn.module.isUser) return null;
    const found: Expr[] = [];
    const nested: Node[] = [];
    walkTree(body, (node) => {
      if (node.kind === 'FunctionDecl') nested.push(node);
      else if (node.kind === 'ReturnStmt' && node.value !== null) found.push(node.value);
    });
    const own = found.find((value) => !nested.some((fn) => fn.start <= value.start && value.end <= fn.end));
    return own === undefined ? null : this.span(own);
  }

  private missingType(span: Span): Term {
    this.cx.sink.report(argumentNeedsType({ span }));
    return this.cx.store.error;
  }

  private addType(name: string, bound: Term, span: Span, written: Expr | null = null, variadic = false): Term {
    if (bound.kind === 'error') return bound;
    const decl = addedParam(this.cx, name, bound, this.scope, span, variadic, written);
    this.added.push(decl);
    return decl.term;
  }

  private argumentOrigin(item: Argument, convention: Convention, name: string, root: OriginRootId, span: Span): Term {
    const { cx } = this;
    const store = cx.store;
    if (convention !== 'ref') return store.placeOrigin(root, name, [], store.bool(convention !== 'imm'));
    const isOpen = item.origins === null || item.origins.every((origin) => origin.kind === 'UnderscoreExpr');
    if (item.origins !== null && !isOpen) {
      const origin = cx.sema().evaluateOrigin(item.origins, this.scope);
      if (origin.kind === 'error') this.hasError = true;
      return origin;
    }
    const mut = addedParam(cx, `${name}_is_mut`, cx.sema().known.bool, this.scope, span);
    this.added.push(mut);
    return store.placeOrigin(root, name, [], mut.term);
  }

  private selfTerm(): Term {
    const parent = this.fn.parent;
    if (parent === null) return this.cx.store.error;
    return parent.kind === 'trait' ? parent.self : this.cx.sema().structSelf(parent);
  }

  private isTypeOfStruct(type: Term): boolean {
    const { parent } = this.fn;
    return parent?.kind === 'struct' && type.kind === 'struct' && type.decl === parent.ref;
  }

  /** `out self: S[4]`: the constructor makes that type alone, so its header cannot ask what the parameter of `S` is. */
  private checkSelfParts(where: readonly WhereClause[]): void {
    const { fn, cx, selfParts } = this;
    if (selfParts?.kind !== 'struct' || fn.parent?.kind !== 'struct') return;
    const used = new Set<ParamTerm>();
    for (const arg of this.args) collectParams(arg.type, used);
    for (const param of this.params) if (!param.inherited) collectParams(param.term.type, used);
    for (const clause of where) collectParams(clause.term, used);
    collectParams(selfParts, used);
    cx.sema()
      .structParams(fn.parent)
      .forEach((param, index) => {
        const value = selfParts.args[index];
        if (value === undefined || value === param.term || !used.has(param.term)) return;
        const result = typeName(value);
        cx.sink.report(ownParameterOfResult({ span: fn.span, name: param.name, result }));
      });
  }

  private checkSelfType(expr: Expr): void {
    const written = this.cx.sema().evaluateType(expr, this.scope, { allowUnbound: true });
    if (written.kind !== 'error' && written !== this.selfTerm())
      this.cx.sink.report(selfType({ span: this.span(expr) }));
  }

  /** Arguments are visible to later types of the signature, e.g. `-> SIMD[v.dtype, 4]`. */
  private bindLocal(
    name: string,
    type: Term,
    origin: OriginRootId,
    span: Span,
    index: number,
    mutable: boolean,
    place: Term | null,
  ): void {
    if (name === '' || name === '_') return;
    this.scope.names.set(name, [
      {
        kind: 'local',
        name,
        local: {
          id: makeId<HirLocalId>(index),
          name,
          type,
          span,
          kind: { kind: 'argument', index },
          origin,
          bindOnce: false,
        },
        fn: this.fn,
        mutability: mutable ? 'mutable' : 'immutable',
        span,
        constant: null,
        place,
      },
    ]);
  }

  // ---- the article's common type

  /** An undeclared `T` beside a declared pack `*Ts` (the article's listing 2) becomes an added parameter: the pack's common type. */
  private declareCommonType(): void {
    const { cx, decl } = this;
    for (const pack of [...this.params]) {
      if (!pack.variadic || pack.inherited || !pack.name.endsWith('s') || pack.name.length < 2) continue;
      const name = pack.name.slice(0, -1);
      if (cx.sema().lookup(this.scope, name) !== null) continue;
      if (!mentionsName(decl.args, name) && !mentionsName(decl.result, name)) continue;
      const common: ParamDecl = {
        ...addedParam(cx, name, pack.term.type, this.scope, pack.span),
        commonTypeOf: pack.term,
      };
      this.params.push(common);
      bindParam(this.scope, common);
    }
  }
}

/** Destructors and lifecycle methods never raise, whatever their keyword. */
/** The 2023 constructor `fn __init__(…) -> Self` has no `self`. */
function hasReturnedSelf(decl: FunctionDecl | LambdaExpr, name: string): boolean {
  if (name !== '__init__' || decl.args === null) return false;
  const first = decl.args.items[0];
  if (first?.kind === 'Argument' && first.name?.name === 'self') return false;
  return (
    decl.result !== null ||
    decl.args.items.some((item) => item.kind === 'Argument' && item.convention === 'out' && item.name?.name === 'self')
  );
}

/** Comparisons, arithmetic and conformance tests of parameters: nothing that could call what is being declared. */
function isParameterCondition(expr: Expr): boolean {
  switch (expr.kind) {
    case 'NameExpr':
    case 'IntExpr':
    case 'BoolExpr':
      return true;
    case 'ParenExpr':
      return isParameterCondition(expr.value);
    case 'MemberExpr':
      return isParameterCondition(expr.base);
    case 'UnaryExpr':
      return isParameterCondition(expr.operand);
    case 'LogicalExpr':
    case 'BinaryExpr':
      return isParameterCondition(expr.left) && isParameterCondition(expr.right);
    case 'CompareExpr':
      return isParameterCondition(expr.first) && expr.links.every((link) => isParameterCondition(link.right));
    case 'CallExpr':
      return expr.callee.kind === 'NameExpr' && expr.callee.name === 'conforms_to';
    default:
      return false;
  }
}

/** Whether a syntax tree mentions a name in an expression. */
function mentionsName(node: unknown, name: string): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if (Array.isArray(node)) return node.some((child) => mentionsName(child, name));
  if ('kind' in node && node.kind === 'NameExpr' && 'name' in node && node.name === name) return true;
  return Object.values(node).some((child) => mentionsName(child, name));
}

/** The names that the types of the arguments mention. */
function namesIn(args: ArgumentList | null): ReadonlySet<string> {
  const names = new Set<string>();
  if (args !== null) walkTree(args, (node) => node.kind === 'NameExpr' && names.add(node.name));
  return names;
}
