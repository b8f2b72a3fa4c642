/** Data races in parallel tasks: what a closure that runs concurrently may do with what it captured.
 *  In: the HIR of a function that passes a closure to a concurrent formal.  Out: an error at each access that other tasks may
 *  disturb; one for each captured variable.
 *
 *  A formal is concurrent when its type parameter is bounded by the library's `Concurrent`, or when the function passes it on
 *  to a concurrent formal: user wrappers of `parallelize` inherit the rule.
 *
 *  The closure may use freely what it owns and does not change, what it borrows immutably, types marked `SharedMutable`, and what it reaches
 *  through untracked pointers. A safe value captured mutably – or reached through a tracked mutable pointer or span – is
 *  accepted if it is only read, or if it is a list, array or span and each access is a subscript `i * k + c` in the task's
 *  own index, with one `k` for all and 0 ≤ c < k, where `c` is a number or counts a loop over `range(k)` (`k` may be a number that was captured
 *  immutably, or a field of such a value). A capture that leads
 *  to an `ArcPointer` must not be in a task that changes a value of the pointer's type, unless that type may be shared. */
import { present } from '../../base/invariant.ts';
import type { Sink } from '../../diagnostics/sink.ts';
import type { HirBody, HirCallee, HirExpr, HirFunction, HirStruct } from '../../sema/hir.ts';
import type { FunctionId, Term } from '../../terms/term.ts';
import { typeName } from '../../terms/type-name.ts';
import type { TypeFacts } from '../type-facts.ts';
import * as errors from './errors.ts';
import type { SharedEffects } from './shared-effects.ts';
import { walkStatements } from '../hir-walk.ts';
import { onlyReads } from './read-only-arguments.ts';
import { TaskIndex } from './task-index.ts';
import { type Part, type PartFacts, TaskParts } from './task-parts.ts';

/** Remembers which formals are concurrent and which closures were looked at. One per program. */
export class RaceCheck {
  private readonly types: TypeFacts;
  private readonly effects: SharedEffects;
  private readonly concurrent = new Map<FunctionId, readonly boolean[]>();
  private readonly checked = new Set<FunctionId>();

  constructor(types: TypeFacts, effects: SharedEffects) {
    this.types = types;
    this.effects = effects;
  }

  check(body: HirBody, sink: Sink): void {
    // The library hands out the parts of a span that are disjoint by how it cuts them.
    if (this.types.program.function(body.function).ref.path.startsWith('std.')) return;
    walkStatements(
      body.statements,
      (expr) => {
        if (expr.kind === 'call' && expr.callee.kind === 'function') {
          const { fn, args } = expr.callee;
          const flags = this.concurrentParams(fn);
          args.forEach((arg, index) => {
            if (flags[index] === true) this.checkCallable(arg, sink);
          });
        }
        return true;
      },
      () => {},
    );
  }

  /** Which of the flat parameters of a function are callables that it runs concurrently. */
  private concurrentParams(id: FunctionId): readonly boolean[] {
    const known = this.concurrent.get(id);
    if (known !== undefined) return known;
    const fn = this.types.program.function(id);
    const flags = fn.params.map((param) => isConcurrentBound(param.type));
    // Set before the body is read, so that recursion ends.
    this.concurrent.set(id, flags);
    const callables = fn.params.some((param) => takesCallable(param.type));
    if (!callables || fn.kind.kind !== 'written' || flags.some((flag) => flag)) return flags;
    const body = this.types.program.body(id);
    if (body === null) return flags;
    walkStatements(
      body.statements,
      (expr) => {
        if (expr.kind === 'call' && expr.callee.kind === 'function') {
          const { fn: callee, args } = expr.callee;
          const inner = this.concurrentParams(callee);
          args.forEach((arg, index) => {
            if (inner[index] !== true) return;
            const own = fn.params.findIndex((param) => param === arg);
            if (own >= 0) flags[own] = true;
          });
        }
        return true;
      },
      () => {},
    );
    return flags;
  }

  private checkCallable(type: Term, sink: Sink): void {
    const struct = this.types.structOf(type);
    if (struct === null || struct.closure === null || type.kind !== 'struct' || this.checked.has(struct.closure))
      return;
    this.checked.add(struct.closure);
    const body = this.types.program.body(struct.closure);
    if (body === null) return;
    const check = new ClosureCheck(this.types, this.types.program.function(struct.closure), body, struct, type, sink);
    check.run();
    check.checkShared(this.effects);
  }
}

function boundMembers(bound: Term): readonly Term[] {
  return bound.kind === 'composition' ? bound.members : [bound];
}

function isConcurrentBound(bound: Term): boolean {
  return boundMembers(bound).some((member) => member.kind === 'trait' && member.decl.name === 'Concurrent');
}

function takesCallable(bound: Term): boolean {
  return boundMembers(bound).some((member) => member.kind === 'functionType');
}

/** A place where a part is named. */
interface PartAccess {
  readonly part: number;
  readonly expr: HirExpr;
  /** A subscript in the task's own index. */
  readonly own: boolean;
}

class ClosureCheck {
  private readonly types: TypeFacts;
  private readonly body: HirBody;
  /** How many parts are whole captures. */
  private readonly captures: number;
  private readonly parts: TaskParts;
  /** Arguments of the closure's parameters. */
  private readonly args: readonly Term[];
  private readonly index: TaskIndex | null;
  private readonly sink: Sink;
  /** Captures of which something was reported. */
  private readonly reported = new Set<number>();
  /** By part: the factor that all its subscripts share. */
  private scales: (string | undefined)[] = [];
  private readonly writes: boolean[] = [];
  /** What local references were bound to. */
  private readonly bound: (HirExpr | undefined)[] = [];
  /** By capture: where it is named first. */
  private readonly mentions: (HirExpr | undefined)[] = [];
  private accesses: PartAccess[] = [];

  constructor(types: TypeFacts, fn: HirFunction, body: HirBody, struct: HirStruct, type: Term, sink: Sink) {
    this.types = types;
    this.body = body;
    this.sink = sink;
    this.args = type.kind === 'struct' ? type.args : [];
    const locals = body.locals.filter((local) => local.kind.kind === 'argument');
    const isSelf = (local: Term): boolean => local.kind === 'struct' && local.decl === struct.ref;
    const self = locals.find((local) => isSelf(local.type.kind === 'ref' ? local.type.pointee : local.type));
    const others = locals.filter((local) => local !== self);
    const facts: PartFacts = {
      types,
      isFree: (of) => this.isFree(of),
      isWriter: (of) => this.isWriter(of),
    };
    this.captures = struct.fields.length;
    this.parts = new TaskParts(facts, struct.fields, types.fieldTypes(type), self?.id ?? null);
    const [first] = others;
    const stable = (expr: HirExpr): string | null => this.stablePart(expr);
    this.index =
      first === undefined || fn.args.length === 0 ? null : new TaskIndex(types.program, body, first.id, stable);
  }

  /** A closure that reaches something of its surroundings mutably. */
  private isWriter(type: Term, depth = 0): boolean {
    const struct = this.types.structOf(type);
    if (struct === null || struct.closure === null || depth > 4) return false;
    const body = this.types.changesState(type) ? this.types.program.body(struct.closure) : null;
    if (body !== null) {
      const fn = this.types.program.function(struct.closure);
      if (new ClosureCheck(this.types, fn, body, struct, type, this.sink).changesWhatItHas()) return true;
    }
    return this.types.fieldTypes(type).some((field) => {
      if (field.kind !== 'ref') return this.isWriter(field, depth + 1);
      if (field.mut === this.types.store.true) return !this.isFree(field.pointee);
      return this.isWriter(field.pointee, depth + 1);
    });
  }

  /** Types whose use by several tasks is their author's business. */
  private isFree(type: Term, depth = 0): boolean {
    const struct = this.types.structOf(type);
    if (struct === null || depth > 4) return false;
    if (struct.sharedMutable) return true;
    if (struct.builtin !== null) return struct.builtin === 'pointer' && this.types.originsOf(type).places.length === 0;
    // A user's type that works through an untracked pointer has left the checked part of the language.
    return this.types.fieldTypes(type).some((field) => this.isFree(field, depth + 1));
  }

  private changesWhatItHas(): boolean {
    this.look();
    return this.writes.some((writes) => writes);
  }

  run(): void {
    // What is written decides which numbers are the same for all tasks, and so which subscripts are a task's own.
    this.look();
    this.accesses = [];
    this.scales = [];
    this.look();
    for (const own of [false, true]) for (const access of this.accesses) if (access.own === own) this.judge(access);
  }

  /** Reports an access that meets what another task writes. */
  private judge({ part, expr, own }: PartAccess): void {
    this.parts.all.forEach((written, number) => {
      if (this.writes[number] !== true || this.reported.has(written.capture)) return;
      if ((own && part === number) || !this.parts.meet(part, number)) return;
      this.report(written, expr, this.isIndexed(written.type));
      // Seen from the other side it is the same mistake.
      this.reported.add(present(this.parts.all[part], 'part').capture);
    });
  }

  private report(written: Part, at: HirExpr, indexed: boolean): void {
    this.reported.add(written.capture);
    const { name, type } = written;
    this.sink.report(errors.racingAccess({ name, type: typeName(type), indexed, at: at.span }));
  }

  private look(): void {
    walkStatements(
      this.body.statements,
      () => true,
      (statement) => {
        if (statement.kind === 'let' && statement.init?.kind === 'refOf')
          this.bound[statement.local] = statement.init.place;
      },
    );
    this.parts.all.forEach((part, index) => {
      if (part.isWriter) this.writes[index] = true;
    });
    walkStatements(
      this.body.statements,
      (expr) => this.visit(expr),
      (statement) => {
        if (statement.kind !== 'assign') return;
        const part = this.rootPart(statement.place);
        if (part >= 0) this.writes[part] = true;
      },
    );
  }

  /** Values that owners share are changed by the task or by what it calls. */
  checkShared(effects: SharedEffects): void {
    const changed: Term[] = [];
    for (const { root } of effects.ofCall(this.body.function, this.args).effects)
      if (root.kind === 'shared' && !this.isFree(root.type)) changed.push(root.type);
    this.parts.all.slice(0, this.captures).forEach((capture, index) => {
      if (this.reported.has(index) || !changed.some((type) => effects.reaches(capture.type, type))) return;
      const at = this.mentions[index];
      if (at !== undefined) this.report(capture, at, false);
    });
  }

  /** Number of the mutable part that an expression is, or -1. */
  private mutablePart(expr: HirExpr): number {
    const part = this.parts.of(expr);
    return this.parts.all[part]?.mutable === true ? part : -1;
  }

  /** A name for a number that no task changes: a capture, or a field of one. */
  private stablePart(expr: HirExpr): string | null {
    const number = this.parts.of(expr);
    const part = this.parts.all[number];
    if (part === undefined || part.isShared || this.types.builtinOf(part.type) !== 'simd') return null;
    if (this.parts.all.some((_, other) => this.writes[other] === true && this.parts.meet(number, other))) return null;
    return `<${[part.capture, ...part.path].join('.')}>`;
  }

  /** The part that a place lies in, through fields and subscripts. */
  private rootPart(expr: HirExpr): number {
    const direct = this.mutablePart(expr);
    if (direct >= 0) return direct;
    switch (expr.kind) {
      case 'field':
      case 'element':
        return this.rootPart(expr.base);
      case 'deref':
        return this.rootPart(expr.reference);
      case 'copy':
        return this.rootPart(expr.place);
      case 'local': {
        const target = this.bound[expr.local];
        return target === undefined ? -1 : this.rootPart(target);
      }
      case 'call':
      case 'intrinsic': {
        const [first] = expr.args;
        if (first === undefined) return -1;
        const root = this.rootPart(first.expr);
        return first.mode === 'borrowMut' || this.writesThrough(root) || this.parts.all[root]?.isShared === true
          ? root
          : -1;
      }
      default:
        return -1;
    }
  }

  /** Whoever gets a copy of a view, or what holds one, may write through it. */
  private writesThrough(part: number): boolean {
    const known = this.parts.all[part];
    return known?.isView === true || known?.holdsView === true;
  }

  private onlyReads(callee: HirCallee, arg: number): boolean {
    return callee.kind === 'function' && onlyReads(this.types, callee.fn, arg);
  }

  /** Number of the part that an expression is, or -1; notes where each capture is named first. */
  private named(expr: HirExpr): number {
    const number = this.parts.of(expr);
    const capture = this.parts.all[number]?.capture;
    if (capture !== undefined) this.mentions[capture] ??= expr;
    return number;
  }

  private visit(expr: HirExpr): boolean {
    const named = this.named(expr);
    if (expr.kind === 'call') {
      const name = expr.callee.kind === 'function' ? this.types.program.function(expr.callee.fn).ref.name : '';
      const [receiver, index] = expr.args;
      expr.args.forEach((arg, position) => {
        const root = this.rootPart(arg.expr);
        if (root < 0) return;
        if (arg.mode !== 'borrowMut' && !(this.writesThrough(root) && !isLength(name))) return;
        // Asking for an element is no write by itself; what happens to the element is.
        if (isSubscript(name) && arg === receiver) return;
        if (arg.mode === 'borrowMut' || !this.onlyReads(expr.callee, position)) this.writes[root] = true;
      });
      const part = receiver === undefined ? -1 : this.named(receiver.expr);
      if (part >= 0) {
        if (name === '__setitem__' && this.parts.all[part]?.mutable === true) this.writes[part] = true;
        if (isLength(name)) return false;
        if (isSubscript(name)) {
          const own = index !== undefined && this.isOwnElement(part, index.expr);
          this.accesses.push({ part, expr, own });
          return this.visitRest(expr, own ? 2 : 1);
        }
      }
    }
    if (named < 0) return true;
    this.accesses.push({ part: named, expr, own: false });
    return false;
  }

  /** Goes on inside the arguments from number `from`. */
  private visitRest(expr: HirExpr & { readonly kind: 'call' }, from: number): boolean {
    for (const arg of expr.args.slice(from)) {
      walkStatements(
        [{ kind: 'expr', expr: arg.expr, span: arg.expr.span }],
        (inner) => this.visit(inner),
        () => {},
      );
    }
    return false;
  }

  private isIndexed(type: Term): boolean {
    const role = this.types.builtinOf(type);
    return role === 'list' || role === 'array' || role === 'span' || role === 'pointer';
  }

  private isOwnElement(part: number, index: HirExpr): boolean {
    if (!this.isIndexed(this.parts.all[part]?.type ?? this.types.store.error)) return false;
    const stretch = this.index?.stretch(index) ?? null;
    if (stretch === null) return false;
    const known = this.scales[part];
    this.scales[part] = stretch.scale;
    return known === undefined || known === stretch.scale;
  }
}

/** The length of a container does not change while its elements do. */
function isLength(name: string): boolean {
  return name === '__len__' || name === 'len';
}

function isSubscript(name: string): boolean {
  return name === '__getitem__' || name === '__setitem__';
}
