/** Sizes, alignments and field offsets of concrete types: one layout for the interpreter, native code and wasm.
 *  In: a concrete type term and the declarations behind it.  Out: a memoized `TypeLayout`.
 *  Invariants: `size` is a multiple of `align` (so it is the stride too); fields stand in declaration order with C padding;
 *  `Int` has 8 bytes and a pointer 8 bytes aligned to 8 on every target. A type that has no layout throws `LayoutError`. */
import { present } from '../base/invariant.ts';
import { TypeFacts } from '../mir/type-facts.ts';
import type { HirStruct, Lifecycle, Program } from '../sema/hir.ts';
import { type DTypeInfo, dtypeInfo } from '../terms/dtypes.ts';
import type { TermStore } from '../terms/store.ts';
import { makeSubstitution, type Reducer, Substituter } from '../terms/substitute.ts';
import type { Convention, StructTerm, Term } from '../terms/term.ts';

/** One machine value. `dtype` is the element type; `Bool` is `bool`, a `DType` value `uint8`. */
export type Scalar =
  | { readonly kind: 'dtype'; readonly dtype: DTypeInfo; readonly size: number }
  | { readonly kind: 'bool'; readonly size: 1 }
  | { readonly kind: 'pointer'; readonly size: 8 };

export interface FieldLayout {
  readonly name: string;
  readonly type: Term;
  readonly offset: number;
}

/** A part of a value that travels in a register: `lanes` > 1 is a vector. */
export interface AbiPiece {
  readonly offset: number;
  readonly scalar: Scalar;
  readonly lanes: number;
}

/** How a value is passed when it is passed by value. `memory`: by the address of a copy or of the owned original. */
export type AbiClass =
  | { readonly kind: 'empty' }
  | { readonly kind: 'direct'; readonly pieces: readonly AbiPiece[] }
  | { readonly kind: 'memory' };

export interface TypeLayout {
  readonly type: Term;
  /** `scalar`: one machine value (SIMD of width 1, Bool, DType, pointer, `ref`, thin function). `empty`: no bytes. */
  readonly kind: 'scalar' | 'vector' | 'aggregate' | 'empty';
  readonly size: number;
  readonly align: number;
  /** Of a scalar, or of a vector's lanes. */
  readonly scalar: Scalar | null;
  /** Lanes of a vector, 1 for a scalar, 0 otherwise. */
  readonly lanes: number;
  /** Of a struct or tuple; a pack has one address for each element (type: `ref` to it). Empty for raw arrays. */
  readonly fields: readonly FieldLayout[];
  /** Element type and count of a raw array. */
  readonly elements: { readonly type: Term; readonly count: number } | null;
  readonly abi: AbiClass;
}

/** A type that cannot have a layout; `message` is for the user. */
export class LayoutError extends Error {
  override readonly name = 'LayoutError';
  readonly type: Term;
  constructor(type: Term, message: string) {
    super(message);
    this.type = type;
  }
}

export const MAX_DIRECT_BYTES = 16;
const MAX_DIRECT_PIECES = 4;
export const MAX_SIMD_WIDTH = 32768;
const LARGEST_TYPE = 2 ** 40;

const POINTER: Scalar = { kind: 'pointer', size: 8 };
const BOOL: Scalar = { kind: 'bool', size: 1 };

export function alignTo(offset: number, align: number): number {
  return Math.ceil(offset / align) * align;
}

export class LayoutEngine {
  private readonly layouts = new Map<Term, TypeLayout>();
  private readonly fieldTypes = new Map<Term, readonly FieldLayout[]>();
  private readonly active = new Set<Term>();
  private readonly states = new Map<Term, boolean>();
  private readonly trivial = {
    copy: new Map<Term, boolean>(),
    move: new Map<Term, boolean>(),
    destroy: new Map<Term, boolean>(),
  };
  private readonly program: Program;
  private readonly store: TermStore;
  private readonly facts: TypeFacts;
  private reduce: Reducer | null = null;
  /** Arrays of negative size, laid out as empty ones: a condition of the struct or function says better what is wrong, and is
   *  looked at first. */
  readonly negativeArrays: LayoutError[] = [];

  constructor(program: Program, store: TermStore) {
    this.program = program;
    this.store = store;
    this.facts = new TypeFacts(program, store);
  }

  /** Elaboration installs how field types of an instance become concrete (calls, projections). */
  setReducer(reduce: Reducer): void {
    this.reduce = reduce;
  }

  layout(type: Term): TypeLayout {
    const known = this.layouts.get(type);
    if (known !== undefined) return known;
    if (this.active.has(type)) throw new LayoutError(type, 'struct has recursive references to itself');
    this.active.add(type);
    try {
      const result = this.compute(type);
      this.layouts.set(type, result);
      return result;
    } finally {
      this.active.delete(type);
    }
  }

  sizeOf(type: Term): number {
    return this.layout(type).size;
  }

  alignOf(type: Term): number {
    return this.layout(type).align;
  }

  /** The declaration of a struct type, or null for other types. */
  declaration(type: Term): HirStruct | null {
    return type.kind === 'struct' ? this.program.struct(type.decl.id) : null;
  }

  /** Whether a value changes when it is called: a closure with state, or something that holds one. */
  changesState(type: Term): boolean {
    const known = this.states.get(type);
    if (known !== undefined) return known;
    this.states.set(type, false);
    const layout = this.layout(type);
    const result =
      this.facts.changesState(type) ||
      layout.fields.some((field) => this.changesState(field.type)) ||
      (layout.elements !== null && this.changesState(layout.elements.type));
    this.states.set(type, result);
    return result;
  }

  /** Types of the fields (struct) or elements (tuple; pack: the elements, not their addresses). Needs no sizes. */
  memberTypes(type: Term): readonly { readonly name: string; readonly type: Term }[] {
    if (type.kind !== 'struct') return [];
    const decl = this.program.struct(type.decl.id);
    if (decl.builtin === 'tuple' || decl.builtin === 'pack')
      return listArgument(type).map((element, index) => ({ name: `${index}`, type: element }));
    return this.structFields(type, decl);
  }

  /** The pointee of a builtin pointer type, else null. */
  pointee(type: Term): Term | null {
    if (type.kind === 'ref') return type.pointee;
    if (type.kind !== 'struct') return null;
    const decl = this.program.struct(type.decl.id);
    return decl.builtin === 'pointer' ? pointerTarget(type, decl) : null;
  }

  isTrivialCopy(type: Term): boolean {
    return this.isTrivial(type, 'copy');
  }

  isTrivialMove(type: Term): boolean {
    return this.isTrivial(type, 'move');
  }

  isTrivialDestroy(type: Term): boolean {
    return this.isTrivial(type, 'destroy');
  }

  /** Whether an argument of a *concrete function type* gets a value of its own (`imm` of a register-trivial type, owned ones)
   *  rather than the address of the caller's place. */
  passesByValue(convention: Convention, type: Term): boolean {
    return (
      convention === 'var' || convention === 'deinit' || (convention === 'imm' && this.facts.isRegisterTrivial(type))
    );
  }

  private isTrivial(type: Term, operation: 'copy' | 'move' | 'destroy'): boolean {
    if (type.kind !== 'struct') return true;
    const memo = this.trivial[operation];
    const known = memo.get(type);
    if (known !== undefined) return known;
    // A cycle through pointers never gets here (a pointer is trivial itself); one through fields has no layout anyway.
    memo.set(type, true);
    const decl = this.program.struct(type.decl.id);
    const lifecycle: Lifecycle = decl[operation];
    let result: boolean;
    switch (lifecycle.kind) {
      case 'trivial':
        result = true;
        break;
      case 'none':
        // Storage types have no bytes to run code for; anything else without the operation is not "trivial".
        result =
          decl.builtin === 'raw-array' ||
          decl.builtin === 'pack' ||
          decl.builtin === 'none' ||
          decl.builtin === 'never';
        break;
      case 'memberwise':
        result = this.memberTypes(type).every((member) => this.isTrivial(member.type, operation));
        break;
      case 'written':
      case 'copyThenDestroy':
        result = false;
        break;
    }
    memo.set(type, result);
    return result;
  }

  private compute(type: Term): TypeLayout {
    switch (type.kind) {
      case 'struct':
        return this.structLayout(type, this.program.struct(type.decl.id));
      case 'ref':
        return scalarLayout(type, POINTER);
      case 'functionType':
        if (type.thin) return scalarLayout(type, POINTER);
        throw new LayoutError(type, 'a function type without `thin` is not a concrete type');
      case 'functionItem':
      case 'primitive':
      case 'originType':
      case 'trait':
      case 'composition':
        return emptyLayout(type);
      case 'error':
        return emptyLayout(type);
      default:
        throw new LayoutError(type, 'the type is not concrete');
    }
  }

  private structLayout(type: StructTerm, decl: HirStruct): TypeLayout {
    switch (decl.builtin) {
      case 'simd':
        return simdLayout(type);
      case 'bool':
        return scalarLayout(type, BOOL);
      case 'dtype':
        return scalarLayout(type, { kind: 'dtype', dtype: dtypeInfo('uint8'), size: 1 });
      case 'pointer':
        return scalarLayout(type, POINTER);
      case 'never':
        return emptyLayout(type);
      case 'raw-array':
        return this.rawArrayLayout(type);
      case 'tuple':
        return this.aggregate(
          type,
          listArgument(type).map((element, i) => ({ name: `${i}`, type: element })),
          null,
        );
      case 'pack': {
        const fields = listArgument(type).map((element, i) => ({
          name: `${i}`,
          type: this.store.ref(element, this.store.specialOrigin('erased', this.store.true), this.store.true),
        }));
        return this.aggregate(type, fields, null);
      }
      default:
        return this.aggregate(type, this.structFields(type, decl), decl.align);
    }
  }

  private structFields(type: StructTerm, decl: HirStruct): readonly FieldLayout[] {
    const known = this.fieldTypes.get(type);
    if (known !== undefined) return known;
    const substitution = makeSubstitution(decl.params, type.args);
    const substituter =
      this.reduce === null
        ? new Substituter(this.store, substitution)
        : new Substituter(this.store, substitution, this.reduce);
    const reduce = this.reduce;
    const fields = decl.fields.map((field) => {
      const substituted = substituter.apply(field.type);
      return { name: field.name, type: reduce === null ? substituted : reduce(substituted), offset: 0 };
    });
    this.fieldTypes.set(type, fields);
    return fields;
  }

  private rawArrayLayout(type: StructTerm): TypeLayout {
    const [element, count] = type.args;
    if (element === undefined || count?.kind !== 'int')
      throw new LayoutError(type, 'the size of the array is not concrete');
    if (count.value < 0n)
      this.negativeArrays.push(
        new LayoutError(type, `number of elements in \`Array\` must be >= 0, not ${count.value}`),
      );
    const inner = this.layout(element);
    const n = Math.max(0, Number(count.value));
    const size = inner.size * n;
    if (size > LARGEST_TYPE) throw new LayoutError(type, 'the array is too large');
    if (size === 0) return { ...emptyLayout(type), align: inner.align, elements: { type: element, count: n } };
    const pieces: AbiPiece[] = [];
    if (size <= MAX_DIRECT_BYTES && n <= MAX_DIRECT_PIECES && inner.abi.kind === 'direct')
      for (let i = 0; i < n; i++)
        for (const piece of inner.abi.pieces) pieces.push({ ...piece, offset: piece.offset + i * inner.size });
    return {
      type,
      kind: 'aggregate',
      size,
      align: inner.align,
      scalar: null,
      lanes: 0,
      fields: [],
      elements: { type: element, count: n },
      abi: this.classify(type, size, pieces),
    };
  }

  private aggregate(
    type: Term,
    members: readonly { readonly name: string; readonly type: Term }[],
    minimumAlign: number | null,
  ): TypeLayout {
    let offset = 0;
    let align = minimumAlign ?? 1;
    const fields: FieldLayout[] = [];
    let pieces: AbiPiece[] | null = [];
    for (const member of members) {
      const inner = this.layout(member.type);
      offset = alignTo(offset, inner.align);
      if (inner.align > align) align = inner.align;
      fields.push({ name: member.name, type: member.type, offset });
      if (inner.abi.kind === 'memory') pieces = null;
      else if (inner.abi.kind === 'direct' && pieces !== null)
        for (const piece of inner.abi.pieces) pieces.push({ ...piece, offset: piece.offset + offset });
      offset += inner.size;
      if (offset > LARGEST_TYPE) throw new LayoutError(type, 'the type is too large');
    }
    const size = alignTo(offset, align);
    if (size === 0) return { ...emptyLayout(type), align, fields };
    return {
      type,
      kind: 'aggregate',
      size,
      align,
      scalar: null,
      lanes: 0,
      fields,
      elements: null,
      abi: this.classify(type, size, pieces ?? []),
    };
  }

  private classify(type: Term, size: number, pieces: readonly AbiPiece[]): AbiClass {
    const direct =
      size <= MAX_DIRECT_BYTES &&
      pieces.length > 0 &&
      pieces.length <= MAX_DIRECT_PIECES &&
      this.isTrivialCopy(type) &&
      this.isTrivialDestroy(type) &&
      this.isTrivialMove(type);
    return direct ? { kind: 'direct', pieces } : { kind: 'memory' };
  }
}

function scalarLayout(type: Term, scalar: Scalar): TypeLayout {
  return {
    type,
    kind: 'scalar',
    size: scalar.size,
    align: scalar.size,
    scalar,
    lanes: 1,
    fields: [],
    elements: null,
    abi: { kind: 'direct', pieces: [{ offset: 0, scalar, lanes: 1 }] },
  };
}

function emptyLayout(type: Term): TypeLayout {
  return {
    type,
    kind: 'empty',
    size: 0,
    align: 1,
    scalar: null,
    lanes: 0,
    fields: [],
    elements: null,
    abi: { kind: 'empty' },
  };
}

/** A vector's alignment is its size, as LLVM and the official compiler have it; a mask has one byte for each lane. */
function simdLayout(type: StructTerm): TypeLayout {
  const [dtype, width] = type.args;
  if (dtype?.kind !== 'dtype' || width?.kind !== 'int') throw new LayoutError(type, 'the vector type is not concrete');
  const lanes = Number(width.value);
  if (lanes < 1 || lanes > MAX_SIMD_WIDTH || (lanes & (lanes - 1)) !== 0)
    throw new LayoutError(type, 'SIMD vector length must be a power of two between 1 and 2^15');
  const info = dtypeInfo(dtype.name);
  const scalar: Scalar = { kind: 'dtype', dtype: info, size: info.size };
  if (lanes === 1) return scalarLayout(type, scalar);
  const size = info.size * lanes;
  return {
    type,
    kind: 'vector',
    size,
    align: size,
    scalar,
    lanes,
    fields: [],
    elements: null,
    abi: { kind: 'direct', pieces: [{ offset: 0, scalar, lanes }] },
  };
}

/** The variadic argument of a tuple or pack. */
export function listArgument(type: StructTerm): readonly Term[] {
  for (const arg of type.args) if (arg.kind === 'list') return arg.elements;
  throw new LayoutError(type, 'the elements are not concrete');
}

/** The type parameter of the builtin pointer: the only one whose argument is a type. */
function pointerTarget(type: StructTerm, decl: HirStruct): Term {
  for (let i = 0; i < decl.params.length; i++) {
    const bound = decl.params[i]?.type;
    if (bound !== undefined && (bound.kind === 'trait' || bound.kind === 'composition'))
      return present(type.args[i], 'pointee');
  }
  return present(type.args[1], 'pointee');
}
