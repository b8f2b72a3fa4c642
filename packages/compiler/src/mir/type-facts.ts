/** What the passes of MIR ask about types while bodies are still generic. Answers are about the type as it stands: a type
 *  parameter needs a drop unless its bound says that it is trivial; elaboration deletes what turns out to be trivial.
 *  One object per compilation, memoized on terms. */
import type { BuiltinStruct, HirArgDecl, HirCallee, HirFunction, HirStruct, Program } from '../sema/hir.ts';
import { printTerm } from '../terms/print-term.ts';
import { changesState } from './closure-state.ts';
import type { Callee } from './mir.ts';
import { makeSubstitution, substitute } from '../terms/substitute.ts';
import type { TermStore } from '../terms/store.ts';
import type { FunctionId, OriginRootId, OriginStep, Term } from '../terms/term.ts';
import { TermFlags } from '../terms/term.ts';

export interface NamedOrigin {
  readonly root: OriginRootId;
  readonly name: string;
  readonly path: readonly OriginStep[];
  readonly mut: Term;
}

/** Origins that a type mentions. */
export interface OriginFacts {
  readonly places: readonly NamedOrigin[];
  /** Symbolic origins: parameters and what is derived from them. */
  readonly symbolic: readonly Term[];
  /** Mentions an `any` origin: may point to everything. */
  readonly any: boolean;
}

const NO_ORIGINS: OriginFacts = { places: [], symbolic: [], any: false };

export class TypeFacts {
  readonly program: Program;
  readonly store: TermStore;
  private readonly drops = new Map<Term, boolean>();
  private readonly copies = new Map<Term, boolean>();
  private readonly fields = new Map<Term, readonly Term[]>();
  private readonly origins = new Map<Term, OriginFacts>();
  private readonly states = new Map<FunctionId, boolean>();

  constructor(program: Program, store: TermStore) {
    this.program = program;
    this.store = store;
  }

  structOf(type: Term): HirStruct | null {
    return type.kind === 'struct' ? this.program.struct(type.decl.id) : null;
  }

  builtinOf(type: Term): BuiltinStruct | null {
    return this.structOf(type)?.builtin ?? null;
  }

  /** The library's view of text, which is never written through, whatever its origin says. */
  isTextView(type: Term): boolean {
    return type.kind === 'struct' && type.decl.name === 'StringSpan' && type.decl.path.startsWith('std.');
  }

  /** A closure that changes what it owns when it is called. */
  changesState(type: Term): boolean {
    const struct = this.structOf(type);
    if (struct === null || struct.closure === null) return false;
    const known = this.states.get(struct.closure);
    if (known !== undefined) return known;
    const body = this.program.body(struct.closure);
    const changes = body !== null && changesState(struct, body);
    this.states.set(struct.closure, changes);
    return changes;
  }

  isNone(type: Term): boolean {
    return this.builtinOf(type) === 'none';
  }

  isNever(type: Term): boolean {
    return this.builtinOf(type) === 'never';
  }

  /** A concrete associated member is looked up, so that `Self.Element` of a known struct has facts of its own. */
  private readonly reduce = (term: Term): Term => {
    if (term.kind !== 'projection') return term;
    return this.program.associated(term.self, term.trait, term.member, term.args) ?? term;
  };

  /** Types of a struct's fields at the type's arguments; [] for anything else. */
  fieldTypes(type: Term): readonly Term[] {
    const known = this.fields.get(type);
    if (known !== undefined) return known;
    const struct = this.structOf(type);
    let result: readonly Term[] = [];
    if (struct !== null && type.kind === 'struct') {
      const substitution = makeSubstitution(struct.params, type.args);
      result = struct.fields.map((field) => substitute(this.store, field.type, substitution, this.reduce));
    }
    this.fields.set(type, result);
    return result;
  }

  /** Element types of a builtin tuple, or null when they are not spelled out. */
  tupleElements(type: Term): readonly Term[] | null {
    const pack = type.kind === 'struct' ? type.args[0] : undefined;
    return pack?.kind === 'list' ? pack.elements : null;
  }

  /** Whether a value must be destroyed (or explicitly consumed) when it dies. */
  needsDrop(type: Term): boolean {
    const known = this.drops.get(type);
    if (known !== undefined) return known;
    // A recursive type reaches itself only through memory that its own destructor frees.
    this.drops.set(type, false);
    const result = this.computeNeedsDrop(type);
    this.drops.set(type, result);
    return result;
  }

  private computeNeedsDrop(type: Term): boolean {
    switch (type.kind) {
      case 'struct': {
        const struct = this.program.struct(type.decl.id);
        if (struct.builtin === 'tuple') {
          const elements = this.tupleElements(type);
          return elements === null || elements.some((element) => this.needsDrop(element));
        }
        switch (struct.destroy.kind) {
          case 'trivial':
            return false;
          case 'memberwise':
            return this.fieldTypes(type).some((field) => this.needsDrop(field));
          default:
            return true;
        }
      }
      case 'param':
      case 'projection':
      case 'packElement':
        return !this.hasTrivialBound(type.type);
      case 'conditional':
        return this.needsDrop(type.onTrue) || this.needsDrop(type.onFalse);
      case 'call':
      case 'fieldValue':
      case 'operation':
        return true;
      default:
        return false;
    }
  }

  /** Why values of the type cannot be destroyed in a function, or null: they can. */
  undestroyable(type: Term, fn: HirFunction): { readonly text: string; readonly missingTrait: boolean } | null {
    const struct = this.structOf(type);
    if (struct !== null && struct.builtin === 'tuple') {
      for (const element of this.tupleElements(type) ?? []) {
        const inner = this.undestroyable(element, fn);
        if (inner !== null) return inner;
      }
      return null;
    }
    if (struct !== null && struct.builtin !== 'never' && struct.destroy.kind === 'none') {
      const text = struct.explicitDestroy ?? `unhandled explicitly destroyed type '${struct.ref.name}'`;
      return { text, missingTrait: false };
    }
    // The library's own bounds are its tests' business.
    if (fn.ref.path.startsWith('std.') || this.program.destructible(type, fn.id)) return null;
    if (struct !== null && (type.flags & TermFlags.hasParam) === 0) {
      const rule = `type '${struct.ref.name}' does not conditionally conform to 'Deinitable' for these parameters`;
      return { text: struct.explicitDestroy ?? rule, missingTrait: false };
    }
    return {
      text: struct?.explicitDestroy ?? `unhandled explicitly destroyed type '${printTerm(type)}'`,
      missingTrait: true,
    };
  }

  /** The declared argument of a callee that has declarations: of a function or a requirement, not of a callable value. */
  formal(callee: HirCallee | Callee, index: number): HirArgDecl | null {
    const id = callee.kind === 'function' ? callee.fn : callee.kind === 'requirement' ? callee.member.id : null;
    return id === null ? null : (this.program.function(id).args[index] ?? null);
  }

  /** Whether copying is copying bytes, so that a copy needs no decision. */
  isTrivialCopy(type: Term): boolean {
    const known = this.copies.get(type);
    if (known !== undefined) return known;
    this.copies.set(type, true);
    const result = this.computeTrivialCopy(type);
    this.copies.set(type, result);
    return result;
  }

  private computeTrivialCopy(type: Term): boolean {
    switch (type.kind) {
      case 'struct': {
        const struct = this.program.struct(type.decl.id);
        if (struct.builtin === 'tuple') {
          const elements = this.tupleElements(type);
          return elements?.every((element) => this.isTrivialCopy(element)) ?? false;
        }
        switch (struct.copy.kind) {
          case 'trivial':
            return true;
          case 'memberwise':
            return this.fieldTypes(type).every((field) => this.isTrivialCopy(field)) && !this.needsDrop(type);
          default:
            return false;
        }
      }
      case 'param':
      case 'projection':
      case 'packElement':
        return this.hasTrivialBound(type.type);
      case 'conditional':
        return this.isTrivialCopy(type.onTrue) && this.isTrivialCopy(type.onFalse);
      case 'call':
      case 'fieldValue':
      case 'operation':
        return false;
      default:
        return true;
    }
  }

  /** Register-trivial as it stands: an imm argument of this declared type is passed as a copy. */
  isRegisterTrivial(type: Term): boolean {
    switch (type.kind) {
      case 'struct': {
        const struct = this.program.struct(type.decl.id);
        switch (struct.builtin) {
          case 'simd':
          case 'bool':
          case 'dtype':
          case 'pointer':
          case 'none':
          case 'never':
          case 'int-literal':
          case 'float-literal':
          case 'string-literal':
            return true;
          default:
            return struct.trivialRegisterPassable;
        }
      }
      case 'param':
      case 'projection':
      case 'packElement':
        return this.hasTrivialBound(type.type);
      case 'ref':
      case 'functionItem':
      case 'primitive':
        return true;
      case 'functionType':
        return type.thin;
      default:
        return false;
    }
  }

  private hasTrivialBound(bound: Term): boolean {
    if (bound.kind === 'composition') return bound.members.some((member) => this.hasTrivialBound(member));
    if (bound.kind !== 'trait') return false;
    return bound.decl.name === 'TrivialRegisterPassable' || bound.decl.name === 'AnyTrivialRegType';
  }

  /** A value whose type is a bare parameter is copied and destroyed even at its last use. */
  isBareParameter(type: Term): boolean {
    return type.kind === 'param' || type.kind === 'projection' || type.kind === 'packElement';
  }

  /** `__init__`: the result is built field by field. */
  buildsSelf(fn: HirFunction): boolean {
    return fn.parentStruct !== null && fn.namedResult !== null && fn.namedResult.name === 'self';
  }

  originsOf(type: Term): OriginFacts {
    if ((type.flags & TermFlags.hasOrigin) === 0 && (type.flags & TermFlags.hasParam) === 0) return NO_ORIGINS;
    const known = this.origins.get(type);
    if (known !== undefined) return known;
    const places = new Set<NamedOrigin>();
    const symbolic = new Set<Term>();
    const state = { any: false };
    this.collectOrigins(type, places, symbolic, state);
    const result: OriginFacts =
      places.size === 0 && symbolic.size === 0 && !state.any
        ? NO_ORIGINS
        : { places: [...places], symbolic: [...symbolic], any: state.any };
    this.origins.set(type, result);
    return result;
  }

  private collectOrigins(term: Term, places: Set<NamedOrigin>, symbolic: Set<Term>, state: { any: boolean }): void {
    const all = (terms: readonly Term[]): void => {
      for (const child of terms) this.collectOrigins(child, places, symbolic, state);
    };
    switch (term.kind) {
      case 'placeOrigin':
        places.add(term);
        return;
      case 'specialOrigin':
        if (term.which === 'any') state.any = true;
        return;
      case 'derivedOrigin':
        symbolic.add(term);
        return;
      case 'param':
        if (term.type.kind === 'originType') symbolic.add(term);
        return;
      case 'unionOrigin':
        all(term.members);
        return;
      case 'struct':
      case 'function':
        all(term.args);
        return;
      case 'functionItem':
        this.collectOrigins(term.func, places, symbolic, state);
        return;
      case 'ref':
        this.collectOrigins(term.pointee, places, symbolic, state);
        this.collectOrigins(term.origin, places, symbolic, state);
        return;
      case 'list':
        all(term.elements);
        return;
      case 'conditional':
        all([term.onTrue, term.onFalse]);
        return;
      case 'projection':
        this.collectOrigins(term.self, places, symbolic, state);
        all(term.args);
        return;
      case 'packElement':
        this.collectOrigins(term.pack, places, symbolic, state);
        return;
      case 'call':
        all(term.args);
        return;
      default:
        return;
    }
  }
}
