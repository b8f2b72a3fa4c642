/** Results that refer to what their call consumed: `f(s^)` of `def f(var s: String) -> ref[s] String` refers to a value that
 *  ended inside `f`. The result may be dropped unseen; looking at it is an error.
 *  In: a built body.  Out: diagnostics at the first use of each such result.
 *
 *  A type that names the callee's own `var` argument can only come from such a call: the check looks at types alone. */
import type { Span } from '../../base/span.ts';
import type { Sink } from '../../diagnostics/sink.ts';
import type { OriginRootId } from '../../terms/term.ts';
import { reversePostorder } from '../cfg.ts';
import { forEachEvent } from '../events.ts';
import type { Body, LocalId, Operand, Statement, Terminator } from '../mir.ts';
import type { TypeFacts } from '../type-facts.ts';
import * as errors from './errors.ts';
import { placeName } from './names.ts';

interface Consumed {
  readonly name: string;
  readonly at: Span;
}

export function checkDanglingResults(body: Body, types: TypeFacts, sink: Sink): void {
  const consumed = new Map<OriginRootId, Consumed>();
  for (const block of body.blocks.values()) {
    for (const statement of block.statements) collect(body, types, statement, consumed);
    collect(body, types, block.terminator, consumed);
  }
  if (consumed.size === 0) return;
  for (const local of body.locals.values()) consumed.delete(local.origin);
  const dangling = new Map<LocalId, Consumed>();
  for (const id of body.locals.ids()) {
    for (const { root } of types.originsOf(body.locals.get(id).type).places) {
      const owner = consumed.get(root);
      if (owner !== undefined) dangling.set(id, owner);
    }
  }
  if (dangling.size > 0) reportUses(body, dangling, sink);
}

/** The arguments of a call that its result names and that end in the callee. */
function collect(
  body: Body,
  types: TypeFacts,
  node: Statement | Terminator,
  consumed: Map<OriginRootId, Consumed>,
): void {
  if ((node.kind !== 'call' && node.kind !== 'tryCall') || node.callee.kind !== 'function') return;
  if (node.dest.root.kind !== 'local') return;
  const named = types.originsOf(body.locals.get(node.dest.root.local).type).places;
  if (named.length === 0) return;
  types.program.function(node.callee.fn).args.forEach((formal, index) => {
    if (formal.convention !== 'var' && formal.convention !== 'deinit') return;
    if (!named.some((origin) => origin.root === formal.origin)) return;
    const operand = node.args[index];
    if (operand !== undefined) consumed.set(formal.origin, { name: nameOf(body, operand), at: spanOf(operand, node) });
  });
}

function nameOf(body: Body, operand: Operand): string {
  const name = operand.kind === 'move' ? placeName(body, operand.place, () => '') : '';
  return name === '' ? '(expression temporary)' : name;
}

function spanOf(operand: Operand, node: Statement | Terminator): Span {
  return operand.kind === 'constant' ? node.span : operand.span;
}

function reportUses(body: Body, dangling: ReadonlyMap<LocalId, Consumed>, sink: Sink): void {
  const reported = new Set<Consumed>();
  const visit = (node: Statement | Terminator): void => {
    // Binding a reference, and `_ =`, look at nothing.
    if (node.kind === 'use' || (node.kind === 'assign' && node.value.kind === 'ref')) return;
    forEachEvent(node, (event) => {
      if (event.kind === 'declare' || event.place.root.kind !== 'local') return;
      if (event.kind === 'define' && event.place.projections.length === 0) return;
      const owner = dangling.get(event.place.root.local);
      if (owner === undefined || reported.has(owner)) return;
      reported.add(owner);
      const use = event.kind === 'define' ? node.span : (event.operand?.span ?? node.span);
      sink.report(errors.ownerConsumed({ owner: owner.name, use, consumed: owner.at }));
    });
  };
  for (const id of reversePostorder(body)) {
    const block = body.blocks.get(id);
    for (const statement of block.statements) visit(statement);
    visit(block.terminator);
  }
}
