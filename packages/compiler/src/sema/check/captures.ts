/** What a nested function or lambda captures, and how: by its list, or by the default of its form.
 *  In: the function's declaration and capture list.  Out: a plan for each capture. The body is checked once, silently, to see which
 *  outer locals it names. */
import type { Span } from '../../base/span.ts';
import { label } from '../../diagnostics/diagnostic.ts';
import type { Capture, CaptureList } from '../../syntax/ast.ts';
import type { Term } from '../../terms/term.ts';
import type { Entity, FunctionEntity, LocalEntity, Signature } from '../entities.ts';
import type { HirExpr } from '../hir.ts';
import { BodyContext } from './body-context.ts';
import { checkFunctionBody } from './body.ts';
import { captureConvention, redefinition } from './errors.ts';
import {
  ambiguousCapture,
  constantCapture,
  parameterCapture,
  repeatedCapture,
  repeatedDefault,
  transferOfBorrow,
  unknownCapture,
} from './statement-errors.ts';

export type CaptureConvention = 'imm' | 'mut' | 'ref' | 'var' | 'transfer';

export interface CapturePlan {
  readonly entity: LocalEntity;
  readonly outer: HirExpr;
  readonly convention: CaptureConvention;
  readonly span: Span;
}

/** A first, silent check of the body that only notes which outer locals it names. */
export function discoverCaptures(
  cx: BodyContext,
  fn: FunctionEntity,
  signature: Signature,
): Map<LocalEntity, { outer: HirExpr; span: Span }> {
  const used = new Map<LocalEntity, { outer: HirExpr; span: Span }>();
  cx.trial(() => {
    const inner = new BodyContext(cx.state, fn, signature, cx, signature.scope, false);
    inner.captures = {
      fn,
      use: (entity, outer, span) => {
        if (!used.has(entity)) used.set(entity, { outer, span });
        return outer;
      },
    };
    checkFunctionBody(inner);
  });
  return used;
}

function conventionOf(entry: Capture): CaptureConvention {
  if (entry.transfer) return 'transfer';
  return entry.convention ?? 'imm';
}

export function planCaptures(
  cx: BodyContext,
  signature: Signature,
  used: ReadonlyMap<LocalEntity, { outer: HirExpr; span: Span }>,
  list: CaptureList | null,
  implicit: CaptureConvention | null,
): CapturePlan[] | null {
  const plans: CapturePlan[] = [];
  const seen = new Set<LocalEntity>();
  let fallback: CaptureConvention | null = list === null ? implicit : null;
  let hasDefault = false;
  const named = new Map<string, Capture>();
  for (const entry of list?.items ?? []) {
    if (entry.name !== null) {
      const { name } = entry.name;
      if (named.has(name)) cx.report(repeatedCapture(cx.span(entry.name), [name]));
      if (entry.transfer && entry.convention !== null && entry.convention !== 'var')
        cx.report(transferOfBorrow(cx.span(entry), [name]));
      named.set(name, entry);
    } else {
      if (hasDefault) cx.report(repeatedDefault(cx.span(entry), []));
      hasDefault = true;
      fallback = conventionOf(entry);
    }
  }
  for (const entry of named.values()) {
    const { name } = entry;
    const argument = signature.args.find((arg) => arg.name === name?.name);
    if (name !== null && argument !== undefined) {
      const captured = label(cx.span(name), 'captured here as well');
      cx.report(redefinition(argument.span, [name.name], { secondary: [captured] }));
      return null;
    }
    const entities = name === null ? null : cx.sema.lookup(cx.scope, name.name);
    if (name !== null && entities !== null && entities.length > 1) {
      cx.report(ambiguousCapture(cx.span(name), [name.name]));
      return null;
    }
    const entity = entities?.[0];
    if (name === null || (entity !== undefined && isCapturable(entity))) continue;
    if (entity === undefined) cx.report(unknownCapture(cx.span(name), [name.name]));
    else if (entity.kind === 'param') cx.report(parameterCapture(cx.span(name), [name.name]));
    else cx.report(constantCapture(cx.span(name), [name.name], { notes: [SEEN_ANYWAY] }));
    return null;
  }
  for (const [entity, { outer, span }] of used) {
    const entry = named.get(entity.name);
    // A closure that is called is lent, whatever the default says: it is bound immutably.
    const isCalled = entry === undefined && fallback === 'mut' && isClosureValue(cx, outer.type);
    // In older programs `{mut}` captures what cannot be written for reading.
    const byDefault = fallback === 'mut' && cx.acceptsOlder ? 'ref' : fallback;
    const convention = entry !== undefined ? conventionOf(entry) : isCalled ? 'imm' : byDefault;
    if (convention === null) {
      cx.report(captureConvention(span, [entity.name]));
      return null;
    }
    seen.add(entity);
    plans.push({ entity, outer, convention, span: entry === undefined ? span : cx.span(entry) });
  }
  for (const entry of named.values()) {
    const name = entry.name;
    if (name === null) continue;
    const entity = cx.sema.lookup(cx.scope, name.name)?.[0];
    if (entity?.kind !== 'local' || seen.has(entity)) continue;
    const span = cx.span(name);
    const outer = cx.state.owners.get(entity) === cx ? cx.placeOf(entity, span) : captureLocal(cx, entity, span);
    plans.push({ entity, outer, convention: conventionOf(entry), span: cx.span(entry) });
  }
  // As they are listed; then what the default captures, as the body names it.
  const listed = [...named.keys()];
  const position = ({ entity }: CapturePlan): number =>
    named.has(entity.name) ? listed.indexOf(entity.name) : listed.length;
  return plans.sort((a, b) => position(a) - position(b));
}

const SEEN_ANYWAY = 'what is known at compile time is seen in a closure without being captured';

/** A variable, of a function or of the file. */
function isCapturable(entity: Entity): boolean {
  return entity.kind === 'global' || (entity.kind === 'local' && entity.constant === null);
}

function isClosureValue(cx: BodyContext, type: Term): boolean {
  return type.kind === 'struct' && cx.sema.hirStruct(cx.sema.structEntity(type.decl.id)).closure !== null;
}

/** A use of an outer local: seen from the nested function it is a capture, level by level. */
export function captureLocal(cx: BodyContext, entity: LocalEntity, span: Span): HirExpr {
  if (cx.state.owners.get(entity) === cx) return cx.placeOf(entity, span);
  const { parent } = cx;
  if (parent === null) return cx.placeOf(entity, span);
  if (cx.comptime) return captureLocal(parent, entity, span);
  const outer = captureLocal(parent, entity, span);
  const tracker = cx.captures;
  return tracker === null ? outer : tracker.use(entity, outer, span);
}
