/** Writes the bridge of a module: a Mojo module that imports it and exports C functions over its functions and structs.
 *  In: the `ModuleInterface`.  Out: Mojo source, and the symbols that it exports. Conventions: bridge-abi.ts; helpers:
 *  std/runtime/bridge.mojo. */
import { InternalError, unreachable } from '../base/invariant.ts';
import {
  callbackSlots,
  COMMON_SYMBOLS,
  dropListSymbol,
  DROP_STREAM,
  dropObjectSymbol,
  hasDefaults,
  resultSlots,
  returnKind,
  type Slot,
} from './bridge-abi.ts';
import { mojoType, scalarType } from './mojo-type.ts';
import type { ElementName, ExportedFunction, ExportedMethod, InteropType, ModuleInterface } from './interface.ts';

export interface BridgeSource {
  readonly text: string;
  readonly symbols: readonly string[];
}

const SLOT_TYPES: Readonly<Record<Slot, string>> = { number: 'Float64', wide: 'Int64', memory: 'bridge.Memory' };

export function writeBridge(module: ModuleInterface, importName: string): BridgeSource {
  const writer = new BridgeWriter();
  const lines = [
    '# mojo: edition=1',
    'import std.runtime.bridge as bridge',
    `import \`${importName}\` as user`,
    '',
    '@export("kiln_alloc")',
    'def kiln_alloc(bytes: Float64) -> Float64:',
    '    return bridge.allocate(bytes)',
    '',
    '@export("kiln_free")',
    'def kiln_free(address: Float64):',
    '    bridge.release(address)',
    '',
    '@export("kiln_read")',
    'def kiln_read(address: Float64, target: bridge.Memory, bytes: Float64):',
    '    bridge.copy_out(address, target, bytes)',
    '',
    '@export("kiln_drop_text")',
    'def kiln_drop_text(owner: Float64):',
    '    bridge.drop[String](owner)',
    '',
  ];
  for (const fn of module.functions) writer.add(fn, null, `user.${fn.name}`);
  for (const type of module.classes) {
    if (type.init !== null) writer.add(type.init, null, `user.${type.name}`);
    for (const method of type.methods)
      writer.add(method, type.name, method.self === null ? `user.${type.name}.${method.name}` : `.${method.name}`);
    for (const field of type.fields)
      writer.addGetter(field.symbol, type.name, field.name, { args: [], result: field.type, raises: false });
    writer.addDrop(dropObjectSymbol(type.name), `user.${type.name}`);
  }
  if (writer.givesStreams) writer.addDrop(DROP_STREAM, 'bridge.StreamWriter');
  for (const element of writer.lists) writer.addDrop(dropListSymbol(element), `List[${scalarType(element)}]`);
  return {
    text: [...lines, ...writer.streamLines, ...writer.lines].join('\n'),
    symbols: [...COMMON_SYMBOLS, ...writer.symbols],
  };
}

function isMethod(fn: ExportedFunction | ExportedMethod): fn is ExportedMethod {
  return 'self' in fn && fn.self !== null;
}

class BridgeWriter {
  readonly lines: string[] = [];
  readonly symbols: string[] = [];
  /** Element types of lists that some result gives away. */
  readonly lists = new Set<ElementName>();
  givesStreams = false;
  /** Functions that read and write sequences, by direction and type. */
  private readonly streams = new Map<string, string>();
  readonly streamLines: string[] = [];
  /** Functions inside the one being written: they call those of the other side. */
  private callbacks: string[] = [];

  /** `callee` begins with `.` for a method of `struct`. */
  add(fn: ExportedFunction | ExportedMethod, struct: string | null, callee: string): void {
    const params: string[] = hasDefaults(fn) ? ['given: Float64'] : [];
    let target = callee;
    if (isMethod(fn) && struct !== null) {
      params.push('object: Float64');
      const place = `bridge.place[user.${struct}](object)[]`;
      target = `${fn.self === 'var' ? `bridge.take[user.${struct}](object)` : place}${callee}`;
    }
    this.callbacks = [];
    const args = fn.args.map((arg, index) => {
      const slots: string[] = [];
      const value = this.argument(arg.type, arg.convention, `a${index}`, slots);
      params.push(...slots);
      return arg.keywordOnly ? `${arg.name}=${value}` : value;
    });
    const firstDefault = fn.args.findIndex((arg) => arg.hasDefault);
    const calls =
      firstDefault < 0
        ? [{ given: null, text: `${target}(${args.join(', ')})` }]
        : Array.from({ length: args.length - firstDefault + 1 }, (_, k) => ({
            given: firstDefault + k,
            text: `${target}(${args.slice(0, firstDefault + k).join(', ')})`,
          }));
    this.begin(fn, params);
    this.lines.push(...this.callbacks);
    const indent = fn.raises ? '        ' : '    ';
    if (fn.raises) this.lines.push('    try:');
    if (calls.length === 1) this.finish(fn, calls[0]?.text ?? '', indent);
    else
      for (const call of calls) {
        this.lines.push(`${indent}if given == ${call.given}:`);
        this.finish(fn, call.text, `${indent}    `);
      }
    if (fn.raises) this.lines.push('    except error:', '        bridge.put_error(slots, error)', '        return 1');
    if (calls.length > 1) this.lines.push(`    ${this.fallback(fn)}`);
    this.lines.push('');
  }

  addGetter(
    symbol: string,
    struct: string,
    field: string,
    shape: Omit<ExportedFunction, 'name' | 'symbol' | 'docs'>,
  ): void {
    const fn: ExportedFunction = { ...shape, name: field, symbol, docs: null };
    this.begin(fn, ['object: Float64']);
    this.finish(fn, `bridge.place[user.${struct}](object)[].${field}`, '    ');
    this.lines.push('');
  }

  addDrop(symbol: string, type: string): void {
    this.symbols.push(symbol);
    this.lines.push(`@export("${symbol}")`, `def ${symbol}(owner: Float64):`, `    bridge.drop[${type}](owner)`, '');
  }

  private begin(fn: ExportedFunction, params: readonly string[]): void {
    const kind = returnKind(fn);
    const result = { nothing: '', number: ' -> Float64', wide: ' -> Int64', status: ' -> Float64' }[kind];
    const all = kind === 'status' ? [...params, 'slots: bridge.Slots'] : params;
    this.symbols.push(fn.symbol);
    this.lines.push(`@export("${fn.symbol}")`, `def ${fn.symbol}(${all.join(', ')})${result}:`);
  }

  /** The call, its result handed over, and the return. */
  private finish(fn: ExportedFunction, call: string, indent: string): void {
    switch (returnKind(fn)) {
      case 'nothing':
        this.lines.push(`${indent}${call}`, `${indent}return`);
        return;
      case 'wide':
        this.lines.push(`${indent}return (${call}).cast[DType.int64]()`);
        return;
      case 'number':
        this.lines.push(`${indent}return ${this.number(fn.result, call)}`);
        return;
      case 'status':
        if (fn.result.kind === 'none') this.lines.push(`${indent}${call}`);
        else {
          this.lines.push(`${indent}var result = ${call}`);
          this.store(fn.result, 'result', 0, indent, true);
        }
        this.lines.push(`${indent}return 0`);
        return;
    }
  }

  /** Never reached: the caller says how many arguments it gives. */
  private fallback(fn: ExportedFunction): string {
    return returnKind(fn) === 'nothing' ? 'return' : 'return 0';
  }

  private number(type: InteropType, value: string): string {
    if (type.kind === 'bool') return `1.0 if ${value} else 0.0`;
    if (type.kind === 'object') return `bridge.give(${value})`;
    return type.kind === 'float' && type.name === 'Float64' ? value : `Float64(${value})`;
  }

  /** An argument as a Mojo expression over parameters, which are appended. */
  private argument(type: InteropType, convention: string, name: string, params: string[]): string {
    const param = (suffix: string, slot: Slot): string => {
      params.push(`${name}${suffix}: ${SLOT_TYPES[slot]}`);
      return `${name}${suffix}`;
    };
    const memory = (): string => `${param('', 'memory')}, ${param('_n', 'number')}`;
    switch (type.kind) {
      case 'none':
        return 'None';
      case 'bool':
        return `(${param('', 'number')} != 0)`;
      case 'integer':
        return `${type.name}(${param('', 'number')})`;
      case 'float':
        return type.name === 'Float64' ? param('', 'number') : `Float32(${param('', 'number')})`;
      case 'wide':
        return type.name === 'Int64'
          ? param('', 'wide')
          : `${param('', 'wide')}.cast[DType.${type.name.toLowerCase()}]()`;
      case 'string':
        return `bridge.${type.view ? 'text_view' : 'text'}(${memory()})`;
      case 'span':
        return `bridge.${type.mutable ? 'mut_span' : 'span'}[DType.${type.element}](${memory()})`;
      case 'list':
        return `bridge.list_of[DType.${type.element}](${memory()})`;
      case 'sequence':
        return `${this.reader(type)}(bridge.stream(${param('', 'memory')}, ${param('_b', 'memory')}))`;
      case 'optional': {
        const some = param('_some', 'number');
        const value = this.argument(type.value, convention, `${name}_v`, params);
        const spelled = `Optional[${mojoType(type.value)}]`;
        return `(${spelled}(${value}) if ${some} != 0 else ${spelled}())`;
      }
      case 'tuple':
        return `(${type.elements.map((element, i) => this.argument(element, convention, `${name}_${i}`, params)).join(', ')},)`;
      case 'record': {
        const fields = type.fields.map((field, i) => this.argument(field.type, convention, `${name}_${i}`, params));
        return `user.${type.name}(${fields.join(', ')})`;
      }
      case 'object':
        return convention === 'var'
          ? `bridge.take[user.${type.name}](${param('', 'number')})`
          : `bridge.place[user.${type.name}](${param('', 'number')})[]`;
      case 'function':
        param('', 'number');
        param('_s', 'memory');
        param('_c', 'number');
        this.addCallback(type, name);
        return `${name}_call`;
      default:
        return unreachable(type);
    }
  }

  /** A function that reads a sequence from a stream; its name. */
  private reader(type: Extract<InteropType, { readonly kind: 'sequence' }>): string {
    const spelled = mojoType(type);
    return this.streamFunction(`read ${spelled}`, (name) => [
      `def ${name}(var stream: bridge.StreamReader) -> ${spelled}:`,
      `    return ${name}_next(stream)`,
      '',
      `def ${name}_next(mut stream: bridge.StreamReader) -> ${spelled}:`,
      '    var count = Int(stream.number())',
      `    var result = ${spelled}(capacity=count)`,
      '    for _ in range(count):',
      `        result.append(${this.readElement(type.element)})`,
      '    return result^',
      '',
    ]);
  }

  private streamFunction(key: string, make: (name: string) => string[]): string {
    const known = this.streams.get(key);
    if (known !== undefined) return known;
    const name = `stream_${this.streams.size}`;
    this.streams.set(key, name);
    // What it needs comes first.
    const lines = make(name);
    this.streamLines.push(...lines);
    return name;
  }

  /** Parts are read in order: arguments of a call are evaluated from left to right. */
  private readElement(type: InteropType): string {
    switch (type.kind) {
      case 'bool':
        return '(stream.number() != 0)';
      case 'integer':
        return `${type.name}(stream.number())`;
      case 'float':
        return type.name === 'Float64' ? 'stream.number()' : 'Float32(stream.number())';
      case 'wide':
        return type.name === 'Int64' ? 'stream.wide()' : `stream.wide().cast[DType.${type.name.toLowerCase()}]()`;
      case 'string':
        return 'stream.text()';
      case 'list':
        return `stream.list[DType.${type.element}]()`;
      case 'sequence':
        return `${this.reader(type)}_next(stream)`;
      case 'optional': {
        const spelled = mojoType(type);
        return `(${spelled}(${this.readElement(type.value)}) if stream.number() != 0 else ${spelled}())`;
      }
      case 'tuple':
        return `(${type.elements.map((element) => this.readElement(element)).join(', ')},)`;
      case 'record':
        return `user.${type.name}(${type.fields.map((field) => this.readElement(field.type)).join(', ')})`;
      default:
        throw new InternalError(`a ${type.kind} in a stream`);
    }
  }

  private writer(type: Extract<InteropType, { readonly kind: 'sequence' }>): string {
    const spelled = mojoType(type);
    return this.streamFunction(`write ${spelled}`, (name) => [
      `def ${name}(mut stream: bridge.StreamWriter, value: ${spelled}):`,
      '    stream.number(Float64(len(value)))',
      '    for ref item in value:',
      ...this.writeElement(type.element, 'item').map((line) => `        ${line}`),
      '',
    ]);
  }

  private writeElement(type: InteropType, value: string): string[] {
    switch (type.kind) {
      case 'bool':
      case 'integer':
      case 'float':
        return [`stream.number(${this.number(type, value)})`];
      case 'wide':
        return [`stream.wide(${value}.cast[DType.int64]())`];
      case 'string':
        return [`stream.text(${value})`];
      case 'list':
        return [`stream.list(${value})`];
      case 'sequence':
        return [`${this.writer(type)}(stream, ${value})`];
      case 'optional':
        return [
          `if ${value}:`,
          '    stream.number(1)',
          ...this.writeElement(type.value, `${value}.value()`).map((line) => `    ${line}`),
          'else:',
          '    stream.number(0)',
        ];
      case 'tuple':
        return type.elements.flatMap((element, i) => this.writeElement(element, `${value}[${i}]`));
      case 'record':
        return type.fields.flatMap((field) => this.writeElement(field.type, `${value}.${field.name}`));
      default:
        throw new InternalError(`a ${type.kind} in a stream`);
    }
  }

  /** A closure over the number of the other side's function. */
  private addCallback(type: Extract<InteropType, { readonly kind: 'function' }>, id: string): void {
    const params = type.args.map((arg, i) => `x${i}: ${mojoType(arg)}`).join(', ');
    const { result } = type;
    const arrow = result.kind === 'none' ? '' : ` -> ${mojoType(result)}`;
    const lines = [
      `def ${id}_call(${params})${type.raises ? ' raises' : ''} {imm ${id}, imm ${id}_s, imm ${id}_c}${arrow}:`,
    ];
    let at = 0;
    for (const [i, arg] of type.args.entries()) {
      lines.push(`    ${this.callbackArgument(arg, `x${i}`, at, id)}`);
      at += callbackSlots(arg);
    }
    lines.push(`    bridge.${type.raises ? 'invoke' : 'invoke_or_end'}(${id}, ${id}_s, ${id}_c)`);
    if (result.kind !== 'none') lines.push(`    return ${this.callbackResult(result, id)}`);
    this.callbacks.push(...lines.map((line) => `    ${line}`));
  }

  private callbackArgument(type: InteropType, value: string, at: number, id: string): string {
    switch (type.kind) {
      case 'string':
        return `bridge.pass_text(${id}_s, ${at}, StringSpan(${value}))`;
      case 'span':
        return `bridge.pass_array(${id}_s, ${at}, ${value})`;
      case 'list':
        return `bridge.pass_array(${id}_s, ${at}, Span(${value}))`;
      case 'wide':
        return `bridge.put_wide(bridge.slots_of(${id}_s), ${at}, ${value}.cast[DType.int64]())`;
      default:
        return `bridge.slots_of(${id}_s).unsafe_offset(${at})[] = ${this.number(type, value)}`;
    }
  }

  private callbackResult(type: InteropType, id: string): string {
    const slots = `bridge.slots_of(${id}_s)`;
    switch (type.kind) {
      case 'string':
        return `bridge.take_callback_text(${id}_s)`;
      case 'bool':
        return `${slots}[] != 0`;
      case 'wide': {
        const bits = `${slots}.unsafe_bitcast[Int64]()[]`;
        return type.name === 'Int64' ? bits : `${bits}.cast[DType.${type.name.toLowerCase()}]()`;
      }
      default:
        return `${mojoType(type)}(${slots}[])`;
    }
  }

  /** Statements that put a value into result slots from `at` on. `owned`: the value is a variable that may be moved from. */
  private store(type: InteropType, value: string, at: number, indent: string, owned: boolean): void {
    const line = (text: string): void => {
      this.lines.push(`${indent}${text}`);
    };
    switch (type.kind) {
      case 'none':
      case 'span':
      case 'function':
        return;
      case 'bool':
      case 'integer':
      case 'float':
        line(`slots.unsafe_offset(${at})[] = ${this.number(type, value)}`);
        return;
      case 'object':
        line(`slots.unsafe_offset(${at})[] = bridge.give(${owned ? `${value}^` : value})`);
        return;
      case 'wide':
        line(`bridge.put_wide(slots, ${at}, ${value}.cast[DType.int64]())`);
        return;
      case 'string':
        line(`bridge.put_text(slots, ${at}, String(${value}))`);
        return;
      case 'list':
        this.lists.add(type.element);
        line(`bridge.put_list(slots, ${at}, ${owned ? `${value}^` : `${value}.copy()`})`);
        return;
      case 'sequence': {
        this.givesStreams = true;
        const stream = `stream${at}`;
        line(`var ${stream} = bridge.StreamWriter()`);
        line(`${this.writer(type)}(${stream}, ${value})`);
        line(`bridge.put_stream(slots, ${at}, ${stream}^)`);
        return;
      }
      case 'optional':
        line(`if ${value}:`);
        line(`    slots.unsafe_offset(${at})[] = 1`);
        this.store(type.value, `${value}.value()`, at + 1, `${indent}    `, false);
        line('else:');
        line(`    slots.unsafe_offset(${at})[] = 0`);
        return;
      case 'tuple': {
        let next = at;
        for (const [i, element] of type.elements.entries()) {
          this.store(element, `${value}[${i}]`, next, indent, false);
          next += resultSlots(element);
        }
        return;
      }
      case 'record': {
        let next = at;
        for (const field of type.fields) {
          this.store(field.type, `${value}.${field.name}`, next, indent, false);
          next += resultSlots(field.type);
        }
        return;
      }
      default:
        unreachable(type);
    }
  }
}
