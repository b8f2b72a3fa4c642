/** `@always_inline("builtin")`: a function of one `return` that the checker expands, so that conditions and types may call it.
 *  In: such a function and the terms of its arguments.  Out: the term of its result; null where it stays a call. */
import type { Expr } from '../../syntax/ast.ts';
import { makeSubstitution, substitute } from '../../terms/substitute.ts';
import type { ParamTerm, Term } from '../../terms/term.ts';
import { newScope } from '../declare/context.ts';
import { findDecorator, stringArgument } from '../declare/decorators.ts';
import type { FunctionEntity } from '../entities.ts';
import type { BodyContext } from './body-context.ts';

/** The result over the arguments as parameters, or null. */
export interface Expansion {
  readonly args: readonly ParamTerm[];
  readonly value: Term;
}

export function expandCall(
  cx: BodyContext,
  fn: FunctionEntity,
  params: readonly Term[],
  args: readonly Term[],
): Term | null {
  const expansion = expansionOf(cx, fn);
  if (expansion === null) return null;
  const signature = cx.sema.signature(fn);
  const formals = [...signature.params.map((param) => param.term), ...expansion.args];
  const substitution = makeSubstitution(formals, [...params, ...args]);
  return cx.sema.reduce(substitute(cx.store, expansion.value, substitution, cx.sema.reduce));
}

function expansionOf(cx: BodyContext, fn: FunctionEntity): Expansion | null {
  const { expansions } = cx.state;
  const known = expansions.get(fn);
  if (known !== undefined) return known === 'busy' ? null : known;
  const expr = onlyResult(fn);
  if (expr === null) return null;
  expansions.set(fn, 'busy');
  const signature = cx.sema.signature(fn);
  const scope = newScope(signature.scope, fn.module, { kind: 'parameters' });
  const args = signature.args.map((arg) => {
    const term = cx.store.newParam(arg.name, arg.type);
    scope.names.set(arg.name, [{ kind: 'param', name: arg.name, term, span: arg.span }]);
    return term;
  });
  const attempt = cx.sema.tryParameter(expr, scope, signature.result);
  const expansion = attempt === null ? null : { args, value: attempt.value };
  expansions.set(fn, expansion);
  return expansion;
}

function onlyResult(fn: FunctionEntity): Expr | null {
  const { decl } = fn;
  if (decl?.kind !== 'FunctionDecl' || decl.decorators.length === 0) return null;
  if (stringArgument(findDecorator(decl.decorators, 'always_inline')) !== 'builtin') return null;
  const [only, ...more] = decl.body.statements;
  return only?.kind === 'ReturnStmt' && more.length === 0 ? only.value : null;
}
