/** MIR: a control-flow graph over places. Declarations only. One `Body` type serves four phases; each variant says where it is legal.
 *
 *  Phases: `built` (HIR lowered, generic) → `checked` (all ownership checks passed) → `dropped` (drops inserted, every
 *  `copyOrMove` decided, still generic) → `concrete` (one instance: no parameters, regions expanded, callees resolved,
 *  copies, moves and drops of non-trivial types are calls).
 *
 *  Ownership. A local is *owned* (`var`, `temporary`, argument by `var`/`deinit`, `result`, `error`) or a *reference* to the
 *  caller's place (argument by `imm`/`mut`/`ref`): the body uses both alike as places; only owned ones are ever dropped.
 *  A local of `ref` type holds an address; the place it designates is reached by a `deref` projection.
 *
 *  Critical edges are split when a body is built: an edge from a block with several successors to one with several
 *  predecessors does not exist, so a drop always has a place of its own. */
import type { Id } from '../base/ids.ts';
import type { Table } from '../base/ids.ts';
import type { Span } from '../base/span.ts';
import type { CallLocationUse } from '../sema/hir.ts';
import type {
  Convention,
  FunctionId,
  FunctionRef,
  GlobalId,
  OriginRootId,
  ParamTerm,
  Term,
  TraitRef,
} from '../terms/term.ts';

export type LocalId = Id<'Local'>;
export type BlockId = Id<'Block'>;
export type RegionId = Id<'Region'>;
export type InstanceId = Id<'Instance'>;

export type MirPhase = 'built' | 'checked' | 'dropped' | 'concrete';

export interface Local {
  /** '' for temporaries. */
  readonly name: string;
  readonly type: Term;
  readonly span: Span;
  readonly kind:
    | { readonly kind: 'var' }
    | { readonly kind: 'temporary' }
    | { readonly kind: 'argument'; readonly index: number; readonly convention: Convention }
    /** Destroys the elements of the `var` variadic argument `of`, which keeps it alive. */
    | { readonly kind: 'owner'; readonly of: LocalId }
    /** One more owner of a shared value, for references that lead through an owner which may lose its place: lives as long as they. */
    | { readonly kind: 'kept'; readonly by: readonly LocalId[] }
    /** The value to return; an `__init__` or named result assigns it field by field. At most one. */
    | { readonly kind: 'result' }
    /** The error to raise. At most one. */
    | { readonly kind: 'error' };
  /** How types name this place. */
  readonly origin: OriginRootId;
  readonly region: RegionId;
  readonly bindOnce: boolean;
}

export type Projection =
  | { readonly kind: 'field'; readonly index: number; readonly name: string; readonly type: Term }
  /** Element of a tuple or pack. Of a pack it includes following the reference. `index` is an int term once concrete. */
  | { readonly kind: 'element'; readonly index: Term; readonly type: Term }
  /** What a local of `ref` type designates. */
  | { readonly kind: 'deref'; readonly type: Term };

export interface Place {
  readonly root:
    | { readonly kind: 'local'; readonly local: LocalId }
    | { readonly kind: 'global'; readonly global: GlobalId };
  readonly projections: readonly Projection[];
}

export type Operand =
  /** Duplicates the value; the place stays. Of a non-trivial type: calls its copy constructor (not legal when concrete). */
  | { readonly kind: 'copy'; readonly place: Place; readonly span: Span }
  /** Takes the value; the place is uninitialized afterwards. */
  | { readonly kind: 'move'; readonly place: Place; readonly span: Span }
  /** An implicit copy, decided after liveness (`built`, `checked` only). */
  | { readonly kind: 'copyOrMove'; readonly place: Place; readonly span: Span }
  /** Passes the address; the place is read (`borrow`) or may be written (`borrowMut`) during the call. Call arguments only. */
  | { readonly kind: 'borrow'; readonly place: Place; readonly span: Span }
  | { readonly kind: 'borrowMut'; readonly place: Place; readonly span: Span }
  /** A compile-time value of trivial type, literal struct, function item or thin function. */
  | { readonly kind: 'constant'; readonly term: Term; readonly type: Term; readonly span: Span };

export type Rvalue =
  | { readonly kind: 'use'; readonly operand: Operand }
  /** Makes a reference (type `ref`) to a place. */
  | { readonly kind: 'ref'; readonly place: Place; readonly mutable: boolean }
  /** Builds a struct or tuple from owned operands, in field order. */
  | { readonly kind: 'aggregate'; readonly operands: readonly Operand[] }
  /** Builds the builtin pack or variadic list (the destination's type): addresses of the operands' places, or, for `own`ed
   *  variadics, of temporaries that the callee consumes. Operands are borrow, borrowMut or move. */
  | { readonly kind: 'variadic'; readonly operands: readonly Operand[] }
  /** An operation of mir/intrinsics.ts. Never raises. */
  | {
      readonly kind: 'intrinsic';
      readonly name: string;
      readonly params: readonly Term[];
      readonly operands: readonly Operand[];
    }
  /** Rebuilds a compile-time value of non-trivial type. */
  | { readonly kind: 'materialize'; readonly term: Term };

/** In place of a C symbol: the first operand is the address of the function. */
export const POINTER_SYMBOL = '*';

export type Callee =
  /** Phases built … dropped. */
  | { readonly kind: 'function'; readonly fn: FunctionId; readonly args: readonly Term[] }
  | {
      readonly kind: 'requirement';
      readonly trait: TraitRef;
      readonly member: FunctionRef;
      readonly self: Term;
      readonly args: readonly Term[];
    }
  /** The first operand of the call is the callable, borrowed. */
  | { readonly kind: 'callable'; readonly type: Term; readonly signature: Term; readonly params: readonly Term[] }
  /** A thin function pointer held by a place or constant. All phases. `type` is its function type. */
  | { readonly kind: 'pointer'; readonly value: Operand; readonly type: Term }
  /** Phase concrete. */
  | { readonly kind: 'instance'; readonly instance: InstanceId }
  /** `POINTER_SYMBOL`: the function whose address is the first operand. */
  | { readonly kind: 'foreign'; readonly symbol: string };

export type Statement =
  /** Evaluates and stores. `overwrite`: the old value must be dropped first – 'unknown' before `dropped`, when the analysis has
   *  inserted the drops it is 'init'. */
  | {
      readonly kind: 'assign';
      readonly span: Span;
      readonly place: Place;
      readonly value: Rvalue;
      readonly store: 'unknown' | 'init';
    }
  /** A call that cannot raise. Result is stored to `dest` (a result of type NoneType too). */
  | {
      readonly kind: 'call';
      readonly span: Span;
      readonly callee: Callee;
      readonly args: readonly Operand[];
      readonly dest: Place;
      readonly store: 'unknown' | 'init';
    }
  /** Destroys the value at a place; uninitialized afterwards. Phases dropped (generic), concrete (only for destroy *calls*: there it is a call). */
  | { readonly kind: 'drop'; readonly span: Span; readonly place: Place }
  /** The local comes into scope uninitialized (a declaration, also each time round a loop). */
  | { readonly kind: 'declare'; readonly span: Span; readonly local: LocalId }
  /** Counts as a use of the place, nothing else. Not in `concrete`. */
  | { readonly kind: 'use'; readonly span: Span; readonly place: Place }
  /** Not in `concrete`: elaboration decides it. */
  | { readonly kind: 'comptimeAssert'; readonly span: Span; readonly condition: Term; readonly message: Term | null };

export type Terminator =
  | { readonly kind: 'goto'; readonly span: Span; readonly target: BlockId }
  /** `condition` is of type Bool. */
  | {
      readonly kind: 'branch';
      readonly span: Span;
      readonly condition: Operand;
      readonly onTrue: BlockId;
      readonly onFalse: BlockId;
    }
  /** Returns the `result` local (uninitialized for NoneType). */
  | { readonly kind: 'return'; readonly span: Span }
  /** Raises the `error` local to the caller. */
  | { readonly kind: 'raise'; readonly span: Span }
  /** A call that may raise: on success `dest` is stored and control goes to `target`; else the error is stored to `errorDest`
   *  and control goes to `onError`. Operands are consumed on both edges. */
  | {
      readonly kind: 'tryCall';
      readonly span: Span;
      readonly callee: Callee;
      readonly args: readonly Operand[];
      readonly dest: Place;
      readonly errorDest: Place;
      readonly store: 'unknown' | 'init';
      readonly target: BlockId;
      readonly onError: BlockId;
    }
  /** After a call that never returns. */
  | { readonly kind: 'unreachable'; readonly span: Span }
  /** Phases built … dropped. Both arms are entries of child regions. */
  | {
      readonly kind: 'comptimeBranch';
      readonly span: Span;
      readonly condition: Term;
      readonly onTrue: BlockId;
      readonly onFalse: BlockId;
    }
  /** Phases built … dropped. `body` is the entry of a region that binds `param`; its back edges go to the block that ends in this
   *  terminator. Analyses see a loop of 0…n rounds. */
  | {
      readonly kind: 'comptimeFor';
      readonly span: Span;
      readonly param: ParamTerm;
      readonly iterable: Term;
      readonly body: BlockId;
      readonly exit: BlockId;
    };

export interface BasicBlock {
  readonly statements: Statement[];
  terminator: Terminator;
  readonly region: RegionId;
}

/** A tree of compile-time regions; region 0 is the body. A region has one entry block and binds at most one parameter. */
export interface Region {
  readonly parent: RegionId | null;
  readonly param: ParamTerm | null;
}

export interface Body {
  readonly function: FunctionId;
  readonly name: string;
  phase: MirPhase;
  readonly span: Span;
  readonly endSpan: Span;
  readonly locals: Table<LocalId, Local>;
  readonly blocks: Table<BlockId, BasicBlock>;
  readonly regions: Table<RegionId, Region>;
  /** Block 0 is the entry and has no predecessors. */
  readonly entry: BlockId;
  /** Locals of the arguments, in order. */
  readonly args: readonly LocalId[];
  readonly result: LocalId;
  /** Present when the function may raise. */
  readonly error: LocalId | null;
}

/** One function at concrete arguments: what elaboration produces and the executors run. */
export interface Instance {
  readonly id: InstanceId;
  /** Linker symbol: `_K` + path + hash, or the exported name. */
  readonly symbol: string;
  /** Readable name with arguments, for stacks and debug info. */
  readonly displayName: string;
  readonly fn: FunctionId;
  readonly args: readonly Term[];
  readonly signature: InstanceSignature;
  readonly attributes: {
    readonly inline: 'auto' | 'always' | 'never';
    readonly exported: boolean;
    readonly noReturn: boolean;
    readonly cold: boolean;
    /** The result points to memory that nothing else points to. */
    readonly freshResult: boolean;
    /** Takes a hidden last argument: address of a constant {path address, path length, line, column} (4 × 8 bytes) of the call
     *  site. The executor makes it from the call statement's span, or forwards the caller's own (`forwardsCallLocation`).
     *  The `location.*` intrinsics in the body read it. */
    readonly wantsCallLocation: boolean;
    readonly callLocation: CallLocationUse;
    /** Floating-point mode of the body and of what it calls; null: the caller's. */
    readonly fpMode: 'strict' | 'default' | 'fast' | null;
  };
  readonly span: Span;
  /** Null only while it is being elaborated. */
  body: Body | null;
}

/** Whether a call passes on the position that the calling instance was given. */
export function forwardsCallLocation(caller: Instance['attributes'], callee: Instance['attributes']): boolean {
  return caller.wantsCallLocation && (caller.callLocation !== 'keeps' || callee.callLocation === 'asks');
}

export interface InstanceSignature {
  readonly args: readonly { readonly name: string; readonly convention: Convention; readonly type: Term }[];
  readonly result: Term;
  readonly raises: Term | null;
}

/** What the back ends compile: instances in deterministic order, callees by id. */
export interface ConcreteProgram {
  readonly instances: Table<InstanceId, Instance>;
  /** `main` as the runtime calls it, after globals were initialized. */
  readonly entry: InstanceId | null;
  readonly globals: readonly { readonly id: GlobalId; readonly name: string; readonly type: Term }[];
  /** The instance whose address a `function` term (constant of thin function type, relocation of an image) stands for. */
  readonly functionValues: ReadonlyMap<Term, InstanceId>;
  /** Allocates where a compile-time value is rebuilt at run time; null: C's `malloc`. */
  readonly allocator: InstanceId | null;
}
