/** A small hand-made program for tests of MIR: a few types with observable lifecycles, and makers of HIR that need no sema. */
import { makeId } from '@kiln/compiler/base/ids.ts';
import { present } from '@kiln/compiler/base/invariant.ts';
import { type FileId, makeSpan, type Span } from '@kiln/compiler/base/span.ts';
import { DiagnosticSink } from '@kiln/compiler/diagnostics/sink.ts';
import { buildBody } from '@kiln/compiler/mir/build/build-body.ts';
import type { Body } from '@kiln/compiler/mir/mir.ts';
import { MirPipeline } from '@kiln/compiler/mir/pipeline.ts';
import { namesOf, printBody } from '@kiln/compiler/mir/print.ts';
import { verifyBody } from '@kiln/compiler/mir/verify.ts';
import type {
  BuiltinStruct,
  FunctionKind,
  HirArg,
  HirArgDecl,
  HirBody,
  HirExpr,
  HirField,
  HirFunction,
  HirLocal,
  HirLocalId,
  HirPlace,
  HirStatement,
  HirStruct,
  LabelId,
  Lifecycle,
  Program,
} from '@kiln/compiler/sema/hir.ts';
import { TermStore } from '@kiln/compiler/terms/store.ts';
import type { Convention, FunctionId, ParamTerm, StructId, Term, TraitId } from '@kiln/compiler/terms/term.ts';

const FILE = makeId<FileId>(0);
let clock = 0;
/** Each call is a later position, so that diagnostics can be told apart. */
export function span(): Span {
  clock++;
  return makeSpan(FILE, clock, clock + 1);
}

const TRIVIAL: Lifecycle = { kind: 'trivial' };

interface StructParts {
  readonly name: string;
  readonly params?: readonly ParamTerm[];
  readonly fields?: readonly (readonly [string, Term])[];
  readonly builtin?: BuiltinStruct | null;
  readonly copy?: Lifecycle;
  readonly move?: Lifecycle;
  readonly destroy?: Lifecycle;
}

export class World {
  readonly store = new TermStore();
  readonly sink = new DiagnosticSink();
  private readonly structs: HirStruct[] = [];
  private readonly functions: HirFunction[] = [];
  private readonly bodies = new Map<number, HirBody>();
  readonly program: Program;
  readonly int: Term;
  readonly bool: Term;
  readonly none: Term;
  readonly never: Term;
  /** Copyable, movable, destructible, all written by the user. */
  readonly res: Term;
  /** Two fields `a`, `b` of `res`, memberwise. */
  readonly pair: Term;
  readonly error: Term;

  constructor() {
    this.program = {
      struct: (id: StructId) => present(this.structs[id], 'struct'),
      function: (id: FunctionId) => present(this.functions[id], 'function'),
      body: (id: FunctionId) => this.bodies.get(id) ?? null,
      global: () => present(null, 'global'),
      globals: () => [],
      traitName: () => 'Trait',
      witness: () => null,
      associated: () => null,
      conforms: () => null,
      destructible: () => true,
      builtin: () => null,
      callMethod: () => null,
      userFunctions: () => [],
      entry: () => ({ main: null, globals: null }),
      exports: () => [],
      libraryFunction: () => null,
    } as unknown as Program;
    const number = this.store.primitive('int-literal-value');
    const simd = this.struct({ name: 'SIMD', builtin: 'simd', copy: TRIVIAL, move: TRIVIAL, destroy: TRIVIAL });
    this.int = this.store.struct(simd.ref, [this.store.dtype('int'), this.store.int(1n, number)]);
    this.bool = this.struct({ name: 'Bool', builtin: 'bool', copy: TRIVIAL, move: TRIVIAL, destroy: TRIVIAL }).self;
    this.none = this.struct({ name: 'NoneType', builtin: 'none', copy: TRIVIAL, move: TRIVIAL, destroy: TRIVIAL }).self;
    this.never = this.struct({ name: 'Never', builtin: 'never', copy: TRIVIAL, move: TRIVIAL, destroy: TRIVIAL }).self;
    this.res = this.struct({ name: 'Res', fields: [['v', this.int]] }).self;
    const memberwise: Lifecycle = { kind: 'memberwise', fn: makeId<FunctionId>(0) };
    this.pair = this.struct({
      name: 'Pair',
      fields: [
        ['a', this.res],
        ['b', this.res],
      ],
      copy: memberwise,
      move: memberwise,
      destroy: memberwise,
    }).self;
    this.error = this.struct({ name: 'Error' }).self;
  }

  struct(parts: StructParts): HirStruct {
    const id = makeId<StructId>(this.structs.length);
    const ref = { id, name: parts.name, path: parts.name };
    const written: Lifecycle = { kind: 'written', fn: makeId<FunctionId>(0) };
    const fields: HirField[] = (parts.fields ?? []).map(([name, type]) => ({ name, type, span: span() }));
    const struct: HirStruct = {
      ref,
      id,
      span: span(),
      params: parts.params ?? [],
      self: this.store.struct(ref, parts.params ?? []),
      fields,
      builtin: parts.builtin ?? null,
      align: null,
      copy: parts.copy ?? written,
      move: parts.move ?? written,
      destroy: parts.destroy ?? written,
      implicitlyCopyable: true,
      registerPassable: false,
      trivialRegisterPassable: false,
      explicitDestroy: null,
      sharedMutable: false,
      notShared: false,
      closure: null,
      captured: [],
    };
    this.structs.push(struct);
    return struct;
  }

  fn(
    name: string,
    args: readonly (readonly [string, Convention, Term])[],
    result: Term,
    more: {
      raises?: Term;
      kind?: FunctionKind;
      params?: readonly ParamTerm[];
      parent?: StructId;
      named?: string;
      noReturn?: boolean;
    } = {},
  ): HirFunction {
    const id = makeId<FunctionId>(this.functions.length);
    const decls: HirArgDecl[] = args.map(([argName, convention, type]) => ({
      name: argName,
      convention,
      type,
      variadic: 'none',
      owner: null,
      origin: this.store.newOriginRoot(),
      refOrigin: null,
      span: span(),
    }));
    const fn: HirFunction = {
      ref: { id, name, path: name },
      id,
      kind: more.kind ?? { kind: 'written' },
      span: span(),
      params: more.params ?? [],
      args: decls,
      result,
      namedResult: more.named === undefined ? null : { name: more.named, origin: this.store.newOriginRoot() },
      raises: more.raises ?? null,
      attributes: {
        inline: 'auto',
        exportName: null,
        noReturn: more.noReturn ?? false,
        cold: false,
        wantsCallLocation: false,
        callLocation: 'forwards',
        holdsOnly: false,
        keepsInteriors: false,
        onlyLends: false,
        freshResult: false,
        fpMode: null,
      },
      parentStruct: more.parent ?? null,
    };
    this.functions.push(fn);
    return fn;
  }

  trait(name: string): Term {
    return this.store.trait({ id: makeId<TraitId>(0), name, path: name });
  }

  /** A body for `fn`; `make` gets a maker of HIR whose first locals are the arguments. */
  define(fn: HirFunction, make: (h: Hir) => readonly HirStatement[]): HirFunction {
    const hir = new Hir(this, fn);
    const statements = make(hir);
    this.bodies.set(fn.id, { function: fn.id, locals: hir.locals, statements, endSpan: span() });
    return fn;
  }

  built(fn: HirFunction): Body {
    const pipeline = new MirPipeline(this.program, this.store);
    const { body } = buildBody(fn, present(this.bodies.get(fn.id), 'body'), pipeline.types);
    verifyBody(body, pipeline.types);
    return body;
  }

  /** Through all checks; null when they reported something. */
  lower(fn: HirFunction): Body | null {
    return new MirPipeline(this.program, this.store).lower(fn, this.sink);
  }

  messages(): string[] {
    return this.sink.sorted().map((diagnostic) => diagnostic.message);
  }

  print(body: Body): string {
    return printBody(body, namesOf(this.program, null));
  }

  /** The order of the named events along the only path, or along the path that takes `arms` (true: first successor). */
  trace(body: Body, arms: readonly boolean[] = []): string[] {
    const names = namesOf(this.program, null);
    const out: string[] = [];
    const left = [...arms];
    const name = (local: number): string => {
      const info = body.locals.values()[local];
      return info === undefined || info.name === '' ? `_${local}` : info.name;
    };
    const place = (p: {
      root: { kind: string; local?: number };
      projections: readonly { kind: string; name?: string }[];
    }): string =>
      [
        p.root.local === undefined ? '@' : name(p.root.local),
        ...p.projections.map((x) => (x.kind === 'field' ? `.${x.name}` : '.*')),
      ].join('');
    const called = (callee: { kind: string; fn?: number }): string =>
      callee.fn === undefined ? callee.kind : names.functionName(callee.fn);
    let block = body.entry;
    for (let steps = 0; steps < 100; steps++) {
      const { statements, terminator } = body.blocks.get(block);
      for (const s of statements) {
        if (s.kind === 'drop') out.push(`-${place(s.place)}`);
        else if (s.kind === 'call') out.push(called(s.callee));
        else if (s.kind === 'assign' && s.value.kind === 'use' && s.value.operand.kind !== 'constant')
          out.push(`${place(s.place)}=${s.value.operand.kind} ${place(s.value.operand.place)}`);
      }
      switch (terminator.kind) {
        case 'goto':
          block = terminator.target;
          continue;
        case 'branch':
        case 'comptimeBranch':
          block = left.shift() === true ? terminator.onTrue : terminator.onFalse;
          continue;
        case 'comptimeFor':
          block = left.shift() === true ? terminator.body : terminator.exit;
          continue;
        case 'tryCall': {
          out.push(called(terminator.callee));
          block = left.shift() === true ? terminator.onError : terminator.target;
          continue;
        }
        default:
          out.push(terminator.kind);
          return out;
      }
    }
    return out;
  }
}

/** Makers of HIR nodes for one body. */
export class Hir {
  readonly locals: HirLocal[] = [];
  readonly world: World;

  constructor(world: World, fn: HirFunction) {
    this.world = world;
    fn.args.forEach((arg, index) => {
      this.add(arg.name, arg.type, { kind: 'argument', index }, arg.origin);
    });
    if (fn.namedResult !== null) this.add(fn.namedResult.name, fn.result, { kind: 'result' }, fn.namedResult.origin);
  }

  private add(
    name: string,
    type: Term,
    kind: HirLocal['kind'],
    origin = this.world.store.newOriginRoot(),
    bindOnce = false,
  ): HirLocalId {
    const id = makeId<HirLocalId>(this.locals.length);
    this.locals.push({ id, name, type, span: span(), kind, origin, bindOnce });
    return id;
  }

  local(name: string): HirPlace {
    const hir = present(
      this.locals.findLast((local) => local.name === name),
      name,
    );
    return { kind: 'local', local: hir.id, type: hir.type, span: span() };
  }

  originOf(name: string): Term {
    const hir = present(
      this.locals.findLast((local) => local.name === name),
      name,
    );
    return this.world.store.placeOrigin(hir.origin, name, [], this.world.store.true);
  }

  var(name: string, type: Term, init: HirExpr | null): HirStatement {
    return { kind: 'let', local: this.add(name, type, { kind: 'var' }), init, span: span() };
  }

  let(name: string, type: Term, init: HirExpr | null): HirStatement {
    const local = this.add(name, type, { kind: 'var' }, this.world.store.newOriginRoot(), true);
    return { kind: 'let', local, init, span: span() };
  }

  field(base: HirExpr, index: number): HirPlace {
    const { world } = this;
    const struct = present(base.type.kind === 'struct' ? world.program.struct(base.type.decl.id) : null, 'struct');
    const field = present(struct.fields[index], 'field');
    return { kind: 'field', base, index, name: field.name, type: field.type, span: span() };
  }

  copy(place: HirPlace): HirExpr {
    return { kind: 'copy', place, type: place.type, span: span() };
  }

  move(place: HirPlace): HirExpr {
    return { kind: 'transfer', place, type: place.type, span: span() };
  }

  refOf(place: HirPlace, origin: Term): HirExpr {
    const { store } = this.world;
    return { kind: 'refOf', place, mutable: true, type: store.ref(place.type, origin, store.true), span: span() };
  }

  deref(reference: HirExpr): HirPlace {
    const type = reference.type.kind === 'ref' ? reference.type.pointee : reference.type;
    return { kind: 'deref', reference, type, span: span() };
  }

  int(value: number): HirExpr {
    return {
      kind: 'constant',
      term: this.world.store.int(BigInt(value), this.world.int),
      type: this.world.int,
      span: span(),
    };
  }

  true(): HirExpr {
    return { kind: 'constant', term: this.world.store.true, type: this.world.bool, span: span() };
  }

  /** Arguments: an expression is borrowed, `own(e)` and `mut(e)` say otherwise. */
  call(fn: HirFunction, ...args: readonly (HirExpr | HirArg)[]): HirExpr {
    return {
      kind: 'call',
      callee: { kind: 'function', fn: fn.id, args: [] },
      args: args.map((arg) => ('mode' in arg ? arg : { mode: 'borrow', expr: arg })),
      raises: fn.raises,
      type: fn.result,
      span: span(),
    };
  }

  conditional(condition: HirExpr, onTrue: HirExpr, onFalse: HirExpr): HirExpr {
    return { kind: 'conditional', condition, onTrue, onFalse, type: onTrue.type, span: span() };
  }

  own(expr: HirExpr): HirArg {
    return { mode: 'own', expr };
  }

  mut(expr: HirExpr): HirArg {
    return { mode: 'borrowMut', expr };
  }

  expr(expr: HirExpr): HirStatement {
    return { kind: 'expr', expr, span: span() };
  }

  assign(place: HirPlace, value: HirExpr): HirStatement {
    return { kind: 'assign', place, value, span: span() };
  }

  if(condition: HirExpr, onTrue: readonly HirStatement[], onFalse: readonly HirStatement[] = []): HirStatement {
    return { kind: 'if', condition, onTrue, onFalse, span: span() };
  }

  loop(label: number, body: readonly HirStatement[]): HirStatement {
    return { kind: 'loop', label: makeId<LabelId>(label), body, step: [], unroll: null, span: span() };
  }

  break(label: number): HirStatement {
    return { kind: 'break', label: makeId<LabelId>(label), span: span() };
  }

  return(value: HirExpr | null = null): HirStatement {
    return { kind: 'return', value, span: span() };
  }

  raise(value: HirExpr): HirStatement {
    return { kind: 'raise', value, span: span() };
  }

  try(
    body: readonly HirStatement[],
    handler: readonly HirStatement[] | null,
    final: readonly HirStatement[] = [],
  ): HirStatement {
    const errorLocal = handler === null ? null : this.add('e', this.world.error, { kind: 'var' });
    return {
      kind: 'try',
      body,
      errorType: this.world.error,
      errorLocal,
      handler,
      orElse: [],
      final,
      span: span(),
    };
  }
}
