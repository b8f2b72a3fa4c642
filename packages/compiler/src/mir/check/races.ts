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
import type { HirBody, HirExpr, HirFunction, HirLocalId, HirStruct } from '../../sema/hir.ts';
import type { FunctionId, Term } from '../../terms/term.ts';
import { typeName } from '../../terms/type-name.ts';
import type { TypeFacts } from '../type-facts.ts';
import * as errors from './errors.ts';
import type { SharedEffects } from './shared-effects.ts';
import { walkStatements } from '../hir-walk.ts';
import { TaskIndex } from './task-index.ts';

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

interface Capture {
  readonly name: string;
  readonly type: Term;
  /** A pointer or span: what it points to may be written through a copy of it. */
  readonly isView: boolean;
  /** Owned by several: what it holds may be written through any of them. Reading it is fine. */
  readonly isShared: boolean;
  /** A closure that itself captured something mutably: each use may write. */
  readonly isWriter: boolean;
  /** May be written through: captured by `mut`, or a tracked mutable view. */
  readonly mutable: boolean;
}

class ClosureCheck {
  private readonly types: TypeFacts;
  private readonly body: HirBody;
  private readonly captures: readonly Capture[];
  private readonly self: HirLocalId | null;
  /** Arguments of the closure's parameters. */
  private readonly args: readonly Term[];
  private readonly index: TaskIndex | null;
  private readonly sink: Sink;
  private readonly reported = new Set<number>();
  /** By capture: the factor that all its subscripts share. */
  private readonly scales: (string | undefined)[] = [];
  private readonly writes: boolean[] = [];
  /** What local references were bound to. */
  private readonly bound: (HirExpr | undefined)[] = [];
  /** By capture: where it is named first. */
  private readonly mentions: (HirExpr | undefined)[] = [];
  private readonly offenses: { readonly capture: number; readonly expr: HirExpr }[] = [];

  constructor(types: TypeFacts, fn: HirFunction, body: HirBody, struct: HirStruct, type: Term, sink: Sink) {
    this.types = types;
    this.body = body;
    this.sink = sink;
    this.args = type.kind === 'struct' ? type.args : [];
    const fields = types.fieldTypes(type);
    this.captures = struct.fields.map((field, index) => this.captureOf(field.name, fields[index] ?? field.type));
    const locals = body.locals.filter((local) => local.kind.kind === 'argument');
    const isSelf = (local: Term): boolean => local.kind === 'struct' && local.decl === struct.ref;
    const self = locals.find((local) => isSelf(local.type.kind === 'ref' ? local.type.pointee : local.type));
    const others = locals.filter((local) => local !== self);
    this.self = self?.id ?? null;
    const [first] = others;
    const stable = (expr: HirExpr): string | null => this.stableCapture(expr);
    this.index =
      first === undefined || fn.args.length === 0 ? null : new TaskIndex(types.program, body, first.id, stable);
  }

  private captureOf(name: string, type: Term): Capture {
    const store = this.types.store;
    const held = this.types.structOf(type.kind === 'ref' ? type.pointee : type);
    // What owners share each of them may change, however it was captured.
    if (held?.ref.path === 'std.memory.arc_pointer.ArcPointer') {
      const owner = type.kind === 'ref' ? type.pointee : type;
      const pointee = owner.kind === 'struct' ? owner.args[0] : undefined;
      const mutable = pointee !== undefined && !this.isFree(pointee);
      return { name, type: owner, isView: false, isShared: true, isWriter: false, mutable };
    }
    if (type.kind === 'ref' && type.mut === store.true)
      return {
        name,
        type: type.pointee,
        isView: false,
        isShared: false,
        isWriter: false,
        mutable: !this.isFree(type.pointee),
      };
    const value = type.kind === 'ref' ? type.pointee : type;
    const role = this.types.builtinOf(value);
    const view = role === 'pointer' || role === 'span';
    const tracked = view && this.types.originsOf(value).places.some((origin) => origin.mut === store.true);
    const writer = this.isWriter(value);
    // The tasks share one closure, so what it owns is theirs together.
    const owned = type.kind !== 'ref' && !view && role !== 'simd' && !this.isFree(value);
    return { name, type: value, isView: view, isShared: false, isWriter: writer, mutable: tracked || writer || owned };
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
    this.collect();
    return this.writes.some((writes) => writes);
  }

  run(): void {
    this.collect();
    for (const { capture, expr } of this.offenses) {
      if (this.writes[capture] !== true || this.reported.has(capture)) continue;
      this.reported.add(capture);
      const captured = this.captures[capture];
      if (captured === undefined) continue;
      const { name, type } = captured;
      const indexed = this.isIndexed(type);
      this.sink.report(errors.racingAccess({ name, type: typeName(type), indexed, at: expr.span }));
    }
  }

  private collect(): void {
    walkStatements(
      this.body.statements,
      () => true,
      (statement) => {
        if (statement.kind === 'let' && statement.init?.kind === 'refOf')
          this.bound[statement.local] = statement.init.place;
      },
    );
    this.captures.forEach((capture, index) => {
      if (capture.isWriter) this.writes[index] = true;
    });
    walkStatements(
      this.body.statements,
      (expr) => this.visit(expr),
      (statement) => {
        if (statement.kind !== 'assign') return;
        const capture = this.rootCapture(statement.place);
        if (capture >= 0) this.writes[capture] = true;
      },
    );
  }

  /** Values that owners share are changed by the task or by what it calls. */
  checkShared(effects: SharedEffects): void {
    const changed: Term[] = [];
    for (const { root } of effects.ofCall(this.body.function, this.args).effects)
      if (root.kind === 'shared' && !this.isFree(root.type)) changed.push(root.type);
    this.captures.forEach((capture, index) => {
      if (this.reported.has(index) || !changed.some((type) => effects.reaches(capture.type, type))) return;
      const at = this.mentions[index];
      if (at === undefined) return;
      this.reported.add(index);
      this.sink.report(
        errors.racingAccess({ name: capture.name, type: typeName(capture.type), indexed: false, at: at.span }),
      );
    });
  }

  /** Number of the mutable capture that an expression is, or -1. */
  private captureIndex(expr: HirExpr): number {
    const index = this.anyCapture(expr);
    return this.captures[index]?.mutable === true ? index : -1;
  }

  private anyCapture(expr: HirExpr): number {
    let at = expr;
    if (at.kind === 'copy') at = at.place;
    if (at.kind === 'deref') at = at.reference.kind === 'copy' ? at.reference.place : at.reference;
    if (at.kind !== 'field') return -1;
    let base = at.base;
    while (base.kind === 'deref') base = base.reference;
    return base.kind === 'local' && base.local === this.self ? at.index : -1;
  }

  /** A name for a number that was captured immutably, or that is a part of such a value: while the tasks run nobody changes it. */
  private stableCapture(expr: HirExpr): string | null {
    const fields: number[] = [];
    let at: HirExpr = expr.kind === 'copy' ? expr.place : expr;
    let index = this.anyCapture(at);
    while (index < 0 && at.kind === 'field') {
      fields.push(at.index);
      at = at.base;
      index = this.anyCapture(at);
    }
    const capture = this.captures[index];
    if (capture === undefined || capture.mutable || capture.isShared || capture.isView) return null;
    let type = capture.type;
    for (const field of fields.reverse()) type = present(this.types.fieldTypes(type)[field], 'field');
    return this.types.builtinOf(type) === 'simd' ? `<${[index, ...fields].join('.')}>` : null;
  }

  /** The capture that a place lies in, through fields and subscripts. */
  private rootCapture(expr: HirExpr): number {
    const direct = this.captureIndex(expr);
    if (direct >= 0) return direct;
    switch (expr.kind) {
      case 'field':
      case 'element':
        return this.rootCapture(expr.base);
      case 'deref':
        return this.rootCapture(expr.reference);
      case 'copy':
        return this.rootCapture(expr.place);
      case 'local': {
        const target = this.bound[expr.local];
        return target === undefined ? -1 : this.rootCapture(target);
      }
      case 'call':
      case 'intrinsic': {
        const [first] = expr.args;
        if (first === undefined) return -1;
        const root = this.rootCapture(first.expr);
        const passes = this.captures[root]?.isView === true || this.captures[root]?.isShared === true;
        return first.mode === 'borrowMut' || passes ? root : -1;
      }
      default:
        return -1;
    }
  }

  private visit(expr: HirExpr): boolean {
    const named = this.anyCapture(expr);
    if (named >= 0) this.mentions[named] ??= expr;
    if (expr.kind === 'call') {
      const name = expr.callee.kind === 'function' ? this.types.program.function(expr.callee.fn).ref.name : '';
      const [receiver, index] = expr.args;
      const capture = receiver === undefined ? -1 : this.captureIndex(receiver.expr);
      for (const arg of expr.args) {
        const root = this.rootCapture(arg.expr);
        // Whoever gets a copy of a view may write through it.
        if (arg.mode !== 'borrowMut' && !(this.captures[root]?.isView === true && !isLength(name))) continue;
        // Asking for an element is no write by itself; what happens to the element is.
        if (root >= 0 && !(isSubscript(name) && arg === receiver)) this.writes[root] = true;
      }
      if (name === '__setitem__' && capture >= 0) this.writes[capture] = true;
      if (capture >= 0 && receiver !== undefined) {
        if (isSubscript(name) && index !== undefined && this.isOwnElement(capture, index.expr))
          return this.visitRest(expr, 2);
        if (isLength(name)) return false;
        if (isSubscript(name)) {
          this.offenses.push({ capture, expr });
          return this.visitRest(expr, 1);
        }
      }
    }
    const capture = this.captureIndex(expr);
    if (capture < 0) return true;
    this.offenses.push({ capture, expr });
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

  private isOwnElement(capture: number, index: HirExpr): boolean {
    if (!this.isIndexed(this.captures[capture]?.type ?? this.types.store.error)) return false;
    const stretch = this.index?.stretch(index) ?? null;
    if (stretch === null) return false;
    const known = this.scales[capture];
    this.scales[capture] = stretch.scale;
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
