/** Lowers one generic body (phase `dropped`) at concrete parameter values to a concrete one: types and terms become
 *  concrete, compile-time regions are expanded, callees resolved, and copies, moves and drops become calls or bytes.
 *  In: the generic body and the values.  Out: a body in phase `concrete`; blocks that no taken arm reaches do not exist.
 *  Invariant: nothing in an untaken arm is looked at, not even its types. */
import { InternalError, unreachable } from '../base/invariant.ts';
import type { Span } from '../base/span.ts';
import { LayoutError } from '../layout/layout.ts';
import type {
  BasicBlock,
  BlockId,
  Body,
  Local,
  LocalId,
  Operand,
  Place,
  Projection,
  Rvalue,
  Statement,
  Terminator,
} from '../mir/mir.ts';
import type { Term } from '../terms/term.ts';
import { type BodyWriter, ROOT_REGION } from './body-writer.ts';
import { type CallSite, lowerCall } from './calls.ts';
import type { Concretizer, ParamValues } from './concretize.ts';
import {
  cannotEvaluate,
  constraintFailed,
  indexOutOfRange,
  layoutFailed,
  notAList,
  rebindMismatch,
  regionTooLarge,
  TermFailure,
} from './errors.ts';
import { lowerIntrinsic } from './intrinsics.ts';
import type { LoweringServices } from './lowering-services.ts';
import { type BlockCopy, type Env, Regions } from './regions.ts';

const MAX_BLOCKS = 1 << 18;

export interface InstanceShape {
  readonly values: ParamValues;
  /** Whether this instance can raise: an error type that became `Never` cannot. */
  readonly raises: boolean;
}

export function lowerBody(
  generic: Body,
  shape: InstanceShape,
  services: LoweringServices,
  closed: Concretizer,
  writer: BodyWriter,
): Body {
  return new BodyLowering(generic, shape, services, closed, writer).run();
}

export class BodyLowering {
  readonly writer: BodyWriter;
  readonly services: LoweringServices;
  private readonly generic: Body;
  private readonly regions: Regions;
  private readonly root: Env;
  private readonly raises: boolean;
  private readonly copies = new Map<string, BlockId>();
  private readonly work: { readonly copy: BlockCopy; readonly id: BlockId }[] = [];
  private env: Env;

  constructor(
    generic: Body,
    shape: InstanceShape,
    services: LoweringServices,
    closed: Concretizer,
    writer: BodyWriter,
  ) {
    this.generic = generic;
    this.services = services;
    this.writer = writer;
    this.regions = new Regions(generic, services, closed);
    this.root = this.regions.root(shape.values);
    this.raises = shape.raises;
    this.env = this.root;
  }

  run(): Body {
    const { generic } = this;
    this.at(generic.span, () => {
      for (const arg of generic.args) this.local(arg);
      this.local(generic.result);
      if (generic.error !== null) this.local(generic.error);
    });
    this.blockOf({ block: generic.entry, env: this.root, round: 0 });
    for (let next = 0; next < this.work.length; next++) {
      const item = this.work[next];
      if (item !== undefined) this.lowerBlock(item.copy, item.id);
    }
    this.env = this.root;
    return this.writer.finish({
      function: generic.function,
      name: generic.name,
      span: generic.span,
      endSpan: generic.endSpan,
      args: generic.args.map((arg) => this.local(arg)),
      result: this.local(generic.result),
      error: generic.error === null || !this.raises ? null : this.local(generic.error),
    });
  }

  /** Runs `action`; what fails in a term or a layout is reported at `span`. */
  private at<T>(span: Span, action: () => T): T {
    const { negativeArrays } = this.services.layouts;
    const known = negativeArrays.length;
    try {
      const result = action();
      const found = negativeArrays[known];
      if (found !== undefined) this.services.postpone(span, found);
      return result;
    } catch (error) {
      if (error instanceof TermFailure) this.services.fail(span, (at) => error.describe(at));
      if (error instanceof LayoutError) {
        const type = this.services.text.describe(error.type);
        this.services.fail(span, (at) => layoutFailed({ ...at, type, reason: error.message }));
      }
      throw error;
    }
  }

  // ---- blocks

  private blockOf(copy: BlockCopy): BlockId {
    const key = `${copy.block}:${copy.env.id}:${copy.round}`;
    const known = this.copies.get(key);
    if (known !== undefined) return known;
    const { span } = this.generic.blocks.get(copy.block).terminator;
    if (this.copies.size > MAX_BLOCKS) this.services.fail(span, (at) => regionTooLarge({ ...at, limit: MAX_BLOCKS }));
    const id = this.writer.blocks.add({
      statements: [],
      terminator: { kind: 'unreachable', span },
      region: ROOT_REGION,
    });
    this.copies.set(key, id);
    this.work.push({ copy, id });
    return id;
  }

  private lowerBlock(copy: BlockCopy, id: BlockId): void {
    const source = this.generic.blocks.get(copy.block);
    const target = this.writer.blocks.get(id);
    this.env = copy.env;
    this.writer.writeTo(target.statements);
    for (const statement of source.statements) this.at(statement.span, () => this.statement(statement));
    this.at(source.terminator.span, () => {
      target.terminator = this.terminator(source, copy);
    });
  }

  private edge(target: BlockId): BlockId {
    return this.blockOf(this.regions.follow(this.env, target));
  }

  private terminator(source: BasicBlock, copy: BlockCopy): Terminator {
    const t = source.terminator;
    switch (t.kind) {
      case 'goto':
        return { kind: 'goto', span: t.span, target: this.edge(t.target) };
      case 'branch': {
        const condition = this.operand(t.condition);
        if (condition.kind === 'constant' && condition.term.kind === 'bool')
          return { kind: 'goto', span: t.span, target: this.edge(condition.term.value ? t.onTrue : t.onFalse) };
        return { kind: 'branch', span: t.span, condition, onTrue: this.edge(t.onTrue), onFalse: this.edge(t.onFalse) };
      }
      case 'raise':
        return this.raises ? t : { kind: 'unreachable', span: t.span };
      case 'return':
      case 'unreachable':
        return t;
      case 'tryCall': {
        const site: CallSite = {
          span: t.span,
          args: t.args,
          dest: this.place(t.dest),
          raising: { target: t.target, errorDest: t.errorDest, onError: t.onError },
        };
        return lowerCall(this, t.callee, site) ?? { kind: 'goto', span: t.span, target: this.edge(t.target) };
      }
      case 'comptimeBranch': {
        const taken = this.condition(t.condition) ? t.onTrue : t.onFalse;
        return {
          kind: 'goto',
          span: t.span,
          target: this.blockOf(this.regions.enter(this.env, taken, null, null, null)),
        };
      }
      case 'comptimeFor': {
        const values = this.elements(t.iterable);
        const value = values[copy.round];
        const next =
          value === undefined
            ? this.regions.enter(this.env, t.exit, null, null, null)
            : this.regions.enter(this.env, t.body, t.param.param, value, { header: copy.block, index: copy.round });
        return { kind: 'goto', span: t.span, target: this.blockOf(next) };
      }
      default:
        return unreachable(t);
    }
  }

  /** The edges of a raising call, in this environment. */
  raisingEdges(site: NonNullable<CallSite['raising']>): { target: BlockId; errorDest: Place; onError: BlockId } {
    return { target: this.edge(site.target), errorDest: this.place(site.errorDest), onError: this.edge(site.onError) };
  }

  private condition(term: Term): boolean {
    const value = this.term(term);
    if (value.kind === 'bool') return value.value;
    if (value.kind === 'int') return value.value !== 0n;
    const { text } = this.services;
    throw new TermFailure((at) => cannotEvaluate({ ...at, what: `the condition ${text.describe(value)}` }));
  }

  private elements(iterable: Term): readonly Term[] {
    const value = this.term(iterable);
    if (value.kind === 'list') return value.elements;
    const elements = this.services.elementsOf(value);
    if (elements !== null) return elements;
    const { text } = this.services;
    const type = value.kind === 'memoryValue' || value.kind === 'structValue' ? value.type : value;
    throw new TermFailure((at) => notAList({ ...at, type: text.describe(type) }));
  }

  // ---- statements

  private statement(statement: Statement): void {
    const { writer } = this;
    switch (statement.kind) {
      case 'assign':
        this.assign(this.place(statement.place), statement.value, statement.span);
        return;
      case 'call': {
        const site: CallSite = {
          span: statement.span,
          args: statement.args,
          dest: this.place(statement.dest),
          raising: null,
        };
        const terminator = lowerCall(this, statement.callee, site);
        if (terminator !== null)
          throw new InternalError(`${this.generic.name}: a raising callee in a call that cannot raise`);
        return;
      }
      case 'drop':
        writer.destroy(this.place(statement.place), statement.span);
        return;
      case 'declare':
        writer.emit({ kind: 'declare', span: statement.span, local: this.local(statement.local) });
        return;
      case 'use':
        return;
      case 'comptimeAssert':
        this.assert(statement.condition, statement.message, statement.span);
        return;
      default:
        unreachable(statement);
    }
  }

  private assert(condition: Term, message: Term | null, span: Span): void {
    if (this.condition(condition)) return;
    let text = '';
    if (message !== null) {
      const value = this.term(message);
      text = this.services.messageText(value) ?? this.services.text.describe(value);
    }
    this.services.fail(span, (at) => constraintFailed({ ...at, text }));
  }

  private assign(dest: Place, value: Rvalue, span: Span): void {
    const { writer } = this;
    switch (value.kind) {
      case 'use': {
        const operand = this.operand(value.operand);
        this.storeValue(dest, operand, span);
        return;
      }
      case 'ref':
        writer.assign(dest, { kind: 'ref', place: this.place(value.place), mutable: value.mutable }, span);
        return;
      case 'aggregate': {
        const operands = value.operands.map((operand) => this.operand(operand));
        if (operands.some((operand) => writer.needsCall(operand))) {
          for (const [i, operand] of operands.entries()) writer.storeOwned(writer.member(dest, i), operand, span);
        } else writer.assign(dest, { kind: 'aggregate', operands: operands.map(plain) }, span);
        return;
      }
      case 'variadic':
        writer.assign(
          dest,
          { kind: 'variadic', operands: value.operands.map((operand) => this.addressed(this.operand(operand), span)) },
          span,
        );
        return;
      case 'intrinsic':
        lowerIntrinsic(
          this,
          value.name,
          this.terms(value.params),
          value.operands.map((operand) => this.operand(operand)),
          dest,
          span,
        );
        return;
      case 'materialize': {
        const type = writer.typeOf(dest);
        const term = this.services.constant(this.term(value.term), type, span);
        if (isPlainConstant(term) && this.services.layouts.isTrivialCopy(type))
          writer.assign(dest, { kind: 'use', operand: { kind: 'constant', term, type, span } }, span);
        else writer.assign(dest, { kind: 'materialize', term }, span);
        return;
      }
      default:
        unreachable(value);
    }
  }

  /** `use`: also where a function item becomes a thin function, and where `rebind` must have been right. */
  private storeValue(dest: Place, operand: Operand, span: Span): void {
    const { writer, services } = this;
    const from = writer.operandType(operand);
    const to = writer.typeOf(dest);
    if (from === to) {
      writer.storeOwned(dest, operand, span);
      return;
    }
    if (from.kind === 'functionItem' && to.kind === 'functionType') {
      const term = services.constant(from.func, to, span);
      writer.assign(dest, { kind: 'use', operand: { kind: 'constant', term, type: to, span } }, span);
      return;
    }
    if (operand.kind === 'constant') {
      const term = services.constant(operand.term, to, span);
      writer.assign(dest, { kind: 'use', operand: { kind: 'constant', term, type: to, span } }, span);
      return;
    }
    if (writer.isVariadicOwner(dest)) {
      writer.assign(dest, { kind: 'use', operand }, span);
      return;
    }
    const { layouts, text } = services;
    const same = layouts.sizeOf(from) === layouts.sizeOf(to) && sameHead(from, to);
    if (!same)
      throw new TermFailure((at) => rebindMismatch({ ...at, from: text.describe(from), to: text.describe(to) }));
    writer.storeOwned(dest, operand, span);
  }

  // ---- operands and places

  term(term: Term): Term {
    return this.env.terms.apply(term);
  }

  terms(terms: readonly Term[]): Term[] {
    return this.env.terms.all(terms);
  }

  operand(operand: Operand): Operand {
    switch (operand.kind) {
      case 'constant': {
        const type = this.term(operand.type);
        return {
          kind: 'constant',
          term: this.services.constant(this.term(operand.term), type, operand.span),
          type,
          span: operand.span,
        };
      }
      case 'copyOrMove':
        return { kind: 'copy', place: this.place(operand.place), span: operand.span };
      default:
        return { kind: operand.kind, place: this.place(operand.place), span: operand.span };
    }
  }

  place(place: Place): Place {
    const { root } = place;
    const projections: Projection[] = [];
    let base =
      root.kind === 'local'
        ? this.writer.locals.get(this.local(root.local)).type
        : this.services.globalType(root.global);
    for (const projection of place.projections) {
      const lowered = this.projection(projection, base);
      projections.push(lowered);
      base = lowered.type;
    }
    return {
      root: root.kind === 'local' ? { kind: 'local', local: this.local(root.local) } : root,
      projections,
    };
  }

  private projection(projection: Projection, base: Term): Projection {
    switch (projection.kind) {
      case 'field': {
        // The declared field type at the concrete struct is the truth; the projection may still carry a bound.
        const member = this.services.layouts.memberTypes(base)[projection.index];
        const type = member?.type ?? this.term(projection.type);
        return { kind: 'field', index: projection.index, name: projection.name, type };
      }
      case 'deref':
        return { kind: 'deref', type: base.kind === 'ref' ? base.pointee : this.term(projection.type) };
      case 'element': {
        const index = this.term(projection.index);
        const members = this.services.layouts.memberTypes(base);
        if (index.kind !== 'int') {
          const { text } = this.services;
          throw new TermFailure((at) => cannotEvaluate({ ...at, what: `the index ${text.describe(index)}` }));
        }
        const member = members[Number(index.value)];
        if (member === undefined)
          throw new TermFailure((at) => indexOutOfRange({ ...at, index: index.value, count: members.length }));
        // Reflection reaches the fields of a struct by index too.
        const builtin = this.services.layouts.declaration(base)?.builtin;
        if (builtin !== 'tuple' && builtin !== 'pack')
          return { kind: 'field', index: Number(index.value), name: member.name, type: member.type };
        return { kind: 'element', index, type: member.type };
      }
      default:
        return unreachable(projection);
    }
  }

  private local(id: LocalId): LocalId {
    const source: Local = this.generic.locals.get(id);
    const owner = this.regions.owner(this.env, source.region);
    const known = owner.locals[id];
    if (known !== undefined) return known;
    const made = this.writer.addLocal(source.name, owner.terms.apply(source.type), source.span, source.kind);
    owner.locals[id] = made;
    return made;
  }

  // ---- arguments

  /** A value of its own for the callee. */
  owned(operand: Operand, span: Span): Operand {
    const { writer } = this;
    switch (operand.kind) {
      case 'constant':
      case 'move':
        return operand;
      case 'copy':
      case 'copyOrMove':
      case 'borrow':
      case 'borrowMut': {
        const copy: Operand = { kind: 'copy', place: operand.place, span: operand.span };
        if (!writer.needsCall(copy)) return copy;
        const temporary = writer.temporary(writer.typeOf(operand.place), span);
        writer.storeOwned(temporary, copy, span);
        return { kind: 'move', place: temporary, span: operand.span };
      }
    }
  }

  /** The address of a place; values get a temporary one. */
  addressed(operand: Operand, span: Span): Operand {
    const { writer } = this;
    switch (operand.kind) {
      case 'borrow':
      case 'borrowMut':
        return operand;
      case 'move':
        return { kind: 'move', place: operand.place, span: operand.span };
      case 'constant':
      case 'copy':
      case 'copyOrMove': {
        const temporary = writer.temporary(writer.operandType(operand), span);
        writer.storeOwned(temporary, operand, span);
        return { kind: 'borrow', place: temporary, span: operand.span };
      }
    }
  }
}

/** `copy` and `move` of trivial types are the same to the executors; borrows never stand in an aggregate. */
function plain(operand: Operand): Operand {
  if (operand.kind === 'borrow' || operand.kind === 'borrowMut') return { ...operand, kind: 'copy' };
  return operand;
}

/** Constants that need no memory of their own at run time. */
export function isPlainConstant(term: Term): boolean {
  switch (term.kind) {
    case 'int':
    case 'float':
    case 'bool':
    case 'dtype':
    case 'function':
    case 'functionItem':
      return true;
    case 'structValue':
      return term.fields.every(isPlainConstant);
    case 'memoryValue':
      return term.image.allocations.every((allocation, i) => i === 0 || allocation.constant);
    default:
      return false;
  }
}

/** Types that differ only in what is erased (origins, mutability, function types) may stand for each other. */
function sameHead(a: Term, b: Term): boolean {
  if (a.kind === 'struct' && b.kind === 'struct')
    return a.decl.id === b.decl.id && a.args.every((arg, i) => similar(arg, b.args[i]));
  return a.kind === b.kind || a.kind === 'ref' || b.kind === 'ref';
}

function similar(a: Term, b: Term | undefined): boolean {
  if (b === undefined) return false;
  if (a === b) return true;
  if (a.kind === 'bool' && b.kind === 'bool') return true;
  if (a.kind === 'specialOrigin' && b.kind === 'specialOrigin') return true;
  if (a.kind === 'struct' && b.kind === 'struct') return sameHead(a, b);
  if (a.kind === 'list' && b.kind === 'list')
    return a.elements.length === b.elements.length && a.elements.every((x, i) => similar(x, b.elements[i]));
  return a.kind === 'functionType' && b.kind === 'functionType';
}
