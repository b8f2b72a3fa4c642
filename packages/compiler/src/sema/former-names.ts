/** Names that Mojo's library had before 1.2, and what took their place.
 *  In: a name, or the path of a module, that is not there.  Out: what to write today. Only for messages: files of the classic dialect
 *  see the older names themselves (`std/classic`). */

export interface FormerName {
  /** What to write instead, where a name is enough. */
  readonly write: string | null;
  readonly note: string;
}

const RENAMED: Readonly<Record<string, string>> = {
  InlineArray: 'Array',
  ImplicitlyDestructible: 'Deinitable',
  ImplicitlyDeletable: 'Deinitable',
  EqualityComparable: 'Equatable',
  EqualityComparableCollectionElement: 'Equatable',
  CollectionElement: 'Copyable',
  Stringable: 'Writable',
  Representable: 'Writable',
  Formattable: 'Writable',
  StringRef: 'StringSlice',
  DTypePointer: 'Pointer',
  DynamicVector: 'List',
  InlinedFixedVector: 'Array',
  UnsafeMaybeUninit: 'MaybeUninit',
  AnyTrivialRegType: 'TrivialRegisterPassable',
  AnyRegType: 'TrivialRegisterPassable',
  ExplicitlyCopyable: 'Copyable',
  ImmutOrigin: 'ImmOrigin',
  ImmutableOrigin: 'ImmOrigin',
  MutableOrigin: 'MutOrigin',
  ImmutableAnyOrigin: 'ImmUnsafeAnyOrigin',
  MutableAnyOrigin: 'MutUnsafeAnyOrigin',
  div_ceil: 'ceildiv',
  memcpy: 'unsafe_memcpy',
  memcmp: 'unsafe_memcmp',
  memset: 'unsafe_memset',
  memset_zero: 'unsafe_memset_zero',
  memmove: 'unsafe_memmove',
  sizeof: 'size_of',
  alignof: 'align_of',
  simdwidthof: 'simd_width_of',
  bitwidthof: 'bit_width_of',
  now: 'perf_counter_ns',
};

const EXPLAINED: Readonly<Record<string, string>> = {
  constrained: 'conditions are checked with \'comptime assert condition, "message"\'',
  print_no_newline: 'write print(…, end="")',
  Tensor: "the library has no tensors; keep the numbers in a 'List' or an 'Array'",
};

/** By the path below `std`. */
const MODULES: Readonly<Record<string, string>> = {
  hashlib: "it is 'std.hash' today",
  'hashlib.hasher': "it is 'std.hash' today",
  'builtin.rebind': "'rebind' needs no import",
  'collections.inline_array': "'Array' needs no import",
};

export function formerName(name: string): FormerName | null {
  if (Object.hasOwn(RENAMED, name)) {
    const write = RENAMED[name] ?? '';
    return { write, note: `'${name}' is '${write}' in Mojo 1.2` };
  }
  return Object.hasOwn(EXPLAINED, name) ? { write: null, note: EXPLAINED[name] ?? '' } : null;
}

export function formerModule(path: readonly string[]): string | null {
  const below = (path[0] === 'std' ? path.slice(1) : path).join('.');
  return Object.hasOwn(MODULES, below) ? (MODULES[below] ?? null) : null;
}
