/** Says why a method does not implement a requirement: the first difference that a reader can act on.
 *  In: both signatures and the type that stands for `Self`.  Out: one clause of a message, or null when only parameters differ. */
import { Substituter } from '../../terms/substitute.ts';
import { type ParamId, type Term, TermFlags } from '../../terms/term.ts';
import { typeName } from '../check/type-name.ts';
import type { ArgDecl, Signature } from '../entities.ts';
import { conventionFits } from './conformance.ts';
import type { DeclareContext } from './context.ts';

export function describeMismatch(
  cx: DeclareContext,
  requirement: Signature,
  candidate: Signature,
  self: Term,
): string | null {
  const trait = requirement.fn.parent?.kind === 'trait' ? requirement.fn.parent.ref.name : 'the trait';
  const requires = (what: string): string => `'${trait}' requires ${what}`;
  if (requirement.fn.isStatic !== candidate.fn.isStatic)
    return requirement.fn.isStatic
      ? `it is an instance method, ${requires("'@staticmethod'")}`
      : `it is a static method, ${requires("a 'self' argument")}`;
  const own = candidate.params.filter((param) => !param.inherited && param.passing !== 'inferOnly').length;
  const wantedOwn = requirement.params.filter((param) => !param.inherited && param.passing !== 'inferOnly').length;
  if (own !== wantedOwn) return `it takes ${count(own, 'parameter')}, ${requires(String(wantedOwn))}`;
  const offset = requirement.fn.isStatic || requirement.isInit ? 0 : 1;
  if (requirement.args.length !== candidate.args.length) {
    const optional = candidate.args.some((arg) => arg.defaultExpr !== null) ? '; a default does not change that' : '';
    const given = count(candidate.args.length - offset, 'argument');
    return `it takes ${given}, ${requires(String(requirement.args.length - offset))}${optional}`;
  }
  const show = typesSeenFrom(cx, requirement, self);
  for (let i = 0; i < requirement.args.length; i++) {
    const wanted = requirement.args[i];
    const given = candidate.args[i];
    if (wanted === undefined || given === undefined) continue;
    const types = [show(wanted.type), typeName(given.type)];
    const hasError = ((wanted.type.flags | given.type.flags) & TermFlags.hasError) !== 0;
    if (types[0] !== types[1] && !hasError && (i >= offset || given.decl?.type !== null))
      return `argument '${given.name}' has type '${types[1]}', ${requires(`'${types[0]}'`)}`;
    if (!conventionFits(wanted.convention, given.convention))
      return `it takes '${spelled(given)}', ${requires(`'${spelled(wanted)}'`)}`;
  }
  const results = [show(requirement.result), typeName(candidate.result)];
  if (results[0] !== results[1]) return `it returns '${results[1]}', ${requires(`'${results[0]}'`)}`;
  if (candidate.raises !== null && requirement.raises === null)
    return `it may raise, ${requires('a method that does not')}`;
  if (candidate.raises !== null && requirement.raises !== null)
    return `it raises '${typeName(candidate.raises)}', ${requires(`'${show(requirement.raises)}'`)}`;
  return null;
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}

function spelled(arg: ArgDecl): string {
  return arg.convention === 'imm' ? arg.name : `${arg.convention} ${arg.name}`;
}

/** Shows the requirement's types with `Self` replaced. */
function typesSeenFrom(cx: DeclareContext, requirement: Signature, self: Term): (type: Term) => string {
  const params = new Map<ParamId, Term>();
  const first = requirement.params[0];
  if (first !== undefined) params.set(first.term.param, self);
  const substituter = new Substituter(cx.store, { params, origins: null }, cx.sema().reduce);
  return (type) => typeName(substituter.apply(type));
}
