/** Data races: finds the code that a function of the program gives to tasks that run in parallel (`concurrent-formals.ts` says which arguments are
 *  that), and has it checked: closures by `task-closure.ts`, functions by what they do to variables of the file, other values by what
 *  their types lead to.
 *  In: the HIR of each function.  Out: errors. */
import type { Span } from '../../base/span.ts';
import type { Sink } from '../../diagnostics/sink.ts';
import type { HirBody, HirStruct } from '../../sema/hir.ts';
import type { FunctionId, Term } from '../../terms/term.ts';
import { typeName } from '../../terms/type-name.ts';
import { walkStatements } from '../hir-walk.ts';
import type { TypeFacts } from '../type-facts.ts';
import { ConcurrentFormals, type Demand, indexOf } from './concurrent-formals.ts';
import * as errors from './errors.ts';
import { functionOf, GlobalWrites } from './global-writes.ts';
import type { SharedEffects } from './shared-effects.ts';
import { TaskClosure } from './task-closure.ts';
import { writableView } from './task-types.ts';

/** A call of a function that runs tasks. */
interface TaskCall {
  readonly fn: FunctionId;
  readonly at: Span;
}

/** Remembers which closures were looked at. One per program. */
export class RaceCheck {
  private readonly types: TypeFacts;
  private readonly effects: SharedEffects;
  private readonly formals: ConcurrentFormals;
  private readonly globals: GlobalWrites;
  /** Closures that were looked at, with what was asked of them. */
  private readonly checked = new Set<string>();
  /** Functions of which was said that they change variables of a file. */
  private readonly blamed = new Set<FunctionId>();

  constructor(types: TypeFacts, effects: SharedEffects) {
    this.types = types;
    this.effects = effects;
    this.formals = new ConcurrentFormals(types);
    this.globals = new GlobalWrites(types);
  }

  check(body: HirBody, sink: Sink): void {
    // The library hands out the parts of a span that are disjoint by how it cuts them.
    if (this.types.program.function(body.function).ref.path.startsWith('std.')) return;
    walkStatements(
      body.statements,
      (expr) => {
        if (expr.kind === 'call' && expr.callee.kind === 'function') {
          const { fn, args } = expr.callee;
          const demands = this.formals.of(fn);
          args.forEach((arg, index) => {
            const demand = demands[index] ?? null;
            if (demand !== null) this.checkCode(arg, demand, { fn, at: expr.span }, sink);
          });
        }
        return true;
      },
      () => {},
    );
  }

  /** Code that tasks run: a closure, or a value with closures or views in it. */
  private checkCode(type: Term, demand: Demand, call: TaskCall, sink: Sink): void {
    const item = functionOf(type);
    if (item !== null) this.checkGlobals(item, sink);
    const struct = this.types.structOf(type);
    if (struct === null || type.kind !== 'struct') return;
    if (struct.closure === null) {
      if (demand === 'any') this.checkHolder(type, struct, call, sink);
      return;
    }
    const key = `${struct.closure}:${demand}`;
    if (this.checked.has(key)) return;
    this.checked.add(key);
    const body = this.types.program.body(struct.closure);
    if (body === null) return;
    const fn = this.types.program.function(struct.closure);
    const index = demand === 'index' ? indexOf(this.types, fn, body, struct) : null;
    const caller = demand === 'any' ? this.types.program.function(call.fn).ref.name : null;
    const check = new TaskClosure(this.types, body, struct, type, { index, caller, outer: null }, sink);
    check.run();
    check.checkShared(this.effects);
    this.checkGlobals(struct.closure, sink);
  }

  private checkGlobals(fn: FunctionId, sink: Sink): void {
    const [first] = this.globals.of(fn);
    if (first === undefined || this.blamed.has(fn)) return;
    this.blamed.add(fn);
    sink.report(errors.racingGlobal({ name: this.types.program.global(first.global).name, at: first.at }));
  }

  private checkHolder(type: Term & { readonly kind: 'struct' }, struct: HirStruct, call: TaskCall, sink: Sink): void {
    for (const arg of type.args) this.checkCode(arg, 'any', call, sink);
    const { args } = type;
    if (struct.ref.path.startsWith('std.') || args.some((arg) => this.types.structOf(arg)?.closure)) return;
    const written = writableView(this.types, type);
    if (written !== null) sink.report(errors.racingValue({ type: typeName(type), name: written, at: call.at }));
  }
}
