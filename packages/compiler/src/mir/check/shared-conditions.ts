/** Conditions: a function keeps a reference while code runs that may change the value around it, and whether the two are the same
 *  memory is known to its callers only – the reference leads into an argument that may be lent from a shared value, or
 *  the code is a member of a type parameter.
 *
 *  ```mojo
 *  def each[F: def(String)](bag: ArcPointer[Bag], f: F):
 *      for word in bag[].words:      # held: element of a shared 'Bag.words'
 *          f(word)                   # open: what does 'F' do?
 *  ```
 *
 *  In: conditions of bodies as they are checked, then all bodies.  Out: an error at each call that decides a condition badly. Calls
 *  that leave it open hand it on to the functions that they stand in. */
import { BitSet } from '../../base/bitset.ts';
import type { Span } from '../../base/span.ts';
import type { Sink } from '../../diagnostics/sink.ts';
import type { Substituter } from '../../terms/substitute.ts';
import type { FunctionId, OriginStep, Term } from '../../terms/term.ts';
import type { Body, Operand, Statement, Terminator } from '../mir.ts';
import type { TypeFacts } from '../type-facts.ts';
import { type Region, regionText, sameStep } from './accesses.ts';
import { type Deed, type EffectRoot, isLibrary, sharedBy } from './effects-of-body.ts';
import * as errors from './errors.ts';
import { heldOver } from './held-over.ts';
import { type Holder, InteriorHolders } from './interior-holders.ts';
import type { InteriorFlow } from './interior-references.ts';
import { deedKey, deedWith, type SharedEffects } from './shared-effects.ts';
import { type Call, deedOf, SHARED } from './shared-values.ts';

/** Where a reference leads. */
interface Held {
  readonly root: EffectRoot;
  readonly path: readonly OriginStep[];
}

/** What may change the value around a reference that is held. */
type Changing =
  | { readonly kind: 'change'; readonly type: Term; readonly path: readonly OriginStep[] }
  | { readonly kind: 'open'; readonly deed: Deed };

export interface Condition {
  readonly held: Held;
  readonly over: Changing;
  /** Types of what the code was given: a change goes through one of them. Null: it is made in place. */
  readonly passed: readonly Term[] | null;
  readonly origin: string;
  readonly use: Span;
  readonly site: Span;
  /** It holds only if the deed, which depends on parameters, turns out to be the function. Shared types are then said in the
   *  function's own parameters. */
  readonly pending: { readonly deed: Deed; readonly fn: FunctionId } | null;
}

/** Longer ways are not followed, so that functions which call themselves have finitely many conditions. */
const LONGEST = 8;
const MOST_CONDITIONS = 4000;

// ------------------------------------------------------------------------------------------------ of one body

export function conditionsOf(
  body: Body,
  types: TypeFacts,
  holders: InteriorHolders,
  flow: InteriorFlow,
): readonly Condition[] {
  if (isLibrary(types.program.function(body.function))) return [];
  const helds = holders.all.map((holder) => heldBy(holder, holders, body));
  if (helds.every((list) => list.length === 0)) return [];
  const sites = new Map<Statement | Terminator, readonly Over[]>();
  for (const block of body.blocks.values()) {
    for (const node of [...block.statements, block.terminator]) {
      const overs = oversOf(node, holders, flow);
      if (overs.length > 0) sites.set(node, overs);
    }
  }
  if (sites.size === 0) return [];
  const wanted = new BitSet(helds.length);
  helds.forEach((list, index) => {
    if (list.length > 0) wanted.add(index);
  });
  const uses = heldOver(body, holders, new Set(sites.keys()), wanted);
  const conditions: Condition[] = [];
  for (const [node, overs] of sites) {
    const passed = holders.shared.typesPassed(node);
    const add = (held: Held, origin: string, use: Span): void => {
      for (const { over, inPlace } of overs) {
        if (over.kind === 'change' && held.root.kind === 'shared') continue;
        conditions.push({ held, over, passed: inPlace ? null : passed, origin, use, site: node.span, pending: null });
      }
    };
    for (const { index, use } of uses.get(node) ?? [])
      for (const held of helds[index] ?? []) add(held, regionText(holders.all[index]?.regions[0] ?? NOWHERE), use);
    if ((node.kind !== 'call' && node.kind !== 'tryCall') || node.args.length < 2) continue;
    for (const operand of node.args) {
      if (operand.kind === 'constant' || sharedBy(holders.accesses.typeOf(operand.place)) !== null) continue;
      for (const { region } of holders.accesses.ofOperand(operand))
        for (const held of heldsOf(region, holders, body)) add(held, regionText(region), operand.span);
    }
  }
  return conditions;
}

interface Over {
  readonly over: Changing;
  readonly inPlace: boolean;
}

const NOWHERE: Region = { root: -1 as Region['root'], name: '', path: [] };

function heldBy(holder: Holder, holders: InteriorHolders, body: Body): readonly Held[] {
  if (holder.isOwner) return [];
  return holder.regions.flatMap((region) => heldsOf(region, holders, body));
}

/** Into shared values, lent arguments, and memory that an origin parameter names; only what lies inside a container. */
function heldsOf(region: Region, holders: InteriorHolders, body: Body): readonly Held[] {
  const parts = holders.shared.partsOf(region);
  const last = parts.at(-1);
  if (last !== undefined) {
    if (!holders.shared.hasOtherOwners(last) || !last.path.some(isInside)) return [];
    return [{ root: { kind: 'shared', type: last.type }, path: last.path }];
  }
  if (!region.path.some(isInside)) return [];
  return outside(region, holders, body);
}

function outside(region: Region, holders: InteriorHolders, body: Body): readonly Held[] {
  if (typeof region.root !== 'number') return [{ root: { kind: 'origin', origin: region.root }, path: region.path }];
  const local = holders.localOf(region.root);
  const kind = local === undefined ? null : body.locals.get(local).kind;
  if (local === undefined || kind?.kind !== 'argument') return [];
  return [{ root: { kind: 'argument', index: kind.index }, path: region.path }];
}

function isInside(step: OriginStep): boolean {
  return step.kind === 'interior' && !sameStep(step, SHARED);
}

function oversOf(node: Statement | Terminator, holders: InteriorHolders, flow: InteriorFlow): readonly Over[] {
  const overs: Over[] = [];
  for (const { type, path, fresh, passed } of [...flow.changesOf(node), ...flow.changesByStore(node)])
    if (fresh === null) overs.push({ over: { kind: 'change', type, path }, inPlace: passed === null });
  if (node.kind === 'call' || node.kind === 'tryCall' || node.kind === 'drop')
    for (const deed of holders.shared.outcomeOf(node).open)
      overs.push({ over: { kind: 'open', deed }, inPlace: false });
  return overs;
}

// ------------------------------------------------------------------------------------------------ of the program

interface CallIn {
  readonly body: Body;
  readonly node: Call;
  readonly deed: Deed;
}

export class SharedConditions {
  private readonly types: TypeFacts;
  private readonly effects: SharedEffects;
  private readonly work: { readonly fn: FunctionId; readonly condition: Condition }[] = [];
  private readonly seen = new Set<string>();
  private readonly holders = new Map<Body, InteriorHolders>();
  private readonly reported = new Set<Call>();

  constructor(types: TypeFacts, effects: SharedEffects) {
    this.types = types;
    this.effects = effects;
  }

  add(fn: FunctionId, conditions: readonly Condition[]): void {
    for (const condition of conditions) {
      const key = `${fn}|${conditionKey(condition)}`;
      if (this.seen.has(key) || this.seen.size > MOST_CONDITIONS || condition.held.path.length > LONGEST) continue;
      this.seen.add(key);
      this.work.push({ fn, condition });
    }
  }

  /** When all bodies are known: follows the conditions to where they are decided. */
  finish(bodies: readonly Body[], sink: Sink): void {
    if (this.work.length === 0) return;
    const { direct, indirect } = callsIn(bodies);
    for (let next = this.work.pop(); next !== undefined; next = this.work.pop()) {
      for (const call of direct.get(next.fn) ?? []) this.atCall(call, next.condition, next.fn, sink);
      for (const call of indirect) this.atCall(call, next.condition, next.fn, sink);
    }
  }

  /** A call that is, or may turn out to be, one of the function. */
  private atCall({ body, node, deed }: CallIn, condition: Condition, fn: FunctionId, sink: Sink): void {
    const { calls, open } = this.effects.callsOf(deed);
    const args = this.argumentsFor(fn, node);
    for (const call of calls) {
      if (call.fn !== fn) continue;
      const terms = this.effects.parametersOf(fn, call.args);
      for (const one of this.decided(condition, terms)) this.meet(one, body, node, args, terms, fn, sink);
    }
    // One that is pending already goes on from the functions that make it so.
    if (open.length === 0 || condition.pending !== null || !this.mayBe(deed, fn, node)) return;
    const terms = this.effects.parametersOf(fn, []);
    const helds = this.heldAt(condition.held, args, this.holdersOf(body), body, terms);
    for (const held of helds)
      for (const one of open) this.add(body.function, [{ ...condition, held, pending: { deed: one, fn } }]);
  }

  /** Whether what a pending condition waits for is known now: then it holds, or there is none. */
  private decided(condition: Condition, terms: Substituter): readonly Condition[] {
    const { pending, held, over } = condition;
    if (pending === null) return [condition];
    const { calls, open } = this.effects.callsOf(deedWith(pending.deed, terms));
    const decided: Condition[] = open.map((deed) => ({ ...condition, pending: { ...pending, deed } }));
    for (const call of calls) {
      if (call.fn !== pending.fn) continue;
      const own = this.effects.parametersOf(call.fn, call.args);
      const { root } = held;
      decided.push({
        ...condition,
        held: root.kind === 'shared' ? { ...held, root: { kind: 'shared', type: own.apply(root.type) } } : held,
        over:
          over.kind === 'open'
            ? { kind: 'open', deed: deedWith(over.deed, own) }
            : { ...over, type: own.apply(over.type) },
        passed: condition.passed?.map((type) => own.apply(type)) ?? null,
        pending: null,
      });
    }
    return decided;
  }

  private meet(
    condition: Condition,
    body: Body,
    node: Call,
    args: readonly (Operand | undefined)[],
    terms: Substituter,
    fn: FunctionId,
    sink: Sink,
  ): void {
    const holders = this.holdersOf(body);
    const helds = this.heldAt(condition.held, args, holders, body, terms);
    if (helds.length === 0) return;
    const passed = condition.passed?.map((type) => terms.apply(type)) ?? null;
    for (const over of this.overAt(condition.over, terms)) {
      for (const held of helds) {
        if (held.root.kind !== 'shared' || over.kind === 'open' || condition.pending !== null) {
          this.add(body.function, [{ ...condition, held, over, passed }]);
          continue;
        }
        const meets = holders.shared.meets(
          { type: over.type, path: over.path, fresh: null, passed, at: null, moves: true },
          { type: held.root.type, path: held.path, fresh: null },
        );
        if (!meets || this.reported.has(node)) continue;
        this.reported.add(node);
        const { use, site, origin } = condition;
        sink.report(
          errors.sharedValueChangedInside({
            callee: this.types.program.function(fn).ref.name,
            origin,
            call: node.span,
            use,
            site,
          }),
        );
      }
    }
  }

  /** What a call hands to the arguments of the function, which it may reach through a value that is called. */
  private argumentsFor(fn: FunctionId, node: Call): readonly (Operand | undefined)[] {
    if (node.callee.kind !== 'callable' || this.types.program.function(fn).args.length === node.args.length)
      return node.args;
    return node.args.slice(1);
  }

  /** Whether a deed that depends on parameters may be the function. */
  private mayBe(deed: Deed, fn: FunctionId, node: Call): boolean {
    const { ref, args, parentStruct } = this.types.program.function(fn);
    if (deed.kind === 'requirement') return parentStruct !== null && ref.name === deed.member.name;
    return (
      args.length === node.args.length || (node.callee.kind === 'callable' && args.length + 1 === node.args.length)
    );
  }

  private heldAt(
    held: Held,
    args: readonly (Operand | undefined)[],
    holders: InteriorHolders,
    body: Body,
    terms: Substituter,
  ): readonly Held[] {
    const { root } = held;
    const from = (region: Region): readonly Held[] => {
      const whole = { ...region, path: [...region.path, ...held.path] };
      return heldsOf(whole, holders, body);
    };
    switch (root.kind) {
      case 'shared':
        return [{ root: { kind: 'shared', type: terms.apply(root.type) }, path: held.path }];
      case 'argument': {
        const operand = args[root.index];
        if (operand === undefined || operand.kind === 'constant') return [];
        return holders.accesses.ofOperand(operand).flatMap(({ region, embedded }) => (embedded ? [] : from(region)));
      }
      case 'origin':
        return holders.regionsOfOrigin(terms.apply(root.origin)).flatMap(from);
    }
  }

  private overAt(over: Changing, terms: Substituter): readonly Changing[] {
    if (over.kind === 'change') return [{ ...over, type: terms.apply(over.type) }];
    const { effects, open } = this.effects.ofDeed(deedWith(over.deed, terms));
    const overs: Changing[] = open.map((deed) => ({ kind: 'open', deed }));
    for (const { root, path, moves } of effects)
      if (moves && root.kind === 'shared') overs.push({ kind: 'change', type: root.type, path });
    return overs;
  }

  private holdersOf(body: Body): InteriorHolders {
    let holders = this.holders.get(body);
    if (holders === undefined) {
      holders = new InteriorHolders(body, this.types, this.effects);
      this.holders.set(body, holders);
    }
    return holders;
  }
}

/** Calls of known functions by the function, and all others. */
function callsIn(bodies: readonly Body[]): {
  readonly direct: ReadonlyMap<FunctionId, readonly CallIn[]>;
  readonly indirect: readonly CallIn[];
} {
  const direct = new Map<FunctionId, CallIn[]>();
  const indirect: CallIn[] = [];
  for (const body of bodies) {
    for (const block of body.blocks.values()) {
      for (const node of [...block.statements, block.terminator]) {
        if (node.kind !== 'call' && node.kind !== 'tryCall') continue;
        const deed = deedOf(node.callee);
        if (deed === null) continue;
        const call = { body, node, deed };
        if (deed.kind !== 'function') {
          indirect.push(call);
          continue;
        }
        const known = direct.get(deed.fn);
        if (known === undefined) direct.set(deed.fn, [call]);
        else known.push(call);
      }
    }
  }
  return { direct, indirect };
}

function conditionKey({ held, over, use, pending }: Condition): string {
  const { root } = held;
  const at = root.kind === 'argument' ? root.index : root.kind === 'origin' ? root.origin.id : root.type.id;
  const path = (steps: readonly OriginStep[]): string => steps.map((step) => step.name).join('.');
  const what = over.kind === 'open' ? deedKey(over.deed) : `${over.type.id}.${path(over.path)}`;
  return `${root.kind}${at}.${path(held.path)}|${what}|${use.start}|${pending === null ? '' : `${pending.fn}${deedKey(pending.deed)}`}`;
}
