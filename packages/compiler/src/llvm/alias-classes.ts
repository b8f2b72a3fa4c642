/** Which memory accesses cannot meet, by their types: a number written through a reference never changes the fields by which a container
 *  finds its memory, so a loop that stores elements need not read those again.
 *  In: a concrete program. Out: the class of an access to a field, or through a reference; module.ts makes metadata of it.
 *
 *  `value`: a number behind a reference or pointer. `field`: a number in a field whose address nobody in the program takes.
 *  `link`: a pointer in a field. Accesses of two classes never meet. All numbers are one class, so that memory may be read as
 *  another number type, and a struct that is nothing but a number in a field is a number. Single bytes, other whole structs,
 *  pointers behind pointers and copies of bytes have no class and meet everything.
 *  Invariant: a struct that the program also reaches under another type (a pointer cast, raw storage) has no field with a class. */
import { placeType } from '../mir/cfg.ts';
import type { Body, Operand, Place, Rvalue, Statement, Terminator } from '../mir/mir.ts';
import type { HirStruct } from '../sema/hir.ts';
import type { GlobalId, Term } from '../terms/term.ts';
import type { Abi } from './abi.ts';
import type { Layouts } from './types.ts';

export type AliasClass = 'value' | 'field' | 'link';

type Call = Extract<Statement, { kind: 'call' }> | Extract<Terminator, { kind: 'tryCall' }>;

export class AliasClasses {
  private readonly layouts: Layouts;
  private readonly calleeAbi: (call: Call) => Abi | null;
  private readonly globalType: (global: GlobalId) => Term;
  /** Fields whose address something may hold. */
  private readonly addressed = new Map<HirStruct, Set<number>>();
  /** Structs whose memory is also seen as something else. */
  private readonly punned = new Set<HirStruct>();
  private readonly searched = new Set<Term>();

  constructor(
    bodies: Iterable<Body>,
    layouts: Layouts,
    calleeAbi: (call: Call) => Abi | null,
    globalType: (global: GlobalId) => Term,
  ) {
    this.layouts = layouts;
    this.calleeAbi = calleeAbi;
    this.globalType = globalType;
    for (const body of bodies) this.scan(body);
  }

  /** Of an access to a whole value of this type through an address that is no field's. */
  ofValue(type: Term): AliasClass | null {
    return this.scalarKind(type) === 'number' || this.wrapsNumber(type) ? 'value' : null;
  }

  ofField(owner: Term, index: number, type: Term): AliasClass | null {
    const declaration = this.layouts.declaration(owner);
    if (declaration === null || declaration.builtin === 'tuple' || declaration.builtin === 'pack') return null;
    if (declaration.sharedMutable || this.punned.has(declaration)) return null;
    // The same memory as the whole struct, which is a value wherever it lies.
    if (this.wrapsNumber(owner) || this.wrapsNumber(type)) return 'value';
    const kind = this.scalarKind(type);
    if (kind === null) return null;
    if (kind === 'pointer') return 'link';
    return this.addressed.get(declaration)?.has(index) ? 'value' : 'field';
  }

  private scalarKind(type: Term): 'number' | 'pointer' | null {
    if (this.layouts.pointee(type) !== null) return 'pointer';
    const builtin = this.layouts.declaration(type)?.builtin;
    if (builtin === 'bool') return 'number';
    if (builtin !== 'simd') return null;
    const { scalar } = this.layouts.layout(type);
    return scalar !== null && (scalar.size > 1 || (scalar.kind === 'dtype' && scalar.dtype.kind === 'bool'))
      ? 'number'
      : null;
  }

  /** Whether a struct has one field, of all its size, that is a number or wraps one. */
  private wrapsNumber(type: Term): boolean {
    const declaration = this.layouts.declaration(type);
    if (declaration === null || declaration.builtin !== null) return false;
    if (declaration.sharedMutable || this.punned.has(declaration)) return false;
    const layout = this.layouts.layout(type);
    const [only, ...others] = layout.fields;
    if (only === undefined || others.length > 0 || layout.elements !== null) return false;
    if (this.layouts.layout(only.type).size !== layout.size) return false;
    return this.scalarKind(only.type) === 'number' || this.wrapsNumber(only.type);
  }

  // ---- one look at the program

  private scan(body: Body): void {
    for (const block of body.blocks.values()) {
      for (const statement of block.statements) {
        if (statement.kind === 'assign') this.scanRvalue(body, statement.value, statement.place);
        else if (statement.kind === 'call') this.scanCall(body, statement);
      }
      if (block.terminator.kind === 'tryCall') this.scanCall(body, block.terminator);
    }
  }

  private scanCall(body: Body, call: Call): void {
    const abi = this.calleeAbi(call);
    call.args.forEach((operand, i) => {
      if (abi?.args[i]?.passing.kind !== 'pieces') this.takeAddress(body, operand);
    });
  }

  private scanRvalue(body: Body, rvalue: Rvalue, dest: Place): void {
    switch (rvalue.kind) {
      case 'ref':
        this.takePlace(body, rvalue.place);
        return;
      case 'variadic':
        for (const operand of rvalue.operands) this.takeAddress(body, operand);
        return;
      case 'intrinsic':
        this.scanIntrinsic(body, rvalue, dest);
        return;
      case 'use':
      case 'aggregate':
      case 'materialize':
        return;
    }
  }

  private scanIntrinsic(body: Body, rvalue: Extract<Rvalue, { kind: 'intrinsic' }>, dest: Place): void {
    const first = rvalue.operands[0];
    if (first === undefined) return;
    switch (rvalue.name) {
      case 'pointer.of':
        this.takeAddress(body, first);
        return;
      case 'raw_array.pointer': {
        const elements = this.layouts.layout(this.operandType(body, first)).elements?.type ?? null;
        this.seenAs(elements, this.layouts.pointee(this.placeType(body, dest)));
        return;
      }
      case 'pointer.cast':
        this.seenAs(
          this.layouts.pointee(this.operandType(body, first)),
          this.layouts.pointee(this.placeType(body, dest)),
        );
        return;
    }
  }

  private placeType(body: Body, place: Place): Term {
    return placeType(body, place, this.globalType);
  }

  private operandType(body: Body, operand: Operand): Term {
    return operand.kind === 'constant' ? operand.type : this.placeType(body, operand.place);
  }

  private takeAddress(body: Body, operand: Operand): void {
    if (operand.kind !== 'constant') this.takePlace(body, operand.place);
  }

  private takePlace(body: Body, place: Place): void {
    const { projections } = place;
    const last = projections[projections.length - 1];
    if (last?.kind !== 'field') return;
    const owner = this.placeType(body, { ...place, projections: projections.slice(0, -1) });
    const declaration = this.layouts.declaration(owner);
    if (declaration === null) return;
    let fields = this.addressed.get(declaration);
    if (fields === undefined) {
      fields = new Set();
      this.addressed.set(declaration, fields);
    }
    fields.add(last.index);
  }

  private seenAs(type: Term | null, other: Term | null): void {
    if (type === other) return;
    if (type !== null) this.pun(type);
    if (other !== null) this.pun(other);
  }

  private pun(type: Term): void {
    if (this.searched.has(type) || this.scalarKind(type) !== null) return;
    this.searched.add(type);
    const declaration = this.layouts.declaration(type);
    if (declaration !== null) this.punned.add(declaration);
    const layout = this.layouts.layout(type);
    for (const field of layout.fields) this.pun(field.type);
    if (layout.elements !== null) this.pun(layout.elements.type);
  }
}
