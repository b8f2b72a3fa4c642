/** Hand-made concrete programs for the tests of LLVM emission: a tiny library of builtin structs and a builder of bodies. */
import { Table, makeId } from '@kiln/compiler/base/ids.ts';
import { type FileId, makeSpan, type Span } from '@kiln/compiler/base/span.ts';
import { LayoutEngine } from '@kiln/compiler/layout/layout.ts';
import type {
  BasicBlock,
  BlockId,
  Body,
  Callee,
  ConcreteProgram,
  Instance,
  InstanceId,
  Local,
  LocalId,
  Operand,
  Place,
  Projection,
  Region,
  RegionId,
  Rvalue,
  Terminator,
} from '@kiln/compiler/mir/mir.ts';
import type { BuiltinStruct, HirStruct, Lifecycle, Program } from '@kiln/compiler/sema/hir.ts';
import { TermStore } from '@kiln/compiler/terms/store.ts';
import type {
  Convention,
  DTypeName,
  FunctionId,
  ParamTerm,
  StructId,
  StructRef,
  Term,
} from '@kiln/compiler/terms/term.ts';

const FILE = makeId<FileId>(0);
export function spanAt(line: number): Span {
  return makeSpan(FILE, line, line);
}

const TRIVIAL: Lifecycle = { kind: 'trivial' };
const WRITTEN: Lifecycle = { kind: 'written', fn: makeId<FunctionId>(0) };

/** Types as sema would make them. */
export class TestLibrary {
  readonly store = new TermStore();
  private readonly structs: HirStruct[] = [];
  readonly simdDecl = this.declare('SIMD', 'simd', { registerPassable: true });
  readonly boolDecl = this.declare('Bool', 'bool', { registerPassable: true });
  readonly pointerDecl = this.declare('Pointer', 'pointer', { registerPassable: true });
  readonly noneDecl = this.declare('NoneType', 'none', { registerPassable: true });
  readonly packDecl = this.declare('VariadicPack', 'pack', {});
  readonly listDecl = this.declare('VariadicList', 'variadic-list', {});
  readonly tupleDecl = this.declare('Tuple', 'tuple', {});
  readonly literalPrimitive = this.store.primitive('int-literal-value');

  private declare(
    name: string,
    builtin: BuiltinStruct | null,
    facts: {
      readonly registerPassable?: boolean;
      readonly fields?: readonly Term[];
      readonly trivial?: boolean;
      readonly shared?: boolean;
    },
  ): StructRef {
    const id = makeId<StructId>(this.structs.length);
    const ref: StructRef = { id, name, path: name };
    const lifecycle = facts.trivial === false ? WRITTEN : TRIVIAL;
    this.structs.push({
      ref,
      id,
      span: spanAt(1),
      params: [],
      self: this.store.struct(ref, []),
      fields: (facts.fields ?? []).map((type, i) => ({ name: `f${i}`, type, span: spanAt(1) })),
      builtin,
      align: null,
      copy: lifecycle,
      move: lifecycle,
      destroy: lifecycle,
      implicitlyCopyable: true,
      registerPassable: facts.registerPassable ?? false,
      trivialRegisterPassable: facts.registerPassable ?? false,
      explicitDestroy: null,
      sharedMutable: facts.shared ?? false,
      notShared: false,
      closure: null,
      captured: [],
    });
    return ref;
  }

  simd(dtype: DTypeName, lanes = 1): Term {
    return this.store.struct(this.simdDecl, [
      this.store.dtype(dtype),
      this.store.int(BigInt(lanes), this.literalPrimitive),
    ]);
  }
  readonly int: Term = this.simd('int');
  readonly float64: Term = this.simd('float64');
  readonly bool: Term = this.store.struct(this.boolDecl, []);
  readonly none: Term = this.store.struct(this.noneDecl, []);
  pointer(pointee: Term): Term {
    return this.store.struct(this.pointerDecl, [this.store.true, pointee]);
  }
  pack(elements: readonly Term[]): Term {
    return this.store.struct(this.packDecl, [this.store.list(elements)]);
  }
  tuple(elements: readonly Term[]): Term {
    return this.store.struct(this.tupleDecl, [this.store.list(elements)]);
  }
  ref(pointee: Term): Term {
    return this.store.ref(pointee, this.store.specialOrigin('erased', this.store.true), this.store.true);
  }
  /** A user struct; `owning`: has a written destructor, so it is of memory class. */
  struct(name: string, fields: readonly Term[], owning = false): Term {
    return this.store.struct(this.declare(name, null, { fields, trivial: !owning }), []);
  }

  layouts(): LayoutEngine {
    const program = { struct: (id: StructId) => this.structs[id] } as unknown as Program;
    return new LayoutEngine(program, this.store);
  }
}

export interface FunctionOptions {
  readonly exported?: boolean;
  readonly raises?: Term;
  readonly wantsLocation?: boolean;
  readonly inline?: 'auto' | 'always' | 'never';
}

/** Collects instances. */
export class ProgramBuilder {
  readonly lib: TestLibrary;
  readonly instances = new Table<InstanceId, Instance>();
  entry: InstanceId | null = null;
  readonly functionValues = new Map<Term, InstanceId>();

  constructor(lib: TestLibrary) {
    this.lib = lib;
  }

  define(
    symbol: string,
    args: readonly (readonly [name: string, convention: Convention, type: Term])[],
    result: Term,
    build: (body: BodyBuilder) => void,
    options: FunctionOptions = {},
  ): InstanceId {
    const id = this.instances.nextId();
    const instance: Instance = {
      id,
      symbol,
      displayName: symbol,
      fn: makeId<FunctionId>(id),
      args: [],
      signature: {
        args: args.map(([name, convention, type]) => ({ name, convention, type })),
        result,
        raises: options.raises ?? null,
      },
      attributes: {
        inline: options.inline ?? 'auto',
        exported: options.exported ?? false,
        noReturn: false,
        cold: false,
        freshResult: false,
        wantsCallLocation: options.wantsLocation ?? false,
        callLocation: 'forwards',
        fpMode: null,
      },
      span: spanAt(1),
      body: null,
    };
    this.instances.add(instance);
    const builder = new BodyBuilder(this.lib, args, result, options.raises ?? null);
    build(builder);
    instance.body = builder.finish(instance.fn, symbol);
    return id;
  }

  program(): ConcreteProgram {
    return {
      instances: this.instances,
      entry: this.entry,
      globals: [],
      functionValues: this.functionValues,
      allocator: null,
    };
  }
}

export class BodyBuilder {
  readonly lib: TestLibrary;
  readonly locals = new Table<LocalId, Local>();
  readonly blocks = new Table<BlockId, BasicBlock>();
  readonly args: LocalId[] = [];
  readonly result: LocalId;
  readonly error: LocalId | null;
  private current: BlockId;
  line = 1;

  constructor(
    lib: TestLibrary,
    args: readonly (readonly [string, Convention, Term])[],
    result: Term,
    raises: Term | null,
  ) {
    this.lib = lib;
    args.forEach(([name, convention, type], index) => {
      this.args.push(this.add(name, type, { kind: 'argument', index, convention }));
    });
    this.result = this.add('result', result, { kind: 'result' });
    this.error = raises === null ? null : this.add('error', raises, { kind: 'error' });
    this.current = this.block();
  }

  private add(name: string, type: Term, kind: Local['kind']): LocalId {
    return this.locals.add({
      name,
      type,
      span: spanAt(this.line),
      kind,
      origin: this.lib.store.newOriginRoot(),
      region: makeId<RegionId>(0),
      bindOnce: false,
    });
  }

  local(type: Term, name = ''): LocalId {
    return this.add(name, type, { kind: 'var' });
  }

  block(): BlockId {
    return this.blocks.add({
      statements: [],
      terminator: { kind: 'unreachable', span: spanAt(this.line) },
      region: makeId<RegionId>(0),
    });
  }

  at(block: BlockId): void {
    this.current = block;
  }

  arg(index: number): LocalId {
    return this.args[index] ?? this.result;
  }

  place(local: LocalId, projections: readonly Projection[] = []): Place {
    return { root: { kind: 'local', local }, projections };
  }
  copy(local: LocalId | Place): Operand {
    return { kind: 'copy', place: this.asPlace(local), span: spanAt(this.line) };
  }
  move(local: LocalId | Place): Operand {
    return { kind: 'move', place: this.asPlace(local), span: spanAt(this.line) };
  }
  borrow(local: LocalId | Place): Operand {
    return { kind: 'borrow', place: this.asPlace(local), span: spanAt(this.line) };
  }
  borrowMut(local: LocalId | Place): Operand {
    return { kind: 'borrowMut', place: this.asPlace(local), span: spanAt(this.line) };
  }
  constant(value: bigint | boolean, type: Term): Operand {
    const { store } = this.lib;
    const term = typeof value === 'boolean' ? store.bool(value) : store.int(value, type);
    return { kind: 'constant', term, type, span: spanAt(this.line) };
  }
  float(numerator: bigint, denominator: bigint, type: Term): Operand {
    return {
      kind: 'constant',
      term: this.lib.store.float(numerator, denominator, type),
      type,
      span: spanAt(this.line),
    };
  }
  int(value: number): Operand {
    return this.constant(BigInt(value), this.lib.int);
  }
  field(local: LocalId, index: number, type: Term): Place {
    return this.place(local, [{ kind: 'field', index, name: `f${index}`, type }]);
  }
  deref(local: LocalId, type: Term): Place {
    return this.place(local, [{ kind: 'deref', type }]);
  }

  private asPlace(local: LocalId | Place): Place {
    return typeof local === 'number' ? this.place(local) : local;
  }

  assign(to: LocalId | Place, value: Rvalue): void {
    this.blocks.get(this.current).statements.push({
      kind: 'assign',
      span: spanAt(this.line),
      place: this.asPlace(to),
      value,
      store: 'init',
    });
  }
  use(to: LocalId | Place, operand: Operand): void {
    this.assign(to, { kind: 'use', operand });
  }
  intrinsicTo(to: LocalId | Place, name: string, operands: readonly Operand[], params: readonly Term[] = []): void {
    this.assign(to, { kind: 'intrinsic', name, params, operands });
  }
  /** A temporary that holds an intrinsic's result. */
  intrinsic(type: Term, name: string, operands: readonly Operand[], params: readonly Term[] = []): LocalId {
    const local = this.local(type);
    this.intrinsicTo(local, name, operands, params);
    return local;
  }
  call(to: LocalId | Place, callee: InstanceId | Callee, args: readonly Operand[]): void {
    this.blocks.get(this.current).statements.push({
      kind: 'call',
      span: spanAt(this.line),
      callee: typeof callee === 'number' ? { kind: 'instance', instance: callee } : callee,
      args,
      dest: this.asPlace(to),
      store: 'init',
    });
  }
  tryCall(
    to: LocalId,
    errorTo: LocalId,
    callee: InstanceId,
    args: readonly Operand[],
    target: BlockId,
    onError: BlockId,
  ): void {
    this.terminate({
      kind: 'tryCall',
      span: spanAt(this.line),
      callee: { kind: 'instance', instance: callee },
      args,
      dest: this.place(to),
      errorDest: this.place(errorTo),
      store: 'init',
      target,
      onError,
    });
  }
  terminate(terminator: Terminator): void {
    this.blocks.get(this.current).terminator = terminator;
  }
  goto(target: BlockId): void {
    this.terminate({ kind: 'goto', span: spanAt(this.line), target });
  }
  branch(condition: LocalId, onTrue: BlockId, onFalse: BlockId): void {
    this.terminate({ kind: 'branch', span: spanAt(this.line), condition: this.copy(condition), onTrue, onFalse });
  }
  ret(operand: Operand | null = null): void {
    if (operand !== null) this.use(this.result, operand);
    this.terminate({ kind: 'return', span: spanAt(this.line) });
  }
  raise(operand: Operand): void {
    if (this.error !== null) this.use(this.error, operand);
    this.terminate({ kind: 'raise', span: spanAt(this.line) });
  }

  finish(fn: FunctionId, name: string): Body {
    const regions = new Table<RegionId, Region>();
    regions.add({ parent: null, param: null as ParamTerm | null });
    return {
      function: fn,
      name,
      phase: 'concrete',
      span: spanAt(1),
      endSpan: spanAt(1),
      locals: this.locals,
      blocks: this.blocks,
      regions,
      entry: makeId<BlockId>(0),
      args: this.args,
      result: this.result,
      error: this.error,
    };
  }
}
