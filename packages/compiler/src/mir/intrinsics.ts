/** The compiler intrinsics that the library is written on. In `std/` a declaration `@__intrinsic("name") def f[…](…) -> …: ...`
 *  binds a Mojo function to one; a call becomes `Rvalue.intrinsic` with the function's complete flat parameters in `params` and
 *  its arguments as operands. Operand and result types come from the concrete types of the operands and the destination.
 *  Both executors (interpreter, LLVM) implement each; a name that is not listed here is rejected where it is declared.
 *
 *  `V` is any SIMD (elementwise; a scalar is a vector of one), `I` integer SIMD, `F` float SIMD, `M` SIMD of bool, `B` Bool,
 *  `P` Pointer, `N` Int, `T` any. Integer arithmetic wraps. No operation is undefined for any operand, except memory accesses. */

export interface IntrinsicInfo {
  readonly name: string;
  /** Operand shape, for documentation and the verifier. */
  readonly signature: string;
  /** `pure`: no memory; `reads`/`writes` memory; `effect`: anything else (traps, system). */
  readonly effect: 'pure' | 'reads' | 'writes' | 'effect';
  readonly doc: string;
}

type Row = readonly [name: string, signature: string, effect: IntrinsicInfo['effect'], doc: string];

const ROWS: readonly Row[] = [
  // ---- SIMD arithmetic
  ['simd.add', '(V, V) -> V', 'pure', 'sum'],
  ['simd.sub', '(V, V) -> V', 'pure', 'difference'],
  ['simd.mul', '(V, V) -> V', 'pure', 'product'],
  ['simd.div', '(V, V) -> V', 'pure', 'float: IEEE; integer: truncated toward zero, x / 0 = 0, MIN / -1 = MIN'],
  ['simd.floordiv', '(V, V) -> V', 'pure', 'floored quotient (Python //); integer x // 0 = 0'],
  ['simd.mod', '(V, V) -> V', 'pure', 'floored remainder, sign of the divisor; integer x % 0 = 0'],
  ['simd.rem', '(V, V) -> V', 'pure', 'truncated remainder (C %); integer x rem 0 = 0'],
  ['simd.neg', '(V) -> V', 'pure', 'negation (float: sign flip)'],
  ['simd.and', '(V, V) -> V', 'pure', 'bitwise, integers and masks'],
  ['simd.or', '(V, V) -> V', 'pure', 'bitwise, integers and masks'],
  ['simd.xor', '(V, V) -> V', 'pure', 'bitwise, integers and masks'],
  ['simd.not', '(V) -> V', 'pure', 'bitwise complement, integers and masks'],
  ['simd.shl', '(I, I) -> I', 'pure', 'shift left, count modulo the width'],
  ['simd.shr', '(I, I) -> I', 'pure', 'shift right, arithmetic when signed, count modulo the width'],
  ['simd.rotl', '(I, I) -> I', 'pure', 'rotate left, count modulo the width'],
  ['simd.min', '(V, V) -> V', 'pure', 'minimum; with one NaN the other operand'],
  ['simd.max', '(V, V) -> V', 'pure', 'maximum; with one NaN the other operand'],
  ['simd.abs', '(V) -> V', 'pure', 'absolute value (MIN stays MIN)'],
  ['simd.fma', '(F, F, F) -> F', 'pure', 'a * b + c with one rounding; integers: wrapping'],
  ['simd.ctpop', '(I) -> I', 'pure', 'number of ones'],
  ['simd.ctlz', '(I) -> I', 'pure', 'leading zeros; width for 0'],
  ['simd.cttz', '(I) -> I', 'pure', 'trailing zeros; width for 0'],
  ['simd.bswap', '(I) -> I', 'pure', 'byte order reversed'],
  ['simd.bitreverse', '(I) -> I', 'pure', 'bit order reversed'],
  // ---- comparisons to masks, and to Bool
  ['simd.eq', '(V, V) -> M', 'pure', 'lane-wise; floats ordered'],
  ['simd.ne', '(V, V) -> M', 'pure', 'lane-wise; floats unordered or different'],
  ['simd.lt', '(V, V) -> M', 'pure', 'lane-wise'],
  ['simd.le', '(V, V) -> M', 'pure', 'lane-wise'],
  ['simd.gt', '(V, V) -> M', 'pure', 'lane-wise'],
  ['simd.ge', '(V, V) -> M', 'pure', 'lane-wise'],
  ['simd.all_eq', '(V, V) -> B', 'pure', 'all lanes equal'],
  ['simd.any_ne', '(V, V) -> B', 'pure', 'some lane differs'],
  ['scalar.lt', '(V, V) -> B', 'pure', 'width 1 only'],
  ['scalar.le', '(V, V) -> B', 'pure', 'width 1 only'],
  ['scalar.gt', '(V, V) -> B', 'pure', 'width 1 only'],
  ['scalar.ge', '(V, V) -> B', 'pure', 'width 1 only'],
  // ---- lanes
  ['simd.splat', '(V[1]) -> V', 'pure', 'all lanes equal; result type from the destination'],
  ['simd.zero', '() -> V', 'pure', 'all lanes zero; result type from the destination'],
  ['simd.iota', '() -> V', 'pure', '0, 1, 2, … in the destination type'],
  ['simd.extract', '(V, N) -> V[1]', 'pure', 'one lane, index modulo the width'],
  ['simd.insert', '(V, N, V[1]) -> V', 'pure', 'one lane replaced, index modulo the width'],
  [
    'simd.shuffle',
    '[… , mask: list of Int](V, V) -> V',
    'pure',
    'lanes of the concatenation picked by the last parameter (a list); result width = its length',
  ],
  ['simd.select', '(M, V, V) -> V', 'pure', 'lane-wise choice; a mask of width 1 chooses whole vectors'],
  [
    'simd.cast',
    '(V) -> V',
    'pure',
    'to the destination dtype: int truncates or extends, float → int saturates (NaN 0), → bool is != 0',
  ],
  ['simd.bitcast', '(V) -> V', 'pure', 'same bits, destination type, little-endian lanes'],
  ['simd.reduce_add', '(V) -> V', 'pure', 'to the destination width by halving: lane i with lane i + half'],
  ['simd.reduce_mul', '(V) -> V', 'pure', 'likewise'],
  ['simd.reduce_min', '(V) -> V', 'pure', 'likewise'],
  ['simd.reduce_max', '(V) -> V', 'pure', 'likewise'],
  ['simd.reduce_and', '(V) -> V', 'pure', 'likewise, integers and masks'],
  ['simd.reduce_or', '(V) -> V', 'pure', 'likewise, integers and masks'],
  // ---- float functions
  ['float.sqrt', '(F) -> F', 'pure', 'exactly rounded'],
  ['float.floor', '(F) -> F', 'pure', ''],
  ['float.ceil', '(F) -> F', 'pure', ''],
  ['float.trunc', '(F) -> F', 'pure', ''],
  ['float.round_even', '(F) -> F', 'pure', 'half to even'],
  ['float.copysign', '(F, F) -> F', 'pure', ''],
  // ---- Bool
  ['bool.not', '(B) -> B', 'pure', ''],
  ['bool.and', '(B, B) -> B', 'pure', 'both evaluated'],
  ['bool.or', '(B, B) -> B', 'pure', 'both evaluated'],
  ['bool.xor', '(B, B) -> B', 'pure', ''],
  ['bool.eq', '(B, B) -> B', 'pure', ''],
  ['bool.to_mask', '(B) -> M[1]', 'pure', ''],
  ['bool.from_mask', '(M[1]) -> B', 'pure', ''],
  ['bool.to_int', '(B) -> V', 'pure', '0 or 1 in the destination type'],
  // ---- DType values at run time
  ['dtype.code', '(DType) -> UInt8', 'pure', 'the byte'],
  ['dtype.from_code', '(UInt8) -> DType', 'pure', ''],
  [
    'dtype.param_code',
    '[dt: DType]() -> V',
    'pure',
    'code of a dtype parameter (the last one) in the destination type',
  ],
  // ---- literals (the value is the last parameter)
  ['literal.string_pointer', '[value]() -> P', 'pure', 'address of the static UTF-8 bytes, NUL after them'],
  ['literal.string_length', '[value]() -> N', 'pure', 'bytes without the NUL'],
  ['literal.int', '[value]() -> V', 'pure', 'the literal wrapped to the destination dtype (float: rounded)'],
  ['literal.float', '[value]() -> F', 'pure', 'the literal correctly rounded to the destination dtype'],
  // ---- pointers
  ['pointer.null', '() -> P', 'pure', 'address 0'],
  ['pointer.from_int', '(N) -> P', 'pure', ''],
  ['pointer.to_int', '(P) -> N', 'pure', ''],
  ['pointer.cast', '(P) -> P', 'pure', 'same address, destination type'],
  ['pointer.offset', '(P, N) -> P', 'pure', 'plus n strides of the pointee type of the operand'],
  ['pointer.offset_bytes', '(P, N) -> P', 'pure', 'plus n bytes'],
  ['pointer.eq', '(P, P) -> B', 'pure', ''],
  ['pointer.lt', '(P, P) -> B', 'pure', 'unsigned'],
  ['pointer.of', '(borrow T) -> P', 'pure', 'address of the argument place (a `ref` argument)'],
  ['pointer.deref', '(P) -> ref T', 'pure', 'the reference result designates the pointee'],
  ['pointer.take', '(P) -> T', 'reads', 'moves the pointee out as bytes; the memory becomes raw'],
  ['pointer.init', '(P, own T)', 'writes', 'moves the value into raw memory'],
  ['pointer.relocate', '(P, P)', 'writes', 'one move from the second pointee into the raw memory of the first'],
  ['pointer.init_copy', '(P, borrow T)', 'writes', 'one copy of the value into raw memory'],
  ['pointer.destroy', '(P)', 'writes', 'destroys the pointee in place'],
  ['pointer.load', '(P) -> V', 'reads', 'vector of the destination type at element alignment'],
  ['pointer.store', '(P, V)', 'writes', 'vector at element alignment'],
  ['pointer.load_volatile', '(P) -> V', 'effect', 'never removed'],
  ['pointer.store_volatile', '(P, V)', 'effect', 'never removed'],
  ['pointer.masked_load', '(P, M, V) -> V', 'reads', 'lanes without mask come from the third operand'],
  ['pointer.masked_store', '(P, M, V)', 'writes', ''],
  ['pointer.gather', '(I64 addresses, M, V) -> V', 'reads', ''],
  ['pointer.scatter', '(I64 addresses, M, V)', 'writes', ''],
  ['pointer.prefetch', '(P)', 'effect', 'read, high locality'],
  // ---- raw arrays
  ['raw_array.uninitialized', '() -> __RawArray', 'pure', 'storage without values'],
  ['raw_array.pointer', '(borrow __RawArray[T, n]) -> P', 'pure', 'address of element 0'],
  // ---- memory
  ['memory.copy', '(P dest, P src, N bytes)', 'writes', 'no overlap'],
  ['memory.move', '(P dest, P src, N bytes)', 'writes', 'overlap allowed'],
  ['memory.set', '(P dest, UInt8, N bytes)', 'writes', ''],
  ['memory.compare', '(P, P, N bytes) -> N', 'reads', 'sign of the first difference, unsigned bytes'],
  [
    'memory.stack',
    '[T, n]() -> P',
    'writes',
    'room for n values of T for the rest of the function; T and n are the last two parameters',
  ],
  [
    'memory.slot',
    '[name: StringLiteral]() -> P',
    'pure',
    'address of 8 static bytes, zero at the start of the program; one place for each name; `__kiln_…` is a symbol of the object file',
  ],
  // ---- values
  ['value.copy', '(borrow T) -> T', 'reads', 'the copy constructor of T'],
  ['value.forget', '(own T)', 'effect', 'ends the life without destroying'],
  ['value.destroy', '(own T)', 'effect', 'destroys now'],
  ['tuple.from_pack', '[*Ts](own P) -> Tuple[*Ts]', 'effect', 'moves the elements of an owned pack into a tuple'],
  [
    'value.uninitialized',
    '() -> T',
    'effect',
    'a value whose bytes are not defined; for storage that is filled before use',
  ],
  ['value.black_box', '(T) -> T', 'effect', 'the optimizer knows nothing of the result (T trivial)'],
  // ---- types (also foldable as `operation` terms; T is the last parameter unless said)
  ['type.size_of', '[T]() -> N', 'pure', 'bytes, a multiple of the alignment'],
  ['type.align_of', '[T]() -> N', 'pure', ''],
  ['type.is_trivial_copy', '[T]() -> B', 'pure', 'copying is copying bytes'],
  ['type.is_trivial_move', '[T]() -> B', 'pure', ''],
  ['type.is_trivial_destroy', '[T]() -> B', 'pure', 'destroying does nothing'],
  ['type.name', '[T]() -> StringLiteral-like (P, N)', 'pure', 'see type.name_pointer / type.name_length'],
  ['type.name_pointer', '[T]() -> P', 'pure', 'qualified name with parameters, static'],
  ['type.name_length', '[T]() -> N', 'pure', ''],
  ['type.derived_name_pointer', '[T]() -> P', 'pure', 'name that derived text begins with, static'],
  ['type.derived_name_length', '[T]() -> N', 'pure', ''],
  ['type.function_name_pointer', '[f]() -> P', 'pure', 'name of a function as written, static'],
  ['type.function_name_length', '[f]() -> N', 'pure', ''],
  ['type.function_symbol_pointer', '[f]() -> P', 'pure', 'linker symbol of a function, static'],
  ['type.function_symbol_length', '[f]() -> N', 'pure', ''],
  ['type.same', '[T, U]() -> B', 'pure', 'the last two parameters are one type'],
  // ---- target (compile-time values)
  ['target.simd_bytes', '() -> N', 'pure', 'bytes of a vector register'],
  ['target.is_wasm', '() -> B', 'pure', ''],
  ['target.os', '[name]() -> B', 'pure', 'whether the OS is the string parameter'],
  ['target.has_feature', '[name]() -> B', 'pure', 'whether the CPU feature is on'],
  ['target.assert_mode', '() -> N', 'pure', '0 none, 1 safe (default), 2 all (-D ASSERT=…)'],
  ['target.is_defined', '[name]() -> B', 'pure', '-D name'],
  ['target.is_defined_as_text', '[name]() -> B', 'pure', '-D name=…'],
  ['target.define_pointer', '[name]() -> P', 'pure', 'text of -D name=…, static; empty if absent'],
  ['target.define_length', '[name]() -> N', 'pure', ''],
  // ---- control
  ['control.trap', '() -> Never', 'effect', 'ends the program with status 132'],
  ['control.unreachable', '() -> Never', 'effect', 'trap'],
  ['control.assume', '(B)', 'pure', 'the optimizer may rely on it; only from code that proved it'],
  ['control.likely', '(B) -> B', 'pure', 'expected true'],
  ['control.is_compile_time', '() -> B', 'effect', 'true in the interpreter'],
  // ---- the caller's source position (functions with the attribute wantsCallLocation)
  ['location.file_pointer', '() -> P', 'pure', 'path text of the call site, static'],
  ['location.file_length', '() -> N', 'pure', ''],
  ['location.line', '() -> N', 'pure', ''],
  ['location.column', '() -> N', 'pure', ''],
  // ---- atomics: seq_cst unless named; operands of 1, 2, 4 or 8 bytes
  ['atomic.load', '(P) -> V', 'effect', ''],
  ['atomic.store', '(P, V)', 'effect', ''],
  ['atomic.add', '(P, V) -> V', 'effect', 'the old value'],
  ['atomic.sub', '(P, V) -> V', 'effect', 'the old value'],
  ['atomic.max', '(P, V) -> V', 'effect', 'the old value'],
  ['atomic.min', '(P, V) -> V', 'effect', 'the old value'],
  ['atomic.exchange', '(P, V) -> V', 'effect', 'the old value'],
  [
    'atomic.compare_exchange',
    '(P, V expected, V desired) -> V',
    'effect',
    'the old value; success if it equals expected',
  ],
  ['atomic.fence', '()', 'effect', ''],
  ['atomic.pause', '()', 'effect', 'spin-loop hint'],
  // ---- C functions
  [
    'foreign.call',
    '[…, name: StringLiteral, Result](args…) -> Result',
    'effect',
    'calls the C symbol with the operands as they are (scalars, pointers); the first string parameter names it',
  ],
  [
    'foreign.call_pointer',
    '[…, Result](N address, args…) -> Result',
    'effect',
    'calls the C function at an address; not in the interpreter and not on wasm',
  ],
  // ---- the process
  [
    'process.argument_count',
    '() -> N',
    'effect',
    'arguments of the command line, the program itself included; not in the interpreter',
  ],
  ['process.arguments', '() -> P', 'effect', 'address of their addresses, 8 bytes each; not in the interpreter'],
  [
    'process.is_strict',
    '() -> B',
    'effect',
    'whether this code is compiled in the strict floating-point mode: known when LLVM IR is made; true in the interpreter',
  ],
  [
    'process.has_threads',
    '() -> B',
    'effect',
    'whether other threads may run beside this code: for wasm known when all code of the program is; false in the interpreter',
  ],
  ['error.raised', '()', 'effect', 'an error begins its way here: what `error.trace` has is forgotten'],
  [
    'error.trace',
    '() -> P',
    'pure',
    'address of the calls that the last error came through: their number, then addresses of sites (see llvm/error-trace.ts)',
  ],
  // ---- wasm only
  ['wasm.memory_size', '() -> N', 'effect', 'pages of 64 KiB'],
  ['wasm.memory_grow', '(N pages) -> N', 'effect', 'previous size or -1'],
  ['wasm.heap_base', '() -> N', 'pure', 'first free address after the static data'],
];

const TABLE: ReadonlyMap<string, IntrinsicInfo> = new Map(
  ROWS.map(([name, signature, effect, doc]) => [name, { name, signature, effect, doc }]),
);

export function intrinsicInfo(name: string): IntrinsicInfo | null {
  return TABLE.get(name) ?? null;
}

export function allIntrinsics(): readonly IntrinsicInfo[] {
  return [...TABLE.values()];
}
