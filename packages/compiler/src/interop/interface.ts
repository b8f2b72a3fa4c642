/** What a module offers to other languages: the one description from which the bridge in Mojo, the JavaScript module, the type
 *  declarations, the C header and the Python module are made. Declarations only. */
import type { Span } from '../base/span.ts';
import type { DTypeName } from '../terms/term.ts';

/** Element types of arrays that both sides see in place. */
export type ElementName = Extract<
  DTypeName,
  | 'int'
  | 'uint'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'float32'
  | 'float64'
>;

export type InteropType =
  | { readonly kind: 'none' }
  | { readonly kind: 'bool' }
  /** A number on the other side: `Int` and `UInt` (range-checked at ±(2^53 - 1)) and integers up to 32 bits. */
  | { readonly kind: 'integer'; readonly name: string; readonly min: number; readonly max: number }
  /** `Int64` and `UInt64`: 64 bits, exact. For C also `Int` and `UInt` (`widenIntegers`). */
  | { readonly kind: 'wide'; readonly name: 'Int64' | 'UInt64' | 'Int' | 'UInt' }
  | { readonly kind: 'float'; readonly name: 'Float32' | 'Float64' }
  /** `view`: the function takes a `StringSpan`, so nothing is copied on the Mojo side. */
  | { readonly kind: 'string'; readonly view: boolean }
  | { readonly kind: 'span'; readonly element: ElementName; readonly mutable: boolean }
  | { readonly kind: 'list'; readonly element: ElementName }
  /** A list of anything else that crosses by value: copied, element by element, as a stream. */
  | { readonly kind: 'sequence'; readonly element: InteropType }
  | { readonly kind: 'optional'; readonly value: InteropType }
  | { readonly kind: 'tuple'; readonly elements: readonly InteropType[] }
  /** A fieldwise struct: passed by value, field by field. */
  | { readonly kind: 'record'; readonly name: string; readonly fields: readonly InteropField[] }
  /** Any other struct: it stays on the Mojo side; the other side holds its address. */
  | { readonly kind: 'object'; readonly name: string }
  /** A function of the other side, called while the call runs: only as an argument. Its own arguments and result are numbers, texts and
   *  (arguments only) arrays that are copied. */
  | {
      readonly kind: 'function';
      readonly args: readonly InteropType[];
      readonly result: InteropType;
      readonly raises: boolean;
    };

export interface InteropField {
  readonly name: string;
  readonly type: InteropType;
}

export interface ExportedArgument {
  readonly name: string;
  /** `mut` only for objects; a span says itself whether it is mutable. */
  readonly convention: 'read' | 'mut' | 'var';
  readonly type: InteropType;
  /** May be left out, with all that follow. */
  readonly hasDefault: boolean;
  readonly keywordOnly: boolean;
}

export interface ExportedFunction {
  /** As written in Mojo. */
  readonly name: string;
  /** Of the bridge function. */
  readonly symbol: string;
  readonly docs: string | null;
  /** Without `self`. */
  readonly args: readonly ExportedArgument[];
  readonly result: InteropType;
  readonly raises: boolean;
}

export interface ExportedRecord {
  readonly name: string;
  readonly docs: string | null;
  readonly fields: readonly InteropField[];
}

export interface ExportedMethod extends ExportedFunction {
  /** How it takes `self`; null: a static method. `var` ends the object. */
  readonly self: 'read' | 'mut' | 'var' | null;
}

export interface ExportedClass {
  readonly name: string;
  readonly docs: string | null;
  /** Null: objects come from functions only. */
  readonly init: ExportedFunction | null;
  readonly methods: readonly ExportedMethod[];
  /** Fields that can be read from outside, by copy. */
  readonly fields: readonly (InteropField & { readonly symbol: string })[];
}

/** A public function, method or struct that has no form on the other side. */
export interface SkippedExport {
  readonly name: string;
  readonly reason: string;
  readonly span: Span;
}

export interface ModuleInterface {
  readonly docs: string | null;
  readonly functions: readonly ExportedFunction[];
  readonly records: readonly ExportedRecord[];
  readonly classes: readonly ExportedClass[];
  readonly skipped: readonly SkippedExport[];
}
