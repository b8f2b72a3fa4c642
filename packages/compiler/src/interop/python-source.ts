/** Writes the extension module of a Mojo module: a Mojo module that imports it and exports `PyInit_NAME`.
 *  In: the `ModuleInterface`.  Out: Mojo source and its exported symbol. Helpers: std/python/extension.mojo.
 *  Each Python function takes its arguments in CPython's vector calling convention, builds the Mojo call with the interpreter's lock
 *  held, runs it without the lock when it works on arrays, and turns errors into exceptions. */
import { unreachable } from '../base/invariant.ts';
import { byValueOnly } from './by-value-only.ts';
import { mojoType } from './mojo-type.ts';
import type { ExportedFunction, InteropType, ModuleInterface } from './interface.ts';

export interface PythonSource {
  readonly text: string;
  readonly symbols: readonly string[];
}

export function writePythonModule(whole: ModuleInterface, importName: string): PythonSource {
  const module = byValueOnly(whole, 'Python');
  const functions = module.functions.filter((fn) => !mentionsObject(fn));
  const lines = ['# mojo: edition=1', 'import std.python.extension as py', `import \`${importName}\` as user`, ''];
  for (const fn of functions) lines.push(...new FunctionWriter(fn).lines, '');
  lines.push(`@export("PyInit_${importName}")`, `def PyInit_${importName}() -> Int:`);
  lines.push(
    `    var module = py.Module(${literal(importName)}, ${literal(module.docs ?? '')}, functions=${functions.length})`,
  );
  for (const fn of functions)
    lines.push(`    module.add(${literal(fn.name)}, ${literal(documentation(fn))}, py_${fn.name})`);
  lines.push('    return module.finish()', '');
  return { text: lines.join('\n'), symbols: [`PyInit_${importName}`] };
}

function mentionsObject(fn: ExportedFunction): boolean {
  return [fn.result, ...fn.args.map((arg) => arg.type)].some((type) => type.kind === 'object');
}

/** What Python does not get though other languages do. */
export function skippedInPython(
  module: ModuleInterface,
): readonly { readonly name: string; readonly reason: string }[] {
  const kept = 'structs that stay on the Mojo side are not supported in Python yet';
  return [
    ...module.classes.map((type) => ({ name: type.name, reason: kept })),
    ...module.functions.filter(mentionsObject).map((fn) => ({ name: fn.name, reason: kept })),
    ...byValueOnly(module, 'Python').skipped.slice(module.skipped.length),
  ];
}

/** The text as a Mojo literal. */
function literal(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n').replaceAll('\t', '\\t')}"`;
}

/** What `help` shows; CPython takes the signature from before `--`. */
function documentation(fn: ExportedFunction): string {
  const args = fn.args.map((arg) => (arg.hasDefault ? `${arg.name}=...` : arg.name));
  return `${fn.name}(${args.join(', ')})\n--\n\n${(fn.docs ?? '').trim()}`;
}

/** The name of a scalar type of an array's elements. */
function dtype(element: string): string {
  return `DType.${element}`;
}

/** Whether the Mojo value owns something, so that the call takes it. */
function isOwned(type: InteropType): boolean {
  switch (type.kind) {
    case 'string':
      return !type.view;
    case 'list':
    case 'optional':
    case 'tuple':
    case 'record':
      return true;
    default:
      return false;
  }
}

class FunctionWriter {
  readonly lines: string[] = [];
  private readonly fn: ExportedFunction;
  private count = 0;
  /** References taken while arguments are read, given back after the call. */
  private readonly held: string[] = [];
  private readonly arrays: { readonly variable: string; readonly name: string; readonly mutable: boolean }[] = [];
  private indent = '        ';

  constructor(fn: ExportedFunction) {
    this.fn = fn;
    this.write();
  }

  private line(text: string): void {
    this.lines.push(`${this.indent}${text}`);
  }

  private write(): void {
    const { fn } = this;
    const { args, name } = fn;
    const firstDefault = args.findIndex((arg) => arg.hasDefault);
    const required = firstDefault < 0 ? args.length : firstDefault;
    this.lines.push(`def py_${name}(_self: Int, args: Int, given: Int, names: Int) -> Int:`, '    try:');
    const formals = args.map((arg) => `StaticString(${literal(arg.name)})`).join(', ');
    const size = args.length;
    this.line(
      `var call = py.Arguments[${size}](${literal(name)}, ${size === 0 ? 'Array[StaticString, 0](fill="")' : `[${formals}]`}, ${required}, args, given, names)`,
    );
    if (firstDefault < 0) {
      this.call(args.length);
    } else {
      this.line('var count = call.count_given()');
      for (let n = required; n <= args.length; n++) {
        this.line(`${n === required ? 'if' : 'elif'} count == ${n}:`);
        this.indent += '    ';
        this.call(n);
        this.indent = this.indent.slice(4);
      }
      this.line('return py.none()');
    }
    this.lines.push('    except error:', '        return py.fail(error)');
  }

  /** The call with the first `count` arguments. */
  private call(count: number): void {
    const { fn } = this;
    this.arrays.length = 0;
    this.held.length = 0;
    const name = literal(fn.name);
    if (count < fn.args.length)
      for (let i = count + 1; i < fn.args.length; i++) {
        this.line(`if call.has(${i}):`);
        this.line(
          `    py.type_error(${literal(`${fn.name}(): argument '${fn.args[i]?.name ?? ''}' needs '${fn.args[count]?.name ?? ''}' to be given, too`)})`,
        );
      }
    const values = fn.args.slice(0, count).map((arg, i) => {
      // Before the call, which may run without the interpreter's lock.
      this.line(`var a${i} = ${this.load(arg.type, `call.object(${i})`, name, literal(arg.name))}`);
      const value = isOwned(arg.type) ? `a${i}^` : `a${i}`;
      return arg.keywordOnly ? `${arg.name}=${value}` : value;
    });
    for (const [i, a] of this.arrays.entries())
      for (const b of this.arrays.slice(0, i))
        if (a.mutable || b.mutable)
          this.line(`call.require_disjoint(${b.variable}, ${b.name}, ${a.variable}, ${a.name})`);
    const text = `user.${fn.name}(${values.join(', ')})`;
    // Arrays are long enough to matter for other threads.
    const unlock = this.arrays.length > 0;
    const bind = fn.result.kind === 'none' ? text : `var result = ${text}`;
    if (unlock && fn.raises) {
      if (fn.result.kind === 'none') {
        this.line('var state = py.release_gil()');
        this.line('try:');
        this.line(`    ${text}`);
        this.line('finally:');
        this.line('    py.acquire_gil(state)');
      } else {
        this.line(`var state = py.release_gil()`);
        this.line(`var outcome = Optional[${mojoType(fn.result)}]()`);
        this.line('try:');
        this.line(`    outcome = ${text}`);
        this.line('finally:');
        this.line('    py.acquire_gil(state)');
        this.line('var result = outcome.take()');
      }
    } else {
      if (unlock) this.line('var state = py.release_gil()');
      this.line(bind);
      if (unlock) this.line('py.acquire_gil(state)');
    }
    for (const object of this.held) this.line(`py.release(${object})`);
    // The arrays' owners stay locked until here.
    this.line(`_ = call^`);
    this.line(`return ${fn.result.kind === 'none' ? 'py.none()' : this.build(fn.result, 'result')}`);
  }

  /** A Mojo expression of the value of a Python object; statements that it needs are written. */
  private load(type: InteropType, object: string, fn: string, name: string): string {
    switch (type.kind) {
      case 'none':
        return 'None';
      case 'bool':
        return `py.boolean(${object})`;
      case 'integer': {
        const whole = type.max === Number.MAX_SAFE_INTEGER;
        const least = whole ? (type.min < 0 ? 'Int.MIN' : '0') : String(type.min);
        return `${type.name}(py.integer(${fn}, ${name}, ${object}, ${least}, ${whole ? 'Int.MAX' : type.max}))`;
      }
      case 'wide':
        return type.name === 'UInt64'
          ? `py.unsigned(${fn}, ${name}, ${object})`
          : `Int64(py.integer(${fn}, ${name}, ${object}, Int.MIN, Int.MAX))`;
      case 'float':
        return type.name === 'Float64'
          ? `py.real(${fn}, ${name}, ${object})`
          : `Float32(py.real(${fn}, ${name}, ${object}))`;
      case 'string':
        return type.view ? `py.text(${fn}, ${name}, ${object})` : `String(py.text(${fn}, ${name}, ${object}))`;
      case 'span':
      case 'list': {
        const variable = `m${this.count++}`;
        const mutable = type.kind === 'span' && type.mutable;
        this.line(
          `var ${variable} = call.buffer[${dtype(type.element)}](${object}, ${name}, writable=${mutable ? 'True' : 'False'})`,
        );
        this.arrays.push({ variable, name, mutable });
        return `${variable}.${type.kind === 'list' ? 'list' : mutable ? 'mut_span' : 'span'}()`;
      }
      case 'optional': {
        const variable = `v${this.count++}`;
        this.line(`var ${variable} = Optional[${mojoType(type.value)}]()`);
        this.line(`if not py.is_none(${object}):`);
        this.indent += '    ';
        this.line(`${variable} = ${this.load(type.value, object, fn, name)}`);
        this.indent = this.indent.slice(4);
        return `${variable}^`;
      }
      case 'tuple':
        return `(${type.elements
          .map((element, i) =>
            this.part(element, `py.item(${fn}, ${name}, ${object}, ${i}, ${type.elements.length})`, fn, name),
          )
          .join(', ')},)`;
      case 'record': {
        const fields = type.fields.map((field) =>
          this.part(field.type, `py.field(${fn}, ${name}, ${object}, ${literal(field.name)})`, fn, name),
        );
        return `user.${type.name}(${fields.join(', ')})`;
      }
      case 'object':
      case 'function':
      case 'sequence':
        return '';
      default:
        return unreachable(type);
    }
  }

  /** An element or field: a new reference, held until the call is over. */
  private part(type: InteropType, object: string, fn: string, name: string): string {
    const held = `o${this.count++}`;
    const value = `v${this.count++}`;
    this.line(`var ${held} = ${object}`);
    this.line(`var ${value} = ${this.load(type, held, fn, name)}`);
    this.held.push(held);
    return `${value}^`;
  }

  /** An expression of a new object; statements that it needs are written. */
  private build(type: InteropType, value: string): string {
    switch (type.kind) {
      case 'none':
      case 'object':
      case 'function':
      case 'sequence':
      case 'span':
        return 'py.none()';
      case 'bool':
        return `py.from_bool(${value})`;
      case 'integer':
        return `py.from_int(Int(${value}))`;
      case 'wide':
        return type.name === 'UInt64' ? `py.from_unsigned(${value})` : `py.from_int(Int(${value}))`;
      case 'float':
        return `py.from_float(Float64(${value}))`;
      case 'string':
        return `py.from_text(${value})`;
      case 'list':
        return `py.from_list(${value === 'result' ? 'result^' : `${value}.copy()`})`;
      case 'optional': {
        const variable = `r${this.count++}`;
        this.line(`var ${variable} = py.none()`);
        this.line(`if ${value}:`);
        this.indent += '    ';
        this.line(`${variable} = ${this.build(type.value, `${value}.value()`)}`);
        this.indent = this.indent.slice(4);
        return variable;
      }
      case 'tuple': {
        const variable = `r${this.count++}`;
        this.line(`var ${variable} = py.tuple_of(${type.elements.length})`);
        for (const [i, element] of type.elements.entries())
          this.line(`py.set_item(${variable}, ${i}, ${this.build(element, `${value}[${i}]`)})`);
        return variable;
      }
      case 'record': {
        const variable = `r${this.count++}`;
        this.line(`var ${variable} = py.dict()`);
        for (const field of type.fields)
          this.line(
            `py.set_field(${variable}, ${literal(field.name)}, ${this.build(field.type, `${value}.${field.name}`)})`,
          );
        return variable;
      }
      default:
        return unreachable(type);
    }
  }
}
