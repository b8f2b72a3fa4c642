/** `raise`: to the innermost handler or the caller. */
import type { Span } from '../../base/span.ts';
import type { RaiseStmt } from '../../syntax/ast.ts';
import type { Term } from '../../terms/term.ts';
import type { HirExpr, HirStatement } from '../hir.ts';
import type { BodyContext } from './body-context.ts';
import { bareRaise, raiseOutside } from './errors.ts';
import { own } from './places.ts';
import { innermostFrame } from './raising.ts';
import { defaultType, roleOf } from './type-facts.ts';

export function checkRaise(cx: BodyContext, statement: RaiseStmt, into: HirStatement[]): void {
  const span = cx.span(statement);
  const frame = innermostFrame(cx);
  if (statement.value === null) {
    const current = cx.handlers[cx.handlers.length - 1];
    if (current === undefined) {
      cx.report(bareRaise(span, []));
      return;
    }
    if (current.type.kind === 'error') return;
    raiseValue(cx, { kind: 'transfer', place: current, type: current.type, span }, span, into);
    return;
  }
  if (frame.type === null && frame.kind === 'function') {
    cx.ops.expr(cx, statement.value, null);
    cx.report(raiseOutside(span, []));
    return;
  }
  const value = cx.ops.value(cx, statement.value, frame.type);
  raiseValue(cx, value, span, into);
}

/** Raises a value to the innermost handler or the caller; fixes the error type of a `try` body that has none yet. */
export function raiseValue(cx: BodyContext, value: HirExpr, span: Span, into: HirStatement[]): void {
  if (value.type.kind === 'error') return;
  const frame = innermostFrame(cx);
  if (frame.type === null) {
    if (frame.kind === 'function') {
      cx.report(raiseOutside(span, []));
      return;
    }
    frame.type = raisedType(cx, value.type);
  }
  const converted = cx.ops.convert(cx, value, frame.type, value.span, '');
  if (converted.type.kind !== 'error') into.push({ kind: 'raise', value: own(cx, converted), span });
}

/** Texts and numbers are raised as `Error`, anything else as it is. */
function raisedType(cx: BodyContext, type: Term): Term {
  const natural = defaultType(cx.sema, type);
  if (natural !== type) return cx.known.error;
  switch (roleOf(cx.sema, type)) {
    case 'string':
    case 'simd':
    case 'bool':
      return cx.known.error;
    default:
      return type.kind === 'struct' && type.decl.path.startsWith('std.collections.string') ? cx.known.error : type;
  }
}
