/** Debug information: line tables (DISubprogram, DILocation), cheap enough to be always on.
 *  In: functions with their location lists. Out: numbered metadata nodes. Types and variables (`-g`): debug-types.ts. */
import { escapeText } from './types.ts';

export class Metadata {
  private readonly nodes: string[] = [];
  private readonly unique = new Map<string, number>();
  private readonly files = new Map<string, number>();
  private unit: number | null = null;
  private subroutineType: number | null = null;
  private readonly moduleName: string;
  private readonly optimized: boolean;
  private readonly variables: boolean;

  constructor(moduleName: string, optimized: boolean, variables: boolean) {
    this.moduleName = moduleName;
    this.optimized = optimized;
    this.variables = variables;
  }

  node(text: string): number {
    this.nodes.push(text);
    return this.nodes.length - 1;
  }

  replace(id: number, text: string): void {
    this.nodes[id] = text;
  }

  /** A node that may be shared by equal ones. */
  shared(text: string): number {
    const known = this.unique.get(text);
    if (known !== undefined) return known;
    const made = this.node(text);
    this.unique.set(text, made);
    return made;
  }

  file(path: string): number {
    const known = this.files.get(path);
    if (known !== undefined) return known;
    const slash = path.lastIndexOf('/');
    const directory = slash < 0 ? '' : path.slice(0, slash);
    const made = this.node(
      `!DIFile(filename: "${escapeText(path.slice(slash + 1))}", directory: "${escapeText(directory)}")`,
    );
    this.files.set(path, made);
    return made;
  }

  /** `debugInfoForProfiling` keeps the names of functions that nothing was inlined into: the stack of a trap shows them. */
  private compileUnit(): number {
    if (this.unit !== null) return this.unit;
    const file = this.file(this.moduleName);
    this.unit = this.node(
      `distinct !DICompileUnit(language: DW_LANG_C99, file: !${file}, producer: "kiln", isOptimized: ${this.optimized}, runtimeVersion: 0, emissionKind: ${this.variables ? 'FullDebug' : 'LineTablesOnly, debugInfoForProfiling: true'})`,
    );
    return this.unit;
  }

  /** A function's own node. */
  subprogram(name: string, linkageName: string, path: string, line: number): number {
    const unit = this.compileUnit();
    this.subroutineType ??= this.node('!DISubroutineType(types: !{})');
    const file = this.file(path);
    const flags = this.optimized ? 'DISPFlagDefinition | DISPFlagOptimized' : 'DISPFlagDefinition';
    return this.node(
      `distinct !DISubprogram(name: "${escapeText(name)}", linkageName: "${escapeText(linkageName)}", scope: !${file}, file: !${file}, line: ${line}, type: !${this.subroutineType}, scopeLine: ${line}, spFlags: ${flags}, unit: !${unit})`,
    );
  }

  location(line: number, column: number, scope: number): number {
    return this.node(`!DILocation(line: ${line}, column: ${Math.min(column, 65535)}, scope: !${scope})`);
  }

  text(): string {
    const out: string[] = [];
    if (this.unit !== null) {
      const version = this.node('!{i32 2, !"Debug Info Version", i32 3}');
      const dwarf = this.node('!{i32 7, !"Dwarf Version", i32 4}');
      out.push(`!llvm.dbg.cu = !{!${this.unit}}`, `!llvm.module.flags = !{!${version}, !${dwarf}}`);
    }
    for (const [i, node] of this.nodes.entries()) out.push(`!${i} = ${node}`);
    return out.length === 0 ? '' : `${out.join('\n')}\n`;
  }
}
