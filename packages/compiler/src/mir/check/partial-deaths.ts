/** A value that dies while a part of it is moved out. Where the mistake is said to be:
 *  at the move, if the rest is needed later (used, or destroyed with the part that was set again);
 *  else where the rest was needed last on the way to the move: after a statement, or at a branch of which another way destroys the whole.
 *  In: a body and its drop plan.  Out: one diagnostic for each variable. */
import type { Span } from '../../base/span.ts';
import type { Sink } from '../../diagnostics/sink.ts';
import { predecessors, successors } from '../cfg.ts';
import type { DropPlan, PartialDeath, PlannedDrop } from '../dataflow/drop-plan.ts';
import type { OwnershipFacts } from '../dataflow/ownership-facts.ts';
import { edgeDefinition, forEachEvent, type PlaceEvent } from '../events.ts';
import type { BlockId, Body, LocalId } from '../mir.ts';
import * as errors from './errors.ts';
import { placeName } from './names.ts';

/** What one step of a block does to the rest of the value. `mention`: null where it only ends. */
interface Step {
  readonly does: 'need' | 'set' | 'take';
  readonly span: Span;
  readonly mention: Span | null;
  /** Of the part that is taken: its move path. */
  readonly node: number;
}

export function checkPartialDeaths(body: Body, plan: DropPlan, facts: OwnershipFacts, sink: Sink): void {
  const reported = new Set<LocalId>();
  for (const death of plan.partial) {
    const { local } = facts.paths.node(death.unit);
    if (reported.has(local)) continue;
    reported.add(local);
    new Report(body, plan, facts, death).send(sink);
  }
}

class Report {
  private readonly body: Body;
  private readonly plan: DropPlan;
  private readonly paths: OwnershipFacts['paths'];
  private readonly death: PartialDeath;
  private readonly preds: readonly (readonly BlockId[])[];
  private readonly steps: readonly (readonly Step[])[];
  /** By block: whether the rest is needed from its start on. */
  private readonly needed: Uint8Array;

  constructor(body: Body, plan: DropPlan, facts: OwnershipFacts, death: PartialDeath) {
    this.body = body;
    this.plan = plan;
    this.paths = facts.paths;
    this.death = death;
    this.preds = predecessors(body);
    this.steps = [...body.blocks.ids()].map((id) => this.stepsOf(id));
    this.needed = this.solve();
  }

  send(sink: Sink): void {
    let first: { readonly at: Span; readonly move: Step } | null = null;
    for (const id of this.body.blocks.ids()) {
      const steps = this.steps[id] ?? [];
      for (const [index, move] of steps.entries()) {
        if (move.does !== 'take') continue;
        if (this.isNeeded(id, index + 1)) {
          const field = this.name(move.node);
          const later = this.laterUse(id, index + 1);
          sink.report(
            errors.consumedButUsedLater({ field, whole: this.whole(), at: move.span, later, refilled: false }),
          );
          return;
        }
        first ??= { at: this.lastNeed(id, index), move };
      }
    }
    const declared = this.body.locals.get(this.paths.node(this.death.unit).local).span;
    const field = this.name(first?.move.node ?? this.death.missing);
    sink.report(errors.destroyedOutOfMiddle({ field, at: first?.at ?? declared, moved: first?.move.span ?? null }));
  }

  private name(node: number): string {
    return placeName(this.body, this.paths.node(node).place, () => '');
  }

  private whole(): string {
    return this.name(this.death.unit);
  }

  private stepsOf(id: BlockId): readonly Step[] {
    const steps: Step[] = [];
    const block = this.body.blocks.get(id);
    const plan = this.plan.blocks[id];
    const drops = (planned: readonly PlannedDrop[] | undefined): void => {
      for (const drop of planned ?? [])
        if (drop.node >= 0 && this.isRest(drop.node))
          steps.push({ does: 'need', span: drop.span, mention: null, node: -1 });
    };
    const event = (event: PlaceEvent, span: Span): void => {
      const step = this.stepOf(event, span);
      if (step !== null) steps.push(step);
    };
    const [pred] = this.preds[id] ?? [];
    if (pred !== undefined) {
      const { terminator } = this.body.blocks.get(pred);
      const place = edgeDefinition(terminator, successors(terminator).indexOf(id));
      if (place !== null) event({ kind: 'define', place }, terminator.span);
    }
    drops(plan?.atStart);
    for (const [index, statement] of block.statements.entries()) {
      drops(plan?.before[index]);
      forEachEvent(statement, (found) => event(found, statement.span));
      drops(plan?.after[index]);
    }
    forEachEvent(block.terminator, (found) => event(found, block.terminator.span));
    return steps;
  }

  private stepOf(event: PlaceEvent, around: Span): Step | null {
    const found = this.paths.lookup(event.place);
    if (found === null || !this.overlaps(found.node)) return null;
    const { node, exact } = found;
    const operand = event.kind === 'use' || event.kind === 'move' ? event.operand : null;
    const span = operand === null || operand.kind === 'constant' ? around : operand.span;
    const containsAll = node <= this.death.replaced;
    switch (event.kind) {
      case 'declare':
        return { does: 'set', span, mention: null, node };
      case 'define':
        if (containsAll && exact) return { does: 'set', span, mention: null, node };
        return this.isRest(node) ? { does: 'need', span, mention: span, node } : null;
      case 'move':
        if (containsAll) return { does: 'need', span, mention: span, node };
        return this.concernsMissing(node) ? { does: 'take', span, mention: span, node } : null;
      case 'use':
        return this.isRest(node) ? { does: 'need', span, mention: span, node } : null;
    }
  }

  /** Of the value, or of what contains it. */
  private overlaps(node: number): boolean {
    const { replaced } = this.death;
    return node < this.paths.node(replaced).end && replaced < this.paths.node(node).end;
  }

  private isRest(node: number): boolean {
    const { missing } = this.death;
    return this.overlaps(node) && !(node >= missing && node < this.paths.node(missing).end);
  }

  private concernsMissing(node: number): boolean {
    const { missing } = this.death;
    return node < this.paths.node(missing).end && missing < this.paths.node(node).end;
  }

  private solve(): Uint8Array {
    const needed = new Uint8Array(this.steps.length);
    const upwards = [...this.body.blocks.ids()].reverse();
    for (let changed = true; changed; ) {
      changed = false;
      for (const id of upwards) {
        if (needed[id] === 1 || !this.isNeededFrom(this.steps[id] ?? [], 0, needed, id)) continue;
        needed[id] = 1;
        changed = true;
      }
    }
    return needed;
  }

  private isNeeded(id: BlockId, from: number): boolean {
    return this.isNeededFrom(this.steps[id] ?? [], from, this.needed, id);
  }

  private isNeededFrom(steps: readonly Step[], from: number, needed: Uint8Array, id: BlockId): boolean {
    for (let i = from; i < steps.length; i++) {
      const does = steps[i]?.does;
      if (does === 'need') return true;
      if (does === 'set') return false;
    }
    return this.targets(id).some((target) => needed[target] === 1);
  }

  private targets(id: BlockId): readonly BlockId[] {
    return successors(this.body.blocks.get(id).terminator);
  }

  /** The first mention of the rest behind a point where it is needed; null: it is only destroyed. */
  private laterUse(id: BlockId, from: number): Span | null {
    const seen = new Set<BlockId>();
    const pending: { readonly id: BlockId; readonly from: number }[] = [{ id, from }];
    for (let at = pending.shift(); at !== undefined; at = pending.shift()) {
      const next = (this.steps[at.id] ?? []).slice(at.from).find((step) => step.does !== 'take');
      if (next?.does === 'need' && next.mention !== null) return next.mention;
      if (next !== undefined) continue;
      for (const target of this.targets(at.id)) {
        if (!seen.has(target)) pending.push({ id: target, from: 0 });
        seen.add(target);
      }
    }
    return null;
  }

  /** Upwards from a point where the rest is not needed. */
  private lastNeed(id: BlockId, before: number): Span {
    const seen = new Set<BlockId>();
    const pending: { readonly id: BlockId; readonly before: number }[] = [{ id, before }];
    for (let at = pending.shift(); at !== undefined; at = pending.shift()) {
      const last = (this.steps[at.id] ?? []).slice(0, at.before).findLast((step) => step.does !== 'take');
      if (last !== undefined) return last.span;
      for (const pred of this.preds[at.id] ?? []) {
        const block = this.body.blocks.get(pred);
        if (this.targets(pred).some((target) => this.needed[target] === 1)) return block.terminator.span;
        if (!seen.has(pred)) pending.push({ id: pred, before: (this.steps[pred] ?? []).length });
        seen.add(pred);
      }
    }
    return this.body.locals.get(this.paths.node(this.death.unit).local).span;
  }
}
