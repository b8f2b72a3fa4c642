/** What a scope knows: propositions assumed in it, and whether they settle another one. Entailment is by normal form: conjunctions
 *  split, one true operand proves a disjunction, identical terms match. No arithmetic beyond the canonical form of terms. */
import type { Term } from '../../terms/term.ts';
import { TermFlags } from '../../terms/term.ts';
import type { Scope } from '../entities.ts';
import type { DeclareContext } from './context.ts';
import { forceHeader } from './scopes.ts';

/** All propositions assumed in a scope, conjunctions split, innermost first. */
export function* factsOf(cx: DeclareContext, scope: Scope | null): Iterable<Term> {
  for (let at = scope; at !== null; at = at.parent) {
    forceHeader(cx, at);
    for (const fact of at.facts) yield* conjuncts(fact);
    if (at.owner.kind === 'struct') {
      const header = at.owner.struct.headerScope;
      forceHeader(cx, header);
      for (const fact of header.facts) yield* conjuncts(fact);
    }
  }
}

export function* conjuncts(fact: Term): Iterable<Term> {
  if (fact.kind === 'logic' && fact.op === 'and') for (const operand of fact.operands) yield* conjuncts(operand);
  else yield fact;
}

export function decide(cx: DeclareContext, proposition: Term, scope: Scope | null): boolean | null {
  const reduced = reduceDeep(cx, proposition);
  if (reduced.kind === 'bool') return reduced.value;
  if ((reduced.flags & TermFlags.hasError) !== 0) return true;
  if (holds(cx, reduced, scope)) return true;
  return holds(cx, cx.store.not(reduced), scope) ? false : null;
}

function reduceDeep(cx: DeclareContext, term: Term): Term {
  if ((term.flags & TermFlags.needsEvaluation) === 0) return term;
  return cx.late.reduceDeep(term);
}

function holds(cx: DeclareContext, proposition: Term, scope: Scope | null): boolean {
  switch (proposition.kind) {
    case 'bool':
      return proposition.value;
    case 'logic':
      if (proposition.op === 'and') return proposition.operands.every((operand) => holds(cx, operand, scope));
      if (proposition.op === 'or' && proposition.operands.some((operand) => holds(cx, operand, scope))) return true;
      if (proposition.op === 'not') {
        const [operand] = proposition.operands;
        if (operand?.kind === 'conforms' && cx.sema().conforms(operand.type, operand.trait, scope) === false)
          return true;
      }
      break;
    case 'conforms':
      if (cx.sema().conforms(proposition.type, proposition.trait, scope) === true) return true;
      break;
    case 'conditional': {
      const both = [proposition.onTrue, proposition.onFalse];
      if (both.every((arm) => holds(cx, arm, scope))) return true;
      break;
    }
    default:
      break;
  }
  // Where nothing can be reached everything holds.
  const says = (fact: Term): boolean =>
    fact === cx.store.false || fact === proposition || reduceDeep(cx, fact) === proposition;
  for (const fact of factsOf(cx, scope)) if (says(fact) || eachWay(fact, says)) return true;
  return false;
}

/** A disjunction proves what each of its ways proves. */
export function eachWay(fact: Term, proves: (fact: Term) => boolean): boolean {
  if (fact.kind !== 'logic' || fact.op !== 'or') return false;
  return fact.operands.every((way) => [...conjuncts(way)].some(proves));
}
