/** Whether a user's function only reads what the views in one of its arguments lead to: `def at(self, i: Int) -> Int` of a struct that
 *  holds a mutable span. Asked by the check of races, where a lent value with such a view counts as written wherever it is passed.
 *  In: the function's HIR.  Out: true if each use of the argument is one of those that are known to read; whatever else is
 *  done with a view (a copy kept, a library function, a member of a type parameter) may write. */
import type { HirBody, HirExpr, HirLocalId } from '../../sema/hir.ts';
import type { FunctionId, Term } from '../../terms/term.ts';
import { walkStatements } from '../hir-walk.ts';
import type { TypeFacts } from '../type-facts.ts';
import { isTypeBound } from './effects-of-body.ts';
import { isOpen } from './shared-effects.ts';
import { isMutable } from './task-parts.ts';

type Call = HirExpr & { readonly kind: 'call' };

const memos = new WeakMap<TypeFacts, Map<string, boolean>>();

export function onlyReads(types: TypeFacts, fn: FunctionId, arg: number): boolean {
  let memo = memos.get(types);
  if (memo === undefined) {
    memo = new Map();
    memos.set(types, memo);
  }
  const key = `${fn}:${arg}`;
  const known = memo.get(key);
  if (known !== undefined) return known;
  // A function that calls itself may write.
  memo.set(key, false);
  const { kind, ref } = types.program.function(fn);
  const body = kind.kind === 'written' && !ref.path.startsWith('std.') ? types.program.body(fn) : null;
  const result = body !== null && new ArgumentReader(types, body, arg).onlyReads();
  memo.set(key, result);
  return result;
}

/** Library functions of a view, or of an iterator over one, that give an element or a number. */
const READERS = new Set(['__getitem__', '__has_next__', '__next__', '__len__', 'len', 'unsafe_load']);
/** Those of them that lend the element. */
const LENDERS = new Set(['__getitem__', '__next__']);

class ArgumentReader {
  private readonly types: TypeFacts;
  private readonly body: HirBody;
  /** The argument, and iterators over views in it. */
  private readonly roots = new Set<HirLocalId>();
  /** `ref` locals bound to elements. */
  private readonly elements = new Set<HirLocalId>();
  /** Expressions with a view that their parent only reads. */
  private readonly fine = new Set<HirExpr>();
  private writes = false;

  constructor(types: TypeFacts, body: HirBody, arg: number) {
    this.types = types;
    this.body = body;
    for (const { id, kind } of body.locals) if (kind.kind === 'argument' && kind.index === arg) this.roots.add(id);
  }

  onlyReads(): boolean {
    walkStatements(
      this.body.statements,
      (expr) => this.visit(expr),
      (statement) => {
        if (statement.kind === 'assign' && this.isReached(statement.place)) this.writes = true;
        if (statement.kind !== 'let' || statement.init === null) return;
        const { init, local } = statement;
        if (init.kind === 'refOf' && this.isReached(init.place)) {
          this.elements.add(local);
          this.fine.add(init);
          return;
        }
        const over = init.kind === 'call' && this.nameOf(init) === '__iter__' ? init.args[0]?.expr : undefined;
        if (over === undefined || !this.isPart(over)) return;
        this.roots.add(local);
        this.fine.add(over);
      },
    );
    return !this.writes;
  }

  /** Goes outermost first: a parent says that a part is fine before the part is seen. */
  private visit(expr: HirExpr): boolean {
    if (this.writes) return false;
    if (expr.kind === 'field' && this.isPart(expr.base)) this.fine.add(expr.base);
    else if (expr.kind === 'deref' && this.isPart(expr.reference)) this.fine.add(expr.reference);
    else if (expr.kind === 'call') this.call(expr);
    else if (expr.kind === 'intrinsic' && expr.args.some((arg) => arg.mode === 'borrowMut' && this.isReached(arg.expr)))
      this.writes = true;
    else if (expr.kind === 'refOf' && expr.mutable && !this.fine.has(expr) && this.isReached(expr.place))
      this.writes = true;
    if (!this.fine.has(expr) && this.isPart(expr) && this.mayHoldView(expr.type)) this.writes = true;
    return !this.writes;
  }

  private call(expr: Call): void {
    const name = this.nameOf(expr);
    const { callee } = expr;
    expr.args.forEach((arg, index) => {
      if (this.isPart(arg.expr)) {
        const reads =
          name !== null
            ? index === 0 &&
              READERS.has(name) &&
              !this.mayHoldView(expr.type.kind === 'ref' ? expr.type.pointee : expr.type)
            : callee.kind === 'function' && arg.mode !== 'borrowMut' && onlyReads(this.types, callee.fn, index);
        if (!reads) return;
        this.fine.add(arg.expr);
        if (arg.expr.kind === 'copy') this.fine.add(arg.expr.place);
      } else if (arg.mode === 'borrowMut' && this.isReached(arg.expr)) this.writes = true;
    });
  }

  /** Of a function of the library, or null. */
  private nameOf(expr: Call): string | null {
    if (expr.callee.kind !== 'function') return null;
    const { ref } = this.types.program.function(expr.callee.fn);
    return ref.path.startsWith('std.') ? ref.name : null;
  }

  /** The argument or a field in it, or an iterator. */
  private isPart(expr: HirExpr): boolean {
    switch (expr.kind) {
      case 'local':
        return this.roots.has(expr.local);
      case 'field':
        return this.isPart(expr.base);
      case 'deref':
        return this.isPart(expr.reference);
      case 'copy':
        return this.isPart(expr.place);
      default:
        return false;
    }
  }

  /** A place in the argument or in what its views lead to. */
  private isReached(expr: HirExpr): boolean {
    switch (expr.kind) {
      case 'local':
        return this.roots.has(expr.local) || this.elements.has(expr.local);
      case 'field':
      case 'element':
        return this.isReached(expr.base);
      case 'deref':
        return this.isReached(expr.reference);
      case 'copy':
        return this.isReached(expr.place);
      case 'call': {
        const [receiver] = expr.args;
        return receiver !== undefined && LENDERS.has(this.nameOf(expr) ?? '') && this.isReached(receiver.expr);
      }
      default:
        return false;
    }
  }

  private mayHoldView(type: Term): boolean {
    if (type.kind === 'param') return isTypeBound(type.type);
    if (isOpen(type)) return true;
    const { places, symbolic, any } = this.types.originsOf(type);
    const yes = this.types.store.true;
    if (any || places.some(({ mut }) => mut === yes) || symbolic.some((origin) => isMutable(origin, yes))) return true;
    return type.kind === 'struct' && type.args.some((arg) => this.mayHoldView(arg));
  }
}
