/** Elaboration: from `main`, the initializer of the globals and the exports, every function that is reached is lowered once
 *  for each set of concrete arguments; compile-time code runs on the way.
 *  In: sema's `Program`, generic bodies on demand, the target.  Out: a `ConcreteProgram`, or null after an error.
 *  Invariant: the same input gives the same program: instances are sorted by file, position and content hash. */
import type { TargetInfo } from '../backend/backend.ts';
import { makeId } from '../base/ids.ts';
import { InternalError, present } from '../base/invariant.ts';
import type { FileId, Span } from '../base/span.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Sink } from '../diagnostics/sink.ts';
import { LayoutEngine, LayoutError } from '../layout/layout.ts';
import type { Body, ConcreteProgram, Instance, InstanceId, InstanceSignature } from '../mir/mir.ts';
import { TypeFacts } from '../mir/type-facts.ts';
import type { HirFunction, Program } from '../sema/hir.ts';
import type { TermStore } from '../terms/store.ts';
import { makeSubstitution } from '../terms/substitute.ts';
import type { CallTerm, FunctionId, FunctionRef, FunctionTypeTerm, GlobalId, Term } from '../terms/term.ts';
import { adapterBody, entryBody } from './adapters.ts';
import { BodyWriter } from './body-writer.ts';
import { Concretizer, type ParamValues, type TermServices } from './concretize.ts';
import {
  type ChainLink,
  cannotEvaluate,
  ElaborationFailure,
  instantiationTooDeep,
  layoutFailed,
  TermFailure,
  tooManyInstances,
} from './errors.ts';
import { finishProgram } from './finish-program.ts';
import { convert, fold, type FoldContext, textOf } from './fold.ts';
import { type InstanceRecord, InstanceTable, type Requester, shortenChain } from './instances.ts';
import { WASM_RUNTIME } from './interpreter/foreign.ts';
import { lowerBody } from './lower-body.ts';
import type { LoweringServices } from './lowering-services.ts';
import { hashText, instanceHash, linkerSymbol, symbolPath, TermText } from './term-text.ts';

export interface ElaborationLimits {
  /** Instances that ask for one another. */
  readonly depth: number;
  readonly instances: number;
  /** Of the compile-time interpreter. */
  readonly steps: number;
  readonly memoryBytes: number;
  readonly callDepth: number;
}

export const DEFAULT_LIMITS: ElaborationLimits = {
  depth: 1024,
  instances: 100_000,
  steps: 1_000_000_000,
  memoryBytes: 1 << 29,
  callDepth: 3000,
};

export interface SourcePosition {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

export interface ElaborationInput {
  readonly program: Program;
  readonly store: TermStore;
  /** The body in phase `dropped`, or null if it had errors. */
  readonly genericBody: (fn: FunctionId, values: ParamValues) => Body | null;
  readonly target: TargetInfo;
  readonly defines: ReadonlyMap<string, string>;
  /** The program's end reports on its allocations (`--check-heap`). */
  readonly checkHeap: boolean;
  readonly limits: ElaborationLimits;
  readonly sink: Sink;
  readonly locate: (span: Span) => SourcePosition;
  /** A file of the standard library: errors in it are shown at the user's call. */
  readonly isLibrary: (file: FileId) => boolean;
  /** What compile-time code prints. */
  readonly output: (descriptor: 1 | 2, bytes: Uint8Array) => void;
}

/** Runs compile-time calls; implemented by interpreter/. */
export interface Evaluator {
  /** Throws `TermFailure` when the call cannot be completed. */
  evaluate(instance: InstanceId, args: readonly Term[], type: Term): Term;
  fieldOf(base: Term, index: number, type: Term): Term;
  elementsOf(value: Term): readonly Term[] | null;
  textOf(value: Term): string | null;
}

/** Paths of the library's wrappers around `main`. */
const RUN_MAIN = 'std.runtime.start.__run_main';
const RUN_RAISING_MAIN = 'std.runtime.start.__run_raising_main';
/** The checked allocator, and the account at the program's end. */
const CHECKED_MALLOC = 'std.runtime.checked_heap.allocate_plain';
const FINISH_CHECKED = 'std.runtime.checked_heap.__finish';
const MAX_ERRORS = 20;
/** Each takes about thirty frames of the host's call stack. */
const MAX_NESTED_EVALUATIONS = 100;

export interface ElaborationResult {
  readonly concrete: ConcreteProgram;
  readonly layouts: LayoutEngine;
  /** The session that made it: the interpreter runs the program from here, by the session's numbers. */
  readonly elaborator: Elaborator;
  readonly entry: InstanceId | null;
}

export function elaborate(
  input: ElaborationInput,
  makeEvaluator: (elaborator: Elaborator) => Evaluator,
): ElaborationResult | null {
  const elaborator = new Elaborator(input, makeEvaluator);
  const concrete = elaborator.run();
  return concrete === null ? null : { concrete, layouts: elaborator.layouts, elaborator, entry: elaborator.entry };
}

export class Elaborator implements TermServices {
  readonly input: ElaborationInput;
  readonly store: TermStore;
  readonly program: Program;
  readonly text = new TermText();
  readonly layouts: LayoutEngine;
  readonly folding: FoldContext;
  readonly instances = new InstanceTable();
  /** Reduces closed terms, for the whole session. */
  readonly closed: Concretizer;
  private readonly facts: TypeFacts;
  private readonly evaluator: Evaluator;
  private readonly adapters = new Map<string, Term>();
  private readonly functionInstances = new Map<Term, InstanceId>();
  private readonly results = new Map<Term, Term>();
  private readonly elements = new Map<Term, readonly Term[] | null>();
  private readonly running = new Set<Term>();
  /** The program's entry, by the session's number. */
  entry: InstanceId | null = null;
  private madeUp = 0;
  private errors = 0;
  private readonly postponed: { readonly instance: InstanceId; readonly span: Span; readonly error: LayoutError }[] =
    [];
  /** Where the work at hand belongs: requests that come from term reduction have no other place. */
  private context: Requester | null = null;

  constructor(input: ElaborationInput, makeEvaluator: (elaborator: Elaborator) => Evaluator) {
    this.input = input;
    this.store = input.store;
    this.program = input.program;
    this.layouts = new LayoutEngine(input.program, input.store);
    this.facts = new TypeFacts(input.program, input.store);
    this.folding = {
      store: input.store,
      program: input.program,
      layouts: this.layouts,
      target: input.target,
      defines: input.defines,
      text: this.text,
    };
    this.closed = new Concretizer(this);
    this.layouts.setReducer((term) => this.closed.apply(term));
    this.evaluator = makeEvaluator(this);
  }

  // ---- the program

  run(): ConcreteProgram | null {
    const roots: InstanceId[] = [];
    let allocator: InstanceId | null = null;
    try {
      this.entry = this.entryInstance();
      if (this.entry !== null) roots.push(this.entry);
      allocator = this.allocatorInstance();
      if (allocator !== null) roots.push(allocator);
      for (const fn of this.program.exports()) {
        if (this.program.function(fn).params.length === 0)
          roots.push(this.requestFunction(fn, [], { parent: null, span: this.program.function(fn).span }));
      }
    } catch (error) {
      if (!(error instanceof ElaborationFailure)) throw error;
    }
    if (this.failed) return null;
    return finishProgram(this, roots, this.entry, allocator);
  }

  /** What allocates where compile-time values are rebuilt: null is C's `malloc`, which wasm does not have. */
  private allocatorInstance(): InstanceId | null {
    const path = this.input.checkHeap ? CHECKED_MALLOC : this.input.target.isWasm ? `${WASM_RUNTIME}malloc` : null;
    const fn = path === null ? null : this.program.libraryFunction(path);
    return fn === null ? null : this.requestFunction(fn, [], this.rootRequester(fn));
  }

  get failed(): boolean {
    return this.errors > 0;
  }

  get tooManyErrors(): boolean {
    return this.errors >= MAX_ERRORS;
  }

  private entryInstance(): InstanceId | null {
    const { main, globals } = this.program.entry();
    if (main === null) return globals === null ? null : this.requestFunction(globals, [], this.rootRequester(globals));
    const decl = this.program.function(main);
    const wrapperFn = this.program.libraryFunction(decl.raises === null ? RUN_MAIN : RUN_RAISING_MAIN);
    const start = this.rootRequester(main);
    if (wrapperFn === null) return this.requestFunction(main, [], start);
    const wrapper = this.requestFunction(wrapperFn, [this.store.function(decl.ref, [])], start);
    const finish = this.input.checkHeap ? this.program.libraryFunction(FINISH_CHECKED) : null;
    if (globals === null && finish === null) return wrapper;
    return this.instances.request(
      {
        key: 'entry',
        make: (id) => {
          const { signature } = this.instances.get(wrapper).instance;
          return this.madeUpRecord(id, main, 'start', signature, [], decl.span, () => {
            const services = this.servicesFor(id);
            return entryBody(services, this.writerFor(id, services), {
              fn: main,
              span: decl.span,
              initialize: globals === null ? null : this.requestFunction(globals, [], { parent: id, span: decl.span }),
              run: wrapper,
              finish: finish === null ? null : this.requestFunction(finish, [], { parent: id, span: decl.span }),
              result: signature.result,
            });
          });
        },
      },
      start,
    );
  }

  private rootRequester(fn: FunctionId): Requester {
    return { parent: null, span: this.program.function(fn).span };
  }

  // ---- instances

  /** The instance of a function at concrete arguments. */
  requestFunction(fn: FunctionId, args: readonly Term[], requester: Requester): InstanceId {
    const decl = this.program.function(fn);
    let key = `${fn}:`;
    for (const arg of args) key += `${arg.id},`;
    return this.instances.request(
      { key, make: (id) => this.newRecord(id, decl, args) },
      this.checked(decl.ref.name, requester),
    );
  }

  private checked(name: string, requester: Requester): Requester {
    const { limits } = this.input;
    if (this.instances.size > limits.instances)
      this.fail(requester.parent, requester.span, (at) => tooManyInstances({ ...at, limit: limits.instances }));
    if (requester.parent !== null && this.instances.get(requester.parent).depth >= limits.depth)
      this.fail(requester.parent, requester.span, (at) => instantiationTooDeep({ ...at, name, limit: limits.depth }));
    return requester;
  }

  private newRecord(
    id: InstanceId,
    decl: HirFunction,
    args: readonly Term[],
  ): Omit<InstanceRecord, 'state' | 'depth' | 'requester'> {
    const values: ParamValues = makeSubstitution(decl.params, args).params;
    const terms = new Concretizer(this, values, this.closed);
    const signature: InstanceSignature = {
      args: decl.args.map((arg) => ({ name: arg.name, convention: arg.convention, type: terms.apply(arg.type) })),
      result: terms.apply(decl.result),
      raises: decl.raises === null ? null : this.errorType(terms.apply(decl.raises)),
    };
    const hash = instanceHash(decl, args, this.text);
    const { attributes } = decl;
    const instance: Instance = {
      id,
      symbol: linkerSymbol(decl, hash),
      displayName: args.length === 0 ? decl.ref.name : `${decl.ref.name}${describeBindings(decl, args, this.text)}`,
      fn: decl.id,
      args,
      signature,
      attributes: {
        inline: attributes.inline,
        exported: attributes.exportName !== null,
        noReturn: attributes.noReturn,
        cold: attributes.cold,
        freshResult: attributes.freshResult,
        wantsCallLocation: attributes.wantsCallLocation,
        callLocation: attributes.callLocation,
        fpMode: attributes.fpMode,
      },
      span: decl.span,
      body: null,
    };
    const term = this.store.function(decl.ref, args);
    this.functionInstances.set(term, id);
    return {
      instance,
      term,
      byValue: decl.args.map(
        (arg) =>
          arg.convention === 'var' ||
          arg.convention === 'deinit' ||
          (arg.convention === 'imm' && arg.variadic === 'none' && this.facts.isRegisterTrivial(arg.type)),
      ),
      hash,
      lower: () => this.lowerFunction(id, decl, values),
    };
  }

  /** `raises Never` cannot raise. */
  private errorType(type: Term): Term | null {
    return this.layouts.declaration(type)?.builtin === 'never' ? null : type;
  }

  private lowerFunction(id: InstanceId, decl: HirFunction, values: ParamValues): Body {
    const services = this.servicesFor(id);
    const writer = this.writerFor(id, services);
    if (decl.kind.kind === 'intrinsic' || decl.kind.kind === 'foreign')
      return adapterBody(services, writer, { target: decl, instance: this.instances.get(id) });
    const generic = this.input.genericBody(decl.id, values);
    if (generic === null) {
      // Sema or a flow check has reported why there is none.
      this.errors++;
      throw new ElaborationFailure();
    }
    const raises = this.instances.get(id).instance.signature.raises !== null;
    return lowerBody(generic, { values, raises }, services, this.closed, writer);
  }

  /** An instance without a declaration of its own. */
  private madeUpRecord(
    id: InstanceId,
    fn: FunctionId,
    name: string,
    signature: InstanceSignature,
    byValue: readonly boolean[],
    span: Span,
    lower: () => Body,
  ): Omit<InstanceRecord, 'state' | 'depth' | 'requester'> {
    const hash = hashText(name);
    const ref: FunctionRef = { id: makeId<FunctionId>(-1 - this.madeUp++), name, path: name };
    const term = this.store.function(ref, []);
    this.functionInstances.set(term, id);
    return {
      instance: {
        id,
        symbol: `_K${symbolPath(name)}_${hash}`,
        displayName: name,
        fn,
        args: [],
        signature,
        attributes: {
          inline: 'auto',
          exported: false,
          noReturn: false,
          cold: false,
          freshResult: false,
          wantsCallLocation: false,
          callLocation: 'keeps',
          fpMode: null,
        },
        span,
        body: null,
      },
      term,
      byValue,
      hash,
      lower,
    };
  }

  /** The instance with its body; throws `ElaborationFailure` when it has none because of an error. */
  bodyOf(id: InstanceId): Instance {
    const record = this.instances.get(id);
    if (record.state === 'done') return record.instance;
    if (record.state === 'failed') throw new ElaborationFailure();
    if (record.state === 'active') {
      const what = `'${record.instance.displayName}' needs its own result`;
      throw new TermFailure((at) => cannotEvaluate({ ...at, what }));
    }
    record.state = 'active';
    const outer = this.context;
    this.context = { parent: id, span: record.instance.span };
    try {
      record.instance.body = record.lower();
      record.state = 'done';
      return record.instance;
    } catch (error) {
      record.state = 'failed';
      if (error instanceof TermFailure) this.fail(id, record.instance.span, (at) => error.describe(at));
      if (error instanceof LayoutError) this.failLayout(id, record.instance.span, error);
      throw error;
    } finally {
      this.context = outer;
    }
  }

  /** The instance that a `function` term's address is. */
  instanceOfFunction(term: Term): InstanceId {
    const known = this.functionInstances.get(term);
    if (known !== undefined) return known;
    if (term.kind !== 'function') throw new InternalError('the address of something that is no function');
    return this.requestFunction(term.decl.id, term.args, this.context ?? this.rootRequester(term.decl.id));
  }

  // ---- errors

  /** Reports at the user's place: a failure inside the library is shown where the user's code called it. */
  fail(
    instance: InstanceId | null,
    span: Span,
    describe: (at: { span: Span; chain: readonly ChainLink[] }) => Diagnostic,
  ): never {
    this.errors++;
    const chain = this.instances.chain(instance);
    let place = span;
    // Calls inside the library say nothing to the user.
    const links: ChainLink[] = chain.filter((link) => !this.input.isLibrary(link.span.file));
    if (this.input.isLibrary(span.file)) {
      const user = links.pop();
      if (user !== undefined) {
        place = user.span;
        links.push({ span, text: 'in the library' });
      }
    }
    const shown = shortenChain(links);
    const diagnostic = describe({ span: place, chain: shown });
    const root = this.rootText(instance, shown);
    this.input.sink.report(root === null ? diagnostic : { ...diagnostic, notes: [...diagnostic.notes, root] });
    throw new ElaborationFailure();
  }

  private failLayout(instance: InstanceId | null, span: Span, error: LayoutError): never {
    const type = this.text.describe(error.type);
    this.fail(instance, span, (at) => layoutFailed({ ...at, type, reason: error.message }));
  }

  /** Reports the first of the types that have no layout, after everything else. */
  reportPostponed(): void {
    const [first] = this.postponed;
    const [unplaced] = this.layouts.negativeArrays;
    try {
      if (first !== undefined) this.failLayout(first.instance, first.span, first.error);
      const main = this.program.entry().main;
      if (unplaced !== undefined && main !== null) this.failLayout(null, this.program.function(main).span, unplaced);
    } catch (error) {
      if (!(error instanceof ElaborationFailure)) throw error;
    }
  }

  /** The user's function at which the chain begins, most often `main`, and the places of the calls from there on. */
  private rootText(instance: InstanceId | null, links: readonly ChainLink[]): string | null {
    let root: Instance | null = null;
    for (let at = instance; at !== null; at = this.instances.get(at).requester.parent) {
      const record = this.instances.get(at);
      if (!this.input.isLibrary(record.instance.span.file)) root = record.instance;
    }
    if (root === null) return null;
    const placeOf = (span: Span): string => {
      const { path, line, column } = this.input.locate(span);
      return `${path}:${line}:${column}`;
    };
    const calls = links.filter((link) => !this.input.isLibrary(link.span.file)).map((link) => placeOf(link.span));
    const through =
      calls.length === 0 ? '' : `, through ${calls.length === 1 ? 'the call' : 'calls'} at ${calls.join(', ')}`;
    return `instantiated from '${root.displayName}' at ${placeOf(root.span)}${through}`;
  }

  // ---- services of one instance

  servicesFor(id: InstanceId): LoweringServices {
    const request = (fn: FunctionId, args: readonly Term[], span: Span): InstanceId =>
      this.requestFunction(fn, args, { parent: id, span });
    return {
      store: this.store,
      program: this.program,
      text: this.text,
      layouts: this.layouts,
      folding: this.folding,
      evaluateCall: (call, source) => this.evaluateCall(call, source),
      fieldOf: (base, index, type) => this.fieldOf(base, index, type),
      elementsOf: (value) => this.elementsOf(value),
      fold: (op, operands, type) => this.fold(op, operands, type),
      globalType: (global) => this.globalType(global),
      fail: (span, describe) => this.fail(id, span, describe),
      postpone: (span, error) => this.postponed.push({ instance: id, span, error }),
      request,
      record: (instance) => this.instances.get(instance),
      constant: (term, type, span) => this.constant(term, type, { parent: id, span }),
      messageText: (term) => textOf(term) ?? this.evaluator.textOf(term),
      passing: (type) => this.passing(type),
    };
  }

  writerFor(id: InstanceId, services: LoweringServices): BodyWriter {
    return new BodyWriter(services, (fn, args, span) => this.requestFunction(fn, args, { parent: id, span }));
  }

  globalType(global: GlobalId): Term {
    return this.closed.apply(this.program.global(global).type);
  }

  private passing(type: FunctionTypeTerm): readonly boolean[] {
    return type.args.map((arg) => this.layouts.passesByValue(arg.convention, arg.type));
  }

  // ---- constants

  /** Makes every function inside a constant an instance of the right shape. */
  private constant(term: Term, type: Term, requester: Requester): Term {
    switch (term.kind) {
      case 'functionItem':
        return type.kind === 'functionType' && type.thin ? this.functionValue(term.func, type, requester) : term;
      case 'function':
        // As a value of its own type a function has no bytes and needs no instance.
        return type.kind === 'functionType' && type.thin
          ? this.functionValue(term, type, requester)
          : this.store.functionItem(term);
      case 'structValue': {
        // A literal that was given where its value is wanted, e.g. through an associated value.
        if (term.type !== type && term.fields.length === 0) {
          const converted = convert(this.folding, term, type);
          if (converted !== null) return converted;
        }
        const members = this.layouts.memberTypes(type);
        if (members.length !== term.fields.length) return term;
        return this.store.structValue(
          term.type,
          term.fields.map((field, i) => this.constant(field, present(members[i], 'member').type, requester)),
        );
      }
      case 'memoryValue':
        for (const allocation of term.image.allocations)
          for (const relocation of allocation.relocations)
            if (relocation.target.kind === 'function') this.instanceOfFunction(relocation.target.func);
        return term;
      default:
        return term;
    }
  }

  /** A function as a thin value: itself if it is called alike, else an adapter of the type's shape. */
  private functionValue(term: Term, type: FunctionTypeTerm, requester: Requester): Term {
    if (term.kind !== 'function' || term.decl.id < 0) return term;
    const decl = this.program.function(term.decl.id);
    const target = this.requestFunction(term.decl.id, term.args, requester);
    const record = this.instances.get(target);
    const wanted = this.passing(type);
    const alike =
      decl.kind.kind !== 'intrinsic' &&
      decl.kind.kind !== 'foreign' &&
      !decl.attributes.wantsCallLocation &&
      (record.instance.signature.raises === null) === (type.raises === null) &&
      record.byValue.every((value, i) => value === wanted[i]) &&
      record.instance.signature.args.every((arg, i) => arg.convention !== 'imm' || type.args[i]?.convention !== 'var');
    if (alike) return record.term;
    const key = `adapter ${term.id} ${type.id}`;
    const known = this.adapters.get(key);
    if (known !== undefined) return known;
    const signature: InstanceSignature = {
      args: type.args.map((arg, i) => ({
        name: arg.name === '' ? `arg${i}` : arg.name,
        convention: arg.convention,
        type: arg.type,
      })),
      result: type.result,
      raises: type.raises,
    };
    const name = `${record.instance.displayName} as ${this.text.describe(type)}`;
    const id = this.instances.request(
      {
        key,
        make: (made) =>
          this.madeUpRecord(
            made,
            decl.id,
            `${decl.ref.path}$${record.hash}$${this.text.hash(type)}`,
            signature,
            wanted,
            decl.span,
            () => {
              const services = this.servicesFor(made);
              return adapterBody(services, this.writerFor(made, services), {
                target: decl,
                instance: this.instances.get(made),
                args: term.args,
              });
            },
          ),
      },
      this.checked(name, requester),
    );
    const adapter = this.instances.get(id).term;
    this.adapters.set(key, adapter);
    return adapter;
  }

  /** The instance behind each `function` term that a kept body may mention. */
  functionValues(): ReadonlyMap<Term, InstanceId> {
    return this.functionInstances;
  }

  // ---- TermServices

  evaluateCall(call: CallTerm, source: Term): Term {
    const known = this.results.get(call);
    if (known !== undefined) return known;
    try {
      return this.runCall(call);
    } catch (error) {
      const span = this.store.spanOf(source);
      if (!(error instanceof TermFailure) || span === null || this.input.isLibrary(span.file)) throw error;
      throw error.locate(span);
    }
  }

  private runCall(call: CallTerm): Term {
    const callee = call.callee.kind === 'functionItem' ? call.callee.func : call.callee;
    if (callee.kind !== 'function') {
      const what = `a call of ${this.text.describe(callee)}`;
      throw new TermFailure((at) => cannotEvaluate({ ...at, what }));
    }
    const decl = this.program.function(callee.decl.id);
    if (decl.kind.kind === 'intrinsic') {
      const folded = this.fold(decl.kind.name, [...callee.args, ...call.args], call.type);
      if (folded !== null) return folded;
    }
    if (this.running.size >= MAX_NESTED_EVALUATIONS) {
      const what = `more than ${MAX_NESTED_EVALUATIONS} evaluations inside one another`;
      throw new TermFailure((at) => cannotEvaluate({ ...at, what }));
    }
    if (this.running.has(call)) {
      const what = `'${decl.ref.name}' needs its own result`;
      throw new TermFailure((at) => cannotEvaluate({ ...at, what }));
    }
    this.running.add(call);
    try {
      const requester = this.context ?? this.rootRequester(decl.id);
      const instance = this.requestFunction(decl.id, callee.args, requester);
      const result = this.evaluator.evaluate(instance, call.args, call.type);
      this.results.set(call, result);
      return result;
    } finally {
      this.running.delete(call);
    }
  }

  fieldOf(base: Term, index: number, type: Term): Term {
    return this.evaluator.fieldOf(base, index, type);
  }

  elementsOf(value: Term): readonly Term[] | null {
    const known = this.elements.get(value);
    if (known !== undefined) return known;
    const elements = this.evaluator.elementsOf(value);
    this.elements.set(value, elements);
    return elements;
  }

  fold(op: string, operands: readonly Term[], type: Term): Term | null {
    return fold(this.folding, op, operands, type);
  }
}

function describeBindings(decl: HirFunction, args: readonly Term[], text: TermText): string {
  const shown: string[] = [];
  args.forEach((arg, i) => {
    if (arg.kind === 'specialOrigin') return;
    shown.push(`${decl.params[i]?.name ?? ''}=${text.describe(arg)}`);
  });
  return shown.length === 0 ? '' : `[${shown.join(', ')}]`;
}
