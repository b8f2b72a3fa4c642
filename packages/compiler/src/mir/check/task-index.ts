/** Index arithmetic of parallel tasks, on HIR: which expressions are `i * k + c` or `i * k + j` in the task's own index `i`, where `j`
 *  counts a loop over `range(k)`. */
import type { HirBody, HirExpr, HirLocalId, HirStatement, Program } from '../../sema/hir.ts';
import { walkStatements } from '../hir-walk.ts';
import { printTerm } from '../../terms/print-term.ts';
import type { Term } from '../../terms/term.ts';

/** Where a task writes: a stretch of elements that starts at `scale * i` and that no other task's stretch meets. */
export interface OwnStretch {
  /** What all subscripts of one container must share: a number, or the name of a value that no task changes. */
  readonly scale: string;
}

/** A sum of products: the key of each is '' (a constant), `i`, `i*S` or `S` for a value S that no task changes, or `jN` for the
 *  variable of a loop. */
export type Sum = ReadonlyMap<string, bigint>;

export class TaskIndex {
  private readonly program: Program;
  /** Null: what the task's number is, `stable` says. */
  private readonly index: HirLocalId | null;
  /** What a captured value is, in terms of the task's index and of values that no task changes; null where that is not known. */
  private readonly stable: (expr: HirExpr) => Sum | null;
  /** Initial values of locals that are set once. */
  private readonly initial: (HirExpr | undefined)[] = [];
  private readonly changed: boolean[] = [];

  constructor(program: Program, body: HirBody, index: HirLocalId | null, stable: (expr: HirExpr) => Sum | null) {
    this.program = program;
    this.index = index;
    this.stable = stable;
    const each = (statement: HirStatement): void => {
      if (statement.kind === 'let' && statement.init !== null) this.initial[statement.local] = statement.init;
      if (statement.kind === 'assign' && statement.place.kind === 'local') this.changed[statement.place.local] = true;
    };
    const visit = (expr: HirExpr): boolean => {
      const args =
        expr.kind === 'call' || expr.kind === 'intrinsic' ? expr.args : expr.kind === 'variadic' ? expr.elements : [];
      for (const arg of args)
        if (arg.mode === 'borrowMut' && arg.expr.kind === 'local') this.changed[arg.expr.local] = true;
      if (expr.kind === 'refOf' && expr.mutable && expr.place.kind === 'local') this.changed[expr.place.local] = true;
      return true;
    };
    walkStatements(body.statements, visit, each);
  }

  /** The stretch that a subscript lies in: of two tasks, no two stretches of one scale meet. */
  stretch(index: HirExpr): OwnStretch | null {
    const sum = this.sum(index, 0);
    if (sum === null) return null;
    let scale: string | null = null;
    let inner: string | null = null;
    for (const [key, coefficient] of sum) {
      if (coefficient === 0n || key === '') continue;
      if (key === 'i' && coefficient > 0n && scale === null) scale = String(coefficient);
      else if (key.startsWith('i*') && coefficient === 1n && scale === null) scale = key.slice(2);
      else if (key.startsWith('j') && coefficient === 1n && inner === null) inner = key;
      else return null;
    }
    if (scale === null) return null;
    const offset = sum.get('') ?? 0n;
    const bound = inner === null ? '1' : this.boundOf(Number(inner.slice(1)));
    if (bound === null || offset < 0n) return null;
    // `i * k + j` with `j` below the same `k`, or numbers throughout.
    if (bound === scale && offset === 0n) return { scale };
    if (!/^\d+$/.test(scale) || !/^\d+$/.test(bound)) return null;
    return BigInt(bound) + offset <= BigInt(scale) ? { scale } : null;
  }

  /** `k` of `for j in range(k)`: a number or the name of a stable value. */
  private boundOf(variable: number): string | null {
    const range = this.rangeOf(variable);
    if (range === null) return null;
    const [first, second] = range;
    const bound = second === undefined ? first : this.constant(first) === 0n ? second : undefined;
    const sum = bound === undefined ? null : this.sum(bound, 0);
    if (sum === null) return null;
    const parts = [...sum].filter(([, coefficient]) => coefficient !== 0n);
    const [only] = parts;
    if (only === undefined || parts.length > 1) return null;
    if (only[0] === '') return only[1] > 0n ? String(only[1]) : null;
    return only[1] === 1n && !only[0].startsWith('i') && !only[0].startsWith('j') ? only[0] : null;
  }

  /** The arguments of the `range` that a local is the loop variable of. */
  private rangeOf(variable: number): readonly (HirExpr | undefined)[] | null {
    const next = this.initial[variable];
    if (this.changed[variable] === true || next === undefined) return null;
    const iterator = this.argumentOf(next, '__next__');
    const values = iterator === null ? undefined : this.initialOf(iterator);
    const source = values === undefined ? null : this.argumentOf(values, '__iter__');
    const made = source === null ? undefined : this.initialOf(source);
    if (made?.kind !== 'call' || made.callee.kind !== 'function' || made.args.length > 2) return null;
    if (this.program.function(made.callee.fn).ref.path !== 'std.builtin.range.range') return null;
    return made.args.map((arg) => arg.expr);
  }

  private argumentOf(expr: HirExpr, method: string): HirExpr | null {
    if (expr.kind !== 'call' || expr.callee.kind !== 'function') return null;
    if (this.program.function(expr.callee.fn).ref.name !== method) return null;
    return expr.args[0]?.expr ?? null;
  }

  private initialOf(expr: HirExpr): HirExpr | undefined {
    return expr.kind === 'local' ? this.initial[expr.local] : undefined;
  }

  /** The value of a number in these terms. */
  sumOf(expr: HirExpr): Sum | null {
    return this.sum(expr, 0);
  }

  private constant(expr: HirExpr | undefined): bigint | null {
    const sum = expr === undefined ? null : this.sum(expr, 0);
    if (sum === null) return null;
    for (const [key, coefficient] of sum) if (key !== '' && coefficient !== 0n) return null;
    return sum.get('') ?? 0n;
  }

  private sum(expr: HirExpr, depth: number): Sum | null {
    if (depth > 20) return null;
    const stable = this.stable(expr);
    if (stable !== null) return stable;
    switch (expr.kind) {
      case 'constant':
        return constantSum(expr.term);
      case 'copy':
      case 'transfer':
        return this.sum(expr.place, depth + 1);
      case 'rebind':
        return this.sum(expr.value, depth + 1);
      case 'block':
        return this.sum(expr.result, depth + 1);
      case 'local': {
        if (this.changed[expr.local] === true) return null;
        if (expr.local === this.index) return new Map([['i', 1n]]);
        if (this.rangeOf(expr.local) !== null) return new Map([[`j${expr.local}`, 1n]]);
        const init = this.initial[expr.local];
        return init === undefined ? null : this.sum(init, depth + 1);
      }
      case 'deref':
        // An argument by reference, or a binding to a place.
        return expr.reference.kind === 'refOf'
          ? this.sum(expr.reference.place, depth + 1)
          : this.sum(expr.reference, depth + 1);
      case 'refOf':
        return this.sum(expr.place, depth + 1);
      case 'call': {
        if (expr.callee.kind !== 'function') return null;
        const { name } = this.program.function(expr.callee.fn).ref;
        return this.operation(
          name,
          expr.args.map((arg) => arg.expr),
          depth,
        );
      }
      case 'intrinsic':
        return this.operation(
          expr.name,
          expr.args.map((arg) => arg.expr),
          depth,
        );
      default:
        return null;
    }
  }

  private operation(name: string, args: readonly HirExpr[], depth: number): Sum | null {
    const [left, right] = args;
    if (left === undefined) return null;
    const a = this.sum(left, depth + 1);
    if (a === null) return null;
    // Conversions of the index to another integer type.
    if (right === undefined)
      return name === '__init__' || name === '__int__' || name === '__index__' || name === 'index' ? a : null;
    const b = this.sum(right, depth + 1);
    if (b === null) return null;
    switch (name) {
      case '__add__':
      case '__radd__':
      case 'simd.add':
        return added(a, b, 1n);
      case '__sub__':
      case 'simd.sub':
        return added(a, b, -1n);
      case '__mul__':
      case '__rmul__':
      case 'simd.mul':
        return multiplied(a, b);
      default:
        return null;
    }
  }
}

function constantSum(term: Term): Sum | null {
  if (term.kind === 'int') return new Map([['', term.value]]);
  // A parameter of the surrounding function.
  return term.kind === 'param' ? new Map([[`<${printTerm(term)}>`, 1n]]) : null;
}

function added(a: Sum, b: Sum, sign: bigint): Sum {
  const result = new Map(a);
  for (const [key, coefficient] of b) result.set(key, (result.get(key) ?? 0n) + sign * coefficient);
  return result;
}

/** Products of a number and anything, and of the index and a stable value. */
function multiplied(a: Sum, b: Sum): Sum | null {
  const result = new Map<string, bigint>();
  for (const [x, m] of a) {
    for (const [y, n] of b) {
      const key = productKey(x, y);
      if (key === null) return null;
      result.set(key, (result.get(key) ?? 0n) + m * n);
    }
  }
  return result;
}

function productKey(x: string, y: string): string | null {
  if (x === '') return y;
  if (y === '') return x;
  const [other, isIndex] = x === 'i' ? [y, true] : [x, y === 'i'];
  return isIndex && other.startsWith('<') ? `i*${other}` : null;
}
