/** Whether the container that a display makes can hold its elements.
 *  In: the type of a `{…}` display or comprehension.  Out: a report where an element does not meet a bound of the container. */
import type { Span } from '../../base/span.ts';
import { type StructTerm, type Term, TermFlags } from '../../terms/term.ts';
import { adviseBound } from './bound-advice.ts';
import { Bindings } from './bindings.ts';
import type { BodyContext } from './body-context.ts';
import { noMatching, unmetBound } from './errors.ts';
import { asParameterMismatch, checkBounds } from './parameters.ts';
import { typeName } from './type-name.ts';

/** The elements of a display are arguments of a constructor, which copies them; a comprehension adds its elements one by one. */
export function holdsElements(cx: BodyContext, type: Term, form: 'display' | 'comprehension', span: Span): boolean {
  if (type.kind !== 'struct' || (type.flags & TermFlags.hasError) !== 0) return true;
  const entity = cx.sema.structEntity(type.decl.id);
  const params = cx.sema.structParams(entity);
  const bindings = new Bindings(cx.sema, params);
  params.forEach((param, index) => {
    const arg = type.args[index];
    if (arg !== undefined) bindings.bind(param.term, arg);
  });
  const unmet = checkBounds(cx, bindings, params);
  if (unmet !== null) {
    const { message, advice } = asParameterMismatch(unmet, entity.ref.name);
    cx.report(
      form === 'display'
        ? noMatching(span, [`function in initialization: ${message}`], advice)
        : unmetBound(span, [message], advice),
    );
    return false;
  }
  return form === 'comprehension' || areCopied(cx, type, span);
}

function areCopied(cx: BodyContext, type: StructTerm, span: Span): boolean {
  const copyable = cx.known.trait('Copyable');
  if (copyable === null || cx.isLibrary || cx.acceptsOlder) return true;
  const bound = cx.store.trait(copyable.ref);
  const isKept = (part: Term): boolean => cx.sema.conforms(part, bound, cx.scope) === true;
  // What comes after the elements is the hasher.
  const moved = type.args.slice(0, -1).find((part) => !isKept(part));
  if (moved === undefined) return true;
  cx.report(
    noMatching(
      span,
      [`function in initialization: a display copies its elements, and '${typeName(moved)}' is not 'Copyable'`],
      adviseBound(cx, moved, bound),
    ),
  );
  return false;
}
