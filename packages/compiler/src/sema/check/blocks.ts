/** Blocks: the statements of a block in a scope of their own. */
import type { Block } from '../../syntax/ast.ts';
import type { Term } from '../../terms/term.ts';
import type { HirStatement } from '../hir.ts';
import type { BodyContext } from './body-context.ts';

/** The statements of a block in a scope of their own; `facts` hold inside. */
export function checkBlock(cx: BodyContext, block: Block, facts: readonly Term[] = []): readonly HirStatement[] {
  return cx.inScope(() => {
    const into: HirStatement[] = [];
    checkStatements(cx, block, into);
    return into;
  }, facts);
}

export function checkStatements(cx: BodyContext, block: Block, into: HirStatement[]): void {
  for (const statement of block.statements) cx.ops.statement(cx, statement, into);
}
