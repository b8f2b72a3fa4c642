/** The types of values in a module, as far as the decisions after optimization need them. */
import type { LlvmFunctions, Pointer } from './libllvm.ts';

/** LLVMTypeKind. */
const FLOAT = 2;
const DOUBLE = 3;
const INTEGER = 8;
const VECTOR = 13;

export interface ValueType {
  /** Of a lane. */
  readonly kind: 'float' | 'double' | 'integer' | 'other';
  /** Bits of a lane; 0 of another kind. */
  readonly bits: number;
  /** 1 of what is no vector. */
  readonly lanes: number;
}

export class ValueTypes {
  private readonly llvm: LlvmFunctions;
  private readonly known = new Map<Pointer, ValueType>();

  constructor(llvm: LlvmFunctions) {
    this.llvm = llvm;
  }

  of(value: Pointer): ValueType {
    return this.describe(this.llvm.TypeOf(value));
  }

  describe(type: Pointer): ValueType {
    let found = this.known.get(type);
    if (found === undefined) {
      found = this.look(type);
      this.known.set(type, found);
    }
    return found;
  }

  private look(type: Pointer): ValueType {
    const { llvm } = this;
    switch (llvm.GetTypeKind(type)) {
      case FLOAT:
        return { kind: 'float', bits: 32, lanes: 1 };
      case DOUBLE:
        return { kind: 'double', bits: 64, lanes: 1 };
      case INTEGER:
        return { kind: 'integer', bits: llvm.GetIntTypeWidth(type), lanes: 1 };
      case VECTOR:
        return { ...this.describe(llvm.GetElementType(type)), lanes: llvm.GetVectorSize(type) };
      default:
        return { kind: 'other', bits: 0, lanes: 1 };
    }
  }
}

export function bitsOf(type: ValueType): number {
  return type.bits * type.lanes;
}
