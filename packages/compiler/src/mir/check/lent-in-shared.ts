/** What was lent may lie in a value that an `ArcPointer` shares, and be reached through an owner of that one:
 *
 *      def fill(mut self, other: ArcPointer[Slot]):     # slot[].fill(slot)
 *          self.item = other[].item.copy()
 *
 *  So using what leads to such an owner is a use of what was lent: the old value dies after it, and no result is built in its place.
 *  In: a body, types.  Out: for each local the lent arguments that it may lead to, for `analyzeHolders`.
 *
 *  In a generic body a type parameter may stand for a type that leads back. Mostly it does not, and the old value should then die
 *  as early as anywhere. So this is decided for each instance: a second version of the body expects it (`MirPipeline.versionFor`).
 *
 *  Only functions of the user: the library copes. */
import type { Term } from '../../terms/term.ts';
import { isLent, isOwned } from '../dataflow/move-paths.ts';
import type { Body, LocalId, Place } from '../mir.ts';
import type { TypeFacts } from '../type-facts.ts';
import { isLibrary } from './effects-of-body.ts';
import { storedBy } from './interior-references.ts';
import type { SharedEffects } from './shared-effects.ts';

/** Values of type `from` lead to an owner of a value in which one of type `to` may lie. */
export interface LeadingBack {
  readonly from: Term;
  readonly to: Term;
}

export class LentInShared {
  private readonly body: Body;
  private readonly types: TypeFacts;
  private readonly effects: SharedEffects;
  private readonly isUsers: boolean;
  private readonly lent: readonly LocalId[];

  constructor(body: Body, types: TypeFacts, effects: SharedEffects) {
    this.body = body;
    this.types = types;
    this.effects = effects;
    const isInteresting = (id: LocalId): boolean => {
      const local = body.locals.get(id);
      return isLent(local) && types.needsDrop(local.type);
    };
    this.isUsers = !isLibrary(types.program.function(body.function));
    this.lent = this.isUsers ? body.args.filter(isInteresting) : [];
  }

  /** Lent arguments that a local may lead to; `expected`: where type parameters have to lead back for it. */
  reachedFrom(local: LocalId, expected: boolean): readonly LocalId[] {
    const { type } = this.body.locals.get(local);
    return this.lent.filter((arg) => this.effects.leadsBack(type, this.body.locals.get(arg).type, expected));
  }

  /** What makes an instance take the second version. Empty: there is none, since it would be the same. */
  conditions(): readonly LeadingBack[] {
    const found: LeadingBack[] = [];
    for (const home of this.replaced())
      for (const { type } of this.body.locals.values()) {
        if (!this.effects.leadsBack(type, home, true) || this.effects.leadsBack(type, home, false)) continue;
        if (!found.some((other) => other.from === type && other.to === home)) found.push({ from: type, to: home });
      }
    return found;
  }

  /** Types of the wholes in which a store replaces something that has to be destroyed. */
  private replaced(): ReadonlySet<Term> {
    const homes = new Set<Term>();
    if (!this.isUsers) return homes;
    for (const block of this.body.blocks.values())
      for (const node of [...block.statements, block.terminator]) {
        const place = storedBy(node);
        const home = place === null ? null : homeOf(this.body, place);
        if (home !== null && this.types.needsDrop(home)) homes.add(home);
      }
    return homes;
  }
}

/** Of a place that may lie in a shared value: the type of the part of it that is known. Null: it lies in a variable. */
export function homeOf(body: Body, { root, projections }: Place): Term | null {
  if (root.kind !== 'local') return null;
  const last = projections.findLast((projection) => projection.kind === 'deref');
  if (last !== undefined) return last.type;
  const local = body.locals.get(root.local);
  return isOwned(local) ? null : local.type;
}
