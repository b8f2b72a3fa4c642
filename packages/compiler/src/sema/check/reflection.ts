/** `reflect[T]`: names, fields and field types of a struct as compile-time values, and its fields by index. Answers are operations
 *  that elaboration folds from the layout. */
import type { Span } from '../../base/span.ts';
import type { CallArg } from '../../syntax/ast.ts';
import type { Term } from '../../terms/term.ts';
import type { BodyContext } from './body-context.ts';
import { noAttribute, unsupported } from './errors.ts';
import { fieldsOf, literalExpr } from './type-facts.ts';
import { type Checked, ERROR_RESULT, valueResult } from './values.ts';

const MEMBERS: ReadonlySet<string> = new Set([
  'name',
  'base_name',
  'field_count',
  'field_names',
  'field_types',
  'field_ref',
]);

/** `reflect[T].name`, not called yet. */
export function reflectMember(cx: BodyContext, params: readonly CallArg[] | null, name: string, dot: Span): Checked {
  if (params !== null && MEMBERS.has(name)) return { kind: 'compilerFunction', name: `reflect.${name}`, params };
  cx.report(noAttribute(dot, ['reflect', name, null]));
  return ERROR_RESULT;
}

/** A text that is known when the type is: a literal of symbolic value. */
export function symbolicText(cx: BodyContext, value: Term, span: Span): Checked {
  return valueResult(literalExpr(cx.sema, cx.known.stringLiteral(value), span));
}

/** `reflect[T].member[params](args)`. The first parameter is `T`. */
export function reflectCall(
  cx: BodyContext,
  member: string,
  params: readonly CallArg[],
  args: readonly CallArg[],
  span: Span,
): Checked {
  const { store, known } = cx;
  const subject = params[0];
  if (subject === undefined) return ERROR_RESULT;
  const type = cx.ops.type(cx, subject.value, false);
  if (type.kind === 'error') return ERROR_RESULT;
  const text = store.primitive('string-literal-value');
  switch (member) {
    case 'name':
    case 'base_name':
      return symbolicText(cx, store.operation(`type.${member}`, [type], text), span);
    case 'field_count':
      return valueResult({
        kind: 'constant',
        term: store.operation('type.field_count', [type], known.int),
        type: known.int,
        span,
      });
    case 'field_names':
      return { kind: 'pack', term: store.operation('type.field_names', [type], store.list([text])) };
    case 'field_types':
      return { kind: 'pack', term: fieldTypes(cx, type) };
    case 'field_ref':
      break;
    default:
      cx.report(unsupported(span, [`'reflect[…].${member}'`]));
      return ERROR_RESULT;
  }
  const indexArg = params[1];
  const value = args[0];
  if (indexArg === undefined || value === undefined) {
    cx.report(unsupported(span, ["this use of 'field_ref'"]));
    return ERROR_RESULT;
  }
  const index = cx.ops.parameter(cx, indexArg.value, known.int).value;
  const base = cx.ops.value(cx, value.value, null);
  if (index.kind === 'error' || base.type.kind === 'error') return ERROR_RESULT;
  const field =
    type.kind === 'struct' && index.kind === 'int' ? fieldsOf(cx.sema, type)[Number(index.value)] : undefined;
  if (field !== undefined && index.kind === 'int')
    return valueResult({ kind: 'field', base, index: Number(index.value), name: field.name, type: field.type, span });
  const elementType = cx.sema.reduce(store.packElement(fieldTypes(cx, type), index, known.anyType));
  return valueResult({ kind: 'element', base, index, type: elementType, span });
}

function fieldTypes(cx: BodyContext, type: Term): Term {
  return cx.store.operation('type.field_types', [type], cx.store.list([cx.known.anyType]));
}
