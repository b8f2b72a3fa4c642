/** How bridge functions pass values, for both sides of the bridge.
 *
 *  Every bridge function is a C function. Its parameters are *slots*: `number` is a double (all numbers that JavaScript calls number,
 *  booleans, lengths, addresses of objects), `wide` a 64-bit integer, `memory` a pointer. An argument takes the slots of its type in order:
 *
 *  | type | slots |
 *  |---|---|
 *  | bool, integer, float, object | number |
 *  | function | number (the caller's name for it), memory (the callback slots), number (the address of what calls it) |
 *  | wide | wide |
 *  | string, span, list | memory, number (bytes or elements) |
 *  | sequence | memory, memory (a stream: its slots, its bytes) |
 *  | optional | number (1: there is a value), then those of the value |
 *  | tuple, record | those of the parts |
 *
 *  With defaults, the first parameter is a number: how many arguments were given. A function whose result is one number or one wide
 *  value and that cannot raise returns it. Every other function has one more parameter, the address of *result slots* of 8 bytes, and
 *  returns a number: 0, or 1 when it raised; then the slots hold the text of the error and that of its stack. Result slots of a type: as above, but text and
 *  lists take three (the address of the owner, to be given back through its drop function; the address of the data; the length), and
 *  an address is a number.
 *
 *  A *stream* is read from its beginning: slots of 8 bytes, and bytes that slots point into. A sequence is the number of its elements and the
 *  elements; an optional 1 and its value, or 0; a tuple or record its parts; text and arrays the offset of their bytes and how many there are.
 *  As a result it takes five slots: the owner (`kiln_drop_stream`), address and number of the slots, address and number of the bytes.
 *
 *  A function of the caller is called through one function that the host supplies (`kiln.call` on wasm, natively the given address), which gets its
 *  number. Arguments and result lie in the *callback slots*: as above, but text and arrays take two (address, length); a text that comes back is in
 *  memory of `kiln_alloc`, which the bridge frees. It returns 0, or 1 when the function threw: then the slots hold the text of the error. Nothing of
 *  this is kept between calls: several threads of a process may use one shared library. */
import type { ExportedFunction, InteropType } from './interface.ts';

export type Slot = 'number' | 'wide' | 'memory';

export function argumentSlots(type: InteropType): readonly Slot[] {
  switch (type.kind) {
    case 'none':
      return [];
    case 'bool':
    case 'integer':
    case 'float':
    case 'object':
      return ['number'];
    case 'function':
      return ['number', 'memory', 'number'];
    case 'wide':
      return ['wide'];
    case 'string':
    case 'span':
    case 'list':
      return ['memory', 'number'];
    case 'sequence':
      return ['memory', 'memory'];
    case 'optional':
      return ['number', ...argumentSlots(type.value)];
    case 'tuple':
      return type.elements.flatMap(argumentSlots);
    case 'record':
      return type.fields.flatMap((field) => argumentSlots(field.type));
  }
}

/** How many result slots a value takes. */
export function resultSlots(type: InteropType): number {
  switch (type.kind) {
    case 'none':
    case 'function':
      return 0;
    case 'bool':
    case 'integer':
    case 'float':
    case 'object':
    case 'wide':
      return 1;
    case 'string':
    case 'span':
    case 'list':
      return 3;
    case 'sequence':
      return 5;
    case 'optional':
      return 1 + resultSlots(type.value);
    case 'tuple':
      return type.elements.reduce((sum, element) => sum + resultSlots(element), 0);
    case 'record':
      return type.fields.reduce((sum, field) => sum + resultSlots(field.type), 0);
  }
}

/** Result slots that a caller provides: for every result, and for the text of an error. */
export const RESULT_SLOTS = 64;
/** The same for the arguments and the result of a callback. */
export const CALLBACK_SLOTS = 64;

/** What the C function returns. 'status': the result is in the result slots. */
export type ReturnKind = 'nothing' | 'number' | 'wide' | 'status';

export function returnKind(fn: Pick<ExportedFunction, 'result' | 'raises'>): ReturnKind {
  if (fn.raises) return 'status';
  switch (fn.result.kind) {
    case 'none':
      return 'nothing';
    case 'bool':
    case 'integer':
    case 'float':
    case 'object':
      return 'number';
    case 'wide':
      return 'wide';
    default:
      return 'status';
  }
}

export function hasDefaults(fn: Pick<ExportedFunction, 'args'>): boolean {
  return fn.args.some((arg) => arg.hasDefault);
}

/** All parameters of the C function, the object that a method is called on first (by convention of the caller). */
export function parameterSlots(
  fn: Pick<ExportedFunction, 'args' | 'result' | 'raises'>,
  isMethod: boolean,
): readonly Slot[] {
  const slots: Slot[] = hasDefaults(fn) ? ['number'] : [];
  if (isMethod) slots.push('number');
  for (const arg of fn.args) slots.push(...argumentSlots(arg.type));
  if (returnKind(fn) === 'status') slots.push('memory');
  return slots;
}

/** How many callback slots an argument or result of a callback takes. */
export function callbackSlots(type: InteropType): number {
  switch (type.kind) {
    case 'none':
      return 0;
    case 'string':
    case 'span':
    case 'list':
      return 2;
    default:
      return 1;
  }
}

/** Whether a type is, or has inside, one that the test finds. */
export function mentions(type: InteropType, test: (type: InteropType) => boolean): boolean {
  if (test(type)) return true;
  switch (type.kind) {
    case 'sequence':
      return mentions(type.element, test);
    case 'optional':
      return mentions(type.value, test);
    case 'tuple':
      return type.elements.some((element) => mentions(element, test));
    case 'record':
      return type.fields.some((field) => mentions(field.type, test));
    default:
      return false;
  }
}

export function hasCallbacks(fn: Pick<ExportedFunction, 'args'>): boolean {
  return fn.args.some((arg) => arg.type.kind === 'function');
}

/** Functions that every bridge has: `kiln_alloc(bytes) -> address`, `kiln_free(address)`, `kiln_read(address, memory, bytes)`,
 *  `kiln_drop_text(owner)`. */
export const COMMON_SYMBOLS = ['kiln_alloc', 'kiln_free', 'kiln_read', 'kiln_drop_text'] as const;
export const DROP_STREAM = 'kiln_drop_stream';

export function dropListSymbol(element: string): string {
  return `kiln_drop_list_${element}`;
}

export function dropObjectSymbol(struct: string): string {
  return `kiln_drop_${struct}`;
}
