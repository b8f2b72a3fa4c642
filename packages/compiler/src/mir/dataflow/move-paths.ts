/** Move paths: for each tracked local a tree of the field paths that the body mentions, as deep as it mentions them.
 *  A node's number is its bit; a subtree is a contiguous range of bits. The bit of an inner node stands for the rest of the
 *  value: what no child covers. A node all of whose fields are children has no rest (`expanded`): its bit says that the value was
 *  made as a whole, and not by setting one field after the other.
 *
 *  Units are what is destroyed as one: the local itself, or each field of a value that is built or dismantled field by field
 *  (`deinit` arguments, `self` of an initializer). */
import { present } from '../../base/invariant.ts';
import type { Term } from '../../terms/term.ts';
import { edgeDefinition, forEachEvent, forEachPlace } from '../events.ts';
import type { Body, Local, LocalId, Place, Projection } from '../mir.ts';
import type { TypeFacts } from '../type-facts.ts';

export interface PathNode {
  readonly local: LocalId;
  /** Number of the parent node, or -1. */
  readonly parent: number;
  readonly place: Place;
  readonly type: Term;
  /** One past the last bit of the subtree. */
  readonly end: number;
  readonly expanded: boolean;
  /** The unit that the node lies in; -1 for a node above its units. */
  readonly unit: number;
  readonly needsDrop: boolean;
}

export interface PathUse {
  readonly node: number;
  /** False when the place lies behind a reference, a pack or an unknown element that the node holds. */
  readonly exact: boolean;
}

interface Draft {
  readonly projection: Projection | null;
  readonly children: Map<string, Draft>;
  readonly type: Term;
}

export class MovePaths {
  readonly nodes: PathNode[] = [];
  /** Node number of each tracked local, -1 for others. */
  readonly roots: Int32Array;
  private readonly byKey: Map<string, number>[] = [];
  private readonly types: TypeFacts;

  constructor(body: Body, types: TypeFacts, tracks: (local: Local, id: LocalId) => boolean) {
    this.types = types;
    this.roots = new Int32Array(body.locals.size).fill(-1);
    const drafts: (Draft | undefined)[] = [];
    const fn = types.program.function(body.function);
    const selfInit = types.buildsSelf(fn);
    for (const id of body.locals.ids()) {
      const local = body.locals.get(id);
      if (tracks(local, id)) drafts[id] = { projection: null, children: new Map(), type: local.type };
    }
    forEachPlace(body, (place) => this.insert(drafts, place));
    for (const draft of this.assembled(body, drafts)) this.expandAll(draft);
    for (const id of body.locals.ids()) {
      const draft = drafts[id];
      if (draft === undefined) continue;
      const local = body.locals.get(id);
      const fieldwise = isFieldwise(local, selfInit);
      if (fieldwise) this.expandAll(draft);
      this.roots[id] = this.number(
        id,
        draft,
        -1,
        { root: { kind: 'local', local: id }, projections: [] },
        fieldwise,
        -1,
      );
    }
  }

  get size(): number {
    return this.nodes.length;
  }

  node(index: number): PathNode {
    return present(this.nodes[index], 'move path');
  }

  private insert(drafts: readonly (Draft | undefined)[], place: Place): void {
    if (place.root.kind !== 'local') return;
    let draft = drafts[place.root.local];
    if (draft === undefined) return;
    for (const projection of place.projections) {
      const key = this.key(draft.type, projection);
      if (key === null) return;
      let child: Draft | undefined = draft.children.get(key);
      if (child === undefined) {
        child = { projection, children: new Map(), type: projection.type };
        draft.children.set(key, child);
      }
      draft = child;
    }
  }

  /** Values of which a field is set before they are: what their other fields hold is asked one by one, too. */
  private assembled(body: Body, drafts: readonly (Draft | undefined)[]): ReadonlySet<Draft> {
    const whole = new Set<Draft>();
    const parts = new Set<Draft>();
    const define = (place: Place): void => {
      if (place.root.kind !== 'local') return;
      const above: Draft[] = [];
      let draft = drafts[place.root.local];
      for (const projection of place.projections) {
        if (draft === undefined || whole.has(draft)) return;
        if (this.types.builtinOf(draft.type) !== 'tuple') above.push(draft);
        const key = this.key(draft.type, projection);
        draft = key === null ? undefined : draft.children.get(key);
      }
      if (draft === undefined) return;
      for (const container of above) parts.add(container);
      if (!parts.has(draft)) whole.add(draft);
    };
    for (const arg of body.args) define({ root: { kind: 'local', local: arg }, projections: [] });
    for (const block of body.blocks.values()) {
      for (const statement of block.statements)
        forEachEvent(statement, (event) => {
          if (event.kind === 'define') define(event.place);
        });
      const into = edgeDefinition(block.terminator, 0);
      if (into !== null) define(into);
    }
    return parts;
  }

  /** What tells the tracked parts of a value apart; null where tracking ends. */
  private key(base: Term, projection: Projection): string | null {
    if (projection.kind === 'field') return `f${projection.index}`;
    if (projection.kind === 'element' && projection.index.kind === 'int' && this.types.builtinOf(base) === 'tuple')
      return `e${projection.index.value}`;
    return null;
  }

  private expandAll(draft: Draft): void {
    const struct = this.types.structOf(draft.type);
    if (struct === null) return;
    this.types.fieldTypes(draft.type).forEach((type, index) => {
      const key = `f${index}`;
      if (draft.children.has(key)) return;
      const name = struct.fields[index]?.name ?? '';
      draft.children.set(key, { projection: { kind: 'field', index, name, type }, children: new Map(), type });
    });
  }

  private isExpanded(draft: Draft, fieldwise: boolean): boolean {
    const struct = this.types.structOf(draft.type);
    if (struct === null) return false;
    // The library, which alone takes tuples apart, takes every element out.
    if (struct.builtin === 'tuple') return fieldwise;
    return struct.fields.length === draft.children.size;
  }

  private number(local: LocalId, draft: Draft, parent: number, place: Place, fieldwise: boolean, unit: number): number {
    const index = this.nodes.length;
    // Without fields a value that is built or dismantled field by field is complete as it stands, and nothing is left of it.
    const expanded = (draft.children.size > 0 || fieldwise) && this.isExpanded(draft, fieldwise);
    const ownUnit = unit >= 0 ? unit : fieldwise && expanded ? -1 : index;
    this.nodes.push({
      local,
      parent,
      place,
      type: draft.type,
      end: index + 1,
      expanded,
      unit: ownUnit,
      needsDrop: this.types.needsDrop(draft.type),
    });
    const keys = new Map<string, number>();
    this.byKey[index] = keys;
    const children = [...draft.children].sort((a, b) => order(a[1]) - order(b[1]));
    for (const [key, child] of children) {
      const projection = present(child.projection, 'projection');
      const childPlace = { root: place.root, projections: [...place.projections, projection] };
      keys.set(key, this.number(local, child, index, childPlace, false, ownUnit));
    }
    this.nodes[index] = { ...this.node(index), end: this.nodes.length };
    return index;
  }

  /** The node that a place is, or that holds the way to it; null when its local is not tracked. */
  lookup(place: Place): PathUse | null {
    if (place.root.kind !== 'local') return null;
    let index = this.roots[place.root.local] ?? -1;
    if (index < 0) return null;
    for (const projection of place.projections) {
      const key = this.key(this.node(index).type, projection);
      const child = key === null ? undefined : this.byKey[index]?.get(key);
      if (child === undefined) return { node: index, exact: false };
      index = child;
    }
    return { node: index, exact: true };
  }

  child(index: number, projection: Projection): number | null {
    const key = this.key(this.node(index).type, projection);
    return key === null ? null : (this.byKey[index]?.get(key) ?? null);
  }

  childByField(index: number, field: number): number | null {
    const keys = this.byKey[index];
    return keys?.get(`f${field}`) ?? keys?.get(`e${field}`) ?? null;
  }

  /** Units in a node's subtree, or the unit that the node lies in. */
  unitsOf(index: number): readonly number[] {
    const node = this.node(index);
    if (node.unit >= 0) return [node.unit];
    const units: number[] = [];
    for (let i = index + 1; i < node.end; i++) if (this.node(i).unit === i) units.push(i);
    return units;
  }
}

function order(draft: Draft): number {
  const projection = draft.projection;
  if (projection?.kind === 'field') return projection.index;
  return projection?.kind === 'element' && projection.index.kind === 'int' ? Number(projection.index.value) : 0;
}

/** Values that are taken apart or put together field by field, and die so. */
export function isFieldwise(local: Local, selfInit: boolean): boolean {
  if (local.kind.kind === 'argument') return local.kind.convention === 'deinit';
  return local.kind.kind === 'result' && selfInit;
}

/** Whether the body must end the life of the local's value. */
export function isOwned(local: Local): boolean {
  if (local.kind.kind !== 'argument') return true;
  return local.kind.convention === 'var' || local.kind.convention === 'deinit';
}

/** A `mut` argument may be moved out of, but must hold a value again when control leaves. */
export function isLent(local: Local): boolean {
  return local.kind.kind === 'argument' && local.kind.convention === 'mut';
}
