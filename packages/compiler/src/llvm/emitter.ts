/** The state of one function while its text is written: where each local lives, and how places and operands are read.
 *  A local of a direct class that nobody addresses is an SSA value (one assignment) or a set of allocas in register form
 *  (several); everything else is bytes at an address. LLVM's mem2reg does the rest. */
import { InternalError, present } from '../base/invariant.ts';
import type { AbiPiece, TypeLayout } from '../layout/layout.ts';
import type { Body, Instance, LocalId, Operand, Place } from '../mir/mir.ts';
import type { Term } from '../terms/term.ts';
import type { Abi } from './abi.ts';
import { type BodyFacts, ownRoot } from './analysis.ts';
import { constantImage, constantPieces } from './constants.ts';
import type { ModuleContext } from './context.ts';
import { piecesOf, registerType, type Value, value } from './types.ts';
import type { Address, FunctionWriter } from './writer.ts';

export type Home =
  | {
      readonly kind: 'ssa';
      readonly pieces: readonly AbiPiece[];
      values: readonly Value[] | null;
      /** Placeholder of its debug node, or null. */
      readonly variable: string | null;
    }
  | { readonly kind: 'slots'; readonly pieces: readonly AbiPiece[]; readonly slots: readonly string[] }
  | { readonly kind: 'memory'; readonly address: Address };

/** A place: some pieces of a home (from `first`), or memory. */
export type Resolved =
  | {
      readonly kind: 'pieces';
      readonly type: Term;
      readonly home: Extract<Home, { kind: 'ssa' | 'slots' }>;
      readonly first: number;
      readonly pieces: readonly AbiPiece[];
    }
  | { readonly kind: 'memory'; readonly type: Term; readonly address: Address };

export class BodyEmitter {
  readonly w: FunctionWriter;
  readonly module: ModuleContext;
  readonly instance: Instance;
  readonly body: Body;
  readonly abi: Abi;
  readonly facts: BodyFacts;
  private readonly homes: (Home | undefined)[] = [];

  constructor(w: FunctionWriter, instance: Instance, body: Body, abi: Abi, facts: BodyFacts) {
    this.w = w;
    this.module = w.module;
    this.instance = instance;
    this.body = body;
    this.abi = abi;
    this.facts = facts;
  }

  layout(type: Term): TypeLayout {
    return this.module.layouts.layout(type);
  }

  setHome(local: LocalId, home: Home): void {
    this.homes[local] = home;
  }

  home(local: LocalId): Home {
    const known = this.homes[local];
    if (known !== undefined) return known;
    const made = this.makeHome(local);
    this.homes[local] = made;
    return made;
  }

  private makeHome(local: LocalId): Home {
    const { type } = this.body.locals.get(local);
    const layout = this.layout(type);
    const pieces = piecesOf(layout);
    const facts = present(this.facts.locals[local], 'facts of a local');
    if (pieces === null || (facts.addressed && layout.size > 0)) {
      const address = this.w.storage(layout.size, layout.align);
      this.describeMemory(local, address.pointer);
      return { kind: 'memory', address };
    }
    if (pieces.length === 0) return { kind: 'ssa', pieces, values: [], variable: null };
    const variable = this.debugVariable(local);
    if (facts.defs <= 1 && !facts.partial) return { kind: 'ssa', pieces, values: null, variable };
    const slots = pieces.map((piece) => this.w.alloca(registerType(piece), pieceAlign(piece)));
    if (variable !== null)
      for (const [i, piece] of pieces.entries())
        this.w.describe(
          'declare',
          value('ptr', slots[i] ?? ''),
          variable,
          pieces.length === 1 ? null : fragment(piece),
        );
    return { kind: 'slots', pieces, slots };
  }

  // ---- debug information

  debugVariable(local: LocalId): string | null {
    const { name, type, kind, span } = this.body.locals.get(local);
    return this.w.variable(name, kind.kind === 'argument' ? kind.index + 1 : 0, type, span);
  }

  describeMemory(local: LocalId, pointer: string): void {
    const variable = this.debugVariable(local);
    if (variable !== null) this.w.describe('declare', value('ptr', pointer), variable, null);
  }

  describeValues(variable: string | null, pieces: readonly AbiPiece[], values: readonly Value[]): void {
    if (variable === null) return;
    for (const [i, piece] of pieces.entries()) {
      const v = values[i];
      if (v !== undefined) this.w.describe('value', v, variable, pieces.length === 1 ? null : fragment(piece));
    }
  }

  // ---- places

  /** The local whose own storage the place is inside, or null. */
  ownRoot(place: Place): LocalId | null {
    return ownRoot(place, (inside, index) => {
      const before = { ...inside, projections: inside.projections.slice(0, index) };
      return this.module.layouts.declaration(this.placeType(before))?.builtin === 'pack';
    });
  }

  placeType(place: Place): Term {
    const last = place.projections[place.projections.length - 1];
    if (last !== undefined) return last.type;
    return place.root.kind === 'local'
      ? this.body.locals.get(place.root.local).type
      : this.module.globalType(place.root.global);
  }

  resolve(place: Place): Resolved {
    let current = this.resolveRoot(place);
    for (const projection of place.projections) {
      switch (projection.kind) {
        case 'field':
          current = this.member(current, projection.index, projection.type);
          break;
        case 'element': {
          const { index } = projection;
          if (index.kind !== 'int') throw new InternalError('an element index is not concrete');
          const isPack = this.module.layouts.declaration(current.type)?.builtin === 'pack';
          const field = isPack
            ? present(this.layout(current.type).fields[Number(index.value)], 'pack element').type
            : projection.type;
          current = this.member(current, Number(index.value), field);
          if (isPack) current = this.dereference(current, projection.type);
          break;
        }
        case 'deref':
          current = this.dereference(current, projection.type);
          break;
      }
    }
    return current;
  }

  private resolveRoot(place: Place): Resolved {
    if (place.root.kind === 'global') {
      const type = this.module.globalType(place.root.global);
      return { kind: 'memory', type, address: this.valueAt(this.module.globalReference(place.root.global), type) };
    }
    const { type } = this.body.locals.get(place.root.local);
    const home = this.home(place.root.local);
    if (home.kind === 'memory')
      return { kind: 'memory', type, address: { ...home.address, alias: this.module.aliases.ofValue(type) } };
    return { kind: 'pieces', type, home, first: 0, pieces: home.pieces };
  }

  /** Address of a value that is no field. */
  valueAt(pointer: string, type: Term): Address {
    return { pointer, align: this.layout(type).align, alias: this.module.aliases.ofValue(type) };
  }

  private member(base: Resolved, index: number, type: Term): Resolved {
    const field = this.layout(base.type).fields[index];
    if (field === undefined) throw new InternalError(`a ${base.type.kind} type has no field ${index}`);
    if (base.kind === 'memory') {
      const { pointer, align } = base.address;
      const inner = this.layout(type);
      return {
        kind: 'memory',
        type,
        address: {
          pointer: this.w.offset(pointer, field.offset),
          align: Math.min(align, inner.align),
          alias: this.module.aliases.ofField(base.type, index, type),
        },
      };
    }
    const inner = piecesOf(this.layout(type));
    if (inner === null) throw new InternalError('a memory-class field in a register');
    const first = inner.length === 0 ? 0 : base.pieces.findIndex((piece) => piece.offset >= field.offset);
    return { kind: 'pieces', type, home: base.home, first: base.first + Math.max(first, 0), pieces: inner };
  }

  private dereference(reference: Resolved, type: Term): Resolved {
    const pointer = present(this.read(reference)[0], 'address');
    return { kind: 'memory', type, address: this.valueAt(pointer.text, type) };
  }

  /** The pieces of a place of a direct class. */
  read(place: Resolved): readonly Value[] {
    if (place.kind === 'memory') {
      const pieces = present(piecesOf(this.layout(place.type)), 'pieces of a direct type');
      return this.w.loadPieces(pieces, place.address);
    }
    const { home, first, pieces } = place;
    if (pieces.length === 0) return [];
    if (home.kind === 'ssa') {
      // Only a value that no path initializes has none: whatever is read then has no meaning.
      if (home.values === null) return pieces.map((piece) => value(registerType(piece), 'zeroinitializer'));
      return home.values.slice(first, first + pieces.length);
    }
    return pieces.map((piece, i) => {
      const type = registerType(piece);
      return this.w.op(type, `load ${type}, ptr ${present(home.slots[first + i], 'slot')}, align ${pieceAlign(piece)}`);
    });
  }

  write(place: Resolved, values: readonly Value[]): void {
    if (place.kind === 'memory') {
      this.w.storePieces(values, present(piecesOf(this.layout(place.type)), 'pieces of a direct type'), place.address);
      return;
    }
    const { home, first, pieces } = place;
    if (pieces.length === 0) return;
    if (home.kind === 'ssa') {
      home.values = values;
      this.describeValues(home.variable, home.pieces, values);
      return;
    }
    values.forEach((v, i) => {
      const piece = present(pieces[i], 'piece');
      this.w.effect(
        `store ${v.type} ${v.text}, ptr ${present(home.slots[first + i], 'slot')}, align ${pieceAlign(piece)}`,
      );
    });
  }

  /** The address of a place; a value in registers is spilled to storage of its own (a copy). */
  address(place: Resolved): Address {
    if (place.kind === 'memory') return place.address;
    return this.spill(this.read(place), place.type);
  }

  spill(values: readonly Value[], type: Term): Address {
    const layout = this.layout(type);
    if (layout.size === 0) return dangling(layout.align);
    const storage = this.w.storage(layout.size, layout.align);
    this.w.storePieces(values, present(piecesOf(layout), 'pieces of a direct type'), storage);
    return storage;
  }

  // ---- operands

  operandType(operand: Operand): Term {
    return operand.kind === 'constant' ? operand.type : this.placeType(operand.place);
  }

  /** The pieces of an operand of a direct class. */
  values(operand: Operand): readonly Value[] {
    if (operand.kind === 'constant') return constantPieces(this.module, operand.term, operand.type);
    return this.read(this.resolve(operand.place));
  }

  single(operand: Operand): Value {
    return present(this.values(operand)[0], 'a scalar operand');
  }

  /** Where the bytes of an operand stand, for reading. */
  readAddress(operand: Operand): Address {
    if (operand.kind !== 'constant') return this.address(this.resolve(operand.place));
    const layout = this.layout(operand.type);
    if (layout.size === 0) return dangling(layout.align);
    return {
      pointer: this.module.constant(constantImage(this.module, operand.term, operand.type)),
      align: layout.align,
    };
  }

  /** Where the bytes of an operand stand, such that the receiver may do with them what it likes. */
  ownedAddress(operand: Operand): Address {
    const from = this.readAddress(operand);
    if (operand.kind !== 'copy' && operand.kind !== 'constant') return from;
    const type = this.operandType(operand);
    const { size, align } = this.layout(type);
    if (size === 0) return from;
    const storage = this.w.storage(size, align);
    this.w.copyBytes(storage, from, size);
    return storage;
  }

  /** Stores an operand's value into memory. */
  storeOperand(operand: Operand, to: Address): void {
    const type = this.operandType(operand);
    const layout = this.layout(type);
    if (layout.size === 0) return;
    const pieces = piecesOf(layout);
    if (pieces === null) this.w.copyBytes(to, this.readAddress(operand), layout.size);
    else this.w.storePieces(this.values(operand), pieces, to);
  }

  /** Moves bytes into a place, whatever its class. */
  storeFrom(place: Resolved, from: Address): void {
    const layout = this.layout(place.type);
    if (layout.size === 0) return;
    if (place.kind === 'memory') this.w.copyBytes(place.address, from, layout.size);
    else this.write(place, this.w.loadPieces(place.pieces, from));
  }
}

/** A non-null address for values without bytes. */
export function dangling(align: number): Address {
  return { pointer: `inttoptr (i64 ${align} to ptr)`, align };
}

function fragment(piece: AbiPiece): { readonly offset: number; readonly size: number } {
  return { offset: piece.offset, size: piece.scalar.size * piece.lanes };
}

function pieceAlign(piece: AbiPiece): number {
  return Math.min(piece.scalar.size * piece.lanes, 64);
}
