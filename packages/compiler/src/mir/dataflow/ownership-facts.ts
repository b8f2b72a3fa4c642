/** The facts that all ownership checks and transforms of one body share: move paths of what is named, destroyed or keeps
 *  something alive, who holds what, and liveness. Deciding a copy changes none of them, so they are computed once. */
import type { Body, LocalId } from '../mir.ts';
import type { TypeFacts } from '../type-facts.ts';
import { analyzeHolders, type Holders } from './holders.ts';
import { Liveness } from './liveness.ts';
import { isLent, isOwned, MovePaths } from './move-paths.ts';

export interface OwnershipFacts {
  readonly holders: Holders;
  readonly paths: MovePaths;
  readonly liveness: Liveness;
}

/** `mayReach`: places that a local may lead to though no type names them. */
export function analyzeOwnership(
  body: Body,
  types: TypeFacts,
  mayReach?: (local: LocalId) => readonly LocalId[],
): OwnershipFacts {
  const holders = analyzeHolders(body, types, mayReach);
  const paths = new MovePaths(body, types, (local, id) => {
    if ((holders.keeps[id] ?? []).length > 0) return true;
    if (!isOwned(local) && !isLent(local)) return false;
    return local.name !== '' || local.kind.kind === 'result' || types.needsDrop(local.type);
  });
  return { holders, paths, liveness: new Liveness(body, paths, holders, types) };
}
