/** Reduction of symbolic terms as far as sema may: no user code runs. Handed to `Substituter`, which calls it for every rebuilt
 *  term that needs evaluation. */
import { foldParameterList } from '../../terms/fold-lists.ts';
import { Substituter } from '../../terms/substitute.ts';
import type { Term } from '../../terms/term.ts';
import { TermFlags } from '../../terms/term.ts';
import { foldQuestion } from '../check/type-facts.ts';
import { associated, conformanceCondition, conforms, witness } from './conformance.ts';
import type { DeclareContext } from './context.ts';

export function reduceTerm(cx: DeclareContext, term: Term): Term {
  switch (term.kind) {
    case 'projection':
      return associated(cx, term.self, term.trait, term.member, term.args) ?? term;
    case 'conforms': {
      const { trait } = term;
      if (term.type.kind === 'list')
        return cx.store.and(term.type.elements.map((element) => reduceTerm(cx, cx.store.conforms(element, trait))));
      const known = conforms(cx, term.type, trait, null);
      return known === null ? (conformanceCondition(cx, term.type, trait) ?? term) : cx.store.bool(known);
    }
    case 'requirement': {
      const found = witness(cx, term.self, term.trait, cx.sema().functionEntity(term.member.id));
      if (found === null) return term;
      return cx.store.function(cx.sema().functionEntity(found.fn).ref, [...found.args, ...term.args]);
    }
    case 'operation':
      return foldOperation(cx, term);
    case 'call': {
      if (term.callee.kind !== 'function') return term;
      return foldQuestion(cx.sema(), cx.sema().functionEntity(term.callee.decl.id), term.args) ?? term;
    }
    default:
      return term;
  }
}

/** Rebuilds a term from its leaves, reducing on the way up. */
export function reduceDeep(cx: DeclareContext, term: Term): Term {
  if ((term.flags & TermFlags.needsEvaluation) === 0) return term;
  return new Substituter(cx.store, { params: new Map(), origins: null }, (inner) => reduceTerm(cx, inner)).apply(term);
}

/** Operations on constants: texts, and integers. Division is Python's; by zero it is 0. */
function foldOperation(cx: DeclareContext, term: Term & { readonly kind: 'operation' }): Term {
  const [left, right] = term.operands;
  if (term.op === 'text.concat' && left?.kind === 'string' && right?.kind === 'string')
    return cx.store.string(left.value + right.value);
  const list = foldParameterList(cx.store, term.op, term.operands);
  if (list !== null) return list;
  if (left?.kind !== 'int' || right?.kind !== 'int' || term.operands.length !== 2) return term;
  const a = left.value;
  const b = right.value;
  const make = (value: bigint): Term => cx.store.int(value, term.type);
  switch (term.op) {
    case 'floordiv':
      return make(b === 0n ? 0n : floorDivide(a, b));
    case 'mod':
      return make(b === 0n ? 0n : a - floorDivide(a, b) * b);
    case 'min':
      return make(a < b ? a : b);
    case 'max':
      return make(a > b ? a : b);
    case 'and':
      return make(a & b);
    case 'or':
      return make(a | b);
    case 'xor':
      return make(a ^ b);
    case 'shl':
      return b < 0n || b > 63n ? term : cx.store.multiply(left, make(1n << b), term.type);
    case 'shr':
      return b < 0n || b > 63n ? term : make(a >> b);
    default:
      return term;
  }
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}
