/** What running a function may restructure: its arguments, memory that its origin parameters name, and values that an
 *  `ArcPointer` shares. Asked by the checks of interior references and of races, because such memory may be changed through
 *  another owner or through a pointer in a struct, of which the call says nothing.
 *  In: HIR of the user's functions, read when they are asked about.  Out: effects, for a function with its arguments, so that
 *  members of type parameters are known; and the deeds that stay open as long as a parameter does.
 *
 *  Seen are calls, copies, and the ends of lives: whatever type may die in a function. The library's own bodies are not read; a
 *  library function that gets a value may call any member of the value's type. A function pointer may lead to any
 *  function of its shape whose address the program takes. */
import type { HirExpr } from '../../sema/hir.ts';
import { makeSubstitution, Substituter } from '../../terms/substitute.ts';
import type { FunctionId, OriginRootId, ParamId, StructId, Term } from '../../terms/term.ts';
import { walkStatements } from '../hir-walk.ts';
import type { TypeFacts } from '../type-facts.ts';
import {
  addEffect,
  type BodyEffects,
  type CallSite,
  type Deed,
  type Effect,
  isLibrary,
  NO_EFFECTS,
  readBodyEffects,
  sharedBy,
  shorten,
  type Target,
  targetOfOrigin,
} from './effects-of-body.ts';

/** What some code does: `open` says what cannot be known before a parameter is. */
export interface Outcome {
  readonly effects: readonly Effect[];
  readonly open: readonly Deed[];
}

/** It leads to an owner. */
const WEAK = 'std.memory.arc_pointer.WeakPointer';
/** Functions that call themselves with ever larger parameters are followed so far. */
const MOST_INSTANCES = 5000;

const NOTHING: Outcome = { effects: [], open: [] };

export interface FunctionCall {
  readonly fn: FunctionId;
  readonly args: readonly Term[];
}

interface Instance extends FunctionCall {
  readonly effects: Effect[];
  readonly open: Map<string, Deed>;
  /** Instances that it calls; with each, the targets of the call's arguments. */
  calls: readonly { readonly callee: Instance; readonly targets: readonly (readonly Target[])[] }[];
  complete: boolean;
}

/** Remembers what functions do. One per program. */
export class SharedEffects {
  private readonly types: TypeFacts;
  private readonly bodies = new Map<FunctionId, BodyEffects>();
  private readonly instances = new Map<string, Instance>();
  private readonly reachable = new Map<Term, ReadonlySet<Term>>();
  private members: Map<StructId, FunctionId[]> | null = null;
  private pointed: readonly FunctionCall[] | null = null;

  constructor(types: TypeFacts) {
    this.types = types;
  }

  /** Of a function with these arguments for its parameters. */
  ofCall(fn: FunctionId, args: readonly Term[]): Outcome {
    if (!this.isReadable(fn)) return NOTHING;
    const instance = this.instance({ fn, args });
    if (!instance.complete) this.solve(instance);
    return { effects: instance.effects, open: [...instance.open.values()] };
  }

  /** Puts arguments for a function's parameters; members of type parameters become those of the types. */
  parametersOf(fn: FunctionId, args: readonly Term[]): Substituter {
    return this.substituter(makeSubstitution(this.types.program.function(fn).params, args).params);
  }

  /** The same with the values of parameters by name. */
  substituter(params: ReadonlyMap<ParamId, Term>): Substituter {
    const { program, store } = this.types;
    return new Substituter(store, { params, origins: null }, (term) =>
      term.kind === 'projection' ? (program.associated(term.self, term.trait, term.member, term.args) ?? term) : term,
    );
  }

  ofDeed(deed: Deed): Outcome {
    if (deed.kind === 'function') return this.ofCall(deed.fn, deed.args);
    const { calls, open } = this.callsOf(deed);
    if (calls.length === 0) return { effects: [], open };
    const effects: Effect[] = [];
    const all = [...open];
    for (const call of calls) {
      const outcome = this.ofCall(call.fn, call.args);
      // What is done to arguments is the business of who passes them.
      for (const effect of outcome.effects) if (effect.root.kind !== 'argument') addEffect(effects, effect);
      all.push(...outcome.open);
    }
    return { effects, open: all };
  }

  /** Whether a value of this type leads to an `ArcPointer` to a value of type `shared`. */
  reaches(type: Term, shared: Term): boolean {
    for (const other of this.sharedFrom(type)) if (mayBeSame(other, shared)) return true;
    return false;
  }

  /** The types of the shared values that a value of this type leads to; parameters and the like stand for any. */
  sharedFrom(type: Term): ReadonlySet<Term> {
    let known = this.reachable.get(type);
    if (known === undefined) {
      const found = new Set<Term>();
      this.collectShared(type, new Set(), found);
      known = found;
      this.reachable.set(type, known);
    }
    return known;
  }

  /** Whether a value of type `from` leads to an owner of a value in which one of type `to` may lie; `expected`: type parameters stand
   *  for any type that makes it so. */
  leadsBack(from: Term, to: Term, expected: boolean): boolean {
    for (const shared of this.sharedFrom(from))
      if (expected ? this.mayContain(shared, to) : !isOpen(shared) && this.contains(shared, to)) return true;
    return false;
  }

  /** Whether a value of type `part` may lie in a value of type `whole`, and not only be shared by one. */
  contains(whole: Term, part: Term): boolean {
    return this.someInside(whole, (type) => type === part);
  }

  /** The same where type parameters stand for any type. */
  mayContain(whole: Term, part: Term): boolean {
    return this.someInside(whole, (type) => mayBeSame(type, part));
  }

  private someInside(whole: Term, test: (type: Term) => boolean): boolean {
    const seen = new Set<Term>();
    const inside = (type: Term): boolean => {
      if (test(type)) return true;
      if (type.kind !== 'struct' || seen.has(type) || sharedBy(type) !== null) return false;
      seen.add(type);
      return this.types.fieldTypes(type).some(inside) || type.args.some(inside);
    };
    return inside(whole);
  }

  private collectShared(type: Term, seen: Set<Term>, found: Set<Term>): void {
    if (seen.has(type)) return;
    seen.add(type);
    if (type.kind === 'ref') this.collectShared(type.pointee, seen, found);
    else if (type.kind === 'list') for (const element of type.elements) this.collectShared(element, seen, found);
    else if (type.kind === 'param' || type.kind === 'projection') found.add(type);
    else if (type.kind === 'struct') {
      const shared = type.decl.path === WEAK ? type.args[0] : sharedBy(type);
      if (shared !== undefined && shared !== null) found.add(shared);
      for (const field of this.types.fieldTypes(type)) this.collectShared(field, seen, found);
      for (const arg of type.args) this.collectShared(arg, seen, found);
    }
  }

  // ---------------------------------------------------------------------------------------------- functions put together

  private isReadable(fn: FunctionId): boolean {
    const declared = this.types.program.function(fn);
    return declared.kind.kind === 'written' && !isLibrary(declared);
  }

  private body(fn: FunctionId): BodyEffects {
    const known = this.bodies.get(fn);
    if (known !== undefined) return known;
    const declared = this.types.program.function(fn);
    const body = this.types.program.body(fn);
    const result = body === null ? NO_EFFECTS : readBodyEffects(this.types, declared, body);
    this.bodies.set(fn, result);
    return result;
  }

  private instance(call: FunctionCall): Instance {
    const key = `${call.fn}:${call.args.map((arg) => arg.id).join(',')}`;
    let instance = this.instances.get(key);
    if (instance === undefined) {
      instance = { ...call, effects: [], open: new Map(), calls: [], complete: false };
      this.instances.set(key, instance);
    }
    return instance;
  }

  /** Effects of a function and of all that it calls, as a least fixpoint. */
  private solve(start: Instance): void {
    const order: Instance[] = [];
    const seen = new Set<Instance>();
    const work = [start];
    for (let next = work.pop(); next !== undefined; next = work.pop()) {
      if (seen.has(next) || next.complete || seen.size > MOST_INSTANCES) continue;
      seen.add(next);
      order.push(next);
      this.open(next);
      for (const { callee } of next.calls) work.push(callee);
    }
    let changed = true;
    while (changed) {
      changed = false;
      for (let i = order.length - 1; i >= 0; i--) {
        const instance = order[i];
        if (instance !== undefined && this.gather(instance)) changed = true;
      }
    }
    for (const instance of order) instance.complete = true;
  }

  /** Reads the body, with parameters replaced. */
  private open(instance: Instance): void {
    const { effects, calls } = this.body(instance.fn);
    if (effects.length === 0 && calls.length === 0) return;
    const terms = this.parametersOf(instance.fn, instance.args);
    for (const effect of effects) addEffect(instance.effects, this.withTerms(effect, terms));
    const callees: { callee: Instance; targets: readonly (readonly Target[])[] }[] = [];
    for (const site of calls) this.openSite(site, instance, terms, callees);
    instance.calls = callees;
  }

  private openSite(
    site: CallSite,
    instance: Instance,
    terms: Substituter,
    callees: { callee: Instance; targets: readonly (readonly Target[])[] }[],
  ): void {
    const deed = deedWith(site.deed, terms);
    const targets = site.targets.map((list) => list.map((target) => this.withTerms(target, terms)));
    if (deed.kind === 'function') {
      if (this.isReadable(deed.fn)) callees.push({ callee: this.instance(deed), targets });
      return;
    }
    const { calls, open } = this.callsOf(deed);
    for (const call of calls) if (this.isReadable(call.fn)) callees.push({ callee: this.instance(call), targets: [] });
    for (const one of open) instance.open.set(deedKey(one), one);
  }

  private withTerms<T extends Effect | Target>(at: T, terms: Substituter): T {
    const { root } = at;
    if (root.kind === 'argument') return at;
    if (root.kind === 'shared') return { ...at, root: { kind: 'shared', type: terms.apply(root.type) } };
    return { ...at, root: { kind: 'origin', origin: terms.apply(root.origin) } };
  }

  /** Takes over what the callees do. */
  private gather(instance: Instance): boolean {
    let changed = false;
    for (const { callee, targets } of instance.calls) {
      for (const { root, path, moves } of callee.effects) {
        for (const effect of this.atCaller(instance, targets, { root, path, moves }))
          if (addEffect(instance.effects, effect)) changed = true;
      }
      for (const [key, deed] of callee.open) {
        if (instance.open.has(key)) continue;
        instance.open.set(key, deed);
        changed = true;
      }
    }
    return changed;
  }

  /** A callee's effect, said of the caller's places. */
  private atCaller(
    caller: FunctionCall,
    targets: readonly (readonly Target[])[],
    { root, path, moves }: Effect,
  ): readonly Effect[] {
    const below = (target: Target): Effect => ({
      root: target.root,
      path: target.open ? target.path : shorten([...target.path, ...path]),
      moves,
    });
    switch (root.kind) {
      case 'shared':
        return [{ root, path, moves }];
      case 'argument':
        return (targets[root.index] ?? []).map(below);
      case 'origin': {
        const { places, symbolic } = this.types.originsOf(root.origin);
        const effects: Effect[] = symbolic.map((origin) => ({ root: { kind: 'origin', origin }, path, moves }));
        for (const place of places) {
          const target = targetOfOrigin(this.types, place, (id) => this.argumentOf(caller.fn, id));
          if (target !== null) effects.push(below(target));
          else effects.push({ root: { kind: 'origin', origin: root.origin }, path, moves });
        }
        return effects;
      }
    }
  }

  private argumentOf(fn: FunctionId, root: OriginRootId): { readonly index: number; readonly type: Term } | null {
    const { args } = this.types.program.function(fn);
    const index = args.findIndex((arg) => arg.origin === root);
    const type = args[index]?.type;
    return type === undefined ? null : { index, type };
  }

  // ---------------------------------------------------------------------------------------------- which functions run

  /** The functions that a deed is, and what of it cannot be known before a parameter is. */
  callsOf(deed: Deed): {
    readonly calls: readonly FunctionCall[];
    readonly open: readonly Deed[];
  } {
    const { program } = this.types;
    switch (deed.kind) {
      case 'function':
        return { calls: [deed], open: [] };
      case 'requirement': {
        if (isOpen(deed.self)) return { calls: [], open: [deed] };
        const witness = program.witness(deed.self, deed.trait, deed.member);
        if (witness === null) return { calls: [], open: [] };
        return { calls: [{ fn: witness.fn, args: [...witness.args, ...deed.args] }], open: [] };
      }
      case 'callable':
        return this.callable(deed);
      case 'pointer':
        if (isOpen(deed.type)) return { calls: [], open: [deed] };
        return { calls: this.pointerTargets(deed.type), open: [] };
      case 'copy':
      case 'destroy':
      case 'members': {
        const calls: FunctionCall[] = [];
        const open: Deed[] = [];
        this.collectLifecycle(deed.kind, deed.type, new Set(), calls, open);
        return { calls, open };
      }
    }
  }

  private callable(deed: Deed & { readonly kind: 'callable' }): {
    readonly calls: readonly FunctionCall[];
    readonly open: readonly Deed[];
  } {
    const { type, params } = deed;
    const func = type.kind === 'functionItem' ? type.func : type;
    if (func.kind === 'function') return { calls: [{ fn: func.decl.id, args: [...func.args, ...params] }], open: [] };
    if (func.kind === 'functionType') return { calls: this.pointerTargets(func), open: [] };
    if (func.kind === 'requirement') {
      const { trait, member, self, args } = func;
      return this.callsOf({ kind: 'requirement', trait, member, self, args });
    }
    if (isOpen(type)) return { calls: [], open: [deed] };
    const witness = this.types.program.callMethod(type);
    if (witness === null) return { calls: [], open: [] };
    return { calls: [{ fn: witness.fn, args: [...witness.args, ...params] }], open: [] };
  }

  /** The user's functions that copying or destroying a value may run, or all that the library may call. */
  private collectLifecycle(
    kind: 'copy' | 'destroy' | 'members',
    type: Term,
    seen: Set<Term>,
    calls: FunctionCall[],
    open: Deed[],
  ): void {
    if (seen.has(type)) return;
    seen.add(type);
    const inside = (inner: Term): void => this.collectLifecycle(kind, inner, seen, calls, open);
    switch (type.kind) {
      case 'struct': {
        const struct = this.types.program.struct(type.decl.id);
        if (kind === 'members' && struct.closure !== null) calls.push({ fn: struct.closure, args: type.args });
        if (kind !== 'destroy' && struct.copy.kind === 'written') calls.push({ fn: struct.copy.fn, args: type.args });
        if (kind !== 'copy' && struct.destroy.kind === 'written')
          calls.push({ fn: struct.destroy.fn, args: type.args });
        if (kind === 'members') for (const fn of this.membersOf(type.decl.id)) calls.push(this.member(fn, type.args));
        for (const field of this.types.fieldTypes(type)) inside(field);
        if (type.decl.path.startsWith('std.')) for (const arg of type.args) inside(arg);
        return;
      }
      case 'list':
        for (const element of type.elements) inside(element);
        return;
      case 'functionItem':
        if (kind === 'members') {
          const found = this.callable({ kind: 'callable', type, params: [] });
          calls.push(...found.calls);
          open.push(...found.open);
        }
        return;
      case 'functionType':
        if (kind === 'members' && type.thin) calls.push(...this.pointerTargets(type));
        return;
      case 'param':
      case 'projection':
      case 'packElement':
      case 'conditional':
        if (isOpen(type)) open.push({ kind, type });
        return;
      default:
        return;
    }
  }

  /** Own parameters of the member stay as they are. */
  private member(fn: FunctionId, args: readonly Term[]): FunctionCall {
    return { fn, args: [...args, ...this.types.program.function(fn).params.slice(args.length)] };
  }

  /** Methods that a trait of the library may require. */
  private membersOf(struct: StructId): readonly FunctionId[] {
    if (this.members === null) {
      this.members = new Map();
      for (const fn of this.types.program.userFunctions()) {
        const { parentStruct, ref } = this.types.program.function(fn);
        const isRequired = ref.name.startsWith('__') ? ref.name !== '__init__' : ref.name.startsWith('write_');
        if (parentStruct === null || !isRequired) continue;
        const known = this.members.get(parentStruct);
        if (known === undefined) this.members.set(parentStruct, [fn]);
        else known.push(fn);
      }
    }
    return this.members.get(struct) ?? [];
  }

  private pointerTargets(type: Term): readonly FunctionCall[] {
    this.pointed ??= pointedFunctions(this.types);
    if (type.kind !== 'functionType') return this.pointed;
    const { program } = this.types;
    return this.pointed.filter(({ fn }) => {
      const { args } = program.function(fn);
      return (
        args.length === type.args.length &&
        args.every((arg, index) => {
          const formal = type.args[index]?.type;
          return arg.type.kind !== 'struct' || formal?.kind !== 'struct' || arg.type.decl === formal.decl;
        })
      );
    });
  }
}

/** Functions that the program uses as values. */
function pointedFunctions(types: TypeFacts): readonly FunctionCall[] {
  const found = new Map<string, FunctionCall>();
  const add = (term: Term): void => {
    switch (term.kind) {
      case 'function':
        found.set(`${term.decl.id}:${term.args.map((arg) => arg.id).join(',')}`, { fn: term.decl.id, args: term.args });
        return;
      case 'functionItem':
        add(term.func);
        return;
      case 'structValue':
        term.fields.forEach(add);
        return;
      case 'list':
        term.elements.forEach(add);
        return;
      case 'memoryValue':
        for (const { relocations } of term.image.allocations)
          for (const { target } of relocations) if (target.kind === 'function') add(target.func);
        return;
      default:
        return;
    }
  };
  const visit = (expr: HirExpr): boolean => {
    add(expr.type);
    if (expr.kind === 'constant' || expr.kind === 'materialize') add(expr.term);
    return true;
  };
  for (const fn of types.program.userFunctions()) {
    const body = types.program.body(fn);
    if (body !== null) walkStatements(body.statements, visit, () => {});
  }
  return [...found.values()];
}

/** Types with parameters may turn out to be anything that has their shape. */
export function mayBeSame(a: Term, b: Term): boolean {
  if (a === b || isOpen(a) || isOpen(b)) return true;
  if (a.kind !== 'struct' || b.kind !== 'struct' || a.decl !== b.decl) return false;
  return a.args.every((arg, index) => {
    const other = b.args[index];
    return other !== undefined && mayBeSame(arg, other);
  });
}

/** Stands for a type that only an instance knows. */
export function isOpen(type: Term): boolean {
  return (
    type.kind === 'param' || type.kind === 'projection' || type.kind === 'packElement' || type.kind === 'conditional'
  );
}

export function deedWith(deed: Deed, terms: Substituter): Deed {
  switch (deed.kind) {
    case 'function':
      return { ...deed, args: deed.args.map((arg) => terms.apply(arg)) };
    case 'requirement':
      return { ...deed, self: terms.apply(deed.self), args: deed.args.map((arg) => terms.apply(arg)) };
    case 'callable':
      return { ...deed, type: terms.apply(deed.type), params: deed.params.map((param) => terms.apply(param)) };
    default:
      return { ...deed, type: terms.apply(deed.type) };
  }
}

export function deedKey(deed: Deed): string {
  switch (deed.kind) {
    case 'function':
      return `f${deed.fn}:${deed.args.map((arg) => arg.id).join(',')}`;
    case 'requirement':
      return `r${deed.member.id}:${deed.self.id}:${deed.args.map((arg) => arg.id).join(',')}`;
    default:
      return `${deed.kind}${deed.type.id}`;
  }
}
