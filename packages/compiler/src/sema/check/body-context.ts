/** The state of one body (or one compile-time expression) being checked: scopes, HIR locals, labels, the error context, and
 *  captures of a nested function. Files of check/ call each other upwards only through `Ops`, so that imports stay acyclic. */
import { makeId } from '../../base/ids.ts';
import { InternalError } from '../../base/invariant.ts';
import { makeSpan, type Span } from '../../base/span.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Block, Expr, LambdaExpr, Stmt } from '../../syntax/ast.ts';
import type { TermStore } from '../../terms/store.ts';
import type { OriginRootId, Term } from '../../terms/term.ts';
import type { Entity, FunctionEntity, LocalEntity, Scope, Signature } from '../entities.ts';
import type { HirBody, HirExpr, HirLocal, HirLocalId, HirPlace, HirStatement, LabelId } from '../hir.ts';
import type { Sema, WellKnown } from '../sema.ts';
import type { Expansion } from './builtin-functions.ts';
import type { CallArgument, Candidate, Checked, Conversion, FunctionsResult } from './values.ts';

/** Calls that close the recursion between the files of check/. */
export interface Ops {
  /** Checks an expression of any kind. `expected` guides literals and displays; it does not convert. */
  expr(cx: BodyContext, expr: Expr, expected: Term | null): Checked;
  /** A value or place; anything else is reported. */
  value(cx: BodyContext, expr: Expr, expected: Term | null): HirExpr;
  /** Makes a value of anything checked (function items included); reports otherwise. */
  asValue(cx: BodyContext, checked: Checked, span: Span): HirExpr;
  /** Converts to `target`, or reports "cannot implicitly convert". The result may still be a place. */
  convert(cx: BodyContext, expr: HirExpr, target: Term, span: Span, where: string): HirExpr;
  planConversion(cx: BodyContext, expr: HirExpr, target: Term): Conversion | null;
  /** `convert`, then ownership. */
  ownedValue(cx: BodyContext, expr: Expr, target: Term | null, where: string): HirExpr;
  type(cx: BodyContext, expr: Expr, allowUnbound: boolean): Term;
  bound(cx: BodyContext, expr: Expr): Term;
  parameter(cx: BodyContext, expr: Expr, expected: Term | null): { readonly value: Term; readonly type: Term };
  /** The term of a checked compile-time value, by folding, as a call, or as a thunk. */
  termOf(cx: BodyContext, expr: HirExpr): Term;
  call(cx: BodyContext, callee: FunctionsResult, args: readonly CallArgument[], site: CallSite): HirExpr;
  /** Calls method `name` of `receiver`; null when it has no such method. */
  method(cx: BodyContext, receiver: HirExpr, name: string, args: readonly HirExpr[], span: Span): HirExpr | null;
  construct(cx: BodyContext, type: Term, args: readonly CallArgument[], site: CallSite): HirExpr;
  /** Calls a callable value. */
  callValue(cx: BodyContext, callee: HirExpr, args: readonly CallArgument[], site: CallSite): HirExpr;
  /** One-argument implicit construction of `target` (holes allowed), without reporting. */
  implicitConstruction(cx: BodyContext, target: Term, value: HirExpr): Conversion | null;
  lambda(cx: BodyContext, expr: LambdaExpr, expected: Term | null): Checked;
  block(cx: BodyContext, block: Block): readonly HirStatement[];
  statement(cx: BodyContext, statement: Stmt, into: HirStatement[]): void;
  bool(cx: BodyContext, expr: Expr): HirExpr;
  capture(cx: BodyContext, entity: LocalEntity, span: Span): HirExpr;
}

/** Where a call stands, for its diagnostics. */
export interface CallSite {
  /** The whole expression. */
  readonly span: Span;
  /** Callee name token. */
  readonly callee: Span;
  /** The `(`, or the operator. */
  readonly open: Span;
  /** "call to 'f'" or "initialization". */
  readonly what: string;
  readonly name: string;
  /** See `late` of calls in the HIR. */
  readonly late?: boolean;
}

/** Shared by all bodies of a session. */
export interface CheckState {
  readonly sema: Sema;
  readonly ops: Ops;
  /** Greater than 0 while candidates are tried: nothing is reported. */
  muted: number;
  /** Reports swallowed while muted. */
  swallowed: number;
  /** Depth of implicit constructions being tried: inside, no further conversion is allowed. */
  constructing: number;
  /** Defaults of parameters that are being evaluated: one that needs itself has no value. */
  readonly busyDefaults: Set<Expr>;
  /** What calls of `@always_inline("builtin")` functions expand to. */
  readonly expansions: WeakMap<FunctionEntity, Expansion | 'busy' | null>;
  /** Bodies checked as part of another one (closures, thunks). */
  readonly bodies: (HirBody | null | undefined)[];
  readonly owners: WeakMap<LocalEntity, BodyContext>;
  readonly localEntities: WeakMap<HirExpr, LocalEntity>;
  /** Origin and mutability of a local that are not simply its own. */
  readonly placeFacts: WeakMap<LocalEntity, PlaceFacts>;
  readonly globalOrigins: WeakMap<HirExpr, { readonly root: OriginRootId; readonly name: string }>;
  readonly globalMutability: WeakMap<HirExpr, boolean>;
}

export interface PlaceFacts {
  readonly origin: Term;
  /** Bool term: whether the place may be written through. */
  readonly mut: Term;
}

export type ErrorFrame =
  | { readonly kind: 'function'; readonly type: Term | null }
  /** The type is fixed by the first raising thing in the body: its own, or `wanted`, which it must convert to. `firstLocal`: number of
   *  the first local of the body, where the error outlives it. */
  | { readonly kind: 'try'; type: Term | null; readonly wanted?: Term | null; readonly firstLocal?: number };

export interface LoopFrame {
  readonly breakLabel: LabelId;
  readonly continueLabel: LabelId | null;
}

/** What a nested function has captured so far. */
export interface CaptureTracker {
  readonly fn: FunctionEntity;
  /** Makes the place that stands for a captured variable. */
  use(entity: LocalEntity, outer: HirExpr, span: Span): HirExpr;
}

export class BodyContext {
  readonly state: CheckState;
  readonly fn: FunctionEntity | null;
  readonly signature: Signature | null;
  readonly parent: BodyContext | null;
  /** Inside a parameter expression: locals of the function are out of reach. */
  readonly comptime: boolean;
  scope: Scope;
  readonly locals: HirLocal[] = [];
  /** By local id. */
  readonly entities: (LocalEntity | undefined)[] = [];
  private labels = 0;
  errorFrames: ErrorFrame[] = [];
  loops: LoopFrame[] = [];
  /** The error variables of the handlers around, innermost last. */
  handlers: HirPlace[] = [];
  captures: CaptureTracker | null = null;
  /** Hidden arguments of classic closure parameters, by parameter. */
  readonly hiddenArguments = new Map<Term, LocalEntity>();
  /** Inside `type_of` and `origin_of` nothing is evaluated, so dynamic names are allowed. */
  unevaluated = 0;
  hasErrors = false;
  /** What a run-time value is not allowed in, for messages. */
  part = 'a parameter list';
  /** Classic `def`: where an implicit declaration goes. */
  functionScope: Scope | null = null;
  /** Declarations (`let` statements) that belong at the start of the body. */
  readonly hoisted: HirStatement[] = [];
  resultLocal: LocalEntity | null = null;
  /** The struct of captures that the body of a closure takes. */
  closureSelf: LocalEntity | null = null;
  /** The same for what the closure owns and may change: its state from one call to the next. */
  closureState: LocalEntity | null = null;
  /** Classic `def`: assignment to a new name declares it. */
  implicitDeclarations = false;
  /** Classic `let` variables that were declared without a value. */
  readonly unsetLets = new Set<LocalEntity>();
  constructor(
    state: CheckState,
    fn: FunctionEntity | null,
    signature: Signature | null,
    parent: BodyContext | null,
    scope: Scope,
    comptime: boolean,
  ) {
    this.state = state;
    this.fn = fn;
    this.signature = signature;
    this.parent = parent;
    this.scope = scope;
    this.comptime = comptime;
  }

  get sema(): Sema {
    return this.state.sema;
  }
  get ops(): Ops {
    return this.state.ops;
  }
  get store(): TermStore {
    return this.state.sema.store;
  }
  get known(): WellKnown {
    return this.state.sema.known;
  }
  get isClassic(): boolean {
    return this.scope.module.edition === 'classic';
  }
  /** Whether what edition 1 rejects, but older programs mean, is accepted: in classic files and in those that mix spellings. */
  get acceptsOlder(): boolean {
    return this.scope.module.isUser && this.scope.module.seesClassicNames;
  }
  get isLibrary(): boolean {
    return !this.scope.module.isUser;
  }

  span(node: { readonly start: number; readonly end: number }): Span {
    return this.spanAt(node.start, node.end);
  }

  spanAt(start: number, end: number): Span {
    const tree = this.scope.module.tree;
    if (tree === null) throw new InternalError(`module ${this.scope.module.path} has no tree`);
    return makeSpan(tree.file, start, end);
  }

  report(diagnostic: Diagnostic): void {
    if (diagnostic.severity === 'error') this.hasErrors = true;
    if (this.state.muted > 0) {
      if (diagnostic.severity === 'error') this.state.swallowed++;
      return;
    }
    this.sema.sink.report(this.isInMethod() ? { ...diagnostic, inMethod: true } : diagnostic);
  }

  private isInMethod(): boolean {
    let { fn } = this;
    while (fn?.enclosing != null) fn = fn.enclosing;
    return fn !== null && fn.parent !== null;
  }

  /** Runs `attempt` without reporting. `failed`: an error would have been reported. */
  trial<T>(attempt: () => T): { readonly value: T; readonly failed: boolean } {
    const { muted, swallowed } = this.state;
    const hadErrors = this.hasErrors;
    const frames = this.errorFrames.map((frame) => ({ ...frame }));
    const names = new Map(this.scope.names);
    this.state.muted = muted + 1;
    this.state.swallowed = 0;
    try {
      const value = attempt();
      return { value, failed: this.state.swallowed > 0 };
    } finally {
      this.state.muted = muted;
      this.state.swallowed = swallowed;
      this.hasErrors = hadErrors;
      this.errorFrames = frames;
      for (const name of [...this.scope.names.keys()]) if (!names.has(name)) this.scope.names.delete(name);
    }
  }

  error(span: Span): HirExpr {
    return { kind: 'error', type: this.store.error, span };
  }

  // ---- scopes

  childScope(): Scope {
    return { parent: this.scope, module: this.scope.module, owner: { kind: 'block' }, names: new Map(), facts: [] };
  }

  /** Runs `body` inside a new block scope. */
  inScope<T>(body: (scope: Scope) => T, facts: readonly Term[] = []): T {
    const saved = this.scope;
    const scope = this.childScope();
    scope.facts.push(...facts);
    this.scope = scope;
    try {
      return body(scope);
    } finally {
      this.scope = saved;
    }
  }

  /** Runs `body` with names looked up elsewhere. */
  withScope<T>(scope: Scope, body: () => T): T {
    const saved = this.scope;
    this.scope = scope;
    try {
      return body();
    } finally {
      this.scope = saved;
    }
  }

  declare(name: string, entity: Entity): void {
    this.scope.names.set(name, [entity]);
  }

  // ---- locals and labels

  newLabel(): LabelId {
    return makeId<LabelId>(this.labels++);
  }

  newLocal(
    name: string,
    type: Term,
    span: Span,
    kind: HirLocal['kind'] = { kind: 'var' },
    origin: OriginRootId | null = null,
    bindOnce = false,
  ): HirLocal {
    const id = makeId<HirLocalId>(this.locals.length);
    const local: HirLocal = { id, name, type, span, kind, origin: origin ?? this.store.newOriginRoot(), bindOnce };
    this.locals.push(local);
    return local;
  }

  /** The entity of a local of this body; not entered into a scope. */
  localEntity(local: HirLocal, mutability: LocalEntity['mutability'], facts: PlaceFacts | null = null): LocalEntity {
    const fn = this.fn ?? this.parent?.fn;
    const entity: LocalEntity = {
      kind: 'local',
      name: local.name,
      local,
      // A compile-time expression at file scope has no function; nobody asks for it there.
      fn: (fn ?? null) as FunctionEntity,
      mutability,
      span: local.span,
      constant: null,
      place: null,
    };
    this.state.owners.set(entity, this);
    this.entities[local.id] = entity;
    if (facts !== null) this.state.placeFacts.set(entity, facts);
    return entity;
  }

  /** The place of a local; of a reference local, the place it designates. */
  placeOf(entity: LocalEntity, span: Span): HirPlace {
    const local: HirPlace = { kind: 'local', local: entity.local.id, type: entity.local.type, span };
    this.state.localEntities.set(local, entity);
    if (entity.local.type.kind === 'ref')
      return { kind: 'deref', reference: local, type: entity.local.type.pointee, span };
    return local;
  }

  /** A temporary of the compiler that holds `init`; returns its place. */
  temporary(init: HirExpr, into: HirStatement[], mutable = true): HirPlace {
    const local = this.newLocal('', init.type, init.span);
    const entity = this.localEntity(local, mutable ? 'mutable' : 'immutable');
    into.push({ kind: 'let', local: local.id, init, span: init.span });
    return this.placeOf(entity, init.span);
  }

  /** Runs a check of a compile-time expression that stands in `part`. */
  inPart<T>(part: string, check: () => T): T {
    const saved = this.part;
    this.part = part;
    try {
      return check();
    } finally {
      this.part = saved;
    }
  }

  candidateOf(fn: FunctionEntity, inherited: readonly Term[]): Candidate {
    return { fn, inherited, requirement: null };
  }
}
