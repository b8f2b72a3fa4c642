/** Index arithmetic of parallel tasks, on HIR: which expressions are `i * k + c` in the task's own index `i`. */
import type { HirBody, HirExpr, HirLocalId, HirStatement, Program } from '../../sema/hir.ts';

/** `scale * i + offset`. */
export interface Affine {
  readonly scale: bigint;
  readonly offset: bigint;
}

/** Visits every expression of a tree of statements, outermost first; `visit` returns false to skip what is inside. */
export function walkStatements(
  statements: readonly HirStatement[],
  visit: (expr: HirExpr) => boolean,
  each: (statement: HirStatement) => void,
): void {
  const walk = (list: readonly HirStatement[]): void => walkStatements(list, visit, each);
  for (const statement of statements) {
    each(statement);
    switch (statement.kind) {
      case 'let':
        if (statement.init !== null) walkExpr(statement.init, visit, each);
        break;
      case 'assign':
        walkExpr(statement.place, visit, each);
        walkExpr(statement.value, visit, each);
        break;
      case 'expr':
        walkExpr(statement.expr, visit, each);
        break;
      case 'use':
        walkExpr(statement.place, visit, each);
        break;
      case 'return':
        if (statement.value !== null) walkExpr(statement.value, visit, each);
        break;
      case 'raise':
        walkExpr(statement.value, visit, each);
        break;
      case 'if':
        walkExpr(statement.condition, visit, each);
        walk(statement.onTrue);
        walk(statement.onFalse);
        break;
      case 'comptimeIf':
        walk(statement.onTrue);
        walk(statement.onFalse);
        break;
      case 'loop':
        walk(statement.body);
        walk(statement.step);
        break;
      case 'block':
      case 'comptimeFor':
        walk(statement.body);
        break;
      case 'try':
        walk(statement.body);
        walk(statement.handler ?? []);
        walk(statement.orElse);
        walk(statement.final);
        break;
      case 'break':
      case 'continue':
      case 'comptimeAssert':
      case 'unreachable':
        break;
    }
  }
}

export function walkExpr(
  expr: HirExpr,
  visit: (expr: HirExpr) => boolean,
  each: (statement: HirStatement) => void,
): void {
  if (!visit(expr)) return;
  const walk = (inner: HirExpr): void => walkExpr(inner, visit, each);
  switch (expr.kind) {
    case 'field':
    case 'element':
      walk(expr.base);
      break;
    case 'deref':
      walk(expr.reference);
      break;
    case 'copy':
    case 'transfer':
    case 'refOf':
      walk(expr.place);
      break;
    case 'rebind':
      walk(expr.value);
      break;
    case 'call':
      if (expr.callee.kind === 'pointer') walk(expr.callee.value);
      for (const arg of expr.args) walk(arg.expr);
      break;
    case 'intrinsic':
      for (const arg of expr.args) walk(arg.expr);
      break;
    case 'variadic':
      for (const element of expr.elements) walk(element.expr);
      break;
    case 'aggregate':
      for (const field of expr.fields) walk(field);
      break;
    case 'conditional':
      walk(expr.condition);
      walk(expr.onTrue);
      walk(expr.onFalse);
      break;
    case 'block':
      walkStatements(expr.statements, visit, each);
      walk(expr.result);
      break;
    case 'local':
    case 'global':
    case 'constant':
    case 'materialize':
    case 'error':
      break;
  }
}

export class TaskIndex {
  private readonly program: Program;
  private readonly index: HirLocalId;
  /** Initial values of locals that are set once. */
  private readonly initial: (HirExpr | undefined)[] = [];
  private readonly changed: boolean[] = [];

  constructor(program: Program, body: HirBody, index: HirLocalId) {
    this.program = program;
    this.index = index;
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

  affine(expr: HirExpr, depth = 0): Affine | null {
    if (depth > 20) return null;
    switch (expr.kind) {
      case 'constant':
        return expr.term.kind === 'int' ? { scale: 0n, offset: expr.term.value } : null;
      case 'copy':
      case 'transfer':
        return this.affine(expr.place, depth + 1);
      case 'rebind':
        return this.affine(expr.value, depth + 1);
      case 'block':
        return this.affine(expr.result, depth + 1);
      case 'local': {
        if (expr.local === this.index) return this.changed[expr.local] === true ? null : { scale: 1n, offset: 0n };
        const init = this.initial[expr.local];
        return init === undefined || this.changed[expr.local] === true ? null : this.affine(init, depth + 1);
      }
      case 'deref':
        // An argument by reference, or a binding to a place.
        return expr.reference.kind === 'refOf'
          ? this.affine(expr.reference.place, depth + 1)
          : this.affine(expr.reference, depth + 1);
      case 'refOf':
        return this.affine(expr.place, depth + 1);
      case 'call': {
        if (expr.callee.kind !== 'function') return null;
        return this.operation(
          this.program.function(expr.callee.fn).ref.name,
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

  private operation(name: string, args: readonly HirExpr[], depth: number): Affine | null {
    const [left, right] = args;
    if (left === undefined) return null;
    const a = this.affine(left, depth + 1);
    if (a === null) return null;
    // Conversions of the index to another integer type.
    if (right === undefined)
      return name === '__init__' || name === '__int__' || name === '__index__' || name === 'index' ? a : null;
    const b = this.affine(right, depth + 1);
    if (b === null) return null;
    switch (name) {
      case '__add__':
      case '__radd__':
      case 'simd.add':
        return { scale: a.scale + b.scale, offset: a.offset + b.offset };
      case '__sub__':
      case 'simd.sub':
        return { scale: a.scale - b.scale, offset: a.offset - b.offset };
      case '__mul__':
      case '__rmul__':
      case 'simd.mul':
        if (a.scale !== 0n && b.scale !== 0n) return null;
        return { scale: a.scale * b.offset + b.scale * a.offset, offset: a.offset * b.offset };
      default:
        return null;
    }
  }
}
