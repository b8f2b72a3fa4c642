/** The low-level half of building: tables of locals, blocks and regions, and the block that statements are added to.
 *  Knows nothing of HIR. Where control cannot be, blocks go on that nothing leads to. */
import { Table } from '../../base/ids.ts';
import type { Span } from '../../base/span.ts';
import type { TermStore } from '../../terms/store.ts';
import type { ParamTerm, Term } from '../../terms/term.ts';
import { successors } from '../cfg.ts';
import type {
  BasicBlock,
  BlockId,
  Local,
  LocalId,
  Operand,
  Place,
  Projection,
  Region,
  RegionId,
  Rvalue,
  Statement,
  Terminator,
} from '../mir.ts';

export function localPlace(local: LocalId): Place {
  return { root: { kind: 'local', local }, projections: [] };
}

export function project(place: Place, projection: Projection): Place {
  return { root: place.root, projections: [...place.projections, projection] };
}

export class BodyBuilder {
  readonly locals = new Table<LocalId, Local>();
  readonly blocks = new Table<BlockId, BasicBlock>();
  readonly regions = new Table<RegionId, Region>();
  readonly entry: BlockId;
  current: BlockId;
  region: RegionId;
  private readonly store: TermStore;
  private readonly enteredBlocks: boolean[] = [];

  constructor(store: TermStore, span: Span) {
    this.store = store;
    this.region = this.regions.add({ parent: null, param: null });
    this.entry = this.newBlock(span);
    this.current = this.entry;
    this.enteredBlocks[this.entry] = true;
  }

  get reachable(): boolean {
    return this.enteredBlocks[this.current] === true;
  }

  newRegion(param: ParamTerm | null): RegionId {
    return this.regions.add({ parent: this.region, param });
  }

  newBlock(span: Span, region: RegionId = this.region): BlockId {
    return this.blocks.add({ statements: [], terminator: { kind: 'unreachable', span }, region });
  }

  /** Goes on in `block`, in its region. */
  switchTo(block: BlockId): void {
    this.current = block;
    this.region = this.blocks.get(block).region;
  }

  newLocal(parts: Omit<Local, 'region'>): LocalId {
    return this.locals.add({ ...parts, region: this.region });
  }

  newTemporary(type: Term, span: Span): LocalId {
    return this.newLocal({
      name: '',
      type,
      span,
      kind: { kind: 'temporary' },
      origin: this.store.newOriginRoot(),
      bindOnce: false,
    });
  }

  /** A temporary of the region that `block` lies in. */
  newTemporaryAt(block: BlockId, type: Term, span: Span): LocalId {
    const saved = this.region;
    this.region = this.blocks.get(block).region;
    const local = this.newTemporary(type, span);
    this.region = saved;
    return local;
  }

  emit(statement: Statement): void {
    this.blocks.get(this.current).statements.push(statement);
  }

  /** Ends the current block; afterwards nothing is reachable until `switchTo`. */
  terminate(terminator: Terminator): void {
    this.blocks.get(this.current).terminator = terminator;
    if (this.reachable) for (const target of successors(terminator)) this.enteredBlocks[target] = true;
    this.current = this.newBlock(terminator.span);
  }

  goto(target: BlockId, span: Span): void {
    this.terminate({ kind: 'goto', span, target });
  }

  assign(place: Place, value: Rvalue, span: Span): void {
    this.emit({ kind: 'assign', span, place, value, store: 'unknown' });
  }

  assignOperand(place: Place, operand: Operand, span: Span): void {
    this.assign(place, { kind: 'use', operand }, span);
  }

  localType(local: LocalId): Term {
    return this.locals.get(local).type;
  }
}
