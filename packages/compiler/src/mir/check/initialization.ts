/** Definite initialization: every use of a named value finds it initialized on all paths, field by field.
 *  In: a built body.  Out: diagnostics; one for each variable, at the first use in program order.
 *
 *  Forward must analysis over move paths. Also checked here, because it needs the same states: complete results at each
 *  return, missing returns, `mut` arguments that were moved out and not set again, `let` bound twice, moves out of references,
 *  and fields moved out of a value that must still be destroyed as a whole. */
import { BitSet } from '../../base/bitset.ts';
import { present } from '../../base/invariant.ts';
import type { Span } from '../../base/span.ts';
import type { Sink } from '../../diagnostics/sink.ts';
import { predecessors, reversePostorder, successors } from '../cfg.ts';
import { solve } from '../dataflow/engine.ts';
import type { Kept } from '../dataflow/holders.ts';
import type { MovePaths } from '../dataflow/move-paths.ts';
import { isFieldwise, isLent, isOwned } from '../dataflow/move-paths.ts';
import type { OwnershipFacts } from '../dataflow/ownership-facts.ts';
import { edgeDefinition, forEachEvent, type PlaceEvent } from '../events.ts';
import type { BasicBlock, BlockId, Body, Local, LocalId, Place, Statement, Terminator } from '../mir.ts';
import type { TypeFacts } from '../type-facts.ts';
import * as errors from './errors.ts';
import { placeName } from './names.ts';

export function checkInitialization(body: Body, facts: OwnershipFacts, types: TypeFacts, sink: Sink): void {
  new InitializationCheck(body, facts, types, sink).run();
}

class InitializationCheck {
  private readonly body: Body;
  private readonly paths: MovePaths;
  private readonly types: TypeFacts;
  private readonly sink: Sink;
  private readonly holders: OwnershipFacts['holders'];
  private readonly reported = new Set<LocalId>();
  private readonly buildsSelf: boolean;
  /** Set on some path: for "maybe", and for `let`. */
  private may: BitSet;
  /** What held a value at the use that is being reported. */
  private before: BitSet;
  private readonly captureTemporaries: ReadonlySet<LocalId>;
  /** Of the event being looked at: how a closure captures there. */
  private capturing: 'reference' | 'copy' | null = null;
  private readonly preds: readonly (readonly BlockId[])[];
  private readonly moves: { readonly node: number; readonly span: Span }[] = [];

  constructor(body: Body, facts: OwnershipFacts, types: TypeFacts, sink: Sink) {
    this.body = body;
    this.paths = facts.paths;
    this.holders = facts.holders;
    this.types = types;
    this.sink = sink;
    this.buildsSelf = types.buildsSelf(types.program.function(body.function));
    this.may = new BitSet(facts.paths.size);
    this.before = this.may;
    this.preds = predecessors(body);
    this.captureTemporaries = this.findCaptureTemporaries();
  }

  run(): void {
    const may = this.solve('may');
    this.collectMoves();
    const order = reversePostorder(this.body);
    // Of one variable, what goes wrong on the way down is told before what goes wrong in the next round of a loop.
    for (const must of [this.solve('must', order), this.solve('must')]) {
      for (const id of order) {
        const block = this.body.blocks.get(id);
        const state = present(must.entry[id], 'state').clone();
        this.may = present(may.entry[id], 'state').clone();
        for (const statement of block.statements) this.node(statement, state);
        this.node(block.terminator, state);
        this.capturing = null;
        this.ends(id, block, state);
      }
    }
  }

  /** `downwards`: the order of blocks in which no edge leads back, for an analysis without loops. */
  private solve(kind: 'must' | 'may', downwards: readonly BlockId[] | null = null) {
    const size = this.paths.size;
    const positions = downwards === null ? null : new Map(downwards.map((id, position) => [id, position]));
    const leadsBack = (from: BlockId, to: BlockId | undefined): boolean =>
      positions !== null && to !== undefined && (positions.get(to) ?? 0) <= (positions.get(from) ?? 0);
    return solve(this.body, {
      direction: 'forward',
      top: () => {
        const state = new BitSet(size);
        if (kind === 'must') state.fill();
        return state;
      },
      join: (into, from) => void (kind === 'must' ? into.intersectWith(from) : into.unionWith(from)),
      boundary: () => this.atEntry(),
      block: (_, block, state) => {
        for (const statement of block.statements) this.transfer(statement, state);
        this.transfer(block.terminator, state);
      },
      edge: (id, block, index, state) => {
        const place = edgeDefinition(block.terminator, index);
        if (place !== null) this.define(place, state);
        if (leadsBack(id, successors(block.terminator)[index])) state.fill();
      },
    });
  }

  private atEntry(): BitSet {
    const state = new BitSet(this.paths.size);
    for (const local of this.body.args) this.set(this.paths.roots[local] ?? -1, state, true);
    return state;
  }

  private set(node: number, state: BitSet, value: boolean): void {
    if (node < 0) return;
    const end = this.paths.node(node).end;
    for (let i = node; i < end; i++) {
      if (value) state.add(i);
      else state.delete(i);
    }
  }

  private define(place: Place, state: BitSet): void {
    const found = this.paths.lookup(place);
    if (found?.exact === true) this.set(found.node, state, true);
  }

  private transfer(node: Statement | Terminator, state: BitSet): void {
    forEachEvent(node, (event) => {
      if (event.kind === 'use') return;
      const found = this.paths.lookup(event.place);
      if (found === null || !found.exact) return;
      this.set(found.node, state, event.kind === 'define');
    });
  }

  private collectMoves(): void {
    const collect = (node: Statement | Terminator): void => {
      forEachEvent(node, (event) => {
        if (event.kind !== 'move') return;
        const found = this.paths.lookup(event.place);
        if (found?.exact === true)
          this.moves.push({
            node: found.node,
            span: event.operand.kind === 'constant' ? node.span : event.operand.span,
          });
      });
    };
    for (const block of this.body.blocks.values()) {
      for (const statement of block.statements) collect(statement);
      collect(block.terminator);
    }
  }

  /** A path at or below `node` without a value, or -1. */
  private missing(node: number, state: BitSet): number {
    const end = this.paths.node(node).end;
    for (let i = node; i < end; i++) if (!state.has(i) && !this.paths.node(i).expanded) return i;
    return -1;
  }

  private node(node: Statement | Terminator, state: BitSet): void {
    forEachEvent(node, (event) => {
      this.capturing = this.captures(node, event);
      const span = event.kind === 'use' || event.kind === 'move' ? (event.operand?.span ?? node.span) : node.span;
      this.event(event, span, state);
    });
  }

  /** How a statement captures a place for a closure, if it does: by copy, or by reference or transfer. */
  private captures(node: Statement | Terminator, event: PlaceEvent): 'reference' | 'copy' | null {
    if (node.kind !== 'assign' || node.place.root.kind !== 'local') return null;
    if (node.value.kind === 'ref') return this.captureTemporaries.has(node.place.root.local) ? 'reference' : null;
    if (node.value.kind !== 'aggregate' || !this.isClosure(node.place.root.local)) return null;
    const operand = event.kind === 'use' ? event.operand : null;
    return operand?.kind === 'copy' || operand?.kind === 'copyOrMove' ? 'copy' : 'reference';
  }

  private isClosure(local: LocalId): boolean {
    return (this.types.structOf(this.body.locals.get(local).type)?.closure ?? null) !== null;
  }

  /** Locals that hold the references which closures are made of. */
  private findCaptureTemporaries(): ReadonlySet<LocalId> {
    const found = new Set<LocalId>();
    for (const block of this.body.blocks.values()) {
      for (const statement of block.statements) {
        if (statement.kind !== 'assign' || statement.value.kind !== 'aggregate') continue;
        if (statement.place.root.kind !== 'local' || !this.isClosure(statement.place.root.local)) continue;
        for (const operand of statement.value.operands)
          if (operand.kind !== 'constant' && operand.place.root.kind === 'local') found.add(operand.place.root.local);
      }
    }
    return found;
  }

  private event(event: PlaceEvent, span: Span, state: BitSet): void {
    const found = this.paths.lookup(event.place);
    if (event.kind === 'move') this.checkMovable(event.place, span);
    if (found === null) return;
    const { node, exact } = found;
    switch (event.kind) {
      case 'use':
      case 'move':
        this.requireValue(node, event.place, span, state);
        this.requireKept(event.place, span, state);
        if (event.kind === 'move' && exact) {
          this.set(node, state, false);
          this.set(node, this.may, false);
        }
        return;
      case 'declare':
        this.set(node, state, false);
        this.set(node, this.may, false);
        return;
      case 'define': {
        if (!exact) {
          this.requireValue(node, event.place, span, state);
          return;
        }
        this.requireContainers(node, span, state);
        const local = this.body.locals.get(this.paths.node(node).local);
        if (local.bindOnce && this.may.has(node) && !this.reported.has(this.paths.node(node).local)) {
          this.reported.add(this.paths.node(node).local);
          this.sink.report(errors.letBoundTwice({ name: local.name, at: span, declared: local.span }));
        }
        this.set(node, state, true);
        this.set(node, this.may, true);
        return;
      }
    }
  }

  private requireValue(node: number, place: Place, span: Span, state: BitSet): void {
    const missing = this.missing(node, state);
    if (missing < 0) {
      this.requireBuilt(node, span, state);
      this.requireOneMaker(node, span, state);
      return;
    }
    this.before = state.clone();
    this.set(node, state, true);
    this.reportUse(missing, this.guilty(node, missing, place), span);
  }

  /** A value that a constructor made on one way and single fields on another: nobody could say whether its destructor is to run. */
  private requireOneMaker(node: number, span: Span, state: BitSet): void {
    for (let parent = this.paths.node(node).parent; parent >= 0; parent = this.paths.node(parent).parent) {
      if (!this.may.has(parent) || this.types.structOf(this.paths.node(parent).type)?.destroy.kind !== 'written')
        continue;
      this.requireBuilt(parent, span, state);
    }
  }

  /** All fields are there, but nothing ever made the value: only a constructor does. */
  private requireBuilt(node: number, span: Span, state: BitSet): void {
    const info = this.paths.node(node);
    const local = this.body.locals.get(info.local);
    const closure = this.types.structOf(info.type)?.closure ?? null;
    if (
      !info.expanded ||
      closure !== null ||
      state.has(node) ||
      isFieldwise(local, this.buildsSelf) ||
      this.reported.has(info.local)
    )
      return;
    this.reported.add(info.local);
    const place = placeName(this.body, info.place, () => '');
    this.sink.report(errors.builtByHand({ place, use: span, declared: local.span }));
  }

  /** The variable when nothing of it is there, the path as it was written when that part is gone, else the missing part. */
  private guilty(node: number, missing: number, place: Place): Place {
    const local = this.paths.node(node).local;
    const root = this.paths.roots[local] ?? node;
    // Of a value that is built field by field the first missing field is named.
    if (this.paths.node(node).expanded && this.paths.node(root).unit < 0) return this.paths.node(missing).place;
    if (this.wasWhollyMissing(root)) return this.paths.node(root).place;
    return this.wasWhollyMissing(node) ? place : this.paths.node(missing).place;
  }

  private wasWhollyMissing(node: number): boolean {
    const end = this.paths.node(node).end;
    for (let i = node; i < end; i++) if (this.before.has(i)) return false;
    return true;
  }

  /** What the used value refers to must still be there. */
  private requireKept(place: Place, span: Span, state: BitSet): void {
    if (place.root.kind !== 'local') return;
    for (const kept of this.keptBy(place.root.local)) {
      const owner = this.body.locals.get(kept.local);
      if (owner.name === '' || !kept.certain) continue;
      let node = this.paths.roots[kept.local] ?? -1;
      if (node < 0 || this.reported.has(kept.local)) continue;
      for (const step of kept.path) {
        const child = step.kind === 'field' ? this.paths.childByField(node, step.index) : null;
        if (child === null) break;
        node = child;
      }
      const missing = this.missing(node, state);
      if (missing < 0) continue;
      // A value that was never set cannot have been referred to: only a move takes it away.
      const moved = this.moveOf(missing, span);
      if (moved === null) continue;
      this.reported.add(kept.local);
      const name = placeName(this.body, this.paths.node(missing).place, () => '');
      this.sink.report(errors.ownerMovedWhileReferenced({ owner: name, use: span, moved, declared: owner.span }));
    }
  }

  /** What a local refers to, itself or through what it refers to. */
  private keptBy(local: LocalId): readonly Kept[] {
    const direct = this.holders.keeps[local] ?? [];
    if (direct.every((kept) => (this.holders.keeps[kept.local] ?? []).length === 0)) return direct;
    const all: Kept[] = [];
    const seen = new Set<LocalId>([local]);
    const pending = [...direct];
    for (let kept = pending.shift(); kept !== undefined; kept = pending.shift()) {
      all.push(kept);
      if (seen.has(kept.local) || !kept.certain) continue;
      seen.add(kept.local);
      pending.push(...(this.holders.keeps[kept.local] ?? []));
    }
    return all;
  }

  /** Setting a field of a value that is not there. */
  private requireContainers(node: number, span: Span, state: BitSet): void {
    for (let parent = this.paths.node(node).parent; parent >= 0; parent = this.paths.node(parent).parent) {
      const { expanded, needsDrop, local, place, type } = this.paths.node(parent);
      // A struct that is not destroyed may hold some of its fields only.
      const partial = !needsDrop && this.types.builtinOf(type) !== 'tuple';
      if ((expanded || partial) && !state.has(parent) && this.refilled(parent, node, span)) return;
      if (expanded || state.has(parent) || partial) continue;
      const moved = this.moveOf(parent, span);
      if (moved !== null && moved.start < span.start && !this.reported.has(local)) {
        this.reported.add(local);
        const whole = placeName(this.body, place, () => '');
        const field = placeName(this.body, this.paths.node(node).place, () => '');
        this.sink.report(
          errors.consumedButUsedLater({ field: whole, whole: field, at: moved, later: span, refilled: true }),
        );
      }
      this.reportUse(parent, place, span);
      state.add(parent);
      return;
    }
  }

  /** Setting the fields one by one of a value that was moved away as a whole: fields alone do not make a value. */
  private refilled(whole: number, field: number, span: Span): boolean {
    const info = this.paths.node(whole);
    const local = this.body.locals.get(info.local);
    const closure = this.types.structOf(info.type)?.closure ?? null;
    // Of a lent argument the end of the function asks whether it is a value again.
    if (closure !== null || isFieldwise(local, this.buildsSelf) || isLent(local)) return false;
    const moved = this.moveOf(whole, span, (move) => move <= whole);
    if (moved === null || moved.start > span.start) return false;
    if (!this.reported.has(info.local)) {
      this.reported.add(info.local);
      const name = placeName(this.body, info.place, () => '');
      const later = placeName(this.body, this.paths.node(field).place, () => '');
      this.sink.report(
        errors.consumedButUsedLater({ field: name, whole: later, at: moved, later: span, refilled: true }),
      );
    }
    return true;
  }

  private moveOf(node: number, use: Span, which: (move: number) => boolean = () => true): Span | null {
    const info = this.paths.node(node);
    const overlapping = this.moves.filter((move) => {
      const other = this.paths.node(move.node);
      return other.local === info.local && move.node < info.end && node < other.end && which(move.node);
    });
    let best: Span | null = null;
    for (const move of overlapping) {
      // The latest move before the use; in a loop it may also come after.
      const before = move.span.start < use.start;
      if (best === null || (before && (best.start >= use.start || move.span.start > best.start))) best = move.span;
    }
    return best;
  }

  private reportUse(node: number, place: Place, span: Span): void {
    const info = this.paths.node(node);
    if (this.reported.has(info.local)) return;
    this.reported.add(info.local);
    const local = this.body.locals.get(info.local);
    // What has no name is the compiler's own: it is always set, or a parent error left it unset.
    if (local.name === '') return;
    const last = this.moveOf(node, span);
    // The move that is being looked at took nothing away, unless in an earlier round.
    const moved = last !== null && last.start === span.start && !this.may.has(node) ? null : last;
    // A captured variable is missing where the function begins, officially, and one that is copied where it was declared; one
    // that the last round of a loop moved into the same closure is missing where it is captured.
    const isRound = moved !== null && moved.start === span.start;
    const at = this.capturing === null || isRound ? span : this.capturing === 'copy' ? local.span : this.body.span;
    this.sink.report(
      errors.uninitializedUse({
        place: placeName(this.body, place, () => ''),
        use: at,
        captured: this.capturing === null || isRound ? null : span,
        name: local.name,
        declared: local.span,
        moved,
        maybe: this.may.has(node),
        copyable: (this.types.structOf(info.type)?.copy.kind ?? 'none') !== 'none',
      }),
    );
  }

  private checkMovable(place: Place, span: Span): void {
    if (place.root.kind !== 'local') return;
    const local = this.body.locals.get(place.root.local);
    const behind = place.projections.some((projection) => projection.kind === 'deref');
    if (!behind && (isOwned(local) || isLent(local))) return;
    if (this.reported.has(place.root.local)) return;
    this.reported.add(place.root.local);
    this.sink.report(errors.moveOutOfReference({ place: placeName(this.body, place, () => ''), at: span }));
  }

  private ends(id: BlockId, block: BasicBlock, state: BitSet): void {
    const { terminator } = block;
    if (terminator.kind !== 'return' && terminator.kind !== 'raise') return;
    const implicit = terminator.span === this.body.endSpan;
    if (terminator.kind === 'return') this.checkResult(terminator, implicit, state);
    for (const arg of this.body.args) {
      const local = this.body.locals.get(arg);
      if (!isLent(local) || this.reported.has(arg)) continue;
      const root = this.paths.roots[arg] ?? -1;
      const missing = root < 0 ? -1 : this.missing(root, state);
      if (missing < 0) {
        if (root >= 0) this.requireBuilt(root, this.body.span, state);
        continue;
      }
      if (terminator.kind === 'raise') {
        this.before = state;
        this.reportUse(missing, this.paths.node(missing).place, this.raiseSpan(id, block));
        continue;
      }
      this.reported.add(arg);
      this.reportAtReturn(missing, local.name, local.span, implicit ? this.body.span : terminator.span, implicit);
    }
  }

  /** All raises of a function share one block: the guilty one is a way into it. */
  private raiseSpan(id: BlockId, block: BasicBlock): Span {
    const last = block.statements[block.statements.length - 1];
    if (last !== undefined) return last.span;
    for (const pred of this.preds[id] ?? []) return this.body.blocks.get(pred).terminator.span;
    return block.terminator.span;
  }

  private checkResult(terminator: Terminator, implicit: boolean, state: BitSet): void {
    const id = this.body.result;
    const local = this.body.locals.get(id);
    const root = this.paths.roots[id] ?? -1;
    if (root < 0 || this.reported.has(id) || this.types.isNone(local.type)) return;
    const missing = Math.max(this.missing(root, state), this.assembledField(root, local, state));
    if (missing < 0) {
      this.requireBuilt(root, implicit ? this.body.span : terminator.span, state);
      return;
    }
    this.reported.add(id);
    if (local.name === '') {
      this.sink.report(errors.missingReturn({ fn: this.body.span, end: this.body.endSpan }));
      return;
    }
    this.reportAtReturn(missing, local.name, local.span, implicit ? this.body.span : terminator.span, implicit);
  }

  /** A field of `self` that was itself put together field by field, or -1. */
  private assembledField(root: number, local: Local, state: BitSet): number {
    if (!isFieldwise(local, this.buildsSelf) || this.missing(root, state) >= 0) return -1;
    const end = this.paths.node(root).end;
    for (let i = root + 1; i < end; i++) if (this.paths.node(i).expanded && !state.has(i)) return i;
    return -1;
  }

  private reportAtReturn(node: number, name: string, declared: Span, at: Span, implicit: boolean): void {
    const place = placeName(this.body, this.paths.node(node).place, () => '');
    this.sink.report(errors.uninitializedAtReturn({ place, name, declared, at, implicit }));
  }
}
