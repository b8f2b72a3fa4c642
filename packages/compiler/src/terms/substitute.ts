/** Replaces parameters in terms. Results are canonical because every term is rebuilt through `TermStore`.
 *  `reduce` is asked for each rebuilt term that needs evaluation, so that sema (associated members of a concrete type) and
 *  elaboration (calls) can answer; it returns the term itself when it cannot reduce it. */
import { unreachable } from '../base/invariant.ts';
import type { TermStore } from './store.ts';
import type { LogicTerm, OriginRootId, ParamId, Term } from './term.ts';
import { TermFlags } from './term.ts';

/** Values for parameters, and origins for the roots that a signature names (its arguments). */
export interface Substitution {
  readonly params: ReadonlyMap<ParamId, Term>;
  readonly origins: ReadonlyMap<OriginRootId, Term> | null;
}

export type Reducer = (term: Term) => Term;

export function makeSubstitution(params: readonly { readonly param: ParamId }[], args: readonly Term[]): Substitution {
  const map = new Map<ParamId, Term>();
  for (let i = 0; i < params.length; i++) {
    const param = params[i];
    const arg = args[i];
    if (param !== undefined && arg !== undefined) map.set(param.param, arg);
  }
  return { params: map, origins: null };
}

const identity: Reducer = (term) => term;

const NO_PLACES: ReadonlyMap<Term, Term> = new Map();

/** Applies `substitution`; `reduce` gets each changed or evaluatable term after its operands were replaced. */
export function substitute(store: TermStore, term: Term, substitution: Substitution, reduce: Reducer = identity): Term {
  return new Substituter(store, substitution, reduce).apply(term);
}

/** A substitution with a memo, for applying to many terms. */
export class Substituter {
  private readonly memo = new Map<Term, Term>();
  private readonly store: TermStore;
  private readonly substitution: Substitution;
  private readonly reduce: Reducer;
  private readonly relevant: number;
  private readonly places: ReadonlyMap<Term, Term>;

  /** `places`: origins that are replaced as they stand, mutability included. */
  constructor(
    store: TermStore,
    substitution: Substitution,
    reduce: Reducer = identity,
    places: ReadonlyMap<Term, Term> = NO_PLACES,
  ) {
    this.store = store;
    this.substitution = substitution;
    this.reduce = reduce;
    this.places = places;
    const origins = substitution.origins !== null || places.size > 0 ? TermFlags.hasOrigin : 0;
    this.relevant = TermFlags.hasParam | TermFlags.needsEvaluation | origins;
  }

  apply(term: Term): Term {
    if ((term.flags & this.relevant) === 0) return term;
    const known = this.memo.get(term);
    if (known !== undefined) return known;
    const rebuilt = this.rebuild(term);
    const result = (rebuilt.flags & TermFlags.needsEvaluation) !== 0 ? this.reduce(rebuilt) : rebuilt;
    this.memo.set(term, result);
    return result;
  }

  all(terms: readonly Term[]): Term[] {
    const out: Term[] = [];
    for (const term of terms) out.push(this.apply(term));
    return out;
  }

  private rebuild(term: Term): Term {
    const s = this.store;
    switch (term.kind) {
      case 'param':
        return this.substitution.params.get(term.param) ?? term;
      case 'error':
      case 'unbound':
      case 'bound':
      case 'trait':
      case 'primitive':
      case 'bool':
      case 'string':
      case 'dtype':
        return term;
      case 'struct':
        return s.struct(term.decl, this.all(term.args));
      case 'composition':
        return s.composition(this.all(term.members));
      case 'functionType':
        return s.functionType({
          params: term.params.map((param) => ({ name: param.name, type: this.apply(param.type) })),
          args: term.args.map((arg) => ({
            ...arg,
            type: this.apply(arg.type),
            origin: arg.origin === null ? null : this.apply(arg.origin),
            default: arg.default === null ? null : this.apply(arg.default),
          })),
          result: this.apply(term.result),
          raises: term.raises === null ? null : this.apply(term.raises),
          thin: term.thin,
          cAbi: term.cAbi,
        });
      case 'functionItem':
        return s.functionItem(this.apply(term.func));
      case 'ref':
        return s.ref(this.apply(term.pointee), this.apply(term.origin), this.apply(term.mut));
      case 'originType':
        return s.originType(this.apply(term.mut));
      case 'int':
        return s.int(term.value, this.apply(term.type));
      case 'float':
        return term.special === 'finite'
          ? s.float(term.numerator, term.denominator, this.apply(term.type))
          : s.specialFloat(term.special, this.apply(term.type));
      case 'function':
        return s.function(term.decl, this.all(term.args));
      case 'requirement':
        return s.requirement(term.trait, term.member, this.apply(term.self), this.all(term.args));
      case 'structValue':
        return s.structValue(this.apply(term.type), this.all(term.fields));
      case 'memoryValue':
        return s.memoryValue(this.apply(term.type), term.image);
      case 'list':
        return s.list(this.all(term.elements));
      case 'polynomial': {
        const type = this.apply(term.type);
        let sum: Term = s.int(term.constant, type);
        for (const monomial of term.terms) {
          let product: Term = s.int(monomial.coefficient, type);
          for (const factor of monomial.factors) product = s.multiply(product, this.apply(factor), type);
          sum = s.add(sum, product, type);
        }
        return sum;
      }
      case 'logic':
        return this.rebuildLogic(term.op, this.all(term.operands));
      case 'call':
        return s.call(this.apply(term.callee), this.all(term.args), this.apply(term.type));
      case 'projection':
        return s.projection(term.trait, term.member, this.apply(term.self), this.all(term.args), this.apply(term.type));
      case 'fieldValue':
        return s.fieldValue(this.apply(term.base), term.index, this.apply(term.type));
      case 'packElement':
        return s.packElement(this.apply(term.pack), this.apply(term.index), this.apply(term.type));
      case 'packLength':
        return s.packLength(this.apply(term.pack), this.apply(term.type));
      case 'conditional':
        return s.conditional(this.apply(term.condition), this.apply(term.onTrue), this.apply(term.onFalse));
      case 'conforms':
        return s.conforms(this.apply(term.type), this.apply(term.trait));
      case 'operation':
        return s.operation(term.op, this.all(term.operands), this.apply(term.type));
      case 'placeOrigin': {
        const place = this.places.get(term);
        if (place !== undefined) return place;
        const target = this.substitution.origins?.get(term.root);
        if (target === undefined) return s.placeOrigin(term.root, term.name, term.path, this.apply(term.mut));
        let origin = target;
        for (const step of term.path) origin = s.extendOrigin(origin, step);
        return origin;
      }
      case 'derivedOrigin': {
        let origin = this.apply(term.base);
        for (const step of term.path) origin = s.extendOrigin(origin, step);
        return term.imm ? s.immutableOrigin(origin) : origin;
      }
      case 'unionOrigin':
        return s.unionOrigin(this.all(term.members));
      case 'specialOrigin':
        return s.specialOrigin(term.which, this.apply(term.mut));
      default:
        return unreachable(term);
    }
  }

  private rebuildLogic(op: LogicTerm['op'], operands: readonly Term[]): Term {
    const s = this.store;
    const first = operands[0];
    const second = operands[1];
    switch (op) {
      case 'and':
        return s.and(operands);
      case 'or':
        return s.or(operands);
      case 'not':
        return first === undefined ? s.error : s.not(first);
      case 'eq':
        return first === undefined || second === undefined ? s.error : s.equal(first, second);
      case 'ge':
        return first === undefined || second === undefined ? s.error : s.greaterEqual(first, second);
      case 'gt':
        return first === undefined || second === undefined ? s.error : s.less(second, first);
      default:
        return unreachable(op);
    }
  }
}
