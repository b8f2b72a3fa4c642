/** Entry of this stage: a concrete program as one LLVM module in text.
 *  In: the program, layouts, the target and options. Out: IR for LLVM 22, with opaque pointers.
 *  Instances are written first; what they asked for (constants, declarations, helpers, thunks) follows; equal definitions are
 *  found before numbering and written once. Everything is `internal` except exports and the entry.
 *  The entry is `i32 @main(i32, ptr)` on every target (the embedded backend puts a WASI `_start` before it): it keeps the
 *  arguments in `@__kiln_argc`/`@__kiln_argv` (slots of 8 bytes) and calls the entry instance, whose `Int` result (or 0) is the
 *  exit status. */
import type { FpMode, TargetInfo } from '../backend/backend.ts';
import { InternalError, present } from '../base/invariant.ts';
import type { Span } from '../base/span.ts';
import type { ConcreteProgram, Instance, InstanceId } from '../mir/mir.ts';
import type { FunctionTypeTerm, GlobalId, MemoryImage, Term } from '../terms/term.ts';
import { type Abi, AbiRules, sameCallShape } from './abi.ts';
import { type AliasClass, AliasClasses } from './alias-classes.ts';
import { imageRelocations, initializer, stringImage } from './constants.ts';
import type { ConstantImage, ModuleContext } from './context.ts';
import { Metadata } from './debug.ts';
import { DebugTypes } from './debug-types.ts';
import { readsErrorTrace } from './error-trace.ts';
import { calleeAbi } from './statements.ts';
import { emitInstance, emitThunk, type FunctionText } from './functions.ts';
import type { LoopHint } from './loop-hints.ts';
import { mergeIdentical } from './merge.ts';
import { makesOwners } from './shared-types.ts';
import { effectiveTarget } from './threads.ts';
import { type EmitOptions, escapeBytes, escapeText, globalName, type Layouts, utf8Bytes } from './types.ts';
import { dividesWide, wideDivisionFunctions } from './wide-division.ts';

const LOOP_HINTS: Readonly<Record<LoopHint, string>> = {
  calm: '!{!"llvm.loop.interleave.count", i32 1}',
  waiting: '!{!"llvm.loop.unroll.runtime.disable"}',
};

export function emitModule(
  program: ConcreteProgram,
  layouts: Layouts,
  target: TargetInfo,
  options: EmitOptions,
): string {
  return new ModuleEmitter(program, layouts, effectiveTarget(program, target), options).emit();
}

/** A definition waiting for its final symbol. Instances come first, in order; thunks follow. */
interface Definition {
  readonly symbol: string;
  readonly displayName: string;
  readonly text: FunctionText;
  readonly exported: boolean;
  readonly span: Span | null;
}

class ModuleEmitter implements ModuleContext {
  readonly program: ConcreteProgram;
  readonly layouts: Layouts;
  readonly target: TargetInfo;
  readonly options: EmitOptions;
  readonly rules: AbiRules;
  readonly wide: boolean;
  readonly hasHalfConversion: boolean;
  readonly aliases: AliasClasses;
  readonly showsErrorStacks: boolean;

  private readonly metadata: Metadata;
  private readonly debugTypes: DebugTypes;
  private readonly abis = new Map<InstanceId, Abi>();
  private readonly globalTypes = new Map<GlobalId, Term>();
  private readonly constants = new Map<string, string>();
  private readonly constantLines: string[] = [];
  private readonly images = new Map<string, string>();
  private readonly intrinsics = new Map<string, string>();
  private readonly foreign = new Map<string, string>();
  private readonly helpers = new Map<string, string>();
  private readonly externals = new Set<string>();
  private readonly thunks = new Map<string, { readonly symbol: string; readonly text: FunctionText }>();
  private readonly locations = new Map<string, string>();
  /** Instances compiled again for callers of another floating-point mode; placeholders follow those of the instances. */
  private readonly variants: { readonly instance: Instance; readonly fpMode: FpMode }[] = [];
  private readonly variantIndices = new Map<string, number>();
  private branchWeights: number | null = null;
  private readonly loopNodes = new Map<LoopHint, number>();
  private readonly aliasTags = new Map<AliasClass, string>();

  constructor(program: ConcreteProgram, layouts: Layouts, target: TargetInfo, options: EmitOptions) {
    this.program = program;
    this.layouts = layouts;
    this.target = target;
    this.options = options;
    this.rules = new AbiRules(layouts, program.globals, program.instances.values().some(makesOwners));
    this.wide = target.pointerBytes === 4;
    this.hasHalfConversion = hasHalfConversion(target);
    this.metadata = new Metadata(options.moduleName, options.optLevel > 0, options.debug);
    this.debugTypes = new DebugTypes(this.metadata, layouts, options);
    for (const global of program.globals) this.globalTypes.set(global.id, global.type);
    const bodies = program.instances.values().flatMap(({ body }) => (body === null ? [] : [body]));
    this.showsErrorStacks = readsErrorTrace(bodies);
    this.aliases = new AliasClasses(
      bodies,
      layouts,
      (call) => calleeAbi({ module: this }, call.callee),
      (global) => this.globalType(global),
    );
  }

  emit(): string {
    const definitions = this.program.instances
      .values()
      .map((instance) => this.definition(instance, this.options.fpMode, instance.symbol));
    // Emitting one may ask for more.
    for (let i = 0; i < this.variants.length; i++) {
      const { instance, fpMode } = present(this.variants[i], 'variant');
      definitions.push(this.definition(instance, fpMode, `${instance.symbol}.${fpMode}`));
    }
    for (const { symbol, text } of this.thunks.values())
      definitions.push({ symbol, displayName: symbol, text, exported: false, span: null });

    const canonical = mergeIdentical(definitions);
    const symbols = definitions.map((_, i) => globalName(present(definitions[canonical[i] ?? i], 'definition').symbol));
    const resolve = (text: string): string => text.replace(/«(\d+)»/g, (_, id: string) => symbols[Number(id)] ?? '');

    const functions = definitions
      .filter((_, i) => canonical[i] === i)
      .map((definition) => this.define(definition, resolve));
    const entry = this.entryFunction(resolve);
    const defined = new Set(definitions.map((definition) => definition.symbol));

    const chunks = [
      `source_filename = "${escapeText(this.options.moduleName)}"\n`,
      `target datalayout = "${this.target.dataLayout}"\n`,
      `target triple = "${this.target.triple}"\n\n`,
      '@__kiln_argc = internal global i32 0, align 4\n',
      '@__kiln_argv = internal global ptr null, align 8\n',
      ...this.program.globals.map((global) => this.globalLine(global.id, global.type)),
      ...this.constantLines.map(resolve),
      ...[...this.externals].map((symbol) => `${globalName(symbol)} = external global i8\n`),
      '\n',
      ...functions,
      entry,
      ...this.helpers.values(),
      // On wasm the compiler library that comes with the linker has them.
      !this.target.isWasm && dividesWide(functions) ? wideDivisionFunctions() : '',
      '\n',
      ...this.intrinsics.values(),
      ...[...this.foreign].filter(([symbol]) => !defined.has(symbol)).map(([, text]) => text),
      '\n',
      this.metadata.text(),
    ];
    return chunks.join('');
  }

  private definition(instance: Instance, fpMode: FpMode, symbol: string): Definition {
    return {
      symbol,
      displayName: instance.displayName,
      text: emitInstance(this, instance, fpMode),
      exported: instance.attributes.exported && symbol === instance.symbol,
      span: instance.span,
    };
  }

  private define(definition: Definition, resolve: (text: string) => string): string {
    const { text } = definition;
    let attachment = '';
    let body = resolve(text.body);
    const { locate } = this.options;
    if (text.locations.length > 0 && locate !== null && definition.span !== null) {
      const place = locate(definition.span);
      const scope = this.metadata.subprogram(definition.displayName, definition.symbol, place.path, place.line);
      attachment = ` !dbg !${scope}`;
      const numbers = text.locations.map(({ line, column }) => this.metadata.location(line, column, scope));
      const variables = text.variables.map((variable) => this.debugTypes.variable(variable, scope, place.path));
      body = body.replace(/†(\d+)†/g, (_, n: string) => `!${variables[Number(n)] ?? 0}`);
      body = body.replace(/‹(\d+)›/g, (_, n: string) => `!${numbers[Number(n)] ?? 0}`);
    }
    const linkage = definition.exported ? '' : 'internal ';
    const header = `define ${linkage}${text.returnText} ${globalName(definition.symbol)}(${text.parameters})`;
    return `${header} ${text.attributes}${attachment} {\n${body}}\n\n`;
  }

  private globalLine(id: GlobalId, type: Term): string {
    const { size, align } = this.layouts.layout(type);
    return `${this.globalReference(id)} = internal global [${Math.max(size, 1)} x i8] zeroinitializer, align ${align}\n`;
  }

  private entryFunction(resolve: (text: string) => string): string {
    const { entry } = this.program;
    if (entry === null) return '';
    const abi = this.abiOf(entry);
    const lines: string[] = [];
    const debug = this.entryDebug(entry);
    const status = this.entryCall(entry, abi, debug.place, lines);
    const attributes = this.target.isWasm ? `nounwind "target-features"="${this.target.features}"` : 'nounwind';
    return resolve(
      `define i32 @main(i32 %argc, ptr %argv) ${attributes}${debug.scope} {\n  store i32 %argc, ptr @__kiln_argc, align 4\n  store ptr %argv, ptr @__kiln_argv, align 8\n${lines.join('')}  ret i32 ${status}\n}\n\n`,
    );
  }

  /** Scope and place of the entry's call: without them what is inlined there would lose its places. */
  private entryDebug(entry: InstanceId): { readonly scope: string; readonly place: string } {
    const { locate } = this.options;
    const { span } = this.program.instances.get(entry);
    if (locate === null || span === null) return { scope: '', place: '' };
    const { path, line } = locate(span);
    const scope = this.metadata.subprogram('start of the program', 'main', path, line);
    return { scope: ` !dbg !${scope}`, place: `, !dbg !${this.metadata.location(0, 0, scope)}` };
  }

  /** Calls the entry instance; returns the text of its exit status. */
  private entryCall(entry: InstanceId, abi: Abi, place: string, lines: string[]): string {
    const args: string[] = [];
    if (abi.wantsLocation) args.push(`ptr ${this.locationDescriptor(null)}`);
    if (abi.errorAttributes !== null) {
      const layout = this.layouts.layout(present(abi.errorType, 'error type'));
      lines.push(`  %error = alloca [${layout.size} x i8], align ${layout.align}\n`);
      args.push('ptr %error');
    }
    const call = `call ${abi.returnType} ${this.instanceReference(entry, this.options.fpMode)}(${args.join(', ')})${place}`;
    if (abi.returnType === 'void') {
      lines.push(`  ${call}\n`);
      return '0';
    }
    lines.push(`  %returned = ${call}\n`);
    if (abi.raises) {
      const flag = abi.returnType === 'i1' ? '%returned' : '%flag';
      if (flag === '%flag') lines.push(`  %flag = extractvalue ${abi.returnType} %returned, 0\n`);
      lines.push(`  %status = zext i1 ${flag} to i32\n`);
      return '%status';
    }
    if (abi.returnType === 'i32') return '%returned';
    if (!/^i\d+$/.test(abi.returnType)) return '0';
    lines.push(`  %status = ${abi.returnType === 'i64' ? 'trunc' : 'zext'} ${abi.returnType} %returned to i32\n`);
    return '%status';
  }

  // ---- ModuleContext

  abiOf(id: InstanceId): Abi {
    const known = this.abis.get(id);
    if (known !== undefined) return known;
    const instance = this.program.instances.get(id);
    const abi = this.rules.abi(instance.signature, this.wantsLocation(instance));
    this.abis.set(id, abi);
    return abi;
  }

  /** Nobody in the program calls an export or the entry, so nobody could say from where. */
  private wantsLocation(instance: Instance): boolean {
    return instance.attributes.wantsCallLocation && !instance.attributes.exported && instance.id !== this.program.entry;
  }

  instanceReference(id: InstanceId, fpMode: FpMode): string {
    const instance = this.program.instances.get(id);
    const own = instance.attributes.fpMode;
    if (fpMode === this.options.fpMode || own !== null || instance.attributes.exported) return `«${id}»`;
    const key = `${id}:${fpMode}`;
    let index = this.variantIndices.get(key);
    if (index === undefined) {
      index = this.program.instances.size + this.variants.length;
      this.variantIndices.set(key, index);
      this.variants.push({ instance, fpMode });
    }
    return `«${index}»`;
  }

  functionAddress(func: Term, expected: FunctionTypeTerm | null): string {
    const term = func.kind === 'functionItem' ? func.func : func;
    const id = this.program.functionValues.get(term);
    if (id === undefined) throw new InternalError(`no instance for the address of a ${term.kind} term`);
    const own = this.abiOf(id);
    const instance = this.program.instances.get(id);
    const wanted = expected === null ? this.rules.abi(instance.signature, false) : this.rules.pointerAbi(expected);
    if (sameCallShape(own, wanted)) return this.instanceReference(id, this.options.fpMode);
    const key = `${id}:${expected?.id ?? ''}`;
    let thunk = this.thunks.get(key);
    if (thunk === undefined) {
      const symbol = `${instance.symbol}.thunk${this.thunks.size}`;
      thunk = { symbol, text: emitThunk(this, instance, wanted, expected?.cAbi ?? false) };
      this.thunks.set(key, thunk);
    }
    return globalName(thunk.symbol);
  }

  globalReference(global: GlobalId): string {
    return `@__kiln_global.${global}`;
  }

  globalType(global: GlobalId): Term {
    return present(this.globalTypes.get(global), 'type of a file-scope variable');
  }

  globalSymbol(symbol: string): string {
    this.externals.add(symbol);
    return globalName(symbol);
  }

  unlikely(): string {
    this.branchWeights ??= this.metadata.node('!{!"branch_weights", i32 1, i32 2000}');
    return `, !prof !${this.branchWeights}`;
  }

  loopHint(hint: LoopHint | null): string {
    if (hint === null) return '';
    let node = this.loopNodes.get(hint);
    if (node === undefined) {
      node = this.metadata.node('');
      this.metadata.replace(node, `distinct !{!${node}, !${this.metadata.shared(LOOP_HINTS[hint])}}`);
      this.loopNodes.set(hint, node);
    }
    return `, !llvm.loop !${node}`;
  }

  aliasTag(alias: AliasClass | null): string {
    if (alias === null || this.options.optLevel === 0) return '';
    let tag = this.aliasTags.get(alias);
    if (tag === undefined) {
      const root = this.metadata.shared('!{!"Kiln"}');
      const type = this.metadata.node(`!{!"${alias}", !${root}, i64 0}`);
      tag = `, !tbaa !${this.metadata.node(`!{!${type}, !${type}, i64 0}`)}`;
      this.aliasTags.set(alias, tag);
    }
    return tag;
  }

  stringConstant(text: string): string {
    return this.constant(stringImage(text));
  }

  constant(image: ConstantImage): string {
    const [type, text] = initializer(image, this.wide, escapeBytes);
    const key = `${image.align} ${type} ${text}`;
    const known = this.constants.get(key);
    if (known !== undefined) return known;
    const name = `@.c${this.constants.size}`;
    this.constants.set(key, name);
    this.constantLines.push(`${name} = private unnamed_addr constant ${type} ${text}, align ${image.align}\n`);
    return name;
  }

  imageConstant(image: MemoryImage, index: number): string {
    const key = `${image.key}#${index}`;
    const known = this.images.get(key);
    if (known !== undefined) return known;
    const allocation = present(image.allocations[index], 'allocation');
    const made = this.constant({
      bytes: allocation.bytes,
      align: allocation.align,
      relocations: imageRelocations(this, image, index),
    });
    this.images.set(key, made);
    return made;
  }

  declareIntrinsic(result: string, name: string, params: readonly string[]): void {
    if (!this.intrinsics.has(name))
      this.intrinsics.set(name, `declare ${result} @${name}(${params.map(immediate(name)).join(', ')})\n`);
  }

  declareForeign(symbol: string, result: string, params: readonly string[], variadicAfter: number | null): string {
    if (!this.foreign.has(symbol)) {
      const list = variadicAfter === null ? params : [...params.slice(0, variadicAfter), '...'];
      let attributes = '';
      const dot = symbol.indexOf('.');
      if (this.target.isWasm && dot > 0)
        attributes = ` "wasm-import-module"="${escapeText(symbol.slice(0, dot))}" "wasm-import-name"="${escapeText(symbol.slice(dot + 1))}"`;
      this.foreign.set(symbol, `declare ${result} ${globalName(symbol)}(${list.join(', ')})${attributes}\n`);
    }
    return globalName(symbol);
  }

  helper(name: string, make: () => string): string {
    if (!this.helpers.has(name)) this.helpers.set(name, `${withFeatures(make(), this.target)}\n`);
    return globalName(name);
  }

  allocator(): { readonly reference: string; readonly result: string } {
    // The library's own is a function on integers.
    const own = this.program.allocator;
    if (own !== null)
      return { reference: this.instanceReference(own, this.options.fpMode), result: this.abiOf(own).returnType };
    return { reference: this.declareForeign('malloc', 'ptr', ['i64'], null), result: 'ptr' };
  }

  locationDescriptor(span: Span | null): string {
    const place = span === null ? null : (this.options.locate?.(span) ?? null);
    const path = place?.path ?? '';
    const key = `${path}:${place?.line ?? 0}:${place?.column ?? 0}`;
    const known = this.locations.get(key);
    if (known !== undefined) return known;
    const bytes = new Uint8Array(32);
    const view = new DataView(bytes.buffer);
    view.setBigInt64(8, BigInt(utf8Bytes(path).length), true);
    view.setBigInt64(16, BigInt(place?.line ?? 0), true);
    view.setBigInt64(24, BigInt(place?.column ?? 0), true);
    const made = this.constant({
      bytes,
      align: 8,
      relocations: [{ offset: 0, symbol: this.stringConstant(path), addend: 0 }],
    });
    this.locations.set(key, made);
    return made;
  }
}

/** LLVM requires `immarg` where it defines it so; declarations of other intrinsics take plain types. */
function immediate(name: string): (type: string, index: number) => string {
  const positions = /^llvm\.(memcpy|memmove|memset)\./.test(name)
    ? [3]
    : /^llvm\.(ctlz|cttz|abs)\./.test(name)
      ? [1]
      : name.startsWith('llvm.prefetch')
        ? [1, 2, 3]
        : name.startsWith('llvm.wasm.memory')
          ? [0]
          : name === 'llvm.aarch64.hint'
            ? []
            : [];
  return (type, index) => (positions.includes(index) && !type.includes('immarg') ? `${type} immarg` : type);
}

function withFeatures(definition: string, target: TargetInfo): string {
  if (!target.isWasm) return definition;
  return definition.replace(') nounwind {', `) nounwind "target-features"="${target.features}" {`);
}

function hasHalfConversion(target: TargetInfo): boolean {
  if (target.isWasm) return false;
  if (target.arch === 'aarch64') return true;
  if (target.features.split(',').includes('-f16c')) return false;
  return (
    target.features.split(',').includes('+f16c') ||
    (target.simdByteWidth >= 32 && !target.cpu.startsWith('sandybridge'))
  );
}
