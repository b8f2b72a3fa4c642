/** What a task can reach of what its closure captured: captures, fields of captured values, and which of them may be the same memory.
 *  In: the captures of a closure.  Out: parts, each with a number; whole captures come first, in their order. */
import { present } from '../../base/invariant.ts';
import type { BuiltinStruct, HirExpr, HirField, HirLocalId } from '../../sema/hir.ts';
import type { Term } from '../../terms/term.ts';
import type { TypeFacts } from '../type-facts.ts';
import { overlaps, type Region } from './accesses.ts';
import { symbolicOrigin } from './pointers-in.ts';

/** Memory that a part is or leads to. */
interface Reached {
  readonly region: Region;
  /** Whether the part gives the right to write there. */
  readonly writable: boolean;
}

interface FieldStep {
  readonly index: number;
  readonly name: string;
}

export interface Part {
  /** Number of the capture that it lies in. */
  readonly capture: number;
  /** Fields below the captured value. */
  readonly path: readonly FieldStep[];
  readonly name: string;
  readonly type: Term;
  /** A pointer or span: what it points to may be written through a copy of it. */
  readonly isView: boolean;
  /** A value that holds a mutable view: whoever gets it may write through it. */
  readonly holdsView: boolean;
  /** Owned by several: what it holds may be written through any of them. Reading it is fine. */
  readonly isShared: boolean;
  /** A closure that itself captured something mutably: each use may write. */
  readonly isWriter: boolean;
  /** May be written through: captured by `mut`, or a tracked mutable view. */
  readonly mutable: boolean;
  /** Where it lies itself; empty where the closure owns it. */
  readonly places: readonly Reached[];
  /** Where the views in it lead. */
  readonly views: readonly Reached[];
}

/** What is asked about types. */
export interface PartFacts {
  readonly types: TypeFacts;
  /** Types whose use by several tasks is their author's business. */
  isFree(type: Term): boolean;
  /** A closure that reaches something of its surroundings mutably. */
  isWriter(type: Term): boolean;
}

export class TaskParts {
  readonly all: Part[] = [];
  private readonly facts: PartFacts;
  private readonly self: HirLocalId | null;
  private readonly numbers = new Map<string, number>();

  /** `stored`: the types of the closure's fields. */
  constructor(facts: PartFacts, fields: readonly HirField[], stored: readonly Term[], self: HirLocalId | null) {
    this.facts = facts;
    this.self = self;
    for (const [index, field] of fields.entries())
      this.add(this.capture(index, field.name, stored[index] ?? field.type));
  }

  /** Number of the part that an expression is, or -1. */
  of(expr: HirExpr): number {
    const fields: (HirExpr & { readonly kind: 'field' })[] = [];
    let at: HirExpr = expr.kind === 'copy' ? expr.place : expr;
    let number = this.captureAt(at);
    while (number < 0 && at.kind === 'field') {
      fields.unshift(at);
      at = at.base;
      number = this.captureAt(at);
    }
    if (number < 0) return -1;
    return this.below(number, fields);
  }

  /** The part that lies in another one, by fields. */
  below(number: number, fields: readonly FieldStep[]): number {
    return fields.reduce((whole, { index, name }) => this.fieldOf(whole, index, name), number);
  }

  /** Whether a value of this type leads to memory that may be written through it. */
  leads(type: Term): boolean {
    return this.viewsIn(type).some(({ writable }) => writable);
  }

  /** Whether what is done to `written` may be seen through `part`. */
  meet(part: number, written: number): boolean {
    const a = present(this.all[part], 'part');
    const b = present(this.all[written], 'part');
    const common = Math.min(a.path.length, b.path.length);
    if (a.capture === b.capture && a.path.slice(0, common).every((field, at) => field.index === b.path[at]?.index))
      return true;
    const targets = [...b.places, ...b.views].filter(({ writable }) => writable);
    return [...a.places, ...a.views].some(({ region }) => targets.some((target) => overlaps(region, target.region)));
  }

  private captureAt(expr: HirExpr): number {
    let at = expr;
    if (at.kind === 'deref') at = at.reference.kind === 'copy' ? at.reference.place : at.reference;
    if (at.kind !== 'field') return -1;
    let base = at.base;
    while (base.kind === 'deref') base = base.reference;
    return base.kind === 'local' && base.local === this.self ? at.index : -1;
  }

  private add(part: Part): number {
    const number = this.all.length;
    this.numbers.set(keyOf(part.capture, part.path), number);
    this.all.push(part);
    return number;
  }

  private capture(capture: number, name: string, stored: Term): Part {
    const { types } = this.facts;
    const isTrue = (mut: Term): boolean => mut === types.store.true;
    const type = stored.kind === 'ref' ? stored.pointee : stored;
    const places = stored.kind === 'ref' ? this.reached(stored.origin, isTrue(stored.mut)) : [];
    const common = { capture, path: [], name, type, places, views: this.viewsIn(type) };
    // What owners share each of them may change, however it was captured.
    if (types.structOf(type)?.ref.path === 'std.memory.arc_pointer.ArcPointer') {
      const pointee = type.kind === 'struct' ? type.args[0] : undefined;
      const mutable = pointee !== undefined && !this.facts.isFree(pointee);
      return { ...common, isView: false, holdsView: false, isShared: true, isWriter: false, mutable };
    }
    const isFree = this.facts.isFree(type);
    if (stored.kind === 'ref' && isTrue(stored.mut))
      return { ...common, isView: false, holdsView: false, isShared: false, isWriter: false, mutable: !isFree };
    const isView = this.isView(type);
    const isWriter = this.facts.isWriter(type);
    const leads = common.views.some(({ writable }) => writable);
    const holdsView = leads && this.holdsViews(type) && !isFree;
    // The tasks share one closure, so what it owns is theirs together.
    const isOwned = stored.kind !== 'ref' && !isView && types.builtinOf(type) !== 'simd' && !isFree;
    const mutable = (isView && leads) || holdsView || isWriter || isOwned;
    return { ...common, isView, holdsView, isShared: false, isWriter, mutable };
  }

  private fieldOf(whole: number, index: number, name: string): number {
    const parent = present(this.all[whole], 'part');
    const path = [...parent.path, { index, name }];
    const known = this.numbers.get(keyOf(parent.capture, path));
    if (known !== undefined) return known;
    const { types } = this.facts;
    const type = types.fieldTypes(parent.type)[index] ?? types.store.error;
    const places = parent.places.map(({ region, writable }) => ({
      region: { ...region, path: [...region.path, { kind: 'field', index, name } as const] },
      writable,
    }));
    const views = this.viewsIn(type);
    const leads = views.some(({ writable }) => writable);
    const isView = this.isView(type);
    const isFree = this.facts.isFree(type);
    const holdsView = leads && this.holdsViews(type) && !isFree;
    return this.add({
      capture: parent.capture,
      path,
      name: `${parent.name}.${name}`,
      type,
      isView,
      holdsView,
      isShared: parent.isShared,
      isWriter: this.facts.isWriter(type),
      // Of a value that is only lent, what its views lead to.
      mutable: (isView && leads) || holdsView || (parent.mutable && !parent.holdsView && !isFree),
      places,
      views,
    });
  }

  private isView(type: Term): boolean {
    const role = this.facts.types.builtinOf(type);
    return role === 'pointer' || role === 'span';
  }

  /** Of closures is known what they do. */
  private holdsViews(type: Term): boolean {
    const struct = this.facts.types.structOf(type);
    return struct !== null && struct.closure === null && !this.isView(type);
  }

  private viewsIn(type: Term): readonly Reached[] {
    const { types } = this.facts;
    // Of a container those in its elements: a list of views of text is nothing to write through.
    if (type.kind === 'struct' && isContainer(types.builtinOf(type)))
      return type.args
        .flatMap((arg) => (arg.kind === 'list' ? arg.elements : [arg]))
        .flatMap((arg) => (arg.kind === 'struct' ? this.viewsIn(arg) : []));
    const { places, symbolic } = types.originsOf(type);
    const reads = types.isTextView(type);
    // A function that takes a pointer over any origin works with unsafe names.
    const isPointer = types.builtinOf(type) === 'pointer';
    return [
      ...places.map((origin) => ({
        region: { root: origin.root, name: origin.name, path: origin.path },
        writable: !reads && origin.mut === types.store.true,
      })),
      ...symbolic.flatMap((origin) =>
        this.reached(origin, !reads && !isPointer && isMutable(origin, types.store.true)),
      ),
    ];
  }

  private reached(origin: Term, writable: boolean): readonly Reached[] {
    if (origin.kind === 'placeOrigin')
      return [{ region: { root: origin.root, name: origin.name, path: origin.path }, writable }];
    if (origin.kind === 'unionOrigin') return origin.members.flatMap((member) => this.reached(member, writable));
    const region = symbolicOrigin(origin);
    return region === null ? [] : [{ region, writable }];
  }
}

/** Of an origin parameter, or of what is derived from one. */
export function isMutable(origin: Term, mutable: Term): boolean {
  if (origin.kind === 'derivedOrigin') return !origin.imm && isMutable(origin.base, mutable);
  return origin.kind === 'param' && origin.type.kind === 'originType' && origin.type.mut === mutable;
}

function isContainer(role: BuiltinStruct | null): boolean {
  return role !== null && CONTAINERS.has(role);
}

const CONTAINERS: ReadonlySet<BuiltinStruct> = new Set(['list', 'array', 'dict', 'set', 'optional', 'tuple']);

function keyOf(capture: number, path: readonly FieldStep[]): string {
  return [capture, ...path.map(({ index }) => index)].join('.');
}
