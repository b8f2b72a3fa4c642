/** Facts that the ownership transforms share: paths of what is destroyed or keeps something alive, and their liveness. */
import type { Body } from '../mir.ts';
import { analyzeHolders } from '../dataflow/holders.ts';
import { Liveness } from '../dataflow/liveness.ts';
import { isLent, isOwned, MovePaths } from '../dataflow/move-paths.ts';
import type { TypeFacts } from '../type-facts.ts';

export interface OwnershipFacts {
  readonly paths: MovePaths;
  readonly liveness: Liveness;
}

export function analyzeOwnership(body: Body, types: TypeFacts): OwnershipFacts {
  const holders = analyzeHolders(body, types);
  const paths = new MovePaths(body, types, (local, id) => {
    if ((holders.keeps[id] ?? []).length > 0) return true;
    return (isOwned(local) || isLent(local)) && types.needsDrop(local.type);
  });
  return { paths, liveness: new Liveness(body, paths, holders, types) };
}
