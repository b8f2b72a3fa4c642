/** What lowering of one body shares: the block builder, the map from HIR locals, and the stack of scopes that a jump
 *  leaves. Also the formal argument facts of a callee. */
import { present } from '../../base/invariant.ts';
import type { Span } from '../../base/span.ts';
import type { HirBody, HirExpr, HirFunction, HirLocal, HirLocalId, HirStatement, LabelId } from '../../sema/hir.ts';
import type { Term } from '../../terms/term.ts';
import type { BlockId, LocalId, Place } from '../mir.ts';
import type { TypeFacts } from '../type-facts.ts';
import { BodyBuilder, localPlace } from './body-builder.ts';

/** Where a raised error goes: stored to `place`, then control to `block`. */
export interface ErrorTarget {
  readonly block: BlockId;
  readonly place: Place;
}

/** An error target whose place is made at the first raise, which alone knows the type of the error. */
export class LandingPad {
  readonly block: BlockId;
  place: Place | null;

  constructor(block: BlockId, place: Place | null) {
    this.block = block;
    this.place = place;
  }
}

export type Scope =
  | { readonly kind: 'label'; readonly label: LabelId; readonly onBreak: BlockId; readonly onContinue: BlockId | null }
  | { readonly kind: 'handler'; readonly pad: LandingPad }
  /** `statements` run on each way out; an error inside goes to `target` first. */
  | { readonly kind: 'final'; readonly statements: readonly HirStatement[]; readonly pad: LandingPad };

/** The mutually recursive parts of lowering, tied together by `buildBody`. */
export interface Lowerings {
  statements(cx: LowerContext, statements: readonly HirStatement[]): void;
  call(cx: LowerContext, expr: HirExpr & { readonly kind: 'call' | 'intrinsic' | 'variadic' }, dest: Place): void;
  late(cx: LowerContext, expr: HirExpr): (() => Place) | null;
}

export class LowerContext {
  readonly fn: HirFunction;
  readonly types: TypeFacts;
  readonly builder: BodyBuilder;
  readonly endSpan: Span;
  readonly lowerings: Lowerings;
  readonly argLocals: LocalId[] = [];
  /** For each `var *xs` argument the local that destroys its elements. */
  readonly variadicOwners = new Map<LocalId, LocalId>();
  resultLocal: LocalId;
  errorLocal: LocalId | null = null;
  scopes: Scope[] = [];
  private readonly hirLocals: (HirLocal | undefined)[] = [];
  private readonly map: (LocalId | undefined)[] = [];
  private raiseBlock: BlockId | null = null;

  constructor(fn: HirFunction, body: HirBody | null, types: TypeFacts, lowerings: Lowerings) {
    this.lowerings = lowerings;
    this.fn = fn;
    this.types = types;
    this.endSpan = body?.endSpan ?? fn.span;
    const builder = new BodyBuilder(types.store, fn.span);
    this.builder = builder;
    for (const local of body?.locals ?? []) this.hirLocals[local.id] = local;
    const byIndex: (HirLocal | undefined)[] = [];
    let result: HirLocal | null = null;
    for (const local of body?.locals ?? []) {
      if (local.kind.kind === 'argument') byIndex[local.kind.index] = local;
      else if (local.kind.kind === 'result') result = local;
    }
    fn.args.forEach((arg, index) => {
      const hir = byIndex[index];
      const id = builder.newLocal({
        name: arg.name,
        type: hir?.type ?? arg.type,
        span: arg.span,
        kind: { kind: 'argument', index, convention: arg.convention },
        origin: hir?.origin ?? arg.origin,
        bindOnce: false,
      });
      this.argLocals.push(id);
      if (hir !== undefined) this.map[hir.id] = id;
    });
    this.resultLocal = builder.newLocal({
      name: result?.name ?? fn.namedResult?.name ?? '',
      type: fn.result,
      span: result?.span ?? fn.span,
      kind: { kind: 'result' },
      origin: result?.origin ?? fn.namedResult?.origin ?? types.store.newOriginRoot(),
      bindOnce: false,
    });
    if (result !== null) this.map[result.id] = this.resultLocal;
    if (fn.raises !== null) {
      this.errorLocal = builder.newLocal({
        name: '',
        type: fn.raises,
        span: fn.span,
        kind: { kind: 'error' },
        origin: types.store.newOriginRoot(),
        bindOnce: false,
      });
    }
  }

  hirLocal(id: HirLocalId): HirLocal {
    return present(this.hirLocals[id], `HIR local ${id}`);
  }

  /** A `let` makes a fresh local each time it is lowered: `finally` bodies are lowered once for each exit. */
  declareLocal(id: HirLocalId): LocalId {
    const hir = this.hirLocal(id);
    if (hir.kind.kind !== 'var') return this.localOf(id);
    const local = this.builder.newLocal({
      name: hir.name,
      type: hir.type,
      span: hir.span,
      kind: hir.name === '' ? { kind: 'temporary' } : { kind: 'var' },
      origin: hir.origin,
      bindOnce: hir.bindOnce,
    });
    this.map[id] = local;
    return local;
  }

  /** The HIR local is the MIR local `local`, which something else has declared. */
  standFor(id: HirLocalId, local: LocalId): void {
    this.map[id] = local;
  }

  localOf(id: HirLocalId): LocalId {
    return this.map[id] ?? this.declareLocal(id);
  }

  /** The innermost place for an error of this type. */
  errorTarget(errorType: Term, span: Span): ErrorTarget {
    for (let i = this.scopes.length - 1; i >= 0; i--) {
      const scope = this.scopes[i];
      if (scope === undefined || scope.kind === 'label') continue;
      const { pad } = scope;
      pad.place ??= localPlace(this.builder.newTemporaryAt(pad.block, errorType, span));
      return { block: pad.block, place: pad.place };
    }
    if (this.raiseBlock === null) {
      this.raiseBlock = this.builder.newBlock(span, present(this.builder.regions.ids()[0], 'root region'));
      this.builder.blocks.get(this.raiseBlock).terminator = { kind: 'raise', span: this.fn.span };
    }
    // A raise that sema let through in a function without `raises` ends in an error local all the same; nothing returns it.
    this.errorLocal ??= this.builder.newTemporary(errorType, span);
    return { block: this.raiseBlock, place: localPlace(this.errorLocal) };
  }
}

/** Formal arguments as their callee declares them, for the choice between passing a copy and passing an address. */
export interface Formals {
  /** Type as declared, before substitution; null: unknown (then by address). */
  typeAt(index: number): Term | null;
  /** Whether the argument is `imm` (only those can be copies). */
  immAt(index: number): boolean;
}
