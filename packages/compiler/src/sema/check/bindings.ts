/** Parameter bindings of one candidate, and structural unification. A parameter alone binds; applications unify pairwise;
 *  everything else must be equal after substitution. No equations are solved; the first binding wins. */
import { Substituter } from '../../terms/substitute.ts';
import type { OriginRootId, ParamId, ParamTerm, Term } from '../../terms/term.ts';
import { TermFlags } from '../../terms/term.ts';
import type { HirExpr } from '../hir.ts';
import type { Sema } from '../sema.ts';
import { someTerm } from './term-walk.ts';
import { isOriginTerm, isTypeKind, isTypeTerm, typeOfTerm } from './type-facts.ts';

export class Bindings {
  readonly sema: Sema;
  readonly params: readonly { readonly term: ParamTerm }[];
  private readonly map = new Map<ParamId, Term>();
  private readonly origins = new Map<OriginRootId, Term>();
  private readonly own = new Set<Term>();
  private substituter: Substituter | null = null;
  /** Callables that were given in brackets, for the hidden arguments of classic closure parameters. */
  readonly callables = new Map<Term, HirExpr>();

  constructor(sema: Sema, params: readonly { readonly term: ParamTerm }[]) {
    this.sema = sema;
    this.params = params;
    for (const param of params) this.own.add(param.term);
  }

  get(param: ParamTerm): Term | null {
    return this.map.get(param.param) ?? null;
  }

  bind(param: ParamTerm, value: Term): void {
    this.map.set(param.param, value);
    this.substituter = null;
  }

  unbind(param: ParamTerm): void {
    this.map.delete(param.param);
    this.substituter = null;
  }

  bindOrigin(root: OriginRootId, origin: Term): void {
    this.origins.set(root, origin);
    this.substituter = null;
  }

  /** Whether a term of the declaration mentions a parameter without a value. */
  isOpen(term: Term): boolean {
    return someTerm(term, TermFlags.hasParam, (part) => this.isOpenParam(part));
  }

  isOpenParam(term: Term): term is ParamTerm {
    return term.kind === 'param' && this.own.has(term) && !this.map.has(term.param);
  }

  owns(term: Term): term is ParamTerm {
    return term.kind === 'param' && this.own.has(term);
  }

  apply(term: Term): Term {
    this.substituter ??= new Substituter(
      this.sema.store,
      { params: this.map, origins: this.origins.size === 0 ? null : this.origins },
      this.sema.reduce,
    );
    return this.substituter.apply(term);
  }

  /** The term with open parameters as holes: what a contextual expression may be checked against. */
  applyWithHoles(term: Term): Term {
    if (!this.isOpen(term)) return this.apply(term);
    const map = new Map(this.map);
    for (const param of this.params) if (!map.has(param.term.param)) map.set(param.term.param, this.sema.store.unbound);
    return new Substituter(this.sema.store, { params: map, origins: this.origins }, this.sema.reduce).apply(term);
  }

  snapshot(): ReadonlyMap<ParamId, Term> {
    return new Map(this.map);
  }

  restore(saved: ReadonlyMap<ParamId, Term>): void {
    this.map.clear();
    for (const [param, value] of saved) this.map.set(param, value);
    this.substituter = null;
  }

  /** Complete flat arguments; open ones are `unbound`. */
  flatArgs(): Term[] {
    return this.params.map((param) => this.map.get(param.term.param) ?? this.sema.store.unbound);
  }

  /** Makes `formal` (a term of the declaration) equal to `actual` by binding open parameters. */
  unify(formal: Term, actual: Term): boolean {
    if (this.isOpenParam(formal)) return this.bindParam(formal, actual);
    if (this.owns(formal)) return this.equal(this.apply(formal), actual);
    if ((formal.flags & (TermFlags.hasParam | TermFlags.hasUnbound)) === 0) return this.equal(formal, actual);
    const store = this.sema.store;
    switch (formal.kind) {
      case 'struct': {
        if (actual.kind !== 'struct' || actual.decl !== formal.decl) break;
        return formal.args.every((arg, index) => this.unify(arg, actual.args[index] ?? store.error));
      }
      case 'ref':
        return (
          actual.kind === 'ref' &&
          this.unify(formal.pointee, actual.pointee) &&
          this.unify(formal.mut, actual.mut) &&
          this.unify(formal.origin, actual.origin)
        );
      case 'originType':
        return actual.kind === 'originType' && this.unify(formal.mut, actual.mut);
      case 'list':
        return (
          actual.kind === 'list' &&
          actual.elements.length === formal.elements.length &&
          formal.elements.every((element, index) => this.unify(element, actual.elements[index] ?? store.error))
        );
      case 'functionItem':
        return actual.kind === 'functionItem' && this.unify(formal.func, actual.func);
      case 'function':
        return (
          actual.kind === 'function' &&
          actual.decl === formal.decl &&
          formal.args.every((arg, index) => this.unify(arg, actual.args[index] ?? store.error))
        );
      case 'functionType': {
        if (actual.kind !== 'functionType' || actual.args.length !== formal.args.length) break;
        const args = formal.args.every((arg, index) => {
          const other = actual.args[index];
          return other !== undefined && other.convention === arg.convention && this.unify(arg.type, other.type);
        });
        return args && this.unify(formal.result, actual.result);
      }
      case 'operation':
        // No equation is solved, but the same conversion of two parameters is seen through: `SIMD[dt, w]` with `w: Int` on both sides.
        if (formal.op !== 'int_cast' || actual.kind !== 'operation' || actual.op !== formal.op) break;
        return formal.operands.every((operand, index) => this.unify(operand, actual.operands[index] ?? store.error));
      default:
        break;
    }
    return !this.isOpen(formal) && this.equal(this.apply(formal), actual);
  }

  private bindParam(param: ParamTerm, actual: Term): boolean {
    if (actual.kind === 'unbound') return true;
    const isType = isTypeKind(param.type) || (param.variadic && isTypeKind(param.type));
    if (param.variadic) {
      this.bind(param, actual);
      return true;
    }
    if (isType) {
      if (!isTypeTerm(actual) && actual.kind !== 'error') return false;
      this.bind(param, actual);
      return true;
    }
    if (actual.kind === 'error') {
      this.bind(param, actual);
      return true;
    }
    const actualType = typeOfTerm(this.sema, actual);
    if (param.type.kind === 'originType') {
      if (!isOriginTerm(actual)) return false;
      // Where an origin for reading is declared, one that may be written is taken for reading.
      const { store } = this.sema;
      const reads = this.apply(param.type.mut) === store.false;
      this.bind(param, reads ? store.immutableOrigin(actual) : actual);
      return actualType.kind === 'originType' && this.unifyMutability(param.type.mut, actualType.mut);
    }
    this.bind(param, actual);
    if (this.unify(param.type, actualType)) return true;
    this.unbind(param);
    return false;
  }

  /** An origin of greater mutability serves where a lesser one is declared. */
  private unifyMutability(formal: Term, actual: Term): boolean {
    return this.unify(formal, actual) || this.apply(formal) === this.sema.store.false;
  }

  private equal(left: Term, right: Term): boolean {
    return (
      left === right ||
      left.kind === 'error' ||
      right.kind === 'error' ||
      left.kind === 'unbound' ||
      right.kind === 'unbound'
    );
  }
}
