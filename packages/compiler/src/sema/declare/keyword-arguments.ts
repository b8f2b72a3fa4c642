/** What a function sees of `var **kws: T`. */
import type { Term } from '../../terms/term.ts';
import { isTypeKind } from '../check/type-facts.ts';
import type { DeclareContext } from './context.ts';

/** `var **kws: T` is a dictionary from names. */
export function keywordsType(cx: DeclareContext, value: Term): Term {
  const dict = cx.sema().known.struct('dict');
  if (dict === null) return cx.store.error;
  const params = cx.sema().structParams(dict);
  const args: Term[] = [cx.sema().known.string, value];
  for (const param of params.slice(2)) {
    if (param.defaultExpr === null) return cx.store.error;
    args.push(
      isTypeKind(param.term.type)
        ? cx.sema().evaluateType(param.defaultExpr, param.defaultScope, { allowUnbound: false })
        : cx.sema().evaluateParameter(param.defaultExpr, param.defaultScope, param.term.type).value,
    );
  }
  return cx.store.struct(dict.ref, args);
}
