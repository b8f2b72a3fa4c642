/** State of the declarations half of one session: entity tables and memos. Every function of declare/ takes it as `cx`.
 *  Invariants: each declaration is resolved at most once; a memo that is being filled is marked, so that cycles are found. */
import { makeId, Table } from '../../base/ids.ts';
import type { SourceFile, Span } from '../../base/span.ts';
import { makeSpan } from '../../base/span.ts';
import type { Sink } from '../../diagnostics/sink.ts';
import type { Module } from '../../syntax/ast.ts';
import type { TermStore } from '../../terms/store.ts';
import type {
  FunctionId,
  FunctionRef,
  FunctionTypeTerm,
  GlobalId,
  ParamTerm,
  StructId,
  Term,
  TraitId,
} from '../../terms/term.ts';
import type {
  ClosureRole,
  ComptimeEntity,
  Edition,
  Entity,
  FunctionEntity,
  GlobalEntity,
  Member,
  ModuleEntity,
  ParamDecl,
  Scope,
  Signature,
  StructEntity,
  TraitEntity,
  WhereClause,
} from '../entities.ts';
import type { BuiltinStruct, CapturedOrigin, HirBody, HirField, HirFunction, HirStruct } from '../hir.ts';
import type { ModuleSource } from '../module-source.ts';
import type { Sema, SemaOptions } from '../sema.ts';

/** What a session is made from. */
export interface SessionParts {
  readonly store: TermStore;
  readonly sink: Sink;
  readonly options: SemaOptions;
  readonly source: ModuleSource;
  /** Reports syntax errors itself. */
  readonly parse: (file: SourceFile) => Module;
  /** Whether the compiler has an intrinsic of this name. */
  readonly isIntrinsic: (name: string) => boolean;
  /** `edition` in the `kiln.toml` that a file belongs to, or null. */
  readonly packageEdition: (file: SourceFile) => Edition | null;
}

/** `from m import *` in a scope: names of `m` that do not begin with `_`. */
export interface WildcardImport {
  readonly module: () => ModuleEntity | null;
}

/** One entry of a struct's conformance table, transitive closure included. */
export interface ConformanceEntry {
  readonly trait: TraitEntity;
  /** Bool term over the struct's parameters; evaluated when first asked for. */
  readonly condition: () => Term;
  /** null: implied by the language (AnyType, Deinitable, classic rules). */
  readonly span: Span | null;
}

/** An `__extension` whose target is resolved when members are first looked up after its module was loaded. */
export interface PendingExtension {
  readonly apply: () => void;
}

export type SynthesizedMember = 'copy' | 'move' | 'destroy' | 'fieldwiseInit';

export interface ClosureFacts {
  readonly fields: readonly HirField[];
  readonly params: readonly ParamDecl[];
  readonly closure: FunctionEntity | null;
  readonly captured: readonly CapturedOrigin[];
  readonly roles: readonly ClosureRole[];
}

/** Of the file that a parameter is declared in: all of an older dialect, or of edition 1 and older spellings. */
export type OlderSpelling = 'classic' | 'mixed';

export interface DeclareContext extends SessionParts {
  /** Late bound: set once by `session.ts`. */
  readonly sema: () => Sema;
  /** Calls that would close a circle of imports. */
  readonly late: {
    collectModule: (module: ModuleEntity, tree: Module) => void;
    applyExtensions: () => void;
    comptimeDefault: (entity: ComptimeEntity) => { readonly value: Term; readonly type: Term };
    reduceDeep: (term: Term) => Term;
  };
  readonly structs: Table<StructId, StructEntity>;
  readonly traits: Table<TraitId, TraitEntity>;
  readonly functions: Table<FunctionId, FunctionEntity>;
  readonly globals: Table<GlobalId, GlobalEntity>;
  readonly modules: Map<string, ModuleEntity | null>;
  readonly userModules: ModuleEntity[];
  readonly builtins: Map<BuiltinStruct, StructEntity>;
  readonly builtinTraits: Map<string, TraitEntity>;
  readonly wildcards: Map<Scope, WildcardImport[]>;
  /** Submodules made reachable by `import a.b`. */
  readonly submodules: Map<ModuleEntity, Map<string, ModuleEntity>>;
  /** Headers (parameter lists) that are resolved when a name in them is first looked up. */
  readonly pendingHeaders: Map<Scope, () => void>;
  readonly pendingExtensions: PendingExtension[];
  /** Flat parameters known so far of a header that is being resolved. */
  readonly partialParams: Map<Scope, () => readonly ParamDecl[]>;
  readonly resolving: Set<string>;
  readonly memo: {
    readonly structParams: Map<StructEntity, readonly ParamDecl[]>;
    readonly structWhere: Map<StructEntity, readonly WhereClause[]>;
    readonly comptimeWhere: Map<ComptimeEntity, readonly WhereClause[]>;
    readonly structSelf: Map<StructEntity, Term>;
    readonly fields: Map<StructEntity, readonly HirField[] | 'busy'>;
    readonly hirStruct: Map<StructEntity, HirStruct>;
    readonly conformances: Map<StructEntity, Map<TraitEntity, ConformanceEntry> | 'busy'>;
    readonly traitClosure: Map<TraitEntity, readonly TraitEntity[] | 'busy'>;
    /** Declarations whose conformance lists name something that was reported: they may conform to anything. */
    readonly unknownTraits: Set<StructEntity | TraitEntity>;
    readonly signature: Map<FunctionEntity, Signature | 'busy'>;
    readonly hirFunction: Map<FunctionEntity, HirFunction>;
    readonly comptimeParams: Map<ComptimeEntity, readonly ParamDecl[]>;
    readonly comptimeHeader: Map<ComptimeEntity, Scope>;
    /** Values of members of traits that have a default. */
    readonly comptimeDefault: Map<ComptimeEntity, { readonly value: Term; readonly type: Term }>;
    readonly comptimeValue: Map<ComptimeEntity, { readonly value: Term; readonly type: Term } | 'busy'>;
    readonly globalType: Map<GlobalEntity, Term | 'busy'>;
    readonly synthesized: Map<StructEntity, Map<SynthesizedMember, FunctionEntity>>;
    readonly membersCompleted: Set<StructEntity>;
    readonly deinitCycles: Map<StructEntity, readonly HirField[] | 'busy'>;
    /** Structs that contain themselves. */
    readonly containing: Set<StructEntity>;
    readonly witness: Map<StructEntity, Map<FunctionEntity, FunctionEntity | null>>;
    readonly checkedNext: Map<StructEntity, FunctionEntity | null>;
    readonly conforms: Map<string, boolean | null>;
    readonly body: Map<FunctionEntity, HirBody | null | 'busy'>;
    readonly derivedBodies: Map<FunctionEntity, () => HirBody | null>;
    readonly closures: Map<StructEntity, ClosureFacts>;
    /** The function types in the conformance list of a struct: one, or it was reported. */
    readonly callableBounds: Map<StructEntity, readonly FunctionTypeTerm[]>;
    readonly extensionConformances: Map<StructEntity, ExtensionConformance[]>;
    /** `where` of an extension, by the scope of its body. */
    readonly extensionWhere: Map<Scope, WhereClause[]>;
  };
  /** Parameters declared in files with older spellings: what generic code there may do to their values without saying so. */
  readonly olderParams: Map<ParamTerm, OlderSpelling>;
  /** Functions that only bridge a requirement to a more lenient method. */
  readonly adapters: Set<FunctionEntity>;
  /** Functions whose declaration conflicts with another one and was reported: a call that cannot choose stays silent. */
  readonly conflicting: Set<FunctionEntity>;
  /** `copyable`, … of a type while it is being decided: recursion through a type's own fields assumes yes. */
  readonly deciding: Set<string>;
}

export interface ExtensionConformance {
  readonly scope: Scope;
  readonly trait: () => Term;
  readonly condition: () => Term;
  readonly span: Span;
}

export function createDeclareContext(parts: SessionParts, sema: () => Sema): DeclareContext {
  return {
    ...parts,
    sema,
    late: {
      collectModule: () => undefined,
      applyExtensions: () => undefined,
      comptimeDefault: () => ({ value: parts.store.error, type: parts.store.error }),
      reduceDeep: (term) => term,
    },
    structs: new Table(),
    traits: new Table(),
    functions: new Table(),
    globals: new Table(),
    modules: new Map(),
    userModules: [],
    builtins: new Map(),
    builtinTraits: new Map(),
    wildcards: new Map(),
    submodules: new Map(),
    pendingHeaders: new Map(),
    pendingExtensions: [],
    partialParams: new Map(),
    resolving: new Set(),
    memo: {
      structParams: new Map(),
      structWhere: new Map(),
      comptimeWhere: new Map(),
      structSelf: new Map(),
      fields: new Map(),
      hirStruct: new Map(),
      conformances: new Map(),
      traitClosure: new Map(),
      unknownTraits: new Set(),
      signature: new Map(),
      hirFunction: new Map(),
      comptimeParams: new Map(),
      comptimeHeader: new Map(),
      comptimeDefault: new Map(),
      comptimeValue: new Map(),
      globalType: new Map(),
      synthesized: new Map(),
      membersCompleted: new Set(),
      deinitCycles: new Map(),
      containing: new Set(),
      witness: new Map(),
      checkedNext: new Map(),
      conforms: new Map(),
      body: new Map(),
      derivedBodies: new Map(),
      closures: new Map(),
      callableBounds: new Map(),
      extensionConformances: new Map(),
      extensionWhere: new Map(),
    },
    olderParams: new Map(),
    adapters: new Set(),
    conflicting: new Set(),
    deciding: new Set(),
  };
}

export function spanOf(module: ModuleEntity, node: { readonly start: number; readonly end: number }): Span {
  return makeSpan(fileOf(module), node.start, node.end);
}

export function fileOf(module: ModuleEntity): Span['file'] {
  return module.tree?.file ?? makeId<Span['file']>(0);
}

/** Registers a function entity with a fresh id. */
export function newFunction(
  cx: DeclareContext,
  parts: Omit<FunctionEntity, 'kind' | 'ref' | 'id'> & { readonly name: string },
): FunctionEntity {
  const { name, ...rest } = parts;
  const id = cx.functions.nextId();
  const owner = parts.parent?.ref.path ?? parts.enclosing?.ref.path ?? parts.module.path;
  const ref: FunctionRef = { id, name, path: `${owner}.${name}` };
  const entity: FunctionEntity = { kind: 'function', ref, id, ...rest };
  cx.functions.add(entity);
  return entity;
}

export function newScope(parent: Scope | null, module: ModuleEntity, owner: Scope['owner']): Scope {
  return { parent, module, owner, names: new Map<string, Entity[]>(), facts: [] };
}

export function addMember(members: Map<string, Member[]>, name: string, member: Member): void {
  const list = members.get(name);
  if (list === undefined) members.set(name, [member]);
  else list.push(member);
}

/** Generic code of older files does more to values of a parameter's type than its bound says. */
export function noteOlderParameter(cx: DeclareContext, module: ModuleEntity, term: ParamTerm): void {
  if (module.edition === 'classic') cx.olderParams.set(term, 'classic');
  else if (module.isUser && module.seesClassicNames) cx.olderParams.set(term, 'mixed');
}
