/** Names that other languages, above all Python, use for what Mojo spells otherwise.
 *  In: a name that is not declared, or a member that a type does not have.  Out: what to write instead, in a sentence. */
import { nearest } from '../base/nearest.ts';

export interface NameHint {
  /** A name that stands for the wrong one as it is; null where more has to be changed. */
  readonly write: string | null;
  readonly note: string;
}

function named(write: string, language = 'Python'): NameHint {
  return { write, note: `what ${language} calls so is '${write}' in Mojo` };
}

function explained(note: string): NameHint {
  return { write: null, note };
}

const ERROR = named('Error');

const NAMES: Readonly<Record<string, NameHint>> = {
  str: named('String'),
  int: named('Int'),
  float: named('Float64'),
  bool: named('Bool'),
  list: named('List'),
  dict: named('Dict'),
  tuple: named('Tuple'),
  set: explained("Python's 'set' is 'Set': from std.collections import Set; a display '{1, 2}' needs no import"),
  bytes: explained("bytes are a 'List[UInt8]', or 's.as_bytes()' of a string"),
  object: explained(
    'there is no common base type; a function for many types has a parameter: def f[T: Writable](x: T)',
  ),
  complex: explained('from std.complex import ComplexFloat64'),
  string: named('String', 'another language'),
  double: named('Float64', 'another language'),
  boolean: named('Bool', 'another language'),
  char: explained("a character is a 'Codepoint', or a String of one character"),
  i8: named('Int8', 'Rust'),
  i16: named('Int16', 'Rust'),
  i32: named('Int32', 'Rust'),
  i64: named('Int64', 'Rust'),
  u8: named('UInt8', 'Rust'),
  u16: named('UInt16', 'Rust'),
  u32: named('UInt32', 'Rust'),
  u64: named('UInt64', 'Rust'),
  f32: named('Float32', 'Rust'),
  f64: named('Float64', 'Rust'),
  usize: named('Int', 'Rust'),
  vector: named('List', 'C++'),
  true: named('True', 'another language'),
  false: named('False', 'another language'),
  null: named('None', 'another language'),
  nil: named('None', 'another language'),
  nullptr: named('None', 'C++'),
  this: named('self', 'another language'),
  printf: named('print', 'C'),
  println: named('print', 'another language'),
  echo: named('print', 'another language'),
  console: explained("write 'print(…)'"),
  sum: explained("there is no 'sum'; add up in a loop: for x in xs: total += x"),
  sorted: explained("'sort(xs)' sorts a list in place; for a sorted copy: var ys = xs.copy(); sort(ys)"),
  map: explained('a comprehension does what map does: [f(x) for x in xs]'),
  filter: explained('a comprehension does what filter does: [x for x in xs if f(x)]'),
  isinstance: explained(
    'types are known when the program is compiled; overload the function, or test a trait with conforms_to(T, Trait)',
  ),
  issubclass: explained('structs have no subclasses; test a trait with conforms_to(T, Trait)'),
  type: explained("the type of an expression is 'type_of(x)', at compile time"),
  id: explained("values have no identity; compare them with '=='"),
  getattr: explained('fields are known when the program is compiled; write x.name'),
  setattr: explained('fields are known when the program is compiled; write x.name = value'),
  hasattr: explained('fields are known when the program is compiled; test a trait with conforms_to(T, Trait)'),
  super: explained('there is no inheritance; a trait may have default methods'),
  exit: explained('from std.sys import exit'),
  quit: explained('from std.sys import exit'),
  format: explained('format with a t-string, or \'"{}".format(x)\''),
  lambda: explained('write lambda (x: Int) -> Int: x + 1'),
  Exception: ERROR,
  BaseException: ERROR,
  ValueError: ERROR,
  TypeError: ERROR,
  KeyError: ERROR,
  IndexError: ERROR,
  RuntimeError: ERROR,
  OSError: ERROR,
  IOError: ERROR,
  StopIteration: ERROR,
  NotImplementedError: ERROR,
  ZeroDivisionError: ERROR,
  Any: explained('a function for any type has a parameter: def f[T: AnyType](x: T); a trait says what it needs of T'),
  Union: explained("one of several types is a 'Variant': from std.utils import Variant"),
  Callable: explained("the type of a function is written 'def(Int) thin -> Int'"),
  __name__: explained("a program begins with 'def main():'; imported files run nothing, so no test is needed"),
  self: explained("'self' is the first argument of a method: def name(self)"),
};

export function hintForName(name: string): NameHint | null {
  return Object.hasOwn(NAMES, name) ? (NAMES[name] ?? null) : null;
}

function sameHint(hint: string, members: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(members.map((member) => [member, hint]));
}

/** By the name of the type without parameters, then the member. */
const MEMBERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  List: {
    push: "write 'append'",
    push_back: "write 'append'",
    add: "write 'append'",
    length: "write 'len(xs)'",
    size: "write 'len(xs)'",
    len: "write 'len(xs)'",
    sort: "write 'sort(xs)'; it sorts in place",
    join: 'the separator joins: \'", ".join(xs)\'',
    remove: "write 'xs.pop(xs.index(value))'; 'index' raises when there is none",
    contains: "write 'value in xs'",
    map: 'write [f(x) for x in xs]',
    filter: 'write [x for x in xs if f(x)]',
    sum: 'add up in a loop',
    first: "write 'xs[0]'",
    last: "write 'xs[len(xs) - 1]'",
  },
  Array: {
    ...sameHint("an Array has a fixed length; for one that grows write 'var xs: List[Int] = […]'", [
      'append',
      'push',
      'extend',
      'insert',
      'pop',
      'remove',
      'clear',
      'resize',
    ]),
    length: "write 'len(xs)'",
    size: "write 'len(xs)'",
  },
  String: {
    length: "write 's.byte_length()' or 's.count_codepoints()'",
    len: "write 's.byte_length()' or 's.count_codepoints()'",
    size: "write 's.byte_length()' or 's.count_codepoints()'",
    index: "write 's.find(part)'; it is -1 when there is none",
    contains: "write 'part in s'",
    encode: "write 's.as_bytes()'",
    to_upper: "write 's.upper()'",
    to_lower: "write 's.lower()'",
    substring: "write 's[byte=a:b]'",
    trim: "write 's.strip()'",
    title: "there is no 'title'; 's.upper()' and 's.lower()' change a whole text",
    charAt: "write 's[byte=i]' or 's[codepoint=i]'",
    push: "write 's += text'",
    append: "write 's += text'",
  },
  Dict: {
    has_key: "write 'key in d'",
    contains: "write 'key in d'",
    iteritems: "write 'd.items()'; an entry has '.key' and '.value'",
    insert: "write 'd[key] = value'",
    put: "write 'd[key] = value'",
    remove: "write 'd.pop(key)'",
    length: "write 'len(d)'",
    size: "write 'len(d)'",
    len: "write 'len(d)'",
  },
  Set: {
    append: "write 'add'",
    insert: "write 'add'",
    contains: "write 'value in s'",
    length: "write 'len(s)'",
    size: "write 'len(s)'",
  },
  Optional: {
    unwrap: "write 'o.value()'; it ends the program when there is none",
    get: "write 'o.value()' or 'o.or_else(default)'",
    is_none: "write 'not o' or 'o is None'",
    is_some: "write 'if o:' or 'o is not None'",
    has_value: "write 'if o:'",
  },
};

/** Members that no type has. */
const ANY_MEMBER: Readonly<Record<string, string>> = {
  toString: "write 'String(x)'",
  to_string: "write 'String(x)'",
  __str__: "write 'String(x)'; a type says how it is printed by conforming to Writable",
  __len__: "write 'len(x)'",
  __class__: "the type of an expression is 'type_of(x)'",
  __dict__: 'fields are known when the program is compiled',
  clone: "write 'x.copy()'",
  unwrap: 'errors are raised: handle them with try',
  equals: "write 'a == b'",
};

/** `isNear`: whether the type has a member that the name may be a slip of; then only what is certain is said. */
export function hintForMember(type: string, member: string, isNear: boolean): string | null {
  const bare = /^\w+/.exec(type)?.[0] ?? '';
  const kind = bare === 'StringLiteral' || bare === 'StringSlice' || bare === 'StringSpan' ? 'String' : bare;
  const own = Object.hasOwn(MEMBERS, kind) ? MEMBERS[kind] : undefined;
  if (own !== undefined && Object.hasOwn(own, member)) return own[member] ?? null;
  if (Object.hasOwn(ANY_MEMBER, member)) return ANY_MEMBER[member] ?? null;
  const slip = own === undefined || isNear || member.length < 4 ? null : nearest(member, Object.keys(own));
  return slip === null ? null : (own?.[slip] ?? null);
}

const PYTHON_PACKAGES = new Set(
  'numpy pandas scipy matplotlib torch tensorflow sklearn requests json re typing dataclasses functools abc asyncio threading datetime csv pickle logging argparse decimal fractions string copy enum queue heapq bisect statistics urllib socket struct pytest flask django PIL cv2 tkinter'.split(
    ' ',
  ),
);

/** For a module that was not found. */
export function hintForModule(name: string): string | null {
  if (name === 'typing') return 'types need no import: List, Dict, Optional and Tuple are always there';
  if (name === 'json' || name === 're' || PYTHON_PACKAGES.has(name))
    return `'${name}' is a Python package; use it through Python: from std.python import Python, then var ${/^\w+$/.test(name) ? name : 'module'} = Python.import_module("${name}")`;
  return null;
}
