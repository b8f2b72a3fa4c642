/** What one function does, read from its HIR and said in its own parameters: which memory it restructures, and what it calls.
 *  In: a body.  Out: its effects and call sites; `SharedEffects` puts them together. */
import type { HirArg, HirBody, HirCallee, HirExpr, HirFunction, HirLocalId } from '../../sema/hir.ts';
import type { OriginRootId, OriginStep, Term } from '../../terms/term.ts';
import { walkStatements } from '../hir-walk.ts';
import type { NamedOrigin, TypeFacts } from '../type-facts.ts';
import { sameStep } from './accesses.ts';
import { symbolicOrigin } from './pointers-in.ts';

/** Where an effect is: an argument by its index, memory that an origin parameter names, or any value of a type that an
 *  `ArcPointer` shares. */
export type EffectRoot =
  | { readonly kind: 'argument'; readonly index: number }
  | { readonly kind: 'origin'; readonly origin: Term }
  | { readonly kind: 'shared'; readonly type: Term };

/** Paths are prefixes: where the way to a place is not a field or an element, the effect is on everything from there. */
export interface Effect {
  readonly root: EffectRoot;
  readonly path: readonly OriginStep[];
  /** False: elements are written in place, and references to them stay good. */
  readonly moves: boolean;
}

export interface Target {
  readonly root: EffectRoot;
  readonly path: readonly OriginStep[];
  /** Nothing can be added to the path: a step on the way has no name. */
  readonly open: boolean;
}

/** Code that runs: which functions it is may depend on parameters. */
export type Deed =
  | Extract<HirCallee, { readonly kind: 'function' | 'requirement' }>
  /** A value of a parameter bounded by a function type is called. */
  | { readonly kind: 'callable'; readonly type: Term; readonly params: readonly Term[] }
  | { readonly kind: 'pointer'; readonly type: Term }
  | { readonly kind: 'copy'; readonly type: Term }
  | { readonly kind: 'destroy'; readonly type: Term }
  /** The library is given a value and may call any member of it that its traits require. */
  | { readonly kind: 'members'; readonly type: Term };

export interface CallSite {
  readonly deed: Deed;
  /** By argument; of code that is not a known function, what its caller counts as changed already. */
  readonly targets: readonly (readonly Target[])[];
}

export interface BodyEffects {
  readonly effects: readonly Effect[];
  readonly calls: readonly CallSite[];
}

export const NO_EFFECTS: BodyEffects = { effects: [], calls: [] };

const ARC = 'std.memory.arc_pointer.ArcPointer';
const ELEMENT: OriginStep = { kind: 'interior', name: 'element' };
const NO_TARGETS: readonly (readonly Target[])[] = [];

/** Longer paths are cut, so that recursive functions have finitely many effects. */
const LONGEST = 5;

/** The type that an `ArcPointer` type shares, or null. */
export function sharedBy(type: Term): Term | null {
  return type.kind === 'struct' && type.decl.path === ARC ? (type.args[0] ?? null) : null;
}

export function isLibrary(fn: HirFunction): boolean {
  return fn.ref.path.startsWith('std.');
}

export function shorten(path: readonly OriginStep[]): readonly OriginStep[] {
  return path.length > LONGEST ? path.slice(0, LONGEST) : path;
}

export function sameRoot(a: EffectRoot, b: EffectRoot): boolean {
  switch (a.kind) {
    case 'argument':
      return b.kind === 'argument' && a.index === b.index;
    case 'origin':
      return b.kind === 'origin' && a.origin === b.origin;
    case 'shared':
      return b.kind === 'shared' && a.type === b.type;
  }
}

export function addEffect(effects: Effect[], effect: Effect): boolean {
  const covered = effects.some(
    (other) =>
      sameRoot(other.root, effect.root) &&
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

/** The memory that an origin names, as far as a function's arguments and shared values are concerned; `argument` says which
 *  argument a root is. An owner on the way leads to what it shares. */
export function targetOfOrigin(
  types: TypeFacts,
  origin: NamedOrigin,
  argument: (root: OriginRootId) => { readonly index: number; readonly type: Term } | null,
): Target | null {
  const found = argument(origin.root);
  if (found === null) return null;
  let root: EffectRoot = { kind: 'argument', index: found.index };
  let path: OriginStep[] = [];
  let type: Term | undefined = found.type;
  const enterShared = (): void => {
    for (let shared = type === undefined ? null : sharedBy(type); shared !== null; shared = sharedBy(shared)) {
      root = { kind: 'shared', type: shared };
      path = [];
      type = shared;
    }
  };
  enterShared();
  for (const step of origin.path) {
    path.push(step);
    if (step.kind === 'field') type = type === undefined ? undefined : types.fieldTypes(type)[step.index];
    else type = type?.kind === 'struct' ? type.args.find((arg) => arg.kind === 'struct' || arg.kind === 'param') : type;
    enterShared();
  }
  return { root, path, open: false };
}

export function readBodyEffects(types: TypeFacts, fn: HirFunction, body: HirBody): BodyEffects {
  return new BodyReader(types, fn, body).read();
}

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
  private readonly locals = new Map<OriginRootId, HirLocalId>();
  private readonly destroyed = new Set<Term>();

  constructor(types: TypeFacts, fn: HirFunction, body: HirBody) {
    this.types = types;
    this.body = body;
    for (const local of body.locals) {
      this.locals.set(local.origin, local.id);
      const { kind } = local;
      const isLent = kind.kind === 'argument' && !['var', 'deinit'].includes(fn.args[kind.index]?.convention ?? '');
      if (!isLent && kind.kind !== 'result') this.dies(local.type);
    }
  }

  read(): BodyEffects {
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
        this.visit(expr);
        return true;
      },
      (statement) => {
        if (statement.kind !== 'assign') return;
        this.changed(this.targets(statement.place), true);
        this.dies(statement.place.type);
      },
    );
    return { effects: this.effects, calls: this.calls };
  }

  private visit(expr: HirExpr): void {
    if (expr.kind === 'call') {
      this.call(expr);
      this.dies(expr.type);
    } else if (expr.kind === 'copy') this.runs({ kind: 'copy', type: expr.type }, expr.type);
    else if (expr.kind === 'intrinsic')
      for (const arg of expr.args) if (arg.mode === 'borrowMut') this.changed(this.targets(arg.expr), false);
  }

  /** Some value of this type may end its life here. */
  private dies(type: Term): void {
    if (type.kind === 'ref' || this.destroyed.has(type)) return;
    this.destroyed.add(type);
    this.runs({ kind: 'destroy', type }, type);
  }

  private runs(deed: Deed, type: Term): void {
    if (mayRunUserCode(this.types, type)) this.calls.push({ deed, targets: NO_TARGETS });
  }

  private makesOwner(expr: HirExpr): boolean {
    if (expr.kind !== 'call' || expr.callee.kind !== 'function') return false;
    const fn = this.types.program.function(expr.callee.fn);
    return fn.ref.name === '__init__' && sharedBy(expr.type) !== null && fn.args[0]?.name === 'value';
  }

  private changed(targets: readonly Target[], moves: boolean): void {
    for (const { root, path } of targets) addEffect(this.effects, { root, path: shorten(path), moves });
  }

  private call(expr: HirExpr & { readonly kind: 'call' }): void {
    for (const arg of expr.args) this.passesClosure(arg);
    if (expr.callee.kind !== 'function') {
      for (const arg of expr.args) if (arg.mode === 'borrowMut') this.changed(this.targets(arg.expr), true);
      this.calls.push({ deed: expr.callee, targets: NO_TARGETS });
      return;
    }
    const fn = this.types.program.function(expr.callee.fn);
    if (fn.kind.kind === 'written' && !isLibrary(fn)) {
      const targets = expr.args.map((arg) => (arg.mode === 'own' ? [] : this.targets(arg.expr)));
      this.calls.push({ deed: expr.callee, targets });
      return;
    }
    for (const type of givenTypes(
      expr.callee.args,
      expr.args.map((arg) => arg.expr.type),
    ))
      this.runs({ kind: 'members', type }, type);
    expr.args.forEach((arg, index) => {
      if (arg.mode !== 'borrowMut' || fn.args[index]?.convention === 'ref' || isAccess(fn.ref.name)) return;
      this.changed(this.targets(arg.expr), mayRestructure(fn.ref.name, this.types.builtinOf(arg.expr.type)));
    });
  }

  /** A closure that is passed counts as called. */
  private passesClosure(arg: HirArg): void {
    const type = arg.expr.type.kind === 'ref' ? arg.expr.type.pointee : arg.expr.type;
    const closure = this.types.structOf(type)?.closure ?? null;
    if (closure === null || type.kind !== 'struct') return;
    this.calls.push({ deed: { kind: 'function', fn: closure, args: type.args }, targets: NO_TARGETS });
  }

  /** The arguments, origins and shared values that a place may lie in. */
  private targets(expr: HirExpr): readonly Target[] {
    switch (expr.kind) {
      case 'local': {
        const local = this.body.locals[expr.local];
        if (local?.kind.kind === 'argument')
          return [{ root: { kind: 'argument', index: local.kind.index }, path: [], open: false }];
        const bound = this.bound[expr.local];
        return bound === undefined ? [] : this.targets(bound);
      }
      case 'field':
        return this.targets(expr.base).map((base) =>
          extend(base, { kind: 'field', index: expr.index, name: expr.name }),
        );
      case 'element':
        return this.targets(expr.base).map(opened);
      case 'deref':
        return this.designatedBy(expr.reference);
      case 'copy':
      case 'refOf':
        return this.targets(expr.place);
      case 'block':
        return this.targets(expr.result);
      case 'conditional':
        return [...this.targets(expr.onTrue), ...this.targets(expr.onFalse)];
      case 'call':
        return this.ofCall(expr);
      default:
        return [];
    }
  }

  /** Of a reference: what it was made from, or, where it was stored somewhere, what its origin says. */
  private designatedBy(reference: HirExpr): readonly Target[] {
    const place: HirExpr = reference.kind === 'copy' ? reference.place : reference;
    if (isStored(place)) return this.ofOrigin(place.type);
    if (place.kind === 'local' && this.bound[place.local] === undefined) return this.ofOrigin(place.type);
    return this.targets(reference);
  }

  /** Of a call that returns a reference. */
  private ofCall(expr: HirExpr & { readonly kind: 'call' }): readonly Target[] {
    const [receiver] = expr.args;
    if (receiver === undefined || expr.type.kind !== 'ref') return [];
    if (expr.callee.kind !== 'function') return this.ofOrigin(expr.type);
    const fn = this.types.program.function(expr.callee.fn);
    const owner = receiver.expr.type.kind === 'ref' ? receiver.expr.type.pointee : receiver.expr.type;
    const shared = sharedBy(owner);
    if (shared !== null && isLibrary(fn)) {
      if (receiver.expr.kind === 'local' && this.isFresh(receiver.expr.local)) return [];
      return [{ root: { kind: 'shared', type: shared }, path: [], open: false }];
    }
    if (this.types.builtinOf(owner) === 'pointer' || !isLibrary(fn)) return this.ofOrigin(expr.type);
    const isElement = fn.ref.name === '__getitem__' && this.types.builtinOf(owner) === 'list';
    const bases = this.targets(receiver.expr);
    if (bases.length === 0) return this.ofOrigin(expr.type);
    return bases.map((base) => (isElement ? extend(base, ELEMENT) : opened(base)));
  }

  private ofOrigin(type: Term): readonly Target[] {
    if (type.kind !== 'ref') return [];
    const { places, symbolic } = this.types.originsOf(type.origin);
    const targets: Target[] = [];
    for (const origin of places) {
      const target = targetOfOrigin(this.types, origin, (root) => this.owned(root));
      if (target !== null && !(target.root.kind === 'argument' && target.root.index < 0)) targets.push(target);
    }
    for (const term of symbolic) {
      const named = symbolicOrigin(term);
      if (named === null) continue;
      targets.push({ root: { kind: 'origin', origin: named.root }, path: named.path, open: false });
    }
    return targets;
  }

  /** An argument; or a variable of the body, which leads on only to what owners in it share. */
  private owned(root: OriginRootId): { readonly index: number; readonly type: Term } | null {
    const id = this.locals.get(root);
    const local = id === undefined ? undefined : this.body.locals[id];
    if (local === undefined || id === undefined) return null;
    if (this.isFresh(id)) return null;
    return { index: local.kind.kind === 'argument' ? local.kind.index : -1, type: local.type };
  }

  private isFresh(local: HirLocalId): boolean {
    return this.fresh[local] === true && this.assigned[local] !== true;
  }
}

/** A reference in a field: it was made elsewhere. */
function isStored(place: HirExpr): boolean {
  return place.kind === 'field' || place.kind === 'element';
}

function extend(base: Target, step: OriginStep): Target {
  return base.open ? base : { ...base, path: [...base.path, step] };
}

function opened(base: Target): Target {
  return { ...base, open: true };
}

/** Asking for an element is no change; what happens to the element is. */
function isAccess(name: string): boolean {
  return name.startsWith('__getitem') || name === '__iter__';
}

/** Setting an element leaves the memory where it is, except that a new key may move all entries. */
function mayRestructure(name: string, role: string | null): boolean {
  return name !== '__setitem__' || role === 'dict' || role === 'set';
}

/** The types of what a library function gets: parameters and arguments. */
export function givenTypes(params: readonly Term[], args: readonly Term[]): ReadonlySet<Term> {
  const types = new Set<Term>();
  for (const type of [...params, ...args]) {
    const value = type.kind === 'ref' ? type.pointee : type;
    if (value.kind === 'list') for (const element of value.elements) types.add(element);
    else types.add(value);
  }
  return types;
}

const memos = new WeakMap<TypeFacts, Map<Term, boolean>>();

/** Whether a type is a user's, leads to one, or may turn out to be one: copying, destroying and comparing its values may run any code. */
export function mayRunUserCode(types: TypeFacts, type: Term): boolean {
  let memo = memos.get(types);
  if (memo === undefined) {
    memo = new Map();
    memos.set(types, memo);
  }
  const known = memo.get(type);
  if (known !== undefined) return known;
  memo.set(type, false);
  const result = computeMayRun(types, type);
  memo.set(type, result);
  return result;
}

function computeMayRun(types: TypeFacts, type: Term): boolean {
  switch (type.kind) {
    case 'struct':
      return (
        !type.decl.path.startsWith('std.') ||
        type.args.some((arg) => mayRunUserCode(types, arg)) ||
        types.fieldTypes(type).some((field) => mayRunUserCode(types, field))
      );
    case 'ref':
      return mayRunUserCode(types, type.pointee);
    case 'list':
      return type.elements.some((element) => mayRunUserCode(types, element));
    case 'param':
      return isTypeBound(type.type);
    case 'projection':
    case 'packElement':
    case 'functionItem':
    case 'conditional':
      return true;
    default:
      return false;
  }
}

/** The bound of a type parameter. */
export function isTypeBound(bound: Term): boolean {
  return bound.kind === 'trait' || bound.kind === 'composition' || bound.kind === 'functionType';
}
