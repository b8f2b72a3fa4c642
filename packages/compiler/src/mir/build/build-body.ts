/** HIR → generic MIR of one function.
 *  In: a checked HIR body.  Out: a `Body` in phase `built`: reachable blocks only, critical edges split, reverse postorder; apart
 *  from it what cannot be reached, for the checks that look at calls alone.
 *  Nothing is reported here; the checks read the graph. A return at the end of the text carries the span `body.endSpan`. */
import { Table } from '../../base/ids.ts';
import { invariant } from '../../base/invariant.ts';
import type { HirBody, HirFunction } from '../../sema/hir.ts';
import { reversePostorder } from '../cfg.ts';
import type { BasicBlock, BlockId, Body, Operand } from '../mir.ts';
import type { TypeFacts } from '../type-facts.ts';
import { localPlace } from './body-builder.ts';
import { deferRead, lowerCallLike } from './calls.ts';
import { LowerContext, type Lowerings } from './context.ts';
import { finishGraph } from './finish.ts';
import { lowerStatements } from './statements.ts';

const LOWERINGS: Lowerings = { statements: lowerStatements, call: lowerCallLike, late: deferRead };

export interface Built {
  readonly body: Body;
  /** The same function with the blocks that nothing leads to; null if there is nothing in them. */
  readonly dead: Body | null;
}

export function buildBody(fn: HirFunction, body: HirBody, types: TypeFacts): Built {
  const cx = new LowerContext(fn, body, types, LOWERINGS);
  ownVariadics(cx);
  lowerStatements(cx, body.statements);
  cx.builder.terminate({ kind: 'return', span: cx.endSpan });
  invariant(cx.scopes.length === 0, `scopes left open in ${fn.ref.path}`);
  const raw = rawBody(cx);
  return { dead: deadPart(raw), body: finishGraph(raw) };
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

function deadPart(raw: Body): Body | null {
  const live = new Set(reversePostorder(raw));
  const blocks = new Table<BlockId, BasicBlock>();
  for (const id of raw.blocks.ids()) {
    const block = raw.blocks.get(id);
    if (!live.has(id) && (block.statements.length > 0 || block.terminator.kind === 'tryCall')) blocks.add({ ...block });
  }
  return blocks.size === 0 ? null : { ...raw, blocks };
}

export function finishBody(cx: LowerContext): Body {
  return finishGraph(rawBody(cx));
}

function rawBody(cx: LowerContext): Body {
  const builder = cx.builder;
  return {
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
  };
}
