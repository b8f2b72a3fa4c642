/** Classic generic code copies and moves values of its parameters' types freely. This pass finds which of that each function needs,
 *  through the functions it calls (a least fixpoint over propositions `conforms(X, Copyable)`), and checks the needs where types
 *  are bound: the error stands at the call that chose a type without the ability, with a label at the copy.
 *  In: checked bodies of the user's modules.  Out: reports.  No body is checked twice. */
import type { Span } from '../../base/span.ts';
import type { Term } from '../../terms/term.ts';
import { TermFlags } from '../../terms/term.ts';
import { typeName } from '../check/type-name.ts';
import type { FunctionEntity } from '../entities.ts';
import type { HirBody } from '../hir.ts';
import { conforms } from './conformance.ts';
import type { DeclareContext } from './context.ts';
import { classicNeed } from './errors.ts';
import { applyBindings, bindArgs } from './parameters.ts';

interface Need {
  readonly type: Term;
  readonly bound: Term;
  /** Where the value is copied or moved, deep inside the callees. */
  readonly at: Span;
}

interface Call {
  readonly callee: FunctionEntity;
  readonly args: readonly Term[];
  readonly span: Span;
}

interface Uses {
  readonly needs: Map<string, Need>;
  readonly calls: readonly Call[];
}

export function checkClassicNeeds(cx: DeclareContext, bodies: ReadonlyMap<FunctionEntity, HirBody>): void {
  if (![...bodies.keys()].some((fn) => fn.module.edition === 'classic')) return;
  const uses = new Map<FunctionEntity, Uses>();
  for (const [fn, body] of bodies) uses.set(fn, collectUses(cx, fn, body));
  propagate(cx, uses);
  for (const { calls } of uses.values()) for (const call of calls) checkCall(cx, uses, call);
}

function keyOf(need: Need): string {
  return `${need.type.id}:${need.bound.id}`;
}

/** Own copies and moves of values whose type mentions a classic parameter, and all calls of known functions. */
function collectUses(cx: DeclareContext, fn: FunctionEntity, body: HirBody): Uses {
  const needs = new Map<string, Need>();
  const calls: Call[] = [];
  const copyable = cx.sema().known.trait('Copyable');
  const isClassic = fn.module.edition === 'classic';
  const seen = new Set<object>();
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    if (Array.isArray(value)) {
      for (const item of value) walk(item);
      return;
    }
    if (isTerm(value)) return;
    if (isCopy(value) && isClassic && copyable !== null && (value.type.flags & TermFlags.hasParam) !== 0) {
      const need: Need = { type: value.type, bound: cx.store.trait(copyable.ref), at: value.span };
      if (!needs.has(keyOf(need))) needs.set(keyOf(need), need);
    }
    if (isFunctionCall(value))
      calls.push({ callee: cx.functions.get(value.callee.fn), args: value.callee.args, span: value.span });
    for (const item of Object.values(value)) walk(item);
  };
  walk(body.statements);
  return { needs, calls };
}

function isTerm(value: object): boolean {
  return 'flags' in value && 'id' in value && 'kind' in value;
}

type HirNode = Extract<HirBody['statements'][number], { readonly kind: 'expr' }>['expr'];

function isCopy(value: object): value is HirNode & { readonly kind: 'copy' } {
  return 'kind' in value && value.kind === 'copy' && 'place' in value;
}

function isFunctionCall(
  value: object,
): value is HirNode & { readonly kind: 'call'; readonly callee: { readonly kind: 'function' } } {
  if (!('kind' in value) || value.kind !== 'call' || !('callee' in value)) return false;
  const callee = value.callee;
  return typeof callee === 'object' && callee !== null && 'kind' in callee && callee.kind === 'function';
}

function needsAt(cx: DeclareContext, uses: ReadonlyMap<FunctionEntity, Uses>, call: Call): Need[] {
  const needs = uses.get(call.callee)?.needs;
  if (needs === undefined || needs.size === 0) return [];
  const bindings = bindArgs(cx.sema().signature(call.callee).params, call.args);
  return [...needs.values()].map((need) => ({ ...need, type: applyBindings(cx, need.type, bindings) }));
}

/** What a callee needs of a type that is still symbolic here, the caller needs of its own parameters. */
function propagate(cx: DeclareContext, uses: ReadonlyMap<FunctionEntity, Uses>): void {
  let changed = true;
  while (changed) {
    changed = false;
    for (const [fn, { needs, calls }] of uses) {
      if (fn.module.edition !== 'classic') continue;
      for (const call of calls) {
        for (const need of needsAt(cx, uses, call)) {
          // Deeper and deeper types come from unbounded recursion, which elaboration reports.
          if ((need.type.flags & TermFlags.hasParam) === 0 || needs.has(keyOf(need)) || needs.size > 200) continue;
          needs.set(keyOf(need), need);
          changed = true;
        }
      }
    }
  }
}

function checkCall(cx: DeclareContext, uses: ReadonlyMap<FunctionEntity, Uses>, call: Call): void {
  for (const need of needsAt(cx, uses, call)) {
    if ((need.type.flags & (TermFlags.hasParam | TermFlags.hasError)) !== 0) continue;
    if (conforms(cx, need.type, need.bound, null) !== false) continue;
    cx.sink.report(
      classicNeed({ span: call.span, type: typeName(need.type), callee: call.callee.ref.name, at: need.at }),
    );
    return;
  }
}
