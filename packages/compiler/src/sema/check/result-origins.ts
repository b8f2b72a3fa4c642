/** What a result may refer to. An argument that travels in a register has no place that outlives the call: its origin cannot stand
 *  in the result's type. `ref` arguments are always in memory.
 *  In: the signature of the function whose body is checked.  Out: one diagnostic, at the result type. */
import { label } from '../../diagnostics/diagnostic.ts';
import { TermFlags, type Term } from '../../terms/term.ts';
import type { ArgDecl } from '../entities.ts';
import type { BodyContext } from './body-context.ts';
import { noMemoryOrigin, registerResultOrigin } from './errors.ts';
import { someTerm } from './term-walk.ts';
import { isTrivialType } from './type-facts.ts';
import { typeName } from './type-name.ts';

export function checkResultOrigins(cx: BodyContext): void {
  const { fn, signature } = cx;
  if (fn === null || signature === null || cx.isClassic || !fn.module.isUser) return;
  if (fn.decl === null || fn.decl.kind !== 'FunctionDecl' || fn.decl.result === null) return;
  if ((signature.result.flags & TermFlags.hasOrigin) === 0) return;
  const span = cx.span(fn.decl.result);
  for (const arg of signature.args) {
    if (arg.convention === 'ref' || arg.variadic !== 'none' || arg.name === '') continue;
    const named = namedPlaces(signature.result, arg);
    if (named === 'none') continue;
    const where = { secondary: [label(arg.span, `'${arg.name}' is passed in a register`)] };
    if (arg.convention === 'imm' && isTrivialType(cx.sema, arg.type)) {
      cx.report(noMemoryOrigin(span, [typeName(arg.type)], { ...where, notes: [advice(arg)] }));
      return;
    }
    if (named === 'whole' && mayBeRegister(cx, arg.type)) {
      const open = arg.type.kind !== 'struct';
      const reason = open
        ? 'it might expand to a RegisterPassable type'
        : `it has RegisterPassable type '${typeName(arg.type)}'`;
      cx.report(registerResultOrigin(span, [arg.name, reason], { notes: [advice(arg)] }));
      return;
    }
  }
}

function advice(arg: ArgDecl): string {
  return `take it as 'ref ${arg.name}': a 'ref' argument is always in memory; or return a value`;
}

/** Whether a type names the argument itself, a part of it, or neither. */
function namedPlaces(type: Term, arg: ArgDecl): 'whole' | 'part' | 'none' {
  const names = (whole: boolean): boolean =>
    someTerm(
      type,
      TermFlags.hasOrigin,
      (term) => term.kind === 'placeOrigin' && term.root === arg.root && (!whole || term.path.length === 0),
    );
  if (names(true)) return 'whole';
  return names(false) ? 'part' : 'none';
}

function mayBeRegister(cx: BodyContext, type: Term): boolean {
  switch (type.kind) {
    case 'struct':
      return cx.sema.hirStruct(cx.sema.structEntity(type.decl.id)).registerPassable;
    case 'param':
    case 'projection':
      return true;
    default:
      return false;
  }
}
