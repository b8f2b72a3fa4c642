/** What callers and later stages must know of a function: its signature as HIR. */
import { walkTree } from '../../syntax/walk.ts';
import type { FunctionEntity } from '../entities.ts';
import type { HirArgDecl, HirFunction } from '../hir.ts';
import type { DeclareContext } from './context.ts';
import { functionAttributes, hasDecorator } from './decorators.ts';
import { onlyLends } from './lent-elements.ts';
import { selfArgs } from './parameters.ts';
import { signatureOf } from './signatures.ts';

export function hirFunction(cx: DeclareContext, fn: FunctionEntity): HirFunction {
  const known = cx.memo.hirFunction.get(fn);
  if (known !== undefined) return known;
  const signature = signatureOf(cx, fn);
  const types = cx.sema().known;
  const args = signature.args.map((arg): HirArgDecl => {
    const type = types.seen(arg.type, arg.variadic);
    return {
      name: arg.name,
      convention: arg.convention,
      type,
      variadic: arg.variadic,
      owner:
        (arg.variadic === 'pack' || arg.variadic === 'list') &&
        arg.convention === 'var' &&
        fn.functionKind.kind === 'written'
          ? types.variadicOwner(type)
          : null,
      origin: arg.root,
      refOrigin: arg.convention === 'ref' && arg.origin.kind !== 'placeOrigin' ? arg.origin : null,
      span: arg.span,
    };
  });
  const decorators = fn.decl?.kind === 'FunctionDecl' ? fn.decl.decorators : [];
  const hir: HirFunction = {
    ref: fn.ref,
    id: fn.id,
    kind: fn.functionKind,
    span: fn.span,
    params: selfArgs(signature.params),
    args,
    result: signature.result,
    namedResult:
      signature.namedResult === null ? null : { name: signature.namedResult.name, origin: signature.namedResult.root },
    raises: signature.raises,
    attributes: {
      ...functionAttributes(decorators, fn.ref.name, asksForCaller(fn)),
      onlyLends: onlyLends(signature),
      noReturn: signature.result.kind !== 'error' && signature.result === types.never,
    },
    parentStruct: fn.parent?.kind === 'struct' ? fn.parent.ref.id : null,
  };
  cx.memo.hirFunction.set(fn, hir);
  return hir;
}

/** Whether an inlined function of the user calls `call_location()`. By its name: the answer is part of the signature, and bodies are
 *  not checked yet. */
function asksForCaller(fn: FunctionEntity): boolean {
  if (!fn.module.isUser || fn.decl?.kind !== 'FunctionDecl' || !hasDecorator(fn.decl.decorators, 'always_inline'))
    return false;
  let found = false;
  walkTree(fn.decl.body, (node) => {
    if (node.kind === 'NameExpr' && node.name === 'call_location') found = true;
  });
  return found;
}
