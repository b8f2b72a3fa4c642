/** Resolves callees and lowers calls: to an instance, a C function, an intrinsic, or through a code pointer.
 *  In: a generic call, destinations already concrete.  Out: statements, and a terminator when the callee can raise. */
import { InternalError, unreachable } from '../base/invariant.ts';
import type { Span } from '../base/span.ts';
import type { BlockId, Callee, Operand, Place, Terminator } from '../mir/mir.ts';
import type { HirFunction } from '../sema/hir.ts';
import type { FunctionId, FunctionTypeTerm, Term } from '../terms/term.ts';
import { TermFlags } from '../terms/term.ts';
import { noConformance, notSupportedHere, TermFailure } from './errors.ts';
import { lowerIntrinsic } from './intrinsics.ts';
import type { BodyLowering } from './lower-body.ts';

export interface CallSite {
  readonly span: Span;
  readonly args: readonly Operand[];
  readonly dest: Place;
  /** The edges of a call that may raise, still generic. */
  readonly raising: { readonly target: BlockId; readonly errorDest: Place; readonly onError: BlockId } | null;
}

type Resolved =
  | { readonly kind: 'function'; readonly fn: FunctionId; readonly args: readonly Term[]; readonly dropFirst: boolean }
  | { readonly kind: 'pointer'; readonly value: Operand; readonly type: FunctionTypeTerm; readonly dropFirst: boolean };

/** Returns the terminator of a raising call, null when the call was written as statements. */
export function lowerCall(cx: BodyLowering, callee: Callee, site: CallSite): Terminator | null {
  const resolved = resolve(cx, callee, site);
  const operands = site.args.slice(resolved.dropFirst ? 1 : 0).map((operand) => cx.operand(operand));
  if (resolved.kind === 'pointer') {
    const byValue = cx.services.passing(resolved.type);
    const args = operands.map((operand, i) => argument(cx, operand, byValue[i] ?? true, site.span));
    return write(
      cx,
      { kind: 'pointer', value: resolved.value, type: resolved.type },
      args,
      resolved.type.raises !== null,
      site,
    );
  }
  return callFunction(cx, resolved.fn, resolved.args, operands, site);
}

export function callFunction(
  cx: BodyLowering,
  fn: FunctionId,
  args: readonly Term[],
  operands: readonly Operand[],
  site: CallSite,
): Terminator | null {
  const { services } = cx;
  const decl = services.program.function(fn);
  switch (decl.kind.kind) {
    case 'intrinsic':
      lowerIntrinsic(cx, decl.kind.name, args, operands, site.dest, site.span);
      return null;
    case 'foreign':
      return write(
        cx,
        { kind: 'foreign', symbol: decl.kind.symbol },
        operands.map((operand) => cx.owned(operand, site.span)),
        false,
        site,
      );
    case 'requirement':
      throw new InternalError(`the requirement ${decl.ref.path} was called itself`);
    case 'synthesized':
      if (lowerTrivialMember(cx, decl, operands, site)) return null;
      break;
    case 'written':
    case 'thunk':
    case 'globals':
      break;
    default:
      unreachable(decl.kind);
  }
  const instance = services.request(fn, args, site.span);
  const record = services.record(instance);
  const lowered = operands.map((operand, i) => argument(cx, operand, record.byValue[i] ?? true, site.span));
  const written = write(cx, { kind: 'instance', instance }, lowered, record.instance.signature.raises !== null, site);
  // Through a function type that hands over what this function only reads: nobody else ends it.
  operands.forEach((operand, i) => {
    if (operand.kind === 'move' && record.instance.signature.args[i]?.convention === 'imm')
      cx.writer.destroy(operand.place, site.span);
  });
  return written;
}

/** Copying, moving and destroying bytes takes no call. */
function lowerTrivialMember(
  cx: BodyLowering,
  decl: HirFunction,
  operands: readonly Operand[],
  site: CallSite,
): boolean {
  const { layouts } = cx.services;
  const [source] = operands;
  if (decl.kind.kind !== 'synthesized' || source === undefined) return false;
  const type = cx.writer.operandType(source);
  const whole: Operand = source.kind === 'constant' ? source : { kind: 'copy', place: source.place, span: source.span };
  switch (decl.kind.member) {
    case 'copy':
      if (!layouts.isTrivialCopy(type)) return false;
      cx.writer.storeOwned(site.dest, whole, site.span);
      return true;
    case 'move':
      if (!layouts.isTrivialMove(type)) return false;
      cx.writer.assign(
        site.dest,
        { kind: 'use', operand: source.kind === 'constant' ? source : ({ ...whole, kind: 'move' } as Operand) },
        site.span,
      );
      return true;
    case 'destroy':
      return layouts.isTrivialDestroy(type);
    case 'fieldwiseInit':
      return false;
  }
}

function argument(cx: BodyLowering, operand: Operand, byValue: boolean, span: Span): Operand {
  return byValue ? cx.owned(operand, span) : cx.addressed(operand, span);
}

function write(
  cx: BodyLowering,
  callee: Callee,
  args: readonly Operand[],
  raises: boolean,
  site: CallSite,
): Terminator | null {
  if (!raises) {
    cx.writer.emit({ kind: 'call', span: site.span, callee, args, dest: site.dest, store: 'init' });
    return null;
  }
  if (site.raising === null) throw new InternalError('a raising callee in a call that cannot raise');
  return {
    kind: 'tryCall',
    span: site.span,
    callee,
    args,
    dest: site.dest,
    store: 'init',
    ...cx.raisingEdges(site.raising),
  };
}

// ------------------------------------------------------------------------------------------------ resolution

function resolve(cx: BodyLowering, callee: Callee, site: CallSite): Resolved {
  const { services } = cx;
  switch (callee.kind) {
    case 'function':
      return { kind: 'function', fn: callee.fn, args: cx.terms(callee.args), dropFirst: false };
    case 'requirement': {
      const self = cx.term(callee.self);
      const witness = services.program.witness(self, callee.trait, callee.member);
      if (witness === null) {
        const { text } = services;
        throw new TermFailure((at) =>
          noConformance({ ...at, type: text.describe(self), trait: callee.trait.name, member: callee.member.name }),
        );
      }
      return {
        kind: 'function',
        fn: witness.fn,
        args: [...cx.terms(witness.args), ...cx.terms(callee.args)],
        dropFirst: false,
      };
    }
    case 'pointer': {
      const value = cx.operand(callee.value);
      const type = cx.term(callee.type);
      if (value.kind === 'constant' && value.term.kind === 'function') {
        const direct = directTarget(cx, value.term);
        if (direct !== null) return { kind: 'function', ...direct, dropFirst: false };
      }
      return { kind: 'pointer', value, type: thin(cx, type), dropFirst: false };
    }
    case 'callable':
      return resolveCallable(cx, cx.term(callee.type), cx.term(callee.signature), cx.terms(callee.params), site);
    case 'instance':
    case 'foreign':
      throw new InternalError('a concrete callee in a generic body');
    default:
      return unreachable(callee);
  }
}

function thin(cx: BodyLowering, type: Term): FunctionTypeTerm {
  if (type.kind === 'functionType') return type;
  const { text } = cx.services;
  throw new TermFailure((at) =>
    notSupportedHere({ ...at, what: `a call through a value of type '${text.describe(type)}'` }),
  );
}

function directTarget(cx: BodyLowering, term: Term): { fn: FunctionId; args: readonly Term[] } | null {
  // A made-up function (an adapter) has a negative number and exists as an instance only.
  if (term.kind !== 'function' || term.decl.id < 0) return null;
  const decl = cx.services.program.function(term.decl.id);
  return decl.kind.kind === 'requirement' ? null : { fn: term.decl.id, args: term.args };
}

function resolveCallable(
  cx: BodyLowering,
  type: Term,
  signature: Term,
  params: readonly Term[],
  site: CallSite,
): Resolved {
  const { services } = cx;
  switch (type.kind) {
    case 'functionItem': {
      const func = type.func.kind === 'requirement' ? cx.term(type.func) : type.func;
      if (func.kind !== 'function') break;
      return { kind: 'function', fn: func.decl.id, args: fillHoles(func.args, params), dropFirst: true };
    }
    case 'function':
      return { kind: 'function', fn: type.decl.id, args: fillHoles(type.args, params), dropFirst: true };
    case 'functionType': {
      const [first] = site.args;
      if (first === undefined) throw new InternalError('a callable without its value');
      return {
        kind: 'pointer',
        value: cx.owned(cx.operand(first), site.span),
        type: type.thin ? type : thin(cx, signature),
        dropFirst: true,
      };
    }
    default: {
      const witness = services.program.callMethod(type);
      if (witness !== null)
        return { kind: 'function', fn: witness.fn, args: [...cx.terms(witness.args), ...params], dropFirst: false };
    }
  }
  const { text } = services;
  throw new TermFailure((at) =>
    noConformance({ ...at, type: text.describe(type), trait: text.describe(signature), member: '__call__' }),
  );
}

/** The arguments of a function whose own parameters are left open, filled in order. */
function fillHoles(args: readonly Term[], params: readonly Term[]): readonly Term[] {
  if (params.length === 0) return args;
  let next = 0;
  const filled = args.map((arg) =>
    arg.kind === 'unbound' || (arg.flags & (TermFlags.hasBound | TermFlags.hasUnbound)) !== 0
      ? (params[next++] ?? arg)
      : arg,
  );
  return next < params.length ? [...filled, ...params.slice(next)] : filled;
}
