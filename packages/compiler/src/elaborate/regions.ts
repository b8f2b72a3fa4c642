/** Expansion of compile-time regions: which copy of a block an edge leads to.
 *  A region entered with a value (a round of `comptime for`) or through a taken arm gets an `Env`; a generic block in an
 *  environment, and for the header of a `comptime for` the number of the round, is one block of the concrete body. */
import { InternalError } from '../base/invariant.ts';
import type { BlockId, Body, LocalId, RegionId } from '../mir/mir.ts';
import type { ParamId, Term } from '../terms/term.ts';
import { Concretizer, type ParamValues, type TermServices } from './concretize.ts';

export interface Env {
  readonly id: number;
  readonly region: RegionId;
  readonly parent: Env | null;
  readonly values: ParamValues;
  readonly terms: Concretizer;
  /** Concrete locals by generic number, for the locals of this region. */
  readonly locals: (LocalId | undefined)[];
  /** The `comptime for` block and round that entered this region. */
  readonly round: { readonly header: BlockId; readonly index: number } | null;
}

export interface BlockCopy {
  readonly block: BlockId;
  readonly env: Env;
  /** Number of the round, for the header of a `comptime for`; else 0. */
  readonly round: number;
}

export class Regions {
  private count = 0;
  private readonly body: Body;
  private readonly services: TermServices;
  private readonly closed: Concretizer;

  constructor(body: Body, services: TermServices, closed: Concretizer) {
    this.body = body;
    this.services = services;
    this.closed = closed;
  }

  root(values: ParamValues): Env {
    const region = this.body.blocks.get(this.body.entry).region;
    return this.make(region, null, values, null);
  }

  private make(region: RegionId, parent: Env | null, values: ParamValues, round: Env['round']): Env {
    return {
      id: this.count++,
      region,
      parent,
      values,
      terms: new Concretizer(this.services, values, this.closed),
      locals: [],
      round,
    };
  }

  /** Where an ordinary edge from `env` leads. */
  follow(env: Env, target: BlockId): BlockCopy {
    const block = this.body.blocks.get(target);
    let at: Env | null = env;
    let below: Env | null = null;
    while (at !== null && at.region !== block.region) {
      below = at;
      at = at.parent;
    }
    if (at === null) throw new InternalError(`${this.body.name}: an edge enters region ${block.region} from outside`);
    const next = block.terminator.kind === 'comptimeFor' && below?.round?.header === target ? below.round.index + 1 : 0;
    return { block: target, env: at, round: next };
  }

  /** Where a compile-time edge leads: into a child region, or on in the same one. */
  enter(env: Env, target: BlockId, param: ParamId | null, value: Term | null, round: Env['round']): BlockCopy {
    const { region } = this.body.blocks.get(target);
    if (this.body.regions.get(region).parent !== env.region || this.isWithin(env, region))
      return this.follow(env, target);
    let values = env.values;
    if (param !== null && value !== null) values = new Map(env.values).set(param, value);
    return { block: target, env: this.make(region, env, values, round), round: 0 };
  }

  private isWithin(env: Env, region: RegionId): boolean {
    for (let at: Env | null = env; at !== null; at = at.parent) if (at.region === region) return true;
    return false;
  }

  /** The environment that owns a generic local used in `env`. */
  owner(env: Env, region: RegionId): Env {
    for (let at: Env | null = env; at !== null; at = at.parent) if (at.region === region) return at;
    throw new InternalError(`${this.body.name}: a local of region ${region} is named outside it`);
  }
}
