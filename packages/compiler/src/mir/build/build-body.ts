/** HIR → generic MIR of one function.
 *  In: a checked HIR body.  Out: a `Body` in phase `built`: reachable blocks only, critical edges split, reverse postorder.
 *  Nothing is reported here; the checks read the graph. A return at the end of the text carries the span `body.endSpan`. */
import { invariant } from '../../base/invariant.ts';
import type { HirBody, HirFunction, Program } from '../../sema/hir.ts';
import type { TermStore } from '../../terms/store.ts';
import type { Body, Operand } from '../mir.ts';
import { TypeFacts } from '../type-facts.ts';
import { localPlace } from './body-builder.ts';
import { deferRead, lowerCallLike } from './calls.ts';
import { LowerContext, type Lowerings } from './context.ts';
import { finishGraph } from './finish.ts';
import { lowerStatements } from './statements.ts';

const LOWERINGS: Lowerings = { statements: lowerStatements, call: lowerCallLike, late: deferRead };

export function buildBody(fn: HirFunction, body: HirBody, program: Program, store: TermStore): Body {
  return buildBodyWith(fn, body, new TypeFacts(program, store));
}

export function buildBodyWith(fn: HirFunction, body: HirBody, types: TypeFacts): Body {
  const cx = new LowerContext(fn, body, types, LOWERINGS);
  ownVariadics(cx);
  lowerStatements(cx, body.statements);
  cx.builder.terminate({ kind: 'return', span: cx.endSpan });
  invariant(cx.scopes.length === 0, `scopes left open in ${fn.ref.path}`);
  return finishBody(cx);
}

/** The elements of `var *xs` belong to the callee: a local of the owner's type ends their lives after the last use of `xs`. */
function ownVariadics(cx: LowerContext): void {
  cx.fn.args.forEach((arg, index) => {
    const of = cx.argLocals[index];
    if (arg.owner === null || of === undefined) return;
    const owner = cx.builder.newLocal({
      name: '',
      type: arg.owner,
      span: arg.span,
      kind: { kind: 'owner', of },
      origin: cx.types.store.newOriginRoot(),
      bindOnce: false,
    });
    const elements: Operand = { kind: 'copy', place: localPlace(of), span: arg.span };
    cx.builder.assignOperand(localPlace(owner), elements, arg.span);
    cx.variadicOwners.set(of, owner);
  });
}

export function finishBody(cx: LowerContext): Body {
  const builder = cx.builder;
  return finishGraph({
    function: cx.fn.id,
    name: cx.fn.ref.path,
    phase: 'built',
    span: cx.fn.span,
    endSpan: cx.endSpan,
    locals: builder.locals,
    blocks: builder.blocks,
    regions: builder.regions,
    entry: builder.entry,
    args: cx.argLocals,
    result: cx.resultLocal,
    error: cx.errorLocal,
  });
}
