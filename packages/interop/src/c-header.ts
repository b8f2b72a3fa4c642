/** Writes the C header of a module: natural C functions, inline, over the bridge functions of its shared library.
 *  In: a `ModuleInterface`.  Out: the text of a header for C99 and C++11.
 *  A function that may raise returns `bool` and takes a `kiln_text *error`; results that are not one scalar come through pointers. */
import { unreachable } from '@kiln/compiler/base/invariant.ts';
import {
  dropListSymbol,
  dropObjectSymbol,
  hasDefaults,
  parameterSlots,
  RESULT_SLOTS,
  resultSlots,
  returnKind,
} from '@kiln/compiler/interop/bridge-abi.ts';
import type {
  ElementName,
  ExportedClass,
  ExportedFunction,
  ExportedMethod,
  InteropType,
  ModuleInterface,
} from '@kiln/compiler/interop/interface.ts';

const ELEMENTS: Readonly<Record<ElementName, string>> = {
  int: 'int64_t',
  uint: 'uint64_t',
  int8: 'int8_t',
  int16: 'int16_t',
  int32: 'int32_t',
  int64: 'int64_t',
  uint8: 'uint8_t',
  uint16: 'uint16_t',
  uint32: 'uint32_t',
  uint64: 'uint64_t',
  float32: 'float',
  float64: 'double',
};

const INTEGERS: Readonly<Record<string, string>> = {
  Int: 'int64_t',
  UInt: 'uint64_t',
  Int8: 'int8_t',
  Int16: 'int16_t',
  Int32: 'int32_t',
  UInt8: 'uint8_t',
  UInt16: 'uint16_t',
  UInt32: 'uint32_t',
};

/** Words that C or C++ keeps for itself. */
const RESERVED: ReadonlySet<string> = new Set(
  (
    'auto bool break case catch char class const continue default delete do double else enum extern false float for goto if inline int ' +
    'long namespace new operator private protected public register restrict return short signed sizeof static struct switch template this ' +
    'throw true try typedef union unsigned using virtual void volatile while result error slots'
  ).split(' '),
);

export function writeCHeader(module: ModuleInterface, name: string): string {
  return new HeaderWriter(module, name).text();
}

class HeaderWriter {
  private readonly module: ModuleInterface;
  private readonly prefix: string;
  private readonly declarations: string[] = [];
  private readonly functions: string[] = [];
  private readonly lists = new Set<ElementName>();

  constructor(module: ModuleInterface, name: string) {
    this.module = module;
    this.prefix = name.replaceAll(/[^A-Za-z0-9_]/g, '_');
  }

  text(): string {
    const { module, prefix } = this;
    const types: string[] = [];
    for (const record of module.records) {
      const fields = record.fields.map((field) => `  ${this.type(field.type)} ${safe(field.name)};`);
      types.push(
        ...comment(record.docs),
        `typedef struct ${prefix}_${record.name} {`,
        ...fields,
        `} ${prefix}_${record.name};`,
        '',
      );
    }
    for (const type of module.classes)
      types.push(
        ...comment(type.docs),
        `/* Ends with ${prefix}_${type.name}_drop. */`,
        `typedef struct ${prefix}_${type.name} { double address; } ${prefix}_${type.name};`,
        '',
      );
    for (const fn of module.functions) this.addFunction(fn, `${prefix}_${fn.name}`, null);
    for (const type of module.classes) this.addClass(type);
    const guard = `KILN_${prefix.toUpperCase()}_H`;
    const lists = [...this.lists].flatMap((element) => listText(element));
    return [
      `/* Made by Kiln from ${module.docs === null ? 'a Mojo module' : prefix}: link with lib${prefix}.so. */`,
      `#ifndef ${guard}`,
      `#define ${guard}`,
      '#include <stdbool.h>',
      '#include <stddef.h>',
      '#include <stdint.h>',
      '#include <string.h>',
      '#ifdef __cplusplus',
      'extern "C" {',
      '#endif',
      '',
      ...COMMON,
      ...lists,
      ...types,
      ...this.declarations,
      '',
      ...this.functions,
      '#ifdef __cplusplus',
      '}',
      '#endif',
      '#endif',
      '',
    ].join('\n');
  }

  private addClass(type: ExportedClass): void {
    const name = `${this.prefix}_${type.name}`;
    const drop = dropObjectSymbol(type.name);
    this.declarations.push(`void ${drop}(double object);`);
    if (type.init !== null)
      this.addFunction({ ...type.init, result: { kind: 'object', name: type.name } }, `${name}_init`, null);
    for (const method of type.methods) this.addFunction(method, `${name}_${method.name}`, type.name);
    for (const field of type.fields) {
      const getter: ExportedMethod = {
        ...field,
        docs: null,
        args: [],
        result: field.type,
        raises: false,
        self: 'read',
      };
      this.addFunction(getter, `${name}_get_${field.name}`, type.name);
    }
    this.functions.push(`static inline void ${name}_drop(${name} object) {`, `  ${drop}(object.address);`, '}', '');
  }

  private addFunction(fn: ExportedFunction | ExportedMethod, name: string, struct: string | null): void {
    const isMethod = struct !== null && 'self' in fn && fn.self !== null;
    const slots = parameterSlots(fn, isMethod);
    const kind = returnKind(fn);
    const types = slots.map((slot) => (slot === 'number' ? 'double' : slot === 'wide' ? 'int64_t' : 'void *'));
    const returned = kind === 'nothing' ? 'void' : kind === 'wide' ? 'int64_t' : 'double';
    this.declarations.push(`${returned} ${fn.symbol}(${types.join(', ') || 'void'});`);
    const params: string[] = [];
    const values: string[] = hasDefaults(fn) ? [String(fn.args.length)] : [];
    if (isMethod) {
      params.push(`${this.prefix}_${struct} object`);
      values.push('object.address');
    }
    for (const arg of fn.args) this.argument(arg.type, safe(arg.name), params, values);
    const body: string[] = [];
    let result = 'void';
    if (kind === 'number' || kind === 'wide') {
      result = this.type(fn.result);
      const call = `${fn.symbol}(${values.join(', ')})`;
      body.push(`return ${fn.result.kind === 'object' ? `(${result}){ ${call} }` : convert(fn.result, call)};`);
    } else if (kind === 'nothing') body.push(`${fn.symbol}(${values.join(', ')});`);
    else {
      if (fn.result.kind !== 'none') this.outParameter(fn.result, 'result', params);
      if (fn.raises) {
        params.push('kiln_text *error');
        result = 'bool';
      }
      body.push(`double slots[${RESULT_SLOTS}];`);
      const call = `${fn.symbol}(${[...values, 'slots'].join(', ')})`;
      if (fn.raises) body.push(`if (${call} != 0) {`, '  *error = kiln_text_at(slots);', '  return false;', '}');
      else body.push(`${call};`);
      if (fn.result.kind !== 'none') this.store(fn.result, '*result', 0, body);
      if (fn.raises) body.push('return true;');
    }
    this.functions.push(
      ...comment(fn.docs),
      `static inline ${result} ${name}(${params.join(', ') || 'void'}) {`,
      ...body.map((line) => `  ${line}`),
      '}',
      '',
    );
  }

  private outParameter(type: InteropType, name: string, params: string[]): void {
    if (type.kind === 'optional') {
      params.push(`bool *has_${name}`, `${this.type(type.value)} *${name}`);
    } else if (type.kind === 'tuple') {
      for (const [i, element] of type.elements.entries()) params.push(`${this.type(element)} *${name}_${i}`);
    } else params.push(`${this.type(type)} *${name}`);
  }

  /** Parameters of an argument, and what the bridge function gets for them. */
  private argument(type: InteropType, name: string, params: string[], values: string[]): void {
    switch (type.kind) {
      case 'none':
      case 'function':
      case 'sequence':
        return;
      case 'bool':
      case 'integer':
      case 'float':
        params.push(`${this.type(type)} ${name}`);
        values.push(`(double)${name}`);
        return;
      case 'wide':
        params.push(`${this.type(type)} ${name}`);
        values.push(`(int64_t)${name}`);
        return;
      case 'object':
        params.push(`${this.prefix}_${type.name} ${name}`);
        values.push(`${name}.address`);
        return;
      case 'string':
        params.push(`const char *${name}`, `size_t ${name}_bytes`);
        values.push(`(void *)${name}`, `(double)${name}_bytes`);
        return;
      case 'span':
      case 'list': {
        const mutable = type.kind === 'span' && type.mutable;
        params.push(`${mutable ? '' : 'const '}${ELEMENTS[type.element]} *${name}`, `size_t ${name}_count`);
        values.push(`(void *)${name}`, `(double)${name}_count`);
        return;
      }
      case 'optional': {
        params.push(`bool has_${name}`);
        values.push(`has_${name} ? 1 : 0`);
        this.argument(type.value, name, params, values);
        return;
      }
      case 'tuple':
        for (const [i, element] of type.elements.entries()) this.argument(element, `${name}_${i}`, params, values);
        return;
      case 'record':
        params.push(`${this.prefix}_${type.name} ${name}`);
        this.fields(type, name, values);
        return;
      default:
        unreachable(type);
    }
  }

  private fields(type: Extract<InteropType, { readonly kind: 'record' }>, name: string, values: string[]): void {
    for (const field of type.fields) {
      const place = `${name}.${safe(field.name)}`;
      if (field.type.kind === 'record') this.fields(field.type, place, values);
      else if (field.type.kind === 'string') values.push(`(void *)${place}.data`, `(double)${place}.bytes`);
      else if (field.type.kind === 'list') values.push(`(void *)${place}.data`, `(double)${place}.count`);
      else values.push(field.type.kind === 'wide' ? `(int64_t)${place}` : `(double)${place}`);
    }
  }

  /** Statements that read result slots from `at` on. */
  private store(type: InteropType, place: string, at: number, body: string[]): void {
    switch (type.kind) {
      case 'none':
      case 'span':
      case 'function':
      case 'sequence':
        return;
      case 'bool':
      case 'integer':
      case 'float':
        body.push(`${place} = ${convert(type, `slots[${at}]`)};`);
        return;
      case 'wide':
        body.push(`${place} = (${this.type(type)})kiln_wide_at(slots + ${at});`);
        return;
      case 'object':
        body.push(`(${place}).address = slots[${at}];`);
        return;
      case 'string':
        body.push(`${place} = kiln_text_at(slots + ${at});`);
        return;
      case 'list':
        this.lists.add(type.element);
        body.push(`${place} = kiln_list_${type.element}_at(slots + ${at});`);
        return;
      case 'optional':
        body.push('*has_result = slots[0] != 0;');
        if (resultSlots(type.value) > 0) {
          const inner: string[] = [];
          this.store(type.value, place, at + 1, inner);
          body.push(`if (*has_result) { ${inner.join(' ')} }`);
        }
        return;
      case 'tuple': {
        let next = at;
        for (const [i, element] of type.elements.entries()) {
          this.store(element, `*result_${i}`, next, body);
          next += resultSlots(element);
        }
        return;
      }
      case 'record': {
        let next = at;
        for (const field of type.fields) {
          this.store(field.type, `(${place}).${safe(field.name)}`, next, body);
          next += resultSlots(field.type);
        }
        return;
      }
      default:
        unreachable(type);
    }
  }

  private type(type: InteropType): string {
    switch (type.kind) {
      case 'none':
      case 'function':
      case 'sequence':
        return 'void';
      case 'bool':
        return 'bool';
      case 'integer':
        return INTEGERS[type.name] ?? 'int64_t';
      case 'wide':
        return type.name.startsWith('U') ? 'uint64_t' : 'int64_t';
      case 'float':
        return type.name === 'Float32' ? 'float' : 'double';
      case 'string':
        return 'kiln_text';
      case 'span':
      case 'list':
        this.lists.add(type.element);
        return `kiln_list_${type.element}`;
      case 'optional':
        return this.type(type.value);
      case 'tuple':
        return 'void';
      case 'record':
      case 'object':
        return `${this.prefix}_${type.name}`;
      default:
        return unreachable(type);
    }
  }
}

function convert(type: InteropType, value: string): string {
  if (type.kind === 'bool') return `${value} != 0`;
  if (type.kind === 'integer') return `(${INTEGERS[type.name] ?? 'int64_t'})${value}`;
  if (type.kind === 'wide') return type.name.startsWith('U') ? `(uint64_t)${value}` : value;
  return type.kind === 'float' && type.name === 'Float32' ? `(float)${value}` : value;
}

function safe(name: string): string {
  return RESERVED.has(name) ? `${name}_` : name;
}

function comment(docs: string | null): string[] {
  return docs === null
    ? []
    : [
        `/** ${docs
          .trim()
          .replaceAll('*/', '* /')
          .split('\n')
          .map((line) => line.trim())
          .join('\n * ')} */`,
      ];
}

const COMMON: readonly string[] = [
  'static inline int64_t kiln_wide_at(const double *slot) {',
  '  int64_t value;',
  '  memcpy(&value, slot, sizeof value);',
  '  return value;',
  '}',
  '',
  '/** UTF-8 text, not ended by a zero. What a function returned is freed with kiln_text_free; for arguments only data and bytes count. */',
  'typedef struct kiln_text { double owner; const char *data; size_t bytes; } kiln_text;',
  'void kiln_drop_text(double owner);',
  'static inline void kiln_text_free(kiln_text text) { kiln_drop_text(text.owner); }',
  'static inline kiln_text kiln_text_at(const double *slots) {',
  '  kiln_text text;',
  '  text.owner = slots[0];',
  '  text.data = (const char *)(uintptr_t)slots[1];',
  '  text.bytes = (size_t)slots[2];',
  '  return text;',
  '}',
  '',
];

function listText(element: ElementName): string[] {
  const name = `kiln_list_${element}`;
  return [
    `/** What a function returned is freed with ${name}_free. */`,
    `typedef struct ${name} { double owner; const ${ELEMENTS[element]} *data; size_t count; } ${name};`,
    `void ${dropListSymbol(element)}(double owner);`,
    `static inline void ${name}_free(${name} list) { ${dropListSymbol(element)}(list.owner); }`,
    `static inline ${name} ${name}_at(const double *slots) {`,
    `  ${name} list;`,
    '  list.owner = slots[0];',
    `  list.data = (const ${ELEMENTS[element]} *)(uintptr_t)slots[1];`,
    '  list.count = (size_t)slots[2];',
    '  return list;',
    '}',
    '',
  ];
}
