/** Which functions change variables of a file (classic dialect): tasks that run in parallel must not.
 *  In: HIR.  Out: for a function, the places where it, or what it calls, does so. */
import type { Span } from '../../base/span.ts';
import type { HirCallee, HirExpr } from '../../sema/hir.ts';
import type { FunctionId, GlobalId, Term } from '../../terms/term.ts';
import { walkStatements } from '../hir-walk.ts';
import type { TypeFacts } from '../type-facts.ts';

export interface GlobalWrite {
  readonly global: GlobalId;
  /** In the function itself: of the access, or of the call that leads to it. */
  readonly at: Span;
}

export class GlobalWrites {
  private readonly types: TypeFacts;
  private readonly known = new Map<FunctionId, readonly GlobalWrite[]>();

  constructor(types: TypeFacts) {
    this.types = types;
  }

  of(id: FunctionId): readonly GlobalWrite[] {
    const known = this.known.get(id);
    if (known !== undefined) return known;
    // Set before the body is read, so that recursion ends.
    this.known.set(id, []);
    const isUsers = !this.types.program.function(id).ref.path.startsWith('std.');
    const body = isUsers && this.types.program.globals().length > 0 ? this.types.program.body(id) : null;
    if (body === null) return [];
    const found: GlobalWrite[] = [];
    const note = (place: HirExpr): void => {
      const global = this.globalOf(place);
      if (global !== null) found.push({ global, at: place.span });
    };
    walkStatements(
      body.statements,
      (expr) => {
        if (expr.kind === 'refOf' && expr.mutable) note(expr.place);
        if (expr.kind !== 'call' && expr.kind !== 'intrinsic') return true;
        for (const arg of expr.args) if (arg.mode === 'borrowMut') note(arg.expr);
        const callee = expr.kind === 'call' ? this.functionOf(expr.callee) : null;
        if (callee !== null) for (const { global } of this.of(callee)) found.push({ global, at: expr.span });
        return true;
      },
      (statement) => {
        if (statement.kind === 'assign') note(statement.place);
      },
    );
    this.known.set(id, found);
    return found;
  }

  private functionOf(callee: HirCallee): FunctionId | null {
    if (callee.kind === 'function') return callee.fn;
    if (callee.kind !== 'callable') return null;
    return this.types.structOf(callee.type)?.closure ?? functionOf(callee.type);
  }

  private globalOf(expr: HirExpr): GlobalId | null {
    switch (expr.kind) {
      case 'global':
        return this.types.structOf(expr.type)?.sharedMutable === true ? null : expr.global;
      case 'field':
      case 'element':
        return this.globalOf(expr.base);
      case 'deref':
        return this.globalOf(expr.reference);
      case 'copy':
      case 'refOf':
        return this.globalOf(expr.place);
      case 'call': {
        const [first] = expr.args;
        return first === undefined || expr.type.kind !== 'ref' ? null : this.globalOf(first.expr);
      }
      default:
        return null;
    }
  }
}

/** The function that a type or value of a function without captures names. */
export function functionOf(term: Term): FunctionId | null {
  const func = term.kind === 'functionItem' ? term.func : term;
  return func.kind === 'function' ? func.decl.id : null;
}
