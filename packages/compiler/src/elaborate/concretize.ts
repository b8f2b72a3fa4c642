/** Makes terms concrete: replaces parameters by their values, erases origins, and reduces everything that only elaboration
 *  can reduce (calls, associated members, conformance, pack elements, operations).
 *  In: a term of a generic body and the values of its parameters.  Out: a closed canonical term.
 *  Invariants: a conditional's other arm is never looked at; `and`/`or` stop at the first deciding operand. What cannot be
 *  reduced throws `TermFailure`, which the caller turns into a diagnostic at its own place. */
import { unreachable } from '../base/invariant.ts';
import type { Program } from '../sema/hir.ts';
import type { TermStore } from '../terms/store.ts';
import type { CallTerm, LogicTerm, ParamId, Term } from '../terms/term.ts';
import { PLAIN_ARG, TermFlags } from '../terms/term.ts';
import { cannotEvaluate, indexOutOfRange, noConformance, TermFailure } from './errors.ts';
import type { TermText } from './term-text.ts';

/** What reduction asks of the rest of elaboration. */
export interface TermServices {
  readonly store: TermStore;
  readonly program: Program;
  readonly text: TermText;
  /** Runs a closed call; `source` is the term as it was written. */
  evaluateCall(call: CallTerm, source: Term): Term;
  /** A field of a value that is kept as bytes. */
  fieldOf(base: Term, index: number, type: Term): Term;
  /** The elements of a list, array, tuple or span value, or null for other values. */
  elementsOf(value: Term): readonly Term[] | null;
  /** Folds a pure operation; null when it is not known. */
  fold(op: string, operands: readonly Term[], type: Term): Term | null;
}

const RELEVANT = TermFlags.hasParam | TermFlags.needsEvaluation | TermFlags.hasOrigin | TermFlags.hasNames;

export type ParamValues = ReadonlyMap<ParamId, Term>;

const NO_VALUES: ParamValues = new Map();

export class Concretizer {
  private readonly memo = new Map<Term, Term>();
  private readonly services: TermServices;
  private readonly values: ParamValues;
  /** Closed terms are reduced once for the whole session. */
  private readonly closed: Concretizer;

  constructor(services: TermServices, values: ParamValues = NO_VALUES, closed: Concretizer | null = null) {
    this.services = services;
    this.values = values;
    this.closed = closed ?? this;
  }

  apply(term: Term): Term {
    if ((term.flags & RELEVANT) === 0) return term;
    if ((term.flags & TermFlags.hasParam) === 0 && this.closed !== this) return this.closed.apply(term);
    const known = this.memo.get(term);
    if (known !== undefined) return known;
    const result = this.reduce(term);
    this.memo.set(term, result);
    return result;
  }

  all(terms: readonly Term[]): Term[] {
    const out: Term[] = [];
    for (const term of terms) {
      // A variadic parameter stands for its list wherever a list of arguments is spelled out.
      out.push(this.apply(term));
    }
    return out;
  }

  private fail(what: string): never {
    throw new TermFailure((at) => cannotEvaluate({ ...at, what }));
  }

  private reduce(term: Term): Term {
    const s = this.services.store;
    switch (term.kind) {
      case 'param':
        return this.values.get(term.param) ?? term;
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
            ...PLAIN_ARG,
            type: this.apply(arg.type),
            origin: arg.origin === null ? null : this.apply(arg.origin),
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
        return this.resolveRequirement(term.trait, term.member, this.apply(term.self), this.all(term.args));
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
        return this.logic(term.op, term.operands);
      case 'call':
        return this.call(term);
      case 'projection': {
        const self = this.apply(term.self);
        const args = this.all(term.args);
        const value = this.services.program.associated(self, term.trait, term.member, args);
        if (value === null) {
          const text = this.services.text;
          throw new TermFailure((at) =>
            noConformance({ ...at, type: text.describe(self), trait: term.trait.name, member: term.member }),
          );
        }
        return this.closed.apply(value);
      }
      case 'fieldValue': {
        const base = this.apply(term.base);
        if (base.kind === 'structValue') return s.fieldValue(base, term.index, term.type);
        // `SIMDLength` and the like: an integer that is a struct of one field.
        if (base.kind === 'int') return s.int(base.value, this.apply(term.type));
        return this.services.fieldOf(base, term.index, this.apply(term.type));
      }
      case 'packElement': {
        const index = this.apply(term.index);
        // Of a parameter that a function type declares itself, as in `def[i: Int](Ts[i])`.
        if ((index.flags & TermFlags.hasBound) !== 0) return s.packElement(this.apply(term.pack), index, term.type);
        return this.element(this.apply(term.pack), index);
      }
      case 'packLength': {
        const pack = this.apply(term.pack);
        const elements = pack.kind === 'list' ? pack.elements : this.services.elementsOf(pack);
        if (elements === null) this.fail(`the length of ${this.services.text.describe(pack)}`);
        return s.int(BigInt(elements.length), this.apply(term.type));
      }
      case 'conditional': {
        const condition = this.apply(term.condition);
        if (condition.kind !== 'bool') this.fail(`the condition ${this.services.text.describe(condition)}`);
        return this.apply(condition.value ? term.onTrue : term.onFalse);
      }
      case 'conforms':
        return s.bool(this.conforms(this.apply(term.type), this.apply(term.trait)));
      case 'operation': {
        const operands = this.all(term.operands);
        const type = this.apply(term.type);
        const folded = this.services.fold(term.op, operands, type);
        // Of a parameter that a function type declares itself, as in `def[w: Int](SIMD[dt, w])`: nothing is known before a call.
        if (folded === null && operands.some((operand) => (operand.flags & TermFlags.hasBound) !== 0))
          return s.operation(term.op, operands, type);
        if (folded === null) this.fail(`${term.op} of ${this.services.text.list(operands)}`);
        return this.closed.apply(folded);
      }
      case 'placeOrigin':
      case 'derivedOrigin':
      case 'unionOrigin':
      case 'specialOrigin':
        return this.eraseOrigin(term);
      default:
        return unreachable(term);
    }
  }

  private eraseOrigin(term: Term): Term {
    return this.services.store.specialOrigin('erased', this.mutability(term));
  }

  private mutability(origin: Term): Term {
    const s = this.services.store;
    switch (origin.kind) {
      case 'placeOrigin':
      case 'specialOrigin':
        return this.apply(origin.mut);
      case 'derivedOrigin':
        return origin.imm ? s.false : this.mutability(origin.base);
      case 'unionOrigin':
        return s.and(origin.members.map((member) => this.mutability(member)));
      case 'param': {
        const value = this.values.get(origin.param);
        if (value !== undefined) return this.mutability(value);
        return origin.type.kind === 'originType' ? this.apply(origin.type.mut) : s.false;
      }
      default: {
        const value = this.apply(origin);
        return value.kind === 'specialOrigin' ? value.mut : s.false;
      }
    }
  }

  private resolveRequirement(
    trait: Parameters<Program['witness']>[1],
    member: Parameters<Program['witness']>[2],
    self: Term,
    args: readonly Term[],
  ): Term {
    const { program, store, text } = this.services;
    const witness = program.witness(self, trait, member);
    if (witness === null)
      throw new TermFailure((at) =>
        noConformance({ ...at, type: text.describe(self), trait: trait.name, member: member.name }),
      );
    const ref = program.function(witness.fn).ref;
    return store.function(ref, [...this.closed.all(witness.args), ...args]);
  }

  private conforms(type: Term, bound: Term): boolean {
    if (type.kind === 'list') return type.elements.every((element) => this.conforms(element, bound));
    const answer = this.services.program.conforms(type, bound);
    if (answer === null)
      this.fail(`whether ${this.services.text.describe(type)} conforms to ${this.services.text.describe(bound)}`);
    return answer;
  }

  private element(pack: Term, index: Term): Term {
    const elements =
      pack.kind === 'list' ? pack.elements : pack.kind === 'structValue' ? pack.fields : this.services.elementsOf(pack);
    if (elements === null || index.kind !== 'int')
      this.fail(`element ${this.services.text.describe(index)} of ${this.services.text.describe(pack)}`);
    const at = index.value < 0n ? index.value + BigInt(elements.length) : index.value;
    const element = elements[Number(at)];
    if (element === undefined) {
      const count = elements.length;
      throw new TermFailure((place) => indexOutOfRange({ ...place, index: index.value, count }));
    }
    return element;
  }

  private call(term: CallTerm): Term {
    const callee = this.apply(term.callee);
    const args = this.all(term.args);
    const type = this.apply(term.type);
    const closedCall = this.services.store.call(callee, args, type);
    if (closedCall.kind !== 'call') return closedCall;
    return this.services.evaluateCall(closedCall, term);
  }

  /** Cheap operands first, so that a guard like `conforms_to(T, Tr) and f[T]()` decides before the call runs. */
  private logic(op: LogicTerm['op'], operands: readonly Term[]): Term {
    const s = this.services.store;
    switch (op) {
      case 'and':
      case 'or': {
        const deciding = op === 'or';
        const ordered = [...operands].sort((a, b) => cost(a) - cost(b));
        for (const operand of ordered) {
          const value = this.apply(operand);
          if (value.kind !== 'bool') this.fail(`the condition ${this.services.text.describe(value)}`);
          if (value.value === deciding) return value;
        }
        return s.bool(!deciding);
      }
      case 'not': {
        const [operand] = this.all(operands);
        return operand === undefined ? s.error : s.not(operand);
      }
      case 'eq': {
        const [left, right] = this.all(operands);
        return left === undefined || right === undefined ? s.error : s.equal(left, right);
      }
      case 'ge':
      case 'gt': {
        const [left, right] = this.all(operands);
        if (left === undefined || right === undefined) return this.fail('an integer comparison');
        return op === 'ge' ? s.greaterEqual(left, right) : s.less(right, left);
      }
      default:
        return unreachable(op);
    }
  }
}

/** 0: structural; 1: asks for conformance or associated members; 2: runs code. */
function cost(term: Term): number {
  switch (term.kind) {
    case 'call':
    case 'operation':
    case 'fieldValue':
      return 2;
    case 'logic':
      return Math.max(0, ...term.operands.map(cost));
    case 'polynomial':
      return Math.max(0, ...term.terms.map((part) => Math.max(0, ...part.factors.map(cost))));
    case 'conforms':
      return 0;
    case 'bool':
    case 'param':
      return 0;
    default:
      return (term.flags & TermFlags.needsEvaluation) !== 0 ? 1 : 0;
  }
}
