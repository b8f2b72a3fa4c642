/** Writes the text of one function: fresh names, entry-block allocas, debug locations.
 *  Invariant: every instruction goes through `op` or `effect`, so each carries the current statement's location. Locations are
 *  function-local numbers `‹n›` until module.ts knows which functions survive merging (names in IR are ASCII). */
import type { FpMode } from '../backend/backend.ts';
import type { Span } from '../base/span.ts';
import type { AbiPiece } from '../layout/layout.ts';
import type { Term } from '../terms/term.ts';
import type { AliasClass } from './alias-classes.ts';
import type { ModuleContext } from './context.ts';
import type { DebugVariable } from './debug-types.ts';
import { alignAt, isBoolScalar, memoryType, registerType, strideType, typed, type Value, value } from './types.ts';

/** An address with the alignment that is known of it. */
export interface Address {
  readonly pointer: string;
  readonly align: number;
  /** What single loads and stores of a scalar here cannot meet. */
  readonly alias?: AliasClass | null;
}

export class FunctionWriter {
  readonly module: ModuleContext;
  private readonly allocas: string[] = [];
  private readonly lines: string[] = [];
  private counter = 0;
  private labels = 0;
  private suffix = '';
  /** `line:column` pairs, indexed by the function-local location number. */
  readonly locations: { readonly line: number; readonly column: number }[] = [];
  readonly variables: DebugVariable[] = [];
  private readonly locationNumbers = new Map<string, number>();
  /** The current span, for `location.*` descriptors at calls. */
  span: Span | null = null;
  private readonly withDebug: boolean;
  /** Mode of this function's arithmetic. */
  readonly fpMode: FpMode;

  constructor(module: ModuleContext, withDebug: boolean, fpMode: FpMode) {
    this.module = module;
    this.fpMode = fpMode;
    this.withDebug = withDebug && module.options.locate !== null;
  }

  /** Makes `span` the place of what follows. */
  at(span: Span): void {
    if (this.span === span) return;
    this.span = span;
    const { locate } = this.module.options;
    if (!this.withDebug || locate === null) return;
    const { line, column } = locate(span);
    const key = `${line}:${column}`;
    let number = this.locationNumbers.get(key);
    if (number === undefined) {
      number = this.locations.length;
      this.locations.push({ line, column });
      this.locationNumbers.set(key, number);
    }
    this.suffix = `, !dbg ‹${number}›`;
  }

  /** A placeholder for a variable's debug node; null when none are wanted. */
  variable(name: string, argument: number, type: Term, span: Span): string | null {
    const { locate, debug } = this.module.options;
    if (!this.withDebug || !debug || locate === null || name === '') return null;
    this.variables.push({ name, argument, type, line: locate(span).line });
    return `†${this.variables.length - 1}†`;
  }

  /** Says that a part of a variable is at an address, or (`value`) is a value from here on. */
  describe(
    kind: 'declare' | 'value',
    v: Value,
    variable: string,
    part: { readonly offset: number; readonly size: number } | null,
  ): void {
    const expression = part === null ? '' : `DW_OP_LLVM_fragment, ${part.offset * 8}, ${part.size * 8}`;
    const place = this.suffix.slice(', !dbg '.length);
    if (place === '') return;
    this.lines.push(`    #dbg_${kind}(${typed(v)}, ${variable}, !DIExpression(${expression}), ${place})`);
  }

  private fresh(): string {
    return `%v${this.counter++}`;
  }

  /** An instruction with a result. */
  op(type: string, text: string): Value {
    const name = this.fresh();
    this.lines.push(`  ${name} = ${text}${this.suffix}`);
    return value(type, name);
  }

  /** An instruction without a result, or a terminator. */
  effect(text: string): void {
    this.lines.push(`  ${text}${this.suffix}`);
  }

  freshLabel(hint: string): string {
    return `${hint}.${this.labels++}`;
  }

  label(name: string): void {
    this.lines.push(`${name}:`);
  }

  alloca(type: string, align: number): string {
    const name = this.fresh();
    this.allocas.push(`  ${name} = alloca ${type}, align ${align}`);
    return name;
  }

  /** Storage for a whole value. */
  storage(size: number, align: number): Address {
    return { pointer: this.alloca(strideType(Math.max(size, 1)), align), align };
  }

  /** The body: `entry` with the allocas, then everything else. */
  finish(): string {
    return `entry:\n${[...this.allocas, ...this.lines].join('\n')}\n`;
  }

  // ---- instructions that several files need

  call(type: string, callee: string, args: readonly Value[], flags = ''): Value {
    return this.op(type, `call ${flags}${type} ${callee}(${args.map(typed).join(', ')})`);
  }

  callVoid(callee: string, args: readonly Value[]): void {
    this.effect(`call void ${callee}(${args.map(typed).join(', ')})`);
  }

  /** A call of an LLVM intrinsic, declared on the way. */
  intrinsic(type: string, name: string, args: readonly Value[], flags = ''): Value {
    this.module.declareIntrinsic(
      type,
      name,
      args.map((arg) => arg.type),
    );
    return this.call(type, `@${name}`, args, flags);
  }

  intrinsicVoid(name: string, args: readonly Value[]): void {
    this.module.declareIntrinsic(
      'void',
      name,
      args.map((arg) => arg.type),
    );
    this.callVoid(`@${name}`, args);
  }

  binary(operation: string, a: Value, b: Value): Value {
    return this.op(a.type, `${operation} ${a.type} ${a.text}, ${b.text}`);
  }

  convert(operation: string, v: Value, type: string): Value {
    return v.type === type ? v : this.op(type, `${operation} ${typed(v)} to ${type}`);
  }

  select(condition: Value, a: Value, b: Value): Value {
    return this.op(a.type, `select ${typed(condition)}, ${typed(a)}, ${typed(b)}`);
  }

  // ---- memory

  offset(pointer: string, bytes: number): string {
    if (bytes === 0) return pointer;
    return this.op('ptr', `getelementptr i8, ptr ${pointer}, i64 ${bytes}`).text;
  }

  loadPiece(piece: AbiPiece, base: Address, offset = 0, volatile = false): Value {
    const { wide } = this.module;
    const memory = memoryType(piece, wide);
    const register = registerType(piece);
    const pointer = this.offset(base.pointer, offset);
    const align = alignAt(base.align, offset);
    const alias = this.module.aliasTag(base.alias ?? null);
    const loaded = this.op(
      memory,
      `load ${volatile ? 'volatile ' : ''}${memory}, ptr ${pointer}, align ${align}${alias}`,
    );
    return this.toRegister(loaded, piece, register);
  }

  /** From the memory form of a piece to its register form. */
  toRegister(loaded: Value, piece: AbiPiece, register: string): Value {
    if (loaded.type === register) return loaded;
    if (isBoolScalar(piece.scalar)) return this.convert('trunc', loaded, register);
    return this.convert('inttoptr', this.convert('trunc', loaded, 'i32'), register);
  }

  toMemory(v: Value, piece: AbiPiece): Value {
    const memory = memoryType(piece, this.module.wide);
    if (v.type === memory) return v;
    if (isBoolScalar(piece.scalar)) return this.convert('zext', v, memory);
    return this.convert('zext', this.convert('ptrtoint', v, 'i32'), memory);
  }

  storePiece(v: Value, piece: AbiPiece, base: Address, offset = 0, volatile = false): void {
    const stored = this.toMemory(v, piece);
    const pointer = this.offset(base.pointer, offset);
    const align = alignAt(base.align, offset);
    const alias = this.module.aliasTag(base.alias ?? null);
    this.effect(`store ${volatile ? 'volatile ' : ''}${typed(stored)}, ptr ${pointer}, align ${align}${alias}`);
  }

  loadPieces(pieces: readonly AbiPiece[], base: Address): Value[] {
    return pieces.map((piece) => this.loadPiece(piece, base, piece.offset));
  }

  storePieces(values: readonly Value[], pieces: readonly AbiPiece[], base: Address): void {
    for (let i = 0; i < pieces.length; i++) {
      const piece = pieces[i];
      const v = values[i];
      if (piece !== undefined && v !== undefined) this.storePiece(v, piece, base, piece.offset);
    }
  }

  copyBytes(to: Address, from: Address, size: number): void {
    if (size === 0 || to.pointer === from.pointer) return;
    this.module.declareIntrinsic('void', 'llvm.memcpy.p0.p0.i64', ['ptr', 'ptr', 'i64', 'i1 immarg']);
    this.effect(
      `call void @llvm.memcpy.p0.p0.i64(ptr align ${to.align} ${to.pointer}, ptr align ${from.align} ${from.pointer}, i64 ${size}, i1 false)`,
    );
  }

  trap(): void {
    this.intrinsicVoid('llvm.trap', []);
    this.effect('unreachable');
  }
}
