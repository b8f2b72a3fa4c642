/** Writes the TypeScript declarations of a module.
 *  In: a `ModuleInterface`.  Out: the text of a `.d.ts`. */
import { unreachable } from '@kiln/compiler/base/invariant.ts';
import type {
  ExportedArgument,
  ExportedFunction,
  ExportedMethod,
  InteropType,
  ModuleInterface,
} from '@kiln/compiler/interop/interface.ts';
import { ARRAY_TYPES, local } from './javascript-module.ts';

export function writeDeclarations(module: ModuleInterface): string {
  const lines: string[] = ["import type { KilnArray, KilnObject, Kiln } from 'kiln-lang/runtime';", ''];
  for (const record of module.records) {
    lines.push(...comment(record.docs, ''), `export interface ${record.name} {`);
    for (const field of record.fields) lines.push(`  ${field.name}: ${typeText(field.type, 'result')};`);
    lines.push('}', '');
  }
  for (const type of module.classes) {
    lines.push(...comment(type.docs, ''), `export class ${local(type.name)} extends KilnObject {`);
    if (type.init === null) lines.push('  private constructor();');
    else lines.push(...comment(type.init.docs, '  '), `  constructor(${parameters(type.init.args)});`);
    for (const field of type.fields) lines.push(`  readonly ${field.name}: ${typeText(field.type, 'result')};`);
    for (const method of type.methods) lines.push(...comment(method.docs, '  '), `  ${methodText(method)}`);
    lines.push('}', exportAs(type.name), '');
  }
  for (const fn of module.functions) {
    const name = local(fn.name);
    const result = typeText(fn.result, 'result');
    lines.push(...comment(fn.docs, ''), `${name === fn.name ? 'export ' : ''}declare const ${name}: {`);
    lines.push(`  (${parameters(fn.args)}): ${result};`);
    if (!staysHere(fn)) {
      lines.push('  /** The same call in another thread. */', `  async(${parameters(fn.args)}): Promise<${result}>;`);
    }
    lines.push('};', exportAs(fn.name), '');
  }
  lines.push('/** The memory of this module. */', 'export declare const kiln: Kiln;', '');
  // Without the empty lines that names without an alias left.
  return lines.join('\n').replace(/\n{3,}/g, '\n\n');
}

/** A name that is a reserved word can be exported all the same. */
function exportAs(name: string): string {
  return local(name) === name ? '' : `export { ${local(name)} as ${name} };`;
}

/** Objects and functions do not go to other threads. */
function staysHere(fn: ExportedFunction): boolean {
  return fn.result.kind === 'object' || fn.args.some(({ type }) => type.kind === 'object' || type.kind === 'function');
}

function methodText(method: ExportedMethod): string {
  const head = method.self === null ? 'static ' : '';
  return `${head}${method.name}(${parameters(method.args)}): ${typeText(method.result, 'result')};`;
}

function parameters(args: readonly ExportedArgument[]): string {
  const texts: string[] = [];
  for (const [i, arg] of args.entries()) {
    // `?` may only stand where everything behind it may be left out as well.
    const mayLack = args.slice(i).every((later) => later.hasDefault);
    texts.push(`${local(arg.name)}${mayLack ? '?' : ''}: ${typeText(arg.type, 'argument')}`);
  }
  return texts.join(', ');
}

function typeText(type: InteropType, position: 'argument' | 'result'): string {
  switch (type.kind) {
    case 'none':
      return 'void';
    case 'bool':
      return 'boolean';
    case 'integer':
    case 'float':
      return 'number';
    case 'wide':
      return 'bigint';
    case 'string':
      return 'string';
    case 'span':
    case 'list': {
      const array = ARRAY_TYPES[type.element];
      if (position === 'result') return `KilnArray<${array}>`;
      return `${array} | ${type.element === 'uint8' ? 'Uint8ClampedArray | ' : ''}KilnArray<${array}>`;
    }
    case 'sequence': {
      const element = typeText(type.element, position);
      const text = element.includes('|') ? `(${element})` : element;
      return position === 'argument' ? `readonly ${text}[]` : `${text}[]`;
    }
    case 'optional':
      return `${typeText(type.value, position)} | undefined`;
    case 'tuple':
      return `${position === 'argument' ? 'readonly ' : ''}[${type.elements.map((element) => typeText(element, position)).join(', ')}]`;
    case 'record':
    case 'object':
      return type.name;
    case 'function': {
      const args = type.args.map(
        (arg, i) =>
          `x${i}: ${arg.kind === 'span' || arg.kind === 'list' ? ARRAY_TYPES[arg.element] : typeText(arg, 'result')}`,
      );
      return `(${args.join(', ')}) => ${typeText(type.result, 'argument')}`;
    }
    default:
      return unreachable(type);
  }
}

function comment(docs: string | null, indent: string): string[] {
  if (docs === null) return [];
  const text = docs
    .trim()
    .replaceAll('*/', '* /')
    .split('\n')
    .map((line) => line.trim());
  if (text.length === 1) return [`${indent}/** ${text[0]} */`];
  return [`${indent}/**`, ...text.map((line) => `${indent} * ${line}`.trimEnd()), `${indent} */`];
}
