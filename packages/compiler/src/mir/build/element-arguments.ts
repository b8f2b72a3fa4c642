/** Elements that a call gets by `mut` while it reads what contains them: `o.scale(o.numbers[0])`.
 *  In: the arguments of a call.  Out: which of them are such elements, and the call's operands with a copy in their place.
 *
 *  A callee counts on being alone with what it gets by `mut`, yet the language takes such calls where the element is a plain value. So the
 *  call works on a copy, which is written back when it returns or raises; through the container the callee sees the old value. */
import { present } from '../../base/invariant.ts';
import type { Span } from '../../base/span.ts';
import type { HirArg, HirCallee, HirExpr } from '../../sema/hir.ts';
import type { Operand, Place } from '../mir.ts';
import { localPlace } from './body-builder.ts';
import type { LowerContext } from './context.ts';

/** A variable, and the fields and elements of containers on the way from it. */
type Path = readonly (number | string)[];

const ELEMENT = '[]';
/** Of an array: a part of the variable itself, as a field is. */
const INLINE_ELEMENT = '[inline]';

/** Numbers of the arguments that are elements of what another argument reads. */
export function elementArguments(cx: LowerContext, callee: HirCallee, args: readonly HirArg[]): readonly number[] {
  if (!args.some((arg) => arg.mode === 'borrowMut') || !args.some((arg) => arg.mode === 'borrow')) return [];
  const paths = args.map((arg) => (arg.mode === 'own' ? null : pathOf(cx, arg.expr)));
  return args.flatMap((arg, index) => {
    const path = paths[index] ?? null;
    if (arg.mode !== 'borrowMut' || path === null || !path.includes(ELEMENT)) return [];
    if (cx.types.formal(callee, index)?.convention !== 'mut' || !cx.types.isTrivialCopy(arg.expr.type)) return [];
    const others = paths.filter((other, at): other is Path => at !== index && other !== null && other[0] === path[0]);
    const isRead = (other: Path): boolean =>
      other.every((step, at) => step === path[at]) && path.slice(other.length).includes(ELEMENT);
    const isAlone = args.every(
      (other, at) => at === index || other.mode === 'borrow' || isApart(path, paths[at] ?? null),
    );
    return isAlone && others.some(isRead) ? [index] : [];
  });
}

/** The operands with a copy for each of the elements, and what writes the copies back. */
export function withCopies(
  cx: LowerContext,
  operands: readonly Operand[],
  args: readonly HirArg[],
  elements: readonly number[],
  span: Span,
): { readonly operands: readonly Operand[]; readonly writeBack: () => void } {
  const copies: { readonly place: Place; readonly copy: Place }[] = [];
  const replaced = operands.map((operand, index) => {
    if (!elements.includes(index) || operand.kind !== 'borrowMut') return operand;
    const copy = localPlace(cx.builder.newTemporary(present(args[index], 'argument').expr.type, span));
    cx.builder.assignOperand(copy, { kind: 'copy', place: operand.place, span: operand.span }, span);
    copies.push({ place: operand.place, copy });
    return { ...operand, place: copy };
  });
  const writeBack = (): void => {
    for (const { place, copy } of copies) cx.builder.assignOperand(place, { kind: 'copy', place: copy, span }, span);
  };
  return { operands: replaced, writeBack };
}

/** Whether two places cannot meet: other variables, or other fields of one. */
function isApart(path: Path, other: Path | null): boolean {
  if (other === null) return false;
  const at = path.findIndex((step, i) => step !== other[i]);
  return at >= 0 && typeof path[at] === 'number' && typeof other[at] === 'number';
}

function pathOf(cx: LowerContext, expr: HirExpr): Path | null {
  switch (expr.kind) {
    case 'local':
      return [expr.local];
    case 'copy':
      return pathOf(cx, expr.place);
    case 'refOf':
      return pathOf(cx, expr.place);
    case 'deref':
      return pathOf(cx, expr.reference);
    case 'field': {
      const base = pathOf(cx, expr.base);
      return base === null ? null : [...base, expr.index];
    }
    case 'call': {
      const isSubscript =
        expr.callee.kind === 'function' && cx.types.program.function(expr.callee.fn).ref.name === '__getitem__';
      const [container] = expr.args;
      const base = container === undefined || !isSubscript ? null : pathOf(cx, container.expr);
      if (base === null || container === undefined) return null;
      const { type } = container.expr;
      const isInline = cx.types.builtinOf(type.kind === 'ref' ? type.pointee : type) === 'array';
      return [...base, isInline ? INLINE_ELEMENT : ELEMENT];
    }
    default:
      return null;
  }
}
