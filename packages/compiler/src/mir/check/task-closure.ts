/** What a closure that runs concurrently may do with what it captured.
 *  In: its HIR.  Out: an error at each access that other tasks may disturb; one for each captured variable.
 *
 *  The closure may use freely what it owns and does not change, what it borrows immutably, types marked `SharedMutable`, and what it reaches
 *  through untracked pointers. A safe value captured mutably – or reached through a tracked mutable pointer or span – is
 *  accepted if it is only read, or if it is a list, array or span and each access is a subscript `i * k + c` in the task's
 *  own index, with one `k` for all and 0 ≤ c < k, where `c` is a number or counts a loop over `range(k)` (`k` may be a number that was captured
 *  immutably, or a field of such a value). A capture that leads
 *  to an `ArcPointer` must not be in a task that changes a value of the pointer's type, unless that type may be shared.
 *
 *  A function inside of the task that captures what the task captured is looked at like a part of it; a copy of a view is that view. */
import { present } from '../../base/invariant.ts';
import type { Sink } from '../../diagnostics/sink.ts';
import type { HirBody, HirCallee, HirExpr, HirLocalId, HirStruct } from '../../sema/hir.ts';
import type { Term } from '../../terms/term.ts';
import { typeName } from '../../terms/type-name.ts';
import { walkStatements } from '../hir-walk.ts';
import type { TypeFacts } from '../type-facts.ts';
import * as errors from './errors.ts';
import { onlyReads } from './read-only-arguments.ts';
import type { SharedEffects } from './shared-effects.ts';
import { type Sum, TaskIndex } from './task-index.ts';
import { type Part, type PartFacts, TaskParts } from './task-parts.ts';
import { isFree, notSharedIn } from './task-types.ts';

/** A place where a part is named. */
interface PartAccess {
  readonly part: number;
  readonly expr: HirExpr;
  /** The factor of a subscript in the task's own index; null: the access may meet another task's. */
  readonly scale: string | null;
}

/** Where a closure stands. */
interface Standing {
  /** The local that holds the task's index. */
  readonly index: HirLocalId | null;
  /** The function whose tasks call it with other numbers than their own index. */
  readonly caller: string | null;
  /** Of a closure that a task makes: the task, and what was captured, by field. */
  readonly outer: { readonly task: TaskClosure; readonly captured: readonly HirExpr[] } | null;
}

export class TaskClosure {
  private readonly types: TypeFacts;
  private readonly body: HirBody;
  /** How many parts are whole captures. */
  private readonly captures: number;
  private readonly parts: TaskParts;
  /** Arguments of the closure's parameters. */
  private readonly args: readonly Term[];
  private readonly index: TaskIndex;
  private readonly outer: Standing['outer'];
  private readonly caller: string | null;
  private readonly sink: Sink;
  /** Captures of which something was reported. */
  private readonly reported = new Set<number>();
  private readonly writes: boolean[] = [];
  /** What local references, and locals with views in them, were bound to. */
  private readonly bound: HirExpr[][] = [];
  /** By capture: where it is named first. */
  private readonly mentions: (HirExpr | undefined)[] = [];
  private accesses: PartAccess[] = [];

  constructor(types: TypeFacts, body: HirBody, struct: HirStruct, type: Term, standing: Standing, sink: Sink) {
    this.types = types;
    this.body = body;
    this.sink = sink;
    this.outer = standing.outer;
    this.caller = standing.caller;
    this.args = type.kind === 'struct' ? type.args : [];
    const isSelf = (local: Term): boolean => local.kind === 'struct' && local.decl === struct.ref;
    const self = body.locals.find(
      (local) => local.kind.kind === 'argument' && isSelf(local.type.kind === 'ref' ? local.type.pointee : local.type),
    );
    const facts: PartFacts = {
      types,
      isFree: (of) => isFree(types, of),
      isWriter: (of) => this.isWriter(of),
    };
    this.captures = struct.fields.length;
    this.parts = new TaskParts(facts, struct.fields, types.fieldTypes(type), self?.id ?? null);
    this.index = new TaskIndex(types.program, body, standing.index, (expr) => this.stable(expr));
    this.bindLocals();
  }

  /** A closure that reaches something of its surroundings mutably. */
  private isWriter(type: Term, depth = 0): boolean {
    const struct = this.types.structOf(type);
    if (struct === null || struct.closure === null || depth > 4) return false;
    const body = this.types.program.body(struct.closure);
    const alone: Standing = { index: null, caller: null, outer: null };
    if (body !== null && new TaskClosure(this.types, body, struct, type, alone, this.sink).changesWhatItHas())
      return true;
    return this.types.fieldTypes(type).some((field) => {
      if (field.kind !== 'ref') return this.isWriter(field, depth + 1);
      if (field.mut === this.types.store.true) return !isFree(this.types, field.pointee);
      return this.isWriter(field.pointee, depth + 1);
    });
  }

  private changesWhatItHas(): boolean {
    this.look();
    return this.writes.some((writes) => writes);
  }

  run(): void {
    this.lookTwice();
    this.checkNotShared();
    const shared = this.sharedScales();
    const isOwn = ({ part, scale }: PartAccess): boolean => scale !== null && shared[part] === scale;
    for (const own of [false, true])
      for (const access of this.accesses) if (isOwn(access) === own) this.judge(access, own);
  }

  /** Values that one thread alone may use, says their type. */
  private checkNotShared(): void {
    this.parts.all.slice(0, this.captures).forEach(({ name, type }, index) => {
      const held = notSharedIn(this.types, type);
      const at = this.mentions[index];
      if (held === null || at === undefined) return;
      this.reported.add(index);
      this.sink.report(errors.unsharedCapture({ name, type: typeName(type), held: typeName(held), at: at.span }));
    });
  }

  /** What is written decides which numbers are the same for all tasks, and so which subscripts are a task's own. */
  private lookTwice(): void {
    this.look();
    this.accesses = [];
    this.look();
  }

  /** By part: the factor that its first subscript has; all of them must have it. */
  private sharedScales(): readonly (string | undefined)[] {
    const scales: (string | undefined)[] = [];
    for (const { part, scale } of this.accesses) if (scale !== null) scales[part] ??= scale;
    return scales;
  }

  /** Reports an access that meets what another task writes. */
  private judge({ part, expr }: PartAccess, own: boolean): void {
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
    this.sink.report(errors.racingAccess({ name, type: typeName(type), indexed, caller: this.caller, at: at.span }));
  }

  private bindLocals(): void {
    const bind = (local: HirLocalId, value: HirExpr): void => {
      if (value.type.kind !== 'ref' && !this.parts.leads(value.type)) return;
      const known = this.bound[local];
      if (known === undefined) this.bound[local] = [value];
      else known.push(value);
    };
    walkStatements(
      this.body.statements,
      () => true,
      (statement) => {
        if (statement.kind === 'let' && statement.init !== null) bind(statement.local, statement.init);
        if (statement.kind === 'assign' && statement.place.kind === 'local')
          bind(statement.place.local, statement.value);
      },
    );
  }

  private look(): void {
    this.parts.all.forEach((part, index) => {
      if (part.isWriter) this.writes[index] = true;
    });
    walkStatements(
      this.body.statements,
      (expr) => this.visit(expr),
      (statement) => {
        // A local that is given another view is not written through.
        if (statement.kind !== 'assign' || statement.place.kind === 'local') return;
        for (const part of this.rootParts(statement.place)) this.writes[part] = true;
      },
    );
  }

  /** Values that owners share are changed by the task or by what it calls. */
  checkShared(effects: SharedEffects): void {
    const changed: Term[] = [];
    for (const { root } of effects.ofCall(this.body.function, this.args).effects)
      if (root.kind === 'shared' && !isFree(this.types, root.type)) changed.push(root.type);
    this.parts.all.slice(0, this.captures).forEach((capture, index) => {
      if (this.reported.has(index) || !changed.some((type) => effects.reaches(capture.type, type))) return;
      const at = this.mentions[index];
      if (at !== undefined) this.report(capture, at, false);
    });
  }

  /** A captured number in terms of the task's index and of values that no task changes. */
  private stable(expr: HirExpr): Sum | null {
    const number = this.parts.of(expr);
    return number < 0 ? null : this.stablePart(number);
  }

  private stablePart(number: number): Sum | null {
    const part = present(this.parts.all[number], 'part');
    if (part.isShared || this.types.builtinOf(part.type) !== 'simd') return null;
    if (this.parts.all.some((_, other) => this.writes[other] === true && this.parts.meet(number, other))) return null;
    if (this.outer === null)
      return new Map([[`<${[part.capture, ...part.path.map(({ index }) => index)].join('.')}>`, 1n]]);
    const { task, captured } = this.outer;
    const from = captured[part.capture];
    if (from === undefined) return null;
    if (part.path.length === 0) return task.index.sumOf(from);
    const whole = task.parts.of(placeOf(from));
    return whole < 0 ? null : task.stablePart(task.parts.below(whole, part.path));
  }

  /** The parts that a place may lie in, through fields, subscripts and references. */
  private rootParts(expr: HirExpr): readonly number[] {
    const direct = this.parts.of(expr);
    if (direct >= 0) return this.parts.all[direct]?.mutable === true ? [direct] : [];
    switch (expr.kind) {
      case 'field':
      case 'element':
        return this.rootParts(expr.base);
      case 'deref':
        return this.rootParts(expr.reference);
      case 'copy':
      case 'transfer':
      case 'refOf':
        return this.rootParts(expr.place);
      case 'rebind':
        return this.rootParts(expr.value);
      case 'block':
        return this.rootParts(expr.result);
      case 'aggregate':
        return expr.fields.flatMap((field) => this.rootParts(field));
      case 'conditional':
        return [...this.rootParts(expr.onTrue), ...this.rootParts(expr.onFalse)];
      case 'local':
        return this.rootsOfLocal(expr.local);
      case 'call':
      case 'intrinsic': {
        const [first] = expr.args;
        if (first === undefined) return [];
        const roots = this.rootParts(first.expr);
        if (first.mode === 'borrowMut') return roots;
        return roots.filter((root) => this.writesThrough(root) || this.parts.all[root]?.isShared === true);
      }
      default:
        return [];
    }
  }

  private rootsOfLocal(local: HirLocalId): readonly number[] {
    const bound = this.bound[local];
    if (bound === undefined) return [];
    // `p = f(p)`: what it was bound to before is among the others.
    delete this.bound[local];
    const roots = bound.flatMap((value) => this.rootParts(value));
    this.bound[local] = bound;
    return roots;
  }

  /** Whoever gets a copy of a view, or what holds one, may write through it. */
  private writesThrough(part: number): boolean {
    const known = this.parts.all[part];
    return known?.isView === true || known?.holdsView === true;
  }

  private mayLead(type: Term): boolean {
    return type.kind !== 'struct' || this.types.structOf(type)?.closure !== null || this.parts.leads(type);
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
    if (expr.kind === 'aggregate' && this.closureInside(expr)) return false;
    if (expr.kind === 'call') {
      const name = expr.callee.kind === 'function' ? this.types.program.function(expr.callee.fn).ref.name : '';
      const [receiver, index] = expr.args;
      expr.args.forEach((arg, position) => {
        for (const root of this.rootParts(arg.expr)) {
          // A value that is lent for reading is written only through the views that it holds.
          if (arg.mode !== 'borrowMut' && (isLength(name) || !this.writesThrough(root) || !this.mayLead(arg.expr.type)))
            continue;
          // Asking for an element is no write by itself; what happens to the element is.
          if ((isSubscript(name) || this.isLibraryAccess(expr.callee)) && arg === receiver) continue;
          if (arg.mode === 'borrowMut' || !this.onlyReads(expr.callee, position)) this.writes[root] = true;
        }
      });
      const part = receiver === undefined ? -1 : this.named(receiver.expr);
      if (part >= 0) {
        if (name === '__setitem__' && this.parts.all[part]?.mutable === true) this.writes[part] = true;
        if (isLength(name)) return false;
        if (isSubscript(name)) {
          const scale = index === undefined ? null : this.ownElement(part, index.expr);
          this.accesses.push({ part, expr, scale });
          return this.visitRest(expr, scale !== null ? 2 : 1);
        }
      }
    }
    if (named < 0) return true;
    this.accesses.push({ part: named, expr, scale: null });
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

  private ownElement(part: number, index: HirExpr): string | null {
    if (!this.isIndexed(this.parts.all[part]?.type ?? this.types.store.error)) return null;
    return this.index.stretch(index)?.scale ?? null;
  }

  /** What an `Optional` holds, or whether it holds something. */
  private isLibraryAccess(callee: HirCallee): boolean {
    if (callee.kind !== 'function') return false;
    const { ref } = this.types.program.function(callee.fn);
    return ref.path.startsWith('std.') && (ref.name === 'value' || ref.name === '__bool__');
  }

  /** A function that the task makes: what it does with captures of the task, the task does. Whether it is one. */
  private closureInside(expr: HirExpr & { readonly kind: 'aggregate' }): boolean {
    const struct = this.types.structOf(expr.type);
    const body = struct === null || struct.closure === null ? null : this.types.program.body(struct.closure);
    if (struct === null || body === null) return false;
    const standing: Standing = { index: null, caller: null, outer: { task: this, captured: expr.fields } };
    const inside = new TaskClosure(this.types, body, struct, expr.type, standing, this.sink);
    inside.lookTwice();
    const numbers = inside.parts.all.map((part) => this.partsFor(expr.fields[part.capture], part));
    inside.parts.all.forEach((_, number) => {
      if (inside.writes[number] === true) for (const own of numbers[number]?.parts ?? []) this.writes[own] = true;
    });
    for (const access of inside.accesses) {
      const { parts, isBound } = numbers[access.part] ?? { parts: [], isBound: true };
      // What was bound to an element was looked at where it was bound.
      if (!isBound) for (const part of parts) this.accesses.push({ ...access, part });
    }
    for (const field of expr.fields) this.named(placeOf(field));
    return true;
  }

  /** The parts that a capture of a closure in the task is. */
  private partsFor(
    captured: HirExpr | undefined,
    { path }: Part,
  ): { readonly parts: readonly number[]; readonly isBound: boolean } {
    if (captured === undefined) return { parts: [], isBound: true };
    const whole = this.parts.of(placeOf(captured));
    if (whole >= 0) return { parts: [this.parts.below(whole, path)], isBound: false };
    return { parts: this.rootParts(captured), isBound: true };
  }
}

function placeOf(expr: HirExpr): HirExpr {
  return expr.kind === 'refOf' || expr.kind === 'copy' || expr.kind === 'transfer' ? expr.place : expr;
}

/** The length of a container does not change while its elements do. */
function isLength(name: string): boolean {
  return name === '__len__' || name === 'len';
}

function isSubscript(name: string): boolean {
  return name === '__getitem__' || name === '__setitem__';
}
