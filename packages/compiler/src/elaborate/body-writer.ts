/** Writes one concrete body: locals, blocks, places, and the statements that values of non-trivial types become (calls of
 *  copy and move constructors and destructors).
 *  Invariant: what it emits is legal in phase `concrete`. */
import { makeId, Table } from '../base/ids.ts';
import { InternalError, present } from '../base/invariant.ts';
import type { Span } from '../base/span.ts';
import type { LayoutEngine } from '../layout/layout.ts';
import type {
  BasicBlock,
  BlockId,
  Body,
  InstanceId,
  Local,
  LocalId,
  Operand,
  Place,
  Projection,
  Region,
  RegionId,
  Rvalue,
  Statement,
} from '../mir/mir.ts';
import type { Lifecycle, Program } from '../sema/hir.ts';
import type { TermStore } from '../terms/store.ts';
import type { FunctionId, GlobalId, OriginRootId, Term } from '../terms/term.ts';
import { notCopyable, TermFailure } from './errors.ts';
import type { TermText } from './term-text.ts';

export interface WriterServices {
  readonly store: TermStore;
  readonly program: Program;
  readonly layouts: LayoutEngine;
  readonly text: TermText;
  /** The type of a global, concrete. */
  globalType(global: GlobalId): Term;
}

/** Asks for the instance that a body needs, at the place that needs it. */
export type RequestInstance = (fn: FunctionId, args: readonly Term[], span: Span) => InstanceId;

/** How a value gets from one place to another, or ends. */
export type LifeAction =
  | { readonly kind: 'bytes' }
  | { readonly kind: 'call'; readonly fn: FunctionId }
  | { readonly kind: 'copyThenDestroy' }
  | { readonly kind: 'none' };

export const ROOT_REGION = makeId<RegionId>(0);
const NO_ORIGIN = makeId<OriginRootId>(0);

export function localPlace(local: LocalId): Place {
  return { root: { kind: 'local', local }, projections: [] };
}

export function project(place: Place, projection: Projection): Place {
  return { root: place.root, projections: [...place.projections, projection] };
}

export class BodyWriter {
  readonly locals = new Table<LocalId, Local>();
  readonly blocks = new Table<BlockId, BasicBlock>();
  private readonly services: WriterServices;
  private readonly requestInstance: RequestInstance;
  private current: Statement[] = [];

  constructor(services: WriterServices, requestInstance: RequestInstance) {
    this.services = services;
    this.requestInstance = requestInstance;
  }

  // ---- locals and places

  addLocal(name: string, type: Term, span: Span, kind: Local['kind']): LocalId {
    // Whoever runs the body asks for the layout; a type without one is an error of this function.
    this.services.layouts.layout(type);
    return this.locals.add({ name, type, span, kind, origin: NO_ORIGIN, region: ROOT_REGION, bindOnce: false });
  }

  temporary(type: Term, span: Span): Place {
    return localPlace(this.addLocal('', type, span, { kind: 'temporary' }));
  }

  /** What destroys variadic elements: it has the argument's bytes and another type. */
  isVariadicOwner(place: Place): boolean {
    return place.root.kind === 'local' && this.locals.get(place.root.local).kind.kind === 'owner';
  }

  typeOf(place: Place): Term {
    const last = place.projections[place.projections.length - 1];
    if (last !== undefined) return last.type;
    return place.root.kind === 'local'
      ? this.locals.get(place.root.local).type
      : this.services.globalType(place.root.global);
  }

  operandType(operand: Operand): Term {
    return operand.kind === 'constant' ? operand.type : this.typeOf(operand.place);
  }

  /** A field of a struct, or an element of a tuple or pack. */
  member(place: Place, index: number): Place {
    const type = this.typeOf(place);
    const { layouts, store } = this.services;
    const member = present(layouts.memberTypes(type)[index], 'member of an aggregate');
    const role = layouts.declaration(type)?.builtin;
    if (role === 'tuple' || role === 'pack') {
      const position = store.int(BigInt(index), store.primitive('int-literal-value'));
      return project(place, { kind: 'element', index: position, type: member.type });
    }
    return project(place, { kind: 'field', index, name: member.name, type: member.type });
  }

  /** The place that a pointer operand designates. */
  dereference(pointer: Operand, pointee: Term, span: Span): Place {
    const { store } = this.services;
    const reference = this.temporary(store.ref(pointee, store.specialOrigin('erased', store.true), store.true), span);
    this.assign(reference, { kind: 'intrinsic', name: 'pointer.deref', params: [], operands: [pointer] }, span);
    return project(reference, { kind: 'deref', type: pointee });
  }

  // ---- statements

  /** Following statements go to this list. */
  writeTo(statements: Statement[]): void {
    this.current = statements;
  }

  emit(statement: Statement): void {
    this.current.push(statement);
  }

  assign(place: Place, value: Rvalue, span: Span): void {
    this.emit({ kind: 'assign', span, place, value, store: 'init' });
  }

  callInstance(instance: InstanceId, args: readonly Operand[], dest: Place, span: Span): void {
    this.emit({ kind: 'call', span, callee: { kind: 'instance', instance }, args, dest, store: 'init' });
  }

  // ---- life of values

  copyAction(type: Term): LifeAction {
    return this.services.layouts.isTrivialCopy(type) ? { kind: 'bytes' } : this.action(type, 'copy');
  }

  moveAction(type: Term): LifeAction {
    if (this.services.layouts.isTrivialMove(type)) return { kind: 'bytes' };
    const action = this.action(type, 'move');
    // A value that cannot be moved by the user is still relocated by the compiler, as bytes.
    return action.kind === 'none' ? { kind: 'bytes' } : action;
  }

  destroyAction(type: Term): LifeAction {
    return this.services.layouts.isTrivialDestroy(type) ? { kind: 'none' } : this.action(type, 'destroy');
  }

  private action(type: Term, operation: 'copy' | 'move' | 'destroy'): LifeAction {
    const decl = this.services.layouts.declaration(type);
    if (decl === null) return operation === 'destroy' ? { kind: 'none' } : { kind: 'bytes' };
    const lifecycle: Lifecycle = decl[operation];
    switch (lifecycle.kind) {
      case 'none':
        return { kind: 'none' };
      case 'trivial':
        return operation === 'destroy' ? { kind: 'none' } : { kind: 'bytes' };
      case 'memberwise':
      case 'written':
        return { kind: 'call', fn: lifecycle.fn };
      case 'copyThenDestroy':
        return { kind: 'copyThenDestroy' };
    }
  }

  private typeArgs(type: Term): readonly Term[] {
    if (type.kind !== 'struct') throw new InternalError('a lifecycle function of a type that is no struct');
    return type.args;
  }

  /** Stores an owned value into an uninitialized place. */
  storeOwned(dest: Place, operand: Operand, span: Span): void {
    const type = this.typeOf(dest);
    switch (operand.kind) {
      case 'constant':
        this.assign(dest, { kind: 'use', operand }, span);
        return;
      case 'copy':
      case 'copyOrMove':
      case 'borrow':
      case 'borrowMut':
        this.storeCopy(dest, operand.place, type, span);
        return;
      case 'move':
        this.storeMove(dest, operand.place, type, span);
        return;
    }
  }

  private storeCopy(dest: Place, source: Place, type: Term, span: Span): void {
    const action = this.copyAction(type);
    if (action.kind === 'bytes') {
      this.assign(dest, { kind: 'use', operand: { kind: 'copy', place: source, span } }, span);
      return;
    }
    if (action.kind !== 'call') {
      const { text } = this.services;
      throw new TermFailure((at) => notCopyable({ ...at, type: text.describe(type), operation: 'copied' }));
    }
    const instance = this.requestInstance(action.fn, this.typeArgs(type), span);
    this.callInstance(instance, [{ kind: 'borrow', place: source, span }], dest, span);
  }

  private storeMove(dest: Place, source: Place, type: Term, span: Span): void {
    const action = this.moveAction(type);
    switch (action.kind) {
      case 'bytes':
      case 'none':
        this.assign(dest, { kind: 'use', operand: { kind: 'move', place: source, span } }, span);
        return;
      case 'call': {
        const instance = this.requestInstance(action.fn, this.typeArgs(type), span);
        this.callInstance(instance, [{ kind: 'move', place: source, span }], dest, span);
        return;
      }
      case 'copyThenDestroy':
        this.storeCopy(dest, source, type, span);
        this.destroy(source, span);
        return;
    }
  }

  /** Whether storing this operand takes more than copying bytes. */
  needsCall(operand: Operand): boolean {
    switch (operand.kind) {
      case 'constant':
        return false;
      case 'move':
        return this.moveAction(this.typeOf(operand.place)).kind !== 'bytes';
      default:
        return this.copyAction(this.typeOf(operand.place)).kind !== 'bytes';
    }
  }

  /** Destroys the value at a place; nothing for types whose destruction does nothing. */
  destroy(place: Place, span: Span): void {
    const type = this.typeOf(place);
    const action = this.destroyAction(type);
    if (action.kind !== 'call') return;
    const instance = this.requestInstance(action.fn, this.typeArgs(type), span);
    const result = this.services.program.function(action.fn).result;
    this.callInstance(instance, [{ kind: 'move', place, span }], this.temporary(result, span), span);
  }

  // ---- the end

  finish(shape: Pick<Body, 'function' | 'name' | 'span' | 'endSpan' | 'args' | 'result' | 'error'>): Body {
    const regions = new Table<RegionId, Region>();
    regions.add({ parent: null, param: null });
    return {
      ...shape,
      phase: 'concrete',
      locals: this.locals,
      blocks: this.blocks,
      regions,
      entry: makeId<BlockId>(0),
    };
  }
}
