/** Statements of a body, turned into HIR: declarations, assignment, conditions, raising, compile-time statements.
 *  Written by the statements helper (in progress). In: `Block`s and a `BodyContext`. Out: `HirStatement`s. */
import type { Block, Stmt } from '../../syntax/ast.ts';
import type { HirStatement } from '../hir.ts';
import type { BodyContext } from './body-context.ts';

export declare function checkBlock(cx: BodyContext, block: Block): readonly HirStatement[];
export declare function checkStatement(cx: BodyContext, statement: Stmt, into: HirStatement[]): void;
