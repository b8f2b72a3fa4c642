/** What a message adds when a type does not promise what a body uses: the bound that is missing, and a fix that adds it where the type
 *  parameter is declared.  In: the type and the member or bound that it lacks.  Out: notes and fixes; nothing is reported but by
 *  `reportNotImplemented`. Only failing code gets here, so a search through all visible names is affordable. */
import type { Span } from '../../base/span.ts';
import type { Fix } from '../../diagnostics/diagnostic.ts';
import { printExpression } from '../../syntax/print-expression.ts';
import type { Term } from '../../terms/term.ts';
import { boundMembers, boundOf, isBound } from '../declare/bounds.ts';
import { spanOf } from '../declare/context.ts';
import type { ParamDecl, TraitEntity } from '../entities.ts';
import type { BodyContext } from './body-context.ts';
import { type Extras, methodNotImplemented } from './errors.ts';
import { typeName } from './type-name.ts';

/** `'T' does not implement the '__lt__' method`. */
export function reportNotImplemented(cx: BodyContext, span: Span, type: Term, method: string): void {
  if (cx.sema.isPartlyUnknown(type)) cx.hasErrors = true;
  else cx.report(methodNotImplemented(span, [typeName(type), method], adviseMember(cx, type, method)));
}

/** For a member `name` that no bound of `type` has. */
export function adviseMember(cx: BodyContext, type: Term, name: string): Extras {
  if (boundOf(type) === null) return type.kind === 'struct' ? adviseStruct(cx, type, name) : {};
  const traits = traitsWith(cx, name);
  const [only] = traits;
  if (only === undefined)
    return {
      notes: [
        `${boundedBy(cx, type)}, and no visible trait has '${name}': declare one that requires it and add it to the bound`,
      ],
    };
  const names = traits.map((trait) => `'${trait.ref.name}'`).join(' or ');
  return {
    notes: [`${boundedBy(cx, type)}; '${name}' is a member of ${names}`],
    fixes: traits.length === 1 ? addBound(cx, type, only.ref.name) : [],
  };
}

/** For a symbolic type that does not meet `bound`. */
export function adviseBound(cx: BodyContext, type: Term, bound: Term): Extras {
  if (!isBound(bound)) return {};
  const missing = missingTraits(cx, type, bound);
  if (missing.length === 0) return {};
  const names = missing.map(typeName);
  if (boundOf(type) === null) {
    if (type.kind !== 'struct' || !cx.sema.structEntity(type.decl.id).module.isUser) return {};
    const list = names.map((name) => `'${name}'`).join(' and ');
    return { notes: [`'${typeName(type)}' does not conform to ${list}; see its conformance list`] };
  }
  const fixes = bound.kind === 'functionType' ? [] : addBound(cx, type, names.join(' & '));
  return { notes: [`${boundedBy(cx, type)}, which does not promise '${names.join(' & ')}'`], fixes };
}

/** The members of a bound that a type does not meet. */
export function missingTraits(cx: BodyContext, type: Term, bound: Term): readonly Term[] {
  return boundMembers(bound).filter((member) => cx.sema.conforms(type, member, cx.scope) !== true);
}

/** The bound of a parameter as its declaration spells it; `applied` where the compiler added it. */
export function boundName(param: ParamDecl, applied: Term): string {
  const written = param.typeExpr;
  return written === null || !isBound(param.term.type) ? typeName(applied) : printExpression(written);
}

function adviseStruct(cx: BodyContext, type: Term, name: string): Extras {
  const entity = type.kind === 'struct' ? cx.sema.structEntity(type.decl.id) : null;
  if (type.kind !== 'struct' || entity?.decl === undefined || entity.decl === null || !entity.module.isUser) return {};
  const derived = DERIVED.get(name);
  const way =
    derived === undefined ? '' : `, or add '${derived}' to its conformance list, which derives it from the fields`;
  return { notes: [`define '${name}' in struct '${type.decl.name}'${way}`] };
}

/** Methods that the library's traits derive field by field. */
const DERIVED: ReadonlyMap<string, string> = new Map([
  ['__eq__', 'Equatable'],
  ['__ne__', 'Equatable'],
]);

/** Visible traits that declare a member, without those that only refine another one of them. */
function traitsWith(cx: BodyContext, name: string): readonly TraitEntity[] {
  const found = new Set<TraitEntity>();
  for (const visible of cx.sema.visibleNames(cx.scope)) {
    for (const entity of cx.sema.lookup(cx.scope, visible) ?? [])
      if (entity.kind === 'trait' && entity.members.has(name)) found.add(entity);
  }
  const own = [...found].filter((trait) => trait.module.isUser);
  const traits = own.length > 0 ? own : [...found];
  return traits.filter((trait) => {
    const ancestors = cx.sema.traitsOf(trait.self, trait.scope);
    return !traits.some((other) => other !== trait && ancestors.includes(other));
  });
}

function boundedBy(cx: BodyContext, type: Term): string {
  const bound = boundOf(type);
  const param = declarationOf(cx, type);
  const text = bound === null ? '' : param === null ? typeName(bound) : boundName(param, bound);
  return `'${typeName(type)}' is bounded by '${text}'`;
}

function addBound(cx: BodyContext, type: Term, bound: string): readonly Fix[] {
  const param = declarationOf(cx, type);
  const written = param?.typeExpr ?? null;
  if (param === null || written === null || !param.defaultScope.module.isUser) return [];
  const span = spanOf(param.defaultScope.module, written);
  const isAny = written.kind === 'NameExpr' && written.name === 'AnyType';
  const edit = isAny ? { span, text: bound } : { span: { ...span, start: span.end }, text: ` & ${bound}` };
  return [{ title: `add '${bound}' to the bound of '${param.name}'`, applicability: 'review', edits: [edit] }];
}

function declarationOf(cx: BodyContext, type: Term): ParamDecl | null {
  if (type.kind !== 'param') return null;
  for (let at: BodyContext | null = cx; at !== null; at = at.parent) {
    const param = at.signature?.params.find((candidate) => candidate.term === type);
    if (param !== undefined) return param;
  }
  return null;
}
