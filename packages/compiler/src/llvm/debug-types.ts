/** Types and variables in the debug information (`-g`).
 *  In: a concrete type and its layout. Out: metadata nodes; a type that mentions itself through a pointer is cut at the pointer. */
import type { Term } from '../terms/term.ts';
import type { Metadata } from './debug.ts';
import { type EmitOptions, escapeText, type Layouts } from './types.ts';

/** One named variable of a function; its number in the text stands between daggers. */
export interface DebugVariable {
  readonly name: string;
  /** 1 for the first argument; 0 for a local. */
  readonly argument: number;
  readonly type: Term;
  readonly line: number;
}

export class DebugTypes {
  private readonly nodes = new Map<Term, number>();
  private readonly active = new Set<Term>();
  private readonly metadata: Metadata;
  private readonly layouts: Layouts;
  private readonly options: EmitOptions;

  constructor(metadata: Metadata, layouts: Layouts, options: EmitOptions) {
    this.metadata = metadata;
    this.layouts = layouts;
    this.options = options;
  }

  /** The `!DILocalVariable` of a variable. */
  variable(variable: DebugVariable, scope: number, path: string): number {
    const argument = variable.argument > 0 ? `, arg: ${variable.argument}` : '';
    return this.metadata.node(
      `!DILocalVariable(name: "${escapeText(variable.name)}"${argument}, scope: !${scope}, file: !${this.metadata.file(path)}, line: ${variable.line}, type: !${this.type(variable.type)})`,
    );
  }

  private type(type: Term): number {
    const known = this.nodes.get(type);
    if (known !== undefined) return known;
    if (this.active.has(type))
      return this.metadata.shared('!DIBasicType(name: "recursive", size: 8, encoding: DW_ATE_unsigned)');
    this.active.add(type);
    const made = this.metadata.node(this.describe(type));
    this.active.delete(type);
    this.nodes.set(type, made);
    return made;
  }

  private name(type: Term): string {
    return escapeText(this.options.typeName?.(type) ?? (type.kind === 'struct' ? type.decl.name : type.kind));
  }

  private describe(type: Term): string {
    const layout = this.layouts.layout(type);
    const name = this.name(type);
    const bits = layout.size * 8;
    const pointee = this.layouts.pointee(type);
    if (pointee !== null)
      return `!DIDerivedType(tag: DW_TAG_pointer_type, name: "${name}", baseType: !${this.type(pointee)}, size: 64)`;
    const { scalar } = layout;
    if (scalar !== null && layout.lanes === 1) {
      const kind = scalar.kind === 'dtype' ? scalar.dtype.kind : scalar.kind;
      const encoding = { signed: 'signed', float: 'float', bool: 'boolean' }[kind as string] ?? 'unsigned';
      return `!DIBasicType(name: "${name}", size: ${bits}, encoding: DW_ATE_${encoding})`;
    }
    if (scalar !== null) {
      const element = this.metadata.shared(
        `!DIBasicType(name: "lane", size: ${scalar.size * 8}, encoding: DW_ATE_${scalar.kind === 'dtype' && scalar.dtype.kind === 'float' ? 'float' : 'signed'})`,
      );
      const range = this.metadata.shared(`!DISubrange(count: ${layout.lanes})`);
      return `!DICompositeType(tag: DW_TAG_array_type, name: "${name}", baseType: !${element}, size: ${bits}, flags: DIFlagVector, elements: !${this.metadata.shared(`!{!${range}}`)})`;
    }
    const members = layout.fields.map((field) => {
      const inner = this.layouts.layout(field.type);
      const node = this.type(field.type);
      return this.metadata.node(
        `!DIDerivedType(tag: DW_TAG_member, name: "${escapeText(field.name)}", baseType: !${node}, size: ${inner.size * 8}, offset: ${field.offset * 8})`,
      );
    });
    const list = this.metadata.node(`!{${members.map((member) => `!${member}`).join(', ')}}`);
    return `!DICompositeType(tag: DW_TAG_structure_type, name: "${name}", size: ${bits}, elements: !${list})`;
  }
}
