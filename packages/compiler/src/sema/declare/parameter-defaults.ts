/** Checks the defaults of parameters where they are declared, whether a call needs them or not.
 *  In: the parameters of a user's declaration, in order.  Out: reports only; calls evaluate the defaults again under their bindings. */
import { TermFlags } from '../../terms/term.ts';
import { walkTree } from '../../syntax/walk.ts';
import { unknownName } from '../check/errors.ts';
import { takesContext } from '../check/arguments.ts';
import type { ArgDecl, ParamDecl } from '../entities.ts';
import { isTypeKind } from '../check/type-facts.ts';
import { type DeclareContext, spanOf } from './context.ts';

export function checkParameterDefaults(cx: DeclareContext, params: readonly ParamDecl[]): void {
  params.forEach((param, index) => {
    const { defaultExpr, defaultScope } = param;
    if (defaultExpr === null || param.inherited || !defaultScope.module.isUser) return;
    if (namesLater(cx, param, params.slice(index))) return;
    const declared = param.term.type;
    if (isTypeKind(declared)) cx.sema().evaluateType(defaultExpr, defaultScope, { allowUnbound: true });
    else if ((declared.flags & (TermFlags.hasParam | TermFlags.hasUnbound)) === 0)
      cx.sema().evaluateParameter(defaultExpr, defaultScope, declared);
  });
}

/** The defaults of a requirement's arguments; those of other functions are checked with the body. */
export function checkArgumentDefaults(cx: DeclareContext, args: readonly ArgDecl[]): void {
  for (const { defaultExpr, defaultScope, type } of args) {
    if (defaultExpr === null || !defaultScope.module.isUser) continue;
    const isOpen = (type.flags & (TermFlags.hasParam | TermFlags.hasUnbound)) !== 0;
    if (isOpen && takesContext(defaultExpr)) continue;
    cx.sema().evaluateParameter(defaultExpr, defaultScope, isOpen ? null : type);
  }
}

/** `[a: Int = b, b: Int = 2]`: a default sees the parameters before it. */
function namesLater(cx: DeclareContext, param: ParamDecl, later: readonly ParamDecl[]): boolean {
  if (param.defaultExpr === null) return false;
  let found = false;
  walkTree(param.defaultExpr, (node) => {
    if (node.kind !== 'NameExpr' || !later.some((other) => other.name === node.name)) return;
    found = true;
    cx.sink.report(
      unknownName(spanOf(param.defaultScope.module, node), [node.name, ''], {
        notes: ['a default sees only the parameters before it'],
      }),
    );
  });
  return found;
}
