/** Writes the JavaScript of a module: one self-contained function `bind($rt, $e)` that checks arguments, flattens them into the slots
 *  of the C functions (bridge-abi.ts), calls, and builds results.
 *  In: a `ModuleInterface`.  Out: the text of `bind`, and the names it returns. Names that begin with `$` are ours: Mojo has none.
 *  Every check happens before anything is copied, so a bad call leaves nothing behind. */
import { InternalError, unreachable } from '@kiln/compiler/base/invariant.ts';
import {
  callbackSlots,
  DROP_STREAM,
  dropListSymbol,
  dropObjectSymbol,
  hasCallbacks,
  hasDefaults,
  parameterSlots,
  resultSlots,
  returnKind,
} from '@kiln/compiler/interop/bridge-abi.ts';
import type {
  ElementName,
  ExportedArgument,
  ExportedClass,
  ExportedFunction,
  ExportedMethod,
  InteropType,
  ModuleInterface,
} from '@kiln/compiler/interop/interface.ts';

export const ARRAY_TYPES: Readonly<Record<ElementName, string>> = {
  int: 'BigInt64Array',
  uint: 'BigUint64Array',
  int8: 'Int8Array',
  int16: 'Int16Array',
  int32: 'Int32Array',
  int64: 'BigInt64Array',
  uint8: 'Uint8Array',
  uint16: 'Uint16Array',
  uint32: 'Uint32Array',
  uint64: 'BigUint64Array',
  float32: 'Float32Array',
  float64: 'Float64Array',
};

export interface JavaScriptModule {
  readonly bind: string;
  readonly names: readonly string[];
}

export function writeJavaScript(module: ModuleInterface): JavaScriptModule {
  const writer = new ModuleWriter();
  const all = module.classes.flatMap((type) => [...type.methods, ...(type.init === null ? [] : [type.init])]);
  if ([...module.functions, ...all].some(hasCallbacks)) writer.addCallbacks();
  for (const type of module.classes) writer.addClass(type);
  for (const fn of module.functions) writer.addFunction(fn);
  const names = [...module.classes.map((type) => type.name), ...module.functions.map((fn) => fn.name)];
  const entries = names.map((name) => `${JSON.stringify(name)}: ${local(name)}`);
  const bind = [
    'function bind($rt, $e) {',
    ...writer.symbols().map((line) => `  ${line}`),
    ...writer.lines.map((line) => (line === '' ? '' : `  ${line}`)),
    `  return { ${entries.join(', ')} };`,
    '}',
  ].join('\n');
  return { bind, names };
}

/** Words that cannot name a variable in a module. `delete` may be exported, though. */
const RESERVED: ReadonlySet<string> = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally ' +
    'for function if implements import in instanceof interface let new null package private protected public return static super ' +
    'switch this throw true try typeof undefined var void while with yield ' +
    'Number BigInt Array Object String Float32Array Float64Array Int8Array Int16Array Int32Array Uint8Array Uint16Array Uint32Array ' +
    'BigInt64Array BigUint64Array Uint8ClampedArray NaN Infinity'
  ).split(' '),
);

/** The variable that holds an export, or an argument, inside `bind`. */
export function local(name: string): string {
  return RESERVED.has(name) || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)
    ? `$${name.replace(/[^A-Za-z0-9_]/g, '_')}`
    : name;
}

/** One call being written. */
interface CallText {
  /** Statements before the call, first checks, then copies. */
  readonly checks: string[];
  readonly declarations: string[];
  readonly enters: string[];
  readonly leaves: string[];
  readonly slots: string[];
  /** Spans: their variable, argument name and whether the function writes to them. */
  readonly spans: { readonly variable: string; readonly name: string; readonly mutable: boolean }[];
  /** Objects: the expression, the argument's name and how the function uses them. */
  readonly objects: { readonly value: string; readonly name: string; readonly use: string }[];
  /** The call may call back: what it uses is held meanwhile, and JavaScript may not take its memory away. */
  readonly callsBack: boolean;
  count: number;
}

class ModuleWriter {
  readonly lines: string[] = [];
  private readonly declared = new Map<string, string>();

  symbols(): string[] {
    return [...this.declared].map(([symbol, text]) => `const $${symbol} = ${text};`);
  }

  private symbol(name: string, parameters: string, result: string): string {
    this.declared.set(
      name,
      `$e.symbol(${JSON.stringify(name)}, ${JSON.stringify(parameters)}, ${JSON.stringify(result)})`,
    );
    return `$${name}`;
  }

  addCallbacks(): void {
    this.lines.push('$e.openCallbacks();');
  }

  addFunction(fn: ExportedFunction): void {
    this.lines.push(`function ${local(fn.name)}(${parameterList(fn)}) {`, ...this.body(fn, fn.name, null), '}');
  }

  addClass(type: ExportedClass): void {
    const drop = this.symbol(dropObjectSymbol(type.name), 'n', 'nothing');
    const { init } = type;
    this.lines.push(`class ${local(type.name)} extends $rt.KilnObject {`);
    this.lines.push(`  constructor(${init === null ? '$handle' : parameterList(init)}) {`);
    const first = init === null ? '$handle' : 'arguments[0]';
    this.lines.push(`    if (${first} instanceof $rt.Handle) { super(${first}.address, ${drop}); return; }`);
    if (init === null)
      this.lines.push(
        `    throw new TypeError(${JSON.stringify(`${type.name} has no constructor that JavaScript can call`)});`,
      );
    else {
      const raw = { ...init, result: ADDRESS } satisfies ExportedFunction;
      const body = this.body(raw, type.name, null);
      this.lines.push(
        `    const $make = (${parameterList(init, true)}) => {`,
        ...body.map((line) => `    ${line.replaceAll('arguments.length', '$count')}`),
        '    };',
      );
      const passed = ['arguments.length', ...init.args.map((arg) => local(arg.name))];
      this.lines.push(`    super($make(${passed.join(', ')}), ${drop});`);
    }
    this.lines.push('  }');
    for (const method of type.methods) {
      const label = `${type.name}.${method.name}`;
      const head = method.self === null ? 'static ' : '';
      this.lines.push(`  ${head}${method.name}(${parameterList(method)}) {`);
      this.lines.push(...this.body(method, label, type.name).map((line) => `  ${line}`), '  }');
    }
    for (const field of type.fields) {
      const getter: ExportedMethod = {
        name: field.name,
        symbol: field.symbol,
        docs: null,
        args: [],
        result: field.type,
        raises: false,
        self: 'read',
      };
      this.lines.push(`  get ${field.name}() {`);
      const [, ...body] = this.body(getter, `${type.name}.${field.name}`, type.name);
      this.lines.push(...body.map((line) => `  ${line}`), '  }');
    }
    this.lines.push('}');
  }

  /** The statements of one function. `struct`: it is a member of that class. */
  private body(fn: ExportedFunction | ExportedMethod, label: string, struct: string | null): string[] {
    const isMethod = struct !== null && 'self' in fn && fn.self !== null;
    const callsBack = hasCallbacks(fn);
    const call: CallText = {
      checks: [],
      declarations: [],
      enters: [],
      leaves: [],
      slots: [],
      spans: [],
      objects: [],
      callsBack,
      count: 0,
    };
    const name = JSON.stringify(label);
    const most = fn.args.length;
    const least = hasDefaults(fn) ? fn.args.findIndex((arg) => arg.hasDefault) : most;
    const lines: string[] = [];
    if (least === most)
      lines.push(`if (arguments.length !== ${most}) $rt.badCount(${name}, ${least}, ${most}, arguments.length);`);
    else {
      lines.push('let $n = arguments.length;');
      for (let i = most - 1; i >= least; i--) {
        const arg = fn.args[i];
        if (arg !== undefined) lines.push(`if ($n === ${i + 1} && ${local(arg.name)} === undefined) $n = ${i};`);
      }
      lines.push(`if ($n < ${least} || $n > ${most}) $rt.badCount(${name}, ${least}, ${most}, $n);`);
      call.slots.push('$n');
    }
    for (const arg of fn.args) this.argument(call, arg, name);
    for (const [i, a] of call.spans.entries())
      for (const b of call.spans.slice(0, i))
        if (a.mutable || b.mutable)
          call.checks.push(
            `if ($rt.overlap(${a.variable}, ${b.variable})) $rt.badOverlap(${name}, ${JSON.stringify(b.name)}, ${JSON.stringify(a.name)});`,
          );
    if (isMethod) call.objects.push({ value: 'this', name: 'this', use: fn.self ?? 'read' });
    for (const [i, a] of call.objects.entries())
      for (const b of call.objects.slice(0, i))
        if (a.use !== 'read' || b.use !== 'read')
          call.checks.push(
            `if (${a.value} === ${b.value}) $rt.badAlias(${name}, ${JSON.stringify(b.name)}, ${JSON.stringify(a.name)});`,
          );
    if (isMethod) {
      const use = fn.self ?? 'read';
      // After the other checks: a call that fails must not take the object.
      call.checks.push(`const $self = $rt.KilnObject.address(this, ${local(struct)}, ${name}, "this", "${use}");`);
      if (callsBack && use !== 'var') this.hold(call, 'this', use);
      call.slots.splice(hasDefaults(fn) ? 1 : 0, 0, '$self');
    }
    if (callsBack) call.leaves.push('$e.endCallbacks();');
    const kind = returnKind(fn);
    if (kind === 'status') call.slots.push('$e.slots');
    const letters = parameterSlots(fn, isMethod)
      .map((slot) => slot.charAt(0))
      .join('');
    const raw = `${this.symbol(fn.symbol, letters, kind)}(${call.slots.join(', ')})`;
    lines.push(...call.declarations, ...call.checks, 'try {');
    lines.push(...call.enters.map((line) => `  ${line}`));
    lines.push(...this.result(fn, kind, raw, name).map((line) => `  ${line}`));
    lines.push(`} catch ($error) {`, `  throw $e.failure($error, ${name});`);
    if (call.leaves.length > 0) lines.push('} finally {', ...call.leaves.map((line) => `  ${line}`));
    lines.push('}');
    return lines.map((line) => `  ${line}`);
  }

  private argument(call: CallText, arg: ExportedArgument, fn: string): void {
    const value = local(arg.name);
    const place: Place = { fn, name: JSON.stringify(arg.name), label: arg.name };
    if (!arg.hasDefault) {
      this.flatten(call, arg.type, value, place, arg.convention, false);
      return;
    }
    // Not given: the slots keep their defaults.
    const inner: CallText = { ...call, checks: [], enters: [] };
    this.flatten(inner, arg.type, value, place, arg.convention, true);
    call.count = inner.count;
    call.checks.push(`if (${value} !== undefined) {`, ...inner.checks.map((line) => `  ${line}`), '}');
    if (inner.enters.length > 0)
      call.enters.push(`if (${value} !== undefined) {`, ...inner.enters.map((line) => `  ${line}`), '}');
  }

  /** Checks a value and puts it into slots. `deferred`: it may be absent, so slots are variables that are set only when it is there. */
  private flatten(
    call: CallText,
    type: InteropType,
    value: string,
    place: Place,
    use: ExportedArgument['convention'],
    deferred: boolean,
  ): void {
    const { fn, name } = place;
    const bad = (expected: string): string => `$rt.badType(${fn}, ${name}, ${JSON.stringify(expected)}, ${value});`;
    const slot = (text: string, otherwise: string): void => {
      if (!deferred) {
        call.slots.push(text);
        return;
      }
      const variable = `$s${call.count++}`;
      call.declarations.push(`let ${variable} = ${otherwise};`);
      call.checks.push(`${variable} = ${text};`);
      call.slots.push(variable);
    };
    switch (type.kind) {
      case 'none':
        return;
      case 'bool':
        call.checks.push(`if (typeof ${value} !== "boolean") ${bad('a boolean')}`);
        slot(`${value} ? 1 : 0`, '0');
        return;
      case 'integer': {
        const whole = type.max === Number.MAX_SAFE_INTEGER;
        const inRange =
          whole && type.min < 0 ? '' : ` && ${value} >= ${type.min}${whole ? '' : ` && ${value} <= ${type.max}`}`;
        const test = `Number.isSafeInteger(${value})${inRange}`;
        const words = `${fn}, ${name}, ${JSON.stringify(type.name)}, ${type.min}, ${type.max}, ${value}`;
        call.checks.push(`if (!(${test})) $rt.badInteger(${words});`);
        slot(value, '0');
        return;
      }
      case 'float':
        call.checks.push(`if (typeof ${value} !== "number") ${bad('a number')}`);
        slot(value, '0');
        return;
      case 'wide': {
        const fits = `BigInt.as${type.name === 'Int64' ? 'Int' : 'Uint'}N(64, ${value}) === ${value}`;
        call.checks.push(
          `if (!(typeof ${value} === "bigint" && ${fits})) $rt.badWide(${fn}, ${name}, ${JSON.stringify(type.name)}, ${value});`,
        );
        slot(type.name === 'Int64' ? value : `BigInt.asIntN(64, ${value})`, '0n');
        return;
      }
      case 'string': {
        call.checks.push(`if (typeof ${value} !== "string") ${bad('a string')}`);
        const token = this.memory(call);
        call.enters.push(`${token} = $e.enterText(${value}); ${token}n = $e.textBytes;`);
        call.leaves.push(`$e.leaveText(${token});`);
        return;
      }
      case 'span':
      case 'list': {
        const array = ARRAY_TYPES[type.element];
        const token = this.memory(call);
        const variable = `${token}a`;
        const changed = type.kind === 'span' && type.mutable;
        call.declarations.push(`let ${variable} = null;`);
        call.checks.push(
          `${variable} = ${value} instanceof ${array} ? ${value} : $rt.arrayOf(${value}, ${array}, ${fn}, ${name});`,
        );
        call.enters.push(
          `${token} = $e.${call.callsBack ? 'enterHeld' : 'enter'}(${variable}, ${array}); ${token}n = ${variable}.length;`,
        );
        if (call.callsBack) this.hold(call, value, changed ? 'mut' : 'read');
        call.leaves.push(`$e.leave(${token}, ${variable}, ${changed});`);
        if (!deferred) call.spans.push({ variable, name: place.label, mutable: changed });
        return;
      }
      case 'sequence': {
        const stream = `$q${call.count++}`;
        call.declarations.push(`let ${stream} = null, ${stream}s = $e.noMemory, ${stream}b = $e.noMemory;`);
        call.checks.push(`${stream} = new $rt.StreamWriter();`, ...packing(type, value, fn, place.label, stream, 0));
        call.enters.push(
          `${stream}s = $e.enter(${stream}.slots(), Float64Array); ${stream}b = $e.enter(${stream}.bytes(), Uint8Array);`,
        );
        call.leaves.push(
          `$e.leave(${stream}s, ${stream}?.slots(), false);`,
          `$e.leave(${stream}b, ${stream}?.bytes(), false);`,
        );
        call.slots.push(`${stream}s`, `${stream}b`);
        return;
      }
      case 'optional': {
        call.slots.push(`${value} === undefined ? 0 : 1`);
        const inner: CallText = { ...call, checks: [], enters: [] };
        this.flatten(inner, type.value, value, place, use, true);
        call.count = inner.count;
        call.checks.push(`if (${value} !== undefined) {`, ...inner.checks.map((line) => `  ${line}`), '}');
        if (inner.enters.length > 0)
          call.enters.push(`if (${value} !== undefined) {`, ...inner.enters.map((line) => `  ${line}`), '}');
        return;
      }
      case 'tuple': {
        const { length } = type.elements;
        call.checks.push(
          `if (!Array.isArray(${value}) || ${value}.length !== ${length}) ${bad(`an array of ${length} elements`)}`,
        );
        for (const [i, element] of type.elements.entries())
          this.part(call, element, `${value}[${i}]`, { ...place, label: `${place.label}[${i}]` }, use, deferred);
        return;
      }
      case 'record': {
        call.checks.push(
          `if (typeof ${value} !== "object" || ${value} === null) ${bad(`an object with ${type.fields.map((field) => field.name).join(', ')}`)}`,
        );
        for (const field of type.fields)
          this.part(
            call,
            field.type,
            `${value}.${field.name}`,
            { ...place, label: `${place.label}.${field.name}` },
            use,
            deferred,
          );
        return;
      }
      case 'object': {
        const address = (how: string): string =>
          `$rt.KilnObject.address(${value}, ${local(type.name)}, ${fn}, ${name}, "${how}")`;
        const variable = `$o${call.count++}`;
        call.declarations.push(`let ${variable} = 0;`);
        call.checks.push(`${variable} = ${address(use === 'var' ? 'mut' : use)};`);
        call.objects.push({ value, name: place.label, use });
        // The call takes it: only when everything else is right.
        if (use === 'var') call.enters.push(`${address('var')};`);
        else if (call.callsBack) this.hold(call, value, use);
        call.slots.push(variable);
        return;
      }
      case 'function': {
        call.checks.push(`if (typeof ${value} !== "function") ${bad('a function')}`);
        const variable = `$c${call.count++}`;
        call.declarations.push(`let ${variable} = 0;`);
        const adapter = this.callback(type, value, fn, name);
        call.enters.push(
          `${variable} = $e.enterFunction(() => {`,
          ...adapter.map((line) => `  ${line}`),
          `}, ${type.raises});`,
        );
        call.leaves.push(`$e.leaveFunction(${variable});`);
        call.slots.push(variable, '$e.callbackMemory', '$e.callbackAddress');
        return;
      }
      default:
        unreachable(type);
    }
  }

  private hold(call: CallText, value: string, use: string): void {
    const variable = `$h${call.count++}`;
    call.declarations.push(`let ${variable} = null;`);
    call.enters.push(`${variable} = $rt.hold(${value}, ${use !== 'read'});`);
    call.leaves.push(`$rt.release(${variable}, ${use !== 'read'});`);
  }

  /** The statements that take a callback's arguments from its slots, call it, and put the result there. */
  private callback(
    type: Extract<InteropType, { readonly kind: 'function' }>,
    value: string,
    fn: string,
    name: string,
  ): string[] {
    const args: string[] = [];
    let at = 0;
    for (const arg of type.args) {
      args.push(callbackArgument(arg, at));
      at += callbackSlots(arg);
    }
    const lines = ['const $f = $e.callbackNumbers();'];
    if (args.some((arg) => arg.includes('$w['))) lines.push('const $w = $e.callbackWides();');
    lines.push(`const $r = ${value}(${args.join(', ')});`);
    const bad = (expected: string): string => `$rt.badCallback(${fn}, ${name}, ${JSON.stringify(expected)}, $r);`;
    const { result } = type;
    const put = (text: string): string => `$e.callbackNumbers()[0] = ${text};`;
    switch (result.kind) {
      case 'bool':
        return [...lines, `if (typeof $r !== "boolean") ${bad('a boolean')}`, put('$r ? 1 : 0')];
      case 'float':
        return [...lines, `if (typeof $r !== "number") ${bad('a number')}`, put('$r')];
      case 'integer': {
        const inRange = `Number.isSafeInteger($r) && $r >= ${result.min} && $r <= ${result.max}`;
        return [...lines, `if (!(${inRange})) ${bad(`an integer that a Mojo ${result.name} holds`)}`, put('$r')];
      }
      case 'wide': {
        const test = `typeof $r === "bigint" && BigInt.as${result.name === 'Int64' ? 'Int' : 'Uint'}N(64, $r) === $r`;
        const bits = result.name === 'Int64' ? '$r' : 'BigInt.asIntN(64, $r)';
        return [
          ...lines,
          `if (!(${test})) ${bad(`a bigint that a Mojo ${result.name} holds`)}`,
          `$e.callbackWides()[0] = ${bits};`,
        ];
      }
      case 'string':
        return [...lines, `if (typeof $r !== "string") ${bad('a string')}`, '$e.giveText($r);'];
      default:
        return lines;
    }
  }

  /** A part of a tuple or record, read once: a getter may give another value the next time. */
  private part(
    call: CallText,
    type: InteropType,
    value: string,
    place: Place,
    use: ExportedArgument['convention'],
    deferred: boolean,
  ): void {
    const variable = `$p${call.count++}`;
    call.declarations.push(`let ${variable};`);
    call.checks.push(`${variable} = ${value};`);
    this.flatten(call, type, variable, { ...place, name: JSON.stringify(place.label) }, use, deferred);
  }

  /** Variables for an address and a length. */
  private memory(call: CallText): string {
    const token = `$m${call.count++}`;
    call.declarations.push(`let ${token} = $e.noMemory, ${token}n = 0;`);
    call.slots.push(token, `${token}n`);
    return token;
  }

  private result(fn: ExportedFunction, kind: ReturnType<typeof returnKind>, raw: string, name: string): string[] {
    switch (kind) {
      case 'nothing':
        return [`${raw};`];
      case 'wide':
        return [`return ${wideValue(fn.result, raw)};`];
      case 'number': {
        const lines = [`const $r = ${raw};`];
        if (needsRange(fn.result)) lines.push(`if (!Number.isSafeInteger($r)) $rt.wideResult(${name});`);
        return [...lines, `return ${fn.result === ADDRESS ? '$r' : numberValue(fn.result, '$r')};`];
      }
      case 'status': {
        const lines = fn.raises ? [`if (${raw} !== 0) throw $e.raised(${name});`] : [`${raw};`];
        if (fn.result.kind === 'none') return lines;
        const reading = this.read(fn.result, 0, name);
        lines.push('const $f = $e.numbers();');
        if (reading.includes('$w[')) lines.push('const $w = $e.wides();');
        if (fn.result === ADDRESS) return [...lines, 'return $f[0];'];
        return [...lines, `return ${reading};`];
      }
    }
  }

  /** An expression for the value in result slots from `at` on. */
  private read(type: InteropType, at: number, fn: string): string {
    switch (type.kind) {
      case 'none':
      case 'span':
      case 'function':
        return 'undefined';
      case 'bool':
      case 'float':
      case 'object':
        return numberValue(type, `$f[${at}]`);
      case 'integer':
        return needsRange(type) ? `(Number.isSafeInteger($f[${at}]) ? $f[${at}] : $rt.wideResult(${fn}))` : `$f[${at}]`;
      case 'wide':
        return wideValue(type, `$w[${at}]`);
      case 'string':
        return `$e.takeText($f[${at}], $f[${at + 1}], $f[${at + 2}])`;
      case 'list': {
        const drop = this.symbol(dropListSymbol(type.element), 'n', 'nothing');
        return `$e.takeArray(${ARRAY_TYPES[type.element]}, $f[${at}], $f[${at + 1}], $f[${at + 2}], ${drop})`;
      }
      case 'sequence': {
        const drop = this.symbol(DROP_STREAM, 'n', 'nothing');
        const slots = [1, 2, 3, 4].map((i) => `$f[${at + i}]`).join(', ');
        return `((${STREAM}) => ${unpacking(type)})($rt.takeStream($e, $f[${at}], ${slots}, ${drop}))`;
      }
      case 'optional':
        return `($f[${at}] === 0 ? undefined : ${this.read(type.value, at + 1, fn)})`;
      case 'tuple': {
        let next = at;
        const parts = type.elements.map((element) => {
          const text = this.read(element, next, fn);
          next += resultSlots(element);
          return text;
        });
        return `[${parts.join(', ')}]`;
      }
      case 'record': {
        let next = at;
        const parts = type.fields.map((field) => {
          const text = `${field.name}: ${this.read(field.type, next, fn)}`;
          next += resultSlots(field.type);
          return text;
        });
        return `{ ${parts.join(', ')} }`;
      }
      default:
        return unreachable(type);
    }
  }
}

/** The result of a constructor's C function before it is wrapped. */
const ADDRESS: InteropType = { kind: 'object', name: '' };

interface Place {
  /** The function's name as a literal. */
  readonly fn: string;
  /** The argument's name as a literal. */
  readonly name: string;
  readonly label: string;
}

const STREAM = '$s';

/** Statements that check a value and write it into a stream. `label` names the value in messages; `depth` makes names differ. */
function packing(type: InteropType, value: string, fn: string, label: string, stream: string, depth: number): string[] {
  const bad = (expected: string): string =>
    `$rt.badType(${fn}, ${JSON.stringify(label)}, ${JSON.stringify(expected)}, ${value});`;
  const inner = (element: InteropType, part: string, name: string): string[] => {
    const variable = `$v${depth}`;
    return [`{ const ${variable} = ${part};`, ...packing(element, variable, fn, name, stream, depth + 1), '}'];
  };
  switch (type.kind) {
    case 'bool':
      return [`if (typeof ${value} !== "boolean") ${bad('a boolean')}`, `${stream}.number(${value} ? 1 : 0);`];
    case 'integer': {
      const words = `${fn}, ${JSON.stringify(label)}, ${JSON.stringify(type.name)}, ${type.min}, ${type.max}, ${value}`;
      const test = `Number.isSafeInteger(${value}) && ${value} >= ${type.min} && ${value} <= ${type.max}`;
      return [`if (!(${test})) $rt.badInteger(${words});`, `${stream}.number(${value});`];
    }
    case 'float':
      return [`if (typeof ${value} !== "number") ${bad('a number')}`, `${stream}.number(${value});`];
    case 'wide': {
      const fits = `typeof ${value} === "bigint" && BigInt.as${type.name === 'Int64' ? 'Int' : 'Uint'}N(64, ${value}) === ${value}`;
      return [
        `if (!(${fits})) $rt.badWide(${fn}, ${JSON.stringify(label)}, ${JSON.stringify(type.name)}, ${value});`,
        `${stream}.wide(${value});`,
      ];
    }
    case 'string':
      return [`if (typeof ${value} !== "string") ${bad('a string')}`, `${stream}.text(${value});`];
    case 'list':
      return [`${stream}.array($rt.arrayOf(${value}, ${ARRAY_TYPES[type.element]}, ${fn}, ${JSON.stringify(label)}));`];
    case 'sequence': {
      const item = `$i${depth}`;
      return [
        `if (!Array.isArray(${value})) ${bad('an array')}`,
        `${stream}.number(${value}.length);`,
        // By position: an array that grows meanwhile, e.g. in a getter, does not change the count.
        `for (let ${item} = 0, $n${depth} = ${value}.length; ${item} < $n${depth}; ${item}++)`,
        ...inner(type.element, `${value}[${item}]`, `${label}[…]`),
      ];
    }
    case 'optional':
      return [
        `if (${value} === undefined) ${stream}.number(0);`,
        'else {',
        `${stream}.number(1);`,
        ...packing(type.value, value, fn, label, stream, depth + 1),
        '}',
      ];
    case 'tuple': {
      const { length } = type.elements;
      return [
        `if (!Array.isArray(${value}) || ${value}.length !== ${length}) ${bad(`an array of ${length} elements`)}`,
        ...type.elements.flatMap((element, i) => inner(element, `${value}[${i}]`, `${label}[${i}]`)),
      ];
    }
    case 'record': {
      const names = type.fields.map((field) => field.name).join(', ');
      return [
        `if (typeof ${value} !== "object" || ${value} === null) ${bad(`an object with ${names}`)}`,
        ...type.fields.flatMap((field) => inner(field.type, `${value}.${field.name}`, `${label}.${field.name}`)),
      ];
    }
    default:
      throw new InternalError(`a ${type.kind} in a stream`);
  }
}

/** An expression for the next value of a stream. */
function unpacking(type: InteropType): string {
  switch (type.kind) {
    case 'bool':
      return `${STREAM}.number() !== 0`;
    case 'integer':
    case 'float':
      return `${STREAM}.number()`;
    case 'wide':
      return wideValue(type, `${STREAM}.wide()`);
    case 'string':
      return `${STREAM}.text()`;
    case 'list':
      return `$rt.ownArray(${STREAM}.array(${ARRAY_TYPES[type.element]}))`;
    case 'sequence':
      return `Array.from({ length: ${STREAM}.number() }, () => ${wrapped(type.element)})`;
    case 'optional':
      return `(${STREAM}.number() === 0 ? undefined : ${unpacking(type.value)})`;
    case 'tuple':
      return `[${type.elements.map(unpacking).join(', ')}]`;
    case 'record':
      return `{ ${type.fields.map((field) => `${field.name}: ${unpacking(field.type)}`).join(', ')} }`;
    default:
      throw new InternalError(`a ${type.kind} in a stream`);
  }
}

/** As the body of an arrow function, where a brace begins a block. */
function wrapped(type: InteropType): string {
  const text = unpacking(type);
  return text.startsWith('{') ? `(${text})` : text;
}

/** An argument of a callback, from the callback slots. */
function callbackArgument(type: InteropType, at: number): string {
  switch (type.kind) {
    case 'string':
      return `$e.readText($f[${at}], $f[${at + 1}])`;
    case 'span':
    case 'list':
      return `$e.readArray(${ARRAY_TYPES[type.element]}, $f[${at}], $f[${at + 1}])`;
    case 'wide':
      return wideValue(type, `$w[${at}]`);
    default:
      return numberValue(type, `$f[${at}]`);
  }
}

function parameterList(fn: ExportedFunction, withCount = false): string {
  const names = fn.args.map((arg) => local(arg.name));
  return (withCount ? ['$count', ...names] : names).join(', ');
}

function needsRange(type: InteropType): boolean {
  return type.kind === 'integer' && type.max === Number.MAX_SAFE_INTEGER;
}

function numberValue(type: InteropType, value: string): string {
  if (type.kind === 'bool') return `${value} !== 0`;
  if (type.kind === 'object') return `new ${local(type.name)}(new $rt.Handle(${value}))`;
  return value;
}

function wideValue(type: InteropType, value: string): string {
  return type.kind === 'wide' && type.name === 'UInt64' ? `BigInt.asUintN(64, ${value})` : value;
}
