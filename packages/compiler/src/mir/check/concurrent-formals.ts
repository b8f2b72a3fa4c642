/** Which type parameters of a function stand for code that its tasks run, and with what index.
 *
 *  A parameter is *concurrent* when it is bounded by the library's `Concurrent`, when the function passes it on to such a formal, or when a
 *  closure that it passes on captured a value of it: wrappers of `parallelize` inherit the rule.
 *  In: HIR.  Out: for each flat parameter a `Demand`, or null. */
import type { HirBody, HirExpr, HirFunction, HirLocalId, HirStruct } from '../../sema/hir.ts';
import type { FunctionId, Term } from '../../terms/term.ts';
import { walkStatements } from '../hir-walk.ts';
import type { TypeFacts } from '../type-facts.ts';

/** `index`: each task calls it with its own index only. `any`: tasks may call it with anything, so it must not change what tasks share. */
export type Demand = 'index' | 'any';

export class ConcurrentFormals {
  private readonly types: TypeFacts;
  private readonly known = new Map<FunctionId, readonly (Demand | null)[]>();

  constructor(types: TypeFacts) {
    this.types = types;
  }

  of(id: FunctionId): readonly (Demand | null)[] {
    const known = this.known.get(id);
    if (known !== undefined) return known;
    const fn = this.types.program.function(id);
    const demands = fn.params.map((param): Demand | null => (isConcurrentBound(param.type) ? 'index' : null));
    // Set before the body is read, so that recursion ends.
    this.known.set(id, demands);
    const isMarked = demands.some((demand) => demand !== null);
    if (isMarked || fn.kind.kind !== 'written' || !fn.params.some((param) => isCode(param.type))) return demands;
    const body = this.types.program.body(id);
    if (body === null) return demands;
    const demand = (own: number, made: Demand): void => {
      if (demands[own] !== 'any') demands[own] = made;
    };
    walkStatements(
      body.statements,
      (expr) => {
        if (expr.kind !== 'call' || expr.callee.kind !== 'function') return true;
        const inner = this.of(expr.callee.fn);
        expr.callee.args.forEach((arg, index) => {
          const wanted = inner[index] ?? null;
          if (wanted === null) return;
          fn.params.forEach((param, own) => {
            const made = isCode(param.type) ? this.demandIn(arg, param, wanted) : null;
            if (made !== null) demand(own, made);
          });
        });
        return true;
      },
      () => {},
    );
    return demands;
  }

  /** What is asked of a parameter when tasks run code of this type. */
  private demandIn(type: Term, param: Term, wanted: Demand): Demand | null {
    if (type === param) return wanted;
    if (!mentions(type, param)) return null;
    const closure = this.types.structOf(type)?.closure ?? null;
    if (closure === null || type.kind !== 'struct' || wanted === 'any') return 'any';
    const fn = this.types.program.function(closure);
    const body = this.types.program.body(closure);
    const own = fn.params[type.args.indexOf(param)];
    if (body === null || own === undefined) return 'any';
    return callsWithIndex(body, own, indexOf(this.types, fn, body, this.types.structOf(type))) ? 'index' : 'any';
  }
}

/** The local that holds the index of a task: the first argument of a closure beside the closure itself. */
export function indexOf(types: TypeFacts, fn: HirFunction, body: HirBody, struct: HirStruct | null): HirLocalId | null {
  if (struct === null || fn.args.length === 0) return null;
  const isSelf = (type: Term): boolean => types.structOf(type.kind === 'ref' ? type.pointee : type)?.ref === struct.ref;
  return body.locals.find((local) => local.kind.kind === 'argument' && !isSelf(local.type))?.id ?? null;
}

/** Whether values of a type are used in a body for nothing but calls whose first argument is `index`. */
function callsWithIndex(body: HirBody, type: Term, index: HirLocalId | null): boolean {
  const fine = new Set<HirExpr>();
  let only = true;
  const markWay = (expr: HirExpr): void => {
    fine.add(expr);
    if (expr.kind === 'field' || expr.kind === 'element') markWay(expr.base);
    else if (expr.kind === 'deref') markWay(expr.reference);
    else if (expr.kind === 'copy' || expr.kind === 'refOf') markWay(expr.place);
  };
  walkStatements(
    body.statements,
    (expr) => {
      if (expr.kind === 'call' && expr.callee.kind === 'callable' && expr.callee.type === type) {
        const [value, first] = expr.args;
        if (value !== undefined && first !== undefined && isLocal(first.expr, index)) markWay(value.expr);
      } else if (expr.kind === 'call' && expr.callee.kind === 'requirement' && mentions(expr.callee.self, type))
        only = false;
      else if (
        expr.kind === 'call' &&
        expr.callee.kind === 'function' &&
        expr.callee.args.some((arg) => mentions(arg, type))
      )
        only = false;
      if (!fine.has(expr) && mentions(expr.type, type)) only = false;
      return only;
    },
    () => {},
  );
  return only;
}

function isLocal(expr: HirExpr, local: HirLocalId | null): boolean {
  if (expr.kind === 'copy' || expr.kind === 'refOf') return isLocal(expr.place, local);
  if (expr.kind === 'deref') return isLocal(expr.reference, local);
  return expr.kind === 'local' && expr.local === local;
}

/** Whether a value of this type may hold one of type `param`. */
function mentions(type: Term, param: Term): boolean {
  if (type === param) return true;
  if (type.kind === 'struct') return type.args.some((arg) => mentions(arg, param));
  if (type.kind === 'list') return type.elements.some((element) => mentions(element, param));
  if (type.kind === 'ref') return mentions(type.pointee, param);
  return type.kind === 'projection' && mentions(type.self, param);
}

function boundMembers(bound: Term): readonly Term[] {
  return bound.kind === 'composition' ? bound.members : [bound];
}

function isConcurrentBound(bound: Term): boolean {
  return boundMembers(bound).some((member) => member.kind === 'trait' && member.decl.name === 'Concurrent');
}

/** Something that a task can call: a function, or a type with methods of a trait outside of the library. */
function isCode(bound: Term): boolean {
  return boundMembers(bound).some(
    (member) => member.kind === 'functionType' || (member.kind === 'trait' && !member.decl.path.startsWith('std.')),
  );
}
