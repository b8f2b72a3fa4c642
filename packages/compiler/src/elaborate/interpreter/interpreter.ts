/** Runs concrete MIR: compile-time calls for elaboration, and whole programs as the third executor.
 *  In: a host that lowers instances on demand, limits, output.  Out: terms, or an exit status.
 *  Invariant: what compile-time code does stays inside its memory; only `write` to standard output and error leaves it. */
import { stackText } from '../../base/stack-text.ts';
import { InternalError, present } from '../../base/invariant.ts';
import type { Span } from '../../base/span.ts';
import { makeId } from '../../base/ids.ts';
import { forwardsCallLocation, type Instance, type InstanceId } from '../../mir/mir.ts';
import type { GlobalId, Term } from '../../terms/term.ts';
import { ElaborationFailure, evaluationFailed, evaluationRaised, TermFailure } from '../errors.ts';
import { Codec } from './codec.ts';
import { type CodegenContext, FunctionCode } from './codegen.ts';
import { callForeign, type ForeignIo } from './foreign.ts';
import type { InterpreterHost, InterpreterLimits } from './host.ts';
import { HEAP_FINDING_STATUS, HeapFinding, HeapWatch } from './heap-watch.ts';
import { type Frame, InterpreterError, ProgramExit, ProgramTrap, STACK_OVERFLOW } from './interpreter-error.ts';
import { BASE, badAccess, FUNCTION_BASE, isFunctionAddress, Memory } from './memory.ts';
import { type Access, type Helpers, makeAccess, makeHelpers, scalarKey } from './runtime.ts';
import { canonical, type Int } from './scalars.ts';

type Compiled = (ret: number, err: number, loc: number, ...args: unknown[]) => unknown;

const MAX_FRAMES = 20;

/** The part of the interpreter that generated code sees as `R`. */
export class Interpreter {
  readonly m: Memory;
  fuel: number;
  depth = 0;
  /** Evaluations under way: lowering a callee may start another inside. */
  private active = 0;
  /** What compile-time code wrote last: why it trapped, most often. */
  private said = '';
  private readonly host: InterpreterHost;
  private readonly limits: InterpreterLimits;
  private readonly io: ForeignIo;
  private readonly isCompileTime: boolean;
  private readonly access: Record<string, Access>;
  private readonly helpers: Helpers;
  private readonly codec: Codec;
  private readonly functions: Compiled[] = [];
  /** Whether the entry of `functions` is the function itself, not a stub that compiles it. */
  private readonly ready: boolean[] = [];
  private readonly sites: (readonly Span[])[] = [];
  private readonly globals: number[] = [];
  private readonly locations = new Map<string, number>();
  private readonly constants = new Map<string, number>();
  private readonly context: CodegenContext;

  constructor(host: InterpreterHost, limits: InterpreterLimits, io: ForeignIo, isCompileTime: boolean) {
    this.host = host;
    this.limits = limits;
    this.io = {
      output: (descriptor, bytes) => {
        if (isCompileTime) this.said = new TextDecoder().decode(bytes);
        io.output(descriptor, bytes);
      },
      input: (size) => io.input(size),
      now: () => io.now(),
      mayExit: io.mayExit,
    };
    this.isCompileTime = isCompileTime;
    this.fuel = limits.steps;
    this.m = new Memory(limits.memoryBytes);
    this.access = makeAccess(this.m);
    this.helpers = makeHelpers(this.m, this.access);
    this.codec = new Codec(host, this.m, this.access);
    this.context = this.makeContext();
  }

  // ---- evaluation for elaboration

  /** Runs an instance on constant arguments and returns its result as a term. */
  evaluate(id: InstanceId, args: readonly Term[], type: Term): Term {
    const record = this.host.record(id);
    const { signature, displayName } = record.instance;
    const { m } = this;
    const savedStack = m.sp;
    const savedDepth = this.depth;
    if (this.active === 0) this.fuel = this.limits.steps;
    this.active++;
    try {
      const values = signature.args.map((arg, i) =>
        this.argument(present(args[i], 'argument'), arg.type, record.byValue[i] ?? true),
      );
      const layout = this.host.layouts.layout(signature.result);
      const raises = signature.raises !== null;
      const direct = !raises && (layout.kind === 'scalar' || layout.kind === 'vector');
      const ret = direct ? 0 : this.reserve(layout.size);
      const err = signature.raises === null ? 0 : this.reserve(this.host.layouts.sizeOf(signature.raises));
      const result = this.function(id)(ret, err, 0, ...values);
      if (raises && result === 1) throw new TermFailure((at) => evaluationRaised({ ...at, name: displayName }));
      if (!direct) return this.codec.read(ret, type.kind === 'error' ? signature.result : signature.result);
      if (layout.kind === 'scalar') {
        const term = this.codec.termOfScalar(result as Int, layout);
        if (term !== null) return term;
      }
      const slot = this.reserve(layout.size);
      this.storeValue(slot, result, signature.result);
      return this.codec.read(slot, signature.result);
    } catch (error) {
      throw this.asTermFailure(error, displayName);
    } finally {
      m.sp = savedStack;
      this.depth = savedDepth;
      this.ended();
    }
  }

  /** Results have left as terms: what the outermost evaluation allocated is garbage. */
  private ended(): void {
    if (--this.active === 0) this.m.releaseHeap();
  }

  private asTermFailure(error: unknown, name: string): unknown {
    if (error instanceof TermFailure || error instanceof ElaborationFailure) return error;
    const known = this.normalize(error);
    if (!(known instanceof InterpreterError)) return known;
    const frames = this.frameTexts(known.frames);
    return new TermFailure((at) => evaluationFailed({ ...at, name, reason: known.reason, frames }));
  }

  /** One line for each frame, a run of equal ones (recursion) as one. */
  private frameTexts(frames: readonly Frame[]): string[] {
    const texts: string[] = [];
    let next = 0;
    while (next < frames.length && texts.length < MAX_FRAMES) {
      const frame = present(frames[next], 'frame');
      let end = next + 1;
      while (end < frames.length && frames[end]?.name === frame.name && frames[end]?.span === frame.span) end++;
      const { path, line, column } = this.host.locate(frame.span);
      const times = end - next === 1 ? '' : ` (${end - next} times)`;
      texts.push(`in '${frame.name}' at ${path}:${line}:${column}${times}`);
      next = end;
    }
    if (next < frames.length) texts.push(`… ${frames.length - next} more calls`);
    return texts;
  }

  /** The host's own limits and range checks as errors of the program that ran. */
  private normalize(error: unknown): unknown {
    if (error instanceof InterpreterError || error instanceof ProgramExit) return error;
    if (error instanceof RangeError) {
      if (/call stack/i.test(error.message)) return new InterpreterError(STACK_OVERFLOW);
      return new InterpreterError('access outside of memory');
    }
    return error;
  }

  private argument(term: Term, type: Term, byValue: boolean): unknown {
    const layout = this.host.layouts.layout(type);
    if (layout.kind === 'empty') return 0;
    if (byValue && layout.kind === 'scalar') return this.codec.scalarOf(term, layout);
    const slot = this.reserve(layout.size);
    this.codec.write(slot, term, type);
    if (byValue && layout.kind === 'vector') return this.loadVector(slot, type);
    return slot;
  }

  private loadVector(address: number, type: Term): Int[] {
    const layout = this.host.layouts.layout(type);
    const size = layout.size / layout.lanes;
    return Array.from({ length: layout.lanes }, (_, i) => this.codec.loadScalar(address + i * size, layout));
  }

  private storeValue(address: number, value: unknown, type: Term): void {
    const layout = this.host.layouts.layout(type);
    const key =
      layout.scalar === null
        ? 'u8'
        : layout.scalar.kind === 'pointer'
          ? 'u64'
          : layout.scalar.kind === 'bool'
            ? 'b'
            : null;
    const access = key !== null ? present(this.access[key], 'access') : null;
    const lanes = Array.isArray(value) ? (value as Int[]) : [value as Int];
    lanes.forEach((lane, i) => {
      if (access !== null) access.store(address + i * access.size, lane);
      else this.storeLane(address + (i * layout.size) / layout.lanes, lane, layout.type);
    });
  }

  private storeLane(address: number, lane: Int, type: Term): void {
    const layout = this.host.layouts.layout(type);
    const scalar = present(layout.scalar, 'scalar');
    if (scalar.kind !== 'dtype') return;
    const { dtype } = scalar;
    const key =
      dtype.kind === 'float'
        ? dtype.name === 'float64'
          ? 'f64'
          : dtype.name === 'float32'
            ? 'f32'
            : dtype.name
        : dtype.kind === 'bool'
          ? 'b'
          : `${dtype.kind === 'signed' ? 'i' : 'u'}${dtype.bits}`;
    present(this.access[key], 'access').store(address, lane);
  }

  /** Stack memory until the evaluation ends. */
  private reserve(size: number): number {
    return this.enter(Math.ceil(Math.max(size, 1) / 16) * 16);
  }

  /** A part of a value that is kept as an image. */
  fieldOf(base: Term, index: number): Term | null {
    const type = typeOfValue(base);
    if (type === null) return null;
    const field = this.host.layouts.layout(type).fields[index];
    if (field === undefined) return null;
    return this.withValue(base, type, (address) => this.codec.read(address + field.offset, field.type));
  }

  elementsOf(value: Term): readonly Term[] | null {
    const type = typeOfValue(value);
    return type === null ? null : this.withValue(value, type, (address) => this.codec.readElements(address, type));
  }

  textOf(value: Term): string | null {
    const type = typeOfValue(value);
    return type === null ? null : this.withValue(value, type, (address) => this.codec.readText(address, type));
  }

  private withValue<T>(value: Term, type: Term, use: (address: number) => T): T {
    const saved = this.m.sp;
    this.active++;
    try {
      const slot = this.reserve(this.host.layouts.sizeOf(type));
      this.codec.write(slot, value, type);
      return use(slot);
    } finally {
      this.m.sp = saved;
      this.ended();
    }
  }

  // ---- whole programs

  /** Runs the program's entry and returns its exit status. */
  run(entry: InstanceId, heapIsChecked: boolean): number {
    const { signature } = this.host.record(entry).instance;
    if (heapIsChecked) this.m.watch = new HeapWatch();
    try {
      const layout = this.host.layouts.layout(signature.result);
      const ret = this.reserve(layout.size);
      const err = signature.raises === null ? 0 : this.reserve(this.host.layouts.sizeOf(signature.raises));
      const result = this.function(entry)(ret, err, 0);
      const status =
        signature.raises !== null ? (result === 1 ? 1 : 0) : layout.kind === 'scalar' ? Number(result) & 255 : 0;
      const findings = this.m.watch?.findings(this.m) ?? [];
      return findings.length === 0 ? status : this.reportHeap(findings);
    } catch (error) {
      if (error instanceof HeapFinding) return this.reportHeap([error.message]);
      const known = this.normalize(error);
      if (known instanceof ProgramExit) return known.status;
      if (!(known instanceof InterpreterError)) throw known;
      const reason = known instanceof ProgramTrap ? '' : `kiln: ${known.reason}\n`;
      const places = known.frames.map(({ name, span }) => ({ name, ...this.host.locate(span) }));
      this.io.output(2, new TextEncoder().encode(reason + stackText(places, () => null)));
      return 132;
    }
  }

  private reportHeap(findings: readonly string[]): number {
    const text = findings.map((finding) => `kiln: heap check: ${finding}\n`).join('');
    this.io.output(2, new TextEncoder().encode(text));
    return HEAP_FINDING_STATUS;
  }

  // ---- compilation

  private function(id: InstanceId): Compiled {
    const known = this.functions[id];
    if (known !== undefined && this.ready[id] === true) return known;
    const modelled = this.modelled(id);
    if (modelled !== null) return modelled;
    const instance = this.host.bodyOf(id);
    const code = new FunctionCode(this.context, instance);
    code.globalType = (global) => this.host.globalType(makeId<GlobalId>(global));
    code.calleeInstance = (callee) => {
      if (callee.kind !== 'instance') throw new InternalError('callee');
      const record = this.host.record(callee.instance);
      // The callee is compiled when it is first called.
      this.functions[callee.instance] ??= this.stub(callee.instance);
      return record;
    };
    const generated = code.generate();
    this.sites[id] = generated.sites;
    const prelude = generated.helpers.map((name) => `const ${name}=H.${name};`).join('');
    const helpers = this.helpers;
    for (const name of generated.helpers)
      if (helpers[name] === undefined) throw new InternalError(`the interpreter has no helper ${name}`);
    const make = new Function('R', 'H', 'F', 'C', 'ID', `"use strict";${prelude}${generated.source}`) as (
      ...parts: unknown[]
    ) => Compiled;
    const compiled = make(this, helpers, this.functions, generated.constants, id);
    this.functions[id] = compiled;
    this.ready[id] = true;
    return compiled;
  }

  /** A C function of the wasm runtime: modelled here as it is natively, since there is no wasm memory to grow. */
  private modelled(id: InstanceId): Compiled | null {
    const symbol = this.host.cFunction(id);
    if (symbol === null) return null;
    const { scalar } = this.host.layouts.layout(this.host.record(id).instance.signature.result);
    const compiled: Compiled = (_ret, _err, _loc, ...args) => {
      const value = this.foreign(symbol, args as readonly Int[]);
      return scalar === null ? value : this.result(value, scalarKey(scalar));
    };
    this.functions[id] = compiled;
    this.ready[id] = true;
    return compiled;
  }

  private stub(id: InstanceId): Compiled {
    return (...args) => this.function(id)(...args);
  }

  private makeContext(): CodegenContext {
    const { host } = this;
    return {
      layout: (type) => host.layouts.layout(type),
      pointee: (type) => host.layouts.pointee(type),
      isPack: (type) => host.layouts.declaration(type)?.builtin === 'pack',
      byValue: (instance: Instance) => host.record(instance.id).byValue,
      pointerByValue: (type) =>
        type.kind === 'functionType'
          ? type.args.map((arg) => host.layouts.passesByValue(arg.convention, arg.type))
          : [],
      wantsLocation: (callee) =>
        callee.kind === 'instance' && host.record(callee.instance).instance.attributes.wantsCallLocation,
      forwardsLocation: (caller, callee) =>
        callee.kind === 'instance' &&
        forwardsCallLocation(caller.attributes, host.record(callee.instance).instance.attributes),
      stringAddress: (text) => this.codec.stringAddress(text),
      slotAddress: (name) => this.codec.slotAddress(name),
      globalAddress: (global) => this.globalAddress(makeId<GlobalId>(global)),
      locationAddress: (span) => this.locationAddress(span),
      constantAddress: (term, type) => this.constantAddress(term, type),
      scalarOf: (term, layout) => this.codec.scalarOf(term, layout),
      isCompileTime: this.isCompileTime,
    };
  }

  private globalAddress(global: GlobalId): number {
    const known = this.globals[global];
    if (known !== undefined) return known;
    const layout = this.host.layouts.layout(this.host.globalType(global));
    const address = this.m.allocate(layout.size, layout.align, 'static');
    this.globals[global] = address;
    return address;
  }

  private locationAddress(span: Span): number {
    const { path, line, column } = this.host.locate(span);
    const key = `${path}:${line}:${column}`;
    const known = this.locations.get(key);
    if (known !== undefined) return known;
    const address = this.m.allocate(32, 8, 'static');
    const word = present(this.access['u64'], 'access');
    word.store(address, this.codec.stringAddress(path));
    word.store(address + 8, new TextEncoder().encode(path).length);
    word.store(address + 16, line);
    word.store(address + 24, column);
    this.locations.set(key, address);
    return address;
  }

  private constantAddress(term: Term, type: Term): number {
    const key = `${term.id} ${type.id}`;
    const known = this.constants.get(key);
    if (known !== undefined) return known;
    const layout = this.host.layouts.layout(type);
    const address = this.m.allocate(layout.size, layout.align, 'static');
    this.codec.write(address, term, type);
    this.constants.set(key, address);
    return address;
  }

  // ---- called by generated code

  enter(size: number): number {
    const { m } = this;
    const fp = m.sp;
    const top = fp + size;
    if (top > m.stackLimit) throw new InterpreterError(STACK_OVERFLOW);
    m.sp = top;
    // What an earlier call left behind is no part of a value that has padding there.
    m.clear(fp - BASE, top - BASE);
    return fp;
  }

  call(): void {
    if (++this.depth > this.limits.callDepth)
      throw new InterpreterError(
        `more than ${this.limits.callDepth} nested calls (--max-call-depth=N raises the limit)`,
      );
  }

  outOfSteps(): never {
    throw new InterpreterError(`more than ${this.limits.steps} steps (--max-steps=N raises the limit)`);
  }

  trap(): never {
    if (this.io.mayExit) throw new ProgramTrap();
    // A failed check has just printed what is wrong.
    const said = /^(?:At|ABORT): (.*)\n?$/.exec(this.said)?.[1];
    throw new InterpreterError(said === undefined ? 'the program stopped with a trap' : `stopped at ${said}`);
  }

  unreachable(): never {
    if (this.io.mayExit) throw new ProgramTrap();
    throw new InterpreterError('reached code that must not be reached');
  }

  unsupported(name: string): never {
    throw new InterpreterError(`${name} does not exist in the interpreter`);
  }

  /** Adds the frame that an error passes through. */
  unwound(error: unknown, id: InstanceId, site: number): unknown {
    if (error instanceof ProgramExit || error instanceof TermFailure || error instanceof ElaborationFailure)
      return error;
    const known = this.normalize(error);
    if (!(known instanceof InterpreterError)) return known;
    if (known.frames.length < 1000) {
      const { instance } = this.host.record(id);
      known.frames.push({ name: instance.displayName, span: this.sites[id]?.[site] ?? instance.span });
    }
    return known;
  }

  pointer(address: Int): Compiled {
    const value = Number(address);
    if (!isFunctionAddress(value)) throw badAccess(address);
    return this.function(makeId<InstanceId>((value - FUNCTION_BASE) / 16));
  }

  foreign(symbol: string, args: readonly Int[]): Int {
    return callForeign(symbol, args, this.m, this.io);
  }

  /** A C result in the canonical form of the type that receives it. */
  result(value: Int, key: string): Int {
    const wrap = this.helpers[`wrap_${key}`] as ((value: Int) => Int) | undefined;
    if (wrap === undefined) return value;
    return wrap(typeof value === 'number' ? value : canonical(value));
  }

  materialize(value: { readonly term: Term; readonly type: Term }, address: number): void {
    this.codec.write(address, value.term, value.type);
  }
}

function typeOfValue(value: Term): Term | null {
  return value.kind === 'memoryValue' || value.kind === 'structValue' ? value.type : null;
}
