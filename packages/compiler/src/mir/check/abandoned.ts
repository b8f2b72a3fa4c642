/** Values that would have to be destroyed and cannot be: types without a destructor that were not consumed, and values that
 *  die while a field is moved out. Reads the drop plan: each planned drop of such a value is an error where it would stand. */
import type { Span } from '../../base/span.ts';
import type { Sink } from '../../diagnostics/sink.ts';
import type { DropPlan, PartialDeath, PlannedDrop } from '../dataflow/drop-plan.ts';
import type { OwnershipFacts } from '../dataflow/ownership-facts.ts';
import { forEachEvent } from '../events.ts';
import type { HirFunction } from '../../sema/hir.ts';
import { placeType } from '../cfg.ts';
import type { Body, LocalId, Statement, Terminator } from '../mir.ts';
import type { TypeFacts } from '../type-facts.ts';
import * as errors from './errors.ts';
import { placeName } from './names.ts';

interface Mention {
  readonly node: number;
  readonly kind: 'use' | 'move' | 'define';
  readonly span: Span;
}

export function checkAbandoned(body: Body, plan: DropPlan, facts: OwnershipFacts, types: TypeFacts, sink: Sink): void {
  const reported = new Set<LocalId>();
  const fn = types.program.function(body.function);
  for (const death of plan.partial) reportPartial(body, facts, death, reported, sink);
  const visit = (drops: readonly PlannedDrop[], onError: boolean, atEntry = false): void => {
    for (const drop of drops) {
      if (drop.node < 0) {
        checkReplaced(body, drop, types, fn, sink);
        continue;
      }
      const node = facts.paths.node(drop.node);
      const reason = types.undestroyable(node.type, fn);
      if (reason === null || reported.has(node.local)) continue;
      reported.add(node.local);
      const local = body.locals.get(node.local);
      const name = local.name === '' ? '' : placeName(body, drop.place, () => '');
      const at = atEntry && local.kind.kind === 'argument' ? local.span : drop.span;
      sink.report(errors.abandoned({ name, reason: reason.text, at, onError, traitNote: reason.missingTrait }));
    }
  };
  const errorBlocks = new Set<number>();
  for (const block of body.blocks.values())
    if (block.terminator.kind === 'tryCall') errorBlocks.add(block.terminator.onError);
  for (const id of body.blocks.ids()) {
    const block = plan.blocks[id];
    if (block === undefined) continue;
    visit(block.atStart, errorBlocks.has(id), id === body.entry);
    for (const [index, drops] of block.before.entries()) visit(drops, false, id === body.entry && index === 0);
    for (const drops of block.after) visit(drops, false);
  }
}

/** What a store behind a reference replaces. */
function checkReplaced(body: Body, drop: PlannedDrop, types: TypeFacts, fn: HirFunction, sink: Sink): void {
  const type = placeType(body, drop.place, (global) => types.program.global(global).type);
  const reason = types.undestroyable(type, fn);
  if (reason === null) return;
  sink.report(
    errors.abandoned({
      name: null,
      reason: reason.text,
      at: drop.span,
      onError: false,
      traitNote: reason.missingTrait,
    }),
  );
}

function mentionsOf(body: Body, facts: OwnershipFacts, local: LocalId): Mention[] {
  const mentions: Mention[] = [];
  const visit = (node: Statement | Terminator): void => {
    forEachEvent(node, (event) => {
      if (event.kind === 'declare' || event.place.root.kind !== 'local' || event.place.root.local !== local) return;
      const found = facts.paths.lookup(event.place);
      if (found === null) return;
      const operand = event.kind === 'define' ? null : event.operand;
      mentions.push({ node: found.node, kind: event.kind, span: operand?.span ?? node.span });
    });
  };
  for (const block of body.blocks.values()) {
    for (const statement of block.statements) visit(statement);
    visit(block.terminator);
  }
  return mentions;
}

/** The first use after the move, unless the whole is assigned again before it. */
function laterUse(rest: readonly Mention[], move: Mention, root: number): Mention | null {
  const after = rest.filter((mention) => mention.span.start > move.span.start);
  const first = after[0] ?? null;
  return first !== null && first.kind === 'define' && first.node === root ? null : first;
}

/** At the move when the rest is used after it; else where the rest was last needed. */
function reportPartial(
  body: Body,
  facts: OwnershipFacts,
  death: PartialDeath,
  reported: Set<LocalId>,
  sink: Sink,
): void {
  const { paths } = facts;
  const local = paths.node(death.unit).local;
  if (reported.has(local)) return;
  reported.add(local);
  const info = body.locals.get(local);
  const field = placeName(body, paths.node(death.missing).place, () => '');
  const whole = placeName(body, paths.node(death.unit).place, () => '');
  const mentions = mentionsOf(body, facts, local);
  const inMissing = (node: number): boolean => node >= death.missing && node < paths.node(death.missing).end;
  const moves = mentions.filter((mention) => mention.kind === 'move' && inMissing(mention.node));
  const move = moves[moves.length - 1] ?? null;
  const rest = mentions.filter((mention) => !inMissing(mention.node) && mention.kind !== 'move');
  const later =
    move === null
      ? null
      : laterUse(rest, move, death.replaced === death.unit ? (paths.roots[local] ?? -1) : death.replaced);
  if (move !== null && later !== null) {
    sink.report(errors.consumedButUsedLater({ field, whole, at: move.span, later: later.span, refilled: false }));
    return;
  }
  const before = move === null ? rest : rest.filter((mention) => mention.span.start < move.span.start);
  const at = before[before.length - 1]?.span ?? info.span;
  sink.report(errors.destroyedOutOfMiddle({ field, at, moved: move?.span ?? null }));
}
