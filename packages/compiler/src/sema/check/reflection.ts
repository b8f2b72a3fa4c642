/** Members of `Reflected[T]` that no library function can write: names, fields and field types of a struct as compile-time values,
 *  and its fields by index. Answers are operations that elaboration folds from the layout.
 *  `reflect[T]` is the library's alias of `Reflected[T]`, so handles work wherever types do (`comptime r = reflect[T]`, `r.T`). */
import type { Span } from '../../base/span.ts';
import type { CallArg, SubscriptExpr } from '../../syntax/ast.ts';
import type { StructTerm, Term } from '../../terms/term.ts';
import type { HirExpr } from '../hir.ts';
import type { BodyContext } from './body-context.ts';
import { noAttribute, unsupported } from './errors.ts';
import { fieldsOf, literalExpr, literalValue, roleOf } from './type-facts.ts';
import { typeName } from './type-name.ts';
import { type Checked, type CompilerFunctionResult, ERROR_RESULT, valueResult } from './values.ts';

const MEMBERS: ReadonlySet<string> = new Set([
  'name',
  'base_name',
  'is_struct',
  'field_count',
  'field_names',
  'field_types',
  'field_index',
  'field_offset',
  'field_ref',
  'field',
  'field_at',
]);

/** `Reflected[T].name`, not called yet; null for other types and for members that the library declares. */
export function reflectMember(cx: BodyContext, handle: Term, name: string): Checked | null {
  if (handle.kind !== 'struct' || roleOf(cx.sema, handle) !== 'reflected' || !MEMBERS.has(name)) return null;
  return { kind: 'compilerFunction', name, subject: handle, params: null };
}

/** `handle.member[…]`: a handle of the field's type for `field` and `field_at`, parameters of the call for the others. */
export function reflectSubscript(cx: BodyContext, base: CompilerFunctionResult, expr: SubscriptExpr): Checked {
  const handle = base.subject;
  if (handle?.kind !== 'struct' || (base.name !== 'field' && base.name !== 'field_at'))
    return { ...base, params: [...(base.params ?? []), ...expr.args] };
  const subject = subjectOf(cx, handle);
  const span = cx.span(expr);
  const index = fieldIndex(cx, subject, expr.args[0], span);
  if (index === null) return ERROR_RESULT;
  const fieldType = cx.sema.reduce(cx.store.packElement(fieldTypes(cx, subject), index, cx.known.anyType));
  return {
    kind: 'type',
    term: cx.store.struct(handle.decl, [concreteField(cx, subject, index) ?? fieldType]),
    bare: false,
  };
}

/** A text that is known when the type is: a literal of symbolic value. */
export function symbolicText(cx: BodyContext, value: Term, span: Span): Checked {
  return valueResult(literalExpr(cx.sema, cx.known.stringLiteral(value), span));
}

/** `Reflected[T].member[params](args)`. */
export function reflectCall(
  cx: BodyContext,
  member: string,
  handle: StructTerm,
  params: readonly CallArg[],
  args: readonly CallArg[],
  span: Span,
): Checked {
  const { store, known } = cx;
  const type = subjectOf(cx, handle);
  if (type.kind === 'error') return ERROR_RESULT;
  const text = store.primitive('string-literal-value');
  switch (member) {
    case 'name': {
      const flag = params[0];
      const isQualified = flag !== undefined && cx.ops.parameter(cx, flag.value, known.bool).value === store.true;
      const op = isQualified ? 'type.qualified_name' : 'type.name';
      return symbolicText(cx, store.operation(op, [type], text), span);
    }
    case 'base_name':
      return symbolicText(cx, store.operation(`type.${member}`, [type], text), span);
    case 'is_struct':
      return constant(store.true, known.bool, span);
    case 'field_count':
      return constant(store.operation('type.field_count', [type], known.int), known.int, span);
    case 'field_names':
      return { kind: 'pack', term: store.operation('type.field_names', [type], store.list([text])) };
    case 'field_types':
      return { kind: 'pack', term: fieldTypes(cx, type) };
    case 'field_index': {
      const index = fieldIndex(cx, type, params[0], span);
      return index === null ? ERROR_RESULT : constant(index, known.int, span);
    }
    case 'field_offset': {
      const index = fieldIndex(cx, type, params[0], span);
      if (index === null) return ERROR_RESULT;
      return constant(store.operation('type.field_offset', [type, index], known.int), known.int, span);
    }
    case 'field_ref':
      return fieldReference(cx, type, params, args, span);
    default:
      cx.report(unsupported(span, [`'reflect[…].${member}' as a call`]));
      return ERROR_RESULT;
  }
}

function fieldReference(
  cx: BodyContext,
  type: Term,
  params: readonly CallArg[],
  args: readonly CallArg[],
  span: Span,
): Checked {
  const value = args[0];
  const index = fieldIndex(cx, type, params[0], span);
  if (index === null) return ERROR_RESULT;
  if (value === undefined) {
    cx.report(unsupported(span, ["this use of 'field_ref'"]));
    return ERROR_RESULT;
  }
  const base = cx.ops.value(cx, value.value, null);
  if (base.type.kind === 'error') return ERROR_RESULT;
  const field =
    type.kind === 'struct' && index.kind === 'int' ? fieldsOf(cx.sema, type)[Number(index.value)] : undefined;
  if (field !== undefined && index.kind === 'int')
    return valueResult({ kind: 'field', base, index: Number(index.value), name: field.name, type: field.type, span });
  const elementType = cx.sema.reduce(cx.store.packElement(fieldTypes(cx, type), index, cx.known.anyType));
  return valueResult({ kind: 'element', base, index, type: elementType, span });
}

/** The number of the field that `[i]`, `[index=i]`, `["name"]` or `[name="name"]` means. Reports what is wrong with it. */
function fieldIndex(cx: BodyContext, type: Term, arg: CallArg | undefined, span: Span): Term | null {
  const { store, known } = cx;
  if (arg === undefined) {
    cx.report(unsupported(span, ['a field without its name or index']));
    return null;
  }
  const given = cx.ops.parameter(cx, arg.value, arg.name?.name === 'index' ? known.int : null);
  if (given.value.kind === 'error') return null;
  const text = roleOf(cx.sema, given.type) === 'string-literal' ? literalValue(cx.sema, given.type) : null;
  if (text === null) {
    const index = given.type === known.int ? given.value : cx.ops.parameter(cx, arg.value, known.int).value;
    return index.kind === 'error' ? null : index;
  }
  if (text.kind !== 'string') {
    cx.report(unsupported(cx.span(arg), ['a field by a name that is not known yet']));
    return null;
  }
  const name = text.value;
  if (type.kind !== 'struct') {
    cx.report(unsupported(cx.span(arg), ['a field by name of a type that is not known yet']));
    return null;
  }
  const index = fieldsOf(cx.sema, type).findIndex((field) => field.name === name);
  if (index >= 0) return store.int(BigInt(index), known.int);
  cx.report(noAttribute(cx.span(arg), [typeName(type), name, null]));
  return null;
}

function concreteField(cx: BodyContext, type: Term, index: Term): Term | null {
  if (type.kind !== 'struct' || index.kind !== 'int') return null;
  return fieldsOf(cx.sema, type)[Number(index.value)]?.type ?? null;
}

function subjectOf(cx: BodyContext, handle: StructTerm): Term {
  return handle.args[0] ?? cx.store.error;
}

function constant(term: Term, type: Term, span: Span): Checked {
  const expr: HirExpr = { kind: 'constant', term, type, span };
  return valueResult(expr);
}

function fieldTypes(cx: BodyContext, type: Term): Term {
  return cx.store.operation('type.field_types', [type], cx.store.list([cx.known.anyType]));
}
