/** What a function may change of its arguments and of values that an `ArcPointer` shares: containers that it lets grow or
 *  shrink, places that it assigns. Asked by the checks of interior references and of races, because a shared value may be changed
 *  through another owner, of which a reference's origin says nothing.
 *  In: HIR of the user's functions, read when they are asked about.  Out: effects, each a root and a path below it.
 *
 *  Paths are prefixes: where the way to a place is not a field or a list element, the effect is on everything from there. Calls of
 *  type parameters and of function pointers are not followed; a closure that is passed counts as called. */
import type { HirArg, HirBody, HirExpr, HirLocalId } from '../../sema/hir.ts';
import { makeSubstitution, substitute } from '../../terms/substitute.ts';
import type { FunctionId, OriginStep, Term } from '../../terms/term.ts';
import type { TypeFacts } from '../type-facts.ts';
import { sameStep } from './accesses.ts';
import { walkStatements } from '../hir-walk.ts';

export interface Effect {
  /** An argument by its index, or any value of this type that an `ArcPointer` shares. */
  readonly root: number | Term;
  readonly path: readonly OriginStep[];
  /** False: elements are written in place, and references to them stay good. */
  readonly moves: boolean;
}

const ARC = 'std.memory.arc_pointer.ArcPointer';
/** It leads to an owner. */
const WEAK = 'std.memory.arc_pointer.WeakPointer';
const ELEMENT: OriginStep = { kind: 'interior', name: 'element' };
/** Longer paths are cut, so that recursive functions have finitely many effects. */
const LONGEST = 5;

/** The type that an `ArcPointer` type shares, or null. */
export function sharedBy(type: Term): Term | null {
  return type.kind === 'struct' && type.decl.path === ARC ? (type.args[0] ?? null) : null;
}

interface Target {
  readonly root: number | Term;
  readonly path: readonly OriginStep[];
  /** Nothing can be added to the path: a step on the way has no name. */
  readonly open: boolean;
}

interface CallSite {
  readonly fn: FunctionId;
  readonly args: readonly Term[];
  readonly targets: readonly (Target | null)[];
}

interface Summary {
  readonly effects: Effect[];
  readonly calls: readonly CallSite[];
}

/** Remembers summaries. One per program. */
export class SharedEffects {
  private readonly types: TypeFacts;
  private readonly summaries = new Map<FunctionId, Summary>();
  private readonly complete = new Set<FunctionId>();
  private readonly reachable = new Map<Term, ReadonlySet<Term>>();

  constructor(types: TypeFacts) {
    this.types = types;
  }

  of(fn: FunctionId): readonly Effect[] {
    if (!this.complete.has(fn)) this.solve(fn);
    return this.summaries.get(fn)?.effects ?? [];
  }

  /** Of a function with these arguments for its parameters. */
  ofCall(fn: FunctionId, args: readonly Term[]): readonly Effect[] {
    const effects = this.of(fn);
    if (effects.length === 0 || args.length === 0) return effects;
    const substitution = makeSubstitution(this.types.program.function(fn).params, args);
    return effects.map((effect) =>
      typeof effect.root === 'number'
        ? effect
        : { ...effect, root: substitute(this.types.store, effect.root, substitution) },
    );
  }

  /** Whether a value of this type leads to an `ArcPointer` to a value of type `shared`. */
  reaches(type: Term, shared: Term): boolean {
    let known = this.reachable.get(type);
    if (known === undefined) {
      const found = new Set<Term>();
      this.collectShared(type, new Set(), found);
      known = found;
      this.reachable.set(type, known);
    }
    for (const other of known) if (mayBeSame(other, shared)) return true;
    return false;
  }

  private collectShared(type: Term, seen: Set<Term>, found: Set<Term>): void {
    if (seen.has(type)) return;
    seen.add(type);
    if (type.kind === 'ref') this.collectShared(type.pointee, seen, found);
    else if (type.kind === 'list') for (const element of type.elements) this.collectShared(element, seen, found);
    else if (type.kind === 'struct') {
      const shared = type.decl.path === WEAK ? type.args[0] : sharedBy(type);
      if (shared !== undefined && shared !== null) found.add(shared);
      for (const field of this.types.fieldTypes(type)) this.collectShared(field, seen, found);
      for (const arg of type.args) this.collectShared(arg, seen, found);
    }
  }

  /** Effects of a function and of all that it calls, as a least fixpoint. */
  private solve(start: FunctionId): void {
    const order: FunctionId[] = [];
    const visit = (fn: FunctionId): void => {
      if (order.includes(fn)) return;
      order.push(fn);
      for (const call of this.summary(fn).calls) if (!this.complete.has(call.fn)) visit(call.fn);
    };
    visit(start);
    let changed = true;
    while (changed) {
      changed = false;
      for (const fn of order) {
        const { effects, calls } = this.summary(fn);
        for (const call of calls) {
          for (const effect of this.atCall(call)) if (addEffect(effects, effect)) changed = true;
        }
      }
    }
    for (const fn of order) this.complete.add(fn);
  }

  /** The callee's effects, said of the caller's places. */
  private atCall(call: CallSite): readonly Effect[] {
    const { params } = this.types.program.function(call.fn);
    const substitution = makeSubstitution(params, call.args);
    const result: Effect[] = [];
    for (const { root, path, moves } of this.summary(call.fn).effects) {
      if (typeof root !== 'number')
        result.push({ root: substitute(this.types.store, root, substitution), path, moves });
      else {
        const target = call.targets[root];
        if (target === null || target === undefined) continue;
        result.push({ root: target.root, path: target.open ? target.path : shorten([...target.path, ...path]), moves });
      }
    }
    return result;
  }

  private summary(fn: FunctionId): Summary {
    const known = this.summaries.get(fn);
    if (known !== undefined) return known;
    const declared = this.types.program.function(fn);
    const readable = declared.kind.kind === 'written' && !declared.ref.path.startsWith('std.');
    const body = readable ? this.types.program.body(fn) : null;
    const summary = body === null ? { effects: [], calls: [] } : new BodyReader(this.types, body).read();
    this.summaries.set(fn, summary);
    return summary;
  }
}

/** Types with parameters may turn out to be anything. */
export function mayBeSame(a: Term, b: Term): boolean {
  return a === b || a.kind === 'param' || b.kind === 'param' || a.kind === 'projection' || b.kind === 'projection';
}

function shorten(path: readonly OriginStep[]): readonly OriginStep[] {
  return path.length > LONGEST ? path.slice(0, LONGEST) : path;
}

function addEffect(effects: Effect[], effect: Effect): boolean {
  const covered = effects.some(
    (other) =>
      other.root === effect.root &&
      (other.moves || !effect.moves) &&
      other.path.length <= effect.path.length &&
      other.path.every((step, index) => {
        const own = effect.path[index];
        return own !== undefined && sameStep(step, own);
      }),
  );
  if (!covered) effects.push(effect);
  return !covered;
}

/** Reads one body: its own effects and its calls. */
class BodyReader {
  private readonly types: TypeFacts;
  private readonly body: HirBody;
  private readonly effects: Effect[] = [];
  private readonly calls: CallSite[] = [];
  /** What local references were bound to. */
  private readonly bound: (HirExpr | undefined)[] = [];
  /** Locals that were given a value that no other owner has. */
  private readonly fresh: boolean[] = [];
  private readonly assigned: boolean[] = [];

  constructor(types: TypeFacts, body: HirBody) {
    this.types = types;
    this.body = body;
  }

  read(): Summary {
    walkStatements(
      this.body.statements,
      () => true,
      (statement) => {
        if (statement.kind === 'assign' && statement.place.kind === 'local')
          this.assigned[statement.place.local] = true;
        if (statement.kind !== 'let' || statement.init === null) return;
        if (statement.init.type.kind === 'ref') this.bound[statement.local] = statement.init;
        else if (this.makesOwner(statement.init)) this.fresh[statement.local] = true;
      },
    );
    walkStatements(
      this.body.statements,
      (expr) => {
        if (expr.kind === 'call') this.call(expr);
        else if (expr.kind === 'intrinsic')
          for (const arg of expr.args) if (arg.mode === 'borrowMut') this.changed(this.target(arg.expr), false);
        return true;
      },
      (statement) => {
        if (statement.kind === 'assign') this.changed(this.target(statement.place), true);
      },
    );
    return { effects: this.effects, calls: this.calls };
  }

  private makesOwner(expr: HirExpr): boolean {
    if (expr.kind !== 'call' || expr.callee.kind !== 'function') return false;
    const fn = this.types.program.function(expr.callee.fn);
    return fn.ref.name === '__init__' && sharedBy(expr.type) !== null && fn.args[0]?.name === 'value';
  }

  private changed(target: Target | null, moves: boolean): void {
    if (target !== null) addEffect(this.effects, { root: target.root, path: shorten(target.path), moves });
  }

  private call(expr: HirExpr & { readonly kind: 'call' }): void {
    for (const arg of expr.args) this.passesClosure(arg);
    if (expr.callee.kind !== 'function') {
      for (const arg of expr.args) if (arg.mode === 'borrowMut') this.changed(this.target(arg.expr), true);
      return;
    }
    const fn = this.types.program.function(expr.callee.fn);
    if (fn.kind.kind === 'written' && !fn.ref.path.startsWith('std.')) {
      const targets = expr.args.map((arg) => (arg.mode === 'own' ? null : this.target(arg.expr)));
      this.calls.push({ fn: expr.callee.fn, args: expr.callee.args, targets });
      return;
    }
    expr.args.forEach((arg, index) => {
      if (arg.mode !== 'borrowMut' || fn.args[index]?.convention === 'ref' || isAccess(fn.ref.name)) return;
      this.changed(this.target(arg.expr), mayRestructure(fn.ref.name, this.types.builtinOf(arg.expr.type)));
    });
  }

  private passesClosure(arg: HirArg): void {
    const type = arg.expr.type.kind === 'ref' ? arg.expr.type.pointee : arg.expr.type;
    const closure = this.types.structOf(type)?.closure ?? null;
    if (closure === null) return;
    this.calls.push({ fn: closure, args: type.kind === 'struct' ? type.args : [], targets: [] });
    // What it captured mutably may be any argument, or a part of one.
    const { store } = this.types;
    if (!this.types.fieldTypes(type).some((field) => field.kind === 'ref' && field.mut === store.true)) return;
    for (const { kind } of this.body.locals)
      if (kind.kind === 'argument') this.changed({ root: kind.index, path: [], open: true }, true);
  }

  /** The argument or shared value that a place lies in. */
  private target(expr: HirExpr): Target | null {
    switch (expr.kind) {
      case 'local': {
        const local = this.body.locals[expr.local];
        if (local?.kind.kind === 'argument') return { root: local.kind.index, path: [], open: false };
        const bound = this.bound[expr.local];
        return bound === undefined ? null : this.target(bound);
      }
      case 'field': {
        const base = this.target(expr.base);
        return extend(base, { kind: 'field', index: expr.index, name: expr.name });
      }
      case 'element':
        return opened(this.target(expr.base));
      case 'deref':
        return this.target(expr.reference);
      case 'copy':
      case 'refOf':
        return this.target(expr.place);
      case 'block':
        return this.target(expr.result);
      case 'call':
        return this.designated(expr);
      default:
        return null;
    }
  }

  /** Of a call that returns a reference. */
  private designated(expr: HirExpr & { readonly kind: 'call' }): Target | null {
    const [receiver] = expr.args;
    if (receiver === undefined || expr.type.kind !== 'ref') return null;
    if (expr.callee.kind !== 'function') return opened(this.target(receiver.expr));
    const { ref } = this.types.program.function(expr.callee.fn);
    const owner = receiver.expr.type.kind === 'ref' ? receiver.expr.type.pointee : receiver.expr.type;
    const shared = sharedBy(owner);
    if (shared !== null && ref.path.startsWith('std.')) {
      if (receiver.expr.kind === 'local' && this.isFresh(receiver.expr.local)) return null;
      return { root: shared, path: [], open: false };
    }
    const base = this.target(receiver.expr);
    const isElement = ref.name === '__getitem__' && this.types.builtinOf(owner) === 'list';
    return isElement ? extend(base, ELEMENT) : opened(base);
  }

  private isFresh(local: HirLocalId): boolean {
    return this.fresh[local] === true && this.assigned[local] !== true;
  }
}

function extend(base: Target | null, step: OriginStep): Target | null {
  return base === null || base.open ? base : { ...base, path: [...base.path, step] };
}

function opened(base: Target | null): Target | null {
  return base === null ? null : { ...base, open: true };
}

/** Asking for an element is no change; what happens to the element is. */
function isAccess(name: string): boolean {
  return name.startsWith('__getitem') || name === '__iter__';
}

/** Setting an element leaves the memory where it is, except that a new key may move all entries. */
function mayRestructure(name: string, role: string | null): boolean {
  return name !== '__setitem__' || role === 'dict' || role === 'set';
}
