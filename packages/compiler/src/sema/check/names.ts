/** What a name means where it stands: entities to checked results; captures of outer locals; `Self`. */
import { nearest } from '../../base/nearest.ts';
import { unreachable } from '../../base/invariant.ts';
import type { Span } from '../../base/span.ts';
import { label, replaceFix } from '../../diagnostics/diagnostic.ts';
import type { NameExpr } from '../../syntax/ast.ts';
import type { Term } from '../../terms/term.ts';
import { isBound } from '../declare/bounds.ts';
import type { Entity, FunctionEntity, LocalEntity, ParamDecl, Scope } from '../entities.ts';
import type { HirPlace } from '../hir.ts';
import type { BodyContext } from './body-context.ts';
import { formerName } from '../former-names.ts';
import { hintForName } from '../python-names.ts';
import { didYouMean, type Extras, nearFix, selfOutside, unknownName, unqualifiedParameter } from './errors.ts';
import { declareSilent } from './patterns.ts';
import { constantExpr, isOriginTerm, isTypeTerm, typeOfTerm } from './type-facts.ts';
import { type Candidate, type Checked, ERROR_RESULT, valueResult } from './values.ts';

export function checkName(cx: BodyContext, expr: NameExpr): Checked {
  const span = cx.span(expr);
  if (expr.name === 'Self' && !expr.quoted) {
    const self = selfType(cx, cx.scope);
    if (self !== null) return { kind: 'type', term: self, bare: false };
    cx.report(selfOutside(span, []));
    return ERROR_RESULT;
  }
  const special = compilerType(cx, expr.name);
  if (special !== null) return special;
  const entities = cx.sema.lookup(cx.scope, expr.name);
  if (entities === null || entities.length === 0) {
    if (entities === null) {
      reportUnknown(cx, expr.name, span);
      // Once for a function is enough.
      if (cx.functionScope !== null && cx.state.muted === 0) declareSilent(cx, expr.name, span);
    }
    return ERROR_RESULT;
  }
  return entitiesResult(cx, entities, expr.name, span);
}

/** The parameter of that name of the struct around the code: inside the body it needs `Self.` before it. */
function structParameter(cx: BodyContext, name: string): ParamDecl | null {
  const self = selfType(cx, cx.scope);
  if (self?.kind !== 'struct') return null;
  const params = cx.sema.structParams(cx.sema.structEntity(self.decl.id));
  return params.find((param) => param.name === name) ?? null;
}

/** `Self` of the struct or trait around a scope. */
export function selfType(cx: BodyContext, scope: Scope): Term | null {
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    if (at.owner.kind === 'struct') return cx.sema.structSelf(at.owner.struct);
    if (at.owner.kind === 'trait') return at.owner.trait.self;
    if (at.owner.kind === 'function') {
      const parent = at.owner.fn.parent;
      if (parent !== null) return parent.kind === 'trait' ? parent.self : cx.sema.structSelf(parent);
    }
  }
  return null;
}

/** Types and origins that only the library names. */
function compilerType(cx: BodyContext, name: string): Checked | null {
  if (!name.startsWith('__')) return null;
  const { store } = cx;
  switch (name) {
    case '__int_literal_value':
      return { kind: 'type', term: store.primitive('int-literal-value'), bare: false };
    case '__float_literal_value':
      return { kind: 'type', term: store.primitive('float-literal-value'), bare: false };
    case '__string_literal_value':
      return { kind: 'type', term: store.primitive('string-literal-value'), bare: false };
    case '__static_origin': {
      const origin = store.specialOrigin('static', store.false);
      return valueResult({ kind: 'constant', term: origin, type: store.originType(store.false), span: zeroSpan(cx) });
    }
    case '__untracked_origin':
    case '__any_origin':
    case '__writable':
      return { kind: 'compilerFunction', name, subject: null, params: null };
    default:
      return null;
  }
}

function zeroSpan(cx: BodyContext): Span {
  return cx.spanAt(0, 0);
}

/** Says that a name is unknown, and what may have been meant: another language's name, a name of the library, a near one. */
export function reportUnknown(cx: BodyContext, name: string, span: Span): void {
  const param = structParameter(cx, name);
  if (param !== null) {
    cx.report(
      unqualifiedParameter(span, [name], {
        secondary: [label(param.span, `parameter '${name}' declared here`)],
        fixes: [replaceFix(`write 'Self.${name}'`, span, `Self.${name}`, 'safe')],
      }),
    );
    return;
  }
  if (isTraitParameter(cx, name)) {
    cx.hasErrors = true;
    return;
  }
  const foreign = hintForName(name) ?? formerName(name);
  if (foreign !== null) {
    const extras = { notes: [foreign.note], ...nearFix(span, foreign.write) };
    cx.report(unknownName(span, [name, didYouMean(foreign.write)], extras));
    return;
  }
  const module = cx.sema.importableFrom(name);
  if (module !== null) {
    const statement = `from ${module} import ${name}`;
    const suggestion = `; did you mean to import it from '${module}'? Add '${statement}'`;
    const tree = cx.scope.module.tree;
    const start = tree === null ? null : (tree.items[0]?.start ?? 0);
    const fixes =
      start === null ? [] : [replaceFix(`add '${statement}'`, cx.spanAt(start, start), `${statement}\n`, 'review')];
    cx.report(unknownName(span, [name, suggestion], { fixes }));
    return;
  }
  const near = nearName(cx, name);
  cx.report(unknownName(span, [name, didYouMean(near)], nearFix(span, near)));
}

/** Traits have no parameters; the list is reported, what names one is not. */
function isTraitParameter(cx: BodyContext, name: string): boolean {
  for (let scope: Scope | null = cx.scope; scope !== null; scope = scope.parent) {
    if (scope.owner.kind !== 'trait') continue;
    const items = scope.owner.trait.decl?.parameters?.items ?? [];
    return items.some((item) => item.kind === 'Parameter' && item.name.name === name);
  }
  return false;
}

/** A visible name that `name` is likely a misspelling of; names of the library's own use are not offered. */
function nearName(cx: BodyContext, name: string): string | null {
  return name.length < 3 ? null : nearest(name, [...cx.sema.visibleNames(cx.scope)].filter(isOffered));
}

/** Of an assignment to a name that is not there: the note that a variable has a similar one. */
export function variableSlip(cx: BodyContext, name: string, span: Span): Extras {
  const isVariable = (other: string): boolean => cx.sema.lookup(cx.scope, other)?.[0]?.kind === 'local';
  const near = name.length < 3 ? null : nearest(name, [...cx.sema.visibleNames(cx.scope)].filter(isVariable));
  if (near === null) return {};
  return { notes: [`there is a variable '${near}'; did you mean that?`], ...nearFix(span, near) };
}

export function isOffered(name: string): boolean {
  return !name.startsWith('_');
}

/** Inherited flat arguments of a function named from inside its surroundings: the surroundings' own parameters. */
export function ownArguments(cx: BodyContext, fn: FunctionEntity): readonly Term[] {
  const inherited: Term[] = [];
  for (const param of cx.sema.signature(fn).params) {
    if (!param.inherited) break;
    inherited.push(param.term);
  }
  return inherited;
}

export function entitiesResult(cx: BodyContext, entities: readonly Entity[], name: string, span: Span): Checked {
  const first = entities[0];
  if (first === undefined) return ERROR_RESULT;
  switch (first.kind) {
    case 'module':
      return { kind: 'module', module: first };
    case 'struct': {
      const params = cx.sema.structParams(first);
      const open = params.map(() => cx.store.unbound);
      return { kind: 'type', term: cx.store.struct(first.ref, open), bare: true };
    }
    case 'trait':
      return { kind: 'bound', term: cx.store.trait(first.ref) };
    case 'function': {
      const candidates: Candidate[] = [];
      for (const entity of entities) {
        if (entity.kind === 'function') candidates.push(cx.candidateOf(entity, ownArguments(cx, entity)));
      }
      return { kind: 'functions', name, candidates, receiver: null, params: null };
    }
    case 'comptime': {
      const params = cx.sema.comptimeParams(first);
      const inherited = params.filter((param) => param.inherited).map((param) => param.term);
      if (inherited.length < params.length) return { kind: 'alias', entity: first, inherited };
      const { value, type } = cx.sema.comptimeValue(first);
      return termResult(cx, value, type, span);
    }
    case 'param':
      // Its annotation was a mistake, and has been reported.
      if (first.term.type.kind === 'error') return ERROR_RESULT;
      return termResult(cx, first.term, first.term.type, span);
    case 'local':
      return localResult(cx, first, span);
    case 'global': {
      const type = cx.sema.globalType(first);
      if (type.kind === 'error') return ERROR_RESULT;
      const place: HirPlace = { kind: 'global', global: first.id, type, span };
      cx.state.globalOrigins.set(place, { root: first.origin, name: first.name });
      cx.state.globalMutability.set(place, first.mutable);
      return valueResult(place);
    }
    case 'compilerFunction':
      return { kind: 'compilerFunction', name: first.name, subject: null, params: null };
    case 'import':
      return ERROR_RESULT;
    default:
      return unreachable(first);
  }
}

/** A compile-time term as an expression: a type, a bound, a pack, functions or a constant. */
export function termResult(cx: BodyContext, term: Term, type: Term, span: Span): Checked {
  if (term.kind === 'error') return ERROR_RESULT;
  if (term.kind === 'unbound') return { kind: 'hole' };
  if (isBound(term)) return { kind: 'bound', term };
  const isList =
    term.kind === 'list' ||
    (term.kind === 'param' && term.variadic) ||
    (term.kind === 'operation' && term.type.kind === 'list');
  if (isList) return { kind: 'pack', term };
  if (isTypeTerm(term)) return { kind: 'type', term, bare: term.kind === 'struct' };
  if (term.kind === 'function') {
    const fn = cx.sema.functionEntity(term.decl.id);
    return {
      kind: 'functions',
      name: term.decl.name,
      candidates: [{ fn, inherited: term.args, requirement: null }],
      receiver: null,
      params: null,
    };
  }
  if (isOriginTerm(term)) return valueResult({ kind: 'constant', term, type: typeOfTerm(cx.sema, term), span });
  return valueResult(constantExpr(cx.sema, term, type, span));
}

function localResult(cx: BodyContext, entity: LocalEntity, span: Span): Checked {
  if (entity.constant !== null) return termResult(cx, entity.constant, typeOfTerm(cx.sema, entity.constant), span);
  if (entity.local.type.kind === 'error') return ERROR_RESULT;
  const owner = cx.state.owners.get(entity);
  // A name of a header, or of the body around a parameter expression: whoever uses its value reports that.
  if (owner === undefined || owner === cx || cx.comptime) return valueResult(cx.placeOf(entity, span));
  return valueResult(cx.ops.capture(cx, entity, span));
}
