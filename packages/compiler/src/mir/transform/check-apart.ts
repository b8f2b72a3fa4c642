/** Puts a check in front of each call whose arguments may be the same memory (`check/shared-arguments.ts` says which and why).
 *  In: a built body and its plan.  Out: the body with a call of the library's `__check_apart` for each. */
import { present } from '../../base/invariant.ts';
import { placeType } from '../cfg.ts';
import type { ApartCheck } from '../check/shared-arguments.ts';
import type { Body, Operand, Place, Statement } from '../mir.ts';
import type { TypeFacts } from '../type-facts.ts';

/** In the module of the type without which there is nothing to check. */
const CHECK = 'std.memory.arc_pointer.__check_apart';

export function checkApart(body: Body, plan: readonly ApartCheck[], types: TypeFacts): void {
  const fn = present(types.program.libraryFunction(CHECK), CHECK);
  const { result } = types.program.function(fn);
  for (const id of body.blocks.ids()) {
    const block = body.blocks.get(id);
    const checksOf = (node: ApartCheck['node']): Statement[] =>
      plan.flatMap(({ node: at, a, b }) => {
        if (at !== node) return [];
        const borrow = (place: Place): Operand => ({ kind: 'borrow', place, span: node.span });
        const typeOf = (place: Place) => placeType(body, place, (global) => types.program.global(global).type);
        const local = body.locals.add({
          name: '',
          type: result,
          span: node.span,
          kind: { kind: 'temporary' },
          origin: types.store.newOriginRoot(),
          region: block.region,
          bindOnce: false,
        });
        const args = [typeOf(a), typeOf(b), types.store.false, types.store.false];
        return {
          kind: 'call',
          span: node.span,
          callee: { kind: 'function', fn, args },
          args: [borrow(a), borrow(b)],
          dest: { root: { kind: 'local', local }, projections: [] },
          store: 'unknown',
        };
      });
    const statements = block.statements.flatMap((statement) => [...checksOf(statement), statement]);
    block.statements.splice(0, block.statements.length, ...statements, ...checksOf(block.terminator));
  }
}
