/** Functions marked `@unavailable("why")` or `@unavailable(use=other)`: declared so that their use says what to do instead.
 *  In: a function that a program calls or names.  Out: whether that was reported. */
import type { Span } from '../../base/span.ts';
import { label, replaceFix } from '../../diagnostics/diagnostic.ts';
import { findDecorator } from '../declare/decorators.ts';
import type { FunctionEntity } from '../entities.ts';
import type { BodyContext } from './body-context.ts';
import { unavailable } from './errors.ts';

export function reportUnavailable(cx: BodyContext, fn: FunctionEntity, span: Span): boolean {
  if (fn.functionKind.kind !== 'requirement' || fn.decl?.kind !== 'FunctionDecl') return false;
  const decorator = findDecorator(fn.decl.decorators, 'unavailable');
  const given = decorator?.args?.[0];
  if (given === undefined) return false;
  const { value } = given;
  const secondary = [label(fn.span, 'declared unavailable here')];
  if (given.name?.name === 'use' && value.kind === 'NameExpr') {
    const fixes = [replaceFix(`write '${value.name}'`, span, value.name, 'review')];
    cx.report(
      unavailable(span, [`'${fn.ref.name}' is unavailable, use '${value.name}' instead`], { secondary, fixes }),
    );
  } else {
    const reason = value.kind === 'StringExpr' ? value.value : '';
    cx.report(unavailable(span, [`'${fn.ref.name}' is unavailable: ${reason}`], { secondary }));
  }
  return true;
}
