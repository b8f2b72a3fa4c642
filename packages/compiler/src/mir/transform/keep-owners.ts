/** Gives references to owners that may lose their place an owner of their own (`check/lost-owners.ts` says which and why).
 *  In: a built body and its plan.  Out: the body with a local of kind `kept` for each, and each reference or operand led there. */
import { present } from '../../base/invariant.ts';
import type { TermStore } from '../../terms/store.ts';
import type { KeptOwner } from '../check/lost-owners.ts';
import { mapStatementOperands, mapTerminatorOperands } from '../cfg.ts';
import type { Term } from '../../terms/term.ts';
import type { BlockId, Body, Local, Operand, Place, Rvalue, Statement, Terminator } from '../mir.ts';

export function keepOwners(body: Body, plan: readonly KeptOwner[], store: TermStore): void {
  for (const id of body.blocks.ids()) {
    const block = body.blocks.get(id);
    const statements: Statement[] = [];
    for (const statement of block.statements) {
      const change = changeAt(body, id, statement, plan, store);
      const changed = withDest(mapStatementOperands(statement, change.map), change.dest);
      statements.push(...change.before, changed, ...change.after);
    }
    const change = changeAt(body, id, block.terminator, plan, store);
    block.statements.splice(0, block.statements.length, ...statements, ...change.before);
    // No other edge leads to where a call that may raise goes on.
    if (change.after.length > 0) body.blocks.get(targetOf(block.terminator)).statements.unshift(...change.after);
    block.terminator = withDest(mapTerminatorOperands(block.terminator, change.map), change.dest);
  }
}

interface ChangeAt {
  readonly before: readonly Statement[];
  readonly map: (operand: Operand) => Operand;
  /** In place of the reference that the node makes: it must not look like a use of what is kept. */
  readonly dest: Place | null;
  readonly after: readonly Statement[];
}

function changeAt(
  body: Body,
  block: BlockId,
  node: Statement | Terminator,
  plan: readonly KeptOwner[],
  store: TermStore,
): ChangeAt {
  const before: Statement[] = [];
  const after: Statement[] = [];
  const replaced = new Map<Operand, Place>();
  let dest: Place | null = null;
  const assign = (place: Place, value: Rvalue): Statement => {
    return { kind: 'assign', span: node.span, place, value, store: 'unknown' };
  };
  const add = (type: Term, kind: Local['kind']): Place => {
    const { region } = body.blocks.get(block);
    const origin = store.newOriginRoot();
    const local = body.locals.add({ name: '', type, span: node.span, kind, origin, region, bindOnce: false });
    return { root: { kind: 'local', local }, projections: [] };
  };
  for (const { node: at, change, by } of plan) {
    if (at !== node) continue;
    const kept = add(change.type, { kind: 'kept', by });
    const copy = (place: Place): Statement =>
      assign(kept, { kind: 'use', operand: { kind: 'copy', place, span: node.span } });
    if (change.kind === 'operand') {
      before.push(copy(change.operand.place));
      replaced.set(change.operand, kept);
      continue;
    }
    const { type } = body.locals.get(change.local);
    const mutable = type.kind === 'ref' && type.mut === store.true;
    dest = add(type, { kind: 'temporary' });
    after.push(
      copy({ ...dest, projections: [{ kind: 'deref', type: change.type }] }),
      assign({ root: { kind: 'local', local: change.local }, projections: [] }, { kind: 'ref', place: kept, mutable }),
    );
  }
  const map = (operand: Operand): Operand => {
    const place = replaced.get(operand);
    return place === undefined || operand.kind === 'constant' ? operand : { ...operand, place };
  };
  return { before, map, dest, after };
}

function withDest<N extends Statement | Terminator>(node: N, dest: Place | null): N {
  if (dest === null) return node;
  return node.kind === 'assign' ? { ...node, place: dest } : { ...node, dest };
}

function targetOf(terminator: Terminator): BlockId {
  return present(terminator.kind === 'tryCall' ? terminator.target : null, 'target of a raising call');
}
