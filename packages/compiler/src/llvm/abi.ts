/** The calling convention between instances.
 *  In: an instance signature (or a thin function type). Out: an `Abi`, from which definitions, calls and thunks are written.
 *
 *  Parameters, in this order:
 *  1. `ptr %result`, when the result is of memory class: fresh storage (`noalias writable dereferenceable`).
 *  2. one group for each argument:
 *     - `imm`, direct class: the pieces by value, unless the result could refer to the argument (see `travelsByValue`);
 *     - `imm`, otherwise: the address, `noalias readonly` unless the type is shared-mutable, a closure with state, a file-scope
 *       variable has it, or an argument leads to an owner of a shared value that it may lie in;
 *     - `mut`: the address, `noalias` with the same exceptions;
 *     - `ref`: the address, no aliasing fact;
 *     - `var`, `deinit`: direct class by value; memory class by the address of storage that the callee owns (`noalias`);
 *     - empty types by value are no parameter at all; by address they keep a (meaningless) one.
 *  3. `ptr %location`, when the function asks for the caller's source position: a constant
 *     `{ path (8-byte slot), i64 path length, i64 line, i64 column }`.
 *  4. `ptr %error`, when the function raises an error type that is not empty: storage that is written only when it raises.
 *
 *  Return type: the result's pieces (`void`, `T`, or `{ T, U, … }`); a raising function returns `i1` (true: it raised) or
 *  `{ i1, pieces… }`, where the pieces mean nothing after an error. Exported functions and C functions use the same rules
 *  with C extension attributes on small integers, which for scalars and pointers is the C calling convention. */
import type { AbiPiece } from '../layout/layout.ts';
import type { InstanceSignature } from '../mir/mir.ts';
import type { Convention, FunctionTypeTerm, GlobalId, Term } from '../terms/term.ts';
import { SharedTypes } from './shared-types.ts';
import { type Layouts, piecesOf, registerType } from './types.ts';

export type Passing =
  | { readonly kind: 'pieces'; readonly pieces: readonly AbiPiece[] }
  | { readonly kind: 'address'; readonly attributes: string };

export interface AbiArg {
  readonly name: string;
  readonly convention: Convention;
  readonly type: Term;
  readonly passing: Passing;
}

export interface Abi {
  readonly args: readonly AbiArg[];
  readonly resultType: Term;
  /** Null: through `%result`. */
  readonly resultPieces: readonly AbiPiece[] | null;
  readonly resultAttributes: string;
  readonly raises: boolean;
  readonly errorType: Term | null;
  /** Null when there is no error parameter. */
  readonly errorAttributes: string | null;
  readonly wantsLocation: boolean;
  readonly returnType: string;
}

export class AbiRules {
  private readonly layouts: Layouts;
  /** Types of mutable file-scope variables: an argument of such a type may be one of them. */
  private readonly globalTypes = new Set<Term>();
  private readonly shared = new Map<Term, boolean>();
  private readonly sharedTypes: SharedTypes | null;
  private readonly referring = new Map<string, boolean>();

  /** `hasOwners`: somewhere in the program there is a value with several owners. */
  constructor(
    layouts: Layouts,
    globals: readonly { readonly id: GlobalId; readonly type: Term }[],
    hasOwners: boolean,
  ) {
    this.layouts = layouts;
    this.sharedTypes = hasOwners ? new SharedTypes(layouts) : null;
    for (const global of globals) this.addGlobalType(global.type);
  }

  private addGlobalType(type: Term): void {
    if (this.globalTypes.has(type)) return;
    this.globalTypes.add(type);
    for (const field of this.layouts.layout(type).fields) this.addGlobalType(field.type);
  }

  abi(signature: InstanceSignature, wantsLocation: boolean): Abi {
    const resultPieces = piecesOf(this.layouts.layout(signature.result));
    const returned = (resultPieces ?? []).map(registerType);
    if (signature.raises !== null) returned.unshift('i1');
    const { sharedTypes } = this;
    const owned = sharedTypes === null ? [] : signature.args.map((arg) => sharedTypes.throughOwners(arg.type));
    const isAlone = (type: Term): boolean => !this.mayBeShared(type) && !owned.some((types) => types.has(type));
    const errorLayout = signature.raises === null ? null : this.layouts.layout(signature.raises);
    return {
      args: signature.args.map((arg) => ({
        name: arg.name,
        convention: arg.convention,
        type: arg.type,
        passing: this.passing(arg.convention, arg.type, signature.result, isAlone),
      })),
      resultType: signature.result,
      resultPieces,
      resultAttributes: resultPieces === null ? this.storage(signature.result, 'noalias writable') : '',
      raises: signature.raises !== null,
      errorType: signature.raises,
      errorAttributes:
        signature.raises === null || errorLayout === null || errorLayout.size === 0
          ? null
          : this.storage(signature.raises, 'noalias writable'),
      wantsLocation,
      returnType:
        returned.length === 0 ? 'void' : returned.length === 1 ? (returned[0] ?? 'void') : `{ ${returned.join(', ')} }`,
    };
  }

  /** The convention behind a thin function pointer: never asks for a location. */
  pointerAbi(type: FunctionTypeTerm): Abi {
    return this.abi(signatureOfType(type), false);
  }

  private passing(convention: Convention, type: Term, result: Term, isAlone: (type: Term) => boolean): Passing {
    const pieces = piecesOf(this.layouts.layout(type));
    switch (convention) {
      case 'imm':
        if (pieces !== null && this.travelsByValue(type, result)) return { kind: 'pieces', pieces };
        return { kind: 'address', attributes: this.storage(type, isAlone(type) ? 'noalias readonly' : '') };
      case 'mut':
      case 'out':
        return { kind: 'address', attributes: this.storage(type, isAlone(type) ? 'noalias' : '') };
      case 'ref':
        return { kind: 'address', attributes: this.storage(type, '') };
      case 'var':
      case 'deinit':
        if (pieces !== null) return { kind: 'pieces', pieces };
        return { kind: 'address', attributes: this.storage(type, 'noalias') };
    }
  }

  private storage(type: Term, facts: string): string {
    const { size, align } = this.layouts.layout(type);
    if (size === 0) return 'noundef';
    return `${facts === '' ? '' : `${facts} `}nonnull noundef align ${align} dereferenceable(${size})`;
  }

  /** An `imm` argument may travel in registers only if it fits there and the result cannot refer to the caller's place: a returned
   *  reference, or, for a type whose address has an identity, a pointer somewhere in the result. */
  travelsByValue(type: Term, result: Term): boolean {
    if (piecesOf(this.layouts.layout(type)) === null || this.layouts.changesState(type)) return false;
    if (result.kind === 'ref') return !this.contains(type, result.pointee);
    if (type.kind !== 'struct' || (this.layouts.declaration(type)?.registerPassable ?? true)) return true;
    const key = `${result.id},${type.id}`;
    let refers = this.referring.get(key);
    if (refers === undefined) {
      refers = this.refersTo(result, type, new Set());
      this.referring.set(key, refers);
    }
    return !refers;
  }

  private contains(whole: Term, part: Term): boolean {
    return whole === part || this.layouts.layout(whole).fields.some((field) => this.contains(field.type, part));
  }

  private refersTo(holder: Term, target: Term, seen: Set<Term>): boolean {
    if (seen.has(holder)) return false;
    seen.add(holder);
    const pointee = this.layouts.pointee(holder);
    if (pointee !== null) return this.contains(target, pointee) || this.refersTo(pointee, target, seen);
    const layout = this.layouts.layout(holder);
    if (layout.elements !== null) return this.refersTo(layout.elements.type, target, seen);
    return layout.fields.some((field) => this.refersTo(field.type, target, seen));
  }

  /** Whether the bytes may change although nobody has the value exclusively. */
  private mayBeShared(type: Term): boolean {
    if (this.globalTypes.has(type)) return true;
    const known = this.shared.get(type);
    if (known !== undefined) return known;
    const layout = this.layouts.layout(type);
    const result =
      (this.layouts.declaration(type)?.sharedMutable ?? false) ||
      this.layouts.changesState(type) ||
      layout.fields.some((field) => this.mayBeShared(field.type)) ||
      (layout.elements !== null && this.mayBeShared(layout.elements.type));
    this.shared.set(type, result);
    return result;
  }
}

export function signatureOfType(type: FunctionTypeTerm): InstanceSignature {
  return {
    args: type.args.map((arg) => ({ name: arg.name, convention: arg.convention, type: arg.type })),
    result: type.result,
    raises: type.raises,
  };
}

/** Whether two conventions can be called alike: same parameters, same results. */
export function sameCallShape(a: Abi, b: Abi): boolean {
  return callShape(a) === callShape(b);
}

function callShape(abi: Abi): string {
  const args = abi.args.map((arg) =>
    arg.passing.kind === 'pieces' ? arg.passing.pieces.map(registerType).join('+') : 'address',
  );
  return `${abi.resultPieces === null ? 'memory' : ''}|${args.join(',')}|${abi.wantsLocation}|${abi.errorAttributes !== null}|${abi.returnType}`;
}

/** C extension attribute of a small integer or boolean parameter, '' for others. */
export function extensionAttribute(piece: AbiPiece): string {
  if (piece.lanes !== 1 || piece.scalar.kind === 'pointer') return '';
  if (piece.scalar.kind === 'bool') return 'zeroext ';
  const { dtype } = piece.scalar;
  if (dtype.kind === 'float' || dtype.bits >= 32) return '';
  return dtype.kind === 'signed' ? 'signext ' : 'zeroext ';
}
