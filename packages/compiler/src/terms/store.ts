/** Makes terms. Equal terms are one object (hash-consing), and every maker returns the canonical form: integer
 *  arithmetic as a sum of products, comparisons with their sides as written, constants folded, unions and compositions sorted.
 *  One store per session. */
import { makeId } from '../base/ids.ts';
import { InternalError } from '../base/invariant.ts';
import type { Span } from '../base/span.ts';
import { dtypeInfo, wrapToDType } from './dtypes.ts';
import type {
  DTypeName,
  FunctionRef,
  FunctionTypeArg,
  FunctionTypeTerm,
  IntTerm,
  LogicTerm,
  MemoryImage,
  OriginRootId,
  OriginStep,
  ParamId,
  ParamTerm,
  PolynomialTerm,
  PrimitiveName,
  StructRef,
  Term,
  TraitRef,
} from './term.ts';
import { PLAIN_ARG, TermFlags } from './term.ts';

type Payload<T> = T extends Term ? Omit<T, 'id' | 'flags'> : never;
type Monomial = PolynomialTerm['terms'][number];

/** Flags that a term gets from its children. */
function childFlags(children: readonly Term[]): number {
  let flags = 0;
  for (const child of children) flags |= child.flags;
  return flags;
}

function ids(terms: readonly Term[]): string {
  let text = '';
  for (const term of terms) text += `${term.id},`;
  return text;
}

function pathKey(path: readonly OriginStep[]): string {
  return path.map((step) => (step.kind === 'field' ? `f${step.index}` : `i${step.name}`)).join('.');
}

function byId(a: Term, b: Term): number {
  return a.id - b.id;
}

export class TermStore {
  private readonly table = new Map<string, Term>();
  private readonly spans = new Map<Term, Span>();
  private count = 0;
  private params = 0;
  private roots = 0;
  private readonly argumentRoots: OriginRootId[] = [];

  readonly error: Term = this.intern('error', { kind: 'error' }, TermFlags.hasError);
  readonly unbound: Term = this.intern('unbound', { kind: 'unbound' }, TermFlags.hasUnbound);
  readonly true: Term = this.intern('true', { kind: 'bool', value: true }, 0);
  readonly false: Term = this.intern('false', { kind: 'bool', value: false }, 0);

  private intern(key: string, payload: Payload<Term>, flags: number): Term {
    const known = this.table.get(key);
    if (known !== undefined) return known;
    const term = { id: this.count++, flags, ...payload } as Term;
    this.table.set(key, term);
    return term;
  }

  // ---- parameters

  /** Declares a new parameter. Not interned: each declaration is distinct. */
  newParam(name: string, type: Term, variadic = false): ParamTerm {
    const param = makeId<ParamId>(this.params++);
    return this.intern(
      `param ${param}`,
      { kind: 'param', param, name, type, variadic },
      TermFlags.hasParam,
    ) as ParamTerm;
  }

  newOriginRoot(): OriginRootId {
    return makeId<OriginRootId>(this.roots++);
  }

  /** What an argument of a function type is as a place, for the result to name: by number, so that types which differ in names are alike. */
  argumentOrigin(index: number, mut: Term): Term {
    let root = this.argumentRoots[index];
    for (; root === undefined; root = this.argumentRoots[index]) this.argumentRoots.push(this.newOriginRoot());
    return this.placeOrigin(root, `$arg.${index}`, [], mut);
  }

  /** Which argument of a function type a root stands for, or -1. */
  argumentIndex(root: OriginRootId): number {
    return this.argumentRoots.indexOf(root);
  }

  bound(depth: number, index: number): Term {
    return this.intern(`bound ${depth} ${index}`, { kind: 'bound', depth, index }, TermFlags.hasBound);
  }

  // ---- types

  struct(decl: StructRef, args: readonly Term[]): Term {
    return this.intern(`struct ${decl.id}:${ids(args)}`, { kind: 'struct', decl, args }, childFlags(args));
  }

  trait(decl: TraitRef): Term {
    return this.intern(`trait ${decl.id}`, { kind: 'trait', decl }, 0);
  }

  /** The intersection of bounds: flattened, sorted, without duplicates; one member is returned as it is. */
  composition(bounds: readonly Term[]): Term {
    const members = new Set<Term>();
    for (const bound of bounds) {
      if (bound.kind === 'composition') for (const member of bound.members) members.add(member);
      else members.add(bound);
    }
    const sorted = [...members].sort(byId);
    const only = sorted[0];
    if (sorted.length === 1 && only !== undefined) return only;
    return this.intern(`comp ${ids(sorted)}`, { kind: 'composition', members: sorted }, childFlags(sorted));
  }

  functionType(parts: {
    readonly params: FunctionTypeTerm['params'];
    readonly args: readonly FunctionTypeArg[];
    readonly result: Term;
    readonly raises: Term | null;
    readonly thin: boolean;
    readonly cAbi: boolean;
  }): Term {
    const key = [
      'fn',
      parts.params.map((param) => param.type.id).join(','),
      parts.args
        .map(
          (arg) =>
            `${arg.convention}${arg.variadic === 'none' ? '' : arg.variadic} ${arg.keywordOnly ? '*' : ''}${arg.name}:${arg.type.id}/${arg.origin?.id ?? ''}=${arg.default?.id ?? ''}`,
        )
        .join(','),
      parts.result.id,
      parts.raises?.id ?? '',
      parts.thin ? 't' : '',
      parts.cAbi ? 'c' : '',
    ].join('|');
    const children: Term[] = [parts.result];
    for (const param of parts.params) children.push(param.type);
    for (const arg of parts.args) {
      children.push(arg.type);
      if (arg.origin !== null) children.push(arg.origin);
      if (arg.default !== null) children.push(arg.default);
    }
    if (parts.raises !== null) children.push(parts.raises);
    const names = parts.args.some((arg) => arg.name !== '' || arg.default !== null || arg.keywordOnly)
      ? TermFlags.hasNames
      : TermFlags.none;
    return this.intern(key, { kind: 'functionType', ...parts }, childFlags(children) | names);
  }

  /** A function type without what only calls look at. */
  plainFunctionType(type: FunctionTypeTerm): Term {
    return this.functionType({ ...type, args: type.args.map((arg) => ({ ...arg, ...PLAIN_ARG })) });
  }

  functionItem(func: Term): Term {
    return this.intern(`item ${func.id}`, { kind: 'functionItem', func }, func.flags);
  }

  ref(pointee: Term, origin: Term, mut: Term): Term {
    const flags = childFlags([pointee, origin, mut]);
    return this.intern(`ref ${pointee.id},${origin.id},${mut.id}`, { kind: 'ref', pointee, origin, mut }, flags);
  }

  primitive(name: PrimitiveName): Term {
    return this.intern(`prim ${name}`, { kind: 'primitive', name }, 0);
  }

  originType(mut: Term): Term {
    return this.intern(`originType ${mut.id}`, { kind: 'originType', mut }, mut.flags);
  }

  // ---- values

  bool(value: boolean): Term {
    return value ? this.true : this.false;
  }

  /** An integer constant; wraps when `type` is a SIMD scalar, exact for the literal primitive. */
  int(value: bigint, type: Term): IntTerm {
    const wrapped = wrapInteger(value, type);
    return this.intern(`int ${wrapped} ${type.id}`, { kind: 'int', value: wrapped, type }, type.flags) as IntTerm;
  }

  float(numerator: bigint, denominator: bigint, type: Term): Term {
    if (denominator === 0n) throw new InternalError('float literal with denominator 0');
    const sign = denominator < 0n ? -1n : 1n;
    const divisor = gcd(numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator) * sign;
    const top = numerator / divisor;
    const bottom = denominator / divisor;
    return this.intern(
      `float ${top}/${bottom} ${type.id}`,
      { kind: 'float', numerator: top, denominator: bottom, special: 'finite', type },
      type.flags,
    );
  }

  specialFloat(special: 'nan' | 'inf' | '-inf' | '-0', type: Term): Term {
    return this.intern(
      `float ${special} ${type.id}`,
      { kind: 'float', numerator: 0n, denominator: 1n, special, type },
      type.flags,
    );
  }

  string(value: string): Term {
    return this.intern(`str ${value}`, { kind: 'string', value }, 0);
  }

  dtype(name: DTypeName): Term {
    return this.intern(`dtype ${name}`, { kind: 'dtype', name }, 0);
  }

  function(decl: FunctionRef, args: readonly Term[]): Term {
    return this.intern(`func ${decl.id}:${ids(args)}`, { kind: 'function', decl, args }, childFlags(args));
  }

  requirement(trait: TraitRef, member: FunctionRef, self: Term, args: readonly Term[]): Term {
    const flags = childFlags(args) | self.flags | TermFlags.needsEvaluation;
    return this.intern(
      `req ${trait.id} ${member.id} ${self.id}:${ids(args)}`,
      { kind: 'requirement', trait, member, self, args },
      flags,
    );
  }

  structValue(type: Term, fields: readonly Term[]): Term {
    const flags = childFlags(fields) | type.flags;
    return this.intern(`sv ${type.id}:${ids(fields)}`, { kind: 'structValue', type, fields }, flags);
  }

  memoryValue(type: Term, image: MemoryImage): Term {
    return this.intern(`mem ${type.id} ${image.key}`, { kind: 'memoryValue', type, image }, type.flags);
  }

  /** `start`, `start + step`, … up to but without `end`; the step is not 0. */
  intRange(start: bigint, end: bigint, step: bigint, type: Term): Term {
    const elements: Term[] = [];
    for (let i = start; step > 0n ? i < end : i > end; i += step) elements.push(this.int(i, type));
    return this.list(elements);
  }

  list(elements: readonly Term[]): Term {
    return this.intern(`list ${ids(elements)}`, { kind: 'list', elements }, childFlags(elements));
  }

  // ---- integer arithmetic in canonical form

  /** `Σ` of a term as a polynomial: constants and polynomials as they are, anything else as one atom. */
  private asPolynomial(term: Term): { constant: bigint; terms: readonly Monomial[] } {
    if (term.kind === 'int') return { constant: term.value, terms: [] };
    if (term.kind === 'polynomial') return { constant: term.constant, terms: term.terms };
    return { constant: 0n, terms: [{ coefficient: 1n, factors: [term] }] };
  }

  private makePolynomial(constant: bigint, terms: readonly Monomial[], type: Term): Term {
    const merged = new Map<string, { coefficient: bigint; factors: readonly Term[] }>();
    for (const term of terms) {
      const key = ids(term.factors);
      const known = merged.get(key);
      merged.set(key, { coefficient: (known?.coefficient ?? 0n) + term.coefficient, factors: term.factors });
    }
    const kept = [...merged.values()]
      .map((term) => ({ coefficient: wrapInteger(term.coefficient, type), factors: term.factors }))
      .filter((term) => term.coefficient !== 0n)
      .sort((a, b) => compareFactors(a.factors, b.factors));
    const rest = wrapInteger(constant, type);
    if (kept.length === 0) return this.int(rest, type);
    const only = kept[0];
    const atom = only?.factors[0];
    if (kept.length === 1 && rest === 0n && only?.coefficient === 1n && only.factors.length === 1 && atom !== undefined)
      return atom;
    const key = `poly ${type.id} ${rest};${kept.map((term) => `${term.coefficient}*${ids(term.factors)}`).join(';')}`;
    let flags = type.flags;
    for (const term of kept) flags |= childFlags(term.factors);
    return this.intern(key, { kind: 'polynomial', type, constant: rest, terms: kept }, flags);
  }

  add(left: Term, right: Term, type: Term): Term {
    const a = this.asPolynomial(left);
    const b = this.asPolynomial(right);
    return this.makePolynomial(a.constant + b.constant, [...a.terms, ...b.terms], type);
  }

  multiply(left: Term, right: Term, type: Term): Term {
    const a = this.asPolynomial(left);
    const b = this.asPolynomial(right);
    const products: Monomial[] = [];
    for (const term of a.terms) products.push({ coefficient: term.coefficient * b.constant, factors: term.factors });
    for (const term of b.terms) products.push({ coefficient: term.coefficient * a.constant, factors: term.factors });
    for (const x of a.terms)
      for (const y of b.terms)
        products.push({ coefficient: x.coefficient * y.coefficient, factors: [...x.factors, ...y.factors].sort(byId) });
    return this.makePolynomial(a.constant * b.constant, products, type);
  }

  negate(term: Term, type: Term): Term {
    return this.multiply(term, this.int(-1n, type), type);
  }

  subtract(left: Term, right: Term, type: Term): Term {
    return this.add(left, this.negate(right, type), type);
  }

  // ---- logic in canonical form

  /** `left >= right` for integers of one type. Sides stay as they are, and `not` stays in front, as in the official compiler: neither
   *  does anybody see that `a < a + 1`, nor that `not (a < b)` says `b <= a`. Unsigned and wrapping types are treated as unbounded. */
  greaterEqual(left: Term, right: Term): Term {
    if (left.kind === 'int' && right.kind === 'int') return this.bool(left.value >= right.value);
    return this.logic('ge', [left, right]);
  }

  /** `left < right`: against a constant, `>=` of its neighbour. */
  less(left: Term, right: Term): Term {
    if (left.kind === 'int') return this.greaterEqual(right, this.int(left.value + 1n, left.type));
    if (right.kind === 'int') return this.greaterEqual(this.int(right.value - 1n, right.type), left);
    return left === right ? this.false : this.logic('gt', [right, left]);
  }

  /** Equality, folded when both sides are constants or the same. */
  equal(left: Term, right: Term): Term {
    if (left === right) return this.true;
    // Names of arguments make no other type, in the end: elaboration leaves them out.
    const named = ((left.flags | right.flags) & TermFlags.hasNames) !== 0;
    if (!named && isConstant(left) && isConstant(right)) return this.false;
    if (left.kind === 'bool') return left.value ? right : this.not(right);
    if (right.kind === 'bool') return right.value ? left : this.not(left);
    return this.logic('eq', left.id < right.id ? [left, right] : [right, left]);
  }

  not(term: Term): Term {
    if (term.kind === 'bool') return this.bool(!term.value);
    if (term.kind === 'logic') {
      const [first] = term.operands;
      if (term.op === 'not' && first !== undefined) return first;
      if (term.op === 'and') return this.or(term.operands.map((operand) => this.not(operand)));
      if (term.op === 'or') return this.and(term.operands.map((operand) => this.not(operand)));
    }
    return this.logic('not', [term]);
  }

  and(operands: readonly Term[]): Term {
    return this.junction('and', operands);
  }

  or(operands: readonly Term[]): Term {
    return this.junction('or', operands);
  }

  private junction(op: 'and' | 'or', operands: readonly Term[]): Term {
    const absorbing = op === 'or';
    const members = new Set<Term>();
    for (const operand of operands) {
      if (operand.kind === 'bool') {
        if (operand.value === absorbing) return operand;
      } else if (operand.kind === 'logic' && operand.op === op) {
        for (const inner of operand.operands) members.add(inner);
      } else members.add(operand);
    }
    // A contradiction is false; that one of two opposites is true nobody concludes, as in the official compiler.
    if (op === 'and') for (const member of members) if (members.has(this.not(member))) return this.false;
    const sorted = [...members].sort(byId);
    const only = sorted[0];
    if (only === undefined) return this.bool(!absorbing);
    return sorted.length === 1 ? only : this.logic(op, sorted);
  }

  private logic(op: LogicTerm['op'], operands: readonly Term[]): Term {
    return this.intern(`logic ${op} ${ids(operands)}`, { kind: 'logic', op, operands }, childFlags(operands));
  }

  // ---- symbolic

  call(callee: Term, args: readonly Term[], type: Term): Term {
    const flags = callee.flags | childFlags(args) | type.flags | TermFlags.needsEvaluation;
    return this.intern(`call ${callee.id}(${ids(args)}`, { kind: 'call', callee, args, type }, flags);
  }

  /** Not reduced here: sema's `Program` knows the conformance of a concrete `self`. */
  projection(trait: TraitRef, member: string, self: Term, args: readonly Term[], type: Term): Term {
    const flags = self.flags | childFlags(args) | TermFlags.needsEvaluation;
    return this.intern(
      `proj ${trait.id} ${member} ${self.id}:${ids(args)}`,
      { kind: 'projection', trait, member, self, args, type },
      flags,
    );
  }

  fieldValue(base: Term, index: number, type: Term): Term {
    if (base.kind === 'structValue') {
      const field = base.fields[index];
      if (field !== undefined) return field;
    }
    const flags = base.flags | TermFlags.needsEvaluation;
    return this.intern(`fv ${base.id} ${index}`, { kind: 'fieldValue', base, index, type }, flags);
  }

  packElement(pack: Term, index: Term, type: Term): Term {
    if (pack.kind === 'list' && index.kind === 'int') {
      const element = pack.elements[Number(index.value)];
      if (element !== undefined) return element;
    }
    // Of a list of one type whatever element a function type's own parameter chooses.
    if (pack.kind === 'list' && (index.flags & TermFlags.hasBound) !== 0) {
      const [first, ...others] = pack.elements;
      if (first !== undefined && others.every((other) => other === first)) return first;
    }
    const flags = pack.flags | index.flags | TermFlags.needsEvaluation;
    return this.intern(`pe ${pack.id} ${index.id}`, { kind: 'packElement', pack, index, type }, flags);
  }

  /** The length of a variadic list, as an integer of `type`. */
  packLength(pack: Term, type: Term): Term {
    if (pack.kind === 'list') return this.int(BigInt(pack.elements.length), type);
    return this.intern(
      `pl ${pack.id} ${type.id}`,
      { kind: 'packLength', pack, type },
      pack.flags | TermFlags.needsEvaluation,
    );
  }

  conditional(condition: Term, onTrue: Term, onFalse: Term): Term {
    if (condition.kind === 'bool') return condition.value ? onTrue : onFalse;
    if (onTrue === onFalse) return onTrue;
    const children = [condition, onTrue, onFalse];
    return this.intern(
      `if ${ids(children)}`,
      { kind: 'conditional', condition, onTrue, onFalse },
      childFlags(children) | TermFlags.needsEvaluation,
    );
  }

  conforms(type: Term, trait: Term): Term {
    const flags = type.flags | trait.flags | TermFlags.needsEvaluation;
    return this.intern(`conforms ${type.id} ${trait.id}`, { kind: 'conforms', type, trait }, flags);
  }

  operation(op: string, operands: readonly Term[], type: Term): Term {
    // An integer of another integer type is that integer: `SIMD[dt, n]` for an `n: Int` is one type however it came about.
    const [only] = operands;
    if (op === 'int_cast' && only?.kind === 'int') return this.int(only.value, type);
    const flags = childFlags(operands) | type.flags | TermFlags.needsEvaluation;
    return this.intern(`op ${op} ${ids(operands)}${type.id}`, { kind: 'operation', op, operands, type }, flags);
  }

  // ---- origins

  placeOrigin(root: OriginRootId, name: string, path: readonly OriginStep[], mut: Term): Term {
    return this.intern(
      `place ${root} ${pathKey(path)} ${mut.id}`,
      { kind: 'placeOrigin', root, name, path, mut },
      TermFlags.hasOrigin | mut.flags,
    );
  }

  /** Extends an origin by a path step. */
  extendOrigin(base: Term, step: OriginStep): Term {
    switch (base.kind) {
      case 'placeOrigin':
        return this.placeOrigin(base.root, base.name, [...base.path, step], base.mut);
      case 'unionOrigin':
        return this.unionOrigin(base.members.map((member) => this.extendOrigin(member, step)));
      case 'specialOrigin':
      case 'error':
        return base;
      case 'derivedOrigin':
        return this.derivedOrigin(base.base, [...base.path, step], base.imm);
      default:
        return this.derivedOrigin(base, [step], false);
    }
  }

  /** The same origin, usable for reading only. */
  immutableOrigin(origin: Term): Term {
    switch (origin.kind) {
      case 'placeOrigin':
        return this.placeOrigin(origin.root, origin.name, origin.path, this.false);
      case 'specialOrigin':
        return this.specialOrigin(origin.which, this.false);
      case 'unionOrigin':
        return this.unionOrigin(origin.members.map((member) => this.immutableOrigin(member)));
      case 'derivedOrigin':
        return this.derivedOrigin(origin.base, origin.path, true);
      case 'error':
      case 'unbound':
        return origin;
      default:
        if ('type' in origin && origin.type.kind === 'originType' && origin.type.mut === this.false) return origin;
        return this.derivedOrigin(origin, [], true);
    }
  }

  private derivedOrigin(base: Term, path: readonly OriginStep[], imm: boolean): Term {
    const flags = base.flags | TermFlags.hasOrigin;
    const key = `dorigin ${base.id} ${imm ? 'imm ' : ''}${pathKey(path)}`;
    return this.intern(key, { kind: 'derivedOrigin', base, path, imm }, flags);
  }

  unionOrigin(origins: readonly Term[]): Term {
    const members = new Set<Term>();
    for (const origin of origins) {
      if (origin.kind === 'unionOrigin') for (const member of origin.members) members.add(member);
      else members.add(origin);
    }
    const sorted = [...members].sort(byId);
    const only = sorted[0];
    if (sorted.length === 1 && only !== undefined) return only;
    return this.intern(
      `uorigin ${ids(sorted)}`,
      { kind: 'unionOrigin', members: sorted },
      childFlags(sorted) | TermFlags.hasOrigin,
    );
  }

  specialOrigin(which: 'static' | 'untracked' | 'any' | 'erased', mut: Term): Term {
    const flags = mut.flags | (which === 'erased' ? 0 : TermFlags.hasOrigin);
    return this.intern(`sorigin ${which} ${mut.id}`, { kind: 'specialOrigin', which, mut }, flags);
  }

  // ---- where a term was written, for diagnostics only

  /** Remembers where a compile-time call stands in the source; the first place counts. */
  noteSpan(term: Term, span: Span): Term {
    if (!this.spans.has(term)) this.spans.set(term, span);
    return term;
  }

  spanOf(term: Term): Span | null {
    return this.spans.get(term) ?? null;
  }

  /** Number of distinct terms, for the time report. */
  get size(): number {
    return this.count;
  }
}

/** Whether a term is a closed constant value or type, so that two different ones are unequal. */
export function isConstant(term: Term): boolean {
  return (
    (term.flags &
      (TermFlags.hasParam |
        TermFlags.needsEvaluation |
        TermFlags.hasUnbound |
        TermFlags.hasBound |
        TermFlags.hasError)) ===
    0
  );
}

/** The integer type of a symbolic or constant integer, where the term itself says it. */
export function integerTypeOf(term: Term): Term | null {
  switch (term.kind) {
    case 'int':
    case 'polynomial':
    case 'param':
    case 'call':
    case 'operation':
    case 'fieldValue':
    case 'projection':
    case 'packLength':
    case 'packElement':
      return term.type;
    default:
      return null;
  }
}

/** The dtype of a scalar type `SIMD[dtype, 1]`, or null. */
export function scalarDType(type: Term): DTypeName | null {
  if (type.kind !== 'struct' || type.decl.name !== 'SIMD') return null;
  const [dtype, width] = type.args;
  return dtype?.kind === 'dtype' && width?.kind === 'int' && width.value === 1n ? dtype.name : null;
}

function wrapInteger(value: bigint, type: Term): bigint {
  const dtype = scalarDType(type);
  return dtype === null ? value : wrapToDType(value, dtypeInfo(dtype));
}

function compareFactors(a: readonly Term[], b: readonly Term[]): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const difference = (a[i]?.id ?? 0) - (b[i]?.id ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) {
    const rest = a % b;
    a = b;
    b = rest;
  }
  return a === 0n ? 1n : a;
}
