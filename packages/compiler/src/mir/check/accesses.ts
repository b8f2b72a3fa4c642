/** Which memory an operand of a call reaches, and whether the call may write it: the place itself, and every origin in the
 *  operand's type. Shared by the exclusivity check and the check of interior references. */
import type { Span } from '../../base/span.ts';
import type { OriginRootId, OriginStep, Term } from '../../terms/term.ts';
import type { CapturedOrigin } from '../../sema/hir.ts';
import type { Body, LocalId, Operand, Place, Statement, Terminator } from '../mir.ts';
import type { TypeFacts } from '../type-facts.ts';
import { pointersIn, symbolicOrigin } from './pointers-in.ts';
import { preciseRegion, type WayTypes } from './precise-regions.ts';

/** A region of memory: a path from a root variable, or from a symbolic origin. */
export interface Region {
  readonly root: OriginRootId | Term;
  readonly name: string;
  readonly path: readonly OriginStep[];
}

export interface Access {
  readonly region: Region;
  readonly mutable: boolean;
  /** Embedded in the type: reached through a reference that the value holds. */
  readonly embedded: boolean;
  /** A variable that a closure captured by reference: calling the closure is using it. */
  readonly captured: boolean;
  /** The place itself, of a container of plain values: writing an element changes nothing that a reader of the container may hold. */
  readonly plainElements: boolean;
  /** The place itself, of a value that is bytes alone: writing it moves nothing that a reader of what holds it may look at. */
  readonly plain: boolean;
  /** Reached through a reference to one of several mutable places. Such a reference is not taken for a reading one: next to another
   *  access of one of the places it counts as written. */
  readonly throughUnion: boolean;
}

/** The operands of one argument: more than one for variadic arguments, which were packed before the call. */
export interface ArgumentAccess {
  readonly index: number;
  readonly span: Span;
  readonly accesses: readonly Access[];
}

/** The way into an array: any element of it. Not an interior step, since nothing moves. */
export const ARRAY_ELEMENT: OriginStep = { kind: 'field', index: 0, name: '[]' };

export function regionText(region: Region): string {
  let text = region.name;
  for (const step of region.path) {
    if (step === ARRAY_ELEMENT) continue;
    text += step.kind === 'field' ? `.${step.name}` : `["${step.name}"]`;
  }
  return text;
}

export function sameStep(a: OriginStep, b: OriginStep): boolean {
  if (a.kind === 'field') return b.kind === 'field' && a.index === b.index;
  return b.kind === 'interior' && a.name === b.name;
}

export function samePath(a: readonly OriginStep[], b: readonly OriginStep[]): boolean {
  return (
    a.length === b.length &&
    a.every((step, index) => {
      const other = b[index];
      return other !== undefined && sameStep(step, other);
    })
  );
}

/** Whether `a` is `b` or contains it. */
export function isPrefix(a: Region, b: Region): boolean {
  if (a.root !== b.root || a.path.length > b.path.length) return false;
  return a.path.every((step, index) => {
    const other = b.path[index];
    return other !== undefined && sameStep(step, other);
  });
}

export function overlaps(a: Region, b: Region): boolean {
  return isPrefix(a, b) || isPrefix(b, a);
}

/** What a value leads to: nothing is known of the place itself. */
function embeddedAccess(region: Region, mutable: boolean, captured: boolean): Access {
  return { region, mutable, embedded: true, captured, plainElements: false, plain: false, throughUnion: false };
}

export class Accesses {
  private readonly body: Body;
  private readonly types: TypeFacts;
  /** Operands of the variadic values that temporaries hold. */
  private readonly packs: (readonly Operand[] | undefined)[] = [];
  /** Arguments `ref[o] x`: the memory has the name `o`. */
  private readonly refArguments = new Map<LocalId, Region>();
  /** By origin parameter: the type of the whole that it names, as references and pointers among the arguments say; null where they
   *  differ. */
  private readonly designated = new Map<Term, Term | null>();
  /** Of the body of a closure: what its origin parameters stand for. Another closure that it captured names the same memory so. */
  private readonly captured: readonly CapturedOrigin[];
  private readonly isUsers: boolean;
  private readonly ways: WayTypes;
  /** By origin root. */
  private readonly locals = new Map<OriginRootId, LocalId>();
  /** What a reference of this pointee type designates, where its origin says less. */
  private readonly refine: (region: Region, pointee: Term) => Region;

  constructor(body: Body, types: TypeFacts, refine: (region: Region, pointee: Term) => Region = (region) => region) {
    this.body = body;
    this.types = types;
    this.refine = refine;
    this.ways = { types, typeBelow: (whole, path) => this.typeBelow(whole, path) };
    this.isUsers = !types.program.function(body.function).ref.path.startsWith('std.');
    for (const id of body.locals.ids()) this.locals.set(body.locals.get(id).origin, id);
    const declared = types.program.function(body.function).args;
    const self = body.args[0] === undefined ? null : types.structOf(body.locals.get(body.args[0]).type);
    this.captured = self?.closure === body.function ? self.captured : [];
    for (const arg of body.args) {
      const local = body.locals.get(arg);
      const origin = local.kind.kind === 'argument' ? (declared[local.kind.index]?.refOrigin ?? null) : null;
      const region = origin === null ? null : symbolicOrigin(origin);
      if (region !== null) this.refArguments.set(arg, region);
      this.noteDesignated(origin === null ? local.type : types.store.ref(local.type, origin, types.store.true));
    }
    for (const block of body.blocks.values()) {
      for (const statement of block.statements) {
        if (statement.kind !== 'assign' || statement.value.kind !== 'variadic') continue;
        if (statement.place.root.kind === 'local') this.packs[statement.place.root.local] = statement.value.operands;
      }
    }
  }

  private noteDesignated(type: Term): void {
    const note = (origin: Term, pointee: Term): void => {
      const region = symbolicOrigin(origin);
      if (region === null || region.path.length > 0) return;
      const known = this.designated.get(region.root);
      this.designated.set(region.root, known === undefined || known === pointee ? pointee : null);
    };
    if (type.kind === 'ref') note(type.origin, type.pointee);
    else if ((this.types.structOf(type)?.closure ?? null) !== null) {
      for (const field of this.types.fieldTypes(type)) if (field.kind === 'ref') note(field.origin, field.pointee);
    } else
      for (const { origin, pointee, inView } of pointersIn(this.types, type))
        if (!inView && typeof origin.root !== 'number' && origin.path.length === 0) note(origin.root, pointee);
  }

  /** Of a call, argument by argument. */
  ofCall(node: Statement | Terminator): readonly ArgumentAccess[] {
    if (node.kind !== 'call' && node.kind !== 'tryCall') return [];
    const result: ArgumentAccess[] = [];
    node.args.forEach((operand, index) => {
      for (const part of this.parts(operand)) {
        result.push({ index, span: part.span, accesses: this.ofOperand(part) });
      }
    });
    return result;
  }

  /** Of a variadic value that was packed before the call, what was packed. */
  parts(operand: Operand): readonly Operand[] {
    if (operand.kind === 'constant' || operand.place.root.kind !== 'local') return [operand];
    return this.packs[operand.place.root.local] ?? [operand];
  }

  ofOperand(operand: Operand): readonly Access[] {
    if (operand.kind === 'constant') return [];
    const accesses: Access[] = [];
    // A copy is made before the call: the place itself is not reached by the callee.
    if (operand.kind === 'borrow' || operand.kind === 'borrowMut' || operand.kind === 'move') {
      const mutable = operand.kind !== 'borrow';
      const type = this.typeOf(operand.place);
      const plainElements = this.holdsPlainElements(type);
      const plain = this.types.isTrivialCopy(type);
      const throughUnion = this.isThroughUnion(operand.place);
      for (const region of this.regionsOf(operand.place))
        accesses.push({ region, mutable, embedded: false, captured: false, plainElements, plain, throughUnion });
    }
    this.addEmbedded(this.typeOf(operand.place), accesses);
    return accesses;
  }

  /** Whether the type arguments of a container are types whose values are bytes alone. */
  private holdsPlainElements(type: Term): boolean {
    if (type.kind !== 'struct') return false;
    const elements = type.args.filter((arg) => arg.kind === 'struct');
    return elements.length > 0 && elements.every((element) => this.types.isTrivialCopy(element));
  }

  typeOf(place: Place): Term {
    const last = place.projections[place.projections.length - 1];
    if (last !== undefined) return last.type;
    if (place.root.kind === 'local') return this.body.locals.get(place.root.local).type;
    return this.types.program.global(place.root.global).type;
  }

  /** Of a closure: what it captured, as it captured it. */
  private addCaptured(type: Term, accesses: Access[]): void {
    for (const field of this.types.fieldTypes(type)) {
      if (field.kind !== 'ref') this.addEmbedded(field, accesses);
      else {
        const mutable = field.mut === this.types.store.true;
        for (const region of this.regionsOfOrigin(field.origin))
          accesses.push(embeddedAccess(this.refine(region, field.pointee), mutable, true));
        this.addEmbedded(field.pointee, accesses);
      }
    }
  }

  private addEmbedded(type: Term, accesses: Access[]): void {
    if ((this.types.structOf(type)?.closure ?? null) !== null) {
      this.addCaptured(type, accesses);
      return;
    }
    const facts = this.types.originsOf(type);
    const reads = this.types.isTextView(type);
    for (const origin of facts.places) {
      const region = this.precise({ root: origin.root, name: origin.name, path: origin.path }, null);
      for (const known of this.asCaptured(region))
        accesses.push(embeddedAccess(known, !reads && origin.mut === this.types.store.true, false));
    }
    for (const origin of facts.symbolic) {
      const region = symbolicOrigin(origin);
      if (region !== null) accesses.push(embeddedAccess(region, !reads && this.isMutableOrigin(origin), false));
    }
  }

  private isMutableOrigin(origin: Term): boolean {
    if (origin.kind === 'derivedOrigin' && origin.imm) return false;
    const base = origin.kind === 'derivedOrigin' ? origin.base : origin;
    return base.kind === 'param' && base.type.kind === 'originType' && base.type.mut === this.types.store.true;
  }

  private isThroughUnion(place: Place): boolean {
    if (place.root.kind !== 'local') return false;
    let { type } = this.body.locals.get(place.root.local);
    for (const projection of place.projections) {
      if (projection.kind === 'deref' && type.kind === 'ref' && type.origin.kind === 'unionOrigin')
        return type.mut === this.types.store.true;
      type = projection.type;
    }
    return false;
  }

  /** The memory that a place is; behind a reference, what its origin says. */
  regionsOf(place: Place): readonly Region[] {
    let regions: readonly Region[];
    let type: Term;
    if (place.root.kind === 'local') {
      const local = this.body.locals.get(place.root.local);
      regions = [this.refArguments.get(place.root.local) ?? { root: local.origin, name: local.name, path: [] }];
      type = local.type;
    } else {
      const global = this.types.program.global(place.root.global);
      regions = [{ root: global.origin, name: global.name, path: [] }];
      type = global.type;
    }
    for (const projection of place.projections) {
      if (projection.kind === 'deref') {
        const designated = type.kind === 'ref' ? this.regionsOfOrigin(type.origin) : [];
        regions = designated.map((region) => this.refine(this.precise(region, projection.type), projection.type));
      } else {
        const step = this.step(type, projection);
        regions = regions.map((region) => ({ ...region, path: [...region.path, step] }));
      }
      type = projection.type;
    }
    // Fields of what a reference leads to may be fields of elements.
    return place.projections.length > 1 ? regions.map((region) => this.precise(region, null)) : regions;
  }

  /** The local that an origin root names. */
  localOf(root: OriginRootId): LocalId | undefined {
    return this.locals.get(root);
  }

  private precise(region: Region, pointee: Term | null): Region {
    if (!this.isUsers || (pointee === null && region.path.length === 0)) return region;
    const whole = this.regionType({ ...region, path: [] });
    return preciseRegion(this.ways, region, whole, pointee);
  }

  private step(base: Term, projection: Place['projections'][number]): OriginStep {
    if (projection.kind === 'field') return { kind: 'field', index: projection.index, name: projection.name };
    const constant =
      projection.kind === 'element' && projection.index.kind === 'int' && this.types.builtinOf(base) === 'tuple';
    if (constant && projection.kind === 'element' && projection.index.kind === 'int') {
      const index = Number(projection.index.value);
      return { kind: 'field', index, name: String(index) };
    }
    return { kind: 'interior', name: 'element' };
  }

  regionsOfOrigin(origin: Term): readonly Region[] {
    switch (origin.kind) {
      case 'placeOrigin':
        return this.asCaptured(this.precise({ root: origin.root, name: origin.name, path: origin.path }, null));
      case 'unionOrigin':
        return origin.members.flatMap((member) => this.regionsOfOrigin(member));
      default: {
        const region = symbolicOrigin(origin);
        return region === null ? [] : [region];
      }
    }
  }

  /** Memory of the function around a closure, by the names that it has in the closure: those of the captures that it meets. */
  private asCaptured(region: Region): readonly Region[] {
    const names: Region[] = [];
    for (const { param, origin } of this.captured) {
      if (origin.kind !== 'placeOrigin' || !overlaps({ ...region, root: origin.root, path: origin.path }, region))
        continue;
      names.push({ root: param, name: param.name, path: region.path.slice(origin.path.length) });
    }
    return names.length === 0 ? [region] : names;
  }

  /** Type of the memory that a region is, where its root is a local, or an origin parameter of which an argument says it. */
  regionType(region: Region): Term | null {
    let type: Term | undefined;
    if (typeof region.root === 'number') {
      const local = this.localOf(region.root);
      type = local === undefined ? undefined : this.body.locals.get(local).type;
    } else type = this.designated.get(region.root) ?? undefined;
    return type === undefined ? null : this.typeBelow(type, region.path);
  }

  /** Type of what lies that way inside a value; null where it is not known. */
  typeBelow(whole: Term, path: readonly OriginStep[]): Term | null {
    let type: Term | undefined = whole;
    for (const step of path) {
      if (type === undefined) return null;
      if (step === ARRAY_ELEMENT && this.types.builtinOf(type) === 'array') type = this.elementType(type, 'element');
      else type = step.kind === 'field' ? this.partTypes(type)[step.index] : this.elementType(type, step.name);
    }
    return type ?? null;
  }

  /** Of fields, or of the elements of a tuple. */
  private partTypes(type: Term): readonly Term[] {
    return this.types.builtinOf(type) === 'tuple'
      ? (this.types.tupleElements(type) ?? [])
      : this.types.fieldTypes(type);
  }

  /** Of what a container of the library owns; undefined where type arguments do not say it. */
  private elementType(type: Term, name: string): Term | undefined {
    if (type.kind !== 'struct' || !type.decl.path.startsWith('std.')) return undefined;
    const elements = type.args.filter((arg) => arg.kind === 'struct' || arg.kind === 'param');
    return elements[name === 'value' && this.types.builtinOf(type) === 'dict' ? 1 : 0];
  }
}
